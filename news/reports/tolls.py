"""What a text tells of the dead, the hurt and the missing: whether there are any, and how many.

Owns the reading of tolls out of whole texts, in whatever wording: "killing at least four", "the number of people killed
has risen to nine", "a woman died". Must never compare two accounts of one event slot by slot: ``news.disputes.slots``
does.

A toll is news in two cases whatever its sentence is like: where the story had nobody dead (hurt, missing) yet, and
where it is more than any that the story has. It is none where the story has the very number beside words of that harm.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from types import MappingProxyType

from news.decision import Claim, FactKind, NewFact, StoredArticle, StoredReport
from news.model import NO_TIME, EventKind, Modality, Report
from news.reports.quantities import find_quantities
from news.tables import load_toml
from news.words.facts import figures_of
from news.words.measures import measures_in
from news.words.numerals import number_at
from news.words.sentences import split_sentences
from news.words.states import state_of
from news.words.things import things_in
from news.words.turns import turns_in
from news.words.vocabulary import language_of

__all__ = [
    "HARMS",
    "Tolls",
    "find_new_toll",
    "gather_tolls",
    "is_held_toll",
    "is_late_death",
    "is_of_others",
    "is_told_toll",
    "names_victims",
    "tolls_in",
]

HARMS = MappingProxyType({"die": "die", "injure": "injure", "miss": "missing"})
"""State of the counted -> class of the act, see ``data/slots.toml`` and ``data/turns.toml``."""

_MAX_SENTENCES = 20
_MAX_CHARS = 8_000
_LATE = "late"
"""Harm of those who were hurt and have died since."""
_BESIDE_DEAD = 30
_WORD = re.compile(r"[\w-]+")
_HARMING = re.compile(
    r"(?i)\b(?:(kill(?:s|ed|ing)?|(?:mat|asesin)(?:ó|aron|ando|an?) a|ун[её]с(?:ла|ло|ли|ший)? жизни|убив|убил[аои]?)|"
    r"(injur(?:es|ed|ing)|wound(?:s|ed|ing)?|hurt(?:s|ing)?|hir(?:ió|ieron|iendo) a|ранив|ранил[аои]?)) "
    r"(?:at least |about |some |nearly |more than |al menos |unos |unas |más de |не менее |около |более |почти )?"
    r"(?=\d|[^\W\d_])"
)


@cache
def _words(name: str) -> re.Pattern[str]:
    """Return the pattern of one list of ``tolls.toml``."""
    return re.compile("(?i)" + "|".join(load_toml("tolls.toml")[name]))


@dataclass(frozen=True, slots=True)
class Tolls:
    """The tolls of one or several texts.

    Attributes:
        told: harms that are told of, by the class of the act; ``late`` where somebody who was hurt has died since.
        counts: harm -> numbers that are said of the harmed.
        beside: harm -> all numbers of the sentences that tell of it.
    """

    told: frozenset[str]
    counts: Mapping[str, frozenset[float]]
    beside: Mapping[str, frozenset[float]]


def tolls_in(text: str, language: str, past: frozenset[str] = frozenset()) -> Tolls:
    """Return the tolls of the first sentences of a text; those that deny or only fear harm count for nothing.

    Args:
        past: its sentences on what was long before; they count for nothing either.
    """
    return _tolls_in(text[:_MAX_CHARS], language, past)


@lru_cache(maxsize=1 << 11)
def _tolls_in(text: str, language: str, past: frozenset[str]) -> Tolls:
    told: set[str] = set()
    counts: dict[str, set[float]] = {}
    beside: dict[str, set[float]] = {}
    for sentence in split_sentences(text, language)[:_MAX_SENTENCES]:
        harms = _harms_in(sentence.text, language)
        if _words("late").search(sentence.text):
            harms.add(_LATE)
        if not harms or sentence.text.strip() in past or _is_no_harm(sentence.text):
            continue
        told |= harms
        figures = _counted(sentence.text, language)
        for harm in harms:
            beside.setdefault(harm, set()).update(
                one.value for one in measures_in(sentence.text, language) if not one.kind
            )
            counts.setdefault(harm, set()).update(figures.get(harm, ()))
    return Tolls(frozenset(told), _frozen(counts), _frozen(beside))


def _is_no_harm(sentence: str) -> bool:
    """Return whether harm is denied, feared, or that of other years."""
    denied = _words("negated").search(_words("not_negated").sub(" ", sentence))
    return denied is not None or _is_of_other_years(sentence)


def _is_of_other_years(sentence: str) -> bool:
    return _words("past").search(sentence) is not None and _words("measured").search(sentence) is None


def _harms_in(sentence: str, language: str) -> set[str]:
    """Return the harms that a sentence names, whether or not it tells of any."""
    named = {name for classes in turns_in(sentence, language).values() for name in classes} & set(HARMS.values())
    return named | {"die"} if _words("dead").search(sentence) else named


def names_victims(sentence: str) -> bool:
    """Return whether a sentence tells of the dead without an act: "the third victim", "жертвами стали 13 человек"."""
    return _words("dead").search(sentence) is not None


def is_of_others(value: str, sentence: str, language: str) -> bool:
    """Return whether a number of a sentence on harm is that of other years, or of those whom the harmed were with."""
    if not _harms_in(sentence, language):
        return False
    return _is_of_other_years(sentence) or (value in sentence and value not in _without_company(sentence, language))


def _frozen(table: Mapping[str, Iterable[float]]) -> Mapping[str, frozenset[float]]:
    return MappingProxyType({key: frozenset(values) for key, values in table.items()})


def _counted(sentence: str, language: str) -> dict[str, set[float]]:
    sentence = _without_company(sentence, language)
    report = Report(
        -1, sentence, NO_TIME, EventKind.OTHER, Modality.HAPPENED, quantities=find_quantities(sentence, language)
    )
    found: dict[str, set[float]] = {}
    for figure in figures_of(report):
        is_counted = figure.unit == "count" and not _is_lifeless(figure.object)
        harm = HARMS.get(state_of(figure, sentence)) if is_counted else None
        if harm:
            found.setdefault(harm, set()).add(figure.value)
    bare = {one.start: one.value for one in measures_in(sentence, language) if not one.kind}
    for match in _HARMING.finditer(sentence):
        found.setdefault("die" if match[1] else "injure", set()).update(_value_at(bare, match.end()))
    risen = _words("risen").search(sentence)
    if risen is not None:
        found.setdefault("die", set()).update(_value_at(bare, risen.end()))
    dead = _words("dead").search(sentence)
    if dead is not None and "die" not in found:
        beside = sentence[dead.start() : dead.end() + _BESIDE_DEAD]
        found["die"] = {one.value for one in measures_in(beside, language) if not one.kind} or {1.0}
    if not found and _words("one").search(sentence):
        found = {harm: {1.0} for harm in _harms_in(sentence, language)}
    return found


def _value_at(values: Mapping[int, float], start: int) -> Iterable[float]:
    """Return the number that begins at an offset, if one does."""
    return (values[start],) if start in values else ()


def _without_company(sentence: str, language: str) -> str:
    """Return a sentence without the number of those whom the harmed were with: "a group of thirty-seven"."""
    found = _words("company").search(sentence)
    if found is None:
        return sentence
    number = number_at(sentence, found.end(), language)
    word = _WORD.match(sentence, found.end())
    after = number[1] if number else word.end() if word else found.end()
    return f"{sentence[: found.start()]} {_without_company(sentence[after:], language)}"


@lru_cache(maxsize=1 << 10)
def _is_lifeless(thing: str) -> bool:
    """Return whether what is counted can be neither dead nor hurt: the two buses of "died when two buses collided"."""
    lifeless = load_toml("tolls.toml")["lifeless"]
    return any(not classes.isdisjoint(lifeless) for classes in things_in(thing).values())


def gather_tolls(articles: Sequence[StoredArticle], reports: Sequence[StoredReport] = ()) -> Tolls:
    """Return the tolls of all these articles together, without those that their reports tell as long past."""
    past: dict[int, set[str]] = {}
    for stored in reports:
        if stored.report.is_background:
            past.setdefault(stored.article_id, set()).add(stored.report.quote.strip())
    each = [
        tolls_in(f"{one.article.title}.\n{one.article.text}", one.language or "en", frozenset(past.get(one.id, ())))
        for one in articles
    ]
    return Tolls(
        frozenset(harm for one in each for harm in one.told),
        _frozen(_joined(one.counts for one in each)),
        _frozen(_joined(one.beside for one in each)),
    )


def _joined(tables: Iterable[Mapping[str, frozenset[float]]]) -> dict[str, set[float]]:
    found: dict[str, set[float]] = {}
    for table in tables:
        for key, values in table.items():
            found.setdefault(key, set()).update(values)
    return found


def is_told_toll(fact: NewFact, held: Tolls) -> bool:
    """Return whether a figure that seems to have moved is a toll that the story has already, in other words."""
    if fact.kind is not FactKind.FIGURE or fact.before is None:
        return False
    language = language_of(fact.after.quote)
    ours = tolls_in(fact.after.quote, language)
    values = {one.value for one in measures_in(fact.after.value, language) if not one.kind}
    return any(
        values & numbers and values <= held.beside.get(harm, frozenset()) for harm, numbers in ours.beside.items()
    )


def is_held_toll(claim: Claim, held: Tolls) -> bool:
    """Return whether a claim counts as many dead or hurt as the texts do already, whoever said so."""
    language = language_of(claim.quote)
    values = {one.value for one in measures_in(claim.value, language) if not one.kind}
    counts = tolls_in(claim.quote, language).counts
    return any(values & numbers and values <= held.counts.get(harm, frozenset()) for harm, numbers in counts.items())


def find_new_toll(sentences: Iterable[str], language: str, held: Tolls) -> str:
    """Return the first sentence that tells of harm which the story has not, or of more of it than any; "" for none."""
    for sentence in sentences:
        ours = tolls_in(sentence, language)
        if is_late_death(sentence, language, held) or any(
            _is_new_harm(harm, ours, sentence, language, held) for harm in ours.told
        ):
            return sentence
    return ""


def is_late_death(sentence: str, language: str, held: Tolls) -> bool:
    """Return whether a sentence tells that one of the hurt of a story has died since, of which the story has nothing.

    A number of dead that the story has is no news; nor does it contradict the days and numbers of the first dead.
    """
    ours = tolls_in(sentence, language)
    if _LATE not in ours.told or _LATE in held.told or "injure" not in held.told:
        return False
    most = max(ours.counts.get("die", ()), default=0.0)
    return most <= 1 or most not in held.counts.get("die", ())


def _is_new_harm(harm: str, ours: Tolls, sentence: str, language: str, held: Tolls) -> bool:
    most = max(ours.counts.get(harm, ()), default=0.0)
    if not most or _is_beside(most, sentence, language, held.beside.get(harm, ())):
        return False
    return _is_more(most, harm, held)


def _is_beside(most: float, sentence: str, language: str, others: Iterable[float]) -> bool:
    """Return whether a number is among others; one that is said to be rounded, within what that leaves open."""
    loose = max((one.loose for one in measures_in(sentence, language) if one.value == most), default=0.0)
    return any(abs(most - one) <= most * loose for one in others)


def _is_more(most: float, harm: str, held: Tolls) -> bool:
    if harm not in held.told:
        return True
    counts = held.counts.get(harm, frozenset())
    return bool(counts) and most > max(counts)
