"""Stories corrected by hand: articles that go into another story with what they tell, and back.

Owns what a move changes and what undoing needs. Must never choose: which articles belong together, a reader says.

An event goes with the articles that tell it. Where articles that stay tell it too, it is divided
(``storage.divisions``). Reports of other stories' articles stay where they are: they look back at the event, whosever
it is. A story that is left empty stays as a row, for messages, links and feedback speak of it.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, delete, func, select, update
from sqlalchemy.engine import Connection

from news.errors import InputError, NotFoundError
from news.reports.origins import count_independent, outlet_origin, report_origin
from storage.codec import from_json, to_json
from storage.divisions import Division, divide, rejoin
from storage.heads import mark_heads, move_heads, pass_heads
from storage.lookbacks import shift_lookbacks
from storage.reports import read_report
from storage.schema import ARTICLES, DECISIONS, EVENTS, HEADS, REPORTS, STORIES, STORY_LINKS
from storage.stories import check_story, link_stories, open_story

_TELLS = (
    select(REPORTS.c.event_id, REPORTS.c.id, REPORTS.c.article_id, ARTICLES.c.story_id)
    .join(ARTICLES, ARTICLES.c.id == REPORTS.c.article_id)
    .where(REPORTS.c.event_id.in_(bindparam("ids", expanding=True)))
    .order_by(REPORTS.c.event_id, REPORTS.c.id)
)


@dataclass(frozen=True, slots=True)
class Standing:
    """What a story was, to be given back when it has the same articles again.

    Attributes:
        article_ids: in order.
    """

    story_id: int
    n_independent: int
    article_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """What a move did, as ``undo`` needs it.

    Attributes:
        event_ids: events that went along whole.
        report_ids: the reports that these had.
        head_ids: heads that went from the emptied story to the other.
        is_linked: the two stories were not linked before.
        standings: of both stories before the move.
    """

    from_id: int
    to_id: int
    article_ids: tuple[int, ...]
    event_ids: tuple[int, ...] = ()
    report_ids: tuple[int, ...] = ()
    divisions: tuple[Division, ...] = ()
    head_ids: tuple[int, ...] = ()
    is_linked: bool = False
    standings: tuple[Standing, ...] = ()


class SqlStories:
    """Stories; see ``handlers.stores.StoryStore``."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def move(self, article_ids: Sequence[int], to_story_id: int | None, *, now: datetime) -> tuple[int, str]:
        """Move articles of one story, with their events, into another or (None) into a new one.

        Return the id of that story and what ``undo`` needs; that is empty if they are there already. An event that both
        parts report is divided. Heads of both stories are marked; those of a story that is left empty pass to the other
        where a channel has none of it. An emptied story stays, without articles.

        Raises:
            NotFoundError: there is no such article or story.
            InputError: no articles, articles of several stories, or one that was never read.
        """
        moved = tuple(sorted(set(article_ids)))
        from_id = self._find_origin(moved)
        if to_story_id == from_id:
            return from_id, ""
        to_id = self._open(moved[0], now=now) if to_story_id is None else to_story_id
        check_story(self._connection, to_id)
        change = self._move(from_id, to_id, moved, now=now)
        return to_id, to_json(change)

    def _find_origin(self, article_ids: Sequence[int]) -> int:
        query = select(ARTICLES.c.id, ARTICLES.c.story_id).where(ARTICLES.c.id.in_(article_ids))
        rows = self._connection.execute(query).all()
        stories = {row.story_id for row in rows}
        missing = set(article_ids) - {row.id for row in rows}
        if missing:
            raise NotFoundError(f"there is no article a{min(missing)}")
        if None in stories:
            raise InputError("an article that was stored without reading is in no story; read it first")
        if len(stories) != 1:
            raise InputError("name articles of one story; move those of another one by themselves")
        return int(stories.pop())

    def _open(self, article_id: int, *, now: datetime) -> int:
        title, body = self._connection.execute(
            select(ARTICLES.c.title, ARTICLES.c.text).where(ARTICLES.c.id == article_id)
        ).one()
        return open_story(self._connection, title or body, now=now)

    def _move(self, from_id: int, to_id: int, moved: tuple[int, ...], *, now: datetime) -> Change:
        connection = self._connection
        standings = (_stand(connection, from_id), _stand(connection, to_id))
        is_linked = not _are_linked(connection, from_id, to_id)
        whole, shared = _sort_events(connection, from_id, moved)
        touched = (*_events_told_by(connection, moved), *whole)
        with shift_lookbacks(connection, touched):
            set_story(connection, moved, to_id)
            _set_event_story(connection, whole, to_id)
            divisions = tuple(
                divide(connection, event_id, report_ids, story_id=to_id, now=now)
                for event_id, report_ids in shared.items()
            )
        link_stories(connection, to_id, [from_id])
        head_ids = _settle(connection, from_id, to_id)
        report_ids = tuple(row.id for row in connection.execute(_TELLS, {"ids": whole})) if whole else ()
        return Change(from_id, to_id, moved, tuple(whole), report_ids, divisions, head_ids, is_linked, standings)

    def undo(self, change: str, *, now: datetime) -> None:
        """Move back what ``move`` moved; what joined the stories since then stays where it is.

        Articles that were moved on since, and their reports, stay too. Divided events are joined again; reports that
        articles which stay have added to an event that goes back become an event of their own, or stay in the one that
        was divided off. Nothing happens with an empty ``change``.

        Raises:
            StorageError: ``change`` is damaged.
        """
        if not change:
            return
        done = from_json(Change, change)
        here = select(ARTICLES.c.id).where(ARTICLES.c.id.in_(done.article_ids), ARTICLES.c.story_id == done.to_id)
        returning = set(self._connection.execute(here).scalars())
        if returning:
            self._move_back(done, returning, now=now)

    def _move_back(self, done: Change, returning: set[int], *, now: datetime) -> None:
        connection = self._connection
        going = _list_returning(connection, done, returning)
        parts = [part for division in done.divisions for part in (division.event_id, division.part_id)]
        touched = (*_events_told_by(connection, returning), *parts)
        with shift_lookbacks(connection, touched):
            set_story(connection, returning, done.from_id)
            _set_event_story(connection, going, done.from_id)
            for event_id, added in _list_added(connection, going, done).items():
                divide(connection, event_id, added, story_id=done.to_id, now=now)
            for division in done.divisions:
                rejoin(connection, division, returning, story_id=done.from_id)
        if done.is_linked:
            _unlink(connection, done.from_id, done.to_id)
        _return_heads(connection, done)
        _settle(connection, done.to_id, done.from_id)
        for standing in done.standings:
            _restore(connection, standing)


def set_story(connection: Connection, article_ids: Collection[int], story_id: int) -> None:
    """Say which story articles belong to."""
    ours = ARTICLES.c.id.in_(sorted(article_ids))
    connection.execute(update(ARTICLES).where(ours).values(story_id=story_id))


def _set_event_story(connection: Connection, event_ids: Collection[int], story_id: int) -> None:
    ours = EVENTS.c.id.in_(sorted(event_ids))
    connection.execute(update(EVENTS).where(ours).values(story_id=story_id))


def _events_told_by(connection: Connection, article_ids: Collection[int]) -> list[int]:
    query = select(REPORTS.c.event_id).distinct().where(REPORTS.c.article_id.in_(sorted(article_ids)))
    return sorted(connection.execute(query).scalars())


def _sort_events(
    connection: Connection, story_id: int, moved: Collection[int]
) -> tuple[list[int], dict[int, list[int]]]:
    """Return the events of the story that moved articles tell.

    First those that no other article of the story tells; then, by event, the moved articles' reports of the rest.
    """
    told = _events_told_by(connection, moved)
    ours = select(EVENTS.c.id).where(EVENTS.c.id.in_(told), EVENTS.c.story_id == story_id).order_by(EVENTS.c.id)
    event_ids = list(connection.execute(ours).scalars())
    going: dict[int, list[int]] = {event_id: [] for event_id in event_ids}
    shared: set[int] = set()
    for row in connection.execute(_TELLS, {"ids": event_ids}).all() if event_ids else ():
        if row.article_id in moved:
            going[row.event_id].append(row.id)
        elif row.story_id == story_id:
            shared.add(row.event_id)
    whole = [event_id for event_id in event_ids if event_id not in shared]
    return whole, {event_id: going[event_id] for event_id in event_ids if event_id in shared}


def _list_returning(connection: Connection, done: Change, returning: Collection[int]) -> list[int]:
    """Return the events that go back: those that came along whole, and what no article that stays tells."""
    alone, shared = _sort_events(connection, done.to_id, returning)
    return sorted({*alone, *(shared.keys() & set(done.event_ids))})


def _list_added(connection: Connection, event_ids: Sequence[int], done: Change) -> dict[int, list[int]]:
    """Return, by event, the reports that articles which stay have added since the move."""
    added: dict[int, list[int]] = {}
    for row in connection.execute(_TELLS, {"ids": event_ids}).all() if event_ids else ():
        if row.story_id == done.to_id and row.id not in done.report_ids:
            added.setdefault(row.event_id, []).append(row.id)
    return added


def _are_linked(connection: Connection, one: int, other: int) -> bool:
    query = select(STORY_LINKS.c.story_id).where(STORY_LINKS.c.story_id == one, STORY_LINKS.c.related_id == other)
    return connection.execute(query).first() is not None


def _unlink(connection: Connection, one: int, other: int) -> None:
    both = (one, other)
    ours = (STORY_LINKS.c.story_id.in_(both), STORY_LINKS.c.related_id.in_(both))
    connection.execute(delete(STORY_LINKS).where(*ours))


def _return_heads(connection: Connection, done: Change) -> None:
    """Give heads that passed with the story back to it, unless a channel has got another of it since."""
    there = HEADS.alias("there")
    is_taken = select(there.c.id).where(there.c.story_id == done.from_id, there.c.channel == HEADS.c.channel).exists()
    query = select(HEADS.c.id).where(HEADS.c.id.in_(done.head_ids), HEADS.c.story_id == done.to_id, ~is_taken)
    move_heads(connection, list(connection.execute(query).scalars()), done.from_id)


def _settle(connection: Connection, from_id: int, to_id: int) -> tuple[int, ...]:
    """Bring both stories up to date after a move and return the heads that passed along."""
    n_left = _sum_up(connection, from_id)
    _sum_up(connection, to_id)
    passed = () if n_left else tuple(pass_heads(connection, from_id, to_id))
    for story_id in (from_id, to_id):
        mark_heads(connection, story_id)
    return passed


def _sum_up(connection: Connection, story_id: int) -> int:
    """Bring the counts of a story up to date with its articles and return their number; an empty one keeps its time."""
    ours = ARTICLES.c.story_id == story_id
    decided = select(func.count(ARTICLES.c.id.distinct()), func.max(DECISIONS.c.made_at))
    decided = decided.select_from(ARTICLES).outerjoin(DECISIONS, DECISIONS.c.article_id == ARTICLES.c.id).where(ours)
    n_articles, last_at = connection.execute(decided).one()
    values = {"n_articles": n_articles, "n_independent": _count_origins(connection, story_id)}
    if last_at is not None:
        values["last_at"] = last_at
    connection.execute(update(STORIES).where(STORIES.c.id == story_id).values(values))
    return int(n_articles)


def _count_origins(connection: Connection, story_id: int) -> int:
    """Return how many independent origins a story has: those that its reports name, else its outlets; at least 1."""
    query = (
        select(ARTICLES.c.outlet, ARTICLES.c.url, REPORTS.c.data)
        .select_from(ARTICLES)
        .outerjoin(REPORTS, REPORTS.c.article_id == ARTICLES.c.id)
        .where(ARTICLES.c.story_id == story_id)
    )
    found = [
        outlet_origin(outlet, url) if data is None else report_origin(read_report(data), outlet, url)
        for outlet, url, data in connection.execute(query)
    ]
    return max(1, count_independent(found))


def _stand(connection: Connection, story_id: int) -> Standing:
    ours = select(ARTICLES.c.id).where(ARTICLES.c.story_id == story_id).order_by(ARTICLES.c.id)
    n_independent = connection.execute(select(STORIES.c.n_independent).where(STORIES.c.id == story_id)).scalar_one()
    return Standing(story_id, n_independent, tuple(connection.execute(ours).scalars()))


def _restore(connection: Connection, standing: Standing) -> None:
    """Give a story that has the same articles again the number that was counted while they came in."""
    if _stand(connection, standing.story_id).article_ids == standing.article_ids:
        ours = STORIES.c.id == standing.story_id
        connection.execute(update(STORIES).where(ours).values(n_independent=standing.n_independent))
