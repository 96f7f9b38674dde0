"""News that we wrote ourselves: each on something else, so that none is taken for another's; with a later report."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from tests.e2e.newsroom import Item

TODAY = f"{datetime.now(UTC) - timedelta(minutes=3):%A}"
"""The day of the first reports, which are three minutes old: just after midnight it is the day before."""

OLD_NEWS = (
    "Potters open their workshops",
    "Potters of the old quarter opened their workshops to visitors for a weekend of glazes and kilns.",
)

STORIES: dict[str, tuple[str, str]] = {
    "lima": ("Ferry sinks off Lima with 31 aboard", "A ferry with 31 people aboard sank off Lima, Peru, on {day}."),
    "nairobi": ("Nairobi bans charcoal stoves", "Kenya's parliament in Nairobi banned charcoal stoves on {day}."),
    "oslo": ("Norway buys 54 tanks", "Norway signed a contract in Oslo on {day} for 54 battle tanks."),
    "hanoi": ("Typhoon hits Hanoi", "A typhoon tore the roofs off 900 houses in Hanoi, Vietnam, on {day}."),
    "quito": ("Teachers strike in Quito", "About 7,000 teachers went on strike in Quito, Ecuador, on {day} over pay."),
    "lagos": ("Oil pipeline explodes near Lagos", "An oil pipeline exploded near Lagos, Nigeria, on {day}."),
    "madrid": ("Spanish minister resigns", "Spain's transport minister resigned in Madrid on {day} over a contract."),
    "manila": ("Volcano near Manila erupts", "The volcano Taal near Manila in the Philippines erupted on {day}."),
    "warsaw": ("Poland closes a border crossing", "Poland closed a border crossing to Belarus, Warsaw said on {day}."),
    "ottawa": ("Canada cuts its key rate", "The central bank of Canada cut its key rate to 2.25% in Ottawa on {day}."),
    "cairo": ("Tomb found south of Cairo", "Archaeologists unearthed a painted tomb south of Cairo, Egypt, on {day}."),
    "athens": ("Wildfire reaches Athens suburb", "A wildfire reached a suburb of Athens, Greece, on {day}."),
    "santiago": ("Court in Santiago frees mayor", "A court in Santiago, Chile, acquitted a former mayor on {day}."),
    "tokyo": ("Japan launches moon probe", "Japan launched a moon probe, its space agency said in Tokyo on {day}."),
    "dublin": (
        "Cyberattack halts Irish hospitals",
        "A cyberattack shut down hospital computers in Dublin, Ireland, on {day}.",
    ),
    "kabul": ("Quake shakes Kabul", "An earthquake of magnitude 6.1 shook Kabul, Afghanistan, on {day}."),
    "baghdad": ("Iraq arrests smugglers", "Police in Baghdad, Iraq, arrested 14 antiquities smugglers on {day}."),
    "havana": ("Blackout darkens Havana", "A blackout cut off electricity for Havana, Cuba, on {day}."),
    "accra": ("Ghana doubles cocoa price", "Ghana doubled the price that it pays for cocoa, Accra announced on {day}."),
    "sofia": ("Bulgarian cabinet falls", "Bulgaria's government lost a vote of confidence in Sofia on {day}."),
    "zagreb": ("Croatia opens a canyon viaduct", "Croatia opened a viaduct over a canyon, Zagreb said on {day}."),
    "jakarta": ("Measles spread in Jakarta", "Doctors in Jakarta, Indonesia, counted 430 cases of measles on {day}."),
    "forumford": (
        "Chess champion loses in Forumford",
        "A chess champion lost the final in Forumford, Iceland, on {day}.",
    ),
    "rabat": ("Morocco wins handball cup", "Morocco won the African handball cup in Rabat on {day}, 28 to 26."),
}
"""By a word that is in both title and text: a title, and a sentence whose ``{day}`` is today."""


def item(guid: str, title: str, text: str, *, minutes_ago: int = 3, outlet: str = "gazette") -> Item:
    """Return an entry of a feed."""
    published_at = datetime.now(UTC) - timedelta(minutes=minutes_ago)
    return Item(guid, f"https://{outlet}.example/world/{guid}", title, text, published_at)


def story(topic: str) -> Item:
    """Return the news of that topic."""
    title, text = STORIES[topic]
    return item(topic, title, f"{text.format(day=TODAY)} {title}, witnesses said.")


def update(topic: str, n: int = 1) -> Item:
    """Return a later report on it, with figures and words that nobody had before."""
    title, text = STORIES[topic]
    n_injured = n * 11 + 2
    more = (
        f"At least {n_injured} people were injured, a doctor said in {topic.title()} on {TODAY}. "
        f"Help came from {', '.join(_names(f'{topic} {n}', 18))}."
    )
    return item(f"{topic}-{n}", f"{title}: {n_injured} injured", f"{text.format(day=TODAY)} {more}", minutes_ago=1)


def reprint(topic: str) -> Item:
    """Return the same words from another outlet."""
    told = story(topic)
    return item(f"{topic}-copy", told.title, told.text, minutes_ago=2, outlet="herald")


def iter_oddities(n: int) -> Iterator[Item]:
    """Yield that many articles without a word in common."""
    for number in range(n):
        names = _names(f"burst {number}", 20)
        yield item(f"burst-{number}", " ".join(names[:5]), f"{names[4].title()} {' '.join(names[5:])}.")


def _names(seed: str, n: int) -> list[str]:
    """Return made-up words, the same at each run."""
    chance = random.Random(seed)  # noqa: S311 - words of tests, no secrets
    return ["".join(chance.choice("bdfgklmnprstvz") + chance.choice("aeiou") for _ in range(3)) for _ in range(n)]
