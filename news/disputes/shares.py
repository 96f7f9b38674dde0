"""What a figure is a part of: some of the counted, so many a year, so many of a larger number.

Owns when two figures that differ may both be right because one is a share, a rate or the whole of the other. Must never
compare their values: ``news.words.facts`` does.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from news.model import Quantity
from news.reports.act_words import is_act_told
from news.reports.tellings import tell
from news.tables import load_toml
from news.words.meanings import acts_in, is_number_word, meanings_in, number_words, object_of
from news.words.small_letters import small
from news.words.states import state_of
from news.words.text import lower_in_place, stem_words, stop_words
from news.words.vocabulary import language_of

_REACH = 60
_ALIKE = 0.3
_VERB_REACH = 4
_RATE = re.compile(
    r"\W{0,3}(?:[\w'’-]{1,20} ){0,5}?"
    r"(?:(?<!of )(?<!after )"
    r"(?:a|per|each|every|an) (?:second|minute|hour|day|night|week|month|quarter|year)\b"
    r"(?! (?!(?:of|in|on|at|by|to|from|for|with|and|or|but|when|as|since|until|under|through|over|during|across|"
    r"between|into|was|were|is|are|the|that|which|instead|before)\b)[a-z]{3,})"
    r"|(?:annual|year|month|week|dai|hour)ly\b|per annum\b)",
    re.IGNORECASE,
)
_RATE_BEFORE = re.compile(
    r"\b(?:annual|yearly|monthly|weekly|daily|hourly|average|averages|averaging)(?: [\w'’-]{1,20}){0,3} $",
    re.IGNORECASE,
)
_SPAN = re.compile(
    r"\W{0,3}(?:[\w'’-]{1,20} ){0,7}?"
    r"(?:over|in|during|for|within|across|since) (?:the )?(?:(?:past|last|first|next|coming)\b|"
    r"(?:19|20)\d\d\b|[a-z]{3,9} (?:years|months|weeks|decades)\b|\w+ began\b)",
    re.IGNORECASE,
)
_PART_OF = re.compile(r"\bof (?:the|them|its|their|those|these|whom|which|his|her)\b", re.IGNORECASE)
_WITH_PART = re.compile(r"[^.;]{0,40}?,? of (?:which|whom|them)\b", re.IGNORECASE)
_TRANCHE = re.compile(
    r"\b(?:tranche|instal?lment|portion|slice|share|part|batch|advance|deposit|down payment|first|second|another|rest)"
    r" (?:of )?(?:about |some |around )?$",
    re.IGNORECASE,
)
_AMONG = re.compile(
    r"\b(?:among|including|includes?|included|of whom|of them|of which|at least one of)\b", re.IGNORECASE
)
_TRADE = re.compile(
    r"\b(?:(?:[Aa]t|[Ii]n|[Oo]n|[Aa]mong|[Aa]cross) (?:the )?(?:[a-z]+ )?(?=[a-z]{4,}s\b)|[Ee]n (?:los|las) |"
    r"(?:[Вв]|[Нн]а|[Сс]реди) (?=[а-яё]+[ая]х\b))([a-záéíóúñа-яё]{4,})"
)
"""Where a strike is followed, as words of its sentence say: plain nouns in the plural."""


@cache
def _of_patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return what stands before a whole ("six of eleven men") and after a part of one."""
    numbers = "|".join(sorted(number_words()))
    the = r"(?:the |its |his |her |their |these |those |all )?"
    before = (
        rf"(?:\d[\d,.]*|\b(?:{numbers}|one|some|most|many|several|half|none|all)) (?:out )?of {the}(?:some |about )?$"
    )
    after = rf" (?:out )?of {the}(?:\d|(?:{numbers}|them|whom|which)\b)"
    return re.compile(before, re.IGNORECASE), re.compile(after, re.IGNORECASE)


@cache
def _general() -> frozenset[str]:
    """Return the stems of words that stand for people of any sort."""
    return frozenset(
        stem for word in str(load_toml("contrast.toml")["people"]["general"]).split() for stem in stem_words(word)
    )


def is_general(quantity: Quantity) -> bool:
    """Return whether a figure counts people without saying of what sort: "12 people", "nine dead", a bare toll."""
    stems = stem_words(quantity.object)
    return not stems or stems[-1] in _general()


@lru_cache(maxsize=1 << 12)
def _rate_of(quantity: Quantity, quote: str) -> str:
    """Return ``rate`` for so many a year or a day, ``span`` for a sum over some years, else an empty string."""
    at = quote.find(quantity.text)
    if at < 0:
        return ""
    after = quote[at + len(quantity.text) : at + len(quantity.text) + _REACH]
    if _RATE.match(after) or _RATE_BEFORE.search(quote[max(0, at - _REACH) : at]):
        return "rate"
    return "span" if _SPAN.match(after) else ""


@lru_cache(maxsize=1 << 12)
def _part_of(quantity: Quantity, quote: str) -> str:
    """Return ``whole`` for the 25 of "13 of 25 seats", ``part`` for what is one of more or is named among them."""
    at = quote.find(quantity.text)
    if at < 0:
        return ""
    before = quote[max(0, at - _REACH) : at]
    whole, part = _of_patterns()
    after = quote[at + len(quantity.text) : at + len(quantity.text) + _REACH]
    if whole.search(before) or (quantity.unit != "count" and _WITH_PART.match(after)):
        return "whole"
    is_some = quantity.unit == "count" and _PART_OF.search(quantity.text)
    is_part = is_some or part.match(after) or _AMONG.search(before[-30:]) or _TRANCHE.search(before)
    return "part" if is_part else ""


_AGAINST = small(
    r"\b(?:against|oppos\w{1,6}|reject\w{0,3}|bring(?:ing)? down|brought down|topple\w?|unseat\w{0,3}|to oust|voted no|"
    r"said no|nays?|absent|abstain\w{0,4}|boycott\w{0,4}|stay(?:ed)? away)\b"
)
_FOR = small(
    r"\b(?:in favou?r|voted for|support\w{0,3}|back(?:s|ed|ing)|endors\w{1,4}|voted yes|said yes|ayes|present|"
    r"attended|took part|turned up)\b"
)


def _side_of(quote: str) -> str:
    """Return the side of those whom a vote or a roll call counts; empty where the sentence names none or both."""
    low = lower_in_place(quote)
    sides = [name for name, side in (("against", _AGAINST), ("for", _FOR)) if side.search(low)]
    return sides[0] if len(sides) == 1 else ""


def is_comparable(here: Quantity, there: Quantity, here_quote: str, there_quote: str) -> bool:
    """Return whether two figures of one slot that differ cannot both be right.

    They can where one is a rate or a sum over years and the other is not, where one is part of more, and where they
    count people of two sorts ("five soldiers", "seven civilians"), or of one sort and all ("twelve children" of "twenty
    people") unless those of the one sort are more than all.
    """
    if roles_of(here, here_quote) != roles_of(there, there_quote):
        return False
    sides = {_side_of(here_quote), _side_of(there_quote)} - {""}
    if len(sides) > 1:
        return False
    is_across = language_of(here_quote) != language_of(there_quote)  # ``is_same_slot`` has compared what they count
    return here.unit != "count" or is_across or _is_one_group(here, there, {state_of(here, here_quote)})


def is_alike(here: Quantity, there: Quantity, here_quote: str, there_quote: str) -> bool:
    """Return whether two counts without a state stand in sentences that tell one thing: they share some of their words.

    Speakers and numbers are left aside. An act right before the one figure ("sent 800 soldiers") must be told by both.
    Sentences in two languages have no words to compare: there what is counted has to be enough.
    """
    if language_of(here_quote) != language_of(there_quote):
        return True
    acts = acts_in(tell(here_quote).core), acts_in(tell(there_quote).core)
    if not _governed(here, here_quote) <= acts[1] or not _governed(there, there_quote) <= acts[0]:
        return False
    if is_general(here) and is_general(there) and not _have_one_verb(here, there, here_quote, there_quote):
        return False
    ours, theirs = (
        frozenset(word for word in meanings_in(tell(quote).core) if word.isalpha() and not is_number_word(word))
        for quote in (here_quote, there_quote)
    )
    return bool(ours) and bool(theirs) and len(ours & theirs) >= _ALIKE * min(len(ours), len(theirs))


def _have_one_verb(here: Quantity, there: Quantity, here_quote: str, there_quote: str) -> bool:
    """Return whether what people are counted by is told by the other sentence too: attended, were treated."""
    ours, theirs = _verb_of(here, here_quote), _verb_of(there, there_quote)
    return is_act_told(ours, there_quote) and is_act_told(theirs, here_quote)


def _verb_of(figure: Quantity, quote: str) -> str:
    """Return the verb right after a figure, or the one before "by" right before it; "" where neither is found."""
    at = quote.find(figure.text)
    after = [word.strip(",.;:") for word in quote[max(0, at) + len(figure.text) :].split()[:_VERB_REACH]]
    verb = next((word for word in after if word.casefold() not in stop_words("en") and word.islower()), "")
    before = quote[: max(0, at)].split()[-2:]
    if before[1:] == ["by"] and before[0].endswith("ed"):
        return before[0]
    return verb if verb.endswith(("ed", "en")) or acts_in(verb) else ""


def _governed(figure: Quantity, quote: str) -> frozenset[str]:
    """Return the classes of the act right before a figure."""
    before = quote[: max(0, quote.find(figure.text))].split()
    return acts_in(before[-1]) if before else frozenset()


_EACH = re.compile(r"\W{0,2}(?:[\w'’-]{1,20} ){0,2}?(?:each|apiece|a piece|a head|per \w+)\b", re.IGNORECASE)
_EACH_BEFORE = re.compile(r"\b(?:each|every)(?: [\w'’-]{1,20}){1,3} $", re.IGNORECASE)
_PARTLY = re.compile(
    r"[^.;]{0,12}?\b(?:at once|up ?front|in advance|initially|for a start|and the rest|plus|on signing)\b",
    re.IGNORECASE,
)


@cache
def _terms() -> tuple[tuple[str, re.Pattern[str]], ...]:
    rows = load_toml("contrast.toml")["terms"]
    return tuple((name, small(rf"\b(?:{pattern})\b")) for name, pattern in rows.items())


@lru_cache(maxsize=1 << 12)
def _terms_of(quote: str) -> tuple[str, ...]:
    """Return the terms on which a sentence gives its figures: after tax, net, in real terms, since 1980."""
    low = lower_in_place(quote)
    return tuple(name for name, pattern in _terms() if pattern.search(low))


@lru_cache(maxsize=1 << 12)
def _lot_of(quantity: Quantity, quote: str) -> str:
    """Return ``each`` for the price of one of several, ``first`` for what is only a first part, else nothing."""
    at = quote.find(quantity.text)
    if at < 0:
        return ""
    after = quote[at + len(quantity.text) : at + len(quantity.text) + _REACH]
    if _EACH.match(after) or _EACH_BEFORE.search(quote[max(0, at - _REACH) : at]):
        return "each"
    return "first" if _PARTLY.match(after) else ""


def roles_of(quantity: Quantity, quote: str) -> tuple[object, ...]:
    """Return what makes a figure a rate, a part, a price of one of several, or one on terms."""
    return _rate_of(quantity, quote), _part_of(quantity, quote), _lot_of(quantity, quote), _terms_of(quote)


@lru_cache(maxsize=1 << 10)
def _is_crew_word(thing: str) -> bool:
    return bool({"crew", "sailor", "seaman", "seafar", "pilot", "steward"} & set(stem_words(thing)))


def _is_crew(quantity: Quantity) -> bool:
    return _is_crew_word(quantity.object)


def _is_one_group(here: Quantity, there: Quantity, states: set[str]) -> bool:
    """Return whether two counts are of the same people or things, or the count of a part is above that of all."""
    if "aboard" in states:
        return not (_is_crew(here) ^ _is_crew(there))
    if is_general(here) and is_general(there):
        return True
    if is_general(here):
        return here.value < there.value
    if is_general(there):
        return there.value < here.value
    return object_of(here.object) == object_of(there.object) and _is_one_sort(here, there)


def _is_one_sort(here: Quantity, there: Quantity) -> bool:
    """Return whether the words between number and noun name no two sorts: "Thai civilians", "Cambodian civilians"."""
    ours, theirs = (set(re.findall(r"\b[A-Z]\w+", one.text[1:])) for one in (here, there))
    return not ours or not theirs or bool(ours & theirs)


def are_of_two_trades(here: str, there: str) -> bool:
    """Return whether two sentences count who follows a strike at two sorts of places: railways and schools."""
    ours, theirs = (meanings_in(" ".join(_TRADE.findall(one)), language_of(one)) for one in (here, there))
    return bool(ours and theirs) and ours.isdisjoint(theirs)
