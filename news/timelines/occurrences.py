"""An event of a timeline with all that was told of it, and the date that stands.

Owns the choice among the dates that reports give. Which reports tell of one event is ``news.timelines.merging``'s and
``news.timelines.fulfilment``'s.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from news.another.accounts import is_count
from news.decision import StoredEvent, StoredReport
from news.disputes.datings import is_dated
from news.model import NO_TIME, DateBasis, Modality, Precision, TimeSpan

_FINENESS = {precision: rank for rank, precision in enumerate(Precision)}
_SAID = frozenset({DateBasis.STATED, DateBasis.RESOLVED})
_BASIS_WEIGHT = {DateBasis.STATED: 1.5, DateBasis.RESOLVED: 1.0, DateBasis.ARTICLE: 0.2, DateBasis.NONE: 0.0}
"""How much one origin's date counts: a full date more than "on Saturday", an article's own date last."""
_SAYING_SHARE = 0.5
"""What is left of it where the day is that of a saying: "the guard said on Tuesday that it had sunk"."""


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One event with all reports of it, oldest first, and the date that stands."""

    when: TimeSpan
    reports: tuple[StoredReport, ...]
    event_ids: tuple[int, ...]
    n_lookbacks: int = 0


def has_date(report: StoredReport) -> bool:
    """Return whether the report dates its event: background without a date of its own does not."""
    when = report.report.when
    is_stand_in = report.report.is_background and when.basis is DateBasis.ARTICLE
    return when.precision is not Precision.UNKNOWN and not is_stand_in


def choose_span(reports: Iterable[StoredReport]) -> TimeSpan:
    """Return the date that stands for an event: the best supported, then the finest; NO_TIME if none has a date.

    A report supports every span that lies within its own: "in March 2019" supports 23 March 2019. Of one outlet only
    the weightiest report counts; a count that goes on ("the toll rose on Friday") does where nothing else has a date.
    """
    found = [report for report in reports if has_date(report)]
    dated = [report for report in found if not is_count(report.report.quote)] or found
    spans = dict.fromkeys(report.report.when for report in dated)
    if len(spans) == 1:
        return next(iter(spans))
    return max(spans, key=lambda span: _rank(span, dated), default=NO_TIME)


def _rank(span: TimeSpan, dated: Sequence[StoredReport]) -> tuple[float, int, float]:
    votes: dict[str, float] = {}
    for report in dated:
        if _is_within(span, report.report.when):
            voice = report.report.origin.key if report.report.origin else report.outlet
            votes[voice] = max(votes.get(voice, 0.0), _weigh_date(report))
    return (sum(votes.values()), -_FINENESS[span.precision], _BASIS_WEIGHT[span.basis])


@lru_cache(maxsize=1 << 12)
def _weigh_date(report: StoredReport) -> float:
    weight = _BASIS_WEIGHT[report.report.when.basis]
    is_day = report.report.when.precision is Precision.DAY and report.report.when.basis in _SAID
    return weight if not is_day or is_dated(report.report, report.published_at) else weight * _SAYING_SHARE


def _is_within(inner: TimeSpan, outer: TimeSpan) -> bool:
    starts = outer.first_on is None or (inner.first_on is not None and inner.first_on >= outer.first_on)
    ends = outer.last_on is None or (inner.last_on is not None and inner.last_on <= outer.last_on)
    return starts and ends


def join_events(group: Sequence[StoredEvent]) -> Occurrence:
    """Return stored events as one occurrence."""
    reports = sorted((report for event in group for report in event.reports), key=age_of)
    return Occurrence(
        _choose_done(reports),
        tuple(reports),
        tuple(sorted({event.id for event in group})),
        sum(event.n_lookbacks for event in group),
    )


def join_occurrences(group: Sequence[Occurrence]) -> Occurrence:
    """Return occurrences as one; where some say that it happened, when is theirs to say."""
    reports = sorted((report for each in group for report in each.reports), key=age_of)
    return Occurrence(
        _choose_done(reports),
        tuple(reports),
        tuple(sorted({event_id for each in group for event_id in each.event_ids})),
        sum(each.n_lookbacks for each in group),
    )


def _choose_done(reports: Sequence[StoredReport]) -> TimeSpan:
    """Return the date that stands; plans have no say in it where the text of what happened dates it."""
    done = [report for report in reports if report.report.modality is Modality.HAPPENED]
    is_dated = any(report.report.when.basis in _SAID and has_date(report) for report in done)
    return choose_span(done if is_dated else reports)


def age_of(report: StoredReport) -> tuple[bool, float, int]:
    """Return what sorts reports from old to new, those without a date last."""
    published_at = report.published_at
    return (published_at is None, published_at.timestamp() if published_at is not None else 0.0, report.id)
