"""What an article has that is new, known or disputed, as blocks: the same in an alert, a brief and ``/why``.

Owns which sentences stand beside a value, that none is quoted twice, and that the headline, which stands above, is not
quoted at all.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from handlers.headlines import FindArticle, find_sentence, is_headline, quote_bodies
from handlers.messages import BEFORE, BESIDE, claim_quote, dispute_paragraph, fact_paragraph
from handlers.reply import Block
from news.decision import Claim, Dispute, NewFact
from news.timelines.contests import distinct_disputes


class Evidence:
    """Makes blocks for one answer; a sentence is quoted once, however many facts it holds.

    Args:
        find_article: where an article of a claim is found.
        limit: characters of a sentence; 0 for all.
        links: outlets lead to their articles.
    """

    def __init__(self, find_article: FindArticle, *, limit: int = 0, links: bool = True) -> None:
        self._quoted: set[str] = set()
        self._find_article = find_article
        self._limit = limit
        self._links = links

    def fact_blocks(self, fact: NewFact) -> list[Block]:
        """Return what is new and the sentences it stands in, the new one first."""
        is_whole_sentence = fact.before is None and fact.after.value == fact.after.quote
        blocks: list[Block] = [] if is_whole_sentence else [fact_paragraph(fact)]
        blocks.extend(self._quote(fact.after))
        if fact.before is not None:
            blocks.extend(self._quote(fact.before, role=BEFORE))
        if fact.beside is not None:
            blocks.extend(self._quote(fact.beside, role=BESIDE))
        return blocks

    def list_disputes(self, disputes: Iterable[Dispute]) -> tuple[Dispute, ...]:
        """Return the disputes each once: a headline and the sentence below it contradict the same."""
        return distinct_disputes(quote_bodies(each, self._find_article) for each in disputes)

    def dispute_blocks(self, dispute: Dispute) -> list[Block]:
        """Return both values side by side and the sentences they stand in."""
        return [dispute_paragraph(dispute), *self._quote(dispute.here), *self._quote(dispute.there)]

    def _quote(self, claim: Claim, *, role: str = "") -> Iterator[Block]:
        article = self._find_article(claim.article_id)
        quote = claim.quote if article is None else find_sentence(article, claim.quote, claim.value)
        is_above = claim.article_id is None and article is not None and is_headline(quote, article)
        if quote and quote not in self._quoted and not is_above:
            self._quoted.add(quote)
            url = article.url if article is not None and self._links else ""
            yield claim_quote(replace(claim, quote=quote), url=url, limit=self._limit, role=role)
