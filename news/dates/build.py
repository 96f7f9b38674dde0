"""Reads the words of a matched phrase into an intermediate form. Knows words and numbers, no calendar and no context.

A builder returns None where the words turn out to be no time after all ("the half of it").
"""

from __future__ import annotations

from itertools import pairwise
from typing import Final

from news.dates.forms import Edge, Form, Length, Origin, Pick, Point, Shift, Side, Unit, Vague
from news.dates.tokens import CODE, Phrase

_DAYS_A_WEEK: Final = 7
_PICKS: Final = ("this", "current", "that", "same", "last", "past", "latest", "previous", "next", "coming", "following")
_UNIT_CLASSES: Final = ("unit", "units", "quarter", "weekend", "period")
_STEPS: Final = {
    Pick.LAST: (-1, Origin.NOW),
    Pick.THIS: (0, Origin.NOW),
    Pick.NEXT: (1, Origin.NOW),
    Pick.TOLD: (0, Origin.TOLD),
    Pick.AFTER_TOLD: (1, Origin.TOLD),
    Pick.BEFORE_TOLD: (-1, Origin.TOLD),
}
_MOST_DAYS: Final = 31
_MOST_MONTHS: Final = 12
_TENS: Final = range(20, 100)
_MOST_HOURS: Final = 24
_HALF_DAY: Final = 12
_MOST_MINUTES: Final = 59
_CENTURIES: Final = range(11, 22)
"""First halves of years that are spelled in two numbers ("nineteen ninety-seven")."""

_MOST_SHORT: Final = 99
_PIVOT: Final = 70
"""Two-digit years from here on are of the 20th century."""

_LONG_UNITS: Final = (Unit.DECADE, Unit.CENTURY)


def _clock_of(phrase: Phrase) -> str:
    """Return the time of day as ``HH:MM``, or an empty string if the words give none or an impossible one."""
    if not phrase.has("clock", "ampm", "part", "noon"):
        return ""
    if phrase.has("noon"):
        return str(phrase.get("noon"))
    half_day = phrase.get("ampm")
    is_hour = half_day or (phrase.has("part") and not phrase.has("month", "hazymonth"))
    raw = str(phrase.get("clock") or (phrase.get("day") if is_hour else "") or "")
    if not raw:
        return ""
    hour, _, minute = raw.replace(".", ":").partition(":")
    number = int(hour)
    if half_day or (phrase.has("part") and number <= _HALF_DAY):
        late = half_day == "p" or phrase.get("part") in {"AF", "EV"}
        number = number % 12 + (12 if late else 0)
    return _clock(number, int(minute or 0))


def _clock(hour: int, minute: int) -> str:
    return f"{hour:02d}:{minute:02d}" if hour <= _MOST_HOURS and minute <= _MOST_MINUTES else ""


def _part(phrase: Phrase) -> str:
    if phrase.has("clock", "ampm", "noon"):
        return ""
    return str(phrase.get("part", "tonight") or "")


def _edge(phrase: Phrase) -> Edge:
    edge = phrase.get("edge", "edgen")
    if edge is None and phrase.has("this", "in"):
        edge = phrase.get("earlier", "later")
    return edge if isinstance(edge, Edge) else Edge.NONE


def _pick(phrase: Phrase) -> Pick | None:
    """Return what the determiner says; of two ("that same", "this past") the second is the telling one."""
    found = phrase.all(*_PICKS)
    return found[-1] if found else None


def spelled_year(numbers: list[int], scales: list[int]) -> int | None:
    """Return the year that words spell ("nineteen ninety-seven", "two thousand"), or None.

    >>> spelled_year([19, 90, 7], [])
    1997
    """
    if scales == [1000] and len(numbers) == 1 and numbers[0] in {1, 2}:
        return numbers[0] * 1000
    if scales or not numbers[1:] or numbers[0] not in _CENTURIES:
        return None
    rest = sum(numbers[1:])
    return numbers[0] * 100 + rest if rest in range(10, 100) else None


def year_of(phrase: Phrase) -> int | None:
    """Return the year that a phrase names in digits or words, or None."""
    year: int | None = phrase.get("year")
    if year is None and phrase.has("num", "teen"):
        year = spelled_year(phrase.all("num", "teen"), phrase.all("scale"))
    return year


def _day(phrase: Phrase) -> int | None:
    """Return the day of the month; a day number that belongs to the clock ("5 p.m. Nov. 9") is not it."""
    if not phrase.has("month", "hazymonth"):
        return None
    days = [*phrase.all("ord"), *phrase.all("day")]
    if phrase.has("ampm") and not phrase.has("clock"):
        days = [value for index in range(len(phrase)) for name, value in [phrase.at(index)]
                if name in {"day", "ord"} and not _is_hour(phrase, index)]  # fmt: skip
    return days[0] if days and 1 <= days[0] <= _MOST_DAYS else None


def _is_hour(phrase: Phrase, index: int) -> bool:
    return index + 1 < len(phrase) and phrase.at(index + 1)[0] == "ampm"


def period_number(phrase: Phrase, name: str) -> int | None:
    """Return which quarter or half is meant; "the last half" is the second."""
    if not phrase.has(name):
        return None
    top = 4 if name == "quarter" else 2
    number = phrase.get("ord")
    if number is None:
        return top if name == "half" and phrase.has("last", "latest") else 1 if name == "half" else None
    number = top if number == -1 else int(number)
    return number if 1 <= number <= top else None


def _point(phrase: Phrase, pick: Pick | None, edge: Edge, part: str, clock: str) -> Point:
    has_year_word = phrase.get("unit", "units") == Unit.YEAR
    shift = _STEPS[pick][0] if pick and has_year_word and pick is not Pick.TOLD else None
    month = phrase.get("month", "hazymonth")
    is_week = phrase.get("unit") == Unit.WEEK and phrase.has("weekday")
    if is_week:
        pick = pick or Pick.THIS
    return Point(
        year=year_of(phrase),
        month=month,
        day=_day(phrase),
        weekday=phrase.get("weekday", "wdabbr"),
        quarter=period_number(phrase, "quarter"),
        half=period_number(phrase, "half"),
        season=phrase.get("season") or "",
        decade=phrase.get("decade"),
        holiday=phrase.get("holiday") or "",
        year_shift=shift,
        week_shift=_STEPS[pick][0] if is_week and pick else None,
        part=part,
        clock=clock,
        edge=edge,
        pick=pick or Pick.TENSE,
    )


def _is_blank(point: Point) -> bool:
    named = (point.year, point.month, point.weekday, point.quarter, point.half, point.decade)
    return not point.season and not point.holiday and all(value is None for value in named)


def calendar(phrase: Phrase) -> Form | None:
    """Read a date of any completeness, a relative day, or a unit with a determiner ("last week", "that day")."""
    pick, edge = _pick(phrase), _edge(phrase)
    part, clock = _part(phrase), _clock_of(phrase)
    if phrase.has("reld"):
        return Shift(Unit.DAY, phrase.get("reld"), part=part, clock=clock, edge=edge)
    point = _point(phrase, pick, edge, part, clock)
    if not _is_blank(point):
        return point
    if phrase.has(*_UNIT_CLASSES):
        return _unit(phrase, pick, edge)
    if part or clock:
        return _time_of_day(phrase, pick, part, clock, edge)
    return None


def _time_of_day(phrase: Phrase, pick: Pick | None, part: str, clock: str, edge: Edge) -> Shift | None:
    """Read a part of an unnamed day: "last night", "the next morning", "at 10:30", "tonight"."""
    if phrase.has("tonight") or pick is Pick.THIS:
        return Shift(Unit.DAY, 0, part=part, clock=clock, edge=edge)
    if part and pick in {None, Pick.TOLD} and phrase.next_is("after", "before"):
        return None  # "the morning after the storm" is of no day that is known
    if pick is Pick.LAST:
        return Shift(Unit.DAY, -1, part=part, clock=clock, edge=edge)
    count = 1 if pick in {Pick.NEXT, Pick.AFTER_TOLD} else -1 if pick is Pick.BEFORE_TOLD else 0
    return Shift(Unit.DAY, count, Origin.TOLD, part=part, clock=clock, edge=edge)


def _unit(phrase: Phrase, pick: Pick | None, edge: Edge) -> Form | None:
    unit = phrase.get(*_UNIT_CLASSES)
    if unit in (Unit.HOUR, Unit.MINUTE, Unit.SECOND):
        return None
    if unit is Unit.PERIOD or (unit is Unit.QUARTER and pick in (None, Pick.TOLD)):
        return Shift(Unit.QUARTER, 0, Origin.TOLD, edge=edge)
    if phrase.has("past") and unit in _LONG_UNITS:
        return Length(unit, 1, Side.PAST)
    if pick is None:
        return Shift(unit, 0, edge=edge, by_tense=unit == Unit.WEEKEND, by_story=True)
    if unit is Unit.DAY and pick is Pick.NEXT:
        pick = Pick.AFTER_TOLD  # from now it would be "tomorrow"
    count, origin = _STEPS[pick]
    return Shift(unit, count, origin, edge=edge, by_story=pick is Pick.NEXT and phrase.has("the"))


def this_unit(phrase: Phrase) -> Form | None:
    """Read "the year", "the fiscal year", "the week": this one, or the length of one in "the year ended March 31"."""
    unit = phrase.get("unit")
    if unit not in (Unit.YEAR, Unit.WEEK):
        return None
    return Length(unit, 1) if phrase.next_is("ended") else Shift(unit, 0, by_story=True)


def these_days(phrase: Phrase) -> Form | None:
    """Read "these days"."""
    return Vague("PRESENT_REF") if phrase.get("units") == Unit.DAY else None


def week_of(phrase: Phrase) -> Form | None:
    """Read "the week of March 6"."""
    if phrase.get("unit") != Unit.WEEK:
        return None
    return Point(year=year_of(phrase), month=phrase.get("month", "hazymonth"), day=_day(phrase), week_of=True)


def iso(phrase: Phrase) -> Form | None:
    """Read ``2019-03-23`` and ``2019-03-23T10:30``."""
    day, _, clock = str(phrase.get("iso")).upper().partition("T")
    year, month, number = (int(field) for field in day.split("-"))
    return _checked(Point(year=year, month=month, day=number, clock=clock[:5]))


def slash(phrase: Phrase) -> Form | None:
    """Read 10/31/2025, month first unless that is impossible; two-digit years are of 1970 to 2069."""
    return _slashed(phrase, day_first=False)


def slash_day_first(phrase: Phrase) -> Form | None:
    """Read 31/10/2025, day first unless that is impossible."""
    return _slashed(phrase, day_first=True)


def _slashed(phrase: Phrase, *, day_first: bool) -> Form | None:
    raw = str(phrase.get("slash"))
    first, second, year = (int(field) for field in raw.replace(".", "/").split("/"))
    is_day_first = day_first or "." in raw  # nobody writes the month first with dots
    month, day = (
        (second, first) if (is_day_first and second <= _MOST_MONTHS) or first > _MOST_MONTHS else (first, second)
    )
    if year in range(100):
        year += 1900 if year >= _PIVOT else 2000
    return _checked(Point(year=year, month=month, day=day))


def _checked(point: Point) -> Point | None:
    is_date = 1 <= (point.month or 0) <= _MOST_MONTHS and 1 <= (point.day or 0) <= _MOST_DAYS
    return point if is_date and point.year else None


def the_year(phrase: Phrase) -> Form | None:
    """Read "the year 2000"."""
    year = year_of(phrase)
    return Point(year=year, edge=_edge(phrase)) if phrase.get("unit") == Unit.YEAR and year else None


def fiscal_short(phrase: Phrase) -> Form | None:
    """Read "FY24", "the second quarter of FY24", "fiscal year 2025-26"; the year is the one that it is named by."""
    year = year_of(phrase)
    if year is None:
        short = phrase.get("day", "int")
        if not isinstance(short, int) or not 0 <= short <= _MOST_SHORT or not _is_short(phrase):
            return None
        year = 2000 + short
    return Point(year=year, quarter=period_number(phrase, "quarter"), half=period_number(phrase, "half"))


def _is_short(phrase: Phrase) -> bool:
    """Tell whether the letters FY stand in capitals before a number: "fiscal 24" is none."""
    places = (at for at in range(len(phrase)) if phrase.at(at)[0] == "fiscal")
    return any(phrase.tokens.word_at(phrase.first + at) == "FY" for at in places)


def year_period(phrase: Phrase) -> Form | None:
    """Read "the 1988 period"."""
    return Point(year=year_of(phrase), as_told=True)


def lone_year(phrase: Phrase) -> Form | None:
    """Read a spelled year that stands alone, "nineteen ninety-six"."""
    year = year_of(phrase)
    return Point(year=year) if year else None


def century(phrase: Phrase) -> Form | None:
    """Read "the 20th century"."""
    number = phrase.get("ord") or 0
    return Point(century=number - 1, edge=_edge(phrase)) if phrase.get("unit") == Unit.CENTURY and number > 1 else None


def year_end(phrase: Phrase) -> Form | None:
    """Read "year-end"."""
    return Shift(Unit.YEAR, 0, edge=Edge.END) if phrase.get("unit") == Unit.YEAR else None


def hours_and_minutes(phrase: Phrase) -> Form | None:
    """Read "1530 GMT"."""
    hour, minute = divmod(int(phrase.get("year", "int")), 100)
    clock = _clock(hour, minute)
    return Shift(Unit.DAY, 0, Origin.TOLD, clock=clock) if clock else None


def night_into(phrase: Phrase) -> Form | None:
    """Read "the night from Monday to Tuesday", and with one day the night that ends on it; None for days apart."""
    weekdays, days = phrase.all("weekday", "wdabbr"), phrase.all("day", "ord")
    follow = all(after == before % _DAYS_A_WEEK + 1 for before, after in pairwise(weekdays))
    if phrase.get("part") != "NI" or not follow or any(after != before + 1 for before, after in pairwise(days)):
        return None
    if not days:
        return Point(weekday=weekdays[-1], night_into=True)
    return Point(year=year_of(phrase), month=phrase.get("month"), day=days[-1], night_into=True)


def vague(phrase: Phrase) -> Form | None:
    """Read "now", "at the time", "the past", "in the near future"."""
    if phrase.has("now"):
        return Vague(str(phrase.get("now")))
    if phrase.has("moment"):
        return Vague("PRESENT_REF")
    return Vague("FUTURE_REF" if phrase.has("future", "term") else "PAST_REF")


def day_range(phrase: Phrase) -> Form | None:
    """Read "March 3-5, 2019" and "3-5 March"; None where the second day is not after the first."""
    days = phrase.all("day", "ord")
    point = Point(year=year_of(phrase), month=phrase.get("month", "hazymonth"), day=days[0], until_day=days[1])
    is_between = phrase.first > 0 and phrase.tokens.codes[phrase.first - 1] == CODE["prep"]
    is_two = phrase.has("and") and not is_between  # two days and not what lies between them, unless they are neighbours
    return point if days[0] < days[1] and (not is_two or days[1] == days[0] + 1) else None


def weekday_of_week(phrase: Phrase) -> Form | None:
    """Read "Tuesday of last week"."""
    return calendar(phrase) if phrase.get("unit") == Unit.WEEK else None


def last_night(_: Phrase) -> Form | None:
    """Read "anoche"."""
    return Shift(Unit.DAY, -1, part="NI")


def tomorrow(phrase: Phrase) -> Form | None:
    """Read "mañana", and "esta mañana", which is this morning."""
    return Shift(Unit.DAY, 0, part="MO") if phrase.has("this") else Shift(Unit.DAY, 1)


def decade_of_year(phrase: Phrase) -> Form | None:
    """Read "la década de 1990", "los años 90", "1990-х годах"."""
    number = phrase.get("year") or phrase.get("day", "int", "num")
    is_short = number is not None and not phrase.has("year")
    if phrase.get("unit", "units") not in (Unit.YEAR, Unit.DECADE, None) or number is None or number % 10:
        return None
    if is_short and number not in _TENS:
        return None
    return Point(decade=int(number) // 10 if phrase.has("year") else 190 + int(number) // 10, edge=_edge(phrase))


def relative_only(phrase: Phrase) -> Form | None:
    """Read "la próxima semana", "el sábado" and "este mes"; "el mes" alone tells no time."""
    has_pick = phrase.has("last", "next", "same", "this")
    return calendar(phrase) if has_pick or phrase.has("weekday", "weekend") else None
