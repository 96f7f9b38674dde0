"""Which sentences tell what was before the news, and which only give an opinion or address the reader.

Owns the cues of background, opinion and address. Must not judge how sure an act is (``news.reports.modality``).
"""

from __future__ import annotations

from datetime import date, timedelta

from news.model import DateBasis, Precision, TimeSpan
from news.reports.anchoring import BACKGROUND_DAYS, is_perfect
from news.reports.clauses import Act, Row
from news.reports.lexicon import ROLES, Form

_R = ROLES
_MAX_CHAIN = 4
_OPENING_WORDS = 4
_TURNS = frozenset(
    {"meanwhile", "separately", "elsewhere", "however", "also", "overall", "mientras", "además", "тем", "также"}
)


def is_addressed(row: Row) -> bool:
    """Say whether a sentence is a question, a call to the reader, or the writer's own opinion: it reports nothing."""
    if row.is_question or "call" in row.labels:
        return True
    if ("opinion" in row.labels or row.unquoted_roles & _R["writer"]) and not row.roles & _R["speech"]:
        return True
    return bool(row.unquoted_roles & _R["first_person"] and row.unquoted_roles & _R["opinion"])


def is_background(row: Row, act: Act | None, span: TimeSpan, published_on: date | None) -> bool:
    """Say whether the sentence tells what was before the news.

    A stated date decides: more than 14 days before the article, or reaching back from it ("since 2014", "over the
    past decade"). Without one, what stands in the present perfect is of now, and the cues of background are fixed
    wordings ("for years"), words ("previously"), and a past perfect that no verb of saying explains ("had sent" against
    "said it had sent").
    """
    if span.basis in {DateBasis.STATED, DateBasis.RESOLVED} and published_on is not None:
        return _is_past(span, published_on) or ("background" in row.labels and span.precision is not Precision.DAY)
    if act is not None and is_perfect(row, act):
        return False
    if "background" in row.labels or row.unquoted_roles & _R["background"]:
        return True
    return act is not None and _is_past_perfect(row, act) and not row.roles & _R["speech"]


def _is_past(span: TimeSpan, published_on: date) -> bool:
    limit = published_on - timedelta(days=BACKGROUND_DAYS) if published_on.year > 1 else published_on
    if span.last_on is not None:
        return span.last_on < limit
    return span.first_on is not None and span.first_on < limit


def _is_past_perfect(row: Row, act: Act) -> bool:
    if act.form is Form.NONE:
        return False
    near = row.words[max(0, act.at - _MAX_CHAIN) : act.at]
    return any(word.roles & _R["perfect"] for word in near)


def opens_elsewhere(row: Row) -> bool:
    """Say whether a sentence opens with a turn away from the one before ("Meanwhile", "Separately")."""
    return any(word.text in _TURNS or word.roles & _R["background"] for word in row.words[:_OPENING_WORDS])
