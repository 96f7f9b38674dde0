"""Notices of correction: the line by which an outlet says that it had something wrong.

Owns the wordings, in ``data/corrections.toml``. Must never decide what was corrected: ``news.matching.editions``
compares.
"""

from __future__ import annotations

import re
from functools import cache

from news.tables import load_toml
from news.words.small_letters import small
from news.words.text import lower_in_place

__all__ = ["is_correction", "is_notice"]

_HEAD_CHARS = 400
_MAX_CHARS = 12_000
_LINE = r"(?:^|[\n(\[]|[.!?…»”\"] )\s{0,4}(?:[-–—*•]\s?)?"


@cache
def _opening() -> re.Pattern[str]:
    """Return what a notice opens with, at the beginning of a line, a sentence or a bracket."""
    words = "|".join(re.escape(word) for word in load_toml("corrections.toml")["opening"]["words"])
    return small(rf"{_LINE}(?:{words})(?!\w)")


@cache
def _phrases() -> re.Pattern[str]:
    words = "|".join(re.escape(word) for word in load_toml("corrections.toml")["anywhere"]["words"])
    return small(rf"(?<!\w)(?:{words})(?!\w)")


@cache
def _forms() -> re.Pattern[str]:
    return small("|".join(load_toml("corrections.toml")["forms"]["words"]))


def is_notice(sentence: str) -> bool:
    """Return whether a sentence is a notice of correction rather than part of the account."""
    low = lower_in_place(sentence)
    return any(pattern.search(low) is not None for pattern in (_opening(), _phrases(), _forms()))


def is_correction(title: str, text: str) -> bool:
    """Return whether an article says that it corrects one: in its title, its opening or a notice at the end."""
    text = text[:_MAX_CHARS].strip()
    ends = f"{text[:_HEAD_CHARS]}\n{text[-_HEAD_CHARS:]}" if len(text) > 2 * _HEAD_CHARS else text
    return is_notice(f"{title.strip()}:") or is_notice(title.strip()) or is_notice(ends)
