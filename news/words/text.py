"""Plain text: cleaning, words, stems.

Owns what a character, a word and a content word are for the whole house; sentences live in ``news.words.sentences`` and
are offered here too. Must never know what a text is about, and every pattern is linear in the length of the text,
because texts come from strangers.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import chain

import Stemmer

from news.memo import WordMemo
from news.tables import load_toml
from news.words.sentences import split_sentences

__all__ = [
    "NAME_INSIDE", "clean_text", "content_terms", "fold", "iter_words", "list_content", "lower_in_place",
    "plain_in_place",
    "split_sentences", "stem_letters", "stem_words", "tokenize",
]  # fmt: skip

MAX_TEXT = 200_000
"""Characters of an article that are read; longer ones are cut at the last space before it."""

_CACHE = 16_384
"""Stems remembered by each of two caches: the words of a news day, a few megabytes."""

_MAX_LANGUAGES = 64
"""So many have tables of their own of what was met in them."""

_MAX_MARKS = 4
"""Combining marks kept on one letter. Real orthographies need three; canonical reordering of more is quadratic."""

_LAST_MARK = 0x1E950
"""No code point from here on has a combining class, which keeps the table quick to build."""

_BMP_END = 0x10000
"""One pattern for each side: a set that reaches over this border is searched ten times more slowly."""

_LONGEST_WORD, _KEPT_OF_WORD = 2_048, 100
_ENDLESS = re.compile(rf"(?<!\S)([^\s\u0e00-\U0010ffff]{{{_KEPT_OF_WORD}}})[^\s\u0e00-\U0010ffff]{{{_LONGEST_WORD},}}")
"""A word longer than any address: no writing with spaces has one, but pages with a file between their words do."""

NAME_INSIDE = r"[A-ZÀ-ÞА-ЯЁ](?:(?<=[\w,;] .)|(?<=\w [«“„\"].)(?=[^»”\"\n]{1,40}[»”\"]))[^\W\d_]{2,}"
"""A word with a capital inside a sentence, such as begins a name; in quotation marks where these hold few words, as the
names of firms, ships and mines stand in Russian."""

_NEWLINES = re.compile("\r\n?|[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_ODD_SPACES = re.compile("[\t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_SPACES = re.compile(" {2,}")
_LINE_ENDS = re.compile(" \n ?|\n ")
_BLANK_LINES = re.compile(r"\n{3,}")
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f"
    "\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff\ud800-\udfff]"
)
_INVISIBLE_TAGS = re.compile("[\U000e0000-\U000e0fff]")
_BEYOND_BMP = re.compile("[\U00010000-\U0010ffff]")
_WORD = re.compile(
    r"(?:[^\W\d_]\.){2,}"  # U.S., т.е.
    r"|\d+(?:[.,]\d+)*[^\W\d_]*"  # 2,500 3.5 40th
    r"|[^\W_]+(?:['’ʼ][^\W_]+)*"  # don't, O'Brien
)
_MARKS = re.compile("[\u0300-\u036f]+")
_ABROAD = re.compile(r"[^\x00-\x7f]+")
_LETTERS = str.maketrans(
    {
        **dict(zip("øłđðħıŋŧƒ", "olddhintf", strict=True)),
        "æ": "ae",
        "œ": "oe",
        "þ": "th",
        **dict.fromkeys("’‘ʼ´′", "'"),
        **dict.fromkeys("‐‑‒–—―−", "-"),
        **dict.fromkeys("“”„«»‟", '"'),
    }
)
_STEMMERS = {
    "ar": "arabic", "ca": "catalan", "da": "danish", "de": "german", "el": "greek", "en": "english", "es": "spanish",
    "eu": "basque", "fi": "finnish", "fr": "french", "ga": "irish", "hi": "hindi", "hu": "hungarian",
    "hy": "armenian", "id": "indonesian", "it": "italian", "lt": "lithuanian", "ne": "nepali", "nl": "dutch",
    "no": "norwegian", "pt": "portuguese", "ro": "romanian", "ru": "russian", "sr": "serbian", "sv": "swedish",
    "ta": "tamil", "tr": "turkish",
}  # fmt: skip


@cache
def _mark_floods() -> tuple[re.Pattern[str], ...]:
    sets = (
        "".join(chr(code) for code in span if unicodedata.combining(chr(code)))
        for span in (range(_BMP_END), range(_BMP_END, _LAST_MARK))
    )
    return tuple(re.compile(f"([{marks}]{{{_MAX_MARKS}}})[{marks}]+") for marks in sets)


def _compose(text: str) -> str:
    common, rare = _mark_floods()
    text = common.sub(r"\1", text)
    if _BEYOND_BMP.search(text):
        text = rare.sub(r"\1", text)
    return unicodedata.normalize("NFC", text)


def clean_text(raw: str, *, limit: int = MAX_TEXT, is_name: bool = False) -> str:
    """Return ``raw`` as plain text that is safe to analyse, store and show.

    NFC; control, zero-width, bidirectional and other invisible characters and lone surrogates removed; spaces of every
    kind folded to one; lines stripped. A single newline stays (it ends a sentence); paragraphs are separated by
    exactly one blank line. At most ``limit`` characters are kept, cut at a space where there is one; of a word of
    thousands of letters only the beginning, but for what ``is_name``. Markup is *not* removed. Idempotent: cleaning a
    cleaned text changes nothing.

    Known failure: joiners that Persian, Indic scripts and emoji sequences are written with are removed too.
    """
    cut = _ENDLESS.sub if len(raw) > _LONGEST_WORD and not is_name else _leave
    text = _NEWLINES.sub("\n", cut(r"\1…", raw[: limit * 16])[: limit * 2])
    text = _INVISIBLE.sub("", text)
    if not text.isascii():
        text = _compose(_ODD_SPACES.sub(" ", _INVISIBLE_TAGS.sub("", text)))
    text = _LINE_ENDS.sub("\n", _SPACES.sub(" ", text.replace("\t", " ")))
    return _cut(cut(r"\1…", _BLANK_LINES.sub("\n\n", text).strip()), limit)


def _leave(_: str, text: str) -> str:
    return text


def _cut(text: str, limit: int) -> str:
    if len(text) <= limit:
        return text
    head = text[:limit]
    if not text[limit].isspace():
        head = head[: max(head.rfind(" "), head.rfind("\n"))] if " " in head or "\n" in head else head
    return head.rstrip()


def fold(text: str) -> str:
    """Return ``text`` for comparing names: case and accents gone, quotes, apostrophes and dashes made plain.

    ``Guaidó`` and ``guaido`` are equal folded, and so are ``й`` and ``и``, ``ё`` and ``е``. The length may change.
    """
    if text.isascii():
        return text.lower()
    return _ABROAD.sub(_fold_match, text.lower())


def _fold_match(found: re.Match[str]) -> str:
    return _folded[found.group()]


def _fold_run(run: str) -> str:
    small = unicodedata.normalize("NFKD", run).casefold()
    folded = unicodedata.normalize("NFKD", small).translate(_LETTERS)
    return unicodedata.normalize("NFC", _MARKS.sub("", folded))


_folded: WordMemo[str] = WordMemo(_fold_run)
"""The letters and signs between two of ASCII."""


_PLAIN = dict(zip("áéíóúüñёàèìòùçãõâêôÁÉÍÓÚÜÑЁ–", "aeiouunеaeioucaoaeoaeiouunе-", strict=True))
_MARKED = re.compile(f"[{''.join(_PLAIN)}]")


def plain_in_place(text: str) -> str:
    """Return ``text`` in small letters without the accents that are often left out, offset for offset; й stays."""
    if text.isascii():
        return text.lower()
    return lower_in_place(_MARKED.sub(lambda mark: _PLAIN[mark[0]], text))


def lower_in_place(text: str) -> str:
    """Return ``text`` in small letters, offset for offset: a letter whose small form is longer ("İ") stays as it is."""
    lowered = text.lower()
    if len(lowered) == len(text):
        return lowered
    return "".join(low if len(low := letter.lower()) == 1 else letter for letter in text)


def iter_words(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield ``(start, end, word)`` for each word as written, in order; ``text[start:end] == word``.

    A word is a run of letters and digits with inner apostrophes, a number with its separators, or a dotted
    abbreviation. Hyphens separate. Known failure: scripts without spaces give one word for each run.
    """
    for match in _WORD.finditer(text):
        yield match.start(), match.end(), match.group()


def tokenize(text: str) -> list[str]:
    """Return the casefolded words of ``text`` in order, possessive 's gone, dots of abbreviations gone (``us``)."""
    return list(chain.from_iterable(map(_words_of.__getitem__, text.casefold().split())))


def _find_words(chunk: str) -> tuple[str, ...]:
    return tuple(_plain(word) for word in _WORD.findall(chunk))


_words_of: WordMemo[tuple[str, ...]] = WordMemo(_find_words)
"""The words of a run of letters and signs between two spaces."""


def _plain(word: str) -> str:
    if word.isalpha():
        return word
    word = word.replace("’", "'").replace("ʼ", "'").removesuffix("'s")
    return word.replace(".", "") if word.endswith(".") else word


@cache
def _stemmer(language: str) -> Stemmer.Stemmer | None:
    algorithm = _STEMMERS.get(language or "en")
    # Its own cache is off: ``_stem`` caches, and its answer for a word never changes.
    return Stemmer.Stemmer(algorithm, 0) if algorithm in Stemmer.algorithms() else None


@lru_cache(maxsize=_CACHE)
def _stem(word: str, language: str) -> str:
    if "а" <= word[0] <= "ё" and language not in {"ru", "sr"}:
        language = "ru"  # a Russian name or query keeps its endings apart from the language around it
    stemmer = _stemmer(language)
    return fold(stemmer.stemWord(word) if stemmer is not None else word)


def stem_words(text: str, language: str = "en") -> tuple[str, ...]:
    """Return the stems of all words in order, stop words included; Snowball (Porter 2001), accents folded.

    ``language`` is ISO 639-1; empty is taken for English, and a language without a stemmer leaves words whole.
    Cyrillic words are stemmed as Russian whatever the language.
    """
    return tuple(chain.from_iterable(map(_stems_of(language).__getitem__, text.casefold().split())))


def stem_letters(word: str, language: str) -> str:
    """Return the stem of a case-folded word of letters alone, as ``stem_words`` has it; for rooms that remember it."""
    return _stem(word, language)


@lru_cache(maxsize=_MAX_LANGUAGES)
def _stems_of(language: str) -> WordMemo[tuple[str, ...]]:
    return WordMemo(lambda chunk: tuple(_stem(word, language) for word in _words_of[chunk]))


@cache
def stop_words(language: str) -> frozenset[str]:
    """Return the folded stop words of ``language``; empty for a language that has no list."""
    return frozenset(str(load_toml("stopwords.toml").get(language or "en", "")).split())


@lru_cache(maxsize=_CACHE)
def _content_stem(word: str, language: str) -> str:
    """Return the stem, or an empty string for a stop word or a single letter."""
    if len(word) == 1 and not word.isdigit():
        return ""
    return "" if fold(word) in stop_words(language) else _stem(word, language)


def content_terms(text: str, language: str = "en") -> dict[str, int]:
    """Return how often each stem occurs in ``text``, stop words and single letters left out, in order of appearance."""
    return dict(Counter(_iter_content(text, language)))


def list_content(text: str, language: str = "en") -> tuple[str, ...]:
    """Return the stems that ``content_terms`` counts, each once, in order of appearance."""
    return tuple(dict.fromkeys(_iter_content(text, language)))


def _iter_content(text: str, language: str) -> Iterator[str]:
    return chain.from_iterable(map(_content_of(language).__getitem__, text.casefold().split()))


@lru_cache(maxsize=_MAX_LANGUAGES)
def _content_of(language: str) -> WordMemo[tuple[str, ...]]:
    return WordMemo(lambda chunk: tuple(filter(None, (_content_stem(word, language) for word in _words_of[chunk]))))
