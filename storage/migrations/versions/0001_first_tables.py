"""The first tables.

Revision: 0001, after none.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_MOMENT = sa.BigInteger()
_WORDS = sa.Text()


def upgrade() -> None:
    """Make all tables and the full-text index."""
    _make_feeds()
    _make_stories()
    _make_articles()
    _make_editions()
    _make_names()
    _make_entities()
    _make_words()
    _make_events()
    _make_reports()
    _make_watches()
    _make_outbox()
    _make_log()
    _make_index()


def _make_feeds() -> None:
    op.create_table(
        "feeds",
        sa.Column("id", _ID, nullable=False),
        sa.Column("url", _WORDS, nullable=False),
        sa.Column("first_url", _WORDS, nullable=False),
        sa.Column("status", _WORDS, nullable=False),
        sa.Column("added_at", _MOMENT, nullable=False),
        sa.Column("next_poll_at", _MOMENT, nullable=False),
        sa.Column("interval_s", sa.Integer(), nullable=False),
        sa.Column("outlet", _WORDS, nullable=False),
        sa.Column("title", _WORDS, nullable=False),
        sa.Column("language", _WORDS, nullable=False),
        sa.Column("etag", _WORDS, nullable=False),
        sa.Column("last_modified", _WORDS, nullable=False),
        sa.Column("body_hash", _WORDS, nullable=False),
        sa.Column("n_failures", sa.Integer(), nullable=False),
        sa.Column("error", _WORDS, nullable=False),
        sa.Column("polled_at", _MOMENT),
        sa.Column("succeeded_at", _MOMENT),
        sa.Column("n_articles", sa.Integer(), nullable=False),
        sa.Column("moved_to", _WORDS, nullable=False),
        sa.Column("n_moves", sa.Integer(), nullable=False),
        sa.Column("is_primed", sa.Boolean(), nullable=False),
        sa.Column("lease_by", _WORDS),
        sa.Column("lease_until", _MOMENT),
        sa.PrimaryKeyConstraint("id", name="pk_feeds"),
        sa.UniqueConstraint("url", name="uq_feeds_url"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_feeds_status_next_poll_at", "feeds", ["status", "next_poll_at"])


def _make_stories() -> None:
    op.create_table(
        "stories",
        sa.Column("id", _ID, nullable=False),
        sa.Column("title", _WORDS, nullable=False),
        sa.Column("opened_at", _MOMENT, nullable=False),
        sa.Column("last_at", _MOMENT, nullable=False),
        sa.Column("n_articles", sa.Integer(), nullable=False),
        sa.Column("n_independent", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_stories"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "story_links",
        sa.Column("story_id", _ID, nullable=False),
        sa.Column("related_id", _ID, nullable=False),
        sa.ForeignKeyConstraint(["related_id"], ["stories.id"], name="fk_story_links_related_id"),
        sa.ForeignKeyConstraint(["story_id"], ["stories.id"], name="fk_story_links_story_id"),
        sa.PrimaryKeyConstraint("story_id", "related_id", name="pk_story_links"),
        sqlite_with_rowid=False,
    )


def _make_articles() -> None:
    op.create_table(
        "articles",
        sa.Column("id", _ID, nullable=False),
        sa.Column("story_id", _ID),
        sa.Column("label", _WORDS),
        sa.Column("duplicate_of", _ID),
        sa.Column("fetched_at", _MOMENT, nullable=False),
        sa.Column("published_at", _MOMENT),
        sa.Column("published_precision", _WORDS, nullable=False),
        sa.Column("is_seed", sa.Boolean(), nullable=False),
        sa.Column("is_indexed", sa.Boolean(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("language", _WORDS, nullable=False),
        sa.Column("outlet", _WORDS, nullable=False),
        sa.Column("url", _WORDS, nullable=False),
        sa.Column("source_id", _WORDS, nullable=False),
        sa.Column("feed_url", _WORDS, nullable=False),
        sa.Column("title", _WORDS, nullable=False),
        sa.Column("author", _WORDS, nullable=False),
        sa.Column("links", _WORDS, nullable=False),
        sa.Column("entity_counts", _WORDS, nullable=False),
        sa.Column("term_counts", _WORDS, nullable=False),
        sa.Column("text", _WORDS, nullable=False),
        sa.ForeignKeyConstraint(["story_id"], ["stories.id"], name="fk_articles_story_id"),
        sa.PrimaryKeyConstraint("id", name="pk_articles"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_articles_fetched_at", "articles", ["fetched_at"])
    op.create_index("ix_articles_story_id", "articles", ["story_id"])


def _make_editions() -> None:
    op.create_table(
        "article_revisions",
        sa.Column("article_id", _ID, nullable=False),
        sa.Column("revision", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("replaced_at", _MOMENT, nullable=False),
        sa.Column("published_at", _MOMENT),
        sa.Column("url", _WORDS, nullable=False),
        sa.Column("title", _WORDS, nullable=False),
        sa.Column("text", _WORDS, nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name="fk_article_revisions_article_id"),
        sa.PrimaryKeyConstraint("article_id", "revision", name="pk_article_revisions"),
    )
    op.create_table(
        "decisions",
        sa.Column("article_id", _ID, nullable=False),
        sa.Column("revision", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("made_at", _MOMENT, nullable=False),
        sa.Column("label", _WORDS, nullable=False),
        sa.Column("data", _WORDS, nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name="fk_decisions_article_id"),
        sa.PrimaryKeyConstraint("article_id", "revision", name="pk_decisions"),
    )


def _make_names() -> None:
    op.create_table(
        "identities",
        sa.Column("hash", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("article_id", _ID, nullable=False),
        sa.PrimaryKeyConstraint("hash", "article_id", name="pk_identities"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "signatures",
        sa.Column("article_id", _ID, nullable=False),
        sa.Column("place", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("data", _WORDS, nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name="fk_signatures_article_id"),
        sa.PrimaryKeyConstraint("article_id", "place", name="pk_signatures"),
    )
    op.create_table(
        "shingles",
        sa.Column("hash", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("article_id", _ID, nullable=False),
        sa.PrimaryKeyConstraint("hash", "article_id", name="pk_shingles"),
        sqlite_with_rowid=False,
    )


def _make_entities() -> None:
    op.create_table(
        "entities",
        sa.Column("id", _ID, nullable=False),
        sa.Column("key", _WORDS, nullable=False),
        sa.Column("name", _WORDS, nullable=False),
        sa.Column("kind", _WORDS, nullable=False),
        sa.Column("within", _WORDS, nullable=False),
        sa.Column("n_articles", sa.Integer(), nullable=False),
        sa.Column("n_mentions", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_entities"),
        sa.UniqueConstraint("key", name="uq_entities_key"),
    )
    op.create_index("ix_entities_n_articles", "entities", ["n_articles"])
    op.create_table(
        "entity_names",
        sa.Column("folded", _WORDS, nullable=False),
        sa.Column("entity_id", _ID, nullable=False),
        sa.PrimaryKeyConstraint("folded", "entity_id", name="pk_entity_names"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "article_entities",
        sa.Column("entity_id", _ID, nullable=False),
        sa.Column("article_id", _ID, nullable=False),
        sa.Column("n_mentions", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("entity_id", "article_id", name="pk_article_entities"),
        sqlite_with_rowid=False,
    )


def _make_words() -> None:
    op.create_table(
        "terms",
        sa.Column("term", _WORDS, nullable=False),
        sa.Column("n_articles", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("term", name="pk_terms"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "passages",
        sa.Column("id", _ID, autoincrement=False, nullable=False),
        sa.Column("first_sentence", sa.Integer(), nullable=False),
        sa.Column("last_sentence", sa.Integer(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("check", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_passages"),
    )


def _make_events() -> None:
    op.create_table(
        "events",
        sa.Column("id", _ID, nullable=False),
        sa.Column("story_id", _ID, nullable=False),
        sa.Column("kind", _WORDS, nullable=False),
        sa.Column("first_on", sa.Date()),
        sa.Column("last_on", sa.Date()),
        sa.Column("precision", _WORDS, nullable=False),
        sa.Column("basis", _WORDS, nullable=False),
        sa.Column("n_reports", sa.Integer(), nullable=False),
        sa.Column("n_articles", sa.Integer(), nullable=False),
        sa.Column("n_lookbacks", sa.Integer(), nullable=False),
        sa.Column("opened_at", _MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["story_id"], ["stories.id"], name="fk_events_story_id"),
        sa.PrimaryKeyConstraint("id", name="pk_events"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_events_n_articles", "events", ["n_articles"])
    op.create_index("ix_events_story_id", "events", ["story_id"])
    op.create_table(
        "event_entities",
        sa.Column("entity_id", _ID, nullable=False),
        sa.Column("event_id", _ID, nullable=False),
        sa.Column("via", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("entity_id", "event_id", name="pk_event_entities"),
        sqlite_with_rowid=False,
    )


def _make_reports() -> None:
    op.create_table(
        "reports",
        sa.Column("id", _ID, nullable=False),
        sa.Column("event_id", _ID, nullable=False),
        sa.Column("article_id", _ID, nullable=False),
        sa.Column("sentence", sa.Integer(), nullable=False),
        sa.Column("first_on", sa.Date()),
        sa.Column("last_on", sa.Date()),
        sa.Column("precision", _WORDS, nullable=False),
        sa.Column("basis", _WORDS, nullable=False),
        sa.Column("data", _WORDS, nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name="fk_reports_article_id"),
        sa.ForeignKeyConstraint(["event_id"], ["events.id"], name="fk_reports_event_id"),
        sa.PrimaryKeyConstraint("id", name="pk_reports"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_reports_article_id_sentence", "reports", ["article_id", "sentence"])
    op.create_index("ix_reports_event_id", "reports", ["event_id"])
    op.create_table(
        "report_keys",
        sa.Column("entity_id", _ID, nullable=False),
        sa.Column("day", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("report_id", _ID, nullable=False),
        sa.PrimaryKeyConstraint("entity_id", "day", "report_id", name="pk_report_keys"),
        sqlite_with_rowid=False,
    )


def _make_watches() -> None:
    op.create_table(
        "watches",
        sa.Column("id", _ID, nullable=False),
        sa.Column("channel", _WORDS, nullable=False),
        sa.Column("expression", _WORDS, nullable=False),
        sa.Column("created_by", _WORDS, nullable=False),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.Column("labels", _WORDS, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_watches"),
        sa.UniqueConstraint("channel", "expression", name="uq_watches_channel_expression"),
        sqlite_autoincrement=True,
    )


def _make_outbox() -> None:
    op.create_table(
        "outbox",
        sa.Column("id", _ID, nullable=False),
        sa.Column("article_id", _ID, nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("channel", _WORDS, nullable=False),
        sa.Column("watch_id", _ID, nullable=False),
        sa.Column("label", _WORDS, nullable=False),
        sa.Column("state", _WORDS, nullable=False),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.Column("n_attempts", sa.Integer(), nullable=False),
        sa.Column("next_try_at", _MOMENT),
        sa.Column("lease_by", _WORDS),
        sa.Column("lease_until", _MOMENT),
        sa.Column("receipt", _WORDS, nullable=False),
        sa.Column("error", _WORDS, nullable=False),
        sa.Column("sent_at", _MOMENT),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name="fk_outbox_article_id"),
        sa.PrimaryKeyConstraint("id", name="pk_outbox"),
        sa.UniqueConstraint("article_id", "revision", "channel", name="uq_outbox_article_id_revision_channel"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_outbox_state_channel_id", "outbox", ["state", "channel", "id"])


def _make_log() -> None:
    op.create_table(
        "audit",
        sa.Column("id", _ID, nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.Column("actor", _WORDS, nullable=False),
        sa.Column("action", _WORDS, nullable=False),
        sa.Column("subject", _WORDS, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_audit"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "store_values",
        sa.Column("key", _WORDS, nullable=False),
        sa.Column("value", _WORDS, nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_store_values"),
    )


def _make_index() -> None:
    """Make the full-text index: stems by passage, without a copy of the text, titles at a third of the weight."""
    op.execute(
        "CREATE VIRTUAL TABLE passage_words USING fts5("
        "terms, title, content='', tokenize='unicode61 remove_diacritics 2')"
    )
    op.execute("INSERT INTO passage_words (passage_words, rank) VALUES ('rank', 'bm25(1.0, 0.3)')")
