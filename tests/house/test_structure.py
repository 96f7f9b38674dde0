"""The house stays as it was drawn: floors, doors, sizes and words.

These tests read the source as text and syntax trees; they import nothing of it.
"""

from __future__ import annotations

import ast
import re
import statistics
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FLOORS = ("bot", "handlers", "storage", "feeds", "news")
MAY_IMPORT = {
    "bot": {"bot", "handlers", "storage", "feeds", "news"},
    "handlers": {"handlers", "news"},
    "storage": {"storage", "news"},
    "feeds": {"feeds", "news"},
    "news": {"news"},
}
THIRD_PARTY = {
    "bot": {
        "PIL",
        "aiohttp",
        "slack_bolt",
        "slack_sdk",
        "yarl",
        "apscheduler",
        "discord",
        "font_source_sans_pro",
        "prompt_toolkit",
        "structlog",
    },
    "handlers": set[str](),
    "storage": {"sqlalchemy", "alembic"},
    "feeds": {"aiohttp", "backports", "brotli", "feedparser", "lxml", "trafilatura", "yarl"},
    "news": {"Stemmer", "fasttext", "rapidfuzz", "regex", "tld"},
}
# Pure floors: what would make a decision depend on when, where or by whom it is asked.
IMPURE = {"asyncio", "http", "multiprocessing", "os", "random", "secrets", "socket", "subprocess", "threading", "time"}
MAX_MODULE_LINES = 400
MAX_FUNCTION_LINES = 40


@cache
def parse_floor(floor: str) -> list[tuple[str, Path, ast.Module]]:
    """Return name, file and syntax tree of each module of a floor; they are read once."""
    modules = []
    for path in sorted((ROOT / floor).rglob("*.py")):
        name = ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        modules.append((name, path, ast.parse(path.read_text(encoding="utf-8"))))
    return modules


def iter_modules(*floors: str) -> Iterator[tuple[str, Path, ast.Module]]:
    for floor in floors or FLOORS:
        yield from parse_floor(floor)


@cache
def walk(tree: ast.AST) -> tuple[ast.AST, ...]:
    """Return all nodes of a tree; most tests of this file want them."""
    return tuple(ast.walk(tree))


@cache
def list_imports(tree: ast.AST) -> set[str]:
    """Return the full names of all modules that the tree imports, wherever in it."""
    found: set[str] = set()
    for node in walk(tree):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            found.update(f"{node.module}.{alias.name}" for alias in node.names)
    return found


def iter_functions(tree: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def body_lines(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Return the lines from the first statement after the docstring to the end."""
    first = node.body[1] if ast.get_docstring(node) and len(node.body) > 1 else node.body[0]
    return (node.end_lineno or first.lineno) - first.lineno + 1


@pytest.mark.parametrize("floor", FLOORS)
def test_arrows_point_down_only(floor: str) -> None:
    """A floor imports itself and what lies below; siblings never meet but in bot.wiring."""
    wrong = [
        f"{name} imports {target}"
        for name, _, tree in iter_modules(floor)
        for target in list_imports(tree)
        if target.split(".")[0] in FLOORS and target.split(".")[0] not in MAY_IMPORT[floor]
    ]
    assert wrong == []


@pytest.mark.parametrize("floor", FLOORS)
def test_each_library_lives_on_its_floor(floor: str) -> None:
    wrong = [
        f"{name} imports {target}"
        for name, _, tree in iter_modules(floor)
        for target in list_imports(tree)
        if (top := target.split(".")[0]) not in FLOORS
        and top not in sys.stdlib_module_names
        and top not in THIRD_PARTY[floor]
    ]
    assert wrong == []


def test_no_import_cycles() -> None:
    """Modules form a tree of needs: each can be read after those that it imports."""
    names = {name for name, _, _ in iter_modules()}
    graph: dict[str, set[str]] = {}
    for name, _, tree in iter_modules():
        targets = {target if target in names else target.rpartition(".")[0] for target in list_imports(tree)}
        graph[name] = (targets & names) - {name}
    done: set[str] = set()

    def visit(name: str, path: tuple[str, ...]) -> None:
        assert name not in path, " -> ".join((*path[path.index(name) :], name))
        if name in done:
            return
        for target in sorted(graph[name]):
            visit(target, (*path, name))
        done.add(name)

    for name in sorted(graph):
        visit(name, ())


NEWS_PACKAGES = (
    "words",
    "documents",
    "names",
    "reports",
    "dates",
    "matching",
    "stories",
    "another",
    "disputes",
    "deciding",
    "queries",
    "timelines",
    "answers",
    "watches",
)
"""Packages of the floor ``news``, in the order in which they may need each other: a later one an earlier one."""


DISPUTE_PACKAGES = ("frames", "openings", "contesting", "seeming", "judging")
"""Packages of ``news.disputes`` in the same sense. What all of them go by stands beside them, with the three doors."""


@pytest.mark.parametrize(("room", "packages"), [("news", NEWS_PACKAGES), ("news.disputes", DISPUTE_PACKAGES)])
def test_packages_need_only_earlier_ones(room: str, packages: tuple[str, ...]) -> None:
    """The modules beside the packages hold what all share, and the doors such as ``reading`` and ``novelty``."""
    order = {name: rank for rank, name in enumerate(packages)}
    folders = {path.parent.name for path in (ROOT / room.replace(".", "/")).glob("*/__init__.py")}
    assert folders == set(order)
    inside = f"{room}."
    wrong = [
        f"{name} imports {target}"
        for name, _, tree in iter_modules("news")
        if name.startswith(inside) and (own := name.removeprefix(inside).split(".")[0]) in order
        for target in list_imports(tree)
        if target.startswith(inside) and order.get(target.removeprefix(inside).split(".")[0], -1) > order[own]
    ]
    assert wrong == []


@pytest.mark.parametrize("floor", ["news", "handlers"])
def test_pure_floors_stay_pure(floor: str) -> None:
    """No clock, socket, thread, process or chance where decisions are made: the time is an argument."""
    wrong = []
    for name, _, tree in iter_modules(floor):
        wrong += [f"{name} imports {target}" for target in list_imports(tree) if target.split(".")[0] in IMPURE]
        wrong += [
            f"{name}:{node.lineno} asks the clock"
            for node in walk(tree)
            if isinstance(node, ast.Attribute) and node.attr in {"utcnow", "today", "now"} and is_clock(node)
        ]
    assert wrong == []


def is_clock(node: ast.Attribute) -> bool:
    return isinstance(node.value, ast.Name) and node.value.id in {"datetime", "date"}


def test_asyncio_has_two_homes() -> None:
    homes = {name for name, _, tree in iter_modules() for target in list_imports(tree) if target.startswith("asyncio")}
    assert {name for name in homes if not name.startswith(("bot", "feeds.fetch"))} == set()


def test_nothing_happens_at_import() -> None:
    """Importing reads no file, opens no engine and starts nothing: module bodies only define."""
    busy = {"open", "read_text", "read_bytes", "create_engine", "connect", "start", "mkdir", "getenv"}
    wrong = []
    for name, _, tree in iter_modules():
        if name.endswith("__main__") or ".migrations." in name:
            continue
        for statement in tree.body:
            if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
                continue
            for node in ast.walk(statement):
                if isinstance(node, ast.Call):
                    called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
                    if called in busy:
                        wrong.append(f"{name}:{node.lineno} {called}()")
    assert wrong == []


def test_every_module_says_what_it_owns() -> None:
    wrong = [name for name, path, tree in iter_modules() if path.stat().st_size and not ast.get_docstring(tree)]
    assert wrong == []


def test_public_names_have_docstrings() -> None:
    wrong = []
    for name, _, tree in iter_modules():
        defined = [n for n in tree.body if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)]
        wrong += [f"{name}.{n.name}" for n in defined if not n.name.startswith("_") and not ast.get_docstring(n)]
    assert wrong == []


def test_sizes() -> None:
    """Rooms and functions stay small enough to be read at one go."""
    lengths = [
        (body_lines(node), f"{name}.{node.name}") for name, _, tree in iter_modules() for node in iter_functions(tree)
    ]
    sizes = sorted(length for length, _ in lengths)
    assert statistics.median(sizes) <= 8
    assert sizes[int(0.9 * len(sizes)) - 1] <= 25
    assert [where for length, where in lengths if length > MAX_FUNCTION_LINES] == []
    modules = [(path.read_text(encoding="utf-8").count("\n"), name) for name, path, _ in iter_modules()]
    assert [(n, name) for n, name in modules if n > MAX_MODULE_LINES] == []


def test_no_words_without_meaning() -> None:
    """Names say what a room is for; these say nothing."""
    empty = {"utils", "util", "helpers", "helper", "manager", "service", "base", "impl", "common", "misc"}
    parts = [(name, part) for name, _, _ in iter_modules() for part in name.split(".")]
    assert [name for name, part in parts if part in empty] == []


def test_only_the_storage_floor_writes_sql() -> None:
    """One house for the database: no SQL text anywhere else."""
    statement = re.compile(
        r"\s*(SELECT\b.*\bFROM|INSERT (OR \w+ )?INTO|UPDATE \w+ SET|DELETE FROM|CREATE (TABLE|INDEX))\b", re.DOTALL
    )
    wrong = [
        f"{name}:{node.lineno}"
        for name, _, tree in iter_modules("bot", "handlers", "feeds", "news")
        for node in walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and statement.match(node.value)
    ]
    assert wrong == []
