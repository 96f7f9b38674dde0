"""What a channel reads: alerts, heads, digests. Strangers' words are bounded, figures stand out, sources are named."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from handlers.alerts import compose_alert
from handlers.digest import compose_digest
from handlers.heads import compose_head
from handlers.jobs.ingest import ingest_article
from handlers.lines import format_line, parse_line
from handlers.messages import LONGEST_QUOTE, LONGEST_TITLE, find_marks
from handlers.reply import Link, Listing, Moment, Paragraph, Quote, Reply, Strong, text_of
from news.errors import NotFoundError
from news.model import Article
from news.watches.watch import Head
from tests.store.handlers_world import START, World, make_article

FERRY = make_article(
    1,
    "Ferry sinks off Maracaibo, 14 dead",
    "At least 14 people died when a ferry sank off Maracaibo in Venezuela on Saturday, the coast guard said. "
    "The ship had 90 passengers and a crew of six on board when it hit a sandbank in heavy rain.",
)
TOLL = make_article(
    2,
    "Ferry toll rises to 23 off Maracaibo",
    "At least 23 people died when a ferry sank off Maracaibo in Venezuela on Saturday, the coast guard said on Monday.",
    outlet="Herald",
    at=START + timedelta(days=1, hours=3),
)
BRIDGE = make_article(3, "Bridge opens in Lima", "A bridge was opened in Lima, Peru, on Friday. It is 90 metres long.")


@pytest.fixture
def sea(world: World) -> World:
    """A channel that hears everything."""
    world.ask("watch add", topic="*")
    return world


def tell(world: World, *articles: Article) -> list[Reply]:
    with world.store.read() as tx:
        first = sum(tx.outbox.count_by_state().values()) + 1
    for article in articles:
        world.clock.forward(minutes=1)
        ingest_article(article, world.ports, alerts=True)
    with world.store.read() as tx:
        last = sum(tx.outbox.count_by_state().values())
        return [compose_alert(tx, tx.outbox.get(n)) for n in range(first, last + 1)]


def words_of(reply: Reply) -> str:
    found = [reply.title]
    for block in reply.blocks:
        if isinstance(block, Quote):
            found.extend((block.text, text_of(block.source)))
        elif isinstance(block, Listing):
            found.extend(text_of(item) for item in block.items)
        else:
            found.append(text_of(getattr(block, "spans", ())) or str(block))
    return "\n".join(found)


def open_head(world: World, row_id: int = 1) -> Head:
    with world.store.write() as tx:
        row = tx.outbox.get(row_id)
        story_id = tx.articles.get(row.alert.article_id).story_id
        tx.heads.open(
            channel=row.alert.channel, story_id=story_id, row_id=row_id, receipt="m", thread="t", now=world.clock.now
        )
        head = tx.heads.find(row.alert.channel, story_id)
    assert head is not None
    return head


def test_a_changed_figure_is_shown_with_what_was_held_before(sea: World) -> None:
    """New and old sentence, each with date, outlet and link; the figure stands out in words and in the sentence."""
    _, update = tell(sea, FERRY, TOLL)
    assert update.title == f"UPDATE: {TOLL.title}"
    change = next(block for block in update.blocks if isinstance(block, Paragraph) and "→" in text_of(block.spans))
    assert any(isinstance(span, Strong) and "23" in span.text for span in change.spans)
    new, old = [block for block in update.blocks if isinstance(block, Quote)][:2]
    assert [new.text[start:end] for start, end in new.marks] == ["23"]
    assert "14 people" in old.text
    assert text_of(old.source).startswith("known before: Gazette, 15 March 2026, a1")
    assert Link("Gazette", FERRY.url) in old.source
    said = words_of(update)
    assert "UPDATE means: new facts on something in the record" in said
    assert "2 articles (Gazette, Herald)" in said
    assert any(isinstance(span, Moment) for block in update.blocks for span in getattr(block, "spans", ()))


def test_actions_come_in_order_and_work_as_lines(sea: World) -> None:
    (reply,) = tell(sea, FERRY)
    labels = [action.label for action in reply.actions]
    assert labels == ["Why", "Timeline", "Already known", "Not relevant", "Same story as…", "Not the same"]
    for action in reply.actions:
        line = format_line(action.command, action.arguments)
        assert len(line) <= 88
        assert parse_line(line).arguments == action.arguments
    assert reply.actions[4].asks == "story"
    (nameless,) = tell(sea, make_article(8, "Hail", "it hailed all day and nobody knew why."))
    assert "Timeline" not in [action.label for action in nameless.actions]


def test_endless_words_of_strangers_are_bounded(sea: World) -> None:
    """A feed may hold a title of ten thousand characters and a sentence as long: it goes out all the same."""
    title = "Flood in Caracas " + "and more " * 1_200
    text = "A flood hit Caracas on Friday " + "and a street " * 900 + "."
    (reply,) = tell(sea, make_article(1, title, text, outlet="Outlet " * 300))
    assert len(reply.title) <= LONGEST_TITLE
    assert "characters in all" in words_of(reply)
    assert all(len(block.text) <= LONGEST_QUOTE for block in reply.blocks if isinstance(block, Quote))
    assert len(words_of(reply)) < 12_000
    (middle,) = tell(sea, replace(BRIDGE, title="Bridge in Lima " + "very long " * 40))
    first = middle.blocks[0]
    assert isinstance(first, Paragraph)
    assert text_of(first.spans) == " ".join(("Bridge in Lima " + "very long " * 40).split())


def test_a_later_alert_names_its_story(sea: World) -> None:
    tell(sea, FERRY, TOLL)
    head = open_head(sea)
    with sea.store.read() as tx:
        under = compose_alert(tx, tx.outbox.get(2), head=head)
    assert words_of(under).splitlines()[1] == f"Story s{head.story_id}: {FERRY.title}"


def test_a_repeat_is_only_told_where_nobody_can_find_out(sea: World) -> None:
    tell(sea, FERRY)
    with sea.store.read() as tx:
        row = tx.outbox.get(1)
        assert "Possibly repeated" not in str(compose_alert(tx, row))
        assert "Possibly repeated" in str(compose_alert(tx, row, warns_repeat=True))


def test_a_head_tells_how_the_story_stands(sea: World) -> None:
    tell(sea, FERRY, TOLL)
    sea.ask("mark known", item="n1")
    head = open_head(sea)
    with sea.store.read() as tx:
        reply = compose_head(tx, head)
    said = words_of(reply)
    assert reply.title == f"UPDATE: {FERRY.title}"
    assert "2 articles (Gazette, Herald)" in said
    assert "UPDATE 15 March 2026 12:02 UTC, Herald: figure: " in said
    assert "Marked already known by terminal:local, 15 March 2026 12:02 UTC, f1" in said
    assert [action.label for action in reply.actions][:2] == ["Why", "Timeline"]


def test_a_head_shows_the_newest_of_many_and_says_that_there_are_more(sea: World) -> None:
    tell(sea, FERRY)
    for n in range(12):
        toll = replace(
            TOLL, source_id=f"t{n}", url=f"https://herald.example/t{n}", text=TOLL.text.replace("23", str(23 + n))
        )
        tell(sea, toll)
    head = open_head(sea)
    with sea.store.read() as tx:
        reply = compose_head(tx, head)
    listing = next(block for block in reply.blocks if isinstance(block, Listing))
    assert len(listing.items) == 8
    assert "4 earlier ones not shown" in words_of(reply)


def test_a_digest_has_every_alert_with_label_link_and_number(sea: World) -> None:
    tell(sea, BRIDGE, FERRY, TOLL)
    with sea.store.read() as tx:
        rows = [tx.outbox.get(n) for n in (1, 2, 3)]
        digest = compose_digest(tx, rows)
    assert digest.title == "3 alerts on 2 stories"
    said = words_of(digest)
    assert said.index("Ferry") < said.index("Bridge"), "what more origins tell comes first"
    for label, article, number in (("NEW", BRIDGE, 1), ("NEW", FERRY, 2), ("UPDATE", TOLL, 3)):
        assert f"{label} {article.title} — {article.outlet}, n{number}" in said
    links = [span for block in digest.blocks if isinstance(block, Listing) for item in block.items for span in item]
    assert {span.url for span in links if isinstance(span, Link)} == {BRIDGE.url, FERRY.url, TOLL.url}


def test_a_digest_of_nothing_is_none(sea: World) -> None:
    tell(sea, BRIDGE)
    with sea.store.read() as tx:
        row = tx.outbox.get(1)
        gone = replace(row, alert=replace(row.alert, article_id=99))
        assert "1 more alert on articles that are gone" in str(compose_digest(tx, [row, gone]))
        with pytest.raises(NotFoundError):
            compose_digest(tx, [gone, gone])


@pytest.mark.parametrize(
    ("text", "value", "marked"),
    [
        ("At least 23 people died.", "23 people", "23 people"),
        ("At least 23 of them died.", "23 people", "23"),
        ("Some 1,230 people died.", "1,230 dead", "1,230"),
        ("Some 123 people died.", "23 people", ""),
        ("Twenty people died.", "20 people", ""),
        ("The minister left.", "The minister left.", ""),
    ],
)
def test_the_changed_figure_is_found_in_its_sentence(text: str, value: str, marked: str) -> None:
    assert "".join(text[start:end] for start, end in find_marks(text, value)) == marked


def test_an_article_without_a_date_is_called_undated_in_the_head_too(sea: World) -> None:
    (alert,) = tell(sea, replace(FERRY, published_at=None))
    heads = [text_of(block.spans) for block in alert.blocks if isinstance(block, Paragraph)]
    assert any("undated, fetched " in words for words in heads)
