"""``/watch import``: watches from a text, shown first and done when that is confirmed; undoable.

Owns the comparison of the text with what is there, and that nothing is done by halves: one transaction, and none where
anything in the text is wrong. Rights are those of ``/watch edit``: channels of the own place, all for who runs the bot.
Doing it twice changes nothing the second time. Watches that the text does not name stay.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from handlers.arguments import find_number, find_text
from handlers.channels import check_channel
from handlers.messages import count_words, notice
from handlers.ports import Ports, Transaction
from handlers.records import Record, watch_record
from handlers.reply import Action, Block, Listing, Paragraph, Reply, Room, Span, Strong, Text, Tone
from handlers.request import Access, Request
from handlers.topics import get_expression
from handlers.watch_files import Entry, Fault, read_watches, write_watches
from handlers.watch_settings import say_settings
from news.errors import NotFoundError, QueryError
from news.watches import Watch

_COMMAND = "watch import"
_MOST_FAULTS = 20
_SETTINGS = ("labels", "ping", "is_paused", "n_origins", "schedule", "muted_until")


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
    with ports.store.write() as tx:
        if undo is not None:
            return _undo(tx, request, undo)
        text = find_text(request, "file") or ""
        if plan is not None:
            text = str(_load(tx, request, plan, "file"))
        if not text:
            return _ask(request)
        steps, faults = _compare(tx, request, text)
        if faults:
            return _refuse(faults)
        changes = [step for step in steps if step.is_change]
        if not changes:
            return _nothing(steps)
        if plan is None and find_text(request, "apply") is None:
            return _show(steps, changes, _save(tx, request, {"file": text}))
        return _apply(tx, request, steps, changes)


def _ask(request: Request) -> Reply:
    hint = (
        "Give the file that /watch export made, or paste its text."
        if not request.place.startswith("terminal:")
        else ("Name the file that /watch export made, such as /watch import watches.toml.")
    )
    paste = Action("Paste the text", _COMMAND, {}, asks="file", hint="the text that /watch export made")
    return Reply("What is to be imported?", (notice(hint),), {"changes": []}, is_private=True, actions=(paste,))


def _compare(tx: Transaction, request: Request, text: str) -> tuple[list[_Step], list[Fault]]:
    found = read_watches(text)
    steps, faults, seen = list[_Step](), list(found.faults), dict[tuple[str, str], Entry]()
    held = {(each.channel, each.expression.casefold()): each for each in tx.watches.list_all()}
    for entry in found.entries:
        try:
            channel = check_channel(request, entry.channel) if entry.channel else request.channel
            get_expression(entry.topic, tx)
        except QueryError as error:
            faults.append(Fault(entry.path, str(error), entry.line))
            continue
        key = (channel, entry.topic.casefold())
        if key in seen:
            faults.append(Fault(entry.path, f"the same watch as {seen[key].path}", entry.line))
            continue
        seen[key] = entry
        before = held.get(key)
        fresh = Watch(0, channel, entry.topic, request.actor, request.now)
        steps.append(_Step(before, entry.apply(before or fresh)))
    return steps, faults


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


def _apply(tx: Transaction, request: Request, steps: Sequence[_Step], changes: Sequence[_Step]) -> Reply:
    done: list[_Step] = []
    undo: list[Record] = []
    for step in changes:
        watch = step.before
        if watch is None:
            watch, _ = tx.watches.add(
                channel=step.after.channel, expression=step.after.expression, actor=request.actor, now=request.now
            )
        after = _with_settings(watch, step.after)
        tx.watches.update(after)
        _audit(tx, request, after, "added" if step.before is None else "changed")
        done.append(_Step(step.before, after))
        undo.append({"watch": watch.id, "before": None if step.before is None else _pack(step.before)})
    number = _save(tx, request, {"undo": undo})
    hint = notice(f"/watch import --undo {number} takes it back.")
    data = _record(steps, done, is_done=True) | {"undo": number}
    take_back = Action("Undo", _COMMAND, {"undo": number})
    title = f"Imported: {_sum_up(done, is_done=True)}"
    return Reply(title, (*_blocks(steps, done), hint), data, is_private=True, actions=(take_back,))


def _undo(tx: Transaction, request: Request, number: int) -> Reply:
    """Take an import back: what it added goes, what it changed is as it was; watches that are gone stay gone."""
    lines: list[tuple[Span, ...]] = []
    for row in _load(tx, request, number, "undo"):
        watch = tx.watches.find(int(row["watch"]))
        if watch is None or not request.may_see(watch.channel):
            continue
        if row["before"] is None:
            tx.watches.remove(watch.id)
        else:
            tx.watches.update(_unpack(watch, row["before"]))
        word = "removed" if row["before"] is None else "as it was"
        _audit(tx, request, watch, f"undone, {word}")
        lines.append((Strong(watch.expression), Text(f" (watch {watch.id}): {word}")))
    title = f"Taken back: {count_words(len(lines), 'watch', 'watches')}"
    return Reply(title, (Listing(tuple(lines)),) if lines else (), {"undone": len(lines)}, is_private=True)


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


def _audit(tx: Transaction, request: Request, watch: Watch, what: str) -> None:
    subject = f"{watch.expression} (watch {watch.id}): {what}"
    tx.audit.add(actor=request.actor, action=_COMMAND, subject=subject, now=request.now, channel=watch.channel)


def _pack(watch: Watch) -> str:
    """Return the settings of a watch as a text that ``_unpack`` takes."""
    return write_watches([watch], now=watch.created_at, with_channel=False)


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
