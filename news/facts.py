"""Comparing the values of one slot: figures, days, places; and what words stand for one act or one counted thing.

Owns when two values agree, when one is finer or further along than the other, and when both cannot be right. Must never
decide what follows from that: ``news.disputes`` does, which knows who said it and when.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from enum import StrEnum
from functools import cache, lru_cache

from news import progress
from news.fractions import list_fractions
from news.model import DateBasis, Precision, Quantity, Report, TimeSpan
from news.tables import load_toml
from news.text import content_terms, stem_words
from news.units import measure_of

Within = Mapping[str, tuple[str, ...]]
"""Entity key -> keys of what it lies in, nearest first; a key that is missing lies in nothing known."""


class Fit(StrEnum):
    """How the value here stands to the value there."""

    SAME = "same"
    """They agree within their precision, or here is vaguer."""
    FINER = "finer"
    """They agree and here says more: a day for a month, a town for its country, 20 for "at least 12"."""
    MORE = "more"
    """Figures only: here is larger, and both cannot be right at once."""
    LESS = "less"
    """Figures only: here is smaller, and both cannot be right at once."""
    OTHER = "other"
    """Both cannot be right."""
    APART = "apart"
    """They are not about the same thing, or one is unknown."""


is_development = progress.is_development
"""Whether a sentence says that things have moved on; here since slots are compared with it in mind."""

_APPROXIMATE_RATIO = 0.12
"""How far "around 100" reaches: 88 to 112. It must take in "99" and "about 110", and leave out "120"."""

_ROUND_RATIO = 0.05
"""How far a round number of 100 or more reaches when nothing says that it is one: 1,000 may stand for 973."""

_ROUND_FROM = 100
_BOUND_RATIO = 1.15
_CONVERTED_RATIO = 0.06
"""How far a figure reaches on either side where the other is given in another unit: six miles stand for ten km."""
_NEAR_WORDS = 6


@cache
def _classes(table: str) -> Mapping[str, str]:
    """Return stem -> class for one table of ``slots.toml``; the first class that has a stem keeps it."""
    found: dict[str, str] = {}
    for name, words in load_toml("slots.toml")[table].items():
        for word in str(words).split():
            stems = stem_words(word)
            if len(stems) == 1:  # "took-off" is neither what was taken nor what is off
                found.setdefault(stems[0], name)
    return found


@cache
def _listed(table: str, key: str) -> frozenset[str]:
    return frozenset(str(load_toml("slots.toml")[table][key]).split())


def act_of(stem: str) -> str:
    """Return the class of acts that an English stem belongs to, or the stem itself."""
    return _classes("acts").get(stem, stem)


def is_class_of_acts(name: str) -> bool:
    """Return whether the name is one of a class of acts."""
    return name in load_toml("slots.toml")["acts"]


def number_words() -> frozenset[str]:
    """Return the English words that are numbers, folded ("seven", "dozens")."""
    return _listed("wording", "numbers")


def is_number_word(word: str) -> bool:
    """Return whether an English word is a number, folded ("seven", "dozens")."""
    return word in number_words()


def is_date_word(word: str) -> bool:
    """Return whether an English word names a day of the week or a month."""
    return word.casefold() in _listed("wording", "dates")


_DATE_WORDS = re.compile(
    r"\b(?:\d{1,2}\s+)?(?:January|February|March|April|May|June|July|August|September|October|November|December)\b"
    r"(?:\s+\d{1,2}\b)?(?:,?\s+(?:19|20)\d\d\b)?"
    r"|\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b"
    r"|\bliving\b"  # which has the stem of lives that are lost
)


_DATE_SIGNS = ("day", "ary", "March", "April", "May", "June", "July", "August", "ber")
"""One of these stands in every written date; most sentences have none, which is quickly seen."""


def _without_dates(text: str) -> str:
    """Return a sentence without its written dates: they are weighed as dates, and March is no march."""
    return _DATE_WORDS.sub(" ", text) if any(sign in text for sign in _DATE_SIGNS) else text


@lru_cache(maxsize=1 << 13)
def terms_in(text: str, language: str = "en") -> tuple[str, ...]:
    """Return the content stems of a sentence in order, each once; remembered, as several questions ask for them."""
    return tuple(content_terms(text, language))


@lru_cache(maxsize=1 << 13)
def acts_in(text: str, language: str = "en") -> frozenset[str]:
    """Return the classes of acts that the words of a sentence name; empty for languages without a table."""
    if language not in {"en", ""}:
        return frozenset()
    classes = _classes("acts")
    return frozenset(classes[stem] for stem in terms_in(_without_dates(text), "en") if stem in classes)


@lru_cache(maxsize=1 << 13)
def meanings_in(text: str, language: str = "en", *, has_dates: bool = False) -> frozenset[str]:
    """Return the content stems of a sentence, those of one act or one counted thing replaced by its class.

    Args:
        has_dates: written dates count as words, for telling what a story has from what it lacks.
    """
    terms = terms_in(text if has_dates else _without_dates(text), language)
    if language not in {"en", ""}:
        return frozenset(terms)
    acts, objects = _classes("acts"), _classes("objects")
    return frozenset(acts.get(stem) or objects.get(stem) or stem for stem in terms)


@lru_cache(maxsize=1 << 12)
def object_of(name: str) -> str:
    """Return the class of what is counted ("jet" and "plane" are ``aircraft``), or the name's own stems."""
    stems = stem_words(name)
    classes = _classes("objects")
    return next((classes[stem] for stem in reversed(stems) if stem in classes), " ".join(stems))


def _near(text: str, quote: str) -> tuple[list[str], list[str]]:
    """Return the stems before the figure, nearest first, and after it, within its clause."""
    at = quote.find(text)
    if at < 0:
        return [], []
    before = _without_dates(re.split(r"[,;:]| and ", quote[max(0, at - 80) : at])[-1])
    end = at + len(text)
    after = _without_dates(re.split(r"[,;:.]| and | while | but ", quote[end : end + 80])[0])
    return list(reversed(stem_words(before)))[:_NEAR_WORDS], list(stem_words(after))[:_NEAR_WORDS]


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


def state_of(quantity: Quantity, quote: str) -> str:
    """Return what the counted are said to be, such as ``die`` or ``arrest``; empty where the words tell of none.

    "12 people were killed and 30 injured" gives ``die`` for 12 and ``injure`` for 30, "killing 12" gives ``die``. A
    bare number takes the first state that its sentence names: "the number of people killed has risen to 19".
    """
    return _find_state(quantity.text, quantity.object, quantity.unit, quote)


# Remembered by the few words that they depend on: a hash of the whole figure would cost as much as the answer saves.
@lru_cache(maxsize=1 << 13)
def _find_state(text: str, thing: str, unit: str, quote: str) -> str:
    classes, counted = _classes("acts"), _listed("counted", "acts")
    if thing == "life":
        return "die"
    before, after = _near(text, quote)
    if _is_doer(text, quote):
        after = []
    own = [classes.get(stem, "") for stem in (*stem_words(thing), *stem_words(text), *after, *before)]
    found = next((name for name in own if name in counted), "")
    if found or thing or unit != "count":
        return found
    told = (classes.get(stem, "") for stem in stem_words(quote))
    return next((name for name in told if name in counted), "")


def thing_of(quantity: Quantity, quote: str) -> str:
    """Return the class of what a figure counts or measures; a bare number is named by the measure beside it.

    "magnitude 5.7" and "5.7-magnitude" give the stem of ``magnitude``.
    """
    return object_of(quantity.object) if quantity.object else _find_measure(quantity.text, quote)


@lru_cache(maxsize=1 << 13)
def _find_measure(text: str, quote: str) -> str:
    before, after = _near(text, quote)
    measures = {stem for word in _listed("measures", "words") for stem in stem_words(word)}
    return next((stem for stem in (*before[:2], *after[:1]) if stem in measures), "")


_MOVED = re.compile(
    r"\b(?:risen|rises|rose|rising|climbed|climbs|increased|grown|grew|jumped|fallen|fell|dropped|stands?|stood|now|"
    r"reached|passed|hit|revised)\b(?: (?:up|down))?(?: (?:to|at))?(?: (at least|about|around|more than))?"
    r" (\d{1,15}(?:,\d{3}){0,4}(?:\.\d{1,4})?)(?=[,.;:]? |[,.;:]?$)"
)
_MEASURED = re.compile(r"\b([a-z]{4,12})(?: of)? (\d{1,4}(?:\.\d{1,4})?)\b|\b(\d{1,4}(?:\.\d{1,4})?)-([a-z]{4,12})\b")
_MAX_QUOTE = 1_000


def _bare(text: str, start: int, *, hedge: str = "", thing: str = "") -> Quantity:
    bound = "min" if hedge in {"at least", "more than"} else ""
    value = float(text.replace(",", ""))
    return Quantity(start, start + len(text), text, value, "count", thing, approximate=bool(hedge), bound=bound)


def _moved_figures(quote: str) -> list[Quantity]:
    return [_bare(found[2], found.start(2), hedge=found[1] or "") for found in _MOVED.finditer(quote)]


def _measured_figures(quote: str) -> list[Quantity]:
    measures = _listed("measures", "words")
    found = [(m[1] or m[4], m[2] or m[3], m.start(2) if m[2] else m.start(3)) for m in _MEASURED.finditer(quote)]
    return [_bare(text, start, thing=thing) for thing, text, start in found if thing in measures]


def figures_of(report: Report) -> tuple[Quantity, ...]:
    """Return the figures of a report with the bare numbers that its words give a meaning, in that order.

    "The toll has risen to 19" and "magnitude 5.7" have a number without a noun of its own. Offsets of these are into
    the quote. Numbers that the reading found already are not given twice.
    """
    fractions = _fractions(report.quote)
    read = [one for one in report.quantities if not any(one.text in other.text for other in fractions)]
    values = {quantity.value for quantity in read}
    return (*read, *(figure for figure in _bare_figures(report.quote) if figure.value not in values))


@lru_cache(maxsize=1 << 13)
def _bare_figures(quote: str) -> tuple[Quantity, ...]:
    quote = quote[:_MAX_QUOTE]
    return (*_moved_figures(quote), *_measured_figures(quote), *_fractions(quote))


@lru_cache(maxsize=1 << 13)
def _fractions(quote: str) -> tuple[Quantity, ...]:
    return tuple(list_fractions(quote[:_MAX_QUOTE]))


def _scaled(quantity: Quantity) -> tuple[str, float]:
    return measure_of(quantity.unit)


def _round_unit(value: float) -> float:
    """Return ten to the number of trailing zeros of a whole number: 1000 for 3,000, 1 for 3,001."""
    unit = 1.0
    while value and unit < abs(value) and value % (unit * 10) == 0:
        unit *= 10
    return unit


def interval_of(quantity: Quantity) -> tuple[float, float]:
    """Return the lowest and highest value that the figure allows, both included, in its canonical unit."""
    factor = _scaled(quantity)[1]
    low = quantity.value * factor
    high = (quantity.upper if quantity.upper is not None else quantity.value) * factor
    if quantity.bound == "min":
        return low, math.inf
    if quantity.bound == "max":
        return 0.0, high
    if quantity.approximate:
        return low - abs(low) * _APPROXIMATE_RATIO, high + abs(high) * _APPROXIMATE_RATIO
    if abs(quantity.value) >= _ROUND_FROM and quantity.upper is None:
        slack = min(
            _round_unit(quantity.value) / 2 if _round_unit(quantity.value) > 1 else 0.0, abs(low) * _ROUND_RATIO
        )
        return low - slack, high + slack
    return low, high


def is_same_slot(
    here: Quantity, there: Quantity, *, here_quote: str = "", there_quote: str = "", is_strict: bool = True
) -> bool:
    """Return whether two figures count the same thing: unit, object, and what is said of the counted.

    Not strict, a state that only one of the sentences names is let pass: enough to say that figures agree, too little
    to say that they differ.
    """
    if _scaled(here)[0] != _scaled(there)[0]:
        return False
    states = state_of(here, here_quote), state_of(there, there_quote)
    if all(states):
        return states[0] == states[1]
    things = thing_of(here, here_quote), thing_of(there, there_quote)
    if not all(things):
        return here.unit != "count" and not any(states)
    return things[0] == things[1] and (not is_strict or not any(states))


def compare_figures(here: Quantity, there: Quantity) -> Fit:
    """Return how two figures of one slot stand to each other; ``is_same_slot`` is the caller's to ask first.

    "around 100" and "99" are SAME; 20 after "at least 12" is FINER; 4 and 2 are MORE.
    """
    (low, high), (there_low, there_high) = interval_of(here), interval_of(there)
    if here.unit != there.unit:
        low, high = low * (1 - _CONVERTED_RATIO), high * (1 + _CONVERTED_RATIO)
        there_low, there_high = there_low * (1 - _CONVERTED_RATIO), there_high * (1 + _CONVERTED_RATIO)
    if low > there_high:
        return Fit.MORE
    if high < there_low:
        return Fit.LESS
    if there.bound == "min" and here.value > there.value * _BOUND_RATIO and here.unit == there.unit:
        return Fit.FINER
    return Fit.SAME


def gap_days(here: TimeSpan, there: TimeSpan) -> int | None:
    """Return the days between two spans, 0 if they touch or overlap, None if either is unknown."""
    if Precision.UNKNOWN in {here.precision, there.precision}:
        return None
    if here.first_on and there.last_on and here.first_on > there.last_on:
        return (here.first_on - there.last_on).days
    if there.first_on and here.last_on and there.first_on > here.last_on:
        return (there.first_on - here.last_on).days
    return 0


def is_lasting(span: TimeSpan) -> bool:
    """Return whether the span is that of a state: open at an end, or longer than a month."""
    if span.precision is Precision.UNKNOWN:
        return False
    return span.first_on is None or span.last_on is None or (span.last_on - span.first_on).days > _MONTH_DAYS


_MONTH_DAYS = 31
_FINENESS = {precision: rank for rank, precision in enumerate(Precision)}
_SAID = frozenset({DateBasis.STATED, DateBasis.RESOLVED})


def is_said(span: TimeSpan) -> bool:
    """Return whether the text itself dates the event, rather than the article's own date standing in."""
    return span.basis in _SAID and span.precision is not Precision.UNKNOWN


def compare_days(here: TimeSpan, there: TimeSpan) -> Fit:
    """Return how two dates of one event stand to each other; a date that stands in for a missing one is APART."""
    gap = gap_days(here, there)
    if gap is None or not is_said(here):
        return Fit.APART
    if not is_said(there):
        return Fit.FINER if gap == 0 and here.precision is not Precision.DAY else Fit.APART
    if gap > 0:
        return Fit.OTHER
    return Fit.FINER if _FINENESS[here.precision] < _FINENESS[there.precision] else Fit.SAME


def is_inside(key: str, other: str, within: Within) -> bool:
    """Return whether ``key`` is ``other`` or lies in it."""
    return key == other or other in within.get(key, ())


def compare_places(here: Sequence[str], there: Sequence[str], within: Within) -> Fit:
    """Return how two lists of places of one event stand to each other.

    They agree where one place of one list is, holds or lies in one of the other. They are OTHER only where the nearest
    places of both are known to lie in something and neither holds the other: two countries named in one sentence are
    often two parties, not two places.
    """
    if not here or not there:
        return Fit.APART
    if set(here) & set(there):
        return Fit.SAME
    if any(is_inside(theirs, ours, within) for ours in here for theirs in there):
        return Fit.SAME
    if any(is_inside(ours, theirs, within) for ours in here for theirs in there):
        return Fit.FINER
    return Fit.OTHER if within.get(here[0]) and within.get(there[0]) else Fit.APART


def is_cumulative(quantity: Quantity, quote: str) -> bool:
    """Return whether the figure is one that is counted up while an event goes on (deaths, arrests, cases)."""
    if state_of(quantity, quote) in _listed("cumulative", "acts"):
        return True
    return object_of(quantity.object) in _cumulative_objects()


@cache
def _cumulative_objects() -> frozenset[str]:
    return frozenset(object_of(name) for name in _listed("cumulative", "objects"))
