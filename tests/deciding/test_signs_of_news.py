"""Signs that an article is news though no table knows its act, and what speaks for a retelling."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from news.deciding.headlines import is_older, without_headline, without_outdated
from news.deciding.outcomes import find_outcomes
from news.deciding.signs import signs_of
from news.deciding.unheld import unheld_words
from news.deciding.voices import find_new_quotation, find_new_voice, is_own_report
from news.decision import Claim, FactKind, Label, NewFact, StoredArticle
from news.model import Article
from news.stories.holdings import Holdings
from news.words.derived import Sums, is_derived
from news.words.measures import measures_in

NOON = datetime(2024, 5, 6, 12, tzinfo=UTC)


def held(text: str, *, title: str = "", language: str = "en") -> Holdings:
    article = Article("", "", "Wire One", title, text, NOON)
    return Holdings([StoredArticle(1, article, 1, Label.NEW, NOON, language, {}, {}, ())], (), {})


@pytest.mark.parametrize(
    ("story", "sentence"),
    [
        ("Masked men dragged the heiress from her car and kidnapped her.", "The daughter of the maker is free."),
        ("Line 14 was suspended after a rail broke.", "The trams run again since dawn."),
        ("A balloonist is missing over the Adriatic.", "A fishing boat picked her up off Vis; she is alive."),
        ("Thieves stole a landscape from the gallery.", "The landscape is back on its nail."),
        ("The pool will close at the end of March.", "The baths are saved: a trust takes over."),
        ("He was banned for four years.", "The ban has been halved by the appeals board."),
        ("A fire burns in the pines.", "The fire in the pines is out."),
        ("Villagers were evacuated below the dam.", "They slept in their own beds and go home."),
        ("Hombres armados secuestraron al empresario.", "El empresario recuperó la libertad."),
        ("Мост закрыли: в опоре нашли трещину.", "Движение восстановлено."),
        ("Dos montañeros siguen en paradero desconocido.", "Los localizaron sanos y salvos."),
        ("Интоксикация: рыбака госпитализировали.", "Он пошел на поправку."),
        ("El reo se dio a la fuga el lunes.", "Cayó acorralado en un granero."),
        ("Грибник заблудился в тайге.", "Он вышел к людям у кордона."),
    ],
)
def test_an_outcome_follows_a_state(story: str, sentence: str) -> None:
    assert find_outcomes(sentence, held(story))


@pytest.mark.parametrize(
    ("story", "sentence"),
    [
        ("A new bridge was opened.", "The trams run again."),
        ("The kidnapped man was freed on Monday.", "He is free again."),
        ("The boilers failed and heating is cut off.", "They are expected to run again within the week."),
        ("Line 14 was suspended.", "Nobody knows why the rail broke."),
        ("A balloonist is missing.", "Two aircraft and a cutter are out."),
    ],
)
def test_no_outcome_without_its_state_or_where_it_is_held_or_hoped_for(story: str, sentence: str) -> None:
    assert not find_outcomes(sentence, held(story))


STORY = "A lynx escaped from the zoo of Ulm through a hole in the fence, director Heide Rall said. Police were told."


@pytest.mark.parametrize(
    "sentence",
    [
        "The hole had been covered with cardboard since winter, a retired plumber told our reporter.",
        "Visitors fed it sausages for weeks, says a biologist who watches the enclosure.",
        "The insurer will refuse payment, according to the lawyer of the neighbours.",
    ],
)
def test_a_new_speaker_with_something_to_say_is_found(sentence: str) -> None:
    assert find_new_voice(sentence, held(STORY))


@pytest.mark.parametrize(
    "sentence",
    [
        "The lynx got out through the fence, officials said.",
        "It left the zoo of Ulm, said Heide Rall.",
        "Officers were told of the lynx, the police said.",
    ],
)
def test_a_speaker_of_the_story_or_without_an_office_is_none(sentence: str) -> None:
    assert not find_new_voice(sentence, held(STORY))


@pytest.mark.parametrize(
    ("story", "sentence", "language", "is_new"),
    [
        ("Рига выслала двух дипломатов.", "Сенатор Балашов считает, что Москва закроет консульство.", "ru", True),
        ("Рига выслала двух дипломатов, сказал сенатор Балашов.", "Балашов считает, что их было двое.", "ru", False),
        ("Chile expulsó a dos agentes.", "El senador Quispe asegura que habrá protestas en la frontera.", "es", True),
        ("Chile expulsó a dos agentes, dijo el senador Quispe.", "El senador Quispe asegura que son dos.", "es", False),
    ],
)
def test_a_speaker_may_stand_before_the_verb(story: str, sentence: str, language: str, is_new: bool) -> None:  # noqa: FBT001 - a table
    assert bool(find_new_voice(sentence, held(story, language=language), language)) is is_new


def test_what_an_outlet_was_told_itself_is_seen_in_three_languages() -> None:
    assert is_own_report("A keeper told us so.")
    assert is_own_report("El alcalde dijo a este diario que no.", "es")
    assert is_own_report("Врач рассказал нам о рейсе.", "ru")
    assert not is_own_report("A keeper told the police so.")


def test_a_quotation_is_new_where_the_story_has_few_of_its_words() -> None:
    assert find_new_quotation("“Three boys with a petrol saw ran past my window,” he said.", held(STORY))
    assert not find_new_quotation("“The hole in the fence of the zoo”, she said.", held(STORY))


def test_words_of_one_class_or_root_are_held() -> None:
    story = held("The chauffeur was consecrated in the cathedral.")
    assert unheld_words("The driver spoke of the consecration.", story, "en") == ()
    assert unheld_words("The driver bought bananas.", story, "en") == ("bought", "bananas")


def test_an_article_after_a_pause_has_a_reason() -> None:
    """Who comes back to a story after two days with words of its own has something to tell."""
    features, _ = signs_of("Hunters baited the forest with mackerel.", held(STORY), "en", index=0, gap=5)
    assert features["pause"] == 1.0
    features, _ = signs_of("Hunters baited the forest with mackerel.", held(STORY), "en", index=0, gap=0)
    assert features["pause"] == 0.0


@pytest.mark.parametrize(("index", "gap", "is_late"), [(0, 3, True), (0, 2, False), (1, 9, False)])
def test_the_first_sentence_after_three_days_is_late(index: int, gap: int, is_late: bool) -> None:  # noqa: FBT001 - a table
    features, _ = signs_of(STORY, held(STORY), "en", index=index, gap=gap)
    assert bool(features["late"]) is is_late


@pytest.mark.parametrize(
    ("story", "sentence"),
    [
        ("Councillors voted by 21 to 17 to close it.", "A majority of four has sealed its fate."),
        ("The pool opened in 1907.", "The 117-year-old pool is to close."),
        ("She won 58 votes against 43.", "She was ahead by fifteen."),
        ("The union wants 35 percent; the company offers 22.", "That is thirteen points beyond the offer."),
        ("It had 120 men and 80 women on board.", "There were 200 on board altogether."),
    ],
)
def test_a_number_that_follows_from_others_is_derived(story: str, sentence: str) -> None:
    sums = Sums(((story, "en"),))
    assert any(is_derived(one, sentence, sums, year=2024) for one in measures_in(sentence))


@pytest.mark.parametrize(
    ("story", "sentence"),
    [
        ("Councillors voted by 21 to 17 to close it.", "Four people were hurt in the gallery."),
        ("The pool opened in 1907.", "It has 117 lockers."),
        ("She won 58 votes against 43.", "Fifteen ballots were spoilt."),
    ],
)
def test_a_number_by_chance_is_not(story: str, sentence: str) -> None:
    sums = Sums(((story, "en"),))
    assert not any(is_derived(one, sentence, sums, year=2024) for one in measures_in(sentence))


@pytest.mark.parametrize(
    ("text", "language", "value"),
    [
        ("half a million homes", "en", 500_000),
        ("a quarter of a million euros", "en", 250_000),
        ("a million and a half people", "en", 1_500_000),
        ("mil millones de euros", "es", 1_000_000_000),
        ("mil doscientas personas", "es", 1_200),
        ("полмиллиона рублей", "ru", 500_000),
    ],
)
def test_parts_of_large_numbers(text: str, language: str, value: float) -> None:
    (measure,) = measures_in(text, language)
    assert measure.value == pytest.approx(value)


def test_once_counts_nothing_in_english() -> None:
    assert measures_in("The man who once ran the mill") == ()


def _fact(quote: str, *, kind: FactKind = FactKind.ACT, before: Claim | None = None, at: datetime = NOON) -> NewFact:
    return NewFact(kind, Claim(quote, quote, "Courier", published_at=at), before)


def test_a_headline_is_told_once() -> None:
    head, body = _fact("Typhoon kills nine in Luzon."), _fact("Nine people have died in the typhoon.")
    assert without_headline([head, body], "Typhoon kills nine in Luzon") == (body,)
    assert without_headline([head], "Typhoon kills nine in Luzon") == (head,)


def test_what_was_told_earlier_moves_nothing_and_revises_nothing() -> None:
    """An article that comes late with a lower toll is the older one."""
    late = datetime(2024, 5, 6, 18, tzinfo=UTC)
    before = Claim("12", "Twelve died.", "Wire One", 1, published_at=late)
    assert without_outdated([_fact("Nine died.", kind=FactKind.FIGURE, before=before)]) == ()
    assert without_outdated([_fact("Nine died.")])
    older, newer = Article("", "", "A", "t", "x", NOON), Article("", "", "A", "t", "x", late)
    assert is_older(older, newer)
    assert not is_older(newer, older)
