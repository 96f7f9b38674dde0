"""``/ask``: an answer in stored sentences, each with its source, or the plain statement that the record holds none.

Owns the wording and the ``data`` contract. What answers a question is ``news.answers.answer``'s; nothing is phrased
anew.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from handlers.arguments import find_text, get_text
from handlers.messages import (
    claim_quote,
    dispute_paragraph,
    fact_paragraph,
    format_day,
    join_names,
    notice,
    shorten,
    source_spans,
)
from handlers.ports import Ports, Transaction
from handlers.records import Record, References, claim_record, dispute_record, moment
from handlers.reply import Block, Heading, Link, Listing, Paragraph, Quote, Reply, Span, Strong, Text, Tone
from handlers.request import Request
from handlers.standing import list_disputes
from handlers.topics import make_resolve
from handlers.values import parse_last_day
from news.answers.answer import Answer, AnswerSentence, answer, make_query
from news.answers.corrected import correct_answer
from news.answers.later import MOST_LATER, find_later, without_overtaken
from news.answers.retrieval import PassageHit
from news.answers.sides import find_sides, without_disputed
from news.decision import Claim, Decision, Dispute, FactKind, NewFact, StoredArticle

_MOST_SHOWN = 5
_MOST_ARTICLES = 20
"""Articles of a quoted story that are asked what they changed, the newest that brought something."""


def answer_question(request: Request, ports: Ports) -> Reply:
    """Return the answer; ``data`` is the contract of ``ask --format json``. Abstaining is an answer, not a failure."""
    question = get_text(request, "question")
    typed = find_text(request, "as_of")
    until = None if typed is None else parse_last_day(typed, now=request.now)
    with ports.store.read() as tx:
        query = make_query(question, make_resolve(tx), until=until or request.now.date())
        found = answer(question, query, tx.passages.search(query))
        told = _list_told(found, until, tx)
        found, corrections = correct_answer(found, told)
        disputes = find_sides(found, _list_disputes(found, until, tx))
        sides = {claim.quote for each in disputes for claim in (each.here, each.there)}
        sides.update(fact.after.quote for fact in corrections)
        changes = [each for each in find_later(found, told) if each.fact.after.quote not in sides]
        later = [*corrections[::-1], *(each.fact for each in changes)][:MOST_LATER]
        found = without_overtaken(without_disputed(found, disputes), changes)
        data = _record(found, References(tx)) | {"as_of": None if until is None else until.isoformat()}
    data["disputes"] = [dispute_record(dispute) for dispute in disputes]
    data["later"] = [_later_record(fact) | {"is_correction": fact in corrections} for fact in later]
    blocks = _abstain_blocks(found) if found.abstained else _answer_blocks(found, disputes, later, corrections)
    if until is not None:
        blocks.append(notice(f"Only what was published up to {format_day(until)} was read."))
    return Reply(question, tuple(blocks), data)


def _list_disputes(found: Answer, until: date | None, tx: Transaction) -> list[Dispute]:
    """Return the open disputes of the quoted stories, as far as both sides were published by then."""
    disputes = list_disputes(tx, {sentence.hit.story_id for sentence in found.sentences})
    return [each for each in disputes if all(_is_by(claim.published_at, until) for claim in (each.here, each.there))]


def _list_told(found: Answer, until: date | None, tx: Transaction) -> list[tuple[StoredArticle, Decision]]:
    """Return the newest articles of the quoted stories that brought something by then, with their decisions."""
    stories = dict.fromkeys(sentence.hit.story_id for sentence in found.sentences)
    told = [each for story_id in stories for each in tx.articles.list_told(story_id, limit=_MOST_ARTICLES, until=until)]
    decisions = tx.articles.load_decisions([stored.id for stored in told])
    return [(stored, decisions[stored.id]) for stored in told]


def _is_by(published_at: datetime | None, until: date | None) -> bool:
    return until is None or published_at is None or published_at.date() <= until


def _answer_blocks(
    found: Answer, disputes: Sequence[Dispute], later: Sequence[NewFact], corrections: Sequence[NewFact] = ()
) -> list[Block]:
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
    for fact in _each_once(later):
        is_quoted = fact.after.quote in quoted
        blocks.append(
            _corrected_paragraph(fact) if fact in corrections else _later_paragraph(fact, is_quoted=is_quoted)
        )
        claims = [claim for claim in (fact.before, fact.after) if claim is not None and claim.quote not in quoted]
        blocks.extend(map(claim_quote, claims))
        quoted.update(claim.quote for claim in claims)
    blocks.append(notice(found.reason))
    return blocks


def _each_once(later: Sequence[NewFact]) -> list[NewFact]:
    """Return what is shown of what was told later: what overtakes several quoted sentences stands once."""
    found: dict[Claim, NewFact] = {}
    for fact in later:
        found.setdefault(fact.after, fact)
    return list(found.values())


def _later_paragraph(fact: NewFact, *, is_quoted: bool) -> Paragraph:
    """Return what was told later in one line: the value and what it was, or that another sentence was."""
    if fact.kind is not FactKind.ACT:
        return Paragraph((Strong("Told later: "), *fact_paragraph(fact).spans))
    article = "" if fact.after.article_id is None else f" (a{fact.after.article_id})"
    told_by = f"by {fact.after.outlet or 'another outlet'}{article}"
    return Paragraph((Strong("Told later "), Text(f"{told_by}, quoted above." if is_quoted else f"{told_by}:")))


def _corrected_paragraph(fact: NewFact) -> Paragraph:
    """Return what an outlet had written and what is right by its own word, in one line."""
    article = "" if fact.after.article_id is None else f" (a{fact.after.article_id})"
    lead = Strong(f"Corrected by {fact.after.outlet or 'the outlet'}{article}: ")
    return Paragraph((lead, *fact_paragraph(fact).spans))


def _later_record(fact: NewFact) -> Record:
    return {"kind": fact.kind.value, "here": claim_record(fact.after), "before": claim_record(fact.before)}


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
