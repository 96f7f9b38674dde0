"""What a sentence says of a figure: what was done to the counted, and what is counted or measured.

Owns the words around a figure, in English, Spanish and Russian. Must never compare two figures; ``news.words.facts``
does.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from news.model import Quantity
from news.tables import load_toml
from news.words.meanings import GLOSSED, classes_of, english_stems, listed, object_of, without_dates
from news.words.text import stem_words
from news.words.vocabulary import language_of

_NEAR_WORDS = 6


_BEFORE = re.compile(r"[,;:]| and | when ")
_AFTER = re.compile(r"[,;:.]| and | while | but ")
_BEFORE_ABROAD = re.compile(r"[,;:]| and | when | y | и | cuando | когда ")
_AFTER_ABROAD = re.compile(r"[,;:.]| and | while | but | y | mientras | pero | и | а | но ")


def _near(text: str, quote: str) -> tuple[list[str], list[str]]:
    """Return the stems before the figure, nearest first, and after it, within its clause."""
    at = quote.find(text)
    if at < 0:
        return [], []
    language = language_of(quote)
    breaks = (_BEFORE_ABROAD, _AFTER_ABROAD) if language in GLOSSED else (_BEFORE, _AFTER)
    before = without_dates(breaks[0].split(quote[max(0, at - 80) : at])[-1])
    end = at + len(text)
    after = without_dates(breaks[1].split(quote[end : end + 80])[0])
    nearest = list(reversed(english_stems(before, language)))
    return nearest[:_NEAR_WORDS], list(english_stems(after, language))[:_NEAR_WORDS]


_DOING = re.compile(
    r"(?: [a-z]{2,15}){0,2}? (?:have |had )?(?:killed|wounded|injured|hurt|arrested|detained|abducted|kidnapped|seized|"
    r"captured|rescued|freed|released|evacuated|charged) "
    r"(?:(?:the|a|an|his|her|their|its|its|two|three|four|five|six|seven|eight|nine|ten|some|several|many|dozens|hundreds"
    r"|at least|\d+)\b|(?!(?:January|February|March|April|May|June|July|August|September|October|November|December|"
    r"Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday))[A-Z])"
)


def _is_doer(text: str, quote: str) -> bool:
    """Return whether the counted do the act rather than suffer it: "five gunmen killed the mayor"."""
    at = quote.find(text)
    return at >= 0 and _DOING.match(quote, at + len(text)) is not None


ABOARD = "aboard"
"""The state of those whom a ship, plane or train carries."""

_ABOARD_AFTER = re.compile(
    r"\W{0,2}(?:(?:who|that|were|was|are|is|had|have|been|being|still|then|estaban|iban|que|viajaban|"
    r"находил\w{2,4}|был\w?) ){0,3}(?:on board|aboard|a bordo|на борту)\b"
)
_ABOARD_BEFORE = re.compile(
    r"\b(?:carrying|carried|carries|aboard|on board)(?: (?:were|was|are|is|with|the|a total of|about|around|some|"
    r"nearly|at least|more than|over|up to|roughly|almost|only))* $"
)


def _is_aboard(text: str, thing: str, quote: str) -> bool:
    """Return whether people are counted as those on a ship, plane or train: "with 150 on board", "carrying 60"."""
    at = quote.find(text)
    if at < 0 or (thing and not _is_people(thing)):
        return False
    if _ABOARD_AFTER.match(quote, at + len(text)):
        return True
    return bool(thing) and _ABOARD_BEFORE.search(quote[max(0, at - 60) : at]) is not None


def _is_tally(text: str, quote: str) -> bool:
    """Return whether a share says how far a count of votes has come: "with 40 percent of the ballots counted"."""
    at = quote.find(text)
    if at < 0:
        return False
    before, after = _tallies()
    return after.match(quote, at + len(text)) is not None or before.search(quote[max(0, at - 60) : at]) is not None


@cache
def _tallies() -> tuple[re.Pattern[str], re.Pattern[str]]:
    table = load_toml("slots.toml")["tally"]
    return re.compile(rf"(?i)\b(?:{'|'.join(table['before'])})$"), re.compile(rf"(?i) (?:{'|'.join(table['after'])})")


@lru_cache(maxsize=1 << 10)
def _is_people(thing: str) -> bool:
    stems = stem_words(thing)
    return bool(stems) and stems[-1] in _aboard_stems()


@cache
def _aboard_stems() -> frozenset[str]:
    return frozenset(stem for word in listed("aboard", "people") for stem in stem_words(word))


def state_of(quantity: Quantity, quote: str) -> str:
    """Return what the counted are said to be, such as ``die`` or ``arrest``; empty where the words tell of none.

    "12 people were killed and 30 injured" gives ``die`` for 12 and ``injure`` for 30, "killing 12" gives ``die``. A
    bare number takes the first state that its sentence names: "the number of people killed has risen to 19".
    """
    return _find_state(quantity.text, quantity.object, quantity.unit, quote)


# Remembered by the few words that they depend on: a hash of the whole figure would cost as much as the answer saves.
@lru_cache(maxsize=1 << 13)
def _find_state(text: str, thing: str, unit: str, quote: str) -> str:
    classes, counted = classes_of("acts"), listed("counted", "acts")
    if thing == "life":
        return "die"
    if unit == "count" and _is_aboard(text, thing, quote):
        return ABOARD
    if unit == "percent" and _is_tally(text, quote):
        return "tally"
    before, after = _near(text, quote)
    if _is_doer(text, quote):
        after = []
    language = language_of(quote)
    own = [classes.get(stem, "") for stem in (*stem_words(thing), *english_stems(text, language), *after, *before)]
    found = next((name for name in own if name in counted), "")
    if found or thing or unit != "count":
        return found
    told = (classes.get(stem, "") for stem in english_stems(quote, language))
    return next((name for name in told if name in counted), "")


def thing_of(quantity: Quantity, quote: str) -> str:
    """Return the class of what a figure counts or measures; a bare number is named by the measure beside it.

    "magnitude 5.7" and "5.7-magnitude" give the stem of ``magnitude``.
    """
    if quantity.object:
        return object_of(quantity.object, language_of(quote))
    return _find_measure(quantity.text, quote)


@lru_cache(maxsize=1 << 13)
def _find_measure(text: str, quote: str) -> str:
    before, after = _near(text, quote)
    measures = {stem for word in listed("measures", "words") for stem in stem_words(word)}
    return next((stem for stem in (*before[:2], *after[:1]) if stem in measures), "")


def is_cumulative(quantity: Quantity, quote: str) -> bool:
    """Return whether the figure is one that is counted up while an event goes on (deaths, arrests, cases)."""
    if state_of(quantity, quote) in listed("cumulative", "acts"):
        return True
    return object_of(quantity.object, language_of(quote)) in _cumulative_objects()


@cache
def _cumulative_objects() -> frozenset[str]:
    return frozenset(object_of(name, "en") for name in listed("cumulative", "objects"))
