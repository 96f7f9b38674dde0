"""What people do on Slack: commands, presses, forms, questions and visits become Requests, Replies become messages.

Owns what is for all and what is for the asker alone, and with whose rights it is made: what everybody of a channel can
read is made with nobody's. Pictures and files go into the thread of a posted answer, else to the direct message with
who asked. Must never send anything itself: ``telling`` and ``posting`` do.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from typing import Any

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.platforms.answers import Answers
from bot.platforms.controls import Control, Kind, decode
from bot.platforms.slack.addresses import format_actor, format_channel
from bot.platforms.slack.forms import make_form, read_form, tell_error
from bot.platforms.slack.home import MOST_BLOCKS, list_parts, make_part
from bot.platforms.slack.once import Once
from bot.platforms.slack.posting import Letter, Poster
from bot.platforms.slack.refusals import REFUSED_TOKENS, SLACK_ERRORS, code_of, describe
from bot.platforms.slack.rights import PATIENCE_S, SOON_S, Rights
from bot.platforms.slack.shown import Asker, Shown
from bot.platforms.slack.telling import Teller
from bot.platforms.slack.typed import read_typed, to_line
from bot.platforms.slack.watching import Watching
from bot.render.chart import describe_chart
from bot.render.formats import FORMATS
from bot.render.slack_text import EVERYTHING
from handlers.dispatch import answer_error
from handlers.lines import parse_line
from handlers.messages import failure
from handlers.registry import find_command
from handlers.request import Access, Argument, Request
from news.errors import WirewatchError

_LONGEST_QUESTION = 1_000
_PICTURE = "timeline.png"
_POSTED = "It is posted to the channel already, or on its way."
_FORM_PATIENCE_S = 2.0
"""A form that takes longer is closed, and its answer comes beside; Slack waits three seconds."""
_TWICE_S = 10.0
"""A file that is asked for again within so many seconds is one press too many."""

Acknowledge = Callable[..., Awaitable[Any]]


class Desk:
    """Takes what people do and shows them the answers.

    Args:
        presses: which buttons were pressed; outlives the connection.
    """

    def __init__(
        self,
        answers: Answers,
        web: AsyncWebClient,
        rights: Rights,
        *,
        poster: Poster,
        teller: Teller,
        watching: Watching,
        presses: Once,
    ) -> None:
        self._answers = answers
        self._web = web
        self._rights = rights
        self._poster = poster
        self._teller = teller
        self._watching = watching
        self._presses = presses

    async def answer_command(self, asker: Asker, command: str, text: str) -> None:
        """Run a slash command and show its answer to who typed it."""
        words = read_typed(f"{command} {text}")[:_LONGEST_QUESTION]
        line = to_line(words) if command == EVERYTHING else words
        await self._teller.tell(asker, await self._ask_line(asker, await self._request_for(asker, line), line))

    async def answer_question(self, asker: Asker, text: str, *, ts: str, is_doubtful: bool = False) -> None:
        """Answer a message that calls the bot by name, in its thread, or one that was written to it alone.

        What failed, what is private and what needs rights is seen by the asker alone.

        Args:
            ts: time stamp of the message.
            is_doubtful: it may have been answered: it was edited, or Slack tells of it again.
        """
        line = to_line(read_typed(text)[:_LONGEST_QUESTION])
        is_public = not asker.is_alone and _is_for_all(line)
        request = await (self._request(asker, is_public=True) if is_public else self._request_for(asker, line))
        shown = await self._ask_line(asker, request, line)
        if not asker.is_alone and not shown.is_shareable:
            await self._teller.tell(asker, shown)
            return
        place = asker if asker.is_alone or asker.thread else replace(asker, thread=ts)
        try:
            told = await self._teller.publish(
                place, shown, key=f"q{asker.channel}/{ts}", made_at=_read_time(ts), is_doubtful=is_doubtful
            )
        except SLACK_ERRORS as error:
            await self._explain(asker, error)
            return
        if not told.is_found:
            await self._add_picture(place, shown, told.thread or told.ts, key=ts)

    async def press(self, asker: Asker, action: Mapping[str, Any], body: Mapping[str, Any]) -> None:
        """Do what a button or menu stands for; where Slack forbids it, who pressed is told why."""
        control = decode(str(action.get("action_id", "")))
        if control is None:
            return
        try:
            if control.kind is Kind.FORM:
                await self._open_form(asker, control, action, body)
            elif control.kind is Kind.RUN:
                request = await self._request_for(asker, control.source)
                await self._teller.tell(asker, await self._ask_line(asker, request, control.source), replaces=False)
            elif control.kind is Kind.EXPORT:
                name = str((action.get("selected_option") or {}).get("value", ""))
                await self._export(asker, control, name, body)
            else:
                await self._turn(asker, control, body)
        except SLACK_ERRORS as error:
            await self._explain(asker, error)

    async def submit(self, asker: Asker, view: Mapping[str, Any], acknowledge: Acknowledge) -> None:
        """Run the command that a form was opened for; an error that is known soon is shown in the form."""
        control = decode(str(view.get("callback_id", "")))
        if control is None:
            await acknowledge()
            return
        asker = replace(asker, channel=str(view.get("private_metadata", "")) or asker.channel)
        answering = asyncio.ensure_future(self._run_form(asker, control, read_form(view)))
        try:
            await asyncio.wait({answering}, timeout=_FORM_PATIENCE_S)
            if answering.done() and answering.exception() is None and answering.result().reply.failed:
                await acknowledge(**tell_error(control, answering.result().reply))
                return
            await acknowledge()
            await self._teller.tell(asker, await answering)
        finally:
            answering.cancel()  # the connection ends, and with it whatever is under way

    async def show_home(self, asker: Asker) -> None:
        """Show watches, feeds, health and help on the App Home, a page of each."""
        base = await self._request(asker)
        blocks: list[dict[str, Any]] = []
        for path in list_parts(base.access):
            reply, _ = await self._answers.ask(replace(base, command=path))
            blocks.extend(await self._answers.run(partial(make_part, path, reply)))
        await self._web.views_publish(user_id=asker.user, view={"type": "home", "blocks": blocks[:MOST_BLOCKS]})

    async def _run_form(self, asker: Asker, control: Control, values: Mapping[str, Argument]) -> Shown:
        return await self._ask_line(asker, await self._request_for(asker, control.source), control.source, values)

    async def _ask_line(
        self, asker: Asker, request: Request, line: str, more: Mapping[str, Argument] | None = None
    ) -> Shown:
        try:
            typed = parse_line(line)
        except WirewatchError as error:
            return Shown(request, answer_error(error), None)
        request = replace(request, command=typed.path, arguments={**typed.arguments, **(more or {})})
        command = find_command(typed.path)
        if command is not None and request.access < command.needs and not self._rights.is_sure(asker):
            return Shown(request, failure("Slack does not say who you are.", "Try again in a minute."), None)
        fault = await self._watching.find_fault(request)
        if fault is not None:
            return Shown(request, fault, None)
        reply, source = await self._answers.ask(request)
        return Shown(request, await self._watching.add_hint(request, reply), source)

    async def _request_for(self, asker: Asker, line: str) -> Request:
        """Return a request of the asker; what everybody may ask waits no longer than a moment for who they are."""
        return await self._request(asker, patience_s=SOON_S if _is_for_all(line) else PATIENCE_S)

    async def _request(self, asker: Asker, *, is_public: bool = False, patience_s: float = SOON_S) -> Request:
        channel = format_channel(asker.team, asker.channel)
        access = Access.READ if is_public else await self._rights.find(asker, patience_s=patience_s)
        return Request("help", {}, channel, format_actor(asker.user), now=self._answers.now, access=access)

    async def _open_form(
        self, asker: Asker, control: Control, action: Mapping[str, Any], body: Mapping[str, Any]
    ) -> None:
        """Open the form of a button; who may not do what it is for is told so at once."""
        try:
            command = find_command(parse_line(control.source).path)
            label = str((action.get("text") or {}).get("text") or "")
            view = make_form(control, asker.channel, label=label, hint=str(action.get("value") or ""))
        except WirewatchError:
            command, view = None, {}
        request = await self._request(asker, patience_s=SOON_S)
        if command is None or request.access < command.needs:
            await self._teller.tell(asker, await self._ask_line(asker, request, control.source), replaces=False)
            return
        try:
            await self._web.views_open(trigger_id=str(body.get("trigger_id", "")), view=view)
        except SlackApiError as error:
            if code_of(error) != "exchanged_trigger_id":  # the first try had opened it
                raise

    async def _turn(self, asker: Asker, control: Control, body: Mapping[str, Any]) -> None:
        """Show another page in place of one that only the asker sees, beside a public one; or post it for all."""
        container = body.get("container") or {}
        is_own = bool(container.get("is_ephemeral"))
        is_public = control.kind is Kind.SHARE or not (is_own or asker.is_alone)
        base = await self._request(asker, is_public=is_public)
        reply, request = await self._answers.ask_again(control.source, base)
        shown = Shown(request or base, reply, control.source, control.page, control.n_halved)
        if request is None or reply.failed:
            await self._teller.tell(asker, replace(shown, source=None, page=0, n_halved=0), replaces=False)
        elif control.kind is Kind.SHARE:
            await self._share(asker, shown, str(container.get("message_ts") or ""), is_own=is_own)
        else:
            await self._teller.tell(asker, shown, is_own=is_own, replaces=is_own)

    async def _share(self, asker: Asker, shown: Shown, ts: str, *, is_own: bool) -> None:
        """Post an answer for all, once for each message that it is posted from."""
        if not shown.is_shareable:
            await self._teller.say(asker, "This answer is for you alone.")
            return
        key = f"s{asker.channel}/{ts}"
        if not self._presses.begin(key):
            await self._teller.say(asker, _POSTED)
            return
        try:
            told = await self._teller.publish(
                replace(asker, thread=""), shown, key=key, made_at=_read_time(ts), is_doubtful=True
            )
        except BaseException:
            self._presses.forget(key)
            raise
        if is_own:
            await self._teller.take_away(asker)
        if told.is_found:
            await self._teller.say(asker, _POSTED)
            return
        await self._add_picture(asker, shown, told.ts, key=key)

    async def _export(self, asker: Asker, control: Control, name: str, body: Mapping[str, Any]) -> None:
        container = body.get("container") or {}
        key = f"x{asker.channel}/{container.get('message_ts')}/{asker.user}/{name}"
        if not self._presses.begin(key):
            return  # pressed twice: the first press brings the file
        try:
            await self._send_file(asker, control, name, container)
        except BaseException:
            self._presses.forget(key)
            raise
        asyncio.get_running_loop().call_later(_TWICE_S, self._presses.forget, key)

    async def _send_file(self, asker: Asker, control: Control, name: str, container: Mapping[str, Any]) -> None:
        is_own = bool(container.get("is_ephemeral"))
        base = await self._request(asker, is_public=not (is_own or asker.is_alone))
        reply, payload = await self._answers.export(control.source, name, base)
        if payload is None or name not in FORMATS:
            await self._teller.tell(asker, Shown(base, reply, None), replaces=False)
            return
        channel = await self._teller.find_direct(asker.user) if is_own else asker.channel
        thread = "" if is_own else asker.thread or str(container.get("message_ts") or "")
        letter = Letter(channel, "", self._answers.now, thread=thread)
        await self._upload(asker, letter, payload, FORMATS[name].file_name(reply))
        if is_own:
            await self._teller.say(asker, "The file is in your direct messages with the bot.")

    async def _add_picture(self, asker: Asker, shown: Shown, thread: str, *, key: str) -> None:
        """Put the picture of an answer under it; the answer stands without one."""
        picture = await self._answers.draw(shown.request, shown.reply)
        if picture is None:
            return
        letter = Letter(asker.channel, key, self._answers.now, thread=thread)
        try:
            await self._upload(asker, letter, picture, _PICTURE, words=describe_chart(shown.reply.data))
        except SLACK_ERRORS as error:
            await self._explain(asker, error, what="The picture is missing. ")

    async def _upload(self, asker: Asker, letter: Letter, data: bytes, name: str, *, words: str = "") -> None:
        async def tell_wait(wait_s: float | None) -> None:
            await self._teller.tell_wait(asker, wait_s)

        await self._poster.upload(letter, data, name, words=words, on_wait=tell_wait)

    async def _explain(self, asker: Asker, error: Exception, *, what: str = "") -> None:
        """Tell the asker why Slack did not do something. Raises it where the token is no use any more."""
        if isinstance(error, SlackApiError) and code_of(error) in REFUSED_TOKENS:
            raise error
        await self._teller.say(asker, what + describe(error))


def _read_time(ts: str) -> datetime:
    """Return when Slack stamped a message; long ago where that is no number."""
    try:
        return datetime.fromtimestamp(float(ts), UTC)
    except (ValueError, OverflowError, OSError):
        return datetime.fromtimestamp(0, UTC)


def _is_for_all(line: str) -> bool:
    """Return whether everybody may ask that."""
    try:
        command = find_command(parse_line(line).path)
    except WirewatchError:
        return True
    return command is not None and command.needs is Access.READ
