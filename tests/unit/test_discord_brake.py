"""The brake: whatever Discord refuses, the bot never comes near the number at which an address is banned."""

from __future__ import annotations

import asyncio
from collections import deque
from dataclasses import dataclass

import aiohttp
import pytest
from aiohttp import web
from hypothesis import given
from hypothesis import strategies as st

from bot.platforms.discord.brake import MOST_REFUSED, WINDOW_S, Brake, RequestsHeldError

BANNED_AT = 10_000
REFUSED = (401, 403, 429)


@dataclass
class Seconds:
    """Seconds, moved by hand."""

    at: float = 1_000.0

    def __call__(self) -> float:
        return self.at


def is_held(brake: Brake) -> bool:
    try:
        brake.check()
    except RequestsHeldError:
        return True
    return False


@pytest.mark.parametrize(
    ("status", "n_counted"), [(401, 1), (403, 1), (429, 1), (200, 0), (204, 0), (404, 0), (500, 0)]
)
def test_what_discord_counts_is_counted(status: int, n_counted: int) -> None:
    brake = Brake(Seconds())
    brake.count(status)
    assert brake.n_refused == n_counted


def test_what_all_share_is_not_counted() -> None:
    """A 429 of the scope ``shared`` is nobody's fault, and Discord does not count it."""
    brake = Brake(Seconds())
    brake.count(429, is_shared=True)
    assert brake.n_refused == 0


def test_it_holds_at_its_limit_and_lets_go_as_they_grow_old() -> None:
    """One is let through for each that is old enough, and the error says how long to wait."""
    seconds = Seconds()
    brake = Brake(seconds, most=3)
    for _ in range(3):
        assert not is_held(brake)
        brake.count(403)
        seconds.at += 10
    with pytest.raises(RequestsHeldError, match="nothing is sent for 570 s") as caught:
        brake.check()
    assert caught.value.retry_after_s == WINDOW_S - 30
    seconds.at += WINDOW_S - 31
    assert is_held(brake)
    seconds.at += 1
    assert not is_held(brake)
    assert brake.n_refused == 2
    brake.count(403)
    assert is_held(brake)


def test_its_own_limit_is_far_below_discords() -> None:
    assert MOST_REFUSED * 20 <= BANNED_AT


def worst_window(times: list[float]) -> int:
    """Return the most that fall into any ten minutes."""
    worst, window = 0, deque[float]()
    for at in times:
        window.append(at)
        while window[0] <= at - WINDOW_S:
            window.popleft()
        worst = max(worst, len(window))
    return worst


Bursts = st.lists(
    st.tuples(
        st.sampled_from([0.0, 0.001, 0.5, 1.0, 60.0, 599.999, 600.0, 601.0, 86_400.0]) | st.floats(0, 700),
        st.sampled_from([*REFUSED, 200, 404, 500]),
        st.integers(1, 400),
    ),
    min_size=1,
    max_size=60,
)


@given(Bursts)
def test_no_pattern_of_refusals_comes_near_the_limit(bursts: list[tuple[float, int, int]]) -> None:
    """Whatever comes at whatever pace, one after another: never more than the brake's own limit in ten minutes."""
    seconds = Seconds()
    brake = Brake(seconds)
    refused: list[float] = []
    for wait_s, status, n_requests in bursts:
        seconds.at += wait_s
        for _ in range(n_requests):
            if is_held(brake):
                break
            brake.count(status)
            if status in REFUSED:
                refused.append(seconds.at)
    assert worst_window(refused) <= MOST_REFUSED


@given(Bursts, st.integers(1, 100))
def test_requests_under_way_add_no_more_than_themselves(bursts: list[tuple[float, int, int]], n_together: int) -> None:
    """Requests that began before the limit was reached end after it: at most as many as run at once."""
    seconds = Seconds()
    brake = Brake(seconds)
    refused: list[float] = []
    for wait_s, status, _ in bursts:
        seconds.at += wait_s
        begun = sum(not is_held(brake) for _ in range(n_together))
        for _ in range(begun):
            brake.count(status)
        refused.extend([seconds.at] * (begun if status in REFUSED else 0))
    assert worst_window(refused) < MOST_REFUSED + n_together < BANNED_AT


def serve_and_ask(headers: dict[str, str], *, status: int, n_requests: int, most: int) -> tuple[int, int, Brake]:
    """Ask a server on loopback that refuses everything; return how many reached it, how many were held, the brake."""
    brake = Brake(Seconds(), most=most)

    async def run() -> tuple[int, int]:
        reached: list[str] = []

        async def refuse(request: web.Request) -> web.Response:
            reached.append(request.path)
            return web.Response(status=status, headers=headers)

        app = web.Application()
        app.router.add_route("*", "/{rest:.*}", refuse)
        runner = web.AppRunner(app)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        port = runner.addresses[0][1]
        n_held = 0
        async with aiohttp.ClientSession(trace_configs=[brake.trace()]) as session:
            for n in range(n_requests):
                try:
                    async with session.post(f"http://127.0.0.1:{port}/{n}"):
                        pass
                except RequestsHeldError:
                    n_held += 1
        await runner.cleanup()
        return len(reached), n_held

    n_reached, n_held = asyncio.run(run())
    return n_reached, n_held, brake


@pytest.mark.parametrize("status", REFUSED)
def test_nothing_more_reaches_a_server_that_refuses_everything(status: int) -> None:
    """Through a real session: after the limit no request leaves the process, and each caller is told."""
    n_reached, n_held, brake = serve_and_ask({}, status=status, n_requests=30, most=12)
    assert (n_reached, n_held, brake.n_refused) == (12, 18, 12)


def test_a_session_knows_a_shared_limit() -> None:
    headers = {"X-RateLimit-Scope": "shared"}
    n_reached, n_held, brake = serve_and_ask(headers, status=429, n_requests=15, most=5)
    assert (n_reached, n_held, brake.n_refused) == (15, 0, 0)
