"""What in a sentence could be the short answer: a name, a date or a figure, exactly as it stands there.

Owns the candidates of one sentence and how well each fits the question; choosing among sentences is
``news.answers.answer``'s.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from news.answers.answer_bounds import measure_bond
from news.answers.counted import counts_what_is_asked, harms_asked, is_in_unit, weigh_unit
from news.answers.fit import asks_ahead, tells_ahead
from news.answers.questions import Asked, Question, list_wanted
from news.answers.retrieval import PassageHit
from news.dates import find_dates
from news.dates.when import describe_span
from news.model import NO_TIME, EntityKind, EventKind, Mention, Modality, Quantity, Report, TimeExpression
from news.names.entities import find_mentions, is_of_its_people
from news.names.name_words import cues
from news.reports.quantities import find_quantities
from news.tables import load_toml
from news.words.facts import figures_of
from news.words.text import content_terms, fold, split_sentences, stem_words, tokenize
from news.words.turns import saying_words
from news.words.vocabulary import language_of

_NAMED = 1.3
_NEAR = 60
"""Characters before and behind a name in which the verb stands by which it speaks."""

_TITLE_WORDS = 5
"""Words of a title and its body, with the verb before them: "said the fire chief"."""


@dataclass(frozen=True, slots=True)
class Span:
    """A possible short answer.

    Attributes:
        key: what two spans share that say the same.
        fit: how well it fits what is asked, above 0; 1 is ordinary.
        meant: the date that a text without a year means, in words; empty where the text says all.
        is_whole: it can be said by itself; the word for a people ("French") only speaks for its country.
    """

    key: str
    text: str
    fit: float = 1.0
    meant: str = ""
    is_whole: bool = True


def find_spans(asked: Question, sentence: str, hit: PassageHit) -> Iterator[Span]:
    """Yield the possible short answers of a sentence; what the question itself says is none.

    Who only says the sentence did nothing of what it tells. Known failure: any other name is taken wherever it stands
    in the sentence, whether it did the thing asked about or not.
    """
    if asked.asked is Asked.WHEN:
        published_on = hit.published_at.date() if hit.published_at is not None else None
        wanted = list_wanted(asked)
        for found in find_dates(sentence, published_on=published_on):
            bond = (
                measure_bond(sentence, found, wanted)
                if _is_date(found) and not _is_over(found, asked, sentence, hit)
                else 0.0
            )
            if bond:
                yield _of_date(found, bond)
    elif asked.asked is Asked.FIGURE:
        dates = find_dates(sentence, published_on=None)
        taken = [(found.start, found.end) for found in dates if _is_date(found)]
        read = find_quantities(sentence, language_of(sentence), taken=taken)
        report = Report(-1, sentence, NO_TIME, EventKind.OTHER, Modality.HAPPENED, quantities=read)
        figures = figures_of(report) if harms_asked(asked) else read
        own = [found for found in figures if is_in_unit(found, asked, sentence)]
        yield from (_of_figure(found, asked) for found in own if counts_what_is_asked(found, asked, sentence))
    else:
        mentions = find_mentions(sentence, split_sentences(sentence), language_of(sentence))
        named = (found for found in mentions if _is_wanted(found, asked))
        yield from (_of_name(found) for found in named if not _only_says(found, asked, sentence))


def _is_date(found: TimeExpression) -> bool:
    return found.type in {"DATE", "TIME"} and "REF" not in found.value


def _is_over(found: TimeExpression, asked: Question, sentence: str, hit: PassageHit) -> bool:
    """Return whether a date did not lie ahead of its article, where the question asks "when will ...?"."""
    last = found.span.last_on or found.span.first_on
    if not asks_ahead(asked) or last is None or hit.published_at is None or tells_ahead(sentence):
        return False
    return last <= hit.published_at.date()


def _of_date(found: TimeExpression, bond: float) -> Span:
    """A whole date says more than a weekday; "Monday" carries the day that it means."""
    span = found.span
    is_full = span.first_on is None or str(span.first_on.year) in found.text
    meant = "" if is_full else describe_span(span)
    key = found.value.partition("T")[0]
    return Span(key, found.text, bond**2 * (1.5 if any(letter.isdigit() for letter in found.text) else 1.0), meant)


def _of_figure(found: Quantity, asked: Question) -> Span:
    fit = 1.0
    counted = stem_words(found.object)
    if counted and any(stem in asked.terms for stem in counted):
        fit *= 4.0
    return Span(f"{found.value:g} {found.unit}", found.text, fit * weigh_unit(found, asked))


def _is_wanted(found: Mention, asked: Question) -> bool:
    if found.entity.kind not in asked.kinds or not _is_of_size(found, asked):
        return False
    is_named = any(found.entity.key in name.keys for name in asked.names)
    return not is_named and not content_terms(found.text).keys() <= set(asked.terms)


def _is_of_size(found: Mention, asked: Question) -> bool:
    """Return whether a place is a country where "which country" asks for one, and none where "which city" does."""
    if asked.asked is not Asked.WHERE:
        return True
    words = load_toml("questions.toml")["sizes"]
    named = set(map(fold, tokenize(asked.text)))
    if not named.isdisjoint(words["country"].split()):
        return not found.entity.within
    return named.isdisjoint(words["town"].split()) or bool(found.entity.within)


def _is_name(found: Mention) -> bool:
    """Return whether a mention names somebody or some place itself: "французский" is a word for what France has."""
    return found.text[:1].isupper() and not (found.entity.kind is EntityKind.PLACE and is_of_its_people(found))


def _only_says(found: Mention, asked: Question, sentence: str) -> bool:
    """Return whether a name is that of who tells the sentence, where the question asks for who did something."""
    if not saying_words().isdisjoint(tokenize(asked.text)):
        return False
    after = tokenize(sentence[found.end : found.end + _NEAR])
    before = tokenize(sentence[max(0, found.start - _NEAR) : found.start])
    is_titled = bool(before) and fold(before[-1]) in cues().titles
    return not saying_words().isdisjoint((*after[:1], *before[-_TITLE_WORDS if is_titled else -1 :]))


def _of_name(found: Mention) -> Span:
    """The name itself says more than an adjective ("Sri Lankan") or one of its other forms."""
    text = found.text.removesuffix("'s").removesuffix("’s")
    fit = _NAMED if fold(text) == fold(found.entity.name) else 1.0
    return Span(found.entity.key, text, fit, is_whole=_is_name(found))
