"""The title of an entry: the sentence that tells of it, or the part that says most, with an ellipsis for the rest.

Owns where a long sentence is cut. Must never write a word that the sentence lacks.

What only frames ("According to officials quoted by ..., ") stands first in a sentence and would fill a title, and so
would an aside behind the subject. A title does not end within a date or a name, nor with a word that leans on the next.
"""

from __future__ import annotations

import re
from functools import cache

from news.dates import find_dates
from news.tables import load_toml
from news.words.small_letters import small
from news.words.text import fold, lower_in_place, stop_words
from news.words.vocabulary import language_of

__all__ = ["LONGEST", "shorten"]

LONGEST = 120
_CLAUSE_ENDS = ("; ", " - ", " – ", " — ", ", ")
_LEAST_REST = 40
"""Characters of what is told behind an opening."""
_NEAR_COMMA = 50
"""Characters behind an opening in which another comma shows a row of names or an aside."""
_LONGEST_OPENING = 140
_LONGEST_ASIDE = 160
_SUBJECT_WORDS = 6
_MARK = "…"
_CAPITAL_PAIR = re.compile(r"[A-ZÀ-ÞА-ЯЁ][\w’'.-]*(?: [A-ZÀ-ÞА-ЯЁ][\w’'.-]*)+")
_LAST_WORD = re.compile(r"\s([\w’'-]+)$")
_JOINS = re.compile(r"(?:and|or|but|y|e|o|u|pero|ni|и|или|а|но)\b")
_ARTICLES = frozenset({"the", "a", "an", "his", "her", "their", "its", "el", "la", "los", "las", "un", "una"})
_EDGE = " ,;:-–—("


def shorten(sentence: str, limit: int = LONGEST) -> str:
    """Return the sentence in at most ``limit`` characters, with an ellipsis where something is left out.

    A sentence that fits stays as it is. Known failure: an aside is known by its first word and its two commas, so that
    the second of three things in a row may be taken for one.
    """
    text = " ".join(sentence.split())
    if len(text) <= limit:
        return text
    is_framed = _openings().match(lower_in_place(text)) is not None
    text = _without_opening(text) if is_framed else _without_aside(text)
    return text if len(text) <= limit else _cut(text, limit)


@cache
def _openings() -> re.Pattern[str]:
    return small(rf"(?:{'|'.join(load_toml('timeline.toml')['titles']['openings'])})")


@cache
def _asides() -> re.Pattern[str]:
    return small(rf"(?:{'|'.join(load_toml('timeline.toml')['titles']['asides'])})(?!\w)")


def _without_opening(text: str) -> str:
    """Return a sentence without the words up to its first comma that only frame it, an ellipsis in their place."""
    at = text.find(", ", 0, _LONGEST_OPENING)
    rest = text[at + 2 :]
    is_clause = at > 0 and len(rest) >= _LEAST_REST and rest.find(", ") not in range(_NEAR_COMMA)
    opens = rest[:1].isupper() or rest.split(" ", 1)[0].lower() in _ARTICLES
    return f"{_MARK} {rest}" if is_clause and opens else text


def _without_aside(text: str) -> str:
    """Return a sentence without the clause between two commas behind its subject, an ellipsis in its place."""
    first = text.find(", ")
    if (
        first < 0
        or len(text[:first].split()) > _SUBJECT_WORDS
        or _asides().match(lower_in_place(text[first + 2 :])) is None
    ):
        return text
    last = text.rfind(", ", first + 2, first + _LONGEST_ASIDE)
    rest = text[last + 2 :] if last > 0 else ""
    is_told = (
        len(rest) >= _LEAST_REST // 2 and rest[:1].islower() and not _asides().match(rest) and not _JOINS.match(rest)
    )
    return f"{text[:first]} {_MARK} {rest}" if is_told else text


def _cut(text: str, limit: int) -> str:
    head = text[: limit - 1]
    ends = [head.rfind(mark) for mark in _CLAUSE_ENDS]
    at = next((end for end in ends if end > limit // 2), head.rfind(" "))
    at = _before_names(text, at)
    head = head[:at] if at > 0 else head
    return _without_leaning(head, language_of(text)).rstrip(_EDGE) + _MARK


def _before_names(text: str, at: int) -> int:
    """Return the place of a cut, moved to before a date or a name that it would part."""
    spans = [(one.start, one.end) for one in find_dates(text, published_on=None, language=language_of(text))]
    spans += [found.span() for found in _CAPITAL_PAIR.finditer(text)]
    return next((start for start, end in spans if start < at < end and start > LONGEST // 3), at)


def _without_leaning(head: str, language: str) -> str:
    """Return the beginning of a sentence without the last words that lean on what comes next."""
    idle = stop_words(language)
    head = head.rstrip()
    while (found := _LAST_WORD.search(head)) is not None and fold(found[1]) in idle:
        head = head[: found.start()].rstrip()
    return head
