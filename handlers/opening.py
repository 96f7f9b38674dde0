"""From what somebody typed to the reports of one event: a number of an answer, an id, a story, or words.

Owns the reading of such references. Which reports are of one event is ``news.merging``'s.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from handlers.arguments import find_id
from handlers.ports import Transaction
from handlers.request import Request
from handlers.topics import get_words
from news.decision import StoredEvent
from news.errors import NotFoundError
from news.merging import merge_events
from news.occurrences import Occurrence
from news.selection import EventQuery
from news.timeline import TimelineEntry, build_timeline

_CONSIDERED = 120
_MOST_OTHERS = 5
_MOST_DIGITS = 6


@dataclass(frozen=True, slots=True)
class Opened:
    """The event that is meant, and others that might be: their ids with a sentence of each."""

    occurrence: Occurrence
    others: tuple[tuple[int, str], ...] = ()


def find_event(reference: str, request: Request, tx: Transaction) -> Opened:
    """Return the event that a number of the last timeline, ``e10``, ``s3`` or words mean.

    Of a story or words it is the event that most independent origins tell. Raises NotFoundError with what to type.
    """
    typed = reference.strip()
    if typed.isascii() and typed.isdecimal() and len(typed) <= _MOST_DIGITS:
        return Opened(load_occurrence(_shown(int(typed), request, tx), tx))
    found = find_id(typed)
    if found is not None and found[0] == "e":
        return Opened(load_occurrence((found[1],), tx))
    if found is not None and found[0] == "s":
        return _choose(build_timeline(tx.events.list_of_story(found[1])).entries, typed, tx)
    query = EventQuery(get_words(typed, tx), most=_CONSIDERED)
    return _choose(build_timeline(tx.events.select(query).events).entries, typed, tx)


def load_occurrence(event_ids: Sequence[int], tx: Transaction) -> Occurrence:
    """Return all reports of what a timeline shows as one event, also those stored as other events of its story.

    Raises NotFoundError.
    """
    events = tx.events.list_by_ids(event_ids)
    if not events:
        raise NotFoundError(f"There is no event e{event_ids[0]}." if event_ids else "There is no such event.")
    known = {event.id for event in events}
    if len(event_ids) == 1:
        events = [*events, *(each for each in tx.events.list_of_story(events[0].story_id) if each.id not in known)]
    wanted = set(event_ids)
    merged = merge_events(events)
    fitting = [one for one in merged if not wanted.isdisjoint(one.event_ids)]
    if fitting:
        return max(fitting, key=lambda one: (len(wanted.intersection(one.event_ids)), len(one.reports)))
    return _undated(events[0])


def _undated(event: StoredEvent) -> Occurrence:
    return Occurrence(event.reports[0].report.when, event.reports, (event.id,), event.n_lookbacks)


def _shown(number: int, request: Request, tx: Transaction) -> tuple[int, ...]:
    visit = tx.visits.find_last(request.actor)
    if visit is None or not visit.entries:
        raise NotFoundError(
            f"You have seen no timeline lately that has an entry {number}. /timeline <topic> shows one."
        )
    if not 1 <= number <= len(visit.entries):
        raise NotFoundError(f"Your last timeline, on {visit.topic}, has entries 1 to {len(visit.entries)}.")
    return visit.entries[number - 1]


def _choose(entries: Sequence[TimelineEntry], typed: str, tx: Transaction) -> Opened:
    if not entries:
        raise NotFoundError(f"No dated event in the record fits “{typed[:80]}”. /timeline {typed[:80]} looks further.")
    best = sorted(entries, key=lambda entry: (-entry.n_independent, -len(entry.reports), entry.event_ids))
    others = tuple((entry.event_ids[0], entry.title) for entry in best[1 : 1 + _MOST_OTHERS])
    return Opened(load_occurrence(best[0].event_ids, tx), others)
