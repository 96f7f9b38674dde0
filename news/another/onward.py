"""Whether an opening goes on with what a story tells, or tells the act of the story once more and later.

Owns these readings of the first sentences. Must never weigh them: ``news.another.stories`` does.

Known failures: a second event told with "the" ("killed in the blast") passes for the first; a plan that is told with
another day is the same plan, however far the days are apart.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from news.another.words import happenings_in
from news.model import Modality, Precision, Report
from news.reports.progress import is_development
from news.stories.case import Case
from news.stories.holdings import Holdings
from news.stories.openings import is_answer, list_known, points_back
from news.words.facts import figures_of
from news.words.states import is_cumulative
from news.words.turns import turns_in

__all__ = ["first_sentence", "goes_on", "is_later_lead", "issued_on"]

_LEAD_SENTENCES = 2
_RECENT = 2


def first_sentence(case: Case) -> str:
    """Return the first sentence of an article; its headline if it has no text."""
    return case.reading.sentences[0].text if case.reading.sentences else case.article.title


def issued_on(case: Case) -> date:
    """Return the day of an article, or of its taking in where it has none."""
    return (case.article.published_at or case.now).date()


def goes_on(case: Case, held: Holdings) -> bool:
    """Return whether the opening takes the act of a story as known, answers or denies it, or carries it on."""
    opening = f"{case.article.title}. {first_sentence(case)}"
    language = case.reading.language or "en"
    known = list_known(opening, held.words, language)
    is_known = points_back(opening, held.words, language) or any(happenings_in(word, language) for word in known)
    return is_known or is_answer(opening) or _denies(case) or _turns_first(case, opening, held) or _counts_up(case)


def is_later_lead(case: Case, held: Holdings) -> bool:
    """Return whether what the article leads with was after all that the story held came out.

    A lead without a day of its own is of the day of the article.
    """
    if held.last_on is None or _tells_day_of(case, held, held.last_on):
        return False
    for report in _main_reports(case.reading.reports):
        when = report.when
        if when.precision is Precision.DAY and when.first_on is not None:
            are_both_plans = when.first_on > issued_on(case) and max(held.days, default=date.min) > held.last_on
            return when.first_on > held.last_on and when.first_on not in held.days and not are_both_plans
    return (issued_on(case) - held.last_on).days > _RECENT


def _main_reports(reports: Sequence[Report]) -> list[Report]:
    return [one for one in reports if not one.is_background and one.sentence < _LEAD_SENTENCES]


def _tells_day_of(case: Case, held: Holdings, last_on: date) -> bool:
    """Return whether the first sentence states a day up to ``last_on`` on which something of the story was."""
    end = case.reading.sentences[0].end if case.reading.sentences else 0
    stated = (one.span for one in case.reading.dates if one.start < end and one.span.precision is Precision.DAY)
    return any(one.first_on in held.days and one.first_on <= last_on for one in stated)


def _denies(case: Case) -> bool:
    """Return whether the headline or the lead denies: who denies a thing goes on with who said it."""
    turns = turns_in(case.article.title, case.reading.language or "en").values()
    is_denied = any(one.modality is Modality.DENIED for one in _main_reports(case.reading.reports))
    return is_denied or any("deny" in classes for classes in turns)


def _turns_first(case: Case, opening: str, held: Holdings) -> bool:
    """Return whether headline or first sentence has an act that carries a story on and that the story lacks."""
    return held.lacks_step(opening, case.reading.language or "en")


def _counts_up(case: Case) -> bool:
    """Return whether the opening tells of a count that has gone on: "the death toll has risen to 20"."""
    return any(
        is_development(report.quote) and any(is_cumulative(one, report.quote) for one in figures_of(report))
        for report in _main_reports(case.reading.reports)
    )
