"""A reading as plain data: the contract that scripts build on.

Owns the JSON form of ``inspect``. Must never change a field's name or meaning; new fields may be added.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from news.model import Article, Mention, Quantity, Reading, Report, TimeExpression
from news.names.entities import get_entity


def describe(article: Article, reading: Reading) -> dict[str, Any]:
    """Return ``reading`` of ``article`` as plain data, fit for JSON.

    ``language``, ``dates``, ``entities`` (mentions, in order of start) and ``events`` (reports, in order of sentence).
    Offsets are characters into the article's text, end exclusive. Days are ISO 8601 or null at an open or unknown
    end. ``actors`` and ``places`` are names to show, ``sentence`` is the text of the sentence, ``origin`` the name of
    the origin or null where the outlet speaks for itself.
    """
    names = {mention.entity.key: mention.entity.name for mention in reading.mentions}
    return {
        "language": reading.language,
        "dates": [_date(article.text, found) for found in reading.dates],
        "entities": [_entity(article.text, mention) for mention in reading.mentions],
        "events": [_event(report, names) for report in reading.reports],
    }


def _date(text: str, found: TimeExpression) -> dict[str, Any]:
    return {
        "start": found.start,
        "end": found.end,
        "text": text[found.start : found.end],
        "type": found.type,
        "value": found.value,
        "from": _day(found.span.first_on),
        "to": _day(found.span.last_on),
        "precision": found.span.precision.value,
    }


def _day(day: date | None) -> str | None:
    return day.isoformat() if day is not None else None


def _entity(text: str, mention: Mention) -> dict[str, Any]:
    return {
        "start": mention.start,
        "end": mention.end,
        "text": text[mention.start : mention.end],
        "name": mention.entity.name,
        "kind": mention.entity.kind.value,
    }


def _event(report: Report, names: Mapping[str, str]) -> dict[str, Any]:
    return {
        "sentence": report.quote,
        "from": _day(report.when.first_on),
        "to": _day(report.when.last_on),
        "precision": report.when.precision.value,
        "kind": report.kind.value,
        "modality": report.modality.value,
        "actors": [_name(key, names) for key in report.actors],
        "places": [_name(key, names) for key in report.places],
        "quantities": [_quantity(quantity) for quantity in report.quantities],
        "origin": report.origin.name if report.origin is not None else None,
    }


def _name(key: str, names: Mapping[str, str]) -> str:
    """Return the name of an entity; one that only acts through its capital is not among the mentions."""
    if key in names:
        return names[key]
    entity = get_entity(key)
    return entity.name if entity is not None else key.partition(":")[2].replace("-", " ")


def _quantity(quantity: Quantity) -> dict[str, Any]:
    return {
        "value": quantity.value,
        "unit": quantity.unit,
        "object": quantity.object,
        "approximate": quantity.approximate,
    }
