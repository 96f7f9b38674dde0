"""Whether two sentences are on one thing, of all the things that a long running story tells.

Owns the last question before a reader is told that a figure moved or that two accounts differ: a story of twenty
reports names dozens of counts, days and denials, and two of them may differ for no other reason than that they are not
the same one. Must never find a difference itself: ``news.disputes.slots``, ``news.disputes.contrast`` and
``news.deciding.coverage`` do.

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
from dataclasses import replace
from functools import cached_property, lru_cache

from news.decision import Claim, Dispute, FactKind, NewFact, StoredArticle, StoredReport
from news.disputes.cues import is_contesting
from news.model import Modality
from news.reports.explicit import may_reject
from news.reports.negations import list_denied
from news.reports.tellings import tell
from news.stories.case import Case
from news.words.meanings import meanings_in
from news.words.sentences import split_sentences
from news.words.text import fold

_OPENING = 4
"""Sentences with which an article says what it is on."""
_SMALL = 2
"""Articles of a story that is about one thing, since nobody told more of it yet."""
_NEARLY_ALL, _MUCH, _HALF = 0.45, 0.4, 0.5
_A_THIRD = 0.3
"""Share of their words below which no two sentences have nearly all that is rare in common: shared ones are less so."""
_LOOSE = frozenset({FactKind.STATUS, FactKind.DATE})
"""What differs between any two sentences: that one is a denial, or has another day. Of a count or a name that differs,
it was seen already that both sentences tell of the same."""
_MOST_ARTICLES, _MOST_SENTENCES = 12, 25
_KEY = 60


class Ground:
    """A story and the article that is held against it, as one gathering of sentences, gathered when it is asked for.

    Args:
        articles: of the story, most related first; the first twelve say which words are common in it.
        reports: of the story, for articles that are not among these.
    """

    def __init__(self, case: Case, articles: Sequence[StoredArticle], reports: Sequence[StoredReport]) -> None:
        self.case, self.articles, self.reports = case, articles, reports

    @cached_property
    def _openings(self) -> dict[int, set[str]]:
        """How each article of the story opens, by its id: its headline and first sentences as keys."""
        found = {one.id: set(map(sentence_key, _opening_of(one))) for one in self.articles}
        for one in self.reports:
            if one.report.sentence < _OPENING:
                found.setdefault(one.article_id, {sentence_key(one.title)}).add(sentence_key(one.report.quote))
        return found

    @cached_property
    def _counts(self) -> tuple[Counter[str], int]:
        """In how many sentences each meaning stands, and how many there are."""
        counts: Counter[str] = Counter()
        n_sentences = 0
        for text in _iter_sentences(self.case, self.articles):
            counts.update(_words(text))
            n_sentences += 1
        return counts, n_sentences

    def narrow(self, quote: str, stored: Iterable[StoredReport]) -> list[StoredReport]:
        """Return the stored sentences that may be on one thing with one of the article, in order: see below.

        Nothing that is found between others would be told, so they are not compared.
        """
        opens = self._opens(quote)
        if opens and may_reject(tell(quote)):
            return list(stored)
        ours = _words(quote)
        return [
            one for one in stored if (opens and self._opens_stored(one)) or _is_alike(ours, _words(one.report.quote))
        ]

    def may_be_on_one_thing(self, here: str, there: str, article_id: int) -> bool:
        """Return whether two sentences may pass ``is_on_one_thing``; what cannot need not be compared."""
        if _is_alike(_words(here), _words(there)):
            return True
        return self._opens(here) and (self._is_in_opening(there, article_id) or may_reject(tell(here)))

    def is_on_one_thing(self, kind: FactKind, here: Claim, there: Claim) -> bool:
        """Return whether a value of the article and one of the story are of the same thing."""
        ours, theirs = _words(here.quote), _words(there.quote)
        if kind is not FactKind.STATUS:
            values = _words(here.value) | _words(there.value)
            ours, theirs = ours - values, theirs - values
        both = self._weigh(ours & theirs)
        if both and both >= _NEARLY_ALL * self._weigh(ours | theirs):
            return True
        if not self._opens(here.quote):
            return False
        if not (self._is_in_opening(there.quote, there.article_id)):
            return False
        if kind not in _LOOSE or len(self._openings) <= _SMALL or is_contesting(here.quote):
            return True
        if both >= _MUCH * min(self._weigh(ours), self._weigh(theirs)):
            return True
        return kind is FactKind.STATUS and self._is_denied(here, there)

    def _weigh(self, words: Collection[str]) -> float:
        """Return the sum of the rarities of meanings among the sentences; one that is in none is the rarest."""
        counts, n_sentences = self._counts
        return math.fsum(math.log((n_sentences + 1) / (counts[word] + 0.5)) for word in words)

    def _is_denied(self, here: Claim, there: Claim) -> bool:
        """Return whether one sentence has at least half of what the other denies."""
        denial, told = (here, there) if here.value == Modality.DENIED.value else (there, here)
        held = meanings_in(told.quote)
        for one in list_denied(tell(denial.quote)):
            denied = meanings_in(" ".join((*one.subject, *one.scope)), one.language)
            if denied and self._weigh(denied & held) >= _HALF * self._weigh(denied):
                return True
        return False

    @cached_property
    def _opening(self) -> frozenset[str]:
        """How the article opens: its headline and first sentences as keys."""
        sentences = self.case.reading.sentences[:_OPENING]
        return frozenset({sentence_key(self.case.article.title), *(sentence_key(each.text) for each in sentences)})

    def _opens(self, quote: str) -> bool:
        return sentence_key(quote) in self._opening

    def _opens_stored(self, one: StoredReport) -> bool:
        is_early = 0 <= one.report.sentence < _OPENING
        return is_early or self._is_in_opening(one.report.quote, one.article_id)

    def _is_in_opening(self, quote: str, article_id: int | None) -> bool:
        return sentence_key(quote) in self._openings.get(article_id or 0, ())


def _is_alike(ours: frozenset[str], theirs: frozenset[str]) -> bool:
    """Return whether so many words stand in both of two sentences that nearly all that is rare may."""
    n_both = len(ours & theirs)
    return n_both >= _A_THIRD * (len(ours) + len(theirs) - n_both) and n_both > 0


def are_on_two_things(dispute: Dispute, ground: Ground) -> bool:
    """Return whether the sides of a dispute are not on one thing, or are one copied sentence that says "yesterday"."""
    here, there = dispute.here, dispute.there
    is_copied = dispute.kind is FactKind.DATE and fold(here.quote) == fold(there.quote)
    return is_copied or not ground.is_on_one_thing(dispute.kind, here, there)


def settle_facts(facts: Iterable[NewFact], ground: Ground) -> tuple[NewFact, ...]:
    """Return the facts; one that was held against a value of another thing stands alone, or falls where it cannot."""
    return tuple(one for fact in facts for one in _settle(fact, ground))


def _settle(fact: NewFact, ground: Ground) -> Iterator[NewFact]:
    if fact.before is None or ground.is_on_one_thing(fact.kind, fact.after, fact.before):
        yield fact
    elif fact.kind in {FactKind.FIGURE, FactKind.PLACE, FactKind.ACTOR}:
        yield replace(fact, before=None)


def _iter_sentences(case: Case, articles: Sequence[StoredArticle]) -> Iterator[str]:
    yield from (sentence.text for sentence in case.reading.sentences[:_MOST_SENTENCES])
    for one in articles[:_MOST_ARTICLES]:
        yield from _split(one.article.text)


def _opening_of(stored: StoredArticle) -> tuple[str, ...]:
    return (stored.article.title, *_split(stored.article.text)[:_OPENING])


@lru_cache(maxsize=256)
def _split(text: str) -> tuple[str, ...]:
    return tuple(sentence.text for sentence in split_sentences(text)[:_MOST_SENTENCES])


@lru_cache(maxsize=1 << 12)
def _words(text: str) -> frozenset[str]:
    """Return the meanings of a text without its numbers, which differ where values do."""
    return frozenset(word for word in meanings_in(text) if not word[0].isdigit())


@lru_cache(maxsize=1 << 12)
def sentence_key(text: str) -> str:
    """Return a sentence as it is recognised again, by its beginning."""
    return " ".join(fold(text).split())[:_KEY]
