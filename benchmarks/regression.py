"""Weighted logistic regression and its parts, scaling of columns and the linear system, and descent for other losses.

Owns the arithmetic. Must never know what the columns mean.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Sequence


def solve(matrix: Sequence[Sequence[float]], right: Sequence[float]) -> list[float]:
    """Solve a symmetric positive definite system by elimination."""
    n = len(right)
    rows = [[*line, value] for line, value in zip(matrix, right, strict=True)]
    for pivot in range(n):
        for below in range(pivot + 1, n):
            factor = rows[below][pivot] / rows[pivot][pivot]
            if factor:
                rows[below] = [b - factor * a for a, b in zip(rows[pivot], rows[below], strict=True)]
    found = [0.0] * n
    for place in reversed(range(n)):
        rest = sum(rows[place][k] * found[k] for k in range(place + 1, n))
        found[place] = (rows[place][n] - rest) / rows[place][place]
    return found


def scale_columns(table: Sequence[Sequence[float]]) -> tuple[list[float], list[float]]:
    """Return mean and spread of each column of a table; a spread is never quite 0, so that it can divide."""
    columns = list(zip(*table, strict=True))
    means = [sum(column) / len(column) for column in columns]
    spreads = [
        math.sqrt(sum((value - mean) ** 2 for value in column) / len(column)) + 1e-9
        for column, mean in zip(columns, means, strict=True)
    ]
    return means, spreads


def fit_logistic(
    table: Sequence[Sequence[float]],
    answers: Sequence[bool],
    worths: Sequence[float],
    *,
    ridge: float,
    n_steps: int = 9,
) -> tuple[float, list[float]]:
    """Return the bias and the weights of the columns in their own units (Newton's method).

    Args:
        worths: weight of each row.
        ridge: penalty on the squares of the weights of scaled columns.
    """
    means, spreads = scale_columns(table)
    scaled = [[*((v - m) / s for v, m, s in zip(line, means, spreads, strict=True)), 1.0] for line in table]
    rows = list(zip(scaled, answers, worths, strict=True))
    found = [0.0] * (len(means) + 1)
    for _ in range(n_steps):
        found = [value - step for value, step in zip(found, _newton_step(rows, found, ridge), strict=True)]
    weights = [value / spread for value, spread in zip(found, spreads, strict=False)]
    return found[-1] - sum(map(float.__mul__, weights, means)), weights


def _newton_step(rows: Sequence[tuple[list[float], bool, float]], found: Sequence[float], ridge: float) -> list[float]:
    n = len(found)
    slope = [ridge * value for value in found[:-1]] + [0.0]
    curve = [[ridge * (i == j) for j in range(n)] for i in range(n)]
    for line, answer, worth in rows:
        chance = 1 / (1 + math.exp(-max(-30.0, min(30.0, sum(map(float.__mul__, found, line))))))
        error, bend = worth * (chance - answer), worth * (chance * (1 - chance) + 1e-6)
        for i, value in enumerate(line):
            slope[i] += error * value
            factor, target = bend * value, curve[i]
            for j in range(i + 1):
                target[j] += factor * line[j]
    return solve([[curve[max(i, j)][min(i, j)] for j in range(n)] for i in range(n)], slope)


def descend(
    slope_of: Callable[[Sequence[float]], Sequence[float]],
    start: Sequence[float],
    *,
    n_steps: int,
    rising: Collection[int] = (),
) -> list[float]:
    """Return where a loss is least (Adam with a falling step; Kingma and Ba 2015).

    Args:
        slope_of: the slope of the loss at a point.
        rising: places of what may not fall below 0.
    """
    found, drift, spread = list(start), [0.0] * len(start), [1e-8] * len(start)
    for step in range(n_steps):
        for place, value in enumerate(slope_of(found)):
            drift[place] = 0.9 * drift[place] + 0.1 * value
            spread[place] = 0.99 * spread[place] + 0.01 * value * value
            found[place] -= 0.1 * (1 - step / n_steps) * drift[place] / (math.sqrt(spread[place]) + 1e-8)
            if place in rising:
                found[place] = max(0.0, found[place])
    return found
