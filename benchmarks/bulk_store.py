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
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from itertools import accumulate
from pathlib import Path

from news.fingerprint import encode, sign
from news.model import Article, Entity, Precision, Reading, Report, Signature, TimeSpan
from news.reading import read
from news.tables import load_lines, load_toml
from news.text import content_terms, stem_words
from storage.codec import to_json
from storage.engine import open_store
from storage.entities import list_known
from storage.passages import SHIFT
from storage.reports import day_of, list_all_keys
from storage.shingles import MAX_HOLDERS, list_hashes
from storage.types import to_microseconds

_SEED = 20_261_121
_N_TOPICS = 1_500
_N_SENTENCES = 30
_LONGEST = 18
"""Sentences of the longest article: some 400 words; the shortest has three."""
_DAYS = 1_000
_BATCH = 5_000
_READ_ON = date(2024, 1, 10)
"""The day that the texts of the topics are read on; their articles are dated otherwise and their reports shifted."""

_TEMPLATES = (
    "{person} of {place} {verb} the {thing} in {city} on {day}, {clause}",
    "Officials in {place} said that {number} people were {harm} near {city}, {clause}",
    "The {org} {verb} a {thing} worth ${number} million with {place}, {clause}",
    "{person} told reporters in {city} that the {thing} would be {verb} by {month}, {clause}",
    "At least {number} {units} were sent from {place} to {city} last week, {clause}",
    "Police in {city} {verb} {number} people over the {thing}, {clause}",
    "{place} {verb} the {thing} that {person} had announced on {day}, {clause}",
    "The {thing} in {city} {verb} the {org}, {clause}",
    "Critics of {person} say that the {thing} has {verb} {place}, {clause}",
    "On {day} the {org} met {person} in {city} to discuss the {thing}, {clause}",
    "Earlier this year {place} {verb} its {thing} near {city}, {clause}",
    "A {thing} was {verb} in {city}, the capital region of {place}, {clause}",
)


def _list(text: str) -> list[str]:
    return text.split()


_VERBS = _list(
    "approved attacked bombed signed rejected delivered destroyed evacuated accused released arrested suspended raised "
    "cut launched blocked opened closed seized struck damaged supported condemned denied announced postponed visited "
    "shelled deployed withdrew halted resumed warned sanctioned fined banned funded rescued crossed invaded"
)
_THINGS = _list(
    "agreement bridge pipeline airport convoy warship factory hospital school refinery budget tax law inquiry treaty "
    "ceasefire offensive protest strike election railway dam harbour outbreak vaccine earthquake flood storm fire "
    "embassy border prison summit loan bailout drone missile satellite reactor mine farm bank tunnel stadium museum"
)
_UNITS = _list("troops tanks aircraft trucks doctors tonnes ships helicopters volunteers containers")
_HARMS = _list("killed injured arrested displaced missing rescued")
_CLAUSE_WORDS = _list(
    "after while although because before since which despite according amid under during without between against "
    "government company people country region talks security weather price market power water food oil gas army party "
    "court union group plan report year month week part side point line road house city state world right hand"
)
_DAY_NAMES = _list("Monday Tuesday Wednesday Thursday Friday Saturday Sunday")
_MONTHS = _list("March April May June July August September")
_GIVEN = _list("Anna Boris Carla Daniel Elena Farid Grace Hassan Irina Jorge Karim Laura Mikhail Nadia Omar Paula")
_ENDINGS = _list("ov son ez ini berg sky ic man ford well dottir aho")
_ONSETS = _list("b br ch d dr f g gr h j k kl l m n p pr r s st t tr v w z")
_VOWELS = _list("a e i o u ai ea ou")
_N_MADE_UP = 20_000


@dataclass(frozen=True, slots=True)
class _Line:
    """One sentence of a topic with all that an article takes over from it."""

    text: str
    stems: str
    terms: dict[str, int]
    names: dict[str, int]
    reports: tuple[tuple[Report, tuple[str, ...]], ...]
    hashes: tuple[int, ...]
    signature: Signature


@dataclass(slots=True)
class _Topic:
    """Sentences to draw from, and the story that is being told of them."""

    lines: list[_Line]
    story_id: int = 0
    n_left: int = 0
    chosen: list[int] = field(default_factory=list)
    events: dict[tuple[int, int], int] = field(default_factory=dict)


class _Words:
    """Draws names and words; the first of each list are the common ones."""

    def __init__(self, draw: random.Random) -> None:
        self._draw = draw
        countries = [str(row["name"]) for row in load_toml("countries.toml").values()]
        cities = [line.split("\t")[0] for line in load_lines("cities.tsv") if not line.startswith("#")][:3_000]
        people = [name for name, row in load_toml("names_people.toml").items() if isinstance(row, list)]
        made_up = sorted({self._make_up() for _ in range(_N_MADE_UP)})
        draw.shuffle(countries)
        draw.shuffle(made_up)
        families = [f"{draw.choice(_GIVEN)} {word.capitalize()}{draw.choice(_ENDINGS)}" for word in made_up[:4_000]]
        organisations = [f"{word.capitalize()} {draw.choice(_ORGS)}" for word in made_up[4_000:5_000]]
        self._lists = {
            "place": countries,
            "city": cities,
            "person": [*people, *families],
            "org": organisations,
            "word": [*_CLAUSE_WORDS, *_THINGS, *made_up],
        }
        self._sums = {
            name: list(accumulate(1 / (rank + 3) for rank in range(len(one)))) for name, one in self._lists.items()
        }

    def _make_up(self) -> str:
        syllables = (self._draw.choice(_ONSETS) + self._draw.choice(_VOWELS) for _ in range(self._draw.randint(2, 3)))
        return "".join(syllables) + self._draw.choice("nrtlsm")

    def pick(self, kind: str, n: int) -> list[str]:
        """Return ``n`` names or words of a kind by Zipf's law, repetitions included."""
        return self._draw.choices(self._lists[kind], cum_weights=self._sums[kind], k=n)


_ORGS = ("Group", "Party", "Ministry", "Agency", "Union", "Bank", "Movement", "Council")


def _make_lines(words: _Words, draw: random.Random) -> Iterator[str]:
    """Yield the sentences of one topic: few names and things again and again, with words of its own."""
    cast = {"person": words.pick("person", 3), "place": words.pick("place", 3), "city": words.pick("city", 3)}
    cast |= {"org": words.pick("org", 2), "thing": draw.sample(_THINGS, 5)}
    own = words.pick("word", 60)
    for _ in range(_N_SENTENCES):
        chosen = {kind: draw.choice(names) for kind, names in cast.items()}
        chosen |= {"verb": draw.choice(_VERBS), "harm": draw.choice(_HARMS), "units": draw.choice(_UNITS)}
        chosen |= {"day": draw.choice(_DAY_NAMES), "month": draw.choice(_MONTHS), "number": str(draw.randint(2, 900))}
        clause = " ".join(draw.choices(own, k=draw.randint(5, 14)))
        yield draw.choice(_TEMPLATES).format(**chosen, clause=clause) + "."


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
    reports = tuple((one, tuple(list_all_keys(known, one))) for one in reading.reports if one.sentence == place)
    around = {key: 0 for _, keys in reports for key in keys if key not in names}
    signature = sign(sentence.text)
    stems, terms = " ".join(stem_words(sentence.text)), content_terms(sentence.text)
    return _Line(sentence.text, stems, terms, {**names, **around}, reports, signature.hashes, signature)


def _shift(span: TimeSpan, n_days: int) -> TimeSpan:
    step = timedelta(days=n_days)
    return replace(span, first_on=span.first_on and span.first_on + step, last_on=span.last_on and span.last_on + step)


class _Filler:
    """Writes articles in batches, one transaction each; counts go into the store at the end."""

    def __init__(self, connection: sqlite3.Connection, *, last_on: date) -> None:
        self._connection = connection
        self._last_on = last_on
        self._draw = random.Random(_SEED)
        self._known: dict[str, Entity] = {}
        words = _Words(self._draw)
        self._topics = [_read_topic([*_make_lines(words, self._draw)], known=self._known) for _ in range(_N_TOPICS)]
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
            on = self._last_on - timedelta(days=_DAYS - _DAYS * number // n_articles)
            self._add(number, topic, on)
            if number % _BATCH == 0 or number == n_articles:
                self._flush()
        self._finish(n_articles)

    def _put(self, table: str, *row: object) -> None:
        self._rows.setdefault(table, []).append(row)

    def _add(self, number: int, topic: _Topic, on: date) -> None:
        moment = to_microseconds(datetime.combine(on, datetime.min.time(), UTC))
        if not topic.n_left:
            self._open_story(topic, moment)
        topic.n_left -= 1
        n_lines = min(len(topic.chosen), self._draw.randint(3, _LONGEST))
        places = self._draw.sample(topic.chosen, n_lines)
        lines = [topic.lines[place] for place in places]
        terms, names = _sum(line.terms for line in lines), _sum(line.names for line in lines)
        text, title = "\n\n".join(line.text for line in lines), lines[0].text[:80]
        address = f"https://outlet{number % 40}.example/{number}"
        counts = (json.dumps(names, ensure_ascii=False), json.dumps(terms, ensure_ascii=False))
        self._put(
            "articles", number, topic.story_id, "NEW", None, moment, moment, "day", 0, 1, 0, "en",
            f"Outlet {number % 40}", address, "", "", title, "", "[]", *counts, text,
        )  # fmt: skip
        self._index(number, lines, title)
        self._count(number, terms, names)
        for place, line in zip(places, lines, strict=True):
            self._report(number, topic, place, line=line, on=on)

    def _open_story(self, topic: _Topic, moment: int) -> None:
        topic.story_id, topic.events = next(self._numbers["stories"]), {}
        topic.n_left = 1 + min(40, int(self._draw.expovariate(1 / 7)))
        topic.chosen = self._draw.sample(range(len(topic.lines)), min(len(topic.lines), _LONGEST))
        self._put("stories", topic.story_id, topic.lines[topic.chosen[0]].text[:100], moment, moment, topic.n_left, 2)

    def _index(self, number: int, lines: Sequence[_Line], title: str) -> None:
        hashes = sorted({value for line in lines for value in line.hashes})[:160]
        signature = Signature(lines[0].signature.version, len(hashes), tuple(hashes))
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
            self._put("passage_words", at, " ".join(line.stems for line in lines[place : place + 3]), heading)

    def _count(self, number: int, terms: dict[str, int], names: dict[str, int]) -> None:
        self._terms.update(terms.keys())
        self._names.update(names.keys())
        self._mentions.update(names)
        for key, n_mentions in names.items():
            self._put("article_entities", self._ids[key], number, n_mentions)

    def _report(self, number: int, topic: _Topic, place: int, *, line: _Line, on: date) -> None:
        for index, (report, keys) in enumerate(line.reports):
            when = _shift(report.when, (on - _READ_ON).days)
            days = tuple(day and day.isoformat() for day in (when.first_on, when.last_on))
            span = (*days, when.precision, when.basis)
            event_id = topic.events.get((place, index))
            if event_id is None:
                event_id = topic.events[place, index] = next(self._numbers["events"])
                self._put("events", event_id, topic.story_id, report.kind, *span, 1, 1, 0, 0)
                self._rows.setdefault("event_entities", []).extend((self._ids[key], event_id, 0) for key in keys)
            report_id = next(self._numbers["reports"])
            self._put("reports", report_id, event_id, number, place, *span, to_json(replace(report, when=when)))
            day = day_of(when)
            self._rows.setdefault("report_keys", []).extend((self._ids[key], day, report_id) for key in keys)

    def _flush(self) -> None:
        with self._connection:
            for table, rows in self._rows.items():
                if table not in _BY_ID:
                    rows.sort()
                marks = ", ".join("?" * len(rows[0]))
                columns = " (rowid, terms, title)" if table == "passage_words" else ""
                self._connection.executemany(f"INSERT INTO {table}{columns} VALUES ({marks})", rows)
        self._rows.clear()

    def _finish(self, n_articles: int) -> None:
        """Write the counts, and where the counting stands."""
        for term, n in sorted(self._terms.items()):
            self._put("terms", term, n)
        for key, entity in self._known.items():
            counts = (self._names[key], self._mentions[key])
            self._put("entities", self._ids[key], key, entity.name, entity.kind, to_json(entity.within), *counts)
        self._put("store_values", "terms_counted_to", str(n_articles))
        self._flush()


_BY_ID = frozenset({"articles", "stories", "events", "reports", "passages", "passage_words"})
"""Tables whose rows come in the order of their ids."""


def _sum(counts: Iterator[dict[str, int]]) -> dict[str, int]:
    total: dict[str, int] = {}
    for one in counts:
        for key, n in one.items():
            total[key] = total.get(key, 0) + n
    return total


def make_store(path: Path, n_articles: int, *, last_on: date) -> None:
    """Make a store at ``path`` with so many articles, the newest of ``last_on``; equal arguments give equal stores.

    Takes about a second for 1,000 articles, and 1.3 GB for 100,000.
    """
    open_store(f"sqlite:///{path}").close()
    with sqlite3.connect(path) as connection:
        for pragma in ("foreign_keys=OFF", "synchronous=OFF", "cache_size=-400000"):
            connection.execute(f"PRAGMA {pragma}")
        _Filler(connection, last_on=last_on).fill(n_articles)
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
