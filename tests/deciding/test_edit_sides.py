"""An edit that only says otherwise who speaks is no change of fact; what is said behind "said that" is one."""

from __future__ import annotations

import pytest

from benchmarks.disputes import decide_dispute
from news.decision import Label

_STORED = (
    "A dam burst in Kano state on Saturday, flooding six villages and sweeping away a bridge on the road to Katsina. "
    "{} 33 people were missing. The dam was built in 1974 and had been due for repair since 2023, an engineer said."
)


@pytest.mark.parametrize("said", ["Officials said that", "Officials said", "The governor told reporters that"])
def test_a_number_behind_who_says_it_is_no_part_of_the_speaker(said: str) -> None:
    stored = _STORED.format(said)
    sides = {
        side: {"outlet": "Alpha Courier", "published": published, "title": "Dam bursts in Kano", "text": text}
        for side, published, text in (
            ("stored", "2026-05-04T08:00:00Z", stored),
            ("new", "2026-05-04T12:00:00Z", stored.replace("33", "47")),
        )
    }
    assert decide_dispute(sides).label is Label.REVISED
