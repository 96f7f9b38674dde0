"""What a new article itself sets against somebody else's account: "disputing the ministry's toll of six".

Owns the finding of sentences that name the other side's value beside their own, or say that the other side is wrong,
and the tie of what they contest to a stored sentence. Must never judge who is right, nor choose the story.

Whoever writes against another account mostly says so: "police had said that no ransom was paid", "not 62 as the
government claims", "the commissioner speaks of 37". Such a sentence needs no likeness of words to the stored one: it
has the other side's value, which the stored article has, and one of its own, which it has not. Numbers and what is
turned down for something else are compared in English, Spanish and Russian, other statements in English only.

Known failures: a body that takes its own account back looks like one that contests it, unless a pronoun says so ("which
had first spoken of twelve").
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from news.decision import FactKind, StoredReport
from news.disputes.frames import list_parts
from news.model import Modality
from news.reports.explicit import Difference
from news.reports.progress import is_development
from news.reports.tellings import listed
from news.tables import load_toml
from news.words.ages import is_age
from news.words.meanings import meanings_in
from news.words.measures import Measure, is_held, measures_in
from news.words.small_letters import small
from news.words.text import content_terms, lower_in_place, stem_words
from news.words.vocabulary import language_of

__all__ = [
    "Contest",
    "contested_in",
    "find_contested",
    "find_cue",
    "find_turned_down",
    "is_contesting",
    "names_earlier",
    "names_other",
]

_APART = 0.05
_SIZE, _LARGE = 10, 20
_BACK = 3
_HALF = 0.5
_MAX_QUOTE = 700
_REACH, _BEHIND = 90, 40
_MIN_TOKENS = 3
_TIMES = re.compile(r" ?(?:times|veces|раза?)\b", re.IGNORECASE)
"""Behind a number that counts nothing."""
_TWICE = re.compile(r"twice|thrice|doubled?|doble|triple|вдвое|втрое", re.IGNORECASE)
_THAT = re.compile(r"[^.;]{0,80}?\bthat\b(?! (?:day|night|week|month|year|time|moment|morning|evening)\b)")
"""What stands before that which is said: "on Tuesday, when the deal was announced, that"."""


@dataclass(frozen=True, slots=True)
class Contest:
    """A sentence of the article by its place in the list given, the stored sentence, and the two values."""

    sentence: int
    stored: StoredReport
    values: Difference


@cache
def _cues(language: str, name: str) -> re.Pattern[str]:
    table: Mapping[str, Mapping[str, str]] = load_toml("contested.toml")
    rows = (row.strip() for row in str(table[language].get(name, "")).split("\n"))
    return small("|".join(filter(None, rows)) or r"(?!)")


def is_contesting(quote: str) -> bool:
    """Return whether an English sentence says that it gives its value against somebody else's."""
    return bool(_cues("en", "contest").search(_flatten(quote, "en")))


def names_other(quote: str, value: str) -> bool:
    """Return whether a sentence tells what others say and has a number of theirs: "the ministry had reported five"."""
    numbers = _numbers_in(value)
    return bool(numbers) and find_cue(quote) is not None and is_held(numbers[0], _numbers_in(quote))


def names_earlier(quote: str) -> bool:
    """Return whether a sentence names an earlier value of the same side: "it had first spoken of", "up from"."""
    language = language_of(quote)
    is_listed = language in load_toml("contested.toml")
    return is_listed and bool(_cues(language, "earlier").search(_flatten(quote, language)))


@lru_cache(maxsize=1 << 12)
def find_cue(quote: str) -> tuple[int, int, str] | None:
    """Return where a sentence names another account, and how: ``contest`` or ``others``; None for nowhere."""
    language = language_of(quote)
    if language not in load_toml("contested.toml"):
        return None
    text = _flatten(quote, language)
    own = _cues(language, "own").search(text)
    for name in ("contest", "others"):
        found = _cues(language, name).search(text)
        if found is not None and not (own is not None and own.start() <= found.start() < own.end()):
            return found.start(), found.end(), name
    return None


def find_contested(quotes: Sequence[str], stored: Sequence[StoredReport]) -> Iterator[Contest]:
    """Yield what the sentences of an article contest in stored ones, in order of the sentences.

    Args:
        quotes: the sentences of the article in order.
        stored: sentences of other voices, of one story.
    """
    if not stored or not any(find_cue(quote) or find_turned_down(quote) for quote in quotes):
        return
    told = [measure for one in stored for measure in _numbers_in(one.report.quote)]
    for at, quote in enumerate(quotes):
        if is_development(quote):
            continue
        cue, before = find_cue(quote), quotes[max(0, at - _BACK) : at][::-1]
        found = _number(at, quote, before, cue, stored, told) if cue is not None else None
        found = found or _turned_down(at, quote, stored)
        if found is None and cue is not None:
            found = _statement(at, quote, before, cue, stored)
        if found is not None:
            yield found


@lru_cache(maxsize=1 << 12)
def _numbers_in(quote: str) -> tuple[Measure, ...]:
    """Return the numbers of a sentence, read in its own language."""
    return measures_in(quote, language_of(quote))


def _flatten(quote: str, language: str) -> str:
    """Return a sentence in small letters, letter for letter, in which the first word of each number is all digits.

    So "two" is a number as "2" is, and the comma of "6,200" ends no clause.
    """
    text = lower_in_place(quote[:_MAX_QUOTE])
    for one in measures_in(quote[:_MAX_QUOTE], language):
        if one.value > 1:
            end = text.find(" ", one.start, one.end)
            end = one.end if end < 0 else end
            text = f"{text[: one.start]}{'0' * (end - one.start)}{text[end:]}"
    return text


def contested_in(quote: str) -> tuple[Measure, ...]:
    """Return the numbers of a sentence that may be those of another account that it names."""
    cue = find_cue(quote)
    if cue is None:
        return ()
    told = [one for one in _numbers_in(quote) if not _is_factor(quote, one)]
    behind = tuple(one for one in told if cue[0] <= one.start <= cue[1] + _REACH)
    if behind or not _cues(language_of(quote), "mismatch").search(_flatten(quote, language_of(quote))):
        return behind
    return tuple(one for one in told if one.start < cue[0])  # "the figure of nine does not match the facts"


def _is_factor(quote: str, number: Measure) -> bool:
    """Return whether a number counts nothing: "three times the number given by the ministry", "twice the 12"."""
    return bool(_TIMES.match(quote, number.end) or _TWICE.fullmatch(quote, number.start, number.end))


def _number(
    at: int,
    quote: str,
    before: Sequence[str],
    cue: tuple[int, int, str],
    stored: Sequence[StoredReport],
    told: Sequence[Measure],
) -> Contest | None:
    """Return the number of the other side that a sentence names, with its own: one that no stored sentence has.

    Its own one may stand in one of the sentences before it, nearest first.
    """
    here = _numbers_in(quote)
    for theirs in contested_in(quote):
        one = next((one for one in stored if is_held(theirs, _numbers_in(one.report.quote))), None)
        if one is None:
            continue
        own = [(quote, other) for other in here if other is not theirs]
        others = [(text, other) for text in before if not is_development(text) for other in _numbers_in(text)]
        if own:  # "the ministry had reported five cases and three deaths": it is the cases that may be counted before
            own += [(text, other) for text, other in others if _is_kin((text, other), (quote, theirs))]
        rivals = [
            (text, other)
            for text, other in own or others
            if _is_rival(other, theirs) and not is_held(other, told) and not is_age(text, other.start, other.end)
        ]
        if not own and theirs.start == cue[1]:  # "one tank and not two"
            rivals += [(quote, one) for one in _singles(quote[: cue[0]]) if not theirs.kind]
        fresh = min(rivals, key=lambda rival: _distance(rival[1], theirs), default=None)
        if fresh is not None:
            values = Difference(FactKind.FIGURE, _say(*fresh), _say(quote, theirs))
            return Contest(at, one, values)
    return None


def _singles(text: str) -> list[Measure]:
    """Return each "one" of a text, which counts nothing where it is not set against a number."""
    found = _cues(language_of(text), "single").finditer(lower_in_place(text))
    ones = (Measure(1.0, "", 0.0, is_open=False, bare=1.0, start=one.start(), end=one.end()) for one in found)
    return list(ones)


def _distance(one: Measure, other: Measure) -> float:
    """Return how far two numbers are apart: of several the nearest in size is meant, not that of a "second bridge"."""
    pairs = ((one.value, other.value), (one.bare, other.bare))
    return min(abs(math.log((abs(here) + 1) / (abs(there) + 1))) for here, there in pairs)


def _is_rival(one: Measure, other: Measure) -> bool:
    """Return whether two numbers measure the same and differ by more than their wording."""
    if one.is_open or other.is_open or (one.kind != other.kind and one.kind and other.kind):
        return False
    if one.kind != other.kind:  # "1.1 billion dollars, not the 1.4 billion"
        is_one_size = min(one.bare, other.bare) * _SIZE > max(one.bare, other.bare) > _LARGE
        return is_one_size and {one.kind, other.kind} <= {"", "usd", "eur", "gbp", "length", "mass", "volume", "share"}
    return abs(one.value - other.value) > max(abs(one.value), abs(other.value)) * _APART


def _is_kin(here: tuple[str, Measure], there: tuple[str, Measure]) -> bool:
    """Return whether two numbers of sentences count one thing: in the words behind them, or by the part they play."""
    return bool(_nouns(*here) & _nouns(*there)) or _part(*here) == _part(*there) != ""


def _part(quote: str, measure: Measure) -> str:
    """Return which part a number plays in its event: ``dead``, ``hurt``; empty for none."""
    return next((one.name for one in list_parts(quote) if one.measure.start == measure.start), "")


def _nouns(quote: str, measure: Measure) -> frozenset[str]:
    """Return the stems of the two words behind a number."""
    words = re.findall(r"[^\W\d_]+", quote[measure.end : measure.end + _BEHIND])[:2]
    return frozenset(stem for word in words for stem in stem_words(word, language_of(quote)))


def _say(quote: str, measure: Measure) -> str:
    """Return a number as written, with the word right after it where that is one that says of what."""
    after = re.match(r"%| [\w-]+", quote[measure.end : measure.end + 24])
    is_thing = after is not None and bool(after[0] == "%" or content_terms(after[0], language_of(quote)))
    return " ".join(quote[measure.start : measure.end + (after.end() if after and is_thing else 0)].split())


def _statement(
    at: int, quote: str, before: Sequence[str], cue: tuple[int, int, str], stored: Sequence[StoredReport]
) -> Contest | None:
    """Return the statement of the other side that a sentence repeats, where its own one denies it."""
    if language_of(quote) != "en":
        return None
    clause, own = _split(quote, cue)
    meant = meanings_in(clause) - _faint()
    if not meant:
        return None
    is_denied = _is_negated(clause)
    if cue[2] != "contest":
        is_own = len(own.split()) > _MIN_TOKENS and bool(meanings_in(own) & meant)
        least = 1 if is_own else _HALF * len(meant)
        told = (one for one in ((own,) if is_own else map(_own_part, before)) if len(meanings_in(one) & meant) >= least)
        if _is_negated(next(told, clause)) is is_denied:
            return None
    held = next((one for one in stored if _tells(one.report.quote, meant, is_denied=is_denied)), None)
    if held is None:
        return None
    values = (Modality.HAPPENED, Modality.DENIED) if is_denied else (Modality.DENIED, Modality.HAPPENED)
    return Contest(at, held, Difference(FactKind.STATUS, values[0].value, values[1].value))


def _own_part(quote: str) -> str:
    """Return a sentence up to where it says that another account is wrong: "contradicting the assurance that"."""
    cue = find_cue(quote)
    return quote[: cue[0]] if cue is not None and cue[2] == "contest" else quote


@lru_cache(maxsize=1 << 12)
def find_turned_down(quote: str) -> str:
    """Return what a sentence turns down though others say it: "leak" of "not because of a leak, as they claim"."""
    language = language_of(quote)
    if language not in load_toml("contested.toml"):
        return ""
    found = _cues(language, "rejected").search(lower_in_place(quote[:_MAX_QUOTE]))
    what = next(filter(None, found.groups()), "") if found is not None else ""
    return "" if measures_in(what, language) else what


def _turned_down(at: int, quote: str, stored: Sequence[StoredReport]) -> Contest | None:
    """Return the stored sentence that tells what a sentence turns down for something else."""
    language = language_of(quote)
    meant = meanings_in(find_turned_down(quote), language) - _faint()
    if not meant:
        return None
    told = [one for one in stored if language_of(one.report.quote) == language]
    told = [one for one in told if _tells(one.report.quote, meant, is_denied=False)]
    if not told:
        return None
    held = max(told, key=lambda one: len(meant & meanings_in(one.report.quote, language)))
    return Contest(at, held, Difference(FactKind.STATUS, Modality.DENIED.value, Modality.HAPPENED.value))


def _split(quote: str, cue: tuple[int, int, str]) -> tuple[str, str]:
    """Return what the other side is said to have said, and the rest of the sentence."""
    start, end, _ = cue
    after = quote[end : end + 2 * _REACH]
    said = _cues("en", "others").search(after)
    if cue[2] == "contest" and said is not None:
        after = after[said.end() :]
    said_that = _THAT.match(after)
    after = after[said_that.end() :] if said_that is not None else after
    return re.split(r"[.;]|, (?:and|but|which|who)\b|\band that\b", after.lstrip(" ,"), maxsplit=1)[0], quote[:start]


@cache
def _faint() -> frozenset[str]:
    return meanings_in(" ".join(listed("negation", "light") | {"that", "nobody", "none", "only", "because"}))


def _is_negated(text: str) -> bool:
    return bool(
        re.search(
            r"\b(?:not|no|never|nobody|none|nothing|without|neither|nor|nunca|nadie|sin|не|нет|никто|без)\b|n['’]t\b",
            text,
            re.IGNORECASE,
        )
    )


def _tells(quote: str, meant: frozenset[str], *, is_denied: bool) -> bool:
    """Return whether a stored sentence tells or denies what is contested."""
    held = meanings_in(quote, language_of(quote))
    return len(meant & held) >= _HALF * len(meant) and _is_negated(quote) is is_denied
