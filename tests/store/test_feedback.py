"""What readers say of alerts: who may, what follows here and elsewhere, and that all of it can be taken back."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from handlers.jobs.deliver import deliver_due, refresh_heads
from handlers.jobs.ingest import IngestResult, ingest_article
from handlers.reply import Reply
from handlers.request import Access
from news.decision import Claim, Decision, FactKind, Label, NewFact
from news.model import Article
from news.watches.feedback import Feedback, FeedbackKind, changes_what_is_held, find_objection
from tests.store.handlers_world import START, FakeMessenger, World, make_article

HERE, THERE = "discord:1/10", "discord:2/20"
FIRE = make_article(
    2,
    "Fire at refinery in Venezuela",
    "A fire broke out at the Amuay refinery in Venezuela on Sunday, the oil company said. Nine workers were hurt.",
)
VISIT = make_article(
    5,
    "Minister visits Amuay refinery after fire",
    "The oil minister of Venezuela, Carlos Mendoza Rey, visited the Amuay refinery on Monday after the fire that "
    "broke out there on Sunday. He promised new pumps for the fire brigade.",
    outlet="Herald",
    at=START + timedelta(days=1),
)
BRIDGE = make_article(
    3,
    "Long bridge opens near Merida",
    "A bridge of 900 metres was opened near Merida in Venezuela on 2 March 2026. Mayor Rosa Linares cut a ribbon.",
    outlet="Andes Post",
)
LAMP = make_article(
    6,
    "Street lamps renewed in Oslo",
    "The city of Oslo renewed 300 street lamps on 4 March 2026. Councillor Kari Nilsen lit the first one.",
    outlet="Fjord Post",
)
ACT = Claim("a fire", "A fire broke out.", "Gazette")


def mark(number: int, kind: FeedbackKind, channel: str = "a", **more: object) -> Feedback:
    return replace(Feedback(number, kind, 7, 3, channel, "terminal:x", START), **more)  # type: ignore[arg-type]  # named


@pytest.mark.parametrize(
    ("label", "before", "held_by"),
    [
        (Label.UPDATE, None, FeedbackKind.KNOWN),
        (Label.NEW, None, FeedbackKind.KNOWN),
        (Label.UPDATE, ACT, None),
        (Label.REVISED, None, None),
        (Label.DISPUTED, None, None),
    ],
)
def test_known_holds_back_what_changes_nothing_held(label: Label, before: Claim | None, held_by: object) -> None:
    decision = Decision(label, 3, (), new=(NewFact(FactKind.FIGURE, ACT, before),))
    objection = find_objection([mark(1, FeedbackKind.KNOWN)], "a", decision)
    assert (None if objection is None else objection.kind) == held_by
    assert changes_what_is_held(decision) is (held_by is None)


def test_not_relevant_holds_back_everything_in_its_channel_only() -> None:
    decision = Decision(Label.DISPUTED, 3, ())
    said = [mark(1, FeedbackKind.KNOWN), mark(2, FeedbackKind.IRRELEVANT), mark(3, FeedbackKind.SAME, "b")]
    assert find_objection(said, "a", decision) == said[1]
    assert find_objection(said, "b", decision) is None
    assert find_objection([replace(said[1], undone_at=START)], "a", decision) is None


@pytest.fixture
def messenger() -> FakeMessenger:
    return FakeMessenger("discord:")


@pytest.fixture
def told(world: World, messenger: FakeMessenger) -> World:
    """Two channels of two servers that were told of a fire: n1 here, n2 there."""
    for channel in (HERE, THERE):
        assert not world.ask_as(Access.MANAGE, "watch add", channel=channel, topic="venezuela").failed
    take(world, FIRE)
    assert deliver_due(world.ports, messenger) == 2
    return world


def take(world: World, article: Article) -> IngestResult:
    world.clock.forward(seconds=40)
    return ingest_article(article, world.ports, alerts=True)


def channels_of(world: World, article_id: int) -> set[str]:
    with world.store.read() as tx:
        return {row.alert.channel for row in tx.outbox.list_for_article(article_id)}


def story_of(world: World, article_id: int) -> int:
    with world.store.read() as tx:
        return tx.articles.get(article_id).story_id


def say(world: World, what: str, item: str, *, channel: str = HERE, **more: str) -> Reply:
    return world.ask_as(Access.EDIT, f"mark {what}", channel=channel, item=item, **more)


@pytest.mark.parametrize("what", ["known", "irrelevant"])
def test_a_mark_silences_its_channel_and_why_says_who_did_it(told: World, what: str) -> None:
    reply = say(told, what, "n1")
    assert (reply.failed, reply.is_private, reply.data["mark"], reply.data["added"]) == (False, True, "f1", True)
    (undo,) = reply.actions
    assert (undo.command, undo.arguments) == ("mark undo", {"mark": "f1"})
    result = take(told, VISIT)
    assert result.story_id == story_of(told, 1)
    assert result.decision is not None
    assert result.decision.label is Label.UPDATE
    assert channels_of(told, result.article_id) == {THERE}
    why = told.ask_as(Access.READ, "why", channel=HERE, item=f"a{result.article_id}")
    assert why.data["held_back"][0]["mark"] == "f1"
    assert "Held back" in str(why.blocks)
    assert "Person(text='discord:somebody')" in str(why.blocks)
    elsewhere = told.ask_as(Access.READ, "why", channel=THERE, item=f"a{result.article_id}")
    assert elsewhere.data["held_back"] == []
    assert HERE not in str(elsewhere), "no place hears of another one's channels"


def test_a_mark_that_was_taken_back_holds_nothing_back(told: World) -> None:
    say(told, "irrelevant", "n1")
    undone = told.ask_as(Access.EDIT, "mark undo", channel=HERE, mark="f1")
    assert undone.data["undone"] is True
    assert told.ask_as(Access.EDIT, "mark undo", channel=HERE, mark="f1").data["undone"] is False
    assert channels_of(told, take(told, VISIT).article_id) == {HERE, THERE}


def test_the_same_said_twice_is_one_mark(told: World) -> None:
    say(told, "known", "n1")
    told.clock.forward(seconds=5)
    again = say(told, "known", "a1")
    assert (again.data["mark"], again.data["added"]) == ("f1", False)
    assert [line["action"] for line in told.ask("audit").data["changes"]].count("mark known") == 1


def test_marks_belong_to_their_place(told: World) -> None:
    """A server cannot judge for another one, nor learn what it was told."""
    for what in ("known", "irrelevant", "apart"):
        assert say(told, what, "n2").failed, what
    say(told, "known", "n1")
    assert told.ask_as(Access.EDIT, "mark undo", channel=THERE, mark="f1").failed
    assert told.ask_as(Access.READ, "why", channel=HERE, item="n2").failed
    assert told.ask_as(Access.EDIT, "audit", channel=THERE).data["changes"][0]["action"] == "watch add"
    assert told.ask("mark undo", mark="f1").data["undone"] is True, "who runs the bot may"


@pytest.mark.parametrize("item", ["n99", "a99", "f1", "s1", "nonsense", "https://nowhere.example/1"])
def test_what_is_not_there_cannot_be_marked(told: World, item: str) -> None:
    assert say(told, "known", item).failed


def test_an_article_is_named_by_its_address_too(told: World) -> None:
    assert say(told, "known", FIRE.url).data["article"] == "a1"


def test_stories_are_joined_for_everybody_and_parted_again(told: World, messenger: FakeMessenger) -> None:
    """The heads say what became of the story, and undoing gives each its own."""
    take(told, BRIDGE)
    deliver_due(told.ports, messenger)
    fire, bridge = story_of(told, 1), story_of(told, 2)
    assert fire != bridge
    reply = told.ask_as(Access.OPERATE, "mark same", channel=HERE, item="n3", story=f"s{fire}")
    assert not reply.failed, reply.title
    assert story_of(told, 2) == fire
    told.clock.forward(seconds=40)
    assert refresh_heads(told.ports, messenger) == 4
    edited = {head.row_id: str(edit) for head, edit in messenger.edits}
    assert f"joined with s{bridge}" in edited[1]
    assert f"joined with s{fire}" in edited[3]
    assert "discord:somebody" in edited[1]
    assert "discord:somebody" not in edited[2], "another server is not told who did it"
    undone = told.ask_as(Access.EDIT, "mark undo", channel=HERE, mark="f1")
    assert undone.data["undone"] is True
    assert (story_of(told, 1), story_of(told, 2)) == (fire, bridge)
    told.clock.forward(seconds=40)
    messenger.edits.clear()
    refresh_heads(told.ports, messenger)
    assert "joined" not in str(messenger.edits)


def move(world: World, what: str, item: str, *, channel: str = HERE, **more: str) -> str:
    """Return how it was refused, or nothing if it was not."""
    reply = say(world, what, item, channel=channel, **more)
    return reply.title if reply.failed else ""


def test_a_story_that_others_were_told_of_is_not_for_one_place_to_change(told: World) -> None:
    """A story is one for all places: an editor of one server must not change what another one hears."""
    visit = take(told, VISIT).article_id
    with told.store.read() as tx:
        before = [tx.articles.get(number).story_id for number in (1, visit)]
    for item in ("n1", "a1", FIRE.url, f"a{visit}"):
        refused = move(told, "apart", item)
        assert "Others were told of s1 too" in refused
        assert "Ask whoever runs this bot" in refused
    assert [story_of(told, 1), story_of(told, visit)] == before


@pytest.fixture
def alone(world: World, messenger: FakeMessenger) -> World:
    """Two servers of which each hears of something else: n1 and s1 here, n2 and s2 there; s3 was told nowhere."""
    for channel, topic in ((HERE, "refinery"), (THERE, "bridge")):
        assert not world.ask_as(Access.MANAGE, "watch add", channel=channel, topic=topic).failed
    take(world, FIRE)
    take(world, BRIDGE)
    assert deliver_due(world.ports, messenger) == 2
    world.clock.forward(seconds=40)
    ingest_article(LAMP, world.ports, alerts=False)
    return world


def test_a_place_joins_and_parts_what_only_it_was_told_of(alone: World) -> None:
    """What is known here alone may be corrected here; known and not relevant are each channel's own as ever."""
    visit = take(alone, VISIT).article_id
    assert story_of(alone, visit) == story_of(alone, 1)
    assert move(alone, "apart", f"a{visit}") == ""
    assert story_of(alone, visit) != story_of(alone, 1)
    assert move(alone, "same", f"a{visit}", story="n1") == ""
    assert story_of(alone, visit) == story_of(alone, 1)


@pytest.mark.parametrize("story", ["s2", "a2", "s3", "a3"])
def test_a_story_is_joined_only_with_one_that_was_told_here(alone: World, story: str) -> None:
    """Neither with one of another place, nor with one that nobody here was told of."""
    refused = move(alone, "same", "n1", story=story)
    assert "No channel of this place was told of s" in refused
    assert "Ask whoever runs this bot" in refused
    assert move(alone, "same", "a2", story="s1").startswith("No channel of this place")
    assert (story_of(alone, 1), story_of(alone, 2), story_of(alone, 3)) == (1, 2, 3)
    assert not alone.ask_as(Access.OPERATE, "mark same", channel=HERE, item="n1", story=story).failed


def test_what_is_another_places_reads_as_what_is_not_there(alone: World) -> None:
    """Nobody can count how many alerts or marks other places have by trying numbers."""
    say(alone, "known", "n2", channel=THERE)
    for command, name, more in (
        ("why", "item", {}),
        ("mark known", "item", {}),
        ("mark apart", "item", {}),
        ("mark same", "item", {"story": "s1"}),
        ("mark same", "story", {"item": "n1"}),
        ("mark undo", "mark", {}),
    ):
        letter = "f" if name == "mark" else "n"
        foreign, missing = (f"{letter}1", f"{letter}99") if name == "mark" else ("n2", "n99")
        there, nowhere = (
            alone.ask_as(Access.EDIT, command, channel=HERE, **{name: number}, **more) for number in (foreign, missing)
        )
        assert there.failed, command
        what = "mark" if name == "mark" else "alert"
        assert there.title == f"There is no {what} {foreign} here."
        assert str(there).replace(foreign, missing) == str(nowhere), command


def test_an_article_is_taken_out_of_its_story_and_put_back(told: World, messenger: FakeMessenger) -> None:
    result = take(told, VISIT)
    deliver_due(told.ports, messenger)
    fire = story_of(told, 1)
    assert not told.ask_as(Access.OPERATE, "mark apart", channel=HERE, item=f"a{result.article_id}").failed
    assert story_of(told, result.article_id) != fire
    told.clock.forward(seconds=40)
    refresh_heads(told.ports, messenger)
    assert messenger.edits[-1][1].data["n_articles"] == 1
    told.ask_as(Access.EDIT, "mark undo", channel=HERE, mark="f1")
    assert story_of(told, result.article_id) == fire


def test_stories_that_cannot_be_joined_or_parted_are_refused(told: World) -> None:
    fire = story_of(told, 1)
    for what, more in (("same", {"story": f"s{fire}"}), ("same", {"story": "a1"}), ("apart", {})):
        reply = say(told, what, "n1", **more)
        assert (reply.failed, reply.is_misuse) == (True, True), (what, more)
    for story in ("s99", "a99"):
        assert say(told, "same", "n1", story=story).failed
    with told.store.read() as tx:
        assert tx.feedback.list_for_story(fire) == []
