"""What each room of deciding is worth: labels and disputes that go right, and wrong, because it is there.

A room is switched off by holding the one question that others ask it at its plainest answer: nothing found, nothing
wrong with it. Only the last article of a pair is decided anew, and only where the room had something to say, so that
the whole takes hardly longer than measuring twice. Rooms mend each other: what two of them find is lost with neither.
"""

from __future__ import annotations

import argparse
import importlib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any
from unittest.mock import patch

import news
from benchmarks.disputes import load_dispute_pairs
from benchmarks.novelty import GOLDEN, PAIRS, article_of, load_pairs, open_store, read_base, take_in
from benchmarks.own_sets import DISPUTES, IN_VIEW
from benchmarks.stories import NOW, MemoryStore
from benchmarks.table import render_table
from news.deciding.going_on import Weighed
from news.decision import Candidates, Decision
from news.model import Article, Reading
from news.novelty import decide
from news.reading import read
from news.stories.belonging import StoryFit
from news.stories.case import Case

_IN_VIEW = "o" + "".join(name for name, use in DISPUTES.items() if use == IN_VIEW)
_LABEL, _DISPUTE, _NO, _YES = "labels", "disputes", False, True


def _none_of(*_: object) -> Iterator[object]:
    return iter(())


def _by_likeness(_: Case, near: Sequence[StoryFit]) -> dict[int, Weighed]:
    return {fit.story_id: Weighed(Counter(), fit.score) for fit in near}


@dataclass(frozen=True, slots=True)
class Room:
    """A question that a room answers, with the modules that ask it, and what is answered where there is no room."""

    name: str
    home: str
    asked: Sequence[str]
    question: str
    plain: object

    def answer(self, *given: object, **_: object) -> object:
        """Answer the question plainly."""
        return self.plain(*given) if callable(self.plain) else self.plain


_FIND, _CHOOSE, _SECOND = "news.deciding.findings", "news.deciding.choosing", "news.disputes.contrast"
_PROPOSE, _VETO, _JUDGE = "news.disputes.finders", "news.disputes.vetoes", "news.disputes.verdicts"
_OPENINGS, _LAST = "news.disputes.openings.main_events", "news.disputes.seeming.values"
ROOMS = (
    Room("second look at sentences", "disputes/contrast", (_PROPOSE,), "find_contradictions", _none_of),
    Room("- what an article contests", "disputes/contesting/contested", (_SECOND,), "find_contested", _none_of),
    Room("- accounts called untrue", "disputes/contesting/refuted", (_SECOND,), "find_refuted", _none_of),
    Room("- like tellings, one value", "disputes/twins", (_SECOND,), "find_difference", None),
    Room("figures of one part", "disputes/frames/values", (_PROPOSE,), "find_other_parts", _none_of),
    Room("days of one act", "disputes/frames/days", (_PROPOSE,), "find_other_act_days", _none_of),
    Room("states", "disputes/openings/conditions", (_OPENINGS,), "_states", _none_of),
    Room("doers", "disputes/openings/castings", (_OPENINGS,), "_parts", _none_of),
    Room("places", "disputes/openings/scenes", (_OPENINGS,), "_places", _none_of),
    Room("grounds", "disputes/openings/grounds", (_OPENINGS,), "_grounds", _none_of),
    Room("one wording, other values", "disputes/rewordings", (_PROPOSE,), "find_reworded", _none_of),
    Room("contradictions overlooked", "disputes/verdicts", (_JUDGE,), "_find_overlooked", _none_of),
    Room("contradictions let fall", "disputes/verdicts", (_JUDGE,), "_stands", _YES),
    Room("signs of going on", "deciding/going_on", (_CHOOSE,), "weigh_all", _by_likeness),
    Room("what only seems a dispute", "disputes/seeming/values", (_VETO,), "is_seeming", _NO),
    Room("- figures of two things", "another/figures", (_LAST,), "are_of_two", _NO),
    Room("- two times", "disputes/frames/times", (_LAST,), "are_two_times", _NO),
    Room("- two parts", "disputes/frames/parts", (_LAST,), "are_two_parts", _NO),
    Room("- told of nothing", "disputes/seeming/unreal", (_LAST,), "tells_nothing_of", _NO),
    Room("on one thing", "disputes/prominence", (_VETO,), "are_on_two_things", _NO),
    Room("two happenings", "disputes/seeming/compatible", (_VETO,), "are_two_happenings", _NO),
    Room("both told in either text", "disputes/seeming/whole_texts", (_VETO,), "are_both_told", _NO),
    Room("denied already", "disputes/contrast", (_VETO,), "is_denial_held", _NO),
    Room("pleas", "disputes/seeming/pleas", (_VETO,), "is_plea_held", _NO),
    Room("tolls of others", "reports/tolls", (_VETO,), "is_of_others", _NO),
    Room("tolls that are held", "reports/tolls", (_VETO,), "is_held_toll", _NO),
    Room("whose act is denied", "disputes/bearers", (_SECOND, _OPENINGS), "is_of_another", _NO),
    Room("another by a formula", "another/accounts", (_VETO,), "are_told_apart", None),
    Room("another of the kind", "another/leads", (_FIND, "news.novelty"), "find_another", None),
    Room("only mentioned", "stories/aims", (_CHOOSE,), "is_aside", _NO),
    Room("tolls and answers", "deciding/advances", (_FIND,), "list_advances", ()),
    Room("facts changed in a copy", "deciding/changed_copies", ("news.deciding.repeats",), "list_changed", ()),
    Room("columns of brief items", "deciding/columns", ("news.novelty",), "list_retold_stories", ()),
    Room("corrections", "deciding/correcting", ("news.novelty",), "find_corrected", None),
    Room("told of the past", "deciding/old_events", ("news.novelty",), "find_age", _NO),
)


@dataclass(frozen=True, slots=True)
class Pair:
    """The last article of a pair with what the store held by then, and how an editor judges what is decided on it."""

    kind: str
    article: Article
    reading: Reading
    candidates: Candidates
    judge: Callable[[Decision], bool]

    def is_right(self) -> bool:
        """Decide anew and return whether an editor would say so."""
        now = self.article.published_at or NOW
        return self.judge(decide(self.article, self.reading, self.candidates, now=now))


def _last(kind: str, article: Article, store: MemoryStore, judge: Callable[[Decision], bool]) -> Pair:
    reading = read(article)
    return Pair(kind, article, reading, store.find_candidates(article, reading), judge)


def _has_label(labels: Sequence[str], decision: Decision) -> bool:
    return decision.label.value in labels


def _is_as_disputed(pair: Mapping[str, Any], decision: Decision) -> bool:
    return bool(decision.disputes) is bool(pair["is_disputed"])


def _labelled(path: Path) -> Iterator[Pair]:
    bases, pairs = load_pairs(path)
    for pair in pairs:
        store = open_store(read_base(path, name) for name in bases if name not in pair["bases"])
        for name in pair["bases"]:
            take_in(store, *read_base(path, name))
        yield _last(_LABEL, article_of(pair), store, partial(_has_label, pair["label"]))


def iter_disputing(name: str) -> Iterator[Pair]:
    """Yield the pairs of a set of disputes, in order."""
    for pair in load_dispute_pairs(name):
        stored = article_of(pair["stored"])
        store = open_store([(stored, read(stored))])
        yield _last(_DISPUTE, article_of(pair["new"]), store, partial(_is_as_disputed, pair))


@contextmanager
def _held(room: Room, answer: Callable[..., Any]) -> Iterator[None]:
    with ExitStack() as stack:
        for module in room.asked:
            stack.enter_context(patch.object(importlib.import_module(module), room.question, answer))
        yield


def _overheard(room: Room, heard: set[int], at: Sequence[int]) -> Callable[..., Any]:
    """Return the question of a room, which notes the pair where the answer is another than the plain one."""
    asked = getattr(importlib.import_module(room.asked[0]), room.question)

    def ask(*args: Any, **named: Any) -> Any:  # noqa: ANN401 - whatever the question takes and gives
        args = tuple(tuple(one) if isinstance(one, Iterator) else one for one in args)
        found, plain = asked(*args, **named), room.answer(*args, **named)
        told = tuple(found) if isinstance(found, Iterator | Sequence) else found
        if told != (tuple(plain) if isinstance(plain, Iterator) else plain):
            heard.add(at[0])
        return iter(told) if isinstance(found, Iterator) else found

    return ask


def measure(pairs: Sequence[Pair]) -> tuple[list[bool], dict[str, Counter[tuple[str, bool]]]]:
    """Return which pairs are right, and by room how many of each kind are right, or wrong, only because it is there."""
    heard, at, right = {room.name: set[int]() for room in ROOMS}, [0], []
    with ExitStack() as stack:
        for room in ROOMS:
            stack.enter_context(_held(room, _overheard(room, heard[room.name], at)))
        for at[0], pair in enumerate(pairs):
            right.append(pair.is_right())
    worth: dict[str, Counter[tuple[str, bool]]] = {}
    for room in ROOMS:
        with _held(room, room.answer):
            turned = [number for number in heard[room.name] if pairs[number].is_right() is not right[number]]
        counts = Counter((pairs[number].kind, right[number]) for number in turned)
        worth[room.name] = counts + Counter({("heard", True): len(heard[room.name])})
    return right, worth


def _count_lines(home: str) -> int:
    return (Path(news.__file__ or "").parent / f"{home}.py").read_text(encoding="utf-8").count("\n")


def main(argv: Sequence[str]) -> int:
    """Print the table; return 0."""
    parser = argparse.ArgumentParser(prog="bench ablation", description=__doc__)
    parser.add_argument("--sets", default=_IN_VIEW, help="which sets of pairs, such as a; o is the old one")
    options = parser.parse_args(argv)
    pairs: list[Pair] = []
    for name in options.sets:
        pairs += _labelled(PAIRS if name == "o" else GOLDEN / f"novelty_pairs_{name}.toml")
        pairs += iter_disputing(name) if name != "o" else ()
    right, worth = measure(pairs)
    for kind in (_LABEL, _DISPUTE):
        own = [one for one, pair in zip(right, pairs, strict=True) if pair.kind == kind]
        print(f"{kind}: {sum(own)} of {len(own)} right with all rooms (sets {options.sets})")
    keys = ("heard", True), (_LABEL, True), (_LABEL, False), (_DISPUTE, True), (_DISPUTE, False)
    rows = [[room.name, room.home, _count_lines(room.home), *map(worth[room.name].__getitem__, keys)] for room in ROOMS]
    print("\n" + render_table(["room", "", "lines", "heard on", "labels won", "lost", "disputes won", "lost"], rows))
    return 0
