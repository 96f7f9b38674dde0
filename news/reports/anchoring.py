"""Which date of a sentence belongs to which of its acts, and what stands in where there is none.

Owns the tie between an act and a time expression. Must not find dates (``news.dates``) or acts
(``news.reports.clauses``).

The rule is nearness: words between, plus a toll for each clause boundary, so "took off Friday and landed on Saturday"
gives each act its own day. A verb of saying competes for a date like an act does ("told reporters on Monday"), and its
date serves the act that is told of only when that has none of its own. Without any date the act is dated by the
sentence before it in the same paragraph, if that told of something that happened on a stated day, and else by the
article: the day itself for the first sentence that tells of something, the week that ends with it for later ones.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise

from news.model import NO_TIME, DateBasis, Modality, Precision, TimeExpression, TimeSpan
from news.reports.clauses import Act, Row, is_speech
from news.reports.lexicon import ROLES, Form
from news.words.records import bounds_record

BACKGROUND_DAYS = 14
"""An event that ended longer before the article than this is background to it."""

_R = ROLES
_BOUNDARY_TOLL = 4
_NOUN_TOLL = 8
_NOUN_REACH = 6
_SPEECH_TOLL = 1
_LEADING_TOLL = 2
_TRAILING_TOLL = 20
_FIRST_SENTENCES = 1
_NEAR = 3
_PERFECT = frozenset({"has", "have", "'ve"})
_PASSED_OVER = _R["auxiliary"] | _R["be"] | _R["adverb"] | _R["negation"]
_BY = frozenset({"by", "к", "ко"})
_AS_OF = (("as", "of"), ("as", "at"), ("состоянию", "на"))
_BOUND_REACH = 2
_POSSESSIVES = ("'s", "\N{RIGHT SINGLE QUOTATION MARK}s")
_COMPARED = re.compile(
    r"\b(?:(?<!earlier )(?<!later )(?<!sooner )than|(?<!раньше, )(?<!позже, )(?<!позднее, )(?<!раньше )(?<!позже )чем|"
    r"(?:más|menos|mayor|menor|mejor|peor|superior|inferior)(?: \w+){0,2} que)"
    r"(?: (?:in|on|at|during|the|that|those|of|it|was|last|en|el|la|los|las|de|del|в|во|на|за))* $",
    re.IGNORECASE,
)
"""Before the date of what something is only compared with."""
_COMPARED_REACH = 60
_COMPARING = ("than", "чем", "que")
"""One of these stands in what ``_COMPARED`` finds."""
_REFERENCES = frozenset({"PRESENT_REF", "PAST_REF", "FUTURE_REF"})
_COARSE = frozenset({Precision.YEAR, Precision.DECADE, Precision.SPAN, Precision.UNKNOWN})


@dataclass(frozen=True, slots=True)
class Dated:
    """A date of a sentence: the index of its first word, its days, and whether these are over for two weeks.

    ``is_bound``: what is told had come about by then ("as of Tuesday 11 had died"), on a day that nobody names.
    """

    at: int
    span: TimeSpan
    is_over: bool = False
    is_bound: bool = False


def list_dated(row: Row, dates: Sequence[TimeExpression], published_on: date | None = None) -> list[Dated]:
    """Return the dates of a sentence that may be those of its acts, in order; two ends of one range are one.

    Left out are those that name no days, those that only qualify a thing to come ("next year's budget"), and those of
    what it is only compared with ("bigger than April's", "the biggest since April").
    """
    found: list[Dated] = []
    for expression in dates:
        if expression.span.precision is Precision.UNKNOWN or expression.value in _REFERENCES:
            continue
        if _qualifies(row, expression, published_on):
            continue
        at = row.index_of(expression.start)
        if _is_compared(row, expression) or bounds_record(row.text, expression.start - row.offset):
            continue
        span = _opened(row, at, expression.span)
        if found and _is_range(row, found[-1].at, at):
            before = found.pop()
            at, span = before.at, _joined(before.span, expression.span)
        found.append(Dated(at, span, _is_over(span, published_on), _is_bound(row, at)))
    return found


def _is_bound(row: Row, at: int) -> bool:
    """Return whether "by", "as of" or their like stands before a date; beside a plan that is a deadline."""
    before = [word.text for word in row.words[max(0, at - _BOUND_REACH) : at + 1]]
    return any(word in _BY for word in before[-2:]) or any(pair in _AS_OF for pair in pairwise(before))


def _is_over(span: TimeSpan, published_on: date | None) -> bool:
    if published_on is None or span.first_on is None or span.last_on is None:
        return False
    return (published_on - span.last_on).days > BACKGROUND_DAYS


def _qualifies(row: Row, expression: TimeExpression, published_on: date | None) -> bool:
    """Return whether a date in the possessive lies ahead: the thing is to come, what is told of it is not."""
    first_on = expression.span.first_on
    is_ahead = published_on is not None and first_on is not None and first_on > published_on
    return is_ahead and row.text.startswith(_POSSESSIVES, expression.end - row.offset)


def _is_compared(row: Row, expression: TimeExpression) -> bool:
    """Return whether a date is that of the other side of a comparison: "more than in March", "más que en abril"."""
    end = expression.start - row.offset
    start = max(0, end - _COMPARED_REACH)
    before = row.text[start:end].lower()
    return any(word in before for word in _COMPARING) and _COMPARED.search(row.text, start, end) is not None


def _opened(row: Row, at: int, span: TimeSpan) -> TimeSpan:
    """Open the end of a span that "since" or "until" stands before or begins with."""
    roles = row.words[at].roles | (row.words[at - 1].roles if at else 0)
    if roles & _R["since"] and not roles & _R["range_open"] and span.first_on is not None:
        return replace(span, last_on=None, precision=Precision.SPAN)
    if roles & _R["until"] and span.last_on is not None:
        return replace(span, first_on=None, precision=Precision.SPAN)
    return span


def _is_range(row: Row, first: int, second: int) -> bool:
    is_open = first > 0 and bool(row.words[first - 1].roles & _R["range_open"])
    is_near = second - first <= _NEAR + 1
    return is_open and is_near and bool(row.words[second - 1].roles & _R["range_link"])


def _joined(first: TimeSpan, second: TimeSpan) -> TimeSpan:
    if first.first_on is None or second.last_on is None or first.first_on > second.last_on:
        return second
    return TimeSpan(first.first_on, second.last_on, Precision.SPAN, first.basis)


def assign(row: Row, acts: Sequence[Act], dated: Sequence[Dated]) -> tuple[dict[int, TimeSpan], TimeSpan | None]:
    """Return the span of each act that has a date of its own (by index of its word), and the date of the saying.

    Each date goes to the act or verb of saying that it is nearest to; an act that several are nearest to keeps the
    nearest. A day that is over dates no act in the present perfect ("has reduced the fine imposed in September").
    """
    if not dated:
        return {}, None
    perfect = {act.at for act in acts if is_perfect(row, act)}
    nouns = {act.at for act in acts if act.form is Form.NONE}
    places = {act.at for act in acts}
    tellings = {at for at in row.noted if is_speech(row.words[at]) and at not in places}
    trailing = {act.at for act in acts if act.form is Form.ING}
    best: dict[int, tuple[int, TimeSpan]] = {}
    for one in dated:
        open_to = places - perfect if one.is_over else places
        costs = [(_cost(row, one.at, at) + _noun_toll(row, one.at, at, nouns), at) for at in open_to - trailing]
        costs += [(_cost(row, one.at, at) + _trailing_toll(row, one.at, at), at) for at in trailing]
        costs += [(_cost(row, one.at, at) + _speech_toll(row, one.at, at, places), at) for at in tellings]
        if costs:
            cost, at = min(costs)
            is_far = at in nouns and cost > _NOUN_TOLL + _NOUN_REACH
            if not is_far and (at not in best or cost < best[at][0]):
                best[at] = (cost, one.span)
    own = {at: span for at, (_, span) in best.items() if at in places}
    told = next((span for at, (_, span) in sorted(best.items()) if at in tellings), None)
    return own, told


def is_perfect(row: Row, act: Act) -> bool:
    """Return whether an English verb stands in the present perfect: "has cut", "have been freed"."""
    if act.form is not Form.PAST and act.form is not Form.PARTICIPLE:
        return False
    for word in reversed(row.words[max(0, act.at - _NEAR) : act.at]):
        if word.text in _PERFECT:
            return True
        if not word.roles & _PASSED_OVER:
            return False
    return False


def _cost(row: Row, date_at: int, act_at: int) -> int:
    distance = abs(date_at - act_at)
    if date_at <= 1 and act_at > date_at:
        return distance  # "On Monday, ..." opens the sentence and dates its first act, whatever commas follow
    boundaries = abs(row.depth[date_at] - row.depth[act_at])
    return distance + _BOUNDARY_TOLL * boundaries + (_LEADING_TOLL if act_at > date_at else 0)


def _noun_toll(row: Row, date_at: int, act_at: int, nouns: Collection[int]) -> int:
    return _NOUN_TOLL + _trailing_toll(row, date_at, act_at) if act_at in nouns else 0


def _speech_toll(row: Row, date_at: int, speech_at: int, acts: Collection[int]) -> int:
    """A date before a comma is that of the act before it, not of who says so: "sank on Sunday, the mayor said"."""
    is_behind = row.depth[date_at] < row.depth[speech_at] and any(at < date_at for at in acts)
    return _TRAILING_TOLL if is_behind else _SPEECH_TOLL


def _trailing_toll(row: Row, date_at: int, act_at: int) -> int:
    """A date before a comma is not that of what follows from it: "overturned in Nakuru, Kenya, on Monday, killing"."""
    return _TRAILING_TOLL if date_at < act_at and row.depth[act_at] > row.depth[date_at] and date_at > 1 else 0


def can_carry(span: TimeSpan, modality: Modality) -> bool:
    """Say whether the date of a sentence may serve the next one of its paragraph."""
    is_named = span.basis in {DateBasis.STATED, DateBasis.RESOLVED}
    return is_named and span.precision not in _COARSE and modality is Modality.HAPPENED and span.last_on is not None


def carried(span: TimeSpan) -> TimeSpan:
    """Return the date that a sentence takes over from the one before it."""
    return replace(span, basis=DateBasis.RESOLVED)


def article_span(published_on: date | None, modality: Modality, n_told: int) -> TimeSpan:
    """Return the span of an act that no sentence dates: by the article's own date, basis ARTICLE.

    What is planned lies open from that day on. What happened lies on that day if no sentence told of something before
    (``n_told``): that is the news itself. Else it lies in the week that ends with the day: never a
    finer date than is known.
    """
    if published_on is None:
        return NO_TIME
    if modality is Modality.PLANNED:
        return TimeSpan(published_on, None, Precision.SPAN, DateBasis.ARTICLE)
    if n_told < _FIRST_SENTENCES or published_on < date.min + timedelta(days=BACKGROUND_DAYS):
        return TimeSpan.of_day(published_on, DateBasis.ARTICLE)
    return TimeSpan(published_on - timedelta(days=6), published_on, Precision.WEEK, DateBasis.ARTICLE)
