"""Short answers of time: the date or the length of what is asked, and not of what else the sentence tells."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from news.answers.answer import Answer, answer, make_query
from news.answers.retrieval import PassageHit
from news.names.entities import lookup

SUNDAY = datetime(2026, 6, 14, 10, tzinfo=UTC)


def ask(question: str, *texts: str) -> Answer:
    hits = [
        PassageHit(at, f"a{at}", 1, "Post", "", "", SUNDAY, 0, text, 10.0 - at / 10) for at, text in enumerate(texts, 1)
    ]
    return answer(question, make_query(question, lookup), hits)


@pytest.mark.parametrize(
    ("question", "text", "expected"),
    [
        ("When will the grid be rebuilt?", "The grid, whose fire caused Monday's blackout, will be rebuilt.", None),
        ("When was the blackout in Porto?", "A report on Tuesday said 34 were trapped in the blackout in Porto.", None),
        (
            "When was the blackout in Porto?",
            "The blackout struck Porto on Monday, REN said on Tuesday.",
            "Monday",
        ),
        ("When did the ferry catch fire?", "Funerals were held on Friday for victims of the ferry fire.", None),
        ("When did the ferry catch fire?", "LIMA, 12 June - The ferry caught fire off Callao on Tuesday.", "Tuesday"),
        (
            "When did the strike begin?",
            "They joined the strike that began on Monday, he said on Friday.",
            "Monday",
        ),
    ],
)
def test_a_date_belongs_to_what_is_asked(question: str, text: str, expected: str | None) -> None:
    """The day of a saying, of another act or of the dateline is no answer."""
    given = ask(question, text).answer
    assert given is None if expected is None else given is not None and given.startswith(expected)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("Talks on the mine resume on Friday.", "19 June 2026"),
        ("Talks on the mine resume on 3 July.", "3 July 2026"),
        ("Talks on the mine resume on 3 July 2026.", ""),
    ],
)
def test_a_short_date_carries_the_day_that_it_means(text: str, meant: str) -> None:
    """A weekday means nothing to who reads the answer a week later."""
    given = ask("When will the talks on the mine resume?", text)
    assert given.answer is not None
    assert given.answer in text
    assert given.meant == meant


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The blackout in the city lasted nine hours, firemen said.", "nine hours"),
        ("It was a nine-hour blackout in the city.", "nine-hour"),
        ("After the blackout in the city the grid has 30 days to report.", None),
        ("Six days after the blackout in the city shops were still shut.", None),
        ("Claims for the blackout in the city must be made within 30 days.", None),
        ("The blackout in the city cut output by 30 percent.", None),
    ],
)
def test_a_length_is_that_of_what_lasted(text: str, expected: str | None) -> None:
    """Time limits and distances are no lengths."""
    assert ask("How long did the blackout in the city last?", text).answer == expected


def test_what_a_correction_withdraws_is_no_answer() -> None:
    """Neither the notice that names the wrong figure nor the report that gave it answers."""
    wrong = "The blackout trapped 34 people in lifts in the city."
    notice = "Correction: A report on Tuesday said 34 people were trapped in lifts in the city. The number was 43."
    assert ask("How many people were trapped in lifts in the city?", wrong).answer == "34 people"
    assert ask("How many people were trapped in lifts in the city?", notice, wrong).answer is None
