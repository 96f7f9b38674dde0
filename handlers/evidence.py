"""What an article has that is new, known or disputed, as blocks: the same in an alert, a brief and ``/why``.

Owns which sentences stand beside a value, and that none is quoted twice.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from handlers.messages import claim_quote, dispute_paragraph, fact_paragraph
from handlers.reply import Block
from news.decision import Claim, Dispute, NewFact


class Evidence:
    """Makes blocks for one answer; a sentence is quoted once, however many facts it holds.

    Args:
        url_of: gives the address of an article by its id, None being the one that is told of.
        limit: characters of a sentence; 0 for all.
    """

    def __init__(self, url_of: Callable[[int | None], str] = lambda _: "", *, limit: int = 0) -> None:
        self._quoted: set[str] = set()
        self._url_of = url_of
        self._limit = limit

    def fact_blocks(self, fact: NewFact) -> list[Block]:
        """Return what is new and the sentences it stands in, the new one first."""
        is_whole_sentence = fact.before is None and fact.after.value == fact.after.quote
        blocks: list[Block] = [] if is_whole_sentence else [fact_paragraph(fact)]
        blocks.extend(self._quote(fact.after))
        if fact.before is not None:
            blocks.extend(self._quote(fact.before, is_before=True))
        return blocks

    def dispute_blocks(self, dispute: Dispute) -> list[Block]:
        """Return both values side by side and the sentences they stand in."""
        return [dispute_paragraph(dispute), *self._quote(dispute.here), *self._quote(dispute.there)]

    def _quote(self, claim: Claim, *, is_before: bool = False) -> Iterator[Block]:
        if claim.quote and claim.quote not in self._quoted:
            self._quoted.add(claim.quote)
            yield claim_quote(claim, url=self._url_of(claim.article_id), limit=self._limit, is_before=is_before)
