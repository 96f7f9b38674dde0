"""What part each figure of a sentence plays in its event: whom it counts, and what sum, share or extent it is.

Owns the classes of ``data/frames.toml`` and the finding of the one that governs a figure: of the acts in its clause the
nearest, else its own noun. Must never compare two figures; ``news.disputes.frames.values`` does.

An event has few parts that are counted: those aboard, the dead, the hurt, the missing, those who were taken, freed or
fell ill, who came to a rally, what was burnt, stolen or paid. Accounts give them by verbs and nouns of their own, in
English, Spanish and Russian. Linear in the sentence, which is cut at 600 characters.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from news.decision import Claim
from news.disputes.frames.counts import may_count
from news.disputes.frames.people import is_of_people, sort_of
from news.disputes.frames.units import kinds_of, with_unit
from news.disputes.shares import are_of_two_trades
from news.reports.quantities import find_quantities
from news.tables import load_toml
from news.words.ages import is_age
from news.words.measures import Measure, measures_in
from news.words.small_letters import small
from news.words.text import lower_in_place
from news.words.vocabulary import language_of

__all__ = ["Part", "are_two_parts", "counts_people", "inside_classes", "list_parts"]

_MAX_QUOTE = 600
_REACH = 90
_NOUNS = 45
_NEAR = 40
_GAP = 6
_TOLD_APART = frozenset({"people", "things", "stuff"})
"""Kinds of which every figure plays one part; a sum may be a price and a fine."""
_WEAK = 60
_OVER = 30
_STOPS, _BEYOND = frozenset(",.;)"), 12
_FINITE = 60
"""What a verb with its auxiliary is nearer than another word: "700 barrels of what was spilt have been recovered"."""
_AND_NAME = re.compile(r"([A-ZÀ-Þ][\w'’-]+) and (?=[A-ZÀ-Þ][\w'’-]+ (?!(?:said|says|told|has|had|was|were)\b))")
_EDGE = re.compile(
    r"[;:—–](?=\s)|\.(?=\s)|, (?:and|but|while|whereas|although|though|which|who|whose|y|pero|mientras|а|но|и)\b|\b(?:"
    r"and|but|while|whereas|although|when|after|before|that|because|who|which|cuando|mientras|que|pero|когда|после|что|"
    r"котор\w+)\b"
)
_NUMBER_OF = re.compile(
    r"\b(?:number|toll|count|total|tally) of (?:those|people|persons|men|women|the )[^.;]{3,150} "
    r"(?:is|was|stands at|stood at|has reached) (?:only |now |just )?$"
)
_PHRASAL = re.compile(r"\b(?:hand|turn|t[ao]k|sign|run|pass|knock)(?:s|e|es|ed|en|ing)? $")
_LEVEL = {
    "en": re.compile(r"\b(?:to|at)(?: (?:about|around|nearly|some|just (?:over|under)))? $"),
    "es": re.compile(r"\b(?:hasta el|al|en el|a) $"),
    "ru": re.compile(r"\b(?:до|на уровне) $"),
}
_AUXILIARY = re.compile(
    r"\b(?:has|have|had|was|were|is|are|been|being|be|got|fueron|han|ha|fue|fuera|ser|son|sido|siguen|"
    r"permanecen|quedaron|resultaron|est[áa]n|были|был|было|будут|стали)\b(?: \w+){0,3} $"
)
_ATTRIBUTE = re.compile(r" [a-z]{3,20}(?:s|men|people)\b(?! (?:from|in|at|by|to)\b)(?<!was)(?<!as)")
_CAPITALS = re.compile(r" [A-ZÀ-Þ][a-zà-ÿ]{3,}(?:ns|se|is|sh|ch|ks|ss|ts|ds|os|rs)\b")
_SOME = small(
    r"# (?:new|fresh|nuev[oa]s|нов\w+)\b|\b(?:new|fresh) #|"
    r"#(?: [\w-]+)?(?: [\w-]+)? (?:of|из) (?:the|them|those|these|their|its|whom|which|них|которых)\b|"
    r"\b(?:others?|another|further|"
    r"additional|remaining|the rest|still|so far|already|among|including|includes?|of them|of whom|"
    r"of which|partial|some of|half of|(?<!no )(?<!not )(?<!one )more(?! than)|mostly|mainly|"
    r"otr[oa]s|adem[áa]s|entre ell[oa]s|de ell[oa]s|todav[íi]a|a[úu]n|hasta (?:ahora|el momento)|"
    r"por (?:ahora|el momento)|"
    r"de (?:los|las) (?:cuales|que)|incluid[oa]s|parte de|la mitad de|"
    r"ещё|еще|остальны\w*|других|другие|в том числе|включая|из них|из которых|среди|пока|уже|часть из|половин\w+ из)\b"
)
_ALL = small(r"\b(?:all|every one|everyone|tod[oa]s|все|всех)(?: \w+)? #")
_IN_ORDER = small(r"\b(?:the first|second)\b")
_PIECE = small(r"#(?: [\w-]+)?(?: [\w-]+)? (?:of|из|de) (?:the|them|those|these|its|whom|which|них|которых|los|las)\b")
_OF_WHAT = small(r"# (?:of|de) (?!the\b|land\b|la\b)[a-záéíóúñ]{3,}")
_POINTS = small(r"\bpoints?\b|\bpuntos?\b|пункт|процентн")
_BESIDE = 14
_TWO_SORTS = re.compile(r" [a-z]{3,15} ")
_WHOLE_AFTER = re.compile(r" of (?:the |some |about )?\d+ ")
_RELATIVE = frozenset({"who", "that", "which", "que"})
_DATED = re.compile(
    r"\b\d{1,2}(?:st|nd|rd|th)?(?: ?(?:to|and|[-–]|al|y(?: el)?|по|до|и) ?\d{1,2}(?:st|nd|rd|"
    r"th)?)? (?:de |of )?(?:january|"
    r"february|march|april|may|june|july|august|september|october|november|december|enero|febrero|"
    r"marzo|abril|mayo|junio|"
    r"julio|agosto|septiembre|octubre|noviembre|diciembre|январ|феврал|март|апрел|ма[йя]|июн|июл|август|сентябр|октябр|"
    r"ноябр|декабр)"
)
_PLURAL = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")


@dataclass(frozen=True, slots=True)
class Part:
    """A figure with the part that it plays.

    Attributes:
        kind: ``people``, ``things``, ``money``, ``share``, ``speed``, ``area``, ``stuff``, ``length``, ``time`` or
            ``magnitude``.
        name: class of ``data/frames.toml``.
        sort: sort of people that the noun names, empty for people of any sort.
        bound: ``min`` and ``max`` for "at least" and "no more than", else empty.
        clause: the words around the figure, without what another clause says; ``near`` those next to it.
        before: the sentence up to the figure.
    """

    kind: str
    name: str
    measure: Measure
    text: str
    noun: str
    sort: str
    bound: str
    clause: str
    near: str
    before: str

    @property
    def is_some(self) -> bool:
        """Return whether the figure is said to be a part of more: "four of the", "another nine", "still missing"."""
        if self.kind == "share" or _WHOLE_AFTER.match(self.near.partition("#")[2]):
            return False  # "58 of the 94 who left have died"
        before, _, after = self.near.partition("#")
        return bool(_SOME.search(self.near) or _IN_ORDER.search(f"{before[-_BESIDE:]}#{after[:_BESIDE]}"))


@dataclass(frozen=True, slots=True)
class _Class:
    name: str
    acts: re.Pattern[str]
    weak: re.Pattern[str] | None
    nouns: re.Pattern[str] | None
    of: re.Pattern[str] | None
    at: re.Pattern[str] | None


_Near = tuple[int, str, int, int]
"""An act of a clause: how far from the figure, its class, where it begins and ends."""


@dataclass(frozen=True, slots=True)
class _Place:
    """A clause with the offsets of its figure, and where other figures end."""

    clause: str
    here: int
    there: int
    ends: frozenset[int]

    def is_parted(self, first: int, last: int) -> bool:
        """Return whether another figure stands between the own one and an act, or next to the act."""
        low, high = (last, self.here) if first < self.here else (self.there + 1, first)
        return first - 1 in self.ends or any(low <= one < high for one in self.ends)


def _compiled(pattern: str) -> re.Pattern[str] | None:
    return re.compile(rf"\b(?:{pattern})\b") if pattern else None


@cache
def _classes(kind: str, language: str) -> tuple[_Class, ...]:
    table: Mapping[str, Mapping[str, str]] = load_toml("frames.toml")[kind]
    found = []
    for name, row in table.items():
        acts = _compiled(row.get(language, ""))
        if acts is not None:
            others = (_compiled(row.get(f"{language}_{key}", "")) for key in ("weak", "nouns", "of", "at"))
            found.append(_Class(name, acts, *others))
    return tuple(found)


@lru_cache(maxsize=1 << 12)
def list_parts(quote: str) -> tuple[Part, ...]:
    """Return the figures of a sentence that play a part, in order; those of no class are left out."""
    text = _AND_NAME.sub(r"\1 &&& ", quote[:_MAX_QUOTE])
    language = language_of(text)
    if language not in {"en", "es", "ru"} or not (measures := measures_in(text, language)):
        return ()
    low = lower_in_place(text)
    dates = [found.span() for found in _DATED.finditer(low)]
    measures = tuple(one for one in measures if not any(first <= one.start < last for first, last in dates))
    measures = tuple(one for one in measures if not is_age(text, one.start, one.end))
    quantities = find_quantities(text, language)
    found = []
    ends = frozenset(one.end for one in measures)
    for one in measures:
        own = next((q for q in quantities if q.start < one.end and one.start < q.end), None)
        noun = own.object if own is not None and not _CAPITALS.match(text, one.end) else ""
        bound = "" if own is None or _PHRASAL.search(low, 0, own.start) else own.bound
        if not noun and _CAPITALS.match(text, one.end):
            noun = "Nationals"
        part = _part_of(one, low, noun, bound, language, ends)
        if part is not None:
            found.append(part)
    return tuple(found)


def _part_of(one: Measure, low: str, noun: str, bound: str, language: str, ends: frozenset[int]) -> Part | None:
    if one.is_open or not may_count(one, low):
        return None
    start, end = _clause_of(low, one.start, one.end)
    clause = low[start:end]
    place = _Place(clause, one.start - start, one.end - start, frozenset(each - start for each in ends))
    for kind in kinds_of(one, low):
        is_last = language != "en" and low[one.end : one.end + 1] in _STOPS
        after = "" if is_last else " ".join(_PLURAL.findall(low[one.end : one.end + _NOUNS])[:5])
        name = _governs(place, after, kind=kind, noun=noun, language=language)
        if name:
            near = f"{low[max(start, one.start - _NEAR) : one.start]}#{low[one.end : min(end, one.end + _NEAR)]}"
            own = low[one.start : one.end]
            return Part(
                kind, name, with_unit(one, kind), own, noun, sort_of(noun), bound, clause, near, low[: one.start]
            )
    return None


def _clause_of(low: str, first: int, last: int) -> tuple[int, int]:
    """Return where the clause of a figure begins and ends, at most so far from it."""
    begin = max(0, first - _REACH)
    number_of = _NUMBER_OF.search(low, max(0, first - 2 * _REACH), first)
    if number_of is not None:
        return number_of.start(), last
    edges = [found.end() for found in _EDGE.finditer(low, begin, first)]
    end = min(len(low), last + _REACH)
    after = next((one for one in _EDGE.finditer(low, last, end) if not _is_of_counted(one, last)), None)
    return max(edges, default=begin), after.start() if after else end


def _is_of_counted(edge: re.Match[str], last: int) -> bool:
    """Return whether what follows is of the counted: "eleven convicts who had asked", "58 passengers and crew fell"."""
    if edge.group() == "and":
        return bool(_TWO_SORTS.fullmatch(edge.string, last, edge.start()))
    return edge.group() in _RELATIVE and edge.start() - last <= _NOUNS


def _governs(place: _Place, after: str, *, kind: str, noun: str, language: str) -> str:
    """Return the class of the nearest act of a clause, else that of the noun of the figure; "" for neither."""
    classes = _classes(kind, language)
    clause = place.clause
    if kind == "share" and _LEVEL[language].search(clause, 0, place.here):
        return next((one.name for one in classes if one.at is not None and one.at.search(clause)), "level")
    if kind == "things":
        classes = tuple(one for one in classes if one.of is not None and _counted(after, one.of))
    near = [
        (_distance(found, place, is_weak=is_weak, is_english=language == "en"), one.name, *found.span())
        for one in classes
        for pattern, is_weak in ((one.acts, False), (one.weak, True))
        if pattern is not None
        for found in pattern.finditer(clause)
    ]
    own = next((one.name for one in classes if one.nouns is not None and _counted(after, one.nouns)), "")
    if kind == "people" and not own and not is_of_people(noun, after, language):
        return ""
    best = min(near, default=(_WEAK, own, 0, 0))
    if kind == "people" and best[2] == place.there + 1 and (own or best[1]) == best[1]:
        return _done_to(best[1], near, place) or best[1]
    return own if own and best[0] >= _WEAK else best[1]


def _done_to(own: str, near: Sequence[_Near], place: _Place) -> str:
    """Return the class of what was done to the taken or the hurt that a figure counts: "liberan a 12 detenidos".

    Not of an act that another figure stands next to, or in front of: "12 muertos, 30 evacuados".
    """
    over = load_toml("frames.toml")["over"]
    if own not in over["nouns"].split():
        return ""
    found = (
        (distance, name)
        for distance, name, first, last in near
        if distance <= _OVER and name != own and not place.is_parted(first, last)
        if name in over["acts"].split() or re.fullmatch(over["ends"], place.clause[first:last])
    )
    return min(found, default=(0, ""))[1]


def counts_people(quote: str) -> bool | None:
    """Return whether a sentence counts people: four fishermen, but no tyres; None where nothing says of what."""
    kinds = {part.kind for part in list_parts(quote)} & {"people", "things"}
    if kinds:
        return "people" in kinds
    low = lower_in_place(quote[:_MAX_QUOTE])
    language = language_of(quote)
    counts = [one for one in find_quantities(low, language) if one.unit == "count" and one.object]
    return any(is_of_people(one.object, low[one.end :], language) for one in counts) or None


def _counted(after: str, of: re.Pattern[str]) -> bool:
    """Return whether one of the first words after a figure is of a pattern."""
    return of.search(" ".join(after.split()[:4])) is not None


def _distance(found: re.Match[str], place: _Place, *, is_weak: bool, is_english: bool) -> int:
    """Return the characters between an act and a figure, less for a finite act that the figure is the subject of."""
    clause, here, there = place.clause, place.here, place.there
    extra = _WEAK if is_weak else 0
    if found.start() < there:
        return max(0, here - found.end()) + _GAP + extra
    if is_english and found.start() - there <= 1 and _ATTRIBUTE.match(clause, found.end()):
        extra += _WEAK  # "twelve detained fighters"
    if found.start() > there and clause[there] in _STOPS:
        extra += _BEYOND  # "погибших 12, раненых 40"
    is_main = not is_weak and _AUXILIARY.search(clause, there, found.start()) is not None
    return found.start() - there + extra - _FINITE * is_main


def are_two_parts(here: Claim, there: Claim) -> bool:
    """Return whether two figures, as they are claimed, play two parts: those caught and those brought down."""
    ours, theirs = _part_of_claim(here), _part_of_claim(there)
    if ours is None or theirs is None or ours.kind != theirs.kind:
        return False
    if _is_piece(ours, theirs) or _is_piece(theirs, ours):
        return True
    if ours.kind not in _TOLD_APART:
        is_of_two = ours.name == theirs.name == "followed" and are_of_two_trades(here.quote, there.quote)
        return ours.kind == "share" and (is_of_two or _are_turned(ours, theirs) or _is_of_points(ours, theirs))
    if {ours.name, theirs.name} <= set(inside_classes()):
        is_some = any(_SOME.search(lower_in_place(one.quote)) for one in (here, there))
        return ours.name != theirs.name and (is_some or _is_fewer_inside(ours, theirs))
    return ours.name != theirs.name


def inside_classes() -> tuple[str, ...]:
    """Return the classes of those inside, in order: no more are caught than were aboard, none more brought out."""
    return tuple(str(load_toml("frames.toml")["inside"]["classes"]).split())


def _is_fewer_inside(ours: Part, theirs: Part) -> bool:
    """Return whether fewer came out than were in, and not as all of them: 38 were saved of the 84 aboard."""
    order = inside_classes()
    first, last = sorted((ours, theirs), key=lambda one: order.index(one.name))
    return first.measure.value > last.measure.value and not any(_ALL.search(one.near) for one in (first, last))


def _are_turned(ours: Part, theirs: Part) -> bool:
    """Return whether one share is a rise and the other a fall by another number: of two things, most likely."""
    return {ours.name, theirs.name} == {"rise", "cut"} and ours.measure.value != theirs.measure.value


def _is_of_points(ours: Part, theirs: Part) -> bool:
    """Return whether one of two shares is a level and the other the size of a step: a quarter of a point."""
    if (ours.name == "level") is (theirs.name == "level"):
        return False
    step = theirs if ours.name == "level" else ours
    return step.name in {"cut", "rise"} and bool(_POINTS.search(step.text + step.near.partition("#")[2]))


def _is_piece(part: Part, whole: Part) -> bool:
    """Return whether the smaller of two figures is of something: some of the loot, an area of olive groves."""
    if part.measure.value >= whole.measure.value or part.kind == "share":
        return False  # a share is of something, however it is told
    marks = (_PIECE, _OF_WHAT) if part.kind == "area" else (_PIECE,)
    return any(mark.search(part.near) and not mark.search(whole.near) for mark in marks)


def _part_of_claim(claim: Claim) -> Part | None:
    """Return the part of the one figure of a sentence that stands in the value as it is shown; None for several."""
    shown = lower_in_place(claim.value)
    found = [one for one in list_parts(claim.quote) if one.text in shown]
    return found[0] if len(found) == 1 else None
