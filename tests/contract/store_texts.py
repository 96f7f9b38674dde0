"""Articles, readings and decisions of our own for the tests of the store, made without the rooms that read texts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, timedelta

from news.decision import Assignment, Decision, Label
from news.model import (
    Article,
    DateBasis,
    Entity,
    EntityKind,
    EventKind,
    Mention,
    Modality,
    Origin,
    OriginKind,
    Precision,
    Quantity,
    Reading,
    Report,
    Sentence,
    TimeSpan,
)
from news.words.fingerprint import sign

NOW = datetime(2026, 3, 5, 12, 0, tzinfo=UTC)

VENEZUELA = Entity("place:venezuela", "Venezuela", EntityKind.PLACE)
CARACAS = Entity("place:caracas", "Caracas", EntityKind.PLACE, ("place:venezuela",))
RUSSIA = Entity("place:russia", "Russia", EntityKind.PLACE)
MADURO = Entity("person:nicolas-maduro", "Nicolás Maduro", EntityKind.PERSON, ("place:venezuela",))
TU160 = Entity("equipment:tu-160", "Tu-160", EntityKind.EQUIPMENT)
NAMES = {
    "Venezuela": VENEZUELA,
    "Caracas": CARACAS,
    "Russia": RUSSIA,
    "Moscow": RUSSIA,
    "Nicolás Maduro": MADURO,
    "Maduro": MADURO,
    "Tu-160": TU160,
}


def make_article(text: str, /, **values: object) -> Article:
    """Return an article with that text; a title, an address and a time are made up unless given."""
    fields: dict[str, object] = {
        "source_id": "",
        "url": "",
        "outlet": "Example Daily",
        "title": text.partition(".")[0][:80],
        "published_at": NOW - timedelta(hours=1),
        "published_precision": Precision.DAY,
    }
    return Article(**{"text": text, **fields, **values})  # type: ignore[arg-type]  # a test's own words


def cut_sentences(text: str) -> tuple[Sentence, ...]:
    """Return the sentences of a text whose every full stop ends one."""
    found: list[Sentence] = []
    start = 0
    for place, paragraph in enumerate(text.split("\n\n")):
        for sentence in paragraph.split(". "):
            whole = sentence if sentence.endswith(".") or not sentence else sentence + "."
            begin = text.index(sentence, start)
            end = min(begin + len(whole), len(text))
            if sentence:
                found.append(Sentence(len(found), begin, end, text[begin:end], place))
            start = begin + len(sentence)
    return tuple(found)


def find_names(text: str, names: Iterable[str] = tuple(NAMES)) -> tuple[Mention, ...]:
    """Return each occurrence of the known names, longest first where two fit."""
    taken: list[Mention] = []
    for name in sorted(names, key=len, reverse=True):
        place = text.find(name)
        while place >= 0:
            end = place + len(name)
            if all(end <= mention.start or place >= mention.end for mention in taken):
                taken.append(Mention(place, end, name, NAMES[name]))
            place = text.find(name, end)
    return tuple(sorted(taken, key=lambda mention: mention.start))


def make_report(sentence: Sentence, *, when: TimeSpan, mentions: Sequence[Mention] = (), **values: object) -> Report:
    """Return a report of a sentence with the names that stand in it."""
    entities = [found.entity for found in mentions if sentence.start <= found.start < sentence.end]
    keys = {kind: tuple(dict.fromkeys(e.key for e in entities if e.kind is kind)) for kind in EntityKind}
    return Report(
        sentence=sentence.index,
        quote=sentence.text,
        when=when,
        kind=EventKind.MOVE,
        modality=Modality.HAPPENED,
        actors=keys[EntityKind.PERSON],
        places=keys[EntityKind.PLACE],
        equipment=keys[EntityKind.EQUIPMENT],
        **values,  # type: ignore[arg-type]  # a test's own words
    )


def make_reading(article: Article, whens: Sequence[TimeSpan | date | None] = (), *, language: str = "en") -> Reading:
    """Return a reading with one report for each of ``whens``, in order of sentences; None leaves a sentence out."""
    sentences = cut_sentences(article.text)
    mentions = find_names(article.text)
    spans = [TimeSpan.of_day(when) if isinstance(when, date) else when for when in whens]
    reports = tuple(
        make_report(sentence, when=when, mentions=mentions)
        for sentence, when in zip(sentences, spans, strict=False)
        if when is not None
    )
    return Reading(
        language=language,
        sentences=sentences,
        dates=(),
        mentions=mentions,
        quantities=(),
        reports=reports,
        origins=(),
        signature=sign(article.text),
    )


def decide_new(reading: Reading, **values: object) -> Decision:
    """Return a decision that makes each report an event of its own, in a new story unless one is given."""
    fields: dict[str, object] = {
        "label": Label.NEW,
        "story_id": None,
        "assignments": tuple(Assignment(None, place) for place in range(len(reading.reports))),
    }
    return Decision(**{**fields, **values})  # type: ignore[arg-type]  # a test's own words


FULL_REPORT = Report(
    sentence=3,
    quote="Two «Tu-160» landed — said Reuters.",
    when=TimeSpan(date(2018, 12, 10), date(2018, 12, 16), Precision.WEEK, DateBasis.RESOLVED),
    kind=EventKind.DEPLOY,
    modality=Modality.ALLEGED,
    actors=("person:nicolas-maduro", "org:government-of-russia"),
    places=("place:caracas",),
    equipment=("equipment:tu-160",),
    quantities=(Quantity(0, 3, "Two", 2.0, "count", "plane", approximate=True, upper=4.5, bound="min"),),
    origin=Origin("outlet:reuters", "Reuters", OriginKind.WIRE),
    trigger="land",
    is_background=True,
)
