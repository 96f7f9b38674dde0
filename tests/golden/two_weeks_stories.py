"""The two simulated weeks as articles: accounts of our own writing, and copies of them as outlets make them.

Reads ``two_weeks/*.toml``. A copy is one line, ``Outlet +minutes how | Title``; without a title it keeps that of its
account. How: ``same`` word for word, ``cut N`` its first paragraphs, ``credit`` with the name of its source under it,
``light`` in another house style.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from news.model import Article, Precision
from news.reports.outlets import slug_of

FOLDER = Path(__file__).with_name("two_weeks")
EXPECTED = FOLDER / "expected.toml"
SILENCE = "silence"
WIRES = ("Meridian Wire", "Agencia Cordillera")
STATE_MEDIA = ("Voz del Estado", "Северные вести")

_COPY = re.compile(
    r"(?P<outlet>.+?) \+(?P<minutes>\d+) (?P<how>same|credit|light|cut (?P<n>\d+))(?: \| (?P<title>.+))?"
)
_DATELINE = re.compile(r"\A[A-Z][A-Z, a-z]{2,30} — ")
_STYLE = (
    (" percent", " per cent"),
    (" kilometres", " km"),
    (" a.m.", " am"),
    ("late on Monday", "on Monday night"),
    ("About ", "Some "),
    (" has risen to ", " has climbed to "),
    (" have been ", " were "),
    ("informó", "señaló"),
    (" dijo ", " declaró "),
    ("сообщило", "заявило"),
)


@dataclass(frozen=True)
class Piece:
    """One article of the two weeks.

    Attributes:
        name: that of its account, ``blast-5``; of a copy with its number, ``blast-5/2``.
        account: the account that it tells.
        storyline: what it belongs to.
        at: when its outlet puts it into its feed.
    """

    name: str
    account: str
    storyline: str
    at: datetime
    article: Article

    @property
    def is_copy(self) -> bool:
        return "/" in self.name


def site_of(outlet: str) -> str:
    """Return the address of an outlet of ours."""
    return f"https://{slug_of(outlet) or f'outlet-{sum(outlet.encode())}'}.example"


@cache
def load_pieces() -> tuple[Piece, ...]:
    """Return all articles in order of time, those of one moment as they stand in the files."""
    pieces = [piece for path in sorted(FOLDER.glob("[0-9]*.toml")) for piece in _load_file(path)]
    return tuple(sorted(pieces, key=lambda piece: piece.at))


@cache
def load_expected() -> dict[str, tuple[str, ...]]:
    """Return for each account the labels that an editor takes, or silence."""
    tables = tomllib.loads(EXPECTED.read_text(encoding="utf-8"))
    return {name: tuple(words.split(" or ")) for table in tables.values() for name, words in table.items()}


def _load_file(path: Path) -> Iterator[Piece]:
    for storyline in tomllib.loads(path.read_text(encoding="utf-8"))["storylines"]:
        for account in storyline["accounts"]:
            yield from _load_account(account, storyline["name"])


def _load_account(account: dict[str, Any], storyline: str) -> Iterator[Piece]:
    name, first = account["id"], account.get("edits", account["id"])
    own = _make_article(first, account["outlet"], account["title"], account["text"].strip(), account["at"])
    yield Piece(name, name, storyline, account["at"], own)
    for number, line in enumerate(account.get("copies", ()), 1):
        copy = _COPY.fullmatch(line)
        assert copy is not None, f"{name}: {line!r} is no copy"
        at = account["at"] + timedelta(minutes=int(copy["minutes"]))
        text = _rewrite(own, copy["how"].split()[0], int(copy["n"] or 0))
        article = _make_article(f"{name}-{number}", copy["outlet"], copy["title"] or own.title, text, at)
        yield Piece(f"{name}/{number}", name, storyline, at, article)


def _make_article(source_id: str, outlet: str, title: str, text: str, at: datetime) -> Article:
    site = site_of(outlet)
    return Article(
        source_id=source_id,
        url=f"{site}/news/{source_id}",
        outlet=outlet,
        title=title,
        text=text,
        published_at=at,
        published_precision=Precision.DAY,
        feed_url=f"{site}/feed.xml",
    )


def _rewrite(article: Article, how: str, n_paragraphs: int) -> str:
    match how:
        case "cut":
            return "\n\n".join(article.text.split("\n\n")[:n_paragraphs])
        case "credit":
            return f"{article.text}\n\nSource: {article.outlet}"
        case "light":
            return _restyle(article.text)
        case _:
            return article.text


def _restyle(text: str) -> str:
    """Return the text without dateline and quotations, and with other habits of spelling."""
    paragraphs = [paragraph for paragraph in text.split("\n\n") if not paragraph.startswith(('"', "«"))]
    plain = _DATELINE.sub("", "\n\n".join(paragraphs))
    for here, there in _STYLE:
        plain = plain.replace(here, there)
    return plain
