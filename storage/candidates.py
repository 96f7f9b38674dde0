"""What an article may repeat, continue or contradict: finding it without looking at the whole store.

Owns the bounded look-ups behind ``Candidates``. Must never decide: whether a candidate is the same story, an old event
or a contradiction is ``news.novelty``'s. Each look-up reads a bounded number of the newest entries under the rarest
names, words and shingles of the article, so that the cost grows with what is found and not with the store.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from math import log
from typing import Any, NamedTuple

from sqlalchemy import TextClause, func, select, text
from sqlalchemy.engine import Connection

from news.aliases import spelled_otherwise
from news.decision import Candidates, StoredArticle
from news.foreign import words_abroad
from news.model import Article, Entity, Reading, TimeSpan
from storage.article_rows import load_articles, read_signatures
from storage.entities import count_mentions, find_counts, list_known
from storage.passages import SHIFT, count_terms_of
from storage.quick import as_list, fetch_rows, listed
from storage.report_rows import load_reports
from storage.reports import LONG_DAYS, NO_DAY, list_all_keys
from storage.schema import ARTICLES, REPORTS
from storage.shingles import find_sharing
from storage.terms import count_holders
from storage.words import quote, sum_newest

N_SIMILAR = 20
N_RELATED = 30
N_REPORTS = 200
N_ENTITIES = 10
N_TERMS = 12
N_SPELLINGS = 6
"""Names as other languages spell them that are looked up beside the article's own terms."""

N_NEWEST = 300
"""Newest articles looked at under each entity or term."""

N_NEAREST = 5
"""Articles, of the similar and of the related, whose reports are looked at whatever they name."""

_SPARE = 10  # for those among the best that are reprints
_MAX_KEYS = 16
_MAX_WINDOWS = 3
_NEWEST_REPORTS = 60
_MAX_COUNTED_TERMS = 1_000
_EVER = 4_000_000  # past every day that a date can name
_NEWEST = select(func.max(ARTICLES.c.id))
_PLACE = func.row_number().over(partition_by=REPORTS.c.article_id, order_by=REPORTS.c.id).label("place")
_NUMBERED = select(REPORTS.c.id, _PLACE).where(REPORTS.c.article_id.in_(listed("ids"))).subquery()
# The first of each article, so that a long one leaves room for the others.
_OF_ARTICLES = select(_NUMBERED.c.id).order_by(_NUMBERED.c.place, _NUMBERED.c.id).limit(N_REPORTS)


class Weighed(NamedTuple):
    """A name or term of the article: its id in the store or the term itself, and how much sharing it says."""

    name: Any
    weight: float


class Look(NamedTuple):
    """One range of days under one entity."""

    entity_id: int
    first_day: int
    last_day: int
    weight: float


def find_candidates(
    connection: Connection, article: Article, reading: Reading, *, same: StoredArticle | None
) -> Candidates:
    """Return what the store holds on an article that has been read; see ``news.decision.Candidates``.

    Only ``similar`` and ``same`` come with their signatures. Reprints are not among the related: their originals are.
    """
    n_articles = fetch_rows(connection, _NEWEST, {})[0][0] or 0
    known = list_known(reading)
    entities = _find_entities(connection, known)
    terms = count_terms_of(article, reading.language)
    others = words_abroad(article.title, article.text, reading.language) - terms.keys()
    holders = count_holders(connection, [*list(terms)[:_MAX_COUNTED_TERMS], *sorted(others)])
    # In order: which of equals are looked up must not hang on how a set is laid out in memory.
    abroad = {term: holders.pop(term) for term in sorted(others & holders.keys())}
    named_abroad = _weigh_terms(dict.fromkeys(abroad, 1), abroad, n_articles)[:N_SPELLINGS]
    signatures = [reading.signature] if article.original is None else [reading.signature, article.original]
    similar = find_sharing(connection, signatures, limit=N_SIMILAR)
    named = _weigh_entities(count_mentions(reading, known), entities, n_articles)
    related = _find_related(connection, named, [*_weigh_terms(terms, holders, n_articles), *named_abroad])
    loaded = _load(connection, similar, related)
    keyed = _find_reports(connection, reading, known=known, entities=entities, n_articles=n_articles)
    nearest = _reports_of_nearest(connection, (*similar[:N_NEAREST], *related[:N_NEAREST]))
    return Candidates(
        same=same,
        similar=tuple(loaded[number] for number in similar if number in loaded),
        related=tuple(loaded[number] for number in related if _is_original(loaded.get(number)))[:N_RELATED],
        reports=tuple(load_reports(connection, list(dict.fromkeys((*keyed, *nearest))))),
        n_articles=n_articles,
        document_counts={**{key: n for key, (_, n) in entities.items()}, **holders},
    )


def _find_entities(connection: Connection, known: Mapping[str, Entity]) -> dict[str, tuple[int, int]]:
    """Return id and number of articles of each known key; of a person whose key is new, those of another spelling."""
    entities = find_counts(connection, known)
    others = {other: key for key in known if key not in entities for other in spelled_otherwise(key)}
    if others:
        entities |= {others[other]: found for other, found in find_counts(connection, others).items()}
    return entities


def _load(connection: Connection, similar: Sequence[int], related: Sequence[int]) -> dict[int, StoredArticle]:
    signatures = read_signatures(connection, similar)
    return load_articles(connection, dict.fromkeys((*similar, *related)), signatures=signatures)


def _is_original(stored: StoredArticle | None) -> bool:
    return stored is not None and stored.duplicate_of is None


def _rareness(n_holders: int, n_articles: int) -> float:
    return log(1 + n_articles / n_holders)


def _weigh_entities(
    mentions: Mapping[str, int], entities: Mapping[str, tuple[int, int]], n_articles: int
) -> list[Weighed]:
    weighed = [
        Weighed(entities[key][0], _rareness(entities[key][1], n_articles) * (1 + log(n)))
        for key, n in mentions.items()
        if n and key in entities and entities[key][1] > 0
    ]
    return sorted(weighed, key=lambda name: -name.weight)[:N_ENTITIES]


def _weigh_terms(terms: Mapping[str, int], holders: Mapping[str, int], n_articles: int) -> list[Weighed]:
    weighed = [
        Weighed(term, _rareness(n, n_articles) * (1 + log(terms[term])))
        for term, n in holders.items()
        if not term.isdigit() or len(term) > 1
    ]
    return sorted(weighed, key=lambda name: -name.weight)[:N_TERMS]


def _find_related(connection: Connection, entities: Sequence[Weighed], terms: Sequence[Weighed]) -> list[int]:
    """Return the ids of articles that share the most of these, by weight; newer first among equals."""
    scores: dict[int, float] = {}
    if entities:
        values = {f"e{place}": name for place, (name, _) in enumerate(entities)}
        values |= {f"w{place}": weight for place, (_, weight) in enumerate(entities)}
        scores = {row[0]: row[1] for row in fetch_rows(connection, _sum_entities(len(entities)), values)}
    asked = [(quote([term]), weight) for term, weight in terms]
    for article_id, score in sum_newest(connection, [pair for pair in asked if pair[0]], limit=N_NEWEST, shift=SHIFT):
        scores[article_id] = scores.get(article_id, 0.0) + score
    best = sorted(scores, key=lambda number: (-scores[number], -number))
    return best[: N_RELATED + _SPARE]


@cache
def _sum_entities(n: int) -> TextClause:
    """Return the query for the articles under ``n`` entities, most weight first."""
    arms = (
        f"SELECT * FROM (SELECT article_id AS id, :w{place} AS weight FROM article_entities "
        f"WHERE entity_id = :e{place} AND n_mentions > 0 ORDER BY article_id DESC LIMIT {N_NEWEST})"
        for place in range(n)
    )
    return _sum_up(arms, limit=N_NEWEST)


def _sum_up(arms: Iterable[str], *, limit: int) -> TextClause:
    # As text: SQLAlchemy takes tens of milliseconds over sixty arms, once for each number of them.
    both = " UNION ALL ".join(arms)
    return text(f"SELECT id, SUM(weight) FROM ({both}) GROUP BY id ORDER BY 2 DESC, 1 DESC LIMIT {limit}")


def _find_reports(
    connection: Connection,
    reading: Reading,
    *,
    known: Mapping[str, Entity],
    entities: Mapping[str, tuple[int, int]],
    n_articles: int,
) -> list[int]:
    """Return the ids of reports that share keys in windows that may overlap, most weight of shared keys first."""
    looks = _plan_looks(reading, known=known, entities=entities, n_articles=n_articles)
    if not looks:
        return []
    values: dict[str, Any] = {}
    for place, look in enumerate(looks):
        values |= {f"e{place}": look.entity_id, f"f{place}": look.first_day, f"l{place}": look.last_day}
        values[f"w{place}"] = look.weight
    return [row[0] for row in fetch_rows(connection, _sum_looks(len(looks)), values)]


def _reports_of_nearest(connection: Connection, article_ids: Sequence[int]) -> list[int]:
    """Return the ids of all reports of the nearest articles: a sentence that names nobody is under no key."""
    return [row[0] for row in fetch_rows(connection, _OF_ARTICLES, {"ids": as_list(dict.fromkeys(article_ids))})]


def _plan_looks(
    reading: Reading, *, known: Mapping[str, Entity], entities: Mapping[str, tuple[int, int]], n_articles: int
) -> list[Look]:
    windows: dict[str, list[tuple[int, int]]] = {}
    for report in reading.reports:
        for key in list_all_keys(known, report):
            if key in entities and entities[key][1] > 0:
                windows.setdefault(key, []).append(_window(report.when))
    rarest = sorted(windows, key=lambda key: entities[key][1])[:_MAX_KEYS]
    looks = []
    for key in rarest:
        entity_id, n_holders = entities[key]
        weight = _rareness(n_holders, n_articles)
        looks += [Look(entity_id, first, last, weight) for first, last in _merge(windows[key])]
        looks.append(Look(entity_id, NO_DAY, NO_DAY, weight))
    return looks


def _window(when: TimeSpan) -> tuple[int, int]:
    """Return the first and last ordinal under which a report that overlaps may be kept."""
    first = when.first_on.toordinal() - LONG_DAYS if when.first_on else NO_DAY + 1
    return max(first, NO_DAY + 1), when.last_on.toordinal() if when.last_on else _EVER


def _merge(windows: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the windows with overlapping ones joined, latest first; what is too many is joined into the earliest."""
    merged: list[tuple[int, int]] = []
    for first, last in sorted(windows, key=lambda window: -window[1]):
        if merged and (last >= merged[-1][0] or len(merged) == _MAX_WINDOWS):
            merged[-1] = (min(first, merged[-1][0]), merged[-1][1])
        else:
            merged.append((first, last))
    return merged


@cache
def _sum_looks(n: int) -> TextClause:
    """Return the query for the reports in ``n`` ranges of days, most weight first."""
    arms = (
        f"SELECT * FROM (SELECT report_id AS id, :w{place} AS weight FROM report_keys "
        f"WHERE entity_id = :e{place} AND day BETWEEN :f{place} AND :l{place} "
        f"ORDER BY day DESC, report_id DESC LIMIT {_NEWEST_REPORTS})"
        for place in range(n)
    )
    return _sum_up(arms, limit=N_REPORTS)
