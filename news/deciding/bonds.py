"""What ties two stories together: an article that fits another story as strongly as its own.

Owns when a report counts as such a bond, and when bonds are enough to make two stories one. Must never join anything:
``handlers.joining`` does. The limits stand in ``data/weights.toml`` under ``bonds``.

One article proves little: a round-up, a look back and the second event of a kind all fit two stories. So a bond is
strong evidence for either story by itself, in a time in which both are told, with nothing that speaks of another event
of the kind (``news.another``); and it takes bonds of two independent origins to make two stories one. What retells
how both stories began, with their telling names, is such evidence however few its words are.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from types import MappingProxyType

from news.another.stories import is_brief, judge_stories
from news.decision import Bond, Decision, Label, Reason, StoredBond, StoredReport
from news.model import EventKind, Precision, Report
from news.reports.origins import credit_origin, outlet_origin
from news.stories.belonging import StoryFit, is_foreign
from news.stories.case import Case
from news.tables import load_toml
from news.words.facts import is_said

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


def find_bond(
    case: Case, fits: Sequence[StoryFit], story_id: int | None, label: Label
) -> tuple[Bond | None, tuple[Reason, ...]]:
    """Return the one other story that the article fits as well as its own, or None; and why, or why not.

    Args:
        fits: all stories, ranked.
        story_id: its own story; that it was chosen among ``fits`` is asked for as well.

    There are no reasons where the article would not be joined with a second story at all.
    """
    near = _list_joinable(fits)
    own, others = [fit for fit in near if fit.story_id == story_id], [fit for fit in near if fit.story_id != story_id]
    if label not in _BONDED or not own or not others:
        return None, ()
    strong = [fit for fit in near if fit.score >= _strong()]
    is_plain = own[0] in strong and len(strong) == 2  # noqa: PLR2004 - its own and one other
    pair = own[0], next(fit for fit in others if not is_plain or fit in strong)
    obstacle = _find_obstacle(case, pair, is_plain=is_plain, n_others=len(others))
    other = pair[1]
    if obstacle:
        text = f"fits story {other.story_id} as well, which binds both no closer: {obstacle}"
        return None, (Reason(STEP, text, other.nearest.id, round(other.score, 2)),)
    text = f"fits story {other.story_id} as well: two such reports of independent origins make both one"
    bond = Bond(other.story_id, other.nearest.id, round(pair[0].score, 2), round(other.score, 2), origin_of(case))
    return bond, (Reason(STEP, text, bond.article_id, bond.score),)


def _strong() -> float:
    return _limits()["joined"] + _limits()["strong"]


def _find_obstacle(case: Case, pair: tuple[StoryFit, StoryFit], *, is_plain: bool, n_others: int) -> str:
    """Return why an article that fits two stories binds them not, or nothing if it does.

    Args:
        is_plain: it fits these two strongly, and no third one so.
    """
    if not is_plain and n_others > 1:
        return "it fits a third one too, as round-ups do"
    if not is_plain and not _retells(case, pair):
        return f"that takes {_strong():.1f} for either, or how both began retold with its names"
    return find_rivalry(case, *pair)


def find_rivalry(case: Case, own: StoryFit, other: StoryFit) -> str:
    """Return why two stories are not one however like both an article is, or nothing if they may be."""
    if not (_is_near(case, own) and _is_near(case, other)):
        return "they lie apart in time"
    return "they tell of two events of one kind" if _has_rivals(case, own, other) else ""


def _list_joinable(fits: Sequence[StoryFit]) -> list[StoryFit]:
    """Return the stories that lie above what joining takes."""
    return [fit for fit in fits if fit.score >= _limits()["joined"] and not is_foreign(fit)]


def _retells(case: Case, pair: Sequence[StoryFit]) -> bool:
    """Return whether the article retells how both stories began: most of an opening of either, with telling names.

    Only what is brief and dated: a long article would fit strongly, and has names of its background in plenty.
    """
    if case.article.published_at is None or not is_brief(case.article.text):
        return False
    limits = _limits()
    judged = judge_stories(case, pair)
    return all(
        one.is_dated
        and one.score >= limits["judged"]
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


def origin_of(case: Case) -> str:
    """Return the key of who tells the article: its credit, else its outlet; empty where neither is known."""
    article = case.as_sent
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
    """Return the days of what the articles of a story lead with, by kind of event; what has no kind, by its verb."""
    found: dict[str, set[date]] = {}
    for one in case.candidates.reports:
        if one.story_id == story_id and _leads(one) and one.report.when.first_on is not None:
            found.setdefault(_kind_of(one.report), set()).add(one.report.when.first_on)
    found.pop("", None)
    return found


def _kind_of(report: Report) -> str:
    return report.trigger if report.kind is EventKind.OTHER else report.kind.value


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
