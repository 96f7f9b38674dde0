"""How long a test waits for what must come.

A wait that is met costs nothing, so it is long enough for a slow machine with more to do than run tests. What is
measured against a clock at all is not measured here.
"""

from __future__ import annotations

PATIENCE_S = 300.0
