"""Where an alert goes on Discord: a channel, the thread under the first message on a story, or a forum post.

Owns the choice and the requests. All of it runs on the event loop; discord.py's exceptions pass through.
"""

from __future__ import annotations

from typing import Any, Literal

import discord

from bot.logs import Log
from bot.platforms.discord.addresses import format_message, parse_channel, parse_message
from bot.platforms.discord.letters import Letter
from bot.platforms.discord.refusals import FULL, SHUT, THREAD_EXISTS, UNKNOWN_MESSAGE
from bot.render.discord import thread_name
from handlers.messages import LABEL_WORDS
from handlers.ports import Post, Receipt
from news.decision import Label
from news.errors import DeliveryError, DestinationGoneError, MessageGoneError
from news.watches.watch import Head

_ARCHIVE_MINUTES: Literal[10080] = 10080
_HOUR_S = 3_600.0

Room = discord.TextChannel | discord.Thread | discord.DMChannel | discord.VoiceChannel | discord.StageChannel
"""What messages are sent to; a forum has none but its posts."""


async def find_room(client: discord.Client, address: str) -> Room | discord.ForumChannel:
    """Return the channel of an address. Raises DestinationGoneError where it is none, or of another server."""
    guild_id, channel_id = parse_channel(address)
    channel = client.get_channel(channel_id) or await client.fetch_channel(channel_id)
    if isinstance(channel, discord.CategoryChannel | discord.GroupChannel) or (
        isinstance(channel, discord.abc.PrivateChannel) and not isinstance(channel, discord.DMChannel)
    ):
        raise DestinationGoneError("this is no channel that messages can be sent to; watch another one")
    if not isinstance(channel, discord.DMChannel) and channel.guild.id != guild_id:
        raise DestinationGoneError("the channel is of another server; watch one of this server")
    return channel


async def send_letter(room: Room | discord.ForumChannel, post: Post, letter: Letter) -> Receipt:
    """Send a message to where it belongs."""
    if isinstance(room, discord.ForumChannel):
        return await _send_to_forum(room, post, letter)
    if post.head is None:
        sent = await room.send(**letter.to_arguments(), nonce=letter.nonce)
        return Receipt(format_message(sent.channel.id, sent.id))
    return await _send_under(room, post, post.head, letter)


async def change_head(client: discord.Client, head: Head, letter: Letter, log: Log) -> None:
    """Show the story as it is now in the message that opened it, and in the tag of its forum post."""
    channel_id, message_id = parse_message(head.receipt)
    guild_id, _ = parse_channel(head.channel)
    message = client.get_partial_messageable(channel_id, guild_id=guild_id).get_partial_message(message_id)
    shown: dict[str, Any] = {"view": None} | letter.to_arguments()
    try:
        await message.edit(**shown)
    except discord.HTTPException as error:
        if error.code not in SHUT:
            raise
        await _unarchive(client, channel_id)
        await message.edit(**shown)
    guild = client.get_guild(guild_id) if guild_id is not None else None
    thread = guild.get_thread(channel_id) if guild is not None else None
    if thread is not None:
        await _retag(thread, letter.label, log)


async def _send_to_forum(forum: discord.ForumChannel, post: Post, letter: Letter) -> Receipt:
    if post.head is not None:
        try:
            return await _send_to_thread(forum.guild, int(post.head.thread or 0), letter)
        except discord.HTTPException as error:
            if not isinstance(error, discord.NotFound) and error.code not in SHUT:
                raise
            raise MessageGoneError("the post of the story was deleted or locked") from error
    tags = find_tags(forum, post.label)
    try:
        made = await forum.create_thread(name=thread_name(post.title), applied_tags=tags, **letter.to_arguments())
    except discord.HTTPException as error:
        if error.code not in FULL:
            raise
        raise DeliveryError("the server has as many open threads as it may", retry_after_s=_HOUR_S) from error
    return Receipt(format_message(made.thread.id, made.message.id), str(made.thread.id))


async def _send_under(room: Room, post: Post, head: Head, letter: Letter) -> Receipt:
    """Answer in the thread under the first message on the story, or that message itself where there can be none."""
    if isinstance(room, discord.TextChannel):
        sent = await _send_into_thread_of(room, head, post.title, letter)
        if sent is not None:
            return sent
    _, head_id = parse_message(head.receipt)
    reference = discord.MessageReference(message_id=head_id, channel_id=room.id, fail_if_not_exists=False)
    answer = await room.send(**letter.to_arguments(), nonce=letter.nonce, reference=reference)
    return Receipt(format_message(answer.channel.id, answer.id))


async def _send_into_thread_of(room: discord.TextChannel, head: Head, title: str, letter: Letter) -> Receipt | None:
    """Return the receipt, or None where the thread refuses: a locked one says nothing of its channel."""
    _, head_id = parse_message(head.receipt)
    for known in (int(head.thread or 0), 0):
        try:
            thread_id = known or await _open_thread(room, head_id, title)
            return await _send_to_thread(room.guild, thread_id, letter) if thread_id else None
        except discord.NotFound as error:
            if error.code == UNKNOWN_MESSAGE:
                raise
            # Somebody deleted the thread; its message may still be there.
        except discord.HTTPException as error:
            if isinstance(error, discord.Forbidden) or error.code in SHUT | FULL:
                return None
            raise
    return None


async def _send_to_thread(guild: discord.Guild, thread_id: int, letter: Letter) -> Receipt:
    thread = guild.get_thread(thread_id) or await guild.fetch_channel(thread_id)
    if not isinstance(thread, discord.Thread):
        raise DestinationGoneError("the thread of the story is none any more; look at the channel")
    sent = await thread.send(**letter.to_arguments(), nonce=letter.nonce)
    return Receipt(format_message(thread.id, sent.id), str(thread.id))


def find_tags(forum: discord.ForumChannel, label: Label | None) -> list[discord.ForumTag]:
    """Return the tag of the forum that is called like the label; who keeps the forum makes them.

    Tags that only moderators may set are left alone unless the bot is one.
    """
    may_moderate = forum.permissions_for(forum.guild.me).manage_threads
    usable = [tag for tag in forum.available_tags if may_moderate or not tag.moderated]
    words = "" if label is None else LABEL_WORDS[label].casefold()
    named = [tag for tag in usable if tag.name.casefold() == words]
    return named[:1] or (usable[:1] if forum.flags.require_tag else [])


async def _retag(thread: discord.Thread, label: Label | None, log: Log) -> None:
    if not isinstance(thread.parent, discord.ForumChannel):
        return
    tags = find_tags(thread.parent, label)
    if {tag.id for tag in tags} == {tag.id for tag in thread.applied_tags}:
        return
    try:
        await thread.edit(applied_tags=tags)
    except discord.HTTPException as error:  # the message is current; a tag is not worth more
        log.warning("discord tag not set", thread=thread.id, error=error.text[:200])


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


async def _unarchive(client: discord.Client, thread_id: int) -> None:
    """Open an archived thread, so that a message in it can be edited. Raises MessageGoneError for a locked one."""
    try:
        thread = client.get_channel(thread_id) or await client.fetch_channel(thread_id)
        if isinstance(thread, discord.Thread):
            await thread.edit(archived=False)
    except (discord.NotFound, discord.Forbidden) as error:
        raise MessageGoneError("the message stands in a thread that was locked") from error
