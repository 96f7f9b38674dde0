"""One thing that somebody did, from the click to the last answer: when it was acknowledged and what came of it."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from tests.doubles.slack.blocks import check_message, check_view
from tests.doubles.slack.errors import Json, SlackError
from tests.doubles.slack.world import Channel, Message, User, View, World
from tests.doubles.slack.writing import post
from tests.patience import PATIENCE_S

RESPONSE_LASTS, MOST_RESPONSES = timedelta(minutes=30), 5


@dataclass(eq=False)
class Action:
    """What a test holds on to. ``answers`` are the messages that the user sees because of it, oldest first."""

    kind: str
    user: User
    channel: Channel | None
    world: World = field(repr=False)
    source: Message | None = None
    source_view: View | None = None
    written: Message | None = None
    trigger_id: str = field(default_factory=lambda: secrets.token_hex(8))
    response_token: str = field(default_factory=lambda: secrets.token_hex(12))
    created_at: datetime = field(init=False)
    sent_at: float = field(default_factory=time.monotonic)
    acked_after_s: float | None = None
    ack_payload: Json | None = None
    n_acks: int = 0
    n_responses: int = 0
    is_trigger_used: bool = False
    answers: list[Message] = field(default_factory=list)
    views: list[View] = field(default_factory=list)
    n_source_edits: int = 0
    refusals: list[str] = field(default_factory=list)
    failure: str = ""

    def __post_init__(self) -> None:
        self.created_at = self.world.now()
        self.world.actions.append(self)

    @property
    def response_url(self) -> str:
        return f"{self.world.base_url}/respond/{self.response_token}"

    def wait_for_ack(self, timeout: float = PATIENCE_S) -> Json | None:
        """Wait until the app acknowledged it; return what it sent along."""
        self._wait(lambda: self.n_acks, "an acknowledgement", timeout)
        return self.ack_payload

    def wait_for_answer(self, timeout: float = PATIENCE_S) -> Message:
        """Wait for the first message that the user sees as an answer."""
        return self.wait_for_answers(1, timeout)[0]

    def wait_for_answers(self, n: int, timeout: float = PATIENCE_S) -> list[Message]:
        self._wait(lambda: len(self.answers) >= n, f"{n} answers", timeout)
        return list(self.answers)

    def wait_for_change(self, timeout: float = PATIENCE_S) -> Message:
        """Wait until the message that was pressed on was changed or deleted; return it."""
        before = self.n_source_edits
        self._wait(
            lambda: self.source and (self.source.n_edits > before or self.source.is_deleted), "a change", timeout
        )
        assert self.source
        return self.source

    def wait_for_view(self, timeout: float = PATIENCE_S) -> View:
        """Wait for a form (or an App Home) that came because of it; the newest."""
        self._wait(lambda: self.views, "a view", timeout)
        return self.views[-1]

    def wait_for_failure(self, timeout: float = PATIENCE_S) -> str:
        """Wait until Slack gives up on the app and tells the user."""
        self._wait(lambda: self.failure, "a failure", timeout)
        return self.failure

    def _wait(self, predicate: Callable[[], object], wanted: str, timeout: float) -> None:
        self.world.wait_for(
            predicate, timeout, lambda: f"{wanted} to {self}; refused: {self.refusals}; acks: {self.n_acks}"
        )

    def note_ack(self, payload: Json | None) -> None:
        """Record an acknowledgement; a payload does its work the first time."""
        self.n_acks += 1
        if self.n_acks > 1:
            return
        self.acked_after_s = time.monotonic() - self.sent_at
        self.ack_payload = payload
        try:
            if self.kind == "slash" and payload:
                self.respond(payload)
            elif self.kind == "submit":
                self._answer_form(payload or {})
        except SlackError as error:
            self.refusals.append(str(error))

    def _answer_form(self, payload: Json) -> None:
        view = self.source_view
        assert view
        kind = payload.get("response_action")
        if kind == "errors":
            view.errors = payload["errors"]
            self.views.append(view)
        elif kind in {"update", "push"}:
            self.views.append(self.show(payload["view"], view if kind == "update" else None))
        else:
            view.is_closed = True

    def show(self, body: Json, over: View | None = None) -> View:
        """Show a form, in the place of another if one is given."""
        check_view(body, "modal")
        if over:
            over.body, over.hash, over.errors = body, secrets.token_hex(6), {}
            over.n_versions += 1
            return over
        view = View(self.world.take_id("V"), self.user, body, secrets.token_hex(6), self)
        self.world.views[view.id] = view
        return view

    def use_response_url(self, body: Json) -> None:
        """Do what was posted to the response URL, five times in thirty minutes at most."""
        if self.world.now() - self.created_at > RESPONSE_LASTS:
            raise SlackError("expired_url")
        if self.n_responses >= MOST_RESPONSES:
            raise SlackError("used_url")
        self.n_responses += 1
        self.respond(body)

    def respond(self, body: Json) -> None:
        """Answer, or change or delete what was pressed on."""
        if self.channel is None:
            raise SlackError("channel_not_found")
        if self.source and body.get("delete_original"):
            self._forget(self.source)
            return
        check_message(body)
        replaces = body.get("replace_original", self.source is not None and "response_type" not in body)
        if self.source and replaces:
            self.source.body = {**self.source.body, "blocks": [], **body}
            self.source.n_edits += 1
            return
        hidden = self.user if body.get("response_type", "ephemeral") == "ephemeral" else None
        self.world.answering = self
        try:
            post(self.channel, self.world.bot, body, thread_ts=body.get("thread_ts"), ephemeral_for=hidden)
        finally:
            self.world.answering = None

    def _forget(self, message: Message) -> None:
        message.is_deleted = True
        message.channel.messages.pop(message.ts, None)
        message.channel.ephemerals.pop(message.ts, None)
