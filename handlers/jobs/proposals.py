"""What is to become of an article: worked out on a snapshot of the store, to be written if the store is still that.

Owns all questions about an article that must be answered before its first row, and at which version of the store they
were. Must never write, nor decide: ``news.novelty`` does. What other transactions may change without a new version,
that is what was said of a story and what is on its way to the channels, is asked for again under the lock.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol

from handlers.jobs.editions import find_held, find_row, is_edition, is_other_feed
from handlers.messages import NO_ALERTS_STEP
from handlers.ports import Ports, Transaction
from handlers.topics import make_resolve
from news.decision import Candidates, Decision, Label, Reason, StoredArticle
from news.model import Article, Reading
from news.novelty import decide
from news.queries.expressions import Content
from news.reading import tells_nothing
from news.versions import Version
from news.watches.watch import Alert, Watch, select_alerts

EMPTY = "it has no title, and hardly a letter of text"
"""Why an article that tells nothing posts nothing."""

_NONE = Candidates()
_UNDECIDED = Decision(Label.KNOWN, None, ())


class Terms(Protocol):
    """How articles are to be taken in, as far as deciding asks; see ``handlers.jobs.ingest.IngestPlan``."""

    @property
    def silence(self) -> str:
        """Why nothing is posted."""

    @property
    def skip_unchanged(self) -> bool:
        """Articles that the store holds as they are need no decision."""

    @property
    def rows_since(self) -> datetime | None:
        """When the file was begun whose rows are taken in; None for no file."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """What is to become of an article, as the store was at that version.

    Attributes:
        now: when it was decided on.
        held: the stored article that it is word for word; nothing is decided or written then.
        edition_of: the stored article whose place it takes, or None for one that is added.
        is_again: an earlier edition had these very words.
        watches: those that may hear of it, none where nothing is to be posted.
        told: the channels that were told of its story, as far as any of these watches asks.
        alerts: not numbered yet, before anybody's objections.
    """

    version: Version
    now: datetime
    content: Content
    candidates: Candidates = _NONE
    decision: Decision = _UNDECIDED
    held: StoredArticle | None = None
    edition_of: StoredArticle | None = None
    is_again: bool = False
    watches: Sequence[Watch] = ()
    told: Sequence[str] = ()
    alerts: tuple[Alert, ...] = ()


class Proposer:
    """Works proposals out. Watches are read once for each version of theirs."""

    def __init__(self, ports: Ports) -> None:
        self._ports = ports
        self._watches: tuple[int, Sequence[Watch]] | None = None

    def propose(
        self,
        tx: Transaction,
        article: Article,
        reading: Reading,
        terms: Terms,
        *,
        is_loud: bool,
        before: Proposal | None = None,
    ) -> Proposal:
        """Return what is to become of the article. One that tells nothing is kept and counted, and posted nowhere.

        Args:
            is_loud: it may be posted.
            before: what was worked out for the same article at another version; where the store holds the same on it
                as it did then, its decision is the same. Any article that was added makes it another: the size of the
                store is part of what is weighed.
        """
        version, now = tx.read_version(), self._ports.now()
        silence = (EMPTY if tells_nothing(article) else "") if is_loud else terms.silence
        is_loud = is_loud and not silence
        content = Content.of_reading(article, reading)
        candidates = tx.articles.find_candidates(article, reading)
        edition_of, same = _find_edition(tx, article, candidates.same, terms)
        candidates = candidates if same is candidates.same else replace(candidates, same=same)
        held = find_held(tx, article, same) if terms.skip_unchanged else None
        if held is not None:
            return Proposal(version, now, content, held=held)
        if before is not None and before.held is None and before.candidates == candidates:
            decision, now = before.decision, before.now
        else:
            days = self._ports.settings.old_event_days
            decision = decide(article, reading, candidates, now=now, old_event_days=days)
            if silence:
                decision = replace(decision, reasons=(*decision.reasons, Reason(NO_ALERTS_STEP, silence)))
        tx.articles.prepare(article, reading, decision, instead_of=edition_of)
        # A feed that takes turns between two wordings would post a correction at every poll.
        is_again = edition_of is not None and tx.articles.had_edition(edition_of.id, article)
        is_loud = is_loud and not is_again and (edition_of is not None or not is_other_feed(tx, same, article))
        proposal = Proposal(version, now, content, candidates, decision, edition_of=edition_of, is_again=is_again)
        return self._add_alerts(tx, proposal) if is_loud else proposal

    def _add_alerts(self, tx: Transaction, proposal: Proposal) -> Proposal:
        watches = self._list_watches(tx, proposal.version)
        proposal = replace(proposal, watches=watches, told=_list_told(tx, watches, proposal.decision))
        return replace(proposal, alerts=_select(tx, proposal))

    def choose_alerts(self, tx: Transaction, proposal: Proposal) -> tuple[Alert, ...]:
        """Return the alerts of a proposal as they are under the lock, where more channels may have been told."""
        told = _list_told(tx, proposal.watches, proposal.decision)
        return proposal.alerts if told == proposal.told else _select(tx, replace(proposal, told=told))

    def _list_watches(self, tx: Transaction, version: Version) -> Sequence[Watch]:
        if self._watches is None or self._watches[0] != version.watches:
            self._watches = version.watches, tx.watches.list_all()
        return self._watches[1]


def _find_edition(
    tx: Transaction, article: Article, same: StoredArticle | None, terms: Terms
) -> tuple[StoredArticle | None, StoredArticle | None]:
    """Return the stored article whose place it takes, if any, and the one that is the same by identity."""
    if same is not None and is_edition(tx, same, article):
        return same, same
    row = find_row(tx, article, terms.rows_since)
    return row, row or same


def _list_told(tx: Transaction, watches: Sequence[Watch], decision: Decision) -> Sequence[str]:
    """Return the channels that were told of the story, as far as any watch asks."""
    waits = any(watch.n_origins > 1 for watch in watches)
    return tx.outbox.list_told(decision.story_id) if waits and decision.story_id is not None else ()


def _select(tx: Transaction, proposal: Proposal) -> tuple[Alert, ...]:
    if not proposal.watches:
        return ()
    return select_alerts(
        proposal.watches,
        content=proposal.content,
        decision=proposal.decision,
        resolve=make_resolve(tx),
        now=proposal.now,
        told=proposal.told,
    )
