"""Which report tells of which event: two sentences about one happening, in whatever words.

Owns the weighing of names, places, equipment, dates, figures, acts and words of two reports. The weights stand in
``data/weights.toml`` under ``matching``. Must never compare the values of two reports that match:
``news.disputes.slots`` does.

The weighing is a sum of evidence with a threshold, as in record linkage (Fellegi and Sunter 1969), with weights set by
hand on the pairs of ``tests/golden/novelty_pairs.toml``. Words count least: a paraphrase may share none. Dates count
most: two flights of the same aircraft a year apart share all else.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cache

from news.decision import StoredReport
from news.matching.foreign import share
from news.matching.pairs import ROUNDING, Pairs, Tied, is_across, matching_weights, may_tell, pair_up
from news.matching.traits import Traits, traits_of
from news.matching.world import Parts, World
from news.model import Modality, Report
from news.reports.progress import is_development
from news.words.facts import Fit, Within, compare_figures, compare_places, is_inside, is_said, is_same_slot
from news.words.states import state_of


@dataclass(frozen=True, slots=True)
class Match:
    """A stored report of the same event. ``score`` is log-odds above the threshold; ``parts`` says what made it up."""

    stored: StoredReport
    score: float
    parts: Parts


def _shared_ratio(ours: frozenset[str], theirs: frozenset[str], world: World) -> float:
    """Return the weight of what both have over the weight of the lesser of the two, 0 to 1."""
    both = ours & theirs
    if not both:
        return 0.0
    least = min(world.weight_of(ours), world.weight_of(theirs))
    return min(1.0, world.weight_of(both) / least) if least > 0 else 0.0


def _is_named(key: str, others: Collection[str], within: Within) -> bool:
    return any(is_inside(key, other, within) or is_inside(other, key, within) for other in others)


def _kind_part(here: Traits, there: Traits) -> float:
    weights = matching_weights()
    if here.kind is there.kind:
        return weights["kind_other" if here.is_other else "kind_same"]
    if here.is_other or there.is_other:
        return 0.0
    return weights["kind_near" if here.groups & there.groups else "kind_differs"]


def _act_part(here: Traits, there: Traits, *, is_across: bool = False) -> float:
    """Weigh the classes of acts that the two sentences name, the word that names the event first."""
    weights = matching_weights()
    if here.act and there.act:
        if here.act == there.act:
            return weights["act_same"]
        if here.kind is not there.kind and not here.is_other and not there.is_other:
            return weights["act_other"]
    ours, theirs = (here.acts_across, there.acts_across) if is_across else (here.acts, there.acts)
    if not ours or not theirs:
        return 0.0
    ratio = len(ours & theirs) / min(len(ours), len(theirs))
    return weights["act_same"] * ratio if ratio else weights["act_differs"]


def _actor_part(here: Traits, there: Traits, world: World) -> float:
    weights = matching_weights()
    if not here.actors or not there.actors:
        return 0.0
    ratio = _shared_ratio(here.actors, there.actors, world)
    if ratio:
        return weights["actor_share"] * ratio
    named = any(_is_named(key, there.names, world.within) for key in here.report.actors)
    if named:
        return 0.0
    is_pair = (
        min(len(here.report.actors), len(there.report.actors)) > 1
    )  # Peru and Chile sign; Ecuador and Bolivia sign
    return weights["actor_pair" if is_pair else "actor_none"]


def _place_part(here: Traits, there: Traits, world: World) -> float:
    weights = matching_weights()
    fit = compare_places(here.report.places, there.report.places, world.within)
    if fit is Fit.SAME or fit is Fit.FINER:
        return weights["place_same"]
    return weights["place_differs"] if fit is Fit.OTHER else 0.0


def _equipment_part(here: Traits, there: Traits) -> float:
    if not here.equipment or not there.equipment:
        return 0.0
    return matching_weights()["equipment_differs" if here.equipment.isdisjoint(there.equipment) else "equipment_same"]


def _date_part(here: Traits, there: Traits) -> float:
    """Weigh the distance in days; a date that only stands in for a missing one weighs less either way."""
    weights = matching_weights()
    if here.is_lasting or there.is_lasting:
        return 0.0 if here.is_lasting and there.is_lasting else weights["date_lasting"]
    gap = here.gap_days(there)
    if gap is None:
        return 0.0
    kind = "said" if here.is_said and there.is_said else "loose"
    if gap == 0:
        return weights[f"date_{kind}_same"]
    if gap <= 1:
        return weights[f"date_{kind}_day"]
    if gap <= 4:  # noqa: PLR2004 - reports of one event straggle over a long weekend
        return weights[f"date_{kind}_days"]
    near = 14
    return weights[f"date_{kind}_{'fortnight' if gap <= near else 'far'}"]


def _figure_part(here: Traits, there: Traits) -> float:
    """Weigh figures that agree, and much less those of one slot that do not: they may be what is new."""
    weights = matching_weights()
    best = 0.0
    here_quote, there_quote = here.report.quote, there.report.quote
    for ours in here.figures:
        for theirs in there.figures:
            if not is_same_slot(ours, theirs, here_quote=here_quote, there_quote=there_quote):
                continue
            is_equal = compare_figures(ours, theirs) in {Fit.SAME, Fit.FINER}
            is_state = bool(state_of(ours, here_quote))
            best = max(best, weights["figure_same" if is_equal else "figure_state" if is_state else "figure_slot"])
    return best


def _word_part(here: Traits, there: Traits, world: World) -> float:
    if is_across(here, there, world):
        return matching_weights()["word_share"] * share(here.concepts, there.concepts)
    return matching_weights()["word_share"] * _shared_ratio(here.words, there.words, world)


def _modality_part(here: Traits, there: Traits) -> float:
    """A plan and its fulfilment, a claim and its denial are one event; a threat and a plan seldom are."""
    ours, theirs = here.report.modality, there.report.modality
    if ours is theirs:
        return 0.0
    is_threat = ours is Modality.THREATENED or theirs is Modality.THREATENED
    return matching_weights()["modality_threat" if is_threat else "modality_differs"]


def weigh(here: Report, there: Report, world: World) -> Parts:
    """Return the evidence that two reports tell of one event, part by part; the sum above 0 says that they do.

    Parts are left out where they could not bring the sum above 0 any more, and where the two have neither a name nor
    telling words in common. Pairs are weighed once for each ``world``, which lasts for one decision.
    """
    return _weigh(traits_of(here, world.language), traits_of(there, world.language), world)


def _weigh(here: Traits, there: Traits, world: World, *, above: float = -math.inf) -> Parts:
    """Return the evidence; empty where it surely does not sum up to more than ``above``."""
    weights = matching_weights()
    key = (id(here.report), id(there.report))
    known = world._weighed.get(key)  # noqa: SLF001 - the memory of this very function
    if known is not None:
        return known
    if is_across(here, there, world):
        return _weigh_across(here, there, world)
    is_apart = here.names.isdisjoint(there.names)
    if is_apart and weights["bias"] + weights["word_least"] <= above and not may_tell(here, there, world):
        return ()
    words = _word_part(here, there, world)
    if is_apart and words < weights["word_least"]:
        return (("bias", weights["bias"]), ("words", words))
    if not _may_exceed(here, there, words, above):
        return ()
    known = world._weighed[key] = _weigh_all(here, there, words, world)  # noqa: SLF001 - the same
    return known


def _weigh_across(here: Traits, there: Traits, world: World) -> Parts:
    """Return the evidence for two sentences in different languages, without looking at what it can come to at most."""
    key = (id(here.report), id(there.report))
    known = world._weighed.get(key)  # noqa: SLF001 - the memory of this very function
    if known is not None:
        return known
    weights = matching_weights()
    words = _word_part(here, there, world)
    is_apart = here.names.isdisjoint(there.names)
    if is_apart and (words < weights["word_least"] or _is_unlike(here, there)):
        parts: Parts = (("bias", weights["bias"]), ("words", words))
    else:
        parts = _weigh_all(here, there, words, world)
        told = dict(parts)
        is_named_kind = here.kind is there.kind and not here.is_other
        is_bare = "act" in told and max(told["act"], told["figures"]) <= 0 and words < weights["word_foreign"]
        if is_bare and not is_named_kind:  # the same people on the same day, and nothing else
            parts = (("bias", weights["bias"]), ("words", words))
    world._weighed[key] = parts  # noqa: SLF001 - the same
    return parts


def _is_unlike(here: Traits, there: Traits) -> bool:
    """Return whether two sentences share no name by sound and no day: words of two languages are no evidence then."""
    if not here.sounds.isdisjoint(there.sounds):
        return False
    return here.is_lasting or there.is_lasting or here.gap_days(there) != 0


def _may_exceed(here: Traits, there: Traits, words: float, above: float) -> bool:
    """Return whether all parts together may sum up to more than ``above``; most pairs need no more to be put aside.

    What is costly to find out of a sentence, its acts and its figures, is asked last and only where it matters.
    """
    weights = matching_weights()
    most = words + weights["bias"] + _kind_part(here, there) + _date_part(here, there) + _modality_part(here, there)
    most += _equipment_part(here, there) + ROUNDING
    if not here.actors.isdisjoint(there.actors):
        most += weights["actor_share"]
    if here.report.places and there.report.places:
        most += weights["place_same"]
    act, figure = _most_of_act_and_figure()
    if most + act + figure <= above:
        return False
    most += _act_part(here, there)
    if most > above or most + figure <= above:
        return most > above
    return bool(here.figures and there.figures)


@cache
def _most_of_act_and_figure() -> tuple[float, float]:
    weights = matching_weights()
    act = max(0.0, weights["act_same"], weights["act_other"], weights["act_differs"])
    return act, max(weights["figure_same"], weights["figure_state"], weights["figure_slot"])


def _weigh_all(here: Traits, there: Traits, words: float, world: World) -> Parts:
    weights = matching_weights()
    parts: Parts = (
        ("bias", weights["bias"]),
        ("kind", _kind_part(here, there)),
        ("dates", _date_part(here, there)),
        ("actors", _actor_part(here, there, world)),
        ("places", _place_part(here, there, world)),
        ("equipment", _equipment_part(here, there)),
        ("modality", _modality_part(here, there)),
        ("words", words),
    )
    most = weights["act_same"] + weights["figure_state"] + weights["same_story"]
    if sum(value for _, value in parts) + most <= 0:
        return parts
    act = _act_part(here, there, is_across=is_across(here, there, world))
    return (*parts, ("act", act), ("figures", _figure_part(here, there)))


def _is_later(report: Report, stored: StoredReport) -> bool:
    """Return whether what the report tells of happened after the stored account was published, and is another event.

    Not so for what goes on: "has now destroyed 150 homes, officials said on Sunday" is the fire of Friday.
    """
    first = report.when.first_on
    if first is None or stored.published_at is None or first <= stored.published_at.date():
        return False
    has_happened = report.modality is stored.report.modality is Modality.HAPPENED
    return has_happened and is_said(report.when) and not is_development(report.quote)


def _is_bound(parts: Parts) -> bool:
    """Return whether reports of two stories share a name, a place or a day, and an act or a figure.

    "Three deaths had not been counted" is told of every disaster, and who speaks does so of many things.
    """
    told = dict(parts)
    is_tied = any(told.get(name, 0.0) > 0 for name in ("actors", "places", "dates", "equipment"))
    return is_tied and any(told.get(name, 0.0) > 0 for name in ("act", "figures"))


def match_report(
    report: Report, stored: Sequence[StoredReport], world: World, *, story_id: int | None = None
) -> Match | None:
    """Return the stored report that tells of the same event best, or None if none does.

    Args:
        stored: candidates in any order; of equal scores the first wins.
        story_id: the story that the article joins; its own events are more likely.

    Known failure: without a date on either side, two like acts of the same actors in one week are taken for one.
    """
    here = traits_of(report, world.language)
    return find_match(here, pair_up(stored, world), world, story_id=story_id)


def find_match(
    here: Traits,
    stored: Pairs | Tied,
    world: World,
    *,
    story_id: int | None = None,
    enough: float = math.inf,
    is_bound: bool = False,
) -> Match | None:
    """Do what ``match_report`` does, for many reports held against the same candidates.

    Args:
        enough: a score for which no better one is looked for.
        is_bound: a report of another story than ``story_id`` has to be bound by more than a count, see ``_is_bound``.
    """
    weights = matching_weights()
    best: Match | None = None
    for candidate, there in stored.near(here):
        bonus = weights["same_story"] if story_id is not None and candidate.story_id == story_id else 0.0
        least = best.score if best is not None else 0.0
        parts = _weigh(here, there, world, above=least - bonus - ROUNDING)
        score = sum(value for _, value in parts) + bonus if parts else 0.0
        if score > least and not _is_later(here.report, candidate):
            if is_bound and candidate.story_id != story_id and not _is_bound(parts):
                continue
            best = Match(candidate, score, parts)
            if score >= enough:
                break
    return best


def is_same_event(here: Report, there: Report, world: World) -> bool:
    """Return whether two reports of one article tell of one event.

    Neighbouring sentences share names, places and days without telling the same: an article seldom says a thing twice.
    So more evidence is asked for than across articles, and two days that are both said are two events.
    """
    ours, theirs = traits_of(here, world.language), traits_of(there, world.language)
    if ours.is_said and theirs.is_said and ours.gap_days(theirs):
        return False
    least = -matching_weights()["same_article"]
    parts = _weigh(ours, theirs, world, above=least - ROUNDING)
    return sum(value for _, value in parts) - least > 0 if parts else False
