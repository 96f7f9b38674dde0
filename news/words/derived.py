"""Numbers that a retelling works out of those that a story has: "a majority of four" for 21 to 17.

Owns when a number follows from others: a lead, a sum, what is left, an age from a year. Must never compare two given
numbers; ``news.words.measures`` does. A number follows only where its words say how it came about ("by", "in all",
"years old"): of three numbers two always give a fourth.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import combinations

from news.words.measures import Measure, measures_in
from news.words.small_letters import small
from news.words.text import lower_in_place, split_sentences

__all__ = ["Sums", "is_derived"]

_MAX_TEXT = 3_000
_MOST_PER_SENTENCE = 6
_BEFORE, _AFTER = 40, 30
_EXACT = 0.005
_TIMES_LEAST = 100
_MOST_TIMES = 20
_YEAR = re.compile(r"\b(1[5-9]\d\d|20\d\d)\b")
_HOURS_A_YEAR = 24 * 365.25
_APART = small(
    r"\b(?:majority|margin|lead|ahead|behind|gap|difference|apart|by|points?|beyond|beat|beating|short of|shy of|"
    r"more than the|fewer than the|left|remaining|others?|the rest|spared|against|"
    r"ventaja|diferencia|mayoría|margen|"
    r"restantes|demás|перевес\w*|разниц\w*|отрыв\w*|больше|меньше|остальн\w*)\b"
)
_TOGETHER = small(
    r"\b(?:in all|all told|altogether|together|combined|in total|total|sum|both|counting|including|between them|"
    r"en total|entre todos|suman|всего|вместе|в сумме|общ\w+)\b"
)
_AGED = small(
    r"\b(?:years?[- ]old|years ago|years? (?:of|after|later|since|before|on)|for (?:the )?(?:past |last )?|aged?|"
    r"century|centuries|decades?|anniversary|after|older|since|hace|años|лет|год\w*|век\w*)\b|-year"
)
_TIMES = small(r"\b(?:times|fold|street|rate|veces|раз\w*|кратн\w*)\b")


class Sums:
    """The numbers of a story, sentence by sentence, and the years that it names.

    Args:
        texts: each text with its language.
    """

    def __init__(self, texts: Sequence[tuple[str, str]]) -> None:
        self.groups = tuple(_groups(texts))
        self.years = frozenset(int(year) for text, _ in texts for year in _YEAR.findall(text[:_MAX_TEXT]))


def _groups(texts: Sequence[tuple[str, str]]) -> Iterator[tuple[Measure, ...]]:
    for text, language in texts:
        for sentence in split_sentences(text[:_MAX_TEXT], language):
            found = measures_in(sentence.text, language)[:_MOST_PER_SENTENCE]
            if len(found) > 1:
                yield found


def is_derived(measure: Measure, text: str, sums: Sums, *, year: int) -> bool:
    """Return whether a number of a sentence follows from the numbers of a story, by words that say so.

    Args:
        text: the sentence of the number.
        year: that of publication, from which ages count.
    """
    near = lower_in_place(text[max(0, measure.start - _BEFORE) : measure.end + _AFTER])
    if _AGED.search(near) and _is_age(measure, sums.years, year):
        return True
    is_apart, is_sum = bool(_APART.search(near)), bool(_TOGETHER.search(near))
    is_product = measure.bare >= _TIMES_LEAST and bool(_TIMES.search(near))
    if not (is_apart or is_sum or is_product):
        return False
    return any(
        _is_near(measure.value, value)
        for group in sums.groups
        for one, other in combinations(group, 2)
        for value in _worked_out(one, other, is_apart=is_apart, is_sum=is_sum, is_product=is_product)
        if measure.kind in {"", one.kind, other.kind}
    )


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
