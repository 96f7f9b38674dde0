"""Titles of entries: the news of a long sentence, without what frames it, cut at no date and no name."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path

import pytest

from news.dates import find_dates
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


@pytest.mark.parametrize("row", ROWS["kept"])
def test_whose_word_it_is_and_what_the_subject_did_are_never_left_out(row: dict[str, str]) -> None:
    """An aside ends at the comma with a verb behind it; where two have one nothing is taken out."""
    assert len(row["sentence"]) > LONGEST
    assert shorten(row["sentence"]) == row["title"]


@pytest.mark.parametrize("text", ["A" * 200_000, "Ana Berg " * 20_000, "The man, who " + "spoke, " * 30_000])
def test_only_the_beginning_of_an_endless_sentence_is_read(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[int] = []

    def count(part: str, *, published_on: date | None, language: str) -> object:
        read.append(len(part))
        return find_dates(part, published_on=published_on, language=language)

    monkeypatch.setattr("news.timelines.titles.find_dates", count)
    assert len(shorten(text)) <= LONGEST
    assert read
    assert max(read) <= LONGEST + 200
