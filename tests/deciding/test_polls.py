"""Shares of votes: two stages of a count, two polls and two candidates contradict nothing."""

from __future__ import annotations

import pytest

from news.disputes.seeming.polls import _stage, _words, are_two_counts, are_two_stages
from news.model import Article


@pytest.mark.parametrize(
    ("here", "there"),
    [
        (
            "He had 50.3 percent of the vote after 81 percent of ballots were counted, the office said.",
            "Ana Soto led the run-off with 52.1 percent of the vote after 30 percent of ballots were counted.",
        ),
        (
            "Ivo Marin has won the election with 50.6 percent of the vote, with all ballots counted.",
            "Ivo Marin has overtaken Ana Soto in the run-off, at 50.3 percent after 81 percent of votes were counted.",
        ),
        (
            "Ivo Marin is ahead of Ana Soto with 43 percent to 41 percent, a survey by Datos found.",
            "Ana Soto leads the race with 44 percent against 38 percent, a poll by Prisma showed.",
        ),
        (
            "Ivo Marin took 12 percent of the vote in the capital, the party said.",
            "Ana Soto took 44 percent of the vote in the capital, the electoral board said.",
        ),
    ],
)
def test_shares_of_two_counts(here: str, there: str) -> None:
    assert are_two_counts(here, there)


@pytest.mark.parametrize(
    ("here", "there"),
    [
        (
            "Ivo Marin won the election with 51 percent of the vote, his party said.",
            "Ivo Marin lost the election with 47 percent of the vote, the electoral office said.",
        ),
        (
            "Prices rose 12 percent in May, the bank said.",
            "Prices rose 9 percent in May, the statistics office said.",
        ),
    ],
)
def test_shares_of_one_count(here: str, there: str) -> None:
    """What two sides say of one candidate, or of no vote at all, is still held against each other."""
    assert not are_two_counts(here, there)


def _article(title: str, text: str) -> Article:
    return Article("", "", "Datos", title, text)


COUNT = {
    "en": _article(
        "Opposition wins in Lorvia",
        "The Alliance won the election with 43 percent of the vote, final results showed on Friday.",
    ),
    "es": _article(
        "Soto retiene la alcaldía",
        "Con el 100 % de las actas procesadas, Ana Soto ganó la elección con 48,3 % de los votos, dijo la junta.",
    ),
    "ru": _article(
        "Сотова выиграла выборы",
        "Анна Сотова набрала 48,3 процента голосов, следует из окончательных итогов, сообщил избирком.",
    ),
}
FORECAST = {
    "en": _article(
        "Ruling party leads in Lorvia",
        "The Front was ahead with 44 percent of the vote with 38 percent of polling stations counted, the office said.",
    ),
    "es": _article(
        "Boca de urna da ganador a Marín",
        "Ivo Marín se impone con 51 % en la elección, según la boca de urna de Prisma.",
    ),
    "ru": _article(
        "Экзитпол: Марин впереди", "Иво Марин получает 51 процент голосов, показал экзитпол фонда «Призма»."
    ),
}


@pytest.mark.parametrize("language", sorted(COUNT))
def test_a_forecast_and_what_came_of_it(language: str) -> None:
    assert are_two_stages(COUNT[language], FORECAST[language])
    assert not are_two_stages(COUNT[language], COUNT[language])


@pytest.mark.parametrize(
    ("here", "there", "are_two"),
    [
        (
            "Con el 40% de las actas escrutadas, Rojas tiene el 51% de los votos.",
            "Con el 95% de las actas escrutadas, Rojas tiene el 49% de los votos.",
            True,
        ),
        (
            "Rojas ganó con el 31% de los votos y no con el 24,1%.",
            "Con el 97% de las actas escrutadas, Rojas obtuvo el 24,1% de los votos.",
            False,
        ),
        (
            "После обработки 40% бюллетеней Петров набирает 51% голосов.",
            "После обработки 90% бюллетеней Петров набирает 49% голосов.",
            True,
        ),
        (
            "Согласно опросу, за Петрова готовы голосовать 51%.",
            "По данным другого опроса, за Петрова проголосуют 45%.",
            True,
        ),
    ],
)
def test_two_counts_and_two_polls_in_spanish_and_russian(here: str, there: str, *, are_two: bool) -> None:
    assert are_two_counts(here, there) is are_two


@pytest.mark.parametrize(
    ("row", "texts", "others"),
    [
        (
            "forecast",
            (
                "an exit poll by prisma | según la encuesta a pie de urna | el conteo rápido | un sondeo de datos"
                " | по прогнозу фонда «призма» | за петрова намерены голосовать 51% | экзит-пол дал 51%"
            ),
            (
                "polling stations opened at seven | the board named her | la junta proclamó a soto | abren las mesas"
                " | избирком объявил победителя | участки открылись в семь"
            ),
        ),
        (
            "poll",
            "a survey by datos | el barómetro de datos | la intención de voto de soto | опрошенные за петрова",
            "polling station 12 opened late | la mesa 12 abrió tarde | участок открылся поздно | el conteo oficial",
        ),
        (
            "election",
            (
                "the referendum was lost | el escrutinio avanza | el plebiscito fracasó | los votantes hicieron fila"
                " | центризбирком назвал итоги | во втором туре | итоги плебисцита"
            ),
            (
                "the race was won by a horse | el partido terminó 2-1 | se cierran las minas | выбора не было"
                " | голосистый певец | матч выиграли гости"
            ),
        ),
        (
            "vote",
            "she leads the race | soto aventaja a marín | las papeletas | сотова опережает марина | урны вывезли",
            "the bridge is shut | la marea sube | el puente sigue cerrado | мост закрыт | урон от пожара",
        ),
        (
            "all",
            "with all ballots counted | final results | escrutinio total | resultado oficial | окончательные итоги",
            "some ballots were lost | el resultado parcial | faltan actas | первые итоги | часть бюллетеней потеряна",
        ),
    ],
)
def test_words_of_votes(row: str, texts: str, others: str) -> None:
    """What a row of the table finds in three languages, and what it leaves alone."""
    assert [text for text in texts.split(" | ") if not _words(row).search(text)] == []
    assert [text for text in others.split(" | ") if _words(row).search(text)] == []


@pytest.mark.parametrize(
    ("text", "stage"),
    [
        ("with 38 percent of polling stations counted", "38"),
        ("con el 81,5 % de las papeletas escrutadas", "81,5"),
        ("el escrutinio va en el 40 %", "40"),
        ("escrutinio al 40 %", "40"),
        ("ya está el 62 % de los votos contados", "62"),
        ("подсчитано более 40% голосов", "40"),
        ("62% обработанных бюллетеней", "62"),
        ("ganó con el 51 % de los votos", ""),
        ("набрала 51% голосов", ""),
    ],
)
def test_how_much_is_counted(text: str, stage: str) -> None:
    assert _stage(text) == stage
