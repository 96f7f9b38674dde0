"""A second happening of the kind opens on a day of its own and tells of the first further down."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from benchmarks.novelty import take_in
from benchmarks.stories import MemoryStore
from news.deciding.afresh import FEATURES, describe_opening
from news.deciding.going_on import counts_like, follows_like
from news.model import Article, Precision
from news.reading import read
from news.stories.case import open_case
from news.stories.grounds import list_ties, parts_of

MARKET = {
    "en": (
        "Fire destroys Leeds market",
        (
            "Fire destroyed the Korvin market in the town of Leeds on Monday night, firefighters said. "
            "Nobody was hurt. Traders put the damage of the Korvin market at two million crowns."
        ),
    ),
    "es": (
        "Un incendio destruye el mercado de Leeds",
        (
            "Un incendio destruyó el mercado Korvin de Leeds la noche del lunes, informaron los bomberos. No hubo "
            "heridos. Los comerciantes del mercado Korvin calculan dos millones de coronas en daños."
        ),
    ),
    "ru": (
        "В Лидсе сгорел рынок",
        (
            "В ночь на вторник в Лидсе сгорел рынок «Корвин», сообщили пожарные. Пострадавших нет. Торговцы рынка "
            "«Корвин» оценили ущерб в два миллиона крон."
        ),
    ),
}
CINEMA = {
    "en": (
        "Cinema burns in Leeds",
        (
            "Fire broke out in the Meridian cinema in Leeds on Saturday evening, and 200 people were led out. Two "
            "workers breathed in smoke. Two weeks ago the Korvin market burned down in the town."
        ),
    ),
    "es": (
        "Un cine arde en Leeds",
        (
            "Un incendio dañó el cine Meridian de Leeds la tarde del sábado y 200 personas fueron sacadas. "
            "Dos empleados inhalaron humo. Hace dos semanas ardió en la ciudad el mercado Korvin."
        ),
    ),
    "ru": (
        "В Лидсе горел кинотеатр",
        (
            "В Лидсе вечером в субботу загорелся кинотеатр «Меридиан», из здания вывели 200 человек. Двое сотрудников "
            "отравились дымом. Две недели назад в городе сгорел рынок «Корвин»."
        ),
    ),
}
OWNER = {
    "en": (
        "Owner of burnt Leeds market charged",
        (
            "The owner of the Korvin market in Leeds was charged on Saturday with neglect over the fire that destroyed "
            "it. He is under house arrest. The market burned down two weeks ago."
        ),
    ),
    "es": (
        "Imputan al dueño del mercado de Leeds",
        (
            "El dueño del mercado Korvin de Leeds fue imputado el sábado por negligencia por el incendio que lo "
            "destruyó. Está en arresto domiciliario. El mercado ardió hace dos semanas."
        ),
    ),
    "ru": (
        "Владельцу сгоревшего рынка в Лидсе предъявили обвинение",
        (
            "Владельцу рынка «Корвин» в Лидсе в субботу предъявили обвинение в халатности. Он под домашним арестом. "
            "Рынок сгорел две недели назад."
        ),
    ),
}
GAP = 2.7


def _article(told: tuple[str, str], day: int) -> Article:
    at = datetime(2025, 4, day, 12, tzinfo=UTC)
    return Article("", "", "Leeds Post", *told, published_at=at, published_precision=Precision.DAY)


def _signs(told: tuple[str, str], held: tuple[str, str]) -> dict[str, float]:
    store, stored, article = MemoryStore(), _article(held, 8), _article(told, 20)
    take_in(store, stored, read(stored))
    reading = read(article)
    now = datetime(2025, 5, 1, tzinfo=UTC)
    case = open_case(article, reading, store.find_candidates(article, reading), now=now, old_event_days=30)
    story, texts = case.candidates.related[0].story_id, parts_of(case)
    assert story is not None
    return describe_opening(case, story, texts, list_ties(case, story, texts), gap=GAP)


@pytest.mark.parametrize("language", sorted(MARKET))
def test_a_second_fire_is_on_its_own_day_and_names_the_first_further_down(language: str) -> None:
    signs = _signs(CINEMA[language], MARKET[language])
    assert set(signs) == set(FEATURES)
    assert signs["fresh_later"]
    assert signs["names_behind"] > 0
    assert signs["past_tie"] >= 1
    assert (signs["same_kind"], signs["same_kind_gap"], signs["other_kind"]) == (1.0, GAP, 0.0)


@pytest.mark.parametrize("language", sorted(MARKET))
def test_what_follows_of_the_first_names_it_in_its_opening(language: str) -> None:
    signs = _signs(OWNER[language], MARKET[language])
    assert not signs["names_behind"]
    assert signs["title_tie"] > _signs(CINEMA[language], MARKET[language])["title_tie"]


@pytest.mark.parametrize(
    "text",
    [
        "Drones struck the port for the second night in a row.",
        "La ciudad fue bombardeada por tercera noche consecutiva.",
        "Порт атакован вторую ночь подряд.",
    ],
)
def test_a_happening_may_be_counted_by_its_nights(text: str) -> None:
    assert counts_like(text)


@pytest.mark.parametrize(
    "text",
    [
        "Nurses walked out for a second day.",
        "Los maestros cumplen por segundo día consecutivo su paro.",
        "Рабочие завода не выходят на смену второй день подряд.",
    ],
)
def test_who_stays_out_for_a_second_day_goes_on(text: str) -> None:
    assert not follows_like(text)


@pytest.mark.parametrize(
    ("text", "is_other"),
    [
        ("A blast at the Corvin mine hurt three on Monday, two months after the cave-in at the Seven pit.", True),
        ("Una explosión en la mina Corvin dejó tres heridos, dos meses después del derrumbe en Siete.", True),
        ("Взрыв на шахте «Корвин» произошёл через три недели после обвала на «Седьмой».", True),
        ("Two men were arrested two months after the fire.", False),
        ("Murió un hombre tres semanas después del incendio.", False),
        ("Завод заработал через три недели после пожара.", False),
    ],
)
def test_weeks_after_a_happening_a_second_one_is_another(text: str, *, is_other: bool) -> None:
    assert follows_like(text) is is_other
