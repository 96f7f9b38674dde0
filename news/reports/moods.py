"""Whether a sentence tells what is, what is to come, or what only somebody wants, expects or supposes.

Owns the words of mood, in English, Spanish and Russian. Must never weigh how sure an event is:
``news.reports.modality`` does, for reports; this is for sentences that are held against each other whether they report
an event or not.

A forecast and the result, a demand and the verdict, a capacity and the number housed differ without contradicting each
other. Two plans of one thing may contradict each other, and two accounts of one thing may.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum
from functools import cache, lru_cache

from news.reports.givens import split_given
from news.reports.tellings import Telling, listed, phrases
from news.reports.verb_forms import Form
from news.reports.verb_forms import forms as forms_of
from news.tables import load_toml
from news.words.meanings import GLOSSED
from news.words.vocabulary import language_of

_PLAN_REACH = 3
_VERBS = frozenset({Form.PAST, Form.FINITE, Form.AHEAD, Form.PARTICIPLE})
_WOULD = ("ía", "ían", "íamos", "ara", "aran", "era", "eran")


class Mood(StrEnum):
    """How a sentence stands to what is the case."""

    TOLD = "told"
    PLANNED = "planned"
    """It will be: settled, announced, under way."""
    WANTED = "wanted"
    """Somebody asks, demands, proposes or offers it."""
    SUPPOSED = "supposed"
    """It could, may, should or would be, or is expected, estimated beforehand or feared."""


@cache
def _patterns() -> tuple[tuple[Mood, re.Pattern[str]], ...]:
    return tuple(
        (mood, re.compile(rf"\b(?:{'|'.join(map(re.escape, phrases('mood', mood.value)))})\b"))
        for mood in (Mood.SUPPOSED, Mood.WANTED, Mood.PLANNED)
    )


@lru_cache(maxsize=1 << 10)
def mood_of(telling: Telling) -> Mood:
    """Return the mood of the first clause of a telling that has a verb of mood; TOLD where none has.

    Only what stands before the first comma or relative clause counts: "the dam, which could fail, was built in 1970"
    tells.
    """
    language = language_of(telling.quote)
    if language in GLOSSED:
        return _mood_abroad(telling.quote, language)
    text = _main_clause(telling)
    for mood, pattern in _patterns():
        if pattern.search(text):
            return mood
    return Mood.TOLD


@cache
def _patterns_abroad(language: str) -> tuple[tuple[Mood, re.Pattern[str]], ...]:
    rows = load_toml("contrast.toml")["mood"][language]
    moods = (Mood.SUPPOSED, Mood.WANTED, Mood.PLANNED)
    return tuple((mood, re.compile("".join(str(rows[mood.value]).split("\n")))) for mood in moods)


def _mood_abroad(quote: str, language: str) -> Mood:
    """Return the mood of the first clause with a verb, what a Spanish or Russian sentence takes as known left out."""
    forms = forms_of(language)
    for clause in _clauses(split_given(quote, language).told, language):
        text = " ".join(clause)
        found = next((mood for mood, pattern in _patterns_abroad(language) if pattern.search(text)), None)
        if found is not None:
            return found
        verbs = [low for low in clause if forms[low].form in _VERBS]
        ahead = next((low for low in verbs if forms[low].form is Form.AHEAD), "")
        if ahead and not ahead.startswith("habría"):  # "habría muerto" is what others say
            return Mood.SUPPOSED if ahead.endswith(_WOULD) else Mood.PLANNED
        if verbs:
            return Mood.TOLD
    return Mood.TOLD


def _clauses(told: str, language: str) -> Iterator[list[str]]:
    """Yield the clauses of a text as words in small letters, names left out."""
    stops = listed("mood_words", f"stops_{language}")
    clause: list[str] = []
    for at, word in enumerate(told.split()):
        low = word.lower()
        if not low[0].isalnum() or low in stops:
            yield clause
            clause = []
        elif not at or low == word:
            clause.append(low)
    yield clause


def _main_clause(telling: Telling) -> str:
    lows = [low if not at or token[:1].islower() or not low.isalpha() else "" for at, (low, token) in _pairs(telling)]
    stops = listed("mood_words", "stops")
    first = 0
    while first < len(lows) and lows[first] in listed("mood_words", "openers"):
        first = next((at + 1 for at in range(first, len(lows)) if lows[at] == ","), first + 1)
    end = next((at for at in range(first + _PLAN_REACH, len(lows)) if lows[at] in stops), len(lows))
    is_if = lows[:1] in (["if"], ["unless"])
    is_if = is_if or (lows[:1] in (["had"], ["were"], ["should"]) and "would" in lows)  # "had a storm come, it would"
    return " ".join((["if"] if is_if else []) + lows[first:end])


def _pairs(telling: Telling) -> Iterator[tuple[int, tuple[str, str]]]:
    return enumerate(zip(telling.lows, telling.tokens, strict=True))


def may_differ(ours: Telling, theirs: Telling) -> bool:
    """Return whether two tellings are of one mood in which values can contradict each other: told, or planned."""
    here, there = mood_of(ours), mood_of(theirs)
    return here is there and here in {Mood.TOLD, Mood.PLANNED}
