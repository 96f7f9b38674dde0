"""What a retelling, a second event of a kind, a correction and a look back are, from the text to the label."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from handlers.jobs.ingest import ingest_article
from news.deciding.corrections import is_correction
from news.decision import Decision, Label
from news.model import Article, Precision
from tests.store.handlers_world import World

LOCK = (
    "A cargo barge rammed the gate of the Ostrava lock on Tuesday and blocked the canal for 14 vessels, the waterways "
    "office said.\n\nNobody was hurt. The skipper, Jan Hromada, told police that the rudder had failed. Divers from "
    "Brno will look at the gate on Thursday."
)
LOCK_ON = datetime(2022, 5, 10, 12, tzinfo=UTC)
RAID = (
    "Gunmen killed three guards and wounded two when they attacked a customs post near Tessalit on Monday night, "
    "Mali's interior ministry said. A storehouse burned down."
)


def piece(text: str, outlet: str, at: datetime, title: str = "") -> Article:
    return Article("", "", outlet, title, text, at, Precision.DAY)


def take(world: World, *articles: Article) -> Decision:
    """Take the articles in and return what was decided on the last."""
    decisions = [ingest_article(article, world.ports, alerts=False).decision for article in articles]
    last = decisions[-1]
    assert last is not None
    return last


def after(world: World, text: str, *, outlet: str = "Beta", at: datetime = LOCK_ON, title: str = "") -> Decision:
    return take(world, piece(LOCK, "Alpha", LOCK_ON), piece(text, outlet, at, title))


def test_a_retelling_in_other_words_is_known_since_the_first(world: World) -> None:
    """All names and numbers are held; colour is no news."""
    text = (
        "Fourteen ships are queueing at Ostrava. A river freighter ran into the lock gate on Tuesday, and according to "
        "its captain, Jan Hromada, the rudder is to blame. No one came to harm."
    )
    decision = after(world, text)
    assert decision.label is Label.KNOWN
    assert decision.known_since is not None
    assert decision.known_since.outlet == "Alpha"
    assert decision.known_since.quote


@pytest.mark.parametrize(
    "text",
    [
        "Police arrested the skipper Jan Hromada on Friday over the barge that rammed the gate of the Ostrava lock.",
        "The Ostrava lock reopened on Saturday after engineers had repaired the gate that a cargo barge rammed.",
    ],
)
def test_a_new_act_is_an_update_and_names_its_sentence(world: World, text: str) -> None:
    """An arrest and a repair carry the story on, whatever words they share with it."""
    decision = after(world, text, at=datetime(2022, 5, 14, 12, tzinfo=UTC))
    assert decision.label is Label.UPDATE
    assert [fact.after.quote for fact in decision.new] == [text]


def test_the_same_formula_for_another_town_is_another_event(world: World) -> None:
    """Reports of one kind are written alike; day and town tell them apart."""
    first = piece(RAID, "Alpha", datetime(2023, 2, 7, 8, tzinfo=UTC))
    text = RAID.replace("Tessalit on Monday", "Ansongo on Saturday").replace("wounded two", "wounded four")
    decision = take(world, first, piece(text, "Alpha", datetime(2023, 3, 19, 8, tzinfo=UTC)))
    assert (decision.label, decision.duplicate_of) == (Label.NEW, None)


def test_a_late_copy_stays_a_copy(world: World) -> None:
    """The very text of years ago has no name, number or day of its own."""
    decision = after(world, f"Old clippings\n\n{LOCK}", outlet="Gamma", at=datetime(2026, 1, 15, tzinfo=UTC))
    assert decision.label in {Label.REPRINT, Label.OLD_EVENT}


@pytest.mark.parametrize("notice", ["", "\n\nCorrection: an earlier version gave the number as 14."])
def test_the_outlets_own_text_with_another_figure_is_revised(world: World, notice: str) -> None:
    """Silently or with a notice: sentence before and after are shown."""
    decision = after(world, f"{LOCK.replace('14 vessels', '11 vessels')}{notice}", outlet="Alpha")
    assert decision.label is Label.REVISED
    (fact,) = decision.new
    assert fact.before is not None
    assert ("14" in fact.before.quote, "11" in fact.after.quote) == (True, True)


def test_a_note_of_correction_revises_the_outlets_report(world: World) -> None:
    text = (
        "Our report on the cargo barge that rammed the gate of the Ostrava lock gave a wrong number of vessels. The "
        "canal was blocked for 11 vessels, the waterways office said."
    )
    decision = after(world, text, outlet="Alpha", title="Correction: Ostrava lock")
    assert decision.label is Label.REVISED
    assert [fact.before is not None and "14" in fact.before.quote for fact in decision.new] == [True]


@pytest.mark.parametrize(
    ("outlet", "notice", "label"),
    [
        ("Alpha", "\n\nCorrection: an earlier version of this article said that the sale was still ahead.", "REVISED"),
        ("Alpha", "", "UPDATE"),
        ("Beta", "\n\nCorrection: an earlier version of this article said that the sale was still ahead.", "UPDATE"),
    ],
)
def test_a_plan_that_its_outlet_corrects_is_revised(world: World, outlet: str, notice: str, label: str) -> None:
    """Without a notice, or from another outlet, what was a plan and is done is news."""
    plan = (
        "Norsk Air will sell its hangar in Ostrava to the Brno shipyard for 40 million euros, the airline said.\n\nThe "
        "hangar was built in 1962 and stands beside the canal. Jan Hromada, who leads the union, was against it. The "
        "airline has three other hangars in the country, and none of them is for sale, it said."
    )
    done = plan.replace("will sell", "has sold")
    at = datetime(2022, 5, 20, tzinfo=UTC)
    assert take(world, piece(plan, "Alpha", LOCK_ON), piece(done + notice, outlet, at)).label is Label[label]


def test_what_has_gone_on_is_no_revision(world: World) -> None:
    """The outlet's text with a later day tells what came after."""
    former = "blocked the canal for 14 vessels, the waterways office said"
    text = LOCK.replace(former, "still blocked the canal for 20 vessels on Wednesday, the office said")
    assert after(world, text, outlet="Alpha", at=datetime(2022, 5, 11, 18, tzinfo=UTC)).label is Label.UPDATE


def test_a_delivery_of_today_is_not_the_order_of_july(world: World) -> None:
    """An old day beside one of late dates what was before the news."""
    text = "The ferry that the town of Split ordered in March 2021 arrived in the harbour on Wednesday."
    decision = take(world, piece(text, "Alpha", datetime(2022, 5, 13, tzinfo=UTC)))
    assert decision.label is not Label.OLD_EVENT


def test_a_look_back_is_old_though_the_store_does_not_hold_it(world: World) -> None:
    text = (
        "Eleven winters ago, on 3 February 2011, the people of Ostrava walked across the frozen canal. A retired "
        "teacher remembers the cold."
    )
    assert after(world, text, at=datetime(2022, 5, 20, tzinfo=UTC)).label is Label.OLD_EVENT


@pytest.mark.parametrize(
    ("title", "text", "is_one"),
    [
        ("Correction: bridge", "The bridge is 40 metres long.", True),
        ("Bridge opens", "The bridge opened. (Corrects length in first paragraph)", True),
        ("Puente", "El puente mide 40 metros. Corrección: una versión anterior decía 50.", True),
        ("Мост", "Длина моста 40 метров. Уточнение: ранее сообщалось о 50.", True),
        ("Guards strike", "Officers of the Department of Corrections went on strike.", False),
        ("Shares fall", "Analysts spoke of a correction after the long rise.", False),
    ],
)
def test_notices_of_correction(title: str, text: str, *, is_one: bool) -> None:
    assert is_correction(title, text) is is_one


def test_brevity_alone_joins_no_story(world: World) -> None:
    """Two lines of one style from one outlet share no name: each opens its own story."""
    first = piece("Tanker runs aground off Norway, the harbour master of port 0 said.", "Alpha", LOCK_ON)
    second = piece("Refinery burns in Bahrain, the harbour master of port 1 said.", "Alpha", LOCK_ON)
    assert take(world, first, second).label is Label.NEW
