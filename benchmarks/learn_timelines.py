"""Learn how a timeline chooses its days and its sentences, and print what that gives on topics that were left out.

    python -m benchmarks learn_timelines [--data FOLDER] [--scorer FILE]

Weights of the days are drawn from ranges and judged by Date-F1, those of the sentences looked for on a small grid by
AR1-F on the days so chosen. The mean is taken of all combinations that come near the best: ten timelines do not tell
these apart, and what they seem to tell does not carry over to other topics. Each topic is left out once, for days and
sentences both. What is chosen on all topics goes into ``news/data/timeline.toml`` by hand.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import product
from pathlib import Path

from benchmarks.stories import data_folder
from benchmarks.timelines import Case, Entries, Scorer, average, harmonic, load_cases, show
from news.reports.quotes import Candidate, Rarity, choose_quotes
from news.tables import load_toml
from news.timelines.salience import DayFigures, count_days, score_days
from news.timelines.timeline import list_candidates

_TOLERANCE = 0.02
"""Date-F1 by which combinations of weights may stay below the best."""

_DRAWS = 120
"""Combinations of weights of days that are tried, drawn evenly."""

_DAYS = {
    "figures": (0.0, 1.0),
    "soon": (0.0, 0.8),
    "late": (0.0, 0.4),
    "outlets": (0.0, 1.0),
    "published": (0.0, 0.3),
    "before": (0.0, 0.1),
    "after": (0.0, 0.1),
    "near": (0.05, 0.45),
    "echo": (0.0, 0.5),
    "weekend": (0.0, 0.2),
}
"""Weights of days that are learnt, each with the range that it is drawn from."""

_TOLERANCE_QUOTES = 0.01
"""The same for AR1-F."""

_QUOTES = {
    "best_length": (12.0, 14.0, 16.0),
    "lead": (0.4, 0.7),
}

Weights = dict[str, float]


def iter_folds(cases: Sequence[Case]) -> Iterator[tuple[str, list[Case], list[Case]]]:
    """Yield each topic with the cases of all others and its own."""
    for topic in sorted({case.row["topic"] for case in cases}):
        yield (
            topic,
            [case for case in cases if case.row["topic"] != topic],
            [case for case in cases if case.row["topic"] == topic],
        )


def list_grid(values: Mapping[str, Sequence[float]]) -> list[Weights]:
    """Return every combination of the values."""
    return [dict(zip(values, each, strict=True)) for each in product(*values.values())]


def draw_weights(held: Mapping[str, float], chance: random.Random) -> Iterator[Weights]:
    """Yield combinations of the weights that are learnt, the others as they are held."""
    for _ in range(_DRAWS):
        yield {**held, **{name: chance.uniform(*bounds) for name, bounds in _DAYS.items()}}


def nearly_best(scored: Sequence[tuple[float, Weights]], tolerance: float) -> list[Weights]:
    """Return the weights whose score is the best or at most ``tolerance`` below."""
    best = max(score for score, _ in scored)
    return [weights for score, weights in scored if score >= best - tolerance]


def mean_of(best: Sequence[Weights]) -> Weights:
    """Return the mean of weights, by name."""
    return {name: round(sum(weights[name] for weights in best) / len(best), 3) for name in best[0]}


class Days:
    """Date-F1 for any weights of days, without reading anything again."""

    def __init__(self, cases: Sequence[Case]) -> None:
        self._figures = {case.row["id"]: _figures_within(case) for case in cases}
        self._rates: dict[tuple[str, tuple[float, ...]], tuple[float, float]] = {}
        self._drawn = list(draw_weights(load_toml("timeline.toml")["days"], random.Random(11)))

    def choose(self, case: Case, weights: Mapping[str, float]) -> frozenset[date]:
        """Return the days of a case."""
        scores = score_days(self._figures[case.row["id"]], weights)
        return frozenset(sorted(scores, key=lambda day: (-scores[day], day))[: case.n_dates])

    def f1(self, cases: Sequence[Case], weights: Mapping[str, float]) -> float:
        """Return Date-F1 over the cases: of the averages of precision and recall."""
        rates = [self._rate(case, weights) for case in cases]
        return harmonic(*(sum(rate[at] for rate in rates) / len(rates) for at in (0, 1)))

    def _rate(self, case: Case, weights: Mapping[str, float]) -> tuple[float, float]:
        """Return precision and recall of the days; each combination is worked out once."""
        key = (case.row["id"], tuple(weights.values()))
        if key not in self._rates:
            self._rates[key] = self._rate_anew(case, weights)
        return self._rates[key]

    def _rate_anew(self, case: Case, weights: Mapping[str, float]) -> tuple[float, float]:
        chosen = self.choose(case, weights)
        wanted = {date.fromisoformat(entry["date"]) for entry in case.row["entries"]}
        n_right = len(chosen & wanted)
        return n_right / max(1, len(chosen)), n_right / len(wanted)

    def learn(self, cases: Sequence[Case]) -> Weights:
        """Return the mean of the weights of the grid that come near the best."""
        return mean_of(nearly_best([(self.f1(cases, weights), weights) for weights in self._drawn], _TOLERANCE))


def _figures_within(case: Case) -> dict[date, DayFigures]:
    return {day: found for day, found in count_days(case.events).items() if case.first_on <= day <= case.last_on}


class Quotes:
    """Scores for any weights of sentences on days that are chosen already."""

    def __init__(self, cases: Sequence[Case], scorer: Scorer) -> None:
        self._scorer = scorer
        self._rarity = {
            case.row["id"]: Rarity(event.reports[0].report.quote for event in case.events) for case in cases
        }
        self._told: dict[tuple[object, ...], dict[date, list[Candidate]]] = {}
        self._quotes: dict[tuple[object, ...], list[str]] = {}
        self._scores: dict[tuple[object, ...], dict[str, float]] = {}

    def draw(self, case: Case, days: frozenset[date], weights: Mapping[str, float]) -> Entries:
        """Return the timeline of a case with these days and weights."""
        return [{"date": str(day), "sentences": self._sentences(case, day, weights)} for day in sorted(days)]

    def _sentences(self, case: Case, day: date, weights: Mapping[str, float]) -> list[str]:
        """Return the sentences of a day; what is chosen does not hang on the other days."""
        key = (case.row["id"], day, *sorted(weights.items()))
        if key not in self._quotes:
            told = self._candidates(case, weights).get(day, ())
            rarity = self._rarity[case.row["id"]]
            quotes = choose_quotes(told, rarity, n_quotes=case.per_date, weights=weights)
            self._quotes[key] = [quote.text for quote in quotes]
        return self._quotes[key]

    def _candidates(self, case: Case, weights: Mapping[str, float]) -> dict[date, list[Candidate]]:
        key = (case.row["id"], weights["named"], weights["lead"], weights["lead_next"])
        if key not in self._told:
            n_days = (case.last_on - case.first_on).days + 1
            days = frozenset(case.first_on + timedelta(days=at) for at in range(n_days))
            self._told[key] = list_candidates(case.events, days, weights)
        return self._told[key]

    def score(self, case: Case, days: frozenset[date], weights: Mapping[str, float]) -> dict[str, float]:
        """Return precision and recall by name; each combination is worked out once."""
        key = (case.row["id"], days, *sorted(weights.items()))
        if key not in self._scores:
            self._scores[key] = self._scorer.score(case, self.draw(case, days, weights))
        return self._scores[key]

    def learn(self, cases: Sequence[Case], chosen: Mapping[str, frozenset[date]]) -> Weights:
        """Return the mean of the weights of the grid that come near the best, the others as they are held."""
        held = load_toml("timeline.toml")["quotes"]
        grid = [{**held, **_leads(weights)} for weights in list_grid(_QUOTES)]

        def f1(weights: Weights) -> float:
            return average([self.score(case, chosen[case.row["id"]], weights) for case in cases])["ar1"]

        return mean_of(nearly_best([(f1(weights), weights) for weights in grid], _TOLERANCE_QUOTES))


def _leads(weights: Weights) -> Weights:
    """Return the weights with the next day's leads as heavy as the day's own."""
    return {**weights, "lead_next": weights["lead"]}


def learn(cases: Sequence[Case], scorer: Scorer) -> None:
    """Print what weights learnt on all other topics give on each, and those learnt on all."""
    days, quotes = Days(cases), Quotes(cases, scorer)
    out_of_fold = []
    for topic, others, own in iter_folds(cases):
        of_days = days.learn(others)
        chosen = {case.row["id"]: days.choose(case, of_days) for case in cases}
        of_quotes = quotes.learn(others, chosen)
        scores = [quotes.score(case, chosen[case.row["id"]], of_quotes) for case in own]
        out_of_fold += scores
        told = {name: of_quotes[name] for name in _QUOTES}
        mean = average(scores)
        print(f"without {topic}: {of_days} {told}: Date-F1 {mean['date']:.3f}, AR1-F {mean['ar1']:.3f}")
    show("left out", out_of_fold)
    of_days = days.learn(cases)
    chosen = {case.row["id"]: days.choose(case, of_days) for case in cases}
    of_quotes = quotes.learn(cases, chosen)
    print(f"learnt on all: {of_days} {of_quotes}")
    show("on all", [quotes.score(case, chosen[case.row["id"]], of_quotes) for case in cases])


def main(argv: Sequence[str]) -> int:
    """Learn and print; 2 if the data is not there."""
    parser = argparse.ArgumentParser(prog="benchmarks learn_timelines")
    parser.add_argument("--data", help="folder with timelines/")
    parser.add_argument("--scorer", type=Path, help="else eval/timelines.py beside the data")
    options = parser.parse_args(argv)
    folder = data_folder(options.data)
    scorer = options.scorer or folder.parent / "eval" / "timelines.py"
    if not (folder / "timelines").is_dir() or not scorer.is_file():
        print(f"no data at {folder / 'timelines'} or no scorer at {scorer}: name them with --data and --scorer")
        return 2
    learn(load_cases(folder / "timelines"), Scorer(scorer))
    return 0
