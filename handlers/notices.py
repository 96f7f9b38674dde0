"""Notices as answers: what is not heard, that it is heard again, that a digest is empty, where a story goes on.

Owns the composition. When they are sent is ``handlers.jobs.notify``'s.
"""

from __future__ import annotations

from handlers.messages import count_words, shorten, word_spans
from handlers.ports import Transaction
from handlers.records import Record
from handlers.reply import Action, Paragraph, Reply, Text
from handlers.troubles import KIND_WORDS, subject_name, trouble_listing, trouble_record
from news.errors import NotFoundError
from news.notices import Notice, NoticeKind, Trouble, TroubleKind

_LONGEST_NAME = 100


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
