"""What may be set of a watch, as it is typed and as it is told: labels, origins, digests, quiet hours, zone, ping.

Owns the words for these settings. What they do is ``news.watches.watch``' and ``news.watches.schedule``'s.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from handlers.arguments import find_number, find_text
from handlers.messages import LABEL_WORDS, count_words, format_moment, moment_span
from handlers.ports import Transaction
from handlers.reply import Span, Text
from handlers.request import Request
from news.decision import POSTED_LABELS, Label
from news.errors import QueryError
from news.watches.schedule import Mode, Schedule, get_zone, parse_quiet, parse_time
from news.watches.watch import Watch

MODES: Mapping[str, Mode] = {"once": Mode.AT_ONCE, "hourly": Mode.HOURLY, "daily": Mode.DAILY}
"""How the modes are typed."""

SETTINGS = ("labels", "origins", "mode", "at", "quiet", "zone", "empty", "ping", "calls")
"""Names of the parameters that set something."""

_OFF = frozenset({"off", "none", "no"})
MOST_ORIGINS = 100
"""Most independent origins that a watch may wait for."""

_PING = re.compile(r"[A-Za-z0-9]{1,40}\Z")
_BETWEEN = re.compile(r"[,;\s]+")


def is_anything_set(request: Request) -> bool:
    """Return whether any setting was given."""
    return any(find_text(request, name) is not None for name in SETTINGS)


def apply_settings(watch: Watch, request: Request) -> Watch:
    """Return the watch with the settings that were given. Raises QueryError."""
    labels, ping = find_text(request, "labels"), find_text(request, "ping")
    n_origins = find_number(request, "origins") or watch.n_origins
    if n_origins > MOST_ORIGINS:
        raise QueryError(f"A watch waits for {MOST_ORIGINS} origins at most.")
    return replace(
        watch,
        labels=watch.labels if labels is None else parse_labels(labels),
        n_origins=n_origins,
        schedule=_apply_schedule(watch.schedule, request),
        ping="" if find_text(request, "calls") else watch.ping if ping is None else parse_ping(ping),
    )


def _apply_schedule(schedule: Schedule, request: Request) -> Schedule:
    mode, at = find_text(request, "mode"), find_text(request, "at")
    quiet, zone = find_text(request, "quiet"), find_text(request, "zone")
    if zone is not None:
        get_zone(zone)
        schedule = replace(schedule, zone=zone)
    if at is not None:  # a time makes it daily, unless something else is said
        schedule = replace(schedule, digest_at=parse_time(at), mode=Mode.DAILY)
    if mode is not None:
        schedule = replace(schedule, mode=MODES[mode])
    if quiet is not None:
        schedule = replace(schedule, quiet=None if quiet.lower() in _OFF else parse_quiet(quiet))
    empty = find_text(request, "empty")
    if empty is not None:
        schedule = replace(schedule, says_empty=empty == "line")
    return schedule


def parse_labels(text: str) -> frozenset[Label]:
    """Return labels: ``new, disputed``, ``all``, or ``usual`` for those of a new watch. Raises QueryError."""
    words = text.strip().lower().replace("old event", "old_event").replace("old-event", "old_event")
    if words in {"all", "usual"}:
        return frozenset(Label) if words == "all" else POSTED_LABELS
    found: set[Label] = set()
    for word in filter(None, _BETWEEN.split(words)):
        label = next((label for label in Label if label.value.lower() == word), None)
        if label is None:
            names = ", ".join(each.value.lower() for each in Label)
            raise QueryError(f"“{word[:40]}” is no label; there are {names}, and all or usual.")
        found.add(label)
    if not found:
        raise QueryError("Name at least one label, such as new, or usual for those that a watch posts by itself.")
    return frozenset(found)


def parse_ping(text: str) -> str:
    """Return whom the alerts call; empty for nobody. Raises QueryError."""
    if text.strip().lower() in _OFF:
        return ""
    if _PING.match(text) is None:
        raise QueryError(f"“{text[:40]}” is no id of a role or group; it has letters and digits only.")
    return text


def say_labels(watch: Watch) -> str:
    """Return the labels that a watch posts: ``NEW, UPDATE``."""
    return ", ".join(LABEL_WORDS[label] for label in Label if label in watch.labels)


def say_schedule(schedule: Schedule) -> str:
    """Return when alerts go out: ``at once``, ``daily at 08:00 Europe/Berlin, not from 22:00 to 07:00``."""
    words = {
        Mode.AT_ONCE: "at once",
        Mode.HOURLY: "together every hour",
        Mode.DAILY: f"together daily at {schedule.digest_at:%H:%M}",
    }[schedule.mode]
    quiet = "" if schedule.quiet is None else f", not from {schedule.quiet.start:%H:%M} to {schedule.quiet.end:%H:%M}"
    zone = f" {schedule.zone}" if schedule.quiet is not None or schedule.mode is Mode.DAILY else ""
    empty = ", empty ones too" if schedule.says_empty and schedule.mode is not Mode.AT_ONCE else ""
    return f"{words}{empty}{quiet}{zone}"


def say_settings(watch: Watch) -> tuple[str, ...]:
    """Return all that is set of a watch, a few words for each setting."""
    parts = [f"posts {say_labels(watch)}", say_schedule(watch.schedule)]
    if watch.schedule.zone != "UTC" and watch.schedule.zone not in parts[1]:
        parts.append(watch.schedule.zone)
    parts.extend([f"from {count_words(watch.n_origins, 'independent origin')} on"] if watch.n_origins > 1 else [])
    parts.extend([f"calls {watch.ping}"] if watch.ping else [])
    parts.extend(["paused"] if watch.is_paused else [])
    parts.extend([f"muted until {format_moment(watch.muted_until)}"] if watch.muted_until is not None else [])
    return tuple(parts)


def setting_spans(watch: Watch, now: datetime) -> tuple[Span, ...]:
    """Return what is set otherwise than usual, each after a comma; nothing for a usual watch."""
    words = "" if watch.labels == POSTED_LABELS else f", posts {say_labels(watch)}"
    words += f", from {count_words(watch.n_origins, 'independent origin')} on" if watch.n_origins > 1 else ""
    words += f", {say_schedule(watch.schedule)}" if watch.schedule != Schedule(zone=watch.schedule.zone) else ""
    words += f", calls {watch.ping}" if watch.ping else ""
    words += " — paused" if watch.is_paused else ""
    spans: list[Span] = [Text(words)] if words else []
    if watch.muted_until is not None and watch.muted_until > now:
        spans.extend((Text(" — muted until "), moment_span(watch.muted_until)))
    return tuple(spans)


def end_watch(tx: Transaction, watch: Watch, *, now: datetime) -> None:
    """Forget a watch; what waits for it and was never tried is not sent."""
    tx.watches.remove(watch.id, now=now)
    waiting = [row.id for row in tx.outbox.list_waiting(watch.channel) if row.alert.watch_id == watch.id]
    tx.outbox.withdraw(waiting, reason=f"watch {watch.id} was ended")
