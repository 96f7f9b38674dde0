"""The value types that all floors share: what an article is, and what was read out of it.

Everything is frozen. Offsets are characters into ``Article.text``, end exclusive. A ``key`` is a stable lower-case
identifier such as ``place:caracas`` that two mentions of one thing share in any language.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class Precision(StrEnum):
    """How exactly a moment is known. The members are in order from fine to coarse."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    SEASON = "season"
    YEAR = "year"
    DECADE = "decade"
    SPAN = "span"
    UNKNOWN = "unknown"


class Modality(StrEnum):
    """How sure the sentence is that the event took place."""

    HAPPENED = "happened"
    PLANNED = "planned"
    ALLEGED = "alleged"
    DENIED = "denied"
    THREATENED = "threatened"


class EntityKind(StrEnum):
    """What a name stands for."""

    PERSON = "person"
    ORG = "org"
    PLACE = "place"
    EQUIPMENT = "equipment"


class EventKind(StrEnum):
    """What was done. After PLOVER (Open Event Data Alliance 2018), plus DEPLOY and MOVE; OTHER where no word tells."""

    AGREE = "agree"
    CONSULT = "consult"
    SUPPORT = "support"
    COOPERATE = "cooperate"
    AID = "aid"
    YIELD = "yield"
    REQUEST = "request"
    ACCUSE = "accuse"
    REJECT = "reject"
    THREATEN = "threaten"
    PROTEST = "protest"
    SANCTION = "sanction"
    MOBILIZE = "mobilize"
    COERCE = "coerce"
    ASSAULT = "assault"
    DEPLOY = "deploy"
    MOVE = "move"
    OTHER = "other"


class DateBasis(StrEnum):
    """Where the date of an event comes from, best first."""

    STATED = "stated"
    """The sentence names it in full ("23 March 2019")."""
    RESOLVED = "resolved"
    """The sentence names it relative to the article's date or the narrative ("on Saturday")."""
    ARTICLE = "article"
    """The sentence names none; the article's own date stands in."""
    NONE = "none"
    """Neither is known."""


class OriginKind(StrEnum):
    """Who said a thing first, by kind of source."""

    WIRE = "wire"
    OUTLET = "outlet"
    OFFICIAL = "official"
    PERSON = "person"
    """Somebody named who speaks for himself, such as a survivor or the leader of an opposition."""

    ORGANISATION = "organisation"
    """A party, company, church or league: of a country, and not its officials."""
    STATE_MEDIA = "state_media"
    WITNESS = "witness"
    DOCUMENT = "document"
    UNNAMED = "unnamed"


@dataclass(frozen=True, slots=True)
class TimeSpan:
    """When something was or will be: whole days, both ends included.

    ``first_on`` or ``last_on`` is None where that end is open ("since last summer") or unknown; both are None exactly
    when ``precision`` is UNKNOWN.
    """

    first_on: date | None
    last_on: date | None
    precision: Precision
    basis: DateBasis = DateBasis.STATED

    @staticmethod
    def of_day(day: date, basis: DateBasis = DateBasis.STATED) -> TimeSpan:
        """Return the span of one day."""
        return TimeSpan(day, day, Precision.DAY, basis)


NO_TIME = TimeSpan(None, None, Precision.UNKNOWN, DateBasis.NONE)
"""The span of an event whose date nobody knows."""


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """A date, time, duration or set in a text, as ISO-TimeML TIMEX3 has it.

    Attributes:
        type: ``DATE``, ``TIME``, ``DURATION`` or ``SET``.
        value: TIMEX3 value, such as ``2019-03-23``, ``2018-W50``, ``P1M``, ``PRESENT_REF``.
        span: the days it covers; ``NO_TIME`` for a pure duration or set, and for a relative date without an anchor.
    """

    start: int
    end: int
    text: str
    type: str
    value: str
    span: TimeSpan


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence. ``text`` equals ``Article.text[start:end]``; ``index`` counts from 0; ``paragraph`` likewise."""

    index: int
    start: int
    end: int
    text: str
    paragraph: int = 0


@dataclass(frozen=True, slots=True)
class Entity:
    """A known or newly found person, organisation, place or piece of equipment.

    Attributes:
        key: stable identifier, ``<kind>:<slug>``, such as ``person:nicolas-maduro``.
        name: the name to show, such as ``Nicolás Maduro``.
        within: keys of what it lies in or belongs to, nearest first: ``place:caracas`` is within
            ``place:venezuela``; "the Kremlin" is ``org:government-of-russia`` within ``place:russia``.
    """

    key: str
    name: str
    kind: EntityKind
    within: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Mention:
    """One occurrence of an entity in a text."""

    start: int
    end: int
    text: str
    entity: Entity


@dataclass(frozen=True, slots=True)
class Quantity:
    """A figure with its unit and what it counts.

    Attributes:
        value: the number, multiplied out ("$6 billion" is 6e9). For a range, its lower end.
        upper: the upper end of a range, else None.
        unit: canonical unit: ``count``, ``tonne``, ``kg``, ``km``, ``usd``, ``eur``, ``percent``, ``day`` ...
        object: what is counted, singular and lower case: ``troop``, ``plane``, ``equipment``; empty if unknown.
        approximate: "around", "some", "nearly", "more than", "at least" and their like.
        bound: ``""``, ``"min"`` ("at least", "more than") or ``"max"`` ("up to", "fewer than").
    """

    start: int
    end: int
    text: str
    value: float
    unit: str
    object: str = ""
    approximate: bool = False
    upper: float | None = None
    bound: str = ""


@dataclass(frozen=True, slots=True)
class Origin:
    """Who a statement is traced to.

    Attributes:
        key: who it is: ``outlet:reuters``, ``official:us``, ``person:...``, ``unnamed:...``. Two outlets of one
            publisher share the key of the publisher.
        voice: the key that independence is counted by where a sentence names who speaks: that of the body whose
            minister or manager he is, else his own. Empty where an article speaks for itself or for the agency that it
            credits (see ``news.reports.origins``).
    """

    key: str
    name: str
    kind: OriginKind
    voice: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """One article's account of one event: who did what, where and when, in one sentence.

    Attributes:
        sentence: index of the sentence.
        quote: the sentence, verbatim.
        actors: keys of entities that act or are acted on (people, organisations, governments), in order of mention.
        places: keys of places, nearest meaning first.
        equipment: keys of equipment.
        quantities: figures of the sentence.
        origin: who says so according to the sentence or, failing that, the article's credit line; None when the
            outlet speaks for itself.
        trigger: the word that names the event, lower case and stemmed ("land", "sign"); empty for OTHER.
        is_background: the sentence tells what was before the news ("last year, Moscow sent ...").
        is_passed_on: it names nobody, and its article has named before who says so.
    """

    sentence: int
    quote: str
    when: TimeSpan
    kind: EventKind
    modality: Modality
    actors: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    equipment: tuple[str, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    origin: Origin | None = None
    trigger: str = ""
    is_background: bool = False
    is_passed_on: bool = False


@dataclass(frozen=True, slots=True)
class Signature:
    """A sketch of a text that says how much of another text it contains.

    ``hashes`` is sorted and free of repetitions; two signatures compare only if ``version`` is equal.
    """

    version: int
    n_shingles: int
    hashes: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Article:
    """An article as it came, with its text cleaned; not yet read.

    Attributes:
        source_id: the feed's guid or the caller's id; unique only within ``feed_url`` or the batch. May be empty.
        url: as given by the source; may be empty for documents.
        outlet: name or domain of the publisher as the source gives it.
        text: plain text; paragraphs are separated by a blank line, and no control characters are left.
        published_at: aware UTC, or None if nobody knows.
        published_precision: DAY if only a date was given, else UNKNOWN when missing; an exact time is also DAY here
            since events are dated by day.
        original: a signature of another wording of the same article (a seed's original), or None.
    """

    source_id: str
    url: str
    outlet: str
    title: str
    text: str
    published_at: datetime | None = None
    published_precision: Precision = Precision.UNKNOWN
    author: str = ""
    language: str = ""
    feed_url: str = ""
    links: tuple[str, ...] = ()
    original: Signature | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """All that the bot read out of one article; made by ``news.reading.read`` and by nothing else."""

    language: str
    sentences: tuple[Sentence, ...]
    dates: tuple[TimeExpression, ...]
    mentions: tuple[Mention, ...]
    quantities: tuple[Quantity, ...]
    reports: tuple[Report, ...]
    origins: tuple[Origin, ...]
    signature: Signature

    @property
    def entities(self) -> tuple[Entity, ...]:
        """The distinct entities, most often mentioned first, ties in order of first mention."""
        counts: dict[str, int] = {}
        found: dict[str, Entity] = {}
        for mention in self.mentions:
            counts[mention.entity.key] = counts.get(mention.entity.key, 0) + 1
            found.setdefault(mention.entity.key, mention.entity)
        return tuple(sorted(found.values(), key=lambda entity: -counts[entity.key]))
