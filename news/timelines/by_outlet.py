"""The reports of one event, outlet by outlet.

Owns the order of outlets, and that of the reports of each. Must never compare what they say.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from news.decision import StoredReport
from news.model import Precision
from news.words.facts import is_said
from news.words.text import fold

__all__ = ["Account", "age_of", "list_accounts"]

_EARLIEST = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Account:
    """What one outlet tells of an event: its reports, newest first."""

    outlet: str
    reports: tuple[StoredReport, ...]


def age_of(stored: StoredReport) -> tuple[datetime, int]:
    """Return what sorts reports by when they were published; those without a time come first."""
    return (stored.published_at or _EARLIEST, stored.id)


def list_accounts(reports: Iterable[StoredReport]) -> list[Account]:
    """Return the accounts of one event, who told it first before the others.

    Within one, the newest article comes first, and of that the sentence that says most.
    """
    found: dict[str, list[StoredReport]] = {}
    for stored in sorted(reports, key=age_of):
        found.setdefault(fold(stored.outlet), []).append(stored)
    return [
        Account(
            told[0].outlet,
            tuple(sorted(told, key=_prominence)),
        )
        for told in found.values()
    ]


def _prominence(stored: StoredReport) -> tuple[float, int, bool, int, int]:
    """Return what sorts the reports of an outlet: newest article first, then what dates the event and says most."""
    report = stored.report
    n_said = len(report.quantities) + len(report.places) + len(report.actors)
    is_day = is_said(report.when) and report.when.precision is Precision.DAY
    return (-(stored.published_at or _EARLIEST).timestamp(), -stored.article_id, not is_day, -n_said, stored.id)
