"""What was read of stored articles lately, kept as long as nobody changes it: articles come as candidates all day.

Owns which rows are remembered between decisions and when they are forgotten. Must never read anything but what changed:
the look-ups are ``storage.candidates``'s and of the modules that own the rows.

The database notes each article that is changed after it was written (``touched``, migration 0009), whoever does so.
Each look at the store begins with what was noted since the last one; these articles are forgotten. New articles change
nothing of the old ones: the newest articles under a name or a word are kept with the article up to which they are
known, and only those behind it are asked for. What a transaction reads that is taken back later must not stay, so all
is forgotten when the writer rolls back. A transaction that began before a change keeps to itself what it reads.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Sequence
from typing import Any, Generic, NamedTuple, TypeVar
from weakref import WeakKeyDictionary

from sqlalchemy import Engine, bindparam, event, func, select
from sqlalchemy.engine import Connection

from news.decision import StoredArticle, StoredReport
from storage.quick import fetch_rows
from storage.schema import TOUCHED

__all__ = ["Recall", "keep_for", "recall"]

_MOST_ARTICLES = 512
_MOST_CHARS = 20_000
"""A longer text is read anew each time: 512 of the longest would be a hundred megabytes."""
_MOST_REPORTS = 6_000
_MOST_LISTS = 2_048
"""Lists of at most 300 ids, 2.4 kB each."""

_Key = TypeVar("_Key")
_Value = TypeVar("_Value")
_HELD: WeakKeyDictionary[Engine, Recall | None] = WeakKeyDictionary()
_NEWEST = select(func.max(TOUCHED.c.n))
_SINCE = select(TOUCHED.c.article_id).where(TOUCHED.c.n > bindparam("mark"))


class _Newest(NamedTuple):
    """Ids under a name or word, newest first, as far as the article ``mark``."""

    mark: int
    ids: array[int]


class Lately(Generic[_Key, _Value]):
    """Values by key; one too many, and the quarter of them that was not asked for longest is forgotten.

    May be used by many threads: at worst a value is not found.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._held: dict[_Key, _Value] = {}  # in the order in which they were asked for

    def find(self, keys: Iterable[_Key]) -> dict[_Key, _Value]:
        """Return those of the values that are remembered."""
        held = self._held
        found: dict[_Key, _Value] = {}
        for key in keys:
            value = held.pop(key, None)
            if value is not None:
                held[key] = found[key] = value
        return found

    def keep(self, values: Iterable[tuple[_Key, _Value]]) -> None:
        """Remember values."""
        held = self._held
        for key, value in values:
            if len(held) >= self._most and key not in held:
                for old in list(held)[: self._most // 4]:
                    held.pop(old, None)
            held[key] = value

    def list_all(self) -> list[tuple[_Key, _Value]]:
        """Return all that is remembered, what was asked for last at the end."""
        return list(self._held.items())


class Recall:
    """What is remembered of one state of the old articles.

    Attributes:
        n_touched: how many changes of articles there were by then.
        plain: articles by id, without their signatures. ``signed``: with them.
        reports: reports by id.
        told: the ids of the reports of each article, in order.
    """

    def __init__(self, n_touched: int) -> None:
        self.n_touched = n_touched
        self.plain = Lately[int, StoredArticle](_MOST_ARTICLES)
        self.signed = Lately[int, StoredArticle](_MOST_ARTICLES)
        self.reports = Lately[int, StoredReport](_MOST_REPORTS)
        self.told = Lately[int, tuple[int, ...]](_MOST_ARTICLES)
        self._newest = Lately[str | int, _Newest](_MOST_LISTS)

    def without(self, article_ids: Iterable[int], n_touched: int) -> Recall:
        """Return what stays true when these articles were changed; of their names and words nobody knows."""
        gone, kept = set(article_ids), Recall(n_touched)
        kept.plain.keep((number, one) for number, one in self.plain.list_all() if number not in gone)
        kept.signed.keep((number, one) for number, one in self.signed.list_all() if number not in gone)
        kept.reports.keep((number, one) for number, one in self.reports.list_all() if one.article_id not in gone)
        kept.told.keep((number, ids) for number, ids in self.told.list_all() if number not in gone)
        return kept

    def keep_articles(self, found: Iterable[StoredArticle], *, is_signed: bool) -> None:
        """Remember articles as they were just read."""
        held = self.signed if is_signed else self.plain
        held.keep((one.id, one) for one in found if len(one.article.text) <= _MOST_CHARS)

    def keep_reports(self, found: Iterable[StoredReport]) -> None:
        """Remember reports as they were just read."""
        self.reports.keep((one.id, one) for one in found)

    def list_newest(
        self, key: str | int, mark: int, fetch: Callable[[int], Sequence[tuple[Any, ...]]], *, limit: int
    ) -> array[int]:
        """Return the newest ids under a name or word, newest first, at most ``limit``.

        Args:
            key: of a word as text, of a name as its number.
            mark: the newest article that this transaction sees.
            fetch: given an article, returns rows that begin with the newest ids of later articles, at most ``limit``.
        """
        known = self._newest.find([key]).get(key)
        if known is not None and known.mark == mark:
            return known.ids
        if known is None or known.mark > mark:
            ids = array("q", [row[0] for row in fetch(0)])
            if known is not None:
                return ids  # somebody else has seen more already
        else:
            ids = array("q", [row[0] for row in fetch(known.mark)])
            ids = (ids + known.ids)[:limit] if ids else known.ids
        self._newest.keep([(key, _Newest(mark, ids))])
        return ids


def keep_for(engine: Engine, *, is_writer: bool) -> None:
    """Remember from now on what is read through an engine; nothing is remembered for others."""
    _HELD[engine] = None
    if is_writer:
        event.listen(engine, "rollback", lambda _: _forget(engine))
        event.listen(engine, "rollback_savepoint", lambda *_: _forget(engine))


def _forget(engine: Engine) -> None:
    if engine in _HELD:
        _HELD[engine] = None


def recall(connection: Connection) -> Recall:
    """Return what is still true of what was read before, as this transaction sees the store."""
    engine = connection.engine
    n_touched = int(fetch_rows(connection, _NEWEST, {})[0][0] or 0)
    held = _HELD.get(engine)
    if held is not None and held.n_touched == n_touched:
        return held
    if held is not None and held.n_touched > n_touched:
        return Recall(n_touched)  # this transaction began before the last change
    fresh = Recall(n_touched)
    if held is not None:
        gone = [row[0] for row in fetch_rows(connection, _SINCE, {"mark": held.n_touched})]
        if len(gone) == n_touched - held.n_touched:  # else there were more changes than the list is long
            fresh = held.without(gone, n_touched)
    if engine in _HELD:
        _HELD[engine] = fresh
    return fresh
