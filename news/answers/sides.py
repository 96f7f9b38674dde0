"""The other side of what an answer quotes, where the record holds a dispute over it.

Owns which disputes concern an answer, and when a short answer is only one side of one. Must never judge who is right.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from news.answers.answer import Answer, AnswerSentence, share_words
from news.answers.questions import Asked, find_asked
from news.decision import Claim, Dispute, FactKind
from news.tables import load_toml
from news.words.text import fold, tokenize

MOST_DISPUTES = 3
_SLOTS = {
    Asked.FIGURE: FactKind.FIGURE,
    Asked.WHEN: FactKind.DATE,
    Asked.WHERE: FactKind.PLACE,
    Asked.WHO: FactKind.ACTOR,
}
"""What is asked for -> the slot in which a dispute is one of the answer; other questions have none of their own."""


def slot_of(question: str) -> FactKind | None:
    """Return the slot that a question asks for; None where it is of none in particular."""
    return _SLOTS.get(find_asked(question)[0])


def find_sides(found: Answer, disputes: Sequence[Dispute]) -> tuple[Dispute, ...]:
    """Return the disputes of which the answer quotes a side, those of its first quotes first, each slot once.

    A side is quoted where its sentence is, or another of its article that says the same: a headline and what stands
    below it. A dispute and its mirror, with the sides swapped, are one slot. Who asks for a figure is told of no
    contested day.
    """
    slot = slot_of(found.question)
    disputes = [each for each in disputes if slot is None or each.kind in {slot, FactKind.STATUS}]
    quoted = found.sentences
    ranked = [(min(_place(quoted, each.here), _place(quoted, each.there)), each) for each in disputes]
    ranked.sort(key=lambda pair: pair[0])
    chosen: dict[tuple[FactKind, frozenset[str]], Dispute] = {}
    for at, each in ranked:
        if at < len(quoted):
            chosen.setdefault((each.kind, frozenset({each.here.quote, each.there.quote})), each)
    return tuple(chosen.values())[:MOST_DISPUTES]


def _place(quoted: Sequence[AnswerSentence], claim: Claim) -> int:
    return next((at for at, sentence in enumerate(quoted) if is_side(sentence, claim)), len(quoted))


def is_side(sentence: AnswerSentence, claim: Claim) -> bool:
    """Return whether a quoted sentence gives the claim: it is its sentence, or one of its article in the same words."""
    if sentence.text == claim.quote:
        return True
    same = load_toml("questions.toml")["answering"]["same"]
    return claim.article_id == sentence.hit.article_id and share_words(sentence.text, claim.quote) >= same


def without_disputed(found: Answer, disputes: Sequence[Dispute]) -> Answer:
    """Return the answer without a short answer that only one side of the disputes gives."""
    if found.answer is None or not any(_is_side(found, each) for each in disputes):
        return found
    return replace(found, answer=None, meant="", reason=f"{found.reason}; another article contradicts it")


def _is_side(found: Answer, dispute: Dispute) -> bool:
    """Return whether the short answer is the value that a side gives, or stands in a sentence that is denied."""
    words = set(map(fold, tokenize(found.answer or "")))
    return any(
        is_side(found.sentences[0], claim)
        and (dispute.kind is FactKind.STATUS or not words.isdisjoint(map(fold, tokenize(claim.value))))
        for claim in (dispute.here, dispute.there)
    )
