"""Which report tells of which event: two sentences about one happening, in whatever words.

Owns the weighing of names, places, equipment, dates, figures, acts and words of two reports. The weights stand in
``data/weights.toml`` under ``matching``. Must never compare the values of two reports that match: ``news.disputes``
does.

The weighing is a sum of evidence with a threshold, as in record linkage (Fellegi and Sunter 1969), with weights set by
hand on the pairs of ``tests/golden/novelty_pairs.toml``. Words count least: a paraphrase may share none. Dates count
most: two flights of the same aircraft a year apart share all else.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from types import MappingProxyType

from news.decision import StoredReport
from news.facts import (
    Fit,
    Within,
    act_of,
    acts_in,
    compare_figures,
    compare_places,
    figures_of,
    gap_days,
    is_development,
    is_inside,
    is_lasting,
    is_said,
    is_same_slot,
    meanings_in,
    state_of,
)
from news.foreign import concepts_in, is_across, names_in, share
from news.meanings import acts_across
from news.model import EventKind, Modality, Report
from news.tables import load_toml
from news.vocabulary import language_of

_GROUPS = (
    frozenset({EventKind.DEPLOY, EventKind.MOVE, EventKind.MOBILIZE, EventKind.AID}),
    frozenset({EventKind.AGREE, EventKind.COOPERATE, EventKind.CONSULT, EventKind.SUPPORT}),
    frozenset({EventKind.ASSAULT, EventKind.COERCE, EventKind.MOBILIZE}),
    frozenset({EventKind.ACCUSE, EventKind.REJECT, EventKind.THREATEN, EventKind.REQUEST}),
    frozenset({EventKind.SANCTION, EventKind.COERCE}),
    frozenset({EventKind.YIELD, EventKind.MOVE, EventKind.REJECT}),
)
"""Kinds that one act may go under in two wordings."""

_PRIOR_ARTICLES = 50
"""Articles assumed beside those of the store, so that in a small store not every name is common."""


Parts = tuple[tuple[str, float], ...]
"""Evidence by name, in a fixed order."""


@dataclass(frozen=True, slots=True)
class World:
    """What is known beyond two reports.

    Attributes:
        n_articles: size of the store.
        document_counts: entity key or stem -> number of articles that have it.
        within: what each place, person or organisation lies in or belongs to.
        language: ISO 639-1 of the article that is decided on.
        is_mixed: candidates may be in other languages.
    """

    n_articles: int = 0
    document_counts: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    within: Within = field(default_factory=lambda: MappingProxyType({}))
    language: str = "en"
    is_mixed: bool = True
    _rarities: dict[str, float] = field(default_factory=dict, repr=False, compare=False)
    _sums: dict[frozenset[str], float] = field(default_factory=dict, repr=False, compare=False)
    _weighed: dict[tuple[int, int], Parts] = field(default_factory=dict, repr=False, compare=False)

    def rarity(self, key: str) -> float:
        """Return how telling a name or word is, from about 0 (in every article) to 1 (in none)."""
        known = self._rarities.get(key)
        if known is None:
            total = self.n_articles + _PRIOR_ARTICLES
            known = math.log((total + 2) / (self.document_counts.get(key, 0) + 1)) / math.log(total + 2)
            self._rarities[key] = known
        return known

    def weight_of(self, keys: frozenset[str]) -> float:
        """Return the sum of the rarities, remembered for the next comparison."""
        known = self._sums.get(keys)
        if known is None:
            known = self._sums[keys] = sum(map(self.rarity, keys))
        return known


@dataclass(frozen=True, slots=True)
class Match:
    """A stored report of the same event. ``score`` is log-odds above the threshold; ``parts`` says what made it up."""

    stored: StoredReport
    score: float
    parts: Parts


@cache
def _weights() -> Mapping[str, float]:
    return MappingProxyType({key: float(value) for key, value in load_toml("weights.toml")["matching"].items()})


def _shared_ratio(here: Collection[str], there: Collection[str], world: World) -> float:
    """Return the weight of what both have over the weight of the lesser of the two, 0 to 1."""
    ours, theirs = frozenset(here), frozenset(there)
    both = ours & theirs
    if not both:
        return 0.0
    least = min(world.weight_of(ours), world.weight_of(theirs))
    return min(1.0, sum(map(world.rarity, both)) / least) if least > 0 else 0.0


def _names(report: Report) -> frozenset[str]:
    return frozenset((*report.actors, *report.places, *report.equipment))


def _is_named(key: str, others: Collection[str], within: Within) -> bool:
    return any(is_inside(key, other, within) or is_inside(other, key, within) for other in others)


def _kind_part(here: Report, there: Report) -> float:
    weights = _weights()
    if here.kind is there.kind:
        return weights["kind_other" if here.kind is EventKind.OTHER else "kind_same"]
    if EventKind.OTHER in {here.kind, there.kind}:
        return 0.0
    is_near = any(here.kind in group and there.kind in group for group in _GROUPS)
    return weights["kind_near" if is_near else "kind_differs"]


def _act_part(here: Report, there: Report, world: World) -> float:
    """Weigh the classes of acts that the two sentences name, the word that names the event first."""
    weights = _weights()
    if here.trigger and there.trigger:
        acts = _class_of(here, world), _class_of(there, world)
        if acts[0] == acts[1]:
            return weights["act_same"]
        if here.kind is not there.kind and EventKind.OTHER not in {here.kind, there.kind}:
            return weights["act_other"]
    is_foreign = _is_across(here, there, world)
    find = acts_across if is_foreign else acts_in
    ours, theirs = find(here.quote, world.language), find(there.quote, world.language)
    if not ours or not theirs:
        return 0.0
    share = len(ours & theirs) / min(len(ours), len(theirs))
    return weights["act_same"] * share if share else weights["act_differs"]


def _is_across(here: Report, there: Report, world: World) -> bool:
    return world.is_mixed and is_across(here.quote, there.quote, world.language)


def _class_of(report: Report, world: World) -> str:
    return act_of(report.trigger, language_of(report.quote, world.language) if world.is_mixed else world.language)


def _actor_part(here: Report, there: Report, world: World) -> float:
    weights = _weights()
    if not here.actors or not there.actors:
        return 0.0
    share = _shared_ratio(here.actors, there.actors, world)
    if share:
        return weights["actor_share"] * share
    theirs = _names(there)
    return 0.0 if any(_is_named(key, theirs, world.within) for key in here.actors) else weights["actor_none"]


def _place_part(here: Report, there: Report, world: World) -> float:
    weights = _weights()
    fit = compare_places(here.places, there.places, world.within)
    if fit in {Fit.SAME, Fit.FINER}:
        return weights["place_same"]
    return weights["place_differs"] if fit is Fit.OTHER else 0.0


def _equipment_part(here: Report, there: Report) -> float:
    weights = _weights()
    if not here.equipment or not there.equipment:
        return 0.0
    return weights["equipment_same" if set(here.equipment) & set(there.equipment) else "equipment_differs"]


def _date_part(here: Report, there: Report) -> float:
    """Weigh the distance in days; a date that only stands in for a missing one weighs less either way."""
    weights = _weights()
    if is_lasting(here.when) or is_lasting(there.when):
        return 0.0 if is_lasting(here.when) and is_lasting(there.when) else weights["date_lasting"]
    gap = gap_days(here.when, there.when)
    if gap is None:
        return 0.0
    kind = "said" if is_said(here.when) and is_said(there.when) else "loose"
    if gap == 0:
        return weights[f"date_{kind}_same"]
    if gap <= 1:
        return weights[f"date_{kind}_day"]
    if gap <= 4:  # noqa: PLR2004 - reports of one event straggle over a long weekend
        return weights[f"date_{kind}_days"]
    near = 14
    return weights[f"date_{kind}_{'fortnight' if gap <= near else 'far'}"]


def _figure_part(here: Report, there: Report) -> float:
    """Weigh figures that agree, and much less those of one slot that do not: they may be what is new."""
    weights = _weights()
    best = 0.0
    for ours in figures_of(here):
        for theirs in figures_of(there):
            if not is_same_slot(ours, theirs, here_quote=here.quote, there_quote=there.quote):
                continue
            is_equal = compare_figures(ours, theirs) in {Fit.SAME, Fit.FINER}
            is_state = bool(state_of(ours, here.quote))
            best = max(best, weights["figure_same" if is_equal else "figure_state" if is_state else "figure_slot"])
    return best


def _word_part(here: Report, there: Report, world: World) -> float:
    if _is_across(here, there, world):
        both = concepts_in(here.quote, world.language), concepts_in(there.quote, world.language)
        return _weights()["word_share"] * share(*both)
    ours, theirs = meanings_in(here.quote, world.language), meanings_in(there.quote, world.language)
    return _weights()["word_share"] * _shared_ratio(ours, theirs, world)


def _modality_part(here: Report, there: Report) -> float:
    """A plan and its fulfilment, a claim and its denial are one event; a threat and a plan seldom are."""
    if here.modality is there.modality:
        return 0.0
    is_threat = Modality.THREATENED in {here.modality, there.modality}
    return _weights()["modality_threat" if is_threat else "modality_differs"]


def _cheap_parts(here: Report, there: Report, world: World) -> Parts:
    return (
        ("bias", _weights()["bias"]),
        ("kind", _kind_part(here, there)),
        ("dates", _date_part(here, there)),
        ("actors", _actor_part(here, there, world)),
        ("places", _place_part(here, there, world)),
        ("equipment", _equipment_part(here, there)),
        ("modality", _modality_part(here, there)),
    )


def weigh(here: Report, there: Report, world: World) -> Parts:
    """Return the evidence that two reports tell of one event, part by part; the sum above 0 says that they do.

    Parts are left out where they could not bring the sum above 0 any more, and where the two have neither a name nor
    telling words in common. Pairs are weighed once for each ``world``,
    which lasts for one decision.
    """
    key = (id(here), id(there))
    known = world._weighed.get(key)  # noqa: SLF001 - the memory of this very function
    if known is None:
        known = world._weighed[key] = _weigh(here, there, world)  # noqa: SLF001 - the same
    return known


def _weigh(here: Report, there: Report, world: World) -> Parts:
    words = _word_part(here, there, world)
    weights = _weights()
    if words < weights["word_least"] and _names(here).isdisjoint(_names(there)):
        return (("bias", weights["bias"]), ("words", words))
    if _is_unlike_abroad(here, there, world):
        return (("bias", weights["bias"]), ("words", words))
    parts = (*_cheap_parts(here, there, world), ("words", words))
    most = weights["act_same"] + weights["figure_state"] + weights["same_story"]
    if sum(value for _, value in parts) + most <= 0:
        return parts
    act, figures = _act_part(here, there, world), _figure_part(here, there)
    is_named_kind = here.kind is there.kind is not EventKind.OTHER
    is_bare = max(act, figures) <= 0 and words < weights["word_foreign"] and not is_named_kind
    if is_bare and _is_across(here, there, world):
        return (("bias", weights["bias"]), ("words", words))  # the same people on the same day, and nothing else
    return (*parts, ("act", act), ("figures", figures))


def _is_unlike_abroad(here: Report, there: Report, world: World) -> bool:
    """Return whether two sentences in different languages share no name and no day: words are no evidence then."""
    if not _is_across(here, there, world) or not _names(here).isdisjoint(_names(there)):
        return False
    if names_in(here.quote, world.language) & names_in(there.quote, world.language):
        return False
    return is_lasting(here.when) or is_lasting(there.when) or gap_days(here.when, there.when) != 0


def _is_later(report: Report, stored: StoredReport) -> bool:
    """Return whether what the report tells of happened after the stored account was published, and is another event.

    Not so for what goes on: "has now destroyed 150 homes, officials said on Sunday" is the fire of Friday.
    """
    first = report.when.first_on
    if first is None or stored.published_at is None or first <= stored.published_at.date():
        return False
    has_happened = report.modality is stored.report.modality is Modality.HAPPENED
    return has_happened and is_said(report.when) and not is_development(report.quote)


def match_report(
    report: Report, stored: Sequence[StoredReport], world: World, *, story_id: int | None = None
) -> Match | None:
    """Return the stored report that tells of the same event best, or None if none does.

    Args:
        stored: candidates in any order; of equal scores the first wins.
        story_id: the story that the article joins; its own events are more likely.

    Known failure: without a date on either side, two like acts of the same actors in one week are taken for one.
    """
    best: Match | None = None
    for candidate in stored:
        if _is_later(report, candidate):
            continue
        parts = weigh(report, candidate.report, world)
        bonus = _weights()["same_story"] if story_id is not None and candidate.story_id == story_id else 0.0
        score = sum(value for _, value in parts) + bonus
        if score > 0 and (best is None or score > best.score):
            best = Match(candidate, score, parts)
    return best


def is_same_event(here: Report, there: Report, world: World) -> bool:
    """Return whether two reports of one article tell of one event.

    Neighbouring sentences share names, places and days without telling the same: an article seldom says a thing twice.
    So more evidence is asked for than across articles, and two days that are both said are two events.
    """
    if is_said(here.when) and is_said(there.when) and gap_days(here.when, there.when):
        return False
    parts = weigh(here, there, world)
    return sum(value for _, value in parts) + _weights()["same_article"] > 0
