"""The pure parts of Slack: what was typed, what refusals mean, names in new messages, shorter pages."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, cast

import aiohttp
import pytest
from hypothesis import given
from hypothesis import strategies as st
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_sdk.errors import SlackApiError
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.socket_mode.response import SocketModeResponse
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.platforms.slack.app import OnceHandler
from bot.platforms.slack.fitting import send_fitting
from bot.platforms.slack.home import MOST_BLOCKS, list_parts, make_part
from bot.platforms.slack.manners import name_people
from bot.platforms.slack.messenger import SlackMessenger
from bot.platforms.slack.once import Once
from bot.platforms.slack.posting import Pace
from bot.platforms.slack.refusals import REFUSED_TOKENS, explained, is_passing
from bot.platforms.slack.typed import read_typed, to_line
from bot.render.slack import LIMITS, Limits
from handlers.lines import parse_line
from handlers.ports import Post, Store
from handlers.registry import COMMANDS
from handlers.reply import Paragraph, Reply, Text
from handlers.request import Access
from news.decision import Label
from news.errors import DeliveryError, DestinationGoneError, MessageGoneError, NotEditableError
from news.watches.watch import Head
from tests.patience import PATIENCE_S

NOW = datetime(2026, 1, 2, tzinfo=UTC)


def refusal(error: str, status: int = 200, **headers: str) -> SlackApiError:
    """Return an error with slack_sdk's own answer in it."""
    return refusal_with({"ok": False, "error": error}, status, **headers)


def refusal_with(data: Any, status: int, **headers: str) -> SlackApiError:  # noqa: ANN401 - object, words or bytes
    answer = AsyncSlackResponse(
        client=None,
        http_verb="POST",
        api_url="auth.test",
        req_args={},
        data=data,
        headers={name.replace("_", "-"): value for name, value in headers.items()},
        status_code=status,
    )
    return SlackApiError("refused", answer)  # type: ignore[no-untyped-call]  # so in slack_sdk


@pytest.mark.parametrize(
    ("error", "meaning"),
    [
        (refusal("channel_not_found"), DestinationGoneError),
        (refusal("is_archived"), DestinationGoneError),
        (refusal("not_in_channel"), DestinationGoneError),
        (refusal("message_not_found"), MessageGoneError),
        (refusal("thread_not_found"), MessageGoneError),
        (refusal("cannot_reply_to_message"), MessageGoneError),
        (refusal("edit_window_closed"), NotEditableError),
        (refusal("cant_update_message"), NotEditableError),
        (refusal("no_permission"), DestinationGoneError),
        (refusal("access_denied"), DestinationGoneError),
        (refusal("posting_to_channel_denied"), DestinationGoneError),
        (refusal("is_inactive"), DestinationGoneError),
        (refusal("team_access_not_granted"), DestinationGoneError),
        (refusal("ekm_access_denied"), DestinationGoneError),
        (refusal("team_added_to_org"), DeliveryError),
        (refusal_with("upstream connect error", 503), DeliveryError),
        (refusal_with("welcome to the network", 200), DeliveryError),
        (refusal_with({}, 503), DeliveryError),
        (refusal("internal_error"), DeliveryError),
        (aiohttp.ServerDisconnectedError(), DeliveryError),
        (TimeoutError(), DeliveryError),
    ],
)
def test_each_refusal_has_its_meaning(error: Exception, meaning: type[Exception]) -> None:
    """A channel that is gone is closed, a message that is gone is opened anew, everything else is tried again."""
    with pytest.raises(meaning) as caught, explained():
        raise error
    assert type(caught.value) is meaning


@pytest.mark.parametrize(
    "error",
    [
        refusal_with("upstream connect error", 503),
        refusal_with("welcome to the network", 200),
        refusal("team_added_to_org"),
        refusal("org_login_required"),
        refusal("file_update_failed"),
    ],
)
def test_what_waiting_mends_is_tried_again(error: SlackApiError) -> None:
    """The page of a proxy in plain text, with whatever status, and a workspace that is being moved."""
    assert is_passing(error)


def test_what_concerns_a_channel_ends_no_connection() -> None:
    """``no_permission`` says that the bot is not in the conversation, and nothing of its token."""
    assert "no_permission" not in REFUSED_TOKENS
    assert not is_passing(refusal("no_permission"))


@pytest.mark.parametrize(
    ("error", "wait_s"),
    [
        (refusal("ratelimited", 429, Retry_After="30"), 30.0),
        (refusal("ratelimited", 200, Retry_After="3"), 3.0),
        (refusal("ratelimited", 429, Retry_After="soon"), None),
        (refusal("fatal_error", 500), None),
        (refusal("token_revoked"), None),
    ],
)
def test_a_wait_is_what_slack_says(error: SlackApiError, wait_s: float | None) -> None:
    """Retry-After is kept where it is a number."""
    with pytest.raises(DeliveryError) as caught, explained():
        raise error
    assert caught.value.retry_after_s == wait_s


@pytest.mark.parametrize(
    ("typed", "line"),
    [
        ("<@U012> /timeline venezuela", "/timeline venezuela"),
        ("add peru --ping <!subteam^S9|@desk>", "add peru --ping S9"),
        ("add <https://a.example/x?a=1&amp;b=2>", "add https://a.example/x?a=1&b=2"),
        ("what did <http://cnn.com|cnn.com> say in <#C01|general>", "what did cnn.com say in general"),
        ("add peru --channel <#C01|desk> --ping <!subteam^S9>", "add peru --channel C01 --ping S9"),
        ("&lt;b&gt; &amp;amp;", "<b> &amp;"),
        (
            "/watch add peru \u2014ping <!subteam^S9> \u2013channel <#C01|desk>",
            "/watch add peru --ping S9 --channel C01",
        ),
        ("/timeline peru \u2014dates 5", "/timeline peru --dates 5"),
        ("peru \u2014 a country \u2014the land", "peru \u2014 a country \u2014the land"),
        ("/watch add <#C01|news> cuba", "/watch add --channel C01 cuba"),
        ("watch add cuba aid <#C01|news>", "watch add cuba aid --channel C01"),
        ("<@U012> wirewatch watch add <#C01|news> cuba", "wirewatch watch add --channel C01 cuba"),
        ("who can watch add cuba <#C01|news>", "who can watch add cuba news"),
        ("/watch add peru --ping <@U0BOB|bob>", "/watch add peru --ping @bob"),
    ],
)
def test_what_was_typed_is_read_as_typed(typed: str, line: str) -> None:
    """Slack's marks are its own; a command sees what the person saw."""
    assert read_typed(typed) == line


@given(st.text(alphabet="<>|@#!&;US0^ abc:/.", max_size=200))
def test_reading_takes_anything(text: str) -> None:
    """No text fails or grows."""
    assert len(read_typed(text)) <= len(text)


def test_people_are_named_in_words() -> None:
    """No mark that Slack would notify somebody for is left in mrkdwn; other marks stay."""

    async def name_of(user: str) -> str:
        return f"name of {user}"

    text = "<@U0AB> and <!date^1^{date}|then> <https://a.example|a>"
    blocks = [{"type": "context", "elements": [{"type": "mrkdwn", "text": text, "verbatim": True}]}]
    named = asyncio.run(name_people(blocks, name_of))
    assert named[0]["elements"][0]["text"] == text.replace("<@U0AB>", "name of U0AB")


def test_a_form_that_slack_never_takes_is_told_of_in_words() -> None:
    """Three tries, each with less, then the words that say where to read it; other refusals are not swallowed."""
    pages: list[int] = []
    sent: list[dict[str, Any]] = []

    async def show(limits: Limits) -> dict[str, Any]:
        pages.append(limits.page)
        return {"text": "long"}

    async def send(message: dict[str, Any]) -> str:
        sent.append(message)
        if message["text"] == "long":
            raise refusal("invalid_blocks")
        return "ok"

    answer = asyncio.run(send_fitting(send, show, {"text": "short"}))
    assert answer == "ok"
    assert pages == sorted(pages, reverse=True)
    assert pages[0] == LIMITS.page > pages[1] > pages[2]
    assert [message["text"] for message in sent] == ["long", "long", "long", "short"]


@dataclass
class Told:
    """A store that knows only which labels a channel was told of a story."""

    labels: list[Label] = field(default_factory=list)

    @contextmanager
    def read(self) -> Iterator[Any]:
        rows = [Row(Sent(label)) for label in self.labels]

        class Outbox:
            def list_for_story(self, _story_id: int, _channel: str) -> list[Row]:
                return rows

        class Transaction:
            outbox = Outbox()

        yield Transaction()


@dataclass
class Sent:
    label: Label


@dataclass
class Row:
    alert: Sent


@pytest.mark.parametrize(
    ("told", "label", "is_turn"),
    [
        ([Label.NEW], Label.UPDATE, False),
        ([Label.NEW], Label.DISPUTED, True),
        ([Label.NEW, Label.DISPUTED, Label.UPDATE], Label.DISPUTED, False),
        ([Label.NEW, Label.DISPUTED], Label.REVISED, True),
        ([Label.NEW, Label.DISPUTED, Label.REVISED], Label.DISPUTED, True),
    ],
)
def test_the_channel_is_told_of_a_turn_only(told: list[Label], label: Label, *, is_turn: bool) -> None:
    """Disputed where it was not, revised where it was not; a second dispute is in the thread alone."""
    loop = asyncio.new_event_loop()
    try:
        store = cast("Store", Told(told))
        messenger = SlackMessenger(loop, lambda: None, on_refused=lambda: None, log=cast("Any", None), store=store)
        head = Head(1, "slack:T1/C1", 5, 1, "C1/1.2")
        post = Post("n9", "slack:T1/C1", Reply("x"), "x", NOW, label=label, head=head)
        assert messenger._is_turn(post) is is_turn
        with pytest.raises(DeliveryError, match="not connected"):
            messenger.post(post)
    finally:
        loop.close()


def test_a_channel_gets_about_one_message_a_second(monkeypatch: pytest.MonkeyPatch) -> None:
    """Slack takes about one a second and channel; other channels do not wait for it."""
    slept: list[float] = []

    class StillLoop:
        def time(self) -> float:
            return 100.0

    async def sleep(seconds: float) -> None:
        slept.append(seconds)

    async def send() -> None:
        pace = Pace(1.0)
        monkeypatch.setattr("bot.platforms.slack.posting.asyncio.sleep", sleep)
        monkeypatch.setattr("bot.platforms.slack.posting.asyncio.get_running_loop", StillLoop)
        try:
            for channel in ("C1", "C1", "C2", "C1"):
                await pace.wait(channel)
        finally:
            monkeypatch.undo()

    asyncio.run(send())
    assert slept == [0.0, 1.0, 0.0, 2.0]


@pytest.mark.parametrize(
    ("typed", "line"),
    [
        ("", "/help"),
        ("help", "/help"),
        ("Help timeline", "/Help timeline"),
        ("wirewatch help", "/help"),
        ("Wirewatch: status", "/status"),
        ("/wirewatch timeline venezuela", "/timeline venezuela"),
        ("timeline venezuela", "/timeline venezuela"),
        ("/timeline x", "/timeline x"),
        ("watch add venezuela", "/watch add venezuela"),
        ("watch ad venezuela", "/watch ad venezuela"),
        ("timeline venezuela --frm 2018", "/timeline venezuela --frm 2018"),
        ("why a12", "/why a12"),
        ("ask who recognized him?", "/ask who recognized him?"),
        ("brief venezuela 24h", "/brief venezuela 24h"),
        ("what happened in Venezuela?", "what happened in Venezuela?"),
        ("why did the troops land there?", "why did the troops land there?"),
        ("why did the troops land there", "why did the troops land there"),
        ("story of the strikes in Quito", "story of the strikes in Quito"),
        ("watch the news on Peru for me", "watch the news on Peru for me"),
        ("help me understand the crisis", "help me understand the crisis"),
        ("alert level in Chile?", "alert level in Chile?"),
        ("status of the talks in Oslo", "status of the talks in Oslo"),
        ("¿qué pasó en Venezuela?", "¿qué pasó en Venezuela?"),
    ],
)
def test_words_without_a_slash_are_a_command_or_a_question(typed: str, line: str) -> None:
    """What reads as a command is one, with its slip if it has one; a question stays a question."""
    assert to_line(typed) == line
    path = parse_line(line).path if line.startswith("/") and " ad " not in line and "--frm" not in line else ""
    assert path.partition(" ")[0] in {"", *(command.name for command in COMMANDS)}


@given(st.text(max_size=200))
def test_a_line_is_found_in_any_text(text: str) -> None:
    """No text fails, none is empty, and words are left as they were typed."""
    line = to_line(text)
    assert line
    assert line == "/help" or line.removeprefix("/") in text


def test_a_part_of_the_home_is_whole_and_says_where_the_rest_is() -> None:
    """However long the answers are, the four parts together are a view; none is cut in its middle."""
    long = Reply("Feeds", tuple(Paragraph((Text(f"feed {n} " + "word " * 40),)) for n in range(300)))
    parts = [make_part(path, long) for path in list_parts(Access.MANAGE)]
    assert sum(map(len, parts)) <= MOST_BLOCKS
    for path, part in zip(list_parts(Access.MANAGE), parts, strict=True):
        assert part[-1] == {"type": "divider"}
        assert f"/wirewatch {path} shows the rest" in str(part[-2])
    short = make_part("feeds", Reply("Feeds", (Paragraph((Text("none"),)),)))
    assert "the rest" not in str(short)


def test_what_is_still_under_way_is_waited_for_and_not_sent_again() -> None:
    """A send that takes long is neither cancelled nor begun a second time: the next try gets its receipt."""
    begun: list[str] = []
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    gate = asyncio.Event()
    messenger = SlackMessenger(
        loop,
        lambda: None,
        on_refused=lambda: None,
        log=cast("Any", None),
        store=cast("Any", None),
        patience_s=0.05,
    )

    async def send() -> str:
        begun.append("sent")
        await gate.wait()
        return "C1/1.2"

    try:
        with pytest.raises(DeliveryError, match="still being sent"):
            messenger._wait("n1", send(), "slack:T1/C1")
        loop.call_soon_threadsafe(gate.set)
        messenger._patience_s = PATIENCE_S
        assert messenger._wait("n1", send(), "slack:T1/C1") == "C1/1.2"
        assert begun == ["sent"]
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


def test_a_key_is_let_through_once() -> None:
    """Until it is forgotten."""
    once = Once()
    assert [once.begin("a"), once.begin("a"), once.begin("b")] == [True, False, True]
    once.forget("a")
    assert once.begin("a")


def test_an_envelope_that_comes_again_over_another_connection_is_known(monkeypatch: pytest.MonkeyPatch) -> None:
    """What was answered outlives the connection: a new handler only acknowledges the repeated envelope."""
    handled: list[str] = []
    acknowledged: list[str] = []

    async def handle(_self: object, _client: object, req: SocketModeRequest) -> None:
        handled.append(req.envelope_id)

    class Client:
        async def send_socket_mode_response(self, response: SocketModeResponse) -> None:
            acknowledged.append(response.envelope_id)

    monkeypatch.setattr(AsyncSocketModeHandler, "handle", handle)
    monkeypatch.setattr(AsyncSocketModeHandler, "__init__", lambda *_args, **_more: None)
    seen = Once()
    again = SocketModeRequest(type="slash_commands", envelope_id="e1", payload={})

    async def come_twice() -> None:
        for _ in range(2):
            handler = OnceHandler(cast("Any", None), "xapp-1", seen=seen, ping_interval=1.0)
            await handler.handle(cast("Any", Client()), again)

    asyncio.run(come_twice())
    assert handled == ["e1"]
    assert acknowledged == ["e1"]
