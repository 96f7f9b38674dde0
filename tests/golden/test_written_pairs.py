"""The labels and disputes of our own pairs of articles stay as good as they were measured."""

from __future__ import annotations

import pytest

from benchmarks.disputes import decide_dispute, load_dispute_pairs
from benchmarks.novelty import GOLDEN, load_pairs, measure_pairs


@pytest.mark.parametrize(
    ("name", "least"),
    [
        ("novelty_pairs_a.toml", 0.92),
        ("novelty_pairs_b.toml", 0.94),
        ("novelty_pairs_c.toml", 0.91),
        ("novelty_pairs_d.toml", 0.9),
        ("novelty_pairs_e.toml", 0.94),
        ("novelty_pairs_f.toml", 0.9),
        ("novelty_pairs_g.toml", 0.9),
        ("novelty_pairs_h.toml", 0.95),
        ("novelty_pairs_i.toml", 0.91),
        ("novelty_pairs_j.toml", 0.93),
        ("novelty_pairs_k.toml", 0.85),
        ("novelty_pairs_l.toml", 0.94),
        ("novelty_pairs_m.toml", 0.88),
        ("novelty_pairs_n.toml", 0.94),
        ("novelty_pairs_q.toml", 0.9),
        ("novelty_pairs_s.toml", 0.84),
        ("novelty_pairs_v.toml", 0.85),
        ("novelty_pairs_w.toml", 0.9),
        ("novelty_pairs_x.toml", 0.88),
        ("novelty_pairs_y.toml", 0.79),
        ("novelty_pairs_1.toml", 0.87),
        ("novelty_pairs_2.toml", 0.89),
        ("novelty_pairs_3.toml", 0.79),
        ("novelty_pairs_6.toml", 0.79),
        ("novelty_pairs_0.toml", 0.76),
    ],
)
def test_labels(name: str, least: float) -> None:
    """A change that costs accuracy is looked at before it is taken; see ``python -m benchmarks.novelty``."""
    _, pairs = load_pairs(GOLDEN / name)
    n_right, confusion = measure_pairs(GOLDEN / name)
    assert n_right / len(pairs) >= least, confusion


@pytest.mark.parametrize(
    ("name", "precision", "recall"),
    [
        ("a", 0.95, 0.77),
        ("b", 0.97, 0.86),
        ("c", 0.95, 0.72),
        ("d", 0.94, 0.58),
        ("e", 0.93, 0.73),
        ("f", 0.96, 0.8),
        ("g", 0.96, 0.71),
        ("h", 0.94, 0.8),
        ("i", 0.94, 0.64),
        ("j", 0.95, 0.66),
        ("k", 0.95, 0.33),
        ("l", 0.94, 0.37),
        ("m", 0.88, 0.58),
        ("n", 0.88, 0.58),
        ("q", 0.93, 0.4),
        ("s", 0.8, 0.25),
        ("1", 0.86, 0.6),
        ("2", 0.95, 0.62),
        ("3", 0.94, 0.5),
        ("6", 0.65, 0.25),
        ("8", 0.9, 0.27),
    ],
)
def test_disputes(name: str, precision: float, recall: float) -> None:
    """A false contradiction costs more trust than a missed one; see ``python -m benchmarks.disputes``."""
    pairs = load_dispute_pairs(name)
    found = [pair for pair in pairs if decide_dispute(pair).disputes]
    true = [pair for pair in found if pair["is_disputed"]]
    assert len(true) / len(found) >= precision
    assert len(true) / sum(pair["is_disputed"] for pair in pairs) >= recall
