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
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Table,
    UniqueConstraint,
    false,
    text,
)

from storage.types import BIG_ID, Moment, Words

METADATA = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

# A query gets a partial index where it has the same words: a parameter proves nothing, a list of states to be in would
# draw SQLite to the index on states, and a list not to be in is not recognised.
_IS_OPEN = "state <> 'sent' AND state <> 'failed'"


def _index_some(name: str, table: Table, columns: str, *, where: str) -> None:
    condition = text(where)
    Index(
        name, *(table.c[column] for column in columns.split(", ")), sqlite_where=condition, postgresql_where=condition
    )


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

WATCHES = Table(
    "watches",
    METADATA,
    Column("id", BIG_ID, primary_key=True),
    Column("channel", Words, nullable=False),
    Column("expression", Words, nullable=False),
    Column("created_by", Words, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("labels", Words, nullable=False),  # JSON list
    Column("ping", Words, nullable=False, server_default=""),
    Column("is_paused", Boolean, nullable=False, server_default=false()),
    UniqueConstraint("channel", "expression"),
    sqlite_autoincrement=True,
)

OUTBOX = Table(
    "outbox",
    METADATA,
    Column("id", BIG_ID, primary_key=True),
    Column("article_id", BIG_ID, ForeignKey("articles.id"), nullable=False),
    Column("revision", Integer, nullable=False),
    Column("channel", Words, nullable=False),
    # No foreign key: what a watch posted stays when the watch goes.
    Column("watch_id", BIG_ID, nullable=False),
    Column("label", Words, nullable=False),
    Column("state", Words, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("n_attempts", Integer, nullable=False, default=0),
    Column("next_try_at", Moment),
    Column("lease_by", Words),
    Column("lease_until", Moment),
    Column("receipt", Words, nullable=False, default=""),
    Column("error", Words, nullable=False, default=""),
    Column("sent_at", Moment),
    Column("lead_id", BIG_ID),  # the first row of the message that carries this one; NULL: never leased
    Column("first_tried_at", Moment),
    UniqueConstraint("article_id", "revision", "channel"),
    Index(None, "state", "channel", "id"),
    sqlite_autoincrement=True,
)

# The few rows on their way among all that were ever sent, and what a channel was sent lately.
_index_some("ix_outbox_open", OUTBOX, "channel, id, next_try_at, lease_until", where=_IS_OPEN)
_index_some("ix_outbox_sent", OUTBOX, "channel, sent_at, lead_id", where="sent_at IS NOT NULL")

HEADS = Table(
    "heads",
    METADATA,
    Column("id", BIG_ID, primary_key=True),
    Column("story_id", BIG_ID, ForeignKey("stories.id"), nullable=False),
    Column("channel", Words, nullable=False),
    Column("row_id", BIG_ID, ForeignKey("outbox.id"), nullable=False),
    Column("receipt", Words, nullable=False),
    Column("thread", Words, nullable=False),
    Column("opened_at", Moment, nullable=False),
    Column("edited_at", Moment),
    Column("n_changes", Integer, nullable=False),  # how often the story changed since
    Column("n_shown", Integer, nullable=False),  # the number of changes that the message shows
    Column("n_failures", Integer, nullable=False, default=0),  # edits in a row that failed
    UniqueConstraint("story_id", "channel"),
    sqlite_autoincrement=True,
)

_index_some("ix_heads_stale", HEADS, "edited_at", where="n_changes > n_shown")

CLOSED_CHANNELS = Table(
    "closed_channels",
    METADATA,
    Column("channel", Words, primary_key=True),
    Column("reason", Words, nullable=False),
    Column("closed_at", Moment, nullable=False),
    sqlite_with_rowid=False,
)

FEEDBACK = Table(
    "feedback",
    METADATA,
    Column("id", BIG_ID, primary_key=True),
    Column("kind", Words, nullable=False),
    Column("article_id", BIG_ID, ForeignKey("articles.id"), nullable=False, index=True),
    Column("story_id", BIG_ID, ForeignKey("stories.id"), nullable=False, index=True),
    Column("other_story_id", BIG_ID, ForeignKey("stories.id"), index=True),
    Column("channel", Words, nullable=False),
    Column("actor", Words, nullable=False),
    Column("at", Moment, nullable=False),
    Column("undone_at", Moment),
    Column("undone_by", Words, nullable=False),
    Column("change", Words, nullable=False),  # JSON of storage.moves.Change, or empty
    sqlite_autoincrement=True,
)

SAVED_REQUESTS = Table(
    "saved_requests",
    METADATA,
    Column("id", BIG_ID, primary_key=True),
    Column("made_at", Moment, nullable=False, index=True),
    Column("body", Words, nullable=False),
    sqlite_autoincrement=True,
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
