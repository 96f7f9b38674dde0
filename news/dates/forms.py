"""The intermediate form of a time expression: what the words say, before anything is looked up in a calendar.

A reader of words (``news.dates.build``) makes forms and ``news.dates.resolve`` turns them into TIMEX3 values and spans.
Nothing here may know an article's date.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, StrEnum
from typing import Final


class Unit(StrEnum):
    """A calendar or clock unit; the value is its letter in a TIMEX3 duration."""

    SECOND = "S"
    MINUTE = "TM"
    HOUR = "H"
    DAY = "D"
    WEEKEND = "WE"
    WEEK = "W"
    MONTH = "M"
    QUARTER = "Q"
    HALF = "HALF"
    SEASON = "SEASON"
    YEAR = "Y"
    DECADE = "E"
    CENTURY = "C"
    PERIOD = "X"


class Edge(StrEnum):
    """Which part of a period is meant; TIMEX3 calls it ``mod``."""

    NONE = ""
    START = "START"
    MID = "MID"
    END = "END"
    PASSED = "PASSED"
    """What is over of it ("earlier this month")."""
    AHEAD = "AHEAD"
    """What is left of it ("later this year")."""
    FIRST_HALF = "FIRST_HALF"
    SECOND_HALF = "SECOND_HALF"


class Pick(Enum):
    """Which of the many Fridays, Marches or summers is meant."""

    TENSE = "tense"
    """The one that the sentence's tense points to."""
    LAST = "last"
    THIS = "this"
    NEXT = "next"
    TOLD = "told"
    """The one in or at the date that the narrative told last."""
    AFTER_TOLD = "after told"
    BEFORE_TOLD = "before told"


class Origin(Enum):
    """What a distance is counted from."""

    NOW = "now"
    TOLD = "told"


class Side(Enum):
    """Which way a duration is anchored."""

    NONE = "none"
    PAST = "past"
    """It ends now ("the past three months")."""
    NEXT = "next"
    """It begins now ("the next two weeks")."""
    AFTER = "after"
    """It begins at the date told last ("two days after the landing")."""
    BEFORE = "before"


@dataclass(frozen=True, slots=True)
class Point:
    """A partial date. A field is None, or empty, where the words do not give it; ``resolve`` fills the gaps.

    Attributes:
        month, day: 1-based. ``weekday``: ISO, Monday is 1.
        season: ``SP``, ``SU``, ``FA`` or ``WI``. ``decade``: 199 for the 1990s. ``century``: 19 for the 20th.
        year_shift: the year as a distance from the article's ("January last year" has -1).
        week_shift: the same for the week of a weekday ("Tuesday of last week").
        part: TIMEX3 part of day (``MO``, ``AF``, ``EV``, ``NI``), ``clock``: ``10:30``.
        week_of: the week that holds the day is meant. ``until_day``: the last day of a range ("March 3-5").
        nth_week: the week of the month, counted from its first day; -1 is its last seven days.
        ends_quarter: the quarter that ends in this month, or on this day, is meant.
        as_told: the part of the year that the narrative speaks of ("the 1988 period", in a text on a third quarter).
        night_into: the night that ends on the day is meant ("the night from Monday to Tuesday").
    """

    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    quarter: int | None = None
    half: int | None = None
    season: str = ""
    decade: int | None = None
    century: int | None = None
    holiday: str = ""
    year_shift: int | None = None
    week_shift: int | None = None
    part: str = ""
    clock: str = ""
    edge: Edge = Edge.NONE
    pick: Pick = Pick.TENSE
    week_of: bool = False
    until_day: int | None = None
    as_told: bool = False
    nth_week: int | None = None
    ends_quarter: bool = False
    night_into: bool = False


@dataclass(frozen=True, slots=True)
class Shift:
    """A whole unit, counted from now or from the date told last: "yesterday" is -1 day, "this week" 0 weeks.

    ``count`` None means a number that the words leave open ("several years ago"). ``by_tense`` picks the coming unit
    in a future sentence ("over the weekend"). ``grain`` is the unit meant where it is not the one counted ("the
    year-ago quarter"). ``by_story`` says that in a history it is counted from what was told ("at the end of the year",
    "the next year"), though not in the news. ``compares`` marks a distance that a figure is held against ("up from 4
    pence a year earlier").
    """

    unit: Unit
    count: int | None
    origin: Origin = Origin.NOW
    part: str = ""
    clock: str = ""
    edge: Edge = Edge.NONE
    by_tense: bool = False
    grain: Unit | None = None
    by_story: bool = False
    compares: bool = False


@dataclass(frozen=True, slots=True)
class Length:
    """A duration. ``count`` None is an open number ("several years"); ``half`` adds half a unit."""

    unit: Unit
    count: float | None
    side: Side = Side.NONE


@dataclass(frozen=True, slots=True)
class Repeat:
    """A set of times, with its finished TIMEX3 value ("every Thursday" is ``XXXX-WXX-4``)."""

    value: str


@dataclass(frozen=True, slots=True)
class Vague:
    """``PRESENT_REF``, ``PAST_REF`` or ``FUTURE_REF``."""

    value: str


Form = Point | Shift | Length | Repeat | Vague

SCALED: Final = {Unit.DECADE: (Unit.YEAR, 10), Unit.CENTURY: (Unit.YEAR, 100), Unit.WEEKEND: (Unit.DAY, 2)}
"""Units that a counted duration spells in smaller ones: two decades are ``P20Y``."""

CLOCK_UNITS: Final = {Unit.HOUR: "H", Unit.MINUTE: "M", Unit.SECOND: "S"}
