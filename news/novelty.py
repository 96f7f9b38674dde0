"""Deciding what an article adds to what is known: the label, the story, what is new in it and since when the rest is.

Owns the order of the questions and what follows from the answers. Must never look anything up: ``candidates`` hold all
that the store has on the article; nor render anything.

The questions, in order; the first that has an answer decides:

1. Is it the same article by identity? Same words: REPRINT. Facts changed: REVISED. Merely reworded: REPRINT.
2. Is it a copy of another text? REPRINT, unless a value stands in the place of another of its sort in one of its
   sentences, sentences with news of their own were added, or a value of an event in it differs. These two are
   ``news.deciding.repeats``'.
3. Which story is it? Then report by report against the story's events: what is new, and what is contradicted.
   DISPUTED: another origin gives an incompatible value for a slot of one event.
   OLD_EVENT: what it leads with and all else that it dates is older than ``old_event_days`` before it was published.
   NEW: it opens a story. UPDATE: the story is known and something in it is new. KNOWN: nothing is.
   REVISED: a note in which the outlet corrects its own report.

What looks like a copy, or like the story by its words, may be another event of the kind: ``news.another`` weighs
day, place, actors and "again". Whether anything is new is weighed sentence by sentence by ``news.deciding.telling``: a
number, name, day or act that the story does not have in any wording. Background sentences link to earlier events and
never make an article new.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from math import isfinite

from news.another.leads import find_another, has_other_day
from news.another.stories import has_other_opening, judge_stories
from news.deciding.bonds import carry_bond, find_bond
from news.deciding.choosing import Choice, choose, list_mentioned, rank_candidates
from news.deciding.columns import list_retold_stories
from news.deciding.correcting import find_corrected, list_corrections
from news.deciding.findings import Findings, hold_against
from news.deciding.going_on import weigh_all
from news.deciding.headlines import without_headline
from news.deciding.known_since import find_known_since
from news.deciding.linkage import list_linkages
from news.deciding.old_events import find_age
from news.deciding.outcomes import find_outcomes
from news.deciding.repeats import Repeat, decide_repeat
from news.decision import (
    Assignment,
    Candidates,
    Decision,
    FactKind,
    KnownSince,
    Label,
    NewFact,
    Reason,
    StoredArticle,
)
from news.disputes.rewordings import counts_on
from news.matching.assignments import assignments_of, main_reports, place_reports
from news.matching.editions import has_new_value
from news.model import Article, Reading
from news.stories.belonging import list_related
from news.stories.case import Case, known_since_article, known_since_story, lead_of, open_case

_MAX_LEADS = 3
_NEXT = timedelta(days=5)
"""No next edition comes sooner: until then an outlet changes the values of its own text as it learns them."""
_MAX_FACTS = 12
_BEYOND = 100_000  # groups of reports from here on are those that no case was opened for


def decide(
    article: Article, reading: Reading, candidates: Candidates, *, now: datetime, old_event_days: int = 30
) -> Decision:
    """Return what the article is, held against the candidates.

    Args:
        now: aware UTC; stands in for a missing date of publication.
        old_event_days: an article on events older than this when it was published is OLD_EVENT.

    Pure: equal arguments give equal decisions. Time grows with the candidates, about 30 ms for 30 articles. What stands
    behind the first sentences of a very long article is held against nothing: its reports are events of their own.
    """
    case = open_case(article, reading, candidates, now=now, old_event_days=old_event_days)
    try:
        decision = _decide(case)
    finally:
        case.world.forget()
    beyond = range(len(case.reading.reports), len(reading.reports))
    alone = tuple(Assignment(None, _BEYOND + at) for at in beyond)
    return replace(decision, assignments=decision.assignments + alone) if alone else decision


def _decide(case: Case) -> Decision:
    repeat = decide_repeat(case)
    if repeat.apart_from is not None:
        return _decide_by_story(case, repeat.reasons, None, apart_from=repeat.apart_from)
    if repeat.copied is not None and (_is_other_copy(case, repeat.copied) or _is_next_edition(case, repeat)):
        text = "the words of a stored article, for another happening"
        return _decide_by_story(case, (Reason("copy", text, repeat.copied.id),), None)
    if repeat.decision is None:
        return _decide_by_story(case, repeat.reasons, repeat.story_id)
    is_past = repeat.decision.label is Label.UPDATE and bool(_find_age(case))
    if repeat.doubt is None and not repeat.told and not is_past:
        return repeat.decision
    other = _decide_by_story(case, repeat.decision.reasons, repeat.decision.story_id)
    if is_past or (repeat.doubt is not None and _moves_on(other, repeat.doubt.article.text)):
        return other
    return _told_only(other, repeat.told) or carry_bond(other, repeat.decision)


def _is_other_copy(case: Case, copied: StoredArticle) -> bool:
    lead = f"{case.article.title}\n{lead_of(case.article)}"
    if find_outcomes(lead, case.hold(copied.story_id)):
        return False  # "the ban of the coach has been cut" is no other ban
    if counts_on(case, copied):
        return False
    if find_another(case, copied.story_id) is not None and has_other_day(case, copied):
        return True
    if case.article.published_at is None or not has_other_opening(case, copied):
        return False
    own = [fit for fit in rank_candidates(case) if fit.story_id == copied.story_id]
    return any(one.is_recurrence or one.is_much_later for one in judge_stories(case, own))


def _is_next_edition(case: Case, repeat: Repeat) -> bool:
    """Return whether what was written over an old text, with other values, does not go on with the story of that.

    "The bank raised its rate to 29 per cent" is the decision of another month, however few words were changed. What
    dates its opening to a day of the story, and nothing to these days, does: "the ferry that sank last Tuesday".
    """
    copied, changed = repeat.copied, repeat.decision
    if copied is None or changed is None or changed.label not in {Label.UPDATE, Label.DISPUTED}:
        return False
    here, there = case.article.published_at, copied.article.published_at
    if here is None or there is None or here - there < _NEXT:
        return False
    own = [fit for fit in rank_candidates(case) if fit.story_id == copied.story_id]
    weighed = weigh_all(case, own).values()
    return any(one.score < 0 and (one.signs["fresh_later"] or not one.signs["day_held"]) for one in weighed)


def _moves_on(decision: Decision, original: str) -> bool:
    """Return whether a loose copy contradicts its original or moves it on, with a number or day of its own."""
    claims = [fact.after for fact in decision.new if fact.before is not None]
    claims += [dispute.here for dispute in decision.disputes]
    if any(one.kind in {FactKind.ACTOR, FactKind.PLACE} for one in decision.disputes):
        return True
    if any(fact.kind is FactKind.ACT and fact.before is not None for fact in decision.new):
        return True
    return any(has_new_value(claim.quote, original) for claim in claims)


def _told_only(decision: Decision, told: Collection[str]) -> Decision | None:
    """Return what the sentences that were put into a copy tell or contradict; None where none of them is news."""
    new = tuple(fact for fact in decision.new if fact.after.quote.strip() in told)
    disputes = tuple(one for one in decision.disputes if one.here.quote.strip() in told)
    if not (new or disputes) or decision.label not in {Label.UPDATE, Label.DISPUTED}:
        return None
    return replace(decision, label=Label.DISPUTED if disputes else Label.UPDATE, new=new, disputes=disputes)


def _decide_by_story(case: Case, reasons: Sequence[Reason], forced: int | None, *, apart_from: int = 0) -> Decision:
    retold = list_retold_stories(case) if forced is None else ()
    if retold:
        return _retell(case, retold, reasons)
    fits = rank_candidates(case)
    choice = (
        choose(case, [fit for fit in fits if fit.story_id != apart_from])
        if forced is None
        else Choice(next((f for f in fits if f.story_id == forced), None))
    )
    story_id = forced if forced is not None else choice.fit.story_id if choice.fit else None
    corrected = find_corrected(case, story_id)
    if corrected is not None:
        return _revise(case, corrected, reasons)
    found = hold_against(case, story_id)
    label = _label(case, story_id, found)
    new = (found.slots.facts if story_id is not None else _lead_facts(case))[:_MAX_FACTS]
    bond, why = find_bond(case, fits, story_id, label)
    linkages, why_not = list_linkages(case, choice, label)
    ties = (*why, *why_not)
    return Decision(
        label,
        story_id,
        assignments_of(found.placed),
        known_since=_known_since(case, label, story_id, found),
        new=new,
        disputes=found.slots.disputes[:_MAX_FACTS],
        origins=case.reading.origins,
        n_independent=case.count_origins(story_id),
        related_story_ids=list_related(fits, choice.fit, first=list_mentioned(case, fits)),
        reasons=(*reasons, *_story_reason(choice, forced), *_reasons(found, new), *_why_old(case, label), *ties),
        bond=bond,
        linkages=linkages,
    )


def _retell(case: Case, stories: Sequence[int], reasons: Sequence[Reason]) -> Decision:
    """Return the decision on a column of brief items that are all held: it is of many stories, and joins none."""
    placed = place_reports(case.reading.reports, case.candidates.reports, case.world, story_id=None)
    return Decision(
        Label.KNOWN,
        None,
        assignments_of(placed),
        known_since=find_known_since(case, None, placed),
        origins=case.reading.origins,
        n_independent=case.count_origins(None),
        related_story_ids=tuple(stories),
        reasons=(*reasons, Reason("column", f"brief items on {len(stories)} stories of the record")),
    )


def _revise(case: Case, corrected: StoredArticle, reasons: Sequence[Reason]) -> Decision:
    """Return the decision on a note in which an outlet corrects its own report."""
    placed = place_reports(case.reading.reports, case.candidates.reports, case.world, story_id=corrected.story_id)
    return Decision(
        Label.REVISED,
        corrected.story_id,
        assignments_of(placed),
        duplicate_of=corrected.id,
        known_since=known_since_article(corrected),
        new=list_corrections(case, corrected)[:_MAX_FACTS],
        origins=case.reading.origins,
        n_independent=case.count_origins(corrected.story_id),
        reasons=(*reasons, Reason("correction", "says that it corrects an article of the same outlet", corrected.id)),
    )


def _find_age(case: Case) -> str:
    """Return why the article as a whole is on what lies before what a reader calls news; empty where it is not."""
    return case.world.remember("age", partial(find_age, case, rank_candidates(case)))


def _label(case: Case, story_id: int | None, found: Findings) -> Label:
    if _find_age(case):
        return Label.OLD_EVENT
    if found.slots.disputes:
        return Label.DISPUTED
    if story_id is None:
        return Label.NEW
    return Label.UPDATE if found.slots.facts else Label.KNOWN


def _known_since(case: Case, label: Label, story_id: int | None, found: Findings) -> KnownSince | None:
    """Return who had first what is told again; of news, who had its story first."""
    if label is Label.NEW:
        return None
    if label in {Label.KNOWN, Label.OLD_EVENT}:
        return find_known_since(case, story_id, found.placed, is_old=label is Label.OLD_EVENT)
    return known_since_story(case, story_id, found.placed)


def _lead_facts(case: Case) -> tuple[NewFact, ...]:
    """Return the first acts of an article that opens a story; its first sentence if it has none."""
    quotes = dict.fromkeys(report.quote for report in main_reports(case.reading.reports)) or [lead_of(case.article)]
    facts = [NewFact(FactKind.ACT, case.claim(quote, quote)) for quote in quotes]
    return without_headline(facts, case.article.title)[:_MAX_LEADS]


def _why_old(case: Case, label: Label) -> tuple[Reason, ...]:
    return (Reason("old", _find_age(case)),) if label is Label.OLD_EVENT else ()


def _reasons(found: Findings, new: Sequence[NewFact]) -> tuple[Reason, ...]:
    reasons = []
    for one in found.placed:
        if one.match is not None and not one.report.is_background:
            parts = ", ".join(f"{name} {value:+.1f}" for name, value in one.match.parts if value and name != "bias")
            theirs = _short(one.match.stored.report.quote)
            text = f"“{_short(one.report.quote)}” tells of the same event as “{theirs}”: {parts}"
            reasons.append(Reason("event", text, one.match.stored.article_id, round(one.match.score, 2)))
    reasons += [_fact_reason(fact) for fact in new]
    reasons += [
        Reason(
            "dispute", f"{d.kind.value}: {_short(d.here.value)} here, {_short(d.there.value)} there", d.there.article_id
        )
        for d in found.slots.disputes
    ]
    if found.verdict is not None:
        signs = ", ".join(name.replace("_", " ") for name in found.verdict.list_signs())
        reasons.append(Reason("dispute", f"most speaks for it: {signs}", None, round(found.verdict.score, 2)))
    return tuple(reasons[: _MAX_FACTS * 2])


def _story_reason(choice: Choice, forced: int | None) -> tuple[Reason, ...]:
    """Return what decided the story: the score is that by which it was chosen, or not."""
    if forced is not None:
        return ()  # the reason for it stands before: a text that it repeats
    nearest, weighed = choice.nearest, choice.weighed
    if nearest is None:
        return (Reason("story", "no stored article shares rare names or words with it"),)
    if weighed is not None:
        verb = "goes on with" if choice.fit is not None else "does not go on with the nearest,"
        text = f"{verb} story {nearest.story_id}; {weighed.say_signs()}"
        score = round(weighed.score, 2) if isfinite(weighed.score) else None
        return (Reason("story", text, nearest.nearest.id, score),)
    text = (
        f"belongs to story {nearest.story_id} by likeness of names, figures, words and events"
        if choice.fit is not None
        else f"nearest is story {nearest.story_id}, too far to be the same"
    )
    return (Reason("story", text, nearest.nearest.id, round(nearest.score, 2)),)


def _fact_reason(fact: NewFact) -> Reason:
    if fact.beside is not None:
        text = f"{fact.kind.value}: {_short(fact.after.value)}; compare {_short(fact.beside.value)}"
        return Reason("new", text, fact.beside.article_id)
    if fact.before is None:
        return Reason("new", f"{fact.kind.value}: {_short(fact.after.value)}")
    text = f"{fact.kind.value}: {_short(fact.before.value)} -> {_short(fact.after.value)}"
    return Reason("new", text, fact.before.article_id)


def _short(text: str, limit: int = 160) -> str:
    return text if len(text) <= limit else f"{text[: limit - 1].rstrip()}…"
