"""What the signs of a picture mean, in words; only of signs that are in it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from bot.render.chart.bars import Bar
from bot.render.chart.items import Item
from bot.render.chart.marks import draw_bar, draw_mark, radius_of
from bot.render.chart.shapes import Shape
from news.model import Modality

Signs = Callable[[float, float], list[Shape]]
"""(x, y) of the centre -> the sign drawn there."""

_MEANINGS = {
    Modality.HAPPENED: "reported as happened",
    Modality.PLANNED: "planned",
    Modality.ALLEGED: "alleged",
    Modality.DENIED: "denied",
    Modality.THREATENED: "threatened",
}


def list_legend(items: Sequence[Item], bars: Sequence[Bar]) -> list[tuple[Signs, str]]:
    """Return each sign that is used, with its words."""
    used = {item.modality for item in items}
    legend: list[tuple[Signs, str]] = [
        (partial(_mark, modality), words) for modality, words in _MEANINGS.items() if modality in used
    ]
    if any(item.n_independent > 1 for item in items):
        legend.append((_ringed, "with a ring: several independent origins"))
    if any(bar.is_exact and not (bar.is_open or bar.is_unbegun) for bar in bars):
        legend.append((partial(_bar, is_exact=True), "bar: it lasted so long"))
    if any(bar.is_open or bar.is_unbegun for bar in bars):
        legend.append((partial(_bar, is_exact=True, is_open=True), "arrow: that end is not named"))
    if any(not bar.is_exact for bar in bars):
        legend.append((partial(_bar, is_exact=False), "hollow bar: on some day within"))
    return legend


def _mark(modality: Modality, x: float, y: float) -> list[Shape]:
    return draw_mark(modality, x, y, radius_of(1))


def _ringed(x: float, y: float) -> list[Shape]:
    return draw_mark(Modality.HAPPENED, x, y, radius_of(2))


def _bar(x: float, y: float, *, is_exact: bool, is_open: bool = False) -> list[Shape]:
    return draw_bar(x, y - 16, y + (10 if is_open else 16), is_exact=is_exact, is_open=is_open)
