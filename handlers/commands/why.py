"""``/why``: why an article or alert was or was not posted, step by step, from the evidence that was kept.

Owns the wording of evidence. Must never decide anew: what is shown is what was decided then.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from handlers.alerts import article_finder
from handlers.arguments import find_id, get_text
from handlers.commands.story import event_record, show_story
from handlers.entries import dispute_lines
from handlers.evidence import Evidence
from handlers.messages import (
    FEEDBACK_STEP,
    LABEL_MEANINGS,
    LABEL_WORDS,
    NO_ALERTS_STEP,
    article_spans,
    count_words,
    format_span,
    issued_span,
    known_since_paragraph,
    mark_spans,
    moment_span,
    notice,
    origin_words,
    source_spans,
    word_spans,
)
from handlers.notices import explain_notice
from handlers.ports import Ports, Transaction
from handlers.records import Record, alert_record, article_record, decision_record, dispute_record
from handlers.reply import Block, Heading, Listing, Paragraph, Person, Quote, Reply, Room, Span, Strong, Text
from handlers.request import Access, Request
from handlers.sight import get_alert, get_notice, may_see_mark, say_feed
from handlers.standing import list_disputes
from handlers.watch_verdicts import View, list_views, view_records, view_spans
from news.decision import POSTED_LABELS, Decision, Dispute, Reason, StoredArticle, StoredEvent
from news.errors import NotFoundError
from news.timelines.contests import Contests
from news.watches.feedback import Feedback, FeedbackKind
from news.watches.watch import ClosedChannel, OutboxRow, OutboxState
from news.words.fingerprint import containment

_MOST_OTHERS = 5
_SHOWN_AS_EVIDENCE = frozenset({"new", "dispute", FEEDBACK_STEP})
_HUSH_WORDS = {
    FeedbackKind.IRRELEVANT: "hears nothing more of its story",
    FeedbackKind.KNOWN: "hears of its story only what corrects, contradicts or changes what is held",
}
_MARK = re.compile(r"f(\d{1,15})\b")


@dataclass(frozen=True, slots=True)
class _Way:
    """What became of an article after the decision, as far as the asker may see it.

    Attributes:
        marks: those that held it back, also if they were undone since.
        hushes: others by which a channel hears nothing of its story now, or only what corrects it.
        views: what watches of channels that were not told make of it now; there are ``n_more_views`` others.
    """

    alerts: tuple[OutboxRow, ...]
    marks: tuple[Feedback, ...]
    closed: tuple[ClosedChannel, ...]
    views: tuple[View, ...] = ()
    n_more_views: int = 0
    hushes: tuple[Feedback, ...] = ()


def explain(request: Request, ports: Ports) -> Reply:
    """Return each step of the decision on an article, alert, event or story. Raises NotFoundError."""
    reference = get_text(request, "item")
    found = find_id(reference)
    if found is not None and found[0] == "s":
        return show_story(_as_story_request(request, reference), ports)
    with ports.store.read() as tx:
        if found is not None and found[0] == "e":
            event = tx.events.get(found[1])
            disputes = list_disputes(tx, [event.story_id])
            return _explain_event(
                event, Contests(disputes, tx.events.list_of_story(event.story_id)).list_at(event.reports)
            )
        if found is not None and found[0] == "t":
            return explain_notice(tx, get_notice(tx, request, found[1]))
        if found is not None and found[0] == "n":
            return _explain_article(tx, request, get_alert(tx, request, found[1]).alert.article_id, ())
        return _explain_reference(tx, request, reference, found)


def _as_story_request(request: Request, reference: str) -> Request:
    return replace(request, command="story", arguments={"story": reference})


def _explain_reference(tx: Transaction, request: Request, reference: str, found: tuple[str, int] | None) -> Reply:
    named = tx.articles.find_ids(reference)
    if named:
        return _explain_article(tx, request, named[0], named[1:])
    if found is not None and found[0] == "a":
        return _explain_article(tx, request, found[1], ())
    raise NotFoundError(f"Nothing in the record is called “{reference[:80]}”. Ids look like a12, n4, e7 or s3.")


def _explain_article(tx: Transaction, request: Request, article_id: int, others: Sequence[int]) -> Reply:
    stored, decision = tx.articles.get(article_id), tx.articles.get_decision(article_id)
    evidence = Evidence(article_finder(tx, stored), links=False)
    decision = replace(decision, disputes=evidence.list_disputes(decision.disputes))
    way = _find_way(tx, request, stored, decision)
    blocks: list[Block] = [Paragraph(article_spans(stored)), *_came(tx, request, stored), *_label(tx, stored, decision)]
    joinings = _list_joinings(tx, request, stored)
    joined = [mark for mark in joinings if mark.kind is FeedbackKind.SAME]
    parted = [mark for mark in joinings if mark not in joined]
    blocks.extend(Paragraph(_joining_spans(mark)) for mark in joinings)
    blocks.extend(_evidence(decision, evidence))
    blocks.extend(_posting(stored, decision, way))
    blocks.append(notice(f"/story s{stored.story_id} shows the whole story."))
    if others:
        ids = ", ".join(f"a{other}" for other in others[:_MOST_OTHERS])
        blocks.append(notice(f"The same name fits {count_words(len(others), 'more article')}: {ids}."))
    title = f"Why a{stored.id} is {LABEL_WORDS[decision.label]}: {LABEL_MEANINGS[decision.label]}"
    moves = {"joined": list(map(_joining_record, joined)), "parted": list(map(_joining_record, parted))}
    return Reply(title, tuple(blocks), _record(stored, decision, way) | moves)


def _list_joinings(tx: Transaction, request: Request, stored: StoredArticle) -> list[Feedback]:
    """Return what joined another story with that of an article, or parted it, as far as the asker may be told of it."""
    marks = tx.feedback.list_for_story(stored.story_id)
    return [
        mark for mark in marks if (mark.kind is FeedbackKind.SAME or mark.is_own) and may_see_mark(tx, request, mark)
    ]


def _joining_spans(mark: Feedback) -> tuple[Span, ...]:
    reason = f": {mark.reason}" if mark.reason else ""
    end = f"{reason}. /mark undo f{mark.id} takes it back."
    how = "was joined with" if mark.kind is FeedbackKind.SAME else "was parted from"
    what = f"s{mark.story_id} {how} s{mark.other_story_id}: "
    return (Strong("Story: "), Text(what), *mark_spans(mark), *word_spans(end))


def _joining_record(mark: Feedback) -> Record:
    other = None if mark.other_story_id is None else f"s{mark.other_story_id}"
    return {"mark": f"f{mark.id}", "story": f"s{mark.story_id}", "other_story": other, "reason": mark.reason}


def _find_way(tx: Transaction, request: Request, stored: StoredArticle, decision: Decision) -> _Way:
    """Return what the asker's place may know; other places' channels and readers are not told of."""
    alerts = [row for row in tx.outbox.list_for_article(stored.id) if request.may_see(row.alert.channel)]
    numbers = [_MARK.match(reason.text) for reason in decision.reasons if reason.step == FEEDBACK_STEP]
    marks = [tx.feedback.get(int(number[1])) for number in numbers if number is not None]
    closed = tx.channels.list_closed("" if request.access >= Access.OPERATE else request.place)
    seen = tuple(mark for mark in marks if request.may_see(mark.channel))
    told = {row.alert.channel for row in alerts} | {mark.channel for mark in seen}
    views, n_more = list_views(tx, request, stored, decision, told=told)
    said = (_MARK.match(row.error) for row in alerts)
    held = {mark.id for mark in seen} | {int(found[1]) for found in said if found is not None}
    hushes = [
        mark
        for mark in tx.feedback.list_for_story(stored.story_id)
        if mark.kind in _HUSH_WORDS and mark.id not in held and request.may_see(mark.channel)
    ]
    return _Way(tuple(alerts), seen, tuple(closed), tuple(views), n_more, tuple(hushes))


def _came(tx: Transaction, request: Request, stored: StoredArticle) -> list[Block]:
    url = stored.article.feed_url
    source = "seed document" if stored.is_seed else say_feed(tx, request, url) if url else "no feed: it was handed over"
    spans = (Text("Came "), moment_span(stored.fetched_at), Text(f" from {source}; published "))
    return [Paragraph((*spans, issued_span(stored.article.published_at), Text(".")))]


def _label(tx: Transaction, stored: StoredArticle, decision: Decision) -> list[Block]:
    blocks: list[Block] = []
    reasons = [reason for reason in decision.reasons if reason.step not in _SHOWN_AS_EVIDENCE]
    if reasons:
        blocks.append(Listing(tuple(_reason_spans(reason) for reason in reasons)))
    if decision.duplicate_of is not None:
        blocks.append(_same(tx, stored, decision.duplicate_of))
    if decision.known_since is not None:
        blocks.append(known_since_paragraph(decision.known_since))
        if decision.known_since.quote:
            blocks.append(Quote(decision.known_since.quote, (Text(decision.known_since.outlet),)))
    return blocks


def _same(tx: Transaction, stored: StoredArticle, other_id: int) -> Paragraph:
    """Return what it is a copy of, and how much of its text stands there."""
    named = (Strong("Same as "), Text(f"a{other_id}"))
    try:
        other = tx.articles.get(other_id)
    except NotFoundError:
        return Paragraph(named)
    spans: tuple[Span, ...] = (Strong("Same as "), *article_spans(other))
    if stored.signatures and other.signatures:
        share = containment(stored.signatures[0], other.signatures[0])
        spans = (*spans, Text(f": {share:.0%} of its text stands there as it is now"))
    return Paragraph(spans)


def _reason_spans(reason: Reason) -> tuple[Span, ...]:
    article = "" if reason.article_id is None else f" (a{reason.article_id})"
    score = "" if reason.score is None else f" [{reason.score:.2f}]"
    return (Strong(f"{reason.step}: "), Text(f"{reason.text}{article}{score}"))


def _evidence(decision: Decision, evidence: Evidence) -> list[Block]:
    blocks: list[Block] = []
    for fact in decision.new:
        blocks.extend(evidence.fact_blocks(fact))
    for dispute in decision.disputes:
        blocks.extend(evidence.dispute_blocks(dispute))
    if decision.origins:
        words = f"{origin_words(decision.origins)}; {count_words(decision.n_independent, 'independent origin')} in all"
        blocks.append(Paragraph((Strong("Traced to "), Text(words))))
    return blocks


def _posting(stored: StoredArticle, decision: Decision, way: _Way) -> Iterator[Block]:
    yield Heading("Posted")
    if way.alerts:
        yield Listing(tuple(_alert_spans(row, way.closed) for row in way.alerts))
    if way.marks:
        yield Listing(tuple(_held_spans(mark) for mark in way.marks))
    if not way.alerts and not way.marks:
        yield Paragraph(word_spans(_silence_words(stored, decision)))
    if way.hushes:
        yield Listing(tuple(map(_hush_spans, way.hushes)))
    if way.views:
        others = " in the other channels" if way.alerts or way.marks else ""
        yield Paragraph((Text(f"The watches{others}, as they are set now:"),))
        yield Listing(tuple(view_spans(view, decision) for view in way.views))
    if way.n_more_views:
        yield notice(f"{count_words(way.n_more_views, 'more watch', 'more watches')} not shown.")


def _held_spans(mark: Feedback) -> tuple[Span, ...]:
    """Return what held it back, and that it was taken back since where it was."""
    held = (
        Strong("Held back in "),
        Room(mark.channel),
        Text(", its story being spoken of so: "),
        *mark_spans(mark),
    )
    if mark.undone_at is None:
        return held
    return (*held, Text("; taken back since by "), Person(mark.undone_by), Text(", "), moment_span(mark.undone_at))


def _hush_spans(mark: Feedback) -> tuple[Span, ...]:
    """Return what a channel does not hear of the story because of what was said there."""
    return (
        Room(mark.channel),
        Text(f" {_HUSH_WORDS[mark.kind]}: "),
        *mark_spans(mark),
        Text(f" on a{mark.article_id}"),
    )


def _alert_spans(row: OutboxRow, closed: Sequence[ClosedChannel]) -> tuple[Span, ...]:
    digest = "" if row.lead_id in {None, row.id} else f" in the digest n{row.lead_id}"
    matched = " ".join(row.alert.matched)
    on = f" on “{matched}”" if matched else ""
    words = f", watch {row.alert.watch_id}{on}:{digest} "
    spans: list[Span] = [Strong(f"n{row.id} "), Room(row.alert.channel), Text(words)]
    refusal = next((each for each in closed if each.channel == row.alert.channel), None)
    match row.state:
        case OutboxState.SENT:
            spans.extend(_held_until(row))
            spans.extend((Text("sent "), moment_span(row.sent_at), Text(f", receipt {row.receipt or '—'}")))
        case OutboxState.WITHDRAWN:
            spans.append(Text(f"not sent: {row.error}"))
        case OutboxState.FAILED:
            spans.append(Text(f"given up after {count_words(row.n_attempts, 'try', 'tries')}: {row.error}"))
        case _ if refusal is not None:
            spans.extend((Text("waiting, since the channel has refused the bot from "), moment_span(refusal.closed_at)))
            spans.extend(word_spans(f" on: {refusal.reason}. /watch resume {row.alert.watch_id} tries again."))
        case _ if row.alert.held_by and row.lead_id is None:
            spans.extend((Text(f"held for the {row.alert.held_by} until "), moment_span(row.alert.due_at)))
        case _:
            error = f"; last error: {row.error}" if row.error else ""
            spans.append(Text(f"waiting to be sent, {count_words(row.n_attempts, 'try', 'tries')} so far{error}"))
    return tuple(spans)


def _held_until(row: OutboxRow) -> tuple[Span, ...]:
    """Return what held a message back that was sent since, and until when."""
    if not row.alert.held_by:
        return ()
    return (Text(f"held for the {row.alert.held_by} until "), moment_span(row.alert.due_at), Text(", "))


def _silence_words(stored: StoredArticle, decision: Decision) -> str:
    silence = next((reason.text for reason in decision.reasons if reason.step == NO_ALERTS_STEP), "")
    if silence:
        return f"Nowhere: {silence}."
    if decision.label not in POSTED_LABELS:
        return f"Nowhere: {LABEL_WORDS[decision.label]} is not posted, which means: {LABEL_MEANINGS[stored.label]}."
    return "Nowhere: no watch matched it when it came. /watch add <topic> makes one."


def _record(stored: StoredArticle, decision: Decision, way: _Way) -> Record:
    alerts = [alert_record(row) for row in way.alerts]
    held = [{"mark": f"f{mark.id}", "channel": mark.channel, "kind": mark.kind.value} for mark in way.marks]
    return (
        article_record(stored)
        | decision_record(decision)
        | {"alerts": alerts, "held_back": held, "watches": view_records(way.views)}
    )


def _explain_event(event: StoredEvent, disputes: Sequence[Dispute]) -> Reply:
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
    lines = (line for dispute in disputes for line in dispute_lines(dispute))
    data = event_record(event) | {"disputes": list(map(dispute_record, disputes))}
    return Reply(title, (facts, *quotes, *lines), data)
