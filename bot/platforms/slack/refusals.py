"""What Slack's errors mean for a message: try again, not again, or without the message it hangs on.

Owns the mapping from slack_sdk's and aiohttp's exceptions to ours. Source: the error tables of ``chat.postMessage`` and
``chat.update`` in Slack's documentation.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import aiohttp
from slack_sdk.errors import SlackApiError, SlackClientError

from news.errors import DeliveryError, DestinationGoneError, MessageGoneError

TOO_LONG = frozenset({"msg_blocks_too_long", "invalid_blocks", "msg_too_long", "invalid_blocks_format"})
"""Slack does not take the form of a message: a shorter one may go."""

REFUSED_TOKENS = frozenset(
    {"invalid_auth", "not_authed", "account_inactive", "token_revoked", "token_expired", "no_permission"}
)
"""The token is no use any more; only a person can mend that."""

WRONG_TOKENS = REFUSED_TOKENS | {"not_allowed_token_type", "missing_scope"}
"""What a token is told that connects and is not the right one: the two were swapped, or ``connections:write`` lacks."""

_GONE = {
    "channel_not_found": "the channel is gone, or the bot was never in it; invite it with /invite",
    "is_archived": "the channel is archived; it goes on when that is undone",
    "not_in_channel": "the bot is not in the channel; invite it with /invite",
    "restricted_action": "a rule of the workspace forbids the bot to post there",
    "missing_scope": "the app lacks a permission; install it again with the manifest of this version",
}
_MESSAGE_GONE = frozenset({"message_not_found", "thread_not_found", "cant_update_message"})
_TOO_MANY = 429


@contextmanager
def explained() -> Iterator[None]:
    """Turn errors of slack_sdk and aiohttp into ours.

    Raises:
        DeliveryError: try again, not before ``retry_after_s`` if that is set.
        MessageGoneError: the message is not there any more.
        DestinationGoneError: the channel is gone or refuses the bot.
    """
    try:
        yield
    except SlackApiError as error:
        raise _explain(error) from error
    except (SlackClientError, aiohttp.ClientError, TimeoutError, OSError) as error:
        raise DeliveryError(f"Slack cannot be reached: {type(error).__name__}: {error}") from error


def code_of(error: SlackApiError) -> str:
    """Return Slack's word for an error, such as ``is_archived``; empty where it gave none."""
    response = error.response
    return str(response.get("error", "")) if hasattr(response, "get") else ""


def describe(error: SlackApiError) -> str:
    """Return in one sentence why Slack did not do something, for who asked for it."""
    code = code_of(error)
    return f"Slack did not do that: {_GONE.get(code) or code or 'it gave no reason'}."


def _explain(error: SlackApiError) -> DeliveryError:
    code = code_of(error)
    if code in _MESSAGE_GONE:
        return MessageGoneError("the message was deleted")
    if code.startswith("restricted_action"):
        return DestinationGoneError(f"Slack refuses ({code}): {_GONE['restricted_action']}")
    if code in _GONE:
        return DestinationGoneError(f"Slack refuses ({code}): {_GONE[code]}")
    if code in REFUSED_TOKENS:
        return DeliveryError("Slack refuses the token; look at SLACK_BOT_TOKEN")
    status = getattr(error.response, "status_code", 0)
    headers = getattr(error.response, "headers", {}) or {}
    wait = str(headers.get("Retry-After", "")) if status == _TOO_MANY or code == "ratelimited" else ""
    return DeliveryError(f"Slack answered {status} {code}", retry_after_s=float(wait) if wait.isdecimal() else None)
