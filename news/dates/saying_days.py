"""Which days of a sentence are those on which somebody spoke, and not those of what was told.

Owns the tie between a day and a verb of saying. Must never place a day in the calendar, nor look at other sentences.

"The coast guard said on Tuesday that 11 had died" dates the saying; so do "..., the ministry said late on Monday",
"told reporters in Lima on Wednesday that", "on Tuesday, the union said that", "in a statement issued on Thursday". In
"said the strike on Tuesday was over" the day is told, since what is said has begun before it, and in "the boat sank on
Sunday, the coast guard said" the clause has an act of its own.
"""

from __future__ import annotations

import re
from functools import cache

from news.dates.clause_tenses import has_verb, without_names
from news.tables import load_toml

__all__ = ["is_day_of_saying"]

_REACH = 90
"""Characters between a day and its verb of saying; a farther one has a clause between."""
_LANGUAGES = frozenset({"en", "es", "ru"})
_CONTENT = re.compile(
    r"[\"“«'‘]|#|\d|(?:the|an?|its?|his|her|their|our|my|he|she|they|we|i|you|no|nobody|some|all|both|two|three|four|five|"
    r"six|seven|eight|nine|ten|more|fewer|less|at least|about|around|nearly|almost|up to|there|el|la|los|las|una?|"
    r"se|al menos|más|dos|tres)\b"
)
_STOPS = re.compile(r"[,;:()—–]")
_HEAD = re.compile(
    r"^[^\w#]*(?:(?:late|early|later|also|but|and|then|on|in|at|el|la|en|este|pero|y|в|во|на|а|и|но)\b[^\w#]*)*$"
)


@cache
def _table(language: str) -> dict[str, re.Pattern[str]]:
    rows = load_toml("narration.toml")["saying"][language]
    verbs = f"{rows['plain']}|{rows['other']}"
    return {
        "verbs": re.compile(rf"(?<![\w-])(?:{verbs})(?![\w-])"),
        "plain": re.compile(rf"(?:{rows['plain']})(?![\w-])"),
        "told": re.compile(rf"(?:{rows['told']})(?![\w-])"),
        "nouns": re.compile(rf"(?<![\w-])(?:{rows['nouns']})(?: \w+)? (?:(?:late|early|on|in|el|este|в|во|от) )*$"),
        "that": re.compile(rf"[, ]*(?:{rows['that']})\b|[, ]*[\"“«]"),
    }


def is_day_of_saying(text: str, start: int, end: int, language: str) -> bool:
    """Return whether ``text[start:end]`` of a sentence, written as it came, is the day of a saying.

    English, Spanish and Russian; False for any other language. Known failure: a day behind an announced thing
    ("announced the closure on Tuesday") is left to the thing.
    """
    known = language or "en"
    if known not in _LANGUAGES:
        return False
    plain, table = without_names(text), _table(known)
    return _is_said_before(plain, start, known, table) or _is_said_after(plain, start, end, known, table)


def _is_said_before(plain: str, start: int, language: str, table: dict[str, re.Pattern[str]]) -> bool:
    """Return whether a verb of saying stands before the day, and nothing that is said between: "said late on"."""
    low = max(0, start - _REACH)
    if table["nouns"].search(plain, low, start):
        return True
    said = list(table["verbs"].finditer(plain, low, start))
    if not said:
        return False
    between = plain[said[-1].end() : start].strip(" ")
    if not between:
        return True
    if _STOPS.search(between) or table["that"].match(between) or has_verb(between, language):
        return False
    return bool(table["told"].match(said[-1][0])) or not _CONTENT.match(between)


def _is_said_after(plain: str, start: int, end: int, language: str, table: dict[str, re.Pattern[str]]) -> bool:
    """Return whether a verb of saying is the first of the day's own clause: "on Tuesday, the union said that"."""
    said = table["verbs"].search(plain, end, end + _REACH)
    if said is None:
        return False
    between = plain[end : said.start()]
    if has_verb(between, language) or between.count(",") > 1 or ";" in between or ":" in between:
        return False
    is_beside = not between.strip()
    clause = max((stop.end() for stop in _STOPS.finditer(plain, 0, start)), default=0)
    if not is_beside and not _HEAD.match(plain[clause:start]):
        return False
    return bool(table["plain"].match(said[0]) or table["that"].match(plain, said.end()) or is_beside)
