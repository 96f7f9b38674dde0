"""Who a speaker is by the words for him: a person with his office, a body, a side, somebody unnamed.

Owns the kinds of speakers in English, Spanish and Russian, and the key that each is known by. Must not look for the
words in a sentence (``news.reports.attribution``), nor decide what makes two origins one (``news.reports.origins``).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from news.model import EntityKind, Mention, OriginKind
from news.names.gazetteer import gazetteer
from news.reports.bodies import find_office, official_key, open_key, speaks_for_country
from news.reports.outlets import OutletRow, slug_of
from news.reports.sides import NAMED, side_key
from news.tables import load_toml
from news.words.meanings import is_date_word
from news.words.small_letters import small
from news.words.text import fold, lower_in_place, stop_words
from news.words.transliteration import from_case

__all__ = ["AUXILIARY", "MAX_PHRASE", "NAME", "Attribution", "classify_speaker", "country_in", "trim_speaker"]

MAX_PHRASE = 90
"""Characters of the words for a speaker."""

_REACH = 30
# It begins with a set of characters, over which the search runs without trying the rest at each of the others.
NAME = re.compile(
    r"[^\W_a-zа-яё](?:(?<!\d)(?<!\w.)[\w.&’'/\-]*(?: (?:de|of|la|and|y|[^\W\d_a-zа-яё][\w.&’'/\-]*)){0,5}"
    r"|(?<=\b2)0 minutos\b)"
)
AUXILIARY = re.compile(r" (?:(?:have|has|had|also|later|le|les|han?|habían?)\b ?)+$")
_SOURCE = small(
    r"\b(?:sources?|people familiar|person familiar|people with knowledge|insiders?|analysts?|experts?|observers?|"
    r"fuentes?|analistas|expertos|источник\w{0,3}|собеседник\w{0,3}|эксперт\w{0,3})\b",
)
_WITNESS = small(
    r"\b(?:witness(?:es)?|eyewitness(?:es)?|residents?|survivors?|bystanders?|villagers|neighbou?rs|testigos?|vecinos|"
    r"очевид\w{1,4}|свидетел\w{1,3}|жител\w{1,3})\b",
)
_DOCUMENT = small(
    r"\b(?:documents?|filings?|court papers|letters?|memos?|cables?|records|satellite images|affidavit|indictment|"
    r"documentos?|carta|документ\w{0,3})\b",
)
_OFFICIAL = small(
    r"\b(?:officials?|spokes(?:man|woman|person|people)|ministry|ministers?|government|police|president|military|army|navy|"
    r"authorit(?:y|ies)|commander|generals?|prosecutors?|department|embassy|envoy|ambassador|diplomats?|administration|"
    r"secretary|senators?|governor|mayor|court|judge|kremlin|pentagon|white house|central bank|air force|coast guard|"
    r"fire (?:brigade|service|department|chief)|firefighters|civil (?:defen[cs]e|protection)|rescue service|"
    r"(?:[a-z-]+ ){1,2}(?:agency|commission|authority|inspectorate|watchdog|regulator)|"
    r"bomberos|protección civil|guardia civil|armada|comisión|intendencia|ayuntamiento|alcaldía|"
    r"мчс|следственн\w{2,3} комитет\w?|рос(?:гварди|авиаци|морречфлот|потребнадзор|стат|технадзор)\w{0,3}|мэри\w{1,2}|"
    r"ведомств\w{1,2}|комисси\w{1,2}|"
    r"portavoz|ministerio|ministr[oa]|gobierno|policía|president[ea]|ejército|autoridades|fiscalía|funcionarios?|canciller|"
    r"министерств\w{0,2}|мид|минобороны|министр\w{0,2}|президент\w{0,2}|полици\w{1,2}|власт\w{1,2}|пресс-секретар\w{1,2}|"
    r"губернатор\w{0,2}|прокуратур\w{1,2}|кремл\w{1,2}|правительств\w{0,2})\b",
)
_CYRILLIC = re.compile("[а-яё]", re.IGNORECASE)
_BELONGS = re.compile(r"^\s(?:of|in|from|for|de|del|en|в)\s", re.IGNORECASE)

_DAY_FIRST = re.compile(
    r"^(?:(?:late |early )?(?:on|this|last|el|este|esta|la|во?|(?:in )?the)? ?)?"
    r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|today|yesterday|tonight|lunes|martes|miércoles|jueves|viernes|"
    r"sábado|domingo|hoy|ayer|anoche|понедельник|вторник|среду|четверг|пятницу|субботу|воскресенье|сегодня|вчера)"
    r"(?: (?:morning|afternoon|evening|night|(?:por la |en la )?(?:mañana|tarde|noche)|утром|вечером|днём|ночью))?"
    r",?\s+",
    re.IGNORECASE,
)
"""The day of a saying as it may stand between the verb and the speaker: "informó el viernes el Ministerio"."""

_MANY = re.compile(r"\w*[a-zа-яё](?:s|ы|и)")
"""Many of a kind, whose word may open a sentence: "critics said"; a name in the plural is passed over with them."""

_WHERE = re.compile(
    r"(?:^| )(?:in|at|near|of|from|for|en|de|del|cerca de|во?|на|из|у)(?: the| la| los| las| el)? $", re.IGNORECASE
)
"""Before a name of where somebody is, or of what he is one: "doctors in Lowick"."""

_AT = re.compile(r"(?:^| )(?:in|at|near|en|в|во) $", re.IGNORECASE)

_OPENS = frozenset({"a", "an", "the", "el", "la", "los", "las", "в", "во"})
_LEAST_NAME = 3
_MOST_BESIDE = 2
"""Words beside the name of a country that "said": "the association of Norwegian traders" is not Norway."""


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who tells: an outlet with, perhaps, the one who told it; or a speaker with the key and kind of origin.

    ``voice`` is the key of the body that a named person speaks for; empty for others and for himself.
    """

    speaker: str = ""
    outlet: OutletRow | None = None
    key: str = ""
    kind: OriginKind = OriginKind.UNNAMED
    voice: str = ""


def classify_speaker(phrase: str, mentions: Sequence[Mention], language: str, *, case: str = "") -> Attribution | None:
    """Return who speaks by the words for him, or None where they name nobody.

    Args:
        case: of Russian, in which the words stand; empty where that is open.
        mentions: the names of the sentence, which give the country of an official and the person of a name.
    """
    low = lower_in_place(phrase)
    official = _OFFICIAL.search(low)
    person = _person(phrase, mentions)
    if person is not None and (official is None or person.text in phrase):
        return _bearer(person, phrase, mentions)
    if official is not None:
        return _side(phrase, mentions, language) or _official(phrase, official, mentions, case)
    for pattern, kind, name in _UNNAMED:
        found = pattern.search(low)
        if found is not None:
            return Attribution(phrase[found.start() : found.end()], key=f"unnamed:{name}", kind=kind)
    return _body(phrase, mentions) or _side(phrase, mentions, language) or _named(phrase, language, case)


def _side(phrase: str, mentions: Sequence[Mention], language: str) -> Attribution | None:
    """Return whoever is told by his side: "the miners' union", "rebels", "the monitoring firm Ceto"."""
    found = side_key(phrase, language)
    if found is None:
        return None
    key, kind = found
    name = _unknown_name(phrase, mentions) if kind is OriginKind.ORGANISATION else ""
    return Attribution(name or trim_speaker(phrase), key=f"org:{slug_of(name)}" if name else key, kind=kind)


def _named(phrase: str, language: str, case: str) -> Attribution | None:
    """Return a speaker of whom nothing is known but a name, and nothing else is said: "Arianespace"."""
    name = trim_speaker(AUXILIARY.sub("", f"{phrase} ").strip())
    is_nobody = name.lower() in _nobody() or not stop_words(language).isdisjoint(name.lower().split()[:1])
    if NAME.fullmatch(name) is None or len(name) < _LEAST_NAME or is_nobody or _MANY.fullmatch(name):
        return None
    name = from_case(name, case)
    return Attribution(name, key=f"{NAMED}{slug_of(name)}", kind=OriginKind.ORGANISATION)


@cache
def _nobody() -> frozenset[str]:
    return frozenset(word for words in load_toml("names_cues.toml")["nobody"].values() for word in str(words).split())


def _unknown_name(phrase: str, mentions: Sequence[Mention]) -> str:
    """Return the name that a phrase ends with, if it is none of the mentions: "the airline Iberia", not where it is."""
    found = next((one for one in NAME.finditer(phrase) if one.end() == len(phrase)), None)
    if found is None or not found.start() or not found[0][0].isupper() or _WHERE.search(phrase[: found.start()]):
        return ""
    name = found[0]
    is_known = any(name in mention.text or mention.text in name for mention in mentions)
    return "" if is_known or is_date_word(name.split()[0].lower()) else name


def _bearer(person: Mention, phrase: str, mentions: Sequence[Mention]) -> Attribution:
    """Return somebody named, with the body whose office stands beside the name."""
    employer, country = _employer(phrase, mentions), country_in(phrase, mentions)
    beside = phrase.replace(person.text, " ")
    voice = find_office(beside, country=country[0] if country else "", employer=employer.entity.key if employer else "")
    kind = OriginKind.PERSON if not voice else OriginKind.ORGANISATION if employer else OriginKind.OFFICIAL
    return Attribution(person.entity.name, key=person.entity.key, kind=kind, voice=voice)


_UNNAMED = (
    (_SOURCE, OriginKind.UNNAMED, "sources"),
    (_WITNESS, OriginKind.WITNESS, "witnesses"),
    (_DOCUMENT, OriginKind.DOCUMENT, "documents"),
)


_ABROAD = frozenset({"embassy", "ambassador", "envoy", "diplomat", "diplomats"})


def _official(phrase: str, head: re.Match[str], mentions: Sequence[Mention], case: str) -> Attribution:
    """The country stands before the head word ("U.S. officials") or belongs to it ("officials in Caracas")."""
    belongs = _BELONGS.match(phrase[head.end() :]) or _CYRILLIC.match(head.group())
    reach = head.end() + (_REACH if belongs else 0)
    part = phrase[:reach]
    name = trim_speaker(part if not belongs else part.rpartition(" ")[0] if reach < len(phrase) else part)
    name = from_case(name, case) if " " not in name else name
    is_foreign = head.group().casefold() in _ABROAD  # "the Russian embassy in Ljubljana" speaks for Russia
    employer = _employer(phrase, mentions, reach)
    if employer is not None:
        end = phrase.find(employer.text) + len(employer.text)
        return Attribution(trim_speaker(phrase[:end]), key=employer.entity.key, kind=OriginKind.ORGANISATION)
    country = (country_in(phrase[: head.end()], mentions) if is_foreign else None) or country_in(part, mentions)
    if country is None:
        return Attribution(name, key=open_key(part) or f"unnamed:{fold(head.group())}", kind=OriginKind.OFFICIAL)
    return Attribution(name, key=official_key(country[0], part), kind=OriginKind.OFFICIAL)


def _employer(phrase: str, mentions: Sequence[Mention], reach: int = MAX_PHRASE) -> Mention | None:
    """Return the organisation that somebody speaks for, named within reach, and no authority: "a Hamas official"."""
    bodies = (one for one in mentions if one.entity.kind is EntityKind.ORG and _is_in(one.text, phrase))
    first = next((one for one in bodies if phrase.find(one.text) < reach), None)
    return first if first is not None and not speaks_for_country(first.entity) else None


def trim_speaker(phrase: str) -> str:
    """Return a speaker without the day on which he spoke, where that stands before him, and without the article."""
    words = _DAY_FIRST.sub("", phrase, count=1).split()[-8:]
    return " ".join(words[1:] if words and words[0].lower() in _OPENS else words)


def _body(phrase: str, mentions: Sequence[Mention]) -> Attribution | None:
    """An organisation, or a country by its name or capital, that "said"."""
    for mention in mentions:
        if not _is_in(mention.text, phrase):
            continue
        if mention.entity.kind is EntityKind.ORG:
            return _organisation(mention)
        slug, name = _country_of(mention) if mention.entity.kind is EntityKind.PLACE else ("", "")
        if slug and len(phrase.replace(mention.text, "").split()) <= _MOST_BESIDE:
            return Attribution(name, key=f"official:{slug}", kind=OriginKind.OFFICIAL)
    return None


def _organisation(mention: Mention) -> Attribution:
    """Return an organisation as the voice of its country where it is an authority of it, else as its own."""
    entity, (slug, _) = mention.entity, _country_of(mention)
    if slug and speaks_for_country(entity):
        return Attribution(entity.name, key=official_key(slug, mention.text), kind=OriginKind.OFFICIAL)
    return Attribution(entity.name, key=entity.key, kind=OriginKind.ORGANISATION)


def _person(phrase: str, mentions: Sequence[Mention]) -> Mention | None:
    people = (mention for mention in mentions if mention.entity.kind is EntityKind.PERSON)
    named = (one for one in people if _is_in(one.text, phrase))
    return next((one for one in named if not _AT.search(phrase[: phrase.find(one.text)])), None)


def _is_in(name: str, phrase: str) -> bool:
    return len(name) > 1 and name in phrase


def country_in(part: str, mentions: Sequence[Mention]) -> tuple[str, str] | None:
    """Return slug and name of the country that a mention in ``part`` is or lies in, the last one first."""
    for mention in reversed(mentions):
        if _is_in(mention.text, part) and (mention.entity.kind is EntityKind.PLACE or mention.entity.within):
            slug, name = _country_of(mention)
            if slug:
                return slug, name
    return None


def _country_of(mention: Mention) -> tuple[str, str]:
    """Return slug and name of the country that a name is or lies in; empty for a region of several countries."""
    entity = mention.entity
    places = [key for key in (entity.key, *entity.within) if key.startswith("place:")]
    if not places or places[-1] not in gazetteer().governments:
        return "", ""
    slug = places[-1].partition(":")[2]
    return slug, entity.name if places[-1] == entity.key else slug.replace("-", " ").title()
