"""Whether two sentences of one article tell of one event twice: "is deploying bombers" and "the bombers will fly".

Owns that judgement for timelines, where the two would stand beside each other. It asks for more than
``news.matching.same_event`` does: an article seldom says a thing twice, so kind, day, who and what moves or who meets
must agree, and nothing may contradict. Must never be asked about sentences of two articles.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from news.matching.traits import Traits, traits_of
from news.model import EventKind, Modality, Report
from news.names.entities import get_entity
from news.words.facts import Fit, compare_figures, compare_places, is_lasting, is_said, is_same_slot
from news.words.meanings import object_of

_MOVING = frozenset({EventKind.DEPLOY, EventKind.MOVE, EventKind.MOBILIZE})
_WAYS = frozenset({"land", "depart", "withdraw"})
"""Classes of acts of which one thing does only one at a time: what left is told apart from what arrived."""

_MEETING = "meet"
_LEAST_MEETING = 2
_SURE = frozenset({Modality.HAPPENED, Modality.PLANNED})
_ANOTHER = re.compile(
    r"(?i)\b(?:again|another|others?|also|more|second|third|fourth|fifth|sixth|separate|separately|next|later|latest|"
    r"otra vez|otr[oa]s?|segund[oa]|también|снова|опять|ещё|другой|другая|другие|второй|вторая|также)\b"
)
_DAY_TIME = re.compile(r"(?i)\b(?:morning|noon|afternoon|evening|night|midnight)\b")


def is_told_twice(here: Report, there: Report, *, language: str = "en") -> bool:
    """Return whether two sentences of one article tell of one event.

    Two sentences on something that moves do where both name the same equipment or the same number of the same things,
    the same people and day; two on a meeting where the same two met on the same day. Opposite ways, figures, places or
    times of day that differ, and words such as "another" speak against it. Known failure: two flights of one type of
    aircraft to one town on one day that no word tells apart.
    """
    ours, theirs = traits_of(here, language), traits_of(there, language)
    if not _is_on_one_day(ours, theirs) or not {here.modality, there.modality} <= _SURE:
        return False
    n_shared = len(_with_around(ours.actors) & _with_around(theirs.actors))
    if not n_shared or _is_contradicted(ours, theirs):
        return False
    if {here.kind, there.kind} <= _MOVING:
        return not ours.equipment.isdisjoint(theirs.equipment) or _counts_the_same(ours, theirs)
    is_meeting = here.kind is there.kind is EventKind.CONSULT and _MEETING in ours.acts & theirs.acts
    return is_meeting and len(ours.actors & theirs.actors) >= _LEAST_MEETING


def _is_on_one_day(ours: Traits, theirs: Traits) -> bool:
    here, there = ours.report.when, theirs.report.when
    if not is_said(here) or not is_said(there) or is_lasting(here) or is_lasting(there):
        return False
    return (here.first_on, here.last_on) == (there.first_on, there.last_on)


def _is_contradicted(ours: Traits, theirs: Traits) -> bool:
    here, there = ours.report, theirs.report
    if _ANOTHER.search(here.quote) or _ANOTHER.search(there.quote):
        return True
    if (
        here.places
        and there.places
        and compare_places(here.places, there.places, _around(here, there)) in {Fit.OTHER, Fit.APART}
    ):
        return True
    if ours.equipment and theirs.equipment and ours.equipment.isdisjoint(theirs.equipment):
        return True
    ways = ({ours.act} & _WAYS) | ({theirs.act} & _WAYS)
    if len(ways) > 1:
        return True
    times = [{found[0].lower() for found in _DAY_TIME.finditer(each.quote)} for each in (here, there)]
    if all(times) and times[0].isdisjoint(times[1]):
        return True
    return any(
        is_same_slot(one, other, here_quote=here.quote, there_quote=there.quote)
        and compare_figures(one, other) in {Fit.MORE, Fit.LESS}
        for one in ours.figures
        for other in theirs.figures
    )


def _with_around(keys: Collection[str]) -> set[str]:
    """Return the keys with what each belongs to: an air force acts for its country."""
    found = (get_entity(key) for key in keys)
    return {*keys, *(outer for entity in found if entity is not None for outer in entity.within)}


def _around(*reports: Report) -> dict[str, tuple[str, ...]]:
    found = {key: get_entity(key) for report in reports for key in report.places}
    return {key: entity.within for key, entity in found.items() if entity is not None}


def _counts_the_same(ours: Traits, theirs: Traits) -> bool:
    """Return whether both count so many of one thing."""
    here = {(one.value, object_of(one.object)) for one in ours.figures if one.object and one.value > 1}
    return any((one.value, object_of(one.object)) in here for one in theirs.figures if one.object)
