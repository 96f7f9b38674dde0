"""What readers say of alerts, and what follows from it.

Owns the decision whether an alert is held back because of what a channel was told before. Changing stories is the
store's, asked for by ``handlers.commands.mark``.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from news.decision import Decision, Label

BOT_ACTOR = "wirewatch:evidence"
"""Who joins two stories by later evidence: nobody but the bot itself."""


class FeedbackKind(StrEnum):
    """What somebody said."""

    KNOWN = "known"
    """Already known: the channel hears of the story again only when something held changes."""
    IRRELEVANT = "irrelevant"
    """Not relevant: the channel hears no more of the story."""
    SAME = "same"
    """Same story as another: for the whole store they are one from now on."""
    APART = "apart"
    """Not the same: for the whole store the article is a story of its own."""


@dataclass(frozen=True, slots=True)
class Feedback:
    """One thing that somebody said of an alert.

    Attributes:
        article_id: the article that was spoken of.
        story_id: its story at that time.
        other_story_id: the story it was joined with (SAME) or put into (APART), else None.
        channel: where it was said; KNOWN and IRRELEVANT hold there only.
        actor: ``<platform>:<id>``.
        undone_at: None while it holds.
        change: what the store needs to undo it, empty where nothing moved.
        reason: why the bot itself joined two stories; empty for what a reader said.
    """

    id: int
    kind: FeedbackKind
    article_id: int
    story_id: int
    channel: str
    actor: str
    at: datetime
    other_story_id: int | None = None
    undone_at: datetime | None = None
    undone_by: str = ""
    change: str = ""
    reason: str = ""

    @property
    def is_own(self) -> bool:
        """Whether the bot itself said it, by later evidence."""
        return self.actor == BOT_ACTOR


_CHANGES = frozenset({Label.REVISED, Label.DISPUTED})


def find_objection(feedback: Iterable[Feedback], channel: str, decision: Decision) -> Feedback | None:
    """Return what was said in the channel of the decision's story that holds an alert on it back, or None.

    ``feedback`` is all that holds on the story, in any order; the strongest objection is returned.
    """
    here = [each for each in feedback if each.channel == channel and each.undone_at is None]
    dismissed = next((each for each in here if each.kind is FeedbackKind.IRRELEVANT), None)
    if dismissed is not None:
        return dismissed
    if changes_what_is_held(decision):
        return None
    return next((each for each in here if each.kind is FeedbackKind.KNOWN), None)


def changes_what_is_held(decision: Decision) -> bool:
    """Return whether the article corrects, contradicts or changes a value that the record held."""
    return decision.label in _CHANGES or any(fact.before is not None for fact in decision.new)
