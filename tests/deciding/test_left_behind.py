"""What a decision leaves behind: nothing that only a search of all that lives would find."""

from __future__ import annotations

import gc

from benchmarks.novelty import article_of, open_store
from news.novelty import decide
from news.reading import read

STORED = "Four workers died when a paper mill burned down near Gdynia on Friday, police said. Two are missing."
NEW = "Six workers died in the fire at a paper mill near Gdynia on Friday, a union said. The owner was arrested."


def test_a_decision_leaves_no_cycles() -> None:
    """The program searches seldom (``bot.interpreter``), so that each cycle would stay for thousands of articles."""
    rows = [
        {"outlet": outlet, "published": f"2026-03-06T{hour}:00:00Z", "title": "", "text": text}
        for outlet, hour, text in (("First Paper", 18, STORED), ("Second Paper", 20, NEW))
    ]
    first, second = map(article_of, rows)
    reading, store = read(second), open_store([(first, read(first))])
    assert second.published_at is not None
    now = second.published_at

    def take() -> None:
        decide(second, reading, store.find_candidates(second, reading), now=now)

    take()  # tables are loaded by now
    gc.collect()
    gc.disable()
    try:
        take()
        assert gc.collect() == 0
    finally:
        gc.enable()
