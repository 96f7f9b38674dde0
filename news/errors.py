"""The one tree of errors.

Every package wraps the exceptions of its third-party libraries in one of these at its boundary, with a message that a
user can act on. Expected failures of a single feed are values (``feeds.outcome``), not exceptions.

    WirewatchError
    ├── InputError           what the user typed or handed over is wrong; the message says what to do
    │   ├── ConfigError      a key of config.toml; ``path`` names it
    │   ├── DocumentError    a document or a row that cannot be read
    │   └── QueryError       a topic, watch or date expression; ``position`` marks the place
    ├── NotFoundError        a named thing does not exist
    ├── StorageError         the database cannot do what was asked
    │   └── DiskFullError    nor anything else that writes, until there is room
    ├── FetchRefusedError    an address that must not be fetched
    └── DeliveryError        a platform did not take a message
        ├── DestinationGoneError  and never will, until somebody changes something
        ├── MessageGoneError      the message that was to be changed is not there any more
        └── NotEditableError      it is there, and cannot be changed
"""

from __future__ import annotations


class WirewatchError(Exception):
    """Base of all errors that Wirewatch raises on purpose; ``str()`` is fit to be shown to a user."""


class InputError(WirewatchError):
    """What the user typed or handed over is wrong."""


class ConfigError(InputError):
    """A key of the configuration is missing, unknown, or of the wrong type or range.

    Args:
        path: the key as written in TOML, such as ``poll.concurrency``.
        reason: what is wrong and what is allowed.
    """

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(f"{path}: {reason}")
        self.path = path
        self.reason = reason


class DocumentError(InputError):
    """A document, feed list or row of a batch cannot be read."""


class QueryError(InputError):
    """A topic, watch or date expression cannot be understood.

    Args:
        reason: what is wrong, with an example of what works.
        position: character offset of the place of the error in the expression, or None.
    """

    def __init__(self, reason: str, *, position: int | None = None) -> None:
        super().__init__(reason)
        self.position = position


class NotFoundError(WirewatchError):
    """A named feed, watch, article, story or alert does not exist."""


class StorageError(WirewatchError):
    """The database cannot be opened, migrated, or written."""


class DiskFullError(StorageError):
    """The disk that holds the database is full: whatever is written next fails as well, so that no batch goes on."""


class FetchRefusedError(WirewatchError):
    """An address that must not be fetched: wrong scheme, or a network that is not allowed."""


class DeliveryError(WirewatchError):
    """A platform did not take a message; it may be tried again.

    Args:
        retry_after_s: seconds that the platform asks to wait, or None.
    """

    def __init__(self, reason: str, *, retry_after_s: float | None = None) -> None:
        super().__init__(reason)
        self.retry_after_s = retry_after_s


class DestinationGoneError(DeliveryError):
    """A channel does not exist any more or refuses the bot; sending stops until somebody changes something."""


class MessageGoneError(DeliveryError):
    """The message that was to be edited or answered was deleted; the channel is still there."""


class NotEditableError(DeliveryError):
    """The message that was to be edited is there and stays as it is, whatever is tried; answers under it still go."""
