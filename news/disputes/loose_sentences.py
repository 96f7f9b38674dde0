"""The sentences of stored articles in which no event was found, as reports of nothing but their words.

Owns cutting them from their articles and what is remembered of them. Must never compare them:
``news.disputes.contrast`` does.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from news.decision import StoredArticle, StoredReport
from news.model import NO_TIME, EventKind, Modality, Report
from news.reports.origins import sentence_origin
from news.reports.quantities import find_quantities
from news.words.sentences import split_sentences

_MAX_SENTENCES, _MAX_QUOTE = 20, 2_000
_MAX_ARTICLES = 4
_NO_EVENT = 0  # events count from 1


@lru_cache(maxsize=1 << 10)
def sentences_of(text: str) -> tuple[str, ...]:
    """Return the first sentences of a stored text, each cut at 2,000 characters."""
    return tuple(sentence.text[:_MAX_QUOTE] for sentence in split_sentences(text)[:_MAX_SENTENCES])


def list_loose(articles: Sequence[StoredArticle], stored: Sequence[StoredReport]) -> list[StoredReport]:
    """Return the sentences of stored articles that are no report, as reports of nothing but their words.

    They stand for the first event of their article; for ``_NO_EVENT`` where it has none.
    """
    found: list[StoredReport] = []
    for article in articles[:_MAX_ARTICLES]:
        own = [one for one in stored if one.article_id == article.id]
        told = {one.report.quote for one in own}
        for text in sentences_of(article.article.text):
            if text not in told:
                report = _worded(text)
                found.append(replace(own[0], id=-1, report=report) if own else _bare(article, report))
    return found


def _bare(stored: StoredArticle, report: Report) -> StoredReport:
    article = stored.article
    return StoredReport(
        -1,
        _NO_EVENT,
        stored.id,
        stored.story_id,
        article.outlet,
        article.url,
        article.title,
        article.published_at,
        report,
    )


def row_of(stored: StoredArticle, quote: str, reports: Sequence[StoredReport]) -> StoredReport:
    """Return the report of a sentence of a stored article; a bare one where no event was found in it.

    Args:
        reports: of the story of that article, in any order.
    """
    own = [one for one in reports if one.article_id == stored.id]
    told = next((one for one in own if one.report.quote == quote), None)
    if told is not None:
        return told
    return replace(own[0], id=-1, report=bare_row(quote)) if own else _bare(stored, bare_row(quote))


@lru_cache(maxsize=1 << 8)
def bare_row(quote: str) -> Report:
    """Return a sentence as a report of nothing but its words and whom they name for it."""
    return replace(_worded(quote), origin=sentence_origin(quote, ()))


def with_figures(stored: StoredReport) -> StoredReport:
    """Return a loose sentence with the figures that stand in it."""
    return replace(stored, report=_figured(stored.report.quote))


@lru_cache(maxsize=1 << 11)
def _figured(text: str) -> Report:
    return replace(_worded(text), quantities=find_quantities(text, "en"))


@lru_cache(maxsize=1 << 11)
def _worded(text: str) -> Report:
    """Return a stored sentence in which no event was found as a report of nothing but its words."""
    return Report(-1, text, NO_TIME, EventKind.OTHER, Modality.HAPPENED)
