"""``wirewatch run``: the bot itself: ticks in the background, a conversation in front, a clean end.

Owns start and end. Whatever happens in between, kill -9 included, the store is as whole as its last transaction.
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import threading
from collections.abc import AsyncIterator, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any

from bot.call import Call, user_name
from bot.interpreter import give_way
from bot.logs import Log, open_log
from bot.output import EXIT_FAILED, EXIT_INTERRUPTED, EXIT_OK
from bot.platforms.roster import Platform, check_platforms, find_problem, list_platforms, make_platforms
from bot.platforms.screen import PlainScreen, PromptScreen, Screen
from bot.platforms.terminal import CHANNEL_PREFIX, Terminal, iter_stdin
from bot.scheduler import Tick, Ticker
from bot.solitude import Solitude, worker_name
from bot.wiring import House
from handlers.jobs.deliver import deliver_due, refresh_heads
from handlers.jobs.empties import say_empty_digests
from handlers.jobs.health import check_feeds
from handlers.jobs.maintain import maintain
from handlers.jobs.notify import deliver_notices, refresh_notices
from handlers.jobs.poll import poll_due
from handlers.messages import count_words
from handlers.ports import Messenger, Ports

_PATIENCE_S = 3.0
_MAINTAIN_S = 3_600.0


def run(call: Call) -> int:
    """Run until the end of input, ``/quit`` or a signal."""
    problem = find_problem(os.environ)
    if problem:
        sys.stderr.write(f"{problem}\n")
    check_platforms(call.config)
    platforms = list_platforms(os.environ)
    # Under a supervisor the input is empty, and its end must not end a bot that lives on a chat platform.
    reads_lines = call.config.terminal.input and not call.words.no_input and (not platforms or sys.stdin.isatty())
    is_prompt = reads_lines and sys.stdin.isatty() and sys.stdout.isatty()
    # On a prompt the log goes to a file, so that the screen stays for answers.
    log = open_log(call.config.log.level, call.config.resolve(call.config.log.file)) if is_prompt else call.log
    with call.open(worker=worker_name()) as house:
        call.prepare(house)
        with Solitude(Path(str(house.store.describe()["path"]) + ".run")) as solitude:
            solitude.take_over(house.store, log)
            bot = RunningBot(house, log, reads_lines=reads_lines, is_prompt=is_prompt)
            give_way()
            is_idle = asyncio.run(bot.serve())
            solitude.hand_back(house.store)
        if not is_idle:
            _leave_now(bot.exit_code)
    return bot.exit_code


def _delivery_ticks(messenger: Messenger, n_senders: int, ports: Ports, every_s: float) -> list[Tick]:
    """Return what posts to a platform, several side by side so that a slow channel holds up no other."""
    name = messenger.prefix.rstrip(":")
    senders = [
        Tick(f"deliver {name} {number}", every_s, partial(deliver_due, ports, messenger)) for number in range(n_senders)
    ]
    return [*senders, Tick(f"refresh {name}", every_s, lambda: _refresh(ports, messenger))]


def _refresh(ports: Ports, messenger: Messenger) -> None:
    """Keep current what was told, and tell what is no alert: it is little, and never urgent.

    What is told comes first: many messages may have to be edited, and each edit takes its time.
    """
    deliver_notices(ports, messenger)
    refresh_heads(ports, messenger)
    refresh_notices(ports, messenger)


def _leave_now(code: int) -> None:
    """End although a worker is still in the middle of something: every transaction is whole or not there."""
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


def _watch_over(ports: Ports) -> None:
    """Queue what is to be told beside the news: what is not heard, and digests that are empty."""
    check_feeds(ports)
    say_empty_digests(ports)


class RunningBot:
    """The bot between start and end.

    Attributes:
        exit_code: 0, or 130 after Ctrl-C.
    """

    def __init__(self, house: House, log: Log, *, reads_lines: bool, is_prompt: bool) -> None:
        self.exit_code = EXIT_OK
        self._house = house
        self._log = log
        self._reads_lines = reads_lines
        self._is_prompt = is_prompt
        self._ended_by = "end of input"
        self._stop = asyncio.Event()

    async def serve(self) -> bool:
        """Tick and converse until something ends it; return whether all work was over by then."""
        loop = asyncio.get_running_loop()
        for name, code in (("SIGTERM", EXIT_OK), ("SIGINT", EXIT_INTERRUPTED), ("SIGHUP", EXIT_OK)):
            with suppress(NotImplementedError, AttributeError):  # Windows has neither
                loop.add_signal_handler(getattr(signal, name), self._end, name, code)
        terminal = self._make_terminal(loop)
        platforms = make_platforms(self._house, self._log, os.environ)
        for platform in platforms:
            platform.start()
        ticker = Ticker(self._log)
        ticker.start(self._make_ticks(terminal, platforms))
        self._log.info("started", database=str(self._house.store.describe()["path"]))
        if self._is_prompt:
            sys.stdout.write(self._greeting())
        front = asyncio.create_task(self._converse(terminal))
        stopping = asyncio.create_task(self._stop.wait())
        given_up = [platform.ended for platform in platforms]
        waiting: set[asyncio.Future[Any]] = {front, stopping, *given_up}
        await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
        self._tell_given_up(platforms)
        is_idle = await self._finish(front, stopping, ticker=ticker, terminal=terminal, platforms=platforms)
        self._log.info("ended", by=self._ended_by, idle=is_idle)
        return is_idle

    async def _finish(
        self,
        front: asyncio.Task[None],
        stopping: asyncio.Task[bool],
        *,
        ticker: Ticker,
        terminal: Terminal,
        platforms: Sequence[Platform],
    ) -> bool:
        stopping.cancel()
        front.cancel()
        with suppress(asyncio.CancelledError):
            await front
        terminal.close()
        # What is being fetched is of no use any more; what is being written comes to its end.
        closing = threading.Thread(target=self._house.door.close, daemon=True)
        closing.start()
        # What is being posted comes to its end too, so the platforms go after the ticks.
        is_idle = await ticker.stop(_PATIENCE_S)
        for platform in platforms:
            await platform.stop()
        closing.join(_PATIENCE_S)
        return is_idle and not closing.is_alive() and not terminal.is_busy

    def _end(self, by: str, code: int) -> None:
        self.exit_code, self._ended_by = code, by
        self._stop.set()

    def _end_from_thread(self, loop: asyncio.AbstractEventLoop) -> None:
        loop.call_soon_threadsafe(self._end, "closed output", EXIT_OK)

    def _make_terminal(self, loop: asyncio.AbstractEventLoop) -> Terminal:
        width = self._house.config.terminal.width
        screen: Screen
        if self._is_prompt:
            screen = PromptScreen(loop, width=width)
        else:
            screen = PlainScreen(width=width, on_closed=lambda: self._end_from_thread(loop))
        channel = self._house.config.terminal.channel
        return Terminal(self._house.ports, self._log, screen, channel=channel, actor=f"{CHANNEL_PREFIX}{user_name()}")

    def _tell_given_up(self, platforms: Sequence[Platform]) -> None:
        for platform in platforms:
            if platform.ended.done():
                self._end(f"{platform.name} gave up", EXIT_FAILED)
                sys.stderr.write(f"{platform.ended.result()}\n")

    def _make_ticks(self, terminal: Terminal, platforms: Sequence[Platform]) -> tuple[Tick, ...]:
        config, ports = self._house.config, self._house.ports
        ticks = [
            Tick("poll", config.poll.tick_s, self._poll),
            Tick("maintain", _MAINTAIN_S, lambda: maintain(ports)),
            Tick("check feeds", config.notices.tick_s, lambda: _watch_over(ports)),
            *_delivery_ticks(terminal, 1, ports, config.delivery.tick_s),
        ]
        for platform in platforms:
            ticks.extend(_delivery_ticks(platform.messenger, platform.n_senders, ports, config.delivery.tick_s))
        return tuple(ticks)

    def _poll(self) -> None:
        summary = poll_due(self._house.ports)
        if not summary.n_feeds:
            return
        self._log.info(
            "polled",
            feeds=summary.n_feeds,
            changed=summary.n_changed,
            failed=summary.n_failed,
            articles=summary.n_articles,
            alerts=summary.n_alerts,
        )
        for failure in summary.failures:
            self._log.warning("feed failed", reason=failure)

    async def _converse(self, terminal: Terminal) -> None:
        if not self._reads_lines:
            await self._stop.wait()
            return
        await terminal.converse(self._lines())

    def _lines(self) -> AsyncIterator[str]:
        config = self._house.config
        history = config.resolve(config.terminal.history)
        return iter_stdin(self._house.ports, config.terminal.channel, history, is_terminal=self._is_prompt)

    def _greeting(self) -> str:
        with self._house.ports.store.read() as tx:
            n_articles, n_feeds = tx.articles.count(), len(tx.feeds.list_all())
        held = f"{count_words(n_articles, 'article')} held, {count_words(n_feeds, 'feed')} watched."
        return f"Wirewatch. {held} /help shows all commands, /quit ends it.\n"
