"""A sentence that somebody else tells in the same words, with another thing in the place of one: news, whatever it is.

Owns finding such sentences. "Began in the kitchen, police said" and "began on the roof, the manager said" have most of
their words in common, and tell two things; whether the two exclude each other nobody can say who has no class for both.
Must never call them a dispute, nor compare values that have a class (``news.matching.substitutions``).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta
from functools import cache

from news.decision import Claim, FactKind, NewFact, StoredArticle
from news.disputes.parties import speaker_of
from news.matching.alignment import Pair, align
from news.matching.edit_sides import Place, Side, is_of_speaker, place_of
from news.matching.edited_numbers import has_number
from news.matching.substitutions import list_substitutions
from news.reports.tellings import split_speaker
from news.stories.case import Case
from news.tables import load_toml
from news.words.meanings import meanings_in
from news.words.text import fold
from news.words.things import things_in
from news.words.turns import saying_words, turns_in
from news.words.vocabulary import language_of

__all__ = ["list_replaced"]

_MAX_ARTICLES, _WITHIN = 4, timedelta(days=1)
_SHARED, _PAIRED, _LEAST_SAME = 0.45, 0.6, 5
_MOST_WORDS = 6
_BEFORE = 2


def list_replaced(case: Case, articles: Sequence[StoredArticle]) -> Iterator[NewFact]:
    """Yield the sentences of an article that put something else into one of its story, on the word of somebody else.

    Args:
        articles: those of the story, most related first; the first four of one day before or after are looked at.
    """
    near = [one for one in articles[:_MAX_ARTICLES] if _is_near(case, one)]
    held = frozenset().union(*(meanings_in(one.article.text, one.language) for one in near))
    for stored in near:
        found = align(stored.article.text, case.article.text)
        if found.is_noisy or found.share < _SHARED:
            continue
        for pair in found.pairs:
            if _is_told_otherwise(pair, held):
                there = Claim(pair.former.text, pair.former.text, stored.article.outlet, stored.id)
                yield NewFact(FactKind.ACT, case.claim(pair.line.text, pair.line.text), there)


def _is_near(case: Case, stored: StoredArticle) -> bool:
    moment = stored.article.published_at
    return moment is not None and abs(case.issued_at - moment) <= _WITHIN


def _is_told_otherwise(pair: Pair, held: frozenset[str]) -> bool:
    if pair.share < _PAIRED or pair.n_same < _LEAST_SAME or list_substitutions(pair):
        return False
    here, there = (_words_for_speaker(line.text) for line in (pair.line, pair.former))
    if not here or not there or not here.isdisjoint(there):
        return False
    told = [place_of(pair, edit) for edit in pair.edits if not is_of_speaker(pair, edit)]
    own = [place for place in told if any(map(_meanings, (place.old, place.new)))]
    return len(own) == 1 and _is_replaced(own[0], held)  # more of them are a wording of its own


def _words_for_speaker(quote: str) -> frozenset[str]:
    speaker = split_speaker(quote)[1] if language_of(quote) == "en" else speaker_of(quote)
    return meanings_in(" ".join(word for word in fold(speaker).split() if word not in saying_words()))


def _is_replaced(place: Place, held: frozenset[str]) -> bool:
    """Return whether a few words stand in the place of others, and the story has none of what they mean."""
    sides = place.old, place.new
    if not any(map(_tells_where_or_what, sides)):
        return False
    if max(map(len, sides)) > _MOST_WORDS or any(has_number(side, place.language) for side in sides):
        return False
    old, new = map(_meanings, sides)
    return bool(old and new) and new.isdisjoint(held) and _classes_of(place.old).isdisjoint(_classes_of(place.new))


def _tells_where_or_what(side: Side) -> bool:
    """Return whether a run stands for where, from what or in which state something is: verbs have too many synonyms."""
    words = side.line.lows[max(0, side.first - _BEFORE) : side.last]
    return not _listed().isdisjoint(words)


@cache
def _listed() -> frozenset[str]:
    return frozenset(
        word for words in load_toml("substitutions.toml")["states"].values() for word in str(words).split()
    )


def _meanings(side: Side) -> frozenset[str]:
    return meanings_in(side.text(), language_of(side.line.text)) if len(side) else frozenset()


def _classes_of(side: Side) -> frozenset[str]:
    """Return what things and acts a run may name: a blaze is a fire."""
    text, language = side.text(), language_of(side.line.text)
    return frozenset().union(*things_in(text, language).values(), *turns_in(text, language).values())
