"""One article on the table: what deciding passes from question to question.

Owns the gathering of what several questions need: names and what they lie in, claims, origins, the earliest account.
Must never answer a question itself; ``news.novelty`` and ``news.deciding.repeats`` do.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import lru_cache, partial

from news.decision import Candidates, Claim, KnownSince, StoredArticle, StoredReport
from news.kept import Kept
from news.matching.assignments import Placed, earliest
from news.matching.world import World
from news.model import Article, Origin, Reading, Report, Sentence
from news.names.aliases import with_our_names
from news.names.entities import get_entity
from news.reports.furniture import without_furniture
from news.reports.origins import count_independent, origins_of, outlet_origin
from news.stories.belonging import group_by_story
from news.stories.holdings import Holdings, hold

_LATEST = datetime.max.replace(tzinfo=UTC)
_MAX_SENTENCES = 150
_MAX_NAMED = 600
_MAX_QUOTE = 2_000
"""So much of a sentence is held against others: a list without a full stop is no sentence."""
_MAX_FIGURES = 50
_LEAD_CHARS = 400


@dataclass(frozen=True, slots=True)
class Case:
    """The article with its reading, the candidates, and what is known of names and words.

    All articles are without what stands around their accounts (``news.reports.furniture``), ``as_sent`` excepted.
    """

    article: Article
    reading: Reading
    candidates: Candidates
    now: datetime
    old_event_days: int
    world: World
    as_sent: Article

    @property
    def issued_at(self) -> datetime:
        """When the article was published; now where it does not say."""
        return self.article.published_at or self.now

    def claim(self, value: str, quote: str) -> Claim:
        """Return a value as the article claims it in its own voice."""
        return Claim(value, quote, self.article.outlet, published_at=self.article.published_at)

    def hold(self, story_id: int | None) -> Holdings:
        """Return what the candidates of a story hold; of None, nothing."""
        return self.world.remember(("hold", story_id), partial(self._hold, story_id))

    def _hold(self, story_id: int | None) -> Holdings:
        reports = [one for one in self.candidates.reports if one.story_id == story_id]
        return hold(self.list_articles(story_id), reports, self.world.within)

    def group_articles(self) -> Mapping[int, Sequence[StoredArticle]]:
        """Return the candidate articles by story, see ``news.stories.belonging.group_by_story``."""
        return self.world.remember(("articles", id(self.candidates)), partial(group_by_story, self.candidates))

    def list_articles(self, story_id: int | None) -> list[StoredArticle]:
        """Return the candidate articles of a story, most related first."""
        return list(self.group_articles().get(story_id, ())) if story_id is not None else []

    def count_origins(self, story_id: int | None, *, only: int | None = None) -> int:
        """Return the independent origins of the article with those of the candidates of its story.

        Args:
            only: an article that this one repeats; then the copies have its origins and no others.
        """
        origins = list(self.reading.origins) if only is None else []
        reports = [one for one in self.candidates.reports if one.story_id == story_id]
        origins += origins_of(reports)
        told = {one.article_id for one in reports}
        origins += _outlets(self.group_articles().get(story_id or 0, ()), told)
        return max(1, count_independent(origins))


def _outlets(stored: Iterable[StoredArticle], told: set[int]) -> list[Origin]:
    return [
        outlet_origin(one.article.outlet, one.article.url)
        for one in stored
        if one.id not in told and one.duplicate_of is None
    ]


def open_case(
    article: Article, reading: Reading, candidates: Candidates, *, now: datetime, old_event_days: int
) -> Case:
    """Lay the article on the table: the first sentences and what they name, as many as a long report has."""
    reading = _bound(reading)
    candidates = with_our_names(_bare(_bound_candidates(candidates)), reading.mentions, reading.language)
    within = {mention.entity.key: mention.entity.within for mention in reading.mentions}
    for one in candidates.reports:
        for key in one.report.places:
            if key not in within:
                within[key] = _within_of(key)
    is_mixed = any(one.language != reading.language for one in (*candidates.similar, *candidates.related))
    world = World(candidates.n_articles, candidates.document_counts, within, reading.language or "en", is_mixed)
    return Case(without_furniture(article), reading, candidates, now, old_event_days, world, as_sent=article)


def _bound(reading: Reading) -> Reading:
    """Return a reading without what stands after its first sentences: a hostile text holds up nobody."""
    if any(one.end - one.start > _MAX_QUOTE for one in reading.sentences):
        reading = replace(
            reading,
            sentences=tuple(map(_shorten_sentence, reading.sentences)),
            reports=tuple(map(_shorten_report, reading.reports)),
        )
    if len(reading.sentences) <= _MAX_SENTENCES and len(reading.quantities) <= _MAX_NAMED >= len(reading.mentions):
        return reading
    kept = reading.sentences[:_MAX_SENTENCES]
    end = kept[-1].end
    return replace(
        reading,
        sentences=kept,
        dates=tuple(one for one in reading.dates if one.start < end)[:_MAX_NAMED],
        mentions=tuple(one for one in reading.mentions if one.start < end)[:_MAX_NAMED],
        quantities=tuple(one for one in reading.quantities if one.start < end)[:_MAX_NAMED],
        reports=tuple(one for one in reading.reports if one.sentence < _MAX_SENTENCES),
    )


def _shorten_sentence(sentence: Sentence) -> Sentence:
    end = min(sentence.end, sentence.start + _MAX_QUOTE)
    return replace(sentence, end=end, text=sentence.text[:_MAX_QUOTE])


def _shorten_report(report: Report) -> Report:
    if len(report.quote) <= _MAX_QUOTE:
        return report
    return replace(report, quote=report.quote[:_MAX_QUOTE], quantities=report.quantities[:_MAX_FIGURES])


def _bound_candidates(candidates: Candidates) -> Candidates:
    """Return candidates none of whose sentences is longer than those that are read of an article."""
    if all(len(one.report.quote) <= _MAX_QUOTE for one in candidates.reports):
        return candidates
    return replace(candidates, reports=tuple(map(_shortened, candidates.reports)))


def _bare(candidates: Candidates) -> Candidates:
    """Return candidates whose articles are nothing but their accounts."""
    same = candidates.same and _bared(candidates.same)
    similar, related = (tuple(map(_bared, found)) for found in (candidates.similar, candidates.related))
    return replace(candidates, same=same, similar=similar, related=related)


def _bare_stored(stored: StoredArticle) -> StoredArticle:
    article = without_furniture(stored.article)
    return stored if article is stored.article else replace(stored, article=article)


_bared: Kept[StoredArticle, StoredArticle] = Kept(_bare_stored, most=1 << 10)


def _shorten_stored(stored: StoredReport) -> StoredReport:
    report = _shorten_report(stored.report)
    return stored if report is stored.report else replace(stored, report=report)


_shortened: Kept[StoredReport, StoredReport] = Kept(_shorten_stored, most=1 << 10)


@lru_cache(maxsize=1 << 12)
def _within_of(key: str) -> tuple[str, ...]:
    entity = get_entity(key)
    return entity.within if entity is not None else ()


def lead_of(article: Article) -> str:
    """Return the first line of the text, cut at 400 characters; the title where there is no text."""
    return (article.text.strip().split("\n", 1)[0] or article.title)[:_LEAD_CHARS]


def known_since_article(stored: StoredArticle) -> KnownSince:
    """Return the article as the earliest account, quoted by its first line."""
    article = stored.article
    return KnownSince(stored.id, article.outlet, article.title, article.url, article.published_at, lead_of(article))


def known_since_report(stored: StoredReport) -> KnownSince:
    """Return the article of a report as the earliest account, quoted by the report's sentence."""
    return KnownSince(
        stored.article_id,
        stored.outlet,
        stored.title,
        stored.url,
        stored.published_at,
        stored.report.quote,
        stored.event_id,
        stored.report.when,
    )


def known_since_story(case: Case, story_id: int | None, placed: Sequence[Placed]) -> KnownSince | None:
    """Return the earliest account of the events that the article tells of, else of its story; None for neither.

    The events of the news count before those of the background.
    """
    for is_background in (False, True):
        matched = {
            one.match.stored.event_id for one in placed if one.match and one.report.is_background is is_background
        }
        first = earliest([one for one in case.candidates.reports if one.event_id in matched])
        if first is not None:
            return known_since_report(first)
    articles = case.list_articles(story_id)
    oldest = min(articles, key=lambda one: (one.article.published_at or _LATEST, one.id), default=None)
    return known_since_article(oldest) if oldest is not None else None
