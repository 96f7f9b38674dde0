"""Calendar arithmetic over whole periods, and the TIMEX3 value of each. Knows no words and no context.

Values follow ISO-TimeML (Pustejovsky et al. 2010) and the TIDES standard for what ISO 8601 lacks: ``1989-Q3``,
``2018-SU``, ``2019-W12-WE``, ``199`` for a decade, ``19`` for a century. Seasons are those of the northern half of the
earth, by whole months; the winter of a year begins in its December. Dates outside the years 1 to 9999 raise ValueError
or OverflowError.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from news.dates.forms import CLOCK_UNITS, SCALED, Edge, Unit
from news.model import Precision

SEASONS: Final = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}
"""First month of each season."""

_MONTHS_OF: Final = {Unit.MONTH: 1, Unit.QUARTER: 3, Unit.HALF: 6, Unit.SEASON: 3, Unit.YEAR: 12, Unit.DECADE: 120,
                     Unit.CENTURY: 1200}  # fmt: skip
_PRECISIONS: Final = {
    Unit.DAY: Precision.DAY, Unit.WEEK: Precision.WEEK, Unit.WEEKEND: Precision.SPAN, Unit.MONTH: Precision.MONTH,
    Unit.QUARTER: Precision.QUARTER, Unit.SEASON: Precision.SEASON, Unit.YEAR: Precision.YEAR,
    Unit.DECADE: Precision.DECADE,
}  # fmt: skip
UNKNOWN_VALUES: Final = {
    Unit.DAY: "XXXX-XX-XX", Unit.WEEK: "XXXX-WXX", Unit.WEEKEND: "XXXX-WXX-WE", Unit.MONTH: "XXXX-XX",
    Unit.QUARTER: "XXXX-QX", Unit.HALF: "XXXX-HX", Unit.SEASON: "XXXX-XX", Unit.YEAR: "XXXX", Unit.DECADE: "XXX",
    Unit.CENTURY: "XX",
}  # fmt: skip
"""What stands for a period of each unit that cannot be placed."""

_SHARES: Final = {
    Edge.START: (0.0, 1 / 3), Edge.MID: (1 / 3, 2 / 3), Edge.END: (2 / 3, 1.0),
    Edge.FIRST_HALF: (0.0, 0.5), Edge.SECOND_HALF: (0.5, 1.0),
}  # fmt: skip
_FIRST_YEAR, _LAST_YEAR = 1, 9998


@dataclass(frozen=True, slots=True)
class Period:
    """A whole calendar unit: the day, ISO week, month, quarter, half, season, year ... that begins on ``first``."""

    unit: Unit
    first: date

    @property
    def last(self) -> date:
        """Its last day."""
        if self.unit is Unit.DAY:
            return self.first
        if self.unit is Unit.WEEK:
            return self.first + timedelta(days=6)
        if self.unit is Unit.WEEKEND:
            return self.first + timedelta(days=1)
        return _add_months(self.first, _MONTHS_OF[self.unit]) - timedelta(days=1)

    @property
    def precision(self) -> Precision:
        """How exactly it dates something."""
        return _PRECISIONS.get(self.unit, Precision.SPAN)


def _add_months(day: date, months: int) -> date:
    """Return the same day some months on, or that month's last day where it is shorter."""
    index = day.year * 12 + day.month - 1 + months
    year, month = index // 12, index % 12 + 1
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        raise OverflowError(f"the year {year} is out of range")
    return date(year, month, min(day.day, days_in(year, month)))


def days_in(year: int, month: int) -> int:
    """Return how many days a month has."""
    following = date(year + month // 12, month % 12 + 1, 1)
    return (following - timedelta(days=1)).day


def period_of(unit: Unit, day: date) -> Period:
    """Return the period of a unit that holds a day; the weekend of a weekday is the one that ends its ISO week."""
    if unit is Unit.DAY:
        return Period(unit, day)
    if unit in (Unit.WEEK, Unit.WEEKEND):
        monday = day - timedelta(days=day.weekday())
        return Period(unit, monday if unit is Unit.WEEK else monday + timedelta(days=5))
    if unit is Unit.SEASON:
        return Period(unit, _add_months(date(day.year, day.month, 1), -(day.month % 3)))
    if unit in (Unit.MONTH, Unit.QUARTER, Unit.HALF):
        months = _MONTHS_OF[unit]
        return Period(unit, date(day.year, (day.month - 1) // months * months + 1, 1))
    years = _MONTHS_OF[unit] // 12
    return Period(unit, date(max(1, day.year // years * years), 1, 1))


def moved(period: Period, count: int) -> Period:
    """Return the period a number of units later, or earlier where ``count`` is negative."""
    if period.unit is Unit.DAY:
        return Period(period.unit, period.first + timedelta(days=count))
    if period.unit in (Unit.WEEK, Unit.WEEKEND):
        return Period(period.unit, period.first + timedelta(weeks=count))
    return Period(period.unit, _add_months(period.first, count * _MONTHS_OF[period.unit]))


def value_of(period: Period) -> str:
    """Return the TIMEX3 value of a period."""
    first, unit = period.first, period.unit
    if unit is Unit.DAY:
        return first.isoformat()
    if unit in (Unit.WEEK, Unit.WEEKEND):
        year, week, _ = first.isocalendar()
        return f"{year:04d}-W{week:02d}" + ("-WE" if unit is Unit.WEEKEND else "")
    year_text = f"{first.year:04d}"
    if unit is Unit.SEASON:
        return f"{year_text}-{_season_of(first)}"
    number = (first.month - 1) // _MONTHS_OF[unit] + 1
    formats = {
        Unit.MONTH: f"{year_text}-{number:02d}",
        Unit.QUARTER: f"{year_text}-Q{number}",
        Unit.HALF: f"{year_text}-H{number}",
        Unit.DECADE: year_text[:3],
        Unit.CENTURY: year_text[:2],
    }
    return formats.get(unit, year_text)


def _season_of(first: date) -> str:
    """Return the season that a period beginning on this day is in, or begins."""
    return next((name for name, month in SEASONS.items() if month <= first.month < month + 3), "WI")


def narrowed(period: Period, edge: Edge) -> tuple[date, date, Precision]:
    """Return the first or last day and precision of a period, or of its early, middle or late third, or of a half.

    Periods shorter than a month are not cut: "early this week" says too little.
    """
    first, last = period.first, period.last
    if edge not in _SHARES or _MONTHS_OF.get(period.unit, 0) == 0:
        return first, last, period.precision
    n_days = (last - first).days
    low, high = _SHARES[edge]
    cut_first = first + timedelta(days=round(n_days * low) + (1 if low else 0))
    cut_last = first + timedelta(days=round(n_days * high))
    return cut_first, cut_last, Precision.SPAN


def halved(period: Period, edge: Edge, now: date) -> tuple[date, date, Precision]:
    """Return what is over or ahead of a period that ``now`` lies in: "earlier this month", "later this year"."""
    first, last = period.first, period.last
    if edge is Edge.PASSED and first <= now <= last:
        last = now
    elif edge is Edge.AHEAD and first <= now <= last:
        first = now
    else:
        return narrowed(period, edge)
    return first, last, Precision.DAY if first == last else Precision.SPAN


def length_value(unit: Unit, count: float | None) -> str:
    """Return the TIMEX3 value of a duration; an open number is X ("several years" is ``PXY``).

    >>> length_value(Unit.YEAR, 2.5)
    'P2Y6M'
    """
    if unit is Unit.PERIOD:
        return "PXX"
    if unit in SCALED and count is not None:
        unit, factor = SCALED[unit]
        count *= factor
    whole, rest = (None, 0.0) if count is None else divmod(count, 1)
    number = "X" if whole is None else str(int(whole))
    if unit in CLOCK_UNITS:
        return _clock_length(unit, number, rest)
    if not rest:
        return f"P{number}{unit.value}"
    smaller, per = {Unit.YEAR: ("M", 12), Unit.MONTH: ("W", 4), Unit.WEEK: ("D", 7)}.get(unit, ("", 0))
    lead = f"P{number}{unit.value}" if number != "0" else "P"
    return f"{lead}{round(rest * per)}{smaller}" if per else f"PT{round((int(number) + rest) * 24)}H"


def _clock_length(unit: Unit, number: str, rest: float) -> str:
    letter = CLOCK_UNITS[unit]
    if not rest or unit is Unit.SECOND:
        return f"PT{number}{letter}"
    lead = f"PT{number}{letter}" if number != "0" else "PT"
    return f"{lead}{round(rest * 60)}{'M' if unit is Unit.HOUR else 'S'}"


def stretch(day: date, unit: Unit, count: float) -> date:
    """Return the day that lies a length from another; hours count as parts of days, rounded to none."""
    if unit in SCALED:
        unit, factor = SCALED[unit]
        count *= factor
    if unit in CLOCK_UNITS:
        hours = {Unit.HOUR: 1.0, Unit.MINUTE: 1 / 60, Unit.SECOND: 1 / 3600}[unit]
        return day + timedelta(days=int(count * hours / 24))
    if unit in (Unit.DAY, Unit.WEEK):
        return day + timedelta(days=round(count * (1 if unit is Unit.DAY else 7)))
    return _add_months(day, round(count * _MONTHS_OF[unit]))
