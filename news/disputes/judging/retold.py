"""Whether a story has one side of a dispute already, from another account than the one that it is held against.

Owns holding what an article says against one account against the other accounts of its story. Must never find a
dispute, nor weigh one.

Once the ministry's nine and the union's fourteen are both told, the next paper that gives the ministry's word adds
nothing: that the two contradict each other is known. So what seems to contradict one account falls where another
account of the story says the same. Who sets himself against the other side says more than that.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from itertools import islice

from news.decision import Dispute, FactKind, StoredArticle
from news.disputes.cues import is_contesting
from news.disputes.judging.lines import Account, Figure, Line, account_of
from news.disputes.openings.conditions import is_excluded
from news.model import Article
from news.words.meanings import is_faint
from news.words.measures import is_held, measures_in

__all__ = ["is_side_held"]

_MOST_ARTICLES = 8
_OPENING = 4
_LIKE, _ABROAD = 0.5, 0.35
"""Share of the telling words of a sentence that another has which tells the same, in one language and across two."""
_STATE = 0.3
"""The same where both tell one state as well, or deny just what is in dispute."""
_WHOLE = 0.75
"""Share that a whole account has of a sentence that it tells in several."""


def is_side_held(article: Article, dispute: Dispute, stored: Iterable[StoredArticle]) -> bool:
    """Return whether an account of the story, not that which is contradicted, has what the article says against it.

    Of two accounts that differ in no slot, it has to have all that the article opens with. Days and places are not
    asked for: that a sentence names them says little of what it tells.

    Args:
        stored: the articles of the story, most related first; the first eight of the others are asked.
    """
    others = (account_of(one.article) for one in stored if one.id != dispute.there.article_id)
    accounts = list(islice(others, _MOST_ARTICLES))
    if dispute.kind is FactKind.ACT:
        return any(_has_opening(one, account_of(article)) for one in accounts)
    here, there = Line(dispute.here.quote), Line(dispute.there.quote)
    lines = [line for one in accounts for line in one.lines]
    if is_contesting(here.text):
        lines = [line for line in lines if is_contesting(line.text)]
    if dispute.kind is FactKind.FIGURE:
        return any(_has_figure(line, here, dispute.here.value) for line in lines)
    if dispute.kind is FactKind.STATUS:
        return any(_has_state(line, here, there) for line in lines)
    doer = Line(dispute.here.value).words if dispute.kind is FactKind.ACTOR else frozenset()
    return bool(doer) and any(doer <= line.words and _is_like(here, line) for line in lines)


def _has_figure(line: Line, here: Line, value: str) -> bool:
    given = measures_in(value, here.language)[:1]
    own = [one for one in here.figures for other in given if one.measure.value == other.value]
    return any(_is_one_figure(one, other) for one in own for other in line.figures)


def _is_one_figure(one: Figure, other: Figure) -> bool:
    """Return whether two figures are one number of one thing."""
    if not is_held(one.measure, [other.measure]):
        return False
    if one.part is not None and other.part is not None:
        return one.part.name == other.part.name
    return bool(one.nouns & other.nouns)


def _has_state(line: Line, here: Line, there: Line) -> bool:
    """Return whether a line tells the state in which one sentence differs from the other, or denies what it denies."""
    share = _share(here, line.words)
    pairs = ((one, other) for one in here.conditions for other in there.conditions)
    states = {(one.matter, one.pole) for one, other in pairs if is_excluded(one, other)}
    if share >= _STATE and any((one.matter, one.pole) in states for one in line.conditions):
        return True
    if here.is_negative is not line.is_negative:
        return False
    contested = {word for word in here.words & there.words if not is_faint(word)}
    return (share >= _STATE and bool(contested) and contested <= line.words) or _is_like(here, line)


def _has_opening(other: Account, own: Account) -> bool:
    return all(_has_line(other, line) for line in own.lines[1:_OPENING])


def _has_line(other: Account, line: Line) -> bool:
    if any(not is_held(one.measure, other.measures) for one in line.figures):
        return False
    alike = (one for one in other.lines if one.is_negative is line.is_negative)
    return any(_is_like(line, one) for one in alike) or _share(line, other.words) >= _WHOLE


def _is_like(here: Line, line: Line) -> bool:
    least = _LIKE if here.language == line.language else _ABROAD
    return _share(here, line.words) >= least


def _share(line: Line, words: Collection[str]) -> float:
    """Return the share of the telling words of a line that others have, 0 to 1."""
    telling = [one for one in line.words if not is_faint(one)]
    return sum(one in words for one in telling) / max(1, len(telling))
