"""What people do on Slack: commands, presses, forms, questions and visits become Requests, Replies become messages.

Owns acknowledging within three seconds and showing answers: only to who asked, with a button that posts them to the
channel. Pictures and files go into the thread of a posted answer, else to the direct message with who asked.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

from bot.logs import Log
from bot.platforms.answers import Answers
from bot.platforms.controls import Control, Kind, decode
from bot.platforms.slack.addresses import format_actor, format_channel
from bot.platforms.slack.buttons import make_buttons, make_form
from bot.platforms.slack.manifest import EVERYTHING
from bot.render.chart import describe_chart
from bot.render.formats import FORMATS
from bot.render.slack import render_pages
from handlers.dispatch import answer_error
from handlers.lines import parse_line
from handlers.registry import find_command
from handlers.reply import Reply
from handlers.request import Access, Argument, Request
from news.errors import WirewatchError

_LONGEST_QUESTION = 1_000
_REMEMBERED = timedelta(minutes=10)
_PICTURE = "timeline.png"

Respond = Callable[..., Awaitable[Any]]
Message = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Asker:
    """Who did something, where."""

    team: str
    channel: str
    user: str


class Desk:
    """Takes what people do and shows them the answers.

    Args:
        editors: ids of people who may judge alerts, beside the admins of the workspace.
        managers: ids of people who may change watches, beside the admins of the workspace.
        home_teams: workspaces whose managers may change what all share.
    """

    def __init__(
        self,
        answers: Answers,
        web: AsyncWebClient,
        log: Log,
        *,
        editors: frozenset[str] = frozenset(),
        managers: frozenset[str] = frozenset(),
        home_teams: frozenset[str] = frozenset(),
    ) -> None:
        self._answers = answers
        self._web = web
        self._log = log
        self._editors = editors
        self._managers = managers
        self._home_teams = home_teams
        self._admins: dict[str, tuple[datetime, bool]] = {}

    async def answer_command(self, asker: Asker, command: str, text: str, respond: Respond) -> None:
        """Run a slash command and show its answer to who typed it."""
        words = text.strip()[:_LONGEST_QUESTION]
        line = words if command == EVERYTHING else f"{command} {words}".strip()
        if command == EVERYTHING and line and find_command(line.split(maxsplit=1)[0].lower()) is not None:
            line = f"/{line}"
        request, reply, source = await self._ask_line(asker, line or "/help")
        message = self._show(request, reply, source, page=0, is_shareable=not reply.failed)
        await respond(response_type="ephemeral", **message)

    async def answer_question(self, asker: Asker, text: str, *, thread: str) -> None:
        """Answer a message that calls the bot by name, in its thread, or one that was written to it alone."""
        words = " ".join(word for word in text.split() if not word.startswith("<@"))
        request, reply, source = await self._ask_line(asker, _unescape(words)[:_LONGEST_QUESTION] or "/help")
        message = self._show(request, reply, source, page=0)
        told = await self._web.chat_postMessage(
            channel=asker.channel, thread_ts=thread or None, unfurl_links=False, unfurl_media=False, **message
        )
        await self._add_picture(request, reply, asker.channel, thread or str(told["ts"]))

    async def press(self, asker: Asker, action: Mapping[str, Any], body: Mapping[str, Any], respond: Respond) -> None:
        """Do what a button or menu stands for."""
        control = decode(str(action.get("action_id", "")))
        if control is None:
            return
        if control.kind is Kind.FORM:
            view = make_form(control, *_describe_form(control), asker.channel)
            await self._web.views_open(trigger_id=str(body.get("trigger_id", "")), view=view)
        elif control.kind is Kind.RUN:
            await self._run(asker, control, {}, respond)
        elif control.kind is Kind.EXPORT:
            await self._export(
                asker, control, str((action.get("selected_option") or {}).get("value", "")), body, respond
            )
        else:
            await self._turn(asker, control, body, respond)

    async def submit(self, asker: Asker, view: Mapping[str, Any]) -> None:
        """Run the command that a form was opened for."""
        control = decode(str(view.get("callback_id", "")))
        if control is None:
            return
        asker = replace(asker, channel=str(view.get("private_metadata", "")) or asker.channel)
        fields = (view.get("state") or {}).get("values") or {}
        values = {name: str((field.get("value") or {}).get("value") or "") for name, field in fields.items()}

        async def tell(**message: Any) -> None:  # noqa: ANN401 - of Slack's form
            message = {name: value for name, value in message.items() if name in {"text", "blocks"}}
            await self._web.chat_postEphemeral(channel=asker.channel, user=asker.user, **message)

        await self._run(asker, control, values, tell)

    async def show_home(self, asker: Asker) -> None:
        """Show watches, feeds, health and help on the App Home."""
        blocks: list[Message] = []
        for path in ("watch list", "status", "feeds", "help"):
            request = await self._request(asker, path)
            if request.access < (command.needs if (command := find_command(path)) else Access.READ):
                continue
            reply, _ = await self._answers.ask(request)
            blocks.extend(render_pages(reply)[0].blocks)
            blocks.append({"type": "divider"})
        await self._web.views_publish(user_id=asker.user, view={"type": "home", "blocks": blocks[:100]})

    async def _ask_line(self, asker: Asker, line: str) -> tuple[Request, Reply, str | None]:
        request = await self._request(asker)
        try:
            typed = parse_line(line)
        except WirewatchError as error:
            return request, answer_error(error), None
        request = replace(request, command=typed.path, arguments=typed.arguments)
        reply, source = await self._answers.ask(request)
        return request, reply, source

    async def _request(self, asker: Asker, path: str = "help") -> Request:
        channel = format_channel(asker.team, asker.channel)
        access = await self._access(asker)
        return Request(path, {}, channel, format_actor(asker.user), now=self._answers.now, access=access)

    async def _access(self, asker: Asker) -> Access:
        if asker.user in self._managers or await self._is_admin(asker.user):
            return Access.OPERATE if asker.team in self._home_teams else Access.MANAGE
        return Access.EDIT if asker.user in self._editors else Access.READ

    async def _is_admin(self, user: str) -> bool:
        held = self._admins.get(user)
        now = self._answers.now
        if held is not None and now - held[0] < _REMEMBERED:
            return held[1]
        answer = await self._web.users_info(user=user)
        person: Mapping[str, Any] = answer.get("user") or {}
        is_admin = bool(person.get("is_admin") or person.get("is_owner"))
        self._admins[user] = (now, is_admin)
        return is_admin

    def _show(
        self, request: Request, reply: Reply, source: str | None, *, page: int, is_shareable: bool = False
    ) -> Message:
        pages = render_pages(reply)
        at = min(page, len(pages) - 1)
        command = find_command(request.command)
        exports = () if command is None or reply.failed or not command.exports else ("json", *command.exports)
        buttons = make_buttons(
            source, page=at, n_pages=len(pages), actions=reply.actions, exports=exports, is_shareable=is_shareable
        )
        return {"text": pages[at].text, "blocks": [*pages[at].blocks, *buttons]}

    async def _run(self, asker: Asker, control: Control, more: Mapping[str, Argument], respond: Respond) -> None:
        request = await self._request(asker)
        try:
            typed = parse_line(control.source)
        except WirewatchError as error:
            reply, source = answer_error(error), None
        else:
            request = replace(request, command=typed.path, arguments={**typed.arguments, **more})
            reply, source = await self._answers.ask(request)
        message = self._show(
            request, reply, source, page=0, is_shareable=not reply.failed and bool(reply.data.get("entries"))
        )
        await respond(response_type="ephemeral", replace_original=False, **message)

    async def _turn(self, asker: Asker, control: Control, body: Mapping[str, Any], respond: Respond) -> None:
        """Show another page in place of one that only the asker sees, beside a public one; or post it for all."""
        is_own = bool((body.get("container") or {}).get("is_ephemeral"))
        base = await self._request(asker)
        reply, request = await self._answers.ask_again(control.source, base)
        if request is None or reply.failed:
            await respond(response_type="ephemeral", replace_original=False, **self._show(base, reply, None, page=0))
        elif control.kind is Kind.SHARE:
            message = self._show(request, reply, control.source, page=0)
            told = await self._web.chat_postMessage(
                channel=asker.channel, unfurl_links=False, unfurl_media=False, **message
            )
            await self._add_picture(request, reply, asker.channel, str(told["ts"]))
            await respond(delete_original=True) if is_own else None
        else:
            message = self._show(request, reply, control.source, page=control.page, is_shareable=is_own)
            await respond(response_type="ephemeral", replace_original=is_own, **message)

    async def _export(
        self, asker: Asker, control: Control, name: str, body: Mapping[str, Any], respond: Respond
    ) -> None:
        base = await self._request(asker)
        reply, payload = await self._answers.export(control.source, name, base)
        if payload is None or name not in FORMATS:
            await respond(response_type="ephemeral", replace_original=False, **self._show(base, reply, None, page=0))
            return
        container = body.get("container") or {}
        is_own = bool(container.get("is_ephemeral"))
        channel = await self._direct_channel(asker.user) if is_own else asker.channel
        thread = None if is_own else str(container.get("message_ts") or "") or None
        await self._web.files_upload_v2(
            channel=channel, thread_ts=thread, content=payload, filename=FORMATS[name].file_name(reply)
        )
        if is_own:
            text = "The file is in your direct messages with the bot."
            await respond(response_type="ephemeral", replace_original=False, text=text)

    async def _add_picture(self, request: Request, reply: Reply, channel: str, thread: str) -> None:
        picture = await self._answers.draw(request, reply)
        if picture is not None:
            await self._web.files_upload_v2(
                channel=channel,
                thread_ts=thread,
                content=picture,
                filename=_PICTURE,
                alt_txt=describe_chart(reply.data),
            )

    async def _direct_channel(self, user: str) -> str:
        answer = await self._web.conversations_open(users=user)
        channel: Mapping[str, Any] = answer["channel"]
        return str(channel["id"])


def _describe_form(control: Control) -> tuple[str, str]:
    path = parse_line(control.source).path
    command = find_command(path)
    parameters = () if command is None else command.parameters
    return f"/{path}", next((item.help for item in parameters if item.name == control.asks), "")


def _unescape(text: str) -> str:
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
