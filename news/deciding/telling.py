"""Whether a sentence tells anything that its story does not hold, by evidence that can be named.

Owns the features of a sentence against the holdings of a story, and their weighing. The weights stand in
``data/weights.toml`` under ``telling`` and are learnt by ``python -m benchmarks.learn_novelty``. Must never choose the
story, nor compare the values of one event.

A retelling may share no word with what it retells, and news may share nearly all of them. So words count little here:
what counts is a number, a name, a day or an act that stands nowhere in the story in any wording.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from news.deciding.counts import is_count
from news.deciding.givens import GIVENS, givens_of
from news.deciding.later_days import is_later, later_day
from news.deciding.signs import SIGNS, signs_of
from news.decision import FactKind, NewFact
from news.model import Mention, Reading, Report, Sentence
from news.stories.case import Case
from news.stories.holdings import Holdings, is_name_held, is_spelt_otherwise
from news.tables import load_toml
from news.words.derived import is_derived
from news.words.meanings import is_date_word
from news.words.measures import Measure, is_held, measures_in
from news.words.text import NAME_INSIDE, fold
from news.words.turns import grave_turns, strong_turns, turns_in

__all__ = [
    "FEATURES",
    "Telling",
    "chance_of_news",
    "describe_sentences",
    "is_worked_out",
    "list_news",
]

_CAPITALISED = re.compile(NAME_INSIDE)
_WORD = re.compile(r"[^\W\d_]+")
_ENDS, _CLOSING = (".", "!", "?", "…"), "\"'»”’) "
_BRIEF = 8
_ENOUGH_AGREED = 3
_SMALL = 3
_EVEN = 0.5
_BESIDE = -1.5
"""Log-odds of a sentence that is shown as new where another one is, its place as the first left out."""
_MAX_SCORE = 20.0
_LONG_PAST = 60

FEATURES = (
    "number",
    "person",
    "place",
    "word",
    "lead_turn",
    "abroad",
    "title_strong",
    "title_number",
    "later",
    "later_said",
    "later_event",
    "lead",
    "background",
    "moved",
    "date",
    "part",
    "agreed",
    "none_agreed",
    *SIGNS,
    *GIVENS,
)
"""Names of the features of a sentence in order; see ``describe_sentences``."""

_OF_WORDS = frozenset(["word", "lead_turn", "title_strong", "voice", "quotation", "pause", "reworded", "fresh"])
"""Signs that words are made of: they say nothing where the whole story is told in other languages."""


@dataclass(frozen=True, slots=True)
class Telling:
    """A sentence with what it has that its story lacks. ``evidence`` names it for a person, strongest first."""

    sentence: Sentence
    features: dict[str, float]
    evidence: tuple[str, ...]


@cache
def _weights() -> Mapping[str, float]:
    return MappingProxyType({key: float(value) for key, value in load_toml("weights.toml")["telling"].items()})


def _score_sentence(features: Mapping[str, float]) -> float:
    """Return the log-odds that a sentence with these features tells something new."""
    weights = _weights()
    return weights["bias"] + sum(weights.get(name, 0.0) * value for name, value in features.items())


def chance_of_news(tellings: Sequence[Telling]) -> float:
    """Return how likely it is that one of the sentences at least tells something new, 0 to 1 (a noisy or)."""
    nothing = 1.0
    for one in tellings:
        score = max(-_MAX_SCORE, min(_MAX_SCORE, _score_sentence(one.features)))
        nothing *= 1 - 1 / (1 + math.exp(-score))
    return 1 - nothing


def list_news(tellings: Sequence[Telling], *, is_comment: bool = False) -> list[Telling]:
    """Return the sentences that tell something new, in order; the best one if none does alone but all together do.

    Beside one that does, those count that have something of their own and would not be news alone. Of a comment one has
    to be news by itself: it argues at length about what is known.
    """
    scores = [_score_sentence(one.features) for one in tellings]
    best = max(scores, default=0.0)
    if chance_of_news(tellings) <= _EVEN or (is_comment and best <= 0):
        return []
    return [
        one
        for one, score in zip(tellings, scores, strict=True)
        if score > 0
        or score == best
        or (score - _weights()["lead"] * one.features["lead"] > _BESIDE and _has_news(one))
    ]


def _has_news(one: Telling) -> bool:
    return bool(one.evidence) and not one.features["background"]


def describe_sentences(case: Case, held: Holdings, facts: Sequence[NewFact] = ()) -> list[Telling]:
    """Return the sentences of an article with their features against what a story holds, in order.

    Args:
        facts: what comparing its reports with the events of the story gave.

    A byline or the name of a place before the first sentence is none.
    """
    reading = case.reading
    reports: dict[int, list[Report]] = {}
    for report in reading.reports:
        reports.setdefault(report.sentence, []).append(report)
    found = []
    sentences = _from_lead(reading)
    agreed = _agreed_features(sentences, held, reading.language or "en")
    givens = givens_of([one.text for one in sentences], held, reading.language or "en")
    for place, (sentence, given) in enumerate(zip(sentences, givens, strict=True)):
        own = [m for m in reading.mentions if sentence.start <= m.start < sentence.end]
        telling = _describe(case, held, sentence, own, reports.get(sentence.index, ()), facts, place=place)
        telling.features.update(agreed)
        telling.features.update(given)
        found.append(telling)
    if not held.is_told_in(reading.language or "en"):
        for one in found:
            one.features.update(dict.fromkeys(_OF_WORDS, 0.0))
    return found


def _from_lead(reading: Reading) -> Sequence[Sentence]:
    """Return the sentences from the first that is one: "By our columnist" and "LIMA, 2 March." open nothing."""
    lead = next((at for at, one in enumerate(reading.sentences) if _is_sentence(one, reading)), 0)
    return reading.sentences[lead:]


def _is_sentence(sentence: Sentence, reading: Reading) -> bool:
    """Return whether it ends as one, and has more than names and a day."""
    if not sentence.text.rstrip(_CLOSING).endswith(_ENDS):
        return False
    days = [(one.start - sentence.start, one.end - sentence.start) for one in reading.dates]
    words = (one for one in _WORD.finditer(sentence.text) if one[0][0].islower())
    return any(not any(start <= one.start() < end for start, end in days) for one in words)


def _agreed_features(sentences: Sequence[Sentence], held: Holdings, language: str) -> dict[str, float]:
    """Return how many numbers of an article its story has, beyond one and up to three, and whether it has none of them.

    Who retells repeats the figures; numbers of which the story has none are about something else, or contradict it.
    Only brief articles are asked: of a long one some numbers stand in any story.
    """
    if len(sentences) > _BRIEF:
        return {"agreed": 0.0, "none_agreed": 0.0}
    each = (one for sentence in sentences for one in measures_in(sentence.text, language))
    large = [one for one in each if one.value > _SMALL or one.kind]
    n_agreed = sum(is_held(one, held.measures) for one in large)
    return {
        "agreed": float(min(_ENOUGH_AGREED, max(0, n_agreed - 1))),
        "none_agreed": float(bool(large) and not n_agreed),
    }


def _describe(
    case: Case,
    held: Holdings,
    sentence: Sentence,
    mentions: Sequence[Mention],
    reports: Sequence[Report],
    facts: Sequence[NewFact],
    *,
    place: int,
) -> Telling:
    text, language = sentence.text, case.reading.language or "en"
    names = _new_names(mentions, text, held, case)
    numbers = _new_numbers(case, held, sentence)
    large = [m for m in numbers if m.value > _SMALL or m.kind]
    turns = _new_turns(text, held, language)
    is_lead = place == 0
    day, is_said_day = later_day(sentence, case, held)
    gap = ((case.article.published_at or case.now).date() - held.last_on).days if held.last_on else 0
    is_past = _is_past(sentence, reports, case)
    signs, named = signs_of(text, held, language, index=place, title=case.article.title, gap=gap, is_past=is_past)
    features = {
        "number": float(min(2, len(large))),
        "person": float(bool(names["person"])),
        "place": float(bool(names["place"])),
        "word": float(bool(names["word"])),
        "lead_turn": float(is_lead and bool(turns)),
        "abroad": float(is_lead and not held.is_told_in(language) and _is_turning(turns, text, language)),
        "later": float(day is not None and not is_said_day),
        "later_said": float(is_said_day),
        "later_event": float(not is_said_day and any(is_later(report, case, held) for report in reports)),
        "lead": float(is_lead),
        "background": float(is_past),
        **_title_features(case, held, is_lead=is_lead),
        **_slot_features(text, facts),
        **signs,
    }
    evidence = [str(day)] if day is not None else []
    evidence += [text[m.start : m.end] for m in large] + [n for group in names.values() for n in group]
    return Telling(sentence, features, (*evidence, *sorted(turns), *named))


def _new_numbers(case: Case, held: Holdings, sentence: Sentence) -> list[Measure]:
    found = measures_in(sentence.text, case.reading.language or "en")
    return [
        one
        for one in found
        if not _is_number_held(one, sentence.text, held, case) and not _is_in_date(one, sentence, case)
    ]


def _new_names(mentions: Sequence[Mention], text: str, held: Holdings, case: Case) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {"person": [], "place": [], "org": [], "word": []}
    covered: set[str] = set()
    for mention in mentions:
        covered |= set(_WORD.findall(mention.text))
        kind = mention.entity.kind.value
        if kind in found and not is_name_held(mention.entity.key, mention.text, held, case.world.within):
            found[kind].append(mention.text)
    for word in _CAPITALISED.findall(text):
        if word not in covered and not is_date_word(word) and not _is_word_held(fold(word), held):
            found["word"].append(word)
    return found


def _is_word_held(word: str, held: Holdings) -> bool:
    """Return whether the story has a word or one that it is derived from: "Chadian" where it has "Chad"."""
    if word in held.words or is_spelt_otherwise(word, held):
        return True
    return any(word[:size] in held.words for size in range(max(4, len(word) - 4), len(word)))


def _is_in_date(measure: Measure, sentence: Sentence, case: Case) -> bool:
    start, end = sentence.start + measure.start, sentence.start + measure.end
    return any(one.start < end and start < one.end and one.span.first_on is not None for one in case.reading.dates)


def _is_number_held(measure: Measure, text: str, held: Holdings, case: Case) -> bool:
    others = held.measures
    if is_count(measure, text, case.reading.language or "en"):
        others = tuple(one for one in others if one.kind != "time")  # "eleven people" are not "11 months"
    return is_held(measure, others) or _is_one_more(measure, text, held) or is_worked_out(measure, text, held, case)


def is_worked_out(measure: Measure, text: str, held: Holdings, case: Case) -> bool:
    """Return whether a number of a sentence follows from those that a story has."""
    return is_derived(measure, text, held.sums, year=case.issued_at.year, days=held.days | {case.issued_at.date()})


def _is_one_more(measure: Measure, text: str, held: Holdings) -> bool:
    """Return whether "six more" or "six others" makes a number that the story has, with the one named beside them."""
    value, end = measure.value, measure.end
    if not re.match(r" (?:more|others?)\b", text[end : end + 8]):
        return False
    return any(not one.kind and one.value == value + 1 for one in held.measures)


def _new_turns(text: str, held: Holdings, language: str) -> set[str]:
    return {word for word, classes in turns_in(text, language).items() if classes.isdisjoint(held.turns)}


def _is_turning(turns: Iterable[str], text: str, language: str) -> bool:
    """Return whether any of these words of a text denies, or names an act that a story turns on."""
    return any("deny" in turns_in(text, language)[word] or _is_strong(word, text, language) for word in turns)


def _is_strong(word: str, text: str, language: str) -> bool:
    return bool(turns_in(text, language)[word] & (strong_turns() | grave_turns()))


def _title_features(case: Case, held: Holdings, *, is_lead: bool) -> dict[str, float]:
    """Return what the headline says beyond the story; it counts with the first sentence, whose news it tells."""
    title, language = case.article.title, case.reading.language or "en"
    if not is_lead or not title:
        return {"title_strong": 0.0, "title_number": 0.0}
    strong = [word for word in _new_turns(title, held, language) if _is_strong(word, title, language)]
    numbers = [one for one in measures_in(title, language) if not _is_number_held(one, title, held, case)]
    return {"title_strong": float(bool(strong)), "title_number": float(bool(numbers))}


def _slot_features(text: str, facts: Sequence[NewFact]) -> dict[str, float]:
    """Return which slots of an event of the story the sentence fills or moves."""
    own = [fact for fact in facts if fact.after.quote.strip() == text.strip()]
    kinds = {fact.kind for fact in own}
    is_moved = any(fact.kind is FactKind.FIGURE and fact.before is not None for fact in own)
    return {
        "moved": float(is_moved),
        "date": float(FactKind.DATE in kinds),
        "part": float(bool(kinds & {FactKind.PLACE, FactKind.ACTOR})),
    }


def _is_past(sentence: Sentence, reports: Sequence[Report], case: Case) -> bool:
    """Return whether all that the sentence tells or dates is long before the article."""
    if reports:
        return all(report.is_background for report in reports)
    issued_on = (case.article.published_at or case.now).date()
    days = [
        one.span.last_on
        for one in case.reading.dates
        if sentence.start <= one.start < sentence.end and one.span.last_on is not None
    ]
    return bool(days) and all((issued_on - day).days > _LONG_PAST for day in days)
