"""The words of events: which verb or noun names which kind of act, and what the words around it do.

Owns the table ``news/data/events.toml`` in memory, one lexicon for a language, built on first use. Must never look at
a sentence as a whole: that is ``news.reports.clauses``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum, auto
from functools import cache
from typing import Any

from news.memo import WordMemo
from news.model import EventKind
from news.tables import load_toml
from news.words.text import stem_letters, stem_words

LANGUAGES = ("en", "es", "ru")
"""Languages with a lexicon; sentences in any other give no reports."""

_ROLE_NAMES = (
    "auxiliary", "be", "perfect", "adverb", "negation", "not_only", "modal", "would", "future", "to", "plan", "began",
    "failed", "alleged", "denial", "warning", "condition", "subordinate", "relative", "coordinate", "determiner",
    "pronoun", "preposition", "locative", "speech", "opinion", "first_person", "nature", "labour", "future_time",
    "background", "nounish", "range_open", "range_link", "since", "until", "never_passive",
    "light", "writer", "request",
)  # fmt: skip
ROLES: Mapping[str, int] = {name: 1 << index for index, name in enumerate(_ROLE_NAMES)}
"""Role of a word -> its bit in ``Word.roles``. What a role means stands at its words in ``events.toml``."""

POSSESSIVE = 1 << len(_ROLE_NAMES)
"""Bit of a word written with 's."""

PHRASE = 1 << (len(_ROLE_NAMES) + 1)
"""Bit of a word that some fixed wording starts with."""

ACT = 1 << (len(_ROLE_NAMES) + 3)
"""Bit of a word that names an act in some sense."""

NUMBER = 1 << (len(_ROLE_NAMES) + 2)
"""Bit of a word in digits."""

CLAIM = 1 << (len(_ROLE_NAMES) + 4)
"""Bit of a word of ``TRUE``, ``UNTRUE`` or ``RUMOURS``."""

TRUE = frozenset({"true", "correct", "cierto", "verdad", "правда"})
UNTRUE = frozenset({"неправда"})
RUMOURS = frozenset(
    {"report", "reports", "claim", "claims", "rumour", "rumours", "rumor", "rumors", "allegations", "news"}
)
"""What is said not to be so, in any language: "it is not true that", "reports that ... are false"."""

_CLAIMS = TRUE | UNTRUE | RUMOURS

Phrase = tuple[tuple[str, ...], str]
"""The words of a fixed wording after its first, and the name of the list that it stands in."""

MARKS: Mapping[str, int] = {
    ",": 1, ";": 3, ":": 3, "—": 2, "–": 2, "(": 2, ")": 2, '"': 1, "“": 1, "”": 1, "«": 1, "»": 1, "?": 1,
}  # fmt: skip
"""Punctuation -> how strong a clause boundary it is."""


class Form(Enum):
    """The form that a verb stands in, as far as its ending tells."""

    NONE = auto()
    BASE = auto()
    PRESENT = auto()
    PAST = auto()
    PARTICIPLE = auto()
    ING = auto()
    INFINITIVE = auto()
    FUTURE = auto()
    CONDITIONAL = auto()


@dataclass(frozen=True, slots=True)
class Sense:
    """One entry of the lexicon: ``trigger`` is its stem (stems, for a phrase), ``rest`` the stems after the head."""

    kind: EventKind
    trigger: str
    rest: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Word:
    """What the lexicon knows of one word form; shared by all its occurrences.

    ``opens`` is how strong a clause boundary the word makes: 2 for "which" and "because", 1 for "and", else 0.
    ``phrases`` are the fixed wordings that begin with it, by second
    word (empty for a wording of one word).
    """

    text: str
    stem: str
    roles: int
    form: Form
    verbs: tuple[Sense, ...]
    noun: Sense | None
    opens: int = 0
    phrases: Mapping[str, Sequence[Phrase]] = field(default_factory=dict)


class Lexicon(WordMemo[Word]):
    """A mapping from a lower-case word to what is known of it; unknown words are worked out once and kept."""

    def __init__(self, language: str, table: Mapping[str, Any]) -> None:
        super().__init__(self._make)
        self.language = language
        self._roles = _read_roles(table["words"])
        self._lemmas: set[str] = set()
        self._verbs: dict[str, tuple[Sense, ...]] = {}
        self._nouns: dict[str, Sense] = {}
        self._irregular = {form: lemma for lemma, forms in table["irregular"].items() for form in forms.split()}
        self._phrases = _read_phrases(table["phrases"])
        for kind, words in table["kinds"].items():
            self._add(EventKind(kind), words)
        self._imperfective = self._stems(table["words"].get("imperfective", ""))
        self._by_stem = {name: self._stems(table["words"].get(name, "")) for name in ("nounish", "light")}

    def _stem(self, word: str) -> str:
        folded = word.casefold()
        if folded.isalpha():
            return stem_letters(folded, self.language)
        stems = stem_words(word, self.language)
        return stems[0] if stems else word

    def _stems(self, words: str) -> frozenset[str]:
        return frozenset(self._stem(word) for word in words.split())

    def _add(self, kind: EventKind, words: Mapping[str, str]) -> None:
        for entry in words.get("verbs", "").split():
            head, *rest = entry.split("_")
            stems = tuple(self._stem(word) for word in rest)
            sense = Sense(kind, " ".join((self._stem(head), *stems)), stems)
            found = (*self._verbs.get(self._stem(head), ()), sense)
            self._verbs[self._stem(head)] = tuple(sorted(found, key=lambda one: -len(one.rest)))
            self._lemmas.add(head)
        for entry in words.get("nouns", "").split():
            sense = Sense(kind, self._stem(entry))
            for form in self._noun_forms(entry):
                self._nouns.setdefault(form, sense)

    def _noun_forms(self, noun: str) -> Iterable[str]:
        if self.language == "ru":
            return (self._stem(noun),)
        if self.language == "es":
            return (noun,)
        plural = noun[:-1] + "ies" if noun.endswith("y") else noun + ("es" if noun[-1] in "shx" else "s")
        return (noun, plural)

    def _make(self, text: str) -> Word:
        bare = text[:-2] if text.endswith("'s") else text.removesuffix("'")
        roles = self._roles.get(text, 0) | self._roles.get(bare, 0)
        roles |= POSSESSIVE if bare != text else 0
        roles |= PHRASE if text in self._phrases else 0
        roles |= CLAIM if text in _CLAIMS else 0
        roles |= NUMBER if bare[:1].isdigit() else 0
        roles |= ROLES["adverb"] if _is_adverb(bare, self.language) else 0
        lemma = self._irregular.get(bare, "")
        stem = self._stem(lemma or bare)
        for name, stems in self._by_stem.items():
            roles |= ROLES[name] if stem in stems else 0
        senses = self._verbs.get(stem, ())
        form = self._form(bare, is_irregular=bool(lemma), stem=stem) if senses else Form.NONE
        noun = self._nouns.get(stem if self.language == "ru" else bare)
        roles |= ACT if noun is not None or form is not Form.NONE else 0
        phrases = self._phrases.get(text, {})
        verbs = senses if form is not Form.NONE else ()
        return Word(text, stem, roles, form, verbs, noun, _opens(roles), phrases=phrases)

    def _form(self, word: str, *, is_irregular: bool, stem: str) -> Form:
        if self.language == "es":
            return _spanish_form(word, is_irregular=is_irregular)
        if self.language == "ru":
            return _russian_form(word, is_irregular=is_irregular, is_imperfective=stem in self._imperfective)
        return Form.PAST if is_irregular else self._english_form(word)

    def _english_form(self, word: str) -> Form:
        if word in self._lemmas:
            return Form.BASE
        if word.endswith("ed"):
            return Form.PAST
        if word.endswith("ing"):
            return Form.ING
        singular = (word[:-1], word.removesuffix("es"), word.removesuffix("ies") + "y")
        is_third = word.endswith("s") and any(base in self._lemmas for base in singular)
        return Form.PRESENT if is_third else Form.NONE


def _opens(roles: int) -> int:
    if roles & (ROLES["relative"] | ROLES["subordinate"]):
        return 2
    return 1 if roles & ROLES["coordinate"] else 0


_ADVERB_ENDINGS = {"en": "ly", "es": "mente"}
_MIN_ADVERB = 6


def _is_adverb(word: str, language: str) -> bool:
    ending = _ADVERB_ENDINGS.get(language, "")
    return bool(ending) and len(word) >= _MIN_ADVERB and word.endswith(ending)


_SPANISH_ENDINGS = (
    (Form.FUTURE, ("rá", "rán", "remos", "ré")),
    (Form.CONDITIONAL, ("ría", "rían", "ríamos")),
    (Form.PARTICIPLE, ("ado", "ada", "ados", "adas", "ido", "ida", "idos", "idas", "erto", "ertos", "uesto")),
    (Form.INFINITIVE, ("ar", "er", "ir", "arse", "erse", "irse")),
    (Form.ING, ("ando", "iendo", "yendo")),
    (Form.PAST, ("ó", "aron", "ieron", "aba", "aban", "ía", "ían", "eron", "jo", "vo", "so", "jeron", "yó")),
    (Form.PRESENT, ("a", "an", "e", "en")),
)
_RUSSIAN_ENDINGS = (
    (Form.INFINITIVE, ("ть", "ти", "ться", "тись", "чь")),
    (Form.PAST, ("л", "ла", "ло", "ли", "лся", "лась", "лось", "лись")),
    (Form.FUTURE, ("ет", "ит", "ут", "ют", "ят", "ат", "ется", "ится", "утся", "ются", "ятся", "атся", "ёт")),
)


def _by_ending(word: str, endings: tuple[tuple[Form, tuple[str, ...]], ...]) -> Form:
    return next((form for form, tails in endings if word.endswith(tails)), Form.NONE)


def _spanish_form(word: str, *, is_irregular: bool) -> Form:
    form = _by_ending(word, _SPANISH_ENDINGS)
    return Form.PAST if is_irregular and form is Form.NONE else form


def _russian_form(word: str, *, is_irregular: bool, is_imperfective: bool) -> Form:
    form = _by_ending(word, _RUSSIAN_ENDINGS)
    if form is Form.FUTURE and is_imperfective:
        return Form.PRESENT
    return Form.PAST if is_irregular and form is Form.NONE else form


def _read_roles(words: Mapping[str, str]) -> dict[str, int]:
    roles: dict[str, int] = {}
    for name, bit in ROLES.items():
        for word in words.get(name, "").split():
            roles[word] = roles.get(word, 0) | bit
    return roles


def _read_phrases(table: Mapping[str, str]) -> dict[str, dict[str, list[Phrase]]]:
    """Return first word -> second word (empty for a phrase of one word) -> the phrases that begin so."""
    found: dict[str, dict[str, list[Phrase]]] = {}
    for name, entries in table.items():
        for entry in entries.split():
            head, *rest = entry.replace("-", "_").split("_")
            found.setdefault(head, {}).setdefault(rest[0] if rest else "", []).append((tuple(rest), name))
    return found


@cache
def find_lexicon(language: str) -> Lexicon | None:
    """Return the lexicon of ``language`` (ISO 639-1), English for an empty one, or None if there is none."""
    code = language or "en"
    return Lexicon(code, load_toml("events.toml")[code]) if code in LANGUAGES else None
