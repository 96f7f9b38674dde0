"""Taking a copy of a store back to what it was at a moment.

Owns which rows of a copy are younger than a moment and what summed them up. Must never touch a store in use, for it
deletes. Articles of then on go with all that hangs on them; editions that came later give way to those of then; what
readers said later is undone, and what they took back later holds again; alerts that went out later wait.

What cannot be taken back is left as it is: spellings of a name that was known by then in others, links between stories,
and how often events were looked back at. Neither decides on an article. Settings of watches, feeds and channels are
those of the copy; what watches were before is in ``watch_editions``, for the replay to set.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from sqlalchemy import delete, exists, func, or_, select, text, update
from sqlalchemy.engine import Connection

from news.decision import Assignment, Decision
from news.errors import InputError, NotFoundError
from news.model import Reading
from news.reading import read
from news.watches.watch import OutboxState
from storage.article_rows import get_article, read_entity_counts
from storage.articles import SqlArticles
from storage.codec import from_json
from storage.connect import explained, open_writer
from storage.entities import forget_entities
from storage.history import SqlHistory
from storage.identities import identify
from storage.leases import GIVEN_BACK
from storage.moves import Change, SqlStories
from storage.passages import drop_passages
from storage.reports import delete_events, forget_reports, sum_up
from storage.schema import (
    ARTICLE_ENTITIES,
    ARTICLE_REVISIONS,
    ARTICLES,
    CLOSED_CHANNELS,
    DECISIONS,
    ENTITIES,
    ENTITY_NAMES,
    EVENT_ENTITIES,
    EVENTS,
    FEEDBACK,
    HEADS,
    IDENTITIES,
    METADATA,
    OUTBOX,
    SHINGLES,
    STORIES,
)
from storage.standings import keep_standings
from storage.terms import recount
from storage.values import SqlValues

_TERMS_MARK = "terms_counted_to"


@dataclass(frozen=True, slots=True)
class Rewound:
    """What was taken back.

    Attributes:
        n_articles: articles that are gone.
        n_editions: articles that have an earlier text again.
        n_marks: marks that are gone or hold again.
        lost_marks: those among them whose moves could not be undone or done again.
    """

    n_articles: int = 0
    n_editions: int = 0
    n_marks: int = 0
    lost_marks: tuple[int, ...] = ()


def rewind(path: Path, moment: datetime) -> Rewound:
    """Take the database in that file, a copy of nobody's concern, back to what it was right before ``moment``.

    Raises:
        StorageError: it cannot be written.
    """
    engine = open_writer(path)
    try:
        with explained(path):
            raw = engine.raw_connection()
            # Rows of tables that are not known here may hang on what goes; they are cleared away at the end.
            raw.cursor().execute("PRAGMA foreign_keys=OFF")
            raw.close()
            with engine.begin() as connection:
                return _rewind(connection, moment)
    finally:
        engine.dispose()


def _rewind(connection: Connection, moment: datetime) -> Rewound:
    n_marks, lost = _take_back_marks(connection, moment)
    _take_back_alerts(connection, moment)
    younger = select(ARTICLES.c.id).where(ARTICLES.c.fetched_at >= moment).order_by(ARTICLES.c.id)
    first_id = connection.execute(younger.limit(1)).scalar()
    n_articles = 0 if first_id is None else _drop_articles(connection, first_id)
    n_editions = _take_back_editions(connection, moment)
    connection.execute(delete(CLOSED_CHANNELS))
    is_empty = ~exists().where(ARTICLES.c.story_id == STORIES.c.id)
    connection.execute(delete(STORIES).where(STORIES.c.opened_at >= moment, is_empty))
    _drop_orphans(connection)
    _forget_names(connection)
    _count_stories(connection)
    _reset_ids(connection)
    return Rewound(n_articles, n_editions, n_marks, tuple(lost))


def _take_back_marks(connection: Connection, moment: datetime) -> tuple[int, list[int]]:
    """Undo what was marked since and do again what was taken back since, the latest first."""
    columns = FEEDBACK.c
    is_young = or_(columns.at >= moment, columns.undone_at >= moment)
    rows = connection.execute(select(FEEDBACK).where(is_young)).all()
    lost: list[int] = []
    steps = [(row.at, row, False) for row in rows if row.at >= moment and row.undone_at is None]
    steps += [(row.undone_at, row, True) for row in rows if row.at < moment]
    for at, row, is_again in sorted(steps, key=lambda step: (step[0], step[1].id), reverse=True):
        if row.change and not _change_back(connection, row.change, is_again=is_again, now=at):
            lost.append(row.id)
    for row in rows:
        if row.at >= moment:  # what waited when it was said was taken back in its name
            own = OUTBOX.c.error.startswith(f"f{row.id}:")
            held = (OUTBOX.c.state == OutboxState.WITHDRAWN, own)
            connection.execute(update(OUTBOX).where(*held).values(state=OutboxState.PENDING, error=""))
    connection.execute(update(FEEDBACK).where(columns.at < moment, is_young).values(undone_at=None, undone_by=""))
    connection.execute(delete(FEEDBACK).where(columns.at >= moment))
    return len(rows), lost


def _change_back(connection: Connection, change: str, *, is_again: bool, now: datetime) -> bool:
    stories = SqlStories(connection)
    with suppress(InputError, NotFoundError):
        if is_again:
            done = from_json(Change, change)
            stories.move(done.article_ids, done.to_id, now=now)
        else:
            stories.undo(change, now=now)
        return True
    return False


def _take_back_alerts(connection: Connection, moment: datetime) -> None:
    """Delete alerts and watches that were made since; alerts that were first tried since, or corrected, wait again."""
    columns, later = OUTBOX.c, OUTBOX.alias("later")
    is_corrected = exists().where(
        later.c.article_id == columns.article_id,
        later.c.channel == columns.channel,
        later.c.created_at >= moment,
        columns.state == OutboxState.WITHDRAWN,
    )
    is_young = or_(columns.first_tried_at >= moment, columns.sent_at >= moment, is_corrected)
    waiting = {
        **GIVEN_BACK,
        "state": OutboxState.PENDING,
        "n_attempts": 0,
        "next_try_at": None,
        "receipt": "",
        "error": "",
        "sent_at": None,
        "lead_id": None,
        "first_tried_at": None,
    }
    connection.execute(update(OUTBOX).where(columns.created_at < moment, is_young).values(waiting))
    for table in METADATA.sorted_tables:  # alerts, watches, and whatever else is made and has no more to it
        if "created_at" in table.c:
            connection.execute(delete(table).where(table.c.created_at >= moment))
    connection.execute(delete(HEADS).where(or_(HEADS.c.opened_at >= moment, HEADS.c.row_id.not_in(select(columns.id)))))


def _drop_articles(connection: Connection, first_id: int) -> int:
    """Delete the articles from that id on, with what only they told; return how many."""
    ids = connection.execute(select(ARTICLES.c.id).where(ARTICLES.c.id >= first_id).order_by(ARTICLES.c.id))
    dropped = list(ids.scalars())
    for article_id in reversed(dropped):
        _forget(connection, article_id)
    for table in (SHINGLES, IDENTITIES):
        connection.execute(delete(table).where(table.c.article_id >= first_id))
    connection.execute(delete(ARTICLES).where(ARTICLES.c.id >= first_id))
    mark = SqlValues(connection)
    if int(mark.find(_TERMS_MARK) or 0) >= first_id:
        mark.set(_TERMS_MARK, str(first_id - 1))
    return len(dropped)


def _forget(connection: Connection, article_id: int) -> None:
    """Take an article out of what sums up several."""
    stored = get_article(connection, article_id)
    is_indexed = connection.execute(select(ARTICLES.c.is_indexed).where(ARTICLES.c.id == article_id)).scalar_one()
    held_by = list(forget_entities(connection, article_id, read_entity_counts(connection, article_id)).values())
    if is_indexed:
        drop_passages(connection, article_id, stored.article, stored.language)
        recount(connection, article_id, old=stored.term_counts, new={})
    touched = forget_reports(connection, article_id, held_by)
    delete_events(connection, sum_up(connection, touched))
    keep_standings(connection, touched)


def _take_back_editions(connection: Connection, moment: datetime) -> int:
    """Give articles that were edited since the text and the place that they had; return how many."""
    columns = DECISIONS.c
    then = func.max(columns.revision).filter(columns.made_at < moment)
    query = select(columns.article_id, then, func.max(columns.revision)).group_by(columns.article_id)
    edited = [row for row in connection.execute(query).all() if row[1] is not None and row[1] < row[2]]
    for article_id, revision, _ in edited:
        _take_back_edition(connection, article_id, revision)
    return len(edited)


def _take_back_edition(connection: Connection, article_id: int, revision: int) -> None:
    articles, ours = SqlArticles(connection), DECISIONS.c.article_id == article_id
    old = SqlHistory(connection).get_edition(article_id, revision)
    later = get_article(connection, article_id).article
    row = connection.execute(select(DECISIONS).where(ours, DECISIONS.c.revision == revision)).one()
    decision, reading = from_json(Decision, row.data), read(old)
    story_id = decision.story_id or get_article(connection, article_id).story_id
    kept = replace(
        decision,
        story_id=story_id,
        assignments=_assign(connection, decision, reading, story_id=story_id, opened_at=row.made_at),
    )
    articles.revise(article_id, old, reading, kept, now=row.made_at)
    connection.execute(delete(DECISIONS).where(ours, DECISIONS.c.revision > revision))
    replaced = (ARTICLE_REVISIONS.c.article_id == article_id, ARTICLE_REVISIONS.c.revision >= revision)
    connection.execute(delete(ARTICLE_REVISIONS).where(*replaced))
    values = {"revision": revision, "label": row.label}
    connection.execute(update(ARTICLES).where(ARTICLES.c.id == article_id).values(values))
    names = set(identify(later).proofs) - set(identify(old).proofs)
    held = (IDENTITIES.c.article_id == article_id, IDENTITIES.c.hash.in_(names))
    connection.execute(delete(IDENTITIES).where(*held))


def _assign(
    connection: Connection, decision: Decision, reading: Reading, *, story_id: int, opened_at: datetime
) -> tuple[Assignment, ...]:
    """Return the events of an earlier edition: those that it named, those that it opened, or new ones.

    A reading of another version of the program may have other reports; these open events of their own.
    """
    if len(decision.assignments) != len(reading.reports):
        return tuple(Assignment(None, place) for place in range(len(reading.reports)))
    named = {each.event_id for each in decision.assignments if each.event_id is not None}
    there = set(connection.execute(select(EVENTS.c.id).where(EVENTS.c.id.in_(named))).scalars())
    is_own = (EVENTS.c.story_id == story_id, EVENTS.c.opened_at == opened_at)
    opened = list(connection.execute(select(EVENTS.c.id, EVENTS.c.kind).where(*is_own).order_by(EVENTS.c.id)).all())
    found: dict[int, int] = {}
    assigned = []
    for each, report in zip(decision.assignments, reading.reports, strict=True):
        if each.event_id is None and each.group not in found:
            match = next((row for row in opened if row.kind == report.kind), None)
            if match is not None:
                opened.remove(match)
                found[each.group] = match.id
        event_id = found.get(each.group) if each.event_id is None else each.event_id
        is_held = each.event_id is None or each.event_id in there
        assigned.append(Assignment(event_id if is_held else None, each.group))
    return tuple(assigned)


def _drop_orphans(connection: Connection) -> None:
    """Delete, in all tables, rows that hang on a row which is gone; and events whose story is."""
    for table in METADATA.sorted_tables:
        for key in table.foreign_keys:
            column, parent = key.parent, key.column
            is_gone = column.not_in(select(parent))
            connection.execute(delete(table).where(column.is_not(None), is_gone))
    connection.execute(delete(EVENT_ENTITIES).where(EVENT_ENTITIES.c.event_id.not_in(select(EVENTS.c.id))))


def _forget_names(connection: Connection) -> None:
    """Forget names of which no article is left."""
    is_held = exists().where(ARTICLE_ENTITIES.c.entity_id == ENTITIES.c.id)
    connection.execute(delete(ENTITIES).where(ENTITIES.c.n_articles <= 0, ~is_held))
    # At once: the names have no index by entity.
    connection.execute(delete(ENTITY_NAMES).where(ENTITY_NAMES.c.entity_id.not_in(select(ENTITIES.c.id))))


def _count_stories(connection: Connection) -> None:
    """Bring the number and the time of all stories up to date; that of origins is what the last decision said."""
    connection.execute(
        text(
            "UPDATE stories SET n_articles = (SELECT count(*) FROM articles WHERE articles.story_id = stories.id),"
            " last_at = coalesce((SELECT max(made_at) FROM decisions JOIN articles ON articles.id = article_id"
            " WHERE articles.story_id = stories.id), last_at)"
        )
    )


def _reset_ids(connection: Connection) -> None:
    """Let ids go on from those that are left, so that the same articles get the same ids again."""
    names = set(connection.execute(text("SELECT name FROM sqlite_sequence")).scalars())
    for table in METADATA.sorted_tables:
        if table.name in names and "id" in table.c:
            highest = connection.execute(select(func.coalesce(func.max(table.c.id), 0))).scalar_one()
            connection.execute(
                text("UPDATE sqlite_sequence SET seq = :highest WHERE name = :name"),
                {"highest": highest, "name": table.name},
            )
