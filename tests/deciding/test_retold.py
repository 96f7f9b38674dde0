"""Once both sides of a dispute are told, the next paper that gives one of them adds nothing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

import pytest

from benchmarks.stories import MemoryStore, make_article
from news.decision import Decision, Label
from news.novelty import decide
from news.reading import read

_NOW = datetime(2026, 3, 10, 18, tzinfo=UTC)

MINE = [
    (
        "Mines ministry: eleven dead at Kansoko",
        (
            "At least eleven miners were killed when a tunnel collapsed at the Kansoko copper mine in "
            "northern Zambia on Monday, the mines ministry said. Heavy rain had weakened the rock, deputy"
            " minister Peter Mwansa said. Six others are missing."
        ),
    ),
    (
        "Union puts Kansoko dead at 23",
        (
            "The Mineworkers' Union said on Monday that 23 people had died in the collapse at the Kansoko"
            ' mine. "We have their names," its president, Joseph Chewe, said. The operator had ignored '
            "two warnings about missing roof bolts, the union said."
        ),
    ),
]
SHELLS = [
    (
        "Army says Cambodian troops shelled village",
        (
            "Thailand's army said Cambodian troops fired artillery at the village of Ban Phanom at dawn "
            "on Wednesday, wounding four civilians. It said the shelling lasted half an hour."
        ),
    ),
    (
        "Cambodia denies shelling Thai village",
        (
            "Cambodia's defence ministry on Wednesday denied that its troops had fired at a Thai village."
            ' "Our forces fired nothing," spokeswoman Maly Socheata said.'
        ),
    ),
]
TUNNEL = [
    (
        "Derrumbe en un túnel de Jericó deja ocho muertos",
        (
            "Al menos ocho obreros murieron la madrugada del martes al derrumbarse un túnel de la mina La"
            " Cumbre, en Jericó, informó la Gobernación de Antioquia. Otros cinco siguen atrapados a 180 "
            "metros. El secretario Hernán Mejía dijo que el derrumbe se debió a las lluvias."
        ),
    ),
    (
        "El sindicato cuenta 15 fallecidos en La Cumbre",
        (
            "El sindicato minero afirmó este martes que 15 trabajadores perdieron la vida en el derrumbe "
            "de la mina La Cumbre, en Jericó. «Tenemos los nombres», dijo su presidente, Óscar Tobón. "
            "Según el sindicato, la empresa no había repuesto los puntales pese a dos advertencias "
            "escritas."
        ),
    ),
]
DRONES = [
    (
        "Над Самарской областью сбили 15 беспилотников",
        (
            "Средства ПВО в ночь на вторник сбили над Самарской областью 15 украинских беспилотников, "
            "сообщило Минобороны РФ. Губернатор Вячеслав Федорищев заявил, что обломки упали в лес под "
            "Сызранью, разрушений нет."
        ),
    ),
    (
        "Генштаб: поражён завод в Сызрани",
        (
            "Генеральный штаб ВСУ сообщил, что в ночь на вторник украинские беспилотники поразили "
            "нефтезавод в Сызрани Самарской области. По данным Генштаба, загорелись два резервуара с "
            "топливом."
        ),
    ),
]
RALLY = [
    (
        "В Бишкеке прошёл митинг против тарифов",
        (
            "Митинг против тарифов на тепло прошёл в воскресенье в Бишкеке. В нём приняли участие около "
            "700 человек, сообщили в полиции. Задержанных нет."
        ),
    ),
    (
        "Организаторы: пришли шесть тысяч",
        (
            "На митинг против тарифов на тепло в Бишкеке пришли шесть тысяч человек, утверждают "
            "организаторы. Активистка Айгуль Сейтова сказала, что задержали одиннадцать участников."
        ),
    ),
]
GUARD = [
    (
        "Пограничник Киргизии убит у Ак-Сая",
        (
            "Киргизский пограничник убит утром во вторник у села Ак-Сай, сообщила погранслужба Киргизии. "
            "По её данным, огонь открыли таджикские военные."
        ),
    ),
    (
        "Таджикистан: стреляли киргизские пограничники",
        (
            "Первыми огонь у села Ак-Сай открыли киргизские пограничники, заявил погранкомитет "
            "Таджикистана. Таджикские военные на выстрелы не отвечали."
        ),
    ),
]


def _hold(told: Sequence[tuple[str, str]], title: str, text: str) -> Decision:
    """Return the decision on a text that comes three hours after the last of those told."""
    store = MemoryStore()
    for at, (head, body) in enumerate((*told, (title, text))):
        row = {"id": f"x{at}", "outlet": ("North Desk", "South Paper", "East Post")[at], "title": head, "text": body}
        article = make_article(
            {**row, "published_at": f"2026-03-10T{6 + 3 * at:02}:00:00Z", "url": f"https://p{at}.example/"}
        )
        reading = read(article)
        decision = decide(article, reading, store.find_candidates(article, reading), now=_NOW)
        store.add(article, reading, decision)
    return decision


@pytest.mark.parametrize(
    ("told", "title", "text"),
    [
        (
            MINE,
            "Government: 11 dead at Kansoko",
            (
                "A tunnel collapse at Kansoko copper mine killed at least eleven miners on Monday, according "
                "to Zambia's ministry of mines. Rain had made the rock weak, deputy minister Peter Mwansa "
                "said, and six people are missing."
            ),
        ),
        (
            MINE,
            "Once muertos en una mina de Zambia, según el Gobierno",
            (
                "Al menos once mineros murieron el lunes al derrumbarse un túnel de la mina de cobre de "
                "Kansoko, en el norte de Zambia, informó el Ministerio de Minas. Otros seis siguen "
                "desaparecidos. Las lluvias habían debilitado la roca, según el viceministro Peter Mwansa."
            ),
        ),
        (
            SHELLS,
            "Cambodian artillery hits Ban Phanom, four hurt",
            (
                "Four villagers were wounded when Cambodian artillery shelled Ban Phanom early on Wednesday, "
                "the Thai army said. The bombardment went on for thirty minutes."
            ),
        ),
        (
            TUNNEL,
            "Ocho obreros mueren en Jericó, según la Gobernación",
            (
                "El derrumbe de un túnel en la mina La Cumbre, en Jericó, causó la muerte de por lo menos "
                "ocho obreros, según la Gobernación de Antioquia. Cinco trabajadores permanecen atrapados a "
                "180 metros bajo tierra. El derrumbe se produjo en la madrugada de este martes."
            ),
        ),
        (
            TUNNEL,
            "Colombia mine collapse: 15 workers died, union says",
            (
                "Fifteen workers lost their lives when a tunnel of the La Cumbre mine in Jericó, Colombia, "
                "collapsed on Tuesday, the miners' union said. The company had not replaced the props despite"
                " two written warnings, according to the union."
            ),
        ),
        (
            DRONES,
            "Минобороны отчиталось о 15 сбитых дронах",
            (
                "В ночь на вторник над Самарской областью уничтожены пятнадцать украинских дронов, сообщили в"
                " Минобороны. По словам губернатора Вячеслава Федорищева, фрагменты упали в лес близ Сызрани,"
                " разрушений нет."
            ),
        ),
        (
            RALLY,
            "Полиция насчитала 700 участников митинга",
            (
                "Около семисот человек вышли в воскресенье на митинг против тарифов на тепло в Бишкеке, "
                "говорят в полиции. По её данным, никого не задержали."
            ),
        ),
        (
            GUARD,
            "На границе погиб киргизский пограничник",
            (
                "Пограничник из Киргизии погиб во вторник у села Ак-Сай. Таджикские военные открыли огонь, "
                "говорят в киргизской погранслужбе."
            ),
        ),
    ],
)
def test_one_side_told_again_is_known(told: Sequence[tuple[str, str]], title: str, text: str) -> None:
    """The dispute is held already: an alert on it would be the same one again."""
    assert _hold(told[:1], *told[1]).label is Label.DISPUTED
    decision = _hold(told, title, text)
    assert decision.label is Label.KNOWN, decision.reasons


@pytest.mark.parametrize(
    ("told", "title", "text"),
    [
        (
            MINE,
            "Hospital counts 31 bodies",
            (
                "Doctors in Chililabombwe said on Monday that 31 bodies had been brought in from the Kansoko "
                'mine, more than either the mines ministry or the union has given. "Our mortuary is full," '
                "one said."
            ),
        ),
        (TUNNEL[:1], *TUNNEL[1]),
        (
            TUNNEL,
            "Hospital recibe 22 cuerpos de La Cumbre",
            (
                "El hospital de Jericó recibió este martes 22 cuerpos de obreros muertos en el derrumbe de la"
                " mina La Cumbre, más de los que dan la Gobernación y el sindicato, dijo su director."
            ),
        ),
        (DRONES[:1], "Генштаб: поражён завод в Сызрани", DRONES[1][1]),
        (
            RALLY,
            "Наблюдатели насчитали две тысячи участников",
            (
                "На митинге против тарифов на тепло в Бишкеке было две тысячи человек, подсчитали наблюдатели"
                " «Белого счётчика»."
            ),
        ),
        (GUARD[:1], *GUARD[1]),
    ],
)
def test_another_value_contradicts(told: Sequence[tuple[str, str]], title: str, text: str) -> None:
    decision = _hold(told, title, text)
    assert decision.label is Label.DISPUTED, decision.reasons
