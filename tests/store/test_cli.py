"""The command line: formats, exit codes and streams that others script against."""

from __future__ import annotations

import gzip
import io
import json
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.cli import collect_arguments, main, parse_words
from bot.programs.ingest import iter_lines
from bot.progress import Progress
from handlers.jobs import rows as row_formats
from news.errors import DocumentError
from tests.store.command_line import Done, Run

ROW = {
    "id": "x1",
    "outlet": "Gazette",
    "title": "Blast in Lima",
    "text": "A blast hit a bus station in Lima, Peru, on Monday, killing 4 people, police said.",
    "published_at": "2026-03-10",
}


def ingest(run: Run, *rows: object) -> Done:
    lines = b"\n".join(json.dumps(row).encode() for row in rows)
    return run("ingest", "-", "--format", "json", stdin=lines)


def test_json_goes_to_stdout_alone(run: Run) -> None:
    done = ingest(run, ROW, {**ROW, "id": "x2", "outlet": "Herald"})
    assert done.code == 0, done.err
    first, second = (json.loads(line) for line in done.out.splitlines())
    assert (first["id"], first["label"], first["duplicate_of"]) == ("x1", "NEW", None)
    assert (second["label"], second["duplicate_of"]) == ("REPRINT", "x1")
    answer = run("timeline", "peru", "--format", "json")
    assert answer.code == 0
    assert json.loads(answer.out)["entries"][0]["reports"][0]["article"] == "x1"
    assert answer.err == ""


def test_a_bad_row_is_named_and_fails_the_whole_without_stopping_it(run: Run) -> None:
    done = run("ingest", "-", "--format", "json", stdin=b"{bad\n" + json.dumps(ROW).encode())
    assert done.code == 1
    assert [json.loads(line)["label"] for line in done.out.splitlines()] == [None, "NEW"]
    assert "row 1: not JSON" in done.err


@pytest.mark.parametrize("content", [b"", b"\n \n"])
def test_ingest_says_that_a_file_holds_no_row(run: Run, tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_bytes(content)
    for done in (run("ingest", str(path)), run("ingest", "-", stdin=content)):
        assert (done.code, done.out) == (0, "")
        assert "holds no row" in done.err
    assert "holds no row" not in ingest(run, ROW).err


def test_ingest_reads_gzip_and_names_files_that_are_none(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl.gz"
    path.write_bytes(gzip.compress(json.dumps(ROW).encode()))
    assert "NEW" in run("ingest", str(path)).out
    path.write_bytes(gzip.compress(json.dumps(ROW).encode())[:-9])
    broken = run("ingest", str(path))
    assert broken.code == 2
    assert "gzip" in broken.err
    missing = run("ingest", str(tmp_path / "gone.jsonl"))
    assert missing.code == 2
    assert "gone.jsonl" in missing.err


def test_a_line_without_end_stays_out_of_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    """A gigabyte on one line is one bad row, and the next line is whole."""
    monkeypatch.setattr("bot.programs.ingest.LONGEST_ROW_BYTES", 10)
    monkeypatch.setattr(row_formats, "LONGEST_ROW_BYTES", 10)
    lines = list(iter_lines(io.BytesIO(b"x" * 100 + b"\nshort\n" + b"y" * 12 + b"\nend")))
    assert [len(line) > 10 for line in lines] == [True, False, True, False]
    assert lines[1] == b"short\n"
    with pytest.raises(DocumentError, match="longer"):
        row_formats.parse_row(lines[0], clean_html=str, now=datetime.now(UTC))


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("timeline",), 2),
        (("timeline", "peru", "--from", "soon"), 2),
        (("timeline", "peru", "--format", "yaml"), 2),
        (("dance",), 2),
        (("timeline", "zzyzx"), 1),
        (("story", "s99"), 1),
        (("feeds", "add", "nonsense"), 2),
        (("feeds",), 0),
        (("feeds", "list"), 0),
        (("feed",), 0),
        (("feed", "list"), 0),
        (("feed", "dance"), 2),
        (("mark",), 2),
        (("watch",), 0),
        (("status",), 0),
        (("help",), 0),
        (("help", "dance"), 2),
        (("--config", "gone.toml", "status"), 2),
        (("seed", "gone.md"), 1),
        (("inspect", "gone.txt"), 2),
        (("inspect", "--published", "soon"), 2),
    ],
)
def test_exit_codes(run: Run, words: tuple[str, ...], code: int) -> None:
    """0 done, 1 failed, 2 wrong use."""
    done = run(*words)
    assert done.code == code, done.err
    if code:
        assert done.err
        assert "Traceback" not in done.err


@pytest.mark.parametrize(
    ("words", "offer"),
    [
        (("timline", "venezuela"), "Did you mean timeline?"),
        (("wach",), "Did you mean watch or watches?"),
        (("feed", "ad", "https://a.example/"), "Did you mean add?"),
        (("timeline", "peru", "--format", "jsn"), "Did you mean json?"),
        (("timeline", "peru", "--format", "md"), "Did you mean markdown?"),
        (("timeline", "peru", "--format", "MD"), "Did you mean markdown?"),
        (("zzz",), "'zzz' is not known here. `wirewatch --help`"),
    ],
)
def test_a_mistyped_word_is_answered_with_the_nearest(run: Run, words: tuple[str, ...], offer: str) -> None:
    done = run(*words)
    assert done.code == 2
    assert offer in done.err
    assert "choose from" not in done.err


def test_what_failed_is_told_to_programs_as_json(run: Run) -> None:
    done = run("timeline", "zzyzx", "--format", "json")
    assert done.code == 1
    assert json.loads(done.out)["entries"] == []


def test_a_broken_config_is_told_whole(run: Run, tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text("[poll]\ntick_s = 0\nspeed = 3\n", encoding="utf-8")
    done = run("status")
    assert done.code == 2
    assert "poll.tick_s" in done.err
    assert "poll.speed" in done.err
    doctor = run("doctor", "--format", "json")
    assert doctor.code == 1
    assert [check["ok"] for check in json.loads(doctor.out)["checks"]] == [False, False]


def test_global_options_stand_before_or_after_the_word(run: Run, tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'other.db'}"
    before = run("--database", url, "watch", "add", "peru")
    after = run("watch", "list", "--database", url, "--format", "json")
    assert (before.code, after.code) == (0, 0)
    assert [watch["topic"] for watch in json.loads(after.out)["watches"]] == ["peru"]
    assert json.loads(run("watch", "list", "--format", "json").out)["watches"] == []


def test_a_relative_database_is_relative_to_where_it_was_said(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In config.toml to the file, on the command line to the working folder."""
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    run("status", "--config", str(tmp_path / "config.toml"), "--database", "sqlite:///mine.db")
    assert (tmp_path / "here" / "mine.db").exists()
    facts = json.loads(run("status", "--config", str(tmp_path / "config.toml"), "--format", "json").out)
    assert facts["store"]["path"] == str(tmp_path / "var" / "wirewatch.db")


@pytest.mark.parametrize("word", ["status", "ingest", "doctor"])
def test_a_database_in_a_folder_that_is_not_there_is_a_slip(run: Run, tmp_path: Path, word: str) -> None:
    """What was mistyped makes no folders and no empty store; the folder that the settings name is made."""
    rows = tmp_path / "rows.jsonl"
    rows.write_text(json.dumps(ROW), encoding="utf-8")
    done = run(word, *([str(rows)] if word == "ingest" else []), "--database", f"sqlite:///{tmp_path}/no/such/x.db")
    assert done.code == 1
    assert f"{tmp_path}/no/such of --database does not exist" in " ".join((done.out + done.err).split())
    assert not (tmp_path / "no").exists()
    beside = run("status", "--database", f"{rows}/x.db")
    assert "rows.jsonl of --database is no folder" in " ".join(beside.err.split())
    (tmp_path / "config.toml").write_text('[storage]\ndatabase = "sqlite:///own/store/x.db"\n', encoding="utf-8")
    assert run("status").code == 0
    assert (tmp_path / "own" / "store" / "x.db").exists()


@pytest.mark.parametrize(
    ("words", "arguments"),
    [
        (("timeline", "russia", "venezuela"), {"topic": "russia venezuela"}),
        (("timeline", "russia", "2018", "2019-03"), {"topic": "russia", "from": "2018", "to": "2019-03"}),
        (("timeline", "russia venezuela", "--per-date", "2"), {"topic": "russia venezuela", "per_date": "2"}),
        (("ask", "who", "led", "it?", "--as-of", "2019"), {"question": "who led it?", "as_of": "2019"}),
        (("ask", "--", "--what", "is", "that?"), {"question": "--what is that?"}),
        (("brief", "cuba", "24h"), {"topic": "cuba", "since": "24h"}),
        (("feed", "add", "http://a.eu", "--outlet", "The Post"), {"url": "http://a.eu", "outlet": "The Post"}),
        (("feeds", "add", "http://a.eu", "--outlet", "The Post"), {"url": "http://a.eu", "outlet": "The Post"}),
        (("--database", "feeds", "feeds", "add", "http://a.eu"), {"url": "http://a.eu"}),
        (("watch", "add", "peru", "--ping", "12"), {"topic": "peru", "ping": "12"}),
        (("help", "feeds", "add"), {"command": "feeds add"}),
        (("--format", "json", "timeline", "cuba"), {"topic": "cuba"}),
        (("--from", "2019", "--format=json", "timeline", "cuba"), {"topic": "cuba", "from": "2019"}),
        (("timeline", "--from", "2019", "cuba", "--to", "2020"), {"topic": "cuba", "from": "2019", "to": "2020"}),
        (("watch", "--at", "08:00", "add", "cuba"), {"topic": "cuba", "at": "08:00"}),
        (("--at", "08:00", "watch", "add", "cuba"), {"topic": "cuba", "at": "08:00"}),
        (("feeds", "--outlet", "The Post", "add", "http://a.eu"), {"url": "http://a.eu", "outlet": "The Post"}),
        (("ask", "--", "--format", "json"), {"question": "--format json"}),
        (("--as-of", "2019", "ask", "who", "led"), {"question": "who led", "as_of": "2019"}),
    ],
)  # fmt: skip
def test_words_are_shared_out_as_in_the_terminal(words: tuple[str, ...], arguments: dict[str, str]) -> None:
    assert collect_arguments(parse_words(words)) == arguments


@pytest.mark.parametrize(
    ("words", "path"),
    [
        (("feeds",), "feeds"),
        (("feeds", "list"), "feeds"),
        (("feed",), "feeds"),
        (("feeds", "add", "http://a.eu"), "feed add"),
        (("feeds", "remove", "3"), "feed remove"),
        (("feed", "pause", "3"), "feed pause"),
        (("watch",), "watch list"),
        (("--config=x.toml", "feeds", "preview", "3"), "feed preview"),
        (("help", "feeds", "add"), "help"),
        (("--format", "json", "status"), "status"),
        (("--all", "poll", "--once"), "poll"),
        (("--no-input", "run"), "run"),
        (("--alerts", "ingest", "-"), "ingest"),
        (("--format", "json", "watch"), "watch list"),
    ],
)
def test_other_names_of_commands(words: tuple[str, ...], path: str) -> None:
    assert parse_words(words).path == path


@pytest.mark.parametrize("words", [("--colour", "red", "timeline", "cuba"), ("--format", "json"), ("--from", "2019")])
def test_options_of_no_word_are_refused(words: tuple[str, ...]) -> None:
    """Nothing is guessed from an option that no command has, nor where no command is named."""
    with pytest.raises(SystemExit) as ended:
        parse_words(words)
    assert ended.value.code == 2


def test_a_missing_word_is_named(run: Run) -> None:
    done = run("mark")
    assert done.code == 2
    assert "mark needs one more word: known, irrelevant" in done.err


class Terminal(io.TextIOWrapper):
    """A screen: a stream that says so."""

    def isatty(self) -> bool:
        return True


def test_pictures_are_bytes_and_not_for_terminals(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    ingest(run, ROW)
    pipe = io.BytesIO()
    with monkeypatch.context() as patched:
        patched.setattr("sys.stdout", io.TextIOWrapper(pipe))
        assert main(["timeline", "peru", "--format", "png"]) == 0
        assert pipe.getvalue().startswith(b"\x89PNG")
        screen = io.BytesIO()
        patched.setattr("sys.stdout", Terminal(screen))
        done = run("timeline", "peru", "--format", "png")
        assert done.code == 2
        assert "> timeline-peru.png" in done.err
        assert screen.getvalue() == b""


@pytest.mark.parametrize(
    ("words", "start"),
    [
        (("--output", "x.png"), b"\x89PNG"),
        (("--output", "x.html"), b"<!doctype html>"),
        (("--output", "X.SVG"), b"<?xml"),
        (("--output", "x.dark.png"), b"\x89PNG"),
        (("--output", "x.ics"), b"BEGIN:VCALENDAR"),
        (("--output", "x.png", "--format", "json"), b"{"),
        (("--output", "x.what", "--format", "text"), b"peru: 1 entry"),
        (("--output", "x.txt"), b"peru: 1 entry"),
    ],
)
def test_output_goes_to_a_file(run: Run, tmp_path: Path, words: tuple[str, ...], start: bytes) -> None:
    """The ending says the format unless --format does."""
    ingest(run, ROW)
    done = run("timeline", "peru", *words)
    assert (done.code, done.out, done.err) == (0, "", "")
    assert (tmp_path / words[1]).read_bytes().startswith(start)
    assert list(tmp_path.glob(".*.part")) == []


@pytest.mark.parametrize("name", ["x.exe", "x", "x.", "x.pdf", "x.html.bak"])
def test_an_ending_that_says_nothing_is_refused_with_those_that_do(run: Run, tmp_path: Path, name: str) -> None:
    ingest(run, ROW)
    done = run("timeline", "peru", "--output", str(tmp_path / name))
    assert (done.code, done.out) == (2, "")
    assert ".txt, .json, .csv" in done.err
    assert not (tmp_path / name).exists()


def test_a_file_that_was_there_is_not_replaced_silently(run: Run, tmp_path: Path) -> None:
    ingest(run, ROW)
    place = tmp_path / "x.csv"
    assert run("timeline", "peru", "--output", str(place)).err == ""
    assert run("timeline", "peru", "--output", str(place)).err == f"{place} was there and is replaced.\n"


def test_a_file_is_written_whole_or_not_at_all(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was there stays where the answer failed, or the disk did."""
    ingest(run, ROW)
    kept = tmp_path / "kept.csv"
    kept.write_text("old")
    kept.chmod(0o640)
    failed = run("timeline", "zzyzx", "--output", str(kept))
    assert (failed.code, kept.read_text()) == (1, "old")
    missing = run("timeline", "peru", "--output", str(tmp_path / "gone" / "x.csv"))
    assert missing.code == 1
    assert "x.csv cannot be written: No such file" in missing.err

    def fill_up(*_arguments: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr("pathlib.Path.replace", fill_up)
        full = run("timeline", "peru", "--output", str(kept))
        assert (full.code, kept.read_text()) == (1, "old")
        assert "No space left" in full.err
    assert list(tmp_path.glob(".*.part")) == []
    (tmp_path / "link.csv").symlink_to(kept)
    assert run("timeline", "peru", "--output", str(tmp_path / "link.csv")).code == 0
    assert (tmp_path / "link.csv").is_symlink()
    assert kept.read_text().startswith("from,to")
    assert kept.stat().st_mode & 0o777 == 0o640


def test_timeline_exports(run: Run) -> None:
    ingest(run, ROW)
    assert run("timeline", "peru", "--format", "html").out.startswith("<!doctype html>")
    assert run("timeline", "peru", "--format", "svg").out.startswith("<?xml")
    assert run("timeline", "peru", "--format", "csv").out.startswith("from,to,precision,modality,title")
    assert run("timeline", "peru", "--format", "markdown").out.startswith("# peru")


def test_seeding_by_hand_names_bad_files(run: Run, tmp_path: Path) -> None:
    good, bad = tmp_path / "good.txt", tmp_path / "bad.md"
    good.write_text(f"{ROW['title']}\n\n{ROW['text']} " + "Police closed the roads around the station for hours. " * 3)
    bad.write_text('+++\ntitle = "open\n+++\nx')
    done = run("seed", str(good), str(bad), "--format", "json")
    assert done.code == 1
    data = json.loads(done.out)
    assert (data["n_added"], len(data["failures"])) == (1, 1)
    assert data["failures"][0]["file"] == str(bad)


def test_an_empty_store_is_seeded_by_whatever_comes_first(run: Run, tmp_path: Path) -> None:
    """A stranger's first command already has the record; the second does not read the seeds again."""
    (tmp_path / "seeds").mkdir()
    text = f'+++\ntitle = "Blast"\noutlet = "Gazette"\npublished = 2026-03-10\n+++\n\n{ROW["text"]}\n'
    (tmp_path / "seeds" / "one.md").write_text(text)
    (tmp_path / "config.toml").write_text('[seeds]\npaths = ["seeds"]\n')
    first = run("timeline", "peru", "--format", "json")
    assert first.code == 0, first.err
    assert json.loads(first.out)["entries"]
    (tmp_path / "seeds" / "two.md").write_text("+++\nbroken")
    again = run("timeline", "peru", "--format", "json")
    assert (again.out, again.err) == (first.out, "")


def test_seeds_that_are_not_there_are_refused_while_the_store_is_empty(run: Run, tmp_path: Path) -> None:
    """Later nobody needs them any more."""
    (tmp_path / "config.toml").write_text('[seeds]\npaths = ["seeds"]\n')
    refused = run("timeline", "peru")
    assert (refused.code, refused.out) == (2, "")
    assert refused.err.startswith("seeds.paths[0]: there is no file or folder ")
    (tmp_path / "seeds").mkdir()
    assert run("feeds").code == 0
    (tmp_path / "seeds").rmdir()
    assert run("feeds").code == 0


def test_inspect_counts_in_characters_of_the_given_text(run: Run) -> None:
    text = "Ñandú — two planes landed in Caracas on Saturday.\r\n"
    done = run("inspect", "--published", "2019-03-25", "--format", "json", stdin=text.encode())
    assert done.code == 0, done.err
    found = json.loads(done.out)
    assert set(found) == {"language", "dates", "entities", "events"}
    for item in (*found["dates"], *found["entities"]):
        assert text[item["start"] : item["end"]] == item["text"]
    (saturday,) = found["dates"]
    assert (saturday["type"], saturday["value"], saturday["from"]) == ("DATE", "2019-03-23", "2019-03-23")
    assert "Caracas" in {entity["name"] for entity in found["entities"]}


def test_doctor_says_what_to_do(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISCORD_TOKEN", "x")
    done = run("doctor", "--format", "json")
    assert done.code == 0
    checks = {check["name"]: check for check in json.loads(done.out)["checks"]}
    assert checks["database"]["ok"]
    assert "Discord" in checks["tokens"]["detail"]
    assert checks["feeds"]["advice"]


def test_an_error_of_the_program_is_an_incident(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """No traceback on the screen: an id, and the whole of it in the log."""

    def fail(_call: object) -> int:
        raise ZeroDivisionError("inside")

    monkeypatch.setattr("bot.programs.seed.run", fail)
    done = run("seed", ".", "--format", "json")
    assert done.code == 1
    incident = json.loads(done.out)["incident"]
    assert incident in done.err
    assert "ZeroDivisionError" in done.err


def test_interruption_and_a_closed_pipe_are_quiet(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(_call: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr("bot.programs.seed.run", interrupt)
    done = run("seed", ".")
    assert (done.code, done.err) == (130, "Interrupted.\n")


def test_progress_is_plain_where_nobody_looks() -> None:
    stream = io.StringIO()
    with Progress("Loading", 2, stream=stream) as progress:
        progress.advance("one\x1b[2J")
        progress.advance("two")
        progress.say("row 2: \x1b]0;bad\x07")
    assert "\x1b" not in stream.getvalue()
    assert re.search(r"Loading 2 of 2 \(", stream.getvalue())


def test_doctor_sees_tokens_in_each_others_place(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xapp-1")
    monkeypatch.setenv("SLACK_APP_TOKEN", "xoxb-1")
    monkeypatch.setenv("WIREWATCH_SLACK_API", "slack.example")
    details = [check["detail"] for check in json.loads(run("doctor", "--format", "json").out)["checks"]]
    assert sum("swapped" in detail for detail in details) == 2
    assert any("slack.example" in detail for detail in details)
