"""Names that no table lists: told by their shape and by the words around them.

Owns the rules that make a run of capitalised words a person or an organisation, and the finding of cities. Must stay
silent in doubt: a wrong name does more harm than a missing one.

The rules are of the kind of Mikheev, Moens and Grover (1999, "Named entity recognition without gazetteers"): sure
evidence first (titles, given names, endings of organisations), then the same words again anywhere in the text.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from news.model import Entity, EntityKind
from news.names.cities import city_entity, find_cities, pick_city
from news.names.gazetteer import FormFlag, gazetteer, slug_of
from news.names.known_names import Hit
from news.names.name_words import Page, cues, given_names
from news.names.regions import REGIONS, find_regions
from news.words.transliteration import case_of_title, from_case, nominative

__all__ = ["find_new"]

_MAX_PERSON = 4
_MAX_ORG = 8
_MAX_CITY = 4
_OF = frozenset(("of", "for", "de", "del", "the", "la", "los", "las", "and", "y"))
_NEVER_IN_NAMES = _OF - {"de", "del", "la", "los", "las"}
_OPENS = frozenset(("of", "for", "de", "del"))
_JUNIORS = frozenset(("jr", "sr", "ii", "iii"))


class _Run(NamedTuple):
    """Capitalised words in a row, ``first`` to ``last`` (exclusive); ``title`` if a person's title stands before it."""

    first: int
    last: int
    title: bool = False
    sure_title: bool = False


def find_new(page: Page, known: Sequence[Hit]) -> list[Hit]:
    """Return ``known`` with the names added that the tables do not list, in order and not overlapping.

    An organisation takes in a listed name inside it ("American Airlines"); a surname alone takes the person whose full
    name the text has.
    """
    hits = _with_organisations(page, list(known))
    if page.language == "ru":
        hits += find_regions(page, hits)
    hits += _people(page, hits)
    hits += _aliases(page, hits)
    hits += _cities(page, hits)
    return sorted(hits, key=lambda hit: hit.first)


def _covered(hits: Sequence[Hit]) -> set[int]:
    return {index for hit in hits for index in range(hit.first, hit.last)}


def _name(page: Page, first: int, last: int) -> str:
    end = page.end_of(last - 1) - (2 if page.is_possessive(last - 1) else 0)
    return " ".join(page.text[page.start_of(first) : end].split())


# --- organisations


def _with_organisations(page: Page, hits: list[Hit]) -> list[Hit]:
    """Add organisations, which replace hits of places, peoples and people inside them."""
    by_first = {hit.first: hit for hit in hits}
    covered, heads = _covered(hits), cues().heads
    found: list[Hit] = []
    floor = 0
    for index in page.capitals:
        hit = by_first.get(index)
        if hit is None and not page.capital[index + 1] and page.keys[index] not in heads:
            continue  # nothing joins it: so it is with most capitals
        if index < floor or (hit is None and index in covered):
            continue
        last = _org_end(page, index, hit, covered)
        if last > index:
            inner = hit or next((one for one in hits if index < one.first < last), None)
            found.append(_org_hit(page, index, last, inner))
        floor = max(last, hit.last if hit else index + 1)
    taken = _covered(found)
    return found + [hit for hit in hits if not taken.intersection(range(hit.first, hit.last))]


def _org_end(page: Page, index: int, hit: Hit | None, covered: Collection[int]) -> int:
    """Return where an organisation that begins at ``index`` ends, or ``index`` if none does."""
    after = hit.last if hit else index + 1
    if hit and not page.capital[after]:
        return index
    if index in page.headlines or (hit and hit.entity.kind is EntityKind.EQUIPMENT):
        return index
    if hit and (hit.entity.kind is EntityKind.ORG or hit.flags & FormFlag.WEAK):
        return index
    if not hit and (index in covered or page.opens_plainly(index)):
        return index
    end = last = _run_end(page, after, covered, _MAX_ORG)
    while last > index + 1 and page.keys[last - 1] not in cues().organisations:
        last -= 1
    if last <= after and (hit or page.keys[index] not in cues().heads):
        return index
    if last <= after:
        last = end  # "Instituto Geofísico": the noun comes first
    whole = max(last, _reach_over_of(page, after), _reach_over_of(page, last))
    return whole if whole > index + 1 else index  # "the Institute" is nobody's name


def _run_end(page: Page, index: int, covered: Collection[int], limit: int) -> int:
    """Return the end of the capitalised, unlisted words that go on from ``index``."""
    start = index
    while page.capital[index] and index - start < limit and index not in covered:
        if not page.is_joined(index) or page.keys[index] in cues().common:
            break
        index += 1
        if page.is_possessive(index - 1):
            break
    return index


def _reach_over_of(page: Page, last: int) -> int:
    """Return the end of "Ministry of Petroleum and Minerals" when ``last`` is the end of "Ministry", else 0."""
    if page.keys[last - 1] not in cues().heads or page.keys[last] not in _OPENS:
        return 0
    index, end = last, 0
    while index < page.n_words and index - last < _MAX_ORG and page.is_joined(index):
        if page.capital[index]:
            end = index + 1
        elif page.keys[index] not in _OF:
            break
        if page.is_possessive(index):
            break
        index += 1
    return end


def _org_hit(page: Page, first: int, last: int, inner: Hit | None) -> Hit:
    name = _name(page, first, last)
    if page.keys[first] == "the":
        name = name.partition(" ")[2]
    parent = inner.entity if inner and inner.entity.kind is EntityKind.PLACE else None
    slug = slug_of(name)
    if inner and parent and not cues().organs.isdisjoint(page.keys[inner.last : last]):
        slug = f"{slug_of(parent.name)}-{slug_of(_name(page, inner.last, last))}"
    within = (parent.key, *parent.within) if parent else ()
    listed = gazetteer().entities.get(f"org:{slug}")
    return Hit(first, last, (listed or Entity(f"org:{slug}", name, EntityKind.ORG, within),))


# --- people


def _people(page: Page, hits: Sequence[Hit]) -> list[Hit]:
    """Return new people with a given name, a title, or a verb of saying after two names or more."""
    found = []
    for run in _runs(page, hits):
        if _is_person(page, run):
            name = _listed_name(page, run)
            entity = Entity(f"person:{slug_of(name)}", name, EntityKind.PERSON)
            found.append(Hit(run.first, run.last, (entity,)))
    full = _surnames(page, [*hits, *found])
    return [hit for hit in found if hit.last - hit.first > 1 or page.keys[hit.first] not in full]


def _listed_name(page: Page, run: _Run) -> str:
    """Return the name of a person as a table would list it: in Russian in the nominative."""
    written = _name(page, run.first, run.last)
    listed = nominative(written)
    if page.language != "ru" or listed != written or not run.first or page.keys[run.first] in given_names():
        return listed
    return from_case(written, case_of_title(page.written[run.first - 1]))


def _surnames(page: Page, hits: Sequence[Hit]) -> dict[str, Entity]:
    """Return the people whose full name the text has, by surname; the first of a surname counts."""
    people: dict[str, Entity] = {}
    for hit in hits:
        if hit.entity.kind is EntityKind.PERSON and hit.last - hit.first > 1:
            surname = page.keys[hit.last - 1]
            if surname not in _JUNIORS and surname not in page.small:
                people.setdefault(surname, hit.entity)
    return people


def _runs(page: Page, hits: Sequence[Hit]) -> Iterator[_Run]:
    """Yield the runs of unlisted capitalised words that may be people, titles and openers taken off, in order.

    A word that stands alone without a title is none.
    """
    covered, titles, particles = _covered(hits), cues().titles, cues().particles
    floor = 0
    for index in page.capitals:
        goes_on = page.capital[index + 1] or page.keys[index + 1] in particles
        if not goes_on and not (index and page.keys[index - 1] in titles):
            continue
        if index < floor or index in covered or index in page.headlines or page.keys[index][:1].isdigit():
            continue
        floor = _person_run_end(page, index, covered)
        if floor == index + 1 and not (index and page.keys[index - 1] in titles):
            continue
        run = _strip(page, index, floor)
        if run.first < run.last:
            yield run


def _person_run_end(page: Page, index: int, covered: Collection[int]) -> int:
    end = index + 1
    while page.capital[end] or page.keys[end] in cues().particles:
        if end in covered or page.is_possessive(end - 1) or not page.is_joined(end) or page.keys[end] in cues().common:
            break
        if not page.capital[end] and not _joins_names(page, end, covered):
            break
        end += 1
    return end


def _joins_names(page: Page, index: int, covered: Collection[int]) -> bool:
    """Tell whether a small word leads on to another capitalised one ("Simón de la Torre")."""
    after = index + 1
    goes_on = page.capital[after] and after not in covered
    return goes_on and page.keys[index] not in _NEVER_IN_NAMES and page.is_joined(after)


def _strip(page: Page, first: int, last: int) -> _Run:
    """Take titles and plain openers off the head of a run, and note a title before it."""
    table = cues()
    title = sure = False
    while first < last:
        key = page.keys[first]
        if key in table.titles:
            title, sure = key not in table.adjectives, key not in table.modifiers
        elif not (key in table.common or _opens_only(page, first, last)):
            break
        else:
            title = sure = False
        first += 1
    if not title and 0 < first < page.n_words and page.is_joined(first):
        before = page.keys[first - 1]
        title = before in table.titles and before not in table.adjectives
        sure = title and before not in table.modifiers
    while last - first > 1 and page.keys[last - 1] in table.titles:
        last -= 1  # "Ann Field Professor of History"
    return _Run(first, last, title, sure)


def _opens_only(page: Page, index: int, last: int) -> bool:
    """Tell whether a sentence begins with this word and the name only after it ("Outside, Juan Sosa waited")."""
    if index not in page.firsts:
        return False
    if page.opens_plainly(index):
        return True
    given = given_names()
    return index + 2 < last and page.keys[index] not in given and page.keys[index + 1] in given


def _is_person(page: Page, run: _Run) -> bool:
    first, key = run.first, page.keys[run.first]
    n_names = sum(page.capital[first : run.last])
    if n_names > _MAX_PERSON or any(_is_no_name(page, at) for at in range(first, run.last)):
        return False
    if n_names == 1 and page.keys[run.last] in REGIONS:
        return False  # "губернатор Самарской области"
    if n_names == 1:
        return run.sure_title and key not in page.small
    if key in given_names() or run.title:
        return True
    return n_names <= _MAX_PERSON - 1 and _is_followed_by_act(page, run.last) and first not in page.firsts


def _is_no_name(page: Page, index: int) -> bool:
    key = page.keys[index]
    if key in cues().organisations or key[:1].isdigit() or (len(key) > 1 and page.written[index].isupper()):
        return key not in _JUNIORS
    return key in cues().heads


def _is_followed_by_act(page: Page, last: int) -> bool:
    return page.keys[last] in cues().acts and page.gaps[last] == " "


# --- the same people again, and cities


def _aliases(page: Page, hits: Sequence[Hit]) -> list[Hit]:
    """Return surnames that stand alone, for people whose full name stands anywhere in the text."""
    people = _surnames(page, hits)
    covered = _covered(hits)
    return [
        Hit(index, index + 1, (people[page.keys[index]],))
        for index in (page.capitals if people else ())
        if page.keys[index] in people and index not in covered and _stands_alone(page, index, index + 1)
    ]


def _stands_alone(page: Page, first: int, last: int) -> bool:
    """Tell whether no other capitalised word is joined to these, but for titles, openers and hyphens."""
    if first > 0 and page.capital[first - 1] and page.is_joined(first):
        listed = page.keys[first - 1] in cues().titles or page.opens_plainly(first - 1)
        if not listed and not page.is_possessive(first - 1):
            return False
    if page.capital[last] and page.gaps[last] == " ":
        return page.keys[last] in cues().common or page.is_possessive(last - 1)
    return True


def _cities(page: Page, hits: Sequence[Hit]) -> list[Hit]:
    """Return cities that are not listed, where the text names their country or they are great."""
    covered = _covered(hits)
    countries = {key for hit in hits for key in (hit.entity.key, *hit.entity.within)}
    found: list[Hit] = []
    floor = 0
    for index in page.city_openers:
        hit = _city_at(page, index, covered, countries) if index >= floor and index not in covered else None
        if hit:
            found.append(hit)
            floor = hit.last
    return found


def _city_at(page: Page, index: int, covered: set[int], countries: Collection[str]) -> Hit | None:
    if index in page.headlines or page.keys[index] in page.small:
        return None
    keys = page.keys[index : min(index + _MAX_CITY, page.n_words)]
    length, cities = find_cities(keys, page.written[index])
    last = index + length
    if not length or not covered.isdisjoint(range(index, last)) or not _stands_alone(page, index, last):
        return None
    if not all(page.is_joined(at) for at in range(index + 1, last)):
        return None
    if length == 1 and not _may_be_city(page, index):
        return None
    city = pick_city(cities, countries)
    return Hit(index, last, (city_entity(city),)) if city else None


def _may_be_city(page: Page, index: int) -> bool:
    """Tell whether a single word is no given name or cue, and no acting person ("Bolton said")."""
    key, table = page.keys[index], cues()
    if key in table.titles or key in table.common or key in table.organisations:
        return False
    is_where = index > 0 and page.keys[index - 1] in table.locatives
    if index in page.firsts and not is_where and not page.gaps[index + 1].startswith(","):
        return False
    return is_where or (key not in given_names() and not _is_followed_by_act(page, index + 1))
