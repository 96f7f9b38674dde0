"""Where a sentence puts what it tells: the names of places with the act that they belong to, and the kinds of places.

Owns the finding of both in English, Spanish and Russian sentences, and the question whether two places exclude each
other. Must never judge whether two sentences tell of one event: ``news.disputes.openings.main_events`` does.

A place belongs to the act that stands before it, nearest first: who is "wanted for murders in Marseille" and "was
seized in Dubai" was seized in Dubai. Two towns exclude each other, and so do two countries; a place that lies in the
other, or of which nobody knows where it lies, excludes none by itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from news.model import Entity, EntityKind
from news.names.cities import city_entity, find_cities
from news.names.entities import lookup
from news.names.gazetteer import form_keys
from news.names.peoples import is_of_people
from news.reports.act_words import acts_of, is_act
from news.reports.tellings import is_aside, tell
from news.tables import load_toml
from news.words.meanings import GLOSSED, acts_across, is_date_word, meanings_in
from news.words.small_letters import small
from news.words.text import lower_in_place, stem_words
from news.words.vocabulary import language_of

__all__ = ["Scene", "are_elsewhere", "are_one_place", "is_contrasted", "is_corrected", "is_named_in", "list_scenes"]

_MAX_QUOTE = 500
_MIN_WORD = 3
_ENDINGS = ("n", "ese", "i", "ish")
"""Of words for what is of a place."""
_NEAR = 60
_NO = re.compile(r"\b(?:no|not|never|nobody|nothing|no one|nowhere|ningún|ninguna|nunca|никак\w+|не|нет)\b|n['’]t\b")
_WOULD_NOT = re.compile(
    r"\b(?:would|could|can|will|might|may|should) not\b|\b(?:cannot|won['’]t|can['’]t|(?:would|could)n['’]t)\b"
)
"""What was not done at a place does not say that nothing was there."""
_LAST_CLAUSE = re.compile(r"^.*[.;:“”](?! )|^.*[.;:“”] ", re.DOTALL)
_POSSESSIVE = ("'s", "’s")
_GROUND = re.compile(r" (?:soil|waters|side|territory|airspace|sea|ground|land|part|exclusive economic zone)\b")


@dataclass(frozen=True, slots=True)
class Scene:
    """A place of a sentence.

    Attributes:
        name: as written; ``site`` is its kind where it has no name.
        stems: of the words of the name.
        acts: classes of the act that it belongs to; empty where none is known.
        rest: meanings of the sentence.
    """

    name: str
    site: str
    stems: frozenset[str]
    acts: frozenset[str]
    rest: frozenset[str]
    quote: str


@cache
def _lead(language: str) -> re.Pattern[str]:
    words = load_toml("scenes.toml")["leads"][language]
    return re.compile(
        rf"\b(?i:{words}) (?:[a-zа-яёà-ÿ'’-]{{1,14}} ){{0,4}}?"
        r"((?:[A-ZÀ-ÞА-ЯЁ][\w'’-]+)(?: (?:de |del |la |al |el )?(?:[ae]l-)?[A-ZÀ-ÞА-ЯЁ][\w'’-]+){0,2})"
        r"(?:, ([A-ZÀ-ÞА-ЯЁ][\w'’-]+))?"
    )


@cache
def _sites() -> Mapping[str, re.Pattern[str]]:
    table: Mapping[str, str] = load_toml("scenes.toml")["sites"]
    return {name: small(rf"\b(?:{words})\b") for name, words in table.items()}


@cache
def _wrong() -> re.Pattern[str]:
    return small(rf"\b(?:{load_toml('scenes.toml')['wrong']['cues']})")


@lru_cache(maxsize=1 << 12)
def list_scenes(quote: str) -> tuple[Scene, ...]:
    """Return the places of what a sentence tells, named ones first; none where it is that of a hospital or court."""
    language = language_of(quote)
    core = quote[:_MAX_QUOTE] if language in GLOSSED else tell(quote[:_MAX_QUOTE]).core
    if is_aside(tell(quote[:_MAX_QUOTE])):
        return ()
    rest = meanings_in(quote)
    found: dict[str, Scene] = {}
    for name, at in _names(core, language):
        stems = frozenset(stem for word in name.split() for stem in stem_words(_bare(word), language))
        found.setdefault(name, Scene(name, "", stems, _acts_before(core, at, language), rest, quote))
    text = lower_in_place(core)
    sites = [(name, match) for name, words in _sites().items() if (match := words.search(text)) is not None]
    for name, match in sites if len(sites) == 1 else ():
        acts = _acts_before(core[: match.start()], match.start(), language)
        found.setdefault(name, Scene(core[slice(*match.span())], name, frozenset(), acts, rest, quote))
    return tuple(found.values())


def _bare(word: str) -> str:
    return re.sub(r"['’]s?$", "", word)


def _names(core: str, language: str) -> Iterator[tuple[str, int]]:
    for match in _lead(language if language in GLOSSED else "en").finditer(core):
        for group in (1, 2):
            name = match[group]
            if (
                name
                and not name.endswith(("'s", "’s", "s’"))
                and len(name) >= _MIN_WORD
                and not any(is_date_word(_bare(word)) for word in name.split())
            ):
                if _is_adjective(name, core[match.end(group) :]):
                    continue
                yield " ".join(map(_bare, name.split())), match.start()


def _is_adjective(name: str, after: str) -> bool:
    """Return whether a country is only named by what is of it: "on the Syrian border", but "on Syrian soil"."""
    known = lookup(name)
    return bool(known) and not known[0].within and known[0].name != name and not _GROUND.match(after)


def _acts_before(core: str, at: int, language: str) -> frozenset[str]:
    """Return the classes of the nearest act before a place, or of the first after it."""
    words = re.findall(r"[^\W\d_]+", core[:at])
    after = re.findall(r"[^\W\d_]+", core[at:])
    plain = (word for word in (*reversed(words), *after) if word[0].islower())
    if language in GLOSSED:
        return next((acts for word in plain if (acts := acts_across(word, language))), frozenset())
    act = next((word for word in plain if is_act(word)), "")
    return acts_of(tell(act)) if act else frozenset()


@lru_cache(maxsize=1 << 12)
def _entities(name: str) -> tuple[Entity, ...]:
    """Return the places that a name may stand for."""
    known = tuple(one for one in lookup(name) if one.kind is EntityKind.PLACE)
    if known:
        return known
    keys = form_keys(name)
    size, cities = find_cities(keys) if keys else (0, ())
    return tuple(map(city_entity, cities)) if size == len(keys) else ()


def are_elsewhere(one: Scene, other: Scene) -> bool:
    """Return whether two known places of one level exclude each other, or two kinds of places do."""
    if one.site or other.site:
        return bool(one.site and other.site and one.site != other.site)
    ours, theirs = _entities(one.name), _entities(other.name)
    if not ours or not theirs or one.stems & other.stems:
        return False
    pairs = [(here, there) for here in ours for there in theirs]
    return all(
        here.key != there.key
        and here.key not in there.within
        and there.key not in here.within
        and bool(here.within) == bool(there.within)
        for here, there in pairs
    )


def are_one_place(one: Scene, other: Scene) -> bool:
    """Return whether two names stand for one known place, share a word, or one is of the other or in it."""
    ours, theirs = ({key for e in _entities(each.name) for key in (e.key, *e.within)} for each in (one, other))
    own = [{e.key for e in _entities(each.name)} for each in (one, other)]
    short, long = sorted((one.name, other.name), key=len)
    is_formed = len(short) > _MIN_WORD and long.startswith(short[:-1]) and long.endswith(_ENDINGS)
    return bool(own[0] & theirs or ours & own[1] or one.stems & other.stems) or is_formed


def is_named_in(place: Scene, quotes: Sequence[str]) -> bool:
    """Return whether sentences name a place in whatever part."""
    return bool(place.stems) and any(_names_it(place, quote) for quote in quotes)


def _names_it(place: Scene, quote: str) -> bool:
    names, stems = _names_told(quote)
    return not stems.isdisjoint(place.stems) or any(is_of_people(place.name, word) for word in names)


@lru_cache(maxsize=1 << 8)
def _names_told(quote: str) -> tuple[tuple[str, ...], frozenset[str]]:
    """Return the words with a capital in what a sentence tells, and their stems."""
    language = language_of(quote)
    text = quote if language in GLOSSED else tell(quote[:_MAX_QUOTE]).core
    names = tuple(word for word in re.findall(r"[^\W\d_]+", text[:_MAX_QUOTE]) if word[0].isupper())
    return names, frozenset(stem for word in names for stem in stem_words(word, language))


def is_corrected(place: Scene, quotes: Sequence[str]) -> bool:
    """Return whether sentences name a place, or its country, and say that it was not there."""
    if not place.stems:
        return False
    around = {key.partition(":")[2] for one in _entities(place.name) for key in one.within}
    stems = place.stems | {stem for slug in around for word in slug.split("-") for stem in stem_words(word)}
    return any(_is_denied_in(stems, quote[:_MAX_QUOTE]) for quote in quotes)


def _is_denied_in(stems: frozenset[str], quote: str) -> bool:
    """Return whether the words around a name say that it was not there."""
    for start, end, own in _capitals(quote):
        if not own.isdisjoint(stems):
            before = lower_in_place(quote[max(0, start - _NEAR) : start])
            after = lower_in_place(quote[end : end + _NEAR])
            if after.startswith(_POSSESSIVE):
                continue  # "was not announced in time, Peru's ministry said" puts nothing in Peru
            before, after = _WOULD_NOT.sub("", before), _WOULD_NOT.sub("", after)
            if _NO.search(_LAST_CLAUSE.sub("", before)) or _wrong().search(
                _LAST_CLAUSE.sub("", before) + " # " + after
            ):
                return True
            if re.match(r"[^.;,]{0,20}\b(?:not|never|had been|was not|no)\b", after):
                return True
    return False


@lru_cache(maxsize=1 << 8)
def _capitals(quote: str) -> tuple[tuple[int, int, frozenset[str]], ...]:
    """Return where the words with a capital stand in a sentence, with the stems of each."""
    language = language_of(quote)
    return tuple(
        (*word.span(), frozenset(stem_words(word.group(), language)))
        for word in re.finditer(r"[^\W\d_]+", quote)
        if word.group()[0].isupper()
    )


def is_contrasted(quote: str) -> bool:
    """Return whether a sentence says that its place is another one than is told elsewhere: "on the far side of"."""
    return bool(_wrong().search(lower_in_place(quote[:_MAX_QUOTE])))
