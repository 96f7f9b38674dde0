"""News of the past, news put into copies, and the small readings that they need, with texts of our own."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from news.dates import find_dates
from news.dates.narration import is_narrated_past
from news.deciding.corrections import is_correction
from news.matching.editions import list_changes, list_insertions
from news.model import Article, Precision
from news.reading import read
from news.words.measures import is_held, measures_in

HORIZON = date(2024, 4, 10)
PUBLISHED = datetime(2024, 5, 10, tzinfo=UTC)


def _is_past(text: str) -> bool:
    article = Article(
        source_id="",
        url="",
        title="",
        text=text,
        outlet="Gazette",
        published_at=PUBLISHED,
        published_precision=Precision.DAY,
    )
    return is_narrated_past(article, read(article), HORIZON)


@pytest.mark.parametrize(
    "text",
    [
        (
            "It was a wet Friday, 6 June 1986, and the ferry was late. The pilot went below for a "
            "coat. When he came back the "
            "lights of the pier stood on the wrong side, and nobody on the bridge could say why."
        ),
        (
            "This week's fire made people talk. In August 1958 nobody did. A match factory burned for "
            "two days above the "
            "harbour, the sky was green, and the clerk who wrote it down was sent to another town."
        ),
        (
            "Those who saw Monday's pictures may have thought of the winter of 1961. On 4 January that "
            "year the dam of a mill "
            "gave way and the water took four houses. The miller's dog was found alive on a roof."
        ),
    ],
)
def test_an_opening_that_sets_another_time_looks_back(text: str) -> None:
    assert _is_past(text)


@pytest.mark.parametrize(
    "text",
    [
        (
            "A court in Riga jailed a baker on Thursday for the arson of 2019. In June 2019 his shop "
            "had burned down. He took "
            "the money of the insurance and bought a boat, the judge said, and showed no regret."
        ),
        (
            "In March 2022 the town sold the pier to a brewer. On Tuesday it bought the pier back for "
            "half the price, and the "
            "mayor said that a walk on it would be free of charge for all who live there."
        ),
        (
            "The power failed again. In January 2021 it was eighteen hours before the lights came on. "
            "This time a fault in the "
            "south was enough to leave half of the country in the dark, the ministry says."
        ),
    ],
)
def test_news_with_a_past_is_news(text: str) -> None:
    assert not _is_past(text)


def test_news_put_into_a_copy_is_found_and_a_speaker_is_none() -> None:
    before = "A guard was killed and four clerks were wounded, said Major Lind of the army."
    after = "A guard was killed and four clerks were wounded, one of whom died in hospital on Sunday, said Major Lind."
    assert [change.after for change in list_insertions(before, after)] == [after]
    told = "A guard was killed and four clerks were wounded, as the army said on Friday, said Major Lind."
    assert not list_insertions(before, told)


def test_a_name_is_changed_though_the_clause_on_it_was_cut() -> None:
    assert list_changes("She left the bus at Gera, where it halts at 04:10.", "She left the bus at Weimar.")


@pytest.mark.parametrize(
    ("one", "other"),
    [("less than a minute and a half later", "84 seconds later"), ("three and a half years", "42 months")],
)
def test_and_a_half_is_part_of_the_number(one: str, other: str) -> None:
    assert is_held(measures_in(one)[0], measures_in(other))


def test_an_hour_of_another_zone_is_no_year() -> None:
    text = "The train hit a bus at 1449 GMT (1649 in Egypt) on Saturday. The bridge (1949 in its present form) held."
    years = [
        one.text for one in find_dates(text, published_on=date(2025, 3, 1)) if one.span.precision is Precision.YEAR
    ]
    assert years == ["1949"]


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Correction to our item on ladders", "In today's item we gave wrong sizes."),
        ("Ladders", "In Monday's paper we named the wrong town. The mistake was ours."),
        ("Correction", "The hearing is on 5 May."),
        ("Pier: a correction", "The pier was built in 1904."),
        ("Our piece on the harbour", "Our headline on Tuesday was wrong: the crane has not been sold."),
        ("Nine boats", "An initial version of our report said nine boats; there were seven."),
        ("Seven hurt", "Seven people were hurt; the nine originally reported here included two who were frightened."),
        ("Puerto: nota", "En una primera versión de esta nota se decía que eran nueve."),
        ("Порт", "В тексте была допущена ошибка: пострадали пять человек, а не семь."),
        ("Взрыв в Луге: погибли двое (исправлено)", "Два человека погибли при взрыве в Луге."),
        ("Two die in Luga (corrected)", "Two people died in the blast in Luga."),
        ("Dos muertos en Luga (corregido)", "Dos personas murieron en Luga."),
    ],
)
def test_a_desk_may_say_in_many_ways_that_it_was_wrong(title: str, text: str) -> None:
    assert is_correction(title, text)


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Ladders", "The town council said that the mistake was not its own."),
        ("Airline", "The software fault has been corrected, the airline said."),
        ("Deal", "The deal, first reported by this newspaper, was signed on Monday."),
        ("Toll", "The number of dead has been corrected to 14, the ministry said."),
        ("Court: corrected vision no ground", "A man with corrected vision (glasses) may serve, the court said."),
        ("Bank", "The bank wants to set the record straight, its chairman said."),
        ("Ministra corrige", "La primera versión de la ley fue retirada."),
        ("Суд", "Пилоты допустили ошибку при заходе на посадку, сообщил МАК."),
    ],
)
def test_who_corrects_something_else_is_no_desk(title: str, text: str) -> None:
    assert not is_correction(title, text)
