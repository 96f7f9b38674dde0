"""Two stories that later evidence makes one: the younger goes into the older, as by the button *same story*.

Owns when that is done and what is said of it: a mark of the bot's own with the reason, which can be taken back, a line
in the log of each place that was told, and in the threads where the story goes on. Must never overrule a person: what
somebody parted, or dismissed in one of the two stories only, is joined by hand or not at all.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from handlers.messages import count_words
from handlers.moves import tell_joined
from handlers.ports import Transaction
from news.deciding.bonds import is_enough, keep_days
from news.deciding.linkage import is_one, list_linking, weigh_linkages
from news.decision import Bond, Decision, StoredBond
from news.watches.feedback import BOT_ACTOR, Feedback, FeedbackKind
from news.watches.watch import place_of

_HUSHING = frozenset({FeedbackKind.KNOWN, FeedbackKind.IRRELEVANT})
_MOST_NAMED = 4
_MOST_MOVED = 300
"""Articles that are moved while a new one is taken in, in a quarter of a second; more are joined by hand."""
ACTION = "join stories"
"""What the log calls it."""


def weigh_ties(tx: Transaction, article_id: int, story_id: int, decision: Decision, *, now: datetime) -> int:
    """Remember what ties an article to other stories; join its own with one if that is enough.

    Args:
        story_id: the article's own story.

    Returns:
        The id of the story that it is in by then.
    """
    if decision.bond is not None:
        story_id = _weigh_bond(tx, article_id, story_id, decision.bond, now=now) or story_id
    tx.bonds.add_linkages(article_id, decision.linkages, at=now)
    for linkage in list_linking(decision):
        other = tx.articles.get(linkage.article_id).story_id
        if other != story_id:
            story_id = _weigh_linkage(tx, story_id, other, now=now) or story_id
    return story_id


def _weigh_linkage(tx: Transaction, story_id: int, other: int, *, now: datetime) -> int | None:
    """Join two stories if all that their articles said of each other makes them one; return the id of the one left."""
    older, younger = sorted((story_id, other))
    n_articles = tx.articles.count_firsts(older), tx.articles.count_firsts(younger)
    linkage = weigh_linkages(*tx.bonds.sum_linkages(older, younger, since=now - keep_days()), n_articles)
    if not is_one(linkage):
        return None
    ours, theirs = (count_words(number, "article") for number in n_articles)
    reason = f"{ours} and {theirs} are alike pair by pair ({linkage:.1f} on the mean)"
    return _join_all(tx, older, younger, reason, now=now)


def _weigh_bond(tx: Transaction, article_id: int, story_id: int, bond: Bond, *, now: datetime) -> int | None:
    low_first = story_id < bond.story_id
    scores = (bond.own_score, bond.score) if low_first else (bond.score, bond.own_score)
    pair = (min(story_id, bond.story_id), max(story_id, bond.story_id))
    tx.bonds.add(*pair, StoredBond(article_id, scores, bond.origin, now))
    bonds = tx.bonds.list_between(*pair, since=now - keep_days())
    return _join_all(tx, *pair, _say_bonds(bonds), now=now) if is_enough(bonds) else None


def _join_all(tx: Transaction, older: int, younger: int, reason: str, *, now: datetime) -> int | None:
    """Join two stories and return the id of the older; None where a person's word or size forbids it."""
    moved = [stored.id for stored in tx.articles.list_heard(younger)]
    if len(moved) > _MOST_MOVED or not _may_join(tx, older, younger):
        return None
    _join(tx, older, younger, moved, reason, now=now)
    return older


def _may_join(tx: Transaction, older: int, younger: int) -> bool:
    """Return whether nobody said anything that speaks against it.

    A channel that dismissed one story would hear no more of both.
    """
    if tx.bonds.are_parted(older, younger):
        return False
    return _list_hushed(tx, older) == _list_hushed(tx, younger)


def _list_hushed(tx: Transaction, story_id: int) -> set[tuple[str, FeedbackKind]]:
    return {(mark.channel, mark.kind) for mark in tx.feedback.list_for_story(story_id) if mark.kind in _HUSHING}


def _join(tx: Transaction, older: int, younger: int, moved: Sequence[int], reason: str, *, now: datetime) -> None:
    channels = sorted({*tx.outbox.list_told(older), *tx.outbox.list_told(younger)})
    heads = tx.heads.list_for_story(younger)
    _, change = tx.stories.move(moved, older, now=now)
    said = Feedback(0, FeedbackKind.SAME, moved[0], younger, "", BOT_ACTOR, now, older, change=change, reason=reason)
    mark = tx.feedback.add(said)
    tell_joined(tx, heads, older, key=f"mark:f{mark.id}", now=now)
    subject = f"f{mark.id}: s{younger} into s{older}; {reason}"
    for channel in {place_of(each): each for each in reversed(channels)}.values() if channels else [""]:
        tx.audit.add(actor=BOT_ACTOR, action=ACTION, subject=subject, now=now, channel=channel)


def _say_bonds(bonds: Sequence[StoredBond]) -> str:
    """Return which articles fit both stories, and how well, in words."""
    named = [f"a{bond.article_id} ({bond.scores[0]:.1f} and {bond.scores[1]:.1f})" for bond in bonds[-_MOST_NAMED:]]
    more = len(bonds) - len(named)
    others = f" and {count_words(more, 'other')}" if more else ""
    return f"{', '.join(named)}{others} fit both as strongly as one alone"
