"""Sentences that contradict nothing, for they tell of nothing that was so, or of another thing of the same kind.

Owns the recognising of an exercise with invented victims, a supposed case ("had the wind turned, it would have"),
silence ("did not comment"), a second contest beside the first (the men's race, the women's), a later state of the
same thing ("open again") and the same of somebody else ("his wife survived"). Must never find a dispute.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache

from news.decision import Dispute, FactKind
from news.disputes.openings.bearing import are_of_one, is_since
from news.disputes.openings.conditions import is_excluded, list_conditions, may_follow
from news.reports.act_words import acts_of, is_act
from news.reports.negations import list_denied
from news.reports.tellings import MAX_QUOTE, tell
from news.tables import load_toml
from news.words.meanings import acts_in
from news.words.small_letters import any_row, small
from news.words.text import lower_in_place

__all__ = ["tells_nothing_of"]

_MODALS = frozenset(["may", "might", "could", "would", "should", "can", "if", "fear", "fears", "feared", "threatens"])
_NEXT = re.compile(
    r"\b(?:a|one more|the) (?:second|third|fourth|fifth|sixth) "
    r"(?:man|woman|suspect|person|body|strike|blast|attack|quake)\b|"
    r"\b(?:un|una|el|la) (?:segund[oa]|tercer[oa]?|cuart[oa]|quint[oa]) (?:hombre|mujer|sospechos[oa]|detenid[oa]|"
    r"cuerpo|"
    r"cadáver|ataque|explosión|atentado|sismo|víctima)\b|"
    r"\b(?:втор|трет|четв[её]рт|пят)\w{1,3} (?:мужчин|женщин|подозреваем|тел|удар|взрыв|атак|толч|жертв)\w*"
)
_UNDOES = re.compile(
    r"\b(?:lift(?:s|ed)|freed|released|resumed|reopened|overturned|revoked) (?:the|a|an|its|his|her|their)\b|"
    r"\b(?:levant|liber|reanud|revoc|anul)(?:ó|aron|a|an) (?:el|la|los|las|a|su)\b|\breabri(?:ó|eron) (?:el|la|los|"
    r"las|su)\b|"
    r"\b(?:снял|отменил|возобновил|освободил)[аио]? (?:запрет|ограничени|арест|работ|движени|решени|приговор|"
    r"заложник)\w*"
)
_COUNT = re.compile(
    r"(?:at least |about |some |more than |all )?(?:\d|(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|"
    r"dozens|hundreds|several|many|people)\b)|"
    r"(?:al menos |unos |unas |más de |cerca de )?(?:dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|doce|decenas|"
    r"cientos|"
    r"vari[oa]s|much[oa]s|personas)\b|"
    r"(?:не менее |около |более |свыше )?(?:двое|трое|четверо|пятеро|два|две|три|четыре|пять|шесть|семь|восемь|девять|"
    r"десять|десятки|сотни|несколько|многие|люди)\b"
)


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return any_row(load_toml("unreal.toml")[name])


@cache
def _contests() -> Mapping[str, re.Pattern[str]]:
    table: Mapping[str, str] = load_toml("unreal.toml")["contests"]
    return {name: small(rf"\b(?:{words})\b") for name, words in table.items()}


@lru_cache(maxsize=1 << 12)
def _is_told_so(name: str, quote: str) -> bool:
    return bool(_pattern(name).search(lower_in_place(quote[:MAX_QUOTE])))


@lru_cache(maxsize=1 << 11)
def _contests_in(quote: str) -> frozenset[str]:
    text = lower_in_place(quote[:MAX_QUOTE])
    return frozenset(name for name, words in _contests().items() if words.search(text))


def tells_nothing_of(dispute: Dispute) -> bool:
    """Return whether the sentence of one side tells nothing that the other side could contradict."""
    here, there = dispute.here.quote, dispute.there.quote
    if any(_is_told_so(name, here) != _is_told_so(name, there) for name in ("exercise", "supposed")):
        return True
    if dispute.kind is FactKind.ACTOR:
        ours, theirs = _contests_in(here), _contests_in(there)
        return bool(ours and theirs and not ours & theirs)
    if dispute.kind is FactKind.DATE:
        is_next = bool(_UNDOES.search(here)) or bool(_NEXT.search(here) and not _NEXT.search(there))
        return is_next or _is_told_so("silent", here) or _is_later(here, there)
    if dispute.kind is not FactKind.STATUS:
        return False
    if _is_told_so("exercise", there) or _is_only_possible(here, there):
        return True
    are_unharmed = _is_told_so("none_harmed", here) and _is_told_so("none_harmed", there) and not _counts_harm(here)
    return are_unharmed or _is_told_so("silent", here) or _is_of_another(here, there)


def _counts_harm(quote: str) -> bool:
    """Return whether a sentence tells of harm beside what it says was none."""
    rest = _pattern("none_harmed").sub(" ", lower_in_place(quote[:MAX_QUOTE]))
    return bool(acts_in(rest) & {"die", "injure"})


def _is_later(here: str, there: str) -> bool:
    """Return whether a sentence tells the state of a thing that may have come after the one that the other tells."""
    pairs = ((one, other) for one in list_conditions(here) for other in list_conditions(there))
    return any(is_excluded(one, other) and may_follow(one) and are_of_one(one, other) for one, other in pairs)


def _is_of_another(here: str, there: str) -> bool:
    """Return whether two states exclude each other, but the one came later, or they are of two persons."""
    ours, theirs = list_conditions(here), list_conditions(there)
    pairs = [(one, other) for one in ours for other in theirs if is_excluded(one, other)]
    if not pairs:
        return False
    if any(may_follow(one) for one, _ in pairs) and is_since(here):
        return True
    return all(
        one.is_personal and one.heads and (other.heads or _COUNT.match(other.subject)) and not are_of_one(one, other)
        for one, other in pairs
    )


def _is_only_possible(here: str, there: str) -> bool:
    """Return whether all that is denied is in the other sentence only what may be: "because the rock may fall"."""
    denied = [one for one in list_denied(tell(here)) if not one.is_explicit]
    acts = frozenset().union(*(acts_of(tell(" ".join(one.scope))) for one in denied)) if denied else frozenset()
    lows = tell(there).lows
    told = [at for at, low in enumerate(lows) if acts and low.isalpha() and is_act(low) and acts_of(tell(low)) & acts]
    return bool(told) and all(_MODALS.intersection(lows[max(0, at - 3) : at]) for at in told)
