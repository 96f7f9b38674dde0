"""Whatever goes wrong between the bot and Slack: nothing is lost, nothing comes twice, the order stays."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest

from tests.doubles.slack import faults
from tests.doubles.slack.socket import Envelope
from tests.doubles.slack.world import Channel, Message
from tests.e2e.slack_room import POST, UPDATE, Room, list_alerts, open_room, read_pages, wait_for_alerts
from tests.e2e.stories import iter_oddities, story, update
from tests.patience import PATIENCE_S

pytestmark = pytest.mark.e2e

N_ODDITIES = 60
N_TOLD = 45
PING_S = 3.0
"""Short, since so soon a link that says nothing is given up; a busy machine must still answer in half of it."""

FAULTS: dict[str, faults.Action] = {
    "lima": faults.lose(),
    "nairobi": faults.lose(does_work=False),
    "quito": faults.status(500, does_work=True),
    "lagos": faults.status(503),
    "manila": faults.rate_limit(1),
    "warsaw": faults.refuse("ratelimited"),
    "ottawa": faults.refuse("fatal_error"),
    "cairo": faults.malformed(),
    "athens": faults.refuse("msg_blocks_too_long"),
    "zagreb": faults.refuse("invalid_blocks"),
}
"""The fault that the first message of a channel meets: each story stands in a channel of its own."""


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    with open_room(tmp_path_factory.mktemp("slack-faults"), has_seeds=True, ping_s=PING_S) as opened:
        opened.start()
        yield opened
        assert opened.slack.unknown_requests == []
        assert "never retrieved" not in opened.log()
        assert "slack event failed" not in opened.log()
        assert opened.bot.stop() == 0
        assert "request listener" not in opened.log()
        assert "ticket=" not in opened.log()


def posts_in(channel: Channel) -> str:
    return f"{POST} {channel.id}"


@pytest.fixture(scope="module")
def struck(room: Room) -> dict[str, Channel]:
    """Each fault at once at the first message of a channel, then a second message there."""
    channels = {topic: room.add_watched(topic) for topic in FAULTS}
    met = [room.slack.fault(posts_in(channels[topic]), fault) for topic, fault in FAULTS.items()]
    room.tell(*(story(topic) for topic in FAULTS))
    for fault in met:
        fault.wait_for_hits()
    room.tell(*(update(topic) for topic in FAULTS))
    for channel in channels.values():
        room.wait_until_sent(channel, 2)
        wait_for_alerts(channel, 1)[0].wait_for_replies(1)
    return channels


@pytest.mark.parametrize("topic", FAULTS)
def test_each_message_comes_once_and_in_order(struck: dict[str, Channel], topic: str) -> None:
    """A lost answer, a 5xx after the work or before it, a 429, half an answer, a page too long: one message."""
    alerts = list_alerts(struck[topic])
    assert len(alerts) == 1
    assert "NEW" in alerts[0].text
    assert len(alerts[0].replies) == 1
    assert "UPDATE" in alerts[0].replies[0].text
    assert alerts[0].replies[0].ts > alerts[0].ts


def test_what_arrived_is_recognised_by_its_metadata(struck: dict[str, Channel], room: Room) -> None:
    """After a lost answer the bot looks before it sends; it does not post again what is there."""
    assert room.slack.find_requests(r"conversations\.history")
    assert room.count_posts(struck["lima"]) == 2
    assert room.count_posts(struck["nairobi"]) == 3
    assert "slack message recognised" in room.log()


def test_a_retry_waits_as_long_as_slack_says(room: Room) -> None:
    """Retry-After is a promise: nothing is posted in that channel before."""
    channel = room.add_watched("tokyo")
    met = room.slack.fault(posts_in(channel), faults.rate_limit(7))
    room.tell(story("tokyo"))
    met.wait_for_hits()
    wait_for_alerts(channel, 1)
    tried = [it.at for it in room.slack.find_requests(POST) if it.args["channel"] == channel.id]
    assert len(tried) == 2
    assert tried[1] - tried[0] >= 7


def test_an_edit_that_fails_is_made_later(room: Room) -> None:
    """The first message becomes true again although Slack took no edit for a while."""
    channel = room.add_watched("hanoi")
    room.tell(story("hanoi"))
    head = wait_for_alerts(channel, 1)[0]
    edits = f"{UPDATE} {channel.id}"
    met = [room.slack.fault(edits, faults.refuse("msg_too_long")), room.slack.fault(edits, faults.status(500))]
    room.tell(update("hanoi"))
    for fault in met:
        fault.wait_for_hits()
    room.wait_for(lambda: "2 articles" in head.text)


def test_a_kill_between_send_and_receipt_repeats_nothing(room: Room) -> None:
    """In a channel and in a thread: the next process finds the message and sends none."""
    plain, threaded = room.add_watched("accra"), room.add_watched("santiago")
    room.tell(story("santiago"))
    head = wait_for_alerts(threaded, 1)[0]
    held = [room.slack.fault(posts_in(channel), faults.slow()) for channel in (plain, threaded)]
    room.tell(story("accra"), update("santiago"))
    room.wait_for(lambda: list_alerts(plain) and head.replies)
    room.bot.kill()
    for fault in held:
        fault.release()
    room.start()
    room.wait_until_sent(plain, 1)
    room.wait_until_sent(threaded, 2)
    assert len(list_alerts(plain)) == 1
    assert len(list_alerts(threaded)) == 1
    assert len(head.replies) == 1


def archive(room: Room, channel: Channel) -> None:
    with room.slack.world.changed:
        channel.is_archived = True


def unarchive(room: Room, channel: Channel) -> None:
    room.slack.unarchive(channel)


def take_out(room: Room, channel: Channel) -> None:
    with room.slack.world.changed:
        channel.has_bot = False


def invite(room: Room, channel: Channel) -> None:
    room.slack.invite_bot(channel)


@pytest.mark.parametrize(
    ("topic", "is_private", "harm", "mend", "words"),
    [
        ("dublin", False, archive, unarchive, "archived"),
        ("forumford", False, take_out, invite, "/invite"),
        ("baghdad", True, take_out, invite, "gone"),
    ],
    ids=["is_archived", "not_in_channel", "channel_not_found"],
)
def test_a_channel_that_refuses_is_left_alone_until_it_takes_messages(
    room: Room,
    topic: str,
    is_private: bool,  # noqa: FBT001 - pytest's parameter
    harm: Callable[[Room, Channel], None],
    mend: Callable[[Room, Channel], None],
    words: str,
) -> None:
    """One refusal is enough; it is shown; when that is undone all that waited comes, in order."""
    channel = room.add_watched(topic, private=is_private)
    harm(room, channel)
    room.tell(story(topic))
    room.wait_until_closed(channel)
    room.tell(update(topic))
    room.wait_until_waiting(channel, 2)
    room.gazette.wait_for_polls(2)
    assert room.count_posts(channel) == 1
    assert words in room.list_watches()
    assert "refuse" in room.ask("status")
    mend(room, channel)
    head = wait_for_alerts(channel, 1)[0]
    assert "NEW" in head.text
    assert "UPDATE" in head.wait_for_replies(1)[0].text


def tell_deleted(room: Room, channel: Channel) -> None:
    room.slack.delete_channel(channel)


def tell_archived(room: Room, channel: Channel) -> None:
    room.slack.archive(channel)


def tell_removed(room: Room, channel: Channel) -> None:
    room.slack.remove_bot(channel)


@pytest.mark.parametrize(
    ("topic", "harm", "word"),
    [("rabat", tell_deleted, "deleted"), ("oslo", tell_archived, "archived"), ("madrid", tell_removed, "taken out")],
)
def test_a_channel_that_is_archived_or_deleted_is_sent_nothing(
    room: Room, topic: str, harm: Callable[[Room, Channel], None], word: str
) -> None:
    """Slack says so itself; nothing has to be refused first."""
    channel = room.add_watched(topic)
    harm(room, channel)
    room.wait_until_closed(channel, word)
    assert word in room.list_watches()
    room.tell(story(topic))
    room.wait_until_waiting(channel, 1)
    room.gazette.wait_for_polls(2)
    assert room.count_posts(channel) == 0


def test_a_first_message_that_was_deleted_is_opened_anew(room: Room) -> None:
    """Without its first message a story opens another one at once."""
    channel = room.add_watched("jakarta")
    room.tell(story("jakarta"))
    head = wait_for_alerts(channel, 1)[0]
    room.slack.delete_message(head)
    room.tell(update("jakarta"))
    room.wait_for(lambda: [it for it in list_alerts(channel) if it is not head])
    assert len(list_alerts(channel)) == 1
    anew = list_alerts(channel)[0]
    room.tell(update("jakarta", 2))
    anew.wait_for_replies(1)
    assert len(list_alerts(channel)) == 1
    assert len([it for it in room.slack.find_requests(POST) if it.args["channel"] == channel.id]) == 3


@pytest.mark.parametrize("word", ["msg_blocks_too_long", "invalid_blocks"])
def test_an_answer_that_is_too_long_becomes_a_shorter_page(room: Room, word: str) -> None:
    """Nothing is lost by it: all pages of that answer have the size that Slack took, and hold the same words."""
    line = f"venezuela --dates {len(word)}"
    whole = read_pages(room.bob, room.bob.slash(room.desk, "/timeline", line).wait_for_answer())
    with room.at_once():
        used = room.bob.slash(room.desk, "/timeline", line)
        refused = room.slack.fault(f"respond/{used.response_token}", faults.refuse(word))
    pages = read_pages(room.bob, used.wait_for_answer())
    assert refused.n_hits == 1
    assert len(pages) > len(whole)
    assert max(map(len, pages)) < max(map(len, whole))
    missing = {it for it in " ".join(whole).split() if it.isalpha()} - set(" ".join(pages).split())
    assert not missing


def cut(room: Room) -> None:
    room.slack.cut()


def silence(room: Room) -> None:
    room.slack.silence()


def refresh(room: Room) -> None:
    room.slack.disconnect("refresh_requested")


def warn(room: Room) -> None:
    room.slack.disconnect("warning")


def let_tickets_die(room: Room) -> None:
    room.slack.kill_tickets(2)
    room.slack.cut()


@pytest.mark.parametrize("harm", [cut, silence, refresh, warn, let_tickets_die])
def test_a_broken_link_is_made_anew(room: Room, harm: Callable[[Room], None]) -> None:
    """A cut, a silent socket, notices of Slack, tickets that are dead when they come: the next command is answered."""
    before = room.slack.n_links
    harm(room)
    room.slack.wait_for_new_link(before)
    room.slack.wait_for_links()
    assert room.ask("help")


def test_what_was_under_way_when_the_link_changed_is_answered(room: Room) -> None:
    """No envelope is lost between the old link and the new one, and each is answered once."""
    room.slack.disconnect("refresh_requested")
    used = [room.bob.slash(room.desk, "/wirewatch", f"help {name}") for name in ("timeline", "ask", "brief")]
    assert all(action.wait_for_answer().text for action in used)
    assert [len(action.answers) for action in used] == [1, 1, 1]


def test_a_repeated_envelope_is_answered_once(room: Room) -> None:
    """Slack sends again what it saw no acknowledgement of: it gets one, and people get one answer."""
    channel = room.slack.add_channel("repeats")
    asked = room.bob.mention(channel, "/help timeline")
    asked.wait_for_answer()
    used = room.bob.slash(channel, "/wirewatch", "help ask")
    used.wait_for_answer()
    for action in (asked, used):
        envelope = next(it for it in room.slack.envelopes if it.action is action)
        room.wait_for(partial(is_acknowledged, envelope, 1))
        room.slack.repeat(envelope)
        room.wait_for(partial(is_acknowledged, envelope, 2))
    assert room.ask("help")
    assert len(asked.answers) == 1
    assert len(used.answers) == 1


def is_acknowledged(envelope: Envelope, n: int) -> bool:
    return len(envelope.acks) >= n


def test_an_event_that_nobody_expects_harms_nothing(room: Room) -> None:
    """Events of other kinds, without their fields, and text that is no envelope."""
    for event in ({"type": "message"}, {"type": "app_mention"}, {"type": "of_the_future"}):
        room.slack.emit(event)
    room.slack.send_raw('{"type": "news"}')
    assert room.ask("help")


def test_many_at_once_become_a_digest(tmp_path: Path) -> None:
    """Beyond the limit of a channel the rest comes as one message with pages; every alert is on them."""
    with open_room(tmp_path, most=3) as room:
        room.start()
        room.watch(room.desk, "*")
        n_before = room.count("articles")
        take_out(room, room.desk)
        room.tell(*iter_oddities(N_ODDITIES))
        room.wait_for(lambda: room.count("articles") - n_before == N_ODDITIES, "all of them in the store")
        room.wait_until_closed(room.desk)
        invite(room, room.desk)
        room.wait_until_sent(room.desk, N_TOLD)
        room.wait_until_quiet()
        sent = room.list_sent()
        alerts = list_alerts(room.desk)
        told = [*alerts, *(reply for it in alerts for reply in it.replies)]
        assert len(told) == 3
        assert "alerts on" in alerts[-1].text
        named: set[str] = set()
        for it in told:
            named.update(re.findall(r"\bn\d+\b", "\n".join(read_copies(room, it))))
        assert len(sent) >= N_TOLD
        assert named == sent
        assert room.bot.stop() == 0


def read_copies(room: Room, message: Message) -> list[str]:
    """Return the text of all pages of a public message; the second comes beside it, the others in its place."""
    if "Next ▶" not in message.buttons:
        return [message.text]
    return [message.text, *read_pages(room.bob, room.bob.press(message, "Next ▶").wait_for_answer())]


def test_the_page_of_a_proxy_at_the_start_ends_nothing(tmp_path: Path) -> None:
    """Words in text/plain instead of an answer, whatever the status: the bot connects a little later."""
    with open_room(tmp_path) as room:
        refused = [room.slack.fault(r"auth\.test", faults.page(status), times=2) for status in (200, 503)]
        room.start()
        assert [met.n_hits for met in refused] == [2, 2]
        assert room.ask("help")
        assert "slack supervision broke" not in room.log()
        assert room.bot.stop() == 0


def stop_with_reason(room: Room) -> str:
    """Return what is on stderr after the bot has ended by itself with exit code 1."""
    assert room.bot.process.wait(PATIENCE_S) == 1
    return "\n".join(line for line in room.log().splitlines() if not line.startswith("{"))


def test_a_revoked_token_ends_the_bot_with_a_clear_line(tmp_path: Path) -> None:
    """Told by Slack's own event; nothing is tried again and again."""
    with open_room(tmp_path) as room:
        room.start()
        room.slack.revoke_tokens()
        assert "SLACK_BOT_TOKEN" in stop_with_reason(room)


def test_a_token_that_is_refused_at_an_alert_ends_the_bot_and_loses_nothing(tmp_path: Path) -> None:
    """Without an event the first refusal tells it; the alert waits, and comes with the next good token."""
    with open_room(tmp_path) as room:
        room.start()
        room.watch(room.desk, "havana")
        room.slack.revoke_tokens(word="account_inactive", tell=False)
        room.tell(story("havana"))
        assert "SLACK_BOT_TOKEN" in stop_with_reason(room)
        assert room.count_alerts("state IN ('pending', 'sending')", room.desk) == 1
        room.slack.restore_tokens()
        room.end()
        room.start()
        wait_for_alerts(room.desk, 1)


@pytest.mark.parametrize(
    "wrong",
    [
        {"SLACK_BOT_TOKEN": "xoxb-wrong"},
        {"SLACK_APP_TOKEN": "xapp-wrong"},
        {"SLACK_BOT_TOKEN": "xapp-1-A0DOUBLE-1-of-no-worth"},
    ],
    ids=["bot", "app", "swapped"],
)
def test_a_wrong_token_ends_the_bot_with_a_clear_line(tmp_path: Path, wrong: dict[str, str]) -> None:
    """Exit code 1 and what to look at."""
    with open_room(tmp_path) as room:
        assert room.start_with({**room.environment(), **wrong}).process.wait(PATIENCE_S) == 1
        assert "SLACK_BOT_TOKEN" in room.log()
