"""What a headline says: the same as the first sentence, so that it is told once, or that the article is a comment.

Owns leaving out the fact of a headline that stands in the text as well, what an older article cannot move, and which
articles are marked as comments. Must never find facts.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime, time
from functools import cache

from news.decision import FactKind, NewFact
from news.model import Article
from news.tables import load_toml
from news.words.small_letters import small

__all__ = ["is_comment", "is_older", "without_headline", "without_outdated"]

_MARKS = ' .!?…\n"“”«»'
_FOOT = 300
"""Characters at the end of a comment in which it says whose views they are."""


@cache
def _comments() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return how a headline marks a comment, and what stands at the foot of one."""
    table = load_toml("furniture.toml")
    return small(rf"(?:{'|'.join(table['comment_heads'])}) ?[:|–—-] "), small("|".join(table["comment_feet"]))


def is_comment(article: Article) -> bool:
    """Return whether an article is marked as a comment: "Opinion: ...", "The views expressed here are the author's"."""
    head, foot = _comments()
    return bool(head.match(article.title.strip().lower()) or foot.search(article.text[-_FOOT:].lower()))


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
