"""What an article is about: a story that stands in its opening, or one that it only mentions further down.

Owns that one question. Must never choose a story (``news.deciding.choosing``) nor weigh likeness of words
(``news.stories.belonging``).

Newspapers close an article with what else happens in the country: "the signing was put off because of the disaster".
Such a sentence has the names, figures and acts of the other story, and so has evidence in plenty, but the article is
not about it. What an article is about stands in its headline and its first sentence, or, after an opening that tells a
scene, in the second; and what is told of the matter goes on. So each sentence is asked how much ties it to the story:
a name of its own, a place, words of how the story opens. A country, its capital, its president, a province, the
outlet's name, what is said and that people die tie nothing, and neither does any number.

An article that shares nothing with a story anywhere is not asked: there its words are all its own, and others judge.
English, Spanish and Russian, each against stories of its own language; an article without a date is not asked.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache, partial

from news.decision import StoredArticle
from news.matching.assignments import score_events
from news.matching.edit_sides import listed
from news.model import Entity, EntityKind
from news.names.entities import lookup
from news.reports.outlets import outlet_of
from news.stories.case import Case
from news.stories.holdings import country_of, is_capital_of
from news.stories.profiles import lead_and_text, proper_words
from news.tables import load_toml
from news.words.meanings import is_class_of_acts, is_date_word, is_faint, is_number_word, meanings_in
from news.words.sentences import split_sentences
from news.words.text import fold, stem_words, stop_words
from news.words.turns import saying_words

__all__ = ["is_aside", "is_beside_only", "list_ties", "parts_of", "shares_places_only"]

_NAME, _PLACE, _THING, _ACT, _WIDE = 1.0, 0.5, 0.5, 0.35, 0.1
_TIED = 1.0
"""From here on a sentence is tied to a story: a name of its own, a place with a word, or two words."""
_PLAINLY = 1.5
"""A second sentence takes the place of the opening where it is tied by this much."""
_CONTRAST, _LEAST_BESIDE = 1.45, 0.4
"""So much more than the opening must a sentence further down be tied; one that sets the story beside, so much."""
_N_OPENING, _LEAST_LEAD = 2, 5
_LONG, _LONG_OPENING = 14, 5
"""A long article takes more sentences to come to its matter."""
_FEW = 2
"""After fewer sentences than these, the last one is no closing one."""
_HALF_AN_EVENT = 0.4
"""See ``news.matching.assignments.score_events``."""
_MOST_TIED = 0.4
"""Share of the other sentences that may be tied where a story is only mentioned."""
_MAX_SENTENCES = 40
_MAX_ARTICLES = 8
_FRONT_SENTENCES, _FRONT_CHARS, _OFFICE_CHARS = 3, 900, 6_000
_CAPITAL = re.compile(r"[A-ZÀ-ÞА-ЯЁ][^\W\d_]+")
_INSIDE = re.compile(r"(?<=[\w,;] )[A-ZÀ-ÞА-ЯЁ][^\W\d_]{2,}")
_WORD = re.compile(r"[^\W\d_]+")
_RELATIVE = re.compile(
    r", ((?:(?:in|of|at|during|for|by|from|with) )?(?:when|where|which|who|whose|whom)\b[^,;]{4,200})"
)


def is_aside(case: Case, story_id: int) -> bool:
    """Return whether an article opens with something else and only mentions a story further down."""
    return case.world.remember(("aside", story_id), partial(_is_aside, case, story_id))


def _is_aside(case: Case, story_id: int) -> bool:
    texts = parts_of(case)
    if case.article.published_at is None or len(texts) <= _N_OPENING or not _is_of_its_language(case, story_id):
        return False
    front = list_ties(case, story_id, texts[: _LONG_OPENING if len(texts) > _LONG else _N_OPENING])
    if max(front) >= _TIED:
        return False
    opening, rest = max(front[:_N_OPENING]), list_ties(case, story_id, texts[_N_OPENING:])
    n_tied = sum(one >= _TIED for one in rest)
    if n_tied > max(1.0, _MOST_TIED * len(rest)):
        return False
    told, beside = zip(*(_cut_beside(text) for text in texts[_N_OPENING:]), strict=True)
    if rest[0] >= _PLAINLY and list_ties(case, story_id, told[:1])[0] >= _PLAINLY:
        return False
    if not _is_plain_contrast(case, story_id, texts[_N_OPENING:], opening, beside):
        return False
    return not _opens_with_event(case, story_id)


def is_beside_only(case: Case, story_id: int, others: Collection[int]) -> bool:
    """Return whether an article opens with nothing of a story but what the story mentions of others.

    Two articles that close with one disaster have that in common and nothing else.

    Args:
        others: stories that the article only mentions, or tells another happening than.
    """
    texts = parts_of(case)
    ground, grounds = _ground_of(case, story_id), [_ground_of(case, one) for one in others]
    lent = frozenset().union(*(one.front_names for one in grounds)) - ground.front_names
    if any(ground.weigh(text, lent=lent) >= _TIED for text in texts[:_N_OPENING]):
        return False
    is_mentioned = any(one.weigh(text) >= _TIED for one in grounds for text in texts)
    return is_mentioned and not _opens_with_event(case, story_id)


def _is_plain_contrast(case: Case, story_id: int, texts: Sequence[str], opening: float, beside: Sequence[str]) -> bool:
    """Return whether the story stands so much more plainly further down that it can only be mentioned there.

    Less will do where a sentence says itself that it sets the story beside: "it comes a week after ...".
    """
    rest = list_ties(case, story_id, texts)
    if max(rest) - opening >= _CONTRAST:
        return True
    set_beside = [text for text, tie in zip(beside, rest, strict=True) if text and tie > opening]
    if set_beside and max(list_ties(case, story_id, set_beside)) >= opening + _LEAST_BESIDE:
        return True
    clauses = list_ties(case, story_id, [" ".join(_relatives_of(text)) for text in texts])
    if max(clauses) >= _TIED:
        return True
    return len(texts) >= _FEW and rest[-1] == max(rest) and clauses[-1] >= opening + _LEAST_BESIDE


def parts_of(case: Case) -> list[str]:
    """Return headline and sentences, a dateline that stands alone with the sentence that follows it."""
    parts = [case.article.title]
    start = ""
    for one in case.reading.sentences[:_MAX_SENTENCES]:
        if len(parts) == 1 and len(one.text.split()) < _LEAST_LEAD:
            start = f"{start}{one.text} "
        else:
            parts.append(start + one.text)
            start = ""
    return [*parts, start] if start else parts


def _opens_with_event(case: Case, story_id: int) -> bool:
    """Return whether the first sentence reports an event that the story tells of."""
    first = [one for one in case.reading.reports if one.sentence == 0]
    events = score_events(first, case.candidates.reports, case.world, story_ids={story_id}) if first else {}
    return events.get(story_id, 0.0) >= _HALF_AN_EVENT


def _is_of_its_language(case: Case, story_id: int) -> bool:
    language = case.reading.language or "en"
    return any(one.language in {"", language} for one in case.list_articles(story_id))


def list_ties(case: Case, story_id: int, texts: Sequence[str]) -> list[float]:
    """Return how much ties each text of an article to a story; at 1.0 it is tied."""
    ground = _ground_of(case, story_id)
    return [ground.weigh(text) for text in texts]


def shares_places_only(case: Case, story_id: int) -> bool:
    """Return whether an article has nothing of a story but places, days, numbers and what news of all kinds has."""
    ground, at = _ground_of(case, story_id), _names_at(lead_and_text(case.article))
    return not any(ground.has_more(text, at) for text in parts_of(case))


def _ground_of(case: Case, story_id: int) -> _Ground:
    return case.world.remember(("ground", story_id), partial(_Ground, case, story_id))


class _Ground:
    """What an article and a story may have in common, gathered once for all sentences.

    Attributes:
        held: words of the story, folded.
        front: meanings of the words that its articles open with; ``front_names`` the capitalised ones, folded.
        names: words of the article that are names, folded.
        wide: names that tie nothing, folded: of countries, provinces and heads of state, and the outlet's own.
    """

    def __init__(self, case: Case, story_id: int) -> None:
        articles = case.list_articles(story_id)[:_MAX_ARTICLES]
        texts = [lead_and_text(case.article), *(lead_and_text(one.article) for one in articles)]
        self.language = case.reading.language or "en"
        wide = case.world.remember("wide mentions", partial(_wide_mentions, case))
        self.held = case.hold(story_id).words
        self.front = frozenset().union(*map(_front_of, articles))
        self.front_names = frozenset().union(*map(_front_names_of, articles))
        self.names = frozenset(map(fold, _CAPITAL.findall(case.article.title))) & _lower_names(texts[0], self.language)
        self.names |= frozenset().union(*map(_names_inside, texts)) & _lower_names(texts[0], self.language)
        self.wide = frozenset().union(*map(_wide_names, texts), _words_of(case.article.outlet), wide)

    def weigh(self, text: str, *, lent: Collection[str] = frozenset()) -> float:
        """Return how much ties a text to the story.

        Args:
            lent: names that tie nothing, folded: the story has them of another one.
        """
        words, meanings = _heard(text, self.language)
        own = (word for key, word in words.items() if key in self.held and (key in self.names or lookup(word)))
        worth = sum(_WIDE if fold(word) in self.wide or fold(word) in lent else _worth_of(word) for word in own)
        told = meanings & self.front
        if told:
            told -= frozenset(self._stems(words))
        return worth + sum(_ACT if is_class_of_acts(one) else _THING for one in told if not _is_common(one))

    def has_more(self, text: str, at: Collection[str]) -> bool:
        """Return whether a text has a word of the story that says more than where something happened.

        Args:
            at: folded words that stand where the name of a place does.
        """
        words, meanings = _heard(text, self.language)
        names = {key: word for key, word in words.items() if key in self.names or lookup(word)}
        places = {key for key, word in names.items() if key in self.wide or key in at or _worth_of(word) <= _PLACE}
        if any(key in self.held for key in names.keys() - places):
            return True
        told = {one for one in meanings & self.front if not _is_common(one)}
        return bool(told.difference(self._stems(words), *(stem_words(word, self.language) for word in at)))

    def _stems(self, words: Iterable[str]) -> Iterator[str]:
        for word in words:
            if word in self.names or word in self.wide or lookup(word):
                yield from stem_words(word, self.language)


@lru_cache(maxsize=1 << 8)
def _heard(text: str, language: str) -> tuple[Mapping[str, str], frozenset[str]]:
    """Return the capitalised words of a text, folded -> as written, and the meanings of all its words."""
    small = stop_words(language)
    words = {fold(word): word for word in _CAPITAL.findall(text) if not is_date_word(word)}
    names = {key: word for key, word in words.items() if key not in small and not is_number_word(key)}
    return names, meanings_in(text, language)


def _wide_mentions(case: Case) -> frozenset[str]:
    """Return the folded words of what the article names and is a country, a capital or what stands for them."""
    wide = (one.text for one in case.reading.mentions if _is_wide(one.entity))
    return frozenset().union(*map(_words_of, wide))


def _words_of(text: str) -> frozenset[str]:
    return frozenset(map(fold, _WORD.findall(text)))


@lru_cache(maxsize=1 << 9)
def _lower_names(text: str, language: str) -> frozenset[str]:
    """Return the folded words of a text that stand capitalised and never in small letters."""
    proper = proper_words(text, language)
    return frozenset(
        fold(word) for word in _CAPITAL.findall(text) if any(one in proper for one in stem_words(word, language))
    )


@lru_cache(maxsize=1 << 11)
def _names_at(text: str) -> frozenset[str]:
    """Return the folded capitalised words that stand behind "in", "near" or their like wherever they stand."""
    text = text[:_OFFICE_CHARS]
    placed = Counter(map(fold, _at().findall(text)))
    counts = Counter(map(fold, _CAPITAL.findall(text))) if placed else {}
    return frozenset(word for word, count in placed.items() if counts.get(word) == count)


@cache
def _at() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?i:{'|'.join(listed('at'))}) (?:the |el |la )?({_CAPITAL.pattern})")


@lru_cache(maxsize=1 << 11)
def _names_inside(text: str) -> frozenset[str]:
    """Return the folded words that are capitalised inside a sentence: what begins one may be any word."""
    return frozenset(map(fold, _INSIDE.findall(text[:_OFFICE_CHARS])))


@lru_cache(maxsize=1 << 12)
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


@lru_cache(maxsize=1 << 12)
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
    words = f"{load_toml('retold.toml')['capitals']['words']} {load_toml('aims.toml')['common']['words']}"
    return frozenset(map(fold, words.split()))


def _front_of(stored: StoredArticle) -> frozenset[str]:
    return _words_of_front(stored.article.title, stored.article.text[:_FRONT_CHARS], stored.language or "en")


def _front_names_of(stored: StoredArticle) -> frozenset[str]:
    return _names_of_front(stored.article.title, stored.article.text[:_FRONT_CHARS])


@lru_cache(maxsize=1 << 11)
def _names_of_front(title: str, text: str) -> frozenset[str]:
    first = [one.text for one in split_sentences(text)[:_N_OPENING]]
    return frozenset(map(fold, _CAPITAL.findall(" ".join((title, *first)))))


@lru_cache(maxsize=1 << 11)
def _words_of_front(title: str, text: str, language: str) -> frozenset[str]:
    """Return the meanings of the words of a headline and of the sentences that follow it."""
    first = [one.text for one in split_sentences(text)[:_FRONT_SENTENCES]]
    return frozenset().union(*(meanings_in(each, language) for each in (title, *first)))


@lru_cache(maxsize=1 << 11)
def _wide_names(text: str) -> frozenset[str]:
    """Return the folded words of the names of heads of state and of regions in a text."""
    return frozenset(
        fold(word) for name in _iter_wide(text[:_OFFICE_CHARS]) for word in _WORD.findall(name) if word[0].isupper()
    )


def _iter_wide(text: str) -> Iterator[str]:
    for pattern in _wide_patterns():
        for found in pattern.finditer(text):
            yield found.group(1)


@cache
def _wide_patterns() -> tuple[re.Pattern[str], ...]:
    table = load_toml("aims.toml")
    name = r"((?:[A-ZÀ-ÞА-ЯЁ][\w’'-]{1,20}\.? ?){1,3})"
    offices = "|".join(table["offices"]["words"])
    regions = table["regions"]
    return (
        re.compile(rf"\b(?i:{offices}),? {name}"),
        re.compile(rf"\b(?i:{regions['before']})s? (?:of|de|del) {name}"),
        re.compile(rf"\b((?:[A-ZÀ-Þ][\w’'-]{{1,20}} ){{1,2}})(?:{regions['after']})\b"),
    )


@lru_cache(maxsize=1 << 11)
def _cut_beside(sentence: str) -> tuple[str, str]:
    """Return what a sentence tells and what it sets beside that: "work went on", "two days after the disaster"."""
    found = _asides().search(sentence)
    return (sentence, "") if found is None else (sentence[: found.start()], sentence[found.start() :])


@lru_cache(maxsize=1 << 11)
def _relatives_of(sentence: str) -> tuple[str, ...]:
    """Return the clauses that tell more of a name of the sentence: "who sacked his minister on Monday"."""
    return tuple(found.group(1) for found in _RELATIVE.finditer(sentence))


@cache
def _asides() -> re.Pattern[str]:
    return re.compile("|".join(load_toml("aims.toml")["asides"]["patterns"]), re.IGNORECASE)
