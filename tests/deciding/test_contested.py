"""What is a contradiction and what only looks like one, by classes: counts, days, places, doers, denials, contests."""

from __future__ import annotations

from datetime import date

import pytest

from benchmarks.disputes import decide_dispute
from news.disputes.contesting.contested import find_contested
from news.disputes.cues import is_contesting
from news.disputes.days import list_days
from news.disputes.tallies import find_tally
from news.reports.moods import Mood, mood_of
from news.reports.negations import list_denied
from news.reports.progress import is_closed, is_development
from news.reports.tellings import tell
from tests.deciding.test_prominence import stored_reports

STORED_AT, NEW_AT = "2025-05-14T08:00:00Z", "2025-05-14T18:00:00Z"

DISPUTED = [
    (
        "The blaze at the Kaduna textile market destroyed 300 stalls on Sunday, the fire service said.",
        (
            "Traders at the textile market in Kaduna said on Monday that more than a thousand stalls had burned "
            "down in Sunday's blaze."
        ),
    ),
    (
        "The mayor of Porto said the tram extension cost 84 million euros. It opened on Saturday.",
        "The tram extension that opened in Porto on Saturday cost 131 million euros, the court of auditors said.",
    ),
    (
        (
            "A gas blast tore through a block of flats in Izmir on Friday, killing six residents, the governor "
            "said. The rescue work has ended."
        ),
        "Nine residents were killed by the gas blast in a block of flats in Izmir on Friday, the medical chamber said.",
    ),
    (
        "Parliament in Tallinn passed the tax bill by 54 votes to 41 on Wednesday, its press office said.",
        (
            "The tax bill was adopted in Tallinn's parliament on Wednesday by 52 to 43, the opposition said after "
            "checking the protocol."
        ),
    ),
    (
        "The bus that overturned near Puno on Monday had 38 passengers on board, the bus company said.",
        (
            "There were 61 people aboard the bus that overturned near Puno on Monday, the district nurse said. "
            "Many of them stood."
        ),
    ),
    (
        "The painting was taken from the villa in Lugano on the night of 2 May, the police said.",
        (
            "The painting was taken from the villa in Lugano on 28 April, the gardener told the newspaper, and "
            "the owner waited to report it."
        ),
    ),
    (
        "A cargo drone fell on a school yard in Brno on Tuesday, the aviation office said.",
        (
            "The cargo drone fell on the school yard in Brno on Monday, parents said, when the children were "
            "still at lessons."
        ),
    ),
    (
        "The Chilean navy said the yacht Corsaria was found adrift off Valdivia on Sunday with nobody on board.",
        (
            "The yacht Corsaria was found adrift off Puerto Montt on Sunday with nobody on board, fishermen's "
            "cooperative said."
        ),
    ),
    (
        "The two ministers met in Vienna on Friday, the Austrian chancellery said.",
        "The two ministers met in Bratislava on Friday and never came to Vienna, a diplomat who took part said.",
    ),
    (
        "The meteorite that was seen on Monday fell near Kiruna, the space institute in Sweden said.",
        "The meteorite that was seen on Monday fell near Rovaniemi in Finland, an observatory said.",
    ),
    (
        "A guard fired the shot that killed the activist Ruben Talavera in Cali on Monday, witnesses said.",
        "A policeman fired the shot that killed the activist Ruben Talavera in Cali on Monday, the prosecutor said.",
    ),
    (
        "The aria was written by the court composer Anselm Rieder, the archive in Graz announced on Monday.",
        "The aria was written by the nun Katharina Vogl, not by Rieder, a musicologist in Salzburg said.",
    ),
    (
        "The truck that hit the level crossing in Pécs belongs to the firm Danubius Cargo, police said.",
        (
            "The truck that hit the level crossing in Pécs belongs to the firm Mecsek Trans, the firm's rival "
            "said on Tuesday."
        ),
    ),
    (
        "Rebels of the Dawn Front blew up the bridge at Kassala on Saturday, the army said.",
        "It was the army itself that blew up the bridge at Kassala on Saturday, villagers said.",
    ),
    (
        "The opposition leader Amara Diop was arrested at her home in Dakar on Tuesday, her party said.",
        "Amara Diop has not been arrested, the Senegalese interior ministry said on Tuesday.",
    ),
    (
        "The rebels captured the airport of Bunia on Friday, a resident said.",
        "The airport of Bunia is under the control of government troops, the Congolese army said on Friday.",
    ),
    (
        "The airline Norvik has stopped all flights to Tirana, the airport said on Monday.",
        "Norvik said on Monday that its flights to Tirana were running as scheduled.",
    ),
    (
        "The trainer Piet Hoekstra resigned after the defeat in Ghent, a board member said on Sunday.",
        "Piet Hoekstra remains trainer, the club said on Sunday. He has not resigned.",
    ),
    (
        "The company Veltrix paid a bribe to the harbour chief of Varna, a prosecutor said on Tuesday.",
        "Veltrix said on Tuesday that it had paid no money to anybody in Varna.",
    ),
    (
        "The child missing since Sunday was found alive in a barn near Arezzo, the mayor said on Tuesday.",
        (
            "The missing child has not been found, the carabinieri in Arezzo said on Tuesday evening, and asked "
            "people not to spread rumours."
        ),
    ),
    (
        "The reactor at Vesta was shut down after a leak on Monday, a trade union said.",
        "There was no leak at the Vesta reactor and it is running at full power, the operator said on Monday.",
    ),
    (
        "The ministry put the number of flooded homes in Sindh at 2,000 on Thursday.",
        (
            "Some 7,500 homes are flooded in Sindh, the relief agency Umeed said on Thursday; the ministry had "
            "spoken of 2,000."
        ),
    ),
    (
        "Police said the suspect in the Lille stabbing had acted alone.",
        "Contrary to the police account, the suspect in the Lille stabbing had two helpers, his lawyer said.",
    ),
]

AGREED = [
    (
        "A ferry sank off Cebu on Monday, and at least 9 people drowned, the coast guard said.",
        "The number of dead in Monday's ferry accident off Cebu has risen to 23, the coast guard said on Tuesday.",
    ),
    (
        "Prosecutors in Turin asked for a sentence of eight years for the banker Livio Sarti on Monday.",
        "The banker Livio Sarti was sentenced to five years by a court in Turin on Friday.",
    ),
    (
        "An earthquake of magnitude 5.9 shook Gorontalo on Sunday, the agency said.",
        "The quake in Gorontalo on Sunday had a magnitude of nearly 6, residents were told.",
    ),
    (
        "The concert in Leipzig was attended by 20,000 people on Saturday, police said.",
        "Thirty people were treated for heat at the concert in Leipzig on Saturday, the Red Cross said.",
    ),
    (
        "The pipeline was shut down on Tuesday after a leak near Tulsa, the operator said.",
        "No one was hurt by the leak in the pipeline near Tulsa, the sheriff said on Tuesday.",
    ),
    (
        "The governor of Kano, Musa Bello, was wounded in an ambush on Monday, his office said.",
        "The governor of Kano, Musa Bello, is out of danger, doctors said on Tuesday.",
    ),
    (
        "The glacier lost 40 metres of its length last year, the institute in Innsbruck said.",
        "Since 1980 the glacier has lost 1.2 kilometres, the Alpine club in Innsbruck said.",
    ),
    (
        "Two climbers died on the Eiger on Wednesday, the rescue service said.",
        "A climber from Poland died on the Eiger on Wednesday, the Polish consulate said. His partner also died.",
    ),
    (
        "The company will close its plant in Derry, where 450 people work, it said on Monday.",
        "The company does not plan to close other plants, its chief said in Derry on Tuesday.",
    ),
    (
        "Turnout in the referendum was 61 percent, the election office in Bern said on Sunday.",
        "In the canton of Uri turnout was 72 percent, the election office in Bern said on Sunday.",
    ),
    (
        "The minister arrived in Hanoi on Tuesday for talks, the embassy said.",
        "The minister arrived in Bangkok on Thursday after talks in Hanoi, the embassy said.",
    ),
    (
        "The court in Quito ordered the arrest of the former mayor Ivo Paredes on Thursday.",
        "Police had not arrested Ivo Paredes by Friday morning, his lawyer said in Quito.",
    ),
    (
        "The strike at the port of Durban began on Monday, the union said.",
        "The strike at the port of Durban ended on Friday, the union said.",
    ),
    (
        "The satellite cost 90 million dollars, and the rocket 35 million, the agency said.",
        "The launch of the satellite cost 125 million dollars in all, the agency's auditor said.",
    ),
    (
        "Only 15 percent of the delegates stayed away from the session in Druzh on Tuesday, its chairman said.",
        "At the session in Druzh on Tuesday 85 percent of the delegates were in their seats, a clerk said.",
    ),
    (
        "The home team beat Rostov 3-1 on Saturday in front of 15,000 people.",
        "Rostov lost 1-3 on Saturday. Both goals in the second half came from corners.",
    ),
    (
        "A bus with 44 pilgrims crashed near Multan on Sunday and 12 people died, police said.",
        "Twelve of the 44 pilgrims on the bus that crashed near Multan were children, a hospital said.",
    ),
    (
        "The bank said on Monday that hackers could have read the data of 80,000 customers.",
        "Hackers read the data of 20,000 customers of the bank, its final report says.",
    ),
    (
        "The police in Tampere did not name the man who was arrested on Friday.",
        "The man arrested in Tampere on Friday is the baker Onni Salo, a newspaper reported.",
    ),
]


def is_disputed(stored: str, new: str) -> bool:
    """Return whether an article of one outlet contradicts a stored one of another."""
    titles = [text.partition(".")[0] for text in (stored, new)]
    there = {"outlet": "Morning Ledger", "published": STORED_AT, "title": titles[0], "text": stored}
    here = {"outlet": "Coastal Herald", "published": NEW_AT, "title": titles[1], "text": new}
    return bool(decide_dispute({"stored": there, "new": here}).disputes)


@pytest.mark.parametrize(("stored", "new"), DISPUTED)
def test_what_cannot_both_be_right_is_a_dispute(stored: str, new: str) -> None:
    """Counts, votes, days, places, doers, owners and denials that exclude each other are shown side by side."""
    assert is_disputed(stored, new)


@pytest.mark.parametrize(("stored", "new"), AGREED)
def test_what_only_differs_is_no_dispute(stored: str, new: str) -> None:
    """Later counts, demands, parts, other phases and other terms contradict nothing."""
    assert not is_disputed(stored, new)


def test_a_contradiction_of_an_article_without_reports_has_no_event() -> None:
    """It is kept with both sentences and the stored article, though there is no event to tie it to."""
    text = "The old water tower of Lissen burst above the village of Rook on Tuesday, the wardens said."
    new = "The wardens are wrong: the old water tower of Lissen above Rook has not failed, its owner said on Wednesday."
    stored = {"outlet": "Morning Ledger", "published": STORED_AT, "title": "Tower bursts", "text": text}
    here = {"outlet": "Coastal Herald", "published": NEW_AT, "title": "Tower holds", "text": new}
    disputes = decide_dispute({"stored": stored, "new": here}).disputes
    assert disputes
    assert disputes[0].there.article_id is not None
    assert disputes[0].there.quote == text


@pytest.mark.parametrize(
    "quote",
    [
        "Nineteen were held, contrary to what the sheriff had announced.",
        "The lake is 40 metres deep, deeper than the survey had reported.",
        "The harbour office called the fishermen's account untrue.",
        "Forty-one died, the union said, disputing the ministry's toll of twelve.",
        "Murieron 31 personas, lo que contradice la cifra de doce que dio el ministerio.",
        "El sindicato rechaza esas cifras y habla de 400 despidos.",
        "Погиб 31 человек, что противоречит данным МЧС.",
        "Вопреки официальным данным, в шахте оставались девять человек.",
        "Подсчёты партии расходятся с итогами комиссии.",
        "Это расходится с официальными данными.",
    ],
)
def test_a_sentence_says_that_it_contests(quote: str) -> None:
    assert is_contesting(quote)


@pytest.mark.parametrize(
    "quote",
    [
        "The two sides contested the semi-final.",
        "The number of dead rose to 14.",
        "El ministro cuestionó al juez durante la audiencia.",
        "La defensa rechazó la oferta de la fiscalía.",
        "El barco se hundió frente a la costa de Almería.",
        "Поезд не сходил с рельсов с 2010 года, сообщили на дороге.",
        "В отличие от соседей, область не пострадала от паводка.",
        "Решение противоречит российской конституции.",
        "Дороги расходятся с 5 мая.",
        "Супруги расходятся с 2020 года.",
    ],
)
def test_a_sentence_that_contests_nothing(quote: str) -> None:
    assert not is_contesting(quote)


def test_nothing_is_contested_without_a_cue() -> None:
    assert list(find_contested(["Forty people were hurt.", "Rain fell."], ())) == []


@pytest.mark.parametrize(
    ("quote", "mood"),
    [
        ("The camp can hold 500 people.", Mood.SUPPOSED),
        ("Had a storm cut the line, the island would have gone dark.", Mood.SUPPOSED),
        ("Prosecutors demanded nine years for the banker.", Mood.WANTED),
        ("The bridge will open in June.", Mood.PLANNED),
        ("The bridge, which could sway, opened on 4 May.", Mood.TOLD),
    ],
)
def test_mood(quote: str, mood: Mood) -> None:
    """What could be, is asked for or is to come is not what is the case; the month of May is no verb."""
    assert mood_of(tell(quote)) is mood


@pytest.mark.parametrize(
    ("core", "tally"),
    [
        ("The council voted by 31 to 27 to close the school", "31 to 27"),
        ("Hadley beat Orton 3-1 on Saturday", "3-1"),
        ("The vote took 10 to 15 minutes and the hall was full", ""),
        ("Rain fell from 3 to 5 in the morning", ""),
    ],
)
def test_tally(core: str, tally: str) -> None:
    assert find_tally(core) == tally


def test_days_of_the_act_alone() -> None:
    """A day that is turned down, named after, or before which something was, is not the day of the act."""
    told = tell("The barn burned on 6 March, not last Sunday, because the roof was gone before the Monday storm.")
    assert [str(day.first_on) for day in list_days(told, None)] == []
    assert [str(day.first_on) for day in list_days(told, date(2024, 3, 13))] == ["2024-03-06"]


def test_what_a_negated_object_denies() -> None:
    """The verb belongs to what is denied: "put nothing into orbit"; what may not be is no denial."""
    assert list_denied(tell("The rocket put nothing into orbit."))[0].scope[0] == "put"
    assert list_denied(tell("No trains will run past Settle before noon.")) == ()


@pytest.mark.parametrize(
    "text", ["The search was called off at dusk.", "The final toll is 12.", "Nobody is left missing."]
)
def test_a_count_that_is_closed(text: str) -> None:
    assert is_closed(text)


def test_a_death_in_hospital_is_a_development() -> None:
    assert is_development("A boy died in hospital on Friday.")
    assert not is_development("Since 1 September only 92 people have fallen ill.")


@pytest.mark.parametrize(
    "quote",
    [
        "Police questioned a guard about his account of the night.",
        "The minister dismissed growing doubts before he gave his account.",
    ],
)
def test_who_is_asked_for_an_account_contests_none(quote: str) -> None:
    assert not is_contesting(quote)


@pytest.mark.parametrize(
    ("quote", "stored"),
    [
        ("The blast was not caused by a gas leak, an investigator said.", "A gas leak caused the blast, firemen said."),
        ("La explosión no se debió a una fuga de gas, dijo el fiscal.", "Una fuga de gas causó la explosión."),
        ("Взрыв произошёл не из-за утечки газа, заявил следователь.", "Взрыв вызвала утечка газа, сообщили спасатели."),
    ],
)
def test_a_cause_that_is_denied_contests_who_gave_it(quote: str, stored: str) -> None:
    """Nobody need be named as the one who claims it."""
    (found,) = find_contested([quote], stored_reports(stored))
    assert (found.values.here, found.values.there) == ("denied", "happened")
