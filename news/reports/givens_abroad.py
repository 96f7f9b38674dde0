"""The clauses of a Spanish or Russian sentence that only say of whom or of what it speaks, and how its acts stand.

Owns for these two languages what ``news.reports.givens`` owns for English, which is the door to it. Must never look at
a second text.

Spanish cuts off relative clauses ("que", "quien", "cuyo", "donde", "el cual"), a participle behind the noun that the
sentence opens with ("el buque hundido el domingo llevaba ...") and what follows "tras"; Russian relative clauses and
participles between commas, participles before the noun ("затонувшее судно ...") and what follows "после". Known
failures: "que" behind a verb that no list has, a clause without its commas, news told in a participle.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from itertools import islice
from typing import NamedTuple

from news.reports.verb_forms import Form, forms, listed_verbs
from news.tables import load_toml
from news.words.text import fold, stop_words

__all__ = ["cut_sentence", "list_acts", "without_speaker"]

_MAX_TEXT = 700
_TOKEN = re.compile(r"\d+(?:[.,:]\d+)*|[^\W_]+(?:[.'’-][^\W_]+)*|[,;:()—–]")
_BREAKS = frozenset(",;:()—–")
_LEAST_LEFT = 3
_NEAR = 3
_LEAST_CLAUSE = 2
_UNREAL_REACH, _DENIED_REACH, _LIGHT_REACH = 5, 3, 2
_MANAGED_REACH = 3
_FINITE = frozenset({Form.PAST, Form.FINITE, Form.AHEAD})
_LEADS = frozenset({"a", "con", "de", "desde", "en", "por", "sobre", "ante", "para"})
_ARTICLES = frozenset({"el", "la", "los", "las"})
_JOINED = (["que"], ["cual"], ["cuales"])
_MEASURED = frozenset({"más", "menos", "mejor", "peor", "mayor", "menor", "tan", "tanto", "tanta", "tantos", "tantas"})
_TO_COME = frozenset({"va", "van", "iba", "iban"})
_COMPOUND = frozenset({"ha", "han", "había", "habían", "fue", "fueron"})
_ACTIVE = re.compile(r"ш(?:ий|ая|ее|ие|его|ей|ему|им|ими|их|ую|ем)(?:ся)?$")
_LATELY = frozenset({"вчера", "сегодня", "накануне", "ранее", "недавно", "утром", "ночью", "вечером", "днём", "днем"})
_MAX_BARE = 7
"""Words of a Russian participle with its noun."""


class Act(NamedTuple):
    """A word that may name an act, the root of its verb, whether it is told as done, and whether it is a verb."""

    word: str
    root: str
    is_done: bool
    is_verb: bool


@cache
def _saying(language: str, name: str) -> re.Pattern[str]:
    verbs = "|".join(sorted(listed_verbs(language, "saying"), key=len, reverse=True))
    pattern = str(load_toml("verbs.toml")[language][name]).replace("saying", verbs)
    return re.compile(pattern, re.IGNORECASE)


@lru_cache(maxsize=1 << 10)
def without_speaker(sentence: str, language: str) -> str:
    """Return a sentence without who says so; the whole where no shape of that is found, or no verb would be left."""
    text = sentence[:_MAX_TEXT].strip()
    for name in ("cut_trailing", "cut_leading"):
        found = _saying(language, name).search(text)
        if found is None or (name == "cut_leading" and _tells(found[0], language)):
            continue
        left = f"{text[: found.start()]}{text[found.end() :]}".strip(" ,")
        if len(left.split()) >= _LEAST_LEFT and _has_verb(left, language):
            text = left
    return text


def _tells(lead: str, language: str) -> bool:
    """Return whether the words before "that" tell something besides: "he denied it and said that"."""
    idle = listed_verbs(language, "saying") | listed_verbs(language, "auxiliary")
    return _has_verb(" ".join(low for low in _TOKEN.findall(lead.lower()) if low not in idle), language)


@cache
def _since(language: str) -> re.Pattern[str]:
    table = load_toml("verbs.toml")[language]
    return re.compile(rf"(?i)(?:^|(?<=[\w,])\s){table['lead']}(?:{table['since']})\s(?!todo\b|вс[её]\b)([^;]{{5,300}})")


@lru_cache(maxsize=1 << 11)
def cut_sentence(sentence: str, language: str) -> tuple[str, tuple[str, ...]]:
    """Return what a sentence tells, and the clauses that it takes as known; all told where nothing opens such a one."""
    core = without_speaker(sentence, language)
    given: list[str] = []
    found = _since(language).search(core)
    if found is not None:
        end = _end_of_since(core, found, language)
        if end > found.start(1):
            given.append(core[found.start(1) : end].strip(" ,"))
            core = f"{core[: found.start()]} {core[end:]}".strip(" ,")
    tokens = _TOKEN.findall(core)
    lows = [one.lower() for one in tokens]
    told: list[str] = []
    at = 0
    end_of = _end_of_spanish if language == "es" else _end_of_russian
    while at < len(tokens):
        end = end_of(tokens, lows, at)
        if end > at:
            is_bare = language == "ru" and end < len(lows) and lows[end] not in _BREAKS  # the noun is told as well
            given.append(" ".join(one for one in tokens[at : end + is_bare] if one != ","))
        else:
            told.append(tokens[at])
        at = max(end, at + 1)
    return " ".join(told), tuple(given)


def _end_of_since(core: str, found: re.Match[str], language: str) -> int:
    """Return where a clause behind "tras" or "после" ends: at its comma.

    At the head of a sentence without a comma that parts it from the main clause it ends before the verb of that.
    """
    start, last = found.span(1)
    commas = [at.start() for at in re.finditer(",", core[start:last])]
    is_first = not core[: found.start()].strip()
    if not is_first:
        return start + commas[0] if commas else last
    ends = [start + at for at in commas if _has_verb(core[start + at :], language)]
    if ends:
        return ends[0]
    verbs = (one.start() for one in re.finditer(r"\w+", core[start:last]) if _is_finite(one[0].lower(), language))
    return start + next(verbs, 0)


def _has_verb(text: str, language: str) -> bool:
    return any(_is_finite(one.lower(), language) for one in _TOKEN.findall(text))


def _is_finite(low: str, language: str) -> bool:
    form = forms(language)[low].form
    return form in _FINITE or (form is Form.PARTICIPLE and language == "ru")


def _is_carried(lows: Sequence[str], at: int) -> bool:
    """Return whether a Spanish participle belongs to a verb of being or having before it: "ha sido detenido"."""
    return any(low in listed_verbs("es", "auxiliary") for low in lows[max(0, at - 2) : at])


def _end_of_spanish(tokens: Sequence[str], lows: Sequence[str], at: int) -> int:
    """Return where a clause that is taken as known and begins at ``at`` ends; ``at`` where none begins."""
    if at == 0 or at + _LEAST_CLAUSE >= len(lows):
        return at
    if _opens_participle(lows, at):
        return _clause_end(lows, at + 1, is_aside=lows[at - 1] == ",", has_verb=True)
    size = _opener_size(tokens, lows, at)
    return _clause_end(lows, at + size, is_aside=lows[at - 1] in _BREAKS, has_verb=False) if size else at


def _opener_size(tokens: Sequence[str], lows: Sequence[str], at: int) -> int:
    """Return how many words open a Spanish relative clause at ``at``: "que", "el cual", "en la que"; 0 for none."""
    low, before = lows[at], lows[at - 1]
    if low in listed_verbs("es", "relative"):
        return int(before not in listed_verbs("es", "content") or before in _LEADS)
    ahead = lows[at : at + _NEAR]
    if low in _LEADS and lows[at + 1] in _ARTICLES and ahead[2:3] in _JOINED:
        return 3
    if (low in {"del", "al"} and ahead[1:2] in _JOINED) or (
        before == "," and low in _ARTICLES and ahead[1:2] in _JOINED[1:]
    ):
        return 2
    is_content = before in listed_verbs("es", "content") or before in stop_words("es")
    if low != "que" or is_content or not _MEASURED.isdisjoint(lows[max(0, at - 2) : at]):
        return 0
    if before == ",":
        return int(at > 1 and not _is_finite(lows[at - 2], "es") and lows[at - 2] not in listed_verbs("es", "content"))
    form = forms("es")[before].form if tokens[at - 1].islower() else Form.NONE
    is_verb = form in _FINITE or form is Form.INFINITIVE or (form is Form.PARTICIPLE and _is_carried(lows, at - 1))
    return int(not is_verb and before not in _BREAKS)


def _opens_participle(lows: Sequence[str], at: int) -> bool:
    """Return whether a participle at ``at`` only marks the noun before it, as the verb of the sentence comes later."""
    if forms("es")[lows[at]].form is not Form.PARTICIPLE or _is_carried(lows, at):
        return False
    if any(_is_finite(low, "es") for low in lows[:at]) or lows[at - 1] in listed_verbs("es", "determiners"):
        return False
    before = lows[at - 2] if lows[at - 1] == "," and at > 1 else lows[at - 1]
    if before in _BREAKS or fold(before) in stop_words("es") or before.isdigit():
        return False
    return any(_is_finite(low, "es") for low in lows[at + 1 :])


def _clause_end(lows: Sequence[str], at: int, *, is_aside: bool, has_verb: bool) -> int:
    """Return where a Spanish clause ends: at its comma, or before the second verb with the little words before that."""
    stop = next((place for place in range(at, len(lows)) if lows[place] in _BREAKS), len(lows))
    if is_aside:
        return stop
    verbs = (place for place in range(at, stop) if _is_finite(lows[place], "es") and lows[place - 1] not in _COMPOUND)
    second = next(islice(verbs, int(not has_verb), None), stop)
    while at < second < stop and lows[second - 1] in listed_verbs("es", "clitics"):
        second -= 1
    return second


def _end_of_russian(tokens: Sequence[str], lows: Sequence[str], at: int) -> int:
    """Return where a clause that is taken as known and begins at ``at`` ends; ``at`` where none begins."""
    if at + _LEAST_CLAUSE >= len(lows):
        return at
    if forms("ru")[lows[at]].form is Form.FULL and not tokens[at].isdigit():
        if at and lows[at - 1] == ",":
            return _next_break(lows, at + 1)
        return _noun_end(tokens, lows, at)
    if not at or lows[at - 1] != ",":
        return at
    relative, where = listed_verbs("ru", "relative"), listed_verbs("ru", "where")
    opens = any(low in relative for low in lows[at : at + _NEAR]) or any(low in where for low in lows[at : at + 2])
    if not opens:
        return at
    end = _next_break(lows, at + 1)
    while end < len(lows) and not any(_is_finite(low, "ru") for low in lows[at:end]):
        end = _next_break(lows, end + 1)
    return end


def _next_break(lows: Sequence[str], at: int) -> int:
    return next((place for place in range(at, len(lows)) if lows[place] in _BREAKS), len(lows))


def _noun_end(tokens: Sequence[str], lows: Sequence[str], at: int) -> int:
    """Return where a participle before its noun ends, its noun left out; ``at`` where no noun follows in its clause.

    One that looks like an adjective ("подписанный") counts only with a word of its own: "подписанный вчера договор".
    """
    if not _ACTIVE.search(lows[at]) and lows[at + 1] not in stop_words("ru") and lows[at + 1] not in _LATELY:
        return at
    nearest = range(at + 1, min(len(lows), at + _MAX_BARE))
    end = next((place for place in nearest if lows[place] in _BREAKS or _is_finite(lows[place], "ru")), nearest.stop)
    has_noun = any(len(tokens[place]) >= _NEAR and tokens[place].islower() for place in range(at + 1, end))
    return max(at + 1, end - 1) if has_noun else at


def list_acts(text: str, language: str) -> Iterator[Act]:
    """Yield the words of a text that are no names and no stop words, each with how it stands, in order."""
    tokens = _TOKEN.findall(text[:_MAX_TEXT])
    lows = [one.lower() for one in tokens]
    unreal, denied = listed_verbs(language, "unreal"), listed_verbs(language, "denied")
    light, meant, managed = (listed_verbs(language, name) for name in ("light", "meant", "managed"))
    idle, known = stop_words(language), forms(language)
    ahead = behind = carried = able = 0
    for at, low in enumerate(lows):
        if low in _BREAKS:
            ahead = behind = carried = able = 0
            continue
        form = known[low].form
        is_verb = _is_act(lows, at, form, language)
        is_wish = low in unreal and not (is_verb and low not in meant)
        is_name = at > 0 and tokens[at][0].isupper()
        if not is_wish and not is_name and low.isalpha() and low not in denied and fold(low) not in idle:
            is_ahead = form is Form.AHEAD or (form is Form.INFINITIVE and not able)
            is_done = not (ahead or behind or is_ahead)
            yield Act(low, known[low].root, is_done, is_verb or carried > 0)
        opens = form is Form.AHEAD or (low in unreal and (low not in _TO_COME or lows[at + 1 : at + 2] == ["a"]))
        ahead = _UNREAL_REACH if opens else max(0, ahead - 1)
        behind = _DENIED_REACH if low in denied else max(0, behind - 1)
        carried = _LIGHT_REACH if low in light else max(0, carried - 1)
        able = _MANAGED_REACH if low in managed else max(0, able - 1)


def _is_act(lows: Sequence[str], at: int, form: Form, language: str) -> bool:
    """Return whether a word has the form of something done: of the past, or of a participle that something carries."""
    if lows[at] in listed_verbs(language, "saying"):
        return False
    if form is Form.PAST:
        return True
    if form is not Form.PARTICIPLE:
        return False
    return language == "ru" or at == 0 or lows[at - 1] not in listed_verbs("es", "determiners")
