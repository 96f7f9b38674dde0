"""What a timeline is narrowed to, in words and as a question to the store, and what else there is to choose.

Owns the filters by actor, place and kind, and the remarks on what a topic takes in. Whether an event names something
is read from its reports; finding events in the store is ``storage``'s.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from handlers.arguments import find_text
from handlers.messages import count_words, join_names
from handlers.ports import Transaction
from handlers.request import Request
from handlers.topics import get_words, nearest_to, remark_on_quotes
from news.decision import StoredEvent
from news.errors import QueryError
from news.model import EventKind, Report
from news.names.entities import get_entity
from news.queries.topics import Topic, TopicTerm
from news.reports.wording import say_name

_MOST_CHOICES = 8
_FILTERS = ("actor", "place", "kind")
_CONJUNCTIONS = {"actor": "with", "place": "in", "kind": "of the kind"}

Keys = Callable[[Report], Sequence[str]]


@dataclass(frozen=True, slots=True)
class Narrowing:
    """What was asked for beside the topic.

    Attributes:
        typed: filter -> as typed, in the order of the parameters.
        actor: the name that must act or be acted on.
        place: the place that it must be at.
    """

    typed: dict[str, str] = field(default_factory=dict)
    actor: TopicTerm | None = None
    place: TopicTerm | None = None
    kinds: tuple[EventKind, ...] = ()

    @property
    def named(self) -> tuple[TopicTerm, ...]:
        """The names that the store has to look for."""
        return tuple(term for term in (self.actor, self.place) if term is not None)

    def describe(self) -> str:
        """Return `` with Russia, in Caracas, of the kind deploy``, empty without any filter."""
        return ",".join(f" {_CONJUNCTIONS[name]} {self.typed[name]}" for name in _FILTERS if name in self.typed)

    def has_kind(self, event: StoredEvent) -> bool:
        """Return whether the event is of a kind that was asked for."""
        return not self.kinds or any(stored.report.kind in self.kinds for stored in event.reports)

    def takes(self, event: StoredEvent) -> bool:
        """Return whether the names stand in their parts: the actor acts, the place is where it was."""
        return _is_told(event, self.actor, _actors) and _is_told(event, self.place, _places)


def read_narrowing(request: Request, tx: Transaction) -> Narrowing:
    """Return the filters of a request. Raises QueryError for a name that nobody knows, with the nearest ones."""
    typed = {name: text for name in _FILTERS if (text := find_text(request, name))}
    kinds = (EventKind(typed["kind"]),) if "kind" in typed else ()
    return Narrowing(
        typed, _find_term(typed.get("actor"), "actor", tx), _find_term(typed.get("place"), "place", tx), kinds
    )


def _find_term(text: str | None, name: str, tx: Transaction) -> TopicTerm | None:
    if text is None:
        return None
    terms = get_words(text, tx).terms
    if len(terms) == 1 and terms[0].keys:
        return terms[0]
    nearest = [known.name for known in nearest_to(text, tx)]
    offer = f" Did you mean {join_names(nearest)}?" if nearest else ""
    raise QueryError(f"--{name} takes one name that the record knows, and “{text[:60]}” is none.{offer}")


def _actors(report: Report) -> Sequence[str]:
    return report.actors


def _places(report: Report) -> Sequence[str]:
    return report.places


def _is_told(event: StoredEvent, term: TopicTerm | None, keys_of: Keys) -> bool:
    if term is None:
        return True
    keys = {key for stored in event.reports for key in keys_of(stored.report)}
    return any(key in term.keys or not _around(key).isdisjoint(term.keys) for key in keys)


def _around(key: str) -> frozenset[str]:
    entity = get_entity(key)
    return frozenset() if entity is None else frozenset(entity.within)


@dataclass(frozen=True, slots=True)
class Choices:
    """What there is to choose, most events first."""

    actors: tuple[tuple[str, int], ...] = ()
    places: tuple[tuple[str, int], ...] = ()
    kinds: tuple[tuple[str, int], ...] = ()


def list_choices(events: Sequence[StoredEvent]) -> Choices:
    """Return the actors, places and kinds of these events with how many events have each, most first."""
    return Choices(
        _count(_names(event, _actors) for event in events),
        _count(_names(event, _places) for event in events),
        _count({event.reports[0].report.kind.value} for event in events),
    )


def _names(event: StoredEvent, keys_of: Keys) -> set[str]:
    return {say_name(key) for stored in event.reports for key in keys_of(stored.report)}


def _count(found: Iterable[set[str]]) -> tuple[tuple[str, int], ...]:
    counts = Counter(name for names in found for name in names)
    return tuple(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))[:_MOST_CHOICES])


def say_choices(choices: Choices) -> list[str]:
    """Return a line for each filter with what it can be set to."""
    named = (("--kind", choices.kinds), ("--actor", choices.actors), ("--place", choices.places))
    return [
        f"{flag} " + ", ".join(f"{name} ({count_words(n, 'event')})" for name, n in counted)
        for flag, counted in named
        if counted
    ]


def remark_on(topic: Topic) -> list[str]:
    """Return what a reader should know of what a topic takes in, and what to type for something else."""
    remarks = _remark_on_terms(topic)
    if topic.without:
        left_out = (" and ".join(term.text for term in terms) for terms in topic.without)
        remarks.append(f"Without events that tell of {' or '.join(left_out)}.")
    remarks.extend(remark_on_quotes(topic.text))
    return remarks


def _remark_on_terms(topic: Topic) -> list[str]:
    if topic.either:
        return []
    if len(topic.terms) > 1:
        words = [term.text for term in topic.terms]
        either = " OR ".join(map(type_term, topic.terms))
        return [f"Only events that concern {_and(words)}. /timeline {either} shows those that concern either."]
    term = topic.terms[0]
    entity = get_entity(term.keys[0]) if term.keys else None
    if entity is None:
        return []
    if entity.key.startswith("place:") and entity.within:
        around = say_name(entity.within[0])
        return [
            f"{entity.name} is in {around}: only events that name {entity.name}. /timeline {around} takes in all of it."
        ]
    if entity.key.startswith("equipment:") and entity.name.casefold() != term.text.casefold():
        return [f"{term.text} is the {entity.name}, whatever its spelling."]
    return []


def type_term(term: TopicTerm) -> str:
    """Return a term as it is typed: words that are no name stay together in quotation marks."""
    return f'"{term.text}"' if " " in term.text and not term.keys else term.text


def _and(words: Sequence[str]) -> str:
    return f"both {words[0]} and {words[1]}" if len(words) == 2 else f"{', '.join(words[:-1])} and {words[-1]}"  # noqa: PLR2004
