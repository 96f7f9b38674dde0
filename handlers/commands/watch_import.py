"""``/watch import``: watches from a text, shown first and done when that is confirmed; undoable.

Owns the comparison of the text with what is there, and that nothing is done by halves: one transaction, and none where
anything in the text is wrong. Rights are those of ``/watch edit``: channels of the own place, all for who runs the bot.
Doing it twice changes nothing the second time, and so does taking it back. Watches that the text does not name stay.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from handlers.arguments import find_number, find_text
from handlers.channels import check_channel
from handlers.messages import count_words, notice
from handlers.ports import Ports, Transaction
from handlers.records import Record, watch_record
from handlers.reply import Action, Block, Listing, Paragraph, Reply, Room, Span, Strong, Text, Tone
from handlers.request import Access, Request
from handlers.topics import get_expression
from handlers.watch_files import Entry, Fault, Reading, read_watches, write_watches
from handlers.watch_settings import end_watch, say_settings
from news.errors import NotFoundError, QueryError
from news.watches.watch import Watch

_COMMAND = "watch import"
_MOST_FAULTS = 20
_SETTINGS = ("labels", "ping", "is_paused", "n_origins", "schedule", "muted_until")
_UNDO = "steps"
_FIRST_MOMENT = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class _Step:
    """What becomes of one watch: ``before`` is None for a new one, whose ``after`` has no number yet."""

    before: Watch | None
    after: Watch

    @property
    def is_change(self) -> bool:
        return self.before is None or _settings_of(self.before) != _settings_of(self.after)


def import_watches(request: Request, ports: Ports) -> Reply:
    """Return what the text would change, or has changed where that was confirmed. Raises QueryError, NotFoundError."""
    undo, plan = find_number(request, "undo"), find_number(request, "plan")
    if undo is not None:
        with ports.store.write() as tx:
            return _undo(tx, request, undo)
    text = find_text(request, "file") or ""
    if plan is not None:
        with ports.store.read() as tx:
            text = str(_load(tx, request, plan, "file"))
    if not text:
        return _ask(request)
    # A stranger's text is read and checked before the writer's lock is taken: nobody is to wait for it.
    found = read_watches(text)
    with ports.store.read() as tx:
        wanted, faults = _check(tx, request, found)
        steps = _compare(tx, request, wanted)
    if faults:
        return _refuse(faults)
    changes = [step for step in steps if step.is_change]
    if not changes:
        return _nothing(steps)
    with ports.store.write() as tx:
        if plan is None and find_text(request, "apply") is None:
            return _show(steps, changes, _save(tx, request, {"file": text}))
        # Compared again: somebody may have changed a watch since it was read.
        return _apply(tx, request, _compare(tx, request, wanted))


def _ask(request: Request) -> Reply:
    hint = (
        "Give the file that /watch export made, or paste its text."
        if not request.place.startswith("terminal:")
        else ("Name the file that /watch export made, such as /watch import watches.toml.")
    )
    paste = Action("Paste the text", _COMMAND, {}, asks="file", hint="the text that /watch export made")
    return Reply("What is to be imported?", (notice(hint),), {"changes": []}, is_private=True, actions=(paste,))


def _check(tx: Transaction, request: Request, found: Reading) -> tuple[dict[tuple[str, str], Entry], list[Fault]]:
    """Return the watches of the text by channel and folded topic, and all that is wrong with it."""
    faults, wanted = list(found.faults), dict[tuple[str, str], Entry]()
    for entry in found.doubtful:
        faults.extend(_find_faults(tx, request, entry))
    for entry in found.entries:
        own = _find_faults(tx, request, entry)
        faults.extend(own)
        if own:
            continue
        channel = check_channel(request, entry.channel) if entry.channel else request.channel
        first = wanted.setdefault((channel, entry.topic.casefold()), entry)
        if first is not entry:
            faults.append(Fault(entry.path, f"the same watch as {first.path}", entry.line))
    return wanted, sorted(faults, key=lambda fault: fault.line)


def _find_faults(tx: Transaction, request: Request, entry: Entry) -> list[Fault]:
    """Return what is wrong with the channel and the topic of a watch, as far as it names them."""
    faults = []
    checks: tuple[tuple[str, Callable[[], object]], ...] = (
        (entry.channel, lambda: check_channel(request, entry.channel)),
        (entry.topic, lambda: get_expression(entry.topic, tx)),
    )
    for named, check in checks:
        try:
            if named:
                check()
        except QueryError as error:
            faults.append(Fault(entry.path, str(error), entry.line))
    return faults


def _compare(tx: Transaction, request: Request, wanted: Mapping[tuple[str, str], Entry]) -> list[_Step]:
    held = {(each.channel, each.expression.casefold()): each for each in tx.watches.list_all()}
    steps = []
    for key, entry in wanted.items():
        before = held.get(key)
        fresh = Watch(0, key[0], entry.topic, request.actor, request.now)
        steps.append(_Step(before, entry.apply(before or fresh)))
    return steps


def _refuse(faults: Sequence[Fault]) -> Reply:
    """Return what is wrong; nothing was changed."""
    shown = tuple(notice(f"{fault}.".replace("..", "."), Tone.WARNING) for fault in faults[:_MOST_FAULTS])
    title = f"Nothing was imported: {count_words(len(faults), 'fault')} in the text."
    data = {
        "error": title,
        "faults": [{"path": each.path, "line": each.line, "reason": each.reason} for each in faults],
    }
    return Reply(title, shown, data, failed=True, is_misuse=True, is_private=True)


def _nothing(steps: Sequence[_Step]) -> Reply:
    all_of = "The watch of the text is" if len(steps) == 1 else f"All {len(steps)} watches of the text are"
    return Reply(
        "Nothing to change.",
        (notice(f"{all_of} here, set as it says."),),
        _record(steps, (), is_done=False),
        is_private=True,
    )


def _show(steps: Sequence[_Step], changes: Sequence[_Step], plan: int) -> Reply:
    title = f"Would {_sum_up(changes)}"
    hint = notice(f"Nothing is changed yet: /watch import --plan {plan} does it.")
    data = _record(steps, changes, is_done=False) | {"plan": plan}
    do_it = Action("Import", _COMMAND, {"plan": plan})
    return Reply(title, (*_blocks(steps, changes), hint), data, is_private=True, actions=(do_it,))


def _apply(tx: Transaction, request: Request, steps: Sequence[_Step]) -> Reply:
    changes = [step for step in steps if step.is_change]
    if not changes:
        return _nothing(steps)
    done: list[_Step] = []
    undo: list[Record] = []
    for step in changes:
        watch = step.before
        if watch is None:
            watch, _ = tx.watches.add(
                channel=step.after.channel, expression=step.after.expression, actor=request.actor, now=request.now
            )
        after = _with_settings(watch, step.after)
        tx.watches.update(after, now=None if step.before is None else request.now)
        _audit(tx, request, _Step(step.before, after), "added" if step.before is None else "changed")
        done.append(_Step(step.before, after))
        before = None if step.before is None else _pack(step.before)
        undo.append({"watch": watch.id, "before": before, "after": _pack(after)})
    number = _save(tx, request, {_UNDO: undo})
    hint = notice(f"/watch import --undo {number} takes it back.")
    data = _record(steps, done, is_done=True) | {"undo": number}
    take_back = Action("Undo", _COMMAND, {"undo": number})
    title = f"Imported: {_sum_up(done, is_done=True)}"
    return Reply(title, (*_blocks(steps, done), hint), data, is_private=True, actions=(take_back,))


def _undo(tx: Transaction, request: Request, number: int) -> Reply:
    """Take an import back: what it added goes, what it changed is as it was; watches that are gone stay gone.

    What somebody changed since is left as it is and named; a second time there is nothing left to do.
    """
    lines: list[tuple[Span, ...]] = []
    n_undone = 0
    for row in _load(tx, request, number, _UNDO):
        watch = tx.watches.find(int(row["watch"]))
        if watch is None or not request.may_see(watch.channel):
            continue
        before = None if row["before"] is None else _unpack(watch, row["before"])
        if before is not None and _settings_of(before) == _settings_of(watch):
            continue
        word = "changed since, left as it is"
        if _settings_of(watch) == _settings_of(_unpack(watch, row["after"])):
            word = _take_back(tx, request, watch, before)
            n_undone += 1
        lines.append((Strong(watch.expression), Text(f" (watch {watch.id}): {word}")))
    title = f"Taken back: {count_words(n_undone, 'watch', 'watches')}" if n_undone else "Nothing was taken back."
    blocks = (Listing(tuple(lines)),) if lines else ()
    return Reply(title, blocks, {"undone": n_undone, "left": len(lines) - n_undone}, is_private=True)


def _take_back(tx: Transaction, request: Request, watch: Watch, before: Watch | None) -> str:
    """Return in words what became of the watch, which is as the import left it."""
    if before is None:
        end_watch(tx, watch, now=request.now)
        _audit(tx, request, _Step(watch, watch), "undone, removed")
        return "removed"
    tx.watches.update(before, now=request.now)
    _audit(tx, request, _Step(watch, before), "undone, as it was")
    return "as it was"


def _sum_up(changes: Sequence[_Step], *, is_done: bool = False) -> str:
    n_new = sum(step.before is None for step in changes)
    parts = []
    if n_new:
        parts.append(f"{'added' if is_done else 'add'} {count_words(n_new, 'watch', 'watches')}")
    if len(changes) > n_new:
        changed = count_words(len(changes) - n_new, "watch", "watches")
        parts.append(f"{'changed' if is_done else 'change'} {changed}")
    return " and ".join(parts)


def _blocks(steps: Sequence[_Step], changes: Sequence[_Step]) -> list[Block]:
    blocks: list[Block] = [Listing(tuple(_step_spans(step) for step in changes))]
    n_same = len(steps) - len(changes)
    if n_same:
        are = "is" if n_same == 1 else "are"
        blocks.append(Paragraph((Text(f"{count_words(n_same, 'watch', 'watches')} {are} as the text says already."),)))
    return blocks


def _step_spans(step: _Step) -> tuple[Span, ...]:
    after = step.after
    where: tuple[Span, ...] = (Strong(after.expression), Text(" in "), Room(after.channel))
    if step.before is None:
        return (*where, Text(f" — new: {', '.join(say_settings(after))}"))
    before, now = say_settings(step.before), say_settings(after)
    was, becomes = (
        ", ".join(part for part in one if part not in other) for one, other in ((before, now), (now, before))
    )
    return (*where, Text(f" (watch {after.id}) — {was or 'as usual'} → {becomes or 'as usual'}"))


def _record(steps: Sequence[_Step], changes: Sequence[_Step], *, is_done: bool) -> Record:
    rows = [
        {"before": None if step.before is None else watch_record(step.before), "after": watch_record(step.after)}
        for step in changes
    ]
    return {"done": is_done, "n_same": len(steps) - len(changes), "changes": rows}


def _settings_of(watch: Watch) -> tuple[object, ...]:
    return tuple(getattr(watch, name) for name in _SETTINGS)


def _with_settings(watch: Watch, like: Watch) -> Watch:
    return replace(watch, **{name: getattr(like, name) for name in _SETTINGS})


def _audit(tx: Transaction, request: Request, step: _Step, what: str) -> None:
    """Write what became of a watch into the log.

    What switches it off or on is written as the commands for that write it, which replays read; a line of the import
    besides, unless that is all.
    """
    watch = step.after
    subject = f"{watch.expression} (watch {watch.id})"
    switches = _list_switches(step, request.now)
    lines = [(action, subject) for action in switches]
    if not switches or step.before is None or _with_switches(step.before, watch) != watch:
        lines.append((_COMMAND, f"{subject}: {what}"))
    for action, words in lines:
        tx.audit.add(actor=request.actor, action=action, subject=words, now=request.now, channel=watch.channel)


def _list_switches(step: _Step, now: datetime) -> list[str]:
    """Return the commands that would have switched the watch so; none where it makes no difference to what is heard."""
    before, after = step.before, step.after
    was_on, is_on = before is None or before.hears(now), after.hears(now)
    if before is not None and (
        (before.is_paused and after.is_paused)
        or (before.is_paused, before.muted_until) == (after.is_paused, after.muted_until)
    ):
        return []
    # What goes from one way of being off to another is resumed between, or it would count as on before.
    resumed = [] if was_on else ["watch resume"]
    if is_on:
        return resumed
    return [*resumed, "watch pause" if after.is_paused else "watch mute"]


def _with_switches(watch: Watch, like: Watch) -> Watch:
    return replace(watch, is_paused=like.is_paused, muted_until=like.muted_until)


def _pack(watch: Watch) -> str:
    """Return the settings of a watch, a mute that is over with them, as a text that ``_unpack`` takes."""
    return write_watches([watch], now=_FIRST_MOMENT, with_channel=False)


def _unpack(watch: Watch, packed: str) -> Watch:
    return read_watches(packed).entries[0].apply(watch)


def _save(tx: Transaction, request: Request, body: dict[str, Any]) -> int:
    """Keep what a later confirmation needs; return its number. It is good in the same place only."""
    kept = {"command": _COMMAND, "arguments": {}, "asked_at": request.now.isoformat(), "place": request.place, **body}
    return tx.requests.add(json.dumps(kept, ensure_ascii=False, separators=(",", ":")), now=request.now)


def _load(tx: Transaction, request: Request, number: int, name: str) -> Any:  # noqa: ANN401 - text or list
    words = tx.requests.find(number)
    body = {} if words is None else json.loads(words)
    is_ours = request.access >= Access.OPERATE or body.get("place") == request.place
    if body.get("command") != _COMMAND or name not in body or not is_ours:
        raise NotFoundError(f"There is no import {number} here any more. Give the file once again.")
    return body[name]
