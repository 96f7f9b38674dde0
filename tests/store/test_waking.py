"""A story that falls silent is closed; what wakes it opens it again, with a line on what it was."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.programs.run import _delivery_ticks
from handlers.digest import compose_digest
from handlers.jobs.deliver import deliver_due, refresh_heads
from handlers.jobs.ingest import ingest_article
from handlers.jobs.maintain import maintain
from handlers.jobs.notify import deliver_notices
from news.model import Article
from tests.store.handlers_world import FIRE, WORSE, FakeMessenger, World, make_article

ELSEWHERE = make_article(
    6,
    "Refinery in Falcon burns",
    "Flames stood over a refinery in the Venezuelan state of Falcon. Neighbours in Punto Fijo were told to leave.",
    outlet="Andes Post",
)

FOUND = make_article(
    8,
    "Amuay refinery fire: 31 workers hurt",
    "Thirty-one workers were hurt in the fire that broke out at the Amuay refinery in Venezuela on Sunday, the oil "
    "company said. Three tanks of the Amuay refinery were lost in the fire.",
    outlet="Andes Post",
)


@pytest.fixture
def messenger() -> FakeMessenger:
    return FakeMessenger("discord:", recognises=True)


def watch(world: World, channel: str = "discord:1/2") -> None:
    assert not world.ask("watch add", topic="*", channel=channel).failed


def late(days: int) -> Article:
    """Return a report on the fire, weeks later: what an inquiry found."""
    return make_article(
        40 + days,
        "Inquiry into Amuay refinery fire: two workers died",
        "Two workers died of burns after the fire that broke out at the Amuay refinery in Venezuela on Sunday, an "
        "inquiry of the oil company found. Nine workers were hurt, and a third of the Amuay refinery stands still.",
        outlet="Herald",
    )


def tell(world: World, messenger: FakeMessenger, *articles: Article) -> None:
    for article in articles:
        world.clock.forward(seconds=1)
        ingest_article(article, world.ports, alerts=True)
    deliver_due(world.ports, messenger)


def test_a_silent_story_is_closed_and_its_message_says_so(world: World, messenger: FakeMessenger) -> None:
    watch(world)
    tell(world, messenger, FIRE)
    world.clock.forward(days=20)
    assert maintain(world.ports).n_closed == 0
    world.clock.forward(days=2)
    assert maintain(world.ports).n_closed == 1
    assert maintain(world.ports).n_closed == 0
    refresh_heads(world.ports, messenger)
    (edit,) = messenger.edits
    assert "Closed" in str(edit[1].blocks)
    assert world.ask("story", story="s1").data["is_closed"]


@pytest.mark.parametrize("is_maintained", [True, False])
def test_what_wakes_a_story_opens_it_again_with_its_history(
    world: World, messenger: FakeMessenger, *, is_maintained: bool
) -> None:
    """In a message of its own, whether or not the bot was running when the story fell silent."""
    watch(world)
    tell(world, messenger, FIRE, WORSE)
    assert messenger.posts[-1].head is not None
    world.clock.forward(days=36)
    if is_maintained:
        maintain(world.ports)
    tell(world, messenger, late(36))
    post = messenger.posts[-1]
    assert post.head is None
    assert "Opened again" in str(post.reply.blocks)
    assert "36 days" in str(post.reply.blocks)
    assert "2 reports" in str(post.reply.blocks)
    assert WORSE.title in str(post.reply.blocks)
    assert post.reply.data["opened_again"]["n_reports"] == 2
    with world.store.read() as tx:
        head = tx.heads.find("discord:1/2", 1)
    assert head is not None
    assert (head.key, head.closed_at) == (post.key, None)
    again = world.ask("alert", alert=post.key)
    assert "Opened again" in str(again.blocks)


def test_a_digest_tells_of_a_silence_that_another_report_ended(world: World, messenger: FakeMessenger) -> None:
    """Once: what woke the story need not be in the digest, and the next digest does not tell of it again."""
    watch(world)
    tell(world, messenger, FIRE)
    world.clock.forward(days=36)
    ingest_article(late(36), world.ports, alerts=False)
    world.clock.forward(seconds=1)
    ingest_article(WORSE, world.ports, alerts=True)
    first = digest_of(world, 3)
    assert first.count("opened again, silent for 36 days after 1 report") == 1
    deliver_due(world.ports, messenger)
    assert digest_of(world, 3) == first, "asked for later, it is as it was"
    world.clock.forward(seconds=1)
    ingest_article(FOUND, world.ports, alerts=True)
    assert "opened again" not in digest_of(world, 4)
    assert digest_of(world, 3, 4).count("opened again") == 1


def digest_of(world: World, *article_ids: int) -> str:
    """Return what a digest of the alerts on articles tells."""
    with world.store.read() as tx:
        assert {tx.articles.get(article_id).story_id for article_id in article_ids} == {1}
        rows = [row for article_id in article_ids for row in tx.outbox.list_for_article(article_id)]
        assert len(rows) == len(article_ids)
        return str(compose_digest(tx, rows, sleeps_after=timedelta(days=21)).blocks)


def test_a_story_that_was_repeated_all_the_time_is_not_closed(world: World, messenger: FakeMessenger) -> None:
    watch(world)
    tell(world, messenger, FIRE)
    for n in range(4):
        world.clock.forward(days=10)
        copy = make_article(70 + n, FIRE.title, FIRE.text, outlet=f"Copy {n}")
        tell(world, messenger, copy)
        assert maintain(world.ports).n_closed == 0
    tell(world, messenger, WORSE)
    assert messenger.posts[-1].head is not None


def two_stories(world: World, messenger: FakeMessenger) -> None:
    """Tell a channel of two stories that are one, and another channel of both too."""
    watch(world)
    watch(world, "discord:1/3")
    tell(world, messenger, FIRE, ELSEWHERE)
    world.ask("mark apart", item="a2")  # no change where they are two already
    with world.store.read() as tx:
        assert tx.articles.get(1).story_id != tx.articles.get(2).story_id


def test_joining_stories_tells_the_thread_where_it_goes_on(world: World, messenger: FakeMessenger) -> None:
    """Once, under the message of the story that ended; nothing that was posted is posted again."""
    two_stories(world, messenger)
    n_posts = len(messenger.posts)
    world.ask("mark same", item="a2", story="s1")
    assert deliver_due(world.ports, messenger) == 0
    assert deliver_notices(world.ports, messenger) == 2
    notices = messenger.posts[n_posts:]
    assert [post.reply.title for post in notices] == [f"“{ELSEWHERE.title}” goes on as s1"] * 2
    assert FIRE.title in str(notices[0].reply.blocks)
    under = [post.head.receipt for post in notices if post.head is not None]
    own = [post for post in messenger.posts[:n_posts] if ELSEWHERE.title in post.reply.title]
    assert sorted(under) == sorted(f"message-{post.key}" for post in own)
    world.clock.forward(seconds=31)
    refresh_heads(world.ports, messenger)
    assert any("joined with" in str(reply.blocks) for _, reply in messenger.edits)
    tell(world, messenger, WORSE)
    heads = [post.head.row_id for post in messenger.posts[n_posts + 2 :] if post.head is not None]
    assert len(heads) == 2
    assert {messenger.posts[0].key, messenger.posts[1].key} == {f"n{row_id}" for row_id in heads}


def test_notices_go_out_before_messages_are_edited(world: World, messenger: FakeMessenger) -> None:
    """Many messages may have to be edited at once; what is new must not wait for that."""
    two_stories(world, messenger)
    n_posts, posted_before = len(messenger.posts), []
    world.ask("mark same", item="a2", story="s1")
    world.clock.forward(seconds=31)
    messenger.refuse_edit = lambda _: posted_before.append(len(messenger.posts))
    _, refresh = _delivery_ticks(messenger, 1, world.ports, 1.0)
    refresh.run()
    assert posted_before
    assert min(posted_before) == n_posts + 2


def test_what_is_undone_before_it_is_told_is_not_told(world: World, messenger: FakeMessenger) -> None:
    two_stories(world, messenger)
    mark = str(world.ask("mark same", item="a2", story="s1").data["mark"])
    world.ask("mark undo", mark=mark)
    assert deliver_notices(world.ports, messenger) == 0


def test_what_is_undone_later_is_said_in_the_thread(world: World, messenger: FakeMessenger) -> None:
    two_stories(world, messenger)
    mark = str(world.ask("mark same", item="a2", story="s1").data["mark"])
    deliver_notices(world.ports, messenger)
    world.ask("mark undo", mark=mark)
    assert deliver_notices(world.ports, messenger) == 2
    assert "taken back" in messenger.posts[-1].reply.title


def test_taking_an_article_out_tells_the_thread_that_told_of_it(world: World, messenger: FakeMessenger) -> None:
    watch(world)
    tell(world, messenger, FIRE, WORSE)
    world.ask("mark apart", item="a2")
    assert deliver_notices(world.ports, messenger) == 1
    post = messenger.posts[-1]
    assert post.reply.title == f"a2 is not of “{FIRE.title}”: it is s2"
    assert post.head is not None
    assert post.head.receipt == "message-n1"


def test_nothing_is_told_where_nobody_heard_of_it(world: World, messenger: FakeMessenger) -> None:
    for article in (FIRE, WORSE):
        world.clock.forward(seconds=1)
        ingest_article(article, world.ports, alerts=True)
    world.ask("mark apart", item="a2")
    assert deliver_notices(world.ports, messenger) == 0


def test_quiet_hours_hold_what_a_thread_is_told(world: World, messenger: FakeMessenger) -> None:
    two_stories(world, messenger)
    world.ask("watch edit", watch="1", quiet="10:00-20:00")
    world.ask("mark same", item="a2", story="s1")
    assert deliver_notices(world.ports, messenger) == 1
    world.clock.now += timedelta(hours=9)
    assert deliver_notices(world.ports, messenger) == 1
