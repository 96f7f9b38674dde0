"""Texts of news of our own making, for stores that are to be large and not to be read.

Owns the templates and from what their names and words are drawn, by Zipf's law: countries, cities and people that are
real, and a vocabulary of words that are given and made-up ones. Must never be taken for anything that happened.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from itertools import accumulate

from news.tables import load_lines, load_toml

N_SENTENCES = 30
"""Sentences of a topic."""

_TEMPLATES = (
    "{person} of {place} {verb} the {thing} in {city} on {day}, {clause}",
    "Officials in {place} said that {number} people were {harm} near {city}, {clause}",
    "The {org} {verb} a {thing} worth ${number} million with {place}, {clause}",
    "{person} told reporters in {city} that the {thing} would be {verb} by {month}, {clause}",
    "At least {number} {units} were sent from {place} to {city} last week, {clause}",
    "Police in {city} {verb} {number} people over the {thing}, {clause}",
    "{place} {verb} the {thing} that {person} had announced on {day}, {clause}",
    "The {thing} in {city} {verb} the {org}, {clause}",
    "Critics of {person} say that the {thing} has {verb} {place}, {clause}",
    "On {day} the {org} met {person} in {city} to discuss the {thing}, {clause}",
    "Earlier this year {place} {verb} its {thing} near {city}, {clause}",
    "A {thing} was {verb} in {city}, the capital region of {place}, {clause}",
)


def _list(text: str) -> list[str]:
    return text.split()


_VERBS = _list(
    "approved attacked bombed signed rejected delivered destroyed evacuated accused released arrested suspended raised "
    "cut launched blocked opened closed seized struck damaged supported condemned denied announced postponed visited "
    "shelled deployed withdrew halted resumed warned sanctioned fined banned funded rescued crossed invaded"
)
_THINGS = _list(
    "agreement bridge pipeline airport convoy warship factory hospital school refinery budget tax law inquiry treaty "
    "ceasefire offensive protest strike election railway dam harbour outbreak vaccine earthquake flood storm fire "
    "embassy border prison summit loan bailout drone missile satellite reactor mine farm bank tunnel stadium museum"
)
_UNITS = _list("troops tanks aircraft trucks doctors tonnes ships helicopters volunteers containers")
_HARMS = _list("killed injured arrested displaced missing rescued")
_CLAUSE_WORDS = _list(
    "after while although because before since which despite according amid under during without between against "
    "government company people country region talks security weather price market power water food oil gas army party "
    "court union group plan report year month week part side point line road house city state world right hand"
)
_DAY_NAMES = _list("Monday Tuesday Wednesday Thursday Friday Saturday Sunday")
_MONTHS = _list("March April May June July August September")
_GIVEN = _list("Anna Boris Carla Daniel Elena Farid Grace Hassan Irina Jorge Karim Laura Mikhail Nadia Omar Paula")
_ENDINGS = _list("ov son ez ini berg sky ic man ford well dottir aho")
_ONSETS = _list("b br ch d dr f g gr h j k kl l m n p pr r s st t tr v w z")
_VOWELS = _list("a e i o u ai ea ou")
_N_MADE_UP = 20_000


class Words:
    """Draws names and words; the first of each list are the common ones, ``vocabulary`` among them."""

    def __init__(self, draw: random.Random, vocabulary: Sequence[str]) -> None:
        self._draw = draw
        countries = [str(row["name"]) for row in load_toml("countries.toml").values()]
        cities = [line.split("\t")[0] for line in load_lines("cities.tsv") if not line.startswith("#")][:3_000]
        people = [name for name, row in load_toml("names_people.toml").items() if isinstance(row, list)]
        made_up = sorted({self._make_up() for _ in range(_N_MADE_UP)})
        draw.shuffle(countries)
        draw.shuffle(made_up)
        families = [f"{draw.choice(_GIVEN)} {word.capitalize()}{draw.choice(_ENDINGS)}" for word in made_up[:4_000]]
        organisations = [f"{word.capitalize()} {draw.choice(_ORGS)}" for word in made_up[4_000:5_000]]
        self._lists = {
            "place": countries,
            "city": cities,
            "person": [*people, *families],
            "org": organisations,
            "word": [*_CLAUSE_WORDS, *_THINGS, *vocabulary, *made_up],
        }
        self._sums = {
            name: list(accumulate(1 / (rank + 3) for rank in range(len(one)))) for name, one in self._lists.items()
        }

    def _make_up(self) -> str:
        syllables = (self._draw.choice(_ONSETS) + self._draw.choice(_VOWELS) for _ in range(self._draw.randint(2, 3)))
        return "".join(syllables) + self._draw.choice("nrtlsm")

    def pick(self, kind: str, n: int) -> list[str]:
        """Return ``n`` names or words of a kind by Zipf's law, repetitions included."""
        return self._draw.choices(self._lists[kind], cum_weights=self._sums[kind], k=n)


_ORGS = ("Group", "Party", "Ministry", "Agency", "Union", "Bank", "Movement", "Council")


def make_lines(words: Words, draw: random.Random) -> Iterator[str]:
    """Yield the sentences of one topic: few names and things again and again, with words of its own."""
    cast = {"person": words.pick("person", 3), "place": words.pick("place", 3), "city": words.pick("city", 3)}
    cast |= {"org": words.pick("org", 2), "thing": draw.sample(_THINGS, 5)}
    own = words.pick("word", 60)
    for _ in range(N_SENTENCES):
        chosen = {kind: draw.choice(names) for kind, names in cast.items()}
        chosen |= {"verb": draw.choice(_VERBS), "harm": draw.choice(_HARMS), "units": draw.choice(_UNITS)}
        chosen |= {"day": draw.choice(_DAY_NAMES), "month": draw.choice(_MONTHS), "number": str(draw.randint(2, 900))}
        clause = " ".join(draw.choices(own, k=draw.randint(5, 14)))
        yield draw.choice(_TEMPLATES).format(**chosen, clause=clause) + "."
