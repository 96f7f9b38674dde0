"""Nearly the same words, one act on two days, and the denials that both lean on, with sentences of our own."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from news.decision import FactKind, StoredReport
from news.disputes.dated_acts import find_other_day
from news.disputes.slots import Teller
from news.matching.near_twins import are_two_events, find_changed, find_swapped
from news.model import NO_TIME, Article, EventKind, Modality, Report
from news.reports.negations import is_told_as_fact, list_denied
from news.reports.tellings import tell

DAY = datetime(2024, 5, 16, tzinfo=UTC)


@pytest.mark.parametrize(
    ("ours", "theirs", "kind"),
    [
        (
            "The barge that sank off Holm on Monday carried 90 tonnes of gravel, its owner said.",
            "The barge that sank off Holm on Monday carried 140 tonnes of gravel, the harbour office said.",
            FactKind.FIGURE,
        ),
        (
            "The rower Ilse Brandt was granted a licence for Sunday's regatta in Linz, the federation said.",
            "The rower Ilse Brandt was refused a licence for Sunday's regatta in Linz, her coach said.",
            FactKind.STATUS,
        ),
        (
            "The probe Hester-4 has answered the ground station since Friday, its builder said.",
            "The probe Hester-4 has not answered the ground station since Friday, the tracking network said.",
            FactKind.STATUS,
        ),
        (
            "The forty crates of machine parts were loaded in Trieste in March, the waybills show.",
            "The forty crates of machine parts were loaded in Koper in March, the prosecutor said.",
            FactKind.PLACE,
        ),
    ],
)
def test_twins_that_differ_in_one_value_contradict_each_other(ours: str, theirs: str, kind: FactKind) -> None:
    found = find_changed(tell(ours), tell(theirs))
    assert found is not None
    assert found.kind is kind


def test_who_did_it_to_whom_may_be_told_the_other_way_round() -> None:
    ours = "A Danish trawler rammed a Swedish cutter off Bornholm on Monday, the Swedish coast guard said."
    theirs = "A Swedish cutter rammed a Danish trawler off Bornholm on Monday, the Danish coast guard said."
    found = find_swapped(tell(ours), tell(theirs))
    assert found is not None
    assert found.kind is FactKind.ACTOR
    met = "The king of Spain met the king of Norway in Bergen on Monday."
    turned = "The king of Norway met the king of Spain in Bergen on Monday."
    assert find_swapped(tell(met), tell(turned)) is None


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        (
            "The cartel office has fined the bakery chain Kornhof 3 million euros for agreeing prices with a rival.",
            "The cartel office has fined the bakery chain Brotland 5 million euros for agreeing prices with a rival.",
        ),
        (
            "A lorry hit a footbridge near Graz at 6:40 a.m. on Tuesday, injuring two people, police said.",
            "A lorry hit a footbridge near Graz at 9:15 p.m. on Tuesday, injuring five people, police said.",
        ),
        (
            "Thieves stole 410 boats from the marinas of Kiel in 2021.",
            "Thieves stole 380 boats from the marinas of Kiel in 2022, police said.",
        ),
    ],
)
def test_a_formula_with_two_other_values_tells_of_another_event(ours: str, theirs: str) -> None:
    assert are_two_events(tell(ours), tell(theirs))
    assert find_changed(tell(ours), tell(theirs)) is None


def test_the_same_amount_in_another_unit_is_no_change() -> None:
    ours = "The truck that broke through the bridge at Elm on Tuesday weighed 40,000 kilograms, its owner said."
    theirs = "The truck that broke through the bridge at Elm on Tuesday weighed 40 tonnes, the ministry said."
    assert find_changed(tell(ours), tell(theirs)) is None


def _stored(quote: str) -> StoredReport:
    report = Report(0, quote, NO_TIME, EventKind.OTHER, Modality.HAPPENED)
    return StoredReport(1, 1, 1, 1, "Gazette", "", "", DAY, report)


def _other_day(ours: str, theirs: str) -> FactKind | None:
    teller = Teller(Article(source_id="", url="", title="", text=ours, outlet="Herald", published_at=DAY), {}, {})
    found = find_other_day(tell(ours), _stored(theirs), teller)
    return found.kind if found is not None else None


def test_one_act_on_two_days_is_seen_in_other_words() -> None:
    held = "Police in Brno arrested the coach Petr Malik on Tuesday on suspicion of taking bribes."
    ours = "The lawyer of Petr Malik, the coach from Brno, said his client was arrested on Saturday."
    assert _other_day(ours, held) is FactKind.DATE
    assert _other_day("Petr Malik was arrested in Brno again on Saturday, his lawyer said.", held) is None
    assert _other_day("Petr Malik will be arrested in Brno on Saturday, his lawyer said.", held) is None
    assert _other_day("Petr Malik was arrested in Brno on Tuesday, his lawyer said.", held) is None


def test_who_denies_it_need_not_name_the_act() -> None:
    denied = list_denied(tell("The Free Front denied that it had sent boats against the oil jetty at Tarum."))
    theirs = tell("Four boats struck the oil jetty at Tarum before dawn, the navy said.")
    assert any(is_told_as_fact(one, theirs) for one in denied)
    silent = list_denied(tell("The Free Front denied that it had asked for talks in Tarum."))
    assert not any(is_told_as_fact(one, theirs) for one in silent)
