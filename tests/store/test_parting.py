"""A story that is two: parted by itself, told, explained, taken back, and never against a person's word."""

from __future__ import annotations

from datetime import timedelta
from unittest import mock

import pytest

from handlers import parting
from handlers.jobs.deliver import deliver_due
from handlers.jobs.ingest import IngestResult, ingest_article
from handlers.jobs.notify import deliver_notices
from handlers.request import Access
from news.model import Article
from news.watches.feedback import BOT_ACTOR, FeedbackKind
from tests.deciding.test_parting import MIXED
from tests.store.handlers_world import START, FakeMessenger, World, make_article

HERE = "discord:1/10"
OUTLETS = ("Gazette", "Herald", "Andes Post", "Fjord Post", "Coast News", "Valley News")
FIGHTS = [
    make_article(number, *text, outlet=outlet, at=START + timedelta(hours=number))
    for number, (text, outlet) in enumerate(zip(MIXED, OUTLETS, strict=True), 1)
]


@pytest.fixture
def messenger() -> FakeMessenger:
    return FakeMessenger("discord:")


@pytest.fixture
def mixed(world: World, messenger: FakeMessenger) -> World:
    """A channel that was told of two fights as of one story."""
    assert not world.ask_as(Access.MANAGE, "watch add", channel=HERE, topic='"Brandt"').failed
    with mock.patch.object(parting, "is_due", return_value=False):
        for article in FIGHTS[:-1]:
            take(world, article)
    deliver_due(world.ports, messenger)
    with world.store.write() as tx:
        for number in range(2, len(FIGHTS)):
            if tx.articles.get(number).story_id != 1:
                tx.stories.move([number], 1, now=world.clock.now)
    return world


def take(world: World, article: Article) -> IngestResult:
    world.clock.forward(hours=1)
    return ingest_article(article, world.ports, alerts=True)


def stories_of(world: World) -> list[int]:
    with world.store.read() as tx:
        return [tx.articles.get(number).story_id for number in range(1, len(FIGHTS) + 1)]


def test_the_part_with_a_subject_of_its_own_becomes_a_story(mixed: World) -> None:
    """The part with the oldest article keeps the story; the article that came is in its own part."""
    result = take(mixed, FIGHTS[-1])
    assert result.decision is not None
    assert result.decision.story_id == 1
    found = stories_of(mixed)
    assert found[0] == found[2] == found[4] == 1
    assert len({found[1], found[3], found[5], result.story_id}) == 1
    assert result.story_id != 1
    with mixed.store.read() as tx:
        (mark,) = tx.feedback.list_for_story(1)
    assert (mark.kind, mark.actor, mark.other_story_id) == (FeedbackKind.APART, BOT_ACTOR, result.story_id)
    assert mark.reason.startswith("a2, a4, a6 (")
    assert "Okoro" in mark.reason
    assert "Ramos" in mark.reason


def test_threads_why_and_audit_say_who_did_it_and_what_for(mixed: World, messenger: FakeMessenger) -> None:
    """Where the articles were told it is said that they are of another story; nothing is posted again for that."""
    other = take(mixed, FIGHTS[-1]).story_id
    deliver_notices(mixed.ports, messenger)
    titles = [post.reply.title for post in messenger.posts]
    assert any(title.startswith("a2, a4, a6 are not of “") and title.endswith(f"they are s{other}") for title in titles)
    reply = mixed.ask_as(Access.READ, "why", channel=HERE, item="a2")
    assert "Parted by the bot itself" in str(reply.blocks)
    assert " undo f1 takes it back." in str(reply.blocks)
    (record,) = reply.data["parted"]
    assert (record["mark"], record["story"], record["other_story"]) == ("f1", "s1", f"s{other}")
    assert reply.data["joined"] == []
    lines = mixed.ask_as(Access.MANAGE, "audit", channel=HERE).data["changes"]
    (line,) = [each for each in lines if each["actor"] == BOT_ACTOR]
    assert line["action"] == "part stories"
    assert str(line["subject"]).startswith(f"f1: s{other} out of s1; a2, a4, a6 (")


def test_an_editor_takes_it_back_and_it_stays_whole(mixed: World) -> None:
    """What an editor put together again is never parted by itself."""
    take(mixed, FIGHTS[-1])
    assert mixed.ask_as(Access.EDIT, "mark undo", channel=HERE, mark="f1").data["undone"] is True
    assert stories_of(mixed) == [1] * len(FIGHTS)
    with mixed.store.read() as tx:
        assert tx.bonds.is_kept_whole(1)
    title, text = MIXED[-1]
    late = make_article(7, f"Report: {title}", f"From the hall. {text} So it was.", outlet="X", at=START)
    take(mixed, late)
    assert stories_of(mixed) == [1] * len(FIGHTS)


def test_what_an_editor_joined_stays_whole(mixed: World) -> None:
    take(mixed, make_article(9, "Norway raises its key rate", "Norway's central bank raised its key rate.", at=START))
    with mixed.store.read() as tx:
        other = tx.articles.get(6).story_id
        assert not tx.bonds.is_kept_whole(1)
    assert not mixed.ask("mark same", item="a6", story="s1").failed
    assert other != 1
    assert take(mixed, FIGHTS[-1]).story_id == 1
    with mixed.store.read() as tx:
        assert {each.story_id for each in tx.articles.list_of_story(1)} == {1}
        assert len(tx.articles.list_of_story(1)) == len(FIGHTS) + 1


def test_what_was_parted_is_not_joined_by_itself_again(mixed: World) -> None:
    """Two bonds would join what the evidence has just parted."""
    other = take(mixed, FIGHTS[-1]).story_id
    with mixed.store.read() as tx:
        assert tx.bonds.are_parted(1, other)
