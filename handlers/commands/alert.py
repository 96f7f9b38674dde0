"""``/alert``: an alert or digest again, as it stands now; what the pages of a posted one are turned with."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from handlers.alerts import compose_alert
from handlers.arguments import find_id, get_id, get_text
from handlers.digest import compose_digest
from handlers.heads import compose_head
from handlers.notices import compose_notice
from handlers.ports import Ports, Transaction
from handlers.reply import Reply
from handlers.request import Request
from handlers.sight import get_notice
from news.errors import NotFoundError
from news.watches.watch import OutboxRow


def show_alert(request: Request, ports: Ports) -> Reply:
    """Return the message that carried the alert. Raises NotFoundError and QueryError."""
    found = find_id(get_text(request, "alert"))
    if found is not None and found[0] == "t":
        return _show_notice(request, ports, found[1])
    row_id = get_id(get_text(request, "alert"), "n", example="n4")
    with ports.store.read() as tx:
        rows = _find_message(tx, row_id)
        if not rows or not request.may_see(rows[0].alert.channel):
            raise NotFoundError(f"There is no alert n{row_id} here.")
        if len(rows) > 1:
            return compose_digest(tx, rows, sleeps_after=timedelta(days=ports.settings.story_sleeps_days))
        row = rows[0]
        head = tx.heads.find(row.alert.channel, tx.articles.get(row.alert.article_id).story_id)
        if head is not None and head.row_id == row.id:
            return compose_head(tx, head, sleeps_after=timedelta(days=ports.settings.story_sleeps_days))
        return compose_alert(tx, row, head=head, warns_repeat=False)


def _show_notice(request: Request, ports: Ports, notice_id: int) -> Reply:
    with ports.store.read() as tx:
        return compose_notice(tx, get_notice(tx, request, notice_id))


def _find_message(tx: Transaction, row_id: int) -> Sequence[OutboxRow]:
    """Return the alerts of the message; none where there is none, which must read as one of another place does."""
    try:
        return tx.outbox.list_message(row_id)
    except NotFoundError:
        return ()
