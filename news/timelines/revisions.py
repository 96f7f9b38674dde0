"""What an outlet changed of its own account: a later article of it gives another value for the same slot.

Owns that choice. Must never say what two origins contradict each other in, nor compare outlets.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from news.decision import Dispute, FactKind, NewFact, StoredReport
from news.disputes.slots import Teller, are_two_sides, compare_slots
from news.model import Article, Modality, Report
from news.timelines.by_outlet import list_accounts

__all__ = ["find_revisions"]

_AHEAD = frozenset({Modality.PLANNED.value, Modality.THREATENED.value, Modality.ALLEGED.value})
_CHANGED = frozenset({FactKind.FIGURE, FactKind.DATE, FactKind.PLACE, FactKind.STATUS})


def find_revisions(reports: Iterable[StoredReport], disputes: Iterable[Dispute] = ()) -> tuple[NewFact, ...]:
    """Return what an outlet changed of its own account in a later article, oldest change first, each slot once.

    What it gives as the word of another body is no change of its own. Both claims name their article.

    Args:
        reports: those of one event, in any order.
        disputes: those that were told of the event: what two articles of one outlet contradict each other in, by the
            word of others, neither of them has changed.
    """
    apart = {(one.kind, frozenset((one.here.article_id, one.there.article_id))) for one in disputes}
    found: dict[tuple[str, FactKind, str], NewFact] = {}
    for account in list_accounts(reports):
        told = account.reports[::-1]
        for at, stored in enumerate(told):
            earlier = [one for one in told[:at] if one.article_id != stored.article_id]
            if any(_is_repeated(stored.report, one.report) for one in earlier):
                continue
            for fact in _changes(stored, earlier):
                if fact.before and (fact.kind, frozenset((fact.before.article_id, fact.after.article_id))) in apart:
                    continue
                found[account.outlet, fact.kind, fact.after.value] = fact
    return tuple(found.values())


def _is_repeated(report: Report, earlier: Report) -> bool:
    """Return whether it says nothing else: the same words on the same day, as an outlet tells it again and again."""
    return report.quote == earlier.quote and report.when == earlier.when


def _changes(stored: StoredReport, earlier: Sequence[StoredReport]) -> Iterator[NewFact]:
    if not earlier:
        return
    article = Article("", stored.url, stored.outlet, stored.title, "", published_at=stored.published_at)
    for fact in compare_slots(stored.report, earlier, Teller(article, known=(), within={})).facts:
        if fact.before is None or fact.kind not in _CHANGED or are_two_sides(fact.before.origin, fact.after.origin):
            continue
        if not _only_goes_on(fact.before.value, fact.after.value):
            yield replace(fact, after=replace(fact.after, article_id=stored.article_id))


def _only_goes_on(before: str, after: str) -> bool:
    """Return whether a value says no other than an earlier one: a plan that was carried out, a day of the week named.

    Days are ISO: one day, a month, a year, or first and last.
    """
    if before in _AHEAD:
        return after == Modality.HAPPENED.value
    first, _, last = before.partition("..")
    return after.startswith(f"{before}-") or bool(last and first <= after.partition("..")[0] <= last)
