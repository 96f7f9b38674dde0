"""The tables: what is kept, in which form.

Owns names, types and indexes; ``migrations`` makes them in a database, and a test holds the two together. Must never be
read as a list of what exists in an old database: that is the migrations' business.

Moments are microseconds since 1970 UTC (``storage.types.Moment``), days are DATE, enumerations are their values as
text, and what is only read as a whole is JSON (``storage.codec``). Ids are never used twice. The full-text table
``passage_words`` is SQLite's FTS5; ``storage.passages`` writes it and ``storage.words`` and ``storage.search`` ask it.

The narrow index tables (``identities``, ``shingles``, ``article_entities``, ``report_keys``, ``event_entities``) have
no foreign keys: a check for each of a hundred rows an article would cost more than the rows. They are written and
deleted in the transaction of their article.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    Float,
    ForeignKey,
    Index,
    Integer,
    Table,
)

from storage.schema_changes import CHANGES, TOUCHED
from storage.schema_delivery import CLOSED_CHANNELS, FEEDBACK, HEADS, OUTBOX, SAVED_REQUESTS, WATCH_EDITIONS, WATCHES
from storage.schema_notices import FEED_HEALTH, NOTICE_TROUBLES, NOTICES, TROUBLES
from storage.schema_readers import VISITS
from storage.tables import METADATA
from storage.types import BIG_ID, Moment, Words

__all__ = [
    "ARTICLES",
    "ARTICLE_ENTITIES",
    "ARTICLE_REVISIONS",
    "AUDIT",
    "CHANGES",
    "CLOSED_CHANNELS",
    "DECISIONS",
    "ENTITIES",
    "ENTITY_NAMES",
    "EVENTS",
    "EVENT_ENTITIES",
    "FEEDBACK",
    "FEEDS",
    "FEED_HEALTH",
    "HEADS",
    "IDENTITIES",
    "METADATA",
    "NOTICES",
    "NOTICE_TROUBLES",
    "OUTBOX",
    "PASSAGES",
    "REPORTS",
    "REPORT_KEYS",
    "SAVED_REQUESTS",
    "SHINGLES",
    "SIGNATURES",
    "STORE_VALUES",
    "STORIES",
    "STORY_BONDS",
    "STORY_LINKAGES",
    "STORY_LINKS",
    "TERMS",
    "TOUCHED",
    "TROUBLES",
    "VISITS",
    "WATCHES",
    "WATCH_EDITIONS",
]

FEEDS = Table(
    "feeds",
    METADATA,
    Column("id", BIG_ID, primary_key=True),
    Column("url", Words, nullable=False, unique=True),
    # The address under which it was added: guids are unique within it, also after the feed has moved.
    Column("first_url", Words, nullable=False),
    Column("status", Words, nullable=False),
    Column("added_at", Moment, nullable=False),
    Column("next_poll_at", Moment, nullable=False),
    Column("interval_s", Integer, nullable=False),
    Column("outlet", Words, nullable=False, default=""),
    Column("title", Words, nullable=False, default=""),
    Column("language", Words, nullable=False, default=""),
    Column("etag", Words, nullable=False, default=""),
    Column("last_modified", Words, nullable=False, default=""),
    Column("body_hash", Words, nullable=False, default=""),
    Column("n_failures", Integer, nullable=False, default=0),
    Column("error", Words, nullable=False, default=""),
    Column("polled_at", Moment),
    Column("succeeded_at", Moment),
    Column("n_articles", Integer, nullable=False, default=0),
    Column("moved_to", Words, nullable=False, default=""),
    Column("n_moves", Integer, nullable=False, default=0),
    Column("is_primed", Boolean, nullable=False, default=False),
    Column("lease_by", Words),
    Column("lease_until", Moment),
    Column("owner", Words, nullable=False, server_default=""),  # the place that added it, empty for the program
    Index(None, "status", "next_poll_at"),
    sqlite_autoincrement=True,
)

STORIES = Table(
    "stories",
    METADATA,
    Column("id", BIG_ID, primary_key=True),
    Column("title", Words, nullable=False),
    Column("opened_at", Moment, nullable=False),
    Column("last_at", Moment, nullable=False),
    Column("n_articles", Integer, nullable=False, default=0),
    Column("n_independent", Integer, nullable=False, default=1),
    sqlite_autoincrement=True,
)

STORY_LINKS = Table(
    "story_links",
    METADATA,
    Column("story_id", BIG_ID, ForeignKey("stories.id"), primary_key=True),
    Column("related_id", BIG_ID, ForeignKey("stories.id"), primary_key=True),
    sqlite_with_rowid=False,
)

STORY_BONDS = Table(
    "story_bonds",
    METADATA,
    # The lower id first.
    Column("story_id", BIG_ID, ForeignKey("stories.id"), primary_key=True),
    Column("other_id", BIG_ID, ForeignKey("stories.id"), primary_key=True),
    Column("article_id", BIG_ID, ForeignKey("articles.id"), primary_key=True),
    Column("score", Float, nullable=False),
    Column("other_score", Float, nullable=False),
    Column("origin", Words, nullable=False),
    Column("at", Moment, nullable=False, index=True),
    sqlite_with_rowid=False,
)

STORY_LINKAGES = Table(
    "story_linkages",
    METADATA,
    # Stories by articles of theirs, so that what is joined and parted since takes its linkages along.
    Column("article_id", BIG_ID, ForeignKey("articles.id"), primary_key=True),
    Column("other_id", BIG_ID, ForeignKey("articles.id"), primary_key=True),
    Column("total", Float, nullable=False),
    Column("n_pairs", Integer, nullable=False),
    Column("at", Moment, nullable=False, index=True),
    sqlite_with_rowid=False,
)

ARTICLES = Table(
    "articles",
    METADATA,
    Column("id", BIG_ID, primary_key=True),
    # Small columns first: SQLite then finds them without reading through the text.
    Column("story_id", BIG_ID, ForeignKey("stories.id"), index=True),
    Column("label", Words),  # NULL: stored without reading or deciding
    Column("duplicate_of", BIG_ID),
    Column("fetched_at", Moment, nullable=False, index=True),
    Column("published_at", Moment),
    Column("published_precision", Words, nullable=False),
    Column("is_seed", Boolean, nullable=False),
    Column("is_indexed", Boolean, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("language", Words, nullable=False),
    Column("outlet", Words, nullable=False),
    Column("url", Words, nullable=False),
    Column("source_id", Words, nullable=False),
    Column("feed_url", Words, nullable=False),
    Column("title", Words, nullable=False),
    Column("author", Words, nullable=False),
    Column("links", Words, nullable=False),  # JSON list
    Column("entity_counts", Words, nullable=False),  # JSON object; 0 for keys that only lie around a named one
    Column("term_counts", Words, nullable=False),  # JSON object
    Column("text", Words, nullable=False),
    sqlite_autoincrement=True,
)

ARTICLE_REVISIONS = Table(
    "article_revisions",
    METADATA,
    Column("article_id", BIG_ID, ForeignKey("articles.id"), primary_key=True),
    Column("revision", Integer, primary_key=True, autoincrement=False),
    Column("replaced_at", Moment, nullable=False),
    Column("published_at", Moment),
    Column("url", Words, nullable=False),
    Column("title", Words, nullable=False),
    Column("text", Words, nullable=False),
)

IDENTITIES = Table(
    "identities",
    METADATA,
    Column("hash", BigInteger, primary_key=True, autoincrement=False),
    Column("article_id", BIG_ID, primary_key=True),
    sqlite_with_rowid=False,
)

SIGNATURES = Table(
    "signatures",
    METADATA,
    Column("article_id", BIG_ID, ForeignKey("articles.id"), primary_key=True),
    Column("place", Integer, primary_key=True, autoincrement=False),  # 0 its own, 1 that of the original wording
    Column("data", Words, nullable=False),
)

SHINGLES = Table(
    "shingles",
    METADATA,
    Column("hash", BigInteger, primary_key=True, autoincrement=False),
    Column("article_id", BIG_ID, primary_key=True),
    sqlite_with_rowid=False,
)

TERMS = Table(
    "terms",
    METADATA,
    Column("term", Words, primary_key=True),
    Column("n_articles", Integer, nullable=False),
    sqlite_with_rowid=False,
)

ENTITIES = Table(
    "entities",
    METADATA,
    Column("id", BIG_ID, primary_key=True),
    Column("key", Words, nullable=False, unique=True),
    Column("name", Words, nullable=False),
    Column("kind", Words, nullable=False),
    Column("within", Words, nullable=False),  # JSON list of keys, nearest first
    Column("n_articles", Integer, nullable=False, index=True),
    Column("n_mentions", Integer, nullable=False),
)

ENTITY_NAMES = Table(
    "entity_names",
    METADATA,
    Column("folded", Words, primary_key=True),
    Column("entity_id", BIG_ID, primary_key=True),
    sqlite_with_rowid=False,
)

ARTICLE_ENTITIES = Table(
    "article_entities",
    METADATA,
    Column("entity_id", BIG_ID, primary_key=True),
    Column("article_id", BIG_ID, primary_key=True),
    Column("n_mentions", Integer, nullable=False),  # 0: only as what lies around a named one
    sqlite_with_rowid=False,
)

PASSAGES = Table(
    "passages",
    METADATA,
    # article id * 1024 + place in the article: the newest articles have the largest, and no join is needed to go back.
    Column("id", BIG_ID, primary_key=True, autoincrement=False),
    Column("first_sentence", Integer, nullable=False),
    Column("last_sentence", Integer, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("check", BigInteger, nullable=False),  # CRC-32 of the words that stand in the index
)

EVENTS = Table(
    "events",
    METADATA,
    Column("id", BIG_ID, primary_key=True),
    Column("story_id", BIG_ID, ForeignKey("stories.id"), nullable=False, index=True),
    Column("kind", Words, nullable=False),
    Column("first_on", Date),
    Column("last_on", Date),
    Column("precision", Words, nullable=False),
    Column("basis", Words, nullable=False),
    Column("n_reports", Integer, nullable=False),
    Column("n_articles", Integer, nullable=False, index=True),
    Column("n_lookbacks", Integer, nullable=False),
    Column("opened_at", Moment, nullable=False),
    sqlite_autoincrement=True,
)

EVENT_ENTITIES = Table(
    "event_entities",
    METADATA,
    Column("entity_id", BIG_ID, primary_key=True),
    Column("event_id", BIG_ID, primary_key=True),
    Column("via", Integer, nullable=False),  # 0 named in the sentence, 1 lies around that, 2 the article is about it
    Column("standing", Integer, nullable=False, server_default="0"),  # storage.standings
    Index("ix_event_entities_entity_id_standing", "entity_id", "standing", "event_id"),
    Index("ix_event_entities_event_id", "event_id"),
    sqlite_with_rowid=False,
)

REPORTS = Table(
    "reports",
    METADATA,
    Column("id", BIG_ID, primary_key=True),
    Column("event_id", BIG_ID, ForeignKey("events.id"), nullable=False, index=True),
    Column("article_id", BIG_ID, ForeignKey("articles.id"), nullable=False),
    Column("sentence", Integer, nullable=False),
    Column("first_on", Date),
    Column("last_on", Date),
    Column("precision", Words, nullable=False),
    Column("basis", Words, nullable=False),
    Column("data", Words, nullable=False),  # JSON of news.model.Report
    Index(None, "article_id", "sentence"),
    sqlite_autoincrement=True,
)

REPORT_KEYS = Table(
    "report_keys",
    METADATA,
    Column("entity_id", BIG_ID, primary_key=True),
    Column("day", Integer, primary_key=True, autoincrement=False),  # ordinal of the first day; 0: long or unknown
    Column("report_id", BIG_ID, primary_key=True),
    sqlite_with_rowid=False,
)

DECISIONS = Table(
    "decisions",
    METADATA,
    Column("article_id", BIG_ID, ForeignKey("articles.id"), primary_key=True),
    Column("revision", Integer, primary_key=True, autoincrement=False),
    Column("made_at", Moment, nullable=False),
    Column("label", Words, nullable=False),
    Column("data", Words, nullable=False),  # JSON of news.decision.Decision
)

AUDIT = Table(
    "audit",
    METADATA,
    Column("id", BIG_ID, primary_key=True),
    Column("at", Moment, nullable=False),
    Column("actor", Words, nullable=False),
    Column("action", Words, nullable=False),
    Column("subject", Words, nullable=False),
    Column("channel", Words, nullable=False, server_default=""),
    sqlite_autoincrement=True,
)

STORE_VALUES = Table(
    "store_values",
    METADATA,
    Column("key", Words, primary_key=True),
    Column("value", Words, nullable=False),
)
