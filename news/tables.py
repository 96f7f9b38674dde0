"""The data tables that ship with the package, read once on first use.

Owns the way from ``news/data`` into memory. Must never read a path that a user or a feed gave, and never at import.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any


def _read(name: str) -> str:
    if "/" in name or "\\" in name or name.startswith("."):
        raise ValueError(f"{name!r} is no table: give the bare name of a file in news/data")
    return files("news").joinpath("data", name).read_text(encoding="utf-8")


@cache
def load_toml(name: str) -> Mapping[str, Any]:
    """Return the table ``news/data/<name>``, read and parsed once for the whole process.

    Callers share the result and must not change what is inside it. Raises FileNotFoundError for an unknown name and
    ValueError for a name that is a path; both are mistakes of a programmer, not of a user.
    """
    return MappingProxyType(tomllib.loads(_read(name)))


@cache
def load_lines(name: str) -> tuple[str, ...]:
    """Return the lines of ``news/data/<name>`` in order, stripped, without empty lines and ``#`` comments."""
    lines = (line.strip() for line in _read(name).splitlines())
    return tuple(line for line in lines if line and not line.startswith("#"))
