"""What a text says of its own time: acts done just now, things that came to light only now, and what is long past.

Owns these cues. Must never say that an event is known; ``news.dates.narration`` asks in which time an article is told.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from news.dates import find_dates
from news.decision import StoredReport
from news.model import Article, Reading
from news.tables import load_toml
from news.words.small_letters import small
from news.words.turns import turns_in

__all__ = ["is_done_now", "is_revelation", "is_told_as_past"]

_LONG_AGO = 60
_PERFECT = small(r"\b(?:has|have) (?:(?:been|now|finally|also) ){0,2}([a-z]+(?: [a-z]+)?)")

_ONCE = small(r"[^.,;:]{0,40}\b(?:before|once|twice|(?:many|several) times|in the past)\b(?! the\b)")


@cache
def _cues(table: str) -> re.Pattern[str]:
    words = "|".join(re.escape(word) for word in load_toml("lookback.toml")[table]["words"])
    return re.compile(rf"(?i)(?<!\w)(?:{words})(?!\w)")


def is_revelation(article: Article, reading: Reading) -> bool:
    """Return whether an article says in its title or first sentence that what it tells came to light only now."""
    first = reading.sentences[0].text if reading.sentences else ""
    return bool(_cues("revelations").search(f"{article.title}\n{first}"))


def is_done_now(text: str) -> bool:
    """Return whether an English text in small letters tells an act of just now: "has died", not "has burnt before"."""
    each = _PERFECT.finditer(text)
    return any(turns_in(one[1]) and not _ONCE.match(text, one.start(1)) for one in each)


@lru_cache(maxsize=1 << 11)
def is_told_as_past(stored: StoredReport) -> bool:
    """Return whether a stored sentence dates what it tells more than two months before its article."""
    if stored.published_at is None:
        return False
    day = stored.published_at.date()
    spans = [one.span for one in find_dates(stored.report.quote, published_on=day)]
    return any(span.last_on is not None and (day - span.last_on).days > _LONG_AGO for span in spans)
