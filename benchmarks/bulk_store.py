"""Filling a store with a great many articles quickly, for measuring what depends on its size.

Owns texts of its own making and the short way of their rows into the tables. Must never be taken for the store: it
writes what ``storage.articles`` would, without deciding, and leaves out what deciding does not look at.

Texts are made from our own templates. Names and words are drawn by Zipf's law from real countries, cities and people
and from a vocabulary of English words and made-up ones, so that rare and common ones stand as they do in news. Each
topic is one text of thirty sentences that goes through the real ``read``; articles are made of sentences of one topic,
several articles to a story, and carry the reports, names, terms and shingles of their sentences with shifted dates.
"""

from __future__ import annotations

import itertools
import json
import random
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from itertools import accumulate
from pathlib import Path
from typing import NamedTuple

from benchmarks.bulk_texts import Words, make_lines
from news.model import Article, Entity, Precision, Reading, Report, Signature, TimeSpan
from news.reading import read
from news.words.fingerprint import SIGNATURE_VERSION, encode, sign
from news.words.text import content_terms, fold, stem_words
from storage.codec import to_json
from storage.engine import open_store
from storage.entities import list_around, list_known, report_keys
from storage.passages import SHIFT
from storage.reports import day_of
from storage.shingles import MAX_HOLDERS, list_hashes
from storage.standings import standing_of
from storage.types import to_microseconds

_SEED = 20_261_121
_N_TOPICS = 1_500
_LONGEST = 18
"""Sentences of the longest article: some 400 words; the shortest has three."""
ARTICLES_A_DAY = 274
"""A hundred thousand in a year."""

_BATCH = 5_000
_LOOKS_BACK = 0.3
"""Share of articles that tell of an old event of their topic."""

_MEMORABLE, _MOST_MEMORABLE = 0.1, 40
_HASH_BITS, _MOST_HASHES = 48, 160  # as in news.words.fingerprint
_READ_ON = date(2024, 1, 10)
"""The day that the texts of the topics are read on; their articles are dated otherwise and their reports shifted."""


class _Told(NamedTuple):
    """A report of a sentence: its row's JSON before and after the date, and whom it is found by."""

    head: str
    tail: str
    when: TimeSpan
    kind: str
    named: tuple[str, ...]
    around: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Line:
    """One sentence of a topic with all that an article takes over from it."""

    text: str
    stems: str
    terms: tuple[str, ...]
    names: dict[str, int]
    about: tuple[str, ...]
    reports: tuple[_Told, ...]
    hashes: tuple[int, ...]


@dataclass(slots=True)
class _Topic:
    """Sentences to draw from, the story that is being told of them, and old events that later articles look back at."""

    lines: list[_Line]
    story_id: int = 0
    n_left: int = 0
    chosen: list[int] = field(default_factory=list)
    events: dict[tuple[int, int], _Event] = field(default_factory=dict)
    memorable: list[_Event] = field(default_factory=list)


@dataclass(slots=True)
class _Event:
    """A row of ``events`` that still grows, and the report that began it."""

    id: int
    story_id: int
    told: _Told
    when: TimeSpan
    opened_at: int
    article_ids: list[int] = field(default_factory=list)
    n_lookbacks: int = 0


def _read_topic(texts: Sequence[str], *, known: dict[str, Entity]) -> _Topic:
    published = datetime.combine(_READ_ON, datetime.min.time(), UTC)
    article = Article("", "", "", "", "\n\n".join(texts), published, Precision.DAY)
    reading = read(article)
    entities = list_known(reading)
    known |= entities
    return _Topic([_line_of(reading, place, entities) for place in range(len(reading.sentences))])


def _line_of(reading: Reading, place: int, known: dict[str, Entity]) -> _Line:
    sentence = reading.sentences[place]
    names = Counter(one.entity.key for one in reading.mentions if sentence.start <= one.start < sentence.end)
    reports = tuple(_tell(one, known) for one in reading.reports if one.sentence == place)
    around = {key: 0 for told in reports for key in (*told.named, *told.around) if key not in names}
    main = [key for key, _ in names.most_common(3)]
    about = (*main, *sorted(list_around(known, main)))
    stems, terms = " ".join(stem_words(sentence.text)), tuple(Counter(content_terms(sentence.text)).elements())
    return _Line(sentence.text, stems, terms, {**names, **around}, about, reports, sign(sentence.text).hashes)


_FIRST_FIELD = '{"sentence":0'


def _tell(report: Report, known: dict[str, Entity]) -> _Told:
    named = report_keys(report)
    head, _, tail = to_json(replace(report, sentence=0)).removeprefix(_FIRST_FIELD).partition(to_json(report.when))
    return _Told(head, tail, report.when, report.kind, named, tuple(sorted(list_around(known, named))))


def _shift(span: TimeSpan, n_days: int) -> TimeSpan:
    step = timedelta(days=n_days)
    return replace(span, first_on=span.first_on and span.first_on + step, last_on=span.last_on and span.last_on + step)


class _Dated(NamedTuple):
    """A date as its columns, as JSON, and as the day under which keys are kept."""

    span: TimeSpan
    columns: tuple[str | None, ...]
    written: str
    day: int


@lru_cache(maxsize=1 << 16)
def _date(span: TimeSpan, n_days: int) -> _Dated:
    when = _shift(span, n_days)
    days = [None if day is None else day.isoformat() for day in (when.first_on, when.last_on)]
    return _Dated(when, (*days, when.precision.value, when.basis.value), to_json(when), day_of(when))


class _Filler:
    """Writes articles in batches, one transaction each; counts go into the store at the end."""

    def __init__(self, connection: sqlite3.Connection, *, last_on: date, vocabulary: Sequence[str]) -> None:
        self._connection = connection
        self._last_on = last_on
        self._draw = random.Random(_SEED)
        self._known: dict[str, Entity] = {}
        words = Words(self._draw, vocabulary)
        self._topics = [_read_topic([*make_lines(words, self._draw)], known=self._known) for _ in range(_N_TOPICS)]
        self._ids = {key: number for number, key in enumerate(self._known, 1)}
        self._weights = list(accumulate(1 / (rank + 20) for rank in range(_N_TOPICS)))
        self._numbers = {name: itertools.count(1) for name in ("stories", "events", "reports")}
        self._terms: Counter[str] = Counter()
        self._names: Counter[str] = Counter()
        self._mentions: Counter[str] = Counter()
        self._holders: Counter[int] = Counter()
        self._rows: dict[str, list[tuple[object, ...]]] = {}

    def fill(self, n_articles: int) -> None:
        """Write the articles, oldest first."""
        for number in range(1, n_articles + 1):
            topic = self._draw.choices(self._topics, cum_weights=self._weights)[0]
            on = self._last_on - timedelta(days=(n_articles - number) // ARTICLES_A_DAY)
            self._add(number, topic, on)
            if number % _BATCH == 0 or number == n_articles:
                self._flush()
        self._finish(n_articles)

    def _put(self, table: str, *row: object) -> None:
        self._rows.setdefault(table, []).append(row)

    def _put_all(self, table: str, rows: Iterable[tuple[object, ...]]) -> None:
        self._rows.setdefault(table, []).extend(rows)

    def _add(self, number: int, topic: _Topic, on: date) -> None:
        moment = to_microseconds(datetime.combine(on, datetime.min.time(), UTC))
        if not topic.n_left:
            self._open_story(topic, moment)
        topic.n_left -= 1
        n_lines = min(len(topic.chosen), self._draw.randint(3, _LONGEST))
        places = self._draw.sample(topic.chosen, n_lines)
        lines = [topic.lines[place] for place in places]
        terms = Counter(itertools.chain.from_iterable(line.terms for line in lines))
        names = _sum(line.names for line in lines)
        text, title = "\n\n".join(line.text for line in lines), lines[0].text[:80]
        address = f"https://outlet{number % 40}.example/{number}"
        counts = (json.dumps(names, ensure_ascii=False), json.dumps(terms, ensure_ascii=False))
        self._put(
            "articles", number, topic.story_id, "NEW", None, moment, moment, "day", 0, 1, 0, "en",
            f"Outlet {number % 40}", address, "", "", title, "", "[]", *counts, text,
        )  # fmt: skip
        self._index(number, lines, title)
        self._count(number, terms, names)
        about = lines[0].about
        for sentence, (place, line) in enumerate(zip(places, lines, strict=True)):
            for index, told in enumerate(line.reports):
                event = topic.events.get((place, index))
                if event is None:
                    event = self._open_event(topic, told, about=about, on=on, moment=moment)
                    topic.events[place, index] = event
                self._put_report(number, event, sentence, _date(told.when, (on - _READ_ON).days))
        if topic.memorable and self._draw.random() < _LOOKS_BACK:
            # The first ones are looked back at most, as the great events of a topic are.
            self._look_back(number, topic.memorable[int(len(topic.memorable) * self._draw.random() ** 3)])

    def _open_story(self, topic: _Topic, moment: int) -> None:
        self._close_story(topic)
        topic.story_id, topic.events = next(self._numbers["stories"]), {}
        topic.n_left = 1 + min(40, int(self._draw.expovariate(1 / 7)))
        topic.chosen = self._draw.sample(range(len(topic.lines)), min(len(topic.lines), _LONGEST))
        self._put("stories", topic.story_id, topic.lines[topic.chosen[0]].text[:100], moment, moment, topic.n_left, 2)

    def _close_story(self, topic: _Topic) -> None:
        """Write the events of the story that ended; a few stay to be looked back at."""
        for event in topic.events.values():
            if self._draw.random() < _MEMORABLE:
                topic.memorable.append(event)
            else:
                self._put_event(event)
        while len(topic.memorable) > _MOST_MEMORABLE:
            self._put_event(topic.memorable.pop(self._draw.randrange(_MOST_MEMORABLE)))

    def _put_event(self, event: _Event) -> None:
        columns = _date(event.when, 0).columns
        n_articles = len(set(event.article_ids))
        counts = (len(event.article_ids), n_articles, event.n_lookbacks)
        self._put("events", event.id, event.story_id, event.told.kind, *columns, *counts, event.opened_at)

    def _index(self, number: int, lines: Sequence[_Line], title: str) -> None:
        every = {value for line in lines for value in line.hashes}
        n_kept, cutoff = len(every), 1 << _HASH_BITS
        while n_kept > _MOST_HASHES:
            n_kept, cutoff = n_kept >> 1, cutoff >> 1
        hashes = tuple(sorted(value for value in every if value < cutoff))
        signature = Signature(SIGNATURE_VERSION, len(every), hashes)
        self._put("signatures", number, 0, encode(signature))
        for value in list_hashes([signature]):
            if self._holders[value] < MAX_HOLDERS:
                self._holders[value] += 1
                self._put("shingles", value, number)
        for value in range(3):
            self._put("identities", self._draw.getrandbits(62) + value, number)
        heading = " ".join(stem_words(title))
        for place in range(0, len(lines), 3):
            at = (number << SHIFT) + place // 3
            self._put("passages", at, place, place + 2, 0, 1, 0)
            self._put("words", at, " ".join(line.stems for line in lines[place : place + 3]), heading)

    def _count(self, number: int, terms: dict[str, int], names: dict[str, int]) -> None:
        self._terms.update(terms.keys())
        self._names.update(names.keys())
        self._mentions.update(names)
        ids = self._ids
        self._put_all("article_entities", ((ids[key], number, n) for key, n in names.items()))

    def _open_event(self, topic: _Topic, told: _Told, *, about: Sequence[str], on: date, moment: int) -> _Event:
        when = _date(told.when, (on - _READ_ON).days).span
        event = _Event(next(self._numbers["events"]), topic.story_id, told, when, moment)
        vias = dict.fromkeys(about, 2) | dict.fromkeys(told.around, 1) | dict.fromkeys(told.named, 0)
        self._put_all("event_entities", ((self._ids[key], event.id, via) for key, via in vias.items()))
        return event

    def _look_back(self, number: int, event: _Event) -> None:
        event.n_lookbacks += 1
        self._put_report(number, event, 0, _date(event.when, 0))

    def _put_report(self, number: int, event: _Event, sentence: int, dated: _Dated) -> None:
        report_id, told, ids = next(self._numbers["reports"]), event.told, self._ids
        event.article_ids.append(number)
        data = f'{{"sentence":{sentence}{told.head}{dated.written}{told.tail}'
        self._put("reports", report_id, event.id, number, sentence, *dated.columns, data)
        keys = (*told.named, *told.around)
        self._put_all("report_keys", ((ids[key], dated.day, report_id) for key in keys))

    def _flush(self) -> None:
        with self._connection:
            for table, rows in self._rows.items():
                marks = ", ".join("?" * len(rows[0]))
                into = f"temp.{table}" if table in _STAGED else table
                self._connection.executemany(f"INSERT INTO {into} VALUES ({marks})", rows)
        self._rows.clear()

    def _finish(self, n_articles: int) -> None:
        """Write the events that are still told, the counts, and where the counting stands."""
        for topic in self._topics:
            for event in (*topic.events.values(), *topic.memorable):
                self._put_event(event)
        for term, n in sorted(self._terms.items()):
            self._put("terms", term, n)
        names = sorted({(fold(entity.name), self._ids[key]) for key, entity in self._known.items()})
        self._put_all("entity_names", names)
        for key, entity in self._known.items():
            counts = (self._names[key], self._mentions[key])
            self._put("entities", self._ids[key], key, entity.name, entity.kind, to_json(entity.within), *counts)
        self._put("store_values", "terms_counted_to", str(n_articles))
        self._flush()


_STAGED = {
    "article_entities": 3,
    "event_entities": 3,
    "identities": 2,
    "report_keys": 3,
    "shingles": 2,
}
"""Tables without row ids, with their columns: written once, in the order of their keys, and not each row elsewhere."""


def words_path(path: Path) -> Path:
    """Return the file beside a store that keeps the words of its passages, which the store itself does not."""
    return path.with_suffix(".words")


def _choose(table: str) -> str:
    """Return the question for the rows of a table that was held back; events get their standing."""
    if table != "event_entities":
        return f"SELECT * FROM temp.{table}"
    standing = "standing(kind, precision, basis, n_articles, n_lookbacks, c2)"
    return f"SELECT c0, c1, c2, {standing} FROM temp.{table} JOIN main.events ON id = c1"


@contextmanager
def _staged(connection: sqlite3.Connection, path: Path) -> Iterator[None]:
    """Hold back the narrow tables and all secondary indexes until what is done inside is done."""
    query = "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL"
    indexes = connection.execute(query).fetchall()
    for name, _ in indexes:
        connection.execute(f"DROP INDEX {name}")
    for table, n_columns in _STAGED.items():
        columns = ", ".join(f"c{place}" for place in range(n_columns))
        connection.execute(f"CREATE TEMP TABLE {table} ({columns})")
    connection.execute("INSERT INTO passage_words (passage_words, rank) VALUES ('automerge', 0)")
    connection.execute("ATTACH ? AS side", (str(words_path(path)),))
    connection.execute("CREATE TABLE side.words (id INTEGER PRIMARY KEY, terms, title)")
    yield
    connection.create_function("standing", 6, standing_of, deterministic=True)
    connection.execute("INSERT INTO passage_words (rowid, terms, title) SELECT id, terms, title FROM side.words")
    connection.commit()
    for table, n_columns in _STAGED.items():
        order = ", ".join(map(str, range(1, n_columns)))
        with connection:
            connection.execute(f"INSERT OR IGNORE INTO main.{table} {_choose(table)} ORDER BY {order}")
            connection.execute(f"DROP TABLE temp.{table}")
    for _, sql in indexes:
        connection.execute(sql)
    connection.execute("INSERT INTO passage_words (passage_words) VALUES ('optimize')")
    connection.execute("INSERT INTO passage_words (passage_words, rank) VALUES ('automerge', 4)")


def _sum(counts: Iterable[dict[str, int]]) -> dict[str, int]:
    total: dict[str, int] = {}
    for one in counts:
        for key, n in one.items():
            total[key] = total.get(key, 0) + n
    return total


def make_store(path: Path, n_articles: int, *, last_on: date, vocabulary: Sequence[str] = ()) -> None:
    """Make a store at ``path`` with so many articles, the newest of ``last_on``; equal arguments give equal stores.

    Takes about half a millisecond an article, and 1.5 GB for 100,000.
    """
    open_store(f"sqlite:///{path}").close()
    with sqlite3.connect(path) as connection:
        for pragma in ("foreign_keys=OFF", "journal_mode=OFF", "synchronous=OFF", "cache_size=-400000"):
            connection.execute(f"PRAGMA {pragma}")
        with _staged(connection, path):
            _Filler(connection, last_on=last_on, vocabulary=vocabulary).fill(n_articles)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.close()
