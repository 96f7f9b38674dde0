"""How a figure, a name and a span of days are said to a person or compared as words.

Owns the wording of single values. Must never compare two of them.
"""

from __future__ import annotations

from news.model import EntityKind, Precision, Quantity, TimeSpan
from news.names.entities import get_entity
from news.words.meanings import GLOSSED, acts_across, listed
from news.words.states import state_of
from news.words.vocabulary import language_of

__all__ = ["say_days", "say_figure", "say_name"]

_PLURALS = {"person": "people", "child": "children", "man": "men", "woman": "women", "aircraft": "aircraft"}
_STATES = {"die": "dead", "injure": "injured", "miss": "missing", "arrest": "arrested", "displace": "displaced"}


def say_figure(quantity: Quantity, quote: str = "") -> str:
    """Return the figure as written with what it counts: ``around 100 troops``, ``12 people dead``.

    A figure without a noun says what ``quote`` tells of the counted: ``20 dead``.
    """
    text = " ".join(quantity.text.split())
    thing = quantity.object.split()[-1] if quantity.object else _STATES.get(state_of(quantity, quote), "")
    is_counted = text[-1:].isalpha() and thing not in _STATES.values()  # the text reaches to what is counted
    if not thing or is_counted or quantity.unit != "count" or thing[:3].casefold() in text.casefold():
        return text
    if thing in listed("measures", "words"):
        return f"{thing} {text}"
    if text[-1:].isalpha() and (language := language_of(quote or text)) in GLOSSED:
        return text if acts_across(text, language) else f"{text} ({thing})"  # "nueve muertos" says dead itself
    plural = thing if thing in _STATES.values() else _PLURALS.get(thing, thing if thing[-1] == "s" else f"{thing}s")
    return f"{text} {thing if quantity.value == 1 else plural}"


def say_name(key: str) -> str:
    """Return the name behind an entity key, the words of the key where no table has it; other text as it is."""
    kind, _, slug = key.partition(":")
    if not slug or kind not in set(EntityKind) or " " in slug:
        return key
    entity = get_entity(key)
    return entity.name if entity is not None else " ".join(word.capitalize() for word in slug.split("-"))


def say_days(span: TimeSpan) -> str:
    """Return the days of a span in ISO form: one day, a month, a year, or first and last."""
    if span.first_on is None or span.last_on is None:
        return f"{span.first_on or ''}..{span.last_on or ''}"
    if span.precision is Precision.MONTH:
        return f"{span.first_on:%Y-%m}"
    if span.precision is Precision.YEAR:
        return f"{span.first_on:%Y}"
    return str(span.first_on) if span.first_on == span.last_on else f"{span.first_on}..{span.last_on}"
