"""Faults of the REST side that a test puts in the way of requests; each counts how often it struck."""

from __future__ import annotations

import asyncio
import re
import threading
from dataclasses import dataclass, field
from enum import Enum

from tests.doubles.discord.world import World
from tests.patience import PATIENCE_S


class Kind(Enum):
    LOSE = "lose"
    STATUS = "status"
    RATE_LIMIT = "rate_limit"
    SLOW = "slow"
    MALFORMED = "malformed"


@dataclass(frozen=True)
class Action:
    """What happens to a request. ``does_work``: whether Discord does what was asked before things go wrong."""

    kind: Kind
    does_work: bool = True
    status: int = 200
    retry_after_s: float = 0.0
    scope: str = "user"
    has_via: bool = True


def lose(*, does_work: bool = True) -> Action:
    """Cut the connection instead of answering."""
    return Action(Kind.LOSE, does_work=does_work)


def status(code: int, *, does_work: bool = False) -> Action:
    """Answer 500, 502, 503, ... with Cloudflare's kind of text."""
    return Action(Kind.STATUS, does_work=does_work, status=code)


def rate_limit(retry_after_s: float, *, scope: str = "user", has_via: bool = True) -> Action:
    """Answer 429; scope "user" (the route), "shared" or "global"; without Via it is Cloudflare's ban page."""
    return Action(Kind.RATE_LIMIT, False, 429, retry_after_s, scope, has_via)  # noqa: FBT003 - does_work


def slow(*, does_work: bool = True) -> Action:
    """Hold the answer until the test calls ``release`` on the fault."""
    return Action(Kind.SLOW, does_work=does_work)


def malformed() -> Action:
    """Do the work and answer half a JSON text."""
    return Action(Kind.MALFORMED)


@dataclass(eq=False)
class Fault:
    """One fault in waiting; ``n_hits`` counts the requests that it met."""

    method: str
    path: re.Pattern[str]
    action: Action
    times: int
    world: World = field(repr=False)
    n_hits: int = 0
    _released: threading.Event = field(default_factory=threading.Event, repr=False)

    def matches(self, method: str, path: str) -> bool:
        return self.n_hits < self.times and self.method in {method, "*"} and bool(self.path.fullmatch(path))

    def release(self) -> None:
        """Let held answers go."""
        self._released.set()

    async def wait_for_release(self) -> None:
        await asyncio.get_running_loop().run_in_executor(None, self._released.wait, PATIENCE_S)

    def wait_for_hits(self, n: int = 1, *, timeout: float = PATIENCE_S) -> None:
        self.world.wait_for(lambda: self.n_hits >= n, timeout, lambda: f"{n} hits of {self}")


class Faults:
    """The faults of a double, oldest first; a request meets at most one."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._faults: list[Fault] = []

    def add(self, method: str, path: str, action: Action, times: int = 1) -> Fault:
        """Put a fault before the next ``times`` requests whose whole path (after /api/v10) matches; "*": any method."""
        fault = Fault(method, re.compile(path), action, times, self._world)
        with self._world.changed:
            self._faults.append(fault)
        return fault

    def clear(self) -> None:
        with self._world.changed:
            for fault in self._faults:
                fault.release()
            self._faults.clear()

    def take(self, method: str, path: str) -> Fault | None:
        with self._world.changed:
            fault = next((it for it in self._faults if it.matches(method, path)), None)
            if fault:
                fault.n_hits += 1
                self._world.changed.notify_all()
            return fault
