"""What a text has told so far: the dates that later expressions hang on ("that day", "two years later", a lone month).

It holds only dates that the text itself gave or that were resolved before; it never invents one.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from news.dates.forms import Form, Origin, Point, Shift, Unit
from news.dates.values import Period, period_of

_FINENESS: Final = {
    Unit.DAY: 0, Unit.WEEKEND: 1, Unit.WEEK: 1, Unit.MONTH: 2, Unit.QUARTER: 3, Unit.SEASON: 3, Unit.HALF: 4,
    Unit.YEAR: 5, Unit.DECADE: 6, Unit.CENTURY: 7,
}  # fmt: skip
_REPORTED: Final = (Unit.QUARTER, Unit.MONTH, Unit.YEAR)
_MEMORY: Final = 12
_HISTORY_YEARS: Final = 2
"""A stated year that is at least this far back is of a history."""

_HISTORY_LEAST: Final = 4

_HISTORY_SHARE: Final = 2
"""So many stated old years there must be for one expression that hangs on the article's date."""


def is_history(forms: Sequence[Form], published_on: date | None) -> bool:
    """Tell whether a text recounts the past by its years, rather than the news by its weekdays.

    Then a lone "in August" is of the year told last, and not of the article's (the news and narrative domains of
    Strötgen and Gertz 2013). Without an article date a text can only be read so.
    """
    if published_on is None:
        return True
    n_old = sum(isinstance(form, Point) and _is_old(form.year, published_on) for form in forms)
    n_now = sum(_hangs_on_now(form) for form in forms)
    return n_old >= _HISTORY_LEAST and n_old >= _HISTORY_SHARE * n_now


def _is_old(year: int | None, published_on: date) -> bool:
    return year is not None and published_on.year - year >= _HISTORY_YEARS


def _hangs_on_now(form: Form) -> bool:
    if isinstance(form, Shift):
        return form.origin is Origin.NOW
    return isinstance(form, Point) and form.weekday is not None and form.month is None


class Narrative:
    """The dates told so far, the last one last."""

    def __init__(self, *, is_history: bool) -> None:
        self.is_history = is_history
        self._told: list[tuple[int, Period]] = []
        self.at = 0
        """Where in the text the expression stands that is being read."""
        self.opened: Period | None = None
        self.quarter: Period | None = None
        """The quarter that figures are being told of, until a year or a length of months takes its place."""

    def _continues(self, period: Period) -> bool:
        return self.opened is not None and period.first.year == self.opened.first.year

    def tell(self, period: Period) -> None:
        """Remember a period that the text names."""
        self._told.append((self.at, period))
        if period.unit not in (Unit.MONTH, Unit.DAY) or not self._continues(period):
            self.opened = None
        if period.unit in _REPORTED:
            self.quarter = period if period.unit is Unit.QUARTER else None
        del self._told[:-_MEMORY]

    def last_within(self, unit: Unit) -> Period | None:
        """Return the period told last that is as fine as a unit or finer: only a known day has a day after it."""
        fits = (period for _, period in reversed(self._told) if _FINENESS[period.unit] <= _FINENESS[unit])
        return next(fits, None)

    def list_told(self) -> list[tuple[int, Period]]:
        """Return the periods told last with the place of each in the text, in order."""
        return self._told

    def last_of(self, unit: Unit, *, before: date | None = None) -> Period | None:
        """Return the last period told of exactly this unit, of those that began before a day if one is given."""
        of_unit = (period for _, period in reversed(self._told) if period.unit is unit)
        return next((period for period in of_unit if before is None or period.first < before), None)

    def forget(self) -> None:
        """Drop all: an expression came that nobody can place. A history goes on in its year."""
        told = self.last_within(Unit.YEAR) if self.is_history else None
        self._told = [] if told is None else [(self.at, period_of(Unit.YEAR, told.first))]

    def open_year(self, period: Period) -> None:
        """Note that a passage of the news looks back to an old year ("In 2005, ...") until another date comes."""
        self.opened = period
