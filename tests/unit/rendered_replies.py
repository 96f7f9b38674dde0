"""Replies that the renderers of all chats are tried with: what is alike, and the tricks of each as arguments."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from handlers.reply import (
    Action,
    Block,
    Entry,
    Heading,
    Link,
    Listing,
    Moment,
    Notice,
    Paragraph,
    Person,
    Quote,
    Reply,
    Span,
    Strong,
    Table,
    Text,
    Tone,
)

GOLDEN = Path(__file__).resolve().parents[1] / "golden"
WHEN = datetime(2019, 3, 25, 6, 40, tzinfo=UTC)
WHY = (Action("Why", "why", {"item": "n4"}),)

ERROR = Reply(
    "There is no watch 7 here.",
    (Notice(Tone.ERROR, (Text("/watch list shows all."),)), Paragraph((Text("incident 5f3a"),))),
    failed=True,
    is_private=True,
)  # fmt: skip


def make_timeline(trick: str, herald: tuple[Span, ...]) -> Reply:
    """Return a timeline of which one quote is ``trick``."""
    return Reply(
        "venezuela: 3 entries",
        (
            Heading("2018"),
            Entry(
                "week of 10 December 2018",
                (Text("Two bombers flew to Venezuela. — "), Link("Gazette", "https://gazette.example/1"), Text(", a1")),
                ("2 reports, 1 independent origin: Wire", "e1"),
            ),
            Heading("2019"),
            Entry(
                "23 March 2019",
                (Text("Two planes with about 100 troops landed in Caracas."),),
                ("alleged", "e2"),
                (
                    Quote("A third was expected on *Monday*.", herald),
                    Quote(trick, herald),
                ),
                (Paragraph((Strong("figure disputed: "), Text("Gazette says 100; Herald says 20"))),),
            ),
            Entry("29 October 2025", (Text("A cargo plane landed."),), ("planned",)),
            Notice(Tone.INFO, (Text("1 entry without a date was left out: /timeline venezuela --dates 4"),)),
        ),
    )


def make_alert(title: str, source: Link, person: str, herald: tuple[Span, ...]) -> Reply:
    """Return an alert with a title and a source of the feed, marked by a person of the chat."""
    return Reply(
        title,
        (
            Paragraph((source, Text(", "), Moment("24 March 2019", WHEN))),
            Paragraph((Strong("New figure: "), Text("250 troops"))),
            Quote("Around 250 troops landed on Saturday, officials said.", herald),
            Paragraph((Text("≠ Herald says 100."),)),
            Paragraph((Text("Marked as known by "), Person(person), Text(", f3"))),
            Notice(Tone.WARNING, (Text("Possibly repeated: an earlier try may have arrived."),)),
        ),
        actions=WHY,
    )  # fmt: skip


def make_digest(herald: tuple[Span, ...]) -> Reply:
    """Return a digest with a table of feeds."""
    return Reply(
        "12 alerts",
        (
            Listing(tuple((Strong("NEW"), Text(f" Report {n} — "), *herald) for n in range(1, 4))),
            Table(
                ("feed", "outlet", "status", "last"),
                (("1", "Gazette", "active", "2 min ago"), ("2", "Herald", "paused", "")),
            ),
            Notice(Tone.INFO, (Text("9 more: /brief"),)),
        ),
    )


def make_month() -> tuple[Block, ...]:
    """Return the entries of a month, which do not go on one page."""
    return tuple(Entry(f"{n} March 2019", (Text("word " * 60),)) for n in range(1, 29))


def make_large(words: str, longest: str, herald: tuple[Span, ...]) -> Reply:
    """Return an answer of more than 200 KB, one entry of which is ``longest``."""
    quotes = (Quote("Ёлка " * 100, herald),)
    blocks: list[Block] = [Entry("1 March 2019", (Text(words * 10),), quotes=quotes) for _ in range(80)]
    return Reply("Large", (*blocks, Entry("long", (Text(longest),))))
