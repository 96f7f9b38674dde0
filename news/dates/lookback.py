"""Articles that look back: what they lead with was over long before they came out.

Owns the cues of looking back and the days that decide it. Must never say that an event is known; an old event may be
new to the store.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from functools import cache, lru_cache

from news.dates import find_dates
from news.decision import StoredReport
from news.model import Article, Precision, Reading, TimeExpression
from news.tables import load_toml
from news.words.small_letters import small
from news.words.turns import turns_in

__all__ = ["is_done_now", "is_lookback", "is_revelation", "is_told_as_past", "names_recent_day"]

_OPENING_SENTENCES = 2
_CUE_CHARS = 80
_LONG_AGO = 60
_APPOSED = frozenset([" ", ", ", ", a ", " (", " (a ", ", on a ", ", the "])
_PERFECT = small(r"\b(?:has|have) (?:(?:been|now|finally|also) ){0,2}([a-z]+(?: [a-z]+)?)")
_NAMED = frozenset({Precision.DAY, Precision.MONTH, Precision.SEASON, Precision.YEAR})


@cache
def _cues(table: str = "cues") -> re.Pattern[str]:
    words = "|".join(re.escape(word) for word in load_toml("lookback.toml")[table]["words"])
    return re.compile(rf"(?i)(?<!\w)(?:{words})(?!\w)")


def is_revelation(article: Article, reading: Reading) -> bool:
    """Return whether an article says in its title or first sentence that what it tells came to light only now."""
    first = reading.sentences[0].text if reading.sentences else ""
    return bool(_cues("revelations").search(f"{article.title}\n{first}"))


def _is_recent(one: TimeExpression, horizon: date) -> bool:
    return one.span.precision is Precision.DAY and one.span.first_on is not None and one.span.first_on >= horizon


def _list_recent(text: str, dates: Sequence[TimeExpression], horizon: date) -> list[TimeExpression]:
    """Return the dates of late, without those that only seem so: "years ago *today*", "18 May 1949, a *Sunday*"."""
    found: list[TimeExpression] = []
    before: TimeExpression | None = None
    for one in dates:
        between = text[before.end : one.start] if before is not None else "."
        is_old = before is not None and before.span.last_on is not None and before.span.last_on < horizon
        is_part = is_old and between in _APPOSED
        if _is_recent(one, horizon) and not is_part and not one.text.casefold().startswith("that "):
            found.append(one)
        before = one
    return found


def names_recent_day(reading: Reading, index: int, horizon: date) -> bool:
    """Return whether a sentence names a day of late beside an old one: "ordered in July, they arrived on Tuesday"."""
    sentence = next((one for one in reading.sentences if one.index == index), None)
    if sentence is None:
        return False
    own = [one for one in reading.dates if sentence.start <= one.start < sentence.end]
    return bool(_list_recent(" " * sentence.start + sentence.text, own, horizon))


def _opens_old(dates: Sequence[TimeExpression], end: int, horizon: date) -> bool:
    """Return whether the first date of the opening is an old one."""
    first = next((one for one in dates if one.start < end and one.span.precision in _NAMED), None)
    return first is not None and first.span.last_on is not None and first.span.last_on < horizon


def is_lookback(article: Article, reading: Reading, horizon: date) -> bool:
    """Return whether an article opens with a day before ``horizon``, names none of late, and says that it looks back.

    It must say so in its title or first words; one in which no event was found need not.
    """
    if not reading.sentences or _list_recent(article.text, reading.dates, horizon):
        return False
    opening = reading.sentences[:_OPENING_SENTENCES]
    if not _opens_old(reading.dates, opening[-1].end, horizon):
        return False
    if any(is_done_now(one.text.casefold()) for one in opening):
        return False
    text = f"{article.title}\n{article.text.strip()[:_CUE_CHARS]}"
    return not reading.reports or bool(_cues().search(text))


def is_done_now(text: str) -> bool:
    """Return whether an English text in small letters tells an act in the present perfect: "has died at 84"."""
    return any(turns_in(found.group(1)) for found in _PERFECT.finditer(text))


@lru_cache(maxsize=1 << 11)
def is_told_as_past(stored: StoredReport) -> bool:
    """Return whether a stored sentence dates what it tells more than two months before its article."""
    if stored.published_at is None:
        return False
    day = stored.published_at.date()
    spans = [one.span for one in find_dates(stored.report.quote, published_on=day)]
    return any(span.last_on is not None and (day - span.last_on).days > _LONG_AGO for span in spans)
