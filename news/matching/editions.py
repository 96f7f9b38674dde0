"""Two wordings of one text: which article another repeats, and what was changed in it.

Owns near-duplicates by fingerprint and the comparison of two editions sentence by sentence. Must never weigh whether
two different texts tell of one event; that is ``news.matching.same_event``.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise, zip_longest
from types import MappingProxyType

from news.decision import FactKind, StoredArticle
from news.matching.alignment import Pair, align
from news.matching.substitutions import list_substitutions
from news.model import Signature
from news.tables import load_toml
from news.words.fingerprint import containment, count_shared
from news.words.meanings import is_number_word
from news.words.sentences import split_sentences
from news.words.text import fold
from news.words.turns import grave_turns, saying_words, strong_turns, turns_in

_TOKENS = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:['’][^\W\d_]+)*")
_MAX_TOKENS = 120
_LEAST_INSERTED = 4
_DIGITS = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class Copy:
    """A stored article that the new one repeats.

    Attributes:
        forward: share of the new text that stands in the stored one.
        backward: share of the stored text that stands in the new one.
        n_shared: shared hashes, which says how far the shares can be trusted.
    """

    stored: StoredArticle
    forward: float
    backward: float
    n_shared: int

    @property
    def resemblance(self) -> float:
        """The larger of the two shares."""
        return max(self.forward, self.backward)


@dataclass(frozen=True, slots=True)
class Change:
    """A sentence that tells something else than it did: ``before`` is empty for a sentence that was added."""

    kind: FactKind
    before: str
    after: str
    before_value: str = ""
    after_value: str = ""
    sort: str = ""
    """What was changed for what, see ``news.matching.substitutions``."""
    words: tuple[str, ...] = ()
    """The words that carry the new value, folded."""
    is_loose: bool = False
    """See ``news.matching.substitutions``."""


@cache
def _thresholds() -> Mapping[str, float]:
    return MappingProxyType({key: float(value) for key, value in load_toml("weights.toml")["reprints"].items()})


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(str(load_toml("slots.toml")["wording"][name]).split())


def _compare(ours: Signature, theirs: Signature, stored: StoredArticle) -> Copy:
    n_shared = max(count_shared(ours, theirs)[0], count_shared(theirs, ours)[0])
    return Copy(stored, containment(ours, theirs), containment(theirs, ours), n_shared)


def _is_copy(copy: Copy, n_shingles: int) -> bool:
    limits = _thresholds()
    if n_shingles < limits["short_shingles"]:
        return copy.resemblance >= limits["short_resemblance"] and copy.n_shared >= limits["short_shared"]
    return copy.resemblance >= limits["resemblance"] and copy.n_shared >= limits["shared"]


def list_copies(signature: Signature, stored: Sequence[StoredArticle]) -> list[Copy]:
    """Return the stored articles that the signed text repeats or is repeated by, closest first, then oldest.

    All signatures of a stored article count: a seed is also known by its original wording.
    """
    copies: list[Copy] = []
    for one in stored:
        found = [_compare(signature, theirs, one) for theirs in one.signatures]
        smallest = min((min(signature.n_shingles, theirs.n_shingles) for theirs in one.signatures), default=0)
        copies += [copy for copy in found if _is_copy(copy, smallest)]
    return sorted(copies, key=lambda copy: (-round(copy.resemblance, 1), copy.stored.id))


def is_same_text(one: str, other: str) -> bool:
    """Return whether two texts have the same words in the same order, whatever their case, marks and layout."""
    pairs = zip_longest(_TOKENS.finditer(one), _TOKENS.finditer(other))
    return all(here and there and fold(here.group()) == fold(there.group()) for here, there in pairs)


def _tokens(sentence: str) -> list[str]:
    return _TOKENS.findall(sentence)[:_MAX_TOKENS]


def _is_number(token: str) -> bool:
    return bool(_DIGITS.search(token)) or is_number_word(token.casefold())


def _is_date_word(token: str) -> bool:
    return token.casefold() in _words("dates")


def changes_of(pair: Pair) -> list[Change]:
    """Return the values that the sentence of a pair has in the place of others, in order."""
    return [
        Change(
            one.kind,
            _sentence_of(pair.former.text, one.before),
            pair.line.text,
            one.before,
            one.after,
            one.sort,
            one.words,
            one.is_loose,
        )
        for one in list_substitutions(pair)
    ]


def _sentence_of(text: str, value: str) -> str:
    """Return which of two joined sentences has a value."""
    return next((one.text for one in split_sentences(text) if value and value in one.text), text)


def list_changes(before: str, after: str) -> list[Change]:
    """Return the values that stand in ``after`` in the place of others, in order; added sentences are none."""
    return [change for pair in align(before, after).pairs for change in changes_of(pair)]


def has_new_value(quote: str, text: str) -> bool:
    """Return whether a sentence has a number or a day that stands nowhere in a text."""
    held = {fold(token) for token in _TOKENS.findall(text)}
    values = [token for token in _tokens(quote) if _is_number(token) or _is_date_word(token)]
    return any(fold(token) not in held for token in values)


def list_new_facts(changes: Sequence[Change], text: str) -> list[Change]:
    """Return the changes in order that brought in what stands nowhere in the text that was changed.

    A copy whose words were shuffled or garbled moves numbers and names about; only one that has others tells others. A
    number is another where the word after it is: "three in ten" beside "a three-day strike".
    """
    if not changes:
        return []
    tokens = [fold(token) for token in _TOKENS.findall(text)]
    held, counted = frozenset(tokens), frozenset(pairwise([*tokens, ""]))
    return [one for one in changes if _is_new(one, held, counted)]


def _is_new(change: Change, held: frozenset[str], counted: frozenset[tuple[str, str]]) -> bool:
    if change.kind is FactKind.STATUS:
        return True
    told = {fold(token) for token in _tokens(change.after_value)}
    if change.kind is not FactKind.FIGURE:
        return not told <= held
    pairs = pairwise([*(fold(token) for token in _tokens(change.after)), ""])
    return any(pair not in counted for pair in pairs if pair[0] in told and _is_number(pair[0]))


def list_insertions(before: str, after: str) -> list[Change]:
    """Return the sentences of ``after`` into which news was put, in order: a clause with a day or an act of its own.

    The clause has four words or more, and its day, or its act among those that carry a story on, stands nowhere in
    ``before``. Who said so, and when, is no news.
    """
    held = {fold(token) for token in _TOKENS.findall(before)}
    acts = {one for classes in turns_in(before).values() for one in classes}
    found = []
    for pair in align(before, after).pairs:
        runs = (pair.line.tokens[slice(*edit.new)] for edit in pair.edits)
        news = next((run for run in runs if _is_insertion(run, held, acts)), None)
        if news is not None:
            found.append(Change(FactKind.ACT, pair.former.text, pair.line.text, pair.former.text, " ".join(news)))
    return found


def _is_insertion(run: Sequence[str], held: Collection[str], acts: Collection[str]) -> bool:
    if len(run) < _LEAST_INSERTED:
        return False
    told = turns_in(" ".join(run)).values()
    if any(classes & (strong_turns() | grave_turns()) and classes.isdisjoint(acts) for classes in told):
        return True
    is_saying = not saying_words().isdisjoint(fold(token) for token in run)
    return not is_saying and any(_is_date_word(token) and fold(token) not in held for token in run)
