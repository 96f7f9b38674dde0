"""The bot on Discord as people meet it: commands, pages, watches, alerts, threads, forums and marks."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.doubles.discord.server import DiscordDouble
from tests.doubles.discord.world import Message
from tests.e2e.discord_room import Room, labels_of, list_alerts, open_room, wait_for_alerts, wait_for_private
from tests.e2e.stories import item, reprint, story, update
from tests.patience import PATIENCE_S

pytestmark = pytest.mark.e2e

COMMANDS = r"/applications/\d+/commands"
DAY_S = 86_400.0


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    with open_room(tmp_path_factory.mktemp("discord"), has_seeds=True) as opened:
        opened.start()
        yield opened
        assert opened.discord.unknown_requests == []
        assert opened.bot.stop() == 0
        assert "never retrieved" not in opened.log()
        assert "discord event failed" not in opened.log()


def tell_first(room: Room, topic: str, **options: object) -> Message:
    """Watch the topic in a channel of its own, let news on it come, and return the alert."""
    channel = room.discord.add_channel(room.guild, topic)
    room.watch(channel, topic, **options)
    room.tell(story(topic))
    return wait_for_alerts(channel, 1)[0]


def test_a_timeline_has_words_picture_pages_and_files(room: Room) -> None:
    """Who asks turns the pages in place, others beside it; the picture has words for who cannot see it."""
    used = room.ana.slash(room.desk, "timeline", topic="venezuela")
    message = used.wait_for_answer()
    assert not used.ephemeral
    assert "2018" in message.text
    picture = message.attachments[0]
    assert picture.data.startswith(b"\x89PNG\r\n\x1a\n")
    assert min(struct.unpack(">II", picture.data[16:24])) >= 300
    assert picture.description
    assert message.embeds[0]["image"]["url"] == picture.url
    first = message.text
    room.ana.press(message, "Next ▶")
    room.wait_for(lambda: "Page 2 of" in message.text)
    assert message.text != first
    beside = room.bob.press(message, "Next ▶")
    assert "Page 3 of" in beside.wait_for_answer().text
    assert beside.ephemeral
    assert "Page 2 of" in message.text
    file = room.bob.choose(message, "Export as a file", "csv")
    attached = file.wait_for_answer().attachments[0]
    assert file.ephemeral
    assert attached.filename.endswith(".csv")
    assert b"2019-03-23" in attached.data


def test_suggestions_come_from_the_store(room: Room) -> None:
    """What is typed is completed with names that the record holds."""
    choices = room.bob.autocomplete(room.desk, "timeline", "topic", "vene").wait_for_choices()
    assert any("venezuela" in str(choice["value"]).casefold() for choice in choices)


def test_old_buttons_say_that_they_have_expired(room: Room) -> None:
    """After two weeks a page is not turned; who presses is told what to type, and the buttons go."""
    message = room.ana.slash(room.desk, "timeline", topic="venezuela").wait_for_answer()
    room.discord.make_older(message, 15 * DAY_S)
    pressed = room.bob.press(message, "Next ▶")
    told = pressed.wait_for_followups()[0]
    assert told.is_ephemeral
    assert "expired" in told.text
    assert "/timeline venezuela" in told.text
    assert message.components == []


def test_errors_are_told_to_the_asker_alone(room: Room) -> None:
    """A wrong date is explained to who typed it."""
    wrong = room.bob.slash(room.desk, "timeline", topic="venezuela", **{"from": "someday"})
    assert "someday" in wait_for_private(wrong).text


def test_a_failure_of_the_program_has_an_incident_id(room: Room) -> None:
    """Nobody sees a traceback: an id that stands in the log too, and only for who asked."""
    with room.open_store() as connection:
        kept = connection.execute("SELECT title FROM articles WHERE id = 1").fetchone()[0]
        with connection:
            connection.execute("UPDATE articles SET title = X'ff' WHERE id = 1")
        try:
            text = wait_for_private(room.bob.slash(room.desk, "why", item="a1")).text
        finally:
            with connection:
                connection.execute("UPDATE articles SET title = ? WHERE id = 1", (kept,))
    assert "Traceback" not in text
    assert "ncident" in text
    room.wait_for(lambda: "incident" in room.log())


def test_only_managers_change_what_a_channel_hears(room: Room) -> None:
    """Discord does not even offer it to others."""
    with pytest.raises(AssertionError, match="not registered here"):
        room.bob.slash(room.desk, "watch add", topic="peru")
    assert "watch" in {command["name"] for command in room.ana.list_commands(room.desk)}


def test_a_story_has_one_message_and_its_thread(room: Room) -> None:
    """The first report opens it, the next goes under it, a copy only raises the count: the first message stays true."""
    head = tell_first(room, "quito")
    channel = head.channel
    assert "NEW" in head.content
    assert "Teachers strike" in head.text
    assert head.embeds[0]["color"]
    assert {"Why", "Timeline", "Already known", "Not relevant", "Same story as…", "Not the same"} == set(
        labels_of(head)
    )
    room.tell(update("quito"))
    thread = channel.wait_for_threads(1)[0]
    later = thread.wait_for_messages(1)[0]
    assert "UPDATE" in later.content
    assert "13" in later.text
    room.wait_for(lambda: "2 articles" in head.text)
    assert "What came later" in head.text
    room.herald.publish(reprint("quito"))
    room.wait_for(lambda: "3 articles" in head.text)
    assert len(list_alerts(channel)) == 1
    assert len(thread.list_messages()) == 1
    assert all(not message.pinged_roles and not message.pings_everyone for message in (head, later))


def test_buttons_work_after_a_restart(room: Room) -> None:
    """Buttons belong to messages and not to a process; commands are registered once."""
    message = room.ana.slash(room.desk, "timeline", topic="venezuela").wait_for_answer()
    alert = tell_first(room, "warsaw")
    assert room.bot.stop() == 0
    room.start()
    room.ana.press(message, "Next ▶")
    room.wait_for(lambda: "Page 2 of" in message.text)
    why = wait_for_private(room.bob.press(alert, "Why"))
    assert "belarus" in why.text.casefold()
    assert len(room.discord.find_requests("PUT", COMMANDS)) == 1


def test_a_forum_has_a_post_for_each_story(room: Room) -> None:
    """Its tag is the label of the story; what comes later is told in the post."""
    room.tell(story("forumford"))
    post = room.forum.wait_for_threads(1)[0]
    assert "Chess champion" in post.name
    assert post.tag_names == ["New"]
    head = post.wait_for_messages(1)[0]
    room.tell(update("forumford"))
    assert "UPDATE" in post.wait_for_messages(2)[1].content
    room.wait_for(lambda: "2 articles" in head.text)
    assert len(room.forum.threads) == 1


def test_a_thread_can_watch(room: Room) -> None:
    """A thread is a channel like others; what comes later answers the first message."""
    begun = tell_first(room, "ottawa")
    room.tell(update("ottawa"))
    thread = begun.channel.wait_for_threads(1)[0]
    thread.wait_for_messages(1)
    room.watch(thread, "athens")
    room.tell(story("athens"))
    room.wait_for(lambda: any("Wildfire" in message.text for message in list_alerts(thread)))
    head = next(message for message in list_alerts(thread) if "Wildfire" in message.text)
    room.tell(update("athens"))
    room.wait_for(lambda: len([it for it in list_alerts(thread) if "Wildfire" in it.text]) == 2)
    later = list_alerts(thread)[-1]
    assert later.reference is not None
    assert int(later.reference["message_id"]) == head.id


def test_nobody_is_called_but_the_role_of_the_watch(room: Room) -> None:
    """Whatever a feed writes calls nobody and hides no address; a watch calls its role and nobody else."""
    role = room.discord.add_role(room.guild, "watchers", mentionable=True)
    channel = room.discord.add_channel(room.guild, "loud")
    room.watch(channel, "kabul", ping=role)
    evil = f"@everyone <@{room.bob.id}> <@&{room.guild.id}> [Kabul](http://evil.example) ```x``` \u202eKabul **bold**"
    told = story("kabul")
    room.tell(item("kabul-evil", f"{told.title} {evil}", f"{told.text} {evil}"))
    alert = wait_for_alerts(channel, 1)[0]
    assert alert.pinged_roles == [role]
    assert alert.pinged_users == []
    assert not alert.pings_everyone
    assert "](http://evil.example" not in alert.text
    assert "\u202e" not in alert.text
    assert "```" not in alert.text
    assert "@everyone" not in alert.content


def press(room: Room, message: Message, button: str) -> Message:
    return wait_for_private(room.eva.press(message, button))


@pytest.mark.parametrize(("topic", "button"), [("cairo", "Already known"), ("sofia", "Not relevant")])
def test_marks_are_shown_and_can_be_undone(room: Room, topic: str, button: str) -> None:
    """The message says who judged it; undoing takes that away; who only reads cannot judge."""
    alert = tell_first(room, topic)
    assert "may" in wait_for_private(room.bob.press(alert, button)).text
    assert str(room.bob.id) not in alert.text
    marked = press(room, alert, button)
    room.wait_for(lambda: f"<@{room.eva.id}>" in alert.text)
    press(room, marked, "Undo")
    room.wait_for(lambda: f"<@{room.eva.id}>" not in alert.text or "undone" in alert.text or "back" in alert.text)


def test_stories_are_joined_and_parted(room: Room) -> None:
    """“Same story as” asks which in a form; both that and “not the same” stand in the message afterwards."""
    one, other = tell_first(room, "accra"), tell_first(room, "zagreb")
    number = other.text.rpartition("/story ")[2].split()[0].strip("`*")
    form = room.eva.press(one, "Same story as…").wait_for_modal()
    assert "Error" not in wait_for_private(room.eva.submit(form, Story=number)).text
    room.wait_for(lambda: f"<@{room.eva.id}>" in one.text or f"<@{room.eva.id}>" in other.text)
    lone = tell_first(room, "tokyo")
    room.herald.publish(reprint("tokyo"))
    room.wait_for(lambda: "2 articles" in lone.text)
    press(room, lone, "Not the same")
    room.wait_for(lambda: f"<@{room.eva.id}>" in lone.text)


def test_questions_in_a_direct_message_and_by_name(room: Room) -> None:
    """Writing to the bot asks it; so does calling it by name where the intent for content is granted."""
    room.bob.send(room.bob.dm(), "/timeline venezuela")
    assert "2018" in room.bob.dm().wait_for_messages(1)[0].text
    channel = room.discord.add_channel(room.guild, "questions")
    room.bob.mention_bot(channel, "/help timeline")
    assert "timeline" in channel.wait_for_messages(1)[0].text


def test_a_wrong_token_ends_the_bot_with_a_clear_line(tmp_path: Path) -> None:
    """Exit code 1 and what to look at; nothing is tried again and again."""
    with open_room(tmp_path) as room:
        environment = {"DISCORD_TOKEN": "wrong", "WIREWATCH_DISCORD_API": room.discord.api_url}
        assert room.start_with(environment).process.wait(PATIENCE_S) == 1
        assert "DISCORD_TOKEN" in room.log()
        assert room.discord.n_invalid_requests == 1


def test_commands_are_offered_without_clashes(room: Room) -> None:
    """Names are unique, and everything has a description."""
    names = [command["name"] for command in room.discord.commands]
    assert len(names) == len(set(names))
    assert all(command["description"] for command in room.discord.commands)
    assert isinstance(room.discord, DiscordDouble)
