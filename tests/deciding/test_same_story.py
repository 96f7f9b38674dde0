"""Which story a brief article joins, and what is news and what a contradiction in it, from the text to the label."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from benchmarks.stories import MemoryStore
from news.dates import find_dates
from news.decision import Decision, FactKind, Label
from news.matching.foreign import weigh_days
from news.model import Article, Precision
from news.names.entities import lookup
from news.novelty import decide
from news.reading import read
from news.stories.belonging import numbered_things

MONDAY = datetime(2024, 9, 9, 9, tzinfo=UTC)


def piece(text: str, outlet: str, *, day: int = 9, title: str = "", hour: int = 9) -> Article:
    return Article("", "", outlet, title, text, datetime(2024, 9, day, hour, tzinfo=UTC), Precision.DAY)


OTHERS = (
    "Beekeepers in Slovenia expect little honey after a wet spring, their association said.",
    "The opera of Turin named Livia Conti as its director on Sunday. She follows Aldo Ferri, who retires.",
    "A court in Leeds fined the builder Harcross 90,000 pounds over dust that harmed its workers.",
    "Two hikers were found alive on Mount Olympus after a night in the fog, Greek police said on Sunday.",
    "The Danish parliament voted 61 to 44 to raise the tax on sugar from January.",
    "A ship with 900 cars on board lost power off Vigo and was towed to port by two tugs.",
    "Scientists in Uppsala counted 14 wolf pups this summer, more than ever before.",
    "The carmaker Velan will close its plant in Gijón at the end of the year, with 700 jobs.",
    "Heavy rain flooded the cellars of Graz on Friday. Trams stood still for three hours.",
    "Ministers of Chile and Bolivia met in Arica to talk about a road over the border.",
)
"""What else a store holds, so that not every word is rare in it."""


def decide_last(*articles: Article) -> Decision:
    """Take the articles in one after another and return what was decided on the last."""
    store = MemoryStore()
    for article in (*(piece(text, f"Outlet {n}", day=7) for n, text in enumerate(OTHERS)), *articles):
        reading = read(article)
        candidates = store.find_candidates(article, reading)
        decision = decide(article, reading, candidates, now=article.published_at or MONDAY)
        store.add(article, reading, decision)
    return decision


FIRE = piece(
    "A fire destroyed a grain silo in the port of Constanța on Monday morning and killed two workers, the Romanian "
    "fire service said.\n\nThe coast guard closed the harbour for the day.",
    "Alpha",
)


def test_another_thing_in_the_same_place_is_another_story() -> None:
    """A place and a day are what much has in common."""
    whale = piece(
        "Anglers say that they saw a whale off the Romanian port of Constanța on Monday evening.", "Beta", day=10
    )
    assert decide_last(FIRE, whale).label is Label.NEW


def test_deaths_without_a_name_make_no_common_event() -> None:
    """Every disaster has such a line."""
    fever = piece(
        "The health office of Bacău has counted 410 cases of fever since August, it said on Monday. Two patients have "
        "died.",
        "Beta",
    )
    assert decide_last(FIRE, fever).label is Label.NEW


def test_the_first_half_of_a_name_is_no_tie() -> None:
    """Santa Rosa and Santa Clara are two."""
    strike = piece("Workers of the Santa Rosa mine in Honduras laid down work on Monday, their union said.", "Alpha")
    prices = piece("Maize was dearer than ever on Monday in Honduras, say the traders of Santa Clara.", "Beta", day=10)
    assert decide_last(strike, prices).label is Label.NEW


def test_two_matches_of_one_team_are_told_apart_by_their_results() -> None:
    assert numbered_things("Rovers beat Town 3-1 in the league on Sunday")["result"] == {"1-3"}
    assert "result" not in numbered_things("The senate passed the bill 52-48")
    first = piece("Olimpia Vaslui beat Dinamo Arad 2-1 in the football league on Sunday. Ion Rusu scored.", "Alpha")
    second = piece(
        "Olimpia Vaslui drew 0-0 in Galați on Sunday in the football league. Ion Rusu limped.", "Beta", day=16
    )
    assert decide_last(first, second).label is Label.NEW


def test_an_answer_to_a_demand_goes_on_with_it() -> None:
    demand = piece(
        "Tram drivers of Brno want a bonus of 900 crowns for night work, their union told us on Monday.", "Alpha"
    )
    answer = piece(
        "The city of Brno has rejected the demand of tram drivers for a bonus of 900 crowns, its treasurer Jana Malá "
        "said on Wednesday.",
        "Beta",
        day=18,
    )
    assert decide_last(demand, answer).label is Label.UPDATE


def test_a_plan_that_comes_true_on_its_day_is_news() -> None:
    plan = piece("Pilots of Aurora Air will go on strike on Wednesday, their union said on Monday.", "Alpha")
    begun = piece("A strike of the pilots of Aurora Air began on Wednesday, their union said.", "Beta", day=11)
    assert decide_last(plan, begun).label is Label.UPDATE


def test_a_part_of_the_toll_does_not_contradict_the_whole() -> None:
    before = piece(
        "Nineteen people died in the collapse of the Varna hotel, the interior ministry said.", "Alpha", day=10
    )
    after = piece(
        "The death toll of the collapse of the Varna hotel was raised to 22 on Thursday. Divers had found three bodies "
        "in the cellar, the interior ministry said.",
        "Beta",
        day=12,
    )
    assert decide_last(before, after).label is Label.UPDATE


def test_the_day_of_a_denial_is_not_the_day_of_what_is_denied() -> None:
    before = piece("A tank exploded on Saturday at the works of Helvar Chemicals in Pori, Finland.", "Alpha")
    after = piece(
        "Helvar Chemicals on Monday denied that chlorine was kept in the tank that exploded at its works in Pori.",
        "Beta",
        hour=15,
    )
    assert all(one.kind is not FactKind.DATE for one in decide_last(before, after).disputes)


def test_what_papers_reveal_is_no_old_event() -> None:
    text = "A cousin of the mayor of Split won the contract for the new tramway in May, papers seen by Beta show."
    assert decide_last(piece(text, "Beta")).label is Label.NEW


def test_names_that_share_a_stem_are_told_apart_by_their_spelling() -> None:
    assert lookup("Кальяо")[0].key == "place:callao"
    assert lookup("Кальян")[0].key == "place:kalyan"


@pytest.mark.parametrize(
    ("text", "language", "is_apart"),
    [
        ("La empresa negó este martes que la planta haya cerrado.", "es", False),
        ("La planta cerró este martes.", "es", True),
        ("Завод закрыли во вторник вечером, сообщил губернатор.", "ru", True),
    ],
)
def test_the_day_of_a_statement_does_not_part_two_languages(text: str, language: str, *, is_apart: bool) -> None:
    """A denial comes out on a later day than what it denies."""
    told = read(piece("The plant in Sines shut down on Friday.", "Alpha")).reports
    dates = find_dates(text, published_on=datetime(2024, 9, 17, tzinfo=UTC).date(), language=language)
    assert (weigh_days(dates, told, text=text) < 0) is is_apart


def test_a_rejected_accusation_abroad_is_news_and_no_contradiction() -> None:
    """Nobody had said that they did it: the thing itself is not in doubt."""
    before = piece("Hackers attacked the Peruvian bank Banco Solar on Monday and stopped its cash machines.", "Alpha")
    after = piece(
        "Посольство России в Перу во вторник отвергло обвинения в том, что хакеры, атаковавшие Banco Solar, работают "
        "из России.",
        "Бета",
        day=10,
    )
    assert decide_last(before, after).label is not Label.DISPUTED


def test_a_time_limit_is_no_length_of_a_strike() -> None:
    before = piece(
        "The strike of the porters of Lisbon airport is illegal because it was not announced eight days ahead, a "
        "court ruled.",
        "Alpha",
    )
    after = piece(
        "The porters of Lisbon airport signed an agreement on Friday that ends a nine-day strike.", "Beta", day=13
    )
    assert decide_last(before, after).label is not Label.DISPUTED


def test_an_edition_that_says_what_it_corrects_is_revised_though_no_fact_of_its_text_changed() -> None:
    """The wrong name stood in the headline alone."""
    text = "The former judge Mirela Popa is expected to lead the bank of Dalgaria, two officials said on Sunday."
    note = f"{text}\n\nCorrection: the headline of an earlier version of this report named somebody else."
    first = replace(piece(text, "Alpha", title="Ion Marin tipped for the bank"), url="https://alpha.example/7")
    second = replace(
        piece(note, "Alpha", title="Mirela Popa tipped for the bank", hour=12), url="https://alpha.example/7"
    )
    found = decide_last(first, second)
    assert found.label is Label.REVISED
    assert found.new[0].after.value == "Mirela Popa tipped for the bank"


def test_the_value_against_another_is_the_one_of_its_size() -> None:
    """Not the second of a second tunnel."""
    before = piece(
        "Norway and Sweden will build a second tunnel at Storlien for 410 million euros, both said.", "Alpha"
    )
    after = piece(
        "Sweden's transport office said on Tuesday that the second tunnel at Storlien would cost 480 million euros, "
        "not 410 million as both ministers had said on Monday.",
        "Beta",
        day=10,
    )
    found = decide_last(before, after)
    assert found.label is Label.DISPUTED
    assert "480" in found.disputes[0].here.value


def test_a_strike_of_workers_and_a_flood_that_hits_a_town_are_two() -> None:
    """A word that two acts share ties nothing."""
    strike = piece("Dock workers shut the port of Tacna in Peru with a strike on Monday, the union said.", "Alpha")
    flood = piece("A flood hit Tacna in Peru on Monday and forced 100 people from their homes.", "Beta")
    assert decide_last(strike, flood).label is Label.NEW


def test_an_outlet_that_tells_the_same_of_somebody_else_revises_nothing() -> None:
    text = "The mayor of {} in Peru resigned on Monday over a corruption inquiry."
    one, other = (
        replace(piece(text.format(town), "Alpha"), title=f"Mayor of {town} resigns") for town in ("Piura", "Cajamarca")
    )
    assert decide_last(one, other).label is Label.NEW


def test_what_stands_far_down_in_an_endless_article_is_held_against_nothing() -> None:
    """Each of its reports has a place all the same, or the store would refuse the article."""
    endless = piece("Fire destroyed a hall in Bacău on Monday. " * 400, "Alpha")
    decision = decide_last(FIRE, endless)
    reports = read(endless).reports
    assert len(decision.assignments) == len(reports) > 150
