"""Two wordings of one text, sentence against sentence, and word against word inside of a pair.

Owns which sentence of a text is which of another, whatever was cut, reordered, trimmed or put in between, and the runs
of words in which the two of a pair differ, with what stands around them. Must never say what a difference means:
``news.matching.substitutions`` does.

A sentence may be the counterpart of two that follow each other, where they were joined. What has no counterpart is
*added*; whether it stands between what has some says how it came there. Texts are cut at 400 sentences, sentences at
120 words.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import islice, pairwise

from news.words.sentences import split_sentences
from news.words.text import fold
from news.words.turns import saying_words

__all__ = ["Alignment", "Edit", "Line", "Pair", "align", "lines_of", "pair_lines", "share_words"]

_TOKENS = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:['’][^\W\d_]+)*")
_MAX_SENTENCES = 400
_MAX_TOKENS = 120
_NEAREST = 3
_OFTEN = 12
"""A word that a sentence has more often begins no run; it only lengthens one."""
_MAX_CHARS = 2_000
_PAIRED = 0.5
"""Share of the words of the shorter of two sentences that stand in the other in the same order."""
_LEAST_SAME = 3
_TOUCHED = 0.3
"""What shares fewer words with every sentence of the other text is no garbled wording of any."""
_KIN = 0.3
"""Sentences that share fewer of the words of the shorter one, each counted once, are not held word against word."""
_JOINED_GAIN = 0.15
_TRUSTED = 6
"""Words from which on a share of them says all that it can."""
_MAX_SPEAKER = 10
_LONG = 5
"""Letters of a word that seldom is one of those that all sentences have."""
_NOISE_SHARE, _NOISE_LEAST = 0.045, 4


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence as its words; ``lows`` are folded, ``spans`` give the place of each in ``text``."""

    text: str
    tokens: tuple[str, ...]
    lows: tuple[str, ...]
    spans: tuple[tuple[int, int], ...]

    @property
    def bag(self) -> frozenset[str]:
        """The words, each once."""
        return frozenset(self.lows)


@dataclass(frozen=True, slots=True)
class Edit:
    """A run of words that stands in the place of another; either may be empty.

    Attributes:
        old: the words there, ``new`` those here, as offsets of words: first and one past the last.
    """

    old: tuple[int, int]
    new: tuple[int, int]

    @property
    def is_single(self) -> bool:
        """Whether not more than one word was put in, left out or replaced, as a slip or a garbling does."""
        return max(self.old[1] - self.old[0], self.new[1] - self.new[0]) == 1


@dataclass(frozen=True, slots=True)
class Pair:
    """A sentence and its counterpart.

    Attributes:
        share: of the words of the shorter of the two that the other has in the same order, 0 to 1.
        at: number of the sentence here; ``there`` of its counterpart.
    """

    former: Line
    line: Line
    edits: tuple[Edit, ...]
    share: float
    at: int = 0
    there: int = 0

    @property
    def n_same(self) -> int:
        """How many words of the sentence its counterpart has at their place."""
        return len(self.line.tokens) - sum(edit.new[1] - edit.new[0] for edit in self.edits)


@dataclass(frozen=True, slots=True)
class Alignment:
    """What became of the sentences of a text.

    Attributes:
        pairs: the sentences that have a counterpart, in order of the new text, those without any edit included.
        added: numbers and texts of the sentences that have none.
        garbled: numbers of those of them that may be a garbled wording of one.
        n_lines: how many sentences the new text has; ``n_tokens`` how many words.
    """

    pairs: tuple[Pair, ...]
    added: tuple[tuple[int, str], ...]
    garbled: frozenset[int]
    n_lines: int
    n_tokens: int

    @property
    def share(self) -> float:
        """Share of the words of the new text that its sentences have at the place of the former ones, 0 to 1."""
        return sum(pair.n_same for pair in self.pairs) / max(1, self.n_tokens)

    @property
    def is_noisy(self) -> bool:
        """Whether so many single words were changed all over the text that no editor did it."""
        n_single = sum(edit.is_single for pair in self.pairs for edit in pair.edits)
        return n_single >= _NOISE_LEAST and n_single > _NOISE_SHARE * sum(pair.n_same for pair in self.pairs)

    def is_between(self, at: int) -> bool:
        """Return whether a sentence stands between two that have counterparts."""
        places = [pair.at for pair in self.pairs]
        return bool(places) and places[0] < at < places[-1]


@lru_cache(maxsize=1 << 8)
def _make_line(text: str) -> Line:
    """Return a sentence as its words."""
    found = list(islice(_TOKENS.finditer(text), _MAX_TOKENS))
    tokens = tuple(one.group() for one in found)
    return Line(text, tokens, tuple(map(fold, tokens)), tuple(one.span() for one in found))


@lru_cache(maxsize=64)
def lines_of(text: str) -> tuple[Line, ...]:
    """Return the sentences of a text as their words; without those that have none."""
    lines = (_make_line(sentence.text[:_MAX_CHARS]) for sentence in split_sentences(text)[:_MAX_SENTENCES])
    return tuple(line for line in lines if line.tokens)


def pair_lines(former: Line, line: Line, at: int, there: int) -> Pair:
    """Return a sentence beside another one, word against word, whether or not it is a wording of it."""
    often = frozenset(low for low, n in Counter(line.lows).items() if n > _OFTEN)
    matcher = SequenceMatcher(often.__contains__ if often else None, former.lows, line.lows, autojunk=False)
    codes = matcher.get_opcodes()
    edits = tuple(Edit((a, b), (c, d)) for tag, a, b, c, d in codes if tag != "equal")
    n_same = sum(b - a for tag, a, b, _, _ in codes if tag == "equal")
    least = min(_n_told(former), _n_told(line))
    return Pair(former, line, edits, min(1.0, n_same / max(1, least)), at, there)


def _n_told(line: Line) -> int:
    """Return how many words a sentence has without who said it at its end, which each outlet words for itself."""
    n_tokens = len(line.tokens)
    for place in range(n_tokens - 1, max(0, n_tokens - _MAX_SPEAKER), -1):
        if "," in line.text[line.spans[place - 1][1] : line.spans[place][0]]:
            return n_tokens if saying_words().isdisjoint(line.lows[place:]) else place
    return n_tokens


@lru_cache(maxsize=32)
def align(before: str, after: str) -> Alignment:
    """Return the sentences of ``after`` with their counterparts in ``before``."""
    old, new = lines_of(before), lines_of(after)
    same = {line.lows: place for place, line in reversed(tuple(enumerate(old)))}
    bags = [line.bag for line in old]
    pairs: list[Pair] = []
    added: list[tuple[int, str]] = []
    garbled: set[int] = set()
    for at, line in enumerate(new):
        if line.lows in same:
            pairs.append(Pair(old[same[line.lows]], line, (), 1.0, at, same[line.lows]))
            continue
        pair, touched = _counterpart(line, at, old, bags)
        if pair is not None:
            pairs.append(pair)
            continue
        added.append((at, line.text))
        if touched >= _TOUCHED:
            garbled.add(at)
    n_tokens = sum(len(line.tokens) for line in new)
    return Alignment(tuple(pairs), tuple(added), frozenset(garbled), len(new), n_tokens)


def _counterpart(line: Line, at: int, old: Sequence[Line], bags: Sequence[frozenset[str]]) -> tuple[Pair | None, float]:
    """Return the counterpart of a sentence, and the largest share of its words that a sentence has."""
    bag = line.bag
    shares = [share_words(bag, other) for other in bags]
    ranked = sorted(range(len(old)), key=lambda place: (-shares[place], abs(place - at)))[:_NEAREST]
    own = frozenset(filter(_is_long, bag)) or bag
    touched = max((len(own & bags[place]) / len(own) for place in ranked), default=0.0)
    near = [place for place in ranked if shares[place] >= _KIN and _may_pair(old[place], bags[place], line, bag)]
    found = [pair_lines(old[place], line, at, place) for place in near]
    found += _joined(line, at, old, bags, ranked[:1])
    found = [pair for pair in found if pair.share >= _PAIRED and pair.n_same >= min(_LEAST_SAME, len(line.tokens))]
    return max(found, key=lambda pair: pair.n_same, default=None), touched


def _may_pair(former: Line, known: frozenset[str], line: Line, bag: frozenset[str]) -> bool:
    """Return whether two sentences with these words can be a pair: in whatever order, enough of them stand in both."""
    n_both = min(sum(low in known for low in line.lows), sum(low in bag for low in former.lows))
    if n_both < min(_LEAST_SAME, len(line.tokens)):
        return False
    return n_both >= _PAIRED * min(_n_told(former), _n_told(line))


def _is_long(low: str) -> bool:
    return len(low) >= _LONG or low[0].isdigit()


def share_words(bag: frozenset[str], other: frozenset[str]) -> float:
    """Return the share of the words of the shorter of two sentences that the other has; less where it has few words."""
    n_words = min(len(bag), len(other))
    return len(bag & other) / max(1, n_words) * min(1.0, n_words / _TRUSTED)


def _joined(
    line: Line, at: int, old: Sequence[Line], bags: Sequence[frozenset[str]], best: Sequence[int]
) -> Iterator[Pair]:
    """Yield the sentence beside two of the other text that it may have been joined from."""
    bag = line.bag
    for first, second in pairwise(range(max(0, (best or (0,))[0] - 1), min(len(old), (best or (0,))[0] + 2))):
        ours = bag & bags[first], bag & bags[second]
        gain = len(ours[0] | ours[1]) - max(map(len, ours))
        if gain > _JOINED_GAIN * len(bag):
            yield pair_lines(_make_line(f"{old[first].text} {old[second].text}"), line, at, first)
