"""The examples of docs/timeline.md are what the program shows of the shipped seeds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from handlers.jobs.seed import seed_store
from tests.new_stores import open_new_store
from tests.store.handlers_world import World, make_world

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "timeline.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def seeded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    with open_new_store(tmp_path_factory.mktemp("timeline") / "wirewatch.db") as store:
        world = make_world(store)
        seed_store([ROOT / "seeds"], world.ports, report=lambda *_: None)
        yield world


def rows_under(head: str) -> list[list[str]]:
    """Return the cells of the table whose first heading is ``head``."""
    table = PAGE.partition(f"| {head} |")[2].partition("\n\n")[0]
    lines = [line for line in table.splitlines()[2:] if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


@pytest.mark.parametrize(("text", "shown"), [row[:2] for row in rows_under("in the text")])
def test_dates_are_shown_as_the_page_says(seeded: World, text: str, shown: str) -> None:
    entries = seeded.ask("timeline", topic="venezuela", show="full").data["entries"]
    found = [entry["when"] for entry in entries if any(text in report["quote"] for report in entry["reports"])]
    assert found == [shown]


def test_a_plan_is_marked_and_its_outcome_is_not_known(seeded: World) -> None:
    assert "3 April 2019 | told beforehand: it is marked *planned*" in PAGE
    entries = seeded.ask("timeline", topic="venezuela").data["entries"]
    assert {entry["modality"] for entry in entries if entry["from"] == "2019-04-03"} == {"planned"}


def test_the_landing_is_one_entry_of_two_origins(seeded: World) -> None:
    entries = seeded.ask("timeline", topic="caracas").data["entries"]
    (landing,) = [entry for entry in entries if any("Two aircraft" in each["quote"] for each in entry["reports"])]
    assert (landing["when"], landing["n_independent"]) == ("23 March 2019", 2)
    assert {report["outlet"] for report in landing["reports"]} == {"The Daily Wire", "Sic Semper Tyrannis"}
    assert any("over the weekend of 23 March 2019" in report["quote"] for report in landing["reports"])


@pytest.mark.parametrize("topic", ["tu-160", *re.findall(r"`(Ту-160|white swan|blackjack)`", PAGE)])
def test_the_bombers_are_what_the_page_says(seeded: World, topic: str) -> None:
    """Every entry names them; the visit to Moscow and the talks of the same article do not."""
    quotes = [entry["reports"][0]["quote"] for entry in seeded.ask("timeline", topic=topic).data["entries"]]
    assert 0 < len(quotes) <= 4
    assert all(re.search("bomber|Blackjack|Tu-160", quote) for quote in quotes)


@pytest.mark.parametrize("line", [row[0].strip("`") for row in rows_under("asked")])
def test_the_lines_of_the_page_have_answers(seeded: World, line: str) -> None:
    from handlers.lines import parse_line  # noqa: PLC0415 - of this test alone

    typed = parse_line(line)
    reply = seeded.ask(typed.path, **typed.arguments)
    assert reply.data["entries"], line


def test_the_accounts_of_the_landing_agree_on_the_soldiers(seeded: World) -> None:
    entries = seeded.ask("timeline", topic="caracas").data["entries"]
    landing = next(entry for entry in entries if entry["n_independent"] > 1)
    reply = seeded.ask("compare", event=landing["events"][0])
    slots = {slot["subject"]: slot for slot in reply.data["slots"] if slot["slot"] == "figure"}
    assert slots["soldier"]["verdict"] == "agree"
    assert len({value["outlet"] for value in slots["soldier"]["values"]}) == 2


def test_the_bounds_are_those_of_the_program() -> None:
    from handlers.commands import timeline  # noqa: PLC0415 - of this test alone
    from news.timelines.visits import KEPT, LONGEST, PAUSE  # noqa: PLC0415 - the same
    from storage import selection  # noqa: PLC0415 - the same

    assert f"at most {timeline.MOST_ENTRIES} entries" in PAGE
    assert f"the words of the {timeline._CONSIDERED} that" in PAGE
    assert f"at most {selection.MOST_PAIRS:,}" in PAGE
    assert f"less than {PAUSE.seconds // 60} minutes apart" in PAGE
    assert f"after {LONGEST.seconds // 3600} hours" in PAGE
    assert f"{KEPT.days} days after you asked last" in PAGE
