"""Column types: moments, and texts that every database takes.

Owns how a value of the subject looks in a row. Must never know a table.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import BigInteger, Integer, Text
from sqlalchemy.engine import Dialect, Row
from sqlalchemy.types import TypeDecorator

from news.errors import StorageError

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)

AnyRow = Row[*tuple[Any, ...]]
"""A row of any columns, read by name."""

BIG_ID = BigInteger().with_variant(Integer, "sqlite")
"""A 64-bit key. SQLite calls it INTEGER, for only then is the key the row's own number."""


def to_microseconds(moment: datetime) -> int:
    """Return an aware moment as microseconds since 1970-01-01 UTC. Raises StorageError for a naive one."""
    if moment.tzinfo is None:
        raise StorageError(f"a time without a zone cannot be stored: {moment.isoformat()}; pass an aware datetime")
    return (moment - _EPOCH) // _MICROSECOND


def from_microseconds(number: int) -> datetime:
    """Return the aware UTC moment of ``to_microseconds``."""
    return _EPOCH + timedelta(microseconds=number)


def end_of(day: date) -> datetime:
    """Return the first moment after a day of UTC."""
    return datetime.combine(day, time(), UTC) + timedelta(days=1)


class Moment(TypeDecorator[datetime]):
    """An instant: aware in, aware UTC out; stored as whole microseconds since 1970, exact and sortable."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> int | None:  # noqa: ANN401, ARG002 - SQLAlchemy's form
        """Return the number for a moment."""
        return None if value is None else to_microseconds(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:  # noqa: ANN401, ARG002 - as above
        """Return the moment for a number."""
        return None if value is None else from_microseconds(value)


def storable(text: str) -> str:
    """Return the text with NUL and lone surrogates replaced by U+FFFD, one for one, so that offsets stay right.

    SQLite refuses lone surrogates and PostgreSQL NUL; neither means anything in a text.
    """
    if "\x00" in text:
        text = text.replace("\x00", "\ufffd")
    if text.isascii():
        return text
    try:
        text.encode()
    except UnicodeEncodeError:
        return "".join("\ufffd" if "\ud800" <= character <= "\udfff" else character for character in text)
    return text


class Words(TypeDecorator[str]):
    """Text of any length that may come from strangers; see ``storable``."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:  # noqa: ANN401, ARG002 - SQLAlchemy's form
        """Return the text fit for the database."""
        return None if value is None else storable(value)
