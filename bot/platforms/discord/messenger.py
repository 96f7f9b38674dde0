"""Posting alerts to Discord, each of them once.

Owns where an alert goes: a text channel and the thread under the first message on a story, a forum post for each
story, or an answer to the first message where there can be no thread. A message that may have arrived is recognised in
two ways: Discord gives the same message back for the same ``nonce`` within some minutes, and later the key at the foot
of the bot's own messages is looked for. Blocks a worker thread; the work is done on the event loop of the client.
"""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Callable, Coroutine
from datetime import timedelta
from typing import Any, Literal, TypeVar

import discord

from bot.logs import Log
from bot.platforms.discord.addresses import PREFIX, format_message, parse_channel, parse_message
from bot.platforms.discord.buttons import make_buttons
from bot.platforms.discord.refusals import SHUT, THREAD_EXISTS, UNKNOWN_MESSAGE, explained, is_malformed
from bot.render.discord import LABEL_COLOURS, alert_content, plain_summary, render_pages, thread_name
from handlers.messages import LABEL_WORDS, failure
from handlers.ports import Post, Receipt
from handlers.reply import Reply
from news.decision import Label
from news.errors import DeliveryError, DestinationGoneError, MessageGoneError
from news.watches import Head

PATIENCE_S = 120.0
"""Longest time for one message, waits for Discord's rate limits included."""

_NONCE_LENGTH = 25
_CLOCKS_APART = timedelta(minutes=2)
_MOST_LOOKED_AT = 200
_ARCHIVE_MINUTES: Literal[10080] = 10080

Given = TypeVar("Given")
Room = discord.TextChannel | discord.Thread | discord.DMChannel | discord.VoiceChannel | discord.StageChannel
"""What messages are sent to; a forum has none but its posts."""


class DiscordMessenger:
    """See ``handlers.ports.Messenger``.

    Args:
        find_client: the connection of the moment, None while there is none.
        store_id: tells the messages of this store from those of another that used the same bot.
    """

    prefix = PREFIX
    recognises = True

    def __init__(
        self,
        loop: asyncio.AbstractEventLoop,
        find_client: Callable[[], discord.Client | None],
        log: Log,
        *,
        store_id: str,
    ) -> None:
        self._loop = loop
        self._find_client = find_client
        self._log = log
        self._store_id = store_id

    def post(self, post: Post) -> Receipt:
        """Send a message once, however often it is tried. Raises as ``Messenger.post`` says."""
        client = self._client()
        return self._wait(self._post(client, post))

    def edit(self, head: Head, reply: Reply) -> None:
        """Show the story as it is now in the message that opened it. Raises as ``Messenger.edit`` says."""
        client = self._client()
        self._wait(self._edit(client, head, reply))

    def _client(self) -> discord.Client:
        client = self._find_client()
        if client is None or client.is_closed() or client.user is None:
            raise DeliveryError("Discord is not connected", retry_after_s=5)
        return client

    def _wait(self, work: Coroutine[Any, Any, Given]) -> Given:
        future = asyncio.run_coroutine_threadsafe(asyncio.wait_for(work, PATIENCE_S), self._loop)
        with explained():
            return future.result(PATIENCE_S + 10)

    async def _post(self, client: discord.Client, post: Post) -> Receipt:
        room = await _find_room(client, post.channel)
        if post.n_attempts > 1:
            found = await self._find_earlier(client, room, post)
            if found is not None:
                self._log.info("discord message recognised", key=post.key, message=found.message)
                return found
        try:
            return await self._send(room, post, _make_message(post, self._nonce(post)))
        except discord.HTTPException as error:
            if not is_malformed(error):
                raise
            self._log.error("discord refused the form of a message", key=post.key, error=error.text[:500])
            return await self._send(room, post, _make_plain(post, self._nonce(post)))

    async def _send(self, room: Room | discord.ForumChannel, post: Post, message: dict[str, Any]) -> Receipt:
        if isinstance(room, discord.ForumChannel):
            return await self._send_to_forum(room, post, message)
        if post.head is None:
            sent = await room.send(**message)
            return Receipt(format_message(sent.channel.id, sent.id))
        return await self._send_under(room, post, post.head, message)

    async def _send_to_forum(self, forum: discord.ForumChannel, post: Post, message: dict[str, Any]) -> Receipt:
        if post.head is not None:
            try:
                return await self._send_to_thread(forum.guild, int(post.head.thread or 0), message)
            except discord.HTTPException as error:
                if not isinstance(error, discord.NotFound) and error.code not in SHUT:
                    raise
                raise MessageGoneError("the post of the story was deleted or locked") from error
        without_nonce = {name: value for name, value in message.items() if name != "nonce"}
        tags = _find_tags(forum, post.label)
        made = await forum.create_thread(name=thread_name(post.title), applied_tags=tags, **without_nonce)
        return Receipt(format_message(made.thread.id, made.message.id), str(made.thread.id))

    async def _send_under(self, room: Room, post: Post, head: Head, message: dict[str, Any]) -> Receipt:
        """Answer in the thread under the first message on the story, or that message itself where there can be none."""
        if isinstance(room, discord.TextChannel):
            sent = await self._send_into_thread_of(room, head, post.title, message)
            if sent is not None:
                return sent
        _, head_id = parse_message(head.receipt)
        reference = discord.MessageReference(message_id=head_id, channel_id=room.id, fail_if_not_exists=False)
        answer = await room.send(**message, reference=reference)
        return Receipt(format_message(answer.channel.id, answer.id))

    async def _send_into_thread_of(
        self, room: discord.TextChannel, head: Head, title: str, message: dict[str, Any]
    ) -> Receipt | None:
        """Return the receipt, or None where the thread refuses: a locked one says nothing of its channel."""
        _, head_id = parse_message(head.receipt)
        for known in (int(head.thread or 0), 0):
            try:
                thread_id = known or await _open_thread(room, head_id, title)
                return await self._send_to_thread(room.guild, thread_id, message) if thread_id else None
            except discord.NotFound as error:
                if error.code == UNKNOWN_MESSAGE:
                    raise
                # Somebody deleted the thread; its message may still be there.
            except discord.HTTPException as error:
                if isinstance(error, discord.Forbidden) or error.code in SHUT:
                    return None
                raise
        return None

    async def _send_to_thread(self, guild: discord.Guild, thread_id: int, message: dict[str, Any]) -> Receipt:
        thread = guild.get_thread(thread_id) or await guild.fetch_channel(thread_id)
        if not isinstance(thread, discord.Thread):
            raise DestinationGoneError("the thread of the story is none any more; look at the channel")
        sent = await thread.send(**message)
        return Receipt(format_message(thread.id, sent.id), str(thread.id))

    async def _find_earlier(
        self, client: discord.Client, room: Room | discord.ForumChannel, post: Post
    ) -> Receipt | None:
        """Return the message if an earlier try brought it to Discord after all."""
        me = client.user.id if client.user else 0
        since = post.made_at - _CLOCKS_APART
        if isinstance(room, discord.ForumChannel):
            return await _find_in_forum(room, me, post, since=since)
        thread = await _find_thread(room, post.head) if isinstance(room, discord.TextChannel) else None
        for place in (room,) if thread is None else (thread, room):
            async for message in place.history(after=since, limit=_MOST_LOOKED_AT, oldest_first=True):
                if message.author.id == me and _key_of(message) == post.key:
                    return Receipt(format_message(message.channel.id, message.id), str(thread.id) if thread else "")
        return None

    async def _edit(self, client: discord.Client, head: Head, reply: Reply) -> None:
        channel_id, message_id = parse_message(head.receipt)
        guild_id, _ = parse_channel(head.channel)
        message = client.get_partial_messageable(channel_id, guild_id=guild_id).get_partial_message(message_id)
        label = _label_of(reply)
        shown = {"view": None, "content": plain_summary(reply)} | _show(reply, label, f"n{head.row_id}")
        try:
            await message.edit(**shown)
        except discord.HTTPException as error:
            if error.code not in SHUT:
                raise
            await _unarchive(client, channel_id)
            await message.edit(**shown)
        guild = client.get_guild(guild_id) if guild_id is not None else None
        thread = guild.get_thread(channel_id) if guild is not None else None
        if thread is not None and isinstance(thread.parent, discord.ForumChannel):
            tags = _find_tags(thread.parent, label)
            if {tag.id for tag in tags} != {tag.id for tag in thread.applied_tags}:
                await thread.edit(applied_tags=tags)

    def _nonce(self, post: Post) -> str:
        return hashlib.sha256(f"{self._store_id}/{post.channel}/{post.key}".encode()).hexdigest()[:_NONCE_LENGTH]


async def _find_room(client: discord.Client, address: str) -> Room | discord.ForumChannel:
    _, channel_id = parse_channel(address)
    channel = client.get_channel(channel_id) or await client.fetch_channel(channel_id)
    if isinstance(
        channel, discord.CategoryChannel | discord.GroupChannel | discord.abc.PrivateChannel
    ) and not isinstance(channel, discord.DMChannel):
        raise DestinationGoneError("this is no channel that messages can be sent to; watch another one")
    return channel  # all that is left


def _make_message(post: Post, nonce: str) -> dict[str, Any]:
    message = _show(post.reply, post.label, post.key)
    return message | _calls(post) | {"nonce": nonce}


def _show(reply: Reply, label: Label | None, key: str) -> dict[str, Any]:
    """Return the first page with its buttons; the other pages are turned to by ``/alert``."""
    pages = render_pages(reply, colour=None if label is None else LABEL_COLOURS[label], footer=key)
    view = make_buttons(f"/alert {key}", page=0, n_pages=len(pages), actions=reply.actions)
    embed = discord.Embed.from_dict(pages[0].embed)
    return {"embed": embed} if view is None else {"embed": embed, "view": view}


def _make_plain(post: Post, nonce: str) -> dict[str, Any]:
    """Return a message that says where the alert can be read, for one whose form Discord does not take."""
    item = post.key
    told = failure(f"{post.key}: an alert that Discord could not show", f"/why {item} shows it.")
    return _show(told, None, post.key) | {"nonce": nonce}


def _calls(post: Post) -> dict[str, Any]:
    """Return the words beside the embed: the roles of the watch, which alone are called, and what a phone shows."""
    content = " ".join(part for part in (alert_content(post.pings), plain_summary(post.reply)) if part)
    roles = [discord.Object(int(ping)) for ping in post.pings if ping.isascii() and ping.isdecimal()]
    mentions = discord.AllowedMentions(everyone=False, users=False, roles=roles, replied_user=False)
    return {"content": content, "allowed_mentions": mentions}


def _label_of(reply: Reply) -> Label | None:
    name = reply.data.get("now") or reply.data.get("label")
    return Label(name) if name in set(Label) else None


def _find_tags(forum: discord.ForumChannel, label: Label | None) -> list[discord.ForumTag]:
    """Return the tag of the forum that is called like the label; who keeps the forum makes them."""
    words = "" if label is None else LABEL_WORDS[label].casefold()
    named = [tag for tag in forum.available_tags if tag.name.casefold() == words]
    return named[:1] or (list(forum.available_tags[:1]) if forum.flags.require_tag else [])


async def _open_thread(channel: discord.TextChannel, message_id: int, title: str) -> int:
    """Return the thread under a message; 0 where the bot may not make one. A message that is gone raises NotFound."""
    if not channel.permissions_for(channel.guild.me).create_public_threads:
        return 0
    message = channel.get_partial_message(message_id)
    try:
        thread = await message.create_thread(name=thread_name(title), auto_archive_duration=_ARCHIVE_MINUTES)
    except discord.Forbidden:
        return 0
    except discord.HTTPException as error:
        if error.code == THREAD_EXISTS:
            return message_id
        raise
    return thread.id


async def _find_thread(channel: discord.TextChannel, head: Head | None) -> discord.Thread | None:
    """Return the thread under the first message; it has its id, also where its receipt was never recorded."""
    if head is None:
        return None
    thread_id = int(head.thread) if head.thread else parse_message(head.receipt)[1]
    try:
        found = channel.guild.get_thread(thread_id) or await channel.guild.fetch_channel(thread_id)
    except (discord.NotFound, discord.Forbidden):
        return None
    return found if isinstance(found, discord.Thread) else None


async def _unarchive(client: discord.Client, thread_id: int) -> None:
    """Open an archived thread, so that a message in it can be edited. Raises MessageGoneError for a locked one."""
    try:
        thread = client.get_channel(thread_id) or await client.fetch_channel(thread_id)
        if isinstance(thread, discord.Thread):
            await thread.edit(archived=False)
    except (discord.NotFound, discord.Forbidden) as error:
        raise MessageGoneError("the message stands in a thread that was locked") from error


async def _find_in_forum(forum: discord.ForumChannel, me: int, post: Post, *, since: Any) -> Receipt | None:  # noqa: ANN401 - a datetime
    thread_id = int(post.head.thread) if post.head is not None and post.head.thread else 0
    threads = [thread for thread in await forum.guild.active_threads() if thread.parent_id == forum.id]
    for thread in threads:
        if thread_id and thread.id != thread_id:
            continue
        async for message in thread.history(after=since, limit=_MOST_LOOKED_AT, oldest_first=True):
            if message.author.id == me and _key_of(message) == post.key:
                return Receipt(format_message(thread.id, message.id), str(thread.id))
    return None


def _key_of(message: discord.Message) -> str:
    """Return the key at the foot of a message, behind the number of the page if there is one."""
    footer = message.embeds[0].footer.text if message.embeds else None
    return (footer or "").rpartition(" · ")[2].strip()
