"""What a sentence itself names and rejects: "two, not four", "on 19 February and not on 2 March", "not the minister".

Owns the pairs of a value that is held and one that is turned down in the same breath. Must never judge whether the one
or the other is right; the caller knows whose the rejected value is.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from news.decision import FactKind
from news.reports.negations import list_denied
from news.reports.tellings import Telling, by_first_word, listed
from news.words.meanings import is_date_word, is_number_word, meanings_in
from news.words.measures import measures_in
from news.words.number_words import plain_numbers
from news.words.text import fold, iter_words

_REACH = 9
_SPAN = 12
_NEAR = 5
_PLACES = frozenset({"where", "to", "through"})
_MAY = "May"
"""The month; in small letters it is mostly no date word."""
_BARE = frozenset(["not", "never"])
_BEFORE_VALUE = frozenset([
    "a", "an", "the", "this", "that", "his", "her", "its", "their", "our", "in", "on", "at", "by", "from", "to", "near",
    "off", "for", "with", "under", "of", "about", "some", "more", "less", "fewer", "only", "just", "as",
])  # fmt: skip
_STOPS = frozenset([",", ";", ":", ".", '"', "“", "”", "(", ")"])


@dataclass(frozen=True, slots=True)
class Difference:
    """Two values of one slot as each side has them."""

    kind: FactKind
    here: str
    there: str


@lru_cache(maxsize=1 << 11)
def _find_cues(lows: tuple[str, ...]) -> tuple[tuple[int, int], ...]:
    """Return where each cue of a rejection begins, and how many words it has."""
    table = by_first_word("rejection", "cues")
    found = []
    for at, low in enumerate(lows):
        cue = next((cue for cue in table.get(low, ()) if lows[at : at + len(cue)] == cue), None)
        if cue is not None:
            found.append((at, len(cue)))
    return tuple(found)


@lru_cache(maxsize=1 << 11)
def _words_of(quote: str) -> frozenset[str]:
    return frozenset(fold(word) for _, _, word in iter_words(quote))


@lru_cache(maxsize=1 << 11)
def _capitals_of(quote: str) -> frozenset[str]:
    return frozenset(fold(word) for _, _, word in iter_words(quote) if word[0].isupper())


def may_reject(ours: Telling) -> bool:
    """Return whether a sentence has words by which it could turn a value down; most have none."""
    return bool(_find_cues(ours.lows))


def find_rejected(ours: Telling, theirs: Telling) -> Difference | None:
    """Return the value that ``ours`` turns down and ``theirs`` has, and what takes its place; None for none.

    The value that takes its place must be of the same sort and stand nowhere in ``theirs``.
    """
    cues = _find_cues(ours.lows)
    if not cues:
        return None
    held = _words_of(theirs.quote)
    for at, n_words in cues:
        is_aside = ours.lows[at + n_words : at + n_words + 1] == (",",)  # "not, as the ministry said, on Monday"
        length = n_words + is_aside
        if not _rejects_a_value(ours, at, length):
            continue
        rejected = _span(ours.lows, at + length)
        if "but" in ours.lows[at + length : at + length + _SPAN]:
            but = ours.lows.index("but", at + length)
            kept = (but + 1, min(len(ours.lows), but + 1 + _REACH))
            rejected = (rejected[0], min(rejected[1], but))
        else:
            kept = (max(0, at - _REACH), at)
        found = _difference(ours, rejected, kept, held, theirs)
        if found is not None:
            return found
    return None


def _rejects_a_value(ours: Telling, at: int, length: int) -> bool:
    """Return whether a cue turns down what follows, and does not deny an act: "not Venezuela", but "did not leave it".

    A condition turns nothing down. With a "but" behind it the act may stand between: "was not led by A but by B".
    """
    after = at + length
    if "if" in ours.lows[:at] or after >= len(ours.lows):
        return False
    if ours.lows[at] not in _BARE or "but" in ours.lows[after : after + _SPAN]:
        return True
    low = ours.lows[after]
    return low in _BEFORE_VALUE or ours.tokens[after][0].isupper() or _is_value(low) or is_date_word(low)


def _span(lows: Sequence[str], first: int) -> tuple[int, int]:
    end = first
    while end < len(lows) and end - first < _SPAN and lows[end] not in _STOPS:
        end += 1
    return first, end


def _difference(
    ours: Telling, rejected: tuple[int, int], kept: tuple[int, int], held: frozenset[str], theirs: Telling
) -> Difference | None:
    turned_down, put = ours.lows[slice(*rejected)], ours.lows[slice(*kept)]
    nearest = -1 if kept[0] < rejected[0] else 0
    days = [_list_days(ours.tokens[slice(*part)]) for part in (rejected, kept)]
    if all(days):
        out, put_days = (_day_words(ours.tokens[slice(*part)]) for part in (rejected, kept))
        is_held = out <= _day_words(tuple(word for _, _, word in iter_words(theirs.quote)))
        return Difference(FactKind.DATE, days[1][nearest], days[0][0]) if is_held and put_days - out else None
    values, fresh = [low for low in turned_down if _is_value(low)], [low for low in put if _is_value(low)]
    if values and fresh:
        is_held = all(_digits(low) in {_digits(other) for other in held} for low in values)
        is_new = not {_digits(low) for low in fresh} & {_digits(other) for other in held}
        numbers = [_list_numbers(ours.tokens[slice(*part)]) for part in (rejected, kept)]
        return Difference(FactKind.FIGURE, numbers[1][nearest], numbers[0][0]) if is_held and is_new else None
    return _name_difference(ours, rejected, kept, theirs)


def _list_numbers(tokens: Sequence[str]) -> list[str]:
    """Return the numbers of some words, each with its unit: "1,250", "14 per cent"; if there are none, the years."""
    text = " ".join(tokens)
    measured = [text[one.start : one.end] for one in measures_in(text, "en")]
    return measured or [token for token in tokens if _is_value(fold(token))]


def _list_days(tokens: Sequence[str]) -> list[str]:
    """Return the written days of some words, each with its preposition: "on 5 February", "on Tuesday"."""
    marks = "".join("d" if _is_of_day(token) else "." for token in tokens)
    runs = (found.span() for found in re.finditer("d+", marks))
    return [
        " ".join(tokens[start - (start > 0 and tokens[start - 1].lower() in _BEFORE_VALUE) : end])
        for start, end in runs
        if any(token == _MAY or is_date_word(token) for token in tokens[start:end])
    ]


def _day_words(tokens: Sequence[str]) -> frozenset[str]:
    """Return the words of days and the numbers among some words, folded."""
    return frozenset(fold(token) for token in tokens if _is_of_day(token) or _is_value(fold(token)))


def _is_of_day(token: str) -> bool:
    return token == _MAY or token[0].isdigit() or is_date_word(token)


def _is_value(low: str) -> bool:
    return low[0].isdigit() or is_number_word(low)


def _digits(low: str) -> str:
    value = plain_numbers().get(low)
    return low.replace(",", "") if value is None else f"{value:g}"


def _name_difference(
    ours: Telling, rejected: tuple[int, int], kept: tuple[int, int], theirs: Telling
) -> Difference | None:
    """Return a name, or a noun, that is turned down for another one: "not the minister but a foreign service"."""
    words = _capitals_of(theirs.quote)
    is_after = kept[0] >= rejected[1]
    out = [
        name
        for name in ours.names
        if rejected[0] <= name.start < min(rejected[1], rejected[0] + _NEAR) and words.intersection(name.words)
    ]
    put = [
        name
        for name in ours.names
        if kept[0] <= name.start < kept[1]
        and (name.start - kept[0] if is_after else kept[1] - name.end) < _NEAR
        and not words.issuperset(name.words)
    ]
    if out and put and (out[0].kind == put[0].kind or not out[0].kind or not put[0].kind):
        is_place = out[0].part in {"where", "to", "from", "through"}
        return Difference(FactKind.PLACE if is_place else FactKind.ACTOR, put[-1].text, out[0].text)
    nouns = meanings_in(" ".join(ours.lows[slice(*rejected)]))
    others = meanings_in(" ".join(ours.lows[slice(*kept)]))
    held = meanings_in(theirs.core)
    is_lead = rejected[0] <= _SPAN and kept[0] > rejected[0]
    if (
        is_lead
        and nouns
        and nouns <= held
        and others
        and not others & _listed_stems()
        and not _front(others, ours, kept) & held
    ):
        return Difference(FactKind.ACTOR, " ".join(ours.tokens[slice(*kept)]), " ".join(ours.tokens[slice(*rejected)]))
    return None


def _listed_stems() -> frozenset[str]:
    """Return stems after which a "but" corrects no noun."""
    return meanings_in(" ".join(listed("rejection", "also")))


def _front(others: frozenset[str], ours: Telling, kept: tuple[int, int]) -> frozenset[str]:
    return meanings_in(" ".join(ours.lows[kept[0] : kept[0] + 4])) & others


def find_place_denied(ours: Telling, theirs: Telling) -> str:
    """Return the place that ``ours`` says nobody and nothing was at and ``theirs`` puts the event at, or ""."""
    places = {word for name in theirs.names if name.part in _PLACES for word in name.words}
    for one in list_denied(ours):
        words = {low for low in one.scope if low.isalpha()} - listed("being", "words") - listed("names", "prepositions")
        if words and words <= places:
            return " ".join(low for low in one.scope if low in words).title()
    return ""
