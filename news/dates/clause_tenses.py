"""In what tense each clause of a sentence is told, and which clauses hang on others.

Owns the surface reading of finite verbs in English, Spanish and Russian. Must never look at dates. Verbs are found by
ending and by lists of irregular ones, so a participle ("files frozen hard") may be taken for one, and a rare verb in
the present is not seen.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache, lru_cache

from news.tables import load_toml
from news.words.text import lower_in_place

__all__ = [
    "Clause",
    "Link",
    "Verb",
    "blank_quotes",
    "clauses_of",
    "count_verbs",
    "has_verb",
    "is_known",
    "without_names",
]

_MAX_CHARS = 1500
"""A sentence is read this far."""
_STOP = re.compile(r"[,;:—–()]|\s-\s| (?:and|but|y|pero|и|но|а)(?= )")
_QUOTED = re.compile(r"[\"“«][^\"“”«»]{0,600}[\"”»]")
_NAME = re.compile(r"(?<=[\w,;:)] )[A-ZÁÉÍÓÚÑА-ЯЁ][\w’'-]*")
"""A word in capitals within a sentence is a name, and no verb: "in Split", "in May"."""
_GROUPS = ("future", "never", "perfect", "before", "passive", "said", "state", "past", "present")


class Verb(StrEnum):
    """How a clause is told; NONE where no verb was found."""

    FUTURE = "future"
    NEVER = "never"
    """What has not been since: "has never spoken of it"."""
    PERFECT = "perfect"
    BEFORE = "before"
    """The past before the past."""
    PASSIVE = "passive"
    SAID = "said"
    STATE = "state"
    """A past that lasts: "was", "stood". It moves no story on."""
    PAST = "past"
    PRESENT = "present"
    NONE = "none"


_TIMELESS = frozenset({Verb.PRESENT, Verb.FUTURE, Verb.PERFECT, Verb.NEVER})


class Link(StrEnum):
    """How a clause stands to its sentence."""

    MAIN = "main"
    TEMPORAL = "temporal"
    HANGING = "hanging"


@dataclass(frozen=True, slots=True)
class Clause:
    """A stretch of a sentence, by offsets into it, with its first finite verb and the place of that."""

    start: int
    end: int
    link: Link
    verb: Verb
    verb_at: int


@cache
def _verbs(language: str) -> re.Pattern[str]:
    table = load_toml("narration.toml")[language]
    return re.compile(r"(?<![\w’'-])(?:" + "|".join(f"(?P<{name}>{table[name]})" for name in _GROUPS) + r")(?![\w-])")


@cache
def _links(language: str) -> re.Pattern[str]:
    table = load_toml("narration.toml")[language]
    return re.compile(
        rf"(?<![\w’'-])(?:(?P<hanging>{table['subordinate']})|(?P<temporal>{table['temporal']}))(?![\w-])"
    )


def is_known(language: str) -> bool:
    """Return whether the tenses of a language can be read; one that nobody knows is taken for English."""
    return language in {"", "en", "es", "ru"}


def blank_quotes(text: str) -> str:
    """Return a text in small letters of the same length, with spaces for what stands in quotation marks."""
    return _QUOTED.sub(lambda found: " " * len(found[0]), lower_in_place(text[:_MAX_CHARS]))


def has_verb(text: str, language: str) -> bool:
    """Return whether a stretch of ``without_names`` has a finite verb, or a link that begins a clause."""
    return _verbs(language or "en").search(text) is not None or _links(language or "en").search(text) is not None


def without_names(text: str) -> str:
    """Return ``blank_quotes`` of a text with names masked."""
    return blank_quotes(_NAME.sub(lambda found: "#" * len(found[0]), text[:_MAX_CHARS]))


@lru_cache(maxsize=1 << 10)
def clauses_of(text: str, language: str) -> tuple[Clause, ...]:
    """Return the clauses of a sentence in order, without what is quoted; each stop and each link begins one."""
    known = language or "en"
    plain = without_names(text)
    cuts = {0: Link.MAIN}
    for stop in _STOP.finditer(plain):
        cuts[stop.end()] = Link.MAIN
    for link in _links(known).finditer(plain):
        at = link.start()
        if not plain[:at].strip(" \"'(") and link[0] == "that":
            continue  # "That was in October"
        near = next((cut for cut in (at, at - 1) if cut in cuts), at)
        cuts[near] = Link.HANGING if link.lastgroup == "hanging" else Link.TEMPORAL
    starts = sorted(cuts)
    found: list[Clause] = []
    for start, end in zip(starts, [*starts[1:], len(plain)], strict=True):
        found += _clauses(plain, Clause(start, end, cuts[start], Verb.NONE, end), known, found)
    return tuple(_reduced(plain, found) if known == "en" else found)


def _reduced(plain: str, clauses: Sequence[Clause]) -> Iterator[Clause]:
    """Yield the clauses; one that begins with its verb, and stands for a relative one, hangs: ", opened in 1907,"."""
    for at, one in enumerate(clauses):
        begins = one.verb in {Verb.PAST, Verb.STATE} and not re.search(r"[\w#]", plain[one.start : one.verb_at])
        verbs = [other.verb for other in clauses[:at] if other.link is Link.MAIN and other.verb is not Verb.NONE]
        is_first = at == 0 or (at == 1 and clauses[0].link is Link.MAIN and not verbs)
        is_bare = is_first or (bool(verbs) and verbs[-1] in _TIMELESS)
        follows = at + 1 < len(clauses)
        hangs = begins and is_bare and (follows or bool(verbs)) and one.link is Link.MAIN
        yield replace(one, link=Link.HANGING) if hangs else one


def count_verbs(text: str, language: str) -> int:
    """Return how many verbs in the past a stretch of ``without_names`` has."""
    return sum(found.lastgroup in {"past", "passive"} for found in _verbs(language or "en").finditer(text))


def _clauses(plain: str, clause: Clause, language: str, before: Sequence[Clause]) -> list[Clause]:
    """Return a clause with its verb, and what is left of the main one where a relative clause stood in its midst."""
    verbs = list(_verbs(language).finditer(plain, clause.start, clause.end))
    if not verbs:
        return [clause]
    first = replace(clause, verb=Verb(verbs[0].lastgroup or "none"), verb_at=verbs[0].start())
    is_midst = bool(before) and before[-1].link is Link.MAIN and before[-1].verb is Verb.NONE
    if clause.link is not Link.HANGING or not is_midst or len(verbs) == 1:
        return [first]
    at = verbs[1].start()
    rest = Clause(at, clause.end, Link.MAIN, Verb(verbs[1].lastgroup or "none"), at)
    return [replace(first, end=at), rest]
