"""Entries of a timeline as blocks and as data: the words beside a date, and where each entry stands.

Owns wording, grouping and the ``data`` of an entry. Which events become entries is ``news.timelines.timeline``'s, where
they belong ``news.timelines.reach``'s, what is new to a reader ``handlers.visiting``'s.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import groupby

from handlers.messages import (
    FACT_WORDS,
    claim_quote,
    count_words,
    dispute_paragraph,
    format_day,
    format_when,
    independence_words,
    notice,
    source_spans,
    sure_words,
    word_spans,
)
from handlers.records import (
    Record,
    References,
    dispute_record,
    fact_record,
    name_records,
    report_record,
    span_record,
)
from handlers.reply import Block, Entry, Heading, Listing, Paragraph, Quote, Span, Strong, Text
from handlers.slot_words import say_value
from news.dates.when import MONTHS
from news.decision import Dispute, FactKind, NewFact, StoredReport
from news.model import Modality
from news.timelines.entry_figures import ToldFigure, tell_figures
from news.timelines.reach import LONGER, Place, find_place, find_reach, is_ahead, is_overdue, is_told_only
from news.timelines.timeline import TimelineEntry

_MOST_OUTLETS = 3
_MOST_FIGURES = 3
_MOST_DISPUTES = 4
_AHEAD = frozenset({Modality.PLANNED, Modality.THREATENED})


class Show(StrEnum):
    """How much of each entry is shown."""

    BRIEF = "brief"
    """One line each, the sentence shortened."""
    USUAL = "usual"
    FULL = "full"
    """With every quote and its source."""


@dataclass(frozen=True, slots=True)
class Item:
    """An entry with its number and what is known beside it.

    Attributes:
        n_reports: all reports of it, also those that were not loaded.
        n_new: reports that came since the reader's last visit.
        is_new: the whole entry did.
        revisions: what an outlet changed of its own account.
    """

    number: int
    entry: TimelineEntry
    n_reports: int
    n_new: int = 0
    is_new: bool = False
    revisions: tuple[NewFact, ...] = ()


def make_blocks(items: Sequence[Item], *, today: date, show: Show) -> list[Block]:
    """Return the items under headings of years and months, what is ahead behind a divider at today."""
    past = [item for item in items if not is_ahead(item.entry.span, today)]
    ahead = [item for item in items if is_ahead(item.entry.span, today)]
    blocks = list(_group(past, today=today, show=show))
    if ahead:
        blocks.append(Heading(f"After today, {format_day(today)}"))
        blocks.extend(_group(ahead, today=today, show=show))
    return blocks


def _group(items: Sequence[Item], *, today: date, show: Show) -> Iterator[Block]:
    """Yield longer times first, then year by year: what is known to the year only, then its months."""
    placed = sorted(((find_place(item.entry.span, item.entry.reports), item) for item in items), key=_order)
    before: Place | None = None
    for place, pairs in groupby(placed, key=lambda pair: pair[0]):
        yield from _headings(place, before)
        before = place
        held = [item for _, item in pairs]
        if show is Show.BRIEF:
            yield Listing(tuple(_brief_line(item, today) for item in held))
        else:
            yield from (make_entry(item, today=today, show=show) for item in held)


def _brief_line(item: Item, today: date) -> tuple[Span, ...]:
    notes = "; ".join(_notes(item, today, Show.BRIEF))
    when = f"{item.number}. {say_when(item.entry)}: "
    return (Strong(when), Text(f"{item.entry.title} [{notes}]" if notes else item.entry.title))


def _order(pair: tuple[Place, Item]) -> tuple[int, int, int]:
    return (pair[0].year, pair[0].month, pair[1].number)


def _headings(place: Place, before: Place | None) -> Iterator[Block]:
    if place == LONGER:
        yield Heading("Over longer times")
        return
    if before is None or before.year != place.year:
        yield Heading(f"{place.year}")
    if place.month:
        yield Heading(f"{MONTHS[place.month - 1]} {place.year}", level=2)


def make_entry(item: Item, *, today: date, show: Show) -> Entry:
    """Return one entry: date with its precision, sentence, source, and in words how sure and how new it is."""
    entry = item.entry
    sources = [_source_of(entry, sentence) for sentence in entry.sentences]
    title = (Text(f"{entry.sentences[0]} — "), *report_spans(sources[0]))
    told = list(zip(entry.sentences[1:], sources[1:], strict=True))
    if show is Show.FULL:
        told = [(stored.report.quote, stored) for stored in entry.reports if stored is not sources[0]]
    quotes = tuple(Quote(sentence, report_spans(source)) for sentence, source in told)
    return Entry(say_when(entry), title, tuple(_notes(item, today, show)), quotes, tuple(_contests(item)), item.number)


def say_when(entry: TimelineEntry) -> str:
    """Return when an entry was, in the words that it has everywhere."""
    return format_when(entry.span, entry.modality, entry.reports)


def _notes(item: Item, today: date, show: Show) -> Iterator[str]:
    entry = item.entry
    if item.is_new:
        yield "new"
    elif item.n_new:
        yield count_words(item.n_new, "new report")
    yield from list_notes(item, today)
    if show is not Show.FULL:
        shown = entry.title if show is Show.BRIEF else " ".join(entry.sentences)
        yield from list_figures(entry, shown)
    if show is not Show.BRIEF and (outlets := _outlet_words(entry.reports)):
        yield outlets
    if show is Show.BRIEF and entry.disputes:
        yield "disputed"
    if show is Show.BRIEF and item.revisions:
        yield "revised"
    if entry.event_ids:
        yield f"e{entry.event_ids[0]}"


def list_notes(item: Item, today: date) -> Iterator[str]:
    """Yield what stands beside an entry wherever it is shown: how sure it is, and how many say so."""
    entry = item.entry
    if sure := sure_words(entry.span, entry.modality, entry.reports):
        yield sure
    yield from _plan_notes(entry, today)
    if item.n_reports > 1:
        yield independence_words(item.n_reports, entry.n_independent)


def list_figures(entry: TimelineEntry, shown: str) -> list[str]:
    """Return the figures of an entry that do not stand in what is shown of it, a few."""
    plain = shown.casefold()
    told = (figure.words for figure in tell_figures(entry.figures, entry.reports))
    return [words for words in told if words.casefold() not in plain][:_MOST_FIGURES]


def _plan_notes(entry: TimelineEntry, today: date) -> Iterator[str]:
    """Yield since when something was planned, or that nothing is known of what came of a plan."""
    if entry.planned_since is not None:
        yield f"planned since {format_day(entry.planned_since)}"
    if entry.modality in _AHEAD and is_overdue(entry.span, today):
        yield "outcome not in the record"


def _outlet_words(reports: Sequence[StoredReport]) -> str:
    outlets = list(dict.fromkeys(report.outlet for report in reports if report.outlet))
    if len(outlets) < 2:  # noqa: PLR2004 - one outlet is named beside the sentence already
        return ""
    more = f" and {len(outlets) - _MOST_OUTLETS} more" if len(outlets) > _MOST_OUTLETS else ""
    return ", ".join(outlets[:_MOST_OUTLETS]) + more


def unplaced_blocks(disputes: Sequence[Dispute]) -> Iterator[Block]:
    """Yield the disputes of a timeline that stand in no entry of it, the newest first."""
    if disputes:
        yield Heading("Also disputed by these articles")
    for dispute in disputes[:_MOST_DISPUTES]:
        yield from dispute_lines(dispute)
    if len(disputes) > _MOST_DISPUTES:
        ids = dict.fromkeys(f"/why a{each.here.article_id}" for each in disputes[_MOST_DISPUTES:])
        yield notice(
            f"{count_words(len(disputes) - _MOST_DISPUTES, 'more dispute')}: {', '.join(list(ids)[:_MOST_DISPUTES])}."
        )


def _contests(item: Item) -> Iterator[Paragraph]:
    disputes = item.entry.disputes
    for dispute in disputes[:_MOST_DISPUTES]:
        yield from dispute_lines(dispute)
    if len(disputes) > _MOST_DISPUTES:
        more = count_words(len(disputes) - _MOST_DISPUTES, "more dispute")
        yield Paragraph(word_spans(f"{more}: /compare e{item.entry.event_ids[0]} shows all."))
    for fact in item.revisions:
        yield revision_paragraph(fact)


def dispute_lines(dispute: Dispute) -> Iterator[Paragraph]:
    """Yield both values side by side, then the sentence of each with its source."""
    yield dispute_paragraph(dispute)
    for quote in (claim_quote(dispute.here), claim_quote(dispute.there)):
        yield Paragraph((Text(f"“{quote.text}” — "), *quote.source))


def revision_paragraph(fact: NewFact) -> Paragraph:
    """Return what an outlet changed of its own account: ``figure revised: Gazette said 2 planes, now 4 planes``.

    A denial by somebody whom the outlet quotes is no word of the outlet's own.
    """
    assert fact.before is not None  # noqa: S101 - a revision has a value before
    if fact.kind is FactKind.STATUS and fact.after.value == Modality.DENIED.value and _is_quoted(fact):
        return _denial_paragraph(fact)
    said = (Text(f"{fact.after.outlet or 'the outlet'} said "), Strong(say_value(fact.kind, fact.before.value)))
    now = (Text(", and later "), Strong(say_value(fact.kind, fact.after.value)))
    article = "" if fact.after.article_id is None else f" (a{fact.after.article_id})"
    return Paragraph((Strong(f"{FACT_WORDS[fact.kind]} revised: "), *said, *now, Text(article)))


def _is_quoted(fact: NewFact) -> bool:
    return fact.before is None or fact.after.origin != fact.before.origin


def _denial_paragraph(fact: NewFact) -> Paragraph:
    """Return whose denial an outlet carries: ``status: Gazette quotes a denial by the ministry``."""
    whose = f" by {fact.after.origin.name}" if fact.after.origin is not None else ""
    article = "" if fact.after.article_id is None else f" (a{fact.after.article_id})"
    text = f"{fact.after.outlet or 'the outlet'} carries a denial{whose}{article}"
    return Paragraph((Strong(f"{FACT_WORDS[fact.kind]}: "), Text(text)))


def _source_of(entry: TimelineEntry, sentence: str) -> StoredReport:
    return next((report for report in entry.reports if report.report.quote == sentence), entry.reports[0])


def report_spans(stored: StoredReport) -> tuple[Span, ...]:
    """Return where the sentence of a report stands."""
    return source_spans(
        stored.outlet,
        stored.published_at,
        url=stored.url,
        article=f"a{stored.article_id}",
        origin=stored.report.origin,
    )


def entry_record(item: Item, references: References, *, today: date) -> Record:
    """Return the entry for programs. ``reports`` are the first and last ones of an event that very many tell of."""
    entry = item.entry
    _, reaches = find_reach(entry.span, entry.reports)
    return {
        "number": item.number,
        **span_record(entry.span),
        "known_to": None if reaches is None else reaches.isoformat(),
        "when": say_when(entry),
        "is_date_of_telling": is_told_only(entry.span, entry.modality, entry.reports),
        "basis": entry.span.basis.value,
        "modality": entry.modality.value,
        "planned_since": None if entry.planned_since is None else entry.planned_since.isoformat(),
        "kind": entry.kind.value,
        "title": entry.title,
        "sentences": list(entry.sentences),
        "reports": [report_record(stored) | {"article": references.name(stored)} for stored in entry.reports],
        "n_reports": item.n_reports,
        "n_independent": entry.n_independent,
        "notes": list(list_notes(item, today)),
        "figures": [_figure_record(figure, references) for figure in tell_figures(entry.figures, entry.reports)],
        "disputes": [dispute_record(dispute) for dispute in entry.disputes],
        "revisions": [fact_record(fact) | {"outlet": fact.after.outlet} for fact in item.revisions],
        "events": [f"e{event_id}" for event_id in entry.event_ids],
        "actors": name_records(key for stored in entry.reports for key in stored.report.actors),
        "places": name_records(key for stored in entry.reports for key in stored.report.places),
        "is_new": item.is_new,
        "n_new_reports": item.n_new,
        "is_ahead": is_ahead(entry.span, today),
    }


def _figure_record(figure: ToldFigure, references: References) -> Record:
    quantity = figure.quantity
    return {
        "words": figure.words,
        "value": quantity.value,
        "upper": quantity.upper,
        "unit": quantity.unit,
        "object": quantity.object,
        "approximate": quantity.approximate,
        "bound": quantity.bound,
        "article": references.name(figure.stored),
        "quote": figure.stored.report.quote,
    }
