"""Delivery: each alert once and in order, under its story, in no flood; and what follows when a platform refuses."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest

from handlers.jobs.deliver import ACTOR, deliver_due, next_try, refresh_heads
from handlers.jobs.ingest import ingest_article
from handlers.ports import Ports, Post, Transaction
from handlers.reply import Reply
from news.decision import Label
from news.errors import DeliveryError, DestinationGoneError, MessageGoneError, NotEditableError, StorageError
from news.model import Article
from news.watches.watch import Alert, Head, OutboxRow, OutboxState
from tests.e2e.stories import iter_oddities
from tests.store.handlers_world import BLACKOUT, FIRE, OPENING, WORSE, FakeMessenger, World, make_article

CHANNEL = "terminal:local"


@pytest.fixture
def messenger() -> FakeMessenger:
    return FakeMessenger()


def watch(world: World, topic: str = "venezuela", **more: str) -> None:
    assert not world.ask("watch add", topic=topic, **more).failed


def take(world: World, *articles: Article) -> None:
    for article in articles:
        world.clock.forward(seconds=1)
        ingest_article(article, world.ports, alerts=True)


def outbox(world: World) -> dict[str, int]:
    with world.store.read() as tx:
        return {state: n for state, n in tx.outbox.count_by_state().items() if n}


def find_head(world: World, article_id: int = 1) -> Head | None:
    with world.store.read() as tx:
        return tx.heads.find(CHANNEL, tx.articles.get(article_id).story_id)


def get_row(world: World, row_id: int) -> OutboxRow:
    with world.store.read() as tx:
        return tx.outbox.get(row_id)


def refuse_with(error: BaseException) -> Callable[[Post | Head], None]:
    def refuse(_message: Post | Head) -> None:
        raise error

    return refuse


def queue(world: World, n_alerts: int, *, watch_ids: tuple[int, ...] = (1,)) -> None:
    """Put alerts on articles with nothing in common into the outbox, as ingesting would, but quicker."""
    for n, item in enumerate(iter_oddities(n_alerts)):
        article = make_article(100 + n, item.title, item.text, outlet=f"Paper {n % 7}")
        result = ingest_article(article, world.ports, alerts=False)
        alert = Alert(result.article_id, CHANNEL, watch_ids[n % len(watch_ids)], Label.NEW)
        with world.store.write() as tx:
            tx.outbox.add([alert], now=world.clock.now)


def test_an_alert_is_sent_once_and_its_receipt_kept(world: World, messenger: FakeMessenger) -> None:
    watch(world)
    take(world, FIRE)
    assert deliver_due(world.ports, messenger) == 1
    assert messenger.titles == [FIRE.title]
    assert deliver_due(world.ports, messenger) == 0
    row = get_row(world, 1)
    assert (row.receipt, row.state) == ("message-n1", OutboxState.SENT)


def test_other_platforms_channels_are_left_to_them(world: World) -> None:
    watch(world)
    take(world, FIRE)
    assert deliver_due(world.ports, FakeMessenger("discord:")) == 0
    assert outbox(world) == {"pending": 1}


def test_an_idle_bot_takes_no_writers_lock(world: World, messenger: FakeMessenger) -> None:
    """Looking for work each second must not hold up those who write."""

    class ReadOnly:
        """The store, on which nobody may write."""

        @contextmanager
        def read(self) -> Iterator[Transaction]:
            with world.store.read() as tx:
                yield tx

        def write(self) -> None:
            raise AssertionError("there is nothing to write")

    idle: Ports = replace(world.ports, store=ReadOnly())  # type: ignore[arg-type]  # enough of a store for this
    assert deliver_due(idle, messenger) == refresh_heads(idle, messenger) == 0


def test_a_refused_alert_waits_and_holds_back_the_next_of_its_channel(world: World, messenger: FakeMessenger) -> None:
    """Order holds within a channel: what comes later must not be told first."""
    watch(world)
    take(world, FIRE, BLACKOUT)
    messenger.refuse = refuse_with(DeliveryError("the platform is down"))
    assert deliver_due(world.ports, messenger) == 0
    messenger.refuse = lambda _: None
    assert deliver_due(world.ports, messenger) == 0, "not before the wait is over"
    world.clock.forward(seconds=6)
    assert deliver_due(world.ports, messenger) == 2
    assert messenger.titles == [FIRE.title, BLACKOUT.title]


def test_the_platform_says_how_long_to_wait(world: World, messenger: FakeMessenger) -> None:
    watch(world)
    take(world, FIRE)
    messenger.refuse = refuse_with(DeliveryError("slow down", retry_after_s=90))
    deliver_due(world.ports, messenger)
    messenger.refuse = lambda _: None
    world.clock.forward(seconds=89)
    assert deliver_due(world.ports, messenger) == 0
    world.clock.forward(seconds=2)
    assert deliver_due(world.ports, messenger) == 1


@pytest.mark.parametrize("recognises", [False, True])
def test_a_sender_that_died_may_have_sent(world: World, *, recognises: bool) -> None:
    """Kill -9 between sending and the receipt: the same key again, and a warning where nobody can tell."""
    messenger = FakeMessenger(recognises=recognises)
    watch(world)
    take(world, FIRE)

    class PowerCut(BaseException):
        """Ends the process in the middle."""

    messenger.refuse = refuse_with(PowerCut())
    with pytest.raises(PowerCut):
        deliver_due(world.ports, messenger)
    messenger.refuse = lambda _: None
    assert deliver_due(world.ports, messenger) == 0, "the lease of the dead one holds for a while"
    world.clock.forward(seconds=301)
    assert deliver_due(world.ports, messenger) == 1
    (post,) = messenger.posts
    assert (post.key, post.n_attempts, post.made_at) == ("n1", 2, get_row(world, 1).first_tried_at)
    assert ("Possibly repeated" in str(post.reply)) is not recognises


def test_an_alert_that_waited_is_looked_for_since_its_first_try(world: World, messenger: FakeMessenger) -> None:
    """Looking through all that a channel was sent since the alert was made could take hundreds of pages."""
    watch(world)
    take(world, FIRE)
    world.clock.forward(days=3)
    first = world.clock.now
    messenger.refuse = refuse_with(DeliveryError("the platform is down"))
    deliver_due(world.ports, messenger)
    messenger.refuse = lambda _: None
    world.clock.forward(hours=1)
    assert deliver_due(world.ports, messenger) == 1
    (post,) = messenger.posts
    assert (post.n_attempts, post.made_at) == (2, first)
    assert get_row(world, 1).created_at < first


def test_nothing_is_tried_while_the_platform_is_not_connected(world: World, messenger: FakeMessenger) -> None:
    """Being unconnected counts as no try: once it is back, nobody waits for the end of a pause."""
    watch(world)
    take(world, FIRE)
    messenger.is_ready = False
    assert deliver_due(world.ports, messenger) == 0
    assert get_row(world, 1).n_attempts == 0
    messenger.is_ready = True
    assert deliver_due(world.ports, messenger) == 1
    take(world, WORSE)
    world.clock.forward(seconds=31)
    messenger.is_ready = False
    assert refresh_heads(world.ports, messenger) == 0
    assert messenger.edits == []
    messenger.is_ready = True
    assert refresh_heads(world.ports, messenger) == 1


def test_losing_the_connection_ends_the_round(world: World, messenger: FakeMessenger) -> None:
    """What is left counts as not tried, neither alerts nor heads."""
    watch(world)
    take(world, FIRE, BLACKOUT)

    def lose(_message: Post | Head) -> None:
        messenger.is_ready = False
        raise DeliveryError("the connection is lost")

    messenger.refuse = lose
    assert deliver_due(world.ports, messenger) == 0
    assert [get_row(world, n).n_attempts for n in (1, 2)] == [1, 0]
    messenger.refuse, messenger.is_ready = lambda _: None, True
    world.clock.forward(seconds=6)
    deliver_due(world.ports, messenger)
    take(world, WORSE)
    world.clock.forward(seconds=31)
    messenger.refuse_edit = lose
    assert refresh_heads(world.ports, messenger) == 0
    head = find_head(world)
    assert head is not None
    assert (head.n_failures, head.edited_at) == (0, None)


@pytest.mark.parametrize("error", [StorageError("the database is busy"), OSError(28, "No space left"), KeyError("x")])
def test_whatever_sending_raises_is_tried_again(world: World, messenger: FakeMessenger, error: Exception) -> None:
    """A store that was busy for a moment must not cost the alert, nor an unknown error hold up its channel."""
    watch(world)
    take(world, FIRE)
    messenger.refuse = refuse_with(error)
    assert deliver_due(world.ports, messenger) == 0
    assert outbox(world) == {"pending": 1}
    messenger.refuse = lambda _: None
    world.clock.forward(seconds=6)
    assert deliver_due(world.ports, messenger) == 1


def test_waits_grow_and_end(world: World) -> None:
    watch(world)
    take(world, FIRE)
    row, now = get_row(world, 1), world.clock.now
    waits = [next_try(replace(row, n_attempts=n), now) for n in (1, 2, 3, 50, 100)]
    assert [None if wait is None else (wait - now).total_seconds() for wait in waits] == [5, 10, 20, 3600, None]
    assert next_try(replace(row, n_attempts=1), now, retry_after_s=1e12) is not None


def test_the_first_alert_on_a_story_opens_it_and_later_ones_go_under_it(world: World, messenger: FakeMessenger) -> None:
    watch(world)
    take(world, FIRE)
    deliver_due(world.ports, messenger)
    head = find_head(world)
    assert head is not None
    assert (head.row_id, head.receipt, head.thread) == (1, "message-n1", "thread-n1")
    take(world, WORSE, BLACKOUT)
    assert deliver_due(world.ports, messenger) == 2
    first, under, other = messenger.posts
    assert (first.head, other.head) == (None, None)
    assert under.head is not None
    assert under.head.id == head.id
    assert "Story " in str(under.reply.blocks[0])
    assert FIRE.title in str(under.reply.blocks[0])
    assert "Story " not in str(other.reply.blocks[0])


def test_a_head_is_kept_current_and_not_edited_all_the_time(world: World, messenger: FakeMessenger) -> None:
    """Copies raise the count silently; what is new is told in the head too."""
    watch(world)
    take(world, FIRE)
    deliver_due(world.ports, messenger)
    assert refresh_heads(world.ports, messenger) == 0
    take(world, replace(FIRE, outlet="Herald", url="https://herald.example/7", source_id="guid-7"))
    world.clock.forward(seconds=31)
    assert refresh_heads(world.ports, messenger) == 1
    assert messenger.edits[-1][1].data["n_articles"] == 2
    assert deliver_due(world.ports, messenger) == 0, "a copy is not told"
    take(world, WORSE)
    assert refresh_heads(world.ports, messenger) == 0, "edited a second ago"
    world.clock.forward(seconds=30)
    assert refresh_heads(world.ports, messenger) == 1
    reply = messenger.edits[-1][1]
    assert reply.data["n_articles"] == 3
    assert "What came later" in str(reply)
    assert refresh_heads(world.ports, messenger) == 0


def test_a_head_that_cannot_be_edited_now_is_tried_later(world: World, messenger: FakeMessenger) -> None:
    watch(world)
    take(world, FIRE)
    deliver_due(world.ports, messenger)
    take(world, WORSE)
    world.clock.forward(seconds=31)
    messenger.refuse_edit = refuse_with(DeliveryError("slow down", retry_after_s=100))
    assert refresh_heads(world.ports, messenger) == 0
    messenger.refuse_edit = lambda _: None
    world.clock.forward(seconds=60)
    assert refresh_heads(world.ports, messenger) == 0
    world.clock.forward(seconds=41)
    assert refresh_heads(world.ports, messenger) == 1


def test_a_head_that_always_fails_holds_up_no_other_and_is_tried_ever_less(
    world: World, messenger: FakeMessenger
) -> None:
    """It would be tried every half a minute for ever, and those behind it never."""
    watch(world)
    take(world, FIRE, OPENING)
    assert deliver_due(world.ports, messenger) == 2
    with world.store.write() as tx:
        for article_id in (1, 2):
            tx.heads.mark(tx.articles.get(article_id).story_id)
    tried = []

    def refuse(head: Head) -> None:
        if head.row_id == 1:
            tried.append(world.clock.now)
            raise DeliveryError("it always fails")

    messenger.refuse_edit = refuse
    world.clock.forward(seconds=31)
    assert refresh_heads(world.ports, messenger) == 1
    assert [head.row_id for head, _ in messenger.edits] == [2]
    for _ in range(4 * 24 * 12):
        world.clock.forward(minutes=5)
        refresh_heads(world.ports, messenger)
    waits = [round((later - earlier).total_seconds() / 60) for earlier, later in itertools.pairwise(tried)]
    assert waits == sorted(waits)
    assert waits[:8] == [5, 5, 5, 5, 10, 20, 35, 65], "half a minute, doubled, at the next look"
    assert waits[-1] == 24 * 60
    messenger.refuse_edit = lambda _: None
    world.clock.forward(days=1)
    assert refresh_heads(world.ports, messenger) == 1


def test_a_deleted_head_is_forgotten_and_the_alert_opens_another(world: World, messenger: FakeMessenger) -> None:
    watch(world)
    take(world, FIRE)
    deliver_due(world.ports, messenger)
    take(world, WORSE)

    def refuse(post: Post) -> None:
        if post.head is not None:
            raise MessageGoneError("it was deleted")

    messenger.refuse = refuse
    assert deliver_due(world.ports, messenger) == 1
    assert messenger.posts[-1].head is None
    head = find_head(world)
    assert head is not None
    assert head.row_id == 2
    take(world, replace(FIRE, outlet="Herald", url="https://herald.example/7", source_id="guid-7"))
    messenger.refuse_edit = refuse_with(MessageGoneError("gone as well"))
    world.clock.forward(seconds=31)
    assert refresh_heads(world.ports, messenger) == 0
    assert find_head(world) is None


def test_a_message_that_stands_for_itself_becomes_the_head(world: World, messenger: FakeMessenger) -> None:
    """Where a platform puts a reply to a deleted message into the channel, nothing is sent twice and it opens anew."""
    watch(world)
    take(world, FIRE)
    deliver_due(world.ports, messenger)
    take(world, WORSE)
    given = messenger.post
    messenger.post = lambda post: replace(given(post), thread="", opens=True)  # type: ignore[method-assign]  # one fault
    assert deliver_due(world.ports, messenger) == 1
    assert messenger.posts[-1].head is not None
    head = find_head(world)
    assert head is not None
    assert (head.row_id, head.receipt, head.thread) == (2, "message-n2", "")
    assert outbox(world) == {"sent": 2}


def test_a_head_that_cannot_be_edited_is_kept_and_left_alone(world: World, messenger: FakeMessenger) -> None:
    """It counts as edited: later reports still go under it, and nothing is tried again until something changes."""
    watch(world)
    take(world, FIRE)
    deliver_due(world.ports, messenger)
    take(world, WORSE)
    world.clock.forward(seconds=31)
    messenger.refuse_edit = refuse_with(NotEditableError("too old"))
    refresh_heads(world.ports, messenger)
    kept = find_head(world)
    assert kept is not None
    assert kept.row_id == 1
    tried: list[Head] = []
    messenger.refuse_edit = tried.append
    world.clock.forward(days=2)
    refresh_heads(world.ports, messenger)
    assert tried == []


def test_a_channel_that_refuses_is_closed_and_loses_nothing(world: World, messenger: FakeMessenger) -> None:
    watch(world)
    take(world, FIRE, BLACKOUT)
    messenger.refuse = refuse_with(DestinationGoneError("the bot may not write there"))
    tried: list[int] = []
    assert deliver_due(world.ports, messenger) == 0
    messenger.refuse = lambda post: tried.append(post.n_attempts)
    world.clock.forward(days=1)
    assert deliver_due(world.ports, messenger) == 0
    assert tried == []
    assert outbox(world) == {"pending": 2}
    (change, *_) = world.ask("audit").data["changes"]
    assert (change["actor"], change["channel"]) == (ACTOR, CHANNEL)
    for command, arguments in (("status", {}), ("watches", {}), ("watch list", {}), ("why", {"item": "n1"})):
        assert "the bot may not write there" in str(world.ask(command, **arguments)), command
    resumed = world.ask("watch resume", watch="1")
    assert "2 alerts waiting" in str(resumed.blocks)
    assert deliver_due(world.ports, messenger) == 2
    assert messenger.titles == [FIRE.title, BLACKOUT.title]
    assert world.ask("status").data["closed"] == []


def test_a_head_in_a_channel_that_refuses_closes_it(world: World, messenger: FakeMessenger) -> None:
    watch(world)
    take(world, FIRE)
    deliver_due(world.ports, messenger)
    take(world, WORSE)
    world.clock.forward(seconds=31)
    messenger.refuse_edit = refuse_with(DestinationGoneError("no such channel"))
    assert refresh_heads(world.ports, messenger) == 0
    with world.store.read() as tx:
        assert [closed.channel for closed in tx.channels.list_closed()] == [CHANNEL]


def test_a_flood_becomes_one_digest_and_then_silence(world: World, messenger: FakeMessenger) -> None:
    """Two hundred alerts at once: nine messages, then one that holds the rest, then nothing until the time is over."""
    watch(world)
    queue(world, 200)
    assert deliver_due(world.ports, messenger) == 200
    assert len(messenger.posts) == 10
    assert messenger.keys == [f"n{n}" for n in range(1, 11)]
    digest = messenger.posts[-1]
    assert (digest.label, digest.head) == (None, None)
    told = [alert["alert"] for story in digest.reply.data["stories"] for alert in story["alerts"]]
    assert sorted(told) == sorted(f"n{n}" for n in range(10, 201))
    assert digest.reply.title.startswith("191 alerts on ")
    assert outbox(world) == {"sent": 200}
    heads = [find_head(world, get_row(world, n).alert.article_id) for n in range(10, 201)]
    assert all(head is None or head.row_id < 10 for head in heads), "a digest opens no story"
    take(world, FIRE)
    assert deliver_due(world.ports, messenger) == 0
    world.clock.forward(seconds=601)
    assert deliver_due(world.ports, messenger) == 1


def test_a_digest_that_is_tried_again_is_the_same(world: World, messenger: FakeMessenger) -> None:
    """What came between two tries waits: the platform knows the message by its key, and must find the same in it."""
    watch(world)
    queue(world, 15)

    def refuse(post: Post) -> None:
        if post.label is None:
            tried.append(post.reply)
            if len(tried) == 1:
                raise DeliveryError("the platform is down")

    tried: list[Reply] = []
    messenger.refuse = refuse
    assert deliver_due(world.ports, messenger) == 9
    take(world, FIRE)
    world.clock.forward(seconds=6)
    assert deliver_due(world.ports, messenger) == 6
    first, second = tried
    assert first.title == second.title
    assert [story["story"] for story in first.data["stories"]] == [story["story"] for story in second.data["stories"]]
    assert messenger.posts[-1].n_attempts == 2
    assert outbox(world) == {"sent": 15, "pending": 1}


def test_pings_are_those_of_watches_that_still_want_them(world: World, messenger: FakeMessenger) -> None:
    for topic in ("caracas", "bridge", "venezuela"):
        watch(world, topic, ping="77" if topic != "bridge" else "88")
    watch(world, "refinery", ping="99")
    queue(world, 12, watch_ids=(1, 3))
    deliver_due(world.ports, messenger)
    assert {post.pings for post in messenger.posts} == {("77",)}
    world.clock.forward(seconds=700)
    world.ask("watch pause", watch="1")
    world.ask("watch remove", watch="3")
    with world.store.write() as tx:
        article = tx.outbox.get(1).alert.article_id
        tx.outbox.add([Alert(article, CHANNEL, n, Label.REVISED, n) for n in (1, 2, 3, 4)], now=world.clock.now)
    deliver_due(world.ports, messenger)
    assert [post.pings for post in messenger.posts[-4:]] == [(), ("88",), (), ("99",)]


def test_alerts_whose_articles_are_gone_are_given_up(
    world: World, messenger: FakeMessenger, monkeypatch: pytest.MonkeyPatch
) -> None:
    from handlers.jobs import deliver  # noqa: PLC0415 - only this test changes it
    from news.errors import NotFoundError  # noqa: PLC0415 - the same

    def compose(*_: object, **__: object) -> Reply:
        raise NotFoundError("there is no article 1")

    watch(world)
    take(world, FIRE)
    monkeypatch.setattr(deliver, "compose_alert", compose)
    assert deliver_due(world.ports, messenger) == 0
    assert outbox(world) == {"failed": 1}
    assert "there is no article" in str(world.ask("why", item="n1"))


def test_a_mark_made_before_the_receipt_was_written_is_shown(world: World, messenger: FakeMessenger) -> None:
    """Who sees the message may press a button before the bot knows that it arrived."""
    watch(world)
    take(world, FIRE)

    def press(_message: Post | Head) -> None:
        assert not world.ask("mark known", item="n1").failed

    messenger.refuse = press
    deliver_due(world.ports, messenger)
    assert refresh_heads(world.ports, messenger) == 1
