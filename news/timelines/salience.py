"""Which days of a story matter most: how much is told of each, and how far it stands out of the days around it.

Owns the days only; which sentences stand for a day is ``news.reports.quotes``'s. The weights are learnt on development
topics by ``benchmarks.learn_timelines`` and live in ``news/data/timeline.toml``. Must never look at words: it has to be
cheap enough for every event of a subject.

A day is seen from several sides, each a number of articles: how many say that something happened on it, with a
figure, in the two days after, and more than a week later, and how many appeared on it; beside them how many outlets
tell it. Its weight is the mean of their logarithms, so a day matters that much is told of in every way. Off it goes a
share of what the days around it have (of a week in which everything is told of daily, the day that stands out) and of
what the day before has more, since papers go on telling. The counts are those of date ranking since Kessler et al.
(2012) and Tran et al. (2013).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from math import log

from news.decision import StoredEvent, StoredReport
from news.model import DateBasis, Modality, Precision
from news.tables import load_toml

NAMED = frozenset({DateBasis.STATED, DateBasis.RESOLVED})
"""Bases that come from the words of the sentence."""

SIDES = ("telling", "figures", "outlets", "soon", "late", "published")
"""What is counted of a day, by the names of their weights."""

_NEAR = (-3, -2, 2, 3)
_SATURDAY = 5
_SOON, _LATE = 2, 7
"""Days after an event within which it is followed up, and from which it is looked back at."""

_FLOOR = 0.5
"""Articles that any day has at least, so that logarithms stay small where nothing is known."""

_SHRINK = 2
"""Days of both kinds together that are added to the weekdays, and to the weekends, of a short story."""

Sides = tuple[float, ...]
"""One number for each of ``SIDES``."""


@dataclass(slots=True)
class DayFigures:
    """What is known of one day; articles are counted once each.

    Attributes:
        published: articles published on the day.
        mentioning: articles that name the day, by date or by a word such as "Saturday".
        telling: article -> days after which it says that something happened on the day, 0 where it came before.
        with_figures: articles that do so with a figure.
        outlets: whose articles do so.
        n_lookbacks: references from articles of other stories.
    """

    published: set[int] = field(default_factory=set)
    mentioning: set[int] = field(default_factory=set)
    telling: dict[int, int] = field(default_factory=dict)
    with_figures: set[int] = field(default_factory=set)
    outlets: set[str] = field(default_factory=set)
    n_lookbacks: int = 0


def published_day(report: StoredReport) -> date | None:
    """Return the day on which the article of the report appeared (UTC), or None."""
    return report.published_at.date() if report.published_at is not None else None


def named_day(report: StoredReport) -> date | None:
    """Return the single day that the sentence itself names for its event, or None."""
    when = report.report.when
    return when.first_on if when.precision is Precision.DAY and when.basis in NAMED else None


def count_days(events: Iterable[StoredEvent]) -> dict[date, DayFigures]:
    """Return the figures of every day on which something was published or is said to have happened."""
    days: dict[date, DayFigures] = {}
    for event in events:
        for report in event.reports:
            _count_report(days, report, event.n_lookbacks)
    return days


def _figures_of(days: dict[date, DayFigures], day: date) -> DayFigures:
    found = days.get(day)
    if found is None:
        found = days[day] = DayFigures()
    return found


def _count_report(days: dict[date, DayFigures], report: StoredReport, n_lookbacks: int) -> None:
    published_on, article_id = published_day(report), report.article_id
    if published_on is not None:
        _figures_of(days, published_on).published.add(article_id)
    day = named_day(report)
    if day is None:
        return
    figures = _figures_of(days, day)
    figures.mentioning.add(article_id)
    figures.n_lookbacks += n_lookbacks
    if report.report.modality is not Modality.HAPPENED:
        return
    figures.telling[article_id] = max(0, (published_on - day).days) if published_on is not None else 0
    figures.outlets.add(report.outlet)
    if report.report.quantities:
        figures.with_figures.add(article_id)


def _list_sides(figures: DayFigures, lookback: float) -> Sides:
    """Return what is counted of a day; each reference from another story adds ``lookback`` to those telling it."""
    lags = figures.telling.values()
    return (
        len(lags) + lookback * figures.n_lookbacks,
        float(len(figures.with_figures)),
        float(len(figures.outlets)),
        float(sum(0 < lag <= _SOON for lag in lags)),
        float(sum(lag > _LATE for lag in lags)),
        float(len(figures.published)),
    )


def score_days(days: Mapping[date, DayFigures], weights: Mapping[str, float] | None = None) -> dict[date, float]:
    """Return how much each day matters; comparable only within one call, below 0 too.

    The weighted mean of the logarithms of its sides, less ``before`` and ``after`` times that of the next days,
    ``near`` times the mean of those two and three days away, ``echo`` times what the day before has more, and
    ``weekend`` on a Saturday or Sunday, when parliaments, courts, markets and ministries make little news. To each side
    ``usual`` times what such days (weekdays, or weekends) of the story have in the mean is added first: a weekday of
    which little is known is not taken for as quiet as a weekend. ``weights`` default to those of ``timeline.toml``.
    """
    weighed = load_toml("timeline.toml")["days"] if weights is None else weights
    sides = {day.toordinal(): _list_sides(figures, weighed["lookbacks"]) for day, figures in days.items()}
    usual = _usual_sides(sides, weighed["usual"])
    shares = _shares(weighed)
    nothing = (0.0,) * len(SIDES)

    def weigh(at: int) -> float:
        pairs = zip(shares, sides.get(at, nothing), usual[_is_weekend(at)], strict=True)
        return sum(share * log(_FLOOR + side + add) for share, side, add in pairs)

    around = {at + step for at in sides for step in range(-3, 4)}
    masses = {at: weigh(at) for at in around}
    return {day: _stand_out(masses, day.toordinal(), weighed) for day in days}


def _stand_out(masses: Mapping[int, float], at: int, weights: Mapping[str, float]) -> float:
    """Return the mass of a day less what the days around it and its kind take off."""
    mass, before = masses[at], masses[at - 1]
    near = sum(masses[at + step] for step in _NEAR) / len(_NEAR)
    taken = weights["before"] * before + weights["after"] * masses[at + 1] + weights["near"] * near
    return mass - taken - weights["echo"] * max(0.0, before - mass) - weights["weekend"] * _is_weekend(at)


def _is_weekend(at: int) -> bool:
    return (at - 1) % 7 >= _SATURDAY


def _shares(weights: Mapping[str, float]) -> Sides:
    total = sum(weights[name] for name in SIDES) or 1.0
    return tuple(weights[name] / total for name in SIDES)


def _usual_sides(sides: Mapping[int, Sides], share: float) -> tuple[Sides, Sides]:
    """Return ``share`` of the mean sides of weekdays and of weekends, drawn towards that of all days."""
    means = _mean_sides(sides.values(), (0.0,) * len(SIDES), 0)
    kinds = ([side for at, side in sides.items() if _is_weekend(at) is is_weekend] for is_weekend in (False, True))
    weekday, weekend = (_mean_sides(kind, means, _SHRINK) for kind in kinds)
    return tuple(share * one for one in weekday), tuple(share * one for one in weekend)


def _mean_sides(rows: Iterable[Sides], towards: Sides, n_more: int) -> Sides:
    known = list(rows)
    totals = [sum(column) for column in zip(*known, strict=True)] or [0.0] * len(SIDES)
    n_days = max(1, len(known) + n_more)
    return tuple((total + n_more * one) / n_days for total, one in zip(totals, towards, strict=True))


def rank_days(
    events: Sequence[StoredEvent],
    *,
    first_on: date | None = None,
    last_on: date | None = None,
    weights: Mapping[str, float] | None = None,
) -> list[date]:
    """Return all days on which something was published or is said to have happened, those that matter most first."""
    first, last = first_on or date.min, last_on or date.max
    days = {day: figures for day, figures in count_days(events).items() if first <= day <= last}
    scores = score_days(days, weights)
    return sorted(scores, key=lambda day: (-scores[day], day))
