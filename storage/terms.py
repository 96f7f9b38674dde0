"""How many articles have a term.

Owns the counts by which rare words are told from common ones. A count for each of an article's two hundred terms would
touch as many pages of the database with each article, megabytes of log; so the counts of ``terms`` are brought up to
date once in ``BATCH`` articles, and until then the articles behind the mark are counted as they are asked for. The
mark moves in the transaction that counts, so that nothing is ever counted twice or lost.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping

from sqlalchemy import bindparam, select
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.engine import Connection

from storage.article_rows import read_counts
from storage.bulk import write_rows
from storage.quick import as_list, fetch_rows, listed
from storage.schema import ARTICLES, TERMS
from storage.values import SqlValues

BATCH = 16

_MARK = "terms_counted_to"
_INSERT = insert(TERMS)
_COUNT = _INSERT.on_conflict_do_update(
    index_elements=["term"], set_={"n_articles": TERMS.c.n_articles + _INSERT.excluded.n_articles}
)
_HELD = select(TERMS.c.term, TERMS.c.n_articles).where(TERMS.c.term.in_(listed("terms")))
_BEHIND = select(ARTICLES.c.term_counts).where(ARTICLES.c.id > bindparam("mark"), ARTICLES.c.is_indexed)


def count_holders(connection: Connection, terms: Iterable[str]) -> dict[str, int]:
    """Return in how many articles of the full-text index each term stands; terms of no article are left out."""
    wanted = list(terms)
    counts = {term: n for term, n in fetch_rows(connection, _HELD, {"terms": as_list(wanted)}) if n > 0}
    asked = set(wanted)
    for article in _list_behind(connection, _read_mark(connection)):
        for term in asked & article.keys():
            counts[term] = counts.get(term, 0) + 1
    return counts


def _read_mark(connection: Connection) -> int:
    return int(SqlValues(connection).find(_MARK) or 0)


def _list_behind(connection: Connection, mark: int) -> list[Mapping[str, int]]:
    """Return the terms of each article that stands behind the mark."""
    return [read_counts(data) for (data,) in fetch_rows(connection, _BEHIND, {"mark": mark})]


def count_up_to(connection: Connection, article_id: int, *, at_once: bool = False) -> None:
    """Bring the counts up to date with this article, the newest, if a batch is full or it is wanted at once."""
    mark = _read_mark(connection)
    if at_once or article_id - mark >= BATCH:
        counts = Counter(term for article in _list_behind(connection, mark) for term in article)
        write_rows(connection, _COUNT, ("term", "n_articles"), sorted(counts.items()))
        SqlValues(connection).set(_MARK, str(article_id))


def recount(connection: Connection, article_id: int, *, old: Collection[str], new: Collection[str]) -> None:
    """Replace the terms of an article that gets a later edition; both are empty where it is not indexed."""
    if article_id <= _read_mark(connection):
        changes = [(term, -1) for term in old if term not in new] + [(term, 1) for term in new if term not in old]
        write_rows(connection, _COUNT, ("term", "n_articles"), sorted(changes))
