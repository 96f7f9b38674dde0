"""What the bot answers: a tree of plain values with nothing of a platform and no markup in it.

Text in it may come from strangers; a renderer escapes it, in one place per platform. ``Reply.data`` is the same answer
for programs: only dicts with string keys, lists, strings, numbers, booleans and None.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


@dataclass(frozen=True, slots=True)
class Text:
    """Plain words."""

    text: str


@dataclass(frozen=True, slots=True)
class Strong:
    """Words that stand out: a label, a changed figure."""

    text: str


@dataclass(frozen=True, slots=True)
class Link:
    """Words that open an address. ``url`` may be empty: then it is plain words."""

    text: str
    url: str


Span = Text | Strong | Link


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A run of spans."""

    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading within the answer, such as a year of a timeline."""

    text: str


@dataclass(frozen=True, slots=True)
class Quote:
    """A stored sentence, verbatim, with where it stands: ``source`` names outlet, date and article."""

    text: str
    source: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """One dated entry of a timeline or a list of news.

    Attributes:
        when: the date as text with its precision ("week of 10 December 2018").
        notes: short words beside it: modality, independent origins, article ids.
    """

    when: str
    title: tuple[Span, ...]
    notes: tuple[str, ...] = ()
    quotes: tuple[Quote, ...] = ()
    disputes: tuple[Paragraph, ...] = ()


@dataclass(frozen=True, slots=True)
class Listing:
    """Items in order, one line each."""

    items: tuple[tuple[Span, ...], ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under named columns; every row has as many cells as there are columns."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


class Tone(StrEnum):
    """What a notice is."""

    INFO = "info"
    WARNING = "warning"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class Notice:
    """A remark to the reader: what was left out, what to do next, what went wrong."""

    tone: Tone
    spans: tuple[Span, ...]


Block = Paragraph | Heading | Quote | Entry | Listing | Table | Notice


@dataclass(frozen=True, slots=True)
class Reply:
    """A whole answer.

    Attributes:
        failed: the command did not do what was asked; the command line exits with 1 (2 if ``is_misuse``).
        is_private: only the asker should see it, where the platform can do that.
    """

    title: str
    blocks: tuple[Block, ...] = ()
    data: Mapping[str, Any] = field(default_factory=dict)
    failed: bool = False
    is_misuse: bool = False
    is_private: bool = False


def text_of(spans: tuple[Span, ...]) -> str:
    """Return the words of the spans without what sets them off."""
    return "".join(span.text for span in spans)
