"""Cuts a text into words and gives each word that can belong to a time expression its class.

A text becomes one string with one character per token, so that the grammar is one compiled expression over classes.
The room never looks at more than one token at a time and never decides what a phrase means.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, partial
from itertools import pairwise
from typing import Any, Final, NamedTuple

from news.memo import WordMemo
from news.words.number_words import written_numbers
from news.words.spelled_numbers import Spelled, read_spelled
from news.words.text import plain_in_place

_CLASS_NAMES: Final = (
    "word name plural mark break open close comma dot hyph poss money percent iso slash clock ampm zone int year"
    " day frac decade ord num teen scale month hazymonth weekday weekdays wdabbr season seasons unit units quarter"
    " period half a the its this current that same last past latest previous next coming following ago earlier"
    " later hence before after edge edgen reld part parts noon tonight holiday weekend weekends fiscal every per"
    " rate times vague approx more additional than least up no to of from prep on at in and or now right moment"
    " recent time future near ended long old ahead so tail lastnight tomorrow while term eve new qletter share"
)
CLASSES: Final = tuple(_CLASS_NAMES.split())
"""Every class that a lexicon may use. The character that stands for a class is private to this package."""

CODE: Final[Mapping[str, str]] = {name: chr(0x100 + index) for index, name in enumerate(CLASSES)}

# The optional space spares the search from trying every kind of token at it; plain letters go by a bitmap.
_TOKEN: Final = re.compile(
    r"""\ ?(?:
    (?P<word>[A-Za-z]{3,}+(?=[ ,.\n])|[A-Za-z]{3,}[^\W\d_]*|(?![aApP](?:\.\ ?)?[mM]\b)[^\W\d_]+)
    |(?P<punct>[^\w\s'’`$£€\#½¼¾])
    |(?P<iso>\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2})?Z?)?(?!\d))
    |(?P<slash>\d{1,2}/\d{1,2}/(?:\d{4}|\d{2})(?!\d)|\d{1,2}\.\d{1,2}\.(?:19|20)\d{2}(?!\d))
    |(?P<clock>\d{1,2}:\d{2}(?!\d)|\d{1,2}\.\d{2}(?=\ ?[aApP]\.?[mM]\b))
    |(?P<decade>\d{3}0['’]?s\b|['’`]\d0s\b)
    |(?P<ord>\d{1,3}(?:st|nd|rd|th)\b)
    |(?P<money>[$£€\#]\s?\d[\d,.]{0,24})
    |(?P<percent>\d[\d,.]{0,24}\s?%)
    |(?P<int>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+\.\d+)
    |(?P<frac>[1-9]/[2-9]\b|[½¼¾])
    |(?P<number>\d+)
    |(?P<ampm>[aApP](?:\.\ ?)?[mM]\b\.?)
    |(?P<poss>['’]s\b)
    |(?P<break>\n[^\S\n]*\n)
    |(?P<mark>[^\w\s]))""",
    re.VERBOSE,
)
_PUNCT: Final = {
    ",": "comma", ".": "dot", "-": "hyph", "–": "hyph", "—": "hyph", "(": "open", ")": "close",
    "“": "open", '"': "open", "‘": "open", "[": "open", "]": "close",
}  # fmt: skip
_MARK_CODES: Final = {mark: CODE[name] for mark, name in _PUNCT.items()}
_MOST_DIGITS: Final = 9
_SHORT: Final = 3
"""Letters up to which a word in -s is no plural: "as", "was", "has"."""

_MOST_DAYS: Final = 31
_TEENS: Final = range(13, 20)
_NUMBER_CLASSES: Final = "".join(CODE[name] for name in ("num", "teen", "scale", "a", "and", "hyph"))
_NUMBERS: Final = re.compile(f"(?:[{CODE['num']}{CODE['teen']}]|{CODE['a']}(?={CODE['scale']}))[{_NUMBER_CLASSES}]+")
"""A run of words that may be one number."""
_YEARS: Final = range(1000, 2200)
"""Numbers of four digits that are read as years."""

_FRACTIONS: Final = {"½": 0.5, "¼": 0.25, "¾": 0.75}


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The time words of one language.

    Attributes:
        words: class and value of each casefolded word.
        proper: words that count only when written with a capital.
        day_first: whether 3/4/2019 is the third of April.
        codes: the characters of the classes of words as written.
    """

    words: Mapping[str, tuple[str, Any]]
    proper: frozenset[str]
    day_first: bool = False
    codes: WordMemo[str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Begin with no word as written."""
        object.__setattr__(self, "codes", WordMemo(lambda raw: CODE[self.class_of(raw)]))

    def class_of(self, raw: str) -> str:
        """Return the class of a word as written."""
        low = raw.casefold()
        known = self.words.get(low)
        if known is not None and (raw[0].isupper() or low not in self.proper):
            return known[0]
        if raw[0].isupper():
            return "name"
        return "plural" if raw[-1] == "s" and len(raw) > _SHORT else "word"


class _Spelled(NamedTuple):
    """A number of several words that are one token: "two hundred and fifty"."""

    end: int
    value: int


@dataclass(frozen=True, slots=True)
class Tokens:
    """A cut text: ``codes`` has one character per token. What a token means is worked out when it is asked for.

    ``matches`` has the first word of a number in several words, which ``numbers`` has by its place.
    """

    text: str
    codes: str
    matches: Sequence[re.Match[str]]
    lexicon: Lexicon
    numbers: Mapping[int, _Spelled]

    def span_of(self, at: int) -> tuple[int, int]:
        """Return where a token stands in the text."""
        start, end = _span(self.matches[at])
        return start, self.numbers[at].end if at in self.numbers else end

    def word_at(self, at: int) -> str:
        """Return a token as written."""
        start, end = self.span_of(at)
        return self.text[start:end]

    def value_of(self, at: int) -> Any:  # noqa: ANN401 - a token's value has the type of its class
        """Return what a token means; a token that no table knows stands for itself."""
        if at in self.numbers:
            return self.numbers[at].value
        match = self.matches[at]
        raw, kind = str(match[match.lastindex or 0]), match.lastgroup or "punct"
        if kind != "word":
            return _PLAIN[kind](raw)[1] if kind in _PLAIN else raw
        known = self.lexicon.words.get(raw.casefold())
        return known[1] if known is not None and CODE[known[0]] == self.codes[at] else raw


@cache
def _codes_of(names: tuple[str, ...]) -> frozenset[str]:
    return frozenset(CODE[name] for name in names)


@dataclass(frozen=True, slots=True)
class Phrase:
    """The tokens of one match, from ``first`` to before ``last``; ``codes`` are those of its tokens."""

    tokens: Tokens
    first: int
    last: int
    codes: str = field(init=False)

    def __post_init__(self) -> None:
        """Cut out the characters of the tokens, which are asked for many times."""
        object.__setattr__(self, "codes", self.tokens.codes[self.first : self.last])

    @property
    def start(self) -> int:
        """Offset of the first character."""
        return self.tokens.span_of(self.first)[0]

    @property
    def end(self) -> int:
        """Offset behind the last character."""
        return self.tokens.span_of(self.last - 1)[1]

    def all(self, *names: str) -> list[Any]:
        """Return the values of all tokens of the classes, in order."""
        wanted = _codes_of(names)
        return [self.tokens.value_of(at) for at, code in enumerate(self.codes, self.first) if code in wanted]

    def get(self, *names: str) -> Any:  # noqa: ANN401 - a token's value has the type of its class
        """Return the value of the first token of any of the classes, or None."""
        wanted = _codes_of(names)
        if wanted.isdisjoint(self.codes):
            return None
        return next(self.tokens.value_of(at) for at, code in enumerate(self.codes, self.first) if code in wanted)

    def has(self, *names: str) -> bool:
        """Tell whether a token of any of the classes is there."""
        return not _codes_of(names).isdisjoint(self.codes)

    def at(self, index: int) -> tuple[str, Any]:
        """Return class name and value of the token at an index from the start."""
        return CLASSES[ord(self.codes[index]) - 0x100], self.tokens.value_of(self.first + index)

    def next_is(self, *names: str, offset: int = 0) -> bool:
        """Tell whether the token after the phrase, or ``offset`` tokens further on, is of one of the classes."""
        at = self.last + offset
        return at < len(self.tokens.codes) and self.tokens.codes[at] in _codes_of(names)

    def following(self, name: str, *, offset: int = 0) -> Any:  # noqa: ANN401 - see get
        """Return the value of the token ``offset`` after the phrase if it is of the class, else None."""
        return self.tokens.value_of(self.last + offset) if self.next_is(name, offset=offset) else None

    def __len__(self) -> int:
        return self.last - self.first


def make_lexicon(
    tables: Mapping[str, Mapping[str, Any] | str],
    language: str,
    *,
    proper: Iterable[str] = (),
    day_first: bool = False,
) -> Lexicon:
    """Build a lexicon from a table per class: words and their values, or a string of words that are their own value.

    The number words of the language are of the classes ``num``, ``teen`` and ``scale``, and ``a`` where they are
    numbers beside others only; the tables go before them.
    """
    words = _number_classes(language)
    capital: set[str] = set()
    capitals = set(proper)
    for name, table in tables.items():
        entries = {word: word for word in table.split()} if isinstance(table, str) else table
        words.update({word: (name, value) for word, value in entries.items()})
        if name in capitals:
            capital.update(entries)
    return Lexicon(words, frozenset(capital), day_first)


def _number_classes(language: str) -> dict[str, tuple[str, Any]]:
    plain = {word: int(value) for word, value in written_numbers(language, "plain").items() if value == int(value)}
    return {
        **{word: ("scale", int(value)) for word, value in written_numbers(language, "scales").items()},
        **{word: ("a", word) for word in written_numbers(language, "inner")},
        **{word: ("teen" if value in _TEENS else "num", value) for word, value in plain.items()},
    }


def _number(raw: str) -> tuple[str, Any]:
    value = int(raw) if len(raw) <= _MOST_DIGITS else 0
    if len(raw) <= len("31"):
        return ("day" if 1 <= value <= _MOST_DAYS else "int"), value
    return ("year" if len(raw) == len("2019") and value in _YEARS else "int"), value


def _decade(raw: str) -> int:
    digits = re.sub(r"\D", "", raw)
    return int(digits[:3]) if len(digits) == len("1990") else 190 + int(digits[0])


def _fraction(raw: str) -> float:
    return _FRACTIONS[raw] if raw in _FRACTIONS else int(raw[0]) / int(raw[2])


_PLAIN: Final[Mapping[str, Callable[[str], tuple[str, Any]]]] = {
    "int": lambda raw: ("int", float(raw.replace(",", ""))),
    "number": _number,
    "decade": lambda raw: ("decade", _decade(raw)),
    "ord": lambda raw: ("ord", int(re.sub(r"\D", "", raw))),
    "frac": lambda raw: ("frac", _fraction(raw)),
    "ampm": lambda raw: ("ampm", raw[0].lower()),
    "punct": lambda raw: (_PUNCT.get(raw, "mark"), raw),
    "mark": lambda raw: (_PUNCT.get(raw, "mark"), raw),
}


def cut(text: str, lexicon: Lexicon) -> Tokens:
    """Cut a text into tokens with classes. Linear in the text's length."""
    matches = list(_TOKEN.finditer(text))
    # Nearly all tokens are words or marks: those cost one look-up each.
    code_of, other = lexicon.codes, CODE["mark"]
    codes = [
        code_of[word] if (word := match[1]) else _MARK_CODES.get(mark, other) if (mark := match[2])
        else _other_code(match)
        for match in matches
    ]  # fmt: skip
    return _with_numbers(Tokens(text, "".join(codes), matches, lexicon, {}))


def _span(match: re.Match[str]) -> tuple[int, int]:
    return match.span(match.lastindex or 0)


def _with_numbers(tokens: Tokens) -> Tokens:
    """Return the tokens with each number of several words as one, but for those that may be years."""
    if _NUMBERS.search(tokens.codes) is None:
        return tokens
    codes: list[str] = []
    matches: list[re.Match[str]] = []
    numbers: dict[int, _Spelled] = {}
    behind = 0
    for first, after, number in _iter_numbers(tokens):
        codes += [tokens.codes[behind:first], CODE["num"]]
        matches += tokens.matches[behind : first + 1]
        numbers[len(matches) - 1], behind = number, after
    codes.append(tokens.codes[behind:])
    return replace(tokens, codes="".join(codes), matches=[*matches, *tokens.matches[behind:]], numbers=numbers)


def _iter_numbers(tokens: Tokens) -> Iterator[tuple[int, int, _Spelled]]:
    """Yield the numbers of several words, each with the indexes of its first word and behind its last."""
    for run in _NUMBERS.finditer(tokens.codes):
        spans = [_span(match) for match in tokens.matches[run.start() : run.end()]]
        words = [plain_in_place(tokens.text[start:end]) for start, end in spans]
        gaps = ["", *(tokens.text[end:start] for (_, end), (start, _) in pairwise(spans))]
        at = 0
        while at < len(words) - 1:
            found = read_spelled(words, at, "", partial(_is_joined, words, gaps))
            if found is not None and found.after > at + 1 and _is_count(found):
                yield run.start() + at, run.start() + found.after, _Spelled(spans[found.after - 1][1], int(found.value))
            at = max(at + 1, found.after if found else 0)


def _is_joined(words: Sequence[str], gaps: Sequence[str], at: int) -> bool:
    return gaps[at] == ("" if "-" in (words[at], words[at - 1]) else " ")


def _is_count(found: Spelled) -> bool:
    """Return whether a number can only count: a year in words is none."""
    return not (found.is_ordinal or found.is_open or found.value != int(found.value) or int(found.value) in _YEARS)


def _other_code(match: re.Match[str]) -> str:
    """Return the character of the class of a token that is no word."""
    kind = match.lastgroup or "punct"
    return CODE[_PLAIN[kind](match[kind])[0] if kind in _PLAIN else kind]
