"""What Discord, Slack and the terminal all keep: whatever an answer holds, all of it is shown, and nothing in it acts.

Each platform is read by a reader of its own, which shares no code with the renderers.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import unquote

import pytest
from hypothesis import HealthCheck, given, settings

from bot.render.safety import clean_line
from handlers.reply import Link, Paragraph, Reply, Strong, Text
from news.words.urls import hide_credentials
from tests.property.readers import READERS, Reader, squeezed
from tests.property.replies import all_spans, replies

SETTINGS = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
each_platform = pytest.mark.parametrize("reader", READERS, ids=lambda reader: reader.name)


@each_platform
@SETTINGS
@given(reply=replies())
def test_it_is_within_limits_and_says_something(reader: Reader[Any], reply: Reply) -> None:
    """A message that is refused is an alert that is lost."""
    assert reader.list_excesses(reader.render(reply)) == []


@each_platform
@SETTINGS
@given(reply=replies())
def test_all_words_are_there_in_order(reader: Reader[Any], reply: Reply) -> None:
    """Nothing is cut silently, whatever a platform's limits."""
    sent = reader.render(reply)
    body, title = reader.read_body(sent), reader.words_of(Text(reply.title))
    at = 0
    if reader.read_title(sent) != title:
        assert body.startswith(title)
        at = len(title)
    for span in all_spans(reply.blocks):
        words = reader.words_of(span)
        found = body.find(words, at)
        assert found >= 0, (words, body[at : at + 200])
        at = found + len(words)


@each_platform
@SETTINGS
@given(reply=replies())
def test_nothing_of_a_stranger_acts(reader: Reader[Any], reply: Reply) -> None:
    """No call, link, heading, code, spoiler, emoji or escape sequence that the renderer did not make itself."""
    assert reader.list_acts(reader.render(reply)) == []


@each_platform
@SETTINGS
@given(reply=replies())
def test_only_links_of_the_answer_open(reader: Reader[Any], reply: Reply) -> None:
    """An address in a text opens nothing; a link opens what it was given, without credentials."""
    given_urls = {span.url for span in all_spans(reply.blocks) if isinstance(span, Link)}
    known = {unquote(hide_credentials(clean_line(url).strip())) for url in given_urls}
    assert set(reader.list_links(reader.render(reply))) <= known


@each_platform
@SETTINGS
@given(reply=replies())
def test_nothing_invisible_gets_through(reader: Reader[Any], reply: Reply) -> None:
    """What a reader cannot see can turn the reading direction, or hide a word from a search."""
    assert reader.list_hidden(reader.render(reply)) == []


@each_platform
@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(reply=replies())
def test_the_same_answer_gives_the_same_message(reader: Reader[Any], reply: Reply) -> None:
    """A page that is asked for again, or a message that is tried again, is the same."""
    assert reader.render(reply) == reader.render(reply)


@each_platform
def test_readers_see_what_is_there(reader: Reader[Any]) -> None:
    """A reader that finds nothing anywhere would let everything pass."""
    spans = (Strong("New: "), Text("*250* <b> & "), Link("Herald", "https://herald.example/a_b"), Text("."))
    sent = reader.render(Reply("Planes", (Paragraph(spans),)))
    assert squeezed("New: *250* <b> & Herald") in reader.read_body(sent)
    assert reader.list_acts(sent) == []
    assert reader.list_links(sent) == ([] if reader.name == "terminal" else ["https://herald.example/a_b"])


@pytest.mark.parametrize("reader", READERS[:3], ids=lambda reader: reader.name)
@pytest.mark.parametrize(
    "forged",
    ["*bold*", "_it_", "~~no~~", "`code`", "<!channel>", "<@U0123>", "<@!1>", ":smile:", "http://evil.example"],
)
def test_readers_know_what_acts(reader: Reader[Any], forged: str) -> None:
    """Text that nobody escaped is noticed on the platforms with markup."""
    sent = reader.render(Reply("Planes", (Paragraph((Text("PLACE here"),)),)))
    for page in sent:
        if hasattr(page, "embed"):
            page.embed["description"] = page.embed["description"].replace("PLACE", f"a{forged}")
        else:
            section = page.blocks[1]["text"]
            section["text"] = section["text"].replace("PLACE", f"a{forged}")
    assert reader.list_acts(sent) != []
