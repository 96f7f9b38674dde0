"""Whether an article is of another country than a stored text or story: then it tells of another event of the kind.

Owns that question. Must never say that two texts of one country are of one event.

News written to a formula (a rate decision, a find of cocaine, an outbreak) shares nearly all its words with the like of
a neighbour. Countries count wherever they are named: as such, by their people, towns, or central bank. One that both
name leaves it open, and so does a text that names none.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial

from news.decision import StoredArticle
from news.matching.alignment import Pair, align
from news.matching.substitutions import list_substitutions
from news.stories.case import Case, lead_of
from news.stories.holdings import countries_of
from news.words.meanings import meanings_in
from news.words.measures import measures_in

__all__ = ["is_of_other_country"]

_ALIKE = 0.5
"""Share of the words of the shorter opening; a sentence on another matter shares a tenth."""
_MOST_CHARS = 600
_ALIKE_WHOLE = 0.8
"""From here on two openings are so alike that a place which differed would be seen."""


def is_of_other_country(case: Case, articles: Sequence[StoredArticle]) -> bool:
    """Return whether both name countries, none of them the same, and the article opens in the words of a stored one.

    In other words, what names another country may be its answer: a denial, a protest, a survivor back home.
    """
    ours = case.world.remember("countries named", partial(_countries_named, case))
    if not ours:
        return False
    theirs = countries_of(_keys(articles), case.world.within)
    return bool(theirs) and ours.isdisjoint(theirs) and any(_opens_alike(case, one) for one in articles)


def _countries_named(case: Case) -> frozenset[str]:
    return countries_of((one.entity.key for one in case.reading.mentions), case.world.within)


def _opens_alike(case: Case, stored: StoredArticle) -> bool:
    """Return whether two openings share their words and not their numbers.

    Where nothing but the country differs, it is one thing put elsewhere, or laid to somebody else.
    """
    leads = lead_of(case.article)[:_MOST_CHARS], lead_of(stored.article)[:_MOST_CHARS]
    ours, theirs = map(meanings_in, leads)
    numbers, others = ({one.value for one in measures_in(lead)} for lead in leads)
    is_other = bool(numbers and others) and numbers != others
    if not is_other or len(ours & theirs) < _ALIKE * max(1, min(len(ours), len(theirs))):
        return False
    return _names_another(case.article.text[:_MOST_CHARS], stored.article.text[:_MOST_CHARS])


def _names_another(text: str, former: str) -> bool:
    """Return whether the first sentence that two openings share has another name in the place of one.

    A boat that left another country, found at one place on one day, is one boat.
    """
    pairs = align(former, text).pairs
    return not pairs or any(one.sort in {"name", "side"} for one in list_substitutions(pairs[0])) or _is_loose(pairs[0])


def _is_loose(pair: Pair) -> bool:
    return pair.share < _ALIKE_WHOLE


def _keys(articles: Sequence[StoredArticle]) -> Iterable[str]:
    return (key for one in articles for key in one.entity_counts)
