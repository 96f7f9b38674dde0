"""What a denial touches, who says so on which day, and which day a clause gives to its act."""

from __future__ import annotations

import pytest

from news.decision import FactKind
from news.names.entities import find_mentions
from news.reports.origins import sentence_origin
from news.words.sentences import split_sentences
from tests.deciding.test_contrast import hold

SHOT = "Guards shot three miners dead at the Kalesa pit on Monday, the union said."
FIRE = "A fire at the Kalesa pit on Monday killed three miners, the union said."


@pytest.mark.parametrize(
    ("stored", "new"),
    [
        (SHOT, "The company denied that its guards were drunk when three miners were shot dead at the Kalesa pit."),
        (SHOT, "The company denied any negligence after three miners were shot dead at the Kalesa pit on Monday."),
        (FIRE, "The company denied locking the exits before a fire killed three miners at the Kalesa pit on Monday."),
    ],
)
def test_a_part_that_is_denied_leaves_the_account_of_the_whole(stored: str, new: str) -> None:
    """Who denies drink, negligence or locked doors denies no death."""
    assert not hold(stored, new).disputes


def test_who_is_told_to_be_handed_over_may_deny_it_in_three_words() -> None:
    """A name and the very verb are enough for a denial."""
    stored = "Tarrow handed over the banker Milan Corvo to Kesten on Monday after it had extradited his brother."
    assert hold(stored, "The brother of Milan Corvo was not extradited on Monday, his lawyer said.").disputes


def test_the_day_of_a_later_clause_is_not_that_of_the_act() -> None:
    """Days behind a semicolon belong to something else; the two days of the one act contradict each other."""
    found = hold(
        "A bronze bowl was taken from the workshop of the Hallman museum in Gent on Friday night, a keeper said.",
        "The bowl gone from the Hallman museum in Gent was stolen on Saturday morning; it was in its case on Friday.",
    ).disputes
    assert not found or found[0].kind is FactKind.DATE
    assert (
        hold(
            "The envoys of Tarrow and Druzh met in secret in Gent on 2 May, a participant said.",
            "The secret meeting of the envoys in Gent was held on 5 May, Druzh said; two days before, he was ill.",
        )
        .disputes[0]
        .kind
        is FactKind.DATE
    )


@pytest.mark.parametrize(
    ("sentence", "language", "name"),
    [
        (
            "Hubo doce muertos en Kalesa, informó el viernes el Ministerio del Interior.",
            "es",
            "Ministerio del Interior",
        ),
        ("Hubo doce muertos en Kalesa, informó ayer por la tarde la policía.", "es", "policía"),
    ],
)
def test_the_day_of_the_saying_is_no_part_of_the_speaker(sentence: str, language: str, name: str) -> None:
    """The weekday before a speaker belongs to the verb."""
    mentions = find_mentions(sentence, split_sentences(sentence, language), language)
    origin = sentence_origin(sentence, mentions)
    assert origin is not None
    assert origin.name == name
