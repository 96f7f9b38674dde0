# ruff: noqa: INP001 - a script beside its pictures, no package
"""Draws the picture of docs/formats.md: ``.venv/bin/python docs/pictures/draw_timeline.py``.

A store of its own is filled from the seeds, ``/timeline venezuela`` is asked, and the weightiest entries of the answer
are drawn as they stand on a fixed day. Nothing of it is made for the picture.
"""

from __future__ import annotations

import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from bot.render.chart import draw_chart, to_svg  # noqa: E402 - found by the line above
from handlers.jobs.seed import seed_store  # noqa: E402
from handlers.reply import Reply  # noqa: E402
from storage.engine import open_store  # noqa: E402
from tests.store.handlers_world import make_world  # noqa: E402

PICTURE = Path(__file__).resolve().parent / "history.svg"
TODAY = datetime(2026, 3, 15, 12, tzinfo=UTC)
MOST = 8


def ask(folder: Path) -> Reply:
    """Return what the bot answers from the seeds alone."""
    with open_store(str(folder / "seeds.db")) as store:
        world = make_world(store)
        world.clock.now = TODAY
        seed_store([ROOT / "seeds"], world.ports, report=lambda *_: None)
        return world.ask("timeline", topic="venezuela")


def draw(reply: Reply) -> str:
    """Return the picture of the answer."""
    return to_svg(draw_chart(reply.data, today=TODAY.date(), most_entries=MOST))


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as place:
        PICTURE.write_text(draw(ask(Path(place))), encoding="utf-8")
