"""Why the watches of a place took an article or did not, in words.

Owns the wording and which watches are told of. The conditions are ``news.watches.verdicts``'; they are those of now,
and an article that came before a watch was made or changed may have met others.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from handlers.messages import LABEL_WORDS, MARK_WORDS, count_words, format_moment
from handlers.ports import Transaction
from handlers.records import Record
from handlers.reply import Room, Span, Strong, Text
from handlers.request import Request
from handlers.topics import make_resolve
from handlers.watch_settings import say_labels
from news.decision import Decision, StoredArticle
from news.queries.expressions import Content
from news.watches.feedback import Feedback, find_objection
from news.watches.verdicts import Judgement, Verdict, judge
from news.watches.watch import Watch

_MOST = 10


@dataclass(frozen=True, slots=True)
class View:
    """What a watch makes of an article.

    Attributes:
        is_later: the watch was made after the article came.
        objection: what was said in its channel that keeps the article from being posted there, or None.
    """

    watch: Watch
    judgement: Judgement
    is_later: bool
    objection: Feedback | None = None


def list_views(
    tx: Transaction, request: Request, stored: StoredArticle, decision: Decision, *, told: Collection[str]
) -> tuple[list[View], int]:
    """Return what watches of channels that were not told make of an article, and how many more there are.

    Those that its words fit come first, then those of the channel that asks.
    """
    if stored.is_seed:
        return [], 0
    content, resolve = Content.of_stored(stored), make_resolve(tx)
    feedback = tx.feedback.list_for_story(stored.story_id)
    seen = [watch for watch in tx.watches.list_all() if request.may_see(watch.channel) and watch.channel not in told]
    views = [
        View(
            watch,
            judge(watch, content=content, decision=decision, resolve=resolve, now=request.now),
            watch.created_at > stored.fetched_at,
            find_objection(feedback, watch.channel, decision),
        )
        for watch in seen
    ]
    views.sort(key=lambda view: (_is_far(view), view.watch.channel != request.channel, view.watch.id))
    return views[:_MOST], max(0, len(views) - _MOST)


def _is_far(view: View) -> bool:
    return view.judgement.verdict in {Verdict.WORDS, Verdict.UNREADABLE}


def view_spans(view: View, decision: Decision) -> tuple[Span, ...]:
    """Return one watch in a line: what of it fits, and what keeps it from posting the article."""
    watch = view.watch
    matched = " ".join(view.judgement.matched)
    fits = f"fits by “{matched}”, but " if matched else "fits, but "
    words = _because(view, decision)
    later = f"; it was made on {format_moment(watch.created_at)}, after the article came" if view.is_later else ""
    prefix = "" if _is_far(view) else fits
    return (
        Strong(f"Watch {watch.id} ({watch.expression})"),
        Text(" in "),
        Room(watch.channel),
        Text(f": {prefix}{words}{later}."),
    )


def _because(view: View, decision: Decision) -> str:
    watch = view.watch
    match view.judgement.verdict:
        case Verdict.WORDS:
            words = "its expression does not take the article"
        case Verdict.UNREADABLE:
            words = "its expression cannot be read any more; /watch test says where"
        case Verdict.PAUSED:
            words = "it is paused"
        case Verdict.MUTED:
            words = f"it is muted until {format_moment(watch.muted_until)}"
        case Verdict.LABEL:
            words = f"it posts {say_labels(watch)} and not {LABEL_WORDS[decision.label]}"
        case Verdict.ORIGINS:
            wanted = count_words(watch.n_origins, "independent origin")
            words = f"it waits for {wanted}, and the story had {decision.n_independent}"
        case Verdict.TAKES if view.objection is not None:
            words = f"its story was marked {MARK_WORDS[view.objection.kind]} there (f{view.objection.id})"
        case Verdict.TAKES:
            words = "it would post it as it is set now" if view.is_later else "it was not told when it came (see above)"
    return words


def view_records(views: Sequence[View]) -> list[Record]:
    """Return what the watches make of the article."""
    return [
        {
            "watch": view.watch.id,
            "channel": view.watch.channel,
            "topic": view.watch.expression,
            "verdict": view.judgement.verdict.value,
            "matched": list(view.judgement.matched),
            "made_later": view.is_later,
        }
        for view in views
    ]
