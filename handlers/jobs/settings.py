"""The feeds, watches and outlets that config.toml names, as jobs take them; checked by ``bot.config``."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from news.reports.outlets import slug_of


@dataclass(frozen=True, slots=True)
class ConfiguredFeed:
    """A feed of config.toml; empty or zero where the file says nothing."""

    url: str
    outlet: str = ""
    language: str = ""
    interval_s: int = 0


@dataclass(frozen=True, slots=True)
class ConfiguredOutlet:
    """An outlet of config.toml, beside those that the program knows; see ``news.reports.outlets``."""

    name: str
    domains: tuple[str, ...] = ()
    key: str = ""
    aliases: tuple[str, ...] = ()
    owner: str = ""
    country: str = ""
    kind: str = "site"
    source: str = ""

    def as_row(self) -> dict[str, object]:
        """Return it as a row of the table of outlets; without a key it is a publisher of its own."""
        return asdict(self) | {"key": self.key or slug_of(self.name)}


@dataclass(frozen=True, slots=True)
class ConfiguredWatch:
    """A watch of config.toml."""

    channel: str
    topic: str
