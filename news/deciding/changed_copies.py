"""What an article tells otherwise than the text that it copies, and which sentences it puts into it.

Owns the telling of changed facts from the noise of a copy: words garbled, cut or doubled, what readers and the page put
around it. Must never name a label: ``news.deciding.repeats`` does.

A changed fact is a value in the place of another of its sort (``news.matching.substitutions``). Where single words were
changed all over a text, only a value that the text had nowhere is believed, and no "not": those that garble a text take
their words from it.
"""

from __future__ import annotations

import re

from news.deciding.corrections import is_notice
from news.decision import StoredArticle
from news.documents.boilerplate import strip_boilerplate
from news.matching.alignment import Alignment, Pair, align
from news.matching.edit_sides import is_of_speaker
from news.matching.editions import Change, Copy, list_changes, list_new_facts
from news.matching.substitutions import NOT
from news.stories.case import Case
from news.words.fingerprint import containment, sign
from news.words.text import content_terms, fold, iter_words

__all__ = ["is_own_wording", "is_talk", "list_changed", "list_put_in"]

_OWN = 0.35
_LEAST_WORDS = 6
_LEAST_CLAUSE, _LEAST_NEW = 5, 3
_SHARED_TERMS = 2
_TALK = re.compile(r"[?!]|(?i:\b(?:i|you|your|we|our|me|my|says?:)\b)")


def list_changed(case: Case, copy: Copy) -> list[Change]:
    """Return the facts that were changed in a copy, in order."""
    text = copy.stored.article.text
    if not is_own_wording(case, copy):
        return []
    changes = list_changes(text, case.article.text)
    if not changes or not align(text, case.article.text).is_noisy:
        return changes
    held = frozenset(fold(word) for _, _, word in iter_words(text))
    fresh = (one for one in list_new_facts(changes, text) if one.sort != NOT)
    return [one for one in fresh if not held.issuperset(one.words)]


def is_own_wording(case: Case, copy: Copy) -> bool:
    """Return whether the copy was found by the stored text itself and not by the original wording of a seed."""
    own = copy.stored.signatures[0] if copy.stored.signatures else sign(copy.stored.article.text)
    return max(containment(case.reading.signature, own), containment(own, case.reading.signature)) >= _OWN


def list_put_in(case: Case, stored: StoredArticle) -> list[str]:
    """Return the sentences of an article that stand among those of a stored text and are none of them, in order.

    What stands before or behind all that was copied counts where it has words of the stored text; what a reader says,
    what a page puts around an article and a notice of a correction do not.
    """
    text = case.article.text
    found = align(stored.article.text, text)
    if not found.pairs or found.is_noisy:
        return []
    held = frozenset(content_terms(stored.article.text, stored.language or "en"))
    lengthened = [pair.line.text for pair in found.pairs if _is_lengthened(pair, held, stored.language)]
    put_in = [(at, line) for at, line in found.added if at not in found.garbled]
    if not put_in:
        return lengthened
    stripped = strip_boilerplate(text, case.article.title)
    added = [line for at, line in put_in if line in stripped and _is_of_text(line, at, found, held)]
    return [*lengthened, *added]


def is_talk(line: str) -> bool:
    """Return whether a sentence asks, exclaims or speaks of itself, as readers do and reports do not."""
    return _TALK.search(line) is not None


def _is_lengthened(pair: Pair, held: frozenset[str], language: str) -> bool:
    """Return whether a clause was put into a sentence whose words the text does not have, and that names no speaker."""
    for edit in pair.edits:
        first, last = edit.new
        if not first or last - first < _LEAST_CLAUSE or is_of_speaker(pair, edit):
            continue  # what opens a sentence may be a dateline
        terms = content_terms(" ".join(pair.line.tokens[first:last]), language or "en")
        if len(frozenset(terms) - held) >= _LEAST_NEW:
            return True
    return False


def _is_of_text(line: str, at: int, found: Alignment, held: frozenset[str]) -> bool:
    if len(line.split()) < _LEAST_WORDS or is_talk(line) or is_notice(line):
        return False
    return found.is_between(at) or len(held.intersection(content_terms(line))) >= _SHARED_TERMS
