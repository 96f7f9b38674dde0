"""``wirewatch replay --from D --to D``: what would have been posted with other rules or another version.

Owns the private copies on which it happens: the store itself is opened for reading only, and copied. They are deleted
at the end, also after Ctrl-C.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

from bot.call import Call
from bot.config import Config, find_config, load_config
from bot.output import emit
from bot.progress import Progress
from bot.wiring import DATABASE_VARIABLE, LazyDoor, resolve_database, utc_now
from handlers.jobs.replay import ReplayPlan, ReplayResult, list_unsent, replay
from handlers.jobs.rules import apply_rules
from handlers.jobs.switches import say_unknown
from handlers.ports import Ports
from handlers.replay_answer import ReplayView, compose_replay
from handlers.values import parse_first_day, parse_last_day
from news.errors import QueryError, StorageError
from news.reports.outlets import use_outlets
from storage.backup import copy_file
from storage.engine import SqlStore, open_store
from storage.rewind import Rewound, rewind

_MOST_SHOWN = 100_000


def run(call: Call) -> int:
    """Replay the days and print what differs; 0 whether anything does or not."""
    plan = make_plan(call.words.from_, call.words.to, now=utc_now(), tick_s=call.config.delivery.tick_s)
    limit = _parse_limit(call.words.limit)
    source = find_store(call)
    is_other = bool(call.words.config)
    if call.config.outlets:
        use_outlets(outlet.as_row() for outlet in call.config.outlets)
    with copied(source, plan) as (past_store, store, rewound):
        past, copy = _ports(past_store, call.config), _ports(store, call.config)
        plan, changes = apply_rules(call.config.watches, past, copy, plan, is_other=is_other)
        notes = [*_say_rewound(rewound), *changes]
        with past.store.read() as tx:
            notes.extend(say_unknown(tx, plan.since))
            notes.extend(filter(None, [list_unsent(tx, plan)]))
        with Progress("Replaying") as progress:
            result = replay(past, copy, plan, report=lambda done, n_all: progress.advance(n_done=done, n_total=n_all))
        result = _with_notes(result, notes)
        view = ReplayView(call.words.channel or "", limit, _say_rules(call))
        return emit(compose_replay(past, plan, result, view), call.output_format, width=call.config.terminal.width)


def make_plan(first: str, last: str | None, *, now: datetime, tick_s: float) -> ReplayPlan:
    """Return the days, both included; ``last`` defaults to today. Raises QueryError."""
    since = datetime.combine(parse_first_day(first, now=now), time(), tzinfo=UTC)
    end_on = now.date() if last is None else parse_last_day(last, now=now)
    until = datetime.combine(end_on, time(), tzinfo=UTC) + timedelta(days=1)
    if until <= since:
        raise QueryError(f"--to {last} lies before --from {first}; swap them.")
    if since > now:
        raise QueryError(f"--from {first} lies ahead; only what has happened can be replayed.")
    return ReplayPlan(since, until, tick_s)


def find_store(call: Call) -> Path:
    """Return the file of the store that is replayed.

    ``--database`` or its environment variable names it, else the settings do. Settings that were written for the replay
    alone often name no store of their own: then it is that of the usual settings.

    Raises:
        StorageError: there is no such file.
    """
    found = _to_path(resolve_database(call.config, call.database))
    is_named = call.database or os.environ.get(DATABASE_VARIABLE)
    if not found.is_file() and call.words.config and not is_named:
        usual = _to_path(resolve_database(load_config(find_config(None, os.environ)), None))
        found = usual if usual.is_file() else found
    if not found.is_file():
        raise StorageError(f"there is no database {found} to replay; name it with --database")
    return found


def _to_path(url: str) -> Path:
    scheme, separator, name = url.partition(":///")
    if not separator or scheme != "sqlite":
        raise StorageError(f"{url} cannot be replayed: only files can, such as sqlite:///var/wirewatch.db")
    return Path(name)


@contextmanager
def copied(source: Path, plan: ReplayPlan) -> Iterator[tuple[SqlStore, SqlStore, Rewound]]:
    """Give a copy of the store as it is, one as it was before the stretch, and what was taken back for that."""
    with tempfile.TemporaryDirectory(prefix="wirewatch-replay-", ignore_cleanup_errors=True) as name:
        now, then = Path(name) / "now.db", Path(name) / "then.db"
        copy_file(source, now)
        open_store(str(now)).close()  # an older store is brought to the schema of this version
        copy_file(now, then)
        rewound = rewind(then, plan.since)
        with open_store(str(now), read_only=True) as past, open_store(str(then)) as store:
            yield past, store, rewound


def _ports(store: SqlStore, config: Config) -> Ports:
    # The number of the process is on leases, and must not make two replays differ.
    settings = replace(config.handler_settings(), worker="replay")
    return Ports(store, LazyDoor(config), utc_now, settings)


def _parse_limit(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and len(text) < 8 and 0 <= int(text) <= _MOST_SHOWN):  # noqa: PLR2004 - more digits than any limit has
        raise QueryError(f"--limit takes a whole number up to {_MOST_SHOWN:,}, not “{text[:40]}”.")
    return int(text)


def _say_rules(call: Call) -> str:
    path = call.config.path
    return "" if path is None or not call.words.config else f", with the rules of {path.name}"


def _say_rewound(rewound: Rewound) -> Iterator[str]:
    if rewound.n_editions:
        yield (
            f"{rewound.n_editions} articles were edited since the first day; they begin with the text that they had, "
            "read anew"
        )
    for mark in rewound.lost_marks:
        yield f"f{mark} was set or taken back later and what it moved could not be moved back; its stories stay as now"


def _with_notes(result: ReplayResult, notes: list[str]) -> ReplayResult:
    return replace(result, notes=(*notes, *result.notes))
