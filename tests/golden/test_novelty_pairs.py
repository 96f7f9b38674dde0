"""The labels of our own pairs: what an editor says of a new article, held against stored ones."""

from __future__ import annotations

from collections import Counter

import pytest

from benchmarks.novelty import decide_pair, load_pairs
from news.decision import Decision, Label

MIN_ACCURACY = 0.95
MIN_TRAP_ACCURACY = 0.95


@pytest.fixture(scope="module")
def decisions() -> dict[str, Decision]:
    bases, pairs = load_pairs()
    return {pair["id"]: decide_pair(pair, bases) for pair in pairs}


def test_accuracy_stays_above_what_was_measured(decisions: dict[str, Decision]) -> None:
    """The share of unseen words gets half of these pairs right; see ``python -m benchmarks.novelty``."""
    _, pairs = load_pairs()
    wrong = {
        pair["id"]: decisions[pair["id"]].label.value
        for pair in pairs
        if decisions[pair["id"]].label.value not in pair["label"]
    }
    traps = [pair["id"] for pair in pairs if pair.get("is_trap")]
    assert 1 - len(wrong) / len(pairs) >= MIN_ACCURACY, wrong
    assert 1 - len(wrong.keys() & set(traps)) / len(traps) >= MIN_TRAP_ACCURACY, wrong


def test_disputes_are_true_ones(decisions: dict[str, Decision]) -> None:
    """A false contradiction costs more trust than a missed one."""
    _, pairs = load_pairs()
    found = [pair for pair in pairs if decisions[pair["id"]].label is Label.DISPUTED]
    true = [pair for pair in found if "DISPUTED" in pair["label"]]
    assert len(found) >= 8
    assert len(true) / len(found) >= 0.9


def test_a_moved_figure_names_the_old_one(decisions: dict[str, Decision]) -> None:
    """UPDATE says what changed: old value and new value."""
    for name, old, new in (
        ("ferry-toll", "12", "19"),
        ("fire-grown", "80", "150"),
        ("landing-more-planes", "wo", "our"),
    ):
        moved = [fact for fact in decisions[name].new if fact.before is not None]
        assert any(old in fact.before.value and new in fact.after.value for fact in moved if fact.before), name


def test_known_names_what_had_it_first(decisions: dict[str, Decision]) -> None:
    known = [name for name, decision in decisions.items() if decision.label in {Label.KNOWN, Label.REPRINT}]
    assert known
    assert all(decisions[name].known_since is not None and decisions[name].known_since.quote for name in known)  # type: ignore[union-attr]  # tested before


def test_there_are_traps_enough() -> None:
    """Half of the pairs must mislead whoever only counts words, and no label may be missing."""
    bases, pairs = load_pairs()
    assert len(pairs) >= 60
    assert sum(bool(pair.get("is_trap")) for pair in pairs) >= len(pairs) / 2
    assert set(Counter(pair["label"][0] for pair in pairs)) >= {
        "NEW",
        "UPDATE",
        "KNOWN",
        "REPRINT",
        "DISPUTED",
        "OLD_EVENT",
    }
    assert all(name in bases for pair in pairs for name in pair["bases"])
