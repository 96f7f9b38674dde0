"""What an article calls untrue of the accounts of others without saying what they tell, and harm that it says was none.

Owns the cues of such sentences ("the lower figure given elsewhere", "reports of his death are premature", "no one was
so much as scratched") and the stored account that they are set against. Must never choose the story, nor judge who is
right.

Who writes so names no value of the other side, so that no slot can be compared: what is contested is the account of
the event. Each holds only against another voice, and only where the stored article has not the same denial.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from news.decision import FactKind, StoredReport
from news.disputes.bearers import is_of_another
from news.disputes.cues import find_cue
from news.disputes.parties import speaker_of
from news.disputes.slots import Teller, is_same_voice
from news.model import NO_TIME, EventKind, Modality, Reading, Report, Sentence
from news.reports.denied import Denied
from news.reports.explicit import Difference
from news.reports.negations import is_told_as_fact, list_denied
from news.reports.progress import is_development
from news.reports.tellings import MAX_QUOTE, tell
from news.reports.tolls import tolls_in
from news.tables import load_toml
from news.words.meanings import is_faint, meanings_in
from news.words.small_letters import any_row
from news.words.text import lower_in_place, stem_words
from news.words.vocabulary import language_of

__all__ = ["Refuted", "bare_report", "find_refuted", "harms_in", "is_of_something_else", "refutes", "unharmed_in"]

_MAX_SENTENCES = 20
_NEAR = 25
_LEAST_WORD = 3
"""Letters of a word that says what is untrue; "se" does not."""
_CLAUSE_END = re.compile(r"[,;:.—–]")
_PART_END = re.compile(r"[;:.—–]|, (?:and|but(?! for)|while|though|although|y|pero|aunque|mientras|и|а|но|хотя)\b")
"""Where what is told ends with all that is put behind it by a comma: its speaker, and those who are left out."""

_OWN = re.compile(
    r"(?i)\b(?:its|his|her|their|our|my) own\b|\b(?:we|it|he|she|they) (?:had )?(?:earlier|first|previously)\b"
)
_AGAINST = re.compile(r"(?i)\b(?:contrary to|unlike) (?:what|rumou?rs?|reports?|claims?|posts?|talk|fears?)\b")
_NO_PART = re.compile(
    r"(?i)\b(hackers|attackers|thieves|burglars|saboteurs|arsonists|terrorists|criminals|vandals|smugglers) "
    r"ha(?:s|ve|d) nothing (?:\w+ )?to do with\b"
)
"""Of whom it is only told that they did not do it; where no account names them, that contradicts none."""
_ABOUT = re.compile(
    r"(?i)\b(?:rumou?rs|reports?|claims?|talk|allegations?|suggestions?)(?: on \w+| in \w+|[\w ]{0,30}?)? "
    r"(?:about|that) "
    r"([^,.;“”\"]{3,80}?)(?: (?:is|are|was|were|as)\b|[,.;”\"]|$)"
    r"|\b(?:es falso|no es cierto|es mentira|es un bulo) que ([^,.;]{3,80})"
    r"|\b(?:неправда|ложь|слухи|сообщения|информация),? (?:что|о|об) ([^,.;]{3,80})"
)
"""What exactly is called untrue."""
_BACK = re.compile(r"(?i)\b(?:to|in) (?:that|this|the same) (?:effect|sense)\b|\bof (?:that|this) (?:kind|sort)\b")


@dataclass(frozen=True, slots=True)
class Refuted:
    """A report of the article that calls an account untrue, the stored report that gives it, and the two values."""

    report: Report
    stored: StoredReport
    values: Difference


@cache
def _pattern(table: str, name: str) -> re.Pattern[str]:
    rows: Mapping[str, str] = load_toml("contested.toml").get(table, {})
    return any_row(rows.get(name, ""))


@lru_cache(maxsize=1 << 12)
def refutes(quote: str) -> bool:
    """Return whether a sentence calls untrue what others say: no slip of its own, and no question."""
    text = quote[:MAX_QUOTE]
    found = _pattern(language_of(text), "refute").search(lower_in_place(text))
    return found is not None and not _OWN.search(text) and not text.rstrip().endswith("?")


@lru_cache(maxsize=1 << 12)
def unharmed_in(quote: str) -> frozenset[str]:
    """Return the classes of harm of which a sentence says that there was none."""
    text = lower_in_place(quote[:MAX_QUOTE])
    found = {name for name in ("die", "injure") if _is_denied(_pattern("unharmed", name).search(text), text)}
    return frozenset(found | {"die"}) if found else frozenset()


def _is_denied(found: re.Match[str] | None, text: str) -> bool:
    """Return whether harm is denied without a reserve in the same clause, or right before it: "so far, nobody".

    Who is left out may stand behind commas: "nobody was hurt, police said, except for two dockers".
    """
    if found is None:
        return False
    clause = text[max(0, found.start() - _NEAR) : _end(_CLAUSE_END, text, found.end())]
    begin = max((one.end() for one in _PART_END.finditer(text, 0, found.start())), default=0)
    part = text[begin : _end(_PART_END, text, found.end())]
    return not (_pattern("unharmed", "but").search(clause) or _pattern("unharmed", "except").search(part))


def _end(mark: re.Pattern[str], text: str, start: int) -> int:
    found = mark.search(text, start)
    return len(text) if found is None else found.start()


def find_refuted(
    reading: Reading, stored: Sequence[StoredReport], tied: Iterable[int], teller: Teller
) -> Iterator[Refuted]:
    """Yield what the article sets against stored accounts, at most one for each of its sentences.

    Args:
        stored: sentences of one story; those that are no report have the id -1.
        tied: stored articles that tell of what the article tells of; where there is none, likeness of words decides.
    """
    sentences = reading.sentences[:_MAX_SENTENCES]
    cued = [one for one in sentences if refutes(one.text) or unharmed_in(one.text)]
    if not cued:
        return
    reports = {report.sentence: report for report in reversed(reading.reports)}
    accounts = _accounts_of(stored)
    own = frozenset(tied)
    near = [rows for number, rows in accounts.items() if number in own]
    for sentence in cued:
        report = reports.get(sentence.index) or bare_report(sentence)
        harmed = _find_harmed(sentence, sentences)
        if harmed is not None:
            report = reports.get(harmed.index) or bare_report(harmed)
            spared = _spared(sentence.text, report, near, teller)
            if spared is not None:
                values = Difference(FactKind.STATUS, Modality.HAPPENED.value, Modality.DENIED.value)
                yield Refuted(report, spared, values)
            continue
        found = next((held for rows in near if (held := _held(report, rows, reading, teller)) is not None), None)
        if found is not None:
            yield Refuted(report, found, Difference(FactKind.STATUS, Modality.DENIED.value, Modality.HAPPENED.value))


def _find_harmed(spared: Sentence, sentences: Sequence[Sentence]) -> Sentence | None:
    """Return the sentence that counts those harmed where another one gives the word of others that nobody was.

    Both may be one: "five were hurt, though the fire service insists that nobody was".
    """
    harms, cue = unharmed_in(spared.text), find_cue(spared.text)
    if not harms or (cue is None and not speaker_of(spared.text)):
        return None
    if cue is not None and harms & harms_in(spared.text[: cue[0]]):
        return spared
    return next((one for one in sentences if one is not spared and harms & harms_in(one.text)), None)


def _spared(quote: str, report: Report, near: Sequence[Sequence[StoredReport]], teller: Teller) -> StoredReport | None:
    """Return the stored sentence of another voice that says with ``quote`` that nobody was harmed, or None."""
    harms = unharmed_in(quote)
    rows = (row for rows in near for row in rows if harms & unharmed_in(row.report.quote))
    return next((row for row in rows if not is_same_voice(report, row, teller)), None)


def bare_report(sentence: Sentence) -> Report:
    """Return a sentence in which no event was found as a report of nothing but its words."""
    return Report(sentence.index, sentence.text, NO_TIME, EventKind.OTHER, Modality.HAPPENED)


def _accounts_of(stored: Sequence[StoredReport]) -> dict[int, list[StoredReport]]:
    found: dict[int, list[StoredReport]] = {}
    for one in stored:
        found.setdefault(one.article_id, []).append(one)
    return {number: sorted(rows, key=lambda row: (row.id < 0, row.report.sentence)) for number, rows in found.items()}


def _held(report: Report, rows: Sequence[StoredReport], reading: Reading, teller: Teller) -> StoredReport | None:
    """Return the sentence of a stored article that is called untrue, or None."""
    lead = rows[0]
    if is_same_voice(report, lead, teller) or is_development(report.quote):
        return None
    denied = list_denied(tell(report.quote))
    rows = [row for row in rows if not is_of_another(tell(report.quote), tell(row.report.quote), denied, teller.within)]
    harms = unharmed_in(report.quote)
    if harms:
        return next((row for row in rows if harms & harms_in(row.report.quote)), None) if _tells_none(reading) else None
    if is_of_something_else(report.quote, [row.report.quote for row in rows]):
        return None
    content = _content(report, reading)
    if content and not any(is_told_as_fact(one, tell(row.report.quote)) for one in content for row in rows):
        return None
    if _is_of_unnamed(report.quote, rows) or any(
        refutes(row.report.quote) or row.report.modality is Modality.DENIED for row in rows
    ):
        return None
    return lead if lead.report.modality in {Modality.HAPPENED, Modality.ALLEGED} else None


def _is_of_unnamed(quote: str, rows: Sequence[StoredReport]) -> bool:
    """Return whether a part in it is denied of somebody whom the account does not name: "hackers had nothing to do"."""
    found = _NO_PART.search(quote)
    if found is None:
        return False
    stems = set(stem_words(found[1]))
    return not any(stems & set(stem_words(row.report.quote)) for row in rows)


def is_of_something_else(quote: str, account: Iterable[str]) -> bool:
    """Return whether a sentence says what is untrue, and an account has no word of it: "rumours on our liquidity".

    Args:
        account: its sentences.
    """
    found = _ABOUT.search(quote[:MAX_QUOTE])
    language = language_of(quote)
    named = meanings_in(next(filter(None, found.groups())), language) if found is not None else frozenset()
    named = frozenset(word for word in named if len(word) >= _LEAST_WORD and not is_faint(word))
    told = (word for one in account for word in meanings_in(one, language_of(one)))
    return bool(named) and named.isdisjoint(told)


def _content(report: Report, reading: Reading) -> list[Denied]:
    """Return what the article itself says that is not so, in the sentence or in the one before that it refers to."""
    if _AGAINST.search(report.quote):
        return list(list_denied(tell(report.quote)))
    if not _BACK.search(report.quote):
        return []
    before = (one.text for one in reading.sentences[:_MAX_SENTENCES] if one.index == report.sentence - 1)
    return [one for text in before for one in list_denied(tell(text)) if one.is_explicit]


def harms_in(quote: str) -> frozenset[str]:
    """Return the classes of harm of which a sentence counts somebody."""
    counts = tolls_in(quote, language_of(quote)).counts
    return frozenset(harm for harm, values in counts.items() if any(values))


def _tells_none(reading: Reading) -> bool:
    """Return whether the article itself counts nobody dead or hurt."""
    return not any(harms_in(sentence.text) for sentence in reading.sentences[:_MAX_SENTENCES])
