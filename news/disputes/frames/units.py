"""Which kinds of parts a number may play by its unit: a count, a sum, a speed, a depth, a span, a magnitude.

Owns the reading of units that only the words around tell: kilometres an hour, the number of a magnitude, another
country's dollar, a stretch of time that something lasted. Must never say which part it plays:
``news.disputes.frames.parts`` does.
"""

from __future__ import annotations

import re
from functools import cache

from news.tables import load_toml
from news.words.measures import Measure
from news.words.small_letters import small

__all__ = ["in_one_unit", "kinds_of", "with_unit"]

_KINDS = {
    "share": "share",
    "speed": "speed",
    "area": "area",
    "mass": "stuff",
    "volume": "stuff",
    "length": "length",
    "time": "time",
}
_PER_HOUR = re.compile(r" ?(?:/ ?h|per hour|an hour|por hora|в час|/ ?ч\b)")
_MAGNITUDE = small(
    r"\b(?:magnitude|richter|magnitud|магнитуд\w*|рихтер\w*)\b|\b(?:terremoto|sismo|se[íi]smo|temblor) de $"
)
_REACH = 60
_STRONGEST = 10
_SPAN = small(
    r"\b(?:for|lasted|lasting|last|took|durante|por|dur[óo]|duraron|prolong[óo]|"
    r"в течение|на протяжении|(?:про)?длил\w+|продолжал\w+|на)(?: (?:"
    r"about|around|nearly|almost|some|only|just|"
    r"over|at least|more than|well over|less than|close to|a full|no more than|casi|unas|unos|más de|al menos|"
    r"cerca de|около|почти|более|примерно|не менее|больше))? $"
)
_COMPOUND = re.compile(r"-(?:hours?|minutes?|days?|weeks?)$")
_FOLLOWS = re.compile(r"[- ](?:stop|outage|stoppage|blackout|closure|siege|stand-?off|power cut|delay|standstill)")
_LASTED = small(
    r"\b(?:par[óo]n|parada|paralizaci[óo]n|apag[óo]n|cortes?|cierre|bloqueo|asedio|sitio|retrasos?|demoras?|"
    r"interrupci[óo]n)(?: [\w-]+){0,2}? de(?: (?:casi|unas|unos|más de|al menos|cerca de|menos de))? $"
    r"|\b(?:задержк|просто|перерыв|блокад|отключени|остановк|перебо)[а-яё]{0,3} (?:в|длиной в)"
    r"(?: (?:около|почти|более|примерно|не менее|больше))? $|\b(?:длительностью|продолжительностью)"
    r"(?: (?:в|около|почти|более|примерно|не менее|больше))? $"
)
_OLD = re.compile(r"[- ](?:ago|old|of age|years old)|,? (?:назад|de antigüedad)")
_LITRES, _DENSITY = 1000.0, 0.3
_AGES_H = 60 * 8766
_TERM = small(
    r"\b(?:jail\w*|prison|sentence\w*|bars|imprison\w*|c[áa]rcel|prisi[óo]n|reclusi[óo]n|presidio|penas?|rejas|"
    r"conden\w+|sentenci\w+|тюрьм\w*|колони\w*|лишени\w*|заключени\w*|приговор\w*|реш[её]тк\w*)\b"
)
_MONTH_H = 700
_OTHER_DOLLAR = re.compile(r"(?:\b|[^a-z])(?:a|au|c|ca|nz|hk|s|sg|r|nt)$")
_ARTICLE = re.compile(r"(?:an?|the|una?|el|la) ")


@cache
def _money() -> frozenset[str]:
    return frozenset(str(load_toml("frames.toml")["units"]["money"]).split())


def kinds_of(one: Measure, low: str) -> tuple[str, ...]:
    """Return the tables of ``data/frames.toml`` in which a number may have its part, in order.

    Args:
        low: the sentence in small letters.
    """
    if not one.kind:
        return ("magnitude",) if _is_magnitude(one, low) else ("things", "people")
    if one.kind in _money():
        own = low[one.start : one.start + 1] == "$" and _OTHER_DOLLAR.search(low[max(0, one.start - 3) : one.start])
        return () if own else ("money",)
    if one.kind == "length" and _PER_HOUR.match(low, one.end):
        return ("speed",)
    if one.kind == "time" and not _is_span(one, low):
        return ()
    return (_KINDS[one.kind],) if one.kind in _KINDS else ()


def with_unit(one: Measure, kind: str) -> Measure:
    """Return a measure with the unit of its part: kilometres an hour are no length."""
    return one._replace(kind="speed") if kind == "speed" and one.kind == "length" else one


def in_one_unit(ours: Measure, theirs: Measure) -> tuple[Measure, Measure]:
    """Return two measures in one unit where one is a mass and the other a volume, as of oil or water; else as given."""
    if {ours.kind, theirs.kind} != {"mass", "volume"}:
        return ours, theirs
    mine, yours = (
        one._replace(value=one.value * _LITRES, kind="volume", loose=max(one.loose, _DENSITY))
        if one.kind == "mass"
        else one
        for one in (ours, theirs)
    )
    return mine, yours


def _is_magnitude(one: Measure, low: str) -> bool:
    """Return whether a number is the magnitude of an earthquake, wherever the word for it stands."""
    if not 1 < one.value < _STRONGEST or not low[one.start : one.end][:1].isdigit():
        return False
    after = low[one.end : one.end + _REACH // 3]
    if _MAGNITUDE.search(after):
        return True
    before = low[max(0, one.start - _REACH) : one.start]
    found = _MAGNITUDE.search(before)
    return found is not None and not re.search(r"\d", before[found.end() :])


def _is_span(one: Measure, low: str) -> bool:
    """Return whether a length of time is how long something lasted, how old a thing is or what somebody must serve."""
    text = low[one.start : one.end]
    if _ARTICLE.match(text):
        return False
    before, after = low[max(0, one.start - _REACH // 2) : one.start], low[one.end : one.end + _REACH // 2]
    if one.value >= _AGES_H:
        return bool(_OLD.match(after)) or text.endswith("-old")
    if one.value >= _MONTH_H:
        return bool(_TERM.search(before) or _TERM.search(after))
    if _COMPOUND.search(text):
        return bool(_FOLLOWS.match(after))
    return bool(_SPAN.search(before) or _LASTED.search(before)) and not after.startswith((" ago", " earlier", " later"))
