"""slack_sdk's client, for answers that are none of Slack's.

Owns what becomes of the page of a proxy: slack_sdk hands text on where its callers look for an object, and fails over
it with an AttributeError. Must never decide whether to try again: ``refusals`` says what an error means.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient


class SlackClient(AsyncWebClient):
    """As its base; an answer that is no object raises SlackApiError without a word of Slack's, whatever its status."""

    async def _request(self, *, http_verb: str, api_url: str, req_args: dict[str, Any]) -> dict[str, Any]:
        answer: dict[str, Any] = await super()._request(http_verb=http_verb, api_url=api_url, req_args=req_args)
        if not isinstance(answer["data"], Mapping):
            raise SlackApiError(  # type: ignore[no-untyped-call]  # so in slack_sdk
                "Slack's answer cannot be read", _Unreadable(int(answer["status_code"]), answer["headers"])
            )
        return answer


class _Unreadable:
    """As much of an answer as ``refusals`` looks at."""

    def __init__(self, status_code: int, headers: Mapping[str, str]) -> None:
        self.data: Mapping[str, Any] = {}
        self.status_code = status_code
        self.headers = headers

    def __str__(self) -> str:
        return f"status {self.status_code}"


def read_offset(headers: Mapping[str, str], now: datetime) -> timedelta:
    """Return by how much Slack's clock is ahead of ours, from the ``Date`` of an answer; nothing without one."""
    try:
        told = parsedate_to_datetime(str(headers.get("Date") or ""))
    except ValueError:
        return timedelta()
    return (told if told.tzinfo is not None else told.replace(tzinfo=UTC)) - now
