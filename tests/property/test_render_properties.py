"""Whatever an answer holds, Discord shows all of it, within its limits, and nothing in it acts."""

from __future__ import annotations

import json
import re
import unicodedata

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.render.discord import LIMITS, Page, plain_summary, render_pages, thread_name
from bot.render.discord_text import escape_text
from bot.render.paging import Line, Piece, Run, paginate, shorten, size_utf16
from bot.render.safety import clean_line
from handlers.reply import Moment, Person, Reply
from tests.property.replies import WHEN, all_spans, replies, texts

SETTINGS = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))

# What the renderer itself writes; taken away in this order, so that what is left must be plain.
OWN_LINK = re.compile(r"(?<!\\)\[((?:\\.|[^\[\]\\\n])+)\]\(<https?://[^\s<>()\[\]\\`*|\"']{1,510}>\)", re.IGNORECASE)
OWN_MOMENT = f"<t:{int(WHEN.timestamp())}:f>"
OWN_PERSON = re.compile(r"<@80351110224678912>")
OWN_LINE = re.compile(r"^(### |> |-# |- )", re.MULTILINE)
ESCAPE = re.compile(r"\\([^0-9A-Za-z\s])")
# What Discord would act on. Escapes are replaced by a letter before this is looked for.
ACTS = re.compile(
    r"[*_~`|<>\[\]]|@(?:everyone|here)|@[!&]?[0-9]|https?://|discord\.gg/|:[\w+-]+:|^\s*(?:[-+#]|[0-9]+\.)(?: |$)",
    re.IGNORECASE | re.MULTILINE,
)


def body(pages: tuple[Page, ...]) -> str:
    return "\n".join(page.embed.get("description", "") for page in pages)


def utf16(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def without_own(text: str) -> str:
    """Return the text with ``…`` for the markup that the renderer makes, and the words."""
    text = OWN_LINE.sub("", text)
    text = OWN_LINK.sub(r"…\1…", text).replace(OWN_MOMENT, "◆")
    text = OWN_PERSON.sub("◇", text)
    return re.sub(r"(?<!\\)((?:\\\\)*)\*\*", r"\1…", text)


def squeezed(text: str) -> str:
    """Return the text without what may differ: spaces, ellipses, and what shows nothing."""
    return re.sub(r"[\s…\u200b↗]", "", text)


def seen(text: str) -> str:
    return squeezed(ESCAPE.sub(r"\1", without_own(text)))


@SETTINGS
@given(replies(), st.none() | st.integers(0, 0xFFFFFF), texts())
def test_every_page_is_within_limits_and_says_something(reply: Reply, colour: int | None, footer: str) -> None:
    """A page that is refused is an alert that is lost."""
    pages = render_pages(reply, colour=colour, footer=footer)
    assert pages
    for page in pages:
        title, text = page.embed.get("title", ""), page.embed.get("description", "")
        note = page.embed.get("footer", {}).get("text", "")
        assert utf16(title) <= 256
        assert utf16(text) <= min(4_096, LIMITS.page)
        assert utf16(note) <= 2_048
        assert utf16(title + text + note) <= 6_000
        assert (title + text).strip()
        assert "description" not in page.embed or text.strip()
        assert len(pages) == 1 or text.strip()
        json.dumps(page.embed).encode("ascii")


@SETTINGS
@given(replies())
def test_all_words_are_there_in_order(reply: Reply) -> None:
    """Nothing is cut silently, whatever Discord's limits."""
    pages = render_pages(reply)
    shown = seen(body(pages))
    at = 0
    title = squeezed(clean_line(reply.title))
    if seen(pages[0].embed.get("title", "")) != title:
        assert shown.startswith(title)
        at = len(title)
    for span in all_spans(reply.blocks):
        match span:
            case Moment():
                words = "◆"
            case Person("discord:80351110224678912"):
                words = "◇"
            case _:
                words = squeezed(clean_line(span.text))
        found = shown.find(words, at)
        assert found >= 0, (words, shown[at : at + 200])
        at = found + len(words)


@SETTINGS
@given(replies())
def test_nothing_of_a_stranger_acts(reply: Reply) -> None:
    """No call, link, heading, code, spoiler or emoji that the renderer did not make itself."""
    pages = render_pages(reply)
    for page in pages:
        for text in (page.embed.get("title", ""), page.embed.get("description", "")):
            left = ESCAPE.sub("¤", without_own(text))
            wrong = ACTS.search(left)
            assert wrong is None, (wrong, left)
            assert not re.search(r"@(everyone|here|[!&]?\d)", text.replace("<@80351110224678912>", ""), re.IGNORECASE)


@SETTINGS
@given(replies())
def test_nothing_invisible_gets_through(reply: Reply) -> None:
    """The zero-width space behind an ``@`` is the renderer's; no other invisible character comes out."""
    for page in render_pages(reply, footer=reply.title):
        raw = json.dumps(page.embed, ensure_ascii=False).replace("@\u200b", "@")
        wrong = [hex(ord(char)) for char in raw if unicodedata.category(char) in {"Cc", "Cf", "Cs", "Zl", "Zp"}]
        assert wrong == []


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(replies())
def test_the_same_answer_gives_the_same_pages(reply: Reply) -> None:
    """A page that is asked for again, or a message that is tried again, is the same."""
    assert render_pages(reply) == render_pages(reply)


@SETTINGS
@given(texts())
def test_escaped_text_reads_as_it_was(text: str) -> None:
    escaped = escape_text(text)
    assert ESCAPE.sub(r"\1", escaped).replace("\u200b", "") == clean_line(text)
    assert ACTS.search(ESCAPE.sub("¤", escaped)) is None


@SETTINGS
@given(texts())
def test_names_and_summaries_are_short_and_never_empty(text: str) -> None:
    name, summary = thread_name(text), plain_summary(Reply(text))
    assert name == name.strip()
    assert 1 <= utf16(name) <= 100
    assert 1 <= utf16(summary) <= 200
    assert ACTS.search(ESCAPE.sub("¤", summary)) is None
    assert not summary.endswith("\\") or summary.endswith("\\\\")


def pieces() -> st.SearchStrategy[list[Piece]]:
    words = st.lists(st.text("ab\U0001f600é", min_size=1, max_size=60), max_size=30).map(" ".join)
    run = st.builds(Run, words) | words.map(lambda text: Run(text, "**", "**")) | st.just(Run("<t:1:f>", is_whole=True))
    line = st.builds(
        Line, st.lists(run, max_size=3).map(tuple), st.sampled_from(["", "> "]), st.sampled_from(["", "> "])
    )
    body = st.builds(Piece, st.lists(line, max_size=4).map(tuple), is_close=st.booleans())
    heading = st.integers(1, 8).map(lambda n: Piece((Line((Run("H" * n),), "# ", "# "),), is_heading=True))
    return st.lists(body | heading, max_size=8)


@SETTINGS
@given(pieces(), st.integers(100, 500))
def test_pages_hold_all_pieces_and_never_end_in_a_heading(drawn: list[Piece], limit: int) -> None:
    pages = paginate(drawn, limit)
    assert all(0 < utf16(page) <= limit for page in pages)
    whole = squeezed("".join(run.text for piece in drawn for line in piece.lines for run in line.runs))
    assert squeezed(re.sub(r"\*\*|^[#>] ", "", "\n".join(pages), flags=re.MULTILINE)) == whole
    if limit >= 400:  # eight headings of a kind take no more than a quarter of it
        assert not any(page.splitlines()[-1].startswith("# ") for page in pages[:-1])
    for page in pages:
        assert "<t:1:f>" * page.count("<t") == "".join(re.findall(r"<t[^<>]*>", page))
        assert page.count("**") % 2 == 0


@SETTINGS
@given(texts(), st.integers(20, 300))
def test_shortened_text_fits_and_breaks_no_escape(text: str, limit: int) -> None:
    escaped = escape_text(text)
    short = shorten(escaped, limit)
    assert size_utf16(short) <= limit
    assert short == escaped or short.endswith("…")
    assert ACTS.search(ESCAPE.sub("¤", short)) is None
