"""Articles that tell of another time: a narrative that its opening sets in the past, and that stays there.

Owns the time in which each sentence is told. Must never weigh whether what is told is known, nor look at a store.

A date at the head of a sentence ("In July 1983 there was ...", "On 3 October that year ...") or one that the sentence
presents ("it was Sunday, 2 April 2017", "think of the night of 9 January 1974") sets the time of what follows, until
another does: the reference time of Reichenbach (1947), carried on as in Kamp and Rohrer (1983). A date inside a
sentence on something else ("jailed for the murder of 2017") sets none, and neither does the past before the past ("in
2019 it had burnt"), which is background of the news. A recent day in the genitive ("Monday's crash") points at what is
known; any other one tells news.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from functools import cache

from news.model import Precision, Reading, Sentence, TimeExpression
from news.tables import load_toml

__all__ = ["is_retrospect"]

_OPENING_SENTENCES = 3
_MOST_BEFORE = 0.4
_LEAST_WORDS = 25
_HEAD_CHARS = 120
"""What stands before a date is looked at as far back as a head of a sentence is long."""
_MOST_DATES = 8
"""Dates of one sentence that are looked at: a sentence with more is a list."""
_YEAR = timedelta(days=365)
_PRESENTED = re.compile(
    r"(?i)\b(?:(?:it|this|that) (?:is|was|happened|began|started)\b[^.;:]{0,40}|(?:nights?|days?|mornings?|evenings?|"
    r"afternoons?|weeks?|weekend|months?|winter|spring|summer|autumn|fall|years?|hours?|events?|scenes?) of "
    r"(?:\w+ ){0,2}|(?:talk|speak|think|thought|tell|recalls?|remember|remembers|remembered) (?:of|about)? ?(?:the )?)$"
)
_BEFORE_PAST = re.compile(r"^[^,;]{0,60}\b(?:had|has|have) (?!to\b)")
_SUBORDINATE = re.compile(r"(?i)\b(?:that|who|which|when|where|whose|after|because|as)\b")
_RECENT = re.compile(
    r"(?i)\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b|\b(?:today|yesterday|tonight|this|last (?:week|month|night))\b"
)
_NOW = re.compile(r"(?i)\b(?:this time|this year|so far this)\b")
_WORD = re.compile(r"[^\W_]+")
_QUOTED = re.compile(r"[\"“][^\"“”]{0,400}[\"”]")
_GENITIVE = ("'s", "’s")
_FINE = frozenset({Precision.DAY, Precision.MONTH, Precision.SEASON, Precision.YEAR})


def _is_old(one: TimeExpression, horizon: date) -> bool:
    """Return whether a date lies before the horizon; a bare year only if it is not the last but one."""
    last = one.span.last_on
    if one.span.precision not in _FINE or last is None or last >= horizon:
        return False
    return one.span.precision is not Precision.YEAR or horizon - last >= _YEAR


@cache
def _head_words() -> frozenset[str]:
    return frozenset(str(load_toml("lookback.toml")["head"]["words"]).split())


def _is_head(before: str) -> bool:
    if len(before) > _HEAD_CHARS:
        return False
    return all(word.casefold() in _head_words() or word.isdigit() for word in _WORD.findall(before))


def _sets_time(sentence: Sentence, one: TimeExpression) -> bool:
    """Return whether a date of a sentence is the time of what follows."""
    start, end = one.start - sentence.start, one.end - sentence.start
    before, after = sentence.text[:start], sentence.text[end:]
    if not _is_head(before):
        return bool(_PRESENTED.search(before[-_HEAD_CHARS:]))
    perfect = _BEFORE_PAST.search(after[:_HEAD_CHARS])
    return perfect is None or bool(_SUBORDINATE.search(perfect.group()))


def _is_news(sentence: Sentence, one: TimeExpression, horizon: date, dates: Sequence[TimeExpression]) -> bool:
    """Return whether a date of a sentence says that something of late is told, and not alluded to."""
    last, text = one.span.last_on, one.text.casefold()
    if last is None or last < horizon or text.startswith("that ") or one.span.precision is Precision.YEAR:
        return False
    start, end = one.start - sentence.start, one.end - sentence.start
    if sentence.text[end : end + 2] in _GENITIVE or sentence.text[start:end].endswith(_GENITIVE):
        return False
    if any(found.start() < start < found.end() for found in _QUOTED.finditer(sentence.text)):
        return False
    is_apposed = any(0 <= one.start - other.end <= len(", on a ") and _is_old(other, horizon) for other in dates)
    return not is_apposed and (bool(_RECENT.search(text)) or any(letter.isdigit() for letter in text))


def _dates_by_sentence(reading: Reading) -> Iterator[tuple[Sentence, list[TimeExpression]]]:
    """Yield each sentence with its first dates; both stand in the order of the text."""
    at, dates = 0, reading.dates
    for sentence in reading.sentences:
        own: list[TimeExpression] = []
        while at < len(dates) and dates[at].start < sentence.end:
            if dates[at].start >= sentence.start and len(own) < _MOST_DATES:
                own.append(dates[at])
            at += 1
        yield sentence, own


def is_retrospect(reading: Reading, horizon: date) -> bool:
    """Return whether an article tells a past time: before ``horizon``, from its opening on, with no news of late.

    English only. An article whose past is less than 25 words, or begins after the third sentence, is none.
    """
    if reading.language not in {"en", ""} or not reading.sentences:
        return False
    set_at: int | None = None
    for place, (sentence, own) in enumerate(_dates_by_sentence(reading)):
        if _NOW.search(sentence.text) or any(_is_news(sentence, one, horizon, own) for one in own):
            return False
        is_opening = set_at is None and place < _OPENING_SENTENCES
        if is_opening and any(_is_old(one, horizon) and _sets_time(sentence, one) for one in own):
            set_at = place
    if set_at is None:
        return False
    lengths = [len(_WORD.findall(sentence.text)) for sentence in reading.sentences]
    before, rest = sum(lengths[:set_at]), sum(lengths[set_at:])
    return rest >= _LEAST_WORDS and before <= _MOST_BEFORE * (before + rest)
