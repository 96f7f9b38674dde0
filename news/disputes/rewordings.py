"""Where an account in the words of another outlet's has another value in the place of one: "fell" for "rose", 8 for 18.

Owns the disputes between an article and a text that it shares its wording with, without being a copy of it. Must never
choose the story, nor weigh texts in words of their own.

What is told in the same words at the same time and differs in one value contradicts; where names, numbers and days of
one sentence all differ, it is the like of another event. Counts that grow, figures of two things, and what a sentence
says has changed since are no contradictions.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from functools import partial

from news.decision import Dispute, FactKind, StoredArticle
from news.disputes.bearers import is_of_another
from news.disputes.desk import Desk, claim_against
from news.disputes.frames.parts import list_parts
from news.disputes.loose_sentences import bare_row, row_of
from news.disputes.parties import is_counted_against
from news.matching.alignment import Alignment, Pair, align
from news.matching.edit_sides import is_of_speaker, place_of
from news.matching.edited_numbers import BOUND
from news.matching.editions import Change, changes_of
from news.matching.substitutions import NOT, list_substitutions
from news.reports.moods import mood_of
from news.reports.progress import is_closed, is_development
from news.reports.quantities import find_quantities
from news.reports.tellings import tell
from news.stories.case import Case
from news.words.measures import measures_in
from news.words.small_letters import small
from news.words.states import is_cumulative
from news.words.text import lower_in_place

__all__ = ["counts_on", "find_reworded", "is_contested"]

_SHARED = 0.45
"""Share of the words of an article that stand in another at their place, from where it is told in the words of that."""
_PAIRED, _TAKEN_OVER, _LEAST_SAME = 0.6, 0.8, 5
_LONG = 4
"""Letters of a word that may carry an act."""

_MISSING = "missing"
_NOT_YET = small(
    r"\b(?:(?:has|have|had)(?: not|n['’]t) (?:yet|been able)|not yet|(?:has|have) yet to|"
    r"(?:so far|still) (?:has|have)? ?not|"
    r"(?:aún|todavía) (?:no|sin)|no (?:se )?(?:ha|han) (?:podido|logrado|conseguido)|sigue sin|siguen sin|"
    r"пока (?:ещё |еще )?(?:что )?не|ещё не|еще не|до сих пор не|не уда[её]тся|не могут|не может)\b"
)
_AT_ONCE = timedelta(days=1)
_PERCENT = re.compile(r"%|per ?cent|por ciento|процент")
_A_WHILE, _COUNTED_WITHIN = timedelta(hours=12), timedelta(days=13)


def find_reworded(desk: Desk) -> Iterator[Dispute]:
    """Yield the values that an article has in the place of those of another outlet, in sentences worded alike."""
    for stored in desk.others:
        moment = stored.article.published_at
        if moment is not None and abs(desk.now - moment) <= _AT_ONCE:
            yield from _differing(desk, stored)


def _differing(desk: Desk, stored: StoredArticle) -> Iterator[Dispute]:
    case = desk.case
    found = align(stored.article.text, case.article.text)
    if found.is_noisy or found.share < _SHARED:
        return
    for pair in found.pairs:
        if pair.share < _PAIRED or pair.n_same < _LEAST_SAME:
            continue
        if not _has_company(pair, found) and (_has_other_words(pair) or _n_identities(pair) > 1):
            continue  # "the strike began on Monday", "the strike ended on Friday"
        if mood_of(tell(pair.line.text)) is not mood_of(tell(pair.former.text)):
            continue  # what is asked for and what is offered
        for change in changes_of(pair):
            if is_contested(change, case, stored) and not _is_of_another(change):
                yield _dispute(desk, stored, change)


def _is_of_another(change: Change) -> bool:
    """Return whether what is not so here is so of another there: "the port of Vlora was not closed"."""
    if change.kind is not FactKind.STATUS:
        return False
    return is_of_another(tell(change.after), tell(change.before), None, {})


def _has_company(pair: Pair, found: Alignment) -> bool:
    """Return whether another sentence was taken over too, so that the two texts are one account."""
    others = (one for one in found.pairs if one is not pair)
    return any(one.share >= _TAKEN_OVER and one.n_same >= _LEAST_SAME for one in others)


def _has_other_words(pair: Pair) -> bool:
    """Return whether a sentence has words of its own that are no value of any sort and name no speaker."""
    typed = {one.edit for one in list_substitutions(pair)}
    held = frozenset(pair.former.lows)
    for edit in pair.edits:
        if is_of_speaker(pair, edit):
            continue
        first = place_of(pair, edit).new.last if edit in typed else edit.new[0]
        if any(len(low) >= _LONG and low not in held for low in pair.line.lows[first : edit.new[1]]):
            return True
    return False


def is_contested(change: Change, case: Case, stored: StoredArticle) -> bool:
    """Return whether a value in the place of one of another outlet's contradicts it, and is not of a later time."""
    is_grown = counts_on(case, stored) or _is_counted_up(change, stored.article.text)
    if change.is_loose or change.sort == BOUND or _is_over(change):
        return False
    if is_grown and not _is_counted_against(change, case, stored):
        return False
    if is_development(change.after) and not is_development(change.before):
        return False
    moment = stored.article.published_at
    is_at_once = moment is None or abs(case.issued_at - moment) <= _AT_ONCE
    return is_at_once or change.kind is not FactKind.STATUS or change.sort == NOT


def _is_over(change: Change) -> bool:
    """Return whether what was not so yet now is: "firefighters have not been able to contain it", "contained it"."""
    return change.kind is FactKind.STATUS and _says_not_yet(change.before) and not _says_not_yet(change.after)


def _says_not_yet(quote: str) -> bool:
    """Return whether a sentence says that something is not so for the time being."""
    return _NOT_YET.search(lower_in_place(quote)) is not None


def _is_counted_against(change: Change, case: Case, stored: StoredArticle) -> bool:
    moments = case.issued_at, stored.article.published_at
    return is_counted_against(change.after, change.before, *moments) and not is_development(change.after)


def _dispute(desk: Desk, stored: StoredArticle, change: Change) -> Dispute:
    here, there = change.after_value or change.after, change.before_value or change.before
    row = row_of(stored, change.before, desk.reports)
    return claim_against(change.kind, (bare_row(change.after), here), (row, there), desk.teller)


def counts_on(case: Case, stored: StoredArticle) -> bool:
    """Return whether an article differs from a text of the days before in nothing but counts that went on.

    They have grown; the missing become fewer.
    """
    return case.world.remember(("counts on", stored.id), partial(_counts_on, case, stored))


def _counts_on(case: Case, stored: StoredArticle) -> bool:
    moment = stored.article.published_at
    if moment is None or not _A_WHILE <= case.issued_at - moment <= _COUNTED_WITHIN:
        return False
    found = align(stored.article.text, case.article.text)
    changes = [change for pair in found.pairs for change in changes_of(pair)]
    return any(map(_is_counted_up, changes)) and all(_has_grown(one) or _are_found(one) for one in changes)


def _has_grown(change: Change) -> bool:
    before, after = ([one.value for one in measures_in(text)] for text in (change.before_value, change.after_value))
    return change.kind is FactKind.FIGURE and bool(before) and bool(after) and min(after) > max(before)


def _are_found(change: Change) -> bool:
    """Return whether fewer are missing than were."""
    sides = ((change.before, change.before_value), (change.after, change.after_value))
    former, new = (
        [part.measure.value for part in list_parts(line) if part.name == _MISSING and _is_of(part.text, value)]
        for line, value in sides
    )
    return bool(former) and bool(new) and max(new) < min(former)


def _n_identities(pair: Pair) -> int:
    kinds = {change.kind for change in changes_of(pair)}
    return len({FactKind.ACTOR if kind is FactKind.PLACE else kind for kind in kinds - {FactKind.STATUS}})


def _is_counted_up(change: Change, text: str = "") -> bool:
    """Return whether a figure that is counted up, such as deaths, has grown: it may only be later.

    Args:
        text: the text that was copied; where it says that the counting is over, nothing is counted up any more.
    """
    if change.kind is not FactKind.FIGURE or _PERCENT.search(change.after_value) or is_closed(text):
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
