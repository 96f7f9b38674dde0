"""The other side of a figure is the whole of it, told as news; a name that begins with a number is no figure."""

from __future__ import annotations

import pytest

from news.decision import StoredReport
from news.disputes.counterparts import rank_counterpart
from news.model import Article
from news.reading import read
from news.reports.quantities import find_quantities

WHOLE = "Fourteen people died in the ferry fire, the ministry said."
BODIES = "Divers recovered three bodies from the lower deck."
LOOKBACK = "The owner resigned six days after the fire in which 11 people died."


def stored(text: str) -> StoredReport:
    report = read(Article("1", "", "Post", "", f"{text} ")).reports[0]
    return StoredReport(1, 1, 1, 1, "Post", "", "", None, report)


def test_a_whole_toll_goes_before_bodies_and_what_only_looks_back() -> None:
    """Beside "14 dead" stands another toll, and neither three bodies nor a clause of an article on something else."""
    pairs = [(one, one.report.quantities[-1]) for one in map(stored, (LOOKBACK, BODIES, WHOLE))]
    assert min(pairs, key=rank_counterpart)[0].report.quote == WHOLE
    assert rank_counterpart(pairs[2]) == (False, False, False)
    assert rank_counterpart(pairs[1])[1]
    assert rank_counterpart(pairs[0])[2]


@pytest.mark.parametrize(
    ("text", "n_figures"),
    [
        ("Workers at the Tres Cruces mine walked out.", 0),
        ("The union at Chile's Tres Cruces mine met.", 0),
        ("Tres Cruces miners walked out.", 0),
        ("Water rose behind the Three Gorges dam.", 0),
        ("Police Arrest Two Men In Lima", 1),
        ("Three Chilean miners were freed.", 1),
        ("They freed three Chilean miners.", 1),
    ],
)
def test_a_name_is_no_figure(text: str, n_figures: int) -> None:
    assert len(find_quantities(text, "en")) == n_figures
