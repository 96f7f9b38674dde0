"""Values of the subject as JSON and back.

Owns the written form of what a row keeps as a whole: reports, decisions, names. Fields that have their default are
left out; on reading, unknown fields are skipped and missing ones get their default, so that a row outlives an additive
change of its type in either direction. Must never change the meaning of a written field: that needs a migration.
"""

from __future__ import annotations

import dataclasses
import json
import types
import typing
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, time
from enum import Enum
from functools import cache, lru_cache, partial
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

from news.errors import StorageError

_T = TypeVar("_T")
_Decoder = Callable[[Any], Any]
_PLAIN = (str, int, float, bool, type(None))


def to_json(value: object) -> str:
    """Return dataclasses, tuples, sets, mappings with text keys, days, times and plain values as compact JSON."""
    return _ENCODER.encode(value)


def _plain(value: Any) -> Any:  # noqa: ANN401 - called by json with whatever it does not know
    if dataclasses.is_dataclass(value):
        kind: Any = type(value)
        return {
            name: field
            for name, default in _list_fields(kind)
            if (field := getattr(value, name)) is not default and field != default
        }
    if isinstance(value, date | time):  # a datetime is a date
        return value.isoformat()
    if isinstance(value, frozenset | set):
        return sorted(value)
    raise TypeError(f"no JSON form for {type(value).__name__}")


@cache
def _list_fields(kind: Any) -> tuple[tuple[str, Any], ...]:  # noqa: ANN401 - any dataclass
    """Return name and default of each field; a field without a default has a value equal to nothing."""
    return tuple((field.name, _default_of(field)) for field in dataclasses.fields(kind))


def _default_of(field: dataclasses.Field[Any]) -> Any:  # noqa: ANN401 - of any type
    if field.default_factory is not dataclasses.MISSING:
        return field.default_factory()
    return field.default


_DECODER = json.JSONDecoder()
_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=_plain)


def from_json(kind: type[_T], text: str) -> _T:
    """Return what ``to_json`` wrote, as a ``kind``: a dataclass, or a generic such as ``tuple[str, ...]``.

    Raises:
        StorageError: the text is damaged, or was written by a program that knows values that this one does not.
    """
    try:
        data = _parse(text)
        decode = _decoder(typing.cast(Any, kind))
        return typing.cast(_T, data if decode is None else decode(data))
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise StorageError(
            f"a stored {getattr(kind, '__name__', kind)} cannot be read ({error}); it is damaged or was written by a "
            "newer program: update the program or restore a backup"
        ) from error


def _parse(text: str) -> Any:  # noqa: ANN401 - whatever is written there
    """Return what ``json.loads`` gives, for texts without white space around: in half the time for a short one."""
    data, end = _DECODER.raw_decode(text)
    if end != len(text):
        raise ValueError(f"something follows at character {end}")
    return data


@cache
def _decoder(hint: Any) -> _Decoder | None:  # noqa: ANN401, PLR0911 - a type hint of any form, one answer for each form
    """Return what turns parsed JSON into the hinted type; None where nothing has to be done."""
    origin = get_origin(hint)
    if origin in (types.UnionType, typing.Union):
        inner = _decoder(next(part for part in get_args(hint) if part is not type(None)))
        return None if inner is None else partial(_decode_optional, inner)
    if origin in (tuple, list, frozenset):
        inner = _decoder(get_args(hint)[0])
        return typing.cast(_Decoder, origin) if inner is None else partial(_decode_sequence, origin, inner)
    if origin in (dict, Mapping):
        return None
    if hint in _PLAIN:
        return None
    if hint in (date, datetime, time):
        return typing.cast(_Decoder, hint.fromisoformat)
    if issubclass(hint, Enum):
        return {member.value: member for member in hint}.__getitem__
    decode = partial(_decode_fields, hint, *_list_decoders(hint))
    return _remember(decode) if _comes_again(hint) else decode


def _comes_again(kind: Any) -> bool:  # noqa: ANN401 - any dataclass
    """Return whether a dataclass is made of days and names alone: of such values there are few, and they are shared."""
    return kind.__dataclass_params__.frozen and all(_is_name(hint) for hint in get_type_hints(kind).values())


def _is_name(hint: Any) -> bool:  # noqa: ANN401 - a type hint of any form
    parts = [part for part in get_args(hint) or (hint,) if part is not type(None)]
    return all(part in (str, date) or (isinstance(part, type) and issubclass(part, Enum)) for part in parts)


def _remember(decode: _Decoder) -> _Decoder:
    known = lru_cache(maxsize=1 << 12)(lambda items: decode(dict(items)))
    return lambda value: known(tuple(value.items()))


def _decode_optional(inner: _Decoder, value: Any) -> Any:  # noqa: ANN401 - of any type
    return None if value is None else inner(value)


def _decode_sequence(kind: Callable[[Any], Any], inner: _Decoder, value: Any) -> Any:  # noqa: ANN401 - of any type
    return kind(map(inner, value))


@cache
def _list_decoders(kind: type) -> tuple[frozenset[str], tuple[tuple[str, _Decoder], ...]]:
    """Return the names of all fields, and the decoders of those that need one."""
    hints = get_type_hints(kind)
    decoders = [(field.name, _decoder(hints[field.name])) for field in dataclasses.fields(kind)]
    return frozenset(hints), tuple((name, decode) for name, decode in decoders if decode is not None)


def _decode_fields(
    kind: Callable[..., Any], names: frozenset[str], decoders: Sequence[tuple[str, _Decoder]], value: dict[str, Any]
) -> Any:  # noqa: ANN401 - of any type
    """Return the dataclass of a parsed object, which is used up: hundreds of them are read for each article."""
    fields = value if names.issuperset(value) else {name: value[name] for name in value if name in names}
    for name, decode in decoders:
        if name in fields:
            fields[name] = decode(fields[name])
    return kind(**fields)
