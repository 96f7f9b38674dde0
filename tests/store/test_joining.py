"""Two stories that later reports make one: joined by themselves, told, explained, and never against a person's word."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from handlers.jobs.deliver import deliver_due, refresh_heads
from handlers.jobs.ingest import IngestResult, ingest_article
from handlers.jobs.maintain import maintain
from handlers.jobs.notify import deliver_notices
from handlers.reply import Reply
from handlers.request import Access
from news.deciding.bonds import is_enough, keep_days
from news.decision import Linkage, StoredBond
from news.model import Article
from news.watches.feedback import BOT_ACTOR, FeedbackKind
from tests.store.handlers_world import START, FakeMessenger, World, make_article
from tests.store.test_replay import run as replayed

HERE, THERE = "discord:1/10", "discord:2/20"
AN_HOUR = timedelta(hours=1)
TANK = make_article(
    1,
    "Fire at Amuay refinery burns through the night",
    "A fire broke out in a storage tank of the Amuay refinery in Venezuela on Sunday evening. Firemen from Punto Fijo "
    "fought the flames through the night with foam. Nine workers were treated for burns in the hospital Rafael Calles "
    "Sierra. The state oil company PDVSA said that the tank had held 40,000 barrels of naphtha.",
)
PUMPS = make_article(
    2,
    "Pumps run dry in Falcon as petrol is rationed",
    "Drivers in Falcon, Venezuela, waited up to six hours for petrol on Monday. Governor Victor Clark limited each car "
    "to 20 litres and each bus to 60 litres. The taxi union of Coro threatened to block the road to Maracaibo. "
    "Deliveries had stopped after the tanker terminal was shut, he said.",
    outlet="Herald",
    at=START + 20 * AN_HOUR,
)
BOTH = make_article(
    3,
    "Falcon pumps run dry after refinery fire",
    "Drivers in Falcon, Venezuela, still wait six hours for petrol, which Governor Victor Clark rationed to 20 litres "
    "a car and 60 litres a bus, and the taxi union of Coro wants to block the road to Maracaibo. Deliveries stopped "
    "because of the fire in a storage tank of the Amuay refinery that firemen from Punto Fijo fought with foam. PDVSA "
    "had said that the tank held 40,000 barrels of naphtha; nine workers were treated for burns. Mayor Rosa Vidal of "
    "Punto Fijo said the army had sent 15 tankers.",
    outlet="Andes Post",
    at=START + 30 * AN_HOUR,
)
CLARK = make_article(
    4,
    "Governor Clark blames tank fire for rationing",
    "Governor Victor Clark said petrol in Falcon, Venezuela, is rationed because the naphtha tank of the Amuay "
    "refinery burnt. Cars get 20 litres, buses 60 litres, and drivers wait for hours; the taxi union of Coro still "
    "plans to block the road to Maracaibo. Firemen from Punto Fijo put out the fire of 40,000 barrels with foam, PDVSA "
    "said. Nine workers had burns.",
    outlet="Fjord Post",
    at=START + 34 * AN_HOUR,
)


@pytest.fixture
def messenger() -> FakeMessenger:
    return FakeMessenger("discord:")


@pytest.fixture
def told(world: World, messenger: FakeMessenger) -> World:
    """A channel that was told of two stories, and of a report that fits both."""
    assert not world.ask_as(Access.MANAGE, "watch add", channel=HERE, topic="venezuela").failed
    take(world, TANK, PUMPS, BOTH)
    assert deliver_due(world.ports, messenger) == 3
    return world


def take(world: World, *articles: Article) -> IngestResult:
    for article in articles:
        world.clock.forward(hours=1)
        result = ingest_article(article, world.ports, alerts=True)
    return result


def stories_of(world: World, *ids: int) -> list[int]:
    with world.store.read() as tx:
        return [tx.articles.get(number).story_id for number in ids]


def undo(world: World, mark: str = "f1", *, channel: str = HERE) -> Reply:
    return world.ask_as(Access.EDIT, "mark undo", channel=channel, mark=mark)


def test_one_report_joins_nothing_and_a_second_of_another_origin_does(told: World) -> None:
    """The younger goes into the older, with all its articles."""
    assert stories_of(told, 1, 2, 3) == [1, 2, 2]
    with told.store.read() as tx:
        bond = tx.articles.get_decision(3).bond
    assert bond is not None
    assert bond.story_id == 1
    assert take(told, CLARK).story_id == 1
    assert stories_of(told, 1, 2, 3, 4) == [1] * 4
    with told.store.read() as tx:
        (mark,) = tx.feedback.list_for_story(1)
    assert (mark.kind, mark.actor, mark.story_id, mark.other_story_id) == (FeedbackKind.SAME, BOT_ACTOR, 2, 1)
    assert "a3" in mark.reason
    assert "a4" in mark.reason


def test_a_second_report_of_the_same_outlet_joins_nothing(told: World) -> None:
    """What one outlet writes twice is one origin."""
    take(told, replace(CLARK, outlet="Andes Post", url="https://andes-post.example/4"))
    assert stories_of(told, 1, 2) == [1, 2]


@pytest.mark.parametrize(("said", "stories"), [(3.0, [1, 1, 1]), (-5.0, [1, 2, 2])])
def test_stories_are_joined_that_are_alike_pair_by_pair(world: World, said: float, stories: list[int]) -> None:
    """By all that their articles said of each other, whoever tells them: a single report is enough."""
    take(world, TANK, PUMPS)
    with world.store.write() as tx:
        tx.bonds.add_linkages(2, [Linkage(1, 1, said, 1)], at=world.clock.now)
    take(world, BOTH)
    assert stories_of(world, 1, 2, 3) == stories


def test_what_was_joined_pair_by_pair_is_said_and_can_be_taken_back_for_good(
    world: World, messenger: FakeMessenger
) -> None:
    assert not world.ask_as(Access.MANAGE, "watch add", channel=HERE, topic="venezuela").failed
    take(world, TANK, PUMPS)
    assert deliver_due(world.ports, messenger) == 2
    with world.store.write() as tx:
        tx.bonds.add_linkages(2, [Linkage(1, 1, 3.0, 1)], at=world.clock.now)
    take(world, BOTH)
    with world.store.read() as tx:
        (mark,) = tx.feedback.list_for_story(1)
        assert tx.bonds.sum_linkages(1, 2, since=START) == (0.0, 0), "they are one story now"
    assert (mark.kind, mark.actor) == (FeedbackKind.SAME, BOT_ACTOR)
    assert mark.reason.startswith("1 article and 2 articles are alike pair by pair (")
    assert not undo(world).failed
    take(world, replace(BOTH, source_id="9", title="Falcon waits", url="https://fjord-post.example/9", outlet="Fjord"))
    assert stories_of(world, 1, 2) == [1, 2]


@pytest.mark.parametrize("command", ["story", "why"])
def test_a_story_that_was_joined_with_another_is_shown_as_that(told: World, command: str) -> None:
    take(told, CLARK)
    reply = told.ask_as(Access.READ, command, channel=HERE, **{"story" if command == "story" else "item": "s2"})
    assert not reply.failed
    assert reply.title.startswith("s1: ")
    assert "s2 was joined with s1" in str(reply.blocks)


def test_what_a_joined_story_tells_is_compared_under_its_old_id(told: World) -> None:
    take(told, CLARK)
    ours, theirs = (told.ask_as(Access.READ, "compare", channel=HERE, event=story) for story in ("s1", "s2"))
    assert not theirs.failed
    assert theirs.blocks == ours.blocks


def test_a_story_without_articles_says_so(told: World) -> None:
    """Whoever moved them: there is no mark that says where they went."""
    with told.store.write() as tx:
        tx.stories.move([2, 3], 1, now=told.clock.now)
    reply = told.ask_as(Access.READ, "story", channel=HERE, story="s2")
    assert reply.failed
    assert reply.title.startswith("All articles of s2 are in other stories by now.")


def test_copies_and_what_is_long_ago_link_nothing(world: World) -> None:
    """A copy is no article of the story; a linkage counts while both are told."""
    take(world, TANK, replace(TANK, source_id="8", url="https://fjord-post.example/8", outlet="Fjord Post"), PUMPS)
    with world.store.write() as tx:
        assert (tx.articles.count_firsts(1), tx.articles.count_firsts(2)) == (1, 1)
        tx.bonds.add_linkages(3, [Linkage(1, 1, 3.0, 1)], at=world.clock.now)
        assert tx.bonds.sum_linkages(1, 2, since=START) == (3.0, 1)
        assert tx.bonds.sum_linkages(1, 2, since=world.clock.now + AN_HOUR) == (0.0, 0)


def test_a_later_edition_takes_the_place_of_what_the_first_said(world: World) -> None:
    """Of another subject by now, it is like nothing that it was like."""
    take(world, TANK, PUMPS, BOTH)
    with world.store.read() as tx:
        assert tx.bonds.sum_linkages(1, 2, since=START)[0] > 0
    other = "Divers found the wreck of a steamer off Adicora. The museum of Coro wants to raise its bell next year."
    take(world, replace(BOTH, title="Wreck found off Adicora", text=other))
    with world.store.read() as tx:
        assert tx.articles.get_revision(3) == 1
        assert tx.bonds.sum_linkages(1, 2, since=START)[0] <= 0


def test_what_was_posted_is_mended_as_by_the_button(told: World, messenger: FakeMessenger) -> None:
    """The thread of the younger is told where its story goes on, under which headline; nothing is posted again."""
    take(told, CLARK)
    n_posted = len(messenger.posts)
    deliver_due(told.ports, messenger)
    assert deliver_notices(told.ports, messenger) == 1
    notice = messenger.posts[-1]
    assert notice.reply.title == "“Pumps run dry in Falcon as petrol is rationed” goes on as s1"
    assert "“Fire at Amuay refinery burns through the night”" in str(notice.reply.blocks)
    assert notice.head is not None
    assert notice.head.thread == "thread-n2"
    assert [post.key for post in messenger.posts[n_posted:-1]] in ([], ["n4"])
    told.clock.forward(minutes=5)
    assert refresh_heads(told.ports, messenger) == 2
    assert {head.key for head, _ in messenger.edits[-2:]} == {"n1", "n2"}
    assert "Joined by the bot itself" in str(messenger.edits[-1][1].blocks)


def test_why_and_audit_say_who_did_it_and_what_for(told: World) -> None:
    take(told, CLARK)
    reply = told.ask_as(Access.READ, "why", channel=HERE, item="a2")
    assert reply.data["joined"] == [{"mark": "f1", "story": "s2", "other_story": "s1", "reason": reason_of(told)}]
    assert "Joined by the bot itself" in str(reply.blocks)
    assert "bond: " in str(told.ask_as(Access.READ, "why", channel=HERE, item="a3").blocks)
    (line,) = [each for each in audit(told, HERE) if each["actor"] == BOT_ACTOR]
    assert line["action"] == "join stories"
    assert str(line["subject"]).startswith("f1: s2 into s1; a3 (")
    assert audit(told, THERE) == [], "no place hears of what another one was told"


def reason_of(world: World) -> str:
    with world.store.read() as tx:
        return tx.feedback.get(1).reason


def audit(world: World, channel: str) -> list[dict[str, object]]:
    return list(world.ask_as(Access.MANAGE, "audit", channel=channel).data["changes"])


def test_an_editor_takes_it_back_and_it_stays_apart(told: World, messenger: FakeMessenger) -> None:
    """What an editor parted is never joined by itself again, whatever comes."""
    take(told, CLARK)
    deliver_due(told.ports, messenger)
    deliver_notices(told.ports, messenger)
    assert undo(told).data["undone"] is True
    assert stories_of(told, 1, 2, 3) == [1, 2, 2]
    assert deliver_notices(told.ports, messenger) == 1
    title = messenger.posts[-1].reply.title
    assert title == "That was taken back: “Pumps run dry in Falcon as petrol is rationed” goes on here as before (s2)."
    again = replace(CLARK, source_id="x", url="https://x.example/", outlet="Coast News", text=f"{CLARK.text} So it is.")
    take(told, again)
    third = replace(BOTH, source_id="y", url="https://y.example/", outlet="Valley News", text=f"By all: {BOTH.text}")
    take(told, third)
    with told.store.read() as tx:
        assert tx.bonds.are_parted(2, 1)
    assert stories_of(told, 1, 2) == [1, 2]


def test_not_the_same_of_an_editor_keeps_two_stories_apart_for_ever(told: World) -> None:
    """Also when one of them went into a third since; until the editor takes it back."""
    take(told, CLARK)
    assert not told.ask_as(Access.EDIT, "mark apart", channel=HERE, item="a2").failed
    (parted,) = stories_of(told, 2)
    assert parted not in {1, 2}
    with told.store.read() as tx:
        assert tx.bonds.are_parted(1, parted)
        assert not tx.bonds.are_parted(1, 2)
    with told.store.write() as tx:
        moved, _ = tx.stories.move([each.id for each in tx.articles.list_heard(1)], None, now=told.clock.now)
    with told.store.read() as tx:
        assert tx.bonds.are_parted(parted, moved)
    undo(told, "f2")
    with told.store.read() as tx:
        assert not tx.bonds.are_parted(1, 2)


def test_only_who_was_told_may_take_it_back(told: World) -> None:
    take(told, CLARK)
    assert undo(told, channel=THERE).failed
    assert "no mark f1 here" in undo(told, channel=THERE).title
    assert not told.ask("mark undo", mark="f1").failed, "who runs the bot may"


def test_what_is_told_elsewhere_too_is_for_who_runs_the_bot(told: World) -> None:
    assert not told.ask_as(Access.MANAGE, "watch add", channel=THERE, topic="venezuela", labels="known").failed
    take(told, CLARK)
    assert undo(told).failed
    assert stories_of(told, 1, 2) == [1, 1]


def test_moves_are_taken_back_last_first(told: World) -> None:
    """Out of that order articles would stay where a joining put them that holds no more."""
    take(told, make_article(8, "Norway raises its key rate", "Norway's central bank raised its key rate.", at=START))
    assert take(told, CLARK).story_id == 1
    assert not told.ask("mark same", item="a1", story="s3").failed
    assert stories_of(told, 1, 2, 3) == [3, 3, 3]
    refused = told.ask("mark undo", mark="f1")
    assert refused.failed
    assert "First take back f2" in refused.title
    assert stories_of(told, 1, 2, 3) == [3, 3, 3]
    for mark in ("f2", "f1"):
        assert told.ask("mark undo", mark=mark).data["undone"] is True
    assert stories_of(told, 1, 2, 3) == [1, 2, 2]


@pytest.mark.parametrize("what", ["irrelevant", "known"])
def test_a_story_that_was_dismissed_is_joined_with_none(told: World, what: str) -> None:
    """Else its channel would hear no more of the other story either, and nobody said that."""
    assert not told.ask_as(Access.EDIT, f"mark {what}", channel=HERE, item="a1").failed
    take(told, CLARK)
    assert stories_of(told, 1, 2) == [1, 2]


def test_bonds_are_forgotten_and_an_old_one_joins_nothing(told: World) -> None:
    told.clock.now += keep_days()
    late = replace(CLARK, published_at=(CLARK.published_at or START) + timedelta(days=1))
    take(told, late)
    assert stories_of(told, 1, 2) == [1, 2]
    maintain(told.ports)
    with told.store.read() as tx:
        assert [bond.article_id for bond in tx.bonds.list_between(2, 1, since=START)] in ([], [4])


def test_it_takes_independent_origins() -> None:
    def bond(article_id: int, origin: str) -> StoredBond:
        return StoredBond(article_id, (3.0, 3.0), origin, START)

    assert not is_enough([bond(1, "wire:reuters"), bond(2, "wire:reuters")])
    assert is_enough([bond(1, "wire:reuters"), bond(2, "outlet:herald")])
    assert is_enough([bond(1, ""), bond(2, "")]), "nobody knows who tells them: each counts"


def test_a_replay_joins_and_parts_as_it_was(told: World, messenger: FakeMessenger, tmp_path: Path) -> None:
    """The copy joins by itself what was joined, and parts what an editor parted."""
    take(told, CLARK)
    deliver_due(told.ports, messenger)
    told.clock.forward(minutes=1)
    undo(told)
    told.clock.forward(minutes=1)
    take(told, replace(PUMPS, source_id="z", url="https://z.example/", outlet="Z", text=f"{PUMPS.text} It is dry."))
    deliver_due(told.ports, messenger)
    for hours in (-1.0, 3.5, 4.01, 4.5):
        result, _ = replayed(told, tmp_path, START + hours * AN_HOUR)
        assert result.differences == (), hours
        assert result.decisions == (), hours
        assert result.notes == (), hours
