"""Who did it in a Spanish or Russian sentence: before the verb or behind "por", in the nominative or the instrumental.

Owns finding the words for a doer of a known class (``data/castings.toml``): an army, rebels, police. Must never judge
whether two of them exclude each other (``news.disputes.openings.doers`` does), nor look for who only says so.

Known failures: a doer who is told by a name or a pronoun alone; a Russian accusative that is like the nominative, where
no other doer stands before the verb.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache

from news.tables import load_toml
from news.words.small_letters import small
from news.words.text import lower_in_place

__all__ = ["list_doers", "without_speaker"]

_MAX_QUOTE = 500
_SPEAKS = {
    "es": small(
        r"^(?:según|de acuerdo con|para) [^,;:]{2,60}, |[,;] (?:según|dij(?:o|eron)|inform(?:ó|aron)|asegur(?:ó|aron)|"
        r"afirm(?:ó|aron)|denunci(?:ó|aron)|anunci(?:ó|aron)|declar(?:ó|aron)|sostuv(?:o|ieron)|sostienen?|señal(?:ó|aron)|"
        r"de acuerdo con|cont(?:ó|aron)|acus(?:ó|aron))\b.*$"
    ),
    "ru": small(
        r"^(?:по словам|по данным|по информации|по версии|как (?:сообщ|заяв|расска)\w+) [^,;:]{2,60}, |"
        r"[,;](?: [—–-])? (?:(?:как )?(?:сообщ|заяв|рассказ|утвержда|говор|переда|увер|объяв|пиш)\w+|"
        r"по (?:словам|данным|версии|информации))\b.*$"
    ),
}
"""Whoever says it, with all behind him: his side is none of the act."""
_CLAUSE = re.compile(r"[,;:()«»“”\"—–]| (?:que|quien(?:es)?|y|pero|cuando|mientras|donde|а|но|и|когда|котор\w+|что) ")
_BY = re.compile(r"[^.;,:]{0,50}?\bpor (?:el |la |los |las |un |una |unos |unas )?")
_NOT = re.compile(r"\b(?:no|nunca|tampoco|не|ни|никогда)(?: \w+)? $")
_NOUN_ENDS = re.compile(r"[,.;:()«»“”\"]| (?:en|el|durante|cuando|que|para|tras|desde|a|contra|al|con)\b")
_BEHIND = re.compile(r"\b(?:a|al|de|del|en|con|contra|por) (?:\w+ )?$")
_MOST_WORDS = 6


@cache
def _acts(table: str, language: str) -> Mapping[str, re.Pattern[str]]:
    rows: Mapping[str, str] = load_toml("castings.toml")[table][language]
    return {name: small(rf"\b(?:{words})\b") for name, words in rows.items()}


@cache
def _doers(language: str, case: int) -> re.Pattern[str]:
    """Return the words for doers; in Russian of one case, 0 for the nominative and 1 for the instrumental."""
    rows: Mapping[str, str] = load_toml("castings.toml")[f"doers_{language}"]
    words = (word for row in rows.values() for word in row.split("|")[case if language == "ru" else 0].split())
    return small(rf"(?<![\w-])(?:{'|'.join(words)})(?![\w-])")


def list_doers(quote: str, language: str) -> Iterator[tuple[str, str]]:
    """Yield the acts of a Spanish or Russian sentence, each with the words for who did it, as written."""
    if language not in _SPEAKS:
        return
    text = lower_in_place(without_speaker(quote, language))
    find = _find_spanish if language == "es" else _find_russian
    for act, start, end in find(text):
        yield act, quote[start:end]


def without_speaker(quote: str, language: str) -> str:
    """Return a Spanish or Russian sentence with blanks in the place of whoever says it, letter for letter."""
    text = quote[:_MAX_QUOTE]
    for told in _SPEAKS[language].finditer(lower_in_place(text)):
        text = f"{text[: told.start()]}{' ' * (told.end() - told.start())}{text[told.end() :]}"
    return text


def _clause(text: str, at: int) -> tuple[int, int]:
    """Return where the clause begins and ends in which an offset lies."""
    start = max((one.end() for one in _CLAUSE.finditer(text, 0, at)), default=0)
    end = _CLAUSE.search(text, at)
    return start, end.start() if end is not None else len(text)


def _find_spanish(text: str) -> Iterator[tuple[str, int, int]]:
    for act, did in _acts("did", "es").items():
        for verb in did.finditer(text):
            start, _ = _clause(text, verb.start())
            subject = text[start : verb.start()]
            if len(subject.split()) > _MOST_WORDS or _NOT.search(subject):
                continue
            doer = _doers("es", 0).search(subject)
            if doer is not None and not _BEHIND.search(subject[: doer.start()]):
                yield act, start + doer.start(), start + len(subject.rstrip())
    for act, done in _acts("done", "es").items():
        for verb in done.finditer(text):
            by = _BY.match(text, verb.end())
            end = _NOUN_ENDS.search(text, by.end()) if by is not None else None
            last = end.start() if end is not None else len(text.rstrip())
            if by is not None and _doers("es", 0).search(text, by.end(), last):
                yield act, by.end(), last


def _find_russian(text: str) -> Iterator[tuple[str, int, int]]:
    for case, table in enumerate(("did", "done")):
        for act, verbs in _acts(table, "ru").items():
            for verb in verbs.finditer(text):
                start, end = _clause(text, verb.start())
                if _NOT.search(text[start : verb.start()]):
                    continue
                names = _doers("ru", case)
                doer = names.search(text, start, verb.start()) or names.search(text, verb.end(), end)
                if doer is not None:
                    yield act, doer.start(), doer.end()
