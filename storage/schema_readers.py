"""The table of what readers were shown. As ``storage.schema``, which is the list of all tables."""

from __future__ import annotations

from sqlalchemy import Column, Index, Table

from storage.tables import METADATA
from storage.types import Moment, Words

VISITS = Table(
    "visits",
    METADATA,
    Column("reader", Words, primary_key=True),
    Column("scope", Words, primary_key=True),
    Column("topic", Words, nullable=False),  # as it was typed last
    Column("began_at", Moment, nullable=False),
    Column("asked_at", Moment, nullable=False),
    Column("since_at", Moment),  # NULL: the first visit
    Column("marks", Words, nullable=False),  # JSON, see news.timelines.visits.Marks
    Column("entries", Words, nullable=False),  # JSON list of lists of ids of events
    Index(None, "asked_at"),
)
