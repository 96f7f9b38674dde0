"""Whether two sentences are on one thing, of all the things that a long running story tells.

Owns the last question before a reader is told that a figure moved or that two accounts differ: a story of twenty
reports names dozens of counts, days and denials, and two of them may differ for no other reason than that they are not
the same one. Must never find a difference itself: ``news.disputes``, ``news.contrast`` and ``news.coverage`` do.

Two things speak for one thing: that both articles open with it, for an article is on what it opens with; and that the
two sentences share what is rare in their story. Words that half of its sentences have, such as the name of the disease,
tell nothing there. A count, a place or an actor that both openings give is one; for a day or a denial the openings must
share words too, unless the story is of one or two articles, or the sentence says itself that it contradicts.

Known failures: two accounts that differ far down in both articles, in words of their own, are not told.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from news.case import Case
from news.contested import is_contesting
from news.decision import Claim, Dispute, FactKind, NewFact, StoredArticle, StoredReport
from news.meanings import meanings_in
from news.model import Modality
from news.negations import list_denied
from news.sentences import split_sentences
from news.tellings import tell
from news.text import fold

_OPENING = 4
"""Sentences with which an article says what it is on."""
_SMALL = 2
"""Articles of a story that is about one thing, since nobody told more of it yet."""
_NEARLY_ALL, _MUCH, _HALF = 0.45, 0.4, 0.5
_LOOSE = frozenset({FactKind.STATUS, FactKind.DATE})
"""What differs between any two sentences: that one is a denial, or has another day. Of a count or a name that differs,
it was seen already that both sentences tell of the same."""
_MOST_ARTICLES, _MOST_SENTENCES = 12, 25
_KEY = 60


@dataclass(frozen=True, slots=True)
class Ground:
    """A story and the article that is held against it, as one gathering of sentences.

    Attributes:
        openings: how each article of the story opens, by its id: sentences as keys.
        rarities: how rare a meaning is among the sentences; one that is not there is the rarest.
    """

    case: Case
    openings: dict[int, frozenset[str]]
    rarities: dict[str, float]
    rarest: float
    n_articles: int

    def is_on_one_thing(self, kind: FactKind, here: Claim, there: Claim) -> bool:
        """Return whether a value of the article and one of the story are of the same thing."""
        ours, theirs = _words(here.quote), _words(there.quote)
        if kind is not FactKind.STATUS:
            values = _words(here.value) | _words(there.value)
            ours, theirs = ours - values, theirs - values
        both = self._weigh(ours & theirs)
        if both and both >= _NEARLY_ALL * self._weigh(ours | theirs):
            return True
        if not (self._opens(here) and self._opens_stored(there)):
            return False
        if kind not in _LOOSE or self.n_articles <= _SMALL or is_contesting(here.quote):
            return True
        if both >= _MUCH * min(self._weigh(ours), self._weigh(theirs)):
            return True
        return kind is FactKind.STATUS and self._is_denied(here, there)

    def _weigh(self, words: Collection[str]) -> float:
        return sum(self.rarities.get(word, self.rarest) for word in words)

    def _is_denied(self, here: Claim, there: Claim) -> bool:
        """Return whether one sentence has at least half of what the other denies."""
        denial, told = (here, there) if here.value == Modality.DENIED.value else (there, here)
        held = meanings_in(told.quote)
        for one in list_denied(tell(denial.quote)):
            denied = meanings_in(" ".join((*one.subject, *one.scope)))
            if denied and self._weigh(denied & held) >= _HALF * self._weigh(denied):
                return True
        return False

    def _opens(self, claim: Claim) -> bool:
        sentences = self.case.reading.sentences[:_OPENING]
        return _key(claim.quote) in {_key(self.case.article.title), *(_key(each.text) for each in sentences)}

    def _opens_stored(self, claim: Claim) -> bool:
        return _key(claim.quote) in self.openings.get(claim.article_id or 0, ())


def gather(case: Case, articles: Sequence[StoredArticle], reports: Iterable[StoredReport]) -> Ground:
    """Return the ground on which values of an article are held against those of its story.

    Args:
        articles: of the story, most related first; the first twelve say which words are common in it.
        reports: of the story, for articles that are not among these.
    """
    counts: Counter[str] = Counter()
    n_sentences = 0
    for text in _iter_sentences(case, articles):
        counts.update(_words(text))
        n_sentences += 1
    openings: dict[int, set[str]] = {one.id: set(map(_key, _opening(one))) for one in articles}
    for one in reports:
        if one.report.sentence < _OPENING:
            openings.setdefault(one.article_id, {_key(one.title)}).add(_key(one.report.quote))
    rarities = {word: _rarity(n_sentences, count) for word, count in counts.items()}
    frozen = {article_id: frozenset(keys) for article_id, keys in openings.items()}
    return Ground(case, frozen, rarities, _rarity(n_sentences, 0), len(openings))


def settle_disputes(disputes: Iterable[Dispute], ground: Ground) -> tuple[Dispute, ...]:
    """Return the disputes of which both sides are on one thing; a copied sentence that says "yesterday" is none."""
    return tuple(
        one
        for one in disputes
        if ground.is_on_one_thing(one.kind, one.here, one.there)
        and not (one.kind is FactKind.DATE and fold(one.here.quote) == fold(one.there.quote))
    )


def settle_facts(facts: Iterable[NewFact], ground: Ground) -> tuple[NewFact, ...]:
    """Return the facts; one that was held against a value of another thing stands alone, or falls where it cannot."""
    return tuple(one for fact in facts for one in _settle(fact, ground))


def _settle(fact: NewFact, ground: Ground) -> Iterator[NewFact]:
    if fact.before is None or ground.is_on_one_thing(fact.kind, fact.after, fact.before):
        yield fact
    elif fact.kind in {FactKind.FIGURE, FactKind.PLACE, FactKind.ACTOR}:
        yield replace(fact, before=None)


def _rarity(n_sentences: int, count: int) -> float:
    return math.log((n_sentences + 1) / (count + 0.5))


def _iter_sentences(case: Case, articles: Sequence[StoredArticle]) -> Iterator[str]:
    yield from (sentence.text for sentence in case.reading.sentences[:_MOST_SENTENCES])
    for one in articles[:_MOST_ARTICLES]:
        yield from _split(one.article.text)


def _opening(stored: StoredArticle) -> tuple[str, ...]:
    return (stored.article.title, *_split(stored.article.text)[:_OPENING])


@lru_cache(maxsize=256)
def _split(text: str) -> tuple[str, ...]:
    return tuple(sentence.text for sentence in split_sentences(text)[:_MOST_SENTENCES])


@lru_cache(maxsize=1 << 12)
def _words(text: str) -> frozenset[str]:
    """Return the meanings of a text without its numbers, which differ where values do."""
    return frozenset(word for word in meanings_in(text) if not word[0].isdigit())


def _key(text: str) -> str:
    """Return a sentence as it is recognised again, by its beginning."""
    return " ".join(fold(text).split())[:_KEY]
