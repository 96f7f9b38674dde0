"""How an opening is worded: its names without those that say nothing, and what it says it comes after.

Owns these small readings of titles and first sentences for ``news.another.stories``. Must never weigh them.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import lru_cache

from news.model import Article
from news.reports.said import words_said
from news.stories.profiles import lead_and_text, proper_words
from news.words.meanings import GLOSSED, is_date_word
from news.words.text import NAME_INSIDE, fold, stem_words

_NAME = re.compile(NAME_INSIDE)
_FOLLOWS = re.compile(
    r"\b(?:after|following|in the wake of|because of) (?:the|that|this|last \w+['’]s) (\w+)"
    r"|\b(?:[Tt]ras|[Dd]espués de|[Ll]uego de|[Aa] raíz de|[Aa] causa de|[Dd]ebido a|[Cc]omo consecuencia de)"
    r"(?:l| el| la| los| las| es[aeo]s?| est[aeo]s?| aquell?[ao]?s?| dich[ao]s?) ([^\W\d_]{4,})\b"
    r"(?! (?:de un|en |ocurri|registra|produci|declara|desata|sucedi|perpetra|que )|,? (?:hoy|este|esta|ayer|anoche)\b)"
    r"|\b(?:[Пп]осле|[Вв]след за|[Ии]з-за|[Вв] связи с|[Нн]а фоне|[Вв] ответ на) (?:эт\w{1,3}|т(?:ого|ой|ем|еми|ех|от)|"
    r"недавн\w{2,3}|вчерашн\w{2,3}|прошлогодн\w{2,3}|недельн\w{2,3}|воскресн\w{2,3}|субботн\w{2,3}) ([^\W\d_]{4,})\b"
)
_KNOWN = re.compile(
    r"\b(?:in|of|by|from|during|since) (?:the|that|this) (?:[^\W\d_]+ )?([^\W\d_]{4,})\b"
    r"|\b(?:где|котор\w{2,3}) (?:при|в|после|во время) ([^\W\d_]{4,})\b"
)
_ANSWER = re.compile(
    r"(?i)\b(?:reject|accept|approv|grant|refus|turn|dismiss|answer|deni|declin|back)(?:s|es|ed|e|ing)?(?: down)? "
    r"(?:the|a|its|their|his|her|this|that) (?:\w+ )?(?:demand|offer|proposal|request|appeal|bid|call|complaint|"
    r"ultimatum|application|claim)s?\b"
    r"|\b(?:rechaz|acept|aprob)(?:a|an|ó|aron|ado) (?:el|la|los|las|su|un|una) (?:demanda|oferta|propuesta|pedido|"
    r"solicitud|petición|reclamo)s?\b"
    r"|\b(?:отверг|отклонил|принял|одобрил)\w{0,2} (?:\w+ )?(?:требовани|предложени|просьб|заявк|ходатайств)\w{1,3}\b"
)
"""An answer to what somebody asked: it goes on with the asking, however alike the two are told."""

_AFTER = re.compile(
    r"(?i)\b(?:hours?|days?|weeks?|months?|years?) after (?:the|an?|his|her|its|their) ([^\W\d_]{4,})"
    r"|\b(?:horas?|días?|semanas?|mes|meses|años?) después de(?:l| la| los| las| su) ([^\W\d_]{4,})"
    r"|\b(?:час\w*|дн\w+|недел\w+|месяц\w*|лет) (?:спустя )?после ([^\W\d_]{4,})"
)
"""An opening that counts the time since an event goes back to it: "two weeks after the explosion"."""


def has_new_name(text: str, copied: Article) -> bool:
    """Return whether a text has a capitalised word inside a sentence that stands nowhere in an article."""
    held = words_said(lead_and_text(copied))
    return any(fold(word) not in held for word in _NAME.findall(text))


def names_of_opening(text: str, language: str) -> list[str]:
    """Return the stems of the names of an opening; its days are none."""
    return [name for name in proper_words(text, language) if not is_date_word(name)]


def points_back(opening: str, held: Collection[str], language: str) -> bool:
    """Return whether an opening tells what came after something that a story has: "visited it after the fire".

    In Spanish, whose news tells of a first fire in these words too, none that is then said to be of a thing or a day
    ("tras el incendio de un almacén"); in Russian only what is pointed at ("после этого пожара").

    Args:
        held: words of the story, folded, and their stems.
    """
    told = (match.group(match.lastindex or 0) for match in _FOLLOWS.finditer(opening))
    is_bent = language in GLOSSED
    return any(
        fold(one) in held or (is_bent and any(stem in held for stem in stem_words(one, language))) for one in told
    )


def list_known(opening: str, held: Collection[str], language: str) -> list[str]:
    """Return the words for what an opening takes as known and a story has: "35 people were killed in the explosion".

    Args:
        held: words of the story, folded, and their stems.
    """
    told = (match.group(match.lastindex or 0) for match in _KNOWN.finditer(opening))
    return [word for word in told if fold(word) in held or any(stem in held for stem in stem_words(word, language))]


def is_answer(opening: str) -> bool:
    """Return whether an opening tells that somebody answered what was asked."""
    return _ANSWER.search(opening) is not None


@lru_cache(maxsize=1 << 3)
def count_since(opening: str) -> str:
    """Return the folded word of the event since which an opening counts the time, "" if it counts none."""
    counted = _AFTER.search(opening)
    return "" if counted is None else fold(counted[counted.lastindex or 0])
