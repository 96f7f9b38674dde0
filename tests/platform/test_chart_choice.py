"""What a picture tells: which entries it takes, who says so, how spans and disputes are told, where it is cut."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageDraw

from bot.render.chart import draw_chart
from bot.render.chart.fonts import fit_lines, load_font, load_word, width_in
from bot.render.chart.items import choose, read_items
from bot.render.chart.shapes import Circle, Label, Layout, Line, Polygon, Rect, Weight
from bot.render.safety import clean_line

TODAY = date(2026, 3, 10)


def entry(first: str | None, last: str | None = None, **more: object) -> dict[str, Any]:
    sentence = "A ship left the port."
    return {"from": first, "to": last or first, "precision": "day", "basis": "stated", "modality": "happened",
            "title": sentence, "sentences": [sentence], "reports": [], "n_independent": 1, "disputes": [],
            **more}  # fmt: skip


def draw(*entries: dict[str, Any]) -> Layout:
    return draw_chart({"topic": "ships", "entries": list(entries)}, today=TODAY)


def words(layout: Layout) -> list[str]:
    return [shape.text for shape in layout.shapes if isinstance(shape, Label)]


def test_of_equal_weight_those_are_taken_that_lie_apart() -> None:
    """A picture with little room tells of the whole time, not of its beginning."""
    items = read_items({"entries": [entry(f"{2000 + n}-01-01") for n in range(25)]})
    years = [item.starts_on.year for item in choose(items, 5) if item.starts_on]
    assert years == [2000, 2006, 2012, 2018, 2024]


@given(st.lists(st.integers(1, 3), min_size=1, max_size=40), st.integers(1, 12))
def test_the_weightiest_are_never_left_out(weights: list[int], most: int) -> None:
    items = read_items({"entries": [entry("2000-01-01", n_independent=weight) for weight in weights]})
    chosen = choose(items, most)
    assert len(chosen) == min(most, len(items))
    assert sorted(item.n_independent for item in chosen) == sorted(weights, reverse=True)[: len(chosen)][::-1]


def test_who_says_so_stands_under_each_sentence() -> None:
    """The outlet whose sentence is shown comes first; many are counted."""
    quotes = [("Gazette", "Other words."), ("Herald", "A ship left the port."), ("Herald", "More."), ("Courier", "x"),
              ("Ledger", "y"), ("Post", "z")]  # fmt: skip
    reports = [{"outlet": outlet, "quote": quote} for outlet, quote in quotes]
    assert "— Herald, Gazette, Courier and 2 more" in words(draw(entry("2020-01-01", reports=reports)))


def test_both_sides_of_a_dispute_are_named_however_long_they_are() -> None:
    long = {"value": "many " * 60, "outlet": "Evening Herald"}
    dispute = {"kind": "figure", "here": {"value": "W" * 300, "outlet": "Gazette"}, "there": long}
    shown = words(draw(entry("2020-01-01", disputes=[dispute] * 5)))
    assert sum(text.startswith("≠ disputed: many") and text.endswith("… (Evening Herald)") for text in shown) == 2
    assert sum(text.startswith("against WWW") and text.endswith("… (Gazette)") for text in shown) == 2
    assert "≠ 3 more disputed" in shown


def test_what_has_no_named_end_goes_no_further_than_it_is_known() -> None:
    """An open end is an arrow beside its own entry; nothing says that it lasted until today."""
    layout = draw(
        entry("2018-06-01", precision="span", to=None), entry("2019-01-01"), entry("2020-01-01"), entry("2021-01-01")
    )
    (bar,) = (shape for shape in layout.shapes if isinstance(shape, Rect) and shape.stroke == "axis" and shape.x < 60)
    marks = [shape.y for shape in layout.shapes if isinstance(shape, Circle) and shape.stroke == "happened"]
    assert bar.y + bar.height < marks[1]
    assert "arrow: that end is not named" in words(layout)
    assert "bar: it lasted so long" not in words(layout)
    arrows = [shape for shape in layout.shapes if isinstance(shape, Polygon) and shape.fill == "axis"]
    assert arrows[0].points[2][1] > arrows[0].points[0][1]
    until = draw({**entry(None, "2018-06-30", precision="span")})
    arrows = [shape for shape in until.shapes if isinstance(shape, Polygon) and shape.fill == "axis"]
    assert arrows[0].points[2][1] < arrows[0].points[0][1]


def test_what_has_no_date_is_not_on_the_axis() -> None:
    layout = draw(entry("2019-01-01"), entry(None, precision="unknown", modality="alleged"))
    marks = [shape.points[0][1] for shape in layout.shapes if isinstance(shape, Polygon) and shape.stroke == "alleged"]
    axis = [shape for shape in layout.shapes if isinstance(shape, Line) and shape.stroke == "axis"]
    assert max(y for line in axis for _, y in line.points) < marks[0]
    assert words(layout).count("Date unknown") == 1
    assert words(layout)[words(layout).index("Date unknown") + 1] == "alleged"


def test_a_gap_around_today_is_told_on_both_sides() -> None:
    shown = words(draw(entry("2020-03-10"), entry("2031-03-10", modality="planned")))
    at = shown.index("Today, 10 March 2026")
    assert (shown[at - 1], shown[at + 1]) == ("6 years later", "5 years later")


@pytest.mark.parametrize("modality", ["denied", "threatened", "alleged", "planned", "happened"])
@pytest.mark.parametrize("n_independent", [2, 3, 5, 40])
def test_no_mark_sticks_out_of_its_ring(modality: str, n_independent: int) -> None:
    layout = draw(entry("2019-01-01", modality=modality, n_independent=n_independent))
    ring = next(shape for shape in layout.shapes if isinstance(shape, Circle) and shape.stroke_width == 3)
    forms = [shape for shape in layout.shapes if isinstance(shape, Polygon | Line) and shape.stroke == modality]
    points = [(x - ring.x, y - ring.y) for form in forms for x, y in form.points if abs(y - ring.y) < 40]
    assert all((x * x + y * y) ** 0.5 + 2.5 <= ring.radius + 1 for x, y in points)


def test_long_words_break_where_a_reader_expects_it() -> None:
    """After a hyphen or slash; else anywhere, with a hyphen between letters only."""
    text = "Военно-техническое сотрудничество"
    assert fit_lines(text, 250, size=32, weight=Weight.REGULAR, most=3)[0] == "Военно-"
    lines = fit_lines("Rindfleischetikettierungsgesetz", 300, size=32, weight=Weight.REGULAR, most=3)
    assert lines[0].endswith("-")
    assert len(lines[-1]) >= 3
    assert "".join(lines).replace("-", "") == "Rindfleischetikettierungsgesetz"
    assert not any("-" in line for line in fit_lines("7" * 80, 300, size=32, weight=Weight.REGULAR, most=9))
    assert not any("-" in line for line in fit_lines("東" * 80, 300, size=32, weight=Weight.REGULAR, most=9))
    assert fit_lines("Tu-160 landed", 300, size=32, weight=Weight.REGULAR, most=1) == ["Tu-160 landed"]


def test_a_cut_before_a_long_word_begins_that_word() -> None:
    (line,) = fit_lines("a " + "W" * 90, 600, size=32, weight=Weight.REGULAR, most=1)
    assert line.startswith("a WW")
    assert line.endswith(" …")


@given(st.text(st.characters(codec="utf-8"), max_size=60), st.sampled_from(Weight), st.sampled_from([24, 33, 56]))
def test_letters_stand_at_the_same_distance_whatever_is_beside_them(text: str, weight: Weight, size: int) -> None:
    """The font has no kerning: lines may be measured letter by letter, and painted word by word."""
    line = clean_line(text)
    assert width_in(line, size, weight) == pytest.approx(load_font(size, weight).getlength(line))


def test_words_are_painted_whole() -> None:
    """Nothing of a letter is cut off by the tile of its word, accents on capitals and tails included."""
    for word in ("ÅÉÑ", "Ёй", "fjgq", "Щ,", "W"):
        for size in (24, 33, 56):
            tile = load_word(word, size, Weight.BOLD).tile
            left, top, right, bottom = map(int, load_font(size, Weight.BOLD).getbbox(word, anchor="ls"))
            whole = Image.new("L", (right - left, bottom - top))
            ImageDraw.Draw(whole).text((-left, -top), word, fill=255, font=load_font(size, Weight.BOLD), anchor="ls")
            assert sum(n * value for value, n in enumerate(tile.histogram())) == sum(
                n * value for value, n in enumerate(whole.histogram())
            )


def test_many_entries_are_set_closer() -> None:
    many = [entry(f"{2000 + n // 12}-{n % 12 + 1:02}-01") for n in range(60)]
    few = draw_chart({"topic": "x", "entries": many[:20]}, today=TODAY)
    all_of_them = draw_chart({"topic": "x", "entries": many}, today=TODAY)
    assert all_of_them.height < 3 * few.height * 0.9
    assert min(shape.size for shape in all_of_them.shapes if isinstance(shape, Label)) >= 24
    assert min(shape.size for shape in few.shapes if isinstance(shape, Label)) >= 28


def test_a_topic_begins_with_a_capital() -> None:
    assert words(draw(entry("2020-01-01")))[0] == "Ships"
