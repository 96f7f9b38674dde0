"""The title of an entry: the sentence that tells of it, or the part that says most, with an ellipsis for the rest.

Owns where a long sentence is cut. Must never write a word that the sentence lacks.

What only frames ("Speaking at the university, ") stands first in a sentence and would fill a title, and so would an
aside behind the subject. Whose word it is ("According to officials, ") is never left out: a claim would become a fact.
A title does not end within a date or a name, nor with a word that leans on the next.
"""

from __future__ import annotations

import re
from functools import cache

from news.dates import find_dates
from news.dates.clause_tenses import Verb, clauses_of
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
_LONGEST_VOICE = 60
"""Characters of an opening that says whose word it is, where it is made shorter."""
_LEAST_VOICE_WORDS = 3
_READ_ON = 600
"""Characters behind the limit that are read: more than an opening and an aside may take."""
_LOOK_ON = 200
"""Characters behind the limit in which a date or a name may end."""
_VERB_NEAR = 40
_SUBJECT_WORDS = 6
_MARK = "…"
_CAPITAL_PAIR = re.compile(r"(?<!\w)[A-ZÀ-ÞА-ЯЁ][\w’'.-]*(?: [A-ZÀ-ÞА-ЯЁ][\w’'.-]*)+")
_LAST_WORD = re.compile(r"\s([\w’'-]+)$")
_JOINS = re.compile(r"(?:and|or|but|y|e|o|u|pero|ni|и|или|а|но)\b")
_ARTICLES = frozenset({"the", "a", "an", "his", "her", "their", "its", "el", "la", "los", "las", "un", "una"})
_BEFORE_VERB = re.compile(r"(?:(?:no|se|le|les|lo|la|nos|ya|не|уже|also|now|then|\w{2,12}ly) ?)*")
_EDGE = " ,;:-–—("


def shorten(sentence: str, limit: int = LONGEST) -> str:
    """Return the sentence in at most ``limit`` characters, with an ellipsis where something is left out.

    A sentence that fits stays as it is; no more than the limit and 600 characters are read. Known failure: an aside is
    known by its first word and by a comma with a verb right behind it; where two commas have one it stays.
    """
    text = " ".join(sentence.split())
    if len(text) <= limit:
        return text
    text = text[: limit + _READ_ON]
    low = lower_in_place(text)
    if _voices().match(low) is not None:
        text = _with_short_voice(text)
    else:
        text = _without_opening(text) if _openings().match(low) is not None else _without_aside(text)
    return text if len(text) <= limit else _cut(text, limit)


@cache
def _openings() -> re.Pattern[str]:
    return small(rf"(?:{'|'.join(load_toml('timeline.toml')['titles']['openings'])})")


@cache
def _asides() -> re.Pattern[str]:
    return small(rf"(?:{'|'.join(load_toml('timeline.toml')['titles']['asides'])})(?!\w)")


@cache
def _voices() -> re.Pattern[str]:
    """Return the openings that say whose word a sentence is."""
    return small(rf"(?:{'|'.join(load_toml('timeline.toml')['titles']['voices'])})")


def _opening_end(text: str) -> int:
    """Return the place of the comma behind an opening, -1 where no clause that could stand alone follows it."""
    at = text.find(", ", 0, _LONGEST_OPENING)
    rest = text[at + 2 :]
    is_clause = at > 0 and len(rest) >= _LEAST_REST and rest.find(", ") not in range(_NEAR_COMMA)
    return at if is_clause else -1


def _without_opening(text: str) -> str:
    """Return a sentence without the words up to its first comma that only frame it, an ellipsis in their place."""
    at = _opening_end(text)
    rest = text[at + 2 :]
    opens = rest[:1].isupper() or rest.split(" ", 1)[0].lower() in _ARTICLES
    return f"{_MARK} {rest}" if at > 0 and opens else text


def _with_short_voice(text: str) -> str:
    """Return a sentence with no more of what says whose word it is than the first part: "According to officials…, "."""
    at = _opening_end(text)
    idle = stop_words(language_of(text))
    opening = text[: max(at, 0)]
    ends = [
        found.start()
        for found in re.finditer(r" (?=(\w+))", opening[:_LONGEST_VOICE])
        if fold(found[1]) in idle and not _JOINS.match(found[1].lower())
    ]
    ends = [
        end for end in ends if len(_without_leaning(opening[:end], language_of(text)).split()) >= _LEAST_VOICE_WORDS
    ]
    if at <= _LONGEST_VOICE or not ends:
        return text
    return f"{opening[: ends[-1]].rstrip(_EDGE)}{_MARK}{text[at:]}"


def _without_aside(text: str) -> str:
    """Return a sentence without the clause between two commas behind its subject, an ellipsis in its place."""
    first = text.find(", ", 0, LONGEST)
    language = language_of(text)
    words = text[: max(first, 0)].split()
    if not words or len(words) > _SUBJECT_WORDS or _asides().match(lower_in_place(text[first + 2 :])) is None:
        return text
    if words[0].lower() not in _ARTICLES and fold(words[0]) in stop_words(language):
        return text  # "In Oslo, the minister, who is ill, said": no subject stands before the comma
    commas = re.finditer(", ", text[first + 2 : first + _LONGEST_ASIDE])
    rests = [text[first + 2 + comma.end() :] for comma in commas]
    told = [rest for rest in rests if len(rest) >= _LEAST_REST // 2 and _opens_with_verb(rest, language)]
    return f"{text[:first]} {_MARK} {told[0]}" if len(told) == 1 else text


def _opens_with_verb(rest: str, language: str) -> bool:
    """Return whether words begin with a finite verb, an adverb or a pronoun before it at most."""
    head = rest[:_VERB_NEAR]
    first = next(iter(clauses_of(head, language)), None) if rest[:1].islower() else None
    if first is None or first.verb is Verb.NONE:
        return False
    return _BEFORE_VERB.fullmatch(head[: first.verb_at]) is not None


def _cut(text: str, limit: int) -> str:
    head = text[: limit - 1]
    least = max(limit // 2, _voice_end(text))
    ends = [head.rfind(mark) for mark in _CLAUSE_ENDS]
    at = next((end for end in ends if end > least), head.rfind(" "))
    at = _before_names(text, at)
    head = head[:at] if at > 0 else head
    return _without_leaning(head, language_of(text)).rstrip(_EDGE) + _MARK


def _voice_end(text: str) -> int:
    """Return where an opening ends that says whose word it is: a title that ends there tells nothing."""
    return _opening_end(text) if _voices().match(lower_in_place(text[:_LONGEST_OPENING])) is not None else 0


def _before_names(text: str, at: int) -> int:
    """Return the place of a cut, moved to before a date or a name that it would part."""
    text = text[: at + _LOOK_ON]
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
