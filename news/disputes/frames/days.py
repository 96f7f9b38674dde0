"""One act of an event told on two days in other words: a strike that began on Monday, a stoppage since Wednesday.

Owns the act to which a sentence gives its day, by classes of ``data/frames.toml`` of verbs and nouns alike,
and when two openings give two days to one act. Must never choose the story; the days of
reports are ``news.disputes.slots``'.

The act of a day is the nearest before it; beside a word that only says that something was ("began", "was", "set for")
it is the noun there. Left alone are two acts of one class in one opening, the beginning and the end, the evening and
the morning of one night, a day that both give, what was moved, and what happens again. English, Spanish and Russian.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache

from news.dates.quoted import dates_in
from news.dates.saying_days import is_day_of_saying
from news.decision import Claim, Dispute, FactKind
from news.disputes.cues import is_contesting
from news.disputes.days import Day, is_one_date
from news.disputes.desk import Desk
from news.disputes.frames.ties import Opening, count_shared, open_article, open_stored, weigh_tie
from news.model import Precision
from news.reports.moods import Mood, mood_of
from news.reports.tellings import tell
from news.reports.wording import say_days
from news.tables import load_toml
from news.words.facts import gap_days
from news.words.small_letters import small
from news.words.text import lower_in_place
from news.words.vocabulary import language_of

__all__ = ["acts_of_days", "are_two_acts", "find_other_act_days", "is_aside_day"]

_TIED, _AGAIN_TIED = 1.8, 3.0
_PER_WORD = 0.2
_MAX_GAP, _LATEST = 20, 20
_LEADS = 3
_AROUND = 40
_OFTEN = frozenset({"vote", "visit", "speech", "shot", "taken", "died", "outage", "freed", "landed", "gone"})
"""Acts of which one matter has many: the openings must have the more in common."""
_AFTERMATH = frozenset({"buried", "over", "tried", "appealed", "repaired"})
_EDGE = re.compile(r"[;:](?=\s)|\.(?=\s)|, (?:and|but|while|which|who|whose)\b|\b(?:and|but|while|which|who|whose)\b")
_TURNED_DOWN = small(
    r"\b(?:not|never|rather than|instead of|no|не)(?: on| in| at| until| before| the| el| в| во){0,2} $"
)
_OTHER = small(r"\b(?:until|till|before|by|as of|as at|ahead of|due to end|hasta|antes de(?:l)?|до|к)(?: \w+)? $")
_TO_COME = small(
    r"\b(?:will|would|should|shall|could|(?<!\d )may(?! \d)|might|is to|are to|was to|were to|due|expected|hopes?|"
    r"hoped|scheduled|planned|plans?|"
    r"set to|about to|ready to|будет|будут|должн\w+|será|podría)\b"
)
_DIGIT = re.compile(r"\d")
_PRONOUN = small(r"\s*[“\"«]?(?:it|this|that|they|these)\b")
_TODAY = small(r"\b(?:today|this (?:morning|afternoon|evening)|hoy|сегодня)\b")
_AFTER_ACT = small(r"\b(?:after|following|days? (?:after|before)|tras|desde|после)\b[^,;.]{0,25}$")
_WITHIN = small(r"\s*(?:during|in the course of|durante|en el transcurso de|во время|в ходе)\b")
_BESIDE = small(
    r"\b(?:during|amid|as part of|over|about|after|before|since|because of|ahead of|despite|linked to|"
    r"in connection with|durante|"
    r"tras|во время|после)(?: (?:the|his|her|its|their|a|an|el|la|su))?(?: [\w-]+){0,2} $"
)
_MOVED = small(
    r"\b(?:postpon\w+|put off|moved (?:to|from|back|forward)|brought forward|delay\w*|reschedul\w+|"
    r"instead|new date|now to|again|"
    r"another|second|third|also|more|resum\w+|aplaz\w+|pospuest\w+|otra vez|otr[oa]|перен[её]с\w*|"
    r"отлож\w*|снова|ещё од\w+|втор\w+)\b"
)


@dataclass(frozen=True, slots=True)
class _Act:
    """A class of acts with the day that a sentence gives to it."""

    names: frozenset[str]
    day: Day
    quote: str
    place: int


def are_two_acts(here: Claim, there: Claim) -> bool:
    """Return whether two days, as they are claimed, are given to two acts: the death, the burial."""
    ours, theirs = _names_of_claim(here), _names_of_claim(there)
    if not ours or not theirs or ours & theirs:
        return False
    return not _AFTERMATH.isdisjoint(ours | theirs) or _names_act(here.quote, theirs) != _names_act(there.quote, ours)


def acts_of_days(quote: str, issued_on: date) -> Mapping[date, frozenset[str]]:
    """Return day -> classes of the acts to which a sentence gives it."""
    acts = ((one.day.span.first_on, one.names) for one in _acts_of(quote, issued_on, 0))
    return {day: names for day, names in acts if day is not None}


def _names_act(quote: str, names: frozenset[str]) -> bool:
    """Return whether a sentence has an act of some classes: then its day is that of another."""
    low = lower_in_place(quote)
    return any(each.search(low) for name, each in _patterns(language_of(quote)) if name in names)


def _names_of_claim(claim: Claim) -> frozenset[str]:
    if claim.published_at is None:
        return frozenset()
    acts = _acts_of(claim.quote, claim.published_at.date(), 0)
    return next((one.names for one in acts if say_days(one.day.span) == claim.value), frozenset())


@cache
def _patterns(language: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Return the classes of acts with their words; none for a language without a table."""
    rows: Mapping[str, str] = load_toml("frames.toml")["acts"].get(language, {})
    return tuple((name, re.compile(rf"\b(?:{pattern})\b")) for name, pattern in rows.items())


@cache
def _light(language: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{load_toml('frames.toml')['light'][language]})\b")


def find_other_act_days(desk: Desk) -> Iterator[Dispute]:
    """Yield the days of an article's opening that exclude those of a stored opening for the same act."""
    issued_at = desk.case.article.published_at
    if not desk.others or issued_at is None:
        return
    issued_on, ours = issued_at.date(), open_article(desk.case.article)
    mine = _list_acts(ours, issued_on)
    for stored in desk.others if mine else ():
        stored_on = stored.article.published_at.date() if stored.article.published_at else None
        if stored_on is None or not 0 <= (issued_on - stored_on).days <= _LATEST:
            continue
        theirs = open_stored(stored)
        found = _compare(mine, _list_acts(theirs, stored_on), ours, tie=weigh_tie(ours, theirs), stored_on=stored_on)
        if found is not None:
            sides = [(say_days(one.day.span), one.quote) for one in found]
            dispute = desk.dispute(FactKind.DATE, sides[0], sides[1], stored)
            if dispute is not None:
                yield dispute


def _compare(
    mine: Sequence[_Act], yours: Sequence[_Act], ours: Opening, *, tie: float, stored_on: date
) -> tuple[_Act, _Act] | None:
    """Return the first two days of one act that exclude each other, the stored one told at the head of its article."""
    days = [one.day for one in yours]
    for here in mine:
        if any(_overlap(here.day, day) for day in days):
            return None  # the openings agree on a day: another one is that of another act
        for there in yours:
            common = here.names & there.names
            if not common or there.place >= _LEADS or not _is_tied(here, there, tie, stored_on):
                continue
            if _is_lone(here, mine) and _is_lone(there, yours) and _exclude(here, there, ours, stored_on):
                return here, there
    return None


def _is_tied(here: _Act, there: _Act, tie: float, stored_on: date) -> bool:
    """Return whether the openings and the two sentences have enough in common, more for what happens often."""
    first = here.day.span.first_on
    is_often = (here.names & there.names) <= _OFTEN and first is not None and first <= stored_on
    return tie + _PER_WORD * count_shared(here.quote, there.quote) >= (_AGAIN_TIED if is_often else _TIED)


def _overlap(one: Day, other: Day) -> bool:
    return gap_days(one.span, other.span) == 0


def _is_lone(act: _Act, acts: Sequence[_Act]) -> bool:
    return not any(one.names & act.names and not _overlap(one.day, act.day) for one in acts)


def _exclude(here: _Act, there: _Act, ours: Opening, stored_on: date) -> bool:
    gap, first = gap_days(here.day.span, there.day.span), here.day.span.first_on
    if gap is None or not 0 < gap <= _MAX_GAP or first is None or is_one_date(here.day, there.day):
        return False
    theirs = there.day.span.first_on
    is_told = first <= stored_on and theirs is not None and theirs <= stored_on
    is_planned = first > stored_on and theirs is not None and theirs > stored_on
    if not _have_one_mood(here, there, Mood.TOLD if is_told else Mood.PLANNED):
        return False
    is_moved = _MOVED.search(lower_in_place(here.quote)) and not is_contesting(here.quote)
    if not (is_told or is_planned) or is_moved:
        return False
    return not _MOVED.search(lower_in_place(ours.sentences[0]))


def _have_one_mood(here: _Act, there: _Act, mood: Mood) -> bool:
    """Return whether no sentence only supposes or wants its act, and of what is past none tells as to come."""
    moods = {mood_of(tell(one.quote)) for one in (here, there)}
    if mood is Mood.TOLD and any(_TO_COME.search(lower_in_place(one.day.around)) for one in (here, there)):
        return False
    return moods <= ({Mood.TOLD} if mood is Mood.TOLD else {Mood.TOLD, Mood.PLANNED})


@lru_cache(maxsize=1 << 8)
def _list_acts(opening: Opening, issued_on: date) -> tuple[_Act, ...]:
    found: list[_Act] = []
    for place, quote in enumerate(opening.sentences):
        own = list(_acts_of(quote, issued_on, place, before=opening.sentences[place - 1] if place else ""))
        found += [act for act in own if place or _DIGIT.search(act.day.text)]  # a headline has no tense to go by
    return tuple(found)


def _acts_of(quote: str, issued_on: date, place: int, *, before: str = "") -> Iterator[_Act]:
    low, language = lower_in_place(quote), language_of(quote)
    if language not in {"en", "es", "ru"}:
        return
    for one in dates_in(quote, issued_on, language):
        if (
            one.span.precision is not Precision.DAY
            or one.type not in {"DATE", "TIME"}
            or is_aside_day(low, one.start, one.end)
            or is_day_of_saying(quote, one.start, one.end, language)
        ):
            continue
        names = _names(low, one.start, one.end, language)
        if not names and _PRONOUN.match(low) and _light(language).search(low[: one.start]):
            names = _nearest(lower_in_place(before), language, is_before=True)
        if names:
            around = quote[max(0, one.start - _AROUND) : one.end + _AROUND]
            yield _Act(names, Day(one.span, quote[one.start : one.end], around), quote, place)


def is_aside_day(low: str, start: int, end: int) -> bool:
    """Return whether a day is turned down, is today's, bounds something else or lies within it ("during his visit")."""
    before = low[max(0, start - 60) : start]
    if any(each.search(before) for each in (_TURNED_DOWN, _OTHER, _AFTER_ACT)) or _WITHIN.match(low, end):
        return True
    return _TODAY.fullmatch(low[start:end]) is not None


def _names(low: str, start: int, end: int, language: str) -> frozenset[str]:
    """Return the classes of the act that a day is given to: the nearest before it, else the first after it."""
    first = max((edge.end() for edge in _EDGE.finditer(low, 0, start)), default=0)
    edge = _EDGE.search(low, end)
    last = edge.start() if edge is not None else len(low)
    before, after = low[first:start], low[end:last]
    found = _nearest(before, language, is_before=True) or _nearest(after, language, is_before=False)
    if not found and _light(language).search(before):
        found = _nearest(low[:first], language, is_before=True) or _nearest(low[last:], language, is_before=False)
    return found


def _nearest(text: str, language: str, *, is_before: bool) -> frozenset[str]:
    """Return the classes of the last act of a text, or of the first; a light word gives way to its noun."""
    found = [
        (match.start(), match.end(), name)
        for name, each in _patterns(language)
        for match in each.finditer(text)
        if not _BESIDE.search(text[max(0, match.start() - _AROUND) : match.start()])
    ]
    if not found:
        return frozenset()
    lights = [match.end() for match in _light(language).finditer(text)]
    if is_before:
        end = max(one[1] for one in found)
        if lights and max(lights) > end:  # "the raid in which nine died was on": what began or was is the first noun
            first = min(one[0] for one in found)
            return frozenset(name for start, _, name in found if start == first)
        return frozenset(name for _, last, name in found if last == end)
    first = min(one[0] for one in found)
    return frozenset(name for start, _, name in found if start == first)
