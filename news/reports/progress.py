"""Whether a sentence tells of a later state of things: a toll that has risen, another strike, so far.

Owns the wordings of it. Must never compare two values.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from news.tables import load_toml
from news.words.meanings import GLOSSED, number_words
from news.words.small_letters import small
from news.words.text import lower_in_place
from news.words.vocabulary import language_of

_MAX_QUOTE = 1_000
_MAX_TEXT = 6_000
_NUMBER = r"(?:at least |about |around |some |nearly |more than |over )?(?:\d|(?:%s)\b)"
_GROWN = (
    r"\b(?:rises?|rising|rose|risen|climb(?:s|ed|ing)?|increas(?:es?|ed|ing)|gr[eo]w(?:n|s)?|jump(?:s|ed)?|swell(?:s|ed)?|"
    r"go(?:es|ne)? up|went up|(?:is|are|was|were) up)\b"
)


_AS_EARLY = small(
    r"\bещ[её] (?=(?:в|с|до) (?:янв|фев|мар|апр|ма[яе]|июн|июл|авг|сен|окт|ноя|дек|прошл|начал|конце|19|20|понед|втор|"
    r"сред|четв|пятн|субб|воск))"
)
"""In Russian "as early as July" has the word for "another"."""


def _listed(table: str, key: str) -> list[str]:
    return str(load_toml("slots.toml")[table][key]).split()


@cache
def _developments() -> re.Pattern[str]:
    """Return the wordings of a later state: a count that has grown, more of the same, and what is listed as such."""
    number = _NUMBER % "|".join(sorted(number_words()))
    listed = "|".join(sorted(_listed("development", "words")))
    return small(
        rf"{_GROWN}(?: \w{{1,12}}){{0,2}} (?:to|by|past|above|from) {number}|{_GROWN} {number}"
        rf"|\b(?:toll|number|count|total|figure)\b[^.;]{{0,80}}?{_GROWN}|{_GROWN} (?:sharply|further|again|steadily)\b"
        rf"|\b(?:(?<!no )(?<!not )(?<!once )(?<!any )more (?!than\b))|\bso far\b"
        rf"|\bup (?:to|from) {number}[^.;]{{0,40}}? from\b|\b(?:up|down|revised) from (?:\w{{1,12}} ){{0,5}}?{number}"
        rf"|\b(?:has|have|had|is|are|was|were) since\b|\bsince (?:then|been|risen|grown|died)\b"
        rf"|\b(?:brings?|bringing|brought|takes?|taking|took|raises?|raising|raised|puts?|putting) (?:the|its|their) "
        rf"(?:\w{{2,12}} )?(?:total|toll|count|number|tally)\b|\bfor a total\b|\bthe total to\b"
        rf"|\bfirst (?:death|fatality|victim|casualty|confirmed)\b|\bsuccumbed\b"
        rf"|\b(?:died|dies|dying) (?:\w+ ){{0,4}}?(?:in|at) (?:the |a )?hospital\b"
        rf"|\bdie[sd] (?:later )?of (?:his|her|their|the )?\s?(?:injuries|wounds|burns)\b"
        rf"|\b(?:{listed})\b"
    )


@cache
def _developments_abroad() -> re.Pattern[str]:
    """Return the words of a later state in Spanish and Russian."""
    return small(rf"\b(?:{'|'.join(sorted(_listed('development', 'foreign')))})\b")


@lru_cache(maxsize=1 << 12)
def is_development(quote: str) -> bool:
    """Return whether the sentence says that things have moved on ("has risen to", "another", "so far").

    Verbs of growing tell so only of a number or a count: men who climbed aboard or rose to speak do not.
    """
    quote = quote[:_MAX_QUOTE]
    lowered = _AS_EARLY.sub("", lower_in_place(quote).replace("from now", ""))
    if _developments().search(lowered):
        return True
    return language_of(quote) in GLOSSED and bool(_developments_abroad().search(lowered))


_CLOSED = small(
    r"\b(?:final|definitive|confirmed) (?:death )?(?:toll|count|number|tally|figure|balance)\b"
    r"|\b(?:search|searches|rescue operation|rescue|recovery|counting|count|operation)\b[^.;]{0,40}?\b"
    r"(?:over|ended|called off|completed|concluded|closed|finished|complete)\b"
    r"|\b(?:ended|called off|completed|concluded|closed|wound up) (?:the|their|its) (?:search|rescue|count|recovery)\b"
    r"|\b(?:nobody|no one|none|no-one) (?:\w+ ){0,5}?(?:missing|unaccounted)\b"
    r"|\b(?:all|everyone|everybody|every\w*)\b[^.;]{0,30}?\b"
    r"(?:accounted for|been identified|been found|been recovered)\b"
    r"|\b(?:all|everyone|everybody)(?: of them)? (?:has|have) (?:since |now |fully )?recovered\b"
    r"|\blast (?:body|of the bodies|victim|of the dead)\b"
)


@lru_cache(maxsize=1 << 11)
def is_closed(text: str) -> bool:
    """Return whether an English text says that its count is final: the search is over, nobody is missing."""
    return bool(_CLOSED.search(lower_in_place(text[:_MAX_TEXT])))
