"""An alert as an answer: the label in words, what is new, what was known, who says so, and where they disagree.

Owns the composition. Sending is a platform's, and whether to post was decided before.
"""

from __future__ import annotations

from collections.abc import Sequence

from handlers.evidence import Evidence
from handlers.messages import (
    LABEL_MEANINGS,
    LABEL_WORDS,
    count_words,
    format_issued,
    known_since_paragraph,
    notice,
    origin_words,
    shorten,
    title_of,
)
from handlers.ports import Transaction
from handlers.records import alert_record, article_record, decision_record
from handlers.reply import Block, Link, Paragraph, Quote, Reply, Text, Tone
from news.decision import Decision, StoredArticle
from news.errors import NotFoundError
from news.watches import OutboxRow

_MOST_FACTS = 5
_MOST_OUTLETS = 8


def compose_alert(tx: Transaction, row: OutboxRow) -> Reply:
    """Return what a channel is told. Raises NotFoundError if the article is gone."""
    article_id = row.alert.article_id
    stored, decision = tx.articles.get(article_id), _decision_of(tx, row)
    story = tx.articles.list_of_story(stored.story_id)
    label = row.alert.label
    evidence = Evidence()
    blocks: list[Block] = [_head(stored), *_novelty(stored, decision, evidence), *_known(decision)]
    for dispute in decision.disputes[:_MOST_FACTS]:
        blocks.extend(evidence.dispute_blocks(dispute))
    blocks.append(_sources(story, decision))
    if row.n_attempts > 1:
        blocks.append(notice("Possibly repeated: an earlier try may have arrived.", Tone.WARNING))
    blocks.append(Paragraph((Text(f"/why n{row.id} · /story s{stored.story_id} · {LABEL_MEANINGS[label]}"),)))
    data = alert_record(row) | {"of": article_record(stored) | decision_record(decision)}
    return Reply(f"{LABEL_WORDS[label]}: {title_of(stored)}", tuple(blocks), data)


def _decision_of(tx: Transaction, row: OutboxRow) -> Decision:
    """Return the decision that made the alert, for the article may have been edited since; else the last one."""
    article_id = row.alert.article_id
    try:
        decision = tx.articles.get_decision(article_id, revision=row.alert.revision)
    except NotFoundError:
        return tx.articles.get_decision(article_id)
    # Older stores counted the alerts of a channel and not the editions: another label is another decision.
    return decision if decision.label is row.alert.label else tx.articles.get_decision(article_id)


def _head(stored: StoredArticle) -> Paragraph:
    outlet = stored.article.outlet or "unknown outlet"
    published = stored.article.published_at or stored.fetched_at
    return Paragraph((Link(outlet, stored.article.url), Text(f", {format_issued(published)}")))


def _novelty(stored: StoredArticle, decision: Decision, evidence: Evidence) -> list[Block]:
    if not decision.new:
        return [Quote(shorten(stored.article.text, 300), (Text(stored.article.outlet or "unknown outlet"),))]
    blocks: list[Block] = []
    for fact in decision.new[:_MOST_FACTS]:
        blocks.extend(evidence.fact_blocks(fact))
    if len(decision.new) > _MOST_FACTS:
        blocks.append(notice(f"{count_words(len(decision.new) - _MOST_FACTS, 'more new fact')} in the article."))
    return blocks


def _known(decision: Decision) -> list[Block]:
    return [] if decision.known_since is None else [known_since_paragraph(decision.known_since)]


def _sources(story: Sequence[StoredArticle], decision: Decision) -> Paragraph:
    outlets = list(dict.fromkeys(stored.article.outlet for stored in story if stored.article.outlet))
    more = f" and {len(outlets) - _MOST_OUTLETS} more" if len(outlets) > _MOST_OUTLETS else ""
    named = f" ({', '.join(outlets[:_MOST_OUTLETS])}{more})" if outlets else ""
    traced = f": {origin_words(decision.origins)}" if decision.origins else ""
    independent = count_words(decision.n_independent, "independent origin")
    return Paragraph((Text(f"{count_words(len(story), 'article')}{named}, {independent}{traced}"),))
