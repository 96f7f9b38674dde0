"""Finds the time expressions of a text: cut, read, resolve. The one entrance to the package."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Final

from news.dates import english, russian, spanish
from news.dates.compound import join_neighbours
from news.dates.forms import Form, Point
from news.dates.grammar import Grammar
from news.dates.narrative import is_history
from news.dates.resolve import Resolver
from news.dates.vessels import find_vessel_names, is_vessel_name
from news.model import NO_TIME, TimeExpression

_GRAMMARS: Final[Mapping[str, Callable[[], Grammar]]] = {
    "en": english.grammar,
    "es": spanish.grammar,
    "ru": russian.grammar,
}

_AFTER_QUOTED: Final = 2
"""Characters behind a quoted title in which its closing quote stands."""

_QUOTED: Final = re.compile(r"(?<=[\"“”‘’'`])[A-Z0-9][\w’-]*(?: [A-Z0-9][\w’-]*){1,4}(?=[,.]?[\"”’'])")
_PAPER: Final = re.compile(r"(?<=[A-Z]{2} )Today\b")


def _is_title(form: Form, text: str, start: int, end: int) -> bool:
    """Tell whether a time names a programme or a paper: "60 Minutes" in quotes and capitals, USA Today."""
    if isinstance(form, Point):
        return False
    named = _QUOTED.match(text, start, end + _AFTER_QUOTED)
    return (named is not None and named.end() == end) or _PAPER.match(text, start, end) is not None


def find_dates(text: str, *, published_on: date | None, language: str = "en") -> tuple[TimeExpression, ...]:
    """Return the time expressions of a text in order of start; none overlaps another.

    Types and values are those of ISO-TimeML's TIMEX3 (Pustejovsky et al. 2010), as annotated in TimeBank.
    Relative expressions are resolved against the article's date, the tense of the sentence and the dates told before.

    Args:
        text: plain text of any size; the work grows linearly with it. Offsets count its characters.
        published_on: the article's date. With None what hangs on it keeps X's in its value and has no span.
        language: ISO 639-1. ``es`` and ``ru`` have their own, smaller grammars; any other is read as English.

    Known failures: a verb far from its weekday gives the wrong week; dates before the year 1000 and eras (BC) are
    not read. Fiscal years and quarters have a value and no span: when one begins is its owner's own affair. "Two days
    after the landing" has no span unless the text told of a landing with its day in those words.
    """
    read = join_neighbours(list(_GRAMMARS.get(language, english.grammar)().find(text)), text)
    vessels = find_vessel_names(read, text)
    history = is_history([form for _, form in read], published_on)
    resolver = Resolver(text, published_on, language, is_history=history)
    found = []
    for phrase, form in read:
        start, end = phrase.start, phrase.end
        if _is_title(form, text, start, end) or (vessels and is_vessel_name(vessels, text, end)):
            continue
        resolved = resolver.resolve(form, start, end)
        if resolved is not None:
            span = NO_TIME if phrase.has("fiscal") else resolved.span
            found.append(TimeExpression(start, end, text[start:end], resolved.type, resolved.value, span))
    return tuple(found)
