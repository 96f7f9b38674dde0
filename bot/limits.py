"""Checking a TOML table against a dataclass: names, types and limits.

Owns the check and the wording of what is wrong. Knows nothing of any particular setting.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import MISSING, Field, fields
from types import MappingProxyType
from typing import Any

from news.errors import ConfigError

_TYPE_WORDS = {
    "str": "a string",
    "int": "a whole number",
    "float": "a number",
    "bool": "true or false",
    "tuple[str, ...]": "a list of strings",
}


class Problems:
    """What is wrong so far."""

    def __init__(self) -> None:
        self.errors: list[ConfigError] = []

    def add(self, path: str, reason: str) -> None:
        """Note one more."""
        self.errors.append(ConfigError(path, reason))


def limits(
    least: float | None = None, most: float | None = None, *, choices: tuple[str, ...] = ()
) -> Mapping[str, Any]:
    """Return field metadata: bounds of a number or of the length of a string, or the only values allowed."""
    return MappingProxyType({"least": least, "most": most, "choices": choices})


def check_table(kind: type, table: object, path: str, problems: Problems) -> Any:  # noqa: ANN401 - of kind, or None
    """Return the dataclass filled from a TOML table; what is wrong is noted, and its default stands in."""
    if not isinstance(table, dict):
        problems.add(path, "must be a table")
        return None
    known = {item.name: item for item in fields(kind)}
    for name in table:
        if name not in known:
            problems.add(f"{path}.{name}", f"no such key; there are {', '.join(known)}")
    values: dict[str, Any] = {}
    for name, item in known.items():
        if name in table:
            values[name] = _check_value(item, table[name], f"{path}.{name}", problems)
        elif item.default is MISSING and item.default_factory is MISSING:
            problems.add(f"{path}.{name}", "is missing")
    is_whole = values.keys() >= {name for name, item in known.items() if item.default is MISSING}
    return kind(**values) if is_whole else None


def _check_value(item: Field[Any], value: object, path: str, problems: Problems) -> Any:  # noqa: ANN401 - of the field's type
    kind = str(item.type)
    if not _is_of(kind, value):
        problems.add(path, f"must be {_TYPE_WORDS[kind]}, not {value!r:.60}")
        return item.default
    if kind == "tuple[str, ...]" and isinstance(value, list):
        return tuple(value)
    _check_limits(item.metadata, value, path, problems)
    return float(value) if kind == "float" and isinstance(value, int) else value


def _is_of(kind: str, value: object) -> bool:
    match kind:
        case "bool":
            return isinstance(value, bool)
        case "int":
            return isinstance(value, int) and not isinstance(value, bool)
        case "float":
            return isinstance(value, int | float) and not isinstance(value, bool)
        case "str":
            return isinstance(value, str)
        case _:
            return isinstance(value, list) and all(isinstance(part, str) for part in value)


def _check_limits(metadata: Mapping[str, Any], value: object, path: str, problems: Problems) -> None:
    choices = metadata.get("choices")
    if choices and value not in choices:
        problems.add(path, f"must be one of {', '.join(choices)}")
    least, most = metadata.get("least"), metadata.get("most")
    measure = len(value) if isinstance(value, str) else value
    if least is None or most is None or not isinstance(measure, int | float):
        return
    if not least <= measure <= most:  # also catches nan
        noun = "must have between {} and {} characters" if isinstance(value, str) else "must be between {} and {}"
        problems.add(path, noun.format(f"{least:g}", f"{most:g}"))
