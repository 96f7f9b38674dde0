"""``python -m benchmarks NAME [options]``: run one benchmark; without a name, list them.

Owns ``--write``, which all of them take: what the benchmark prints becomes its section of docs/benchmarks.md.
"""

from __future__ import annotations

import importlib
import io
import pkgutil
import sys
from contextlib import redirect_stdout

import benchmarks
from benchmarks.table import describe_setting, store_section

_NOT_RUN = {
    "__main__",
    "bulk_blocks",
    "bulk_store",
    "bulk_texts",
    "feed_server",
    "regression",
    "story_folds",
    "story_rows",
    "table",
    "weights",
}
_PACKAGES = ("feedparser", "aiohttp", "sqlalchemy", "reader", "dateparser")


_TABLE = "| "


def list_benchmarks() -> list[str]:
    """Return the names that can be run, in order of the alphabet."""
    return sorted(module.name for module in pkgutil.iter_modules(benchmarks.__path__) if module.name not in _NOT_RUN)


class _Tee(io.StringIO):
    """Keeps what is printed, and prints it."""

    def write(self, text: str) -> int:
        sys.__stdout__.write(text)  # type: ignore[union-attr]  # there is always one where a person runs this
        return super().write(text)


def main(argv: list[str]) -> int:
    """Run the benchmark named first with the remaining words; return its exit code, 2 for an unknown name."""
    names = list_benchmarks()
    if not argv or argv[0] not in names:
        print("usage: ./run bench NAME [--write] [options]\n\nbenchmarks:", ", ".join(names))
        return 2
    words = [word for word in argv[1:] if word != "--write"]
    module = importlib.import_module(f"benchmarks.{argv[0]}")
    if "--write" in argv:
        words = [*getattr(module, "WHEN_WRITTEN", ()), *words]
    printed = _Tee()
    with redirect_stdout(printed):
        code = int(module.main(words) or 0)
    if "--write" in argv and not code:
        text = printed.getvalue().strip()
        text = text if _TABLE in text else f"```\n{text}\n```"
        store_section(argv[0], f"## {argv[0]}\n\n{text}\n\n{describe_setting(_PACKAGES)}")
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
