"""What keeps a Spanish or Russian "no" from contradicting a sentence: an end to it, what was done instead, or a bearer.

Owns those three questions of two sentences, the one that denies and the one that tells. Must never find what is denied
(``news.reports.negations_abroad``) nor whether it is told (``news.reports.denials_told``).

Known failures: an end behind a second comma; two persons of whom one has a single name that does not end as one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from news.model import EntityKind
from news.names.entities import lookup
from news.names.peoples import country_of_word
from news.reports.clauses_abroad import NEAR, SPANISH_PAST, STOPS, Cut, cut
from news.reports.denials_told import is_only_feared_in, is_touched_in
from news.reports.negations_abroad import all_denied_in
from news.reports.senses import Sense, sense_of
from news.words.meanings import GLOSSED
from news.words.vocabulary import language_of

__all__ = ["is_reserved"]

_MOST = 0.66
_KEY, _LEAST = 4, 4
_UNTIL = {"es": (("hasta", "que"),), "ru": ((",", "пока"), ("до", "того"), ("пока", "не"))}
_BEFORE = {"es": (("antes", "de"), ("antes", "del"), ("antes", "que")), "ru": ()}
_INSTEAD = {
    "es": (("sino",), (",", "sino"), (",", "solo"), (",", "solamente"), (",", "unicamente")),
    "ru": ((",", "а"), (",", "только"), (",", "лишь")),
}
_SORTS = {
    "es": ((("privad",), ("public", "estatal", "fiscales", "municipal")),),
    "ru": ((("частн",), ("государствен", "муниципальн")),),
}
_PAST = re.compile(r".{2,}(?:л|ла|ло|ли)(?:с[яь])?$")
_SURNAME = re.compile(r".{2,}(?:[оеё]в|[иы]н|ск)(?:а|у|ым|ом|е|ой|ую|ого|ому|ая|ии)?$")
_SITED = frozenset(["в", "во", "на", "из", "под", "за", "у", "к", "до", "en", "desde", "hacia", "de", "del"])


def is_reserved(quote: str, told: str, beside: str = "") -> bool:
    """Return whether all that a sentence denies leaves standing what another one of its language tells.

    Args:
        beside: the headline and opening of the account that tells it, where the bearer may be named.
    """
    language = language_of(quote)
    denied = all_denied_in(quote) if language in GLOSSED else ()
    if language not in GLOSSED or language_of(told) != language or any(one.is_explicit for one in denied):
        return False
    if denied and all(is_only_feared_in(one, told) for one in denied):
        return True
    ours, theirs = cut(quote, language), cut(told, language)
    places = [at for at in range(len(ours.lows)) if ours.listed("negations", at) and not ours.listed("idioms", at + 1)]
    if any(_is_instead(ours, at, theirs) or _is_of_other_sort(ours, at, theirs) for at in places):
        return True
    if not any(is_touched_in(one, told) for one in denied):
        return False
    return any(
        _has_end(ours, at, theirs) or _is_of_other_country(ours, at, theirs) or _is_of_other(ours, at, theirs, beside)
        for at in places
    )


def _find_mark(one: Cut, first: int, marks: tuple[tuple[str, ...], ...]) -> int:
    """Return the place right behind the first of some rows of words in the clause, its one comma included; or -1."""
    for at in range(first, len(one.lows)):
        if one.tokens[at] in STOPS:
            return -1
        found = next((mark for mark in marks if one.lows[at : at + len(mark)] == mark), ())
        if found:
            return at + len(found)
        if one.lows[at] == ",":
            return -1
    return -1


def _has_end(one: Cut, at: int, told: Cut) -> bool:
    """Return whether a negation holds only up to something: "no disparó hasta que atacaron", "не стреляла, пока".

    "No disparó antes de la estampida" stands against a sentence that has a time before something as well.
    """
    if _find_mark(one, at + 1, _UNTIL[one.language]) >= 0:
        return True
    return _find_mark(one, at + 1, _BEFORE[one.language]) >= 0 and "antes" not in told.lows


def _content(one: Cut, first: int, last: int) -> list[tuple[int, Sense]]:
    found = [(at, sense_of(one.tokens[at].lower(), one.language)) for at in range(first, last)]
    return [
        (at, sense) for at, sense in found if one.lows[at].isalpha() and sense.meanings and len(one.lows[at]) > NEAR
    ]


def _is_one(one: Sense, other: Sense) -> bool:
    return not one.meanings.isdisjoint(other.meanings) or (bool(one.root) and one.root == other.root)


def _is_instead(one: Cut, at: int, told: Cut) -> bool:
    """Return whether a sentence tells what was done instead, and not besides what was not done."""
    first = _find_mark(one, at + 1, _INSTEAD[one.language])
    if first < 0:
        return False
    last = next((place for place in range(first, len(one.lows)) if one.tokens[place] in STOPS | {","}), len(one.lows))
    done, theirs = _content(one, first, last), _content(told, 0, len(told.lows))
    met = {place for place, word in theirs if any(_is_one(word, ours) for _, ours in done)}
    share = sum(any(_is_one(word, ours) for _, word in theirs) for _, ours in done) / max(1, len(done))
    verbs = [_is_past(one, place) for place, _ in done]
    return share >= _MOST and not _is_told_itself(one, range(at + 1, first), verbs, theirs, met)


def _is_past(one: Cut, at: int) -> bool:
    if one.language == "ru":
        return _PAST.match(one.lows[at]) is not None and not one.listed("nouns", at)
    return one.tokens[at].endswith("ó") or SPANISH_PAST.match(one.lows[at]) is not None


def _is_told_itself(one: Cut, places: range, verbs: list[bool], theirs: list[tuple[int, Sense]], met: set[int]) -> bool:
    """Return whether what was not done is told too: its verb, and its object unless another verb stands instead."""
    denied = [sense for _, sense in _content(one, places.start, places.stop)]
    if not denied:
        return False
    is_verb_told = any(_is_one(word, denied[0]) for place, word in theirs if place not in met)
    if any(verbs) or len(denied) == 1 or not is_verb_told:
        return is_verb_told
    objects = [place for place, word in theirs if _is_one(word, denied[1])]
    return bool(objects) and min(objects) < min(met)


def _is_of_other_sort(one: Cut, at: int, told: Cut) -> bool:
    """Return whether the subject of a negation is private and what is told is of public ones, or the reverse."""
    before = one.lows[one.find_start(at) : at]
    for ours, theirs in (*_SORTS[one.language], *((b, a) for a, b in _SORTS[one.language])):
        is_ours = any(low.startswith(ours) for low in before) and not any(low.startswith(theirs) for low in one.lows)
        is_theirs = any(low.startswith(theirs) for low in told.lows) and not any(
            low.startswith(ours) for low in told.lows
        )
        if is_ours and is_theirs:
            return True
    return False


def _is_of_other_country(one: Cut, at: int, told: Cut) -> bool:
    """Return whether one country did not do what another one is told to have done: each is all of the subject."""
    start = one.find_start(at)
    verb = next((place for place in range(len(told.lows)) if _is_past(told, place)), 0)
    ours, theirs = _countries_at(one, start, at), _countries_at(told, told.find_start(verb), verb)
    is_named = ours and any(low.startswith(one.lows[start][:_KEY]) for low in told.lows)
    return bool(ours and theirs) and ours.isdisjoint(theirs) and not is_named


def _countries_at(one: Cut, first: int, last: int) -> frozenset[str]:
    """Return the country or the capital, with its country, that is all of a stretch: "Киев"."""
    if last != first + 1 or not one.tokens[first][:1].isupper():
        return frozenset()
    places = [place for place in lookup(one.tokens[first]) if place.kind is EntityKind.PLACE]
    return frozenset(key for place in places for key in (place.key, *place.within)) if places else frozenset()


def _is_of_other(one: Cut, at: int, told: Cut, beside: str) -> bool:
    """Return whether somebody who is named before the "no" is not in the other account, which names somebody else."""
    persons = list(_persons(one, one.find_start(at), at))
    theirs = {low[:_KEY] for low in (*told.lows, *cut(beside, told.language).lows)}
    if not persons or any(person[:_KEY] in theirs for person in persons):
        return False
    ours = {low[:_KEY] for low in one.lows}
    return any(person[:_KEY] not in ours for person in _persons(told, 0, len(told.lows), is_single=True))


def _persons(one: Cut, first: int, last: int, *, is_single: bool = False) -> Iterator[str]:
    """Yield the surnames in a stretch, folded: the last of two words with a capital, or one that ends as they do."""
    for at in range(first, last):
        is_name = one.tokens[at][:1].isupper() and one.tokens[at].isalpha() and len(one.lows[at]) >= _LEAST
        if not is_name or (at + 1 < last and one.tokens[at + 1][:1].isupper()) or country_of_word(one.tokens[at]):
            continue
        is_sited = first < at - 1 and one.lows[at - 2] in _SITED
        is_second = at > first and one.tokens[at - 1][:1].isupper() and not is_sited
        is_alone = is_single and at > 0 and one.lows[at - 1] not in _SITED and one.language == "ru"
        if is_second or (is_alone and _SURNAME.match(one.lows[at])):
            yield one.lows[at]
