from __future__ import annotations

import pytest

from news.model import EntityKind
from news.names.entities import find_mentions, get_entity, lookup
from news.names.gazetteer import gazetteer
from news.words.text import split_sentences


def keys(text: str, language: str = "en") -> list[tuple[str, str]]:
    found = find_mentions(text, split_sentences(text), language)
    assert all(text[one.start : one.end] == one.text for one in found)
    return [(one.text, one.entity.key) for one in found]


def test_a_surname_is_the_person_with_or_without_given_name() -> None:
    for name in ("Maduro", "Nicolas Maduro", "Nicolás Maduro", "N. Maduro", "President Nicolas Maduro", "MADURO"):
        assert [key for _, key in keys(f"Yesterday {name} spoke to them.")] == ["person:nicolas-maduro"]


def test_a_namesake_is_somebody_else() -> None:
    """A report on a relative must not count for the president."""
    assert keys("Then Melania Trump left.") == [("Melania Trump", "person:melania-trump")]
    assert keys("Later Susana Maduro left.") == [("Susana Maduro", "person:susana-maduro")]


def test_a_namesake_keeps_the_surname_that_stands_alone_after_him() -> None:
    """A coast guard of Basilan is no source for the president of Guatemala."""
    text = "Commodore Noel Arevalo said the ferry sank. It listed, Arevalo said."
    assert [key for _, key in keys(text)] == ["person:noel-arevalo"] * 2
    text = "A grizzly hurt two hikers, Officer Daniel Putin said. The trail is closed, Putin said."
    assert [key for _, key in keys(text)] == ["person:daniel-putin"] * 2


def test_a_namesake_does_not_take_the_surname_of_who_was_there_before() -> None:
    """So it is with who bears an office, and with who is named in full."""
    assert keys("Then Trump left. Later Melania Trump left. Trump waved.")[-1][1] == "person:donald-trump"
    assert keys("Melania Trump left. Then President Trump waved.")[-1][1] == "person:donald-trump"
    assert keys("Then Samuel Maduro left. Nicolas Maduro waved. Then Maduro left.")[-1][1] == "person:nicolas-maduro"


@pytest.mark.parametrize(
    "before", ["On 25 March 2019", "Later in March", "On Monday", "In Ryazan", "Then President", "Speaking in Ryazan"]
)
def test_neither_a_day_nor_a_place_nor_an_office_is_a_given_name(before: str) -> None:
    assert "person:vladimir-putin" in [key for _, key in keys(f"{before} Putin met farmers.")]


def test_a_shared_surname_needs_the_full_name() -> None:
    assert keys("Then Kim came.") == []
    assert [key for _, key in keys("Kim Jong Un came. Then Kim left.")] == ["person:kim-jong-un"] * 2
    assert [key for _, key in keys("Bill Clinton came. Then Clinton left.")] == ["person:bill-clinton"] * 2


def test_governments_by_their_seat_and_by_their_people() -> None:
    government = "org:government-of-russia"
    assert keys("They asked the Kremlin about it.") == [("Kremlin", government)]
    assert keys("They asked the Russian government about it.") == [("Russian government", government)]
    assert keys("They asked the government of Russia.") == [("government of Russia", government)]
    found = get_entity(government)
    assert found is not None
    assert found.within == ("place:russia",)


def test_a_capital_is_a_place_unless_it_acts() -> None:
    assert keys("They met in Moscow last week.") == [("Moscow", "place:moscow")]
    assert keys("Then Moscow also promised help.") == [("Moscow", "org:government-of-russia")]
    assert keys("Caracas has accused them.") == [("Caracas", "org:government-of-venezuela")]
    assert keys("There was talk from Washington.") == [("Washington", "place:washington-d-c")]
    found = get_entity("place:caracas")
    assert found is not None
    assert found.within == ("place:venezuela",)


def test_peoples_count_for_their_countries() -> None:
    assert keys("The Venezuelan and two Russians met officials in venezuela.") == [
        ("Venezuelan", "place:venezuela"), ("Russians", "place:russia"), ("venezuela", "place:venezuela"),
    ]  # fmt: skip


def test_capitals_tell_the_country_from_the_pronoun() -> None:
    assert keys("The US told us.") == [("US", "place:united-states")]
    assert keys("The U.S. official left.") == [("U.S.", "place:united-states")]


def test_equipment_in_its_many_spellings() -> None:
    text = "Tu-160 Blackjack bombers, two Ilyushin-62s, an Il-76, 24 Sukhoi Su-30 MK2 jets and S-300VM systems."
    assert keys(text) == [
        ("Tu-160 Blackjack", "equipment:tu-160"),
        ("Ilyushin-62s", "equipment:il-62"),
        ("Il-76", "equipment:il-76"),
        ("Sukhoi Su-30 MK2", "equipment:su-30"),
        ("S-300VM", "equipment:s-300"),
    ]


def test_common_words_are_weapons_only_among_weapons() -> None:
    assert keys("Every Patriot should vote, and A 10 percent rise followed.") == []
    assert keys("A Patriot battery fired.") == [("Patriot", "equipment:patriot")]


def test_unknown_people_by_title_given_name_and_verb() -> None:
    text = "The group was led by General Vasily Kruglov. Juan Armando Sosa stayed. Mr Kruglov and Sosa left."
    assert keys(text) == [
        ("Vasily Kruglov", "person:vasily-kruglov"),
        ("Juan Armando Sosa", "person:juan-armando-sosa"),
        ("Kruglov", "person:vasily-kruglov"),
        ("Sosa", "person:juan-armando-sosa"),
    ]


def test_unknown_organisations_by_their_last_word() -> None:
    assert keys("Workers at Harbour Steel Corp and American Airlines struck.") == [
        ("Harbour Steel Corp", "org:harbour-steel-corp"), ("American Airlines", "org:american-airlines"),
    ]  # fmt: skip
    one, other = keys("The Venezuelan Foreign Ministry and Venezuela's Foreign Ministry are one.")
    assert one[1] == other[1] == "org:venezuela-foreign-ministry"


def test_headlines_and_sentence_openers_make_no_names() -> None:
    assert keys("Many Think That Ships Bring Grain Home Again") == []
    assert keys("Bread is dear. Yesterday Nobody came.") == []


def test_cities_need_their_country_or_size() -> None:
    assert keys("They met in Springfield.") == []
    assert ("San Cristóbal", "place:san-cristobal") in keys("They met in San Cristóbal in Venezuela.")
    assert keys("They met in Shenzhen.") == [("Shenzhen", "place:shenzhen")]
    assert keys("They met in Paris, Texas.")[0][0] == "Paris"


def test_spanish() -> None:
    text = (
        "El presidente venezolano Nicolás Maduro habló. "
        "Moscú prometió ayuda al gobierno de Venezuela y al gobierno ruso."
    )
    assert keys(text, "es") == [
        ("venezolano", "place:venezuela"),
        ("Nicolás Maduro", "person:nicolas-maduro"),
        ("Moscú", "org:government-of-russia"),
        ("gobierno de Venezuela", "org:government-of-venezuela"),
        ("gobierno ruso", "org:government-of-russia"),
    ]


def test_russian_with_its_endings() -> None:
    text = (
        "Путин встретился с Николасом Мадуро в Москве. Российские самолеты Ту-160 прибыли в Венесуэлу. Кремль молчит."
    )
    assert [key for _, key in keys(text, "ru")] == [
        "person:vladimir-putin",
        "person:nicolas-maduro",
        "place:moscow",
        "place:russia",
        "equipment:tu-160",
        "place:venezuela",
        "org:government-of-russia",
    ]


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("venezuela", "place:venezuela"), ("Венесуэлы", "place:venezuela"), ("venezolano", "place:venezuela"),
        ("maduro", "person:nicolas-maduro"), ("nicolas maduro moros", "person:nicolas-maduro"),
        ("the kremlin", "org:government-of-russia"), ("GUAIDO", "person:juan-guaido"), ("tu160", "equipment:tu-160"),
        ("blackjack", "equipment:tu-160"), ("us", "place:united-states"), ("eeuu", "place:united-states"),
        ("caracas", "place:caracas"), ("Москва", "place:moscow"), ("shenzhen", "place:shenzhen"),
        ("kim", "person:kim-jong-un"),
    ],
)  # fmt: skip
def test_typed_names(typed: str, first: str) -> None:
    assert lookup(typed)[0].key == first


def test_a_typed_capital_offers_its_government_too() -> None:
    assert [one.key for one in lookup("moscow")][:2] == ["place:moscow", "org:government-of-russia"]


@pytest.mark.parametrize("typed", ["", "   ", "qwertyuiop", "!!!", "x" * 10_000])
def test_unknown_names_give_nothing(typed: str) -> None:
    assert lookup(typed) == ()


def test_entities_by_key() -> None:
    for key in ("person:nicolas-maduro", "place:shenzhen", "equipment:tu-160", "org:pdvsa"):
        found = get_entity(key)
        assert found is not None
        assert found.key == key
    assert get_entity("place:nowhere-at-all") is None
    assert get_entity("nonsense") is None


def test_tables_hang_together() -> None:
    """Every parent exists, every key is its kind, and a country's government lies within it."""
    known = gazetteer()
    for key, entity in known.entities.items():
        assert entity.key == key
        assert key.partition(":")[0] in set(EntityKind)
        assert all(parent in known.entities for parent in entity.within), entity
    assert len(known.capitals) > 100


def test_a_russian_word_is_no_country_for_sharing_its_stem() -> None:
    """The words for "according to" open every second report of an agency."""
    assert [key for _, key in keys("По данным ТАСС, самолет прибыл.", "ru")] == ["org:tass"]
    assert [key for _, key in keys("Самолет прибыл из Дании.", "ru")] == ["place:denmark"]
