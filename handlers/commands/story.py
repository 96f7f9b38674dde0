"""``/story``: what is disputed in one story, its events by date, and its articles as they came with what each added."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta

from handlers.arguments import get_id, get_text
from handlers.entries import dispute_lines
from handlers.messages import (
    LABEL_WORDS,
    MODALITY_WORDS,
    article_spans,
    count_words,
    dispute_paragraph,
    fact_paragraph,
    format_moment,
    format_span,
    notice,
    origin_words,
    source_spans,
    title_of,
)
from handlers.moves import follow_story
from handlers.ports import Ports
from handlers.records import Record, article_record, decision_record, dispute_record, report_record, span_record
from handlers.reply import Block, Entry, Heading, Paragraph, Quote, Reply, Strong, Text, text_of
from handlers.request import Request
from handlers.standing import list_disputes, story_origins
from news.dates.when import sort_key
from news.decision import Decision, Dispute, StoredArticle, StoredEvent
from news.model import Origin
from news.reports.origins import count_independent
from news.stories.waking import heard_at, is_asleep
from news.timelines.merging import split_event

_MOST_QUOTES = 3


def show_story(request: Request, ports: Ports) -> Reply:
    """Return the story. Raises NotFoundError and QueryError."""
    asked = get_id(get_text(request, "story"), "s", example="s3")
    with ports.store.read() as tx:
        story_id = follow_story(tx, asked)
        articles = tx.articles.list_of_story(story_id)
        events = tx.events.list_of_story(story_id)
        decisions = [tx.articles.get_decision(stored.id) for stored in articles]
        disputes = list_disputes(tx, [story_id])
    origins = story_origins(events, articles)
    blocks: list[Block] = [Paragraph((Text(_summary(articles, origins)),))]
    if story_id != asked:
        blocks.append(notice(f"s{asked} was joined with s{story_id}: this is both."))
    is_closed = is_asleep(articles, request.now, after=timedelta(days=ports.settings.story_sleeps_days))
    if is_closed:
        last = max(heard_at(stored) for stored in articles)
        blocks.append(
            notice(f"Closed: nothing was heard of it since {format_moment(last)}. What comes opens it again.")
        )
    blocks.extend(_dispute_blocks(disputes))
    blocks.extend(_event_blocks(events))
    blocks.extend(_article_blocks(articles, decisions))
    related = sorted({story for decision in decisions for story in decision.related_story_ids} - {story_id})
    if related:
        blocks.append(Paragraph((Strong("Related: "), Text(", ".join(f"s{story}" for story in related)))))
    return Reply(
        f"s{story_id}: {title_of(articles[0])}",
        tuple(blocks),
        _record(story_id, articles, events, decisions)
        | {"is_closed": is_closed, "disputes": list(map(dispute_record, disputes))},
    )


def _summary(articles: Sequence[StoredArticle], origins: Sequence[Origin]) -> str:
    counted = count_words(count_independent(origins), "independent origin")
    named = f": {origin_words(origins)}" if origins else ""
    return f"{count_words(len(articles), 'article')}, {counted}{named}."


def _dispute_blocks(disputes: Sequence[Dispute]) -> Iterator[Block]:
    if disputes:
        yield Heading(count_words(len(disputes), "dispute"))
    for dispute in disputes:
        yield from dispute_lines(dispute)


def _event_blocks(events: Sequence[StoredEvent]) -> list[Block]:
    parts = [part for event in events for part in split_event(event)]  # one that looks back to 1996 stands there
    entries = [_event_entry(event) for event in _by_date(parts)]
    return [Heading(count_words(len(entries), "event")), *entries] if entries else []


def _by_date(events: Sequence[StoredEvent]) -> list[StoredEvent]:
    return sorted(events, key=lambda event: (sort_key(event.reports[0].report.when), event.id))


def _event_entry(event: StoredEvent) -> Entry:
    first = event.reports[0]
    modality = MODALITY_WORDS[first.report.modality]
    quotes = tuple(
        Quote(
            stored.report.quote,
            source_spans(
                stored.outlet,
                stored.published_at,
                url=stored.url,
                article=f"a{stored.article_id}",
                origin=stored.report.origin,
            ),
        )
        for stored in event.reports[1 : 1 + _MOST_QUOTES]
    )
    notes = tuple(note for note in (modality, count_words(len(event.reports), "report"), f"e{event.id}") if note)
    return Entry(format_span(first.report.when), (Text(first.report.quote),), notes, quotes)


def _article_blocks(articles: Sequence[StoredArticle], decisions: Sequence[Decision]) -> list[Block]:
    blocks: list[Block] = [Heading(count_words(len(articles), "article"))]
    for stored, decision in zip(articles, decisions, strict=True):
        told = [fact_paragraph(fact) for fact in decision.new[:_MOST_QUOTES]]
        told = told or [dispute_paragraph(dispute) for dispute in decision.disputes[:1]]
        facts = "; ".join(text_of(one.spans) for one in told)
        added = (Text(f" — {facts}"),) if facts else ()
        blocks.append(Paragraph((Strong(f"{LABEL_WORDS[stored.label]} "), *article_spans(stored), *added)))
    return blocks


def _record(
    story_id: int, articles: Sequence[StoredArticle], events: Sequence[StoredEvent], decisions: Sequence[Decision]
) -> Record:
    pairs = zip(articles, decisions, strict=True)
    return {
        "story": f"s{story_id}",
        "title": title_of(articles[0]),
        "articles": [article_record(stored) | decision_record(decision) for stored, decision in pairs],
        "events": [event_record(event) for event in events],
        "n_independent": count_independent(story_origins(events, articles)),
    }


def event_record(event: StoredEvent) -> Record:
    """Return an event with its reports; date and modality are those of its first report."""
    first = event.reports[0].report
    return {
        "event": f"e{event.id}",
        "story": f"s{event.story_id}",
        **span_record(first.when),
        "kind": first.kind.value,
        "modality": first.modality.value,
        "reports": [report_record(stored) for stored in event.reports],
    }
