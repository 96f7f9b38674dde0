"""The terminal: lines in, answers out, alerts in between, and a clean end however it comes."""

from __future__ import annotations

import asyncio
import io
import json
import os
import pty
import re
import select
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Self

import pytest
from prompt_toolkit.application import create_app_session
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output import DummyOutput

from bot.platforms.completion import complete_line
from bot.platforms.lines import iter_pipe_lines
from bot.platforms.screen import PlainScreen
from bot.platforms.terminal import Terminal, iter_prompt
from handlers.alerts import compose_alert
from handlers.jobs.deliver import deliver_due
from handlers.jobs.ingest import ingest_article
from handlers.reply import Reply
from news.errors import DeliveryError, StorageError
from tests.new_stores import open_new_store
from tests.patience import PATIENCE_S
from tests.store.handlers_world import World, make_article, make_world

ROOT = Path(__file__).resolve().parents[2]
HOSTILE = "\x1b[2J\x1b]0;owned\x07\u202eevil\u2066 \x9b31m"


class Log:
    """Takes what is logged, and forgets it."""

    def debug(self, event: str, **values: object) -> None:
        del event, values

    info = warning = error = debug


class Shown:
    """A screen that keeps what it shows."""

    def __init__(self) -> None:
        self.replies: list[Reply] = []

    def show(self, reply: Reply) -> None:
        self.replies.append(reply)


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with open_new_store(tmp_path / "wirewatch.db") as store:
        yield make_world(store)


@pytest.fixture
def screen() -> Shown:
    return Shown()


@pytest.fixture
def terminal(world: World, screen: Shown) -> Iterator[Terminal]:
    terminal = Terminal(world.ports, Log(), screen, channel="terminal:local", actor="terminal:tester")
    yield terminal
    terminal.close()


async def typed(*lines: str) -> AsyncIterator[str]:
    for line in lines:
        yield line


def converse(terminal: Terminal, *lines: str) -> None:
    asyncio.run(terminal.converse(typed(*lines)))


def test_lines_are_answered_in_order_until_quit(terminal: Terminal, screen: Shown) -> None:
    converse(terminal, "/help timeline", "", "   ", "what happened in Lima?", "/nonsense", "/QUIT", "/status")
    titles = [reply.title for reply in screen.replies]
    assert titles[0].startswith("/timeline <topic>")
    assert titles[1] == "what happened in Lima?", "a line without a slash is a question"
    assert "no command" in titles[2]
    assert len(titles) == 3


def test_changes_are_made_in_the_name_of_who_types(terminal: Terminal, world: World) -> None:
    converse(terminal, "/watch add venezuela")
    with world.store.read() as tx:
        (watch,) = tx.watches.list_all("terminal:local")
    assert watch.created_by == "terminal:tester"


def test_an_error_inside_does_not_end_the_conversation(
    terminal: Terminal, screen: Shown, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> Reply:
        raise ZeroDivisionError

    monkeypatch.setattr("handlers.dispatch.load_handler", lambda _command: fail)
    converse(terminal, "/status")
    monkeypatch.undo()
    converse(terminal, "/help")
    assert [reply.failed for reply in screen.replies] == [True, False]


def test_a_screen_that_nobody_reads_loses_no_alert(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """The reader of the pipe is gone: the alert stays in the outbox for the next start."""
    world.ask("watch add", topic="peru")
    ingest_article(make_article(1, "Blast in Lima", "A blast hit Lima in Peru on Friday."), world.ports, alerts=True)
    closed: list[bool] = []
    plain = PlainScreen(on_closed=lambda: closed.append(True))
    terminal = Terminal(world.ports, Log(), plain, channel="terminal:local", actor="terminal:tester")

    class Broken(io.StringIO):
        def write(self, _text: str) -> int:
            raise BrokenPipeError

    monkeypatch.setattr(sys, "stdout", Broken())
    assert deliver_due(world.ports, terminal) == 0
    assert closed == [True]
    with pytest.raises(DeliveryError):
        plain.show(Reply("x"))
    with world.store.read() as tx:
        assert tx.outbox.count_by_state()["pending"] == 1


@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), OSError(5, "Input/output error")])
def test_an_output_that_fails_for_a_while_ends_nothing(error: OSError, monkeypatch: pytest.MonkeyPatch) -> None:
    """A full disk is no reader that went away: the alert is tried again and the bot goes on."""
    closed: list[bool] = []

    class Full(io.StringIO):
        def write(self, _text: str) -> int:
            raise error

    monkeypatch.setattr(sys, "stdout", Full())
    with pytest.raises(DeliveryError, match=error.strerror):
        PlainScreen(on_closed=lambda: closed.append(True)).show(Reply("x"))
    assert closed == []


def test_the_worker_is_named_once_for_each_process() -> None:
    """Process 1 of two containers on one database must not give back each other's leases."""
    code = "import os; os.getpid = lambda: 1; from bot.solitude import worker_name as n; print(n()); print(n())"
    run = [sys.executable, "-c", code]
    names = [subprocess.run(run, capture_output=True, text=True, check=True).stdout.split() for _ in range(2)]
    (one, again), (other, _) = names
    assert one == again != other
    assert one.startswith("run-1-")


def test_feed_text_in_an_alert_cannot_move_the_cursor(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    world.ask("watch add", topic="peru")
    article = make_article(
        1, f"Blast {HOSTILE} in Lima", f"A blast {HOSTILE} hit Lima in Peru on Friday.", outlet=HOSTILE
    )
    ingest_article(article, world.ports, alerts=True)
    with world.store.read() as tx:
        PlainScreen().show(compose_alert(tx, tx.outbox.get(1)))
    printed = capsys.readouterr().out
    assert "NEW: Blast" in printed
    assert re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069]", printed) is None


def test_a_pipe_is_read_to_its_end_also_without_a_last_line_break() -> None:
    async def collect(descriptor: int) -> list[str]:
        return [line async for line in iter_pipe_lines(descriptor)]

    reader, writer = os.pipe()
    os.write(writer, "one\ntwo ñ\n\xff".encode("latin-1") + b"\r\nlast")
    os.close(writer)
    lines = asyncio.run(collect(reader))
    os.close(reader)
    assert [line.strip() for line in lines] == ["one", "two \ufffd", "\ufffd", "last"]


def test_completion_offers_commands_topics_and_feeds(world: World) -> None:
    ingest_article(make_article(1, "Blast", "A blast hit Caracas in Venezuela on Friday."), world.ports, alerts=False)
    world.ask("feed add", url="https://gazette.example/rss")

    def offers(line: str) -> list[str]:
        return [text for text, _ in complete_line(line, world.ports, "terminal:local")]

    assert offers("/ti") == ["/timeline"]
    assert "/quit" in offers("/")
    assert "Venezuela" in offers("/timeline Ven")
    assert offers("/feed pause gaz") == ["https://gazette.example/rss"]
    assert offers("/help st") == ["story", "status"]
    assert offers("what") == []
    assert complete_line("/timeline Cara", world.ports, "")[0] == ("Caracas", 4), "it replaces what was typed of it"


def test_a_broken_store_does_not_break_typing(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise StorageError("locked")

    monkeypatch.setattr("bot.platforms.completion.suggest", fail)
    assert complete_line("/timeline ven", world.ports, "terminal:local") == []


def test_the_prompt_gives_lines_and_ends_with_the_input(world: World, tmp_path: Path) -> None:
    """History is kept for the next start; Ctrl-C on a line that has text only clears it."""

    async def collect(history: Path) -> list[str]:
        return [line async for line in iter_prompt(world.ports, "terminal:local", history)]

    history = tmp_path / "var" / "history"
    with create_pipe_input() as keys, create_app_session(input=keys, output=DummyOutput()):
        keys.send_text("/help\rabc\x03/status\r\x04")
        assert asyncio.run(collect(history)) == ["/help", "/status"]
    assert "+/help" in history.read_text(encoding="utf-8")


def write_config(folder: Path) -> Path:
    path = folder / "config.toml"
    path.write_text('[storage]\ndatabase = "sqlite:///own.db"\n[poll]\ntick_s = 0.2\n', encoding="utf-8")
    return path


def environment(folder: Path, **more: str) -> dict[str, str]:
    named = {"HOME": str(folder), "PATH": "/usr/bin:/bin", "PYTHONPATH": str(ROOT), "TERM": "xterm-256color"}
    return named | {"WIREWATCH_CONFIG": str(write_config(folder))} | more


@pytest.mark.parametrize(("name", "code"), [("SIGTERM", 0), ("SIGINT", 130)])
def test_a_signal_ends_it_cleanly(tmp_path: Path, name: str, code: int) -> None:
    """Supervisors send SIGTERM and wait a few seconds; a person presses Ctrl-C."""
    process = subprocess.Popen(
        [sys.executable, "-P", "-m", "bot", "run", "--format", "text"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(tmp_path),
        cwd=tmp_path,
    )
    assert process.stdin
    assert process.stdout
    process.stdin.write(b"/status\n")
    process.stdin.flush()
    assert b"Status at" in process.stdout.readline()
    process.send_signal(getattr(signal, name))
    _, errors = process.communicate(timeout=PATIENCE_S)
    assert process.returncode == code, errors
    assert b"Traceback" not in errors


def test_without_input_it_runs_until_a_signal(tmp_path: Path) -> None:
    """Under a supervisor stdin is empty; that must not end the bot."""
    process = subprocess.Popen(
        [sys.executable, "-P", "-m", "bot", "run", "--no-input"],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(tmp_path),
        cwd=tmp_path,
    )
    assert process.stderr
    assert json.loads(process.stderr.readline())["event"] == "started"
    process.terminate()
    _, errors = process.communicate(timeout=PATIENCE_S)
    assert process.returncode == 0, errors
    assert json.loads(errors.splitlines()[-1])["by"] == "SIGTERM"


class Screenful:
    """A real terminal of a hundred columns with the program in it."""

    def __init__(self, folder: Path, **more: str) -> None:
        self.pid, self._descriptor = pty.fork()
        if self.pid == 0:
            os.chdir(folder)
            os.execve(sys.executable, [sys.executable, "-P", "-m", "bot"], environment(folder, **more))  # noqa: S606 - the program under test
        self.seen = ""
        self._from = 0
        self._is_over = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if not self._is_over:
            os.kill(self.pid, signal.SIGKILL)
            self.wait_for_end()

    def type(self, text: str) -> None:
        os.write(self._descriptor, text.encode())

    def wait_for(self, text: str) -> None:
        """Read on to the next place where the text stands."""
        while text not in self.seen[self._from :]:
            ready, _, _ = select.select([self._descriptor], [], [], PATIENCE_S)
            assert ready, self.seen
            chunk = os.read(self._descriptor, 65_536).decode("utf-8", "replace")
            self.seen += chunk
            if "\x1b[6n" in chunk:  # it asks where the cursor is, as it may
                self.type("\x1b[1;1R")
        self._from = self.seen.index(text, self._from) + len(text)

    def wait_for_end(self) -> int:
        while select.select([self._descriptor], [], [], PATIENCE_S)[0]:
            try:
                self.seen += os.read(self._descriptor, 65_536).decode("utf-8", "replace")
            except OSError:  # Linux tells the end of a terminal as an error
                break
        os.close(self._descriptor)
        self._is_over = True
        _, status = os.waitpid(self.pid, 0)
        return os.waitstatus_to_exitcode(status)


@pytest.mark.parametrize(("more", "is_coloured"), [({}, True), ({"NO_COLOR": "1"}, False)])
def test_a_real_terminal(tmp_path: Path, more: dict[str, str], is_coloured: bool) -> None:  # noqa: FBT001 - a parameter
    """Prompt, answer above it, colour only where it is wanted, and Ctrl-D goes home."""
    with Screenful(tmp_path, **more) as screenful:
        screenful.wait_for("wirewatch>")
        screenful.type("/help timeline\r")
        screenful.wait_for("For example")
        assert ("\x1b[1;36m/timeline <topic>" in screenful.seen) is is_coloured
        screenful.wait_for("wirewatch>")
        screenful.type("\x04")
        assert screenful.wait_for_end() == 0
    assert (tmp_path / "var" / "wirewatch.log").exists()


def test_ctrl_c_on_an_empty_line_ends_it(tmp_path: Path) -> None:
    with Screenful(tmp_path) as screenful:
        screenful.wait_for("wirewatch>")
        screenful.type("abc\x03\x03")
        assert screenful.wait_for_end() == 130
