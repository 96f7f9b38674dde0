"""The way of an article: read and decided on while nobody waits, then written with its alerts in one transaction.

Owns the order of these steps and the transactions around them. Must never decide: ``news.novelty`` does, and
``handlers.jobs.proposals`` asks it. Each article is decided on from a snapshot of the store; under the writer's lock it
is written as it was decided if nothing that a decision rests on was written since then, and else decided on anew. So
the store holds what it would hold had the articles come one after another, whoever else writes.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import islice

from handlers.jobs.editions import find_held
from handlers.jobs.proposals import Proposal, Proposer
from handlers.jobs.rows import Row, RowResult, failed_row, iter_rows, make_result
from handlers.joining import weigh_ties
from handlers.messages import FEEDBACK_STEP, MARK_WORDS, NO_ALERTS_STEP
from handlers.moves import tell_joined, tell_parted
from handlers.parting import weigh_parting
from handlers.ports import Ports, Transaction
from news.decision import Decision, Label, Reason, StoredArticle
from news.errors import DiskFullError, DocumentError, NotFoundError
from news.model import Article, Reading
from news.reading import read, with_headline
from news.watches.feedback import Feedback, FeedbackKind, find_objection
from news.watches.watch import Alert, OutboxRow

_CHUNK = 12
"""Articles read at a time."""
_SHORT = timedelta(seconds=0.2)
"""What was decided on for no longer than that is decided on anew under the lock: nobody minds, and others who write
cannot get ahead again."""
_MOST_TRIES = 4
"""What took longer is decided on anew without the lock, so often; then the others have to wait."""
SEEN_BEFORE = "an earlier edition of the article had these very words"
"""Why an edition that came back posts nothing."""

SUPERSEDED = "its outlet corrected it before it went out; the correction is told instead"
"""Why an alert on an earlier edition was taken back."""


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
        rows_since: when the file was begun whose rows are taken in: an id names one article in it.
    """

    n_silent: int | None = 0
    silence: str = ""
    is_seed: bool = False
    skip_unchanged: bool = True
    rows_since: datetime | None = None

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
    try:
        return _Way(ports, plan, Proposer(ports)).take(article, reading, is_loud=alerts)
    except _RefusedError as refused:
        raise refused.__cause__ or refused from None


def ingest_batch(articles: Sequence[Article], ports: Ports, plan: IngestPlan) -> Iterator[Outcome]:
    """Take in articles in order, each in a transaction of its own; yield what became of each, in order.

    One that cannot be read or written fails alone.

    Raises:
        DiskFullError: nothing can be written; what was written is kept, and the rest is left.
    """
    for first in range(0, len(articles), _CHUNK):
        yield from _ingest_chunk(articles[first : first + _CHUNK], first, ports, plan)


def ingest_rows(lines: Iterable[str | bytes], ports: Ports, *, alerts: bool = False) -> Iterator[RowResult]:
    """Take in JSON Lines in order, in constant memory; yield one result for each line that is not blank.

    A row that cannot be understood, read or stored gives a result with ``error``; the rest goes on.

    Raises:
        DiskFullError: as ``ingest_batch``.
    """
    plan = IngestPlan(0 if alerts else None, "handed over without alerts", rows_since=ports.now())
    rows = iter_rows(lines, clean_html=ports.feeds.clean_html, now=ports.now)
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
                yield make_result(tx, row, outcome)


def _ingest_chunk(articles: Sequence[Article], first: int, ports: Ports, plan: IngestPlan) -> list[Outcome]:
    articles = [with_headline(article) for article in articles]
    unchanged = _find_unchanged(articles, ports) if plan.skip_unchanged else {}
    readings = {index: _try_read(article) for index, article in enumerate(articles) if index not in unchanged}
    outcomes: list[Outcome] = []
    way = _Way(ports, plan, Proposer(ports))
    for index, article in enumerate(articles):
        reading = readings.get(index)
        if reading is None:
            outcomes.append(unchanged[index])
        elif isinstance(reading, IngestFailure):
            outcomes.append(reading)
        else:
            is_loud = plan.is_loud(first + index)
            outcomes.append(way.try_take(article, reading, is_loud=is_loud))
    return outcomes


def _find_unchanged(articles: Sequence[Article], ports: Ports) -> dict[int, Outcome]:
    """Return those that the store holds word for word, so that polling a feed again costs no reading.

    One that cannot even be looked for is a failure already.
    """
    found: dict[int, Outcome] = {}
    with ports.store.read() as tx:
        same = _find_same_each(articles, tx)
        for index, article in enumerate(articles):
            try:
                held = find_held(tx, article, same[index] if same else tx.articles.find_same(article))
            except Exception as error:  # noqa: BLE001 - the others are looked for all the same
                found[index] = _describe_failure(article, "cannot be looked for", error)
                continue
            if held is not None:
                found[index] = IngestResult(held.id, held.story_id, None)
    return found


def _find_same_each(articles: Sequence[Article], tx: Transaction) -> Sequence[StoredArticle | None]:
    """Return the articles of the same identity, or nothing where one of them must be looked for alone."""
    try:
        return tx.articles.find_same_each(articles)
    except Exception:  # noqa: BLE001 - each is asked for alone then, and says itself what is wrong with it
        return ()


def _try_read(article: Article) -> Reading | IngestFailure:
    try:
        return read(article)
    except Exception as error:  # noqa: BLE001 - a stranger's text must not take the rest of its feed with it
        return _describe_failure(article, "cannot be read", error)


class _RefusedError(Exception):
    """What deciding on or writing an article raised, as its cause, also where the store raised it meanwhile."""


@contextmanager
def _refusing() -> Iterator[None]:
    try:
        yield
    except DiskFullError:
        raise  # no article can be written: it is not this one's fault
    except Exception as error:
        raise _RefusedError from error


@dataclass(frozen=True, slots=True)
class _Way:
    """The way of articles into the store, one after another."""

    ports: Ports
    plan: IngestPlan
    proposer: Proposer

    def take(self, article: Article, reading: Reading, *, is_loud: bool) -> IngestResult:
        """Decide on the article and write it, holding the lock for the writing alone wherever that may be.

        Raises:
            _RefusedError: it could not be decided on or written; nothing of it is in the store.
        """
        now, store, before = self.ports.now, self.ports.store, None
        for _ in range(_MOST_TRIES):
            started = now()
            with _refusing(), store.read() as tx:
                before = self.proposer.propose(tx, article, reading, self.plan, is_loud=is_loud, before=before)
            is_short = now() - started <= _SHORT
            with store.write() as tx, _refusing(), tx.savepoint():
                if tx.read_version() == before.version:
                    return self._open(tx).write(article, reading, before)
                if is_short:
                    return self._open(tx).take(article, reading, is_loud=is_loud, before=before)
        with store.write() as tx, _refusing(), tx.savepoint():
            return self._open(tx).take(article, reading, is_loud=is_loud, before=before)

    def _open(self, tx: Transaction) -> Intake:
        return Intake(tx, self.ports, self.plan, self.proposer)

    def try_take(self, article: Article, reading: Reading, *, is_loud: bool) -> Outcome:
        """As ``take``; one that is refused is a failure, and the rest of the batch goes on."""
        try:
            return self.take(article, reading, is_loud=is_loud)
        except _RefusedError as refused:
            return _describe_failure(article, "cannot be stored", refused.__cause__ or refused)


def _describe_failure(article: Article, what: str, error: BaseException) -> IngestFailure:
    reason = str(error) if isinstance(error, DocumentError) else f"{what}: {type(error).__name__}: {error}"
    return IngestFailure(article.source_id, article.url, reason)


class Intake:
    """Takes articles in within one transaction."""

    def __init__(self, tx: Transaction, ports: Ports, plan: IngestPlan, proposer: Proposer | None = None) -> None:
        self.tx = tx
        self._plan = plan
        self._now: datetime = ports.now()
        self._proposer = proposer or Proposer(ports)

    def take(
        self, article: Article, reading: Reading, *, is_loud: bool, before: Proposal | None = None
    ) -> IngestResult:
        """Decide on the article, write it, and queue its alerts; ``before`` is what was proposed for it earlier."""
        proposal = self._proposer.propose(self.tx, article, reading, self._plan, is_loud=is_loud, before=before)
        return self.write(article, reading, proposal)

    def write(self, article: Article, reading: Reading, proposal: Proposal) -> IngestResult:
        """Write the article as it was decided on at this very version of the store, and queue its alerts."""
        if proposal.held is not None:
            return IngestResult(proposal.held.id, proposal.held.story_id, None)
        if proposal.edition_of is None:
            return self._add(article, reading, proposal)
        return self._revise(proposal.edition_of, article, reading, proposal)

    def _add(self, article: Article, reading: Reading, proposal: Proposal) -> IngestResult:
        decision = proposal.decision
        alerts, held_back = self._choose(proposal)
        decision = replace(decision, reasons=(*decision.reasons, *held_back))
        articles = self.tx.articles
        article_id = articles.add(article, reading, decision, now=self._now, is_seed=self._plan.is_seed)
        n_alerts = self._queue(alerts, article_id, decision)
        story_id = decision.story_id
        if story_id is None:
            story_id = articles.get(article_id).story_id
        else:
            self.tx.heads.mark(story_id)
        story_id = weigh_ties(self.tx, article_id, story_id, decision, now=self._now)
        if decision.duplicate_of is None and decision.story_id == story_id:
            parting = weigh_parting(self.tx, story_id, now=self._now)
            if parting is not None:
                story_id = articles.get(article_id).story_id
        return IngestResult(article_id, story_id, decision, is_added=True, n_alerts=n_alerts)

    def _revise(self, held: StoredArticle, article: Article, reading: Reading, proposal: Proposal) -> IngestResult:
        """Replace an edition by a later one. It repeats nothing but itself, so it stays what it was a copy of."""
        decision = proposal.decision
        if decision.label is Label.REPRINT:
            # Reworded, no fact changed: what was decided and told of it stays true of the new words.
            first = self.tx.articles.get_decision(held.id)
            kept = replace(first, story_id=held.story_id, assignments=decision.assignments)
        else:
            kept = replace(decision, duplicate_of=held.duplicate_of)
        if proposal.is_again:
            kept = replace(kept, reasons=(*kept.reasons, Reason(NO_ALERTS_STEP, SEEN_BEFORE)))
        alerts, held_back = self._choose(proposal)
        kept = replace(kept, reasons=(*kept.reasons, *held_back))
        if self._is_placed_by_hand(held):
            kept = replace(kept, story_id=held.story_id)
        self.tx.articles.revise(held.id, article, reading, kept, now=self._now)
        if decision.label is not Label.REPRINT:
            self.tx.bonds.add_linkages(held.id, kept.linkages, at=self._now)
        n_alerts = self._queue(alerts, held.id, decision)
        story_id = kept.story_id or held.story_id
        for changed in {held.story_id, story_id}:
            self.tx.heads.mark(changed)
        if story_id != held.story_id:
            self._tell_moved(held, story_id)
        return IngestResult(held.id, story_id, decision, n_alerts=n_alerts)

    def _tell_moved(self, held: StoredArticle, story_id: int) -> None:
        """Let the threads know that a later edition is of another story, with which its own may be at an end."""
        key = f"edition:{held.id}:{self.tx.articles.get_revision(held.id)}"
        try:
            self.tx.articles.list_of_story(held.story_id)
        except NotFoundError:
            heads = self.tx.heads.list_for_story(held.story_id)
            tell_joined(self.tx, heads, story_id, key=key, now=self._now)
        else:
            tell_parted(self.tx, held.id, held.story_id, story_id, key=key, now=self._now)

    def _is_placed_by_hand(self, held: StoredArticle) -> bool:
        """Return whether somebody said which story the article belongs to: a later edition does not move it back."""
        marks = self.tx.feedback.list_for_story(held.story_id)
        moves = {FeedbackKind.SAME, FeedbackKind.APART}
        return any(mark.kind in moves for mark in marks if mark.undone_at is None and not mark.is_own)

    def _choose(self, proposal: Proposal) -> tuple[tuple[Alert, ...], tuple[Reason, ...]]:
        """Return the alerts, not yet numbered, and why others are held back by what was said of the story."""
        alerts = self._proposer.choose_alerts(self.tx, proposal)
        story_id = proposal.decision.story_id
        if not alerts or story_id is None:
            return alerts, ()
        feedback = self.tx.feedback.list_for_story(story_id)
        pairs = [(alert, find_objection(feedback, alert.channel, proposal.decision)) for alert in alerts]
        reasons = tuple(_describe_objection(objection) for _, objection in pairs if objection is not None)
        return tuple(alert for alert, objection in pairs if objection is None), reasons

    def _queue(self, alerts: Sequence[Alert], article_id: int, decision: Decision) -> int:
        """Write the alerts; they carry the number of the edition, and what is no correction is told a channel once."""
        if not alerts:
            return 0
        revision = self.tx.articles.get_revision(article_id)
        rows = self.tx.outbox.list_for_article(article_id)
        told = {row.alert.channel for row in rows}
        is_again = decision.label is Label.REVISED
        if is_again:
            self._supersede(rows, {alert.channel for alert in alerts})
        wanted = [alert for alert in alerts if is_again or alert.channel not in told]
        numbered = [replace(alert, article_id=article_id, revision=revision) for alert in wanted]
        return self.tx.outbox.add(numbered, now=self._now)

    def _supersede(self, rows: Iterable[OutboxRow], channels: Collection[str]) -> None:
        """Take back what is held to tell of an earlier edition where its correction is told instead.

        Both in one digest would be the article twice, the first time in words that its outlet took back.
        """
        waiting = [row.id for row in rows if row.alert.is_digest and row.alert.channel in channels]
        self.tx.outbox.withdraw(waiting, reason=SUPERSEDED)


def _describe_objection(objection: Feedback) -> Reason:
    words = (
        f"f{objection.id}: its story was marked {MARK_WORDS[objection.kind]} in a channel, which hears nothing of it"
    )
    return Reason(FEEDBACK_STEP, words, objection.article_id)
