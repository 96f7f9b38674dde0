"""Escaped text reads as it was on Discord and Slack and nothing in it acts; pages of pieces hold all of them."""

from __future__ import annotations

import re

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.render import slack_text
from bot.render.discord import plain_summary, render_pages, thread_name
from bot.render.discord_text import escape_text
from bot.render.paging import Line, Piece, Run, paginate, paginate_lines, shorten, size_utf16
from bot.render.safety import clean_line
from handlers.reply import Reply
from tests.property.readers import DiscordReader, SlackReader, squeezed, utf16
from tests.property.replies import texts

SETTINGS = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
ESCAPE, ACTS = DiscordReader.escape, DiscordReader.acts


@SETTINGS
@given(texts(), texts(), st.none() | st.integers(0, 0xFFFFFF))
def test_footers_and_colours_fit(title: str, footer: str, colour: int | None) -> None:
    for page in render_pages(Reply(title), colour=colour, footer=footer):
        note = page.embed.get("footer", {}).get("text", "")
        assert utf16(note) <= 2_048
        assert colour is None or page.embed["color"] == colour


@SETTINGS
@given(texts())
def test_escaped_text_reads_as_it_was(text: str) -> None:
    escaped = escape_text(text)
    assert ESCAPE.sub(r"\1", escaped).replace("\u200b", "") == clean_line(text)
    assert ACTS.search(ESCAPE.sub("¤", escaped)) is None


@SETTINGS
@given(texts(), st.integers(20, 300))
def test_escaped_text_reads_as_it_was_on_slack(text: str, limit: int) -> None:
    reader, escaped = SlackReader(), slack_text.escape_text(text)
    short = shorten(escaped, limit)
    assert reader.read_plain(escaped) == squeezed(clean_line(text))
    assert reader.find_act(escaped) is None
    assert reader.find_act(short) is None
    assert size_utf16(short) <= limit


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
@given(pieces(), st.integers(100, 500), st.integers(8, 40))
def test_pages_of_lines_have_few_lines(drawn: list[Piece], limit: int, n_lines: int) -> None:
    """The same words as without a limit of lines, no page of more lines, and no heading alone at its end."""
    pages = paginate_lines(drawn, limit, n_lines=n_lines)
    texts_of = [
        "\n".join("\n" * (n > 0 and line.is_apart) + line.text for n, line in enumerate(page)) for page in pages
    ]
    assert all(0 < len(page) <= n_lines for page in pages)
    assert all(0 < utf16(text) <= limit for text in texts_of)
    without_marks = [
        squeezed(re.sub(r"^[#>] ", "", "\n".join(p), flags=re.MULTILINE)) for p in (texts_of, paginate(drawn, limit))
    ]
    assert without_marks[0].replace("*", "") == without_marks[1].replace("*", "")
    if limit >= 400 and n_lines >= 36:  # eight headings take no more than a quarter
        assert not any(page[-1].is_heading for page in pages[:-1])


@SETTINGS
@given(texts(), st.integers(20, 300))
def test_shortened_text_fits_and_breaks_no_escape(text: str, limit: int) -> None:
    escaped = escape_text(text)
    short = shorten(escaped, limit)
    assert size_utf16(short) <= limit
    assert short == escaped or short.endswith("…")
    assert ACTS.search(ESCAPE.sub("¤", short)) is None
