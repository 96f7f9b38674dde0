"""Answers about one day, one place and one happening, and none where the record has only another."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from news.answers.answer import Answer, answer, make_query
from news.answers.fit import asked_of_past, is_supposed, names_year
from news.answers.questions import read_question
from news.answers.retrieval import PassageHit
from news.answers.sides import find_sides, without_disputed
from news.decision import Claim, Dispute, FactKind
from news.names.entities import lookup


def hit(number: int, text: str, day: str, *, title: str = "", story: int = 0) -> PassageHit:
    at = datetime.fromisoformat(f"{day}T10:00:00").replace(tzinfo=UTC)
    return PassageHit(number, f"a{number}", story or number, "Post", title, "", at, 0, text, 10.0 - number / 10)


def ask(question: str, *hits: PassageHit) -> Answer:
    return answer(question, make_query(question, lookup), hits)


FERRY = hit(
    1,
    "A ferry sank off Chittagong, Bangladesh, on Wednesday. At least 31 people died, the coast guard said. In 2021 a "
    "ferry fire near Jhalokati killed 38 people.",
    "2024-06-20",
    story=1,
)
RISEN = hit(2, "The toll of the ferry that sank off Chittagong on Wednesday rose to 35.", "2024-06-21", story=1)
QUAKE = hit(3, "A magnitude 6.8 earthquake struck Arequipa, Peru, on Friday, killing at least 9 people.", "2024-05-10")
DRILL = hit(4, "A magnitude 8.8 earthquake off Lima could kill 110,000 people, a study says.", "2024-06-02")
BUS = hit(5, "A bus crash near Puno, Peru, on Thursday killed 14 people and injured 20.", "2024-05-03")


def test_the_toll_of_another_event_in_the_same_article_is_not_quoted() -> None:
    """A look back to 2021 has no part in the toll of today."""
    given = ask("How many people died in the ferry sinking off Chittagong?", FERRY)
    assert given.answer == "At least 31 people"
    assert not any("38" in sentence.text for sentence in given.sentences)


def test_the_newest_toll_of_a_story_is_given() -> None:
    assert ask("How many people died in the ferry sinking off Chittagong?", FERRY, RISEN).answer == "35"


def test_a_hypothetical_toll_is_no_toll() -> None:
    given = ask("How many people died in the earthquake in Peru?", QUAKE, DRILL, BUS)
    assert given.answer == "at least 9 people"
    assert [sentence.hit for sentence in given.sentences] == [QUAKE]


def test_where_only_another_place_or_a_supposition_is_held_there_is_no_answer() -> None:
    given = ask("How many people died in the earthquake in Lima?", QUAKE, DRILL, BUS)
    assert (given.abstained, given.answer, given.sentences) == (True, None, ())
    assert given.passages


def test_the_hurt_are_not_the_dead() -> None:
    assert ask("How many people were injured in the bus crash in Peru?", BUS, QUAKE).answer == "20"
    assert ask("How many people died in the bus crash in Peru?", BUS, QUAKE).answer == "14 people"


@pytest.mark.parametrize("day", ["23 March 2018", "March 23, 2018", "2018-03-23"])
def test_a_full_date_is_asked_for_with_its_year(day: str) -> None:
    """Two years share a day; the other one is no answer, nor is a text that only names the year asked for."""
    other = hit(1, "Two planes landed in Caracas on 23 March 2019. The dispute began in 2018.", "2019-03-24")
    right = hit(2, "Norway and Finland signed a treaty on 23 March 2018.", "2018-03-24")
    assert ask(f"What happened on {day}?", other).abstained
    given = ask(f"What happened on {day}?", other, right)
    assert [sentence.hit.article_id for sentence in given.sentences] == [2]


def test_the_month_of_a_date_is_no_name() -> None:
    read = read_question("What happened in Caracas in March 2018?", lookup)
    assert [name.text for name in read.names] == ["Caracas"]
    assert str(read.days[0].last_on) == "2018-03-31"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A quake off Lima could kill 110,000 people, a study says.", True),
        ("The drill played a quake that killed 500 people.", True),
        ("The quake killed 9 people, and the toll could rise, officials said.", False),
    ],
)
def test_what_is_only_supposed(text: str, expected: bool) -> None:  # noqa: FBT001 - drawn from the table
    assert is_supposed(text) is expected


def test_the_other_side_of_a_dispute_stands_beside_the_answer() -> None:
    """A figure that another origin contradicts is no short answer."""
    struck = hit(1, "A missile struck a hospital in Karsk on Thursday, killing 22 people.", "2024-07-05")
    given = ask("How many people were killed in the hospital in Karsk?", struck)
    assert given.answer == "22 people"
    there = Claim("22 people dead", struck.text, "Post", article_id=1)
    here = Claim("8 people dead", "A missile fell on the hospital and 8 people were killed.", "Mail", article_id=2)
    dispute = Dispute(FactKind.FIGURE, 1, here, there)
    mirror = Dispute(FactKind.FIGURE, 1, there, here)
    assert find_sides(given, [dispute, dispute]) == (dispute,)
    assert find_sides(given, [dispute, mirror]) == (dispute,)
    assert find_sides(given, [mirror, dispute]) == (mirror,)
    other = Dispute(FactKind.STATUS, 1, here, there)
    assert find_sides(given, [dispute, other, mirror]) == (dispute, other)
    assert without_disputed(given, [dispute]).answer is None
    assert without_disputed(given, [other]).answer is None, "the sentence as a whole is denied"
    headline = replace(there, quote="Missile strikes hospital in Karsk")
    assert find_sides(given, [replace(dispute, there=headline)])
    assert not find_sides(given, [replace(dispute, there=replace(headline, article_id=3))])
    far = Dispute(FactKind.FIGURE, 1, here, here)
    assert find_sides(given, [far]) == ()
    assert without_disputed(given, []) == given


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("How many destroyers does the United States need?", False),
        ("How many hundred villages feed the town?", False),
        ("How many villages burned?", True),
        ("How many miners agreed to go back?", True),
        ("WAS anybody hurt?", True),
        ("How many people sank with the ferry?", True),
    ],
)
def test_what_is_asked_of_the_past(question: str, expected: bool) -> None:  # noqa: FBT001 - drawn from the table
    """Not every word in -ed is a verb."""
    assert asked_of_past(read_question(question, lookup)) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Tender 120195 was let to a firm in Puno.", False),
        ("The port moved 20195 boxes.", False),
        ("Work on the port began in 2019.", True),
        ("The season of 2019-20 was dry.", True),
        ("Opened on 23.03.2019, closed since.", True),
    ],
)
def test_a_year_is_no_part_of_another_number(text: str, expected: bool) -> None:  # noqa: FBT001 - drawn from the table
    assert names_year(text, "2019") is expected


def test_a_number_that_holds_the_digits_of_a_year_answers_no_question_on_it() -> None:
    """Neither by its passage nor by its sentence."""
    tender = hit(1, "The tender 120195 for the port of Karsk went to Norway.", "2022-05-03")
    dated = hit(1, "The tender of 2019 for the port of Karsk went to Norway.", "2022-05-03")
    question = "Who won the tender for the port of Karsk in 2019?"
    assert ask(question, tender).abstained
    assert not ask(question, dated).abstained


BLACKOUT = hit(
    1,
    "A blackout in Kenya lasted 14 hours on Monday, and patients died in two hospitals. It cost 3 million dollars.",
    "2024-09-03",
)


def test_how_many_is_answered_by_no_length_of_time_and_no_sum() -> None:
    """Patients are not counted in hours."""
    assert ask("How many patients died in the Kenya blackout?", BLACKOUT).answer is None
    assert ask("How many died in the Kenya blackout?", BLACKOUT).answer is None
    assert ask("How many of them died in the Kenya blackout?", BLACKOUT).answer is None
    counted = hit(2, "Five patients died in the Kenya blackout, which lasted 14 hours.", "2024-09-03")
    assert ask("How many patients died in the Kenya blackout?", counted).answer == "Five patients"
    assert ask("How many hours did the Kenya blackout last?", counted).answer == "14 hours"
