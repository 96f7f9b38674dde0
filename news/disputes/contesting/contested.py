"""What a new article itself sets against somebody else's account: "disputing the ministry's toll of six".

Owns the order in which its sentences are asked. Must never judge who is right, nor choose the story.

Whoever writes against another account mostly says so: "police had said that no ransom was paid", "not 62 as the
government claims", "the commissioner speaks of 37". Such a sentence needs no likeness of words to the stored one: it
has the other side's value, which the stored article has, and one of its own, which it has not. Numbers and what is
turned down for something else are compared in English, Spanish and Russian, other statements in English only.

Known failures: a body that takes its own account back looks like one that contests it, unless a pronoun says so ("which
had first spoken of twelve").
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from news.decision import StoredReport
from news.disputes.contesting.numbers import SENTENCES_BACK, find_multiple, find_number
from news.disputes.contesting.statements import find_rejected_cause, find_statement
from news.disputes.cues import find_cue
from news.reports.explicit import Difference
from news.reports.progress import is_development

__all__ = ["Contest", "find_contested"]


@dataclass(frozen=True, slots=True)
class Contest:
    """A sentence of the article by its place in the list given, the stored sentence, and the two values."""

    sentence: int
    stored: StoredReport
    values: Difference


def find_contested(quotes: Sequence[str], stored: Sequence[StoredReport]) -> Iterator[Contest]:
    """Yield what the sentences of an article contest in stored ones, in order of the sentences.

    Args:
        quotes: the sentences of the article in order.
        stored: sentences of other voices, of one story.
    """
    if not stored:
        return
    for at, quote in enumerate(quotes):
        found = None if is_development(quote) else _find_contest(at, quotes, stored)
        if found is not None:
            yield found


def _find_contest(at: int, quotes: Sequence[str], stored: Sequence[StoredReport]) -> Contest | None:
    quote, cue = quotes[at], find_cue(quotes[at])
    number = find_number(at, quotes, cue, stored) if cue is not None else None
    number = number or find_multiple(at, quotes, stored)
    if number is not None:
        return Contest(*number)
    before = quotes[max(0, at - SENTENCES_BACK) : at][::-1]
    found = find_rejected_cause(quote, stored)
    if found is None and cue is not None:
        found = find_statement(quote, before, cue, stored)
    return Contest(at, *found) if found is not None else None
