"""Finding the passages that answer a question: what to ask the index, and how to rank what it gives.

Owns the query and the ranking; the index itself is ``storage.search``.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from news.tables import load_toml
from news.words.text import fold, tokenize


@dataclass(frozen=True, slots=True)
class PassageQuery:
    """What to ask the index.

    Attributes:
        words: words to look for, rarest first if known; any may match, more is better.
        phrases: words that must all stand in a passage next to each other.
        keys: entity keys whose articles are to be preferred.
        until: leave out what was published after this day; None takes all.
        limit: most hits.
    """

    words: tuple[str, ...]
    phrases: tuple[str, ...] = ()
    keys: tuple[str, ...] = ()
    until: date | None = None
    limit: int = 50


@dataclass(frozen=True, slots=True)
class PassageHit:
    """A passage of a stored article: up to three sentences that stand together.

    Attributes:
        article_ref: the caller's own id of the article if it had one, else ``a<id>``.
        score: of the index, larger is better; compare only within one query.
    """

    article_id: int
    article_ref: str
    story_id: int
    outlet: str
    title: str
    url: str
    published_at: datetime | None
    first_sentence: int
    text: str
    score: float


def rank_passages(
    query: PassageQuery, hits: Sequence[PassageHit], *, is_recent_asked: bool = False
) -> tuple[PassageHit, ...]:
    """Return the best passage of each article, best article first.

    An article is worth its best passage, plus a little for each further one that was found, and more if it appeared
    shortly before ``query.until``: most questions are about what is in the news. An old article loses nothing to other
    old ones by this. ``is_recent_asked`` makes more of it. The order of the hits settles ties.
    """
    by_article: dict[int, list[PassageHit]] = defaultdict(list)
    for hit in sorted(hits, key=lambda each: -each.score):
        by_article[hit.article_id].append(hit)
    worths = {key: _worth(found, query.until, is_recent_asked=is_recent_asked) for key, found in by_article.items()}
    return tuple(by_article[key][0] for key in sorted(by_article, key=lambda key: -worths[key]))


def _worth(hits: Sequence[PassageHit], until: date | None, *, is_recent_asked: bool) -> float:
    rules = load_toml("questions.toml")["ranking"]
    worth = hits[0].score + sum(rules["further"] * hit.score / 2**rank for rank, hit in enumerate(hits[1:9]))
    published_at = hits[0].published_at
    if until is None or published_at is None:
        return float(worth)
    age = max(0, (until - published_at.date()).days)
    gain = rules["recent_asked" if is_recent_asked else "recent"]
    return float(worth * (1 + gain * 0.5 ** (age / rules["half_life"])))


def asks_for_newest(question: str) -> bool:
    """Return whether the question asks for what is new ("this week", "latest")."""
    recent = load_toml("questions.toml")["recent"]["words"].split()
    return not {fold(word) for word in tokenize(question)}.isdisjoint(recent)
