"""What an alert told as disputed is shown by every command that shows its story."""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot.render.formats import FORMATS
from bot.render.terminal import render_text
from handlers.jobs.ingest import ingest_article
from handlers.reply import Reply
from news.decision import Dispute
from storage.articles import SqlArticles
from tests.store.handlers_world import World, make_article

STORIES = tomllib.loads((Path(__file__).parent / "contested_stories.toml").read_text(encoding="utf-8"))


def take(world: World, name: str, *, is_dated: bool = True) -> None:
    """Take in the two accounts of a story, a day apart, each by an outlet of its own."""
    world.clock.forward(days=3)  # from a Sunday to a Wednesday: the texts tell of the days before
    for number, (title, text) in enumerate(STORIES[name]["told"], 1):
        article = make_article(number, title, text, outlet=f"Outlet {number}", at=world.clock.now)
        ingest_article(article if is_dated else replace(article, published_at=None), world.ports, alerts=False)
        world.clock.forward(days=1)


def values_of(disputes: Sequence[dict[str, Any]]) -> set[tuple[str, frozenset[str]]]:
    return {(each["kind"], frozenset((each["here"]["value"], each["there"]["value"]))) for each in disputes}


def words_of(reply: Reply) -> str:
    """Return an answer as one line, without the bars beside quotes."""
    return " ".join(render_text(reply, width=120).replace("│", " ").split())


def told_in(world: World, article: str = "a2") -> set[tuple[str, frozenset[str]]]:
    """Return what the decision on an article told as disputed."""
    return values_of(world.ask("why", item=article).data["disputes"])


def shown_on(reply: Reply) -> set[tuple[str, frozenset[str]]]:
    entries = [dispute for entry in reply.data["entries"] for dispute in entry["disputes"]]
    return values_of([*entries, *reply.data["also_disputed"]])


@pytest.mark.parametrize("name", sorted(STORIES))
def test_what_was_told_is_on_the_timeline_in_the_comparison_and_in_the_story(world: World, name: str) -> None:
    """Figures, days, places, doers and states, in three languages; both sentences stand with their outlets."""
    take(world, name)
    told = told_in(world)
    assert told
    event = world.ask("why", item="a2").data["disputes"][0]["event"]
    assert shown_on(world.ask("timeline", topic=STORIES[name]["topic"])) == told
    assert values_of(world.ask("story", story="s1").data["disputes"]) == told
    assert values_of(world.ask("why", item=event).data["disputes"]) == told
    compared = world.ask("compare", event=event)
    assert values_of(compared.data["disputes"]) == told
    for article in ("a1", "a2"):
        assert values_of(world.ask("compare", event=article).data["disputes"]) == told, article
    assert "contradict" in {slot["verdict"] for slot in compared.data["slots"]}
    text = words_of(compared)
    for claim in (each[side] for each in compared.data["disputes"] for side in ("here", "there")):
        assert claim["quote"] in text
        assert claim["article"] in {"a1", "a2"}


@pytest.mark.parametrize("is_dated", [True, False])
@pytest.mark.parametrize("reference", ["a2", "s1", "e1"])
def test_the_disputes_of_a_story_are_read_once(
    world: World, monkeypatch: pytest.MonkeyPatch, reference: str, *, is_dated: bool
) -> None:
    take(world, "ferry", is_dated=is_dated)
    asked: list[Collection[int]] = []
    read = SqlArticles.list_disputes

    def count(articles: SqlArticles, story_ids: Collection[int], *, limit: int) -> list[Dispute]:
        asked.append(story_ids)
        return read(articles, story_ids, limit=limit)

    monkeypatch.setattr(SqlArticles, "list_disputes", count)
    assert not world.ask("compare", event=reference).failed
    assert asked == [[1]]


def test_a_story_of_which_no_event_has_a_date_shows_the_one_in_dispute(world: World) -> None:
    """It stands on no timeline, and its accounts are compared all the same."""
    take(world, "ferry", is_dated=False)
    assert told_in(world)
    compared = world.ask("compare", event="s1")
    assert not compared.failed
    assert "contradict" in {slot["verdict"] for slot in compared.data["slots"]}
    assert values_of(compared.data["disputes"]) == told_in(world)
    assert "It carried 120 passengers, the coast guard said." in words_of(compared)


def test_an_event_names_what_else_of_its_story_is_disputed(world: World) -> None:
    take(world, "ferry")
    boats = next(
        each["event"]
        for each in world.ask("story", story="s1").data["events"]
        if "Rescue boats" in each["reports"][0]["quote"]
    )
    compared = world.ask("compare", event=boats)
    assert compared.data["disputes"] == []
    assert values_of(compared.data["also_disputed"]) == told_in(world)
    assert "Also disputed in this story" in render_text(compared)


def test_who_is_taken_out_of_a_story_contradicts_it_no_more(world: World) -> None:
    """An editor says that the second article is on something else; only its own /why still tells how it was judged."""
    take(world, "ferry")
    with world.store.write() as tx:
        tx.stories.move([2], None, now=world.clock.now)
    assert shown_on(world.ask("timeline", topic="brakna")) == set()
    assert world.ask("story", story="s1").data["disputes"] == []
    assert told_in(world)


def test_a_story_without_an_event_says_what_to_ask(world: World) -> None:
    ingest_article(make_article(1, "Rain", "Rain, rain, rain."), world.ports, alerts=False)
    assert world.ask("story", story="s1").data["events"] == []
    refused = world.ask("compare", event="s1")
    assert refused.failed
    assert "/story s1" in refused.title


def test_who_names_no_outlet_is_called_by_the_article(world: World) -> None:
    for number, (title, text) in enumerate(STORIES["ferry"]["told"], 1):
        article = make_article(number, title, text, outlet="" if number == 1 else "Post", at=world.clock.now)
        ingest_article(replace(article, url=""), world.ports, alerts=False)
        world.clock.forward(days=1)
    assert "union of seafarers (in Post) says 210 passengers; a1 says 120 passengers" in words_of(
        world.ask("compare", event="s1")
    )


def test_what_fits_nothing_is_told_where_ids_stand(world: World) -> None:
    take(world, "ferry")
    assert "/timeline and a topic lists events" in world.ask("compare", event="zzyzx").title
    assert world.ask("compare", event="a99").title == "There is no article a99."
    assert world.ask("story", story="s99").title == "There is no story s99."


@pytest.mark.parametrize("name", ["markdown", "html"])
def test_what_stands_in_no_entry_goes_into_files_too(world: World, name: str) -> None:
    """The article is on the timeline, and its dispute is over a sentence that is no event of it."""
    take(world, "ferry")
    reply = world.ask("timeline", topic="brakna")
    (entry,) = [each for each in reply.data["entries"] if each["disputes"]]
    assert not reply.data["also_disputed"]
    beyond = replace(reply, data={**reply.data, "entries": [], "also_disputed": entry["disputes"]})
    written = FORMATS[name].render(beyond, world.clock.now).decode()
    assert "Also disputed" in written
    assert "210 passengers" in written
