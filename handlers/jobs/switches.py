"""When watches were paused, muted and resumed, as the log of changes tells it; for replays.

Owns the reading of that log. Must never guess what it does not say: how a watch was set before an edit, and what a
watch was that is gone, it only names.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from handlers.ports import Transaction
from news.audit import AuditLine
from news.watches import Watch

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


def say_unknown(tx: Transaction, since: datetime) -> list[str]:
    """Return, oldest first, the changes of watches from then on of which nobody knows what was before, in words."""
    return [
        f"{line.subject} in {line.channel or 'a channel'} was changed on {line.at:%Y-%m-%d %H:%M} UTC ({line.action}); "
        "it is replayed as it is now"
        for line in _list_lines(tx, since)
        if line.action.startswith("watch ") and line.action not in _SWITCHING | _KEPT
    ]


def _list_lines(tx: Transaction, since: datetime) -> list[AuditLine]:
    """Return the lines of the log from then on, oldest first."""
    newest = tx.audit.list_newest(limit=_MOST_LINES)
    return [line for line in reversed(newest) if line.at >= since]


def _number_of(line: AuditLine) -> int:
    found = _NUMBER.search(line.subject)
    return int(found[1]) if found is not None else 0
