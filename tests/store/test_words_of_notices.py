"""What is said of a notice, a mark and a trouble is what is the case."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from handlers.jobs.deliver import deliver_due
from handlers.jobs.health import check_feeds
from handlers.jobs.ingest import ingest_article
from handlers.reply import Reply
from handlers.request import Access
from news.polling import FeedStatus
from news.watches.notices import BRAKE, GATHERING, QUIET, Notice, NoticeKind, TroubleKind
from tests.store.handlers_world import START, FakeMessenger, World
from tests.store.test_feedback import FIRE, VISIT
from tests.store.test_notices import GAZETTE, HERALD, Net, add_feeds, look, watch

AN_HOUR = timedelta(hours=1)


def add(world: World, **more: object) -> None:
    notice = Notice(0, "terminal:local", NoticeKind.EMPTY, "k", START, text="Words.")
    with world.store.write() as tx:
        tx.notices.add(replace(notice, **more))  # type: ignore[arg-type]  # its fields


def why(world: World, what: str = "t1") -> str:
    return words_of(world.ask("why", item=what))


def words_of(reply: Reply) -> str:
    return " ".join(str(reply.blocks).split())


@pytest.mark.parametrize(
    ("held_by", "words"),
    [
        (QUIET, "held for quiet hours until"),
        (BRAKE, "held, for the channel was told of other trouble shortly before, until"),
        (GATHERING, "held for more that may be heard again until"),
        ("", "held until"),
    ],
)
def test_why_says_what_holds_a_notice_back(world: World, held_by: str, words: str) -> None:
    add(world, due_at=START + AN_HOUR, held_by=held_by)
    assert words in why(world)
    assert "0 tries" not in why(world)


def test_why_says_when_a_notice_is_tried_again(world: World) -> None:
    add(world)
    assert "waiting to be sent" in why(world)
    with world.store.write() as tx:
        held = tx.notices.lease(now=START, channels="terminal:", lease_s=60, worker="w")
        assert held is not None
        tx.notices.record_failed(held, error="503", retry_at=START + AN_HOUR)
    assert "not sent yet after 1 try: 503; the next try is at" in why(world)
    with world.store.write() as tx:
        tx.channels.close("terminal:local", reason="it is gone", now=START)
    assert "the channel has refused the bot from" in why(world)


def test_trouble_after_trouble_waits_for_the_brake(world: World) -> None:
    net, messenger = Net(world), FakeMessenger()
    add_feeds(world, GAZETTE, HERALD)
    watch(world)
    net.gone.add(GAZETTE)
    look(world, messenger, minutes=5)
    net.gone.add(HERALD)
    world.poll()
    check_feeds(world.ports)
    assert "for the channel was told of other trouble shortly before" in why(world, "t2")


def test_a_server_that_is_mute_is_told_from_one_that_refuses(world: World) -> None:
    """With feeds of one host alone nobody can say whether it is the server or the bot's own network."""
    net, messenger = Net(world), FakeMessenger()
    add_feeds(world, GAZETTE)
    watch(world)
    look(world, messenger, hours=1)
    net.down[GAZETTE] = (0, "connection refused")
    with world.store.read() as tx:
        assert tx.feeds.list_all()[0].status is FeedStatus.ACTIVE
    look(world, messenger, hours=15)
    with world.store.read() as tx:
        (trouble,) = (each for each in tx.troubles.list_open() if each.kind is TroubleKind.FAILING)
    assert trouble.reason.startswith("its server has not answered since")
    assert trouble.reason.endswith("no feed of another host is polled, so it may be the bot's own network as well")


@pytest.mark.parametrize(("what", "words"), [("irrelevant", "hears nothing more of"), ("known", "only what corrects")])
def test_why_says_what_a_mark_keeps_from_a_channel(world: World, what: str, words: str) -> None:
    """Of the article that was marked, of one that came later, and of a watch that was made since."""
    here = "discord:1/10"
    assert not world.ask_as(Access.MANAGE, "watch add", channel=here, topic="venezuela").failed
    ingest_article(FIRE, world.ports, alerts=True)
    deliver_due(world.ports, FakeMessenger("discord:"))
    assert not world.ask_as(Access.EDIT, f"mark {what}", channel=here, item="n1").failed
    first = words_of(world.ask_as(Access.READ, "why", channel=here, item="a1"))
    assert words in first
    assert "f1 on a1" in first.replace("'), Text(text='", "")
    world.clock.forward(hours=1)
    ingest_article(VISIT, world.ports, alerts=True)
    later = words_of(world.ask_as(Access.READ, "why", channel=here, item="a2"))
    assert "Held back in " in later
    assert words not in later, "it is said once"


def test_a_watch_of_a_channel_that_dismissed_the_story_would_not_post_it(world: World) -> None:
    ingest_article(FIRE, world.ports, alerts=True)
    assert not world.ask("mark irrelevant", item="a1").failed
    world.clock.forward(hours=1)
    watch(world)
    assert "its story was marked not relevant there (f1)" in why(world, "a1")


def test_too_short_an_interval_names_what_was_set(world: World) -> None:
    """The key of the settings where it was set there, the option where it was typed."""
    assert world.ask("feed add", url=GAZETTE, interval=2).title.startswith("--interval takes 30 seconds")
    settings = replace(world.ports.settings, default_interval_s=2)
    world.ports = replace(world.ports, settings=settings)
    refused = world.ask("feed add", url=GAZETTE)
    assert refused.failed
    assert refused.title.startswith("“interval_s” under [poll] in the settings is 2")
    assert not world.ask("feed add", url=GAZETTE, interval=60).failed
