"""The Slack double against an unmodified slack_bolt app: what the tests of the bot stand on."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Coroutine, Iterator
from typing import Any, TypeVar

import aiohttp
import pytest
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.app.async_app import AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.builtin_async_handlers import AsyncRateLimitErrorRetryHandler
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient

from tests.doubles.slack import faults
from tests.doubles.slack.server import SlackDouble
from tests.doubles.slack.world import Channel
from tests.patience import PATIENCE_S

T = TypeVar("T")
PNG = b"\x89PNG of no worth"


def text_of(text: str) -> dict[str, Any]:
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}}


def button(label: str, action_id: str) -> dict[str, Any]:
    text = {"type": "plain_text", "text": label}
    return {"type": "button", "text": text, "action_id": action_id, "value": label.lower()}


FORM = {
    "type": "modal",
    "callback_id": "form",
    "title": {"type": "plain_text", "text": "A question"},
    "submit": {"type": "plain_text", "text": "Ask"},
    "blocks": [
        {
            "type": "input",
            "block_id": "why",
            "label": {"type": "plain_text", "text": "Why?"},
            "element": {"type": "plain_text_input", "action_id": "text"},
        }
    ],
}


class TinyApp:
    """A bot in a thread with a loop of its own."""

    def __init__(self, slack: SlackDouble, ping_s: float = 30.0) -> None:
        self.slack, self.ping_s = slack, ping_s
        self.heard: list[str] = []
        self.loop = asyncio.new_event_loop()
        self.thread = threading.Thread(target=self.loop.run_forever, daemon=True)
        self.thread.start()
        self.client: AsyncWebClient
        self.handler: AsyncSocketModeHandler
        self.do(self._make())

    def do(self, work: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(work, self.loop).result(PATIENCE_S)

    def start(self) -> None:
        self.do(self.connect())
        self.slack.wait_for_links()

    def end(self) -> None:
        self.do(self.close())
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join(PATIENCE_S)

    async def connect(self) -> None:
        await self.handler.client.connect()  # type: ignore[no-untyped-call]  # so in slack_sdk

    async def close(self) -> None:
        await self.handler.client.close()  # type: ignore[no-untyped-call]  # so in slack_sdk
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)

    async def _make(self) -> None:
        self.client = AsyncWebClient(token=self.slack.bot_token, base_url=self.slack.api_url)
        self.app = AsyncApp(client=self.client, request_verification_enabled=False)
        self.handler = AsyncSocketModeHandler(self.app, self.slack.app_token, ping_interval=self.ping_s)
        self.app.command("/timeline")(self.on_timeline)
        self.app.command("/quick")(self.on_quick)
        self.app.action("why")(self.on_why)
        self.app.action("home")(self.on_home_button)
        self.app.action("more")(self.on_more)
        self.app.view("form")(self.on_form)
        self.app.event("app_mention")(self.on_mention)
        self.app.event("message")(self.on_message)
        self.app.event("app_home_opened")(self.on_home)
        self.app.event("channel_archive")(self.on_archive)

    async def on_timeline(self, ack: Any, body: Any, client: Any) -> None:  # noqa: ANN401 - bolt gives no types
        await ack()
        rows = {"type": "actions", "elements": [button("Why", "why"), button("More", "more")]}
        await client.chat_postMessage(
            channel=body["channel_id"], text=body["text"], blocks=[text_of(body["text"]), rows], unfurl_links=False
        )

    async def on_quick(self, ack: Any, body: Any) -> None:  # noqa: ANN401
        await ack(text=f"quick {body['text']}")

    async def on_home_button(self, ack: Any, body: Any, client: Any) -> None:  # noqa: ANN401
        await ack()
        view = {"type": "home", "blocks": [text_of(f"pressed {body['actions'][0]['value']}")]}
        await client.views_publish(user_id=body["user"]["id"], view=view)

    async def on_why(self, ack: Any, body: Any, client: Any) -> None:  # noqa: ANN401
        await ack()
        await client.views_open(trigger_id=body["trigger_id"], view=FORM)

    async def on_more(self, ack: Any, respond: Any) -> None:  # noqa: ANN401
        await ack()
        await respond(text="more of it", replace_original=True)

    async def on_form(self, ack: Any, view: Any, body: Any, client: Any) -> None:  # noqa: ANN401
        said = view["state"]["values"]["why"]["text"]["value"]
        if said == "no":
            await ack(response_action="errors", errors={"why": "say more"})
            return
        await ack()
        await client.chat_postMessage(channel=body["user"]["id"], text=f"you said {said}")

    async def on_mention(self, event: Any, say: Any) -> None:  # noqa: ANN401
        self.heard.append(event["text"])
        await say(text="asked and answered", thread_ts=event["ts"])

    async def on_message(self, event: Any, say: Any) -> None:  # noqa: ANN401
        if "bot_id" not in event and event.get("subtype") is None:
            await say(text=f"echo {event['text']}")

    async def on_home(self, event: Any, client: Any) -> None:  # noqa: ANN401
        row = {"type": "actions", "elements": [button("Pause", "home")]}
        view = {"type": "home", "blocks": [text_of("your watches"), row]}
        await client.views_publish(user_id=event["user"], view=view)

    async def on_archive(self, event: Any) -> None:  # noqa: ANN401
        self.heard.append(event["type"])


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def slack() -> Iterator[SlackDouble]:
    with SlackDouble(deadline_s=PATIENCE_S) as running:
        yield running


@pytest.fixture
def strict() -> Iterator[SlackDouble]:
    """Return one that waits as long as Slack does."""
    with SlackDouble() as running:
        yield running


@pytest.fixture
def channel(slack: SlackDouble) -> Channel:
    return slack.add_channel("alerts")


@pytest.fixture
def app(slack: SlackDouble) -> Iterator[TinyApp]:
    tiny = TinyApp(slack)
    tiny.start()
    yield tiny
    tiny.end()
    assert slack.unknown_requests == []


def refusal(app: TinyApp, work: Coroutine[Any, Any, Any]) -> str:
    with pytest.raises(SlackApiError) as caught:
        app.do(work)
    return str(caught.value.response["error"])


@pytest.mark.usefixtures("app")
def test_a_command_is_acknowledged_and_answered(slack: SlackDouble, channel: Channel) -> None:
    used = slack.add_user("ana").slash(channel, "/timeline", "venezuela")
    assert used.wait_for_ack() is None
    answer = used.wait_for_answer()
    assert used.acked_after_s is not None
    assert answer is channel.wait_for_messages(1)[0]
    assert (answer.buttons, answer.body["unfurl_links"]) == (["Why", "More"], False)


@pytest.mark.usefixtures("app")
def test_an_acknowledgement_may_carry_the_answer(slack: SlackDouble, channel: Channel) -> None:
    used = slack.add_user("ana").slash(channel, "/quick", "x")
    assert used.wait_for_ack() == {"text": "quick x"}
    answer = used.wait_for_answer()
    assert (answer.text, answer.is_ephemeral, channel.list_messages()) == ("quick x", True, [])


@pytest.mark.usefixtures("app")
def test_a_button_opens_a_form_that_can_be_refused_and_sent(slack: SlackDouble, channel: Channel) -> None:
    ana = slack.add_user("ana")
    message = ana.slash(channel, "/timeline", "x").wait_for_answer()
    view = ana.press(message, "Why").wait_for_view()
    assert view.title == "A question"
    assert ana.submit(view, {"Why?": "no"}).wait_for_view().errors == {"why": "say more"}
    ana.submit(view, {"Why?": "because"}).wait_for_ack()
    assert ana.dm().wait_for_messages(1)[0].text == "you said because"
    assert view.is_closed


@pytest.mark.usefixtures("app")
def test_a_button_changes_its_message_through_the_response_url(slack: SlackDouble, channel: Channel) -> None:
    ana = slack.add_user("ana")
    message = ana.slash(channel, "/timeline", "x").wait_for_answer()
    pressed = ana.press(message, "More")
    assert pressed.wait_for_change().text == "more of it"
    url = AsyncWebhookClient(pressed.response_url)

    async def use() -> list[int]:
        return [(await url.send(text="again", response_type="ephemeral")).status_code for _ in range(5)]

    assert asyncio.run(use()) == [200, 200, 200, 200, 404]
    assert all(it.is_ephemeral for it in pressed.wait_for_answers(4))


@pytest.mark.usefixtures("app")
def test_a_trigger_expires_after_three_seconds(strict: SlackDouble) -> None:
    app = TinyApp(strict)
    app.start()
    used = strict.add_user("ana").slash(strict.add_channel("alerts"), "/timeline", "x")
    used.wait_for_answer()
    strict.clock.advance(4)
    assert refusal(app, app.client.views_open(trigger_id=used.trigger_id, view=FORM)) == "expired_trigger_id"
    app.end()


def test_mentions_direct_messages_and_home(slack: SlackDouble, channel: Channel, app: TinyApp) -> None:
    ana = slack.add_user("ana")
    asked = ana.mention(channel, "who says so?")
    assert asked.wait_for_answer().is_reply
    assert app.heard == ["<@U0WIREWATCH> who says so?"]
    assert ana.direct("hello").wait_for_answer().text == "echo hello"
    home = ana.open_home().wait_for_view()
    assert home.text == "your watches\nPause"
    assert ana.press(home, "Pause").wait_for_view().text == "pressed pause"
    assert home.n_versions == 2
    slack.archive(channel)
    slack.wait_for(lambda: "channel_archive" in app.heard)


def test_threads_updates_and_metadata(channel: Channel, app: TinyApp) -> None:
    metadata = {"event_type": "alert", "event_payload": {"key": "k1"}}

    async def work() -> tuple[Any, Any, Any]:
        first = await app.client.chat_postMessage(channel=channel.id, text="one", metadata=metadata)
        await app.client.chat_postMessage(channel=channel.id, text="two", thread_ts=first["ts"])
        await app.client.chat_postMessage(channel=channel.id, text="3", thread_ts=first["ts"], reply_broadcast=True)
        await app.client.chat_update(channel=channel.id, ts=first["ts"], text="one, changed")
        plain = await app.client.conversations_history(channel=channel.id)
        told = await app.client.conversations_history(
            channel=channel.id, include_all_metadata=True, oldest=first["ts"], inclusive=True
        )
        thread = await app.client.conversations_replies(channel=channel.id, ts=first["ts"], limit=2)
        return plain["messages"], told["messages"], thread

    plain, told, thread = app.do(work())
    assert [it["text"] for it in plain] == ["3", "one, changed"]
    assert "metadata" not in plain[1]
    assert told[1]["metadata"] == metadata
    assert [it["text"] for it in thread["messages"]] == ["one, changed", "two"]
    assert thread["response_metadata"]["next_cursor"]
    head = channel.list_messages()[0]
    assert (head.n_edits, [it.text for it in head.wait_for_replies(2)]) == (1, ["two", "3"])


def test_an_upload_is_shared_into_a_thread(slack: SlackDouble, channel: Channel, app: TinyApp) -> None:
    head = app.do(app.client.chat_postMessage(channel=channel.id, text="one"))
    app.do(
        app.client.files_upload_v2(
            filename="a.png", content=PNG, alt_txt="a chart", channel=channel.id, thread_ts=head["ts"]
        )
    )
    assert [(it.name, it.data, it.alt_txt) for it in slack.files] == [("a.png", PNG, "a chart")]
    assert channel.list_messages()[0].replies[0].files == slack.files


def test_a_lost_reply_posts_twice_with_the_default_retry(slack: SlackDouble, channel: Channel, app: TinyApp) -> None:
    """The trap: slack_sdk sends again by itself what Slack has done already."""
    slack.fault("chat.postMessage", faults.lose())
    app.do(app.client.chat_postMessage(channel=channel.id, text="once?"))
    assert [it.text for it in channel.list_messages()] == ["once?", "once?"]
    bare = AsyncWebClient(token=slack.bot_token, base_url=slack.api_url, retry_handlers=[])
    slack.fault("chat.postMessage", faults.lose(does_work=False))
    with pytest.raises(aiohttp.ServerDisconnectedError):
        app.do(bare.chat_postMessage(channel=channel.id, text="never"))
    assert len(channel.list_messages()) == 2


def test_faults_of_the_web_api(slack: SlackDouble, channel: Channel, app: TinyApp) -> None:
    slack.fault("chat.postMessage", faults.rate_limit(0))
    post = app.client.chat_postMessage
    assert refusal(app, post(channel=channel.id, text="x")) == "ratelimited"
    slack.fault("chat.postMessage", faults.refuse("internal_error"))
    assert refusal(app, post(channel=channel.id, text="x")) == "internal_error"
    for fault in (faults.status(503), faults.malformed()):
        slack.fault("chat.postMessage", fault)
        with pytest.raises(SlackApiError):
            app.do(post(channel=channel.id, text="x"))
    held = slack.fault("chat.postMessage", faults.slow())
    waiting = asyncio.run_coroutine_threadsafe(post(channel=channel.id, text="slow"), app.loop)
    held.wait_for_hits()
    assert not waiting.done()
    held.release()
    assert waiting.result(PATIENCE_S)["ok"]


def test_the_handler_for_429_waits_and_sends_again(slack: SlackDouble, channel: Channel, app: TinyApp) -> None:
    patient = AsyncWebClient(
        token=slack.bot_token, base_url=slack.api_url, retry_handlers=[AsyncRateLimitErrorRetryHandler()]
    )
    fault = slack.fault("chat.postMessage", faults.rate_limit(0))
    assert app.do(patient.chat_postMessage(channel=channel.id, text="x"))["ok"]
    assert (fault.n_hits, len(channel.list_messages())) == (1, 1)


LONG = [text_of("x" * 3000)] * 5


@pytest.mark.parametrize(
    ("blocks", "word"),
    [
        ([text_of("x" * 3001)], "invalid_blocks"),
        ([{"type": "divider"}] * 51, "invalid_blocks"),
        ([{"type": "header", "text": {"type": "plain_text", "text": "x" * 151}}], "invalid_blocks"),
        ([{"type": "actions", "elements": [button("x" * 76, "a")]}], "invalid_blocks"),
        ([{"type": "actions", "elements": [button("x", "a" * 256)]}], "invalid_blocks"),
        ([text_of("a") | {"block_id": "same"}, text_of("b") | {"block_id": "same"}], "invalid_blocks"),
        ([{"type": "context", "elements": [{"type": "mrkdwn", "text": "x" * 2001}]}], "invalid_blocks"),
        (LONG, "msg_blocks_too_long"),
    ],
)
def test_blocks_over_the_limits_are_refused(channel: Channel, app: TinyApp, blocks: Any, word: str) -> None:  # noqa: ANN401
    assert refusal(app, app.client.chat_postMessage(channel=channel.id, text="x", blocks=blocks)) == word


def test_places_that_cannot_be_written_to(slack: SlackDouble, channel: Channel, app: TinyApp) -> None:
    post = app.client.chat_postMessage
    foreign = slack.add_channel("foreign", with_bot=False)
    hidden = slack.add_channel("hidden", private=True, with_bot=False)
    assert refusal(app, post(channel=foreign.id, text="x")) == "not_in_channel"
    assert refusal(app, post(channel=hidden.id, text="x")) == "channel_not_found"
    slack.archive(channel)
    assert refusal(app, post(channel=channel.id, text="x")) == "is_archived"
    slack.unarchive(channel)
    head = app.do(app.client.api_call("chat.postMessage", data={"channel": channel.id, "text": "as a form"}))
    slack.delete_message(channel.list_messages()[0])
    assert refusal(app, app.client.chat_update(channel=channel.id, ts=head["ts"], text="y")) == "message_not_found"
    slack.revoke_tokens(tell=False)
    assert refusal(app, post(channel=channel.id, text="x")) == "token_revoked"
    assert refusal(app, post(channel=channel.id, text="x", token="xoxb-other")) == "invalid_auth"  # noqa: S106


@pytest.mark.parametrize("reason", ["warning", "refresh_requested"])
def test_a_disconnect_envelope_changes_links_without_loss(
    slack: SlackDouble, channel: Channel, app: TinyApp, reason: str
) -> None:
    ana, before = slack.add_user("ana"), slack.n_links
    slack.disconnect(reason)
    used = [] if reason == "warning" else [ana.slash(channel, "/timeline", str(number)) for number in range(5)]
    slack.wait_for_new_link(before)
    used.append(ana.slash(channel, "/timeline", "last"))
    for it in used:
        it.wait_for_ack()
    channel.wait_for_messages(len(used))
    assert app.handler.client.current_session is not None


@pytest.mark.parametrize("fault", ["cut", "silence"])
def test_a_link_that_breaks_is_made_again(slack: SlackDouble, channel: Channel, fault: str) -> None:
    app = TinyApp(slack, ping_s=0.5)
    app.start()
    before = slack.n_links
    getattr(slack, fault)()
    slack.wait_for_new_link(before)
    slack.wait_for_links()
    assert slack.add_user("ana").slash(channel, "/timeline", "x").wait_for_answer().text
    app.end()


def test_an_unacknowledged_event_comes_again_with_the_same_event_id(strict: SlackDouble) -> None:
    slack, channel = strict, strict.add_channel("alerts")
    mute = TinyApp(slack)
    mute.handler.client.socket_mode_request_listeners.clear()
    mute.start()
    asked = slack.add_user("ana").mention(channel, "anybody?")
    slack.wait_for(lambda: slack.envelopes[0].sent_at)
    slack.clock.advance(4)
    slack.wait_for(lambda: len(slack.envelopes) > 1 and slack.envelopes[1].sent_at)
    first, second = slack.envelopes[:2]
    assert (first.id != second.id, second.attempt) == (True, 1)
    assert first.payload["event_id"] == second.payload["event_id"]
    assert asked.n_acks == 0
    used = slack.add_user("ben").slash(channel, "/timeline", "x")
    slack.clock.advance(4)
    assert used.wait_for_failure() in {"operation_timeout", "dispatch_failed"}
    mute.end()


@pytest.mark.usefixtures("app")
def test_a_repeated_envelope_reaches_the_app_twice(slack: SlackDouble, channel: Channel) -> None:
    used = slack.add_user("ana").slash(channel, "/timeline", "x")
    used.wait_for_ack()
    slack.repeat(slack.envelopes[0])
    slack.wait_for(lambda: used.n_acks == 2)
    slack.ping()


def test_a_dead_ticket_is_tried_for_ever_until_the_address_is_forgotten(slack: SlackDouble) -> None:
    """The hang that the bot's watchdog must end."""
    slack.kill_tickets(1)
    tiny = TinyApp(slack, ping_s=0.1)
    connecting = asyncio.run_coroutine_threadsafe(tiny.connect(), tiny.loop)
    slack.wait_for(lambda: slack.n_refused_links >= 3)
    assert len(slack.find_requests("apps.connections.open")) == 1
    tiny.handler.client.wss_uri = None
    slack.wait_for_links()
    connecting.result(PATIENCE_S)
    tiny.end()


def test_several_links_share_the_envelopes(slack: SlackDouble, channel: Channel) -> None:
    apps = [TinyApp(slack), TinyApp(slack)]
    for it in apps:
        it.start()
    slack.wait_for_links(2)
    ana = slack.add_user("ana")
    for number in range(4):
        ana.slash(channel, "/timeline", str(number)).wait_for_ack()
    assert all(len(link.sent) >= 1 for link in slack.links)
    for it in apps:
        it.end()


def test_scopes_are_enforced_when_they_are_given() -> None:
    with SlackDouble(scopes={"commands"}) as slack:
        tiny, channel = TinyApp(slack), slack.add_channel()
        assert refusal(tiny, tiny.client.chat_postMessage(channel=channel.id, text="x")) == "missing_scope"
        assert refusal(tiny, tiny.client.api_call("no.such")) == "unknown_method"
        assert slack.unknown_requests == ["no.such"]
        tiny.end()
