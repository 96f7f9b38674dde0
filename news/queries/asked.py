"""What a reader asks about, as it is typed: names, words and phrases, with OR and brackets.

Owns which expressions are topics. How they are written is ``news.queries.expression_grammar``'s, the one grammar of
readers and watches; what a name is, ``news.queries.topics``'s. Must never guess at what a mistake was meant for.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import product

from news.decision import StoredEvent
from news.errors import QueryError
from news.model import Report
from news.names.entities import get_entity
from news.queries.expression_grammar import parse_expression
from news.queries.expressions import KIND_FILTERS, Either, Every, Expression, Filter, Names, Not, Pattern
from news.queries.topics import MAX_TERMS, MAX_TOPIC, Resolve, Topic, TopicTerm, is_match
from news.words.text import stem_words
from news.words.vocabulary import language_of

EXAMPLE = 'such as: venezuela russia, or: venezuela (oil OR "cargo flight")'
"""What may be asked about, for whoever made a mistake."""

_EXCLUDES = re.compile(r"(?<![^\s(])(?:NOT\b|-(?=\S))")

_QUOTED = re.compile(r"\"[^\"]*\"|“[^”]*”|„[^“]*“|«[^»]*»")
_OPERATOR = re.compile(r"\b(?:OR|AND|NOT)\b")

_Way = tuple[TopicTerm, ...]
"""Terms that must all fit."""


def parse_asked(text: str, resolve: Resolve) -> Topic:
    """Return the topic that ``text`` describes: terms that must all fit, and with OR the other ways in which it fits.

    "venezuela (oil OR gas)" fits where Venezuela and oil do, or Venezuela and gas. ``place:``, ``person:``, ``org:``
    and ``equipment:`` take a name of that kind only. Raises QueryError with the position of the mistake and an example,
    also for what only a watch can do: NOT within OR, patterns, other filters. "venezuela NOT oil" leaves out the events
    that tell of oil.
    """
    if len(text) > MAX_TOPIC:
        raise QueryError(f"it is longer than {MAX_TOPIC} characters; {EXAMPLE}", position=MAX_TOPIC)
    expression = parse_expression(text, resolve, example=EXAMPLE)
    parts = expression.parts if isinstance(expression, Every) else (expression,)
    kept = [part for part in parts if not isinstance(part, Not)]
    excluded = [part.part for part in parts if isinstance(part, Not)]
    if excluded and not kept:
        raise QueryError(f"a history is that of something, and this only says of what not; {EXAMPLE}", position=0)
    ways = _list_ways(Every(tuple(kept)), text)
    without = [way for part in excluded for way in _list_ways(part, text)]
    if not ways[0]:
        raise QueryError(f"* is for watches, and a history is that of something; {EXAMPLE}", position=0)
    if sum(map(len, (*ways, *without))) > MAX_TERMS:
        raise QueryError(f"it comes to more than {MAX_TERMS} parts; {EXAMPLE}", position=len(text))
    return Topic(text.strip(), ways[0], tuple(ways[1:]), tuple(without))


def is_left_out(topic: Topic, event: StoredEvent) -> bool:
    """Return whether an account of the event tells of what the topic leaves out, by name or by word."""
    if not topic.without:
        return False
    left_out = Topic("", topic.without[0], topic.without[1:])
    return any(_tells_of(left_out, stored.report) for stored in event.reports)


def _tells_of(topic: Topic, report: Report) -> bool:
    own = (*report.actors, *report.places, *report.equipment)
    found = (get_entity(key) for key in own)
    keys = {*own, *(outer for entity in found if entity is not None for outer in entity.within)}
    return is_match(topic, keys, stem_words(report.quote, language_of(report.quote)))


def find_quoted(text: str) -> str:
    """Return the first quoted phrase that has OR, AND or NOT in it, which are only words there; "" for none."""
    quoted = (found[0] for found in _QUOTED.finditer(text))  # in order: a mark that closes opens no other
    return next((part for part in quoted if _OPERATOR.search(part)), "")


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
            raise QueryError(
                f"NOT stands beside the whole of a topic and not within OR or brackets; {EXAMPLE}",
                position=found.start() if found else 0,
            )


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
