"""config.toml: what may stand in it, its defaults, and clear errors for what may not.

Owns all settings of the program. Each section is a frozen dataclass whose fields carry their limits; an unknown key, a
wrong type and a value out of range are errors, and all of them are told at once. Must never open the database.
"""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from bot.limits import Problems, check_table, limits
from handlers.jobs.settings import ConfiguredFeed, ConfiguredOutlet, ConfiguredWatch
from handlers.ports import HandlerSettings
from news.errors import ConfigError, QueryError
from news.names.entities import lookup
from news.queries.expression_grammar import parse_expression
from news.reports.outlets import KINDS
from news.watches.schedule import get_zone

CONFIG_VARIABLE = "WIREWATCH_CONFIG"
"""Environment variable that names the configuration file where ``--config`` does not."""

_NAME = "config.toml"
_LARGEST_BYTES = 1024 * 1024
_LONGEST_INTERVAL_S = 604_800


@dataclass(frozen=True, slots=True)
class StorageConfig:
    """``[storage]``."""

    database: str = field(default="sqlite:///var/wirewatch.db", metadata=limits(1, 1_000))


@dataclass(frozen=True, slots=True)
class PollConfig:
    """``[poll]``; the meaning of each key stands in config.toml."""

    tick_s: float = field(default=5.0, metadata=limits(0.05, 3_600))
    interval_s: int = field(default=600, metadata=limits(1, 604_800))
    min_interval_s: int = field(default=1, metadata=limits(1, 86_400))
    concurrency: int = field(default=64, metadata=limits(1, 2_000))
    timeout_s: float = field(default=30.0, metadata=limits(0.1, 600))
    body_cap_mib: float = field(default=16.0, metadata=limits(0.001, 256))
    allow_networks: tuple[str, ...] = ()
    user_agent: str = field(default="Wirewatch/0.1 (news watcher; one request an interval)", metadata=limits(1, 300))
    parse_workers: int = field(default=1, metadata=limits(0, 64))
    feeds_per_tick: int = field(default=200, metadata=limits(1, 10_000))
    lease_s: int = field(default=300, metadata=limits(1, 86_400))
    alerts_on_first_sight: int = field(default=0, metadata=limits(0, 1_000))


@dataclass(frozen=True, slots=True)
class DeliveryConfig:
    """``[delivery]``."""

    tick_s: float = field(default=1.0, metadata=limits(0.05, 3_600))
    # A message may take two minutes, twice: a shorter lease would have it sent by two.
    lease_s: int = field(default=300, metadata=limits(300, 86_400))
    messages_per_window: int = field(default=10, metadata=limits(1, 1_000))
    window_s: int = field(default=600, metadata=limits(1, 86_400))
    refresh_s: int = field(default=30, metadata=limits(0, 86_400))
    keep_answers_days: int = field(default=14, metadata=limits(1, 3_650))
    keep_waiting_days: int = field(default=14, metadata=limits(7, 3_650))


@dataclass(frozen=True, slots=True)
class NoticesConfig:
    """``[notices]``: what channels are told of silence."""

    tick_s: float = field(default=60.0, metadata=limits(0.05, 3_600))
    operators: str = field(default="", metadata=limits(0, 100))
    failing_h: float = field(default=12.0, metadata=limits(0.01, 720))
    silence_h: float = field(default=24.0, metadata=limits(0.01, 8_760))
    silence_factor: float = field(default=2.0, metadata=limits(1, 100))


@dataclass(frozen=True, slots=True)
class DiscordConfig:
    """``[discord]``."""

    development_guild: str = field(default="", metadata=limits(0, 20))
    home_guilds: tuple[str, ...] = ()
    heartbeat_timeout_s: float = field(default=60.0, metadata=limits(6, 600))
    senders: int = field(default=3, metadata=limits(1, 16))


@dataclass(frozen=True, slots=True)
class SlackConfig:
    """``[slack]``."""

    editors: tuple[str, ...] = ()
    managers: tuple[str, ...] = ()
    home_workspaces: tuple[str, ...] = ()
    ping_s: float = field(default=5.0, metadata=limits(0.1, 60))
    pace_s: float = field(default=1.0, metadata=limits(0, 60))
    senders: int = field(default=3, metadata=limits(1, 16))


@dataclass(frozen=True, slots=True)
class NewsConfig:
    """``[news]``."""

    old_event_days: int = field(default=30, metadata=limits(1, 36_500))
    story_sleeps_days: int = field(default=21, metadata=limits(1, 3_650))
    zone: str = field(default="UTC", metadata=limits(1, 60))


@dataclass(frozen=True, slots=True)
class TerminalConfig:
    """``[terminal]``."""

    input: bool = True
    channel: str = field(default="terminal:local", metadata=limits(10, 100))
    history: str = field(default="var/history", metadata=limits(1, 1_000))
    width: int = field(default=0, metadata=limits(0, 1_000))


@dataclass(frozen=True, slots=True)
class SeedsConfig:
    """``[seeds]``."""

    paths: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LogConfig:
    """``[log]``."""

    level: str = field(default="info", metadata=limits(choices=("debug", "info", "warning", "error")))
    file: str = field(default="var/wirewatch.log", metadata=limits(1, 1_000))


@dataclass(frozen=True, slots=True)
class Config:
    """All settings, checked.

    Attributes:
        path: the file they came from, None for the built-in ones.
        folder: what relative paths are relative to.
    """

    path: Path | None = None
    folder: Path = field(default_factory=Path.cwd)
    storage: StorageConfig = StorageConfig()
    poll: PollConfig = PollConfig()
    delivery: DeliveryConfig = DeliveryConfig()
    notices: NoticesConfig = NoticesConfig()
    discord: DiscordConfig = DiscordConfig()
    slack: SlackConfig = SlackConfig()
    news: NewsConfig = NewsConfig()
    terminal: TerminalConfig = TerminalConfig()
    seeds: SeedsConfig = SeedsConfig()
    log: LogConfig = LogConfig()
    feeds: tuple[ConfiguredFeed, ...] = ()
    watches: tuple[ConfiguredWatch, ...] = ()
    outlets: tuple[ConfiguredOutlet, ...] = ()

    def resolve(self, path: str) -> Path:
        """Return the path; a relative one is relative to the configuration file."""
        return self.folder / Path(path).expanduser()

    def handler_settings(self) -> HandlerSettings:
        """Return the values that handlers need."""
        return HandlerSettings(
            lease_s=self.poll.lease_s,
            delivery_lease_s=self.delivery.lease_s,
            feeds_per_tick=self.poll.feeds_per_tick,
            default_interval_s=self.poll.interval_s,
            alerts_on_first_sight=self.poll.alerts_on_first_sight,
            old_event_days=self.news.old_event_days,
            zone=self.news.zone,
            worker=f"pid-{os.getpid()}",
            messages_per_window=self.delivery.messages_per_window,
            window_s=self.delivery.window_s,
            refresh_s=self.delivery.refresh_s,
            keep_answers_days=self.delivery.keep_answers_days,
            keep_waiting_days=self.delivery.keep_waiting_days,
            operators_channel=self.notices.operators or self.terminal.channel,
            failing_s=round(self.notices.failing_h * 3_600),
            silence_s=round(self.notices.silence_h * 3_600),
            silence_factor=self.notices.silence_factor,
            story_sleeps_days=self.news.story_sleeps_days,
            config_path="" if self.path is None else str(self.path),
        )


_SECTIONS: Mapping[str, type] = {
    "storage": StorageConfig,
    "poll": PollConfig,
    "delivery": DeliveryConfig,
    "notices": NoticesConfig,
    "discord": DiscordConfig,
    "slack": SlackConfig,
    "news": NewsConfig,
    "terminal": TerminalConfig,
    "seeds": SeedsConfig,
    "log": LogConfig,
}
_ROWS: Mapping[str, type] = {"feeds": ConfiguredFeed, "watches": ConfiguredWatch, "outlets": ConfiguredOutlet}


class InvalidConfigError(ConfigError):
    """All that is wrong with a configuration file, one line each."""

    def __init__(self, source: str, errors: tuple[ConfigError, ...]) -> None:
        first = errors[0]
        super().__init__(first.path, first.reason)
        self.errors = errors
        self.source = source

    def __str__(self) -> str:
        """Return the file and each error on a line of its own."""
        return "\n".join((f"{self.source} cannot be used:", *(f"  {error}" for error in self.errors)))


def find_config(given: str | None, environment: Mapping[str, str]) -> Path | None:
    """Return the configuration file: the one given, that of the environment, or config.toml beside the program.

    A ``config.toml`` in the working folder is not taken: many programs call theirs so.

    Raises:
        ConfigError: a file was named and is not there.
    """
    named = given or environment.get(CONFIG_VARIABLE)
    if named:
        path = Path(named).expanduser()
        if not path.is_file():
            origin = "--config" if given else CONFIG_VARIABLE
            raise ConfigError(origin, f"there is no file {path}")
        return path
    own = Path(__file__).resolve().parent.parent / _NAME
    return own if own.is_file() else None


def load_config(path: Path | None) -> Config:
    """Return the settings of a file, or the built-in ones.

    Raises:
        InvalidConfigError: with everything that is wrong in it.
    """
    if path is None:
        return Config()
    return parse_config(_read(path), path)


def parse_config(text: str, path: Path) -> Config:
    """Return the settings that a text in TOML gives. Raises InvalidConfigError."""
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise InvalidConfigError(str(path), (ConfigError("TOML", str(error)),)) from error
    problems = Problems()
    parts = _parse_parts(table, problems)
    _check_rows(parts, problems)
    _check_zone(parts.get("news"), problems)
    if problems.errors:
        raise InvalidConfigError(str(path), tuple(problems.errors))
    return Config(path=path, folder=path.resolve().parent, **parts)


def _parse_parts(table: Mapping[str, Any], problems: Problems) -> dict[str, Any]:
    parts: dict[str, Any] = {}
    for name, value in table.items():
        if name in _SECTIONS:
            parts[name] = check_table(_SECTIONS[name], value, name, problems)
        elif name in _ROWS:
            parts[name] = _parse_rows(_ROWS[name], value, name, problems)
        else:
            allowed = ", ".join((*_SECTIONS, *_ROWS))
            problems.add(name, f"no such section; there are {allowed}")
    return parts


def _parse_rows(kind: type, value: object, name: str, problems: Problems) -> tuple[Any, ...]:
    if not isinstance(value, list):
        problems.add(name, f"must be written as [[{name}]]")
        return ()
    return tuple(check_table(kind, row, f"{name}[{index}]", problems) for index, row in enumerate(value))


def _check_zone(news: NewsConfig | None, problems: Problems) -> None:
    if news is None:
        return
    try:
        get_zone(news.zone)
    except QueryError:
        problems.add("news.zone", f"{news.zone!r} is no time zone; they look like America/Caracas or UTC")


def _check_rows(parts: Mapping[str, Any], problems: Problems) -> None:
    for index, feed in enumerate(parts.get("feeds", ())):
        if feed is not None and not _is_feed_url(feed.url):
            problems.add(f"feeds[{index}].url", "must begin with https:// or http://")
        if feed is not None and not 0 <= feed.interval_s <= _LONGEST_INTERVAL_S:
            problems.add(f"feeds[{index}].interval_s", f"must be between 0 and {_LONGEST_INTERVAL_S}")
    for index, watch in enumerate(parts.get("watches", ())):
        if watch is not None and not all(watch.channel.partition(":")):
            problems.add(f"watches[{index}].channel", "must look like terminal:local")
        if watch is not None and not watch.topic.strip():
            problems.add(f"watches[{index}].topic", "must name a topic")
        elif watch is not None:
            _check_topic(watch.topic, f"watches[{index}].topic", problems)
    for index, outlet in enumerate(parts.get("outlets", ())):
        if outlet is not None:
            _check_outlet(outlet, f"outlets[{index}]", problems)


def _check_topic(topic: str, path: str, problems: Problems) -> None:
    """Refuse what ``/watch add`` would refuse; the names that a store has learnt make no expression readable."""
    try:
        parse_expression(topic, lookup)
    except QueryError as error:
        problems.add(path, f"cannot be read: {error}")


def _check_outlet(outlet: ConfiguredOutlet, path: str, problems: Problems) -> None:
    if not outlet.name.strip():
        problems.add(f"{path}.name", "must name the outlet")
    if outlet.kind not in KINDS:
        problems.add(f"{path}.kind", f"must be one of {', '.join(sorted(KINDS))}")
    if outlet.country and not re.fullmatch("[A-Z]{2}", outlet.country):
        problems.add(f"{path}.country", "must be two capital letters, such as VE")
    for domain in outlet.domains:
        if not re.fullmatch(r"[\w-]+(\.[\w-]+)+", domain) or domain.startswith("www."):
            problems.add(f"{path}.domains", f"must be domains without www. and https://, not {domain!r:.60}")


def _is_feed_url(url: str) -> bool:
    try:
        parts = urlsplit(url)
        return parts.scheme in {"http", "https"} and bool(parts.hostname)
    except ValueError:
        return False


def _read(path: Path) -> str:
    try:
        if path.stat().st_size > _LARGEST_BYTES:
            raise InvalidConfigError(str(path), (ConfigError("file", "larger than 1 MiB"),))
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise InvalidConfigError(str(path), (ConfigError("file", error.strerror or str(error)),)) from error
    except UnicodeDecodeError as error:
        raise InvalidConfigError(str(path), (ConfigError("file", f"not UTF-8 (byte {error.start})"),)) from error


def list_keys() -> tuple[str, ...]:
    """Return every key that may stand in the file, such as ``poll.tick_s`` and ``feeds.url``."""
    tables = {**_SECTIONS, **_ROWS}
    return tuple(f"{name}.{item.name}" for name, kind in tables.items() for item in fields(kind))
