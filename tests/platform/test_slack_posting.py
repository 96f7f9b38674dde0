"""Posting on Slack with slack_sdk against the double: what is looked for, where and since when."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any, cast

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError

from bot.platforms.slack import posting
from bot.platforms.slack.client import SlackClient, read_offset
from bot.platforms.slack.fitting import Message
from bot.platforms.slack.people import Known, People
from bot.platforms.slack.posting import Letter, Pace, Posted, Poster, keep_trying
from bot.platforms.slack.refusals import code_of, is_passing, words_of
from bot.platforms.slack.rights import Rights
from bot.platforms.slack.rooms import Rooms
from bot.platforms.slack.shown import Asker
from bot.render.slack import Limits
from handlers.request import Access
from tests.doubles.slack import faults
from tests.doubles.slack.server import SlackDouble
from tests.doubles.slack.world import Channel

POST, COMPLETE = r"chat\.postMessage", r"files\.completeUploadExternal"
TEXT: Message = {"text": "news", "blocks": [{"type": "section", "text": {"type": "mrkdwn", "text": "news"}}]}


class Silent:
    """A log that nobody reads."""

    def __getattr__(self, _name: str) -> Callable[..., None]:
        return lambda *_args, **_more: None


@pytest.fixture(scope="module")
def slack() -> Iterator[SlackDouble]:
    with SlackDouble() as double:
        yield double
        assert double.unknown_requests == []


async def show(_limits: Limits) -> Message:
    return TEXT


async def wait_in_silence(_wait_s: float | None) -> None:
    pass


def use(slack: SlackDouble, work: Callable[[Poster], Awaitable[Any]], *, offset: timedelta = timedelta()) -> Any:  # noqa: ANN401 - what the work gives
    """Return what the work gives with a poster of its own, as a new process would have one."""

    async def run() -> Any:  # noqa: ANN401 - the same
        async with aiohttp.ClientSession() as session:
            sender = SlackClient(token=slack.bot_token, base_url=slack.api_url, session=session, retry_handlers=[])
            people = People(sender, team=slack.world.team_id)
            log = cast("Any", Silent())
            return await work(Poster(sender, people, Pace(0.0), log, store_id="s1", offset=offset))

    return asyncio.run(run())


def letter_to(channel: Channel, key: str = "n1", *, thread: str = "") -> Letter:
    return Letter(channel.id, key, channel.world.now(), thread=thread)


def post(slack: SlackDouble, letter: Letter, *, is_doubtful: bool = False) -> Posted:
    posted = use(slack, lambda poster: poster.post(letter, show, TEXT, is_doubtful=is_doubtful))
    assert isinstance(posted, Posted)
    return posted


@pytest.mark.parametrize("status", [200, 403, 503])
def test_the_page_of_a_proxy_is_a_refusal_like_others(slack: SlackDouble, status: int) -> None:
    """slack_sdk fails with an AttributeError over text/plain; here it is an error of Slack's without a word."""
    slack.fault(r"auth\.test", faults.page(status))
    with pytest.raises(SlackApiError) as caught:
        use(slack, lambda poster: poster.sender.auth_test())
    assert code_of(caught.value) == ""
    assert is_passing(caught.value)
    assert str(status) in str(caught.value)


def test_a_reply_to_a_message_that_is_gone_stands_for_itself(slack: SlackDouble) -> None:
    """Slack refuses no such reply: it puts it into the channel; the receipt says so; a second try finds it there."""
    channel = slack.add_channel("gone")
    head = post(slack, letter_to(channel))
    under = post(slack, letter_to(channel, "n2", thread=head.ts))
    assert under.thread == head.ts
    slack.delete_message(channel.messages[under.ts])
    slack.delete_message(channel.messages[head.ts])
    stray = letter_to(channel, "n3", thread=head.ts)
    alone = post(slack, stray)
    assert alone.thread == ""
    again = post(slack, stray, is_doubtful=True)
    assert (again.ts, again.thread, again.is_found) == (alone.ts, "", True)
    assert [it.ts for it in channel.list_messages()] == [alone.ts]


@pytest.mark.parametrize("ahead", [timedelta(minutes=30), timedelta(hours=5)])
def test_a_fast_clock_of_ours_hides_nothing(slack: SlackDouble, ahead: timedelta) -> None:
    """Messages bear the time of Slack; a first try is of our clock."""
    channel = slack.add_channel("clocks")
    letter = letter_to(channel)
    first = post(slack, letter)
    fast = Letter(channel.id, "n1", slack.world.now() + ahead)
    found = use(slack, lambda poster: poster.post(fast, show, TEXT, is_doubtful=True), offset=-ahead)
    assert (found.ts, found.is_found) == (first.ts, True)


def test_a_clock_that_was_set_between_two_tries_hides_nothing(slack: SlackDouble) -> None:
    """Half an hour fast at the first try, right at the second: the offset of now knows nothing of it."""
    channel = slack.add_channel("set")
    first = post(slack, letter_to(channel))
    fast = Letter(channel.id, "n1", slack.world.now() + timedelta(minutes=30))
    assert post(slack, fast, is_doubtful=True).ts == first.ts


def test_the_clock_of_slack_is_read_from_an_answer(slack: SlackDouble) -> None:
    """To the second; an answer without a date says nothing."""
    now = datetime.now(UTC)
    told = use(slack, lambda poster: poster.sender.auth_test())
    waited = datetime.now(UTC) - now
    offset = read_offset(told.headers, now - timedelta(hours=2)) - timedelta(hours=2)
    assert timedelta(seconds=-1) <= offset <= waited
    assert read_offset({}, now) == timedelta()
    assert read_offset({"Date": "soon"}, now) == timedelta()


def test_a_file_that_slack_shows_late_is_no_failure(slack: SlackDouble, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its confirmation is lost, the look misses it, completing it again is refused: it is there a little later."""
    monkeypatch.setattr(posting, "_LATE_S", (0.01, 0.01))
    monkeypatch.setattr(posting, "_WAITS_S", (0.01, 0.01))
    channel = slack.add_channel("late")
    lost = slack.fault(COMPLETE, faults.lose())
    slack.world.n_looks_late = 2
    try:
        use(
            slack,
            lambda poster: poster.upload(letter_to(channel, ""), b"a,b", "a.csv", on_wait=wait_in_silence),
        )
    finally:
        slack.world.n_looks_late = 0
    assert lost.n_hits == 1
    assert len([it for it in channel.messages.values() if it.files]) == 1


def test_a_file_that_is_nowhere_is_a_failure(slack: SlackDouble, monkeypatch: pytest.MonkeyPatch) -> None:
    """A refusal stays one where the file does not come."""
    monkeypatch.setattr(posting, "_LATE_S", (0.01,))
    monkeypatch.setattr(posting, "_WAITS_S", (0.01, 0.01))
    channel = slack.add_channel("nowhere")
    slack.fault(COMPLETE, faults.lose(does_work=False))
    slack.fault(COMPLETE, faults.refuse("file_not_found"))
    with pytest.raises(SlackApiError, match="file_not_found"):
        use(
            slack,
            lambda poster: poster.upload(letter_to(channel, ""), b"a,b", "a.csv", on_wait=wait_in_silence),
        )


def test_an_upload_that_fails_tells_no_address(slack: SlackDouble, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who has the address of an upload may put a file there."""
    monkeypatch.setattr(posting, "_WAITS_S", ())
    channel = slack.add_channel("secret")
    slack.fault(r"upload/.*", faults.status(500))
    with pytest.raises(aiohttp.ClientResponseError) as caught:
        use(
            slack,
            lambda poster: poster.upload(letter_to(channel, ""), b"a,b", "a.csv", on_wait=wait_in_silence),
        )
    tickets = [it.name.removeprefix("upload/") for it in slack.find_requests(r"upload/.*")]
    assert tickets[-1] in str(caught.value)
    assert tickets[-1] not in words_of(caught.value)
    assert "500" in words_of(caught.value)


def test_what_an_earlier_process_posted_is_not_posted_again(slack: SlackDouble) -> None:
    """It says so, other than where a try of its own was lost."""
    channel = slack.add_channel("pressed")
    letter = letter_to(channel, "s1")

    def insist(poster: Poster) -> Awaitable[Posted]:
        return poster.insist(letter, show, TEXT, on_wait=wait_in_silence, is_doubtful=True)

    first, second = use(slack, insist), use(slack, insist)
    assert (first.is_found, second.is_found) == (False, True)
    assert len(channel.list_messages()) == 1


def test_one_lost_try_of_ours_is_none_of_an_earlier_process(slack: SlackDouble) -> None:
    """Its picture is still to come."""
    channel = slack.add_channel("lost")
    lost = slack.fault(f"{POST} {channel.id}", faults.lose())
    letter = letter_to(channel, "s2")
    told = use(slack, lambda poster: poster.insist(letter, show, TEXT, on_wait=wait_in_silence))
    assert lost.n_hits == 1
    assert not told.is_found
    assert len(channel.list_messages()) == 1


@pytest.mark.parametrize(("asked_s", "told"), [(7, [7.0]), (2, [])])
def test_a_wait_is_as_long_as_slack_says_and_a_long_one_is_told(
    slack: SlackDouble, asked_s: int, told: list[float | None]
) -> None:
    """No earlier, and it casts no doubt on what was sent: Slack did nothing."""
    slack.fault(r"auth\.test", faults.rate_limit(asked_s))
    slept: list[float] = []
    waits: list[float | None] = []
    doubts: list[bool] = []

    async def sleep(seconds: float) -> None:
        slept.append(seconds)

    async def tell(seconds: float | None) -> None:
        waits.append(seconds)

    def ask(poster: Poster) -> Awaitable[Any]:
        async def work(*, is_doubtful: bool) -> Any:  # noqa: ANN401 - slack_sdk's answer
            doubts.append(is_doubtful)
            return await poster.sender.auth_test()

        return keep_trying(work, tell, sleep=sleep)

    assert use(slack, ask)["ok"]
    assert slept == [float(asked_s)]
    assert waits == told
    assert doubts == [False, False]


def test_a_wait_of_our_own_is_not_called_slacks(slack: SlackDouble) -> None:
    """Who waits is told that Slack does not answer, and only after a while; each later try is in doubt."""
    slept: list[float] = []
    told: list[float | None] = []
    doubts: list[bool] = []

    async def sleep(seconds: float) -> None:
        slept.append(seconds)

    async def tell(seconds: float | None) -> None:
        told.append(seconds)

    async def work(*, is_doubtful: bool) -> None:
        doubts.append(is_doubtful)
        raise TimeoutError

    with pytest.raises(TimeoutError):
        use(slack, lambda _: keep_trying(work, tell, sleep=sleep))
    assert slept == [1.0, 2.0, 4.0, 8.0, 16.0]
    assert told == [None, None]
    assert doubts == [False, *[True] * 5]


def asker(user: str) -> Asker:
    return Asker("T0DOUBLE", "C1", user)


def find_rights(people: People, user: str) -> Awaitable[tuple[Access, bool]]:
    rights = Rights(people, editors=frozenset(), managers=frozenset({"U0BOSS"}), home_teams=frozenset())

    async def find() -> tuple[Access, bool]:
        return await rights.find(asker(user)), rights.is_sure(asker(user))

    return find()


def test_an_admin_whom_slack_does_not_name_is_not_taken_for_a_reader(slack: SlackDouble) -> None:
    """Nobody knows, and that is said; listed managers need no word of Slack, and a stranger has no rights for sure."""
    ana, bob = slack.add_user("ana", admin=True), slack.add_user("bob")
    slack.fault(r"users\.info", faults.status(503))
    work: Callable[[Poster], Any] = lambda poster: find_rights(poster._people, ana.id)  # noqa: E731
    assert use(slack, work) == (Access.READ, False)
    assert use(slack, work) == (Access.MANAGE, True)
    assert use(slack, lambda poster: find_rights(poster._people, bob.id)) == (Access.READ, True)
    assert use(slack, lambda poster: find_rights(poster._people, "U0BOSS")) == (Access.MANAGE, True)
    assert use(slack, lambda poster: find_rights(poster._people, "U0STRANGER")) == (Access.READ, True)


def test_what_slack_said_last_holds_while_it_is_out_of_order(slack: SlackDouble) -> None:
    """After the ten minutes it is asked again; where it does not answer, an admin stays one."""
    ana = slack.add_user("ana", admin=True)

    async def look(poster: Poster) -> tuple[Access, bool]:
        poster._people._known[ana.id] = (time.monotonic() - 3_600, Known("ana", is_admin=True))
        return await find_rights(poster._people, ana.id)

    down = slack.fault(r"users\.info", faults.status(503))
    assert use(slack, look) == (Access.MANAGE, True)
    assert down.n_hits == 1


def test_a_slow_look_up_is_waited_for_as_long_as_the_caller_says(slack: SlackDouble) -> None:
    """A form must open within three seconds; what comes later is remembered for the next press."""
    ana = slack.add_user("ana", admin=True)
    held = slack.fault(r"users\.info", faults.slow())

    async def look(poster: Poster) -> list[bool]:
        first = await poster._people.is_admin(ana.id, patience_s=0.05)
        held.release()
        return [first, await poster._people.is_admin(ana.id)]

    assert use(slack, look) == [False, True]
    assert held.n_hits == 1


class NoAnswers:
    """Runs work at once."""

    async def run(self, work: Callable[[], Any]) -> Any:  # noqa: ANN401 - what the work gives
        return work()


def test_only_channels_that_take_messages_are_opened(slack: SlackDouble, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not a deleted one, not an archived one, none without the bot, and none of which Slack does not say."""
    there, private = slack.add_channel("there"), slack.add_channel("private", private=True)
    archived, left = slack.add_channel("archived", archived=True), slack.add_channel("left", with_bot=False)
    deleted, unsure = slack.add_channel("deleted"), slack.add_channel("unsure")
    direct = slack.add_user("ana").dm()
    deleted.is_deleted = True
    slack.fault(rf"conversations\.info {unsure.id}", faults.status(503))
    closed = [there, private, archived, left, deleted, unsure, direct]
    opened: list[str] = []
    monkeypatch.setattr(Rooms, "_list_closed", lambda _: [f"slack:T0DOUBLE/{it.id}" for it in closed])
    monkeypatch.setattr(Rooms, "_open", lambda _, addresses: opened.extend(addresses))
    answers = cast("Any", NoAnswers())
    use(slack, lambda poster: Rooms(poster.sender, answers, cast("Any", None), team="T0DOUBLE").open_all())
    assert opened == [f"slack:T0DOUBLE/{it.id}" for it in (there, private, direct)]
