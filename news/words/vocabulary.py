"""Which words of English, Spanish and Russian stand for one thing or one act, and which language a sentence is in.

Owns the table ``news/data/vocabulary.txt`` in memory, by stem. Must never translate for a reader: what comes out is for
comparing reports in different languages with each other, and a word that is not in the table is left out of that.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from types import MappingProxyType

from news.tables import load_lines
from news.words.text import stem_words, stop_words

LANGUAGES = ("en", "es", "ru")
"""The languages of the table, in the order of its columns."""

_FAINT = "="
_RUSSIAN_TAILS = ("ом", "ем", "ам", "ям", "ах", "ях", "ов", "ев", "ей", "ой", "ый", "ий")
_LEAST = 2
"""Little words of Spanish that a sentence must have to be taken for Spanish."""
_SPANISH_ENDING = re.compile(r"(?:.(?:aron|ieron|aban|ci[óo]n|ciones)|..ó|..án|.[aeio]d[oa]s)[.,;:»”]?$")
"""What no English word ends with, save a name or two."""
_MAX_TEXT = 1_000
_COMPARED = frozenset(("", *LANGUAGES))


@cache
def _columns() -> Mapping[str, Mapping[str, str]]:
    """Return language -> stem -> the stem of the English word that names its row, "" for words that say nothing."""
    found: dict[str, dict[str, str]] = {language: {} for language in LANGUAGES}
    for line in load_lines("vocabulary.txt"):
        columns = [column.split() for column in line.removeprefix(_FAINT).split("|")]
        head = stem_words(columns[0][0])[0] if columns[0] else ""
        for language, words in zip(LANGUAGES, columns, strict=True):
            for word in words:
                for stem in _stems_of_word(word, language):
                    found[language].setdefault(stem, head)
    return MappingProxyType({language: MappingProxyType(words) for language, words in found.items()})


def find_concept(stem: str, language: str) -> str | None:
    """Return the English stem that stands for a stem of ``language``; "" if it says nothing, None if it is unknown.

    Numbers in digits stand for themselves in all languages. Known failure: a word of two meanings has the commoner.
    """
    columns = _columns()
    found = columns.get(language or "en", columns["en"]).get(stem)
    if found is None and stem[:1].isdigit():
        return columns["en"].get(stem, stem)
    return found


def _stems_of_word(word: str, language: str) -> tuple[str, ...]:
    """Return the stems of a word; a Russian noun in -ом or -ов has another one in the cases that keep the ending."""
    forms = (word, word + "а") if language == "ru" and word.endswith(_RUSSIAN_TAILS) else (word,)
    stems = (stem_words(form, language) for form in forms)
    return tuple(dict.fromkeys(one[0] for one in stems if len(one) == 1))


def stems_of(languages: Sequence[str]) -> Mapping[str, tuple[str, ...]]:
    """Return English stem -> the stems of these languages that it stands for."""
    return _stems_of(tuple(languages))


@cache
def _stems_of(languages: tuple[str, ...]) -> Mapping[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for language in languages:
        for stem, head in _columns()[language].items():
            found.setdefault(head, []).append(stem)
    return MappingProxyType({head: tuple(stems) for head, stems in found.items()})


@cache
def faint_concepts() -> frozenset[str]:
    """Return the English stems of the words that nearly every report has ("said", "two", "country")."""
    rows = (line[1:].split("|")[0].split() for line in load_lines("vocabulary.txt") if line.startswith(_FAINT))
    return frozenset(stem_words(words[0])[0] for words in rows if words)


@cache
def _little_words() -> Mapping[str, frozenset[str]]:
    """Return the stop words that only one of English and Spanish has."""
    english, spanish = stop_words("en"), stop_words("es")
    return {"en": english - spanish, "es": spanish - english}  # those with accents are the same without


@lru_cache(maxsize=1 << 13)
def language_of(text: str, default: str = "en") -> str:
    """Return the language of a sentence: "ru" for Cyrillic, "es" for Spanish words, else "en".

    A ``default`` that the table does not cover is returned as it is. Made for sentences of articles whose language is
    not at hand; ``news.words.language`` is for whole texts. Known failure: other Cyrillic languages are taken for
    Russian.
    """
    if default not in _COMPARED:
        return default
    head = text[:_MAX_TEXT]
    if not head.isascii() and 2 * sum("а" <= letter <= "ё" for letter in head.lower()) > len(head):
        return "ru"
    little = _little_words()
    words = f"{head[:1].lower()}{head[1:]}".split()  # "El" opens a sentence, and names as well
    if little["es"].isdisjoint(words) and not little["en"].isdisjoint(words):
        return "en"
    n_spanish = sum(map(little["es"].__contains__, words))
    n_english = sum(map(little["en"].__contains__, words))
    if (not n_english and n_spanish < _LEAST) or n_english < n_spanish <= 2 * n_english:
        is_bare, has_little = not n_english, n_spanish > 0
        n_spanish, n_english = _count_listed(words)  # "once" is a little word of English, and eleven
        n_spanish += any(map(_SPANISH_ENDING.search, words)) if is_bare else 0
        if is_bare and has_little and n_spanish >= max(1, n_english):
            return "es"  # "12 fieles asistieron a la misa"
    if n_spanish >= _LEAST and n_spanish > 2 * n_english:
        return "es"
    return "es" if default == "es" and n_english <= n_spanish else "en"


def _count_listed(words: Sequence[str]) -> tuple[int, int]:
    """Return how many words only the Spanish column of the vocabulary has, and how many only the English one."""
    columns = _columns()
    plain = [word.strip('.,;:!?«»()"“”') for word in words]
    told = [word for word in plain if word.isalpha() and word not in columns["en"] and word not in columns["es"]]
    spanish = {word for word in told if stem_words(word, "es")[0] in columns["es"]}
    english = {word for word in told if stem_words(word, "en")[0] in columns["en"]}
    return len(spanish - english), len(english - spanish)
