"""What handlers need of the world, named by role. ``storage``, ``feeds`` and ``bot`` fill it; ``bot.wiring`` joins it.

A ``Transaction`` is only used inside the ``with`` that gave it and only on that thread. All times are aware UTC.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from handlers.reply import Reply
from handlers.stores import (
    ArticleStore,
    AuditLog,
    BondStore,
    EventStore,
    FeedbackStore,
    FeedStore,
    KeyValues,
    PassageIndex,
    SavedRequestStore,
    StoryStore,
    VisitStore,
)
from handlers.stores_delivery import ChannelStore, HeadStore, OutboxStore, WatchStore
from handlers.stores_history import HistoryStore
from handlers.stores_notices import NoticeStore, TroubleStore
from news.decision import Label
from news.polling import Feed, FeedPoll
from news.versions import Version
from news.watches.watch import Head

WRITE_WAIT_S = 60.0
"""How long a thread usually waits for others that write."""


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
    def heads(self) -> HeadStore:
        """First messages on stories."""

    @property
    def troubles(self) -> TroubleStore:
        """What is not heard, and the health of feeds."""

    @property
    def notices(self) -> NoticeStore:
        """Notices on their way."""

    @property
    def channels(self) -> ChannelStore:
        """Channels that refuse the bot."""

    @property
    def stories(self) -> StoryStore:
        """Stories, corrected by hand."""

    @property
    def bonds(self) -> BondStore:
        """What ties two stories together."""

    @property
    def feedback(self) -> FeedbackStore:
        """What readers said."""

    @property
    def requests(self) -> SavedRequestStore:
        """Requests whose answers are on a screen."""

    @property
    def audit(self) -> AuditLog:
        """Who changed what."""

    @property
    def values(self) -> KeyValues:
        """Small facts about the store."""

    @property
    def visits(self) -> VisitStore:
        """What readers were shown."""

    @property
    def history(self) -> HistoryStore:
        """What came when."""

    def read_version(self) -> Version:
        """Return how far the store has come, as this transaction sees it."""

    def savepoint(self) -> AbstractContextManager[None]:
        """Undo what was done inside when it raises, and keep the rest of the transaction."""


class Store(Protocol):
    """The database."""

    def write(self, *, wait_s: float = WRITE_WAIT_S) -> AbstractContextManager[Transaction]:
        """Begin a transaction that commits at the end and rolls back on an exception.

        Raises StorageError where others still write after ``wait_s``.
        """

    def read(self) -> AbstractContextManager[Transaction]:
        """Begin a transaction that only reads, from one snapshot."""

    def describe(self) -> Mapping[str, Any]:
        """Return facts for ``status`` and ``doctor``: path, size in bytes, schema revision."""


class FeedDoor(Protocol):
    """The one door for bytes from strangers."""

    def poll(self, feeds: Sequence[Feed]) -> Iterator[FeedPoll]:
        """Fetch and parse the feeds side by side; yield each as it is done. Never raises for a single feed."""

    def find_refusal(self, url: str) -> str:
        """Return why an address is not fetched by what it says of itself, empty for one that is; looks nothing up."""

    def clean_html(self, html: str, url: str = "") -> str:
        """Return the main text of an HTML page, paragraphs separated by blank lines."""


@dataclass(frozen=True, slots=True)
class Post:
    """One message that a channel is to get.

    Attributes:
        key: the same at every try of the same message and of no other, such as ``n12``.
        label: of the alert; None for a digest.
        title: plain words for the name of a thread or forum post.
        head: the message on the same story that this one belongs under; None opens the story in that channel.
        n_attempts: above 1, an earlier try may have arrived: look before sending.
        made_at: when the message was tried for the first time; it cannot have arrived before that.
        pings: whom it calls, as the platform writes them.
    """

    key: str
    channel: str
    reply: Reply
    title: str
    made_at: datetime
    label: Label | None = None
    head: Head | None = None
    n_attempts: int = 1
    pings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a platform calls a message that it took, and the thread that it stands in or has under it.

    Attributes:
        opens: it was meant to go under a head that is gone and stands for itself: from now on it is the head.
    """

    message: str
    thread: str = ""
    opens: bool = False


class Messenger(Protocol):
    """A chat platform, for jobs. Blocks until the platform has answered; may be used by several threads.

    Attributes:
        prefix: what the channels of the platform begin with, such as ``discord:``.
        recognises: it finds out itself whether an earlier try arrived, so no reader needs to be warned of a repeat.
    """

    prefix: str
    recognises: bool

    @property
    def is_ready(self) -> bool:
        """Whether it is connected; nothing is leased while it is not."""

    def post(self, post: Post) -> Receipt:
        """Send a message once, however often it is tried.

        Raises:
            DeliveryError: try again, not before ``retry_after_s``.
            MessageGoneError: the head was deleted; try again without it.
            DestinationGoneError: the channel is gone or refuses the bot.
        """

    def edit(self, head: Head, reply: Reply) -> None:
        """Show the story as it is now in the message that opened it.

        Raises as ``post`` does, and NotEditableError for a message that stays as it is.
        """


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
        delivery_lease_s: the same for an alert that was being sent. A message may take two minutes, and twice that
            where the first message on its story turns out to be gone; the lease must outlast it.
        feeds_per_tick: most feeds leased at once.
        default_interval_s: seconds between polls of a feed that says nothing else.
        alerts_on_first_sight: how many of a new feed's newest entries are posted.
        old_event_days: an article on an event older than this is OLD EVENT.
        worker: name of this process on the leases it takes.
        config_path: where config.toml was read, empty for the built-in settings.
        messages_per_window: most messages that a channel gets in ``window_s``; what is more comes as a digest.
        window_s: seconds.
        refresh_s: a head is edited at most so often.
        keep_answers_days: buttons under an answer work so long.
        keep_waiting_days: alerts to a channel that refuses the bot are kept so long.
        zone: IANA name of the zone whose day is today where a channel has none of its own.
        operators_channel: where who runs the bot hears of what concerns all; empty for nowhere.
        failing_s: a feed whose polls have failed for so long is told of.
        silence_s: no feed is told of as silent before that.
        silence_factor: how many times its usual longest pause a feed is silent for before it is told of.
        story_sleeps_days: a story of which nothing was heard for so long is closed.
    """

    lease_s: int = 300
    delivery_lease_s: int = 300
    feeds_per_tick: int = 500
    default_interval_s: int = 600
    alerts_on_first_sight: int = 0
    old_event_days: int = 30
    worker: str = "main"
    config_path: str = ""
    messages_per_window: int = 10
    window_s: int = 600
    refresh_s: int = 30
    keep_answers_days: int = 14
    keep_waiting_days: int = 14
    zone: str = "UTC"
    operators_channel: str = "terminal:local"
    failing_s: int = 43_200
    silence_s: int = 86_400
    silence_factor: float = 2.0
    story_sleeps_days: int = 21
