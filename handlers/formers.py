"""What an outlet had written before it corrected it, to stand beside a notice that only says that something was wrong.

Owns the choice of the sentence. What was changed between two editions is ``news.matching.editions``'s.
"""

from __future__ import annotations

from handlers.headlines import body_of
from news.deciding.corrections import is_notice
from news.model import Article
from news.words.sentences import split_sentences
from news.words.text import content_terms

_MOST_CHARACTERS = 8_000
_LEAST = 0.3
_NUMBERS = frozenset(
    ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelv", "thirteen", "fourteen",
     "fifteen", "twenti", "thirti", "forti", "fifti")
)  # fmt: skip
"""Stems of numbers in words."""

_NUMBER = 4
"""A number in common weighs as much as so many words."""


def find_former(new: Article, old: Article) -> str:
    """Return the sentence of the old article that the notice of the new one is about; empty where none is clear."""
    language = new.language or "en"
    told = [sentence.text for sentence in split_sentences(body_of(new)[:_MOST_CHARACTERS], language)]
    wanted = [content_terms(text, language) for text in told if is_notice(text)]
    terms = {term for found in wanted for term in found}
    sentences = [one.text for one in split_sentences(body_of(old)[:_MOST_CHARACTERS], old.language or "en")]
    best = max(sentences, key=lambda text: _share(terms, text, language), default="")
    return best if terms and _share(terms, best, language) >= _LEAST and best not in told else ""


def _share(terms: set[str], text: str, language: str) -> float:
    own = content_terms(text, language)
    total = sum(_weigh(term) for term in own)
    return sum(_weigh(term) for term in own if term in terms) / total if total else 0.0


def _weigh(term: str) -> int:
    return _NUMBER if term.isdecimal() or term in _NUMBERS else 1
