"""Places: what a server or workspace sees and may change, and what belongs to all."""

from __future__ import annotations

import pytest

from handlers.registry import Completion
from handlers.reply import Listing, Notice, Person, Reply, text_of
from handlers.request import Access
from handlers.suggestions import LONGEST, suggest, suggest_named
from tests.store.handlers_world import World, make_article

HERE, NEXT, THERE = "discord:1/10", "discord:1/11", "discord:2/20"
SHARED, OURS, THEIRS = "https://shared.example/rss", "https://ours.example/rss", "https://theirs.example/rss"


def manage(world: World, command: str, channel: str = HERE, **arguments: str) -> Reply:
    return world.ask_as(Access.MANAGE, command, channel=channel, **arguments)


@pytest.fixture
def feeds(world: World) -> World:
    """One feed that all share, and one of each of two places."""
    world.ask("feed add", url=SHARED, outlet="Gazette")
    assert manage(world, "feed add", url=OURS).data["owner"] == "discord:1"
    assert manage(world, "feed add", THERE, url=THEIRS).data["owner"] == "discord:2"
    return world


def test_a_place_changes_its_own_feeds_and_no_others(feeds: World) -> None:
    assert manage(feeds, "feed pause", NEXT, feed="2").data["status"] == "paused"
    refused = manage(feeds, "feed pause", feed="1")
    assert refused.failed
    assert "Ask whoever runs this bot" in refused.title
    for command in ("feed pause", "feed resume", "feed remove"):
        assert "no feed" in manage(feeds, command, feed=THEIRS).title, "it is not even told that there is one"
    assert feeds.ask("feed remove", feed="3").data["removed"] is True
    assert manage(feeds, "feed remove", feed=OURS).data["removed"] is True


def test_a_place_sees_the_shared_feeds_and_its_own(feeds: World) -> None:
    """An address may hold a key that others must not read."""
    assert [feed["url"] for feed in manage(feeds, "feeds").data["feeds"]] == [SHARED, OURS]
    assert len(feeds.ask("feeds").data["feeds"]) == 3
    assert "theirs" not in str(manage(feeds, "feed add", url=THEIRS).data)
    assert manage(feeds, "feed preview", url="3").is_misuse, "a number of somebody else's feed is no address"
    feeds.poll()
    assert manage(feeds, "status").data["feeds"]["n"] == 2
    assert "theirs" not in str(manage(feeds, "status"))
    assert manage(feeds, "status").data["store"] == {}


def test_why_names_no_feed_of_another_place(feeds: World) -> None:
    """An address may hold a key: an article tells others that it came from a feed, not from which."""
    for number, url in enumerate((SHARED, OURS, THEIRS), 1):
        title = ("Bridge opens in Lima", "Flood in Quito", "Strike in Havana")[number - 1]
        feeds.serve(url, make_article(number, title, f"{title} on Friday. It was the {number}. of the year."))
    feeds.poll()
    with feeds.store.read() as tx:
        ids = {tx.articles.get(number).article.feed_url: number for number in (1, 2, 3)}

    def came(url: str, channel: str, access: Access = Access.READ) -> str:
        return str(feeds.ask_as(access, "why", channel=channel, item=f"a{ids[url]}").blocks)

    assert SHARED in came(SHARED, HERE)
    assert SHARED in came(SHARED, THERE)
    assert OURS in came(OURS, HERE)
    assert THEIRS in came(THEIRS, HERE, Access.OPERATE)
    for url, channel in ((OURS, THERE), (THEIRS, HERE)):
        shown = came(url, channel)
        assert url not in shown
        assert "a feed of another place" in shown
    feeds.ask("feed remove", feed=THEIRS)
    assert THEIRS not in came(THEIRS, HERE), "nor when it was removed"


def test_watches_of_a_place(world: World) -> None:
    manage(world, "watch add", topic="cuba", ping="77")
    manage(world, "watch add", NEXT, topic="cuba")
    manage(world, "watch add", THERE, topic="cuba")
    assert [watch["watch"] for watch in manage(world, "watches").data["watches"]] == [1]
    assert [watch["watch"] for watch in manage(world, "watch list").data["watches"]] == [1, 2]
    assert len(world.ask("watch list").data["watches"]) == 3
    assert "calls 77" in str(manage(world, "watch list"))
    assert manage(world, "watch pause", watch="2").data["is_paused"] is True
    assert manage(world, "watch pause", watch="CUBA").data["watch"] == 1
    assert manage(world, "watch resume", watch="2").data["is_paused"] is False
    assert "no watch" in manage(world, "watch pause", watch="3").title
    assert manage(world, "watch remove", NEXT, watch="1").data["removed"] is True
    assert manage(world, "watch remove", watch="cuba").failed, "by its topic only in its own channel"
    for ping in ("<@&77>", "@everyone", "7" * 41):
        assert manage(world, "watch add", topic="peru", ping=ping).is_misuse, ping


def test_a_watch_that_is_there_keeps_whom_it_calls(world: World) -> None:
    manage(world, "watch add", topic="cuba")
    again = manage(world, "watch add", topic="cuba", ping="77")
    assert (again.data["added"], again.data["ping"]) == (False, "")
    assert any("/watch edit 1" in text_of(each.spans) for each in again.blocks if isinstance(each, Notice))


def test_resuming_opens_a_channel_that_refused(world: World) -> None:
    manage(world, "watch add", topic="cuba")
    with world.store.write() as tx:
        tx.channels.close(HERE, reason="Missing Access", now=world.clock.now)
    assert "Missing Access" in str(manage(world, "watch list", NEXT))
    assert "Missing Access" not in str(manage(world, "watch list", THERE))
    assert manage(world, "watch pause", watch="1").data["is_paused"] is True
    assert "Missing Access" in str(manage(world, "watches"))
    assert "tried again" in str(manage(world, "watch resume", NEXT, watch="1"))
    assert manage(world, "watch list").data["closed"] == []


def test_the_audit_shows_who_did_it_in_the_own_place(world: World) -> None:
    manage(world, "watch add", topic="cuba")
    manage(world, "feed add", THERE, url=THEIRS)
    ours = world.ask_as(Access.EDIT, "audit", channel=NEXT)
    assert [change["action"] for change in ours.data["changes"]] == ["watch add"]
    assert ours.is_private
    (listing,) = [block for block in ours.blocks if isinstance(block, Listing)]
    assert Person("discord:somebody") in listing.items[0]
    assert len(world.ask("audit").data["changes"]) == 2
    for _ in range(60):
        manage(world, "watch pause", watch="1")
    assert len(world.ask("audit").data["changes"]) == 50


def test_feeds_are_offered_by_name_and_address_as_the_command_takes_them(feeds: World) -> None:
    assert suggest(Completion.FEED, "gaz", feeds.ports, channel=HERE) == (SHARED,)
    assert suggest(Completion.FEED, "", feeds.ports, channel=HERE) == (SHARED, OURS)
    assert len(suggest(Completion.FEED, "", feeds.ports, channel=HERE, access=Access.OPERATE)) == 3
    long = "https://long.example/" + "x" * 120
    private = "https://user:word@secret.example/rss"
    for url in (long, private):
        feeds.ask("feed add", url=url)
    for part in ("long", "secret"):
        (found,) = suggest_named(Completion.FEED, part, feeds.ports, channel=HERE)
        assert found.value.isdecimal()
        assert len(found.label) <= LONGEST
        assert "word" not in found.label
        assert not feeds.ask("feed pause", feed=found.value).failed


def test_watches_and_commands_are_offered(world: World) -> None:
    manage(world, "watch add", topic="cuba")
    long = "p" * 120
    manage(world, "watch add", topic=long)
    manage(world, "watch add", NEXT, topic="chile")
    assert suggest(Completion.WATCH, "", world.ports, channel=HERE) == ("cuba", "2")
    assert suggest(Completion.WATCH, "2", world.ports, channel=HERE) == ("2",)
    assert suggest(Completion.COMMAND, "/ti", world.ports, channel=HERE) == ("timeline",)
