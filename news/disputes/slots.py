"""One event told twice: slot by slot, what is new here, and where the two cannot both be right.

Owns the comparing of a report with the stored reports of the event that it matches, and the line between development
(the store is behind), dispute (two origins differ) and agreement. Must never look for the event.

The line: what the same origin changes, or an outlet that names no other body for it, is an update of its own account.
A larger count of what is counted up (deaths, arrests), an exact figure after "at least", a plan that came true and a
claim that was confirmed are developments. All other incompatible values from different origins are disputes, and so is
a denial of what is held to have happened, since it disputes the fact and not the saying.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from news.decision import Claim, Dispute, FactKind, NewFact, StoredArticle, StoredReport
from news.disputes.bearers import is_of_another
from news.disputes.counterparts import rank_counterpart
from news.disputes.cues import is_contesting
from news.disputes.datings import are_days_told, is_dated, is_one_night
from news.disputes.days import named_day
from news.disputes.parties import is_counted_against
from news.disputes.shares import is_alike, is_comparable
from news.model import Article, EventKind, Modality, Origin, Quantity, Report
from news.reports.bodies import are_two_bodies
from news.reports.moods import Mood, may_differ, mood_of
from news.reports.negations import denies_something_else, is_touched, list_denied
from news.reports.origins import are_one_origin, outlet_origin
from news.reports.progress import is_development
from news.reports.tellings import is_aside, tell
from news.reports.wording import say_days, say_figure, say_name
from news.words.facts import (
    Fit,
    Within,
    compare_days,
    compare_figures,
    compare_places,
    figures_of,
    is_same_slot,
)
from news.words.states import is_cumulative, state_of, thing_of
from news.words.text import fold

_TOLL = "toll"
_IDENTITY = frozenset({FactKind.FIGURE, FactKind.DATE, FactKind.PLACE})
"""Of these only one differs where two accounts contradict each other; where two do, two events were taken for one."""
_EARLIEST = datetime.min.replace(tzinfo=UTC)
_NO_FIGURE = frozenset({"day", "hour", "minute", "week", "month", "year", "second", "decade", "time", "ordinal"})
"""Units of durations: "three days of talks" is no figure that outlets are held to."""


_FIRMER = {
    Modality.HAPPENED: frozenset({Modality.PLANNED, Modality.ALLEGED, Modality.THREATENED}),
    Modality.PLANNED: frozenset({Modality.THREATENED}),
}
"""What each modality is a development of."""


@dataclass(frozen=True, slots=True)
class Slots:
    """What comparing one report with its event gave."""

    facts: tuple[NewFact, ...] = ()
    disputes: tuple[Dispute, ...] = ()


@dataclass(frozen=True, slots=True)
class Teller:
    """The article that is decided on, as the teller of its reports.

    Attributes:
        known: entity keys that the story already has; an actor or place among them is nothing new.
        within: what each place lies in.
    """

    article: Article
    known: Collection[str]
    within: Within
    closed: frozenset[int] = frozenset()
    """Articles of the story that say that the counting is over."""

    def claim(self, report: Report, value: str) -> Claim:
        """Return the value as this article claims it."""
        return Claim(
            value,
            report.quote,
            self.article.outlet,
            article_id=None,
            origin=report.origin,
            published_at=self.article.published_at,
        )

    def is_fresh(self, key: str) -> bool:
        """Return whether a person or organisation is new to the story.

        Countries act through governments, ministries and forces; where the country is known they are nobody new.
        """
        if key in self.known or key.startswith("place:"):
            return False
        is_person = key.startswith("person:")
        return is_person or not any(parent in self.known for parent in self.within.get(key, ()))

    def origin_of(self, report: Report) -> Origin:
        """Return whom the statement goes back to: whoever the sentence names, else the outlet."""
        return report.origin or outlet_origin(self.article.outlet, self.article.url)


def stored_claim(stored: StoredReport, value: str) -> Claim:
    """Return the value as a stored article claims it."""
    return Claim(
        value,
        stored.report.quote,
        stored.outlet,
        article_id=stored.article_id,
        origin=stored.report.origin,
        published_at=stored.published_at,
    )


def is_same_voice(report: Report, stored: StoredReport, teller: Teller) -> bool:
    """Return whether both accounts go back to one origin, or come from one outlet that names no two bodies for them.

    An outlet that gives the ministry's six dead and then the union's eleven tells of two voices.
    """
    if _is_one_outlet(teller.article.outlet, stored.outlet):
        return not are_two_sides(report.origin, stored.report.origin)
    theirs = stored.report.origin or outlet_origin(stored.outlet, stored.url)
    return bool(theirs.key) and are_one_origin(teller.origin_of(report), theirs)


def is_change_of_own(dispute: Dispute) -> bool:
    """Return whether both values stand in one outlet, which does not name two bodies for them."""
    here, there = dispute.here, dispute.there
    return _is_one_outlet(here.outlet, there.outlet) and not are_two_sides(here.origin, there.origin)


def _is_one_outlet(one: str, other: str) -> bool:
    return bool(one) and fold(one) == fold(other)


def are_two_sides(one: Origin | None, other: Origin | None) -> bool:
    """Return whether two sentences name two bodies that are known not to be one."""
    return one is not None and other is not None and are_two_bodies(_voice_of(one), _voice_of(other))


def _voice_of(origin: Origin) -> str:
    return origin.voice or origin.key


def is_voice_of(article: Article, stored: StoredArticle) -> bool:
    """Return whether two articles come from one outlet: by its name or its row in the table, not by its host alone.

    A host may be home to many outlets; where one of the two gives no name, the host is all there is.
    """
    ours, theirs = article.outlet, stored.article.outlet
    if ours and theirs:
        return fold(ours) == fold(theirs) or outlet_origin(ours).key == outlet_origin(theirs).key
    keys = outlet_origin(ours, article.url).key, outlet_origin(theirs, stored.article.url).key
    return bool(ours or article.url) and keys[0] == keys[1]


def _newest_first(stored: Sequence[StoredReport]) -> list[StoredReport]:
    """Return the reports with the newest first; of one article, what tells the news before what looks back."""
    return sorted(
        stored, key=lambda one: (one.published_at or _EARLIEST, not one.report.is_background, one.id), reverse=True
    )


def _settle(kind: FactKind, here: Claim, there: Claim, event_id: int, *, is_dispute: bool) -> Slots:
    if is_dispute:
        return Slots(disputes=(Dispute(kind, event_id, here, there),))
    return Slots(facts=(NewFact(kind, here, there, event_id),))


def is_contested_figure(ours: Quantity, report: Report, stored: StoredReport, fit: Fit, teller: Teller) -> bool:
    """Return whether a figure that differs is a contradiction rather than a later state of things."""
    if fit is Fit.FINER or is_same_voice(report, stored, teller):
        return False
    if is_contesting(report.quote):
        return True
    if is_development(report.quote) or not may_differ(tell(report.quote), tell(stored.report.quote)):
        return False
    is_counted = ours.unit != "percent" and is_cumulative(ours, report.quote)
    if not (fit is Fit.MORE and is_counted) or stored.article_id in teller.closed:
        return True
    moments = teller.article.published_at, stored.published_at
    return is_counted_against(report.quote, stored.report.quote, *moments)


def _figure_slot(ours: Quantity, report: Report, stored: Sequence[StoredReport], teller: Teller) -> Slots:
    """Compare one figure with those that the event's reports give for its slot, newest first."""
    pairs = sorted(((one, theirs) for one in stored for theirs in figures_of(one.report)), key=rank_counterpart)
    for one, theirs in pairs:
        quotes = {"here_quote": report.quote, "there_quote": one.report.quote}
        if is_same_slot(ours, theirs, **quotes, is_strict=False) and compare_figures(ours, theirs) is Fit.SAME:
            return Slots()
    differing = next(
        ((one, theirs, compare_figures(ours, theirs))
         for one, theirs in pairs
         if is_same_slot(ours, theirs, here_quote=report.quote, there_quote=one.report.quote)
         and is_comparable(ours, theirs, report.quote, one.report.quote)),
        None,
    )  # fmt: skip
    here = teller.claim(report, say_figure(ours, report.quote))
    if differing is None:
        return Slots(facts=(NewFact(FactKind.FIGURE, here, None, stored[0].event_id),))
    one, theirs, fit = differing
    is_dispute = is_contested_figure(ours, report, one, fit, teller)
    is_stated = bool(state_of(ours, report.quote))
    is_dispute = is_dispute and (is_stated or is_alike(ours, theirs, report.quote, one.report.quote))
    return _settle(FactKind.FIGURE, here, _figure_claim(one, theirs), one.event_id, is_dispute=is_dispute)


def _figure_claim(stored: StoredReport, figure: Quantity) -> Claim:
    return stored_claim(stored, say_figure(figure, stored.report.quote))


def move_figures(report: Report, stored: Sequence[StoredReport], teller: Teller) -> tuple[NewFact, ...]:
    """Return the tolls of a report that have grown since the newest of the story's reports that gives one.

    For a report that matches no event of the story: "the toll has risen to 20" tells of no act of its own.

    Args:
        stored: reports of one story in any order.
    """
    if not stored or not (is_development(report.quote) or _TOLL in report.quote.casefold()):
        return ()
    facts: list[NewFact] = []
    for ours in figures_of(report):
        held = _held_toll(ours, report, stored, teller)
        if held is not None:
            there = _figure_claim(*held)
            here = teller.claim(report, say_figure(ours, report.quote))
            facts.append(NewFact(FactKind.FIGURE, here, there, held[0].event_id))
    return tuple(facts)


def _held_toll(
    ours: Quantity, report: Report, stored: Sequence[StoredReport], teller: Teller
) -> tuple[StoredReport, Quantity] | None:
    """Return the newest figure of a story that ``ours`` is a later state of, or None."""
    if not is_cumulative(ours, report.quote):
        return None
    for one in _newest_first(stored):
        if compare_places(report.places, one.report.places, teller.within) is Fit.OTHER:
            continue
        for theirs in figures_of(one.report):
            if is_same_slot(ours, theirs, here_quote=report.quote, there_quote=one.report.quote):
                return (one, theirs) if compare_figures(ours, theirs) in {Fit.MORE, Fit.FINER} else None
    return None


def is_nameable(quantity: Quantity, quote: str) -> bool:
    """Return whether the text says what a figure counts or measures; others are left alone."""
    if quantity.unit in _NO_FIGURE:
        return False
    return bool(quantity.unit != "count" or thing_of(quantity, quote) or state_of(quantity, quote))


def _figures(report: Report, stored: Sequence[StoredReport], teller: Teller) -> Slots:
    slots = [
        _figure_slot(ours, report, stored, teller) for ours in figures_of(report) if is_nameable(ours, report.quote)
    ]
    return _join(slots)


def _days(report: Report, stored: Sequence[StoredReport], teller: Teller) -> Slots:
    fits = [(one, compare_days(report.when, one.report.when)) for one in stored]
    held = next(((one, fit) for one, fit in fits if fit is not Fit.APART), None)
    if held is None or any(fit is Fit.SAME for _, fit in fits) or is_development(report.quote):
        return Slots()
    one, fit = held
    published_at = teller.article.published_at
    if fit is Fit.OTHER and is_one_night(report, one, published_at):
        return Slots()
    if fit is Fit.OTHER and not (is_dated(report, published_at) and is_dated(one.report, one.published_at)):
        return Slots()  # a day on which somebody spoke is no other day of the event
    is_plan = Modality.PLANNED in {report.modality, one.report.modality}
    is_dispute = fit is Fit.OTHER and not is_plan and not is_same_voice(report, one, teller)
    is_dispute = is_dispute and are_days_told(report, one, published_at)
    here = teller.claim(report, say_days(report.when))
    there = stored_claim(one, say_days(one.report.when))
    return _settle(FactKind.DATE, here, there, one.event_id, is_dispute=is_dispute)


def _places(report: Report, stored: Sequence[StoredReport], teller: Teller) -> Slots:
    fits = [(one, compare_places(report.places, one.report.places, teller.within)) for one in stored]
    if not report.places or any(fit is Fit.SAME for _, fit in fits):
        return Slots()
    fresh = [key for key in report.places if key not in teller.known]
    held = next(((one, fit) for one, fit in fits if fit in {Fit.OTHER, Fit.FINER}), None)
    if held is None or not fresh:
        return Slots()
    one, fit = held
    is_dispute = fit is Fit.OTHER and not is_same_voice(report, one, teller) and not is_development(report.quote)
    is_dispute = is_dispute and not (is_aside(tell(report.quote)) or is_aside(tell(one.report.quote)))
    here = teller.claim(report, say_name(fresh[0]))
    there = stored_claim(one, say_name(one.report.places[0]))
    return _settle(FactKind.PLACE, here, there, one.event_id, is_dispute=is_dispute)


def _actors(report: Report, stored: Sequence[StoredReport], teller: Teller) -> Slots:
    held = {key for one in stored for key in (*one.report.actors, *one.report.places)}
    fresh = [key for key in report.actors if key not in held and teller.is_fresh(key)]
    facts = tuple(
        NewFact(FactKind.ACTOR, teller.claim(report, say_name(key)), None, stored[0].event_id)
        for key in dict.fromkeys(fresh)
    )
    return Slots(facts=facts)


def _status(report: Report, stored: Sequence[StoredReport], teller: Teller) -> Slots:
    """Compare how sure the accounts are that the event took place."""
    held = {one.report.modality for one in stored}
    is_vague = report.kind is EventKind.OTHER and report.modality is not Modality.DENIED
    if report.modality in held or is_vague:
        return Slots()
    here = teller.claim(report, report.modality.value)
    contested = {Modality.HAPPENED, Modality.DENIED}
    for one in stored:
        if {report.modality, one.report.modality} == contested:
            denial = report if report.modality is Modality.DENIED else one.report
            if denies_something_else(tell(denial.quote)):
                return Slots()
            told = one.report if denial is report else report
            denying, telling = tell(denial.quote), tell(told.quote)
            is_other = is_of_another(denying, telling, list_denied(denying), teller.within)
            if is_other or not is_touched(denying, telling):
                return Slots()
            is_dispute = not is_same_voice(report, one, teller) and not _is_settled(report, one)
            there = stored_claim(one, one.report.modality.value)
            return _settle(FactKind.STATUS, here, there, one.event_id, is_dispute=is_dispute)
    is_firmer = held <= _FIRMER.get(report.modality, frozenset())
    if not is_firmer and report.modality is not Modality.DENIED:
        return Slots()
    there = stored_claim(stored[0], stored[0].report.modality.value)
    return Slots(facts=(NewFact(FactKind.STATUS, here, there, stored[0].event_id),))


def _is_settled(report: Report, stored: StoredReport) -> bool:
    """Return whether a denial and a fact go together: what is denied is something else, or came about afterwards."""
    denial = report if report.modality is Modality.DENIED else stored.report
    fact = stored.report if denial is report else report
    if mood_of(tell(fact.quote)) is not Mood.TOLD:
        return True
    first = named_day(report)
    if denial is report or first is None or stored.published_at is None:
        return False
    return first > stored.published_at.date()


def _as_facts(slots: Slots) -> Slots:
    """Return the disputes as what is new: two slots that differ are rather two events."""
    facts = tuple(NewFact(one.kind, one.here, one.there, one.event_id) for one in slots.disputes)
    return Slots((*slots.facts, *facts))


def _join(slots: Sequence[Slots]) -> Slots:
    return Slots(
        tuple(fact for slot in slots for fact in slot.facts),
        tuple(dispute for slot in slots for dispute in slot.disputes),
    )


_SLOTS: tuple[Callable[[Report, Sequence[StoredReport], Teller], Slots], ...] = (
    _figures,
    _days,
    _places,
    _actors,
)


def compare_slots(report: Report, stored: Sequence[StoredReport], teller: Teller) -> Slots:
    """Compare a report with the stored reports of its event: figures, date, place, actors, status, in this order.

    Args:
        stored: reports of one event, in any order; at least one. A value that any of them has is known; one that
            differs is held against the newest.

    Known failures: a figure that names no object is left alone; a change of actor ("signed by X" then "by Y") is an
    update and never a dispute, since both may have taken part.
    """
    newest = _newest_first(stored)
    status = _status(report, newest, teller)
    held = [one for one in newest if one.report.modality is not Modality.DENIED]
    if report.modality is Modality.DENIED or not held:
        return status  # what is denied has no values
    slots = _join([*(compare(report, held, teller) for compare in _SLOTS), status])
    return _as_facts(slots) if len({one.kind for one in slots.disputes} & _IDENTITY) > 1 else slots
