"""Who a doer is by the words for him, and whether two of them exclude each other: a Czech and an Egyptian expedition.

Owns the classes of doers (``data/castings.toml``) and what their names and countries say. Must never find who did what
in a sentence: ``news.disputes.openings.castings`` does.

Two exclude each other by their country, their class (soldiers and farmers), or their name where both have one. Who is
only "a man" or "gunmen" excludes nobody, a country not its own ministry, a drone no air force, and divers no navy.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from news.names.peoples import country_of_word
from news.reports.tellings import listed
from news.tables import load_lines, load_toml
from news.words.meanings import is_date_word
from news.words.text import fold, stem_words, stop_words

__all__ = ["are_rivals", "is_generic", "is_person", "may_be_one"]

_MIN_NAME, _ADJECTIVE = 2, 6
_SIDES = re.compile(r"(?i)\bhome\b"), re.compile(r"(?i)\b(?:visiting|visitors|away|travelling|guests)\b")


@cache
def _classes() -> Mapping[str, str]:
    tables: list[Mapping[str, str]] = [load_toml("castings.toml")[name] for name in ("doers", "doers_es", "doers_ru")]
    rows = ((name, word) for table in tables for name, words in table.items() for word in words.split())
    return {stem: name for name, word in rows for stem in stem_words(word)}


@cache
def _generic() -> frozenset[str]:
    words = str(load_toml("castings.toml")["generic"]["words"]).split()
    return frozenset(stem for word in words for stem in stem_words(word))


def is_generic(stem: str) -> bool:
    """Return whether a stem says nothing of who a doer is: "man", "attacker"."""
    return stem in _generic()


@dataclass(frozen=True, slots=True)
class _Figure:
    names: frozenset[str]
    countries: frozenset[str]
    classes: frozenset[str]
    nouns: frozenset[str]


@lru_cache(maxsize=1 << 12)
def _figure(who: str) -> _Figure:
    """Return what the words for somebody say of who it is."""
    plain = re.sub(r"\b1[0-9]-year-old", "teenager", who).replace("coast guard", "coastguard")
    plain = plain.replace("air force", "airforce").replace("first officer", "co-pilot")
    names, countries = set(), set()
    head = len(re.split(r" of\b", plain)[0])
    for found in re.finditer(r"(?:[A-ZÀ-ÞА-Я][\w'’-]*)|[^\W\d_][\w'’]*", plain):
        word = found.group()
        if word[0].islower() and word[0] >= "а" and len(word) > _ADJECTIVE and (country := _country(word)):
            countries.add(country)  # Russian adjectives of countries have small letters
        if not found.start() and _is_opener(plain, word):
            continue
        bare = re.sub(r"['’]s?$", "", word)
        if (
            not word[0].isupper()
            or fold(bare) in stop_words("en") | listed("names", "determiners")
            or is_date_word(bare)
        ):
            continue
        country = _country(bare)
        if country:
            countries.add(country)
        elif found.start() < head and fold(bare) not in listed("names", "titles"):
            names.add(fold(bare))
    stems = {stem for word in re.findall(r"[^\W\d_][\w-]*", plain.lower()) for stem in stem_words(word)}
    classes = {_classes()[stem] for stem in stems if stem in _classes()}
    nouns = stems - _generic() - stop_words("en") - {stem for name in names for stem in stem_words(name)}
    return _Figure(frozenset(names), frozenset(countries), frozenset(classes), frozenset(nouns))


def _is_opener(who: str, word: str) -> bool:
    """Return whether a word has its capital for beginning the sentence: "Officers", "Navy divers"."""
    after = who[len(word) :].lstrip()
    is_known = any(stem in _classes() or stem in _generic() for stem in stem_words(word))
    return is_known or (not word[1:2].isupper() and after[:1].islower() and not _country(word))


def _country(word: str) -> str:
    return country_of_word(word.removeprefix("all-").removeprefix("All-"))


def are_rivals(one: str, other: str, *, is_name: bool = False) -> bool:
    """Return whether two who are named for one part cannot both be the one who plays it.

    Args:
        is_name: the part is one that is filled by a name, whosever it is.
    """
    ours, theirs = _figure(one), _figure(other)
    if any(a.search(one) and b.search(other) for a, b in (_SIDES, _SIDES[::-1])):
        return True
    if ours.names & theirs.names:
        return False
    if ours.countries and theirs.countries:
        return not ours.countries & theirs.countries
    if ours.names and theirs.names:
        if is_name:
            return True
        are_people = is_person(one), is_person(other)
        is_other = not ours.nouns & theirs.nouns or min(len(ours.names), len(theirs.names)) >= _MIN_NAME
        return (are_people[0] == are_people[1] and is_other) or _are_apart(ours, theirs)
    return _are_apart(ours, theirs) and not ours.nouns & theirs.nouns


def _are_apart(ours: _Figure, theirs: _Figure) -> bool:
    """Return whether each is of one class, and these differ; a drone may be of any force, a diver of any crew."""
    if len(ours.classes) != 1 or len(theirs.classes) != 1 or ours.classes & theirs.classes:
        return False
    return not (_may_have(ours, theirs) or _may_have(theirs, ours))


def _may_have(one: _Figure, other: _Figure) -> bool:
    """Return whether ``other`` is only told by the means or the calling, and nobody's, that the first may have."""
    rows: Mapping[str, str] = load_toml("castings.toml")["means"]
    if other.names or (one.countries and other.countries and not one.countries & other.countries):
        return False
    return bool(one.classes) and any(one.classes <= {*rows.get(name, "").split()} for name in other.classes)


def may_be_one(one: str, other: str) -> bool:
    """Return whether one of two doers may be the other: a country and a body of it, a navy and divers."""
    ours, theirs = _figure(one), _figure(other)
    if _may_have(ours, theirs) or _may_have(theirs, ours):
        return True
    return _is_state_of(ours, theirs) or _is_state_of(theirs, ours)


def _is_state_of(one: _Figure, body: _Figure) -> bool:
    """Return whether the first is a country, told by its name alone, and the other may be a body of it."""
    is_bare = bool(one.countries) and not (one.names or one.classes)
    is_named = any(stem not in _classes() for name in body.names for stem in stem_words(name))
    return is_bare and not is_named and body.countries <= one.countries and body.classes <= _state()


@cache
def _state() -> frozenset[str]:
    return frozenset(str(load_toml("castings.toml")["state"]["classes"]).split())


@cache
def _given_names() -> frozenset[str]:
    return frozenset(name for line in load_lines("names_given.txt") for name in line.split())


def is_person(who: str) -> bool:
    """Return whether a name is that of a person: two words of which the first is a given name."""
    words = [fold(word) for word in re.findall(r"[^\W\d_][\w'’-]*", who) if word[0].isupper()]
    return len(words) >= _MIN_NAME and words[0] in _given_names()
