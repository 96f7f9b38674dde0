"""Which differences of a long running story are of one thing: by what articles open with, and by rare words."""

from __future__ import annotations

import pytest

from news.decision import Claim, Dispute, FactKind, NewFact, StoredReport
from news.disputes.loose_sentences import bare_row
from news.disputes.prominence import Ground, are_on_two_things, settle_facts
from news.stories.case import open_case
from tests.deciding.deciding_world import NOW, article, candidates, reading, stored_article

OPENING = "Fever broke out in the camps of Tarrow, the health board said."
SPREAD = "Cases of the fever were confirmed in the camps of Tarrow and Lemsk. "
FILLING = (
    "The camps of Tarrow were set up in spring. The fever is carried by ticks. Doctors came with two lorries. "
    "Schools in the camps were shut. Aid from the capital is on its way. "
)
DEEP = "A nurse of the northern ward did not have the fever, a test showed."
DENIAL = "Nobody has died of the fever in the camps of Tarrow, the mayor said."
TOLL = "Nine people have died of the fever in the camps of Tarrow, the health board said."


def ground(text: str, *stored: str, title: str = "Fever in Tarrow") -> Ground:
    """Return the ground of an article and a story of articles with these texts, numbered from 1."""
    held = [stored_article(one, number=number) for number, one in enumerate(stored, 1)]
    case = open_case(article(text, title=title), reading(text), candidates(*held), now=NOW, old_event_days=30)
    return Ground(case, held, ())


def here(value: str, quote: str) -> Claim:
    return Claim(value, quote, "Andes Wire")


def there(value: str, quote: str, number: int = 1) -> Claim:
    return Claim(value, quote, "Caracas Monitor", article_id=number)


LONG = ground(
    f"{OPENING} {DENIAL} {SPREAD}{FILLING}{DEEP}",
    f"{TOLL} {SPREAD}{FILLING}",
    f"{OPENING} {FILLING}A test showed that a driver of the southern ward had the fever.",
    f"{SPREAD}{FILLING}",
)


@pytest.mark.parametrize(
    ("kind", "ours", "theirs", "is_one"),
    [
        (FactKind.STATUS, here("denied", DEEP), there("happened", TOLL), False),
        (FactKind.STATUS, here("denied", DEEP), there("happened", "Schools in the camps were shut."), False),
        (FactKind.FIGURE, here("two lorries", "Doctors came with two lorries."), there("Nine", TOLL), False),
        (FactKind.FIGURE, here("12", OPENING), there("Nine", TOLL), True),
        (FactKind.DATE, here("2019-03-20", OPENING), there("2019-03-21", SPREAD.strip(), 3), False),
        (FactKind.STATUS, here("denied", DENIAL), there("happened", TOLL), True),
    ],
)
def test_in_a_long_story_only_what_is_prominent_or_alike_is_of_one_thing(
    kind: FactKind, ours: Claim, theirs: Claim, *, is_one: bool
) -> None:
    """A denial far down in the text contradicts no event that shares with it only what all the story shares."""
    assert LONG.is_on_one_thing(kind, ours, theirs) is is_one


def test_nearly_the_same_sentence_counts_wherever_it_stands() -> None:
    """Accounts that repeat one another but for the value are of one thing, down to the last paragraph."""
    ours = here("two lorries", "Doctors from the capital came with two lorries of vaccine.")
    theirs = there("five lorries", "Doctors from the capital came with five lorries of vaccine.")
    assert LONG.is_on_one_thing(FactKind.FIGURE, ours, theirs)


def test_a_story_of_one_article_is_on_what_it_opens_with() -> None:
    """Two brief reports that share no word can still contradict each other: there is nothing else to be meant."""
    brief = ground("Nobody came to harm.", "Two guards were injured at the gate of the depot.")
    sides = (
        here("denied", "Nobody came to harm."),
        there("happened", "Two guards were injured at the gate of the depot."),
    )
    assert brief.is_on_one_thing(FactKind.STATUS, *sides)


def test_a_day_that_a_copied_sentence_counts_from_is_no_dispute() -> None:
    """The same words on two days: "yesterday" is another one in each."""
    quote = "Two guards were injured at the gate yesterday."
    brief = ground(quote, quote)
    dispute = Dispute(FactKind.DATE, 1, here("2019-03-25", quote), there("2019-03-24", quote))
    assert are_on_two_things(dispute, brief)


def test_a_value_held_against_another_thing_stands_alone_or_falls() -> None:
    """No reader is told that two lorries became nine dead, nor that a thing has moved to the day of another."""
    after, before = here("two lorries", "Doctors came with two lorries."), there("Nine", TOLL)
    assert settle_facts([NewFact(FactKind.FIGURE, after, before)], LONG) == (NewFact(FactKind.FIGURE, after),)
    assert settle_facts([NewFact(FactKind.STATUS, here("denied", DEEP), there("happened", TOLL))], LONG) == ()
    toll = NewFact(FactKind.FIGURE, here("12", OPENING), before)
    assert settle_facts([toll, NewFact(FactKind.ACT, after)], LONG) == (toll, NewFact(FactKind.ACT, after))


def stored_reports(*quotes: str, number: int = 1) -> list[StoredReport]:
    """Return sentences of one stored article as they stand in its middle."""
    return [
        StoredReport(-1, 0, number, 1, "Caracas Monitor", "", "Fever in Tarrow", NOW, bare_row(quote))
        for quote in quotes
    ]


@pytest.mark.parametrize(
    ("ours", "theirs", "is_compared"),
    [
        (OPENING, TOLL, True),
        (DEEP, TOLL, False),
        (OPENING, "Schools in the camps were shut.", False),
        (DEEP, "A test showed that a driver of the southern ward had the fever.", True),
        (DENIAL, "Aid from the capital is on its way.", False),
    ],
)
def test_only_what_may_be_of_one_thing_is_compared(ours: str, theirs: str, *, is_compared: bool) -> None:
    """Two sentences of which nothing would be told in the end are put aside before they are cut into names and acts."""
    assert bool(LONG.narrow(ours, stored_reports(theirs))) is is_compared


def test_a_lead_that_turns_a_value_down_is_held_against_the_whole_story() -> None:
    """Who opens with "four, not two" means the two of the story, wherever it stands."""
    lead = "Four lorries, not two, came to the camps, the health board said."
    told = ground(f"{lead} {FILLING}", f"{TOLL} {SPREAD}{FILLING}", f"{OPENING} {FILLING}", f"{SPREAD}{FILLING}")
    deep = stored_reports("Doctors came with two lorries.")
    assert told.narrow(lead, deep) == deep
    assert told.narrow("Schools in the camps were shut.", deep) == []
