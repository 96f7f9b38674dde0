"""Dispatch: expected errors become answers that say what to do, the others an incident that is in the log."""

from __future__ import annotations

import pytest

from bot.incidents import answer
from handlers import dispatch as dispatching
from handlers.dispatch import dispatch
from handlers.ports import Ports
from handlers.registry import ParameterKind, get_command, list_paths
from handlers.reply import Reply
from handlers.request import Access, Request
from news.errors import DestinationGoneError, NotFoundError, QueryError, StorageError, WirewatchError
from tests.store.handlers_world import START, World


class Log:
    """Keeps what is logged."""

    def __init__(self) -> None:
        self.lines: list[tuple[str, dict[str, object]]] = []

    def debug(self, event: str, **values: object) -> None:
        self.lines.append((event, values))

    info = warning = error = debug


def make_fail(monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    def fail(_request: Request, _ports: Ports) -> Reply:
        raise error

    monkeypatch.setattr(dispatching, "load_handler", lambda _command: fail)


@pytest.mark.parametrize(
    ("error", "is_misuse"),
    [
        (QueryError("no such date"), True),
        (NotFoundError("no such story"), False),
        (StorageError("the disk is full"), False),
        (DestinationGoneError("no such channel"), False),
    ],
)
def test_expected_errors_are_answers(
    world: World, monkeypatch: pytest.MonkeyPatch, error: WirewatchError, *, is_misuse: bool
) -> None:
    make_fail(monkeypatch, error)
    reply = world.ask("status")
    assert (reply.failed, reply.is_misuse, reply.is_private) == (True, is_misuse, True)
    sentence = str(error)[0].upper() + str(error)[1:] + "."
    assert reply.title == reply.data["error"] == sentence


def test_unexpected_errors_are_incidents_that_the_log_explains(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """A user sees an id and no inside of the program; who looks after it finds the id in the log."""
    make_fail(monkeypatch, ZeroDivisionError("the secret inside"))
    request = Request("status", now=START, access=Access.READ)
    with pytest.raises(ZeroDivisionError):
        dispatch(request, world.ports)
    log = Log()
    reply = answer(request, world.ports, log)
    ((event, values),) = log.lines
    assert reply.failed
    assert event == "incident"
    assert values["incident"] == reply.data["incident"]
    assert str(reply.data["incident"]) in str(reply.blocks)
    assert "secret" not in str(reply)


@pytest.mark.parametrize("access", Access)
@pytest.mark.parametrize("path", list_paths())
def test_only_who_may_changes_things(world: World, path: str, access: Access) -> None:
    """Everybody may read; marks are for editors; watches and feeds for who manages the place."""
    by_group = dict.fromkeys(("feed", "watch"), Access.MANAGE) | dict.fromkeys(("mark", "audit"), Access.EDIT)
    needed = by_group.get(path.partition(" ")[0], Access.READ)
    arguments = {
        parameter.name: "x" if parameter.kind is not ParameterKind.NUMBER else "1"
        for parameter in get_command(path).parameters
        if parameter.required
    }
    reply = world.ask_as(access, path, **arguments)
    is_refused = reply.failed and "may not" in reply.title
    assert is_refused is (access < needed)
    if is_refused:
        assert "Ask" in str(reply.blocks)
        assert reply.is_private


@pytest.mark.parametrize("path", ["", "nothing", "feed", "feeds burn", "timeline now"])
def test_unknown_commands_are_misuse(world: World, path: str) -> None:
    reply = dispatch(Request(path, now=START, access=Access.OPERATE), world.ports)
    assert reply.is_misuse
