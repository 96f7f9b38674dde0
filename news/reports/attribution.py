"""The wordings by which a sentence says who told it: outlets, state media, officials, people, unnamed sources.

Owns the patterns for English, Spanish and Russian. Must not decide what makes two origins one
(``news.reports.origins``).

All patterns are linear: bounded repetitions, no nested quantifiers. Known failures: a speaker named only in the
sentence before, attributions that are split by the quotation ("It will end," he said, "soon", Reuters heard).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from news.memo import WordMemo
from news.model import Mention, OriginKind
from news.reports.outlets import OutletRow, known_outlets, outlet_of
from news.reports.speakers import (
    AUXILIARY,
    MAX_PHRASE,
    NAME,
    Attribution,
    classify_speaker,
    country_in,
    trim_speaker,
)
from news.words.text import fold, lower_in_place
from news.words.vocabulary import language_of

_MAX_SENTENCE = 2_000
_MAX_NAME_WORDS = 5
_REACH = 45
_HEAD_REACH = 30
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
    r"\b(?:according to|in the words of|según|de acuerdo con|por información de|"
    r"(?P<genitive>по данным|по словам|по информации)|(?P<instrumental>сообщено|заявлено)|"
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
    r"(?:отрица(?:ет|ют|л[аи]?)|опроверг(?:л[аи])?|опроверга(?:ет|ют)|отверг(?:л[аи])?)|"
    r"dijo|dijeron|afirmó|afirmaron|declaró|declararon|aseguró|aseguraron|indicó|indicaron|señaló|señalaron|anunció|"
    r"anunciaron|confirmó|confirmaron|informó|informaron|denunció|denunciaron|explicó|manifestó|заявил[аио]?|сообщил[аио]?|сказал[аио]?|отметил[аи]?|подчеркнул[аи]?|рассказал[аи]?|"
    r"уточнил[аи]?|объявил[аи]?|добавил[аи]?)\b"
)
"""For text in small letters: without regard to case, each of these words is tried at each letter of the sentence."""

_STATE_CUES = ("state", "estatal", "государственн")
_ACCORDING_CUES = (
    "according to", "in the words of", "según", "de acuerdo con", "por información de", "по данным", "по словам",
    "по информации", "сообщено", "заявлено", "как сообщил", "как заявил",
)  # fmt: skip
"""One of these a sentence must have, in small letters, before the patterns are tried, which take a hundred times as
long."""

_OF_OTHERS = re.compile(r"\b(?:not|than|no|не)\b.*\b(?:as|what|como|que|как)\b", re.IGNORECASE)
"""Whose word is turned down: "not four as the fire brigade says"."""

_CONCEDED = re.compile(r"(?:although|though|even though|aunque|si bien|хотя|пусть)\b", re.IGNORECASE)
"""Before what others say, which the sentence does not hold: "although the ministry said that all were out"."""

_EDGE = re.compile(r"[,;:“”\"«»()—–]| that ")
_ABBREVIATED = re.compile(r" \([^\W\d_]{2,10}\) ?$")


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
    phrase, case = _speaker_phrase(text, low)
    return classify_speaker(phrase, mentions, language_of(text), case=case) if phrase else None


def _state_media(text: str, mentions: Sequence[Mention]) -> Attribution | None:
    match = _STATE_MEDIA.search(text)
    if match is None:
        return None
    before = text[max(0, match.start() - _REACH) : match.start()]
    after = text[match.end() : match.end() + _REACH]
    if not (_VIA_STATE.search(before) or _VIA_STATE.match(after.lstrip(" ,"))) or "told" in before[-20:]:
        return None
    country = country_in(before[-_HEAD_REACH:] + match.group() + after[:_HEAD_REACH], mentions)
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
    bare_words, heads = _bare_words(), known_outlets().heads
    for match in NAME.finditer(text):
        if heads.isdisjoint([bare_words[word] for word in match.group().split()]):
            continue  # so it is with nearly all names
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
    return trim_speaker(AUXILIARY.sub("", before[edge:].rstrip()))


def _speaker_phrase(text: str, low: str) -> tuple[str, str]:
    """Return who speaks in a sentence, as written, and in which case of Russian; empty where that is open.

    ``low`` is the sentence in small letters, offset for offset.
    """
    match = _ACCORDING.search(text) if any(cue in low for cue in _ACCORDING_CUES) else None
    if match is not None:
        return _until_edge(text[match.end() : match.end() + MAX_PHRASE]), match.lastgroup or ""
    for said in _SAID.finditer(low):
        left = _ABBREVIATED.sub("", text[max(0, said.start() - MAX_PHRASE) : said.start()])
        edge = max((match.end() for match in _EDGE.finditer(left)), default=0)
        phrase = left[edge:].strip()
        if phrase.endswith(("'s", "’s", "s’")) or _OF_OTHERS.search(phrase) or _CONCEDED.match(phrase):
            continue
        if phrase:
            return phrase, ""
        right = _until_edge(text[said.end() : said.end() + MAX_PHRASE])
        if right:
            return right, ""
    return "", ""


def _until_edge(text: str) -> str:
    edge = _EDGE.search(text, 1)
    return (text[: edge.start()] if edge else text).strip(" .")
