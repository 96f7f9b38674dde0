"""What brought an event about, by two accounts: the rain broke the dam, or its gate was rusted shut.

Owns the finding of a cause in a sentence in English, Spanish and Russian (``data/causes.toml``), of what sort it is,
and whether two exclude each other. Must never choose the story: two articles are asked that open with one event.

Two causes exclude each other where two sides tell them of one thing, each is of a sort or two, and these differ. What
is only possible or looked into, and what is denied, is no cause.

Known failures: a cause told without a word that says so; two causes of one sort ("this switch", "that switch").
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cache, lru_cache

from news.decision import Dispute, FactKind, StoredArticle
from news.disputes.desk import Desk
from news.disputes.frames.ties import open_article, open_stored, weigh_tie
from news.disputes.loose_sentences import sentences_of
from news.disputes.parties import is_told_by_two, party_of
from news.model import Article
from news.reports.progress import is_development
from news.reports.tellings import tell
from news.tables import load_toml
from news.words.meanings import is_faint, meanings_in
from news.words.small_letters import small
from news.words.text import lower_in_place
from news.words.vocabulary import language_of

__all__ = ["Cause", "are_two_causes", "find_causes", "list_causes"]

_MAX_QUOTE, _REACH = 500, 110
_TIED, _MANY, _SENTENCES = 1.6, 8, 10
_ROOT, _MOST_SORTS = 5, 2
_LATEST = timedelta(days=45)
"""What delayed a launch in one autumn did not doom the next one."""
_ENDS = re.compile(r"[.;:,“”\"«»()—–?!]")
_STARTS = re.compile(r"[.;:“”\"«»()—–?!]|, (?:and|but|while|y|pero|а|но|и)\b|\b(?:said|says|that|que|что) ")
_NOT = re.compile(
    r"(?:n['’]t|\b(?:not|never|no|rather than|instead of|nothing|den(?:y|ied|ies)|ruled out|rules out|nunca|ni|"
    r"descart\w+|niega|не|ни|отрица\w+|опроверг\w*|исключ\w+))(?: [\w'’-]+){0,3} ?$"
)
_RELATIVE = re.compile(r"\b(?:who|whose|which|that|que|cuy[oa]|котор\w+|чей|чья)\b")
_KILLS = re.compile(r"kill|mat[óa]|убил|погубил")
_KILLERS = ("poison", "bloom", "heat")
_OFFICE = "state"


@dataclass(frozen=True, slots=True)
class Cause:
    """A cause that a sentence tells, in its words.

    Attributes:
        sorts: what sorts it is of, by the families of the table.
        effect: meanings of the rest of the sentence.
        is_version: an office has it so and may find otherwise: no other side's word stands against less.
    """

    text: str
    sorts: frozenset[str]
    effect: frozenset[str]
    quote: str
    is_version: bool = False


@cache
def _patterns(language: str) -> Mapping[str, re.Pattern[str]]:
    rows: Mapping[str, str] = load_toml("causes.toml")[language]
    return {name: small(rf"(?<![\w-])(?:{words})(?![\w-])") for name, words in rows.items()}


@cache
def _sorts() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Return the sorts with what finds a word of theirs: long ones by their beginning, short ones whole."""
    rows: Mapping[str, str] = load_toml("causes.toml")["sorts"]
    return tuple(
        (name, small(rf"(?<![\w-])(?:{'|'.join(_form(word) for word in words.split())})(?![\w-])"))
        for name, words in rows.items()
    )


def _sort_pattern(name: str) -> re.Pattern[str]:
    return next(pattern for key, pattern in _sorts() if key == name)


@cache
def _families() -> Mapping[str, str]:
    rows: Mapping[str, str] = load_toml("causes.toml")["families"]
    return {sort: family for family, sorts in rows.items() for sort in sorts.split()}


def _family_of(sort: str) -> str:
    return _families().get(sort, sort)


def _form(word: str) -> str:
    plain = word.replace("_", " ")
    return rf"{plain}\w{{0,4}}" if word[0] >= "а" or len(word) > _ROOT else plain


@lru_cache(maxsize=1 << 11)
def list_causes(quote: str) -> tuple[Cause, ...]:
    """Return the causes that a sentence tells as found, in order; none where it leaves them open."""
    language = language_of(quote) or "en"
    if language not in {"en", "es", "ru"}:
        return ()
    core = tell(quote[:_MAX_QUOTE]).core if language == "en" else quote[:_MAX_QUOTE]
    text, patterns = lower_in_place(core), _patterns(language)
    versions = _versions(core, quote, text, patterns["version"])
    if patterns["open"].search(text):
        return versions
    found = (
        _cause(core, quote, span)
        for side in ("after", "before")
        for one in patterns[side].finditer(text)
        if (span := _behind(text, one) if side == "after" else _ahead(text, one)) is not None
    )
    return (*(one for one in found if one is not None), *versions)


def _versions(core: str, quote: str, text: str, pattern: re.Pattern[str]) -> tuple[Cause, ...]:
    """Return the cause that a sentence gives as that of an office so far: "preliminary findings point to a fuse"."""
    spans = ((one.end(), _end_of(text, one.end())) for one in pattern.finditer(text))
    found = (_cause(core, quote, span) for span in spans)
    return tuple(replace(one, is_version=True) for one in found if one is not None)


def _end_of(text: str, start: int) -> int:
    end = _ENDS.search(text, start)
    return min(end.start() if end else len(text), start + _REACH)


def _behind(text: str, found: re.Match[str]) -> tuple[int, int] | None:
    if _NOT.search(text, max(0, found.start() - _REACH), found.start()) or _RELATIVE.match(text, found.end() + 1):
        return None
    return found.end(), _end_of(text, found.end())


def _ahead(text: str, found: re.Match[str]) -> tuple[int, int] | None:
    start = max((one.end() for one in _STARTS.finditer(text, 0, found.start())), default=0)
    lead = text[start : found.start()]
    if _NOT.search(lead) or _RELATIVE.search(lead) or text.startswith(" by ", found.end()):
        return None
    if _KILLS.match(found[0]) and not any(_sort_pattern(name).search(lead) for name in _KILLERS):
        return None  # "gas leak kills nine": that is what happened, and not why
    return max(start, found.start() - _REACH), found.start()


def _cause(core: str, quote: str, span: tuple[int, int]) -> Cause | None:
    words = core[slice(*span)]
    low = lower_in_place(words)
    sorts = frozenset(_family_of(name) for name, pattern in _sorts() if pattern.search(low))
    if not sorts:
        return None
    rest = meanings_in(f"{core[: span[0]]} {core[span[1] :]}", language_of(quote))
    effect = frozenset(word for word in rest if not is_faint(word))
    return Cause(" ".join(words.split()).strip(" ,"), sorts, effect, quote)


def are_two_causes(here: Cause, there: Cause) -> bool:
    """Return whether two causes of one thing, each of a sort or two, exclude each other."""
    if max(len(here.sorts), len(there.sorts)) > _MOST_SORTS or here.sorts & there.sorts:
        return False
    return bool(there.is_version or here.effect & there.effect)


def find_causes(desk: Desk) -> Iterator[Dispute]:
    """Yield what else brought the event about than the story's articles say, once for each article.

    Whoever has found the cause seldom opens with it: the first ten sentences of both are asked.
    """
    causes = tuple(one for one in _causes_of(desk.case.article) if not one.is_version)
    if not causes or len(desk.others) > _MANY:
        return
    ours = open_article(desk.case.article)
    for stored in desk.others:
        told = _causes_of(stored.article) if _is_near(stored, desk.now) else ()
        if not told or any(one.sorts & each.sorts for one in causes for each in told):
            continue
        pairs = ((here, there) for here in causes for there in told if are_two_causes(here, there))
        theirs = open_stored(stored)
        firm = (pair for pair in pairs if not is_development(pair[0].quote))
        sides = ours.sentences[1:], theirs.sentences[1:]
        pair = next((one for one in firm if _are_of_two_sides(*one, sides)), None)
        if pair is not None and weigh_tie(ours, theirs) >= _TIED:
            here, there = ((one.text, one.quote) for one in pair)
            yield from filter(None, [desk.dispute(FactKind.STATUS, here, there, stored)])


def _are_of_two_sides(here: Cause, there: Cause, sides: tuple[Sequence[str], Sequence[str]]) -> bool:
    """Return whether two causes are the words of two sides.

    A version is that of an office, named or not; what offices find after it is no contradiction.
    """
    if there.is_version:
        return party_of(here.quote) not in {"", _OFFICE}
    return is_told_by_two(here.quote, sides[0], there.quote, sides[1])


def _is_near(stored: StoredArticle, now: datetime) -> bool:
    at = stored.article.published_at
    return at is not None and abs(now - at) <= _LATEST


def _causes_of(article: Article) -> tuple[Cause, ...]:
    quotes = (*sentences_of(article.text)[:_SENTENCES], article.title)
    return tuple(one for quote in quotes for one in list_causes(quote))
