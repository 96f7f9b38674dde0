"""What may be set of a watch, as it is typed, told, and followed by what the channel hears."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from handlers.jobs.deliver import deliver_due
from handlers.reply import Notice, Reply, text_of
from handlers.request import Access
from news.decision import Label
from tests.new_stores import open_new_store
from tests.store.handlers_world import START, FakeMessenger, World, make_article, make_world

URL = "https://gazette.example/feed"


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with open_new_store(tmp_path / "wirewatch.db") as store:
        yield make_world(store)


def words(reply: Reply) -> str:
    return " ".join([reply.title, *(text_of(each.spans) for each in reply.blocks if isinstance(each, Notice))])


def tell(world: World, *titles: str) -> None:
    """Let a feed that was seen before have these articles."""
    if not world.door.articles:
        world.ask("feed add", url=URL)
        world.serve(URL)
        world.poll()
    articles = [
        make_article(n, title, f"{title}, the harbour master of port {n} said.", at=world.clock.now)
        for n, title in enumerate(titles, 100 * int((world.clock.now - START).total_seconds()))
    ]
    world.serve(URL, *articles)
    world.poll()


def deliver(world: World) -> list[list[str]]:
    """Return what goes out now, message by message."""
    messenger = FakeMessenger()
    while deliver_due(world.ports, messenger):
        pass
    with world.store.read() as tx:
        messages = [tx.outbox.list_message(int(key[1:])) for key in messenger.keys]
        return [[tx.articles.get(row.alert.article_id).article.title for row in rows] for rows in messages]


def test_settings_are_made_told_and_changed(world: World) -> None:
    made = world.ask("watch add", topic="oil", labels="new, disputed", origins="2", at="8:30", zone="America/Caracas")
    assert "Posted: NEW, DISPUTED, together daily at 08:30 America/Caracas, from 2 independent origins on." in words(
        made
    )
    changed = world.ask("watch edit", watch="1", mode="once", quiet="22-7", origins="1", labels="usual", ping="desk")
    assert "at once, not from 22:00 to 07:00 America/Caracas, calls desk." in words(changed)
    assert (changed.data["mode"], changed.data["quiet"], changed.data["n_origins"]) == ("at once", "22:00-07:00", 1)
    ended = world.ask("watch edit", watch="oil", quiet="off", ping="off")
    assert "Posted: NEW, UPDATE, REVISED, DISPUTED, at once." in words(ended)
    assert [line.action for line in audit(world)] == ["watch edit", "watch edit", "watch add"]


def audit(world: World) -> list:  # type: ignore[type-arg]  # lines of the audit log
    with world.store.read() as tx:
        return list(tx.audit.list_newest(limit=9))


def test_a_watch_that_is_there_is_not_changed_by_adding_it(world: World) -> None:
    world.ask("watch add", topic="oil", origins="3")
    again = world.ask("watch add", topic="OIL", origins="1")
    assert (again.data["added"], again.data["n_origins"]) == (False, 3)
    assert "/watch edit 1" in words(again)


@pytest.mark.parametrize(
    ("settings", "reason"),
    [
        ({}, "what to change"),
        ({"labels": "breaking"}, "no label; there are new"),
        ({"labels": ","}, "at least one"),
        ({"mode": "weekly"}, "once, hourly, daily"),
        ({"at": "noon"}, "08:30"),
        ({"quiet": "22"}, "22:00-07:00"),
        ({"quiet": "7-7"}, "pause the watch"),
        ({"zone": "Mars/Base"}, "America/Caracas"),
        ({"origins": "0"}, "from 1 up"),
        ({"origins": "1000"}, "at most"),
        ({"ping": "<!here>"}, "letters and digits"),
    ],
)
def test_a_wrong_setting_is_refused_and_changes_nothing(world: World, settings: dict[str, str], reason: str) -> None:
    world.ask("watch add", topic="oil")
    before = world.ask("watch list").data
    refused = world.ask("watch edit", watch="1", **settings)
    assert refused.is_misuse
    assert reason in refused.title
    assert world.ask("watch list").data == before


def test_only_who_manages_the_place_may_set_anything(world: World) -> None:
    world.ask("watch add", topic="oil")
    for command, arguments in (
        ("watch edit", {"watch": "1", "mode": "daily"}),
        ("watch mute", {"watch": "1", "time": "2h"}),
    ):
        assert world.ask_as(Access.EDIT, command, **arguments).failed
        assert world.ask_as(Access.MANAGE, command, channel="discord:7/8", **arguments).failed


def test_a_muted_watch_posts_nothing_until_it_hears_again(world: World) -> None:
    world.ask("watch add", topic="*")
    muted = world.ask("watch mute", watch="1", time="2h")
    assert "Muted until 15 March 2026 14:00 UTC; /watch resume 1 ends it." in words(muted)
    tell(world, "Tanker runs aground")
    assert deliver(world) == []
    world.clock.forward(hours=2)
    tell(world, "Refinery burns in Bahrain")
    assert deliver(world) == [["Refinery burns in Bahrain"]]
    world.ask("watch mute", watch="1", time="3d")
    world.ask("watch resume", watch="1")
    tell(world, "Strike closes mine in Chile")
    assert deliver(world) == [["Strike closes mine in Chile"]]
    assert "no length of time" in world.ask("watch mute", watch="1", time="soon").title


def test_a_daily_digest_comes_as_one_message_at_its_time(world: World) -> None:
    world.ask("watch add", topic="*", at="18:00")
    tell(world, "Tanker runs aground", "Refinery burns in Bahrain")
    tell(world, "Strike closes mine in Chile")
    assert deliver(world) == []
    why = world.ask("why", item="n1")
    assert "held for the daily digest until 15 March 2026 18:00 UTC" in str(text_of_listing(why))
    world.clock.now = START + timedelta(hours=6)
    assert deliver(world) == [["Tanker runs aground", "Refinery burns in Bahrain", "Strike closes mine in Chile"]]
    assert deliver(world) == []


def text_of_listing(reply: Reply) -> list[str]:
    return [text_of(item) for block in reply.blocks if hasattr(block, "items") for item in block.items]


def test_quiet_hours_hold_alerts_back_and_lose_none(world: World) -> None:
    world.ask("watch add", topic="*", quiet="12:00-13:00")
    tell(world, "Tanker runs aground", "Refinery burns in Bahrain")
    assert deliver(world) == []
    world.clock.now = START + timedelta(hours=1)
    tell(world, "Strike closes mine in Chile")
    assert deliver(world) == [["Tanker runs aground", "Refinery burns in Bahrain"], ["Strike closes mine in Chile"]]


def test_labels_decide_what_is_posted(world: World) -> None:
    world.ask("watch add", topic="*", labels="disputed")
    tell(world, "Tanker runs aground")
    assert deliver(world) == []
    with world.store.read() as tx:
        assert tx.watches.list_all()[0].labels == frozenset({Label.DISPUTED})


def test_or_between_two_quoted_phrases_works_and_nothing_else_is_said(world: World) -> None:
    made = words(world.ask("watch add", topic='"runs aground" OR "closes mine"'))
    assert "taken as a phrase" not in made
    tell(world, "Tanker runs aground", "Strike closes mine in Chile")
    assert sum(map(len, deliver(world))) == 2
    assert "“runs OR walks” is taken as a phrase" in words(world.ask("watch add", topic="“runs OR walks” OR mine"))


def test_a_watch_is_tried_on_what_came_lately(world: World) -> None:
    """Counts and examples, before anybody hears anything; nothing is posted and nothing changes."""
    tell(world, "Tanker runs aground off Norway", "Refinery burns in Bahrain")
    tell(world, "Strike closes mine in Chile")
    tried = world.ask("watch test", watch="norway OR chile")
    assert "would have posted 2 alerts in the last 7 days, 2 in the last 30" in tried.title
    assert tried.data["by_label"] == {"NEW": 2}
    assert [each["matched"] for each in tried.data["alerts"]] == [["chile"], ["norway"]]
    assert "3 articles came in that time. Most came on 15 March 2026: 2." in words(tried)
    assert deliver(world) == []
    assert "none of them fits" in words(world.ask("watch test", watch="peru"))
    assert world.ask("watch test", watch="peru OR").is_misuse


def test_a_watch_that_is_there_is_tried_with_its_settings(world: World) -> None:
    world.ask("watch add", topic="*", labels="disputed", at="18:00")
    tell(world, "Tanker runs aground off Norway", "Refinery burns in Bahrain")
    assert world.ask("watch test", watch="1").data["n_alerts"] == 0
    world.ask("watch edit", watch="1", labels="usual")
    tried = world.ask("watch test", watch="1", since="30d")
    assert tried.data["n_alerts"] == 2
    assert "They come together daily at 18:00 UTC: 1 message." in words(tried)


def test_a_mark_takes_back_what_waits_and_undo_lets_it_come(world: World) -> None:
    """What somebody calls irrelevant at night must not stand in the digest of the morning."""
    world.ask("watch add", topic="*", at="18:00")
    tell(world, "Tanker runs aground off Norway", "Refinery burns in Bahrain")
    world.ask("mark irrelevant", item="n1")
    assert "not sent: f1: marked not relevant" in str(text_of_listing(world.ask("why", item="n1")))
    world.clock.now = START + timedelta(hours=6)
    assert deliver(world) == [["Refinery burns in Bahrain"]]
    world.ask("mark undo", mark="f1")
    assert deliver(world) == [["Tanker runs aground off Norway"]]


def test_what_waits_for_a_watch_ends_with_it(world: World) -> None:
    world.ask("watch add", topic="norway", at="18:00")
    world.ask("watch add", topic="bahrain", at="18:00")
    tell(world, "Tanker runs aground off Norway", "Refinery burns in Bahrain")
    world.ask("watch remove", watch="norway")
    world.clock.now = START + timedelta(hours=6)
    assert deliver(world) == [["Refinery burns in Bahrain"]]
    assert "watch 1 was ended" in str(text_of_listing(world.ask("why", item="n1")))
