"""``/timeline``: the dated history of a topic, in order of the events, each line with its source.

Owns the interval, the wording and the ``data`` contract. Which events are shown, and in which sentences, is
``news.timeline``'s.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from handlers.arguments import find_number, find_text, get_text
from handlers.messages import (
    MODALITY_WORDS,
    claim_quote,
    count_words,
    dispute_paragraph,
    format_day,
    format_span,
    independence_words,
    notice,
    source_spans,
)
from handlers.ports import Ports, Transaction
from handlers.records import Record, References, dispute_record, report_record, span_record
from handlers.reply import Block, Entry, Heading, Paragraph, Quote, Reply, Span, Text
from handlers.request import Request
from handlers.topics import answer_unknown, get_topic, is_named
from handlers.values import parse_first_day, parse_last_day
from news.decision import StoredReport
from news.errors import QueryError
from news.timeline import Timeline, TimelineEntry, build_timeline
from news.topics import Topic

_MOST_EVENTS = 20_000
_MOST_OUTLETS = 3


def show_timeline(request: Request, ports: Ports) -> Reply:
    """Return the timeline; ``data`` is the contract of ``timeline --format json``."""
    first_on, last_on = _interval(request)
    n_dates, per_date = find_number(request, "dates"), find_number(request, "per_date")
    with ports.store.read() as tx:
        topic = get_topic(get_text(request, "topic"), tx)
        events = tx.events.list_for_topic(topic, first_on=first_on, last_on=last_on, limit=_MOST_EVENTS)
        if not events:
            return _answer_nothing(topic, first_on, last_on, tx)
        timeline = build_timeline(events, n_dates=n_dates, per_date=per_date, first_on=first_on, last_on=last_on)
        references = References(tx)
        data = {"topic": topic.text, "entries": [_entry_record(entry, references) for entry in timeline.entries]}
    title = (
        f"{topic.text}: {count_words(len(timeline.entries), 'entry', 'entries')}{_interval_words(first_on, last_on)}"
    )
    return Reply(title, tuple(_blocks(timeline)), data)


def _interval(request: Request) -> tuple[date | None, date | None]:
    typed_first, typed_last = find_text(request, "from"), find_text(request, "to")
    first_on = None if typed_first is None else parse_first_day(typed_first, now=request.now)
    last_on = None if typed_last is None else parse_last_day(typed_last, now=request.now)
    if first_on is not None and last_on is not None and first_on > last_on:
        raise QueryError(f"The first day, {first_on}, is after the last, {last_on}.")
    return first_on, last_on


def _interval_words(first_on: date | None, last_on: date | None) -> str:
    words = f" from {format_day(first_on)}" if first_on is not None else ""
    return f"{words} to {format_day(last_on)}" if last_on is not None else words


def _blocks(timeline: Timeline) -> list[Block]:
    blocks: list[Block] = []
    year = ""
    for entry in timeline.entries:
        first = entry.span.first_on or entry.span.last_on
        if first is not None and str(first.year) != year:
            year = str(first.year)
            blocks.append(Heading(year))
        blocks.append(_make_entry(entry))
    if timeline.n_left_out:
        words = count_words(timeline.n_left_out, "event")
        blocks.append(notice(f"Not shown: {words} of less weight. Dates or more words narrow a timeline."))
    if timeline.n_undated:
        blocks.append(notice(f"Not shown: {count_words(timeline.n_undated, 'event')} without a date."))
    return blocks


def _make_entry(entry: TimelineEntry) -> Entry:
    sources = [_source_of(entry, sentence) for sentence in entry.sentences]
    lead = sources[0]
    title = (Text(f"{entry.sentences[0]} — "), *_report_spans(lead))
    quotes = tuple(
        Quote(sentence, _report_spans(source))
        for sentence, source in zip(entry.sentences[1:], sources[1:], strict=True)
    )
    disputes: list[Paragraph] = []
    for dispute in entry.disputes:
        disputes.append(dispute_paragraph(dispute))
        disputes.extend(
            Paragraph((Text(f"“{quote.text}” — "), *quote.source))
            for quote in (claim_quote(dispute.here), claim_quote(dispute.there))
        )
    return Entry(format_span(entry.span), title, _notes(entry), quotes, tuple(disputes))


def _notes(entry: TimelineEntry) -> tuple[str, ...]:
    notes = [MODALITY_WORDS[entry.modality]]
    if len(entry.reports) > 1:
        notes.append(independence_words(len(entry.reports), entry.n_independent))
        notes.append(_outlet_words(entry.reports))
    if entry.event_ids:
        notes.append(f"e{entry.event_ids[0]}")
    return tuple(note for note in notes if note)


def _outlet_words(reports: Sequence[StoredReport]) -> str:
    outlets = list(dict.fromkeys(report.outlet for report in reports if report.outlet))
    if len(outlets) < 2:  # noqa: PLR2004 - one outlet is named beside the sentence already
        return ""
    more = f" and {len(outlets) - _MOST_OUTLETS} more" if len(outlets) > _MOST_OUTLETS else ""
    return ", ".join(outlets[:_MOST_OUTLETS]) + more


def _source_of(entry: TimelineEntry, sentence: str) -> StoredReport:
    return next((report for report in entry.reports if report.report.quote == sentence), entry.reports[0])


def _report_spans(stored: StoredReport) -> tuple[Span, ...]:
    return source_spans(
        stored.outlet,
        stored.published_at,
        url=stored.url,
        article=f"a{stored.article_id}",
        origin=stored.report.origin,
    )


def _entry_record(entry: TimelineEntry, references: References) -> Record:
    return {
        **span_record(entry.span),
        "basis": entry.span.basis.value,
        "modality": entry.modality.value,
        "kind": entry.kind.value,
        "title": entry.title,
        "sentences": list(entry.sentences),
        "reports": [report_record(stored) | {"article": references.name(stored)} for stored in entry.reports],
        "n_independent": entry.n_independent,
        "disputes": [dispute_record(dispute) for dispute in entry.disputes],
        "events": [f"e{event_id}" for event_id in entry.event_ids],
    }


def _answer_nothing(topic: Topic, first_on: date | None, last_on: date | None, tx: Transaction) -> Reply:
    data: Record = {"topic": topic.text, "entries": []}
    is_bounded = first_on is not None or last_on is not None
    if is_bounded and tx.events.list_for_topic(topic, limit=1):
        hint = notice(f"/timeline {topic.text} shows the whole history.")
        return Reply(f"Nothing on {topic.text}{_interval_words(first_on, last_on)}.", (hint,), data)
    if is_named(topic) and len(topic.terms) > 1:
        words = " and ".join(term.text for term in topic.terms)
        hint = notice("An event must tell of each of them; fewer words find more.")
        return Reply(f"No event in the record tells of {words} together.", (hint,), data)
    return answer_unknown(topic, tx, {**data})
