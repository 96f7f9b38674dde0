"""On Slack: what is not heard is told once, and a story that was silent for weeks opens again in its own message."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.e2e.slack_room import Room, list_alerts, open_room, wait_for_alerts
from tests.e2e.stories import story, update

pytestmark = pytest.mark.e2e


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    with open_room(tmp_path_factory.mktemp("slack")) as opened:
        with opened.config.open("a", encoding="utf-8") as file:
            file.write("\n[notices]\ntick_s = 0.2\n")
        opened.start()
        yield opened
        assert opened.bot.stop() == 0
        assert "tick failed" not in opened.log()


def test_a_story_that_wakes_up_opens_again_in_a_message_of_its_own(room: Room) -> None:
    channel = room.add_watched("lima")
    room.tell(story("lima"))
    head = wait_for_alerts(channel, 1)[0]
    room.wait_until_sent(channel, 1)
    room.make_older(40)
    room.tell(update("lima"))
    again = wait_for_alerts(channel, 2)[1]
    assert "Opened again" in again.text
    assert "40 days" in again.text
    assert "Ferry sinks" in again.text
    room.tell(update("lima", 2))
    assert len(again.wait_for_replies(1)) == 1
    assert head.wait_for_replies(0) == [], "what follows goes under the new one"


def test_a_feed_that_is_gone_is_told_once_and_its_return_in_the_thread(room: Room) -> None:
    """A power cut in between changes nothing: one notice, one recovery, and the notice is shown as over."""
    channel = room.add_watched("oslo")
    room.tell(story("oslo"))
    wait_for_alerts(channel, 1)
    room.gazette.status = 410
    notice = wait_for_alerts(channel, 2)[1]
    assert "Gazette (feed 1) — stopped" in notice.text
    assert "410" in notice.text
    room.bot.kill()
    room.start()
    room.gazette.status = 200
    room.resume_feed(1)
    reply = notice.wait_for_replies(1)[0]
    assert "is heard again" in reply.text
    room.wait_for(lambda: "Over: Gazette" in notice.text)
    assert len(list_alerts(channel)) == 2
    assert notice.wait_for_replies(1) == [reply]
