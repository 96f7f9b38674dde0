"""The same event in English, Spanish and Russian: one story, and what is new is told by facts."""

from __future__ import annotations

from benchmarks.novelty import GOLDEN, decide_pair, load_pairs

PAIRS = GOLDEN / "translated_pairs.toml"
LEAST = 0.9


def test_labels_across_languages() -> None:
    """Nine of ten labels are right, and no retelling opens a story nor another event joins one."""
    bases, pairs = load_pairs(PAIRS)
    found = {pair["id"]: decide_pair(pair, bases, path=PAIRS) for pair in pairs}
    wrong = [pair["id"] for pair in pairs if found[pair["id"]].label.value not in pair["label"]]
    assert len(wrong) <= (1 - LEAST) * len(pairs), wrong
    retold = [pair["id"] for pair in pairs if pair["label"] == ["KNOWN"]]
    assert [one for one in retold if found[one].story_id is None] == []
    others = [pair["id"] for pair in pairs if pair["label"] == ["NEW"]]
    assert [one for one in others if found[one].story_id is not None] == []
