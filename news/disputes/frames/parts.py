"""What part each figure of a sentence plays in its event: whom it counts, and what sum, share or extent it is.

Owns the classes of ``data/frames.toml`` and the finding of the one that governs a figure: of the acts in its clause the
nearest, else its own noun. Must never compare two figures; ``news.disputes.frames.values`` does.

An event has few parts that are counted: those aboard, the dead, the hurt, the missing, those who were taken, freed or
fell ill, who came to a rally, what was burnt, stolen or paid. Accounts give them by verbs and nouns of their own, in
English, Spanish and Russian. Linear in the sentence, which is cut at 600 characters.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from news.decision import Claim
from news.disputes.frames.units import kinds_of, with_unit
from news.disputes.shares import are_of_two_trades
from news.reports.quantities import find_quantities
from news.tables import load_toml
from news.words.ages import is_age
from news.words.meanings import number_words
from news.words.measures import Measure, measures_in
from news.words.quantity_words import quantity_words
from news.words.small_letters import small
from news.words.text import fold, lower_in_place
from news.words.things import things_in
from news.words.vocabulary import language_of

__all__ = ["Part", "are_two_parts", "counts_people", "inside_classes", "is_ordinal", "list_parts"]

_MAX_QUOTE, _REACH = 600, 90
_NOUNS, _NEAR, _GAP = 45, 40, 6
_NO_COUNTS = frozenset({"both", "twice", "thrice", "twin", "par", "pair", "couple", "dozen", "оба", "обе", "ambos"})
_TOLD_APART = frozenset({"people", "things", "stuff"})
"""Kinds of which every figure plays one part; a sum may be a price and a fine."""
_WEAK = 60
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
_NAME_NUMBER = re.compile(
    r"(?i)(?:\b(?:no|nr|number|flight|route|article|section|page|group|aged?|day|unit|block|line)\.? |[-/#])$"
)
_ORDINAL = re.compile(r"\d(?:st|nd|rd|th|-[йяеог]\w*|[ºªo])\b|^\s*(?:first|second|third|last|next)\b")
_PHRASAL = re.compile(r"\b(?:hand|turn|t[ao]k|sign|run|pass|knock)(?:s|e|es|ed|en|ing)? $")
_LEVEL = {
    "en": re.compile(r"\b(?:to|at)(?: (?:about|around|nearly|some|just (?:over|under)))? $"),
    "es": re.compile(r"\b(?:hasta el|al|en el|a) $"),
    "ru": re.compile(r"\b(?:до|на уровне) $"),
}
_AUXILIARY = re.compile(
    r"\b(?:has|have|had|was|were|is|are|been|being|be|got|fueron|han|ha|fue|были|был)\b(?: \w+){0,3} $"
)
_ATTRIBUTE = re.compile(r" [a-z]{3,20}(?:s|men|people)\b(?! (?:from|in|at|by|to)\b)(?<!was)(?<!as)")
_CAPITALS = re.compile(r" [A-ZÀ-Þ][a-zà-ÿ]{3,}(?:ns|se|is|sh|ch|ks|ss|ts|ds|os|rs)\b")
_SOME = small(
    r"# (?:new|fresh|nuev[oa]s|нов\w+)\b|\b(?:new|fresh) #|"
    r"#(?: [\w-]+)?(?: [\w-]+)? (?:of|из) (?:the|them|those|these|their|its|whom|which|них|которых)\b|"
    r"\b(?:others?|another|further|"
    r"additional|remaining|the rest|still|so far|already|among|including|includes?|of them|of whom|"
    r"of which|partial|some of|half of|(?<!no )(?<!not )(?<!one )more(?! than)|mostly|mainly|"
    r"otr[oa]s|adem[áa]s|entre ell[oa]s|de ell[oa]s|todav[íi]a|hasta (?:ahora|el momento)|"
    r"ещё|еще|остальны\w*|в том числе|из них|среди|пока|уже)\b"
)
_ALL = small(r"\b(?:all|every one|everyone|tod[oa]s|все|всех)(?: \w+)? #")
_IN_ORDER = small(r"\b(?:the first|second)\b")
_COMPOUND = re.compile(r"\d-[a-z]")
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
_YEARS = re.compile(r"[- ](?:лет\b|años)")
_PLURAL = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_PEOPLE = frozenset({
    "driver", "pilot", "crew", "passenger", "engineer", "scholar", "student", "teacher", "child", "elder", "family",
    "doctor", "patient", "victim", "worker", "boss", "lawmaker", "diplomat", "police", "soldier", "gunman", "thief",
    "suspect", "captive", "agent", "lawyer", "judge", "firefighter", "villager", "farmer", "fisherman", "voter",
    "protester", "striker", "athlete", "actor", "singer", "author", "artist", "priest", "tourist", "migrant", "climber",
    "miner", "customer",
})  # fmt: skip


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


@cache
def _sorts() -> Mapping[str, str]:
    rows: Mapping[str, str] = load_toml("frames.toml")["sorts"]
    return {fold(word): name for name, words in rows.items() for word in words.split()}


@cache
def _listed(table: str, key: str = "words") -> frozenset[str]:
    return frozenset(str(load_toml("frames.toml")[table][key]).split())


def _sort_of(noun: str) -> str:
    """Return the sort of people that a noun names ("nurses" are ``medical``), or an empty string."""
    return _sorts().get(fold(noun.rpartition(" ")[2]), "")


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
    for one in measures:
        own = next((q for q in quantities if q.start < one.end and one.start < q.end), None)
        noun = own.object if own is not None and not _CAPITALS.match(text, one.end) else ""
        bound = "" if own is None or _PHRASAL.search(low, 0, own.start) else own.bound
        if not noun and _CAPITALS.match(text, one.end):
            noun = "Nationals"
        part = _part_of(one, low, noun, bound, language)
        if part is not None:
            found.append(part)
    return tuple(found)


def _part_of(one: Measure, low: str, noun: str, bound: str, language: str) -> Part | None:
    if one.is_open or not _may_count(one, low):
        return None
    start, end = _clause_of(low, one.start, one.end)
    clause = low[start:end]
    here, there = one.start - start, one.end - start
    for kind in kinds_of(one, low):
        after = " ".join(_PLURAL.findall(low[one.end : one.end + _NOUNS])[:5])
        name = _governs(clause, here, there, after, kind=kind, noun=noun, language=language)
        if name:
            near = f"{low[max(start, one.start - _NEAR) : one.start]}#{low[one.end : min(end, one.end + _NEAR)]}"
            own = low[one.start : one.end]
            return Part(
                kind, name, with_unit(one, kind), own, noun, _sort_of(noun), bound, clause, near, low[: one.start]
            )
    return None


_HOURS = 24
_AT = re.compile(r"\b(?:at|until|till|(?:shortly|just) (?:before|after)|a las|hasta las|desde las|hacia las) $")
_PUT = small(
    r"\b(?:put\w*|st[ao]\w*d|remain\w*|estim\w+|number\w*|count\w*|toll|tally|figure|set|ke[ep]\w*|cifr\w+|sit[úu]\w+)\b"
)
_END_OF_HOUR = re.compile(r" ?(?:[.,;:)]|$|o['’]clock|on \w+day|in the (?:morning|afternoon|evening)|at night|de la )")


@cache
def _is_whole() -> re.Pattern[str]:
    return re.compile(rf"(?:\d|\b(?:{'|'.join(sorted(number_words()))})) of (?:the |some |about )?$")


def _may_count(one: Measure, low: str) -> bool:
    """Return whether a number is neither a name, a time nor an ordinal, and is more than one."""
    if not one.kind and (one.value <= 1 or low[one.start : one.end] in _NO_COUNTS):
        return False
    before = low[max(0, one.start - _NEAR) : one.start]
    if not one.kind and _is_whole().search(before):
        return False  # the 94 of "58 of the 94": of them something else is told
    if _NAME_NUMBER.search(before[-12:]) or _YEARS.match(low, one.end):
        return False
    if one.kind and _COMPOUND.search(low[one.start : one.end]):
        return False  # "a 98-ton structure"
    return not is_ordinal(one, low) and one.kind != "clock" and not _is_hour(one, low, before)


def _is_hour(one: Measure, low: str, before: str) -> bool:
    """Return whether a bare number is a time of day: "it ended at ten.", and not "the ministry puts it at ten."."""
    if one.kind or one.value > _HOURS or not _AT.search(before) or _PUT.search(before):
        return False
    return _END_OF_HOUR.match(low, one.end) is not None


def is_ordinal(one: Measure, low: str) -> bool:
    """Return whether a number of a sentence in small letters says which one it is: "the second shaft", "14th"."""
    return _ORDINAL.search(low[one.start : one.end + 4].partition(" ")[0]) is not None


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


def _governs(clause: str, here: int, there: int, after: str, *, kind: str, noun: str, language: str) -> str:
    """Return the class of the nearest act of a clause, else that of the noun of the figure; "" for neither."""
    classes = _classes(kind, language)
    if kind == "share" and _LEVEL[language].search(clause, 0, here):
        return next((one.name for one in classes if one.at is not None and one.at.search(clause)), "level")
    if kind == "things":
        classes = tuple(one for one in classes if one.of is not None and _counted(after, one.of))
    near = [
        (_distance(found, clause, here, there, is_weak=is_weak), one.name)
        for one in classes
        for pattern, is_weak in ((one.acts, False), (one.weak, True))
        if pattern is not None
        for found in pattern.finditer(clause)
    ]
    own = next((one.name for one in classes if one.nouns is not None and _counted(after, one.nouns)), "")
    if kind == "people" and not own and not _is_of_people(noun, after):
        return ""
    best = min(near, default=(_WEAK, own))
    return own if own and best[0] >= _WEAK else best[1]


def counts_people(quote: str) -> bool | None:
    """Return whether a sentence counts people: four fishermen, but no tyres; None where nothing says of what."""
    kinds = {part.kind for part in list_parts(quote)} & {"people", "things"}
    if kinds:
        return "people" in kinds
    low = lower_in_place(quote[:_MAX_QUOTE])
    counts = [one for one in find_quantities(low, language_of(quote)) if one.unit == "count" and one.object]
    return any(_is_of_people(one.object, low[one.end :]) for one in counts) or None


def _counted(after: str, of: re.Pattern[str]) -> bool:
    """Return whether one of the first words after a figure is of a pattern."""
    return of.search(" ".join(after.split()[:4])) is not None


def _distance(found: re.Match[str], clause: str, here: int, there: int, *, is_weak: bool) -> int:
    """Return the characters between an act and a figure, less for a finite act that the figure is the subject of."""
    extra = _WEAK if is_weak else 0
    if found.start() < there:
        return max(0, here - found.end()) + _GAP + extra
    if found.start() - there <= 1 and _ATTRIBUTE.match(clause, found.end()):
        extra += _WEAK  # "twelve detained fighters"
    is_main = not is_weak and _AUXILIARY.search(clause, there, found.start()) is not None
    return found.start() - there + extra - _FINITE * is_main


def _is_of_people(noun: str, after: str) -> bool:
    """Return whether a number counts people, or nothing says what it counts."""
    word = noun.rpartition(" ")[2] if noun else next(iter(after.split()), "")
    if (
        not word
        or word in _listed("persons")
        or f"{word}s" in _listed("persons")
        or _sort_of(word)
        or noun[:1].isupper()
    ):
        return True
    if not noun:
        return word in _listed("small") or word.endswith("ed")
    if word >= "а" or any(name in _PEOPLE for names in things_in(word).values() for name in names):
        return True
    return word in quantity_words().fates or word.endswith(("ian", "ese", "ists", "man", "men", "ist"))


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
