"""Since when a retelling is known: the earliest stored article that has what it tells, with the sentence that tells it.

Owns the choice of that article and sentence. Must never decide whether an article is a retelling.

An article joins a story by much that it does not tell itself: the opening of the story, and the other reports of its
events, may lack the very fact that is told again. So each stored sentence is asked for that fact.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from news.decision import KnownSince, StoredArticle, StoredReport
from news.matching.assignments import Placed, earliest
from news.matching.same_event import Match, weigh
from news.model import Report
from news.stories.case import Case, known_since_article, known_since_report
from news.stories.ties import TELLING_NUMBER
from news.words.facts import figures_of
from news.words.meanings import is_faint, meanings_in
from news.words.measures import is_held, measures_in
from news.words.sentences import split_sentences

__all__ = ["find_known_since"]

_NEAR = 1.0
"""Log-odds below the best match within which a sentence tells the same."""
_ALIKE = 0.1
_LEAST = 0.4
"""Share of the words of a sentence that another has which tells the same."""
_MAX_ARTICLES, _MAX_SENTENCES = 40, 40
_LATEST = datetime.max.replace(tzinfo=UTC)


def find_known_since(
    case: Case, story_id: int | None, placed: Sequence[Placed], *, is_old: bool = False
) -> KnownSince | None:
    """Return the earliest stored article that has what a retelling leads with; None where none has it.

    The news goes before the background. Where no report of the lead is of a stored event, its numbers decide, then the
    words.

    Args:
        is_old: it tells of what was long ago; an article of these days has that only where it looks back itself.
    """
    for is_background in (False, True):
        own = [one for one in placed if one.report.is_background is is_background]
        for one in own:
            first = _first_to_tell(case, one.report, one.match, is_old=is_old) if one.match is not None else None
            if first is not None:
                return known_since_report(first)
            found = _first_in_numbers(case, story_id, one.report.quote) if one is own[0] and not is_old else None
            if found is not None:
                return found
        found = _first_in_words(case, story_id, own[0].report.quote, is_old=is_old) if own else None
        if found is not None:
            return found
    if not case.reading.sentences:
        return None
    return _first_in_words(case, story_id, case.reading.sentences[0].text, is_old=is_old)


def _first_to_tell(case: Case, here: Report, match: Match, *, is_old: bool) -> StoredReport | None:
    """Return the earliest report of the event with as many of the figures, and no weaker a match, as any has."""
    rows = [one for one in case.candidates.reports if one.event_id == match.stored.event_id]
    if is_old:
        rows = [one for one in rows if one.report.is_background or _is_long_ago(case, one.published_at)]
    held = {one.id: _count_figures(here, one.report) for one in rows}
    most = max(held.values(), default=0)
    if figures_of(here) and not most:
        return None
    scored = {one.id: sum(dict(weigh(here, one.report, case.world)).values()) for one in rows if held[one.id] == most}
    least = max(0.0, max(scored.values(), default=0.0) - _NEAR)
    return earliest([one for one in rows if one.id in scored and scored[one.id] >= least])


def _count_figures(here: Report, there: Report) -> int:
    values = {(one.unit, one.value) for one in figures_of(there)}
    return sum((one.unit, one.value) in values for one in figures_of(here))


def _is_long_ago(case: Case, at: datetime | None) -> bool:
    """Return whether an article came out so long ago that what it told of was news then."""
    return at is not None and (case.issued_at - at).days > case.old_event_days


def _first_in_numbers(case: Case, story_id: int | None, quote: str) -> KnownSince | None:
    """Return the earliest article that has all telling numbers of a sentence, of which there are some."""
    numbers = measures_in(quote, case.reading.language or "en")
    ours = [one for one in numbers if not one.is_open and (one.kind or one.value >= TELLING_NUMBER)]
    told: dict[int, list[tuple[StoredArticle, str, int]]] = {}
    for one, text, _ in _iter_told(case, story_id) if ours else ():
        theirs = measures_in(text, one.language or "en")
        told.setdefault(one.id, []).append((one, text, sum(is_held(each, theirs) for each in ours)))
    best = (max(rows, key=lambda row: row[2]) for rows in told.values() if sum(row[2] for row in rows) >= len(ours))
    return _earliest((one, text) for one, text, _ in best)


def _earliest(told: Iterable[tuple[StoredArticle, str]]) -> KnownSince | None:
    first = min(told, key=lambda pair: (pair[0].article.published_at or _LATEST, pair[0].id), default=None)
    return replace(known_since_article(first[0]), quote=first[1]) if first is not None else None


def _first_in_words(case: Case, story_id: int | None, quote: str, *, is_old: bool) -> KnownSince | None:
    """Return the earliest article with a sentence that has most of the words of one, of those that have most."""
    ours = _telling_words(quote, case.reading.language or "en")
    if not ours:
        return None
    told = [(len(ours & words) / len(ours), one, text) for one, text, words in _iter_told(case, story_id)]
    if is_old:
        past = {
            (one.article_id, one.report.quote.strip()) for one in case.candidates.reports if one.report.is_background
        }
        told = [
            (share, one, text)
            for share, one, text in told
            if (one.id, text.strip()) in past or _is_long_ago(case, one.article.published_at)
        ]
    best = max((share for share, _, _ in told), default=0.0)
    if best < _LEAST:
        return None
    return _earliest((one, text) for share, one, text in told if share >= max(_LEAST, best - _ALIKE))


def _iter_told(case: Case, story_id: int | None) -> Iterator[tuple[StoredArticle, str, frozenset[str]]]:
    """Yield the sentences of a story's articles, or of all that are near where there is no story."""
    if story_id is not None:
        articles = case.list_articles(story_id)
    else:
        articles = list({one.id: one for one in (*case.candidates.similar, *case.candidates.related)}.values())
    for one in articles[:_MAX_ARTICLES]:
        for sentence in split_sentences(one.article.text)[:_MAX_SENTENCES]:
            yield one, sentence.text, _telling_words(sentence.text, one.language or "en")


def _telling_words(text: str, language: str) -> frozenset[str]:
    return frozenset(word for word in meanings_in(text, language) if not is_faint(word))
