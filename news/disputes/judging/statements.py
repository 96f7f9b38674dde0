"""Two accounts that contradict each other without two values of one slot: the sentences that are shown of them.

Owns the choice of one sentence of either account. Must never decide whether they contradict each other;
``news.disputes.judging.judge`` does.

A union's "it was the contractor's cutting torch" against a firm's "a bearing had run hot" is a contradiction that no
table of figures, days, places, people or states knows. What such an article retells as the word of others is what it
stands against; where it retells nothing, that is what is most like its own first words.
"""

from __future__ import annotations

import math
from collections.abc import Iterable

from news.disputes.judging.lines import Account, Line
from news.words.meanings import is_faint

__all__ = ["are_short", "choose_statements", "find_retold"]

_OPENING = 4
_SHORT = 3
"""Lines of an account, its headline with them, up to which it shows hardly a stance."""
_RETOLD, _REPEATED = 0.4, 0.9
_SPOKEN = 1.5
"""How much more a sentence counts that names who says it."""


def choose_statements(ours: Account, theirs: Account) -> tuple[Line, Line] | None:
    """Return a sentence of either account, the new one first; None where they share no word, or either is a brief."""
    own = [line for line in _telling(ours.lines[1:_OPENING]) if not _is_repeated(line, theirs)]
    if not own or ours.is_brief or theirs.is_brief:
        return None
    here = max(own, key=lambda line: (bool(line.speaker), -ours.place(line)))
    retold = find_retold(ours, theirs, here)
    against = retold.words if retold is not None else frozenset().union(*(line.words for line in own))
    there = max(_telling(theirs.lines), key=lambda line: _likeness(line, against), default=None)
    if there is None or not _likeness(there, against):
        return None
    return here, there


def are_short(ours: Account, theirs: Account) -> bool:
    """Return whether either account is a headline and two sentences, and so has to be contradicted more plainly."""
    return min(len(ours.lines), len(theirs.lines)) <= _SHORT


def find_retold(ours: Account, theirs: Account, here: Line) -> Line | None:
    """Return the sentence that retells the other account as the word of one whom it names; None where none does."""
    others = (line for line in ours.lines[1:] if line.speaker & theirs.words and not line.speaker & here.speaker)
    held = [(len(line.words & theirs.words) / len(line.words), line) for line in others if line.words]
    share, line = max(held, key=lambda found: found[0], default=(0.0, None))
    return line if share >= _RETOLD else None


def _is_repeated(line: Line, theirs: Account) -> bool:
    """Return whether one sentence of the other account has nearly all words of a line, which is not said against it."""
    return any(len(line.words & one.words) >= _REPEATED * len(line.words) for one in theirs.lines)


def _telling(lines: Iterable[Line]) -> list[Line]:
    return [line for line in lines if line.words]


def _likeness(line: Line, words: frozenset[str]) -> float:
    shared = sum(not is_faint(word) for word in line.words & words)
    return shared / math.sqrt(len(line.words)) * (_SPOKEN if line.speaker else 1.0)
