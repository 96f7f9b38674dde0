"""Whether two states are said of one thing: of one noun or name, of somebody whom both are on, or of two.

Owns that comparison, and the words by which a sentence says that it tells of others or of what came about since. Must
never find a state: ``news.disputes.openings.conditions`` does.
"""

from __future__ import annotations

import re

from news.disputes.openings.conditions import Condition
from news.words.meanings import is_faint, number_words
from news.words.small_letters import small
from news.words.text import lower_in_place

__all__ = ["are_of_one", "are_of_two_things", "is_since", "tells_of_others"]

_LEAST_SHARED = 2
_OF_OTHERS = small(
    r"\b(?:also|another|second|third|other|others|again|too|twice|once|years? ago|last (?:year|month)|earlier this|"
    r"of them|de ell[oa]s|из них|in (?:19|20)\d\d|as a (?:child|youth)|"
    r"rest of|remains of|también|otr[oa]s?|segund[oa]|tercer[oa]?|restos de|"
    r"el (?:año|mes) pasado|en (?:19|20)\d\d|hace años|также|друг(?:ой|ая|ие|их|ого)|втор(?:ой|ая|ого)|трет(?:ий|ья)|"
    r"ещё|еще|остальн\w+|в прошлом|в юности|в (?:19|20)\d\d)\b"
)
_PIECE = re.compile(r"[^\W_]+")
_ALL = small(r"\b(?:all|every(?:one|body)?|each|tod[oa]s|все|всех|каждый)\b")
_SINCE = small(
    r"\b(?:again|reopen\w*|resum\w*|now|later|afterwards|since|freed|released|lift(?:s|ed|ing)|revers\w+|overturn\w*|"
    r"appeal|repair\w*|restor\w*|back (?:in|on|at)|meanwhile|finally|at last|eventually|"
    r"(?:hours?|days?|weeks?|months?) (?:after|later)|after (?:being|having)|de nuevo|otra vez|ya|liberad\w*|tras|"
    r"reabr\w+|reanud\w+|finalmente|por fin|después|más tarde|luego|restablec\w+|levant(?:ó|aron|ad[oa]s?)|снова|вновь|"
    r"опять|теперь|уже|освобо\w+|после|возобнов\w+|восстанов\w+|позже|позднее|затем|наконец|спустя|вскоре)\b"
)
_ANYBODY = re.compile(
    r"^(?:(?:the|this|that|his|her|our|their|its) )?(?:[\w'’-]+[ -]){0,3}?(?:he|she|it|they|we|i|man|woman|boy|girl|"
    r"suspect|gunman|shooter|attacker|assailant|patient|victim|prisoner|detainee|leader|chief|boss|commander|head|"
    r"delegation|child|teenager|pensioner|driver|pilot|craft|vessel|ship|boat|plane|aircraft|jet|machine|device|"
    r"structure|building|site|facility|plant|line|place|document|paper|text|bill|measure|work|film|book|picture|sample|"
    r"result)$"
    r"|^(?:(?:el|la|los|las|este|esta|su|dich[oa]) )?(?:[\w'’-]+ )?(?:él|ella|ellos|hombre|mujer|joven|niñ[oa]|"
    r"sospechos[oa]|detenid[oa]|paciente|presunt[oa] \w+|atacante|agresor|líder|jefe|comandante|menor|conductor|piloto|"
    r"nave|buque|barco|avión|aparato|edificio|documento|texto|película|libro|cuadro|muestra|resultado)$"
    r"|^(?:(?:этот|эта|это|сам|сама|его|её|их) )?(?:[\w-]+ )?(?:он|она|оно|они|мужчина|женщина|юноша|девушка|мальчик|"
    r"девочка|подозреваемый|подозреваемая|обвиняемый|нападавший|задержанный|пациент|пациентка|водитель|пилот|лидер|"
    r"командир|аппарат|судно|корабль|самолёт|самолет|здание|документ|текст|фильм|книга|картина|образец|результат)$"
)


def is_since(quote: str) -> bool:
    """Return whether a sentence says that what it tells came about after something else: "again", "reopened"."""
    return bool(_SINCE.search(lower_in_place(quote)))


def are_of_one(here: Condition, there: Condition) -> bool:
    """Return whether two states are said of one thing: by the same noun or name, or of somebody whom both are on."""
    ours, theirs = here.heads, there.heads
    if here.is_itself:
        return True
    if ours & theirs or here.is_of_sides:
        return bool(ours & theirs)
    if not here.is_personal and (_telling(ours & there.around) or _telling(theirs & here.around)):
        return True
    if here.is_of_two and _telling((ours | here.around) & (theirs | there.around)):
        return True
    if _is_some(here.subject) and _ALL.search(lower_in_place(there.quote)):
        return True
    is_anybody = not here.subject or bool(_ANYBODY.match(here.subject))
    return is_anybody and (not theirs or bool(_ANYBODY.match(there.subject)) or not here.is_personal)


def tells_of_others(one: Condition) -> bool:
    """Return whether a sentence says that it tells of somebody or something else, or of what was long before."""
    return bool(_OF_OTHERS.search(lower_in_place(one.quote)))


def are_of_two_things(here: Condition, there: Condition) -> bool:
    """Return whether two versions are of two things for all that is told of them: of a driver and of an officer."""
    shared = {word for word in (here.heads | here.around) & (there.heads | there.around) if not is_faint(word)}
    if here.has_object:
        return len(shared - (here.heads | there.heads)) < _LEAST_SHARED
    return here.is_version and not here.heads & there.heads and len(shared) < _LEAST_SHARED


def _is_some(subject: str) -> bool:
    """Return whether a state is told of some by their number alone: "twenty-three are still being held"."""
    words = _PIECE.findall(subject)
    return bool(words) and all(word.isdigit() or word in number_words() for word in words)


def _telling(words: frozenset[str]) -> bool:
    return any(not is_faint(word) for word in words)
