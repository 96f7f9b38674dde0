"""Reading one article: everything that the bot finds in it, in one pure call.

Owns the order in which the rooms are called and the caps on size. Must never look at the store or at another article.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from itertools import chain

from news.dates import find_dates
from news.model import Article, EntityKind, Mention, Origin, Reading, Report
from news.names.entities import find_mentions
from news.reports.events import find_reports
from news.reports.furniture import bare_text
from news.reports.origins import credit_origin, distinct_origins, outlet_origin
from news.reports.quantities import find_quantities
from news.words.fingerprint import sign
from news.words.language import detect_language
from news.words.text import split_sentences

MAX_CHARACTERS = 50_000
"""Characters of a text that are read. What comes after is kept and signed, but not read."""

MAX_SENTENCES = 2_000
"""Sentences of a text that are read."""

LEAST_LETTERS = 8
"""Letters from which on a title and text may tell something."""

TEASER_WORDS = 25
"""A text of fewer words is only a teaser: the headline tells as much as it does and is read with it."""

_DETECTED = 2_000
_OLDEST_DATELINE = timedelta(days=14)
"""A text is passed on within two weeks; a day farther back is none of its writing."""


def read(article: Article) -> Reading:
    """Return what ``article`` tells: its language, sentences, dates, names, figures, reports, origins and signature.

    Offsets are into ``article.text``; the title is not part of it and gives no reports, dates or mentions, since a
    headline repeats its story and its offsets would point nowhere. The title decides the language of an empty text,
    and is read for a credit ("... - BBC News"). The language is the article's own or, failing that, detected; where
    that is unsure, English rules read it and ``language`` stays empty.

    Time is linear in the length of the text up to ``MAX_CHARACTERS``. Never raises, whatever the text is.
    ``origins`` are distinct, in order of appearance; the article's own outlet is among them exactly if it speaks for
    itself: there is no credit to another, and some report before those that name a speaker names nobody, or there is no
    report.
    """
    text = article.text[:MAX_CHARACTERS]
    language = article.language or detect_language(text[:_DETECTED] or article.title[:_DETECTED])
    rules = language or "en"
    bare = bare_text(text)
    sentences = split_sentences(bare, rules)[:MAX_SENTENCES]
    text = bare[: sentences[-1].end] if sentences else ""
    dates = find_dates(text, published_on=_written_on(article, bare, rules), language=rules)
    mentions = find_mentions(text, sentences, rules)
    taken = [(found.start, found.end) for found in dates] + _designations(mentions)
    quantities = find_quantities(text, rules, taken=sorted(taken))
    credit = credit_origin(article)
    reports = find_reports(
        sentences, dates, mentions, quantities, published_on=_published_on(article), language=rules, credit=credit
    )
    return Reading(
        language, sentences, dates, mentions, quantities, reports,
        _origins(article, credit, reports), sign(article.text),
    )  # fmt: skip


def _designations(mentions: Iterable[Mention]) -> list[tuple[int, int]]:
    """Return the spans of names such as "Leopard 2", whose number counts nothing."""
    return [(one.start, one.end) for one in mentions if one.entity.kind is EntityKind.EQUIPMENT]


def with_headline(article: Article) -> Article:
    """Return an article whose text is hardly more than its headline with the headline as its last paragraph.

    Feeds that give a title alone, or a line of teaser, tell their news there. A text that has the title in it, and
    one of ``TEASER_WORDS`` words or more, is returned as it is. Doing it again changes nothing.
    """
    title, text = article.title.strip(), article.text.strip()
    if not title or title in text or len(text.split()) >= TEASER_WORDS:
        return article
    return replace(article, text=f"{text}\n\n{title}".strip())


def tells_nothing(article: Article) -> bool:
    """Return whether title and text together are no more than a handful of letters: nobody can be told anything.

    Letters of scripts without small ones count twice, for a few of them may be a whole headline.
    """
    n_letters = 0
    title = "" if article.title.strip() in article.text else article.title
    for letter in chain(title, article.text):
        n_letters += (1 if letter.lower() != letter.upper() else 2) if letter.isalpha() else 0
        if n_letters >= LEAST_LETTERS:
            return False
    return True


def _published_on(article: Article) -> date | None:
    return article.published_at.date() if article.published_at is not None else None


def _written_on(article: Article, bare: str, language: str) -> date | None:
    """Return the day of the dateline, which weekdays count from; that of publication where none is near."""
    published_on = _published_on(article)
    head = article.text[: len(bare) - len(bare.lstrip())]
    days = [found.span.first_on for found in find_dates(head, published_on=published_on, language=language)]
    written_on = next((day for day in days if day is not None), None)
    if written_on is None or published_on is None:
        return written_on or published_on
    return written_on if timedelta(0) <= published_on - written_on <= _OLDEST_DATELINE else published_on


def _origins(article: Article, credit: Origin | None, reports: Iterable[Report]) -> tuple[Origin, ...]:
    """Return the distinct origins of an article by key; its outlet stands for the reports that name nobody."""
    own = credit or outlet_origin(article.outlet, article.url)
    return tuple(distinct_origins([one.origin or own for one in reports if not one.is_passed_on] or [own]))
