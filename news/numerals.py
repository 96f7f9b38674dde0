"""Numbers in words and digits.

Owns the value of a numeral and the tokens that figures are read from. Must never decide whether a number is a figure
worth keeping: that is ``news.quantities``'s.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple, overload

from news.chunks import Chunks, cut_chunks, read_on
from news.memo import WordMemo
from news.quantity_words import ARTICLES, QuantityWords, quantity_words
from news.text import lower_in_place

__all__ = ["Number", "QuantityWords", "Token", "Tokens", "quantity_words", "read_number", "read_tokens"]

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


class Tokens(Sequence[Token]):
    """The tokens of a text in order; each is made when it is asked for, since few stand beside a figure.

    Attributes:
        words: those of all tokens.
    """

    def __init__(self, cut: Chunks, views: Sequence[_View]) -> None:
        """Take the chunks of a text and the tokens that begin in each."""
        begun = list(zip(cut.starts, views, strict=True))
        self._starts = [begin + at for begin, view in begun for at in view.starts]
        self._ends = [begin + at for begin, view in begun for at in view.ends]
        self._made: dict[int, Token] = {}
        self.text = cut.text
        self.words = [word for view in views for word in view.words]

    def __len__(self) -> int:
        return len(self.words)

    @overload
    def __getitem__(self, at: int) -> Token: ...
    @overload
    def __getitem__(self, at: slice) -> list[Token]: ...
    def __getitem__(self, at: int | slice) -> Token | list[Token]:
        if isinstance(at, slice):
            return [self[index] for index in range(*at.indices(len(self.words)))]
        made = self._made.get(at)
        if made is None:
            made = self._made[at] = self._make(at)
        return made

    def _make(self, at: int) -> Token:
        return Token(self._starts[at], self._ends[at], self.words[at], self.is_glued(at))

    def start_of(self, at: int) -> int:
        """Return the offset of a token."""
        return self._starts[at]

    def end_of(self, at: int) -> int:
        """Return the offset behind a token."""
        return self._ends[at]

    def is_glued(self, at: int) -> bool:
        """Tell whether nothing stands between a token and the one before it."""
        return at > 0 and self._ends[at - 1] == self._starts[at]

    def gap(self, text: str, at: int) -> str:
        """Return what stands in ``text`` between a token, not the first, and the one before it."""
        return text[self._ends[at - 1] : self._starts[at]]

    def list_starts(self) -> list[int]:
        """Return the indexes of the tokens that a figure can begin with; "a" only before a multiplier ("a million")."""
        known, words = quantity_words(), self.words
        starters, multipliers = known.starters, known.multipliers
        starts = [at for at, word in enumerate(words) if word in starters or word[0].isdecimal()]
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


def read_tokens(text: str | Chunks, language: str) -> Tokens:
    """Return the words, numbers and signs of ``text`` in order; a space groups digits in all languages but English."""
    cut = text if isinstance(text, Chunks) else cut_chunks(text)
    is_english = language in {"", "en"}
    seen = _seen_in_english if is_english else _seen_elsewhere
    views = [seen[chunk] for chunk in cut.chunks]
    if not is_english:
        _join_groups(cut, views)
    return Tokens(cut, views)


def _join_groups(cut: Chunks, views: list[_View]) -> None:
    """Read digits that a space groups ("10 000") as one number."""
    pairs = enumerate(pairwise(cut.chunks))
    places = [at for at, (chunk, other) in pairs if chunk[-1:].isdecimal() and other[:1].isdecimal()]
    if places:
        cut = cut._replace(text=_plain(cut.text))
    after = 0
    for at in places:
        if at >= after:
            found, n_chunks = read_on(_TOKEN, cut, at, lambda match: match)
            after = at + n_chunks
            views[at:after] = [_view_of(found, cut.starts[at]), *[_NOTHING] * (n_chunks - 1)]


class _View(NamedTuple):
    """The tokens that begin in a chunk, and where each begins and ends from the chunk's start."""

    words: tuple[str, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]


_NOTHING = _View((), (), ())


def _view_of(found: Sequence[re.Match[str]], begin: int = 0) -> _View:
    return _View(
        tuple([match.group().rstrip(".") for match in found]),
        tuple([match.start() - begin for match in found]),
        tuple([match.end() - begin for match in found]),
    )


_seen_in_english = WordMemo(lambda chunk: _view_of(list(_ENGLISH_TOKEN.finditer(_plain(chunk)))))
_seen_elsewhere = WordMemo(lambda chunk: _view_of(list(_TOKEN.finditer(_plain(chunk)))))


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
    if first in ARTICLES:
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
    return number._replace(is_word=True) if half else _with_rest(tokens, number._replace(is_word=True))


def _with_rest(tokens: Sequence[Token], number: Number) -> Number:
    """Return "a hundred" with what "and" adds to it ("a hundred and twelve")."""
    words, place = quantity_words(), number.after
    if number.value not in {_HUNDRED, 10 * _HUNDRED} or not _goes_on(tokens, place, words, "and"):
        return number
    rest = _read_english(tokens, place + 1, number.language) if tokens[place].word == "and" else None
    if rest is None or rest.value >= number.value:
        return number
    return number._replace(after=rest.after, value=number.value + rest.value)


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
