"""Whether a message that may have arrived did arrive: looked for by the key at the foot of the bot's own messages.

For what the ``nonce`` cannot tell: Discord knows it for some minutes only, and forum posts have none. Reads the history
of the channel, newest first, back to the first try; without the right to read it nothing is sent again.
"""

from __future__ import annotations

from datetime import datetime, timedelta

import discord

from bot.platforms.discord.addresses import format_message, parse_message
from bot.platforms.discord.posting import Room
from handlers.ports import Post, Receipt
from news.errors import DestinationGoneError
from news.watches.watch import Head

_CLOCKS_APART = timedelta(minutes=2)
_MOST_LOOKED_AT = 2_000


async def find_earlier(client: discord.Client, room: Room | discord.ForumChannel, post: Post) -> Receipt | None:
    """Return the message if an earlier try brought it to Discord after all.

    Raises:
        DestinationGoneError: the bot may not read what it wrote there.
    """
    me = client.user.id if client.user else 0
    since = post.made_at - _CLOCKS_APART
    if isinstance(room, discord.DMChannel):
        return await _look_in(room, me, post.key, since)
    if not room.permissions_for(room.guild.me).read_message_history:
        raise DestinationGoneError(
            "the bot may not read the history of the channel, so it cannot tell whether an alert arrived; "
            "give it “Read Message History” there"
        )
    if isinstance(room, discord.ForumChannel):
        return await _find_in_forum(room, me, post, since)
    thread = await _find_thread(room, post.head) if isinstance(room, discord.TextChannel) else None
    found = await _look_in(thread, me, post.key, since) if thread is not None else None
    return found or await _look_in(room, me, post.key, since)


async def _look_in(place: Room, me: int, key: str, since: datetime, *, most: int = _MOST_LOOKED_AT) -> Receipt | None:
    async for message in place.history(after=since, limit=most, oldest_first=False):
        if message.author.id == me and _key_of(message) == key:
            is_thread = isinstance(place, discord.Thread)
            return Receipt(format_message(place.id, message.id), str(place.id) if is_thread else "")
    return None


async def _find_in_forum(forum: discord.ForumChannel, me: int, post: Post, since: datetime) -> Receipt | None:
    if post.head is not None and post.head.thread:
        thread = await _fetch_thread(forum.guild, int(post.head.thread))
        return None if thread is None else await _look_in(thread, me, post.key, since)
    for thread in await forum.guild.active_threads():
        is_ours = thread.parent_id == forum.id and thread.owner_id == me
        if is_ours and discord.utils.snowflake_time(thread.id) >= since:
            # The first message of a post has the id of the post.
            opened = await thread.fetch_message(thread.id)
            if _key_of(opened) == post.key:
                return Receipt(format_message(thread.id, thread.id), str(thread.id))
    return None


async def _find_thread(channel: discord.TextChannel, head: Head | None) -> discord.Thread | None:
    """Return the thread under the first message; it has its id, also where its receipt was never recorded."""
    if head is None:
        return None
    return await _fetch_thread(channel.guild, int(head.thread) if head.thread else parse_message(head.receipt)[1])


async def _fetch_thread(guild: discord.Guild, thread_id: int) -> discord.Thread | None:
    try:
        found = guild.get_thread(thread_id) or await guild.fetch_channel(thread_id)
    except (discord.NotFound, discord.Forbidden):
        return None
    return found if isinstance(found, discord.Thread) else None


def _key_of(message: discord.Message) -> str:
    """Return the key at the foot of a message, behind the number of the page if there is one."""
    footer = message.embeds[0].footer.text if message.embeds else None
    return (footer or "").rpartition(" · ")[2].strip()
