"""Entries of ``/timeline`` -> shapes with coordinates. Pure; the same for every output.

Owns where things stand: a vertical axis, years as bands, gaps folded, one block of words an entry, and a legend that
names only what is there. Blocks are stacked, so that words never overlap however many entries share a day; the space
between two grows with the time between them, and no more is promised of the scale. Many entries are set
in smaller type.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from bot.render.chart.bars import Bar, lay_bars
from bot.render.chart.fonts import RISE, fit_lines, make_label, width_in
from bot.render.chart.items import Claim, Item, choose, describe_chart, read_items, say_place, topic_of
from bot.render.chart.legend import list_legend
from bot.render.chart.marks import draw_bar, draw_mark, radius_of
from bot.render.chart.shapes import Label, Layout, Line, Rect, Shape, Weight
from bot.render.chart.themes import Theme
from handlers.messages import count_words, format_day
from news.model import Precision
from news.timelines.reach import LONGER, Place

WIDTH = 1080
"""Pixels from left to right."""
MOST_ENTRIES = 60
"""Entries that a picture has room for."""

_MARGIN = 44
_LANE = 22
_LEADING = 1.28
_FOLD_DAYS = 366
_DAYS_OF_YEAR, _DAYS_OF_MONTH = 365.25, 30.44
_MOST_DISPUTES = 2
_SOME = 24
"""Entries from which on the type is smaller."""


@dataclass(frozen=True, slots=True)
class _Type:
    """Sizes of letters in pixels, how many lines a sentence may take, and the share of the usual space between two."""

    topic: int
    year: int
    when: int
    text: int
    small: int
    most_lines: int
    air: float = 1.0


_ROOMY = _Type(topic=56, year=42, when=33, text=33, small=29, most_lines=3)
_DENSE = _Type(topic=48, year=36, when=27, text=27, small=24, most_lines=2, air=0.7)


def draw_chart(
    data: Mapping[str, Any],
    *,
    theme: Theme = "light",
    today: date,
    most_entries: int = MOST_ENTRIES,
    remark: str = "",
) -> Layout:
    """Return the picture of the ``data`` of a ``/timeline``; ``remark`` stands at its foot.

    The weightiest entries are drawn where there are more than ``most_entries``, and the picture says how many are not.
    """
    items = read_items(data)
    drawn = choose(items, most_entries)
    artist = _Artist(drawn, today)
    artist.head(topic_of(data), len(items))
    artist.entries()
    artist.foot(remark)
    return Layout(
        WIDTH,
        math.ceil(artist.y),
        tuple(artist.finish()),
        theme,
        f"Timeline of {topic_of(data)}",
        describe_chart(data),
        len(drawn),
        len(items) - len(drawn),
    )


def describe_gap(n_days: int) -> str:
    """Return ``2 years 4 months`` for a gap of so many days."""
    months = max(round(n_days / _DAYS_OF_MONTH), 1)
    years = n_days / _DAYS_OF_YEAR
    whole, rest = divmod(months, 12) if years < 100 else (round(years), 0)  # noqa: PLR2004 - months of centuries say nothing
    words = [count_words(whole, "year")] if whole else []
    return " ".join([*words, count_words(rest, "month")] if rest else words)


class _Artist:
    """Sets one picture from top to bottom; ``y`` is where the next thing begins."""

    def __init__(self, items: list[Item], today: date) -> None:
        self.y = float(_MARGIN)
        self._items = items
        self._today = today
        self._type = _ROOMY if len(items) <= _SOME else _DENSE
        self._bars = lay_bars(items)
        n_lanes = max((bar.lane + 1 for bar in self._bars), default=0)
        self._axis_x = _MARGIN + 26.0 + (_LANE * n_lanes + 6 if n_lanes else 0)
        self._left = self._axis_x + 50
        self._grounds: list[Shape] = []
        self._lines: list[Shape] = []
        self._shapes: list[Shape] = []
        self._marks: list[float] = []
        self._ends: list[float] = []
        self._axis_from: float | None = None
        self._band_from = 0.0
        self._n_bands = 0

    def head(self, topic: str, n_entries: int) -> None:
        """Set the topic, and how much of it the picture holds."""
        self._words(topic, self._type.topic, Weight.BOLD, "ink", x=_MARGIN, most=2)
        words = count_words(n_entries, "event")
        if n_entries > len(self._items):
            words = f"The {len(self._items)} weightiest of {words}"
        self._words(words + _years_words(self._items), self._type.small, Weight.REGULAR, "muted", x=_MARGIN, most=2)
        self.y += 22

    def entries(self) -> None:
        """Set all entries with their years, gaps and the day of today between them."""
        before: Item | None = None
        for item in self._items:
            if before is None or _heading_of(before) != _heading_of(item):
                self._turn_year(before, item)
            elif self._is_now(before, item):
                self._divide()
            else:
                self.y += self._type.air * _distance(before, item)
            self._entry(item)
            before = item
        if before is not None:
            self.y += 26
            self._end_band()
            self._end_axis(self.y - 20)

    def foot(self, more: str) -> None:
        """Set what the signs mean, and when this was so."""
        self.y += 24
        if not self._items:
            self._words("There is nothing to draw.", self._type.text, Weight.REGULAR, "ink", x=_MARGIN)
        self._legend()
        self.y += 10
        remark = f"Wirewatch, {format_day(self._today)}" + (f". {more}" if more else "")
        self._words(remark, self._type.small, Weight.REGULAR, "muted", x=_MARGIN, most=2)
        self.y += _MARGIN - 10

    def _legend(self) -> None:
        """Set the signs that are used side by side, as many on a line as it holds."""
        size = self._type.small
        x, height = float(_MARGIN), round(size * _LEADING) + 10
        for signs, words in list_legend(self._items, self._bars):
            width = width_in(words, size, Weight.REGULAR)
            if x > _MARGIN and x + 56 + width > WIDTH - _MARGIN:
                x, self.y = float(_MARGIN), self.y + height
            self._shapes.extend(signs(x + 22, self.y + round(0.66 * size)))
            label = make_label(words, x + 56, self.y + size * RISE, size=size, weight=Weight.REGULAR, role="muted")
            self._shapes.append(label)
            x += 56 + width + 40
        self.y += height if x > _MARGIN else 0

    def finish(self) -> list[Shape]:
        """Return all shapes in the order of painting: ground, bands, axis, bars, marks, words."""
        ground = Rect(0, 0, WIDTH, math.ceil(self.y), fill="ground")
        bars = [shape for bar in self._bars for shape in self._bar(bar)]
        marks = [
            shape
            for item, y in zip(self._items, self._marks, strict=True)
            for shape in draw_mark(item.modality, self._axis_x, y, radius_of(item.n_independent))
        ]
        return [ground, *self._grounds, *self._lines, *bars, *marks, *self._shapes]

    def _entry(self, item: Item) -> None:
        role, notes = item.modality.value, " · ".join(item.notes)
        centre = round(self.y + 0.68 * self._type.when)
        self._marks.append(centre)
        if item.starts_on is None:
            self._words(notes, self._type.when, Weight.SEMIBOLD, role)
        else:
            self._axis_from = centre if self._axis_from is None else self._axis_from
            self._words(item.when[0].upper() + item.when[1:], self._type.when, Weight.SEMIBOLD, role, most=2)
            self._beside(f"· {notes}" if notes else "", self._type.when, role)
        self._words(item.text, self._type.text, Weight.REGULAR, "ink", most=self._type.most_lines)
        self._beside(f"— {item.source}" if item.source else "", self._type.small, "muted")
        for there, here in item.disputes[:_MOST_DISPUTES]:
            self._dispute(there, here)
        if len(item.disputes) > _MOST_DISPUTES:
            self._dispute_line(f"≠ {len(item.disputes) - _MOST_DISPUTES} more disputed", "")
        self._ends.append(self.y)

    def _dispute(self, there: Claim, here: Claim) -> None:
        """Set both values on one line where they fit, else on two; who says it is never cut off."""
        ends = [f" ({claim.outlet})" if claim.outlet else "" for claim in (there, here)]
        whole = f"≠ disputed: {there.value}{ends[0]} against {here.value}{ends[1]}"
        if width_in(whole, self._type.small, Weight.SEMIBOLD) <= WIDTH - _MARGIN - self._left:
            self._dispute_line(whole, "")
            return
        self._dispute_line(f"≠ disputed: {there.value}", ends[0])
        self._dispute_line(f"against {here.value}", ends[1])

    def _dispute_line(self, words: str, end: str) -> None:
        size, weight = self._type.small, Weight.SEMIBOLD
        room = WIDTH - _MARGIN - self._left - width_in(end, size, weight)
        lines = fit_lines(words, room, size=size, weight=weight, most=1)
        self._words(lines[0] + end, size, weight, "dispute")

    def _beside(self, words: str, size: int, role: str) -> None:
        """Set words after the last line where it leaves room, else on a line of their own."""
        last = self._shapes[-1] if self._shapes else None
        if words and isinstance(last, Label):
            label = make_label(words, last.x + last.width + 12, last.y, size=size, weight=Weight.REGULAR, role=role)
            if label.x + label.width <= WIDTH - _MARGIN:
                self._shapes.append(label)
                return
        self._words(words, size, Weight.REGULAR, role)

    def _words(
        self, text: str, size: int, weight: Weight, role: str, *, x: float | None = None, most: int = 1
    ) -> None:  # fmt: skip
        left = self._left if x is None else x
        for line in fit_lines(text, WIDTH - _MARGIN - left, size=size, weight=weight, most=most):
            label = make_label(line, left, self.y + size * RISE, size=size, weight=weight, role=role)
            self._shapes.append(label)
            self.y += round(size * _LEADING)

    def _turn_year(self, before: Item | None, item: Item) -> None:
        if before is not None:
            self.y += 22
            self._end_band()
            self._bridge(before, item)
        self._band_from = self.y
        self.y += 14
        if item.place is None:
            self._end_axis(self.y - 14 - 22)
        self._words(_heading_of(item), self._type.year, Weight.BOLD, "ink")
        self.y += 6

    def _end_band(self) -> None:
        if self._n_bands % 2 == 0:
            self._grounds.append(Rect(0, self._band_from, WIDTH, self.y - self._band_from, fill="band"))
        self._n_bands += 1

    def _bridge(self, before: Item, item: Item) -> None:
        """Set what lies between two years: a gap that is folded, and today."""
        begins, ends = item.starts_on, _latest_start(before)
        if begins is None or ends is None or before.place == LONGER:
            return
        if self._is_now(before, item):
            self._fold((self._today - ends).days)
            self._divide()
            self._fold((begins - self._today).days)
        else:
            self._fold((begins - ends).days)

    def _fold(self, n_days: int) -> None:
        """Where more than a year has nothing, break the axis and say how long the gap is."""
        if n_days <= _FOLD_DAYS:
            return
        top = self.y
        self._end_axis(top + 8)
        self.y += 20
        self._words(f"{describe_gap(n_days)} later", self._type.small, Weight.REGULAR, "muted")
        self.y += 20
        self._axis_from = self.y - 8
        x, step = self._axis_x, (self.y - top - 16) / 4
        zigzag = tuple((x + (0, 9, -9, 9, 0)[n], top + 8 + n * step) for n in range(5))
        self._lines.append(Line(zigzag, "axis", 4))

    def _end_axis(self, y: float) -> None:
        if self._axis_from is not None:
            self._lines.append(Line(((self._axis_x, self._axis_from), (self._axis_x, y)), "axis", 4))
        self._axis_from = None

    def _is_now(self, before: Item, item: Item) -> bool:
        begins, ends = item.starts_on, before.starts_on
        return ends is not None and begins is not None and ends <= self._today < begins

    def _divide(self) -> None:
        self.y += 20
        words = f"Today, {format_day(self._today)}"
        top = self.y
        self._words(words, self._type.small, Weight.BOLD, "today")
        label = self._shapes[-1]
        middle = (top + self.y) / 2
        end = self._left + (label.width if isinstance(label, Label) else 0)
        self._lines.append(Line(((_MARGIN, middle), (self._left - 14, middle)), "today", 3))
        self._lines.append(Line(((end + 14, middle), (WIDTH - _MARGIN, middle)), "today", 3))
        self.y += 20

    def _bar(self, bar: Bar) -> list[Shape]:
        x = self._axis_x - 42 - bar.lane * _LANE
        top = self._marks[bar.first]
        bottom = self._ends[bar.last] if bar.first == bar.last else self._marks[bar.last] + 14
        bottom = max(bottom, top + 30)
        return draw_bar(x, top - 12, bottom, is_exact=bar.is_exact, is_open=bar.is_open, is_unbegun=bar.is_unbegun)


def _years_words(items: list[Item]) -> str:
    """Return ``, 2018 to 2025``, the years in which the entries begin; empty where none has a date."""
    years = [item.starts_on.year for item in items if item.starts_on is not None]
    if not years:
        return ""
    first, last = min(years), max(years)
    return f", {first}" if first == last else f", {first} to {last}"


def _heading_of(item: Item) -> str:
    """Return the heading that it has in the answer, of its year or of longer times."""
    return say_place(None if item.place is None else Place(item.place.year))


def _latest_start(item: Item) -> date | None:
    """Return the last day on which it can have begun: a gap after "2018" is counted from the end of that year."""
    is_lasting = item.span.precision is Precision.SPAN or item.span.last_on is None
    return item.starts_on if is_lasting else item.span.last_on


def _distance(before: Item, item: Item) -> float:
    """Return the space between two entries of a year: it grows with the logarithm of the days between them."""
    begins, ends = item.starts_on, before.starts_on
    n_days = 0 if begins is None or ends is None else max((begins - ends).days, 0)
    return 18 + 5 * math.log2(1 + n_days)
