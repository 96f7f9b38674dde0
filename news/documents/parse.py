"""Documents from a disk: Markdown with front matter, plain text, HTML.

Owns the way from the bytes of one file to one article. Must never open a file or follow a link, and never let a
document in half read: whatever is wrong with it is a DocumentError that names the file and says what to do.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from news.documents.boilerplate import strip_boilerplate
from news.documents.markdown import parse_markdown
from news.documents.pages import PageHead, parse_moment, read_html_head, read_plain_head
from news.errors import DocumentError
from news.model import Article, Precision, Signature
from news.words import fingerprint
from news.words.charsets import decode_text, has_mark
from news.words.sentences import split_sentences
from news.words.text import clean_text

__all__ = ["FRONT_MATTER_KEYS", "MAX_DOCUMENT_BYTES", "parse_document"]

MAX_DOCUMENT_BYTES = 5_000_000
"""Larger files are refused: no article is that long."""

FRONT_MATTER_KEYS = (
    "title", "outlet", "author", "language", "published", "published_basis", "published_reason", "url", "original",
    "fingerprint",
)  # fmt: skip
"""The keys that the front matter of a Markdown document may have."""

_MAX_CHARS = 400_000
_MAX_TITLE = 120
_FENCE = "+++"
_BASES = ("stated", "inferred")
_LANGUAGE = re.compile(r"[a-z]{2}")
_HTML = re.compile(
    r"\s*(?:<\?xml[^<>]{0,200}>\s*)?(?:<!--[^<>]{0,500}-->\s*)?<(?:!doctype html|html|head|body)\b", re.IGNORECASE
)
_SOURCE_LINE = re.compile(r"^(?:source|via|fuente|источник)\s*:\s+([^\n.]{2,80})$", re.IGNORECASE | re.MULTILINE)
_BINARY = {
    b"%PDF": "a PDF file: export its text first",
    b"PK\x03\x04": "a packed file (docx, odt, epub or zip): save it as plain text, Markdown or HTML",
    b"\xd0\xcf\x11\xe0": "an old Word file: save it as plain text",
    b"\x1f\x8b": "packed with gzip: unpack it first",
}
_BULLET = re.compile(r"^(?:[-*•·–—]|\d{1,4}[.)])\s")
_WRAP_WIDTHS = range(45, 101)
_WRAP_RATIO = 0.6


def parse_document(name: str, data: bytes, *, clean_html: Callable[[str], str]) -> Article:
    """Return the article that the file ``name`` holds.

    Args:
        name: the file's name without its folder; it becomes ``source_id``, and its ending tells the kind.
        data: its bytes, at most 5,000,000.
        clean_html: returns the main text of an HTML page (``feeds.extract`` has one).

    Markdown opens with TOML between ``+++`` lines (``FRONT_MATTER_KEYS``; ``title`` may be the first heading instead,
    ``published_reason`` is due where ``published_basis`` is "inferred"). In plain text, title, outlet and author are
    read from the first short lines, and page furniture is dropped. ``published_at`` is None where nothing states it.

    Raises:
        DocumentError: too large, empty, not text, front matter that is broken or has an unknown key, no story in it.
    """
    text = _decode(name, data)
    suffix = name.lower().rpartition(".")[2]
    if text.lstrip("\ufeff \n\r\t").startswith(_FENCE) or suffix in {"md", "markdown"}:
        article = _read_markdown(name, text)
    elif suffix in {"html", "htm", "xhtml"} or _HTML.match(text):
        article = _read_html(name, text, clean_html)
    else:
        article = _read_plain(name, text)
    if not article.text:
        raise DocumentError(f"{name}: no story was found in it; check that the file holds the text of an article")
    return article if article.title else replace(article, title=_title_of(article.text))


def _decode(name: str, data: bytes) -> str:
    if len(data) > MAX_DOCUMENT_BYTES:
        raise DocumentError(f"{name}: {len(data):,} bytes are too many; split it into articles of at most 5,000,000")
    if not data.strip():
        raise DocumentError(f"{name}: the file is empty; write the article into it or remove it")
    kind = next((what for magic, what in _BINARY.items() if data.startswith(magic)), "")
    if kind:
        raise DocumentError(f"{name}: this is {kind}")
    if b"\0" in data and not has_mark(data):
        raise DocumentError(f"{name}: this is no text (it holds zero bytes); save it as UTF-8 text, Markdown or HTML")
    return decode_text(data)[:_MAX_CHARS]


def _title_of(text: str) -> str:
    """Return the first sentence, cut to a length fit for a title."""
    first = split_sentences(text[: _MAX_TITLE * 10])[0].text
    if len(first) <= _MAX_TITLE:
        return first
    return first[:_MAX_TITLE].rsplit(" ", 1)[0] + " …"


def _read_markdown(name: str, text: str) -> Article:
    fields, body = _split_front_matter(name, text)
    plain = parse_markdown(body)
    original = fields.get("fingerprint")
    published_at = _published(name, fields)
    title = clean_text(fields.get("title") or plain.heading)
    return Article(
        source_id=name,
        url=fields.get("url", ""),
        outlet=clean_text(fields.get("outlet", "")),
        title=title,
        text=clean_text(
            plain.text if plain.heading in {"", title} or not title else f"{plain.heading}\n\n{plain.text}"
        ),
        published_at=published_at,
        published_precision=Precision.DAY if published_at else Precision.UNKNOWN,
        author=clean_text(fields.get("author", "")),
        language=fields.get("language", ""),
        links=plain.links,
        original=_decode_original(name, original) if original else None,
    )


def _decode_original(name: str, code: str) -> Signature:
    try:
        return fingerprint.decode(code)
    except DocumentError as error:
        raise DocumentError(f"{name}: {error}") from error


def _split_front_matter(name: str, text: str) -> tuple[dict[str, Any], str]:
    text = text.lstrip("\ufeff \n\r\t").replace("\r\n", "\n")
    if not text.startswith(_FENCE):
        return {}, text
    block, fence, body = text[len(_FENCE) :].partition(f"\n{_FENCE}")
    if not fence:
        raise DocumentError(f"{name}: the front matter is not closed; put a line {_FENCE} below its last key")
    try:
        fields = tomllib.loads(block)
    except tomllib.TOMLDecodeError as error:
        raise DocumentError(f"{name}: the front matter is no valid TOML: {error}") from error
    _check_fields(name, fields)
    return fields, body.lstrip("+")


def _check_fields(name: str, fields: Mapping[str, Any]) -> None:
    for key, value in fields.items():
        if key not in FRONT_MATTER_KEYS:
            raise DocumentError(
                f"{name}: unknown key {key!r} in the front matter; known are {', '.join(FRONT_MATTER_KEYS)}"
            )
        if key != "published" and not isinstance(value, str):
            raise DocumentError(f"{name}: {key} must be a string in quotation marks, not {value!r}")
    basis = fields.get("published_basis", "stated")
    if basis not in _BASES:
        raise DocumentError(f"{name}: published_basis must be one of {', '.join(_BASES)}, not {basis!r}")
    if basis == "inferred" and not fields.get("published_reason", "").strip():
        raise DocumentError(f"{name}: published_basis is inferred; say in published_reason what it was inferred from")
    language = fields.get("language", "")
    if language and not _LANGUAGE.fullmatch(language):
        raise DocumentError(f"{name}: language must be a two-letter code such as en, es or ru, not {language!r}")


def _published(name: str, fields: Mapping[str, Any]) -> datetime | None:
    value = fields.get("published")
    if isinstance(value, str):
        value = parse_moment(value) if value.strip() else None
        if value is None and fields["published"].strip():
            raise DocumentError(f"{name}: published is no date: write it as 2019-03-25 or 2019-03-25T14:00:00Z")
    if value is None or isinstance(value, datetime):
        return value if value is None or value.tzinfo is UTC else _to_utc(value)
    if isinstance(value, date):
        return datetime(value.year, value.month, value.day, tzinfo=UTC)
    raise DocumentError(f"{name}: published is no date: write it as 2019-03-25 or 2019-03-25T14:00:00Z, not {value!r}")


def _to_utc(moment: datetime) -> datetime:
    return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)


def _read_html(name: str, text: str, clean_html: Callable[[str], str]) -> Article:
    head = read_html_head(text)
    return _from_head(name, head, clean_text(clean_html(text)))


def _from_head(name: str, head: PageHead, text: str) -> Article:
    return Article(
        source_id=name,
        url=head.url,
        outlet=head.outlet,
        title=head.title,
        text=text,
        published_at=head.published_at,
        published_precision=Precision.DAY if head.published_at else Precision.UNKNOWN,
        author=head.author,
        language=head.language,
    )


def _read_plain(name: str, text: str) -> Article:
    lines = text.splitlines()
    head = read_plain_head(lines)
    story = [line for line in lines[head.body_line :] if not head.outlet or line.strip() != head.outlet]
    body = clean_text(strip_boilerplate("\n".join(story), head.title))
    if not head.outlet:
        credit = _SOURCE_LINE.search(body)
        head = replace(head, outlet=credit[1].strip() if credit else "")
    return _from_head(name, head, clean_text(_unwrap(body)))


def _unwrap(text: str) -> str:
    """Join lines that were only broken to fit a page, if most lines of the text were."""
    blocks = [block.split("\n") for block in text.split("\n\n")]
    inner = [line for block in blocks for line in block[:-1]]
    broken = sum(len(line) in _WRAP_WIDTHS and line[-1] not in '.!?:”"' for line in inner)
    if not inner or broken < _WRAP_RATIO * len(inner):
        return text
    return "\n\n".join(_join_lines(block) for block in blocks)


def _join_lines(lines: list[str]) -> str:
    joined = lines[0]
    for line in lines[1:]:
        joined += ("\n" if _BULLET.match(line) else " ") + line
    return joined
