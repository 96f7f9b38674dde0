"""The picture of a timeline as bytes, with words for what its font cannot write. Owns nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from bot.render.chart.layout import MOST_ENTRIES, draw_chart
from bot.render.chart.png import to_png
from bot.render.chart.scripts import remark_on, spell_out
from bot.render.chart.themes import Theme


def paint_chart(
    data: Mapping[str, Any], *, theme: Theme = "light", today: date, most_entries: int = MOST_ENTRIES
) -> bytes:
    """Return the picture of the ``data`` of a ``/timeline`` as PNG; see ``draw_chart`` and ``spell_out``."""
    drawn, scripts = spell_out(data)
    return to_png(draw_chart(drawn, theme=theme, today=today, most_entries=most_entries, remark=remark_on(scripts)))
