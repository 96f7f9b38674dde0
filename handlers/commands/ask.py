"""``/ask``: an answer in stored sentences, each with its source, or the plain statement that the record holds none.

Owns the wording and the ``data`` contract. What answers a question is ``news.answers.answer``'s; nothing is phrased
anew.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from handlers.arguments import find_text, get_text
from handlers.messages import (
    claim_quote,
    dispute_paragraph,
    format_day,
    join_names,
    notice,
    shorten,
    source_spans,
)
from handlers.ports import Ports, Transaction
from handlers.records import Record, References, dispute_record, moment
from handlers.reply import Block, Heading, Link, Listing, Paragraph, Quote, Reply, Span, Strong, Text, Tone
from handlers.request import Request
from handlers.topics import make_resolve
from handlers.values import parse_last_day
from news.answers.answer import Answer, AnswerSentence, answer, make_query
from news.answers.retrieval import PassageHit
from news.answers.sides import find_sides, without_disputed
from news.decision import Dispute

_MOST_SHOWN = 5
_MOST_ARTICLES = 20
"""Articles of a quoted story that are asked what they contradict, the newest that brought something."""


def answer_question(request: Request, ports: Ports) -> Reply:
    """Return the answer; ``data`` is the contract of ``ask --format json``. Abstaining is an answer, not a failure."""
    question = get_text(request, "question")
    typed = find_text(request, "as_of")
    until = None if typed is None else parse_last_day(typed, now=request.now)
    with ports.store.read() as tx:
        query = make_query(question, make_resolve(tx), until=until or request.now.date())
        found = answer(question, query, tx.passages.search(query))
        disputes = find_sides(found, _list_disputes(found, tx))
        found = without_disputed(found, disputes)
        data = _record(found, References(tx)) | {"as_of": None if until is None else until.isoformat()}
    data["disputes"] = [dispute_record(dispute) for dispute in disputes]
    blocks = _abstain_blocks(found) if found.abstained else _answer_blocks(found, disputes)
    if until is not None:
        blocks.append(notice(f"Only what was published up to {format_day(until)} was read."))
    return Reply(question, tuple(blocks), data)


def _list_disputes(found: Answer, tx: Transaction) -> list[Dispute]:
    """Return what articles of the quoted stories contradict in one another, as far as the newest of them tell."""
    disputes: list[Dispute] = []
    for story_id in dict.fromkeys(sentence.hit.story_id for sentence in found.sentences):
        for stored in tx.articles.list_told(story_id, limit=_MOST_ARTICLES):
            decided = tx.articles.get_decision(stored.id).disputes
            disputes.extend(replace(each, here=replace(each.here, article_id=stored.id)) for each in decided)
    return disputes


def _answer_blocks(found: Answer, disputes: Sequence[Dispute]) -> list[Block]:
    blocks: list[Block] = []
    if found.answer is not None:
        meant = (Text(f" ({found.meant})"),) if found.meant else ()
        blocks.append(Paragraph((Strong(found.answer), *meant)))
    blocks.extend(Quote(sentence.text, _hit_spans(sentence.hit)) for sentence in found.sentences)
    quoted = {sentence.text for sentence in found.sentences}
    for dispute in disputes:
        sides = [claim for claim in (dispute.here, dispute.there) if claim.quote not in quoted]
        blocks.extend((dispute_paragraph(dispute), *map(claim_quote, sides)))
        quoted.update(claim.quote for claim in sides)
    blocks.append(notice(found.reason))
    return blocks


def _abstain_blocks(found: Answer) -> list[Block]:
    blocks: list[Block] = [notice(f"The record holds no answer. {found.reason}", Tone.WARNING)]
    if found.searched:
        blocks.append(Paragraph((Text(f"Looked for {join_names(found.searched)}."),)))
    if found.passages:
        items = tuple(_passage_item(hit) for hit in found.passages[:_MOST_SHOWN])
        blocks.extend((Heading("Nearest in the record"), Listing(items)))
    return blocks


def _hit_spans(hit: PassageHit) -> tuple[Span, ...]:
    return source_spans(hit.outlet, hit.published_at, url=hit.url, article=f"a{hit.article_id}")


def _passage_item(hit: PassageHit) -> tuple[Span, ...]:
    return (Link(hit.title or shorten(hit.text, 90), hit.url), Text(" — "), *_hit_spans(hit))


def _record(found: Answer, references: References) -> Record:
    return {
        "question": found.question,
        "answer": found.answer,
        "answer_meant": found.meant,
        "sentences": [_sentence_record(sentence, references) for sentence in found.sentences],
        "passages": [
            {"article": references.find(hit.article_id), "score": round(hit.score, 6), "quote": hit.text}
            for hit in found.passages
        ],
        "abstained": found.abstained,
        "reason": found.reason,
        "searched": list(found.searched),
    }


def _sentence_record(sentence: AnswerSentence, references: References) -> Record:
    hit = sentence.hit
    source = {
        "article": references.find(hit.article_id),
        "outlet": hit.outlet,
        "title": hit.title,
        "url": hit.url,
        "published_at": moment(hit.published_at),
        "story": f"s{hit.story_id}",
    }
    return {"text": sentence.text, "source": source}
