"""Figures with their units: "around 100 troops", "35 tons", "$6 billion", "the seventh flight".

Owns what counts as a figure and in which unit it is given. Must never convert between units or judge a figure, and
never take a year, a date, a time of day, a telephone number or a designation (Tu-160, Flight 370) for one.

Reading goes by tokens: a number (``news.words.numerals``), what stands before it (bounds), its unit, and what is
counted. One pass, linear in the length of the text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from news.model import Quantity
from news.words.ages import is_age
from news.words.numerals import Number, Tokens, read_number, read_tokens
from news.words.quantity_words import QuantityWords, quantity_words
from news.words.russian_counts import counts_things

__all__ = ["find_quantities"]

_REACH = 10
"""Words after a figure in which what is counted is looked for."""
_MAX_BOUND = 4
_MAX_UNIT = 3
_FIRST_YEAR, _LAST_YEAR = 1900, 2099
_LAST_HOUR = 24
_LAST_DAY = 31
_RANGE_JOINS = frozenset(("-", "–", "—", "to", "a", "до"))
_PAIR_JOINS = {"between": "and", "entre": "y", "между": "и", "from": "to", "от": "до"}
_FROM = frozenset(("from", "de", "desde", "с"))
_OF = frozenset(("of", "de"))
_IN = frozenset(("in", "en"))
_PART_OF = frozenset(("из", "de"))
_OWNERS = frozenset(("the", "its", "their", "his", "her", "our", "los", "las", "sus"))
_DIGIT_CHAIN = re.compile(r"\d+-\d+-\d|\d+[-–]\d+(?![\d.,]*[-–]?\s?[^\W\d_%])")
_POUND_MONEY = 1_000
_TO_NEXT = re.compile(r" (?:\w+ )?(?:to|a|до) ")
_TOLL_CHARS = 140
"""Before a bare number, in which it is looked for what tells that it counts the dead or the hurt."""


class _Counted(NamedTuple):
    """What is counted, and the index of the first token after it (of the figure, if nothing is)."""

    name: str
    after: int


class _Bound(NamedTuple):
    """What words before a figure say of it, and the index of the first of them."""

    kind: str
    approximate: bool
    first: int


_SPANISH = frozenset(("Dos", "Tres", "Cuatro", "Cinco", "Seis", "Siete", "Ocho", "Nueve", "Diez", "Cien", "Mil"))
_WORD_BEFORE = 24
_NAME = re.compile(r"[A-ZÁÉÍÓÚÑА-ЯЁ][a-záéíóúñа-яё]+(?: [A-ZÁÉÍÓÚÑА-ЯЁ][a-záéíóúñа-яё]+)+")


def find_quantities(text: str, language: str, *, taken: Sequence[tuple[int, int]] = ()) -> tuple[Quantity, ...]:
    """Return the figures of ``text`` in order, not overlapping; spans in ``taken`` (dates) are left alone.

    The span goes from the words before the figure ("at least") to its unit or to what is counted; units are not
    converted. Collectives: "dozens" is 24 and more, "hundreds" 200 and more (see ``number_words.toml``). ``language``
    decides what commas and points mean.

    A bare number that counts nothing ("Ann Field, 61, ...", "3-2") is no figure. People who were killed or hurt are
    counted as ``dead`` and ``injured``, and so is what a toll has come to ("the toll rose to eight").

    Known failures: "ton" is the metric one; a counted noun is found by its place and its plural, not by grammar; "one"
    counts only before a unit or a listed noun.
    """
    words = quantity_words()
    tokens = read_tokens(text, language)
    blocked = tokens.overlap(taken)
    found: list[Quantity] = []
    behind, floor = 0, 0
    for index in tokens.list_starts():
        number = read_number(tokens, index, language) if index >= behind and index not in blocked else None
        if number is not None:
            quantity, behind = _read(text, tokens, number, words, floor)
            if quantity is not None and not _is_name(text, quantity):
                found.append(quantity)
                floor = behind
    return tuple(found)


def _is_name(text: str, quantity: Quantity) -> bool:
    """Return whether a number word in capitals is part of a name within a sentence: "the Tres Cruces mine"."""
    if _NAME.fullmatch(quantity.text) is None:
        return False
    if quantity.text.split()[0] in _SPANISH:
        return True
    before = text[max(0, quantity.start - _WORD_BEFORE) : quantity.start].split()
    return bool(before) and before[-1][0].islower()


def _read(text: str, tokens: Tokens, number: Number, words: QuantityWords, floor: int) -> tuple[Quantity | None, int]:
    """Return the figure that starts with ``number``, or None, and the index of the first token after it."""
    if _is_no_figure(text, tokens, number, words) or _is_former_toll(text, tokens, number, words):
        return None, number.after
    lower, upper, number_after = _read_range(text, tokens, number, words)
    unit, after = _read_unit(text, tokens, number, number_after, words)
    counted = _read_counted(text, tokens, after, words, unit=unit, number=number)
    unit = unit or ("ordinal" if number.is_ordinal else "count")
    if unit == "count" and counted.name in {"", "person"}:
        counted = counted._replace(name=_read_fate(text, tokens, number.first, counted.after, words) or counted.name)
    bound = _read_bound(text, tokens, number.first, words, floor)
    if unit == "count" and counted.name in {"", "person"}:
        toll, bound = _read_toll(text, tokens, number, bound, words)
        counted = counted._replace(name=toll or counted.name)
    is_bare = not counted.name and not bound.approximate and number.factor == 1 and upper is None
    if not _is_worth(number, unit, counted, words) or (unit in {"count", "year"} and _is_year(text, number, tokens)):
        return None, number_after
    if unit == "count" and is_bare:
        return None, number_after
    last = max(after, counted.after if unit in {"count", "ordinal"} else after, number_after) - 1
    start, end = tokens.start_of(bound.first), tokens.end_of(last)
    approximate = bound.approximate or number.is_collective or number.is_about
    kind = "min" if number.is_collective else bound.kind
    quantity = Quantity(start, end, text[start:end], lower, unit, counted.name, approximate, upper, kind)
    return quantity, last + 1


def _is_former_toll(text: str, tokens: Tokens, number: Number, words: QuantityWords) -> bool:
    """Return whether a number is what a toll has grown from, so that no range begins with it: "rose from 6 to 8"."""
    opener = tokens.words[number.first - 1] if number.first else ""
    if opener not in _FROM or _TO_NEXT.match(text, tokens.end_of(number.after - 1)) is None:
        return False
    start = tokens.start_of(number.first)
    return words.former_toll.search(text[max(0, start - _TOLL_CHARS) : start]) is not None


def _is_no_figure(text: str, tokens: Tokens, number: Number, words: QuantityWords) -> bool:
    """Tell whether the number is part of a name, a date, a time, a telephone number or a ratio."""
    start, end = tokens.start_of(number.first), tokens.end_of(number.after - 1)
    if is_age(text, start, end):
        return True
    if start > 0 and text[start - 1] in {"+", "#", "/", "_", ".", ",", ":", "@"}:
        return True
    if text[end : end + 1] in {":", "/", "@"} and text[end + 1 : end + 2].isalnum():
        return True
    if not number.is_word and (_is_hyphenated(text, start) or _DIGIT_CHAIN.match(text, start)):
        return True
    return _is_designation(text, tokens, number, words) or _is_moment(tokens, number, words)


def _is_designation(text: str, tokens: Tokens, number: Number, words: QuantityWords) -> bool:
    """Tell whether the word before makes the number a name ("Flight 370") or nothing at all ("no one")."""
    if not number.first:
        return False
    before = tokens.words[number.first - 1]
    if number.is_word or number.is_one:
        return before == "no" and tokens.gap(text, number.first) == " "
    return before in words.designators and tokens.gap(text, number.first) in {" ", "-", ". ", "-№"}


def _is_moment(tokens: Tokens, number: Number, words: QuantityWords) -> bool:
    """Tell whether the number is a day of a month or an hour."""
    before = tokens.words[number.first - 1] if number.first else ""
    after = tokens.words[number.after] if number.after < len(tokens.words) else ""
    if after == "de" and number.after + 1 < len(tokens.words):
        after = tokens.words[number.after + 1]  # "3 de abril"
    is_month = before in words.months or after in words.months
    if is_month and not number.is_word and 1 <= number.value <= _LAST_DAY:
        return True
    return number.value <= _LAST_HOUR and after.rstrip(".") in words.clock


def _is_hyphenated(text: str, start: int) -> bool:
    """Tell whether a hyphen ties the number to what stands before it ("Tu-160"); a range has been read by then."""
    return start > 1 and text[start - 1] in "-–" and text[start - 2].isalnum()


def _is_year(text: str, number: Number, tokens: Tokens) -> bool:
    plain = number.after == number.first + 1 and tokens.words[number.first].isdecimal()
    if not (plain and _FIRST_YEAR <= number.value <= _LAST_YEAR):
        return False
    return not counts_things(text, tokens.start_of(number.first), tokens.end_of(number.first))


def _is_worth(number: Number, unit: str, counted: _Counted, words: QuantityWords) -> bool:
    if unit not in {"count", "ordinal"}:
        return True
    if number.is_ordinal:
        return bool(counted.name) and counted.name not in words.idle
    if number.is_one:
        return counted.name in words.counted
    return bool(counted.name) or not number.is_word


def _read_range(text: str, tokens: Tokens, number: Number, words: QuantityWords) -> tuple[float, float | None, int]:
    """Return lower and upper end and the index after them; the upper end is None if there is no range."""
    other = None if number.is_ordinal or number.is_collective else _read_upper_number(tokens, number, words)
    if other is None or other.is_ordinal or _is_year(text, other, tokens):
        return number.value, None, number.after
    scaled = number.value * (other.factor if number.factor == 1 else 1)  # "$5-6 billion"; not "fifty to a hundred"
    lower = scaled if scaled < other.value else number.value
    return (lower, other.value, other.after) if lower < other.value else (number.value, None, number.after)


def _read_upper_number(tokens: Tokens, number: Number, words: QuantityWords) -> Number | None:
    index = number.after
    if index + 1 >= len(tokens.words):
        return None
    join = tokens.words[index]
    opener = tokens.words[number.first - 1] if number.first else ""
    if join not in _RANGE_JOINS and _PAIR_JOINS.get(opener) != join:
        return None
    following = index + 2 if tokens.words[index + 1] in words.symbols else index + 1
    return read_number(tokens, following, number.language) if following < len(tokens.words) else None


def _read_unit(text: str, tokens: Tokens, number: Number, index: int, words: QuantityWords) -> tuple[str, int]:
    """Return the canonical unit and the index after it; an empty string if the figure has none."""
    if number.currency:
        return number.currency, index
    if index < len(tokens.words) and tokens.words[index] in _OF and number.value >= _POUND_MONEY:
        unit, after = _match_unit(text, tokens, index + 1, words)  # "dos millones de dólares"
        if unit:
            return unit, after
    if number.is_ordinal:
        return "", index
    unit, after = _match_unit(text, tokens, index, words)
    return ("gbp" if unit == "lb" and number.value >= _POUND_MONEY else unit), after


def _match_unit(text: str, tokens: Tokens, index: int, words: QuantityWords) -> tuple[str, int]:
    start = index
    if index + 1 < len(tokens.words) and tokens.words[index] == "-" and tokens.is_glued(index):
        start = index + 1  # "a three-year plan"
    if not words.may_open_unit("".join(tokens.words[start : start + 1])):
        return "", index
    for length in range(min(_MAX_UNIT, len(tokens.words) - start), 0, -1):
        group = tokens.words[start : start + length]
        unit = words.find_unit("-".join([word for word in group if word != "-"])) if group[-1] != "-" else ""
        if unit and all(tokens.gap(text, start + place) in {" ", "-", ""} for place in range(1, length)):
            return unit, start + length
    return "", index


def _read_counted(
    text: str, tokens: Tokens, index: int, words: QuantityWords, *, unit: str, number: Number
) -> _Counted:
    """Return what is counted: the first plural after the figure, or for masses and ordinals the last of the group."""
    start = index
    opener = tokens.words[index] if index < len(tokens.words) else ""
    if number.is_one and opener in _OF:
        return _Counted("", index)
    if opener in _OF or (unit and opener in _IN):
        start = index + 1
    elif unit and opener < "а":  # "35 тонн груза" needs no preposition
        return _Counted("", index)
    if start < len(tokens.words) and tokens.words[start] in _OWNERS and start > index:
        start += 1
    group = _group(text, tokens, start, words, number.language)
    if not group:
        return _Counted("", index)
    if number.is_one and not unit:
        place = next((one for one in group if tokens.words[one] in words.counted), -1)
        single = place >= 0 and tokens.words[place] not in words.counted_words
        return _Counted(tokens.words[place], place + 1) if single else _Counted("", index)
    if not number.is_ordinal and not unit:
        return _first_plural(tokens, group, words, index)
    if tokens.words[group[0]] >= "а":
        group = group[:1]  # the genitive after a Russian unit comes first, and its attributes after it
    last = group[-1]
    return _Counted(words.singular(tokens.words[last]), last + 1)


def _read_fate(text: str, tokens: Tokens, first: int, after: int, words: QuantityWords) -> str:
    """Return what befell the people counted ("dead", "injured"), or an empty string."""
    is_near = first > 0 and text[tokens.end_of(first - 1) : tokens.start_of(first)].isspace()
    before = words.fates.get(tokens.words[first - 1], "") if is_near else ""
    if is_near and tokens.words[first - 1] in _PART_OF:
        return ""  # "четверо из группы из 30 человек погибли"
    index = after
    while index < len(tokens.words) and index - after < _MAX_BOUND and tokens.words[index] in words.auxiliaries:
        index += 1
    return (words.fates.get(tokens.words[index], "") if index < len(tokens.words) else "") or before


def _read_toll(text: str, tokens: Tokens, number: Number, bound: _Bound, words: QuantityWords) -> tuple[str, _Bound]:
    """Return whom a number counts by what leads to it ("the death toll rose to"), or an empty string; and its bound.

    In Russian what leads to it ends like a bound: "выросло до восьми" is eight and no more than eight.
    """
    first = number.first
    if number.value < 1 or words.no_toll.match(text, tokens.end_of(number.after - 1)):
        return "", bound
    start = tokens.start_of(first)
    if not words.may_lead_to_toll(text[max(0, tokens.start_of(bound.first) - _TOLL_CHARS) : start]):
        return "", bound
    for place, kept in ((first, _Bound("", approximate=False, first=first)), (bound.first, bound)):
        start = tokens.start_of(place)
        before = text[max(0, start - _TOLL_CHARS) : start]
        found = next((name for name, leads in words.tolls.items() if leads.search(before)), "")
        if found:
            return found, kept
    return "", bound


def _group(text: str, tokens: Tokens, start: int, words: QuantityWords, language: str) -> list[int]:
    """Return the indexes of the words in a row that may lead to what is counted."""
    group: list[int] = []
    for index in range(start, min(start + _REACH, len(tokens.words))):
        word = tokens.words[index]
        if word == "-" or (index and tokens.gap(text, index) not in {" ", "-", "", " '", " “", ' "'}):
            end = tokens.end_of(index)
            if word == "-" and text[end : end + 1].strip() and text[tokens.start_of(index) - 1].strip():
                continue
            break
        if words.is_stop(word, language):
            break
        if not word[0].isalpha() and not tokens.is_glued(index):
            if group and text[tokens.start_of(group[-1])].isupper():
                continue  # "18 Leopard 2 tanks"
            break
        if group and word.endswith(("ed", "ing")) and word not in words.counted_words:
            break
        group.append(index)
    return group


def _first_plural(tokens: Tokens, group: Sequence[int], words: QuantityWords, index: int) -> _Counted:
    for place in group:
        word = tokens.words[place]
        if words.is_plural(word):
            return _Counted(words.singular(word), place + 1)
    only = tokens.words[group[0]]
    if len(group) == 1 and (only in words.counted_words or only in words.counted or only >= "а"):
        return _Counted(words.singular(only), group[0] + 1)
    return _Counted("", index)


def _read_bound(text: str, tokens: Tokens, first: int, words: QuantityWords, floor: int) -> _Bound:
    """Return what the words before the figure say of it: the longest listed phrase that ends right before it."""
    opener = tokens.words[first - 1] if first > floor else ""
    if opener in _PAIR_JOINS:
        return _Bound("", approximate=True, first=first - 1)
    longest = min(_MAX_BOUND, first - floor) if opener in words.bound_tails else 0
    for length in range(longest, 0, -1):
        kind = words.bounds.get(" ".join(tokens.words[first - length : first]))
        if kind is not None and "\n" not in text[tokens.start_of(first - length) : tokens.start_of(first)]:
            return _Bound("" if kind == "around" else kind, approximate=True, first=first - length)
    return _Bound("", approximate=False, first=first)
