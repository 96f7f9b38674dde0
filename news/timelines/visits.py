"""When a reader asked for a timeline, and what is new since then.

Owns when one visit ends and the next begins, and what counts as new. Must never read a clock or a store: the moment and
what the store holds are arguments.

A visit is a run of questions that follow each other within ``PAUSE``. All through it, what came since the end of the
visit before is marked, so that asking again, turning pages or exporting does not wipe the marks. Who asks on and on
without a pause, as a script may, begins a new visit after ``LONGEST``.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime, timedelta

PAUSE = timedelta(minutes=30)
"""Who does not ask for so long has gone away."""

LONGEST = timedelta(hours=8)
"""Even who never pauses has seen what there was so long ago."""

KEPT = timedelta(days=90)
"""Who comes back after so long comes for the first time."""


@dataclass(frozen=True, slots=True)
class Watermark:
    """How far the store had come: ids are given out in order, so what came later has larger ones."""

    report: int = 0
    event: int = 0


@dataclass(frozen=True, slots=True)
class Marks:
    """What is marked and what will be.

    Attributes:
        seen: the store as it was when the visit before ended; what is beyond is new.
        shown: the store as it was when the reader asked last.
    """

    seen: Watermark
    shown: Watermark


@dataclass(frozen=True, slots=True)
class Visit:
    """What a reader was shown of one scope.

    Attributes:
        reader: ``<platform>:<id>``.
        scope: names and words of the topic and all that narrows it, in one form whatever was typed.
        topic: as it was typed last.
        since_at: when the visit before ended; None on the first.
        entries: ids of the events of each entry, in the order in which they were numbered last.
    """

    reader: str
    scope: str
    topic: str
    began_at: datetime
    asked_at: datetime
    marks: Marks
    since_at: datetime | None = None
    entries: tuple[tuple[int, ...], ...] = field(default=())


def visit_again(before: Visit | None, *, reader: str, scope: str, topic: str, held: Watermark, now: datetime) -> Visit:
    """Return the visit that a question ``now`` belongs to; ``held`` is how far the store has come.

    On the first visit, and on one long after the last, only what comes while it lasts is new.
    """
    if before is None or now - before.asked_at > KEPT:
        return Visit(reader, scope, topic, now, now, Marks(held, held))
    if now - before.asked_at < PAUSE and now - before.began_at < LONGEST:
        marks = Marks(before.marks.seen, held)
        return Visit(reader, scope, topic, before.began_at, now, marks, before.since_at)
    return Visit(reader, scope, topic, now, now, Marks(before.marks.shown, held), before.asked_at)


def count_new(reports: Collection[int], events: Collection[int], seen: Watermark) -> tuple[int, bool]:
    """Return how many of an entry's reports are new, and whether the entry itself is: the record had none of it."""
    n_new = sum(report > seen.report for report in reports)
    return n_new, n_new == len(reports) > 0 and all(event > seen.event for event in events)
