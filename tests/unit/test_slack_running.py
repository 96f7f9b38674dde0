"""Slack: pages of refused sizes, what is logged and what is not, what is under way when the connection ends."""

from __future__ import annotations

import asyncio
import re
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.logs import strip_addresses
from bot.platforms.controls import LONGEST, MOST_HALVED, Control, Kind, decode
from bot.platforms.slack import messenger as messengers
from bot.platforms.slack.app import _is_again, _thread_of
from bot.platforms.slack.desk import Desk
from bot.platforms.slack.forms import make_form
from bot.platforms.slack.messenger import SlackMessenger
from bot.platforms.slack.messenger import _show as show_alert
from bot.platforms.slack.once import Once
from bot.platforms.slack.platform import SlackPlatform, SlackSettings
from bot.platforms.slack.shown import Asker, Shown, show_page
from bot.platforms.slack.telling import Teller
from bot.platforms.slack.typed import read_typed
from bot.render.slack import halve
from handlers.reply import Paragraph, Reply, Text
from handlers.request import Access, Request
from news.errors import DeliveryError
from tests.patience import PATIENCE_S

NOW = datetime(2026, 1, 2, tzinfo=UTC)


def refusal(error: str, status: int = 200, **headers: str) -> SlackApiError:
    answer = AsyncSlackResponse(
        client=None,
        http_verb="POST",
        api_url="chat.postMessage",
        req_args={},
        data={"ok": False, "error": error},
        headers={name.replace("_", "-"): value for name, value in headers.items()},
        status_code=status,
    )
    return SlackApiError("refused", answer)  # type: ignore[no-untyped-call]  # so in slack_sdk


@given(st.text(alphabet="ab c", max_size=88), st.integers(0, 9_999), st.integers(0, MOST_HALVED))
def test_a_page_button_carries_the_size_of_its_pages(source: str, page: int, n_halved: int) -> None:
    """In no more room than a platform gives; a button of an older version has the full size."""
    control = Control(Kind.PAGE, source, page=page, n_halved=n_halved)
    assert decode(control.encode()) == control
    assert len(control.encode()) <= LONGEST
    assert decode("ww:p:3:/timeline x") == Control(Kind.PAGE, "/timeline x", page=3)
    assert decode("ww:p:3/x:/timeline x") is None


def find_next(message: dict[str, Any]) -> Control | None:
    elements = [it for block in message["blocks"] if block["type"] == "actions" for it in block["elements"]]
    found = next((it for it in elements if it.get("text", {}).get("text") == "Next ▶"), None)
    return None if found is None else decode(found["action_id"])


@pytest.mark.parametrize("n_halved", [0, 1, 3])
def test_no_words_are_lost_between_pages_of_a_message_that_was_refused(n_halved: int) -> None:
    """What fitted is carried by the buttons: the pages go on where the first one ended, in whatever process."""
    reply = Reply("Digest", tuple(Paragraph((Text(f"alert{n} " + "word " * 30),)) for n in range(60)))
    request = Request("alert", {}, "slack:T1/C1", "slack:U1", now=NOW, access=Access.READ)
    message = show_alert(reply, "n1", halve(n_halved), ())
    seen = str(message["blocks"])
    n_pages = 1
    while (control := find_next(message)) is not None:
        assert control.n_halved == n_halved
        shown = Shown(request, reply, control.source, control.page, control.n_halved)
        message = show_page(shown, shown.limits, is_own=False)
        seen += str(message["blocks"])
        n_pages += 1
    assert n_pages > 3
    assert all(f"alert{n} " in seen for n in range(60))


@pytest.mark.parametrize("page", [1, 2, 3])
def test_a_later_page_that_is_refused_begins_where_it_should(page: int) -> None:
    """Slack may take the first pages and not the third: its shorter one leaves out nothing in between."""
    reply = Reply("Digest", tuple(Paragraph((Text(f"alert{n} " + "word " * 30),)) for n in range(60)))
    request = Request("alert", {}, "slack:T1/C1", "slack:U1", now=NOW, access=Access.READ)
    shown = Shown(request, reply, "/alert n1", page)
    whole, short = (str(show_page(shown, halve(n), is_own=False)["blocks"]) for n in (0, 1))
    first = re.findall(r"alert\d+ ", whole)[0]
    assert first in short
    assert int(re.findall(r"alert(\d+) ", short)[0]) >= int(first[5:]) - 5


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        (
            "Failed (url=wss://a.example/link/?ticket=secret&app_id=A1); Retrying...",
            "Failed (url=wss://a.example/link/?…)",
        ),
        ("500, message='', url='https://files.slack.com/upload/v1/secret'", "url='https://files.slack.com/upload/…'"),
        ("see https://a.example/path for more", "see https://a.example/path for more"),
    ],
)
def test_what_lets_somebody_in_is_not_logged(said: str, kept: str) -> None:
    """Tickets of the link and addresses of uploads; the rest of a line stays."""
    assert "secret" not in strip_addresses(said)
    assert kept in strip_addresses(said)


@dataclass
class Noted:
    """A log that keeps its warnings."""

    warnings: list[str] = field(default_factory=list)

    def warning(self, event: str, **values: object) -> None:
        self.warnings.append(f"{event} {values}")


def test_a_word_of_slack_that_nobody_knows_is_logged_once_for_each_channel() -> None:
    """It is tried again and again; without a line in the log nobody would hear of it. So are long waits."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    log = Noted()
    messenger = SlackMessenger(
        loop, lambda: None, on_refused=lambda: None, log=cast("Any", log), store=cast("Any", None)
    )

    async def fail(error: Exception) -> str:
        raise error

    told = [
        *(("slack:T1/C1", refusal("of_the_future")) for _ in range(3)),
        ("slack:T1/C2", refusal("of_the_future")),
        ("slack:T1/C1", refusal("is_archived")),
        ("slack:T1/C1", refusal("internal_error")),
        *(("slack:T1/C1", refusal("ratelimited", 429, Retry_After="900")) for _ in range(2)),
    ]
    try:
        for channel, error in told:
            with pytest.raises(DeliveryError):
                messenger._wait("n1", fail(error), channel)
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()
    assert [line.partition(" {")[0] for line in log.warnings] == [
        "slack refuses a message; it is tried again",
        "slack refuses a message; it is tried again",
        "slack asks to wait long",
    ]


def test_a_supervisor_that_breaks_is_told_of(monkeypatch: pytest.MonkeyPatch) -> None:
    """An error of the program in it would leave the platform silent for ever: the bot is told that it ended."""
    log = Noted()
    monkeypatch.setattr(Noted, "error", Noted.warning, raising=False)

    async def break_down(_self: object) -> None:
        raise AttributeError("no such thing")

    monkeypatch.setattr(SlackPlatform, "_supervise", break_down)

    async def run() -> str:
        ports = cast("Any", SimpleNamespace(store=None))
        platform = SlackPlatform(ports, cast("Any", log), SlackSettings("xoxb-1", "xapp-1"), store_id="s1")
        platform.start()
        reason = await asyncio.wait_for(platform.ended, PATIENCE_S)
        await platform.stop()
        return reason

    assert "Slack cannot go on" in asyncio.run(run())
    assert any("slack supervision broke" in line for line in log.warnings)


@pytest.mark.parametrize(
    ("headers", "is_again"),
    [({}, False), ({"x-slack-retry-num": "0"}, False), ({"x-slack-retry-num": "2"}, True)],
)
def test_an_event_that_slack_tells_again_is_known_by_its_number(
    headers: dict[str, str | Sequence[str]], *, is_again: bool
) -> None:
    """``retry_attempt`` of the envelope, as slack_bolt hands it on."""
    assert _is_again(AsyncBoltRequest(mode="socket_mode", body={}, headers=headers)) is is_again


def test_what_nobody_comes_back_for_is_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    """The receipt of a message that took long is kept for the next try, and not for ever."""
    monkeypatch.setattr(messengers, "_KEPT_S", 0.05)

    async def run() -> int:
        messenger = SlackMessenger(
            asyncio.get_running_loop(),
            lambda: None,
            on_refused=lambda: None,
            log=cast("Any", Noted()),
            store=cast("Any", None),
            patience_s=0.01,
        )

        gate = asyncio.Event()

        async def send() -> str:
            await gate.wait()
            return "C1/1.2"

        with pytest.raises(DeliveryError, match="still being sent"):
            await messenger._outwait("n1", send(), "slack:T1/C1")
        before = len(messenger._under_way)
        gate.set()
        while messenger._under_way:  # noqa: ASYNC110 - a timer forgets it and tells nobody
            await asyncio.sleep(0.01)
        return before

    assert asyncio.run(asyncio.wait_for(run(), PATIENCE_S)) == 1


def test_the_work_of_a_form_ends_with_its_connection() -> None:
    """What is cancelled with the connection leaves no task behind that goes on without it."""
    ended: list[str] = []
    begun = asyncio.Event()

    class Rights:
        async def find(self, _asker: Asker, **_more: float) -> Access:
            begun.set()
            try:
                await asyncio.Event().wait()
            finally:
                ended.append("ended")
            return Access.READ

    async def acknowledge(**_more: object) -> None:
        ended.append("acknowledged")

    async def run() -> None:
        nobody = cast("Any", None)
        desk = Desk(
            cast("Any", SimpleNamespace(now=NOW)),
            nobody,
            cast("Any", Rights()),
            poster=nobody,
            teller=nobody,
            watching=nobody,
            presses=Once(),
        )
        view = make_form(Control(Kind.FORM, "/mark same n1", asks="story"), "C1", label="Same story as…")
        task = asyncio.create_task(desk.submit(Asker("T1", "C1", "U1"), view, acknowledge))
        await begun.wait()
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        await asyncio.sleep(0)

    asyncio.run(run())
    assert ended == ["ended"]


def test_a_field_says_nothing_twice() -> None:
    """What the parameter says stands over it; inside is only what the answer can add."""
    control = Control(Kind.FORM, "/mark same n1", asks="story")
    plain, hinted = (make_form(control, "C1", label="Same story as…", hint=hint) for hint in ("", "such as s4"))
    assert "placeholder" not in plain["blocks"][0]["element"]
    assert hinted["blocks"][0]["element"]["placeholder"]["text"] == "such as s4"


@pytest.mark.parametrize(
    ("message", "thread"),
    [
        ({"ts": "2.0", "thread_ts": "1.0"}, "1.0"),
        ({"ts": "1.0", "thread_ts": "1.0"}, ""),
        ({"message_ts": "1.0", "thread_ts": "1.0"}, ""),
        ({"ts": "1.0"}, ""),
    ],
)
def test_a_message_with_replies_stands_in_no_thread(message: dict[str, str], thread: str) -> None:
    """Slack names a thread on its first message too; what is said of that belongs into the channel."""
    assert _thread_of(message) == thread


def test_what_only_one_person_sees_comes_where_they_pressed() -> None:
    """In their thread, or in the place of the message without a word of where; laid out beside the event loop."""
    sent: list[dict[str, Any]] = []
    threads: list[str] = []

    async def respond(**message: object) -> object:
        sent.append(message)
        return SimpleNamespace(status_code=200, body="ok")

    class Answers:
        async def run(self, work: Callable[[], Any]) -> Any:  # noqa: ANN401 - what the work gives
            def noted() -> Any:  # noqa: ANN401 - the same
                threads.append(threading.current_thread().name)
                return work()

            return await asyncio.to_thread(noted)

    teller = Teller(cast("Any", None), cast("Any", Answers()), cast("Any", Noted()))
    request = Request("help", {}, "slack:T1/C1", "slack:U1", now=NOW, access=Access.READ)
    shown = Shown(request, Reply("Help", (Paragraph((Text("words"),)),)), "/help")

    async def tell() -> None:
        for thread in ("1.0", ""):
            asker = Asker("T1", "C1", "U1", thread, respond)
            for replaces in (None, False, True):
                await teller.tell(asker, shown, replaces=replaces)
            await teller.say(asker, "one line")

    asyncio.run(tell())
    assert [message.get("thread_ts") for message in sent] == ["1.0", "1.0", None, "1.0", *[None] * 4]
    assert len(threads) == 6
    assert threading.main_thread().name not in threads


def test_the_watchdog_gives_the_ticket_that_it_was_told() -> None:
    """Slack gives few of them; one that is asked for and thrown away is one too many. Without one the library asks."""

    class Sender:
        is_up = True

        async def auth_test(self) -> None:
            if not self.is_up:
                raise refusal("internal_error", 503)

        async def apps_connections_open(self, *, app_token: str) -> dict[str, str]:
            return {"url": f"wss://a.example/{app_token}"}

    async def run() -> tuple[str | None, str | None]:
        ports = cast("Any", SimpleNamespace(store=None))
        platform = SlackPlatform(ports, cast("Any", Noted()), SlackSettings("xoxb-1", "xapp-1"), store_id="s1")
        sender = Sender()
        given = await platform._find_ticket(cast("Any", sender))
        sender.is_up = False
        return given, await platform._find_ticket(cast("Any", sender))

    assert asyncio.run(run()) == ("wss://a.example/xapp-1", None)


def test_a_long_line_is_read_in_no_time() -> None:
    """Nothing that somebody types holds the bot up."""
    began = time.process_time()
    for piece in ("watch add <#C01|a> ", "<#C01|", "--ping <@U0", "\u2014ping ", "watch add  "):
        read_typed(f"/watch add {piece * 4_000}")
    assert time.process_time() - began < 2
