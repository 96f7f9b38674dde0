"""Headlines beside the sentences that tell the same: a reader sees the headline over the alert already.

Owns the choice of the sentence that is quoted instead. Texts that are hardly more than their headline have it as their
last paragraph (``news.reading.with_headline``), so that what is read there may be told once more above it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from handlers.messages import find_marks
from news.decision import Claim, Dispute
from news.model import Article, Modality
from news.words.sentences import split_sentences
from news.words.text import content_terms

FindArticle = Callable[[int | None], Article | None]
"""Gives an article by its id, None being the one that is told of; None where it is gone."""

_ENOUGH = 0.6
_MOST_CHARACTERS = 4_000


def body_of(article: Article) -> str:
    """Return the text without its headline at the end; all of it where there is nothing else."""
    text, title = article.text.strip(), article.title.strip()
    body = text.removesuffix(title).strip() if title else text
    return body or text


def find_sentence(article: Article, quote: str, value: str) -> str:
    """Return the sentence of the text that tells what a quoted headline tells, or the quote where there is none.

    The sentence has the value of the headline in the same form, or most of its words where the headline is all there
    is to say, or whether it happened is what it is quoted for. What is no headline is returned as it is.
    """
    if not is_headline(quote, article):
        return quote
    is_whole = value == quote or value in set(Modality)
    wanted = set(content_terms(quote, article.language or "en"))
    best, most = quote, 0.0
    for sentence in split_sentences(body_of(article)[:_MOST_CHARACTERS], article.language or "en"):
        share = _share(wanted, sentence.text, article.language or "en")
        is_told = share >= _ENOUGH if is_whole else bool(find_marks(sentence.text, value))
        if is_told and share > most and _plain(sentence.text) != _plain(quote):
            best, most = sentence.text, share
    return best


def quote_bodies(dispute: Dispute, find_article: FindArticle) -> Dispute:
    """Return the dispute with ``find_sentence`` for the quotes of both sides; ``find_article`` may know neither."""
    return replace(
        dispute, here=_quote_body(dispute.here, find_article), there=_quote_body(dispute.there, find_article)
    )


def _quote_body(claim: Claim, find_article: FindArticle) -> Claim:
    article = find_article(claim.article_id)
    return claim if article is None else replace(claim, quote=find_sentence(article, claim.quote, claim.value))


def is_headline(quote: str, article: Article) -> bool:
    """Return whether a quote is the article's headline, whatever its spaces, case and full stop."""
    return bool(article.title) and _plain(quote) == _plain(article.title)


def _share(wanted: set[str], text: str, language: str) -> float:
    return len(wanted & set(content_terms(text, language))) / len(wanted) if wanted else 0.0


def _plain(text: str) -> str:
    return " ".join(text.split()).rstrip(".").casefold()
