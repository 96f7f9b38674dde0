"""What a reader asks about, as it is typed: names, words and phrases, with OR and brackets.

Owns which expressions are topics. How they are written is ``news.expression_grammar``'s, the one grammar of readers and
watches; what a name is, ``news.topics``'s. Must never guess at what a mistake was meant for.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import product

from news.errors import QueryError
from news.expression_grammar import parse_expression
from news.expressions import KIND_FILTERS, Either, Every, Expression, Filter, Names, Not, Pattern
from news.text import stem_words
from news.topics import MAX_TERMS, MAX_TOPIC, Resolve, Topic, TopicTerm

EXAMPLE = 'such as: venezuela russia, or: venezuela (oil OR "cargo flight")'
"""What may be asked about, for whoever made a mistake."""

_EXCLUDES = re.compile(r"(?<![^\s(])(?:NOT\b|-(?=\S))")

_Way = tuple[TopicTerm, ...]
"""Terms that must all fit."""


def parse_asked(text: str, resolve: Resolve) -> Topic:
    """Return the topic that ``text`` describes: terms that must all fit, and with OR the other ways in which it fits.

    "venezuela (oil OR gas)" fits where Venezuela and oil do, or Venezuela and gas. ``place:``, ``person:``, ``org:``
    and ``equipment:`` take a name of that kind only. Raises QueryError with the position of the mistake and an example,
    also for what only a watch can do: NOT, patterns, other filters.
    """
    if len(text) > MAX_TOPIC:
        raise QueryError(f"it is longer than {MAX_TOPIC} characters; {EXAMPLE}", position=MAX_TOPIC)
    expression = parse_expression(text, resolve, example=EXAMPLE)
    ways = _list_ways(expression, text)
    if not ways[0]:
        raise QueryError(f"* is for watches, and a history is that of something; {EXAMPLE}", position=0)
    if sum(map(len, ways)) > MAX_TERMS:
        raise QueryError(f"it comes to more than {MAX_TERMS} parts; {EXAMPLE}", position=len(text))
    return Topic(text.strip(), ways[0], tuple(ways[1:]))


def _list_ways(expression: Expression, text: str) -> list[_Way]:
    """Return the ways in which an expression fits, each by terms that must all fit."""
    match expression:
        case Names(topic):
            return [topic.terms]
        case Every(parts):
            ways = [_list_ways(part, text) for part in parts]
            return _unique([sum(chosen, ()) for chosen in _bounded_product(ways)])
        case Either(parts):
            return _unique([way for part in parts for way in _list_ways(part, text)])
        case Filter(name, value, keys) if name in KIND_FILTERS:
            return [(_term_of(name, value, keys, text),)]
        case Filter(name, value):
            raise QueryError(f"{_ELSEWHERE[name]}; {EXAMPLE}", position=_find(text, f"{name}:", value))
        case Pattern(source):
            raise QueryError(f"patterns are for watches; {EXAMPLE}", position=_find(text, "/", source))
        case Not():
            found = _EXCLUDES.search(text)
            raise QueryError(f"leaving something out is for watches; {EXAMPLE}", position=found.start() if found else 0)


_ELSEWHERE = {
    "kind": "a kind of event goes beside the topic, as in: venezuela --kind sanction",
    "lang": "lang: is for watches",
    "outlet": "outlet: is for watches",
}


def _bounded_product(ways: Sequence[Sequence[_Way]]) -> list[tuple[_Way, ...]]:
    n_ways = 1
    for each in ways:
        n_ways *= len(each)
    if n_ways > MAX_TERMS:
        raise QueryError(f"it comes to more than {MAX_TERMS} parts; {EXAMPLE}", position=0)
    return list(product(*ways))


def _unique(ways: Sequence[_Way]) -> list[_Way]:
    return list(dict.fromkeys(tuple(dict.fromkeys(way)) for way in ways))


def _term_of(name: str, value: str, keys: tuple[str, ...], text: str) -> TopicTerm:
    if not keys:
        raise QueryError(f"{name}:{value} is no name that is known; {EXAMPLE}", position=_find(text, f"{name}:", value))
    return TopicTerm(value, keys, stem_words(value))


def _find(text: str, mark: str, value: str) -> int:
    """Return where something begins that the grammar took; expressions carry no offsets."""
    at = text.casefold().find(f"{mark}{value}".casefold())
    return at if at >= 0 else text.casefold().find(mark.casefold())
