"""One event as each outlet tells it, slot by slot: when, where, who, which figures, whether it happened, who says so.

Owns which value stands for an outlet in a slot, and whether the outlets agree there. Must never say what contradicts
what: the disputes that were told of the event are given, and only laid beside the values here.

An outlet's account is what it told last; where its newest article leaves a slot open, what an earlier one had stands.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import combinations

from news.dates.when import describe_span
from news.decision import Claim, Dispute, FactKind, NewFact, StoredReport
from news.disputes.slots import is_nameable, stored_claim
from news.model import Quantity, Report
from news.names.entities import get_entity
from news.reports.origins import count_independent, origins_of
from news.reports.wording import say_figure, say_name
from news.timelines.by_outlet import Account, age_of, list_accounts
from news.timelines.revisions import find_revisions
from news.words.facts import (
    Fit,
    Within,
    compare_days,
    compare_figures,
    compare_places,
    figures_of,
    is_said,
    is_same_slot,
)
from news.words.text import fold

ITSELF = "the outlet itself"
"""Value of the source of what an outlet tells without naming anybody."""


class SlotKind(StrEnum):
    """What is compared."""

    WHEN = "when"
    WHERE = "where"
    WHO = "who"
    FIGURE = "figure"
    STATUS = "status"
    SOURCE = "source"


class Verdict(StrEnum):
    """How the accounts stand to each other in one slot."""

    AGREE = "agree"
    """All values go together; one may be more exact."""
    DIFFER = "differ"
    """Not all are the same, and nothing says that they cannot all be right."""
    CONTRADICT = "contradict"
    """Two of them cannot both be right."""
    ALONE = "alone"
    """Only one outlet says anything."""


@dataclass(frozen=True, slots=True)
class Value:
    """What one outlet says in a slot, and where it does; the value of the claim is as it was decided."""

    text: str
    claim: Claim


@dataclass(frozen=True, slots=True)
class SlotRow:
    """One slot with what each outlet says.

    Attributes:
        subject: what a figure counts, empty otherwise.
        values: in the order of the accounts; outlets that say nothing are left out.
    """

    kind: SlotKind
    verdict: Verdict
    values: tuple[Value, ...]
    subject: str = ""


@dataclass(frozen=True, slots=True)
class Comparison:
    """All accounts of one event.

    Attributes:
        accounts: one for each outlet, who told it first before the others.
        slots: those of which at least one outlet says something, in the order of ``SlotKind``.
        disputes: those that were told of the event.
        revisions: values that an outlet changed in a later article, with what it had said before.
    """

    accounts: tuple[Account, ...]
    slots: tuple[SlotRow, ...]
    disputes: tuple[Dispute, ...]
    revisions: tuple[NewFact, ...]
    n_independent: int


def compare_accounts(
    reports: Sequence[StoredReport], beside: Sequence[StoredReport] = (), disputes: Sequence[Dispute] = ()
) -> Comparison:
    """Return the accounts of one event side by side.

    Args:
        reports: those of the event in any order, at least one.
        beside: reports of other events of its story. A figure that only one account of the event has is not told of by
            it alone where one of these has it too: an outlet may tell of the planes and of their load in two sentences.
        disputes: those of the event; both sides of each stand in its slot.
    """
    accounts = list_accounts(reports)
    ordered = sorted(reports, key=age_of)
    rows = [
        *_compare_one(SlotKind.WHEN, accounts, _say_when, _are_days_one),
        *_compare_one(SlotKind.WHERE, accounts, _say_where, _are_places_one),
        *_compare_one(SlotKind.WHO, accounts, _say_who, _are_actors_one),
        *_compare_figures(accounts, beside),
        *_compare_one(SlotKind.STATUS, accounts, _say_status, _are_modalities_one),
        *_compare_one(SlotKind.SOURCE, accounts, _say_source, _are_origins_one),
    ]
    n_independent = count_independent(origins_of(ordered))
    contested = _contest_rows(rows, disputes, ordered)
    return Comparison(tuple(accounts), contested, tuple(disputes), find_revisions(ordered, disputes), n_independent)


def _contest_rows(
    rows: Sequence[SlotRow], disputes: Sequence[Dispute], reports: Sequence[StoredReport]
) -> tuple[SlotRow, ...]:
    """Return the slots with every dispute of the event in one of them: what a timeline calls disputed is so here.

    The sides of a dispute stand in its slot as they were said, in place of what the outlet says elsewhere.
    """
    found = list(rows)
    contested: dict[int, list[Value]] = defaultdict(list)
    for dispute in disputes:
        kind = next((slot for slot, fact in _FACTS.items() if fact is dispute.kind), None)
        if kind is None:
            continue
        sides = [_side(kind, claim, reports) for claim in (dispute.there, dispute.here)]
        at = next((at for at, row in enumerate(found) if _is_slot_of(row, kind, sides)), len(found))
        if at == len(found):
            found.append(SlotRow(kind, Verdict.CONTRADICT, tuple(sides)))
        contested[at] += sides
    for at, sides in contested.items():
        values = _with_sides(found[at].values, sides)
        found[at] = replace(found[at], verdict=Verdict.CONTRADICT, values=values)
    rows = [_with_sources(row, disputes) if row.kind is SlotKind.SOURCE else row for row in found]
    return tuple(sorted(rows, key=lambda row: _ORDER.index(row.kind)))


def _with_sources(row: SlotRow, disputes: Sequence[Dispute]) -> SlotRow:
    """Return who says it, with all who are named for a side of a dispute."""
    claims = [claim for dispute in disputes for claim in (dispute.there, dispute.here) if claim.origin is not None]
    told = {(fold(value.claim.outlet), value.text) for value in row.values}
    more = {(fold(one.outlet), one.origin.name): one for one in claims if one.origin is not None}
    named = tuple(Value(key[1], claim) for key, claim in more.items() if key not in told)
    return replace(row, verdict=Verdict.DIFFER, values=(*row.values, *named)) if named else row


def _side(kind: SlotKind, claim: Claim, reports: Sequence[StoredReport]) -> Value:
    """Return what a side of a dispute says: a day as its report has it, where it is one of the event's."""
    own = (one for one in reports if (one.article_id, one.report.quote) == (claim.article_id, claim.quote))
    stored = next(own, None) if kind is SlotKind.WHEN else None
    is_day = stored is not None and is_said(stored.report.when)
    return Value(_say_when(stored.report) if stored is not None and is_day else say_name(claim.value), claim)


def _is_slot_of(row: SlotRow, kind: SlotKind, sides: Sequence[Value]) -> bool:
    if row.kind is not kind or kind is not SlotKind.FIGURE:
        return row.kind is kind
    return any(side.text == value.text for side in sides for value in row.values)


def _with_sides(values: Sequence[Value], sides: Sequence[Value]) -> tuple[Value, ...]:
    """Return the sides, each once, with what outlets say that are on neither."""
    told = {(fold(side.claim.outlet), side.text): side for side in sides}
    outlets = {outlet for outlet, _ in told}
    return (*(value for value in values if fold(value.claim.outlet) not in outlets), *told.values())


_Say = Callable[[Report], str]
_AreOne = Callable[[Report, Report], bool]


def _compare_one(kind: SlotKind, accounts: Sequence[Account], say: _Say, are_one: _AreOne) -> Iterator[SlotRow]:
    told = [stored for account in accounts if (stored := _find_teller(account, say)) is not None]
    if told:
        is_one = all(are_one(here.report, there.report) for here, there in combinations(told, 2))
        values = tuple(_value_of(stored, say(stored.report)) for stored in told)
        yield SlotRow(kind, _judge(values, is_one=is_one), values)


_FACTS = {
    SlotKind.WHEN: FactKind.DATE,
    SlotKind.WHERE: FactKind.PLACE,
    SlotKind.WHO: FactKind.ACTOR,
    SlotKind.FIGURE: FactKind.FIGURE,
    SlotKind.STATUS: FactKind.STATUS,
}
_ORDER = tuple(SlotKind)


def _find_teller(account: Account, say: _Say) -> StoredReport | None:
    return next((stored for stored in account.reports if say(stored.report)), None)


def _value_of(stored: StoredReport, text: str) -> Value:
    return Value(text, stored_claim(stored, text))


def _judge(values: Sequence[Value], *, is_one: bool) -> Verdict:
    """Return how values stand to each other apart from disputes."""
    if len(values) < 2:  # noqa: PLR2004 - one value contradicts nobody
        return Verdict.ALONE
    return Verdict.AGREE if is_one else Verdict.DIFFER


def _say_when(report: Report) -> str:
    return describe_span(report.when) if is_said(report.when) else ""


def _are_days_one(here: Report, there: Report) -> bool:
    return compare_days(here.when, there.when) is not Fit.OTHER


def _say_where(report: Report) -> str:
    return _say_names(report.places)


def _are_places_one(here: Report, there: Report) -> bool:
    keys = (*here.places, *there.places)
    return compare_places(here.places, there.places, _within(keys)) is not Fit.OTHER


def _within(keys: Iterable[str]) -> Within:
    found = {key: get_entity(key) for key in keys}
    return {key: entity.within for key, entity in found.items() if entity is not None}


def _say_who(report: Report) -> str:
    return _say_names(report.actors)


def _say_names(keys: Iterable[str]) -> str:
    return ", ".join(dict.fromkeys(say_name(key) for key in keys))


def _are_actors_one(here: Report, there: Report) -> bool:
    ours, theirs = _with_around(here.actors), _with_around(there.actors)
    return not ours.isdisjoint(theirs)


def _with_around(keys: Sequence[str]) -> set[str]:
    within = _within(keys)
    return {*keys, *(parent for key in keys for parent in within.get(key, ()))}


def _say_status(report: Report) -> str:
    return report.modality.value


def _are_modalities_one(here: Report, there: Report) -> bool:
    return here.modality is there.modality


def _say_source(report: Report) -> str:
    return report.origin.name if report.origin is not None and report.origin.name else ITSELF


def _are_origins_one(here: Report, there: Report) -> bool:
    return here.origin is not None and there.origin is not None and here.origin.key == there.origin.key


_Counted = tuple[Quantity, StoredReport]
"""A figure of an outlet, with the report that has it."""


def _compare_figures(accounts: Sequence[Account], beside: Sequence[StoredReport]) -> Iterator[SlotRow]:
    groups: list[list[_Counted]] = []
    for account in accounts:
        for one in _list_figures(account):
            fitting = next((group for group in groups if any(_count_one_thing(one, held) for held in group)), None)
            if fitting is None:
                groups.append([one])
            elif all(fold(held.outlet) != fold(account.outlet) for _, held in fitting):
                fitting.append(one)
    for group in groups:
        told = group if len(group) > 1 else [*group, *_list_seconds(group[0], beside)]
        values = [_value_of(stored, say_figure(figure, stored.report.quote)) for figure, stored in told]
        pairs = combinations([figure for figure, _ in told], 2)
        is_one = all(compare_figures(here, there) in {Fit.SAME, Fit.FINER, Fit.APART} for here, there in pairs)
        verdict = _judge(values, is_one=is_one)
        yield SlotRow(SlotKind.FIGURE, verdict, tuple(values), _subject(group[0][0]))


def _count_one_thing(here: _Counted, there: _Counted) -> bool:
    return is_same_slot(here[0], there[0], here_quote=here[1].report.quote, there_quote=there[1].report.quote)


def _list_seconds(own: _Counted, beside: Sequence[StoredReport]) -> list[_Counted]:
    """Return the figures of other outlets, each once, that say the same of that day beside the event."""
    found: dict[str, _Counted] = {}
    for stored in beside:
        is_of_day = compare_days(own[1].report.when, stored.report.when) in _ONE
        for figure in figures_of(stored.report) if is_of_day and fold(stored.outlet) != fold(own[1].outlet) else ():
            if _count_one_thing(own, (figure, stored)) and compare_figures(own[0], figure) in _ONE:
                found.setdefault(fold(stored.outlet), (figure, stored))
    return list(found.values())


_ONE = frozenset({Fit.SAME, Fit.FINER})


def _list_figures(account: Account) -> Iterator[_Counted]:
    """Yield the figures that can be held against others, those of the newest article first."""
    for stored in account.reports:
        for figure in figures_of(stored.report):
            if is_nameable(figure, stored.report.quote):
                yield figure, stored


def _subject(figure: Quantity) -> str:
    return figure.object or (figure.unit if figure.unit != "count" else "")
