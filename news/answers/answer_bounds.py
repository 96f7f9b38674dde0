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
from news.words.vocabulary import language_of

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
    r"|\b(?:dur(?:ó|a|aba|ará|aron|an)|durante|de|tard(?:ó|a|aron)|llev(?:ó|a|an)|por|a lo largo de|"
    r"(?:за)?дл(?:ил(?:ся|ась|ось|ись)|[ия]тся)|прод(?:ли|олжа)(?:лся|лась|лось|лись|ется|ются|тся)|занял[аои]?|займ[её]т|"
    r"занимает|шл[аои]|ш[её]л|ид[её]т|потребовал(?:ся|ось|ись)|в течение|на протяжении|ушл[аои])"
    r"(?: (?:unos|unas|casi|cerca de|más de|menos de|al menos|las?|los|otras?|otros|около|почти|более|менее|не менее|"
    r"больше|меньше|ещё|всего|примерно))* $"
)
_NO_LENGTH_BEFORE = re.compile(
    r"(?i)\b(?:within|in|after|every|each|next|last|past|first|has|have|had|given|gave|gives|by|age of|period of|"
    r"notice of|term of|sentence of|sentenced to)(?: the| a| its| his| her| their| about| another)? $"
    r"|\b(?:en|dentro de|tras|antes de|después de|hace|cada|plazo de|pena de|edad de|condenad[oa]s? a|через|спустя|"
    r"после|каждые|срок[еау]?|сроком на|на|до|за|в возрасте)"
    r"(?: (?:las?|los|unas?|unos|más de|около|более|последние))* $"
)
_NO_LENGTH_AFTER = re.compile(
    r"(?i)^(?:['’]s?)?[\s-]*(?:después|antes|más tarde|de (?:edad|cárcel|prisión|plazo)|спустя|назад|до|после|тому|"
    r"ago|ahead|earlier|later|before|after|from now|old|away|in (?:prison|jail)|notice|to)\b"
)
_LONG = re.compile(r"(?i)^[\s-]*(?:long\b|(?!of\b|in\b|on\b|at\b|and\b)[a-z]{3,})")
_BEFORE_REACH = 40
_CLAUSE_BREAK = re.compile(
    r"[,;:()–—]| (?:while|whereas|but|because|who|which|whose|mientras|pero|porque|que|cuyo|cuya|пока|но|а|потому|"
    r"котор\w+) "
)
_LASTING = re.compile(
    r"(?:last|tak|go|run|stay|continu|dur|tard|llev|tiemp|time|дл|продолж|заня|врем|долг|ид|шел|шл)\w{0,6}$"
)
"""Stems of a question that only say that something goes on."""


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


def measure_length(sentence: str, found: Quantity, wanted: Collection[str]) -> float:
    """Return the share of the stems of the question that the clause of a length has, 0 where it is too small.

    The verb of the question counts for nothing where the length itself says that something lasted.
    """
    cuts = [0, *(cut.end() for cut in _CLAUSE_BREAK.finditer(sentence)), len(sentence)]
    at = max(place for place in range(len(cuts) - 1) if cuts[place] <= found.start)
    clause = sentence[cuts[at] : next(cut for cut in cuts[at + 1 :] if cut >= found.end)]
    terms = {plain_stem(stem) for stem in content_terms(clause, language_of(clause))}
    terms |= {plain_stem(stem) for stem in content_terms(clause)}
    own = [term for term in wanted if not _LASTING.match(term)]
    share = sum(plain_stem(term) in terms for term in own) / len(own) if own else 1.0
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
