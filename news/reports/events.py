"""The reports of an article: who did what, where and when, in one sentence, and how sure the sentence is of it.

Owns the choice of the acts that a sentence reports. The parts are elsewhere: words in ``news.reports.lexicon``, clauses
in ``news.reports.clauses``, certainty in ``news.reports.modality``, dates in ``news.reports.anchoring``, background and
opinion in ``news.reports.background``, who and where in ``news.reports.actors``. Must never compare articles or know
what is in the store.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from news.model import (
    NO_TIME,
    Mention,
    Modality,
    Origin,
    Precision,
    Quantity,
    Report,
    Sentence,
    TimeExpression,
    TimeSpan,
)
from news.reports import anchoring, background
from news.reports.actors import Cast, cast_of, nearest_places
from news.reports.claims import Claim, choose_claims, describe
from news.reports.clauses import Act, Row, find_acts, leaves_open, parse_row
from news.reports.lexicon import ROLES, Form, Lexicon, find_lexicon
from news.reports.origins import mark_passed_on, sentence_origin, spoken_body

_MIN_WORDS = 4
_TOLD = ROLES["speech"] | ROLES["denial"]


class _Slice(NamedTuple):
    """What the other rooms found in one sentence."""

    sentence: Sentence
    dates: Sequence[TimeExpression]
    mentions: Sequence[Mention]
    quantities: Sequence[Quantity]


@dataclass(slots=True)
class _Thread:
    """What one sentence leaves for the next: its paragraph, the date that may be carried on, how many told events.

    ``spoke`` is the key of the body that spoke last.
    """

    published_on: date | None
    paragraph: int = -1
    span: TimeSpan | None = None
    n_told: int = 0
    is_in_quote: bool = False
    spoke: str = ""


class _Scene(NamedTuple):
    """What the reports of one sentence share."""

    cast: Cast
    thread: _Thread
    origin: Origin | None
    is_shared: bool


def find_reports(
    sentences: Sequence[Sentence],
    dates: Sequence[TimeExpression],
    mentions: Sequence[Mention],
    quantities: Sequence[Quantity],
    *,
    published_on: date | None,
    language: str,
    credit: Origin | None,
) -> tuple[Report, ...]:
    """Return what the sentences report, in order; a sentence gives none, one, or one for each act with its own date.

    ``dates``, ``mentions`` and ``quantities`` are those of the whole article in order of start. ``credit`` is the
    origin of statements that the sentence itself attributes to nobody. Questions, calls to the reader, opinions and
    suppositions ("could", "if") give none. How a report is dated stands in ``news.reports.anchoring``; without
    ``published_on`` only stated dates count, and all else has ``NO_TIME``. A description with figures ("owns 24 jets")
    is an OTHER without time, marked as background. An unknown ``language`` gives no reports.
    """
    lexicon = find_lexicon(language)
    if lexicon is None:
        return ()
    thread = _Thread(published_on)
    reports: list[Report] = []
    for part in _slices(sentences, dates, mentions, quantities):
        reports.extend(_read_sentence(part, lexicon, thread, credit))
    return mark_passed_on(reports)


def _slices(
    sentences: Sequence[Sentence],
    dates: Sequence[TimeExpression],
    mentions: Sequence[Mention],
    quantities: Sequence[Quantity],
) -> Iterator[_Slice]:
    starts = [[item.start for item in items] for items in (dates, mentions, quantities)]
    for one in sentences:
        first = [bisect_left(row, one.start) for row in starts]
        last = [bisect_left(row, one.end) for row in starts]
        yield _Slice(one, dates[first[0] : last[0]], mentions[first[1] : last[1]], quantities[first[2] : last[2]])


def _read_sentence(part: _Slice, lexicon: Lexicon, thread: _Thread, credit: Origin | None) -> Iterator[Report]:
    if thread.paragraph != part.sentence.paragraph:
        thread.paragraph, thread.span, thread.is_in_quote = part.sentence.paragraph, None, False
    text = part.sentence.text
    row = parse_row(text, part.sentence.start, lexicon, is_in_quote=thread.is_in_quote)
    thread.is_in_quote = leaves_open(text, is_in_quote=thread.is_in_quote)
    if len(row.words) < _MIN_WORDS or background.is_addressed(row):
        return
    dated = anchoring.list_dated(row, part.dates, thread.published_on)
    acts = [act for act in find_acts(row, lexicon) if not _is_in_date(row, act, part.dates)]
    claims = choose_claims(row, acts, dated)
    if claims is None:
        claims = describe(row, dated, has_names=bool(part.mentions), has_figures=bool(part.quantities))
    if not claims:
        return
    cast = cast_of(row, part.mentions)
    named = _origin_of(part, row, thread.spoke)
    thread.spoke = spoken_body(named) or thread.spoke
    origin = named or credit
    for claim in claims:
        yield _report(part, row, claim, _Scene(cast, thread, origin, is_shared=len(claims) > 1))
    thread.n_told += 1


def _is_in_date(row: Row, act: Act, dates: Sequence[TimeExpression]) -> bool:
    """Return whether the word of an act is part of a date: "23 March" is no march."""
    at = row.offset + row.start_of(act.at)
    return any(expression.start <= at < expression.end for expression in dates)


def _origin_of(part: _Slice, row: Row, spoke: str) -> Origin | None:
    if row.roles & _TOLD or " via " in part.sentence.text:
        return sentence_origin(part.sentence.text, part.mentions, spoke=spoke)
    return None


def _report(part: _Slice, row: Row, claim: Claim, scene: _Scene) -> Report:
    published_on = scene.thread.published_on
    span = _span_of(row, claim, scene.thread)
    is_description = claim.span == NO_TIME
    is_old = is_description or (
        claim.modality is not Modality.PLANNED and background.is_background(row, claim.act, span, published_on)
    )
    places = nearest_places(scene.cast, claim.act.at)
    return Report(
        sentence=part.sentence.index,
        quote=part.sentence.text,
        when=span,
        kind=claim.act.sense.kind,
        modality=_timely(claim.modality, span, published_on),
        actors=scene.cast.actors,
        places=places[:1] if scene.is_shared else places,
        equipment=scene.cast.equipment,
        quantities=tuple(part.quantities),
        origin=scene.origin,
        trigger=claim.act.sense.trigger,
        is_background=is_old,
    )


def _timely(modality: Modality, span: TimeSpan, published_on: date | None) -> Modality:
    """What is said to happen on a day still to come is planned, whatever the tense ("the vote takes place Sunday")."""
    is_ahead = published_on is not None and span.first_on is not None and span.first_on > published_on
    return Modality.PLANNED if is_ahead and modality is Modality.HAPPENED else modality


def _span_of(row: Row, claim: Claim, thread: _Thread) -> TimeSpan:
    """Return when a claim was, and leave in ``thread`` the date that the next sentence may take over."""
    if claim.span is not None and not _is_spent(claim):
        thread.span = claim.span if anchoring.can_carry(claim.span, claim.modality) else None
        return claim.span
    is_ahead = claim.modality is Modality.PLANNED
    if not is_ahead and background.is_background(row, claim.act, NO_TIME, thread.published_on):
        return NO_TIME
    is_told_on = claim.modality is Modality.HAPPENED and claim.act.form is Form.PAST
    if thread.span is not None and is_told_on and not background.opens_elsewhere(row):
        return anchoring.carried(thread.span)
    return anchoring.article_span(thread.published_on, claim.modality, thread.n_told)


def _is_spent(claim: Claim) -> bool:
    """A period that lies behind ("in the past three months") is not when something planned will be."""
    is_period = claim.span is not None and claim.span.precision is Precision.SPAN and claim.span.last_on is not None
    return is_period and claim.modality is Modality.PLANNED
