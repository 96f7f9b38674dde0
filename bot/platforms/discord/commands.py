"""Application commands, generated from the one table of commands.

Owns how a command of ``handlers.registry`` is written for Discord. Must never know what a command does: each only hands
its values to ``Answers``.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Coroutine, Iterable
from typing import Any, Protocol

import discord
from discord import app_commands

from handlers.registry import COMMANDS, Command, Completion, Parameter, ParameterKind
from handlers.request import Access, Argument
from handlers.suggestions import Suggestion

LONGEST_DESCRIPTION = 100
"""Most characters of a description (Discord's documentation, "Application Command Structure")."""

_LONGEST_CHOICE = 100
_MOST_CHOICES = 25
_LONGEST_VALUE = 1_000
_LARGEST_NUMBER = 10_000_000
_RESERVED = "_option"

_PERMISSIONS = {
    Access.EDIT: discord.Permissions(manage_messages=True),
    Access.MANAGE: discord.Permissions(manage_guild=True),
    Access.OPERATE: discord.Permissions(administrator=True),
}

_KINDS: dict[ParameterKind, object] = {
    ParameterKind.NUMBER: app_commands.Range[int, 1, _LARGEST_NUMBER],
    ParameterKind.CHANNEL: discord.TextChannel | discord.ForumChannel | discord.Thread,
    ParameterKind.PING: discord.Role,
    ParameterKind.FILE: discord.Attachment,
}

Autocomplete = Callable[[discord.Interaction, str], Coroutine[Any, Any, list[app_commands.Choice[str]]]]


class Desk(Protocol):
    """Who answers: see ``answers.Answers``."""

    async def answer_command(
        self, interaction: discord.Interaction, path: str, values: dict[str, Argument | discord.Attachment]
    ) -> None:
        """Run a command and show its answer."""

    async def suggest(self, interaction: discord.Interaction, source: Completion, typed: str) -> Iterable[Suggestion]:
        """Return what fits what was typed so far."""


def make_commands(desk: Desk) -> list[app_commands.Command[Any, ..., None] | app_commands.Group]:
    """Return all commands of the table, in its order."""
    return [_make_group(command, desk) if command.subcommands else _make_top(command, desk) for command in COMMANDS]


def _make_top(command: Command, desk: Desk) -> app_commands.Command[Any, ..., None]:
    made = _make_command(command.name, command, desk)
    made.default_permissions = _PERMISSIONS.get(command.needs)
    made.allowed_contexts = _contexts(command)
    return made


def _make_group(command: Command, desk: Desk) -> app_commands.Group:
    group = app_commands.Group(
        name=command.name,
        description=_describe(command.summary),
        default_permissions=_PERMISSIONS.get(command.needs),
        allowed_contexts=_contexts(command),
    )
    for sub in command.subcommands:
        group.add_command(_make_command(f"{command.name} {sub.name}", sub, desk))
    return group


def _contexts(command: Command) -> app_commands.AppCommandContext:
    """Everybody may ask in a direct message; what changes something belongs to a server."""
    return app_commands.AppCommandContext(guild=True, dm_channel=command.needs is Access.READ, private_channel=False)


def _make_command(path: str, command: Command, desk: Desk) -> app_commands.Command[Any, ..., None]:
    async def run(interaction: discord.Interaction, **values: Any) -> None:  # noqa: ANN401 - as discord.py converts them
        arguments = {name.removesuffix(_RESERVED): _plain(value) for name, value in values.items()}
        await desk.answer_command(interaction, path, arguments)

    # discord.py reads a command's options from the signature and these attributes, as its decorators leave them.
    run.__signature__ = _signature(command)  # type: ignore[attr-defined]  # functions take any attribute
    app_commands.describe(**{_name(item): _describe(item.help) for item in command.parameters})(run)
    app_commands.rename(**{_name(item): item.name for item in command.parameters})(run)
    chosen = {_name(item): _choices(item.choices) for item in command.parameters if item.choices}
    if chosen:
        app_commands.choices(**chosen)(run)
    offers = {_name(item): _offer(item.completes, desk) for item in command.parameters if _is_offered(item)}
    if offers:
        app_commands.autocomplete(**offers)(run)
    return app_commands.Command(name=command.name, description=_describe(command.summary), callback=run)


def _signature(command: Command) -> inspect.Signature:
    kind = inspect.Parameter.POSITIONAL_OR_KEYWORD
    parameters = [inspect.Parameter("interaction", kind, annotation=discord.Interaction)]
    parameters.extend(
        inspect.Parameter(
            _name(item), kind, annotation=_annotation(item), default=inspect.Parameter.empty if item.required else None
        )
        for item in sorted(command.parameters, key=lambda item: not item.required)
    )
    return inspect.Signature(parameters)


def _annotation(item: Parameter) -> object:
    base = _KINDS.get(item.kind, app_commands.Range[str, 1, _LONGEST_VALUE])
    return base if item.required else base | None  # type: ignore[operator]  # types and their ranges take "|"


def _name(item: Parameter) -> str:
    """Return a name that Python takes for a parameter: ``from`` is a word of its own."""
    return item.name + _RESERVED


def _describe(text: str) -> str:
    return text if len(text) <= LONGEST_DESCRIPTION else text[: LONGEST_DESCRIPTION - 1].rstrip() + "…"


def _choices(values: Iterable[str]) -> list[app_commands.Choice[str]]:
    return [app_commands.Choice(name=value[:_LONGEST_CHOICE], value=value) for value in values][:_MOST_CHOICES]


def _is_offered(item: Parameter) -> bool:
    return item.completes is not Completion.NOTHING


def _offer(source: Completion, desk: Desk) -> Autocomplete:
    async def offer(interaction: discord.Interaction, current: str) -> list[app_commands.Choice[str]]:
        found = await desk.suggest(interaction, source, current)
        fitting = (each for each in found if 0 < len(each.value) <= _LONGEST_CHOICE)
        return [app_commands.Choice(name=each.label, value=each.value) for each in fitting][:_MOST_CHOICES]

    return offer


def _plain(value: object) -> Argument | discord.Attachment:
    if isinstance(value, discord.Attachment):
        return value
    if isinstance(value, discord.abc.Snowflake) and not isinstance(value, int | str):
        return str(value.id)
    return value if isinstance(value, int) or value is None else str(value)
