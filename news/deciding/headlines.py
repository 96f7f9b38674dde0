"""What a headline says of an article's news: the same as its first sentence, so it is told once.

Owns leaving out the fact of a headline that stands in the text as well, and what an older article cannot move. Must
never find facts.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time

from news.decision import FactKind, NewFact
from news.model import Article

__all__ = ["is_older", "without_headline", "without_outdated"]

_MARKS = ' .!?…\n"“”«»'


def without_headline(facts: Sequence[NewFact], title: str) -> tuple[NewFact, ...]:
    """Return the facts without those that are told by the headline alone, where another sentence tells one.

    Feeds put the headline into a brief text, so that it comes as a sentence of its own. A value that has moved is kept
    unless another sentence tells of the same move.
    """
    headline = title.strip(_MARKS)
    if not headline:
        return tuple(facts)
    others = [fact for fact in facts if fact.after.quote.strip(_MARKS) != headline]
    moved = {(fact.kind, fact.before.value) for fact in others if fact.before is not None}
    if not others:
        return tuple(facts)
    return tuple(
        fact
        for fact in facts
        if fact.after.quote.strip(_MARKS) != headline
        or (fact.before is not None and (fact.kind, fact.before.value) not in moved)
    )


def is_older(here: Article, there: Article) -> bool:
    """Return whether an article was published before another one; False where only the day is known and is the same."""
    return _is_before(here.published_at, there.published_at)


def without_outdated(facts: Sequence[NewFact]) -> tuple[NewFact, ...]:
    """Return the facts without figures that "moved" to what was told before the value they are held against."""
    return tuple(
        fact
        for fact in facts
        if fact.kind is not FactKind.FIGURE
        or fact.before is None
        or not _is_before(fact.after.published_at, fact.before.published_at)
    )


def _is_before(here: datetime | None, there: datetime | None) -> bool:
    if here is None or there is None:
        return False
    is_day = time(0) in (here.time(), there.time())
    return here.date() < there.date() if is_day else here < there
