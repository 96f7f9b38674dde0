"""Watches as a file: out and in again as they were, hostile texts refused with the place, nothing done by halves."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.files import read_files
from bot.render.formats import FORMATS
from handlers.dispatch import answer_error
from handlers.jobs.ingest import ingest_article
from handlers.request import Access
from handlers.watch_files import MOST_BYTES, read_watches
from news.errors import QueryError
from storage.engine import SqlStore
from tests.store.handlers_world import START, World, make_article

DESK, OTHER = "discord:1/2", "discord:1/3"


def add(world: World, topic: str, *, channel: str = "terminal:local", **settings: str | int) -> None:
    assert not world.ask_as(Access.MANAGE, "watch add", channel=channel, topic=topic, **settings).failed


def fill(world: World) -> None:
    add(world, "venezuela", labels="new,disputed", quiet="22:00-07:00", zone="America/Caracas", empty="line", ping="77")
    add(world, '"oil price" AND NOT place:russia', mode="daily", at="06:30", zone="Europe/Berlin", origins=3)
    add(world, r"/refiner(y|ies) \"x\"/")
    world.ask("watch pause", watch="2")
    world.ask("watch mute", watch="3", time="3d")


def export(world: World, **arguments: str) -> str:
    return str(world.ask("watch export", **arguments).data["toml"])


def settings(world: World) -> list[dict[str, object]]:
    hidden = {"watch", "created_by", "created_at"}
    rows = world.ask("watch list").data["watches"]
    return [{key: value for key, value in row.items() if key not in hidden} for row in rows]


def test_what_goes_out_comes_in_as_it_was(world: World) -> None:
    """Exported, removed and imported, each watch has every setting that it had; then there is nothing to change."""
    fill(world)
    before, text = settings(world), export(world)
    assert world.ask("watch import", file=text).title == "Nothing to change."
    for number in "123":
        world.ask("watch remove", watch=number)
    assert world.ask("watch import", file=text, apply="yes").title == "Imported: added 3 watches"
    assert settings(world) == before
    assert export(world) == text
    assert world.ask("watch import", file=text, apply="yes").title == "Nothing to change."


def test_an_import_shows_first_and_does_then(world: World) -> None:
    """Nothing is changed before it is confirmed; who confirms presses a button or types its number."""
    fill(world)
    text = export(world).replace('mode = "daily"', 'mode = "hourly"').replace('"venezuela"', '"colombia"')
    before = settings(world)
    shown = world.ask("watch import", file=text)
    assert shown.title == "Would add 1 watch and change 1 watch"
    assert settings(world) == before
    (action,) = shown.actions
    assert (action.label, action.command) == ("Import", "watch import")
    assert "daily at 06:30" in str(shown.blocks)
    assert "every hour" in str(shown.blocks)
    done = world.ask(action.command, **action.arguments)
    assert done.title == "Imported: added 1 watch and changed 1 watch"
    assert {row["topic"] for row in settings(world)} >= {"venezuela", "colombia"}
    changes = [line for line in world.ask("audit").data["changes"] if line["action"] == "watch import"]
    assert len(changes) == 2
    (undo,) = done.actions
    assert world.ask(undo.command, **undo.arguments).title == "Taken back: 2 watches"
    assert settings(world) == before


def test_what_a_text_does_not_name_stays(world: World) -> None:
    fill(world)
    before = settings(world)
    world.ask("watch import", file='[[watches]]\ntopic = "Venezuela"\norigins = 2\n', apply="yes")
    after = settings(world)
    assert after[0] == before[0] | {"n_origins": 2}
    assert after[1:] == before[1:]


def test_one_fault_and_nothing_is_done(world: World) -> None:
    """All faults at once, each with its line and the path of its key."""
    text = (
        '[[watches]]\ntopic = "cuba"\n\n[[watches]]\ntopic = "peru AND"\n[[watches]]\nlabels = ["nwe"]\norigins = 0\n'
        'colour = "red"\n[[watches]]\ntopic = "cuba"\n'
    )
    reply = world.ask("watch import", file=text, apply="yes")
    assert reply.failed
    faults = {(fault["path"], fault["line"]) for fault in reply.data["faults"]}
    assert faults == {
        ("watches[1]", 5),
        ("watches[2].labels", 7),
        ("watches[2].origins", 8),
        ("watches[2].colour", 9),
        ("watches[2].topic", 6),
        ("watches[3]", 11),
    }
    assert settings(world) == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("x" * (MOST_BYTES + 1), "64 KiB"),
        ("[[watches]\n", "line 1"),
        ("watches = 3", "[[watches]]"),
        ("", "The text is empty"),
        (" \n", "The text is empty"),
        ("# nothing\n", "there are none"),
        ("a = " + "[" * 4_000, "TOML|nested"),
        ("a = " + "9" * 4_000, "TOML|nothing but"),
        ("a" + ".a" * 32_000 + "=1", "line 1: is longer than 4096"),
        ("\n[a" + ".a" * 2_000 + "]\n" + "b=1\n" * 9, "line 2: has more than 200 dots"),
        ("a = '''\n" + "\u2028" * 5_000 + "'''", "line 2: is longer than 4096"),
        ("[[watches]]\ntopic = 'x'\nzone = 'Nowhere/At all'\n", "time zone"),
        ("[[watches]]\ntopic = 'x'\nmuted_until = 2026-03-01\n", "zone"),
        ("[[watches]]\ntopic = 'x'\nmuted_until = 0001-01-01T00:00:00+14:00\n", "dates go"),
        ("[[watches]]\ntopic = 'x'\n" * 501, "500"),
    ],
)
def test_hostile_texts_are_refused_in_words(text: str, said: str) -> None:
    reading = read_watches(text)
    assert reading.faults
    assert any(part in str(reading.faults[0]) for part in said.split("|")), str(reading.faults[0])


def test_a_fault_of_the_topic_is_told_beside_others(world: World) -> None:
    """Whoever mends what is told is not told of more the next time."""
    text = (
        '[[watches]]\ntopic = "peru (oil OR"\nlabels = ["nwe"]\nchannel = "nowhere"\n'
        '[[watches]]\ntopic = "cuba"\norigins = 0\n[[watches]]\ntopic = "chile)"\nchannel = "nowhere"\n'
    )
    faults = world.ask("watch import", file=text, apply="yes").data["faults"]
    assert [(fault["path"], fault["line"]) for fault in faults] == [
        ("watches[0]", 2),
        ("watches[0]", 2),
        ("watches[0].labels", 3),
        ("watches[1].origins", 7),
        ("watches[2]", 9),
        ("watches[2]", 9),
    ]
    assert "at “(oil OR”" in faults[1]["reason"]


def test_taking_an_import_back_takes_back_what_waits_for_it(world: World) -> None:
    """As ending the watch does: nobody hears of what was never to be watched."""
    text = '[[watches]]\ntopic = "norway"\nmode = "daily"\n'
    done = world.ask("watch import", file=text, apply="yes")
    words = "A tanker ran aground off Norway on Sunday with 40 people aboard, the coast guard said."
    ingest_article(make_article(1, "Tanker aground", words), world.ports, alerts=True)
    with world.store.read() as tx:
        assert len(tx.outbox.list_waiting("terminal:local")) == 1
    assert world.ask("watch import", undo=done.data["undo"]).data["undone"] == 1
    with world.store.read() as tx:
        assert tx.outbox.list_waiting("terminal:local") == []
        assert tx.outbox.get(1).error == "watch 1 was ended"


def test_nobody_waits_for_a_text_that_is_read(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """The writer's lock is taken only for what there is to write."""
    fill(world)
    text = export(world)

    def refuse(_: SqlStore) -> None:
        raise AssertionError

    monkeypatch.setattr(SqlStore, "write", refuse)
    assert world.ask("watch import", file=text, apply="yes").title == "Nothing to change."
    assert world.ask("watch import", file="[[watches]]\n", apply="yes").title.startswith(
        "Nothing was imported: 1 fault"
    )


def test_what_was_changed_since_is_not_taken_back(world: World) -> None:
    """An undo touches only what is still as the import left it, names the rest, and does nothing a second time."""
    fill(world)
    before = settings(world)
    text = export(world).replace("origins = 1", "origins = 2") + '[[watches]]\ntopic = "cuba"\n'
    text += '[[watches]]\ntopic = "peru"\n'
    (undo,) = world.ask("watch import", file=text, apply="yes").actions
    world.ask("watch edit", watch="1", origins=5)
    world.ask("watch edit", watch="4", origins=4)
    taken = world.ask(undo.command, **undo.arguments)
    assert taken.title == "Taken back: 2 watches"
    assert taken.data == {"undone": 2, "left": 2}
    assert str(taken.blocks).count("changed since, left as it is") == 2
    now = settings(world)
    assert [row["n_origins"] for row in now] == [5, 3, 1, 4]
    assert now[1:3] == before[1:]
    world.ask("watch edit", watch="3", origins=7)
    now, n_changes = settings(world), len(world.ask("audit").data["changes"])
    again = world.ask(undo.command, **undo.arguments)
    assert (again.title, again.data["undone"]) == ("Nothing was taken back.", 0)
    assert settings(world) == now
    assert len(world.ask("audit").data["changes"]) == n_changes


@pytest.mark.parametrize(
    ("before", "after", "actions"),
    [
        ("", "paused = true", ["watch pause"]),
        ("", "muted_until = 2026-03-16T12:00:00Z", ["watch mute"]),
        ("", "muted_until = 2026-03-14T12:00:00Z", ["watch import"]),
        ("", "paused = true\norigins = 2", ["watch pause", "watch import"]),
        ("watch pause", "paused = false", ["watch resume"]),
        ("watch pause", "muted_until = 2026-03-16T12:00:00Z", ["watch import"]),
        ("watch pause", "paused = false\nmuted_until = 2026-03-16T12:00:00Z", ["watch resume", "watch mute"]),
        ("watch mute", "muted_until = 'off'", ["watch resume"]),
        ("watch mute", "muted_until = 2026-03-16T12:00:00Z", ["watch resume", "watch mute"]),
        ("watch mute", "origins = 2", ["watch import"]),
    ],
)
def test_an_import_is_logged_as_if_it_was_typed(world: World, before: str, after: str, actions: list[str]) -> None:
    """Pauses, mutes and what ends them stand in the log as the commands write them, so that replays know of them."""
    add(world, "venezuela")
    if before:
        world.ask(before, watch="1", **({"time": "2h"} if before == "watch mute" else {}))
    n_before = len(world.ask("audit").data["changes"])
    text = f'[[watches]]\ntopic = "venezuela"\n{after}\n'
    assert not world.ask("watch import", file=text, apply="yes").failed
    changes = world.ask("audit").data["changes"]
    lines = changes[: len(changes) - n_before][::-1]
    assert [line["action"] for line in lines] == actions
    assert all(line["subject"] == "venezuela (watch 1)" for line in lines if line["action"] != "watch import")


@given(st.text(max_size=300))
def test_any_text_gives_watches_or_faults(text: str) -> None:
    reading = read_watches("[[watches]]\ntopic = 'x'\n" + text)
    assert reading.entries or reading.faults


def test_a_pasted_text_may_stand_in_a_code_block() -> None:
    assert len(read_watches("```toml\n[[watches]]\ntopic = 'x'\n```").entries) == 1


def test_nobody_imports_into_another_place(world: World) -> None:
    """Rights are those of editing: channels of the own place, for who manages it."""
    text = '[[watches]]\nchannel = "discord:9/9"\ntopic = "cuba"\n'
    assert world.ask_as(Access.MANAGE, "watch import", channel=DESK, file=text, apply="yes").failed
    own = f'[[watches]]\nchannel = "{OTHER}"\ntopic = "cuba"\n'
    assert world.ask_as(Access.EDIT, "watch import", channel=DESK, file=own).failed
    shown = world.ask_as(Access.MANAGE, "watch import", channel=DESK, file=own)
    plan = shown.data["plan"]
    assert world.ask_as(Access.MANAGE, "watch import", channel="discord:9/9", plan=plan).failed, "not theirs to read"
    assert not world.ask_as(Access.MANAGE, "watch import", channel=DESK, plan=plan).failed
    assert [row["channel"] for row in settings(world)] == [OTHER]
    undo = world.ask_as(Access.MANAGE, "watch import", channel="discord:9/9", undo=int(plan) + 1)
    assert undo.failed


def test_an_export_holds_what_is_the_askers(world: World) -> None:
    add(world, "cuba", channel=DESK)
    add(world, "peru", channel=OTHER)
    add(world, "chile", channel="discord:9/9")
    ask = world.ask_as
    assert "channel" not in str(ask(Access.MANAGE, "watch export", channel=DESK).data["toml"]), "fits any channel"
    place = ask(Access.MANAGE, "watch export", channel=DESK, scope="place").data["watches"]
    assert [row["topic"] for row in place] == ["cuba", "peru"]
    assert ask(Access.MANAGE, "watch export", channel=DESK, scope="all").failed
    assert len(ask(Access.OPERATE, "watch export", channel=DESK, scope="all").data["watches"]) == 3


def test_the_file_of_an_export(world: World) -> None:
    fill(world)
    reply = world.ask("watch export")
    assert FORMATS["toml"].render(reply, START).decode() == reply.data["toml"]
    assert FORMATS["toml"].file_name(reply) == "watches.toml"


def test_the_machine_reads_files_and_says_why_not(tmp_path: Path) -> None:
    """Only at the machine: a chat that names a file of it gets the name taken for the text."""
    (tmp_path / "good.toml").write_text("[[watches]]\n", encoding="utf-8")
    (tmp_path / "bytes").write_bytes(b"\xff\xfe\x00")
    (tmp_path / "large").write_bytes(b"x" * (MOST_BYTES + 1))
    good = read_files("watch import", {"file": str(tmp_path / "good.toml"), "plan": None}, may_pipe=False)
    assert good["file"] == "[[watches]]\n"
    for name, said in (("bytes", "UTF-8"), ("large", "64 KiB"), ("none", "No such file"), ("", "directory")):
        with pytest.raises(QueryError, match=said) as refused:
            read_files("watch import", {"file": str(tmp_path / name)}, may_pipe=False)
        assert answer_error(refused.value).title.startswith(f"“{tmp_path / name}”"), "as it was typed"
    assert read_files("timeline", {"topic": "cuba"}, may_pipe=False) == {"topic": "cuba"}


def test_a_chat_cannot_name_a_file_of_the_machine(world: World, tmp_path: Path) -> None:
    path = tmp_path / "watches.toml"
    path.write_text('[[watches]]\ntopic = "cuba"\n', encoding="utf-8")
    assert world.ask_as(Access.MANAGE, "watch import", channel=DESK, file=str(path), apply="yes").failed
    assert settings(world) == []


class Attached:
    """A file attached on Discord, as much of it as is asked for."""

    filename = "watches.toml"

    def __init__(self, data: bytes, size: int | None = None) -> None:
        self._data = data
        self.size = len(data) if size is None else size
        self.n_reads = 0

    async def read(self) -> bytes:
        self.n_reads += 1
        return self._data


def test_an_attached_file_is_its_text_and_a_large_one_is_not_fetched() -> None:
    import asyncio  # noqa: PLC0415 - used here only

    from bot.platforms.discord.attachments import read_text  # noqa: PLC0415 - the same

    def read(file: Attached) -> str:
        return asyncio.run(read_text(file))  # type: ignore[arg-type]  # enough of an attachment

    assert read(Attached(b"\xef\xbb\xbf[[watches]]")) == "[[watches]]"
    with pytest.raises(QueryError, match="UTF-8"):
        read(Attached(b"\xff\xfe\x00"))
    large = Attached(b"", size=MOST_BYTES + 1)
    with pytest.raises(QueryError, match="64 KiB"):
        read(large)
    assert large.n_reads == 0


def test_a_chat_opens_a_field_of_many_lines_for_the_text(world: World) -> None:
    """Where nothing was attached, the answer has a button; what is pasted is imported as typed, line by line."""
    from bot.platforms.controls import Kind, control_of  # noqa: PLC0415 - used here only
    from bot.platforms.slack.forms import make_form, read_form  # noqa: PLC0415 - the same

    reply = world.ask_as(Access.MANAGE, "watch import", channel=DESK)
    (action,) = reply.actions
    control = control_of(action)
    assert control is not None
    assert control.kind is Kind.FORM
    view = make_form(control, "C1", label=action.label, hint=action.hint)
    assert view["blocks"][0]["element"]["multiline"]
    text = '[[watches]]\ntopic = "cuba"\n'
    values = read_form({"state": {"values": {"file": {"value": {"value": text}}}}})
    shown = world.ask_as(Access.MANAGE, "watch import", channel=DESK, **values)
    assert shown.title == "Would add 1 watch"
