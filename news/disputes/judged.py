"""The verdicts on an article and the stored ones it is held against, each asked for once.

Owns remembering them, and which of them a dispute is judged by. Must never judge; ``news.disputes.judging`` does.
"""

from __future__ import annotations

from news.decision import Dispute, FactKind
from news.disputes.desk import Desk
from news.disputes.judging.judge import Verdict, judge, may_compare, may_contradict
from news.disputes.judging.proposing import DAY, FIGURE, NAME, STATUS, IsNear, Proposal
from news.disputes.prominence import sentence_key

__all__ = ["Verdicts"]

_SLOTS = {
    FactKind.FIGURE: FIGURE,
    FactKind.DATE: DAY,
    FactKind.STATUS: STATUS,
    FactKind.PLACE: NAME,
    FactKind.ACTOR: NAME,
}


class Verdicts:
    """The verdicts on an article and the stored ones, each pair judged once and only when it is asked for."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._of: dict[int, list[Verdict]] = {}

    def of(self, number: int) -> list[Verdict]:
        """Return the verdicts on the article and a stored one, plainest first."""
        if number not in self._of:
            self._of[number] = judge(self._desk.case.article, self._desk.texts[number], self._near(number))
        return self._of[number]

    def may_contradict(self, number: int) -> bool:
        """Return whether any verdict on the article and a stored one can be above the limits of a contradiction."""
        article, stored = self._desk.case.article, self._desk.texts[number]
        return number in self._of or may_contradict(article, stored, self._near(number))

    def may_compare(self, number: int) -> bool:
        """Return whether any two figures or days of the article and a stored one can be shown for comparison."""
        return may_compare(self._desk.case.article, self._desk.texts[number], self._near(number))

    def _near(self, number: int) -> IsNear:
        return lambda here, there: self._desk.ground.may_be_on_one_thing(here.text, there.text, number)

    def on(self, dispute: Dispute) -> Verdict | None:
        """Return the verdict that a dispute is judged by; None where its article is none of those at hand.

        That is its own difference: of its two sentences on its slot. Where there is none, or one that says less than
        none would, it is that of the articles as wholes.
        """
        number = dispute.there.article_id or 0
        verdicts = self.of(number) if number in self._desk.texts else ()
        return next((one for one in verdicts if one.proposal is None or _is_on(one.proposal, dispute)), None)


def _is_on(proposal: Proposal, dispute: Dispute) -> bool:
    """Return whether a difference is that of the two sentences of a dispute, on its slot."""
    sides = (proposal.here, dispute.here), (proposal.there, dispute.there)
    is_slot = proposal.slot == _SLOTS[dispute.kind]
    return is_slot and all(sentence_key(side.line.text) == sentence_key(claim.quote) for side, claim in sides)
