"""The Russian time words and grammar: weekdays, months, full dates and the common relative expressions.

Words are listed by stem and endings, as each stands in the text in one of its cases.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import cache
from typing import Any, Final, TypeVar

from news.dates import amounts, build, compound
from news.dates.forms import Edge, Pick, Unit
from news.dates.grammar import Grammar, Rule, compile_grammar
from news.dates.tokens import CODE, Tokens, make_lexicon
from news.words.russian_counts import counts_things

_Value = TypeVar("_Value")


def _forms(stem: str, endings: str, value: _Value) -> Iterable[tuple[str, _Value]]:
    """Return the forms of a word; ``0`` stands for no ending."""
    return ((stem + ending.replace("0", ""), value) for ending in endings.split())


def _table(*rows: tuple[str, str, _Value]) -> dict[str, _Value]:
    return dict(form for row in rows for form in _forms(*row))


_SOFT, _HARD = "ь я е ю ем ём", "0 а е у ом"
_ADJECTIVE: Final = "ый ий ого его ому ему ым им ом ем ая яя ой ей ую юю ое ее ые ие ых их"
_TABLES: Final[dict[str, dict[str, Any] | str]] = {
    "month": _table(
        ("январ", _SOFT, 1), ("феврал", _SOFT, 2), ("март", _HARD, 3), ("апрел", _SOFT, 4), ("ма", "й я е ю ем", 5),
        ("июн", _SOFT, 6), ("июл", _SOFT, 7), ("август", _HARD, 8), ("сентябр", _SOFT, 9), ("октябр", _SOFT, 10),
        ("ноябр", _SOFT, 11), ("декабр", _SOFT, 12),
    ),
    "weekday": _table(
        ("понедельник", _HARD, 1), ("вторник", _HARD, 2), ("сред", "у", 3), ("четверг", _HARD, 4),
        ("пятниц", "а у ы е", 5), ("суббот", "а у ы е", 6), ("воскресень", "е я ю", 7),
    ),
    "season": _table(("весн", "а ы у ой", "SP"), ("лет", "ом о а у", "SU"), ("осен", "ь и ью", "FA"),
                     ("зим", "а ы у ой", "WI")),
    "num": {"один": 1, "одну": 1},
    "ord": _table(("перв", _ADJECTIVE, 1), ("втор", _ADJECTIVE, 2), ("третий третьего третьем", "0", 3),
                  ("четвёрт", _ADJECTIVE, 4), ("четверт", _ADJECTIVE, 4)) | {"третьем": 3, "третьего": 3, "третий": 3},
    "unit": {"день": Unit.DAY, "неделя": Unit.WEEK, "неделю": Unit.WEEK, "неделе": Unit.WEEK, "месяц": Unit.MONTH,
             "месяце": Unit.MONTH, "год": Unit.YEAR, "году": Unit.YEAR, "г": Unit.YEAR, "час": Unit.HOUR,
             "век": Unit.CENTURY, "века": Unit.CENTURY,
             "десятилетие": Unit.DECADE, "десятилетии": Unit.DECADE, "сутки": Unit.DAY},
    "units": {"дня": Unit.DAY, "дней": Unit.DAY, "дни": Unit.DAY, "суток": Unit.DAY, "недели": Unit.WEEK,
              "недель": Unit.WEEK, "месяца": Unit.MONTH, "месяцев": Unit.MONTH, "месяцы": Unit.MONTH, "года": Unit.YEAR,
              "лет": Unit.YEAR, "годы": Unit.YEAR, "годах": Unit.YEAR, "годов": Unit.YEAR, "часа": Unit.HOUR,
              "часов": Unit.HOUR, "минут": Unit.MINUTE, "минуты": Unit.MINUTE, "десятилетий": Unit.DECADE},
    "quarter": _table(("квартал", _HARD, Unit.QUARTER)),
    "half": "полугодие полугодии половине половина половину половины",
    "share": {"полгода": (Unit.MONTH, 6), "полвека": (Unit.YEAR, 50), "четверть": (Unit.YEAR, 25)},
    "weekend": {"выходные": Unit.WEEKEND, "выходных": Unit.WEEKEND},
    "this": _table(("эт", "от ой у ом им и их ого", Pick.THIS), ("нынешн", _ADJECTIVE, Pick.THIS),
                   ("текущ", _ADJECTIVE, Pick.THIS)),
    "that": _table(("т", "от ом у ой ого", Pick.TOLD)),
    "same": {"же": Pick.TOLD},
    "last": _table(("прошл", _ADJECTIVE, Pick.LAST), ("минувш", _ADJECTIVE, Pick.LAST)),
    "past": _table(("последн", _ADJECTIVE, Pick.LAST)),
    "next": _table(("будущ", _ADJECTIVE, Pick.NEXT), ("ближайш", _ADJECTIVE, Pick.NEXT)),
    "following": _table(("следующ", _ADJECTIVE, Pick.NEXT)),
    "previous": _table(("предыдущ", _ADJECTIVE, Pick.BEFORE_TOLD)),
    "ago": "назад",
    "later": "спустя позже",
    "earlier": "ранее раньше",
    "hence": "через",
    "edgen": {"начале": Edge.START, "начала": Edge.START, "середине": Edge.MID, "середины": Edge.MID,
              "конце": Edge.END, "конца": Edge.END, "концу": Edge.END, "началу": Edge.START, "середину": Edge.MID,
              "начало": Edge.START, "конец": Edge.END, "середина": Edge.MID},
    "reld": {"сегодня": 0, "вчера": -1, "накануне": -1, "позавчера": -2, "завтра": 1, "послезавтра": 2},
    "part": {"утром": "MO", "днём": "AF", "вечером": "EV", "ночью": "NI", "утра": "MO", "вечера": "EV",
             "ночь": "NI"},
    "noon": {"полдень": "12:00", "полночь": "24:00"},
    "every": _table(("кажд", _ADJECTIVE, "")),
    "rate": {"ежедневно": "P1D", "еженедельно": "P1W", "ежемесячно": "P1M", "ежегодно": "P1Y"},
    "vague": {"несколько": None, "нескольких": None},
    "approx": "около почти примерно",
    "tail": "х е",
    "in": "в во",
    "on": "на",
    "at": "к",
    "and": "и",
    "of": "",
    "prep": "с со до от по за течение между",
    "now": {"сейчас": "PRESENT_REF", "теперь": "PRESENT_REF", "недавно": "PAST_REF"},
}  # fmt: skip

_MACROS: Final = {
    "Year": "year (unit dot?|units)?",
    "Pick": "that same|this same|this|that|last|past|next|following|previous",
    "YearRef": "(Pick) (unit|units)",
    "Date": "(day|ord) month (Year|YearRef)?",
    "Card": "num|teen|day|int",
    "Quantity": "approx? (Card|vague)",
    "Unit": "unit|units",
    "Whole": "unit|units|season|quarter|weekend|weekday|month",
}
_RULES: Final = (
    Rule("iso", build.iso),
    Rule("slash", build.slash_day_first),
    Rule("day (hyph|and|prep) day month (Year)?", build.day_range),
    Rule("part on (weekday comma? Date|Date|weekday)", build.night_into),
    Rule("part prep (weekday on weekday|day on day month (Year)?)", build.night_into),
    Rule("clock in? (weekday comma? Date|Date|weekday|reld)", build.calendar),
    Rule("(weekday comma)? Date", build.calendar),
    Rule("edgen? year hyph tail (units)?", build.decade_of_year),
    Rule("edgen? month (Year|YearRef)?", build.calendar),
    Rule("edgen? ord quarter (Year|YearRef)?|edgen? ord half (Year)?", build.calendar),
    Rule("edgen? season (Year|YearRef)?", build.calendar),
    Rule("(Quantity)? (Unit) (ago|later|earlier)|(hence|later) (Quantity)? (Unit)", amounts.distance),
    Rule("(past|next) (Card|vague) (Unit)", amounts.length),
    Rule("share unit? (ago|later|earlier)|hence share", compound.share_ago),
    Rule("edgen (unit|units)", build.calendar, not_before="year"),
    Rule("weekend", build.calendar, after="in on"),
    Rule("edgen? (Pick) (Whole) part?", build.calendar),
    Rule("(weekday|reld) part?|part reld", build.calendar, not_after="name"),
    Rule("every (unit|weekday|month)", amounts.repeat),
    Rule("rate", amounts.repeat),
    Rule("(Quantity) (Unit)", amounts.length),
    Rule("edgen? Year", build.calendar, not_before="units|plural"),
    Rule("clock", build.calendar, after="in at"),
    Rule("noon", build.calendar),
    Rule("now", build.vague),
)


def _settle(tokens: Tokens) -> Tokens:
    """Return the tokens with the numbers that count ("1200 рабочих") as numbers and not as years."""
    places = [at for at, code in enumerate(tokens.codes) if code == CODE["year"]]
    counts = [at for at in places if counts_things(tokens.text, *tokens.span_of(at))]
    if not counts:
        return tokens
    codes = list(tokens.codes)
    for at in counts:
        codes[at] = CODE["int"]
    return replace(tokens, codes="".join(codes))


@cache
def grammar() -> Grammar:
    """Return the compiled Russian grammar."""
    return replace(compile_grammar(make_lexicon(_TABLES, "ru"), _RULES, _MACROS), settle=_settle)
