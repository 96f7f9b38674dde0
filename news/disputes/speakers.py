"""Who speaks in a sentence, and which names two sentences share.

Owns the finding of both. Must never judge what the sentences say of each other: ``news.disputes.contrast`` does.
"""

from __future__ import annotations

import re
from functools import lru_cache

from news.kept import Kept
from news.reports.tellings import Name, Telling, listed, tell

_SPOKE = re.compile(
    r"\b(?:said|says|say|told|announced|confirmed|reported|insisted|added|claimed|maintained|disclosed|recalled)\b"
)
_CITED = re.compile(r",? as [^,;]{2,60} (?:said|says|claimed|claims|reported|had it|put it)\b")


def is_both_sided(ours: Telling, theirs: Telling) -> bool:
    """Return whether the stored sentence already has the word of whoever speaks here: "Russia said it had not"."""
    return bool(_speakers(ours.speaker) & _speakers(theirs.speaker))


@lru_cache(maxsize=1 << 11)
def _speakers(attribution: str) -> frozenset[str]:
    text = _CITED.sub("", attribution)
    before, _, after = _SPOKE.sub("|", text, count=1).partition("|")
    text = before if before.strip(' ,"”') else after
    bodies = listed("names", "bodies")
    names = tell(f"by {text.strip()}").names if text.strip() else ()
    return frozenset(name.key for name in names if not bodies.intersection(name.words) or name.kind == "org")


_PRONOUNS = frozenset(["it", "its", "he", "his", "him", "she", "her", "they", "their", "them", "itself"])


def speaks_of_itself(ours: Telling, theirs: Telling) -> bool:
    """Return whether a sentence is told by whom the other one is about: "the airline said that its flights ran"."""
    if not _PRONOUNS.intersection(ours.lows):
        return False
    return bool(
        _speakers(ours.speaker) & {name.key for name in theirs.names if name.part in {"lead", "of", "rest", "by"}}
    )


def shared_names(ours: Telling, theirs: Telling) -> list[Name]:
    """Return the names of ``ours`` that stand in ``theirs`` too, in order; a surname alone is enough."""
    keys, words = _names_of(theirs)
    found = [name for name in ours.names if name.key in keys or words.intersection(name.words)]
    opener = ours.lows[0] if ours.lows else ""
    if opener in words and (not found or found[0].start > 0):
        found.insert(0, Name(ours.tokens[0], (opener,), opener, "", "lead", "", 0, 1))
    return found


def _list_names(telling: Telling) -> tuple[frozenset[str], frozenset[str]]:
    """Return the keys of the names of a telling, and their words without the smallest."""
    words = frozenset(word for name in telling.names for word in name.words if len(word) > 2)  # noqa: PLR2004 - "de"
    return frozenset(name.key for name in telling.names), words


_names_of: Kept[Telling, tuple[frozenset[str], frozenset[str]]] = Kept(_list_names, most=1 << 10)
