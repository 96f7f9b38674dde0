"""What words stand for: the classes of acts and things of ``slots.toml``, in English, Spanish and Russian.

Owns the way from a word to its class, through ``news.words.vocabulary`` where the word is not English. Must never
compare reports: ``news.words.facts`` and ``news.matching.foreign`` do.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache
from itertools import chain

from news.memo import WordMemo
from news.tables import load_toml
from news.words.number_words import english_number_words
from news.words.text import list_content, stem_words
from news.words.vocabulary import faint_concepts, find_concept, language_of

COMPARED = frozenset(("", "en", "es", "ru"))
"""Languages whose words have classes; an empty one is read as English."""


@cache
def classes_of(table: str) -> Mapping[str, str]:
    """Return stem -> class for one table of ``slots.toml``; the first class that has a stem keeps it."""
    found: dict[str, str] = {}
    for name, words in load_toml("slots.toml")[table].items():
        for word in str(words).split():
            stems = stem_words(word)
            if len(stems) == 1:  # "took-off" is neither what was taken nor what is off
                found.setdefault(stems[0], name)
    return found


@cache
def listed(table: str, key: str) -> frozenset[str]:
    """Return the words of one list of ``slots.toml``."""
    return frozenset(str(load_toml("slots.toml")[table][key]).split())


_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
_DAYS = ("Mon", "Tues", "Wednes", "Thurs", "Fri", "Satur", "Sun")


def _behind_first(words: Iterable[str]) -> str:
    """Return alternatives for what stands behind the first letter of each word."""
    return "|".join(f"(?<={word[0]}){word[1:]}" for word in words)


_DATE_WORDS = re.compile(
    # A letter first, whether a word begins there behind it: the engine skips to these letters, in a third of the time.
    r"[JFMASONDTWl\d](?<!\w.)(?:"
    rf"(?:(?<=\d)\d?\s+(?:{'|'.join(_MONTHS)})|{_behind_first(_MONTHS)})\b(?:\s+\d{{1,2}}\b)?(?:,?\s+(?:19|20)\d\d\b)?"
    rf"|(?:{_behind_first(_DAYS)})day\b"
    r"|(?<=l)iv(?:e|ing)\b"  # which have the stem of lives that are lost
    r")"
)
_DATE_SIGNS = ("day", "ary", "March", "April", "May", "June", "July", "August", "ber", " live ", " living ")
"""One of these stands in every written date; most sentences have none, which is quickly seen."""


def without_dates(text: str) -> str:
    """Return a sentence without its written dates: they are weighed as dates, and March is no march."""
    return _DATE_WORDS.sub(" ", text) if any(sign in text for sign in _DATE_SIGNS) else text


@lru_cache(maxsize=1 << 13)
def terms_in(text: str, language: str = "en") -> tuple[str, ...]:
    """Return the content stems of a sentence in order, each once; remembered, as several questions ask for them."""
    return list_content(text, language)


GLOSSED = frozenset(("es", "ru"))
"""Languages whose words are looked up in the vocabulary before they are given a class."""


def glossed(text: str, language: str) -> tuple[str, ...]:
    """Return the content stems of a sentence in the language that it is in; known words as their English stems."""
    language = language_of(text, language)
    if language not in GLOSSED:
        return terms_in(without_dates(text), language)
    found = ((stem, find_concept(stem, language)) for stem in terms_in(text, language))
    return tuple(stem if concept is None else concept for stem, concept in found if concept != "")


def act_of(stem: str, language: str = "en") -> str:
    """Return the class of acts that a stem of ``language`` belongs to, or the stem itself."""
    if language in GLOSSED:
        stem = find_concept(stem, language) or stem
    return classes_of("acts").get(stem, stem)


def classes_in(stems: Iterable[str]) -> frozenset[str]:
    """Return English stems with those of one act or one counted thing replaced by its class."""
    stems = tuple(stems)
    return frozenset(map(_classes().get, stems, stems))


@cache
def _classes() -> dict[str, str]:
    """Return stem -> class, of acts before things."""
    return {**classes_of("objects"), **classes_of("acts")}


def acts_among(stems: Iterable[str]) -> frozenset[str]:
    """Return the classes of acts of English stems."""
    return frozenset(filter(None, map(classes_of("acts").get, stems)))


@lru_cache(maxsize=1 << 13)
def acts_in(text: str, language: str = "en") -> frozenset[str]:
    """Return the classes of acts that the words of a sentence name; empty for languages without a table.

    ``language`` is that of the article; a sentence of English, Spanish or Russian is read in its own.
    """
    return acts_among(glossed(text, language)) if language in COMPARED else frozenset()


@lru_cache(maxsize=1 << 12)
def meanings_in(text: str, language: str = "en", *, has_dates: bool = False) -> frozenset[str]:
    """Return the content stems of a sentence, those of one act or one counted thing replaced by its class.

    Spanish and Russian words that the vocabulary has are given as their English ones.

    Args:
        has_dates: written dates count as words, for telling what a story has from what it lacks.
    """
    language = language_of(text, language)
    words = (text if has_dates or language in GLOSSED else without_dates(text)).casefold().split()
    return frozenset(chain.from_iterable(map(_meanings_of(language).__getitem__, words)))


@lru_cache(maxsize=1 << 6)
def meanings_by_word(language: str) -> WordMemo[tuple[str, ...]]:
    """Return what ``meanings_in`` says of a word of a text in this very language, by the word as written."""
    meanings = _meanings_of(language)
    return WordMemo(lambda word: meanings[(word if language in GLOSSED else without_dates(word)).casefold()])


@lru_cache(maxsize=1 << 6)
def _meanings_of(language: str) -> WordMemo[tuple[str, ...]]:
    """Return the meanings of what stands between two spaces, in small letters."""
    return WordMemo(lambda word: tuple(_mean(word, language)))


def _mean(word: str, language: str) -> Iterator[str]:
    for stem in list_content(word, language):
        concept = find_concept(stem, language) if language in GLOSSED else None
        if concept != "":
            found = stem if concept is None else concept
            yield _classes().get(found, found) if language in COMPARED else found


@lru_cache(maxsize=1 << 12)
def object_of(name: str, language: str = "") -> str:
    """Return the class of what is counted ("jet" and "plane" are ``aircraft``), or the name's own stems.

    A Spanish or Russian noun counts as its English one, unless ``language`` says that it is none: "reclusos" are
    prisoners.
    """
    stems = stem_words(name)
    classes = classes_of("objects")
    found = next((classes[stem] for stem in reversed(stems) if stem in classes), "")
    return found or (_foreign_object(name) if language != "en" else "") or " ".join(stems)


def number_words() -> frozenset[str]:
    """Return the English words that are numbers, folded ("seven", "dozens")."""
    return english_number_words()


def is_number_word(word: str) -> bool:
    """Return whether an English word is a number, folded ("seven", "dozens")."""
    return word in number_words()


def is_date_word(word: str) -> bool:
    """Return whether an English word names a day of the week or a month."""
    return _is_dates[word]


_is_dates: WordMemo[bool] = WordMemo(lambda word: word.casefold() in listed("wording", "dates"))


@lru_cache(maxsize=1 << 13)
def class_across(stem: str, language: str) -> str | None:
    """Return what a stem stands for in every language of the vocabulary; "" for nothing, None if it is not in it."""
    concept = find_concept(stem, language)
    return (classes_of("acts").get(concept) or classes_of("objects").get(concept, concept)) if concept else concept


@lru_cache(maxsize=1 << 12)
def is_faint(name: str) -> bool:
    """Return whether a class or English stem is one that nearly every report has."""
    return not is_class_of_acts(name) and name in {class_across(stem, "en") for stem in faint_concepts()}


@lru_cache(maxsize=1 << 12)
def acts_across(text: str, language: str = "en") -> frozenset[str]:
    """Return the classes of acts of a sentence for comparing it with one in another language."""
    language = language_of(text, language)
    classes = (class_across(stem, language) for stem in terms_in(without_dates(text), language))
    return frozenset(name for name in classes if name and is_class_of_acts(name))


@lru_cache(maxsize=1 << 12)
def _foreign_object(name: str) -> str:
    """Return the class of a noun that is no English one, or an empty string."""
    for word in reversed(name.split()):
        language = "ru" if word >= "а" else "es"
        if language == "es" and find_concept(stem_words(word)[0], "en") is not None:
            continue
        found = class_across(stem_words(word, language)[0], language)
        if found:
            return found
    return ""


def english_stems(text: str, language: str) -> tuple[str, ...]:
    """Return the stems of all words in order, those of another language that the vocabulary has as English ones."""
    if language not in GLOSSED:
        return stem_words(text)
    return tuple(find_concept(stem, language) or stem for stem in stem_words(text, language))


def thing_across(thing: str, name: str) -> str:
    """Return what a thing is for another language: an English synonym counts as the word that names its row."""
    stems = stem_words(name) or (thing,)
    return next((found for stem in reversed(stems) if (found := class_across(stem, "en"))), thing)


def is_class_of_acts(name: str) -> bool:
    """Return whether the name is one of a class of acts."""
    return name in load_toml("slots.toml")["acts"]
