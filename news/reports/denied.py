"""What a sentence says is not so, as words: the one shape in which every language of denials gives it.

Owns nothing but that shape; ``news.reports.negations`` and ``news.reports.negations_abroad`` fill it.
"""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Denied"]


@dataclass(frozen=True, slots=True)
class Denied:
    """What is denied: ``subject`` is what stands before the negation and ``scope`` what it reaches, folded words.

    Attributes:
        is_explicit: somebody is said to deny it: it need not be told by the same act then, only of the same things.
        is_feared: the sentence says that it was only feared or rumoured: then it must be told in its very words. In
            Spanish and Russian what is denied is itself a "not", which nothing tells as a fact.
        language: of the words; "en", "es" or "ru".
        head: the word of the scope that names what is denied, "" where none is known; only in Spanish and Russian.
        names: beginnings of the words with a capital in the scope; only in Spanish and Russian.
    """

    subject: tuple[str, ...]
    scope: tuple[str, ...]
    is_explicit: bool = False
    is_feared: bool = False
    language: str = "en"
    head: str = ""
    names: frozenset[str] = frozenset()
