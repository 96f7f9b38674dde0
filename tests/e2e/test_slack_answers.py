"""Answers on Slack when something goes wrong: posted once, never lost without a word, made with the right rights."""

from __future__ import annotations

import re
import socket
from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest

from tests.doubles.slack import faults
from tests.doubles.slack.actions import Action
from tests.doubles.slack.world import Message
from tests.e2e.newsroom import running
from tests.e2e.slack_room import POST, Room, open_room, wait_for_alerts
from tests.e2e.stories import story

pytestmark = pytest.mark.e2e

COMPLETE = r"files\.completeUploadExternal"
# An error that takes longer than Slack waits is told in a message instead: a busy machine may need a second try.
_TRIES_AT_A_FORM = 20


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    with open_room(tmp_path_factory.mktemp("slack-answers"), has_seeds=True) as opened:
        opened.start()
        yield opened
        assert opened.slack.unknown_requests == []
        assert "slack event failed" not in opened.log()
        assert opened.bot.stop() == 0


LOSSES = [faults.lose(), faults.lose(does_work=False), faults.status(500, does_work=True), faults.malformed()]


@pytest.mark.parametrize("fault", LOSSES, ids=["lost", "never came", "500", "half an answer"])
def test_an_answer_to_a_mention_comes_once(room: Room, fault: faults.Action) -> None:
    """Its confirmation is lost: the bot looks before it sends again, and the picture comes once too."""
    channel = room.slack.add_channel("mentions")
    met = room.slack.fault(f"{POST} {channel.id}", fault)
    room.bob.mention(channel, "timeline venezuela").wait_for_answer()
    met.wait_for_hits()
    thread = next(it for it in channel.list_messages(by_bot=False))
    room.wait_for(lambda: any(it.files for it in thread.replies))
    assert len([it for it in thread.replies if it.metadata]) == 1
    assert len([it for it in thread.replies if it.files]) == 1


@pytest.mark.parametrize("fault", LOSSES, ids=["lost", "never came", "500", "half an answer"])
def test_a_file_comes_once(room: Room, fault: faults.Action) -> None:
    """What the bot cannot know of it looks for by the file's id."""
    channel, zoe = room.slack.add_channel("exports"), room.slack.add_user("zoe")
    mine = zoe.slash(channel, "/timeline", "venezuela").wait_for_answer()
    met = room.slack.fault(COMPLETE, fault)
    zoe.choose(mine, "Export as a file", "csv").wait_for_answer()
    met.wait_for_hits()
    assert count_files(zoe.dm().messages) == 1


def count_files(messages: dict[str, Message]) -> int:
    return sum(len(it.files) for it in list(messages.values()))


def test_a_wait_that_slack_asks_for_is_kept_and_told(room: Room) -> None:
    """Nothing is posted earlier, and who asked knows that it comes."""
    channel = room.slack.add_channel("waiting")
    room.slack.fault(f"{POST} {channel.id}", faults.rate_limit(7))
    asked = room.bob.mention(channel, "help timeline")
    told = asked.wait_for_answer()
    assert told.ephemeral_for is room.bob
    assert "7 seconds" in told.text
    thread = next(it for it in channel.list_messages(by_bot=False))
    thread.wait_for_replies(1)
    tried = [it.at for it in room.slack.find_requests(POST) if it.args["channel"] == channel.id]
    assert len(tried) == 2
    assert tried[1] - tried[0] >= 7


def test_pressed_twice_is_posted_once(room: Room) -> None:
    """The message, its picture and a file: two presses and a repeated envelope bring one of each."""
    channel, zoe = room.slack.add_channel("twice"), room.slack.add_user("zoe")
    mine = zoe.slash(channel, "/timeline", "venezuela").wait_for_answer()
    with room.at_once():
        files = [zoe.choose(mine, "Export as a file", "csv") for _ in range(2)]
        presses = [zoe.press(mine, "Post to channel") for _ in range(2)]
    presses[0].wait_for_ack()
    room.slack.repeat(next(it for it in room.slack.envelopes if it.action is presses[0]))
    posted = channel.wait_for_messages(1)[0]
    posted.wait_for_replies(1)
    for pressed in (*files, *presses):
        pressed.wait_for_ack()
    room.wait_for(lambda: any("already" in it.text for it in list(channel.ephemerals.values())))
    room.wait_for(lambda: count_files(zoe.dm().messages))
    assert room.ask("help")
    assert channel.list_messages() == [posted]
    assert len(posted.replies) == 1
    assert count_files(zoe.dm().messages) == 1


def test_a_response_address_that_fails_for_a_moment_is_used_again(room: Room) -> None:
    """A 503 is tried again there."""
    with room.at_once():
        used = room.bob.slash(room.desk, "/wirewatch", "help timeline")
        met = room.slack.fault(f"respond/{used.response_token}", faults.status(503))
    assert "timeline" in used.wait_for_answer().text
    assert met.n_hits == 1
    assert len(used.answers) == 1


def test_an_answer_whose_address_is_of_no_use_comes_another_way(room: Room) -> None:
    """A response_url that fails for good: the answer is shown in the channel to the asker alone."""
    with room.at_once():
        used = room.bob.slash(room.desk, "/wirewatch", "help brief")
        met = room.slack.fault(f"respond/{used.response_token}", faults.status(500), times=3)
    told = used.wait_for_answer()
    assert met.n_hits == 3
    assert told.ephemeral_for is room.bob
    assert "brief" in told.text


def test_an_address_that_has_run_out_is_left_alone(room: Room) -> None:
    """Used five times: a page is shown beside at once, and no sixth use is tried again and again."""
    channel = room.slack.add_channel("used up")
    mine = room.bob.slash(channel, "/timeline", "venezuela").wait_for_answer()
    with room.at_once():
        pressed = room.bob.press(mine, "Next ▶")
        pressed.n_responses = 5
    beside = pressed.wait_for_answer()
    assert beside.ephemeral_for is room.bob
    assert "Page 2 of" in beside.text
    assert pressed.refusals == ["used_url"]


def test_without_the_channel_the_answer_comes_directly_with_the_reason(room: Room) -> None:
    """Where the bot is not, and the response_url fails, a direct message says why it is there."""
    elsewhere = room.slack.add_channel("not there", with_bot=False)
    with room.at_once():
        used = room.bob.slash(elsewhere, "/wirewatch", "help story")
        used.created_at -= timedelta(minutes=31)  # expired_url
    direct = room.bob.dm()
    room.wait_for(lambda: any("comes here because" in it.text for it in direct.list_messages()))
    told = next(it for it in direct.list_messages() if "comes here because" in it.text)
    assert "/invite" in told.text
    assert "/story" in told.text


def test_what_fails_in_a_thread_is_said_in_that_thread(room: Room) -> None:
    """Who asked sees it where they look."""
    channel = room.slack.add_channel("threads")
    over = room.bob.say(channel, "look")
    wrong = room.bob.mention(channel, "/nonsense", thread=over).wait_for_answer()
    assert wrong.ephemeral_for is room.bob
    assert wrong.thread_ts == over.ts


def test_an_edited_question_is_answered_once(room: Room) -> None:
    """Slack tells of it as of another call by name; what was answered is not answered again."""
    channel = room.slack.add_channel("edited")
    asked = room.bob.mention(channel, "help timeline")
    asked.wait_for_answer()
    room.bob.edit(channel, asked, "help timeline")
    room.wait_for(lambda: f"q{channel.id}/" in room.log(), "a message that was recognised")
    thread = next(it for it in channel.list_messages(by_bot=False))
    assert len(thread.replies) == 1


def test_what_is_asked_for_in_a_thread_comes_there(room: Room) -> None:
    """A file of an answer in a thread, and a page that only who pressed sees."""
    channel = room.slack.add_channel("in a thread")
    answer = room.bob.mention(channel, "timeline venezuela").wait_for_answer()
    over = channel.messages[str(answer.thread_ts)]
    over.wait_for_replies(2)  # the answer and its picture
    beside = room.ana.press(answer, "Next ▶").wait_for_answer()
    assert beside.ephemeral_for is room.ana
    assert beside.thread_ts == over.ts
    room.ana.choose(answer, "Export as a file", "csv")
    files = over.wait_for_replies(3)
    assert files[-1].files[0].name.endswith(".csv")


def test_who_slack_does_not_name_is_told_so(room: Room) -> None:
    """An admin is not told that she may not; what everybody may ask is answered without waiting."""
    zoe = room.slack.add_user("zoe", admin=True)
    held = room.slack.fault(r"users\.info", faults.slow(), times=3)
    assert "timeline" in zoe.slash(room.desk, "/wirewatch", "help timeline").wait_for_answer().text
    told = zoe.slash(room.desk, "/watch", "add peru").wait_for_answer()
    assert "does not say who you are" in told.text
    assert "may not" not in told.text
    held.release()


def test_an_answer_posted_before_a_kill_is_not_posted_again(tmp_path: Path) -> None:
    """The process ends between the posting and its confirmation: the next press finds the message."""
    with open_room(tmp_path, has_seeds=True) as room:
        room.start()
        mine = room.bob.slash(room.desk, "/timeline", "venezuela").wait_for_answer()
        held = room.slack.fault(f"{POST} {room.desk.id}", faults.slow())
        room.bob.press(mine, "Post to channel")
        room.desk.wait_for_messages(1)
        room.bot.kill()
        held.release()
        room.end()
        room.start()
        told = room.bob.press(mine, "Post to channel")
        room.wait_for(lambda: told.answers or mine.is_deleted)
        assert room.ask("help")
        assert len(room.desk.list_messages()) == 1
        assert room.bot.stop() == 0


def test_looking_at_the_messages_of_the_app_builds_no_home(room: Room) -> None:
    """Slack tells of both tabs by the same event."""
    before = len(room.slack.find_requests(r"views\.publish"))
    room.slack.emit({"type": "app_home_opened", "user": room.bob.id, "channel": room.bob.dm().id, "tab": "messages"})
    room.ana.open_home().wait_for_view()
    room.ana.open_home().wait_for_view()  # what was begun before is done by then
    assert len(room.slack.find_requests(r"views\.publish")) == before + 2


def test_words_beside_a_file_are_answered(room: Room) -> None:
    """A direct message with a file attached is a message like others."""
    zoe = room.slack.add_user("zoe")
    channel = zoe.dm()
    message = zoe.say(channel, "help timeline")
    event = {"type": "message", "subtype": "file_share", "channel": channel.id, "channel_type": "im"}
    room.slack.emit(event | {"user": zoe.id, "text": "help timeline", "ts": message.ts, "files": [{"id": "F1"}]})
    assert "timeline" in channel.wait_for_messages(1)[0].text


def test_what_all_can_read_is_made_with_nobodys_rights(tmp_path: Path) -> None:
    """Who runs the bot sees more than others; a public answer of theirs shows what everybody may see."""
    with open_room(tmp_path) as room:
        home = f'[slack]\nhome_workspaces = ["{room.slack.world.team_id}"]\n'
        text = room.config.read_text().replace("[slack]\n", home)
        text += '[[watches]]\nchannel = "slack:T9OTHER/C9"\ntopic = "lima"\n'
        room.config.write_text(text)
        room.start()
        mine = room.ana.slash(room.desk, "/wirewatch", "status").wait_for_answer()
        private = mine.text
        room.ana.press(mine, "Post to channel")
        public = room.desk.wait_for_messages(1)[0].text
        everybodys = room.bob.slash(room.desk, "/wirewatch", "status").wait_for_answer().text
        assert strip_times(public) == strip_times(everybodys)
        assert strip_times(public) != strip_times(private)
        assert room.bot.stop() == 0


def strip_times(text: str) -> list[str]:
    """Return the lines without figures, which change from one moment to the next, and without labels of buttons."""
    lines = [re.sub(r"\d+|<!date[^>]*>", "", line) for line in text.splitlines()]
    return [line for line in lines if "Post to channel" not in line]


def has_come(sent: Action) -> bool:
    return bool(sent.views or sent.answers)


def test_a_form_is_opened_only_for_who_may_send_it_and_shows_errors_at_its_field(room: Room) -> None:
    """Who only reads is refused before; a wrong story is said in the form, in plain words (or soon after, if slow)."""
    channel = room.add_watched("sofia")
    room.tell(story("sofia"))
    alert = wait_for_alerts(channel, 1)[0]
    refused = room.bob.press(alert, "Same story as…")
    assert "may not" in refused.wait_for_answer().text
    assert refused.views == []
    for _ in range(_TRIES_AT_A_FORM):
        form = room.eva.press(alert, "Same story as…").wait_for_view()
        assert form.title == "Same story as"
        sent = room.eva.submit(form, {"A story, such as s4": "s999999"})
        room.wait_for(partial(has_come, sent))
        if sent.views:
            break
        assert "999999" in sent.answers[0].text
        assert form.is_closed
    assert "999999" in str(sent.views[-1].errors["story"])
    assert not form.is_closed


def test_messages_without_a_slash_are_commands_or_questions(room: Room) -> None:
    """Directly and by name: a command as it is typed, with the bot's name before it, or a question."""
    zoe = room.slack.add_user("zoe")
    assert "/timeline" in zoe.direct("wirewatch help").wait_for_answer().text
    channel = room.slack.add_channel("slashless")
    added = room.ana.mention(channel, "watch add manila").wait_for_answer()
    assert added.ephemeral_for is room.ana
    assert "hears now of" in added.text
    question = zoe.direct("what happened in Venezuela in 2019?").wait_for_answer()
    assert "There is no command" not in question.text
    # Last, for its picture comes behind it.
    assert "2018" in zoe.direct("timeline venezuela").wait_for_answer().text


def test_a_watch_where_the_bot_is_not_waits_for_the_invitation(room: Room) -> None:
    """It says at once what to do, tries nothing until then, and what came meanwhile comes then."""
    channel = room.slack.add_channel("accra", private=True, with_bot=False)
    told = room.ana.slash(channel, "/watch", "add accra").wait_for_answer()
    assert "/invite @wirewatch" in told.text.replace("\u2060", "")
    room.tell(story("accra"))
    room.wait_until_waiting(channel, 1)
    assert room.count_posts(channel) == 0
    room.slack.invite_bot(channel)
    assert len(wait_for_alerts(channel, 1)) == 1


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("add peru --ping here", "no user group"),
        ("add peru --ping <!channel>", "no user group"),
        ("add peru --ping <@U0BOB|bob>", "“@bob” is no user group"),
        ("add peru \u2014ping here", "no user group"),
        ("add peru --channel DIRECT", "somebody else"),
        ("add peru --ping=", "no user group"),
        ("add peru --channel general", "no channel"),
        ("add peru --channel <#C0NOWHERE|nowhere>", "no channel C0NOWHERE"),
    ],
)
def test_whom_a_watch_calls_and_where_is_checked(room: Room, words: str, said: str) -> None:
    """Only user groups are called, only channels that are there are posted to; nothing is added otherwise."""
    words = words.replace("DIRECT", room.bob.dm().id)
    assert said in room.ana.slash(room.desk, "/watch", words).wait_for_answer().text.replace("\u2060", "")
    assert "peru" not in room.list_watches()


def test_a_channel_with_a_new_id_is_followed(room: Room) -> None:
    """Slack names a channel anew: its watches go along."""
    old, new = room.add_watched("oslo"), room.slack.add_channel("oslo-new")
    room.slack.emit({"type": "channel_id_changed", "old_channel_id": old.id, "new_channel_id": new.id})
    room.wait_for(lambda: room.count("watches", "channel LIKE ?", f"%/{new.id}"), "a watch that went along")
    assert new.id in room.list_watches()
    room.tell(story("oslo"))
    assert len(wait_for_alerts(new, 1)) == 1
    assert room.count_posts(old) == 0


def test_an_invitation_that_nobody_told_of_is_noticed_after_a_new_link(tmp_path: Path) -> None:
    """What happened to channels while the link was down is looked at when it is back."""
    with open_room(tmp_path, ping_s=2) as room:
        room.start()
        channel = room.slack.add_channel("lagos", with_bot=False)
        room.ana.slash(channel, "/watch", "add lagos").wait_for_answer()
        room.tell(story("lagos"))
        room.wait_until_waiting(channel, 1)
        with room.at_once():
            channel.has_bot = True
        before = room.slack.n_links
        room.slack.disconnect("refresh_requested")
        room.slack.wait_for_new_link(before)
        assert len(wait_for_alerts(channel, 1)) == 1
        assert room.bot.stop() == 0


def test_a_long_wait_before_an_edit_is_kept(room: Room) -> None:
    """Retry-After of an edit is the outbox's to wait for: no second edit comes before."""
    channel = room.add_watched("cairo")
    room.tell(story("cairo"))
    alert = wait_for_alerts(channel, 1)[0]
    edits = rf"chat\.update {channel.id}"
    met = room.slack.fault(edits, faults.rate_limit(6))
    room.eva.press(alert, "Already known").wait_for_answer()
    met.wait_for_hits()
    room.wait_for(lambda: f"<@{room.eva.id}>" in alert.text)
    tried = [it for it in room.slack.find_requests(r"chat\.update") if it.args["channel"] == channel.id]
    refused = next(number for number, it in enumerate(tried) if it.status == 429)
    assert tried[refused + 1].at - tried[refused].at >= 6


def test_an_address_that_leads_nowhere_is_told(tmp_path: Path) -> None:
    """A wrong WIREWATCH_SLACK_API is named in the log; the bot goes on, and connects when it is there."""
    with open_room(tmp_path) as room, socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))  # who does not listen refuses, and nobody else gets the port
        address = f"http://127.0.0.1:{nobody.getsockname()[1]}/api/"
        with running(room.config, environment={**room.environment(), "WIREWATCH_SLACK_API": address}):
            room.wait_for(lambda: "slack cannot be reached" in room.log())
        assert f"{address} (WIREWATCH_SLACK_API)" in room.log()
