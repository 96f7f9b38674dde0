"""The wordings by which a sentence says who told it: outlets, state media, officials, people, unnamed sources.

Owns the patterns for English, Spanish and Russian. Must not decide what makes two origins one
(``news.reports.origins``).

All patterns are linear: bounded repetitions, no nested quantifiers. Known failures: a speaker named only in the
sentence before, attributions that are split by the quotation ("It will end," he said, "soon", Reuters heard).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from news.memo import WordMemo
from news.model import EntityKind, Mention, OriginKind
from news.names.gazetteer import gazetteer
from news.reports.bodies import find_office, official_key, open_key, speaks_for_country
from news.reports.outlets import OutletRow, known_outlets, outlet_of, slug_of
from news.reports.sides import side_key
from news.words.text import fold, lower_in_place
from news.words.vocabulary import language_of

_MAX_SENTENCE = 2_000
_MAX_NAME_WORDS = 5
_REACH = 45
_PHRASE = 90
_HEAD_REACH = 30
_MOST_BESIDE = 2
"""Words beside the name of a country that "said": "the association of Norwegian traders" is not Norway."""

_NAME = re.compile(
    r"[^\W\d_a-zа-яё][\w.&’'/\-]*(?: (?:de|of|la|and|y|[^\W\d_a-zа-яё][\w.&’'/\-]*)){0,5}|\b20 minutos\b"
)
_WORD = re.compile(r"\S+")
_CUE_LEFT = re.compile(
    r"(?:according to|via|told|reported by|reports? (?:by|in|from|to)|quoted by|cited by|citing|quoting|"
    r"interview (?:with|to|on)|speaking to|statement to|published (?:by|in)|story (?:by|in)|investigation by|"
    r"según|informó|informa|informaron|de acuerdo con|citando a|cita a|dijo a|declaró a|publicó|publicado por|reportó|"
    r"señaló|recoge|reveló|"
    r"сообщает|сообщил[аио]?|сообщают|передает|передаёт|пишет|данным|информации|ссылкой на|заявил[аи]? в интервью|"
    r"сообщению|рассказал[аи]?)"
    r",?\s+(?:to\s+|a\s+|the\s+|la\s+|el\s+|diario\s+|agencia\s+|cadena\s+|newspaper\s+|agency\s+|"
    r"агентств[уоа]м?\s+|газет[аые]\s+|телеканал[уа]?\s+){0,2}$",
    re.IGNORECASE,
)
_CUE_RIGHT = re.compile(
    r"(?:['’]s [\w ]{2,30})?,?\s{1,2}(?:news agency |newspaper |correspondents? |news website |TV |television )?"
    r"(?:has |have |had |also |first |later |previously ){0,2}"
    r"(?:reports?\b|reported\b|added\b|said\b|says\b|wrote\b|writes\b|quoted\b|cited\b|noted\b|revealed\b|published\b|"
    r"learned\b|informó|reportó|señaló|publicó|reveló|añadió|сообщ|пишет|переда|написал)",
)
_STATE_MEDIA = re.compile(
    r"\bstate(?:-run|-owned| run)? (?:media|television|tv|radio|news agency|broadcaster|newspaper)\b"
    r"|\bmedios estatales|televisión estatal|agencia estatal|государственн\w{2,4} (?:телевидени|сми|агентств)",
    re.IGNORECASE,
)
_BODY_BEFORE = re.compile(
    r"(?<!news )(?<!media )(?<!press )(?<!broadcasting )\b(?:authority|ministry|office|company|department|bureau|"
    r"regulator|operator|firm|utility|commission|council|board|union|institute|association|federation|administration|"
    r"administradora|autoridad|ministerio|oficina|empresa|compañía|departamento|instituto|sindicato|asociación|"
    r"управление|министерство|компания|ведомство|комиссия)\s$"
)
"""The common noun, in small letters, of the body that an abbreviation behind it stands for: "highway authority ABC"."""

_LONGEST_ABBREVIATION = 5
_VIA_STATE = re.compile(r"according to|reported|reports|said|says|según|informó|сообщ|данным", re.IGNORECASE)
_ACCORDING = re.compile(
    r"\b(?:according to|in the words of|según|de acuerdo con|por información de|по данным|по словам|по информации|"
    r"как сообщил[аи]?|как заявил[аи]?)\s+",
    re.IGNORECASE,
)
_SAID = re.compile(
    r"\b(?:said|says|told|added|announced|confirmed|stated|insisted|claimed|acknowledged|reported|tweeted|argued|warned|noted|"
    r"testified|showed|shows|explained|declared|"
    r"(?:den(?:ied|ies|y)|disput(?:ed|es?)|admit(?:s|ted)?|conced(?:ed|es?)|maintain(?:s|ed)?)"
    r"(?= (?:(?:on \w+|late|earlier|later) )?(?:that|having|any|being|it|its|reports?|claims?|accusations?)\b)|"
    r"(?:neg(?:ó|aron)|niegan?|desmint(?:ió|ieron)|desmienten?|admit(?:ió|ieron)|reconoci(?:ó|eron))"
    r"(?= (?:\w+ ){0,3}?que\b)|"
    r"(?:отрица(?:ет|ют|л[аи]?)|опроверг(?:л[аи])?|опроверга(?:ет|ют)|отверг(?:л[аи])?)|dijo|dijeron|afirmó|afirmaron|declaró|aseguró|indicó|señaló|anunció|confirmó|informó|"
    r"informaron|explicó|manifestó|заявил[аи]?|сообщил[аи]?|сказал[аи]?|отметил[аи]?|подчеркнул[аи]?|рассказал[аи]?|"
    r"уточнил[аи]?|объявил[аи]?|добавил[аи]?)\b"
)
"""For text in small letters: without regard to case, each of these words is tried at each letter of the sentence."""

_STATE_CUES = ("state", "estatal", "государственн")
_ACCORDING_CUES = (
    "according to", "in the words of", "según", "de acuerdo con", "por información de", "по данным", "по словам",
    "по информации", "как сообщил", "как заявил",
)  # fmt: skip
"""One of these a sentence must have, in small letters, before the patterns are tried, which take a hundred times as
long."""

_EDGE = re.compile(r"[,;:“”\"«»()—–]| that ")
_SOURCE = re.compile(
    r"\b(?:sources?|people familiar|person familiar|people with knowledge|insiders?|analysts?|experts?|observers?|"
    r"fuentes?|analistas|expertos|источник\w{0,3}|собеседник\w{0,3}|эксперт\w{0,3})\b",
    re.IGNORECASE,
)
_WITNESS = re.compile(
    r"\b(?:witness(?:es)?|eyewitness(?:es)?|residents?|survivors?|bystanders?|villagers|neighbou?rs|testigos?|vecinos|"
    r"очевид\w{1,4}|свидетел\w{1,3}|жител\w{1,3})\b",
    re.IGNORECASE,
)
_DOCUMENT = re.compile(
    r"\b(?:documents?|filings?|court papers|letters?|memos?|cables?|records|satellite images|affidavit|indictment|"
    r"documentos?|carta|документ\w{0,3})\b",
    re.IGNORECASE,
)
_OFFICIAL = re.compile(
    r"\b(?:officials?|spokes(?:man|woman|person|people)|ministry|ministers?|government|police|president|military|army|navy|"
    r"authorit(?:y|ies)|commander|generals?|prosecutors?|department|embassy|envoy|ambassador|diplomats?|administration|"
    r"secretary|senators?|governor|mayor|court|judge|kremlin|pentagon|white house|central bank|air force|coast guard|"
    r"portavoz|ministerio|ministr[oa]|gobierno|policía|president[ea]|ejército|autoridades|fiscalía|funcionarios?|canciller|"
    r"министерств\w{0,2}|мид|минобороны|министр\w{0,2}|президент\w{0,2}|полици\w{1,2}|власт\w{1,2}|пресс-секретар\w{1,2}|"
    r"губернатор\w{0,2}|прокуратур\w{1,2}|кремл\w{1,2}|правительств\w{0,2})\b",
    re.IGNORECASE,
)
_CYRILLIC = re.compile("[а-яё]", re.IGNORECASE)
_BELONGS = re.compile(r"^\s(?:of|in|from|for|de|del|en|в)\s", re.IGNORECASE)

_AUXILIARY = re.compile(r" (?:(?:have|has|had|also|later|le|les|han?|habían?)\b ?)+$")
_ABBREVIATED = re.compile(r" \([^\W\d_]{2,10}\) ?$")

_DAY_FIRST = re.compile(
    r"^(?:(?:late |early )?(?:on|this|last|el|este|esta|la|во?|(?:in )?the)? ?)?"
    r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|today|yesterday|tonight|lunes|martes|miércoles|jueves|viernes|"
    r"sábado|domingo|hoy|ayer|anoche|понедельник|вторник|среду|четверг|пятницу|субботу|воскресенье|сегодня|вчера)"
    r"(?: (?:morning|afternoon|evening|night|(?:por la |en la )?(?:mañana|tarde|noche)|утром|вечером|днём|ночью))?"
    r",?\s+",
    re.IGNORECASE,
)
"""The day of a saying as it may stand between the verb and the speaker: "informó el viernes el Ministerio"."""


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


def find_attribution(sentence: str, mentions: Sequence[Mention]) -> Attribution | None:
    """Return the attribution of a sentence, or None. State media before outlets, outlets before speakers."""
    text = sentence[:_MAX_SENTENCE]
    low = lower_in_place(text)
    state = _state_media(text, mentions) if any(cue in low for cue in _STATE_CUES) else None
    if state is not None:
        return state
    outlet = _outlet(text)
    if outlet is not None:
        return outlet
    phrase = _speaker_phrase(text, low)
    return _classify(phrase, mentions, language_of(text)) if phrase else None


def _state_media(text: str, mentions: Sequence[Mention]) -> Attribution | None:
    match = _STATE_MEDIA.search(text)
    if match is None:
        return None
    before = text[max(0, match.start() - _REACH) : match.start()]
    after = text[match.end() : match.end() + _REACH]
    if not (_VIA_STATE.search(before) or _VIA_STATE.match(after.lstrip(" ,"))) or "told" in before[-20:]:
        return None
    country = _country(before[-_HEAD_REACH:] + match.group() + after[:_HEAD_REACH], mentions)
    if country is None:
        return Attribution("state media", key="unnamed:state-media", kind=OriginKind.STATE_MEDIA)
    slug, name = country
    return Attribution(f"state media of {name}", key=f"state-media:{slug}", kind=OriginKind.STATE_MEDIA)


def _outlet(text: str) -> Attribution | None:
    for start, end, row in _iter_outlets(text):
        left = _CUE_LEFT.search(text[max(0, start - _REACH) : start])
        if left is None and _CUE_RIGHT.match(text[end : end + _REACH]) is None:
            continue
        told = left is not None and left.group().lstrip().lower().startswith("told")
        speaker = _teller(text[: max(0, start - len(left.group()))]) if told and left is not None else ""
        return Attribution(speaker, row)
    return None


def _iter_outlets(text: str) -> Iterator[tuple[int, int, OutletRow]]:
    for match in _NAME.finditer(text):
        found = _longest_outlet(match.group())
        if found is None or found[2].kind == "agency":
            continue
        start, end = match.start() + found[0], match.start() + found[1]
        if not _is_of_a_body(text, start, end):
            yield start, end, found[2]


def _is_of_a_body(text: str, start: int, end: int) -> bool:
    """Return whether letters that an outlet goes by as well are, by the noun before them, those of another body."""
    is_short = end - start <= _LONGEST_ABBREVIATION and text[start:end].isupper()
    return is_short and _BODY_BEFORE.search(text[max(0, start - _REACH) : start]) is not None


def _longest_outlet(name: str) -> tuple[int, int, OutletRow] | None:
    """Return start, end and row of the longest run of words in ``name`` that is an outlet's name."""
    bare_words = _bare_words()
    heads = known_outlets().heads
    opens = [bare_words[word] in heads for word in name.split()]
    if True not in opens:
        return None
    spans = [(word.start(), word.end()) for word in _WORD.finditer(name)]
    for size in range(min(len(spans), _MAX_NAME_WORDS), 0, -1):
        for first in range(len(spans) - size + 1):
            if not opens[first]:
                continue
            start, end = spans[first][0], spans[first + size - 1][1]
            bare = name[start:end].rstrip(".,’'-")
            row = outlet_of(bare) or outlet_of(bare.removesuffix("'s").removesuffix("’s"))
            if row is not None:
                return start, start + len(bare), row
    return None


@cache
def _bare_words() -> WordMemo[str]:
    """Return words as they may open the name of an outlet: folded, without possessive and marks behind."""
    return WordMemo(lambda word: fold(word.rstrip(".,’'-").removesuffix("'s").removesuffix("’s")))


def _teller(before: str) -> str:
    """Return the noun phrase that ends ``before``, such as "a U.S. official"; empty if there is none."""
    edge = max((match.end() for match in _EDGE.finditer(before)), default=0)
    return _trimmed(_AUXILIARY.sub("", before[edge:].rstrip()))


def _speaker_phrase(text: str, low: str) -> str:
    """Return who speaks in a sentence, as written; ``low`` is the sentence in small letters, offset for offset."""
    match = _ACCORDING.search(text) if any(cue in low for cue in _ACCORDING_CUES) else None
    if match is not None:
        return _until_edge(text[match.end() : match.end() + _PHRASE])
    for said in _SAID.finditer(low):
        left = _ABBREVIATED.sub("", text[max(0, said.start() - _PHRASE) : said.start()])
        edge = max((match.end() for match in _EDGE.finditer(left)), default=0)
        phrase = left[edge:].strip()
        if phrase.endswith(("'s", "’s", "s’")):
            continue
        if phrase:
            return phrase
        right = _until_edge(text[said.end() : said.end() + _PHRASE])
        if right:
            return right
    return ""


def _until_edge(text: str) -> str:
    edge = _EDGE.search(text, 1)
    return (text[: edge.start()] if edge else text).strip(" .")


def _classify(phrase: str, mentions: Sequence[Mention], language: str) -> Attribution | None:
    official = _OFFICIAL.search(phrase)
    person = _person(phrase, mentions)
    if person is not None and (official is None or person.text in phrase):
        return _bearer(person, phrase, mentions)
    if official is not None:
        return _side(phrase, mentions, language) or _official(phrase, official, mentions)
    for pattern, kind, name in _UNNAMED:
        found = pattern.search(phrase)
        if found is not None:
            return Attribution(found.group(), key=f"unnamed:{name}", kind=kind)
    return _body(phrase, mentions) or _side(phrase, mentions, language)


def _side(phrase: str, mentions: Sequence[Mention], language: str) -> Attribution | None:
    """Return whoever is told by his side: "the miners' union", "rebels", "the monitoring firm Ceto"."""
    found = side_key(phrase, language)
    if found is None:
        return None
    key, kind = found
    name = _unknown_name(phrase, mentions) if kind is OriginKind.ORGANISATION else ""
    return Attribution(name or _trimmed(phrase), key=f"org:{slug_of(name)}" if name else key, kind=kind)


def _unknown_name(phrase: str, mentions: Sequence[Mention]) -> str:
    """Return the first name in a phrase that is none of the mentions, and not its first word."""
    known = [mention.text for mention in mentions]
    names = (found[0] for found in _NAME.finditer(phrase) if found.start() > 0)
    return next((one for one in names if not any(one in text or text in one for text in known)), "")


def _bearer(person: Mention, phrase: str, mentions: Sequence[Mention]) -> Attribution:
    """Return somebody named, with the body whose office stands beside the name."""
    employer, country = _employer(phrase, mentions), _country(phrase, mentions)
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


def _official(phrase: str, head: re.Match[str], mentions: Sequence[Mention]) -> Attribution:
    """The country stands before the head word ("U.S. officials") or belongs to it ("officials in Caracas")."""
    belongs = _BELONGS.match(phrase[head.end() :]) or _CYRILLIC.match(head.group())
    reach = head.end() + (_HEAD_REACH if belongs else 0)
    part = phrase[:reach]
    name = _trimmed(part if not belongs else part.rpartition(" ")[0] if reach < len(phrase) else part)
    is_foreign = head.group().casefold() in _ABROAD  # "the Russian embassy in Ljubljana" speaks for Russia
    employer = _employer(phrase, mentions, reach)
    if employer is not None:
        end = phrase.find(employer.text) + len(employer.text)
        return Attribution(_trimmed(phrase[:end]), key=employer.entity.key, kind=OriginKind.ORGANISATION)
    country = (_country(phrase[: head.end()], mentions) if is_foreign else None) or _country(part, mentions)
    if country is None:
        return Attribution(name, key=open_key(part) or f"unnamed:{fold(head.group())}", kind=OriginKind.OFFICIAL)
    return Attribution(name, key=official_key(country[0], part), kind=OriginKind.OFFICIAL)


def _employer(phrase: str, mentions: Sequence[Mention], reach: int = _PHRASE) -> Mention | None:
    """Return the organisation that somebody speaks for, named within reach, and no authority: "a Hamas official"."""
    bodies = (one for one in mentions if one.entity.kind is EntityKind.ORG and _is_in(one.text, phrase))
    first = next((one for one in bodies if phrase.find(one.text) < reach), None)
    return first if first is not None and not speaks_for_country(first.entity) else None


def _trimmed(phrase: str) -> str:
    """Return a speaker without the day on which he spoke, where that stands before him, and without the article."""
    words = _DAY_FIRST.sub("", phrase, count=1).split()[-8:]
    return " ".join(words[1:] if words and words[0].lower() in {"a", "an", "the", "el", "la", "los", "las"} else words)


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
    return next((mention for mention in people if _is_in(mention.text, phrase)), None)


def _is_in(name: str, phrase: str) -> bool:
    return len(name) > 1 and name in phrase


def _country(part: str, mentions: Sequence[Mention]) -> tuple[str, str] | None:
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
