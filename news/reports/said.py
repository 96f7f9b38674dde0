"""The words that a text has, folded: for asking whether a word or a cue stands anywhere in it.

Owns the quick answer for whole texts, which are asked about again and again. Must never stem or say what a word means.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from news.reports.negations_abroad import all_denied_in
from news.reports.tellings import listed, phrases
from news.words.meanings import GLOSSED
from news.words.text import fold
from news.words.vocabulary import language_of

_WORD = re.compile(r"[^\W\d_]+")
_TOKEN = re.compile(r"[^\W_]+")
_NEGATIONS = frozenset(["no", "not", "never", "nor", "nobody", "none", "neither", "nothing", "without"])


@lru_cache(maxsize=1 << 9)
def words_said(text: str) -> frozenset[str]:
    """Return the words of a text folded, numbers left out."""
    if text.isascii():
        return frozenset(_WORD.findall(text.lower()))
    return frozenset(map(fold, frozenset(_WORD.findall(text))))


@cache
def _denying_words() -> frozenset[str]:
    """Return words of which one at least stands in every sentence that denies something, see ``negations``."""
    cues = (cue.split() for cue in phrases("negation", "cues"))
    first = (next((word for word in cue if word in _NEGATIONS), max(cue, key=len)) for cue in cues)
    return _NEGATIONS.union(first, *(listed("negation", name) for name in ("deny", "dismiss", "false")))


@lru_cache(maxsize=1 << 12)
def may_say_no(quote: str) -> bool:
    """Return whether a sentence has a word by which it could deny anything; most have none.

    Where it has none, ``news.reports.negations.list_denied`` finds nothing in its telling, which need not be drawn up
    then.
    """
    if language_of(quote) in GLOSSED:
        return bool(all_denied_in(quote))
    text = fold(quote)
    if "n't" in text or "n’t" in text:
        return True
    return not _denying_words().isdisjoint(_TOKEN.findall(text))
