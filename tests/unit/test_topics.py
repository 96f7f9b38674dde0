"""Topics: what is typed, what it fits, and what was perhaps meant."""

from __future__ import annotations

import pytest

from news.errors import QueryError
from news.model import Entity, EntityKind
from news.queries.topics import MAX_TERMS, MAX_TOPIC, KnownName, Topic, is_match, nearest_names, parse_topic
from news.words.text import fold, stem_words

MADURO = Entity("person:nicolas-maduro", "Nicolás Maduro", EntityKind.PERSON)
RUSSIA = Entity("place:russia", "Russia", EntityKind.PLACE)
VENEZUELA = Entity("place:venezuela", "Venezuela", EntityKind.PLACE)
BLACKJACK = Entity("equipment:tu-160", "Tu-160", EntityKind.EQUIPMENT)
USA = Entity("place:united-states", "United States", EntityKind.PLACE)
NAMES = {
    "nicolas maduro": [MADURO],
    "maduro": [MADURO],
    "russia": [RUSSIA],
    "rusia": [RUSSIA],
    "россия": [RUSSIA],
    "venezuela": [VENEZUELA],
    "tu-160": [BLACKJACK],
    "u.s.": [USA],
    "the united states": [USA],
}


def resolve(name: str) -> list[Entity]:
    return NAMES.get(fold(name), [])


def parse(text: str) -> Topic:
    return parse_topic(text, resolve)


def keys(topic: Topic) -> list[tuple[str, ...]]:
    return [term.keys for term in topic.terms]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("nicolas maduro", [("person:nicolas-maduro",)]),
        ("Nicolás MADURO", [("person:nicolas-maduro",)]),
        ("russia venezuela", [("place:russia",), ("place:venezuela",)]),
        ("Russia, Venezuela", [("place:russia",), ("place:venezuela",)]),
        ("tu-160", [("equipment:tu-160",)]),
        ("Tu-160?", [("equipment:tu-160",)]),
        ("Venezuela's", [("place:venezuela",)]),
        ("U.S.", [("place:united-states",)]),
        ("the united states", [("place:united-states",)]),
        ("россия", [("place:russia",)]),
        ("oil embargo", [(), ()]),
    ],
)
def test_the_longest_known_names_become_terms(typed: str, expected: list[tuple[str, ...]]) -> None:
    assert keys(parse(typed)) == expected


def test_a_quoted_phrase_is_one_term_of_words() -> None:
    topic = parse('russia "oil embargoes"')
    assert [term.text for term in topic.terms] == ["russia", "oil embargoes"]
    assert topic.terms[1].keys == ()
    assert topic.terms[1].words == stem_words("oil embargo")


def test_stop_words_are_dropped_beside_others_and_kept_alone() -> None:
    assert [term.text for term in parse("the war in venezuela").terms] == ["war", "venezuela"]
    assert [term.text for term in parse("the who").terms] == ["the", "who"]


@pytest.mark.parametrize(
    ("typed", "position"),
    [("", 0), ("  , ", 0), ('""', 0), ('russia "oil', 7), ("x" * (MAX_TOPIC + 1), MAX_TOPIC)],
)
def test_a_wrong_topic_names_the_place_and_an_example(typed: str, position: int) -> None:
    with pytest.raises(QueryError, match="russia venezuela") as caught:
        parse(typed)
    assert caught.value.position == position


def test_too_many_parts_are_refused() -> None:
    words = [f"word{number}" for number in range(MAX_TERMS + 1)]
    with pytest.raises(QueryError) as caught:
        parse(" ".join(words))
    assert caught.value.position == " ".join(words).index(words[-1])


def test_all_terms_must_fit_by_name_or_by_word() -> None:
    words = stem_words("The bombers landed near the capital")
    assert is_match(parse("venezuela bomber"), {"place:venezuela"}, words)
    assert not is_match(parse("venezuela bomber"), {"place:russia"}, words)
    assert not is_match(parse("venezuela oil"), {"place:venezuela"}, words)
    assert is_match(parse("venezuela"), (), stem_words("Back in Venezuela today"))


def test_the_words_of_a_phrase_must_stand_together() -> None:
    assert is_match(parse('"oil embargo"'), (), stem_words("An oil embargo begins"))
    assert not is_match(parse('"oil embargo"'), (), stem_words("An embargo on oil begins"))
    assert not is_match(parse('"oil embargo"'), (), stem_words("boil embargo"))


def test_an_empty_topic_fits_everything() -> None:
    assert is_match(Topic("", ()), (), ())


KNOWN = [
    KnownName("Venezuela", "place:venezuela", EntityKind.PLACE, 40),
    KnownName("Vienna", "place:vienna", EntityKind.PLACE, 3),
    KnownName("Nicolás Maduro", "person:nicolas-maduro", EntityKind.PERSON, 22),
    KnownName("Tu-160", "equipment:tu-160", EntityKind.EQUIPMENT, 5),
]


@pytest.mark.parametrize(
    ("typed", "best"),
    [
        ("venezuella", "Venezuela"),
        ("ven", "Venezuela"),
        ("madu", "Nicolás Maduro"),
        ("MADURRO", "Nicolás Maduro"),
        ("tu160", "Tu-160"),
    ],
)
def test_near_names_are_offered(typed: str, best: str) -> None:
    assert nearest_names(typed, KNOWN)[0].name == best


def test_nothing_is_offered_for_what_is_like_nothing() -> None:
    assert nearest_names("quark chemistry", KNOWN) == ()
    assert nearest_names("  ", KNOWN) == ()
    assert len(nearest_names("v", KNOWN, limit=1)) == 1
