"""What the Python interpreter is told, so that the event loop is woken in time while other threads read articles.

Owns two settings of the whole process: how soon a thread gives way to one that waits, and how often all that lives is
searched for cyclic garbage. Only for the program that stays; ``benchmarks/loop_lag.py`` shows what it gives.
"""

from __future__ import annotations

import gc
import sys

_SWITCH_S = 0.0005
"""A thread that reads articles keeps the interpreter for so long after the event loop asks for it. Python's own 5 ms
are paid anew at each wait for a socket or a lock, several times for one event."""
_FULL_SEARCH_EVERY = 500
"""Searches of the middle generation before one of everything; Python's own is 10. A full one stops all threads for 50
to 200 ms once tables and caches are loaded, and finds next to nothing: what reading leaves behind has no cycles."""


def give_way() -> None:
    """Let threads give way to each other soon, and search what lives long for garbage seldom.

    What is loaded by now is never searched again.
    """
    sys.setswitchinterval(_SWITCH_S)
    newest, middle, _ = gc.get_threshold()
    gc.set_threshold(newest, middle, _FULL_SEARCH_EVERY)
    gc.freeze()
