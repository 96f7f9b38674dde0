"""What an article may repeat, continue or contradict: finding it without looking at the whole store.

Owns the bounded look-ups behind ``Candidates``. Must never decide: whether a candidate is the same story, an old event
or a contradiction is ``news.novelty``'s. Each look-up reads a bounded number of the newest entries under the rarest
names, words and shingles of the article, so that the cost grows with what is found and not with the store.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from math import log
from typing import Any, NamedTuple

from sqlalchemy import TextClause, func, select, text
from sqlalchemy.engine import Connection

from news.decision import Candidates, StoredArticle, StoredReport
from news.matching.foreign import words_abroad
from news.model import Article, Entity, Reading, TimeSpan
from news.names.aliases import spelled_otherwise
from news.reports.furniture import without_furniture
from storage.article_rows import load_articles, read_signatures
from storage.entities import count_mentions, find_counts, list_known
from storage.passages import count_terms_of, first_id
from storage.quick import as_list, fetch_rows, listed
from storage.recall import Recall, recall
from storage.report_rows import load_reports
from storage.reports import LONG_DAYS, NO_DAY, list_all_keys
from storage.schema import ARTICLES, REPORTS
from storage.shingles import find_sharing
from storage.terms import count_holders
from storage.words import list_newest, quote

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
_NEWEST_UNDER = text(
    "SELECT article_id FROM article_entities WHERE entity_id = :name AND article_id > :mark AND n_mentions > 0 "
    f"ORDER BY article_id DESC LIMIT {N_NEWEST}"
)
_OF_ARTICLES = select(REPORTS.c.article_id, REPORTS.c.id).where(REPORTS.c.article_id.in_(listed("ids")))


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
    recalled = recall(connection)
    n_articles = fetch_rows(connection, _NEWEST, {})[0][0] or 0
    known = list_known(reading)
    entities = _find_entities(connection, known)
    terms = count_terms_of(article, reading.language)
    bare = without_furniture(article)
    others = words_abroad(bare.title, bare.text, reading.language) - terms.keys()
    holders = count_holders(connection, [*list(terms)[:_MAX_COUNTED_TERMS], *sorted(others)])
    # In order: which of equals are looked up must not hang on how a set is laid out in memory.
    abroad = {term: holders.pop(term) for term in sorted(others & holders.keys())}
    named_abroad = _weigh_terms(dict.fromkeys(abroad, 1), abroad, n_articles)[:N_SPELLINGS]
    signatures = [reading.signature] if article.original is None else [reading.signature, article.original]
    similar = find_sharing(connection, signatures, limit=N_SIMILAR)
    named = _weigh_entities(count_mentions(reading, known), entities, n_articles)
    known_terms = [*_weigh_terms(terms, holders, n_articles), *named_abroad]
    related = _find_related(connection, named, known_terms, recalled=recalled, newest_id=n_articles)
    signed = _load_signed(connection, similar, recalled)
    keyed = _find_reports(connection, reading, known=known, entities=entities, n_articles=n_articles)
    nearest = _reports_of_nearest(connection, (*similar[:N_NEAREST], *related[:N_NEAREST]), recalled)
    return Candidates(
        same=same,
        similar=tuple(signed[number] for number in similar if number in signed),
        related=tuple(_load_originals(connection, related, signed=signed, recalled=recalled)),
        reports=tuple(_load_reports(connection, list(dict.fromkeys((*keyed, *nearest))), recalled)),
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


def _load_signed(connection: Connection, ids: Sequence[int], recalled: Recall) -> dict[int, StoredArticle]:
    """Return articles by id, with their signatures."""
    found = recalled.signed.find(ids)
    missing = [number for number in ids if number not in found]
    if missing:
        fresh = load_articles(connection, missing, signatures=read_signatures(connection, missing))
        recalled.keep_articles(fresh.values(), is_signed=True)
        found |= fresh
    return found


def _load_plain(connection: Connection, ids: Sequence[int], recalled: Recall) -> dict[int, StoredArticle]:
    """Return articles by id, without their signatures."""
    found = recalled.plain.find(ids)
    missing = [number for number in ids if number not in found]
    if missing:
        fresh = load_articles(connection, missing, signatures={})
        recalled.keep_articles(fresh.values(), is_signed=False)
        found |= fresh
    return found


def _load_originals(
    connection: Connection, ids: Sequence[int], *, signed: dict[int, StoredArticle], recalled: Recall
) -> list[StoredArticle]:
    """Return the first ``N_RELATED`` articles of ``ids`` that are no reprints; no more are loaded than may be needed.

    Those among ``signed`` are taken from there.
    """
    originals: list[StoredArticle] = []
    at = 0
    while at < len(ids) and len(originals) < N_RELATED:
        some = ids[at : at + N_RELATED - len(originals)]
        at += len(some)
        loaded = _load_plain(connection, [number for number in some if number not in signed], recalled) | signed
        originals += [loaded[number] for number in some if _is_original(loaded.get(number))]
    return originals


def _load_reports(connection: Connection, ids: Sequence[int], recalled: Recall) -> list[StoredReport]:
    """Return reports in the order of ``ids``; those that do not exist are left out."""
    found = recalled.reports.find(ids)
    fresh = load_reports(connection, [number for number in ids if number not in found])
    recalled.keep_reports(fresh)
    found |= {one.id: one for one in fresh}
    return [found[number] for number in ids if number in found]


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
    return sorted(weighed, key=lambda one: (-one.weight, one.name))[:N_ENTITIES]


def _weigh_terms(terms: Mapping[str, int], holders: Mapping[str, int], n_articles: int) -> list[Weighed]:
    weighed = sorted(
        (-_rareness(n, n_articles) * (1 + log(terms[term])), term)
        for term, n in holders.items()
        if not term.isdigit() or len(term) > 1
    )
    return [Weighed(term, -weight) for weight, term in weighed[:N_TERMS]]


def _find_related(
    connection: Connection, entities: Sequence[Weighed], terms: Sequence[Weighed], *, recalled: Recall, newest_id: int
) -> list[int]:
    """Return the ids of articles that share the most of these, by weight; newer first among equals."""

    def articles_under(name: int) -> array[int]:
        def fetch(mark: int) -> list[tuple[Any, ...]]:
            return fetch_rows(connection, _NEWEST_UNDER, {"name": name, "mark": mark})

        return recalled.list_newest(name, newest_id, fetch, limit=N_NEWEST)

    def articles_with(phrase: str) -> array[int]:
        def fetch(mark: int) -> list[tuple[Any, ...]]:
            return list_newest(connection, phrase, oldest=first_id(mark + 1) if mark else 0, limit=N_NEWEST)

        return recalled.list_newest(phrase, newest_id, fetch, limit=N_NEWEST)

    scores = _sum_up([(articles_under(name), weight) for name, weight in entities])
    asked = [(quote([term]), weight) for term, weight in terms]
    for article_id, score in _sum_up([(articles_with(phrase), weight) for phrase, weight in asked if phrase]).items():
        scores[article_id] = scores.get(article_id, 0.0) + score
    best = _list_best(scores, N_RELATED + _SPARE)
    return sorted(best, key=lambda number: (-scores[number], -number))


def _sum_up(lists: Sequence[tuple[Iterable[int], float]]) -> dict[int, float]:
    """Return the sum of the weights of each article in these lists, of the best 300; newer ones among equals.

    An article that stands in a list twice counts once.
    """
    scores: dict[int, float] = {}
    for ids, weight in lists:
        found = dict.fromkeys(ids, weight)
        found |= {number: scores[number] + weight for number in scores.keys() & found.keys()}
        scores |= found
    return {number: scores[number] for number in _list_best(scores, N_NEWEST)}


def _list_best(scores: Mapping[int, float], n: int) -> list[int]:
    """Return the ids with the highest scores in no order; newer ones among those that are as good as the last."""
    if len(scores) <= n:
        return list(scores)
    least = sorted(scores.values())[-n]
    best = [number for number, score in scores.items() if score > least]
    equal = sorted([number for number, score in scores.items() if score == least], reverse=True)
    return best + equal[: n - len(best)]


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


def _reports_of_nearest(connection: Connection, article_ids: Sequence[int], recalled: Recall) -> list[int]:
    """Return the ids of all reports of the nearest articles: a sentence that names nobody is under no key.

    The first of each article come first, so that a long one leaves room for the others.
    """
    found = recalled.told.find(dict.fromkeys(article_ids))
    missing = [number for number in article_ids if number not in found]
    if missing:
        fresh: dict[int, list[int]] = {number: [] for number in missing}
        for article_id, number in fetch_rows(connection, _OF_ARTICLES, {"ids": as_list(fresh)}):
            fresh[article_id].append(number)
        told = {number: tuple(sorted(ids)[:N_REPORTS]) for number, ids in fresh.items()}
        recalled.told.keep(told.items())
        found |= told
    placed = sorted((place, number) for ids in found.values() for place, number in enumerate(ids))
    return [number for _, number in placed[:N_REPORTS]]


def _plan_looks(
    reading: Reading, *, known: Mapping[str, Entity], entities: Mapping[str, tuple[int, int]], n_articles: int
) -> list[Look]:
    windows: dict[str, list[tuple[int, int]]] = {}
    for report in reading.reports:
        for key in list_all_keys(known, report):
            if key in entities and entities[key][1] > 0:
                windows.setdefault(key, []).append(_window(report.when))
    rarest = sorted(windows, key=lambda key: (entities[key][1], key))[:_MAX_KEYS]
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
    # As text: SQLAlchemy takes tens of milliseconds over sixty arms, once for each number of them.
    both = " UNION ALL ".join(arms)
    return text(f"SELECT id, SUM(weight) FROM ({both}) GROUP BY id ORDER BY 2 DESC, 1 DESC LIMIT {N_REPORTS}")
