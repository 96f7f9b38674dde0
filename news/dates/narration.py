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

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum
from functools import cache
from itertools import islice

from news.dates.lookback import is_done_now
from news.dates.tenses import Clause, Link, Verb, blank_quotes, clauses_of, count_verbs, is_known, without_names
from news.model import Article, Precision, Reading, Sentence, TimeExpression
from news.tables import load_toml
from news.words.small_letters import small
from news.words.text import content_terms

__all__ = ["Told", "is_narrated_past", "remembers", "told_times"]

_MAX_SENTENCES = 120
_MOST_DATES = 8
"""Dates of one sentence that are looked at: a sentence with more is a list."""
_HEAD_CHARS = 120
_OPENING_SENTENCES = 3
_MOST_BEFORE = 0.4
_LEAST_WORDS = 8
_LEAST_SHARE = 0.7
_LEAST_OF_ALL = 0.5
_YEAR = timedelta(days=365)
_LONG_PAST = timedelta(days=150)
"""What is told in passing, behind the verb, must lie so much further back."""
_AGO = small(r"\b(?:ago|back|hace|atrás|назад)\b")
_APPOSED = len(", on a ")
_CLOSING = 0.5
"""What one sentence on these days at the very end weighs: so a feature leaves its people."""
_LEAST_MONTHS = 2
_FRAMING = frozenset({Verb.PRESENT, Verb.FUTURE, Verb.NEVER, Verb.NONE, Verb.SAID})
_NARRATED = frozenset({Verb.PAST, Verb.PASSIVE})
_PASTS = _NARRATED | {Verb.STATE, Verb.SAID}
_FINE = frozenset({Precision.DAY, Precision.WEEK, Precision.MONTH, Precision.SEASON, Precision.YEAR, Precision.DECADE})
_TIMES = (
    "nights?|days?|mornings?|evenings?|afternoons?|weeks?|weekends?|months?|winters?|springs?|summers?|autumns?|fall|"
    "years?|hours?|events?|scenes?|noche|tarde|mañana|madrugada|día|verano|invierno|año|ночь|ночи|вечер|утро|день"
)
_PRESENTED = small(
    r"\b(?:(?:it|this|that|all|everything|everybody) (?:is|was|happened|began|started|changed)\b[^.;:]{0,40}|"
    rf"(?:{_TIMES}) (?:of|in|on|de|del|en|в) (?:[\w’']+ ){{0,2}}|"
    r"(?:talk|speak|think|thought|tell|recalls?|remember|remembers|remembered) (?:of|about)? ?(?:the )?|"
    r"(?:fue|era|ocurrió|sucedió) (?:el|la|en|un|una)?(?: \w+){0,2} ?|(?:это )?(?:было|случилось|произошло) [^.;:]{0,30})$"
)
_BACKWARD = small(
    r"^\W*(?:(?:it|this|that|all this|all that|everything|esto|eso|это|всё это) (?:was|is|happened|began|started|fue|era|"
    r"ocurrió|sucedió|было|случилось|произошло|)|that|fue|era|aquella?|в ту|в тот)\b(.*)$"
)
_BEGINS = small(r"^\W*(?:it|this|all this|everything) (?:all )?(?:began|started|happened|ended)\b")
_ABOUT = small(
    r"\b(?:(?:for|over|about|against|por|sobre|tras|contra|за|из-за|об?) .*|(?:of|since|de|del|с|со) (?:\S+ ){0,4})$"
)
_RECENT = small(
    r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b|\b(?:today|yesterday|tonight|overnight|this|last (?:week|month|night))\b|"
    r"\b(?:lunes|martes|miércoles|jueves|viernes|sábado|domingo|ayer|hoy|anoche|est[ea]|pasad[oa])\b|"
    r"понедельник|вторник|сред[уы]|четверг|пятниц|суббот|воскресень|вчера|сегодня|этой|этом|прошлой неделе"
)
_SPEAKS_OF_TIMES = small(r"\b(?:this time|so far this)\b")
_INDEFINITE = small(r"\b(?:an?|one|the|that|every|each|un|una|aquel|aquella|тот|ту)(?: \w+)? $")
_ELAPSED = small(
    r"(\d{1,3}|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|"
    r"seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|several|many) "
    r"(months?|years?|decades?|centur(?:y|ies))(?:,? (?:and a (?:half|day) )?(?:after|since|on|later|ago)\b)"
)
_ONE = frozenset({"a", "an", "one", "1"})
_RECALLS = small(
    r"\brecall(?:s|ed|ing)?(?=[.,;:]|$| (?:how|that|when|what|seeing|hearing|being|(?:an?|the) (?:day|night|hour|moment|morning|evening|flood|fire|storm|crash|quake|earthquake|war|"
    r"blast|explosion|sounds?|smell|noise|voices?|faces?|fear|silence))\b)"
)
"""What is recalled otherwise is an ambassador, or a product."""
_GENITIVE = ("'s", "’s")
_OF_ARTICLE = small(r"^(?:this|last|today|yesterday)")
_WRITER = small(r"^\W*(?:and |but )?i\b")
_WORD = re.compile(r"[^\W_]+")
_LINKING = small(r"^\W{0,2}(?:a |an |the |on |on a |, )?\W*$")


class Told(Enum):
    """The time of a sentence."""

    PAST = "past"
    NOW = "now"
    OPEN = "open"
    """A past without a date, before any date was told."""
    FRAME = "frame"


@dataclass(frozen=True, slots=True)
class _Says:
    """What a sentence says by itself.

    Attributes:
        is_old: it is told on a day long past.
        is_new: it is told on a day of late, by a verb in the past.
        is_presented: it says of what was told before it when that was.
        is_far: a clause of it tells in the past of a time long ago, though the sentence itself is not told then.
    """

    is_old: bool
    is_new: bool
    is_presented: bool
    is_far: bool
    verbs: tuple[Verb, ...]
    has_past: bool


@cache
def _words_of(table: str) -> re.Pattern[str]:
    words = "|".join(re.escape(word).replace(r"\ ", " ") for word in load_toml("lookback.toml")[table]["words"])
    return small(rf"(?<!\w)(?:{words})(?!\w)")


@cache
def _head_words(language: str) -> frozenset[str]:
    heads = str(load_toml("narration.toml")["heads"][language]).split()
    return frozenset(heads) | frozenset(str(load_toml("lookback.toml")["head"]["words"]).split())


def _is_old(one: TimeExpression, horizon: date) -> bool:
    """Return whether a date lies before the horizon; a bare year only if it is not the last but one."""
    last = one.span.last_on
    if _AGO.search(one.text.casefold()) and one.span.first_on is not None:
        return one.span.first_on < horizon - _LONG_PAST and one.span.precision in _FINE
    if one.span.precision not in _FINE or last is None or last >= horizon:
        return False
    return one.span.precision is not Precision.YEAR or horizon - last >= _YEAR


def _is_head(before: str, language: str) -> bool:
    if len(before) > _HEAD_CHARS:
        return False
    words = _WORD.findall(before)
    known = _head_words(language)
    return all(word in known or word.isdigit() or word in _NUMBERS for word in words)


_NUMBERS = frozenset(
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred".split()
)


def _dates_by_sentence(reading: Reading) -> Iterator[tuple[Sentence, list[TimeExpression]]]:
    """Yield each sentence with its first dates; both stand in the order of the text."""
    at, dates = 0, reading.dates
    for sentence in reading.sentences[:_MAX_SENTENCES]:
        own: list[TimeExpression] = []
        while at < len(dates) and dates[at].start < sentence.end:
            if dates[at].start >= sentence.start and len(own) < _MOST_DATES:
                own.append(dates[at])
            at += 1
        yield sentence, own


def _clause_at(clauses: Sequence[Clause], at: int) -> int:
    return next((index for index, one in enumerate(clauses) if one.start <= at < one.end), len(clauses) - 1)


def _next_main(clauses: Sequence[Clause], index: int) -> Clause | None:
    """Return the clause that a date at the head of ``index`` belongs to: it, or the next main one with a verb."""
    if clauses[index].verb is not Verb.NONE:
        return clauses[index]
    return next((one for one in clauses[index + 1 :] if one.link is Link.MAIN and one.verb is not Verb.NONE), None)


def _sets_past(
    text: str, clauses: Sequence[Clause], one: tuple[int, int], language: str, *, is_long_past: bool
) -> bool:
    """Return whether an old date at ``one`` is when the sentence, or the clause "when ..." behind it, was."""
    start, end = one
    index = _clause_at(clauses, start)
    clause = clauses[index]
    follows = index + 1 < len(clauses) and clauses[index + 1].link is Link.TEMPORAL
    if clause.link is Link.HANGING:
        return False
    if follows and clauses[index + 1].verb in _PASTS and clause.verb not in _NARRATED and clauses[index + 1].start <= end + 2:
        return True
    if _PRESENTED.search(text[max(0, start - _HEAD_CHARS) : start]):
        return clause.verb is not Verb.FUTURE
    before = text[clause.start : start]
    if _is_head(before, language):
        main = _next_main(clauses, index)
        return main is not None and main.verb in _PASTS
    if not is_long_past or clause.verb not in _NARRATED or clause.verb_at > start:
        return False
    between = text[clause.verb_at : start]
    return not _ABOUT.search(between) and count_verbs(between, language) <= 1


def months_gone(text: str) -> int:
    """Return the most months that a text in small letters says have gone by, 0 if it says none; ages do not count."""
    most = 0
    for found in _ELAPSED.finditer(text):
        count, unit = found.group(1), found.group(2)
        number = 1 if count in _ONE else int(count) if count.isdigit() else 2
        most = max(most, number * (1 if unit.startswith("month") else 12))
    return most


def _is_recent(text: str, one: TimeExpression, at: tuple[int, int], horizon: date, others: Sequence[tuple[int, int]]) -> bool:
    """Return whether a date of a sentence is one of these days that something may be told on, and not alluded to."""
    last, (start, end) = one.span.last_on, at
    word = text[start:end]
    if last is None or last < horizon or one.span.precision in {Precision.YEAR, Precision.DECADE}:
        return False
    if text[end : end + 2] in _GENITIVE or word.endswith(_GENITIVE) or not word.strip():
        return False
    if word.startswith(("that ", "the ")) or _INDEFINITE.search(text[max(0, start - 20) : start]):
        return False
    if any(0 <= start - z <= _APPOSED or 0 <= a - end <= _APPOSED for a, z in others):
        return False  # "years ago today", "18 May 1949, a Sunday", "on Saturday five years ago"
    return bool(_RECENT.search(word)) or (any(map(str.isdigit, word)) and one.span.precision is not Precision.UNKNOWN
                                          and any(map(str.isalpha, word)) and one.type == "DATE")


def _points_back(before: str, language: str) -> bool:
    """Return whether what stands before a date says of what was told already when it was: "it was on", "that"."""
    found = _BACKWARD.search(before)
    return found is not None and _is_head(found[1], language)


def _own_verb(clauses: Sequence[Clause], index: int) -> Verb:
    """Return the verb that a date in a clause is of: its own, that of the next main clause, or of the last before."""
    main = _next_main(clauses, index)
    if main is not None:
        return main.verb
    return next((one.verb for one in reversed(clauses[:index]) if one.link is Link.MAIN and one.verb is not Verb.NONE), Verb.NONE)


def _is_told_late(clauses: Sequence[Clause], at: int) -> bool:
    index = _clause_at(clauses, at)
    verb = _own_verb(clauses, index)
    return clauses[index].link is not Link.HANGING and (verb in _PASTS or verb is Verb.PERFECT)


def _read(sentence: Sentence, dates: Sequence[TimeExpression], horizon: date, language: str) -> _Says:
    clauses, text = clauses_of(sentence.text, language), without_names(sentence.text)
    placed = [(one, (one.start - sentence.start, one.end - sentence.start)) for one in dates]
    unquoted = blank_quotes(sentence.text)
    aged = [(one, at) for one, at in placed if _is_old(one, horizon) and unquoted[slice(*at)].strip()]
    old = [at for _, at in aged]
    setting = [
        at
        for one, at in aged
        if _sets_past(text, clauses, at, language, is_long_past=_is_old(one, horizon - _LONG_PAST))
    ]
    recent = [at for one, at in placed if _is_recent(unquoted, one, at, horizon, old)]
    has_past = any(one.verb in _NARRATED or one.verb in {Verb.STATE, Verb.BEFORE} for one in clauses)
    return _Says(
        is_old=bool(setting),
        is_new=any(_is_told_late(clauses, at[0]) for at in recent),
        is_presented=any(_points_back(text[: at[0]], language) for at in setting),
        is_far=has_past and (bool(old) or months_gone(text) >= _LEAST_MONTHS),
        verbs=tuple(one.verb for one in clauses if one.link is Link.MAIN and one.verb is not Verb.NONE),
        has_past=has_past,
    )


def _is_news(text: str, says: _Says, language: str) -> bool:
    """Return whether a sentence tells an act of these days by its own words."""
    if says.is_new and not _WRITER.search(text):
        return True
    if Verb.PERFECT in says.verbs:
        return language not in {"", "en"} or is_done_now(text)
    return bool(_SPEAKS_OF_TIMES.search(text))


def _told(text: str, says: _Says, ref: Told, *, language: str, remembers: bool) -> Told:
    is_memory = bool(_words_of("memory").search(text) or _words_of("commemoration").search(text))
    if not is_memory and _is_news(text, says, language):
        return Told.NOW
    if says.is_old or (ref is Told.PAST and says.has_past):
        return Told.PAST
    narrates = any(verb in _NARRATED for verb in says.verbs)
    first = next(iter(says.verbs), Verb.NONE)
    if remembers and says.is_far and (is_memory or first not in _NARRATED):
        return Told.PAST
    if first in _FRAMING or not narrates or is_memory or ref is Told.PAST:
        return Told.FRAME
    return Told.NOW if ref is Told.NOW else Told.OPEN


def told_times(reading: Reading, horizon: date, *, remembers: bool = False) -> tuple[Told, ...]:
    """Return the time of each of the first 120 sentences, in order; nothing for a language without tenses.

    ``remembers``: people remember in it, so that what hangs on "she still keeps the coat that he wore in May 2019", or
    "ten years after the ferry sank", is what it tells of.
    """
    found = _told_times(reading, horizon, remembers=remembers, n_sentences=_MAX_SENTENCES)
    return tuple(Told.NOW if one is Told.OPEN else one for one in found)


def _told_times(reading: Reading, horizon: date, *, remembers: bool, n_sentences: int) -> list[Told]:
    """Return the time of each of the first sentences, OPEN where only the following ones could tell."""
    if not is_known(reading.language):
        return []
    found: list[Told] = []
    ref = Told.OPEN
    for sentence, dates in islice(_dates_by_sentence(reading), n_sentences):
        says = _read(sentence, dates, horizon, reading.language)
        told = _told(blank_quotes(sentence.text), says, ref, language=reading.language, remembers=remembers)
        if told is Told.OPEN and _BEGINS.search(blank_quotes(sentence.text)):
            told = Told.FRAME
        if told is Told.OPEN and any(_alludes(sentence, one, horizon) for one in dates):
            told = Told.FRAME
        if told is Told.PAST and says.is_presented:
            found = [Told.PAST if one is Told.OPEN else one for one in found]
        if told in {Told.PAST, Told.NOW}:
            ref = told
        found.append(told)
    return found


def _alludes(sentence: Sentence, one: TimeExpression, horizon: date) -> bool:
    """Return whether a date is that of something recent in the genitive: "Monday's crash made people talk"."""
    end = one.end - sentence.start
    is_genitive = sentence.text[end : end + 2] in _GENITIVE or one.text.endswith(_GENITIVE)
    return is_genitive and one.span.last_on is not None and one.span.last_on >= horizon


def remembers(article: Article, reading: Reading) -> bool:
    """Return whether people remember in an article, or live with what was: by its words alone."""
    texts = [article.title.casefold(), *(one.text.casefold() for one in reading.sentences[:_MAX_SENTENCES])]
    if any(_words_of("memory").search(text) or _RECALLS.search(text) for text in texts):
        return True
    return any(_words_of("lasting").search(text) for text in texts[: _OPENING_SENTENCES + 1])


def is_narrated_past(article: Article, reading: Reading, horizon: date) -> bool:
    """Return whether most of what an article narrates lies before ``horizon``, from its opening on.

    English, Spanish and Russian. An article whose past is less than 25 words, begins after the third sentence or after
    anything that is told of these days is none, nor is one whose title names what only the sentences on these days tell.
    """
    opening = _told_times(reading, horizon, remembers=True, n_sentences=_OPENING_SENTENCES)
    if Told.PAST not in opening:
        return False  # most articles: what follows takes a look at all of it
    told = told_times(reading, horizon, remembers=remembers(article, reading))
    first = told.index(Told.PAST) if Told.PAST in told else len(told)
    lengths = [len(_WORD.findall(blank_quotes(one.text))) for one in reading.sentences[: len(told)]]
    if first >= _OPENING_SENTENCES or Told.NOW in told[:first] or sum(lengths[:first]) > _MOST_BEFORE * sum(lengths):
        return False
    past = sum(n for n, one in zip(lengths, told, strict=True) if one is Told.PAST)
    now = sum(n for n, one in zip(lengths, told, strict=True) if one is Told.NOW)
    if len(told) > _OPENING_SENTENCES and Told.NOW not in told[:-1] and told[-1] is Told.NOW:
        now *= _CLOSING
    if sum(lengths[first:]) < _LEAST_WORDS or past < _LEAST_SHARE * (past + now) or past < _LEAST_OF_ALL * sum(lengths):
        return False
    return not _heads_news(article, reading, told)


def _heads_news(article: Article, reading: Reading, told: Sequence[Told]) -> bool:
    """Return whether the title names what only sentences on these days name."""
    language = reading.language or "en"
    named: dict[Told, set[str]] = {time: set() for time in Told}
    for one, time in zip(reading.sentences, told, strict=False):
        named[time].update(content_terms(one.text, language))
    return bool(set(content_terms(article.title, language)) & named[Told.NOW] - named[Told.PAST])
