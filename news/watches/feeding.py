"""Whether a feed could bring a watch anything: what its expression asks of outlet and language.

Owns this question only. Must never say that it does: names and words are in articles, not in feeds.
"""

from __future__ import annotations

from news.polling import Feed
from news.queries.expressions import Either, Every, Expression, Filter, Not
from news.reports.origins import outlet_origin
from news.words.text import fold


def could_bring(feed: Feed, expression: Expression) -> bool:
    """Return whether some article of the feed could be taken by the expression.

    A feed of one outlet may carry articles of others, so that only outlets are held against each other where the feed
    names its own; a feed without a language may be in any.
    """
    return _may_fit(expression, feed)


def names_outlet(feed: Feed, expression: Expression) -> bool:
    """Return whether the expression asks for the outlet of the feed by its name."""
    match expression:
        case Filter("outlet", value):
            return _is_outlet(feed, value)
        case Every(parts) | Either(parts):
            return any(names_outlet(feed, part) for part in parts)
        case _:
            return False


def _may_fit(expression: Expression, feed: Feed) -> bool:
    match expression:
        case Filter("outlet", value):
            return not (feed.outlet or feed.title) or _is_outlet(feed, value)
        case Filter("lang", value):
            return not feed.language or feed.language == value.lower()
        case Not(part):
            return not _must_fit(part, feed)
        case Every(parts):
            return all(_may_fit(part, feed) for part in parts)
        case Either(parts):
            return any(_may_fit(part, feed) for part in parts)
        case _:
            return True


def _must_fit(expression: Expression, feed: Feed) -> bool:
    """Return whether each article of the feed is sure to fit."""
    match expression:
        case Filter("outlet", value):
            return _is_outlet(feed, value)
        case Filter("lang", value):
            return feed.language == value.lower()
        case Not(part):
            return not _may_fit(part, feed)
        case Every(parts):
            return all(_must_fit(part, feed) for part in parts)
        case Either(parts):
            return any(_must_fit(part, feed) for part in parts)
        case _:
            return False


def _is_outlet(feed: Feed, value: str) -> bool:
    name = feed.outlet or feed.title
    own = {outlet_origin(name, feed.url).key, outlet_origin("", feed.url).key}
    is_address = "." in value and " " not in value
    wanted = outlet_origin("", f"https://{value}") if is_address else outlet_origin(value)
    return wanted.key in own or fold(value) == fold(name)
