"""What ties each part of an article to a story: names, places, acts and things that both have.

Owns finding and weighing these ties. Must never say what follows from them: ``news.stories.aims`` and
``news.deciding.going_on`` do.

A name of the story's own ties most, a place less, and so do words of how it opens. A country, its capital, its
president, a province, the outlet's name, what is said and that people die tie nothing, and neither does any number.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache, partial
from itertools import chain
from typing import NamedTuple

from news.decision import StoredArticle
from news.matching.edit_sides import listed
from news.memo import WordMemo
from news.model import Entity, EntityKind
from news.names.entities import lookup
from news.reports.outlets import outlet_of
from news.stories.case import Case
from news.stories.holdings import country_of, is_capital_of
from news.stories.profiles import lead_and_text, proper_words
from news.tables import load_toml
from news.words.meanings import is_class_of_acts, is_date_word, is_faint, is_number_word, meanings_by_word, meanings_in
from news.words.sentences import split_sentences
from news.words.small_letters import small
from news.words.text import NAME_INSIDE, fold, lower_in_place, stem_words, stop_words
from news.words.turns import saying_words
from news.words.vocabulary import language_of

__all__ = ["MAX_SENTENCES", "count_matter", "list_ties", "parts_of", "weigh_names"]

_NAME, _PLACE, _THING, _ACT, _WIDE = 1.0, 0.5, 0.5, 0.35, 0.1
_LEAST_LEAD = 5
MAX_SENTENCES = 40
"""No more of an article than so many sentences are its parts."""
_MAX_ARTICLES = 8
_FRONT_SENTENCES, _FRONT_CHARS, _OFFICE_CHARS = 3, 900, 6_000
_MOST_BESIDE = 3
"""So many words before a name may say who or where that is."""
_CAPITAL = re.compile(r"[A-ZÀ-ÞА-ЯЁ][^\W\d_]+")
_INSIDE = re.compile(NAME_INSIDE)
_WORD = re.compile(r"[^\W\d_]+")
_TOKEN = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*|\d+|[.,;:()!?]")


def parts_of(case: Case) -> list[str]:
    """Return headline and sentences, a dateline that stands alone with the sentence that follows it."""
    parts = [case.article.title]
    start = ""
    for one in case.reading.sentences[:MAX_SENTENCES]:
        if len(parts) == 1 and len(one.text.split()) < _LEAST_LEAD:
            start = f"{start}{one.text} "
        else:
            parts.append(start + one.text)
            start = ""
    return [*parts, start] if start else parts


def list_ties(case: Case, story_id: int, texts: Sequence[str]) -> list[float]:
    """Return how much ties each text of an article to a story; at 1.0 it is tied."""
    ground = _ground_of(case, story_id)
    return [ground.weigh(text) for text in texts]


def weigh_names(case: Case, story_id: int, text: str) -> float:
    """Return how much the names in a text of an article tie it to a story; one of its own counts 1.0, a place half."""
    return _ground_of(case, story_id).weigh_names(text, list_placed=partial(_names_at, lead_and_text(case.article)))


def count_matter(case: Case, story_id: int, text: str) -> int:
    """Return how many acts and things of a text of an article the story opens with, in whatever words.

    Things that stand beside a name only say who or where that is: "the lens maker Brandt", "the Bryn school".
    """
    ground = _ground_of(case, story_id)
    told = ground.list_matter(text)
    return sum(map(is_class_of_acts, told)) + ground.count_things(text, told)


def _ground_of(case: Case, story_id: int) -> _Ground:
    return case.world.remember(("ground", story_id), partial(_Ground, case, story_id))


class _Ground:
    """What an article and a story may have in common, gathered once for all sentences.

    Attributes:
        held: words of the story, folded.
        front: meanings of the words that its articles open with.
        names: words of the article that are names, folded.
        wide: names that tie nothing, folded: of countries, provinces and heads of state, and the outlet's own.
        tied: both of these.
    """

    def __init__(self, case: Case, story_id: int) -> None:
        articles = case.list_articles(story_id)[:_MAX_ARTICLES]
        texts = [lead_and_text(case.article), *(lead_and_text(one.article) for one in articles)]
        self.language = case.reading.language or "en"
        wide = case.world.remember("wide mentions", partial(_wide_mentions, case))
        self.held = case.hold(story_id).words
        self.front = frozenset().union(*map(_front_of, articles))
        self.names = frozenset(map(fold, _CAPITAL.findall(case.article.title))) & _lower_names(texts[0], self.language)
        self.names |= frozenset().union(*map(_names_inside, texts)) & _lower_names(texts[0], self.language)
        self.wide = frozenset().union(*map(_wide_names, texts), _words_of(case.article.outlet), wide)
        self.tied = self.names | self.wide
        self._ties: dict[str, float] = {}

    def weigh(self, text: str) -> float:
        """Return how much ties a text to the story; each sentence is asked for again and again."""
        known = self._ties.get(text)
        if known is None:
            known = self._ties[text] = self._weigh(text)
        return known

    def _weigh(self, text: str) -> float:
        matter = self.list_matter(text)
        return self.weigh_names(text) + math.fsum(_ACT if is_class_of_acts(one) else _THING for one in matter)

    def weigh_names(self, text: str, *, list_placed: Callable[[], Collection[str]] = frozenset) -> float:
        """Return how much the names of a text tie it to the story.

        Args:
            list_placed: gives the folded words that stand where the name of a place does.
        """
        worth = 0.0
        named = _heard(text, self.language).named
        for key in named:
            if key in self.held and (key in self.names or lookup(named[key])):
                own = _WIDE if key in self.wide else _worth_of(named[key])
                worth += _PLACE if own > _PLACE and key in list_placed() else own
        return worth

    def list_matter(self, text: str) -> list[str]:
        """Return the acts and things of a text that the story opens with, without names and what all news has."""
        heard = _heard(text, self.language)
        told = heard.meanings & self.front
        if told:
            own = (heard.stems[key] for key in heard.stems.keys() & self.tied)
            told = told.difference(heard.known, *own)
        return [one for one in told if not _is_common(one)]

    def count_things(self, text: str, told: Iterable[str]) -> int:
        """Return how many of these meanings a text has as things that do not only stand beside a name of the story."""
        things = [one for one in told if not is_class_of_acts(one)]
        if not things:
            return 0
        tokens = _tokens_of(text, self.language)
        named = {at for name, places in tokens.capitals.items() if self._is_own_name(name) for at in places}
        is_plain, last = tokens.is_plain, len(tokens.is_plain) - 1
        cut = set(named)
        for at in named:
            for beside in range(at - 1, max(-1, at - 1 - _MOST_BESIDE), -1):
                if not is_plain[beside] and beside not in named:
                    break
                cut.add(beside)
            if at < last and is_plain[at + 1]:
                cut.add(at + 1)
        return sum(not cut.issuperset(tokens.meant.get(one, ())) for one in things)

    def _is_own_name(self, word: str) -> bool:
        key = fold(word)
        return key in self.held and (key in self.names or bool(lookup(word)))


class _Heard(NamedTuple):
    """What stands in a text.

    Attributes:
        named: its capitalised words, folded -> as written.
        meanings: those of all its words.
        known: stems of the capitalised words that the tables know; ``stems``: of the others, by the folded word.
    """

    named: Mapping[str, str]
    meanings: frozenset[str]
    known: frozenset[str]
    stems: Mapping[str, tuple[str, ...]]


@lru_cache(maxsize=1 << 8)
def _heard(text: str, language: str) -> _Heard:
    little = stop_words(language)
    words = {fold(word): word for word in _CAPITAL.findall(_halves().sub("", text)) if not is_date_word(word)}
    named = {key: word for key, word in words.items() if key not in little and not is_number_word(key)}
    stems = {key: stem_words(key, language) for key in named}
    known = frozenset().union(*(stems.pop(key) for key in named if lookup(key)))
    return _Heard(named, meanings_in(text, language), known, stems)


@cache
def _halves() -> re.Pattern[str]:
    """Return what finds the first half of a name that many names have, before its second half."""
    words = str(load_toml("aims.toml")["halves"]["words"]).split()
    # The boundary stands behind the first letter: so the engine skips to capitals, and is through four times as soon.
    begun = "|".join(rf"{word[0]}(?<!\w{word[0]}){word[1:]}" for word in words)
    return re.compile(rf"(?:{begun})\.? (?={_CAPITAL.pattern})")


class _Tokens(NamedTuple):
    """Words, numbers and marks of a text by their places.

    Attributes:
        capitals: capitalised word -> its places.
        meant: meaning -> the places of its words.
        is_plain: of each place, whether a word in small letters stands there that is no little one.
    """

    capitals: Mapping[str, Sequence[int]]
    meant: Mapping[str, Sequence[int]]
    is_plain: Sequence[bool]


@lru_cache(maxsize=1 << 3)
def _tokens_of(text: str, language: str) -> _Tokens:
    little, mean = stop_words(language), meanings_by_word(language_of(text, language))
    tokens = list(chain.from_iterable(map(_tokens_between_spaces.__getitem__, text.split())))
    capitals: dict[str, list[int]] = {}
    meant: dict[str, list[int]] = {}
    for at, token in enumerate(tokens):
        if token[0].isupper():
            capitals.setdefault(token, []).append(at)
        for one in mean[token]:
            meant.setdefault(one, []).append(at)
    return _Tokens(capitals, meant, [one[0].islower() and one not in little for one in tokens])


_tokens_between_spaces: WordMemo[tuple[str, ...]] = WordMemo(lambda chunk: tuple(_TOKEN.findall(chunk)))


def _wide_mentions(case: Case) -> frozenset[str]:
    """Return the folded words of what the article names and is a country, a capital or what stands for them."""
    wide = (one.text for one in case.reading.mentions if _is_wide(one.entity))
    return frozenset().union(*map(_words_of, wide))


def _words_of(text: str) -> frozenset[str]:
    return frozenset(map(fold, _WORD.findall(text)))


@lru_cache(maxsize=1 << 9)
def _lower_names(text: str, language: str) -> frozenset[str]:
    """Return the folded words of a text that stand capitalised and never in small letters."""
    proper, words = proper_words(text, language), set(_CAPITAL.findall(text))
    return frozenset(fold(word) for word in words if any(one in proper for one in stem_words(word, language)))


@lru_cache(maxsize=1 << 9)
def _names_at(text: str) -> frozenset[str]:
    """Return the folded capitalised words that stand behind "in", "near" or their like wherever they stand."""
    text = text[:_OFFICE_CHARS]
    placed = Counter(map(fold, _at().findall(text)))
    counts = Counter(map(fold, _CAPITAL.findall(text))) if placed else {}
    return frozenset(word for word, count in placed.items() if counts.get(word) == count)


@cache
def _at() -> re.Pattern[str]:
    behind: dict[str, list[str]] = {}
    for word in sorted(listed("at")):
        behind.setdefault(word[0], []).append(word[1:])
    # The boundary stands behind the first letter: so the engine skips to those letters.
    begun = (
        rf"{first}(?<!\w{first})(?i:{'|'.join(rest)})"
        for letter, rest in behind.items()
        for first in (letter, letter.upper())
    )
    return re.compile(rf"(?:{'|'.join(begun)}) (?:the |el |la )?({_CAPITAL.pattern})")


@lru_cache(maxsize=1 << 9)
def _names_inside(text: str) -> frozenset[str]:
    """Return the folded words that are capitalised inside a sentence: what begins one may be any word."""
    return frozenset(map(fold, _INSIDE.findall(text[:_OFFICE_CHARS])))


@lru_cache(maxsize=1 << 10)
def _worth_of(word: str) -> float:
    """Return what a name is worth as a tie: one of its own 1.0, a town 0.5, a country or what stands for it 0.1."""
    if outlet_of(word) is not None or fold(word) in _institutions():
        return 0.0
    entities = lookup(word)
    if any(map(_is_wide, entities)):
        return _WIDE
    return _PLACE if any(one.kind is EntityKind.PLACE for one in entities) else _NAME


def _is_wide(entity: Entity) -> bool:
    country = country_of(entity.key, {})
    if entity.kind is EntityKind.PLACE:
        return country in {"", entity.key} or bool(is_capital_of(entity.key))
    return entity.key.startswith("org:government-of-") or entity.key == f"org:{country.removeprefix('place:')}"


@lru_cache(maxsize=1 << 10)
def _is_common(meaning: str) -> bool:
    return meaning[0].isdigit() or meaning in _common() or is_faint(meaning) or is_number_word(meaning)


@cache
def _common() -> frozenset[str]:
    """Return the classes and stems that news of all kinds has."""
    table = load_toml("aims.toml")["common"]
    words = {*str(table["words"]).split(), *saying_words()}
    return frozenset(str(table["acts"]).split()).union(*(stem_words(word) for word in words), *map(meanings_in, words))


@cache
def _institutions() -> frozenset[str]:
    """Return the words that are written with a capital letter and name nobody, folded."""
    words = f"{load_toml('capitals.toml')['words']} {load_toml('aims.toml')['common']['words']}"
    return frozenset(map(fold, words.split()))


def _front_of(stored: StoredArticle) -> frozenset[str]:
    return _words_of_front(stored.article.title, stored.article.text[:_FRONT_CHARS], stored.language or "en")


@lru_cache(maxsize=1 << 9)
def _words_of_front(title: str, text: str, language: str) -> frozenset[str]:
    """Return the meanings of the words of a headline and of the sentences that follow it."""
    first = [one.text for one in split_sentences(text)[:_FRONT_SENTENCES]]
    return frozenset().union(*(meanings_in(each, language) for each in (title, *first)))


@lru_cache(maxsize=1 << 9)
def _wide_names(text: str) -> frozenset[str]:
    """Return the folded words of the names of heads of state and of regions in a text."""
    return frozenset(
        fold(word) for name in _iter_wide(text[:_OFFICE_CHARS]) for word in _WORD.findall(name) if word[0].isupper()
    )


def _iter_wide(text: str) -> Iterator[str]:
    low = lower_in_place(text)
    yield from _iter_held(text, low)
    for words, pattern in _regions():
        if any(word in low for word in words):
            yield from (found.group(1) for found in pattern.finditer(text))


def _iter_held(text: str, low: str) -> Iterator[str]:
    """Yield the names behind an office; ``low`` is the text in small letters."""
    office, name = _offices()
    found = office.search(low)
    while found is not None:
        named = name.match(text, found.end())
        if named is not None:
            yield named.group()
        found = office.search(low, found.start() + 1 if named is None else named.end())


_NAMES = r"(?:[A-ZÀ-ÞА-ЯЁ][\w’'-]{1,20}\.? ?){1,3}"


@cache
def _offices() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return what finds an office in small letters with what stands before a name, and a name."""
    offices = "|".join(load_toml("aims.toml")["offices"]["words"])
    return small(rf"\b(?:{offices}),? "), re.compile(_NAMES)


@cache
def _regions() -> tuple[tuple[Sequence[str], re.Pattern[str]], ...]:
    """Return what finds the name of a region behind and before what it is called, each with all words for that."""
    before, after = (str(load_toml("aims.toml")["regions"][side]) for side in ("before", "after"))
    return (
        (before.split("|"), re.compile(rf"\b(?i:{before})s? (?:of|de|del) ({_NAMES})")),
        (after.split("|"), re.compile(rf"\b((?:[A-ZÀ-ÞА-ЯЁ][\w’'-]{{1,20}} ){{1,2}})(?:{after})\b")),
    )
