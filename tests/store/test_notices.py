"""What is not heard is told once, to whom it concerns, and so is that it is heard again."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from handlers.jobs.health import check_feeds
from handlers.jobs.notify import deliver_notices, refresh_notices
from handlers.jobs.poll import poll_due
from handlers.ports import Post
from handlers.request import Access
from news.decision import Label
from news.errors import DeliveryError, DestinationGoneError, MessageGoneError
from news.polling import Feed, FeedPoll, PollResult
from news.watches.notices import NoticeKind, TroubleKind
from news.watches.watch import Alert, Head, OutboxState
from storage.troubles import SqlTroubles
from tests.store.handlers_world import START, FakeMessenger, World, make_article

GAZETTE, HERALD, POST = (f"https://{name}.example/rss" for name in ("gazette", "herald", "post"))


class Net:
    """What the servers do: each feed answers with its entries unless it is said otherwise."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.down: dict[str, tuple[int, str]] = {}
        self.gone: set[str] = set()
        self.moved: dict[str, str] = {}
        world.door._poll = self.answer  # type: ignore[method-assign]  # the one way in

    def answer(self, feed: Feed) -> FeedPoll:
        now = self.world.clock.now
        later = now + timedelta(minutes=10)
        if feed.url in self.gone:
            return FeedPoll(feed, PollResult.GONE, now, later, http_status=410, error="410 Gone")
        if feed.url in self.down:
            status, error = self.down[feed.url]
            return FeedPoll(feed, PollResult.FAILED, now, later, http_status=status, error=error)
        entries = tuple(replace(each, feed_url=feed.url) for each in self.world.door.articles.get(feed.url, ()))
        moved_to = self.moved.get(feed.url, "")
        return FeedPoll(feed, PollResult.CHANGED, now, later, entries, http_status=200, moved_to=moved_to)


@pytest.fixture
def net(world: World) -> Net:
    return Net(world)


@pytest.fixture
def messenger() -> FakeMessenger:
    return FakeMessenger()


def add_feeds(world: World, *urls: str) -> None:
    for n, url in enumerate(urls):
        assert not world.ask("feed add", url=url, outlet=url.split("/")[2].partition(".")[0].title()).failed
        world.serve(url, make_article(900 + n, f"Weather of {url}", "It rains in Lima on Monday, and nobody minds."))
    world.poll()


def watch(world: World, topic: str = "venezuela", **more: str) -> None:
    assert not world.ask("watch add", topic=topic, **more).failed


def look(world: World, messenger: FakeMessenger, **span: float) -> list[str]:
    """Let time pass with a poll every few hours, look, and return the titles of what was told since."""
    n_before, until = len(messenger.posts), world.clock.now + timedelta(**span)
    while world.clock.now < until:
        world.poll()
        world.clock.now = min(until, world.clock.now + timedelta(hours=3))
    world.poll()
    check_feeds(world.ports)
    deliver_notices(world.ports, messenger)
    refresh_notices(world.ports, messenger)
    return [post.reply.title for post in messenger.posts[n_before:]]


def test_a_feed_that_is_gone_is_told_once_with_the_reason(world: World, net: Net, messenger: FakeMessenger) -> None:
    add_feeds(world, GAZETTE, HERALD)
    watch(world)
    assert look(world, messenger, minutes=30) == []
    net.gone.add(GAZETTE)
    assert look(world, messenger, minutes=5) == ["Gazette (feed 1) — stopped"]
    (post,) = messenger.posts
    assert "410 Gone" in str(post.reply.blocks)
    assert "/feed resume" in str(post.reply.blocks)
    assert post.key == "t1"
    assert look(world, messenger, days=3) == []
    assert "410 Gone" in str(world.ask("status").blocks)
    assert "stopped" in str(world.ask("feeds").data)


def test_it_is_told_again_only_after_it_recovered(world: World, net: Net, messenger: FakeMessenger) -> None:
    """Recovery is told under the first notice, which is shown as over."""
    add_feeds(world, GAZETTE, HERALD)
    watch(world)
    net.gone.add(GAZETTE)
    look(world, messenger, minutes=5)
    net.gone.clear()
    assert look(world, messenger, minutes=5) == [], "nobody resumed it"
    world.ask("feed resume", feed="1")
    assert look(world, messenger, minutes=5) == ["Gazette (feed 1) is heard again"]
    recovery = messenger.posts[-1]
    assert recovery.head is not None
    assert recovery.head.receipt == "message-t1"
    (edit,) = messenger.edits
    assert (edit[0].key, edit[1].title) == ("t1", "Over: Gazette (feed 1) — stopped")
    net.gone.add(GAZETTE)
    assert look(world, messenger, hours=2) == ["Gazette (feed 1) — stopped"]


def test_feeds_that_fall_one_after_another_are_one_message(world: World, net: Net, messenger: FakeMessenger) -> None:
    """The first is told at once, what follows within the hour together."""
    urls = [f"https://h{n}.example/rss" for n in range(6)]
    add_feeds(world, *urls)
    watch(world)
    told: list[str] = []
    for url in urls[:5]:
        net.gone.add(url)
        told.extend(look(world, messenger, minutes=1))
    told.extend(look(world, messenger, hours=2))
    assert told == ["H0 (feed 1) — stopped", "4 feeds in trouble"]


def test_feeds_that_come_back_one_after_another_are_one_line(world: World, net: Net, messenger: FakeMessenger) -> None:
    """As they were told in one message, so are their returns; the last one has nobody to wait for."""
    urls = [f"https://h{n}.example/rss" for n in range(6)]
    add_feeds(world, *urls)
    watch(world)
    net.gone.update(urls[:5])
    assert look(world, messenger, minutes=5) == ["5 feeds in trouble"]
    net.gone.clear()
    for feed in "1234":
        world.ask("feed resume", feed=feed)
        world.clock.forward(minutes=1)
        poll_due(world.ports)
        check_feeds(world.ports)
        assert deliver_notices(world.ports, messenger) == 0
    world.clock.forward(minutes=10)
    assert deliver_notices(world.ports, messenger) == 1
    assert messenger.posts[-1].reply.title == "H0 (feed 1) and 3 more are heard again"
    world.ask("feed resume", feed="5")
    assert look(world, messenger, minutes=1) == ["H4 (feed 5) is heard again"]


def test_a_return_that_nobody_was_told_of_and_that_did_not_last_is_not_told(
    world: World, net: Net, messenger: FakeMessenger
) -> None:
    """Else "is heard again" would come after the news that it stopped again."""
    add_feeds(world, GAZETTE, HERALD, POST)
    watch(world)
    net.gone.update({GAZETTE, HERALD})
    look(world, messenger, minutes=5)
    world.clock.forward(hours=2)
    world.ask("feed resume", feed="1")
    net.gone.clear()
    poll_due(world.ports)
    check_feeds(world.ports)
    with world.store.read() as tx:
        assert [each.kind for each in tx.notices.list_waiting("terminal:local")] == [NoticeKind.RECOVERY]
    world.ask("feed pause", feed="1")
    check_feeds(world.ports)
    world.clock.forward(hours=2)
    n_before = len(messenger.posts)
    deliver_notices(world.ports, messenger)
    assert [post.reply.title for post in messenger.posts[n_before:]] == ["Gazette (feed 1) — paused"]


def test_failing_for_long_is_told_with_the_next_try(world: World, net: Net, messenger: FakeMessenger) -> None:
    add_feeds(world, GAZETTE, HERALD)
    watch(world)
    net.down[GAZETTE] = (503, "503 Service Unavailable")
    assert look(world, messenger, hours=10) == []
    assert look(world, messenger, hours=4) == ["Gazette (feed 1) — cannot be polled"]
    assert "Next try " in str(messenger.posts[-1].reply.blocks)
    net.down.clear()
    assert look(world, messenger, minutes=5) == ["Gazette (feed 1) is heard again"]


def test_a_feed_that_lost_its_dates_and_then_dies_is_told_of_again(
    world: World, net: Net, messenger: FakeMessenger
) -> None:
    """What is heard all the same must not hide that it is heard no more, nor keep a watch counted as fed."""
    add_feeds(world, GAZETTE, HERALD)
    watch(world, "venezuela outlet:gazette")
    for n in range(8):
        world.clock.forward(hours=1)
        at = world.clock.now if n < 5 else None
        world.serve(GAZETTE, *(make_article(10 * n + m, f"Rain {n}{m}", f"It rains {n}{m} times.") for m in range(3)))
        world.door.articles[GAZETTE] = tuple(replace(each, published_at=at) for each in world.door.articles[GAZETTE])
        world.poll()
    assert look(world, messenger, minutes=5) == ["Gazette (feed 1) — without dates"]
    net.down[GAZETTE] = (503, "503 Service Unavailable")
    assert look(world, messenger, hours=14) == ["1 feed and 1 watch in trouble"]
    assert messenger.edits[-1][1].title == "Over: Gazette (feed 1) — without dates"
    with world.store.read() as tx:
        assert [each.kind for each in tx.troubles.list_open()] == [TroubleKind.FAILING, TroubleKind.UNFED]
    assert look(world, messenger, hours=14) == []


def test_our_own_network_is_told_to_who_runs_the_bot_and_no_feed_is_blamed(
    world: World, net: Net, messenger: FakeMessenger
) -> None:
    """Twenty dead feeds at once are one notice, in one channel."""
    add_feeds(world, *(f"https://h{n}.example/rss" for n in range(20)))
    watch(world)
    watch(world, "cuba", channel="terminal:desk")
    net.down.update({f"https://h{n}.example/rss": (0, "no answer") for n in range(20)})
    assert look(world, messenger, days=3) == ["The bot — no network"]
    assert messenger.posts[-1].channel == "terminal:local"
    net.down.clear()
    assert look(world, messenger, minutes=5) == ["The bot is on the network again"]
    net.down["https://h3.example/rss"] = (0, "no answer")
    assert look(world, messenger, hours=14)[0] == "H3 (feed 4) — cannot be polled"


def test_silence_is_told_by_the_feeds_own_rhythm(world: World, net: Net, messenger: FakeMessenger) -> None:
    del net
    add_feeds(world, GAZETTE, HERALD)
    watch(world)
    for n in range(40):
        world.clock.forward(hours=12)
        entry = make_article(n, f"Rain {n}", f"It rains in Lima on day {n}.", at=world.clock.now)
        world.serve(GAZETTE, entry)
        world.poll()
    assert look(world, messenger, hours=20) == []
    assert look(world, messenger, hours=8) == ["Gazette (feed 1) — silent"]
    assert "longest usual pause is 12 hours" in str(messenger.posts[-1].reply.blocks)
    world.serve(GAZETTE, make_article(99, "Sun", "The sun shines on Lima.", at=world.clock.now))
    assert look(world, messenger, minutes=5) == ["Gazette (feed 1) is heard again"]


def test_a_feed_that_moved_is_told_and_needs_no_recovery(world: World, net: Net, messenger: FakeMessenger) -> None:
    add_feeds(world, GAZETTE, HERALD)
    watch(world)
    net.moved[GAZETTE] = "https://new.example/rss"
    assert look(world, messenger, hours=9) == ["Gazette (feed 1) — moved"]
    assert "https://new.example/rss" in str(messenger.posts[-1].reply.blocks)
    assert look(world, messenger, hours=3) == []


def test_a_watch_that_no_living_feed_could_feed_is_told(world: World, net: Net, messenger: FakeMessenger) -> None:
    add_feeds(world, GAZETTE, HERALD)
    watch(world, "venezuela outlet:gazette")
    watch(world, "cuba", channel="terminal:desk")
    look(world, messenger, minutes=30)
    net.gone.add(GAZETTE)
    look(world, messenger, minutes=5)
    assert {(post.channel, post.reply.title) for post in messenger.posts} == {
        ("terminal:local", "1 feed and 1 watch in trouble")
    }, "the other watch does not depend on it"
    net.gone.clear()
    world.ask("feed resume", feed="1")
    assert look(world, messenger, minutes=5) == ["Gazette (feed 1) and 1 more are heard again"]


def test_who_heard_from_a_feed_is_told_and_nobody_else(world: World, net: Net, messenger: FakeMessenger) -> None:
    add_feeds(world, GAZETTE, HERALD)
    watch(world)
    watch(world, "cuba", channel="terminal:desk")
    with world.store.write() as tx:
        (article,) = tx.articles.find_ids("guid-900") or tx.articles.find_ids("https://gazette.example/900")
        tx.outbox.add([Alert(article, "terminal:desk", 2, Label.NEW)], now=world.clock.now)
    net.gone.add(GAZETTE)
    look(world, messenger, minutes=5)
    assert [post.channel for post in messenger.posts] == ["terminal:desk"]


def test_many_feeds_in_trouble_are_counted_once_before_the_lock(
    world: World, net: Net, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Walking a month of alerts for each feed kept every other writer waiting."""
    urls = [f"https://h{n}.example/rss" for n in range(6)]
    add_feeds(world, *urls)
    watch(world)
    net.gone.update(urls)
    world.poll()
    asked: list[bool] = []
    is_writing, ask = False, SqlTroubles.list_hearers

    def list_hearers(self: SqlTroubles, *, since: datetime) -> Mapping[str, frozenset[str]]:
        asked.append(is_writing)
        return ask(self, since=since)

    @contextmanager
    def write() -> Iterator[object]:
        nonlocal is_writing
        with world.store.write() as tx:
            is_writing = True
            yield tx
            is_writing = False

    monkeypatch.setattr(SqlTroubles, "list_hearers", list_hearers)
    store = _ReadOnly(world, write)
    check_feeds(replace(world.ports, store=store))  # type: ignore[arg-type]  # enough of a store
    assert asked == [False]
    with world.store.read() as tx:
        assert len(tx.troubles.list_open()) == 7, "six feeds and the watch"


def test_a_feed_of_one_place_is_told_of_nowhere_else(world: World, net: Net) -> None:
    """Its address may hold a key."""
    place = "discord:1/2"
    assert not world.ask_as(Access.MANAGE, "feed add", channel=place, url=GAZETTE).failed
    add_feeds(world, HERALD)
    watch(world)
    assert not world.ask_as(Access.MANAGE, "watch add", channel=place, topic="cuba").failed
    net.gone.add(GAZETTE)
    discord, terminal = FakeMessenger("discord:"), FakeMessenger()
    look(world, discord, minutes=5)
    deliver_notices(world.ports, terminal)
    assert [post.channel for post in discord.posts] == [place]
    assert terminal.posts == []
    assert "410" not in str(world.ask_as(Access.READ, "status", channel="slack:1/2").blocks)


def test_quiet_hours_hold_a_notice_and_what_is_over_by_then_is_not_told(
    world: World, net: Net, messenger: FakeMessenger
) -> None:
    add_feeds(world, GAZETTE, HERALD)
    watch(world, quiet="10:00-20:00")
    net.gone.update({GAZETTE, HERALD})
    assert look(world, messenger, minutes=5) == []
    net.gone.remove(HERALD)
    world.ask("feed resume", feed="2")
    assert look(world, messenger, hours=8) == ["Gazette (feed 1) — stopped"]
    assert world.clock.now >= START.replace(hour=20)
    net.gone.clear()


def test_a_notice_that_nobody_saw_and_that_is_over_is_withdrawn(
    world: World, net: Net, messenger: FakeMessenger
) -> None:
    add_feeds(world, GAZETTE, HERALD)
    watch(world, quiet="10:00-20:00")
    net.gone.add(GAZETTE)
    look(world, messenger, minutes=5)
    net.gone.clear()
    world.ask("feed resume", feed="1")
    assert look(world, messenger, hours=10) == []
    with world.store.read() as tx:
        assert tx.notices.get(1).state is OutboxState.WITHDRAWN


def test_a_calm_look_takes_no_writers_lock(world: World, net: Net) -> None:
    del net
    add_feeds(world, GAZETTE, HERALD)
    watch(world)
    world.clock.forward(minutes=15)
    world.poll()

    def refuse() -> None:
        raise AssertionError("there is nothing to write")

    read_only = replace(world.ports, store=_ReadOnly(world, refuse))  # type: ignore[arg-type]  # enough of a store
    assert check_feeds(read_only).n_opened == 0
    assert deliver_notices(read_only, FakeMessenger()) == refresh_notices(read_only, FakeMessenger()) == 0


class _ReadOnly:
    def __init__(self, world: World, write: Callable[[], object]) -> None:
        self.read, self.write = world.store.read, write


def test_a_refused_notice_is_tried_again_and_a_closed_channel_waits(
    world: World, net: Net, messenger: FakeMessenger
) -> None:
    add_feeds(world, GAZETTE, HERALD)
    watch(world)
    net.gone.add(GAZETTE)

    def fail(_: Post) -> None:
        raise DeliveryError("the platform is down")

    messenger.refuse = fail
    assert look(world, messenger, minutes=5) == []

    def shut(_: Post) -> None:
        raise DestinationGoneError("the bot may not write there")

    messenger.refuse = shut
    world.clock.forward(minutes=5)
    deliver_notices(world.ports, messenger)
    assert world.ask("status").data["closed"] != []
    messenger.refuse = lambda _: None
    world.clock.forward(hours=2)
    assert deliver_notices(world.ports, messenger) == 0
    world.ask("watch resume", watch="1")
    assert deliver_notices(world.ports, messenger) == 1
    assert (messenger.posts[-1].key, messenger.posts[-1].n_attempts) == ("t1", 3)


def end_trouble(world: World, net: Net, messenger: FakeMessenger, *channels: str) -> None:
    """Tell channels of a feed that is gone, and let it come back without editing anything yet."""
    add_feeds(world, GAZETTE, HERALD)
    for channel in channels:
        watch(world, channel=channel)
    net.gone.add(GAZETTE)
    look(world, messenger, minutes=5)
    net.gone.clear()
    world.ask("feed resume", feed="1")
    poll_due(world.ports)
    check_feeds(world.ports)


@pytest.mark.parametrize(
    ("error", "wait_s"), [(ValueError("what is this"), 601), (DeliveryError("slower", retry_after_s=3_600), 3_601)]
)
def test_an_edit_that_fails_waits_and_holds_up_no_other(
    world: World, net: Net, messenger: FakeMessenger, error: Exception, wait_s: float
) -> None:
    end_trouble(world, net, messenger, "terminal:1", "terminal:2")
    tried: list[str] = []

    def fail(head: Head) -> None:
        tried.append(head.channel)
        if head.channel == "terminal:1":
            raise error

    messenger.refuse_edit = fail
    assert refresh_notices(world.ports, messenger) == 1
    world.clock.forward(seconds=wait_s - 10)
    assert refresh_notices(world.ports, messenger) == 0
    assert tried == ["terminal:1", "terminal:2"], "too early to try again"
    messenger.refuse_edit = lambda _: None
    world.clock.forward(seconds=10)
    assert refresh_notices(world.ports, messenger) == 1
    assert messenger.edits[-1][0].channel == "terminal:1"
    assert refresh_notices(world.ports, messenger) == 0


def test_what_changes_while_a_message_is_edited_is_shown_next(world: World, net: Net, messenger: FakeMessenger) -> None:
    """Else "2 feeds in trouble" would stand there for ever."""
    add_feeds(world, GAZETTE, HERALD, POST)
    watch(world)
    net.gone.update({GAZETTE, HERALD})
    look(world, messenger, minutes=5)
    net.gone.clear()

    def come_back(feed: str) -> None:
        world.ask("feed resume", feed=feed)
        poll_due(world.ports)
        check_feeds(world.ports)

    come_back("1")
    messenger.refuse_edit = lambda _: come_back("2")
    assert refresh_notices(world.ports, messenger) == 1
    assert messenger.edits[-1][1].title == "2 feeds in trouble"
    messenger.refuse_edit = lambda _: None
    assert refresh_notices(world.ports, messenger) == 1
    assert messenger.edits[-1][1].title == "Over: 2 feeds in trouble"
    assert refresh_notices(world.ports, messenger) == 0


def test_an_edit_in_a_channel_that_refuses_the_bot_closes_it(world: World, net: Net, messenger: FakeMessenger) -> None:
    end_trouble(world, net, messenger, "terminal:1")

    def shut(_: Head) -> None:
        raise DestinationGoneError("the bot may not write there")

    messenger.refuse_edit = shut
    assert refresh_notices(world.ports, messenger) == 0
    assert world.ask("status").data["closed"] != []
    messenger.refuse_edit = lambda _: None
    assert refresh_notices(world.ports, messenger) == 0
    world.ask("watch resume", watch="1")
    assert refresh_notices(world.ports, messenger) == 1, "it is still to be shown"


@pytest.mark.parametrize("recognises", [False, True])
def test_a_sender_that_died_sends_it_again_under_the_same_key(world: World, net: Net, *, recognises: bool) -> None:
    messenger = FakeMessenger(recognises=recognises)
    add_feeds(world, GAZETTE, HERALD)
    watch(world)
    net.gone.add(GAZETTE)

    class PowerCut(BaseException):
        """Ends the process in the middle."""

    def die(_: Post) -> None:
        raise PowerCut

    messenger.refuse = die
    with pytest.raises(PowerCut):
        look(world, messenger, minutes=5)
    messenger.refuse = lambda _: None
    assert deliver_notices(world.ports, messenger) == 0, "the lease of the dead one holds for a while"
    world.clock.forward(seconds=301)
    assert deliver_notices(world.ports, messenger) == 1
    (post,) = messenger.posts
    assert (post.key, post.n_attempts) == ("t1", 2)
    assert ("Possibly repeated" in str(post.reply)) is not recognises


def test_a_recovery_whose_notice_was_deleted_stands_for_itself(
    world: World, net: Net, messenger: FakeMessenger
) -> None:
    add_feeds(world, GAZETTE, HERALD)
    watch(world)
    net.gone.add(GAZETTE)
    look(world, messenger, minutes=5)
    net.gone.clear()
    world.ask("feed resume", feed="1")

    def is_gone(post: Post) -> None:
        if post.head is not None:
            raise MessageGoneError("deleted")

    messenger.refuse = is_gone
    assert look(world, messenger, minutes=5) == ["Gazette (feed 1) is heard again"]
    assert messenger.posts[-1].head is None


def test_a_feed_that_is_removed_is_forgotten_without_a_word(world: World, net: Net, messenger: FakeMessenger) -> None:
    add_feeds(world, GAZETTE, HERALD)
    watch(world)
    net.gone.add(GAZETTE)
    look(world, messenger, minutes=5)
    world.ask("feed remove", feed="1")
    assert look(world, messenger, minutes=5) == []
    with world.store.read() as tx:
        assert tx.troubles.list_open() == []
        assert list(tx.troubles.list_health()) == [2]
