"""Months with a day that are part of a ship's name: "the resupply vessel Unaizah May 4 was hit on Saturday".

Owns which phrases of an English text are no date for that reason. Must never take a date where the text leaves open
which of the two it is: then it stays one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from news.dates.forms import Form, Point
from news.dates.tokens import Phrase

_REACH: Final = 100
_SENTENCE: Final = 400
_VESSEL: Final = re.compile(
    r"\b(?:vessel|ship|warship|boat|gunboat|ferry|tanker|freighter|trawler|yacht|tugboat|barge|frigate|corvette|destroyer|"
    r"submarine|cutter|M/V|MV|USS|HMS|BRP|INS) ((?:[A-Z][\w’'-]{1,30} ){1,3})$"
)
_MONTH_DAY: Final = re.compile(
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December) \d{1,2}"
)
_END: Final = re.compile(r"[.!?](?=\s+[A-Z“\"])|\n")


def find_vessel_names(read: Sequence[tuple[Phrase, Form]], text: str) -> frozenset[str]:
    """Return the names of ships that end in a month and a day ("Unaizah May 4").

    The noun of a ship must stand before the name, and the sentence must give a day of its own. Known failures: "hit the
    tanker Aurora March 4 after a raid on Sunday", where March 4 is a date without "on"; a name that no noun of a ship
    introduces anywhere in the text.
    """
    days = [phrase for phrase, form in read if _is_day(form)]
    found = set()
    for phrase in days:
        raw = text[phrase.start : phrase.end]
        if _MONTH_DAY.fullmatch(raw) is None:
            continue
        head = _VESSEL.search(text[max(0, phrase.start - _REACH) : phrase.start])
        if head is not None and any(_is_beside(phrase, other, text) for other in days):
            found.add(head[1] + raw)
    return frozenset(found)


def is_vessel_name(names: frozenset[str], text: str, end: int) -> bool:
    """Return whether one of the names ends at ``end``."""
    return any(text.endswith(name, 0, end) for name in names)


def _is_day(form: Form) -> bool:
    return isinstance(form, Point) and (form.weekday is not None or (form.month is not None and form.day is not None))


def _is_beside(phrase: Phrase, other: Phrase, text: str) -> bool:
    """Return whether the other stands in the same sentence and is another day than the phrase."""
    first, last = min(phrase.end, other.end), max(phrase.start, other.start)
    if text[phrase.start : phrase.end] == text[other.start : other.end] or last - first > _SENTENCE:
        return False
    return _END.search(text, first, last) is None
