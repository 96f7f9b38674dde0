"""Figures that are told without a number of their own unit: "three quarters of the delegates", "less than a minute".

Owns shares in words, as percentages, and measures of one unit with a bound. Must never judge what they count:
``news.words.facts`` does. English only.
"""

from __future__ import annotations

import re

from news.model import Quantity
from news.words.small_letters import small
from news.words.text import lower_in_place

_PARTS = {
    "half": 50.0, "a half": 50.0, "one half": 50.0, "a third": 100 / 3, "one third": 100 / 3, "two thirds": 200 / 3,
    "a quarter": 25.0, "one quarter": 25.0, "three quarters": 75.0, "a fifth": 20.0, "one fifth": 20.0,
    "two fifths": 40.0, "three fifths": 60.0, "four fifths": 80.0, "a tenth": 10.0, "one tenth": 10.0,
    "nine tenths": 90.0,
}  # fmt: skip
_NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_PARTS |= {
    f"{part} {of} {whole}": 100 * at / n
    for n, whole in enumerate(_NUMBERS, 1)
    for at, part in enumerate(_NUMBERS[: n - 1], 1)
    for of in ("in", "out of", "in every", "out of every")
}
_BOUNDS = {
    "more than": "min", "over": "min", "at least": "min", "less than": "max", "under": "max", "fewer than": "max",
    "no more than": "max", "not more than": "max", "at most": "max", "up to": "max", "barely": "", "about": "",
    "around": "",    "nearly": "", "almost": "", "some": "", "roughly": "",
}  # fmt: skip
_BOUND = "|".join(sorted(_BOUNDS, key=len, reverse=True))
_SHARE = small(
    rf"\b(?:({_BOUND}) )?({'|'.join(sorted((part.replace(' ', '[ -]') for part in _PARTS), key=len, reverse=True))})"
    r"(?: of)? (?:the |all |its |their |those |registered |eligible ){0,2}([a-z]{3,20})\b"
)
_UNITS = "second|minute|hour|day|week|month|year|decade|mile|kilometre|kilometer|metre|meter|tonne|ton|litre|liter"
_CANONICAL = {"kilometre": "km", "kilometer": "km", "metre": "m", "meter": "m", "ton": "tonne", "liter": "litre"}
_ONE = small(rf"\b({_BOUND}) (half )?an? ({_UNITS})\b(?! ago| old| earlier| later)")
_SHARE_SLACK = 2.0
_NO_COUNT = frozenset(
    [
        "way",
        "past",
        "dozen",
        "million",
        "billion",
        "hundred",
        "thousand",
        "time",
        "day",
        "hour",
        "century",
        "year",
        "month",
        "week",
        "minute",
        "mile",
        "count",
        "match",
        "work",
    ]
)


def list_fractions(quote: str) -> list[Quantity]:
    """Return the shares and the bounded single units of a sentence, in this order; offsets are into the sentence.

    A share is a percentage of what is counted, within two points of its value: who says "a third" has counted 31 to 35
    of a hundred.
    """
    lowered = lower_in_place(quote)
    found = [_share(match, quote) for match in _SHARE.finditer(lowered) if match[3] not in _NO_COUNT]
    return [*found, *(_single(match, quote) for match in _ONE.finditer(lowered))]


def _share(match: re.Match[str], quote: str) -> Quantity:
    value = _PARTS[match[2].replace("-", " ")]
    bound = _BOUNDS.get(match[1] or "", "")
    low, high = (value, None) if bound else (value - _SHARE_SLACK, value + _SHARE_SLACK)
    thing = match[3].removesuffix("s")
    return Quantity(
        match.start(),
        match.end(2),
        quote[match.start() : match.end(2)],
        low,
        "percent",
        thing,
        approximate=bool(match[1]),
        upper=high,
        bound=bound,
    )


def _single(match: re.Match[str], quote: str) -> Quantity:
    bound = _BOUNDS[match[1]]
    unit, text = match[3], quote[match.start() : match.end()]
    value = 0.5 if match[2] else 1.0
    return Quantity(match.start(), match.end(), text, value, _CANONICAL.get(unit, unit), approximate=True, bound=bound)
