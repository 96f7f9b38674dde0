"""What to offer while a parameter is being typed, for prompts and autocomplete of any platform."""

from __future__ import annotations

from handlers.ports import Ports, Transaction
from handlers.registry import COMMANDS, Completion


def suggest(source: Completion, typed: str, ports: Ports, *, channel: str, limit: int = 25) -> tuple[str, ...]:
    """Return values that begin with what was typed, at most ``limit``; topics by how often they are mentioned."""
    if source is Completion.NOTHING:
        return ()
    if source is Completion.COMMAND:
        return tuple(command.name for command in COMMANDS if command.name.startswith(typed.lower()))[:limit]
    with ports.store.read() as tx:
        return _suggest_stored(source, typed, tx, channel, limit)


def _suggest_stored(source: Completion, typed: str, tx: Transaction, channel: str, limit: int) -> tuple[str, ...]:
    if source is Completion.TOPIC:
        return tuple(name.name for name in tx.events.list_names(prefix=typed, limit=limit))
    start = typed.casefold()
    if source is Completion.FEED:
        names = (feed.url for feed in tx.feeds.list_all() if start in feed.url.casefold())
        return tuple(names)[:limit]
    watches = tx.watches.list_all(channel)
    return tuple(watch.expression for watch in watches if watch.expression.casefold().startswith(start))[:limit]
