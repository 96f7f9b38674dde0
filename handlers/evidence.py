"""What an article has that is new, known or disputed, as blocks: the same in an alert, a brief and ``/why``.

Owns which sentences stand beside a value, and that none is quoted twice.
"""

from __future__ import annotations

from collections.abc import Iterable

from handlers.messages import claim_quote, dispute_paragraph, fact_paragraph
from handlers.reply import Block
from news.decision import Claim, Dispute, NewFact


class Evidence:
    """Makes blocks for one answer; a sentence is quoted once, however many facts it holds."""

    def __init__(self) -> None:
        self._quoted: set[str] = set()

    def fact_blocks(self, fact: NewFact) -> list[Block]:
        """Return what is new and the sentences it stands in, the new one first."""
        is_whole_sentence = fact.before is None and fact.after.value == fact.after.quote
        blocks: list[Block] = [] if is_whole_sentence else [fact_paragraph(fact)]
        blocks.extend(self._quotes((fact.after, fact.before)))
        return blocks

    def dispute_blocks(self, dispute: Dispute) -> list[Block]:
        """Return both values side by side and the sentences they stand in."""
        return [dispute_paragraph(dispute), *self._quotes((dispute.here, dispute.there))]

    def _quotes(self, claims: Iterable[Claim | None]) -> list[Block]:
        quotes: list[Block] = []
        for claim in claims:
            if claim is not None and claim.quote and claim.quote not in self._quoted:
                self._quoted.add(claim.quote)
                quotes.append(claim_quote(claim))
        return quotes
