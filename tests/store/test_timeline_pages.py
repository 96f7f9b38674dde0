"""What a timeline leaves out can be paged to, and what is not wanted is left out of it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.render.terminal import render_text
from handlers.jobs.ingest import ingest_article
from handlers.reply import Entry, Reply, text_of
from news.queries.asked import find_quoted
from tests.store.handlers_world import START, World, make_article

TEXT = (
    "President Maduro opened an oil terminal in Maracaibo on 3 March 2026. A navy ship with 200 soldiers arrived in "
    "Maracaibo on 4 March 2026."
)


@pytest.fixture
def told(world: World) -> World:
    ingest_article(
        make_article(1, "Oil terminal opened", TEXT, at=START - timedelta(days=5)), world.ports, alerts=False
    )
    return world


def quotes(reply: Reply) -> list[str]:
    return [text_of(block.title) for block in reply.blocks if isinstance(block, Entry)]


def test_what_is_left_out_stands_on_the_next_page(told: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """No event stands on two pages, and the answer offers the next page as something to press."""
    monkeypatch.setattr("handlers.commands.timeline.MOST_ENTRIES", 1)
    first = told.ask("timeline", topic="maracaibo")
    offered = next(action for action in first.actions if "page" in action.arguments)
    assert offered.arguments["page"] == 2
    second = told.ask(offered.command, **offered.arguments)
    assert quotes(second)
    assert set(quotes(first)).isdisjoint(quotes(second))
    assert second.data["page"] == 2
    assert len(quotes(second)) + second.data["n_left_out"] == first.data["n_left_out"]


def test_a_page_behind_the_last_is_refused(told: World) -> None:
    assert "no page 9" in told.ask("timeline", topic="maracaibo", page=9).title


def test_a_full_timeline_offers_no_shorter_one(told: World) -> None:
    labels = [action.label for action in told.ask("timeline", topic="maracaibo", show="full").actions]
    assert not any(label.startswith("In ") for label in labels)


def test_not_leaves_out_the_events_that_tell_of_it(told: World) -> None:
    """The answer says so, and what is left out makes a visit of its own."""
    reply = told.ask("timeline", topic="maracaibo NOT oil")
    assert [quote[:18] for quote in quotes(reply)] == ["A navy ship with 2"]
    assert "Without events that tell of oil." in reply.data["remarks"]
    assert "leaves nothing" in render_text(told.ask("timeline", topic="maracaibo NOT venezuela"), width=200)


def test_or_in_quotation_marks_is_said_to_be_a_word() -> None:
    assert find_quoted('"oil OR gas" venezuela') == '"oil OR gas"'
    assert find_quoted('"oil or gas" OR venezuela') == ""


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ('"huanuni mine" OR "oil port"', ""),
        ("“huanuni mine” OR “oil port”", ""),
        ("„huanuni mine“ OR „oil port“", ""),
        ("«huanuni mine» NOT «oil port»", ""),
        ('"huanuni mine" OR "oil AND port" OR "gas"', '"oil AND port"'),
        ('"huanuni mine" OR "oil port', ""),
        (f'"{"mine " * 80}" OR "oil port"', ""),
        ("«the “huanuni” mine» OR «oil port»", ""),
    ],
)
def test_or_between_two_quoted_phrases_is_no_word_of_either(text: str, quoted: str) -> None:
    assert find_quoted(text) == quoted


def test_a_brief_takes_no_not(told: World) -> None:
    assert "NOT is for timelines" in told.ask("brief", topic="maracaibo NOT oil").title
