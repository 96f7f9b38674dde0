"""The commands over a real store: what they show, what their data promises, and what they say when there is nothing."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from handlers.alerts import compose_alert
from handlers.dispatch import dispatch
from handlers.jobs.ingest import IngestPlan, ingest_article, ingest_batch
from handlers.registry import COMMANDS, list_paths
from handlers.reply import Entry, Link, Notice, Paragraph, Quote, Reply, Room, Table, text_of
from handlers.request import Access, Request
from news.model import Article
from tests.store.handlers_world import START, World, make_article

LANDING = make_article(
    1,
    "Two Russian planes land in Caracas",
    "Two Russian military planes with about 100 soldiers landed in Caracas on 7 March 2026, Reuters reported. "
    "General Oleg Surin led the group, said the Foreign Ministry of Venezuela.",
    at=START - timedelta(days=7),
)
MORE = make_article(
    2,
    "Russian group in Caracas now 250 strong",
    "The Russian group in Caracas has grown to 250 soldiers, the Defence Ministry of Venezuela said on Saturday. "
    "Two military planes had brought about 100 of them to Caracas on 7 March 2026.",
    outlet="Herald",
    at=START - timedelta(hours=5),
)
TALKS = make_article(
    3,
    "Ministers to meet in Moscow",
    "The foreign ministers of Russia and Venezuela will meet in Moscow on 3 April 2026, the Kremlin said on Sunday.",
    at=START - timedelta(hours=1),
)


@pytest.fixture
def news(world: World) -> World:
    """A store with a seed-like article of last week and two that came today."""
    world.ask("watch add", topic="venezuela")
    list(ingest_batch([LANDING], world.ports, IngestPlan(None, "a seed", is_seed=True)))
    for article in (MORE, TALKS):
        ingest_article(article, world.ports, alerts=True)
    return world


def texts(reply: Reply) -> str:
    return f"{reply.title}\n{reply.blocks}"


def test_timeline_keeps_its_contract(news: World) -> None:
    """Others script against these keys; every entry has its source."""
    reply = news.ask("timeline", topic="venezuela")
    assert set(reply.data) >= {"topic", "entries"}
    assert reply.data["topic"] == "venezuela"
    entries = reply.data["entries"]
    keys = {"from", "to", "precision", "modality", "title", "sentences", "reports", "n_independent", "disputes"}
    assert entries
    assert all(keys <= set(entry) for entry in entries)
    for entry in entries:
        assert entry["sentences"]
        assert all({"article", "outlet", "url", "published_at", "quote"} <= set(each) for each in entry["reports"])
        assert all(each["quote"] and each["outlet"] and each["article"] for each in entry["reports"])
    starts = [entry["from"] for entry in entries]
    assert starts == sorted(starts)
    planned = [entry for entry in entries if entry["from"] == "2026-04-03"]
    assert [entry["modality"] for entry in planned] == ["planned"]
    json.dumps(dict(reply.data), allow_nan=False)


def test_timeline_shows_what_its_data_says(news: World) -> None:
    reply = news.ask("timeline", topic="venezuela")
    shown = [block for block in reply.blocks if isinstance(block, Entry)]
    assert len(shown) == len(reply.data["entries"])
    planned = [entry for entry in shown if entry.when == "3 April 2026"]
    assert planned[0].notes[0] == "planned"
    assert any(isinstance(span, Link) and span.url == TALKS.url for span in planned[0].title)


def test_timeline_takes_an_interval_and_a_number(news: World) -> None:
    only = news.ask("timeline", topic="venezuela", from_="2026-03-15").data["entries"]
    assert only
    assert all(entry["to"] >= "2026-03-15" for entry in only)
    assert len(news.ask("timeline", topic="venezuela", dates="1").data["entries"]) == 1
    empty = news.ask("timeline", topic="venezuela", to="1999")
    assert (empty.failed, empty.data["entries"]) == (False, [])
    wrong = news.ask("timeline", topic="venezuela", from_="2026", to="2025")
    assert wrong.is_misuse


def test_an_unknown_topic_is_answered_with_the_nearest_names(news: World) -> None:
    reply = news.ask("timeline", topic="venezula")
    assert (reply.failed, reply.is_misuse, reply.data["entries"]) == (True, False, [])
    assert reply.data["nearest"][0]["name"] == "Venezuela"
    assert "Did you mean" in texts(reply)


def test_an_empty_store_offers_no_names(world: World) -> None:
    reply = world.ask("timeline", topic="zzyzx")
    assert reply.failed
    assert "/feed add" in texts(reply)


def test_a_topic_is_known_by_any_form_of_its_name(news: World) -> None:
    """The built-in names and those of the store are one: Russian spelling, accents, demonyms."""
    for topic in ("Венесуэла", "VENEZUELA", "caracas"):
        assert news.ask("timeline", topic=topic).data["entries"], topic


def test_ask_quotes_or_abstains(news: World) -> None:
    """Every sentence is a stored one with its source; asked for what is not there, it says so."""
    reply = news.ask("ask", question="How many soldiers landed in Caracas?")
    keys = {"question", "answer", "sentences", "passages", "abstained", "reason", "as_of"}
    assert keys <= set(reply.data)
    assert not reply.data["abstained"]
    stored = f"{LANDING.text}\n{MORE.text}\n{TALKS.text}"
    assert reply.data["sentences"]
    assert all(sentence["text"] in stored for sentence in reply.data["sentences"])
    assert all({"article", "outlet", "url"} <= set(sentence["source"]) for sentence in reply.data["sentences"])
    assert all({"article", "score", "quote"} == set(passage) for passage in reply.data["passages"])
    nothing = news.ask("ask", question="Who won the chess tournament in Reykjavik?")
    assert (nothing.failed, nothing.data["abstained"], nothing.data["answer"]) == (False, True, None)
    assert nothing.data["sentences"] == []


def test_ask_as_of_reads_nothing_later(news: World) -> None:
    reply = news.ask("ask", question="How many soldiers are in Caracas?", as_of="2026-03-10")
    assert reply.data["as_of"] == "2026-03-10"
    assert all("250" not in passage["quote"] for passage in reply.data["passages"])


def test_brief_shows_what_is_new_newest_first_and_no_seeds(news: World) -> None:
    reply = news.ask("brief", topic="venezuela")
    articles = [entry["article"] for entry in reply.data["entries"]]
    assert articles == ["a3", "a2"]
    assert reply.data["since"] == (START - timedelta(days=7)).isoformat()
    later = news.ask("brief", topic="venezuela", since="2026-03-16")
    assert (later.failed, later.data["entries"]) == (False, [])
    assert "Nothing new" in later.title
    assert TALKS.title in texts(later), "it names the newest that there is"
    assert news.ask("brief", topic="venezula").failed
    assert news.ask("brief", topic="venezuela", since="soon").is_misuse


def test_story_shows_events_articles_and_what_each_added(news: World) -> None:
    story = news.ask("why", item="a2").data["story"]
    reply = news.ask("story", story=story)
    assert reply.data["story"] == story
    assert reply.data["articles"]
    assert reply.data["events"]
    assert news.ask("story", story=story.removeprefix("s")).title == reply.title
    assert news.ask("story", story="s999").failed
    assert news.ask("story", story="a1").is_misuse


def test_why_explains_by_every_kind_of_name(news: World) -> None:
    """An article by id, address or the caller's own id; an alert; a story."""
    by_id = news.ask("why", item="a2")
    assert not by_id.failed
    assert by_id.data["reasons"]
    assert news.ask("why", item=MORE.url).title == by_id.title
    assert news.ask("why", item="guid-2").title == by_id.title
    assert "n1" in texts(news.ask("why", item="n1"))
    assert "a seed" in texts(news.ask("why", item="a1"))
    assert not news.ask("why", item=by_id.data["story"]).failed
    for unknown in ("a999", "n999", "https://nowhere.example/1", "whatever"):
        reply = news.ask("why", item=unknown)
        assert (reply.failed, reply.is_misuse) == (True, False), unknown


def test_an_alert_says_what_is_new_who_says_so_and_where_to_look(news: World) -> None:
    with news.store.read() as tx:
        rows = [tx.outbox.get(n) for n in range(1, sum(tx.outbox.count_by_state().values()) + 1)]
        replies = {row.alert.article_id: compose_alert(tx, row) for row in rows}
    talks = replies[3]
    said = texts(talks)
    assert talks.title.startswith(f"{talks.data['label'].replace('_', ' ')}: ")
    assert "3 April 2026" in said
    assert TALKS.url in said
    assert f"/why {talks.data['alert']}" in said
    assert "independent origin" in said
    quotes = [block.text for block in talks.blocks if isinstance(block, Quote)]
    assert len(set(quotes)) == len(quotes), "no sentence is quoted twice"


def test_a_feed_inside_is_refused_at_once(world: World) -> None:
    """Not after the first poll: who added it has gone by then."""
    refused = world.ask("feed add", url="http://10.0.0.1/feed")
    assert refused.is_misuse
    assert "not a public address" in refused.title
    assert world.ask("feeds").data["feeds"] == []


def test_feeds_are_added_listed_paused_and_removed(world: World) -> None:
    added = world.ask("feed add", url="https://a.example/rss", outlet="Gazette", interval="120")
    assert added.data["added"] is True
    assert world.ask("feed add", url="https://a.example/rss").data["added"] is False
    (feed,) = world.ask("feeds").data["feeds"]
    assert (feed["outlet"], feed["interval_s"], feed["status"]) == ("Gazette", 120, "active")
    assert world.ask("feed pause", feed="1").data["status"] == "paused"
    assert world.ask("feed remove", feed="https://a.example/rss").data["removed"] is True
    assert world.ask("feeds").data == {"feeds": []}
    assert world.ask("feed remove", feed="1").failed
    for url in (
        "ftp://a.example",
        "a.example/rss",
        "https://",
        "javascript:alert(1)",
        "https://a.example/\x1b[2J",
        "http://[::1",
    ):
        assert world.ask("feed add", url=url).is_misuse, url
    assert world.ask("feed add", url="https://b.example/rss", interval="5").is_misuse


def test_feeds_of_one_name_are_told_with_their_addresses(world: World) -> None:
    feeds = ("https://a.example/1", "Gazette"), ("https://a.example/2", "Gazette"), ("https://b.example/1", "Post")
    for url, outlet in feeds:
        world.ask("feed add", url=url, outlet=outlet)
    (table, *_) = world.ask("feeds").blocks
    assert isinstance(table, Table)
    assert [row[1] for row in table.rows] == ["Gazette (https://a.example/1)", "Gazette (https://a.example/2)", "Post"]


def test_preview_stores_nothing(world: World) -> None:
    entry = Article("1", "https://a.example/1", "Gazette", "Title of one", "Text.", published_at=START)
    world.serve("https://a.example/rss", entry)
    reply = world.ask("feed preview", url="https://a.example/rss")
    assert [item["title"] for item in reply.data["entries"]] == ["Title of one"]
    assert world.ask("feed preview", url="https://b.example/rss").failed
    assert world.ask("feeds").data == {"feeds": []}
    with world.store.read() as tx:
        assert tx.articles.count() == 0


def test_watches_belong_to_their_channel(world: World) -> None:
    assert world.ask("watch add", topic="venezuela").data["added"] is True
    assert world.ask("watch add", topic="venezuela").data["added"] is False
    assert not world.ask("watch add", topic="*").failed
    assert [watch["topic"] for watch in world.ask("watch list").data["watches"]] == ["venezuela", "*"]
    assert world.ask("watch remove", watch="VENEZUELA").data["removed"] is True
    assert world.ask("watch remove", watch="venezuela").failed
    assert world.ask("watch add", topic='"never closed').is_misuse


def test_a_watch_on_an_unknown_word_is_taken_with_a_remark(world: World) -> None:
    reply = world.ask("watch add", topic="zzyzx")
    assert not reply.failed
    assert any(isinstance(block, Notice) and "no known name" in text_of(block.spans) for block in reply.blocks)


def test_status_counts_and_warns(news: World) -> None:
    news.ask("feed add", url="https://gone.example/rss")
    news.poll()
    news.clock.forward(hours=2)
    data = news.ask("status").data
    assert data["n_articles"] == 3
    assert data["feeds"]["n"] == data["feeds"]["active"] == 1
    assert data["feeds"]["lag_s"] > 3_600
    assert data["feeds"]["failing"][0]["error"].startswith("404")
    assert data["outbox"]["pending"] == 2
    assert "behind" in texts(news.ask("status"))


@pytest.mark.parametrize("path", list_paths())
def test_help_explains_every_command(world: World, path: str) -> None:
    reply = world.ask("help", command=path)
    assert reply.title.startswith(f"/{path}")
    assert not reply.failed


def test_help_of_nothing_and_of_groups(world: World) -> None:
    assert len(world.ask("help").data["commands"]) == len(COMMANDS)
    assert "/feed pause" in texts(world.ask("help", command="/feed"))
    assert world.ask("help", command="dance").is_misuse


def test_data_is_always_fit_for_json(news: World) -> None:
    """Every answer, also a failed one, can be handed to a program."""
    for command, arguments in (
        ("status", {}),
        ("story", {"story": "s1"}),
        ("why", {"item": "a2"}),
        ("why", {"item": "nothing"}),
        ("brief", {"topic": "caracas"}),
        ("watch list", {}),
        ("feeds", {}),
        ("help", {}),
    ):
        reply = news.ask(command, **arguments)
        assert reply.data, command
        json.dumps(dict(reply.data), allow_nan=False)


def test_a_watch_may_post_into_another_channel_of_its_place_only(world: World) -> None:
    """Nobody types commands in a forum, and nobody may post into somebody else's server."""

    def add(channel: str, access: Access = Access.MANAGE) -> Reply:
        values = {"topic": "peru", "channel": channel}
        asked = Request("watch add", values, "discord:1/2", "discord:9", now=START, access=access)
        return dispatch(asked, world.ports)

    added = add("33")
    assert added.data["channel"] == "discord:1/33"
    assert Room("discord:1/33") in [
        span for block in added.blocks if isinstance(block, Paragraph) for span in block.spans
    ]
    assert add("discord:7/8").is_misuse
    assert add("7/8").is_misuse
    assert add("@everyone/x").is_misuse
    assert add("discord:7/8", Access.OPERATE).data["channel"] == "discord:7/8"


def test_a_topic_in_other_letters_is_the_same_watch(world: World) -> None:
    """Else one of two stays behind when the other is removed."""
    assert world.ask("watch add", topic="lima").data["added"] is True
    assert world.ask("watch add", topic="LIMA").data["added"] is False
    assert world.ask("watch remove", watch="Lima").data["removed"] is True
    assert world.ask("watches").data["watches"] == []
