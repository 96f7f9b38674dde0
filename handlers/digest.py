"""Several alerts as one message, where a channel would get too many: grouped by story, the best founded first.

Owns the composition; every alert is in it, whatever its size. Which alerts go together is ``handlers.jobs.deliver``'s.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from handlers.actions import line_actions
from handlers.alerts import REPEAT_WARNING, decision_of
from handlers.messages import LABEL_WORDS, count_words, issued_span, notice, shorten, title_of
from handlers.ports import Transaction
from handlers.records import alert_record, article_record
from handlers.reply import Block, Heading, Link, Listing, Reply, Span, Strong, Text, Tone
from handlers.spans import say_span
from handlers.wakes import find_told_wake
from news.decision import Decision, StoredArticle
from news.errors import NotFoundError
from news.model import Origin
from news.reports.origins import count_independent
from news.stories.waking import Wake, heard_at
from news.watches.watch import OutboxRow

_LONGEST_TITLE = 160


@dataclass(slots=True)
class _Group:
    """The alerts on one story, in order."""

    story_id: int
    items: list[tuple[OutboxRow, StoredArticle]] = field(default_factory=list)
    origins: list[Origin] = field(default_factory=list)
    n_facts: int = 0

    def take(self, row: OutboxRow, stored: StoredArticle, decision: Decision) -> None:
        self.items.append((row, stored))
        self.n_facts += len(decision.new)
        self.origins.extend(decision.origins)

    @property
    def weight(self) -> tuple[int, int, int]:
        """What is told by most independent origins comes first; then what is most."""
        return (count_independent(self.origins), self.n_facts, len(self.items))


def compose_digest(
    tx: Transaction, rows: Sequence[OutboxRow], *, sleeps_after: timedelta | None = None, warns_repeat: bool = False
) -> Reply:
    """Return one answer for all the alerts. Raises NotFoundError if the articles of all of them are gone.

    Args:
        sleeps_after: how long nothing is heard of a story before it is closed; None tells of no silence.
    """
    groups, n_gone = _group(tx, rows)
    wakes = {} if sleeps_after is None else _find_wakes(tx, groups, sleeps_after, before=rows[0])
    if not groups:
        raise NotFoundError("the articles of these alerts are gone")
    n_alerts = sum(len(group.items) for group in groups)
    blocks: list[Block] = [block for group in groups for block in _group_blocks(group, wakes)]
    if n_gone:
        blocks.append(notice(f"{count_words(n_gone, 'more alert')} on articles that are gone."))
    if warns_repeat:
        blocks.append(notice(REPEAT_WARNING, Tone.WARNING))
    blocks.append(notice(f"A line is judged by its number: /mark known n{rows[0].id}, /mark irrelevant n{rows[0].id}."))
    title = f"{count_words(n_alerts, 'alert')} on {count_words(len(groups), 'story', 'stories')}"
    return Reply(title, tuple(blocks), _record(groups), actions=line_actions(rows[0].id))


def _group(tx: Transaction, rows: Sequence[OutboxRow]) -> tuple[list[_Group], int]:
    groups: dict[int, _Group] = {}
    n_gone = 0
    for row in rows:
        try:
            stored, decision = tx.articles.get(row.alert.article_id), decision_of(tx, row)
        except NotFoundError:
            n_gone += 1
            continue
        groups.setdefault(stored.story_id, _Group(stored.story_id)).take(row, stored, decision)
    return sorted(groups.values(), key=lambda group: group.weight, reverse=True), n_gone


def _find_wakes(tx: Transaction, groups: Sequence[_Group], after: timedelta, *, before: OutboxRow) -> dict[int, Wake]:
    """Return the silences that are to be told of, by the row of the first alert that follows upon each.

    What woke the story may not be on the channel's topic, so it need not be in the digest itself.

    Args:
        before: the alert that carries the digest; what the channel was told before it is not told again.
    """
    found: dict[int, Wake] = {}
    for group in groups:
        told_ids: set[int] = set()
        for row, stored in group.items:
            wake = find_told_wake(tx, stored, after=after)
            if wake is None or wake.woken_by.id in told_ids:
                continue
            told_ids.add(wake.woken_by.id)
            if not _was_told(tx, wake, group.story_id, before):
                found[row.id] = wake
    return found


def _was_told(tx: Transaction, wake: Wake, story_id: int, before: OutboxRow) -> bool:
    """Return whether the channel heard of the story between its waking and this alert."""
    earlier = (row for row in tx.outbox.list_for_story(story_id, before.alert.channel) if row.id < before.id)
    return any(row.created_at >= wake.woken_by.fetched_at for row in earlier)


def _group_blocks(group: _Group, wakes: Mapping[int, Wake]) -> tuple[Block, ...]:
    n_independent = count_independent(group.origins)
    facts = count_words(group.n_facts, "new fact")
    origins = f", {count_words(n_independent, 'independent origin')}" if n_independent else ""
    return (
        Heading(f"s{group.story_id}: {facts}{origins}"),
        Listing(tuple(_item_spans(row, stored, wakes.get(row.id)) for row, stored in group.items)),
    )


def _item_spans(row: OutboxRow, stored: StoredArticle, wake: Wake | None) -> tuple[Span, ...]:
    outlet = shorten(stored.article.outlet, 60) or "unknown outlet"
    title = Link(shorten(title_of(stored), _LONGEST_TITLE), stored.article.url)
    line = (Strong(f"{LABEL_WORDS[row.alert.label]} "), title, Text(f" — {outlet}, n{row.id}"))
    if wake is None:
        return line
    reports = count_words(wake.n_reports, "report")
    return (
        *line,
        Text(f"; opened again, silent for {say_span(wake.slept)} after {reports}, the last on "),
        issued_span(heard_at(wake.last)),
    )


def _record(groups: Sequence[_Group]) -> dict[str, object]:
    stories = [
        {
            "story": f"s{group.story_id}",
            "n_new": group.n_facts,
            "n_independent": count_independent(group.origins),
            "alerts": [alert_record(row) | {"of": article_record(stored)} for row, stored in group.items],
        }
        for group in groups
    ]
    return {"stories": stories}
