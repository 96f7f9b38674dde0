"""What one line tells of an article that contradicts another and adds nothing else."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.programs.ingest import _to_line
from handlers.jobs.rows import RowResult
from handlers.messages import dispute_paragraph
from handlers.records import dispute_record
from news.decision import Claim, Dispute, FactKind
from news.model import Origin, OriginKind

MINISTRY = Origin("official:?/oil", "oil ministry", OriginKind.OFFICIAL, "official:?/oil")
UNION = Origin("side:workers", "miners' union", OriginKind.ORGANISATION, "side:workers")
AT = datetime(2025, 10, 18, 14, tzinfo=UTC)


def _dispute(here: str, there: str) -> Dispute:
    return Dispute(
        FactKind.FIGURE,
        1,
        Claim("eleven", "Eleven died, the miners' union said.", here, 2, UNION, AT),
        Claim("six", "Six died, the oil ministry said.", there, 1, MINISTRY, AT),
    )


def _text(dispute: Dispute) -> str:
    return "".join(span.text for span in dispute_paragraph(dispute).spans)


@pytest.mark.parametrize("outlet", ["Ledger", "Courier"])
def test_the_sides_are_told_by_whom_they_are(outlet: str) -> None:
    """It is not the papers that contradict each other, whether it is one or two."""
    told = f"figure disputed: miners' union (in Ledger) says eleven; oil ministry (in {outlet}) says six"
    assert _text(_dispute("Ledger", outlet)) == told


def test_an_outlet_that_cites_nobody_is_told_by_its_name() -> None:
    dispute = _dispute("Ledger", "Courier")
    alone = replace(dispute, here=replace(dispute.here, origin=None))
    assert _text(alone) == "figure disputed: Ledger says eleven; oil ministry (in Courier) says six"


def test_who_denies_says_that_it_is_not_so() -> None:
    plain = _dispute("Ledger", "Courier")
    here, there = replace(plain.here, value="denied"), replace(plain.there, value="happened")
    told = "status disputed: miners' union (in Ledger) says it is not so; oil ministry (in Courier) says it is so"
    assert _text(Dispute(FactKind.STATUS, 1, here, there)) == told


def test_a_line_of_ingest_has_the_values_in_dispute() -> None:
    record = {
        "id": "k2",
        "label": "DISPUTED",
        "story": "s4",
        "duplicate_of": None,
        "new": [],
        "disputes": [dispute_record(_dispute("Ledger", "Courier"))],
        "note": None,
    }
    result = RowResult(2, record)
    assert _to_line(result, "text") == "k2  DISPUTED  s4  eleven against six\n"
