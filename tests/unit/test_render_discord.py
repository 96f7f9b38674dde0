"""Discord pages: what they look like, each trick of a feed's text, and where pages end."""

from __future__ import annotations

import json
import re
import time

import pytest

from bot.render.discord import (
    LABEL_COLOURS,
    LIMITS,
    TONE_COLOURS,
    alert_content,
    plain_summary,
    render_pages,
    thread_name,
)
from bot.render.discord_text import as_typed, escape_text
from bot.render.paging import Line, Piece, Run, iter_units, paginate, shorten, size_utf16
from handlers.reply import (
    Block,
    Entry,
    Heading,
    Link,
    Moment,
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
from news.decision import Label
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

HERALD = (Link("Herald", "https://herald.example/2"), Text(", 24 March 2019, a2"))
DIGEST = make_digest(HERALD)
TIMELINE = make_timeline("It was #1 of [two](https://x.example).", HERALD)
ALERT = make_alert(
    "DISPUTED: Russian planes @everyone land in Caracas_2019 [video](https://evil.example)",
    Link("Gazette [es]", "https://gazette.example/a(1)"),
    "discord:80351110224678912",
    HERALD,
)


def description(*blocks: Block) -> str:
    pages = render_pages(Reply("t", blocks))
    return "\n=====\n".join(page.embed["description"] for page in pages)


def line(*spans: Span) -> str:
    return description(Paragraph(spans))


@pytest.mark.parametrize(
    ("name", "reply", "colour", "footer"),
    [
        ("timeline", TIMELINE, None, ""),
        ("alert", ALERT, LABEL_COLOURS[Label.DISPUTED], "n4 · s2"),
        ("digest", DIGEST, None, ""),
        ("error", ERROR, None, "incident 5f3a"),
    ],
)
def test_golden_pages(name: str, reply: Reply, colour: int | None, footer: str) -> None:
    path = GOLDEN / f"discord_{name}.json"
    embeds = [page.embed for page in render_pages(reply, colour=colour, footer=footer)]
    message = {"content": plain_summary(reply), "embeds": embeds}
    text = json.dumps(message, indent=2, ensure_ascii=False) + "\n"
    assert text == path.read_text(encoding="utf-8"), f"if the change is wanted, write the new text to {path}"


@pytest.mark.parametrize(
    ("dirty", "shown"),
    [
        ("plain words, 3.5 tons - and more.", "plain words, 3.5 tons - and more."),
        ("*a* _b_ ~~c~~ ||d||", r"\*a\* \_b\_ \~\~c\~\~ \|\|d\|\|"),
        ("```x```", r"\`\`\`x\`\`\`"),
        ("# big", r"\# big"),
        ("-# small", r"\-# small"),
        ("- item", r"\- item"),
        ("  - item", r"  \- item"),
        ("+ item", r"\+ item"),
        ("1. first", r"1\. first"),
        ("> said", r"\> said"),
        ("[x](http://evil.example)", r"\[x\](http\://evil.example)"),
        ("see https://a.example/b_c", r"see https\://a.example/b\_c"),
        ("discord.gg/evil", r"discord.gg\/evil"),
        ("@everyone @here", "@\u200beveryone @\u200bhere"),
        ("mail@gazette.example, @reuters", "mail@gazette.example, @reuters"),
        ("<@1> <@!1> <@&1>", "\\<@\u200b1\\> \\<@\u200b!1\\> \\<@\u200b&1\\>"),
        ("<#1> </a:1> <id:home> <t:1:R>", r"\<#1\> \</a:1\> \<id:home\> \<t\:1:R\>"),
        ("<:x:1> :smile: 12:30", r"\<\:x:1\> \:smile: 12:30"),
        ("\\*a*", r"\\\*a\*"),
        ("line\n# two", "line # two"),
        ("a\u202eb\u200bc\u3164d\x00\x1b[31m", r"abcd\[31m"),
        ("@\u200beveryone", "@\u200beveryone"),
        ("Z" + "\u0323" * 50, "Z" + "\u0323" * 4),
        ("Ёлка, 東京, שלום", "Ёлка, 東京, שלום"),
    ],
)
def test_text_is_shown_as_it_is(dirty: str, shown: str) -> None:
    """Each trick of a feed's text comes out as words."""
    assert escape_text(dirty) == shown


@pytest.mark.parametrize(
    "spans",
    [
        (Text("@"), Text("everyone")),
        (Text("@"), Strong("\u200b"), Text("everyone")),
        (Text("@"), Strong(""), Link("", ""), Text("everyone")),
        (Text("@"), Person("everyone")),
        (Text("http:"), Text("//evil.example")),
        (Text("1"), Text(". first")),
        (Strong(" "), Text("# big")),
        (Text("<"), Text("@1>")),
        (Text("[x]"), Text("(http://evil.example)")),
        (Text(":smi"), Text("le:")),
        (Text("``"), Text("`")),
    ],
)
def test_spans_make_up_no_mark_together(spans: tuple[Span, ...]) -> None:
    shown = line(*spans)
    assert not re.search(r"@everyone|@\d|https?://|^\d\.|^#|(?<!\\)[<\[`]|(?<!\\):smile:", shown), shown


def test_bold_words_next_to_each_other_stay_bold() -> None:
    assert line(Strong("a"), Strong(""), Text("\u200b"), Strong("b"), Text("c ")) == "**ab**c"
    assert line(Strong("New: "), Text("x")) == "**New:** x"
    assert line(Strong("a**"), Text("b")) == r"**a\*\***b"


@pytest.mark.parametrize(
    ("link", "shown"),
    [
        (Link("Gazette", "https://gazette.example/1"), "[Gazette](<https://gazette.example/1>)"),
        (Link("*G*", "https://g.example/"), r"[\*G\*](<https://g.example/>)"),
        (Link("G", "https://g.example/a b(1)>[2]"), "[G](<https://g.example/a%20b%281%29%3E%5B2%5D>)"),
        (Link("G", "https://user:secret@g.example/"), "[G](<https://g.example/>)"),
        (Link("G", "https://g.example/новости"), "[G](<https://g.example/новости>)"),
        (Link("G", "https://g.example/@everyone"), "[G](<https://g.example/%40everyone>)"),
        (Link("G [es]", "https://g.example/"), r"G \[es\] [↗](<https://g.example/>)"),
        (Link("https://bank.example", "https://g.example/"), r"https\://bank.example [↗](<https://g.example/>)"),
        (Link("", "https://g.example/"), r"https\://g.example/ [↗](<https://g.example/>)"),
        (Link("G", ""), "G"),
        (Link("G", "javascript:alert(1)"), "G"),
        (Link("G", "ftp://g.example"), "G"),
        (Link("G", "https://"), "G"),
        (Link("G", "https://g.example/" + "a" * 600), "G"),
        (Link("](http://evil.example) [x", "ftp://x"), r"\](http\://evil.example) \[x"),
    ],
)
def test_links(link: Link, shown: str) -> None:
    assert line(link) == shown


def test_moments_and_people() -> None:
    assert line(Moment("25 March 2019", WHEN)) == f"<t:{int(WHEN.timestamp())}:f>"
    assert line(Person("discord:80351110224678912")) == "<@80351110224678912>"
    assert line(Person("slack:U012")) == "slack:U012"
    assert line(Person("discord:١٢٣")) == "discord:١٢٣"
    assert line(Person("discord:1> <@2")) == "discord:1\\> \\<@\u200b2"


def test_a_wide_table_becomes_cards() -> None:
    table = Table(("id", "outlet", "status", "note"), (("1", "Gazette", "active", ""), ("2", "*H*", "paused", "a|b")))
    assert description(table) == "**1 · Gazette** — status: active\n" + r"**2 · \*H\*** — status: paused; note: a\|b"


def test_long_title_is_whole_in_the_description() -> None:
    """A title is shortened where Discord has no room, and given whole where it has."""
    title = "Report " * 60 + "[end]"
    first, *others = render_pages(Reply(title, (Paragraph((Text("Body."),)),)))
    assert others == []
    assert first.embed["title"].endswith("Report…")
    assert size_utf16(first.embed["title"]) <= 256
    assert first.embed["description"] == "**" + "Report " * 60 + "\\[end\\]**\n\nBody."


def test_title_is_counted_in_the_larger_unit() -> None:
    page = render_pages(Reply("🛩" * 200))[0]
    assert page.embed["title"] == "🛩" * 127 + "…"
    assert page.embed["description"] == "**" + "🛩" * 200 + "**"


def test_an_empty_answer_is_still_a_page() -> None:
    assert [page.embed.get("description") for page in render_pages(Reply(""))] == ["—"]
    assert "description" not in render_pages(Reply("Done."))[0].embed


def test_pages_are_numbered_and_keep_title_and_colour() -> None:
    pages = render_pages(Reply("March", make_month()), colour=0x123456, footer="n4\n@everyone")
    assert len(pages) > 2
    assert [page.embed["footer"]["text"] for page in pages] == [
        f"Page {n} of {len(pages)} · n4 @everyone" for n in range(1, len(pages) + 1)
    ]
    assert {(page.embed["title"], page.embed["color"]) for page in pages} == {("March", 0x123456)}
    assert "footer" not in render_pages(Reply("Done."))[0].embed


def test_failures_have_their_colour() -> None:
    assert render_pages(ERROR)[0].embed["color"] == TONE_COLOURS[Tone.ERROR]
    assert render_pages(DIGEST)[0].embed["color"] == TONE_COLOURS[Tone.INFO]


def luminance(colour: int) -> float:
    parts = [(colour >> shift & 255) / 255 for shift in (16, 8, 0)]
    linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("ground", [0x2B2D31, 0x313338, 0xF2F3F5, 0xFFFFFF])
def test_colours_are_seen_on_dark_and_light_ground(ground: int) -> None:
    """WCAG 2.2, 1.4.11: at least 3:1; and no two labels look alike."""
    assert set(LABEL_COLOURS) == set(Label)
    assert len(set(LABEL_COLOURS.values())) == len(Label)
    for colour in (*LABEL_COLOURS.values(), *TONE_COLOURS.values()):
        low, high = sorted((luminance(colour), luminance(ground)))
        assert (high + 0.05) / (low + 0.05) >= 3, hex(colour)


def test_thread_names() -> None:
    assert thread_name("Russian *planes*\n@here") == "Russian *planes* @here"
    assert thread_name("\u200b \x00") == "News"
    long = thread_name("Plane " * 40)
    assert long.endswith("Plane…")
    assert len(long) <= 100


def test_only_ids_are_called() -> None:
    """What a watch holds as its role goes out as a call: nothing but digits may."""
    assert alert_content(["80351110224678912", "80351110224678912", "7"]) == "<@&80351110224678912> <@&7>"
    assert alert_content(["@everyone", "<@1>", "", "١٢", "1" * 21, "1 @everyone"]) == ""
    assert len(alert_content([str(10**19 + n) for n in range(500)])) <= LIMITS.content


def test_summary_is_one_escaped_line() -> None:
    assert plain_summary(Reply("NEW: *Planes*\nhttps://x.example")) == r"NEW: \*Planes\* https\://x.example"
    assert plain_summary(Reply("")) == "News"
    assert len(plain_summary(Reply("*" * 1_000))) <= 200


def test_an_entry_stays_with_its_quotes() -> None:
    filler = Paragraph((Text("word " * 440),))
    entry = Entry("23 March 2019", (Text("Planes landed."),), quotes=(Quote("said " * 80, HERALD),))
    first, second = description(filler, Heading("2019"), entry).split("\n=====\n")
    assert "2019" not in first
    assert second.startswith("### 2019\n**23 March 2019:** Planes landed.\n> “said")


def test_an_oversized_quote_is_broken_at_words() -> None:
    parts = description(Heading("2019"), Quote("word " * 1_500, HERALD)).split("\n=====\n")
    assert parts[0].startswith("### 2019\n> “word word")
    assert len(parts) == 4
    assert all(part.endswith("word …") for part in parts[:-1])
    assert all(part.startswith("> … word") for part in parts[1:])
    assert sum(part.count("word") for part in parts) == 1_500


def test_a_long_bold_run_is_bold_on_both_pages() -> None:
    pages = paginate([Piece((Line((Run("aa " * 60, "**", "**"), Run("b"))),))], 100)
    assert all(page.count("**") == 2 for page in pages)
    assert pages[0].startswith("**aa")
    assert pages[0].endswith("aa** …")


def test_what_cannot_be_broken_is_not() -> None:
    """Escapes, marks on letters, flags and skin tones stay whole, even in a word of a thousand of them."""
    units = ["\\*", "e\u0301", "🇻🇪", "👍🏽", "&amp;", "x"]
    text = "".join(units * 200)
    assert list(iter_units(text)) == units * 200
    pages = paginate([Piece((Line((Run(text),)),))], 100)
    assert "".join(page.strip("… ") for page in pages) == text
    for page in pages:
        assert set(iter_units(page.strip("… "))) <= set(units)


def test_shortened_text_ends_at_a_word() -> None:
    assert shorten("one two three", 13) == "one two three"
    assert shorten("one two three", 12) == "one two…"
    assert shorten("\\*" * 20, 10) == "\\*" * 4 + "…"


def test_the_time_of_a_large_answer_grows_with_its_size() -> None:
    """200 KB of text take a fraction of a second of work; what grew with the square would take minutes."""
    words = "Two *planes* with 100 troops landed in Caracas, @everyone said. "
    large = make_large(words, "*é" * 50_000, HERALD)
    start = time.process_time()
    pages = render_pages(large)
    assert time.process_time() - start < 5
    assert sum(len(page.embed["description"]) for page in pages) > 200_000


@pytest.mark.parametrize(
    ("words", "typed"),
    [
        ("/timeline <topic> [--dates N] [--per-date N]", "/timeline <topic> [dates:N] [per_date:N]"),
        ("/watch add peru --ping S9", "/watch add peru ping:S9"),
        ("/why n4 -- a--b c", "/why n4 -- a--b c"),
    ],
)
def test_options_are_written_as_they_are_typed_on_discord(words: str, typed: str) -> None:
    assert as_typed(words) == typed
