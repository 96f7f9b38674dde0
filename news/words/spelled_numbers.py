"""Numbers spelled in words: "a hundred and twenty", "treinta y siete", "двадцать одного", "две с половиной тысячи".

Owns how number words of English, Spanish and Russian are put together to one number; all rooms that need the value
of words ask here. Must never look at digits, nor at what is counted: ``news.words.numerals`` and
``news.reports.quantities`` do. The words stand in ``news.words.number_words``.

Words are added up while each is smaller than the place that the one before it leaves open ("two hundred" leaves tens
and ones, "twenty" ones, "twelve" nothing), and what was added is multiplied by the scale behind it. What does not fit
begins another number: "one and two", "veinte treinta". Linear in the length of the number.

A library (text2num, MIT) was weighed: it has neither the cases of Russian, nor halves, nor rounded bunches ("una
treintena"), and works on whole texts, while figures are read here from tokens with their offsets.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from typing import NamedTuple

from news.words.number_words import NumberWords, list_number_words, number_words_from

__all__ = ["Spelled", "find_half", "read_spelled"]

_TEN, _HUNDRED = 10.0, 100.0


class Spelled(NamedTuple):
    """A number in words up to, not including, the word ``after``.

    Attributes:
        factor: the scale that all of it is multiplied by ("two hundred thousand": 1,000), which the lower end of a
            range may share; 1 where more follows the scale.
        is_about: it is rounded ("una treintena").
        is_open: a plural without a number; the value is its lower end.
        is_one: the word "one" alone.
    """

    value: float
    after: int
    factor: float = 1.0
    is_about: bool = False
    is_open: bool = False
    is_ordinal: bool = False
    is_one: bool = False


def find_half(words: Sequence[str], at: int, is_joined: Callable[[int], bool]) -> int:
    """Return the index behind "and a half", "y medio" or "с половиной" that stands at ``at``; 0 where none does."""
    if at >= len(words) or words[at] not in _half_starters():
        return 0
    return max(_Reader(words, table, is_joined).past_half(at) for table in list_number_words().values())


@cache
def _half_starters() -> frozenset[str]:
    return frozenset(phrase[0] for table in list_number_words().values() for phrase in table.and_half)


def read_spelled(words: Sequence[str], index: int, language: str, is_joined: Callable[[int], bool]) -> Spelled | None:
    """Return the number whose first word stands at ``index``, the longest there is, or None.

    Args:
        words: in small letters without accents; hyphens are words of their own.
        language: that of the text; the words decide, but for those that mean something else in it ("once").
        is_joined: whether nothing but a space, or nothing around a hyphen, stands between a word and the one before.
    """
    table = number_words_from(words[index], language)
    if table is None:
        return None
    word = words[index]
    if index + 1 == len(words) or words[index + 1] not in table.followers:
        value = table.plain.get(word, 0.0)
        if word in table.openers:
            return None
        if value > 1 and word not in table.unfinished:
            return Spelled(value, index + 1)
    found = _Reader(words, table, is_joined).read(index)
    if found is None or not index or words[index - 1] not in table.between:
        return found
    return _lower_of_two(words, index, table, is_joined) or found


def _lower_of_two(
    words: Sequence[str], index: int, table: NumberWords, is_joined: Callable[[int], bool]
) -> Spelled | None:
    """Return the first number of "between a hundred and two thousand"; None where the "and" is within one number."""
    reader = _Reader(words, table, is_joined, has_joins=False)
    low = reader.read(index)
    if low is None or low.after + 1 >= len(words) or words[low.after] not in table.after_scales:
        return None
    high = _Reader(words, table, is_joined).read(low.after + 1)
    is_followed = high is not None and high.after < len(words) and words[high.after] in table.after_scales
    return low if high is not None and high.value > low.value and not is_followed else None


class _Group(NamedTuple):
    """Words below a thousand added up, up to ``after``; the next word must be smaller than ``room``."""

    value: float
    after: int
    room: float
    is_ordinal: bool = False


class _Term(NamedTuple):
    """A group with what multiplies it; ``value`` is 0 for a scale without a group of its own ("mil millones")."""

    value: float
    after: int
    scale: float = 1.0
    is_last: bool = False
    is_ordinal: bool = False


class _Reader:
    """Reads one number; each method takes the index to begin at."""

    __slots__ = ("_has_joins", "_is_joined", "_table", "_words")

    def __init__(
        self, words: Sequence[str], table: NumberWords, is_joined: Callable[[int], bool], *, has_joins: bool = True
    ) -> None:
        self._words, self._table, self._is_joined, self._has_joins = words, table, is_joined, has_joins

    def read(self, index: int) -> Spelled | None:
        found = self._read_half(index) or self._read_part(index) or self._read_sum(index) or self._read_alone(index)
        if found is None or self._word(found.after) not in self._table.hyphens:
            return found
        return None if self._word(found.after + 1) in self._table.fractions else found

    def _word(self, at: int) -> str:
        """Return the word at ``at`` if it goes on from the one before it, else an empty string."""
        return self._words[at] if at < len(self._words) and self._is_joined(at) else ""

    def _past_hyphen(self, at: int) -> int:
        return at + 1 if self._word(at) in self._table.hyphens else at

    def _past(self, at: int, phrase: Sequence[str]) -> int:
        """Return the index behind a phrase that stands at ``at``, hyphens passed over; 0 where it does not."""
        for word in phrase:
            at = self._past_hyphen(at)
            if self._word(at) != word:
                return 0
            at += 1
        return at

    def past_half(self, at: int) -> int:
        """Return the index behind "and a half" that stands at ``at``; 0 where none does."""
        return max((self._past(at, phrase) for phrase in self._table.and_half), default=0)

    def _multiplier(self, at: int) -> tuple[float, int]:
        """Return what the word at ``at`` multiplies by, 0 for none, and the index behind it."""
        at = self._past_hyphen(at)
        return self._table.multiplier(self._word(at)), at + 1

    def _read_half(self, index: int) -> Spelled | None:
        """Return "half a million", "medio centenar"."""
        if self._words[index] not in self._table.halves:
            return None
        at = self._past_hyphen(index + 1)
        scale, after = self._multiplier(at + (self._word(at) in self._table.articles))
        return self._spelled(scale / 2, after, scale) if scale else None

    def _read_part(self, index: int) -> Spelled | None:
        """Return "a quarter of a million" from its "quarter" on, "three quarters of a million"."""
        table, times, at = self._table, 1.0, index
        if self._words[index] in table.plain:
            times, at = table.plain[self._words[index]], self._past_hyphen(index + 1)
        part = table.parts.get(self._words[index] if at == index else self._word(at), 0)
        for phrase in (table.part_of or ((),)) if part else ():
            after = self._past(at + 1, phrase)
            scale = table.multiplier(self._word(after)) if after else 0
            if scale:
                return Spelled(times * scale / part, after + 1)
        return None

    def _read_alone(self, index: int) -> Spelled | None:
        """Return an ordinal, or a plural without a number: "dozens", "tens of thousands"."""
        table, word = self._table, self._words[index]
        if word in table.ordinals:
            return Spelled(table.ordinals[word], index + 1, is_ordinal=True)
        value = table.open.get(word, 0)
        if not value or (index and (self._words[index - 1][0].isdecimal() or self._words[index - 1] in table.plain)):
            return None
        at = index + 1 + (self._word(index + 1) in table.open_of)
        times = table.open.get(self._word(at), 0)
        return Spelled(value * times / 2, at + 1, is_open=True) if times else Spelled(value, index + 1, is_open=True)

    def _read_sum(self, index: int) -> Spelled | None:
        """Return what is added up and multiplied, scale by scale: "dos mil quinientos", "mil millones"."""
        term = self._read_first(index)
        if term is None:
            return None
        total, factor, last = term.value, term.scale, term
        while not last.is_last:
            term = self._read_next(last.after, last.scale)
            if term is None:
                break
            if term.scale > last.scale:
                below = total % term.scale
                total += below * (term.scale - 1)
            total, factor, last = total + term.value, 1.0 if term.value else factor * term.scale, term
        found = self._spelled(total, last.after, factor)
        return found._replace(is_ordinal=last.is_ordinal, is_one=total == 1 and last.after == index + 1)

    def _spelled(self, value: float, after: int, factor: float) -> Spelled:
        word = self._words[after - 1]
        if word in self._table.hundreds:
            factor = _HUNDRED
        return Spelled(value, after, factor, is_about=word in self._table.about)

    def _read_first(self, index: int) -> _Term | None:
        table, word = self._table, self._words[index]
        one = table.inner.get(word, 1 if word in table.articles else 0)
        if one:
            return self._multiplied(_Group(one, index + 1, 0)) if self._multiplier(index + 1)[0] else None
        if word in table.plain:
            value = table.plain[word]
            return self._multiplied(_Group(value, index + 1, table.room_after(word, value)))
        is_led = word in table.led and index > 0 and self._words[index - 1] in table.leads
        return self._with_half(table.multiplier(word), index + 1) if is_led or word in table.singles else None

    def _read_next(self, at: int, scale: float) -> _Term | None:
        """Return the term behind a scale, None where what follows is another number: "dos mil tres mil"."""
        table = self._table
        if self._word(at) in table.after_scales:
            group = self._read_group(at + 1) if self._has_joins else None
            is_rest = group is not None and group.value < _HUNDRED and not self._multiplier(group.after)[0]
            return _Term(group.value, group.after, is_last=True) if group is not None and is_rest else None
        if self._word(at) in table.scales:
            own = table.scales[self._word(at)]
            is_one = own < scale and self._word(at) in table.singles
            return _Term(own if is_one else 0, at + 1, own) if is_one or own > scale else None
        group = self._read_group(at) if self._is_free(at) else None
        term = self._multiplied(group) if group is not None else None
        is_other = term is None or term.scale == scale or self._words[term.after - 1] in table.bunches
        return None if is_other else term

    def _read_group(self, at: int) -> _Group | None:
        """Return the group that begins behind a scale or a join."""
        table, word = self._table, self._word(at)
        value = table.plain.get(word) or table.inner.get(word, 0)
        if value:
            return self._summed(_Group(value, at + 1, table.room_after(word, value)))
        value = table.ordinal_ends.get(word, 0)
        return _Group(value, at + 1, 0, is_ordinal=True) if value else None

    def _multiplied(self, group: _Group) -> _Term | None:
        """Return a group with all that is added to it, with the half and the scale behind it."""
        group = self._summed(group)
        if self._words[group.after - 1] in self._table.unfinished:
            return None
        if group.is_ordinal:
            return _Term(group.value, group.after, is_last=True, is_ordinal=True)
        half = self.past_half(group.after)
        value = group.value + (0.5 if half else 0)
        scale, after = self._multiplier(half or group.after)
        if not scale:
            return _Term(value, half or group.after, is_last=True)
        return self._with_half(scale, after, value)

    def _with_half(self, scale: float, after: int, times: float = 1.0) -> _Term:
        """Return a scale times a number, and half of the scale more where that follows: "a million and a half"."""
        half = self.past_half(after)
        if half and not self._multiplier(half)[0]:
            return _Term((times + 0.5) * scale, half, scale, is_last=True)
        return _Term(times * scale, after, scale, is_last=self._words[after - 1] not in self._table.scales)

    def _summed(self, group: _Group) -> _Group:
        following = self._add(group)
        while following is not None:
            group, following = following, self._add(following)
        return group

    def _add(self, group: _Group) -> _Group | None:
        """Return a group with the next word in it, or None where that begins something else."""
        table, at = self._table, group.after
        join = self._word(at)
        if join in table.hyphens or join in table.after_scales or join in table.after_tens:
            at += 1
        else:
            join = ""
        word = self._word(at)
        if word in table.hundreds and not join and 0 < group.value < _HUNDRED:
            return _Group(group.value * _HUNDRED, at + 1, _HUNDRED)
        if join in table.after_scales:
            return self._add_rest(group, at)
        value = table.plain.get(word) or table.inner.get(word, 0)
        is_ordinal = not value
        value = value or table.ordinals.get(word) or table.ordinal_ends.get(word, 0)
        if not 0 < value < group.room or not self._may_join(group.room, join, at, is_ordinal=is_ordinal):
            return None
        return _Group(group.value + value, at + 1, 0 if is_ordinal else table.room_after(word, value), is_ordinal)

    def _add_rest(self, group: _Group, at: int) -> _Group | None:
        """Return a group with what "and" adds to its hundreds; "a hundred and two hundred" are two numbers."""
        rest = self._read_group(at) if group.room == _HUNDRED and self._has_joins else None
        if rest is None or rest.value >= _HUNDRED or self._word(rest.after) in self._table.bunches:
            return None
        return rest._replace(value=group.value + rest.value, room=0)

    def _may_join(self, room: float, join: str, at: int, *, is_ordinal: bool) -> bool:
        """Return whether a word that is small enough goes on with the number, by what stands before it."""
        table = self._table
        if room == _TEN and table.after_tens:
            return join in table.after_tens
        if join:
            return room == _TEN and join in table.hyphens
        return self._is_free(at) and not (is_ordinal and table.hyphens)

    def _is_free(self, at: int) -> bool:
        """Return whether no hyphen ties the word to what is no number: "twenty five-year-olds" are twenty."""
        behind = self._past_hyphen(at + 1)
        if behind == at + 1:
            return True
        word = self._word(behind)
        return word in self._table.plain or word in self._table.ordinals or self._table.multiplier(word) > 0
