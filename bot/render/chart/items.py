"""What the picture shows of each entry: the records of ``/timeline`` read into plain values, and told in words.

Owns the choice when there are too many, the words of dates and notes, and the alternative text. Reads leniently: a
record that lacks a key is drawn without it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from bot.render.safety import clean_line
from handlers.messages import MODALITY_WORDS, count_words, format_span, shorten
from news.model import DateBasis, Modality, Precision, TimeSpan
from news.when import sort_key

_LONGEST_ALT = 1_000
_LONGEST_TOPIC = 80
_MOST_TOLD = 3
_MOST_DISPUTES = 2


@dataclass(frozen=True, slots=True)
class Item:
    """One entry of the picture.

    Attributes:
        text: its clearest sentence, not yet cut.
        disputes: both values of each dispute, in words.
    """

    span: TimeSpan
    modality: Modality
    text: str
    n_independent: int
    n_reports: int
    disputes: tuple[str, ...]

    @property
    def starts_on(self) -> date | None:
        """The day at which it stands on the axis."""
        return self.span.first_on or self.span.last_on

    @property
    def when(self) -> str:
        """Its date in words, with the precision that it has."""
        return format_span(self.span)

    @property
    def notes(self) -> tuple[str, ...]:
        """Short words beside the date: modality, and origins from two on."""
        origins = count_words(self.n_independent, "origin") if self.n_independent > 1 else ""
        return tuple(word for word in (MODALITY_WORDS[self.modality], origins) if word)

    @property
    def weight(self) -> tuple[int, int, int]:
        """What makes it matter more than another one: origins, then disputes, then reports."""
        return self.n_independent, len(self.disputes), self.n_reports


def read_items(data: Mapping[str, Any]) -> list[Item]:
    """Return the entries of a timeline in order of time, those without a date last."""
    items = [read_item(entry) for entry in data.get("entries", ())]
    return sorted(items, key=lambda item: sort_key(item.span))


def choose(items: Sequence[Item], most: int) -> list[Item]:
    """Return the ``most`` weightiest, in the order in which they came."""
    if len(items) <= most:
        return list(items)
    ranked = sorted(range(len(items)), key=lambda n: items[n].weight, reverse=True)
    return [items[n] for n in sorted(ranked[:most])]


def topic_of(data: Mapping[str, Any]) -> str:
    """Return the topic as one short line."""
    return shorten(clean_line(str(data.get("topic", ""))), _LONGEST_TOPIC) or "Timeline"


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
    disputes = [_dispute_words(dispute) for dispute in entry.get("disputes") or ()]
    more = len(disputes) - _MOST_DISPUTES
    shown = disputes[:_MOST_DISPUTES] + ([f"≠ {more} more disputed"] if more > 0 else [])
    return Item(
        _read_span(entry),
        Modality(entry.get("modality") or "happened"),
        str(sentences[0] if sentences else entry.get("title") or ""),
        max(int(entry.get("n_independent") or 1), 1),
        len(entry.get("reports") or ()),
        tuple(shown),
    )


def _read_span(entry: Mapping[str, Any]) -> TimeSpan:
    first, last = (None if entry.get(key) is None else date.fromisoformat(entry[key]) for key in ("from", "to"))
    if first is None and last is None:
        return TimeSpan(None, None, Precision.UNKNOWN, DateBasis.NONE)
    return TimeSpan(first, last, Precision(entry.get("precision") or "span"), DateBasis(entry.get("basis") or "stated"))


def _dispute_words(dispute: Mapping[str, Any]) -> str:
    here, there = (_claim_words(dispute.get(side) or {}) for side in ("there", "here"))
    return f"≠ {here} against {there}"


def _claim_words(claim: Mapping[str, Any]) -> str:
    value, outlet = shorten(str(claim.get("value") or "?"), 60), shorten(str(claim.get("outlet") or ""), 30)
    return f"{value} ({outlet})" if outlet else value
