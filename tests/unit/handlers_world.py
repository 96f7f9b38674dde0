"""A small world for handlers: the real store in a file, a feed door that serves what it is given, a clock by hand."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from handlers.dispatch import dispatch
from handlers.jobs.poll import PollSummary, poll_due
from handlers.ports import HandlerSettings, Ports
from handlers.reply import Reply
from handlers.request import Argument, Request
from news.model import Article, Precision
from news.polling import Feed, FeedPoll, PollResult
from storage.engine import SqlStore

START = datetime(2026, 3, 15, 12, tzinfo=UTC)


@dataclass
class FakeDoor:
    """Serves articles by feed address; an address without any fails."""

    clock: Clock
    articles: dict[str, tuple[Article, ...]] = field(default_factory=dict)
    interval: timedelta = timedelta(minutes=10)

    def poll(self, feeds: Sequence[Feed]) -> Iterator[FeedPoll]:
        for feed in feeds:
            yield self._poll(feed)

    def _poll(self, feed: Feed) -> FeedPoll:
        now = self.clock.now
        found = self.articles.get(feed.url)
        if found is None:
            return FeedPoll(feed, PollResult.FAILED, now, now + self.interval, error="404 Not Found; is it right?")
        articles = tuple(replace(article, feed_url=feed.url) for article in found)
        return FeedPoll(feed, PollResult.CHANGED, now, now + self.interval, articles, title="Gazette", n_bytes=9)

    def clean_html(self, html: str, url: str = "") -> str:
        del url
        return re.sub(r"<[^>]{0,200}>", "", html)


@dataclass
class Clock:
    """The time, moved by hand."""

    now: datetime = START

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **span: float) -> None:
        self.now += timedelta(**span)


@dataclass
class World:
    """Store, door and clock joined as ports."""

    store: SqlStore
    clock: Clock
    door: FakeDoor
    ports: Ports

    def ask(self, command: str, /, **arguments: Argument) -> Reply:
        """Return the answer to a command; a trailing underscore of a name is dropped (``from_``)."""
        named = {name.rstrip("_"): value for name, value in arguments.items()}
        return dispatch(Request(command, named, now=self.clock.now), self.ports)

    def serve(self, url: str, *articles: Article) -> None:
        """Put articles into a feed."""
        self.door.articles[url] = articles

    def poll(self) -> PollSummary:
        """Let the feeds become due and poll them."""
        self.clock.forward(minutes=11)
        return poll_due(self.ports)


def make_world(store: SqlStore, settings: Mapping[str, int] | None = None) -> World:
    """Return a world around a store."""
    clock = Clock()
    door = FakeDoor(clock)
    return World(store, clock, door, Ports(store, door, clock, HandlerSettings(**(settings or {}))))  # type: ignore[arg-type]  # only numbers are set


def make_article(n: int, title: str, text: str, *, outlet: str = "Gazette", at: datetime = START) -> Article:
    """Return an article of an outlet with a guid and an address of its own."""
    host = outlet.lower().replace(" ", "-")
    return Article(
        source_id=f"guid-{n}",
        url=f"https://{host}.example/{n}",
        outlet=outlet,
        title=title,
        text=text,
        published_at=at,
        published_precision=Precision.DAY,
    )
