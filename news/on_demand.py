"""Features that are worked out when they are asked for: most questions need few of them.

Owns that each is worked out once. Must never know what a feature means.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

Source = Callable[["OnDemand"], float | Mapping[str, float]]


class OnDemand(Mapping[str, float]):
    """Features by name, in the order of ``sources``.

    Args:
        sources: name -> what works the feature out, given the features; several may come of one source.
    """

    def __init__(self, sources: Mapping[str, Source]) -> None:
        self._sources = sources
        self._found: dict[str, float] = {}

    def __getitem__(self, name: str) -> float:
        if name not in self._found:
            value = self._sources[name](self)
            self._found.update(value if isinstance(value, Mapping) else {name: value})
        return self._found[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._sources)

    def __len__(self) -> int:
        return len(self._sources)
