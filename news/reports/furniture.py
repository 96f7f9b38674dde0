"""What stands around an account: datelines, bylines, credits, invitations, the outlet's name in the title.

Owns where these begin and end. They say who wrote when and where, so that two articles that share them share nothing
that they tell; blanks are put in their place before anything is read or compared. Must never judge who is credited
(``news.reports.origins``) nor drop the lines of a page (``news.documents.boilerplate``).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache, lru_cache

from news.documents.boilerplate import is_appeal, may_appeal
from news.model import Article, EntityKind
from news.names.entities import lookup
from news.reports.outlets import outlet_of
from news.tables import load_toml
from news.words.sentences import split_sentences
from news.words.text import fold

__all__ = ["bare_text", "without_furniture"]

_HEAD = 160
"""Characters of a line in which a dateline ends."""
_MAX_CREDIT = 400
_MAX_CHARS = 50_000
_UP = "A-ZÀ-ÞА-ЯЁ"
_NEXT = rf"(?=[\"“«'‘„¿¡(\[]{{0,2}}[{_UP}0-9])"
_AGENCIES = frozenset({"wire", "state"})
_LINE = re.compile(r"\S[^\n]*")
_WORD = re.compile(r"[^\W_]+")
_DIGIT = re.compile(r"\d")
_TITLE_END = re.compile(r" (?:[-–—|] |\((?=[^()]+\)$))(?P<name>[^-–—|()]{2,60}?)\)?$")
_NAMES = rf"[{_UP}][\w.-]*(?: [{_UP}][\w.-]*){{0,3}}"
_FOOT = 300
"""Characters at the end in which an agency or initials stand."""
_INITIALS = re.compile(r"\n[a-zа-яё]{2,4}(?:[/-][a-zа-яё]{2,4})+\s*\Z")
_TAIL = re.compile(rf"(?:(?<=[.!?…\"”»] )|(?<=\n))(?:[-–—]{{1,2}} ?{_NAMES}|\({_NAMES}\)|[A-ZА-ЯЁ]{{2,8}})\s*\Z")


@cache
def _datelines() -> tuple[re.Pattern[str], ...]:
    """Return the shapes of a dateline: with an agency, with a day, with a place alone, with an outlet alone."""
    table = load_toml("furniture.toml")
    months = f"(?i:{'|'.join(table['months'].split())})"
    links = "|".join(table["place_links"].split())
    place = rf"(?P<place>[{_UP}][\w.'’-]*(?:(?:, ?| |/)(?:[{_UP}][\w.'’-]*|(?:{links})\b)){{0,6}}?)"
    year = r"(?:,? (?:de |del )?\d{4}(?: г(?:ода|\.))?)?"
    day = rf"(?P<day>(?:\d{{1,2}}(?:st|nd|rd|th)?\.? (?:de )?{months}\w*\.?|{months}\w*\.? \d{{1,2}}){year})"
    named = rf"[{_UP}][\w.-]*(?: [{_UP}][\w-]*){{0,2}}"
    dash = r"(?:\.?[-–—]{1,2})"
    agency = rf"(?P<agency>\([{_UP}][^()\n]{{1,40}}\)|/[^/\n]{{2,40}}/)"
    shapes = (
        rf"(?:{place}[.,/]?)? ?(?:{day}[.,]? ?)?{agency}(?P<end>\.? ?{dash}|[.:]| ) ?{_NEXT}",
        rf"(?:{place}[.,] ?)?{day}[.,]? ?(?:{dash} {named}\. |{named} ?{dash} ){_NEXT}",
        rf"{place}[.,]? {day}[.,]? ?(?:{dash}|:) ?{_NEXT}",
        rf"{place} ?(?P<mark>{dash}|:) {_NEXT}",
    )
    return tuple(re.compile(shape) for shape in shapes)


@cache
def _credit_words() -> tuple[re.Pattern[str], re.Pattern[str], frozenset[str], tuple[str, ...]]:
    """Return what a credit opens with, the same at the head of a sentence, little words, what its months begin with."""
    table = load_toml("furniture.toml")
    openings = sorted((one for line in fold(table["credits"]).split("\n") for one in line.split("|") if one), key=len)
    opening = rf"[(\[—–-]{{0,2}} ?(?:{'|'.join(map(re.escape, reversed(openings)))})(?!\w)"
    anywhere = re.compile(rf"[\n.!?:;()\[\]\"'«»|*•>/-]\s*{opening}")
    return (
        re.compile(opening),
        anywhere,
        frozenset(fold(table["credit_links"]).split()),
        tuple(fold(table["months"]).split()),
    )


def without_furniture(article: Article) -> Article:
    """Return an article with blanks for what stands around its account, and its title without the outlet's name.

    The same object where there is nothing of that. Offsets into the text stay what they are.
    """
    text, title = bare_text(article.text), _bare_title(article.title, article.outlet)
    if text is article.text and title is article.title:
        return article
    return replace(article, title=title, text=text)


def _bare_title(title: str, outlet: str) -> str:
    found = _TITLE_END.search(title) if title else None
    if found is None or not (fold(found["name"]) == fold(outlet) or outlet_of(found["name"])):
        return title
    return title[: found.start()]


@lru_cache(maxsize=1 << 10)
def bare_text(text: str) -> str:
    """Return a text with blanks for datelines, bylines, credits and invitations; as long as it was.

    Only the first 50,000 characters are looked at. Known failure: a dateline of an unknown place in small letters
    without a day and an agency stays.
    """
    bare = text[:_MAX_CHARS]
    for find in (_find_credits, _find_tail, _find_datelines):
        bare = _blanked(bare, find)
    return text if bare == text[:_MAX_CHARS] else bare + text[_MAX_CHARS:]


def _blanked(text: str, find: Callable[[str], Iterator[tuple[int, int]]]) -> str:
    for start, end in find(text):
        text = f"{text[:start]}{' ' * (end - start)}{text[end:]}"
    return text


def _find_credits(text: str) -> Iterator[tuple[int, int]]:
    _, anywhere, *_ = _credit_words()
    if not may_appeal(text) and anywhere.search(f"\n{fold(text)}") is None:
        return
    for one in split_sentences(text):
        if len(one.text) <= _MAX_CREDIT and (_is_credit(one.text) or is_appeal(one.text)):
            yield one.start, one.end


def _is_credit(sentence: str) -> bool:
    """Return whether a sentence names who wrote, took or sent something, and when, and tells nothing."""
    opening, _, links, months = _credit_words()
    folded = fold(sentence)
    found = opening.match(folded)
    if found is None:
        return False
    words = _WORD.findall(sentence)[len(_WORD.findall(found.group())) :]
    return all(not word[0].islower() or fold(word) in links or fold(word).startswith(months) for word in words)


def _find_tail(text: str) -> Iterator[tuple[int, int]]:
    """Yield the name of an agency, and the initials of who wrote for it, behind the last sentence."""
    initials = _INITIALS.search(text, max(0, len(text) - _FOOT))
    if initials is not None:
        yield initials.span()
        text = text[: initials.start()]
    found = _TAIL.search(text, max(0, len(text) - _FOOT))
    if found is not None and text[: found.start()].strip():
        yield found.span()


def _find_datelines(text: str) -> Iterator[tuple[int, int]]:
    """Yield the dateline of the first line, and what names an agency or a day in the way of one at others."""
    for number, line in enumerate(_LINE.finditer(text)):
        end = _end_of_dateline(line.group()[:_HEAD], is_first=number == 0)
        if end:
            yield line.start(), line.start() + end


def _end_of_dateline(line: str, *, is_first: bool) -> int:
    agency, named, dated, placed = _datelines()
    found = agency.match(line) if "(" in line or "/" in line else None
    if found is not None and _is_agency(found, is_first=is_first):
        return found.end()
    found = named.match(line) or dated.match(line) if _DIGIT.search(line) else None
    if found is None and is_first:
        found = placed.match(line)
        found = found if found is not None and _is_place(found["place"], found["mark"]) else None
    return found.end() if found is not None else 0


def _is_agency(found: re.Match[str], *, is_first: bool) -> bool:
    """Return whether what stands in brackets after a place or a day is who sent the text."""
    name, end = found["agency"], found["end"].strip()
    if outlet_of(name[1:-1]) is not None or found["day"]:
        return True
    return is_first and bool(end) and (name[0] == "/" or end not in ".:")


def _is_place(name: str, mark: str) -> bool:
    """Return whether a name before a dash or colon opens a dateline: a place, its name in capitals, or an agency."""
    outlet = outlet_of(name)
    if outlet is not None and outlet.kind in _AGENCIES:
        return True
    first = name.split(",", 1)[0]
    known = lookup(first)
    if known:
        is_city = known[0].kind is EntityKind.PLACE and bool(known[0].within)
        return is_city and (mark != ":" or first.isupper())
    return mark[0] == "." or (mark != ":" and first.isupper() and len(first) > 2)  # noqa: PLR2004 - no initials
