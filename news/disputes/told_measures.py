"""One measure told twice in a story, whatever sentence it stands in: the range of a missile, the volume of a treaty.

Owns when two measured figures (lengths, masses, volumes, sums, rates; no counts and no durations) of different
sentences stand for one thing. Must never choose the story. English only.

Sentences that have little else in common speak of one measure where each is the only figure of its measure in its
article and the same word governs both ("flew about 360 kilometres", "flew 550 kilometres"), or where the new sentence
says itself that it gives another figure than others do ("farther than Seoul had reported").
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from news.decision import FactKind, StoredReport
from news.disputes.contested import is_contesting
from news.disputes.shares import is_comparable
from news.disputes.slots import Teller, is_contested_figure
from news.model import Quantity, Report
from news.reports.explicit import Difference
from news.reports.tellings import listed
from news.reports.wording import say_figure
from news.words.facts import Fit, compare_figures, figures_of, is_same_slot
from news.words.text import stem_words, stop_words
from news.words.units import DURATION, measure_of

_NEAR = 4
_CHARS = 60


_BEFORE = re.compile(
    r"(?i)\b(?:(?:last|previous) (?:year|season|month|time)|(?:a|\w+) (?:years?|months?) (?:ago|earlier|before)|"
    r"in the previous (?:year|season|case))\b"
)
"""What was found another time is background, and no other account of what was found now."""


def _measured(report: Report) -> list[Quantity]:
    return [
        one for one in figures_of(report) if measure_of(one.unit)[0] not in {"count", "ordinal", "percent", DURATION}
    ]


def _governors(figure: Quantity, quote: str) -> frozenset[str]:
    """Return the stems of the words right before and after a figure that are neither small nor its unit."""
    at = quote.find(figure.text)
    if at < 0:
        return frozenset()
    before = quote[max(0, at - _CHARS) : at].split()[-_NEAR:]
    after = quote[at + len(figure.text) : at + len(figure.text) + _CHARS].split()[:_NEAR]
    words = [word for word in (*before, *after) if word.casefold().strip(",.;:") not in _small()]
    return frozenset(stem for stem in stem_words(" ".join(words)) if stem.isalpha())


@cache
def _small() -> frozenset[str]:
    return stop_words("en") | listed("names", "prepositions") | frozenset({"year", "day", "month", "week", "said"})


def find_other_measure(
    report: Report, stored: Iterable[StoredReport], teller: Teller
) -> tuple[StoredReport, Difference] | None:
    """Return the stored figure that a figure of a report contradicts, with both values; None for none.

    Args:
        stored: reports of one story by other voices; not looked at where the report has no measure, or several.
    """
    ours = _measured(report)
    if len(ours) != 1:
        return None
    unit, is_before = measure_of(ours[0].unit)[0], bool(_BEFORE.search(report.quote))
    told = ((one, theirs) for one in stored for theirs in _measured(one.report))
    held = [(one, theirs) for one, theirs in told if measure_of(theirs.unit)[0] == unit]
    held = [(one, theirs) for one, theirs in held if bool(_BEFORE.search(one.report.quote)) is is_before]
    if len({(theirs.value, theirs.unit) for _, theirs in held}) != 1:
        return None
    one, theirs = held[0]
    quotes = report.quote, one.report.quote
    is_governed = bool(_governors(ours[0], quotes[0]) & _governors(theirs, quotes[1])) or is_contesting(quotes[0])
    is_slot = is_same_slot(ours[0], theirs, here_quote=quotes[0], there_quote=quotes[1])
    if not is_governed or not is_slot or not is_comparable(ours[0], theirs, *quotes):
        return None
    fit = compare_figures(ours[0], theirs)
    if fit not in {Fit.MORE, Fit.LESS} or not is_contested_figure(ours[0], report, one, fit, teller):
        return None
    return one, Difference(FactKind.FIGURE, say_figure(ours[0], quotes[0]), say_figure(theirs, quotes[1]))
