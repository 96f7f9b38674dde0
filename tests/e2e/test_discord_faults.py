"""Whatever goes wrong between the bot and Discord: nothing is lost, nothing comes twice, the order stays."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.doubles.discord import faults
from tests.doubles.discord.permissions import Permission
from tests.doubles.discord.world import Channel, Message
from tests.e2e.discord_room import MEMORY_OF_NONCES_S, Room, list_alerts, open_room, wait_for_alerts
from tests.e2e.stories import iter_oddities, story, update

pytestmark = pytest.mark.e2e

N_ODDITIES = 60
N_TOLD = 45
HEARTBEAT_TIMEOUT_S = 8.0
"""More than the five seconds that discord.py waits before an IDENTIFY without reading: less never connects again."""

FAULTS: dict[str, faults.Action] = {
    "lima": faults.lose(),
    "nairobi": faults.lose(does_work=False),
    "quito": faults.status(500, does_work=True),
    "lagos": faults.status(502, does_work=True),
    "manila": faults.status(503),
    "warsaw": faults.rate_limit(0.3),
    "ottawa": faults.rate_limit(0.3, scope="global"),
    "cairo": faults.rate_limit(0.3, has_via=False),
    "athens": faults.malformed(),
}


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    folder = tmp_path_factory.mktemp("faults")
    with open_room(folder, heartbeat_s=0.5, heartbeat_timeout_s=HEARTBEAT_TIMEOUT_S) as opened:
        opened.start()
        yield opened
        assert opened.discord.unknown_requests == []
        assert "never retrieved" not in opened.log()


def add_channel(room: Room, topic: str) -> Channel:
    channel = room.discord.add_channel(room.guild, topic)
    room.watch(channel, topic)
    return channel


def messages_of(channel: Channel) -> str:
    return rf"/channels/{channel.id}/messages"


@pytest.fixture(scope="module")
def struck(room: Room) -> dict[str, tuple[Channel, faults.Fault]]:
    """Each fault in a channel of its own, all at once, before the first of two messages there."""
    channels = {topic: add_channel(room, topic) for topic in FAULTS}
    found = {
        topic: (channel, room.discord.faults.add("POST", messages_of(channel), FAULTS[topic]))
        for topic, channel in channels.items()
    }
    room.tell(*(story(topic) for topic in FAULTS))
    room.gazette.wait_for_polls(2)
    room.tell(*(update(topic) for topic in FAULTS))
    for channel, fault in found.values():
        fault.wait_for_hits()
        room.wait_until_sent(channel, 2)
    return found


@pytest.mark.parametrize("topic", FAULTS)
def test_each_message_comes_once_and_in_order(
    struck: dict[str, tuple[Channel, faults.Fault]], topic: str, room: Room
) -> None:
    """A lost answer, a 5xx after the work or before it, a 429 of any kind, half an answer: one message."""
    channel, fault = struck[topic]
    assert fault.n_hits == 1
    alerts = list_alerts(channel)
    assert len(alerts) == 1
    later = channel.wait_for_threads(1)[0].list_messages()
    assert len(later) == 1
    assert "UPDATE" in later[0].content
    assert later[0].id > alerts[0].id
    assert room.discord.n_invalid_requests <= 20


def cut(room: Room) -> None:
    room.discord.gateway.cut()


def invalidate(room: Room) -> None:
    room.discord.gateway.invalidate()


def swallow(room: Room) -> None:
    room.discord.gateway.swallow_heartbeats()


def break_parser(room: Room) -> None:
    room.discord.gateway.dispatch("MESSAGE_CREATE", {"id": None})


@pytest.mark.parametrize(
    ("topic", "harm"), [("havana", cut), ("tokyo", invalidate), ("hanoi", swallow), ("oslo", break_parser)]
)
def test_a_broken_connection_is_made_anew(room: Room, topic: str, harm: Callable[[Room], None]) -> None:
    """A cut (RESUME), an invalid session, missed heartbeats, a payload that breaks a parser."""
    channel = add_channel(room, topic)
    before = room.discord.gateway.n_identifies + room.discord.gateway.n_resumes
    harm(room)
    room.tell(story(topic))
    room.wait_for(
        lambda: (
            room.discord.gateway.n_identifies + room.discord.gateway.n_resumes > before and room.discord.gateway.live()
        )
    )
    assert len(wait_for_alerts(channel, 1)) == 1
    assert room.ana.slash(room.desk, "help").wait_for_answer().text
    if harm is cut:
        assert room.discord.gateway.n_resumes >= 1


def test_a_kill_between_send_and_receipt_repeats_nothing(room: Room) -> None:
    """In a channel and a forum, also when Discord has long forgotten the nonces: found by the key in it."""
    plain = add_channel(room, "accra")
    fault = room.discord.faults.add
    held = [
        fault("POST", messages_of(plain), faults.slow()),
        fault("POST", rf"/channels/{room.forum.id}/threads", faults.slow()),
    ]
    room.tell(story("accra"), story("forumford"))
    for each in held:
        each.wait_for_hits()
    room.wait_for(lambda: list_alerts(plain) and room.forum.threads)
    room.bot.kill()
    room.discord.clock.advance(MEMORY_OF_NONCES_S)
    for each in held:
        each.release()
    room.start()
    room.wait_until_sent(plain, 1)
    room.wait_until_sent(room.forum, 1)
    assert len(list_alerts(plain)) == 1
    assert len(room.forum.threads) == 1
    assert len(room.forum.threads[0].list_messages()) == 1


def test_a_kill_within_a_thread_repeats_nothing(room: Room) -> None:
    """The same for a later report, whose thread was made by the process that died."""
    channel = add_channel(room, "santiago")
    room.tell(story("santiago"))
    head = wait_for_alerts(channel, 1)[0]
    held = room.discord.faults.add("POST", rf"/channels/{head.id}/messages", faults.slow())
    room.tell(update("santiago"))
    held.wait_for_hits()
    room.bot.kill()
    room.discord.clock.advance(MEMORY_OF_NONCES_S)
    held.release()
    room.start()
    room.wait_until_sent(channel, 2)
    assert len(list_alerts(channel)) == 1
    assert [len(thread.list_messages()) for thread in channel.threads] == [1]


def test_a_channel_that_refuses_is_left_alone_until_it_may_be_written_in(room: Room) -> None:
    """One refusal is enough; it is shown; with the permission back all that waited comes, in order."""
    channel = add_channel(room, "dublin")
    room.discord.deny_bot(channel, Permission.SEND_MESSAGES)
    before = room.discord.n_invalid_requests
    room.tell(story("dublin"))
    room.wait_until_closed(channel)
    room.tell(update("dublin"))
    room.wait_until_waiting(channel, 2)
    room.gazette.wait_for_polls(2)
    assert room.discord.n_invalid_requests - before <= 2
    assert list_alerts(channel) == []
    listed = room.ana.slash(room.desk, "watch list").wait_for_answer().text
    assert str(channel.id) in listed
    assert "permission" in listed
    assert "refuse" in room.ana.slash(room.desk, "status").wait_for_answer().text
    room.discord.deny_bot(channel, 0)
    wait_for_alerts(channel, 1)
    assert "UPDATE" in channel.wait_for_threads(1)[0].wait_for_messages(1)[0].content


def test_a_deleted_channel_is_sent_nothing(room: Room) -> None:
    """Its watch is still listed, with what happened."""
    channel = add_channel(room, "rabat")
    room.discord.delete_channel(channel)
    room.wait_until_closed(channel)
    assert "deleted" in room.ana.slash(room.desk, "watch list").wait_for_answer().text
    room.tell(story("rabat"))
    room.wait_until_waiting(channel, 1)
    room.gazette.wait_for_polls(2)
    assert room.discord.find_requests("POST", messages_of(channel)) == []


def test_what_moderators_delete_is_opened_anew(room: Room) -> None:
    """Without its first message a story opens another; without its thread it goes on under the first message."""
    beheaded, cut_off = add_channel(room, "jakarta"), add_channel(room, "baghdad")
    room.tell(story("jakarta"), story("baghdad"))
    head = wait_for_alerts(beheaded, 1)[0]
    room.discord.delete_message(head)
    wait_for_alerts(cut_off, 1)
    room.tell(update("jakarta"), update("baghdad"))
    assert wait_for_alerts(beheaded, 1)[0] is not head
    thread = cut_off.wait_for_threads(1)[0]
    thread.wait_for_messages(1)
    room.discord.delete_channel(thread)
    room.tell(update("baghdad", 2))
    room.wait_for(lambda: len(list_alerts(cut_off)) + sum(len(it.messages) for it in cut_off.threads) == 2)
    assert "baghdad" not in room.ana.slash(room.desk, "status").wait_for_answer().text


def test_a_locked_thread_closes_no_channel(room: Room) -> None:
    """What comes later on a story whose thread was locked answers the first message instead."""
    channel = add_channel(room, "zagreb")
    room.tell(story("zagreb"))
    wait_for_alerts(channel, 1)
    room.tell(update("zagreb"))
    thread = channel.wait_for_threads(1)[0]
    thread.wait_for_messages(1)
    room.discord.archive(thread, is_locked=True)
    room.tell(update("zagreb", 2))
    later = wait_for_alerts(channel, 2)[1]
    assert later.reference is not None


def test_a_server_that_comes_back_finds_its_settings(room: Room) -> None:
    """Taken from a server, the bot sends nothing there; invited again, it goes on with the same watches."""
    guild = room.discord.add_guild("Second")
    channel = room.discord.add_channel(guild, "oslo")
    admins = room.discord.add_role(guild, "admins", permissions=Permission.MANAGE_GUILD)
    zoe = room.discord.add_member(guild, "zoe", roles=[admins])
    zoe.slash(channel, "watch add", topic="madrid").wait_for_answer()
    room.discord.remove_bot(guild)
    room.wait_for(lambda: "discord server left" in room.log())
    room.tell(story("madrid"))
    room.wait_until_waiting(channel, 1)
    assert list_alerts(channel) == []
    room.discord.invite_bot(guild)
    assert len(wait_for_alerts(channel, 1)) == 1
    room.discord.start_outage(guild)
    room.discord.end_outage(guild)
    assert "madrid" in zoe.slash(channel, "watches").wait_for_answer().text


def test_many_at_once_become_a_digest(tmp_path: Path) -> None:
    """Beyond the limit of a channel the rest comes as one message with pages; every alert is on them."""
    with open_room(tmp_path, most=3) as room:
        room.start()
        channel = room.discord.add_channel(room.guild, "all")
        room.watch(channel, "*")
        n_before = room.count("articles")
        room.discord.deny_bot(channel, Permission.SEND_MESSAGES)
        room.tell(*iter_oddities(N_ODDITIES))
        room.wait_for(lambda: room.count("articles") - n_before == N_ODDITIES, "all of them in the store")
        room.wait_until_closed(channel)
        room.discord.deny_bot(channel, 0)
        room.wait_until_sent(channel, N_TOLD)
        room.wait_until_quiet()
        sent = room.list_sent()
        threads = [message for thread in channel.threads for message in thread.list_messages()]
        alerts = list_alerts(channel)
        assert len(alerts) + len(threads) == 3
        assert "alerts on" in alerts[-1].text
        named: set[str] = set()
        for message in (*alerts, *threads):
            named.update(re.findall(r"\bn\d+\b", "\n".join(read_pages(room, message))))
        assert len(sent) >= N_TOLD
        assert named == sent
        assert room.discord.n_invalid_requests == 1


def read_pages(room: Room, message: Message) -> Iterator[str]:
    """Yield the text of all its pages, turned as a reader would."""
    page = 1
    while True:
        yield message.text
        n_pages = re.search(rf"Page {page} of (\d+)", message.text)
        if n_pages is None or page >= int(n_pages[1]):
            return
        message, page = room.bob.press(message, "Next ▶").wait_for_answer(), page + 1
