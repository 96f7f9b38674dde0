"""Russian names without their endings: "Саратове", "Саратовом" and "Саратов" are one name.

Owns that one reduction. Must never be asked for words that are no names: a stemmer of the language takes off what makes
words of verbs and adjectives as well, so that it leaves "Сарат" of the city and "Саратов" of its cases.
"""

from __future__ import annotations

import re
from functools import lru_cache

__all__ = ["without_ending"]

_ENDING = re.compile(
    r"(?:(?<=[а-я]{4})(?:[ая]ми|[ое]го|[ое]му|[ыи]ми|[ую]ю|[ая]я|[оеыи]е|[ыи][имх]|[ое][имю]|[ая][мх])|"
    r"(?<=[а-я]{3})[аяоеыиуюь])$"
)
"""Of nouns and adjectives, both numbers, in folded letters ("й" is "и"); many names end like a genitive plural.

Of short words only one vowel is an ending: "Радом" is no case of "Рада", "Самый" none of "Самоа"."""
_FURTHER = re.compile(rf"(?<=[а-я]{{4}})(?:{_ENDING.pattern})")
"""What is left may end like a case as well ("Амстердам"), but not of a short word: "Дубай" is no "Дуб"."""
_FLEETING = re.compile(r"(?<=[а-я]{2})(?:[ьи]?[ое]|[ьи])([кц])$")
"""Vowels that come and go: "Череповец", "Череповца"."""


@lru_cache(maxsize=1 << 14)
def without_ending(word: str) -> str:
    """Return what the cases of a folded Russian name have in common; at least three letters of a longer one are left.

    A name that ends like a case of another one loses that too ("Амстердам" and "Амстердама" give "амстерд"), so some
    of 6,400 cities share what is left with another ("Осака", "Осаки"). Known failures: the instrumental of names of
    four letters ("Думой"), a plural without an ending ("Химок"), and a vowel that comes and goes before other letters
    than those above.
    """
    shorter = _ENDING.sub("", word, count=1)
    while shorter != word:
        word, shorter = shorter, _FURTHER.sub("", shorter, count=1)
    return _FLEETING.sub(r"\1", word)
