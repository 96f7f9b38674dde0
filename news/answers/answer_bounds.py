"""What of a sentence a date or a length belongs to: the clause that has the words of the question, or another.

Owns what speaks against a date or a length that stands in the same sentence as the answer. Must never choose among
sentences: ``news.answers.answer`` does.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from news.model import Quantity, TimeExpression
from news.reports.furniture import bare_text
from news.words.meanings import act_of, acts_in
from news.words.text import content_terms, stem_words

_BREAK = re.compile(
    r"[,;:()–—]| (?:after|before|since|until|for|when|while|whose|but|because|as|whereas|than|said|says|told|who|"
    r"(?<=said )that|(?<=says )that|where) "
)
_SAYING = re.compile(
    r"(?i)\b(?:said|says|told [\w’' -]{1,30}?|announced|reported|confirmed|added|wrote|statement|report|letter|"
    r"interview)(?: (?:late|early))?(?: on| of)? $"
)
_SAYING_REACH = 48
_LEAST = 0.5
"""Share of the question's own words that the clause of a date must have."""

_IRREGULAR = {
    "began": "begin", "begun": "begin", "start": "begin", "broke": "break", "brought": "bring", "built": "build",
    "burnt": "burn", "came": "come", "caught": "catch", "chose": "choos", "drew": "draw", "drove": "drive",
    "fell": "fall", "fallen": "fall", "flew": "fli", "fought": "fight", "found": "find", "froze": "freez",
    "gave": "give", "given": "give", "held": "hold", "left": "leav", "lost": "lose", "made": "make", "met": "meet",
    "paid": "pay", "rose": "rise", "risen": "rise", "sank": "sink", "sunk": "sink", "sent": "send", "shot": "shoot",
    "sold": "sell", "spoke": "speak", "stole": "steal", "struck": "strike", "swore": "swear", "took": "take",
    "taken": "take", "went": "go", "withdrew": "withdraw", "won": "win",
}  # fmt: skip
"""Stem of an irregular form -> stem of the verb."""

_LASTS_BEFORE = re.compile(
    r"(?i)\b(?:last(?:s|ed|ing)?|took|takes?|taking|taken|for|spent|spend|lived|waited|stayed|ran|runs|continued|over|"
    r"of|during|throughout|through|was|were|is|be|been|endured|survived|went on)"
    r"(?: (?:about|around|some|nearly|almost|roughly|only|just|more than|less than|over|under|at least|up to|"
    r"a total of|another|the|all of|out for|down for))* $"
)
_NO_LENGTH_BEFORE = re.compile(
    r"(?i)\b(?:within|in|after|every|each|next|last|past|first|has|have|had|given|gave|gives|by|age of|period of|"
    r"notice of|term of|sentence of|sentenced to)(?: the| a| its| his| her| their| about| another)? $"
)
_NO_LENGTH_AFTER = re.compile(
    r"(?i)^(?:['’]s?)?[\s-]*(?:ago|ahead|earlier|later|before|after|from now|old|away|in (?:prison|jail)|notice|to)\b"
)
_LONG = re.compile(r"(?i)^[\s-]*(?:long\b|(?!of\b|in\b|on\b|at\b|and\b)[a-z]{3,})")
_BEFORE_REACH = 40


def _clause_around(sentence: str, start: int, end: int) -> str:
    """Return the clause of ``sentence[start:end]``; an opening that only dates it goes with the clause after it."""
    cuts = [0, *(found.end() for found in _BREAK.finditer(sentence)), len(sentence)]
    at = max(place for place in range(len(cuts) - 1) if cuts[place] <= start or place == 0)
    last = next(place for place in range(at + 1, len(cuts)) if cuts[place] >= end)
    is_lead = at == 0 and len(content_terms(sentence[:start] + sentence[end : cuts[last]])) == 0
    if is_lead and last + 1 < len(cuts):
        last += 1
    return sentence[cuts[at] : cuts[last]]


def measure_bond(sentence: str, found: TimeExpression, wanted: Collection[str]) -> float:
    """Return how surely a date of a sentence is that of the asked, 0 (not) to 1.

    ``wanted`` are the stems of the question that name no person or place; without any, every date may be meant. A day
    on which somebody spoke is none ("said on Monday").
    """
    before = sentence[max(0, found.start - _SAYING_REACH) : found.start]
    if bare_text(sentence)[found.start : found.end].isspace():  # the day of a dateline
        return 0.0
    if _SAYING.search(before) or not wanted:
        return 0.0 if wanted else 1.0
    clause = _clause_around(sentence, found.start, found.end)
    terms, acts = {plain_stem(stem) for stem in stem_words(clause)}, acts_in(clause)
    share = sum(plain_stem(term) in terms or act_of(term) in acts for term in wanted) / len(wanted)
    return share if share >= _LEAST else 0.0


def plain_stem(stem: str) -> str:
    """Return the stem of a verb whose past is irregular; any other as it is."""
    return _IRREGULAR.get(stem, stem)


def is_length_of(sentence: str, found: Quantity) -> bool:
    """Return whether a length of time says how long something went on, and not when or by when it was.

    "Lasted nine hours", "a strike of five days" and "a nine-hour blackout" do; "six days after the fire", "within 30
    days" and "has 30 days to report" do not.
    """
    before = sentence[max(0, found.start - _BEFORE_REACH) : found.start]
    after = sentence[found.end : found.end + _BEFORE_REACH]
    if _NO_LENGTH_AFTER.match(after) or _NO_LENGTH_BEFORE.search(before):
        return False
    return _LASTS_BEFORE.search(before) is not None or (
        re.search(r"\w-(?:second|minute|hour|day|week|month|year|decade)s?$", found.text) is not None
        and _LONG.match(after) is not None
    )
