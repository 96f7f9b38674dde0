from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from news.decision import StoredArticle
from news.matching.world import World
from news.stories.belonging import (
    add_events,
    choose_story,
    group_by_story,
    list_related,
    numbered_things,
    rank_stories,
)
from news.stories.features import FEATURES, Subject
from news.stories.pairs import FEATURES as OF_PAIRS
from news.stories.pairs import Side, compare, limit_score, score_pairs
from news.stories.profiles import make_profile, profile_of, proper_words, stored_profile
from news.words.text import content_terms
from tests.deciding.deciding_world import article, candidates, reading, stored_article

FERRY = (
    "The ferry Santa Lucia sank off Cebu on Saturday and 12 passengers drowned. Captain Ramon Villaluz was questioned "
    "by the coast guard, which searched the reef near Bohol."
)
FERRY_AGAIN = (
    "Captain Ramon Villaluz of the ferry Santa Lucia was freed. Divers searched the reef near Bohol where it sank off "
    "Cebu on Saturday with 140 passengers."
)
TAX = "Thousands protested in Nairobi against a tax on bread, and President William Ruto defended the tax in a speech."


def world_of(*stored: StoredArticle, text: str) -> World:
    counts = {term: 1 for term in content_terms(text) if any(term in one.term_counts for one in stored)}
    return World(1000, {**dict.fromkeys(content_terms(text), 0), **counts})


def rank(
    text: str, *stored: StoredArticle, published: datetime | None = datetime(2019, 3, 26, tzinfo=UTC)
) -> dict[int, float]:
    profile = profile_of(article(text, published=published), reading(text))
    fits = rank_stories(profile, group_by_story(candidates(*stored)), world_of(*stored, text=text))
    return {fit.story_id: fit.score for fit in fits}


def test_features_are_shares_and_a_text_is_all_of_itself() -> None:
    stored = stored_article(FERRY)
    found = Subject(stored_profile(stored), world_of(stored, text=FERRY)).features([stored_profile(stored)])
    assert set(found) == set(FEATURES)
    assert all(0 <= value <= 1.000001 for value in found.values())
    assert found["term_max"] > 0.99


def test_the_same_subject_ranks_above_another() -> None:
    scores = rank(FERRY_AGAIN, stored_article(TAX, number=1, story_id=1), stored_article(FERRY, number=2, story_id=2))
    assert list(scores) == [2, 1]


def test_an_unrelated_article_joins_no_story() -> None:
    profile = profile_of(article(TAX), reading(TAX))
    stored = stored_article(FERRY)
    assert choose_story(rank_stories(profile, group_by_story(candidates(stored)), world_of(stored, text=TAX))) is None
    assert choose_story(()) is None


def test_years_without_a_word_count_against_a_story() -> None:
    """The same words years later are more likely another event of the kind."""
    stored = stored_article(FERRY, story_id=1)
    now = rank(FERRY_AGAIN, stored)[1]
    later = rank(FERRY_AGAIN, stored, published=datetime(2022, 3, 26, tzinfo=UTC))[1]
    unknown = rank(FERRY_AGAIN, stored, published=None)[1]
    assert later < now == unknown


def test_numbers_of_a_series_tell_stories_apart() -> None:
    """The 12th and the 13th package of sanctions share all names and are two stories."""
    twelfth = stored_article("The EU adopted its 12th package of sanctions against Russia in Brussels.")
    text = "The EU adopted its {} package of sanctions against Russia in Brussels on Monday."
    assert rank(text.format("13th"), twelfth)[1] < rank(text.format("12th"), twelfth)[1] - 3
    assert numbered_things("The 13th package, in the 21st century") == {"package": {"13"}}


def test_events_that_both_tell_of_speak_for_a_story() -> None:
    stored = stored_article(FERRY)
    profile = profile_of(article(TAX), reading(TAX))
    fits = rank_stories(profile, group_by_story(candidates(stored)), world_of(stored, text=TAX))
    assert add_events(fits, {1: 1.0})[0].score > fits[0].score


def test_names_make_up_for_another_language() -> None:
    """A report in Spanish on the same people and the same act joins, though it shares no word but the names."""
    stored = replace(stored_article(FERRY, names=("person:ramon-villaluz", "place:cebu")), language="en")
    names = {"person:ramon-villaluz": 2, "place:cebu": 1}
    text = "El transbordador se hundió frente a Cebú, dijo Ramón Villaluz"
    terms = content_terms(text, "es")
    world = World(1000, dict.fromkeys([*names, *terms], 1))
    profile = replace(make_profile(terms, names, "es"), text=text)
    foreign = rank_stories(profile, group_by_story(candidates(stored)), world)
    assert choose_story(foreign) is not None


def test_near_stories_are_named_without_the_chosen_one() -> None:
    """Two flights of the same bombers a year apart are two stories that know of each other."""
    stored = [stored_article(FERRY, number=n, story_id=n, names=("place:cebu",)) for n in (1, 2)]
    profile = profile_of(article(FERRY_AGAIN), reading(FERRY_AGAIN))
    fits = rank_stories(profile, group_by_story(candidates(*stored)), world_of(*stored, text=FERRY_AGAIN))
    assert list_related(fits, fits[0]) == (fits[1].story_id,)


def test_capitalised_words_inside_sentences_are_names() -> None:
    found = proper_words("Police say that Lachlan Moresby shot a man in Perth. Moresby denies it. Police wait.")
    assert {"lachlan", "moresbi", "perth"} <= set(found)
    assert "shot" not in found


@given(st.integers(0, 100), st.floats(-20, 20))
def test_pairs_join_nothing_in_a_small_store(n_articles: int, score: float) -> None:
    """Up to a hundred articles nobody knows which words are rare: a likeness of pairs must never join two articles."""
    stored = stored_article(FERRY, names=("person:ramon-villaluz",))
    profile = profile_of(article(FERRY_AGAIN), reading(FERRY_AGAIN))
    side = Side(profile, replace(world_of(stored, text=FERRY_AGAIN), n_articles=n_articles))
    assert limit_score(score, -2.0, score_pairs(side, [stored_profile(stored)]), n_articles) <= score


def test_pairs_hold_two_events_of_one_kind_apart() -> None:
    """Most words are the same; who and where are not."""
    first = (
        "A driver was shot dead at a petrol station in Leeds on Monday night. Police arrested Craig Hollis, 34, of "
        "Bramley Road, who was charged with murder on Tuesday. Witnesses heard three shots before a red van left the "
        "scene, detective Anne Marlow told reporters."
    )
    other = (
        "A driver was shot dead at a petrol station in Hull on Friday night. Police arrested Owen Prentice, 51, of "
        "Anlaby Close, who was charged with murder on Saturday. Witnesses heard two shots before a blue car left the "
        "scene, detective Ruth Sandell told reporters."
    )
    profile, held = profile_of(article(other), reading(other)), stored_profile(stored_article(first))
    side = Side(profile, replace(world_of(stored_article(first), text=other), n_articles=50))
    assert limit_score(1.0, -2.0, score_pairs(side, [held]), 50) < -2.0
    assert limit_score(1.0, -2.0, score_pairs(side, [stored_profile(stored_article(other))]), 50) > -2.0


@pytest.mark.parametrize(
    ("ours", "theirs", "held"),
    [
        ("The navy seized 23 armed pirates off Aden.", "Some 23 pirates were caught by frigates.", {"count_same"}),
        ("The navy seized 23 armed pirates off Aden.", "A frigate brought in 26 pirates.", {"count_differs"}),
        ("La marina detuvo a tres piratas.", "Unos tres piratas fueron detenidos.", {"count_same"}),
        ("The 5.6 magnitude quake shook Qeshm.", "A 6.1 magnitude quake shook Qeshm.", {"count_differs"}),
        ("Two men were held in 2009 raids.", "Two men were held in 2011 raids.", {"count_same"}),
        ("One man was held.", "Three men were held.", set()),
        ("Nine boats sank.", "Nine trucks burned.", set()),
    ],
)
def test_things_counted_are_held_against_each_other(ours: str, theirs: str, held: set[str]) -> None:
    """A thing that both count tells them apart or ties them; years and ones count nothing."""
    side = Side(profile_of(article(ours), reading(ours)), World(500, {}))
    values = compare(side, profile_of(article(theirs), reading(theirs)))
    found = dict(zip(OF_PAIRS, values, strict=True))
    assert {name for name in ("count_same", "count_differs") if found[name] > 0} == held
