"""``/compare``: how an event is named, and what is laid side by side."""

from __future__ import annotations

import json

import pytest

from bot.render.discord import render_pages as discord_pages
from bot.render.formats import FORMATS
from bot.render.slack import render_pages as slack_pages
from bot.render.terminal import render_text
from handlers.reply import Heading, Quote, Reply
from handlers.request import Access
from tests.store.handlers_world import START, World, make_article
from tests.store.test_timeline_command import ARTICLES, GOLDEN, take


@pytest.fixture
def told(world: World) -> World:
    take(world, *ARTICLES)
    return world


def landing(world: World) -> str:
    entries = world.ask("timeline", topic="venezuela").data["entries"]
    return str(next(entry["events"][0] for entry in entries if "landed" in entry["title"]))


def verdicts(reply: Reply) -> dict[str, str]:
    return {f"{slot['slot']} {slot['subject']}".strip(): slot["verdict"] for slot in reply.data["slots"]}


def test_each_slot_says_whether_the_accounts_agree(told: World) -> None:
    """Both values of what is contested stand with outlet, article and quote; what is agreed says so in words."""
    reply = told.ask("compare", event=landing(told))
    assert verdicts(reply) | {"when": "agree", "where": "agree", "status": "agree"} == verdicts(reply)
    (contested,) = [slot for slot in reply.data["slots"] if slot["verdict"] == "contradict"]
    assert [(each["value"], each["outlet"]) for each in contested["values"]] == [
        ("about 100 soldiers", "Gazette"),
        ("400 soldiers", "Herald"),
    ]
    assert all(each["quote"] and each["article"] for slot in reply.data["slots"] for each in slot["values"])
    shown = [block.text for block in reply.blocks if isinstance(block, Heading)]
    assert "When: the accounts agree" in shown
    assert "Figure, soldier: disputed, the accounts contradict each other" in shown
    assert {block.text for block in reply.blocks if isinstance(block, Quote)} >= {ARTICLES[1].text}
    json.dumps(dict(reply.data), allow_nan=False)


def test_an_event_is_named_by_number_id_story_or_words(told: World) -> None:
    event = landing(told)
    shown = told.ask("timeline", topic="caracas").data["entries"]
    number = next(entry["number"] for entry in shown if entry["events"][0] == event)
    story = told.ask("compare", event=event).data["story"]
    for reference in (str(number), event, story, "planes caracas"):
        assert told.ask("compare", event=reference).data["event"] == event, reference


def test_a_number_is_that_of_the_askers_last_timeline(told: World) -> None:
    """Another reader has seen no timeline, and the one seen before the last does not count."""
    told.ask("timeline", topic="venezuela")
    told.clock.forward(minutes=1)
    told.ask("timeline", topic="maduro")
    assert "bridge" in told.ask("compare", event="1").data["title"]
    assert "1 to 1" in told.ask("compare", event="9").title
    other = told.ask_as(Access.READ, "compare", channel="discord:1/2", event="1")
    assert (other.failed, "no timeline" in other.title) == (True, True)


def test_what_is_not_there_is_said(told: World) -> None:
    for reference in ("e999", "s999", "zzyzx", "999999999999999"):
        reply = told.ask("compare", event=reference)
        assert (reply.failed, bool(reply.title)) == (True, True), reference


def test_one_account_is_shown_with_its_quotes(told: World) -> None:
    """Nothing can be held against it, and the answer says so rather than that all agree."""
    told.ask("timeline", topic="maduro")
    reply = told.ask("compare", event="1")
    assert set(verdicts(reply).values()) == {"alone"}
    assert "Only one outlet tells of it" in render_text(reply)
    assert any(isinstance(block, Quote) for block in reply.blocks)


def test_a_revision_stands_beside_the_account(world: World) -> None:
    later = "Two Russian military planes with 400 soldiers landed in Caracas on 7 March 2026."
    take(world, ARTICLES[0], make_article(2, "Planes", later, at=START))
    reply = world.ask("compare", event="planes caracas")
    assert [fact["value"] for fact in reply.data["revisions"]] == ["400 soldiers"]
    assert "figure revised: Gazette said about 100 soldiers, and later 400 soldiers" in render_text(reply, width=200)


@pytest.mark.parametrize("width", [60, 80, 120])
def test_golden_text(told: World, width: int) -> None:
    text = render_text(told.ask("compare", event=landing(told)), width=width)
    assert max(map(len, text.splitlines())) <= width
    assert text == (GOLDEN / f"compare_{width}.txt").read_text(encoding="utf-8")


def test_both_chats_show_slots_and_quotes(told: World) -> None:
    reply = told.ask("compare", event=landing(told))
    discord = "\n".join(page.embed["description"] for page in discord_pages(reply))
    slack = json.dumps([page.blocks for page in slack_pages(reply)], ensure_ascii=False)
    assert "**Figure, soldier: disputed, the accounts contradict each other**" in discord
    assert "*Figure, soldier: disputed, the accounts contradict each other*" in slack
    assert "**400 soldiers** — Herald" in discord
    assert "*400 soldiers* — Herald" in slack
    assert "> “Two Russian military planes with 400 soldiers" in discord


def test_markup_of_a_feed_stays_text(world: World) -> None:
    """Names of outlets and sentences come from strangers."""
    hostile = "Two Russian planes with **400** soldiers landed in Caracas on 7 March 2026, @everyone <!channel>."
    take(world, make_article(1, "Planes", hostile, outlet="[x](http://x.example) @here", at=START))
    reply = world.ask("compare", event="caracas")
    assert not reply.failed
    discord = "\n".join(page.embed["description"] for page in discord_pages(reply))
    slack = json.dumps([page.blocks for page in slack_pages(reply)], ensure_ascii=False)
    assert "@everyone" not in discord
    assert "](http://x.example)" not in discord
    assert "<!channel>" not in slack


def test_the_accounts_go_into_files(world: World) -> None:
    """No cell is a formula, no text of a feed becomes markup, and the file says what it is."""
    hostile = "Two Russian planes with 400 soldiers landed in Caracas on 7 March 2026, said <b>the</b> *Kremlin*."
    take(world, ARTICLES[0], make_article(2, "Planes", hostile, outlet="=cmd()", at=START))
    reply = world.ask("compare", event=landing(world))
    made = {name: FORMATS[name].render(reply, START).decode() for name in ("csv", "markdown", "json")}
    assert made["csv"].startswith("slot,subject,verdict,outlet,value,article,origin,quote\r\n")
    assert ",'=cmd()," in made["csv"]
    assert ",=cmd()," not in made["csv"]
    assert "\\<b\\>the" in made["markdown"]
    assert FORMATS["csv"].file_name(reply) == f"comparison-{reply.data['event']}.csv"


@pytest.mark.parametrize(
    "described",
    [
        "landing of russian planes in venezuela",
        "the arrival of aeroplanes in caracas",
        "russian aircraft land in caracas in march 2026",
        "landings of military aircraft",
    ],
)
def test_an_event_is_found_by_a_description(told: World, described: str) -> None:
    """A noun for a verb, a word for one of its kind, a country for its town."""
    assert told.ask("compare", event=described).data["event"] == landing(told)


def test_of_two_like_events_the_one_described_is_meant(told: World) -> None:
    take(told, make_article(8, "Bus", "A bus with 30 tourists arrived in Caracas on 12 March 2026.", at=START))
    assert "bus" in told.ask("compare", event="arrival of a bus in caracas").data["title"].lower()
    assert told.ask("compare", event="arrival of planes in caracas").data["event"] == landing(told)
    assert "bus" in told.ask("compare", event="arrivals in caracas on 12 March 2026").data["title"].lower()


def test_a_description_that_fits_nothing_gets_the_nearest_events(told: World) -> None:
    reply = told.ask("compare", event="invasion of mars by russia")
    assert (reply.failed, "fits" in reply.title) == (True, True)
    assert 0 < len(reply.data["nearest"]) <= 5
    first = reply.data["nearest"][0]
    assert f"/compare {first['event']} opens" in render_text(reply, width=200)
    assert not told.ask("compare", event=first["event"]).failed


def test_a_name_that_is_misspelt_gets_the_nearest_names(told: World) -> None:
    assert "Did you mean Caracas" in told.ask("compare", event="caracs").title
