"""Full text: the best passages for a query.

Owns which words are asked for and the order of what is found. Must never let a text become a query: ``storage.words``
quotes everything. The cost is bounded at any size of store: the rarest words are asked for, until together they stand
in ``MAX_ARTICLES`` articles; the common rest could only reorder what the rare ones find, at a hundred times the cost.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import and_, bindparam, func, select, text
from sqlalchemy.engine import Connection

from news.answers.retrieval import PassageHit, PassageQuery
from storage.entities import find_ids
from storage.passages import SHIFT, first_id
from storage.schema import ARTICLE_ENTITIES, ARTICLES, PASSAGES
from storage.terms import count_holders
from storage.types import AnyRow, end_of, to_microseconds
from storage.words import any_of, list_forms, phrase_query, quote

MAX_ARTICLES = 20_000
MAX_WORDS = 16
_KEY_BONUS = 0.5
"""How much of its own score a passage gains when its article has all of the wanted entities."""

_SPARE = 3
"""So many times the wanted hits are ranked, for the bonus to choose from."""

# The order by "rank" comes before any join: FTS5 then need not hand over every hit. Its weights stand in the migration.
_RANKED = (
    "SELECT rowid AS id, -rank AS score FROM passage_words "
    "WHERE passage_words MATCH :query AND rowid >= :oldest {until} ORDER BY rank LIMIT :limit"
)
_RANK_ALL = text(_RANKED.format(until=""))
_RANK_UNTIL = text(
    _RANKED.format(
        until="AND (SELECT published_at IS NULL OR published_at < :before FROM articles "
        f"WHERE articles.id = passage_words.rowid >> {SHIFT})"
    )
)


class SqlPassages:
    """Full text of all articles; see ``handlers.stores.PassageIndex``."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def search(self, query: PassageQuery) -> list[PassageHit]:
        """Return the best passages, best first: BM25, raised for articles with the wanted entities; above 0.

        Articles without a date count as published before any ``until``.
        """
        asked, oldest = self._compose(query)
        if not asked or query.limit <= 0:
            return []
        values: dict[str, Any] = {"query": asked, "oldest": oldest, "limit": query.limit * _SPARE}
        statement = _RANK_ALL
        if query.until is not None:
            statement = _RANK_UNTIL
            values["before"] = to_microseconds(end_of(query.until))
        scores = {row.id: row.score for row in self._connection.execute(statement, values)}
        return self._load(self._prefer(scores, query.keys), query.limit)

    def _compose(self, query: PassageQuery) -> tuple[str, int]:
        """Return the query for the index and the smallest passage id to look at."""
        phrases = [
            f"({asked})" for phrase in query.phrases[:MAX_WORDS] if (asked := phrase_query(phrase, column="terms"))
        ]
        if len(phrases) < len(query.phrases[:MAX_WORDS]):
            return "", 0  # a phrase without a letter in it stands nowhere
        words, oldest = self._choose_words(query.words)
        if phrases:
            # Phrases are rare by themselves; FTS5 knows no optional word, but "p AND (p OR w)" ranks as if it did.
            return " AND ".join([*phrases, f"({any_of([phrases[0], words])})"]), 0
        return words, oldest

    def _choose_words(self, words: Sequence[str]) -> tuple[str, int]:
        forms = {word: list_forms(word) for word in dict.fromkeys(words[: MAX_WORDS * 4]) if word.strip()}
        counts = count_holders(self._connection, {part for found in forms.values() for form in found for part in form})
        by_rarity = sorted(forms, key=lambda word: _rarity(forms[word], counts))
        chosen: list[str] = []
        n_articles = 0
        for word in by_rarity[:MAX_WORDS]:
            n_holders = _rarity(forms[word], counts)
            if chosen and n_articles + n_holders > MAX_ARTICLES:
                break
            n_articles += n_holders
            chosen += map(quote, forms[word])
        return any_of(chosen), self._bound(n_articles)

    def _bound(self, n_holders: int) -> int:
        """Return the passage id from which on about ``MAX_ARTICLES`` of so many holders are."""
        if n_holders <= MAX_ARTICLES:
            return 0
        last = self._connection.execute(select(func.max(ARTICLES.c.id))).scalar() or 0
        return first_id(last - last * MAX_ARTICLES // n_holders)

    def _prefer(self, scores: Mapping[int, float], keys: Sequence[str]) -> dict[int, float]:
        """Return the scores with the bonus for entities, best first; newer ones first among equals."""
        ids = list(find_ids(self._connection, keys).values()) if scores else []
        held: dict[int, int] = {}
        if ids:
            pairs = ARTICLE_ENTITIES.c
            articles = sorted({passage >> SHIFT for passage in scores})
            ours = and_(pairs.entity_id.in_(ids), pairs.article_id.in_(articles))
            counts = select(pairs.article_id, func.count()).where(ours).group_by(pairs.article_id)
            held = {article_id: n for article_id, n in self._connection.execute(counts)}  # noqa: C416 - the rows are no tuples to the type checker
        share = _KEY_BONUS / len(ids) if ids else 0.0
        raised = {passage: score * (1 + share * held.get(passage >> SHIFT, 0)) for passage, score in scores.items()}
        return dict(sorted(raised.items(), key=lambda item: (-item[1], -item[0])))

    def _load(self, scores: Mapping[int, float], limit: int) -> list[PassageHit]:
        """Return the hits for the first ``limit`` passages; an entry left behind by an older edition has no row."""
        if not scores:
            return []
        query = (
            select(
                PASSAGES.c.id.label("passage_id"),
                PASSAGES.c.first_sentence,
                func.substr(ARTICLES.c.text, PASSAGES.c.start + 1, PASSAGES.c.end - PASSAGES.c.start).label("quote"),
                ARTICLES.c.id,
                ARTICLES.c.source_id,
                ARTICLES.c.story_id,
                ARTICLES.c.outlet,
                ARTICLES.c.title,
                ARTICLES.c.url,
                ARTICLES.c.published_at,
            )
            .join(ARTICLES, ARTICLES.c.id == PASSAGES.c.id.op(">>")(SHIFT))
            .where(PASSAGES.c.id.in_(bindparam("ids", expanding=True)))
        )
        rows = {row.passage_id: row for row in self._connection.execute(query, {"ids": list(scores)})}
        return [_to_hit(rows[passage], score) for passage, score in scores.items() if passage in rows][:limit]


def _rarity(forms: Iterable[Sequence[str]], counts: Mapping[str, int]) -> int:
    """Return about how many articles have a word: the most that any of its forms has, the least of a form's parts."""
    return max((min(counts.get(part, 0) for part in form) for form in forms), default=0)


def _to_hit(row: AnyRow, score: float) -> PassageHit:
    return PassageHit(
        article_id=row.id,
        article_ref=row.source_id or f"a{row.id}",
        story_id=row.story_id,
        outlet=row.outlet,
        title=row.title,
        url=row.url,
        published_at=row.published_at,
        first_sentence=row.first_sentence,
        text=row.quote,
        score=score,
    )
