"""Random answers full of hostile text, for the properties that every renderer keeps.

``replies()`` draws any answer that the types allow; ``all_spans`` says what must be seen of it, in order.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

from hypothesis import strategies as st

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
    Typed,
)

HOSTILE = (
    "@everyone",
    "@here now",
    "@",
    "everyone",
    "<@1>",
    "<@!22>",
    "<@&333>",
    "<#4>",
    "</timeline:5>",
    "<id:customize>",
    "<t:1700000000:R>",
    "<:x:1>",
    "<a:x:1>",
    ":smile:",
    "<!channel>",
    "<!here|here>",
    "<!subteam^S1>",
    "<@U012AB3CD>",
    "<#C012AB3CD|general>",
    "<http://evil.example|bank>",
    "<",
    ">",
    "1>",
    "&lt;!channel&gt;",
    "&amp;",
    "```",
    "```py\nx = 1\n```",
    "`code`",
    "[x](http://evil.example)",
    "[x](<http://evil.example>)",
    "[",
    "](http://evil.example)",
    "http://evil.example/a_b_c",
    "HTTPS://evil.example",
    "https:",
    "//evil.example",
    "discord.gg/evil",
    "||spoiler||",
    "**bold**",
    "*",
    "**",
    "__under__",
    "_it_",
    "~~gone~~",
    "# big",
    "###",
    "-# small",
    "> quote",
    ">>> all",
    "- item",
    "+ item",
    "1. first",
    "1",
    ". first",
    "\\",
    "\\*",
    "line\nbreak\r\n# heading",
    "\x1b[31mred",
    "\x00",
    "\u202etxt.exe\u2066",
    "a\u200bb\u2060c\ufeff",
    "@\u200beveryone",
    "\u3164",
    "Z" + "\u0323" * 40,
    "\u0301",
    "\ud800",
    "\udfff\ud83d",
    "👩‍👩‍👧 🇻🇪 👍🏽",
    "Ёлка в Каракасе",
    "東京の新聞",
    "שלום עולם",
    "…",
    "<b>bold</b><script>alert(1)</script>",
    "=HYPERLINK(1)",
    "%s {0} ${x}",
    "x" * 3_000,
    "🇻🇪" * 700,
    "word " * 600,
    "*_~`|" * 400,
)
URLS = (
    "",
    "https://gazette.example/1",
    "http://herald.example/a b>(1)[2]\"'`*|\\)",
    "https://user:secret@gazette.example/x",
    "https://гazeta.example/новости/東京",
    "https://gazette.example/@everyone/<@1>",
    "https://long.example/" + "a/" * 400,
    "https://",
    "javascript:alert(1)",
    "/relative",
    "https://gazette.example/\u202e\x00\nx",
)
WHEN = datetime(2019, 3, 23, 14, 5, tzinfo=UTC)
_ACTIONS = (
    Action("Why", "why", {"item": "n4"}),
    Action("Timeline", "timeline", {"topic": "venezuela"}),
    Action("Already known", "mark known", {"item": "n4"}),
    Action("Not relevant", "mark irrelevant", {"item": "n4"}),
    Action("Same story as", "mark same", {"item": "n4"}, asks="story", hint="a story, such as s4"),
)


def texts() -> st.SearchStrategy[str]:
    """Return a strategy of short, long and hostile texts, also of several put together."""
    piece = st.sampled_from(HOSTILE) | st.text(st.characters(), max_size=30) | st.just("Two planes landed in Caracas.")
    return piece | st.lists(piece, max_size=4).map(" ".join) | st.lists(piece, max_size=4).map("".join)


def spans() -> st.SearchStrategy[tuple[Span, ...]]:
    """Return a strategy of runs of all kinds of spans."""
    people = st.sampled_from(("discord:80351110224678912", "slack:U012AB3CD", "terminal:local")) | texts()
    span = (
        st.builds(Text, texts())
        | st.builds(Strong, texts())
        | st.builds(Link, texts(), st.sampled_from(URLS) | texts())
        | st.just(Moment("23 March 2019 14:05 UTC", WHEN))
        | st.builds(Person, people)
        | st.builds(Typed, st.sampled_from(("/why n4", "/timeline cuba", "/story s3", "")), st.booleans())
    )
    return st.lists(span, max_size=5).map(tuple)


def tables() -> st.SearchStrategy[Table]:
    """Return a strategy of tables of up to four columns."""

    def of_width(n: int) -> st.SearchStrategy[Table]:
        row = st.tuples(*[texts()] * n)
        return st.builds(Table, row, st.lists(row, max_size=3).map(tuple))

    return st.integers(1, 4).flatmap(of_width)


def blocks() -> st.SearchStrategy[Block]:
    """Return a strategy of all kinds of blocks."""
    quote = st.builds(Quote, texts(), spans())
    paragraph = st.builds(Paragraph, spans())
    notes = st.lists(texts(), max_size=2).map(tuple)
    quotes, disputes = st.lists(quote, max_size=2).map(tuple), st.lists(paragraph, max_size=1).map(tuple)
    return (
        paragraph
        | st.builds(Heading, texts())
        | quote
        | st.builds(Entry, texts(), spans(), notes, quotes, disputes)
        | st.builds(Listing, st.lists(spans(), max_size=3).map(tuple))
        | tables()
        | st.builds(Notice, st.sampled_from(Tone), spans())
    )


def replies() -> st.SearchStrategy[Reply]:
    """Return a strategy of whole answers."""
    title = texts() | st.just("Ten thousand " * 770)
    actions = st.lists(st.sampled_from(_ACTIONS), max_size=5).map(tuple)
    parts = st.lists(blocks(), max_size=6).map(tuple)
    return st.builds(Reply, title, parts, failed=st.booleans(), is_private=st.booleans(), actions=actions)


def list_spans(block: Block) -> Iterator[Span]:
    """Yield what a reader must see of a block, in order; names of columns are left to the renderer."""
    match block:
        case Paragraph(shown) | Notice(_, shown):
            yield from shown
        case Heading(text):
            yield Text(text)
        case Quote(text, source):
            yield from (Text(text), *source)
        case Entry():
            yield Text(block.when)
            yield from block.title
            yield from map(Text, block.notes)
            yield from all_spans((*block.quotes, *block.disputes))
        case Listing(items):
            yield from (span for item in items for span in item)
        case Table(_, rows):
            yield from (Text(cell) for row in rows for cell in row)


def all_spans(shown: Sequence[Block]) -> list[Span]:
    """Return what a reader must see of the blocks, in order."""
    return [span for block in shown for span in list_spans(block)]
