"""Tables of figures and the sections of the document that holds them."""

from __future__ import annotations

from pathlib import Path

from benchmarks.table import describe_setting, render_table, store_section


def test_a_table_is_aligned_and_escaped() -> None:
    lines = render_table(["a|b", "s"], [["x|y", 1.23456], ["z", 12345]]).splitlines()
    assert lines[1] == "| ---- | -----: |"
    assert lines[2] == "| x\\|y |   1.23 |"
    assert lines[3] == "| z    | 12,345 |"


def test_only_the_named_section_changes(tmp_path: Path) -> None:
    document = tmp_path / "docs" / "benchmarks.md"
    store_section("poll", "first", document=document)
    document.write_text(document.read_text() + "\nBy hand.\n")
    store_section("read", "other \\1", document=document)
    store_section("poll", "second", document=document)
    text = document.read_text()
    assert "first" not in text
    assert "<!-- poll -->\n\nsecond\n\n<!-- /poll -->" in text
    assert "By hand." in text
    assert "other \\1" in text


def test_the_setting_names_what_was_measured() -> None:
    assert "aiohttp 3" in describe_setting(["aiohttp", "no-such-package"])
