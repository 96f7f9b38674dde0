"""What handlers need of the world, named by role. ``storage`` and ``feeds`` fill them; ``bot.wiring`` joins them.

A ``Transaction`` is only used inside the ``with`` that gave it and only on that thread. All times are aware UTC.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol

from news.decision import Candidates, Decision, StoredArticle, StoredEvent
from news.model import Article, Entity, Reading
from news.polling import Feed, FeedPoll, FeedStatus
from news.retrieval import PassageHit, PassageQuery
from news.topics import KnownName, Topic
from news.watches import Alert, OutboxRow, Watch


class ArticleStore(Protocol):
    """Articles with what was read out of them and decided on them."""

    def find_same(self, article: Article) -> StoredArticle | None:
        """Return the article of the same identity: guid within its feed, or canonical URL, or equal text hash."""

    def find_candidates(self, article: Article, reading: Reading) -> Candidates:
        """Return what the article may repeat, continue or contradict."""

    def add(self, article: Article, reading: Reading, decision: Decision, *, now: datetime, is_seed: bool) -> int:
        """Write the article with its events, story and search entries; return its id."""

    def revise(self, article_id: int, article: Article, reading: Reading, decision: Decision, *, now: datetime) -> None:
        """Replace the text and reading of an article by a later edition; the old text is kept as a revision."""

    def add_unread(self, articles: Sequence[Article], *, now: datetime) -> int:
        """Write articles without reading or deciding (benchmarks, quick back-fill); return how many were new."""

    def get(self, article_id: int) -> StoredArticle:
        """Return the article. Raises NotFoundError."""

    def get_decision(self, article_id: int, *, revision: int | None = None) -> Decision:
        """Return the decision on an edition of the article, None for the last one. Raises NotFoundError."""

    def get_revision(self, article_id: int) -> int:
        """Return the number of the article's latest edition, 0 for the first. Raises NotFoundError."""

    def had_edition(self, article_id: int, article: Article) -> bool:
        """Return whether an earlier edition of the article, replaced since, had this very title and text."""

    def list_of_story(self, story_id: int) -> list[StoredArticle]:
        """Return the articles of a story, oldest first. Raises NotFoundError."""

    def list_since(self, topic: Topic, since: datetime, *, limit: int) -> list[tuple[StoredArticle, Decision]]:
        """Return the articles on the topic that were stored since then, newest first."""

    def find_ids(self, reference: str) -> list[int]:
        """Return the ids of the articles that a URL or a caller's own id names, oldest first."""

    def count(self) -> int:
        """Return the number of articles."""


class EventStore(Protocol):
    """Events with their reports."""

    def list_for_topic(
        self, topic: Topic, *, first_on: date | None = None, last_on: date | None = None, limit: int
    ) -> list[StoredEvent]:
        """Return the events on the topic that touch the interval, best supported first."""

    def get(self, event_id: int) -> StoredEvent:
        """Return the event with its reports. Raises NotFoundError."""

    def list_of_story(self, story_id: int) -> list[StoredEvent]:
        """Return the events of a story in order of their first report."""

    def resolve(self, words: str) -> list[Entity]:
        """Return the entities that carry exactly this name in any stored form, most mentioned first."""

    def list_names(self, *, prefix: str = "", limit: int) -> list[KnownName]:
        """Return names that the store has articles on, most mentioned first."""


class PassageIndex(Protocol):
    """Full text of all articles, by passage."""

    def search(self, query: PassageQuery) -> list[PassageHit]:
        """Return the best passages, best first."""


class FeedStore(Protocol):
    """Feeds and the state of their polls."""

    def add(self, url: str, *, outlet: str, language: str, interval_s: int, now: datetime) -> tuple[Feed, bool]:
        """Return the feed of that URL and whether it was added now."""

    def find(self, reference: str) -> Feed | None:
        """Return the feed with that id, URL or title, or None."""

    def list_all(self) -> list[Feed]:
        """Return all feeds in order of id."""

    def remove(self, feed_id: int) -> None:
        """Forget the feed; its articles stay."""

    def set_status(self, feed_id: int, status: FeedStatus, *, now: datetime) -> None:
        """Pause, resume (due at once) or stop the feed."""

    def lease_due(self, *, now: datetime, limit: int, lease_s: int, worker: str) -> list[Feed]:
        """Take a lease on feeds that are due, longest waiting first."""

    def get_first_url(self, url: str) -> str:
        """Return the address under which the feed of that URL was added; the URL itself if it is no feed's."""

    def record_poll(self, poll: FeedPoll, *, worker: str | None = None) -> None:
        """Write the outcome and give the lease back, unless somebody else than ``worker`` has the feed by now."""


class WatchStore(Protocol):
    """Which channel hears what."""

    def add(self, *, channel: str, expression: str, actor: str, now: datetime) -> tuple[Watch, bool]:
        """Return the watch and whether it was added now."""

    def list_all(self, channel: str | None = None) -> list[Watch]:
        """Return the watches (of a channel), in order of id."""

    def remove(self, watch_id: int) -> None:
        """Forget the watch; what it posted stays."""


class OutboxStore(Protocol):
    """Alerts on their way. A row is unique by article and channel."""

    def add(self, alerts: Iterable[Alert], *, now: datetime) -> int:
        """Write alerts that are not yet there; return how many were."""

    def lease_due(self, *, now: datetime, channels: str, limit: int, lease_s: int, worker: str) -> list[OutboxRow]:
        """Take a lease on rows to send whose channel begins with ``channels``, oldest first within each channel."""

    def record_sent(self, row_id: int, *, receipt: str, now: datetime, attempt: int | None = None) -> None:
        """The platform has it. Nothing happens unless that attempt (``OutboxRow.n_attempts``) is still the last."""

    def record_failed(
        self, row_id: int, *, error: str, retry_at: datetime | None, now: datetime, attempt: int | None = None
    ) -> None:
        """The platform does not have it; None gives up. Nothing happens as in ``record_sent``."""

    def get(self, row_id: int) -> OutboxRow:
        """Return one row. Raises NotFoundError."""

    def list_for_article(self, article_id: int) -> list[OutboxRow]:
        """Return the alerts on an article."""

    def count_by_state(self) -> Mapping[str, int]:
        """Return the number of rows in each state."""


class AuditLog(Protocol):
    """Who changed what and when."""

    def add(self, *, actor: str, action: str, subject: str, now: datetime) -> None:
        """Write one line."""


class KeyValues(Protocol):
    """Small facts about the store itself, such as which configured watches were already applied."""

    def find(self, key: str) -> str | None:
        """Return the value, or None."""

    def set(self, key: str, value: str) -> None:
        """Write the value."""


class Transaction(Protocol):
    """The repositories, joined by one transaction."""

    @property
    def articles(self) -> ArticleStore:
        """Articles."""

    @property
    def events(self) -> EventStore:
        """Events and reports."""

    @property
    def passages(self) -> PassageIndex:
        """Full text."""

    @property
    def feeds(self) -> FeedStore:
        """Feeds."""

    @property
    def watches(self) -> WatchStore:
        """Watches."""

    @property
    def outbox(self) -> OutboxStore:
        """Alerts on their way."""

    @property
    def audit(self) -> AuditLog:
        """Who changed what."""

    @property
    def values(self) -> KeyValues:
        """Small facts about the store."""

    def savepoint(self) -> AbstractContextManager[None]:
        """Undo what was done inside when it raises, and keep the rest of the transaction."""


class Store(Protocol):
    """The database."""

    def write(self) -> AbstractContextManager[Transaction]:
        """Begin a transaction that commits at the end and rolls back on an exception."""

    def read(self) -> AbstractContextManager[Transaction]:
        """Begin a transaction that only reads, from one snapshot."""

    def describe(self) -> Mapping[str, Any]:
        """Return facts for ``status`` and ``doctor``: path, size in bytes, schema revision."""


class FeedDoor(Protocol):
    """The one door for bytes from strangers."""

    def poll(self, feeds: Sequence[Feed]) -> Iterator[FeedPoll]:
        """Fetch and parse the feeds side by side; yield each as it is done. Never raises for a single feed."""

    def clean_html(self, html: str, url: str = "") -> str:
        """Return the main text of an HTML page, paragraphs separated by blank lines."""


@dataclass(frozen=True, slots=True)
class Ports:
    """All that a handler may call, made once by ``bot.wiring``.

    Attributes:
        now: the clock.
        settings: values of config.toml that handlers need.
    """

    store: Store
    feeds: FeedDoor
    now: Callable[[], datetime]
    settings: HandlerSettings


@dataclass(frozen=True, slots=True)
class HandlerSettings:
    """Values of config.toml that handlers need; checked by ``bot.config``.

    Attributes:
        lease_s: seconds after which another worker may take over a feed that a dead one held.
        delivery_lease_s: the same for an alert that was being sent.
        feeds_per_tick: most feeds leased at once.
        default_interval_s: seconds between polls of a feed that says nothing else.
        alerts_on_first_sight: how many of a new feed's newest entries are posted.
        old_event_days: an article on an event older than this is OLD EVENT.
        worker: name of this process on the leases it takes.
        config_path: where config.toml was read, empty for the built-in settings.
    """

    lease_s: int = 300
    delivery_lease_s: int = 60
    feeds_per_tick: int = 500
    default_interval_s: int = 600
    alerts_on_first_sight: int = 0
    old_event_days: int = 30
    worker: str = "main"
    config_path: str = ""
