"""States that cannot follow an act: who is at large was not arrested, what stays open was not closed.

Owns the look-up of such opposites (``data/contrast.toml``). Must never judge whether two sentences tell of one thing.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache

from news.reports.tellings import Telling
from news.tables import load_toml
from news.words.measures import is_held, measures_in
from news.words.text import stem_words, stop_words

_LASTING = re.compile(r"(?i)\b(?:remain(?:s|ed|ing)?|stay(?:s|ed|ing)?|kept|keeps?|(?:was |were )?still) [a-z]{3,20}\b")
"""What goes on is no act, and may have ended since: who "remained free" on Monday may be held on Friday."""
_ENDED = re.compile(r"(?i)\bhad been (?:held|kept|detained|locked|jailed|imprisoned)\b")
"""What was over when it was told."""


_OPENS = 8
"""Characters before the number that a sentence opens with: "at least"."""


def tells_state(telling: Telling) -> bool:
    """Return whether a sentence tells a state that is the opposite of some act."""
    return bool(_states_in(telling.lows))


@cache
def _opposites() -> tuple[tuple[frozenset[str], re.Pattern[str]], ...]:
    """Return, for each opposite, the stems of the act and the wordings of a state that cannot follow it."""
    table: Mapping[str, Mapping[str, str]] = load_toml("contrast.toml")["opposites"]
    rows = []
    for row in table.values():
        stems = frozenset(stem for word in str(row["told"]).split() for stem in stem_words(word))
        states = "|".join(re.escape(" ".join(state.split())) for state in str(row["state"]).split("|"))
        rows.append((stems, re.compile(rf"\b(?:{states})\b")))
    return tuple(rows)


@lru_cache(maxsize=1 << 11)
def _states_in(lows: tuple[str, ...]) -> tuple[tuple[int, str], ...]:
    """Return the opposites of which a sentence tells the state, by place, with the words by which it does."""
    text = " ".join(lows)
    found = ((place, states.search(text)) for place, (_, states) in enumerate(_opposites()))
    return tuple((place, match.group()) for place, match in found if match is not None)


def find_opposite(ours: Telling, theirs: Telling, *, may_have_ended: bool = False) -> str:
    """Return the words by which ``ours`` tells a state that cannot be after what ``theirs`` tells, or "".

    Args:
        may_have_ended: what went on when ``ours`` was written may have ended before ``theirs``.
    """
    states = () if _count_two(ours, theirs) else _states_in(ours.lows)
    stems = frozenset(stem_words(_ENDED.sub(" ", _LASTING.sub(" ", theirs.core)))) if states else frozenset()
    told = {place for place, _ in _states_in(theirs.lows)} if states else set()
    found = (words for place, words in states if stems & _opposites()[place][0] and place not in told)
    found = (words for words in found if not (may_have_ended and _LASTING.match(words)))
    return next((words for words in found if not _is_known(words, theirs)), "")


def _count_two(ours: Telling, theirs: Telling) -> bool:
    """Return whether a sentence opens with a number that the other, which counts too, lacks.

    The 63 who are being treated are not the six who died.
    """
    here, there = (
        tuple(one for one in measures_in(telling.core) if one.value > 1 and not one.kind) for telling in (ours, theirs)
    )
    opening = [one for one in here if one.start <= _OPENS]
    return bool(opening and there) and not any(is_held(one, there) for one in opening)


def _is_known(words: str, theirs: Telling) -> bool:
    """Return whether a sentence tells both the act and its end: who was seized in March "has been freed"."""
    plain = [word for word in words.split() if word not in stop_words("en")]
    stems = {stem for word in plain for stem in stem_words(word)}
    return bool(stems & {stem for low in theirs.lows if low.endswith("ed") for stem in stem_words(low)})
