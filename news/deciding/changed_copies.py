"""What an article tells otherwise than the text that it copies, and which sentences it puts into it.

Owns the telling of changed facts from the noise of a copy: words garbled, cut or doubled, what readers and the page put
around it. Must never name a label: ``news.deciding.repeats`` does.

A changed fact is a value in the place of another of its sort (``news.matching.substitutions``). Where single words were
changed all over a text, only a value that the text had nowhere is believed, and no "not": those that garble a text take
their words from it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from news.another.figures import are_of_two
from news.deciding.corrections import is_notice
from news.decision import FactKind, StoredArticle
from news.documents.boilerplate import strip_boilerplate
from news.matching.alignment import Alignment, align
from news.matching.editions import Change, Copy, list_changes, list_new_facts
from news.reports.quantities import find_quantities
from news.stories.case import Case
from news.words.fingerprint import containment, sign
from news.words.states import is_cumulative
from news.words.text import content_terms, fold, iter_words

__all__ = ["is_counted_up", "is_of_two", "is_own_wording", "list_changed", "list_put_in"]

_OWN = 0.35
_LEAST_WORDS = 6
_SHARED_TERMS = 2
_TALK = re.compile(r"[?!]|(?i:\b(?:i|you|your|we|our|me|my|says?:)\b)")
_NOT = "not"


def list_changed(case: Case, copy: Copy) -> list[Change]:
    """Return the facts that were changed in a copy, in order."""
    text = copy.stored.article.text
    if not is_own_wording(case, copy):
        return []
    changes = list_changes(text, case.article.text)
    if not changes or not align(text, case.article.text).is_noisy:
        return changes
    held = frozenset(fold(word) for _, _, word in iter_words(text))
    fresh = (one for one in list_new_facts(changes, text) if one.sort != _NOT)
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
    if not found.pairs or not found.added or found.is_noisy:
        return []
    stripped = strip_boilerplate(text, case.article.title)
    held = frozenset(stored.term_counts) | frozenset(content_terms(stored.article.text, stored.language or "en"))
    return [line for at, line in found.added if line in stripped and _is_of_text(line, at, found, held)]


def _is_of_text(line: str, at: int, found: Alignment, held: frozenset[str]) -> bool:
    if len(line.split()) < _LEAST_WORDS or _TALK.search(line) or is_notice(line):
        return False
    return found.is_between(at) or len(held.intersection(content_terms(line))) >= _SHARED_TERMS


def is_of_two(change: Change) -> bool:
    """Return whether a figure that was changed is of two things, such as children and adults."""
    values = change.after_value, change.before_value
    return change.kind is FactKind.FIGURE and are_of_two(*values, change.after, change.before)


def is_counted_up(change: Change) -> bool:
    """Return whether a figure that is counted up, such as deaths, has grown: it may only be later."""
    if change.kind is not FactKind.FIGURE:
        return False
    sides = ((change.before, change.before_value), (change.after, change.after_value))
    former, new = (
        [one.value for one in find_quantities(line, "en") if is_cumulative(one, line) and _is_of(one.text, value)]
        for line, value in sides
    )
    return bool(former) and bool(new) and min(new) > max(former)


def _is_of(figure: str, value: str) -> bool:
    words = set(figure.casefold().split())
    return any(word in words for word in value.casefold().split())


def have_only_grown(changes: Sequence[Change]) -> bool:
    """Return whether all that differs are counts that have grown."""
    return bool(changes) and all(map(is_counted_up, changes))
