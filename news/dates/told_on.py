"""On which days a sentence is told: what its dates say of its acts, and which of them only name something else.

Owns the tie between the dates of a sentence and its main clause, in English, Spanish and Russian. Must never carry a
time from one sentence to the next: ``news.dates.narration`` does.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from news.dates.clause_tenses import Clause, Link, Verb, blank_quotes, clauses_of, count_verbs, without_names
from news.model import Precision, Sentence, TimeExpression
from news.tables import load_toml
from news.words.number_words import plain_numbers
from news.words.small_letters import small

__all__ = ["Says", "alludes", "says_of"]

_HEAD_CHARS = 120
_YEAR = timedelta(days=365)
_LONG_PAST = timedelta(days=150)
"""What is told in passing, behind the verb, must lie so much further back."""
_AGO = small(r"\b(?:ago|back|hace|atrás|назад)\b")
_APPOSED = len(", on a ")
_LEAST_MONTHS = 2
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
    r"(?:fue|era|ocurrió|sucedió) (?:el|la|en|un|una)?(?: \w+){0,2} ?|"
    r"(?:это )?(?:было|случилось|произошло) [^.;:]{0,30})$"
)
_BACKWARD = small(
    r"^\W*(?:(?:it|this|that|all this|all that|everything|esto|eso|это|всё это) "
    r"(?:was|is|happened|began|started|fue|era|ocurrió|sucedió|было|случилось|произошло|)|"
    r"that|fue|era|aquella?|в ту|в тот)\b(.*)$"
)
_ABOUT = small(
    r"\b(?:(?:for|over|about|against|por|sobre|tras|contra|за|из-за|об?) .*|(?:of|since|de|del|с|со) (?:\S+ ){0,4})$"
)
_RECENT = small(
    r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b|\b(?:today|yesterday|tonight|overnight|this|"
    r"last (?:week|month|night))\b|"
    r"\b(?:lunes|martes|miércoles|jueves|viernes|sábado|domingo|ayer|hoy|anoche|est[ea]|pasad[oa])\b|"
    r"понедельник|вторник|сред[уы]|четверг|пятниц|суббот|воскресень|вчера|сегодня|этой|этом|прошлой неделе"
)
_INDEFINITE = small(r"\b(?:an?|one|the|that|every|each|un|una|aquel|aquella|тот|ту)(?: \w+)? $")
_ELAPSED = small(
    r"(\d{1,3}|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|"
    r"seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|several|many) "
    r"(months?|years?|decades?|centur(?:y|ies))(?:,? (?:and a (?:half|day) )?(?:after|since|on|later|ago)\b)"
)
_ONE = frozenset({"a", "an", "one", "1"})
_ANY = frozenset({"a", "an", "one", "un", "una"})
_GENITIVE = ("'s", "’s")
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Says:
    """What a sentence says by itself.

    Attributes:
        is_old: it is told on a day long past.
        is_new: it is told on a day of late, by a verb in the past.
        is_presented: it says of what was told before it when that was.
        is_dated_old: it names a day long past, for whatever.
        is_far: a clause of it tells in the past of a time long ago, though the sentence itself is not told then.
        verbs: of the main clauses, in order.
        has_past: any clause of it is told in the past.
    """

    is_old: bool
    is_new: bool
    is_presented: bool
    is_dated_old: bool
    is_far: bool
    verbs: tuple[Verb, ...]
    has_past: bool

    @property
    def narrates(self) -> bool:
        """Return whether a main clause moves a story on."""
        return any(verb in _NARRATED for verb in self.verbs)


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
    if len(words) > 1 and words[-2] in _ANY:
        words.pop()  # "on a hot Friday"
    known = _head_words(language)
    return all(word in known or word.isdigit() for word in words)


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
    if (
        follows
        and clauses[index + 1].verb in _PASTS
        and clause.verb not in _NARRATED
        and clauses[index + 1].start <= end + 2
    ):
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


def _months_gone(text: str) -> int:
    """Return the most months that a text in small letters says have gone by, 0 if it says none; ages do not count."""
    most = 0
    for found in _ELAPSED.finditer(text):
        count, unit = found.group(1), found.group(2)
        number = 1 if count in _ONE else int(count) if count.isdigit() else int(plain_numbers().get(count, 2))
        most = max(most, number * (1 if unit.startswith("month") else 12))
    return most


def _is_recent(
    text: str, one: TimeExpression, at: tuple[int, int], horizon: date, others: Sequence[tuple[int, int]]
) -> bool:
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
    return bool(_RECENT.search(word)) or (
        any(map(str.isdigit, word))
        and one.span.precision is not Precision.UNKNOWN
        and any(map(str.isalpha, word))
        and one.type == "DATE"
    )


def _points_back(before: str, language: str) -> bool:
    """Return whether what stands before a date says of what was told already when it was: "it was on", "that"."""
    found = _BACKWARD.search(before)
    return found is not None and _is_head(found[1], language)


def _own_verb(clauses: Sequence[Clause], index: int) -> Verb:
    """Return the verb that a date in a clause is of: its own, that of the next main clause, or of the last before."""
    main = _next_main(clauses, index)
    if main is not None:
        return main.verb
    return next(
        (one.verb for one in reversed(clauses[:index]) if one.link is Link.MAIN and one.verb is not Verb.NONE),
        Verb.NONE,
    )


def _is_told_late(clauses: Sequence[Clause], at: int) -> bool:
    index = _clause_at(clauses, at)
    verb = _own_verb(clauses, index)
    is_apart = clauses[index].link is Link.HANGING and clauses[index].verb is not Verb.NONE
    return not is_apart and (verb in _PASTS or verb is Verb.PERFECT)


def says_of(sentence: Sentence, dates: Sequence[TimeExpression], horizon: date, language: str) -> Says:
    """Return on which days a sentence is told, and how; ``dates`` are its own, ``language`` is one with tenses.

    ``horizon``: the day before which all is long past.
    """
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
    return Says(
        is_old=bool(setting),
        is_new=any(_is_told_late(clauses, at[0]) for at in recent),
        is_presented=any(_points_back(text[: at[0]], language) for at in setting),
        is_dated_old=bool(old),
        is_far=has_past and (bool(old) or _months_gone(text) >= _LEAST_MONTHS),
        verbs=tuple(one.verb for one in clauses if one.link is Link.MAIN and one.verb is not Verb.NONE),
        has_past=has_past,
    )


def alludes(sentence: Sentence, one: TimeExpression, horizon: date) -> bool:
    """Return whether a date is that of something recent in the genitive: "Monday's crash made people talk"."""
    end = one.end - sentence.start
    is_genitive = sentence.text[end : end + 2] in _GENITIVE or one.text.endswith(_GENITIVE)
    return is_genitive and one.span.last_on is not None and one.span.last_on >= horizon
