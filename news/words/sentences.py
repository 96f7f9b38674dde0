"""Where a sentence ends.

Owns the one rule by which the house counts sentences. Must never join what a line break separates: feeds, lists and
headlines put one statement on a line without a full stop.

The rule: a candidate is a full stop, exclamation or question mark, ellipsis, with its closing quotes and brackets,
before a space; or a line break. What stands before and behind it decides. Linear in the length of the text.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from news.model import Sentence
from news.tables import load_toml

_LINE = re.compile(r"[^\n]+")
_CANDIDATE = re.compile(r"[.!?…؟।。！？]+[\"'”’»›)\]」』）]*")
_MISSING_SPACE = re.compile(r"[^\W\d_A-ZА-Я]{3}[.!?][A-ZА-ЯÁÉÍÓÚÑ¿¡“]")
_WORD_BEFORE = re.compile(r"[^\s\"“”«»()\[\]—–]+$")
_WORD_AFTER = re.compile(r"[^\W_]+(?:\.[^\W_]+)*")
_REACH = 24
"""Characters before a candidate that are looked at: no abbreviation is longer."""
_MAX_ENUMERATOR = 3
_MIN_PLAIN_WORD = 4
_OPENERS = "\"'“‘«‹„([¿¡—–-"
_DOMAINS = frozenset(("com", "org", "net", "ru", "ua", "io", "gov", "js", "tv", "info", "co"))


class _Abbreviations(NamedTuple):
    never: frozenset[str]
    figure: frozenset[str]
    either: frozenset[str]
    clock: frozenset[str]
    starters: frozenset[str]
    after_clock: frozenset[str]


@cache
def _abbreviations() -> _Abbreviations:
    table = load_toml("abbreviations.toml")
    return _Abbreviations(*(frozenset(str(table[field]).split()) for field in _Abbreviations._fields))


def split_sentences(text: str, language: str = "en") -> tuple[Sentence, ...]:
    """Return the sentences of a cleaned text in order; they do not overlap, and only white space lies between them.

    A newline ends a sentence, a blank line also ends a paragraph. ``language`` is accepted for callers that know it:
    the rules for English, Spanish and Russian live side by side, because one feed mixes them.

    Known failures: an unlisted abbreviation before a capitalised word ends a sentence; a question inside quotation
    marks followed by a name ("... ?" Smith asked) does too.
    """
    del language
    words = _abbreviations()
    found: list[Sentence] = []
    paragraph, last_end = 0, -1
    for line in _LINE.finditer(text):
        if last_end >= 0 and line.start() > last_end + 1:
            paragraph += 1
        last_end = line.end()
        for start, end in _split_line(text, line.start(), line.end(), words):
            found.append(Sentence(len(found), start, end, text[start:end], paragraph))
    return tuple(found)


def _split_line(text: str, start: int, end: int, words: _Abbreviations) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    begin = start
    for match in _CANDIDATE.finditer(text, start, end):
        if match.end() < end and _is_end(text, match, begin, end, words):
            _append(spans, text, begin, match.end())
            begin = match.end()
    _append(spans, text, begin, end)
    return spans


def _append(spans: list[tuple[int, int]], text: str, start: int, end: int) -> None:
    piece = text[start:end]
    bare = piece.strip()
    if bare:
        start += len(piece) - len(piece.lstrip())
        spans.append((start, start + len(bare)))


def _is_end(text: str, match: re.Match[str], begin: int, line_end: int, words: _Abbreviations) -> bool:
    mark, stop = match.group(), match.end()
    if not text[stop].isspace():
        return mark[-1] in "。！？」』）" or _lacks_space(text, match)
    after = _first_word(text, stop, line_end)
    goes_on = after[:1].islower() and text[stop + 1 : stop + 2] not in _OPENERS
    if mark != ".":
        return not goes_on or (mark in "!?" and after in words.starters)
    before = _last_word(text, match.start(), begin)
    if match.start() - len(before) <= begin + 1 and _is_enumerator(before):
        return False
    if goes_on:
        return before.islower() and _is_slip(before, after, words)
    return _ends_after(before, after, words)


def _lacks_space(text: str, match: re.Match[str]) -> bool:
    """Tell whether the space after a full stop was forgotten ("... sanctions.A treaty"), and no domain is named."""
    if not _MISSING_SPACE.match(text, max(0, match.start() - 3)):
        return False
    after = _first_word(text, match.end(), match.end() + _REACH)
    return after.lower() not in _DOMAINS and "." not in after


def _is_enumerator(word: str) -> bool:
    """Tell whether a first word belongs to what follows: "3. The third point", "A. Smith"."""
    return len(word) <= _MAX_ENUMERATOR and (word.isdigit() or len(word) == 1)


def _first_word(text: str, start: int, end: int) -> str:
    found = _WORD_AFTER.search(text, start, min(end, start + 40))
    return found.group() if found else ""


def _last_word(text: str, end: int, begin: int) -> str:
    found = _WORD_BEFORE.search(text[max(begin, end - _REACH) : end])
    return found.group() if found else ""


def _ends_after(before: str, after: str, words: _Abbreviations) -> bool:
    """Tell whether a lone full stop between these two words ends a sentence; ``after`` has no small first letter."""
    word, follower = before.lower().lstrip("'‘-$"), after.lower()
    if word in words.never:
        return False
    if word in words.figure:
        return not after[:1].isdigit()
    if word in words.clock:
        return follower not in words.after_clock
    is_initial = (len(before) == 1 and before.isupper()) or (word[-2:-1] == "." and before[-1:].isalpha())
    return follower in words.starters if is_initial or word in words.either else True


def _is_slip(word: str, follower: str, words: _Abbreviations) -> bool:
    """Tell whether a small letter after a full stop is a typing slip ("equipment. this support ...")."""
    if len(word) < _MIN_PLAIN_WORD or not word.isalpha() or follower not in words.starters:
        return False
    return word not in words.never and word not in words.figure and word not in words.either
