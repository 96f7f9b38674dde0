"""``/brief``: what is new on a topic since a moment, newest first.

Owns the choice of the articles shown and their wording. Seeds are what the bot starts from, so they are never news.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from handlers.arguments import find_text, get_text
from handlers.headlines import is_headline
from handlers.messages import (
    LABEL_WORDS,
    claim_quote,
    count_words,
    dispute_paragraph,
    format_issued,
    known_since_paragraph,
    notice,
    shorten,
    title_of,
)
from handlers.ports import Ports, Transaction
from handlers.records import Record, article_record, decision_record, moment
from handlers.reply import Block, Entry, Link, Paragraph, Quote, Reply, Strong, Text
from handlers.request import Request
from handlers.topics import answer_unknown, get_topic, is_named
from handlers.values import parse_since
from news.decision import POSTED_LABELS, Decision, StoredArticle
from news.errors import QueryError
from news.queries.topics import Topic

_DEFAULT_BACK = timedelta(days=7)
_MOST_ARTICLES = 500
_MOST_ENTRIES = 50
_MOST_FACTS = 3

Item = tuple[StoredArticle, Decision]


def show_brief(request: Request, ports: Ports) -> Reply:
    """Return the articles that brought something new since then, newest first, and how many only repeated."""
    typed = find_text(request, "since")
    since = request.now - _DEFAULT_BACK if typed is None else parse_since(typed, now=request.now)
    with ports.store.read() as tx:
        topic = get_topic(get_text(request, "topic"), tx)
        if topic.without:
            raise QueryError("A brief leaves nothing out: NOT is for timelines and watches.")
        items = [item for item in tx.articles.list_since(topic, since, limit=_MOST_ARTICLES) if not item[0].is_seed]
        if not items:
            return _answer_nothing(topic, since, tx)
    return _answer(topic, since, items)


def _answer(topic: Topic, since: datetime, items: Sequence[Item]) -> Reply:
    news = [item for item in items if item[0].label in POSTED_LABELS]
    blocks: list[Block] = [_make_entry(stored, decision) for stored, decision in news[:_MOST_ENTRIES]]
    blocks.extend(_notices(items, news))
    title = f"{topic.text}: {count_words(len(news), 'new article')} since {format_issued(since)}"
    return Reply(title, tuple(blocks), _record(topic, since, items, news[:_MOST_ENTRIES]))


def _make_entry(stored: StoredArticle, decision: Decision) -> Entry:
    notes = (stored.article.outlet or "unknown outlet", f"s{stored.story_id}", f"a{stored.id}")
    title = (Strong(f"{LABEL_WORDS[stored.label]} "), Link(title_of(stored), stored.article.url))
    disputes = tuple(dispute_paragraph(dispute) for dispute in decision.disputes[:_MOST_FACTS])
    when = format_issued(stored.article.published_at or stored.fetched_at)
    return Entry(when, title, notes, _quotes(stored, decision), disputes)


def _quotes(stored: StoredArticle, decision: Decision) -> tuple[Quote, ...]:
    told = [
        fact.after for fact in decision.new if fact.after.quote and not is_headline(fact.after.quote, stored.article)
    ]
    distinct = {claim.quote: claim for claim in told}
    if distinct:
        return tuple(claim_quote(claim) for claim in list(distinct.values())[:_MOST_FACTS])
    return (Quote(shorten(stored.article.text, 240), (Text(stored.article.outlet),)),) if stored.article.text else ()


def _notices(items: Sequence[Item], news: Sequence[Item]) -> list[Block]:
    notices: list[Block] = []
    if len(news) > _MOST_ENTRIES:
        notices.append(notice(f"The newest {_MOST_ENTRIES} of {len(news)} are shown; name a later day for fewer."))
    if len(items) > len(news):
        notices.append(notice(f"{count_words(len(items) - len(news), 'more article')} told nothing new."))
    if len(items) == _MOST_ARTICLES:
        notices.append(notice(f"Only the newest {_MOST_ARTICLES} articles were looked at."))
    return notices


def _record(topic: Topic, since: datetime, items: Sequence[Item], news: Sequence[Item]) -> Record:
    entries = [article_record(stored) | decision_record(decision) for stored, decision in news]
    n_repeats = sum(1 for stored, _ in items if stored.label not in POSTED_LABELS)
    return {"topic": topic.text, "since": moment(since), "entries": entries, "n_repeats": n_repeats}


def _answer_nothing(topic: Topic, since: datetime, tx: Transaction) -> Reply:
    data = _record(topic, since, (), ())
    latest = tx.articles.list_since(topic, datetime.min.replace(tzinfo=since.tzinfo), limit=1)
    if not latest and not (is_named(topic) and tx.events.list_for_topic(topic, limit=1)):
        return answer_unknown(topic, tx, {**data})
    blocks: list[Block] = []
    for stored, decision in latest:
        blocks.append(Paragraph((Text("The newest in the record: "), Link(title_of(stored), stored.article.url))))
        if decision.known_since is not None:
            blocks.append(known_since_paragraph(decision.known_since))
    blocks.append(notice(f"/timeline {topic.text} shows what the record holds."))
    return Reply(f"Nothing new on {topic.text} since {format_issued(since)}.", tuple(blocks), data)
