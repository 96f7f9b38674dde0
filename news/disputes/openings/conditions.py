"""States of one thing that exclude each other: dead or alive, burst or intact, banned or permitted.

Owns the finding of such states in a sentence (``data/conditions.toml``; ``versions.toml`` for what was one way or the
other for good), in English, Spanish and Russian: which pole of which matter, and of what it is said. Must never judge
what follows where two accounts differ: ``news.disputes.openings.main_events`` does.

A "not", "never", "no" or "denied" before a state makes it the other one. What is only possible, planned or asked, and
what the sentence lays to others ("whom police had counted among the dead", "talk of a burst"), is no state.

Known failures: who or what a state is said of is told by the words before or after it, without grammar; states told by
what follows from them ("he is eating mangoes") are not seen.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import islice
from typing import Any

from news.reports.sides import side_in
from news.reports.tellings import tell
from news.tables import load_toml
from news.words.meanings import GLOSSED, is_date_word, meanings_in, number_words
from news.words.number_words import plain_numbers
from news.words.small_letters import small
from news.words.text import lower_in_place, stop_words
from news.words.vocabulary import language_of

__all__ = ["Condition", "is_excluded", "is_fixed", "list_conditions", "may_follow"]

_MAX_QUOTE = 500
_MOST = 3
"""Wordings of one pole that are looked at in one sentence."""
_REACH = 70


@dataclass(frozen=True, slots=True)
class Condition:
    """A state that a sentence tells.

    Attributes:
        matter: the name of the row of the table; ``pole`` the one of its two poles.
        heads: meanings of the noun, or the name, that it is said of; empty where none was found.
        around: meanings of all that stands near it.
        subject: the words that it is said of, in small letters, as they stand.
        text: the words that tell the state; ``quote`` is the sentence.
        is_personal: it is said of people; ``is_of_two`` of two parties, either of which may stand first;
            ``is_of_sides`` of two who stand against each other, so that either pole is told of the other one.
        is_itself: its words name what it is said of ("the strike was called off").
        is_version: neither pole comes of the other, see ``versions.toml``; ``has_object``: what it is done to has to
            be the same thing too, as one law.
    """

    matter: str
    pole: str
    heads: frozenset[str]
    around: frozenset[str]
    subject: str
    text: str
    quote: str
    is_personal: bool
    is_of_two: bool
    is_of_sides: bool
    is_itself: bool
    is_version: bool
    has_object: bool


@dataclass(frozen=True, slots=True)
class _Wording:
    """The wordings of one cell, and the beginnings of words of which any sentence that has one of them has some."""

    pattern: re.Pattern[str]
    signs: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Matter:
    name: str
    poles: tuple[str, str]
    later: str
    turns: frozenset[str]
    of: str
    is_version: bool
    has_object: bool
    before: Mapping[tuple[str, str], _Wording]
    after: Mapping[tuple[str, str], _Wording]
    never: Mapping[str, re.Pattern[str]]

    def other(self, pole: str) -> str:
        return self.poles[1] if pole == self.poles[0] else self.poles[0]


_ADJECTIVE = re.compile(r"(?:[ыиоео]й|[ая]я|[ое]е|[ыи]е|[ыи]х|\d)$")
_TABLES = "conditions.toml", "versions.toml"
_SUFFIX = "_of"


@cache
def _matters() -> tuple[_Matter, ...]:
    tables: tuple[Mapping[str, Mapping[str, Any]], ...] = tuple(map(load_toml, _TABLES))
    return tuple(_matter(name, row, is_version=rows is tables[1]) for rows in tables for name, row in rows.items())


def _matter(name: str, row: Mapping[str, Any], *, is_version: bool) -> _Matter:
    one, other = row["poles"].split()
    before: dict[tuple[str, str], _Wording] = {}
    after: dict[tuple[str, str], _Wording] = {}
    for pole in (one, other):
        for language in ("en", *GLOSSED):
            cells = row.get(language, {})
            for patterns, key in ((before, pole), (after, pole + _SUFFIX)):
                if key in cells:
                    patterns[pole, language] = _wording("|".join(filter(None, cells[key].split("\n"))))
    return _Matter(
        name,
        (one, other),
        row.get("later", ""),
        frozenset(row.get("turns", "").split()),
        row.get("of", ""),
        is_version,
        bool(row.get("object")),
        before,
        after,
        {
            language: _whole_words(row[language]["never"])
            for language in ("en", *GLOSSED)
            if "never" in row.get(language, {})
        },
    )


def _whole_words(stems: str) -> re.Pattern[str]:
    """Return what is one of the words of a list; a star stands for an ending of at most three letters."""
    words = "|".join(stems.split()).replace("*", r"\w{0,3}")
    return small(rf"(?:{words})")


@cache
def _cells(language: str) -> tuple[tuple[_Matter, str, _Wording, bool], ...]:
    """Return the cells of a language in order of the tables: the matter, the pole, whether the thing stands behind."""
    return tuple(
        (matter, pole, patterns[pole, language], is_after)
        for matter in _matters()
        for pole in matter.poles
        for patterns, is_after in ((matter.before, False), (matter.after, True))
        if (pole, language) in patterns
    )


@cache
def _cells_by_sign(language: str) -> Mapping[str, Sequence[int]]:
    """Return the places of the cells of a language by the beginnings of their words."""
    found: dict[str, list[int]] = {}
    for place, (_, _, wording, _) in enumerate(_cells(language)):
        for sign in wording.signs:
            found.setdefault(sign, []).append(place)
    return found


_SIGN = 3
_LITERAL = re.compile(r"(?:^|(?<=[ |(:?}#]))[^\W\d_]+")
_COMMON = frozenset({
    "is", "are", "was", "were", "been", "be", "being", "has", "have", "had", "the", "a", "an", "its", "his", "her",
    "their", "it", "he", "she", "they", "of", "to", "in", "on", "at", "for", "from", "by", "as", "with", "all", "not",
    "no", "and", "or", "la", "el", "los", "las", "se", "en", "de", "un", "una", "ha", "han", "fue", "era", "в", "на",
    "не", "и",
})  # fmt: skip
"""Words that tell no state by themselves: every sentence has some."""


def _wording(text: str) -> _Wording:
    words = _LITERAL.findall(re.sub(r"\\[a-zA-Z]", "#", text.replace("(?:", "(")))
    return _Wording(small(text), frozenset(word[:_SIGN] for word in words if word not in _COMMON))


_ENDS = re.compile(
    r"[;:“”\"«»—–()?!]|, (?:and|but|while|whereas|so|yet|y|pero|mientras|а|но|и)\b|\b(?:but|while|whereas|although|"
    r"though|because|unless|pero|aunque|porque|но|хотя)\b"
    r"|\band (?=(?:the|a|an|its|his|her|their|it|he|she|they|we|no|not|nobody)\b)"
    r"|\b(?:said|says|insisted|insists|told [a-z]{2,12})(?: on \w+)?(?: that)?\b"
)
"""Where a clause begins, as far as the words tell."""
_SAYING_THAT = re.compile(
    r"\b(?:dij\w+|asegur\w+|afirm\w+|sost[ui]\w+|declar\w+|señal\w+|inform\w+|indic\w+|denunci\w+|anunci\w+|"
    r"confirm\w+|insist\w+)(?: [\w.]+){0,5} que\b"
    r"|\b(?:сообщ\w+|заяв\w+|утвержда\w+|говор\w+|сказал\w*|объяв\w+|подтверд\w+|настаива\w+|счита\w+)"
    r"(?: [\w-]+){0,6}, что\b"
)
_CUTS = re.compile(
    r",|\b(?:of|in|on|at|by|to|for|from|with|near|off|over|under|above|after|before|during|since|who|which|that|whose|"
    r"where|when|as|known|called|killed|de|del|en|por|para|con|que|a|al|cerca|sobre|contra|desde|entre|donde|cuando|"
    r"quien|в|во|на|у|под|из|от|с|за|о|об|для|к|при|по|через|между|что|где|который|которая|которое|которые|котор(?:ого|"
    r"ой|ых|ую))\b"
)
_OBJECT_ENDS = re.compile(
    r"[,;:.()?!—–]|\b(?:in|on|at|after|before|over|near|off|for|by|who|which|that|because|from|during|with|as|and|to|"
    r"when|while|en|por|con|que|tras|cerca|y|cuando|mientras|durante|desde|в|на|у|под|из|за|и|после|во|при|до|по|для|"
    r"когда)\b"
)
_NOT = re.compile(
    r"(?:\b(?:not|never|no|nobody|none|neither|nor|without|nothing|cannot|hardly|no one|sin|nunca|jamás|nadie|ningún|"
    r"ninguna|не|никто|никогда|нет|ни)\b|n['’]t\b)(?! (?:only|just|merely|longer|yet|immediately|far|known|clear|fewer|"
    r"less|more|later|earlier|sooner|menos|más|solo|sólo|antes|менее|более|меньше|больше|только|просто|позднее|позже|"
    r"раньше))"
    r"(?: (?!when\b|where\b|that\b|who\b|which\b|how\b|why\b|before\b|after\b|cuando\b|donde\b|que\b|когда\b|где\b|"
    r"что\b)[\w'’-]{1,14}){0,5} ?$"
)
_DENIED = re.compile(
    r"\b(?:den(?:y|ied|ies|ying)|ruled out|no truth in|neg[óo]|neg(?:aron)|niegan?|desmintió|desmintieron|desmienten?|"
    r"descart(?:ó|aron|an?)|отрица\w{1,4}|опроверг\w{0,4}|исключил[аи]?)\b"
    r"(?: (?!when\b|where\b|who\b|which\b|before\b|after\b|as\b|while\b)[\w'’-]{1,14}){0,7} ?$"
)
_NO_SUBJECT = re.compile(
    r"^\W*(?:no|not one|not a single|none of|neither)(?: (?!is\b|are\b|was\b|were\b|has\b|had\b|have\b|who\b|that\b|"
    r"which\b)[\w'’-]{1,16},?){1,12} (?:(?:is|are|was|were|has|have|had|been|ever|yet) ?){0,3}$"
)
_ELSE = re.compile(r"\b(?:other|another|second|third|further|additional|more|else|otr[oa]s?|más|друг\w{1,3}|больше)\b")
"""What is denied of another thing says nothing of this one."""
_NO_OBJECT = re.compile(r"^ (?:with |to )?(?:no|nobody|none|nothing|no one|ningún|ninguna|nadie|никого|ничего)\b")
_UNSURE = re.compile(
    r"\b(?:would|could|might|may|should|can|cannot|will|shall|must|if|whether|unless|to|risk|risks|fear|feared|fears|"
    r"unclear|possibly|perhaps|had it|threaten(?:s|ed)?|about|podría|podrían|podr(?:á|án)|pued(?:e|en|a|an)|pud(?:o|"
    r"ieron|iera|ieran)|habrían?|sería|serán?|estarían?|deb(?:e|en|ía|ería|erían|erá)|si|quiere|quieren|planean?|"
    r"prevén?|espera|esperan|intent(?:a|an|ó|aron|ar)|amenazan?|exig(?:e|en|ió|ieron)|pid(?:e|en|ió|ieron)|temen?|"
    r"quizás?|tal vez|может|могут|мог|могла|могли|может быть|если|должен|должна|должно|должны|хочет|хотят|бы|планирует|"
    r"планируют|намерен[аы]?|будет|будут|требу(?:ет|ют)|потребовал[аи]?|призвал[аи]?|прос(?:ит|ят)|пыта(?:ется|ются|"
    r"лся|лась|лись)|чтобы|ли|возможно|вероятно)\b"
    r"(?: [\w'’-]{1,14}){0,3} ?$"
)
_OTHERS = re.compile(
    r"\b(?:talk|reports?|claims?|rumou?rs?|word|news|announcement|story|stories|version|allegations?) (?:of|that)\b"
    r"|\b(?:had|has|have) (?:\w+ly )?(?:said|announced|declared|claimed|counted|reported|called|written|named|"
    r"pronounced)\b"
    r"|\bwhoever\b|\b(?:according to|supposedly|allegedly|reportedly|so-called)\b"
    r"|\b(?:слух\w{1,2}|сообщени\w{1,2} о|якобы|предположительно|rumores|versión|supuestamente|presuntamente|"
    r"al parecer)\b"
)
_QUOTED = re.compile(r"«([^«»,.;:]{2,30})»(?!,? [—–-])")
"""The name of a ship, a plant or a paper."""
_WORD = re.compile(r"[^\W\d_]{2,}")


@lru_cache(maxsize=1 << 12)
def list_conditions(quote: str) -> tuple[Condition, ...]:
    """Return the states that a sentence tells as facts in its own voice, in order of the table."""
    quote = quote[:_MAX_QUOTE]
    language = language_of(quote)
    text = lower_in_place(_QUOTED.sub(r" \1 ", quote) if language in GLOSSED else tell(quote).core)
    return tuple(_iter_conditions(text, quote, language))


def _iter_conditions(text: str, quote: str, language: str) -> Iterator[Condition]:
    cells, by_sign = _cells(language), _cells_by_sign(language)
    signs = {word[:size] for word in re.findall(r"[^\W\d_]+", text) for size in (1, 2, _SIGN)}
    for place in sorted({place for sign in signs & by_sign.keys() for place in by_sign[sign]}):
        matter, pole, wording, is_after = cells[place]
        for match in islice(wording.pattern.finditer(text), _MOST):
            one = _condition(matter, pole, match, quote, is_after=is_after)
            if one is not None:
                yield one


def _condition(matter: _Matter, pole: str, match: re.Match[str], quote: str, *, is_after: bool) -> Condition | None:
    text = match.string
    start = max((end.end() for end in _ENDS.finditer(text, 0, match.start())), default=0)
    clause = _without_speaker(text[start : match.start()], quote)
    if _UNSURE.search(clause) or _OTHERS.search(clause):
        return None
    after = text[match.end() :]
    is_denied = bool(
        _NOT.search(clause) or _NO_SUBJECT.match(clause) or _DENIED.search(clause) or _NO_OBJECT.match(after)
    )
    if is_denied and (pole not in matter.turns or _ELSE.search(clause) or _ELSE.match(after.lstrip())):
        return None
    if is_denied:
        pole = matter.other(pole)
    ends = _OBJECT_ENDS.search(after.lstrip(' “"«'))
    thing = after.lstrip(' “"«')[: ends.start() if ends else _REACH]
    subject = thing if is_after else _subject(clause)
    never = matter.never.get(language_of(quote))
    if never is not None:
        told_of = (_subject(clause), thing if is_after or not subject.strip() else "")
        if any(never.fullmatch(_head_of(one, language_of(quote))) for one in told_of):
            return None
    around = f"{clause[-_REACH:]} {after[:_REACH]}"
    language = language_of(quote)
    heads, near = _meant(subject, language), _meant(around, language) - _meant(match[0], language)
    kind = (
        matter.of == "persons",
        matter.of == "two",
        matter.of == "sides",
        matter.of == "itself",
        matter.is_version,
        matter.has_object,
    )
    return Condition(matter.name, pole, heads, near, subject.strip(), match[0], quote, *kind)


def _head_of(phrase: str, language: str) -> str:
    """Return the noun of a phrase: the last word in English ("the train driver"), else the first ("три поезда")."""
    words = phrase.partition(",")[0].split()
    if language not in GLOSSED:
        return next((word for word in reversed(words) if word not in stop_words(language)), "")
    plain = (word for word in words if word not in plain_numbers() and word not in stop_words(language))
    return next((word for word in plain if not _ADJECTIVE.search(word)), "")


def _without_speaker(clause: str, quote: str) -> str:
    """Return a Spanish or Russian clause without who says it, unless that is a person who speaks of himself.

    "La Policía sostuvo que se ahorcó": somebody else did; "Montaldo aseguró que no fue despedido": he was not.
    """
    found = _SAYING_THAT.search(clause)
    if found is None:
        return clause
    language, told = language_of(quote), clause[found.end() :]
    is_own = all(word in stop_words(language) for word in _WORD.findall(told))
    return clause if is_own and not side_in(clause[: found.start()], language) else told


def _subject(clause: str) -> str:
    """Return the nouns before a state, each cut at its first preposition: "the skipper of a boat, Terje Molvik"."""
    pieces = (_CUTS.split(piece.strip(), maxsplit=1)[0].strip() for piece in clause.split(","))
    return ", ".join(filter(None, pieces))


def _meant(text: str, language: str) -> frozenset[str]:
    """Return the meanings of words without days, numbers and what is said of people of any sort."""
    words = (word for word in _WORD.findall(text) if not is_date_word(word) and word not in number_words())
    return meanings_in(" ".join(words), language) - {"person", ""}


def is_excluded(ours: Condition, theirs: Condition) -> bool:
    """Return whether two states are the two poles of one matter."""
    return ours.matter == theirs.matter and ours.pole != theirs.pole


def may_follow(one: Condition) -> bool:
    """Return whether a state may have come about after the other pole of its matter was told."""
    return _get_matter(one.matter).later in {"both", one.pole}


def is_fixed(one: Condition) -> bool:
    """Return whether neither pole of a matter comes of the other by itself: a ban is lifted, a test is repeated."""
    return not _get_matter(one.matter).later


def _get_matter(name: str) -> _Matter:
    return next(matter for matter in _matters() if matter.name == name)
