"""Which days of a story matter most: how much is told of each, and how far it stands out of the days around it.

Owns the days only; which sentences stand for a day is ``news.quotes``'s. The weights are learnt on development topics
by ``benchmarks.learn_timelines`` and live in ``news/data/timeline.toml``. Must never look at words: it has to be cheap
enough for every event of a subject.

The mass of a day adds up the articles that say that something happened on it. One that tells it with figures counts
more, and so does one that still tells it much later. Days are compared by the logarithm of their mass, less a share of
what the three days before and after have: of a week in which everything is told of daily, the day that stands out. The
counts are those of date ranking since Kessler et al. (2012) and Tran et al. (2013).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from math import log1p

from news.decision import StoredEvent, StoredReport
from news.model import DateBasis, Modality, Precision
from news.tables import load_toml

NAMED = frozenset({DateBasis.STATED, DateBasis.RESOLVED})
"""Bases that come from the words of the sentence."""

_NEIGHBOURS = (-3, -2, -1, 1, 2, 3)
_SATURDAY = 5


@dataclass(slots=True)
class DayFigures:
    """What is known of one day; articles are counted once each.

    Attributes:
        published: articles published on the day.
        mentioning: articles that name the day, by date or by a word such as "Saturday".
        telling: article -> days after which it says that something happened on the day, 0 where it came before.
        with_figures: articles that do so with a figure.
        n_lookbacks: references from articles of other stories.
    """

    published: set[int] = field(default_factory=set)
    mentioning: set[int] = field(default_factory=set)
    telling: dict[int, int] = field(default_factory=dict)
    with_figures: set[int] = field(default_factory=set)
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
    if report.report.quantities:
        figures.with_figures.add(article_id)


def weigh_day(figures: DayFigures, weights: Mapping[str, float], n_next: int = 0) -> float:
    """Return the mass of a day, 0 and up: about the number of articles that tell of it.

    ``figures`` is what an article's figure adds, ``lag`` what it adds with the logarithm of the days that it came
    after, ``lookbacks`` what each reference from another story adds, ``published`` and ``published_next`` what each
    article of the day itself and each of the ``n_next`` of the next does, whatever it tells.
    """
    with_figures, share = figures.with_figures, weights["figures"]
    told = sum(
        (1 + share * (article_id in with_figures)) * (1 + weights["lag"] * log1p(lag))
        for article_id, lag in figures.telling.items()
    )
    appeared = weights["published"] * len(figures.published) + weights["published_next"] * n_next
    return told + weights["lookbacks"] * figures.n_lookbacks + appeared


def score_days(days: Mapping[date, DayFigures], weights: Mapping[str, float] | None = None) -> dict[date, float]:
    """Return how much each day matters; comparable only within one call, below 0 too.

    The logarithm of its mass in ``scale`` articles, less ``burst`` times the mean of its neighbours', less ``weekend``
    on a Saturday or Sunday, when parliaments, courts, markets and ministries make little news. ``weights`` default to
    those of ``timeline.toml``.
    """
    weighed = load_toml("timeline.toml")["days"] if weights is None else weights
    scale = weighed["scale"]
    published = {day.toordinal(): len(figures.published) for day, figures in days.items()}
    masses = {
        day.toordinal(): log1p(weigh_day(figures, weighed, published.get(day.toordinal() + 1, 0)) / scale)
        for day, figures in days.items()
    }
    burst, weekend = weighed["burst"] / len(_NEIGHBOURS), weighed["weekend"]
    scores = {}
    for day in days:
        at = day.toordinal()
        around = sum(masses.get(at + step, 0.0) for step in _NEIGHBOURS)
        scores[day] = masses[at] - burst * around - (weekend if day.weekday() >= _SATURDAY else 0.0)
    return scores


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
