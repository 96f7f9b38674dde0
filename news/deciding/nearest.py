"""How an article stands to the one article of a story that is nearest to it: is it written over it, or after it?

Owns the comparison of the two as texts. Must never ask what the story as a whole has; ``news.deciding.going_on`` does,
and weighs all signs.

What goes on with an account keeps its values where it keeps its words: the place, the day, the number of the dead. What
is written over an account of another happening keeps the words and changes the values: the next month's decision on
the rate, the next night's fire, the strike of the other union. Words alone take one for the other.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from news.decision import FactKind, StoredArticle
from news.disputes.frames.ties import open_article, weigh_tie
from news.disputes.judging.lines import account_of, says
from news.matching.alignment import Line, Pair, lines_of, pair_lines, share_words
from news.matching.substitutions import list_substitutions
from news.model import Article
from news.reports.origins import outlet_origin
from news.reports.progress import is_development

__all__ = ["FEATURES", "describe_nearest"]

FEATURES = (
    "moved",
    "title_moved",
    "tie_openings",
    "spoke_named",
    "same_outlet_gap",
    "title_acts",
    "later",
)
"""Names of the signs in order; see ``describe_nearest``."""

_FRONT, _FRONT_THERE = 7, 10
"""So many sentences of either text are compared."""
_CHARS, _CHARS_THERE = 1_500, 2_500
_ALIKE, _PAIRED = 0.45, 0.5
_SOON = math.log1p(7)
"""Within a week a number moves on, and the next month there is another."""
_SPEAKING = slice(1, 4)
_UNMOVED = {"moved": 0.0, "title_moved": 0.0}


def describe_nearest(article: Article, stored: StoredArticle, *, language: str, gap: float) -> dict[str, float]:
    """Return the signs of an article beside the nearest of a story, by name; all of them are finite.

    ``moved`` counts the sentences of the opening that stand there with another value in the place of one, by its
    logarithm; ``title_moved`` says so of the headline. ``tie_openings``: see ``news.disputes.frames.ties``.
    ``spoke_named``: it names whoever speaks there. ``same_outlet_gap`` is ``gap`` between two articles of one outlet.
    ``title_acts``: the headline tells an act that follows upon others, ``later``: the opening says that it tells of a
    later state. Of a brief of a sentence nothing is held word against word: with one value changed it may be another
    happening, or another account of the same.

    Args:
        language: of the article; what is told in another one is not held word against word.
        gap: of time between the article and the story, as ``news.another.stories`` measures it.
    """
    ours, theirs = account_of(article), account_of(stored.article)
    speakers, own = (frozenset().union(*(line.speaker for line in one.lines[_SPEAKING])) for one in (theirs, ours))
    outlets = [outlet_origin(one.outlet).key for one in (article, stored.article)]
    front = " ".join(line.text for line in ours.front)
    is_read = stored.language in {"", language} and not (ours.is_brief or theirs.is_brief)
    return {
        **(_describe_template(article, stored.article, is_soon=gap <= _SOON) if is_read else _UNMOVED),
        "tie_openings": weigh_tie(open_article(article), open_article(stored.article)),
        "spoke_named": float(bool((speakers - own) & ours.words)),
        "same_outlet_gap": gap if outlets[0] and outlets[0] == outlets[1] else 0.0,
        "title_acts": float(bool(ours.lines) and says("acts", ours.lines[0].text)),
        "later": float(says("later", front)),
    }


def _describe_template(article: Article, stored: Article, *, is_soon: bool) -> Mapping[str, float]:
    """Return how many sentences are those of another text with other values in their places."""
    titles = _pair_up(lines_of(stored.title)[:1], lines_of(article.title)[:1])
    texts = _pair_up(_front(stored.text, _CHARS_THERE, _FRONT_THERE), _front(article.text, _CHARS, _FRONT))
    return {
        "moved": math.log1p(sum(_is_moved(pair, is_soon=is_soon) for pair in texts)),
        "title_moved": float(any(_is_moved(pair, is_soon=is_soon) for pair in titles)),
    }


def _is_moved(pair: Pair, *, is_soon: bool) -> bool:
    """Return whether a value stands in the place of another; a count that changes within days is the same count."""
    kinds = {one.kind for one in list_substitutions(pair)}
    if is_soon:
        kinds.discard(FactKind.FIGURE)
    return bool(kinds) and not is_development(pair.line.text)


def _front(text: str, n_characters: int, n_lines: int) -> Sequence[Line]:
    """Return the first sentences of a text, without the one that was cut."""
    lines = lines_of(text[:n_characters])
    return lines[: min(n_lines, len(lines) - (len(text) > n_characters))]


def _pair_up(old: Sequence[Line], new: Sequence[Line]) -> list[Pair]:
    """Return the sentences that another text has in its own words, each beside the most alike."""
    found = []
    for at, line in enumerate(new):
        shares = [share_words(line.bag, one.bag) for one in old]
        best = max(range(len(old)), key=shares.__getitem__, default=None)
        if best is not None and shares[best] >= _ALIKE:
            found.append(pair_lines(old[best], line, at, best))
    return [pair for pair in found if pair.share >= _PAIRED]
