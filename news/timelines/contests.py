"""Where the disputes of stories stand among the reports of their events.

Owns which reports a dispute is shown with. Must never find one: that is done once, when an article is decided on
(``news.disputes``), and what was told then is what every later answer shows.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence

from news.decision import Dispute, StoredEvent, StoredReport


def distinct_disputes(disputes: Iterable[Dispute]) -> tuple[Dispute, ...]:
    """Return the disputes in their order, each pair of values of an event's slot once, whoever gives them.

    The same values in the same two sentences are one dispute, whatever events these tell of.
    """
    found: dict[Hashable, Dispute] = {}
    told: set[Hashable] = set()
    for each in disputes:
        values, quotes = (frozenset(pair) for pair in ((each.here.value, each.there.value), _quotes_of(each)))
        if (each.kind, values, quotes) not in told:
            told.add((each.kind, values, quotes))
            found.setdefault((each.kind, values, each.event_id or quotes), each)
    return tuple(found.values())


def _quotes_of(dispute: Dispute) -> tuple[str, str]:
    return dispute.here.quote, dispute.there.quote


class Contests:
    """Disputes of stories, found by the reports that they are shown with.

    A dispute stands with every report whose sentence it quotes, and with all of its event where none of that event's
    sentences is quoted: two accounts may differ in a sentence that reports nothing by itself.

    Args:
        disputes: both claims name their article.
        events: those of the stories, as many as are known.
    """

    def __init__(self, disputes: Sequence[Dispute] = (), events: Iterable[StoredEvent] = ()) -> None:
        quoted: dict[tuple[int | None, str], list[StoredReport]] = defaultdict(list)
        of_event: dict[int | None, list[StoredReport]] = defaultdict(list)
        for stored in (report for event in events for report in event.reports) if disputes else ():
            quoted[stored.article_id, stored.report.quote].append(stored)
            of_event[stored.event_id].append(stored)
        self._places: list[tuple[Dispute, frozenset[int]]] = []
        for each in disputes:
            found = [stored for claim in (each.here, each.there) for stored in quoted[claim.article_id, claim.quote]]
            if all(stored.event_id != each.event_id for stored in found):
                found += of_event[each.event_id]
            self._places.append((each, frozenset(stored.id for stored in found)))

    def list_at(self, reports: Iterable[StoredReport]) -> tuple[Dispute, ...]:
        """Return the disputes that stand with any of the reports."""
        ids = {stored.id for stored in reports} if self._places else set()
        return tuple(each for each, places in self._places if not ids.isdisjoint(places))

    def list_unplaced(self, reports: Iterable[StoredReport]) -> tuple[Dispute, ...]:
        """Return the disputes between articles of the reports that stand with no report of any event."""
        told = {stored.article_id for stored in reports} if self._places else set()
        return tuple(
            each
            for each, places in self._places
            if not places and (each.here.article_id in told or each.there.article_id in told)
        )
