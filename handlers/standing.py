"""How a story stands now: its articles, whom they go back to, what is disputed.

Owns these questions to the store. Wording is ``handlers.messages``' and deciding is ``news``'.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from handlers.headlines import quote_bodies
from handlers.ports import Transaction
from news.decision import Decision, Dispute, Label, Outline, StoredArticle, StoredEvent
from news.model import Article, Origin
from news.names.entities import get_entity
from news.reports.origins import count_independent, distinct_origins, origins_of, outlet_origin
from news.timelines.contests import distinct_disputes

_MOST_DECISIONS = 60
_MOST_DISPUTING = 300
_LONGEST_NAME = 60


@dataclass(frozen=True, slots=True)
class Standing:
    """A story as it is now.

    Attributes:
        outline: its figures; empty where all its articles were moved to another story.
        told: those that brought something, with their decisions, oldest first; the newest ones of a very long story.
    """

    story_id: int
    outline: Outline = field(default_factory=Outline)
    told: tuple[tuple[StoredArticle, Decision], ...] = ()
    disputes: tuple[Dispute, ...] = ()
    origins: tuple[Origin, ...] = ()

    @property
    def is_there(self) -> bool:
        """Whether it has any articles."""
        return self.outline.n_articles > 0

    @property
    def n_independent(self) -> int:
        """Independent origins of the story."""
        return count_independent(self.origins)

    @property
    def label(self) -> Label | None:
        """DISPUTED while a dispute is open, else the label of the newest article that brought something."""
        if self.disputes:
            return Label.DISPUTED
        return self.told[-1][0].label if self.told else None


def find_standing(tx: Transaction, story_id: int) -> Standing:
    """Return how the story stands; not there if it has none any more."""
    outline = tx.articles.get_outline(story_id)
    if not outline.n_articles:
        return Standing(story_id)
    newest = tx.articles.list_told(story_id, limit=_MOST_DECISIONS)
    decisions = tx.articles.load_decisions([stored.id for stored in newest])
    told = tuple((stored, decisions[stored.id]) for stored in newest)
    origins = list_origins(tx.events.list_of_story(story_id), outline.outlets)
    return Standing(story_id, outline, told, list_disputes(tx, [story_id]), tuple(origins))


def list_disputes(tx: Transaction, story_ids: Collection[int]) -> tuple[Dispute, ...]:
    """Return the open disputes of stories, newest first, each once: what every answer on them shows as disputed.

    They are those that were told of articles, as last decided; of a very long story those of its newest articles. Of a
    headline the sentence below it is quoted that says the same, as in the alert.
    """
    told = tx.articles.list_disputes(story_ids, limit=_MOST_DISPUTING)
    claims = [claim for each in told for claim in (each.here, each.there)]
    ids = {claim.article_id for claim in claims if claim.article_id is not None}
    bodies: dict[int | None, Article] = dict(tx.articles.load_texts(ids).items())
    return distinct_disputes(quote_bodies(each, bodies.get) for each in told)


def story_origins(events: Sequence[StoredEvent], articles: Sequence[StoredArticle]) -> list[Origin]:
    """Return who the reports are traced to, each origin once, in order of the reports; outlets where none is named."""
    return list_origins(events, [(stored.article.outlet, stored.article.url) for stored in articles])


def list_origins(events: Sequence[StoredEvent], outlets: Sequence[tuple[str, str]]) -> list[Origin]:
    """Return the origins as ``story_origins`` does; ``outlets`` are names with an address of each."""
    found = origins_of(stored for event in events for stored in event.reports)
    found = found or [outlet_origin(outlet, url) for outlet, url in outlets]
    return distinct_origins(found)


def find_main_name(tx: Transaction, outline: Outline) -> str:
    """Return the name that a story mentions most, if it can be typed as a topic; else an empty text."""
    name = _name_of(tx, outline.main_key) if outline.main_key else ""
    return name if len(name) <= _LONGEST_NAME else ""


def _name_of(tx: Transaction, key: str) -> str:
    listed = get_entity(key)
    if listed is not None:
        return listed.name
    words = key.partition(":")[2].replace("-", " ")
    return next((entity.name for entity in tx.events.resolve(words) if entity.key == key), "")
