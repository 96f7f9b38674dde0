"""Whether a Russian number of four digits counts something ("1200 рабочих") or names a year ("в 2014 Крым").

Russian sets no mark in such a number and its nouns have no plural -s, so the form of the next word tells. Known
failures: after "в", "с" or "к" a noun without an ending ("в 1200 школ") counts only if it is listed; a noun that
looks like a verb or a participle ("1200 пушкарят") is taken for one.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from news.tables import load_toml

_NEXT: Final = re.compile(r"(?:[-–—]\d{4})?[ \u00a0](?:с лишним |с половиной )?([а-яё]+)")
_BEFORE: Final = re.compile(r"([а-яёА-ЯЁ]+)([ \u00a0]|[-–—](?:\d{4}[-–—])?)\Z")
_REACH: Final = 32
_FIRST_LIKELY: Final = 1900
_FEW: Final = range(2, 5)
_TEENS: Final = range(12, 15)

_OF_YEAR: Final = re.compile(
    r"(?:январ|феврал|март|апрел|ма[йяе]\Z|июн|июл|август|сентябр|октябр|ноябр|декабр|весн|лет[оаеу]|осен|зим|"
    r"начал|середин|кон[ец]|олимпиад|чемпионат|выбор|кризис|итог|бюджет|войн|мира\Z|игр\Z|игры\Z|сезон|евро|"
    r"модел|образц|выпуск|год)"
)
_SURE: Final = re.compile(r"[а-яё]{2,}(?:ов|ев|ёв|ах|ях|ам|ям|ами|ями|[^аеёиоуыэюя]ей)\Z")
_ADJECTIVE: Final = re.compile(r"[а-яё]{2,}[ыи]х\Z")
_LIKELY: Final = re.compile(r"[а-яё]+(?:[бвгджзкмнпрстфхцчшщ]|ей|ий|ев|ель|ень)\Z")
_VERB: Final = re.compile(r"[а-яё]+(?:[еиёуюяа]т|ен|ён|ван|бран|дан|зан|ом|ем|ём|им|ым|ся)\Z")
_PAUCAL: Final = re.compile(
    r"(?:жител|рабоч|шахт[её]р|горняк|дом[аы]|человек|солдат|работник|сотрудник|машин|школ|женщин|студент|квартир|"
    r"рубл|доллар|пострадавш|задержанн|раненн|погибш|мигрант|беженц|здани|километр|метр|тонн|случа|заявк)[а-яё]*[аяиы]\Z"
)
"""What stands behind 2, 3 and 4: "1853 шахтёра"."""


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(load_toml("russian_counts.toml")[name].split())


def counts_things(text: str, start: int, end: int) -> bool:
    """Return whether the number of four digits at ``text[start:end]`` counts what the next word names."""
    follows = _NEXT.match(text, end)
    if follows is None or follows[1] in _words("no_noun") or follows[1].startswith(("год", "гг")):
        return False
    word, value = follows[1], int(text[start:end])
    before = _BEFORE.search(text[max(0, start - _REACH) : start])
    led, tie = (before[1].lower(), before[2]) if before else ("", "")
    is_named = bool(tie.strip()) and not tie[1:]  # "Евро-2024"
    is_listed = word in _words("listed")
    if is_named or (_OF_YEAR.match(led) and value >= _FIRST_LIKELY and not is_listed):
        return False
    if is_listed or _SURE.match(word):
        return True
    if led in _words("carriers") or led in _words("either"):
        return led in _words("either") and _ADJECTIVE.match(word) is not None
    is_few = value % 10 in _FEW and value % 100 not in _TEENS
    return bool((_LIKELY.match(word) and not _VERB.match(word)) or (is_few and _PAUCAL.match(word)))
