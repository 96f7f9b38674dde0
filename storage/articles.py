"""Articles with all that was read out of them and decided on them.

Owns what one article writes, in the caller's transaction: its row, entities, passages, reports and events, story,
signatures, names and decision. Must never decide anything.

A REPRINT keeps its row, names, signatures and entities, and counts into its story; it opens no event, adds no report
and is not in the full-text index, for all that stands in the original.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import and_, func, insert, or_, select, update
from sqlalchemy.engine import Connection

from news.decision import POSTED_LABELS, Candidates, Decision, Dispute, Label, Outline, StoredArticle
from news.errors import NotFoundError
from news.model import Article, Reading
from news.queries.topics import Topic
from storage.article_rows import (
    content_values,
    drop_signatures,
    fit,
    get_article,
    list_articles,
    load_articles,
    new_values,
    read_entity_counts,
    write_signatures,
)
from storage.bulk import write_values
from storage.candidates import find_candidates
from storage.codec import from_json, to_json
from storage.decisions import list_disputes, load_decisions
from storage.drafts import Draft, prepare
from storage.entities import forget_entities, record_entities
from storage.feeds import count_articles, find_first_urls
from storage.identities import (
    Identities,
    find_first_holders,
    find_holders,
    hash_reference,
    identify,
    keep_identities,
)
from storage.outlines import read_outline, was_silent
from storage.passages import add_passages, drop_passages, recall_passages
from storage.quick import as_list, listed
from storage.reports import count_lookbacks, delete_events, forget_reports, sum_up, write_reports
from storage.schema import ARTICLE_REVISIONS, ARTICLES, DECISIONS
from storage.shingles import add_shingles, drop_shingles
from storage.standings import keep_standings
from storage.stories import check_story, join_story, link_stories, open_story
from storage.terms import count_up_to, recount
from storage.topics import list_article_ids
from storage.types import end_of

_INSERT = insert(ARTICLES)
_INSERT_DECISION = insert(DECISIONS)


def _list_old(decision: Decision) -> set[int]:
    """Return the events that were there before; new ones are of its own story and are written with their standing."""
    return {each.event_id for each in decision.assignments if each.event_id is not None}


class SqlArticles:
    """Articles; see ``handlers.stores.ArticleStore``."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def find_same(self, article: Article) -> StoredArticle | None:
        """Return the article of the same identity: guid within its feed, or canonical URL, or equal title and text.

        The strongest of these that any article has; of several, the oldest. A site's front page is no identity, nor
        are fewer than ``MIN_WORDING`` characters.
        """
        article_id = self._find_same_id(article)
        return None if article_id is None else get_article(self._connection, article_id)

    def find_same_each(self, articles: Sequence[Article]) -> list[StoredArticle | None]:
        """Return for each article what ``find_same`` gives, without its signatures: for many at once."""
        first_urls = find_first_urls(self._connection, {article.feed_url for article in articles})
        named = [identify(article, first_urls.get(article.feed_url, "")).proofs for article in articles]
        holders = find_first_holders(self._connection, {proof for proofs in named for proof in proofs})
        ids = [next((holders[proof] for proof in proofs if proof in holders), 0) for proofs in named]
        found = load_articles(self._connection, set(ids) - {0}, signatures={})
        return [found.get(article_id) for article_id in ids]

    def _find_same_id(self, article: Article) -> int | None:
        proofs = self._identify(article).proofs
        holders = find_first_holders(self._connection, proofs)
        return next((holders[proof] for proof in proofs if proof in holders), None)

    def _identify(self, article: Article) -> Identities:
        first_urls = find_first_urls(self._connection, {article.feed_url})
        return identify(article, first_urls.get(article.feed_url, ""))

    def _in_first_feed(self, article: Article) -> Article:
        """Return the article under the address that its feed was added with, which stays when the feed moves on."""
        first_url = find_first_urls(self._connection, {article.feed_url}).get(article.feed_url, article.feed_url)
        return article if first_url == article.feed_url else replace(article, feed_url=first_url)

    def prepare(
        self, article: Article, reading: Reading, decision: Decision, *, instead_of: StoredArticle | None = None
    ) -> None:
        """Work out all that writing an article takes from its words, so that ``add`` and ``revise`` find it ready."""
        Draft(prepare(article, reading), decision, 0).make_ready()
        if instead_of is not None:
            recall_passages(self._connection, instead_of.id, instead_of.article, instead_of.language)

    def find_candidates(self, article: Article, reading: Reading) -> Candidates:
        """Return what the article may repeat, continue or contradict; the cost does not grow with the store."""
        return find_candidates(self._connection, article, reading, same=self.find_same(article))

    def add(self, article: Article, reading: Reading, decision: Decision, *, now: datetime, is_seed: bool) -> int:
        """Write the article with its events, story and search entries; return its id.

        Raises:
            InputError: the decision does not have one assignment for each report.
            NotFoundError: its story does not exist.
        """
        contents = prepare(article, reading)
        article, story_id = contents.article, decision.story_id
        if story_id is None:
            story_id = open_story(self._connection, article.title or article.text, now=now)
        join_story(self._connection, story_id, n_new=1, n_independent=decision.n_independent, now=now)
        draft = Draft(contents, decision, story_id)
        named = self._in_first_feed(article)
        values = new_values(named, language=reading.language, now=now) | draft.values() | {"is_seed": is_seed}
        article_id = self._insert(values)
        count_articles(self._connection, article.feed_url, 1)
        self._write_contents(article_id, draft, revision=0, now=now)
        count_up_to(self._connection, article_id)
        return article_id

    def _insert(self, values: dict[str, Any]) -> int:
        return write_values(self._connection, _INSERT, [values]).last_id

    def _write_contents(self, article_id: int, draft: Draft, *, revision: int, now: datetime) -> set[int]:
        """Write all that hangs on the article's row; return the events touched."""
        connection = self._connection
        contents = draft.contents
        ids = record_entities(connection, article_id, contents.known, contents.counts, contents.names)
        touched: set[int] = set()
        if draft.is_indexed:
            add_passages(connection, article_id, contents.passages)
            touched = write_reports(connection, draft.account(article_id, ids), now=now)
            old = _list_old(draft.decision)
            count_lookbacks(connection, draft.story_id, old)
            keep_standings(connection, old)
        write_signatures(connection, article_id, contents.signatures)
        add_shingles(connection, article_id, contents.signatures)
        keep_identities(connection, [(article_id, self._identify(contents.article))])
        link_stories(connection, draft.story_id, draft.decision.related_story_ids)
        bare = replace(draft.decision, linkages=())  # ``storage.bonds`` has them, by the stories of now
        verdict = {"article_id": article_id, "revision": revision, "label": draft.decision.label, "made_at": now}
        write_values(connection, _INSERT_DECISION, [{**verdict, "data": to_json(bare)}])
        return touched

    def revise(self, article_id: int, article: Article, reading: Reading, decision: Decision, *, now: datetime) -> None:
        """Replace the text and reading of an article by a later edition; the old text is kept as a revision.

        It stays in its story unless the decision names another. Its old names stay its own, so that a late copy of
        the first edition is still the same. Events that only the old edition told are deleted unless the new
        assignments keep them. An article that was stored without reading is read now, as its first edition.

        Raises:
            NotFoundError: there is no such article.
        """
        contents = prepare(article, reading)
        article = contents.article
        old = get_article(self._connection, article_id)
        flags = select(ARTICLES.c.revision, ARTICLES.c.label, ARTICLES.c.is_indexed).where(ARTICLES.c.id == article_id)
        revision, label, was_indexed = self._connection.execute(flags).one()
        if label is not None:
            self._keep_revision(old, revision, now=now)
            revision += 1
        story_id = decision.story_id or old.story_id or open_story(self._connection, article.title, now=now)
        orphans = self._forget_contents(old, is_indexed=was_indexed)
        draft = Draft(contents, decision, story_id)
        values = content_values(article, language=reading.language) | draft.values() | {"revision": revision}
        self._connection.execute(update(ARTICLES).where(ARTICLES.c.id == article_id).values(values))
        self._write_contents(article_id, draft, revision=revision, now=now)
        old_terms = old.term_counts if was_indexed else {}
        recount(self._connection, article_id, old=old_terms, new=contents.terms if draft.is_indexed else {})
        delete_events(self._connection, sum_up(self._connection, orphans))
        keep_standings(self._connection, orphans)
        self._move_story(old.story_id, story_id, n_independent=decision.n_independent, now=now)

    def _keep_revision(self, old: StoredArticle, revision: int, *, now: datetime) -> None:
        self._connection.execute(
            insert(ARTICLE_REVISIONS).values(
                article_id=old.id,
                revision=revision,
                replaced_at=now,
                published_at=old.article.published_at,
                url=old.article.url,
                title=old.article.title,
                text=old.article.text,
            )
        )

    def _forget_contents(self, old: StoredArticle, *, is_indexed: bool) -> set[int]:
        """Take the old edition out of all indexes; return its events."""
        counts = read_entity_counts(self._connection, old.id)
        held_by = list(forget_entities(self._connection, old.id, counts).values())
        drop_shingles(self._connection, old.id, old.signatures)
        drop_signatures(self._connection, old.id)
        if is_indexed:
            drop_passages(self._connection, old.id, old.article, old.language)
        return forget_reports(self._connection, old.id, held_by)

    def _move_story(self, old_id: int, new_id: int, *, n_independent: int, now: datetime) -> None:
        if old_id and old_id != new_id:
            join_story(self._connection, old_id, n_new=-1, n_independent=1, now=now)
        n_new = 0 if old_id == new_id else 1
        join_story(self._connection, new_id, n_new=n_new, n_independent=n_independent, now=now)

    def add_unread(self, articles: Sequence[Article], *, now: datetime) -> int:
        """Write articles without reading or deciding (benchmarks, quick back-fill); return how many were new.

        One that the store or an earlier one of the batch already is (see ``find_same``) is left out. They belong to no
        story and are found by name only; ``revise`` reads them later.
        """
        first_urls = find_first_urls(self._connection, {article.feed_url for article in articles})
        named = [(article, identify(article, first_urls.get(article.feed_url, ""))) for article in articles]
        seen = set(find_first_holders(self._connection, {proof for _, names in named for proof in names.proofs}))
        fresh: list[tuple[Article, Identities]] = []
        for article, names in named:
            if seen.isdisjoint(names.proofs):
                seen.update(names.proofs)
                fresh.append((article, names))
        self._insert_unread(fresh, now=now)
        return len(fresh)

    def _insert_unread(self, fresh: Sequence[tuple[Article, Identities]], *, now: datetime) -> None:
        if not fresh:
            return
        rows = [new_values(article, language=article.language, now=now) for article, _ in fresh]
        first_id = self._insert(rows[0])
        # Ids follow the first, for this transaction is the only writer; asking for each would take thrice the time.
        rest = [{**row, "id": article_id} for article_id, row in enumerate(rows[1:], first_id + 1)]
        if rest:
            self._connection.execute(_INSERT, rest)
        keep_identities(self._connection, enumerate((names for _, names in fresh), first_id))
        by_feed: dict[str, int] = {}
        for article, _ in fresh:
            by_feed[article.feed_url] = by_feed.get(article.feed_url, 0) + 1
        for feed_url, n_new in by_feed.items():
            count_articles(self._connection, feed_url, n_new)
        # These have no terms; the mark passes them so that nobody looks through them for any.
        count_up_to(self._connection, first_id + len(rows) - 1, at_once=True)

    def get(self, article_id: int) -> StoredArticle:
        """Return the article. Raises NotFoundError."""
        return get_article(self._connection, article_id)

    def get_revision(self, article_id: int) -> int:
        """Return the number of the article's latest edition, 0 for the first. Raises NotFoundError."""
        query = select(ARTICLES.c.revision).where(ARTICLES.c.id == article_id)
        revision = self._connection.execute(query).scalar()
        if revision is None:
            raise NotFoundError(f"there is no article a{article_id}")
        return int(revision)

    def had_edition(self, article_id: int, article: Article) -> bool:
        """Return whether an earlier edition of the article, replaced since, had this very title and text."""
        here = fit(article)
        query = select(ARTICLE_REVISIONS.c.revision).where(
            ARTICLE_REVISIONS.c.article_id == article_id,
            ARTICLE_REVISIONS.c.title == here.title,
            ARTICLE_REVISIONS.c.text == here.text,
        )
        return self._connection.execute(query.limit(1)).first() is not None

    def get_decision(self, article_id: int, *, revision: int | None = None) -> Decision:
        """Return the decision on an edition of the article, None for the last one. Raises NotFoundError."""
        of_article = DECISIONS.c.article_id == article_id
        if revision is not None:
            of_article = and_(of_article, DECISIONS.c.revision == revision)
        query = select(DECISIONS.c.data).where(of_article).order_by(DECISIONS.c.revision.desc()).limit(1)
        data = self._connection.execute(query).scalar()
        if data is None:
            raise NotFoundError(f"there is no decision on article {article_id}")
        return from_json(Decision, data)

    def load_decisions(self, article_ids: Collection[int]) -> dict[int, Decision]:
        """Return the last decision on each article; articles without one are left out."""
        return load_decisions(self._connection, article_ids)

    def load_texts(self, article_ids: Collection[int]) -> dict[int, Article]:
        """Return articles by id as they were read; those that are gone are left out."""
        found = load_articles(self._connection, article_ids, signatures={})
        return {article_id: stored.article for article_id, stored in found.items()}

    def list_disputes(self, story_ids: Collection[int], *, limit: int) -> list[Dispute]:
        """Return what the newest articles of each story contradict, as last decided, newest first.

        Both claims name their article. What stands against one that is in another story by now is left out.
        ``limit`` is of articles of a story.
        """
        return list_disputes(self._connection, story_ids, limit=limit)

    def list_of_story(self, story_id: int) -> list[StoredArticle]:
        """Return the articles of a story, oldest first; none of one whose articles all moved. Raises NotFoundError."""
        check_story(self._connection, story_id)
        query = select(ARTICLES).where(ARTICLES.c.story_id == story_id).order_by(ARTICLES.c.id)
        return list_articles(self._connection, query)

    def list_heard(self, story_id: int) -> list[StoredArticle]:
        """Return the articles of a story, oldest first, with nothing but what tells when it was heard of.

        That is ``id``, ``story_id``, ``fetched_at``, ``is_seed``, ``duplicate_of`` and ``published_at``; all else is
        empty, and the label KNOWN. For stories of thousands of articles, whose texts take a while to load. Empty if
        there is no such story.
        """
        columns = (ARTICLES.c.id, ARTICLES.c.fetched_at, ARTICLES.c.is_seed, ARTICLES.c.published_at)
        query = select(*columns, ARTICLES.c.duplicate_of).where(ARTICLES.c.story_id == story_id).order_by(ARTICLES.c.id)
        return [
            StoredArticle(
                number,
                Article("", "", "", "", "", at),
                story_id,
                Label.KNOWN,
                fetched_at,
                is_seed=is_seed,
                duplicate_of=copied,
            )
            for number, fetched_at, is_seed, at, copied in self._connection.execute(query)
        ]

    def count_firsts(self, story_id: int) -> int:
        """Return how many articles a story has, copies left out."""
        columns = ARTICLES.c
        query = select(func.count()).where(columns.story_id == story_id, columns.duplicate_of.is_(None))
        return int(self._connection.execute(query).scalar_one())

    def get_outline(self, story_id: int) -> Outline:
        """Return a story in a few figures, without loading its articles; all zero and empty if there is none."""
        return read_outline(self._connection, story_id)

    def was_silent(self, story_id: int, *, after: timedelta) -> bool:
        """Return whether there is a time as long as that between two reports of a story that follow upon each other."""
        return was_silent(self._connection, story_id, after=after)

    def list_told(self, story_id: int, *, limit: int, until: date | None = None) -> list[StoredArticle]:
        """Return the newest articles of a story that brought something, oldest first.

        None that was published after ``until``; those without a date count as published before.
        """
        ours = and_(ARTICLES.c.story_id == story_id, ARTICLES.c.label.in_(sorted(POSTED_LABELS)))
        if until is not None:
            published_at = ARTICLES.c.published_at
            ours = and_(ours, or_(published_at.is_(None), published_at < end_of(until)))
        query = select(ARTICLES).where(ours).order_by(ARTICLES.c.id.desc()).limit(limit)
        return list_articles(self._connection, query)[::-1]

    def list_since(self, topic: Topic, since: datetime, *, limit: int) -> list[tuple[StoredArticle, Decision]]:
        """Return the articles on the topic that were stored since then, newest first; unread ones are left out."""
        ids = list_article_ids(self._connection, topic, since, limit=limit)
        found, decisions = load_articles(self._connection, ids), load_decisions(self._connection, ids)
        return [(found[article_id], decisions[article_id]) for article_id in ids]

    def find_ids(self, reference: str) -> list[int]:
        """Return the ids of the articles that a URL or a caller's own id names, oldest first, a few hundred at most."""
        names = hash_reference(reference.strip())
        return sorted({article_id for name in names for article_id in find_holders(self._connection, name)})

    def list_references(self, article_ids: Collection[int]) -> dict[int, tuple[str, str]]:
        """Return the id that its source gave each article and the feed it came from; those gone are left out."""
        columns = select(ARTICLES.c.id, ARTICLES.c.source_id, ARTICLES.c.feed_url)
        rows = self._connection.execute(columns.where(ARTICLES.c.id.in_(listed("ids"))), {"ids": as_list(article_ids)})
        return {row.id: (row.source_id, row.feed_url) for row in rows}

    def count(self) -> int:
        """Return the number of articles, unread ones included."""
        return self._connection.execute(select(func.count()).select_from(ARTICLES)).scalar_one()
