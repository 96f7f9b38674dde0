"""``/compare``: the accounts of each outlet of one event side by side, slot by slot. Owns nothing but the command."""

from __future__ import annotations

from handlers.arguments import get_text
from handlers.comparison import answer_comparison, offer_events
from handlers.opening import find_event
from handlers.ports import Ports
from handlers.reply import Reply
from handlers.request import Request
from handlers.today import find_today, find_zone


def compare_event(request: Request, ports: Ports) -> Reply:
    """Return the comparison. Raises NotFoundError and QueryError."""
    with ports.store.read() as tx:
        typed = get_text(request, "event")
        today = find_today(request, find_zone(request, ports, tx))
        opened = find_event(typed, request, tx)
        if opened.occurrence is None:
            return offer_events(typed, opened.others)
        return answer_comparison(opened.occurrence, tx, opened.others, today=today, disputes=opened.disputes)
