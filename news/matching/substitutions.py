"""What differs between two wordings of one sentence: a number, a day, a name, a "not", or one word for its contrary.

Owns the typed reading of the runs of words in which a pair of aligned sentences differs. A value counts only in the
place of another of its sort: a number for a number, a son for a daughter, "fell" for "rose". Must never judge what
follows from it: an outlet's own change of mind, a dispute and a later count look alike here.

The classes stand in ``data/substitutions.toml`` (English, Spanish, Russian). What is only said by somebody else ("police
said" for "the mayor said"), converted, rounded, spelt otherwise, or named by its people ("Mauritanian") is no
difference. Nor is what was cut.

Known failures: two words for one thing that stand in one class (a coach that is called a van); two unknown places of
which one lies in the other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from functools import cache, lru_cache

from news.decision import FactKind
from news.matching.alignment import Edit, Line, Pair
from news.model import EntityKind
from news.names.entities import lookup
from news.tables import load_toml
from news.words.measures import CLOCK, Measure, is_held, measures_in
from news.words.text import fold, stop_words
from news.words.turns import saying_words
from news.words.vocabulary import language_of

__all__ = ["BOUND", "Substitution", "is_of_speaker", "list_substitutions"]

_MAX_RUN = 8
_MAX_NAME = 4
_SAID_AFTER, _SAID_BEFORE = 5, 3
_UNIT_WORDS = 2
_LIKE_NAME = 0.75
_ROUNDED = 0.06
_MIN_STEM = 4
_YEAR = re.compile(r"(?:19|20)\d\d")
_STOPS = re.compile(r"[,;:—–()]|\s-\s")
_NEGATIONS = {
    "en": frozenset("not no never neither nor none without cannot".split()),
    "es": frozenset("no ni nunca jamas tampoco sin ningun ninguno ninguna".split()),
    "ru": frozenset("не ни нет никогда без".split()),
}
_NEGATED_MOST = 4
_UN = ("un", "in", "im", "ir", "dis", "non", "de", "des", "не", "без", "бес")
_LITTLE = frozenset({"than", "only", "just", "longer", "solo", "mas", "только", "менее", "более", "more", "less", "later"})
"""After these a "not" denies nothing: "no more than", "not only"."""
_BOUNDS = {
    "min": frozenset("least more over above exceeding minimum menos mas minimo более свыше минимум больше".split()),
    "max": frozenset("most under below fewer less up maximum hasta maximo до менее максимум меньше".split()),
}
_ACCORDING = frozenset(["according", "segun", "по", "словам", "данным", "citing", "told"])
_SOURCES = frozenset(["reuters", "afp", "ap", "efe", "tass", "dpa", "тасс", "интерфакс", "риа", "новости"])
_KINDS = {
    "date": FactKind.DATE, "place": FactKind.PLACE, "actor": FactKind.ACTOR, "thing": FactKind.STATUS,
    "opposed": FactKind.STATUS,
}  # fmt: skip


BOUND = "bound"
"""Sort of a number in the place of a bound that it keeps."""


@dataclass(frozen=True, slots=True)
class Substitution:
    """A value in the place of another.

    Attributes:
        sort: ``number``, ``clock``, ``year``, ``name``, ``not``, or the row of the table.
        before: as the former wording has it; ``after`` as the new one has. Either may be empty where a "not" was put in.
        words: the folded words that carry the value here; ``former`` there.
        edit: which edit of the pair it is.
    """

    kind: FactKind
    sort: str
    before: str
    after: str
    words: tuple[str, ...]
    former: tuple[str, ...]
    edit: Edit
    is_loose: bool = False
    """Whether it is a number of which other words differ too: "twelve children" and "twenty people"."""


@cache
def _classes(language: str) -> Mapping[str, tuple[tuple[str, int, FactKind], ...]]:
    """Return folded word, or two joined by an underscore -> the rows that have it, at which place, and the slot."""
    found: dict[str, list[tuple[str, int, FactKind]]] = {}
    for section, kind in _KINDS.items():
        for row, words in load_toml("substitutions.toml")[section].items():
            name, _, of = row.rpartition("_")
            if of != language:
                continue
            for place, member in enumerate(str(words).split()):
                for word in member.split("/"):
                    found.setdefault(fold(word), []).append((name, place, kind))
    return {word: tuple(rows) for word, rows in found.items()}


@cache
def _amounts() -> Mapping[str, tuple[str, float]]:
    found: dict[str, tuple[str, float]] = {}
    for kind, rows in load_toml("substitutions.toml")["amounts"].items():
        for row in str(rows).split():
            words, _, value = row.partition("=")
            found.update({fold(word): ("share" if kind == "percent" else "", float(value)) for word in words.split("/")})
    return found


def list_substitutions(pair: Pair) -> tuple[Substitution, ...]:
    """Return the values that stand in the place of others in a sentence, in order."""
    language = language_of(pair.line.text) or "en"
    found: list[Substitution] = []
    for edit in pair.edits:
        one = _typed(pair, edit, language)
        if one is not None:
            found.append(one)
    return tuple(found)


def _typed(pair: Pair, edit: Edit, language: str) -> Substitution | None:
    if is_of_speaker(pair, edit):
        return None
    old, new = _core(pair.former, edit.old), _core(pair.line, edit.new)
    if fold("".join(_slice(pair.former, old))) == fold("".join(_slice(pair.line, new))):
        return None  # "U.S." and "US"
    negated = _negated(pair, edit, old, new, language)
    if negated is not None:
        return negated
    if old[0] == old[1] or new[0] == new[1] or max(old[1] - old[0], new[1] - new[0]) > _MAX_RUN:
        return None
    cues = _NEGATIONS.get(language, _NEGATIONS["en"])
    if bool(_cues_in(pair.line, new, cues)) != bool(_cues_in(pair.former, old, cues)):
        return _number(pair, edit, old, new, language)  # "not known" and "unknown"
    return (
        _of_class(pair, edit, old, new, language)
        or _number(pair, edit, old, new, language)
        or _name(pair, edit, old, new, language)
    )


def _slice(line: Line, run: tuple[int, int]) -> tuple[str, ...]:
    return line.tokens[run[0] : run[1]]


def _lows(line: Line, run: tuple[int, int]) -> tuple[str, ...]:
    return line.lows[run[0] : run[1]]


def _text(line: Line, run: tuple[int, int], *, more: int = 0) -> str:
    """Return a run as written, whole words with hyphens and clocks taken in, and so many words behind it."""
    if run[0] >= run[1]:
        return ""
    first, last = line.spans[run[0]][0], line.spans[min(len(line.spans), run[1] + more) - 1][1]
    while first > 0 and not line.text[first - 1].isspace():
        first -= 1
    while last < len(line.text) and not line.text[last].isspace():
        last += 1
    return line.text[first:last].strip(" ,;.\"“”«»()!?")


def _core(line: Line, run: tuple[int, int]) -> tuple[int, int]:
    """Return a run up to the mark behind which something else is told, of a run that ends its sentence or is long."""
    first, last = run
    if last - first <= 1:
        return run
    for place in range(first, last - 1):
        if _STOPS.search(line.text, line.spans[place][1], line.spans[place + 1][0]):
            return first, place + 1
    return run


def is_of_speaker(pair: Pair, edit: Edit) -> bool:
    """Return whether an edit only says otherwise who told it, or when: "police said" for "the mayor said on Monday"."""
    line, (first, last) = pair.line, edit.new
    if first == last:
        line, (first, last) = pair.former, edit.old
    return _speaks(pair.line, edit.new) or _speaks(pair.former, edit.old)


def _speaks(line: Line, run: tuple[int, int]) -> bool:
    first, last = run
    if first == last:
        return False
    saying = saying_words()
    after = _until_stop(line, last, _SAID_AFTER)
    if any(low in saying for low in after):
        # "his lawyer said": what stands between the mark before and the verb is who says it
        return _starts_clause(line, first, last)
    before = line.lows[max(0, first - _SAID_BEFORE) : first]
    return any(low in saying or low in _ACCORDING for low in before)


def _until_stop(line: Line, first: int, reach: int) -> tuple[str, ...]:
    found: list[str] = []
    for place in range(first, min(len(line.lows), first + reach)):
        if place and _STOPS.search(line.text, line.spans[place - 1][1], line.spans[place][0]):
            break
        found.append(line.lows[place])
    return tuple(found)


def _starts_clause(line: Line, first: int, last: int) -> bool:
    """Return whether a run stands at most three words behind a mark or the beginning of its sentence."""
    for place in range(first, max(-1, first - 4), -1):
        if place == 0 or _STOPS.search(line.text, line.spans[place - 1][1], line.spans[place][0]):
            return True
    return False


def _negated(
    pair: Pair, edit: Edit, old: tuple[int, int], new: tuple[int, int], language: str
) -> Substitution | None:
    """Return a "not" that only one of two wordings has."""
    cues = _NEGATIONS.get(language, _NEGATIONS["en"])
    before, after = _lows(pair.former, old), _lows(pair.line, new)
    ours = _cues_in(pair.line, new, cues)
    theirs = _cues_in(pair.former, old, cues)
    if bool(ours) == bool(theirs) or max(len(before), len(after)) > _NEGATED_MOST:
        return None
    cues_all = (_cues_in(pair.line, (0, len(pair.line.lows)), cues), _cues_in(pair.former, (0, len(pair.former.lows)), cues))
    if len(cues_all[0]) == len(cues_all[1]):
        return None  # moved within the sentence
    denied, told = (after, before) if ours else (before, after)
    if _is_un(denied, told) or _has_opposed(before, after, language):
        return None
    return Substitution(
        FactKind.STATUS, "not", " ".join(_slice(pair.former, old)), " ".join(_slice(pair.line, new)),
        after, before, edit,
    )  # fmt: skip


def _cues_in(line: Line, run: tuple[int, int], cues: frozenset[str]) -> list[str]:
    found = []
    for place in range(*run):
        low = line.lows[place].replace("’", "'")
        following = line.lows[place + 1] if place + 1 < len(line.lows) else ""
        if (low in cues or low.endswith("n't")) and following not in _LITTLE:
            found.append(low)
    return found


def _is_un(denied: Sequence[str], told: Sequence[str]) -> bool:
    """Return whether one says "not known" where the other says "unknown"."""
    roots = {low[len(un) :][:_MIN_STEM] for low in told for un in _UN if low.startswith(un) and len(low) > len(un) + 2}
    return any(low[:_MIN_STEM] in roots for low in denied)


def _has_opposed(before: Sequence[str], after: Sequence[str], language: str) -> bool:
    """Return whether two runs, of which one has a "not", have the two sides of an opposite: "was not cleared": "guilty"."""
    ours, theirs = _rows(after, language), _rows(before, language)
    return any(name == row and place != at for name, place, _ in ours for row, at, _ in theirs)


def _rows(lows: Sequence[str], language: str) -> list[tuple[str, int, FactKind]]:
    table = _classes(language)
    words = [*lows, *(f"{one}_{other}" for one, other in zip(lows, lows[1:], strict=False))]
    return [row for word in words for row in table.get(word, ())]


def _of_class(
    pair: Pair, edit: Edit, old: tuple[int, int], new: tuple[int, int], language: str
) -> Substitution | None:
    """Return a word of a closed class in the place of another of it."""
    before, after = _lows(pair.former, old), _lows(pair.line, new)
    ours, theirs = _rows(after, language), _rows(before, language)
    for name, place, kind in ours:
        own = {at for row, at, _ in ours if row == name}
        held = {at for row, at, _ in theirs if row == name}
        if not held or own & held or _is_told_here(pair, name, place, held, language):
            continue
        carriers = tuple(word for word in _carriers(after, name, language))
        former = tuple(word for word in _carriers(before, name, language))
        return Substitution(
            kind, name, _text(pair.former, old), _text(pair.line, new), carriers, former, edit
        )
    return None


def _carriers(lows: Sequence[str], name: str, language: str) -> Iterator[str]:
    table = _classes(language)
    pairs = [f"{one}_{other}" for one, other in zip(lows, lows[1:], strict=False)]
    for word in (*lows, *pairs):
        if any(row == name for row, _, _ in table.get(word, ())):
            yield word


def _is_told_here(pair: Pair, name: str, place: int, held: set[int], language: str) -> bool:
    """Return whether both sentences have both values, in another order."""
    ours = {at for row, at, _ in _rows(pair.line.lows, language) if row == name}
    theirs = {at for row, at, _ in _rows(pair.former.lows, language) if row == name}
    return place in theirs and bool(held & ours)


@lru_cache(maxsize=1 << 11)
def _measures(text: str, language: str) -> tuple[Measure, ...]:
    return measures_in(text, language)


def _values(line: Line, run: tuple[int, int], language: str) -> tuple[Measure, ...]:
    """Return the numbers of a run with their units, parts and multiples in words among them."""
    text = _text(line, run, more=_UNIT_WORDS)
    end = len(_text(line, run))
    found = [one for one in _measures(text, language) if one.start < end]
    words = [low for low in _lows(line, run) if low in _amounts()]
    if words and not found:
        for word in words:
            kind, value = _amounts()[word]
            found.append(Measure(value, kind, 0.001, is_open=False, bare=value, start=0, end=0))
    return tuple(found)


def _number(pair: Pair, edit: Edit, old: tuple[int, int], new: tuple[int, int], language: str) -> Substitution | None:
    before, after = _lows(pair.former, old), _lows(pair.line, new)
    years = frozenset(filter(_YEAR.fullmatch, before)), frozenset(filter(_YEAR.fullmatch, after))
    if all(years) and not years[0] & years[1]:
        return _made(pair, edit, old, new, FactKind.DATE, "year")
    theirs, ours = _values(pair.former, old, language), _values(pair.line, new, language)
    if bool(ours) != bool(theirs) and _is_of_all(after if theirs else before, language):
        return _made(pair, edit, old, new, FactKind.FIGURE, "number")
    if not ours or len(ours) != len(theirs):
        return _bare_number(pair, edit, old, new) if not ours and not theirs else None
    bound = _bound_kept(pair, old, new)
    if bound == "there" and not _is_near(ours[0], theirs[0]):
        return _made(pair, edit, old, new, FactKind.FIGURE, BOUND)
    if bound == "here" or all(_is_one(one, other) for one, other in zip(ours, theirs, strict=True)):
        return None
    held = (*theirs, *_measures(pair.former.text, language))
    if all(is_held(one, theirs) for one in ours) or all(one.bare > 0 and is_held(one, held) for one in ours):
        return None
    if any(one.kind != other.kind and one.kind and other.kind for one, other in zip(ours, theirs, strict=True)):
        return None  # converted, or of something else
    is_clock = all(one.kind == CLOCK for one in (*ours, *theirs))
    made = _made(pair, edit, old, new, FactKind.DATE if is_clock else FactKind.FIGURE, "clock" if is_clock else "number")
    return replace(
        made,
        before=_with_unit(pair.former, old, theirs),
        after=_with_unit(pair.line, new, ours),
        is_loose=_has_others(before, language) and _has_others(after, language),
    )


def _with_unit(line: Line, run: tuple[int, int], values: Sequence[Measure]) -> str:
    """Return a run as written, up to the unit of its last number."""
    alone = _text(line, run)
    return _text(line, run, more=_UNIT_WORDS)[: max(len(alone), *(one.end for one in values))].rstrip(" ,;.")


def _has_others(lows: Sequence[str], language: str) -> bool:
    """Return whether a run with numbers has words besides that neither measure, bound nor only help."""
    stop, bounds = stop_words(language), _BOUNDS["min"] | _BOUNDS["max"]
    for low in lows:
        is_number = bool(_measures(low, language)) or low in _amounts() or low[0].isdigit()
        if not (is_number or low in stop or low in bounds or _measures(f"2 {low}", language)[:1] != _measures("2", language)):
            return True
    return False


def _is_of_all(lows: Sequence[str], language: str) -> bool:
    """Return whether a run says "all" or "none" where another has a number: "all of its 27", "11 of its 27"."""
    return any(name == "all" for name, _, _ in _rows(lows[:1], language))


def _is_one(one: Measure, other: Measure) -> bool:
    return is_held(one, (other,))


def _is_near(one: Measure, other: Measure) -> bool:
    """Return whether a number is hardly beyond the bound that rounds it: "over 1,900" and 1,987."""
    return abs(one.value - other.value) <= _ROUNDED * max(abs(one.value), abs(other.value))


def _bound_kept(pair: Pair, old: tuple[int, int], new: tuple[int, int]) -> str:
    """Return which side gives a bound that the number of the other keeps, ``here`` or ``there``: "at least 12" and 14."""
    language = language_of(pair.line.text) or "en"
    ours, theirs = _values(pair.line, new, language), _values(pair.former, old, language)
    here, there = _bound_of(pair.line, new), _bound_of(pair.former, old)
    if len(ours) != 1 or len(theirs) != 1 or bool(here) == bool(there):
        return ""
    low, high = (theirs[0], ours[0]) if "min" in {there, here and _OTHER[here]} else (ours[0], theirs[0])
    return ("there" if there else "here") if low.value <= high.value else ""


_OTHER = {"min": "max", "max": "min"}


def _bound_of(line: Line, run: tuple[int, int]) -> str:
    words = set(line.lows[max(0, run[0] - 2) : run[1]])
    return next((name for name, cues in _BOUNDS.items() if words & cues), "")


def _bare_number(pair: Pair, edit: Edit, old: tuple[int, int], new: tuple[int, int]) -> Substitution | None:
    """Return a number that measures nothing, such as a day of a month, in the place of another."""
    before = [low for low in _lows(pair.former, old) if low[0].isdigit()]
    after = [low for low in _lows(pair.line, new) if low[0].isdigit()]
    if not before or not after or len(before) != len(after) or [_plain(one) for one in before] == [_plain(o) for o in after]:
        return None
    if set(after) <= set(pair.former.lows):
        return None
    return _made(pair, edit, old, new, FactKind.DATE, "day")


def _plain(number: str) -> str:
    return number.replace(",", "").replace(".", "").lstrip("0")


def _made(
    pair: Pair, edit: Edit, old: tuple[int, int], new: tuple[int, int], kind: FactKind, sort: str
) -> Substitution:
    words = _lows(pair.line, new)
    return Substitution(
        kind, sort, _text(pair.former, old), _text(pair.line, new), words, _lows(pair.former, old), edit
    )


def _name(pair: Pair, edit: Edit, old: tuple[int, int], new: tuple[int, int], language: str) -> Substitution | None:
    """Return a name in the place of another that is not the same in other words, nor part of it."""
    if _is_credit(pair.line, new) or _is_credit(pair.former, old):
        return None
    ours, theirs = _name_of(pair.line, new, language), _name_of(pair.former, old, language)
    if not ours or not theirs or _is_same_name(ours, theirs):
        return None
    if {fold(word) for word in ours} <= set(pair.former.lows):
        return None
    known = [lookup(" ".join(name))[:1] for name in (ours, theirs)]
    is_at = _is_at(pair.line, new)
    if is_at and bool(known[0]) != bool(known[1]):
        return None  # a village and the town that it lies beside: nobody knows
    is_place = all(one[0].kind is EntityKind.PLACE for one in known if one)
    kind = FactKind.PLACE if is_place and is_at else FactKind.ACTOR
    return _made(pair, edit, old, new, kind, "name")


_CREDIT_END = re.compile(r"[ ,.]{0,2}[-–—():/]")


def _is_credit(line: Line, run: tuple[int, int]) -> bool:
    """Return whether a run opens its sentence as a dateline or a credit does: "VENICE -", "(The Mirror)"."""
    return run[0] == 0 and bool(
        "(" in line.text[: line.spans[0][0]] or _CREDIT_END.match(line.text, line.spans[run[1] - 1][1])
    )


_AT = frozenset("in at near off outside from to into towards around en cerca desde a hacia в на под из около к".split())


def _is_at(line: Line, run: tuple[int, int]) -> bool:
    return run[0] > 0 and line.lows[run[0] - 1] in _AT


def _name_of(line: Line, run: tuple[int, int], language: str) -> tuple[str, ...]:
    """Return the name that a run is, without titles and little words; none where it has other words besides."""
    stop = stop_words(language)
    words = [(place, token) for place, token in enumerate(_slice(line, run), run[0]) if fold(token) not in stop]
    if not words or len(words) > _MAX_NAME:
        return ()
    table = _classes(language)
    for place, token in words:
        if not token[0].isupper() or any(row[0] in {"weekday", "month"} for row in table.get(fold(token), ())):
            return ()
        if place == 0 and len(words) == 1 and not lookup(token):
            return ()
        if fold(token) in _SOURCES:
            return ()
    return tuple(token for _, token in words)


def _is_same_name(ours: Sequence[str], theirs: Sequence[str]) -> bool:
    here, there = [fold(word) for word in ours], [fold(word) for word in theirs]
    if set(here) & set(there):
        return True
    one, other = "".join(here), "".join(there)
    short, long = sorted((one, other), key=len)
    if long.startswith(short[: max(_MIN_STEM, len(short) - 2)]) and len(short) >= _MIN_STEM:
        return True
    initials = {"".join(word[0] for word in name) for name in (here, there) if len(name) > 1}
    if {one, other} & initials or SequenceMatcher(None, one, other).ratio() >= _LIKE_NAME:
        return True
    entities = [lookup(" ".join(name)) for name in (ours, theirs)]
    keys = [{entity.key for entity in found} for found in entities]
    around = [{key for entity in found for key in entity.within} for found in entities]
    return bool(keys[0] & keys[1] or keys[0] & around[1] or keys[1] & around[0])
