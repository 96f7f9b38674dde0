"""Whether an article opens with another happening than the one that its story tells of.

Owns that question for one article and one story. Must never choose the story, nor weigh its words (``stories``).

Two things say so, and each only where what the article opens with happened on a day that no account of that act in the
story has: the opening counts it on ("a second blast"), or it tells the very act of the story, and the story was told
before that day came. What is dated later than an article came out, that article cannot have told.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial

from news.another.reasons import Another, Why
from news.another.words import counts_on, happenings_in
from news.decision import StoredArticle, StoredReport
from news.model import Modality, Precision, Report
from news.stories.case import Case
from news.words.facts import is_said
from news.words.vocabulary import language_of

__all__ = ["find_another", "has_other_day"]

_OPENING = 2


def find_another(case: Case, story_id: int | None) -> Another | None:
    """Return why an article opens with another happening than its story; None where it goes on with that."""
    if story_id is None or case.article.published_at is None:
        return None
    return case.world.remember(("another", story_id), partial(_find, case, story_id))


def _find(case: Case, story_id: int) -> Another | None:
    lead = _lead_of(case)
    told = [one for one in case.candidates.reports if one.story_id == story_id and _is_account(one.report)]
    if lead is None or not told:
        return None
    return _find_like(case, lead, told)


def _find_like(case: Case, lead: Report, told: Sequence[StoredReport]) -> Another | None:
    """Return why the act of a story is told once more, of a day that no account of it in the story has."""
    day = lead.when.first_on if lead.when.first_on is not None else case.issued_at.date()
    kinds = happenings_in(_opening_of(case), case.reading.language)
    same = [one for one in told if kinds & _kinds_of(one)]
    if not same or any(_day_of(one) >= day for one in same):
        return None
    counted = counts_on(_opening_of(case))
    if counted and (happenings_in(counted, case.reading.language) or kinds):
        return Another(Why.COUNTED, counted)
    is_happening = is_said(lead.when) and bool(happenings_in(lead.trigger))
    is_same_act = is_happening and any(lead.trigger == one.report.trigger for one in same)
    is_over = all(one.published_at is not None and one.published_at.date() < day for one in same)
    return Another(Why.LATER, lead.quote) if is_same_act and is_over else None


def _kinds_of(stored: StoredReport) -> frozenset[str]:
    return happenings_in(stored.report.quote, language_of(stored.report.quote, "en"))


def has_other_day(case: Case, copied: StoredArticle) -> bool:
    """Return whether what looks like a copy dates its opening by a day that came after the copied text came out."""
    lead, moment = _lead_of(case), copied.article.published_at
    if lead is None or moment is None or lead.when.first_on is None or not is_said(lead.when):
        return False
    return lead.when.first_on > moment.date()


def _opening_of(case: Case) -> str:
    first = case.reading.sentences[0].text if case.reading.sentences else ""
    return f"{case.article.title}. {first}"


def _lead_of(case: Case) -> Report | None:
    """Return the first account of the opening that dates itself to a day, of what happened."""
    for one in case.reading.reports:
        if one.sentence < _OPENING and _is_account(one) and one.when.precision is Precision.DAY:
            return one
    return None


def _is_account(report: Report) -> bool:
    return report.modality is Modality.HAPPENED and not report.is_background


def _day_of(stored: StoredReport) -> date:
    when = stored.report.when
    if when.precision is Precision.DAY and when.last_on is not None:
        return when.last_on
    return stored.published_at.date() if stored.published_at is not None else date.max
