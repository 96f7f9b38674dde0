"""What is written of an article, made ready from its words before anybody waits.

Owns all that writing needs and that does not hang on the store: names, terms, passages with the words of the index, the
JSON of reports. ``prepare`` remembers the last few, so that who prepares an article before the writer's lock is taken
finds it ready under it. Must never touch the database.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from news.decision import Decision, Label
from news.model import Article, Reading
from storage.article_rows import fit
from storage.codec import to_json
from storage.entities import count_mentions, list_known, list_names
from storage.passages import Indexed, count_terms_of, index_passages
from storage.reports import Account, Told, list_told

_KEPT = 4
_prepared: list[tuple[Article, Reading, Contents]] = []  # newest first; replaced as a whole, so that threads may meet


class Contents:
    """What an article writes whatever is decided on it.

    Attributes:
        article: with a title and text that the database takes unchanged.
        counts: mentions of each key that is known, most first; 0 for those that are only implied.
        names: folded forms with their keys.
        signatures: its own, then that of its original wording.
    """

    def __init__(self, article: Article, reading: Reading) -> None:
        self.article = fit(article)
        self.known = list_known(reading)
        self.counts = count_mentions(reading, self.known)
        self.names = list_names(reading, self.known)
        self.terms = count_terms_of(self.article, reading.language)
        self.entity_counts = to_json(self.counts)
        self.term_counts = to_json(self.terms)
        own = reading.signature
        self.signatures = [own] if article.original is None else [own, article.original]
        self._reading = reading

    @cached_property
    def passages(self) -> Indexed:
        """Its passages; a reprint writes none."""
        return index_passages(self.article, self._reading.sentences, self._reading.language)

    @cached_property
    def told(self) -> list[Told]:
        """Its reports; a reprint writes none."""
        return list_told(self.article.title, self._reading, self.known, self.counts)


def prepare(article: Article, reading: Reading) -> Contents:
    """Return what is written of an article; the last few are remembered by these very objects."""
    global _prepared  # noqa: PLW0603 - a list that is replaced, never changed
    for held, held_reading, contents in _prepared:
        if held is article and held_reading is reading:
            return contents
    contents = Contents(article, reading)
    _prepared = [(article, reading, contents), *_prepared[: _KEPT - 1]]
    return contents


@dataclass(frozen=True, slots=True)
class Draft:
    """All that is written of one article, made ready before its row."""

    contents: Contents
    decision: Decision
    story_id: int

    @property
    def is_indexed(self) -> bool:
        """Whether it goes into the full-text index and the events."""
        return self.decision.label is not Label.REPRINT

    def make_ready(self) -> None:
        """Work out what is worked out late."""
        if self.is_indexed:
            _ = self.contents.passages, self.contents.told

    def values(self) -> dict[str, Any]:
        """Return the columns of its row that reading and deciding give."""
        return {
            "story_id": self.story_id,
            "label": self.decision.label,
            "duplicate_of": self.decision.duplicate_of,
            "is_indexed": self.is_indexed,
            "entity_counts": self.contents.entity_counts,
            "term_counts": self.contents.term_counts,
        }

    def account(self, article_id: int, ids: Mapping[str, int]) -> Account:
        """Return what it tells, under its id and those of its entities."""
        return Account(article_id, self.story_id, self.contents.told, self.decision.assignments, ids)
