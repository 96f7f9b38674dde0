"""Which of the days told so far "two days after the landing" and "ten days later" count from.

Owns the reading of what such words hang on. Must never place a date itself, and never falls back to the article's day:
what hangs on an event without a date of its own has none either.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

from news.dates.forms import Unit
from news.dates.values import Period
from news.words.text import content_terms

Told = tuple[int, Period]
"""Where in the text a period was told, and the period."""

_REACH: Final = 120
"""Characters to either side of a date, or behind "after", that may belong to what is told."""

_MOST_WORDS: Final = 5
"""An anchor of more words is a clause of its own, with an act that nobody dated."""

_FINE: Final = frozenset({Unit.DAY, Unit.WEEKEND, Unit.WEEK})
_ANCHOR: Final = re.compile(r" (?:after|before) (?P<words>[^.,;:!?()\n\"“”–—]+)")
_CUT: Final = re.compile(
    r"(?i)(?<=\w) (?:the|an?|its|his|her|their|and|but|while|when|as|which|who|said|says|told|in|at|on|near|off|from) "
)
_BACK: Final = re.compile(r"(?i)^(?:that|this|it|then)\b(?! [a-z])")
_STOP: Final = re.compile(r"[.!?\n](?=\s|$)")
_SAID: Final = re.compile(
    r"(?i)\b(?:said|says|told (?:[\w’'-]+ ){1,3}?)(?:[\w’'-]+ly )?(?:late |early )?(?:on |in )?(?:the )?$"
)
_CONDITION: Final = re.compile(r"(?i)\b(?:once|when|whenever|after|as soon as|if|until|unless)\b")
_SAID_REACH: Final = 40
_DAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_DAY: Final = rf"(?P<day>{'|'.join(_DAYS)})\b"
_SAID_BEFORE: Final = re.compile(
    rf"(?i)\b(?:said |announced |confirmed |told (?:[\w’'-]+ ){{1,4}}?)(?:late |early )?(?:on )?{_DAY}"
    r"(?! (?:and|or)\b)[^.;!?\n]*$"
)
_SAID_AFTER: Final = re.compile(
    rf"(?i)[\w\s\"”’'-]{{0,60}},[\"”’']* [^,;.!?\n]{{0,80}}?\b(?:said|announced|confirmed|told (?:[\w’'-]+ ){{1,4}}?)"
    rf" ?(?:late |early )?(?:on )?{_DAY}"
)
_DAYS_A_WEEK: Final = 7


def find_anchor(text: str, end: int, told: Sequence[Told]) -> date | None:
    """Return the day that the event after "after" or "before" at ``text[end:]`` was told on; None if none was.

    All its words must stand in one sentence with a date ("after the landing", and "landed on Saturday"); of several
    dates of that sentence the nearest counts. "After that" is the date told last.
    """
    found = _ANCHOR.match(text, end, end + _REACH)
    days = [(at, period) for at, period in told if period.unit in _FINE and at < end]
    if found is None or not days:
        return None
    words = found["words"].strip()
    if _BACK.match(words):
        return days[-1][1].first
    stems = set(content_terms(_CUT.split(f"{words} ")[0]))
    if not stems or len(stems) > _MOST_WORDS:
        return None
    own = (period for at, period in reversed(days) if stems <= set(content_terms(_around(text, at, end))))
    return next((period.first for period in own), None)


def find_saying_day(text: str, start: int, end: int, now: date) -> date | None:
    """Return the day on which somebody said what ``text[start:end]`` is the day of, if the sentence names both.

    "The port reopens on Friday, the mayor said on Thursday": the Friday is counted from the Thursday, which is the
    last one before the article. None where no other day of a saying is named.
    """
    before = _SAID_BEFORE.search(text, max(0, start - _REACH), start)
    found = before or _SAID_AFTER.match(text, end, end + 2 * _REACH)
    if found is None:
        return None
    back = now.isoweekday() - _DAYS.index(found["day"].casefold()) - 1
    return now - timedelta(days=back % _DAYS_A_WEEK)


def _around(text: str, at: int, end: int) -> str:
    """Return the sentence around an offset, no farther than its reach and than ``end``."""
    before, after = text[max(0, at - _REACH) : at], text[at : min(at + _REACH, end)]
    stops = [stop.end() for stop in _STOP.finditer(before)]
    stop = _STOP.search(after)
    return before[stops[-1] if stops else 0 :] + (after[: stop.start()] if stop else after)


def is_countable(text: str, at: int, start: int) -> bool:
    """Tell whether "later" at ``text[start:]`` may count from the date told at ``at``.

    It does not where the date is that of a saying alone ("said on Thursday that ..."), nor where an event without a
    date stands between the two in their sentence ("... once the law is published and expire 30 days later").
    """
    if _SAID.search(text, max(0, at - _SAID_REACH), at):
        return False
    between = text[at : min(start, at + 2 * _REACH)]
    return _STOP.search(between) is not None or _CONDITION.search(between) is None
