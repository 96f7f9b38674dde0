"""How much the articles of two stories are alike, pair by pair, summed up as they come in.

Owns what each article adds to that, and from where on two stories are one. Must never join anything:
``handlers.joining`` does. The limits stand in ``data/weights.toml`` under ``linkage``.

One pass puts an article where it fits best at that moment; a story that begins twice, because its first two reports
share little, stays two. Each later report is held against both, and what that says is remembered. The mean over all
pairs is the average linkage of the two (Sokal and Michener 1958), found without holding any two articles against each
other again. An article without a date is held against each of the others (``news.stories.pairs``), one with a date
against the story as a whole (``news.deciding.going_on``), which counts once for each article of it that was at hand.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from types import MappingProxyType

from news.deciding.bonds import find_rivalry
from news.deciding.choosing import Choice
from news.decision import Decision, Label, Linkage, Reason
from news.stories.belonging import StoryFit
from news.stories.case import Case
from news.tables import load_toml

__all__ = ["is_one", "list_linkages", "list_linking", "weigh_linkages"]

_LINKING = frozenset({Label.NEW, Label.UPDATE, Label.KNOWN, Label.DISPUTED})
"""A copy says nothing of its own, and a look back is of many stories."""
_SUREST = 6.0
STEP = "linkage"
"""What a reason of it is called."""


@cache
def _limits() -> Mapping[str, float]:
    return MappingProxyType({key: float(value) for key, value in load_toml("weights.toml")["linkage"].items()})


def list_linkages(case: Case, choice: Choice, label: Label) -> tuple[tuple[Linkage, ...], tuple[Reason, ...]]:
    """Return how alike an article is to the other stories that it was put to, and what keeps its own from being one.

    A story that it only mentions, and one that it was told apart from, is none of these.
    """
    if label not in _LINKING:
        return (), ()
    linkages, reasons = [], []
    for fit, mean, n_pairs in _list_means(case, choice):
        obstacle = find_rivalry(case, choice.fit, fit) if mean > 0 and choice.fit is not None else ""
        if obstacle:
            text = f"is like story {fit.story_id} as well, which links both no closer: {obstacle}"
            reasons.append(Reason(STEP, text, fit.nearest.id, round(mean, 2)))
        total = n_pairs * (-_SUREST if obstacle else mean)
        linkages.append(Linkage(fit.story_id, fit.nearest.id, round(total, 2), n_pairs))
    return tuple(linkages), tuple(reasons)


def _list_means(case: Case, choice: Choice) -> Iterator[tuple[StoryFit, float, int]]:
    """Yield the other stories with the mean log-odds of their pairs, and how many these are."""
    for fit in choice.near:
        weighed = choice.weighed_by_story.get(fit.story_id)
        if weighed is not None:
            mean, n_pairs = max(-_SUREST, min(_SUREST, weighed.score)), len(case.list_articles(fit.story_id))
        elif fit.pairs:
            mean, n_pairs = sum(fit.pairs) / len(fit.pairs), len(fit.pairs)
        else:
            continue
        if choice.fit is None or fit.story_id != choice.fit.story_id:
            yield fit, mean, n_pairs


def list_linking(decision: Decision) -> tuple[Linkage, ...]:
    """Return those by which an article may show its own story to be one with another: what is like both.

    An article that opened a story was just held to be of no other.
    """
    return tuple(one for one in decision.linkages if one.total > 0 and decision.story_id is not None)


def weigh_linkages(total: float, n_pairs: int, n_articles: tuple[int, int]) -> float:
    """Return the mean log-odds, over all pairs of their articles, that two stories are one.

    Args:
        total: log-odds of the pairs that were asked for, summed up; ``n_pairs`` is how many these are. Copies of an
            article were asked for as well.
        n_articles: how many either has, copies left out; a pair of them that nobody asked for counts as unlike.
    """
    n_all = n_articles[0] * n_articles[1]
    if not n_pairs or not n_all:
        return _limits()["unasked"]
    share = min(1.0, n_pairs / n_all)
    return share * total / n_pairs + (1 - share) * _limits()["unasked"]


def is_one(mean: float) -> bool:
    """Return whether two stories with that linkage are one."""
    return mean > _limits()["joined"]
