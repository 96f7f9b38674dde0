"""Acts that a story turns on, named in whatever words.

Owns the classes of acts by which a retelling is told from news: two wordings of one act fall into one class. Must never
weigh what an unknown act is worth; ``news.deciding.telling`` does. The classes stand in ``data/turns.toml``. They are
wider than the acts of ``data/slots.toml``, by which reports are matched: there the question is whether two sentences
tell of one event, here whether a story has an act of this kind at all.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache
from itertools import pairwise

from news.tables import load_toml
from news.words.small_letters import small
from news.words.text import stem_words, stop_words

__all__ = ["directed_turns", "grave_turns", "saying_words", "strong_turns", "turns_in", "without_idle"]

_MAX_TEXT = 12_000
_MONTHS = re.compile(r"\b(?:March|May) \d|\d (?:March|May)\b|\b(?:in|since|until|late|early) (?:March|May)\b")


@cache
def _classes(language: str) -> Mapping[str, frozenset[str]]:
    """Return stem, or two stems joined by an underscore -> the classes of acts that it names."""
    found: dict[str, set[str]] = {}
    for name, words in load_toml("turns.toml").get(language, {}).items():
        for word in str(words).split():
            stems = [stem for part in word.split("_") for stem in _stems(part, language)]
            found.setdefault("_".join(stems), set()).add(name)
    return {stem: frozenset(names) for stem, names in found.items()}


@cache
def _openers(language: str) -> frozenset[str]:
    """Return the stems that the pairs of ``_classes`` begin with."""
    return frozenset(stem.partition("_")[0] for stem in _classes(language) if "_" in stem)


@cache
def strong_turns() -> frozenset[str]:
    """Return the classes of acts that seldom begin a story and mostly carry one on: arrests, verdicts, repairs."""
    return frozenset(str(load_toml("turns.toml")["strong"]["classes"]).split())


@cache
def grave_turns() -> frozenset[str]:
    """Return the classes of acts that are news wherever a story did not have them: deaths, injuries."""
    return frozenset(str(load_toml("turns.toml")["strong"]["grave"]).split())


@cache
def directed_turns() -> frozenset[str]:
    """Return the classes of acts of one side against another: expulsions, sanctions, attacks."""
    return frozenset(str(load_toml("turns.toml")["strong"]["directed"]).split())


@cache
def saying_words() -> frozenset[str]:
    """Return the verbs of saying, in small letters."""
    return frozenset(str(load_toml("turns.toml")["saying"]["words"]).split())


def _stems(text: str, language: str) -> tuple[str, ...]:
    return stem_words(text, language)


@cache
def _idle() -> re.Pattern[str]:
    return small("|".join(rf"\b(?:{one})" for one in load_toml("turns.toml")["idle"]["phrases"]))


def without_idle(text: str) -> str:
    """Return a text in small letters without the words that look like acts and are none."""
    return _idle().sub(" ", text.lower())


@lru_cache(maxsize=1 << 11)
def turns_in(text: str, language: str = "en") -> Mapping[str, frozenset[str]]:
    """Return the words of a text that name an act, by stem, each with the classes that it may belong to.

    Empty for languages without a table. Linear in the text, which is cut at 12,000 characters.
    """
    classes = _classes(language or "en")
    if not classes:
        return {}
    text = text[:_MAX_TEXT]
    if "March" in text or "May" in text:
        text = _MONTHS.sub(" ", text)
    stems = _stems(without_idle(text), language or "en")
    idle, openers = stop_words(language or "en"), _openers(language or "en")
    found = {stem: classes[stem] for stem in stems if stem in classes and stem not in idle}
    for one, other in pairwise(stems):
        if one in openers and (pair := f"{one}_{other}") in classes:
            found[pair] = classes[pair]
    return found
