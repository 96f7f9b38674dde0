"""Numbers in words and digits.

Owns the value of a numeral and the tokens that figures are read from. Must never decide whether a number is a figure
worth keeping: that is ``news.reports.quantities``'s.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import cache
from itertools import accumulate
from typing import NamedTuple

from news.words.number_words import number_starters, scale_of
from news.words.quantity_words import quantity_words
from news.words.spelled_numbers import find_half, read_spelled
from news.words.text import plain_in_place

__all__ = ["Number", "Tokens", "number_at", "read_number", "read_tokens"]

_WORDS = r"(?:[a-z]+[^\W\d_]*|[^\W\d_]+)(?:['’.][^\W\d_]+)*"  # plain letters go by a bitmap
_SIGNS = "$€£₽¥₴₪₹%–—-"
_DIGITS = r"\d+(?:[.,]\d+)*"
_TOKEN = re.compile(
    rf"((?:тыс|млн|млрд|трлн|руб|долл|кв|куб)\.|{_WORDS}|\d{{1,3}}(?: \d{{3}})+(?![\d.,]\d|\d)|{_DIGITS}|[{_SIGNS}])"
)
# The same but for what is above; it begins with a set of characters, over which the search runs without trying the rest
# at each space.
_ENGLISH_TOKEN = re.compile(
    rf"([\w{_SIGNS}](?:(?<=[a-z])[a-z]*+(?=[ ,\n])|(?<![\W\d_])[^\W\d_]*(?:['’.][^\W\d_]+)*|(?<=\d)\d*(?:[.,]\d+)*|"
    rf"(?<=[{_SIGNS}])))"
)
_THOUSANDS = re.compile(r"\d{1,3}(?:([.,])\d{3})(?:\1\d{3})*")
_SUFFIXES = frozenset(("st", "nd", "rd", "th", "й", "го", "я", "ое", "ая"))
_SHORT_MULTIPLIERS = frozenset(("k", "m", "b", "mm"))
_HALF = 0.5
_THOUSAND = 1_000
_GROUP = 3
"""Digits between two points of a large number."""

_REACH = 120
"""Characters in which a number of words ends."""


class Tokens:
    """The words, numbers and signs of a text in order.

    Attributes:
        words: each in small letters without accents.
    """

    __slots__ = ("_ends", "_gaps", "_starts", "words")

    def __init__(self, pieces: Sequence[str]) -> None:
        """Take a text in pieces: what stands between tokens, and the tokens, in turns."""
        edges = list(accumulate(map(len, pieces)))
        self._starts, self._ends, self._gaps = edges[:-1:2], edges[1::2], pieces[::2]
        self.words = [word.rstrip(".") if word[-1] == "." else word for word in pieces[1::2]]

    def start_of(self, at: int) -> int:
        """Return the offset of a token."""
        return self._starts[at]

    def end_of(self, at: int) -> int:
        """Return the offset behind a token."""
        return self._ends[at]

    def is_glued(self, at: int) -> bool:
        """Tell whether nothing stands between a token and the one before it."""
        return at > 0 and self._ends[at - 1] == self._starts[at]

    def is_joined(self, at: int) -> bool:
        """Tell whether a token, not the first, goes on from the one before it: by a space, or glued by a hyphen."""
        gap = self._gaps[at]
        if "-" in (self.words[at], self.words[at - 1]):
            return not gap
        return gap.isspace() and "\n" not in gap

    def is_word(self, at: int) -> bool:
        """Tell whether a token consists of letters."""
        return self.words[at][0].isalpha()

    def gap(self, text: str, at: int) -> str:
        """Return what stands in ``text`` between a token, not the first, and the one before it."""
        return text[self._ends[at - 1] : self._starts[at]]

    def list_starts(self) -> list[int]:
        """Return the indexes of the tokens that a figure may begin with."""
        starters = _starters()
        return [at for at, word in enumerate(self.words) if word in starters or word[0].isdecimal()]

    def overlap(self, spans: Sequence[tuple[int, int]]) -> set[int]:
        """Return the indexes of the tokens that reach into one of the spans."""
        places: set[int] = set()
        for start, end in spans:
            first = bisect_right(self._ends, start)
            places.update(range(first, bisect_left(self._starts, end, lo=first)))
        return places


@cache
def _starters() -> frozenset[str]:
    """Return the words and signs that a figure can begin with; it can with digits, too."""
    return number_starters().union(quantity_words().symbols)


class Number(NamedTuple):
    """A numeral: tokens ``first`` to ``after`` (exclusive), a sign of currency before it included.

    ``factor`` is the product of its multipliers ("billion"), which the lower end of a range may share; ``is_about``
    says that a word rounds it ("una treintena"), ``is_collective`` that it is a plural without a number ("dozens").
    """

    first: int
    after: int
    value: float
    language: str
    currency: str = ""
    is_word: bool = False
    is_ordinal: bool = False
    is_collective: bool = False
    is_one: bool = False
    is_about: bool = False
    factor: float = 1.0


def read_tokens(text: str, language: str) -> Tokens:
    """Return the words, numbers and signs of ``text`` in order; a space groups digits in all languages but English."""
    pattern = _ENGLISH_TOKEN if language in {"", "en"} else _TOKEN
    return Tokens(pattern.split(plain_in_place(text)))


def read_number(tokens: Tokens, index: int, language: str) -> Number | None:
    """Return the numeral that begins at ``index``, with a sign of currency before it and multipliers after it."""
    word = tokens.words[index]
    currency = quantity_words().symbols.get(word, "")
    if currency:
        number = _read_digits(tokens, index + 1, language) if index + 1 < len(tokens.words) else None
        return number._replace(first=index, currency=currency) if number else None
    if word[0].isdecimal():
        return _read_digits(tokens, index, language)
    found = read_spelled(tokens.words, index, language, tokens.is_joined)
    if found is None:
        return None
    return Number(
        index,
        found.after,
        found.value,
        language,
        is_word=True,
        is_ordinal=found.is_ordinal,
        is_collective=found.is_open,
        is_one=found.is_one,
        is_about=found.is_about,
        factor=found.factor,
    )


def number_at(text: str, start: int, language: str) -> tuple[float, int] | None:
    """Return the number that begins at an offset of ``text`` and the offset behind it, or None."""
    tokens = read_tokens(text[start : start + _REACH], language)
    number = read_number(tokens, 0, language) if tokens.words and not tokens.start_of(0) else None
    return None if number is None else (number.value, start + tokens.end_of(number.after - 1))


def _read_digits(tokens: Tokens, index: int, language: str) -> Number | None:
    word = tokens.words[index]
    if not word[0].isdecimal() or (tokens.is_glued(index) and tokens.is_word(index - 1)):
        return None
    value = _value(word, language)
    if value is None:
        return None
    after = index + 1
    if after < len(tokens.words) and tokens.is_glued(after) and tokens.words[after] in _SUFFIXES:
        return Number(index, after + 1, value, language, is_ordinal=True)
    if (
        after < len(tokens.words)
        and tokens.is_glued(after)
        and tokens.is_word(after)
        and not _is_measure(tokens.words[after])
    ):
        return None  # "737MAX", "300VM"
    return _with_rest(tokens, _multiply(tokens, Number(index, after, value, language)))


def _is_measure(word: str) -> bool:
    return scale_of(word) is not None or bool(quantity_words().find_unit(word))


def _value(digits: str, language: str) -> float | None:
    """Return the value of digits with separators, or None if they are no number ("1.2.3")."""
    plain = digits.replace(" ", "")
    point = "." if language in {"", "en"} else ","
    found = _THOUSANDS.fullmatch(plain)
    if found and (found[1] != point or (language == "es" and plain.count(found[1]) == 1)):
        return float(plain.replace(found[1], ""))
    if found and plain.count(point) > 1:
        return float(plain.replace(point, ""))
    other = "," if point == "." else "."
    if plain.count(point) == 1 and other in plain.partition(point)[0]:
        head, _, tail = plain.partition(point)
        return float(f"{head.replace(other, '')}.{tail}") if tail.isdecimal() else None
    plain = plain.replace(",", ".")
    return float(plain) if plain.count(".") <= 1 else None


def _multiply(tokens: Tokens, number: Number) -> Number:
    """Take in what multiplies a number ("6 billion", "2 mil millones", "100 тыс.", "3m", "a 5-million") and halves."""
    half = find_half(tokens.words, number.after, tokens.is_joined)
    index, value, product = half or number.after, number.value + (_HALF if half else 0), 1.0
    while index < len(tokens.words):
        place = index + 1 if tokens.words[index] == "-" and index + 1 < len(tokens.words) else index
        factor = scale_of(tokens.words[place])
        if factor is None or (tokens.words[place] in _SHORT_MULTIPLIERS and not tokens.is_glued(place)):
            break
        if tokens.words[place] == "m" and not (number.currency or _before_is_money(tokens, number.first)):
            break
        value, product, index = value * factor, product * factor, place + 1
    half = find_half(tokens.words, index, tokens.is_joined) if product > 1 else 0
    if half:
        index, value = half, value + _HALF * product
    return number._replace(after=index, value=value, factor=product)


def _with_rest(tokens: Tokens, number: Number) -> Number:
    """Return "2 mil 500" and "3 млн 200 тыс." with what follows the scale; in English two numbers stand there."""
    at = number.after
    if (
        number.factor < _THOUSAND
        or number.language in {"", "en"}
        or at >= len(tokens.words)
        or not tokens.is_joined(at)
    ):
        return number
    rest = _read_digits(tokens, at, number.language)
    is_whole = rest is not None and (rest.factor > 1 or len(tokens.words[at]) == _GROUP)
    if rest is None or not is_whole or rest.value >= number.factor:
        return number
    return number._replace(after=rest.after, value=number.value + rest.value, factor=1.0)


def _before_is_money(tokens: Tokens, index: int) -> bool:
    return index > 0 and tokens.words[index - 1] in quantity_words().symbols
