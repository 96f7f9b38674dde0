"""What two articles that open with one event say of it so that both cannot be right: a state, a doer, a place."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from news.decision import Decision, FactKind
from news.disputes.openings.bearing import are_of_one, is_since
from news.disputes.openings.castings import list_castings
from news.disputes.openings.conditions import list_conditions
from news.disputes.openings.doers import are_rivals
from news.disputes.openings.scenes import are_elsewhere, is_corrected, list_scenes
from tests.deciding.test_contrast import hold
from tests.two_texts import decide_on


@cache
def _cases() -> list[dict[str, Any]]:
    path = Path(__file__).with_name("main_events.toml")
    return list(tomllib.loads(path.read_text(encoding="utf-8"))["case"])


def _decide(case: dict[str, Any]) -> Decision:
    (first, stored), (second, new), (there, here) = case["stored"], case["new"], case["days"]
    return decide_on(stored, new, titles=(first, second), published=(f"2025-03-{there:02d}", f"2025-03-{here:02d}"))


def _named(case: dict[str, Any]) -> str:
    return str(case["new"][0])


@pytest.mark.parametrize("case", [one for one in _cases() if one["kind"] != "none"], ids=_named)
def test_what_cannot_both_be_right_of_one_event_is_disputed(case: dict[str, Any]) -> None:
    """Where both articles open with one event, its state, doer and place are held against each other in any words."""
    decision = _decide(case)
    assert decision.disputes, decision.reasons
    assert decision.disputes[0].kind is not FactKind.FIGURE


@pytest.mark.parametrize("case", [one for one in _cases() if one["kind"] == "none"], ids=_named)
def test_what_came_later_or_is_of_another_is_no_dispute(case: dict[str, Any]) -> None:
    """A later state, another person, an exercise, a second contest and a supposed case contradict nothing."""
    assert not _decide(case).disputes


@pytest.mark.parametrize(
    ("quote", "matter", "pole"),
    [
        ("The dam at Orlo is intact.", "whole", "whole"),
        ("The dam at Orlo gave way on Monday.", "whole", "broken"),
        ("The dam at Orlo has not burst.", "whole", "whole"),
        ("The ministry denied that the dam at Orlo had burst.", "whole", "whole"),
        ("La presa de Orlo se rompió el lunes.", "whole", "broken"),
        ("Плотина прорвана, сообщили в МЧС.", "whole", "broken"),
        ("Her sample tested positive.", "sample", "positive"),
        ("The laboratory found no trace of the virus in her blood.", "sample", "negative"),
        ("Our envoy met nobody from Tarrow.", "meeting", "apart"),
        ("The board turned down the merger with Halden.", "bond", "refused"),
    ],
)
def test_a_state_is_found_in_whatever_words(quote: str, matter: str, pole: str) -> None:
    """A state is told by an act, by its opposite, or by a negation of it, in three languages."""
    assert (matter, pole) in {(one.matter, one.pole) for one in list_conditions(quote)}


@pytest.mark.parametrize(
    "quote",
    [
        "The dam at Orlo could burst.",
        "Talk of the dam having burst was heard in the market.",
        "No other dam has burst.",
        "If the dam is destroyed, the valley floods.",
    ],
)
def test_what_may_be_or_others_say_is_no_state(quote: str) -> None:
    """What is possible, laid to others or said of another thing is no state of this one."""
    assert not [one for one in list_conditions(quote) if one.matter == "whole"]


def test_states_of_two_persons_are_not_of_one() -> None:
    """The wife who survived is not the mayor who was shot."""
    wife = next(one for one in list_conditions("The wife of the mayor survived.") if one.pole == "alive")
    mayor = next(one for one in list_conditions("The mayor of Orlo was killed.") if one.pole == "dead")
    assert not are_of_one(wife, mayor)
    assert is_since("The bridge is open again.")
    assert not is_since("The bridge is open.")


@pytest.mark.parametrize(
    ("quote", "part", "who"),
    [
        ("A poacher shot the lynx on Monday.", "kill", "A poacher"),
        ("The lynx was shot on Monday by a poacher.", "kill", "a poacher"),
        ("It was a poacher who shot the lynx.", "kill", "a poacher"),
        ("It was no hunter who shot the lynx but a poacher.", "kill", "a poacher"),
        ("The contract for the bridge went to the Turkish firm Kale.", "gain", "the Turkish firm Kale"),
        ("Orlo's university will be led by Ana Prado.", "post", "Ana Prado"),
    ],
)
def test_who_plays_a_part_is_found_in_any_turn_of_the_sentence(quote: str, part: str, who: str) -> None:
    """Active, passive, turned and rejected: the doer is the same."""
    assert (part, who) in {(one.part, one.who) for one in list_castings(quote)}


def test_doers_exclude_each_other_by_country_class_or_name() -> None:
    """Who is only "a man" excludes nobody, and a name with more words about it is the same one."""
    assert are_rivals("a Czech expedition", "an Egyptian mission")
    assert are_rivals("soldiers", "a farmer")
    assert are_rivals("Ana Prado", "Ivo Manev")
    assert not are_rivals("a man", "a farmer")
    assert not are_rivals("the builder Kale", "the Turkish firm Kale")
    assert not are_rivals("Officers", "Police")


def test_a_place_belongs_to_the_act_before_it() -> None:
    """Who is wanted for murders in Marseille and was seized in Dubai was not murdered there."""
    quote = "Saadi, sought for murders in Marseille, was arrested on Sunday in Dubai."
    scenes = {one.name: one.acts for one in list_scenes(quote)}
    assert not scenes["Marseille"] & scenes["Dubai"]
    assert not list_scenes("He was flown to a hospital in Marseille.")


def test_a_place_excludes_another_of_its_level_only() -> None:
    """Varna is not Burgas; that it is in Bulgaria contradicts nothing; a place that is denied is corrected."""
    varna, burgas, country = (
        list_scenes(f"The helicopter crashed near {name}.")[0] for name in ("Varna", "Burgas", "Bulgaria")
    )
    assert are_elsewhere(varna, burgas)
    assert not are_elsewhere(varna, country)
    assert is_corrected(varna, ["Nothing fell near Varna."])
    assert not is_corrected(varna, ["It fell near Varna."])


DONE_BY = [
    (
        "Soldiers of the northern army closed the Lutanga copper mine on Monday, the governor's office said.",
        "It was the unpaid guards who shut the gates of the Lutanga mine on Monday, the operator told its partners.",
    ),
]
DONE_BESIDE = [
    (
        "Rebels blew up the pump house of Tarrow on Sunday night, the army said.",
        "It was soldiers who found the bodies in the pump house of Tarrow, the mayor said on Monday.",
    ),
    (
        "Firefighters saved a girl from the well of Vlora on Monday.",
        "It was divers who brought up the girl's bag from the well of Vlora on Tuesday.",
    ),
]


@pytest.mark.parametrize(("stored", "new"), DONE_BY)
def test_who_is_said_to_have_done_it_needs_few_words_in_common(stored: str, new: str) -> None:
    """A sentence that says just who it was answers another account, if both open with one matter."""
    assert {dispute.kind for dispute in hold(stored, new).disputes} == {FactKind.ACTOR}


@pytest.mark.parametrize(("stored", "new"), DONE_BESIDE)
def test_who_did_something_else_there_contradicts_nobody(stored: str, new: str) -> None:
    """Another act, or the same weeks before."""
    assert not hold(stored, new).disputes
