"""``/watch export``: the watches of a channel, a place, or all places as a text that ``/watch import`` takes back.

Owns which watches are in it. The form of the text is ``handlers.watch_files``'s.
"""

from __future__ import annotations

from handlers.arguments import find_text
from handlers.messages import count_words, notice
from handlers.ports import Ports, Transaction
from handlers.records import watch_record
from handlers.reply import Listing, Reply, Strong, Text
from handlers.request import Access, Request
from handlers.watch_files import write_watches
from handlers.watch_settings import say_labels, say_schedule
from news.errors import WirewatchError
from news.watches.watch import Watch


def export_watches(request: Request, ports: Ports) -> Reply:
    """Return the watches; ``data["toml"]`` is the text. Raises WirewatchError for a scope that is not the asker's."""
    scope = find_text(request, "scope") or "channel"
    with ports.store.read() as tx:
        watches = _list_watches(tx, request, scope)
    text = write_watches(watches, now=request.now, with_channel=scope != "channel")
    title = f"{count_words(len(watches), 'watch', 'watches')} to export"
    data = {"scope": scope, "watches": [watch_record(watch) for watch in watches], "toml": text}
    if not watches:
        hint = notice("This channel hears nothing yet. --scope place takes all channels of this place.")
        return Reply("There is nothing to export.", (hint,), data, is_private=True)
    items = tuple(
        (Strong(each.expression), Text(f": {say_labels(each)}, {say_schedule(each.schedule)}")) for each in watches
    )
    hint = notice("As a file: the menu “Export as a file” here, or --format toml on the command line.")
    return Reply(title, (Listing(items), hint), data, is_private=True)


def _list_watches(tx: Transaction, request: Request, scope: str) -> list[Watch]:
    if scope == "channel":
        return tx.watches.list_all(request.channel)
    if scope == "place":
        return tx.watches.list_all(place=request.place)
    if request.access < Access.OPERATE:
        raise WirewatchError("All places are for whoever runs this bot; --scope place takes those of this place")
    return tx.watches.list_all()
