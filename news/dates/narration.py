"""In which time an article is told: what share of what it narrates lies long past, and what share in these days.

Owns the time of each sentence. Must never weigh whether what is told is known, nor look at a store.

A date that the main clause of a sentence is told on ("In July 1983 there was ...", "she jumped in the summer of 2019"),
or that the sentence presents ("it was Sunday, 2 April 2017", "of the evening in July 2024 when ..."), sets the time of
what follows until another does: the reference time of Reichenbach (1947), carried on as in Kamp and Rohrer (1983). A
date in a clause that hangs on the main one, or in what the act was about ("jailed for the murder of 2017"), sets none,
and neither does the past before the past ("in 2019 it had burnt"). The present frames ("she keeps the register to this
day"), and so do what is to come, a commemoration, and a recent event in the genitive ("Monday's crash"): they count for
neither side. What opens an article in the past without a date is told of these days, as everywhere in the news, unless
the next sentence says when it was.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from datetime import date
from enum import Enum
from functools import cache
from itertools import islice

from news.dates.clause_tenses import Verb, blank_quotes, is_known
from news.dates.lookback import is_done_now, is_revelation
from news.dates.told_on import Says, alludes, says_of
from news.model import Article, Reading, Sentence, TimeExpression
from news.names.entities import lookup
from news.tables import load_toml
from news.words.records import bounds_record, heads_record
from news.words.small_letters import small
from news.words.text import content_terms

__all__ = ["Told", "describe_telling", "is_narrated_past", "remembers"]

_MAX_SENTENCES = 120
_MOST_DATES = 8
"""Dates of one sentence that are looked at: a sentence with more is a list."""
_OPENING_SENTENCES = 3
_MOST_BEFORE = 0.4
_LEAST_HEADS = 2
_LEAST_WORDS = 8
_LEAST_SHARE = 0.7
_LEAST_OF_ALL = 0.5
_CLOSING = 0.5
"""What one sentence on these days at the very end weighs: so a feature leaves its people."""
_FRAMING = frozenset({Verb.PRESENT, Verb.FUTURE, Verb.NEVER, Verb.NONE, Verb.SAID})
_BEGINS = small(r"^\W*(?:it|this|all this|everything) (?:all )?(?:began|started|happened|ended)\b")
_SPEAKS_OF_TIMES = small(r"\b(?:this time|so far this)\b")
_RECALLS = small(
    r"\brecall(?:s|ed|ing)?(?=[.,;:]|$| (?:how|that|when|what|seeing|hearing|being|"
    r"(?:an?|the) (?:day|night|hour|moment|morning|"
    r"evening|flood|fire|storm|crash|quake|earthquake|war|blast|explosion|sounds?|smell|noise|voices?|faces?|fear|silence))\b)"
)
"""What is recalled otherwise is an ambassador, or a product."""
_COUNTED = (Verb.PAST, Verb.PASSIVE, Verb.PERFECT, Verb.FUTURE, Verb.NONE)
"""Of these the shares are told."""
_MAX_DESCRIBED, _MOST_OLD = 40, 20
_WRITER = small(r"^\W*(?:and |but )?i\b")
_WORD = re.compile(r"[^\W_]+")


class Told(Enum):
    """The time of a sentence."""

    PAST = "past"
    NOW = "now"
    OPEN = "open"
    """A past without a date, before any date was told."""
    FRAME = "frame"


@cache
def _words_of(table: str) -> re.Pattern[str]:
    words = "|".join(re.escape(word).replace(r"\ ", " ") for word in load_toml("lookback.toml")[table]["words"])
    return small(rf"(?<!\w)(?:{words})(?!\w)")


@cache
def _anniversary(part: str) -> re.Pattern[str]:
    table = load_toml("lookback.toml")["anniversary"]
    time = f"(?:{'|'.join(table['time'])})"
    return small("|".join(one.replace("{time}", time) for one in table[part]))


def _dates_by_sentence(reading: Reading) -> Iterator[tuple[Sentence, list[TimeExpression]]]:
    """Yield each sentence with its first dates; both stand in the order of the text.

    A date since which something is a record is none: nothing is told of it.
    """
    at, dates = 0, reading.dates
    for sentence in reading.sentences[:_MAX_SENTENCES]:
        own: list[TimeExpression] = []
        while at < len(dates) and dates[at].start < sentence.end:
            begins = dates[at].start - sentence.start
            if begins >= 0 and len(own) < _MOST_DATES and not bounds_record(sentence.text, begins):
                own.append(dates[at])
            at += 1
        yield sentence, own


def _is_news(text: str, says: Says, language: str) -> bool:
    """Return whether a sentence tells an act of these days by its own words."""
    is_peg = (
        says.is_dated_old and bool(says.verbs) and not says.narrates
    )  # "when it burned last week, all thought of 1934"
    if says.is_new and not is_peg and not _WRITER.search(text):
        return True
    if Verb.PERFECT in says.verbs:
        return language != "en" or is_done_now(text)
    return bool(_SPEAKS_OF_TIMES.search(text))


def _commemorates(text: str, says: Says) -> bool:
    """Return whether a sentence says how long ago something was, or what is done on a day of remembrance of it."""
    if _anniversary("sentences").search(text):
        return True
    return says.is_dated_old and bool(_words_of("commemoration").search(text) or _words_of("memory").search(text))


def _told(text: str, says: Says, ref: Told, *, language: str, remembers: bool) -> Told:
    is_memory = bool(_words_of("memory").search(text) or _words_of("commemoration").search(text))
    if not is_memory and _is_news(text, says, language):
        return Told.NOW
    if says.is_old or (ref is Told.PAST and says.has_past):
        return Told.PAST
    if ref is Told.OPEN and not is_memory and Verb.SAID in says.verbs and len(says.verbs) > 1:
        return Told.NOW  # "the plant will close, its owner said"
    first = next(iter(says.verbs), Verb.NONE)
    if remembers and says.is_far and (is_memory or first not in {Verb.PAST, Verb.PASSIVE}):
        return Told.PAST
    if first in _FRAMING or not says.narrates or is_memory or ref is Told.PAST:
        return Told.FRAME
    return Told.NOW if ref is Told.NOW else Told.OPEN


def _told_times(
    reading: Reading, horizon: date, *, remembers: bool, looks_back: bool, n_sentences: int = _MAX_SENTENCES
) -> list[Told]:
    """Return the time of each of the first sentences, in order; nothing for a language without tenses.

    ``remembers``: people remember in it, so that what hangs on "she still keeps the coat that he wore in May 2019", or
    "ten years after the ferry sank", is what it tells of. Where a sentence says that it is ten years since, what
    follows was then. ``looks_back``: the title says so; then what stands before the first date of the past was then.
    """
    if not is_known(reading.language):
        return []
    found: list[Told] = []
    ref, language = Told.OPEN, reading.language or "en"
    for sentence, dates in islice(_dates_by_sentence(reading), n_sentences):
        says, text = says_of(sentence, dates, horizon, language), blank_quotes(sentence.text)
        told = _told(text, says, ref, language=language, remembers=remembers)
        if told is Told.OPEN and (_BEGINS.search(text) or any(alludes(sentence, one, horizon) for one in dates)):
            told = Told.FRAME
        if told is Told.PAST and (says.is_presented or looks_back):
            found = [Told.PAST if one is Told.OPEN else one for one in found]
        if told in {Told.PAST, Told.NOW}:
            ref = told
        if ref is Told.OPEN and _commemorates(text, says):
            told, ref = Told.FRAME, Told.PAST
        found.append(told)
    return [Told.NOW if one is Told.OPEN else one for one in found]


def remembers(article: Article, reading: Reading) -> bool:
    """Return whether people remember in an article, or live with what was: by its words alone."""
    texts = [article.title.casefold(), *(one.text.casefold() for one in reading.sentences[:_MAX_SENTENCES])]
    if any(_words_of("memory").search(text) or _RECALLS.search(text) for text in texts):
        return True
    return any(_words_of("lasting").search(text) for text in texts[: _OPENING_SENTENCES + 1])


def is_narrated_past(article: Article, reading: Reading, horizon: date) -> bool:
    """Return whether most of what an article narrates lies before ``horizon``, from its opening on.

    English, Spanish and Russian. An article whose past is less than eight words, begins after the third sentence or
    after anything that is told of these days is none, nor is one whose title names what only the sentences on these
    days tell, or one that says of itself that it brings old things to light.
    """
    if is_revelation(article, reading):
        return False
    looks_back = _anniversary("titles").search(article.title.casefold()) is not None
    if not looks_back and (heads_record(article.title) or not _opens_in_past(reading, horizon)):
        return False  # most articles: what follows takes a look at all of it
    told = _told_times(reading, horizon, remembers=remembers(article, reading), looks_back=looks_back)
    return _is_mostly_past(article, reading, told)


def _opens_in_past(reading: Reading, horizon: date) -> bool:
    opening = _told_times(reading, horizon, remembers=True, looks_back=False, n_sentences=_OPENING_SENTENCES)
    return Told.PAST in opening


def _is_mostly_past(article: Article, reading: Reading, told: Sequence[Told]) -> bool:
    first = told.index(Told.PAST) if Told.PAST in told else len(told)
    lengths = _lengths(reading, told)
    if first >= _OPENING_SENTENCES or Told.NOW in told[:first] or sum(lengths[:first]) > _MOST_BEFORE * sum(lengths):
        return False
    past = sum(n for n, one in zip(lengths, told, strict=True) if one is Told.PAST)
    now = sum(n for n, one in zip(lengths, told, strict=True) if one is Told.NOW)
    if len(told) > _OPENING_SENTENCES and Told.NOW not in told[:-1] and told[-1] is Told.NOW:
        now = round(_CLOSING * now)
    if past < _LEAST_WORDS or past < _LEAST_SHARE * (past + now) or past < _LEAST_OF_ALL * sum(lengths):
        return False
    return not _heads_news(article, reading, told)


def _lengths(reading: Reading, told: Sequence[Told]) -> list[int]:
    return [len(_WORD.findall(blank_quotes(one.text))) for one in reading.sentences[: len(told)]]


def describe_telling(article: Article, reading: Reading, horizon: date) -> dict[str, float]:
    """Return signs that an article as a whole looks back to before ``horizon``, by name; all lie from 0 to 5.

    Nothing where the opening is not told in the past, and neither headline nor opening says how long ago something was
    or that somebody remembers it: so most articles are.

    ``past`` is the share of words told of that time, ``opens_now`` says that the first sentence is told of these days,
    ``recent`` counts the sentences with an act of these days, and ``tells_*`` are the shares of sentences by the first
    verb. ``years``: the headline says how many years it is. ``old_days`` counts the days named that lie before the
    horizon; ``old_only``: there are such, and none after it.
    """
    title, front = article.title.casefold(), _front_of(article, reading)
    is_dated = _anniversary("ago").search(title) is not None
    recalls = _words_of("memory").search(front) is not None
    if not (is_dated or recalls or _anniversary("ago").search(front) or _opens_in_past(reading, horizon)):
        return {}
    looks_back = _anniversary("titles").search(title) is not None
    is_remembered = remembers(article, reading)
    told = _told_times(reading, horizon, remembers=is_remembered, looks_back=looks_back)
    lengths = _lengths(reading, told)
    past = sum(n for n, one in zip(lengths, told, strict=True) if one is Told.PAST)
    return {
        "past": past / max(1, sum(lengths)),
        "opens_now": float(told[:1] == [Told.NOW]),
        "years": float(is_dated or looks_back),
        "remembered": float(is_remembered),
        "recalled": float(recalls),
        "that_day": float(_anniversary("then").search(front) is not None),
        **_describe_sentences(reading, horizon),
        **_describe_days(reading, horizon),
    }


def _front_of(article: Article, reading: Reading) -> str:
    sentences = (one.text for one in reading.sentences[:_OPENING_SENTENCES])
    return " ".join((article.title, *sentences)).casefold()


def _describe_sentences(reading: Reading, horizon: date) -> dict[str, float]:
    language = reading.language or "en"
    dated = islice(_dates_by_sentence(reading), _MAX_DESCRIBED) if is_known(reading.language) else ()
    says = [(sentence, says_of(sentence, dates, horizon, language)) for sentence, dates in dated]
    recent = [_is_news(blank_quotes(sentence.text), one, language) for sentence, one in says]
    verbs = [next(iter(one.verbs), Verb.NONE) for _, one in says]
    shares = {f"tells_{verb}": verbs.count(verb) / max(1, len(verbs)) for verb in _COUNTED}
    return {
        "recent": math.log1p(sum(recent)),
        "opens_recent": float(any(recent[:2])),
        "opens_bare": float(verbs[:1] == [Verb.NONE]),
        **shares,
    }


def _describe_days(reading: Reading, horizon: date) -> dict[str, float]:
    days = [one.span.last_on for one in reading.dates if one.span.last_on is not None]
    n_old = sum(day <= horizon for day in days)
    return {"old_days": math.log1p(min(n_old, _MOST_OLD)), "old_only": float(0 < n_old == len(days))}


def _heads_news(article: Article, reading: Reading, told: Sequence[Told]) -> bool:
    """Return whether the title names what only sentences on these days name, or only names that the text has not."""
    language = reading.language or "en"
    named: dict[Told, set[str]] = {time: set() for time in Told}
    for one, time in zip(reading.sentences, told, strict=False):
        if one.text != article.title.strip():  # a line of teaser has its title below it
            named[time].update(content_terms(one.text, language))
    heads = set(content_terms(article.title, language))
    if heads & named[Told.NOW] - named[Told.PAST]:
        return True
    if heads & frozenset().union(*named.values()):
        return False
    return sum(bool(lookup(word)) for word in article.title.split() if word[:1].isupper()) >= _LEAST_HEADS
