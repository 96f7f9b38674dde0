"""Tables of figures: as Markdown on the screen, and into docs/benchmarks.md with ``--write``.

A section stands between ``<!-- NAME -->`` and ``<!-- /NAME -->`` and is replaced as a whole, with the date, the
versions and the machine that it was measured on. Must never change anything outside its section.
"""

from __future__ import annotations

import os
import platform
import re
from collections.abc import Sequence
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

DOCUMENT = Path(__file__).resolve().parents[1] / "docs" / "benchmarks.md"


def render_table(head: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """Return a Markdown table; the first column is text, the others are figures, aligned to the right."""
    cells = [[_show(value) for value in row] for row in rows]
    widths = [max(len(row[index]) for row in [list(head), *cells]) for index in range(len(head))]
    rule = [("-" * width) if index == 0 else "-" * (width - 1) + ":" for index, width in enumerate(widths)]
    return "\n".join(_line(row, widths) for row in [list(head), rule, *cells])


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    first, *others = (
        cell.rjust(width) if index else cell.ljust(width)
        for index, (cell, width) in enumerate(zip(cells, widths, strict=True))
    )
    return "| " + " | ".join([first, *others]) + " |"


def _show(value: object) -> str:
    if isinstance(value, float):
        return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.3g}"
    return f"{value:,}" if isinstance(value, int) else str(value).replace("|", "\\|")


def describe_setting(packages: Sequence[str] = ()) -> str:
    """Return one line on when and on what was measured: date, Python, packages, processor count and kind."""
    names = [f"Python {platform.python_version()}"]
    for package in packages:
        try:
            names.append(f"{package} {version(package)}")
        except PackageNotFoundError:
            continue
    machine = f"{os.cpu_count()} cores, {platform.system()} {platform.machine()}"
    return f"Measured on {datetime.now(UTC):%Y-%m-%d} with {', '.join(names)} on {machine}."


def store_section(name: str, text: str, *, document: Path = DOCUMENT) -> None:
    """Put ``text`` between the markers of section ``name``; a document or section that is missing is made."""
    before = document.read_text(encoding="utf-8") if document.exists() else "# Benchmarks\n"
    section = f"<!-- {name} -->\n\n{text.strip()}\n\n<!-- /{name} -->"
    pattern = re.compile(rf"<!-- {re.escape(name)} -->.*?<!-- /{re.escape(name)} -->", re.DOTALL)
    if pattern.search(before):
        after = pattern.sub(lambda _: section, before, count=1)
    else:
        after = f"{before.rstrip()}\n\n{section}\n"
    document.parent.mkdir(parents=True, exist_ok=True)
    document.write_text(after, encoding="utf-8")
