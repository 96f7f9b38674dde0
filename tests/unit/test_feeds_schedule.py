"""When a feed is polled next."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from feeds.schedule import next_poll_at
from feeds.settings import FetchSettings
from news.polling import Feed, FeedStatus, PollResult

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
SETTINGS = FetchSettings()


def delay_s(result: PollResult, *, retry_after_s: float | None = None, **changes: object) -> float:
    fields: dict[str, object] = {"id": 1, "url": "https://e.example/f", "interval_s": 600, **changes}
    feed = Feed(status=FeedStatus.ACTIVE, added_at=NOW, next_poll_at=NOW, **fields)  # type: ignore[arg-type]  # a test's shorthand
    return (next_poll_at(feed, result, now=NOW, settings=SETTINGS, retry_after_s=retry_after_s) - NOW).total_seconds()


@pytest.mark.parametrize("result", [PollResult.CHANGED, PollResult.UNCHANGED])
def test_success_keeps_the_interval(result: PollResult) -> None:
    assert 600 <= delay_s(result) < 660
    assert 600 <= delay_s(result, n_failures=7) < 660


def test_the_interval_is_bounded() -> None:
    assert 60 <= delay_s(PollResult.CHANGED, interval_s=1) < 67
    assert delay_s(PollResult.CHANGED, interval_s=10**9) < 86_400 * 1.1


@pytest.mark.parametrize(("n_failures", "expected_s"), [(0, 600), (1, 1200), (2, 2400), (5, 19_200), (8, 86_400)])
def test_failures_back_off(n_failures: int, expected_s: int) -> None:
    assert expected_s <= delay_s(PollResult.FAILED, n_failures=n_failures) < expected_s * 1.1


def test_ten_thousand_failures_stay_at_the_cap() -> None:
    assert delay_s(PollResult.FAILED, n_failures=10_000) < 86_400 * 1.1


def test_retry_after_is_a_lower_bound_and_bounded() -> None:
    assert delay_s(PollResult.FAILED, retry_after_s=5_000) == 5_000
    assert delay_s(PollResult.FAILED, retry_after_s=5) >= 600
    assert delay_s(PollResult.FAILED, retry_after_s=1e12) == 7 * 86_400


def test_feeds_drift_apart_and_the_same_history_gives_the_same_time() -> None:
    """Jitter without randomness: a replay of the same polls gives the same schedule."""
    delays = [delay_s(PollResult.CHANGED, id=number) for number in range(50)]
    assert len(set(delays)) == 50
    assert delays == [delay_s(PollResult.CHANGED, id=number) for number in range(50)]
