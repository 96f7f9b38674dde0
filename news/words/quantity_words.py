"""The words around figures: bounds, units, what is counted; numerals stand in ``news.words.number_words``.

Owns the table ``news/data/quantities.toml`` in memory. Must never read a text: ``news.words.numerals`` and
``news.reports.quantities`` do.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from news.tables import load_toml
from news.words.text import stop_words

__all__ = ["QuantityWords", "quantity_words"]


@dataclass(frozen=True, slots=True)
class QuantityWords:
    """The words of ``quantities.toml``, those of all languages together."""

    idle: frozenset[str]
    bounds: Mapping[str, str]
    bound_tails: frozenset[str]
    units: Mapping[str, str]
    unit_heads: frozenset[str]
    prefixes: tuple[tuple[str, str], ...]
    symbols: Mapping[str, str]
    objects: Mapping[str, str]
    object_prefixes: tuple[tuple[str, str], ...]
    counted: frozenset[str]
    counted_words: frozenset[str]
    fates: Mapping[str, str]
    auxiliaries: frozenset[str]
    tolls: Mapping[str, re.Pattern[str]]
    toll_words: tuple[str, ...]
    former_toll: re.Pattern[str]
    no_toll: re.Pattern[str]
    stops: Mapping[str, frozenset[str]]
    designators: frozenset[str]
    months: frozenset[str]
    clock: frozenset[str]

    def find_unit(self, word: str) -> str:
        """Return the canonical unit that a word (or words joined by hyphens) names, or an empty string."""
        found = self.units.get(word, "")
        if found or word[:1] < "а" or "-" in word:
            return found
        return next((unit for prefix, unit in self.prefixes if word.startswith(prefix)), "")

    def may_open_unit(self, word: str) -> bool:
        """Tell whether the name of a unit may begin with a word or a hyphen; most words end here."""
        return word in self.unit_heads or word == "-" or word >= "а"

    def may_lead_to_toll(self, before: str) -> bool:
        """Tell whether a number of people may be led to by what stands before it; most is not, and needs no pattern."""
        lowered = before.lower()
        return any(word in lowered for word in self.toll_words)

    def is_stop(self, word: str, language: str) -> bool:
        """Tell whether a word ends the group in which what is counted is looked for."""
        return word in self.stops.get(language, self.stops["en"])

    def is_plural(self, word: str) -> bool:
        """Tell whether a word looks like several things; in Russian any listed word does."""
        if word in self.objects or self._by_prefix(word):
            return True
        return len(word) > 2 and word.endswith("s") and not word.endswith(("ss", "us", "is", "'s"))  # noqa: PLR2004 - "as", "is"

    def singular(self, word: str) -> str:
        """Return the singular of an English or Spanish noun by rule, or the listed English word for it."""
        listed = self.objects.get(word) or self._by_prefix(word)
        if listed:
            return listed
        if word.endswith("ies") and len(word) > len("ties"):
            return word[:-3] + "y"
        if word.endswith(("sses", "shes", "ches", "xes", "iones", "ores")):
            return word[:-2]
        return word[:-1] if self.is_plural(word) else word

    def _by_prefix(self, word: str) -> str:
        if word[:1] < "а":
            return ""
        return next((name for prefix, name in self.object_prefixes if word.startswith(prefix)), "")


def _names(block: str) -> dict[str, str]:
    return {word: name for word, _, name in (pair.partition("=") for pair in block.split())}


@cache
def quantity_words() -> QuantityWords:
    """Return the words around figures, read once."""
    table = load_toml("quantities.toml")
    bounds = _bounds(table["bounds"])
    units = {word: unit for unit, block in table["units"].items() for word in block.split()}
    objects = _names(table["objects"]["en"]) | _names(table["objects"]["es"])
    return QuantityWords(
        idle=frozenset(table["objects"]["idle"].split()),
        bounds=bounds,
        bound_tails=frozenset(phrase.rpartition(" ")[2] for phrase in bounds),
        units={word: unit for word, unit in units.items() if not word.endswith("*")},
        unit_heads=frozenset(word.partition("-")[0] for word in units),
        prefixes=tuple((word[:-1], unit) for word, unit in units.items() if word.endswith("*")),
        symbols=table["symbols"],
        objects=objects,
        object_prefixes=tuple(_names(table["objects"]["ru"]).items()),
        counted=frozenset(objects.values()),
        counted_words=frozenset(objects),
        fates=_names(table["objects"]["fates"]),
        auxiliaries=frozenset(table["objects"]["auxiliaries"].split()),
        tolls={name: _any_of(table["tolls"][name]) for name in ("dead", "injured")},
        toll_words=tuple(table["tolls"]["words"].split("|")),
        former_toll=_any_of(table["tolls"]["former"]),
        no_toll=_any_of([table["tolls"]["other"]]),
        stops={code: frozenset(table["stops"]["verbs"].split()) | stop_words(code) for code in ("en", "es", "ru")},
        designators=frozenset(table["not_figures"]["designators"].split()),
        months=frozenset(table["not_figures"]["months"].split()),
        clock=frozenset(table["not_figures"]["clock"].split()),
    )


def _any_of(rows: Sequence[str]) -> re.Pattern[str]:
    return re.compile("|".join(rows), re.IGNORECASE)


def _bounds(table: Mapping[str, Any]) -> dict[str, str]:
    return {
        phrase: kind
        for kind, block in table.items()
        for line in block.strip().split("\n")
        for phrase in line.split("|")
    }
