"""The date in a dateline, "LIMA, 8 June (Agency) - ": when a text was written, and not when anything happened.

Owns the form of a dateline. Must never read a date; ``news.dates`` does.
"""

from __future__ import annotations

import re

_REACH = 60
_PLACE = re.compile(
    r"[A-ZÀ-ÞА-ЯЁ][\w.'’-]*(?:[ ,/]+(?:[A-ZÀ-ÞА-ЯЁ][\w.'’-]*|d[aeo]s?|del|la|las|los|es|el|al|of)){0,5}[,(/]\s*"
)
_END = re.compile(r"\)?[,.]?(?: ?\([^()\n]{1,40}\))?(?: ?/[^/\n]{1,30}/)?,? ?(?:[–—]|-{1,2} )")


_CREDIT = re.compile(
    r"[A-ZÀ-ÞА-ЯЁ][\w .,/’'-]{1,50}\([\w .-]{2,25}\) ?[-–—]{1,2} |[A-ZÀ-ÞА-ЯЁ]{3}[\w .,]{0,40}?[.,] /[\w-]{2,25}/[.:]? "
)


def end_of_credit(sentence: str) -> int:
    """Return where a dateline with the name of an agency ends, "LIMA, June 8 (Reuters) - "; 0 where there is none."""
    found = _CREDIT.match(sentence[: 2 * _REACH])
    return found.end() if found else 0


def is_in_dateline(sentence: str, start: int, end: int) -> bool:
    """Return whether the date at ``sentence[start:end]`` is that of a dateline, which opens the sentence."""
    is_first = 0 < start <= _REACH and _PLACE.fullmatch(sentence, 0, start) is not None
    return is_first and _END.match(sentence, end) is not None
