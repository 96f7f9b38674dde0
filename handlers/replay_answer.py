"""A replay as an answer: per channel what would be posted more, less or otherwise, and why.

Owns the wording and the record. Must never decide what differs: that is ``news.watches.replays``'. The reasons are
those that ``/why`` gives: what was decided then, and what would be decided.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from handlers.jobs.replay import ReplayPlan, ReplayResult
from handlers.messages import (
    FACT_WORDS,
    FEEDBACK_STEP,
    LABEL_MEANINGS,
    LABEL_WORDS,
    NO_ALERTS_STEP,
    count_words,
    format_moment,
    format_published,
    notice,
    shorten,
    title_of,
)
from handlers.ports import Ports, Transaction
from handlers.records import Record, article_record, decision_record, moment
from handlers.reply import Block, Entry, Heading, Link, Listing, Reply, Strong, Table, Text, Tone
from handlers.slot_words import say_value
from news.decision import POSTED_LABELS, Decision
from news.watches.replays import Change, Difference, Told

_MOST_FACTS = 3
_LONGEST_TITLE = 160
_SIGNS = {Change.MORE: "+", Change.LESS: "-"}
_NOT_SHOWN = frozenset({"new", "dispute", FEEDBACK_STEP, NO_ALERTS_STEP})


@dataclass(frozen=True, slots=True)
class ReplayView:
    """How a replay is to be shown.

    Attributes:
        channel: only this one, or those of a place that it names; empty for all.
        n_most: differences shown in full.
        rules: which settings held, in words.
    """

    channel: str = ""
    n_most: int = 50
    rules: str = ""


def compose_replay(past: Ports, plan: ReplayPlan, result: ReplayResult, view: ReplayView) -> Reply:
    """Return the differences by channel, in order of articles, with reasons; counts first."""
    mine = [each for each in result.differences if _is_of(view.channel, each.told.alert.channel)]
    was = [told for told in result.was if _is_of(view.channel, told.alert.channel)]
    would = [told for told in result.would if _is_of(view.channel, told.alert.channel)]
    last = f"{plan.until:%Y-%m-%d %H:%M}"
    words = f"{count_words(result.n_editions, 'article')} from {plan.since:%Y-%m-%d %H:%M} until {last} UTC{view.rules}"
    with past.store.read() as tx:
        blocks = [*_count(was, would, mine), *_differ(tx, result, mine[: view.n_most]), *_remarks(result, mine, view)]
        record = _record(tx, plan, result, mine)
    if not mine:
        title = f"No difference: {count_words(len(was), 'alert')} on {words}"
    else:
        title = f"{count_words(len(mine), 'alert')} would differ from the {len(was):,} that were posted: {words}"
    return Reply(title, tuple(blocks), record | {"n_was": len(was), "n_would": len(would)})


def _is_of(wanted: str, channel: str) -> bool:
    return not wanted or channel == wanted or channel.startswith(f"{wanted}/")


def _count(was: Sequence[Told], would: Sequence[Told], differences: Sequence[Difference]) -> Iterator[Block]:
    before = Counter(told.alert.channel for told in was)
    after = Counter(told.alert.channel for told in would)
    kinds = Counter((each.told.alert.channel, change) for each in differences for change in each.changes)
    channels = sorted(before.keys() | after.keys())
    if channels:
        rows = (_count_row(channel, before[channel], after[channel], kinds) for channel in channels)
        columns = ("channel", "posted", "would be", *(["more", "less", "label", "facts", "time", "message"]))
        yield Table(columns, tuple(rows))


def _count_row(channel: str, n_was: int, n_would: int, kinds: Counter[tuple[str, Change]]) -> tuple[str, ...]:
    return (channel, str(n_was), str(n_would), *(str(kinds[channel, change]) for change in Change))


def _differ(tx: Transaction, result: ReplayResult, differences: Iterable[Difference]) -> Iterator[Block]:
    shown = ""
    for difference in differences:
        if difference.told.alert.channel != shown:
            shown = difference.told.alert.channel
            yield Heading(shown)
        yield _entry(tx, difference)
        lines = (("then: ", _say_then(tx, difference)), ("now: ", _say_now(tx, result, difference)))
        yield Listing(tuple((Strong(head), Text(words)) for head, words in lines))


def _entry(tx: Transaction, difference: Difference) -> Entry:
    alert = difference.told.alert
    stored = tx.articles.get(alert.article_id)
    sign = _SIGNS.get(difference.changes[0], "~")
    what = ", ".join(change.value for change in difference.changes)
    title = (Strong(f"{sign} {what}: "), Link(shorten(title_of(stored), _LONGEST_TITLE), stored.article.url))
    edition = f", edition {alert.revision}" if alert.revision else ""
    return Entry(format_moment(stored.fetched_at), title, (stored.article.outlet, f"a{stored.id}{edition}"))


def _say_then(tx: Transaction, difference: Difference) -> str:
    if difference.was is not None:
        return _say_told(tx, difference.was)
    alert = difference.told.alert
    return _say_silence(tx.articles.get_decision(alert.article_id, revision=alert.revision))


def _say_now(tx: Transaction, result: ReplayResult, difference: Difference) -> str:
    if difference.would is not None:
        return _say_told(tx, difference.would)
    verdict = result.verdicts.get((difference.told.alert.article_id, difference.told.alert.revision))
    return "it would be passed over: the same words are held already" if verdict is None else _say_silence(verdict)


def _say_told(tx: Transaction, told: Told) -> str:
    watch = tx.watches.find(told.alert.watch_id)
    topic = f"watch {told.alert.watch_id}" if watch is None else f"“{watch.expression}”"
    matched = " ".join(told.alert.matched)
    parts = [LABEL_WORDS[told.alert.label], *_say_facts(told.decision), f"taken by {topic} on “{matched or '*'}”"]
    if told.alert.held_by:
        parts.append(f"held for the {told.alert.held_by} until {format_moment(told.alert.due_at)}")
    if told.companions:
        parts.append(f"in a digest with {count_words(len(told.companions), 'other alert')}")
    return "; ".join(parts)


def _say_facts(decision: Decision) -> Iterator[str]:
    for fact in decision.new[:_MOST_FACTS]:
        before = "" if fact.before is None else f"{say_value(fact.kind, fact.before.value)} → "
        yield f"{FACT_WORDS[fact.kind]}: {before}{shorten(say_value(fact.kind, fact.after.value), 120)}"
    if len(decision.new) > _MOST_FACTS:
        yield f"{len(decision.new) - _MOST_FACTS} more new"
    for dispute in decision.disputes[:_MOST_FACTS]:
        there, here = (say_value(dispute.kind, claim.value) for claim in (dispute.there, dispute.here))
        yield f"{FACT_WORDS[dispute.kind]} disputed: {there} / {here}"


def _say_silence(decision: Decision) -> str:
    """Return why an edition was not posted, as far as its decision says."""
    parts = [f"{LABEL_WORDS[decision.label]}, which means: {LABEL_MEANINGS[decision.label]}"]
    known = decision.known_since
    if known is not None:
        day = format_published(known.published_at)
        parts.append(f"known since {known.outlet or 'unknown outlet'}, {day} (a{known.article_id})")
    held = [reason for reason in decision.reasons if reason.step in {FEEDBACK_STEP, NO_ALERTS_STEP}]
    parts.extend(reason.text for reason in held)
    parts.extend(_say_reasons(decision))
    if not held and decision.label in POSTED_LABELS:
        parts.append("no watch of the channel takes it")
    return "; ".join(parts)


def _say_reasons(decision: Decision) -> Iterator[str]:
    for reason in [each for each in decision.reasons if each.step not in _NOT_SHOWN][:_MOST_FACTS]:
        article = "" if reason.article_id is None else f" (a{reason.article_id})"
        score = "" if reason.score is None else f" [{reason.score:.2f}]"
        yield f"{reason.step}: {reason.text}{article}{score}"


def _remarks(result: ReplayResult, differences: Sequence[Difference], view: ReplayView) -> Iterator[Block]:
    if len(differences) > view.n_most:
        yield notice(f"The first {view.n_most} are shown; --limit shows more, --format json all.")
    if result.decisions:
        changes = Counter((was.label, now.label) for was, now in result.decisions)
        said = ", ".join(f"{n} {LABEL_WORDS[was]} → {LABEL_WORDS[now]}" for (was, now), n in sorted(changes.items()))
        yield notice(f"{count_words(len(result.decisions), 'article')} would have another label: {said}.")
    for note in result.notes:
        yield notice(note if note.endswith(".") else f"{note}.", Tone.WARNING)


def _record(
    tx: Transaction, plan: ReplayPlan, result: ReplayResult, differences: Sequence[Difference]
) -> dict[str, object]:
    return {
        "since": moment(plan.since),
        "until": moment(plan.until),
        "n_editions": result.n_editions,
        "differences": [_difference_record(tx, result, each) for each in differences],
        "other_labels": [
            {"article": f"a{was.article_id}", "edition": was.revision, "was": was.label.value, "would": now.label.value}
            for was, now in result.decisions
        ],
        "notes": list(result.notes),
    }


def _difference_record(tx: Transaction, result: ReplayResult, difference: Difference) -> Record:
    alert = difference.told.alert
    return {
        "channel": alert.channel,
        "article": f"a{alert.article_id}",
        "edition": alert.revision,
        "changes": [change.value for change in difference.changes],
        "was": _told_record(difference.was),
        "would": _told_record(difference.would),
        "why_then": _say_then(tx, difference),
        "why_now": _say_now(tx, result, difference),
        "of": article_record(tx.articles.get(alert.article_id)),
    }


def _told_record(told: Told | None) -> Record | None:
    if told is None:
        return None
    companions = None if told.companions is None else [f"a{article}" for article, _ in sorted(told.companions)]
    return {
        "label": told.alert.label.value,
        "due_at": moment(told.alert.due_at),
        "held_by": told.alert.held_by,
        "matched": list(told.alert.matched),
        "companions": companions,
        "decision": decision_record(told.decision),
    }
