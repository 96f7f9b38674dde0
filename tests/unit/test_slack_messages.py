"""The pure parts of Slack: what was typed, what refusals mean, names in new messages, shorter pages."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, cast

import aiohttp
import pytest
from hypothesis import given
from hypothesis import strategies as st
from slack_sdk.errors import SlackApiError

from bot.platforms.slack.fitting import send_fitting
from bot.platforms.slack.manners import name_people
from bot.platforms.slack.messenger import SlackMessenger
from bot.platforms.slack.refusals import explained
from bot.platforms.slack.typed import read_typed
from bot.render.slack import LIMITS, Limits
from handlers.ports import Post, Store
from handlers.reply import Reply
from news.decision import Label
from news.errors import DeliveryError, DestinationGoneError, MessageGoneError
from news.watches import Head

NOW = datetime(2026, 1, 2, tzinfo=UTC)


class Answer(dict[str, Any]):
    """As much of slack_sdk's answer as refusals look at."""

    def __init__(self, error: str, status: int = 200, **headers: str) -> None:
        super().__init__(error=error)
        self.status_code = status
        self.headers = {name.replace("_", "-"): value for name, value in headers.items()}


def refusal(error: str, status: int = 200, **headers: str) -> SlackApiError:
    return SlackApiError("refused", Answer(error, status, **headers))  # type: ignore[no-untyped-call]  # so in slack_sdk


@pytest.mark.parametrize(
    ("error", "meaning"),
    [
        (refusal("channel_not_found"), DestinationGoneError),
        (refusal("is_archived"), DestinationGoneError),
        (refusal("not_in_channel"), DestinationGoneError),
        (refusal("message_not_found"), MessageGoneError),
        (refusal("thread_not_found"), MessageGoneError),
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

    answer, _ = asyncio.run(send_fitting(send, show, {"text": "short"}))
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
        messenger = SlackMessenger(
            loop, lambda: None, on_refused=lambda: None, log=cast("Any", None), store=store, store_id="s"
        )
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

    monkeypatch.setattr("bot.platforms.slack.messenger.asyncio.sleep", sleep)
    messenger = SlackMessenger(
        cast("Any", StillLoop()),
        lambda: None,
        on_refused=lambda: None,
        log=cast("Any", None),
        store=cast("Any", None),
        store_id="s",
    )

    async def send() -> None:
        for channel in ("C1", "C1", "C2", "C1"):
            await messenger._keep_pace(channel)

    asyncio.run(send())
    assert slept == [0.0, 1.0, 0.0, 2.0]
