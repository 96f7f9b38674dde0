"""An item of a column of brief news stands under its own country, and under no other."""

from __future__ import annotations

from tests.store.handlers_world import START, World, make_article
from tests.store.test_timeline_command import take

COLUMN = (
    "NORWAY: A ferry burned off Bergen and 14 people died on 13 March 2026.\n\n"
    "PERU: Police in Lima fired tear gas on 13 March 2026. They arrested forty people on 14 March 2026.\n\n"
    "FIJI: A cyclone destroyed houses on 12 March 2026."
)


def shown(world: World, topic: str) -> str:
    entries = world.ask("timeline", topic=topic).data["entries"]
    return " ".join(report["quote"] for entry in entries for report in entry["reports"])


def test_an_item_stands_under_its_own_country(world: World) -> None:
    """What the column begins with is not what all of it is about; a sentence without a name is of its item."""
    take(world, make_article(1, "World in brief: Norway ferry burns", COLUMN, at=START))
    norway, peru = shown(world, "norway"), shown(world, "peru")
    assert "Bergen" in norway
    assert "Lima" not in norway
    assert "forty" not in norway
    assert "forty" in peru
    assert "Bergen" not in peru
