"""Why a watch takes an article or does not, for who asks: each condition by itself.

Owns the naming of the first condition that fails. What is posted is decided by ``news.watches.watch.select_alerts``
when the article comes; this says what the same conditions give now.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from news.decision import Decision, Label
from news.errors import QueryError
from news.queries.expression_grammar import parse_expression
from news.queries.expressions import Content, find_match
from news.queries.topics import Resolve
from news.watches.watch import Watch


class Verdict(StrEnum):
    """The first condition that keeps a watch from taking an article, or that it takes it."""

    TAKES = "takes"
    PAUSED = "paused"
    MUTED = "muted"
    UNREADABLE = "unreadable"
    """Its expression cannot be read any more."""
    WORDS = "words"
    """Its expression does not take the article."""
    LABEL = "label"
    """It does not post what the article is."""
    ORIGINS = "origins"
    """It waits for more independent origins."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """A verdict, with what of the expression took the article (also where another condition failed)."""

    verdict: Verdict
    matched: tuple[str, ...] = ()


def judge(watch: Watch, *, content: Content, decision: Decision, resolve: Resolve, now: datetime) -> Judgement:
    """Return what a watch makes of an article, as it is set now."""
    try:
        matched = find_match(parse_expression(watch.expression, resolve), content)
    except QueryError:
        return Judgement(Verdict.UNREADABLE)
    if matched is None:
        return Judgement(Verdict.WORDS)
    if watch.is_paused:
        return Judgement(Verdict.PAUSED, matched)
    if not watch.hears(now):
        return Judgement(Verdict.MUTED, matched)
    is_waiting = decision.n_independent < watch.n_origins
    is_confirmed = decision.label is Label.KNOWN and watch.n_origins > 1 and not is_waiting
    if decision.label not in watch.labels and not (is_confirmed and Label.NEW in watch.labels):
        return Judgement(Verdict.LABEL, matched)
    return Judgement(Verdict.ORIGINS if is_waiting else Verdict.TAKES, matched)
