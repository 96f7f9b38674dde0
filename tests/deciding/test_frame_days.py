"""One act of an event on two days: which days contradict each other, and which only seem to."""

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
            "2025-02-20",
            "Dockers out at Ystad",
            ("Dockers at the port of Ystad downed tools on Monday over shifts, their union said."),
        ),
        (
            "2025-02-20",
            "Ystad port operator on stoppage",
            (
                "The walkout over shifts in Ystad started on Wednesday, the port operator said, and only two "
                "ships were held up."
            ),
        ),
        id="strike-began",
    ),
    pytest.param(
        (
            "2024-03-21",
            "Referendum on 12 May",
            ("People in Soria will vote on 12 May on the dam, the town clerk said on Thursday."),
        ),
        (
            "2024-03-21",
            "Dam ballot fixed",
            ("The provincial board has set Soria's ballot on the dam for 26 May, its chairman said today."),
        ),
        id="vote-set",
    ),
    pytest.param(
        (
            "2024-07-15",
            "Roof collapse kills four",
            ("Four workers died when the roof of a mill in Konya collapsed on Saturday, police said."),
        ),
        (
            "2024-07-16",
            "Relatives: they lay there for days",
            ("The roof of the mill in Konya under which four workers died came down on Thursday, their relatives say."),
        ),
        id="roof",
    ),
    pytest.param(
        (
            "2025-01-06",
            "Finnish president to visit",
            ("Finland's president begins a state visit to Norway on Tuesday, 14 January, the palace in Oslo said."),
        ),
        (
            "2025-01-06",
            "Finnish president in Norway",
            ("The Finnish president's state visit to Norway opens on 21 January, his office in Helsinki said."),
        ),
        id="visit",
    ),
    pytest.param(
        ("2024-05-06", "Dam occupied", "Gunmen have held the Merowe dam since 2 May, the power company said."),
        (
            "2024-05-07",
            "Inside Merowe",
            ("Engineers at the Merowe dam told us the gunmen took it on 28 April and have not let anybody in."),
        ),
        id="seized",
    ),
    pytest.param(
        (
            "2025-04-24",
            "Пожар на складе",
            ("Склад фабрики «Северянка» в Череповце загорелся во вторник, сообщила дирекция."),
        ),
        (
            "2025-04-25",
            "Рабочие: горело раньше",
            ("Склад «Северянки» в Череповце загорелся ещё в воскресенье, рассказали рабочие."),
        ),
        id="ru-fire",
    ),
    pytest.param(
        (
            "2024-12-12",
            "Poet reads",
            ("The poet Ines Maroto read at the university of Uppsala on Friday, 6 December, its rector said."),
        ),
        (
            "2024-12-13",
            "Maroto in Uppsala",
            ("“She read in Uppsala on Monday the ninth,” recalls Ines Maroto's translator, who introduced her."),
        ),
        id="lecture",
    ),
    pytest.param(
        (
            "2024-09-02",
            "Party congress on 14 September",
            ("The Democratic League's congress in Durres opens on 14 September, its secretary said."),
        ),
        (
            "2024-09-03",
            "League sets congress date",
            (
                "The congress of the Democratic League is to begin in Durres on 21 September, the party's "
                "presidium announced."
            ),
        ),
        id="congress-opens",
    ),
    pytest.param(
        ("2024-08-16", "Взлом реестра", "Сервер земельного реестра в Казани взломали в среду, сообщило министерство."),
        (
            "2024-08-17",
            "Администратор: взломали раньше",
            ("Сервер реестра в Казани взломали ещё в понедельник, рассказал администратор."),
        ),
        id="ru-hack",
    ),
    pytest.param(
        (
            "2024-06-21",
            "Naufragio ante Ons",
            ("El pesquero Nueva Rosa naufragó ante la isla de Ons el miércoles, informó Salvamento."),
        ),
        (
            "2024-06-22",
            "La viuda del patrón",
            ("La viuda del patrón asegura que el Nueva Rosa se hundió ante Ons el lunes."),
        ),
        id="es-naufragio",
    ),
    pytest.param(
        (
            "2024-12-06",
            "Grain ship arrives",
            ("The grain ship Meltem docked at Port Sudan on Thursday, the harbour master said."),
        ),
        (
            "2024-12-07",
            "Where was the grain?",
            ("The Meltem had been at the quay in Port Sudan since Monday, a customs clerk told us."),
        ),
        id="arrival",
    ),
    pytest.param(
        ("2024-07-19", "Crossing closed", "Serbia shut the Jarinje crossing on Wednesday, its customs said."),
        ("2024-07-20", "Jarinje shut for days", "Drivers say the Jarinje crossing has been closed since Monday."),
        id="d-closure",
    ),
]

ONE = [
    pytest.param(
        ("2024-06-14", "Bank robbed", "A bank in Grodno was robbed on Monday, the police said."),
        (
            "2024-06-14",
            "Suspect held",
            ("A man was arrested on Wednesday over the robbery of a bank in Grodno, the police said."),
        ),
        id="arrest-crime",
    ),
    pytest.param(
        (
            "2024-03-21",
            "Referendum on 12 May",
            ("People in Soria will vote on 12 May on the dam, the town clerk said on Thursday."),
        ),
        (
            "2024-04-10",
            "Dam ballot moved",
            ("Soria's ballot on the dam has been put off to 26 May, the town clerk said on Wednesday."),
        ),
        id="postponed",
    ),
    pytest.param(
        (
            "2025-02-20",
            "Dockers out at Ystad",
            ("Dockers at the port of Ystad downed tools on Monday over shifts, their union said."),
        ),
        (
            "2025-02-20",
            "Ystad back to work",
            ("The walkout over shifts in Ystad ended on Wednesday, the port operator said."),
        ),
        id="began-ended",
    ),
    pytest.param(
        (
            "2025-01-06",
            "Finnish president to visit",
            ("Finland's president begins a state visit to Norway on Tuesday, 14 January, the palace in Oslo said."),
        ),
        (
            "2025-01-06",
            "Finnish president in Norway",
            (
                "The Finnish president will be in Bergen on 16 January during his state visit to Norway, his "
                "office said."
            ),
        ),
        id="visit-leg",
    ),
    pytest.param(
        (
            "2024-08-15",
            "Attack on Rutshuru village",
            ("Rebels attacked a village near Rutshuru on Monday, the army said, and killed nine people."),
        ),
        (
            "2024-08-16",
            "Village buries its dead",
            (
                "The nine people killed in the attack on the village near Rutshuru were buried on Thursday, a "
                "priest said."
            ),
        ),
        id="funeral",
    ),
    pytest.param(
        (
            "2024-03-08",
            "Leak at chemical plant",
            ("Acid leaked into the Rhine from a plant in Wesel on Wednesday, the company said."),
        ),
        (
            "2024-03-09",
            "Acid in the Rhine",
            ("The acid from the plant in Wesel reached Emmerich on Friday, the water board said."),
        ),
        id="reach",
    ),
    pytest.param(
        (
            "2024-10-09",
            "Statue damaged",
            ("Vandals broke an arm off the Madonna of Saint Bavo in Ghent late on Monday night, the police said."),
        ),
        (
            "2024-10-09",
            "Madonna damaged",
            ("The Madonna of Saint Bavo in Ghent lost an arm in the early hours of Tuesday, the sexton said."),
        ),
        id="night",
    ),
    pytest.param(
        (
            "2024-07-15",
            "Roof collapse kills four",
            ("Four workers died when the roof of a mill in Konya collapsed on Saturday, police said."),
        ),
        (
            "2024-07-17",
            "Another collapse",
            ("Part of the wall of the mill in Konya collapsed on Tuesday as well, police said."),
        ),
        id="second",
    ),
    pytest.param(
        (
            "2024-03-08",
            "Minister steps down",
            ("Transport minister Jozef Hlinka resigned on Thursday, the government office said."),
        ),
        (
            "2024-03-12",
            "Successor named",
            ("The successor of Jozef Hlinka, who resigned as transport minister, was sworn in on Monday."),
        ),
        id="announce",
    ),
    pytest.param(
        (
            "2024-02-23",
            "Park trees felled",
            ("Workmen felled forty plane trees in Ribnjak park on Wednesday, the city said."),
        ),
        (
            "2024-02-24",
            "Permit for felling",
            ("The permit for the felling in Ribnjak park was signed on Monday, the city said."),
        ),
        id="permit",
    ),
    pytest.param(
        ("2024-07-12", "Engineer abducted", "A Turkish engineer was abducted near Gao on Tuesday, his company said."),
        (
            "2024-07-16",
            "Video of engineer",
            ("A video that reached us on Monday shows the Turkish engineer abducted near Gao."),
        ),
        id="video",
    ),
    pytest.param(
        (
            "2024-09-02",
            "Party congress on 14 September",
            ("The Democratic League's congress in Durres opens on 14 September, its secretary said."),
        ),
        (
            "2024-09-03",
            "League congress",
            (
                "The congress of the Democratic League in Durres will elect a leader on 16 September, its "
                "secretary said."
            ),
        ),
        id="session",
    ),
    pytest.param(
        (
            "2024-02-23",
            "Park trees felled",
            ("Workmen felled forty plane trees in Ribnjak park on Wednesday, the city said."),
        ),
        (
            "2024-02-26",
            "Protest in park",
            ("Residents protested on Sunday in Ribnjak park, where forty plane trees were felled."),
        ),
        id="felled-more",
    ),
    pytest.param(
        (
            "2024-02-09",
            "Final on 3 March",
            ("The cup final in Nikosia will be played on 3 March, the league said on Friday."),
        ),
        (
            "2024-02-12",
            "Tickets for final",
            ("Tickets for the cup final in Nikosia go on sale on 19 February, the stadium's owner said."),
        ),
        id="d-ticket",
    ),
    pytest.param(
        (
            "2024-06-07",
            "Footbridge falls",
            ("A footbridge over the Ghaghra near Bahraich gave way on Wednesday, the roads department said."),
        ),
        (
            "2024-06-08",
            "Bridge was inspected",
            (
                "Engineers inspected the footbridge over the Ghaghra near Bahraich on Monday, two days before it "
                "collapsed, the department said."
            ),
        ),
        id="d-inspect",
    ),
]


@pytest.mark.parametrize(("stored", "new"), OTHER)
def test_one_act_on_two_days_is_a_dispute(stored: Told, new: Told) -> None:
    """The strike that was called on Monday is the stoppage that began on Wednesday."""
    assert kinds(stored, new) == {FactKind.DATE}


@pytest.mark.parametrize(("stored", "new"), ONE)
def test_days_of_two_acts_are_no_dispute(stored: Told, new: Told) -> None:
    """The arrest, the funeral, the end and what was put off have days of their own."""
    assert not kinds(stored, new)
