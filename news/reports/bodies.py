"""Which body of a country speaks: its navy is not its defence ministry, and "officials" may be of either.

Owns the part of an origin's key behind the country, for which body the bearer of an office speaks, and when two such
keys are one voice. Must never find who speaks in a sentence: ``news.reports.attribution`` does.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from news.model import Entity
from news.reports.sides import NAMED, SIDE
from news.tables import load_toml
from news.words.text import fold

_BODIES = (
    ("navy", "navy", "marina", "armada"),
    ("air-force", "air force"),
    ("coast-guard", "coast guard", "coastguard"),
    ("military", "army", "military", "armed forces", "general staff", "ejército"),
    ("police", "police", "policía", "полиция", "полиции", "полицию", "полицией"),
    ("prosecutor", "prosecutor", "prosecutors", "fiscalía", "прокуратура", "прокуратуры", "прокуратуре"),
    ("court", "court", "judge"),
    ("central-bank", "central bank", "national bank"),
    ("defence", "pentagon", "минобороны"),
    ("mayor", "mayor", "мэрия", "мэрии", "мэр", "alcalde", "alcaldesa", "alcaldía", "ayuntamiento"),
    ("fire", "fire brigade", "fire service", "fire department", "fire chief", "firefighters", "bomberos"),
    ("civil-defence", "civil defence", "civil defense", "civil protection", "protección civil"),
    ("rescue", "rescue service"),
    ("emergencies", "мчс"),
    ("investigators", "следственный комитет", "следственном комитете", "следственного комитета"),
    ("senate", "senator", "senators", "senate"),
)
_NAMES = {word: body for body, *words in _BODIES for word in words}
_BODY = re.compile(rf"(?i)\b(?:{'|'.join(re.escape(word) for word in sorted(_NAMES, key=len, reverse=True))})\b")
_PORTFOLIO = re.compile(
    r"(?i)\b(?P<before>(?!the\b)[a-z]{3,15})(?: and [a-z]+)?(?:['’]s)? (?:ministry|minister|department|secretary)\b"
    r"|\b(?:ministry|minister|department|secretary|ministerio|ministr[oa]) (?:of|for|de|del)(?: the| la| los| las)? "
    r"(?P<after>[a-záéíóúñ]{3,15})"
)
_AGENCY = re.compile(
    r"(?<![\w-])(?!news )(?:[a-z-]+ ){1,2}(?:agency|commission|authority|inspectorate|watchdog|regulator)\b"
)
_NO_PORTFOLIO = frozenset(
    [
        "prime",
        "first",
        "deputy",
        "vice",
        "chief",
        "general",
        "former",
        "junior",
        "press",
        "state",
        "the",
        "new",
        "old",
        "its",
        "his",
        "her",
        "our",
        "one",
        "two",
        "top",
        "another",
        "other",
        "same",
        "relevant",
        "line",
        "cabinet",
        "a",
        "an",
        "and",
        "of",
        "news",
        "national",
        "federal",
        "local",
        "regional",
    ]
)
"""Words before "ministry" or "agency" that tell neither which it is."""

_SAME = {
    "defense": "defence", "defensa": "defence", "external": "foreign", "exteriores": "foreign", "relaciones": "foreign",
    "salud": "health", "sanidad": "health", "transporte": "transport", "transportation": "transport",
    "justicia": "justice", "finanzas": "finance", "hacienda": "finance", "energía": "energy",
}  # fmt: skip
_OFFICIAL = "official:"
_ORG = "org:"
_PRESENT = frozenset({"unnamed:people", "unnamed:witnesses"})
_KNOWN = _PRESENT | {"official", "org", "side"}
"""What a key is of, where it says whose voice it is and whose it is not; a bare name may be anybody's."""

_MOST_NAMES = 50
_OPEN_OFFICIAL = f"{_OFFICIAL}?"
_OPEN = "?"


def find_body(phrase: str, *, country: str = "") -> str:
    """Return which body a speaker is of, such as ``navy``, ``defence`` or ``police``; empty where that stays open.

    The adjective of the country is no portfolio ("the Norwegian minister").
    """
    portfolio = next((name for name in map(_portfolio, _PORTFOLIO.finditer(phrase)) if _is_one(name, country)), "")
    if portfolio:
        return portfolio
    found = _BODY.search(phrase)
    return _NAMES[found[0].casefold()] if found else _find_agency(phrase)


def _find_agency(phrase: str) -> str:
    """Return an agency by its own words: ``food-safety-agency`` of "the Dutch food safety agency"; "" for none."""
    found = _AGENCY.search(phrase)
    words = [word for word in found[0].split() if word not in _NO_PORTFOLIO] if found else []
    return fold("-".join(words)) if len(words) > 1 else ""


def _portfolio(found: re.Match[str]) -> str:
    name = (found["before"] or found["after"]).casefold()
    return fold(_SAME.get(name, name))


def _is_one(name: str, country: str) -> bool:
    stem = country[:4]
    return name not in _NO_PORTFOLIO and not (stem and name.startswith(stem)) and not name.endswith(_ADJECTIVES)


_ADJECTIVES = ("ian", "ean", "ish", "ese", "ani", "aqi", "eli")


def speaks_for_country(entity: Entity) -> bool:
    """Return whether an organisation of a country is one of its authorities: no party, company, church or militia."""
    if entity.key.startswith("org:government-of-"):
        return True
    words, names, rebels = _authorities()
    folded = fold(entity.name)
    return entity.name in names or (words.search(folded) is not None and rebels.search(folded) is None)


@cache
def _authorities() -> tuple[re.Pattern[str], frozenset[str], re.Pattern[str]]:
    table = load_toml("names_cues.toml")["authorities"]
    words, rebels = ("|".join(fold(str(table[key])).split("\n")).strip("|") for key in ("words", "rebels"))
    return re.compile(rf"\b(?:{words})"), frozenset(table["names"]), re.compile(rf"\b(?:{rebels})")


def official_key(country: str, phrase: str) -> str:
    """Return the key of an official's origin: ``official:norway`` or, of one body, ``official:norway/navy``."""
    body = find_body(phrase, country=country)
    return f"{_OFFICIAL}{country}/{body}" if body else f"{_OFFICIAL}{country}"


def open_key(phrase: str) -> str:
    """Return the key of a body whose country the phrase does not name: ``official:?/police``; empty for no body."""
    body = find_body(phrase)
    return f"{_OPEN_OFFICIAL}/{body}" if body else ""


def find_office(phrase: str, *, country: str, employer: str) -> str:
    """Return the key of the body for which a person speaks by the words beside the name; empty if for nobody else.

    Args:
        country: the slug of a country that the phrase names, or empty.
        employer: the key of an organisation that the phrase names and that is no authority, or empty.

    Where the phrase tells the office and not whose it is ("manager", "the health minister"), the key has ``?`` for what
    stays open, see ``settle_voice``.
    """
    of_state, of_any, outside = _offices()
    folded = fold(phrase)
    is_of_state, is_of_any = of_state.search(folded) is not None, of_any.search(folded) is not None
    if outside.search(folded) or not (is_of_state or is_of_any):
        return ""
    if employer:
        return employer
    return official_key(country or _OPEN, phrase) if is_of_state or country else _OPEN


@cache
def _offices() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    table = load_toml("names_cues.toml")["offices"]
    of_state, of_any, outside = (
        "|".join(fold(str(table[key])).split("\n")).strip("|") for key in ("of_state", "of_any", "outside")
    )
    return re.compile(rf"\b(?:{of_state})"), re.compile(rf"\b(?:{of_any})"), re.compile(rf"\b(?:{outside})")


def settle_voice(voice: str, spoke: str) -> str:
    """Return whom a person speaks for, given the body that spoke last before him in his article (empty if none did).

    A manager is of whatever body that was; a minister of its country, if it was of one.
    """
    if voice == _OPEN:
        return spoke
    if voice.startswith(_OPEN_OFFICIAL) and spoke.startswith(_OFFICIAL):
        return spoke.partition("/")[0] + voice.removeprefix(_OPEN_OFFICIAL)
    return voice


def is_one_voice(one: str, other: str) -> bool:
    """Return whether two keys may be one voice: equal, a body of a country and its officials in general, or open.

    A body whose country is not named may be the same one of any; a name is whoever bears it.
    """
    if one == other or (NAMED in {_start(one), _start(other)} and one.partition(":")[2] == other.partition(":")[2]):
        return True
    if not (one.startswith(_OFFICIAL) and other.startswith(_OFFICIAL)):
        return False
    (country, body), (land, office) = _split(one), _split(other)
    if _OPEN in {country, land}:
        return body == office
    return country == land and (body == office or not (body and office))


def is_open(key: str) -> bool:
    """Return whether a key is that of a body whose country its sentence does not name."""
    return key.startswith(_OPEN_OFFICIAL)


def _start(key: str) -> str:
    return "".join(key.partition(":")[:2])


def are_two_bodies(one: str, other: str) -> bool:
    """Return whether two keys are known to be those of two bodies, so that one cannot speak for the other.

    Of "the union" and a body by name nobody knows, nor of a bare name, nor of two words for a firm. People who were
    there are no body, and not the voice of one either.
    """
    kinds = {key if key in _PRESENT else key.partition(":")[0] for key in (one, other)}
    if not kinds <= _KNOWN or kinds == {"org", "side"} or kinds <= _PRESENT:
        return False
    if kinds == {"side"}:
        return one.partition("/")[0] != other.partition("/")[0]
    if kinds == {"official"} and (is_open(one) or is_open(other)) and not ("/" in one and "/" in other):
        return False  # whose officials these are nobody knows
    return not is_one_voice(one, other)


def _split(key: str) -> tuple[str, str]:
    country, _, body = key.removeprefix(_OFFICIAL).partition("/")
    return country, body


def list_voices(keys: Iterable[str]) -> frozenset[str]:
    """Return the keys that are different voices.

    Officials in general add nothing to a body of their country, nor does one of a country that stays open to those of
    any country, where they are of his body or in general. Each side without a name may be one of the organisations that
    have one; a name of which nothing is known may be a part of one that is.
    """
    distinct = _without_parts(frozenset(keys))
    sides = sorted({key.partition("/")[0]: key for key in sorted(distinct) if key.startswith(SIDE)}.values())
    n_named = sum(key.startswith((_ORG, NAMED)) for key in distinct)
    distinct = frozenset(key for key in distinct if not key.startswith(SIDE)) | frozenset(sides[n_named:])
    distinct -= {key.partition("/")[0] for key in distinct if key.startswith(_OFFICIAL) and "/" in key}
    official = {key for key in distinct if key.startswith(_OFFICIAL)}
    placed = {key.partition("/")[2] for key in official if not key.startswith(_OPEN_OFFICIAL)}
    is_held = {key for key in official if key.startswith(_OPEN_OFFICIAL) and placed & {key.partition("/")[2], ""}}
    return distinct - is_held - ({_OPEN_OFFICIAL} if placed else set())


def _without_parts(keys: frozenset[str]) -> frozenset[str]:
    """Return the keys without bare names that stand in another one: "Dahl" beside Ola Dahl."""
    named = sorted(key for key in keys if key.startswith(NAMED))[:_MOST_NAMES]
    slugs = {key: frozenset(key.partition(":")[2].split("-")) for key in keys} if named else {}
    own = {key: (len(slugs[key]), not key.startswith(NAMED), key) for key in slugs}
    return keys - {key for key in named for other in keys if slugs[key] <= slugs[other] and own[key] < own[other]}
