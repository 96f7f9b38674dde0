"""``/watch add|list|edit|mute|remove|pause|resume`` and ``/watches``: what channels hear.

Owns the wording of watches, and whose watches somebody may change: those of the own place, or all for who runs the bot.
Every change is written to the audit log in the same transaction.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime

from handlers.arguments import find_text, get_text
from handlers.channels import check_channel
from handlers.messages import closed_notice, count_words, moment_span, notice, say_channel, word_spans
from handlers.ports import Ports, Transaction
from handlers.records import Record, closed_record, watch_record
from handlers.reply import Block, Listing, Notice, Paragraph, Person, Reply, Room, Span, Strong, Text, Tone
from handlers.request import Access, Request
from handlers.topics import get_expression, nearest_to, remark_on_quotes
from handlers.values import parse_duration
from handlers.watch_settings import apply_settings, end_watch, is_anything_set, say_labels, say_schedule, setting_spans
from news.errors import NotFoundError, QueryError
from news.queries.expressions import Expression, list_topics
from news.watches.watch import ClosedChannel, Watch, place_of


def add_watch(request: Request, ports: Ports) -> Reply:
    """Return whether the watch was added; a topic that is no known name is taken with a remark."""
    expression, channel = get_text(request, "topic"), _get_channel(request)
    with ports.store.write() as tx:
        held = (watch.expression for watch in tx.watches.list_all(channel))
        # The same topic in other letters is the same watch.
        expression = next((each for each in held if each.casefold() == expression.casefold()), expression)
        hints = _hint(get_expression(expression, tx), tx)
        hints.extend(map(notice, remark_on_quotes(expression)))
        watch, is_added = tx.watches.add(channel=channel, expression=expression, actor=request.actor, now=request.now)
        if is_added:
            watch = apply_settings(watch, request)
            tx.watches.update(watch)
            _audit(tx, request, watch)
        hints.extend(closed_notice(each) for each in _find_closed(tx, request) if each.channel == watch.channel)
    if not is_added and is_anything_set(request):
        hints.append(notice(f"It was there already. /watch edit {watch.id} changes it."))
    if not watch.hears(request.now):
        hints.append(notice(f"It posts nothing now: /watch resume {watch.id} lets it post again."))
    verb = "hears now of" if is_added else "hears already of"
    title = f"{say_channel(request, watch.channel)} {verb} {watch.expression} (watch {watch.id})"
    blocks = (*_elsewhere(request, watch.channel), _posted(watch), *hints)
    return Reply(title, blocks, {"added": is_added, **watch_record(watch)})


def edit_watch(request: Request, ports: Ports) -> Reply:
    """Return how the watch is set now. Raises QueryError if nothing is to be changed."""
    if not is_anything_set(request):
        raise QueryError("Name what to change, such as --mode daily. /help watch edit shows all.")
    with ports.store.write() as tx:
        watch = apply_settings(_get_watch(tx, request), request)
        tx.watches.update(watch, now=request.now)
        _audit(tx, request, watch)
    title = f"{say_channel(request, watch.channel)} hears of {watch.expression} (watch {watch.id})"
    return Reply(title, (*_elsewhere(request, watch.channel), _posted(watch)), watch_record(watch))


def mute_watch(request: Request, ports: Ports) -> Reply:
    """Return until when the watch posts nothing."""
    until = request.now + parse_duration(get_text(request, "time"))
    with ports.store.write() as tx:
        watch = replace(_get_watch(tx, request), muted_until=until)
        tx.watches.update(watch)
        _audit(tx, request, watch)
    title = f"{say_channel(request, watch.channel)} hears nothing of {watch.expression} for {get_text(request, 'time')}"
    words = Notice(
        Tone.INFO, (Text("Muted until "), moment_span(until), *word_spans(f"; /watch resume {watch.id} ends it."))
    )
    return Reply(title, (*_elsewhere(request, watch.channel), words), watch_record(watch))


def _posted(watch: Watch) -> Notice:
    """Return what a watch posts, and when."""
    origins = f", from {count_words(watch.n_origins, 'independent origin')} on" if watch.n_origins > 1 else ""
    calls = f", calls {watch.ping}" if watch.ping else ""
    return notice(f"Posted: {say_labels(watch)}, {say_schedule(watch.schedule)}{origins}{calls}.")


def show_watches(request: Request, ports: Ports) -> Reply:
    """Return the watches of the channel that asks."""
    with ports.store.read() as tx:
        watches = tx.watches.list_all(request.channel)
        closed = [each for each in _find_closed(tx, request) if each.channel == request.channel]
    if not watches:
        may_add = request.access >= Access.MANAGE
        hint = notice("/watch add <topic> adds a topic." if may_add else "Whoever manages this place can add a topic.")
        return Reply("This channel hears nothing yet.", (hint,), _list_record(watches, closed))
    title = f"{count_words(len(watches), 'watch', 'watches')} of this channel"
    return Reply(title, _list_blocks(watches, closed, request.now), _list_record(watches, closed))


def show_all_watches(request: Request, ports: Ports) -> Reply:
    """Return the watches of all channels of the place, of all places to who runs the bot."""
    sees_all = request.access >= Access.OPERATE
    with ports.store.read() as tx:
        watches = tx.watches.list_all(place="" if sees_all else request.place)
        closed = _find_closed(tx, request)
    if not watches and not closed:
        hint = notice("/watch add <topic> adds a topic to the channel where it is typed.")
        return Reply("No channel hears anything yet.", (hint,), _list_record(watches, closed))
    channels = len({watch.channel for watch in watches})
    title = f"{count_words(len(watches), 'watch', 'watches')} of {count_words(channels, 'channel')}"
    return Reply(title, _list_blocks(watches, closed, request.now, names_channel=True), _list_record(watches, closed))


def remove_watch(request: Request, ports: Ports) -> Reply:
    """Return which watch was ended; what waits for it and was never tried is not sent."""

    def remove(tx: Transaction, watch: Watch) -> None:
        end_watch(tx, watch, now=request.now)

    return _change(request, ports, "does not hear of {topic} any more", remove)


def pause_watch(request: Request, ports: Ports) -> Reply:
    """Return which watch posts nothing until it is resumed."""

    def pause(tx: Transaction, watch: Watch) -> None:
        tx.watches.update(replace(watch, is_paused=True))

    return _change(request, ports, "hears nothing of {topic} until /watch resume {id}", pause)


def resume_watch(request: Request, ports: Ports) -> Reply:
    """Return which watch posts again; a channel that refused the bot is tried again."""

    def resume(tx: Transaction, watch: Watch) -> None:
        tx.watches.update(replace(watch, is_paused=False, muted_until=None))
        if any(closed.channel == watch.channel for closed in tx.channels.list_closed(place_of(watch.channel))):
            tx.channels.reopen(watch.channel)

    return _change(request, ports, "hears of {topic} again", resume)


def _change(request: Request, ports: Ports, words: str, change: Callable[[Transaction, Watch], None]) -> Reply:
    with ports.store.write() as tx:
        watch = _get_watch(tx, request)
        was_closed = [each for each in _find_closed(tx, request) if each.channel == watch.channel]
        change(tx, watch)
        _audit(tx, request, watch)
        now = tx.watches.find(watch.id)
        is_closed = [each for each in _find_closed(tx, request) if each.channel == watch.channel]
    blocks: list[Block] = [*_elsewhere(request, watch.channel), *(closed_notice(each) for each in is_closed)]
    if was_closed and not is_closed:
        n_waiting = count_words(was_closed[0].n_waiting, "alert")
        blocks.append(notice(f"The channel refused the bot; it is tried again now, with {n_waiting} waiting."))
    said = words.replace("{id}", str(watch.id)).replace("{topic}", watch.expression)
    title = f"{say_channel(request, watch.channel)} {said}"
    return Reply(title, tuple(blocks), {"removed": now is None, **watch_record(now or watch)})


def find_watch(tx: Transaction, request: Request) -> Watch | None:
    """Return a watch by its number anywhere in the place, or by its topic in this channel, or None."""
    reference = get_text(request, "watch").strip('"')
    sees_all = request.access >= Access.OPERATE
    for watch in tx.watches.list_all(place="" if sees_all else request.place):
        is_topic = watch.channel == request.channel and watch.expression.strip('"').casefold() == reference.casefold()
        if str(watch.id) == reference or is_topic:
            return watch
    return None


def _get_watch(tx: Transaction, request: Request) -> Watch:
    """Return a watch as ``find_watch`` does. Raises NotFoundError."""
    watch = find_watch(tx, request)
    if watch is None:
        reference = get_text(request, "watch")[:80]
        raise NotFoundError(f"There is no watch “{reference}” here. /watch list shows all with their numbers.")
    return watch


def _get_channel(request: Request) -> str:
    """Return the address of the channel that is named, or of this one. Raises QueryError."""
    named = find_text(request, "channel") or ""
    if not named:
        return request.channel
    return check_channel(request, named)


def _elsewhere(request: Request, channel: str) -> list[Block]:
    return [] if channel == request.channel else [Paragraph((Text("It posts in "), Room(channel), Text(".")))]


def _find_closed(tx: Transaction, request: Request) -> list[ClosedChannel]:
    return tx.channels.list_closed("" if request.access >= Access.OPERATE else request.place)


def _audit(tx: Transaction, request: Request, watch: Watch) -> None:
    subject = f"{watch.expression} (watch {watch.id})"
    tx.audit.add(actor=request.actor, action=request.command, subject=subject, now=request.now, channel=watch.channel)


def _list_blocks(
    watches: Sequence[Watch], closed: Sequence[ClosedChannel], now: datetime, *, names_channel: bool = False
) -> tuple[Block, ...]:
    listing = Listing(tuple(_watch_spans(watch, now, names_channel=names_channel) for watch in watches))
    return (*([listing] if watches else []), *(closed_notice(each) for each in closed))


def _watch_spans(watch: Watch, now: datetime, *, names_channel: bool) -> tuple[Span, ...]:
    where: tuple[Span, ...] = (Text(" in "), Room(watch.channel)) if names_channel else ()
    maker = (Text("; made by "), Person(watch.created_by), Text(", "), moment_span(watch.created_at))
    return (Strong(f"{watch.id}: {watch.expression}"), *where, *setting_spans(watch, now), *maker)


def _list_record(watches: Sequence[Watch], closed: Sequence[ClosedChannel]) -> Record:
    return {"watches": [watch_record(watch) for watch in watches], "closed": [closed_record(each) for each in closed]}


def _hint(expression: Expression, tx: Transaction) -> list[Notice]:
    """Return which words are looked for as they stand, with the nearest names to the first of them."""
    unknown = [term for topic in list_topics(expression) for term in topic.terms if not term.keys]
    if not unknown:
        return []
    nearest = ", ".join(name.name for name in nearest_to(unknown[0].text, tx))
    offer = f" Nearest known names: {nearest}." if nearest else ""
    words = ", ".join(f"“{term.text}”" for term in unknown)
    are = "is no known name, so its words are" if len(unknown) == 1 else "are no known names, so their words are"
    return [notice(f"{words} {are} looked for as they stand.{offer}")]
