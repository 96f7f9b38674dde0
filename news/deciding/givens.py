"""Whether an opening takes the story as known and tells something besides, or tells as done what was only ahead.

Owns these signs. Who follows a story up says of whom he speaks by what the story told ("the boat that capsized on
Sunday", "Smith, who was cleared last month"; "two days after Peru did the same") and then tells his news in the main
clause; who retells it has the story in the main clause, in words of his own. And what the story had as a wish, a plan
or not at all ("has not been found", "a possible appeal") is news once it is done. Must never weigh them:
``news.deciding.telling`` does. ``given`` and ``fulfilled`` are of English, Spanish and Russian.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence

from news.deciding.unheld import is_word_unheld, telling_words
from news.reports.givens import Standing, list_standings, split_given
from news.reports.moods import Mood, mood_of
from news.reports.tellings import tell
from news.stories.holdings import Holdings
from news.words.meanings import GLOSSED
from news.words.text import fold, stem_words
from news.words.turns import turns_in, without_idle

__all__ = ["GIVENS", "givens_of", "is_act_held", "is_fulfilled", "list_done"]

GIVENS = ("given", "fulfilled", "fresh", "reworded", "length")
"""Names of the signs in order; see ``givens_of``."""

_WORD = re.compile(r"[^\W\d_]{3,}")
_MOST_UNHELD = 0.4
_MOST_FRESH = 0.35
_LONG = 4
"""Of a longer article any sentence may be news; most written pairs, which weights are learnt on, are no longer."""


def givens_of(sentences: Sequence[str], held: Holdings, language: str) -> list[dict[str, float]]:
    """Return the signs of each sentence of an article against what a story holds.

    ``given``, of the first: a clause of it retells the story, and its main clause has an act that the story lacks.
    ``fulfilled``, of the first: its main clause tells as done what the story has only as denied, wished for or
    planned. ``fresh``, of the first: a word or two are its own, all others the story's: who keeps to the words of
    another and changes one means it. ``reworded``, of all: the share of its words that the story has in no wording.
    ``length``, of all: logarithm of the number of sentences, four at most, as each has a chance to look like news.
    """
    lead = sentences[0] if sentences else ""
    words = telling_words(lead, language)
    reworded = sum(is_word_unheld(one, held, language) for one in words) / max(1, len(words))
    common = {
        "given": 0.0,
        "fulfilled": 0.0,
        "fresh": 0.0,
        "reworded": reworded,
        "length": math.log(min(_LONG, max(1, len(sentences)))),
    }
    found = [dict(common) for _ in sentences]
    if found:
        found[0]["fresh"] = float(0 < reworded <= _MOST_FRESH)
    if found and (language == "en" or language in GLOSSED):
        found[0].update(_signs_of_lead(lead, held, language))
    return found


def _signs_of_lead(lead: str, held: Holdings, language: str) -> dict[str, float]:
    parts = split_given(lead, language)
    done = list_done(parts.told, language)
    is_given = any(_is_retold(one, held, language) for one in parts.given)
    is_given = is_given and any(not is_act_held(one, held, language) for one in done)
    is_fulfilled = not held.list_undone(language).isdisjoint(one.base for one in done) if done else False
    return {"given": float(is_given), "fulfilled": float(is_fulfilled)}


def list_done(told: str, language: str) -> list[Standing]:
    """Return the verbs that a main clause, see ``split_given``, tells as done, and what a light verb makes one."""
    text = told if language in GLOSSED else without_idle(told)
    return [one for one in list_standings(text, language) if one.is_verb and one.is_done]


def is_fulfilled(line: str, former: str, language: str) -> bool:
    """Return whether a sentence tells as done what another one, worded alike, told as a plan, a wish or a chance."""
    if mood_of(tell(line)) is not Mood.TOLD or mood_of(tell(former)) is Mood.TOLD:
        return False
    done = {one.base for one in list_done(split_given(line, language).told, language)}
    ahead = list_standings(split_given(former, language).told, language) if done else ()
    return any(not one.is_done and one.base in done for one in ahead)


def is_act_held(act: Standing, held: Holdings, language: str) -> bool:
    """Return whether a story tells an act as done, or one of its kind.

    Of Spanish and Russian, any other word of its meaning counts too; and an act that no table knows is held where the
    story is told in other languages alone, as nobody can tell.
    """
    if act.base in held.list_done(language):
        return True
    classes = turns_in(act.word or act.base, language).values()
    if any(not one.isdisjoint(held.turns) for one in classes):
        return True
    if language not in GLOSSED:
        return False
    return not (classes or held.is_told_in(language)) or not is_word_unheld(act.word, held, language)


def _is_retold(clause: str, held: Holdings, language: str) -> bool:
    """Return whether most of what a clause names is held."""
    words = telling_words(clause, language)
    names = [one for one in _WORD.findall(clause) if one[0].isupper() and _is_name_held(one, held, language)]
    n_unheld = sum(is_word_unheld(one, held, language) for one in words)
    return bool(words or names) and n_unheld <= _MOST_UNHELD * (len(words) + len(names))


def _is_name_held(name: str, held: Holdings, language: str) -> bool:
    return fold(name) in held.words or (language in GLOSSED and not held.words.isdisjoint(stem_words(name, language)))
