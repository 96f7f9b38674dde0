"""Stored things as plain data for programs: the ``data`` of replies and the rows of ``ingest``.

Owns the names of the keys. Must never leave out a key or rename one: others script against them. Times are ISO 8601
with offset, days are ``YYYY-MM-DD``, what is unknown is None.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from handlers.ports import Transaction
from news.decision import Claim, Decision, Dispute, KnownSince, NewFact, StoredArticle, StoredReport
from news.errors import NotFoundError
from news.model import Article, Origin, TimeSpan
from news.names.entities import get_entity
from news.polling import Feed
from news.reports.wording import say_name
from news.watches.watch import ClosedChannel, OutboxRow, Watch
from news.words.urls import hide_credentials

Record = dict[str, Any]
"""A JSON object."""

_MOST_NAMES = 20


def moment(value: datetime | None) -> str | None:
    """Return an ISO 8601 time, or None."""
    return None if value is None else value.isoformat()


def span_record(span: TimeSpan) -> Record:
    """Return ``from``, ``to`` and ``precision`` of a span; open ends are None."""
    return {
        "from": None if span.first_on is None else span.first_on.isoformat(),
        "to": None if span.last_on is None else span.last_on.isoformat(),
        "precision": span.precision.value,
    }


def reference_of(article_id: int, article: Article) -> str:
    """Return the caller's own id of an article if it had one, else ``a<id>``. Guids of feeds are nobody's own id."""
    return article.source_id if article.source_id and not article.feed_url else f"a{article_id}"


def origin_record(origin: Origin | None) -> Record | None:
    """Return key, name and kind of an origin."""
    return None if origin is None else {"key": origin.key, "name": origin.name, "kind": origin.kind.value}


def list_origins(origins: Iterable[Origin]) -> list[Record]:
    """Return the origins in order, each key once."""
    distinct = {origin.key: origin for origin in origins}
    return [record for origin in distinct.values() if (record := origin_record(origin)) is not None]


def claim_record(claim: Claim | None) -> Record | None:
    """Return value, quote and source of a claim; ``article`` is None for the article being decided on."""
    if claim is None:
        return None
    return {
        "value": claim.value,
        "quote": claim.quote,
        "outlet": claim.outlet,
        "article": None if claim.article_id is None else f"a{claim.article_id}",
        "published_at": moment(claim.published_at),
        "origin": origin_record(claim.origin),
    }


def fact_record(fact: NewFact) -> Record:
    """Return what is new: the slot, the value and quote, what was held before, and what to compare it with."""
    return {
        "kind": fact.kind.value,
        "value": fact.after.value,
        "quote": fact.after.quote,
        "before": claim_record(fact.before),
        "beside": claim_record(fact.beside),
        "event": None if fact.event_id is None else f"e{fact.event_id}",
    }


def dispute_record(dispute: Dispute) -> Record:
    """Return both claims of a dispute."""
    return {
        "kind": dispute.kind.value,
        "event": None if dispute.event_id is None else f"e{dispute.event_id}",
        "here": claim_record(dispute.here),
        "there": claim_record(dispute.there),
    }


def known_since_record(known: KnownSince | None, reference: str = "") -> Record | None:
    """Return the earliest article that had it; ``reference`` is its caller's own id, if known."""
    if known is None:
        return None
    return {
        "article": reference or f"a{known.article_id}",
        "outlet": known.outlet,
        "title": known.title,
        "url": known.url,
        "published_at": moment(known.published_at),
        "quote": known.quote,
        "event": None if known.event_id is None else f"e{known.event_id}",
        "when": span_record(known.when),
    }


def article_record(stored: StoredArticle) -> Record:
    """Return an article without its text."""
    return {
        "article": f"a{stored.id}",
        "title": stored.article.title,
        "outlet": stored.article.outlet,
        "url": stored.article.url,
        "published_at": moment(stored.article.published_at),
        "fetched_at": moment(stored.fetched_at),
        "label": stored.label.value,
        "story": f"s{stored.story_id}",
        "language": stored.language,
        "is_seed": stored.is_seed,
    }


def decision_record(decision: Decision) -> Record:
    """Return what is new, known since, disputed and traced in a decision, with its reasons."""
    return {
        "label": decision.label.value,
        "duplicate_of": None if decision.duplicate_of is None else f"a{decision.duplicate_of}",
        "known_since": known_since_record(decision.known_since),
        "new": [fact_record(fact) for fact in decision.new],
        "disputes": [dispute_record(dispute) for dispute in decision.disputes],
        "origins": list_origins(decision.origins),
        "n_independent": decision.n_independent,
        "reasons": [
            {
                "step": reason.step,
                "text": reason.text,
                "article": None if reason.article_id is None else f"a{reason.article_id}",
                "score": reason.score,
            }
            for reason in decision.reasons
        ],
    }


def report_record(stored: StoredReport) -> Record:
    """Return one report of an event."""
    return {
        "article": stored.article_ref or f"a{stored.article_id}",
        "outlet": stored.outlet,
        "url": stored.url,
        "published_at": moment(stored.published_at),
        "quote": stored.report.quote,
        "origin": origin_record(stored.report.origin),
    }


def name_records(keys: Iterable[str]) -> list[Record]:
    """Return key and name of each entity, the most frequent first; a place also with the names of what it lies in."""
    counts = Counter(keys)
    ranked = sorted(counts, key=lambda key: -counts[key])[:_MOST_NAMES]
    return [{"key": key, "name": say_name(key)} | _around(key) for key in ranked]


def _around(key: str) -> Record:
    entity = get_entity(key) if key.startswith("place:") else None
    return {"within": [say_name(outer) for outer in entity.within]} if entity is not None else {}


class References:
    """The names by which programs know articles, looked up once each. For use within one transaction."""

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx
        self._names: dict[int, str] = {}

    def look_up(self, reports: Iterable[StoredReport]) -> None:
        """Look up the articles of these reports at once."""
        wanted = {stored.article_id for stored in reports} - self._names.keys()
        held = self._tx.articles.list_references(wanted)
        for article_id in wanted:
            source_id, feed_url = held.get(article_id, ("", ""))
            self._names[article_id] = source_id if source_id and not feed_url else f"a{article_id}"

    def name(self, stored: StoredReport) -> str:
        """Return the reference of the article that a report stands in."""
        return stored.article_ref or self.find(stored.article_id)

    def find(self, article_id: int) -> str:
        """Return the reference of an article; ``a<id>`` where the article is gone."""
        if article_id not in self._names:
            try:
                article = self._tx.articles.get(article_id).article
                self._names[article_id] = reference_of(article_id, article)
            except NotFoundError:
                self._names[article_id] = f"a{article_id}"
        return self._names[article_id]


def feed_record(feed: Feed) -> Record:
    """Return a feed and the state of its polls."""
    return {
        "feed": feed.id,
        "url": hide_credentials(feed.url),
        "outlet": feed.outlet or feed.title,
        "language": feed.language,
        "status": feed.status.value,
        "owner": feed.owner,
        "interval_s": feed.interval_s,
        "n_articles": feed.n_articles,
        "n_failures": feed.n_failures,
        "error": feed.error,
        "polled_at": moment(feed.polled_at),
        "succeeded_at": moment(feed.succeeded_at),
        "next_poll_at": moment(feed.next_poll_at),
    }


def watch_record(watch: Watch) -> Record:
    """Return a watch."""
    return {
        "watch": watch.id,
        "channel": watch.channel,
        "topic": watch.expression,
        "labels": sorted(label.value for label in watch.labels),
        "ping": watch.ping,
        "is_paused": watch.is_paused,
        "n_origins": watch.n_origins,
        "mode": watch.schedule.mode.value,
        "digest_at": f"{watch.schedule.digest_at:%H:%M}",
        "quiet": None if watch.schedule.quiet is None else str(watch.schedule.quiet),
        "zone": watch.schedule.zone,
        "empty": "line" if watch.schedule.says_empty else "nothing",
        "muted_until": moment(watch.muted_until),
        "created_by": watch.created_by,
        "created_at": moment(watch.created_at),
    }


def closed_record(closed: ClosedChannel) -> Record:
    """Return a channel that refuses the bot, with why and how much waits for it."""
    return {
        "channel": closed.channel,
        "reason": closed.reason,
        "closed_at": moment(closed.closed_at),
        "n_waiting": closed.n_waiting,
    }


def alert_record(row: OutboxRow) -> Record:
    """Return an alert with the state of its delivery."""
    return {
        "alert": f"n{row.id}",
        "article": f"a{row.alert.article_id}",
        "channel": row.alert.channel,
        "watch": row.alert.watch_id,
        "label": row.alert.label.value,
        "state": row.state.value,
        "n_attempts": row.n_attempts,
        "receipt": row.receipt,
        "error": row.error,
        "created_at": moment(row.created_at),
        "due_at": moment(row.alert.due_at),
        "held_by": row.alert.held_by,
        "matched": list(row.alert.matched),
        "sent_at": moment(row.sent_at),
    }
