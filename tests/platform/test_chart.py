"""The picture of a timeline: nothing overlaps, nothing is hidden, and every output shows the same."""

from __future__ import annotations

import io
import itertools
import re
import xml.etree.ElementTree as ET
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from bot.render.chart import describe_chart, draw_chart, paint_chart, to_png, to_svg
from bot.render.chart.bars import lay_bars
from bot.render.chart.fonts import fit_lines, width_in
from bot.render.chart.items import read_items
from bot.render.chart.layout import MOST_ENTRIES, describe_gap
from bot.render.chart.scripts import remark_on, spell_out
from bot.render.chart.shapes import Circle, Label, Layout, Polygon, Rect, Weight
from bot.render.chart.themes import PALETTES, Theme

GOLDEN = Path(__file__).resolve().parents[1] / "golden"
TODAY = date(2026, 3, 10)
MODALITIES = ("happened", "planned", "alleged", "denied", "threatened")
LONG = "Превысокомногорассмотрительствующий " * 4 + "W" * 200


def entry(first: str | None, last: str | None = None, **more: object) -> dict[str, Any]:
    return {
        "from": first,
        "to": last or first,
        "precision": "day" if last is None else "span",
        "basis": "stated",
        "modality": "happened",
        "title": "A ship left the port.",
        "sentences": ["A ship left the port."],
        "reports": [],
        "n_independent": 1,
        "disputes": [],
        **more,
    }


DISPUTE = {
    "kind": "figure",
    "here": {"value": "100 troops", "outlet": "Gazette"},
    "there": {"value": "20 troops", "outlet": "Herald"},
}
SMALL = {
    "topic": "порт & <port>",
    "entries": [
        entry("2021-05-01", "2021-05-31", precision="month", sentences=["Строительство порта началось в мае."]),
        entry("2024-01-05", n_independent=3, disputes=[DISPUTE], sentences=["About 100 troops came, 20 by others."]),
        entry("2024-01-05", modality="denied", sentences=["The ministry denied it."]),
        entry("2026-04-01", modality="planned", sentences=["A second ship will leave on 1 April."]),
    ],
}


def labels(layout: Layout) -> list[Label]:
    return [shape for shape in layout.shapes if isinstance(shape, Label)]


def words(layout: Layout) -> str:
    return "\n".join(label.text for label in labels(layout))


def check_apart(layout: Layout) -> None:
    """No two labels share a pixel, no mark or bar lies under words, and all words are within the picture."""
    boxes = sorted((label.box for label in labels(layout)), key=lambda box: box[1])
    for n, (left, top, right, bottom) in enumerate(boxes):
        assert left >= 0
        assert right <= layout.width
        assert top >= 0
        assert bottom <= layout.height
        for other in itertools.takewhile(lambda box: box[1] < bottom - 0.01, boxes[n + 1 :]):  # noqa: B023 - used at once
            assert other[0] >= right or other[2] <= left, (n, boxes[n], other)
    signs = [sign_box(shape) for shape in layout.shapes if isinstance(shape, Circle | Polygon)]
    signs += [sign_box(shape) for shape in layout.shapes if isinstance(shape, Rect) and shape.stroke]
    for sign in signs:
        assert not any(is_crossing(sign, box) for box in boxes)


def sign_box(shape: Circle | Polygon | Rect) -> tuple[float, float, float, float]:
    if isinstance(shape, Circle):
        return shape.x - shape.radius, shape.y - shape.radius, shape.x + shape.radius, shape.y + shape.radius
    if isinstance(shape, Rect):
        return shape.x, shape.y, shape.x + shape.width, shape.y + shape.height
    xs, ys = zip(*shape.points, strict=True)
    return min(xs), min(ys), max(xs), max(ys)


def is_crossing(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def entries(n: int) -> st.SearchStrategy[list[dict[str, Any]]]:
    day = st.dates(date(1990, 1, 1), date(2030, 1, 1)) | st.just(date(2019, 3, 23))
    span = st.tuples(day, st.integers(0, 4000) | st.just(0))
    text = st.text(max_size=120) | st.just(LONG) | st.just("Two planes landed in Caracas. " * 20) | st.just("")

    def build(drawn: tuple[tuple[date, int], str, str, int, str]) -> dict[str, Any]:
        (first, length), sentence, modality, origins, precision = drawn
        last = first + timedelta(days=length)
        return entry(
            first.isoformat(),
            last.isoformat(),
            sentences=[sentence],
            modality=modality,
            n_independent=origins,
            precision="day" if length == 0 else precision,
            disputes=[{**DISPUTE, "here": {"value": sentence[:90], "outlet": sentence}}] * (origins % 3),
        )

    one = st.tuples(
        span,
        text,
        st.sampled_from(MODALITIES),
        st.integers(1, 9),
        st.sampled_from(["week", "month", "year", "span", "decade"]),
    ).map(build)
    return st.lists(one, min_size=n, max_size=n)


@settings(max_examples=40)
@given(st.sampled_from([1, 5, 20]).flatmap(entries))
def test_labels_never_overlap(drawn: list[dict[str, Any]]) -> None:
    check_apart(draw_chart({"topic": "x", "entries": drawn}, today=TODAY))


@settings(max_examples=5)
@given(entries(60))
def test_labels_never_overlap_at_sixty(drawn: list[dict[str, Any]]) -> None:
    check_apart(draw_chart({"topic": LONG, "entries": drawn}, today=TODAY))


@pytest.mark.parametrize("n", [1, 5, 20, 60])
def test_many_on_one_day_are_all_there(n: int) -> None:
    data = {"topic": "x", "entries": [entry("2019-03-23", sentences=[f"Plane {k} landed."]) for k in range(n)]}
    layout = draw_chart(data, today=TODAY)
    check_apart(layout)
    assert [f"Plane {k} landed." in words(layout) for k in range(n)] == [True] * n


def test_the_lightest_are_left_out_and_said_so() -> None:
    drawn = [entry(f"20{n // 12:02}-{n % 12 + 1:02}-01", sentences=[f"Ship {n}."], n_independent=1) for n in range(70)]
    drawn[66]["n_independent"] = 4
    layout = draw_chart({"topic": "x", "entries": drawn}, today=TODAY)
    assert (layout.n_drawn, layout.n_left_out) == (MOST_ENTRIES, 10)
    assert "The 60 weightiest of 70 events, 2000 to 2005" in words(layout)
    assert "Ship 66." in words(layout)


def test_time_is_told_honestly() -> None:
    """Gaps are folded with their length, today divides, an unclear day is said to be one, both values are there."""
    text = words(draw_chart(SMALL, today=TODAY))
    assert re.findall(r"\d+ years? .* later|\d+ years? later", text) == [
        "2 years 7 months later",
        "2 years 2 months later",
    ]
    assert "Today, 10 March 2026" in text
    assert "May 2021" in text
    assert "hollow bar: on some day within" in text
    assert "≠ disputed: 20 troops (Herald) against 100 troops (Gazette)" in text
    assert "· 3 independent origins" in text
    assert "· denied" in text
    order = [text.index(part) for part in ("\n2021\n", "\n2024\n", "Today", "\n2026\n")]
    assert order == sorted(order)


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (366, "1 year"),
        (400, "1 year 1 month"),
        (852, "2 years 4 months"),
        (365_250, "1,000 years"),
        (20, "1 month"),
    ],
)
def test_gaps_in_words(days: int, said: str) -> None:
    assert describe_gap(days) == said


def test_forms_differ_without_colour() -> None:
    """Each modality has a mark of its own even in grey."""
    seen = set()
    for modality in MODALITIES:
        layout = draw_chart({"topic": "x", "entries": [entry("2020-01-01", modality=modality)]}, today=TODAY)
        marks = [shape for shape in layout.shapes if getattr(shape, "stroke", "") == modality]
        seen.add(str([(type(mark).__name__, len(getattr(mark, "points", ())), getattr(mark, "fill", "") == modality)
                      for mark in marks]))  # fmt: skip
    assert len(seen) == len(MODALITIES)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_colours_can_be_read(theme: Theme) -> None:
    """Contrast of at least 4.5 for words and 3 for signs, on both grounds (WCAG 2.2, 1.4.3 and 1.4.11)."""
    palette = PALETTES[theme]
    for role, colour in palette.items():
        least = 0 if role in {"ground", "band"} else 3 if role == "axis" else 4.5
        for ground in ("ground", "band"):
            assert contrast(colour, palette[ground]) >= least, (role, ground)


def contrast(one: str, other: str) -> float:
    def light(colour: str) -> float:
        parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
        red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    high, low = sorted((light(one), light(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_png(theme: Theme) -> None:
    layout = draw_chart(SMALL, theme=theme, today=TODAY)
    with Image.open(io.BytesIO(to_png(layout))) as image:
        assert image.size == (layout.width, layout.height)
        assert image.format == "PNG"
        pixels = image.convert("RGBA")
    assert pixels.getchannel("A").getextrema() == (255, 255)
    colours = {bytes(colour[:3]).hex(): n for n, colour in pixels.getcolors(1 << 20) or () if isinstance(colour, tuple)}
    assert colours[PALETTES[theme]["ground"][1:]] > 0.3 * layout.width * layout.height
    assert colours[PALETTES[theme]["ink"][1:]] > 1000
    assert colours[PALETTES[theme]["dispute"][1:]] > 100


def test_png_of_what_the_font_lacks() -> None:
    """Foreign scripts, marks and control characters are drawn as boxes or not at all; nothing fails."""
    text = "日本の新聞 العربية \u202eevil\u2066 \x1b[31m \U0001f600 e" + "\u0301" * 50 + " \ud800"
    layout = draw_chart({"topic": text, "entries": [entry("2020-01-01", sentences=[text])]}, today=TODAY)
    assert to_png(layout)
    assert not set("\u202e\u2066\x1b\ud800") & set(to_svg(layout))
    ET.fromstring(to_svg(layout).encode())  # noqa: S314 - our own text


def test_an_empty_timeline_is_a_picture_too() -> None:
    layout = draw_chart({"topic": "x", "entries": []}, today=TODAY)
    assert "nothing to draw" in words(layout)
    assert to_png(layout)


def test_golden_svg() -> None:
    text = to_svg(draw_chart(SMALL, today=TODAY))
    path = GOLDEN / "timeline.svg"
    assert text == path.read_text(encoding="utf-8"), f"if the change is wanted, write the new text to {path}"


def test_svg_is_only_a_picture() -> None:
    """Text of strangers stays text, nothing is fetched or run, and a reader of screens hears what is drawn."""
    hostile = "</text><script>alert(1)</script><image href='http://evil.example/x'/>"
    text = to_svg(draw_chart({"topic": hostile, "entries": [entry("2020-01-01", sentences=[hostile])]}, today=TODAY))
    root = ET.fromstring(text.encode())  # noqa: S314 - our own text
    names = {element.tag.rpartition("}")[2] for element in root.iter()}
    assert names <= {"svg", "title", "desc", "text", "rect", "circle", "polygon", "polyline"}
    assert not any("href" in name for element in root.iter() for name in element.attrib)
    assert root.get("role") == "img"


def test_words_have_the_same_width_everywhere() -> None:
    layout = draw_chart(SMALL, today=TODAY)
    root = ET.fromstring(to_svg(layout).encode())  # noqa: S314 - our own text
    written = [float(element.get("textLength", 0)) for element in root.iter() if element.tag.endswith("}text")]
    assert written == [round(label.width, 1) for label in labels(layout)]


def test_alternative_text() -> None:
    text = describe_chart(SMALL)
    assert text.startswith("Timeline of Порт & <port>: 4 events, first May 2021, last 1 April 2026.")
    assert "1 planned, 1 denied, 1 disputed" in text
    assert "5 January 2024 (3 independent origins): About 100 troops came" in text


@settings(max_examples=30)
@given(st.integers(0, 70).flatmap(lambda n: entries(min(n, 12))), st.text(max_size=400))
def test_alternative_text_is_short(drawn: list[dict[str, Any]], topic: str) -> None:
    text = describe_chart({"topic": topic, "entries": drawn})
    assert 0 < len(text) <= 1000
    assert "\n" not in text


@given(st.text(max_size=300) | st.just(LONG), st.integers(80, 900), st.integers(1, 3))
def test_lines_fit(text: str, width: int, most: int) -> None:
    lines = fit_lines(text, width, size=32, weight=Weight.REGULAR, most=most)
    assert len(lines) <= most
    assert all(width_in(line, 32, Weight.REGULAR) <= width for line in lines)


def test_a_cut_is_shown_and_falls_between_words() -> None:
    text = "one two three four five six seven eight"
    lines = fit_lines(text, 160, size=32, weight=Weight.REGULAR, most=2)
    assert lines[-1].endswith(" …")
    assert set(" ".join(lines).split()) <= {*text.split(), "…"}


@pytest.mark.parametrize("first", [None, "0001-01-01", "9999-12-31"])
def test_ends_of_the_calendar(first: str | None) -> None:
    strange = entry(first, precision="unknown" if first is None else "day")
    layout = draw_chart({"topic": "x", "entries": [entry("2020-01-01"), strange]}, today=TODAY)
    check_apart(layout)
    assert to_png(layout)


@pytest.mark.parametrize(
    ("text", "painted", "scripts"),
    [
        ("Two planes, Перу, Αθήνα, Łódź", "Two planes, Перу, Αθήνα, Łódź", ()),
        ("They said مرحبا بالعالم twice", "They said [Arabic] twice", ("Arabic",)),
        ("秘鲁 and 페루 and שלום", "[Chinese] and [Korean] and [Hebrew]", ("Chinese", "Hebrew", "Korean")),
        ("Peru 🇵🇪 signed 🎉", "Peru signed", ()),
    ],
)
def test_a_painted_picture_names_scripts_that_its_font_lacks(text: str, painted: str, scripts: tuple[str, ...]) -> None:
    """No boxes: the name of the script stands there, and at the foot where it can be read."""
    drawn, lacking = spell_out({"topic": text, "entries": [entry("2020-01-01", sentences=[text])]})
    assert (drawn["topic"], drawn["entries"][0]["sentences"], lacking) == (painted, [painted], scripts)
    assert all(script in remark_on(lacking) for script in scripts)
    assert paint_chart({"topic": text, "entries": [entry("2020-01-01", sentences=[text])]}, today=TODAY)


def test_a_plan_without_a_day_lasts_no_time() -> None:
    plan = entry("2020-01-01", to=None, precision="span", modality="planned")
    assert len(lay_bars(read_items({"entries": [plan]}))) == 1
    assert lay_bars(read_items({"entries": [{**plan, "is_date_of_telling": True}]})) == []
