"""What the picture shows of each entry: the records of ``/timeline`` read into plain values, and told in words.

Owns the choice when there are too many, the words of dates and notes, and the alternative text. Reads leniently: a
record that lacks a key is drawn without it.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from bot.render.safety import clean_line
from handlers.messages import MODALITY_WORDS, count_words, format_span, shorten
from news.dates.when import sort_key
from news.model import DateBasis, Modality, Precision, TimeSpan
from news.timelines.reach import LONGER, Place, place_between

_LONGEST_ALT = 1_000
_LONGEST_TOPIC = 80
_LONGEST_WHEN = 60
_MOST_TOLD = 3
_MOST_OUTLETS = 3


@dataclass(frozen=True, slots=True)
class Claim:
    """One side of a dispute: a value, and who gives it (may be empty)."""

    value: str
    outlet: str


@dataclass(frozen=True, slots=True)
class Item:
    """One entry of the picture.

    Attributes:
        text: its clearest sentence, not yet cut.
        disputes: both claims of each dispute.
        outlets: who reports it, the one whose sentence is shown first, each once.
        told: its date as the answer words it; empty where that has none.
        sure: how sure it is, in words; empty where the answer does not say.
        is_date_of_telling: it was told then; when it is to be is not known, and nothing lasts from that day on.
        known_to: the day to which an open span is known to reach; None where the answer does not say.
    """

    span: TimeSpan
    modality: Modality
    text: str
    n_independent: int
    n_reports: int
    disputes: tuple[tuple[Claim, Claim], ...]
    outlets: tuple[str, ...] = ()
    told: str = ""
    sure: str = ""
    is_date_of_telling: bool = False
    known_to: date | None = None

    @property
    def place(self) -> Place | None:
        """Under which heading it stands, as in the answer; None where it has no date."""
        if self.starts_on is None:
            return None
        return place_between(self.span, self.starts_on, self.known_to or self.span.last_on or self.starts_on)

    @property
    def starts_on(self) -> date | None:
        """The day at which it stands on the axis."""
        return self.span.first_on or self.span.last_on

    @property
    def when(self) -> str:
        """Its date in words, with the precision that it has."""
        return self.told or format_span(self.span)

    @property
    def notes(self) -> tuple[str, ...]:
        """Short words beside the date: modality, and origins from two on."""
        origins = count_words(self.n_independent, "independent origin") if self.n_independent > 1 else ""
        return tuple(word for word in (self.sure or MODALITY_WORDS[self.modality], origins) if word)

    @property
    def source(self) -> str:
        """Who reports it, in words: ``Reuters, TASS and 2 more``; empty where nobody is named."""
        named = ", ".join(shorten(outlet, 40) for outlet in self.outlets[:_MOST_OUTLETS])
        n_more = len(self.outlets) - _MOST_OUTLETS
        return f"{named} and {n_more} more" if n_more > 0 else named

    @property
    def weight(self) -> tuple[int, int, int]:
        """What makes it matter more than another one: origins, then disputes, then reports."""
        return self.n_independent, len(self.disputes), self.n_reports


def read_items(data: Mapping[str, Any]) -> list[Item]:
    """Return the entries of a timeline: longer times first, then in order of time, those without a date last."""
    items = [read_item(entry) for entry in data.get("entries", ())]
    return sorted(items, key=lambda item: (item.place != LONGER, sort_key(item.span)))


def choose(items: Sequence[Item], most: int) -> list[Item]:
    """Return the ``most`` weightiest, in the order in which they came.

    Of those that weigh the same, those are taken that lie farthest from what is taken already, so that a picture with
    little room tells of the whole time and not of its beginning.
    """
    if len(items) <= most:
        return list(items)
    groups: dict[tuple[int, int, int], list[int]] = {}
    for n, item in enumerate(items):
        groups.setdefault(item.weight, []).append(n)
    taken: list[int] = []
    for weight in sorted(groups, reverse=True):
        room = most - len(taken)
        taken.extend(groups[weight] if len(groups[weight]) <= room else _spread(groups[weight], taken, room))
    return [items[n] for n in sorted(taken)]


def _spread(group: Sequence[int], taken: Sequence[int], n_wanted: int) -> list[int]:
    """Return so many of the group, each as far as can be from ``taken`` and from those before it."""
    apart = {n: min((abs(n - other) for other in taken), default=math.inf) for n in group}
    chosen: list[int] = []
    while len(chosen) < n_wanted:
        best = max(apart, key=lambda n: (apart[n], -n))
        del apart[best]
        chosen.append(best)
        for n, distance in apart.items():
            apart[n] = min(distance, abs(n - best))
    return chosen


def topic_of(data: Mapping[str, Any]) -> str:
    """Return the topic as one short line that begins with a capital."""
    topic = shorten(clean_line(str(data.get("topic", ""))).strip(), _LONGEST_TOPIC) or "Timeline"
    return topic[0].upper() + topic[1:]


def today_of(data: Mapping[str, Any], now: datetime) -> date:
    """Return the day that the answer took for today, which may be that of another time zone; else that of ``now``."""
    told = data.get("today")
    return date.fromisoformat(told) if isinstance(told, str) and told else now.date()


def describe_chart(data: Mapping[str, Any]) -> str:
    """Return the picture in words, at most 1,000 characters, for those who do not see it."""
    items = read_items(data)
    if not items:
        return f"Timeline of {topic_of(data)}: no events."
    told = [f"Timeline of {topic_of(data)}: {count_words(len(items), 'event')}{interval_words(items)}."]
    counts = _count_words(items)
    if counts:
        told.append(f"Of these, {counts}.")
    told.extend(_tell(item) for item in choose(items, _MOST_TOLD))
    text = " ".join(told)
    return text if len(text) <= _LONGEST_ALT else shorten(text, _LONGEST_ALT - 2)


def interval_words(items: Sequence[Item]) -> str:
    """Return `` from <first date> to <last date>`` in words; empty where no entry has a date."""
    dated = [item for item in items if item.starts_on is not None]
    if not dated:
        return ""
    first, last = dated[0].when, dated[-1].when
    return f", {first}" if first == last else f", first {first}, last {last}"


def _count_words(items: Iterable[Item]) -> str:
    kinds = list(items)
    counts = [(sum(item.modality is kind for item in kinds), word) for kind, word in MODALITY_WORDS.items() if word]
    counts.append((sum(bool(item.disputes) for item in kinds), "disputed"))
    return ", ".join(f"{n} {word}" for n, word in counts if n)


def _tell(item: Item) -> str:
    notes = f" ({', '.join(item.notes)})" if item.notes else ""
    text = shorten(clean_line(item.text), 200)
    return f"{item.when}{notes}: {text}" + ("" if text.endswith((".", "…", "!", "?", "”")) else ".")


def read_item(entry: Mapping[str, Any]) -> Item:
    """Return one record of ``entries`` as it is drawn. Raises ValueError where a date or a word of ours is wrong."""
    sentences = entry.get("sentences") or ()
    text = str(sentences[0] if sentences else entry.get("title") or "")
    reports = entry.get("reports") or ()
    return Item(
        _read_span(entry),
        Modality(entry.get("modality") or "happened"),
        text,
        max(int(entry.get("n_independent") or 1), 1),
        len(reports),
        tuple(_read_dispute(dispute) for dispute in entry.get("disputes") or ()),
        _list_outlets(reports, text),
        shorten(clean_line(str(entry.get("when") or "")).strip(), _LONGEST_WHEN),
        _sure_of(entry),
        bool(entry.get("is_date_of_telling")),
        _read_day(entry.get("known_to")),
    )


def _read_day(told: object) -> date | None:
    return date.fromisoformat(told) if isinstance(told, str) and told else None


def say_place(place: Place | None) -> str:
    """Return the heading of a year, of longer times, or of what has no date."""
    if place is None:
        return "Date unknown"
    return "Over longer times" if place == LONGER else str(place.year)


def in_places(entries: Iterable[Mapping[str, Any]]) -> list[tuple[Mapping[str, Any], Item, Place | None]]:
    """Return entries with their headings in the order of the answer: longer times, then years, each before its months.

    What has no date stands at the end.
    """
    read = [(entry, item, item.place) for entry, item in ((each, read_item(each)) for each in entries)]
    last = (1, 0, 0)
    return sorted(read, key=lambda each: last if each[2] is None else (0, each[2].year, each[2].month))


def _sure_of(entry: Mapping[str, Any]) -> str:
    """Return the note on how sure an entry is: the one that begins with its modality."""
    word = MODALITY_WORDS[Modality(entry.get("modality") or "happened")]
    notes = (clean_line(str(note)).strip() for note in entry.get("notes") or ())
    return next((shorten(note, _LONGEST_WHEN) for note in notes if word and note.startswith(word)), "")


def list_notes(entry: Mapping[str, Any], item: Item) -> tuple[str, ...]:
    """Return what stands beside an entry in the answer, in its words; the short notes where it has none."""
    notes = tuple(clean_line(str(note)).strip() for note in entry.get("notes") or ())
    return tuple(note for note in notes if note) or item.notes


def list_figures(entry: Mapping[str, Any], shown: str) -> tuple[str, ...]:
    """Return the figures of an entry in words, without those that stand in what is shown of it."""
    plain = clean_line(shown).casefold()
    told = (clean_line(str(figure.get("words") or "")).strip() for figure in entry.get("figures") or ())
    return tuple(words for words in told if words and words.casefold() not in plain)


def _list_outlets(reports: Sequence[Mapping[str, Any]], text: str) -> tuple[str, ...]:
    ranked = sorted(reports, key=lambda report: str(report.get("quote") or "") != text)
    named = (clean_line(str(report.get("outlet") or "")).strip() for report in ranked)
    return tuple(dict.fromkeys(name for name in named if name))


def _read_span(entry: Mapping[str, Any]) -> TimeSpan:
    first, last = (None if entry.get(key) is None else date.fromisoformat(entry[key]) for key in ("from", "to"))
    if first is None and last is None:
        return TimeSpan(None, None, Precision.UNKNOWN, DateBasis.NONE)
    return TimeSpan(first, last, Precision(entry.get("precision") or "span"), DateBasis(entry.get("basis") or "stated"))


def _read_dispute(dispute: Mapping[str, Any]) -> tuple[Claim, Claim]:
    there, here = (_read_claim(dispute.get(side) or {}) for side in ("there", "here"))
    return there, here


def _read_claim(claim: Mapping[str, Any]) -> Claim:
    value, outlet = (
        clean_line(str(claim.get("value") or "")).strip(),
        clean_line(str(claim.get("outlet") or "")).strip(),
    )
    return Claim(value or "?", shorten(outlet, 30))
