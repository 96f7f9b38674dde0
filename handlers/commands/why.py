"""``/why``: why an article or alert was or was not posted, step by step, from the evidence that was kept.

Owns the wording of evidence. Must never decide anew: what is shown is what was decided then.
"""

from __future__ import annotations

from collections.abc import Sequence

from handlers.arguments import find_id, get_text
from handlers.commands.story import event_record, show_story
from handlers.evidence import Evidence
from handlers.messages import (
    LABEL_MEANINGS,
    LABEL_WORDS,
    NO_ALERTS_STEP,
    article_spans,
    count_words,
    format_issued,
    format_moment,
    format_span,
    known_since_paragraph,
    notice,
    origin_words,
    source_spans,
)
from handlers.ports import Ports, Transaction
from handlers.records import Record, alert_record, article_record, decision_record
from handlers.reply import Block, Heading, Listing, Paragraph, Quote, Reply, Span, Strong, Text
from handlers.request import Request
from news.decision import POSTED_LABELS, Decision, Reason, StoredArticle, StoredEvent
from news.errors import NotFoundError
from news.watches import OutboxRow, OutboxState

_MOST_OTHERS = 5
_SHOWN_AS_EVIDENCE = frozenset({"new", "dispute"})


def explain(request: Request, ports: Ports) -> Reply:
    """Return each step of the decision on an article, alert, event or story. Raises NotFoundError."""
    reference = get_text(request, "item")
    found = find_id(reference)
    if found is not None and found[0] == "s":
        return show_story(_as_story_request(request, reference), ports)
    with ports.store.read() as tx:
        if found is not None and found[0] == "e":
            return _explain_event(tx.events.get(found[1]))
        if found is not None and found[0] == "n":
            return _explain_article(tx, tx.outbox.get(found[1]).alert.article_id, ())
        return _explain_reference(tx, reference, found)


def _as_story_request(request: Request, reference: str) -> Request:
    return Request("story", {"story": reference}, request.channel, request.actor, now=request.now)


def _explain_reference(tx: Transaction, reference: str, found: tuple[str, int] | None) -> Reply:
    named = tx.articles.find_ids(reference)
    if named:
        return _explain_article(tx, named[0], named[1:])
    if found is not None:
        return _explain_article(tx, found[1], ())
    raise NotFoundError(f"Nothing in the record is called “{reference[:80]}”. Ids look like a12, n4, e7 or s3.")


def _explain_article(tx: Transaction, article_id: int, others: Sequence[int]) -> Reply:
    stored, decision = tx.articles.get(article_id), tx.articles.get_decision(article_id)
    alerts = tx.outbox.list_for_article(article_id)
    blocks: list[Block] = [Paragraph(article_spans(stored)), *_came(stored), *_label(decision)]
    blocks.extend(_evidence(decision))
    blocks.extend(_posting(stored, decision, alerts))
    blocks.append(notice(f"/story s{stored.story_id} shows the whole story."))
    if others:
        ids = ", ".join(f"a{other}" for other in others[:_MOST_OTHERS])
        blocks.append(notice(f"The same name fits {count_words(len(others), 'more article')}: {ids}."))
    title = f"Why a{stored.id} is {LABEL_WORDS[decision.label]}: {LABEL_MEANINGS[decision.label]}"
    return Reply(title, tuple(blocks), _record(stored, decision, alerts))


def _came(stored: StoredArticle) -> list[Block]:
    source = "seed document" if stored.is_seed else stored.article.feed_url or "handed over, not from a feed"
    came = f"Came {format_moment(stored.fetched_at)} from {source}"
    words = f"{came}; published {format_issued(stored.article.published_at)}."
    return [Paragraph((Text(words),))]


def _label(decision: Decision) -> list[Block]:
    blocks: list[Block] = []
    reasons = [reason for reason in decision.reasons if reason.step not in _SHOWN_AS_EVIDENCE]
    if reasons:
        blocks.append(Listing(tuple(_reason_spans(reason) for reason in reasons)))
    if decision.duplicate_of is not None:
        blocks.append(Paragraph((Strong("Same as "), Text(f"a{decision.duplicate_of}"))))
    if decision.known_since is not None:
        blocks.append(known_since_paragraph(decision.known_since))
        if decision.known_since.quote:
            blocks.append(Quote(decision.known_since.quote, (Text(decision.known_since.outlet),)))
    return blocks


def _reason_spans(reason: Reason) -> tuple[Span, ...]:
    article = "" if reason.article_id is None else f" (a{reason.article_id})"
    score = "" if reason.score is None else f" [{reason.score:.2f}]"
    return (Strong(f"{reason.step}: "), Text(f"{reason.text}{article}{score}"))


def _evidence(decision: Decision) -> list[Block]:
    blocks: list[Block] = []
    evidence = Evidence()
    for fact in decision.new:
        blocks.extend(evidence.fact_blocks(fact))
    for dispute in decision.disputes:
        blocks.extend(evidence.dispute_blocks(dispute))
    if decision.origins:
        words = f"{origin_words(decision.origins)}; {count_words(decision.n_independent, 'independent origin')}"
        blocks.append(Paragraph((Strong("Traced to "), Text(words))))
    return blocks


def _posting(stored: StoredArticle, decision: Decision, alerts: Sequence[OutboxRow]) -> list[Block]:
    blocks: list[Block] = [Heading("Posted")]
    if alerts:
        return [*blocks, Listing(tuple(_alert_spans(row) for row in alerts))]
    return [*blocks, Paragraph((Text(_silence_words(stored, decision)),))]


def _alert_spans(row: OutboxRow) -> tuple[Span, ...]:
    spans: list[Span] = [Strong(f"n{row.id} "), Text(f"{row.alert.channel}, watch {row.alert.watch_id}: ")]
    match row.state:
        case OutboxState.SENT:
            spans.append(Text(f"sent {format_moment(row.sent_at)}, receipt {row.receipt or '—'}"))
        case OutboxState.FAILED:
            spans.append(Text(f"given up after {count_words(row.n_attempts, 'try', 'tries')}: {row.error}"))
        case _:
            error = f"; last error: {row.error}" if row.error else ""
            spans.append(Text(f"waiting to be sent, {count_words(row.n_attempts, 'try', 'tries')} so far{error}"))
    return tuple(spans)


def _silence_words(stored: StoredArticle, decision: Decision) -> str:
    if any(reason.step == NO_ALERTS_STEP for reason in decision.reasons):
        return "Nowhere: it came while nothing was to be posted (see above)."
    if decision.label not in POSTED_LABELS:
        return f"Nowhere: {LABEL_WORDS[decision.label]} is not posted, which means: {LABEL_MEANINGS[stored.label]}."
    return "Nowhere: no watch matched it when it came. /watch add <topic> makes one."


def _record(stored: StoredArticle, decision: Decision, alerts: Sequence[OutboxRow]) -> Record:
    return article_record(stored) | decision_record(decision) | {"alerts": [alert_record(row) for row in alerts]}


def _explain_event(event: StoredEvent) -> Reply:
    first = event.reports[0].report
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
        for stored in event.reports
    )
    dated = f"{format_span(first.when)} ({first.when.precision.value} precision, {first.when.basis.value})"
    facts = Paragraph((Strong("Dated "), Text(f"{dated}; {first.kind.value}, {first.modality.value}.")))
    title = f"e{event.id}: {count_words(len(event.reports), 'report')} in story s{event.story_id}"
    return Reply(title, (facts, *quotes), event_record(event))
