"""Small records of one town or firm: what goes on with a story joins it, and of what else happens there, a part."""

from __future__ import annotations

from benchmarks.learn_joining import load_neighbours
from benchmarks.stories import NOW, MemoryStore
from news.model import Article
from news.novelty import decide
from news.reading import read


def _join(stored: list[tuple[str, Article]], article: Article) -> str:
    """Return which of the stored articles, each a story of its own, an article goes on with; empty for none."""
    store, names = MemoryStore(), {}
    for name, one in stored:
        reading = read(one)
        decision = decide(one, reading, store.find_candidates(one, reading), now=one.published_at or NOW)
        names[store.add(one, reading, decision).story_id] = name
    reading = read(article)
    decision = decide(article, reading, store.find_candidates(article, reading), now=article.published_at or NOW)
    return names.get(decision.story_id or 0, "")


def test_neighbours() -> None:
    """Strangers of one place in a store of a dozen articles are the hardest case: half of them still join."""
    n_own = n_split = n_strangers = n_joined = 0
    for stored, articles in load_neighbours():
        for own, article in articles:
            found = _join(stored, article)
            n_own, n_split = n_own + bool(own), n_split + (bool(own) and found != own)
            n_strangers, n_joined = n_strangers + (not own), n_joined + (not own and bool(found))
    assert n_split / n_own <= 0.2
    assert n_joined / n_strangers <= 0.6
