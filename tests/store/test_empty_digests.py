"""A digest with nothing in it is one quiet line or nothing, as the watch says."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from handlers.jobs.deliver import deliver_due
from handlers.jobs.empties import say_empty_digests
from handlers.jobs.ingest import ingest_article
from handlers.jobs.notify import deliver_notices
from news.watches.schedule import Mode, Schedule, find_last_slot, parse_quiet
from tests.store.handlers_world import FakeMessenger, World, make_article

MORNING = datetime(2026, 3, 16, 8, tzinfo=UTC)


def say(world: World, at: datetime) -> list[str]:
    """Return what the terminal is told by then beside the news."""
    world.clock.now = at
    messenger = FakeMessenger()
    deliver_due(world.ports, messenger)
    say_empty_digests(world.ports)
    deliver_notices(world.ports, messenger)
    return [post.reply.title for post in messenger.posts]


def test_an_empty_digest_is_one_line_where_that_was_asked_for(world: World) -> None:
    """Once, in time, calling nobody; the watch that did not ask hears nothing."""
    world.ask("watch add", topic="norway", at="08:00", empty="line", ping="77")
    world.ask("watch add", topic="chile", at="08:00", channel="terminal:desk")
    assert say(world, MORNING - timedelta(minutes=1)) == []
    assert say(world, MORNING + timedelta(minutes=1)) == ["Daily digest: nothing new on norway."]
    assert say(world, MORNING + timedelta(minutes=2)) == []
    assert say(world, MORNING + timedelta(days=1)) == ["Daily digest: nothing new on norway."]


def test_a_digest_with_something_in_it_is_not_empty(world: World) -> None:
    world.ask("watch add", topic="norway", at="08:00", empty="line")
    world.ask("watch add", topic="chile", at="08:00", empty="line")
    text = "A tanker ran aground off Norway on Sunday with 40 people aboard, the coast guard said."
    ingest_article(make_article(1, "Tanker aground", text), world.ports, alerts=True)
    assert say(world, MORNING) == ["NEW: Tanker aground"]
    assert say(world, MORNING + timedelta(minutes=1)) == []


def test_watches_of_one_digest_are_one_line(world: World) -> None:
    world.ask("watch add", topic="norway", at="08:00", empty="line")
    world.ask("watch add", topic="chile", at="08:00", empty="line")
    world.ask("watch add", topic="peru", mode="hourly", empty="line")
    lines = say(world, MORNING + timedelta(minutes=1))
    assert lines == ["Digests: nothing new on norway, chile (daily), peru (hourly)."]


def test_a_digest_that_could_not_be_delivered_is_not_called_empty(world: World) -> None:
    """That nothing is new and that nothing arrived is not the same."""
    world.ask("watch add", topic="norway", at="08:00", empty="line")
    text = "A tanker ran aground off Norway on Sunday with 40 people aboard, the coast guard said."
    ingest_article(make_article(1, "Tanker aground", text), world.ports, alerts=True)
    with world.store.write() as tx:
        world.clock.now = MORNING
        (row,) = tx.outbox.lease("terminal:local", n_rows=1, now=MORNING, lease_s=60, worker="w")
        tx.outbox.record_failed(row.id, error="the channel is too small", retry_at=None, now=MORNING)
    words = "Daily digest: 1 alert on norway could not be delivered: the channel is too small. /why n1 tells more."
    assert say(world, MORNING + timedelta(minutes=1)) == [words]


def test_what_was_missed_is_not_said_late(world: World) -> None:
    world.ask("watch add", topic="norway", at="08:00", empty="line")
    assert say(world, MORNING + timedelta(hours=2)) == []


def test_a_paused_watch_says_nothing(world: World) -> None:
    world.ask("watch add", topic="norway", at="08:00", empty="line")
    world.ask("watch pause", watch="1")
    assert say(world, MORNING) == []


def test_the_choice_is_shown_and_can_be_changed(world: World) -> None:
    world.ask("watch add", topic="norway", at="08:00", empty="line")
    assert "empty ones too" in str(world.ask("watches").blocks)
    assert world.ask("watch edit", watch="1", empty="nothing").data["empty"] == "nothing"
    assert say(world, MORNING) == []
    assert world.ask("watch edit", watch="1", empty="perhaps").failed


@pytest.mark.parametrize(
    ("schedule", "slot"),
    [
        (Schedule(), None),
        (Schedule(Mode.DAILY), MORNING),
        (Schedule(Mode.DAILY, zone="Europe/Berlin"), MORNING - timedelta(hours=1)),
        (Schedule(Mode.HOURLY), MORNING + timedelta(hours=1)),
        (Schedule(Mode.DAILY, quiet=parse_quiet("07:00-09:00")), MORNING + timedelta(hours=1)),
    ],
)
def test_the_last_digest_is_the_one_that_was_due(schedule: Schedule, slot: datetime | None) -> None:
    found = find_last_slot(schedule, MORNING + timedelta(hours=1, minutes=30))
    assert (None if found is None else found.due_at) == slot
