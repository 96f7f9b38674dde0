"""``/audit``: who changed what and when, newest first. A place sees what was changed in it."""

from __future__ import annotations

from handlers.messages import count_words, moment_span, notice, shorten
from handlers.ports import Ports
from handlers.records import moment
from handlers.reply import Listing, Person, Reply, Room, Span, Strong, Text
from handlers.request import Access, Request
from news.audit import AuditLine

_MOST_LINES = 50
_LONGEST_SUBJECT = 200


def show_audit(request: Request, ports: Ports) -> Reply:
    """Return the newest changes of the place; of all places to who runs the bot."""
    sees_all = request.access >= Access.OPERATE
    with ports.store.read() as tx:
        lines = tx.audit.list_newest(limit=_MOST_LINES + 1, place="" if sees_all else request.place)
    shown, where = lines[:_MOST_LINES], "anywhere" if sees_all else "here"
    if not shown:
        return Reply(f"Nobody has changed anything {where}.", (), {"changes": []}, is_private=True)
    blocks = [Listing(tuple(_line_spans(line) for line in shown))]
    more = [notice(f"Only the newest {_MOST_LINES} are shown.")] if len(lines) > len(shown) else []
    data = {"changes": [_record(line) for line in shown]}
    title = f"{count_words(len(shown), 'change')} {where}, newest first"
    return Reply(title, (*blocks, *more), data, is_private=True)


def _line_spans(line: AuditLine) -> tuple[Span, ...]:
    where: tuple[Span, ...] = (Text(" in "), Room(line.channel)) if line.channel else ()
    subject = Text(f": {shorten(line.subject, _LONGEST_SUBJECT)}")
    return (moment_span(line.at), Text(" — "), Person(line.actor), Text(" "), Strong(line.action), subject, *where)


def _record(line: AuditLine) -> dict[str, object]:
    return {
        "at": moment(line.at),
        "actor": line.actor,
        "action": line.action,
        "subject": line.subject,
        "channel": line.channel,
    }
