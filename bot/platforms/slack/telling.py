"""Telling who asked, and nobody else: over the ``response_url``, in the channel, or at last in a direct message.

Owns that order, so that no answer is lost without a word. Source: "Handling user interaction" in Slack's documentation:
a ``response_url`` takes five uses in thirty minutes. What is tried again here may come twice, to one person.
"""

from __future__ import annotations

import asyncio
import json
import re
import secrets
from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, datetime
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError

from bot.logs import Log
from bot.platforms.answers import Answers
from bot.platforms.slack.fitting import Message, Show, send_fitting
from bot.platforms.slack.manners import PLAIN, UNFOLDED
from bot.platforms.slack.posting import Letter, Posted, Poster, keep_trying
from bot.platforms.slack.refusals import REFUSED_TOKENS, SLACK_ERRORS, TOO_LONG, code_of, describe, words_of
from bot.platforms.slack.shown import TOO_LONG as TOO_LONG_WORDS
from bot.platforms.slack.shown import Asker, Respond, Shown, show_page
from bot.render.slack import LIMITS, Limits

_URL_PATIENCE_S = 10.0
_URL_WAITS_S = (0.5, 2.0)
_PASSING = frozenset({429, *range(500, 600)})
_FIRST_REFUSAL = 400

Send = Callable[[Message], Awaitable[Any]]


class Teller:
    """Shows answers over one connection.

    Args:
        answers: runs what takes long beside the event loop.
    """

    def __init__(self, poster: Poster, answers: Answers, log: Log) -> None:
        self._poster = poster
        self._answers = answers
        self._log = log

    async def tell(self, asker: Asker, shown: Shown, *, is_own: bool = True, replaces: bool | None = None) -> None:
        """Show a page to the asker alone.

        Args:
            is_own: with a button that posts it for all.
            replaces: in the place of the message that was pressed on (True) or beside it (False); None for a command.
        """
        if asker.respond is not None:
            more = {} if replaces is None else {"replace_original": replaces}
            more |= {} if replaces else _thread_of(asker)
            if await self._try_url(asker.respond, shown, is_own=is_own, more=more):
                return
        await self._whisper(asker, shown, is_own=is_own)

    async def say(self, asker: Asker, text: str) -> None:
        """Say one line to the asker alone, beside what is there."""
        if asker.respond is not None:
            message = {"response_type": "ephemeral", "replace_original": False, "text": text, **_thread_of(asker)}
            if await self._use_url(asker.respond, message) is not None:
                return
        await self._whisper(asker, text, is_own=True)

    async def take_away(self, asker: Asker) -> None:
        """Take away the message that was pressed on; it stays where Slack does not do that."""
        if asker.respond is not None:
            await self._use_url(asker.respond, {"delete_original": True})

    async def find_direct(self, user: str) -> str:
        """Return the channel of the direct messages with somebody."""

        async def open_it(*, is_doubtful: bool) -> Any:  # noqa: ANN401 - slack_sdk's answer
            del is_doubtful  # opened twice is open
            return await self._poster.sender.conversations_open(users=user)

        answer = await keep_trying(open_it, self._wait_in_silence)
        channel: Mapping[str, Any] = answer["channel"]
        return str(channel["id"])

    async def publish(
        self, asker: Asker, shown: Shown, *, key: str, made_at: datetime, is_doubtful: bool = False
    ) -> Posted:
        """Post an answer where everybody of the channel sees it, once for each key; the asker is told of long waits.

        Args:
            is_doubtful: an earlier process may have posted it.

        Raises:
            SlackApiError, aiohttp.ClientError, OSError, TimeoutError: it cannot be posted.
        """
        letter = Letter(asker.channel, key, made_at, thread=asker.thread)
        return await self._post(letter, asker, shown, self._shows(shown, is_own=False), is_doubtful=is_doubtful)

    async def tell_wait(self, asker: Asker, wait_s: float | None) -> None:
        """Say that Slack asks the bot to wait, or that it does not answer (None)."""
        asked = f"Slack asks the bot to wait for {wait_s or 0:.0f} seconds; it comes then."
        await self.say(asker, "Slack does not answer; the bot is trying again." if wait_s is None else asked)

    async def _post(
        self, letter: Letter, asker: Asker, shown: Shown, show: Show, *, is_doubtful: bool = False
    ) -> Posted:
        async def tell_wait(wait_s: float | None) -> None:
            if letter.channel == asker.channel:
                await self.tell_wait(asker, wait_s)

        last = {"text": TOO_LONG_WORDS}
        return await self._poster.insist(
            letter, show, last, limits=shown.limits, on_wait=tell_wait, is_doubtful=is_doubtful
        )

    def _shows(self, shown: Shown, *, is_own: bool) -> Show:
        """Return what lays a page out, in a thread: of a long answer it takes seconds."""

        async def show(limits: Limits) -> Message:
            return await self._answers.run(lambda: show_page(shown, limits, is_own=is_own))

        return show

    async def _try_url(self, respond: Respond, shown: Shown, *, is_own: bool, more: Message) -> bool:
        """Return whether Slack took it."""
        lay_out = self._shows(shown, is_own=is_own)

        async def show(limits: Limits) -> Message:
            return {"response_type": "ephemeral", **UNFOLDED, **more, **await lay_out(limits)}

        async def send(message: Message) -> Any:  # noqa: ANN401 - slack_sdk's answer
            return await self._use_url(respond, message)

        last = {"response_type": "ephemeral", **more, "text": TOO_LONG_WORDS}
        return await send_fitting(send, show, last, limits=shown.limits) is not None

    async def _use_url(self, respond: Respond, message: Message) -> Any:  # noqa: ANN401 - slack_sdk's WebhookResponse
        """Return Slack's answer, also one that the message is too long; None where the address is no use any more."""
        reason = ""
        for wait_s in (*_URL_WAITS_S, None):
            try:
                answer = await asyncio.wait_for(respond(**message), _URL_PATIENCE_S)
            except TimeoutError:
                reason = "no answer"
                break  # it may be there; another way is quicker than this one again
            except (aiohttp.ClientError, OSError) as error:
                reason = words_of(error)
            else:
                word = _refusal_of(answer)
                if not word or word in TOO_LONG:
                    return answer
                reason = f"{answer.status_code} {word}"
                if answer.status_code not in _PASSING:
                    break
            if wait_s is not None:
                await asyncio.sleep(wait_s)
        self._log.warning("slack response address failed", reason=reason)
        return None

    async def _whisper(self, asker: Asker, shown: Shown | str, *, is_own: bool) -> None:
        """Show an answer or a line to the asker alone in the channel or thread, else directly with the reason."""
        where: dict[str, Any] = {"channel": asker.channel, "user": asker.user, **PLAIN}
        where |= _thread_of(asker)

        async def send(message: Message) -> Any:  # noqa: ANN401 - slack_sdk's answer
            async def try_once(*, is_doubtful: bool) -> Any:  # noqa: ANN401 - the same
                del is_doubtful  # nobody can look for a message that only one person sees
                return await self._poster.sender.chat_postEphemeral(**where, **message)

            return await keep_trying(try_once, self._wait_in_silence)

        try:
            if isinstance(shown, str):
                await send({"text": shown})
            else:
                await self._send_page(send, shown, is_own=is_own)
        except SLACK_ERRORS as error:
            if isinstance(error, SlackApiError) and code_of(error) in REFUSED_TOKENS:
                raise
            await self._tell_directly(asker, shown, error)

    async def _send_page(self, send: Send, shown: Shown, *, is_own: bool) -> None:
        await send_fitting(send, self._shows(shown, is_own=is_own), {"text": TOO_LONG_WORDS}, limits=shown.limits)

    async def _tell_directly(self, asker: Asker, shown: Shown | str, error: Exception) -> None:
        reason = f"This comes here because the bot cannot answer where you asked. {describe(error)}"
        channel = await self.find_direct(asker.user)
        letter = Letter(channel, f"d{secrets.token_hex(8)}", datetime.now(UTC))
        lay_out = None if isinstance(shown, str) else self._shows(shown, is_own=False)

        async def show(limits: Limits) -> Message:
            if lay_out is None:
                return {"text": f"{reason}\n{shown}"}
            message = await lay_out(limits)
            return {**message, "blocks": [_line(reason), *message["blocks"]]}

        if isinstance(shown, str):
            last = await show(LIMITS)
            await self._poster.insist(letter, show, last, on_wait=self._wait_in_silence)
        else:
            await self._post(letter, asker, shown, show)

    async def _wait_in_silence(self, wait_s: float | None) -> None:
        """Wait where there is no quicker way to tell of it."""
        self._log.info("slack asks to wait", seconds=wait_s)


def _thread_of(asker: Asker) -> Message:
    """Return what puts a message into the thread that was asked in."""
    return {"thread_ts": asker.thread} if asker.thread else {}


def _line(text: str) -> Message:
    return {"type": "context", "elements": [{"type": "plain_text", "text": text, "emoji": False}]}


def _refusal_of(answer: Any) -> str:  # noqa: ANN401 - slack_sdk's WebhookResponse
    """Return Slack's word for why it did not do it; empty where it did."""
    body = str(getattr(answer, "body", "") or "")
    try:
        told = json.loads(body)
    except ValueError:
        told = None
    if isinstance(told, dict) and told.get("ok") is False:
        return str(told.get("error") or "unknown")
    if getattr(answer, "status_code", 200) < _FIRST_REFUSAL:
        return ""
    word = re.search(r"[a-z]{1,30}(?:_[a-z]{1,30}){1,5}", body)
    return word[0] if word else "refused"
