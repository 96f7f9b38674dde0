"""States, doers and players in Spanish and Russian: active, passive and headline forms, each with its negation."""

from __future__ import annotations

import pytest

from news.deciding.corrections import is_correction
from news.disputes.openings.castings import list_castings
from news.disputes.openings.conditions import list_conditions
from news.disputes.openings.players import list_players
from news.disputes.openings.whereabouts import whereabouts_in
from tests.two_texts import decide_on


@pytest.mark.parametrize(
    ("matter", "pole", "quote"),
    [
        ("life", "dead", "Fallece el cantante Raúl Medina en Bogotá"),
        ("life", "alive", "El general no murió, aseguró su portavoz."),
        ("life", "dead", "Мэр Анапы был найден мёртвым в своём кабинете."),
        ("life", "alive", "Командир не погиб, заявили в бригаде."),
        ("whole", "broken", "El puente colgante quedó destruido por la riada."),
        ("whole", "whole", "La presa no se rompió, aseguró la empresa."),
        ("whole", "broken", "Дорога размыта паводком."),
        ("whole", "whole", "Дамба не разрушена, заявили в министерстве."),
        ("custody", "held", "Detienen a un concejal en Lugo"),
        ("custody", "held", "Задержан бывший мэр Читы"),
        ("custody", "free", "Депутат не задержан, заявил адвокат."),
        ("running", "stopped", "La planta de Quintero dejó de operar el martes."),
        ("running", "running", "La frontera no está cerrada, aseguró el ministro."),
        ("running", "stopped", "Перекрыт мост через Каму"),
        ("running", "running", "Завод не останавливали, заявила компания."),
        ("office", "gone", "Destituyen al jefe de la policía"),
        ("office", "staying", "La ministra no renunció, dijo el portavoz."),
        ("office", "gone", "Губернатора отправили в отставку."),
        ("office", "staying", "Министр не уходит в отставку."),
        ("town", "defended", "El ejército mantiene el control total de la ciudad."),
        ("town", "defended", "Город не захвачен, заявили в штабе."),
        ("freedom", "within", "Siguen presos doce opositores."),
        ("freedom", "within", "Заложники не освобождены."),
        ("payment", "unpaid", "La empresa no abonó los salarios."),
        ("payment", "unpaid", "Выкуп не уплачен."),
        ("truce", "breached", "Перемирие не соблюдается."),
        ("walkout", "off", "El sindicato levantó el paro."),
        ("walkout", "on", "Забастовка не прекращена."),
        ("arrival", "waiting", "El convoy no ha cruzado."),
        ("arrival", "waiting", "Груз не доставлен."),
        ("country", "home", "Банкир не покидал страну."),
        ("permit", "valid", "La concesión fue renovada."),
        ("plea", "silent", "Вину не признаёт."),
        ("water", "foul", "Вода не соответствует нормам."),
    ],
)
def test_a_state_is_found_with_its_negation(matter: str, pole: str, quote: str) -> None:
    told = {one.pole for one in list_conditions(quote) if one.matter == matter}
    assert told == {pole} or (matter == "plea" and pole in told)


@pytest.mark.parametrize(
    ("matter", "quote"),
    [
        ("running", "El puente será cerrado el lunes."),
        ("running", "Мост будет закрыт в понедельник."),
        ("custody", "La fiscalía pidió que fuera detenido."),
        ("custody", "Требуют, чтобы он был арестован."),
        ("office", "Renunció a la ciudadanía española."),
        ("bond", "El ministro rechazó las críticas de la oposición."),
        ("genuine", "В настоящее время завод работает."),
        ("town", "Подозреваемый взят под стражу."),
        ("arrival", "La ley entró en vigor."),
        ("freedom", "Министр освобождён от должности."),
    ],
)
def test_what_is_asked_for_or_to_come_is_no_state(matter: str, quote: str) -> None:
    assert not [one for one in list_conditions(quote) if one.matter == matter]


def test_a_state_is_of_what_stands_behind_the_saying() -> None:
    for quote in ("El ministro aseguró que el puente sigue en pie.", "Министр заявил, что мост не закрыт."):
        assert all(one.heads == {"bridg"} for one in list_conditions(quote))
    sacked = list_conditions("Montaldo aseguró este lunes que no fue despedido del club.")
    assert all("montald" in one.heads for one in sacked)


@pytest.mark.parametrize(
    ("part", "who", "quote"),
    [
        ("harm", "guardias", "Los guardias golpearon a dos internos en el penal, según sus familiares."),
        ("kill", "milicianos", "Doce aldeanos fueron masacrados por milicianos en Bandi, dijo el gobernador."),
        ("hack", "espías", "Los correos del ministerio fueron hackeados por espías, según el gobierno."),
        ("arrest", "Омоновцы", "Омоновцы схватили двоих подростков в центре Минска в понедельник."),
        ("steal", "налетчиками", "Ювелирный магазин на улице Ленина ограблен налетчиками в воскресенье."),
        ("dismiss", "Президент", "Президент уволил начальника полиции в понедельник вечером."),
    ],
)
def test_a_doer_is_found_before_and_behind_the_verb(part: str, who: str, quote: str) -> None:
    assert (part, who) in {(one.part, one.who) for one in list_castings(quote)}


@pytest.mark.parametrize(
    ("part", "who", "quote"),
    [
        ("driver", "El sobrino del alcalde", "El sobrino del alcalde tripulaba la lancha que volcó frente a Rota."),
        ("buyer", "un fondo canadiense", "La clínica fue traspasada a un fondo canadiense, informó la empresa."),
        ("killer", "sicarios", "El líder social fue acribillado a manos de sicarios en Cali el lunes."),
        ("driver", "стажёр", "Паромом управлял стажёр, сообщили в порту."),
        ("killer", "военными", "Фермер был застрелен военными, сообщили родственники."),
        ("attacker", "конкурентов", "Поджог склада — дело рук конкурентов, заявил владелец."),
    ],
)
def test_a_player_is_found_before_and_behind_the_words(part: str, who: str, quote: str) -> None:
    assert (part, who) in {(one.part, one.who) for one in list_players(quote)}


@pytest.mark.parametrize(
    ("quote", "is_there"),
    [
        ("El general Rivas ha huido de Caracas, dijo una fuente.", False),
        ("El general Rivas no ha huido de Caracas, dijo su portavoz.", True),
        ("Генерал Лебедев отбыл из Бишкека во вторник.", False),
        ("Генерал Лебедев не уехал из Бишкека, заявил адвокат.", True),
    ],
)
def test_somebody_is_there_or_has_left(quote: str, *, is_there: bool) -> None:
    assert [one.is_there for one in whereabouts_in(quote)] == [is_there]


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("Esta nota fue corregida: el puente se inauguró en 1998.", True),
        ("Dimos erróneamente la cifra de muertos en la edición de ayer.", True),
        ("Мы неверно указали дату открытия моста, приносим читателям извинения.", True),
        ("Материал исправлен: пострадавших было трое.", True),
        ("La corrección del examen empezó el lunes.", False),
        ("Поправка к закону принята в первом чтении.", False),
    ],
)
def test_a_correction_is_told_by_its_notice(text: str, *, is_one: bool) -> None:
    assert is_correction("", text) is is_one


@pytest.mark.parametrize(
    ("stored", "new", "is_disputed"),
    [
        (
            "El puente de Curanipe quedó cerrado el miércoles, informaron los vecinos.",
            "El puente de Curanipe nunca cerró y funciona con total normalidad, aseguró el jueves el ministerio.",
            True,
        ),
        (
            "El puente de Curanipe quedó cerrado el miércoles por la crecida del río, informó la alcaldía.",
            "El puente de Curanipe reabrió el jueves tras bajar el río, informó la alcaldía.",
            False,
        ),
        (
            "La huelga de estibadores de Valparaíso fue levantada el miércoles, informó la empresa.",
            "La huelga de estibadores de Valparaíso sigue en pie, aseguró el jueves el sindicato.",
            True,
        ),
        (
            "La policía detuvo el miércoles al alcalde de Lugo, Julio Sanz, por un contrato.",
            "El alcalde de Lugo, Julio Sanz, quedó en libertad el jueves tras declarar ante la jueza.",
            False,
        ),
        (
            "Повстанцы захватили город Лема в среду, сообщил их представитель.",
            "Город Лема под контролем армии и не был захвачен, заявило в четверг министерство обороны.",
            True,
        ),
        (
            "Перемирие в Леме нарушено армией в среду, заявили повстанцы.",
            "Перемирие в Леме соблюдается, заявили в четверг в армии, обвинения повстанцев — ложь.",
            True,
        ),
        (
            "Министр здравоохранения Елена Орлова остаётся на своём посту, заявил в среду её представитель.",
            "Министр здравоохранения Елена Орлова подала в отставку в четверг, сообщило правительство.",
            False,
        ),
        (
            "Судно «Борей» сбилось с курса и стоит на рейде Находки, сообщили в среду в порту.",
            "Судно «Борей» вышло в море в четверг, сообщили в порту Находки.",
            False,
        ),
    ],
)
def test_two_states_are_disputed_unless_one_came_about_since(stored: str, new: str, *, is_disputed: bool) -> None:
    decision = decide_on(stored, new, titles=("a", "b"), published=("2025-03-05", "2025-03-06"))
    assert bool(decision.disputes) is is_disputed, decision.reasons
