"""What handlers need of the database, one protocol a room, named by role. ``storage`` fills them.

Only used inside the ``with`` of the transaction that gave them, on that thread. All times are aware UTC.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Protocol

from news.answers.retrieval import PassageHit, PassageQuery
from news.audit import AuditLine
from news.decision import Candidates, Decision, Dispute, Linkage, Outline, StoredArticle, StoredBond, StoredEvent
from news.model import Article, Entity, Reading
from news.polling import Feed, FeedPoll, FeedStatus
from news.queries.topics import KnownName, Topic
from news.timelines.selection import EventQuery, EventSelection
from news.timelines.visits import Visit, Watermark
from news.watches.feedback import Feedback


class ArticleStore(Protocol):
    """Articles with what was read out of them and decided on them."""

    def prepare(
        self, article: Article, reading: Reading, decision: Decision, *, instead_of: StoredArticle | None = None
    ) -> None:
        """Work out what ``add``, or ``revise`` of that one, takes from the words, before anybody waits for it."""

    def find_same(self, article: Article) -> StoredArticle | None:
        """Return the article of the same identity: guid within its feed, or canonical URL, or equal text hash."""

    def find_same_each(self, articles: Sequence[Article]) -> Sequence[StoredArticle | None]:
        """Return for each article what ``find_same`` gives, for many at once; signatures are left out."""

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

    def load_decisions(self, article_ids: Collection[int]) -> Mapping[int, Decision]:
        """Return the last decision on each article; articles without one are left out."""

    def load_texts(self, article_ids: Collection[int]) -> Mapping[int, Article]:
        """Return articles by id as they were read; those that are gone are left out."""

    def list_disputes(self, story_ids: Collection[int], *, limit: int) -> list[Dispute]:
        """Return what the newest articles of each story contradict, as last decided, newest first.

        Both claims name their article. What stands against one that is in another story by now is left out.
        ``limit`` is of articles of a story.
        """

    def list_of_story(self, story_id: int) -> list[StoredArticle]:
        """Return the articles of a story, oldest first. Raises NotFoundError."""

    def list_heard(self, story_id: int) -> list[StoredArticle]:
        """Return the articles of a story, oldest first, with their moments and without any words."""

    def count_firsts(self, story_id: int) -> int:
        """Return how many articles a story has, copies left out."""

    def get_outline(self, story_id: int) -> Outline:
        """Return a story in a few figures, without loading its articles; all zero and empty if there is none."""

    def was_silent(self, story_id: int, *, after: timedelta) -> bool:
        """Return whether there is a time as long as that between two reports of a story that follow upon each other."""

    def list_told(self, story_id: int, *, limit: int, until: date | None = None) -> list[StoredArticle]:
        """Return the newest articles of a story that brought something, oldest first.

        None that was published after ``until``; those without a date count as published before.
        """

    def list_since(self, topic: Topic, since: datetime, *, limit: int) -> list[tuple[StoredArticle, Decision]]:
        """Return the articles on the topic that were stored since then, newest first."""

    def find_ids(self, reference: str) -> list[int]:
        """Return the ids of the articles that a URL or a caller's own id names, oldest first."""

    def list_references(self, article_ids: Collection[int]) -> Mapping[int, tuple[str, str]]:
        """Return the id that its source gave each article and the feed it came from; those gone are left out."""

    def count(self) -> int:
        """Return the number of articles."""


class EventStore(Protocol):
    """Events with their reports."""

    def list_for_topic(
        self, topic: Topic, *, first_on: date | None = None, last_on: date | None = None, limit: int
    ) -> list[StoredEvent]:
        """Return the events on the topic that touch the interval, best supported first."""

    def select(self, query: EventQuery) -> EventSelection:
        """Return the events that a timeline is made of, the best supported of them, and how many there are in all."""

    def get(self, event_id: int) -> StoredEvent:
        """Return the event with its reports. Raises NotFoundError."""

    def list_by_ids(self, event_ids: Sequence[int]) -> list[StoredEvent]:
        """Return those of the events that there are, with all of their reports, in order of id."""

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

    def add(
        self, url: str, *, outlet: str, language: str, interval_s: int, now: datetime, owner: str = ""
    ) -> tuple[Feed, bool]:
        """Return the feed of that URL and whether it was added now. ``owner`` is the place that added it."""

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


class StoryStore(Protocol):
    """Which story articles belong to, when a person corrects it."""

    def move(self, article_ids: Sequence[int], to_story_id: int | None, *, now: datetime) -> tuple[int, str]:
        """Move articles of one story, with their events, into another or (None) into a new one.

        Return the id of that story and what ``undo`` needs. An event that both parts report is divided. Heads of both
        stories are marked; those of a story that is left empty pass to the other where a channel has none of it.
        Raises NotFoundError.
        """

    def undo(self, change: str, *, now: datetime) -> None:
        """Move back what ``move`` moved; what joined the stories since then stays where it is."""


class BondStore(Protocol):
    """Articles that fit two stories or are like both, and stories that a person keeps apart.

    Two stories are named in any order.
    """

    def add(self, one: int, other: int, bond: StoredBond) -> None:
        """Remember a bond of two stories; that of the same article is replaced."""

    def list_between(self, one: int, other: int, *, since: datetime) -> list[StoredBond]:
        """Return the bonds of two stories from then on, oldest first, whose articles are in either still."""

    def add_linkages(self, article_id: int, linkages: Sequence[Linkage], *, at: datetime) -> None:
        """Remember how alike an article is to other stories; what was remembered of it before is forgotten."""

    def sum_linkages(self, one: int, other: int, *, since: datetime) -> tuple[float, int]:
        """Return how alike the articles of two stories are to the other one, from then on: log-odds, and of n pairs."""

    def are_parted(self, one: int, other: int) -> bool:
        """Return whether somebody took an article of one out of the other, or took back that they were joined."""

    def is_kept_whole(self, story_id: int) -> bool:
        """Return whether it was joined of two, or somebody took back that it was parted."""

    def prune(self, *, before: datetime) -> int:
        """Forget bonds and linkages from before then; return how many."""


class FeedbackStore(Protocol):
    """What readers said of alerts."""

    def add(self, feedback: Feedback) -> Feedback:
        """Write it under a new id; the same said again in the same channel while it holds is the same row."""

    def get(self, feedback_id: int) -> Feedback:
        """Return it. Raises NotFoundError."""

    def list_for_story(self, story_id: int) -> list[Feedback]:
        """Return what was said of a story and holds, oldest first."""

    def find_next_move(self, feedback: Feedback) -> Feedback | None:
        """Return the first mark that moved articles of this one on and holds; None also for one that moved nothing."""

    def undo(self, feedback_id: int, *, actor: str, now: datetime) -> None:
        """It holds no more. Raises NotFoundError."""


class SavedRequestStore(Protocol):
    """Requests whose answers are still on a screen, so that their buttons work after a restart."""

    def add(self, body: str, *, now: datetime) -> int:
        """Write a request in words of the caller's; return its id."""

    def find(self, request_id: int) -> str | None:
        """Return the words, or None if there is no such request any more."""

    def prune(self, *, before: datetime) -> int:
        """Forget requests from before then; return how many."""


class AuditLog(Protocol):
    """Who changed what and when."""

    def add(self, *, actor: str, action: str, subject: str, now: datetime, channel: str = "") -> None:
        """Write one line."""

    def list_newest(self, *, limit: int, place: str = "") -> Sequence[AuditLine]:
        """Return the newest lines, of a place or of all, newest first."""


class KeyValues(Protocol):
    """Small facts about the store itself, such as which configured watches were already applied."""

    def find(self, key: str) -> str | None:
        """Return the value, or None."""

    def set(self, key: str, value: str) -> None:
        """Write the value."""


class VisitStore(Protocol):
    """What readers were shown of timelines."""

    def measure(self) -> Watermark:
        """Return how far the store has come."""

    def find(self, reader: str, scope: str) -> Visit | None:
        """Return the last visit of a reader to a scope, or None."""

    def find_last(self, reader: str) -> Visit | None:
        """Return what the reader asked for last, or None."""

    def put(self, visit: Visit) -> None:
        """Write a visit in the place of the one before to the same scope."""

    def forget(self, reader: str, scope: str | None = None) -> int:
        """Forget a reader's visits to a scope, narrowed or not (``scope|...``), or all of them; return how many."""

    def prune(self, *, before: datetime) -> int:
        """Forget visits that ended before then; return how many."""
