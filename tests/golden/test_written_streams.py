"""What a desk would be told of our own streams of articles stays as good as it was measured."""

from __future__ import annotations

import pytest

from benchmarks.desk import decide_stream, is_right, load_stream
from benchmarks.stories import bcubed
from news.decision import Label


@pytest.mark.parametrize(
    ("name", "labels", "precision", "recall"),
    [
        ("a", 0.9, 0.95, 0.9),
        ("b", 0.88, 0.92, 0.92),
        ("c", 0.8, 0.92, 0.9),
        ("d", 0.8, 0.95, 0.92),
        ("e", 0.8, 0.95, 0.82),
        ("g", 0.78, 0.86, 0.92),
        ("i", 0.8, 0.95, 0.95),
        ("j", 0.9, 0.95, 0.95),
        ("l", 0.86, 0.93, 0.9),
    ],
)
def test_streams(name: str, labels: float, precision: float, recall: float) -> None:
    """Labels and stories of a stream; see ``python -m benchmarks desk``."""
    rows = load_stream(name)
    decisions, stories = decide_stream(rows)
    found = bcubed([row["story"] for row in rows], stories)
    assert sum(map(is_right, rows, decisions)) / len(rows) >= labels
    assert found[0] >= precision
    assert found[1] >= recall
    copies = {row["id"] for row, one in zip(rows, decisions, strict=True) if one.label is Label.REPRINT}
    assert {row["id"] for row in rows if row["label"] == ["REPRINT"]} <= copies
