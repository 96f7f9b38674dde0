"""Which figures of a sentence count or measure what a question asks for, in English, Spanish and Russian.

Owns what speaks against a figure: another thing, another unit, those to whom something else was done. Must never choose
among sentences, ``news.answers.answer`` does.
"""

from __future__ import annotations

import re
from functools import cache

from news.answers.answer_bounds import is_length_of, measure_length
from news.answers.questions import Asked, Question, list_wanted
from news.model import Quantity
from news.reports.quantities import find_quantities
from news.reports.tolls import HARMS
from news.tables import load_toml
from news.words.meanings import acts_in, object_of
from news.words.states import ABOARD, state_of
from news.words.text import fold, stem_words, tokenize

__all__ = ["counts_what_is_asked", "harms_asked", "is_in_unit", "weigh_unit"]

_HOW_MANY = {
    "en": re.compile(r"how many ((?:[\w-]+ ?){1,5})", re.IGNORECASE),
    "es": re.compile(r"cu[aá]nt[oa]s ((?:[\w-]+ ?){1,5})", re.IGNORECASE),
    "ru": re.compile(r"сколько ((?:[\w-]+ ?){1,5})", re.IGNORECASE),
}
_HOW_MUCH = re.compile(r"\b(?:how much|cu[aá]nt[oa])\b", re.IGNORECASE)
_CROWD = re.compile(r"\bcu[aá]nta gente\b", re.IGNORECASE)
_SOMEBODY = {"en": "people", "es": "personas", "ru": "человек"}
_PEOPLE = frozenset({"person", "dead", "injured"})
_ON_BOARD = re.compile(
    r"(?i)\b(?:on board|aboard|a bordo|на борту)(?: \w+){0,3} $|^(?: \w+){0,2} (?:on board|aboard|a bordo|на борту)\b"
)
_BOARD_REACH = 40


def harms_asked(asked: Question) -> frozenset[str]:
    """Return which states of the harmed are counted by what is asked: ``die``, ``injure``, ``miss``; most ask of none.

    "How many were hurt by the blast that killed 40?" asks for the first that it names.
    """
    if asked.asked is not Asked.FIGURE:
        return frozenset()
    acts = [(word, acts_in(word, asked.language)) for word in tokenize(asked.text)]
    return next((found for _, classes in acts if (found := frozenset(HARMS) & classes)), frozenset())


def counts_what_is_asked(found: Quantity, asked: Question, sentence: str) -> bool:
    """Return whether a figure counts the noun after "how many"; where another word asks, every measure may answer.

    The dead are not the hurt, nor those aboard: where harm is asked of, the sentence must say it of those counted, and
    where it is not, it must not.
    """
    harms = harms_asked(asked)
    words = _counted_words(asked)
    if not words:
        is_much = _HOW_MUCH.search(asked.text) is not None
        return found.unit != "ordinal" and not (is_much and _is_count_or_length(found, asked))
    wanted = next(iter(find_quantities(f"5 {words}", asked.language)), None)
    if found.unit != (wanted.unit if wanted is not None else "count"):
        return False  # patients are not counted in hours
    if found.unit != "count":
        return True
    state = state_of(found, sentence)
    if (harms and state not in harms) or (not harms and state in HARMS):
        return False
    if not harms and not _is_same_state(state, _asked_state(asked, words, wanted), found, sentence):
        return False
    return _is_of_noun(found, wanted, words, asked, is_of_harm=bool(harms))


def _counted_words(asked: Question) -> str:
    """Return the words behind "how many"; empty where something else asks, or what was measured in another unit."""
    if _CROWD.search(asked.text):
        return _SOMEBODY["es"]
    pattern = _HOW_MANY.get(asked.language)
    match = pattern.search(asked.text) if pattern is not None else None
    return "" if match is None or any(_is_strict(row) for row in _rows_of(asked.text)) else match[1]


def _asked_state(asked: Question, words: str, wanted: Quantity | None) -> str:
    """Return what was done to those who are asked of: "how many were aboard" asks of people aboard."""
    if wanted is not None:
        return state_of(wanted, f"5 {words}")
    told = f"5 {_SOMEBODY[asked.language]} {words}"
    people = next(iter(find_quantities(told, asked.language)), None)
    return state_of(people, told) if people is not None else ""


def _is_same_state(state: str, asked_state: str, found: Quantity, sentence: str) -> bool:
    if asked_state == ABOARD and state != ABOARD:
        before = sentence[max(0, found.start - _BOARD_REACH) : found.start]
        after = sentence[found.end : found.end + _BOARD_REACH]
        return not state and any(_ON_BOARD.search(part) for part in (before, after))
    return not state or not asked_state or state == asked_state


def _is_of_noun(found: Quantity, wanted: Quantity | None, words: str, asked: Question, *, is_of_harm: bool) -> bool:
    if is_of_harm and not found.object:
        return True
    if wanted is None:
        own = frozenset(stem_words(words, asked.language)[:2])
        is_told_by_verb = is_of_harm or _asked_state(asked, words, None) != ""
        return (is_told_by_verb and found.object in _PEOPLE) or not own.isdisjoint(
            stem_words(found.text, asked.language)
        )
    if wanted.object in _PEOPLE and found.object in _PEOPLE:
        return True
    return object_of(found.object) == object_of(wanted.object)


# --- units


def is_in_unit(found: Quantity, asked: Question, sentence: str) -> bool:
    """Return whether a figure is in the unit that the question names: how long something lasted is no percentage."""
    for row in _rows_of(asked.text):
        if _is_strict(row) and found.unit not in str(row["units"]).split():
            return False
        if row.get("is_length"):
            return is_length_of(sentence, found) and measure_length(sentence, found, list_wanted(asked)) > 0.0
    return True


def weigh_unit(found: Quantity, asked: Question) -> float:
    """Return how well the unit of a figure fits, 1 where the question names none."""
    fit = 1.0
    for row in _rows_of(asked.text):
        fit *= 3.0 if found.unit in str(row["units"]).split() else 0.3
    return fit


def _is_count_or_length(found: Quantity, asked: Question) -> bool:
    """Return whether a figure counts things or tells a time, neither of which "how much" asks for by itself."""
    named = {unit for row in _rows_of(asked.text) for unit in str(row["units"]).split()}
    lengths = str(load_toml("questions.toml")["units"]["length"]["units"]).split()
    return found.unit not in named and (found.unit == "count" or found.unit in lengths)


def _is_strict(row: dict[str, object]) -> bool:
    return bool(row.get("is_strict"))


def _rows_of(question: str) -> list[dict[str, object]]:
    """Return the rows of units that words of the question name."""
    text = fold(question)
    return [row for pattern, row in _units() if pattern.search(text)]


@cache
def _units() -> list[tuple[re.Pattern[str], dict[str, object]]]:
    rows = load_toml("questions.toml")["units"].values()
    return [(_pattern(row["asked"]), row) for row in rows]


def _pattern(phrases: list[str]) -> re.Pattern[str]:
    words = "|".join(re.escape(fold(phrase)).replace(r"\*", r"\w*").replace("*", r"\w*") for phrase in phrases)
    return re.compile(rf"(?<!\w)(?:{words})(?!\w)")
