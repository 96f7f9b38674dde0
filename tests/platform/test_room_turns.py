"""What happens to a server or a channel in quick succession is done in its order, whatever the store takes for it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any, TypeVar, cast

import discord
import pytest
import structlog

from bot.platforms.answers import Answers
from bot.platforms.discord.rooms import StoredRooms
from bot.platforms.slack.rooms import Rooms
from tests.store import conftest as store_tests
from tests.store.handlers_world import World

Given = TypeVar("Given")

world = store_tests.world


class HeldAnswers:
    """Does what it is asked at once, but for the first, which comes after all that does not wait for it."""

    def __init__(self) -> None:
        self.n_asked = 0

    async def run(self, work: Callable[[], Given]) -> Given:
        self.n_asked += 1
        if self.n_asked == 1:
            for _ in range(50):
                await asyncio.sleep(0)
        return work()


@pytest.fixture
def answers() -> Answers:
    return cast("Answers", HeldAnswers())


def watch(world: World, channel: str) -> None:
    with world.store.write() as tx:
        tx.watches.add(channel=channel, expression="*", actor="terminal:ana", now=world.clock.now)


def is_open(world: World, channel: str) -> bool:
    with world.store.read() as tx:
        return not any(closed.channel == channel for closed in tx.channels.list_closed())


def test_a_bot_let_in_again_at_once_ends_with_open_channels(world: World, answers: Answers) -> None:
    """Leaving is slow and joining fast: joining waits for it."""
    channel = "discord:7/11"
    watch(world, channel)
    rooms = StoredRooms(answers, world.ports, structlog.get_logger())
    everything = SimpleNamespace(permissions_for=lambda _member: discord.Permissions.all())
    guild = cast("Any", SimpleNamespace(id=7, me=object(), get_channel_or_thread=lambda _channel_id: everything))

    async def leave_and_join() -> None:
        await asyncio.gather(rooms.leave(7), rooms.look(guild, asks=True))

    asyncio.run(leave_and_join())
    assert is_open(world, channel)
    asyncio.run(rooms.leave(7))
    assert not is_open(world, channel)


def test_a_server_that_joins_while_all_are_looked_at_stays_open(world: World, answers: Answers) -> None:
    """What was there when the look began is no word on what is there at a server's turn."""
    channel = "discord:7/11"
    watch(world, channel)
    rooms = StoredRooms(answers, world.ports, structlog.get_logger())
    everything = SimpleNamespace(permissions_for=lambda _member: discord.Permissions.all())
    guild = cast("Any", SimpleNamespace(id=7, me=object(), get_channel_or_thread=lambda _channel_id: everything))
    here: list[Any] = []

    async def join() -> None:
        here.append(guild)
        await rooms.look(guild)

    async def look_while_one_joins() -> None:
        await asyncio.gather(rooms.look_at_all(lambda: here), join())

    asyncio.run(look_while_one_joins())
    assert is_open(world, channel)
    here.clear()
    asyncio.run(rooms.look_at_all(lambda: here))
    assert not is_open(world, channel)


def test_a_channel_given_back_at_once_ends_open(world: World, answers: Answers) -> None:
    """The same on Slack, for archiving and undoing it."""
    channel = "slack:T1/C1"
    watch(world, channel)
    rooms = Rooms(cast("Any", None), answers, world.ports, team="T1")

    async def archive_and_undo() -> None:
        await asyncio.gather(rooms.close("C1", "channel_archive"), rooms.open("C1"))

    asyncio.run(archive_and_undo())
    assert is_open(world, channel)
    asyncio.run(rooms.close("C1", "channel_archive"))
    assert not is_open(world, channel)
