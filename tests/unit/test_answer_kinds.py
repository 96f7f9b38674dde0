"""Short answers of the kind that is asked for: who, which country, how many of what, how long; else none."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from news.answers.answer import Answer, answer, make_query
from news.answers.questions import Asked, find_asked, read_question
from news.answers.retrieval import PassageHit
from news.errors import QueryError
from news.names.entities import lookup

FRIDAY = datetime(2026, 11, 20, 10, tzinfo=UTC)

BUS = (
    "Автобус с 43 пассажирами съехал в кювет под Оренбургом в понедельник. Погибли четыре человека, 18 ранены, сообщила"
    " прокуратура. Рухнула крыша двух цехов. Дорогу перекрыли на 6 часов."
)
TRAIN = (
    "7 muertos fueron hallados tras el choque de trenes en Rancagua. A bordo iban 210 pasajeros. El tráfico se"
    " reanudará en 24 horas. Dos vagones volcaron en Rancagua."
)
CABLE_CAR = (
    "A cable car fell near Innsbruck on Sunday with 31 people aboard. 5 people died and 9 were injured, police said."
    " Two pylons broke. The rescue took seven hours. The valley stays closed for 10 days."
)
STRIKE = (
    "La huelga de recolectores de Huelva duró 11 días y terminó el viernes. El acuerdo se firmará en 48 horas, dijo el "
    "sindicato. Participaron 2.300 jornaleros."
)
FLOOD = (
    "Наводнение в Орске затопило 6 тысяч домов. Эвакуированы 4 тысячи человек, погибших нет. Режим ЧС продлится"
    " 10 дней, через 24 часа вода спадёт, заявил мэр Василий Козупица."
)
RACE = "Французский биатлонист выиграл гонку в Оберхофе. Тренер Павел Ростовцев ушёл из сборной после гонки в Оберхофе."
COURT = "A German court in Kiel jailed two brokers on Monday. The Danish bank Norvik paid 40 million euros in Kiel."
VISIT = "El presidente francés visitó Bamako el lunes."


def ask(question: str, *texts: str) -> Answer:
    hits = [PassageHit(at, f"a{at}", 1, "Post", "", "", FRIDAY, 0, text, 10.0 - at) for at, text in enumerate(texts, 1)]
    return answer(question, make_query(question, lookup), hits)


@pytest.mark.parametrize(
    ("question", "text", "expected"),
    [
        ("Сколько человек погибло под Оренбургом?", BUS, "четыре человека"),
        ("Сколько пассажиров было в автобусе под Оренбургом?", BUS, "43 пассажирами"),
        ("Сколько детей погибло под Оренбургом?", BUS, None),
        ("Сколько погибших под Оренбургом?", BUS.replace("Погибли четыре человека, ", ""), None),
        ("¿Cuántos pasajeros iban a bordo de los trenes de Rancagua?", TRAIN, "210 pasajeros"),
        ("¿Cuántas personas iban a bordo en Rancagua?", TRAIN.replace("A bordo iban 210 pasajeros.", ""), None),
        ("¿Cuántos vagones volcaron en Rancagua?", TRAIN, "Dos vagones"),
        ("¿Cuántos muertos hubo en el choque de Rancagua?", TRAIN, "7 muertos"),
        ("¿Cuántos jornaleros participaron en la huelga de Huelva?", STRIKE, "2.300 jornaleros"),
        ("¿Cuántos camiones participaron en la huelga de Huelva?", STRIKE, None),
        ("How many people were aboard the cable car near Innsbruck?", CABLE_CAR, "31 people"),
        ("How many were aboard the cable car near Innsbruck?", CABLE_CAR, "31 people"),
        ("How many people were aboard near Innsbruck?", CABLE_CAR.replace(" with 31 people aboard", ""), None),
        ("How many died near Innsbruck?", CABLE_CAR, "5 people"),
        ("How many pylons broke near Innsbruck?", CABLE_CAR, "Two pylons"),
        ("How many children died near Innsbruck?", CABLE_CAR, None),
        ("Сколько домов затопило в Орске?", FLOOD, "6 тысяч домов"),
        ("Сколько человек погибло в Орске?", FLOOD, None),
    ],
)
def test_a_count_is_of_what_is_asked(question: str, text: str, expected: str | None) -> None:
    """The dead are not those aboard, nor workshops people; what a sentence counts besides is no answer."""
    assert ask(question, text).answer == expected


@pytest.mark.parametrize(
    ("question", "text", "expected"),
    [
        ("¿Cuánto duró la huelga de recolectores de Huelva?", STRIKE, "11 días"),
        ("¿Cuánto tiempo duró el acuerdo de Huelva?", "El acuerdo de Huelva se firmará en 48 horas.", None),
        ("¿Cuánto costó la huelga de recolectores de Huelva?", STRIKE, None),
        ("Сколько продлится режим ЧС в Орске?", FLOOD, "10 дней"),
        ("Как долго продлится режим ЧС в Орске?", FLOOD, "10 дней"),
        ("Сколько длился спад воды в Орске?", "Через 24 часа вода в Орске спадёт.", None),
        ("Сколько стоил автобус под Оренбургом?", BUS, None),
        ("How long did the rescue near Innsbruck take?", CABLE_CAR, "seven hours"),
        ("How long will the valley near Innsbruck stay closed?", CABLE_CAR, "10 days"),
        ("How much did the cable car near Innsbruck cost?", CABLE_CAR, None),
        ("How much did Norvik pay in Kiel?", COURT, "40 million euros"),
    ],
)
def test_a_length_or_a_sum_is_that_of_what_is_asked(question: str, text: str, expected: str | None) -> None:
    """How long another thing lasts, or when it will be, stands in the same text."""
    assert ask(question, text).answer == expected


@pytest.mark.parametrize(
    ("question", "text", "expected"),
    [
        ("Кто выиграл гонку в Оберхофе?", RACE, None),
        ("Какая страна выиграла гонку в Оберхофе?", RACE, None),
        ("Кто ушёл из сборной после гонки в Оберхофе?", RACE, "Павел Ростовцев"),
        ("Which country jailed the brokers in Kiel?", COURT, None),
        ("¿Quién visitó Bamako el lunes?", VISIT, None),
        ("¿Qué país visitó el presidente?", VISIT, None),
        ("¿Qué ciudad visitó el presidente?", VISIT, "Bamako"),
        ("Which country did the president visit?", "The president visited Mali on Monday.", "Mali"),
        ("Which city did the president visit?", "The president visited Mali on Monday.", None),
    ],
)
def test_a_name_is_of_the_kind_that_is_asked(question: str, text: str, expected: str | None) -> None:
    """The word for a people is neither somebody nor their country, and a town is no country."""
    given = ask(question, text)
    assert given.answer == expected
    assert given.sentences, "the sentence stands alone where nothing fits"


def test_what_a_people_has_speaks_for_its_country() -> None:
    """It gives the country a vote, which is then shown by its own name."""
    told = ("The Latvian parliament passed the bill on Monday.", "On Monday the bill passed in Latvia.")
    assert ask("Which country passed the bill on Monday?", *told).answer == "Latvia"


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("Какой город затопило?", Asked.WHERE),
        ("В какой стране упал самолёт?", Asked.WHERE),
        ("Какой пожар потушили?", Asked.WHAT),
        ("¿Qué edad tenía el barco?", Asked.FIGURE),
        ("Как долго шёл дождь?", Asked.FIGURE),
    ],
)
def test_what_is_asked_for(question: str, asked: Asked) -> None:
    assert find_asked(question)[0] is asked


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("¿Cuántos?  Ovejas de Soria", "es"),
        ("cuantos muertos hubo", "es"),
        ("Кто ушёл?", "ru"),
        ("Who left Soria?", "en"),
    ],
)
def test_the_language_of_a_question(question: str, language: str) -> None:
    assert read_question(question, lookup).language == language


@pytest.mark.parametrize(
    ("question", "terms", "names"),
    [
        ("¿Dónde murieron los pescadores?", ("murieron", "pescador"), ()),
        ("¿Quién fue el que los envió?", ("envio",), ()),
        ("¿Cuándo llegaron los bombarderos a Caracas?", ("llegaron", "bombardero", "caraca"), ("Caracas",)),
        ("En Caracas, ¿Cuántos soldados desembarcaron?", ("caraca", "soldado", "desembarcaron"), ("Caracas",)),
        ("¿Qué pasó en El Salvador?", ("salvador",), ("El Salvador",)),
        ("Dígame, ¿Dónde está el barco?", ("barco",), ()),
        ("Отчего затонул паром?", ("затонул", "пар"), ()),
        ("Кто же выиграл выборы?", ("выигра", "выбор"), ()),
        ("А когда же прилетели самолёты?", ("прилетел", "самолет"), ()),
        ("Скажите, Когда самолёты прилетели в Каракас?", ("самолет", "прилетел", "каракас"), ("Каракас",)),
        ("Сколько солдат прибыло в Каракас?", ("солдат", "приб", "каракас"), ("Каракас",)),
        ("Что случилось с Ту-160 в Венесуэле?", ("ту", "160", "венесуэл"), ("Ту-160", "Венесуэле")),
        ("Who won the vote in Peru?", ("won", "vote", "peru"), ("Peru",)),
    ],
)
def test_little_words_of_a_question_are_no_words_to_look_for(
    question: str, terms: tuple[str, ...], names: tuple[str, ...]
) -> None:
    """Neither articles and asking words nor those with a capital in the middle of a question."""
    asked = read_question(question, lookup)
    assert (asked.terms, tuple(name.text for name in asked.names)) == (terms, names)


def test_an_article_of_a_name_is_no_name() -> None:
    """A text with "los" does not name the Andes."""
    (andes,) = read_question("¿Cuándo se cerró el paso de Los Andes?", lookup).names
    assert (andes.text, andes.terms) == ("Los Andes", frozenset({"andes"}))


@pytest.mark.parametrize("question", ["¿Quién?", "Кто же это был?", "¿Y cuándo fue eso?", "Сколько их было?"])
def test_a_question_of_little_words_alone_is_refused(question: str) -> None:
    with pytest.raises(QueryError):
        read_question(question, lookup)
