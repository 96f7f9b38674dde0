"""The acts that words name, and when two of them are one: by class, by row of like acts, or by a phrase for one act.

Owns the tables of like acts for denials and the share of what is denied that another sentence has. Must never judge
whether a sentence denies anything: ``news.reports.negations`` does. English only.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache

from news.model import EntityKind
from news.names.entities import lookup
from news.reports.like_acts import cover, rows
from news.reports.tellings import Telling, listed
from news.tables import load_toml
from news.words.meanings import acts_in, is_date_word, meanings_in
from news.words.text import stem_words

_SAYING = frozenset({"deny", "announce", "accuse", "reject", "condemn", "discover"})
_FINDING = re.compile(r"\b(?:find|finds|found|finding) (?:that|no|nothing|any|evidence|out)\b")
OR_ELSE = re.compile(
    r"\b(?:or|nor|and) (?:any|some|no)?(?:where|one|body|thing|time)? ?(?:at any )?(?:else|elsewhere|other \w+)\b.*"
)
"""Where what is said goes on to others than those whom it is about."""


@cache
def light_stems() -> frozenset[str]:
    """Return the stems of words that say nothing of what is denied."""
    return frozenset(stem for word in listed("negation", "light") for stem in stem_words(word))


@cache
def _idiom_words() -> tuple[tuple[re.Pattern[str], str], ...]:
    table: Mapping[str, str] = load_toml("contrast.toml")["same"]
    return tuple((re.compile(rf"\b(?:{text})\b"), word) for word, text in table.items())


@cache
def _idiom_starts() -> tuple[str, ...]:
    """Return the words of which one stands in every text that has an idiom: each begins with one."""
    table: Mapping[str, str] = load_toml("contrast.toml")["same"]
    return tuple(sorted({one.split()[0] for text in table.values() for one in text.split("|")}))


def plain_text(words: Sequence[str]) -> str:
    """Return the words with phrases that stand for one act replaced by it: "changed hands" is paid."""
    text = " ".join(words)
    if "else" in text or "other" in text:
        text = OR_ELSE.sub("", text)
    if any(start in text for start in _idiom_starts()):
        for phrase, word in _idiom_words():
            text = phrase.sub(word, text)
    return text


def is_act_told(verb: str, quote: str) -> bool:
    """Return whether a sentence has a verb, or another one of the same act; true of no verb."""
    if not verb:
        return True
    ours, theirs = meanings_in(verb), meanings_in(quote)
    return bool(ours & theirs) or cover(ours, theirs) > 0


@lru_cache(maxsize=1 << 12)
def is_act(word: str) -> bool:
    """Return whether a word names an act of any class or row."""
    return bool(acts_among((word,)))


@lru_cache(maxsize=1 << 12)
def acts_of(telling: Telling) -> frozenset[str]:
    """Return the classes of acts that a telling names, and the rows of like acts; a month is no march."""
    pairs = zip(telling.tokens, telling.lows, strict=True)
    return acts_among(tuple(low for token, low in pairs if not (token[0].isupper() and is_date_word(low))))


@lru_cache(maxsize=1 << 12)
def acts_among(words: tuple[str, ...]) -> frozenset[str]:
    """Return the classes of acts of words, and the rows of like acts."""
    plain = plain_text(words).replace("on board", "")  # where somebody is, and no act of loading
    stems = stem_words(plain)
    idle = _SAYING if _FINDING.search(plain) else _SAYING - {"discover"}
    return frozenset(acts_in(plain) - idle).union(*(rows().get(stem, frozenset()) for stem in stems))


@lru_cache(maxsize=1 << 11)
def meant_by(words: tuple[str, ...]) -> frozenset[str]:
    """Return the meanings of words, those of days and those that say nothing left off."""
    plain = plain_text(tuple(_country(low) for low in words if not is_date_word(low)))
    return meanings_in(plain) - light_stems()


@lru_cache(maxsize=1 << 13)
def _country(low: str) -> str:
    """Return the word for a country where a word is one for its people: "afghan" is Afghanistan."""
    found = lookup(low) if len(low) > 3 and low.isalpha() else ()  # noqa: PLR2004 - "us", "man"
    is_country = bool(found) and found[0].kind is EntityKind.PLACE and not found[0].within
    return found[0].key.partition(":")[2].replace("-", "") if is_country else low
