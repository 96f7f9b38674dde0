"""Rows of JSON Lines: what a caller hands over, and what it gets back for each row.

Owns the format of both. A row is ``{"id"?, "url"?, "outlet", "title"?, "text" | "html", "published_at"?, "author"?}``;
null is the same as left out, other keys are passed over; one that only misspells a key that is not there is an error.
Must never trust a row: sizes and types are checked first.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from difflib import get_close_matches
from typing import Any, Protocol

from handlers.ports import Transaction
from handlers.records import Record, dispute_record, fact_record, known_since_record, list_origins, moment, reference_of
from news.dates.published import find_doubt
from news.decision import Decision, Label, StoredArticle
from news.documents.boilerplate import strip_boilerplate
from news.errors import DocumentError
from news.model import Article, Precision
from news.words.text import clean_text
from news.words.urls import split_url

LONGEST_ROW_BYTES = 16 * 1024 * 1024
"""A longer row is refused before it is parsed."""

_LONGEST_FIELD = 2_000
_KEYS = frozenset({"id", "url", "outlet", "title", "text", "html", "published_at", "author"})
_MISSPELT = 0.8
"""Likeness of letters from which on a key is taken for a misspelling."""
_TYPES = {
    bool: "true or false",
    int: "a number",
    float: "a number",
    list: "a list",
    dict: "an object",
    str: "a string",
    type(None): "null",
}
_STRING = "a string is needed"
_MOMENT = "2019-03-23T14:05:00Z"
_NEEDED = {
    "published_at": f'a string with ISO 8601 like "{_MOMENT}" is needed',
    "id": "a string or a whole number is needed",
}
"""What a key holds, where that is more than any string."""
_HELD = "held already, word for word"
_LATER_EDITION = "a later edition of that article, whose place it takes"


@dataclass(frozen=True, slots=True)
class Row:
    """One row as parsed: an article, or the reason why it is none. ``number`` counts lines from 1."""

    number: int
    id: str
    article: Article | None
    error: str = ""


@dataclass(frozen=True, slots=True)
class RowResult:
    """What became of one row. ``record`` has the same keys for each row; those of a bad row hold nothing."""

    number: int
    record: Record
    error: str = ""


def iter_rows(
    lines: Iterable[str | bytes], *, clean_html: Callable[[str], str], now: Callable[[], datetime]
) -> Iterator[Row]:
    """Yield a row for each line that is not blank, in order; never raises for a bad one."""
    for number, line in enumerate(lines, start=1):
        if line.strip():
            yield _try_parse(number, line, clean_html, now())


def parse_row(line: str | bytes, *, clean_html: Callable[[str], str], now: datetime) -> Article:
    """Return the article of a row; its ``source_id`` is the caller's id.

    Raises:
        DocumentError: it is no JSON object, has no text, a value of a wrong type, or a date that cannot be true.
    """
    return _make_article(_parse_object(line), clean_html, now)


def failed_row(row: Row, error: str) -> RowResult:
    """Return the result of a row that could not be taken in."""
    record = _result_record(row.id) | {"row": row.number, "error": error}
    return RowResult(row.number, record, error)


class Taken(Protocol):
    """What became of an article; see ``handlers.jobs.ingest.IngestResult``."""

    @property
    def article_id(self) -> int:
        """Its number, or that of the article that it is."""

    @property
    def story_id(self) -> int:
        """The story that it is in."""

    @property
    def decision(self) -> Decision | None:
        """What was decided; None where it was held already."""

    @property
    def is_added(self) -> bool:
        """It is no edition of an article that was held."""


def make_result(tx: Transaction, row: Row, taken: Taken) -> RowResult:
    """Return the result of a row; one that was held already, word for word, is a REPRINT of what is held."""
    record = _result_record(row.id or f"a{taken.article_id}") | {"story": f"s{taken.story_id}"}
    if taken.decision is None:
        held = tx.articles.get(taken.article_id)
        return RowResult(row.number, record | _held_record(held))
    note = None if taken.is_added else _LATER_EDITION
    return RowResult(row.number, record | _decided_record(tx, taken.decision) | {"note": note})


def _result_record(identifier: str) -> Record:
    return {
        "id": identifier,
        "label": None,
        "story": None,
        "duplicate_of": None,
        "known_since": None,
        "new": [],
        "origins": [],
        "disputes": [],
        "note": None,
    }


def _held_record(held: StoredArticle) -> Record:
    reference = reference_of(held.id, held.article)
    known = {
        "article": reference,
        "outlet": held.article.outlet,
        "title": held.article.title,
        "url": held.article.url,
        "published_at": moment(held.article.published_at),
        "quote": held.article.title,
    }
    return {"label": Label.REPRINT.value, "duplicate_of": reference, "known_since": known, "note": _HELD}


def _decided_record(tx: Transaction, decision: Decision) -> Record:
    known = decision.known_since
    return {
        "label": decision.label.value,
        "duplicate_of": _reference(tx, decision.duplicate_of),
        "known_since": known_since_record(known, _reference(tx, known.article_id) or "" if known else ""),
        "new": [fact_record(fact) for fact in decision.new],
        "origins": list_origins(decision.origins),
        "disputes": [dispute_record(dispute) for dispute in decision.disputes],
    }


def _reference(tx: Transaction, article_id: int | None) -> str | None:
    return None if article_id is None else reference_of(article_id, tx.articles.get(article_id).article)


def _try_parse(number: int, line: str | bytes, clean_html: Callable[[str], str], now: datetime) -> Row:
    identifier = ""
    try:
        fields = _parse_object(line)
        identifier = _identifier(fields)
        return Row(number, identifier, _make_article(fields, clean_html, now))
    except DocumentError as error:
        return Row(number, identifier, None, str(error))
    except Exception as error:  # noqa: BLE001 - whatever an HTML parser makes of a stranger's bytes, the rest goes on
        return Row(number, identifier, None, f"cannot be read: {type(error).__name__}: {error}")


def _parse_object(line: str | bytes) -> dict[str, Any]:
    if len(line) > LONGEST_ROW_BYTES:
        raise DocumentError(
            f"longer than {LONGEST_ROW_BYTES // 1024 // 1024} MiB; split it or leave out what is no text"
        )
    try:
        text = line.decode("utf-8-sig") if isinstance(line, bytes) else line.removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        raise DocumentError(f"not UTF-8 (byte {error.start}); save the file as UTF-8") from error
    try:
        value = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise DocumentError(f"not JSON: {str(error)[:120]}") from error
    if not isinstance(value, dict):
        raise DocumentError(f'{_TYPES[type(value)]}, where {{"outlet": ..., "text": ...}} is needed')
    return value


def _make_article(fields: dict[str, Any], clean_html: Callable[[str], str], now: datetime) -> Article:
    _check_spelling(fields)
    url = _field(fields, "url")
    html, text = _field(fields, "html", limit=0), _field(fields, "text", limit=0)
    title = clean_text(_field(fields, "title"))
    body = strip_boilerplate(clean_text(text), title) if text.strip() else clean_html(html)
    if not body.strip() and not title.strip():
        raise DocumentError('has no words: give "text" or "html"')
    published_at = _published(fields, now)
    return Article(
        source_id=_identifier(fields),
        url=url,
        outlet=" ".join(clean_text(_field(fields, "outlet")).split()) or _host(url),
        title=" ".join(title.split()),
        text=body,
        published_at=published_at,
        published_precision=Precision.UNKNOWN if published_at is None else Precision.DAY,
        author=" ".join(clean_text(_field(fields, "author")).split()),
    )


def _check_spelling(fields: dict[str, Any]) -> None:
    """Refuse a key that is nearly one that is not there: an article without its date is another article."""
    for key in fields.keys() - _KEYS:
        meant = get_close_matches(key, _KEYS - fields.keys(), 1, _MISSPELT)
        if meant and (isinstance(fields[key], str) or meant[0] in _NEEDED):
            raise DocumentError(f'has "{key[:40]}" and no "{meant[0]}", which seems to be meant')


def _field(fields: dict[str, Any], name: str, *, limit: int = _LONGEST_FIELD) -> str:
    value = fields.get(name)
    if value is None:
        return ""
    if not isinstance(value, str):
        shown = json.dumps(value, ensure_ascii=False)
        raise DocumentError(f'"{name}" is {_TYPES[type(value)]} ({shown[:40]}), where {_NEEDED.get(name, _STRING)}')
    if limit and len(value) > limit:
        raise DocumentError(f'"{name}" is longer than {limit} characters')
    return value.encode("utf-8", "replace").decode("utf-8")


def _identifier(fields: dict[str, Any]) -> str:
    value = fields.get("id")
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return _field(fields, "id")


def _host(url: str) -> str:
    return (split_url(url).hostname or "").removeprefix("www.")


def _published(fields: dict[str, Any], now: datetime) -> datetime | None:
    text = _field(fields, "published_at").strip()
    if not text:
        return None
    try:
        if len(text) <= len("2019-03-23"):
            moment_ = datetime.combine(date.fromisoformat(text), time(), tzinfo=UTC)
        else:
            moment_ = datetime.fromisoformat(text)
    except ValueError as error:
        raise DocumentError(f'"published_at" is “{text[:40]}”, not ISO 8601 like {_MOMENT}') from error
    moment_ = moment_ if moment_.tzinfo is not None else moment_.replace(tzinfo=UTC)
    doubt = find_doubt(moment_, now=now, is_archive=True)
    if doubt:
        raise DocumentError(f'"published_at" is “{text[:40]}”, {doubt}; mend it, or leave it out')
    return moment_.astimezone(UTC)
