"""Reads dates that are said by way of another one: "the day before yesterday", "the first week of March", "Q3 2018".

The third of the readers beside ``news.dates.build`` and ``amounts``, with the same bounds: words and numbers, no
calendar and no context. Here too is what a phrase takes from the one after it ("from January to March 2018").
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from news.dates.build import year_of
from news.dates.forms import Edge, Form, Origin, Point, Shift, Unit, Vague
from news.dates.tokens import Phrase

_WEEKS_OF_MONTH: Final = 4
_QUARTERS: Final = 4
_LINK: Final = re.compile(r" ?[-–—] ?| (?:to|and|through|until|till) (?:the )?")
_ENDS: Final = re.compile(r",? (?:that )?(?:ended|ending|to) (?:on )?")
_LONGEST_LINK: Final = 16


def beside(phrase: Phrase) -> Form | None:
    """Read "the day before yesterday", "the day after tomorrow", "the week before last"."""
    unit, step = phrase.get("unit"), 1 if phrase.has("after") else -1
    if phrase.has("reld"):
        day: int = phrase.get("reld")
        return Shift(Unit.DAY, day + step) if unit is Unit.DAY and day == step else None
    return Shift(unit, 2 * step) if unit in (Unit.WEEK, Unit.MONTH, Unit.YEAR) else None


def share_ago(phrase: Phrase) -> Form | None:
    """Read "hace medio siglo", "hace un cuarto de siglo", "полгода назад", "четверть века назад"."""
    unit, count = phrase.get("share") or _share_of(phrase)
    if not count or (phrase.has("unit") and phrase.get("unit") is not Unit.CENTURY and unit is Unit.YEAR):
        return None
    is_ahead, is_told = phrase.has("later", "hence"), phrase.has("later", "earlier")
    return Shift(unit, count if is_ahead else -count, Origin.TOLD if is_told else Origin.NOW)


def _share_of(phrase: Phrase) -> tuple[Unit, int]:
    parts = 2 if phrase.has("half") else phrase.get("ord")
    shares = {(2, Unit.YEAR): (Unit.MONTH, 6), (2, Unit.CENTURY): (Unit.YEAR, 50), (4, Unit.CENTURY): (Unit.YEAR, 25)}
    return shares.get((parts, phrase.get("unit")), (Unit.YEAR, 0))


def second_next(_: Phrase) -> Form | None:
    """Read "pasado mañana"."""
    return Shift(Unit.DAY, 2)


def second_last(phrase: Phrase) -> Form | None:
    """Read "antes de ayer"."""
    return Shift(Unit.DAY, -2) if phrase.get("reld") == -1 else None


def part_of_month(phrase: Phrase) -> Form | None:
    """Read "the first week of March", "the second half of March 2018", "the last days of December", as its month.

    Weeks are counted from the first of the month, and the last one is its last seven days.
    """
    number = -1 if phrase.has("last") else phrase.get("ord")
    is_week, is_half = phrase.get("unit") is Unit.WEEK, phrase.has("half")
    most = _WEEKS_OF_MONTH if is_week else 2 if is_half else 1
    if number != -1 and not 1 <= (number or 0) <= most:
        return None
    point = Point(year=year_of(phrase), month=phrase.get("month", "hazymonth"))
    if is_week:
        return replace(point, nth_week=number)
    if is_half:
        return replace(point, edge=Edge.FIRST_HALF if number == 1 else Edge.SECOND_HALF)
    is_some = phrase.get("units") in (Unit.DAY, Unit.WEEK, Unit.MONTH) and not phrase.has("num", "day", "vague")
    return replace(point, edge=Edge.START if number == 1 else Edge.END) if is_some else None


def feast(phrase: Phrase) -> Form | None:
    """Read "Christmas Eve", "New Year's Day", "New Year's Eve", "Easter Monday"."""
    is_eve = phrase.has("eve")
    if phrase.has("new"):
        is_day = phrase.all("unit")[1:] == [Unit.DAY]
        return Point(year=year_of(phrase), holiday="12-31" if is_eve else "01-01") if is_eve or is_day else None
    if phrase.get("holiday") == "EA":
        named = {1: "EA+1", 7: "EA"}.get(phrase.get("weekday"))
        return Point(year=year_of(phrase), holiday=named) if named else None
    return Point(year=year_of(phrase), holiday="12-24") if is_eve and phrase.get("holiday") == "12-25" else None


def quarter_letter(phrase: Phrase) -> Form | None:
    """Read "Q3", "Q3 2018": letter and digit stand together."""
    number = phrase.all("day")[0]
    is_one = phrase.tokens.span_of(phrase.first)[1] == phrase.tokens.span_of(phrase.first + 1)[0]
    year = year_of(phrase)
    if year is None and phrase.has("fiscal"):
        year = 2000 + int(phrase.all("day", "int")[-1]) % 100
    return Point(year=year, quarter=number) if is_one and number <= _QUARTERS else None


def present(_: Phrase) -> Form | None:
    """Read "current"."""
    return Vague("PRESENT_REF")


def join_neighbours(read: Sequence[tuple[Phrase, Form]], text: str) -> list[tuple[Phrase, Form]]:
    """Return the phrases with what each takes from the next.

    "January" in "from January to March 2018" takes its year; "the quarter" in "the quarter ended Sept. 30" is the one
    that ends there.
    """
    joined = list(read)
    for at in range(len(joined) - 2, -1, -1):
        (phrase, form), (following, there) = joined[at], joined[at + 1]
        gap = text[phrase.end : min(following.start, phrase.end + _LONGEST_LINK)]
        if isinstance(there, Point) and following.start - phrase.end <= _LONGEST_LINK:
            joined[at] = (phrase, _joined(form, there, gap))
    return joined


def _joined(form: Form, there: Point, gap: str) -> Form:
    if isinstance(form, Point) and _LINK.fullmatch(gap):
        return _with_year(form, there)
    is_quarter = isinstance(form, Shift) and (form.unit, form.count, form.origin) == (Unit.QUARTER, 0, Origin.TOLD)
    if is_quarter and there.month is not None and _ENDS.fullmatch(gap):
        return Point(year=there.year, month=there.month, day=there.day, ends_quarter=True)
    return form


def _with_year(form: Point, there: Point) -> Point:
    """Return a month without a year in the year of the month that it leads up to, or in the one before."""
    if form.month is None or there.month is None or form.year or not there.year or form.year_shift is not None:
        return form
    is_later = (form.month, form.day or 0) > (there.month, there.day or form.day or 0)
    return replace(form, year=there.year - is_later)
