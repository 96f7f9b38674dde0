"""Whole decisions on pairs of short articles: what contradicts, and what only looks as if it did."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from news.decision import Candidates, Decision, FactKind, Label, StoredArticle, StoredReport
from news.model import Article, EventKind, Precision
from news.novelty import decide
from news.reading import read
from news.words.text import content_terms

STORED_AT, NOW = datetime(2023, 5, 12, 8, tzinfo=UTC), datetime(2023, 5, 12, 20, tzinfo=UTC)
"""A Friday: the weekdays of both texts are of one week."""


def _article(text: str, outlet: str, published: datetime) -> Article:
    return Article("", "", outlet, text[:30], text, published, Precision.DAY)


def hold(stored: str, new: str, *, outlet: str = "Evening Herald") -> Decision:
    """Return the decision on a new article against a store of one article of another outlet."""
    there, here = _article(stored, "Morning Ledger", STORED_AT), _article(new, outlet, NOW)
    old, reading = read(there), read(here)
    names = dict(Counter(mention.entity.key for mention in old.mentions))
    terms = content_terms(f"{there.title}\n{there.text}")
    held = StoredArticle(1, there, 1, Label.NEW, STORED_AT, "en", names, terms, (old.signature,))
    reports = tuple(
        StoredReport(number, number, 1, 1, there.outlet, "", there.title, STORED_AT, report)
        for number, report in enumerate(old.reports, 1)
    )
    store = Candidates(None, (held,), (held,), reports, 30, dict.fromkeys(names, 1))
    return decide(here, reading, store, now=NOW)


def test_the_nearest_reports_of_a_long_story_are_asked() -> None:
    """Candidates come with the most related first; a hundred others behind them hide no contradiction."""
    there = _article("The ministers of Chile and Peru met in Arica on Thursday.", "Morning Ledger", STORED_AT)
    text = "The ministers of Chile and Peru met in Tacna on Thursday, a Peruvian official said."
    here = _article(text, "Evening Herald", NOW)
    old, reading = read(there), read(here)
    names = dict(Counter(mention.entity.key for mention in old.mentions))
    terms = content_terms(f"{there.title}\n{there.text}")
    held = StoredArticle(1, there, 1, Label.NEW, STORED_AT, "en", names, terms, (old.signature,))
    told = StoredReport(1, 1, 1, 1, there.outlet, "", there.title, STORED_AT, old.reports[0])
    plain = replace(told.report, actors=(), places=(), trigger="swept", kind=EventKind.OTHER)
    swept = [replace(plain, quote=f"Street {number} of Brela was swept on Monday.") for number in range(100)]
    others = [replace(told, id=n, event_id=n, article_id=n, report=one) for n, one in enumerate(swept, 1000)]
    store = Candidates(None, (held,), (held,), (told, *others), 30, dict.fromkeys(names, 1))
    assert [one.kind for one in decide(here, reading, store, now=NOW).disputes] == [FactKind.PLACE]


DISPUTED = [
    (
        FactKind.FIGURE,
        "The army killed 40 rebels in an ambush near Tarrow on Monday, a general said.",
        "Only six fighters died in Monday's ambush near Tarrow, the rebel movement said.",
    ),
    (
        FactKind.FIGURE,
        "Thieves took paintings worth 4 million euros from the Hallman museum in Gent on Sunday night, police said.",
        "The paintings stolen from the Hallman museum in Gent on Sunday night were worth €900,000, the insurer said.",
    ),
    (
        FactKind.FIGURE,
        "Turnout in Sunday's referendum in Kesten was 61 percent, the electoral board said.",
        "Barely a third of voters went to the polls in Sunday's referendum in Kesten, according to the monitors.",
    ),
    (
        FactKind.STATUS,
        "Four people were wounded when a shell fell on the market in Druzh on Thursday, a surgeon said.",
        "Nobody was hurt when a shell fell on the market in Druzh on Thursday, the mayor said.",
    ),
    (
        FactKind.STATUS,
        "The interior minister of Veldania, Jonas Krell, resigned on Wednesday, two members of his party said.",
        "Jonas Krell remains in office, the prime minister's spokesman said on Thursday.",
    ),
    (
        FactKind.STATUS,
        "Troops of the southern army captured the town of Imbala on Saturday, its commander said.",
        "Imbala is firmly in the hands of the government, the defence ministry said on Sunday.",
    ),
    (
        FactKind.STATUS,
        "The singer Mira Tolan died in a clinic in Lisbon on Sunday, her manager said.",
        "Mira Tolan is alive and recovering in a Lisbon clinic, her sister said on Monday.",
    ),
    (
        FactKind.STATUS,
        "The company paid a bribe of $2 million to the harbour master of Port Sella, prosecutors said on Monday.",
        "Not a cent was paid to the harbour master of Port Sella, the company's lawyer said on Tuesday.",
    ),
    (
        FactKind.ACTOR,
        "Israeli jets bombed a depot at Qasra on Monday night, a monitoring group said.",
        "It was American aircraft that bombed the depot at Qasra on Monday night, a Syrian officer said.",
    ),
    (
        FactKind.ACTOR,
        "Saturday's explosion at the fertiliser plant in Kolm was caused by a drone, the governor said.",
        "Saturday's explosion at the fertiliser plant in Kolm was caused by a gas leak, the plant's owner said.",
    ),
    (
        FactKind.PLACE,
        "The ministers of Chile and Peru met in Arica on Thursday to discuss the border, the Chilean ministry said.",
        "The ministers of Chile and Peru met in Tacna on Thursday to discuss the border, a Peruvian official said.",
    ),
    (
        FactKind.PLACE,
        "Rebels are holding the 14 hostages in a school in Gamo, the Red Cross said on Monday.",
        "The 14 hostages are being held in a mine near Lutanga, not in Gamo, a released nurse said on Monday.",
    ),
    (
        FactKind.DATE,
        "The ferry Aurora left Split on Monday evening with 80 passengers, the harbour office said.",
        "The ferry Aurora left Split on Sunday evening with 80 passengers, its owner said.",
    ),
]


@pytest.mark.parametrize(("kind", "stored", "new"), DISPUTED)
def test_another_origin_that_cannot_be_right_as_well_is_a_dispute(kind: FactKind, stored: str, new: str) -> None:
    """A contradiction is found in whatever words, and both sides are kept with their sentences."""
    decision = hold(stored, new)
    assert decision.label is Label.DISPUTED
    dispute = decision.disputes[0]
    assert dispute.kind is kind
    assert (dispute.there.outlet, dispute.there.article_id) == ("Morning Ledger", 1)
    assert dispute.here.quote in new


AGREED = [
    (  # units
        "Flood water covers 12,000 hectares of farmland around Brell, the agriculture ministry said on Friday.",
        "Some 120 square kilometres of fields around Brell are under water, farmers' leaders said on Friday.",
    ),
    (  # a share of the whole
        "Eleven people were hurt in the crash of a tram in Gdansk on Monday, firemen said.",
        "Three children are among the people hurt in Monday's tram crash in Gdansk, a hospital said.",
    ),
    (  # a part of a sum
        "Parliament approved a loan of 3 billion euros for Vessia on Tuesday, the speaker said.",
        "Vessia will receive a first tranche of 500 million euros of the loan approved on Tuesday in June, it said.",
    ),
    (  # some of all
        "Police detained 30 protesters at the square in Minsk on Sunday, the interior ministry said.",
        "Police released 12 of the protesters detained at the square in Minsk on Sunday, a lawyer said on Monday.",
    ),
    (  # another act
        "The army has 12,000 soldiers in the border region of Kavala, the defence minister said on Monday.",
        "The army sent 800 soldiers to the border region of Kavala on Monday, the governor said.",
    ),
    (  # crew and passengers
        "The ferry Norda carried 210 passengers when it ran aground off Bergen on Friday, the owner said.",
        "All 18 crew of the ferry Norda, which ran aground off Bergen on Friday, were taken off, the coast guard said.",
    ),
    (  # no word on it
        "Coast guards fired on the trawler Santa Rita off Cape Moro on Friday, its skipper said.",
        "The coast guard did not comment on the shooting at the trawler Santa Rita off Cape Moro on Friday.",
    ),
    (  # somebody else was not hurt
        "A mine blast killed six miners at Krasna on Tuesday, the company said.",
        "No one was in the second shaft when a blast killed six miners at Krasna on Tuesday, a union man said.",
    ),
    (  # another act of the same force
        "Sudan's army took the radio building in Omdurman on Tuesday, its commander said.",
        "Sudan's army did not take prisoners when it stormed the radio building in Omdurman on Tuesday, a group said.",
    ),
    (  # a finer place
        "Rebels are holding the 14 hostages in a school in Nigeria's Borno state, the Red Cross said on Monday.",
        "The 14 hostages are being held in Maiduguri, the capital of Nigeria's Borno state, a nurse said on Monday.",
    ),
    (  # the agent of another act
        "Iranian forces seized the tanker Belos in the Strait of Hormuz on Sunday, its manager said.",
        "The tanker Belos, seized on Sunday in the Strait of Hormuz, was chartered by an Indian refiner, brokers say.",
    ),
    (  # the next leg of a journey
        "The foreign ministers of Egypt and Turkey met in Cairo on Sunday, Egyptian state television said.",
        "Turkey's foreign minister flew on to Doha on Monday after talks in Cairo, an aide said.",
    ),
    (  # another event
        "A bomb killed eight people in Kandu on Monday, police said.",
        "A bomb killed eleven people in Herat on Wednesday, police said.",
    ),
    (  # what followed
        "Strikers blocked the port of Varna on Monday, the union said.",
        "The port of Varna reopened on Wednesday after strikers left the gates.",
    ),
]


@pytest.mark.parametrize(("stored", "new"), AGREED)
def test_what_can_both_be_right_is_no_dispute(stored: str, new: str) -> None:
    """A reader is not told of a contradiction where there is none."""
    assert hold(stored, new).disputes == ()


_SPEAKERS = re.compile(r", [^,]+ said(?: on \w+)?\.$|, according to .+$")


@pytest.mark.parametrize(("_", "stored", "new"), DISPUTED)
def test_one_outlet_does_not_dispute_itself(_: FactKind, stored: str, new: str) -> None:
    """What the same outlet tells otherwise, and on nobody's word, is a change of its own account."""
    stored, new = (_SPEAKERS.sub(".", text) for text in (stored, new))
    assert hold(stored, new, outlet="Morning Ledger").disputes == ()


TWO_BODIES = [
    (
        "Six miners died in a gas explosion at the Karsk colliery on Thursday, the energy ministry said.",
        "Eleven died in Thursday's blast at Karsk colliery, the miners' union said, not six as the ministry claims.",
    ),
    (
        "Police said 5,000 people marched through Bilbao on Thursday against the closure of the shipyard.",
        "Organisers said 40,000 people marched through Bilbao on Thursday against the closure of the shipyard.",
    ),
    (
        "A Norwegian frigate fired on a Russian trawler off Vardo on Thursday, the fishermen's union said.",
        "The Norwegian navy denied on Thursday that its frigate had fired on a Russian trawler off Vardo.",
    ),
    (
        "Four people were wounded when a shell fell on the market in Druzh on Thursday, a surgeon said.",
        "Nobody was hurt when a shell fell on the market in Druzh on Thursday, the mayor said.",
    ),
    (
        "El ministerio de Energía informó de que seis mineros murieron el jueves en la mina de Karsk.",
        "El sindicato afirmó que once mineros murieron el jueves en Karsk y no seis, como sostiene el ministerio.",
    ),
]


@pytest.mark.parametrize(("stored", "new"), TWO_BODIES)
def test_two_bodies_contradict_each_other_in_one_outlet(stored: str, new: str) -> None:
    """Who prints both sides is neither of them: origins are counted, not outlets."""
    decision = hold(stored, new, outlet="Morning Ledger")
    assert decision.label is Label.DISPUTED
    here, there = decision.disputes[0].here, decision.disputes[0].there
    assert here.outlet == there.outlet == "Morning Ledger"
    assert here.origin is not None
    assert there.origin is not None
    assert here.origin.key != there.origin.key


ONE_BODY = [
    (
        "Six miners died in a gas explosion at the Karsk colliery on Thursday, the energy ministry said.",
        "Eleven miners died in Thursday's explosion at the Karsk colliery, the energy ministry said.",
    ),
    (
        "Three people died in a fire at a flat in Gent on Thursday, police said.",
        "Five people died in Thursday's fire at a flat in Gent, the hospital said.",
    ),
    (
        "The ferry Aurora left Split on Monday evening with 80 passengers.",
        "The ferry Aurora left Split on Sunday evening with 80 passengers, its owner said.",
    ),
]


@pytest.mark.parametrize(("stored", "new"), ONE_BODY)
def test_what_changes_without_two_voices_is_news_and_no_dispute(stored: str, new: str) -> None:
    """One body that changes its count, a toll that has grown, a day that the outlet gave itself before."""
    decision = hold(stored, new, outlet="Morning Ledger")
    assert decision.label in {Label.UPDATE, Label.REVISED}
    assert decision.disputes == ()


@pytest.mark.parametrize(
    ("stored", "new"),
    [
        (
            "About 2,000 workers stayed away from the morning shift at the Alba mine on Monday, the union said.",
            "Some 2,000 workers stayed away from the morning shift at the Alba mine on Monday, the union said.",
        ),
        (
            "Police in Kolm arrested two managers of the Orsa works on Wednesday over a fire that killed nine people.",
            "Two managers of the Orsa works are under arrest over a fire in Kolm that killed nine people.",
        ),
        (
            "A woman of 70 died in the earthquake that shook Kolm on Monday night, the fire service said.",
            "Three people died in the earthquake that shook Kolm on Monday night, civil defence said on Tuesday.",
        ),
    ],
)
def test_other_words_for_the_same_contradict_nothing(stored: str, new: str) -> None:
    """Words before a number are no names, whoever is under arrest was arrested, and an age is no toll."""
    assert hold(stored, new).disputes == ()
