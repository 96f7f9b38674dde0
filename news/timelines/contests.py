"""Where the disputes of stories stand among the reports of their events.

Owns which reports a dispute is shown with. Must never find one: that is done once, when an article is decided on
(``news.disputes``), and what was told then is what every later answer shows.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence

from news.decision import Dispute, FactKind, StoredEvent, StoredReport
from news.model import Modality

REJECTED = "not "
"""What ``news.disputes.contrast`` puts before a value that is turned down with none in its place."""

_CALENDAR = re.compile(r"\d{4}-")


def distinct_disputes(disputes: Iterable[Dispute]) -> tuple[Dispute, ...]:
    """Return the disputes in their order, each pair of values of an event's slot once, whoever gives them.

    What is denied counts once for each account that it is denied of.

    Two sentences contradict each other once in a slot, with the values that say most; in figures as often as they do.
    That the one turns the other down is told where they differ in no slot besides.
    """
    found: dict[Hashable, Dispute] = {}
    told: dict[Hashable, Hashable] = {}
    for each in disputes:
        values = frozenset((each.here.value, each.there.value))
        quotes = _quotes_of(each)
        said = (each.kind, quotes, values if each.kind is FactKind.FIGURE else None)
        # "Happened" and "denied" are all that two states say: which account is denied tells them apart.
        slot = each.there.quote if each.kind is FactKind.STATUS else each.event_id or quotes
        key = told.setdefault(said, (each.kind, values, slot))
        if _rank(each) > _rank(found.setdefault(key, each)):
            found[key] = each
    slots = {_quotes_of(each) for each in found.values() if each.kind is not FactKind.STATUS}
    return tuple(each for each in found.values() if not (_is_phrase(each) and _quotes_of(each) in slots))


def _quotes_of(dispute: Dispute) -> frozenset[str]:
    return frozenset((dispute.here.quote, dispute.there.quote))


def _is_phrase(dispute: Dispute) -> bool:
    """Return whether a dispute over a state has words of its sentence for its value: "not 12,000 as they claim"."""
    return dispute.kind is FactKind.STATUS and dispute.here.value not in set(Modality)


def _rank(dispute: Dispute) -> tuple[bool, bool]:
    """Return how much the values say: "Lunde" more than "not Ostby", a day of the calendar more than "on Tuesday"."""
    value = dispute.here.value
    return not value.startswith(REJECTED), bool(_CALENDAR.match(value))


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
