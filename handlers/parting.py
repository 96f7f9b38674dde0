"""A story that turns out to be two: the part with a subject of its own goes into a new story, as by *not the same*.

Owns when that is asked and what is said of it: a mark of the bot's own with the reason, which can be taken back, a line
in the log of each place that was told, and in the threads where those articles were told. Must never overrule a person:
what somebody joined, or of which somebody took back that it was parted, stays whole.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from handlers.messages import count_words
from handlers.moves import tell_divided
from handlers.ports import Transaction
from news.stories.parting import Parting, find_parting, is_due
from news.watches.feedback import BOT_ACTOR, Feedback, FeedbackKind
from news.watches.watch import place_of

ACTION = "part stories"
"""What the log calls it."""
_MOST_NAMED = 4


def weigh_parting(tx: Transaction, story_id: int, *, now: datetime) -> Parting | None:
    """Part a story that has just grown, if it is two; return how, or None.

    Seldom asked as a story grows, and never of a large one: see ``news.stories.parting.is_due``.
    """
    if not is_due(tx.articles.count_firsts(story_id)) or tx.bonds.is_kept_whole(story_id):
        return None
    parting = find_parting(tx.articles.list_of_story(story_id))
    if parting is not None:
        _part(tx, story_id, parting, now=now)
    return parting


def _part(tx: Transaction, story_id: int, parting: Parting, *, now: datetime) -> None:
    channels = tx.outbox.list_told(story_id)
    other_id, change = tx.stories.move(parting.moved, None, now=now)
    reason = _say_reason(parting)
    first = parting.moved[0]
    said = Feedback(0, FeedbackKind.APART, first, story_id, "", BOT_ACTOR, now, other_id, change=change, reason=reason)
    mark = tx.feedback.add(said)
    tell_divided(tx, parting.moved, story_id, other_id, key=f"mark:f{mark.id}", now=now)
    subject = f"f{mark.id}: s{other_id} out of s{story_id}; {reason}"
    for channel in {place_of(each): each for each in reversed(channels)}.values() if channels else [""]:
        tx.audit.add(actor=BOT_ACTOR, action=ACTION, subject=subject, now=now, channel=channel)


def _say_reason(parting: Parting) -> str:
    """Return which articles are of another event, and by which names, in words."""
    own = _say_part(parting.moved, parting.moved_names)
    return f"{own} tell of another event than {_say_part(parting.kept, parting.kept_names)}"


def _say_part(article_ids: Sequence[int], names: Sequence[str]) -> str:
    named = ", ".join(f"a{article_id}" for article_id in article_ids[:_MOST_NAMED])
    more = len(article_ids) - _MOST_NAMED
    others = f" and {count_words(more, 'other')}" if more > 0 else ""
    return f"{named}{others}" + (f" ({', '.join(names)})" if names else "")
