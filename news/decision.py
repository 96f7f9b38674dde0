"""What deciding takes in and gives out: labels, candidates from the store, and the decision with its evidence.

These types say what an article adds to what is known. How it is decided stands in ``news.novelty``,
``news.stories.belonging`` and ``news.disputes.slots``.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from news.model import NO_TIME, Article, Origin, Report, Signature, TimeSpan


class Label(StrEnum):
    """What an article is, held against the store."""

    NEW = "NEW"
    UPDATE = "UPDATE"
    KNOWN = "KNOWN"
    REPRINT = "REPRINT"
    REVISED = "REVISED"
    DISPUTED = "DISPUTED"
    OLD_EVENT = "OLD_EVENT"


class FactKind(StrEnum):
    """Which slot of an event a new fact or a dispute is about."""

    ACT = "act"
    """The event itself was not held before."""
    FIGURE = "figure"
    DATE = "date"
    PLACE = "place"
    ACTOR = "actor"
    STATUS = "status"
    """Happened, planned, alleged or denied."""


@dataclass(frozen=True, slots=True)
class StoredArticle:
    """An article in the store, as much of it as deciding and answering need.

    Attributes:
        entity_counts: entity key -> number of mentions.
        term_counts: stemmed content word -> occurrences in title and text (see ``news.words.text.content_terms``).
        signatures: its own signature first, then that of its original wording if there is one.
    """

    id: int
    article: Article
    story_id: int
    label: Label
    fetched_at: datetime
    language: str = ""
    entity_counts: dict[str, int] = field(default_factory=dict)
    term_counts: dict[str, int] = field(default_factory=dict)
    signatures: tuple[Signature, ...] = ()
    duplicate_of: int | None = None
    is_seed: bool = False


@dataclass(frozen=True, slots=True)
class Outline:
    """A story in a few figures, whatever its size.

    Attributes:
        outlets: each once, with the address of its first article, in order of that; one without a name by its address.
        main_key: the entity that its first hundred articles mention most; empty if they mention none.
        last_at: when it was heard of last, see ``news.stories.waking.heard_at``; None of no story.
    """

    n_articles: int = 0
    outlets: tuple[tuple[str, str], ...] = ()
    main_key: str = ""
    last_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class StoredReport:
    """A report in the store with the event it was merged into and the article it stands in.

    Attributes:
        article_ref: the caller's own id of the article if it had one, else ``a<id>``; empty means ``a<id>``.
    """

    id: int
    event_id: int
    article_id: int
    story_id: int
    outlet: str
    url: str
    title: str
    published_at: datetime | None
    report: Report
    article_ref: str = ""


@dataclass(frozen=True, slots=True)
class StoredEvent:
    """An event with all its reports, oldest report first."""

    id: int
    story_id: int
    reports: tuple[StoredReport, ...]
    n_lookbacks: int = 0
    """How many articles of other stories refer back to it."""


@dataclass(frozen=True, slots=True)
class Candidates:
    """What the store found that an article may repeat, continue or contradict; never a scan of the store.

    Attributes:
        same: the article that is the same by identity (guid within its feed, canonical URL), or None.
        similar: articles that share shingles, most shared first.
        related: articles that share rare names or words, most related first; they stand for their stories.
        reports: reports on the same actors, places or equipment with an overlapping or unknown date.
        n_articles: size of the store, for weighing rare against common.
        document_counts: entity key or term -> number of articles that have it, for those of the article read.
    """

    same: StoredArticle | None = None
    similar: tuple[StoredArticle, ...] = ()
    related: tuple[StoredArticle, ...] = ()
    reports: tuple[StoredReport, ...] = ()
    n_articles: int = 0
    document_counts: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Claim:
    """A value that somebody gives for a slot of an event.

    ``article_id`` is None for the article that is being decided on.
    """

    value: str
    quote: str
    outlet: str
    article_id: int | None = None
    origin: Origin | None = None
    published_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class NewFact:
    """Something the article has that the store did not.

    Attributes:
        before: what was held for the slot; None where nothing was.
        beside: the figure or day that another account has in its place, where nobody can say whether both mean one
            thing: shown for comparison, and told as neither a change nor a contradiction.
    """

    kind: FactKind
    after: Claim
    before: Claim | None = None
    event_id: int | None = None
    beside: Claim | None = None


@dataclass(frozen=True, slots=True)
class Dispute:
    """Two incompatible values for one slot of one event, from different origins.

    ``event_id`` is None where the stored sentence is no report of any event; its article is ``there.article_id``.
    """

    kind: FactKind
    event_id: int | None
    here: Claim
    there: Claim


@dataclass(frozen=True, slots=True)
class KnownSince:
    """The earliest article that already had what this article tells."""

    article_id: int
    outlet: str
    title: str
    url: str
    published_at: datetime | None
    quote: str
    event_id: int | None = None
    when: TimeSpan = NO_TIME


@dataclass(frozen=True, slots=True)
class Assignment:
    """Which event one report belongs to.

    ``event_id`` is the stored event, or None for a new one; reports of the article with equal ``group`` are one event.
    """

    event_id: int | None
    group: int


@dataclass(frozen=True, slots=True)
class Reason:
    """One step of a decision with its evidence: ``step`` names the rule, ``text`` says it to a person."""

    step: str
    text: str
    article_id: int | None = None
    score: float | None = None


@dataclass(frozen=True, slots=True)
class Bond:
    """Another story that the article fits as strongly as its own, see ``news.deciding.bonds``.

    Attributes:
        article_id: the article there that it is nearest to.
        own_score: how well it fits its own story, in log-odds.
        score: how well it fits the other.
        origin: key of who tells it, empty if unknown.
    """

    story_id: int
    article_id: int
    own_score: float
    score: float
    origin: str = ""


@dataclass(frozen=True, slots=True)
class StoredBond:
    """A bond as it was stored.

    Attributes:
        article_id: the article that fits both.
        scores: how well it fits the lower and the higher of the two stories, in log-odds.
        origin: key of who tells it, see ``Bond.origin``.
    """

    article_id: int
    scores: tuple[float, float]
    origin: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Linkage:
    """How alike an article is to another story than its own, see ``news.deciding.linkage``.

    Attributes:
        article_id: the article there that it is nearest to.
        total: log-odds that it is of one story with an article there, summed up over those that it was held against.
        n_pairs: how many these are.
    """

    story_id: int
    article_id: int
    total: float
    n_pairs: int


@dataclass(frozen=True, slots=True)
class Decision:
    """What the article is, where it belongs, what is new in it, and why.

    Attributes:
        story_id: the story it joins; None opens a new one.
        duplicate_of: the article it repeats (REPRINT, REVISED), else None.
        assignments: one for each of ``Reading.reports``, in order.
        n_independent: origins of the story, this article included.
        related_story_ids: stories on the same actors that are not this one, nearest first.
        bond: another story that may be one with its own, or None.
        linkages: how alike it is to other stories, each once.
    """

    label: Label
    story_id: int | None
    assignments: tuple[Assignment, ...]
    duplicate_of: int | None = None
    known_since: KnownSince | None = None
    new: tuple[NewFact, ...] = ()
    disputes: tuple[Dispute, ...] = ()
    origins: tuple[Origin, ...] = ()
    n_independent: int = 1
    related_story_ids: tuple[int, ...] = ()
    reasons: tuple[Reason, ...] = ()
    bond: Bond | None = None
    linkages: tuple[Linkage, ...] = ()


POSTED_LABELS = frozenset({Label.NEW, Label.UPDATE, Label.REVISED, Label.DISPUTED})
"""The labels that a watch posts unless it says otherwise."""
