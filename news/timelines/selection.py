"""Which stored events a timeline is made of: the question to the store, and what it gives back.

Owns the values and the rough worth by which a store picks among very many events, from what an event's row says. What
becomes an entry is decided by ``news.timelines.timeline``, from the words.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from math import log1p

from news.decision import StoredEvent
from news.model import DateBasis, EventKind, Precision
from news.queries.topics import Topic, TopicTerm
from news.tables import load_toml


@dataclass(frozen=True, slots=True)
class EventQuery:
    """What is asked of the store.

    Attributes:
        topic: all of its terms must fit.
        first_on: only events that touch the days from here; one without any date touches no interval.
        last_on: and up to here.
        kinds: only events of these kinds; empty for all.
        named: each of these must be named in a sentence of the event, or lie around what is named.
        most: events that are wanted; the best of more.
    """

    topic: Topic
    first_on: date | None = None
    last_on: date | None = None
    kinds: tuple[EventKind, ...] = ()
    named: tuple[TopicTerm, ...] = ()
    most: int = 600


@dataclass(frozen=True, slots=True)
class EventSelection:
    """What the store has.

    Attributes:
        events: the best of those that fit, each with its first and last reports, oldest first.
        n_events: how many fit, undated ones included.
        n_undated: how many of them have no date.
        n_reports: event -> how many reports it has, for those of which not all were loaded.
        about: ids of events that do not name a part of the topic; articles about it tell of them.
        is_partial: the topic has more events than were looked at.
        is_counted: ``n_events`` and ``n_undated`` are of all that fit; else at least so many do.
    """

    events: tuple[StoredEvent, ...] = ()
    n_events: int = 0
    n_undated: int = 0
    n_reports: Mapping[int, int] = field(default_factory=dict)
    about: frozenset[int] = frozenset()
    is_partial: bool = False
    is_counted: bool = True


@cache
def rough_worth(kind: str, precision: str, basis: str, n_articles: int, n_lookbacks: int) -> float:
    """Return about what ``news.timelines.timeline`` will find an event worth, from its row and without its words.

    Articles stand for origins, of which there are never more.
    """
    rules = load_toml("timeline.toml")["entries"]
    worth = rules["origins"] * log1p(max(0, n_articles - 1)) + rules["lookbacks"] * log1p(n_lookbacks)
    worth += rules["named"] * (basis in _NAMED) + rules["day"] * (precision == Precision.DAY.value)
    return float(worth + rules["act"] * (kind != EventKind.OTHER.value))


_NAMED = frozenset({DateBasis.STATED.value, DateBasis.RESOLVED.value})
ABOUT = 0.5
"""What an event is worth less that does not name what is asked for."""
