"""An article on the desk: what all who look for a contradiction go by, and how they say what they found.

Owns gathering that once for an article and the story that it is held against. Must never compare two values.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from news.decision import Dispute, FactKind, StoredArticle, StoredReport
from news.disputes.loose_sentences import bare_row, row_of
from news.disputes.prominence import Ground
from news.disputes.slots import Teller, is_same_voice, is_voice_of, stored_claim
from news.matching.assignments import Placed
from news.model import Article, Report
from news.reports.tolls import Tolls
from news.stories.case import Case
from news.stories.holdings import Holdings

__all__ = ["Desk", "claim_against"]

_MAX_ARTICLES, _MAX_OWN = 4, 2


@dataclass(frozen=True)
class Desk:
    """An article and the story that it is held against.

    Attributes:
        placed: the reports of the article with the events that they match.
        ground: has the articles and reports of the story, most related first, and says which two sentences may be on
            one thing at all.
        held: what the story holds; ``tolls`` are the dead and the hurt that it tells of.
    """

    placed: Sequence[Placed]
    teller: Teller
    ground: Ground
    held: Holdings
    tolls: Tolls

    @property
    def case(self) -> Case:
        """The article that is decided on."""
        return self.ground.case

    @property
    def now(self) -> datetime:
        """When the article came out."""
        return self.case.issued_at

    @property
    def articles(self) -> Sequence[StoredArticle]:
        """Those of the story, most related first."""
        return self.ground.articles

    @property
    def reports(self) -> Sequence[StoredReport]:
        """Those of the story, most related first."""
        return self.ground.reports

    @cached_property
    def others(self) -> Sequence[StoredArticle]:
        """The first four articles of the story by other voices; then two of the own outlet, if it tells who says it."""
        others = [one for one in self.articles if not is_voice_of(self.case.article, one)]
        is_passing_on = any(one.origin is not None for one in self.case.reading.reports)
        own = [one for one in self.articles if is_voice_of(self.case.article, one)] if is_passing_on else []
        return [*others[:_MAX_ARTICLES], *own[:_MAX_OWN]]

    @cached_property
    def texts(self) -> dict[int, Article]:
        """The articles of the story by their ids."""
        return {one.id: one.article for one in self.articles}

    @cached_property
    def tied(self) -> frozenset[int]:
        """The articles that tell of the events of the new one; where there are none, the nearest."""
        stored = (one.match.stored.article_id for one in self.placed if one.match is not None)
        return frozenset(stored) or frozenset(one.id for one in self.articles[:1])

    @cached_property
    def _events(self) -> frozenset[int]:
        return frozenset(one.match.stored.event_id for one in self.placed if one.match is not None)

    def is_tied(self, one: StoredReport) -> bool:
        """Return whether a stored sentence stands in an article that tells of what the new one tells of."""
        return one.event_id in self._events or one.article_id in self.tied

    def dispute(
        self, kind: FactKind, here: tuple[str, str], there: tuple[str, str], stored: StoredArticle
    ) -> Dispute | None:
        """Return the dispute of two values, each with its sentence; None where both go back to one voice."""
        (value, quote), (other, held) = here, there
        report = next((one for one in self.case.reading.reports if one.quote == quote), bare_row(quote))
        row = row_of(stored, held, self.reports)
        if is_same_voice(report, row, self.teller):
            return None
        return claim_against(kind, (report, value), (row, other), self.teller)


def claim_against(kind: FactKind, here: tuple[Report, str], there: tuple[StoredReport, str], teller: Teller) -> Dispute:
    """Return the dispute of two values, each with the report that gives it."""
    (report, value), (stored, other) = here, there
    return Dispute(kind, stored.event_id or None, teller.claim(report, value), stored_claim(stored, other))
