"""How Slack says no: HTTP 200 with ``ok: false`` and one word, sometimes with messages beside it."""

from __future__ import annotations

from typing import Any

Json = dict[str, Any]


class SlackError(Exception):
    """A refusal. ``messages`` go into response_metadata, as Slack explains blocks that it does not take."""

    def __init__(self, word: str, *messages: str, **more: object) -> None:
        super().__init__(": ".join([word, *messages]))
        self.word = word
        self.body: Json = {"ok": False, "error": word, **more}
        if messages:
            self.body["response_metadata"] = {"messages": [f"[ERROR] {it}" for it in messages]}
