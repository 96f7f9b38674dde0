"""What stands around an account in its own text: datelines, bylines, credits and invitations are no part of it."""

from __future__ import annotations

import pytest

from news.model import Article
from news.reports.furniture import bare_text, without_furniture


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("NAQOURA, Lebanon, Nov 18 (Reuters) - Two cars burned.", "Two cars burned."),
        ("NAIROBI, Nov. 18, 2025 (AP) — Eleven cows were sold.", "Eleven cows were sold."),
        ("(AP) — A bridge opened.", "A bridge opened."),
        ("Nov 18 (Reuters) - Acme bought a mill.", "Acme bought a mill."),
        ("Bogotá, 18 nov (EFE).- El río creció.", "El río creció."),
        ("Madrid, 18 nov.- El museo abrió.", "El museo abrió."),
        ("La Habana, 18 nov (Prensa Latina) El puerto cerró.", "El puerto cerró."),
        ("CIUDAD DE MÉXICO (Proceso).– Hubo un apagón.", "Hubo un apagón."),
        ("SANTIAGO.- Un tren paró.", "Un tren paró."),
        ("ЯКУТСК, 17 ноября. /ТАСС/. Мост закрыли.", "Мост закрыли."),
        ("МОСКВА, 18 ноя — РИА Новости. Суд отложили.", "Суд отложили."),
        ("Москва. 18 ноября. INTERFAX.RU - Рейс отменили.", "Рейс отменили."),
        ("МИНСК, 18 ноября /Корр. БЕЛТА/. Завод встал.", "Завод встал."),
        ("18 ноября. /ТАСС/. Цех сгорел.", "Цех сгорел."),
        ("ISLAMABAD: The court rose.", "The court rose."),
        ("LAHORE, Nov 18 (APP): A kite factory shut.", "A kite factory shut."),
        ("Venice - A gondola sank.", "A gondola sank."),
        ("NAIROBI, Kenya — A bus turned over.", "A bus turned over."),
        ("TASS - Ice broke on the Lena.", "Ice broke on the Lena."),
        ("By Jane Roe\nLIMA, June 8 (Reuters) - Miners went home.", "Miners went home."),
        ("By JANE ROE and JOHN DOE, Associated Press\nLIMA (AP) — Miners went home.", "Miners went home."),
        ("Por Ana Pérez\n\nLa mina cerró.", "La mina cerró."),
        ("Miners went home.\n(Reporting by Jane Roe in Lima; Editing by John Doe)", "Miners went home."),
        ("Miners went home. Reporting by Jane Roe; additional reporting by A. Poe and B. Coe.", "Miners went home."),
        ("Miners went home.\nJane Roe in Lima contributed to this report.", "Miners went home."),
        ("Miners went home.\nSign up for our newsletter to get the best of the day.", "Miners went home."),
        ("Miners went home.\n\nEFE", "Miners went home."),
        ("Los mineros volvieron. EFE\njrm/lml", "Los mineros volvieron."),
        ("Los mineros volvieron. Con información de EFE.", "Los mineros volvieron."),
        ("Miners went home. (AFP)", "Miners went home."),
        ("Miners went home.\n— Reuters", "Miners went home."),
        ("Шахтёры вернулись.\nПодписывайтесь на наш канал в Telegram.", "Шахтёры вернулись."),
        ("Шахтёры вернулись.\nФото: Иван Петров / ТАСС", "Шахтёры вернулись."),
        ("Miners went home.\nPhoto: Jane Roe / Danube Wire", "Miners went home."),
        ("Miners went home.\nOur Standards: The Thomson Reuters Trust Principles.", "Miners went home."),
        ("Published: 18 November 2025, 10:30\nMiners went home.", "Miners went home."),
    ],
)
def test_what_is_around_goes(text: str, left: str) -> None:
    """Blanks stand in its place, so that offsets stay those of the text."""
    bare = bare_text(text)
    assert " ".join(bare.split()) == left
    assert text.find(left) == bare.find(left)


@pytest.mark.parametrize(
    "text",
    [
        "Lima has a new mayor - the third in a year.",
        "Yoon - the former president - was in court.",
        "Moscow - which denied it - said nothing more.",
        "Messi (Argentina) - scored twice.",
        "On Nov 18 (a Tuesday) the mill burned.",
        "Reporting by the BBC found that the mill was sold.",
        "Writing by hand helps children, a study found.",
        "By Monday the water had gone down.",
        "Editing by CRISPR was approved in Britain.",
        "По материалам дела, мост был закрыт.",
        "The accord (START) - signed in 2010 - runs out.",
        "The Reuters office in Lima was searched.",
        "Two died in Lima (Peru).",
        "Photos of the mill were shown to the court.",
        "Редактор газеты задержан в Минске.",
        "Она подписалась на канал.",
        "Berlin's museum closed. The city pays.",
        "ЯКУТСК. Мост закрыли до весны.",
    ],
)
def test_what_tells_stays(text: str) -> None:
    """A sentence that tells something is left as it is, however it begins."""
    assert bare_text(text) == text


def test_the_name_of_the_outlet_ends_no_headline() -> None:
    """A page puts its own name behind its headlines."""
    article = Article("", "", "Danube Wire", "Mill burns down | Danube Wire", "LIMA (AP) - A mill burned.")
    assert without_furniture(article).title == "Mill burns down"
    other = Article("", "", "Danube Wire", "Mill burns down - mayor", "A mill burned.")
    assert without_furniture(other) is other
