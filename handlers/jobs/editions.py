"""Whether an article that comes in is one that the store holds: the very same, or a later edition of it.

Owns these questions of identity. Whether its words tell anything new is ``news.novelty``'s.
"""

from __future__ import annotations

from datetime import datetime

from handlers.ports import Transaction
from news.decision import StoredArticle
from news.errors import DocumentError
from news.model import Article
from news.words.urls import canonical_url


def find_held(tx: Transaction, article: Article, same: StoredArticle | None) -> StoredArticle | None:
    """Return the stored article that this one is word for word, issued again by the same outlet; else None.

    The same words of another outlet are a reprint, which is stored and counted. So is a row with another caller's id.

    Args:
        same: what ``find_same`` gives for the article.
    """
    if same is not None and _is_issued_again(tx, same, article):
        return same
    return None if article.feed_url else _find_row(tx, article)


def is_edition(tx: Transaction, held: StoredArticle, article: Article) -> bool:
    """Return whether both are editions of one publication, so that the later takes the place of the earlier.

    That is the same guid in one feed, or the same address where neither has a guid. One address under two guids is
    not: both may stand in the feed at once, and would take turns for ever. A feed that has moved is the same feed.
    """
    here, there = article, held.article
    if here.source_id != there.source_id or not _is_same_feed(tx, there, here):
        return False
    if here.feed_url and here.source_id:
        return True
    return bool(here.url and there.url) and canonical_url(here.url) == canonical_url(there.url)


def find_row(tx: Transaction, article: Article, since: datetime | None) -> StoredArticle | None:
    """Return the row of that caller's id that was taken in since then, in the same file; None for no such row.

    In one file an id is what a guid is in a feed. Two files may number their rows alike.

    Raises:
        DocumentError: the id was given to an article of another outlet.
    """
    if since is None or article.feed_url or not article.source_id:
        return None
    rows = [tx.articles.get(article_id) for article_id in tx.articles.find_ids(article.source_id)]
    held = [row for row in rows if row.article.source_id == article.source_id and not row.article.feed_url]
    given = [row for row in held if row.fetched_at >= since and not row.is_seed]
    same = [row for row in given if row.article.outlet.casefold() == article.outlet.casefold()]
    if given and not same:
        outlet = given[-1].article.outlet or "unknown outlet"
        raise DocumentError(
            f'"id" is “{article.source_id[:40]}”, which an article of {outlet} in the same file has; '
            "give each article an id of its own"
        )
    return same[-1] if same else None


def is_other_feed(tx: Transaction, held: StoredArticle | None, article: Article) -> bool:
    """Return whether it is held from another feed: feeds shorten one article in different ways, which is no news."""
    if held is None or not (article.url and held.article.url):
        return False
    return canonical_url(held.article.url) == canonical_url(article.url) and not _is_same_feed(
        tx, held.article, article
    )


def _is_same_feed(tx: Transaction, there: Article, here: Article) -> bool:
    """Return whether both came from one feed, whose name is the address that it was added with."""
    if here.feed_url == there.feed_url:
        return True
    if not (here.feed_url and there.feed_url):
        return False
    return tx.feeds.get_first_url(here.feed_url) == tx.feeds.get_first_url(there.feed_url)


def _is_issued_again(tx: Transaction, held: StoredArticle, article: Article) -> bool:
    if not _has_same_words(held.article, article):
        return False
    if is_edition(tx, held, article):
        return True
    is_same_outlet = held.article.outlet.casefold() == article.outlet.casefold()
    is_row = not (article.feed_url and held.article.feed_url)
    return is_same_outlet and (held.article.source_id == article.source_id or not is_row)


def _find_row(tx: Transaction, article: Article) -> StoredArticle | None:
    """Return the row of that caller's id with the same words; an older article with them may have been found first.

    One without an address takes no turns: a file that is handed over again gives its earlier editions again.
    """
    if not article.source_id:
        return None
    for article_id in tx.articles.find_ids(article.source_id):
        held = tx.articles.get(article_id)
        if held.article.feed_url:
            continue
        if _has_same_words(held.article, article) or (not article.url and tx.articles.had_edition(held.id, article)):
            return held
    return None


def _has_same_words(there: Article, here: Article) -> bool:
    return (there.title, there.text) == (here.title, here.text)
