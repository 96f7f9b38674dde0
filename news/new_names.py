"""Names that no table lists: told by their shape and by the words around them.

Owns the rules that make a run of capitalised words a person or an organisation, and the finding of cities. Must stay
silent in doubt: a wrong name does more harm than a missing one.

The rules are of the kind of Mikheev, Moens and Grover (1999, "Named entity recognition without gazetteers"): sure
evidence first (titles, given names, endings of organisations), then the same words again anywhere in the text.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from news.cities import city_entity, find_cities, opens_city, pick_city
from news.gazetteer import FormFlag, gazetteer, slug_of
from news.known_names import Hit
from news.model import Entity, EntityKind
from news.name_words import NameWord, cues, given_names, is_joined, is_plain_opener, list_small_words
from news.regions import REGIONS, find_regions
from news.transliteration import nominative

__all__ = ["find_new"]

_MAX_PERSON = 4
_MAX_ORG = 8
_MAX_CITY = 4
_OF = frozenset(("of", "for", "de", "del", "the", "la", "los", "las", "and", "y"))
_OPENS = frozenset(("of", "for", "de", "del"))
_JUNIORS = frozenset(("jr", "sr", "ii", "iii"))


class _Run(NamedTuple):
    """Capitalised words in a row, ``first`` to ``last`` (exclusive); ``title`` if a person's title stands before it."""

    first: int
    last: int
    title: bool = False
    sure_title: bool = False


class _Page(NamedTuple):
    """A text as words; ``capitals`` are the indexes of those that begin with a capital, the only ones names begin with.

    ``small`` are the keys of words that the text also writes small.
    """

    text: str
    words: Sequence[NameWord]
    capitals: Sequence[int]
    small: frozenset[str]
    language: str


def find_new(text: str, words: Sequence[NameWord], known: Sequence[Hit], language: str) -> list[Hit]:
    """Return ``known`` with the names added that the tables do not list, in order and not overlapping.

    An organisation takes in a listed name inside it ("American Airlines"); a surname alone takes the person whose full
    name the text has.
    """
    capitals = [index for index, word in enumerate(words) if word.is_capital]
    page = _Page(text, words, capitals, list_small_words(words), language)
    hits = _with_organisations(page, list(known))
    if language == "ru":
        hits += find_regions(words, hits)
    hits += _people(page, hits)
    hits += _aliases(page, hits)
    hits += _cities(page, hits)
    return sorted(hits, key=lambda hit: hit.first)


def _covered(hits: Sequence[Hit]) -> set[int]:
    return {index for hit in hits for index in range(hit.first, hit.last)}


def _name(page: _Page, first: int, last: int) -> str:
    words = page.words
    end = words[last - 1].end - (2 if words[last - 1].is_possessive else 0)
    return " ".join(page.text[words[first].start : end].split())


# --- organisations


def _with_organisations(page: _Page, hits: list[Hit]) -> list[Hit]:
    """Add organisations, which replace hits of places, peoples and people inside them."""
    by_first = {hit.first: hit for hit in hits}
    covered = _covered(hits)
    found: list[Hit] = []
    floor = 0
    for index in page.capitals:
        hit = by_first.get(index)
        if index < floor or (hit is None and index in covered):
            continue
        last = _org_end(page, index, hit, covered)
        if last > index:
            inner = hit or next((one for one in hits if index < one.first < last), None)
            found.append(_org_hit(page, index, last, inner))
        floor = max(last, hit.last if hit else index + 1)
    taken = _covered(found)
    return found + [hit for hit in hits if not taken.intersection(range(hit.first, hit.last))]


def _org_end(page: _Page, index: int, hit: Hit | None, covered: Collection[int]) -> int:
    """Return where an organisation that begins at ``index`` ends, or ``index`` if none does."""
    word, after = page.words[index], hit.last if hit else index + 1
    if (hit or word.key not in cues().heads) and not (after < len(page.words) and page.words[after].is_capital):
        return index  # nothing joins it: so it is with most capitals
    if word.in_headline or (hit and hit.entity.kind is EntityKind.EQUIPMENT):
        return index
    if hit and (hit.entity.kind is EntityKind.ORG or hit.flags & FormFlag.WEAK):
        return index
    if not hit and (index in covered or is_plain_opener(word, page.language, page.small)):
        return index
    last = _run_end(page, after, covered, _MAX_ORG)
    while last > index + 1 and page.words[last - 1].key not in cues().organisations:
        last -= 1
    if last <= after and (hit or page.words[index].key not in cues().heads):
        return index
    return max(last, _reach_over_of(page, last))


def _run_end(page: _Page, index: int, covered: Collection[int], limit: int) -> int:
    """Return the end of the capitalised, unlisted words that go on from ``index``."""
    start = index
    while index < len(page.words) and index - start < limit and index not in covered:
        word, before = page.words[index], page.words[index - 1]
        if not word.is_capital or not is_joined(page.text, before, word) or word.key in cues().common:
            break
        index += 1
        if word.is_possessive:
            break
    return index


def _reach_over_of(page: _Page, last: int) -> int:
    """Return the end of "Ministry of Petroleum and Minerals" when ``last`` is the end of "Ministry", else 0."""
    words = page.words
    if words[last - 1].key not in cues().heads or last >= len(words) or words[last].key not in _OPENS:
        return 0
    index, end = last, 0
    while index < len(words) and index - last < _MAX_ORG and is_joined(page.text, words[index - 1], words[index]):
        if words[index].is_capital:
            end = index + 1
        elif words[index].key not in _OF:
            break
        if words[index].is_possessive:
            break
        index += 1
    return end


def _org_hit(page: _Page, first: int, last: int, inner: Hit | None) -> Hit:
    name = _name(page, first, last)
    if page.words[first].key == "the":
        name = name.partition(" ")[2]
    parent = inner.entity if inner and inner.entity.kind is EntityKind.PLACE else None
    slug = slug_of(name)
    if (
        inner
        and parent
        and inner.last < last
        and not cues().organs.isdisjoint(w.key for w in page.words[inner.last : last])
    ):
        slug = f"{slug_of(parent.name)}-{slug_of(_name(page, inner.last, last))}"
    within = (parent.key, *parent.within) if parent else ()
    listed = gazetteer().entities.get(f"org:{slug}")
    return Hit(first, last, (listed or Entity(f"org:{slug}", name, EntityKind.ORG, within),))


# --- people


def _people(page: _Page, hits: Sequence[Hit]) -> list[Hit]:
    """Return new people with a given name, a title, or a verb of saying after two names or more."""
    found = []
    for run in _runs(page, hits):
        if _is_person(page, run):
            name = nominative(_name(page, run.first, run.last))
            entity = Entity(f"person:{slug_of(name)}", name, EntityKind.PERSON)
            found.append(Hit(run.first, run.last, (entity,)))
    full = _surnames(page, [*hits, *found])
    return [hit for hit in found if hit.last - hit.first > 1 or page.words[hit.first].key not in full]


def _surnames(page: _Page, hits: Sequence[Hit]) -> dict[str, Entity]:
    """Return the people whose full name the text has, by surname; the first of a surname counts."""
    people: dict[str, Entity] = {}
    for hit in hits:
        if hit.entity.kind is EntityKind.PERSON and hit.last - hit.first > 1:
            surname = page.words[hit.last - 1].key
            if surname not in _JUNIORS and surname not in page.small:
                people.setdefault(surname, hit.entity)
    return people


def _runs(page: _Page, hits: Sequence[Hit]) -> Iterator[_Run]:
    """Yield the runs of unlisted capitalised words that may be people, titles and openers taken off, in order.

    A word that stands alone without a title is none.
    """
    covered, titles = _covered(hits), cues().titles
    floor = 0
    for index in page.capitals:
        word = page.words[index]
        if index < floor or index in covered or word.in_headline or word.key[:1].isdigit():
            continue
        floor = _person_run_end(page, index, covered)
        if floor == index + 1 and not (index and page.words[index - 1].key in titles):
            continue
        run = _strip(page, index, floor)
        if run.first < run.last:
            yield run


def _person_run_end(page: _Page, index: int, covered: Collection[int]) -> int:
    words, end = page.words, index + 1
    while end < len(words) and end not in covered and not words[end - 1].is_possessive:
        if not is_joined(page.text, words[end - 1], words[end]) or words[end].key in cues().common:
            break
        if not words[end].is_capital:
            after = end + 1
            goes_on = after < len(words) and after not in covered and words[after].is_capital
            if words[end].key not in cues().particles or words[end].key in _OF - {"de", "del", "la", "los", "las"}:
                break
            if not goes_on or not is_joined(page.text, words[end], words[after]):
                break
        end += 1
    return end


def _strip(page: _Page, first: int, last: int) -> _Run:
    """Take titles and plain openers off the head of a run, and note a title before it."""
    table = cues()
    title = sure = False
    while first < last:
        word = page.words[first]
        if word.key in table.titles:
            title, sure = word.key not in table.adjectives, word.key not in table.modifiers
        elif not (word.key in table.common or _opens_only(page, first, last)):
            break
        else:
            title = sure = False
        first += 1
    if (
        not title
        and first > 0
        and is_joined(page.text, page.words[first - 1], page.words[min(first, len(page.words) - 1)])
    ):
        before = page.words[first - 1].key
        title = before in table.titles and before not in table.adjectives
        sure = title and before not in table.modifiers
    while last - first > 1 and page.words[last - 1].key in table.titles:
        last -= 1  # "Ann Field Professor of History"
    return _Run(first, last, title, sure)


def _opens_only(page: _Page, index: int, last: int) -> bool:
    """Tell whether a sentence begins with this word and the name only after it ("Outside, Juan Sosa waited")."""
    word = page.words[index]
    if is_plain_opener(word, page.language, page.small):
        return True
    given = given_names()
    return word.is_first and index + 2 < last and word.key not in given and page.words[index + 1].key in given


def _is_person(page: _Page, run: _Run) -> bool:
    words = page.words[run.first : run.last]
    n_names = sum(word.is_capital for word in words)
    if n_names > _MAX_PERSON or any(_is_no_name(page, word) for word in words):
        return False
    if n_names == 1 and run.last < len(page.words) and page.words[run.last].key in REGIONS:
        return False  # "губернатор Самарской области"
    if n_names == 1:
        return run.sure_title and words[0].key not in page.small
    if words[0].key in given_names() or run.title:
        return True
    return n_names <= _MAX_PERSON - 1 and _is_followed_by_act(page, run) and not words[0].is_first


def _is_no_name(page: _Page, word: NameWord) -> bool:
    shown = page.text[word.start : word.end]
    if word.key in cues().organisations or word.key[:1].isdigit() or (shown.isupper() and len(word.key) > 1):
        return word.key not in _JUNIORS
    return word.key in cues().heads


def _is_followed_by_act(page: _Page, run: _Run) -> bool:
    if run.last >= len(page.words):
        return False
    after = page.words[run.last]
    gap = page.text[page.words[run.last - 1].end : after.start]
    return gap == " " and after.key in cues().acts


# --- the same people again, and cities


def _aliases(page: _Page, hits: Sequence[Hit]) -> list[Hit]:
    """Return surnames that stand alone, for people whose full name stands anywhere in the text."""
    people = _surnames(page, hits)
    covered = _covered(hits)
    return [
        Hit(index, index + 1, (people[key],))
        for index in page.capitals
        if (key := page.words[index].key) in people and index not in covered and _stands_alone(page, index, index + 1)
    ]


def _stands_alone(page: _Page, first: int, last: int) -> bool:
    """Tell whether no other capitalised word is joined to these, but for titles, openers and hyphens."""
    words = page.words
    if first > 0 and is_joined(page.text, words[first - 1], words[first]):
        before = words[first - 1]
        listed = before.key in cues().titles or is_plain_opener(before, page.language, page.small)
        if before.is_capital and not listed and not before.is_possessive:
            return False
    if last < len(words) and page.text[words[last - 1].end : words[last].start] == " ":
        return not words[last].is_capital or words[last].key in cues().common or words[last - 1].is_possessive
    return True


def _cities(page: _Page, hits: Sequence[Hit]) -> list[Hit]:
    """Return cities that are not listed, where the text names their country or they are great."""
    covered = _covered(hits)
    countries = {key for hit in hits for key in (hit.entity.key, *hit.entity.within)}
    found: list[Hit] = []
    floor = 0
    for index in page.capitals:
        hit = _city_at(page, index, covered, countries) if index >= floor and index not in covered else None
        if hit:
            found.append(hit)
            floor = hit.last
    return found


def _city_at(page: _Page, index: int, covered: set[int], countries: Collection[str]) -> Hit | None:
    word = page.words[index]
    if not opens_city(word.key) or word.in_headline or word.key in page.small:
        return None
    keys = [one.key for one in page.words[index : index + _MAX_CITY]]
    length, cities = find_cities(keys, page.text[word.start : word.end])
    last = index + length
    if not length or not covered.isdisjoint(range(index, last)) or not _stands_alone(page, index, last):
        return None
    if not all(is_joined(page.text, one, other) for one, other in pairwise(page.words[index:last])):
        return None
    if length == 1 and not _may_be_city(page, index):
        return None
    city = pick_city(cities, countries)
    return Hit(index, last, (city_entity(city),)) if city else None


def _may_be_city(page: _Page, index: int) -> bool:
    """Tell whether a single word is no given name or cue, and no acting person ("Bolton said")."""
    word = page.words[index]
    table = cues()
    if word.key in table.titles or word.key in table.common or word.key in table.organisations:
        return False
    is_where = index > 0 and page.words[index - 1].key in table.locatives
    if word.is_first and not is_where and page.text[word.end : word.end + 1] != ",":
        return False
    return is_where or (word.key not in given_names() and not _is_followed_by_act(page, _Run(index, index + 1)))
