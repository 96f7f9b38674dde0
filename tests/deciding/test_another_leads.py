"""An article that opens with another happening of the kind: a second fire, ambush or drone attack."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from benchmarks.novelty import take_in
from benchmarks.stories import MemoryStore
from news.another.words import counts_on, happenings_in
from news.decision import Decision, Label
from news.model import Article, Precision
from news.reading import read


def hold(*told: tuple[str, str, str]) -> list[Decision]:
    """Return the decisions on articles of (day, title, text), each of an outlet of its own, in a store of their own."""
    store = MemoryStore()
    found = []
    for number, (day, title, text) in enumerate(told):
        at = datetime.fromisoformat(day).replace(tzinfo=UTC)
        article = Article("", "", f"Outlet {number}", title, text, at, Precision.DAY)
        found.append(take_in(store, article, read(article)))
    return found


@pytest.mark.parametrize(
    "text",
    [
        "Another Lima fire kills two",
        "Second drone attack in a week hits port",
        "A new earthquake struck Davao on Monday.",
        "Drones hit Tuapse again",
        "Third blackout in a month",
        "The town was flooded for the second time in a year.",
        "Otro incendio en Lima",
        "Второе землетрясение за неделю",
    ],
)
def test_words_that_count_a_happening_on(text: str) -> None:
    assert counts_on(text)


@pytest.mark.parametrize(
    "text",
    [
        "The mayor opened the new fire station on Monday.",
        "A second blast victim has died.",
        "Parliament passed a new fire safety law.",
        "Another strike vote is due on Friday.",
        "A new attack helicopter was shown.",
        "The Second Avenue fire began in a kitchen.",
        "The New York fire killed four.",
        "A second suspect in the attack was held.",
    ],
)
def test_a_thing_named_after_a_happening_is_none(text: str) -> None:
    """What is new there is a house, a law or a man."""
    assert not counts_on(text)


def test_a_second_fire_by_the_formula_of_the_first_contradicts_nothing() -> None:
    """Another title and another day outweigh that it looks like a copy with a changed figure."""
    _, second = hold(
        (
            "2026-11-11",
            "Fire in Lima kills four",
            ("A fire in a textile market in Lima killed four people on Wednesday, firefighters said."),
        ),
        (
            "2026-11-14",
            "Another Lima fire kills two",
            ("A fire in a textile market in Lima killed two people on Saturday, firefighters said."),
        ),
    )
    assert second.label in {Label.NEW, Label.UPDATE}
    assert not second.disputes


def test_figures_of_a_second_attack_move_none_of_the_first() -> None:
    first = (
        "Ukrainian drones attacked the Russian port of Tuapse on {}, injuring {} people, the governor said. The "
        "defence ministry said {} drones were shot down over the region."
    )
    _, second = hold(
        ("2026-11-10", "Drones hit Tuapse", first.format("Tuesday", "two", 41)),
        ("2026-11-15", "Drones hit Tuapse again", first.format("Sunday", "nine", 63)),
    )
    assert second.label in {Label.NEW, Label.UPDATE}
    assert not second.disputes
    assert all(fact.before is None for fact in second.new)


def test_weeks_later_and_elsewhere_is_a_story_of_its_own() -> None:
    text = "Gunmen ambushed a convoy of {} lorries with food aid near {} in South Sudan on {} and {}, the agency said."
    _, second = hold(
        (
            "2025-03-11",
            "Aid convoy ambushed in South Sudan",
            text.format("nine", "Malakal", "Monday", "abducted two men"),
        ),
        (
            "2025-05-20",
            "Aid convoy ambushed in South Sudan",
            text.format("six", "Nasir", "Sunday", "killed three guards"),
        ),
    )
    assert second.story_id is None


def test_another_account_of_the_first_is_no_second_happening() -> None:
    """Two days for one ambush, told before either could be another one, are a dispute still."""
    text = "Gunmen ambushed a convoy of nine lorries with food aid near Malakal in South Sudan on {}, {} said."
    _, second = hold(
        ("2025-03-11", "Convoy ambushed", text.format("Monday", "the agency")),
        ("2025-03-11", "Food convoy attacked", text.format("Saturday", "a union of hauliers")),
    )
    assert second.story_id == 1


def test_an_accident_that_is_set_beside_the_story_opens_its_own() -> None:
    _, second = hold(
        (
            "2026-11-09",
            "Six dead in Huanuni mine",
            (
                "At least six miners were killed on Monday when a gallery collapsed at the Huanuni tin mine in "
                "Bolivia, the ministry said. Rescuers were searching for 17 men."
            ),
        ),
        (
            "2026-11-14",
            "Bus plunges into ravine near Huanuni",
            (
                "Eight people died when a bus fell into a ravine near Huanuni in Bolivia on Saturday, police said. "
                "Rain had made the road slippery. It comes five days after a gallery collapsed at the town's tin "
                "mine, killing miners."
            ),
        ),
    )
    assert second.label is Label.NEW
    assert second.related_story_ids == (1,)


def test_kinds_of_happenings() -> None:
    assert happenings_in("Gunmen ambushed a convoy.") == {"attack"}
    assert happenings_in("Un incendio destruyó el mercado.", "es") == {"fire"}


def test_what_is_told_of_the_second_attack_is_no_event_of_the_first() -> None:
    """In a timeline the drones of Sunday stand under Sunday."""
    store = MemoryStore()
    first_text = "Drones attacked the port of Tuapse on Tuesday. The defence ministry said 41 drones were shot down."
    second_text = (
        "Drones attacked the port of Tuapse on Sunday for the second time in a week, killing two people. The defence "
        "ministry said 63 drones were shot down over the sea. On Tuesday an attack stopped all exports."
    )
    for day, title, text in (
        ("2026-11-10", "Drones hit Tuapse", first_text),
        ("2026-11-15", "Second drone attack hits Tuapse", second_text),
    ):
        at = datetime.fromisoformat(day).replace(tzinfo=UTC)
        article = Article("", "", title, title, text, at, Precision.DAY)
        take_in(store, article, read(article))
    events = {one.report.quote: one.event_id for one in store.reports}
    first = next(event for quote, event in events.items() if "41 drones" in quote)
    second = next(event for quote, event in events.items() if "63 drones" in quote)
    assert first != second
