"""One part of an event counted twice: which figures contradict each other, and which only seem to."""

from __future__ import annotations

import pytest

from news.decision import FactKind
from tests.two_texts import decide_on

Told = tuple[str, str, str]
"""When it was published, the headline and the text."""


def kinds(stored: Told, new: Told) -> set[FactKind]:
    """Return in what the account of one outlet contradicts that of another."""
    (first, *there), (second, *here) = stored, new
    titles, texts = zip(there, here, strict=True)
    decision = decide_on(*texts, titles=titles, outlets=("Harbour Wire", "Upland Mirror"), published=(first, second))
    return {one.kind for one in decision.disputes}


OTHER = [
    pytest.param(
        (
            "2024-05-07",
            "Coach overturns near Oban",
            (
                "A tourist coach overturned on the road to Oban on Tuesday morning with 52 passengers on board, "
                "the road police said. Nobody was killed."
            ),
        ),
        (
            "2024-05-07",
            "Firm speaks of bus accident",
            (
                "The coach that tipped over near Oban this morning was carrying only 31 people, driver included, "
                "its operator said. A tyre had burst."
            ),
        ),
        id="bus-aboard",
    ),
    pytest.param(
        (
            "2024-01-16",
            "Skiers trapped in gondola",
            (
                "Eleven skiers were trapped for four hours on Monday evening when the gondola at Zinal stopped, "
                "the lift company said. All were brought down."
            ),
        ),
        (
            "2024-01-17",
            "“We roped down 26”",
            (
                "“We roped twenty-six people down from the gondola at Zinal on Monday evening,” the head of the "
                "mountain rescue told us. The company's version left him speechless."
            ),
        ),
        id="lift-trapped",
    ),
    pytest.param(
        (
            "2024-08-05",
            "Nineteen freed in exchange",
            ("Nineteen fighters were freed in an exchange near Idlib on Sunday, the militia said."),
        ),
        (
            "2024-08-05",
            "Exchange near Idlib",
            ("The army handed over twelve detained fighters near Idlib on Sunday, the general staff said."),
        ),
        id="swap",
    ),
    pytest.param(
        (
            "2024-07-18",
            "Key rate up",
            ("The central bank raised its key rate by half a percentage point on Thursday, the governor said."),
        ),
        (
            "2024-07-18",
            "Tightening again",
            (
                "The bank's committee added 75 basis points to the key rate this afternoon, according to two "
                "people who were at the meeting."
            ),
        ),
        id="rate-rise",
    ),
    pytest.param(
        (
            "2024-02-08",
            "Railway strike widely followed",
            ("Some 85% of the drivers joined Thursday's railway strike in the Rhône region, the union said."),
        ),
        (
            "2024-02-08",
            "Trains run despite walkout",
            (
                "The railway says 30 per cent of drivers stopped work in the Rhône region today. Two trains in "
                "three ran."
            ),
        ),
        id="strike-share",
    ),
    pytest.param(
        (
            "2024-06-20",
            "Steelmaker to shed 2,400 jobs",
            ("Steelmaker Halden will shed 2,400 jobs at its Dortmund plant, the works council said on Thursday."),
        ),
        (
            "2024-06-20",
            "Halden on restructuring",
            ("Halden said on Thursday that 900 posts would go at the Dortmund plant."),
        ),
        id="jobs-cut",
    ),
    pytest.param(
        (
            "2024-12-10",
            "Mink put down",
            ("The food authority put down 14,000 mink at a farm near Viborg on Monday after finding the virus."),
        ),
        (
            "2024-12-11",
            "Viborg farmer counts losses",
            ("The breeder near Viborg whose animals were destroyed on Monday says he lost 41,000 mink."),
        ),
        id="cull",
    ),
    pytest.param(
        (
            "2024-07-09",
            "Пропали рыбаки",
            (
                "Одиннадцать рыбаков пропали без вести у берегов Камчатки в понедельник, когда затонул сейнер "
                "«Восход», сообщили спасатели."
            ),
        ),
        (
            "2024-07-09",
            "Судовладелец о гибели сейнера",
            (
                "По словам судовладельца, без вести после крушения сейнера «Восход» у берегов Камчатки пропали "
                "семь человек."
            ),
        ),
        id="ru-missing",
    ),
    pytest.param(
        (
            "2024-10-14",
            "Marcha por la vivienda",
            (
                "Unas 25.000 personas participaron el domingo en Cádiz en la marcha por la vivienda, según los "
                "convocantes."
            ),
        ),
        (
            "2024-10-14",
            "Protesta en Cádiz",
            ("La policía local contó 6.000 asistentes a la manifestación del domingo en Cádiz por la vivienda."),
        ),
        id="es-manif",
    ),
    pytest.param(
        (
            "2024-06-11",
            "Rescue off Lanzarote",
            ("The coast guard picked up 63 migrants from a rubber boat off Lanzarote on Monday."),
        ),
        (
            "2024-06-11",
            "Rubber boat off Lanzarote",
            (
                "Our volunteers on the pier counted 78 people brought ashore on Monday from the rubber boat off "
                "Lanzarote."
            ),
        ),
        id="rescue-sea",
    ),
    pytest.param(
        (
            "2024-04-11",
            "Ransom for the Aster",
            ("A ransom of five million dollars was paid for the freighter Aster, two pirates said on Thursday."),
        ),
        (
            "2024-04-12",
            "Aster freed",
            ("The owners of the freighter Aster paid two million dollars for her release, their lawyer said."),
        ),
        id="ransom",
    ),
    pytest.param(
        (
            "2025-06-30",
            "Record crowd at lake",
            ("The promoter says 48,000 fans came to Saturday's open-air concert at Lake Bled."),
        ),
        (
            "2025-06-30",
            "Quiet night at the lake",
            ("Police estimated the audience of Saturday's concert at Lake Bled at 19,000."),
        ),
        id="concert",
    ),
    pytest.param(
        (
            "2024-02-20",
            "Inmates escape in Gonaives",
            ("More than 300 inmates broke out of the prison in Gonaives on Sunday night, guards said."),
        ),
        (
            "2024-02-20",
            "Escape in Gonaives",
            ("The justice ministry put the number of escapees from the Gonaives prison on Sunday at 84."),
        ),
        id="prison-break",
    ),
    pytest.param(
        (
            "2024-08-09",
            "Bread price up",
            ("The price of subsidised bread went up by 40 per cent on Friday, the supply ministry said."),
        ),
        (
            "2024-08-10",
            "Bakers: it is worse",
            ("Subsidised bread is 75 per cent dearer since Friday, the bakers' chamber said."),
        ),
        id="inflation",
    ),
]

ONE = [
    pytest.param(
        (
            "2024-01-16",
            "Skiers trapped in gondola",
            ("Eleven skiers were trapped in the gondola at Zinal on Monday evening, the lift company said."),
        ),
        (
            "2024-01-16",
            "Rescue under way at Zinal",
            (
                "Four skiers have been brought down from the gondola at Zinal, the mountain rescue said on Monday "
                "evening; the others are waiting."
            ),
        ),
        id="part-rescued",
    ),
    pytest.param(
        (
            "2025-03-14",
            "March planned in Split",
            ("Organisers expect 35,000 people at Sunday's march in Split against the port project."),
        ),
        (
            "2025-03-17",
            "March ends peacefully",
            ("Some 7,000 people marched in Split on Sunday against the port project, the police said."),
        ),
        id="expected",
    ),
    pytest.param(
        (
            "2024-07-18",
            "Key rate up",
            ("The central bank raised its key rate by half a percentage point on Thursday, the governor said."),
        ),
        (
            "2024-07-18",
            "Tightening again",
            ("The central bank lifted the key rate to 18.75 per cent on Thursday, as it said in a statement."),
        ),
        id="rate-level",
    ),
    pytest.param(
        (
            "2024-11-12",
            "Budget clears committee",
            ("The budget committee adopted the budget by 14 votes to 9 on Tuesday, its chairman said."),
        ),
        (
            "2024-11-14",
            "Budget adopted",
            ("Deputies adopted the budget by 108 votes to 81 on Thursday, the speaker's office said."),
        ),
        id="vote-committee",
    ),
    pytest.param(
        (
            "2024-10-08",
            "Regulator seeks fine",
            ("The energy regulator's lawyers demanded a fine of 8 million euros for Norcable over the March blackout."),
        ),
        (
            "2024-10-10",
            "Norcable fined",
            ("Norcable was fined 3.5 million euros on Thursday over the March blackout, the energy regulator said."),
        ),
        id="fine-demand",
    ),
    pytest.param(
        (
            "2025-03-17",
            "March in Split",
            ("Some 7,000 people marched through Split on Sunday against the port project, the police said."),
        ),
        (
            "2025-03-17",
            "Police out in force",
            (
                "A force of 900 policemen was on duty in Split for Sunday's march against the port project, the "
                "ministry said."
            ),
        ),
        id="sides",
    ),
    pytest.param(
        (
            "2024-09-30",
            "Typhoon comes ashore",
            ("Typhoon Kadiao came ashore at Baler on Sunday night with winds of 185 kph, the weather bureau said."),
        ),
        (
            "2024-10-01",
            "Kadiao moves off",
            ("Kadiao's winds had dropped to 85 kph by the time it left Luzon on Monday, the weather bureau said."),
        ),
        id="storm-phase",
    ),
    pytest.param(
        (
            "2024-10-01",
            "Fires in September",
            ("Fire destroyed 900 hectares of the Pirin park in September, the park's director said."),
        ),
        (
            "2024-10-02",
            "Pirin has lost much",
            ("Since May fires have eaten 4,200 hectares of the Pirin park, the ministry's figures show."),
        ),
        id="months",
    ),
    pytest.param(
        (
            "2025-05-25T18:05:00Z",
            "Slavia ahead at half-time",
            ("Slavia led Sparta 2-0 at half-time in the cup final in Prague on Sunday."),
        ),
        (
            "2025-05-25T19:30:00Z",
            "Sparta take the cup",
            ("Sparta came back after the break to beat Slavia 3-2 in Prague on Sunday and take the cup."),
        ),
        id="score",
    ),
    pytest.param(
        (
            "2024-08-05",
            "Nineteen freed",
            ("Nineteen fighters were freed in an exchange near Idlib on Sunday, the militia said."),
        ),
        (
            "2024-08-12",
            "Another exchange",
            (
                "The army handed over twelve detained fighters near Idlib in a second exchange on Sunday, the "
                "general staff said."
            ),
        ),
        id="second-swap",
    ),
    pytest.param(
        (
            "2024-06-20",
            "Steelmaker to shed jobs",
            ("Steelmaker Halden will shed 2,400 jobs across Europe, the works council said on Thursday."),
        ),
        (
            "2024-06-20",
            "Halden in Dortmund",
            ("At Halden's Dortmund plant 900 jobs will go, the works council said on Thursday."),
        ),
        id="jobs-region",
    ),
    pytest.param(
        (
            "2024-03-05",
            "Oil spill",
            ("A pipeline spilled 1,200 barrels of crude into the Bonny river on Sunday, the regulator said."),
        ),
        (
            "2024-03-08",
            "Clean-up",
            (
                "Some 700 barrels of the crude spilled into the Bonny river on Sunday have been scooped up, the "
                "operator said."
            ),
        ),
        id="cost-damage",
    ),
    pytest.param(
        (
            "2024-02-20",
            "Inmates escape in Gonaives",
            ("More than 300 inmates broke out of the prison in Gonaives on Sunday night, guards said."),
        ),
        (
            "2024-02-22",
            "Inmates caught",
            ("Police have recaptured 84 of the inmates who escaped from the prison in Gonaives on Sunday."),
        ),
        id="recaptured",
    ),
    pytest.param(
        (
            "2024-10-22",
            "Robbers raid depot",
            (
                "Masked men made off with 4.2 million euros from a cash depot in Marseille on Monday, a police "
                "officer said."
            ),
        ),
        (
            "2024-10-30",
            "Money found",
            ("Police have found 1.7 million euros of the loot of the Marseille depot raid in a garage."),
        ),
        id="loss-insured",
    ),
    pytest.param(
        (
            "2024-07-23",
            "Forest fire",
            ("The forest fire at Soufli burnt 2,600 hectares over the weekend, the fire service said."),
        ),
        (
            "2024-07-24",
            "Olive growers hit",
            ("The weekend's fire at Soufli destroyed 900 hectares of olive groves, the growers said."),
        ),
        id="dose",
    ),
]


@pytest.mark.parametrize(("stored", "new"), OTHER)
def test_one_part_told_with_two_figures_is_a_dispute(stored: Told, new: Told) -> None:
    """The aboard, the crowd, the freed and the fine are one thing each, whatever verb and noun carry the figure."""
    assert kinds(stored, new) == {FactKind.FIGURE}


@pytest.mark.parametrize(("stored", "new"), ONE)
def test_figures_of_two_parts_phases_or_times_are_no_dispute(stored: Told, new: Told) -> None:
    """A part, a forecast, a demand, another body, a half-time score or another period contradicts nothing."""
    assert not kinds(stored, new)


DAY = "2025-10-18T10:00:00Z"
LATER = "2025-10-18T15:00:00Z"
STRIKES = [
    (
        (
            "Porters walk out",
            "Porters at four Leeds hospitals walked out on Saturday. The union put participation in the strike at 88%.",
        ),
        ("Trust speaks", "The Leeds hospitals put participation in the porters' strike on Saturday at 31%."),
    ),
    (
        (
            "Huelga de maquinistas",
            "La huelga de maquinistas paró trenes en Lugo. El sindicato cifró la adhesión en el 95%.",
        ),
        (
            "Habla la empresa",
            "La empresa informó de que el 41% de los maquinistas secundó la huelga de trenes en Lugo.",
        ),
    ),
    (
        (
            "Забастовка в Туле",
            "Водители автобусов Тулы начали забастовку. По данным профсоюза, в забастовке участвуют 76%.",
        ),
        ("Компания ответила", "Компания оценила участие водителей автобусов Тулы в забастовке в 14%."),
    ),
]


@pytest.mark.parametrize(("stored", "new"), STRIKES)
def test_how_many_follow_a_strike_is_no_level(stored: tuple[str, str], new: tuple[str, str]) -> None:
    """Whether it is "put at 31%", "cifró en el 95%" or is so many of the drivers."""
    assert kinds((DAY, *stored), (LATER, *new)) == {FactKind.FIGURE}


def test_a_strike_is_followed_otherwise_at_other_places() -> None:
    stored = "La huelga general paró Lieja. El sindicato cifró el seguimiento en los ferrocarriles en el 80%."
    new = "En las escuelas de Lieja el seguimiento de la huelga general fue del 45%, informó el ministerio."
    assert not kinds((DAY, "Huelga general en Lieja", stored), (LATER, "Escuelas de Lieja", new))


def test_a_debt_is_counted_by_two_sides() -> None:
    stored = "Верфь в Выборге бастует. Долг по зарплате рабочим, по подсчётам профсоюза, составляет 96 млн рублей."
    new = "Директор верфи в Выборге оценил долг по зарплате в 11 млн рублей и обещал погасить его за неделю."
    assert FactKind.FIGURE in kinds((DAY, "Забастовка на верфи", stored), (LATER, "Верфь в Выборге", new))


@pytest.mark.parametrize(
    "new",
    [
        "Долг по зарплате рабочим верфи в Выборге вырос до 120 млн рублей, сообщил профсоюз.",
        "Остаток долга рабочим верфи в Выборге — ещё 11 млн рублей, сообщил профсоюз.",
    ],
)
def test_a_debt_that_has_grown_or_is_left_contradicts_nothing(new: str) -> None:
    stored = "Верфь в Выборге бастует. Долг по зарплате рабочим, по подсчётам профсоюза, составляет 96 млн рублей."
    assert not kinds((DAY, "Забастовка на верфи", stored), (LATER, "Верфь в Выборге", new))
