"""Numbers in words and digits, and the table of words around them.

Owns the value of a numeral and the tokens that figures are read from. Must never decide whether a number is a figure
worth keeping: that is ``news.quantities``'s.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

from news.tables import load_toml
from news.text import lower_in_place, stop_words

__all__ = ["Number", "QuantityWords", "Token", "quantity_words", "read_number", "read_tokens"]

_WORDS = r"(?:[a-z]+[^\W\d_]*|[^\W\d_]+)(?:['’.][^\W\d_]+)*"  # plain letters go by a bitmap
_SIGNS = r"|[$€£₽¥₴₪₹%]|[-–—]"
_DIGITS = r"|\d+(?:[.,]\d+)*"
_ENGLISH_TOKEN = re.compile(_WORDS + _DIGITS + _SIGNS)
_TOKEN = re.compile(
    r"(?:тыс|млн|млрд|трлн|руб|долл|кв|куб)\.|" + _WORDS + r"|\d{1,3}(?: \d{3})+(?![\d.,]\d|\d)" + _DIGITS + _SIGNS
)
_PLAIN = dict(zip("áéíóúüñёàèìòùçãõâêôÁÉÍÓÚÜÑЁ–", "aeiouuneaeioucaoaeoaeiouune-", strict=True))
_MARKED = re.compile(f"[{''.join(_PLAIN)}]")
_THOUSANDS = re.compile(r"\d{1,3}(?:([.,])\d{3})(?:\1\d{3})*")
_SUFFIXES = frozenset(("st", "nd", "rd", "th", "й", "го", "я", "ое", "ая"))
_SHORT_MULTIPLIERS = frozenset(("k", "m", "b", "mm"))
_HUNDRED = 100
_DOZEN = 12
_ARTICLES = frozenset(("a", "an", "half", "un", "una"))
_FRACTIONS = frozenset(("third", "thirds", "half", "quarter", "quarters", "fourths", "fifth", "fifths", "tenths"))


class Token(NamedTuple):
    """One word, number or sign.

    Attributes:
        word: lower case without accents.
        is_glued: no space stands before it.
    """

    start: int
    end: int
    word: str
    is_glued: bool

    @property
    def is_word(self) -> bool:
        """Whether it consists of letters."""
        return self.word[0].isalpha()


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


@dataclass(frozen=True, slots=True)
class QuantityWords:
    """The words of ``quantities.toml``; numbers, multipliers and collectives of all languages together."""

    numbers: Mapping[str, float]
    english: frozenset[str]
    multipliers: Mapping[str, float]
    collectives: Mapping[str, float]
    ordinals: Mapping[str, int]
    idle: frozenset[str]
    bounds: Mapping[str, str]
    units: Mapping[str, str]
    prefixes: tuple[tuple[str, str], ...]
    symbols: Mapping[str, str]
    objects: Mapping[str, str]
    object_prefixes: tuple[tuple[str, str], ...]
    counted: frozenset[str]
    counted_words: frozenset[str]
    fates: Mapping[str, str]
    auxiliaries: frozenset[str]
    starters: frozenset[str]
    stops: Mapping[str, frozenset[str]]
    designators: frozenset[str]
    months: frozenset[str]
    clock: frozenset[str]

    def find_unit(self, word: str) -> str:
        """Return the canonical unit that a word (or words joined by hyphens) names, or an empty string."""
        found = self.units.get(word, "")
        if found or word[:1] < "а" or "-" in word:
            return found
        return next((unit for prefix, unit in self.prefixes if word.startswith(prefix)), "")

    def is_stop(self, word: str, language: str) -> bool:
        """Tell whether a word ends the group in which what is counted is looked for."""
        return word in self.stops.get(language, self.stops["en"])

    def is_plural(self, word: str) -> bool:
        """Tell whether a word looks like several things; in Russian any listed word does."""
        if word in self.objects or self._by_prefix(word):
            return True
        return len(word) > 2 and word.endswith("s") and not word.endswith(("ss", "us", "is", "'s"))  # noqa: PLR2004 - "as", "is"

    def singular(self, word: str) -> str:
        """Return the singular of an English or Spanish noun by rule, or the listed English word for it."""
        listed = self.objects.get(word) or self._by_prefix(word)
        if listed:
            return listed
        if word.endswith("ies") and len(word) > len("ties"):
            return word[:-3] + "y"
        if word.endswith(("sses", "shes", "ches", "xes", "iones", "ores")):
            return word[:-2]
        return word[:-1] if self.is_plural(word) else word

    def _by_prefix(self, word: str) -> str:
        if word[:1] < "а":
            return ""
        return next((name for prefix, name in self.object_prefixes if word.startswith(prefix)), "")


def _pairs(block: str) -> dict[str, float]:
    return {word: float(value) for word, _, value in (pair.partition("=") for pair in block.split())}


def _names(block: str) -> dict[str, str]:
    return {word: name for word, _, name in (pair.partition("=") for pair in block.split())}


def _merged(table: Mapping[str, str]) -> dict[str, float]:
    return {word: value for language in ("ru", "es", "en") for word, value in _pairs(table[language]).items()}


@cache
def quantity_words() -> QuantityWords:
    """Return the words around figures, read once."""
    table = load_toml("quantities.toml")
    units = {word: unit for unit, block in table["units"].items() for word in block.split()}
    objects = _names(table["objects"]["en"]) | _names(table["objects"]["es"])
    return QuantityWords(
        numbers=_merged(table["numbers"]),
        english=frozenset(_pairs(table["numbers"]["en"])),
        multipliers=_merged(table["multipliers"]),
        collectives=_merged(table["collectives"]),
        ordinals={word: int(value) for word, value in _pairs(table["ordinals"]["en"]).items()},
        idle=frozenset(table["ordinals"]["idle"].split()),
        bounds=_bounds(table["bounds"]),
        units={word: unit for word, unit in units.items() if not word.endswith("*")},
        prefixes=tuple((word[:-1], unit) for word, unit in units.items() if word.endswith("*")),
        symbols=table["symbols"],
        objects=objects,
        object_prefixes=tuple(_names(table["objects"]["ru"]).items()),
        counted=frozenset(objects.values()),
        counted_words=frozenset(objects),
        fates=_names(table["objects"]["fates"]),
        auxiliaries=frozenset(table["objects"]["auxiliaries"].split()),
        starters=_starters(table),
        stops={code: frozenset(table["stops"]["verbs"].split()) | stop_words(code) for code in ("en", "es", "ru")},
        designators=frozenset(table["not_figures"]["designators"].split()),
        months=frozenset(table["not_figures"]["months"].split()),
        clock=frozenset(table["not_figures"]["clock"].split()),
    )


def _starters(table: Mapping[str, Any]) -> frozenset[str]:
    """Return all words and signs that a figure can begin with, digits aside."""
    names = set(table["symbols"]) | _ARTICLES | set(_pairs(table["ordinals"]["en"]))
    return frozenset(names | set(_merged(table["numbers"])) | set(_merged(table["collectives"])))


def _bounds(table: Mapping[str, Any]) -> dict[str, str]:
    return {
        phrase: kind
        for kind, block in table.items()
        for line in block.strip().split("\n")
        for phrase in line.split("|")
    }


def read_tokens(text: str, language: str) -> list[Token]:
    """Return the words, numbers and signs of ``text`` in order; a space groups digits in all languages but English."""
    pattern = _ENGLISH_TOKEN if language in {"", "en"} else _TOKEN
    found = list(pattern.finditer(_plain(text)))
    spans = [match.span() for match in found]
    befores = [-1, *[end for _, end in spans]]
    make = tuple.__new__  # half the price of the constructor, for each word of each article
    return [
        make(Token, (start, end, match[0].rstrip("."), start == before))
        for match, (start, end), before in zip(found, spans, befores, strict=False)
    ]


def _plain(text: str) -> str:
    """Return ``text`` in small letters without accents, offset for offset."""
    if text.isascii():
        return text.lower()
    return lower_in_place(_MARKED.sub(lambda mark: _PLAIN[mark[0]], text))


def read_number(tokens: Sequence[Token], index: int, language: str) -> Number | None:
    """Return the numeral that begins at ``index``, with a sign of currency before it and multipliers after it."""
    words = quantity_words()
    token = tokens[index]
    if token.word not in words.starters and not token.word[0].isdecimal():
        return None
    currency = words.symbols.get(token.word, "")
    if currency:
        number = _read_digits(tokens, index + 1, language) if index + 1 < len(tokens) else None
        return number._replace(first=index, currency=currency) if number else None
    if token.word[0].isdecimal():
        return _read_digits(tokens, index, language)
    if token.word in words.ordinals:
        return Number(index, index + 1, words.ordinals[token.word], language, is_word=True, is_ordinal=True)
    if token.word in words.collectives and not _is_multiplier_place(tokens, index):
        return _read_collective(tokens, index, language)
    return _read_words(tokens, index, language)


def _is_multiplier_place(tokens: Sequence[Token], index: int) -> bool:
    return index > 0 and (tokens[index - 1].word[:1].isdecimal() or tokens[index - 1].word in quantity_words().numbers)


def _read_digits(tokens: Sequence[Token], index: int, language: str) -> Number | None:
    token = tokens[index]
    if not token.word[0].isdecimal() or (token.is_glued and index and tokens[index - 1].is_word):
        return None
    value = _value(token.word, language)
    if value is None:
        return None
    after = index + 1
    if after < len(tokens) and tokens[after].is_glued and tokens[after].word in _SUFFIXES:
        return Number(index, after + 1, value, language, is_ordinal=True)
    if after < len(tokens) and tokens[after].is_glued and tokens[after].is_word and not _is_measure(tokens[after]):
        return None  # "737MAX", "300VM"
    return _multiply(tokens, Number(index, after, value, language))


def _is_measure(token: Token) -> bool:
    words = quantity_words()
    return token.word in words.multipliers or bool(words.find_unit(token.word))


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


def _multiply(tokens: Sequence[Token], number: Number) -> Number:
    """Take in the multipliers after a number ("6 billion", "2 mil millones", "100 тыс.", "3m", "a 5-million")."""
    words = quantity_words()
    index, value, product = number.after, number.value, 1.0
    while index < len(tokens):
        place = index + 1 if tokens[index].word == "-" and index + 1 < len(tokens) else index
        factor = _factor(tokens[place].word, words)
        if factor is None or (tokens[place].word in _SHORT_MULTIPLIERS and not tokens[place].is_glued):
            break
        if tokens[place].word == "m" and not (number.currency or _before_is_money(tokens, number.first)):
            break
        value, product, index = value * factor, product * factor, place + 1
    return number._replace(after=index, value=value, factor=product)


def _before_is_money(tokens: Sequence[Token], index: int) -> bool:
    return index > 0 and tokens[index - 1].word in quantity_words().symbols


def _factor(word: str, words: QuantityWords) -> float | None:
    found = words.multipliers.get(word)
    if found is not None or word[:1] < "а":
        return found
    prefixes = ((key, value) for key, value in words.multipliers.items() if key.endswith("*"))
    return next((value for key, value in prefixes if word.startswith(key[:-1])), None)


def _read_collective(tokens: Sequence[Token], index: int, language: str) -> Number:
    """Return "dozens", "tens of thousands", "cientos de miles"; the second multiplies the first."""
    words = quantity_words()
    value, after = words.collectives[tokens[index].word], index + 1
    place = index + 2 if index + 1 < len(tokens) and tokens[index + 1].word in {"of", "de"} else index + 1
    if place < len(tokens) and tokens[place].word in words.collectives:
        value *= words.collectives[tokens[place].word] / 2
        after = place + 1
    return Number(index, after, value, language, is_word=True, is_collective=True)


def _read_words(tokens: Sequence[Token], index: int, language: str) -> Number | None:
    words = quantity_words()
    first = tokens[index].word
    if first in _ARTICLES:
        return _read_article(tokens, index, language)
    if first not in words.numbers:
        return None
    if first not in words.english:
        return _multiply(tokens, Number(index, index + 1, words.numbers[first], language, is_word=True))
    return _read_english(tokens, index, language)


def _read_article(tokens: Sequence[Token], index: int, language: str) -> Number | None:
    """Return "a million", "half a million", "a dozen", "half a dozen", "un millón"."""
    words = quantity_words()
    half = tokens[index].word == "half"
    place = index + 2 if half and index + 1 < len(tokens) and tokens[index + 1].word in {"a", "an"} else index + 1
    if place >= len(tokens) or len(tokens[place].word) <= 2:  # noqa: PLR2004 - "a k", "a m" are no numbers
        return None
    factor = words.multipliers.get(tokens[place].word)
    if factor is None or (half and factor < _DOZEN) or tokens[place].word == "score":
        return None
    number = _multiply(tokens, Number(index, place + 1, factor * (0.5 if half else 1), language, is_word=True))
    return number._replace(is_word=True)


def _read_english(tokens: Sequence[Token], index: int, language: str) -> Number | None:
    """Return the value of English number words in a row ("two hundred and fifty thousand"; "twenty-five")."""
    words = quantity_words()
    total, current, place = 0.0, 0.0, index
    last_value = float("inf")
    while place < len(tokens):
        word = tokens[place].word
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
    is_one = place == index + 1 and tokens[index].word == "one"
    return Number(index, place, total + current, language, is_word=True, is_one=is_one)


def _is_fraction(tokens: Sequence[Token], place: int) -> bool:
    """Tell whether a hyphen and a part follow ("two-thirds")."""
    if place + 1 >= len(tokens) or tokens[place].word != "-" or not tokens[place].is_glued:
        return False
    return tokens[place + 1].word in _FRACTIONS


def _goes_on(tokens: Sequence[Token], place: int, words: QuantityWords, join: str) -> bool:
    """Tell whether "and" or a hyphen joins two parts of one number."""
    if place + 1 >= len(tokens) or tokens[place + 1].word not in words.english:
        return False
    if join == "-":
        return words.numbers.get(tokens[place - 1].word, 0) >= 20 and words.numbers[tokens[place + 1].word] < 10  # noqa: PLR2004 - twenty-five
    return words.multipliers.get(tokens[place - 1].word, 0) >= _HUNDRED
