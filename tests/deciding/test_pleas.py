"""A charge and what the accused says to it contradict each other, and not where one account has both."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from benchmarks.novelty import take_in
from benchmarks.stories import MemoryStore
from news.decision import Claim, Dispute, FactKind, Label
from news.disputes.seeming.pleas import is_innocence
from news.model import Article
from news.novelty import decide
from news.reading import read
from tests.deciding.test_contrast import hold

DENIED = (
    "The mayor of Tarrow, Ivo Lindqvist, denied on Monday having taken 50,000 crowns from a builder, as prosecutors "
    "say he did."
)
CHARGED = "Ivo Lindqvist, mayor of Tarrow, took 50,000 crowns from a builder, prosecutors say"


@pytest.mark.parametrize("rest", [".", " in a report of Monday."])
def test_a_charge_without_the_plea_is_disputed(rest: str) -> None:
    """The number, with its comma, is a part of what he denies."""
    assert hold(DENIED, CHARGED + rest).disputes


@pytest.mark.parametrize(
    "rest",
    [
        "; he calls the charge an invention.",
        ". He rejects the accusation.",
        ", though he called the allegations baseless.",
        ". The mayor insists that he is innocent and he denies all charges.",
    ],
)
def test_a_charge_with_the_plea_is_none(rest: str) -> None:
    assert not hold(DENIED, CHARGED + rest).disputes


SHUT = "The ministry denied on Monday that it had closed the Kolmar bridge."
TOLD = "The ministry closed the Kolmar bridge on Monday."


@pytest.mark.parametrize(
    "rest",
    [
        "Its builder, on trial in another case, denied all charges.",
        "A driver from Varde pleaded not guilty to fraud.",
        "The builder of the Kolmar bridge, on trial in a separate case, denied all charges.",
    ],
)
def test_a_plea_to_something_else_answers_no_denial(rest: str) -> None:
    assert hold(SHUT, f"{TOLD} {rest}").disputes


def test_a_plea_of_who_denies_is_the_denial() -> None:
    assert not hold(SHUT, f"{TOLD} The ministry calls the accusations baseless.").disputes


def _told(title: str, text: str, outlet: str) -> Article:
    return Article("", "", outlet, title, text, published_at=datetime(2025, 6, 3, 12, tzinfo=UTC))


SUSPECTED = {
    "en": _told(
        "Mayor charged over stadium contract",
        "The mayor of Tarrow, Luc Berthon, was placed under formal investigation on Tuesday on suspicion of taking "
        "220,000 crowns from a builder, prosecutors said.",
        "Tarrow Post",
    ),
    "es": _told(
        "Registran el despacho de la consejera de Aguas",
        "Agentes registran desde las ocho el despacho de la consejera Pilar Montes por orden de la jueza que "
        "investiga la adjudicación de tres desaladoras.",
        "Diario de Tarrow",
    ),
    "ru": _told(
        "Возбуждено дело против директора завода",
        "Против директора завода «Кварц» Павла Шестова возбуждено уголовное дело о продаже акций за день до аварии, "
        "сообщило следствие.",
        "Тарровский листок",
    ),
}
INNOCENT = {
    "en": '"I have done nothing wrong," Mayor Luc Berthon said on Tuesday evening after he had walked free on bail.',
    "es": "La consejera Pilar Montes ha negado este martes «rotundamente» haber favorecido a empresa alguna.",
    "ru": "Директор «Кварца» Павел Шестов ни в чём не виноват, заявил во вторник его адвокат Юлий Вассин.",
}


def _dispute(kind: FactKind, here: str, there: Article) -> Dispute:
    return Dispute(kind, None, Claim("denied", here, "Tarrow Mail"), Claim("happened", there.text, there.outlet))


@pytest.mark.parametrize("language", sorted(SUSPECTED))
def test_who_says_that_he_is_innocent_contradicts_no_suspicion(language: str) -> None:
    there, quote = SUSPECTED[language], INNOCENT[language]
    assert is_innocence(_dispute(FactKind.ACT, quote, there), there)
    assert not is_innocence(_dispute(FactKind.FIGURE, quote, there), there)


@pytest.mark.parametrize(
    "quote",
    [
        "Luc Berthon did not meet the builder, he said.",
        "Voss did not fire at officers and was unarmed, the family said.",
        "Трое убитых не открывали огонь, заявили родные.",
        "Los aviones bombardearon una escuela y mataron a ocho niños inocentes, denunció el sindicato.",
    ],
)
def test_who_says_what_was_contradicts_it(quote: str) -> None:
    for there in SUSPECTED.values():
        assert not is_innocence(_dispute(FactKind.ACT, quote, there), there)


def test_a_plea_is_news_where_the_story_has_none() -> None:
    arrest = Article(
        "", "", "Фонтанка", "Мэр Тарска задержан",
        "Мэр Тарска Иван Лосев задержан в четверг по подозрению в получении взятки в 5 млн рублей, сообщил "
        "Следственный комитет. В мэрии прошли обыски.",
        published_at=datetime(2026, 11, 20, 8, tzinfo=UTC),
    )  # fmt: skip
    plea = Article(
        "", "", "Ведомости", "Адвокат мэра Тарска: он ни в чём не виноват",
        "Мэр Тарска Иван Лосев ни в чём не виноват, заявил в пятницу его адвокат Пётр Гуров. По его словам, деньги "
        "были возвратом долга.",
        published_at=datetime(2026, 11, 21, 8, tzinfo=UTC),
    )  # fmt: skip
    store = MemoryStore()
    take_in(store, arrest, read(arrest))
    reading = read(plea)
    decision = decide(plea, reading, store.find_candidates(plea, reading), now=datetime(2026, 11, 21, 9, tzinfo=UTC))
    assert (decision.label, decision.disputes) == (Label.UPDATE, ())
