"""Holding an article against its story: what is new in it, and what is contradicted.

Owns the order in which reports, sentences and figures are held against what the story has. Must never choose the story
or name a label; ``news.novelty`` does.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from news.another.leads import find_another
from news.deciding.advances import list_advances
from news.deciding.coverage import (
    Pool,
    is_known_figure,
    make_pool,
)
from news.deciding.headlines import is_comment, without_headline, without_outdated
from news.deciding.moves import without_seeming_moves
from news.deciding.replaced import list_replaced
from news.deciding.telling import Telling, describe_sentences, list_news
from news.decision import Claim, Dispute, FactKind, NewFact, StoredArticle
from news.disputes.contrast import is_denial_held
from news.disputes.desk import Desk
from news.disputes.finders import list_found
from news.disputes.judging.judge import Verdict
from news.disputes.judging.retold import is_side_held
from news.disputes.loose_sentences import sentences_of
from news.disputes.prominence import Ground, sentence_key, settle_facts
from news.disputes.slots import Slots, Teller, compare_slots, move_figures
from news.disputes.verdicts import Hearing, hear
from news.matching.assignments import Placed, main_reports, place_reports, reports_of_event
from news.model import Modality, Quantity, Report
from news.reports.negations import list_denied
from news.reports.progress import is_closed
from news.reports.tellings import tell
from news.reports.tolls import gather_tolls, is_told_toll
from news.stories.case import Case
from news.stories.ties import has_common_ground
from news.words.facts import Fit, compare_figures, figures_of, is_same_slot
from news.words.measures import measures_in
from news.words.vocabulary import language_of

_OPENING = 2


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
    another = find_another(case, story_id)
    if another is not None:
        placed = _untied(placed)
    desk, pool = _open_desk(case, story_id, placed)
    news = {id(report) for report in main_reports(case.reading.reports)}
    told = [one for one in placed if id(one.report) in news]
    slots = [_without_told(_slots_of(one, case, pool, desk.teller), one.report, pool) for one in told]
    hearing = Hearing()
    if another is None:
        hearing = hear(list_found((dispute for slot in slots for dispute in slot.disputes), desk), desk)
    roles = [NewFact(FactKind.ACT, replace(one.here, value=one.here.quote)) for one in hearing.roles]
    changes = [NewFact(one.kind, one.here, one.there, one.event_id) for one in hearing.changes]
    if another is None and not hearing.told:
        changes += list_replaced(case, desk.articles)
    facts = _facts_of([*changes, *(fact for slot in slots for fact in slot.facts), *roles], desk)
    if another is not None:
        facts = _once([replace(one, before=None) for one in facts])
    facts = without_seeming_moves((one for one in facts if not _is_old_denial(one, desk.articles)), case, desk.held)
    tellings = tuple(describe_sentences(case, desk.held, facts))
    found = _news_of(case, facts, tellings, [*changes, *roles])
    if not found:
        found = list_advances(case, tellings, tolls=desk.tolls, held=desk.held, stored=desk.reports)
    is_met = any(one.match for one in told) or has_common_ground(case, desk.held)
    if not found and not is_met and desk.held.is_told_in(case.reading.language or "en"):
        found = facts  # nothing says that the two tell of one thing, so what the story lacks is news
    found = _with_beside(without_headline(found, case.article.title), hearing) or _list_denials(case, desk.articles)
    disputes = tuple(one.dispute for one in hearing.told)
    found = tuple(fact for fact in found if not any(_is_of_dispute(fact, one) for one in disputes))
    return Findings(placed, Slots(found, disputes), tellings, hearing.told[0].verdict if hearing.told else None)


def _with_beside(facts: Sequence[NewFact], hearing: Hearing) -> tuple[NewFact, ...]:
    """Return the facts of an article, each with what another account has in the place of its value.

    What differs from the record is a fact of its own, where no other one quotes its sentence. Of an article that tells
    nothing else only what contradicts the record by all signs makes news: nobody hears of what is told as known.
    """
    compared = hearing.compared if facts else hearing.doubted
    held = {sentence_key(one.here.quote): one.there for one in reversed(compared)}
    found = [_beside(fact, held.get(sentence_key(fact.after.quote))) for fact in facts]
    told = {sentence_key(fact.after.quote) for fact in facts}
    fresh = (one for one in compared if sentence_key(one.here.quote) not in told)
    return (*found, *(NewFact(one.kind, one.here, event_id=one.event_id, beside=one.there) for one in fresh))


def _beside(fact: NewFact, there: Claim | None) -> NewFact:
    return fact if there is None or fact.before is not None else replace(fact, beside=there)


def _open_desk(case: Case, story_id: int, placed: Sequence[Placed]) -> tuple[Desk, Pool]:
    articles = case.list_articles(story_id)
    reports = [one for one in case.candidates.reports if one.story_id == story_id]
    pool = make_pool(articles, reports, case.reading.language)
    closed = frozenset(one.id for one in articles if is_closed(one.article.text))
    teller = Teller(case.article, pool.keys, case.world.within, closed)
    tolls = gather_tolls(articles, reports)
    return Desk(placed, teller, Ground(case, articles, reports), case.hold(story_id), tolls), pool


def _facts_of(facts: Sequence[NewFact], desk: Desk) -> tuple[NewFact, ...]:
    """Return the facts that the story has in no other words, each once."""
    fresh = without_outdated([fact for fact in _once(facts) if not is_told_toll(fact, desk.tolls)])
    return settle_facts((_without_other_side(fact, desk) for fact in fresh), desk.ground)


def _without_other_side(fact: NewFact, desk: Desk) -> NewFact:
    """Return a fact; a figure that another account gives too has not moved from that of the other side."""
    if fact.kind is not FactKind.FIGURE or fact.before is None:
        return fact
    both = Dispute(fact.kind, fact.event_id, fact.after, fact.before)
    return replace(fact, before=None) if is_side_held(desk.case.article, both, desk.articles) else fact


def _untied(placed: Sequence[Placed]) -> tuple[Placed, ...]:
    """Return the reports of an article on another happening, none of them tied to the first."""
    n_groups = 1 + max((one.group for one in placed), default=0)
    return tuple(one if one.match is None else Placed(one.report, None, n_groups + one.group) for one in placed)


def _list_denials(case: Case, articles: Sequence[StoredArticle]) -> tuple[NewFact, ...]:
    """Return what an opening has somebody deny, and no article of the story: that is news whatever it denies.

    Who has denied anything there denies nothing new; of what is denied there in another language nobody knows.
    """
    opening = (*(one.text for one in case.reading.sentences[:_OPENING]), case.article.title)
    denials = [quote for quote in opening if _denies(quote)]
    if not denials:
        return ()
    told = [text for one in articles for text in (one.article.title, *sentences_of(one.article.text)) if _denies(text)]
    names = {name.key for text in told for name in tell(text).names}
    is_abroad = any(language_of(text) != language_of(denials[0]) for text in told)
    is_told = is_abroad or any(names & {name.key for name in tell(quote).names} for quote in denials)
    fresh = next((quote for quote in denials if not is_denial_held(quote, articles)), None)
    return () if is_told or fresh is None else (NewFact(FactKind.ACT, case.claim(fresh, fresh)),)


def _denies(quote: str) -> bool:
    return any(one.is_explicit for one in list_denied(tell(quote)))


def _is_old_denial(fact: NewFact, articles: Sequence[StoredArticle]) -> bool:
    """Return whether what seems new is a denial that the story has, in other words."""
    is_act = fact.kind is FactKind.ACT or (fact.kind is FactKind.STATUS and fact.after.value == Modality.DENIED.value)
    return is_act and is_denial_held(fact.after.quote, articles)


def _news_of(
    case: Case, facts: Sequence[NewFact], tellings: Sequence[Telling], changes: Collection[NewFact]
) -> tuple[NewFact, ...]:
    """Return the facts of the sentences that tell something new, an act where no slot is filled; moved ones first.

    Args:
        changes: what an outlet tells otherwise than before, which is news whatever its sentence.
    """
    found = [fact for fact in facts if _is_hard(fact) or fact in changes]
    for one in list_news(tellings, is_comment=is_comment(case.as_sent)):
        quote = one.sentence.text
        own = [fact for fact in facts if fact.after.quote.strip() == quote.strip()]
        found += own or [NewFact(FactKind.ACT, case.claim(quote, quote))]
    return tuple(sorted(_once(found), key=lambda fact: not _is_hard(fact)))


def _is_of_dispute(fact: NewFact, dispute: Dispute) -> bool:
    """Return whether a value that seems to have moved is one side of a dispute."""
    claim = dispute.here
    if fact.before is None or (fact.kind, fact.after.quote) != (dispute.kind, claim.quote):
        return False
    ours, theirs = (measures_in(value, language_of(claim.quote))[:1] for value in (fact.after.value, claim.value))
    is_one = bool(ours and theirs) and ours[0].value == theirs[0].value
    return fact.after.value == claim.value or is_one


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
