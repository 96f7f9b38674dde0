"""Application commands: what Discord refuses to register, and how what somebody types becomes options."""

from __future__ import annotations

import re
from typing import Any

from tests.doubles.discord.errors import ApiError, Form, Json
from tests.doubles.discord.world import Channel, Role, User

SUBCOMMAND, GROUP, STRING, INTEGER, BOOLEAN, USER, CHANNEL, ROLE, MENTIONABLE, NUMBER = range(1, 11)
NAME = re.compile(r"^[-_'\w]{1,32}$")
MOST_COMMANDS, MOST_SIZE = 100, 8000


def check_commands(commands: list[Json]) -> None:
    """Refuse a list of commands as a bulk overwrite would; the tree names each by its number."""
    if len(commands) > MOST_COMMANDS:
        raise ApiError(400, 30032, f"Maximum number of application commands reached ({MOST_COMMANDS}).")
    form = Form()
    names: set[tuple[int, str]] = set()
    for number, command in enumerate(commands):
        key = (command.get("type") or 1, str(command.get("name")))
        if key in names:
            text = "Application command names must be unique"
            form.wrong(f"{number}", "APPLICATION_COMMANDS_DUPLICATE_NAME", text)
        names.add(key)
        _check_command(form, f"{number}", command)
    form.check()


def _check_command(form: Form, at: str, command: Json) -> None:
    if (command.get("type") or 1) != 1:  # menus of people and messages may have any name and say nothing more
        form.text(f"{at}.name", command.get("name"), 32, least=1)
        return
    _check_words(form, at, command)
    _check_options(form, at, command.get("options"), depth=0)
    if command_size(command) > MOST_SIZE:
        text = f"Command exceeds maximum size ({MOST_SIZE})"
        form.wrong(at, "APPLICATION_COMMAND_TOO_LARGE", text)


def _check_words(form: Form, at: str, thing: Json) -> None:
    name = thing.get("name")
    if not isinstance(name, str) or not NAME.match(name):
        text = "String value did not match validation regex."
        form.wrong(f"{at}.name", "STRING_TYPE_REGEX", text)
    elif name != name.lower():
        form.wrong(f"{at}.name", "APPLICATION_COMMAND_INVALID_NAME", "Command name is invalid")
    form.text(f"{at}.description", thing.get("description"), 100, least=1)


def _check_options(form: Form, at: str, options: object, *, depth: int) -> None:
    items = form.count(f"{at}.options", options, 25)
    names: set[str] = set()
    may_require = True
    for number, option in enumerate(items):
        here = f"{at}.options.{number}"
        _check_words(form, here, option)
        if option.get("name") in names:
            form.wrong(here, "APPLICATION_COMMAND_OPTIONS_NAME_NOT_UNIQUE", "Option names must be unique")
        names.add(option.get("name"))
        if option.get("required") and not may_require:
            text = "Required options must be placed before non-required options"
            form.wrong(here, "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID", text)
        may_require = may_require and bool(option.get("required"))
        _check_option(form, here, option, depth=depth)
    kinds = {option.get("type") in {SUBCOMMAND, GROUP} for option in items}
    if len(kinds) > 1:
        text = "Sub-command and sub-command group option types are mutually exclusive to all other types"
        form.wrong(f"{at}.options", "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID", text)


def _check_option(form: Form, at: str, option: Json, *, depth: int) -> None:
    kind = option.get("type")
    if kind in {SUBCOMMAND, GROUP}:
        if depth > 1 or (kind == GROUP and depth > 0):
            text = "Sub-commands may be nested in one group only"
            form.wrong(at, "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID", text)
        _check_options(form, at, option.get("options"), depth=depth + 1)
        return
    if kind not in range(STRING, 12):
        form.wrong(f"{at}.type", "BASE_TYPE_CHOICES", "Value must be one of (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11).")
    choices = form.count(f"{at}.choices", option.get("choices"), 25)
    if choices and option.get("autocomplete"):
        text = "Choices and autocomplete are mutually exclusive"
        form.wrong(f"{at}.autocomplete", "APPLICATION_COMMAND_OPTIONS_AUTOCOMPLETE_INVALID", text)
    for index, choice in enumerate(choices):
        form.text(f"{at}.choices.{index}.name", choice.get("name"), 100, least=1)
        if kind == STRING:
            form.text(f"{at}.choices.{index}.value", choice.get("value"), 100, least=1)


def command_size(thing: Json) -> int:
    """Count names, descriptions and values of a command, its options and their choices."""
    size = len(str(thing.get("name"))) + len(str(thing.get("description") or ""))
    size += sum(len(choice["name"]) + len(str(choice["value"])) for choice in thing.get("choices") or [])
    return size + sum(command_size(option) for option in thing.get("options") or [])


def find_command(commands: list[Json], path: str) -> tuple[Json, list[Json], Json]:
    """Return the command, the sub-commands on the way, and the last of them, which has the options."""
    first, *rest = path.split()
    command = next((it for it in commands if it["name"] == first and (it.get("type") or 1) == 1), None)
    if command is None:
        raise AssertionError(f"/{first} is not registered here; there are {[it['name'] for it in commands]}")
    way: list[Json] = []
    leaf = command
    for name in rest:
        inner = [it for it in leaf.get("options") or [] if it["type"] in {SUBCOMMAND, GROUP}]
        found = next((it for it in inner if it["name"] == name), None)
        assert found, f"/{path}: no sub-command {name}; there are {[it['name'] for it in inner]}"
        way.append(found)
        leaf = found
    inner = [it["name"] for it in leaf.get("options") or [] if it["type"] in {SUBCOMMAND, GROUP}]
    assert not inner, f"/{path} wants one of the sub-commands {inner}"
    return command, way, leaf


def fill_options(leaf: Json, given: dict[str, object], *, focused: str = "") -> tuple[list[Json], Json]:
    """Turn what somebody chose into the options of an interaction and what they resolve to; asserts Discord's rules."""
    known = {option["name"]: option for option in leaf.get("options") or []}
    unknown = set(given) - set(known)
    assert not unknown, f"{leaf['name']} has no option {sorted(unknown)}; there are {sorted(known)}"
    if not focused:
        missing = [name for name, option in known.items() if option.get("required") and name not in given]
        assert not missing, f"{leaf['name']} requires {missing}"
    options: list[Json] = []
    resolved: Json = {}
    for name, value in given.items():
        is_focused = name == focused
        if is_focused:
            assert known[name].get("autocomplete"), f"{name} has no autocomplete"
        filled: Json = {"name": name, "type": known[name]["type"]}
        filled["value"] = value if is_focused else _to_value(known[name], value, resolved)
        options.append(filled | ({"focused": True} if is_focused else {}))
    return options, resolved


TYPES: dict[int, tuple[type, ...]] = {
    STRING: (str,),
    INTEGER: (int,),
    BOOLEAN: (bool,),
    NUMBER: (int, float),
    USER: (User,),
    CHANNEL: (Channel,),
    ROLE: (Role,),
    MENTIONABLE: (User, Role),
}


def _to_value(option: Json, value: Any, resolved: Json) -> object:  # noqa: ANN401 - any type, checked by the option's
    kind = option["type"]
    assert isinstance(value, TYPES[kind]), f"{option['name']} takes {TYPES[kind]}, not {value!r}"
    if isinstance(value, (User, Channel, Role)):
        key = {User: "users", Channel: "channels", Role: "roles"}
        kind_key = next(name for cls, name in key.items() if isinstance(value, cls))
        resolved.setdefault(kind_key, {})[str(value.id)] = value
        return str(value.id)
    if choices := option.get("choices"):
        match = [choice["value"] for choice in choices if value in (choice["value"], choice["name"])]
        assert match, f"{option['name']} offers {[choice['name'] for choice in choices]}, not {value!r}"
        return match[0]
    size = len(str(value)) if kind == STRING else value
    low, high = ("min_length", "max_length") if kind == STRING else ("min_value", "max_value")
    assert option.get(low) is None or size >= option[low], f"{option['name']} is under {low}={option[low]}"
    assert option.get(high) is None or size <= option[high], f"{option['name']} is over {high}={option[high]}"
    return value
