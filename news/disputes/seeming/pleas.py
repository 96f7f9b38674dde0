"""A charge and the plea to it: who is charged and who says that he did not do it contradict nobody.

Owns when a denial is a plea: the other sentence tells only that somebody was charged, or the other account has the
plea too. Must never judge any other denial. The words stand in ``data/contested.toml`` (English, Spanish, Russian).

That a man was charged is so whether he did it or not; that he did it, in the word of police, is contradicted by him,
but only once: a story that has his plea learns nothing from another telling of it. Who only says that he is innocent
("I have done nothing wrong") contradicts neither the search of his house nor the flights that he was given.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from itertools import pairwise

from news.decision import Claim, Dispute, FactKind, StoredArticle
from news.disputes.frames.ties import open_article
from news.model import Article, Modality
from news.reports.negations import list_denied
from news.reports.tellings import tell
from news.tables import load_toml
from news.words.meanings import meanings_in
from news.words.sentences import split_sentences
from news.words.small_letters import small
from news.words.text import lower_in_place
from news.words.turns import saying_words
from news.words.vocabulary import language_of

__all__ = ["is_charge", "is_innocence", "is_plea_held"]

_FRONT = 4
"""Headline and sentences that tell what an article is on."""


@cache
def _pattern(name: str, language: str) -> re.Pattern[str]:
    return small(load_toml("contested.toml")["pleas"].get(f"{name}_{language}", r"(?!)"))


def is_charge(dispute: Dispute) -> bool:
    """Return whether one side of a denial tells only of a charge, and it is not the charge that is denied."""
    denial, told = _sides(dispute)
    if denial is None or told is None or _says("uncharged", denial.quote):
        return False
    return _says("charged", told.quote)


def is_plea_held(article: Article, dispute: Dispute, articles: Iterable[StoredArticle]) -> bool:
    """Return whether a denial is what an accused pleads, and the side that does not deny has his plea too.

    Args:
        articles: of the story.
    """
    denial, _ = _sides(dispute)
    if denial is None or _says("uncharged", denial.quote):
        return False
    own = (article.title, article.text)
    if denial is dispute.there:
        return _is_answered(denial.quote, [plea for text in own for plea in _pleas_in(text)])
    if not any(_says("plea", text) or _says("charged", text) for text in own):
        return False
    return any(_says("plea", one.article.text) for one in articles)


def is_innocence(dispute: Dispute, stored: Article | None) -> bool:
    """Return whether the sentence says only that somebody is innocent of what the stored article tells a suspicion of.

    "He did not fire" contradicts that he fired, whatever the next sentence says of his innocence.

    Args:
        stored: the article of the other side.
    """
    quote = dispute.here.quote
    if stored is None or dispute.kind not in {FactKind.STATUS, FactKind.ACT} or _says("uncharged", quote):
        return False
    if dispute.kind is FactKind.ACT and _says("convicted", dispute.there.quote) and list_denied(tell(quote)):
        return True  # "I never deceived anybody", as a whole against the verdict
    if not (_says("innocence", quote) or _says("plea", quote)):
        return False
    return any(
        _says(name, text) for text in open_article(stored).sentences[:_FRONT] for name in ("suspected", "charged")
    )


def _is_answered(denial: str, pleas: Sequence[str]) -> bool:
    """Return whether one of some pleas is that of the denial: this tells of a charge, or they have a word in common."""
    if pleas and (_says("plea", denial) or _says("charged", denial)):
        return True
    words = meanings_in(denial) - saying_words()
    return any(words & meanings_in(plea) for plea in pleas)


@lru_cache(maxsize=1 << 9)
def _pleas_in(text: str) -> tuple[str, ...]:
    """Return what stands around each plea of a text: its sentence, and that before it where "he" pleads.

    A plea in another case is left out.
    """
    if not _says("plea", text):
        return ()
    language = language_of(text)
    sentences = [one.text for one in split_sentences(text, language)]
    found = []
    for before, sentence in pairwise(["", *sentences]):
        low = lower_in_place(sentence)
        plea = _pattern("plea", language).search(low)
        if plea is not None and not _pattern("elsewhere", language).search(low):
            is_his = _pattern("pronoun", language).match(low) is not None
            found.append(" ".join((before * is_his, sentence[: plea.start()], sentence[plea.end() :])))
    return tuple(found)


def _sides(dispute: Dispute) -> tuple[Claim | None, Claim | None]:
    """Return the side that denies and that which tells; None for both of a dispute that is no denial."""
    values = [one.value for one in (dispute.here, dispute.there)]
    if dispute.kind is not FactKind.STATUS or values.count(Modality.DENIED.value) != 1:
        return None, None
    is_here = values[0] == Modality.DENIED.value
    return (dispute.here, dispute.there) if is_here else (dispute.there, dispute.here)


@lru_cache(maxsize=1 << 10)
def _says(name: str, text: str) -> bool:
    return _pattern(name, language_of(text)).search(lower_in_place(text)) is not None
