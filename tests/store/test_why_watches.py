"""``/why`` of what was not posted, and of what was held; digests and alerts as they are judged and quoted."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.platforms.controls import Kind, control_of
from handlers.digest import compose_digest
from handlers.headlines import body_of, find_sentence
from handlers.jobs.deliver import deliver_due
from handlers.jobs.ingest import ingest_article
from handlers.reply import Listing, Quote, text_of
from handlers.request import Access
from news.model import Article
from news.polling import Feed, FeedStatus
from news.queries.expression_grammar import parse_expression
from news.queries.expressions import Expression
from news.watches.feeding import could_bring, names_outlet
from tests.store.handlers_world import START, FakeMessenger, World, make_article

TANKER = make_article(
    1,
    "Tanker runs aground off Norway",
    "A tanker ran aground off Norway on Sunday with 40 people aboard, the coast guard said.",
)
COPY = make_article(2, TANKER.title, TANKER.text, outlet="Herald")


def tell(world: World, *articles: Article) -> None:
    for article in articles:
        world.clock.forward(seconds=1)
        ingest_article(article, world.ports, alerts=True)


def lines_of(world: World, item: str, **who: object) -> list[str]:
    reply = world.ask("why", item=item) if not who else world.ask_as(Access.READ, "why", item=item, **who)  # type: ignore[arg-type]  # a channel
    return [text_of(spans) for block in reply.blocks if isinstance(block, Listing) for spans in block.items]


def test_each_watch_that_was_not_told_says_why(world: World) -> None:
    """Words, labels, origins, pause and mute, each by itself; those that its words fit come first."""
    for topic, settings in (
        ("chile", {}),
        ("norway", {"labels": "disputed"}),
        ("tanker", {"origins": 3}),
        ("coast", {}),
        ("aground", {}),
    ):
        world.ask("watch add", topic=topic, channel=f"terminal:{topic}", **settings)
    world.ask("watch pause", watch="4")
    world.ask("watch mute", watch="5", time="2h")
    tell(world, TANKER)
    told = [line for line in lines_of(world, "a1") if line.startswith("Watch ")]
    assert [line.partition(": ")[2] for line in told] == [
        "fits by “norway”, but it posts DISPUTED and not NEW.",
        "fits by “tanker”, but it waits for 3 independent origins, and the story had 1.",
        "fits by “coast”, but it is paused.",
        "fits by “aground”, but it is muted until 15 March 2026 14:00 UTC.",
        "its expression does not take the article.",
    ]
    verdicts = [row["verdict"] for row in world.ask("why", item="a1").data["watches"]]
    assert verdicts == ["label", "origins", "paused", "muted", "words"]


@pytest.mark.parametrize(("title", "text"), [("", ""), ("", "qwe rt"), ("…", "—  —"), ("Abc", "Abc")])
def test_what_tells_nothing_is_kept_and_posted_nowhere(world: World, title: str, text: str) -> None:
    world.ask("watch add", topic="*", channel="terminal:all")
    tell(world, make_article(7, title, text))
    reply = world.ask("why", item="a1")
    assert reply.data["alerts"] == []
    assert "Nowhere: it has no title, and hardly a letter of text." in str(reply.blocks)


@pytest.mark.parametrize("title", ["Queen dead", "女王逝世"])
def test_the_shortest_of_headlines_is_told(world: World, title: str) -> None:
    world.ask("watch add", topic="*", channel="terminal:all")
    tell(world, make_article(7, title, ""))
    assert len(world.ask("why", item="a1").data["alerts"]) == 1


def test_a_watch_that_came_later_says_so(world: World) -> None:
    tell(world, TANKER)
    world.clock.forward(hours=1)
    world.ask("watch add", topic="norway")
    (line,) = [line for line in lines_of(world, "a1") if line.startswith("Watch ")]
    assert "it would post it as it is set now; it was made on 15 March 2026 13:00 UTC" in line


def test_nobody_hears_of_the_watches_of_another_place(world: World) -> None:
    world.ask("watch add", topic="chile", channel="discord:1/2")
    tell(world, TANKER)
    assert not any("chile" in line for line in lines_of(world, "a1", channel="discord:9/9"))
    assert any("chile" in line for line in lines_of(world, "a1", channel="discord:1/3"))


def test_a_copy_says_of_what_and_how_near(world: World) -> None:
    world.ask("watch add", topic="norway")
    tell(world, TANKER, COPY)
    reply = world.ask("why", item="a2")
    assert "REPRINT" in reply.title
    assert "a1" in str(reply.blocks)
    assert "100% of its text stands there" in str(reply.blocks)
    assert any("posts NEW, UPDATE, REVISED, DISPUTED and not REPRINT" in line for line in lines_of(world, "a2"))


def test_what_was_held_says_until_when_and_when_it_was_sent(world: World) -> None:
    world.ask("watch add", topic="norway", quiet="10:00-20:00")
    tell(world, TANKER)
    (held,) = lines_of(world, "n1")[-1:]
    assert "held for the quiet hours until 15 March 2026 20:00 UTC" in held
    world.clock.now = START + timedelta(hours=9)
    deliver_due(world.ports, FakeMessenger())
    (sent,) = lines_of(world, "n1")[-1:]
    assert "held for the quiet hours until 15 March 2026 20:00 UTC, sent 15 March 2026 21:00 UTC" in sent
    assert "receipt message-n1" in sent


def test_each_line_of_a_digest_can_be_judged_by_its_number(world: World) -> None:
    """Buttons ask for the number of a line; what is marked changes what follows for that channel, and /why says so."""
    world.ask("watch add", topic="*", at="18:00")
    other = make_article(3, "Strike closes mine in Chile", "A strike closed a copper mine in Chile on Sunday.")
    tell(world, TANKER, other)
    with world.store.read() as tx:
        digest = compose_digest(tx, [tx.outbox.get(1), tx.outbox.get(2)])
    assert [action.label for action in digest.actions][:3] == ["Why…", "Already known…", "Not relevant…"]
    for action in digest.actions:
        control = control_of(action)
        assert control is not None
        assert (control.kind, control.asks) == (Kind.FORM, "item")
    marked = world.ask(digest.actions[2].command, **{digest.actions[2].asks: "n2"})
    assert marked.data["article"] == "a2"
    assert "not sent: f1: marked not relevant" in lines_of(world, "n2")[-1]


def test_a_ping_can_be_ended_where_a_role_is_picked(world: World) -> None:
    world.ask("watch add", topic="norway", ping="77")
    assert world.ask("watch edit", watch="1", calls="nobody").data["ping"] == ""


@pytest.mark.parametrize(
    ("title", "text", "value", "said"),
    [
        (
            "Four planes landed in Caracas, says minister",
            "Four planes landed in Caracas on Monday, the minister said. They are white.",
            "Four planes",
            "Four planes landed in Caracas on Monday, the minister said.",
        ),
        (
            "Bridge falls in Lima",
            "A bridge fell into a river. The bridge falls, Lima said.",
            "",
            "Bridge falls in Lima",
        ),
        ("14 hurt in Amuay fire", "Nothing is known of it.", "14", "14 hurt in Amuay fire"),
    ],
)
def test_a_sentence_is_quoted_rather_than_its_headline(title: str, text: str, value: str, said: str) -> None:
    article = make_article(1, title, f"{text}\n\n{title}")
    assert body_of(article) == text
    assert find_sentence(article, title, value or "no such value") == said
    assert find_sentence(article, "Another sentence.", value) == "Another sentence."


def test_a_short_alert_quotes_no_headline_beside_its_sentence(world: World) -> None:
    world.ask("watch add", topic="*")
    messenger = FakeMessenger()
    tell(world, make_article(1, "Russian planes land in Caracas", "Two Russian planes landed in Caracas on Monday."))
    more = "Four Russian planes landed in Caracas on Monday, the defence minister said. They carried 200 soldiers."
    tell(world, make_article(2, "Four Russian planes landed in Caracas, says minister", more, outlet="Herald"))
    deliver_due(world.ports, messenger)
    quotes = [block.text for block in messenger.posts[-1].reply.blocks if isinstance(block, Quote)]
    assert quotes
    assert not any("says minister" in quote for quote in quotes), quotes
    assert len(set(quotes)) == len(quotes)


def expression(text: str) -> Expression:
    return parse_expression(text, lambda _: ())


@pytest.mark.parametrize(
    ("text", "could", "names"),
    [
        ("venezuela", True, False),
        ("outlet:gazette", True, True),
        ("outlet:gazette.example oil", True, True),
        ("outlet:herald", False, False),
        ("oil OR outlet:herald", True, False),
        ("oil AND outlet:herald", False, False),
        ("NOT outlet:gazette oil", False, False),
        ("NOT outlet:herald oil", True, False),
        ("lang:en", True, False),
        ("lang:es oil", False, False),
        ("NOT lang:en oil", False, False),
        ("NOT (lang:en oil)", True, False),
    ],
)
def test_a_feed_could_bring_what_no_filter_excludes(text: str, *, could: bool, names: bool) -> None:
    feed = Feed(1, "https://gazette.example/rss", FeedStatus.ACTIVE, START, START, 600, outlet="Gazette", language="en")
    assert could_bring(feed, expression(text)) is could
    assert names_outlet(feed, expression(text)) is names
