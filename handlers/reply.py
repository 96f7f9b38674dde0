"""What the bot answers: a tree of plain values with nothing of a platform and no markup in it.

Text in it may come from strangers; a renderer escapes it, in one place per platform. ``Reply.data`` is the same answer
for programs: only dicts with string keys, lists, strings, numbers, booleans and None.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from handlers.request import Argument


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


@dataclass(frozen=True, slots=True)
class Moment:
    """A moment known to the minute. ``text`` says it in UTC; a platform may show ``at`` in the reader's own zone."""

    text: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who did something. ``text`` is ``<platform>:<id>``; that platform may show the name, never ping."""

    text: str


@dataclass(frozen=True, slots=True)
class Room:
    """A channel. ``text`` is its address (see ``news.watches.watch``); its platform may show the name as a link."""

    text: str


@dataclass(frozen=True, slots=True)
class Typed:
    """A command as the terminal takes it, ``/feed add <url>``; a platform writes it the way it is typed there."""

    text: str
    is_strong: bool = False


Span = Text | Strong | Link | Moment | Person | Room | Typed


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A run of spans."""

    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading within the answer, such as a year of a timeline.

    Attributes:
        level: 1, or 2 for one under another, such as a month.
    """

    text: str
    level: int = 1


@dataclass(frozen=True, slots=True)
class Quote:
    """A stored sentence, verbatim, with where it stands: ``source`` names outlet, date and article.

    Attributes:
        marks: first and last (exclusive) character of what is new in it, in order, not overlapping; may stand out.
    """

    text: str
    source: tuple[Span, ...]
    marks: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """One dated entry of a timeline or a list of news.

    Attributes:
        when: the date as text with its precision ("week of 10 December 2018").
        notes: short words beside it: modality, independent origins, article ids.
        number: by which it can be asked for, from 1; 0 for none.
    """

    when: str
    title: tuple[Span, ...]
    notes: tuple[str, ...] = ()
    quotes: tuple[Quote, ...] = ()
    disputes: tuple[Paragraph, ...] = ()
    number: int = 0


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
class Action:
    """Something that a reader can do next with one press; where there is nothing to press, the line to type is shown.

    Attributes:
        label: words of the button, at most 40 characters.
        command: path of the command that is run.
        asks: name of the parameter that the reader is asked for first; empty for none.
        hint: what to type there, such as ``a story, such as s4``.
    """

    label: str
    command: str
    arguments: Mapping[str, Argument] = field(default_factory=dict)
    asks: str = ""
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Reply:
    """A whole answer.

    Attributes:
        actions: what the reader can do next, most wanted first.
        failed: the command did not do what was asked; the command line exits with 1 (2 if ``is_misuse``).
        is_private: only the asker should see it, where the platform can do that.
    """

    title: str
    blocks: tuple[Block, ...] = ()
    data: Mapping[str, Any] = field(default_factory=dict)
    failed: bool = False
    is_misuse: bool = False
    is_private: bool = False
    actions: tuple[Action, ...] = ()


def text_of(spans: tuple[Span, ...]) -> str:
    """Return the words of the spans without what sets them off."""
    return "".join(span.text for span in spans)
