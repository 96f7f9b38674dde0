"""Requests behind buttons: the same question again, in the name of who presses, for as long as it was promised."""

from __future__ import annotations

from datetime import timedelta

import pytest

from handlers.request import Access, Argument, Request
from handlers.saved import load_request, save_request
from news.errors import NotFoundError
from tests.store.handlers_world import START, World


def save(world: World, command: str, arguments: dict[str, Argument]) -> int:
    request = Request(command, arguments, "discord:1/10", "discord:7", now=START, access=Access.OPERATE)
    with world.store.write() as tx:
        return save_request(tx, request)


def load(world: World, number: int, *, days: float = 1) -> Request:
    with world.store.read() as tx:
        return load_request(
            tx,
            number,
            access=Access.READ,
            actor="discord:8",
            channel="discord:1/11",
            now=START + timedelta(days=days),
        )


def test_what_was_asked_is_asked_again_by_who_presses(world: World) -> None:
    """Nobody gets the access of who asked first, and the answer is of now."""
    arguments: dict[str, Argument] = {"topic": ("cuba", "“x” — ñ"), "dates": 5, "from": None}
    request = load(world, save(world, "timeline", arguments))
    assert (request.command, request.arguments) == ("timeline", arguments)
    assert (request.access, request.actor, request.channel) == (Access.READ, "discord:8", "discord:1/11")
    assert request.now == START + timedelta(days=1)


def test_an_expired_button_says_what_to_type(world: World) -> None:
    number = save(world, "timeline", {"topic": "venezuela"})
    assert load(world, number, days=14).command == "timeline"
    with pytest.raises(NotFoundError, match="have expired; ask again: /timeline venezuela"):
        load(world, number, days=14.1)
    with pytest.raises(NotFoundError, match="have expired; ask again"):
        load(world, number + 1)


def test_a_long_or_forgotten_command_is_named_shortly(world: World) -> None:
    long, old = save(world, "timeline", {"topic": "x" * 900}), save(world, "dance", {})
    for number, words in ((long, "/timeline …"), (old, "/dance")):
        with pytest.raises(NotFoundError) as caught:
            load(world, number, days=15)
        assert str(caught.value).endswith(f"ask again: {words}")
