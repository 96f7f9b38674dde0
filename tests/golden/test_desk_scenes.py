"""Small stores as a desk meets them: what an editor wants of a new article in view of those that are held."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from benchmarks.novelty import article_of, take_in
from benchmarks.stories import MemoryStore
from news.decision import Decision
from news.reading import read

_FIELDS = ("outlet", "published", "title", "text")
_SCENES: list[dict[str, Any]] = tomllib.loads(Path(__file__).with_name("desk_scenes.toml").read_text(encoding="utf-8"))[
    "scene"
]


def _take(store: MemoryStore, row: Sequence[str]) -> Decision:
    article = article_of(dict(zip(_FIELDS, row, strict=True)))
    return take_in(store, article, read(article))


def _said(decision: Decision) -> Iterator[str]:
    for fact in decision.new:
        yield from (fact.after.value, fact.after.quote, fact.before.value if fact.before else "")
    for dispute in decision.disputes:
        yield from (dispute.here.value, dispute.there.value)


@pytest.mark.parametrize("scene", _SCENES, ids=lambda scene: scene["name"])
def test_scene(scene: dict[str, Any]) -> None:
    """Label, story, what is told, and which article is named as the first that had it."""
    store = MemoryStore()
    for row in scene["held"]:
        _take(store, row)
    decision = _take(store, scene["new"])
    why = [f"{one.step} {one.score} {one.text}" for one in decision.reasons]
    assert decision.label.value in scene["label"], why
    if "with" in scene:
        held = scene["with"]
        assert decision.story_id == (store.articles[held].story_id if held else None), why
    said = "\n".join(_said(decision))
    assert all(words in said for words in scene.get("told", ())), said
    assert not any(words in said for words in scene.get("untold", ())), said
    if "since" in scene:
        since = decision.known_since
        assert (since.article_id if since else 0, since.quote if since else "") == tuple(scene["since"])
