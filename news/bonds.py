"""What ties two stories together: an article that fits another story as strongly as its own.

Owns when a report counts as such a bond, and when bonds are enough to make two stories one. Must never join anything:
``handlers.joining`` does. The limits stand in ``data/weights.toml`` under ``bonds``.

One article proves little: a round-up, a look back and the second event of a kind all fit two stories. So a bond is
strong evidence for either story by itself, in a time in which both are told, with nothing that speaks of another event
of the kind (``news.recurrence``); and it takes bonds of two independent origins to make two stories one. An article that
retells how both stories began, with their telling names, is such evidence however few its words are.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from types import MappingProxyType

from news.case import Case
from news.decision import Bond, Decision, Label, Reason, StoredBond, StoredReport
from news.facts import is_said
from news.model import Precision
from news.origins import credit_origin, outlet_origin
from news.recurrence import judge_stories
from news.stories import StoryFit, is_foreign
from news.tables import load_toml

_BONDED = frozenset({Label.UPDATE, Label.KNOWN, Label.DISPUTED})
"""What goes on with a story. A copy says nothing of its own, and a look back is of many stories."""
_LEAD_SENTENCES = 2
STEP = "bond"
"""What a reason of bonds is called."""
_A_DAY = timedelta(days=1)


@cache
def _limits() -> Mapping[str, float]:
    weights = {key: float(value) for key, value in load_toml("weights.toml")["bonds"].items()}
    return MappingProxyType(weights | {"joined": float(load_toml("weights.toml")["stories"]["threshold"])})


def keep_days() -> timedelta:
    """Return how long a bond counts: two stories are made one while both are told."""
    return timedelta(days=_limits()["days"])


def find_bond(case: Case, fits: Sequence[StoryFit], story_id: int | None, label: Label) -> Bond | None:
    """Return the one other story that the article fits as well as its own, or None.

    Args:
        fits: all stories, ranked.
        story_id: its own story; that it was chosen among ``fits`` is asked for as well.
    """
    if label not in _BONDED:
        return None
    pair = _pair_of(fits, story_id, least=_limits()["strong"])
    if pair is None:
        pair = _pair_of(fits, story_id, least=0.0)
        if pair is None or not _retells(case, pair):
            return None
    own, other = pair
    if not all(_is_near(case, fit) for fit in pair) or _has_rivals(case, own, other):
        return None
    return Bond(other.story_id, other.nearest.id, round(own.score, 2), round(other.score, 2), origin_of(case))


def _list_joinable(fits: Sequence[StoryFit], least: float) -> list[StoryFit]:
    """Return the stories that lie by at least so much above what joining takes."""
    return [fit for fit in fits if fit.score - _limits()["joined"] >= least and not is_foreign(fit)]


def _pair_of(fits: Sequence[StoryFit], story_id: int | None, *, least: float) -> tuple[StoryFit, StoryFit] | None:
    """Return the article's own story and the one other that it fits by so much; an article of three is a round-up."""
    near = _list_joinable(fits, least)
    own, others = [fit for fit in near if fit.story_id == story_id], [fit for fit in near if fit.story_id != story_id]
    return (own[0], others[0]) if len(own) == len(others) == 1 else None


def _retells(case: Case, pair: Sequence[StoryFit]) -> bool:
    """Return whether the article retells how both stories began: most of an opening of either, with telling names."""
    limits = _limits()
    judged = judge_stories(case, pair)
    return all(
        one.score >= limits["judged"]
        and one.features["core_held"] >= limits["core_held"]
        and one.features["rare_shared"] >= limits["rare_shared"]
        for one in judged
    )


def carry_bond(other: Decision, decision: Decision) -> Decision:
    """Return the decision on a loose copy with the bond that it has as an account of its own: copies may say more."""
    if other.bond is None or other.story_id != decision.story_id:
        return decision
    reasons = tuple(one for one in other.reasons if one.step == STEP)
    return replace(decision, bond=other.bond, reasons=(*decision.reasons, *reasons))


def explain_bond(bond: Bond | None, fits: Sequence[StoryFit], story_id: int | None, label: Label) -> tuple[Reason, ...]:
    """Return why an article binds its story to another one, or why not though it fits another as well."""
    if bond is not None:
        text = f"fits story {bond.story_id} as well: two such reports of independent origins make both one"
        return (Reason(STEP, text, bond.article_id, bond.score),)
    near = _list_joinable(fits, 0.0)
    others = [fit for fit in near if fit.story_id != story_id]
    if label not in _BONDED or len(others) == len(near) or not others:
        return ()
    text = f"fits story {others[0].story_id} as well, and binds both no more than that: {_say_obstacle(near, others)}"
    return (Reason(STEP, text, others[0].nearest.id, round(others[0].score, 2)),)


def _say_obstacle(near: Sequence[StoryFit], others: Sequence[StoryFit]) -> str:
    limits = _limits()
    if len(others) > 1:
        return "it fits more than two stories, as round-ups do"
    if any(fit.score - limits["joined"] < limits["strong"] for fit in near):
        least = limits["joined"] + limits["strong"]
        return f"that takes {least:.1f} for either, or how both began retold with its names"
    return "they lie apart in time, or tell of two events of one kind"


def origin_of(case: Case) -> str:
    """Return the key of who tells the article: its credit, else its outlet; empty where neither is known."""
    article = case.article
    credit = credit_origin(article)
    if credit is not None:
        return credit.key
    return outlet_origin(article.outlet, article.url).key if article.outlet or article.url else ""


def _is_near(case: Case, fit: StoryFit) -> bool:
    """Return whether the story was told near the article's own time, as far as both have one."""
    issued, told = case.article.published_at, case.hold(fit.story_id).last_on
    return issued is None or told is None or abs(issued.date() - told) <= keep_days()


def _has_rivals(case: Case, own: StoryFit, other: StoryFit) -> bool:
    """Return whether either story, or the article held against it, is another event of one kind."""
    if any(one.is_recurrence or one.features["series"] for one in judge_stories(case, [own, other])):
        return True
    ours, theirs = _lead_days(case, own.story_id), _lead_days(case, other.story_id)
    return any(_are_apart(days, theirs[kind]) for kind, days in ours.items() if kind in theirs)


def _lead_days(case: Case, story_id: int) -> dict[str, set[date]]:
    """Return the days of what the articles of a story lead with, by kind of event."""
    found: dict[str, set[date]] = {}
    for one in case.candidates.reports:
        if one.story_id == story_id and _leads(one) and one.report.when.first_on is not None:
            found.setdefault(one.report.kind.value, set()).add(one.report.when.first_on)
    return found


def _leads(stored: StoredReport) -> bool:
    report = stored.report
    is_dated = is_said(report.when) and report.when.precision is Precision.DAY
    return is_dated and not report.is_background and report.sentence < _LEAD_SENTENCES


def _are_apart(ours: Collection[date], theirs: Collection[date]) -> bool:
    """Return whether no day of one is, give or take a day, one of the other."""
    return not any(abs(one - another) <= _A_DAY for one in ours for another in theirs)


def is_enough(bonds: Sequence[StoredBond]) -> bool:
    """Return whether bonds of two stories make them one: so many of independent origins.

    Articles of which nobody knows who tells them count each.
    """
    origins = {bond.origin or f"a{bond.article_id}" for bond in bonds}
    return len(origins) >= _limits()["least"]
