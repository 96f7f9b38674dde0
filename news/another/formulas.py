"""Whether an article tells in a story's words what befell others, or the like of a later season.

Owns that rule over the features of ``news.another.stories``. Must never weigh them: that is ``news.another.stories``'s.

Reports of one kind are written to a formula, and the formula stays when the names and numbers change: a cannery struck
here and a cannery struck there, the rate cut of March and the rate rise of July.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

__all__ = ["is_of_others"]

_MONTHS = math.log1p(90)
_LIKE, _ALIKE, _THE_SAME = 0.41, 0.5, 0.7
"""Shares of common words (Jaccard) of two first sentences, names and numbers left out."""
_HALF, _A_THIRD = 0.5, 0.34


def is_of_others(features: Mapping[str, float]) -> bool:
    """Return whether the first sentence is that of the story for another happening.

    So it is where it has no name of the story; no number and half of its names at most; or, months later, hardly a
    number. What dates itself back to the story, or is told in another language, is not asked.

    Args:
        features: of ``news.another.stories.describe_fit``.
    """
    formula = features["formula"]
    if formula < _LIKE or features["day_held"] or features["foreign"]:
        return False
    names, numbers = features["first_held"], features["numbers_held"]
    if formula >= _ALIKE and names == 0:
        return True
    if formula >= _THE_SAME and numbers == 0 and names <= _HALF:
        return True
    return numbers <= _A_THIRD and features["gap"] > _MONTHS
