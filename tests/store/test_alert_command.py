"""``/alert``: what was posted, again and as it stands now, to who may see the channel it went to."""

from __future__ import annotations

import pytest

from handlers.jobs.deliver import deliver_due
from handlers.jobs.ingest import ingest_article
from handlers.request import Access
from tests.store.handlers_world import FakeMessenger, World, make_article

HERE, BESIDE, ELSEWHERE = "discord:1/10", "discord:1/11", "discord:2/20"
FIRE = "A fire broke out at the Amuay refinery in Venezuela on Sunday, the oil company said. Nine workers were hurt."
WORSE = "Fourteen workers were hurt in the fire at the Amuay refinery in Venezuela on Sunday, the oil company said."


@pytest.fixture
def posted(world: World) -> World:
    """A world in which one alert was posted into a channel of a server."""
    assert not world.ask_as(Access.MANAGE, "watch add", channel=HERE, topic="venezuela").failed
    ingest_article(make_article(1, "Fire at refinery in Venezuela", FIRE), world.ports, alerts=True)
    assert deliver_due(world.ports, FakeMessenger("discord:")) == 1
    return world


@pytest.mark.parametrize("channel", [HERE, BESIDE])
def test_an_alert_is_shown_again_to_its_server(channel: str, posted: World) -> None:
    reply = posted.ask_as(Access.READ, "alert", channel=channel, alert="n1")
    assert not reply.failed
    assert "Fire at refinery in Venezuela" in reply.title
    assert reply.actions[0].label == "Why"


def test_another_server_is_not_told_that_there_is_one(posted: World) -> None:
    """What a channel hears is its server's business: the answer is that of a number that was never given."""
    hidden = posted.ask_as(Access.MANAGE, "alert", channel=ELSEWHERE, alert="n1")
    missing = posted.ask_as(Access.MANAGE, "alert", channel=ELSEWHERE, alert="n2")
    assert hidden.failed
    assert missing.failed
    assert hidden.title.replace("n1", "n2") == missing.title
    assert str(hidden.blocks).replace("n1", "n2") == str(missing.blocks)


def test_who_runs_the_bot_sees_all(posted: World) -> None:
    assert not posted.ask("alert", alert="n1").failed


def test_it_says_what_came_later(posted: World) -> None:
    """The message that opened a story is shown with what the story became."""
    before = posted.ask_as(Access.READ, "alert", channel=HERE, alert="n1")
    posted.clock.forward(minutes=5)
    ingest_article(make_article(2, "Amuay fire: 14 hurt", WORSE, outlet="Herald"), posted.ports, alerts=True)
    after = posted.ask_as(Access.READ, "alert", channel=HERE, alert="n1")
    assert "Herald" in str(after.blocks)
    assert "Herald" not in str(before.blocks)


def test_a_digest_is_shown_whole_by_the_number_of_any_alert_in_it(world: World) -> None:
    """Alerts that went out as one message come again as one message."""
    world.ask_as(Access.MANAGE, "watch add", channel=HERE, topic="venezuela")
    events = ("bridge opened", "mine flooded", "school burned down", "bank robbed", "harbour closed", "judge resigned")
    towns = ("Barinas", "Coro", "Cumaná", "Maturín", "Mérida", "Tucupita", "Valera", "Carora", "Guanare", "Ejido")
    for n in range(14):
        event, town = events[n % len(events)], towns[n % len(towns)]
        text = f"A {event} in {town} in Venezuela on {n + 1} March 2026, the town hall said. Nobody was hurt."
        article = make_article(n + 1, f"{event.capitalize()} in {town}", text, outlet=f"Paper {n}")
        ingest_article(article, world.ports, alerts=True)
    messenger = FakeMessenger("discord:")
    deliver_due(world.ports, messenger)
    digests = [post for post in messenger.posts if post.label is None]
    assert digests, "so many at once are collapsed"
    shown = world.ask_as(Access.READ, "alert", channel=HERE, alert=digests[0].key)
    assert shown.title == digests[0].reply.title


@pytest.mark.parametrize("number", ["", "x", "a1", "n", "n0", "n-1", "n٣", "n" + "9" * 30, "n1; drop table outbox"])
def test_what_is_no_number_of_an_alert_is_told_in_words(number: str, posted: World) -> None:
    reply = posted.ask_as(Access.READ, "alert", channel=HERE, alert=number)
    assert reply.failed
    assert reply.title
