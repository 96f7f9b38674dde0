"""Whether a number of a sentence counts anything: neither a name, a time of day, an ordinal nor an age.

Owns that. Must never say what it counts: ``news.disputes.frames.parts`` does.
"""

from __future__ import annotations

import re
from functools import cache

from news.words.meanings import number_words
from news.words.measures import Measure
from news.words.small_letters import small

__all__ = ["is_ordinal", "may_count"]

_NEAR = 40
_NO_COUNTS = frozenset({"both", "twice", "thrice", "twin", "par", "pair", "couple", "dozen", "оба", "обе", "ambos"})
_NAME_NUMBER = re.compile(
    r"(?i)(?:\b(?:no|nr|number|flight|route|article|section|page|group|aged?|day|unit|block|line|vuelo|art[íi]culo|"
    r"kil[óo]metro|p[áa]gina|l[íi]nea|n[úu]mero|рейс\w{0,2}|стать[яеюи]|километре|школ[аеуы]|сизо|ик)\.? |№ ?|[-/#])$"
)
_ORDINAL = re.compile(r"\d(?:st|nd|rd|th|-[йяеог]\w*|[ºªo])\b|^\s*(?:first|second|third|last|next)\b")
_COMPOUND = re.compile(r"\d-[a-z]")
_YEARS = re.compile(r"[- ](?:лет\b|años)")
_HOURS = 24
_AT = re.compile(r"\b(?:at|until|till|(?:shortly|just) (?:before|after)|a las|hasta las|desde las|hacia las) $")
_PUT = small(
    r"\b(?:put\w*|st[ao]\w*d|remain\w*|estim\w+|number\w*|count\w*|toll|tally|figure|set|ke[ep]\w*|cifr\w+|sit[úu]\w+)\b"
)
_END_OF_HOUR = re.compile(r" ?(?:[.,;:)]|$|o['’]clock|on \w+day|in the (?:morning|afternoon|evening)|at night|de la )")


@cache
def _is_whole() -> re.Pattern[str]:
    return re.compile(rf"(?:\d|\b(?:{'|'.join(sorted(number_words()))})) of (?:the |some |about )?$")


def may_count(one: Measure, low: str) -> bool:
    """Return whether a number is neither a name, a time nor an ordinal, and is more than one."""
    if not one.kind and (one.value <= 1 or low[one.start : one.end] in _NO_COUNTS):
        return False
    before = low[max(0, one.start - _NEAR) : one.start]
    if not one.kind and _is_whole().search(before):
        return False  # the 94 of "58 of the 94": of them something else is told
    if _NAME_NUMBER.search(before[-12:]) or _YEARS.match(low, one.end):
        return False
    if one.kind and _COMPOUND.search(low[one.start : one.end]):
        return False  # "a 98-ton structure"
    return not is_ordinal(one, low) and one.kind != "clock" and not _is_hour(one, low, before)


def _is_hour(one: Measure, low: str, before: str) -> bool:
    """Return whether a bare number is a time of day: "it ended at ten.", and not "the ministry puts it at ten."."""
    if one.kind or one.value > _HOURS or not _AT.search(before) or _PUT.search(before):
        return False
    return _END_OF_HOUR.match(low, one.end) is not None


def is_ordinal(one: Measure, low: str) -> bool:
    """Return whether a number of a sentence in small letters says which one it is: "the second shaft", "14th"."""
    return _ORDINAL.search(low[one.start : one.end + 4].partition(" ")[0]) is not None
