"""A sentence without who says so: its words, its names with the part each plays, and what it leaves of the speaker.

Owns the cutting of one English sentence for holding it against another. Must never compare two sentences
(``news.disputes.contrast`` and ``news.reports.negations`` do) nor look anything up in the store.

Speakers are cut off by the shape of the clause ("..., the ministry said on Tuesday, ...", "X said that ..."), names are
told by their capitals, and parts by the preposition before the name. No grammar is drawn up: what stands between
commas in unusual order keeps its place. All patterns are linear: bounded repetitions over at most 700 characters.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from news.memo import WordMemo
from news.model import Entity
from news.names.entities import lookup
from news.tables import load_toml
from news.words.meanings import acts_in, is_date_word, meanings_in, number_words
from news.words.text import fold, stem_words, stop_words

MAX_QUOTE = 700
"""Letters of a sentence that are read."""
_TOKEN = re.compile(r"\d{1,3}(?:,\d{3})+(?![^\W_])|[^\W_]+(?:[.'’-][^\W_]+)*|[,;:.!?\"“”()—–]")
_SAID = (
    r"(?:said|says|say|told [\w' ]{2,25}|tells [\w' ]{2,25}|added|insisted|maintained|maintains|insists|disclosed|"
    r"recalled|claimed|claims|stated)"
)
_WEAK = (
    r"(?:announced|confirmed|reported|stressed|declared|argued|explained|noted|acknowledged|admitted|repeated|suggests|"
    r"found|showed|show|shows)"
)
_TAIL = (
    r"(?: (?:on|in|at|to|after|late|early|while|citing|quoting|by|from|through|over|during|as|with|when|this|last|"
    r"yesterday|today)\b[^,;]{0,160})?"
)
_APPOSED = re.compile(
    rf",\s(?:the|its|his|her|their|a|an)\s[^,;]{{2,70}},\s[A-Z][^,;]{{2,50}},\s{_SAID}\b{_TAIL}(?=[,;.\"”]|$)"
    rf"|,\s[^,;]{{2,70}},\s(?:the|its|his|her|their|a|an)\s[^,;]{{2,70}},\s{_SAID}\b{_TAIL}(?=[,;.\"”]|$)"
)
_TRAILING = re.compile(
    rf",[\"”]?\s[^,;]{{2,110}}?\s(?:{_SAID}|{_WEAK})\b{_TAIL}"
    r"(?:,\s(?:citing|quoting|adding|producing|publishing|showing|pointing|giving|calling|describing)\b[^;]{0,400})?"
    r"(?=[,;.\"”]|$)"
)
_INVERTED = re.compile(
    r"[,\"”]{1,2}\s(?:said|says|added|insisted|recalled|told us)\s"
    r"(?:[A-Z]|the\s|a\s|an\s|its\s|his\s|her\s|their\s)"
    r"(?:(?!\b(?:was|were|had|has|have|is|are|will|would|did)\b)[^,;]){1,90}"  # "said his client was arrested" tells
    r"(?:, (?:who|whose|a|an|the)\b[^,;]{1,120})?(?=[,;.\"”]|$)"
)
_LEADING = re.compile(
    rf"^[^,;]{{2,90}}?(?:, [^,;]{{2,70}},)?\s"
    rf"(?:{_SAID}(?: (?:on|in|at) [\w ]{{3,40}}?)?(?: that)?|(?:{_SAID}|{_WEAK})(?: on \w+)? that)\s(?=.{{15,}})"
)
_ACCORDING = re.compile(
    r",?\s?\b(?:[Aa]ccording to|in the words of|as reported by)\s[^,;]{2,110}"
    r"(?:,\s(?:who|which|whose)\b[^,;]{2,90})?(?=[,;.]|$)"
)
_BE = frozenset(["is", "are", "was", "were", "be", "been", "being", "am"])
_LINKS = frozenset({
    "de", "del", "la", "las", "los", "da", "do", "dos", "di", "bin", "ibn", "van", "von", "der", "al", "el", "e",
    "ben",
})  # fmt: skip
_MAX_BACK = 6
_MAX_HEAD = 3
_MIN_PLAIN = 2


@dataclass(frozen=True, slots=True)
class Name:
    """A name in a telling.

    Attributes:
        words: folded words of the name, titles left off.
        key: key of what tables know under it; the folded name where they know nothing.
        kind: ``place``, ``org``, ``person``, ``equipment`` or an empty string.
        part: ``where``, ``to``, ``from``, ``through``, ``by``, ``of``, ``other``; without a preposition ``lead`` before
            the first act and ``rest`` after it.
        head: stem of the noun that the name stands before ("Mexican embassy"), or an empty string.
    """

    text: str
    words: tuple[str, ...]
    key: str
    kind: str
    part: str
    head: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, eq=False)
class Telling:
    """What a sentence tells, cut from who says so; one object for each sentence, so that it is known by its identity.

    Attributes:
        core: the sentence without its attributions; ``tokens`` are its words and marks as written, ``lows`` the same
            folded.
        speaker: the attributions that were cut off.
    """

    quote: str
    core: str
    speaker: str
    tokens: tuple[str, ...]
    lows: tuple[str, ...]
    names: tuple[Name, ...]


@cache
def listed(table: str, key: str) -> frozenset[str]:
    """Return the words of one list of ``contrast.toml``."""
    return frozenset(str(load_toml("contrast.toml")[table][key]).split())


@cache
def phrases(table: str, key: str) -> tuple[str, ...]:
    """Return the phrases of one list of ``contrast.toml``, longest first."""
    text = " ".join(str(load_toml("contrast.toml")[table][key]).split())
    return tuple(sorted((phrase.strip() for phrase in text.split("|") if phrase.strip()), key=len, reverse=True))


@cache
def by_first_word(table: str, key: str, *, most: int = 99) -> Mapping[str, Sequence[tuple[str, ...]]]:
    """Return the phrases of ``phrases`` as words, by their first word; those of more than ``most`` words left out."""
    found: dict[str, list[tuple[str, ...]]] = {}
    for phrase in phrases(table, key):
        words = tuple(phrase.split())
        if len(words) <= most:
            found.setdefault(words[0], []).append(words)
    return found


@lru_cache(maxsize=1 << 11)
def split_speaker(quote: str) -> tuple[str, str]:
    """Return a sentence without its attributions, and these joined; the whole and "" where no shape of one is found."""
    text = quote[:MAX_QUOTE].strip()
    spoken: list[str] = []

    def take(found: re.Match[str]) -> str:
        spoken.append(found.group())
        return ""

    for pattern in (_ACCORDING, _APPOSED, _INVERTED, _TRAILING, _LEADING):
        left = pattern.sub(take, text, count=1)
        if len(left.split()) >= 3:  # noqa: PLR2004 - what is left must be a clause
            text = left
        elif spoken:
            spoken.pop()
    return text.strip(" ,"), " ".join(spoken)


@lru_cache(maxsize=1 << 11)
def tell(quote: str) -> Telling:
    """Return the telling of a sentence."""
    core, speaker = split_speaker(quote)
    tokens = tuple(_TOKEN.findall(core))
    lows = tuple(map(str.lower if core.isascii() else fold, tokens))
    return Telling(quote, core, speaker, tokens, lows, _find_names(tokens, lows))


_acts_named: WordMemo[frozenset[str]] = WordMemo(acts_in)


def _is_capital(token: str) -> bool:
    return token[0].isupper() or token.startswith(("al-", "el-"))


def _find_names(tokens: Sequence[str], lows: Sequence[str]) -> tuple[Name, ...]:
    acts = (at for at, low in enumerate(lows) if at and low.isalpha() and _acts_named[low])
    act = next((at for at in acts if not _is_capital(tokens[at])), len(lows))
    names: list[Name] = []
    at = 0
    while at < len(tokens):
        end = _run_end(tokens, lows, at)
        name = _name(tokens, lows, at, end, act) if end > at else None
        if name is not None:
            names.append(name)
        at = max(end, at + 1)
    return tuple(names)


def _run_end(tokens: Sequence[str], lows: Sequence[str], at: int) -> int:
    """Return the end of the run of capitals that starts at ``at``; ``at`` itself for no run."""
    end = at
    while end < len(tokens) and tokens[end][0].isalpha():
        if _is_capital(tokens[end]) and not _is_dated(lows[end]):
            end += 1
            if tokens[end - 1].endswith(("'s", "’s")):
                break
        elif end > at and lows[end] in _LINKS and end + 1 < len(tokens) and tokens[end + 1][0].isupper():
            end += 1
        else:
            break
    return end


@cache
def _openers() -> frozenset[str]:
    """Return the words that begin a sentence with a capital and no name."""
    return stop_words("en") | listed("names", "determiners") | number_words()


def _is_dated(low: str) -> bool:
    return is_date_word(low.replace("’", "'").removesuffix("'s"))


def _name(tokens: Sequence[str], lows: Sequence[str], first: int, last: int, act: int) -> Name | None:
    start = first
    titles = listed("names", "titles")
    while start < last and (lows[start] in titles or lows[start].rstrip(".") in _openers() or lows[start].isdigit()):
        start += 1
    if start == last:
        return None
    words = tuple(low.replace("’s", "").removesuffix("'s") for low in lows[start:last])
    text = " ".join(tokens[start:last]).removesuffix("'s").removesuffix("’s")
    entity = _known(text)
    opens = first == 0 or tokens[first - 1] in {".", '"', "“", ":"}
    if (
        start == first
        and opens
        and entity is None
        and (last - start == 1)
        and not tokens[last - 1].endswith(("'s", "’s"))
    ):
        return None  # the first word of a sentence is capital whatever it is
    key = entity.key if entity is not None else " ".join(words)
    kind = entity.kind.value if entity is not None else ""
    return Name(text, words, key, kind, _part(lows, first, start, act), _head(tokens, lows, last), start, last)


def _known(text: str) -> Entity | None:
    found = lookup(text)
    return found[0] if found else None


def _head(tokens: Sequence[str], lows: Sequence[str], last: int) -> str:
    """Return the stem of the last of the small words right after a name: "Mexican embassy", "Kyrgyz border guards"."""
    head = ""
    for at in range(last, min(last + _MAX_HEAD, len(tokens))):
        if (
            not lows[at].isalpha()
            or lows[at] in stop_words("en")
            or _is_capital(tokens[at])
            or lows[at] in listed("names", "prepositions")
        ):
            break
        if lows[at].endswith(("ed", "ly")) or (at > last and _acts_named[lows[at]]):
            break
        head = stem_words(lows[at])[0]
    return head


@cache
def _parts() -> dict[str, str]:
    return {word: part for part, words in load_toml("contrast.toml")["parts"].items() for word in str(words).split()}


def _parts_from(low: str) -> bool:
    """Return whether a word or mark parts a name from the preposition before it."""
    return not low.isalpha() or (low in stop_words("en") and low not in listed("names", "determiners"))


def _part(lows: Sequence[str], first: int, start: int, act: int) -> str:
    """Return the part that the words before a name give it."""
    parts = _parts()
    found = ""
    for at in range(start - 1, max(-1, first - 1 - _MAX_BACK), -1):
        low = lows[at]
        if low == "by" or (low == "work" and found == "of"):
            return "by"
        if low in parts and not found:
            found = parts[low]
            if found not in {"of", "from"}:
                break
        elif _parts_from(low) or (not found and _acts_named[low]):
            break
    return found or ("lead" if start <= act else "rest")


def is_passive(telling: Telling) -> bool:
    """Return whether the first act of a telling stands in the passive: "was seized by ..."."""
    for at, low in enumerate(telling.lows):
        if at and _acts_named[low] and low.isalpha():
            return any(before in _BE for before in telling.lows[max(0, at - 3) : at])
    return False


@lru_cache(maxsize=1 << 12)
def _plain_words(telling: Telling) -> frozenset[str]:
    """Return the meanings of the small words of a telling: no names, numbers, dates and stop words."""
    words = (
        low
        for low, token in zip(telling.lows, telling.tokens, strict=True)
        if token.islower() and low.isalpha() and not is_date_word(low) and low not in number_words()
    )
    return meanings_in(" ".join(words))


def plain_share(ours: Telling, theirs: Telling) -> float:
    """Return the share of the plain words of the one that has fewer which the other has too, 0 to 1."""
    here, there = _plain_words(ours), _plain_words(theirs)
    least = min(len(here), len(there))
    return len(here & there) / least if least >= _MIN_PLAIN else 0.0


_ASIDE = re.compile(
    r"\b(?:hospitals?|clinics?|courts?|ministry|studios?|laboratory|office|offices|headquarters|embassy|university|morgue)"
    r"(?: \w+){0,2}? (?:in|at|of|near) (?:the )?[A-Z]"
)


def is_aside(telling: Telling) -> bool:
    """Return whether a place is that of a hospital, court or office, where news is dealt with and not where it was."""
    return bool(_ASIDE.search(telling.core))


_BACKDROP = re.compile(
    r"(?<=\w{3}),? (?:after|following|since|in the wake of|because of|due to|in response to|over the|over an?)"
    r" .*",
    re.DOTALL,
)


@lru_cache(maxsize=1 << 12)
def main_acts(telling: Telling) -> frozenset[str]:
    """Return the classes of acts of a telling without what it was after: "bodies were found after the flood"."""
    return acts_in(_BACKDROP.sub("", telling.core))
