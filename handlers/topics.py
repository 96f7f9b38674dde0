"""Topics against the store: which names are known, and what to offer for those that are not.

Owns the join of the built-in names with those of the store. The grammar of topics is ``news.queries.topics``'s.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from handlers.messages import KIND_WORDS, count_words
from handlers.ports import Transaction
from handlers.reply import Link, Listing, Notice, Reply, Strong, Text, Tone
from news.errors import QueryError
from news.model import Entity
from news.names import entities
from news.queries.asked import find_quoted, parse_asked
from news.queries.expression_grammar import parse_expression
from news.queries.expressions import Expression
from news.queries.topics import KnownName, Topic, nearest_names, parse_topic

_NAMES_TO_COMPARE = 5_000
_SHOWN = 20
_LONGEST_SHOWN = 120


def make_resolve(tx: Transaction) -> Callable[[str], Sequence[Entity]]:
    """Return a function that gives all entities a name may stand for: the built-in ones first, then the store's own."""

    def resolve(name: str) -> Sequence[Entity]:
        found = {entity.key: entity for entity in entities.lookup(name)}
        for entity in tx.events.resolve(name):
            found.setdefault(entity.key, entity)
        return tuple(found.values())

    return resolve


def get_topic(text: str, tx: Transaction) -> Topic:
    """Return the topic. Raises QueryError that says where the mistake is, with an example."""
    try:
        return parse_asked(text, make_resolve(tx))
    except QueryError as error:
        raise _with_place(error, text, "cannot be looked up") from error


def get_words(text: str, tx: Transaction) -> Topic:
    """Return names and words as they are, without any grammar. Raises QueryError."""
    return parse_topic(text, make_resolve(tx))


def get_expression(text: str, tx: Transaction) -> Expression:
    """Return what a watch listens to. Raises QueryError that says where the mistake is, with an example."""
    try:
        return parse_expression(text, make_resolve(tx))
    except QueryError as error:
        raise _with_place(error, text, "cannot be watched") from error


def _with_place(error: QueryError, text: str, what: str) -> QueryError:
    at = error.position
    where = "" if at is None else f" (at “{text[at : at + _SHOWN]}”)" if text[at:].strip() else " (at its end)"
    return QueryError(f"“{text[:_LONGEST_SHOWN]}” {what}{where}: {error}", position=at)


def is_named(topic: Topic) -> bool:
    """Return whether every part of the topic is a known name; words that are none may still stand in articles."""
    return all(term.keys for term in topic.terms)


def nearest_to(text: str, tx: Transaction) -> tuple[KnownName, ...]:
    """Return known names that look like the text, nearest first."""
    return nearest_names(text, tx.events.list_names(limit=_NAMES_TO_COMPARE))


def answer_unknown(topic: Topic, tx: Transaction, data: dict[str, object]) -> Reply:
    """Return the answer to a topic that the record has nothing on, with the nearest known names."""
    nearest = nearest_to(topic.text, tx)
    title = f"Nothing in the record on “{topic.text}”."
    quoted = (Notice(Tone.INFO, (Text(remark),)) for remark in remark_on_quotes(topic.text))
    blocks = (*quoted, _offer(nearest) if nearest else _advise())
    listing = (Listing(tuple(_name_item(name) for name in nearest)),) if nearest else ()
    offered = [{"name": name.name, "kind": name.kind.value, "n_articles": name.n_articles} for name in nearest]
    record = {**data, "error": title, "nearest": offered}
    return Reply(title, (*blocks, *listing), record, failed=True, is_private=True)


def remark_on_quotes(text: str) -> list[str]:
    """Return that OR, AND and NOT are only words within quotation marks, where some stand there."""
    quoted = find_quoted(text)
    how = "is taken as a phrase, word for word; without the quotation marks OR, AND and NOT count"
    return [f"{quoted} {how}."] if quoted else []


def _offer(nearest: Sequence[KnownName]) -> Notice:
    return Notice(Tone.INFO, (Text("Did you mean "), Strong(nearest[0].name), Text("? The nearest known names:")))


def _advise() -> Notice:
    return Notice(Tone.INFO, (Text("Add feeds with /feed add, or documents with the seed command of the program."),))


def _name_item(name: KnownName) -> tuple[Strong | Text | Link, ...]:
    return (Strong(name.name), Text(f" ({KIND_WORDS[name.kind]}, {count_words(name.n_articles, 'article')})"))
