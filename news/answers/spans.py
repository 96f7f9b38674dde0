"""What in a sentence could be the short answer: a name, a date or a figure, exactly as it stands there.

Owns the candidates of one sentence and how well each fits the question; choosing among sentences is
``news.answers.answer``'s.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from news.answers.answer_bounds import is_length_of, measure_bond
from news.answers.fit import asks_ahead, tells_ahead
from news.answers.questions import Asked, Question
from news.answers.retrieval import PassageHit
from news.dates import find_dates
from news.dates.when import describe_span
from news.model import NO_TIME, EventKind, Mention, Modality, Quantity, Report, TimeExpression
from news.names.entities import find_mentions
from news.names.name_words import cues
from news.reports.quantities import find_quantities
from news.reports.tolls import HARMS
from news.words.facts import figures_of
from news.words.meanings import acts_in, object_of
from news.words.states import state_of
from news.words.text import content_terms, fold, split_sentences, stem_words, tokenize
from news.words.turns import saying_words

_DURATIONS = frozenset({"second", "minute", "hour", "day", "week", "month", "year", "decade", "century"})
_HOW_MANY = re.compile(r"how many ((?:[\w-]+ ?){1,4})", re.IGNORECASE)
_NAMED = 1.3
_MONEY = frozenset({"usd", "eur", "gbp", "rub", "jpy", "cny"})
_UNITS_ASKED = {
    "how long": _DURATIONS,
    "how old": frozenset({"year", "month"}),
    "how far": frozenset({"km", "mile", "m", "metre"}),
    "percent": frozenset({"percent"}),
    "share": frozenset({"percent"}),
    "cost": _MONEY,
    "price": _MONEY,
    "money": _MONEY,
    "worth": _MONEY,
}
"""Words of the question that tell the unit of the figure that is wanted."""

_PHASES = frozenset({"begin", "start", "commenc", "end", "stop", "finish"})
"""Stems that ask for one end of something, though they ask for a date as well."""

_NEAR = 60
"""Characters before and behind a name in which the verb stands by which it speaks."""

_TITLE_WORDS = 5
"""Words of a title and its body, with the verb before them: "said the fire chief"."""

_STRICT = frozenset({"how long", "how old", "how far", "percent"})
"""Those of which a figure in another unit is no answer at all."""


@dataclass(frozen=True, slots=True)
class Span:
    """A possible short answer.

    Attributes:
        key: what two spans share that say the same.
        fit: how well it fits what is asked, above 0; 1 is ordinary.
        meant: the date that a text without a year means, in words; empty where the text says all.
    """

    key: str
    text: str
    fit: float = 1.0
    meant: str = ""


def find_spans(asked: Question, sentence: str, hit: PassageHit) -> Iterator[Span]:
    """Yield the possible short answers of a sentence; what the question itself says is none.

    Who only says the sentence did nothing of what it tells. Known failure: any other name is taken wherever it stands
    in the sentence, whether it did the thing asked about or not.
    """
    if asked.asked is Asked.WHEN:
        published_on = hit.published_at.date() if hit.published_at is not None else None
        wanted = _list_wanted(asked)
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
        read = find_quantities(sentence, "en", taken=taken)
        report = Report(-1, sentence, NO_TIME, EventKind.OTHER, Modality.HAPPENED, quantities=read)
        figures = figures_of(report) if harms_asked(asked) else read
        own = [found for found in figures if _is_in_unit(found, asked, sentence)]
        yield from (_of_figure(found, asked) for found in own if _counts_what_is_asked(found, asked, sentence))
    else:
        mentions = find_mentions(sentence, split_sentences(sentence), "en")
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


def _list_wanted(asked: Question) -> tuple[str, ...]:
    """Return the stems of what is asked about that are no part of a name; where there are none, of the names."""
    named = {term for name in asked.names for term in content_terms(name.text)}
    phases = [term for term in stem_words(asked.text) if term in _PHASES and term not in asked.about]
    return (*(term for term in asked.about if term not in named), *phases) or asked.about


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
    question = fold(asked.text)
    for word, units in _UNITS_ASKED.items():
        if word in question:
            fit *= 3.0 if found.unit in units else 0.3
    return Span(f"{found.value:g} {found.unit}", found.text, fit)


def harms_asked(asked: Question) -> frozenset[str]:
    """Return which states of the harmed are counted by what is asked: ``die``, ``injure``, ``miss``; most ask of none.

    "How many were hurt by the blast that killed 40?" asks for the first that it names.
    """
    if asked.asked is not Asked.FIGURE:
        return frozenset()
    acts = [(word, acts_in(word)) for word in tokenize(asked.text)]
    return next((found for _, classes in acts if (found := frozenset(HARMS) & classes)), frozenset())


def _counts_what_is_asked(found: Quantity, asked: Question, sentence: str) -> bool:
    """Return whether a figure counts the noun after "how many"; where another word asks, every figure may answer.

    The dead are not the hurt: where harm is asked of, the sentence must say it of those counted.
    """
    harms = harms_asked(asked)
    if harms and found.unit == "count" and state_of(found, sentence) not in harms:
        return False
    match = _HOW_MANY.search(asked.text)
    wanted = next(iter(find_quantities(f"2 {match[1]}", "en")), None) if match is not None else None
    if match is not None and found.unit != (wanted.unit if wanted is not None else "count"):
        return False  # patients are not counted in hours
    if harms and not found.object:
        return True
    if match is None or wanted is None:
        return match is None and found.unit != "ordinal"
    if wanted.object == "person" and found.object in {"person", "dead", "injured"}:
        return True
    return found.unit != "count" or object_of(found.object) == object_of(wanted.object)


def _is_in_unit(found: Quantity, asked: Question, sentence: str) -> bool:
    """Return whether a figure is in the unit that the question names: how long something lasted is no percentage."""
    question = fold(asked.text)
    strict = next((units for word, units in _UNITS_ASKED.items() if word in question and word in _STRICT), None)
    if strict is None:
        return True
    return found.unit in strict and ("how long" not in question or is_length_of(sentence, found))


def _is_wanted(found: Mention, asked: Question) -> bool:
    if found.entity.kind not in asked.kinds:
        return False
    is_named = any(found.entity.key in name.keys for name in asked.names)
    return not is_named and not content_terms(found.text).keys() <= set(asked.terms)


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
    return Span(found.entity.key, text, _NAMED if fold(text) == fold(found.entity.name) else 1.0)
