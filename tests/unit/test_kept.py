from __future__ import annotations

from news.kept import Kept


def test_the_same_object_is_worked_out_once() -> None:
    asked: list[list[int]] = []

    def count(subject: list[int]) -> int:
        asked.append(subject)
        return len(subject)

    kept, subject = Kept(count, most=2), [1, 2, 3]
    assert [kept(subject), kept(subject)] == [3, 3]
    assert len(asked) == 1


def test_equal_objects_are_told_apart_and_none_is_taken_for_one_that_was_forgotten() -> None:
    """Values go by identity: an object that dies must never lend its value to the next one at its place in memory."""
    kept = Kept[list[int], int](sum, most=2)
    assert [kept([number]) for number in range(50)] == list(range(50))


def test_what_is_asked_for_again_outlives_what_is_not() -> None:
    """A full table must not forget what every decision asks for: the story of the day."""
    asked: list[int] = []

    def count(subject: list[int]) -> int:
        asked.append(subject[0])
        return subject[0]

    kept, story = Kept(count, most=8), [0]
    others = [[number] for number in range(1, 40)]
    for one in others:
        kept(story)
        kept(one)
    assert asked.count(0) == 1
    kept(others[0])
    assert asked.count(1) == 2, "and no more than eight are held"
