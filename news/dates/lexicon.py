"""The English time words, by class. Data only: what a phrase of them means is said in ``english`` and ``build``."""

from __future__ import annotations

from functools import cache
from typing import Any, Final

from news.dates.forms import Edge, Pick, Side, Unit
from news.dates.tokens import Lexicon, make_lexicon

MONTHS: Final = {
    name: number
    for number, names in enumerate(
        (
            "january jan",
            "february feb",
            "march mar",
            "april apr",
            "may",
            "june jun",
            "july jul",
            "august aug",
            "september sept sep",
            "october oct",
            "november nov",
            "december dec",
        ),
        start=1,
    )
    for name in names.split()
}
_HAZY_MONTHS: Final = {"may": 5, "march": 3, "mar": 3}
WEEKDAYS: Final = {
    name: number
    for number, name in enumerate(("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"), 1)
}
_WEEKDAYS_SHORT: Final = {
    "mon": 1, "tue": 2, "tues": 2, "wed": 3, "weds": 3, "thu": 4, "thur": 4, "thurs": 4, "fri": 5, "sat": 6, "sun": 7,
}  # fmt: skip
_ORDINAL_NAMES: Final = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth"
    " sixteenth seventeenth eighteenth nineteenth twentieth"
)
_ORDINALS: Final = _ORDINAL_NAMES.split()
_DECADES: Final = {
    "twenties": 192, "thirties": 193, "forties": 194, "fifties": 195, "sixties": 196, "seventies": 197,
    "eighties": 198, "nineties": 199,
}  # fmt: skip
_UNITS: Final = {
    "second": Unit.SECOND, "minute": Unit.MINUTE, "hour": Unit.HOUR, "day": Unit.DAY, "week": Unit.WEEK,
    "fortnight": Unit.WEEK, "month": Unit.MONTH, "year": Unit.YEAR, "decade": Unit.DECADE, "century": Unit.CENTURY,
}  # fmt: skip
_RATES: Final = {
    "hourly": "PT1H", "daily": "P1D", "nightly": "P1D", "weekly": "P1W", "fortnightly": "P2W", "monthly": "P1M",
    "yearly": "P1Y",
}  # fmt: skip
_TABLES: Final[dict[str, dict[str, Any] | str]] = {
    "month": {name: number for name, number in MONTHS.items() if name not in _HAZY_MONTHS},
    "hazymonth": _HAZY_MONTHS,
    "weekday": WEEKDAYS,
    "weekdays": {f"{name}s": number for name, number in WEEKDAYS.items()},
    "wdabbr": _WEEKDAYS_SHORT,
    "season": {"spring": "SP", "summer": "SU", "fall": "FA", "autumn": "FA", "winter": "WI"},
    "seasons": {"springs": "SP", "summers": "SU", "autumns": "FA", "winters": "WI"},
    "scale": {"hundred": 100, "thousand": 1000, "dozen": 12},
    "ord": {name: number for number, name in enumerate(_ORDINALS, 1)} | {"final": -1},
    "decade": _DECADES,
    "unit": {name: unit for name, unit in _UNITS.items() if unit is not Unit.SECOND},
    "units": {f"{name}s": unit for name, unit in _UNITS.items()}
    | {"hrs": Unit.HOUR, "mins": Unit.MINUTE, "yrs": Unit.YEAR, "centuries": Unit.CENTURY, "quarters": Unit.QUARTER},
    "a": "a an",
    "the": "the",
    "its": "its their his her our",
    "this": {"this": Pick.THIS, "these": Pick.THIS},
    "current": {"current": Pick.THIS},
    "that": {"that": Pick.TOLD, "those": Pick.TOLD},
    "same": {"same": Pick.TOLD},
    "last": {"last": Pick.LAST},
    "past": {"past": Pick.LAST},
    "latest": {"latest": Pick.LAST},
    "previous": {"previous": Pick.BEFORE_TOLD, "preceding": Pick.BEFORE_TOLD, "prior": Pick.BEFORE_TOLD},
    "next": {"next": Pick.NEXT},
    "coming": {"coming": Pick.NEXT, "upcoming": Pick.NEXT},
    "following": {"following": Pick.AFTER_TOLD, "subsequent": Pick.AFTER_TOLD, "ensuing": Pick.AFTER_TOLD},
    "ago": "ago",
    "hence": "hence",
    "before": {"before": Side.BEFORE},
    "after": {"after": Side.AFTER},
    "edge": {"early": Edge.START, "mid": Edge.MID, "late": Edge.END},
    "earlier": {"earlier": Edge.PASSED},
    "later": {"later": Edge.AHEAD, "sometime": Edge.NONE},
    "edgen": {
        "beginning": Edge.START, "start": Edge.START, "middle": Edge.MID, "end": Edge.END, "close": Edge.END,
        "rest": Edge.END, "remainder": Edge.END,
    },
    "reld": {"today": 0, "yesterday": -1, "tomorrow": 1},
    "part": {"morning": "MO", "afternoon": "AF", "evening": "EV", "night": "NI"},
    "parts": {"mornings": "MO", "afternoons": "AF", "evenings": "EV", "nights": "NI"},
    "noon": {"noon": "12:00", "midday": "12:00", "midnight": "24:00"},
    "tonight": {"tonight": "NI", "overnight": "NI"},
    "zone": "gmt utc est edt cst cdt mst mdt pst pdt et pt bst cet cest msk eastern",
    "holiday": {"christmas": "12-25", "thanksgiving": "TH", "easter": "EA", "halloween": "10-31"},
    "weekend": {"weekend": Unit.WEEKEND},
    "weekends": {"weekends": Unit.WEEKEND},
    "fiscal": "fiscal financial fy",
    "quarter": {"quarter": Unit.QUARTER},
    "period": {"period": Unit.PERIOD},
    "half": "half",
    "every": "every each",
    "per": "per",
    "rate": _RATES,
    "times": "times once twice million billion trillion cents",
    "vague": {"several": None, "few": None, "couple": 2, "many": None, "dozens": None},
    "approx": "about around nearly almost roughly approximately over under just barely some only",
    "more": "more less fewer longer",
    "additional": "additional extra further consecutive straight successive full whole trading business working",
    "than": "than",
    "least": "least most",
    "up": "up",
    "no": "no",
    "to": "to",
    "of": "of",
    "from": "from",
    "on": "on",
    "in": "in",
    "prep": "since until till by during through throughout for between within",
    "at": "at",
    "and": "and",
    "or": "or",
    "now": {
        "now": "PRESENT_REF", "currently": "PRESENT_REF", "nowadays": "PRESENT_REF", "presently": "PRESENT_REF",
        "recently": "PAST_REF", "lately": "PAST_REF",
    },
    "right": "right",
    "moment": "moment present",
    "recent": "recent",
    "time": "time",
    "future": "future",
    "while": "while",
    "term": "term",
    "near": "short near foreseeable immediate distant",
    "ended": "ended ending",
    "long": "long",
    "old": "old olds",
    "ahead": "ahead",
    "eve": {"eve": -1},
    "new": "new",
    "qletter": "q",
    "word": "takes lasts needs spends serves stays runs marks",
    "so": "so",
}  # fmt: skip


@cache
def english() -> Lexicon:
    """Return the English lexicon."""
    return make_lexicon(
        _TABLES,
        "en",
        proper=("month", "hazymonth", "weekday", "weekdays", "wdabbr", "holiday", "eve", "new", "qletter"),
    )
