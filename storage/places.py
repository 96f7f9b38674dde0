"""Channel addresses as conditions: those that begin with something, and those of a place.

Owns how a prefix is asked for so that an index serves it. Must never take a prefix for a pattern: ``LIKE`` would ignore
case in SQLite and give ``%`` and ``_`` a meaning. Texts are compared by code point (on PostgreSQL: collation "C").
"""

from __future__ import annotations

from sqlalchemy import Column, ColumnElement, and_, or_, true

_LAST_CHARACTER = "\U0010ffff"


def begins_with(channel: Column[str], prefix: str) -> ColumnElement[bool]:
    """Return the condition that a channel begins with exactly these characters; all do with none."""
    if not prefix:
        return true()
    return and_(channel >= prefix, channel < prefix + _LAST_CHARACTER)


def lies_in(channel: Column[str], place: str) -> ColumnElement[bool]:
    """Return the condition that ``news.watches.place_of`` the channel is this place."""
    # "0" comes right after "/".
    return or_(channel == place, and_(channel >= f"{place}/", channel < f"{place}0"))
