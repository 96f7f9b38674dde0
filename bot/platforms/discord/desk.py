"""What people do on Discord: commands, presses, forms and questions become Requests, Replies become messages.

Owns the time limits of interactions: what takes longer than a moment is acknowledged first and shown when it is there.
Answers to a command are for all to see, answers to a press only for who pressed. Source: Discord's documentation,
"Receiving and Responding": first response within 3 s, edits within 15 min.
"""

from __future__ import annotations

import asyncio
import io
from collections.abc import Coroutine, Iterable, Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

import discord

from bot.incidents import report_incident
from bot.logs import Log
from bot.platforms.answers import Answers
from bot.platforms.controls import Control, Kind, decode
from bot.platforms.discord.addresses import format_actor, format_channel
from bot.platforms.discord.attachments import read_text
from bot.platforms.discord.buttons import Buttons, make_buttons, make_form
from bot.render.chart import describe_chart
from bot.render.discord import render_pages
from bot.render.formats import FORMATS
from handlers.dispatch import answer_error
from handlers.lines import parse_line
from handlers.messages import failure
from handlers.registry import Completion, ParameterKind, find_command
from handlers.reply import Reply
from handlers.request import Access, Argument, Request
from handlers.suggestions import Suggestion
from news.errors import WirewatchError

AT_ONCE_S = 1.5
"""An answer that takes longer is acknowledged first; Discord waits three seconds."""

PICTURE = "timeline.png"

_LONGEST_QUESTION = 1_000
_FOR_ONE = "The answer is for who asked."


class Desk:
    """Takes what people do and shows them the answers.

    Args:
        home_guilds: servers whose managers may change what all servers share.
        keep_days: pages and files of an answer can be asked for so long.
    """

    def __init__(self, answers: Answers, log: Log, *, home_guilds: Iterable[int] = (), keep_days: int = 14) -> None:
        self._answers = answers
        self._log = log
        self._home_guilds = frozenset(home_guilds)
        self._keep = timedelta(days=keep_days)

    async def answer_command(
        self, interaction: discord.Interaction, path: str, values: Mapping[str, Argument | discord.Attachment]
    ) -> None:
        """Run a command and show its answer; the text of an attached file is its value."""
        files = {name: value for name, value in values.items() if isinstance(value, discord.Attachment)}
        plain = {name: value for name, value in values.items() if not isinstance(value, discord.Attachment)}
        request = self._request(interaction, path, plain)
        work = self._ask_with_files(request, files) if files else self._answers.ask(request)
        await self._answer(interaction, work, request, is_private=False)

    async def _ask_with_files(
        self, request: Request, files: Mapping[str, discord.Attachment]
    ) -> tuple[Reply, str | None]:
        try:
            texts = {name: await read_text(file) for name, file in files.items()}
        except WirewatchError as error:
            return answer_error(error), None
        return await self._answers.ask(replace(request, arguments={**request.arguments, **texts}))

    async def suggest(self, interaction: discord.Interaction, source: Completion, typed: str) -> Iterable[Suggestion]:
        """Return what fits what was typed so far."""
        access = access_of(interaction, self._home_guilds)
        return await self._answers.suggest(source, typed, channel=_channel_of(interaction), access=access)

    async def press(self, interaction: discord.Interaction) -> None:
        """Do what a button or menu stands for."""
        data: Mapping[str, Any] = interaction.data or {}
        control = decode(str(data.get("custom_id", "")))
        if control is None:
            await _tell(interaction, failure("This button is of another version and means nothing any more."))
            return
        if control.kind in {Kind.PAGE, Kind.EXPORT} and self._is_expired(interaction, control):
            await self._let_expire(interaction, control)
        elif control.kind is Kind.PAGE:
            await self._turn(interaction, control)
        elif control.kind is Kind.EXPORT:
            await self._export(interaction, control, str((data.get("values") or [""])[0]))
        elif control.kind is Kind.FORM:
            await _open_form(interaction, control)
        else:
            await self._run(interaction, control, {})

    async def submit(self, interaction: discord.Interaction) -> None:
        """Run the command that a form was opened for."""
        data: Mapping[str, Any] = interaction.data or {}
        control = decode(str(data.get("custom_id", "")))
        if control is not None:
            await self._run(interaction, control, _form_values(data))

    async def tell_failed(self, interaction: discord.Interaction, error: Exception) -> None:
        """Say to who waits that the answer could not be shown, with the number under which the log has it."""
        if isinstance(error, discord.NotFound):  # the interaction has run out: nobody can be told any more
            self._log.warning("an answer came too late", error=error.text[:200])
            return
        name = interaction.command.qualified_name if interaction.command is not None else "this button"
        reply = report_incident(error, self._log, command=name)
        embed = discord.Embed.from_dict(render_pages(reply)[0].embed)
        if interaction.response.is_done():
            await interaction.followup.send(embed=embed, ephemeral=True)
        else:
            await interaction.response.send_message(embed=embed, ephemeral=True)

    async def answer_message(self, message: discord.Message, me: discord.ClientUser) -> None:
        """Answer a message that calls the bot with a question or a command."""
        words = message.content.replace(f"<@{me.id}>", " ").replace(f"<@!{me.id}>", " ").strip()
        guild_id = message.guild.id if message.guild else None
        channel = format_channel(guild_id, message.channel.id, message.author.id)
        access = Access.READ  # what changes something is done by commands and buttons, whose rights Discord tells
        base = Request("help", {}, channel, format_actor(message.author.id), now=self._answers.now, access=access)
        try:
            typed = parse_line(words[:_LONGEST_QUESTION] or "/help")
        except WirewatchError as error:
            reply, source = answer_error(error), None
        else:
            base = replace(base, command=typed.path, arguments=typed.arguments)
            async with message.channel.typing():
                reply, source = await self._answers.ask(base)
        shown = await self._show(base, reply, source, page=0)
        await message.reply(**shown, mention_author=False)

    def _request(
        self, interaction: discord.Interaction, path: str = "help", values: Mapping[str, Argument] | None = None
    ) -> Request:
        return Request(
            path,
            dict(values or {}),
            _channel_of(interaction),
            format_actor(interaction.user.id),
            now=self._answers.now,
            access=access_of(interaction, self._home_guilds),
        )

    async def _answer(
        self,
        interaction: discord.Interaction,
        work: Coroutine[Any, Any, tuple[Reply, str | None]],
        request: Request,
        *,
        is_private: bool,
    ) -> None:
        task = asyncio.ensure_future(self._ask_and_show(work, request))
        await asyncio.wait({task}, timeout=AT_ONCE_S)
        try:
            if not task.done():
                await interaction.response.defer(thinking=True, ephemeral=is_private)
            reply, shown = await task
        finally:
            task.cancel()  # nobody waits for an answer whose acknowledgement failed
        if not interaction.response.is_done():
            await interaction.response.send_message(**shown, ephemeral=is_private or reply.is_private)
        elif reply.is_private and not is_private:
            # The first followup would complete what was acknowledged, for all to see: something else does, and goes.
            await interaction.edit_original_response(content=_FOR_ONE)
            await interaction.followup.send(**shown, ephemeral=True)
            await interaction.delete_original_response()
        else:
            await interaction.followup.send(**shown)

    async def _ask_and_show(
        self, work: Coroutine[Any, Any, tuple[Reply, str | None]], request: Request
    ) -> tuple[Reply, dict[str, Any]]:
        reply, source = await work
        return reply, await self._show(request, reply, source, page=0)

    async def _show(self, request: Request, reply: Reply, source: str | None, *, page: int) -> dict[str, Any]:
        """Return the arguments of a message: embed, buttons, and on the first page the picture."""
        pages = await self._answers.run(lambda: render_pages(reply))
        at = min(page, len(pages) - 1)
        embed = discord.Embed.from_dict(pages[at].embed)
        shown: dict[str, Any] = {"embed": embed}
        picture = await self._answers.draw(request, reply) if at == 0 else None
        if picture is not None:
            embed.set_image(url=f"attachment://{PICTURE}")
            shown["file"] = discord.File(io.BytesIO(picture), PICTURE, description=describe_chart(reply.data))
        view = self._buttons(request, reply, source, at, len(pages))
        if view is not None:
            shown["view"] = view
        return shown

    def _buttons(self, request: Request, reply: Reply, source: str | None, at: int, n_pages: int) -> Buttons | None:
        command = find_command(request.command)
        exports = () if command is None or reply.failed or not command.exports else ("json", *command.exports)
        return make_buttons(source, page=at, n_pages=n_pages, actions=reply.actions, exports=exports)

    async def _turn(self, interaction: discord.Interaction, control: Control) -> None:
        """Show another page: to who asked in place, to others beside it."""
        is_own = _is_asker(interaction)
        await interaction.response.defer(thinking=not is_own, ephemeral=True)
        asker = self._request(interaction)
        reply, request = await self._answers.ask_again(control.source, asker)
        if request is None or reply.failed:
            await interaction.followup.send(**await self._show(asker, reply, None, page=0), ephemeral=True)
            return
        shown = await self._show(request, reply, control.source, page=control.page)
        if not is_own:
            await interaction.followup.send(**shown, ephemeral=True)
            return
        file = shown.pop("file", None)
        await interaction.edit_original_response(**{"view": None} | shown, attachments=[] if file is None else [file])

    async def _export(self, interaction: discord.Interaction, control: Control, name: str) -> None:
        await interaction.response.defer(thinking=True, ephemeral=True)
        asker = self._request(interaction)
        made = FORMATS.get(name)
        if made is None:
            await interaction.followup.send(
                **await self._show(asker, failure("There is no such format."), None, page=0)
            )
            return
        reply, body = await self._answers.export(control.source, name, asker)
        if body is not None and len(body) > interaction.filesize_limit:
            size = f"{len(body) / 1_000_000:.0f} MB"
            reply = failure(
                f"The file has {size}, more than Discord takes here.", "Ask for fewer years or fewer dates."
            )
            body = None
        if body is None:
            await interaction.followup.send(**await self._show(asker, reply, None, page=0), ephemeral=True)
            return
        file = discord.File(io.BytesIO(body), made.file_name(reply))
        await interaction.followup.send(file=file, ephemeral=True)

    async def _run(self, interaction: discord.Interaction, control: Control, more: Mapping[str, Argument]) -> None:
        request = self._request(interaction)
        try:
            typed = parse_line(control.source)
        except WirewatchError as error:
            await _tell(interaction, answer_error(error))
            return
        request = replace(request, command=typed.path, arguments={**typed.arguments, **more})
        await self._answer(interaction, self._answers.ask(request), request, is_private=True)

    def _is_expired(self, interaction: discord.Interaction, control: Control) -> bool:
        """Return whether the answer is too old to be turned; an alert stays what it was."""
        message = interaction.message
        is_old = message is not None and self._answers.now - message.created_at > self._keep
        return is_old and not control.source.startswith("/alert ")

    async def _let_expire(self, interaction: discord.Interaction, control: Control) -> None:
        """Take the buttons of an old answer away, and say to who pressed what to type instead."""
        await interaction.response.edit_message(view=None)
        line = "" if control.source.startswith("#") else f": {control.source}"
        hint = f"The record has moved on. Ask again{line}"
        shown = discord.Embed.from_dict(render_pages(failure("These buttons have expired.", hint))[0].embed)
        await interaction.followup.send(embed=shown, ephemeral=True)


def access_of(interaction: discord.Interaction, home_guilds: frozenset[int]) -> Access:
    """Return what somebody may do where they are: who may manage messages edits, who may manage the server manages.

    In a direct message everybody only asks.
    """
    if interaction.guild_id is None:
        return Access.READ
    held = interaction.permissions
    if held.administrator or held.manage_guild:
        return Access.OPERATE if interaction.guild_id in home_guilds else Access.MANAGE
    return Access.EDIT if held.manage_messages else Access.READ


def _channel_of(interaction: discord.Interaction) -> str:
    return format_channel(interaction.guild_id, interaction.channel_id or 0, interaction.user.id)


def _is_asker(interaction: discord.Interaction) -> bool:
    """Return whether who pressed asked for the message; one that only they see is theirs."""
    message = interaction.message
    if message is None or message.flags.ephemeral:
        return True
    asked = message.interaction_metadata
    return asked is not None and asked.user.id == interaction.user.id


async def _open_form(interaction: discord.Interaction, control: Control) -> None:
    """Show the form of a control; a command that is not there any more is told in words."""
    try:
        form = _form_of(control)
    except WirewatchError as error:
        await _tell(interaction, answer_error(error))
    else:
        await interaction.response.send_modal(form)


def _form_of(control: Control) -> discord.ui.Modal:
    path = parse_line(control.source).path
    command = find_command(path)
    parameters = () if command is None else command.parameters
    asked = next((item for item in parameters if item.name == control.asks), None)
    hint = "" if asked is None else asked.help
    is_long = asked is not None and asked.kind is ParameterKind.FILE
    return make_form(control, f"/{path}", hint, is_long=is_long)


def _form_values(data: Mapping[str, Any]) -> dict[str, Argument]:
    fields = [field for row in data.get("components", ()) for field in row.get("components", ())]
    return {str(field["custom_id"]): str(field.get("value", "")) for field in fields if "custom_id" in field}


async def _tell(interaction: discord.Interaction, reply: Reply) -> None:
    embed = discord.Embed.from_dict(render_pages(reply)[0].embed)
    await interaction.response.send_message(embed=embed, ephemeral=True)
