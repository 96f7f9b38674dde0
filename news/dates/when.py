"""Dates between people and the program: a span in words, and a typed date as days.

Owns how precise a date looks: nothing is ever shown finer than it is known. Dates inside a text are ``news.dates``'s.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta

from news.errors import QueryError
from news.model import DateBasis, Precision, TimeSpan

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_SEASONS = ("winter", "spring", "summer", "autumn")
_QUARTERS = ("first", "second", "third", "fourth")
_FINENESS = {precision: rank for rank, precision in enumerate(Precision)}
_EXAMPLE = 'write it like "2019", "2019-03", "2019-03-23", "March 2019" or "23 March 2019"'
_MAX_TYPED = 40
_FAR = date.max.toordinal() + 1
_LAST_MONTH = 12
_WEEK_STARTS = {0, 6}
_MONTHS_FROM = 62
_YEARS_FROM = 730


def describe_span(span: TimeSpan) -> str:
    """Return the span in English words, with the precision that it has and no more.

    "23 March 2019", "week of 10 December 2018", "March 2019", "third quarter of 2019", "summer 2018",
    "winter 2018-2019", "2018", "1990s", "10-12 March 2019", "June to August 2018", "from June 2018", "until 2021",
    "after 18 March 2019" (a plan told on that day with no day of its own), "date unknown". An open end on the first (or
    last) day of a month or year is taken for that month or year, so that nothing gets too precise. A span that was
    reckoned from the article's date ("the past quarter-century") is shown in months from two months on, and in years
    from two years on; one week that begins in mid-week by its days.
    """
    if span.first_on is None and span.last_on is None:
        return "date unknown"
    if span.last_on is None and span.first_on is not None:
        if span.basis is DateBasis.ARTICLE:
            return "after " + _describe_day(span.first_on)
        return "from " + _describe_edge(span.first_on, span.precision, is_first=True)
    if span.first_on is None and span.last_on is not None:
        return "until " + _describe_edge(span.last_on, span.precision, is_first=False)
    assert span.first_on is not None  # noqa: S101  # tells the type checker what the three lines above found out
    assert span.last_on is not None  # noqa: S101  # the same
    name = _NAMERS.get(span.precision)
    if name is None or (span.precision is Precision.WEEK and span.first_on.weekday() not in _WEEK_STARTS):
        return _describe_between(*_blur(span.first_on, span.last_on, span.basis))
    return name(span.first_on)


def sort_key(span: TimeSpan) -> tuple[int, int, int]:
    """Return what orders spans in time: first day, then finer before coarser, then last day; unknown ones at the end.

    A span with an open beginning stands at its last day.
    """
    first = span.first_on or span.last_on
    last = span.last_on or span.first_on
    if first is None or last is None:
        return (_FAR, _FINENESS[Precision.UNKNOWN], _FAR)
    return (first.toordinal(), _FINENESS[span.precision], last.toordinal())


def shift_day(day: date, n_days: int) -> date:
    """Return the day so many days later, or earlier, held within the calendar."""
    return date.fromordinal(min(max(day.toordinal() + n_days, 1), date.max.toordinal()))


def parse_when(text: str) -> tuple[date | None, date | None]:
    """Return the first and last day of a typed date; both None for an empty text.

    Takes a year, a decade ("1990s"), a quarter ("2019-Q3"), a month, a season ("summer 2018") or a day, in ISO form or
    in English words in either order, month names from three letters on. Raises QueryError with an example otherwise.
    """
    typed = " ".join(text[: _MAX_TYPED + 1].replace(",", " ").split())
    if not typed:
        return (None, None)
    if len(typed) <= _MAX_TYPED:
        for pattern, make in _FORMS:
            if match := pattern.fullmatch(typed):
                return _make(make, match, typed)
    raise QueryError(f'"{typed[:_MAX_TYPED]}" is no date that can be read here; {_EXAMPLE}', position=0)


def _describe_day(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def _describe_month(day: date) -> str:
    return f"{MONTHS[day.month - 1]} {day.year}"


def _describe_season(day: date) -> str:
    """Name the season of the northern hemisphere that begins nearest to ``day``, give or take three weeks."""
    middle = day + timedelta(days=45)
    name = _SEASONS[middle.month % 12 // 3]
    year = str(middle.year)
    return f"{name} {middle.year - 1}-{year}" if name == "winter" else f"{name} {year}"


_NAMERS: dict[Precision, Callable[[date], str]] = {
    Precision.DAY: _describe_day,
    Precision.WEEK: lambda day: "week of " + _describe_day(day),
    Precision.MONTH: _describe_month,
    Precision.QUARTER: lambda day: f"{_QUARTERS[(day.month - 1) // 3]} quarter of {day.year}",
    Precision.SEASON: _describe_season,
    Precision.YEAR: lambda day: str(day.year),
    Precision.DECADE: lambda day: f"{day.year // 10 * 10}s",
}


def _describe_edge(day: date, precision: Precision, *, is_first: bool) -> str:
    """Return one end of an open span."""
    if precision not in {Precision.DAY, Precision.SPAN, Precision.UNKNOWN}:
        return _NAMERS[precision](day)
    if is_first and day.day == 1:
        return str(day.year) if day.month == 1 else _describe_month(day)
    if not is_first and _ends_month(day):
        return str(day.year) if day.month == _LAST_MONTH else _describe_month(day)
    return _describe_day(day)


def _ends_month(day: date) -> bool:
    return day.day == monthrange(day.year, day.month)[1]


def _describe_between(first: date, last: date) -> str:
    if first == last:
        return _describe_day(first)
    if first.day == 1 and _ends_month(last):
        return _describe_months(first, last)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}-{last.day} {MONTHS[first.month - 1]} {first.year}"
    if first.year == last.year:
        return f"{first.day} {MONTHS[first.month - 1]} to {_describe_day(last)}"
    return f"{_describe_day(first)} to {_describe_day(last)}"


def _blur(first: date, last: date, basis: DateBasis) -> tuple[date, date]:
    """Return the span widened to whole months or years where its ends were only reckoned."""
    n_days = (last - first).days
    if basis is DateBasis.STATED or n_days < _MONTHS_FROM:
        return first, last
    if n_days >= _YEARS_FROM:
        return date(first.year, 1, 1), date(last.year, _LAST_MONTH, 31)
    return first.replace(day=1), last.replace(day=monthrange(last.year, last.month)[1])


def _describe_months(first: date, last: date) -> str:
    if first.month == 1 and last.month == _LAST_MONTH:
        return str(first.year) if first.year == last.year else f"{first.year} to {last.year}"
    if (first.year, first.month) == (last.year, last.month):
        return _describe_month(first)
    start = MONTHS[first.month - 1] if first.year == last.year else _describe_month(first)
    return f"{start} to {_describe_month(last)}"


def _months_from(year: int, month: int, n_months: int = 1) -> tuple[date, date]:
    last_year, last_month = divmod(year * 12 + month - 1 + n_months - 1, 12)
    return date(year, month, 1), date(last_year, last_month + 1, monthrange(last_year, last_month + 1)[1])


def _month_number(name: str) -> int:
    for number, month in enumerate(MONTHS, 1):
        if month.casefold().startswith(name.casefold()) or (name.casefold() == "sept" and number == 9):  # noqa: PLR2004 - September
            return number
    raise ValueError(name)


def _quarter_month(match: re.Match[str]) -> int:
    return 3 * int(match["quarter"]) - 2


def _season_of(match: re.Match[str]) -> tuple[date, date]:
    name, year = match["season"].casefold().replace("fall", "autumn"), int(match["year"])
    return _months_from(year, 3 * _SEASONS.index(name) or 12, 3)


def _day_of(match: re.Match[str]) -> tuple[date, date]:
    month = match["month"]
    number = int(month) if month.isdigit() else _month_number(month)
    day = date(int(match["year"]), number, int(match["day"]))
    return day, day


def _month_of(match: re.Match[str]) -> tuple[date, date]:
    month = match["month"]
    return _months_from(int(match["year"]), int(month) if month.isdigit() else _month_number(month))


_YEAR = r"(?P<year>[12]\d{3})"
_NAME = r"(?P<month>[a-z]{3,9})\.?"
_NTH = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_Make = Callable[[re.Match[str]], tuple[date, date]]
_FORMS: tuple[tuple[re.Pattern[str], _Make], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE | re.ASCII), make)
    for pattern, make in (
        (_YEAR, lambda match: _months_from(int(match["year"]), 1, 12)),
        (r"(?P<year>[12]\d{2}0)s", lambda match: _months_from(int(match["year"]), 1, 120)),
        (_YEAR + r"-?Q(?P<quarter>[1-4])", lambda match: _months_from(int(match["year"]), _quarter_month(match), 3)),
        (_YEAR + r"[-/](?P<month>\d{1,2})", _month_of),
        (_YEAR + r"[-/](?P<month>\d{1,2})[-/](?P<day>\d{1,2})", _day_of),
        (rf"(?P<season>spring|summer|autumn|fall|winter)(?: of)? {_YEAR}", _season_of),
        (rf"{_NAME} {_YEAR}", _month_of),
        (rf"{_NTH} {_NAME} {_YEAR}", _day_of),
        (rf"{_NAME} {_NTH} {_YEAR}", _day_of),
    )
)  # fmt: skip


def _make(make: _Make, match: re.Match[str], typed: str) -> tuple[date, date]:
    try:
        return make(match)
    except ValueError:
        raise QueryError(f'"{typed}" is not in the calendar; {_EXAMPLE}', position=0) from None
