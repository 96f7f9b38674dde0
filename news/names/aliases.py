"""One key for one name: what a stored article in another language calls a person or body that this article names too.

Owns the pairing of keys that only differ by spelling or script. Must never pair two listed names, nor names in one
language: there the spelling is the outlet's own, and namesakes are more likely than slips.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import lru_cache

from news.decision import Candidates, StoredArticle, StoredReport
from news.model import Mention, Report
from news.names.entities import get_entity
from news.words.transliteration import skeleton
from news.words.vocabulary import language_of

MAX_VARIANTS = 8
"""Spellings of one key that are looked up."""

_GIVEN_LETTERS = 3
_SPELLINGS = (
    ("ye", "e"), ("iye", "ie"), ("ei", "ey"), ("ey", "ei"), ("ai", "ay"), ("ay", "ai"), ("ks", "x"), ("x", "ks"),
    ("kh", "h"), ("tz", "ts"), ("ts", "tz"), ("iya", "ia"), ("ia", "iya"), ("hn", "gn"), ("gn", "hn"),
)  # fmt: skip
"""Letters that romanisations of one name differ in."""

_ENDINGS = (("y", "iy"), ("y", "yy"), ("iy", "y"), ("yy", "y"), ("ii", "y"), ("i", "y"))
_VOWELS = frozenset("aeou")


@lru_cache(maxsize=1 << 13)
def _parts(key: str) -> tuple[str, str, tuple[str, ...]]:
    """Return kind, first letters of the given name, and skeletons of all words but the first, of a person's key."""
    kind, _, slug = key.partition(":")
    sounds = [skeleton(word) for word in slug.split("-")]
    return kind, sounds[0][:_GIVEN_LETTERS], tuple(sounds[1:])


def is_one_name(key: str, other: str) -> bool:
    """Return whether two keys of people that no table lists may be one name in two spellings."""
    if not key.startswith("person:") or not other.startswith("person:") or key == other:
        return key == other
    ours, theirs = _parts(key), _parts(other)
    return bool(ours[2]) and ours == theirs


def _unlisted(keys: Iterable[str]) -> list[str]:
    return [key for key in dict.fromkeys(keys) if key.startswith("person:") and get_entity(key) is None]


def with_our_names(candidates: Candidates, mentions: Iterable[Mention], language: str) -> Candidates:
    """Return the candidates with people of articles in other languages under the keys that this article has for them.

    Candidates all in one language with the article are returned as they are.
    """
    stored = (*candidates.similar, *candidates.related)
    if all(one.language == language for one in stored):
        return candidates
    languages = {one.id: one.language for one in stored}
    abroad = {
        one.id
        for one in candidates.reports
        if (languages.get(one.article_id) or language_of(one.report.quote, language)) != language
    }
    ours = _unlisted(mention.entity.key for mention in mentions)
    theirs = _unlisted(key for one in candidates.reports if one.id in abroad for key in one.report.actors)
    theirs += _unlisted(key for one in stored if one.language != language for key in one.entity_counts)
    names = {other: key for other in theirs for key in ours if key != other and is_one_name(key, other)}
    if not names:
        return candidates
    return replace(
        candidates,
        similar=tuple(_rename_article(one, names, language) for one in candidates.similar),
        related=tuple(_rename_article(one, names, language) for one in candidates.related),
        reports=tuple(_rename_report(one, names) if one.id in abroad else one for one in candidates.reports),
    )


def _rename_article(stored: StoredArticle, names: Mapping[str, str], language: str) -> StoredArticle:
    if stored.language == language or names.keys().isdisjoint(stored.entity_counts):
        return stored
    counts: dict[str, int] = {}
    for key, n in stored.entity_counts.items():
        ours = names.get(key, key)
        counts[ours] = counts.get(ours, 0) + n
    return replace(stored, entity_counts=counts)


def _rename_report(stored: StoredReport, names: Mapping[str, str]) -> StoredReport:
    if names.keys().isdisjoint(stored.report.actors):
        return stored
    report: Report = replace(stored.report, actors=tuple(names.get(key, key) for key in stored.report.actors))
    return replace(stored, report=report)


def spelled_otherwise(key: str) -> tuple[str, ...]:
    """Return other keys that the same person may have been stored under, at most ``MAX_VARIANTS``; none for others."""
    kind, _, slug = key.partition(":")
    if kind != "person" or "-" not in slug or get_entity(key) is not None:
        return ()
    words = slug.split("-")
    variants = (
        f"person:{'-'.join((*words[:place], other, *words[place + 1 :]))}"
        for place, word in enumerate(words)
        for other in _spellings_of(word)
    )
    return tuple(dict.fromkeys(variants))[:MAX_VARIANTS]


def _spellings_of(word: str) -> list[str]:
    """Return the word with one sound in the other letters that it may have."""
    found = [word.replace(one, other, 1) for one, other in _SPELLINGS if one in word]
    if word.startswith("e"):
        found.append("y" + word)
    for one, other in _ENDINGS:
        found += [word.removesuffix(one) + other] if word.endswith(one) and _is_after_consonant(word, one) else []
    return found


def _is_after_consonant(word: str, ending: str) -> bool:
    return word[: -len(ending)][-1:] not in _VOWELS | {"i", "y", ""}
