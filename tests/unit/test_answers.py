"""Questions taken apart, and answers out of stored sentences or none."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime

import pytest

from news.answers.answer import Answer, answer, make_query
from news.answers.questions import MAX_QUESTION, Asked, find_asked, read_question
from news.answers.retrieval import PassageHit
from news.errors import QueryError
from news.model import EntityKind
from news.names.entities import lookup

RECORD = (
    ("Two Russian planes with about 100 soldiers landed in Caracas on 23 March 2019. They carried 35 tons of goods.",
     "Russian planes land in Venezuela"),
    ("Nicolás Maduro thanked Moscow for its help. The president spoke on state television.", "Maduro thanks Russia"),
    ("Hailstones damaged vineyards near Mendoza in January. Farmers asked Argentina for relief.", "Hail in Argentina"),
)  # fmt: skip


def hits(*texts: tuple[str, str]) -> list[PassageHit]:
    at = datetime(2019, 3, 25, tzinfo=UTC)
    return [
        PassageHit(number, f"a{number}", number, "Example Post", title, "", at, 0, text, 10.0 - number)
        for number, (text, title) in enumerate(texts or RECORD, 1)
    ]


def ask(question: str, found: Sequence[PassageHit] | None = None) -> Answer:
    return answer(question, make_query(question, lookup), hits() if found is None else found)


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("Who signed it?", Asked.WHO),
        ("Where did the planes land?", Asked.WHERE),
        ("When did the planes land?", Asked.WHEN),
        ("In what year did they land?", Asked.WHEN),
        ("How many soldiers landed?", Asked.FIGURE),
        ("Which country sent planes?", Asked.WHERE),
        ("Which leader thanked Moscow?", Asked.WHO),
        ("Which virus makes officials worry?", Asked.WHAT),
        ("What did the planes carry?", Asked.WHAT),
        ("Did the planes land?", Asked.YES_NO),
        ("¿Cuántos soldados llegaron?", Asked.FIGURE),
        ("Где сели самолёты?", Asked.WHERE),
    ],
)
def test_what_is_asked_for(question: str, asked: Asked) -> None:
    assert find_asked(question)[0] is asked


def test_which_company_asks_for_an_organisation() -> None:
    assert find_asked("Which airline stopped its flights?") == (Asked.WHO, frozenset({EntityKind.ORG}))


def test_a_query_has_content_words_and_keys_but_no_words_that_only_ask() -> None:
    query = make_query("How many soldiers landed in Caracas?", lookup, until=date(2019, 4, 1))
    assert query.words == ("soldier", "land", "caraca") or set(query.words) == {"soldier", "land", "caracas"}
    assert "place:caracas" in query.keys
    assert query.until == date(2019, 4, 1)


def test_names_are_known_ones_or_words_with_capitals() -> None:
    names = read_question("Did Nicolás Maduro meet the Zubrowka Council?", lookup).names
    assert [name.text for name in names] == ["Nicolás Maduro", "Zubrowka Council"]


@pytest.mark.parametrize("question", ["", "?!", "who is it", "x" * (MAX_QUESTION + 1)])
def test_a_question_with_nothing_to_look_for_is_refused(question: str) -> None:
    with pytest.raises(QueryError, match="Caracas"):
        make_query(question, lookup)


def test_every_sentence_stands_in_a_stored_passage() -> None:
    """Nothing is invented: sentences and the short answer are verbatim."""
    for question in (
        "How many soldiers landed in Caracas?",
        "Where did the Russian planes land?",
        "Who thanked Moscow?",
    ):
        given = ask(question)
        assert given.sentences
        assert all(sentence.text in sentence.hit.text for sentence in given.sentences)
        assert given.answer is None or given.answer in given.sentences[0].text


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("How many Russian soldiers landed in Caracas?", "100"),
        ("When did the Russian planes land in Caracas?", "23 March 2019"),
        ("In which city did the Russian planes with soldiers land?", "Caracas"),
        ("Who thanked Moscow for its help?", "Nicolás Maduro"),
    ],
)
def test_short_answers_are_taken_from_the_quote(question: str, expected: str) -> None:
    given = ask(question)
    assert given.answer is not None
    assert expected in given.answer


@pytest.mark.parametrize(
    "question",
    [
        "Who won the chess championship in Reykjavik?",
        "How many Brazilian soldiers landed in Caracas?",
        "When did Russian submarines visit Havana?",
        "What is the price of cobalt?",
    ],
)
def test_it_abstains_where_the_record_has_no_answer(question: str) -> None:
    """Something absent from the store gets no answer, the reason, and what was searched for."""
    given = ask(question)
    assert given.abstained
    assert (given.answer, given.sentences) == (None, ())
    assert given.reason
    assert given.searched
    assert len(given.passages) == len(RECORD)


def test_the_missing_name_is_said() -> None:
    assert "Reykjavik" in ask("Who won the chess championship in Reykjavik?").reason


def test_without_hits_it_says_that_nothing_is_stored() -> None:
    given = ask("Who thanked Moscow?", [])
    assert given.abstained
    assert given.passages == ()
    assert "No stored article" in given.reason


@pytest.mark.parametrize(
    ("question", "sentence", "expected"),
    [
        ("Who died at the Rivas mill?", "A worker died at the Rivas mill, mayor Elena Duarte said.", ""),
        ("Who died at the Rivas mill?", "A worker died at the Rivas mill, said fire chief Elena Duarte.", ""),
        ("Who died at the Rivas mill?", "Elena Duarte died at the Rivas mill, the police said.", "Elena Duarte"),
        (
            "Who said a worker died at the Rivas mill?",
            "A worker died at the Rivas mill, Elena Duarte said.",
            "Elena Duarte",
        ),
    ],
)
def test_who_only_says_it_did_not_do_it(question: str, sentence: str, expected: str) -> None:
    assert (ask(question, hits((sentence, "Rivas mill"))).answer or "") == expected


def test_another_form_of_a_name_counts() -> None:
    """A question about Russia is covered by what is Russian."""
    assert not ask("When did planes from Russia land in Caracas with soldiers?").abstained


def test_the_same_sentence_is_quoted_once() -> None:
    twice = hits(RECORD[0], RECORD[0], RECORD[1])
    texts = [sentence.text for sentence in ask("How many soldiers landed in Caracas?", twice).sentences]
    assert len(texts) == len(set(texts))


def test_at_most_ten_passages_of_ten_articles() -> None:
    many = hits(*[(f"Plane {number} landed in Caracas.", "") for number in range(30)])
    given = ask("Which planes landed in Caracas?", many)
    assert len({each.article_id for each in given.passages}) == len(given.passages) == 10


def test_hostile_passages_do_not_break_it() -> None:
    bad = hits(("Caracas " * 3000 + "\u202e" + "(" * 500, "<b>" * 100), ("", ""), ("Caracas.", "'; DROP TABLE"))
    assert ask("Where is Caracas?", bad).passages


ARRIVED = "Two transport planes arrived in Maiquetia on 20 October 2025."
BOMBERS = "Officials confirmed that Moscow will send bombers to Maiquetia."
FALLEN = "The president will start consultations on a new government on Monday, her office said."
VOTED = "Parliament voted no confidence in the cabinet on 23 March 2019, by 128 votes to 109."
ELECTION = "Citizens will vote on 17 May 2019, the president announced."
CAPTAIN = "Captain Elias Bwire had been found at a relative's home, where he had been hiding."


@pytest.mark.parametrize(
    ("question", "texts", "expected"),
    [
        ("When did the bombers arrive?", (ARRIVED, BOMBERS), None),
        ("When did the planes arrive?", (ARRIVED, BOMBERS), "20 October 2025"),
        ("When did the government fall?", (FALLEN,), None),
        ("When will citizens vote?", (VOTED,), None),
        ("When will citizens vote?", (VOTED, ELECTION), "17 May 2019"),
        ("Who arrested the captain?", (CAPTAIN, "The captain was arrested on Monday."), None),
    ],
)
def test_no_short_answer_goes_before_one_on_something_else(
    question: str, texts: Sequence[str], expected: str | None
) -> None:
    """The sentence has the verb and the subject that are asked about, and what is ahead was not over."""
    assert ask(question, hits(*((text, "") for text in texts))).answer == expected


def test_a_day_without_its_year_is_a_date_and_no_word() -> None:
    """It is looked for as a day, in whatever form a sentence tells it; only those of that day answer."""
    told = hits(("Two missiles were fired at the port on Saturday.", ""), ("Nine missiles were fired in February.", ""))
    given = ask("How many missiles were fired on March 23?", told)
    assert given.answer == "Two missiles"
    assert [sentence.hit.article_id for sentence in given.sentences] == [1]
    assert ask("How many missiles were fired on March 9?", told).answer is None
    assert read_question("Who spoke on 23 March?", lookup).names == ()
