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
from functools import lru_cache
from types import MappingProxyType

from news.decision import FactKind, NewFact, StoredArticle
from news.model import NO_TIME, EventKind, Modality, Report
from news.reports.quantities import find_quantities
from news.words.facts import figures_of
from news.words.measures import measures_in
from news.words.sentences import split_sentences
from news.words.states import state_of
from news.words.turns import turns_in
from news.words.vocabulary import language_of

__all__ = ["HARMS", "Tolls", "find_new_toll", "gather_tolls", "is_told_toll", "tolls_in"]

HARMS = MappingProxyType({"die": "die", "injure": "injure", "miss": "missing"})
"""State of the counted -> class of the act, see ``data/slots.toml`` and ``data/turns.toml``."""

_MAX_SENTENCES = 20
_MAX_CHARS = 8_000
_NEGATED = re.compile(
    r"(?i)\b(?:no|not|nobody|no one|none|never|without|neither|nor|fears?|feared|could|may|might|would|sin|"
    r"ning[uú]n\w*|"
    r"nadie|tampoco|podr[ií]a\w*|нет|не|никто|без|ни)\b|n['’]t\b"
)
_ONE = re.compile(
    r"(?i)\b(?:an?|one|the first(?: known)?|un|una|la primera|el primer|первая|первый|один|одна) (?:[\w-]+ ){0,2}?"
    r"(?:person|man|woman|boy|girl|child|baby|victim|death|fatality|casualty|worker|soldier|officer|passenger|driver|"
    r"pedestrian|resident|tourist|student|teenager|mother|father|persona|hombre|mujer|niñ[oa]|víctima|trabajador\w*|"
    r"человек\w*|мужчин\w|женщин\w|ребён\w+|реб[её]нок|жертва)\b|\bone (?:dead|killed|hurt|injured|wounded|missing)\b"
)

_RISEN = re.compile(
    r"(?i)\b(?:number of (?:the |people )?(?:killed|dead|deaths|victims|fatalities)|(?:death )?toll|deaths|"
    r"n[uú]mero de "
    r"(?:muertos|fallecidos|v[ií]ctimas)|cifra de (?:muertos|fallecidos)|число (?:погибших|жертв))\b[^.;]{0,80}?"
    r"\b(?:to|at|reached|passed|a|en|до) (?:at least |about |al menos |unos )?(\d[\d,.]{0,9}|[^\W\d_]{3,14})\b"
)
_HARMING = re.compile(
    r"(?i)\b(?:(kill(?:s|ed|ing)?)|(injur(?:es|ed|ing)|wound(?:s|ed|ing)?|hurt(?:s|ing)?)) "
    r"(?:at least |about |some |nearly |more than )?(\d[\d,]{0,9}|[a-z]{3,12})\b"
)


@dataclass(frozen=True, slots=True)
class Tolls:
    """The tolls of one or several texts.

    Attributes:
        told: harms that are told of, by the class of the act.
        counts: harm -> numbers that are said of the harmed.
        beside: harm -> all numbers of the sentences that tell of it.
    """

    told: frozenset[str]
    counts: Mapping[str, frozenset[float]]
    beside: Mapping[str, frozenset[float]]


def tolls_in(text: str, language: str) -> Tolls:
    """Return the tolls of the first sentences of a text; those that deny or only fear harm count for nothing."""
    return _tolls_in(text[:_MAX_CHARS], language)


@lru_cache(maxsize=1 << 11)
def _tolls_in(text: str, language: str) -> Tolls:
    told: set[str] = set()
    counts: dict[str, set[float]] = {}
    beside: dict[str, set[float]] = {}
    for sentence in split_sentences(text, language)[:_MAX_SENTENCES]:
        harms = {name for classes in turns_in(sentence.text, language).values() for name in classes} & set(
            HARMS.values()
        )
        if not harms or _NEGATED.search(sentence.text):
            continue
        told |= harms
        figures = _counted(sentence.text, language)
        for harm in harms:
            beside.setdefault(harm, set()).update(
                one.value for one in measures_in(sentence.text, language) if not one.kind
            )
            counts.setdefault(harm, set()).update(figures.get(harm, ()))
    return Tolls(frozenset(told), _frozen(counts), _frozen(beside))


def _frozen(table: Mapping[str, Iterable[float]]) -> Mapping[str, frozenset[float]]:
    return MappingProxyType({key: frozenset(values) for key, values in table.items()})


def _counted(sentence: str, language: str) -> dict[str, set[float]]:
    report = Report(
        -1, sentence, NO_TIME, EventKind.OTHER, Modality.HAPPENED, quantities=find_quantities(sentence, language)
    )
    found: dict[str, set[float]] = {}
    for figure in figures_of(report):
        harm = HARMS.get(state_of(figure, sentence)) if figure.unit == "count" else None
        if harm:
            found.setdefault(harm, set()).add(figure.value)
    for match in _HARMING.finditer(sentence):
        values = {one.value for one in measures_in(match[3], language) if not one.kind}
        found.setdefault("die" if match[1] else "injure", set()).update(values)
    risen = _RISEN.search(sentence)
    if risen is not None:
        found.setdefault("die", set()).update(one.value for one in measures_in(risen[1], language) if not one.kind)
    if not found and _ONE.search(sentence):
        harms = {name for classes in turns_in(sentence, language).values() for name in classes} & set(HARMS.values())
        found = {harm: {1.0} for harm in harms}
    return found


def gather_tolls(articles: Sequence[StoredArticle]) -> Tolls:
    """Return the tolls of all these articles together."""
    each = [tolls_in(f"{one.article.title}.\n{one.article.text}", one.language or "en") for one in articles]
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


def find_new_toll(sentences: Iterable[str], language: str, held: Tolls) -> str:
    """Return the first sentence that tells of harm which the story has not, or of more of it than any; "" for none."""
    for sentence in sentences:
        ours = tolls_in(sentence, language)
        for harm in ours.told:
            most = max(ours.counts.get(harm, ()), default=0.0)
            if (
                most
                and not _is_beside(most, sentence, language, held.beside.get(harm, ()))
                and _is_more(most, harm, held)
            ):
                return sentence
    return ""


def _is_beside(most: float, sentence: str, language: str, others: Iterable[float]) -> bool:
    """Return whether a number is among others; one that is said to be rounded, within what that leaves open."""
    loose = max((one.loose for one in measures_in(sentence, language) if one.value == most), default=0.0)
    return any(abs(most - one) <= most * loose for one in others)


def _is_more(most: float, harm: str, held: Tolls) -> bool:
    if harm not in held.told:
        return True
    counts = held.counts.get(harm, frozenset())
    return bool(counts) and most > max(counts)
