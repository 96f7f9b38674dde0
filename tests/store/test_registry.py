"""The one table of commands: unique names, handlers that exist, and nothing that drifts away from it."""

from __future__ import annotations

import argparse
import inspect

import pytest

from bot.cli import build_parser, list_words
from bot.platforms.completion import complete_line
from bot.programs.table import PROGRAMS
from handlers.dispatch import load_handler
from handlers.lines import parse_line
from handlers.registry import (
    COMMANDS,
    Command,
    ParameterKind,
    describe_usage,
    find_command,
    get_command,
    list_aliases,
    list_paths,
)
from handlers.values import check_arguments
from news.errors import QueryError
from tests.store.handlers_world import World

ASKED = {"timeline", "ask", "brief", "story", "why", "feeds", "watch", "status", "help"}
ADDED = {"compare", "forget", "alert", "feed", "watches", "mark", "audit"}
ASKED_OF = {
    "feed": {"add", "remove", "pause", "resume", "preview"},
    "watch": {"add", "list", "edit", "test", "export", "import", "mute", "remove", "pause", "resume"},
    "mark": {"known", "irrelevant", "same", "apart", "undo"},
}


def all_commands() -> list[tuple[str, Command]]:
    return [(path, get_command(path)) for path in list_paths()]


def test_names_are_unique() -> None:
    """Two commands of one name would shadow each other on every platform."""
    paths = list_paths()
    assert len(set(paths)) == len(paths)
    assert len(set(list_words())) == len(list_words()), "a program must not carry the name of a command"
    for path, command in all_commands():
        names = [parameter.name for parameter in command.parameters]
        assert len(set(names)) == len(names), path


def test_the_table_has_what_was_promised() -> None:
    assert {command.name for command in COMMANDS} == ASKED | ADDED
    for name, subcommands in ASKED_OF.items():
        command = find_command(name)
        assert command is not None
        assert {sub.name for sub in command.subcommands} == subcommands


@pytest.mark.parametrize(("alias", "path"), list_aliases().items())
def test_old_names_are_understood(alias: str, path: str, world: World) -> None:
    """Lines in scripts and in the fingers of people go on working; what is new hides none of them."""
    assert find_command(alias) is get_command(path)
    assert path in list_paths()
    assert alias not in list_paths()
    words = " ".join("x" for parameter in get_command(path).parameters if parameter.required)
    assert parse_line(f"/{alias} {words}").path == path
    required = {parameter.name: "x" for parameter in get_command(path).parameters if parameter.required}
    assert world.ask(alias, **required).title == world.ask(path, **required).title


@pytest.mark.parametrize("path", list_paths())
def test_every_handler_exists_and_takes_request_and_ports(path: str) -> None:
    signature = inspect.signature(load_handler(get_command(path)))
    assert len(signature.parameters) == 2


@pytest.mark.parametrize("path", list_paths())
def test_required_parameters_come_first(path: str) -> None:
    """Optional words are recognised by what follows the required ones."""
    required = [parameter.required for parameter in get_command(path).parameters]
    assert required == sorted(required, reverse=True)


def subparsers(parser: argparse.ArgumentParser) -> dict[str, argparse.ArgumentParser]:
    actions = [action for action in parser._actions if isinstance(action, argparse._SubParsersAction)]
    return dict(actions[0].choices) if actions else {}


def leaf(path: str) -> argparse.ArgumentParser:
    parser = build_parser()
    for word in path.split():
        parser = subparsers(parser)[word]
    return parser


def test_the_command_line_knows_every_command_and_no_other() -> None:
    """Argparse is built from the table; a command that is added there needs nothing here."""
    words = subparsers(build_parser())
    assert set(words) == {command.name for command in COMMANDS} | {program.name for program in PROGRAMS}
    for command in COMMANDS:
        assert set(subparsers(words[command.name])) == {sub.name for sub in command.subcommands}


@pytest.mark.parametrize("path", list_paths())
def test_the_command_line_takes_every_parameter(path: str) -> None:
    destinations = {action.dest for action in leaf(path)._actions}
    assert {parameter.name for parameter in get_command(path).parameters} <= destinations
    assert {"format", "config", "database"} <= destinations


@pytest.mark.parametrize("path", list_paths())
def test_the_terminal_completes_every_command(path: str, world: World) -> None:
    offers = [text for text, _ in complete_line("/" + path[:2], world.ports, "terminal:local")]
    assert f"/{path}" in offers


@pytest.mark.parametrize("path", list_paths())
def test_help_names_every_parameter(path: str) -> None:
    usage = describe_usage(path, get_command(path))
    for parameter in get_command(path).parameters:
        assert (parameter.flag if parameter.is_option else parameter.name) in usage


@pytest.mark.parametrize(("path", "command"), [pair for pair in all_commands() if pair[1].example])
def test_examples_work_as_typed(path: str, command: Command) -> None:
    typed = parse_line(command.example)
    assert typed.path == path
    check_arguments(command, path, typed.arguments)


def test_only_texts_take_several_words() -> None:
    """A second text would never get a word: the first takes all of them."""
    for path, command in all_commands():
        by_place = [each for each in command.parameters if not each.is_option]
        assert sum(each.kind is ParameterKind.TEXT for each in by_place) <= 1, path


def test_unknown_and_unfinished_commands_say_what_to_type() -> None:
    with pytest.raises(QueryError, match="/help"):
        get_command("timelime")
    with pytest.raises(QueryError, match="/feed add"):
        get_command("feed")
