"""Reads counted time into an intermediate form: durations, distances ("two days ago") and sets ("every week").

The other half of ``news.dates.build``, with the same bounds: words and numbers, no calendar and no context.
"""

from __future__ import annotations

from typing import Final

from news.dates.build import period_number
from news.dates.forms import CLOCK_UNITS, SCALED, Form, Length, Origin, Point, Repeat, Shift, Side, Unit, Vague
from news.dates.tokens import Phrase
from news.dates.values import length_value

_HALF: Final = 0.5
_QUARTER: Final = 0.25
_YEAR: Final = 12


def _count_of(phrase: Phrase) -> float | None:
    """Return how many units a phrase counts; None where it leaves that open ("several"), 1 for "a"."""
    if phrase.has("vague"):
        couple: float | None = phrase.get("vague")
        return couple
    whole: float | None = None
    if phrase.has("num", "teen"):
        whole = sum(phrase.all("num", "teen"))
    elif phrase.has("day", "int"):
        whole = phrase.get("day", "int")
    for scale in phrase.all("scale"):
        whole = (1 if whole is None else whole) * scale
    if whole is None and phrase.has("a"):
        whole = 1
    fraction = phrase.get("frac")
    return whole if fraction is None else (whole or 0) + fraction


def _side(phrase: Phrase) -> Side:
    if phrase.has("last", "past", "latest", "previous", "recent"):
        return Side.PAST
    if phrase.has("next", "coming", "ahead", "following"):
        return Side.NEXT
    if phrase.next_is("after", "before") and phrase.next_is("the", "a", "that", offset=1) and not phrase.has("approx"):
        return Side.AFTER if phrase.next_is("after") else Side.BEFORE
    return Side.NONE


def length(phrase: Phrase) -> Form | None:
    """Read a duration, with the way it is anchored."""
    unit, count, side = phrase.get("unit", "units", "quarter"), _count_of(phrase), _side(phrase)
    if phrase.has("recent", "past") and count is None and not phrase.has("vague", "the", "unit"):
        return Vague("PAST_REF")  # "recent years": no length is meant
    if phrase.has("coming") and count is None and not phrase.has("vague", "the", "unit"):
        return Vague("FUTURE_REF")
    if phrase.has("half"):
        count = (count or 1) + _HALF
    if count is None and phrase.has("unit") and not phrase.has("vague", "units"):
        count = 1
    return Length(unit, count, side)


def part_of_unit(phrase: Phrase) -> Form | None:
    """Read "half an hour", "the past quarter-century"."""
    unit, share = phrase.get("unit"), _HALF if phrase.has("half") else _QUARTER
    if share == _QUARTER and unit not in (Unit.CENTURY, Unit.HOUR):
        return None
    return Length(unit, share, _side(phrase))


def part_distance(phrase: Phrase) -> Form | None:
    """Read "half a century ago", "a quarter of a century later", "half a year ago"."""
    unit, is_half = phrase.get("unit"), phrase.has("half")
    n_months = {Unit.YEAR: 12, Unit.DECADE: 120, Unit.CENTURY: 1200}.get(unit, 0) // (2 if is_half else 4)
    if not n_months or (unit is Unit.DECADE and not is_half):
        return None
    is_back, is_now = phrase.has("ago", "earlier"), phrase.has("ago", "now", "hence")
    amount = -n_months if is_back else n_months
    origin = Origin.NOW if is_now else Origin.TOLD
    return Shift(Unit.MONTH, amount, origin) if n_months < _YEAR else Shift(Unit.YEAR, amount // _YEAR, origin)


def in_time(phrase: Phrase) -> Form | None:
    """Read "two weeks' time", "a year's time"."""
    amount = _count_of(phrase)
    unit = phrase.get("unit", "units")
    return Shift(unit, int(amount)) if amount and unit not in CLOCK_UNITS and unit not in SCALED else None


def open_length(phrase: Phrase) -> Form | None:
    """Read "for years"; shorter units without a number tell no time ("within minutes of each other")."""
    is_long = phrase.get("units") in (Unit.WEEK, Unit.MONTH, Unit.YEAR, Unit.DECADE, Unit.CENTURY)
    return length(phrase) if is_long else None


def open_time(phrase: Phrase) -> Form | None:
    """Read "a while", "some time"; "about time" is none."""
    is_open = phrase.has("while") or phrase.at(0)[1] == "some"
    return Length(Unit.PERIOD, None) if is_open else None


def first_units(phrase: Phrase) -> Form | None:
    """Read "the first nine months"; "the second and fourth quarters" is no length."""
    return length(phrase) if phrase.get("ord") in (1, -1) else None


def span_of_range(phrase: Phrase) -> Form | None:
    """Read "two to three weeks" as its first number."""
    numbers = phrase.all("num", "teen") or phrase.all("day") or phrase.all("int")
    return Length(phrase.get("unit", "units", "quarter"), numbers[0] if numbers else None, _side(phrase))


def distance(phrase: Phrase) -> Form | None:
    """Read "two days ago", "a year earlier", "three weeks later", "six months from now"."""
    unit = phrase.get("unit", "units", "quarter")
    is_back = phrase.has("ago", "earlier", "before")
    is_now = phrase.has("ago", "now", "hence")
    amount = _count_of(phrase)
    if amount is None and phrase.has("unit") and not phrase.has("vague"):
        amount = 1
    if unit in CLOCK_UNITS:
        side = (Side.PAST if is_now else Side.BEFORE) if is_back else (Side.NEXT if is_now else Side.AFTER)
        return Length(unit, amount, side)
    if amount is None:
        return Vague("PAST_REF" if is_back else "FUTURE_REF") if is_now else Length(unit, None)
    if unit in (Unit.DECADE, Unit.CENTURY):
        unit, amount = Unit.YEAR, amount * SCALED[unit][1]
    count = -int(amount) if is_back else int(amount)
    return Shift(unit, count, Origin.NOW if is_now else Origin.TOLD, compares=is_back and unit is Unit.YEAR)


def next_to(phrase: Phrase) -> Form | None:
    """Read "the day before", "the year after"."""
    return Shift(phrase.get("unit"), 1 if phrase.has("after") else -1, Origin.TOLD)


def year_before(phrase: Phrase) -> Form | None:
    """Read "year-ago", "the year-earlier quarter": what the narrative speaks of, a year before."""
    if phrase.get("unit") != Unit.YEAR:
        return None
    quarter = period_number(phrase, "quarter")
    if quarter:
        return Point(quarter=quarter, year_shift=-1)
    if phrase.has("units"):
        return Length(phrase.get("units"), _count_of(phrase))
    grain = Unit.QUARTER if phrase.has("quarter", "period") else None
    return Shift(Unit.YEAR, -1, Origin.TOLD, grain=grain, compares=True)


def repeat(phrase: Phrase) -> Form | None:
    """Read a set: "daily", "every two weeks", "each Thursday", "Mondays", "$2 a year"."""
    if phrase.has("rate"):
        return Repeat(str(phrase.get("rate")))
    return _every_named(phrase) or _every_unit(phrase)


def rate(_: Phrase) -> Form | None:
    """Pass over "two flights a week", "$10 a year": the unit of a figure, and no time."""
    return None


def _every_named(phrase: Phrase) -> Form | None:
    """Read a set of named times ("each July"); None where a unit is counted."""
    weekday, part = phrase.get("weekday", "weekdays"), phrase.get("part", "parts")
    month, season = phrase.get("month", "hazymonth"), phrase.get("season")
    named = f"XXXX-WXX-{weekday}" if weekday else "XXXX-XX-XX" if part else ""
    if month or season:
        named = f"XXXX-{month:02d}" if month else f"XXXX-{season}"
    if phrase.has("weekend", "weekends"):
        named = "XXXX-WXX-WE"
    return Repeat(named + (f"T{part}" if part else "")) if named else None


def _every_unit(phrase: Phrase) -> Form | None:
    unit = phrase.get("unit", "units", "quarter")
    number = phrase.get("ord") or _count_of(phrase) or 1
    return None if unit is None else Repeat(length_value(unit, number))
