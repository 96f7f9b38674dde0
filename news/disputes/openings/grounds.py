"""On whose ground something was: inside which country's waters, airspace or territory, or in nobody's.

Owns the finding of that in a sentence in English, Spanish or Russian, and whether two grounds exclude each other. Must
never judge whether two sentences tell of one event: ``news.disputes.openings.main_events`` does.

A country that is only named excludes nothing; who says "in Latvian territorial waters" says that it was not elsewhere.
A zone or waters of a state that is not named is somebody's, so that it excludes the high seas alone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from news.names.peoples import country_of_word
from news.reports.tellings import tell
from news.words.vocabulary import language_of

__all__ = ["Ground", "are_two_grounds", "list_grounds"]

_MAX_QUOTE = 500
_SOMEBODYS = "?"
"""The owner where none is named: the zone, the territorial waters."""
_NAME = r"[A-ZÀ-ÞА-ЯЁ][\w-]{2,20}"
_ANY = r"[^\W\d_][\w-]{2,20}"
_OWN = {
    "en": (
        re.compile(
            rf"\b(?:(?i:in|inside|within|on|over|leaves|left|of|from)) (?:the )?(?P<name>{_NAME})(?:['’]s?)? "
            r"(?:own )?(?:(?:territorial |exclusive |economic |national |sovereign )*"
            r"(?:territory|soil|waters|airspace|side of the (?:border|frontier|line)|(?<=economic )zone|limit))\b"
        ),
    ),
    "es": (
        re.compile(
            r"\b(?:en|dentro de|sobre|desde) (?:la |las |el )?(?:zona económica exclusiva|aguas(?: territoriales| "
            r"jurisdiccionales)?|territorio|suelo|espacio aéreo|mar territorial|lado) "
            rf"(?:de la |del |de )?(?P<name>{_ANY})\b",
            re.IGNORECASE,
        ),
    ),
    "ru": (
        re.compile(
            rf"\b(?:в|на|над|с) (?P<name>{_ANY}(?:ой|ом|их|ых|ском|ской)) "
            r"(?:(?:рыболовн|экономическ)\w{2,3} зоне|берегу|территории|территориальн\w{2,3} (?:водах|море)|водах|"
            r"воздушном пространстве|стороне границы|земле)\b",
            re.IGNORECASE,
        ),
        re.compile(
            r"\b(?:в|на|над) (?:территории|территориальн\w{2,3} (?:водах|море)|водах|воздушном пространстве|"
            rf"исключительной экономической зоне) (?P<name>{_NAME})\b",
        ),
    ),
}
_UNNAMED = {
    "en": re.compile(
        r"\b(?:in|inside|within) (?:the |its |(?:the )?country['’]s )?(?:territorial (?:waters|sea)|"
        r"exclusive economic zone)\b",
        re.IGNORECASE,
    ),
    "es": re.compile(
        r"\b(?:en|dentro de) (?:la |las |el |sus )?(?:zona económica exclusiva|aguas (?:territoriales|"
        r"jurisdiccionales)|mar territorial)\b",
        re.IGNORECASE,
    ),
    "ru": re.compile(
        r"\bв (?:территориальн\w{2,3} (?:водах|море)|исключительной экономической зоне|терводах)\b", re.IGNORECASE
    ),
}
_NOBODYS = {
    "en": re.compile(
        r"\b(?:in|over|inside) (?:international|neutral|no man['’]s) (?:waters|airspace|land)\b|\bon the high seas\b",
        re.IGNORECASE,
    ),
    "es": re.compile(
        r"\b(?:en|sobre) (?:aguas (?:internacionales|neutrales)|alta mar|espacio aéreo internacional)\b", re.IGNORECASE
    ),
    "ru": re.compile(
        r"\b(?:в|над) (?:(?:международн|нейтральн|общ)\w{2,3} (?:водах|водами|(?:воздушном |водном )пространстве)|"
        r"открытом море)\b",
        re.IGNORECASE,
    ),
}
_NO = re.compile(
    r"\b(?:not|never|nothing|nobody|without|outside|close to|near|towards?|denied|before|no|nunca|jamás|fuera|cerca|"
    r"lejos|negó|не|никогда|ни|вне|близ|возле|около|рядом|опроверг\w*)\b[^.;,]{0,30}$",
    re.IGNORECASE,
)
_STAYS = re.compile(r"\bnever (?:leaves|left)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Ground:
    """A ground with the words for it: ``owner`` is the key of a country, "?" for none named, or empty for nobody's."""

    text: str
    owner: str
    quote: str


@lru_cache(maxsize=1 << 12)
def list_grounds(quote: str) -> tuple[Ground, ...]:
    """Return the grounds on which a sentence says that something was, those with an owner first."""
    language = language_of(quote)
    if language not in _OWN:
        return ()
    core = tell(quote[:_MAX_QUOTE]).core if language == "en" else quote[:_MAX_QUOTE]
    found = [
        Ground(_say(match), key, quote)
        for pattern in _OWN[language]
        for match in pattern.finditer(core)
        if (key := country_of_word(match["name"])) and _is_told(core, match, match.start("name"))
    ]
    nobodys = _NOBODYS[language].finditer(core)
    found += [Ground(one[0], "", quote) for one in nobodys if _is_told(core, one, one.start())]
    if not found:
        unnamed = _UNNAMED[language].finditer(core)
        found = [Ground(one[0], _SOMEBODYS, quote) for one in unnamed if _is_told(core, one, one.start())]
    return tuple(found)


def _say(match: re.Match[str]) -> str:
    """Return the words for a ground, in English without the preposition before it: "Latvian airspace"."""
    return match.string[match.start("name") : match.end()] if match.re in _OWN["en"] else match[0]


def _is_told(core: str, match: re.Match[str], at: int) -> bool:
    lead = core[: at if match.re in _OWN["en"] else match.start()].rstrip()
    return bool(_STAYS.search(lead)) or not _NO.search(lead)


def are_two_grounds(here: tuple[Ground, ...], there: tuple[Ground, ...]) -> bool:
    """Return whether each of two openings names the ground of one owner, and these differ."""
    ours, theirs = ({one.owner for one in each} for each in (here, there))
    if len(ours) != 1 or len(theirs) != 1 or ours == theirs:
        return False
    return _SOMEBODYS not in ours | theirs or "" in ours | theirs
