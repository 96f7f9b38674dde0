"""The learnt weights in ``news/data/weights.toml``: putting new ones in the place of the old.

Owns the form of that file. Must never learn.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from pathlib import Path

import news

_FILE = Path(news.__file__ or "").parent / "data" / "weights.toml"


def render_weights(weights: Mapping[str, float]) -> str:
    """Return weights as the lines of a table."""
    return "\n".join(f"{name} = {value:.3f}" for name, value in weights.items())


def render_learnt(table: str, weights: Mapping[str, float], held: Mapping[str, float]) -> str:
    """Return learnt weights as a table, each with the one that stands in the file where that is another.

    Args:
        held: the weights of that table as they stand.
    """
    told = {name: (f"{value:.3f}", f"{held.get(name, 0.0):.3f}") for name, value in weights.items()}
    lines = (f"{name} = {new}" + ("" if new == old else f"  # stands: {old}") for name, (new, old) in told.items())
    return "\n".join((f"[{table}]", *lines))


def store_weights(table: str, weights: Mapping[str, float], *, by_hand: Collection[str] = ()) -> None:
    """Put learnt weights in the place of those of a table; what stands below a comment in it is kept.

    Args:
        by_hand: names among the learnt ones of which the table keeps its own values.
    """
    text = _FILE.read_text(encoding="utf-8")
    _FILE.write_text(replace_weights(text, table, weights, by_hand=by_hand), encoding="utf-8")


def replace_weights(text: str, table: str, weights: Mapping[str, float], *, by_hand: Collection[str] = ()) -> str:
    """Return the text of the file with new weights in a table, see ``store_weights``; KeyError where it has none."""
    found = re.search(rf"(?m)(?<=^\[{table}\]\n)(?:[a-z_]+ = [^\n]*\n)*", text)
    if found is None:
        raise KeyError(table)
    kept = [line for line in found.group().splitlines() if line.partition(" = ")[0] in by_hand]
    learnt = render_weights({name: value for name, value in weights.items() if name not in by_hand})
    return text[: found.start()] + "\n".join((learnt, *kept)) + "\n" + text[found.end() :]
