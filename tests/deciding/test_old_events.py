"""An article on an event long past is one as a whole, and the verdict on such an event is news."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from benchmarks.novelty import take_in
from benchmarks.stories import MemoryStore
from news.deciding.choosing import rank_candidates
from news.deciding.old_events import FEATURES, describe_age
from news.decision import Decision, Label
from news.model import Article, Precision
from news.novelty import decide
from news.reading import read
from news.stories.case import open_case
from news.tables import load_toml

THEFT = (
    "Thieves take silver cup from Orvik museum",
    (
        "Two masked men broke into the Fjordside Museum in Orvik before dawn on Tuesday and left "
        "with a silver cup made "
        "by Anders Holm in 1712, police said. The cup is insured for 900,000 euros.\n\n"
        "They came through a skylight and were inside for less than five minutes. Director Ingrid "
        "Solheim said the night "
        "guard was in the other wing."
    ),
)
YEAR_WITHOUT = (
    "A year with an empty shelf",
    (
        "The shelf is still there. Ingrid Solheim would not have it taken down.\n\n"
        "On Thursday it will be a year since two masked men dropped through a skylight of the "
        "Fjordside Museum, took the "
        "silver cup of Anders Holm and were gone in less than five minutes. The cup, insured for "
        "900,000 euros, has been "
        "missing ever since.\n\n"
        '"Schoolchildren ask about it more than they ever asked about the cup," the director says.'
    ),
)
VERDICT = (
    "Two jailed for theft of silver cup from Orvik museum",
    (
        "A court in Orvik on Tuesday sentenced two brothers to four years in prison for the theft "
        "of a silver cup from the "
        "Fjordside Museum a year ago.\n\n"
        "The men dropped through a skylight and were gone in five minutes. The cup, insured for 900,000 euros, has not "
        "been found. Director Ingrid Solheim said she had hoped that they would tell where it is."
    ),
)


def _article(told: tuple[str, str], at: datetime) -> Article:
    return Article("", "", "Orvik Post", *told, published_at=at, published_precision=Precision.DAY)


def _decide(told: tuple[str, str], *, at: datetime = datetime(2026, 3, 2, 9, tzinfo=UTC)) -> Decision:
    store = MemoryStore()
    held = _article(THEFT, datetime(2025, 3, 4, 9, tzinfo=UTC))
    take_in(store, held, read(held))
    article = _article(told, at)
    reading = read(article)
    return decide(article, reading, store.find_candidates(article, reading), now=at)


def test_a_feature_on_the_day_of_remembrance_is_no_news() -> None:
    decision = _decide(YEAR_WITHOUT)
    assert decision.label is Label.OLD_EVENT
    assert decision.known_since is not None
    assert decision.known_since.title == THEFT[0]
    assert [one.text for one in decision.reasons if one.step == "old"] == [
        "it looks back on a story that was over more than 30 days before"
    ]


def test_a_verdict_a_year_later_is_news() -> None:
    assert _decide(VERDICT).label in {Label.NEW, Label.UPDATE}


def test_signs_are_asked_beside_a_story_that_is_long_over() -> None:
    at = datetime(2026, 3, 2, 9, tzinfo=UTC)
    article = _article(YEAR_WITHOUT, at)
    reading, store = read(article), MemoryStore()
    signs = []
    for _ in range(2):
        case = open_case(article, reading, store.find_candidates(article, reading), now=at, old_event_days=30)
        signs.append(describe_age(case, rank_candidates(case)))
        held = _article(THEFT, datetime(2025, 3, 4, 9, tzinfo=UTC))
        take_in(store, held, read(held))
    assert signs[0] == {}
    assert set(FEATURES) <= set(signs[1])
    assert signs[1]["numbers_held"] > 0


NEWS_OF_OLD_THINGS = (
    ("Bomb kills nine ten years after siege", "A bomb killed nine people in Tarsk."),
    (
        "Quake kills 30 in Sareh, a year after disaster",
        "A quake shook Sareh province and killed at least 30 people. The quake of March 2025 destroyed 40,000 houses.",
    ),
    (
        "El Valdera gana la Copa 26 años después",
        "El Valdera ganó el domingo la Copa. En 1998 venció al Puerto. Todos recuerdan aquella noche de 1998.",
    ),
    (
        "Под Орловском разбился самолет",
        (
            "Пассажирский самолет разбился в Орловской области, погибли 40 человек, сообщили в МЧС. В 2019 году "
            "самолет той же компании выкатился с полосы. В 2021 году компанию оштрафовали."
        ),
    ),
    (
        "Orvik museum thieves charged a year after theft",
        (
            "Prosecutors charged two brothers over the theft of a silver cup from the Fjordside Museum in Orvik. On 4 "
            "March 2025 masked men dropped through a skylight. The cup is insured for 900,000 euros."
        ),
    ),
    (
        "Fjordside Museum in Orvik opens again",
        (
            "The Fjordside Museum in Orvik opened its doors. A year ago masked men took the silver cup of Anders Holm. "
            "Director Ingrid Solheim remembers that night."
        ),
    ),
)


@pytest.mark.parametrize("told", NEWS_OF_OLD_THINGS, ids=lambda told: told[0])
def test_news_that_names_old_things_is_told(told: tuple[str, str]) -> None:
    assert _decide(told).label in {Label.NEW, Label.UPDATE}


def test_a_look_back_in_russian_and_in_spanish() -> None:
    russian = (
        "Год без кубка",
        (
            "Год назад из музея в Орвике унесли серебряный кубок. Тогда двое в масках спустились через окно в крыше. "
            "Ингрид Сольхейм до сих пор хранит записку сторожа."
        ),
    )
    spanish = (
        "Un año sin la copa",
        (
            "Hace un año dos hombres se llevaron la copa de plata del museo Fjordside de Orvik. Aquella noche entraron "
            "por una claraboya. Ingrid Solheim todavía guarda la carta del vigilante."
        ),
    )
    assert {_decide(told).label for told in (russian, spanish)} == {Label.OLD_EVENT}


@pytest.mark.parametrize(
    ("title", "text"),
    [
        (
            "Bridge closed",
            "The bridge over the Lume was closed on Monday, the mayor said. A lorry had struck a pillar.",
        ),
        ("", ""),
        ("Пожар в Орвике", "В Орвике в понедельник сгорел склад, сообщили в МЧС. Пострадавших нет."),
    ],
)
def test_most_news_does_not_look_back_at_all(title: str, text: str) -> None:
    at = datetime(2026, 3, 2, 9, tzinfo=UTC)
    article = _article((title, text), at)
    reading = read(article)
    case = open_case(article, reading, MemoryStore().find_candidates(article, reading), now=at, old_event_days=30)
    assert describe_age(case, ()) == {}


def test_every_sign_has_a_weight() -> None:
    assert set(load_toml("weights.toml")["old_event"]) == {"bias", *FEATURES}
