"""Addresses in messages of all chats: how long they may be."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.render import discord_text, slack_text


@pytest.mark.parametrize("clean_address", [discord_text.clean_address, slack_text.clean_address])
def test_address_is_never_longer_than_its_limit(clean_address: Callable[[str], str]) -> None:
    """A letter of three bytes grows ninefold when it is written in per cent signs: the limit counts what is sent."""
    assert len(clean_address("https://g.example/" + "a" * 494)) == 512
    assert clean_address("https://g.example/" + "«" * 100) == ""


def test_what_slack_escapes_counts_as_it_is_sent() -> None:
    """An ampersand is five characters there."""
    assert slack_text.clean_address("https://g.example/?" + "&" * 100) == ""
