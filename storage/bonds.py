"""Articles that fit two stories or are like both, and stories that a person keeps apart.

Owns what is remembered of a pair of stories. Must never join or part any: that is ``storage.moves``'s, and what is
enough to join them ``news.deciding.bonds``'.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, func, or_, select
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.engine import Connection

from news.decision import Linkage, StoredBond
from news.watches.feedback import FeedbackKind
from storage.codec import from_json
from storage.moves import Change
from storage.schema import ARTICLES, FEEDBACK, STORY_BONDS, STORY_LINKAGES
from storage.types import AnyRow


class SqlBonds:
    """Bonds; see ``handlers.stores.BondStore``. Unique by pair of stories and article."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, one: int, other: int, bond: StoredBond) -> None:
        """Remember a bond of two stories, named in any order; that of the same article is replaced."""
        low, high = sorted((one, other))
        row = {
            "story_id": low,
            "other_id": high,
            "article_id": bond.article_id,
            "score": bond.scores[0],
            "other_score": bond.scores[1],
            "origin": bond.origin,
            "at": bond.at,
        }
        statement = insert(STORY_BONDS).values(**row)
        keys = ("story_id", "other_id", "article_id")
        values = {name: statement.excluded[name] for name in row if name not in keys}
        self._connection.execute(statement.on_conflict_do_update(index_elements=keys, set_=values))

    def list_between(self, one: int, other: int, *, since: datetime) -> list[StoredBond]:
        """Return the bonds of two stories from then on, oldest first, whose articles are in either still."""
        low, high = sorted((one, other))
        columns = STORY_BONDS.c
        query = (
            select(columns.article_id, columns.score, columns.other_score, columns.origin, columns.at)
            .join(ARTICLES, ARTICLES.c.id == columns.article_id)
            .where(columns.story_id == low, columns.other_id == high, columns.at >= since)
            .where(ARTICLES.c.story_id.in_((low, high)))
            .order_by(columns.at, columns.article_id)
        )
        return [StoredBond(row[0], (row[1], row[2]), row[3], row[4]) for row in self._connection.execute(query)]

    def add_linkages(self, article_id: int, linkages: Sequence[Linkage], *, at: datetime) -> None:
        """Remember how alike an article is to other stories; what was remembered of it before is forgotten."""
        self._connection.execute(delete(STORY_LINKAGES).where(STORY_LINKAGES.c.article_id == article_id))
        rows = [
            {"article_id": article_id, "other_id": one.article_id, "total": one.total, "n_pairs": one.n_pairs, "at": at}
            for one in linkages
        ]
        if rows:
            self._connection.execute(insert(STORY_LINKAGES), rows)

    def sum_linkages(self, one: int, other: int, *, since: datetime) -> tuple[float, int]:
        """Return how alike the articles of two stories are to the other one, from then on: log-odds, and of n pairs."""
        ours, theirs, columns = ARTICLES.alias("ours"), ARTICLES.alias("theirs"), STORY_LINKAGES.c
        query = (
            select(func.coalesce(func.sum(columns.total), 0.0), func.coalesce(func.sum(columns.n_pairs), 0))
            .select_from(ours)
            .join(STORY_LINKAGES, columns.article_id == ours.c.id)
            .join(theirs, theirs.c.id == columns.other_id)
            .where(ours.c.story_id.in_((one, other)), theirs.c.story_id.in_((one, other)))
            .where(ours.c.story_id != theirs.c.story_id, columns.at >= since)
        )
        total, n_pairs = self._connection.execute(query).one()
        return float(total), int(n_pairs)

    def are_parted(self, one: int, other: int) -> bool:
        """Return whether somebody took an article of one out of the other, or took back that they were joined.

        What was said holds for the articles that it was said of, whatever stories they are in by now; a mark that
        parted them and was taken back holds no more.
        """
        columns = FEEDBACK.c
        inside = select(ARTICLES.c.id).where(ARTICLES.c.story_id.in_((one, other)))
        near = or_(
            columns.article_id.in_(inside), columns.story_id.in_((one, other)), columns.other_story_id.in_((one, other))
        )
        said = or_(
            (columns.kind == FeedbackKind.APART) & columns.undone_at.is_(None),
            (columns.kind == FeedbackKind.SAME) & columns.undone_at.is_not(None),
        )
        query = select(columns.change).where(near, said, columns.change != "")
        return any(self._parts(row, one, other) for row in self._connection.execute(query))

    def is_kept_whole(self, story_id: int) -> bool:
        """Return whether it was joined of two, or somebody took back that it was parted."""
        columns = FEEDBACK.c
        inside = select(ARTICLES.c.id).where(ARTICLES.c.story_id == story_id)
        near = or_(columns.article_id.in_(inside), columns.story_id == story_id, columns.other_story_id == story_id)
        said = or_(
            (columns.kind == FeedbackKind.SAME) & columns.undone_at.is_(None),
            (columns.kind == FeedbackKind.APART) & columns.undone_at.is_not(None),
        )
        query = select(columns.id).where(near, said, columns.change != "").limit(1)
        return self._connection.execute(query).first() is not None

    def _parts(self, row: AnyRow, one: int, other: int) -> bool:
        """Return whether a move, done or undone, stands between two stories: its two sides are one in either."""
        done = from_json(Change, row.change)
        moved = set(done.article_ids)
        rest = {article_id for standing in done.standings for article_id in standing.article_ids} - moved
        homes, others = self._homes(moved), self._homes(rest)
        return (one in homes and other in others) or (other in homes and one in others)

    def _homes(self, article_ids: set[int]) -> set[int | None]:
        query = select(ARTICLES.c.story_id).distinct().where(ARTICLES.c.id.in_(sorted(article_ids)))
        return set(self._connection.execute(query).scalars())

    def prune(self, *, before: datetime) -> int:
        """Forget bonds and linkages from before then; return how many."""
        old = (delete(table).where(table.c.at < before) for table in (STORY_BONDS, STORY_LINKAGES))
        return sum(self._connection.execute(one).rowcount for one in old)
