"""What the learning scripts share: the regression, and new weights put in the place of old ones."""

from __future__ import annotations

import random

import pytest

from benchmarks.regression import fit_logistic
from benchmarks.weights import render_learnt, replace_weights

TABLES = """# A head.
[first]
bias = 1.000
gone = 2.000
held = 3.000
# By hand.
days = 30

[second]
bias = 4.000
"""


def test_a_regression_finds_the_weights_that_drew_the_answers() -> None:
    chance = random.Random(3)  # noqa: S311 - the same at each run
    table = [[chance.gauss(5, 2), chance.gauss(0, 0.1)] for _ in range(4000)]
    answers = [1.5 * one - 8 * other - 7 > chance.gauss(0, 1.7) for one, other in table]
    bias, (one, other) = fit_logistic(table, answers, [1.0] * len(table), ridge=0.01)
    assert other / one == pytest.approx(-8 / 1.5, rel=0.15)
    assert bias / one == pytest.approx(-7 / 1.5, rel=0.1)


def test_a_row_of_no_worth_teaches_nothing() -> None:
    rows = [([float(place)], place > 4, 1.0) for place in range(10)]
    table, answers, worths = zip(*rows, ([100.0], False, 0.0), strict=True)
    bias, (weight,) = fit_logistic(table, answers, worths, ridge=1.0)
    assert weight > 0 > bias


def test_learnt_weights_replace_the_old_and_leave_what_is_set_by_hand() -> None:
    found = replace_weights(TABLES, "first", {"bias": -1.0, "fresh": 0.5, "held": 9.0}, by_hand=["held"])
    assert found == TABLES.replace("bias = 1.000\ngone = 2.000\n", "bias = -1.000\nfresh = 0.500\n")


def test_weights_of_no_table_are_put_nowhere() -> None:
    with pytest.raises(KeyError):
        replace_weights(TABLES, "third", {"bias": 1.0})


def test_what_is_learnt_is_shown_beside_what_stands() -> None:
    shown = render_learnt("first", {"bias": 1.0004, "gap": -0.5, "fresh": 0.2}, {"bias": 1.0, "gap": -0.6})
    assert shown == "[first]\nbias = 1.000\ngap = -0.500  # stands: -0.600\nfresh = 0.200  # stands: 0.000"
