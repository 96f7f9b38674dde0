"""A small world for handlers: the real store in a file, a feed door that serves what it is given, a clock by hand."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from handlers.dispatch import dispatch
from handlers.jobs.poll import PollSummary, poll_due
from handlers.ports import HandlerSettings, Ports, Post, Receipt
from handlers.reply import Reply
from handlers.request import Access, Argument, Request
from news.model import Article, Precision
from news.polling import Feed, FeedPoll, PollResult
from news.watches.watch import Head
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

    def find_refusal(self, url: str) -> str:
        return "10.0.0.1 is not a public address" if "//10.0.0.1" in url else ""

    def clean_html(self, html: str, url: str = "") -> str:
        del url
        return re.sub(r"<[^>]{0,200}>", "", html)


@dataclass
class FakeMessenger:
    """A chat platform that keeps what it is given; ``refuse`` and ``refuse_edit`` may raise instead."""

    prefix: str = "terminal:"
    recognises: bool = False
    is_ready: bool = True
    posts: list[Post] = field(default_factory=list)
    edits: list[tuple[Head, Reply]] = field(default_factory=list)
    refuse: Callable[[Post], None] = lambda _: None
    refuse_edit: Callable[[Head], None] = lambda _: None

    def post(self, post: Post) -> Receipt:
        self.refuse(post)
        self.posts.append(post)
        thread = post.head.thread if post.head is not None else f"thread-{post.key}" if post.label is not None else ""
        return Receipt(f"message-{post.key}", thread)

    def edit(self, head: Head, reply: Reply) -> None:
        self.refuse_edit(head)
        self.edits.append((head, reply))

    @property
    def keys(self) -> list[str]:
        """What was posted, in order."""
        return [post.key for post in self.posts]

    @property
    def titles(self) -> list[str]:
        """The titles without their labels, which are not the handlers' to decide."""
        return [post.reply.title.partition(": ")[2] for post in self.posts]


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
        return dispatch(Request(command, named, now=self.clock.now, access=Access.OPERATE), self.ports)

    def ask_as(
        self, access: Access, command: str, /, *, channel: str = "terminal:local", **arguments: Argument
    ) -> Reply:
        """Return the answer to somebody with that access in that channel."""
        named = {name.rstrip("_"): value for name, value in arguments.items()}
        actor = f"{channel.partition(':')[0]}:somebody"
        return dispatch(Request(command, named, channel, actor, now=self.clock.now, access=access), self.ports)

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


# News that several tests tell: a fire and what came of it, and two other things of the same country and week.
FIRE = make_article(
    2,
    "Fire at refinery in Venezuela",
    "A fire broke out at the Amuay refinery in Venezuela on Sunday, the oil company said. Nine workers were hurt.",
)
WORSE = make_article(
    4,
    "Amuay refinery fire: 14 workers hurt",
    "Fourteen workers were hurt in the fire that broke out at the Amuay refinery in Venezuela on Sunday, the oil "
    "company said on Monday. A governor of the state of Falcon visited the refinery.",
    outlet="Herald",
)
BLACKOUT = make_article(
    3,
    "Blackout in Caracas",
    "A blackout left Caracas without light on Sunday evening. The grid operator in Venezuela spoke of a broken line.",
)
OPENING = make_article(
    5,
    "Long bridge opens near Merida",
    "A bridge of 900 metres was opened near Merida in Venezuela on 2 March 2026. Mayor Rosa Linares cut a ribbon.",
    outlet="Andes Post",
)
