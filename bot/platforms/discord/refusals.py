"""What Discord's errors mean for a message: try again, not again, or without the message it hangs on.

Owns the mapping from discord.py's and aiohttp's exceptions to ours, with what to do about each. Codes: Discord's
documentation, "JSON Error Codes".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from types import SimpleNamespace

import aiohttp
import discord

from news.errors import DeliveryError, DestinationGoneError, MessageGoneError

UNKNOWN_MESSAGE = 10008
THREAD_EXISTS = 160004
_THREAD_LOCKED = 160005
_ARCHIVED = 50083
SHUT = frozenset({_ARCHIVED, _THREAD_LOCKED})
"""What Discord answers where a thread takes no more messages or edits: archived and locked, or locked."""

FULL = frozenset({160006, 160007})
"""What Discord answers where a server has as many open threads as it may."""

_NOT_OURS = 50005
_MALFORMED = frozenset({40005, 50006, 50035})
_UNAUTHORIZED, _TOO_MANY, _SERVER_ERROR = 401, 429, 500
_FORUM_POST = re.compile(r".*/channels/\d+/threads\Z")
_ADVICE = {
    10003: "the channel was deleted; watch another one",
    10004: "the server is not there any more; invite the bot again",
    50001: "the bot may not see the channel; give it “View Channel” there",
    50013: "the bot lacks a permission; it needs “Send Messages” and “Embed Links” there, in threads and forums "
    "“Send Messages in Threads” and “Create Posts”",
    50007: "this person takes no direct messages from the bot",
    _ARCHIVED: "the thread is archived; open it or watch another channel",
    _THREAD_LOCKED: "the thread is locked; unlock it or watch another channel",
}


@contextmanager
def explained() -> Iterator[None]:
    """Turn errors of discord.py and aiohttp into ours.

    Raises:
        DeliveryError: try again, not before ``retry_after_s`` if that is set.
        MessageGoneError: the message is not there any more.
        DestinationGoneError: the channel is gone or refuses the bot.
    """
    try:
        yield
    except discord.HTTPException as error:
        raise _explain(error) from error
    except discord.RateLimited as error:
        raise DeliveryError("Discord asks to wait", retry_after_s=error.retry_after) from error
    except (aiohttp.ClientError, TimeoutError, OSError) as error:
        raise DeliveryError(f"Discord cannot be reached: {type(error).__name__}: {error}") from error
    except discord.DiscordException as error:
        raise DeliveryError(f"Discord: {error}") from error


def is_malformed(error: BaseException | None) -> bool:
    """Return whether Discord refused the form of a message: trying again would give the same."""
    return isinstance(error, discord.HTTPException) and error.code in _MALFORMED


async def refuse_blind_retry(
    _session: aiohttp.ClientSession, _context: SimpleNamespace, params: aiohttp.TraceRequestEndParams
) -> None:
    """Raise DeliveryError for a forum post that Discord failed at: discord.py would send it again without looking.

    All other messages have a nonce, by which Discord knows the second from the first. For aiohttp's tracing.
    """
    is_forum_post = params.method == "POST" and _FORUM_POST.match(params.url.path) is not None
    if is_forum_post and params.response.status >= _SERVER_ERROR:
        params.response.close()
        raise DeliveryError(f"Discord answered {params.response.status}; the post may be there all the same")


def _explain(error: discord.HTTPException) -> DeliveryError:
    if error.code in {UNKNOWN_MESSAGE, _NOT_OURS}:  # a bot that was made anew cannot edit what its predecessor wrote
        return MessageGoneError("the message was deleted")
    if isinstance(error, discord.Forbidden | discord.NotFound) or error.code in _ADVICE:
        advice = _ADVICE.get(error.code, "look at the permissions of the bot in this channel")
        return DestinationGoneError(f"Discord refuses ({error.status}, {error.code}): {advice}")
    if error.status == _UNAUTHORIZED:
        return DeliveryError("Discord refuses the token; look at DISCORD_TOKEN")
    retry_after = error.response.headers.get("Retry-After", "") if error.status == _TOO_MANY else ""
    wait_s = float(retry_after) if retry_after.replace(".", "", 1).isdecimal() else None
    return DeliveryError(f"Discord answered {error.status}: {error.text[:200]}", retry_after_s=wait_s)
