"""Where listed names stand in a text.

Owns the matching of forms to words and what makes a doubtful form count. Must never invent an entity: what is not in
the tables is ``news.new_names``'s.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from news.gazetteer import Form, FormFlag, gazetteer, slug_of
from news.model import Entity, EntityKind
from news.name_words import NameWord, cues, given_names, is_joined

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


def find_known(text: str, words: Sequence[NameWord], language: str) -> list[Hit]:
    """Return the listed names in order, not overlapping, the longest form at each place.

    Weak forms are among them, marked; ``settle`` decides on them.
    """
    hits: list[Hit] = []
    floor = 0
    for index in [index for index, word in enumerate(words) if word.forms]:
        hit = _match(text, words, index, language) if index >= floor else None
        if hit:
            hits.append(hit)
            floor = hit.last
    return hits


def _match(text: str, words: Sequence[NameWord], index: int, language: str) -> Hit | None:
    following = words[index + 1].key if index + 1 < len(words) else ""
    fitting = [
        form
        for form in words[index].forms
        if (len(form.keys) == 1 or form.keys[1] == following) and _fits(text, words, index, form, language)
    ]
    if not fitting:
        return None
    length = len(fitting[0].keys)
    fitting = [form for form in fitting if len(form.keys) == length]
    if len(fitting) > 1:
        written = text[words[index].start : words[index + length - 1].end]
        fitting.sort(key=lambda form: (form.flags & FormFlag.WEAK, -_n_common(form.text, written)))
    entities = tuple({form.entity.key: form.entity for form in fitting}.values())
    return Hit(index, index + length, entities, fitting[0].flags)


def _n_common(one: str, other: str) -> int:
    return next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def _fits(text: str, words: Sequence[NameWord], index: int, form: Form, language: str) -> bool:
    keys, flags = form.keys, form.flags
    if len(keys) > 1:
        if index + len(keys) > len(words) or any(words[index + n].key != key for n, key in enumerate(keys)):
            return False
        if not _is_one_name(text, words[index : index + len(keys)], form):
            return False
    if form.language and form.language != language:
        return False
    if len(keys) == 1 and not _is_declined(text[words[index].start : words[index].end], form.text):
        return False
    if flags & FormFlag.EXACT and not text.startswith(form.text, words[index].start):
        return False
    return not flags & FormFlag.ARMS or _speaks_of_arms(words, index, len(keys))


def _is_declined(written: str, name: str) -> bool:
    """Tell whether a Russian word may be a case of a name in -ия, which keeps its и: "данным" is none of "Дания"."""
    return not name.endswith("ия") or written.casefold().startswith(name[:-1].casefold())


def _is_one_name(text: str, words: Sequence[NameWord], form: Form) -> bool:
    for one, other in pairwise(words):
        gap = text[one.end : other.start]
        if not is_joined(text, one, other) and not (gap == ", " and "," in form.text):
            return False
        if gap == " " and len(one.key) <= _SHORT and other.key[:1].isdigit():
            return False  # "A 10 percent rise" is no A-10
    return True


def _speaks_of_arms(words: Sequence[NameWord], index: int, length: int) -> bool:
    sentence, arms = words[index].sentence, cues().arms
    for step in (-1, 1):
        near = index - 1 if step < 0 else index + length
        while 0 <= near < len(words) and words[near].sentence == sentence:
            if words[near].key in arms:
                return True
            near += step
    return False


def extend_people(text: str, words: Sequence[NameWord], hits: Sequence[Hit]) -> None:
    """Take in the given names before a listed surname, or give the surname up to somebody else of that name.

    "Nicolas Maduro", "N. Maduro" and "Николас Мадуро" are Nicolás Maduro, because the given name begins like his;
    "Melania Trump" is not Donald Trump, since Melania is a given name. A hit that is given up is left without entities.
    """
    taken = {index for hit in hits for index in range(hit.first, hit.last)}
    for hit in hits:
        if hit.entity.kind is not EntityKind.PERSON or hit.last - hit.first > 1:
            continue
        for first in range(_first_of_run(text, words, hit.first, taken), hit.first):
            fitting = tuple(entity for entity in hit.entities if _may_abbreviate(words[first].key, entity.name))
            if fitting:
                hit.first, hit.entities, hit.flags = first, fitting, FormFlag.NONE
                break
        else:
            if words[hit.first - 1].key in given_names() and _first_of_run(text, words, hit.first, taken) < hit.first:
                hit.entities = ()


def _first_of_run(text: str, words: Sequence[NameWord], index: int, taken: Collection[int]) -> int:
    """Return the index of the first of the capitalised words that stand directly before ``index``."""
    first, table = index, cues()
    while first > 0 and index - first < _MAX_GIVEN:
        before = words[first - 1]
        if first - 1 in taken or not before.is_capital or before.is_possessive or before.key in table.titles:
            break
        if before.key in table.common or not is_joined(text, before, words[first]):
            break
        first -= 1
    return first


def _may_abbreviate(key: str, name: str) -> bool:
    """Tell whether a word can stand for the given name at the head of ``name``."""
    word, full = slug_of(key), slug_of(name)
    return bool(word) and full.startswith(word[:_SHORT])


def extend_governments(text: str, words: Sequence[NameWord], hits: Sequence[Hit]) -> None:
    """Turn "the Russian government", "gobierno de Venezuela", "власти России" into the government of that country."""
    governments = gazetteer().governments
    for hit in hits:
        actor = governments.get(hit.entity.key) if hit.entity.kind is EntityKind.PLACE else None
        if actor is None or hit.entity.key in gazetteer().capitals:
            continue
        if _is_government(text, words, hit.last) and _spaced(text, words, hit.last):
            hit.last, hit.entities = hit.last + 1, (actor,)
            continue
        start = _government_before(text, words, hit)
        if start < hit.first:
            hit.first, hit.entities = start, (actor,)


def _is_government(text: str, words: Sequence[NameWord], index: int) -> bool:
    """Tell whether the word is a government, and not the head of a compound ("regime-change")."""
    return (
        index < len(words)
        and words[index].key in cues().governments
        and text[words[index].end : words[index].end + 1] != "-"
    )


def _government_before(text: str, words: Sequence[NameWord], hit: Hit) -> int:
    """Return the index of the word for a government before a country, or the start of the hit if there is none."""
    index = hit.first
    while index > 0 and hit.first - index < _MAX_LINKS and _spaced(text, words, index):
        index -= 1
        if words[index].key in cues().governments:
            direct = index == hit.first - 1
            return index if not direct or hit.flags & FormFlag.PEOPLE or words[index].key >= "а" else hit.first
        if words[index].key not in _LINKS:
            break
    return hit.first


def _spaced(text: str, words: Sequence[NameWord], index: int) -> bool:
    one, other = words[index - 1], words[index]
    return one.sentence == other.sentence and text[one.end : other.start] == " "


def set_actors(text: str, words: Sequence[NameWord], hits: Sequence[Hit]) -> None:
    """Turn a capital that acts ("Moscow has promised") into the government; "in Moscow" and "Moscow's" stay places.

    It acts if no preposition stands before it and a verb of saying or doing follows, with at most two small words in
    between. Known failure: a verb that is not in the table leaves it a place.
    """
    known = gazetteer()
    for hit in hits:
        if hit.entity.key in known.capitals and _acts(text, words, hit):
            hit.entities = (known.governments[hit.entity.key],)


def _acts(text: str, words: Sequence[NameWord], hit: Hit) -> bool:
    table = cues()
    if words[hit.last - 1].is_possessive:
        return False
    if hit.first > 0 and _spaced(text, words, hit.first) and words[hit.first - 1].key in table.locatives:
        return False
    for index in range(hit.last, min(hit.last + _MAX_BETWEEN + 1, len(words))):
        if not _spaced(text, words, index):
            return False
        key = words[index].key
        if key in table.acts or (index > hit.last and key.endswith("ing") and words[index - 1].key in _BE):
            return True
        if key not in table.between:
            return False
    return False


def merge_equipment(text: str, words: Sequence[NameWord], hits: Iterable[Hit]) -> list[Hit]:
    """Join two names of one thing that stand side by side ("Tu-160 Blackjack")."""
    merged: list[Hit] = []
    for hit in hits:
        before = merged[-1] if merged else None
        if before and before.last == hit.first and before.entity == hit.entity and _spaced(text, words, hit.first):
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
