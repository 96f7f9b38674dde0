"""``wirewatch inspect [FILE|-]``: how the bot reads one text. Needs no database."""

from __future__ import annotations

import sys
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Any

from bot.call import Call
from bot.output import emit
from bot.wiring import utc_now
from feeds.extract import clean_html
from handlers.messages import count_words
from handlers.reply import Reply, Table
from handlers.values import parse_first_day
from news.documents.parse import parse_document
from news.errors import DocumentError
from news.inspection import describe
from news.model import Article, Precision
from news.reading import read
from news.words.fingerprint import encode, sign

_LARGEST_BYTES = 2 * 1024 * 1024


def run(call: Call) -> int:
    """Read the text and show what was found; offsets are characters into the text as given.

    With ``--fingerprint`` show the sketch that the front matter of a seed takes: that of the document's story alone,
    without the navigation and comments around it.
    """
    if call.words.fingerprint:
        return _show_sketch(call)
    published = call.words.published
    published_at: datetime | None = None
    if published is not None:
        published_at = datetime.combine(parse_first_day(published, now=utc_now()), time(), tzinfo=UTC)
    precision = Precision.DAY if published_at else Precision.UNKNOWN
    text = read_text(call.words.file)
    article = Article("", "", "", "", text, published_at=published_at, published_precision=precision)
    return emit(make_reply(describe(article, read(article))), call.output_format)


def _show_sketch(call: Call) -> int:
    """Print the sketch on one line, however long: it is there to be copied."""
    name = "stdin.txt" if call.words.file == "-" else Path(call.words.file).name
    document = parse_document(name, read_text(call.words.file).encode(), clean_html=clean_html)
    sketch = encode(sign(document.text))
    if call.output_format == "json":
        return emit(Reply(sketch, data={"fingerprint": sketch}), call.output_format)
    sys.stdout.write(sketch + "\n")
    return 0


def read_text(name: str) -> str:
    """Return the text of a file or of stdin (``-``), unchanged. Raises DocumentError."""
    try:
        data = _read_bytes(name)
    except OSError as error:
        raise DocumentError(f"the file {name} cannot be read: {error.strerror}") from error
    if len(data) > _LARGEST_BYTES:
        raise DocumentError(f"the file {name} is larger than {_LARGEST_BYTES // 1024 // 1024} MiB; give one article")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise DocumentError(f"{name} is not UTF-8 (byte {error.start}); save it as UTF-8") from error


def _read_bytes(name: str) -> bytes:
    if name == "-":
        return sys.stdin.buffer.read(_LARGEST_BYTES + 1)
    with Path(name).open("rb") as file:
        return file.read(_LARGEST_BYTES + 1)


def make_reply(found: dict[str, Any]) -> Reply:
    """Return what was read as three tables."""
    dates = Table(
        ("text", "value", "from", "to", "precision"),
        tuple(
            (date["text"], date["value"], date["from"] or "", date["to"] or "", date["precision"])
            for date in found["dates"]
        ),
    )
    names = Table(
        ("text", "name", "kind"),
        tuple((entity["text"], entity["name"], entity["kind"]) for entity in found["entities"]),
    )
    events = Table(
        ("sentence", "from", "kind", "modality", "actors", "figures", "origin"),
        tuple(_event_row(event) for event in found["events"]),
    )
    title = f"Language {found['language'] or 'unknown'}; " + ", ".join(
        (
            count_words(len(found["dates"]), "date"),
            count_words(len(found["entities"]), "name"),
            count_words(len(found["events"]), "event"),
        )
    )
    return Reply(title, tuple(table for table in (dates, names, events) if table.rows), found)


def _event_row(event: dict[str, Any]) -> tuple[str, ...]:
    figures = ", ".join(
        f"{quantity['value']:g} {quantity['object'] or quantity['unit']}" for quantity in event["quantities"]
    )
    return (
        event["sentence"],
        event["from"] or "",
        event["kind"],
        event["modality"],
        ", ".join(event["actors"]),
        figures,
        event["origin"] or "",
    )
