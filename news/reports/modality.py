"""How sure a sentence is of an act that it names: happened, planned, alleged, denied, threatened, or not asserted.

Owns the reading of the verb group and of the words that govern it. Must not choose among acts
(``news.reports.events``).

The cues are those of event factuality (Saurí and Pustejovsky, "FactBank", LRE 43, 2009): polarity and modal
auxiliaries beside the verb, and the predicates that take it as their object. Known failures: irony, quotations within
quotations.
"""

from __future__ import annotations

import re
from itertools import pairwise

from news.model import EventKind, Modality
from news.reports.clauses import Act, Row, links
from news.reports.lexicon import CLAIM, ROLES, RUMOURS, TRUE, UNTRUE, Form, Word

_R = ROLES
_CHAIN = (
    _R["auxiliary"] | _R["adverb"] | _R["negation"] | _R["modal"] | _R["would"] | _R["future"] | _R["to"] | _R["plan"]
    | _R["began"] | _R["failed"] | _R["alleged"]
)  # fmt: skip
_MAX_CHAIN = 7
_WINDOW = 12
_MAX_DEPTH = 4
_UNREAL = _R["modal"]
_NOBODY = frozenset({"no", "none", "nobody", "ningún", "ninguna", "nadie", "никто", "никакой"})
_IS = frozenset({"is", "are"})
_WERE = frozenset({"is", "are", "was", "were"})
_AIMS = frozenset(
    {"aim", "goal", "idea", "purpose", "task", "point", "challenge", "job", "mission", "question", "hope", "it", "what"}
)
_WAS = frozenset({"было", "произошло", "проводилось", "состоялось", "случилось"})
_MAX_SUBJECT = 4
_UNNAMED = frozenset({"named", "identified", "quoted"})
_THAT = frozenset({"that", "que", "что"})
_CUE = re.compile(
    r"(?i)\b(?:true|correct|reports?|claims?|rumou?rs?|allegations|news) that\b|\b(?:cierto|verdad) que\b|"
    r"правда, что\b"
)
_MAX_TRUE = 3
_SHY = frozenset({"declined", "refused", "asked", "requested", "wished", "preferred", "insisted", "spoke"})


def judge(row: Row, act: Act) -> Modality | None:
    """Return how sure the sentence is of ``act``; None where it only supposes it ("could land", "if they land").

    A speech act that makes a threat is THREATENED; what is said not to be, and what somebody denies, is DENIED.
    """
    chain, reach = _read_chain(row, act.at)
    before = _read_before(row, act.at, reach)
    if _is_supposed(row, act, chain) or (before & _R["denial"] and _is_requested(row, reach)):
        return None
    if act.sense.kind is EventKind.THREATEN:
        if act.form is Form.ING and not chain & _R["be"] and not _is_followed_by_to(row, act.at):
            return None  # "a slick threatening the coast" is a danger, not a threat
        return Modality.DENIED if chain & _R["negation"] else Modality.THREATENED
    is_denied = chain & _R["negation"] or before & _R["denial"] or is_said_untrue(row, act.at)
    if is_denied or (row.roles & _R["negation"] and _has_no_subject(row, act, reach)):
        return Modality.DENIED
    if act.form is Form.NONE:
        return _judge_noun(row, act, before)
    return _judge_verb(row, act, chain, before)


def _is_requested(row: Row, reach: int) -> bool:
    """Return whether the act is what somebody is asked for: "rejected a demand to open the port" denies no opening."""
    return reach > 0 and bool(row.words[reach - 1].roles & _R["request"])


def is_said_untrue(row: Row, at: int) -> bool:
    """Return whether the clause of ``at`` is said to be untrue: "it is not true that", "reports that ... are false"."""
    if not row.roles & CLAIM:
        return False
    words = pairwise(row.words[: at + 1])
    places = [place for place, (head, that) in enumerate(words) if that.text in _THAT and head.roles & CLAIM]
    return bool(places) and _CUE.search(row.text) is not None and any(_is_untrue(row, place) for place in places)


def _is_untrue(row: Row, place: int) -> bool:
    head = row.words[place].text
    if head in UNTRUE or (head in RUMOURS and _ends_untrue(row, place)):
        return True
    return head in TRUE and any(map(_is_not, row.words[max(0, place - _MAX_TRUE) : place]))


def _ends_untrue(row: Row, first: int) -> bool:
    """Return whether a verb of being behind ``first`` is followed by a word for falsehood: "... are untrue"."""
    behind = pairwise(row.words[first:])
    return any(one.text in _WERE and other.roles & _R["denial"] for one, other in behind)


def _is_followed_by_to(row: Row, at: int) -> bool:
    return any(word.roles & _R["to"] for word in row.words[at + 1 : at + 2])


def _read_chain(row: Row, at: int) -> tuple[int, int]:
    """Return the roles of the words right before ``at`` that belong to its verb group, and where the group begins."""
    roles, place = 0, at
    while place > 0 and at - place < _MAX_CHAIN:
        word = row.words[place - 1]
        if not word.roles & _CHAIN or row.depth[at] - row.depth[place - 1] > 1:
            break
        place -= 1
        roles |= word.roles & ~_governs(word)
    return _without_not_only(row, place, at, roles) if roles & _R["negation"] else roles, place


def _governs(word: Word) -> int:
    """A verb that means two things counts in a chain only as what the chain makes of it."""
    return _R["denial"] | _R["warning"] | _R["speech"] if links(word) else 0


def _without_not_only(row: Row, first: int, at: int, roles: int) -> int:
    after_not = [row.words[i].roles & _R["not_only"] for i in range(first, at) if i and _is_not(row.words[i - 1])]
    return roles & ~_R["negation"] if any(after_not) else roles


def _is_not(word: Word) -> bool:
    return bool(word.roles & _R["negation"])


def _read_before(row: Row, at: int, reach: int) -> int:
    """Return the roles of the words that govern the verb group from the left, not beyond a strong boundary."""
    roles = 0
    for place in range(reach - 1, max(-1, reach - 1 - _WINDOW), -1):
        if row.depth[at] - row.depth[place] > _MAX_DEPTH:
            break
        roles |= row.words[place].roles
    return roles


def _is_supposed(row: Row, act: Act, chain: int) -> bool:
    if chain & _UNREAL and not chain & _R["alleged"]:
        return True
    if chain & _R["failed"] and act.form in {Form.BASE, Form.INFINITIVE}:
        return True
    if row.roles & _R["condition"] and _is_conditional(row, act.at):
        return True
    return bool(row.roles & _R["to"]) and _is_anonymity(row, act.at)


def _is_anonymity(row: Row, at: int) -> bool:
    """Say whether the act is that a source stays unnamed: "who did not want to be named" tells of no event."""
    words = row.words
    for place in range(max(0, at - 2), min(at + _MAX_SUBJECT, len(words) - 2)):
        if words[place].text == "to" and words[place + 1].text == "be" and words[place + 2].text in _UNNAMED:
            near = words[max(0, place - _MAX_SUBJECT) : place]
            return at <= place + 2 and any(_is_not(word) or word.text in _SHY for word in near)
    return False


def _has_no_subject(row: Row, act: Act, reach: int) -> bool:
    """Say whether nobody or nothing is the subject of the verb: "no one was killed", "none of the crew was hurt"."""
    if act.form is Form.NONE:
        return False
    for place in range(reach - 1, max(-1, reach - 1 - _MAX_SUBJECT), -1):
        word = row.words[place]
        if row.depth[act.at] != row.depth[place]:
            return False
        if word.text in _NOBODY and _is_not(word):
            return True
        if word.roles & _R["preposition"] and word.text != "of":
            return False
    return False


def _is_conditional(row: Row, at: int) -> bool:
    """Say whether "if", "unless" or "whether" opens the clause of ``at``."""
    for place in range(at - 1, max(-1, at - 1 - _WINDOW), -1):
        if row.depth[at] - row.depth[place] > 1:
            return False
        if row.words[place].roles & _R["condition"] and not row.words[place].roles & _R["auxiliary"]:
            return True
    return False


def _judge_noun(row: Row, act: Act, before: int) -> Modality | None:
    after = 0
    for word in row.words[act.at + 1 : act.at + _MAX_CHAIN]:
        after |= word.roles
    if row.roles & _R["negation"] and was_not(row, act.at):
        return Modality.DENIED
    around = before | after
    if around & (_R["modal"] | _R["would"] | _R["condition"]) & ~_R["auxiliary"]:
        return None
    if around & _R["future"] or (around & _R["plan"] and not _is_done(row, act.at)):
        return Modality.PLANNED
    return Modality.ALLEGED if around & _R["alleged"] else Modality.HAPPENED


def was_not(row: Row, at: int) -> bool:
    """Say whether a Russian noun did not take place: "обстрела села не было"."""
    words = row.words[at + 1 : at + 1 + _WINDOW]
    return any(
        _is_not(word) and after.text in _WAS and abs(row.depth[at + 2 + place] - row.depth[at]) < 1
        for place, (word, after) in enumerate(pairwise(words))
    )


def _is_done(row: Row, at: int) -> bool:
    """Say whether some verb of the past stands in the clause of a noun: "the planned visit took place"."""
    return any(
        word.form is Form.PAST and not word.roles & _R["plan"] and abs(row.depth[place] - row.depth[at]) < 1
        for place, word in enumerate(row.words)
    )


def _judge_verb(row: Row, act: Act, chain: int, before: int) -> Modality | None:
    if chain & _R["would"] or act.form is Form.CONDITIONAL:
        return _judge_would(row, act.at)
    if chain & _R["alleged"]:
        return Modality.ALLEGED
    if chain & _R["future"] or act.form is Form.FUTURE or (chain & _R["to"] and _is_due(row, act.at)):
        return Modality.PLANNED
    if chain & _R["to"] or act.form is Form.INFINITIVE:
        return _judge_infinitive(chain, before)
    if act.form is Form.ING and not chain & _R["be"]:
        return _judge_gerund(row, act.at, before)
    return Modality.HAPPENED


def _is_due(row: Row, at: int) -> bool:
    """Say whether "is to" or "are to" stands before the verb; "the aim is to send" only tells of an aim."""
    words = [word.text for word in row.words[max(0, at - 3) : at]]
    return len(words) == 3 and words[1] in _IS and words[2] == "to" and words[0] not in _AIMS  # noqa: PLR2004 - X is to


def _judge_would(row: Row, at: int) -> Modality | None:
    """Judge "would": after a verb of saying tells a plan, after a warning a threat, and by itself a supposition."""
    roles = 0
    for word in row.words[:at]:
        roles |= word.roles
    if roles & _R["warning"]:
        return Modality.THREATENED
    return Modality.PLANNED if roles & (_R["speech"] | _R["plan"]) else None


def _judge_infinitive(chain: int, before: int) -> Modality | None:
    if chain & _R["began"]:
        return Modality.HAPPENED
    governed = chain | before
    if governed & _R["warning"]:
        return Modality.THREATENED
    return Modality.PLANNED if governed & _R["plan"] else None


def _judge_gerund(row: Row, at: int, before: int) -> Modality | None:
    """Judge "accused of sending" and "will expand its fleet, sending ..."; a bare gerund ("landing there") happened."""
    if before & _R["alleged"]:
        return Modality.ALLEGED
    is_ahead = any(word.roles & (_R["future"] | _R["plan"]) for word in row.words[:at])
    return Modality.PLANNED if is_ahead else Modality.HAPPENED
