"""Names across scripts and spellings: what "Yelena Vorontsova", "Еленой Воронцовой" and "Elena Voronzova" share.

Owns the skeleton of a name's word, by which words that no table lists are compared, and the nominative of Russian
names. Must never be shown to anybody, and never be compared with the skeleton of a common word.

The romanisations of Russian in use (BGN/PCGN, ISO 9, passports, the habits of English and Spanish papers) differ in few
letters; what they differ in is folded into one here.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from news.tables import load_lines
from news.words.text import fold

_CYRILLIC = {
    "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ё": "e", "ж": "Z", "з": "s", "и": "i", "й": "i",
    "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ф": "f",
    "х": "h", "ц": "T", "ч": "C", "ш": "S", "щ": "S", "ъ": "", "ы": "i", "ь": "", "э": "e", "ю": "iu", "я": "ia",
    "і": "i", "ї": "i", "є": "e", "ґ": "g",
}  # fmt: skip
"""Capitals stand for sounds that Latin spellings write with several letters."""

_RUSSIAN = (("дж", "h"), ("уи", "ви"), ("ье", "е"), ("ие", "е"), ("ья", "ия"), ("ью", "ию"), ("ьо", "ио"))
_LATIN = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"shch|sch|sh", "S"), (r"tch|ch", "C"), (r"zh", "Z"), (r"kh", "h"), (r"gh", "g"), (r"t[sz]|cz", "T"),
        (r"gu(?=[ei])", "g"), (r"qu|ck|q", "k"), (r"ph", "f"), (r"th", "t"), (r"x", "ks"), (r"c(?=[eiy])", "s"),
        (r"c", "k"), (r"w", "v"), (r"z", "s"), (r"j(?![aeiou])", "i"), (r"(?<=[a-zA-Z])j(?=[aeu])", "i"),
        (r"j", "h"), (r"ou|oo", "u"), (r"ee", "i"), (r"(?<=[aeiouy])h(?![aeiouy])", ""), (r"der$", "dr"),
        (r"y", "i"),
    )
)  # fmt: skip
_BOTH = (
    (re.compile(r"([a-zA-Z])\1+"), r"\1"), (re.compile(r"i(?=e)|(?<=l)i(?=[aou])"), ""), (re.compile(r"g"), "h"),
)  # fmt: skip
_CASE = re.compile(
    r"(?<=...)(?:ого|ому|[ыи]ми|[оеы]й|[ыи]й|ою|ею|ую|ая|[аеёиоуыюяьй])$|(?<=....)(?:[аяы]ми|[аяоеы]м|[аяы]х)$"
)
_ENDING = re.compile(r"(?<=..)[aeiou]+$")
_CACHE = 1 << 14


@lru_cache(maxsize=_CACHE)
def skeleton(word: str) -> str:
    """Return what all spellings of one word of a name share; "" for a word without letters.

    Russian endings of case and final vowels are gone; G and H are one, as Ukrainian names have it. Known failures:
    Spanish and English J before a vowel are one sound; names that another language respells by ear ("Уилсон") keep a
    letter of difference.
    """
    plain = fold(word).removesuffix("'s")
    if plain and "а" <= plain[0] <= "ґ":
        sounds = _sounds_of_cyrillic(plain)
    else:
        sounds = plain
        for pattern, sound in _LATIN:
            sounds = pattern.sub(sound, sounds)
    for pattern, sound in _BOTH:
        sounds = pattern.sub(sound, sounds)
    return _ENDING.sub("", sounds)


def _sounds_of_cyrillic(word: str) -> str:
    stem = _CASE.sub("", word)
    for letters, sound in _RUSSIAN:
        stem = stem.replace(letters, sound)
    return "".join(_CYRILLIC.get(letter, letter) for letter in stem)


_ROMAN = {
    **_CYRILLIC, "ж": "zh", "з": "z", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "й": "y", "ы": "y",
    "ю": "yu", "я": "ya", "ї": "yi", "є": "ye",
}  # fmt: skip
_TO_CYRILLIC = tuple(
    (sign, re.compile(pattern), letter)
    for sign, pattern, letter in (
        ("h", r"shch", "щ"), ("h", r"sh|sch", "ш"), ("h", r"tch|ch", "ч"), ("h", r"zh", "ж"), ("h", r"kh", "х"),
        ("t", r"t[sz]", "ц"), ("y", r"^ye", "е"), ("", r"y[ao]|ia$", "я"), ("y", r"yu", "ю"), ("g", r"gu(?=[ei])", "г"),
        ("", r"qu|ck|q", "к"), ("h", r"ph", "ф"), ("h", r"th", "т"), ("", r"(?:iy|yi|ii|yy|(?<=[^aeiou])y)$", "ий"),
        ("y", r"(?<=[aeiou])y", "й"), ("l", r"ll(?=[aeiou])", "ль"), ("c", r"c(?=[eiy])", "с"), ("x", r"x", "кс"),
        ("j", r"j", "х"), ("e", r"^e", "э"), ("w", r"w", "в"),
    )
)  # fmt: skip
"""Spellings, each with a letter without which it stands nowhere."""
_LETTERS = str.maketrans("abcdefghiklmnoprstuvyz", "абкдефгхиклмнопрстувиз")


def romanize(word: str) -> str:
    """Return a Russian word in Latin letters as English papers write names, its ending of case kept; lower case."""
    return "".join(_ROMAN.get(letter, letter) for letter in word.lower())


def cyrillize(word: str) -> str:
    """Return a Latin name as Russian papers would likely write it, lower case: a guess, to find by and not to show."""
    found = fold(word)
    for sign, pattern, letter in _TO_CYRILLIC:
        if sign in found:
            found = pattern.sub(letter, found)
    return found.translate(_LETTERS)


# --- the nominative of Russian names


@cache
def _given() -> frozenset[str]:
    """Return the Russian given names of the table, as written there."""
    return frozenset(name for line in load_lines("names_given.txt") for name in line.split() if name >= "а")


_GIVEN_ENDINGS = ("", "а", "я", "й", "ь")
_FEMININE = (
    (("ской", "скую"), "ская"), (("цкой", "цкую"), "цкая"), (("ой", "у"), "а"), (("ей", "ю"), "я"),
)  # fmt: skip
_MASCULINE = (
    (("ского", "скому", "ским", "ском"), "ский"), (("цкого", "цкому", "цким", "цком"), "цкий"),
    (("овым", "ову", "ова", "ове"), "ов"), (("евым", "еву", "ева", "еве"), "ев"),
    (("иным", "ину", "ина", "ине"), "ин"), (("ом", "ем", "а", "у", "е"), ""),
)  # fmt: skip
_LEAST_LEFT = 3


@lru_cache(maxsize=_CACHE)
def nominative(name: str) -> str:
    """Return a Russian name of a person as a table would list it: "Еленой Воронцовой" gives "Елена Воронцова".

    The given name decides, since "Петрова" is a man in the genitive and a woman in the nominative. A name whose given
    name is not listed, or is in the nominative already, is returned as it is.
    """
    words = name.split()
    given = _find_given(words[0].lower()) if len(words) > 1 and "А" <= words[0][0] <= "я" else ""
    if not given or given == words[0].lower():
        return name
    endings = _FEMININE if given[-1] in "ая" and given not in {"никита", "илья"} else _MASCULINE
    return " ".join((given.capitalize(), *(_without_case(word, endings) for word in words[1:])))


_OF_WOMEN = (
    ("ской", "ская"), ("цкой", "цкая"), ("овой", "ова"), ("евой", "ева"), ("ёвой", "ёва"), ("иной", "ина"),
    ("ыной", "ына"),
)  # fmt: skip
_BY_CASE = {
    "genitive": (*_OF_WOMEN, ("ского", "ский"), ("цкого", "цкий"), ("ии", "ия"), ("ы", "а")),
    "instrumental": (
        *_OF_WOMEN, ("ским", "ский"), ("цким", "цкий"), ("овым", "ов"), ("евым", "ев"), ("ёвым", "ёв"), ("иным", "ин"),
        ("ыным", "ын"), ("ией", "ия"),
    ),
}  # fmt: skip
_BARE = {"genitive": re.compile(r"(?<=[бвгджзклмнпрстфхц])а$"), "instrumental": re.compile("(?<=[бвгдзклмнпрстфх])ом$")}
"""The ending behind which a name that ends in a consonant stands in that case."""

_NEUTER = ("ства", "ством")
_MAN = re.compile(r"[ртклнх](?:(?P<genitive>а)|(?P<instrumental>ом))$")
"""A title or an office of men and women alike, which tells its case: "губернатора", "спикером"; not "глава"."""


def case_of_title(title: str) -> str:
    """Return the case that a Russian title stands in, so that the name behind it does; empty where it does not tell."""
    found = _MAN.search(title.lower())
    return found.lastgroup or "" if found is not None else ""


def from_case(name: str, case: str) -> str:
    """Return a Russian name of which the case is known in the nominative: of "Петрова" in the genitive "Петров".

    Args:
        case: ``genitive`` or ``instrumental``; with any other the name is returned as it is.

    Known failures: names in -ь and -й, and those of which only a list tells the ending ("Толстого", "Казани").
    """
    return " ".join(_out_of_case(word, case) for word in name.split()) if case in _BY_CASE else name


def _out_of_case(word: str, case: str) -> str:
    if not word[1:].islower() or not "А" <= word[0] <= "Я" or word.endswith(_NEUTER):
        return word
    for tail, ending in _BY_CASE[case]:
        if word.endswith(tail) and len(word) - len(tail) >= _LEAST_LEFT - 1:
            return word[: -len(tail)] + ending
    shorter = _BARE[case].sub("", word)
    return shorter if len(shorter) >= _LEAST_LEFT else word


def _find_given(word: str) -> str:
    """Return the listed given name that a word is a case of, or an empty string."""
    stems = (word, word[:-1], word[:-2])
    forms = (stem + ending for stem in stems if len(stem) >= _LEAST_LEFT - 1 for ending in _GIVEN_ENDINGS)
    return next((form for form in (word, *forms) if form in _given()), "")


def _without_case(word: str, endings: tuple[tuple[tuple[str, ...], str], ...]) -> str:
    for tails, ending in endings:
        for tail in tails:
            if word.endswith(tail) and len(word) - len(tail) >= _LEAST_LEFT - 1:
                return word[: -len(tail)] + ending
    return word
