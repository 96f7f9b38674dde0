"""An event as a person describes it, and how well a stored one fits: "landing of russian planes in venezuela".

Owns that weighing. A noun stands for its verb, a word for others of its class (``slots.toml``), a word that names a
kind of event for that kind (``events.toml``), and a name for all that lies in it. Must never look anything up in the
store.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from news.dates.when import MONTHS, parse_when
from news.decision import StoredReport
from news.errors import QueryError
from news.model import EventKind, TimeSpan
from news.names.entities import get_entity
from news.queries.topics import Topic
from news.reports.lexicon import find_lexicon
from news.tables import load_toml
from news.words.meanings import glossed, is_class_of_acts, meanings_in, without_dates

_NAME, _ACT, _WORD, _DAY = 2.0, 2.0, 1.0, 1.5
_NEAR_KIND = 0.5
"""Share of an act's weight that another act of its kind gets: a meeting for talks by telephone."""
_MOST_COMPARED = 12
_MOST_FORMS = 5
_WRITTEN_DAY = re.compile(
    rf"\b(?:\d{{1,2}}\s+)?(?:{'|'.join(MONTHS)})\b(?:\s+\d{{1,2}}\b)?(?:,?\s+(?:19|20)\d\d\b)?|\b(?:19|20)\d\d\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Description:
    """What was said of an event.

    Attributes:
        names: for each name the keys that it may stand for.
        acts: classes of acts, or stems of words that name a kind of event.
        words: all other content words, by class where they have one.
        days: first and last day that it names, or None.
    """

    names: tuple[tuple[str, ...], ...]
    acts: frozenset[str]
    words: frozenset[str]
    days: tuple[date, date] | None = None

    @property
    def is_bare(self) -> bool:
        """Return whether it holds nothing but names."""
        return not (self.acts or self.words or self.days)


def read_description(topic: Topic) -> Description:
    """Return what the parts of a topic, read from somebody's words, say of an event."""
    plain = " ".join(term.text for term in topic.terms if not term.keys)
    found = meanings_in(without_dates(_WRITTEN_DAY.sub(" ", plain)))
    acts = frozenset(one for one in found if is_class_of_acts(one) or _kind_of(one) is not None)
    names = tuple(term.keys for term in topic.terms if term.keys)
    return Description(names, acts, found - acts, _days_in(topic.text))


def list_forms(word: str) -> tuple[str, ...]:
    """Return words that say the same as a stem or class, for looking them up: at most five, the word's own first."""
    for table in ("acts", "objects"):
        if word in load_toml("slots.toml")[table]:
            words = str(load_toml("slots.toml")[table][word]).split()
            stems = dict.fromkeys(stem for each in words for stem in glossed(each, "en"))
            return tuple(stems)[:_MOST_FORMS]
    return (word,)


def measure_fit(description: Description, reports: Sequence[StoredReport], when: TimeSpan) -> float:
    """Return how much of a description an event fits, 0 to 1."""
    some = [stored.report for stored in reports[:_MOST_COMPARED]]
    told = frozenset().union(*(meanings_in(report.quote) for report in some)) if some else frozenset()
    keys = {key for report in some for name in (*report.actors, *report.places, *report.equipment)
            for key in (name, *_within(name))}  # fmt: skip
    kinds = {report.kind for report in some}
    parts = [(_NAME, float(not keys.isdisjoint(name))) for name in description.names]
    parts += [(_ACT, _fit_act(act, told, kinds)) for act in description.acts]
    parts += [(_WORD, float(word in told)) for word in description.words]
    if description.days is not None:
        parts.append((_DAY, float(_touches(when, *description.days))))
    total = sum(weight for weight, _ in parts)
    return sum(weight * fit for weight, fit in parts) / total if total else 0.0


def _fit_act(act: str, told: frozenset[str], kinds: set[EventKind]) -> float:
    if act in told:
        return 1.0
    return _NEAR_KIND if _kind_of(act) in kinds else 0.0


def _within(key: str) -> tuple[str, ...]:
    entity = get_entity(key)
    return entity.within if entity is not None else ()


def _touches(span: TimeSpan, first_on: date, last_on: date) -> bool:
    return (span.first_on or date.min) <= last_on and (span.last_on or date.max) >= first_on


def _days_in(text: str) -> tuple[date, date] | None:
    found = _WRITTEN_DAY.search(text)
    try:
        first_on, last_on = parse_when(found[0]) if found is not None else (None, None)
    except QueryError:
        return None
    return None if first_on is None or last_on is None else (first_on, last_on)


@cache
def _kind_of(word: str) -> EventKind | None:
    """Return the kind of event that a word of English, or a class of acts, names by itself."""
    lexicon = find_lexicon("en")
    for form in (word, *str(load_toml("slots.toml")["acts"].get(word, "")).split()):
        known = lexicon[form] if lexicon is not None else None
        if known is None:
            continue
        senses = [sense for sense in known.verbs if not sense.rest]
        sense = known.noun or next(iter(senses), None)
        if sense is not None and sense.kind is not EventKind.OTHER:
            return sense.kind
    return None
