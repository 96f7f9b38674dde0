"""Whether a column of brief items, "five things to know", tells anything that the record does not hold.

Owns the question, item by item: a column belongs to no story, so that all of it is new to whichever it is held against.
Must never choose the story of an article; nor cut a column, as ``news.reports.roundups`` does.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from news.deciding.telling import chance_of_news, describe_sentences
from news.deciding.unheld import telling_words, unheld_words
from news.model import Sentence
from news.reports.roundups import list_items
from news.stories.case import Case

__all__ = ["list_retold_stories"]

_MAX_ITEMS = 12
_MOST_UNHELD = 0.75
"""Share of the words of an item that the story it is of may lack: it has a sentence or two for all of it."""
_LEAST_STORIES = 3
_MOST_EACH, _MOST_ALL = 0.7, 0.4
"""Chance that an item tells something, and that in the mean of all: brief ones in words of their own look like it."""


class _Item(NamedTuple):
    """Share of an item's words that the story with most of them lacks, that story, and the chance of news for it."""

    unheld: float
    story_id: int
    chance: float


def list_retold_stories(case: Case) -> tuple[int, ...]:
    """Return the stories that the items of a column retell, in order; nothing for other articles, or one with news.

    Each item has to be of a story of the record, and they of three at least: the items of one story are its chapters.
    """
    items = list_items(case.article.title, case.reading.sentences)[:_MAX_ITEMS]
    if not items or len(case.group_articles()) < _LEAST_STORIES:
        return ()
    found = [_nearest(case, item) for item in items]
    stories = tuple(dict.fromkeys(one.story_id for one in found))
    if len(stories) < _LEAST_STORIES or any(one.unheld > _MOST_UNHELD for one in found):
        return ()
    chances = [one.chance for one in found]
    return stories if max(chances) <= _MOST_EACH and sum(chances) <= _MOST_ALL * len(chances) else ()


def _nearest(case: Case, item: Sequence[Sentence]) -> _Item:
    text, language = " ".join(one.text for one in item), case.reading.language or "en"
    n_words = max(1, len(telling_words(text, language)))
    shares = {
        number: len(unheld_words(text, case.hold(number), language)) / n_words for number in case.group_articles()
    }
    story_id = min(shares, key=lambda number: shares[number])
    alone = replace(
        case,
        article=replace(case.article, title=""),
        reading=replace(case.reading, sentences=tuple(item)),
    )
    chance = chance_of_news(describe_sentences(alone, case.hold(story_id)))
    return _Item(shares[story_id], story_id, chance)
