"""What a Spanish or Russian sentence takes as known, what it tells, and how its acts stand."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from news.deciding.givens import givens_of
from news.decision import Label, StoredArticle
from news.disputes.contesting.refuted import is_of_something_else
from news.disputes.frames.units import kinds_of
from news.model import Article
from news.reports.givens import list_standings, split_given
from news.reports.moods import Mood, mood_of
from news.reports.tellings import tell
from news.reports.verb_forms import Form, form_of
from news.stories.holdings import Holdings
from news.stories.openings import points_back
from news.words.measures import measures_in

NOON = datetime(2024, 9, 9, 12, tzinfo=UTC)


def held(text: str, language: str) -> Holdings:
    article = Article("", "", "Wire One", "", text, NOON)
    return Holdings([StoredArticle(1, article, 1, Label.NEW, NOON, language, {}, {}, ())], (), {})


def language_in(text: str) -> str:
    return "es" if text.isascii() or not any("а" <= letter <= "я" for letter in text) else "ru"


@pytest.mark.parametrize(
    "words",
    [
        "cerró cerrará cerrado cerrar cierre",
        "murió muerto morir muerte",
        "detuvo detendrá detenido detención",
        "construyó construirá construido construcción",
        "abrió abierto abrirá apertura",
        "pidió pedir pedirá",
        "expulsó expulsión expulsará",
        "закрыл закрыт закроет закрыть закрытие закрывать",
        "освободил освобождён освободит освобождение",
        "запретил запрещён запретит",
        "повысил повышен повысит повышение",
        "нашли найден найдут",
        "подписал подпишет подписан",
    ],
)
def test_the_forms_of_one_verb_have_one_root(words: str) -> None:
    assert len({form_of(one, language_in(words)).root for one in words.split()}) == 1


@pytest.mark.parametrize(
    ("word", "form"),
    [
        ("reabrirá", Form.AHEAD),
        ("podrían", Form.AHEAD),
        ("hundido", Form.PARTICIPLE),
        ("volcó", Form.PAST),
        ("mercado", Form.NONE),
        ("refinería", Form.NONE),
        ("mujer", Form.NONE),
        ("откроют", Form.AHEAD),
        ("состоится", Form.AHEAD),
        ("затонувшее", Form.FULL),
        ("происходит", Form.FINITE),
        ("закрывает", Form.FINITE),
        ("руководители", Form.NONE),
        ("обстрел", Form.NONE),
        ("область", Form.NONE),
    ],
)
def test_the_form_of_a_word(word: str, form: Form) -> None:
    assert form_of(word, language_in(word)).form is form


@pytest.mark.parametrize(
    ("sentence", "told", "given"),
    [
        ("El barco que volcó el domingo en el lago iba sobrecargado.", "El barco iba sobrecargado", 1),
        ("El buque hundido el domingo llevaba 40 personas.", "El buque llevaba 40 personas", 1),
        ("Ana Ruiz, quien fue absuelta el mes pasado, demandó al Estado.", "Ana Ruiz , , demandó al Estado", 1),
        ("Perú retiró a su cónsul, dos días después de que Chile hiciera lo mismo.", "Perú retiró a su cónsul", 1),
        ("Tras el incendio que arrasó el mercado, el alcalde dimitió.", "el alcalde dimitió", 1),
        ("La mujer cuyo hijo murió en el accidente cobró una pensión.", "La mujer cobró una pensión", 1),
        ("El hospital en el que murieron cinco bebés fue cerrado.", "El hospital fue cerrado", 1),
        ("Los activistas detenidos la semana pasada fueron liberados.", "Los activistas fueron liberados", 1),
        ("Судно, которое затонуло в воскресенье, было перегружено.", "Судно , , было перегружено", 1),
        ("Затонувшее в воскресенье судно было перегружено.", "судно было перегружено", 1),
        ("Мэр, арестованный в прошлом месяце, вышел на свободу.", "Мэр , , вышел на свободу", 1),
        ("Перу отозвало консула через два дня после того, как Чили сделала это.", "Перу отозвало консула", 1),
        ("После пожара на рынке мэр ушёл в отставку.", "ушёл в отставку", 1),
        ("Женщина, сын которой погиб в аварии, получила пенсию.", "Женщина , , получила пенсию", 1),
        ("Спустя неделю после взрыва спасатели нашли двоих.", "нашли двоих", 1),
        ("Число погибших при взрыве, произошедшем в среду, выросло.", "Число погибших при взрыве , , выросло", 1),
    ],
)
def test_a_clause_about_whom_it_speaks_is_cut_off(sentence: str, told: str, given: int) -> None:
    parts = split_given(sentence, language_in(sentence))
    assert (parts.told, len(parts.given)) == (told, given)


@pytest.mark.parametrize(
    "sentence",
    [
        "El ministro aseguró que el puente reabrirá en mayo.",
        "El tribunal ha confirmado que la venta era nula.",
        "Es falso que la presa se haya roto.",
        "El ministro de Energía, Luis Rojas, anunció un plan de 300 millones.",
        "El técnico negó que el club lo echara y afirmó que renunció él.",
        "Lo que el Gobierno presentó como un acuerdo fue rechazado.",
        "Murieron más personas que en el terremoto de 1985.",
        "El Gobierno pidió que se cierre la mina.",
        "El fuego fue controlado y los vecinos volvieron a sus casas.",
        "Ocho mineros han sido rescatados con vida.",
        "La ministra de Sanidad dimitió para que se aclare el caso.",
        "El Estado Mayor informó de dos bajas.",
        "El mercado abrió el lunes con normalidad.",
        "Dos heridos siguen en el hospital.",
        "Суд постановил, что сделка недействительна.",
        "Полиция сообщила, что мост закрыт.",
        "Рынок закрыли, чтобы проверить проводку.",
        "Президент подписал закон о пенсиях.",
        "Пожар потушили, пострадавших нет.",
        "Иностранные рабочие объявили забастовку.",
        "Восемь шахтёров спасены.",
        "Президент подписал закон, запрещающий продажу вейпов.",
        "Глава района, Пётр Лось, сообщил о трёх погибших.",
    ],
)
def test_what_is_told_is_not_cut_off(sentence: str) -> None:
    """Complements, comparisons, compound tenses, nouns and adjectives that end as participles do."""
    assert split_given(sentence, language_in(sentence)).given == ()


@pytest.mark.parametrize(
    ("text", "word", "is_done"),
    [
        ("Vendieron la torre.", "vendieron", True),
        ("La torre ha sido vendida.", "vendida", True),
        ("La torre no ha sido vendida.", "vendida", False),
        ("La empresa venderá la torre.", "venderá", False),
        ("La empresa quiere vender la torre.", "vender", False),
        ("La empresa podría haber vendido la torre.", "vendido", False),
        ("Los bomberos lograron apagar el fuego.", "apagar", True),
        ("El alcalde fue detenido tras robar un coche.", "robar", True),
        ("Башню продали.", "продали", True),
        ("Башня продана.", "продана", True),
        ("Башня не продана.", "продана", False),
        ("Компания продаст башню.", "продаст", False),
        ("Компания хочет продать башню.", "продать", False),
        ("Пожар удалось потушить.", "потушить", True),
        ("Пожар пытаются потушить.", "потушить", False),
        ("Пожар потушить не удалось.", "потушить", False),
    ],
)
def test_an_act_is_done_or_only_ahead(text: str, word: str, is_done: bool) -> None:  # noqa: FBT001 - a table
    assert {one.is_done for one in list_standings(text, language_in(text)) if one.word == word} == {is_done}


@pytest.mark.parametrize(
    ("story", "sentence", "sign"),
    [
        ("El alcalde estudia presentar un recurso.", "El alcalde Ruiz recurrió el lunes la condena.", "fulfilled"),
        ("La comisión publicará la lista el viernes.", "La comisión publicó su lista.", "fulfilled"),
        ("Los restos no han sido localizados.", "Los buzos localizaron los restos cerca de Vigo.", "fulfilled"),
        ("Una barca volcó en el lago Alberto el domingo.", "La barca que volcó iba sobrecargada.", "given"),
        (
            "Un autobús cayó a un barranco en Nazca.",
            "El chófer del autobús que cayó al barranco fue detenido.",
            "given",
        ),
        ("Мост планируют открыть в мае.", "Мост через Обь открыли в четверг.", "fulfilled"),
        ("Обломки пока не найдены.", "Водолазы нашли обломки у Туапсе.", "fulfilled"),
        ("Лодка перевернулась на озере в воскресенье.", "Лодку, которая перевернулась, подняли на берег.", "given"),
        ("В Перми сгорел склад.", "Владелец сгоревшего в Перми склада арестован.", "given"),
    ],
)
def test_an_opening_goes_on_with_a_story(story: str, sentence: str, sign: str) -> None:
    language = language_in(sentence)
    assert givens_of([sentence], held(story, language), language)[0][sign] == 1.0


@pytest.mark.parametrize(
    ("story", "sentence"),
    [
        ("El alcalde estudia presentar un recurso.", "El alcalde podría recurrir la condena."),
        ("La comisión publicará la lista el viernes.", "La lista será publicada el viernes."),
        ("Los restos no han sido localizados.", "Los restos aún no han sido localizados, dijo la policía."),
        ("Una barca volcó en el lago Alberto el domingo.", "Una barca volcó en Uganda."),
        ("Una barca volcó en el lago. Nueve murieron.", "En la barca que volcó en el lago murieron nueve personas."),
        ("Una mina hirió a seis en Lira.", "La mina que estalló en Lira hirió a seis."),
        ("Мост планируют открыть в мае.", "Мост откроют в мае, сообщил губернатор."),
        ("Обломки пока не найдены.", "Обломки до сих пор не найдены."),
        ("Лодка перевернулась на озере. Девять погибли.", "На озере, где перевернулась лодка, погибли девять человек."),
        ("В Перми сгорел склад.", "В Перми сгорел склад площадью 500 метров."),
    ],
)
def test_a_retelling_does_not(story: str, sentence: str) -> None:
    language = language_in(sentence)
    signs = givens_of([sentence], held(story, language), language)[0]
    assert not signs["fulfilled"]
    assert not signs["given"]


def test_an_act_that_no_table_knows_is_no_news_in_another_language() -> None:
    signs = givens_of(["La barca que volcó fue remendada."], held("A boat capsized on the lake.", "en"), "es")[0]
    assert not signs["given"]


@pytest.mark.parametrize(
    ("sentence", "mood"),
    [
        ("La presa, que podría fallar, fue construida en 1970.", Mood.TOLD),
        ("El puente reabrirá en mayo.", Mood.PLANNED),
        ("La empresa va a despedir a 300 empleados.", Mood.PLANNED),
        ("La empresa va por buen camino y despidió a 300 empleados.", Mood.TOLD),
        ("El ministro dijo que la planta cerrará en junio.", Mood.PLANNED),
        ("El fiscal pidió 12 años de cárcel para el alcalde.", Mood.WANTED),
        ("El alcalde fue condenado a 12 años que el fiscal pidió.", Mood.TOLD),
        ("La tormenta podría dejar sin luz a 40.000 hogares.", Mood.SUPPOSED),
        ("Si llueve, el partido se aplazará.", Mood.SUPPOSED),
        ("El alcalde habría cobrado sobornos.", Mood.TOLD),
        ("Irán lanzó 40 misiles contra la base.", Mood.TOLD),
        ("La Secretaría de Salud confirmó tres casos.", Mood.TOLD),
        ("Los vecinos de la refinería cerraron la carretera.", Mood.TOLD),
        ("Мост откроют в мае.", Mood.PLANNED),
        ("Министр сообщил, что завод закроется в июне.", Mood.PLANNED),
        ("Прокурор попросил для мэра 12 лет.", Mood.WANTED),
        ("Суд приговорил мэра к 12 годам.", Mood.TOLD),
        ("Ураган может оставить без света 40 тысяч домов.", Mood.SUPPOSED),
        ("Если пойдёт дождь, матч перенесут.", Mood.SUPPOSED),
        ("Плотина, которая может рухнуть, построена в 1970 году.", Mood.TOLD),
        ("Забастовка проходит в трёх городах.", Mood.TOLD),
        ("Поставки выросли, хотя спрос упадёт.", Mood.TOLD),
    ],
)
def test_the_mood_of_the_main_clause(sentence: str, mood: Mood) -> None:
    assert mood_of(tell(sentence)) is mood


@pytest.mark.parametrize(
    ("opening", "is_back"),
    [
        ("El rey visitó el barrio tras el incendio.", True),
        ("Los vecinos volvieron después del incendio.", True),
        ("Cinco muertos tras el incendio de una vivienda.", False),
        ("Tres heridos tras el incendio registrado este lunes en Lima.", False),
        ("El rey llegó tras un incendio.", False),
        ("Власти закрыли рынок после этого пожара.", True),
        ("Рынок закрыли из-за недавнего пожара.", True),
        ("Пятеро погибли после пожара в Перми.", False),
        ("После пожарной тревоги вокзал открыли.", False),
    ],
)
def test_an_opening_points_back_at_what_the_story_told(opening: str, is_back: bool) -> None:  # noqa: FBT001 - a table
    language = language_in(opening)
    words = held("Un incendio en el barrio." if language == "es" else "Пожар на рынке.", language).words
    assert points_back(opening, words, language) is is_back


@pytest.mark.parametrize(
    ("sentence", "is_span"),
    [
        ("El apagón de 14 horas dejó a oscuras la ciudad.", True),
        ("La avería causó retrasos de más de tres horas.", True),
        ("La reunión de dos horas terminó sin acuerdo.", False),
        ("Un bebé de 20 días murió.", False),
        ("Задержка в пять часов разозлила пассажиров.", True),
        ("Отключение продолжительностью 12 часов затронуло район.", True),
        ("Через 12 часов рейс вылетел.", False),
    ],
)
def test_a_stretch_of_time_that_something_lasted(sentence: str, is_span: bool) -> None:  # noqa: FBT001 - a table
    measure = next(one for one in measures_in(sentence, language_in(sentence)) if one.kind == "time")
    assert (kinds_of(measure, sentence.lower()) == ("time",)) is is_span


def test_a_rumour_on_something_else_contradicts_no_account() -> None:
    quote = "Es falso que se haya hundido el puente."
    assert is_of_something_else(quote, ["La riada inundó los bajos y se llevó dos coches."])
    assert not is_of_something_else(quote, ["El puente se hundió el lunes."])
