"""Holding an article against its story: what is new in it, and what is contradicted.

Owns the order in which reports, sentences and figures are held against what the story has. Must never choose the story
or name a label; ``news.novelty`` does.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from news.another.accounts import are_told_apart
from news.another.leads import find_another
from news.deciding.advances import list_advances
from news.deciding.coverage import (
    Pool,
    is_known_figure,
    make_pool,
)
from news.deciding.headlines import is_comment, without_headline, without_outdated
from news.deciding.moves import without_seeming_moves
from news.deciding.telling import Telling, describe_sentences, list_news
from news.decision import Dispute, FactKind, NewFact, StoredArticle
from news.disputes.contrast import find_contradictions, is_denial_held
from news.disputes.cues import find_cue, is_contesting
from news.disputes.frame_days import find_other_act_days
from news.disputes.frame_values import find_other_parts
from news.disputes.judging import Verdict
from news.disputes.main_events import find_opposed
from news.disputes.pleas import is_plea_held
from news.disputes.prominence import Ground, settle_disputes, settle_facts
from news.disputes.rewordings import find_reworded
from news.disputes.seeming import list_denied_roles, list_real
from news.disputes.slots import Slots, Teller, compare_slots, move_figures
from news.disputes.verdicts import find_overlooked, list_standing
from news.matching.assignments import Placed, main_reports, place_reports, reports_of_event
from news.model import Modality, Quantity, Report
from news.reports.explicit import find_rejected
from news.reports.progress import is_closed
from news.reports.tellings import tell
from news.reports.tolls import Tolls, gather_tolls, is_held_toll, is_late_death, is_of_others, is_told_toll
from news.stories.case import Case
from news.stories.holdings import Holdings
from news.stories.ties import TELLING_NUMBER, has_common_ground
from news.words.facts import Fit, compare_figures, figures_of, is_same_slot
from news.words.measures import Measure, is_held, measures_in
from news.words.vocabulary import language_of


@dataclass(frozen=True, slots=True)
class Findings:
    """What holding the article against its story gave."""

    placed: tuple[Placed, ...]
    slots: Slots
    tellings: tuple[Telling, ...] = ()
    verdict: Verdict | None = None


def hold_against(case: Case, story_id: int | None) -> Findings:
    """Hold the reports and sentences of an article against one story; None for one of its own, in which all is new."""
    placed = place_reports(case.reading.reports, case.candidates.reports, case.world, story_id=story_id)
    if story_id is None:
        return Findings(placed, Slots())
    articles = case.list_articles(story_id)
    reports = [one for one in case.candidates.reports if one.story_id == story_id]
    another = find_another(case, story_id)
    if another is not None:
        placed = _untied(placed)
    pool = make_pool(articles, reports, case.reading.language)
    closed = frozenset(one.id for one in articles if is_closed(one.article.text))
    teller = Teller(case.article, pool.keys, case.world.within, closed)
    news = {id(report) for report in main_reports(case.reading.reports)}
    told = [one for one in placed if id(one.report) in news]
    slots = [_without_told(_slots_of(one, case, pool, teller), one.report, pool) for one in told]
    own = [fact for slot in slots for fact in slot.facts]
    facts = _once(own)
    slots_found = Slots(facts, tuple(dispute for slot in slots for dispute in slot.disputes))
    tolls = gather_tolls(articles, reports)
    ground = Ground(case, articles, reports)
    facts, disputes = _settle(case, slots_found, placed, teller, ground, tolls)
    verdict: Verdict | None = None
    held = case.hold(story_id)
    if another is not None:
        facts, disputes = _once([replace(one, before=None) for one in facts]), ()
    else:
        disputes, verdict = _judge(case, disputes, teller, ground, lambda one: not _is_held(one, case, held, tolls))
    facts = without_seeming_moves((one for one in facts if not _is_old_denial(one, articles)), case, held)
    tellings = tuple(describe_sentences(case, held, facts))
    found = _news_of(case, facts, tellings)
    if not found:
        found = list_advances(case, tellings, tolls=tolls, held=held, stored=reports)
    is_met = any(one.match for one in told) or has_common_ground(case, held)
    if not found and not is_met and held.is_told_in(case.reading.language or "en"):
        found = facts  # nothing says that the two tell of one thing, so what the story lacks is news
    found = without_headline(found, case.article.title)
    return Findings(placed, Slots(found, disputes), tellings, verdict if disputes else None)


def _untied(placed: Sequence[Placed]) -> tuple[Placed, ...]:
    """Return the reports of an article on another happening, none of them tied to the first."""
    n_groups = 1 + max((one.group for one in placed), default=0)
    return tuple(one if one.match is None else Placed(one.report, None, n_groups + one.group) for one in placed)


def _settle(
    case: Case, slots: Slots, placed: Sequence[Placed], teller: Teller, ground: Ground, tolls: Tolls
) -> tuple[tuple[NewFact, ...], tuple[Dispute, ...]]:
    """Return what is new and what rules find contradicted, once all that only seems so is left out."""
    articles, reports = ground.articles, ground.reports
    seeming = tuple({(d.kind, d.event_id, d.here.value): d for d in slots.disputes}.values())
    disputes = settle_disputes(seeming, ground)
    disputes = disputes or find_reworded(case, articles, reports)
    if not disputes:
        disputes = find_contradictions(case, placed, reports, teller, ground=ground, articles=articles)
        disputes = disputes or find_other_parts(case, articles, reports, teller)
        disputes = disputes or find_other_act_days(case, articles, reports, teller)
    seeming, disputes = (
        tuple(one for one in each if not (_is_denied_already(case, one, articles) or _is_of_two_events(one)))
        for each in ((*seeming, *disputes), disputes)
    )
    facts = _once((*slots.facts, *list_denied_roles(case, seeming, reports)))
    disputes = list_real(case, disputes, reports, articles)
    if not disputes:
        opposed = find_opposed(case, articles, reports, teller)
        opposed = tuple(one for one in opposed if not _is_denied_already(case, one, articles))
        disputes = list_real(case, opposed, reports, articles)
    facts = without_outdated([fact for fact in facts if not is_told_toll(fact, tolls)])
    return settle_facts(facts, ground), settle_disputes(disputes, ground)


def _judge(
    case: Case, disputes: Sequence[Dispute], teller: Teller, ground: Ground, is_new: Callable[[Dispute], bool]
) -> tuple[tuple[Dispute, ...], Verdict | None]:
    """Return the disputes that are new and stand; where none does, the one that rules overlooked."""
    articles, reports = ground.articles, ground.reports

    def is_real(one: Dispute) -> bool:
        if not is_new(one) or _is_denied_already(case, one, articles) or _is_of_two_events(one):
            return False
        return bool(settle_disputes(list_real(case, [one], reports, articles), ground))

    kept, verdict = list_standing(case, tuple(filter(is_new, disputes)), articles)
    if kept:
        return kept, verdict
    return find_overlooked(case, articles, reports, teller, is_real, ground.may_be_on_one_thing)


def _is_denied_already(case: Case, dispute: Dispute, articles: Sequence[StoredArticle]) -> bool:
    is_denial = dispute.kind is FactKind.STATUS and dispute.here.value == Modality.DENIED.value
    is_held = is_denial and is_denial_held(dispute.here.quote, articles)
    return is_held or is_plea_held(case.article, dispute, articles)


def _is_of_two_events(dispute: Dispute) -> bool:
    """Return whether what seems to contradict tells of another event by the formula of the first."""
    here, there = (is_of_others(one.value, one.quote, language_of(one.quote)) for one in (dispute.here, dispute.there))
    if dispute.kind is FactKind.FIGURE and here != there:
        return True
    ours, theirs = tell(dispute.here.quote), tell(dispute.there.quote)
    if find_rejected(ours, theirs) is not None or is_contesting(dispute.here.quote):
        return False
    return are_told_apart(ours, theirs, has_year=dispute.kind is not FactKind.DATE) is not None


def _is_old_denial(fact: NewFact, articles: Sequence[StoredArticle]) -> bool:
    """Return whether what seems new is a denial that the story has, in other words."""
    is_act = fact.kind is FactKind.ACT or (fact.kind is FactKind.STATUS and fact.after.value == Modality.DENIED.value)
    return is_act and is_denial_held(fact.after.quote, articles)


def _is_held(dispute: Dispute, case: Case, held: Holdings, tolls: Tolls) -> bool:
    """Return whether the story has what seems to contradict it, or somebody hurt has died since."""
    language = case.reading.language or "en"
    return _is_held_figure(dispute, held, tolls) or is_late_death(dispute.here.quote, language, tolls)


def _is_held_figure(dispute: Dispute, held: Holdings, tolls: Tolls) -> bool:
    """Return whether a figure that seems to contradict the story is one of its own, in other words or another unit.

    Small bare numbers are left alone, for every story has a three somewhere; but not those of the dead and the hurt.
    Who sets a toll against another one says more than the toll.
    """
    measures = measures_in(dispute.here.value)
    if dispute.kind is not FactKind.FIGURE or not measures:
        return False
    if is_held_toll(dispute.here, tolls) and find_cue(dispute.here.quote) is None:
        return True
    return all(
        (one.kind or one.value >= TELLING_NUMBER)
        and is_held(one, [other for other in held.measures if _may_be(one, other)])
        for one in measures
    )


def _may_be(one: Measure, other: Measure) -> bool:
    """Return whether a number of the story may be the one of a dispute: "thousands" is no other count than 1,500."""
    return not other.is_open and (other.kind == one.kind or one.bare >= TELLING_NUMBER)


def _news_of(case: Case, facts: Sequence[NewFact], tellings: Sequence[Telling]) -> tuple[NewFact, ...]:
    """Return the facts of the sentences that tell something new, an act where no slot is filled; moved ones first."""
    found = [fact for fact in facts if _is_hard(fact)]
    for one in list_news(tellings, is_comment=is_comment(case.as_sent)):
        quote = one.sentence.text
        own = [fact for fact in facts if fact.after.quote.strip() == quote.strip()]
        found += own or [NewFact(FactKind.ACT, case.claim(quote, quote))]
    return tuple(sorted(_once(found), key=lambda fact: not _is_hard(fact)))


def _is_hard(fact: NewFact) -> bool:
    """Return whether a fact is news whatever its sentence: a figure that has moved, a plan that came true."""
    return fact.before is not None and fact.kind in {FactKind.FIGURE, FactKind.STATUS}


def _slots_of(one: Placed, case: Case, pool: Pool, teller: Teller) -> Slots:
    if one.match is None:
        moved = move_figures(one.report, pool.reports, teller)
        if moved:
            return Slots(facts=moved)
        return Slots(facts=(NewFact(FactKind.ACT, teller.claim(one.report, one.report.quote)),))
    stored = reports_of_event(one.match.stored.event_id, case.candidates.reports)
    slots = compare_slots(one.report, stored, teller)
    tolls = {fact.after.value: fact for fact in move_figures(one.report, pool.reports, teller)}
    facts = [tolls.get(fact.after.value, fact) if fact.kind is FactKind.FIGURE else fact for fact in slots.facts]
    return Slots(tuple(fact for fact in facts if not _is_told(fact, one.report, pool)), slots.disputes)


def _is_agreed(here: Quantity, here_quote: str, there: Quantity, there_quote: str) -> bool:
    is_same = is_same_slot(here, there, here_quote=here_quote, there_quote=there_quote, is_strict=False)
    return is_same and compare_figures(here, there) is Fit.SAME


def _without_told(slots: Slots, report: Report, pool: Pool) -> Slots:
    """Return the slots without disputes of figures that another report of the story gives just so."""
    if not slots.disputes:
        return slots
    told = {
        quantity.text
        for quantity in figures_of(report)
        for one in pool.reports
        for theirs in figures_of(one.report)
        if theirs.unit == quantity.unit and _is_agreed(quantity, report.quote, theirs, one.report.quote)
    }
    kept = [d for d in slots.disputes if d.kind is not FactKind.FIGURE or not any(one in d.here.value for one in told)]
    return Slots(slots.facts, tuple(kept))


def _is_told(fact: NewFact, report: Report, pool: Pool) -> bool:
    """Return whether a figure that the event lacks stands elsewhere in the story."""
    if fact.kind is not FactKind.FIGURE or fact.before is not None:
        return False
    texts = [quantity for quantity in figures_of(report) if quantity.text in fact.after.value]
    return bool(texts) and all(is_known_figure(quantity, report.quote, pool) for quantity in texts)


def _once(facts: Sequence[NewFact]) -> tuple[NewFact, ...]:
    """Return the facts without those that say the same value of the same slot again, in order."""
    return tuple({(fact.kind, fact.after.value): fact for fact in reversed(facts)}.values())[::-1]
