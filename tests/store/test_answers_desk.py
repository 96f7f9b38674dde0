"""Answers for chats: asked once, kept for a moment, made anew after that, and never an error of the program."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta
from typing import TypeVar

import pytest
import structlog

from bot.incidents import answer
from bot.logs import Log
from bot.platforms.answers import Answers
from handlers.ports import Ports
from handlers.registry import Completion
from handlers.reply import Reply
from handlers.request import Access, Argument, Request
from news.errors import StorageError
from tests.store.handlers_world import START, World

HERE = "discord:1/10"
Given = TypeVar("Given")


def asked(command: str, *, channel: str = HERE, access: Access = Access.READ, **arguments: Argument) -> Request:
    return Request(command, arguments, channel, "discord:7", now=START, access=access)


def work(world: World, scene: Callable[[Answers], Awaitable[Given]]) -> Given:
    """Run a scene with answers from the world."""

    async def run() -> Given:
        answers = Answers(world.ports, structlog.get_logger())
        try:
            return await scene(answers)
        finally:
            answers.close()

    return asyncio.run(run())


@pytest.fixture
def n_answered(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What the handlers were asked."""
    seen: list[str] = []

    def note(request: Request, ports: Ports, log: Log) -> Reply:
        seen.append(request.command)
        return answer(request, ports, log)

    monkeypatch.setattr("bot.platforms.answers.answer", note)
    return seen


def test_turning_a_page_asks_the_store_once(world: World, n_answered: list[str]) -> None:
    """The rest of what was shown, for some minutes; then what the record holds."""

    async def scene(answers: Answers) -> None:
        _, source = await answers.ask(asked("help"))
        assert source == "/help"
        for minutes in (0, 9):
            later = replace(asked("help"), now=START + timedelta(minutes=minutes))
            reply, request = await answers.ask_again(source, later)
            assert request is not None
            assert not reply.failed
        assert n_answered == ["help"]
        await answers.ask_again(source, replace(asked("help"), now=START + timedelta(minutes=11)))
        assert n_answered == ["help", "help"]

    work(world, scene)


@pytest.mark.parametrize("other", [{"channel": "discord:2/20"}, {"access": Access.MANAGE}])
def test_a_kept_answer_is_for_the_same_channel_and_rights(
    other: dict[str, object], world: World, n_answered: list[str]
) -> None:
    """What one server may see is never shown to another out of memory."""

    async def scene(answers: Answers) -> None:
        _, source = await answers.ask(asked("feeds"))
        assert source is not None
        await answers.ask_again(source, asked("feeds", **other))  # type: ignore[arg-type]  # one of two fields
        assert len(n_answered) == 2

    work(world, scene)


def test_what_changes_something_is_not_kept(world: World, n_answered: list[str]) -> None:
    async def scene(answers: Answers) -> None:
        request = asked("watch add", access=Access.MANAGE, topic="venezuela")
        _, source = await answers.ask(request)
        assert source is not None
        await answers.ask_again(source, request)
        assert len(n_answered) == 2

    work(world, scene)


def test_no_more_than_so_many_are_kept(world: World) -> None:
    async def scene(answers: Answers) -> None:
        for n in range(230):
            await answers.ask(asked("help", channel=f"discord:1/{n}"))
        assert len(answers._kept) <= 200

    work(world, scene)


def test_a_failure_carries_no_buttons(world: World) -> None:
    async def scene(answers: Answers) -> None:
        reply, source = await answers.ask(asked("story", story="s99"))
        assert reply.failed
        assert source is None

    work(world, scene)


def test_an_answer_goes_out_though_its_buttons_cannot_be_kept(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> str:
        raise StorageError("the disk is full")

    monkeypatch.setattr("bot.platforms.answers.keep_source", fail)

    async def scene(answers: Answers) -> None:
        reply, source = await answers.ask(asked("help"))
        assert not reply.failed
        assert source is None

    work(world, scene)


def test_a_file_that_cannot_be_made_is_an_incident(world: World) -> None:
    async def scene(answers: Answers) -> None:
        reply, body = await answers.export("/help", "nosuch", asked("help"))
        assert body is None
        assert reply.failed
        assert "incident" in reply.data

    work(world, scene)


def test_suggestions_are_named_and_for_who_asks(world: World) -> None:
    """The label is read, the value sent; feeds of another server are offered to nobody but who runs the bot."""
    with world.store.write() as tx:
        for n, owner in enumerate(("", "discord:1", "discord:2")):
            url = f"https://paper-{n}.example/rss"
            tx.feeds.add(url, outlet=f"Paper {n}", language="", interval_s=600, now=START, owner=owner)

    async def scene(answers: Answers) -> None:
        mine = await answers.suggest(Completion.FEED, "paper", channel=HERE, access=Access.MANAGE)
        assert [each.label for each in mine] == [f"Paper {n} — https://paper-{n}.example/rss" for n in (0, 1)]
        assert [each.value for each in mine] == [f"https://paper-{n}.example/rss" for n in (0, 1)]
        assert len(await answers.suggest(Completion.FEED, "", channel=HERE, access=Access.OPERATE)) == 3

    work(world, scene)
