"""What ties an article to a story: names that both have, and no name of who tells it."""

from __future__ import annotations

import pytest

from news.reading import read
from news.stories.case import open_case
from news.stories.holdings import hold
from news.stories.ties import has_common_ground
from tests.deciding.deciding_world import NOW, article, candidates, stored_article

STORED = "LEMSK (Reuters) - Two barges collided off Lemsk on Monday, the harbour master told Reuters."


@pytest.mark.parametrize(
    ("outlet", "text", "is_tied"),
    [
        ("Reuters", "KESTEN (Reuters) - The choir of Kesten sang for the first time, its leader told Reuters.", False),
        ("Reuters", "LEMSK (Reuters) - The quay of Lemsk was swept on Sunday, its warden told Reuters.", True),
        ("Ledger", "The choir of Kesten sang for the first time, its leader told Reuters.", True),
    ],
)
def test_the_name_of_the_outlet_ties_nothing(outlet: str, text: str, *, is_tied: bool) -> None:
    """All reports of one agency have its name."""
    held = stored_article(STORED, outlet="Reuters", names=("org:reuters",))
    new = article(text, outlet=outlet)
    case = open_case(new, read(new), candidates(held), now=NOW, old_event_days=30)
    assert has_common_ground(case, hold([held], [], {})) is is_tied
