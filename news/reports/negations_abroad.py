"""What a Spanish or Russian sentence says is not so: what a negation, a denial and a word for falsehood reach.

Owns finding that in the two languages, as ``news.reports.negations`` does in English, which is the door to all three.
Must never judge whether another sentence tells it: ``news.reports.denials_told`` does. The words stand in
``data/denials.toml``.

Of what is denied one word is the *head*: the verb of "negó que el petrolero *vertiera*" (in Spanish the first
subjunctive, so that a relative clause before it is none), the noun of "опровергла *задержание* Мазура".

Known failures: a present subjunctive that is in no list; two acts behind one "no"; irony; a denial spread over two
sentences; a plain "no" beside a denial in one sentence, which is passed over.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache, lru_cache

from news.reports.clauses_abroad import INFINITIVE, NEAR, SPANISH_PAST, STOPS, Cut, cut, folded, is_listed, word_list
from news.reports.denied import Denied
from news.words.meanings import GLOSSED
from news.words.vocabulary import language_of

__all__ = ["all_denied_in", "denied_in", "denies_beside"]

_MAX_THAT, _MAX_BEFORE = 12, 14
_FIRST, _KEY, _LEAST = 4, 5, 4
_NOBODY = frozenset({"nadie", "nada"})


@lru_cache(maxsize=1 << 11)
def denied_in(quote: str) -> tuple[Denied, ...]:
    """Return what a Spanish or Russian sentence says is not so, in order; that somebody knows or plans it is none."""
    return tuple(one for one in all_denied_in(quote) if not _is_idle(one))


def denies_beside(quote: str) -> bool:
    """Return whether all that a sentence denies is something more, or that somebody says or knows."""
    found = all_denied_in(quote)
    return bool(found) and all(map(_is_idle, found))


@lru_cache(maxsize=1 << 11)
def all_denied_in(quote: str) -> tuple[Denied, ...]:
    """Return all that a sentence says is not so, also that somebody knows something; empty in other languages."""
    language = language_of(quote)
    if language not in GLOSSED:
        return ()
    one = cut(quote, language)
    if _cues(language).isdisjoint(one.lows):
        return ()
    explicit = (*_denials(one), *_falsehoods(one))
    return explicit or tuple(_negated(one))


@cache
def _cues(language: str) -> frozenset[str]:
    """Return the words of which one stands in every sentence that denies anything."""
    names = ("deny", "false", "true", "negations", "nobody")
    return frozenset().union(*(word_list(language, name).whole for name in names))


def _denials(one: Cut) -> Iterator[Denied]:
    """Yield what somebody is said to deny: a clause, or the noun or infinitive right behind."""
    for at in range(len(one.lows)):
        if not one.listed("deny", at) or one.listed("before", at - 1):
            continue
        that = _find_that(one, at + 1, _MAX_THAT)
        if that:
            yield _clause(one, that)
            continue
        bare, first = _skip_small(one, at + 1), _skip_sayings(one, at + 1)
        if one.listed("refused", first) or (one.listed("dismiss", at) and first == bare):
            continue  # who rejects an offer, or denies somebody a visa, says nothing of what is so
        found = _phrase(one, first, one.find_end(first)) or _said_before(one, at)
        if found is not None:
            yield replace(found, subject=tuple(low.lower() for low in one.tokens[one.find_start(at) : at]))


def _falsehoods(one: Cut) -> Iterator[Denied]:
    """Yield what is called untrue: "es falso que", "calificó de falsa la información sobre", "слухи о ... - ложь"."""
    for at in range(len(one.lows)):
        is_not = one.any_listed("negations", at - NEAR, at)
        if not one.listed("true" if is_not else "false", at):
            continue
        that = _find_that(one, at + 1, 2)
        if that:
            yield _clause(one, that)
            continue
        bare, first = _skip_small(one, at + 1), _skip_sayings(one, at + 1)
        found = _phrase(one, first, one.find_end(first)) if first > bare else None
        found = found or _said_before(one, at)
        if found is not None:
            yield found


def _find_that(one: Cut, at: int, most: int) -> int:
    """Return where the clause begins of which something is said: "negó el martes *que*"; 0 where there is none.

    In Spanish a relative "que" is told by its verb, which is no subjunctive: "negó haber pagado al juez que archivó".
    """
    for place in range(at, min(len(one.lows), at + most)):
        if one.tokens[place] in STOPS or (one.language == "es" and INFINITIVE.match(one.lows[place])):
            return 0
        if one.listed("that", place):
            is_clause = one.language != "es" or one.find_finite(place + 1, one.find_end(place + 1)) >= 0
            return place + 1 if is_clause else 0
    return 0


def _skip_small(one: Cut, at: int) -> int:
    """Return the first place from ``at`` on with a word of more than three letters that tells no time."""
    while one.lows[at : at + 1] and one.lows[at].isalpha() and (len(one.lows[at]) < _LEAST or one.listed("when", at)):
        at += 1
    return at


def _skip_sayings(one: Cut, at: int) -> int:
    """Return where that begins which is denied: behind "las informaciones sobre"; the end where they say of nothing."""
    first = _skip_small(one, at)
    if not one.listed("sayings", first):
        return first
    while one.listed("sayings", first):
        first += 1
    before = first
    while one.listed("of", first):
        first += 1
    return _skip_small(one, first) if first > before else len(one.lows)


def _clause(one: Cut, first: int) -> Denied:
    """Return what is denied as a clause with the verb of it."""
    end = one.find_end(first)
    verb = one.find_verb(first, end)
    found = _made(one, first, end, verb, is_explicit=True)
    return replace(found, is_feared=one.any_listed("negations", max(first, verb - 2), verb))


def _phrase(one: Cut, first: int, end: int) -> Denied | None:
    """Return what is denied as a noun or an infinitive: "la captura en Guayaquil", "haber comunicado despidos"."""
    head = one.find_thing(first, end)
    if one.listed("adjuncts", first - 1) or one.listed("adjuncts", first):  # "negó ante el juez haber cobrado"
        act = next((at for at in range(first, end) if INFINITIVE.match(one.lows[at])), -1)
        head = one.find_thing(act, end) if act >= 0 else -1
        first = max(first, act)
    return _made(one, first, end, head, is_explicit=True) if head >= 0 else None


def _said_before(one: Cut, at: int) -> Denied | None:
    """Return what a report before the denial tells: "слухи о задержании в полиции опровергли"."""
    for place in range(at - 1, max(-1, at - _MAX_BEFORE), -1):
        if one.tokens[place] in STOPS and one.tokens[place] not in "—–":
            return None
        if one.listed("sayings", place) and one.listed("of", place + 1):
            return _phrase(one, _skip_sayings(one, place), at)
    return None


def _negated(one: Cut) -> Iterator[Denied]:
    """Yield what "no", "nunca", "ningún", "не", "нет" and "никто" reach."""
    for at in range(len(one.lows)):
        if not (one.listed("negations", at) or one.listed("nobody", at)) or _is_idiom(one, at):
            continue
        first, end = one.find_start(at), one.find_end(at + 1, is_brief=True)
        if one.any_listed("modals", max(first, at - 2), min(end, at + NEAR)):
            continue
        verb = _find_negated(one, at, first, end)
        if verb >= 0 and one.is_content(verb) and not one.is_to_come(verb):
            yield _made(one, first if one.language == "ru" else at + 1, end, verb, subject=(first, at))


def _is_idiom(one: Cut, at: int) -> bool:
    """Return whether a negation denies nothing by itself: "no solo", "aún no"; nor a second one: "no hubo ninguno"."""
    is_second = one.listed("nobody", at) and one.any_listed("negations", at - _LEAST, at)
    is_not_yet = one.listed("not_yet", at - 1) or one.listed("not_yet", at - 2)
    return is_second or is_not_yet or one.listed("idioms", at + 1)


def _find_negated(one: Cut, at: int, first: int, end: int) -> int:
    """Return the place of what a negation denies: the verb behind "no", the thing of which there is none; or -1."""
    before = one.find_thing(first, at) if one.language == "ru" else -1
    if one.lows[at] == "нет":
        return before if before >= 0 else one.find_thing(at + 1, end)
    if one.listed("nobody", at):
        return _find_told(one, at + 1, end)
    verb = at + 1
    while one.language == "es" and verb < end and (len(one.lows[verb]) < NEAR or one.listed("light", verb)):
        verb += 1
    if verb < end and not one.listed("light", verb) and not one.listed("find", verb):
        return verb
    return before if before >= 0 else one.find_thing(verb, end)  # "не было взрывов", "no halló señales"


def _find_told(one: Cut, first: int, end: int) -> int:
    """Return the verb that nobody is the subject of: "ningún policía *disparó*", "никто не *стрелял*"; or -1."""
    if one.language == "ru":
        return next((at + 1 for at in range(first, end - 1) if one.lows[at] == "не"), -1)
    places = range(first + (one.lows[first - 1] not in _NOBODY), end)
    marked = (at for at in places if one.tokens[at].endswith("ó") or SPANISH_PAST.match(one.lows[at]))
    return next((at for at in marked if not one.listed("light", at)), -1)


def _made(
    one: Cut, first: int, end: int, head: int, *, subject: tuple[int, int] | None = None, is_explicit: bool = False
) -> Denied:
    small = [token.lower() for token in one.tokens]
    places = list(one.without_asides(first, end))
    capitals = (at for at in places if at and one.tokens[at][:1].isupper() and one.tokens[at - 1] not in STOPS)
    names = frozenset(one.lows[at][:_KEY] for at in capitals if len(one.lows[at]) >= _LEAST)
    before = tuple(small[slice(*subject)]) if subject is not None and one.language == "es" else ()
    word = small[head] if head >= 0 else ""
    return Denied(before, tuple(small[at] for at in places), is_explicit, language=one.language, head=word, names=names)


def _is_idle(one: Denied) -> bool:
    """Return whether what is denied is something else, something more or to come, or that somebody knows or says."""

    def is_any(name: str, words: list[str]) -> bool:
        return any(is_listed(low, name, one.language) for low in words)

    scope, head = [folded(low) for low in one.scope], folded(one.head) if one.head else ""
    if is_any("others", [folded(low) for low in one.subject[-NEAR:]]) and not one.is_explicit:
        return True  # "the other five never left"
    if head and (is_any("idle", [head]) or is_any("modals", [head])):
        return True
    words = [low for low in scope if low.isalpha() and len(low) >= NEAR and not is_listed(low, "light", one.language)]
    front = words[: words.index(head) + 2] if head in words else words[:_FIRST]
    return is_any("others", words) or is_any("idle", front)
