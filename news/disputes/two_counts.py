"""Two counts of one thing that an article gives itself, each as the word of another: Kabul says nine, the army two.

Owns the finding of such a pair, and its tie to a stored article that has one of the two and not the other. Must never
ask which words set the one against the other (``news.disputes.contested`` does): there need not be any. What shows that
they are rivals is that they play one part (the dead, those aboard), in one place and of one moment, and that two speak.

English, Spanish and Russian, against stored sentences in any of them. Known failure: a figure whose speaker stands in
the sentence before has none.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from news.decision import FactKind, StoredReport
from news.disputes.contested import Contest, is_contesting, names_earlier, numbers_in
from news.disputes.frame_units import in_one_unit
from news.disputes.lines import Figure, Line
from news.disputes.parties import is_wider
from news.disputes.scenes import are_elsewhere
from news.reports.explicit import Difference
from news.words.measures import Measure, is_held

__all__ = ["find_two_counts"]

_MAX_LINES, _MAX_LINE = 12, 700
_NEAR = 4
"""Sentences between two counts that are held against each other."""


def find_two_counts(quotes: Sequence[str], stored: Sequence[StoredReport]) -> Iterator[Contest]:
    """Yield the counts of an article that stand against one that it tells of somebody else, and a stored sentence has.

    Args:
        quotes: the sentences of the article in order; the first twelve are read.
        stored: sentences of other voices, of one story.
    """
    lines = [Line(quote[:_MAX_LINE]) for quote in quotes[:_MAX_LINES]]
    told = [number for one in stored for number in numbers_in(one.report.quote)]
    for place, line in enumerate(lines):
        named = any(is_held(number, told) for number in numbers_in(line.text))
        if not named or not line.speaker or names_earlier(line.text):
            continue
        for theirs in line.figures:
            if not is_held(theirs.measure, told):
                continue
            own = _find_rival(theirs, lines[max(0, place - _NEAR) : place + _NEAR + 1], told)
            if own is None:
                continue
            held = next((one for one in stored if _is_told(theirs, one)), None)
            if held is not None:
                values = Difference(FactKind.FIGURE, own.text, theirs.text)
                yield Contest(lines.index(own.line), held, values)


def _find_rival(theirs: Figure, lines: Sequence[Line], told: Sequence[Measure]) -> Figure | None:
    """Return the figure of another speaker for what ``theirs`` counts, one that no stored sentence has."""
    for line in lines:
        if line is theirs.line or not _are_of_two(line, theirs.line):
            continue
        for own in line.figures:
            if _is_one_count(own, theirs) and not is_held(own.measure, told) and not _agree(own, theirs):
                return own
    return None


def _are_of_two(here: Line, there: Line) -> bool:
    """Return whether two lines give the word of two, on one place and one time, or the one is set against another."""
    if here.speaker & there.speaker:
        return False
    if (here.is_later or is_wider(here.text, there.text)) and not is_contesting(here.text):
        return False
    return not any(are_elsewhere(one, other) for one in here.scenes for other in there.scenes)


def _agree(here: Figure, there: Figure) -> bool:
    mine, yours = in_one_unit(here.measure, there.measure)
    return is_held(mine, [yours]) or is_held(yours, [mine])


def _is_one_count(here: Figure, there: Figure) -> bool:
    """Return whether two figures count one thing: by the part that they play, or where none does by their nouns."""
    mine, yours = in_one_unit(here.measure, there.measure)
    if mine.kind != yours.kind or here.is_age is not there.is_age:
        return False
    if here.part is None or there.part is None:
        return here.part is there.part and bool(here.nouns & there.nouns)
    sorts = {here.part.sort, there.part.sort} - {""}
    return (here.part.kind, here.part.name) == (there.part.kind, there.part.name) and len(sorts) <= 1


def _is_told(theirs: Figure, stored: StoredReport) -> bool:
    """Return whether a stored sentence has the same count of the same thing."""
    line = Line(stored.report.quote[:_MAX_LINE])
    return any(_is_one_count(theirs, one) and _agree(theirs, one) for one in line.figures)
