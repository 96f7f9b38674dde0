"""The first message on a story in a channel, as it is to read now: the alert that opened it and what came of it since.

Owns the composition. When it is shown anew is ``handlers.jobs.deliver``'s.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta

from handlers.actions import alert_actions
from handlers.alerts import decision_of, footer, make_title, outlet_words, tell_article, tell_wake
from handlers.messages import (
    LABEL_MEANINGS,
    LABEL_WORDS,
    LONGEST_QUOTE,
    count_words,
    dispute_paragraph,
    fact_paragraph,
    mark_spans,
    moment_span,
    notice,
    origin_words,
    shorten,
    title_of,
)
from handlers.ports import Transaction
from handlers.records import alert_record, article_record, decision_record, dispute_record
from handlers.reply import Block, Heading, Link, Listing, Notice, Paragraph, Reply, Span, Strong, Text, Tone, text_of
from handlers.standing import Standing, find_standing
from handlers.wakes import find_told_wake
from news.decision import Decision, Label, StoredArticle
from news.watches.feedback import Feedback, FeedbackKind
from news.watches.watch import Head, OutboxRow, place_of

_MOST_LATER = 8
_MOST_DISPUTES = 5
_MOST_MARKS = 8
_LONGEST_LINE = 200
_MOVES = frozenset({FeedbackKind.SAME, FeedbackKind.APART})

Told = tuple[StoredArticle, Decision]


def compose_head(tx: Transaction, head: Head, *, sleeps_after: timedelta | None = None) -> Reply:
    """Return what the head is to say now. Raises NotFoundError if its alert or article is gone.

    Args:
        sleeps_after: how long nothing is heard of a story before it is closed; None tells of no silence.
    """
    row = tx.outbox.get(head.row_id)
    stored, decision = tx.articles.get(row.alert.article_id), decision_of(tx, row)
    standing = find_standing(tx, head.story_id)
    marks = tx.feedback.list_for_story(head.story_id)
    label = standing.label or row.alert.label
    # Where it has no articles any more, they are all in another story.
    outline = standing.outline if standing.is_there else tx.articles.get_outline(stored.story_id)
    wake = find_told_wake(tx, stored, after=sleeps_after) if sleeps_after is not None else None
    blocks: list[Block] = [*_closed(head, standing), *tell_wake(wake)]
    blocks.extend(tell_article(tx, stored, decision, row.alert.label, now=label))
    blocks.extend(_standing_blocks(standing, label, row))
    blocks.extend(_moved(head, stored, standing))
    blocks.extend(_later(stored, row, standing))
    blocks.extend(_marks(marks, head))
    blocks.append(footer(row, head.story_id if standing.is_there else stored.story_id))
    data = _record(row, stored, decision, standing) | {"now": label.value, "marks": [f"f{mark.id}" for mark in marks]}
    return Reply(make_title(label, stored), tuple(blocks), data, actions=alert_actions(tx, row.id, outline, decision))


def _standing_blocks(standing: Standing, label: Label, row: OutboxRow) -> Iterator[Block]:
    """Yield how the story stands: label, counts, origins, disputes that the alert itself did not tell of."""
    if not standing.is_there:
        return
    yield Heading("The story now")
    meaning = "" if label is row.alert.label else f" ({LABEL_MEANINGS[label]})"
    independent = count_words(standing.n_independent, "independent origin")
    origins = f" ({shorten(origin_words(standing.origins), LONGEST_QUOTE)})" if standing.origins else ""
    counts = f"{meaning}: {outlet_words(standing.outline)}, {independent}{origins}"
    yield Paragraph((Strong(LABEL_WORDS[label]), Text(counts)))
    for dispute in standing.disputes[:_MOST_DISPUTES]:
        yield dispute_paragraph(dispute)
    if len(standing.disputes) > _MOST_DISPUTES:
        yield notice(f"{count_words(len(standing.disputes) - _MOST_DISPUTES, 'more dispute')}.")


def _closed(head: Head, standing: Standing) -> Iterator[Block]:
    """Yield that the story is closed, unless something was heard of it since."""
    last = standing.outline.last_at
    if head.closed_at is not None and last is not None and last <= head.closed_at:
        end = Text(". What comes after this opens it again in a message of its own.")
        yield Notice(Tone.INFO, (Strong("Closed"), Text(": nothing was heard of it since "), moment_span(last), end))


def _moved(head: Head, stored: StoredArticle, standing: Standing) -> Iterator[Block]:
    if stored.story_id == head.story_id:
        return
    if standing.is_there:
        words = f"This article was taken out: it belongs to s{stored.story_id}. What follows is on s{head.story_id}."
    else:
        words = f"This story was joined with s{stored.story_id}: what is new on it comes there."
    yield notice(words, Tone.WARNING)


def _later(stored: StoredArticle, row: OutboxRow, standing: Standing) -> Iterator[Block]:
    """Yield one line for each article that brought something after the one that opened the head, oldest first."""
    later = [told for told in standing.told if _is_later(told, stored, row)]
    if not later:
        return
    yield Heading("What came later")
    if len(later) > _MOST_LATER:
        more = count_words(len(later) - _MOST_LATER, "earlier one")
        yield notice(f"{more} not shown; /story s{standing.story_id} shows all.")
    yield Listing(tuple(_later_spans(*told) for told in later[-_MOST_LATER:]))


def _is_later(told: Told, stored: StoredArticle, row: OutboxRow) -> bool:
    article, decision = told
    if article.id == stored.id:
        return row.alert.label is not Label.REVISED and decision.label is Label.REVISED
    return (article.fetched_at, article.id) > (stored.fetched_at, stored.id)


def _later_spans(stored: StoredArticle, decision: Decision) -> tuple[Span, ...]:
    fact = text_of(fact_paragraph(decision.new[0]).spans) if decision.new else title_of(stored)
    outlet = Link(shorten(stored.article.outlet, 60) or "unknown outlet", stored.article.url)
    label = Strong(f"{LABEL_WORDS[stored.label]} ")
    return (label, moment_span(stored.fetched_at), Text(", "), outlet, Text(f": {shorten(fact, _LONGEST_LINE)}"))


def _marks(marks: Sequence[Feedback], head: Head) -> list[Block]:
    """Return what was said of the story: in this channel, and what joined or parted it, wherever it was said."""
    heard = [mark for mark in marks if mark.channel == head.channel or mark.kind in _MOVES]
    return [Notice(Tone.INFO, _mark_words(mark, head)) for mark in heard[-_MOST_MARKS:]]


def _mark_words(mark: Feedback, head: Head) -> tuple[Span, ...]:
    spans = mark_spans(mark, names_actor=place_of(mark.channel) == place_of(head.channel))
    if mark.kind not in _MOVES or mark.other_story_id is None:
        return spans
    other = mark.story_id if mark.other_story_id == head.story_id else mark.other_story_id
    what = f": joined with s{other}" if mark.kind is FeedbackKind.SAME else f": a{mark.article_id} is s{other}"
    if mark.kind is FeedbackKind.APART and mark.other_story_id == head.story_id:
        what = f": a{mark.article_id} came from s{other}"
    return (*spans, Text(what))


def _record(row: OutboxRow, stored: StoredArticle, decision: Decision, standing: Standing) -> dict[str, object]:
    return alert_record(row) | {
        "of": article_record(stored) | decision_record(decision),
        "n_articles": standing.outline.n_articles,
        "n_independent": standing.n_independent,
        "open_disputes": [dispute_record(dispute) for dispute in standing.disputes],
    }
