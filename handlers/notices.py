"""Notices as answers: what is not heard, that it is heard again, that a digest is empty, where a story goes on.

Owns the composition. When they are sent is ``handlers.jobs.notify``'s.
"""

from __future__ import annotations

from handlers.messages import count_words, moment_span, shorten, word_spans
from handlers.ports import Transaction
from handlers.records import Record
from handlers.reply import Action, Heading, Paragraph, Reply, Room, Span, Strong, Text
from handlers.troubles import KIND_WORDS, subject_name, trouble_listing, trouble_record
from news.errors import NotFoundError
from news.watches.notices import BRAKE, GATHERING, QUIET, Notice, NoticeKind, Trouble, TroubleKind
from news.watches.watch import OutboxState

_LONGEST_NAME = 100
_HELD_WORDS = {
    QUIET: " for quiet hours",
    BRAKE: ", for the channel was told of other trouble shortly before,",
    GATHERING: " for more that may be heard again",
}


def compose_notice(tx: Transaction, notice: Notice) -> Reply:
    """Return what a channel is told. Raises NotFoundError if all that it tells of is gone."""
    data: Record = {"notice": notice.name, "kind": notice.kind.value, "channel": notice.channel}
    if notice.kind in {NoticeKind.EMPTY, NoticeKind.STORY}:
        title, _, rest = notice.text.partition("\n")
        blocks = (Paragraph(word_spans(rest)),) if rest else ()
        return Reply(title, blocks, data)
    troubles = tx.troubles.list_some(notice.trouble_ids)
    if not troubles:
        raise NotFoundError("what this notice tells of is gone")
    data |= {"troubles": [trouble_record(trouble) for trouble in troubles]}
    if notice.kind is NoticeKind.RECOVERY:
        title = _recovery_title(tx, troubles)
        return Reply(title, (Paragraph((Text("What came meanwhile and is new was posted or will be."),)),), data)
    title = _trouble_title(tx, troubles)
    return Reply(title, (trouble_listing(tx, troubles),), data, actions=(Action("Feeds", "feeds", {}),))


def _trouble_title(tx: Transaction, troubles: list[Trouble]) -> str:
    still = [each for each in troubles if each.closed_at is None or each.kind is TroubleKind.MOVED]
    over = "Over: " if not still else ""
    if len(troubles) == 1:
        return f"{over}{_name(tx, troubles[0])} — {KIND_WORDS[troubles[0].kind]}"
    n_feeds = sum(trouble.subject.startswith("feed:") for trouble in troubles)
    parts = [count_words(n_feeds, "feed")] if n_feeds else []
    if len(troubles) > n_feeds:
        parts.append(count_words(len(troubles) - n_feeds, "watch", "watches"))
    return f"{over}{' and '.join(parts)} in trouble"


def _recovery_title(tx: Transaction, troubles: list[Trouble]) -> str:
    if len(troubles) == 1:
        trouble = troubles[0]
        words = "is on the network again" if trouble.kind is TroubleKind.OFFLINE else "is heard again"
        words = "hears again" if trouble.kind is TroubleKind.UNFED else words
        return f"{_name(tx, trouble)} {words}"
    return f"{_name(tx, troubles[0])} and {len(troubles) - 1} more are heard again"


def _name(tx: Transaction, trouble: Trouble) -> str:
    return shorten(subject_name(tx, trouble), _LONGEST_NAME)


def explain_notice(tx: Transaction, told: Notice) -> Reply:
    """Return what a notice tells, and what became of it."""
    shown = compose_notice(tx, told)
    made = (Strong(f"{told.name} "), Room(told.channel), Text(": made "), moment_span(told.created_at))
    spans = (*made, *_held_spans(told), *_fate_spans(tx, told))
    return Reply(shown.title, (*shown.blocks, Heading("Posted"), Paragraph(spans)), shown.data)


def _held_spans(told: Notice) -> tuple[Span, ...]:
    """Return until when it was or is held back, and by what."""
    if told.due_at is None:
        return ()
    why = _HELD_WORDS.get(told.held_by, "")
    return (Text(f", held{why} until "), moment_span(told.due_at))


def _fate_spans(tx: Transaction, told: Notice) -> tuple[Span, ...]:
    tries = count_words(told.n_attempts, "try", "tries")
    error = f": {told.error}" if told.error else ""
    refusal = next((each for each in tx.channels.list_closed() if each.channel == told.channel), None)
    spans: tuple[Span, ...]
    match told.state:
        case OutboxState.SENT:
            spans = (Text(", sent "), moment_span(told.sent_at), Text(f", receipt {told.receipt or '—'}"))
        case OutboxState.WITHDRAWN:
            spans = (Text(f", not sent{error}"),)
        case OutboxState.FAILED:
            spans = (Text(f", given up after {tries}{error}"),)
        case _ if refusal is not None:
            closed_at, why = moment_span(refusal.closed_at), Text(f" on: {refusal.reason}")
            spans = (Text(", waiting, since the channel has refused the bot from "), closed_at, why)
        case _:
            spans = _waiting_spans(told, tries, error)
    return spans


def _waiting_spans(told: Notice, tries: str, error: str) -> tuple[Span, ...]:
    if told.n_attempts == 0:
        return () if told.due_at is not None else (Text(", waiting to be sent"),)
    if told.next_try_at is not None and told.state is OutboxState.PENDING:
        return (Text(f", not sent yet after {tries}{error}; the next try is at "), moment_span(told.next_try_at))
    return (Text(f", being sent, {tries} so far{error}"),)
