"""The way of an article: read outside the transaction, then find candidates, decide, write and alert in one.

Owns the order of these steps and the transactions around them. Must never decide: ``news.novelty`` does.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice

from handlers.jobs.editions import find_held, is_edition, is_other_feed
from handlers.jobs.rows import Row, RowResult, failed_row, iter_rows, make_result
from handlers.messages import NO_ALERTS_STEP
from handlers.ports import Ports, Transaction
from handlers.topics import make_resolve
from news.decision import Decision, Label, Reason, StoredArticle
from news.model import Article, Reading
from news.novelty import decide
from news.reading import read, with_headline
from news.watches import Alert, select_alerts

_CHUNK = 50
_SEEN_BEFORE = "an earlier edition of the article had these very words"


@dataclass(frozen=True, slots=True)
class IngestResult:
    """What became of one article.

    Attributes:
        decision: what was decided; None where the article is unchanged and nothing was done.
        is_added: it is a new row of the store; otherwise it is a later edition, or unchanged.
        n_alerts: rows written to the outbox.
    """

    article_id: int
    story_id: int
    decision: Decision | None
    is_added: bool = False
    n_alerts: int = 0


@dataclass(frozen=True, slots=True)
class IngestFailure:
    """An article that could not be read or written; the others were."""

    source_id: str
    url: str
    reason: str


Outcome = IngestResult | IngestFailure


@dataclass(frozen=True, slots=True)
class IngestPlan:
    """How articles are to be taken in.

    Attributes:
        n_silent: so many of the first articles post nothing; None posts nothing at all.
        silence: why nothing is posted, for ``/why``.
        skip_unchanged: articles that the store holds as they are need no decision.
    """

    n_silent: int | None = 0
    silence: str = ""
    is_seed: bool = False
    skip_unchanged: bool = True

    def is_loud(self, index: int) -> bool:
        """Return whether the article at that place may be posted."""
        return self.n_silent is not None and index >= self.n_silent


def ingest_article(article: Article, ports: Ports, *, alerts: bool, is_seed: bool = False) -> IngestResult:
    """Take in one article.

    Raises:
        Exception: whatever reading or writing raises; nothing of the article is then in the store.
    """
    article = with_headline(article)
    reading = read(article)
    plan = IngestPlan(0 if alerts else None, "taken in without alerts", is_seed=is_seed)
    with ports.store.write() as tx:
        return Intake(tx, ports, plan).take(article, reading, is_loud=alerts)


def ingest_batch(articles: Sequence[Article], ports: Ports, plan: IngestPlan) -> Iterator[Outcome]:
    """Take in articles in order, chunk by chunk in one transaction each; yield what became of each, in order.

    One that cannot be read or written fails alone.
    """
    for first in range(0, len(articles), _CHUNK):
        yield from _ingest_chunk(articles[first : first + _CHUNK], first, ports, plan)


def ingest_rows(lines: Iterable[str | bytes], ports: Ports, *, alerts: bool = False) -> Iterator[RowResult]:
    """Take in JSON Lines in order, in constant memory; yield one result for each line that is not blank.

    A row that cannot be understood, read or stored gives a result with ``error``; the rest goes on.
    """
    plan = IngestPlan(0 if alerts else None, "handed over without alerts", skip_unchanged=True)
    rows = iter_rows(lines, clean_html=ports.feeds.clean_html)
    while chunk := list(islice(rows, _CHUNK)):
        yield from _ingest_rows_chunk(chunk, ports, plan)


def _ingest_rows_chunk(rows: Sequence[Row], ports: Ports, plan: IngestPlan) -> Iterator[RowResult]:
    articles = [row.article for row in rows if row.article is not None]
    outcomes = iter(_ingest_chunk(articles, 0, ports, plan))
    pairs = [(row, None if row.article is None else next(outcomes)) for row in rows]
    with ports.store.read() as tx:
        for row, outcome in pairs:
            if outcome is None or isinstance(outcome, IngestFailure):
                yield failed_row(row, row.error if outcome is None else outcome.reason)
            else:
                yield make_result(tx, row, outcome.article_id, outcome.story_id, outcome.decision)


def _ingest_chunk(articles: Sequence[Article], first: int, ports: Ports, plan: IngestPlan) -> list[Outcome]:
    articles = [with_headline(article) for article in articles]
    unchanged = _find_unchanged(articles, ports) if plan.skip_unchanged else {}
    readings = {index: _try_read(article) for index, article in enumerate(articles) if index not in unchanged}
    outcomes: list[Outcome] = []
    if not readings:
        return [unchanged[index] for index in range(len(articles))]
    with ports.store.write() as tx:
        intake = Intake(tx, ports, plan)
        for index, article in enumerate(articles):
            reading = readings.get(index)
            if reading is None:
                outcomes.append(unchanged[index])
            elif isinstance(reading, IngestFailure):
                outcomes.append(reading)
            else:
                outcomes.append(_try_take(intake, article, reading, is_loud=plan.is_loud(first + index)))
    return outcomes


def _find_unchanged(articles: Sequence[Article], ports: Ports) -> dict[int, Outcome]:
    """Return those that the store holds word for word, so that polling a feed again costs no reading.

    One that cannot even be looked for is a failure already.
    """
    found: dict[int, Outcome] = {}
    with ports.store.read() as tx:
        for index, article in enumerate(articles):
            try:
                held = find_held(tx, article)
            except Exception as error:  # noqa: BLE001 - the others are looked for all the same
                found[index] = _describe_failure(article, "cannot be looked for", error)
                continue
            if held is not None:
                found[index] = IngestResult(held.id, held.story_id, None)
    return found


def _try_read(article: Article) -> Reading | IngestFailure:
    try:
        return read(article)
    except Exception as error:  # noqa: BLE001 - a stranger's text must not take the rest of its feed with it
        return _describe_failure(article, "cannot be read", error)


def _try_take(intake: Intake, article: Article, reading: Reading, *, is_loud: bool) -> Outcome:
    try:
        with intake.tx.savepoint():
            return intake.take(article, reading, is_loud=is_loud)
    except Exception as error:  # noqa: BLE001 - undone by the savepoint; the rest of the batch goes on
        return _describe_failure(article, "cannot be stored", error)


def _describe_failure(article: Article, what: str, error: Exception) -> IngestFailure:
    return IngestFailure(article.source_id, article.url, f"{what}: {type(error).__name__}: {error}")


class Intake:
    """Takes articles in within one transaction. Watches are read once for all of them."""

    def __init__(self, tx: Transaction, ports: Ports, plan: IngestPlan) -> None:
        self.tx = tx
        self._plan = plan
        self._settings = ports.settings
        self._now: datetime = ports.now()
        self._watches = tx.watches.list_all()
        self._resolve = make_resolve(tx)

    def take(self, article: Article, reading: Reading, *, is_loud: bool) -> IngestResult:
        """Decide on the article, write it, and queue its alerts."""
        held = find_held(self.tx, article) if self._plan.skip_unchanged else None
        if held is not None:
            return IngestResult(held.id, held.story_id, None)
        candidates = self.tx.articles.find_candidates(article, reading)
        same = candidates.same
        days = self._settings.old_event_days
        decision = decide(article, reading, candidates, now=self._now, old_event_days=days)
        decision = self._explain(decision, is_loud=is_loud)
        if same is None or not is_edition(self.tx, same, article):
            is_loud = is_loud and not is_other_feed(self.tx, same, article)
            return self._add(article, reading, decision, is_loud=is_loud)
        return self._revise(same, article, reading, decision, is_loud=is_loud)

    def _explain(self, decision: Decision, *, is_loud: bool) -> Decision:
        if is_loud or not self._plan.silence:
            return decision
        return replace(decision, reasons=(*decision.reasons, Reason(NO_ALERTS_STEP, self._plan.silence)))

    def _add(self, article: Article, reading: Reading, decision: Decision, *, is_loud: bool) -> IngestResult:
        articles = self.tx.articles
        article_id = articles.add(article, reading, decision, now=self._now, is_seed=self._plan.is_seed)
        n_alerts = self._alert(article_id, article, reading, decision) if is_loud else 0
        story_id = decision.story_id if decision.story_id is not None else articles.get(article_id).story_id
        return IngestResult(article_id, story_id, decision, is_added=True, n_alerts=n_alerts)

    def _revise(
        self, held: StoredArticle, article: Article, reading: Reading, decision: Decision, *, is_loud: bool
    ) -> IngestResult:
        """Replace an edition by a later one. It repeats nothing but itself, so it stays what it was a copy of."""
        if decision.label is Label.REPRINT:
            # Reworded, no fact changed: what was decided and told of it stays true of the new words.
            first = self.tx.articles.get_decision(held.id)
            kept = replace(first, story_id=held.story_id, assignments=decision.assignments)
        else:
            kept = replace(decision, duplicate_of=held.duplicate_of)
        if self.tx.articles.had_edition(held.id, article):
            # A feed that takes turns between two wordings would post a correction at every poll.
            kept = replace(kept, reasons=(*kept.reasons, Reason(NO_ALERTS_STEP, _SEEN_BEFORE)))
            is_loud = False
        self.tx.articles.revise(held.id, article, reading, kept, now=self._now)
        n_alerts = self._alert(held.id, article, reading, decision) if is_loud else 0
        return IngestResult(held.id, kept.story_id or held.story_id, decision, n_alerts=n_alerts)

    def _alert(self, article_id: int, article: Article, reading: Reading, decision: Decision) -> int:
        if not self._watches:
            return 0
        alerts = select_alerts(
            self._watches,
            article_id=article_id,
            article=article,
            reading=reading,
            decision=decision,
            resolve=self._resolve,
        )
        return self.tx.outbox.add(self._number(alerts, article_id, decision), now=self._now) if alerts else 0

    def _number(self, alerts: Iterable[Alert], article_id: int, decision: Decision) -> list[Alert]:
        """Give the alerts the number of the edition; what is no correction is told once to each channel."""
        revision = self.tx.articles.get_revision(article_id)
        told = {row.alert.channel for row in self.tx.outbox.list_for_article(article_id)}
        is_again = decision.label is Label.REVISED
        return [replace(alert, revision=revision) for alert in alerts if is_again or alert.channel not in told]
