"""What a sentence says is not so: the words that a negation, a denial or a word for falsehood reaches.

Owns the finding of what is denied, in whatever words, and whether a stored sentence tells just that as a fact. Must
never say that the two are a dispute: ``news.disputes.contrast`` does, which knows whose words they are.

A denial denies what the other sentence tells only if the words that it reaches are the other's too: "no other ship was
hit", "the driver was not hurt", "did not comment" and "could not be verified" contradict no attack. What a Spanish or
Russian sentence denies is found by ``news.reports.negations_abroad``; this is the door to it.

Known failures: irony; a denial that is spread over two sentences; "no evidence" and "no sign" are taken for doubt.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache, lru_cache

from news.reports.act_words import OR_ELSE, acts_among, light_stems, meant_by, plain_text
from news.reports.denials_told import is_denied_alike_in, is_told_in, is_touched_in
from news.reports.denied import Denied
from news.reports.givens import split_given
from news.reports.like_acts import cover as cover_of
from news.reports.negations_abroad import denied_in, denies_beside
from news.reports.opposites import tells_state
from news.reports.tellings import Telling, by_first_word, listed, phrases
from news.tables import load_toml
from news.words.meanings import GLOSSED, is_date_word, meanings_in
from news.words.vocabulary import language_of

_MAX_SCOPE = 24
_MAX_BEFORE = 14
_ENDS = frozenset({
    ".", ";", ":", '"', "“", "”", "(", ")", "but", "while", "although", "though", "because", "when", "since",
    "until", "after", "before", "which", "who", "whose",
})  # fmt: skip
_MODALS = frozenset({
    "will", "would", "shall", "could", "can", "may", "might", "should", "must", "cannot", "can't", "won't",
    "wouldn't", "couldn't", "if",
})  # fmt: skip
_BE = frozenset(["is", "are", "was", "were", "be", "been", "being", "remains", "remain"])
_AUXILIARY = _BE | {"has", "have", "had"}
_GOES_ON = _AUXILIARY | {"did", "does", "do", "would", "will", "never", "not"}
"""What opens the next thing that is said: "had not resigned and did not intend to"."""

_BEFORE_NOUN = frozenset(["with", "of", "a", "an", "the", "two", "some"])
_FEARED = re.compile(
    r"\bas (?:(?:was|were|is|had|has|have|been|being|first|at|initially|widely|many|people|some|it|they) ){0,4}"
    r"(?:feared|rumoured|rumored|thought|supposed|suspected|believed|assumed)\b"
)
_PARTICLES = frozenset(["on", "in", "up", "out", "off", "over", "down", "away"])
_LINKS = _BE | {
    "there", "with", "and", "that", "had", "has", "have", "to", "in", "at", "of", "on", "for", "by", "from", "as", "or",
    "the", "a", "an", "saw", "seen", "cause", "causes", "caused", "causing",
}  # fmt: skip
_ASIDES = frozenset({
    "when", "while", "although", "though", "because", "since", "until", "after", "before", "as", "where", "if",
    "whose", "which",
})  # fmt: skip
_PRONOUNS = frozenset(["he", "she", "it", "they", "we", "i"])
_CLAUSE = _BE | _PRONOUNS | {"on", "that", "had", "has", "have", "having", "ever", "did"}
_FAILED = frozenset(["fail", "fails", "failed", "failing", "unable"])
_RATHER = re.compile(r"\b[Nn]o\b[^.;:]{2,90}\bsino\b|\b[Нн]е\b[^.;:]{2,90}, а\b")
_NOBODY = frozenset(["nobody", "none", "neither", "nothing"])
_HARM = frozenset(["damage", "loss", "losses", "harm", "destruction"])
_TO = (("to",), ("at",), ("in",), ("on",), ("among",))
_FULL, _MOST, _HALF = 0.99, 0.7, 0.5
_TOUCHED = 0.25
_MIN_WORDS = 2
_AHEAD = 6


def list_denied(telling: Telling) -> tuple[Denied, ...]:
    """Return what a sentence says is not so, in order; denials of knowing, saying or commenting are none."""
    return denied_in(telling.quote) if language_of(telling.quote) in GLOSSED else _list_denied(telling.lows)


@lru_cache(maxsize=1 << 11)
def _list_denied(lows: tuple[str, ...]) -> tuple[Denied, ...]:
    found = (*_negated(lows), *_denials(lows), *_falsehoods(lows))
    denied = (one for one in found if one.scope and not _is_idle(one))
    if _FEARED.search(" ".join(lows)):
        denied = (replace(one, is_feared=True) for one in denied)
    return tuple(denied)


def _clause_end(lows: Sequence[str], at: int) -> int:
    end = at
    while end < len(lows) and end - at < _MAX_SCOPE:
        is_comma = (
            lows[end] == "," and end > at and not listed("negation", "left_out").intersection(lows[end + 1 : end + 2])
        )
        is_next = lows[end] == "and" and (end > at + 1 or _GOES_ON.intersection(lows[end + 1 : end + 2]))
        if lows[end] in _ENDS or is_comma or is_next:
            break
        end += 1
    return end


def _clause_start(lows: Sequence[str], at: int) -> int:
    start = at
    while (
        start > 0
        and at - start < _MAX_BEFORE
        and lows[start - 1] not in _ENDS
        and lows[start - 1] not in {"and", "that"}
    ):
        start -= 1
    return start


def _cue(lows: Sequence[str], at: int) -> int:
    """Return how many words a negation that begins at ``at`` takes; 0 for none."""
    low = lows[at]
    for cue in _cues().get(low, ()):
        if tuple(lows[at : at + len(cue)]) == cue:
            return len(cue)
    if low == "without":  # "without signing"; what is done without a thing is done
        return int(at + 1 < len(lows) and lows[at + 1].endswith("ing"))
    if low in {"not", "never", "nor"} or low in _NOBODY or low.endswith(("n't", "n’t")):
        return 1
    if low == "no" and at + 1 < len(lows) and not lows[at + 1][0].isdigit() and lows[at + 1] != ".":
        return 1
    return 0


@cache
def _cues() -> Mapping[str, Sequence[tuple[str, ...]]]:
    """Return the phrases that negate by their first word, longest first."""
    return by_first_word("negation", "cues", most=3)


@cache
def _idioms() -> frozenset[tuple[str, ...]]:
    return frozenset(tuple(cue.split()) for cue in phrases("negation", "idioms"))


def _is_idiom(lows: Sequence[str], at: int) -> bool:
    return tuple(lows[at : at + 2]) in _idioms() or tuple(lows[at : at + 3]) in _idioms()


def _negated(lows: Sequence[str]) -> Iterator[Denied]:
    at = 0
    while at < len(lows):
        length = _cue(lows, at)
        if not length:
            at += 1
            continue
        before = lows[max(0, at - 2) : at]
        if not _is_idiom(lows, at) and not _MODALS.intersection((*before, lows[at])) and not _is_to_come(lows, at):
            start = _clause_start(lows, at)
            if not start or lows[start - 1] not in _ASIDES:
                verb = _verb_before(lows, start, at)
                end = _clause_end(lows, at + length)
                scope = (*lows[verb:at], *lows[at + length : end])
                is_sequel = lows[end : end + 1] == ("since",) and not _is_word(lows, end + 1)  # what came after
                if not is_sequel:
                    yield Denied(tuple(lows[start:verb]), scope)
        at += length


def _is_word(lows: Sequence[str], at: int) -> bool:
    return at < len(lows) and lows[at].isalpha()


def _is_to_come(lows: Sequence[str], at: int) -> bool:
    """Return whether what is denied is yet to be, or only allowed: "no trains will run"; not "nobody could have"."""
    after = lows[at + 1 : at + _AHEAD]
    found = next((place for place, low in enumerate(after) if low in _MODALS), None)
    return found is not None and after[found] != "if" and "have" not in after[found + 1 : found + 2]


def _verb_before(lows: Sequence[str], start: int, at: int) -> int:
    """Return where the verb begins of which a "no" or "nothing" is the object: "put nothing", "took on no cargo"."""
    if lows[at] not in {"no", "nothing", "nobody", "none"}:
        return at
    first = at - 1 if at - 1 >= start and lows[at - 1] in _PARTICLES else at
    is_verb = first - 1 >= start and lows[first - 1].isalpha() and lows[first - 1] not in _LINKS
    return first - 1 if is_verb else at


def _denials(lows: Sequence[str]) -> Iterator[Denied]:
    for at, low in enumerate(lows):
        after = lows[at + 1 : at + 5]
        is_refused = "that" not in after[:1] and bool(listed("negation", "refused").intersection(after[:3]))
        is_denial = low in listed("negation", "deny") and not is_refused
        is_dismissal = low in listed("negation", "dismiss") and bool(listed("negation", "sayings").intersection(after))
        if is_denial or is_dismissal:
            yield Denied((), tuple(lows[at + 1 : _clause_end(lows, at + 1)]), is_explicit=True)


def _falsehoods(lows: Sequence[str]) -> Iterator[Denied]:
    for at, low in enumerate(lows):
        if low not in listed("negation", "false"):
            continue
        before = lows[max(0, at - 4) : at]
        if {"not", "never"} & set(before):
            continue
        if _BE.intersection(before):
            start = _clause_start(lows, at)
            be = max(place for place in range(max(0, at - 4), at) if lows[place] in _BE)
            yield Denied((), tuple(lows[start:be]))
        called = [place for place in range(max(0, at - _MAX_BEFORE), at) if lows[place] in listed("negation", "call")]
        if called:
            yield Denied((), tuple(lows[called[-1] + 1 : at]))


_ANOTHER = re.compile(r"(?:^|\b(?:an?|any|no) )(?:second|third|fourth|fifth|separate|subsequent|latest|unrelated)\b")
"""What happened in "a second accident" says nothing of the first."""


def _is_idle(one: Denied) -> bool:
    """Return whether what is denied is something else, something more, or that somebody knows or says."""
    scope = set(OR_ELSE.sub("", " ".join(one.scope)).split()) | set(one.subject[-3:])
    words = [low for low in plain_text(one.scope).split() if low.isalpha()]
    if words[:1] in (["named"], ["called"]):  # "nobody named Saroyan was held"
        words = words[1:]
    idle = listed("negation", "idle")
    if one.subject and one.subject[-1] in _BE:
        idle = idle - {"told"}  # who was not told says nothing of what was told
    is_of_another = scope & listed("negation", "others") or _ANOTHER.search(" ".join(one.scope))
    return bool(is_of_another) or bool(set(words[:4]) & idle)


def denies_something_else(telling: Telling) -> bool:
    """Return whether all that a sentence denies is something more, or that somebody says or knows: no other ship."""
    if language_of(telling.quote) in GLOSSED:
        return denies_beside(telling.quote)
    lows = telling.lows
    found = [one for one in (*_negated(lows), *_denials(lows), *_falsehoods(lows)) if one.scope]
    if found:
        return all(map(_is_idle, found))
    return any(_is_idiom(lows, at) for at in range(len(lows)))


def is_touched(denial: Telling, told: Telling) -> bool:
    """Return whether a sentence tells, at least in part, what another one denies; so it is where that is not known.

    Two sentences on one event need not be on one thing: who denies that ammonium nitrate was stored does not deny that
    people died. Of a Spanish or Russian sentence of which nobody knows what it denies the main clause has to have a
    word of the other one, and who only puts a value right denies nothing: "no murieron seis, sino diecisiete".
    """
    language, denied = language_of(denial.quote), list_denied(denial)
    if language in GLOSSED and _RATHER.search(denial.quote):
        return False
    if language in GLOSSED and not denied:
        main = meanings_in(split_given(denial.quote, language).told, language)
        return not main.isdisjoint(meanings_in(told.quote))
    return not denied or any(_is_touched(one, told) for one in denied)


def _is_touched(one: Denied, told: Telling) -> bool:
    """Return whether a sentence tells part of what is denied: its act, or most of it where it has none."""
    if one.language in GLOSSED:
        return is_touched_in(one, told.quote)
    if not _is_head_told(one, told) or _is_harm_elsewhere(one, told):
        return False
    cover = cover_of(meant_by(one.scope), meant_by(told.lows))
    if one.is_explicit and cover < _MOST and not _PRONOUNS.intersection(one.scope[:5]):  # "that he had conceded it"
        is_act = bool(_first_acts(one.scope) & acts_among(told.lows)) or _is_verb_told(one, meant_by(told.lows))
        return cover >= _TOUCHED and is_act
    return cover >= _TOUCHED


def _is_verb_told(one: Denied, held: frozenset[str]) -> bool:
    """Return whether a sentence tells the very verb of "denied that he had conceded" or of "denied leaving"."""
    verb = next((low for low in one.scope if low not in _CLAUSE and not is_date_word(low)), "")
    return bool((meanings_in(verb) - light_stems()) & held)


def _is_head_told(one: Denied, told: Telling) -> bool:
    """Return whether a sentence has the verb of what is denied, or another word for it; true where none is found.

    What is denied is an act, and an act of its own: who "did not attend the opening" denies no opening.
    """
    if one.is_explicit:
        return True
    words = plain_text(one.scope).split()
    if not one.subject:  # "no shops were looted", "nobody was hurt"
        be = next((at for at, low in enumerate(words) if low in _AUXILIARY), None)
        if be is None:
            return True
        words = words[be + 1 :]
    head = next((found for low in words if (found := meant_by((low,)))), frozenset())
    if not head or head & (meant_by(told.lows) | meanings_in(told.quote)):
        return True
    rest = meant_by(one.scope) - head  # the talks that nobody attended are no attendance
    return not one.is_feared and cover_of(head, meant_by(_acting(told.lows)) - rest) > 0


def _is_harm_elsewhere(one: Denied, told: Telling) -> bool:
    """Return whether harm to a thing is denied that the sentence does not name: "no damage to the reactor"."""
    at = next((at for at, low in enumerate(one.scope) if low in _HARM), -1)
    if at < 0 or one.scope[at + 1 : at + 2] not in _TO:
        return False
    thing = meant_by(one.scope[at + 2 : at + 2 + _AHEAD])
    return bool(thing) and not cover_of(thing, meant_by(told.lows))


def _acting(lows: tuple[str, ...]) -> tuple[str, ...]:
    """Return words without those that only say what a thing is like: "with *burning* petrol"."""
    return tuple(
        low
        for at, low in enumerate(lows)
        if not (low.endswith("ing") and at and lows[at - 1] in _BEFORE_NOUN and _is_word(lows, at + 1))
    )


def is_told_as_fact(one: Denied, theirs: Telling) -> bool:
    """Return whether a stored sentence tells as a fact what is denied, and does not deny it itself."""
    return is_told_in(one, theirs.quote) if one.language in GLOSSED else _is_told(one, theirs)


def _is_told(one: Denied, theirs: Telling) -> bool:
    lows = _done(theirs.lows)
    scope, held = meant_by(one.scope), meant_by(lows)
    subject, cover = meant_by(one.subject), cover_of(scope, held)
    is_bare = cover < (_TOUCHED if one.is_explicit else _HALF) or (subject and not subject & held)
    if is_bare or not _is_head_told(one, theirs) or _is_harm_elsewhere(one, theirs):
        return False
    acts, told = acts_among(one.scope), acts_among(lows)
    if any(acts & acts_among(other.scope) or meant_by(other.scope) == scope for other in list_denied(theirs)):
        return False
    is_most = cover >= _MOST and len(scope & held) > _MIN_WORDS
    if one.is_explicit and (is_most or (cover >= _TOUCHED and _is_verb_told(one, held))):
        return True
    if not acts:
        head = next((found for low in one.scope if (found := meant_by((low,)))), frozenset())
        n_held = len(scope & held) + bool(subject and _is_verb_told(one, held))
        return bool(head & held) and cover >= _MOST and n_held >= _MIN_WORDS
    if not _first_acts(one.scope) & told:
        return False  # "nobody was dismissed for the strike" denies no strike
    front = _front(one, acts)
    is_counted = bool(acts & told & _counted())
    return cover >= _HALF and cover_of(front, held) >= (_FULL if is_counted else _HALF)


def _done(lows: tuple[str, ...]) -> tuple[str, ...]:
    """Return the words of a sentence without what it says that somebody failed to do."""
    kept: list[str] = []
    is_left_out = False
    for before, low in zip(("", *lows), lows, strict=False):
        is_left_out = (is_left_out and low not in _ENDS and low != ",") or (before in _FAILED and low == "to")
        if not is_left_out:
            kept.append(low)
    return tuple(kept)


def is_denied_alike(ours: Telling, theirs: Telling) -> bool:
    """Return whether a stored sentence denies what ``ours`` denies."""
    if language_of(ours.quote) in GLOSSED:
        return any(is_denied_alike_in(one, theirs.quote) for one in list_denied(ours))
    return any(
        acts_among(one.scope) & acts_among(other.scope)
        and max(cover_of(meant_by(one.scope), meant_by(other.scope)), not one.subject) >= _HALF
        for one in list_denied(ours)
        for other in list_denied(theirs)
    )


def _first_acts(scope: tuple[str, ...]) -> frozenset[str]:
    """Return the classes of the first word of a scope that names an act."""
    first = next((end for end in range(1, len(scope) + 1) if acts_among(scope[:end])), 0)
    return acts_among(scope[: first + 1])  # "taken down" is one act of two words


def _front(one: Denied, acts: frozenset[str]) -> frozenset[str]:
    """Return the meanings of the scope up to its first act: "no *soldiers were hurt* near the town"."""
    for end in range(1, len(one.scope) + 1):
        if acts_among(one.scope[:end]) & acts:
            return meant_by(one.scope[:end])
    return meant_by(one.scope)


@cache
def _counted() -> frozenset[str]:
    return frozenset(str(load_toml("slots.toml")["counted"]["acts"]).split())


def may_deny(telling: Telling) -> bool:
    """Return whether a sentence has anything by which it could deny another: most have not."""
    return bool(list_denied(telling) or _disowned(telling.lows) or tells_state(telling))


def is_disowned(ours: Telling, theirs: Telling) -> bool:
    """Return whether ``ours`` says that somebody had no part in what ``theirs`` tells."""
    scope = _disowned(ours.lows)
    return bool(scope) and cover_of(scope, meant_by(theirs.lows)) >= _HALF


@lru_cache(maxsize=1 << 11)
def _disowned(lows: tuple[str, ...]) -> frozenset[str]:
    """Return the meanings of what somebody is said to have had no part in."""
    text = " ".join(lows)
    cue = next((cue for cue in phrases("negation", "disowned") if f" {cue} " in f" {text} "), "")
    if not cue:
        return frozenset()
    after = text[text.index(cue) + len(cue) :].split()
    return meant_by(tuple(after[: _clause_end(after, 0)]))
