"""A short answer out of a correction: what an outlet had wrong is never the answer once it has said so.

Owns which correction concerns an answer, and the answer that it leaves. Must never judge which of two outlets is right:
only an outlet's own correction counts.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from news.answers.answer import Answer, AnswerSentence, count_quotes, share_words
from news.answers.questions import Question, read_question
from news.answers.retrieval import PassageHit
from news.answers.sides import slot_of
from news.answers.spans import find_spans
from news.decision import Claim, Decision, Label, NewFact, StoredArticle
from news.names.entities import lookup
from news.tables import load_toml
from news.words.measures import is_held, measures_in
from news.words.text import fold, tokenize

__all__ = ["correct_answer", "gives"]


def correct_answer(found: Answer, told: Sequence[tuple[StoredArticle, Decision]]) -> tuple[Answer, tuple[NewFact, ...]]:
    """Return the answer as the outlets of its quotes have corrected it, and the corrections, oldest first.

    The sentence that gives the right value comes first, the one that had it wrong behind it. An answer of another value
    stays: the record may have moved on since.

    Args:
        told: the articles of the quoted stories that brought something, with what was decided on them.
    """
    slot, used = slot_of(found.question), list[NewFact]()
    if slot is None or not found.sentences:
        return found, ()
    asked = read_question(found.question, lookup)
    for stored, decision in sorted(told, key=lambda pair: pair[0].id):
        facts = decision.new if decision.label is Label.REVISED else ()
        for fact in (one for one in facts if one.kind is slot and one.before is not None):
            if _concerns(found, fact, stored, decision, asked):
                found = _corrected(found, fact, stored, asked)
                used.append(replace(fact, after=replace(fact.after, article_id=stored.id)))
    return found, tuple(used)


def _concerns(found: Answer, fact: NewFact, stored: StoredArticle, decision: Decision, asked: Question) -> bool:
    """Return whether a correction is of the value that the answer gives, or would give if it were clear."""
    if fact.before is None:
        return False
    if found.answer is not None and not any(_is_value(found.answer, one.value) for one in (fact.before, fact.after)):
        return False
    return any(_is_of(each, fact, fact.before, stored, decision) for each in found.sentences) and _is_asked(
        asked, fact.before, found.sentences[0].hit
    )


def _is_of(each: AnswerSentence, fact: NewFact, before: Claim, stored: StoredArticle, decision: Decision) -> bool:
    """Return whether a quoted sentence is of the notice, or one of the corrected article with the wrong value."""
    is_same = share_words(before.quote, each.text) >= load_toml("questions.toml")["later"]["same"]
    if each.hit.article_id == stored.id:
        return is_same or each.text == fact.after.quote
    return is_same and each.hit.article_id == decision.duplicate_of and gives(each.text, before.value, stored.language)


def _is_asked(asked: Question, before: Claim, hit: PassageHit) -> bool:
    """Return whether the question asks for the value that was corrected, and not for another of its sentence."""
    spans = find_spans(asked, before.quote, replace(hit, text=before.quote))
    return any(_is_value(span.text, before.value) for span in spans)


def _is_value(text: str, value: str) -> bool:
    return gives(text, value) or gives(value, text)


def gives(text: str, value: str, language: str = "") -> bool:
    """Return whether a text has a value already, as a number or word for word."""
    ours, theirs = measures_in(value, language or "en"), measures_in(text, language or "en")
    if ours:
        return all(is_held(one, theirs) for one in ours)
    return set(map(fold, tokenize(value))) <= set(map(fold, tokenize(text)))


def _corrected(found: Answer, fact: NewFact, stored: StoredArticle, asked: Question) -> Answer:
    article = stored.article
    hit = replace(
        found.sentences[0].hit,
        article_id=stored.id,
        story_id=stored.story_id,
        outlet=article.outlet,
        title=article.title,
        url=article.url,
        published_at=article.published_at,
        text=fact.after.quote,
    )
    first = AnswerSentence(fact.after.quote, hit)
    most = int(load_toml("questions.toml")["answering"]["most"])
    sentences = (first, *(each for each in found.sentences if each.text != first.text))[:most]
    meant = next((one.meant for one in find_spans(asked, first.text, hit) if one.text == fact.after.value), "")
    reason = f"{count_quotes(sentences)}; {article.outlet or 'its outlet'} corrected it"
    value = found.answer if found.answer is not None and gives(found.answer, fact.after.value) else fact.after.value
    return replace(found, answer=value, meant=meant, sentences=sentences, reason=reason)
