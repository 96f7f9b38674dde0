"""Watches as a text in TOML, and back: what ``/watch export`` gives and ``/watch import`` takes.

Owns the form of that text and the reading of one that a stranger wrote: every fault is told with its line and the path
of its key, and all of them at once. Must never change a watch: ``handlers.commands.watch_import`` does.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from typing import Any

from handlers.watch_settings import MODES, MOST_ORIGINS, parse_labels, parse_ping
from news.decision import Label
from news.errors import QueryError
from news.watches.schedule import Mode, get_zone, parse_quiet, parse_time
from news.watches.watch import Watch

MOST_BYTES = 65_536
"""Longest text that is taken."""

MOST_WATCHES = 500
"""Most watches in one text."""

_MOST_FAULTS = 20
_LONGEST_LINE = 4_096
_MOST_DOTS = 200
_LONGEST_TOPIC = 1_000
_OFF = "off"
_EMPTY = {"line": True, "nothing": False}
_UNSAID = re.compile(r"[\x00-\x1f\x7f]")
_HEADER = re.compile(r"\s{0,20}\[\[\s{0,20}watches\s{0,20}\]\]")
_FENCE = re.compile(r"\A\s{0,20}```[a-z]{0,10}[ \t]{0,20}\n(.{0,70000}?)\n?```\s{0,20}\Z", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Fault:
    """Something in the text that cannot be taken.

    Attributes:
        path: of the key, such as ``watches[2].labels``; empty for the whole text.
        line: from 1; 0 where it is not known.
    """

    path: str
    reason: str
    line: int = 0

    def __str__(self) -> str:
        """Return ``line 14, watches[2].labels: “nwe” is no label``."""
        where = ", ".join(part for part in (f"line {self.line}" if self.line else "", self.path) if part)
        return f"{where}: {self.reason}" if where else self.reason


@dataclass(frozen=True, slots=True)
class Entry:
    """One watch of the text.

    Attributes:
        channel: empty where it says none, which is the channel of who imports.
        settings: changes a watch to what the text says of it; what it does not name stays.
        path, line: where it stands.
    """

    topic: str
    channel: str
    path: str
    line: int
    settings: tuple[Callable[[Watch], Watch], ...] = ()

    def apply(self, watch: Watch) -> Watch:
        """Return the watch with what the text says of it."""
        for change in self.settings:
            watch = change(watch)
        return watch


@dataclass(slots=True)
class Reading:
    """What a text holds, and what is wrong with it.

    Attributes:
        doubtful: watches with a fault, for finding out whether their topic and channel are right.
    """

    entries: list[Entry] = field(default_factory=list)
    doubtful: list[Entry] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


def write_watches(watches: Iterable[Watch], *, now: datetime, with_channel: bool) -> str:
    """Return the watches as TOML that ``read_watches`` takes back as they were; every setting is named.

    Without the channel they can be imported into any.
    """
    blocks = ["# Watches of Wirewatch. /watch import takes them back; what is left out of one stays as it is there."]
    blocks.extend("\n".join(_list_lines(watch, now, with_channel=with_channel)) for watch in watches)
    return "\n\n".join(blocks) + "\n"


def read_watches(text: str) -> Reading:
    """Return the watches of a text, with all that is wrong in it. Never raises for what a stranger wrote."""
    fenced = _FENCE.match(text) if len(text) <= MOST_BYTES + 100 else None
    text = fenced[1] if fenced else text
    if len(text.encode("utf-8", "replace")) > MOST_BYTES:
        return Reading(faults=[Fault("", f"The text is longer than {MOST_BYTES // 1024} KiB.")])
    if not text.strip():
        return Reading(faults=[Fault("", "The text is empty. /watch export makes one that can be imported.")])
    slow = _find_slow_lines(text)
    if slow:
        return Reading(faults=slow)
    try:
        table = tomllib.loads(text)
    except RecursionError:
        return Reading(faults=[Fault("", "The text is nested too deeply.")])
    except ValueError as error:  # tomllib's own error, and numbers that Python does not take
        return Reading(faults=[Fault("", f"This is no TOML: {str(error)[:200]}.")])
    return _read_table(table, _find_lines(text))


def _find_slow_lines(text: str) -> list[Fault]:
    """Return what is wrong with lines that no watch needs and that tomllib would take long over.

    It walks a dotted key once for each of its parts and a header once for each key below it: the time grows with the
    square of the dots. A key cannot go over the end of a line, which for TOML is a line feed and no other sign.
    """
    found = []
    for number, line in enumerate(text.split("\n"), 1):
        if len(line) > _LONGEST_LINE:
            found.append(Fault("", f"is longer than {_LONGEST_LINE} characters", number))
        elif line.count(".") > _MOST_DOTS:
            found.append(Fault("", f"has more than {_MOST_DOTS} dots", number))
    return found[:_MOST_FAULTS]


def _list_lines(watch: Watch, now: datetime, *, with_channel: bool) -> list[str]:
    schedule = watch.schedule
    is_muted = watch.muted_until is not None and watch.muted_until > now
    muted = watch.muted_until.astimezone(UTC) if is_muted and watch.muted_until is not None else None
    labels = ", ".join(_quote(label.value.lower()) for label in Label if label in watch.labels)
    mode = next(name for name, mode in MODES.items() if mode is schedule.mode)
    return [
        "[[watches]]",
        *([f"channel = {_quote(watch.channel)}"] if with_channel else []),
        f"topic = {_quote(watch.expression)}",
        f"labels = [{labels}]",
        f"origins = {watch.n_origins}",
        f"mode = {_quote(mode)}",
        f'at = "{schedule.digest_at:%H:%M}"',
        f"quiet = {_quote(_OFF if schedule.quiet is None else str(schedule.quiet))}",
        f"zone = {_quote(schedule.zone)}",
        f"empty = {_quote('line' if schedule.says_empty else 'nothing')}",
        f"ping = {_quote(watch.ping or _OFF)}",
        f"paused = {'true' if watch.is_paused else 'false'}",
        f"muted_until = {_quote(_OFF) if muted is None else muted.isoformat()}",
    ]


def _quote(text: str) -> str:
    """Return a basic string of TOML (toml.io, v1.0.0, "String")."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + _UNSAID.sub(lambda found: f"\\u{ord(found[0]):04X}", escaped) + '"'


def _find_lines(text: str) -> list[list[str]]:
    """Return the lines of each ``[[watches]]`` with their numbers in front, to say where a key stands."""
    parts: list[list[str]] = []
    for number, line in enumerate(text.splitlines(), 1):
        if _HEADER.match(line):
            parts.append([])
        if parts:
            parts[-1].append(f"{number}:{line}")
    return parts


def _line_of(lines: list[str], key: str) -> int:
    for numbered in lines:
        number, _, line = numbered.partition(":")
        if line.partition("=")[0].strip().strip("\"'") == key:
            return int(number)
    return int(lines[0].partition(":")[0]) if lines else 0


def _read_table(table: Mapping[str, Any], lines: list[list[str]]) -> Reading:
    found = Reading()
    for name in list(table)[:_MOST_FAULTS]:
        if name != "watches":
            found.faults.append(Fault(str(name)[:80], "there is nothing but [[watches]] in such a text"))
    rows = table.get("watches", [])
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        found.faults.append(Fault("watches", "must be written as [[watches]]"))
    elif len(rows) > MOST_WATCHES:
        found.faults.append(Fault("watches", f"there are {len(rows)}, and {MOST_WATCHES} are the most that are taken"))
    elif not rows and not found.faults:
        found.faults.append(Fault("watches", "there are none in the text"))
    else:
        for index, row in enumerate(rows):
            _read_row(row, index, lines[index] if len(lines) == len(rows) else [], found)
    del found.faults[_MOST_FAULTS:]
    return found


def _read_row(row: Mapping[str, Any], index: int, lines: list[str], found: Reading) -> None:
    path, n_before = f"watches[{index}]", len(found.faults)
    changes: list[Callable[[Watch], Watch]] = []
    for key, value in row.items():
        try:
            changes.append(_READERS.get(key, _read_unknown)(value))
        except QueryError as error:
            found.faults.append(Fault(f"{path}.{str(key)[:40]}", str(error), _line_of(lines, key)))
    line = _line_of(lines, "topic")
    if "topic" not in row:
        found.faults.append(Fault(f"{path}.topic", "is missing: what the watch listens to", line))
    topic, channel = (str(row[key]).strip() if _is_sound(row, key) else "" for key in ("topic", "channel"))
    entry = Entry(topic, channel, path, line, tuple(changes))
    (found.entries if len(found.faults) == n_before else found.doubtful).append(entry)


def _is_sound(row: Mapping[str, Any], key: str) -> bool:
    """Return whether a row has a topic or a channel that may be looked at."""
    try:
        _READERS[key](row.get(key))
    except QueryError:
        return False
    return True


def _read_unknown(_: object) -> Callable[[Watch], Watch]:
    raise QueryError(f"there is no such setting; there are {', '.join(_READERS)}")


def _text(value: object, *, limit: int = 200) -> str:
    if not isinstance(value, str) or not value.strip():
        raise QueryError("must be a text in quotation marks")
    if len(value) > limit:
        raise QueryError(f"is longer than {limit} characters")
    return value.strip()


def _read_topic(value: object) -> Callable[[Watch], Watch]:
    _text(value, limit=_LONGEST_TOPIC)
    return lambda watch: watch


def _read_channel(value: object) -> Callable[[Watch], Watch]:
    _text(value)
    return lambda watch: watch


def _read_labels(value: object) -> Callable[[Watch], Watch]:
    words = ", ".join(_text(each) for each in value[:50]) if isinstance(value, list) else _text(value)
    labels = parse_labels(words)
    return lambda watch: replace(watch, labels=labels)


def _read_origins(value: object) -> Callable[[Watch], Watch]:
    if not isinstance(value, int) or isinstance(value, bool) or not 1 <= value <= MOST_ORIGINS:
        raise QueryError(f"must be a whole number from 1 to {MOST_ORIGINS}")
    number = value
    return lambda watch: replace(watch, n_origins=number)


def _read_mode(value: object) -> Callable[[Watch], Watch]:
    mode: Mode | None = MODES.get(_text(value))
    if mode is None:
        raise QueryError(f"must be one of {', '.join(MODES)}")
    return lambda watch: replace(watch, schedule=replace(watch.schedule, mode=mode))


def _read_at(value: object) -> Callable[[Watch], Watch]:
    at = parse_time(_text(value))
    return lambda watch: replace(watch, schedule=replace(watch.schedule, digest_at=at))


def _read_quiet(value: object) -> Callable[[Watch], Watch]:
    text = _text(value)
    quiet = None if text.lower() == _OFF else parse_quiet(text)
    return lambda watch: replace(watch, schedule=replace(watch.schedule, quiet=quiet))


def _read_zone(value: object) -> Callable[[Watch], Watch]:
    zone = _text(value)
    get_zone(zone)
    return lambda watch: replace(watch, schedule=replace(watch.schedule, zone=zone))


def _read_empty(value: object) -> Callable[[Watch], Watch]:
    says = _EMPTY.get(_text(value))
    if says is None:
        raise QueryError(f"must be one of {', '.join(_EMPTY)}")
    return lambda watch: replace(watch, schedule=replace(watch.schedule, says_empty=says))


def _read_ping(value: object) -> Callable[[Watch], Watch]:
    ping = parse_ping(_text(value))
    return lambda watch: replace(watch, ping=ping)


def _read_paused(value: object) -> Callable[[Watch], Watch]:
    if not isinstance(value, bool):
        raise QueryError("must be true or false")
    return lambda watch: replace(watch, is_paused=value)


def _read_muted(value: object) -> Callable[[Watch], Watch]:
    if isinstance(value, str) and value.strip().lower() == _OFF:
        return lambda watch: replace(watch, muted_until=None)
    if not isinstance(value, datetime) or value.tzinfo is None:
        hint = " with its zone" if isinstance(value, date) else ""
        raise QueryError(f'must be a moment{hint}, such as 2026-03-15T12:00:00Z, or "off"')
    try:
        until = value.astimezone(UTC)
    except OverflowError:
        raise QueryError("is further away than dates go") from None
    return lambda watch: replace(watch, muted_until=until)


_READERS: Mapping[str, Callable[[object], Callable[[Watch], Watch]]] = {
    "channel": _read_channel,
    "topic": _read_topic,
    "labels": _read_labels,
    "origins": _read_origins,
    "mode": _read_mode,
    "at": _read_at,
    "quiet": _read_quiet,
    "zone": _read_zone,
    "empty": _read_empty,
    "ping": _read_ping,
    "paused": _read_paused,
    "muted_until": _read_muted,
}
