"""Placing the reports of one article: which stored event each belongs to, and which of them are one event.

Owns the matching of a whole article's reports and what that says for each candidate story. Must never compare values
or name a label.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial

from news.decision import Assignment, StoredReport
from news.matching.pairs import Pairs, Tied, pair_up
from news.matching.same_event import Match, find_match, is_same_event
from news.matching.traits import Traits, traits_of
from news.matching.world import World
from news.model import Report

_MAX_NEWS = 12
_CERTAIN = 2.0
"""A score from which a match counts fully for its story."""
MOST_EVENTS = math.log1p(_MAX_NEWS)
"""What ``score_events`` gives a story at most."""

_TELLING_WORDS = 1.5
"""What the words of a match must weigh where the sentence names nobody and no place: half of them are shared then."""
_NAMED_KIND = 0.5
"""Less is given where neither sentence names a kind of event."""

_LATEST = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Placed:
    """A report with the stored report that it matches, or None, and the number of its event within the article."""

    report: Report
    match: Match | None
    group: int


def main_reports(reports: Sequence[Report]) -> list[Report]:
    """Return the reports that tell the news and not what was before it, in order; all of them if none does."""
    return [report for report in reports if not report.is_background] or list(reports)


def _by_story(stored: Sequence[StoredReport]) -> dict[int, list[StoredReport]]:
    groups: dict[int, list[StoredReport]] = {}
    for one in stored:
        groups.setdefault(one.story_id, []).append(one)
    return groups


def score_events(
    reports: Sequence[Report], stored: Sequence[StoredReport], world: World, *, story_ids: Collection[int]
) -> dict[int, float]:
    """Return, for each of the stories with a candidate report, how many of its events the article tells of.

    Each of the first 12 main reports that matches an event of the story counts up to 1; the value is ``log(1 + sum)``.
    A sentence without any name counts only where its words are the other's too.
    """
    scores: dict[int, float] = {}
    news = main_reports(reports)[:_MAX_NEWS]
    for story_id, group in _by_story([one for one in stored if one.story_id in story_ids]).items():
        asked = ("events", *map(id, news), id(stored), story_id)
        scores[story_id] = world.remember(asked, partial(_score_events, news, group, world))
    return scores


def _score_events(news: Sequence[Report], stored: Sequence[StoredReport], world: World) -> float:
    pairs, ours = _pair_up(stored, world), [traits_of(report, world.language) for report in news]
    pairs.expect(_words_of(ours))
    found = [(here, find_match(here, pairs, world, enough=_CERTAIN)) for here in ours]
    matches = [match for here, match in found if match is not None and _is_telling(here, match)]
    return math.log1p(sum(min(1.0, match.score / _CERTAIN) for match in matches))


def _is_telling(here: Traits, match: Match) -> bool:
    """Return whether a match says anything of the story.

    "Twelve people have died" is a line of every disaster, and a country and a day are what much has in common: there
    must be a name, and an act, a figure or words beside the names.
    """
    parts = dict(match.parts)
    if parts.get("words", 0.0) >= _TELLING_WORDS:
        return True
    is_like = parts.get("act", 0.0) > 0 or parts.get("figures", 0.0) > 0 or parts.get("kind", 0.0) >= _NAMED_KIND
    return is_like and bool(here.names or here.sounds)


def _words_of(traits: Iterable[Traits]) -> frozenset[str]:
    return frozenset().union(*(one.words for one in traits))


def _pair_up(stored: Sequence[StoredReport], world: World) -> Pairs:
    return world.remember(("pairs", *map(id, stored)), partial(pair_up, stored, world))


def place_reports(
    reports: Sequence[Report], stored: Sequence[StoredReport], world: World, *, story_id: int | None
) -> tuple[Placed, ...]:
    """Return each report with its event, in order.

    A main report belongs to an event of the chosen story or to a new one; a background report may belong to one of any
    story that more than a count binds it to.
    Reports that match one stored event share a group, and so do unmatched ones that tell of one event.
    """
    own = _pair_up([one for one in stored if one.story_id == story_id], world)
    every = Tied(stored, world, own=own, story_id=story_id)
    groups: list[list[Placed]] = []
    placed: list[Placed] = []
    ours = [traits_of(report, world.language) for report in reports]
    own.expect(_words_of(ours))
    for report, here in zip(reports, ours, strict=True):
        match = find_match(here, every if report.is_background else own, world, story_id=story_id, is_bound=True)
        one = Placed(report, match, _group_of(report, match, groups, world))
        placed.append(one)
        if one.group == len(groups):
            groups.append([])
        groups[one.group].append(one)
    return tuple(placed)


def _group_of(report: Report, match: Match | None, groups: Sequence[Sequence[Placed]], world: World) -> int:
    """Return the group of a report: that of its stored event, else one whose reports all tell of the same event."""
    for group, members in enumerate(groups):
        first = members[0].match
        if match is None and first is None:
            if all(is_same_event(report, one.report, world) for one in members):
                return group
        elif match is not None and first is not None and match.stored.event_id == first.stored.event_id:
            return group
    return len(groups)


def assignments_of(placed: Sequence[Placed]) -> tuple[Assignment, ...]:
    """Return the assignments in order of the reports."""
    return tuple(Assignment(one.match.stored.event_id if one.match else None, one.group) for one in placed)


def reports_of_event(event_id: int, stored: Sequence[StoredReport]) -> list[StoredReport]:
    """Return the candidate reports of one event, in the order given."""
    return [one for one in stored if one.event_id == event_id]


def earliest(stored: Sequence[StoredReport]) -> StoredReport | None:
    """Return the report of the article published first, undated ones last, ties by id; None for none."""
    return min(stored, key=lambda one: (one.published_at or _LATEST, one.article_id, one.id), default=None)
