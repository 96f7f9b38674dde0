"""Units of measure: what each measures, and how many of the plainest unit of that measure it is.

Owns the table of units that figures may be compared across. Must never read text or judge a figure:
``news.reports.quantities`` finds figures and ``news.words.facts`` compares them. Sums of money in two currencies have
no rate here and never compare.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

_DAY_S = 86_400.0

MEASURES: Mapping[str, tuple[str, float]] = MappingProxyType(
    {
        "m": ("km", 0.001), "cm": ("km", 1e-5), "mm": ("km", 1e-6), "mile": ("km", 1.609344),
        "nautical_mile": ("km", 1.852), "foot": ("km", 0.0003048), "inch": ("km", 2.54e-5),
        "kg": ("tonne", 0.001), "g": ("tonne", 1e-6), "gram": ("tonne", 1e-6), "lb": ("tonne", 0.00045359237),
        "square_mile": ("km2", 2.589988), "hectare": ("km2", 0.01), "acre": ("km2", 0.0040468564),
        "gallon": ("litre", 3.785411784), "barrel": ("litre", 158.987294928), "m3": ("litre", 1000.0),
        "gw": ("mw", 1000.0), "mph": ("kmh", 1.609344), "knot": ("kmh", 1.852),
        "fahrenheit": ("degree", 1.0),  # a figure of that unit has been turned into Celsius (news/words/facts.py)
        "second": ("duration", 1.0), "minute": ("duration", 60.0), "hour": ("duration", 3600.0),
        "day": ("duration", _DAY_S), "week": ("duration", 7 * _DAY_S), "month": ("duration", 30.4375 * _DAY_S),
        "year": ("duration", 365.25 * _DAY_S), "decade": ("duration", 3652.5 * _DAY_S),
    }
)  # fmt: skip
"""Unit -> the measure's plain unit, and the factor to it. Exact by the definitions of the international yard and pound
agreement (1959); a gallon is the American one, a month and a year are the mean Gregorian ones."""

DURATION = "duration"
"""The measure of seconds to decades, in seconds."""


def measure_of(unit: str) -> tuple[str, float]:
    """Return the plain unit of what a unit measures and the factor to it; the unit itself and 1 where none is known."""
    return MEASURES.get(unit, (unit, 1.0))
