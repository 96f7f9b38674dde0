"""From what somebody typed to the reports of one event: a number of an answer, an id, a story, or words.

Owns the reading of such references. Which reports are of one event is ``news.timelines.merging``'s.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest

from handlers.arguments import find_id
from handlers.comparison import Offer
from handlers.entries import say_when
from handlers.messages import join_names
from handlers.moves import follow_story
from handlers.ports import Transaction
from handlers.request import Request
from handlers.standing import list_disputes
from handlers.topics import get_words, nearest_to
from news.decision import Dispute, StoredEvent
from news.errors import NotFoundError
from news.queries.descriptions import Description, list_forms, measure_fit, read_description
from news.queries.topics import Topic, TopicTerm
from news.timelines.contests import Contests
from news.timelines.merging import merge_events
from news.timelines.occurrences import Occurrence
from news.timelines.selection import EventQuery
from news.timelines.timeline import TimelineEntry, build_timeline

_CONSIDERED = 120
_MOST_OTHERS = 5
_MOST_WAYS = 12
"""Ways in which words of a description are looked for in the store, each a question to it."""

_FITS = 0.6
"""Share of a description from which on an event is taken for the one that is meant."""

_NEAR, _LEAST = 0.75, 0.3
"""Shares of the best fit, and of the whole, from which on another event is offered beside it."""
_MOST_DIGITS = 6


@dataclass(frozen=True, slots=True)
class Opened:
    """The event that is meant, None where nothing fits, and others that might be.

    Attributes:
        disputes: those of its story, where they were read to find it; else None.
    """

    occurrence: Occurrence | None
    others: tuple[Offer, ...] = ()
    disputes: tuple[Dispute, ...] | None = None


@dataclass(frozen=True, slots=True)
class _Story:
    """A story as events are chosen from it."""

    id: int
    events: Sequence[StoredEvent]
    disputes: tuple[Dispute, ...]
    entries: Sequence[TimelineEntry]


def find_event(reference: str, request: Request, tx: Transaction) -> Opened:
    """Return the event that a number of the last timeline, ``e10``, ``s3``, ``a12`` or words mean.

    Of a story it is the event that most independent origins tell, one in dispute before its equals, of words the one
    that they describe best. Raises NotFoundError with what to type.
    """
    typed = reference.strip()
    if typed.isascii() and typed.isdecimal() and len(typed) <= _MOST_DIGITS:
        return Opened(load_occurrence(_shown(int(typed), request, tx), tx))
    found = find_id(typed)
    if found is not None and found[0] == "e":
        return Opened(load_occurrence((found[1],), tx))
    if found is not None and found[0] == "a":
        return _find_told(found[1], tx)
    if found is not None and found[0] == "s":
        story = _read_story(follow_story(tx, found[1]), tx)
        return _choose_of_story(story, story.entries, typed, tx)
    return _describe(get_words(typed, tx), typed, tx)


def _read_story(story_id: int, tx: Transaction) -> _Story:
    events, disputes = tx.events.list_of_story(story_id), list_disputes(tx, [story_id])
    return _Story(story_id, events, disputes, build_timeline(events, disputes=disputes).entries)


def _choose_of_story(story: _Story, entries: Sequence[TimelineEntry], typed: str, tx: Transaction) -> Opened:
    """Return one of the entries; where no event has a date, the one that most disputes, then most reports are on."""
    if entries:
        return replace(_choose(entries, typed, tx), disputes=story.disputes)
    if not story.events:
        raise NotFoundError(f"s{story.id} has no event to compare. /story s{story.id} shows its articles.")
    contests = Contests(story.disputes, story.events)
    ranked = sorted(
        story.events, key=lambda event: (-len(contests.list_at(event.reports)), -len(event.reports), event.id)
    )
    return Opened(_undated(ranked[0]), disputes=story.disputes)


def _find_told(article_id: int, tx: Transaction) -> Opened:
    """Return what an article tells: that which it is disputed for or most tell of, else the event of its story."""
    story = _read_story(tx.articles.get(article_id).story_id, tx)
    own = [each for each in story.entries if any(stored.article_id == article_id for stored in each.reports)]
    contested = [each for each in own if any(_is_told_by(dispute, article_id) for dispute in each.disputes)]
    return _choose_of_story(story, contested or own or story.entries, f"a{article_id}", tx)


def _is_told_by(dispute: Dispute, article_id: int) -> bool:
    return article_id in {dispute.here.article_id, dispute.there.article_id}


def _describe(topic: Topic, typed: str, tx: Transaction) -> Opened:
    """Return the event that words describe best: all of them if there is one, else most of what they say."""
    strict = tx.events.select(EventQuery(topic, most=_CONSIDERED)).events
    description = read_description(topic)
    if description.is_bare:
        return _choose(build_timeline(strict).entries, typed, tx)
    events = {event.id: event for event in (*strict, *_list_like(topic, description, tx))}
    entries = build_timeline(list(events.values()), most=_CONSIDERED).entries
    fits = [(measure_fit(description, entry.reports, entry.span), entry) for entry in entries]
    fits.sort(key=lambda pair: (-pair[0], -pair[1].n_independent, -len(pair[1].reports), pair[1].event_ids))
    least = max(_LEAST, fits[0][0] * _NEAR if fits and fits[0][0] >= _FITS else 0.0)
    near = [entry for fit, entry in fits if fit >= least]
    if not near:
        raise _nothing_fits(typed, tx)
    if fits[0][0] < _FITS:
        return Opened(None, _offer(near[:_MOST_OTHERS]))
    return Opened(load_occurrence(near[0].event_ids, tx), _offer(near[1 : 1 + _MOST_OTHERS]))


def _list_like(topic: Topic, description: Description, tx: Transaction) -> Sequence[StoredEvent]:
    """Return events that fit the names and one of the words, in its form or one that says the same; then the names."""
    names = tuple(term for term in topic.terms if term.keys)
    told = [[TopicTerm(form, (), (form,)) for form in list_forms(word)]
            for word in sorted(description.acts) + sorted(description.words)]  # fmt: skip
    by_turns = [term for forms in zip_longest(*told) for term in forms if term is not None]
    ways = [(*names, term) for term in by_turns[:_MOST_WAYS]]
    if names:
        ways.append(names)
    if not ways:
        return ()
    return tx.events.select(EventQuery(Topic(topic.text, ways[0], tuple(ways[1:])), most=_CONSIDERED)).events


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
        raise _nothing_fits(typed, tx)
    best = sorted(entries, key=_rank)
    return Opened(load_occurrence(best[0].event_ids, tx), _offer(best[1 : 1 + _MOST_OTHERS]))


def _rank(entry: TimelineEntry) -> tuple[int, bool, int, tuple[int, ...]]:
    return -entry.n_independent, not entry.disputes, -len(entry.reports), entry.event_ids


def _offer(entries: Sequence[TimelineEntry]) -> tuple[Offer, ...]:
    return tuple(Offer(entry.event_ids[0], say_when(entry), entry.title) for entry in entries)


def _nothing_fits(typed: str, tx: Transaction) -> NotFoundError:
    nearest = [known.name for known in nearest_to(typed, tx)]
    offer = f"Did you mean {join_names(nearest)}?" if nearest else "/timeline and a topic lists events with their ids."
    return NotFoundError(f"No dated event in the record fits “{typed[:80]}”. {offer}")
