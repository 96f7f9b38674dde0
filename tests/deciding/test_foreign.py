"""Articles in two languages held against each other."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from news.matching.foreign import concepts_in, is_across, is_known_name, names_in, share, words_abroad
from news.matching.same_event import match_report, weigh
from news.matching.world import World
from news.model import Article, Entity, EntityKind, Mention, Modality, Precision
from news.names.aliases import is_one_name, spelled_otherwise, with_our_names
from news.reading import read
from news.words.facts import is_same_slot
from news.words.text import stem_words
from tests.deciding.deciding_world import candidates, figure, report, stored_article, stored_report

ENGLISH = "The tanker Sea Heron, with 18 crew, sank off Ostrava Point on Tuesday, said harbour master Yelena Ryabtseva."
SPANISH = (
    "El petrolero Sea Heron, con 18 tripulantes, se hundió el martes frente a Ostrava Point, dijo Yelena Riábtseva."
)
RUSSIAN = "Танкер «Си Херон», на борту которого было 18 моряков, затонул во вторник, сообщила Елена Рябцева."
ELSEWHERE = "El alcalde inauguró el jueves un museo con 300 fotografías de la ciudad, dijo Ana Lucía Benavides."


def read_article(text: str, language: str) -> tuple[Article, object]:
    article = Article(
        "", "", "Wire", "", text, published_at=datetime(2024, 5, 8, tzinfo=UTC), published_precision=Precision.DAY,
        language=language,
    )  # fmt: skip
    return article, read(article)


@pytest.mark.parametrize(("text", "language"), [(SPANISH, "es"), (RUSSIAN, "ru")])
def test_a_translation_shares_most_of_what_can_be_compared(text: str, language: str) -> None:
    ours, theirs = concepts_in(text, language), concepts_in(ENGLISH, "en")
    assert share(ours, theirs) > 0.6
    assert share(concepts_in(ELSEWHERE, "es"), theirs) < 0.2


def test_names_are_compared_by_sound_and_common_words_are_none() -> None:
    names = names_in(RUSSIAN, "ru")
    assert names & names_in(ENGLISH, "en") >= names_in("Знают Рябцеву", "ru") != frozenset()
    assert not names_in("Tuesday's meeting in Moscow. Police said so.", "en")


def test_two_sentences_in_one_language_are_not_across() -> None:
    assert is_across(ENGLISH, SPANISH, "en")
    assert is_across(RUSSIAN, ENGLISH, "en")
    assert not is_across(ENGLISH, "The ship is gone, and with it the crew.", "en")
    assert not is_across("Le navire a coulé.", "Das Schiff ist gesunken.", "fr")


def test_a_ministry_is_known_by_what_it_is_for() -> None:
    concepts = concepts_in("Así lo informó el Ministerio de Defensa de Colombia", "es")
    assert is_known_name("Ministry of Defence", "en", concepts)
    assert not is_known_name("Ministry of Transport and Fisheries", "en", concepts)


def test_counted_things_are_one_slot_in_two_languages() -> None:
    english, spanish = figure("62 inmates", 62, "inmate"), figure("62 reclusos", 62, "prisoner")
    assert is_same_slot(
        english, spanish, here_quote="There were 62 inmates in the yard.", there_quote="Había 62 reclusos en el patio."
    )
    assert not is_same_slot(
        figure("62 trucks", 62, "truck"), spanish, here_quote="The 62 trucks.", there_quote="Los 62 reclusos del penal."
    )


def test_words_to_find_translations_by() -> None:
    """Names in the spelling of other languages, and telling words of the lead in translation."""
    words = words_abroad("Ferry sinks", "The ferry Zarechnaya sank near Obolensk, Captain Chirikov said.", "en")
    assert stem_words("чириков", "ru")[0] in words
    assert stem_words("паром", "ru")[0] in words
    assert stem_words("transbordador", "es")[0] in words
    assert words_abroad("Navire", "Le navire a coulé.", "fr") == frozenset()


@pytest.mark.parametrize(
    ("one", "other", "is_one"),
    [
        ("person:yelena-ryabtseva", "person:elena-riabtseva", True),
        ("person:taras-hnatyuk", "person:taras-gnatyuk", True),
        ("person:sergei-orlov", "person:serguei-orlov", True),
        ("person:sergei-orlov", "person:andrei-orlov", False),
        ("person:orlov", "person:orlow", False),
        ("org:orlov-bank", "org:orlow-bank", False),
    ],
)
def test_one_person_in_two_spellings(one: str, other: str, is_one: bool) -> None:  # noqa: FBT001 - a value of the table
    assert is_one_name(one, other) is is_one


def test_keys_to_look_a_person_up_by() -> None:
    found = spelled_otherwise("person:elena-orlovsky")
    assert {"person:yelena-orlovsky", "person:elena-orlovskiy"} <= set(found)
    assert spelled_otherwise("person:orlov") == ()
    assert spelled_otherwise("place:caracas") == ()


def test_unknown_russian_names_get_the_key_of_the_nominative() -> None:
    _, reading = read_article("Об этом рассказали Елене Рябцевой. Елена Рябцева подтвердила это во вторник.", "ru")
    keys = {mention.entity.key for mention in reading.mentions}  # type: ignore[attr-defined]  # a reading
    assert keys == {"person:elena-ryabtseva"}


def test_a_russian_region_is_named_by_its_town() -> None:
    """The words "губернатор Самарской области" name no person, and the region as English names it."""
    _, reading = read_article("Об этом сообщил губернатор Самарской области.", "ru")
    assert [mention.entity.key for mention in reading.mentions] == ["place:samara"]  # type: ignore[attr-defined]


def test_the_spanish_article_un_is_no_organisation() -> None:
    _, reading = read_article("Un barco llegó el lunes al puerto. La ONU informó de la llegada.", "es")
    assert [mention.text for mention in reading.mentions] == ["ONU"]  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("El ejército desmintió haber bombardeado el pueblo el lunes.", "es"),
        ("El gobierno negó que el buque hubiera sido atacado el lunes.", "es"),
        ("No hubo ningún ataque contra la base el martes, afirmó el ministro.", "es"),
        ("Ningún soldado murió en la base el lunes, según el ministerio.", "es"),
        ("Армия не обстреливала село во вторник, заявили в ведомстве.", "ru"),
        ("Армия не наносила удар по мосту во вторник.", "ru"),
        ("Никакого обстрела села в понедельник не было, заявил губернатор.", "ru"),
        ("Министерство опровергло сообщения об ударе по порту в понедельник.", "ru"),
    ],
)
def test_denials_in_spanish_and_russian(text: str, language: str) -> None:
    _, reading = read_article(text, language)
    assert [one.modality for one in reading.reports] == [Modality.DENIED]  # type: ignore[attr-defined]


def test_dates_of_three_languages_are_one_day() -> None:
    days = {
        report.when.first_on
        for text, language in ((ENGLISH, "en"), (SPANISH, "es"), (RUSSIAN, "ru"))
        for report in read_article(text, language)[1].reports  # type: ignore[attr-defined]
    }
    assert days == {date(2024, 5, 7)}


def test_bounds_leave_the_best_match_across_languages_as_it_is() -> None:
    """What is put aside early would not have matched: the best of all pairs weighed in full is the one found."""
    texts = [(ENGLISH, "en"), (SPANISH, "es"), (RUSSIAN, "ru"), (ELSEWHERE, "es")]
    reports = [one for text, language in texts for one in read(read_article(text, language)[0]).reports]
    told = [stored_report(one, number=number, event_id=number) for number, one in enumerate(reports)]
    stored = [replace(one, published_at=None) for one in told]
    found = 0
    for here in reports:
        others = [one for one in stored if one.report is not here]
        scores = {one.id: sum(value for _, value in weigh(here, one.report, World())) for one in others}
        best = max(scores.values())
        match = match_report(here, others, World())
        assert (match.score if match else 0.0) == pytest.approx(max(0.0, best))
        found += match is not None
    assert found >= 2


def test_only_people_of_other_languages_come_under_our_spelling() -> None:
    """Marta Petrova of an English article stays who she is, though a Russian article stands beside it."""
    ours = Mention(0, 14, "Maria Petrova", Entity("person:maria-petrova", "Maria Petrova", EntityKind.PERSON))
    english = stored_article("Marta Petrova has opened a bakery in the old town.", number=1)
    russian = replace(stored_article("Мария Петрова открыла пекарню.", number=2), language="ru")
    told = report("Marta Petrova has opened a bakery.", names=("person:marta-petrova",))
    theirs = report("Мария Петрова открыла пекарню.", names=("person:mariya-petrova",))
    reports = (stored_report(told, number=1), stored_report(theirs, number=2))
    found = with_our_names(candidates(english, russian, reports=reports), [ours], "en").reports
    assert [one.report.actors for one in found] == [("person:marta-petrova",), ("person:maria-petrova",)]
