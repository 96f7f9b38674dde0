"""When watches were paused, muted and resumed, as the log of changes tells it; for replays.

Owns the reading of that log, and of what watches were before they were edited or ended. Must never guess: an edit of
which nothing was kept it only names.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from handlers.ports import Transaction
from news.audit import AuditLine
from news.watches.replays import WatchEdition
from news.watches.watch import Watch

_MOST_LINES = 100_000
_NUMBER = re.compile(r"\(watch (\d{1,15})\)\Z")
_PAUSE, _RESUME, _MUTE = "watch pause", "watch resume", "watch mute"
_SWITCHING = frozenset({_PAUSE, _RESUME, _MUTE})
_KEPT = frozenset({"watch add", "watch test", "watch list"})


@dataclass(frozen=True, slots=True)
class Switch:
    """A watch was switched off or on.

    Attributes:
        watch: as it is from then on, in all else as it is now.
        is_first: it only says how the watch stood when it began to count.
    """

    at: datetime
    watch: Watch
    is_first: bool = False


@dataclass(frozen=True, slots=True)
class Edition:
    """A watch was set otherwise, or ended.

    Attributes:
        watch: with the labels, origins, schedule and ping that it has from then on.
        is_first: it only says how the watch was set when it began to count.
    """

    at: datetime
    watch: Watch
    is_end: bool = False
    is_first: bool = False


def list_switches(tx: Transaction, since: datetime) -> list[Switch]:
    """Return how each watch stood at ``since`` or when it was made later, and each switch from then on, in order."""
    lines = _list_lines(tx, since)
    found: list[Switch] = []
    for watch in tx.watches.list_all():
        mine = [line for line in lines if line.action in _SWITCHING and _number_of(line) == watch.id]
        if mine:
            found.extend(_follow(watch, mine, since))
    return sorted(found, key=lambda switch: (switch.at, switch.watch.id))


def _follow(watch: Watch, lines: Sequence[AuditLine], since: datetime) -> Iterable[Switch]:
    on, off = replace(watch, is_paused=False, muted_until=None), replace(watch, is_paused=True, muted_until=None)
    # What is resumed was off, whether it was paused or muted.
    yield Switch(max(since, watch.created_at), off if lines[0].action == _RESUME else on, is_first=True)
    for place, line in enumerate(lines):
        if line.action == _MUTE:
            later = [each.at for each in lines[place + 1 :]]
            # The last mute is on the watch; an earlier one held at most until the next switch.
            until = later[0] if later else watch.muted_until
            yield Switch(line.at, replace(on, muted_until=until))
        else:
            yield Switch(line.at, off if line.action == _PAUSE else on)


def list_editions(tx: Transaction, since: datetime) -> list[Edition]:
    """Return how each watch that was edited or ended since then was set at ``since``, and each change from then on.

    In order. Of one that was made later, how it was set then. What was only switched off or on is ``list_switches``'.
    """
    by_watch: dict[int, list[WatchEdition]] = {}
    for each in tx.history.list_watch_editions(since):
        by_watch.setdefault(each.watch.id, []).append(each)
    found: list[Edition] = []
    for watch_id, editions in by_watch.items():
        found.append(Edition(max(since, editions[0].watch.created_at), editions[0].watch, is_first=True))
        later = [*(each.watch for each in editions[1:]), tx.watches.find(watch_id)]
        found.extend(
            Edition(each.until_at, after or each.watch, is_end=each.is_end)
            for each, after in zip(editions, later, strict=True)
        )
    return sorted(found, key=lambda edition: (edition.at, edition.watch.id))


def say_unknown(tx: Transaction, since: datetime) -> list[str]:
    """Return, oldest first, the changes of watches from then on of which nobody knows what was before, in words."""
    editions = tx.history.list_watch_editions(since)
    known = {(each.until_at, each.watch.id) for each in editions}
    places = {(each.until_at, each.watch.channel) for each in editions}
    return [
        f"{line.subject} in {line.channel or 'a channel'} was changed on {line.at:%Y-%m-%d %H:%M} UTC ({line.action}); "
        "it is replayed as it is now"
        for line in _list_lines(tx, since)
        if line.action.startswith("watch ")
        and line.action not in _SWITCHING | _KEPT
        and ((line.at, number) not in known if (number := _number_of(line)) else (line.at, line.channel) not in places)
    ]


def _list_lines(tx: Transaction, since: datetime) -> list[AuditLine]:
    """Return the lines of the log from then on, oldest first."""
    newest = tx.audit.list_newest(limit=_MOST_LINES)
    return [line for line in reversed(newest) if line.at >= since]


def _number_of(line: AuditLine) -> int:
    found = _NUMBER.search(line.subject)
    return int(found[1]) if found is not None else 0
