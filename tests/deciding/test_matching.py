from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import product

import pytest

from news.matching.assignments import place_reports
from news.matching.pairs import Tied, pair_up
from news.matching.same_event import find_match, is_same_event, match_report, weigh
from news.matching.traits import traits_of
from news.matching.world import World
from news.model import NO_TIME, Article, EventKind, Modality, Precision, Report
from news.reading import read
from tests.deciding.deciding_world import day, figure, report, stored_report

WORLD = World(
    1000,
    {"place:venezuela": 80, "place:caracas": 30, "place:russia": 200},
    {"place:caracas": ("place:venezuela",), "place:bogota": ("place:colombia",)},
)
LANDING = report(
    "Two Russian planes carrying around 100 troops landed in Caracas on Saturday.",
    figure("Two Russian planes", 2, "plane"),
    figure("around 100 troops", 100, "troop"),
    when=day(),
    names=("org:russian-army", "place:caracas"),
    trigger="land",
)


def test_a_paraphrase_without_a_common_word_matches() -> None:
    """Names, dates and figures make one event, whatever the words."""
    other = report(
        "About a hundred soldiers touched down in the Venezuelan capital at the weekend.",
        figure("About a hundred soldiers", 100, "soldier"),
        when=day(),
        names=("org:russian-army", "place:caracas"),
    )
    match = match_report(other, [stored_report(LANDING)], WORLD)
    assert match is not None
    assert match.score > 0


def test_background_is_tied_to_another_story_by_more_than_a_count() -> None:
    """Three deaths that were not counted are told of every disaster."""
    stored = stored_report(report("Ten people died, the magistrate said, correcting a count of eleven."))
    counted = report("Three deaths had not been counted.", is_background=True)
    assert place_reports([counted], [stored], WORLD, story_id=stored.story_id)[0].match is not None
    assert place_reports([counted], [stored], WORLD, story_id=stored.story_id + 1)[0].match is None


_PLACES = ((), ("place:caracas",), ("place:venezuela",), ("place:bogota",))
_ACTORS = ((), ("org:russian-army",))
_DAYS = (None, date(2019, 3, 23), date(2019, 3, 24), date(2019, 3, 26), date(2019, 4, 2), date(2020, 3, 21))


@pytest.mark.parametrize("story_id", [None, 1, 2])
def test_what_is_not_tied_matches_no_background(story_id: int | None) -> None:
    """Candidates without a name, a place or a day in common are not looked at: the match is that of looking at all."""
    told = [
        replace(
            LANDING,
            actors=actors,
            places=places,
            when=NO_TIME if on is None else day(on),
            quote=quote,
            quantities=LANDING.quantities if quote == LANDING.quote else (),
        )
        for actors, places, on, quote in product(
            _ACTORS, _PLACES, _DAYS, (LANDING.quote, "Troops landed on a plane on Saturday.")
        )
    ]
    stored = [replace(stored_report(one), id=at, event_id=at, story_id=1 + at % 2) for at, one in enumerate(told)]
    for one in told:
        here = traits_of(replace(one, is_background=True), WORLD.language)
        for others in (stored[::-1], stored[1::3]):
            own = pair_up([each for each in others if each.story_id == story_id], WORLD)
            tied = Tied(others, WORLD, own=own, story_id=story_id)
            found, every = (
                find_match(here, pairs, WORLD, story_id=story_id, is_bound=True)
                for pairs in (tied, pair_up(others, WORLD))
            )
            assert found == every


def test_the_same_flight_a_year_later_is_another_event() -> None:
    """Same aircraft, same places, same words: the date tells them apart."""
    later = report(
        LANDING.quote,
        *LANDING.quantities,
        when=day(date(2020, 3, 21)),
        names=("org:russian-army", "place:caracas"),
        trigger="land",
    )
    assert match_report(later, [stored_report(LANDING)], WORLD) is None


def test_a_changed_figure_is_still_the_event() -> None:
    other = report(
        "Four Russian planes landed in Caracas on Saturday.",
        figure("Four Russian planes", 4, "plane"),
        when=day(),
        names=("org:russian-army", "place:caracas"),
        trigger="land",
    )
    assert match_report(other, [stored_report(LANDING)], WORLD) is not None


def test_the_best_of_several_is_taken() -> None:
    talks = report(
        "Officials met in Caracas.", when=day(), kind=EventKind.CONSULT, names=("place:caracas",), trigger="meet"
    )
    stored = [stored_report(talks, number=1, event_id=1), stored_report(LANDING, number=2, event_id=2)]
    match = match_report(LANDING, stored, WORLD)
    assert match is not None
    assert match.stored.event_id == 2


def test_another_place_on_the_same_day_is_another_event() -> None:
    other = report(
        "Two planes landed in Bogota.", when=day(), names=("org:colombian-army", "place:bogota"), trigger="land"
    )
    assert match_report(other, [stored_report(LANDING)], WORLD) is None


def test_a_denial_is_of_the_same_event() -> None:
    denial = report(
        "Moscow denied that two planes with troops had landed in Caracas on Saturday.",
        when=day(),
        modality=Modality.DENIED,
        names=("org:russian-army", "place:caracas"),
        trigger="land",
    )
    assert match_report(denial, [stored_report(LANDING)], WORLD) is not None


def test_nothing_in_common_is_no_match() -> None:
    assert match_report(report("Voters chose a mayor."), [stored_report(LANDING)], WORLD) is None
    assert match_report(LANDING, [], WORLD) is None


def test_the_evidence_has_names_for_an_editor() -> None:
    parts = dict(weigh(LANDING, LANDING, WORLD))
    assert parts["dates"] > 0
    assert parts["figures"] > 0
    assert is_same_event(LANDING, LANDING, WORLD)


def test_acts_of_other_parties_on_one_day_in_one_city_are_two_events() -> None:
    """A summit has many: who they are between tells them apart."""
    friday = datetime(2019, 3, 23, 18, tzinfo=UTC)

    def signed(outlet: str, text: str) -> Report:
        return read(Article(outlet, "", outlet, "", text, friday, Precision.DAY)).reports[0]

    one = signed("Alpha", "Peru and Chile signed a treaty on fishing rights in Lima on Friday.")
    other = signed("Beta", "Ecuador and Bolivia signed an agreement on natural gas in Lima on Friday.")
    assert match_report(other, [stored_report(one)], WORLD) is None
    assert match_report(one, [stored_report(one)], WORLD) is not None
