"""Which side of a matter somebody is of by the words for him: the state, a firm, its workers, rebels, the opposition.

Owns these classes (``data/sides.toml``) and the origin of whoever has no other name than his side. Must never find who
speaks in a sentence, nor compare what two sides say.

Within one story "the union" is one body, whoever quotes it, and no paper's own word. Known failure: two unions of one
story are one, which counts too few origins and never too many.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from news.model import OriginKind
from news.reports.outlets import slug_of
from news.tables import load_toml
from news.words.small_letters import small
from news.words.text import lower_in_place
from news.words.vocabulary import language_of

__all__ = ["NAMED", "SIDE", "side_in", "side_key"]

SIDE = "side:"
"""Before the name of a side in the key of an origin that has no name of its own."""

NAMED = "name:"
"""Before a name of which nobody knows whose it is, in the key of an origin: "Arianespace said"."""

_FIRM = "firm"
_ORGANISED = frozenset({_FIRM, "workers", "rebels", "opposition", "organisers", "medics"})
_BOTH = re.compile(r" (?:and|or|y|e|и) ")
_OF = re.compile(r" (?:of|from|for|in|at|with|on)\b")
_RANK = re.compile(r"\b(?:officials?|spokes\w+|leaders?|members?|staff)\b(?: (?:of|from|for|at|with)\b)?")
"""Words for people of some body, whichever it is."""


def side_in(speaker: str, language: str = "") -> str:
    """Return the side that the words for a speaker name, a table of ``sides.toml``; "" for none, or for two."""
    language = language or language_of(speaker)
    words = lower_in_place(speaker)
    found = _sides_in(words, language)
    if len(found) > 1 and not _BOTH.search(words):
        found = _side_of_head(words, language)
    return next(iter(found)) if len(found) == 1 else ""


def side_key(speaker: str, language: str = "") -> tuple[str, OriginKind] | None:
    """Return key and kind of the origin that a speaker without a name is: ``side:workers``, ``unnamed:people``.

    A firm is told from others by its word ("the airline", "the operator"). None for those who are of no side, and for
    the state, whose bodies are told apart (``news.reports.bodies``).
    """
    side = side_in(speaker, language)
    if side == "people":
        return "unnamed:people", OriginKind.WITNESS
    if side not in _ORGANISED:
        return None
    found = _sides(language or language_of(speaker))[side].findall(lower_in_place(speaker)) if side == _FIRM else ()
    return f"{SIDE}{side}{f'/{slug_of(found[-1])}' if found else ''}", OriginKind.ORGANISATION


def _sides_in(words: str, language: str) -> Mapping[str, int]:
    """Return each side that words name, and where the last of its words begins."""
    places = {name: [one.start() for one in found.finditer(words)] for name, found in _sides(language).items()}
    return {name: starts[-1] for name, starts in places.items() if starts}


def _side_of_head(speaker: str, language: str) -> Mapping[str, int]:
    """Return the side of what a speaker is and not whose: "the police union", "el sindicato de policías".

    Only in English and Spanish, where its place tells it: last before "of", first before "de".
    """
    if language == "es":
        return _sides_in(speaker.partition(" de")[0], language)
    if language != "en":
        return {}
    found = _sides_in(_OF.split(_RANK.sub("", speaker), maxsplit=1)[0], language)
    last = max(found.values(), default=0)
    return {name: at for name, at in found.items() if at == last}


@cache
def _sides(language: str) -> Mapping[str, re.Pattern[str]]:
    table: Mapping[str, Mapping[str, str]] = load_toml("sides.toml")
    return {name: small(rf"\b(?:{rows[language]})\b") for name, rows in table.items() if language in rows}
