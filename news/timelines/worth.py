"""Which events are worth telling: what each has that speaks for it, and how many of them a timeline takes.

Owns the weighing of whole events for a timeline without so many dates. Which days matter is
``news.timelines.salience``'s. Must never make an entry: ``news.timelines.timeline`` does.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from math import log1p

from news.decision import StoredEvent
from news.model import EventKind, Precision
from news.reports.origins import count_independent, origins_of
from news.reports.quotes import Rarity, cosine
from news.tables import load_toml
from news.timelines.occurrences import Occurrence, has_date
from news.timelines.salience import NAMED
from news.words.facts import is_said

LEAD = 5
"""Sentences at the head of an article that tell what its day brought."""


def rank_occurrences(occurrences: Sequence[Occurrence]) -> list[Occurrence]:
    """Return all of them, those most worth telling first."""
    worths = _weigh_occurrences(occurrences, load_toml("timeline.toml")["entries"])
    best = sorted(range(len(occurrences)), key=lambda at: (-worths[at], occurrences[at].event_ids))
    return [occurrences[at] for at in best]


def preselect(events: Sequence[StoredEvent]) -> list[StoredEvent]:
    """Return the events that are worth comparing, by all that can be said of each without reading its words."""
    rules = load_toml("timeline.toml")["entries"]
    dated = [event for event in events if any(map(has_date, event.reports))]
    most = int(rules["considered"])
    if len(dated) <= most:
        return dated
    worths = [_rough_worth(event, rules) for event in dated]
    best = sorted(range(len(dated)), key=lambda at: (-worths[at], dated[at].id))[:most]
    return [dated[at] for at in sorted(best)]


def _rough_worth(event: StoredEvent, rules: Mapping[str, float]) -> float:
    """Return about what ``_worth`` gives, in one look at each report: outlets stand in for origins."""
    named = act = actors = figures = lead = False
    for stored in event.reports:
        report = stored.report
        named = named or report.when.basis in NAMED
        act = act or report.kind is not EventKind.OTHER
        actors = actors or bool(report.actors)
        figures = figures or bool(report.quantities)
        lead = lead or report.sentence < LEAD
    worth = named * rules["named"] + act * rules["act"] + actors * rules["actors"] + figures * rules["figures"]
    if event.n_lookbacks:
        worth += rules["lookbacks"] * log1p(event.n_lookbacks)
    if len(event.reports) > 1:
        worth += rules["origins"] * log1p(len({stored.outlet for stored in event.reports}) - 1)
    return worth + lead * rules["lead"]


def choose_occurrences(occurrences: Sequence[Occurrence]) -> list[Occurrence]:
    """Return those worth telling, best first.

    Where that leaves few, also those of less worth that the text itself dates; all where that leaves almost nothing.
    """
    rules = load_toml("timeline.toml")["entries"]
    worths = _weigh_occurrences(occurrences, rules)
    best = sorted(range(len(occurrences)), key=lambda at: (-worths[at], occurrences[at].event_ids))
    worthy = [at for at in best if worths[at] >= rules["least"]]
    if len(worthy) < rules["few"]:
        dated = [at for at in best if worths[at] >= rules["least"] or is_said(occurrences[at].when)]
        worthy = dated[: int(rules["few"])]
    if len(worthy) < rules["fewest"]:
        worthy = best[: int(rules["fewest"])]
    return [occurrences[at] for at in worthy[: int(rules["most"])]]


def _weigh_occurrences(occurrences: Sequence[Occurrence], rules: Mapping[str, float]) -> list[float]:
    """Return what each occurrence is worth: see ``entries`` in ``timeline.toml`` for each part."""
    rarity = Rarity(each.reports[0].report.quote for each in occurrences)
    vectors = [rarity.vector(each.reports[0].report.quote) for each in occurrences]
    centre: Counter[str] = Counter()
    for vector in vectors:
        for term, value in vector.items():
            centre[term] += value  # type: ignore[assignment]  # Counter adds floats as well
    length = sum(value * value for value in centre.values()) ** 0.5 or 1.0
    central = [cosine(vector, centre) / length for vector in vectors]
    return [_worth(each, near, rules) for each, near in zip(occurrences, central, strict=True)]


def _worth(occurrence: Occurrence, central: float, rules: Mapping[str, float]) -> float:
    reports = [stored.report for stored in occurrence.reports]
    parts = {
        "origins": log1p(count_independent(origins_of(occurrence.reports)) - 1),
        "lookbacks": log1p(occurrence.n_lookbacks),
        "central": central,
        "named": float(occurrence.when.basis in NAMED),
        "day": float(occurrence.when.precision is Precision.DAY),
        "act": float(any(report.kind is not EventKind.OTHER for report in reports)),
        "actors": float(any(report.actors for report in reports)),
        "figures": float(any(report.quantities for report in reports)),
        "lead": float(any(report.sentence < LEAD for report in reports)),
    }
    return float(sum(rules[name] * value for name, value in parts.items()))
