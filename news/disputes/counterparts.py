"""Which stored sentence stands on the other side of a figure: one that gives the whole of the thing as its news.

Owns the order in which sentences are tried. Must never judge whether two figures contradict: ``news.disputes.slots``
does.
"""

from __future__ import annotations

import re

from news.decision import StoredReport
from news.model import Quantity

_PART = re.compile(
    r"(?i)\b(?:bodies|remains|corpses|coffins|cuerpos|restos|cadáveres|тел[а]?|останки)\b|"
    r"\b(?:among|including|of (?:them|whom|these)|counted twice)\b"
)
_LOOKS_BACK = re.compile(
    r"(?i)\b(?:in which|that|which|who|where|(?:days?|weeks?|months?|hours?) after|since|following)\b[^.;]{0,60}$"
)
_REACH = 24


def rank_counterpart(pair: tuple[StoredReport, Quantity]) -> tuple[bool, bool, bool]:
    """Return what sorts the figures of stored reports: a sentence of news before background, a whole before a part.

    Bodies that were found are a part of a toll, and what stands in a clause that only looks back ("six days after the
    fire in which 14 died") is not said there first.
    """
    stored, figure = pair
    quote = stored.report.quote
    around = quote[max(0, figure.start - _REACH) : figure.end + _REACH] if _is_placed(quote, figure) else figure.text
    at = quote.find(figure.text)
    looks_back = at > 0 and _LOOKS_BACK.search(quote[:at]) is not None
    return stored.report.is_background, _PART.search(f"{around} {figure.object}") is not None, looks_back


def _is_placed(quote: str, figure: Quantity) -> bool:
    return quote[figure.start : figure.end] == figure.text
