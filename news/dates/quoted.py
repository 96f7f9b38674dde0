"""The dates of a sentence that was read before: as stored, or as several questions ask for it.

Owns what is remembered of them. Must never read a whole article: that is read once, by ``news.reading``.
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from news.dates.find import find_dates
from news.model import TimeExpression

__all__ = ["dates_in"]


@lru_cache(maxsize=1 << 10)
def dates_in(quote: str, published_on: date | None, language: str) -> tuple[TimeExpression, ...]:
    """Return the dates of one sentence by itself, as ``news.dates.find_dates`` does."""
    return find_dates(quote, published_on=published_on, language=language)
