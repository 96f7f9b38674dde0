"""Whether a Spanish or Russian sentence tells as a fact, touches, or denies as well what another one denies.

Owns holding what is denied (``news.reports.negations_abroad``) against a sentence of the same language, word by word:
its head, most of the rest, and its names. Must never find a denial, nor say that the two are a dispute.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from news.reports.clauses_abroad import ADJECTIVE, NEAR, Cut, cut, folded, is_listed
from news.reports.denied import Denied
from news.reports.like_acts import cover
from news.reports.negations_abroad import all_denied_in, denied_in
from news.reports.senses import Sense, sense_of
from news.tables import load_toml
from news.words.vocabulary import language_of

__all__ = ["are_of_two_names", "is_denied_alike_in", "is_only_feared_in", "is_told_in", "is_touched_in"]

_HALF, _TWO_THIRDS, _MOST, _TOUCHED = 0.5, 0.66, 0.7, 0.25
_KEY, _LEAST = 5, 4
_MIN_WORDS = 2
_AHEAD = 5
_BETWEEN = re.compile(r".{3,}(?:ом|ем|ой|ей|ых|их|ыми|ими)$|.{3,}(?:ou?s[oa]s?|iv[oa]s?|ble|al)$")
"""A folded adjective between a word for a fear and what is feared."""


@dataclass(frozen=True, slots=True)
class _Held:
    """What the words of a sentence stand for."""

    meanings: frozenset[str]
    roots: frozenset[str]

    def has(self, sense: Sense) -> bool:
        """Return whether a word is held: itself, another one of its act, or one of its root; for who dies no other act.

        Shots are like deaths, and still no victims.
        """
        is_like = sense.meanings.isdisjoint(_counted()) and cover(sense.meanings, self.meanings) > 0
        return is_like or self.has_itself(sense)

    def has_itself(self, sense: Sense) -> bool:
        """Return whether a word is held, itself or one of its root."""
        return bool(sense.meanings) and (not sense.meanings.isdisjoint(self.meanings) or sense.root in self.roots)

    def share(self, senses: Sequence[Sense]) -> float:
        """Return the share of words that are held; 0 of none."""
        return sum(map(self.has, senses)) / len(senses) if senses else 0.0


@cache
def _counted() -> frozenset[str]:
    return frozenset(str(load_toml("slots.toml")["counted"]["acts"]).split())


@lru_cache(maxsize=1 << 11)
def _held(quote: str, language: str) -> _Held:
    senses = [sense_of(token.lower(), language) for token in cut(quote, language).tokens if token.isalpha()]
    return _Held(*_meanings_and_roots(senses))


def _senses(words: Iterable[str], language: str) -> list[Sense]:
    found = (sense_of(low, language) for low in dict.fromkeys(words) if low.isalpha())
    return [one for one in found if one.meanings]


def _head(one: Denied) -> list[Sense]:
    return _senses((one.head,), one.language)


def _rest(one: Denied) -> list[Sense]:
    """Return what is denied besides its head: no little words, and in Russian no adjectives."""
    head = _head(one)
    words = [low for low in one.scope if low != one.head and not is_listed(folded(low), "light", one.language)]
    if one.language == "ru":
        words = [low for low in words if not ADJECTIVE.match(folded(low))]
    return [sense for sense in _senses(words, one.language) if sense not in head]


def is_touched_in(one: Denied, quote: str) -> bool:
    """Return whether a sentence tells part of what is denied: its head or a word for it, and some of the rest.

    In another language than the denial's nobody knows: then it does.
    """
    if language_of(quote) != one.language:
        return True
    held, head, rest = _held(quote, one.language), _head(one), _rest(one)
    if not head or is_listed(folded(one.head), "harm", one.language):  # no damage to the bean fields
        return held.share(rest) >= (_TOUCHED if head else _HALF) or not rest
    if one.is_explicit and _is_most_told(one, held):
        return True
    is_enough = not rest or _is_of_subject(one, held) or (len(rest) < _MIN_WORDS and any(map(held.has_itself, head)))
    return held.share(head) > 0 and (is_enough or held.share(rest) >= _TOUCHED)


def _is_most_told(one: Denied, held: _Held) -> bool:
    """Return whether most of what is denied is held, names left out, and three words at least."""
    plain = [low for low in one.scope if folded(low)[:_KEY] not in one.names]
    words = [low for low in plain if not is_listed(folded(low), "light", one.language)]
    senses = _senses(words, one.language)
    return len(senses) > _MIN_WORDS and held.share(senses) >= _TWO_THIRDS


def is_told_in(one: Denied, quote: str, beside: str = "") -> bool:
    """Return whether a sentence of the same language tells as a fact what is denied, and denies nothing alike.

    Args:
        beside: the headline and opening of its article, where the names of what is denied may stand.
    """
    if one.is_feared or language_of(quote) != one.language or (one.names and not _has_name(one, f"{quote} {beside}")):
        return False
    if any(_is_alike(one, other) for other in all_denied_in(quote)):
        return False
    held, head, rest = _held(quote, one.language), _head(one), _rest(one)
    if not head:
        return len(rest) > _MIN_WORDS and held.share(rest) >= _MOST
    subject = _senses(one.subject, one.language)
    if held.share(head) <= 0 or not _is_plain(one, quote):
        return False
    if not rest or not one.is_explicit:
        is_of_one = held.share(subject) > 0 or (bool(rest) and not subject)
        return _is_of_subject(one, held) or (is_of_one and (not rest or held.share(rest) >= _HALF))
    return held.share(rest) >= _HALF


def _is_of_subject(one: Denied, held: _Held) -> bool:
    """Return whether a sentence has the act itself, and nearly all that stands before a plain "no", whatever behind."""
    subject = [] if one.is_explicit else _senses(one.subject, one.language)
    is_itself = any(map(held.has_itself, _head(one)))
    return is_itself and len(subject) >= _MIN_WORDS and held.share(subject) >= _MOST


def _is_alike(one: Denied, other: Denied) -> bool:
    """Return whether two denials are of one thing: of one head, or the one's head stands in the other."""
    words = _senses((*other.scope, other.head), other.language)
    return one.language == other.language and _Held(*_meanings_and_roots(words)).share(_head(one)) > 0


def is_denied_alike_in(one: Denied, quote: str) -> bool:
    """Return whether a sentence denies what is denied, in the same language."""
    return any(_is_alike(one, other) for other in denied_in(quote))


def _has_name(one: Denied, quote: str) -> bool:
    return _share_name(one.names, _names_of(quote, one.language))


def _share_name(names: frozenset[str], others: frozenset[str]) -> bool:
    """Return whether any of some names is among others, in whatever case: "Мазура" is Мазур."""
    firm = tuple(name for name in others if len(name) >= _LEAST)
    return not names.isdisjoint(others) or any(name.startswith(firm) for name in names)


@lru_cache(maxsize=1 << 11)
def _names_of(quote: str, language: str) -> frozenset[str]:
    """Return the beginnings of the words with a capital."""
    return frozenset(folded(token)[:_KEY] for token in cut(quote, language).tokens if token[:1].isupper())


def are_of_two_names(quote: str, other: str, denied: Sequence[Denied]) -> bool:
    """Return whether what is denied names somebody or some place, and the other sentence only others.

    Args:
        denied: what one of the two denies.
    """
    named = frozenset().union(*(one.names for one in denied))
    ours, theirs = (_names_of(text[1:], language_of(text)) for text in (quote, other))
    is_apart = bool(named) and not _share_name(ours, theirs) and not _share_name(theirs, ours)
    return is_apart and min(len(ours), len(theirs)) > 0 and language_of(quote) == language_of(other)


def _is_plain(one: Denied, quote: str) -> bool:
    """Return whether the sentence tells the head as done: no modal verb nor fear near before it, no future."""
    sentence, head = cut(quote, one.language), _Held(*_meanings_and_roots(_head(one)))
    for at, token in enumerate(sentence.tokens):
        if token.isalpha() and head.has(sense_of(token.lower(), one.language)):
            is_supposed = sentence.any_listed("modals", at - NEAR, at) or sentence.is_to_come(at)
            if not is_supposed and not _is_only_feared(sentence, at, is_accused=_is_act(one)):
                return True
    return False


def is_only_feared_in(one: Denied, quote: str) -> bool:
    """Return whether a sentence has what is denied only as feared: "evacuada por un *aviso de bomba*".

    Of a denial of the fear itself it is that which was feared: "сообщение о *минировании* не подтвердилось".
    """
    if language_of(quote) != one.language:
        return False
    sentence, lows = cut(quote, one.language), [folded(low) for low in one.scope]
    after = next((at for at, low in enumerate(lows) if is_listed(low, "feared", one.language)), -1)
    behind = [low for low in one.scope[after + 1 :] if len(low) > NEAR and not _BETWEEN.match(folded(low))]
    thing = _Held(*_meanings_and_roots(_senses(behind[:1] if after >= 0 else (one.head,), one.language)))
    places = [
        at
        for at, token in enumerate(sentence.tokens)
        if token.isalpha() and thing.has_itself(sense_of(token.lower(), one.language))
    ]
    return bool(places) and all(_is_only_feared(sentence, at, is_accused=_is_act(one)) for at in places)


def _is_act(one: Denied) -> bool:
    """Return whether it is denied that something was done, and not that something was found: "jamás cobré"."""
    return one.is_explicit or not any(is_listed(folded(low), "find", one.language) for low in one.scope)


def _is_only_feared(sentence: Cut, at: int, *, is_accused: bool = False) -> bool:
    """Return whether a word stands behind one for a warning or a fear: "aviso *de bomba*", "угроза *взрыва*".

    Args:
        is_accused: an act is denied, which contradicts those that presume it: "el presunto cobro".
    """
    if not is_accused and sentence.any_listed("presumed", at - _MIN_WORDS, at):
        return True
    for place in range(at - 1, max(-1, at - _AHEAD), -1):
        if sentence.listed("feared", place):
            return True
        is_between = len(sentence.lows[place]) <= NEAR or _BETWEEN.match(sentence.lows[place])
        if not is_between or not sentence.lows[place].isalpha():
            return False
    return False


def _meanings_and_roots(senses: Sequence[Sense]) -> tuple[frozenset[str], frozenset[str]]:
    return frozenset().union(*(one.meanings for one in senses)), frozenset(one.root for one in senses if one.root)
