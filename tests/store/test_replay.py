"""Replay: the same rules give what was posted, others give a difference with its reasons, and nothing is written."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path

import pytest

from handlers.jobs.deliver import deliver_due
from handlers.jobs.ingest import ingest_article
from handlers.jobs.replay import ReplayPlan, ReplayResult, replay
from handlers.jobs.rules import apply_rules
from handlers.jobs.settings import ConfiguredWatch
from handlers.jobs.switches import say_unknown
from handlers.ports import HandlerSettings, Ports
from handlers.replay_answer import ReplayView, compose_replay
from handlers.reply import Reply
from news.errors import QueryError
from news.model import Article
from news.watches.replays import Change
from storage.backup import copy_file
from storage.engine import open_store
from storage.rewind import rewind
from tests.store.handlers_world import BLACKOUT, FIRE, OPENING, START, WORSE, FakeMessenger, World, make_article

CHANNEL = "terminal:local"
DAY = timedelta(days=1)
OLD = make_article(
    9,
    "The long bridge of Merida",
    "The bridge near Merida in Venezuela collapsed on 3 March 2024, and four people died. A film tells of it now.",
    outlet="Andes Post",
)


def take(world: World, *articles: Article, **ahead: float) -> None:
    for article in articles:
        world.clock.forward(**(ahead or {"minutes": 3}))
        ingest_article(article, world.ports, alerts=True)
        deliver_due(world.ports, FakeMessenger())


@contextmanager
def staged(world: World, tmp_path: Path, plan: ReplayPlan, **settings: int) -> Iterator[tuple[Ports, Ports]]:
    now, then = tmp_path / "now.db", tmp_path / "then.db"
    copy_file(tmp_path / "wirewatch.db", now)
    copy_file(now, then)
    rewind(then, plan.since)
    held = HandlerSettings(worker="replay", **settings)  # type: ignore[arg-type]  # only numbers are set
    with open_store(str(now), read_only=True) as past, open_store(str(then)) as store:
        yield (
            Ports(past, world.door, world.clock, held),
            Ports(store, world.door, world.clock, held),
        )


def run(world: World, tmp_path: Path, since: datetime = START - DAY, **settings: int) -> tuple[ReplayResult, Reply]:
    plan = ReplayPlan(since, START + 30 * DAY)
    with staged(world, tmp_path, plan, **settings) as (past, copy):
        result = replay(past, copy, plan)
        return result, compose_replay(past, plan, result, ReplayView())


def test_the_same_rules_give_what_was_posted(world: World, tmp_path: Path) -> None:
    """Nothing differs, from the first article on and from the middle, where the copy must forget what came later."""
    world.ask("watch add", topic="venezuela")
    take(world, FIRE, BLACKOUT, WORSE, OLD)
    for since in (START - DAY, START + timedelta(minutes=5), START + timedelta(minutes=8)):
        result, reply = run(world, tmp_path, since)
        assert result.was, "there is something to compare"
        assert result.differences == ()
        assert result.decisions == ()
        assert reply.title.startswith("No difference")


def test_another_rule_is_told_with_reasons(world: World, tmp_path: Path) -> None:
    """An article on an event of two years ago is no news after 30 days, and news after 3,000."""
    world.ask("watch add", topic="venezuela")
    take(world, FIRE, OLD)
    result, reply = run(world, tmp_path, old_event_days=3_000)
    (difference,) = result.differences
    assert difference.changes == (Change.MORE,)
    assert difference.told.alert.article_id == 2
    said = str(reply.blocks)
    assert "would be posted" in said
    assert "OLD EVENT" in said
    assert reply.data["differences"][0]["why_then"].startswith("OLD EVENT")


def test_it_is_the_same_twice_and_writes_nothing(world: World, tmp_path: Path) -> None:
    """The same store and the same rules give the same bytes, and the store keeps its own."""
    world.ask("watch add", topic="venezuela")
    take(world, FIRE, OLD, WORSE)
    path = tmp_path / "wirewatch.db"
    files = [path, path.with_name("wirewatch.db-wal")]
    before = [sha256(file.read_bytes()).hexdigest() for file in files if file.exists()]
    first = run(world, tmp_path, old_event_days=3_000)[1]
    second = run(world, tmp_path, old_event_days=3_000)[1]
    assert repr(first) == repr(second)
    assert before == [sha256(file.read_bytes()).hexdigest() for file in files if file.exists()]


def test_a_flood_comes_in_the_same_digest(world: World, tmp_path: Path) -> None:
    """What was too much for a window was one digest, and is the same one; a wider window gives single messages."""
    world.ask("watch add", topic="venezuela")
    for n in range(14):
        text = (
            f"Bridge number {n} of the coast road in Venezuela was opened on Friday. It is {n * 31 + 20} metres long."
        )
        world.clock.forward(seconds=1)
        article = make_article(50 + n, f"Bridge {n} opens in state {n}", text, outlet=f"Paper {n}")
        ingest_article(article, world.ports, alerts=True)
    messenger = FakeMessenger()
    deliver_due(world.ports, messenger)
    n_posts = len(messenger.posts)
    assert n_posts == min(10, sum(len(post.reply.data.get("stories", [1])) for post in messenger.posts))
    result, _ = run(world, tmp_path)
    assert result.differences == ()
    result, _ = run(world, tmp_path, messages_per_window=1_000)
    assert {change for each in result.differences for change in each.changes} <= {Change.COMPANY}


def test_an_edition_of_then_gives_way_to_that_of_later_once_more(world: World, tmp_path: Path) -> None:
    """A correction that came within the stretch is replayed as one, from before it and from the beginning."""
    world.ask("watch add", topic="venezuela")
    world.ask("feed add", url="https://gazette.example/feed")
    first = replace(FIRE, feed_url="https://gazette.example/feed")
    later = replace(first, text=first.text.replace("Nine workers were hurt", "Two workers died and 11 were hurt"))
    take(world, first, BLACKOUT, later)
    with world.store.read() as tx:
        assert tx.articles.get_revision(1) == 1
    for since in (START - DAY, START + timedelta(minutes=8)):
        result, _ = run(world, tmp_path, since)
        assert result.differences == (), since
        assert result.decisions == ()


def test_marks_are_set_again_when_they_were(world: World, tmp_path: Path) -> None:
    """What a reader said holds from that moment on: before, the channel was told."""
    world.ask("watch add", topic="venezuela")
    take(world, FIRE, BLACKOUT)
    world.clock.forward(minutes=1)
    assert not world.ask("mark irrelevant", item="n1").failed
    take(world, WORSE)
    for since in (START - DAY, START + timedelta(minutes=5)):
        result, _ = run(world, tmp_path, since)
        assert result.differences == ()
        assert result.notes == ()


def test_stories_joined_by_hand_are_parted_and_joined_again(world: World, tmp_path: Path) -> None:
    world.ask("watch add", topic="venezuela")
    take(world, FIRE, OPENING)
    world.clock.forward(minutes=1)
    assert not world.ask("mark same", item="a2", story="s1").failed
    take(world, WORSE)
    for since in (START - DAY, START + timedelta(minutes=5)):
        result, _ = run(world, tmp_path, since)
        assert (result.differences, result.notes) == ((), ())


def test_held_alerts_wait_as_they_did(world: World, tmp_path: Path) -> None:
    """A daily digest that began before the stretch and goes out within it has the same alerts in it."""
    world.ask("watch add", topic="venezuela", mode="daily", at="18:00")
    take(world, FIRE, BLACKOUT, OLD)
    take(world, WORSE)
    world.clock.now = START.replace(hour=18)
    assert deliver_due(world.ports, FakeMessenger()) == 3
    for since in (START - DAY, START + timedelta(minutes=4)):
        result, _ = run(world, tmp_path, since)
        assert result.differences == ()


def test_watches_of_other_rules_are_added_and_left_out(world: World, tmp_path: Path) -> None:
    """Settings with other watches take the place of the settings of then; what people added by hand stays."""
    with world.store.write() as tx:
        tx.watches.add(channel=CHANNEL, expression="venezuela", actor="config:config.toml", now=world.clock.now)
    world.clock.forward(days=1)
    take(world, FIRE)
    plan = ReplayPlan(START, START + 30 * DAY)
    with staged(world, tmp_path, plan) as (past, copy):
        rules = [ConfiguredWatch(CHANNEL, "russia"), ConfiguredWatch("terminal:other", "amuay")]
        plan, notes = apply_rules(rules, past, copy, plan, is_other=True)
        result = replay(past, copy, plan)
    assert [(each.told.alert.channel, each.changes) for each in result.differences] == [
        (CHANNEL, (Change.LESS,)),
        ("terminal:other", (Change.MORE,)),
    ]
    assert [note.rpartition(": ")[2] for note in notes] == ["left out", "added", "added"]


def test_changes_of_watches_are_told(world: World, tmp_path: Path) -> None:
    """What watches were before an edit was not kept by earlier versions: what cannot be replayed is said."""
    world.ask("watch add", topic="venezuela")
    world.clock.forward(days=1)
    world.ask("watch edit", watch="1", labels="disputed")
    world.clock.forward(minutes=1)
    with world.store.write() as tx:
        subject = "venezuela (watch 1)"
        tx.audit.add(actor="t:x", action="watch edit", subject=subject, now=world.clock.now, channel=CHANNEL)
    take(world, FIRE)
    plan = ReplayPlan(START, START + 30 * DAY)
    with staged(world, tmp_path, plan) as (past, _), past.store.read() as tx:
        (note,) = say_unknown(tx, plan.since)
    assert "watch 1" in note
    assert "as it is now" in note


def test_an_unknown_change_is_told_beside_a_known_one_of_the_same_moment(world: World, tmp_path: Path) -> None:
    """Two watches of one channel are edited at once, and of one of them nothing was kept."""
    for topic in ("venezuela", "cuba"):
        world.ask("watch add", topic=topic)
    world.clock.forward(days=1)
    world.ask("watch edit", watch="1", labels="disputed")
    with world.store.write() as tx:
        subject = "cuba (watch 2)"
        tx.audit.add(actor="t:x", action="watch edit", subject=subject, now=world.clock.now, channel=CHANNEL)
    take(world, FIRE)
    plan = ReplayPlan(START, START + 30 * DAY)
    with staged(world, tmp_path, plan) as (past, _), past.store.read() as tx:
        (note,) = say_unknown(tx, plan.since)
    assert "watch 2" in note


def test_watches_are_off_and_on_when_they_were(world: World, tmp_path: Path) -> None:
    """Paused, resumed and muted at their moments: what was not heard then is not heard now, and the other way."""
    world.ask("watch add", topic="venezuela")
    take(world, FIRE)
    world.ask("watch pause", watch="1")
    take(world, OPENING)
    world.clock.forward(minutes=1)
    world.ask("watch resume", watch="1")
    take(world, BLACKOUT)
    world.ask("watch mute", watch="1", time="2h")
    take(world, WORSE)
    for since in (START - DAY, START + timedelta(minutes=4), START + timedelta(minutes=8)):
        result, _ = run(world, tmp_path, since)
        assert result.differences == (), since
        assert result.notes == ()


def test_watches_are_set_as_they_were(world: World, tmp_path: Path) -> None:
    """Edited and ended at their moments: what was heard then is heard again, and nothing is left to remark."""
    world.ask("watch add", topic="venezuela", channel="terminal:desk")
    world.ask("watch add", topic="venezuela")
    take(world, FIRE)
    world.clock.forward(minutes=1)
    world.ask("watch edit", watch="1", labels="disputed")
    take(world, OPENING)
    world.clock.forward(minutes=1)
    world.ask("watch edit", watch="1", labels="new,update", origins="1")
    world.ask("watch import", file='[[watches]]\ntopic = "venezuela"\nlabels = ["disputed"]\n', apply="yes")
    take(world, BLACKOUT)
    world.clock.forward(minutes=1)
    world.ask("watch remove", watch="1")
    take(world, WORSE)
    for minutes in (-1_440, 1, 4, 8, 12):
        since = START + timedelta(minutes=minutes)
        result, _ = run(world, tmp_path, since)
        assert result.differences == (), since
        assert result.notes == ()
    plan = ReplayPlan(START - DAY, START + 30 * DAY)
    with staged(world, tmp_path, plan) as (past, _), past.store.read() as tx:
        assert say_unknown(tx, plan.since) == []


def test_an_import_switches_watches_as_the_commands_do(world: World, tmp_path: Path) -> None:
    """Paused by a file, taken back, muted by another: the same rules give what was posted, with nothing to remark."""
    text = '[[watches]]\ntopic = "venezuela"\n'
    world.ask("watch add", topic="venezuela")
    take(world, FIRE)
    (undo,) = world.ask("watch import", file=f"{text}paused = true\n", apply="yes").actions
    take(world, OPENING)
    world.clock.forward(minutes=1)
    assert world.ask(undo.command, **undo.arguments).data["undone"] == 1
    take(world, BLACKOUT)
    world.ask("watch import", file=f"{text}muted_until = 2026-03-16T12:00:00Z\n", apply="yes")
    take(world, WORSE)
    for since in (START - DAY, START + timedelta(minutes=4), START + timedelta(minutes=8)):
        result, _ = run(world, tmp_path, since)
        assert result.differences == (), since
        assert result.notes == ()


def test_days_without_articles_are_refused(world: World, tmp_path: Path) -> None:
    take(world, FIRE)
    plan = ReplayPlan(START - 30 * DAY, START - 20 * DAY)
    with staged(world, tmp_path, plan) as (past, copy), pytest.raises(QueryError, match="2026-03-15"):
        replay(past, copy, plan)
