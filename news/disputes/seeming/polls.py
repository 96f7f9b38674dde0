"""Shares of votes that only seem to contradict: of two counts under way, of two polls, or of two candidates.

Owns that question, in English, Spanish and Russian, by the words of ``data/polls.toml``. Must never compare the shares
themselves.
"""

from __future__ import annotations

import re
from functools import cache

from news.disputes.frames.ties import open_article
from news.model import Article
from news.reports.tellings import tell
from news.tables import load_toml
from news.words.meanings import GLOSSED
from news.words.small_letters import any_row
from news.words.vocabulary import language_of

__all__ = ["are_two_counts", "are_two_stages", "tells_share"]

_FRONT = 4
"""Headline and sentences that tell what an article is on."""
_NAME = re.compile(r"[A-ZÀ-Þ][\w'’-]+(?: (?:de |del |la |van |von )?[A-ZÀ-Þ][\w'’-]+){0,2}")


@cache
def _words(row: str) -> re.Pattern[str]:
    return any_row(str(load_toml("polls.toml")[row]))


def are_two_counts(here: str, there: str) -> bool:
    """Return whether two sentences give shares of two stages of one count, of two polls, or of two candidates."""
    ours, theirs = here.casefold(), there.casefold()
    if not all(_words(row).search(text) for row in ("share", "vote") for text in (ours, theirs)):
        return False
    stages = _stage(ours), _stage(theirs)
    is_abroad = language_of(here) in GLOSSED
    is_of_two = stages[0] != stages[1] and (all(stages) or not is_abroad)
    if is_of_two or (_words("poll").search(ours) and _words("poll").search(theirs)):
        return True
    if is_abroad:
        return False  # a capital that opens such a sentence is seldom that of a candidate
    leads = _leading(here), _leading(there)
    return bool(leads[0] and leads[1]) and leads[0] != leads[1]


def tells_share(quote: str) -> bool:
    """Return whether a sentence tells a share."""
    return _words("share").search(quote.casefold()) is not None


def are_two_stages(here: Article, there: Article) -> bool:
    """Return whether two articles open with an election, one with a forecast, or the later one with more counted."""
    ours, theirs = _front_of(here), _front_of(there)
    if not (_words("election").search(ours) and _words("election").search(theirs)):
        return False
    is_forecast = _words("forecast").search(ours) is not None
    if is_forecast is not (_words("forecast").search(theirs) is not None):
        return True
    counted, before = _counted(_stage(ours)), _counted(_stage(theirs))
    return before is not None and counted is not None and counted > before


def _counted(stage: str) -> float | None:
    return float(stage.replace(",", ".")) if stage else None


def _front_of(article: Article) -> str:
    return " ".join(open_article(article).sentences[:_FRONT]).casefold()


def _stage(text: str) -> str:
    """Return how much was counted when a share was told: "81"; "" where nothing says so."""
    if _words("all").search(text):
        return "100"
    found = _words("counted").search(text)
    return next(filter(None, found.groups()), "") if found else ""


def _leading(quote: str) -> str:
    """Return the last word of the first name that a sentence tells of, in small letters."""
    found = _NAME.search(tell(quote).core)
    return found.group().split()[-1].casefold() if found else ""
