"""Answers for chat platforms: one request, one answer, worked out beside the event loop.

Owns the worker threads that answer, and the last answers, so that turning a page asks the store once. Must never know
how a platform shows an answer.
"""

from __future__ import annotations

import asyncio
import threading
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import TypeVar

from bot.incidents import answer, report_incident
from bot.logs import Log
from bot.platforms.controls import keep_source, restore
from bot.render.chart import paint_chart, today_of
from bot.render.formats import FORMATS
from handlers.ports import Ports
from handlers.registry import Completion, find_command
from handlers.reply import Reply
from handlers.request import Access, Request
from handlers.suggestions import Suggestion, suggest_named
from news.errors import WirewatchError

_THREADS = 4
_MOST_KEPT = 200
_KEPT = timedelta(minutes=10)
_MOST_SUGGESTIONS = 25
_MOST_DRAWN = 12
"""Entries of a picture in a chat: less than two screens of a phone; the file to export has them all."""

Given = TypeVar("Given")


class Answers:
    """Answers requests in worker threads; used from one event loop."""

    def __init__(self, ports: Ports, log: Log) -> None:
        self._ports = ports
        self._log = log
        self._pool = ThreadPoolExecutor(_THREADS, thread_name_prefix="answer")
        self._kept: OrderedDict[tuple[str, str, Access], tuple[datetime, Reply]] = OrderedDict()
        self._lock = threading.Lock()

    @property
    def now(self) -> datetime:
        """The time, aware UTC."""
        return self._ports.now()

    async def run(self, work: Callable[[], Given]) -> Given:
        """Return what blocking work gives, done beside the event loop. Raises what it raises."""
        return await asyncio.get_running_loop().run_in_executor(self._pool, work)

    async def ask(self, request: Request) -> tuple[Reply, str | None]:
        """Return the answer to a request, and what its controls carry; never raises for an error of the program."""
        return await self.run(lambda: self._ask(request))

    async def ask_again(self, source: str, asker: Request) -> tuple[Reply, Request | None]:
        """Return the answer that controls of an earlier message stand for; no request where they mean nothing now.

        The answer of some minutes ago is good enough: who turns a page wants the rest of what was shown.
        """
        return await self.run(lambda: self._ask_again(source, asker))

    async def export(self, source: str, name: str, asker: Request) -> tuple[Reply, bytes | None]:
        """Return the answer and its file in that format; no file where the answer is a failure."""
        return await self.run(lambda: self._export(source, name, asker))

    async def draw(self, request: Request, reply: Reply) -> bytes | None:
        """Return the picture of an answer as PNG, or None for an answer that has none."""
        command = find_command(request.command)
        if reply.failed or command is None or "png" not in command.exports or not reply.data.get("entries"):
            return None
        return await self.run(lambda: self._try_draw(request, reply))

    async def suggest(
        self, source: Completion, typed: str, *, channel: str, access: Access = Access.READ
    ) -> tuple[Suggestion, ...]:
        """Return what fits what was typed so far and the asker may see; nothing where the store cannot say."""
        try:
            return await self.run(
                lambda: suggest_named(
                    source, typed, self._ports, channel=channel, limit=_MOST_SUGGESTIONS, access=access
                )
            )
        except WirewatchError as error:
            self._log.warning("no suggestions", error=str(error))
            return ()

    def close(self) -> None:
        """Take no more requests."""
        self._pool.shutdown(wait=False, cancel_futures=True)

    def _ask(self, request: Request) -> tuple[Reply, str | None]:
        reply = answer(request, self._ports, self._log)
        if reply.failed:
            return reply, None
        try:
            source = keep_source(request, self._ports)
        except WirewatchError as error:
            self._log.warning("an answer goes without buttons", command=request.command, error=str(error))
            return reply, None
        if not source.startswith("#"):
            self._keep(source, request, reply)
        return reply, source

    def _ask_again(self, source: str, asker: Request) -> tuple[Reply, Request | None]:
        restored = restore(source, asker, self._ports)
        if isinstance(restored, Reply):
            return restored, None
        kept = self._kept.get((source, asker.channel, asker.access))
        if kept is not None and asker.now - kept[0] < _KEPT:
            return kept[1], restored
        reply = answer(restored, self._ports, self._log)
        if not reply.failed:
            self._keep(source, restored, reply)
        return reply, restored

    def _keep(self, source: str, request: Request, reply: Reply) -> None:
        command = find_command(request.command)
        if command is None or command.needs is not Access.READ:
            return  # what changes something is done again and not shown again
        with self._lock:
            self._kept[source, request.channel, request.access] = (request.now, reply)
            while len(self._kept) > _MOST_KEPT:
                self._kept.popitem(last=False)

    def _export(self, source: str, name: str, asker: Request) -> tuple[Reply, bytes | None]:
        reply, request = self._ask_again(source, asker)
        if request is None or reply.failed:
            return reply, None
        try:
            return reply, FORMATS[name].render(reply, asker.now)
        except Exception as error:  # noqa: BLE001 - told in one sentence, logged whole
            return report_incident(error, self._log, command=request.command), None

    def _try_draw(self, request: Request, reply: Reply) -> bytes | None:
        try:
            today = today_of(reply.data, request.now)
            return paint_chart(reply.data, today=today, most_entries=_MOST_DRAWN)
        except Exception as error:  # noqa: BLE001 - the words of the answer go out without its picture
            report_incident(error, self._log, command=request.command)
            return None
