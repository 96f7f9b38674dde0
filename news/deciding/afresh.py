"""Whether an article opens with a happening of its own day, and tells of a story only behind that, as of the past.

Owns these signs of it. Must never weigh them: ``news.deciding.going_on`` does.

A second fire in the town is told with the first: "two weeks ago the market burned down". The town, the fire service and
the act are in both; what tells the two apart is that the opening is on a day after all that the story held came out,
that the story's own names stand further down alone, and beside a day or a stretch of time that is past.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from functools import cache, partial
from itertools import islice

from news.another.onward import first_sentence, issued_on
from news.another.words import happenings_in
from news.dates.saying_days import is_day_of_saying
from news.decision import StoredArticle
from news.model import Precision
from news.stories.case import Case
from news.stories.grounds import MAX_SENTENCES, weigh_names
from news.tables import load_toml
from news.words.small_letters import small
from news.words.text import lower_in_place

__all__ = ["FEATURES", "describe_opening"]

FEATURES = ("fresh_later", "names_behind", "past_tie", "title_tie", "same_kind", "same_kind_gap", "other_kind")
"""Names of the signs in order; see ``describe_opening``."""

_MOST = 3.0
_RECENT = 2
_N_TOP = 2
"""Headline and first sentence."""
_MAX_TEXT = 4_000
_MAX_ARTICLES, _FRONT_CHARS = 6, 300


def describe_opening(
    case: Case, story_id: int, texts: Sequence[str], ties: Sequence[float], *, gap: float
) -> dict[str, float]:
    """Return how the opening of an article stands to a story by name, those of ``FEATURES``.

    ``fresh_later``: the first sentence tells something of a day that is at most two before the article and after all
    that the story held came out. ``names_behind`` is how much more the names of the story weigh behind headline and
    first sentence, 0 to 3, ``past_tie`` how plainly a sentence behind the first that dates something to the past is
    tied to it, and ``title_tie`` how plainly the headline is. ``same_kind``: opening and story tell happenings of one
    kind, and ``other_kind``: of other kinds.

    Args:
        texts: headline and sentences, see ``news.stories.grounds.parts_of``.
        ties: of each of them to the story, see ``news.stories.grounds.list_ties``.
        gap: logarithm of the days since the story was told.
    """
    language = case.reading.language or "en"
    ours = happenings_in(f"{case.article.title}. {first_sentence(case)}", language)
    theirs = _kinds_of(case.list_articles(story_id)) if ours else frozenset[str]()
    top, rest = " ".join(texts[:_N_TOP]), " ".join(texts[_N_TOP:])[:_MAX_TEXT]
    behind = weigh_names(case, story_id, rest) - weigh_names(case, story_id, top)
    same = float(not ours.isdisjoint(theirs))
    return {
        "fresh_later": float(_is_later(case, story_id)),
        "names_behind": max(0.0, min(_MOST, behind)),
        "past_tie": min(_MOST, max((ties[at] for at in _iter_past(case, texts)), default=0.0)),
        "title_tie": min(_MOST, ties[0]),
        "same_kind": same,
        "same_kind_gap": same * gap,
        "other_kind": float(bool(theirs) and not same),
    }


def _kinds_of(articles: Sequence[StoredArticle]) -> frozenset[str]:
    """Return the kinds of happenings that the articles of a story open with."""
    fronts = (f"{one.article.title}. {one.article.text[:_FRONT_CHARS]}" for one in articles[:_MAX_ARTICLES])
    languages = (one.language or "en" for one in articles[:_MAX_ARTICLES])
    return frozenset[str]().union(*map(happenings_in, fronts, languages))


def _is_later(case: Case, story_id: int) -> bool:
    """Return whether the first sentence states a day of these days that is after all that the story held came out."""
    last_on = case.hold(story_id).last_on
    fresh = case.world.remember("fresh days", partial(_fresh_days, case))
    return bool(fresh) and last_on is not None and min(fresh) > last_on


def _fresh_days(case: Case) -> Sequence[date]:
    """Return the days of these days that the first sentence tells something of, the day of a saying left out."""
    first, issued = next(iter(case.reading.sentences), None), issued_on(case)
    if first is None:
        return ()
    language = case.reading.language or "en"
    stated = [one for one in case.reading.dates if one.start < first.end and one.span.precision is Precision.DAY]
    return [
        day
        for one in stated
        if (day := one.span.first_on) is not None
        and -1 <= (issued - day).days <= _RECENT
        and not is_day_of_saying(first.text, one.start - first.start, one.end - first.start, language)
    ]


def _iter_past(case: Case, texts: Sequence[str]) -> Iterator[int]:
    """Yield the places of the texts behind the first sentence that date something to the past."""
    read = case.reading.sentences[:MAX_SENTENCES]
    sentences = read[max(0, len(read) - (len(texts) - 1)) :]
    issued = issued_on(case)
    dates = [one for one in case.reading.dates if one.span.last_on and (issued - one.span.last_on).days >= _RECENT]
    for at, sentence in islice(enumerate(sentences, start=1), 1, None):
        if _past().search(lower_in_place(sentence.text)) or any(
            sentence.start <= one.start < sentence.end for one in dates
        ):
            yield at


@cache
def _past() -> re.Pattern[str]:
    return small("|".join(load_toml("going_on.toml")["past"]["patterns"]))
