"""Values of slots in words, the sentence that a correction is about, and headlines that stand above already."""

from __future__ import annotations

import pytest

from handlers.evidence import Evidence
from handlers.formers import find_former
from handlers.reply import Paragraph, Quote
from handlers.slot_words import say_value
from news.decision import Claim, FactKind, NewFact
from news.model import Article


@pytest.mark.parametrize(
    ("kind", "value", "words"),
    [
        (FactKind.DATE, "2026-06-09", "9 June 2026"),
        (FactKind.DATE, "2026-06", "June 2026"),
        (FactKind.DATE, "2026", "2026"),
        (FactKind.DATE, "2026-06-08..2026-06-14", "8-14 June 2026"),
        (FactKind.DATE, "2026-06-08..", "from 8 June 2026"),
        (FactKind.DATE, "since a quarter to nine", "since a quarter to nine"),
        (FactKind.FIGURE, "2026", "2026"),
        (FactKind.PLACE, "place:caracas", "Caracas"),
    ],
)
def test_a_value_is_shown_as_a_reader_writes_it(kind: FactKind, value: str, words: str) -> None:
    """Dates of disputes, revisions and facts are no codes."""
    assert say_value(kind, value) == words


def article(text: str, title: str = "") -> Article:
    return Article("1", "https://x.example/1", "Gazette", title, text, language="en")


OLD = article("Rain fell on Tuesday. Divers searched the wreck, and five crew members are missing. Two ships helped.")


def test_a_notice_finds_what_it_corrects() -> None:
    """What was written before stands beside the notice that says it was wrong."""
    notice = article("Correction: An earlier version of this article said five crew members were missing. Three are.")
    assert find_former(notice, OLD) == "Divers searched the wreck, and five crew members are missing."
    assert not find_former(article("Correction: the name of the mayor is Kombo, not Komba."), OLD)
    assert not find_former(article("Three crew members are missing."), OLD)


def test_the_headline_is_no_second_fact() -> None:
    """It stands above the facts of an alert; a value that only the headline has is still told."""
    told = article("Police gave no details.", title="Nine die in quarry fire")
    evidence = Evidence(lambda _: told)
    whole = NewFact(FactKind.ACT, Claim("Nine die in quarry fire", "Nine die in quarry fire", "Gazette"))
    assert evidence.fact_blocks(whole) == []
    figure = NewFact(FactKind.FIGURE, Claim("nine dead", "Nine die in quarry fire.", "Gazette"))
    assert [type(block) for block in evidence.fact_blocks(figure)] == [Paragraph]
    other = NewFact(FactKind.ACT, Claim("Police gave no details.", "Police gave no details.", "Gazette"))
    assert [type(block) for block in evidence.fact_blocks(other)] == [Quote]
