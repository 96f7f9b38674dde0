"""``/mark known|irrelevant|same|apart|undo``: what readers say of alerts.

Owns who may say what of which alert, and the wording. What follows from it is ``news.watches.feedback``'s; moving
articles between stories is the store's. Every mark is written to the audit log in the same transaction and can be
undone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from handlers.actions import undo_action
from handlers.alerts import decision_of
from handlers.arguments import find_id, get_id, get_text
from handlers.messages import (
    LONGEST_TITLE,
    MARK_WORDS,
    mark_spans,
    moment_span,
    notice,
    say_channel,
    shorten,
    title_of,
)
from handlers.moves import follow_story, take_back, tell_joined, tell_parted
from handlers.ports import Ports, Transaction
from handlers.records import Record, moment
from handlers.reply import Link, Paragraph, Person, Reply, Text
from handlers.request import Access, Request
from handlers.sight import get_alert, list_told_places, may_see_mark
from news.decision import StoredArticle
from news.errors import NotFoundError, QueryError, WirewatchError
from news.watches.feedback import Feedback, FeedbackKind, find_objection
from news.watches.watch import OutboxRow

_EFFECTS = {
    FeedbackKind.KNOWN: "{channel} hears of its story only what corrects, contradicts or changes what is held.",
    FeedbackKind.IRRELEVANT: "{channel} hears no more of its story.",
    FeedbackKind.SAME: "For everybody both are one story from now on; nothing that was posted is posted again.",
    FeedbackKind.APART: "For everybody it is a story of its own from now on; nothing that was posted is posted again.",
}


@dataclass(frozen=True, slots=True)
class _Subject:
    """What is spoken of: an article, and the channel that a mark on it counts for."""

    stored: StoredArticle
    channel: str


def mark_known(request: Request, ports: Ports) -> Reply:
    """Return that the alert was already known here."""
    with ports.store.write() as tx:
        return _say(tx, request, FeedbackKind.KNOWN, _get_subject(tx, request))


def mark_irrelevant(request: Request, ports: Ports) -> Reply:
    """Return that the alert does not belong here."""
    with ports.store.write() as tx:
        return _say(tx, request, FeedbackKind.IRRELEVANT, _get_subject(tx, request))


def mark_same(request: Request, ports: Ports) -> Reply:
    """Return that the story of the alert is joined with another one, all its articles."""
    with ports.store.write() as tx:
        subject = _get_subject(tx, request)
        here, there = subject.stored.story_id, _get_story(tx, request, get_text(request, "story"))
        if here == there:
            raise QueryError(f"a{subject.stored.id} is in s{there} already. Name another story to join them.")
        _check_own(tx, request, (here, there))
        moved = [stored.id for stored in tx.articles.list_of_story(here)]
        heads = tx.heads.list_for_story(here)
        _, change = tx.stories.move(moved, there, now=request.now)
        reply = _say(tx, request, FeedbackKind.SAME, subject, other_story_id=there, change=change)
        tell_joined(tx, heads, there, key=_key(str(reply.data["mark"])), now=request.now)
        return reply


def mark_apart(request: Request, ports: Ports) -> Reply:
    """Return that the article is a story of its own."""
    with ports.store.write() as tx:
        subject = _get_subject(tx, request)
        stored = subject.stored
        if len(tx.articles.list_of_story(stored.story_id)) == 1:
            raise QueryError(f"a{stored.id} is the only article of s{stored.story_id}: it stands apart already.")
        _check_own(tx, request, (stored.story_id,))
        story_id, change = tx.stories.move([stored.id], None, now=request.now)
        reply = _say(tx, request, FeedbackKind.APART, subject, other_story_id=story_id, change=change)
        key = _key(str(reply.data["mark"]))
        tell_parted(tx, stored.id, stored.story_id, story_id, key=key, now=request.now)
        return reply


def undo_mark(request: Request, ports: Ports) -> Reply:
    """Return which mark was taken back, and with it what it moved. Raises NotFoundError.

    Moves are taken back last first, or articles would stay in stories that they were joined to by what holds no more.
    """
    feedback_id = get_id(get_text(request, "mark"), "f", example="f3")
    with ports.store.write() as tx:
        feedback = _get_mark(tx, request, feedback_id)
        if feedback.is_own:
            _check_own(tx, request, _stories_of(feedback))
        if feedback.undone_at is not None:
            who = Paragraph((Text("By "), Person(feedback.undone_by), Text(", "), moment_span(feedback.undone_at)))
            record = _record(feedback) | {"undone": False}
            return Reply(f"f{feedback_id} was taken back already.", (who,), record, is_private=True)
        _check_last(tx, feedback)
        if feedback.change:
            tx.stories.undo(feedback.change, now=request.now)
            heads = tx.heads.list_for_story(feedback.story_id)
            take_back(tx, heads, key=_key(f"f{feedback.id}"), now=request.now)
        tx.feedback.undo(feedback_id, actor=request.actor, now=request.now)
        tx.outbox.restore(feedback.channel, reason=_reason(feedback))
        _mark_heads(tx, feedback)
        _audit(tx, request, feedback)
    hint = Paragraph((Text("It was: "), *mark_spans(feedback), Text(". It holds no more.")))
    title = f"Taken back: f{feedback_id} ({MARK_WORDS[feedback.kind]}) on a{feedback.article_id}"
    return Reply(title, (hint,), _record(feedback) | {"undone": True}, is_private=True)


def _key(mark: str) -> str:
    """Return the key of what threads are told because of a mark."""
    return f"mark:{mark}"


def _get_subject(tx: Transaction, request: Request) -> _Subject:
    """Return the article that an alert, article id or address names. Raises NotFoundError."""
    reference = get_text(request, "item")
    named = tx.articles.find_ids(reference)
    found = find_id(reference)
    if named:
        return _Subject(tx.articles.get(named[0]), request.channel)
    if found is not None and found[0] == "n":
        row = get_alert(tx, request, found[1])
        return _Subject(tx.articles.get(row.alert.article_id), row.alert.channel)
    if found is not None and found[0] == "a":
        return _Subject(tx.articles.get(found[1]), request.channel)
    raise NotFoundError(f"Nothing in the record is called “{reference[:80]}”. It looks like n4, a12, or an address.")


def _get_story(tx: Transaction, request: Request, reference: str) -> int:
    """Return the id of a story that its own id, or that of an article or alert in it, names. Raises NotFoundError."""
    found = find_id(reference)
    if found is not None and found[0] == "a":
        return tx.articles.get(found[1]).story_id
    if found is not None and found[0] == "n":
        return tx.articles.get(get_alert(tx, request, found[1]).alert.article_id).story_id
    return follow_story(tx, get_id(reference, "s", example="s4"))


def _check_own(tx: Transaction, request: Request, story_ids: Sequence[int]) -> None:
    """Refuse to move articles between stories that are not the asker's alone, for that changes them for everybody.

    Whoever runs the bot may move all. Raises WirewatchError.
    """
    if request.access >= Access.OPERATE:
        return
    for story_id in story_ids:
        places = list_told_places(tx, story_id)
        if request.place not in places:
            reason = f"No channel of this place was told of s{story_id}"
        elif len(places) > 1:
            reason = f"Others were told of s{story_id} too, and it would change for them"
        else:
            continue
        raise WirewatchError(f"{reason}. Ask whoever runs this bot to join or part it.")


def _check_last(tx: Transaction, feedback: Feedback) -> None:
    """Raises WirewatchError where a later mark moved the articles on."""
    later = tx.feedback.find_next_move(feedback)
    if later is not None:
        raise WirewatchError(
            f"First take back f{later.id} ({MARK_WORDS[later.kind]}): it moved articles of f{feedback.id} on. "
            f"Then f{feedback.id} can be taken back."
        )


def _stories_of(feedback: Feedback) -> tuple[int, ...]:
    return tuple(each for each in (feedback.story_id, feedback.other_story_id) if each is not None)


def _get_mark(tx: Transaction, request: Request, feedback_id: int) -> Feedback:
    """Return a mark of the own place. Raises NotFoundError, in the same words whether it is there or not."""
    try:
        feedback = tx.feedback.get(feedback_id)
    except NotFoundError:
        feedback = None
    if feedback is None or not may_see_mark(tx, request, feedback):
        raise NotFoundError(f"There is no mark f{feedback_id} here.")
    return feedback


def _say(
    tx: Transaction,
    request: Request,
    kind: FeedbackKind,
    subject: _Subject,
    *,
    other_story_id: int | None = None,
    change: str = "",
) -> Reply:
    stored = subject.stored
    said = Feedback(
        0, kind, stored.id, stored.story_id, subject.channel, request.actor, request.now, other_story_id, change=change
    )
    feedback = tx.feedback.add(said)
    is_new = (feedback.at, feedback.actor, feedback.change) == (said.at, said.actor, said.change)
    if is_new:
        _mark_heads(tx, feedback)
        _audit(tx, request, feedback)
        _withdraw(tx, feedback)
    spans = Paragraph((*mark_spans(feedback), *_object_spans(feedback, stored)))
    title = (
        f"Marked {MARK_WORDS[kind]}: f{feedback.id}"
        if is_new
        else f"Was marked {MARK_WORDS[kind]} already: f{feedback.id}"
    )
    return Reply(
        title,
        (spans, notice(_EFFECTS[kind].format(channel=say_channel(request, subject.channel)))),
        _record(feedback) | {"added": is_new},
        is_private=True,
        actions=(undo_action(feedback.id),),
    )


def _withdraw(tx: Transaction, feedback: Feedback) -> None:
    """Take back what waits for the channel on the story and what the mark objects to."""
    if feedback.kind not in {FeedbackKind.KNOWN, FeedbackKind.IRRELEVANT}:
        return
    waiting = [row for row in tx.outbox.list_waiting(feedback.channel) if _is_on(tx, row, feedback.story_id)]
    ids = [row.id for row in waiting if find_objection([feedback], feedback.channel, decision_of(tx, row)) is not None]
    tx.outbox.withdraw(ids, reason=_reason(feedback))


def _is_on(tx: Transaction, row: OutboxRow, story_id: int) -> bool:
    try:
        return tx.articles.get(row.alert.article_id).story_id == story_id
    except NotFoundError:
        return False


def _reason(feedback: Feedback) -> str:
    return f"f{feedback.id}: marked {MARK_WORDS[feedback.kind]}"


def _object_spans(feedback: Feedback, stored: StoredArticle) -> tuple[Text | Link, ...]:
    story = f"s{feedback.story_id}"
    moved = {
        FeedbackKind.SAME: f"; {story} is now part of s{feedback.other_story_id}",
        FeedbackKind.APART: f"; taken out of {story}, it is s{feedback.other_story_id}",
    }.get(feedback.kind, f"; its story is {story}")
    return (
        Text(f": a{stored.id}, "),
        Link(shorten(title_of(stored), LONGEST_TITLE), stored.article.url),
        Text(f"{moved}."),
    )


def _mark_heads(tx: Transaction, feedback: Feedback) -> None:
    now_in = tx.articles.get(feedback.article_id).story_id
    for story_id in {feedback.story_id, now_in, feedback.other_story_id or now_in}:
        tx.heads.mark(story_id)


def _audit(tx: Transaction, request: Request, feedback: Feedback) -> None:
    other = "" if feedback.other_story_id is None else f", s{feedback.other_story_id}"
    subject = f"f{feedback.id}: a{feedback.article_id} of s{feedback.story_id}{other}"
    channel = feedback.channel or request.channel
    tx.audit.add(actor=request.actor, action=request.command, subject=subject, now=request.now, channel=channel)


def _record(feedback: Feedback) -> Record:
    other = feedback.other_story_id
    return {
        "mark": f"f{feedback.id}",
        "kind": feedback.kind.value,
        "article": f"a{feedback.article_id}",
        "story": f"s{feedback.story_id}",
        "other_story": None if other is None else f"s{other}",
        "channel": feedback.channel,
        "actor": feedback.actor,
        "at": moment(feedback.at),
    }
