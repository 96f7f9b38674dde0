"""Which days of a story matter most: figures of each day, and a weighted sum of them.

Owns the days only; which sentences stand for a day is ``news.quotes``'s. The weights are learnt on development topics
by ``benchmarks.timelines`` and live in ``news/data/timeline.toml``. Must never look at words: it has to be cheap enough
for every event of a subject.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from math import log1p

from news.decision import StoredEvent, StoredReport
from news.model import DateBasis, Precision
from news.tables import load_toml
from news.when import shift_day

NAMED = frozenset({DateBasis.STATED, DateBasis.RESOLVED})
"""Bases that come from the words of the sentence."""

_NEIGHBOURS = (-3, -2, -1, 1, 2, 3)
_SATURDAY = 5
_LEAD = 3
"""Sentences at the head of an article that tell its news; the rest is context (the inverted pyramid)."""


@dataclass(slots=True)
class DayFigures:
    """What is known of one day; articles are counted once each.

    Attributes:
        published: articles published on the day.
        mentioning: articles that name the day, by date or by a word such as "Saturday".
        stating: articles that name it by its calendar date.
        leading: articles that name it among their first sentences.
        outlets: outlets that name it.
        published_on: article -> its day, for those that name the day and have a date.
        n_lookbacks: references from articles of other stories.
    """

    published: set[int] = field(default_factory=set)
    mentioning: set[int] = field(default_factory=set)
    stating: set[int] = field(default_factory=set)
    leading: set[int] = field(default_factory=set)
    outlets: set[str] = field(default_factory=set)
    published_on: dict[int, date] = field(default_factory=dict)
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


def _count_report(days: dict[date, DayFigures], report: StoredReport, n_lookbacks: int) -> None:
    published_on = published_day(report)
    if published_on is not None:
        days.setdefault(published_on, DayFigures()).published.add(report.article_id)
    day = named_day(report)
    if day is None:
        return
    figures = days.setdefault(day, DayFigures())
    figures.mentioning.add(report.article_id)
    figures.outlets.add(report.outlet)
    figures.n_lookbacks += n_lookbacks
    if report.report.when.basis is DateBasis.STATED:
        figures.stating.add(report.article_id)
    if report.report.sentence < _LEAD:
        figures.leading.add(report.article_id)
    if published_on is not None:
        figures.published_on[report.article_id] = published_on


def score_days(days: Mapping[date, DayFigures], weights: Mapping[str, float] | None = None) -> dict[date, float]:
    """Return how much each day matters; comparable only within one call.

    A weighted sum of the features of ``scale_features``; ``weights`` default to those of ``timeline.toml``.
    """
    weighed = load_toml("timeline.toml")["days"] if weights is None else weights
    features = scale_features(days)
    return {day: sum(weight * values[name] for name, weight in weighed.items()) for day, values in features.items()}


def scale_features(days: Mapping[date, DayFigures]) -> dict[date, dict[str, float]]:
    """Return the features of each day (see ``list_features``), each divided by its largest value among the days.

    So a subject of ten articles and one of ten thousand are weighed alike.
    """
    features = {day: list_features(day, days) for day in days}
    names = next(iter(features.values()), {})
    most = {name: max(values[name] for values in features.values()) or 1.0 for name in names}
    return {day: {name: value / most[name] for name, value in values.items()} for day, values in features.items()}


def list_features(day: date, days: Mapping[date, DayFigures]) -> dict[str, float]:
    """Return the features of a day by name, all 0 and up.

    ``mentions``, ``stated``, ``leads``, ``published``, ``published_next``, ``outlets``, ``publishing_days`` and
    ``lookbacks`` are logarithms of counts; ``lag`` adds up how long after the day each article still names it;
    ``weekday`` is 1 from Monday to Friday, when parliaments, courts, markets and ministries make their news, else 0;
    ``burst`` is how far the day stands out of the three days before and after it.
    """
    figures = days[day]
    n_around = [len(near.mentioning) for step in _NEIGHBOURS if (near := days.get(shift_day(day, step))) is not None]
    following = days.get(shift_day(day, 1))
    lags = (max(0, (published_on - day).days) for published_on in figures.published_on.values())
    return {
        "mentions": log1p(len(figures.mentioning)),
        "stated": log1p(len(figures.stating)),
        "leads": log1p(len(figures.leading)),
        "published": log1p(len(figures.published)),
        "published_next": log1p(len(following.published)) if following is not None else 0.0,
        "outlets": log1p(len(figures.outlets)),
        "publishing_days": log1p(len(set(figures.published_on.values()))),
        "lookbacks": log1p(figures.n_lookbacks),
        "lag": log1p(sum(log1p(lag) for lag in lags)),
        "weekday": float(day.weekday() < _SATURDAY),
        "burst": log1p(len(figures.mentioning) / (1 + sum(n_around) / len(_NEIGHBOURS))),
    }


def choose_days(
    events: Sequence[StoredEvent],
    n_dates: int,
    *,
    first_on: date | None = None,
    last_on: date | None = None,
    weights: Mapping[str, float] | None = None,
) -> tuple[date, ...]:
    """Return the ``n_dates`` days that matter most, in order of time; fewer if there are no more.

    Days before ``first_on`` and after ``last_on`` are left out.
    """
    first, last = first_on or date.min, last_on or date.max
    days = {day: figures for day, figures in count_days(events).items() if first <= day <= last}
    scores = score_days(days, weights)
    best = sorted(scores, key=lambda day: (-scores[day], day))[: max(0, n_dates)]
    return tuple(sorted(best))
