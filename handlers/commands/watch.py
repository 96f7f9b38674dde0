"""``/watch add|list|remove``: what a channel hears.

Owns the wording of watches. Every change is written to the audit log in the same transaction.
"""

from __future__ import annotations

from handlers.arguments import get_text
from handlers.messages import LABEL_WORDS, count_words, failure, notice
from handlers.ports import Ports, Transaction
from handlers.records import watch_record
from handlers.reply import Block, Reply, Table
from handlers.request import Request
from handlers.topics import get_topic, nearest_to
from news.decision import Label
from news.topics import Topic
from news.watches import EVERYTHING, Watch


def add_watch(request: Request, ports: Ports) -> Reply:
    """Return whether the watch was added; a topic that is no known name is taken with a remark."""
    expression = get_text(request, "topic")
    with ports.store.write() as tx:
        hints = () if expression == EVERYTHING else _hint(get_topic(expression, tx), tx)
        watch, is_added = tx.watches.add(
            channel=request.channel, expression=expression, actor=request.actor, now=request.now
        )
        if is_added:
            tx.audit.add(actor=request.actor, action="watch add", subject=expression, now=request.now)
    verb = "hears now of" if is_added else "hears already of"
    title = f"{watch.channel} {verb} {watch.expression} (watch {watch.id})"
    return Reply(title, (notice(f"Posted: {_label_words(watch)}."), *hints), {"added": is_added, **watch_record(watch)})


def show_watches(request: Request, ports: Ports) -> Reply:
    """Return the watches of the channel that asks."""
    with ports.store.read() as tx:
        watches = tx.watches.list_all(request.channel)
    if not watches:
        return Reply(
            f"{request.channel} hears nothing yet.", (notice("/watch add <topic> adds a topic."),), {"watches": []}
        )
    rows = tuple((str(watch.id), watch.expression, _label_words(watch), watch.created_by) for watch in watches)
    table = Table(("id", "topic", "posts", "made by"), rows)
    records = [watch_record(watch) for watch in watches]
    return Reply(
        f"{count_words(len(watches), 'watch', 'watches')} of {request.channel}", (table,), {"watches": records}
    )


def remove_watch(request: Request, ports: Ports) -> Reply:
    """Return which watch of this channel was ended."""
    reference = get_text(request, "watch")
    with ports.store.write() as tx:
        watch = _get_watch(tx, request.channel, reference)
        if watch is None:
            return failure(
                f"{request.channel} has no watch “{reference}”.", "/watch list shows them with their numbers."
            )
        tx.watches.remove(watch.id)
        tx.audit.add(actor=request.actor, action="watch remove", subject=watch.expression, now=request.now)
    return Reply(
        f"{watch.channel} does not hear of {watch.expression} any more.", (), {"removed": True, **watch_record(watch)}
    )


def _get_watch(tx: Transaction, channel: str, reference: str) -> Watch | None:
    wanted = reference.strip('"').casefold()
    for watch in tx.watches.list_all(channel):
        if wanted in {str(watch.id), watch.expression.strip('"').casefold()}:
            return watch
    return None


def _label_words(watch: Watch) -> str:
    return ", ".join(LABEL_WORDS[label] for label in Label if label in watch.labels)


def _hint(topic: Topic, tx: Transaction) -> tuple[Block, ...]:
    unknown = ", ".join(f"“{term.text}”" for term in topic.terms if not term.keys)
    if not unknown:
        return ()
    nearest = ", ".join(name.name for name in nearest_to(topic.text, tx))
    offer = f" Nearest known names: {nearest}." if nearest else ""
    return (notice(f"{unknown} is no known name, so its words are looked for as they stand.{offer}"),)
