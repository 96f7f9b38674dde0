"""What stands around a story in plain text: navigation, lists of links, comment threads, notices.

Owns the decision which lines of a page are no part of its story. Must never alter a sentence of the story and never
judge by its subject: only the shape of lines and a table of page furniture count.

Lines in the way of prose (long, ended by a full stop) are kept in doubt; headings such as "Comments" only cut when a
story stands before them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from news.tables import load_toml
from news.words.text import fold

__all__ = ["is_appeal", "is_prose", "strip_boilerplate"]

_LONG_LINE = 400
"""No furniture is longer; such lines are not looked at."""
_PROSE_CHARS = 60
_PROSE_WORDS = 25
_MIN_STORY_CHARS = 120
_MAX_NAME_WORDS = 5
_MAX_BAR_WORDS = 30
_MAX_PHRASE_WORDS = 60
_MIN_HEADERS = 2
_REPEATED_WORDS = 6

_EDGES = " \t.:;,!…»«>→›|•·*#_=~-—–[]()\"'0123456789"
_SENTENCE_END = re.compile(r"[.!?…。][\"'”’»)\]]*$")
_CRUMB = re.compile(r"\s*[»›→]\s*|\s+[>/|•·]\s+")
_COPYRIGHTS = ("©", "(c)", "copyright")
_COPYRIGHT = re.compile(r"^(?:©|\(c\)|copyright\b)\W*(?:©|\(c\))?\W*(?:19|20)\d\d|^©|^copyright ©", re.IGNORECASE)
_PHOTO = re.compile(
    r"^[(\[]?(?:photo|image|picture|foto|imagen|фото|изображение)s?(?:\s+(?:by|credit|courtesy|source)\b|\s*:)",
    re.IGNORECASE,
)
_AGO = re.compile(r"[•·|,-]?\s*\d{1,3} (?:second|minute|hour|day|week|month|year)s? ago$", re.IGNORECASE)
_STAMP = re.compile(
    r"\b\d{4}\b.{0,12}\b\d{1,2}[:.]\d\d\s*(?:[ap]\.?m\.?)?\s*(?:#|\(?reply\)?|permalink)?$", re.IGNORECASE
)
_ITEM = re.compile(r"^(?:\d{1,4}[.)]|[-*•·–])\s+")
_N_COMMENTS = re.compile(
    r"^\d{1,6}\s+(?:comments?|repl(?:y|ies)|responses?|thoughts?|comentarios?|комментари[а-я]{1,3})\b"
)
_BYLINE = re.compile(r"^(?:by|por|автор:?)\s+[^\W\d_]", re.IGNORECASE)
_GLUED_PLACE = re.compile(r"^([^\W\d_a-zа-я]{4,})(?=[^\W\d_a-zа-я][a-zа-я]{2,}\s)")


class _Furniture(NamedTuple):
    lines: frozenset[str]
    phrases: tuple[str, ...]
    invitations: tuple[str, ...]
    appeals: tuple[str, ...]
    bar: re.Pattern[str]
    lists: frozenset[str]
    comments: frozenset[str]
    header: re.Pattern[str]


def _entries(block: str) -> list[str]:
    return [fold(entry) for line in block.split("\n") for entry in line.strip().split("|") if entry]


@cache
def _furniture() -> _Furniture:
    table = load_toml("boilerplate.toml")
    bar = "|".join(re.escape(entry) for entry in sorted(_entries(table["bar"]), key=len, reverse=True))
    says = "|".join(str(table["says"]).split())
    return _Furniture(
        lines=frozenset(_entries(table["lines"])),
        phrases=tuple(_entries(table["phrases"])),
        invitations=tuple(_entries(table["invitations"])),
        appeals=(*_entries(table["phrases"]), *_entries(table["invitations"]), *_COPYRIGHTS),
        bar=re.compile(f"(?:{bar})"),
        lists=frozenset(_entries(table["lists"])),
        comments=frozenset(_entries(table["comments"])),
        header=re.compile(rf"^(?P<number>\d{{1,4}}[.)] )?(?P<name>[^\"“”,;!?]{{1,60}}) (?:{says}) ?:?$"),
    )


def strip_boilerplate(text: str, title: str = "") -> str:
    """Return ``text`` without the page around the story; what remains is unchanged and in order.

    Works on lines, with or without their indentation: breadcrumbs, bars of links, "read more" lists, advertising,
    sharing and copyright lines, bylines, photo credits, the repeated title, and everything from the comments on. A
    line "Source: X" stays, because it says where the story comes from. A place name that a page glued to the first
    word is set apart ("CARACASRussia" gives "CARACAS — Russia"). Text without line breaks is returned as it is.

    Known failures: a subheading straight below a list of links goes with it; a story told in short lines without full
    stops that follows such a heading is taken for the list.
    """
    if "\n" not in text.strip():
        return text
    lines = [line.strip() for line in text.split("\n")]
    lines = lines[: _find_comments(lines)]
    kept = _outside_lists(lines, _unwanted(lines, title))
    joined = "\n".join(_GLUED_PLACE.sub(r"\1 — ", line) for line in kept)
    return re.sub(r"\n{3,}", "\n\n", joined).strip()


def is_prose(line: str) -> bool:
    """Tell whether a line reads like the text of a story: long, and ended like a sentence or very long."""
    return (len(line) >= _PROSE_CHARS and _SENTENCE_END.search(line) is not None) or _n_words(line) >= _PROSE_WORDS


def _n_words(line: str) -> int:
    return line.count(" ") + 1 if line else 0


def _bare(line: str) -> str:
    """Return a short line folded, without bullets, figures and punctuation at its ends; empty for a long one."""
    return fold(line).strip(_EDGES) if 0 < len(line) <= _LONG_LINE else ""


def _find_comments(lines: Sequence[str]) -> int:
    """Return the index of the first line of the comments, or the number of lines if there are none."""
    n_chars = 0
    headers: list[int] = []
    for index, line in enumerate(lines):
        if is_prose(line) and not _is_comment_header(line):
            n_chars += len(line)
        elif n_chars >= _MIN_STORY_CHARS and line:
            if _is_comments_heading(line) or _opens_thread(line):
                return headers[0] if headers else index
            if _is_comment_header(line):
                headers.append(index)
    return headers[0] if len(headers) >= _MIN_HEADERS else len(lines)


def _is_comments_heading(line: str) -> bool:
    return _bare(line) in _furniture().comments or _N_COMMENTS.match(fold(line[:_LONG_LINE])) is not None


def _opens_thread(line: str) -> bool:
    found = _furniture().header.match(fold(line[:_LONG_LINE]))
    return found is not None and found["number"] in {"1. ", "1) "} and _n_words(found["name"]) <= _MAX_NAME_WORDS


def _is_comment_header(line: str) -> bool:
    """Tell whether a line only names who wrote the lines below it, and perhaps when."""
    if len(line) > _LONG_LINE or _SENTENCE_END.search(line):
        return False
    found = _furniture().header.match(fold(line))
    if found is not None:
        return _n_words(found["name"]) <= _MAX_NAME_WORDS
    return _n_words(line) <= _MAX_NAME_WORDS * 2 and bool(_AGO.search(line) or _STAMP.search(line))


def _unwanted(lines: Sequence[str], title: str) -> set[int]:
    """Return the indexes of lines that are furniture by themselves."""
    heads = _names_of(title)
    counts = Counter(lines)
    return {
        index
        for index, line in enumerate(lines)
        if line and len(line) <= _LONG_LINE and (_is_furniture(line) or _repeats(line, counts) or _bare(line) in heads)
    }


def _names_of(title: str) -> frozenset[str]:
    bare = _bare(title.strip())
    return frozenset((bare, f"title: {bare}")) if bare else frozenset()


def _repeats(line: str, counts: Counter[str]) -> bool:
    """Tell whether a short line stands in the text twice or more: the name of the site, a section."""
    return counts[line] > 1 and _n_words(line) <= _REPEATED_WORDS and not _SENTENCE_END.search(line)


def _is_furniture(line: str) -> bool:
    table, folded = _furniture(), fold(line)
    if folded.strip(_EDGES) in table.lines or _is_comments_heading(line) or not folded.strip(_EDGES):
        return True
    if is_appeal(line):
        return True
    if _PHOTO.match(line) or _is_byline(line):
        return _n_words(line) <= _MAX_PHRASE_WORDS
    return not _SENTENCE_END.search(line) and (_is_breadcrumb(line) or _is_bar(folded))


def may_appeal(text: str) -> bool:
    """Return whether any sentence of a text may be an appeal; False spares asking each of them."""
    folded = fold(text)
    return any(one in folded for one in _furniture().appeals)


def is_appeal(sentence: str) -> bool:
    """Return whether a line, or a sentence of one, is its page's own word to the reader: a notice or an invitation."""
    if not 0 < _n_words(sentence) <= _MAX_PHRASE_WORDS:
        return False
    table, folded = _furniture(), fold(sentence)
    is_phrase = any(phrase in folded for phrase in table.phrases)
    return is_phrase or folded.startswith(table.invitations) or _COPYRIGHT.match(sentence) is not None


def _is_byline(line: str) -> bool:
    return bool(_BYLINE.match(line)) and _n_words(line) <= _MAX_NAME_WORDS * 2 and not _SENTENCE_END.search(line)


def _is_breadcrumb(line: str) -> bool:
    """Tell whether a line is a path of short names ("Home » World » ..."); the last may be a title."""
    steps = _CRUMB.split(line)
    return len(steps) > 2 and all(_n_words(step) <= _MAX_NAME_WORDS for step in steps[:-1])  # noqa: PLR2004 - two steps may be "Title | Site"


def _is_bar(folded: str) -> bool:
    """Tell whether names of sections and services make up most of a line."""
    if _n_words(folded) > _MAX_BAR_WORDS:
        return False
    names = _furniture().bar.findall(folded)
    return len(names) >= _MIN_HEADERS and 2 * sum(map(len, names)) >= len(folded)


def _outside_lists(lines: Sequence[str], unwanted: set[int]) -> list[str]:
    """Return the lines that are neither unwanted nor part of a list of links."""
    kept: list[str] = []
    in_list = False
    for index, line in enumerate(lines):
        if line:
            in_list = _opens_list(line) or (in_list and not is_prose(line))
        if not in_list and index not in unwanted:
            kept.append(line)
    return kept


def _opens_list(line: str) -> bool:
    if len(line) > _LONG_LINE or (_SENTENCE_END.search(line) and is_prose(line)):
        return False
    head, colon, _ = line.partition(":")
    bare = _bare(_ITEM.sub("", head))
    return bare in _furniture().lists and (bool(colon) or _bare(line) == bare)
