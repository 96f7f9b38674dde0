"""The way of an article: what is new is written and told once, what is not is neither, and a bad one fails alone."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest

from handlers.jobs import ingest
from handlers.jobs.ingest import IngestFailure, IngestPlan, IngestResult, ingest_article, ingest_batch, ingest_rows
from news.decision import Decision, Label
from news.model import Article, Reading
from news.reading import read
from news.watches.watch import Alert, OutboxState
from tests.store.handlers_world import START, World, make_article

FEED = "https://gazette.example/rss"
FERRY = make_article(
    1,
    "Ferry sinks off Tarvo, 14 dead",
    "At least 14 people died when a ferry sank off Maracaibo in Venezuela on Saturday, the coast guard said. "
    "The ship had 90 passengers and a crew of six on board when it hit a sandbank in heavy rain. "
    "Divers will search the wreck on Sunday, according to the harbour master.",
)
STRIKE = make_article(
    2,
    "Teachers in Peru begin a strike",
    "Teachers in Lima, Peru, began a strike on Friday over unpaid wages, their union said. "
    "About 30,000 of them stayed away from school. The government called for talks next week.",
)


def add_watch(world: World, topic: str = "venezuela") -> None:
    assert not world.ask("watch add", topic=topic).failed


def pending(world: World) -> int:
    with world.store.read() as tx:
        return tx.outbox.count_by_state()[OutboxState.PENDING.value]


def to_row(name: str | int, article: Article, **fields: str | None) -> str:
    row = {"id": name, "outlet": article.outlet, "title": article.title, "text": article.text}
    return json.dumps(row | fields)


def in_feed(article: Article) -> Article:
    return replace(article, feed_url=FEED)


def test_a_new_article_is_written_with_its_alert(world: World) -> None:
    add_watch(world)
    result = ingest_article(in_feed(FERRY), world.ports, alerts=True)
    assert result.is_added
    assert result.decision is not None
    assert result.decision.label is Label.NEW
    assert result.n_alerts == pending(world) == 1
    with world.store.read() as tx:
        assert tx.articles.get(result.article_id).story_id == result.story_id


def test_a_watch_on_something_else_hears_nothing(world: World) -> None:
    add_watch(world)
    assert ingest_article(in_feed(STRIKE), world.ports, alerts=True).n_alerts == 0


def test_without_alerts_nothing_is_queued_and_why_says_so(world: World) -> None:
    add_watch(world)
    plan = IngestPlan(None, "first sight of the feed")
    (result,) = ingest_batch([in_feed(FERRY)], world.ports, plan)
    assert isinstance(result, IngestResult)
    assert pending(world) == 0
    why = world.ask("why", item=f"a{result.article_id}")
    assert "first sight of the feed" in str(why.blocks)


@pytest.mark.parametrize(
    "again",
    [
        in_feed(FERRY),
        replace(in_feed(FERRY), source_id="guid-9"),
        replace(in_feed(FERRY), url="http://www.gazette.example/1?utm_source=rss#top", source_id="guid-9"),
        replace(in_feed(FERRY), feed_url="https://gazette.example/world.rss"),
    ],
    ids=["the same", "another guid", "another guid and address", "another feed of the outlet"],
)
def test_an_article_issued_again_is_neither_read_nor_written(world: World, again: Article) -> None:
    """Polling a feed twice, or one whose guids change, posts nothing and costs no reading."""
    add_watch(world)
    first = ingest_article(in_feed(FERRY), world.ports, alerts=True)
    (second,) = ingest_batch([again], world.ports, IngestPlan())
    assert second == IngestResult(first.article_id, first.story_id, None)
    assert pending(world) == 1


def test_a_copy_by_another_outlet_is_kept_and_not_told(world: World) -> None:
    """It counts as an outlet that has it, but a channel has heard it already."""
    add_watch(world)
    first = ingest_article(in_feed(FERRY), world.ports, alerts=True)
    copy = replace(make_article(7, FERRY.title, FERRY.text, outlet="Herald"), feed_url="https://herald.example/rss")
    second = ingest_article(copy, world.ports, alerts=True)
    assert second.decision is not None
    assert second.decision.label is Label.REPRINT
    assert second.decision.duplicate_of == first.article_id
    assert (second.is_added, second.story_id, second.n_alerts) == (True, first.story_id, 0)


def test_a_corrected_article_is_told_as_revised_once_for_each_edition(world: World) -> None:
    """The alert on a correction is not taken for the first alert on the article."""
    add_watch(world)
    first = ingest_article(in_feed(FERRY), world.ports, alerts=True)
    corrected = replace(in_feed(FERRY), text=FERRY.text.replace("14 people", "17 people"))
    second = ingest_article(corrected, world.ports, alerts=True)
    assert second.decision is not None
    assert second.decision.label is Label.REVISED
    assert (second.article_id, second.is_added, second.n_alerts) == (first.article_id, False, 1)
    again = ingest_article(corrected, world.ports, alerts=True)
    assert again.decision is None
    assert pending(world) == 2
    with world.store.read() as tx:
        held = tx.articles.get(first.article_id)
        assert "17 people" in held.article.text
        assert held.duplicate_of is None, "an article is no copy of itself"


def test_what_a_digest_holds_is_told_as_corrected(world: World) -> None:
    """A correction takes the place of what still waits: the digest has the article once, and no wrong words."""
    assert not world.ask("watch add", topic="venezuela", mode="daily", at="20:00").failed
    ingest_article(in_feed(FERRY), world.ports, alerts=True)
    corrected = replace(in_feed(FERRY), text=FERRY.text.replace("14 people", "17 people"))
    second = ingest_article(corrected, world.ports, alerts=True)
    with world.store.read() as tx:
        rows = tx.outbox.list_for_article(second.article_id)
    assert [(row.state, row.alert.label) for row in rows] == [
        (OutboxState.WITHDRAWN, Label.NEW),
        (OutboxState.PENDING, Label.REVISED),
    ]
    assert "corrected" in rows[0].error


def test_two_guids_of_one_address_do_not_take_turns(world: World) -> None:
    """A feed that holds two wordings under one address must not post a correction at every poll."""
    add_watch(world)
    other = replace(in_feed(FERRY), source_id="guid-1b", text=FERRY.text.replace("14 people", "17 people"))
    plan = IngestPlan()
    list(ingest_batch([in_feed(FERRY), other], world.ports, plan))
    n_alerts = pending(world)
    for _ in range(3):
        outcomes = list(ingest_batch([in_feed(FERRY), other], world.ports, plan))
        assert all(isinstance(outcome, IngestResult) and outcome.decision is None for outcome in outcomes)
    assert pending(world) == n_alerts


def test_a_guid_that_takes_turns_between_two_texts_is_told_once(world: World) -> None:
    """Words that an earlier edition had are no news: a feed behind two caches must not post at every poll."""
    add_watch(world)
    corrected = replace(in_feed(FERRY), text=FERRY.text.replace("14 people", "17 people"))
    for edition in (in_feed(FERRY), corrected):
        ingest_article(edition, world.ports, alerts=True)
    assert pending(world) == 2
    for edition in (in_feed(FERRY), corrected, in_feed(FERRY)):
        assert ingest_article(edition, world.ports, alerts=True).n_alerts == 0
    assert pending(world) == 2
    with world.store.read() as tx:
        assert tx.articles.get(1).article.text == FERRY.text, "the store follows the feed all the same"
    assert "had these very words" in str(world.ask("why", item="a1").blocks)
    third = replace(in_feed(FERRY), text=FERRY.text.replace("14 people", "19 people"))
    assert ingest_article(third, world.ports, alerts=True).n_alerts == 1


def test_a_bad_article_fails_alone(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever one article makes of the reader, the rest of its feed is taken in."""
    whole = read

    def read_some(article: Article) -> Reading:
        if "Peru" in article.title:
            raise ValueError("a stranger's text")
        return whole(article)

    monkeypatch.setattr(ingest, "read", read_some)
    outcomes = list(ingest_batch([in_feed(STRIKE), in_feed(FERRY)], world.ports, IngestPlan()))
    assert isinstance(outcomes[0], IngestFailure)
    assert "ValueError: a stranger's text" in outcomes[0].reason
    assert isinstance(outcomes[1], IngestResult)


def test_an_article_that_cannot_be_written_leaves_nothing_behind(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its transaction takes back what the bad one wrote, and only that."""
    whole = ingest.Intake._queue

    def queue(intake: ingest.Intake, alerts: Sequence[Alert], article_id: int, decision: Decision) -> int:
        if "Peru" in intake.tx.articles.get(article_id).article.title:
            raise RuntimeError("broken after the article was written")
        return whole(intake, alerts, article_id, decision)

    monkeypatch.setattr(ingest.Intake, "_queue", queue)
    add_watch(world)
    outcomes = list(ingest_batch([in_feed(STRIKE), in_feed(FERRY)], world.ports, IngestPlan()))
    assert isinstance(outcomes[0], IngestFailure)
    assert isinstance(outcomes[1], IngestResult)
    with world.store.read() as tx:
        assert tx.articles.count() == 1


def test_rows_give_one_result_each_in_order(world: World) -> None:
    """The contract of ``ingest --format json``: every key in every line, the caller's own ids, bad rows named."""
    lines: list[str | bytes] = [
        to_row("x1", FERRY, published_at="2026-03-15"),
        "",
        "{broken",
        to_row("x2", FERRY, outlet="Herald", published_at=None),
        to_row(3, STRIKE, title=None, text=None, html=f"<p>{STRIKE.text}</p>", url="https://herald.example/3"),
        '{"id": "x4", "outlet": "Herald"}',
        b'{"id": "x5", "text": "\xff"}',
        '["no", "object"]',
        '{"id": "x6", "text": "a b c", "published_at": "last week"}',
    ]
    results = list(ingest_rows(lines, world.ports))
    keys = {"id", "label", "story", "duplicate_of", "known_since", "new", "origins", "disputes"}
    assert all(keys <= set(result.record) for result in results)
    assert [result.number for result in results] == [1, 3, 4, 5, 6, 7, 8, 9]
    assert [result.record["id"] for result in results] == ["x1", "", "x2", "3", "x4", "", "", "x6"]
    assert [result.record["label"] for result in results[:4]] == ["NEW", None, "REPRINT", "NEW"]
    copy = results[2].record
    assert (copy["duplicate_of"], copy["story"]) == ("x1", results[0].record["story"])
    assert copy["known_since"]["article"] == "x1"
    for result, words in zip(results[4:], ("no words", "UTF-8", "list", "ISO 8601"), strict=True):
        assert words in result.error
        assert result.record["error"] == result.error


def test_rows_handed_over_again_are_known_and_add_nothing(world: World) -> None:
    lines = [to_row(name, FERRY) for name in ("x1", "x2")]
    list(ingest_rows(lines, world.ports))
    again = list(ingest_rows(lines, world.ports))
    assert [result.record["label"] for result in again] == ["REPRINT", "REPRINT"]
    with world.store.read() as tx:
        assert tx.articles.count() == 2, "one row for each of the caller's ids, and no more"


def test_an_id_given_twice_in_one_file_is_one_article(world: World) -> None:
    """As a guid is in a feed: the later row is a later edition, and who handed it over is told."""
    risen = replace(FERRY, text=FERRY.text.replace("14 people", "17 people"))
    lines = [to_row("x1", FERRY), to_row("x1", risen), to_row("x1", risen), to_row("x2", STRIKE)]
    first, second, third, other = (result.record for result in ingest_rows(lines, world.ports))
    assert [one["label"] for one in (first, second, third, other)] == ["NEW", "REVISED", "REPRINT", "NEW"]
    assert (second["duplicate_of"], second["story"]) == ("x1", first["story"])
    assert "later edition" in second["note"]
    assert "held already" in third["note"]
    assert (first["note"], other["note"]) == (None, None)
    again = [result.record for result in ingest_rows(lines, world.ports)]
    assert [one["note"] for one in again] == ["held already, word for word"] * 4
    with world.store.read() as tx:
        assert tx.articles.count() == 2
        assert "17 people" in tx.articles.get(tx.articles.find_ids("x1")[0]).article.text


def test_an_id_of_another_outlet_in_the_same_file_makes_a_bad_row(world: World) -> None:
    """One of the two would be lost, or be found under the name of the other."""
    lines = [to_row("x1", FERRY), to_row("x1", STRIKE, outlet="Herald"), to_row("x2", STRIKE, outlet="Herald")]
    first, second, third = ingest_rows(lines, world.ports)
    assert [first.record["label"], third.record["label"]] == ["NEW", "NEW"]
    assert second.error == (
        '"id" is “x1”, which an article of Gazette in the same file has; give each article an id of its own'
    )


def test_two_files_may_number_their_rows_alike(world: World) -> None:
    list(ingest_rows([to_row(1, FERRY)], world.ports))
    world.clock.forward(minutes=1)
    (result,) = ingest_rows([to_row(1, STRIKE)], world.ports)
    assert (result.record["label"], result.record["note"]) == ("NEW", None)
    with world.store.read() as tx:
        assert tx.articles.count() == 2


def test_rows_are_not_told_unless_asked(world: World) -> None:
    add_watch(world)
    row = to_row("x1", FERRY)
    list(ingest_rows([row], world.ports))
    assert pending(world) == 0
    dam = make_article(6, "", "A dam broke near Merida in Venezuela on Monday. 300 families fled.")
    other = to_row("x2", dam)
    list(ingest_rows([other], world.ports, alerts=True))
    assert pending(world) == 1


def test_rows_are_read_as_they_are_asked_for(world: World) -> None:
    """Ten thousand rows must not be in memory at once: a batch is read when the one before it was handed out."""
    n_read = 0

    def lines() -> object:
        nonlocal n_read
        for n in range(200):
            n_read += 1
            yield f'{{"id": "r{n}", "outlet": "Gazette", "text": "Mayor {n} opened bridge number {n}."}}'

    results = ingest_rows(lines(), world.ports)  # type: ignore[arg-type]  # an iterator of lines
    next(results)
    assert n_read <= 60


def test_an_article_years_after_its_event_is_old(world: World) -> None:
    add_watch(world)
    old = make_article(
        5,
        "How the planes came to Caracas",
        "On 23 March 2019, two Russian planes landed in Caracas with about 100 soldiers.",
        at=START - timedelta(hours=1),
    )
    result = ingest_article(in_feed(old), world.ports, alerts=True)
    assert result.decision is not None
    assert result.decision.label is Label.OLD_EVENT
    assert result.n_alerts == 0
