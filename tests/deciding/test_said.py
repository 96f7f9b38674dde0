"""A sentence without a word of denial denies nothing, so that its telling need not be drawn up to see that."""

from __future__ import annotations

import tomllib

import pytest

from benchmarks.novelty import GOLDEN
from news.reports.negations import list_denied
from news.reports.said import may_say_no, words_said
from news.reports.tellings import tell
from news.words.sentences import split_sentences


def _sentences() -> list[str]:
    pairs = tomllib.loads((GOLDEN / "dispute_pairs_a.toml").read_text(encoding="utf-8"))["pair"]
    texts = [pair[side]["text"] for pair in pairs for side in ("stored", "new")]
    return [sentence.text for text in texts for sentence in split_sentences(text)]


def test_whatever_denies_may_say_no() -> None:
    """The quick look passes over no denial, and over most of what is none."""
    sentences = _sentences()
    denials = [one for one in sentences if list_denied(tell(one))]
    assert denials
    assert [one for one in denials if not may_say_no(one)] == []
    assert sum(map(may_say_no, sentences)) < len(sentences) / 2


@pytest.mark.parametrize(
    "quote",
    [
        "The ministry didn’t confirm that a bridge was hit.",
        "DIDN'T the army strike the depot?",
        "At no moment were shots fired.",
        "The mayor rubbished reports of a strike.",
        "Claims that the dam had burst were untrue.",
        "Far from retreating, the brigade took the hill.",
    ],
)
def test_cues_in_any_spelling(quote: str) -> None:
    assert may_say_no(quote)


def test_words_are_folded_without_numbers() -> None:
    assert words_said("Two Il-76s left Córdoba on 3 May") == {"two", "il", "s", "left", "cordoba", "on", "may"}
    assert words_said("TWO left") == {"two", "left"}
