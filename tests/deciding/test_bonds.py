"""When an article ties two stories together: strong evidence for either, and nothing that speaks of another event."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from benchmarks.stories import NOW, MemoryStore
from news.decision import Decision, Label
from news.model import Article, Precision
from news.novelty import decide
from news.reading import read

START = datetime(2026, 3, 15, tzinfo=UTC)
A_DAY = timedelta(days=1)


def make(number: int, title: str, text: str, outlet: str, after: timedelta = timedelta()) -> Article:
    url = f"https://{outlet.lower().replace(' ', '-')}.example/{number}"
    return Article(str(number), url, outlet, title, text, START + after, Precision.DAY)


TANK = make(
    1,
    "Fire at Amuay refinery burns through the night",
    "A fire broke out in a storage tank of the Amuay refinery in Venezuela on Sunday evening. Firemen from Punto Fijo "
    "fought the flames through the night with foam. Nine workers were treated for burns in the hospital Rafael Calles "
    "Sierra. The state oil company PDVSA said that the tank had held 40,000 barrels of naphtha.",
    "Gazette",
)
PUMPS = make(
    2,
    "Pumps run dry in Falcon as petrol is rationed",
    "Drivers in Falcon waited up to six hours for petrol on Monday. Governor Victor Clark limited each car to 20 "
    "litres and each bus to 60 litres. The taxi union of Coro threatened to block the road to Maracaibo. Deliveries "
    "had stopped after the tanker terminal was shut, he said.",
    "Herald",
    A_DAY,
)
FISH = make(
    3,
    "Dead fish wash up on Paraguana beaches",
    "Thousands of dead mullet washed up on the beaches of Adicora on Monday. Marine biologist Lucia Ferrer of the "
    "university of Coro took samples of a brown film on the water. Fishermen of Buchuaco tied up 70 boats.",
    "Coast News",
    A_DAY,
)
BOTH = make(
    4,
    "Amuay refinery fire leaves Falcon without petrol",
    "The fire in a storage tank of the Amuay refinery that was fought by firemen from Punto Fijo with foam has cut off "
    "petrol deliveries, and drivers in Falcon wait six hours at the pumps. PDVSA had said that the tank held 40,000 "
    "barrels of naphtha; nine workers were treated for burns. Governor Victor Clark limited each car to 20 litres and "
    "each bus to 60 litres, and the taxi union of Coro wants to block the road to Maracaibo.",
    "Andes Post",
    A_DAY,
)
ALL_THREE = replace(
    BOTH,
    title="Falcon after the Amuay fire: no petrol and dead fish",
    text=f"{BOTH.text} Thousands of dead mullet washed up on the beaches of Adicora, where fishermen of Buchuaco tied "
    "up 70 boats; marine biologist Lucia Ferrer of the university of Coro took samples of a brown film on the water.",
)


def judge(*articles: Article) -> Decision:
    """Return the decision on the last of the articles."""
    store = MemoryStore()
    for article in articles:
        reading = read(article)
        now = article.published_at or NOW
        decision = decide(article, reading, store.find_candidates(article, reading), now=now)
        store.add(article, reading, decision)
    return decision


def test_what_fits_two_stories_ties_them() -> None:
    decision = judge(TANK, PUMPS, BOTH)
    assert decision.label in {Label.UPDATE, Label.KNOWN}
    assert decision.bond is not None
    assert {decision.story_id, decision.bond.story_id} == {1, 2}
    assert decision.bond.origin == "outlet:andes-post"
    assert min(decision.bond.own_score, decision.bond.score) >= 2.0
    assert any(reason.step == "bond" for reason in decision.reasons)


def test_a_round_up_ties_nothing() -> None:
    """What fits three stories is about none of them."""
    decision = judge(TANK, PUMPS, FISH, ALL_THREE)
    assert decision.story_id is not None
    assert decision.bond is None


def test_a_report_of_one_story_ties_nothing() -> None:
    again = replace(
        TANK, source_id="9", url="https://x.example/9", outlet="Herald", text=TANK.text.replace("Nine", "Ten")
    )
    assert judge(TANK, PUMPS, again).bond is None


def test_stories_that_lie_apart_in_time_are_not_tied() -> None:
    """A look back from later weeks proves nothing of what was told then."""
    late = replace(BOTH, published_at=START + 30 * A_DAY)
    assert judge(TANK, PUMPS, late).bond is None
    early = replace(TANK, published_at=START - 40 * A_DAY)
    assert judge(early, PUMPS, BOTH).bond is None


def test_two_events_of_one_kind_on_two_days_are_not_tied(monkeypatch: pytest.MonkeyPatch) -> None:
    """The second fire is not the first, however much a report on both has of either."""
    other = replace(
        PUMPS,
        title="Fire at Bajo Grande terminal",
        text="A fire broke out in a storage tank of the Bajo Grande terminal in Zulia on 20 March 2026. Fire chief "
        "Omar Rivas called in a foam tender from Maracaibo. Two guards were hurt when a roof of 90 metres fell in.",
        published_at=START + 6 * A_DAY,
    )
    first = replace(TANK, text=TANK.text.replace("on Sunday evening", "on 15 March 2026"))
    third = replace(
        BOTH,
        title="Amuay, then Bajo Grande: two tanks burn in Venezuela",
        text="Firemen from Punto Fijo needed a night and much foam for the storage tank of the Amuay refinery, which "
        "held 40,000 barrels of naphtha, PDVSA says, and nine workers with burns went to the hospital Rafael Calles "
        "Sierra. At the Bajo Grande terminal in Zulia, fire chief Omar Rivas had a foam tender brought from Maracaibo "
        "for a storage tank whose roof of 90 metres fell in; two guards were hurt.",
        published_at=START + 6 * A_DAY,
    )
    assert judge(first, other, third).bond is None
    monkeypatch.setattr("news.deciding.bonds._has_rivals", lambda *_: False)
    assert judge(first, other, third).bond is not None, "by its words it is of both"


SLIDE = make(
    11,
    "Landslide buries pipeline at Chusgon",
    "A landslide buried the Oleoducto Norte pipeline at Chusgon in Peru on Monday, hurting four men, Petroperu said.",
    "Gazette",
)
BREAD = make(
    12,
    "Bakeries shut in Huamachuco",
    "Bakeries in Huamachuco put out their ovens on Tuesday for want of diesel, and mayor Rosa Ticona asked the army "
    "for flour and fuel.",
    "Herald",
    A_DAY,
)
CAUSE = make(
    13,
    "No bread in Huamachuco after slide at Chusgon",
    "The landslide that buried the Oleoducto Norte pipeline at Chusgon on Monday and hurt four Petroperu men is why "
    "bakeries in Huamachuco put out their ovens on Tuesday for want of diesel, the energy ministry said. Mayor Rosa "
    "Ticona asked the army for flour and fuel.",
    "Andes Post",
    2 * A_DAY,
)


def test_what_retells_how_both_began_ties_them_in_a_small_store() -> None:
    """Where few words are known to be rare nothing fits strongly; names and openings of both say it all the same."""
    decision = judge(SLIDE, BREAD, CAUSE)
    assert decision.bond is not None
    assert {decision.story_id, decision.bond.story_id} == {1, 2}


def test_why_says_what_keeps_two_stories_apart() -> None:
    """An article that fits two stories and binds them not says so, and what is missing."""
    late = replace(BOTH, published_at=START + 30 * A_DAY)
    reasons = [reason.text for reason in judge(TANK, PUMPS, late).reasons if reason.step == "bond"]
    assert len(reasons) == 1
    assert "they lie apart in time" in reasons[0]
