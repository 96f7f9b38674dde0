"""What a denial denies: the stored account that it is held against, though the two share few words.

Owns the tie between a report that something did not happen and the reports that it did. Must never say whether the two
are a dispute: ``news.disputes.slots`` does. A denial names no number, day or victim, so that the weighing of
``news.matching.same_event`` finds too little in common; what it does name is the act.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from news.decision import StoredReport
from news.matching.world import World
from news.model import Modality, Report
from news.stories.belonging import StoryFit
from news.words.facts import Fit, compare_places
from news.words.meanings import acts_in, meanings_in

_MAX_DAYS = 5
_MIN_ACTS = 2
_SAYING = frozenset({"deny", "announce", "accuse", "reject"})
_EARLIEST = datetime.min.replace(tzinfo=UTC)


def _acts(report: Report, language: str) -> frozenset[str]:
    return acts_in(report.quote, language) - _SAYING


def _is_denied_by(report: Report, stored: StoredReport, world: World, now: datetime) -> bool:
    if stored.report.modality is not Modality.HAPPENED or stored.report.is_background:
        return False
    if stored.published_at is None or abs((now - stored.published_at).days) > _MAX_DAYS:
        return False
    if compare_places(report.places, stored.report.places, world.within) is Fit.OTHER:
        return False
    return bool(_acts(report, world.language) & _acts(stored.report, world.language))


def _find_denied(report: Report, stored: Sequence[StoredReport], world: World, *, now: datetime) -> StoredReport | None:
    """Return the account that a denial is about: one of the same act, of the last five days; None for none.

    Args:
        stored: reports of one story, any order; the one with most in common wins, then the newest.
        now: when the denial was published.
    """
    if report.modality is not Modality.DENIED:
        return None
    ours = meanings_in(report.quote, world.language)
    fitting = [one for one in stored if _is_denied_by(report, one, world, now)]
    return max(
        fitting,
        key=lambda one: (
            len(ours & meanings_in(one.report.quote, world.language)),
            one.published_at or _EARLIEST,
            one.id,
        ),
        default=None,
    )


def find_denied_story(
    reports: Sequence[Report], stored: Sequence[StoredReport], fits: Sequence[StoryFit], world: World, *, now: datetime
) -> StoryFit | None:
    """Return the best of the ranked stories that an article which opens with a denial contradicts, or None.

    Two acts must be denied that the story tells ("no explosion, and no one was killed"), or one that shares a name.
    """
    if not reports or reports[0].modality is not Modality.DENIED:
        return None
    denials = [report for report in reports if report.modality is Modality.DENIED]
    for fit in fits:
        own = [one for one in stored if one.story_id == fit.story_id]
        pairs = [(one, held) for one in denials if (held := _find_denied(one, own, world, now=now)) is not None]
        acts = {act for one, held in pairs for act in _acts(one, world.language) & _acts(held.report, world.language)}
        names = {key for one in reports for key in (*one.actors, *one.places)}
        told = {key for one in own for key in (*one.report.actors, *one.report.places)}
        if pairs and (len(acts) >= _MIN_ACTS or names & told):
            return fit
    return None
