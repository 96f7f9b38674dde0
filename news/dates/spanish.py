"""The Spanish time words and grammar: weekdays, months, full dates and the common relative expressions."""

from __future__ import annotations

from functools import cache
from typing import Any, Final

from news.dates import amounts, build, compound
from news.dates.forms import Edge, Pick, Unit
from news.dates.grammar import Grammar, Rule, compile_grammar
from news.dates.tokens import make_lexicon

_MONTH_NAMES: Final = "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre"
_WEEKDAY_NAMES: Final = "lunes martes miércoles jueves viernes sábado domingo"
_ORDINALS: Final = {
    "primer": 1, "primero": 1, "primera": 1, "segundo": 2, "segunda": 2, "tercer": 3, "tercero": 3, "cuarto": 4,
}  # fmt: skip
_TABLES: Final[dict[str, dict[str, Any] | str]] = {
    "month": {name: number for number, name in enumerate(_MONTH_NAMES.split(), 1)} | {"setiembre": 9},
    "weekday": {name: number for number, name in enumerate(_WEEKDAY_NAMES.split(), 1)} | {"miercoles": 3, "sabado": 6},
    "weekdays": {"sábados": 6, "domingos": 7},
    "season": {"primavera": "SP", "verano": "SU", "otoño": "FA", "invierno": "WI"},
    "ord": _ORDINALS,
    "unit": {"día": Unit.DAY, "dia": Unit.DAY, "semana": Unit.WEEK, "mes": Unit.MONTH, "año": Unit.YEAR,
             "hora": Unit.HOUR, "minuto": Unit.MINUTE, "década": Unit.DECADE, "siglo": Unit.CENTURY},
    "units": {"días": Unit.DAY, "dias": Unit.DAY, "semanas": Unit.WEEK, "meses": Unit.MONTH, "años": Unit.YEAR,
              "horas": Unit.HOUR, "minutos": Unit.MINUTE, "décadas": Unit.DECADE, "siglos": Unit.CENTURY},
    "quarter": {"trimestre": Unit.QUARTER},
    "half": "semestre medio media",
    "weekend": {"fin": Unit.WEEKEND},
    "a": "un una",
    "the": "el la los las",
    "this": {"este": Pick.THIS, "esta": Pick.THIS, "presente": Pick.THIS},
    "that": {"ese": Pick.TOLD, "esa": Pick.TOLD, "aquel": Pick.TOLD, "aquella": Pick.TOLD},
    "same": {"mismo": Pick.TOLD, "misma": Pick.TOLD},
    "last": {"pasado": Pick.LAST, "pasada": Pick.LAST, "último": Pick.LAST, "última": Pick.LAST},
    "past": {"últimos": Pick.LAST, "últimas": Pick.LAST, "pasados": Pick.LAST, "pasadas": Pick.LAST},
    "next": {"próximo": Pick.NEXT, "próxima": Pick.NEXT, "próximos": Pick.NEXT, "próximas": Pick.NEXT},
    "following": {"siguiente": Pick.AFTER_TOLD},
    "previous": {"anterior": Pick.BEFORE_TOLD, "previo": Pick.BEFORE_TOLD},
    "ago": "hace",
    "later": "después",
    "earlier": "antes",
    "hence": "dentro",
    "edgen": {"principios": Edge.START, "comienzos": Edge.START, "inicios": Edge.START, "mediados": Edge.MID,
              "finales": Edge.END, "fines": Edge.END},
    "reld": {"hoy": 0, "ayer": -1, "anteayer": -2},
    "tomorrow": "mañana",
    "lastnight": "anoche",
    "part": {"tarde": "AF", "noche": "NI", "madrugada": "MO"},
    "noon": {"mediodía": "12:00", "medianoche": "24:00"},
    "zone": "gmt utc",
    "every": "cada",
    "rate": {"diariamente": "P1D", "semanalmente": "P1W", "mensualmente": "P1M"},
    "vague": {"varios": None, "varias": None, "algunos": None, "algunas": None, "unos": None, "unas": None,
              "pocos": None, "pocas": None},
    "approx": "casi aproximadamente alrededor",
    "more": "más",
    "of": "de del",
    "and": "y",
    "to": "al",
    "at": "a",
    "in": "en",
    "prep": "por desde hasta durante para entre tras",
    "now": {"ahora": "PRESENT_REF", "actualmente": "PRESENT_REF", "recientemente": "PAST_REF"},
    "coming": {"viene": Pick.NEXT},
    "than": "que",
}  # fmt: skip

_MACROS: Final = {
    "DayMonth": "(day|ord) of? month",
    "YearRef": "(this|same|that) unit|unit (last|following|previous)",
    "Date": "DayMonth ((of|comma|of the unit) year|of the? YearRef)?",
    "Edge": "edgen of the?",
    "Clock": "clock (zone)?",
    "Card": "num|teen|day|int",
    "Quantity": "(approx of?)? (Card|a|vague)",
    "Unit": "unit|units",
    "Whole": "unit|weekday|month|season|quarter|weekend (of unit)?",
}
_RULES: Final = (
    Rule("iso", build.iso),
    Rule("slash", build.slash_day_first),
    Rule("the? (day|ord) (hyph|to|and) the? day of? month (of? year)?", build.day_range),
    Rule("the? part of weekday to weekday", build.night_into),
    Rule("the? weekday comma? (Date)|(weekday comma?)? (Date)", build.calendar),
    Rule("(Clock) of? (weekday|reld|Date)", build.calendar),
    Rule("last tomorrow", compound.second_next),
    Rule("earlier of reld", compound.second_last),
    Rule("(Edge) this (unit|quarter)", build.calendar),
    Rule("(Edge)? month (of? the? (year|YearRef))?", build.calendar, not_before="name"),
    Rule("(Edge)? the? ord (quarter|half) (of? the? (year|YearRef))?", build.calendar),
    Rule("(Edge)? the? season of year", build.calendar),
    Rule("(Edge)? the? unit of (the units)? (year|day|int)|(Edge)? the units (day|int|num)", build.decade_of_year),
    Rule("ago (half|a ord of) unit", compound.share_ago),
    Rule("ago (Quantity) (Unit)|hence of (Quantity) (Unit)", amounts.distance),
    Rule("(Quantity) (Unit) (more? later|earlier)", amounts.distance),
    Rule("(Edge)? the? (Whole) (last|than coming|next|following|previous)", build.calendar),
    Rule("(the|this) (last|next|same)? (Whole) (prep the (part|tomorrow))?", build.relative_only),
    Rule("(that|that same|the same) (Whole)", build.calendar),
    Rule("this part|that part", build.calendar),
    Rule("lastnight", build.last_night),
    Rule("(weekday|reld) (prep|in|at) the (part|tomorrow)", build.calendar),
    Rule("(the|this)? (last|past|next) (Card|vague) (Unit)|the (Card|vague) (past|next) (Unit)", amounts.length),
    Rule("every (Card)? (unit|units|weekday|month|season|part)", amounts.repeat),
    Rule("the weekdays|rate", amounts.repeat),
    Rule("(Quantity) (Unit)", amounts.length),
    Rule("(Edge)? year", build.calendar, not_before="units|plural"),
    Rule("weekday|reld", build.calendar, not_after="name"),
    Rule("this tomorrow", build.tomorrow),
    Rule("tomorrow", build.tomorrow, not_after="the"),
    Rule("clock (zone)?", build.calendar, after="the at"),
    Rule("noon", build.calendar),
    Rule("now", build.vague),
)


@cache
def grammar() -> Grammar:
    """Return the compiled Spanish grammar."""
    return compile_grammar(make_lexicon(_TABLES, "es"), _RULES, _MACROS)
