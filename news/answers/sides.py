"""The other side of what an answer quotes, where the record holds a dispute over it.

Owns which disputes concern an answer, and when a short answer is only one side of one. Must never judge who is right.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from news.answers.answer import Answer
from news.answers.questions import Asked, find_asked
from news.decision import Dispute, FactKind
from news.words.text import fold, tokenize

MOST_DISPUTES = 3
_SLOTS = {
    Asked.FIGURE: FactKind.FIGURE,
    Asked.WHEN: FactKind.DATE,
    Asked.WHERE: FactKind.PLACE,
    Asked.WHO: FactKind.ACTOR,
}
"""What is asked for -> the slot in which a dispute is one of the answer; other questions have none of their own."""


def find_sides(found: Answer, disputes: Sequence[Dispute]) -> tuple[Dispute, ...]:
    """Return the disputes of which the answer quotes a side, those of its first quotes first, each slot once.

    A dispute and its mirror, with the sides swapped, are one slot. Who asks for a figure is told of no contested day.
    """
    slot = _SLOTS.get(find_asked(found.question)[0])
    disputes = [each for each in disputes if slot is None or each.kind in {slot, FactKind.STATUS}]
    quoted = [sentence.text for sentence in found.sentences]
    ranked = [(min(_place(quoted, each.here.quote), _place(quoted, each.there.quote)), each) for each in disputes]
    ranked.sort(key=lambda pair: pair[0])
    chosen: dict[tuple[FactKind, frozenset[str]], Dispute] = {}
    for at, each in ranked:
        if at < len(quoted):
            chosen.setdefault((each.kind, frozenset({each.here.quote, each.there.quote})), each)
    return tuple(chosen.values())[:MOST_DISPUTES]


def _place(quoted: Sequence[str], quote: str) -> int:
    return quoted.index(quote) if quote in quoted else len(quoted)


def without_disputed(found: Answer, disputes: Sequence[Dispute]) -> Answer:
    """Return the answer without a short answer that only one side of the disputes gives."""
    if found.answer is None or not any(_is_side(found, each) for each in disputes):
        return found
    return replace(found, answer=None, meant="", reason=f"{found.reason}; they contradict each other")


def _is_side(found: Answer, dispute: Dispute) -> bool:
    """Return whether the short answer is the value that a side gives."""
    if dispute.kind is FactKind.STATUS or found.answer is None:
        return False
    words = set(map(fold, tokenize(found.answer)))
    first = found.sentences[0].text
    return any(
        first == claim.quote and not words.isdisjoint(map(fold, tokenize(claim.value)))
        for claim in (dispute.here, dispute.there)
    )
