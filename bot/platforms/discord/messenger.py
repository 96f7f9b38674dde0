"""Posting alerts to Discord, each of them once: the bridge between the jobs' threads and the event loop.

Owns that a request which was begun comes to its end: it is never cancelled, since discord.py would hold back all others
for ever after a global rate limit that was cut short. Who loses patience asks again later for the same piece of work.
Where a message goes is ``posting``'s, how it looks ``letters``', and whether an earlier try arrived ``recognition``'s.
"""

from __future__ import annotations

import asyncio
import hashlib
import threading
from collections.abc import Callable, Coroutine
from concurrent.futures import Future
from typing import Any, TypeVar

import discord

from bot.logs import Log
from bot.platforms.discord.addresses import PREFIX
from bot.platforms.discord.letters import Letter, write_edit, write_letter, write_plain
from bot.platforms.discord.posting import change_head, find_room, send_letter
from bot.platforms.discord.recognition import find_earlier
from bot.platforms.discord.refusals import explained, is_malformed
from handlers.ports import Post, Receipt
from handlers.reply import Reply
from news.errors import DeliveryError
from news.watches.watch import Head

PATIENCE_S = 120.0
"""How long a thread waits for one message, waits for Discord's rate limits included."""

_AGAIN_S = 15.0
_NONCE_LENGTH = 25

Given = TypeVar("Given")


class DiscordMessenger:
    """See ``handlers.ports.Messenger``.

    Args:
        find_client: the connection of the moment, None while there is none.
        store_id: tells the messages of this store from those of another that used the same bot.
        patience_s: how long a thread waits for one message.
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
        patience_s: float = PATIENCE_S,
    ) -> None:
        self._loop = loop
        self._find_client = find_client
        self._log = log
        self._store_id = store_id
        self._patience_s = patience_s
        self._under_way: dict[str, tuple[discord.Client, Future[Any]]] = {}
        self._lock = threading.Lock()

    @property
    def is_ready(self) -> bool:
        """Whether there is a connection that knows its servers."""
        client = self._find_client()
        return client is not None and not client.is_closed() and client.is_ready()

    def post(self, post: Post) -> Receipt:
        """Send a message once, however often it is tried. Raises as ``Messenger.post`` says."""
        client = self._client()
        letter = write_letter(post, self._nonce(post))
        return self._wait(client, f"{post.channel} {post.key}", lambda: self._post(client, post, letter))

    def edit(self, head: Head, reply: Reply) -> None:
        """Show the story as it is now in the message that opened it. Raises as ``Messenger.edit`` says."""
        client = self._client()
        letter = write_edit(reply, head.key)
        self._wait(client, f"head {head.id} {head.key}", lambda: self._edit(client, head, letter))

    def _client(self) -> discord.Client:
        client = self._find_client()
        if client is None or client.is_closed() or client.user is None:
            raise DeliveryError("Discord is not connected", retry_after_s=5)
        return client

    def _wait(self, client: discord.Client, key: str, begin: Callable[[], Coroutine[Any, Any, Given]]) -> Given:
        """Return what a piece of work gives; what is still under way by that key is waited for, not begun again."""
        with self._lock:
            whose, future = self._under_way.get(key, (None, None))
            if future is None or whose is not client:
                future = asyncio.run_coroutine_threadsafe(begin(), self._loop)
                self._under_way[key] = (client, future)
        with explained():
            try:
                given: Given = future.result(self._patience_s)
            except TimeoutError:
                if not future.done():
                    raise DeliveryError("Discord takes long to answer", retry_after_s=_AGAIN_S) from None
                raise
            finally:
                if future.done():
                    with self._lock:
                        self._under_way.pop(key, None)
        return given

    async def _post(self, client: discord.Client, post: Post, letter: Letter) -> Receipt:
        room = await find_room(client, post.channel)
        if post.n_attempts > 1:
            found = await find_earlier(client, room, post)
            if found is not None:
                self._log.info("discord message recognised", key=post.key, message=found.message)
                return found
        try:
            return await send_letter(room, post, letter)
        except discord.HTTPException as error:
            if not is_malformed(error):
                raise
            self._log.error("discord refused the form of a message", key=post.key, error=error.text[:500])
            return await send_letter(room, post, write_plain(post, self._nonce(post)))

    async def _edit(self, client: discord.Client, head: Head, letter: Letter) -> None:
        try:
            await change_head(client, head, letter, self._log)
        except discord.HTTPException as error:
            if not is_malformed(error):
                raise
            self._log.error("discord refused the form of an edit", key=letter.key, error=error.text[:500])

    def _nonce(self, post: Post) -> str:
        return hashlib.sha256(f"{self._store_id}/{post.channel}/{post.key}".encode()).hexdigest()[:_NONCE_LENGTH]
