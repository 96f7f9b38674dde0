"""What Slack's errors mean for a message: try again, not again, or without the message it hangs on.

Owns the mapping from slack_sdk's and aiohttp's exceptions to ours. Source: the error tables of ``chat.postMessage``,
``chat.update`` and ``files.completeUploadExternal`` in Slack's documentation.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import aiohttp
from slack_sdk.errors import SlackApiError, SlackClientError

from bot.logs import strip_addresses
from news.errors import DeliveryError, DestinationGoneError, MessageGoneError, NotEditableError

TOO_LONG = frozenset({"msg_blocks_too_long", "invalid_blocks", "msg_too_long", "invalid_blocks_format"})
"""Slack does not take the form of a message: a shorter one may go."""

REFUSED_TOKENS = frozenset({"invalid_auth", "not_authed", "account_inactive", "token_revoked", "token_expired"})
"""The token is no use any more; only a person can mend that."""

WRONG_TOKENS = REFUSED_TOKENS | {"not_allowed_token_type", "missing_scope"}
"""What a token is told that connects and is not the right one: the two were swapped, or ``connections:write`` lacks."""

_GONE = {
    "channel_not_found": "the channel is gone, or the bot was never in it; invite it with /invite",
    "is_archived": "the channel is archived; it goes on when that is undone",
    "not_in_channel": "the bot is not in the channel; invite it with /invite",
    "restricted_action": "a rule of the workspace forbids the bot to post there",
    "missing_scope": "the app lacks a permission; install it again with the manifest of this version",
    "no_permission": "the bot has no permission there; invite it with /invite",
    "access_denied": "Slack denies the bot access to the channel",
    "posting_to_channel_denied": "the bot may not post in the channel",
    "is_inactive": "the channel is frozen or not in use any more",
    "team_access_not_granted": "the app was not given access to that workspace",
    "ekm_access_denied": "the administrators have suspended posting there",
    "channel_is_limited_access": "Slack gives the bot no access to the channel",
    "messages_tab_disabled": "the app's direct messages are switched off; install it with the manifest again",
}
_MESSAGE_GONE = {
    "message_not_found": "the message was deleted",
    "thread_not_found": "the message over the thread was deleted",
    "cannot_reply_to_message": "the message takes no replies",
    "restricted_action_thread_locked": "the thread was locked",
    "restricted_action_non_threadable_channel": "the channel takes no threads",
}
_NOT_EDITABLE = {
    "cant_update_message": "the message is not the bot's to change",
    "edit_window_closed": "a rule of the workspace forbids changing a message that old",
}
_PASSING = frozenset(
    {
        "",
        "ratelimited",
        "rate_limited",
        "internal_error",
        "fatal_error",
        "service_unavailable",
        "request_timeout",
        "file_update_failed",
        "team_added_to_org",
        "org_login_required",
    }
)
"""Refusals that waiting mends; an empty one is an answer that cannot be read, the last two a workspace that moves."""
_TOO_MANY, _OUT_OF_ORDER = 429, 500
_LONGEST_WORDS = 300

SLACK_ERRORS = (SlackClientError, aiohttp.ClientError, OSError, TimeoutError)
"""All that a call of slack_sdk raises when Slack does not do what it was asked."""


@contextmanager
def explained() -> Iterator[None]:
    """Turn errors of slack_sdk and aiohttp into ours.

    Raises:
        DeliveryError: try again, not before ``retry_after_s`` if that is set.
        MessageGoneError: the message is not there any more.
        NotEditableError: it is there, and stays as it is.
        DestinationGoneError: the channel is gone or refuses the bot.
    """
    try:
        yield
    except SlackApiError as error:
        raise _explain(error) from error
    except SLACK_ERRORS as error:
        raise DeliveryError(f"Slack cannot be reached: {words_of(error)}") from error


def code_of(error: SlackApiError) -> str:
    """Return Slack's word for an error, such as ``is_archived``; empty where it gave none."""
    data = getattr(error.response, "data", error.response)  # the page of a proxy is text there, half an answer nothing
    return str(data.get("error") or "") if isinstance(data, Mapping) else ""


def words_of(error: Exception) -> str:
    """Return an error for the log and for the store: without tickets and addresses that let somebody in."""
    return strip_addresses(f"{type(error).__name__}: {error}")[:_LONGEST_WORDS]


def is_passing(error: Exception) -> bool:
    """Return whether the same may go well a little later: no connection, no answer, out of order, too many."""
    if isinstance(error, SlackApiError):
        return code_of(error) in _PASSING or _status_of(error) in {_TOO_MANY, *range(_OUT_OF_ORDER, 600)}
    if isinstance(error, aiohttp.ClientResponseError):
        return error.status == _TOO_MANY or error.status >= _OUT_OF_ORDER
    return isinstance(error, aiohttp.ClientError | OSError | TimeoutError)


def find_wait(error: Exception) -> float | None:
    """Return the seconds that Slack asks to wait; None where it asks for none, so that what was sent may be there."""
    if isinstance(error, SlackApiError):
        is_asked = _status_of(error) == _TOO_MANY or code_of(error) in {"ratelimited", "rate_limited"}
        wait = str((getattr(error.response, "headers", {}) or {}).get("Retry-After", "")) if is_asked else ""
        return float(wait) if wait.isdecimal() else None
    return None


def is_unknown(error: Exception) -> bool:
    """Return whether Slack refused with a word that this module has no meaning for."""
    if not isinstance(error, SlackApiError) or is_passing(error):
        return False
    code = code_of(error)
    known = (_GONE, _MESSAGE_GONE, _NOT_EDITABLE, WRONG_TOKENS, TOO_LONG)
    return not (code.startswith("restricted_action") or any(code in words for words in known))


def describe(error: Exception) -> str:
    """Return in one sentence why Slack did not do something, for who asked for it."""
    if not isinstance(error, SlackApiError):
        return "Slack did not do that: it does not answer. Try again in a minute."
    code = code_of(error)
    reason = _GONE.get(code) or _MESSAGE_GONE.get(code) or _NOT_EDITABLE.get(code) or code or "it gave no reason"
    return f"Slack did not do that: {reason}."


def _status_of(error: SlackApiError) -> int:
    """Return the status of HTTP; 0 where none is known."""
    return int(getattr(error.response, "status_code", 0) or getattr(error.response, "status", 0) or 0)


def _explain(error: SlackApiError) -> DeliveryError:
    code = code_of(error)
    if code in _MESSAGE_GONE:
        return MessageGoneError(_MESSAGE_GONE[code])
    if code in _NOT_EDITABLE:
        return NotEditableError(_NOT_EDITABLE[code])
    if code.startswith("restricted_action"):
        return DestinationGoneError(f"Slack refuses: {_GONE['restricted_action']}")
    if code in _GONE:
        return DestinationGoneError(f"Slack refuses: {_GONE[code]}")
    if code in REFUSED_TOKENS:
        return DeliveryError("Slack refuses the token; look at SLACK_BOT_TOKEN")
    return DeliveryError(f"Slack answered {_status_of(error)} {code}", retry_after_s=find_wait(error))
