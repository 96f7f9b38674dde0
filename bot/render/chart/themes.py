"""Colours by role, for light and dark. Every pair of words and ground has a contrast of at least 4.5 (WCAG 2.2 AA).

The hues of the marks are those of Okabe and Ito (2008), darkened or lightened until they can be read; no meaning rests
on a colour alone: forms and words say the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

Theme = Literal["light", "dark"]

PALETTES: Mapping[str, Mapping[str, str]] = {
    "light": {
        "ground": "#ffffff",
        "band": "#f1f4f8",
        "ink": "#14181f",
        "muted": "#525c69",
        "axis": "#7a8594",
        "happened": "#005a9c",
        "planned": "#8a5200",
        "alleged": "#8f3f71",
        "denied": "#a63a00",
        "threatened": "#006b52",
        "dispute": "#a0341a",
        "today": "#14181f",
    },
    "dark": {
        "ground": "#1b1e24",
        "band": "#242933",
        "ink": "#f0f2f5",
        "muted": "#b4bdc9",
        "axis": "#7d8896",
        "happened": "#6cb8f0",
        "planned": "#f0b04a",
        "alleged": "#e39ac4",
        "denied": "#ff9060",
        "threatened": "#4cc9a4",
        "dispute": "#ff9a80",
        "today": "#f0f2f5",
    },
}
"""Theme -> role -> ``#rrggbb``."""
