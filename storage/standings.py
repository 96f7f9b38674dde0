"""How high an event stands among those of a name, kept beside each of its names.

Owns that number, so that the best events of a name are the first of an index, whether it has a hundred or a million.
Must never choose: ``storage.selection`` reads the first few hundred and weighs them by their rows.

It says in tenths what ``news.timelines.selection.rough_worth`` says, by weights of its own: those of the subject may
change from release to release, and a kept number must not. Whoever changes the counts or the date of an event, or
writes one of its names, calls ``keep_standings`` in the same transaction. The number moves with the logarithm of the
articles, so that an event that many articles tell changes its rows seldom.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from math import log

from sqlalchemy import bindparam, case, select, update
from sqlalchemy.engine import Connection

from news.model import DateBasis, EventKind, Precision
from storage.bulk import write_rows
from storage.quick import as_list, fetch_rows, listed
from storage.schema import EVENT_ENTITIES, EVENTS

HIGHEST = 999

ABOUT_FROM = -1_000
"""What is added where the name is only what the article is about: these stand behind all whose sentences name it."""

UNDATED_FROM, UNDATED_ABOUT_FROM = -3_000, -4_000
"""And where the event has no date."""

_ABOUT = 2
_ROWS = select(
    EVENTS.c.id, EVENTS.c.kind, EVENTS.c.precision, EVENTS.c.basis, EVENTS.c.n_articles, EVENTS.c.n_lookbacks
).where(EVENTS.c.id.in_(listed("ids")))
_STANDING = case((EVENT_ENTITIES.c.via < _ABOUT, bindparam("named")), else_=bindparam("about"))
_KEEP = (
    update(EVENT_ENTITIES)
    .where(EVENT_ENTITIES.c.event_id == bindparam("wanted"), EVENT_ENTITIES.c.standing != _STANDING)
    .values(standing=_STANDING)
)


@lru_cache(maxsize=1 << 12)
def standing_of(kind: str, precision: str, basis: str, n_articles: int, n_lookbacks: int, via: int) -> int:
    """Return the standing of an event under a name: the higher the better, below 0 for those that do not name it.

    ``via`` is how the event fits the name: 0 and 1 in its sentences, 2 by what its article is about.
    """
    points = 10 * log(max(1, n_articles)) + 5 * log(1 + max(0, n_lookbacks))
    points += 6 * (basis in _SAID) + (precision == Precision.DAY.value) + 4 * (kind != EventKind.OTHER.value)
    standing = min(HIGHEST, int(points + 0.001))
    if precision == Precision.UNKNOWN.value:
        return standing + (UNDATED_FROM if via < _ABOUT else UNDATED_ABOUT_FROM)
    return standing + (0 if via < _ABOUT else ABOUT_FROM)


_SAID = frozenset({DateBasis.STATED.value, DateBasis.RESOLVED.value})


def read_counts_of(connection: Connection, event_ids: Iterable[int]) -> dict[int, tuple[str, str, str, int, int]]:
    """Return of each event what ``standing_of`` takes before ``via``."""
    rows = fetch_rows(connection, _ROWS, {"ids": as_list(sorted(event_ids))})
    return {row[0]: (row[1], row[2], row[3], row[4], row[5]) for row in rows}


def keep_standings(connection: Connection, event_ids: Iterable[int]) -> None:
    """Bring the standings of these events under all of their names up to date; those that are gone are passed over."""
    counts = read_counts_of(connection, set(event_ids))
    rows = [(event_id, standing_of(*row, 0), standing_of(*row, _ABOUT)) for event_id, row in counts.items()]
    write_rows(connection, _KEEP, ("wanted", "named", "about"), rows)
