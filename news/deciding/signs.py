"""Signs that a sentence is news though no table knows its act: who speaks, what it denies, what ended, when it comes.

Owns the gathering of these signs as features. Must never weigh them: ``news.deciding.telling`` does, by weights that
are learnt. A sign says that there is a reason for telling; what is told may stand in any words.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from news.deciding.outcomes import find_outcomes
from news.deciding.unheld import unheld_words
from news.deciding.voices import find_new_quotation, find_new_voice, is_own_report
from news.reports.negations import is_told_as_fact, is_touched, list_denied
from news.reports.said import may_say_no
from news.reports.tellings import Telling, tell
from news.stories.holdings import Holdings
from news.words.text import split_sentences
from news.words.turns import turns_in

__all__ = ["SIGNS", "signs_of"]

SIGNS = ("voice", "quotation", "own_report", "denial", "denied_fact", "outcome", "pause", "late")
"""Names of the signs in order; see ``signs_of``."""

_PAUSE_DAYS = 2
_LATE_DAYS = 3
_OPENING = 2
_LEAST_WORDS = 3
_MAX_TEXT = 3_000
_MAX_ARTICLES = 4
"""What the nearest articles of a story neither tell nor deny, no other is asked for."""


def signs_of(
    text: str, held: Holdings, language: str, *, index: int, title: str = "", gap: int = 0, is_past: bool = False
) -> tuple[dict[str, float], tuple[str, ...]]:
    """Return the signs of a sentence against what a story holds, and words that name them for a person.

    ``voice``: somebody speaks whom the story does not have. ``quotation``: words are quoted that it does not have.
    ``own_report``: the outlet was told so itself. ``denial``: it denies something on which the story has no denial (in
    Spanish and Russian, somebody denies, and nobody did); ``denied_fact`` where the story tells just that as a fact.
    ``outcome``: a state of the story has ended.
    ``pause``: it opens an article that comes two days or more after all that the story has, and has words of its own;
    ``late``: it is the first of one that comes three days after, whatever its words.

    Args:
        index: place of the sentence; the headline counts with the first.
        gap: days since the last publication of the story.
        is_past: whether all that the sentence dates is long before.
    """
    voice = find_new_voice(text, held, language)
    quotation = find_new_quotation(text, held, language)
    denied = _denials(text, held) if language == "en" else (_denies_first(text, held, language), False)
    is_lead = index == 0
    ended = find_outcomes(f"{title}\n{text}" if is_lead and title else text, held)
    is_late = gap >= _PAUSE_DAYS and index < _OPENING and not is_past
    features = {
        "voice": float(bool(voice)),
        "quotation": float(bool(quotation)),
        "own_report": float(is_own_report(text, language)),
        "denial": float(denied[0]),
        "denied_fact": float(denied[1]),
        "outcome": float(bool(ended)),
        "pause": float(is_late and len(unheld_words(text, held, language)) >= _LEAST_WORDS),
        "late": float(is_lead and gap >= _LATE_DAYS),
    }
    return features, tuple(one for one in (voice, *ended.values()) if one)


def _denies_first(text: str, held: Holdings, language: str) -> bool:
    """Return whether a sentence says that somebody denies something, where nobody does in the story."""
    return "deny" not in held.turns and any("deny" in classes for classes in turns_in(text, language).values())


def _denials(text: str, held: Holdings) -> tuple[bool, bool]:
    """Return whether a sentence denies what the story touches and nowhere denies, and what it tells as a fact."""
    if not may_say_no(text):
        return False, False
    ours = tell(text)
    denied = list_denied(ours)
    if not denied:
        return False, False
    texts = (body for body, language in held.texts[:_MAX_ARTICLES] if language in {"", "en"})
    told = [one for body in texts for one in _tellings(body[:_MAX_TEXT])]
    is_open = not any(map(list_denied, told)) and any(is_touched(ours, one) for one in told)
    return is_open, any(is_told_as_fact(one, theirs) for one in denied for theirs in told)


@lru_cache(maxsize=1 << 6)
def _tellings(text: str) -> Sequence[Telling]:
    return tuple(tell(one.text) for one in split_sentences(text, "en"))
