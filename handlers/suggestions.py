"""What to offer while a parameter is being typed, for prompts and autocomplete of any platform.

Owns which values fit and how they read. Every value is one that the command takes as it is.
"""

from __future__ import annotations

from dataclasses import dataclass

from handlers.messages import shorten
from handlers.ports import Ports, Transaction
from handlers.registry import COMMANDS, Completion
from handlers.request import Access
from news.model import EntityKind
from news.polling import Feed
from news.watches.watch import Watch, place_of
from news.words.urls import hide_credentials

_KINDS = {
    Completion.TOPIC: frozenset(EntityKind),
    Completion.ACTOR: frozenset({EntityKind.PERSON, EntityKind.ORG, EntityKind.PLACE}),
    Completion.PLACE: frozenset({EntityKind.PLACE}),
}
_MORE = 8
"""So many times more names are looked at where only some kinds fit."""

LONGEST = 100
"""Characters of a value or label: what Discord takes."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One value to offer: what is typed, and how it reads; both at most ``LONGEST`` characters."""

    value: str
    label: str


def suggest(
    source: Completion, typed: str, ports: Ports, *, channel: str, limit: int = 25, access: Access = Access.READ
) -> tuple[str, ...]:
    """Return the values alone, as ``suggest_named`` does."""
    found = suggest_named(source, typed, ports, channel=channel, limit=limit, access=access)
    return tuple(suggestion.value for suggestion in found)


def suggest_named(
    source: Completion, typed: str, ports: Ports, *, channel: str, limit: int = 25, access: Access = Access.READ
) -> tuple[Suggestion, ...]:
    """Return what fits what was typed so far, at most ``limit``; topics by how often they are mentioned.

    Feeds are those that ``access`` may see from the channel, found by any part of their name or address; watches are
    those of the channel.
    """
    if source is Completion.NOTHING:
        return ()
    if source is Completion.COMMAND:
        start = typed.strip().lower().removeprefix("/")
        return tuple(Suggestion(each.name, each.name) for each in COMMANDS if each.name.startswith(start))[:limit]
    with ports.store.read() as tx:
        if source in _KINDS:
            return _suggest_names(tx, typed, _KINDS[source], limit)
        if source is Completion.FEED:
            return _suggest_feeds(tx, typed, channel, access)[:limit]
        return _suggest_watches(tx, typed, channel)[:limit]


def _suggest_names(tx: Transaction, typed: str, kinds: frozenset[EntityKind], limit: int) -> tuple[Suggestion, ...]:
    n_looked = limit if kinds == frozenset(EntityKind) else limit * _MORE
    names = tx.events.list_names(prefix=typed, limit=n_looked)
    fitting = (name for name in names if name.kind in kinds and len(name.name) <= LONGEST)
    return tuple(Suggestion(name.name, name.name) for name in fitting)[:limit]


def _suggest_feeds(tx: Transaction, typed: str, channel: str, access: Access) -> tuple[Suggestion, ...]:
    part, place = typed.strip().casefold(), place_of(channel)
    feeds = (each for each in tx.feeds.list_all() if access >= Access.OPERATE or each.owner in {"", place})
    return tuple(_feed_suggestion(each) for each in feeds if _is_like(each, part))


def _is_like(feed: Feed, part: str) -> bool:
    texts = (feed.outlet, feed.title, hide_credentials(feed.url))
    return str(feed.id) == part or any(part in text.casefold() for text in texts)


def _feed_suggestion(feed: Feed) -> Suggestion:
    """Name a feed by its address, and by its number where that is too long or holds a password."""
    shown = hide_credentials(feed.url)
    value = feed.url if shown == feed.url and len(feed.url) <= LONGEST else str(feed.id)
    name = feed.outlet or feed.title
    return Suggestion(value, shorten(f"{name} — {shown}" if name else shown, LONGEST))


def _suggest_watches(tx: Transaction, typed: str, channel: str) -> tuple[Suggestion, ...]:
    start = typed.strip().casefold()
    watches = (
        watch
        for watch in tx.watches.list_all(channel)
        if watch.expression.casefold().startswith(start) or str(watch.id) == start
    )
    return tuple(_watch_suggestion(watch) for watch in watches)


def _watch_suggestion(watch: Watch) -> Suggestion:
    value = watch.expression if len(watch.expression) <= LONGEST else str(watch.id)
    paused = " (paused)" if watch.is_paused else ""
    return Suggestion(value, shorten(f"{watch.id}: {watch.expression}{paused}", LONGEST))
