"""Features that are worked out when they are asked for."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from news.on_demand import OnDemand


def test_a_feature_is_worked_out_once_and_only_if_asked_for() -> None:
    """What nobody asks costs nothing; several features of one source cost one look."""
    asked: list[str] = []

    def pair(_: OnDemand) -> Mapping[str, float]:
        asked.append("pair")
        return {"one": 1.0, "two": 2.0}

    def dear(_: OnDemand) -> float:
        asked.append("dear")
        return 3.0

    features = OnDemand({"one": pair, "two": pair, "dear": dear, "sum": lambda own: own["one"] + own["two"]})
    assert features["sum"] == features["sum"] == 3.0
    assert asked == ["pair"]
    assert dict(features) == {"one": 1.0, "two": 2.0, "dear": 3.0, "sum": 3.0}
    assert list(features) == ["one", "two", "dear", "sum"]
    with pytest.raises(KeyError):
        features["none"]
