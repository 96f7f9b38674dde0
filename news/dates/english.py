"""The English grammar of time expressions: which sequences of words are one, longest first."""

from __future__ import annotations

from functools import cache
from typing import Final

from news.dates import amounts, build, compound
from news.dates.forms import Form
from news.dates.grammar import Grammar, Rule, compile_grammar
from news.dates.lexicon import english
from news.dates.tokens import CODE, Phrase

_NUMBERED_WORDS: Final = (
    "flight flights resolution resolutions article route routes bridge room model number numbers no section highway"
    " road gate page paragraph chapter clause bus train platform suite apartment block channel lot code box item ticket"
    " badge locker squadron locomotive"
)
"""Nouns that a number of four digits names one of: "Flight 1989" is no year."""

_COUNTING_WORDS: Final = (
    "killed killing kills injured injuring wounded wounding arrested arresting detained detaining displaced displacing"
    " evacuated rescued"
)
_COUNTED_WORDS: Final = (
    "people men women children police policemen troops soldiers personnel dead wounded injured civilians refugees"
    " migrants victims passengers prisoners aircraft staff workers"
)
_CARRIER_WORDS: Final = "in since until till by during through throughout for between within"
_NUMBERED: Final = frozenset(_NUMBERED_WORDS.split())
_COUNTING: Final = frozenset(_COUNTING_WORDS.split())
_COUNTED: Final = frozenset(_COUNTED_WORDS.split())
_CARRIERS: Final = frozenset(_CARRIER_WORDS.split())
_NEAR_COUNTED: Final = 2
_ZONED: Final = CODE["zone"] + CODE["open"]


def _year(phrase: Phrase) -> Form | None:
    """Read a bare year, unless the words around it show a count ("1921 people") or a number ("Flight 1989")."""
    tokens = phrase.tokens
    before = tokens.word_at(phrase.first - 1).casefold() if phrase.first else ""
    if tokens.codes[max(0, phrase.first - 2) : phrase.first] == _ZONED and (clock := build.hours_and_minutes(phrase)):
        return clock  # "0449 GMT (1649 in Cairo)"
    if before in _CARRIERS:
        return build.calendar(phrase)
    after = range(phrase.last, min(phrase.last + _NEAR_COUNTED, len(tokens.codes)))
    near = [tokens.word_at(at).casefold() for at in after]
    if before in _NUMBERED or before in _COUNTING or not _COUNTED.isdisjoint(near):
        return None
    return build.calendar(phrase)


_MACROS: Final = {
    "Month": "month|hazymonth",
    "MonthDay": "Month dot? (day|ord)",
    "DayMonth": "the? (day|ord) of? Month",
    "FullDay": "MonthDay (comma? (year|SpelledYear)|(of|comma)? YearRef)?"
    "|DayMonth (dot? comma? year|(of|comma)? YearRef)?",
    "Num": "num|teen",
    "SpelledYear": "(Num) (Num) (hyph? num)?|num scale",
    "Weekday": "weekday|wdabbr dot?",
    "DayName": "Weekday comma? the? (FullDay)|FullDay|weekday|reld",
    "Clock": "(clock ampm?|day ampm) (comma? zone)?",
    "Pick": "this coming|this past|this|current|that same|that|same|last|past|latest|previous|next|coming|following",
    "Near": "last|past|next|coming|previous|following|latest",
    "Edge": "edge hyph?|the? edgen of|earlier|later|(earlier|later) in|(earlier|later) on",
    "Approx": "(approx|no? more than|at least|at? the? least|up to) approx?",
    "Whole": "unit|units|half",
    "Card": "((Num) (hyph? num|and num){0,4}|day|int|num? scale|a scale) scale? frac?",
    "Quantity": "Card|a? vague of?|a",
    "Unit": "unit|units",
    "YearRef": "the? (Pick) fiscal? unit",
    "Q": "(ord|latest|last) hyph? (fiscal hyph?)? (quarter|half)",
    "Part": "part",
    "From": "ago|earlier|later|hence|from now",
}

_TIMES: Final = (
    Rule("the? part (from|of|prep)? Weekday (to|and|hyph) Weekday", build.night_into),
    Rule("(Approx)? Clock comma? (on)? (DayName) part?", build.calendar),
    Rule("(DayName) comma? at? (Approx)? Clock", build.calendar),
    Rule("(Approx)? noon comma? (on)? (DayName)", build.calendar),
    Rule("(DayName) at? noon", build.calendar),
    Rule("(Edge)? (weekday|reld) part", build.calendar),
    Rule("(year|int) zone", build.hours_and_minutes),
    Rule("the? part of (DayName)", build.calendar),
    Rule("(Edge)? (the|this|that|that same|the same|last|the? next|the? following|the? previous) part", build.calendar,
         not_before="of"),
    Rule("(clock|day) in the part", build.calendar),
    Rule("(Approx)? day ampm (comma? zone)?|(Approx)? clock (ampm comma? zone|ampm|zone)", build.calendar),
    Rule("clock", build.calendar, after="at"),
    Rule("noon|tonight", build.calendar),
    Rule("edge hyph? part (of|on)? (weekday|reld)", build.calendar),
    Rule("edge hyph? part", build.calendar),
)  # fmt: skip

_DATES: Final = (
    Rule("iso", build.iso),
    Rule("slash", build.slash),
    Rule("Month dot? day (hyph|to|and) day (comma? year)?", build.day_range),
    Rule("the? (day|ord) (hyph|to|and) the? (day|ord) of? Month (comma? year)?", build.day_range),
    Rule("holiday (eve|weekday) (comma? year)?|new unit poss? (unit|eve) (comma? year)?", compound.feast),
    Rule("qletter day (of|in|comma)? fiscal unit? (year|day|int)", compound.quarter_letter),
    Rule("qletter day (of|comma)? year|qletter day", compound.quarter_letter),
    Rule("the (ord|last) (Whole) of (Month) (dot? (of|comma)? year)?", compound.part_of_month),
    Rule("the unit (before|after) reld|the unit before last", compound.beside),
    Rule("the? this? coming? Weekday comma? the? (FullDay)", build.calendar),
    Rule("the? unit of (FullDay)", build.week_of),
    Rule("(this|last|next) (FullDay)", build.calendar),
    Rule("Weekday in Month comma? year", build.calendar),
    Rule("(Approx)? (FullDay)", build.calendar),
    Rule("(Edge)? Month dot? (of? comma? (year|SpelledYear)|(of|comma)? YearRef)", build.calendar),
    Rule("(Edge)? the? (year poss?|YearRef poss|fiscal unit? year poss?) (hyph|fiscal)? Q", build.calendar),
    Rule("(Edge)? the? fiscal? hyph? Q (of|in|comma)? (fiscal? year|fiscal unit? year|YearRef)", build.calendar),
    Rule("(Edge)? the? Q (of|in|comma)? fiscal (day|int)|fiscal (day|int) poss? Q", build.fiscal_short),
    Rule("the? fiscal unit? year hyph (day|int)|fiscal (day|int)", build.fiscal_short),
    Rule("the? unit hyph (ago|earlier) (fiscal? Q|quarter|period|Card units)", amounts.year_before),
    Rule("unit hyph (ago|earlier)", amounts.year_before),
    Rule("the year (quarter|period)", build.year_period),
    Rule("(Edge)? the? fiscal hyph? Q", build.calendar),
    Rule("the? ord quarter|ord hyph quarter", build.calendar),
    Rule("(Edge)? the half of? (year|YearRef)", build.calendar),
    Rule("(Edge)? the? season (of)? comma? (year|SpelledYear|YearRef)", build.calendar),
    Rule("(Edge)? the? fiscal unit? year|(Edge) year", build.calendar),
    Rule("(Edge)? the? unit (year|SpelledYear)", build.the_year),
    Rule("(Edge)? the? edge? hyph? decade", build.calendar),
    Rule("the? edge? hyph? ord hyph? unit", build.century),
)  # fmt: skip

_RELATIVE: Final = (
    Rule("(approx)? (half a unit|a? half hyph unit|a quarter (of a)? hyph? unit) (From)", amounts.part_distance),
    Rule("((the|a)? (past|last|next)?|(Approx) a?) (quarter|half) (hyph|of a|a)? unit", amounts.part_of_unit),
    Rule("(Quantity) (unit poss|units mark) time", amounts.in_time, after="in"),
    Rule("(Approx)? (Quantity) additional? (Unit) (or so)? (From)", amounts.distance),
    Rule("units ago", amounts.distance),
    Rule("(Approx)? (Quantity) additional? (Unit) before", amounts.distance, before="comma|dot|mark|break|close"),
    Rule("(Edge)? the? (Pick) fiscal? (unit|quarter|period|weekend|season|Month|weekday|holiday)", build.calendar),
    Rule("(Edge)? weekday (of|in)? (the)? (Pick)? unit", build.weekday_of_week),
    Rule("(Edge) (the)? (unit|quarter|weekend|season)", build.calendar),
    Rule("(Edge) (weekday|reld|Month)", build.calendar),
    Rule("the weekend", build.calendar),
    Rule("the season", build.calendar, not_before="name"),
    Rule("the quarter", build.calendar),
    Rule("the fiscal? additional? unit", build.this_unit, not_before="hyph"),
    Rule("the unit (before|after|earlier)", amounts.next_to),
    Rule("unit hyph? edgen", build.year_end),
    Rule("unit poss edgen", build.year_end),
)  # fmt: skip

_SETS: Final = (
    Rule("every (Card|additional|ord)? (unit|units|weekday|Month|season|part|quarter|weekend)", amounts.repeat),
    Rule("weekday (parts)|weekdays|weekends", amounts.repeat),
    Rule("rate", amounts.repeat, not_before="name"),
    Rule("a unit", amounts.rate, after="times money scale percent plural units int", not_before="after|before"),
    Rule("per unit", amounts.repeat),
)

_LENGTHS: Final = (
    Rule("(at least)? the? (Near|recent) ((Quantity) additional? (Unit)|units) (or so)?", amounts.length),
    Rule("future (units|weekends)", build.vague),
    Rule("the? (last|past|next|coming) unit or so", amounts.length),
    Rule("(the)? (units) ahead", amounts.length),
    Rule("the? ord (Card|vague)? (units)", amounts.first_units),
    Rule("(Approx)? (Card) (to|hyph|or) (Card) (more|additional)? (Unit)", amounts.span_of_range),
    Rule("(Approx)? (Quantity) (hyph|more|additional)? unit and a half", amounts.length),
    Rule("(Approx)? (Card) and a half (units|unit)", amounts.length),
    Rule("the (Num|vague) additional? units", amounts.length, not_before="hyph? old"),
    Rule("(Approx)? (Quantity) (or so)? (more|additional){0,2} (Unit)", amounts.length,
         not_before="hyph? old|hyph (ago|earlier)"),
    Rule("(Card|vague) hyph (unit|quarter) (hyph? long)?", amounts.length, not_before="hyph? old"),
    Rule("(unit|units) hyph? long", amounts.length),
    Rule("a while|approx time", amounts.open_time),
    Rule("this units", build.these_days),
    Rule("a unit or num", amounts.length),
    Rule("units or units|units", amounts.open_length, not_before="old", not_after="scale hyph of"),
)  # fmt: skip

_REFS: Final = (
    Rule("right now|now", build.vague),
    Rule("current", compound.present, before="word|plural"),
    Rule("at the (moment|time)|at moment", build.vague, not_before="of|name"),
    Rule("the past", build.vague, not_before="num|day|vague|unit|units|seasons"),
    Rule("the near? future|the near term", build.vague),
)

_LONE: Final = (
    Rule("weekday", build.calendar),
    Rule("month", build.calendar, after="in prep of from to edge"),
    Rule("month", build.calendar, not_before="dot? name"),
    Rule("hazymonth", build.calendar, after="the", before="word|plural"),
    Rule("hazymonth", build.calendar, after="in prep of from to and or edge last next"),
    Rule("reld", build.calendar),
    Rule("holiday unit?", build.calendar, not_before="name"),
    Rule("season", build.calendar, after="in prep"),
    Rule("year", _year, after="in prep of from to and hyph open the fiscal", not_before="unit|units"),
    Rule("year", _year, not_before="unit|units|plural|scale|times"),
    Rule("teen num (hyph? num)?", build.lone_year),
    Rule("SpelledYear", build.lone_year),
)


@cache
def grammar() -> Grammar:
    """Return the compiled English grammar."""
    return compile_grammar(english(), (*_TIMES, *_DATES, *_RELATIVE, *_SETS, *_LENGTHS, *_REFS, *_LONE), _MACROS)
