"""What two whole articles say of the values in which a sentence of each differs: that it is no contradiction.

Owns the questions that the two sentences alone cannot answer: whether each article has the value of the other as well,
whether the new one tells of the other value as its own earlier one, whether what is told harmed any of those of whom
it is denied, whether who is named for a doer is whom the act befell. Must never find a dispute: it only lets go.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache

from news.decision import Dispute, FactKind
from news.disputes.contesting.refuted import harms_in, refutes, unharmed_in
from news.disputes.cues import is_contesting, names_earlier
from news.disputes.frames.parts import counts_people
from news.disputes.loose_sentences import sentences_of
from news.model import Article, EntityKind, Modality
from news.names.entities import lookup
from news.stories.ties import TELLING_NUMBER
from news.tables import load_toml
from news.words.meanings import acts_in
from news.words.measures import Measure, is_held, measures_in
from news.words.small_letters import small
from news.words.text import lower_in_place
from news.words.things import things_in
from news.words.vocabulary import language_of

__all__ = ["are_both_told"]

_REACH = 40
_OF_THEM = small(
    r" (?:of (?:the|them|those|these|its|their|whom|which)|de (?:ellos|ellas|los|las)|из (?:них|которых))\b"
)
_NOBODY = small(r"\b(?:no ?one|nobody|none of|no [a-z]+ (?:was|were)|nadie|ningun[oa]s?|никто|ни один)\b")
_TREATED = small(
    r"\b(?:burned|burnt|scalded|bruised|treated|clinic|hospital\w*|ambulances?|больниц\w+|ожог\w+|quemad\w+)\b"
)


def are_both_told(article: Article, stored: Article, dispute: Dispute) -> bool:
    """Return whether two articles, taken whole, do not contradict each other where two of their sentences seem to."""
    if dispute.kind is FactKind.FIGURE:
        return _is_own_earlier(article, dispute) or (
            not is_contesting(dispute.here.quote) and (_has_each(article, stored, dispute) or _is_rest(dispute))
        )
    if dispute.kind is FactKind.STATUS:
        return _harms_nobody(article, stored, dispute)
    if dispute.kind is FactKind.PLACE:  # of names in two languages nobody knows how far they lie apart
        return language_of(dispute.here.quote) != language_of(dispute.there.quote)
    return dispute.kind is FactKind.ACTOR and any(
        _is_befallen(one.value, told) for one in (dispute.here, dispute.there) for told in (article, stored)
    )


def _sentences(article: Article) -> Iterator[str]:
    yield article.title
    yield from sentences_of(article.text)


def _numbers(text: str) -> list[Measure]:
    return [one for one in measures_in(text, language_of(text)) if not one.is_open]


def _values(dispute: Dispute) -> tuple[Measure, Measure] | None:
    """Return the two numbers of a dispute, if both are of one kind."""
    ours, theirs = (next(iter(_numbers(each.value)), None) for each in (dispute.here, dispute.there))
    return (ours, theirs) if ours is not None and theirs is not None and ours.kind == theirs.kind else None


def _has(number: Measure, texts: Iterable[str]) -> bool:
    """Return whether texts have a number with its unit, or a large one without: "it had first spoken of 60 million"."""
    told = (one for text in texts for one in _numbers(text))
    return is_held(number, (one for one in told if one.kind == number.kind or one.bare >= TELLING_NUMBER))


def _has_each(article: Article, stored: Article, dispute: Dispute) -> bool:
    """Return whether each article has both numbers, none of them as a false one: eleven of the eighteen lorries."""
    values = _values(dispute)
    own = (one for one in _sentences(article) if not refutes(one))
    return values is not None and _has(values[0], _sentences(stored)) and _has(values[1], own)


def _is_own_earlier(article: Article, dispute: Dispute) -> bool:
    """Return whether the article gives the other number as what the same side said before: "up from 60"."""
    values = _values(dispute)
    return values is not None and _has(values[1], filter(names_earlier, _sentences(article)))


def _is_rest(dispute: Dispute) -> bool:
    """Return whether a part that one sentence names makes up the difference: 176, "six of them crew", and 170."""
    values = _values(dispute)
    if values is None:
        return False
    gap = abs(values[0].value - values[1].value)
    return any(
        not one.kind and one.value == gap and _OF_THEM.match(lower_in_place(quote), one.end)
        for quote in (dispute.here.quote, dispute.there.quote)
        for one in _numbers(quote)
    )


def _harms_nobody(article: Article, stored: Article, dispute: Dispute) -> bool:
    """Return whether it is denied that anybody was hurt, and what the other sentence tells of hurt nobody.

    Nor does an article contradict that tells of the dead itself, elsewhere: then nobody was hurt another time; or that
    tells of those who were hurt and of others who were not.
    """
    here, there = dispute.here.quote, dispute.there.quote
    if _says_unharmed(here) and any(map(harms_in, _sentences(article))):
        return True
    if dispute.there.value == Modality.DENIED.value and _spares_some(there, stored):
        return True
    return any(_says_unharmed(one) and not _tells_of_harm(other) for one, other in ((here, there), (there, here)))


def _spares_some(quote: str, article: Article) -> bool:
    """Return whether nobody was hurt by it only of some, since the article tells of others who were.

    "No one on the ground was hurt", where three of the crew were.
    """
    low = lower_in_place(quote)
    spared = acts_in(low) & {"die", "injure"} if _NOBODY.search(low) else frozenset()
    return any(harms_in(one) & spared for one in _sentences(article))


def _says_unharmed(quote: str) -> bool:
    """Return whether a sentence says that nobody was hurt, and not only that somebody else said so."""
    return bool(unharmed_in(quote)) and not (harms_in(quote) or counts_people(quote))


def _tells_of_harm(quote: str) -> bool:
    """Return whether a sentence may tell of people who were hurt: 300 sheep that perished are none."""
    low = lower_in_place(quote)
    harmed = bool(harms_in(quote) or acts_in(low) & {"die", "injure"} or _TREATED.search(low))
    counted = counts_people(quote)
    if counted is not None:
        return counted and harmed
    things = things_in(quote, language_of(quote)).values()
    return harmed and not any("animal" in names for names in things)


def _is_befallen(name: str, article: Article) -> bool:
    """Return whether an article tells of the attack on somebody, of the theft at some house."""
    if any(one.kind is EntityKind.PLACE for one in lookup(name)):
        return False
    return any(
        _befalls(language_of(text)).search(lower_in_place(text[max(0, found.start() - _REACH) : found.start()]))
        for text in _sentences(article)
        for found in re.finditer(rf"\b{re.escape(name)}\b", text)
    )


@cache
def _befalls(language: str) -> re.Pattern[str]:
    words: Mapping[str, str] = load_toml("castings.toml")["befallen"]
    return small(rf"\b(?:{words[language]}) $" if language in words else r"(?!)")
