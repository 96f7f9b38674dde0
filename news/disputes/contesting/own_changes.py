"""What a side changes itself: a plan that is put off, a count that whoever gave it corrects.

Owns the two questions. Must never find a dispute: it only says of one that nobody contradicts anybody in it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from functools import cache

from news.decision import Claim, Dispute, FactKind
from news.disputes.contesting.statements import find_turned_down
from news.disputes.cues import cues_of, flatten, is_contesting, knows
from news.disputes.loose_sentences import bare_row
from news.disputes.parties import speaker_of
from news.model import Article
from news.reports.bodies import find_body
from news.reports.origins import are_one_origin
from news.tables import load_toml
from news.words.meanings import is_date_word
from news.words.measures import is_held, measures_in
from news.words.sentences import split_sentences
from news.words.small_letters import small
from news.words.text import content_terms
from news.words.turns import saying_words, turns_in
from news.words.vocabulary import language_of

__all__ = ["is_own_change", "is_told_by_one"]

_KINDS = frozenset({FactKind.FIGURE, FactKind.DATE, FactKind.STATUS})
_NOBODYS = ("unnamed:", "outlet:")
_POSTPONED = "postpone"
_ARTICLES = frozenset({"the", "an", "el", "la", "los", "las"})
_IDLE = frozenset({"on", "that", "late", "early"})
"""What may stand behind "the company said" besides its day."""

_WORD = re.compile(r"[^\W\d_]+")
_RUN = re.compile(r"[A-ZÀ-ÞА-ЯЁ][^\W\d_]*(?:[ -](?:(?:of|for|and|the|de|del|la|y|и) )*[A-ZÀ-ÞА-ЯЁ][^\W\d_]*)*")
"""Capitalised words in a row, with the small ones that names have between them."""

_HEAD = 1_500
_LEAST_NAME = 5
_PARTICLE = 3
_LONGEST_ENDING = 2
_DAY = len("2024-05-16")


def is_own_change(dispute: Dispute, quotes: Iterable[str], stored: Article | None = None) -> bool:
    """Return whether the new value is what has become of the stored one, by the word of its own side.

    "Twelve rooms and not three as planned", "the summit of the 7th is put off to the 8th", and what the court said on
    Tuesday and says otherwise on Wednesday. Two values of one body are one account that was changed.

    Args:
        quotes: the headline and the sentences of the article.
        stored: the article of the other side, which may call in its headline by name whoever "the company" is.
    """
    here, there = dispute.here.quote, dispute.there.quote
    if dispute.kind not in _KINDS or is_contesting(here) or find_turned_down(here):
        return False
    if dispute.kind is not FactKind.STATUS and any(
        _is_former(quote) and _has_value(quote, dispute) for quote in {here, *quotes}
    ):
        return True
    if dispute.kind is FactKind.DATE and _is_ahead(dispute.there) and _is_put_off(here) and not _is_put_off(there):
        return True
    return _are_of_one_body(dispute.here, dispute.there) or (
        stored is not None and dispute.kind is not FactKind.STATUS and _is_named_there(dispute, list(quotes), stored)
    )


def _is_named_there(dispute: Dispute, quotes: Sequence[str], stored: Article) -> bool:
    """Return whether who gives the new value by name gave the stored one: by name, as "it", or as "the company".

    Of a headline the speaker is that of the sentence which says the same.
    """
    theirs = [stored.title, *(one.text for one in split_sentences(stored.text[:_HEAD], stored.language or "en"))]
    here, there = _told_by(dispute.here.quote, quotes), _told_by(dispute.there.quote, theirs)
    if is_told_by_one(here, there):
        return True
    names, others = _names_of_speaker(here), _names_of_speaker(there)
    if not _is_bare(speaker_of(here), names):
        return False
    if _is_bare(speaker_of(there), others) and names == others:
        return True
    if not _is_stand_in(speaker_of(there)):
        return False
    held = _names_in(f"{stored.title}. {there}")
    return all(name in held or any(_is_one_name(name, other) for other in held) for name in names)


def is_told_by_one(here: str, there: str) -> bool:
    """Return whether two sentences name one body, or one name, for what they tell: "police said", whoever prints it."""
    ours, theirs = (bare_row(quote).origin for quote in (here, there))
    if ours is None or theirs is None:
        return False
    keys = ours.voice or ours.key, theirs.voice or theirs.key
    return not any(key.startswith(_NOBODYS) for key in keys) and are_one_origin(ours, theirs)


def _is_bare(speaker: str, names: Collection[str]) -> bool:
    """Return whether a speaker is a name and no more: "ESA said", and not "the police of Vardo"."""
    idle = {*names, *saying_words()}
    words = (word.lower() for word in _WORD.findall(speaker) if len(word) > _PARTICLE)
    return bool(names) and all(word in idle or is_date_word(word) for word in words)


def _told_by(quote: str, sentences: Sequence[str]) -> str:
    """Return the quote, or for a headline the sentence below it that has most of its words."""
    below = [one for one in sentences[1:] if one.strip() != quote.strip()]
    if not below or quote.strip() != sentences[0].strip():
        return quote
    wanted = content_terms(quote).keys()
    return max(below, key=lambda one: len(wanted & content_terms(one).keys()))


def _is_one_name(name: str, other: str) -> bool:
    """Return whether two small words of names are one in two cases: "полярисе", "полярис"."""
    shorter, longer = sorted((name, other), key=len)
    return (
        len(shorter) >= _LEAST_NAME
        and longer[: len(shorter) - 1] == shorter[:-1]
        and len(longer) - len(shorter) <= _LONGEST_ENDING
    )


def _is_stand_in(speaker: str) -> bool:
    """Return whether a speaker is "it", "she" or "the company", whose name stands elsewhere, or speaks for it."""
    words = _WORD.findall(speaker.lower())
    idle = _IDLE | saying_words()
    while words and (words[-1] in idle or is_date_word(words[-1])):
        words.pop()
    return any(row.fullmatch(" ".join(words)) for row in _stand_ins())


@cache
def _stand_ins() -> tuple[re.Pattern[str], ...]:
    return tuple(small(words) for words in load_toml("contested.toml")["stand_ins"].values())


def _names_in(text: str) -> frozenset[str]:
    """Return the capitalised words of a text in small letters, with the initials of each run of them."""
    runs = [_WORD.findall(run) for run in _RUN.findall(text)]
    initials = ("".join(word[0] for word in run if word[0].isupper()).lower() for run in runs if len(run) > 1)
    return frozenset((*(word.lower() for run in runs for word in run if word[0].isupper()), *initials))


def _are_of_one_body(here: Claim, there: Claim) -> bool:
    """Return whether the army, the court or another body gives both values; not the armies of two countries."""
    if here.origin is not None and there.origin is not None and here.origin.key != there.origin.key:
        return False
    body = find_body(speaker_of(here.quote))
    if not body or body != find_body(speaker_of(there.quote)):
        return False
    ours, theirs = _names_of_speaker(here.quote), _names_of_speaker(there.quote)
    return not (ours and theirs and ours.isdisjoint(theirs))


def _names_of_speaker(quote: str) -> frozenset[str]:
    """Return the capitalised words for whoever speaks, small, that name no body: "indian" of "the Indian army"."""
    speaker = speaker_of(quote)
    if _is_stand_in(speaker):
        return frozenset()
    spoken = frozenset(_WORD.findall(speaker.lower()))
    capitals = (word for word in _WORD.findall(quote) if word[0].isupper() and not find_body(word))
    return frozenset(word.lower() for word in capitals if not is_date_word(word)) & spoken - _ARTICLES


def _is_former(quote: str) -> bool:
    """Return whether a sentence sets its value against that of a plan, or against what its own side said before."""
    language = language_of(quote)
    return knows(language) and cues_of(language, "former").search(flatten(quote, language)) is not None


def _has_value(quote: str, dispute: Dispute) -> bool:
    """Return whether a sentence has both values: that which a headline gives may be explained further down.

    "More than expected" names no value of a plan, and says nothing of what another side counts.
    """
    if dispute.kind is not FactKind.FIGURE:
        return quote == dispute.here.quote
    told = measures_in(quote, language_of(quote))
    sides = (measures_in(one.value, language_of(one.quote)) for one in (dispute.here, dispute.there))
    return all(bool(side) and is_held(side[0], told) for side in sides)


def _is_ahead(claim: Claim) -> bool:
    """Return whether a day lay ahead when it was told: what has been cannot be put off any more."""
    return claim.published_at is None or claim.value[:_DAY] >= claim.published_at.date().isoformat()


def _is_put_off(quote: str) -> bool:
    return any(_POSTPONED in classes for classes in turns_in(quote, language_of(quote)).values())
