"""Whether two accounts of one event date the event itself, and to days that exclude each other.

Owns the doubts about two dates: of the saying, of another act of the sentence, of one night, of the beginning and the
end. Must never compare anything but days.
"""

from __future__ import annotations

from datetime import datetime

from news.dates.quoted import dates_in
from news.decision import StoredReport
from news.disputes.days import day_of, is_one_date, is_only_said, is_other_phase, is_overlapping, list_days
from news.model import Report
from news.reports.tellings import main_acts, plain_share, tell
from news.words.vocabulary import language_of

_ONE = 0.6


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
    if not is_one or (all(acts) and not (acts[0] <= acts[1] or acts[1] <= acts[0])) or is_other_phase(ours, theirs):
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
