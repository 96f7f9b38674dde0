"""``wirewatch replay`` as it is typed: formats, mistakes, other settings, and Ctrl-C."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.programs import replay as program
from bot.programs.replay import make_plan
from news.errors import QueryError
from tests.store.command_line import Run

NOW = datetime(2025, 10, 24, 9, tzinfo=UTC)
RULES = '[[watches]]\nchannel = "terminal:local"\ntopic = "peru"\n'
ROWS = (
    {
        "id": "x1",
        "outlet": "Gazette",
        "title": "Blast in Lima",
        "text": "A blast hit a bus station in Lima, Peru, on Monday, killing 4 people, police said.",
        "published_at": "2026-03-10",
    },
    {
        "id": "x2",
        "outlet": "Herald",
        "title": "The dam that broke",
        "text": "The dam of Chira in Peru broke on 3 March 2014, and nine people drowned. A film tells of it now.",
        "published_at": "2026-03-10",
    },
)


@pytest.fixture
def run(run: Run, tmp_path: Path) -> Run:
    """Run the command line beside a store with two articles, of which one was posted."""
    (tmp_path / "config.toml").write_text(RULES, encoding="utf-8")
    (tmp_path / "rows.jsonl").write_text("\n".join(json.dumps(row) for row in ROWS), encoding="utf-8")
    assert run("ingest", "rows.jsonl", "--alerts").code == 0
    return run


def test_the_usual_rules_differ_in_nothing(run: Run) -> None:
    """Twice the same bytes, and no difference."""
    first, second = (run("replay", "--from", "2020-01-01") for _ in range(2))
    assert (first.code, first.out) == (second.code, second.out)
    assert first.code == 0
    assert first.out.startswith("No difference: 1 alert on 2 articles")


def test_other_settings_are_the_rules_and_name_no_store(run: Run, tmp_path: Path) -> None:
    """Settings that were written for the replay lie elsewhere and say nothing of the database."""
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "other.toml").write_text("[news]\nold_event_days = 36000\n" + RULES, encoding="utf-8")
    done = run("replay", "--config", "rules/other.toml", "--from", "2020-01-01", "--format", "json")
    assert done.code == 0, done.err
    data = json.loads(done.out)
    assert [(each["article"], each["changes"]) for each in data["differences"]] == [("a2", ["would be posted"])]
    assert data["differences"][0]["why_then"].startswith("OLD EVENT")
    assert data["notes"] == []
    hidden = run("replay", "--config", "rules/other.toml", "--from", "2020-01-01", "--limit", "0")
    assert "The first 0 are shown" in hidden.out
    other = run("replay", "--config", "rules/other.toml", "--from", "2020-01-01", "--channel", "terminal:other")
    assert other.out.startswith("No difference")


def test_what_never_arrived_is_told(run: Run, tmp_path: Path) -> None:
    """An alert that could not be sent counts as posted, and whoever compares must know."""
    with closing(sqlite3.connect(tmp_path / "var" / "wirewatch.db")) as connection, connection:
        connection.execute("UPDATE outbox SET state = 'failed'")
    done = run("replay", "--from", "2020-01-01", "--format", "json")
    assert done.code == 0, done.err
    assert json.loads(done.out)["notes"] == ["1 alert could not be sent then; they count as posted."]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--from", "2019", "--to", "2019-02"), "No article came in between"),
        (("--from", "soon"), "no date"),
        (("--from", "2026-03-10", "--to", "2026-03-01"), "swap them"),
        (("--from", "2020", "--limit", "many"), "--limit takes a whole number"),
        (("--from", "2020", "--config", "gone.toml"), "--config: there is no file gone.toml"),
        (("--from", "2020", "--config", "wrong.toml"), "news.old_days: no such key"),
    ],
)
def test_mistakes_are_told(run: Run, tmp_path: Path, words: tuple[str, ...], said: str) -> None:
    """Each says what is wrong and exits with 2."""
    (tmp_path / "wrong.toml").write_text("[news]\nold_days = 3\n", encoding="utf-8")
    done = run("replay", *words)
    assert done.code == 2, done
    assert said in done.err
    assert done.out == ""


def test_no_store_is_told(run: Run) -> None:
    done = run("replay", "--from", "2020", "--database", "gone.db")
    assert done.code == 1
    assert "there is no database" in done.err.lower()


def test_an_interrupted_replay_leaves_nothing(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C in the middle: exit code 130, the copies are gone, and the store is as it was."""
    room = tmp_path / "room"
    room.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(room))
    store = (tmp_path / "var" / "wirewatch.db").read_bytes()

    def interrupt(*_: object, **__: object) -> None:
        assert len(list(room.iterdir())) == 1
        raise KeyboardInterrupt

    monkeypatch.setattr(program, "replay", interrupt)
    done = run("replay", "--from", "2020")
    assert (done.code, done.out) == (130, "")
    assert list(room.iterdir()) == []
    assert (tmp_path / "var" / "wirewatch.db").read_bytes() == store


def test_days_are_whole_and_both_included() -> None:
    plan = make_plan("2025-10-20", "2025-10-22", now=NOW, tick_s=1.0)
    assert (plan.since, plan.until) == (datetime(2025, 10, 20, tzinfo=UTC), datetime(2025, 10, 23, tzinfo=UTC))
    assert make_plan("2025-10", None, now=NOW, tick_s=1.0).until == datetime(2025, 10, 25, tzinfo=UTC)
    with pytest.raises(QueryError, match="lies ahead"):
        make_plan("2025-10-25", "2025-10-26", now=NOW, tick_s=1.0)
    assert make_plan("today", "today", now=NOW, tick_s=1.0).until - NOW < timedelta(days=1)
