"""What an article says of another account without a number: that it is not so, that it was something else.

Owns the tie of what is denied, or turned down for something else ("not because of a leak, as they claim"), to the
stored sentence that tells it. Numbers are of ``news.disputes.contesting.numbers``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache

from news.decision import FactKind, StoredReport
from news.disputes.cues import Cue, cues_of, find_cue, knows
from news.model import Modality
from news.reports.explicit import Difference
from news.reports.tellings import MAX_QUOTE, listed
from news.words.meanings import meanings_in
from news.words.measures import measures_in
from news.words.text import lower_in_place
from news.words.vocabulary import language_of

__all__ = ["find_rejected_cause", "find_statement", "find_turned_down"]

_HALF = 0.5
_REACH = 90
_MIN_TOKENS = 3
_THAT = re.compile(r"[^.;]{0,80}?\bthat\b(?! (?:day|night|week|month|year|time|moment|morning|evening)\b)")
"""What stands before that which is said: "on Tuesday, when the deal was announced, that"."""

Found = tuple[StoredReport, Difference]
"""The stored sentence, and what either says of it."""


def find_statement(quote: str, before: Sequence[str], cue: Cue, stored: Sequence[StoredReport]) -> Found | None:
    """Return the stored sentence of the statement that a sentence repeats, where its own one denies it; English only.

    Args:
        before: the sentences before it, nearest first.
        cue: where it names the other account.
        stored: sentences of other voices, of one story.
    """
    if language_of(quote) != "en" or cue[2] == "keeps":
        return None
    clause, own = _split(quote, cue)
    meant = meanings_in(clause) - _faint()
    if not meant:
        return None
    is_denied = _is_negated(clause)
    if cue[2] != "contest":
        is_own = len(own.split()) > _MIN_TOKENS and bool(meanings_in(own) & meant)
        least = 1 if is_own else _HALF * len(meant)
        told = (one for one in ((own,) if is_own else map(_own_part, before)) if len(meanings_in(one) & meant) >= least)
        if _is_negated(next(told, clause)) is is_denied:
            return None
    held = next((one for one in stored if _tells(one.report.quote, meant, is_denied=is_denied)), None)
    if held is None:
        return None
    values = (Modality.HAPPENED, Modality.DENIED) if is_denied else (Modality.DENIED, Modality.HAPPENED)
    return held, Difference(FactKind.STATUS, values[0].value, values[1].value)


def _own_part(quote: str) -> str:
    """Return a sentence up to where it says that another account is wrong: "contradicting the assurance that"."""
    cue = find_cue(quote)
    return quote[: cue[0]] if cue is not None and cue[2] == "contest" else quote


@lru_cache(maxsize=1 << 12)
def find_turned_down(quote: str) -> str:
    """Return what a sentence turns down though others say it: "leak" of "not because of a leak, as they claim"."""
    language = language_of(quote)
    if not knows(language):
        return ""
    found = cues_of(language, "rejected").search(lower_in_place(quote[:MAX_QUOTE]))
    what = next(filter(None, found.groups()), "") if found is not None else ""
    return "" if measures_in(what, language) else what


def find_rejected_cause(quote: str, stored: Sequence[StoredReport]) -> Found | None:
    """Return the stored sentence that tells what a sentence turns down for something else."""
    language = language_of(quote)
    meant = meanings_in(find_turned_down(quote), language) - _faint()
    if not meant:
        return None
    told = [one for one in stored if language_of(one.report.quote) == language]
    told = [one for one in told if _tells(one.report.quote, meant, is_denied=False)]
    if not told:
        return None
    held = max(told, key=lambda one: len(meant & meanings_in(one.report.quote, language)))
    return held, Difference(FactKind.STATUS, Modality.DENIED.value, Modality.HAPPENED.value)


def _split(quote: str, cue: Cue) -> tuple[str, str]:
    """Return what the other side is said to have said, and the rest of the sentence."""
    start, end, _ = cue
    after = quote[end : end + 2 * _REACH]
    said = cues_of("en", "others").search(after)
    if cue[2] == "contest" and said is not None:
        after = after[said.end() :]
    said_that = _THAT.match(after)
    after = after[said_that.end() :] if said_that is not None else after
    return re.split(r"[.;]|, (?:and|but|which|who)\b|\band that\b", after.lstrip(" ,"), maxsplit=1)[0], quote[:start]


@cache
def _faint() -> frozenset[str]:
    return meanings_in(" ".join(listed("negation", "light") | {"that", "nobody", "none", "only", "because"}))


def _is_negated(text: str) -> bool:
    return bool(
        re.search(
            r"\b(?:not|no|never|nobody|none|nothing|without|neither|nor|nunca|nadie|sin|не|нет|никто|без)\b|n['’]t\b",
            text,
            re.IGNORECASE,
        )
    )


def _tells(quote: str, meant: frozenset[str], *, is_denied: bool) -> bool:
    """Return whether a stored sentence tells or denies what is contested."""
    held = meanings_in(quote, language_of(quote))
    return len(meant & held) >= _HALF * len(meant) and _is_negated(quote) is is_denied
