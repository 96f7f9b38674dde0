"""Entities: which names the store has met, and which articles they stand in.

Owns the rows of entities, of their names, and of article-entity pairs with their counts. Must never decide what a name
stands for: that is ``news.names.entities``'s. A key that only lies around a named one (Venezuela around Caracas) counts
as an entity of the article too, with no mentions.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain

from sqlalchemy import bindparam, delete, insert, select, update
from sqlalchemy.dialects.sqlite import insert as insert_or
from sqlalchemy.engine import Connection

from news.model import Entity, EntityKind, Reading, Report
from news.names.entities import get_entity
from news.words.text import fold
from storage.bulk import write_rows
from storage.codec import from_json, to_json
from storage.quick import as_list, fetch_rows, listed
from storage.schema import ARTICLE_ENTITIES, ENTITIES, ENTITY_NAMES
from storage.types import storable

_MAX_NAME = 100
_INSERT = insert(ENTITIES)
_INSERT_PAIRS = insert(ARTICLE_ENTITIES)
_DROP_PAIRS = delete(ARTICLE_ENTITIES).where(
    ARTICLE_ENTITIES.c.entity_id == bindparam("e"), ARTICLE_ENTITIES.c.article_id == bindparam("a")
)
_KEEP_NAMES = insert_or(ENTITY_NAMES).on_conflict_do_nothing()
_FIND = select(ENTITIES.c.key, ENTITIES.c.id, ENTITIES.c.n_articles).where(ENTITIES.c.key.in_(listed("keys")))
_COUNT = (
    update(ENTITIES)
    .where(ENTITIES.c.id == bindparam("entity_number"))
    .values(
        n_articles=ENTITIES.c.n_articles + bindparam("n_new"),
        n_mentions=ENTITIES.c.n_mentions + bindparam("n_said"),
    )
)


def report_keys(report: Report) -> tuple[str, ...]:
    """Return the keys that a report names, actors first, each once."""
    return tuple(dict.fromkeys((*report.actors, *report.places, *report.equipment)))


def list_around(known: Mapping[str, Entity], keys: Iterable[str]) -> set[str]:
    """Return the keys that ``keys`` lie in or belong to, leaving themselves out."""
    wanted = set(keys)
    return set(chain.from_iterable(known[key].within for key in wanted if key in known)) - wanted


def list_known(reading: Reading) -> dict[str, Entity]:
    """Return every entity that the reading names or implies, by key: mentioned, reported, and what lies around them.

    A key without an entity of its own gets a name made from the key; one of an unknown kind is left out.
    """
    known = {mention.entity.key: mention.entity for mention in reading.mentions}
    reported = set(chain.from_iterable(report_keys(report) for report in reading.reports))
    for key in sorted(reported - known.keys()):
        known |= _imagine(key)
    for key in sorted(list_around(known, known)):
        known |= _imagine(key)
    return known


def _imagine(key: str) -> dict[str, Entity]:
    """Return the entity of a bare key, under that key; empty if its kind is unknown."""
    found = get_entity(key)
    if found is not None:
        return {key: found}
    kind, _, slug = key.partition(":")
    if kind not in set(EntityKind) or not slug:
        return {}
    return {key: Entity(key, slug.replace("-", " ").title(), EntityKind(kind))}


def count_mentions(reading: Reading, known: Mapping[str, Entity]) -> dict[str, int]:
    """Return the mentions of each known key, most first; 0 for those that are only implied."""
    counts = Counter(mention.entity.key for mention in reading.mentions)
    return {**dict(counts.most_common()), **dict.fromkeys(sorted(known.keys() - counts.keys()), 0)}


def list_names(reading: Reading, known: Mapping[str, Entity]) -> list[tuple[str, str]]:
    """Return every form in which the article knows an entity, folded, with its key."""
    names = {(_storable_fold(mention.text)[:_MAX_NAME], mention.entity.key) for mention in reading.mentions}
    names |= {(_storable_fold(entity.name)[:_MAX_NAME], key) for key, entity in known.items()}
    return sorted(name for name in names if name[0])


def record_entities(
    connection: Connection,
    article_id: int,
    known: Mapping[str, Entity],
    counts: Mapping[str, int],
    names: Iterable[tuple[str, str]],
) -> dict[str, int]:
    """Write the entities of an article, their mentions and their names (``list_names``); return the id of each key."""
    ids = _ensure(connection, known)
    _count(connection, ids, counts, sign=1)
    pairs = sorted((ids[key], article_id, n) for key, n in counts.items())
    write_rows(connection, _INSERT_PAIRS, ("entity_id", "article_id", "n_mentions"), pairs)
    write_rows(connection, _KEEP_NAMES, ("folded", "entity_id"), sorted((name, ids[key]) for name, key in names))
    return ids


def forget_entities(connection: Connection, article_id: int, counts: Mapping[str, int]) -> dict[str, int]:
    """Take back what ``record_entities`` wrote for an article, names aside; return the id of each key."""
    ids = find_ids(connection, counts)
    _count(connection, ids, counts, sign=-1)
    write_rows(connection, _DROP_PAIRS, ("e", "a"), [(entity_id, article_id) for entity_id in ids.values()])
    return ids


def find_ids(connection: Connection, keys: Iterable[str]) -> dict[str, int]:
    """Return the ids of the keys that the store knows."""
    return {key: entity_id for key, (entity_id, _) in find_counts(connection, keys).items()}


def find_counts(connection: Connection, keys: Iterable[str]) -> dict[str, tuple[int, int]]:
    """Return id and number of articles of each key that the store knows."""
    rows = fetch_rows(connection, _FIND, {"keys": as_list(keys)})
    return {key: (entity_id, n_articles) for key, entity_id, n_articles in rows}


def _ensure(connection: Connection, known: Mapping[str, Entity]) -> dict[str, int]:
    ids = find_ids(connection, known)
    missing = [known[key] for key in known if key not in ids]
    if not missing:
        return ids
    rows = [
        (None, storable(each.key), storable(each.name), each.kind.value, _write_within(each), 0, 0) for each in missing
    ]
    write_rows(connection, _INSERT, ("id", "key", "name", "kind", "within", "n_articles", "n_mentions"), rows)
    return ids | find_ids(connection, [entity.key for entity in missing])


def _write_within(entity: Entity) -> str:
    return storable(to_json(entity.within)) if entity.within else "[]"


def _count(connection: Connection, ids: Mapping[str, int], counts: Mapping[str, int], *, sign: int) -> None:
    rows = sorted((ids[key], sign, sign * counts[key]) for key in counts if key in ids)
    write_rows(connection, _COUNT, ("entity_number", "n_new", "n_said"), rows)


def _storable_fold(name: str) -> str:
    return storable(fold(name))


def list_carriers(connection: Connection, name: str) -> list[Entity]:
    """Return the entities that carry the name in any form that the store has met, most mentioned first."""
    query = (
        select(ENTITIES)
        .join(ENTITY_NAMES, ENTITY_NAMES.c.entity_id == ENTITIES.c.id)
        .where(ENTITY_NAMES.c.folded == fold(name.strip())[:_MAX_NAME])
        .order_by(ENTITIES.c.n_mentions.desc(), ENTITIES.c.id)
    )
    return [
        Entity(row.key, row.name, EntityKind(row.kind), from_json(tuple[str, ...], row.within))
        for row in connection.execute(query)
    ]


def choose_main(title: str, counts: Mapping[str, int], mentions: Sequence[tuple[str, str]]) -> list[str]:
    """Return the keys that an article is about, at most five: named in its title, or half as often as the first.

    ``mentions`` are pairs of text as written and key; ``counts`` are in order, most first.
    """
    heading = fold(title)
    titled = {key for text, key in mentions if fold(text) in heading} if heading else set()
    most = max(counts.values(), default=0)
    often = [key for key, n in counts.items() if n > 1 and n * 2 >= most][:3]
    return list(dict.fromkeys([*(key for key in counts if key in titled), *often]))[:5]
