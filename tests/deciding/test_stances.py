"""How one account stands to another as a kind of text, and what is shown of two that differ in no slot."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from benchmarks.disputes import decide_dispute
from news.decision import Decision, FactKind
from news.disputes.judging.judge import accounts_from, judge
from news.disputes.judging.lines import account_of
from news.disputes.judging.stances import signs_of_both
from news.disputes.judging.statements import are_short, choose_statements, find_retold
from news.model import Article

MILL = (
    "Fire guts the spinning mill at Lume",
    (
        "A fire destroyed the spinning mill at Lume on Monday night, the fire brigade said.\n\n"
        "A worn cable in the carding hall started it, fire chief Ada Brock said. "
        "Two nights of work are needed to clear the yard."
    ),
)
UNION = (
    "Mill at Lume burned because of a welder's torch, says union",
    (
        "The fire that destroyed the spinning mill at Lume began with a contractor's torch, the textile union said.\n\n"
        '"We saw the sparks fall into the lint," said shop steward Olin Marr, who showed a video. '
        "Fire chief Ada Brock has said that a worn cable in the carding hall started it."
    ),
)
CLEARED = (
    "Yard of the burned mill at Lume cleared, two held",
    (
        "Two nights after the fire at the spinning mill at Lume the yard is clear, the fire brigade said.\n\n"
        "Police arrested two men on Wednesday. The owner will rebuild the mill."
    ),
)


def _article(told: tuple[str, str], day: int, outlet: str = "") -> Article:
    title, text = told
    at = datetime(2025, 10, day, 9, tzinfo=UTC)
    return Article(
        source_id="", url=f"https://news.example/{day}", title=title, text=text, outlet=outlet, published_at=at
    )


def _score(told: tuple[str, str]) -> float:
    return judge(_article(told, 9, "Lume Weekly"), _article(MILL, 7, "Lume Post"))[0].score


def test_signs_of_an_account_against_another() -> None:
    signs = signs_of_both(_article(UNION, 9), _article(MILL, 7))
    assert signs["title_speaks"]
    assert signs["title_bystanders"]
    assert signs["evidence"]
    assert signs["first_person"]
    assert signs["last_over"] > signs["least_over"]  # it closes with what the other one says
    assert not signs["title_acts"]


def test_signs_of_an_account_that_goes_on() -> None:
    signs = signs_of_both(_article(CLEARED, 9), _article(MILL, 7))
    assert signs["title_acts"]
    assert not (signs["title_speaks"])
    assert not (signs["evidence"])
    assert not (signs["first_person"])
    assert not signs["retold"]


def test_who_contradicts_weighs_more_than_who_goes_on() -> None:
    assert _score(UNION) > accounts_from() > _score(CLEARED)


def test_two_causes_of_two_sorts() -> None:
    rain = ("Dam at Tarsk fails", "The dam at Tarsk broke because of the heavy rain, the ministry said.")
    gate = ("Dam at Tarsk: the gate", "The dam at Tarsk broke because of a rusted gate, engineers said.")
    flood = ("Dam at Tarsk: the river", "The dam at Tarsk broke because of the flood, the mayor said.")
    assert signs_of_both(_article(gate, 9), _article(rain, 7))["causes_two"]
    assert not signs_of_both(_article(gate, 9), _article(rain, 7))["causes_same"]
    assert not signs_of_both(_article(CLEARED, 9), _article(rain, 7))["causes_two"]
    assert not signs_of_both(_article(flood, 9), _article(flood, 7))["causes_two"]


@pytest.mark.parametrize("told", [("", ""), ("Only a headline", ""), ("", "Only a sentence.")])
def test_signs_of_hardly_any_text_are_finite(told: tuple[str, str]) -> None:
    for one, other in ((told, MILL), (MILL, told), (told, told)):
        signs = signs_of_both(_article(one, 9), _article(other, 7))
        assert all(abs(value) < 100 for value in signs.values())
        assert judge(_article(one, 9), _article(other, 7))[0].is_of_brief


def test_what_is_retold_names_what_it_stands_against() -> None:
    ours, theirs = account_of(_article(UNION, 9)), account_of(_article(MILL, 7))
    both = choose_statements(ours, theirs)
    assert both is not None
    here, there = both
    assert "contractor's torch" in here.text
    assert there.text.startswith("A worn cable")
    retold = find_retold(ours, theirs, here)
    assert retold is not None
    assert retold.text.startswith("Fire chief")


def test_nothing_is_shown_of_accounts_without_a_common_word() -> None:
    other = ("Swimmers race in Halden", "Forty girls swam across the bay of Halden in August.")
    assert choose_statements(account_of(_article(UNION, 9)), account_of(_article(other, 7))) is None
    assert choose_statements(account_of(_article(("", ""), 9)), account_of(_article(MILL, 7))) is None


def test_two_accounts_of_one_fire_are_a_dispute() -> None:
    sides = {
        "stored": ("Lume Post", "2025-10-07T09:00:00Z", *MILL),
        "new": ("Lume Weekly", "2025-10-09T09:00:00Z", *UNION),
    }
    pair = {side: dict(zip(("outlet", "published", "title", "text"), row, strict=True)) for side, row in sides.items()}
    (dispute,) = decide_dispute(pair).disputes
    assert "torch" in dispute.here.quote
    assert "cable" in dispute.there.quote


SHORT = (
    "Senator's son drove car that killed cyclist, police say",
    (
        "The car that killed a cyclist at Makari on Saturday was driven by the son of Senator Pardo, police said. "
        "He is being questioned."
    ),
)
SHORT_AGAINST = (
    "Bodyguard was at the wheel, says senator's lawyer",
    (
        "A bodyguard employed by Senator Pardo was at the wheel when a cyclist was killed at Makari on Saturday, "
        "the family's lawyer said. The son was at home, he added."
    ),
)
SHORT_ON = (
    "Senator's son before judge",
    (
        "The son of Senator Pardo, who drove the car that killed a cyclist at Makari on Saturday, was brought before a "
        "judge on Monday. He left on bail."
    ),
)


def _decide(new: tuple[str, str], stored: tuple[str, str]) -> Decision:
    sides = {
        "stored": ("Aspo Post", "2025-10-07T09:00:00Z", *stored),
        "new": ("Aspo Weekly", "2025-10-08T09:00:00Z", *new),
    }
    rows = {side: dict(zip(("outlet", "published", "title", "text"), row, strict=True)) for side, row in sides.items()}
    return decide_dispute(rows)


def test_accounts_of_two_sentences_have_to_be_contradicted_more_plainly() -> None:
    assert accounts_from(are_short=True) > accounts_from()
    ours, theirs = account_of(_article(SHORT_AGAINST, 9)), account_of(_article(SHORT, 7))
    assert are_short(ours, theirs)
    assert not are_short(account_of(_article(UNION, 9)), account_of(_article(MILL, 7)))
    assert choose_statements(ours, theirs) is not None
    (dispute,) = _decide(SHORT_AGAINST, SHORT).disputes
    assert dispute.kind is FactKind.ACT
    assert "bodyguard" in dispute.here.quote
    assert "son of Senator Pardo" in dispute.there.quote
    assert not _decide(SHORT_ON, SHORT).disputes
