"""The messenger in this process, with the real client, against the loopback double: each message once."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta

import discord
import pytest
from discord.gateway import DiscordWebSocket
from discord.http import Route

from bot.platforms.discord.brake import Brake
from bot.platforms.discord.client import DiscordClient
from bot.platforms.discord.desk import Desk
from bot.platforms.discord.messenger import DiscordMessenger
from bot.render.discord import render_pages
from handlers.ports import Post, Receipt
from handlers.reply import Link, Listing, Paragraph, Reply, Text
from news.decision import Label
from news.errors import DeliveryError, DestinationGoneError, MessageGoneError
from news.watches.watch import Head
from tests.doubles.discord import faults, writing
from tests.doubles.discord.errors import ApiError
from tests.doubles.discord.permissions import Permission
from tests.doubles.discord.server import DiscordDouble
from tests.doubles.discord.world import Channel, Guild
from tests.patience import PATIENCE_S


class QuietLog:
    """Takes what is logged."""

    def debug(self, event: str, **values: object) -> object: ...
    def info(self, event: str, **values: object) -> object: ...
    def warning(self, event: str, **values: object) -> object: ...
    def error(self, event: str, **values: object) -> object: ...


class NoRooms:
    """A store that has closed nothing and registered all commands."""

    async def look_at_all(self, list_guilds: Callable[[], Sequence[discord.Guild]]) -> None: ...
    async def look(self, guild: discord.Guild, *, asks: bool = False) -> None: ...
    async def leave(self, guild_id: int) -> None: ...
    async def drop(self, guild_id: int, channel_id: int) -> None: ...
    async def find_note(self, key: str) -> str | None: ...
    async def keep_note(self, key: str, value: str) -> None: ...


class Newsroom:
    """A server with channels, and the client in a thread with a loop of its own."""

    def __init__(self, double: DiscordDouble) -> None:
        self.double = double
        self.guild: Guild = double.add_guild("Newsroom")
        self.text: Channel = double.add_channel(self.guild, "text")
        self.other: Channel = double.add_channel(self.guild, "other")
        self.forum: Channel = double.add_forum(self.guild, "forum", tags=["New"])
        self.loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self.loop.run_forever, daemon=True)
        self._thread.start()
        self.client = asyncio.run_coroutine_threadsafe(self._make_client(), self.loop).result(PATIENCE_S)
        self._running = asyncio.run_coroutine_threadsafe(self.client.start(double.token), self.loop)
        double.gateway.wait_until_ready()
        asyncio.run_coroutine_threadsafe(self.client.wait_until_ready(), self.loop).result(PATIENCE_S)

    async def _make_client(self) -> DiscordClient:
        desk: Desk = object.__new__(Desk)  # nobody presses anything here
        log = QuietLog()
        client = DiscordClient(desk=desk, rooms=NoRooms(), brake=Brake(time.monotonic), log=log)
        client._connection.guild_ready_timeout = 0.05  # how long servers that come late are waited for: there is one
        return client

    def messenger(self, patience_s: float = PATIENCE_S) -> DiscordMessenger:
        return DiscordMessenger(self.loop, lambda: self.client, QuietLog(), store_id="store", patience_s=patience_s)

    def post(self, channel: Channel, key: str, *, n_attempts: int = 1, head: Head | None = None) -> Post:
        address = f"discord:{self.guild.id}/{channel.id}"
        reply = Reply("NEW: hello", (Paragraph((Text("A ferry ran aground."),)),), {"label": "NEW"})
        made_at = datetime.now(UTC) - timedelta(seconds=5)
        return Post(key, address, reply, "hello", made_at, Label.NEW, head, n_attempts)

    def head(self, channel: Channel, receipt: Receipt) -> Head:
        return Head(1, f"discord:{self.guild.id}/{channel.id}", 1, 1, receipt.message, receipt.thread)

    def close(self) -> None:
        asyncio.run_coroutine_threadsafe(self.client.close(), self.loop).result(PATIENCE_S)
        self.loop.call_soon_threadsafe(self.loop.stop)
        self._thread.join(PATIENCE_S)
        self.loop.close()


@pytest.fixture
def newsroom(monkeypatch: pytest.MonkeyPatch) -> Iterator[Newsroom]:
    with DiscordDouble() as double:
        monkeypatch.setattr(Route, "BASE", double.api_url)
        monkeypatch.setattr(DiscordWebSocket, "DEFAULT_GATEWAY", DiscordWebSocket.DEFAULT_GATEWAY)
        room = Newsroom(double)
        yield room
        room.close()
        assert double.unknown_requests == []


def test_lost_patience_with_a_global_limit_holds_up_nothing_else(newsroom: Newsroom) -> None:
    """A request cut off in a global wait would leave discord.py waiting for ever: it is left to end by itself."""
    newsroom.double.faults.add(
        "POST", rf"/channels/{newsroom.text.id}/messages", faults.rate_limit(0.6, scope="global")
    )
    with pytest.raises(DeliveryError, match="takes long"):
        newsroom.messenger(patience_s=0.1).post(newsroom.post(newsroom.text, "n1"))
    newsroom.messenger().post(newsroom.post(newsroom.other, "n2"))
    assert len(newsroom.other.wait_for_messages(1)) == 1
    assert newsroom.client.http._global_over.is_set()


def test_what_is_under_way_is_waited_for_and_not_begun_again(newsroom: Newsroom) -> None:
    """The second try gets the receipt of the first, which came while nobody waited."""
    held = newsroom.double.faults.add("POST", rf"/channels/{newsroom.text.id}/messages", faults.slow(does_work=True))
    messenger = newsroom.messenger(patience_s=0.2)
    with pytest.raises(DeliveryError, match="takes long"):
        messenger.post(newsroom.post(newsroom.text, "n1"))
    held.release()
    newsroom.double.wait_for(lambda: all(future.done() for _, future in messenger._under_way.values()))
    receipt = messenger.post(newsroom.post(newsroom.text, "n1", n_attempts=2))
    (message,) = newsroom.text.list_messages(by_bot=True)
    assert receipt.message == f"{newsroom.text.id}/{message.id}"


@pytest.mark.parametrize("status", [500, 502])
def test_a_forum_post_is_never_retried_blindly(newsroom: Newsroom, status: int) -> None:
    """It has no nonce, so discord.py's own retry would make a second one."""
    newsroom.double.faults.add("POST", rf"/channels/{newsroom.forum.id}/threads", faults.status(status, does_work=True))
    messenger = newsroom.messenger()
    with pytest.raises(DeliveryError, match=str(status)):
        messenger.post(newsroom.post(newsroom.forum, "n1"))
    receipt = messenger.post(newsroom.post(newsroom.forum, "n1", n_attempts=2))
    assert [str(thread.id) for thread in newsroom.forum.threads] == [receipt.thread]


def test_an_earlier_message_is_found_behind_much_talk(newsroom: Newsroom) -> None:
    """A channel may be lively while an alert waits: the look begins at the end."""
    messenger = newsroom.messenger()
    bob = newsroom.double.add_member(newsroom.guild, "bob")
    for n in range(250):
        bob.send(newsroom.text, f"chat {n}")
    sent = messenger.post(newsroom.post(newsroom.text, "n1"))
    for n in range(120):
        bob.send(newsroom.text, f"more chat {n}")
    newsroom.double.clock.advance(3_600)  # the nonce is forgotten
    assert messenger.post(newsroom.post(newsroom.text, "n1", n_attempts=2)) == sent
    assert len(newsroom.text.list_messages(by_bot=True)) == 1


def test_nothing_is_sent_again_where_the_bot_cannot_read_what_it_wrote(newsroom: Newsroom) -> None:
    newsroom.double.deny_bot(newsroom.text, Permission.READ_MESSAGE_HISTORY)
    channel = newsroom.client.get_channel(int(newsroom.text.id))
    assert isinstance(channel, discord.TextChannel)
    newsroom.double.wait_for(lambda: not channel.permissions_for(channel.guild.me).read_message_history)
    with pytest.raises(DestinationGoneError, match="Read Message History"):
        newsroom.messenger().post(newsroom.post(newsroom.text, "n1", n_attempts=2))
    assert newsroom.text.list_messages(by_bot=True) == []


def test_a_server_full_of_threads_closes_no_channel(newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch) -> None:
    """A later report answers the first message instead; a forum waits for room."""
    messenger = newsroom.messenger()
    opened = messenger.post(newsroom.post(newsroom.text, "n1"))

    def refuse(*_: object, **__: object) -> None:
        raise ApiError(400, 160006, "Maximum number of active threads reached")

    monkeypatch.setattr(writing, "open_thread", refuse)
    later = messenger.post(newsroom.post(newsroom.text, "n2", head=newsroom.head(newsroom.text, opened)))
    assert later.thread == ""
    assert len(newsroom.text.list_messages(by_bot=True)) == 2
    with pytest.raises(DeliveryError) as caught:
        messenger.post(newsroom.post(newsroom.forum, "n3"))
    assert not isinstance(caught.value, DestinationGoneError)
    assert (caught.value.retry_after_s or 0) > 600


def test_a_message_of_another_bot_is_no_reason_to_close_a_channel(newsroom: Newsroom) -> None:
    """A bot that was made anew cannot edit what its predecessor wrote: the story opens another message."""
    theirs = newsroom.double.add_member(newsroom.guild, "bob").send(newsroom.text, "hi")
    head = Head(1, f"discord:{newsroom.guild.id}/{newsroom.text.id}", 1, 1, f"{newsroom.text.id}/{theirs.id}")
    with pytest.raises(MessageGoneError):
        newsroom.messenger().edit(head, Reply("x"))


def test_a_channel_of_another_server_is_refused(newsroom: Newsroom) -> None:
    post = newsroom.post(newsroom.text, "n1")
    foreign = Post(post.key, f"discord:1/{newsroom.text.id}", post.reply, post.title, post.made_at)
    with pytest.raises(DestinationGoneError, match="another server"):
        newsroom.messenger().post(foreign)


def test_a_large_digest_is_rendered_beside_the_loop(newsroom: Newsroom) -> None:
    """The heartbeat must not wait for three thousand lines: rendering happens in the thread that posts."""
    rendered: list[str] = []
    items = tuple((Link(f"Title {n} with *markup*", f"https://example.org/{n}"), Text(f" — n{n}")) for n in range(300))
    big = Post(
        "n1", f"discord:{newsroom.guild.id}/{newsroom.text.id}", Reply("300", (Listing(items),)), "t", datetime.now(UTC)
    )
    with pytest.MonkeyPatch.context() as patch:
        from bot.platforms.discord import letters  # noqa: PLC0415 - to be looked into

        real = render_pages

        def render(*args: object, **more: object) -> object:
            rendered.append(threading.current_thread().name)
            return real(*args, **more)  # type: ignore[arg-type]  # as it was called

        patch.setattr(letters, "render_pages", render)
        newsroom.messenger().post(big)
    assert rendered == [threading.current_thread().name]
