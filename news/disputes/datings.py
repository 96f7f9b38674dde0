"""Whether two accounts of one event date the event itself, and to days that exclude each other.

Owns the doubts about two dates: of the saying, of another act of the sentence, of one night, of the beginning and the
end. Must never compare anything but days.
"""

from __future__ import annotations

import re
from datetime import datetime

from news.dates.quoted import dates_in
from news.decision import Claim, StoredReport
from news.disputes.days import day_of, is_one_date, is_only_said, is_overlapping, list_days
from news.model import Report
from news.reports.tellings import main_acts, plain_share, tell
from news.reports.wording import say_days
from news.words.meanings import is_date_word, meanings_in
from news.words.small_letters import small
from news.words.text import lower_in_place
from news.words.vocabulary import language_of

_ONE = 0.6
_LITTLE, _MUCH = 0.34, 0.5
_LEAST = 2
_CLAUSE = small(
    r"\b(?:after|before|because|following|tras|después de|antes de|porque|после|перед тем|потому что)\b|"
    r", (?:who|which|whose|quien|que|котор\w+)\b[^,]{0,120}"
)
"""A word that opens a clause, or a noun that stands for one, of another time; a relative clause whole."""


def are_days_told(report: Report, stored: StoredReport, published_at: datetime | None) -> bool:
    """Return whether both accounts date the event itself, and not the evening and the morning of one night."""
    there = stored.report.when
    ours, theirs = tell(report.quote), tell(stored.report.quote)
    day = published_at.date() if published_at else None
    if is_one_night(report, stored, published_at) or not dates_in(report.quote, day, language_of(report.quote)):
        return False  # a sentence without a date has that of the one before it
    if any(is_overlapping(there, one) for one in list_days(ours, day)):
        return False  # the sentence has their day too, for another act
    acts = main_acts(ours), main_acts(theirs)
    is_one = bool(acts[0] & acts[1]) or plain_share(ours, theirs) >= _ONE
    if not is_one or (all(acts) and not (acts[0] <= acts[1] or acts[1] <= acts[0])):
        return False
    return is_dated(report, published_at) and is_dated(stored.report, stored.published_at)


def is_one_night(report: Report, stored: StoredReport, published_at: datetime | None) -> bool:
    """Return whether two days are the evening and morning of one night, or the same day of the week in two papers."""
    day = published_at.date() if published_at else None
    their_day = stored.published_at.date() if stored.published_at else None
    ours = day_of(report.when, tell(report.quote), day)
    return is_one_date(ours, day_of(stored.report.when, tell(stored.report.quote), their_day))


def is_dated(report: Report, published_at: datetime | None) -> bool:
    """Return whether the event is dated and not only the saying of it: "..., the ministry said on Saturday"."""
    return not is_only_said(tell(report.quote), report.when, published_at.date() if published_at else None)


def is_of_other_clause(here: Claim, there: Claim) -> bool:
    """Return whether one of two days stands in a clause that the other sentence does not tell, beside one that it does.

    "The bank raised its rate after the currency fell on Monday" dates the fall and no rise.
    """
    return _is_told_beside(here, there.quote) or _is_told_beside(there, here.quote)


def _is_told_beside(claim: Claim, other: str) -> bool:
    quote, language = claim.quote, language_of(claim.quote)
    issued_on = claim.published_at.date() if claim.published_at else None
    place = next((one.start for one in dates_in(quote, issued_on, language) if say_days(one.span) == claim.value), None)
    if place is None or language_of(other) != language:
        return False
    found = list(_CLAUSE.finditer(lower_in_place(quote)))
    edges = sorted(
        {0, *(one.start() for one in found), *(one.end() for one in found if one.group()[0] == ","), len(quote)}
    )
    first = max(edge for edge in edges if edge <= place)
    last = min(edge for edge in edges if edge > place)
    held = _meant(other, language)
    dated, rest = _meant(quote[first:last], language), _meant(f"{quote[:first]} {quote[last:]}", language)
    is_aside = len(dated & held) <= _LITTLE * len(dated)
    return is_aside and len(rest & held) >= max(_LEAST, _MUCH * len(rest))


def _meant(text: str, language: str) -> frozenset[str]:
    words = " ".join(word for word in re.findall(r"[^\W\d_]+", text) if not is_date_word(word))
    return meanings_in(words, language)
