"""Numbers in words and digits.

Owns the value of a numeral and the tokens that figures are read from. Must never decide whether a number is a figure
worth keeping: that is ``news.reports.quantities``'s.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import accumulate, compress
from typing import NamedTuple

from news.memo import WordMemo
from news.words.quantity_words import ARTICLES, QuantityWords, quantity_words
from news.words.text import lower_in_place

__all__ = ["Number", "QuantityWords", "Tokens", "quantity_words", "read_number", "read_scaled", "read_tokens"]

_WORDS = r"(?:[a-z]+[^\W\d_]*|[^\W\d_]+)(?:['’.][^\W\d_]+)*"  # plain letters go by a bitmap
_SIGNS = r"|[$€£₽¥₴₪₹%]|[-–—]"
_DIGITS = r"|\d+(?:[.,]\d+)*"
_ENGLISH_TOKEN = re.compile(f"({_WORDS}{_DIGITS}{_SIGNS})")
_TOKEN = re.compile(
    rf"((?:тыс|млн|млрд|трлн|руб|долл|кв|куб)\.|{_WORDS}|\d{{1,3}}(?: \d{{3}})+(?![\d.,]\d|\d){_DIGITS}{_SIGNS})"
)
_PLAIN = dict(zip("áéíóúüñёàèìòùçãõâêôÁÉÍÓÚÜÑЁ–", "aeiouuneaeioucaoaeoaeiouune-", strict=True))
_MARKED = re.compile(f"[{''.join(_PLAIN)}]")
_THOUSANDS = re.compile(r"\d{1,3}(?:([.,])\d{3})(?:\1\d{3})*")
_SUFFIXES = frozenset(("st", "nd", "rd", "th", "й", "го", "я", "ое", "ая"))
_SHORT_MULTIPLIERS = frozenset(("k", "m", "b", "mm"))
_HUNDRED = 100
_DOZEN = 12
_LONE_ARTICLES = frozenset(("a", "an", "un", "una"))
_PARTS = {"third": 3, "thirds": 3, "quarter": 4, "quarters": 4, "fifth": 5, "fifths": 5, "tenth": 10, "tenths": 10}
_SCALES = {"hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12}
_FRACTIONS = frozenset(("third", "thirds", "half", "quarter", "quarters", "fourths", "fifth", "fifths", "tenths"))


class Tokens:
    """The words, numbers and signs of a text in order.

    Attributes:
        words: each in small letters without accents.
    """

    __slots__ = ("_ends", "_starts", "words")

    def __init__(self, pieces: Sequence[str]) -> None:
        """Take a text in pieces: what stands between tokens, and the tokens, in turns."""
        edges = list(accumulate(map(len, pieces)))
        self._starts, self._ends = edges[:-1:2], edges[1::2]
        self.words = [word.rstrip(".") for word in pieces[1::2]]

    def start_of(self, at: int) -> int:
        """Return the offset of a token."""
        return self._starts[at]

    def end_of(self, at: int) -> int:
        """Return the offset behind a token."""
        return self._ends[at]

    def is_glued(self, at: int) -> bool:
        """Tell whether nothing stands between a token and the one before it."""
        return at > 0 and self._ends[at - 1] == self._starts[at]

    def is_word(self, at: int) -> bool:
        """Tell whether a token consists of letters."""
        return self.words[at][0].isalpha()

    def gap(self, text: str, at: int) -> str:
        """Return what stands in ``text`` between a token, not the first, and the one before it."""
        return text[self._ends[at - 1] : self._starts[at]]

    def list_starts(self) -> list[int]:
        """Return the indexes of the tokens that a figure can begin with; "a" only before a multiplier ("a million")."""
        words, multipliers = self.words, quantity_words().multipliers
        starts = compress(range(len(words)), map(_starters.__getitem__, words))
        return [
            at for at in starts if words[at] not in _LONE_ARTICLES or "".join(words[at + 1 : at + 2]) in multipliers
        ]

    def overlap(self, spans: Sequence[tuple[int, int]]) -> set[int]:
        """Return the indexes of the tokens that reach into one of the spans."""
        places: set[int] = set()
        for start, end in spans:
            first = bisect_right(self._ends, start)
            places.update(range(first, bisect_left(self._starts, end, lo=first)))
        return places


_starters = WordMemo(lambda word: word in quantity_words().starters or word[0].isdecimal())
"""Whether a figure can begin with a word."""


class Number(NamedTuple):
    """A numeral: tokens ``first`` to ``after`` (exclusive), a sign of currency before it included.

    ``factor`` is the product of its multipliers ("billion"), which the lower end of a range may share.
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
    factor: float = 1.0


def read_tokens(text: str, language: str) -> Tokens:
    """Return the words, numbers and signs of ``text`` in order; a space groups digits in all languages but English."""
    pattern = _ENGLISH_TOKEN if language in {"", "en"} else _TOKEN
    return Tokens(pattern.split(_plain(text)))


def _plain(text: str) -> str:
    """Return ``text`` in small letters without accents, offset for offset."""
    if text.isascii():
        return text.lower()
    return lower_in_place(_MARKED.sub(lambda mark: _PLAIN[mark[0]], text))


def read_number(tokens: Tokens, index: int, language: str) -> Number | None:
    """Return the numeral that begins at ``index``, with a sign of currency before it and multipliers after it."""
    words = quantity_words()
    word = tokens.words[index]
    if word not in words.starters and not word[0].isdecimal():
        return None
    currency = words.symbols.get(word, "")
    if currency:
        number = _read_digits(tokens, index + 1, language) if index + 1 < len(tokens.words) else None
        return number._replace(first=index, currency=currency) if number else None
    if word[0].isdecimal():
        return _read_digits(tokens, index, language)
    return read_scaled(tokens, index, language) or _read_worded(tokens, index, word, language)


def _read_worded(tokens: Tokens, index: int, word: str, language: str) -> Number | None:
    words = quantity_words()
    if word in words.ordinals:
        return Number(index, index + 1, words.ordinals[word], language, is_word=True, is_ordinal=True)
    if word in words.collectives and not _is_multiplier_place(tokens, index):
        return _read_collective(tokens, index, language)
    return _read_words(tokens, index, language)


def read_scaled(tokens: Tokens, index: int, language: str) -> Number | None:
    """Return "a quarter of a million" from its "quarter" on, and "three quarters of a million"; None for others."""
    words = tokens.words
    times = quantity_words().numbers.get(words[index], 0.0)
    place = index + (1 if times else 0)
    place += words[place : place + 1] == ["-"]
    part = _PARTS.get("".join(words[place : place + 1]), 0.0)
    scale = _SCALES.get("".join(words[place + 3 : place + 4]), 0.0) if part else 0.0
    if not scale or words[place + 1 : place + 3] != ["of", "a"]:
        return None
    return Number(index, place + 4, (times or 1.0) * scale / part, language, is_word=True)


def _is_multiplier_place(tokens: Tokens, index: int) -> bool:
    return index > 0 and (
        tokens.words[index - 1][:1].isdecimal() or tokens.words[index - 1] in quantity_words().numbers
    )


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
    return _multiply(tokens, Number(index, after, value, language))


def _is_measure(word: str) -> bool:
    words = quantity_words()
    return word in words.multipliers or bool(words.find_unit(word))


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
    """Take in the multipliers after a number ("6 billion", "2 mil millones", "100 тыс.", "3m", "a 5-million")."""
    words = quantity_words()
    index, value, product = number.after, number.value, 1.0
    while index < len(tokens.words):
        place = index + 1 if tokens.words[index] == "-" and index + 1 < len(tokens.words) else index
        factor = _factor(tokens.words[place], words)
        if factor is None or (tokens.words[place] in _SHORT_MULTIPLIERS and not tokens.is_glued(place)):
            break
        if tokens.words[place] == "m" and not (number.currency or _before_is_money(tokens, number.first)):
            break
        value, product, index = value * factor, product * factor, place + 1
    return number._replace(after=index, value=value, factor=product)


def _before_is_money(tokens: Tokens, index: int) -> bool:
    return index > 0 and tokens.words[index - 1] in quantity_words().symbols


def _factor(word: str, words: QuantityWords) -> float | None:
    found = words.multipliers.get(word)
    if found is not None or word[:1] < "а":
        return found
    prefixes = ((key, value) for key, value in words.multipliers.items() if key.endswith("*"))
    return next((value for key, value in prefixes if word.startswith(key[:-1])), None)


def _read_collective(tokens: Tokens, index: int, language: str) -> Number:
    """Return "dozens", "tens of thousands", "cientos de miles"; the second multiplies the first."""
    words = quantity_words()
    value, after = words.collectives[tokens.words[index]], index + 1
    place = index + 2 if index + 1 < len(tokens.words) and tokens.words[index + 1] in {"of", "de"} else index + 1
    if place < len(tokens.words) and tokens.words[place] in words.collectives:
        value *= words.collectives[tokens.words[place]] / 2
        after = place + 1
    return Number(index, after, value, language, is_word=True, is_collective=True)


def _read_words(tokens: Tokens, index: int, language: str) -> Number | None:
    words = quantity_words()
    first = tokens.words[index]
    if first in ARTICLES:
        return _read_article(tokens, index, language)
    if first not in words.numbers:
        return None
    if first not in words.english:
        return _multiply(tokens, Number(index, index + 1, words.numbers[first], language, is_word=True))
    return _read_english(tokens, index, language)


def _read_article(tokens: Tokens, index: int, language: str) -> Number | None:
    """Return "a million", "half a million", "a dozen", "half a dozen", "un millón"."""
    words = quantity_words()
    half = tokens.words[index] == "half"
    place = (
        index + 2 if half and index + 1 < len(tokens.words) and tokens.words[index + 1] in {"a", "an"} else index + 1
    )
    if place >= len(tokens.words) or len(tokens.words[place]) <= 2:  # noqa: PLR2004 - "a k", "a m" are no numbers
        return None
    factor = words.multipliers.get(tokens.words[place])
    if factor is None or (half and factor < _DOZEN) or tokens.words[place] == "score":
        return None
    number = _multiply(tokens, Number(index, place + 1, factor * (0.5 if half else 1), language, is_word=True))
    return number._replace(is_word=True) if half else _with_rest(tokens, number._replace(is_word=True))


def _with_rest(tokens: Tokens, number: Number) -> Number:
    """Return "a hundred" with what "and" adds to it ("a hundred and twelve")."""
    words, place = quantity_words(), number.after
    if number.value not in {_HUNDRED, 10 * _HUNDRED} or not _goes_on(tokens, place, words, "and"):
        return number
    rest = _read_english(tokens, place + 1, number.language) if tokens.words[place] == "and" else None
    if rest is None or rest.value >= number.value:
        return number
    return number._replace(after=rest.after, value=number.value + rest.value)


def _read_english(tokens: Tokens, index: int, language: str) -> Number | None:
    """Return the value of English number words in a row ("two hundred and fifty thousand"; "twenty-five")."""
    words = quantity_words()
    total, current, place = 0.0, 0.0, index
    last_value = float("inf")
    while place < len(tokens.words):
        word = tokens.words[place]
        if word in words.english and words.numbers[word] < last_value and (current % 10 == 0 or current == 0):
            last_value = words.numbers[word] if words.numbers[word] >= 10 else 0  # noqa: PLR2004 - units end a number
            current += words.numbers[word]
        elif word in words.multipliers and place > index and word not in _SHORT_MULTIPLIERS and len(word) > 2:  # noqa: PLR2004 - "bn" follows digits
            factor = words.multipliers[word]
            if factor <= _HUNDRED:
                current = max(current, 1) * factor
            else:
                total, current = total + max(current, 1) * factor, 0.0
            last_value = float("inf")
        elif not (word in {"and", "-"} and _goes_on(tokens, place, words, word)):
            break
        place += 1
    if _is_fraction(tokens, place):
        return None
    is_one = place == index + 1 and tokens.words[index] == "one"
    return Number(index, place, total + current, language, is_word=True, is_one=is_one)


def _is_fraction(tokens: Tokens, place: int) -> bool:
    """Tell whether a hyphen and a part follow ("two-thirds")."""
    if place + 1 >= len(tokens.words) or tokens.words[place] != "-" or not tokens.is_glued(place):
        return False
    return tokens.words[place + 1] in _FRACTIONS


def _goes_on(tokens: Tokens, place: int, words: QuantityWords, join: str) -> bool:
    """Tell whether "and" or a hyphen joins two parts of one number."""
    if place + 1 >= len(tokens.words) or tokens.words[place + 1] not in words.english:
        return False
    if join == "-":
        return words.numbers.get(tokens.words[place - 1], 0) >= 20 and words.numbers[tokens.words[place + 1]] < 10  # noqa: PLR2004 - twenty-five
    return words.multipliers.get(tokens.words[place - 1], 0) >= _HUNDRED
