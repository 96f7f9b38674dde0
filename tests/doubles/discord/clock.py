"""The double's time and its identifiers; never sleeps."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

DISCORD_EPOCH_MS = 1_420_070_400_000
MS_SHIFT = 22  # the low 22 bits of a snowflake hold no time


class Clock:
    """Real time plus what the test added to it, so that 15 minutes pass in no time."""

    def __init__(self) -> None:
        self._ahead = timedelta()

    def now(self) -> datetime:
        return datetime.now(UTC) + self._ahead

    def advance(self, seconds: float) -> None:
        self._ahead += timedelta(seconds=seconds)


class Snowflakes:
    """Identifiers that grow with time, as Discord's do."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._last = 0

    def take(self) -> int:
        since_epoch_ms = int(self._clock.now().timestamp() * 1000) - DISCORD_EPOCH_MS
        self._last = max(since_epoch_ms << MS_SHIFT, self._last + 1)
        return self._last

    def take_for_shard(self, shard: int, n_shards: int) -> int:
        """Return an identifier of a guild that the given shard looks after."""
        self.take()
        tick = (self._last >> MS_SHIFT) + 1
        tick += (shard - tick) % n_shards
        self._last = tick << MS_SHIFT
        return self._last
