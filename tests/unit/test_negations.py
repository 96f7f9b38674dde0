"""What a sentence says is not so, held against what another one tells as a fact."""

from __future__ import annotations

import pytest

from news.reports.negations import is_told_as_fact, list_denied
from news.reports.tellings import tell


@pytest.mark.parametrize(
    ("denied", "told", "expected"),
    [
        ("The driver did not stop at the crossing.", "The driver stopped at the crossing.", True),
        ("The driver did not stop at the crossing.", "The driver failed to stop at the crossing.", False),
        ("The driver did not stop at the crossing.", "The driver was fined for failing to stop there.", False),
        ("The council did not approve the bridge.", "The council was unable to approve the bridge.", False),
        ("The council did not approve the bridge.", "Having failed once, the council approved the bridge.", True),
    ],
)  # fmt: skip
def test_what_somebody_failed_to_do_is_told_as_no_fact(denied: str, told: str, expected: bool) -> None:  # noqa: FBT001 - drawn from the table
    assert any(is_told_as_fact(one, tell(told)) for one in list_denied(tell(denied))) is expected
