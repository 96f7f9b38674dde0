"""What a sentence tells and what it takes as known, and how its acts stand: done, not done, or only ahead.

Owns the cutting of one sentence into its main clause and the clauses that only say of whom or of what it speaks
("the boat that capsized on Sunday", "Smith, who was cleared last month"; "two days after Peru did the same"), and the
standing of each verb and noun of act. English is read here, Spanish and Russian in ``news.reports.givens_abroad``. Must
never look at a second text: ``news.deciding.givens`` does.

No grammar is drawn up: forms of verbs, the words that open a clause and commas decide. Known failures: a reduced clause
without a preposition ("the helmet stolen Saturday"), a sentence that has two main clauses.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from news.memo import WordMemo
from news.reports.givens_abroad import cut_sentence, list_acts
from news.reports.tellings import split_speaker
from news.reports.verb_forms import form_of, listed_verbs
from news.tables import load_toml
from news.words.meanings import GLOSSED
from news.words.text import fold, stem_words, stop_words

__all__ = ["Parts", "Standing", "base_of", "list_standings", "orders", "split_given"]

_MAX_TEXT = 700
_TOKEN = re.compile(r"\d+(?:[.,:]\d+)*|[^\W_]+(?:[.'’-][^\W_]+)*|[,;:()—–]")
_BREAKS = frozenset(",;:()—–")
_RELATIVE = frozenset({"who", "which", "whose", "whom", "where"})
_THAT = "that"
_PRONOUNS = frozenset({"i", "he", "she", "it", "we", "you", "they"})
_LINKS = frozenset({"and", "or", "but"})
_PREPOSITIONS = frozenset({
    "of", "in", "on", "at", "by", "to", "for", "from", "with", "against", "near", "off", "over", "under", "above",
    "below", "into", "onto", "through", "across", "between", "among", "outside", "inside", "along", "behind", "beyond",
    "towards", "after", "before", "during", "since",
})  # fmt: skip
_BE_HAVE = frozenset(["is", "are", "was", "were", "be", "been", "being", "has", "have", "had", "having"])
_LINKING = frozenset({"is", "are", "was", "were", "been", "has", "have", "had"})
_LEAST_ED = 5
_UNREAL_REACH = 5
_DENIED_REACH = 3
_LIGHT_REACH = 2
_LEAST_CLAUSE = 2


class Parts(NamedTuple):
    """A sentence without who says so: what it tells, and the clauses that it takes as known."""

    told: str
    given: tuple[str, ...]


class Standing(NamedTuple):
    """A word that may name an act, by its base, and whether it is told as done (neither denied nor ahead)."""

    base: str
    is_done: bool
    is_verb: bool
    """Whether it has the form of a past or participle, or is what a light verb does: "lodged an appeal", "is free"."""
    word: str = ""
    """As written, in small letters; of Spanish and Russian, where the base is a root and no word."""


@cache
def _listed(name: str) -> frozenset[str]:
    return frozenset(str(load_toml("verbs.toml")[name]).split())


@cache
def _bases() -> Mapping[str, str]:
    """Return irregular form -> the stem of its verb. A stem is none of them: "wounded" is no form of "wind"."""
    found: dict[str, str] = {}
    for row in str(load_toml("verbs.toml")["irregular"]).split():
        base, _, forms = row.partition("=")
        stem = stem_words(base)[0]
        found.update(dict.fromkeys(forms.split("/"), stem))
    return found


@cache
def _forms() -> frozenset[str]:
    """Return the irregular forms of the past."""
    rows = (row.partition("=")[2] for row in str(load_toml("verbs.toml")["irregular"]).split())
    return frozenset(form for row in rows for form in row.split("/"))


@cache
def orders(language: str = "en") -> frozenset[str]:
    """Return the bases of the verbs by which somebody is told to act: who orders a thing has not done it."""
    if language in GLOSSED:
        return frozenset(form_of(word, language).root for word in listed_verbs(language, "orders"))
    return frozenset(map(_base_of, _listed("orders")))


def _base_of(word: str) -> str:
    known = _bases().get(word)
    if known is not None:
        return known
    return next(iter(stem_words(word)), word)


base_of: WordMemo[str] = WordMemo(_base_of)
"""Stem of the base of a word in small letters: "sent" and "sending" are "send"."""


def _is_verb_form(word: str) -> bool:
    """Return whether a word in small letters has the form of a past or a participle."""
    return word in _forms() or (word.endswith("ed") and len(word) >= _LEAST_ED)


def _opens_given(lows: Sequence[str], at: int) -> bool:
    """Return whether a clause that only says of whom the sentence speaks begins at ``at``."""
    low = lows[at]
    if at == 0 or at + _LEAST_CLAUSE >= len(lows):
        return False
    if low in _RELATIVE:
        return lows[at - 1] not in _listed("content") and lows[at - 1] not in _LINKS
    return low == _THAT and lows[at - 1] not in _listed("content") and lows[at - 1] not in _BREAKS


def _is_reduced(lows: Sequence[str], at: int) -> bool:
    """Return whether a participle at ``at`` only marks the noun before it, as the verb of the sentence comes later."""
    if at == 0 or not _is_verb_form(lows[at]) or at + 1 >= len(lows) or lows[at + 1] not in _PREPOSITIONS:
        return False
    if any(one in _listed("finite") or _is_verb_form(one) for one in lows[:at]):
        return False
    before = lows[at - 1]
    if before in _BREAKS or before in stop_words("en"):
        return False
    return any(one in _listed("finite") for one in lows[at + 2 :])


def _end_of(lows: Sequence[str], at: int, *, has_verb: bool) -> int:
    """Return where the clause that opens at ``at`` ends: at its comma, or before the second verb."""
    is_aside = at > 0 and lows[at - 1] in _BREAKS
    place = at + 1
    while place < len(lows):
        low = lows[place]
        if low in _BREAKS:
            return place
        if not is_aside and _is_finite(lows, place):
            if has_verb:
                return place
            has_verb = True
            while place + 1 < len(lows) and lows[place] in _listed("finite") and _goes_on(lows[place + 1]):
                place += 1
            while place + 1 < len(lows) and lows[place] in _BE_HAVE and _goes_on(lows[place + 1]):
                place += 1
        place += 1
    return place


def _goes_on(low: str) -> bool:
    """Return whether a word after an auxiliary belongs to the same group: "has not been told"."""
    return low in _BE_HAVE or low in _listed("denied") or _is_verb_form(low)


def _is_finite(lows: Sequence[str], at: int) -> bool:
    if lows[at] in _listed("finite"):
        return True
    if not _is_verb_form(lows[at]) or lows[at - 1] in _BE_HAVE or lows[at - 1] in _PREPOSITIONS:
        return False
    before = lows[at - 1]
    return before not in stop_words("en") or before in _RELATIVE or before in _PRONOUNS or before == _THAT


@cache
def _since() -> re.Pattern[str]:
    cues = "|".join(str(load_toml("verbs.toml")["since"]).split("|"))
    lead = r"(?:(?:[a-z]+|\d+) (?:hours?|days?|weeks?|months?|years?) |shortly |soon |just |only |a day |hours |days )?"
    return re.compile(rf"(?i)(?:^|(?<=[\w,])\s){lead}(?:{cues})\s(?!all\b)([^,;]{{8,300}})")


def split_given(sentence: str, language: str = "en") -> Parts:
    """Return what a sentence tells and what it takes as known; all told where nothing opens such a clause.

    English, Spanish and Russian; of any other language all is told.
    """
    if language in GLOSSED:
        return Parts(*cut_sentence(sentence, language))
    return _split_english(sentence) if language == "en" else Parts(sentence, ())


@lru_cache(maxsize=1 << 11)
def _split_english(sentence: str) -> Parts:
    core = split_speaker(sentence[:_MAX_TEXT])[0]
    given = [found[1] for found in _since().finditer(core)]
    core = _since().sub(" ", core)
    tokens = _TOKEN.findall(core)
    lows = [fold(one) if not one.isascii() else one.lower() for one in tokens]
    told: list[str] = []
    at = 0
    while at < len(tokens):
        is_reduced = _is_reduced(lows, at)
        if is_reduced or _opens_given(lows, at):
            end = _end_of(lows, at, has_verb=is_reduced)
            given.append(" ".join(tokens[at:end]))
            at = end
        else:
            told.append(tokens[at])
            at += 1
    return Parts(" ".join(told), tuple(given))


def _tokens_of(text: str) -> list[str]:
    return [one.lower() for one in _TOKEN.findall(text[:_MAX_TEXT].replace("’", "'"))]


@lru_cache(maxsize=1 << 7)
def list_standings(text: str, language: str = "en") -> tuple[Standing, ...]:
    """Return the words of a text that are no names and no stop words, each with its standing, in order.

    English, Spanish and Russian; of any other language none.
    """
    if language in GLOSSED:
        acts = list_acts(text, language)
        return tuple(Standing(one.root, is_done=one.is_done, is_verb=one.is_verb, word=one.word) for one in acts)
    return tuple(_standings(_tokens_of(text))) if language == "en" else ()


def _standings(lows: Sequence[str]) -> Iterator[Standing]:
    unreal, denied, idle = _listed("unreal"), _listed("denied"), stop_words("en")
    light = _listed("light")
    ahead = behind = carried = 0
    for low in lows:
        if low in _BREAKS:
            ahead = behind = carried = 0
            continue
        is_act = _is_verb_form(low) and low not in _listed("meant")
        if low not in idle and (is_act or low not in unreal) and low not in denied and low.isalpha():
            yield Standing(base_of[low], is_done=not ahead and not behind, is_verb=_is_verb_form(low) or carried > 0)
        ahead = _UNREAL_REACH if low in unreal else max(0, ahead - 1)
        opens = low in _LINKING or (low in light and _is_verb_form(low))
        carried = _LIGHT_REACH if opens else max(0, carried - 1)
        behind = _DENIED_REACH if low in denied else max(0, behind - 1)
