"""Where listed names stand in a text.

Owns the matching of forms to words and what makes a doubtful form count. Must never invent an entity: what is not in
the tables is ``news.names.new_names``'s.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from news.model import Entity, EntityKind
from news.names.gazetteer import Form, FormFlag, gazetteer, slug_of
from news.names.name_words import Page, cues, given_names
from news.words.meanings import is_date_word

__all__ = ["Hit", "extend_governments", "extend_people", "find_known", "merge_equipment", "set_actors", "settle"]

_SHORT = 2
_MAX_GIVEN = 3
_MAX_BETWEEN = 2
_MAX_LINKS = 3
_LINKS = frozenset(("of", "the", "de", "del", "la", "los"))
_BE = frozenset(("is", "was", "are", "were"))


@dataclass(slots=True)
class Hit:
    """A name in a text: words ``first`` to ``last`` (exclusive), and whom it may mean, likeliest first."""

    first: int
    last: int
    entities: tuple[Entity, ...]
    flags: int = FormFlag.NONE

    @property
    def entity(self) -> Entity:
        """The likeliest bearer of the name."""
        return self.entities[0]


def find_known(page: Page) -> list[Hit]:
    """Return the listed names in order, not overlapping, the longest form at each place.

    Weak forms are among them, marked; ``settle`` decides on them.
    """
    hits: list[Hit] = []
    floor = 0
    for index in page.listed:
        hit = _match(page, index) if index >= floor else None
        if hit:
            hits.append(hit)
            floor = hit.last
    return hits


def _match(page: Page, index: int) -> Hit | None:
    following = page.keys[index + 1]
    fitting = [
        form
        for form in page.forms_of(index)
        if (len(form.keys) == 1 or form.keys[1] == following) and _fits(page, index, form)
    ]
    if not fitting:
        return None
    length = len(fitting[0].keys)
    if len(fitting) > 1:
        fitting = [form for form in fitting if len(form.keys) == length]
        written = page.text[page.start_of(index) : page.end_of(index + length - 1)]
        fitting.sort(key=lambda form: (form.flags & FormFlag.WEAK, -_n_common(form.text, written)))
    entities = tuple({form.entity.key: form.entity for form in fitting}.values())
    return Hit(index, index + length, entities, fitting[0].flags)


def _n_common(one: str, other: str) -> int:
    return next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def _fits(page: Page, index: int, form: Form) -> bool:
    keys, _, flags, text, language = form
    if len(keys) > 1:
        if tuple(page.keys[index : index + len(keys)]) != keys or not _is_one_name(page, index, form):
            return False
    elif not _is_declined(page.written[index], text):
        return False
    if language and language != page.language:
        return False
    if flags & FormFlag.EXACT and not page.text.startswith(text, page.start_of(index)):
        return False
    return not flags & FormFlag.ARMS or _speaks_of_arms(page, index, len(keys))


def _is_declined(written: str, name: str) -> bool:
    """Tell whether a Russian word may be a case of a name in -ия, which keeps its и: "данным" is none of "Дания"."""
    return not name.endswith("ия") or written.casefold().startswith(name[:-1].casefold())


def _is_one_name(page: Page, index: int, form: Form) -> bool:
    for at in range(index + 1, index + len(form.keys)):
        gap = page.gaps[at]
        if not page.is_joined(at) and not (gap == ", " and "," in form.text):
            return False
        if gap == " " and len(page.keys[at - 1]) <= _SHORT and page.keys[at][:1].isdigit():
            return False  # "A 10 percent rise" is no A-10
    return True


def _speaks_of_arms(page: Page, index: int, length: int) -> bool:
    arms, itself = cues().arms, range(index, index + length)
    return any(page.keys[at] in arms for at in page.sentence_of(index) if at not in itself)


def extend_people(page: Page, hits: Sequence[Hit]) -> None:
    """Take in the given names before a listed surname, or give the surname up to somebody else of that name.

    "Nicolas Maduro", "N. Maduro" and "Николас Мадуро" are Nicolás Maduro, because the given name begins like his;
    "Melania Trump" is not Donald Trump, since Melania is a given name. A hit that is given up is left without entities.
    So are the surnames that stand alone behind it, where none stood before: "Commodore Noel Arevalo ... Arevalo said".
    """
    taken = {index for hit in hits for index in range(hit.first, hit.last)}
    for hit in hits:
        if hit.entity.kind is not EntityKind.PERSON or hit.last - hit.first > 1:
            continue
        opening = _first_of_run(page, hit.first, taken)
        for first in range(opening, hit.first):
            fitting = tuple(entity for entity in hit.entities if _may_abbreviate(page.keys[first], entity.name))
            if fitting:
                hit.first, hit.entities, hit.flags = first, fitting, FormFlag.NONE
                break
        else:
            if opening < hit.first and _is_of_another(page, opening, hit.first):
                hit.entities = ()
    _give_up_alone(page, hits)


def _is_of_another(page: Page, opening: int, surname: int) -> bool:
    """Return whether the capitalised word before a surname is a given name, listed or inside a sentence.

    Neither a day ("On 3 March Putin left") nor a place ("In Ryazan Putin met farmers") is one.
    """
    before = surname - 1
    if page.keys[before] in given_names():
        return True
    if before in page.headlines or opening in page.firsts or page.keys[before] in page.small:
        return False
    is_place = page.keys[opening - 1] in cues().locatives
    return not is_place and not page.keys[before][:1].isdigit() and not is_date_word(page.keys[before])


def _give_up_alone(page: Page, hits: Sequence[Hit]) -> None:
    others = {page.keys[hit.first]: hit.first for hit in reversed(hits) if not hit.entities}
    alone = [hit for hit in hits if hit.entities and hit.last - hit.first == 1 and page.keys[hit.first] in others]
    meant = {page.keys[hit.first] for hit in alone if hit.first < others[page.keys[hit.first]] or _is_titled(page, hit)}
    full = {hit.entity.key for hit in hits if hit.entities and hit.last - hit.first > 1}
    for hit in alone:
        if page.keys[hit.first] not in meant and hit.entity.key not in full:
            hit.entities = ()


def _is_titled(page: Page, hit: Hit) -> bool:
    return hit.first > 0 and page.keys[hit.first - 1] in cues().titles


def _first_of_run(page: Page, index: int, taken: Collection[int]) -> int:
    """Return the index of the first of the capitalised words that stand directly before ``index``."""
    first, table = index, cues()
    while first > 0 and index - first < _MAX_GIVEN:
        before = page.keys[first - 1]
        if first - 1 in taken or not page.capital[first - 1] or page.is_possessive(first - 1) or before in table.titles:
            break
        if before in table.common or not page.is_joined(first):
            break
        first -= 1
    return first


def _may_abbreviate(key: str, name: str) -> bool:
    """Tell whether a word can stand for the given name at the head of ``name``."""
    word, full = slug_of(key), slug_of(name)
    return bool(word) and full.startswith(word[:_SHORT])


def extend_governments(page: Page, hits: Sequence[Hit]) -> None:
    """Turn "the Russian government", "gobierno de Venezuela", "власти России" into the government of that country."""
    governments = gazetteer().governments
    for hit in hits:
        actor = governments.get(hit.entity.key) if hit.entity.kind is EntityKind.PLACE else None
        if actor is None or hit.entity.key in gazetteer().capitals:
            continue
        if _is_government(page, hit.last) and page.is_spaced(hit.last):
            hit.last, hit.entities = hit.last + 1, (actor,)
            continue
        start = _government_before(page, hit)
        if start < hit.first:
            hit.first, hit.entities = start, (actor,)


def _is_government(page: Page, index: int) -> bool:
    """Tell whether the word is a government, and not the head of a compound ("regime-change")."""
    return page.keys[index] in cues().governments and not page.gaps[index + 1].startswith("-")


def _government_before(page: Page, hit: Hit) -> int:
    """Return the index of the word for a government before a country, or the start of the hit if there is none."""
    index = hit.first
    while index > 0 and hit.first - index < _MAX_LINKS and page.is_spaced(index):
        index -= 1
        key = page.keys[index]
        if key in cues().governments:
            direct = index == hit.first - 1
            return index if not direct or hit.flags & FormFlag.PEOPLE or key >= "а" else hit.first
        if key not in _LINKS:
            break
    return hit.first


def set_actors(page: Page, hits: Sequence[Hit]) -> None:
    """Turn a capital that acts ("Moscow has promised") into the government; "in Moscow" and "Moscow's" stay places.

    It acts if no preposition stands before it and a verb of saying or doing follows, with at most two small words in
    between. Known failure: a verb that is not in the table leaves it a place.
    """
    known = gazetteer()
    for hit in hits:
        if hit.entity.key in known.capitals and _acts(page, hit):
            hit.entities = (known.governments[hit.entity.key],)


def _acts(page: Page, hit: Hit) -> bool:
    table = cues()
    if page.is_possessive(hit.last - 1):
        return False
    if hit.first > 0 and page.is_spaced(hit.first) and page.keys[hit.first - 1] in table.locatives:
        return False
    for index in range(hit.last, min(hit.last + _MAX_BETWEEN + 1, page.n_words)):
        if not page.is_spaced(index):
            return False
        key = page.keys[index]
        if key in table.acts or (index > hit.last and key.endswith("ing") and page.keys[index - 1] in _BE):
            return True
        if key not in table.between:
            return False
    return False


def merge_equipment(page: Page, hits: Iterable[Hit]) -> list[Hit]:
    """Join two names of one thing that stand side by side ("Tu-160 Blackjack")."""
    merged: list[Hit] = []
    for hit in hits:
        before = merged[-1] if merged else None
        if before and before.last == hit.first and before.entity == hit.entity and page.is_spaced(hit.first):
            before.last = hit.last
        else:
            merged.append(hit)
    return merged


def settle(hits: Iterable[Hit]) -> list[Hit]:
    """Return the hits that count: weak ones only where a strong one points to the same entity or lies within it."""
    listed = [hit for hit in hits if hit.entities]
    strong = {key for hit in listed if not hit.flags & FormFlag.WEAK for key in (hit.entity.key, *hit.entity.within)}
    kept = []
    for hit in listed:
        if hit.flags & FormFlag.WEAK:
            hit.entities = tuple(entity for entity in hit.entities if entity.key in strong)
            hit.flags = FormFlag.NONE
        if hit.entities:
            kept.append(hit)
    return kept
