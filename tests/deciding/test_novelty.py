from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from news.decision import Candidates, Decision, FactKind, Label
from news.model import Modality, Report
from news.novelty import decide
from news.reading import read
from tests.deciding.deciding_world import (
    NOW,
    article,
    candidates,
    day,
    figure,
    reading,
    report,
    stored_article,
    stored_report,
)

NAMES = ("org:russian-army", "place:caracas")
HELD_QUOTE = "Two Russian planes with around 100 troops landed in Caracas on Saturday."
HELD_TEXT = (
    f"{HELD_QUOTE} The Antonov and the Ilyushin also brought 35 tons of equipment to Venezuela. General "
    "Vasily Tonkoshkurov led the group, which came for consultations with officials. Nobody said how long the visit "
    "would last."
)
HELD = report(HELD_QUOTE, figure("around 100 troops", 100, "troop"), when=day(), names=NAMES, trigger="land")
STORED = stored_article(HELD_TEXT, names=NAMES)
STORE = candidates(STORED, reports=(stored_report(HELD),))
OTHER_WORDS = (
    "Soldiers from Russia touched down in the capital of Venezuela at the weekend with the Antonov and the Ilyushin. "
    "Vasily Tonkoshkurov is the general in command of the group in Caracas. Equipment of 35 tons was unloaded."
)


def told(quote: str, *quantities: object, when: object = None, **more: object) -> Report:
    return report(quote, *quantities, when=when or day(), names=NAMES, trigger="land", **more)  # type: ignore[arg-type]  # passed on as they are


def look(
    text: str, *reports: Report, store: Candidates = STORE, outlet: str = "Andes Wire", published: datetime | None = NOW
) -> Decision:
    return decide(article(text, outlet=outlet, published=published), reading(text, *reports), store, now=NOW)


@pytest.mark.parametrize("published", [NOW, datetime(1, 1, 2, tzinfo=UTC)])
def test_days_at_the_beginning_of_the_calendar_are_decided_on(published: datetime) -> None:
    """A broken feed writes such days, in the text as well as beside it."""
    text = "On 0001-01-01 two Russian planes with around 120 troops landed in Caracas, the general said."
    here = article(text, published=published)
    assert decide(here, read(here), STORE, now=NOW).label in Label


def test_the_first_article_of_a_subject_opens_a_story() -> None:
    decision = look("A bridge fell into the Zambezi.", told("A bridge fell into the Zambezi."), store=Candidates())
    assert (decision.label, decision.story_id, decision.known_since) == (Label.NEW, None, None)
    assert [fact.kind for fact in decision.new] == [FactKind.ACT]
    assert decision.assignments[0].event_id is None
    assert decision.reasons


def test_other_words_for_the_same_are_known_since_the_first() -> None:
    """KNOWN names the earliest article that had it, with its sentence."""
    decision = look(OTHER_WORDS, told(OTHER_WORDS.split(". ", maxsplit=1)[0]))
    assert decision.label is Label.KNOWN
    assert decision.story_id == 1
    assert not decision.new
    assert not decision.disputes
    assert decision.known_since is not None
    assert (decision.known_since.article_id, decision.known_since.quote) == (1, HELD_QUOTE)
    assert decision.assignments[0].event_id == 1


def test_a_new_figure_names_the_old_one() -> None:
    quote = "The number of troops that landed in Caracas has risen to 250 troops."
    decision = look(f"{OTHER_WORDS} {quote}", told(quote, figure("250 troops", 250, "troop")))
    assert decision.label is Label.UPDATE
    (fact,) = decision.new
    assert fact.before is not None
    assert (fact.before.value, fact.after.value) == ("around 100 troops", "250 troops")


def test_a_contradiction_of_another_outlet_is_disputed() -> None:
    quote = "Russian planes with 250 troops landed in Caracas on Saturday."
    decision = look(f"{OTHER_WORDS} {quote}", told(quote, figure("250 troops", 250, "troop")))
    assert decision.label is Label.DISPUTED
    assert decision.disputes[0].there.quote == HELD_QUOTE


def test_background_never_makes_an_article_new() -> None:
    """A look back ("last year, Moscow sent") links to the earlier event and is no news."""
    past = report("In 2018 Moscow had sent two bombers to Venezuela.", when=day(date(2018, 12, 10)), is_background=True)
    decision = look(f"{OTHER_WORDS} {past.quote}", told(OTHER_WORDS.split(". ", maxsplit=1)[0]), past)
    assert decision.label is Label.KNOWN


def test_an_old_event_is_no_breaking_news() -> None:
    later = article(
        "Soldiers from Russia touched down in Caracas on 23 March 2019. Vasily Tonkoshkurov was the general.",
        outlet="Andes Wire",
        published=datetime(2025, 11, 1, tzinfo=UTC),
    )
    decision = decide(later, read(later), STORE, now=NOW)
    assert decision.label is Label.OLD_EVENT
    assert decision.known_since is not None


def test_an_undated_article_is_held_against_now() -> None:
    decision = look(OTHER_WORDS, told(OTHER_WORDS.split(". ", maxsplit=1)[0]), published=None)
    assert decision.label is Label.KNOWN


@pytest.mark.parametrize(
    "text", [HELD_TEXT, HELD_TEXT.upper(), HELD_TEXT[: len(HELD_TEXT) // 2], f"Home » World\n\n{HELD_TEXT}"]
)
def test_copies_are_reprints_and_name_their_original(text: str) -> None:
    decision = look(text, HELD)
    assert (decision.label, decision.duplicate_of, decision.story_id) == (Label.REPRINT, 1, 1)
    assert decision.new == ()


def test_the_copy_of_a_copy_names_the_original() -> None:
    copy = replace(STORED, id=7, duplicate_of=1)
    assert look(HELD_TEXT, HELD, store=candidates(copy)).duplicate_of == 1


def test_the_original_wording_of_a_seed_is_known() -> None:
    """A seed is told in our words; its original, fed in raw, is recognised by the second signature."""
    original = (
        "Zwei russische Maschinen mit rund hundert Soldaten an Bord sind am Samstag in Caracas gelandet sagte ein Zeuge"
    )
    seed = replace(STORED, signatures=(*STORED.signatures, reading(original).signature))
    decision = look(original, store=Candidates(similar=(seed,)))
    assert (decision.label, decision.duplicate_of) == (Label.REPRINT, 1)


def test_a_copy_with_another_figure_is_no_reprint() -> None:
    text = HELD_TEXT.replace("around 100 troops", "around 400 troops")
    decision = look(text, told(text.split(". ")[0], figure("around 400 troops", 400, "troop")))
    assert decision.label is Label.DISPUTED
    assert decision.duplicate_of is None


def test_the_same_article_again_is_a_reprint() -> None:
    decision = look(HELD_TEXT, HELD, store=replace(STORE, same=STORED))
    assert (decision.label, decision.duplicate_of) == (Label.REPRINT, 1)


def test_a_later_edition_with_changed_facts_is_revised() -> None:
    """REVISED shows the sentence before and after."""
    text = HELD_TEXT.replace("around 100 troops", "around 200 troops")
    decision = look(text, HELD, store=replace(STORE, same=STORED), outlet="Caracas Monitor")
    assert (decision.label, decision.duplicate_of) == (Label.REVISED, 1)
    (fact,) = decision.new
    assert fact.before is not None
    assert "100 troops" in fact.before.quote
    assert "200 troops" in fact.after.quote


def test_a_later_edition_that_is_only_reworded_is_not_told_again() -> None:
    text = HELD_TEXT.replace("also brought", "carried")
    assert look(text, HELD, store=replace(STORE, same=STORED)).label is Label.REPRINT


def test_a_denial_disputes_what_happened() -> None:
    quote = "Moscow denied that planes with troops had landed in Caracas on Saturday."
    decision = look(f"{OTHER_WORDS} {quote}", told(quote, modality=Modality.DENIED))
    assert decision.label is Label.DISPUTED
    assert decision.disputes[0].kind is FactKind.STATUS


def test_reports_of_one_event_share_a_group() -> None:
    first, second = told("Planes landed in Caracas on Saturday."), told("The planes landed in Caracas.")
    decision = look("A text.", first, second, store=Candidates())
    assert {one.group for one in decision.assignments} == {0}
    assert len(decision.assignments) == 2


def test_decisions_are_repeatable() -> None:
    """Equal arguments give equal decisions: no clock, no chance, no order of sets."""
    assert look(OTHER_WORDS, HELD) == look(OTHER_WORDS, HELD)


@pytest.mark.parametrize("text", ["", ".", "x" * 5000, "\n\n\n", "1 2 3"])
def test_odd_texts_are_decided(text: str) -> None:
    assert look(text).label in Label
    assert look(text, store=Candidates()).label is Label.NEW
