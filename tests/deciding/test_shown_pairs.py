"""The pair that is shown of a dispute is the contradiction itself; what only differs is shown of none."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from benchmarks.stories import MemoryStore
from news.decision import Claim, Decision, Label
from news.disputes.frames.parts import are_two_parts
from news.model import Article
from news.novelty import decide
from news.reading import read
from news.words.ages import is_age

STARTED = datetime(2031, 4, 7, 8, tzinfo=UTC)


def _decide_last(*texts: tuple[str, str]) -> Decision:
    """Return the decision on the last of some articles, each of an outlet of its own, nine hours apart."""
    store = MemoryStore()
    for place, (title, text) in enumerate(texts):
        at = STARTED + timedelta(hours=9 * place)
        outlet = f"Courier {'ABCDE'[place]}"
        url = f"https://courier{place}.example/{place}"
        article = Article(source_id="", url=url, outlet=outlet, title=title, text=text, published_at=at)
        reading = read(article)
        decision = decide(article, reading, store.find_candidates(article, reading), now=at)
        store.add(article, reading, decision)
    return decision


FERRY = (
    "Ferry sinks off Cebu, nine drown",
    (
        "Nine people drowned when the ferry Santa Rita sank off Cebu on Monday, the coastguard said. "
        "Fishermen pulled 41 people out of the sea."
    ),
)
PERMIT = (
    "Hotel collapses in Elbasan, six dead",
    (
        "A hotel under construction collapsed in Elbasan on Monday, killing six people. Eleven workers were pulled "
        "from the rubble. The owner had no permit, the mayor said."
    ),
)
BUS = (
    "Bus falls into ravine in Huanuco",
    "Eight passengers were killed and 20 injured when a bus fell into a ravine near Huanuco on Monday, police said.",
)
CHOLERA = (
    (
        "Cholera in Beira: four dead",
        (
            "Four people have died of cholera in Beira since Saturday, Mozambique's health ministry said on Tuesday. "
            "Sixty cases have been confirmed."
        ),
    ),
    (
        "Aid group counts nine cholera deaths in Beira",
        (
            "Nine people have died of cholera in Beira, the aid group Medica said on Tuesday, five more than the "
            'ministry has reported. "Many die at home and are counted by nobody," its coordinator said.'
        ),
    ),
)
CLAIMED = (
    "Beira cholera claims four lives",
    (
        "Cholera has claimed four lives in Beira since Saturday, according to the health ministry. "
        "Confirmed cases stand at 60."
    ),
)


@pytest.mark.parametrize(
    ("stored", "title", "text"),
    [
        (
            FERRY,
            "Cebu ferry toll rises to 20",
            (
                "The death toll from the sinking of the ferry Santa Rita off Cebu has risen to 20, they said on "
                "Tuesday. The owner said that 97 people were on board."
            ),
        ),
        (
            PERMIT,
            "Owner of Elbasan hotel speaks",
            "The owner of the hotel that collapsed in Elbasan on Monday said that he has a permit for a second one.",
        ),
        (
            BUS,
            "Huanuco bus: toll at 12",
            (
                "The number of people killed when a bus fell into a ravine near Huanuco has climbed to 12, the mayor "
                "said. Thirty-one injured passengers are being treated in Lima."
            ),
        ),
    ],
)
def test_other_parts_and_other_people_contradict_nothing(stored: tuple[str, str], title: str, text: str) -> None:
    assert not _decide_last(stored, (title, text)).disputes


def test_an_age_is_no_count() -> None:
    decision = _decide_last(
        (
            "No survivors in crash near Kasese",
            "All four people on board the Cessna that crashed near Kasese on Monday were dead, the army said.",
        ),
        (
            "Passenger of Kasese Cessna alive, wife says",
            (
                'A passenger of the Cessna that crashed near Kasese on Monday survived. "He is alive," said '
                "Rose Atim of her husband Peter Atim, 44. The army had said that all four people on board were dead."
            ),
        ),
    )
    assert [one.kind.value for one in decision.disputes] == ["status"]
    assert "44" not in {one.here.value for one in decision.disputes}


@pytest.mark.parametrize(
    ("text", "number", "is_one"),
    [
        ("Captain Mark Persaud, 38. The force", "38", True),
        ("Ann Field, 61, was killed", "61", True),
        ("a woman of 70 died", "70", True),
        ("two 16-year-olds fled", "16", True),
        ("in Lyon, 38 people died", "38", False),
        ("He was jailed for 38 years.", "38", False),
        ("the three, 1.5 km apart", "1", False),
    ],
)
def test_which_numbers_are_ages(text: str, number: str, is_one: bool) -> None:  # noqa: FBT001
    start = text.index(number)
    assert is_age(text, start, start + len(number)) is is_one


def test_a_repeated_side_of_a_known_dispute_is_known() -> None:
    assert _decide_last(*CHOLERA).label is Label.DISPUTED
    assert _decide_last(*CHOLERA, CLAIMED).label is Label.KNOWN


@pytest.mark.parametrize(
    ("here", "there", "are_two"),
    [
        ("Fishermen pulled 38 people out of the water.", "The boat had 84 people on board.", True),
        ("All 38 people were pulled out of the water.", "The boat had 84 people on board.", False),
        ("Rescuers dug 14 miners out on Tuesday.", "Nine miners were trapped by the fall.", False),
        ("Rescuers dug six miners out on Tuesday.", "Nine miners were trapped by the fall.", True),
    ],
)
def test_fewer_come_out_than_were_in(here: str, there: str, are_two: bool) -> None:  # noqa: FBT001
    claims = [
        Claim(next(word for word in quote.split() if word in {"38", "84", "14", "six", "Nine"}), quote, "Courier")
        for quote in (here, there)
    ]
    assert are_two_parts(claims[0], claims[1]) is are_two


def test_free_names_are_never_shown() -> None:
    decision = _decide_last(
        (
            "Ferry capsizes off Mwanza, 14 drown",
            (
                "At least 14 people drowned when a ferry capsized on Lake Victoria on Sunday, the commissioner of the "
                "Mwanza region said. The Tumaini was on its way to the port of Mwanza when it was caught by a squall, "
                "commissioner Amina Kessy told reporters. Fishermen pulled 38 people out of the water during the night."
            ),
        ),
        (
            "Survivors say ferry carried more than 200",
            (
                "Survivors of the ferry disaster off Mwanza told radio Sauti that more than 200 people were crammed "
                "onto the Tumaini when it overturned on Sunday night, far more than its owner admits."
            ),
        ),
    )
    assert "actor" not in {one.kind.value for one in decision.disputes}


@pytest.mark.parametrize(
    ("stored", "text"),
    [
        (
            "A barge with grain sank near Ruse on Monday. The cause was a broken rudder, the harbour office said.",
            (
                "The barge that sank near Ruse on Monday struck a mine and was not lost because of a broken rudder, as "
                "the harbour office says, its mate said."
            ),
        ),
        (
            "Un depósito de gas ardió el lunes en Rosario. La causa fue un cortocircuito, según los bomberos.",
            (
                "El depósito de gas de Rosario ardió tras un ataque y no por un cortocircuito, como afirman los "
                "bomberos, dijeron vecinos."
            ),
        ),
        (
            "Мост через Оку обрушился в понедельник в Орле. Причиной стал износ опор, сообщили в мэрии.",
            (
                "Мост через Оку в Орле обрушился из-за паводка, а не из-за износа опор, как утверждает мэрия, заявил "
                "инженер Павел Лось."
            ),
        ),
    ],
)
def test_what_is_turned_down_as_the_word_of_others_is_disputed(stored: str, text: str) -> None:
    assert [one.kind.value for one in _decide_last(("", stored), ("", text)).disputes] == ["status"]


@pytest.mark.parametrize(
    ("stored", "text"),
    [
        (
            "A barge with grain sank near Ruse on Monday. The cause was a broken rudder, the harbour office said.",
            (
                "Divers began to raise the barge that sank near Ruse on Monday. It is not as risky as the harbour "
                "office said, they said."
            ),
        ),
        (
            "Мост через Оку обрушился в понедельник в Орле. Причиной стал износ опор, сообщили в мэрии.",
            "Новый мост через Оку в Орле построят к осени, а не к зиме, как говорили раньше, сообщили в мэрии.",
        ),
    ],
)
def test_what_nobody_told_is_turned_down_in_vain(stored: str, text: str) -> None:
    assert not _decide_last(("", stored), ("", text)).disputes


def test_a_toll_that_no_act_tells_is_news() -> None:
    decision = _decide_last(
        ("", "Семь горняков погибли при взрыве на шахте «Дальняя» под Читой в понедельник, сообщили в МЧС."),
        ("", "На шахте «Дальняя» под Читой завершены поиски. Жертвами взрыва стали 13 человек, сообщили в МЧС."),
    )
    assert decision.label is Label.UPDATE


def test_a_retelling_is_known_since_its_numbers_were() -> None:
    base = "La aerolínea Sur canceló el lunes 240 vuelos por un paro de los pilotos. Afectó a unos 31.000 pasajeros."
    union = (
        "Al paro se sumó el 95 por ciento, dijo el sindicato de pilotos de Sur. Reclama un aumento del 35 por ciento."
    )
    again = "La huelga dejó en tierra a cerca de 31.000 viajeros. El sindicato exige un aumento del 35 por ciento."
    decision = _decide_last(("", base), ("", union), ("", again))
    assert decision.known_since is not None
    assert decision.known_since.article_id == 1


def test_what_was_long_ago_is_not_known_since_an_article_of_these_days() -> None:
    decision = _decide_last(
        ("", "Директор шахты «Дальняя» и его заместитель арестованы в понедельник в Чите по делу о взрыве."),
        (
            "Пять лет спустя",
            (
                "25 ноября 2024 года на шахте «Заречная» под Белово взорвалась пыль. Погиб 51 человек. Директора "
                "шахты и его заместителя арестовали в те же дни."
            ),
        ),
    )
    assert decision.label is Label.OLD_EVENT
    assert decision.known_since is None
