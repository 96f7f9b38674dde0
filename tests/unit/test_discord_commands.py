"""Application commands: what Discord is given is the table of commands, and nothing in it can be refused."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import discord
import pytest
from discord import app_commands
from discord.enums import AppCommandOptionType

from bot.platforms.discord import commands as commands_module
from bot.platforms.discord.client import describe_commands
from bot.platforms.discord.commands import LONGEST_DESCRIPTION, make_commands
from handlers.registry import COMMANDS, Command, Completion, Parameter, ParameterKind, iter_commands
from handlers.request import Access
from handlers.suggestions import Suggestion

GOLDEN = Path(__file__).parents[1] / "golden" / "discord_commands.json"

NAME = re.compile(r"[-_a-z0-9]{1,32}")
"""The part of Discord's pattern of names that English needs, in lower case."""

TYPES = {
    ParameterKind.NUMBER: AppCommandOptionType.integer,
    ParameterKind.PING: AppCommandOptionType.role,
    ParameterKind.CHANNEL: AppCommandOptionType.channel,
    ParameterKind.FILE: AppCommandOptionType.attachment,
}
RIGHTS = {
    Access.READ: None,
    Access.EDIT: discord.Permissions(manage_messages=True).value,
    Access.MANAGE: discord.Permissions(manage_guild=True).value,
}


class NoDesk:
    """Takes commands and keeps what it was given."""

    def __init__(self, *offered: Suggestion) -> None:
        self.asked: list[tuple[str, dict[str, Any]]] = []
        self.offered = offered

    async def answer_command(self, _interaction: object, path: str, values: dict[str, Any]) -> None:
        self.asked.append((path, values))

    async def suggest(self, _interaction: object, _source: Completion, _typed: str) -> tuple[Suggestion, ...]:
        return self.offered


def make_tree(desk: NoDesk | None = None) -> app_commands.CommandTree[Any]:
    client = discord.Client(intents=discord.Intents.none())
    tree = app_commands.CommandTree(client)
    for command in make_commands(desk or NoDesk()):
        tree.add_command(command)
    return tree


def make_payload() -> list[dict[str, Any]]:
    """Return what is registered, as JSON carries it."""
    tree = make_tree()
    payload: list[dict[str, Any]] = json.loads(json.dumps([each.to_dict(tree) for each in tree.get_commands()]))
    return payload


def iter_leaves(payload: list[dict[str, Any]]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield path and payload of each command that can be run."""
    for top in payload:
        subs = [each for each in top["options"] if each["type"] == AppCommandOptionType.subcommand.value]
        if not subs:
            yield top["name"], top
        for sub in subs:
            yield f"{top['name']} {sub['name']}", sub


def expect_option(item: Parameter) -> dict[str, Any]:
    """Return the option that a parameter is to be, written down anew."""
    option: dict[str, Any] = {
        "name": item.name,
        "description": item.help,
        "type": TYPES.get(item.kind, AppCommandOptionType.string).value,
        "required": item.required,
    }
    if item.kind is ParameterKind.NUMBER:
        option |= {"min_value": 1, "max_value": 10_000_000}
    elif item.kind is ParameterKind.CHANNEL:
        option["channel_types"] = [0, 5, 15, 16, 10, 12, 11]
    elif item.kind not in {ParameterKind.PING, ParameterKind.FILE}:
        option |= {"min_length": 1, "max_length": 1_000}
    if item.completes is not Completion.NOTHING:
        option["autocomplete"] = True
    if item.choices:
        option["choices"] = [{"name": value, "value": value} for value in item.choices]
    return option


def test_the_payload_is_what_it_was() -> None:
    """A change of what servers see is a decision: look at the difference, then write the file anew."""
    assert make_payload() == json.loads(GOLDEN.read_text(encoding="utf-8"))


def test_names_are_unique_on_every_level() -> None:
    payload = make_payload()
    names = [each["name"] for each in payload]
    paths = [path for path, _ in iter_leaves(payload)]
    assert len(set(names)) == len(names) <= 100
    assert len(set(paths)) == len(paths)
    for path, leaf in iter_leaves(payload):
        options = [each["name"] for each in leaf["options"]]
        assert len(set(options)) == len(options), path


def test_discord_takes_every_command() -> None:
    """Names, lengths and numbers of Discord's documentation, "Application Command Structure"."""
    payload = make_payload()
    for path, each in [*((top["name"], top) for top in payload), *iter_leaves(payload)]:
        assert NAME.fullmatch(each["name"]), path
        assert 1 <= len(each["description"]) <= 100, path
        assert len(each["options"]) <= 25, path
    for path, leaf in iter_leaves(payload):
        required = [option["required"] for option in leaf["options"]]
        assert required == sorted(required, reverse=True), path
        for option in leaf["options"]:
            assert NAME.fullmatch(option["name"]), path
            assert 1 <= len(option["description"]) <= 100, path
            assert len(option.get("choices", [])) <= 25, path
            assert not (option.get("choices") and option.get("autocomplete")), path
    for top in payload:
        assert sum(len(text) for text in _texts(top)) <= 8_000, top["name"]


def _texts(payload: object) -> Iterator[str]:
    if isinstance(payload, list):
        for each in payload:
            yield from _texts(each)
    elif isinstance(payload, dict):
        yield from (payload[key] for key in ("name", "description") if isinstance(payload.get(key), str))
        yield from _texts(payload.get("options", []))
        yield from _texts(payload.get("choices", []))


def test_nothing_is_added_or_lost_on_the_way() -> None:
    """Every command, option, kind and description is the table's, and there is no other."""
    leaves = dict(iter_leaves(make_payload()))
    assert list(leaves) == [path for path, _ in iter_commands()]
    for path, command in iter_commands():
        assert leaves[path]["description"] == command.summary
        wanted = {item.name: expect_option(item) for item in command.parameters}
        given = {option["name"]: option for option in leaves[path]["options"]}
        assert set(given) == set(wanted), path
        for name, option in given.items():
            known = {key: value for key, value in option.items() if key in wanted[name] or value}
            assert known == wanted[name] | {
                key: known[key] for key in known if key not in wanted[name] and not known[key]
            }


def test_nothing_of_the_table_is_cut() -> None:
    for command in COMMANDS:
        assert len(command.summary) <= LONGEST_DESCRIPTION
    for path, command in iter_commands():
        for text in (command.summary, *(item.help for item in command.parameters)):
            assert 1 <= len(text) <= LONGEST_DESCRIPTION, f"{path}: {text}"


def test_what_changes_something_asks_for_the_right() -> None:
    """Everybody may read, also in a direct message; the rest belongs to a server and to who looks after it."""
    for command, top in zip(COMMANDS, make_payload(), strict=True):
        held = top.get("default_member_permissions")
        assert (None if held is None else int(held)) == RIGHTS[command.needs], command.name
        assert set(top["contexts"]) == ({0, 1} if command.needs is Access.READ else {0}), command.name
        for sub in command.subcommands:
            assert sub.needs is command.needs, "Discord knows rights of whole groups only"


def test_from_is_called_from_and_a_ping_is_a_role() -> None:
    leaves = dict(iter_leaves(make_payload()))
    assert [each["name"] for each in leaves["timeline"]["options"]][:3] == ["topic", "from", "to"]
    kinds = {each["name"]: each["type"] for each in leaves["watch add"]["options"]}
    assert kinds["ping"] == AppCommandOptionType.role.value


def test_the_digest_changes_with_the_table(monkeypatch: pytest.MonkeyPatch) -> None:
    """Commands are sent again when anything that people see of them changes, and only then."""
    before = describe_commands(make_tree())
    assert describe_commands(make_tree()) == before
    first = COMMANDS[0]
    changes: tuple[Command, ...] = (
        replace(first, summary="Draws something else."),
        replace(first, name="history"),
        replace(first, needs=Access.EDIT),
        replace(first, parameters=first.parameters[:-1]),
        replace(first, parameters=(replace(first.parameters[0], help="a name"), *first.parameters[1:])),
    )
    seen = {before}
    for changed in changes:
        monkeypatch.setattr(commands_module, "COMMANDS", (changed, *COMMANDS[1:]))
        seen.add(describe_commands(make_tree()))
    assert len(seen) == len(changes) + 1


def test_a_table_that_grows_stays_within_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    """A summary that is too long is cut to be seen as cut, and choices stop where Discord stops."""
    choices = tuple(f"choice-{n}" for n in range(40))
    item = Parameter("kind", ParameterKind.WORD, "x" * 300, choices=choices)
    monkeypatch.setattr(commands_module, "COMMANDS", (Command("odd", "y" * 300, (item,), "a:b"),))
    (top,) = make_payload()
    assert top["description"] == "y" * 99 + "…"
    assert top["options"][0]["description"] == "x" * 99 + "…"
    assert len(top["options"][0]["choices"]) == 25


async def _offer(desk: NoDesk) -> list[app_commands.Choice[str]]:
    return await commands_module._offer(Completion.TOPIC, desk)(None, "x")  # type: ignore[arg-type]  # goes to the desk only


def test_names_are_shown_and_values_sent() -> None:
    """Who chooses a feed reads its name; the command gets what it takes."""
    import asyncio  # noqa: PLC0415 - used here only

    many = [Suggestion(str(n), f"Paper {n}") for n in range(30)]
    offered = asyncio.run(_offer(NoDesk(Suggestion("", "nothing"), Suggestion("z" * 101, "too long"), *many)))
    assert [(each.name, each.value) for each in offered] == [(f"Paper {n}", str(n)) for n in range(25)]
