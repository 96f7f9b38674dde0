"""What an article says there was none of, in Spanish and Russian, contradicts whoever tells it as a fact."""

from __future__ import annotations

import pytest

from news.decision import Label
from news.disputes.contesting.absences import absent_in
from tests.two_texts import decide_on

BLAST = "Взрыв прогремел в цехе порохового завода в Перми в ночь на субботу, рассказали рабочие. Двое пострадали."
BURNS = "Нефтезавод под Сызранью атаковали беспилотники, загорелась установка, сообщил губернатор. Пожар тушат."
COUP = "Soldiers said on state radio in Bissau on Saturday that they had overthrown the government. Shots were heard."
FIRE = "Thai troops opened fire on a village in Pailin province at dawn, Cambodia's defence ministry said on Saturday."
HUNGER = "Сорок шахтёров объявили голодовку на шахте «Южная» под Шахтинском, сообщил профсоюз. Им не платят с мая."
WINDOWS = "Un tiroteo en el mercado de Palencia rompió seis escaparates el sábado, dijeron los vecinos."
SHOTS = "Un tiroteo en el mercado de Palencia dejó dos muertos el sábado, dijeron los vecinos."


@pytest.mark.parametrize(
    ("stored", "new"),
    [
        (BLAST, "Пороховой завод в Перми опроверг сообщения о взрыве. Ни взрыва, ни пожара не было, сказано в ответе."),
        (BLAST, "Пресс-служба порохового завода в Перми назвала вымыслом сообщения о ночном взрыве. Цеха работают."),
        (BURNS, "Владелец завода под Сызранью: пожара не было. Компания опровергла сообщения о пожаре на площадке."),
        (SHOTS, "La alcaldía de Palencia tachó de «bulo» las noticias sobre un tiroteo en el mercado el sábado."),
        (HUNGER, "Никакой голодовки на шахте «Южная» под Шахтинском нет, заявили в акимате. Рабочие выходят в смену."),
        (
            "Военные объявили по радио Нджамены о свержении президента Чада Махамата Деби. Мосты в Нджамене перекрыты.",
            "There had been no coup, Chad's government said in N'Djamena. President Mahamat Deby was in his office.",
        ),
        (COUP, "El gobierno de Guinea-Bisáu aseguró el sábado que no hubo golpe de Estado en Bissau. Reina la calma."),
        (FIRE, "Минобороны Таиланда опровергло заявление Пномпеня об обстреле деревни в провинции Пайлин в субботу."),
        (FIRE, "Таиланд: наши солдаты в провинции Пайлин в субботу огня не открывали, они были в казармах."),
    ],
)
def test_a_denied_happening_contradicts_who_tells_it(stored: str, new: str) -> None:
    """In either order: whoever comes second contradicts the other."""
    for texts in ((stored, new), (new, stored)):
        decision = decide_on(*texts)
        assert decision.label is Label.DISPUTED, decision.reasons


@pytest.mark.parametrize(
    "new",
    [
        "Взрыв на пороховом заводе в Перми: второго взрыва не было, сообщили в МЧС. Двое пострадали.",
        "После взрыва на пороховом заводе в Перми пожара не было, сообщили власти. Двое рабочих пострадали.",
        "Жертв взрыва на пороховом заводе в Перми не было, сообщили власти. Двое рабочих пострадали.",
    ],
)
def test_none_of_something_else_denies_nothing(new: str) -> None:
    assert not decide_on(BLAST, new).disputes


@pytest.mark.parametrize(
    ("stored", "new"),
    [
        (BLAST, "Пороховой завод в Перми опроверг сообщения о масштабах взрыва."),
        (BLAST, "Неправда, что взрыва на пороховом заводе в Перми не было, сказал рабочий."),
        (BLAST, "Пороховой завод в Перми опроверг сообщения о взрыве, но в воскресенье признал, что взрыв был."),
        (BLAST, "Сильного взрыва на пороховом заводе в Перми не было, был хлопок, сообщили власти."),
        (SHOTS, "La alcaldía de Palencia no desmintió los rumores de un tiroteo en el mercado."),
        (WINDOWS, "La alcaldía de Palencia desmintió los rumores sobre víctimas del tiroteo en el mercado."),
        (SHOTS, "Ni tiroteos ni incendios impidieron que el mercado de Palencia abriera el sábado."),
        (BURNS, "Пожар на нефтезаводе под Сызранью потушен, открытого горения нет, сообщил губернатор."),
        (HUNGER, "Угрозы голодовки на шахте «Южная» под Шахтинском больше нет: долг выплачен, сообщил профсоюз."),
        (
            "Правительство Чада заявило, что никакого переворота в Нджамене не было.",
            "Попытка переворота в Нджамене подавлена, сообщил президент Чада. Четверо гвардейцев погибли.",
        ),
        ("There was no blast at the Lorca plant, the council said.", "No hubo explosión en Lorca, dijo el alcalde."),
    ],
)
def test_what_is_not_denied_or_owned_up_to_contradicts_nothing(stored: str, new: str) -> None:
    assert not decide_on(stored, new).disputes


@pytest.mark.parametrize(
    ("quote", "absent"),
    [
        ("На заводе взрыва не было.", {"blast"}),
        ("Сообщения об обстреле в ведомстве назвали фейком.", {"attack", "shooting"}),
        ("No hubo explosión ni heridos, aseguró su portavoz.", {"blast"}),
        ("El ministerio desmintió los rumores de un tiroteo.", {"shooting"}),
        ("Подтверждения взрыва не было.", set()),
        ("No hubo otra explosión.", set()),
        ("There was no explosion.", {"blast"}),
    ],
)
def test_what_there_was_none_of(quote: str, absent: set[str]) -> None:
    assert absent_in(quote) == absent
