"""A Spanish or Russian sentence as words and marks: where its clauses begin and end, and which word tells what is done.

Owns the lists of ``data/denials.toml`` and the shapes of verbs, for sentences that deny something. Must never say what
is denied: ``news.reports.negations_abroad`` does. ``news.reports.clauses`` reads the acts of reports in all languages.

Nothing is parsed. A verb is known by its ending, in the order in which one is surest; all patterns are of single words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from news.memo import WordMemo
from news.reports.senses import sense_of
from news.tables import load_toml
from news.words.text import fold

__all__ = [
    "ADJECTIVE", "INFINITIVE", "NEAR", "SPANISH_PAST", "STOPS", "Cut", "cut", "folded", "is_listed", "word_list",
]  # fmt: skip

_MAX_QUOTE = 700
_TOKEN = re.compile(r"\d+(?:[.,]\d+)*|[^\W_]+(?:-[^\W_]+)*|[,;:.!?\"“”«»()—–]")
_MAX_SCOPE, _MAX_ASIDE, _MAX_BEFORE, _MAX_PUT_IN = 26, 12, 14, 7
NEAR = 3
_PARTICIPLE = re.compile(r".{2,}(?:ad|id)[oa]s?$|(?:hech|dich|puest|vist|muert|abiert|rot|escrit|vuelt|cubiert)[oa]s?$")
_SUBJUNCTIVE = re.compile(r".{2,}(?:ar|er)an?$|.{2,}(?:as|ies)en?$")
INFINITIVE = re.compile(r".{2,}[aei]r(?:se|lo|la|los|las|le|les)?$")
SPANISH_PAST = re.compile(r".{2,}(?:aron|ieron|aba|aban|ia|ian)$|.{2,}(?:ad|id)[oa]s?$")
_TO_COME = re.compile(r"[aei]r(?:á|án|é|emos|ía|ían|íamos)$")
_RUSSIAN_VERBS = (
    re.compile(r".{2,}(?<!те)(?:л|ла|ло|ли)(?:с[яь])?$"),
    re.compile(r".{3,}(?:ен|ан|ят|ыт)[аоы]?$"),
    re.compile(r".{2,}(?:ет|ит|ут|ют|ат|ят)(?:ся)?$"),
)
"""Of the past, in the passive, and of the present: the first of these that a clause has is its verb."""
ADJECTIVE = re.compile(r".{2,}(?:ыи|(?<![нт])ии|ая|яя|ое|ее|ые|(?<![нт])ие|ого|его|ую|юю|ых|их)$")
"""Of a Russian word, folded: "новыи"."""
_ASIDE = re.compile(r"котор|где$|куда$|чь[яеи]$|.{3,}(?:вш|ющ|ущ|ащ|ящ|нн)[а-я]{2,3}$")
STOPS = frozenset('.;:!?"“”«»()—–')
_QUOTES = frozenset('«»"“”')


@dataclass(frozen=True, slots=True)
class _Words:
    """Words of one list: those that are meant whole, and beginnings."""

    whole: frozenset[str]
    starts: tuple[str, ...]


@cache
def word_list(language: str, name: str) -> _Words:
    """Return one list of a language, folded."""
    words = [fold(word) for word in str(load_toml("denials.toml")[language][name]).split()]
    starts = tuple(word[:-1] for word in words if word.endswith("*"))
    return _Words(frozenset(word for word in words if not word.endswith("*")), starts)


def is_listed(low: str, name: str, language: str) -> bool:
    """Return whether a list has a folded word."""
    words = word_list(language, name)
    return low in words.whole or (bool(words.starts) and low.startswith(words.starts))


@dataclass(frozen=True, slots=True)
class Cut:
    """A sentence as its words and marks: as written, and folded. Places are those of words and marks."""

    language: str
    tokens: tuple[str, ...]
    lows: tuple[str, ...]

    def listed(self, name: str, at: int) -> bool:
        """Return whether a list has the word at a place; false beyond either end."""
        return 0 <= at < len(self.lows) and is_listed(self.lows[at], name, self.language)

    def any_listed(self, name: str, first: int, last: int) -> bool:
        """Return whether a list has any word of a stretch."""
        return any(self.listed(name, at) for at in range(max(0, first), min(last, len(self.lows))))

    def is_content(self, at: int) -> bool:
        """Return whether the word at a place says anything by itself."""
        return self.lows[at].isalpha() and bool(sense_of(self.tokens[at].lower(), self.language).meanings)

    def find_start(self, at: int) -> int:
        """Return where the clause begins in which a place lies."""
        start = at
        while start > 0 and at - start < _MAX_BEFORE:
            if self.lows[start - 1] == ",":
                opened = [place for place in range(max(1, start - _MAX_PUT_IN), start - 1) if self.lows[place] == ","]
                if start != at or not opened:
                    break
                start = opened[-1]  # "la escuela, en Asunción, no se derrumbó"
                continue
            is_stop = self.tokens[start - 1] in STOPS and not self._is_of_name(start - 1)
            is_edge = is_stop or self.listed("that", start - 1)
            if is_edge or self.listed("starts", start - 1):
                break
            start -= 1
        return start

    def find_end(self, at: int, *, is_brief: bool = False) -> int:
        """Return where a clause ends; a relative clause or a participle between commas is passed over.

        Args:
            is_brief: an "and" ends it as well.
        """
        end = at
        while end < len(self.lows) and end - at < _MAX_SCOPE:
            if self.tokens[end] in STOPS and not self._is_of_name(end):
                break
            if self.lows[end] == ",":
                close = self._find_close(end)
                if not close:
                    break
                end = close
            elif end > at and (self.listed("ends", end) or (is_brief and self.listed("joins", end))):
                break
            end += 1
        return end

    def _find_close(self, at: int) -> int:
        """Return the second comma around a relative clause or a participle; 0 where no such thing stands there."""
        behind = self.lows[at + 1] if at + 1 < len(self.lows) else ""
        is_aside = _ASIDE.match(behind) is not None if self.language == "ru" else behind in {"que", "quien", "cuyo"}
        places = range(at + 1, min(len(self.lows), at + _MAX_ASIDE)) if is_aside else ()
        return next((place for place in places if self.lows[place] == ","), 0)

    def _is_of_name(self, at: int) -> bool:
        """Return whether a quotation mark is one of a name: "завод «Тагилмаш» отрицает"."""
        if self.tokens[at] not in _QUOTES:
            return False
        near = self.tokens[max(0, at - NEAR - 1) : at + NEAR + 1]
        return len(set(near) & _QUOTES) > 1 or near.count('"') > 1

    def find_thing(self, first: int, last: int) -> int:
        """Return the place of the first word that says something, an adjective before its noun left out; or -1."""
        found = [at for at in range(first, last) if self.is_content(at) and not self.listed("light", at)]
        found = [at for at in found if not self.listed("find", at)]
        is_two = self.language == "ru" and len(found) > 1 and found[1] == found[0] + 1
        if is_two and ADJECTIVE.match(self.lows[found[0]]):
            return found[1]
        return found[0] if found else -1

    def find_verb(self, first: int, last: int) -> int:
        """Return the place of the word that tells what is done in a clause, or -1.

        Of a little verb it is what stands behind it: "se debiera a un *fallo*", "содержится *мышьяк*".
        """
        finite = self.find_finite(first, last)
        if finite < 0 and self.language == "ru" and last > first and ADJECTIVE.match(self.lows[last - 1]):
            return last - 1  # "что волки бешеные"
        if finite < 0 or (self.is_content(finite) and not self.listed("light", finite)):
            return finite
        near = range(finite + 1, min(last, finite + 1 + NEAR)) if self.language == "es" else ()
        done = next((at for at in near if _PARTICIPLE.match(self.lows[at]) and not self.listed("light", at)), -1)
        return done if done >= 0 else self.find_thing(finite + 1, last)

    def find_finite(self, first: int, last: int) -> int:
        """Return the place of the verb of a clause, of several rather one that is not little; or -1.

        In Spanish it is that of a clause that somebody denies, which is in the subjunctive.
        """
        places = self.without_asides(first, last)
        words = [at for at in places if self.tokens[at].islower() and not self.listed("nouns", at)]
        if self.language == "es":
            verbs = (at for at in words if self.listed("subjunctive", at) or _SUBJUNCTIVE.match(self.lows[at]))
            return next(verbs, -1)
        forms = ([at for at in words if form.match(self.lows[at])] for form in _RUSSIAN_VERBS)
        found = next((places for places in forms if places), [-1])
        return next((at for at in found if not self.listed("light", at)), found[0])

    def without_asides(self, first: int, last: int) -> Iterator[int]:
        """Yield the places of a clause but those of a relative clause or participle between commas."""
        end = 0
        for at in range(first, last):
            if self.lows[at] == "," and at >= end:
                end = self._find_close(at)
            if at >= end:
                yield at

    def is_to_come(self, at: int) -> bool:
        """Return whether a word is a Spanish verb of the future or the conditional: "cerrará", "habría"."""
        return self.language == "es" and _TO_COME.search(self.tokens[at].lower()) is not None


@lru_cache(maxsize=1 << 11)
def cut(quote: str, language: str) -> Cut:
    """Return a sentence of "es" or "ru" as its words and marks; only its first 700 letters."""
    tokens = tuple(_TOKEN.findall(quote[:_MAX_QUOTE]))
    return Cut(language, tokens, tuple(folded(token) for token in tokens))


def folded(token: str) -> str:
    """Return a word as the lists have it, remembered."""
    return _folded[token]


_folded: WordMemo[str] = WordMemo(fold)
