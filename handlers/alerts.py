"""An alert as an answer: the label in words, what is new, what was known, who says so, and where they disagree.

Owns the composition, and how long its parts may be: titles and sentences come from strangers. Sending is a platform's,
and whether to post was decided before.
"""

from __future__ import annotations

from collections.abc import Callable

from handlers.actions import alert_actions
from handlers.evidence import Evidence
from handlers.formers import find_former
from handlers.headlines import body_of, is_headline
from handlers.messages import (
    LABEL_MEANINGS,
    LABEL_WORDS,
    LONGEST_QUOTE,
    LONGEST_TITLE,
    count_words,
    issued_span,
    known_since_paragraph,
    moment_span,
    notice,
    origin_words,
    shorten,
    source_spans,
    title_of,
)
from handlers.ports import Transaction
from handlers.records import alert_record, article_record, decision_record, moment
from handlers.reply import Block, Link, Paragraph, Quote, Reply, Span, Strong, Text, Tone, Typed
from handlers.spans import say_span
from news.decision import Decision, Label, Outline, StoredArticle
from news.errors import NotFoundError
from news.model import Article
from news.reports.origins import count_independent
from news.stories.waking import Wake, heard_at
from news.watches.watch import Head, OutboxRow

_MOST_FACTS = 5
_MOST_OUTLETS = 8
_LONGEST_WHOLE_TITLE = 2_000

REPEAT_WARNING = "Possibly repeated: an earlier try may have arrived."
"""Said where a platform cannot find out itself whether it has a message already."""


def compose_alert(
    tx: Transaction, row: OutboxRow, *, head: Head | None = None, wake: Wake | None = None, warns_repeat: bool = False
) -> Reply:
    """Return what a channel is told.

    Args:
        head: the message on the same story that it stands under, so that it says which story it belongs to.
        wake: the silence that it ends, where its story was closed.
        warns_repeat: an earlier try may have arrived, and nobody can tell.

    Raises:
        NotFoundError: the article is gone.
    """
    stored, decision = tx.articles.get(row.alert.article_id), decision_of(tx, row)
    outline = tx.articles.get_outline(stored.story_id)
    blocks = [*belongs_to(tx, stored, head), *tell_wake(wake), *tell_article(tx, stored, decision, row.alert.label)]
    blocks.append(_sources(outline, decision))
    if warns_repeat:
        blocks.append(notice(REPEAT_WARNING, Tone.WARNING))
    blocks.append(footer(row, stored.story_id))
    data = alert_record(row) | {"of": article_record(stored) | decision_record(decision)} | wake_record(wake)
    title = make_title(row.alert.label, stored)
    return Reply(title, tuple(blocks), data, actions=alert_actions(tx, row.id, outline, decision))


def decision_of(tx: Transaction, row: OutboxRow) -> Decision:
    """Return the decision that made the alert, for the article may have been edited since; else the last one."""
    article_id = row.alert.article_id
    try:
        decision = tx.articles.get_decision(article_id, revision=row.alert.revision)
    except NotFoundError:
        return tx.articles.get_decision(article_id)
    # Older stores counted the alerts of a channel and not the editions: another label is another decision.
    return decision if decision.label is row.alert.label else tx.articles.get_decision(article_id)


def make_title(label: Label, stored: StoredArticle) -> str:
    """Return label and title, at most ``LONGEST_TITLE`` characters."""
    word = LABEL_WORDS[label]
    return f"{word}: {shorten(title_of(stored), LONGEST_TITLE - len(word) - 2)}"


def tell_article(
    tx: Transaction, stored: StoredArticle, decision: Decision, label: Label, *, now: Label | None = None
) -> list[Block]:
    """Return where it stands, what is new in it, what was known before, and what it contradicts.

    Args:
        now: the label that its story has by now, where that may be another.
    """
    evidence = Evidence(article_finder(tx, stored), limit=LONGEST_QUOTE)
    outlet = Link(stored.article.outlet or "unknown outlet", stored.article.url)
    issued: tuple[Span, ...] = (issued_span(stored.article.published_at),)
    if stored.article.published_at is None:
        issued = (Text("undated, fetched "), moment_span(stored.fetched_at))
    is_past = now is not None and now is not label
    words = f"told as {LABEL_WORDS[label]}" if is_past else f"{LABEL_WORDS[label]} means: {LABEL_MEANINGS[label]}"
    meaning = Text(f" — {words}")
    blocks: list[Block] = [*_whole_title(stored, label), Paragraph((outlet, Text(", "), *issued, meaning))]
    blocks.extend(_novelty(stored, decision, evidence))
    blocks.extend(_former(tx, stored, decision))
    if decision.known_since is not None:
        blocks.append(known_since_paragraph(decision.known_since))
    disputes = evidence.list_disputes(decision.disputes)
    for dispute in disputes[:_MOST_FACTS]:
        blocks.extend(evidence.dispute_blocks(dispute))
    if len(disputes) > _MOST_FACTS:
        blocks.append(notice(f"{count_words(len(disputes) - _MOST_FACTS, 'more dispute')}: /why tells all."))
    return blocks


def tell_wake(wake: Wake | None) -> list[Block]:
    """Return what a story was before it fell silent; nothing for one that did not."""
    if wake is None:
        return []
    reports = count_words(wake.n_reports, "report")
    words = Text(f": nothing was heard of this story for {say_span(wake.slept)}. It had {reports} from ")
    began, ended = issued_span(wake.first_at), issued_span(heard_at(wake.last))
    spans = (Strong("Opened again"), words, began, Text(" to "), ended, Text("; the last was "))
    last = Link(shorten(title_of(wake.last), LONGEST_TITLE), wake.last.article.url)
    return [Paragraph((*spans, last, Text(f" ({wake.last.article.outlet or 'unknown outlet'}).")))]


def wake_record(wake: Wake | None) -> dict[str, object]:
    """Return when the story was heard of last before a silence; nothing for one that did not fall silent."""
    if wake is None:
        return {}
    return {"opened_again": {"last_heard_at": moment(heard_at(wake.last)), "n_reports": wake.n_reports}}


def footer(row: OutboxRow, story_id: int) -> Paragraph:
    """Return what the alert and its story are called."""
    return Paragraph((Typed(f"/why n{row.id}"), Text(" · "), Typed(f"/story s{story_id}")))


def outlet_words(outline: Outline) -> str:
    """Return ``3 articles (Gazette, Herald)``, naming the first outlets."""
    outlets = list(dict.fromkeys(shorten(outlet, 60) for outlet, _ in outline.outlets if outlet))
    more = f" and {len(outlets) - _MOST_OUTLETS} more" if len(outlets) > _MOST_OUTLETS else ""
    named = f" ({', '.join(outlets[:_MOST_OUTLETS])}{more})" if outlets else ""
    return f"{count_words(outline.n_articles, 'article')}{named}"


def belongs_to(tx: Transaction, stored: StoredArticle, head: Head | None) -> list[Block]:
    """Return which story an alert under a head belongs to; nothing for the head itself."""
    if head is None:
        return []
    try:
        first = tx.articles.get(tx.outbox.get(head.row_id).alert.article_id)
    except NotFoundError:
        return [Paragraph((Strong("Story "), Text(f"s{stored.story_id}")))]
    named = Link(shorten(title_of(first), LONGEST_TITLE), first.article.url)
    return [Paragraph((Strong("Story "), Text(f"s{stored.story_id}: "), named))]


def article_finder(tx: Transaction, stored: StoredArticle) -> Callable[[int | None], Article | None]:
    """Return what gives articles by their ids, None being this one; None for one that is gone."""

    def find(article_id: int | None) -> Article | None:
        if article_id is None or article_id == stored.id:
            return stored.article
        try:
            return tx.articles.get(article_id).article
        except NotFoundError:
            return None

    return find


def _whole_title(stored: StoredArticle, label: Label) -> list[Block]:
    """Return the title in full where the heading shortens it; of endless ones the beginning and how long they are."""
    title = " ".join(title_of(stored).split())
    if len(LABEL_WORDS[label]) + 2 + len(title) <= LONGEST_TITLE:
        return []
    more = f" ({len(title):,} characters in all)" if len(title) > _LONGEST_WHOLE_TITLE else ""
    return [Paragraph((Link(shorten(title, _LONGEST_WHOLE_TITLE), stored.article.url), Text(more)))]


def _novelty(stored: StoredArticle, decision: Decision, evidence: Evidence) -> list[Block]:
    """Return what is new; of an article that has no more than its headline, or contradicts, its text or nothing."""
    blocks: list[Block] = []
    for fact in decision.new[:_MOST_FACTS]:
        blocks.extend(evidence.fact_blocks(fact))
    if not blocks and not decision.disputes and not is_headline(body_of(stored.article), stored.article):
        return [Quote(shorten(body_of(stored.article), 300), (Text(stored.article.outlet or "unknown outlet"),))]
    if len(decision.new) > _MOST_FACTS:
        blocks.append(notice(f"{count_words(len(decision.new) - _MOST_FACTS, 'more new fact')} in the article."))
    return blocks


def _former(tx: Transaction, stored: StoredArticle, decision: Decision) -> list[Block]:
    """Return what stood where a notice of correction says that something was wrong, if no value says it already."""
    if (
        decision.label is not Label.REVISED
        or decision.duplicate_of is None
        or any(fact.before for fact in decision.new)
    ):
        return []
    old = article_finder(tx, stored)(decision.duplicate_of)
    former = find_former(stored.article, old) if old is not None and old is not stored.article else ""
    if old is None or not former:
        return []
    spans = source_spans(old.outlet, old.published_at, url=old.url, article=f"a{decision.duplicate_of}")
    return [Quote(shorten(former, LONGEST_QUOTE), (Text("written before: "), *spans))]


def _sources(outline: Outline, decision: Decision) -> Paragraph:
    is_all = count_independent(decision.origins) == decision.n_independent
    lead = ": " if is_all else "; this one goes back to "
    traced = f"{lead}{shorten(origin_words(decision.origins), LONGEST_QUOTE)}" if decision.origins else ""
    independent = count_words(decision.n_independent, "independent origin")
    return Paragraph((Text(f"{outlet_words(outline)}, {independent}{traced}"),))
