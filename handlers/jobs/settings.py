"""The feeds and watches that config.toml names, as jobs take them; checked by ``bot.config``."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ConfiguredFeed:
    """A feed of config.toml; empty or zero where the file says nothing."""

    url: str
    outlet: str = ""
    language: str = ""
    interval_s: int = 0


@dataclass(frozen=True, slots=True)
class ConfiguredWatch:
    """A watch of config.toml."""

    channel: str
    topic: str
