"""Channel addresses as conditions: those that begin with something, and those of a place.

Owns how a prefix is asked for so that an index serves it. Must never take a prefix for a pattern: ``LIKE`` would ignore
case in SQLite and give ``%`` and ``_`` a meaning. Texts are compared by code point (on PostgreSQL: collation "C").
"""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import CTE, Column, ColumnElement, and_, bindparam, func, or_, select, true

_LAST_CHARACTER = "\U0010ffff"


def begins_with(channel: Column[str], prefix: str) -> ColumnElement[bool]:
    """Return the condition that a channel begins with exactly these characters; all do with none."""
    if not prefix:
        return true()
    return and_(channel >= prefix, channel < prefix + _LAST_CHARACTER)


def list_names(channel: Column[str], condition: ColumnElement[bool]) -> CTE:
    """Return a table of the different channels, as ``channel``, in rows of the condition; its last row is NULL.

    It leaps through an index on the channel from one name to the next, and does not walk through the rows of any. With
    what the channels begin is said when it is asked, by the parameters of ``bounds_of``.
    """
    begin, end = bindparam("begin", type_=channel.type), bindparam("end", type_=channel.type)
    first = select(func.min(channel).label("channel")).where(condition, channel >= begin, channel < end)
    names = first.cte("names", recursive=True)
    # One lower bound: with a second one SQLite may begin at the wrong one of the two, and walk.
    after = and_(condition, channel > names.c.channel, channel < end)
    following = select(func.min(channel)).where(after).correlate(names).scalar_subquery()
    return names.union_all(select(following).where(names.c.channel.is_not(None)))


def bounds_of(prefix: str) -> Mapping[str, str]:
    """Return what a statement around ``list_names`` is given, so that the channels begin with these characters."""
    return {"begin": prefix, "end": prefix + _LAST_CHARACTER}


def lies_in(channel: Column[str], place: str) -> ColumnElement[bool]:
    """Return the condition that ``news.watches.watch.place_of`` the channel is this place."""
    # "0" comes right after "/".
    return or_(channel == place, and_(channel >= f"{place}/", channel < f"{place}0"))
