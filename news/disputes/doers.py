"""Who or what a sentence lays an act to, where it is no name: soldiers or rebels, a missile or a gas leak.

Owns the classes of doers and causes and where a sentence names them: the subject of an active verb, what stands after
"by" or "caused by". Must never say that two sentences tell of one act. English only.

Two classes of one row exclude each other; a sentence that names two of one row ("soldiers and police") has none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache

from news.decision import FactKind
from news.reports.act_words import acts_of, is_act
from news.reports.explicit import Difference
from news.reports.tellings import Telling, is_passive, listed, phrases
from news.tables import load_toml
from news.words.text import stem_words

_REACH = 6
_ASIDE = re.compile(
    r"\b(?:and )?not (?:any |the |a |an |by |his |her |its )?(?:\w+ )?\w+ ?(?:,|\.|$|who\b|that\b)"
    r"|, and no (?:\w+ ){1,8}.*"
)
_NEGATIONS = frozenset({"not", "never", "no", "neither", "nor"})
_MARKS = frozenset([",", ";", ":", ".", '"', "“", "”", "(", ")"])


@cache
def _classes() -> Mapping[str, list[tuple[str, str]]]:
    """Return stem -> (row, class) of each row that has it."""
    found: dict[str, list[tuple[str, str]]] = {}
    for row, classes in load_toml("contrast.toml")["doers"].items():
        for name, words in classes.items():
            for stem in {stem for word in str(words).split() for stem in stem_words(word)}:
                found.setdefault(stem, []).append((row, name))
    return found


def _spans(telling: Telling) -> Iterator[tuple[int, int]]:
    """Yield the spans of words in which a doer may stand."""
    lows = telling.lows
    text = list(lows)
    for cue in phrases("laid", "cues"):
        words = cue.split()
        for at in range(len(text)):
            if text[at : at + len(words)] == words and not {"not", "never"} & set(text[max(0, at - 2) : at]):
                yield at + len(words), at + len(words) + _REACH
    act = next((at for at, low in enumerate(lows) if at and low.isalpha() and is_act(low)), 0)
    if act and not is_passive(telling):
        yield max(0, act - _REACH), act


def _doers_of(telling: Telling) -> dict[str, tuple[str, str]]:
    """Return, for each row of classes, the class that a sentence lays its act to and the word for it."""
    classes = _classes()
    found: dict[str, dict[str, str]] = {}
    for first, last in _spans(telling):
        for at in range(first, min(last, len(telling.lows))):
            low = telling.lows[at]
            if low in _MARKS or (at > first and low in listed("names", "prepositions") and low != "of"):
                break
            for row, name in classes.get(next(iter(stem_words(low)), ""), ()):
                found.setdefault(row, {})[name] = telling.tokens[at]
    return {row: next(iter(names.items())) for row, names in found.items() if len(names) == 1}


def _is_denying(telling: Telling) -> bool:
    """Return whether a telling denies its own act; "and not any farmer" turns down somebody only."""
    text = " ".join(telling.lows)
    return bool(_NEGATIONS & set(_ASIDE.sub(" ", text).split()))


def find_other_doer(ours: Telling, theirs: Telling) -> Difference | None:
    """Return the doers or causes of two sentences that exclude each other; None where none do or one names none."""
    if not acts_of(ours) & acts_of(theirs) or _is_denying(ours) or _is_denying(theirs):
        return None
    here, there = _doers_of(ours), _doers_of(theirs)
    for row in here:
        if row in there and here[row][0] != there[row][0]:
            return Difference(FactKind.ACTOR, here[row][1], there[row][1])
    return None
