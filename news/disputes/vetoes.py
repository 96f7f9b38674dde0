"""What lets a proposed dispute fall whatever speaks for it: each question is asked once of each.

Owns the list of these questions; the first that lets it fall gives its name. Must never find a dispute, nor weigh one;
``news.disputes.finders`` and ``news.disputes.verdicts`` do.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from news.another.accounts import are_told_apart
from news.decision import Dispute, FactKind
from news.disputes.contesting.absences import is_of_another_absence
from news.disputes.contrast import is_denial_held
from news.disputes.cues import find_cue, is_contesting
from news.disputes.desk import Desk
from news.disputes.finders import Found
from news.disputes.judging.retold import is_side_held
from news.disputes.loose_sentences import sentences_of
from news.disputes.prominence import are_on_two_things
from news.disputes.seeming.compatible import are_two_happenings
from news.disputes.seeming.pleas import is_innocence, is_plea_held
from news.disputes.seeming.polls import are_two_stages, tells_share
from news.disputes.seeming.values import is_of_a_role, is_seeming
from news.disputes.seeming.whole_texts import are_both_told
from news.disputes.slots import is_change_of_own
from news.model import Modality
from news.reports.denials_told import is_touched_in
from news.reports.explicit import find_rejected
from news.reports.negations_abroad import denied_in
from news.reports.reserves_abroad import is_reserved
from news.reports.tellings import tell
from news.reports.tolls import is_held_toll, is_late_death, is_of_others
from news.stories.ties import TELLING_NUMBER
from news.words.measures import Measure, is_held, measures_in
from news.words.vocabulary import language_of

__all__ = ["OWN", "ROLE", "TIES_ITSELF", "find_veto", "is_in_record", "is_side_told", "list_standing"]

ROLE = "role"
"""Somebody denies a part in it, which contradicts nothing and is news."""
OWN = "change of its own"
"""An outlet tells otherwise what it told itself: nothing else speaks against it, and it is news."""
_TWO_THINGS = "on two things"
_IN_RECORD = frozenset({"denied already", "held", "both told", "side told"})
_OPENING = 400
"""Letters of an account that name who it is about."""
_ROUNDED = 0.1
"""By how much of the larger one a number of the story may be another wording of one in dispute: 140 is not 163."""
_TWO_HAPPENINGS = "two happenings"
"""The days are those of two happenings, so that whatever else differs is of two as well."""


TIES_ITSELF = frozenset({"causes", "players", "versions"})
"""Finders that hold two articles against each other only where they open with one event."""


def find_veto(dispute: Dispute, desk: Desk, finder: str = "") -> str:
    """Return the name of the first question that lets a dispute fall; empty for one that stands.

    Args:
        finder: who found it; whether both are on one thing is not asked again of those of ``TIES_ITSELF``.
    """
    spared = _TWO_THINGS if finder in TIES_ITSELF else ""
    return next((name for name, falls in _VETOES if name != spared and falls(dispute, desk)), "")


def is_in_record(dispute: Dispute, desk: Desk) -> bool:
    """Return whether the story has what the article says, in other words or from another account.

    All other questions let a dispute fall because the two can both be right, which makes none of them known.
    """
    return any(falls(dispute, desk) for name, falls in _VETOES if name in _IN_RECORD)


def list_apart(asked: Sequence[tuple[Found, str]]) -> frozenset[int | None]:
    """Return the ids of the stored articles that tell of another happening of the kind, by the days of a dispute."""
    return frozenset(one.dispute.there.article_id for one, veto in asked if veto == _TWO_HAPPENINGS)


def list_standing(asked: Sequence[tuple[Found, str]]) -> list[Found]:
    """Return the disputes that no question let fall, nor another one that shows two articles to be on two happenings.

    Args:
        asked: each with what ``find_veto`` says of it. One that sets itself against the other account stands alone.
    """
    apart = list_apart(asked)
    real = (one for one, veto in asked if not veto)
    return [one for one in real if one.dispute.there.article_id not in apart or is_contesting(one.dispute.here.quote)]


def _are_on_two_things(dispute: Dispute, desk: Desk) -> bool:
    return are_on_two_things(dispute, desk.ground)


def _is_denied_already(dispute: Dispute, desk: Desk) -> bool:
    """Return whether the story has the denial already, or the plea."""
    articles = desk.articles
    is_denial = dispute.kind is FactKind.STATUS and dispute.here.value == Modality.DENIED.value
    is_told = is_denial and is_denial_held(dispute.here.quote, articles)
    return is_told or is_plea_held(desk.case.article, dispute, articles)


def _is_of_another_absence(dispute: Dispute, _: Desk) -> bool:
    """Return whether it was of something else that there was none."""
    sides = dispute.here, dispute.there
    denied = next((one.quote for one in sides if one.value == Modality.DENIED.value), "")
    told = next((one.quote for one in sides if one.value == Modality.HAPPENED.value), "")
    return bool(denied and told) and is_of_another_absence(denied, told)


def _is_of_two_events(dispute: Dispute, _: Desk) -> bool:
    """Return whether what seems to contradict tells of another event by the formula of the first."""
    here, there = (is_of_others(one.value, one.quote, language_of(one.quote)) for one in (dispute.here, dispute.there))
    if dispute.kind is FactKind.FIGURE and here != there:
        return True
    ours, theirs = tell(dispute.here.quote), tell(dispute.there.quote)
    if find_rejected(ours, theirs) is not None or is_contesting(dispute.here.quote):
        return False
    return are_told_apart(ours, theirs, has_year=dispute.kind is not FactKind.DATE) is not None


def _is_held(dispute: Dispute, desk: Desk) -> bool:
    """Return whether the story has what seems to contradict it, or somebody hurt has died since."""
    language = desk.case.reading.language or "en"
    return _is_held_figure(dispute, desk) or is_late_death(dispute.here.quote, language, desk.tolls)


def _is_held_figure(dispute: Dispute, desk: Desk) -> bool:
    """Return whether a figure that seems to contradict the story is one of its own, in other words or another unit.

    Small bare numbers are left alone, for every story has a three somewhere; but not those of the dead and the hurt,
    nor a magnitude of 6.1.
    Who sets a toll against another one says more than the toll.
    """
    measures = measures_in(dispute.here.value, language_of(dispute.here.quote))
    if dispute.kind is not FactKind.FIGURE or not measures:
        return False
    if is_held_toll(dispute.here, desk.tolls) and find_cue(dispute.here.quote) is None:
        return True
    return all(
        (one.kind or one.value >= TELLING_NUMBER or not one.value.is_integer())
        and is_held(one, [other for other in desk.held.measures if _may_be(one, other)])
        for one in measures
    )


def _may_be(one: Measure, other: Measure) -> bool:
    """Return whether a number of the story may be the one of a dispute: "thousands" is no other count than 1,500."""
    return not other.is_open and (other.kind == one.kind or one.bare >= TELLING_NUMBER)


def _are_both_told(dispute: Dispute, desk: Desk) -> bool:
    stored = desk.texts.get(dispute.there.article_id or 0)
    return stored is not None and are_both_told(desk.case.article, stored, dispute)


def is_side_told(dispute: Dispute, desk: Desk) -> bool:
    """Return whether the story has what an article says against one of its accounts from another one."""
    return is_side_held(desk.case.article, dispute, desk.articles)


def _is_of_a_role(dispute: Dispute, desk: Desk) -> bool:
    return is_of_a_role(desk.case, dispute, desk.reports)


def _is_innocence(dispute: Dispute, desk: Desk) -> bool:
    return is_innocence(dispute, desk.texts.get(dispute.there.article_id or 0))


def _is_of_two_stages(dispute: Dispute, desk: Desk) -> bool:
    """Return whether one side tells a forecast or a part of a count of votes, and the other one what came of it."""
    stored = desk.texts.get(dispute.there.article_id or 0)
    if stored is None or is_contesting(dispute.here.quote) or dispute.kind not in {FactKind.FIGURE, FactKind.ACT}:
        return False
    is_of_shares = dispute.kind is FactKind.ACT or (
        tells_share(dispute.here.quote) and tells_share(dispute.there.quote)
    )
    return is_of_shares and are_two_stages(desk.case.article, stored)


def _is_denied_of_nothing(dispute: Dispute, desk: Desk) -> bool:
    """Return whether somebody denies, in the sentence that speaks for an account, what the other one tells nowhere.

    The dairy that denies a leak of ammonia contradicts no fire. Where two values are held against each other, the
    finders have asked so much. Not in English, where such a sentence often stands for an account that does contradict.
    """
    stored = desk.texts.get(dispute.there.article_id or 0)
    denied = denied_in(dispute.here.quote)
    is_plain = not any(one.is_explicit for one in denied)
    if dispute.kind is not FactKind.ACT or stored is None or not denied:
        return False
    if is_plain and is_contesting(dispute.here.quote):
        return False
    told = (stored.title, *sentences_of(stored.text))
    return not any(is_touched_in(one, text) for one in denied for text in told)


def _is_with_reserve(dispute: Dispute, desk: Desk) -> bool:
    """Return whether what one side denies leaves standing what the other one tells: an end, instead, or a bearer."""
    if dispute.kind is not FactKind.STATUS:
        return False
    stored, article = desk.texts.get(dispute.there.article_id or 0), desk.case.article
    here, there = dispute.here.quote, dispute.there.quote
    theirs = f"{stored.title} {stored.text[:_OPENING]}" if stored is not None else ""
    ours = f"{article.title} {article.text[:_OPENING]}"
    return is_reserved(here, there, theirs) or is_reserved(there, here, ours)


def _is_seeming(dispute: Dispute, desk: Desk) -> bool:
    return is_seeming(desk.case, dispute, desk.texts.get(dispute.there.article_id or 0))


_VETOES: tuple[tuple[str, Callable[[Dispute, Desk], bool]], ...] = (
    (_TWO_HAPPENINGS, lambda dispute, _: are_two_happenings(dispute)),
    ("denied already", _is_denied_already),
    ("of another absence", _is_of_another_absence),
    ("of two events", _is_of_two_events),
    (ROLE, _is_of_a_role),
    (_TWO_THINGS, _are_on_two_things),
    ("held", _is_held),
    ("both told", _are_both_told),
    (ROLE, _is_innocence),
    ("two counts", _is_of_two_stages),
    ("denied of nothing", _is_denied_of_nothing),
    ("with a reserve", _is_with_reserve),
    ("only seems so", _is_seeming),
    ("side told", is_side_told),
    (OWN, lambda dispute, _: is_change_of_own(dispute)),
)
