"""The typed values of parameters: dates, spans back from now, numbers, ids.

Owns the reading of single values that a person typed. Must never look at the clock: ``now`` is an argument.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta

from handlers.registry import Command, Parameter, ParameterKind
from handlers.request import Argument
from news.dates.when import parse_when
from news.errors import QueryError

_DATE = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?\Z", re.ASCII)
_BACK = re.compile(r"(\d{1,4})([hdw])\Z", re.ASCII)
_DURATION = re.compile(r"(\d{1,3})([mhdw])\Z", re.ASCII)
_BACK_UNITS = {"h": timedelta(hours=1), "d": timedelta(days=1), "w": timedelta(weeks=1)}
_DATE_WORDS = {"today": 0, "yesterday": 1}
_LONGEST_TEXT = 1_000
_LARGEST_NUMBER = 10_000_000
_MOST_DIGITS = 8


def parse_first_day(text: str, *, now: datetime) -> date:
    """Return the first day of ``2018``, ``2018-12-10``, ``March 2019``, ``today``. Raises QueryError."""
    return _parse_days(text, now)[0]


def parse_last_day(text: str, *, now: datetime) -> date:
    """Return the last day of ``2018``, ``2018-12-10``, ``March 2019``, ``today``. Raises QueryError."""
    return _parse_days(text, now)[1]


def parse_since(text: str, *, now: datetime) -> datetime:
    """Return the moment that ``24h``, ``7d``, ``2w`` or a date means. Raises QueryError."""
    back = _BACK.match(text.strip().lower())
    if back is None:
        return datetime.combine(parse_first_day(text, now=now), time(), tzinfo=UTC)
    try:
        return now - int(back[1]) * _BACK_UNITS[back[2]]
    except OverflowError:
        raise QueryError(f"“{text}” is further back than dates go.") from None


def parse_duration(text: str) -> timedelta:
    """Return how long ``30m``, ``2h``, ``3d`` or ``1w`` is. Raises QueryError."""
    found = _DURATION.match(text.strip().lower())
    if found is None or not int(found[1]):
        raise QueryError(f"“{text[:20]}” is no length of time; it looks like 30m, 2h or 3d.")
    return int(found[1]) * ({"m": timedelta(minutes=1)} | _BACK_UNITS)[found[2]]


def is_date(text: str) -> bool:
    """Return whether a typed word is meant as a date."""
    return text.lower() in _DATE_WORDS or _DATE.match(text) is not None


def is_since(text: str) -> bool:
    """Return whether a typed word is meant as a date or as a span back from now."""
    return is_date(text) or _BACK.match(text.lower()) is not None


def check_arguments(command: Command, path: str, arguments: Mapping[str, Argument]) -> dict[str, Argument]:
    """Return the arguments that were given, texts stripped and numbers as numbers.

    Raises:
        QueryError: one is missing, unknown, too long, or of another kind; the message says what to type.
    """
    known = {parameter.name for parameter in command.parameters}
    for name in arguments:
        if name not in known:
            raise QueryError(f"/{path} has no “{name}”. /help {path} shows what it takes.")
    given = ((parameter, arguments.get(parameter.name)) for parameter in command.parameters)
    values = {parameter.name: _check(parameter, value, path) for parameter, value in given}
    return {name: value for name, value in values.items() if value is not None}


def _parse_days(text: str, now: datetime) -> tuple[date, date]:
    word = text.strip().lower()
    if word in _DATE_WORDS:
        day = now.date() - timedelta(days=_DATE_WORDS[word])
        return day, day
    first, last = parse_when(text)
    if first is None or last is None:
        raise QueryError("A date is missing. Dates look like 2018, 2018-12, 2018-12-10 or 23 March 2019.")
    return first, last


def _check(parameter: Parameter, value: Argument, path: str) -> Argument:
    text = " ".join(value) if isinstance(value, tuple) else "" if value is None else str(value)
    text = text.strip()
    if not text:
        if parameter.required:
            article = "an" if parameter.name[0] in "aeiou" else "a"
            raise QueryError(f"/{path} needs {article} {parameter.name}: {parameter.help}.")
        return None
    if len(text) > _LONGEST_TEXT and parameter.kind is not ParameterKind.FILE:
        raise QueryError(f"The {parameter.name} is longer than {_LONGEST_TEXT} characters.")
    if parameter.choices and text not in parameter.choices:
        raise QueryError(f"{parameter.flag} takes one of: {', '.join(parameter.choices)}.")
    return _parse_number(parameter, text) if parameter.kind is ParameterKind.NUMBER else text


def _parse_number(parameter: Parameter, text: str) -> int:
    if not (text.isascii() and text.isdecimal() and len(text) <= _MOST_DIGITS and 1 <= int(text) <= _LARGEST_NUMBER):
        raise QueryError(f"{parameter.flag} takes a whole number from 1 up, not “{text[:40]}”.")
    return int(text)
