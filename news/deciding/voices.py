"""Whose word a sentence has that its story has not: a new speaker, a new quotation, what an outlet was told itself.

Owns the finding of the three. A retelling tells what others have said; who lets somebody speak that nobody has heard,
or prints words that nobody has printed, has news, whatever the words are. Must never say what follows:
``news.deciding.telling`` weighs it.

Known failures: a speaker whose office another article gives other words ("the utility" for "the power company") is
new; one who is called by a pronoun is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from news.deciding.unheld import is_word_unheld, light_words, unheld_words
from news.reports.tellings import split_speaker
from news.stories.holdings import Holdings
from news.tables import load_toml
from news.words.small_letters import small
from news.words.text import fold, lower_in_place

__all__ = ["find_new_quotation", "find_new_voice", "is_own_report"]

_MAX_TEXT = 1_000
_QUOTED = re.compile(r"[“\"«„]([^“”\"«»„]{15,400})(?:[”\"»“]|$)|^([^“”\"«»„]{15,400})[”»]")
"""A quotation, or so much of it as stands in the sentence."""

_WORD = re.compile(r"[^\W\d_]+")
_WITHIN = re.compile(r"(?i)\b(?:of|for|at|in|from|with|on|to|who|whose|which|by|near|de|del|en|que|по|из|в|на|при)\b|,")
_LEAST_WORDS = 2
_MOSTLY = 0.5
_ABROAD = {
    "es": small(
        r"\b(?:dij(?:o|eron)|afirm(?:ó|aron)|asegur(?:ó|aron)|inform(?:ó|aron)|explic(?:ó|aron)|denunci(?:ó|aron)|"
        r"declar(?:ó|aron)|señal(?:ó|aron)|indic(?:ó|aron)|sostuvo|relat(?:ó|aron)|cont(?:ó|aron)|añadió|precis(?:ó|aron)|"
        r"confirm(?:ó|aron)|anunci(?:ó|aron)|advirti(?:ó|eron)|según|de acuerdo con)\s([^,.;:»”\"]{3,70})"
    ),
    "ru": small(
        r"\b(?:сообщ(?:ил|ила|или|ило|ает|ают)|заяв(?:ил|ила|или|ляет)|рассказ(?:ал|ала|али)|сказ(?:ал|ала|али)|"
        r"утвержда(?:ет|ют)|счита(?:ет|ют)|поясн(?:ил|ила|или)|уточн(?:ил|ила|или)|отмет(?:ил|ила|или)|"
        r"подтверд(?:ил|ила|или)|призна(?:л|ла|ли)|объясн(?:ил|ила|или)|установ(?:ил|ила|или)|"
        r"по (?:словам|данным|сведениям))\s([^,.;:«»]{3,70})"
    ),
}
"""Who speaks, by the verb before; English has ``news.reports.tellings``."""

_SAID_THAT = re.compile(r"(?:^|[.,;:—«»“”\"] ?)([^.,;:—«»“”\"]{3,70}?) ([^\W\d_]+),? (?:que|что)\b")
"""Who speaks before the verb, and the verb: "el alcalde asegura que", "сенатор считает, что"."""


@cache
def _listed(language: str, name: str) -> frozenset[str]:
    table = load_toml("unheld.toml").get(language, {})
    return frozenset(map(fold, str(table.get(name, "")).split()))


@cache
def _own(language: str) -> re.Pattern[str] | None:
    phrases = str(load_toml("unheld.toml").get(language, {}).get("own", "")).replace("\n", " ").split("|")
    wanted = "|".join(re.escape(one.strip().lower()) for one in phrases if one.strip())
    return small(rf"\b(?:{wanted})\b") if wanted else None


def is_own_report(text: str, language: str = "en") -> bool:
    """Return whether an outlet says that it was told this itself: "told us", "told this paper", "has learnt"."""
    pattern = _own(language or "en")
    return pattern is not None and bool(pattern.search(lower_in_place(text[:_MAX_TEXT])))


def find_new_quotation(text: str, held: Holdings, language: str = "en") -> str:
    """Return words between quotation marks of which the story has less than half in any wording; "" for none."""
    for found in _QUOTED.finditer(text[:_MAX_TEXT]):
        words = _WORD.findall(found[1] or found[2])
        telling = [word for word in words if _is_telling(word, language)]
        fresh = [word for word in telling if is_word_unheld(word, held, language)]
        if len(fresh) >= _LEAST_WORDS and len(fresh) > len(telling) * _MOSTLY:
            return found[1] or found[2]
    return ""


def _is_telling(word: str, language: str) -> bool:
    return len(word) > 2 and fold(word) not in light_words(language)  # noqa: PLR2004 - "of", "we"


def find_new_voice(text: str, held: Holdings, language: str = "en") -> str:
    """Return who speaks in a sentence and is nowhere in the story, by name or office; "" for nobody.

    Only where the sentence has something of its own besides: two words at least that the story has in no wording.
    """
    language = language or "en"
    for phrase in _speakers(text[:_MAX_TEXT], language):
        own = _new_words(phrase, held, language)
        if own and len(set(unheld_words(text, held, language)) - set(_WORD.findall(phrase))) >= _LEAST_WORDS:
            return " ".join(own)
    return ""


def _speakers(text: str, language: str) -> Iterator[str]:
    """Return who is said to say something, as written, with what stands beside it."""
    if language == "en":
        spoken = split_speaker(text)[1]
        if spoken:
            yield spoken
        return
    pattern = _ABROAD.get(language)
    for found in pattern.finditer(lower_in_place(text)) if pattern else ():
        yield text[found.start(1) : found.end(1)]
    yield from (found[1] for found in _SAID_THAT.finditer(text) if fold(found[2]) in _listed(language, "say"))


def _new_words(phrase: str, held: Holdings, language: str) -> Sequence[str]:
    """Return the words for who speaks if the story has none of them, nothing otherwise.

    They are those before a preposition: "three survivors of the pit". Where these only say that it is an official or a
    spokesman, they are all others: "an official of the federation".
    """
    said, plain = _listed(language, "say"), _listed(language, "sources")
    words = [one for one in _WORD.findall(phrase) if fold(one) not in said]
    front = _front(phrase, said, language)
    named = [one for one in front if fold(one) not in plain]
    telling = [one for one in (named or words) if _is_telling(one, language) and fold(one) not in plain]
    fresh = [one for one in telling if is_word_unheld(one, held, language)]
    if not fresh:
        return ()
    if named:
        return fresh if fresh[-1] == telling[-1] else ()
    return fresh if len(fresh) == len(telling) else ()


def _front(phrase: str, said: frozenset[str], language: str) -> list[str]:
    """Return the words of the first stretch between prepositions that has any besides the verb of saying."""
    for part in _WITHIN.split(phrase):
        words = [one for one in _WORD.findall(part or "") if fold(one) not in said and _is_telling(one, language)]
        if words:
            return words
    return []
