"""What a reader can do with an alert in one press, in the order in which it is offered. Owns labels and order only."""

from __future__ import annotations

from handlers.ports import Transaction
from handlers.reply import Action
from handlers.standing import find_main_name
from news.decision import Decision, Outline

_MOST_RELATED = 3


def alert_actions(tx: Transaction, row_id: int, outline: Outline, decision: Decision) -> tuple[Action, ...]:
    """Return the actions of an alert; ``outline`` is that of its story."""
    item = f"n{row_id}"
    name = find_main_name(tx, outline)
    timeline = (Action("Timeline", "timeline", {"topic": name}),) if name else ()
    return (
        Action("Why", "why", {"item": item}),
        *timeline,
        Action("Already known", "mark known", {"item": item}),
        Action("Not relevant", "mark irrelevant", {"item": item}),
        Action("Same story as…", "mark same", {"item": item}, asks="story", hint=_hint(decision)),
        Action("Not the same", "mark apart", {"item": item}),
    )


def line_actions(row_id: int) -> tuple[Action, ...]:
    """Return the actions of a digest: each asks for the number of a line, such as that of this row."""
    hint = f"the number of a line, such as n{row_id}"
    return (
        Action("Why…", "why", {}, asks="item", hint=hint),
        Action("Already known…", "mark known", {}, asks="item", hint=hint),
        Action("Not relevant…", "mark irrelevant", {}, asks="item", hint=hint),
        Action("Not the same…", "mark apart", {}, asks="item", hint=hint),
    )


def undo_action(feedback_id: int) -> Action:
    """Return the action that takes a mark back."""
    return Action("Undo", "mark undo", {"mark": f"f{feedback_id}"})


def _hint(decision: Decision) -> str:
    related = ", ".join(f"s{story_id}" for story_id in decision.related_story_ids[:_MOST_RELATED])
    return f"a story; near this one: {related}" if related else "a story, such as s4"
