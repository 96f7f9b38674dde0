"""What is new to a reader on a timeline, and what they were shown.

Owns the scope by which visits are told apart, and that an answer never fails for want of a note about it. When a visit
ends is ``news.timelines.visits``'s.
"""

from __future__ import annotations

from collections.abc import Sequence

from handlers.ports import Ports, Transaction
from handlers.request import Request
from news.errors import StorageError
from news.queries.topics import Topic, TopicTerm
from news.timelines.selection import EventQuery
from news.timelines.timeline import TimelineEntry
from news.timelines.visits import Visit, Watermark, count_new, visit_again

_NOTE_WAIT_S = 0.1
"""How long an answer waits for the store to note that it was asked for."""


def scope_of(query: EventQuery, n_dates: int | None = None) -> str:
    """Return what tells visits apart: the names and words asked for and all that narrows them, however typed."""
    days = "" if query.first_on is None and query.last_on is None else f"{query.first_on or ''}..{query.last_on or ''}"
    kinds = "+".join(sorted(query.kinds))
    named = "+".join(sorted(map(_say_term, query.named)))
    dates = "" if n_dates is None else str(n_dates)
    return "|".join((topic_scope(query.topic), days, kinds, named, dates)).rstrip("|")


def topic_scope(topic: Topic) -> str:
    """Return the first part of the scopes of all questions on a topic."""
    choices = sorted("&".join(sorted(map(_say_term, terms))) for terms in (topic.terms, *topic.either))
    without = sorted("&".join(sorted(map(_say_term, terms))) for terms in topic.without)
    return " NOT ".join((" OR ".join(choices), *without))


def _say_term(term: TopicTerm) -> str:
    return ",".join(sorted(term.keys)) or "_".join(term.words)


def begin_visit(tx: Transaction, request: Request, *, scope: str, topic: str) -> tuple[Visit | None, Visit]:
    """Return the visit as it was noted last, and the one that this question belongs to."""
    before = tx.visits.find(request.actor, scope)
    held = tx.visits.measure()
    return before, visit_again(before, reader=request.actor, scope=scope, topic=topic, held=held, now=request.now)


def keep_visit(ports: Ports, visit: Visit) -> None:
    """Note a visit; a store that is busy or not to be written to costs the note and not the answer."""
    try:
        with ports.store.write(wait_s=_NOTE_WAIT_S) as tx:
            tx.visits.put(visit)
    except StorageError:
        return


def count_news(entry: TimelineEntry, seen: Watermark) -> tuple[int, bool]:
    """Return how many reports of an entry are new to the reader, and whether all of it is."""
    return count_new([report.id for report in entry.reports], entry.event_ids, seen)


def list_ids(entries: Sequence[TimelineEntry]) -> tuple[tuple[int, ...], ...]:
    """Return the events of each entry, for a visit to remember what its numbers stand for."""
    return tuple(entry.event_ids for entry in entries)
