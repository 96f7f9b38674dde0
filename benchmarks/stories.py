"""How well articles of one event are put together: BCubed on the development stream, beside TF-IDF baselines.

Runs the real reading and deciding, one article after another in the order of the stream, over an index in memory that
gives the same kinds of candidates as the store. ``outlet`` and ``published_at`` are left out unless ``--dated`` is
given: whether they are known tells the answer in this data set.
"""

from __future__ import annotations

import argparse
import gzip
import importlib
import json
import math
import os
import random
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from news.deciding.bonds import is_enough
from news.deciding.linkage import is_one, list_linking, weigh_linkages
from news.decision import Bond, Candidates, Decision, Linkage, StoredArticle, StoredBond, StoredReport
from news.matching.foreign import words_abroad
from news.model import Article, Precision, Reading
from news.novelty import decide
from news.reading import read
from news.reports.furniture import without_furniture
from news.stories.parting import find_parting, is_due
from news.stories.profiles import count_terms
from news.words.fingerprint import lookup_hashes
from news.words.text import clean_text, content_terms

NOW = datetime(2026, 1, 1, tzinfo=UTC)
"""The moment that deciding is told: later than all development articles."""

WHEN_WRITTEN = ("--held-out", "2", "--orders", "1,77,2,3,4")
"""Options that ``--write`` adds: the row of the topics left out belongs to the section."""

N_RELATED = 30
N_SIMILAR = 20
N_REPORTS = 200
N_NEAREST = 5
"""Articles whose reports are candidates whatever names they have: many sentences name nobody."""

_N_TERMS = 40


def data_folder(argument: str | None = None) -> Path:
    """Return the folder of the development data: ``--data``, ``WIREWATCH_DATA`` or ``../shared/data``."""
    root = Path(__file__).resolve().parents[1]
    return Path(argument or os.environ.get("WIREWATCH_DATA") or root.parent / "shared" / "data")


def read_rows(path: Path) -> list[dict[str, Any]]:
    """Return the rows of a gzip-compressed JSON Lines file."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def parse_day(text: str | None) -> datetime | None:
    """Return midnight UTC of an ISO date, or None."""
    return datetime.fromisoformat(text[:10]).replace(tzinfo=UTC) if text else None


def make_article(row: dict[str, Any], *, is_dated: bool = True) -> Article:
    """Return the article of a row of any of the packs."""
    published = parse_day(row.get("published_at")) if is_dated else None
    return Article(
        source_id=str(row["id"]),
        url=str(row.get("url") or ""),
        outlet=str(row.get("outlet") or "") if is_dated else "",
        title=clean_text(row.get("title") or ""),
        text=clean_text(row.get("text") or ""),
        published_at=published,
        published_precision=Precision.DAY if published else Precision.UNKNOWN,
    )


class MemoryStore:
    """Articles in memory with the look-ups that ``storage.candidates`` does, for measuring deciding alone."""

    def __init__(self) -> None:
        self.articles: dict[int, StoredArticle] = {}
        self.reports: list[StoredReport] = []
        self._holders: dict[str, list[int]] = defaultdict(list)
        self._hashes: dict[int, list[int]] = defaultdict(list)
        self._by_key: dict[str, list[int]] = defaultdict(list)
        self._by_article: dict[int, list[int]] = defaultdict(list)
        self._n_stories = 0
        self._n_events = 0
        self._bonds: dict[tuple[int, int], list[StoredBond]] = defaultdict(list)
        self._linkages: dict[int, Sequence[Linkage]] = {}
        self.joined: list[tuple[int, int]] = []
        self.parted: list[tuple[int, int]] = []

    def find_candidates(self, article: Article, reading: Reading) -> Candidates:
        """Return what an article may repeat, continue or contradict."""
        names = Counter(mention.entity.key for mention in reading.mentions)
        bare = without_furniture(article)
        terms = count_terms(bare.title, bare.text, reading.language)
        counts = {key: len(self._holders[key]) for key in (*names, *terms) if key in self._holders}
        abroad = dict.fromkeys(words_abroad(bare.title, bare.text, reading.language), 1)
        held = {key: len(self._holders[key]) for key in abroad.keys() - counts.keys() if key in self._holders}
        similar = self._find_similar(reading)
        related = self._find_related({**abroad, **terms, **names}, {**counts, **held})
        nearest = dict.fromkeys((*similar[:N_NEAREST], *related[:N_NEAREST]))
        return Candidates(
            same=self._find_same(article),
            similar=tuple(self.articles[one] for one in similar),
            related=tuple(self.articles[one] for one in related),
            reports=self._find_reports(reading, counts, nearest),
            n_articles=len(self.articles),
            document_counts=counts,
        )

    def _find_same(self, article: Article) -> StoredArticle | None:
        if not article.url:
            return None
        return next((one for one in self.articles.values() if one.article.url == article.url), None)

    def _find_similar(self, reading: Reading) -> list[int]:
        shared = Counter(
            number for value in sorted(lookup_hashes(reading.signature)) for number in self._hashes.get(value, ())
        )
        return [number for number, _ in shared.most_common(N_SIMILAR)]

    def _find_related(self, ours: dict[str, int], counts: dict[str, int]) -> list[int]:
        total = len(self.articles)
        weights = {key: (1 + math.log(ours[key])) * math.log(1 + total / n) for key, n in counts.items() if n}
        scores: dict[int, float] = defaultdict(float)
        for key in sorted(weights, key=lambda key: (-weights[key], key))[:_N_TERMS]:
            for number in self._holders[key][-300:]:
                scores[number] += weights[key]
        best = sorted(scores, key=lambda number: (-scores[number], number))
        return [number for number in best if self.articles[number].duplicate_of is None][:N_RELATED]

    def _find_reports(
        self, reading: Reading, counts: dict[str, int], nearest: Iterable[int]
    ) -> tuple[StoredReport, ...]:
        scores: dict[int, float] = defaultdict(float)
        keys = {key for report in reading.reports for key in (*report.actors, *report.places, *report.equipment)}
        for key in sorted(keys):
            for place in self._by_key.get(key, ())[-120:]:
                scores[place] += math.log(1 + len(self.articles) / max(1, counts.get(key, 1)))
        for article_id in nearest:
            for place in self._by_article[article_id]:
                scores[place] += 1.0
        return tuple(
            self.reports[place] for place in sorted(scores, key=lambda place: (-scores[place], place))[:N_REPORTS]
        )

    def add(self, article: Article, reading: Reading, decision: Decision, *, is_seed: bool = False) -> StoredArticle:
        """Store an article as decided."""
        number = len(self.articles) + 1
        story_id = decision.story_id if decision.story_id is not None else self._open_story()
        names = Counter(mention.entity.key for mention in reading.mentions)
        bare = without_furniture(article)
        terms = dict(count_terms(bare.title, bare.text, reading.language))
        stored = StoredArticle(
            number,
            article,
            story_id,
            decision.label,
            NOW,
            reading.language,
            dict(names),
            terms,
            (reading.signature, *([article.original] if article.original else [])),
            decision.duplicate_of,
            is_seed,
        )
        self.articles[number] = stored
        for key in {*names, *terms}:
            self._holders[key].append(number)
        for value in lookup_hashes(reading.signature):
            self._hashes[value].append(number)
        self._add_reports(stored, reading, decision)
        return stored

    def _open_story(self) -> int:
        self._n_stories += 1
        return self._n_stories

    def _add_reports(self, stored: StoredArticle, reading: Reading, decision: Decision) -> None:
        events: dict[int, int] = {}
        article = stored.article
        for report, assignment in zip(reading.reports, decision.assignments, strict=True):
            if assignment.event_id is None and assignment.group not in events:
                self._n_events += 1
                events[assignment.group] = self._n_events
            event_id = assignment.event_id if assignment.event_id is not None else events[assignment.group]
            place = len(self.reports)
            self.reports.append(
                StoredReport(
                    place + 1,
                    event_id,
                    stored.id,
                    stored.story_id,
                    article.outlet,
                    article.url,
                    article.title,
                    article.published_at,
                    report,
                )
            )
            self._by_article[stored.id].append(place)
            for key in {*report.actors, *report.places, *report.equipment}:
                self._by_key[key].append(place)

    def weigh_bond(self, article_id: int, bond: Bond) -> None:
        """Remember that an article fits two stories; join them if that is enough, as ``handlers.joining`` does."""
        own = self.articles[article_id].story_id
        older, younger = sorted((own, bond.story_id))
        bonds = self._bonds[older, younger]
        bonds.append(StoredBond(article_id, (bond.own_score, bond.score), bond.origin, NOW))
        if not is_enough(bonds):
            return
        self.joined.append((older, younger))
        self._move([one.id for one in self._list_of_story(younger)], older)

    def weigh_linkages(self, article_id: int, decision: Decision) -> None:
        """Remember how alike an article is to other stories; join its own with one, as ``handlers.joining`` does."""
        self._linkages[article_id] = decision.linkages
        for linkage in list_linking(decision):
            older, younger = sorted(self.articles[number].story_id for number in (article_id, linkage.article_id))
            if older == younger or (older, younger) in self.parted:
                continue
            sides = self._list_firsts(older), self._list_firsts(younger)
            between = [*self._list_linkages(sides[0], younger), *self._list_linkages(sides[1], older)]
            total, n_pairs = sum(one.total for one in between), sum(one.n_pairs for one in between)
            if is_one(weigh_linkages(total, n_pairs, (len(sides[0]), len(sides[1])))):
                self.joined.append((older, younger))
                self._move([one.id for one in self._list_of_story(younger)], older)

    def _list_firsts(self, story_id: int) -> list[StoredArticle]:
        return [stored for stored in self._list_of_story(story_id) if stored.duplicate_of is None]

    def _list_linkages(self, articles: Iterable[StoredArticle], story_id: int) -> Iterator[Linkage]:
        """Yield those of articles to what is a story by now."""
        for one in articles:
            found = self._linkages.get(one.id, ())
            yield from (each for each in found if self.articles[each.article_id].story_id == story_id)

    def weigh_parting(self, article_id: int) -> None:
        """Part the story of an article that has just joined it, if it is two, as ``handlers.parting`` does."""
        story_id = self.articles[article_id].story_id
        members = self._list_of_story(story_id)
        n_firsts = sum(one.duplicate_of is None for one in members)
        parting = find_parting(members) if is_due(n_firsts) else None
        if parting is None:
            return
        other = self._open_story()
        self.parted.append((story_id, other))
        self._move(parting.moved, other)

    def _list_of_story(self, story_id: int) -> list[StoredArticle]:
        return [stored for stored in self.articles.values() if stored.story_id == story_id]

    def _move(self, article_ids: Collection[int], story_id: int) -> None:
        moved = frozenset(article_ids)
        for number in moved:
            self.articles[number] = replace(self.articles[number], story_id=story_id)
        self.reports = [replace(one, story_id=story_id) if one.article_id in moved else one for one in self.reports]


def bcubed(gold: Sequence[object], found: Sequence[object]) -> tuple[float, float, float]:
    """Return BCubed precision, recall and F1 (Bagga and Baldwin 1998)."""
    by_gold: dict[object, set[int]] = defaultdict(set)
    by_found: dict[object, set[int]] = defaultdict(set)
    for place, (theirs, ours) in enumerate(zip(gold, found, strict=True)):
        by_gold[theirs].add(place)
        by_found[ours].add(place)
    shared = [len(by_gold[theirs] & by_found[ours]) for theirs, ours in zip(gold, found, strict=True)]
    precision = sum(n / len(by_found[ours]) for n, ours in zip(shared, found, strict=True)) / len(gold)
    recall = sum(n / len(by_gold[theirs]) for n, theirs in zip(shared, gold, strict=True)) / len(gold)
    return precision, recall, 2 * precision * recall / (precision + recall)


def _vectors(rows: Iterable[dict[str, Any]]) -> Iterator[dict[str, int]]:
    for row in rows:
        yield content_terms(f"{row.get('title') or ''}\n{row['text']}")


def _unit(counts: dict[str, int], holders: Counter[str], total: int) -> dict[str, float]:
    weighed = {t: (1 + math.log(n)) * math.log((total + 1) / (holders[t] + 0.5)) for t, n in counts.items()}
    length = math.sqrt(sum(value * value for value in weighed.values())) or 1.0
    return {term: value / length for term, value in weighed.items()}


def _cosine(one: dict[str, float], other: dict[str, float]) -> float:
    return sum(value * other[term] for term, value in one.items() if term in other)


def cluster_one_pass(rows: Sequence[dict[str, Any]], threshold: float) -> list[int]:
    """Return stories by mean cosine of TF-IDF in one pass, document frequencies from the articles seen so far."""
    holders: Counter[str] = Counter()
    stories: list[list[dict[str, float]]] = []
    found: list[int] = []
    for total, counts in enumerate(_vectors(rows), 1):
        holders.update(counts.keys())
        ours = _unit(counts, holders, total)
        scores = [sum(_cosine(ours, member) for member in story) / len(story) for story in stories]
        best = max(range(len(scores)), key=scores.__getitem__, default=-1)
        if best < 0 or scores[best] < threshold:
            stories.append([])
            best = len(stories) - 1
        stories[best].append(ours)
        found.append(best)
    return found


def cluster_average_link(rows: Sequence[dict[str, Any]], threshold: float) -> list[int]:
    """Return stories by average-link clustering of the whole set, merging while the mean cosine is above threshold."""
    vectors = list(_vectors(rows))
    holders: Counter[str] = Counter()
    for counts in vectors:
        holders.update(counts.keys())
    units = [_unit(counts, holders, len(vectors)) for counts in vectors]
    sums = {(i, j): score for i in range(len(units)) for j in range(i) if (score := _cosine(units[i], units[j])) > 0}
    return _merge_groups(len(units), sums, threshold)


def _merge_groups(n: int, sums: dict[tuple[int, int], float], threshold: float) -> list[int]:
    near: dict[int, dict[int, float]] = {place: {} for place in range(n)}
    for (i, j), score in sums.items():
        near[i][j] = near[j][i] = score
    sizes, owner = dict.fromkeys(range(n), 1), list(range(n))
    while True:
        mean, i, j = max(
            ((s / (sizes[a] * sizes[b]), a, b) for a in near for b, s in near[a].items() if a < b),
            default=(0.0, -1, -1),
        )
        if mean < threshold:
            return owner
        for other, score in near.pop(j).items():
            near[other].pop(j, None)
            if other != i:
                near[i][other] = near[other][i] = near[i].get(other, 0.0) + score
        sizes[i] += sizes.pop(j)
        owner = [i if group == j else group for group in owner]


def run_stream(
    rows: Sequence[dict[str, Any]], *, is_dated: bool, joins: bool = True, parts: bool = True
) -> tuple[list[int], MemoryStore]:
    """Return the story of each row by reading and deciding in order, and the store.

    Args:
        joins: stories that later reports bind together are made one.
        parts: stories that turn out to be two are parted.
    """
    _, store = take_stream((make_article(row, is_dated=is_dated) for row in rows), joins=joins, parts=parts)
    return [stored.story_id for stored in store.articles.values()], store


def take_stream(
    articles: Iterable[Article], *, joins: bool = True, parts: bool = True
) -> tuple[list[Decision], MemoryStore]:
    """Return what each article was decided to be, held against those before it, and the store that they are in."""
    store = MemoryStore()
    decisions = []
    for article in articles:
        reading = read(article)
        decision = decide(article, reading, store.find_candidates(article, reading), now=article.published_at or NOW)
        added = store.add(article, reading, decision)
        if joins and decision.bond is not None:
            store.weigh_bond(added.id, decision.bond)
        if joins:
            store.weigh_linkages(added.id, decision)
        if parts:
            store.weigh_parting(added.id)
        decisions.append(decision)
    return decisions, store


def _print_row(name: str, gold: Sequence[object], found: Sequence[object], note: str = "") -> None:
    precision, recall, f1 = bcubed(gold, found)
    print(f"| {name} | {precision:.3f} | {recall:.3f} | {f1:.3f} | {len(set(found))} of {len(set(gold))} | {note} |")


def main(argv: Sequence[str]) -> int:
    """Print the table; return 0, or 1 if the data is missing."""
    parser = argparse.ArgumentParser(prog="stories", description=__doc__)
    parser.add_argument("--data", help="folder with stories/stories.jsonl.gz")
    parser.add_argument("--limit", type=int, default=0, help="only the first N articles")
    parser.add_argument("--dated", action="store_true", help="give outlet and date to deciding as well")
    parser.add_argument("--no-baselines", action="store_true")
    parser.add_argument("--no-joining", action="store_true", help="leave apart what later reports bind together")
    parser.add_argument("--no-parting", action="store_true", help="leave whole what turns out to be two")
    parser.add_argument("--held-out", type=int, default=0, help="leave each topic out, learning from so many orders")
    parser.add_argument("--orders", default="", help="with --held-out: seeds of other orders to run, as 1,77")
    parser.add_argument("--shuffle", type=int, default=0, help="another order, drawn with this seed")
    options = parser.parse_args(argv)
    path = data_folder(options.data) / "stories" / "stories.jsonl.gz"
    if not path.exists():
        print(f"no data: {path} is missing; name its folder with --data")
        return 1
    rows = read_rows(path)
    if options.shuffle:
        random.Random(options.shuffle).shuffle(rows)
    rows = rows[: options.limit or None]
    gold = [row["story"] for row in rows]
    print("| method | BCubed P | R | F1 | stories | |\n|---|---|---|---|---|---|")
    if not options.no_baselines:
        _print_row("TF-IDF, one pass, .18", gold, cluster_one_pass(rows, 0.18), "best of .14 to .22")
        _print_row("TF-IDF, average link, .17", gold, cluster_average_link(rows, 0.17), "sees the whole set")
    mends = {"joins": not options.no_joining, "parts": not options.no_parting}
    found, store = run_stream(rows, is_dated=options.dated, **mends)
    mended = f"{len(store.joined)} stories joined and {len(store.parted)} parted by later reports"
    _print_row("Wirewatch, one pass" + (", dated" if options.dated else ""), gold, found, mended)
    if options.held_out:
        folds = importlib.import_module("benchmarks.story_folds")  # which imports this module
        others = [int(seed) for seed in options.orders.split(",") if seed]
        folds.print_held_out(options.data, n_orders=options.held_out, limit=options.limit, others=others)
    return 0
