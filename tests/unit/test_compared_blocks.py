"""``/compare``: which event stands first, and how an event with one account is laid out."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from handlers.comparison import _slot_blocks
from handlers.opening import _rank
from handlers.reply import Heading, Notice
from news.decision import Claim, Dispute, FactKind, StoredReport
from news.model import Article, EventKind, Modality, Precision, TimeSpan
from news.reading import read
from news.timelines.accounts import compare_accounts
from news.timelines.timeline import TimelineEntry

AT = datetime(2026, 3, 8, tzinfo=UTC)
TEXT = "On 7 March 2026 the ferry Lom sank off Brakna with 120 passengers."
DISPUTE = Dispute(
    FactKind.FIGURE, 1, Claim("210", "It carried 210.", "Herald", 2), Claim("120 passengers", TEXT, "Gazette", 1)
)


def make_report() -> StoredReport:
    article = Article("1", "https://1.example/", "Gazette", "", TEXT, AT, Precision.DAY)
    return StoredReport(1, 1, 1, 1, "Gazette", article.url, "", AT, read(article).reports[0])


@pytest.mark.parametrize(("disputes", "is_alone"), [((), True), ((DISPUTE,), False)])
def test_one_account_that_is_contradicted_is_not_called_the_only_one(
    disputes: tuple[Dispute, ...], *, is_alone: bool
) -> None:
    """The other side may be a sentence that reports no event by itself; each slot then says how it stands."""
    compared = compare_accounts([make_report()], (), disputes)
    assert len(compared.accounts) == 1
    blocks = list(_slot_blocks(compared))
    assert any(isinstance(each, Notice) for each in blocks) is is_alone
    assert any(isinstance(each, Heading) for each in blocks) is not is_alone


def test_of_events_that_as_many_tell_the_one_in_dispute_stands_first() -> None:
    """It goes before more reports by the same origins, and behind more origins."""
    report = make_report()
    day = TimeSpan(date(2026, 3, 7), date(2026, 3, 7), Precision.DAY)
    plain = TimelineEntry(day, Modality.HAPPENED, EventKind.OTHER, TEXT, (TEXT,), (report, report), 2, (), (1,))
    contested = replace(plain, reports=(report,), disputes=(DISPUTE,), event_ids=(2,))
    told = replace(plain, n_independent=3, event_ids=(3,))
    assert [each.event_ids for each in sorted((plain, contested, told), key=_rank)] == [(3,), (2,), (1,)]
