"""``/help``: all commands from the table, or one in full."""

from __future__ import annotations

from handlers.arguments import find_text
from handlers.messages import notice
from handlers.ports import Ports
from handlers.records import Record
from handlers.registry import COMMANDS, Command, Parameter, describe_usage, find_command
from handlers.reply import Block, Listing, Paragraph, Reply, Span, Strong, Text, Typed
from handlers.request import Request
from news.errors import QueryError


def show_help(request: Request, _ports: Ports) -> Reply:
    """Return the table of commands, or one command with its parameters. Raises QueryError for an unknown name."""
    path = (find_text(request, "command") or "").strip("/").lower()
    if not path:
        return _show_all()
    command = find_command(path)
    if command is None:
        raise QueryError(f"There is no command “{path[:40]}”. /help shows all commands.")
    return _show_one(path, command)


def _show_all() -> Reply:
    items = Listing(tuple(_item(command.name, command) for command in COMMANDS))
    hint = notice("/help <command> shows one in full. What is no command is a question, as with /ask.")
    data = {"commands": [command_record(command.name, command) for command in COMMANDS]}
    return Reply("Commands", (items, hint), data)


def _item(path: str, command: Command) -> tuple[Span, ...]:
    return (Typed(describe_usage(path, command), is_strong=True), Text(f" — {command.summary}"))


def _show_one(path: str, command: Command) -> Reply:
    blocks: list[Block] = [Paragraph((Text(command.summary),))]
    parameters = tuple(
        (Strong(parameter.flag if parameter.is_option else parameter.name), Text(f": {_help_of(parameter)}"))
        for parameter in command.parameters
    )
    if parameters:
        blocks.append(Listing(parameters))
    if any(parameter.is_option for parameter in command.parameters):
        blocks.append(notice("Options may stand before or behind the other words."))
    if command.subcommands:
        blocks.append(Listing(tuple(_item(f"{path} {sub.name}", sub) for sub in command.subcommands)))
    if command.example:
        blocks.append(Paragraph((Text("For example: "), Typed(command.example, is_strong=True))))
    return Reply(describe_usage(path, command), tuple(blocks), command_record(path, command))


def _help_of(parameter: Parameter) -> str:
    return f"{parameter.help} ({', '.join(parameter.choices)})" if parameter.choices else parameter.help


def command_record(path: str, command: Command) -> Record:
    """Return a command with its parameters and subcommands."""
    return {
        "command": path,
        "usage": describe_usage(path, command),
        "summary": command.summary,
        "parameters": [
            {
                "name": parameter.name,
                "kind": parameter.kind.value,
                "required": parameter.required,
                "help": parameter.help,
            }
            for parameter in command.parameters
        ],
        "subcommands": [command_record(f"{path} {sub.name}", sub) for sub in command.subcommands],
    }
