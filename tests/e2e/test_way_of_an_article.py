"""The whole way of an article through the real program: feed, store, label, alert, answer, and a power cut."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.e2e.newsroom import ROOT, House, Item, Outlet, running, serving, write_config
from tests.new_stores import put_seeded_store
from tests.patience import PATIENCE_S

pytestmark = pytest.mark.e2e

NOW = datetime.now(UTC)
TODAY = f"{NOW - timedelta(minutes=3):%A}"
ALERT = r"\b(NEW|UPDATE|REVISED|DISPUTED)\b"

OLD_NEWS = Item(
    guid="gazette-1",
    link="https://gazette.example/politics/budget-vote",
    title="Venezuelan lawmakers put off vote on the budget",
    text="Venezuela's National Assembly put off a vote on next year's budget on Thursday, its speaker said in Caracas.",
    published_at=NOW - timedelta(days=2),
)
COLLAPSE = Item(
    guid="gazette-2",
    link="https://gazette.example/world/bridge-maracaibo",
    title="At least 12 dead as road bridge collapses in Venezuela",
    text=(
        f"At least 12 people were killed when a road bridge collapsed in Maracaibo, Venezuela, on {TODAY}, "
        "rescue workers said. "
        "Two buses fell into the lake below the bridge. Firefighters searched the water with boats and divers. "
        "The governor of Zulia state ordered three days of mourning."
    ),
    published_at=NOW - timedelta(minutes=3),
)
REISSUED = Item(
    guid="gazette-2-reissued",
    link="http://www.gazette.example/world/bridge-maracaibo/?utm_source=rss&utm_medium=feed",
    title=COLLAPSE.title + " - live",
    text=COLLAPSE.text,
    published_at=NOW - timedelta(minutes=2),
)
WIRE_COPY = Item(
    guid="herald-77",
    link="https://herald.example/2026/bridge",
    title="Bridge collapse in Venezuela kills at least 12",
    text=COLLAPSE.text,
    published_at=NOW - timedelta(minutes=2),
)
HIGHER_TOLL = Item(
    guid="herald-78",
    link="https://herald.example/2026/bridge-toll",
    title="Death toll of Maracaibo bridge collapse rises to 20",
    text=(
        f"The number of people killed in the collapse of a road bridge in Maracaibo, Venezuela, on {TODAY} "
        "has risen to 20, rescue workers said. Divers recovered eight more bodies from the two buses in the lake."
    ),
    published_at=NOW - timedelta(minutes=1),
)
AFTER_THE_CUT = Item(
    guid="gazette-3",
    link="https://gazette.example/world/colombia-border",
    title="Colombia reopens border crossing to Venezuela",
    text=(
        f"Colombia reopened the border crossing of Paraguachon to Venezuela on {TODAY} after 40 days, "
        "its foreign ministry said in Bogota. About 600 trucks waited on the Venezuelan side."
    ),
    published_at=NOW - timedelta(minutes=1),
)


def test_from_feed_to_alert_and_timeline(tmp_path: Path) -> None:
    """First sight is silent; new is told once; copies are not; a changed figure is told with the old one."""
    gazette, herald = Outlet("Gazette", [OLD_NEWS]), Outlet("Herald")
    with serving(gazette, herald):
        config = write_config(tmp_path, gazette, herald)
        with running(config) as bot:
            gazette.wait_for_polls(2)
            herald.wait_for_polls(2)
            gazette.publish(COLLAPSE)
            told = bot.wait_for(r"\bNEW\b")
            assert "bridge collapses" in " ".join(told + bot.lines)
            assert bot.count(r"budget") == 0, "first sight must be silent"

            bot.say("/timeline venezuela")
            bot.wait_for(r"23 March 2019")

            gazette.publish(REISSUED)
            herald.publish(WIRE_COPY)
            gazette.wait_for_polls(3)
            herald.wait_for_polls(3)
            herald.publish(HIGHER_TOLL)
            bot.wait_for(r"\bUPDATE\b")
            bot.say("/help timeline")
            bot.wait_for(r"timeline")
            assert bot.finish() == 0
        said = "\n".join(bot.lines)
        assert bot.count(r"^\W*NEW\b") == 1, said
        assert bot.count(r"^\W*(UPDATE|REVISED|DISPUTED)\b") == 1, said
        update = said[re.search(r"^\W*UPDATE\b", said, re.MULTILINE).start() :]  # type: ignore[union-attr]  # counted above
        assert "12" in update, update
        assert "20" in update, update


def test_a_power_cut_loses_nothing_and_repeats_nothing(tmp_path: Path) -> None:
    """Kill -9 while an article is on its way; after the restart it is told exactly once, and old news never again."""
    gazette = Outlet("Gazette", [OLD_NEWS])
    put_seeded_store(tmp_path / "wirewatch.db")
    with serving(gazette):
        config = write_config(tmp_path, gazette)
        with running(config) as bot:
            gazette.wait_for_polls(2)
            gazette.publish(COLLAPSE)
            bot.wait_for(r"\bNEW\b")
            while not House(tmp_path).count_alerts("state = 'sent'"):  # what was told is noted a moment later
                gazette.wait_for_polls(1)
            gazette.publish(AFTER_THE_CUT)
            gazette.wait_for_polls(1)
            bot.kill()
        before = bot.count(r"reopens border")
        with running(config) as again:
            if not before:
                again.wait_for(r"reopens border")
            gazette.wait_for_polls(2)
            again.say("/status")
            again.wait_for(r"(?i)status")
            assert again.finish() == 0
        told = before + again.count(r"reopens border")
        assert told == 1 or again.count(r"(?i)possibly repeated") == 1
        assert again.count(r"bridge collapses") == 0


def wirewatch(config: Path, *words: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-P", "-m", "bot", *words],
        input=stdin,
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=config.parent,
        env={
            "PYTHONPATH": str(ROOT),
            "WIREWATCH_CONFIG": str(config),
            "PATH": "/usr/bin:/bin",
            "HOME": str(config.parent),
        },
        timeout=PATIENCE_S,
        check=False,
    )


def test_timeline_of_the_seeds_alone(tmp_path: Path) -> None:
    """A minute after cloning: a dated, sourced history of Venezuela, in order, planned events marked."""
    config = write_config(tmp_path)
    done = wirewatch(config, "timeline", "venezuela", "--format", "json")
    assert done.returncode == 0, done.stderr
    timeline = json.loads(done.stdout)
    entries = timeline["entries"]
    assert len(entries) >= 18
    starts = [entry["from"] for entry in entries]
    assert starts == sorted(starts)
    assert starts[0][:7] <= "2018-12"
    assert starts[-1][:7] in {"2025-10", "2025-11"}
    assert all(report["outlet"] and report["quote"] for entry in entries for report in entry["reports"])
    assert all(entry["reports"] for entry in entries)
    planned = [entry for entry in entries if entry["from"] == entry["to"] == "2019-04-03"]
    assert {entry["modality"] for entry in planned} == {"planned"}
    landing = [entry for entry in entries if entry["from"] == "2019-03-23" and "land" in entry["title"].lower()]
    assert landing


def test_seeding_again_changes_nothing(tmp_path: Path) -> None:
    config = write_config(tmp_path)
    first = wirewatch(config, "seed", str(ROOT / "seeds"), "--format", "json")
    before = wirewatch(config, "timeline", "russia", "--format", "json").stdout
    again = wirewatch(config, "seed", str(ROOT / "seeds"), "--format", "json")
    assert first.returncode == again.returncode == 0, first.stderr + again.stderr
    assert json.loads(before)["entries"]
    assert wirewatch(config, "timeline", "russia", "--format", "json").stdout == before


def test_a_pipe_is_read_to_its_end(tmp_path: Path) -> None:
    put_seeded_store(tmp_path / "wirewatch.db")
    config = write_config(tmp_path)
    done = wirewatch(config, stdin="/timeline venezuela\n/help\n")
    assert done.returncode == 0, done.stderr
    assert "23 March 2019" in done.stdout
    assert "/timeline" in done.stdout
    assert "\x1b" not in done.stdout
