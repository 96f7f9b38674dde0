"""Titles of entries: the news of a long sentence, without what frames it, cut at no date and no name."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from news.timelines.titles import LONGEST, shorten

ROWS = tomllib.loads((Path(__file__).parent / "titles.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("row", ROWS["frames"])
def test_what_frames_a_sentence_gives_way_to_what_it_tells(row: dict[str, str]) -> None:
    assert len(row["sentence"]) > LONGEST
    assert shorten(row["sentence"]) == row["title"]


@pytest.mark.parametrize("row", ROWS["cuts"])
def test_a_cut_leaves_dates_and_names_whole_and_ends_with_no_little_word(row: dict[str, str]) -> None:
    assert shorten(row["sentence"]) == row["title"]


def test_a_sentence_that_fits_keeps_what_frames_it() -> None:
    short = "According to officials, Brenland is sending three frigates."
    assert shorten(short) == short
