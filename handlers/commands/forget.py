"""``/forget``: what a reader was shown of timelines is forgotten, so that nothing is marked as new."""

from __future__ import annotations

from handlers.arguments import find_text
from handlers.messages import notice
from handlers.ports import Ports
from handlers.reply import Reply
from handlers.request import Request
from handlers.topics import get_topic
from handlers.visiting import topic_scope


def forget_visits(request: Request, ports: Ports) -> Reply:
    """Forget the asker's visits to a topic, narrowed or not, or all of them. Raises QueryError."""
    text = find_text(request, "topic")
    with ports.store.write() as tx:
        if text is None:
            n_forgotten = tx.visits.forget(request.actor)
        else:
            n_forgotten = tx.visits.forget(request.actor, topic_scope(get_topic(text, tx)))
    what = "timelines" if text is None else f"timelines on {text}"
    title = f"Forgotten: what you were shown of {what}."
    if not n_forgotten:
        title = f"There was nothing to forget of {what}."
    hint = notice("The next answer counts as the first and marks nothing as new.")
    return Reply(title, (hint,), {"topic": text, "n_forgotten": n_forgotten}, is_private=True)
