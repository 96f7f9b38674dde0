"""What a notice of correction had wrong and what is right: two values of a sort, told side by side.

Owns the reading of the notice, by the words of ``data/corrections.toml``. Must never look at the article that is
corrected, nor judge whether a text corrects one: ``news.deciding.correcting`` and ``corrections`` do.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from news.dates.find import find_dates
from news.decision import FactKind
from news.names.entities import lookup
from news.tables import load_toml
from news.words.measures import Measure, measures_in
from news.words.text import lower_in_place

__all__ = ["Amended", "find_amended"]

_MAX_CHARS = 1_200
_STEM = 4
_BARE = "n "
_NOT_REACH = 24
"""Characters behind "not" in which the value stands that it turns down."""
_LENT = re.compile(r"\s*(?:[^\w\s%]|$|(?:as|but|como|sino|как|а)\b)")
"""What stands behind a number that counts nothing of its own."""
_QUOTES = frozenset('"“«„‘')
_NAME = r"[A-ZÁÉÍÓÚÑА-ЯЁ][\w’'-]{1,30}(?: (?:de |del |la |al-)?[A-ZÁÉÍÓÚÑА-ЯЁ][\w’'-]{1,30}){0,3}"
_CLAUSE_END = r"[.!?;](?=\s|$)"


@dataclass(frozen=True, slots=True)
class Amended:
    """A value that was wrong and the one that is right, both as they stand in the notice."""

    kind: FactKind
    was: str
    now: str


@dataclass(frozen=True, slots=True)
class _Value:
    """A value in a notice: where it stands, what can be held against another (its sort), and what tells it apart."""

    start: int
    end: int
    kind: FactKind
    sort: str
    key: object


def find_amended(notice: str, language: str = "en") -> tuple[Amended, ...]:
    """Return what a notice had wrong, each with what is right; empty where it does not give both.

    Args:
        notice: the sentences of a note, or one of them; no more than 1,200 characters are read.

    Known failures: of several values on either side only those are paired that are as many, in their order; a note
    that says what is right with no word for what was wrong gives nothing.
    """
    notice = notice[:_MAX_CHARS]
    low = lower_in_place(notice)
    return _quoted_pairs(notice, low, language) or _told_apart(notice, low, language) or _named_pairs(notice)


@cache
def _rows(name: str) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(row) for row in load_toml("corrections.toml")["amended"][name])


@cache
def _marks() -> re.Pattern[str]:
    """Return the words that say which values follow: wrong ones, right ones, or one that is turned down."""
    rows = load_toml("corrections.toml")["amended"]
    groups = (f"(?P<{name}>{'|'.join(rows[key])})" for name, key in (("had", "had"), ("is_", "is"), ("no", "not")))
    return re.compile(f"(?P<stop>{_CLAUSE_END})|{'|'.join(groups)}")


@cache
def _name_rows() -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(row.replace("NAME", _NAME)) for row in load_toml("corrections.toml")["amended"]["names"])


def _quoted_pairs(notice: str, low: str, language: str) -> tuple[Amended, ...]:
    """Return the values that a notice sets side by side in a fixed form: where it says "X" it should read "Y"."""
    for pattern in _rows("pairs"):
        found = pattern.search(low)
        if found is not None:
            was, now = (notice[slice(*found.span(name))].strip() for name in ("was", "now"))
            values = [_list_values(text, language)[:1] for text in (was, now)]
            is_quoted = notice[found.start("now") - 1] in _QUOTES
            if values[0] and values[1] and values[0][0].sort == values[1][0].sort:
                told = (was, now) if is_quoted else (was[_place(values[0][0])], now[_place(values[1][0])])
                return (Amended(values[0][0].kind, *told),) if values[0][0].key != values[1][0].key else ()
            if was != now and is_quoted:
                return (Amended(_kind_of_name(now), was, now),)
    return ()


def _place(value: _Value) -> slice:
    return slice(value.start, value.end)


def _told_apart(notice: str, low: str, language: str) -> tuple[Amended, ...]:
    """Return the wrong and the right values, told apart by the words before them."""
    found = list(_marks().finditer(low))
    marks = [(mark.end(), mark.lastgroup or "") for mark in found]
    wrong: list[_Value] = []
    right: list[_Value] = []
    for value in _list_values(notice, language):
        if not any(mark.start() <= value.start < mark.end() for mark in found):
            (wrong if _is_wrong(value, marks) else right).append(value)
    keys = {value.key for value in wrong} & {value.key for value in right}
    wrong, right = ([one for one in values if one.key not in keys] for values in (wrong, right))
    return tuple(_pair(notice, *_with_lent_units(notice, wrong, right)))


def _with_lent_units(
    notice: str, wrong: Sequence[_Value], right: Sequence[_Value]
) -> tuple[Sequence[_Value], Sequence[_Value]]:
    """Return the values, a bare number in the unit of the one beside it: "300 metres, not 3,000"."""
    return (
        [_with_lent_unit(notice, one, right) for one in wrong],
        [_with_lent_unit(notice, one, wrong) for one in right],
    )


def _with_lent_unit(notice: str, value: _Value, others: Sequence[_Value]) -> _Value:
    if value.sort != _BARE or _LENT.match(notice, value.end) is None:
        return value
    near = (one for one in others if max(one.start - value.end, value.start - one.end) <= _NOT_REACH)
    lender = next((one for one in near if one.kind is FactKind.FIGURE), None)
    return value if lender is None else replace(value, sort=lender.sort)


def _is_wrong(value: _Value, marks: Sequence[tuple[int, str]]) -> bool:
    before = [(end, name) for end, name in marks if end <= value.start]
    if before and before[-1][1] == "no" and value.start - before[-1][0] <= _NOT_REACH:
        return True
    return next((name for _, name in reversed(before) if name != "no"), "") == "had"


def _pair(notice: str, wrong: Sequence[_Value], right: Sequence[_Value]) -> Iterator[Amended]:
    """Yield the wrong values of each sort with the right ones: in order where as many, else by what is counted."""
    for sort in dict.fromkeys(value.sort for value in wrong):
        left, true = ([one for one in values if one.sort == sort] for values in (wrong, right))
        if len(left) != len(true):
            left, true = ([*{one.key: one for one in reversed(values)}.values()][::-1] for values in (left, true))
        if len(left) != len(true):
            counted = {_counted(notice, one) for one in left}
            true = [one for one in true if _counted(notice, one) in counted]
        if len(left) == len(true):
            for was, now in zip(left, true, strict=True):
                yield Amended(was.kind, notice[was.start : was.end], notice[now.start : now.end])


def _counted(notice: str, value: _Value) -> str:
    """Return the beginning of the word behind a value, which says what is counted."""
    return notice[value.end :].lstrip()[:_STEM].casefold()


def _list_values(text: str, language: str) -> list[_Value]:
    """Return the dates and numbers of a text in order; a number in a date is none."""
    dates = [one for one in find_dates(text, published_on=None, language=language) if one.type in {"DATE", "TIME"}]
    found = [
        _Value(one.start, one.end, FactKind.DATE, _sort_of_date(one.text), one.text.casefold())
        for one in dates
        if "REF" not in one.value
    ]
    numbers = [
        one for one in measures_in(text, language) if not any(_meets(one, date.start, date.end) for date in dates)
    ]
    found += [_Value(one.start, one.end, FactKind.FIGURE, f"{_BARE}{one.kind}", round(one.value, 6)) for one in numbers]
    return sorted(found, key=lambda one: one.start)


def _meets(one: Measure, start: int, end: int) -> bool:
    return one.start < end and start < one.end


def _sort_of_date(text: str) -> str:
    return "numbered day" if any(map(str.isdecimal, text)) else "day"


def _named_pairs(notice: str) -> tuple[Amended, ...]:
    """Return the names of which a notice says "A, not B"."""
    for pattern in _name_rows():
        found = pattern.search(notice)
        if found is not None and found["was"] != found["now"]:
            return (Amended(_kind_of_name(found["now"]), found["was"], found["now"]),)
    return ()


def _kind_of_name(name: str) -> FactKind:
    is_place = any(one.key.startswith("place:") for one in lookup(name))
    return FactKind.PLACE if is_place else FactKind.ACTOR
