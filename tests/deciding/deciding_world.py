"""Hand-made readings, stored articles and stored reports for the tests of deciding."""

from __future__ import annotations

from datetime import UTC, date, datetime

from news.decision import Candidates, Label, StoredArticle, StoredReport
from news.model import (
    NO_TIME,
    Article,
    DateBasis,
    EventKind,
    Modality,
    Origin,
    Precision,
    Quantity,
    Reading,
    Report,
    TimeSpan,
)
from news.words.fingerprint import sign
from news.words.sentences import split_sentences
from news.words.text import content_terms

NOW = datetime(2019, 3, 26, tzinfo=UTC)
LANDING_ON = date(2019, 3, 23)


def day(value: date = LANDING_ON, basis: DateBasis = DateBasis.STATED) -> TimeSpan:
    return TimeSpan.of_day(value, basis)


def month(year: int, number: int) -> TimeSpan:
    return TimeSpan(date(year, number, 1), date(year, number, 28), Precision.MONTH)


def figure(text: str, value: float, thing: str = "", *, unit: str = "count", bound: str = "") -> Quantity:
    is_vague = bool(bound) or text.startswith(("around", "some", "nearly"))
    return Quantity(0, len(text), text, value, unit, thing, approximate=is_vague, bound=bound)


def report(  # noqa: PLR0913 - one word for each field that a test sets
    quote: str,
    *quantities: Quantity,
    when: TimeSpan = NO_TIME,
    kind: EventKind = EventKind.MOVE,
    modality: Modality = Modality.HAPPENED,
    names: tuple[str, ...] = (),
    trigger: str = "",
    origin: Origin | None = None,
    is_background: bool = False,
) -> Report:
    """Return a report; ``names`` are keys, those of places go to ``places``."""
    return Report(
        0,
        quote,
        when,
        kind,
        modality,
        actors=tuple(key for key in names if not key.startswith(("place:", "equipment:"))),
        places=tuple(key for key in names if key.startswith("place:")),
        equipment=tuple(key for key in names if key.startswith("equipment:")),
        quantities=quantities,
        origin=origin,
        trigger=trigger,
        is_background=is_background,
    )


def stored_report(
    told: Report,
    *,
    number: int = 1,
    event_id: int = 1,
    story_id: int = 1,
    outlet: str = "Caracas Monitor",
    days: int = 0,
) -> StoredReport:
    published = datetime(2019, 3, 24 + days, tzinfo=UTC)
    return StoredReport(number, event_id, number, story_id, outlet, "", "Planes land", published, told)


def article(
    text: str, *, outlet: str = "Andes Wire", title: str = "", published: datetime | None = NOW, url: str = ""
) -> Article:
    return Article("", url, outlet, title, text, published, Precision.DAY if published else Precision.UNKNOWN)


def reading(text: str, *reports: Report, language: str = "en") -> Reading:
    return Reading(language, split_sentences(text), (), (), (), reports, (), sign(text))


def stored_article(
    text: str, *, number: int = 1, story_id: int = 1, outlet: str = "Caracas Monitor", names: tuple[str, ...] = ()
) -> StoredArticle:
    return StoredArticle(
        number,
        article(text, outlet=outlet, published=datetime(2019, 3, 24, tzinfo=UTC)),
        story_id,
        Label.NEW,
        NOW,
        "en",
        dict.fromkeys(names, 1),
        content_terms(text),
        (sign(text),),
    )


def candidates(
    *articles: StoredArticle, reports: tuple[StoredReport, ...] = (), same: StoredArticle | None = None
) -> Candidates:
    counts = {key: 1 for one in articles for key in (*one.term_counts, *one.entity_counts)}
    return Candidates(same, articles, articles, reports, 100, counts)
