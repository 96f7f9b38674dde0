"""What people do on Slack: commands, presses, forms, questions and visits become Requests, Replies become messages.

Owns acknowledging within three seconds and showing answers: only to who asked, with a button that posts them to the
channel. Pictures and files go into the thread of a posted answer, else to the direct message with who asked.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.platforms.answers import Answers
from bot.platforms.controls import Control, Kind, decode
from bot.platforms.slack.addresses import format_actor, format_channel
from bot.platforms.slack.buttons import make_buttons, make_form
from bot.platforms.slack.fitting import send_fitting
from bot.platforms.slack.manifest import EVERYTHING
from bot.platforms.slack.manners import PLAIN, QUIET, UNFOLDED, name_people
from bot.platforms.slack.people import People
from bot.platforms.slack.refusals import REFUSED_TOKENS, code_of, describe
from bot.platforms.slack.typed import read_typed
from bot.render.chart import describe_chart
from bot.render.formats import FORMATS
from bot.render.slack import LIMITS, Limits, render_pages
from handlers.dispatch import answer_error
from handlers.lines import parse_line
from handlers.registry import find_command
from handlers.reply import Reply
from handlers.request import Access, Argument, Request
from news.errors import WirewatchError

_LONGEST_QUESTION = 1_000
_MOST_SHORTENED = 500
_MOST_HOME_BLOCKS = 100
_PICTURE = "timeline.png"
_TOO_LONG = "Slack could not show this answer. Export it as a file, or ask for less."

Respond = Callable[..., Awaitable[Any]]
Send = Callable[[dict[str, Any]], Awaitable[Any]]
Message = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Asker:
    """Who did something, where."""

    team: str
    channel: str
    user: str

    @property
    def is_alone(self) -> bool:
        """Whether nobody else reads there: a direct message."""
        return self.channel.startswith("D")


@dataclass(frozen=True, slots=True)
class Shown:
    """An answer as it is to be shown: which page, and what its controls carry (None leaves them out)."""

    request: Request
    reply: Reply
    source: str | None
    page: int = 0

    @property
    def is_shareable(self) -> bool:
        """Whether everybody could have asked for it: what needs rights, or failed, is for the asker alone."""
        command = find_command(self.request.command)
        is_open = command is not None and command.needs is Access.READ
        return is_open and not self.reply.failed and not self.reply.is_private


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
        people: People,
        *,
        editors: frozenset[str] = frozenset(),
        managers: frozenset[str] = frozenset(),
        home_teams: frozenset[str] = frozenset(),
    ) -> None:
        self._answers = answers
        self._web = web
        self._people = people
        self._editors = editors
        self._managers = managers
        self._home_teams = home_teams
        self._shortened: OrderedDict[str, Limits] = OrderedDict()

    async def answer_command(self, asker: Asker, command: str, text: str, respond: Respond) -> None:
        """Run a slash command and show its answer to who typed it."""
        words = read_typed(text)[:_LONGEST_QUESTION]
        line = words if command == EVERYTHING else f"{command} {words}".strip()
        if command == EVERYTHING and line and find_command(line.split(maxsplit=1)[0].lower()) is not None:
            line = f"/{line}"
        await self._respond(respond, await self._ask_line(asker, line or "/help"), is_own=True)

    async def answer_question(self, asker: Asker, text: str, *, thread: str) -> None:
        """Answer a message that calls the bot by name, in its thread, or one that was written to it alone.

        What failed and what is private is seen by the asker alone.
        """
        shown = await self._ask_line(asker, read_typed(text)[:_LONGEST_QUESTION] or "/help")
        if not asker.is_alone and not shown.is_shareable:
            await self._whisper(asker, shown)
            return
        told = await self._publish(asker, shown, thread=thread)
        await self._add_picture(shown, asker.channel, thread or told)

    async def press(self, asker: Asker, action: Mapping[str, Any], body: Mapping[str, Any], respond: Respond) -> None:
        """Do what a button or menu stands for; where Slack forbids it, who pressed is told why."""
        control = decode(str(action.get("action_id", "")))
        if control is None:
            return
        try:
            if control.kind is Kind.FORM:
                view = make_form(control, *_describe_form(control), asker.channel)
                await self._web.views_open(trigger_id=str(body.get("trigger_id", "")), view=view)
            elif control.kind is Kind.RUN:
                await self._respond(respond, await self._run(asker, control, {}), replace_original=False)
            elif control.kind is Kind.EXPORT:
                name = str((action.get("selected_option") or {}).get("value", ""))
                await self._export(asker, control, name, body, respond)
            else:
                await self._turn(asker, control, body, respond)
        except SlackApiError as error:
            await respond(response_type="ephemeral", replace_original=False, text=describe(error))
            if code_of(error) in REFUSED_TOKENS:
                raise

    async def submit(self, asker: Asker, view: Mapping[str, Any]) -> None:
        """Run the command that a form was opened for."""
        control = decode(str(view.get("callback_id", "")))
        if control is None:
            return
        asker = replace(asker, channel=str(view.get("private_metadata", "")) or asker.channel)
        fields = (view.get("state") or {}).get("values") or {}
        values = {name: str((field.get("value") or {}).get("value") or "") for name, field in fields.items()}
        await self._whisper(asker, await self._run(asker, control, values))

    async def show_home(self, asker: Asker) -> None:
        """Show watches, feeds, health and help on the App Home."""
        blocks: list[Message] = []
        access = await self._access(asker)
        for path in ("watch list" if access >= Access.MANAGE else "watches", "status", "feeds", "help"):
            reply, _ = await self._answers.ask(await self._request(asker, path))
            blocks.extend(render_pages(reply)[0].blocks)
            blocks.append({"type": "divider"})
        await self._web.views_publish(user_id=asker.user, view={"type": "home", "blocks": blocks[:_MOST_HOME_BLOCKS]})

    async def _ask_line(self, asker: Asker, line: str) -> Shown:
        return await self._ask(await self._request(asker), line, {})

    async def _run(self, asker: Asker, control: Control, more: Mapping[str, Argument]) -> Shown:
        return await self._ask(await self._request(asker), control.source, more)

    async def _ask(self, request: Request, line: str, more: Mapping[str, Argument]) -> Shown:
        try:
            typed = parse_line(line)
        except WirewatchError as error:
            return Shown(request, answer_error(error), None)
        request = replace(request, command=typed.path, arguments={**typed.arguments, **more})
        reply, source = await self._answers.ask(request)
        return Shown(request, reply, source)

    async def _request(self, asker: Asker, path: str = "help") -> Request:
        channel = format_channel(asker.team, asker.channel)
        access = await self._access(asker)
        return Request(path, {}, channel, format_actor(asker.user), now=self._answers.now, access=access)

    async def _access(self, asker: Asker) -> Access:
        if asker.user in self._managers or await self._people.is_admin(asker.user):
            return Access.OPERATE if asker.team in self._home_teams else Access.MANAGE
        return Access.EDIT if asker.user in self._editors else Access.READ

    def _show(self, shown: Shown, limits: Limits, *, is_own: bool) -> Message:
        """Return text and blocks of a page; ``is_own`` where only the asker sees it, who may then post it for all."""
        pages = render_pages(shown.reply, limits=limits)
        at = min(shown.page, len(pages) - 1)
        command = find_command(shown.request.command)
        exports = () if command is None or shown.reply.failed or not command.exports else ("json", *command.exports)
        buttons = make_buttons(
            shown.source,
            page=at,
            n_pages=len(pages),
            actions=shown.reply.actions,
            exports=exports,
            is_shareable=is_own and shown.is_shareable,
        )
        return {"text": pages[at].text, "blocks": [*pages[at].blocks, *buttons]}

    async def _send(self, send: Send, shown: Shown, *, is_own: bool, is_new: bool = False) -> Any:  # noqa: ANN401 - slack_sdk's
        """Send a page; all pages of an answer have the size that Slack took."""

        async def show(limits: Limits) -> Message:
            message = self._show(shown, limits, is_own=is_own)
            if is_new:
                message["blocks"] = await name_people(message["blocks"], self._people.name_of)
            return message

        limits = self._shortened.get(shown.source or "", LIMITS)
        told, fitted = await send_fitting(send, show, {"text": _TOO_LONG}, limits=limits)
        if fitted is not limits and shown.source is not None:
            self._shortened[shown.source] = fitted
            while len(self._shortened) > _MOST_SHORTENED:
                self._shortened.popitem(last=False)
        return told

    async def _respond(self, respond: Respond, shown: Shown, *, is_own: bool = True, **more: Any) -> None:  # noqa: ANN401 - of Slack's form
        async def send(message: Message) -> Any:  # noqa: ANN401 - slack_sdk's answer
            return await respond(response_type="ephemeral", **UNFOLDED, **more, **message)

        await self._send(send, shown, is_own=is_own)

    async def _publish(self, asker: Asker, shown: Shown, *, thread: str = "") -> str:
        """Post an answer for all and return its time stamp."""

        async def send(message: Message) -> Any:  # noqa: ANN401 - slack_sdk's answer
            return await self._web.chat_postMessage(channel=asker.channel, thread_ts=thread or None, **QUIET, **message)

        return str((await self._send(send, shown, is_own=False, is_new=True))["ts"])

    async def _whisper(self, asker: Asker, shown: Shown) -> None:
        """Show an answer to the asker alone where there is no ``response_url``: in the channel, else directly."""

        async def send(message: Message) -> Any:  # noqa: ANN401 - slack_sdk's answer
            return await self._web.chat_postEphemeral(channel=asker.channel, user=asker.user, **PLAIN, **message)

        try:
            await self._send(send, shown, is_own=True)
        except SlackApiError:  # the bot is not in that channel
            await self._publish(replace(asker, channel=await self._direct_channel(asker.user)), shown)

    async def _turn(self, asker: Asker, control: Control, body: Mapping[str, Any], respond: Respond) -> None:
        """Show another page in place of one that only the asker sees, beside a public one; or post it for all."""
        is_own = bool((body.get("container") or {}).get("is_ephemeral"))
        base = await self._request(asker)
        reply, request = await self._answers.ask_again(control.source, base)
        shown = Shown(request or base, reply, control.source, control.page)
        if request is None or reply.failed:
            await self._respond(respond, replace(shown, source=None, page=0), replace_original=False)
        elif control.kind is Kind.SHARE and shown.is_shareable:
            told = await self._publish(asker, shown)
            if is_own:
                await respond(delete_original=True)
            await self._add_picture(shown, asker.channel, told)
        elif control.kind is Kind.PAGE:
            await self._respond(respond, shown, is_own=is_own, replace_original=is_own)

    async def _export(
        self, asker: Asker, control: Control, name: str, body: Mapping[str, Any], respond: Respond
    ) -> None:
        base = await self._request(asker)
        reply, payload = await self._answers.export(control.source, name, base)
        if payload is None or name not in FORMATS:
            await self._respond(respond, Shown(base, reply, None), replace_original=False)
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

    async def _add_picture(self, shown: Shown, channel: str, thread: str) -> None:
        picture = await self._answers.draw(shown.request, shown.reply)
        if picture is not None:
            await self._web.files_upload_v2(
                channel=channel,
                thread_ts=thread,
                content=picture,
                filename=_PICTURE,
                alt_txt=describe_chart(shown.reply.data),
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
