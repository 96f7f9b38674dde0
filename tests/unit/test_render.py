"""Renderers: nothing of a stranger's text gets through to the screen or the spreadsheet, and nothing is lost."""

from __future__ import annotations

import csv
import io
import json
import re
import unicodedata
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.render.export import escape_markdown, render_csv, render_json, render_markdown, safe_cell
from bot.render.safety import clean_line, width_of
from bot.render.terminal import render_text
from bot.render.wrapping import Run, fill
from handlers.reply import (
    Action,
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
    Strong,
    Table,
    Text,
    Tone,
)
from tests.property.replies import replies

GOLDEN = Path(__file__).resolve().parents[1] / "golden"
HOSTILE = "\x1b[31mred\x1b]0;title\x07 \u202etxt.exe\u2066 a\u200bb \x9b2J \r\nnext\x00\u2028line \ufeff\U000e0041"
WHEN = datetime(2019, 3, 25, 6, 40, tzinfo=UTC)
ADA = Person("discord:80351110224678912")

WHOLE = Reply(
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
            (Text("Two planes with about 100 troops landed in Caracas, and what they carried was not said."),),
            ("alleged", "e2"),
            (Quote("A third was expected on Monday.", (Link("Herald", "https://herald.example/2"), Text(", a2"))),),
            (Paragraph((Strong("figure disputed: "), Text("Gazette says 100; Herald says 20"))),),
        ),
        Paragraph((Text("One. "), Strong("Two."))),
        Paragraph((Text("Fetched "), Moment("25 March 2019, 06:40 UTC", WHEN), Text(", marked by "), ADA, Text("."))),
        Listing(((Strong("/help"), Text(" — shows this")), (Text("x" * 70),))),
        Table(("id", "feed", "status"), (("1", "Gazette", "active"), ("22", "日本の新聞", "paused"))),
        Notice(Tone.WARNING, (Text("2 feeds failing."),)),
    ),
    actions=(
        Action("Why", "why", {"item": "n4"}),
        Action("Timeline", "timeline", {"topic": "venezuela"}),
        Action("Same story as", "mark same", {"item": "n4"}, asks="story", hint="a story, such as s4"),
        Action("Already known", "mark known", {"item": "n4"}),
    ),
)  # fmt: skip

TIMELINE = Reply(
    "=cmd: 1 entry",
    (),
    {
        "topic": "=cmd",
        "entries": [
            {
                "from": "2019-03-23",
                "to": "2019-03-24",
                "precision": "span",
                "modality": "planned",
                "title": '=HYPERLINK("http://evil.example","click")',
                "sentences": ["-2+3"],
                "reports": [
                    {
                        "article": "a1",
                        "outlet": "*Gazette* [x](y)",
                        "url": "https://gazette.example/a b>(1)",
                        "published_at": "2019-03-25T00:00:00+00:00",
                        "quote": "# <b>bold</b> | `code`",
                    },
                    {"article": "a2", "outlet": "", "url": "javascript:alert(1)", "published_at": None, "quote": "q"},
                ],
                "n_independent": 1,
                "disputes": [
                    {
                        "kind": "figure",
                        "here": {"value": "100 troops", "outlet": "Gazette"},
                        "there": {"value": "20 troops", "outlet": "Herald"},
                    }
                ],
            }
        ],
    },
)


def check_golden(name: str, text: str) -> None:
    path = GOLDEN / name
    assert text == path.read_bytes().decode("utf-8"), f"if the change is wanted, write the new text to {path}"


@pytest.mark.parametrize(("name", "width"), [("terminal_wide.txt", 100), ("terminal_narrow.txt", 44)])
def test_golden_terminal(name: str, width: int) -> None:
    check_golden(name, render_text(WHOLE, width=width))


def test_golden_exports() -> None:
    check_golden("timeline.csv", render_csv(TIMELINE))
    check_golden("timeline.md", render_markdown(TIMELINE))


@settings(max_examples=50)
@given(replies(), st.integers(1, 120), st.booleans())
def test_no_text_moves_the_cursor_or_colours_the_screen(reply: Reply, width: int, is_coloured: bool) -> None:  # noqa: FBT001 - drawn
    """The only escape sequences that ever come out are the renderer's own styles."""
    text = render_text(reply, width=width, is_coloured=is_coloured)
    styled = re.sub(r"\x1b\[(0|1|2|3|4|33|31|1;36)m", "", text) if is_coloured else text
    wrong = [
        hex(ord(char)) for char in styled if char != "\n" and unicodedata.category(char) in {"Cc", "Cf", "Cs", "Zl"}
    ]
    assert wrong == []


@settings(max_examples=50)
@given(replies(), st.integers(30, 120))
def test_no_line_is_wider_than_the_screen(reply: Reply, width: int) -> None:
    for line in render_text(reply, width=width).splitlines():
        assert width_of(line) <= width, line


@pytest.mark.parametrize(
    ("actions", "line"),
    [
        ((), None),
        ((Action("Why", "why", {"item": "n4"}),), "Next: /why n4"),
        ((Action("Same", "mark same", {"item": "n4"}, asks="story"),), "Next: /mark same n4 <story>"),
        (WHOLE.actions, "Next: /why n4 · /timeline venezuela · /mark same n4 <story> · /help mark"),
        ((Action("T", "timeline", {"topic": "a\x1b[2J\u202eb"}),), "Next: /timeline a[2Jb"),
    ],
)
def test_what_can_be_done_next_is_one_line_to_type(actions: tuple[Action, ...], line: str | None) -> None:
    last = render_text(Reply("News", actions=actions)).splitlines()[-1]
    assert last == (line or "News")


@given(st.lists(st.text(alphabet="abc дэ 漢", max_size=40)), st.integers(10, 60))
def test_wrapping_loses_nothing(texts: list[str], width: int) -> None:
    lines = fill([Run(text) for text in texts], width)
    assert "".join("".join(lines).split()) == "".join("".join(texts).split())


@pytest.mark.parametrize(
    ("dirty", "clean"),
    [
        ("plain text", "plain text"),
        ("a\x1b[2Jb", "a[2Jb"),
        ("a\u202eb\u2069c\u200fd", "abcd"),
        ("a\u200bb\u200dc\ufeffd\u00ade", "abcde"),
        ("a\tb\r\nc\u2028d\u00a0e", "a b  c d e"),
        ("Z" + "\u0323" * 50, "Z" + "\u0323" * 4),
        ("Guaidó, Ёлка, 東京", "Guaidó, Ёлка, 東京"),
        ("\x9b31m", "31m"),
        ("a\u3164b\u2800c\u034fd\u115fe", "abcde"),
        ("👍\ufe0f", "👍\ufe0f"),
    ],
)
def test_clean_line(dirty: str, clean: str) -> None:
    assert clean_line(dirty) == clean


@given(st.text())
def test_json_is_lossless_and_harmless(text: str) -> None:
    """What is printed as JSON cannot act on a terminal, and reads back as it was."""
    printed = render_json({"text": text})
    assert not [char for char in printed if unicodedata.category(char) == "Cc" and char != "\n"]
    assert "\u202e" not in printed
    assert json.loads(printed) == {"text": text}


def test_json_lines_are_single_lines() -> None:
    assert render_json({"a": [1, "x\ny"]}, is_line=True).count("\n") == 1


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "  =1", "\u200b=1"])
def test_no_cell_is_a_formula(text: str) -> None:
    """A spreadsheet must never calculate, or fetch, what a feed wrote."""
    assert safe_cell(text).startswith("'")


@given(st.text(max_size=40))
def test_csv_cells_read_back(text: str) -> None:
    entry = {**TIMELINE.data["entries"][0], "title": text}
    rows = list(csv.reader(io.StringIO(render_csv(Reply("t", (), {"entries": [entry]})), newline="")))
    assert len(rows) == 2
    assert len(rows[0]) == len(rows[1])
    assert not rows[1][4].startswith(("=", "+", "-", "@", "\t", "\r"))


@given(st.text(max_size=60))
def test_markdown_shows_text_as_it_is(text: str) -> None:
    escaped = escape_markdown(text)
    assert re.sub(r"\\(.)", r"\1", escaped) == clean_line(text)
    assert not re.search(r"(?<!\\)(\\\\)*[<\[*_`]", escaped)


@pytest.mark.parametrize("address", ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", ""])
def test_an_address_that_no_page_has_is_not_printed(address: str) -> None:
    """A terminal makes links of what looks like one."""
    reply = Reply("x", (Paragraph((Link("The title", address),)),))
    assert "The title" in render_text(reply, width=60)
    assert not address or address not in render_text(reply, width=60)
