"""Sending a message that Slack may find too long: again with less of it, and at last with only where to read it.

Owns that order. Slack names no figure for the size of a whole message, so its refusal is the only sure measure.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from slack_sdk.errors import SlackApiError

from bot.platforms.slack.refusals import TOO_LONG, code_of
from bot.render.slack import LIMITS, Limits, shorter

_MOST_TRIES = 3

Message = dict[str, Any]
Show = Callable[[Limits], Awaitable[Message]]


async def send_fitting(
    send: Callable[[Message], Awaitable[Any]], show: Show, last: Message, *, limits: Limits = LIMITS
) -> Any:  # noqa: ANN401 - slack_sdk's answer
    """Send what ``show`` makes, shorter each time that Slack refuses its form; after three times send ``last``.

    Returns:
        Slack's answer.

    Raises:
        SlackApiError: any other refusal, or one of ``last``.
    """
    for _ in range(_MOST_TRIES):
        try:
            answer = await send(await show(limits))
        except SlackApiError as error:
            if code_of(error) not in TOO_LONG:
                raise
        else:
            if not _is_refusal(answer):
                return answer
        limits = shorter(limits)
    return await send(last)


def _is_refusal(answer: Any) -> bool:  # noqa: ANN401 - slack_sdk's WebhookResponse, which raises nothing, or others
    body = getattr(answer, "body", None)
    return isinstance(body, str) and any(code in body for code in TOO_LONG)
