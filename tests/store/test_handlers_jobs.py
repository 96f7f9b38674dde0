"""The jobs around ingesting: polling, seeding, what is set up at start and what is cleared away."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path

import pytest

from handlers.alerts import compose_alert
from handlers.jobs import ingest, poll
from handlers.jobs.editions import find_held
from handlers.jobs.ingest import ingest_article
from handlers.jobs.maintain import MaintenanceSummary, apply_feeds, apply_watches, maintain, needs_seeds
from handlers.jobs.progress import SeedProgress
from handlers.jobs.seed import seed_paths, seed_store
from handlers.jobs.settings import ConfiguredFeed, ConfiguredWatch
from handlers.ports import Transaction
from handlers.request import Access, Request
from handlers.saved import save_request
from news.decision import Label, StoredArticle
from news.model import Article
from news.polling import Feed, FeedStatus
from news.watches.watch import Alert
from tests.new_stores import open_new_store
from tests.store.handlers_world import World, make_article, make_world

FEED = "https://gazette.example/rss"
OLD = make_article(
    1, "Bridge opens in Merida", "A new bridge was opened in Merida, Venezuela, on Friday. 200 guests came."
)
NEWS = make_article(
    2,
    "Fire at refinery in Venezuela",
    "A fire broke out at the Amuay refinery in Venezuela on Sunday, the oil company said. Nine workers were hurt.",
)
LATER = make_article(
    3,
    "Blackout in Caracas",
    "A blackout left Caracas without light on Sunday evening. The grid operator in Venezuela spoke of a broken line.",
)


def watch(world: World, topic: str = "venezuela") -> None:
    assert not world.ask("watch add", topic=topic).failed


def outbox(world: World) -> dict[str, int]:
    with world.store.read() as tx:
        return {state: n for state, n in tx.outbox.count_by_state().items() if n}


def test_first_sight_of_a_feed_is_silent_and_later_entries_are_told(world: World) -> None:
    """Adding a feed must never flood a channel; the store is filled all the same."""
    watch(world)
    world.ask("feed add", url=FEED)
    world.serve(FEED, OLD)
    assert world.poll().n_articles == 1
    assert outbox(world) == {}
    world.serve(FEED, OLD, NEWS)
    summary = world.poll()
    assert (summary.n_feeds, summary.n_articles, summary.n_alerts) == (1, 1, 1)
    assert world.poll().n_articles == 0, "the third poll brings nothing new"
    assert outbox(world) == {"pending": 1}


def test_the_newest_of_a_new_feed_are_told_where_that_is_wanted(tmp_path: Path) -> None:
    with open_new_store(tmp_path / "own.db") as store:
        world = make_world(store, {"alerts_on_first_sight": 1})
        watch(world)
        world.ask("feed add", url=FEED)
        world.serve(FEED, OLD, LATER, NEWS)
        assert world.poll().n_alerts == 1


def test_each_feed_fails_alone_and_says_why(world: World) -> None:
    world.ask("feed add", url="https://gone.example/rss")
    world.ask("feed add", url=FEED)
    world.serve(FEED, OLD)
    summary = world.poll()
    assert (summary.n_feeds, summary.n_failed, summary.n_articles) == (2, 1, 1)
    assert summary.failures == ("https://gone.example/rss: 404 Not Found; is it right?",)
    listed = world.ask("feeds").data["feeds"]
    assert [feed["error"] for feed in listed] == ["404 Not Found; is it right?", ""]


@pytest.mark.parametrize("url", ["http://a\u2100b/x", "https://gazette.example/\ud800", "http://[::1/x"])
def test_a_poisoned_address_stops_neither_its_feed_nor_the_others(world: World, url: str) -> None:
    """One entry with an address that the standard library refuses must not end the polling of all feeds."""
    feeds = [f"https://{name}.example/rss" for name in ("one", "two", "three")]
    for feed, article in zip(feeds, (OLD, replace(NEWS, url=url), LATER), strict=True):
        world.ask("feed add", url=feed)
        world.serve(feed, article)
    summary = world.poll()
    assert (summary.n_feeds, summary.n_failed, summary.n_articles, summary.failures) == (3, 0, 3, ())
    assert world.poll().n_articles == 0


def test_an_article_that_cannot_be_looked_for_fails_alone_and_is_seen_again(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was left out must come back: without validators the next poll sees the feed as a whole."""
    whole = find_held

    def find(tx: Transaction, article: Article, same: StoredArticle | None) -> StoredArticle | None:
        if article.title == NEWS.title:
            raise ValueError("netloc contains invalid characters")
        return whole(tx, article, same)

    monkeypatch.setattr(ingest, "find_held", find)
    world.ask("feed add", url=FEED)
    world.serve(FEED, NEWS, LATER)
    fetched = next(world.door.poll(lease(world)))
    summary = poll.store_poll(replace(fetched, etag='"a"', last_modified="Mon", body_hash="h"), world.ports)
    assert (summary.n_articles, summary.n_failed) == (1, 0)
    assert "netloc contains invalid characters" in summary.failures[0]
    with world.store.read() as tx:
        (feed,) = tx.feeds.list_all()
    assert (feed.etag, feed.last_modified, feed.body_hash) == ("", "", "")
    monkeypatch.undo()
    assert world.poll().n_articles == 1


def test_a_feed_that_cannot_be_stored_is_recorded_and_the_round_goes_on(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = ingest.ingest_batch

    def take(articles: Sequence[Article], *rest: object) -> object:
        if any(article.title == NEWS.title for article in articles):
            raise RuntimeError("broken at " + NEWS.url)
        return whole(articles, *rest)  # type: ignore[arg-type]  # passed through

    monkeypatch.setattr(poll, "ingest_batch", take)
    feeds = [f"https://{name}.example/rss" for name in ("one", "two", "three")]
    for feed, article in zip(feeds, (OLD, NEWS, LATER), strict=True):
        world.ask("feed add", url=feed)
        world.serve(feed, article)
    summary = world.poll()
    assert (summary.n_feeds, summary.n_failed, summary.n_articles) == (3, 1, 2)
    with world.store.read() as tx:
        first, second, third = tx.feeds.list_all()
    assert (first.error, third.error, second.n_failures) == ("", "", 1)
    assert "RuntimeError: broken" in second.error
    monkeypatch.undo()
    assert world.poll().n_articles == 1


def lease(world: World) -> list[Feed]:
    with world.store.write() as tx:
        return tx.feeds.lease_due(now=world.clock.now, limit=9, lease_s=60, worker=world.ports.settings.worker)


def test_an_edit_after_the_feed_has_moved_is_an_edition(world: World) -> None:
    """A guid is unique within the feed, whatever its address has become."""
    new = "https://new.example/rss"
    world.ask("feed add", url=FEED)
    world.serve(FEED, NEWS)
    world.poll()
    for _ in range(3):
        world.clock.forward(minutes=11)
        (fetched,) = world.door.poll(lease(world))
        poll.store_poll(replace(fetched, moved_to=new), world.ports)
    world.serve(new, NEWS, LATER)
    assert world.poll().n_articles == 1
    edits = [replace(each, text=each.text + " Eleven firemen came from Punto Fijo.") for each in (NEWS, LATER)]
    world.serve(new, *edits)
    summary = world.poll()
    assert (summary.n_feeds, summary.n_failed, summary.n_articles) == (1, 0, 0)
    with world.store.read() as tx:
        assert {tx.articles.get(n).article.text for n in (1, 2)} == {edit.text for edit in edits}
        assert {tx.articles.get(n).article.feed_url for n in (1, 2)} == {FEED}


def test_paused_feeds_are_left_alone(world: World) -> None:
    world.ask("feed add", url=FEED)
    world.ask("feed pause", feed="1")
    assert world.poll().n_feeds == 0
    world.ask("feed resume", feed=FEED)
    assert world.poll().n_feeds == 1


def test_an_alert_tells_what_was_decided_on_its_own_edition(world: World) -> None:
    """An edit between deciding and sending must not put the correction's evidence under the first alert."""
    watch(world)
    words = "At least 14 people died when a ferry sank off Maracaibo in Venezuela on Saturday, the coast guard said."
    article = replace(make_article(9, "Ferry sinks off Maracaibo", words), feed_url=FEED)
    ingest_article(article, world.ports, alerts=True)
    ingest_article(replace(article, text=words.replace("14", "17")), world.ports, alerts=True)
    with world.store.read() as tx:
        rows = tx.outbox.list_for_article(1)
        decisions = [tx.articles.get_decision(1, revision=n) for n in (0, 1)]
        composed = [compose_alert(tx, row).data["of"]["label"] for row in rows]
    assert [row.alert.revision for row in rows] == [0, 1]
    assert composed == [decision.label.value for decision in decisions] == ["NEW", "REVISED"]


def write_documents(folder: Path) -> None:
    folder.mkdir()
    (folder / "one.md").write_text(
        '+++\ntitle = "Troops land in Caracas"\noutlet = "Gazette"\nlanguage = "en"\npublished = 2019-03-25\n+++\n\n'
        "Two planes with about 100 soldiers landed in Caracas on Saturday, Reuters reported.\n",
        encoding="utf-8",
    )
    (folder / "two.txt").write_text(
        "Three ships leave La Guaira\n\n"
        "Three ships left the port of La Guaira in Venezuela on 2 March 2019 with food and medicine, the harbour "
        "master said. They sailed east at noon, and the last of them was seen off Trinidad in the evening. The owner "
        "of the ships, a company in Panama, did not want to say who had paid for the cargo.\n",
        encoding="utf-8",
    )
    (folder / "README.md").write_text("# What this folder is\n", encoding="utf-8")
    (folder / ".hidden.md").write_text("hidden", encoding="utf-8")
    (folder / "picture.png").write_bytes(b"\x89PNG")


def test_a_folder_is_loaded_again_without_change_and_edits_update(world: World, tmp_path: Path) -> None:
    """Documents are named by their file: loading is repeatable, and an edited file is the same article."""
    folder = tmp_path / "documents"
    write_documents(folder)
    watch(world)
    seen: list[SeedProgress] = []
    first = seed_paths([folder], world.ports, report=seen.append)
    assert (first.n_added, first.failures) == (2, ())
    assert [(done.n_done, done.n_files) for done in seen] == [(1, 2), (2, 2)]
    again = seed_paths([folder], world.ports)
    assert (again.n_added, again.n_updated, again.n_unchanged) == (0, 0, 2)
    edited = (folder / "one.md").read_text(encoding="utf-8") + "\nA third plane brought 40 soldiers on Monday.\n"
    (folder / "one.md").write_text(edited, encoding="utf-8")
    after = seed_paths([folder], world.ports)
    assert (after.n_added, after.n_updated, after.n_unchanged) == (0, 1, 1)
    with world.store.read() as tx:
        assert tx.articles.count() == 2
        assert any("third plane" in tx.articles.get(n).article.text for n in (1, 2))
    assert outbox(world) == {}, "seeds are never told"


def test_bad_documents_are_named_and_the_others_load(world: World, tmp_path: Path) -> None:
    folder = tmp_path / "documents"
    write_documents(folder)
    (folder / "bad.md").write_text('+++\ntitle = "never closed\n+++\ntext\n', encoding="utf-8")
    (folder / "empty.txt").write_bytes(b"")
    summary = seed_paths([folder, tmp_path / "gone.md"], world.ports)
    assert summary.n_added == 2
    assert sorted(Path(name).name for name, _ in summary.failures) == ["bad.md", "empty.txt", "gone.md"]
    assert all(reason for _, reason in summary.failures)


def test_a_huge_document_is_refused_before_it_is_read(world: World, tmp_path: Path) -> None:
    path = tmp_path / "huge.txt"
    with path.open("wb") as file:
        file.truncate(6 * 1024 * 1024)
    ((_, reason),) = seed_paths([path], world.ports).failures
    assert "larger than 5 MiB" in reason


def test_seeding_is_remembered(world: World, tmp_path: Path) -> None:
    folder = tmp_path / "documents"
    write_documents(folder)
    assert needs_seeds(world.ports)
    seed_store([folder], world.ports, report=lambda _: None)
    assert not needs_seeds(world.ports)


def test_configured_feeds_and_watches_are_applied_once(world: World) -> None:
    """What a person removed must not come back with the next start."""
    feeds = [ConfiguredFeed(FEED, "Gazette", "en", 60), ConfiguredFeed("https://b.example/rss")]
    watches = [ConfiguredWatch("terminal:local", "venezuela")]
    assert (apply_feeds(feeds, world.ports), apply_watches(watches, world.ports)) == (2, 1)
    world.ask("feed remove", feed="Gazette")
    world.ask("watch remove", watch="venezuela")
    assert (apply_feeds(feeds, world.ports), apply_watches(watches, world.ports)) == (0, 0)
    with world.store.read() as tx:
        assert [(feed.url, feed.interval_s, feed.status) for feed in tx.feeds.list_all()] == [
            ("https://b.example/rss", 600, FeedStatus.ACTIVE)
        ]
        assert tx.watches.list_all() == []
    assert apply_feeds([*feeds, ConfiguredFeed("https://c.example/rss")], world.ports) == 1


def test_many_alerts_are_given_up_in_several_transactions(world: World) -> None:
    """While one writes everybody else waits: no transaction gives up more than a thousand."""
    watch(world)
    article_id = ingest_article(NEWS, world.ports, alerts=False).article_id
    alerts = [Alert(article_id, "terminal:local", 1, Label.NEW, revision=n) for n in range(2_500)]
    n_writes = 0

    class Counting:
        """The store, counting who writes."""

        def write(self) -> AbstractContextManager[Transaction]:
            nonlocal n_writes
            n_writes += 1
            return world.store.write()

    with world.store.write() as tx:
        tx.outbox.add(alerts, now=world.clock.now)
        tx.channels.close("terminal:local", reason="no permission", now=world.clock.now)
    world.clock.forward(days=15)
    ports = replace(world.ports, store=Counting())  # type: ignore[arg-type]  # enough of a store for this
    assert maintain(ports).n_expired == 2_500
    assert n_writes == 4, "three to give up, one for the requests"


def test_what_nobody_waits_for_is_cleared_away(world: World) -> None:
    """Alerts to a channel that stays closed are given up; an expired button can say what to type for a while more."""
    watch(world)
    ingest_article(NEWS, world.ports, alerts=True)
    request = Request("timeline", {"topic": "venezuela"}, now=world.clock.now, access=Access.READ)
    with world.store.write() as tx:
        tx.channels.close("terminal:local", reason="no permission", now=world.clock.now)
        number = save_request(tx, request)
    assert maintain(world.ports) == MaintenanceSummary()
    world.clock.forward(days=15)
    assert maintain(world.ports) == MaintenanceSummary(n_expired=1)
    assert outbox(world) == {"failed": 1}
    world.clock.forward(days=14)
    assert maintain(world.ports) == MaintenanceSummary(n_pruned=1)
    with world.store.read() as tx:
        assert tx.requests.find(number) is None
