"""How expressions of watches are written: names, words and phrases, joined by AND, OR and NOT, filters and patterns.

Owns the grammar and where a mistake is. What an expression takes is ``news.queries.expressions``'s; a run of names and
words in one is a topic (``news.queries.topics``).

    expression = all ("OR" all)*
    all        = part (["AND"] part)*
    part       = ("NOT" | "-") part | "(" expression ")" | filter ":" value | "/" pattern "/" | names, words, phrases

AND, OR and NOT are capitals only, so that a topic may hold the words. NOT before names excludes the first of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import regex

from news.errors import QueryError
from news.model import EventKind
from news.queries.expressions import (
    EVERYTHING,
    FILTERS,
    KIND_FILTERS,
    Either,
    Every,
    Expression,
    Filter,
    Names,
    Not,
    Pattern,
    compile_pattern,
)
from news.queries.topics import Resolve, Topic, parse_topic

MAX_EXPRESSION = 500
"""Characters of the longest expression."""

MAX_PARTS = 40
"""Most parts of an expression."""

EXAMPLE = 'such as: venezuela (oil OR "cargo flight") NOT outlet:tass kind:sanction'
"""What a watch may listen to, for whoever made a mistake."""

_BRACKET_EXAMPLE = "such as: venezuela (oil OR gas)"
_QUOTE_EXAMPLE = {
    '"': 'such as: venezuela "cargo flight"',
    "”": "such as: venezuela “cargo flight”",
    "“": "such as: venezuela „cargo flight“",
    "»": "such as: venezuela «cargo flight»",
}
_PATTERN_EXAMPLE = r"such as: venezuela /cargo flights?/"
_MAX_DEPTH = 10
_MAX_PATTERN = 200
_MAX_REPEATS = 1_000
_QUOTES = {'"': '"', "“": "”", "„": "“", "«": "»"}
_TOKEN = re.compile(
    r"(?P<space>\s+)"
    r"|(?P<open>\()|(?P<close>\))"
    r"|(?P<word>(?:AND|OR|NOT)(?=[\s()]|$))"
    r"|(?P<minus>-(?=[^\s-]))"
    r"|(?P<filter>[A-Za-z]{2,12}):(?=\S)"
    r"|(?P<pattern>/)"
    r"|(?P<plain>[^\s()\"“„«]+)"
)
_REPEAT = re.compile(r"\{\s*(\d*)\s*,?\s*(\d*)\s*\}")


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str
    start: int


def parse_expression(text: str, resolve: Resolve, *, example: str = EXAMPLE) -> Expression:
    """Return what ``text`` describes; ``*`` alone takes everything.

    Raises QueryError with the position of the mistake and the example.
    """
    try:
        return _parse(text, resolve)
    except _MistakeError as error:
        raise QueryError(f"{error}; {error.example or example}", position=error.position) from error


def _parse(text: str, resolve: Resolve) -> Expression:
    if text.strip() == EVERYTHING:
        return Every()
    if len(text) > MAX_EXPRESSION:
        raise _error(f"it is longer than {MAX_EXPRESSION} characters", MAX_EXPRESSION)
    tokens = list(_iter_tokens(text))
    if not tokens:
        raise _error("it is empty", 0)
    if len(tokens) > MAX_PARTS:
        raise _error(f"it has more than {MAX_PARTS} parts", tokens[MAX_PARTS].start)
    _check_brackets(tokens)
    parser = _Parser(tokens, len(text), resolve)
    found = parser.either(0)
    parser.expect_end()
    return found


def _check_brackets(tokens: Sequence[_Token]) -> None:
    """Raise QueryError at the last bracket that is never closed: what is missing in it is missing for that reason."""
    opened: list[int] = []
    for token in tokens:
        if token.kind == "open":
            opened.append(token.start)
        elif token.kind == "close" and opened:
            opened.pop()
    if opened:
        raise _error("the bracket opened here is not closed", opened[-1], example=_BRACKET_EXAMPLE)


class _Parser:
    """Goes once over the tokens, from left to right."""

    def __init__(self, tokens: Sequence[_Token], end: int, resolve: Resolve) -> None:
        self._tokens = tokens
        self._at = 0
        self._end = end
        self._resolve = resolve

    def either(self, depth: int) -> Expression:
        """Take ``all ("OR" all)*``."""
        if depth > _MAX_DEPTH:
            raise _error(f"it has more than {_MAX_DEPTH} brackets within each other", self._position)
        parts = [self._every(depth)]
        while self._is_word("OR"):
            self._at += 1
            parts.append(self._every(depth))
        return parts[0] if len(parts) == 1 else Either(tuple(parts))

    def expect_end(self) -> None:
        """Raise QueryError if something is left."""
        if self._token is not None:
            raise _error("this bracket closes nothing", self._position)

    @property
    def _token(self) -> _Token | None:
        return self._tokens[self._at] if self._at < len(self._tokens) else None

    @property
    def _position(self) -> int:
        token = self._token
        return self._end if token is None else token.start

    def _is_word(self, *words: str) -> bool:
        token = self._token
        return token is not None and token.kind == "word" and token.text in words

    def _every(self, depth: int) -> Expression:
        parts: list[Expression] = []
        is_joined = True
        while self._token is not None and self._token.kind != "close" and not self._is_word("OR"):
            if self._is_word("AND"):
                if is_joined:
                    raise _error("AND has nothing before it", self._position)
                self._at, is_joined = self._at + 1, True
                continue
            parts.append(self._part(depth))
            is_joined = False
        if is_joined:
            raise _error("something is missing here", self._position)
        return parts[0] if len(parts) == 1 else Every(tuple(parts))

    def _part(self, depth: int) -> Expression:
        token = self._tokens[self._at]
        if token.kind == "minus" or self._is_word("NOT"):
            self._at += 1
            if self._token is None or self._token.kind in {"close", "word", "minus"}:
                raise _error(f"{token.text} has nothing to exclude", token.start)
            return _exclude(self._part(depth))
        if token.kind == "open":
            return self._bracket(depth)
        if token.kind == "filter":
            self._at += 1
            return _make_filter(token, self._resolve)
        if token.kind == "pattern":
            self._at += 1
            return _make_pattern(token)
        return self._names()

    def _bracket(self, depth: int) -> Expression:
        self._at += 1
        inner = self.either(depth + 1)
        self._at += 1
        return inner

    def _names(self) -> Expression:
        run: list[_Token] = []
        while self._token is not None and self._token.kind == "plain":
            run.append(self._token)
            self._at += 1
        try:
            return Names(parse_topic(" ".join(token.text for token in run), self._resolve))
        except QueryError as error:
            reason = str(error).partition("; ")[0]  # without the example of a topic: the caller has one
            raise _error(reason, run[0].start + (error.position or 0)) from error


def _exclude(part: Expression) -> Expression:
    """Return what takes all but ``part``; of several names in a row only the first is excluded."""
    if not isinstance(part, Names) or len(part.topic.terms) == 1:
        return Not(part)
    first, *others = part.topic.terms
    rest = Names(Topic(" ".join(term.text for term in others), tuple(others)))
    return Every((Not(Names(Topic(first.text, (first,)))), rest))


def _iter_tokens(text: str) -> Iterator[_Token]:
    at = 0
    while at < len(text):
        closing = _QUOTES.get(text[at])
        if closing is not None:
            end = _find_end(text, closing, at, "the quote opened here is not closed")
            yield _Token("plain", f'"{text[at + 1 : end]}"', at)
            at = end + 1
            continue
        found = _TOKEN.match(text, at)
        kind, end = (found.lastgroup or "plain", found.end()) if found else ("plain", at + 1)
        if kind == "pattern":
            end = _find_end(text, "/", at, "the pattern opened here is not closed")
            yield _Token(kind, text[at + 1 : end], at)
            end += 1
        elif kind == "filter":
            value, end = _take_value(text, end)
            yield _Token(kind, f"{text[at : text.index(':', at)]}:{value}", at)
        elif kind != "space":
            yield _Token(kind, text[at:end], at)
        at = end


def _find_end(text: str, closing: str, at: int, reason: str) -> int:
    end = text.find(closing, at + 1)
    while closing == "/" and end > 0 and text[end - 1] == "\\":
        end = text.find(closing, end + 1)
    if end < 0:
        raise _error(reason, at, example=_PATTERN_EXAMPLE if closing == "/" else _QUOTE_EXAMPLE.get(closing, ""))
    return end


def _take_value(text: str, at: int) -> tuple[str, int]:
    """Return the value of a filter, a word or a quoted phrase, and where it ends."""
    closing = _QUOTES.get(text[at])
    if closing is not None:
        end = _find_end(text, closing, at, "the quote opened here is not closed")
        return text[at + 1 : end], end + 1
    end = at
    while end < len(text) and not text[end].isspace() and text[end] not in "()":
        end += 1
    return text[at:end], end


def _make_filter(token: _Token, resolve: Resolve) -> Filter:
    name, _, value = token.text.partition(":")
    name = name.lower()
    if name not in FILTERS:
        filters = ", ".join(f"{each}:" for each in FILTERS)
        raise _error(f"there is no filter “{name}:”; there are {filters}", token.start)
    if not value.strip():
        raise _error(f"{name}: names nothing", token.start)
    if name == "kind" and value.lower() not in set(EventKind):
        raise _error(f"there is no kind “{value}”; there are {', '.join(EventKind)}", token.start)
    if name == "lang" and not re.fullmatch("[a-zA-Z]{2}", value):
        raise _error("a language is two letters, such as lang:es", token.start)
    wanted = KIND_FILTERS.get(name)
    keys = tuple(entity.key for entity in resolve(value) if entity.kind is wanted) if wanted else ()
    return Filter(name, value, keys)


def _make_pattern(token: _Token) -> Pattern:
    if not token.text:
        raise _error("the pattern is empty", token.start)
    if len(token.text) > _MAX_PATTERN:
        raise _error(f"the pattern is longer than {_MAX_PATTERN} characters", token.start)
    if any(len(n) > len(str(_MAX_REPEATS)) or (n and int(n) > _MAX_REPEATS) for n in _iter_repeats(token.text)):
        raise _error(f"the pattern repeats something more than {_MAX_REPEATS} times", token.start)
    try:
        compile_pattern(token.text)
    except (regex.error, OverflowError, MemoryError, RecursionError) as error:
        raise _error(f"the pattern cannot be understood ({error})", token.start) from error
    return Pattern(token.text)


def _iter_repeats(source: str) -> Iterator[str]:
    for found in _REPEAT.finditer(source):
        yield from found.groups()


class _MistakeError(QueryError):
    """What is wrong, and an example of its own where the caller's would not show it ("" otherwise)."""

    def __init__(self, reason: str, position: int, example: str) -> None:
        super().__init__(reason, position=position)
        self.example = example


def _error(reason: str, position: int, *, example: str = "") -> _MistakeError:
    return _MistakeError(reason, position, example)
