"""Numbers that a retelling works out of those that a story has: "a majority of four" for 21 to 17.

Owns when a number follows from others: a lead, a sum, what is left, a share, an age from a year, the days between two
days. Must never compare two given numbers; ``news.words.measures`` does. A number follows only where the words of
either side say how it came about ("by", "in all", "years old", "9 of the 12") or count the same things: of three
numbers two always give a fourth.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from datetime import date
from functools import cached_property
from itertools import combinations, pairwise
from typing import NamedTuple

from news.words.measures import Measure, measures_in
from news.words.number_words import plain_numbers
from news.words.small_letters import small
from news.words.text import lower_in_place, split_sentences, stem_words

__all__ = ["Sums", "is_derived"]

_MAX_TEXT = 3_000
_MOST_PER_SENTENCE = 6
_MOST_COUNTS = 8
_BEFORE, _AFTER = 40, 30
_EXACT = 0.005
_TIMES_LEAST = 100
_MOST_TIMES = 20
_YEAR = re.compile(r"\b(1[5-9]\d\d|20\d\d)\b")
_HOURS_A_YEAR = 24 * 365.25
_HOURS_A_DAY = 24
_MOST_DAYS = 40
_REACH = 30
_CHANGE_REACH = 15
_PERCENT = 100
_FEW = 10
_SMALL = 3
_POINT = 0.6
"""How far a percentage may be off: it was rounded to the next whole one."""
_ROUGH_POINTS = 2.5
"""How far a share in words may be off: "three quarters"."""
_APART = small(
    r"\b(?:majority|margin|lead|ahead|behind|gap|difference|apart|by|points?|beyond|beat|beating|short of|shy of|"
    r"more than the|fewer than the|left|remaining|others?|the rest|spared|against|"
    r"ventaja|diferencia|mayoría|margen|"
    r"restantes|demás|перевес\w*|разниц\w*|отрыв\w*|больше|меньше|остальн\w*)\b"
)
_GREW = small(
    r"\b(?:more than (?:planned|expected|before|last|a year|in|the)|less than|fewer than|up from|down from|up by|"
    r"down by|above the|below the|(?:rose|risen|fell|fallen|grew|grown|cut|raised|lowered|increased|reduced|dropped)\b"
    r"[^.;]{0,40}? by)\b"
)
"""A sentence of the story has a number and how far it lies from another that it leaves out."""

_LEFT = small(
    r"\b(?:missing|unaccounted|unhurt|unharmed|uninjured|survived?|survivors?|lived|remain\w*|the rest|others?|"
    r"restantes|demás|desaparecid\w+|остальн\w*|пропавш\w*)\b"
)
_TOGETHER = small(
    r"\b(?:in all|all told|altogether|together|combined|in total|total|sum|both|counting|including|between them|"
    r"casualties|(?:dead|killed) or (?:hurt|injured|wounded)|"
    r"en total|entre todos|suman|всего|вместе|в сумме|общ\w+)\b"
)
_AGED = small(
    r"\b(?:years?[- ]old|years ago|years? (?:of|after|later|since|before|on)|for (?:the )?(?:past |last )?|aged?|"
    r"century|centuries|decades?|anniversary|after|older|since|hace|años|лет|год\w*|век\w*)\b|-year"
)
_TO_COME = small(r"\b(?:more years|another \w+ years|in (?:about |some )?\w+ years|term of \w+ years|\w+-year term)\b")
_TIMES = small(r"\b(?:times|fold|street|rate|veces|раз\w*|кратн\w*)\b")
_IN_DAYS = small(r"\b(?:before|after|later|earlier|ago|since|antes|después|hace|через|спустя|назад)\b|day of")
_RATIO = small(r"^[^,.;\d]{0,24}?\b(?:to|against|of|out of|among|de|contra|из|против)\b[^,.;]{0,24}$")
_TO_ONE = re.compile(r"\b([a-z]{3,9})[ -]to[ -]one\b")
_SHORT = small(r"\b(?:short|shy|behind|ahead|margin|majority|gap|lead)\b")
_CHANGED = small(
    r"\b(?:rises?|rose|risen|rising|falls?|fell|fallen|falling|grew|grown|grows?|jumped|dropped|climbed|increased?|raised|"
    r"lowered|reduced|cut|up|down|more|less|higher|lower|inflation|interest|rates?)\b"
)
"""A share of change is that of one thing at two times, and none of two numbers that stand beside each other."""

_WORD = re.compile(r"[^\W\d_]{3,}")


class _Group(NamedTuple):
    """The numbers of a sentence of a story, with its words."""

    numbers: tuple[Measure, ...]
    text: str
    stems: frozenset[str]


class Sums:
    """The numbers of a story, sentence by sentence, and the years that it names, each gathered when it is asked for.

    Args:
        texts: each text with its language.
    """

    def __init__(self, texts: Sequence[tuple[str, str]]) -> None:
        self._texts = texts

    @cached_property
    def groups(self) -> Sequence[_Group]:
        """The numbers of each sentence that has two or more."""
        return tuple(_groups(self._texts))

    @cached_property
    def counts(self) -> Sequence[Sequence[float]]:
        """What each text counts without a unit."""
        return tuple(tuple(_counts(text, language)) for text, language in self._texts)

    @cached_property
    def odds(self) -> Sequence[float]:
        """The shares of "nine to one", in percent."""
        return tuple(_odds(self._texts))

    @cached_property
    def years(self) -> frozenset[int]:
        """The years that the texts name."""
        return frozenset(int(year) for text, _ in self._texts for year in _YEAR.findall(text[:_MAX_TEXT]))


def _groups(texts: Sequence[tuple[str, str]]) -> Iterator[_Group]:
    for text, language in texts:
        for sentence in split_sentences(text[:_MAX_TEXT], language):
            found = measures_in(sentence.text, language)[:_MOST_PER_SENTENCE]
            if len(found) > 1:
                yield _Group(found, sentence.text, frozenset(stem_words(sentence.text, language)))


def _odds(texts: Sequence[tuple[str, str]]) -> Iterator[float]:
    """Return the shares of "nine to one" and "two to one", in percent."""
    for text, _ in texts:
        for found in _TO_ONE.finditer(lower_in_place(text[:_MAX_TEXT])):
            value = plain_numbers().get(found[1], 0.0)
            if value > 1:
                yield _PERCENT * value / (value + 1)


def _counts(text: str, language: str) -> Iterator[float]:
    """Return what a text counts without a unit, each value once."""
    found = (one.value for one in measures_in(text[:_MAX_TEXT], language) if not one.kind and not one.is_open)
    yield from list(dict.fromkeys(found))[:_MOST_COUNTS]


def is_derived(measure: Measure, text: str, sums: Sums, *, year: int, days: Collection[date] = ()) -> bool:
    """Return whether a number of a sentence follows from the numbers of a story, by words that say so.

    Args:
        text: the sentence of the number.
        year: that of publication, from which ages count.
        days: those that the story names, that of publication too.
    """
    near = lower_in_place(text[max(0, measure.start - _BEFORE) : measure.end + _AFTER])
    is_count = not measure.kind and measure.value > _SMALL
    return (
        (_AGED.search(near) is not None and _is_age(measure, sums.years, year))
        or (
            _TO_COME.search(near) is not None
            and _is_age(measure, frozenset(2 * year - one for one in sums.years), year)
        )
        or (measure.kind == "time" and bool(_IN_DAYS.search(near)) and _is_between(measure.value / _HOURS_A_DAY, days))
        or (measure.kind == "share" and not _is_change(measure, text) and _is_share_of(measure, sums))
        or (
            is_count and bool(_LEFT.search(lower_in_place(text))) and any(_is_left(measure, one) for one in sums.counts)
        )
        or (is_count and _SHORT.search(near) is not None and _is_short(measure, sums.counts))
        or _is_worked_out(measure, text, near, sums.groups)
    )


def _is_change(measure: Measure, text: str) -> bool:
    near = text[max(0, measure.start - _CHANGE_REACH) : measure.end + _CHANGE_REACH]
    return bool(_CHANGED.search(lower_in_place(near)))


def _is_share_of(measure: Measure, sums: Sums) -> bool:
    is_of_odds = any(abs(measure.value - one) <= _ROUGH_POINTS for one in sums.odds)
    return is_of_odds or any(_is_share(measure, group) for group in sums.groups)


def _is_short(measure: Measure, counts: Sequence[Sequence[float]]) -> bool:
    """Return whether two counts of the story, in whatever sentences, lie so far apart."""
    values = {one for each in counts for one in each if one > _FEW}
    return any(_is_near(measure.value, abs(one - other)) for one, other in combinations(sorted(values), 2))


def _is_worked_out(measure: Measure, text: str, near: str, groups: Sequence[_Group]) -> bool:
    """Return whether two numbers of a sentence of the story give a number, by words of either side."""
    is_apart, is_sum = bool(_APART.search(near)), bool(_TOGETHER.search(near))
    is_product = measure.bare >= _TIMES_LEAST and bool(_TIMES.search(near))
    for group in groups:
        is_grown = is_apart or bool(_GREW.search(lower_in_place(group.text)))
        is_alike = not measure.kind and measure.value > _FEW and _is_of_counted(measure, text, group)
        if not (is_grown or is_sum or is_product or is_alike):
            continue
        if any(
            _is_near(measure.value, value)
            for one, other in combinations(group.numbers, 2)
            for value in _worked_out(one, other, is_apart=is_grown, is_sum=is_sum or is_alike, is_product=is_product)
            if measure.kind in {"", one.kind, other.kind}
        ):
            return True
    return False


def _is_of_counted(measure: Measure, text: str, group: _Group) -> bool:
    """Return whether it counts what a sentence of the story counts twice: "14 lines in the north and 9 elsewhere"."""
    noun = _WORD.search(text, measure.end, measure.end + _REACH)
    if noun is None or " and " not in group.text:
        return False
    stems = stem_words(noun[0].lower())
    return bool(stems) and stems[0] in group.stems


def _is_between(n_days: float, days: Collection[date]) -> bool:
    """Return whether two of these days lie so many days apart."""
    if not 0 < n_days <= _MOST_DAYS or n_days != int(n_days):
        return False
    return any(abs((one - other).days) == n_days for one, other in combinations(sorted(days), 2))


def _is_share(measure: Measure, group: _Group) -> bool:
    """Return whether a share is that of two numbers which stand beside each other: "184 to 61", "120 of 300"."""
    is_rough = measure.bare != measure.value or measure.loose > _EXACT
    reach = _ROUGH_POINTS if is_rough else _POINT
    for one, other in pairwise(group.numbers):
        if one.kind != other.kind or one.kind == "share" or min(one.value, other.value) <= 0:
            continue
        between = group.text[one.end : other.start]
        if not _RATIO.search(lower_in_place(between)):
            continue
        low, high = sorted((one.value, other.value))
        shares = (low / high, low / (low + high), high / (low + high), 1 - low / high)
        if any(abs(measure.value - _PERCENT * share) <= reach for share in shares):
            return True
    return False


def _is_left(measure: Measure, counts: Sequence[float]) -> bool:
    """Return whether a count is what one number leaves once another, or two others, are taken away."""
    whole = max(counts, default=0.0)
    parts = [one for one in counts if one < whole]
    left = [whole - one for one in parts] + [whole - one - other for one, other in combinations(parts, 2)]
    return any(_is_near(measure.value, one) for one in left)


def _is_age(measure: Measure, years: frozenset[int], year: int) -> bool:
    n_years = measure.value / _HOURS_A_YEAR if measure.kind == "time" else measure.value
    return any(abs(year - one - n_years) <= 1 for one in years if one < year)


def _worked_out(one: Measure, other: Measure, *, is_apart: bool, is_sum: bool, is_product: bool) -> Iterator[float]:
    """Return what two numbers give: how far they are apart, by how much a part leads the rest, together, times."""
    is_alike = one.kind == other.kind or not (one.kind and other.kind)
    if is_alike and is_apart:
        yield abs(one.value - other.value)
        yield abs(2 * min(one.value, other.value) - max(one.value, other.value))
    if is_alike and is_sum:
        yield one.value + other.value
    if is_product and min(one.bare, other.bare) <= _MOST_TIMES:
        yield one.value * other.bare
        yield one.bare * other.value


def _is_near(value: float, other: float) -> bool:
    return abs(value - other) <= max(abs(value), abs(other)) * _EXACT and value > 0
