"""On whose ground something was: inside which country's waters, airspace or territory, or in nobody's.

Owns the finding of that in an English sentence, and whether two grounds exclude each other. Must never judge whether
two sentences tell of one event: ``news.disputes.main_events`` does.

A country that is only named excludes nothing; who says "in Latvian territorial waters" says that it was not elsewhere.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from news.model import EntityKind
from news.names.entities import lookup
from news.reports.tellings import tell

__all__ = ["Ground", "are_two_grounds", "list_grounds"]

_MAX_QUOTE = 500
_OWN = re.compile(
    r"\b(?:(?i:in|inside|within|on|over|leaves|left|of|from)) (?:the )?([A-Z][\w-]{2,20})(?:['’]s?)? "
    r"(?:own )?((?:territorial |exclusive |economic |national |sovereign )*"
    r"(?:territory|soil|waters|airspace|side of the (?:border|frontier|line)|(?<=economic )zone|limit))\b"
)
_NOBODYS = re.compile(
    r"\b(?:in|over|inside) (?:international|neutral|no man['’]s) (waters|airspace|land)\b|\bon the (high seas)\b",
    re.IGNORECASE,
)
_NO = re.compile(
    r"\b(?:not|never|nothing|nobody|without|outside|close to|near|towards?|denied|before)\b[^.;,]{0,30}$", re.IGNORECASE
)
_STAYS = re.compile(r"\bnever (?:leaves|left)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Ground:
    """A ground with the words for it: ``owner`` is the key of a country, or empty for nobody's."""

    text: str
    owner: str
    quote: str


@lru_cache(maxsize=1 << 12)
def list_grounds(quote: str) -> tuple[Ground, ...]:
    """Return the grounds on which a sentence says that something was, in order of their kinds."""
    core = tell(quote[:_MAX_QUOTE]).core
    found = [
        Ground(core[match.start(1) : match.end()], key, quote)
        for match in _OWN.finditer(core)
        if (key := _country(match[1])) and _is_told(core, match)
    ]
    found += [Ground(match.group(), "", quote) for match in _NOBODYS.finditer(core) if _is_told(core, match)]
    return tuple(found)


def _is_told(core: str, match: re.Match[str]) -> bool:
    lead = core[: match.start(1) if match.re is _OWN else match.start()].rstrip()
    return bool(_STAYS.search(lead)) or not _NO.search(lead)


@lru_cache(maxsize=1 << 10)
def _country(word: str) -> str:
    found = lookup(word)
    is_country = bool(found) and found[0].kind is EntityKind.PLACE and not found[0].within
    return found[0].key if is_country else ""


def are_two_grounds(here: tuple[Ground, ...], there: tuple[Ground, ...]) -> bool:
    """Return whether each of two openings names the ground of one owner, and these differ."""
    ours, theirs = ({one.owner for one in each} for each in (here, there))
    return len(ours) == len(theirs) == 1 and ours != theirs
