"""The bot on Slack as people meet it: commands, pages, files, watches, alerts, threads, marks and App Home."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

import pytest

from tests.doubles.discord.server import DiscordDouble
from tests.doubles.slack.world import Message
from tests.e2e.slack_room import POST, UPDATE, Room, is_alert, list_alerts, open_room, wait_for_alerts
from tests.e2e.stories import TODAY, item, reprint, story, update

pytestmark = pytest.mark.e2e

ACK_S = 3.0
"""Slack's own limit: that of half of all is far below it on any machine."""
PNG = b"\x89PNG\r\n\x1a\n"
CALLS = re.compile(r"<(?:@|!(?!date\^))")


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    with open_room(tmp_path_factory.mktemp("slack"), has_seeds=True) as opened:
        opened.start()
        yield opened
        assert opened.slack.unknown_requests == []
        waits = [envelope.acked_after_s for envelope in opened.slack.envelopes]
        assert None not in waits
        assert median(wait for wait in waits if wait is not None) < ACK_S
        assert not [action.refusals for action in opened.slack.world.actions if action.refusals]
        assert opened.bot.stop() == 0
        assert opened.log_lines("warning", "error") == []


def tell_first(room: Room, topic: str) -> Message:
    """Watch the topic in a channel of its own, let news on it come, and return the alert."""
    channel = room.add_watched(topic)
    room.tell(story(topic))
    return wait_for_alerts(channel, 1)[0]


def test_a_timeline_is_shown_to_the_asker_who_turns_its_pages(room: Room) -> None:
    """Seen by nobody else, and a page takes the place of the one before it."""
    message = room.bob.slash(room.desk, "/timeline", "venezuela").wait_for_answer()
    assert message.ephemeral_for is room.bob
    assert "2018" in message.text
    first = message.text
    room.bob.press(message, "Next ▶").wait_for_change()
    assert "Page 2 of" in message.text
    assert message.text != first
    room.bob.press(message, "◀ Previous").wait_for_change()
    assert message.text == first
    assert room.desk.list_messages() == []


def test_what_takes_long_is_acknowledged_first(room: Room) -> None:
    """Slack waits three seconds: here nothing can be answered before what was asked is acknowledged."""
    channel = room.slack.add_channel("busy")
    with room.open_store() as connection:
        connection.execute("BEGIN IMMEDIATE")  # nobody else writes until it ends
        used = room.ana.slash(channel, "/watch", "add manila")
        used.wait_for_ack()
        assert used.answers == []
        connection.rollback()
    assert "hears now of" in used.wait_for_answer().text


def test_an_answer_is_posted_to_the_channel_with_its_picture(room: Room) -> None:
    """The private answer goes; the picture, with words for who cannot see it, is in the thread of the posted one."""
    channel = room.slack.add_channel("shared")
    mine = room.bob.slash(channel, "/timeline", "venezuela").wait_for_answer()
    room.bob.press(mine, "Post to channel")
    posted = channel.wait_for_messages(1)[0]
    assert "2018" in posted.text
    assert "Post to channel" not in posted.buttons
    picture = posted.wait_for_replies(1)[0].files[0]
    assert picture.data is not None
    assert picture.data.startswith(PNG)
    assert picture.alt_txt
    room.wait_for(lambda: mine.is_deleted)
    beside = room.ana.press(posted, "Next ▶").wait_for_answer()
    assert beside.ephemeral_for is room.ana
    assert "Page 2 of" in beside.text
    assert "Page 2 of" not in posted.text


def test_a_channel_without_the_bot_can_ask_and_is_told_why_nothing_is_posted(room: Room) -> None:
    """Slash commands work everywhere; posting needs an invitation, and who asked for it learns so."""
    elsewhere = room.slack.add_channel("elsewhere", with_bot=False)
    mine = room.bob.slash(elsewhere, "/timeline", "venezuela").wait_for_answer()
    told = room.bob.press(mine, "Post to channel").wait_for_answer()
    assert told.ephemeral_for is room.bob
    assert "/invite" in told.text
    assert elsewhere.list_messages() == []


def test_files_come_directly_or_into_the_thread(room: Room) -> None:
    """The file of a private answer goes to who asked; that of a posted one goes under it."""
    channel = room.slack.add_channel("files")
    mine = room.eva.slash(channel, "/timeline", "venezuela").wait_for_answer()
    told = room.eva.choose(mine, "Export as a file", "csv").wait_for_answer()
    assert "direct messages" in told.text
    sent = room.eva.dm().wait_for_messages(1)[0].files[0]
    assert sent.name.endswith(".csv")
    assert b"2019-03-23" in (sent.data or b"")
    room.eva.press(mine, "Post to channel")
    posted = channel.wait_for_messages(1)[0]
    posted.wait_for_replies(1)
    room.bob.choose(posted, "Export as a file", "json")
    assert posted.wait_for_replies(2)[1].files[0].name.endswith(".json")
    assert channel.list_messages() == [posted]


def test_what_needs_rights_is_not_posted_for_all(room: Room) -> None:
    """Changes, refusals and errors have no button that would show them to everybody."""
    listed = room.ana.slash(room.desk, "/watch", "list").wait_for_answer()
    assert "Post to channel" not in listed.buttons
    wrong = room.bob.slash(room.desk, "/timeline", "venezuela --from someday").wait_for_answer()
    assert wrong.ephemeral_for is room.bob
    assert "someday" in wrong.text
    assert wrong.buttons == []


def test_every_command_is_reached_through_one_of_them(room: Room) -> None:
    """Names that Slack keeps for itself work behind /wirewatch, and so does a question."""
    assert "Status at" in room.ask("status")
    assert "timeline" in room.ask("help timeline")
    assert "feed" in room.ask("/feeds").casefold()
    assert room.ask("Who recognized Juan Guaidó?", who=room.bob)
    assert "/wirewatch" in room.ask("") or "help" in room.ask("").casefold()


def test_only_managers_change_what_a_channel_hears(room: Room) -> None:
    """Admins of the workspace may; a listed editor may not, and is told who may."""
    refused = room.eva.slash(room.desk, "/watch", "add peru").wait_for_answer()
    assert refused.ephemeral_for is room.eva
    assert "may not" in refused.text
    assert "peru" not in room.ask("watch list")


def test_questions_by_name_in_a_thread_and_directly(room: Room) -> None:
    """Calling the bot by name is answered in the thread for all to see; a wrong one only to who asked."""
    channel = room.slack.add_channel("questions")
    answer = room.bob.mention(channel, "/timeline venezuela").wait_for_answer()
    assert answer.is_reply
    assert not answer.is_ephemeral
    assert "2018" in answer.text
    wrong = room.bob.mention(channel, "/nonsense").wait_for_answer()
    assert wrong.ephemeral_for is room.bob
    direct = room.bob.direct("/timeline venezuela")
    assert "2018" in direct.wait_for_answer().text
    room.wait_for(lambda: any(it.files for it in room.bob.dm().messages.values()))


def test_the_home_shows_watches_feeds_health_and_help(room: Room) -> None:
    """Who manages sees the watches of all channels there; who does not sees no error."""
    room.add_watched("madrid")
    home = room.ana.open_home().wait_for_view()
    for words in ("madrid", "Gazette", "Status at", "/timeline"):
        assert words in home.text
    assert "may not" not in room.bob.open_home().wait_for_view().text


def test_a_story_has_one_message_and_its_thread(room: Room) -> None:
    """The first report opens it, the next goes under it, a copy only raises the count: the first message stays true."""
    head = tell_first(room, "quito")
    channel = head.channel
    assert "NEW" in head.text
    assert "Teachers strike" in head.text
    assert {"Why", "Timeline", "Already known", "Not relevant", "Same story as…", "Not the same"} <= set(head.buttons)
    assert head.body["unfurl_links"] is False
    assert head.body["unfurl_media"] is False
    assert head.body["parse"] == "none"
    room.tell(update("quito"))
    later = head.wait_for_replies(1)[0]
    assert "UPDATE" in later.text
    assert "13" in later.text
    assert not later.is_broadcast
    room.wait_for(lambda: "2 articles" in head.text)
    assert "What came later" in head.text
    room.herald.publish(reprint("quito"))
    room.wait_for(lambda: "3 articles" in head.text)
    assert list_alerts(channel) == [head]
    assert len(head.replies) == 1
    assert head.metadata is not None


def test_only_a_change_of_standing_is_also_sent_to_the_channel(room: Room) -> None:
    """What disputes the story is shown to the whole channel too; an update stays in the thread."""
    head = tell_first(room, "lima")
    room.tell(update("lima"))
    head.wait_for_replies(1)
    words = f"A ferry with 58 people aboard sank off Lima, Peru, on {TODAY}. The harbour registry said otherwise."
    room.herald.publish(item("lima-58", "Ferry sinks off Lima with 58 aboard", words, minutes_ago=1, outlet="herald"))
    assert "DISPUTED" in head.wait_for_replies(2)[1].text
    assert [reply.is_broadcast for reply in head.replies] == [False, True]
    room.wait_for(lambda: "DISPUTED" in head.text)


def test_buttons_work_after_a_restart(room: Room) -> None:
    """Buttons belong to messages and not to a process."""
    channel = room.slack.add_channel("restart")
    message = room.bob.slash(channel, "/timeline", "venezuela").wait_for_answer()
    alert = tell_first(room, "warsaw")
    assert room.bot.stop() == 0
    room.start()
    room.bob.press(message, "Next ▶").wait_for_change()
    assert "Page 2 of" in message.text
    why = room.bob.press(alert, "Why").wait_for_answer()
    assert why.ephemeral_for is room.bob
    assert "belarus" in why.text.casefold()


@pytest.mark.parametrize(("topic", "button"), [("cairo", "Already known"), ("sofia", "Not relevant")])
def test_marks_are_shown_and_can_be_undone(room: Room, topic: str, button: str) -> None:
    """The message says who judged it; undoing takes that away; who only reads cannot judge."""
    alert = tell_first(room, topic)
    refused = room.bob.press(alert, button).wait_for_answer()
    assert refused.ephemeral_for is room.bob
    assert "may not" in refused.text
    marked = room.eva.press(alert, button).wait_for_answer()
    assert marked.ephemeral_for is room.eva
    room.wait_for(lambda: f"<@{room.eva.id}>" in alert.text)
    assert f"<@{room.bob.id}>" not in alert.text
    room.eva.press(marked, "Undo").wait_for_answer()
    room.wait_for(lambda: f"<@{room.eva.id}>" not in alert.text or "undone" in alert.text)


def test_stories_are_joined_in_a_form(room: Room) -> None:
    """“Same story as” asks which; both messages say who joined them."""
    one, other = tell_first(room, "accra"), tell_first(room, "zagreb")
    number = re.search(r"/story (s\d+)", other.text)
    assert number
    form = room.eva.press(one, "Same story as…").wait_for_view()
    sent = room.eva.submit(form, {"A story, such as s4": number[1]})
    told = sent.wait_for_answer()
    assert told.ephemeral_for is room.eva
    assert "Error" not in told.text
    room.wait_for(lambda: f"<@{room.eva.id}>" in one.text or f"<@{room.eva.id}>" in other.text)


def test_what_is_posted_anew_notifies_nobody_it_names(room: Room) -> None:
    """Slack tells people who are named in a new message: there they are words, and names only in edits."""
    alert = tell_first(room, "tokyo")
    room.eva.press(alert, "Already known").wait_for_answer()
    room.wait_for(lambda: f"<@{room.eva.id}>" in alert.text)
    number = re.search(r"\bn\d+\b", alert.text)
    assert number
    channel = room.slack.add_channel("again")
    mine = room.bob.slash(channel, "/alert", number[0]).wait_for_answer()
    assert f"<@{room.eva.id}>" in mine.text
    room.bob.press(mine, "Post to channel")
    posted = channel.wait_for_messages(1)[0]
    assert CALLS.search(posted.text) is None
    assert "eva" in posted.text


def test_nothing_that_a_feed_writes_calls_anybody(room: Room) -> None:
    """No mark of a feed survives as one, no address hides behind words; a watch calls its group and nobody else."""
    channel = room.slack.add_channel("loud")
    room.watch(channel, "kabul --ping <!subteam^S0GROUP|@desk>")
    evil = (
        f"<!channel> <!here> <@{room.bob.id}> <#{room.desk.id}> <http://evil.example|Kabul> @channel &lt;!everyone&gt;"
    )
    told = story("kabul")
    room.tell(item("kabul-evil", f"{told.title} {evil}", f"{told.text} {evil}"))
    alert = wait_for_alerts(channel, 1)[0]
    assert re.findall(r"<[!@#](?!date\^)[^>]*>", alert.text) == ["<!subteam^S0GROUP>"]
    assert "<http://evil.example" not in alert.text
    for received in room.slack.find_requests(f"{POST}|{UPDATE}"):
        assert received.args["parse"] == "none"
        assert str(received.args["link_names"]).casefold() in {"false", "0"}
        if received.name == "chat.postMessage":
            assert str(received.args["unfurl_links"]).casefold() in {"false", "0"}


def test_an_alert_may_go_to_a_private_channel_and_a_direct_message(room: Room) -> None:
    """Wherever the bot is, a watch works."""
    channel = room.add_watched("ottawa", private=True)
    room.watch(room.ana.dm(), "ottawa")
    room.tell(story("ottawa"))
    assert len(wait_for_alerts(channel, 1)) == 1
    room.wait_for(lambda: any(map(is_alert, room.ana.dm().list_messages())))


def test_discord_and_slack_in_one_process_hear_the_same(tmp_path: Path) -> None:
    """Both platforms, one store: a watch on each, one report, one alert on each."""
    with open_room(tmp_path) as room, DiscordDouble() as discord:
        guild = discord.add_guild("Newsroom")
        channel = discord.add_channel(guild, "oslo")
        with room.config.open("a", encoding="utf-8") as file:
            for address in (f"discord:{guild.id}/{channel.id}", f"slack:{room.slack.world.team_id}/{room.desk.id}"):
                file.write(f'[[watches]]\nchannel = "{address}"\ntopic = "oslo"\n')
        room.start(environment={"DISCORD_TOKEN": discord.token, "WIREWATCH_DISCORD_API": discord.api_url})
        discord.wait_for(discord.gateway.live)
        room.tell(story("oslo"))
        alert = wait_for_alerts(room.desk, 1)[0]
        discord.wait_for(channel.list_messages)
        message = channel.list_messages()[0]
        for text in (alert.text, message.text):
            assert "NEW" in text
            assert "54 battle tanks" in text
        assert room.bot.stop() == 0


def test_the_clock_of_an_alert_is_the_readers(room: Room) -> None:
    """Exact times are shown in the reader's own zone, with words beside for where Slack shows none."""
    alert = tell_first(room, "hanoi")
    moments = re.findall(r"<!date\^(\d+)\^[^|>]+\|([^>]+)>", alert.text)
    assert moments
    assert all(abs(int(at) - datetime.now(UTC).timestamp()) < 86_400 for at, _ in moments)
