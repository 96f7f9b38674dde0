"""What a timeline answers where nothing is left: what lies nearest to the asked days, and what the filters left out.

Owns those words and their ``data``. That a topic is unknown is ``handlers.topics``' to say.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from handlers.entries import say_when
from handlers.messages import count_words, format_day, notice
from handlers.narrowing import Choices, list_choices, say_choices
from handlers.records import Record
from handlers.reply import Block, Listing, Strong, Text
from news.decision import StoredEvent
from news.timelines.reach import find_reach
from news.timelines.timeline import TimelineEntry, build_timeline

_MOST = 600


def find_around(
    events: Sequence[StoredEvent], first_on: date | None, last_on: date | None
) -> tuple[TimelineEntry | None, TimelineEntry | None]:
    """Return the last entry before the days and the first one after them, None where there is none."""
    entries = [(find_reach(entry.span, entry.reports), entry) for entry in build_timeline(events, most=_MOST).entries]
    before = [(last, entry) for (_, last), entry in entries if last is not None and first_on and last < first_on]
    after = [(first, entry) for (first, _), entry in entries if first is not None and last_on and first > last_on]
    return (
        max(before, key=lambda pair: pair[0], default=(None, None))[1],
        min(after, key=lambda pair: pair[0], default=(None, None))[1],
    )


def tell_around(before: TimelineEntry | None, after: TimelineEntry | None) -> tuple[list[Block], list[Record]]:
    """Return the nearest entries as blocks and as data."""
    found = [(side, entry) for side, entry in (("before", before), ("after", after)) if entry is not None]
    if not found:
        return [], []
    rows = Listing(
        tuple(
            (Strong(f"{side}, {say_when(entry)}: "), Text(f"{entry.title} [e{entry.event_ids[0]}]"))
            for side, entry in found
        )
    )
    data = [
        {"side": side, "when": say_when(entry), "title": entry.title, "event": f"e{entry.event_ids[0]}"}
        for side, entry in found
    ]
    return [notice("The nearest in the record:"), rows], data


def tell_left_out(events: Sequence[StoredEvent]) -> tuple[list[Block], Record]:
    """Return what filters left out, by kind, actor and place, as blocks and as data."""
    choices: Choices = list_choices(events)
    head = notice(f"Left out by the filters: {count_words(len(events), 'event')}. There is:")
    rows = Listing(tuple((Text(line),) for line in say_choices(choices)))
    counted = {"kind": dict(choices.kinds), "actor": dict(choices.actors), "place": dict(choices.places)}
    return [head, rows], {"choices": counted, "n_filtered_out": len(events)}


def tell_extent(events: Sequence[StoredEvent]) -> list[Block]:
    """Return between which days all of the events lie."""
    days = [
        day
        for event in events
        for stored in event.reports
        for day in (stored.report.when.first_on, stored.report.when.last_on)
        if day is not None
    ]
    if not days:
        return []
    first, last = format_day(min(days)), format_day(max(days))
    return [notice(f"Its events are of {first}." if first == last else f"Its events lie between {first} and {last}.")]
