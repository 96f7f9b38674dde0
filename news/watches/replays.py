"""What a channel was told against what it would have been told: the values of a replay and their comparison.

Owns the question what counts as a difference. Must never decide on an article, and never say it in words: deciding is
``news.novelty``'s, the wording is ``handlers.replay_answer``'s.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from news.decision import Decision, Label
from news.watches.watch import Alert, Watch


@dataclass(frozen=True, slots=True)
class Taken:
    """One edition of an article as it was taken in.

    Attributes:
        revision: number of the edition, 0 for the first.
        taken_at: when it was decided on.
        label: what was decided.
    """

    article_id: int
    revision: int
    taken_at: datetime
    label: Label
    is_seed: bool = False

    @property
    def edition(self) -> tuple[int, int]:
        """Article and edition."""
        return (self.article_id, self.revision)


@dataclass(frozen=True, slots=True)
class Told:
    """One alert with the decision that made it.

    Attributes:
        alert: its ``article_id`` and ``revision`` are those of the record, also in a replay.
        companions: articles and editions of the other alerts in the same message; None where no message went out.
    """

    alert: Alert
    decision: Decision
    companions: frozenset[tuple[int, int]] | None = None

    @property
    def key(self) -> tuple[str, int, int]:
        """What makes an alert unique: channel, article, edition."""
        return (self.alert.channel, self.alert.article_id, self.alert.revision)

    @property
    def facts(self) -> tuple[tuple[str, ...], ...]:
        """What it says is new and disputed: slot, value before, value, sentence."""
        new = tuple(
            (fact.kind.value, "" if fact.before is None else fact.before.value, fact.after.value, fact.after.quote)
            for fact in self.decision.new
        )
        disputes = tuple((each.kind.value, each.there.value, each.here.value) for each in self.decision.disputes)
        return (*new, *disputes)


@dataclass(frozen=True, slots=True)
class WatchEdition:
    """How a watch was set until it was edited or ended.

    Attributes:
        watch: as it was.
        is_end: it was ended then.
    """

    watch: Watch
    until_at: datetime
    is_end: bool = False


class Change(StrEnum):
    """How one alert differs."""

    MORE = "would be posted"
    LESS = "would not be posted"
    LABEL = "another label"
    FACTS = "other facts"
    TIME = "another time"
    COMPANY = "another message"
    """It would go out in a digest and not alone, the other way round, or in a digest of other alerts."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One alert that differs; ``was`` is None for MORE, ``would`` for LESS.

    Attributes:
        changes: in the order of ``Change``, at least one.
    """

    changes: tuple[Change, ...]
    was: Told | None
    would: Told | None

    @property
    def told(self) -> Told:
        """The alert as it was or, failing that, as it would be."""
        found = self.was or self.would
        assert found is not None  # noqa: S101 - a difference has two sides, and one of them is there
        return found


def compare(was: Iterable[Told], would: Iterable[Told]) -> tuple[Difference, ...]:
    """Return what differs, by channel, then in order of articles and editions; empty where nothing does."""
    before, after = {told.key: told for told in was}, {told.key: told for told in would}
    found = (_compare_one(before.get(key), after.get(key)) for key in sorted(before.keys() | after.keys()))
    return tuple(difference for difference in found if difference.changes)


_CHECKS: tuple[tuple[Change, Callable[[Told, Told], bool]], ...] = (
    (Change.LABEL, lambda was, would: was.alert.label is not would.alert.label),
    (Change.FACTS, lambda was, would: was.facts != would.facts),
    (Change.TIME, lambda was, would: _slot(was.alert) != _slot(would.alert)),
    (Change.COMPANY, lambda was, would: _is_known(was, would) and was.companions != would.companions),
)


def _compare_one(was: Told | None, would: Told | None) -> Difference:
    if was is None or would is None:
        return Difference((Change.LESS if would is None else Change.MORE,), was, would)
    return Difference(tuple(change for change, differs in _CHECKS if differs(was, would)), was, would)


def _slot(alert: Alert) -> tuple[datetime | None, bool, str]:
    return (alert.due_at, alert.is_digest, alert.held_by)


def _is_known(was: Told, would: Told) -> bool:
    """Return whether both went out, so that their messages can be compared."""
    return was.companions is not None and would.companions is not None
