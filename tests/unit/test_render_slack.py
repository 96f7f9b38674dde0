"""Slack pages: what they look like, each trick of a feed's text, and what happens at each limit."""

from __future__ import annotations

import json
import time
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from bot.render.paging import size_utf16
from bot.render.slack import LIMITS, SlackPage, render_pages, shorter
from bot.render.slack_text import as_typed, escape_text
from handlers.reply import (
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
    Text,
    Tone,
    Typed,
)
from tests.unit.rendered_replies import (
    ERROR,
    GOLDEN,
    WHEN,
    make_alert,
    make_digest,
    make_large,
    make_month,
    make_timeline,
)

J = "\u2060"
HERALD = (Link("Herald", "https://herald.example/2?a=1&b=2"), Text(", 24 March 2019, a2"))
DIGEST = make_digest(HERALD)
TIMELINE = make_timeline("> It was #1 of <http://x.example|two>.", HERALD)
ALERT = make_alert(
    "DISPUTED: Russian planes <!channel> land in Caracas_2019 & <https://evil.example|video>",
    Link("Gazette|es", "https://gazette.example/a|b"),
    "slack:U012AB3CD",
    HERALD,
)


def texts(page: SlackPage, *kinds: str) -> list[str]:
    """Return the texts of the blocks of these kinds, of sections if none is named."""
    found: list[str] = []
    for block in page.blocks:
        if block["type"] in (kinds or ("section",)):
            parts: list[dict[str, Any]] = block.get("elements") or [block["text"]]
            found += [part["text"] for part in parts]
    return found


def line(*spans: Span) -> str:
    (page,) = render_pages(Reply("t", (Paragraph(spans),)))
    return "\n".join(texts(page))


def kinds(page: SlackPage) -> list[str]:
    return [block["type"] for block in page.blocks]


@pytest.mark.parametrize(
    ("name", "reply", "footer"),
    [
        ("timeline", TIMELINE, ""),
        ("alert", ALERT, "n4 · s2"),
        ("digest", DIGEST, ""),
        ("error", ERROR, "incident 5f3a"),
    ],
)
def test_golden_pages(name: str, reply: Reply, footer: str) -> None:
    path = GOLDEN / f"slack_{name}.json"
    pages = [{"text": page.text, "blocks": page.blocks} for page in render_pages(reply, footer=footer)]
    text = json.dumps(pages, indent=2, ensure_ascii=False).replace(J, "\\u2060") + "\n"  # as an escape, to be seen
    assert text == path.read_text(encoding="utf-8"), f"if the change is wanted, write the new text to {path}"


@pytest.mark.parametrize(
    ("dirty", "shown"),
    [
        ("plain words, 3.5 tons - and more. Next", "plain words, 3.5 tons - and more. Next"),
        ("AT&T", "AT&amp;T"),
        ("&lt;!channel&gt;", "&amp;lt;!channel&amp;gt;"),
        ("<!channel> <!here|here>", "&lt;!channel&gt; &lt;!here|here&gt;"),
        ("<@U012AB3CD>", f"&lt;@{J}U012AB3CD&gt;"),
        ("<#C012AB3CD|general>", f"&lt;#{J}C012AB3CD|general&gt;"),
        ("<!subteam^S012>", "&lt;!subteam^S012&gt;"),
        ("<!date^1^{date}|x>", "&lt;!date^1^{date}|x&gt;"),
        ("<http://evil.example|bank>", f"&lt;http:{J}//evil.{J}example|bank&gt;"),
        ("*a* _b_ ~c~ `d`", "∗a∗ ˍbˍ ∼c∼ ˋdˋ"),
        ("```x```", "ˋˋˋxˋˋˋ"),
        ("> said", f"{J}&gt; said"),
        (">>> said", f"{J}&gt;&gt;&gt; said"),
        ("5 > 4 and a>b", f"5 {J}&gt; 4 and a&gt;b"),
        (":smile: at 10:30", f":{J}smile: at 10:30"),
        (":wave::skin-tone-2:", f":{J}wave:{J}:{J}skin-tone-2:"),
        ("@channel @here @everyone", f"@{J}channel @{J}here @{J}everyone"),
        ("desk@gazette.example", f"desk@{J}gazette.{J}example"),
        ("#general #1 # 1", f"#{J}general #{J}1 # 1"),
        ("see HTTPS://a.example/b", f"see HTTPS:{J}//a.{J}example/b"),
        ("www.evil.example", f"www.{J}evil.{J}example"),
        ("a\u2060b\u200bc\u202etxt\x00\x1b[31m", "abctxt[31m"),
        ("one\n> two\u2028three", f"one {J}&gt; two three"),
    ],
)
def test_tricks_of_text(dirty: str, shown: str) -> None:
    assert escape_text(dirty) == shown


@pytest.mark.parametrize(
    ("spans", "shown"),
    [
        ((Strong("New: "), Text("250")), "*New:* 250"),
        ((Text("("), Strong("NEW"), Text(").")), "(*NEW*)."),
        ((Text("New"), Strong("s"), Text("paper")), "Newspaper"),
        ((Text("a "), Strong("b"), Text("c")), "a bc"),
        ((Strong("a"), Strong("b")), "*ab*"),
        ((Strong(" "), Text("x")), "x"),
        ((Strong("a"), Link("b", "https://g.example/")), "a<https://g.example/|b>"),
        ((Strong("a*b"),), "*a∗b*"),
        ((Strong("> a"),), f"*{J}&gt; a*"),
    ],
)
def test_bold_only_where_slack_shows_it(spans: tuple[Span, ...], shown: str) -> None:
    assert line(*spans) == shown


def test_spans_make_up_no_mark_together() -> None:
    """Each half is harmless: only together they call, link or draw."""
    assert line(Text(":smi"), Strong("le:")) == f":{J}smile:"
    assert line(Text("@"), Text("channel")) == f"@{J}channel"
    assert line(Text("http"), Strong(":"), Text("//evil")) == f"http:{J}//evil"
    assert line(Text("<!chan"), Strong("nel>")) == "&lt;!channel&gt;"


@pytest.mark.parametrize(
    ("link", "shown"),
    [
        (Link("*G*", "https://g.example/"), "<https://g.example/|∗G∗>"),
        (Link("a|b>c", "https://g.example/"), "<https://g.example/|a∣b&gt;c>"),
        (Link("G", "https://g.example/a b|c>d<e&f=1"), "<https://g.example/a%20b%7Cc%3Ed%3Ce&amp;f=1|G>"),
        (Link("G", "https://user:secret@g.example/"), "<https://g.example/|G>"),
        (Link("G", "https://g.example/é"), "<https://g.example/%C3%A9|G>"),
        (
            Link("https://bank.example", "https://g.example/"),
            f"https:{J}//bank.{J}example <https://g.example/|↗>",
        ),
        (Link("", "https://g.example/"), f"https:{J}//g.{J}example/ <https://g.example/|↗>"),
        (Link("G", ""), "G"),
        (Link("G", "javascript:alert(1)"), "G"),
        (Link("G", "https://"), "G"),
        (Link("G", "https://evil.example|x>y"), "G"),
        (Link("G", "https://g.example/" + "a" * 600), "G"),
    ],
)
def test_links(link: Link, shown: str) -> None:
    assert line(link) == shown


def test_moments_and_people() -> None:
    unix = int(WHEN.timestamp())
    assert line(Moment("25 March|2019>", WHEN)) == f"<!date^{unix}^{{date_short_pretty}} {{time}}|25 March∣2019&gt;>"
    assert line(Moment("", WHEN)).endswith("|2019-03-25 06:40 UTC>")
    assert line(Person("slack:U012AB3CD")) == "<@U012AB3CD>"
    assert line(Person("slack:W012AB3CD")) == "<@W012AB3CD>"
    assert line(Person("discord:80351110224678912")) == "discord:80351110224678912"
    assert line(Person("slack:U1> <!here")) == "slack:U1&gt; &lt;!here"
    assert line(Person("slack:C012AB3CD")) == "slack:C012AB3CD"


@pytest.mark.parametrize(
    ("words", "typed"),
    [
        ("/help shows all commands.", "/wirewatch help shows all commands."),
        ("/feed add <url>", "/wirewatch feed add <url>"),
        ("There is no command “/status x”.", "There is no command “/status x”."),
        ("/feeds and /timeline cuba", "/feeds and /timeline cuba"),
        ("see https://a.example/help or c/status", "see https://a.example/help or c/status"),
    ],
)
def test_commands_that_slack_keeps_are_written_as_they_are_typed_there(words: str, typed: str) -> None:
    assert as_typed(words) == typed
    assert as_typed(typed) == typed


def test_only_our_own_commands_are_rewritten() -> None:
    """A title or quote from a feed stays as it is, whatever it says."""
    assert line(Typed("/feed add <url>")) == "/wirewatch feed add &lt;url&gt;"
    assert line(Text("/feed add")) == "/feed add"
    failed = Reply("There is no story s9. /help shows all commands.", failed=True)
    assert "/wirewatch help" in render_pages(failed)[0].text
    assert "/wirewatch" not in render_pages(Reply("NEW: /help shows"))[0].text


def test_long_title_is_whole_in_the_first_section() -> None:
    """A title is shortened where Slack has no room, and given whole where it has."""
    title = "Report " * 60 + "<end>"
    (page,) = render_pages(Reply(title, (Paragraph((Text("Body."),)),)))
    (header,) = texts(page, "header")
    assert header.endswith("Report…")
    assert size_utf16(header) <= 150
    assert texts(page) == ["*" + "Report " * 60 + "&lt;end&gt;*", "Body."]
    assert size_utf16(page.text) <= 300


def test_an_empty_answer_is_still_a_page() -> None:
    (page,) = render_pages(Reply(""))
    assert (texts(page), page.text) == (["—"], "News")
    (page,) = render_pages(Reply("Done."))
    assert kinds(page) == ["header"]


def test_pages_are_numbered_and_keep_the_title() -> None:
    pages = render_pages(Reply("March", make_month()), footer="n4\n<!here>")
    assert len(pages) > 2
    assert [texts(page, "context")[-1] for page in pages] == [
        f"Page {n} of {len(pages)} · n4 &lt;!here&gt;" for n in range(1, len(pages) + 1)
    ]
    assert {tuple(texts(page, "header")) for page in pages} == {("March",)}
    assert [page.text for page in pages[:2]] == ["March", f"March (2 of {len(pages)})"]


def test_dividers_stand_before_headings_but_not_first() -> None:
    (page,) = render_pages(TIMELINE)
    assert kinds(page)[:5] == ["header", "section", "context", "divider", "section"]
    two = (Heading("2018"), Heading("December"), Paragraph((Text("Body."),)))
    (page,) = render_pages(Reply("t", (Paragraph((Text("First."),)), *two)))
    assert kinds(page) == ["header", "section", "divider", "section", "section"]
    assert texts(page) == ["First.", "*2018*", "*December*\nBody."]


def test_a_link_without_room_makes_up_no_mark() -> None:
    """On a very short page a long address is left out, and the words of the link stand beside others."""
    spans = (
        Text(":smi"),
        Link("le:", "https://g.example/" + "a" * 100),
        Text(" @"),
        Link("here ", "https://g.example/" + "b" * 100),
    )
    (page,) = render_pages(Reply("t", (Paragraph(spans),)), limits=replace(LIMITS, page=200))
    assert texts(page) == [f":smi{J}le:{J} @{J}here{J}"]


def test_many_short_blocks_leave_room_for_buttons() -> None:
    """Slack refuses 51 blocks; eight are left to who adds buttons and a picture."""
    entries: list[Block] = [Entry(f"{n}", (Text("x"),), ("note",), (Quote("y", ()),)) for n in range(100)]
    for blocks in (entries, [block for entry in entries for block in (Heading("h"), entry)]):
        pages = render_pages(Reply("t", tuple(blocks)), footer="f")
        assert max(len(page.blocks) for page in pages) <= LIMITS.blocks - LIMITS.reserved
        assert sum(text.count("“y”") for page in pages for text in texts(page)) == 100


def test_headings_alone_are_within_limits_too() -> None:
    pages = render_pages(Reply("t", (*[Heading("h")] * 200, Paragraph((Text("Body."),)))))
    assert max(len(page.blocks) for page in pages) <= 42
    assert sum(len(texts(page)) for page in pages) >= 200


def test_a_refused_page_is_rendered_shorter() -> None:
    """``msg_blocks_too_long``: the same answer again in pages of half the size, and again; nothing is lost."""
    reply = Reply("t", tuple(Paragraph((Text(f"{n} " + "word " * 40), *HERALD)) for n in range(60)))
    limits = LIMITS
    for most in (2_800, 1_400, 700, 350):
        assert limits.page == most
        pages = render_pages(reply, limits=limits)
        assert max(sum(map(size_utf16, texts(page))) for page in pages) <= most
        assert sum(text.count("word") for page in pages for text in texts(page)) == 2_400
        limits = shorter(limits)
    assert shorter(replace(LIMITS, page=250)).page == 200


def test_no_message_is_refused_for_its_size() -> None:
    """Slack counts all blocks together; quotation marks and line breaks count twice as JSON."""
    reply = Reply('"' * 149, (Listing(((Text('"' * 60),),) * 400), *[Notice(Tone.INFO, (Text('"\\' * 900),))] * 9))
    for page in render_pages(reply, footer='"' * 3_000):
        assert len(json.dumps(page.blocks)) <= 12_000


def test_what_is_long_is_shown_whole_and_what_is_plain_stays_plain() -> None:
    (page,) = render_pages(ALERT, footer="f")
    for block in page.blocks:
        if block["type"] == "section":
            assert block["expand"] is True
            assert block["text"]["verbatim"] is True
        if block["type"] == "context":
            assert [part["verbatim"] for part in block["elements"]] == [True]


def test_an_oversized_quote_is_broken_at_words() -> None:
    pages = render_pages(Reply("t", (Heading("2019"), Quote("word " * 1_500, HERALD))))
    parts = [text for page in pages for text in texts(page)]
    assert parts[0].startswith("*2019*\n> “word word")
    assert all(part.startswith("> … word") for part in parts[1:])
    assert sum(part.count("word") for part in parts) == 1_500


def test_the_time_of_a_large_answer_grows_with_its_size() -> None:
    """200 KB of text take a fraction of a second of work; what grew with the square would take minutes."""
    words = "Two *planes* with 100 troops landed in Caracas, <!here> :smile: said. "
    large = make_large(words, "*é" * 50_000 + ":" * 20_000 + "." * 20_000, HERALD)
    start = time.process_time()
    pages = render_pages(large)
    assert time.process_time() - start < 5
    assert sum(len(text) for page in pages for text in texts(page)) > 200_000


def test_a_moment_before_1970_stands_in_words() -> None:
    """Slack counts seconds since then."""
    assert line(Moment("16 April 1912 09:00 UTC", datetime(1912, 4, 16, 9, tzinfo=UTC))) == "16 April 1912 09:00 UTC"
