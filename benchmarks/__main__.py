"""``python -m benchmarks NAME [options]``: run one benchmark; without a name, list them."""

from __future__ import annotations

import importlib
import pkgutil
import sys

import benchmarks

_NOT_RUN = {"__main__", "feed_server", "table", "data"}


def list_benchmarks() -> list[str]:
    """Return the names that can be run, in order of the alphabet."""
    return sorted(module.name for module in pkgutil.iter_modules(benchmarks.__path__) if module.name not in _NOT_RUN)


def main(argv: list[str]) -> int:
    """Run the benchmark named first with the remaining words; return its exit code, 2 for an unknown name."""
    names = list_benchmarks()
    if not argv or argv[0] not in names:
        print("usage: ./run bench NAME [options]\n\nbenchmarks:", ", ".join(names))
        return 2
    module = importlib.import_module(f"benchmarks.{argv[0]}")
    result = module.main(argv[1:])
    return int(result or 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
