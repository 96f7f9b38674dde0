"""Parts of a weighted logistic regression that the learning scripts share: scaling of columns, and the linear system.

Owns the arithmetic. Must never know what the columns mean.
"""

from __future__ import annotations

import math
from collections.abc import Sequence


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
