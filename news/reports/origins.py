"""Who said a thing first: the origin of a sentence, of an article, of an outlet; and how many of them are independent.

Owns the identity of origins, which is what independence is counted by. The facts about outlets are in
``news.reports.outlets``, the wordings of attribution in ``news.reports.attribution``. Must never score how true or how
biased an origin is.

What is chosen where one could choose otherwise:

- An unnamed official who told one outlet something is that outlet's ("U.S. official via Reuters", key of Reuters):
  nobody else can vouch for it. The same holds for anybody who "told Reuters".
- What a named person or an authority says to all is theirs, whoever carries it: the same words of one minister in ten
  papers are one origin.
- State media named only by their state are one origin for each state (``state-media:russia``), also "via" a wire.
- Who bears an office is heard as the body whose office it is: a ministry, its minister and its spokesman are one voice,
  a railway and its manager another. Whose manager he is tells the sentence or the body that spoke before him in the
  article.
- What an article tells behind the first person or body that it names goes on with their word: its outlet, or the agency
  that it credits, is an origin of its own for what comes before, or where it names none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import lru_cache

from news.decision import StoredReport
from news.model import Article, Mention, Origin, OriginKind, Report
from news.reports.attribution import find_attribution
from news.reports.bodies import is_one_voice, is_open, list_voices, settle_voice
from news.reports.outlets import OutletRow, OutletTable, known_outlets, outlet_of, slug_of
from news.words.text import fold
from news.words.urls import host_of, site_of

__all__ = [
    "are_one_origin", "count_independent", "credit_origin", "distinct_origins", "list_independent", "mark_passed_on",
    "origins_of", "outlet_of", "outlet_origin", "report_origin", "sentence_origin", "spoken_body",
]  # fmt: skip

_HEAD = 400
_CREDIT_HEAD = 1_200
_TAIL = 300
_MAX_FIELD = 300
_KINDS = {
    "wire": OriginKind.WIRE,
    "state": OriginKind.STATE_MEDIA,
    "party": OriginKind.STATE_MEDIA,
    "agency": OriginKind.OFFICIAL,
}
_AGENCIES = frozenset({"wire", "state"})
_DATELINES = (
    re.compile(r"[(/]([^()/\n]{2,40})[)/]"),  # OSLO (Reuters) - and ОСЛО, 23 марта. /ТАСС/.
    re.compile(r"[-–—] ?([^-–—.,\n]{2,30})\. "),  # ОСЛО, 23 мар — РИА Новости.
    re.compile(r"^([^-–—.,()\n]{2,30}) ?[-–—] "),  # TASS - Oslo
)
_CREDIT = re.compile(
    r"(?:^|\n)[ \t]*[—–\-(]{1,2} ?([^()\n]{2,50}?)\)?[ \t]*$"  # a last line "— Reuters" or "(AFP)"
    r"|\(([^()\n]{2,40})\)[ \t]*$"
    r"|(?:Source|Fuente|Источник): ?([^\n]{2,60}?)[ \t.]*$",
    re.MULTILINE,
)
_SOURCE_WORDS = ("Source:", "Fuente:", "Источник:")
_DASHES = ("-", "–", "—")
_BYLINE = re.compile(r"^(?:By|Por|Автор:?)\s+([^\n]{2,120})$", re.MULTILINE)
_BYLINE_PARTS = re.compile(r"[,/|;()]| for | para | for the | and | y ")
_UNNAMED = "unnamed:"
_BODIES = ("official:", "org:")
_TITLE_PARTS = re.compile(r" [-–—|] ")


def outlet_origin(outlet: str, url: str = "") -> Origin:
    """Return the origin that an outlet is when it speaks for itself.

    By its name or domain in the table of outlets, else by the domain of ``url``, else as a publisher of its own.
    Without either it is unnamed.
    """
    return _outlet_origin(outlet, host_of(url) if url else "", known_outlets())


@lru_cache(maxsize=1 << 12)
def _outlet_origin(outlet: str, host: str, outlets: OutletTable) -> Origin:
    """Return the origin of an outlet; remembered, for each report of a timeline asks for that of its article."""
    site = site_of(host) if host else ""
    row = outlets.find(outlet) or outlets.find(site)
    if row is not None:
        return _origin_of_row(row)
    name = outlet.strip()[:_MAX_FIELD] or site
    slug = slug_of(name)
    if not slug:
        return Origin("unnamed:outlet", "unnamed outlet", OriginKind.UNNAMED)
    return Origin(f"outlet:{slug}", name, OriginKind.OUTLET)


def _origin_of_row(row: OutletRow) -> Origin:
    """Return the origin of an outlet of the table; its key is that of the publisher."""
    return Origin(f"outlet:{row.key}", row.name, _KINDS.get(row.kind, OriginKind.OUTLET))


def credit_origin(article: Article) -> Origin | None:
    """Return whose text an article is by its own marks: dateline, byline, credit line, end of the title; None if none.

    Looked at are the title, the author, and the first and last few hundred characters. A name counts only if it is in
    the table of outlets; in a dateline only if it is an agency.
    """
    head, tail = article.text[:_HEAD], article.text[-_TAIL:]
    datelines = [group for pattern in _DATELINES for group in _groups(pattern, head)]
    agency = _first_outlet(datelines, _AGENCIES)
    credits_ = [
        group for part in (article.text[:_CREDIT_HEAD], tail) if _may_credit(part) for group in _groups(_CREDIT, part)
    ]
    row = (
        agency
        or _first_outlet(_byline_names(article.author, head))
        or _first_outlet(credits_)
        or _first_outlet(_TITLE_PARTS.split(article.title[:_MAX_FIELD])[1:])
    )
    return _origin_of_row(row) if row is not None else None


def _may_credit(text: str) -> bool:
    """Tell whether a credit line can stand in ``text``: a bracket, a word for source, or a line that a dash opens.

    Most texts have none, and the pattern for such lines tries each of its ways at each character.
    """
    if "(" in text or any(word in text for word in _SOURCE_WORDS):
        return True
    return any(line.lstrip(" \t").startswith(_DASHES) for line in text.split("\n"))


def _groups(pattern: re.Pattern[str], text: str) -> list[str]:
    return [group for match in pattern.finditer(text) for group in match.groups() if group]


def _byline_names(author: str, head: str) -> list[str]:
    lines = [author[:_MAX_FIELD], *_BYLINE.findall(head)]
    return [part.strip().removesuffix(" Staff") for line in lines for part in _BYLINE_PARTS.split(line)]


def _first_outlet(names: Iterable[str], kinds: frozenset[str] | None = None) -> OutletRow | None:
    for name in names:
        row = outlet_of(name.strip(" .—–-"))
        if row is not None and (kinds is None or row.kind in kinds):
            return row
    return None


def sentence_origin(sentence: str, mentions: Sequence[Mention], *, spoke: str = "") -> Origin | None:
    """Return who says what the sentence tells, according to the sentence; None if it names nobody.

    ``mentions`` are those of the sentence; they give the country of an official and the person of a name. Outlets go
    before officials ("a U.S. official told Reuters"), officials before unnamed sources. ``spoke`` is the key of the
    body that spoke last in the article, of which "the manager" may be.
    """
    found = find_attribution(sentence, mentions)
    if found is None:
        return None
    if found.outlet is not None:
        origin = _origin_of_row(found.outlet)
        name = f"{found.speaker} via {origin.name}" if found.speaker else origin.name
        return Origin(origin.key, name, origin.kind, origin.key)
    return Origin(found.key, found.speaker, found.kind, settle_voice(found.voice, spoke) or found.key)


def spoken_body(origin: Origin | None) -> str:
    """Return the key of the body or organisation that speaks as itself; empty for all others."""
    return origin.key if origin is not None and origin.key.startswith(_BODIES) else ""


def are_one_origin(one: Origin, other: Origin) -> bool:
    """Return whether two origins may be one voice, by their keys and, where a country stays open, by their names too.

    "Police" may be the Basel police; the Russian navy is not the Norwegian one, read without its country or with it.
    """
    keys = one.voice or one.key, other.voice or other.key
    if not is_one_voice(*keys):
        return False
    if keys[0] == keys[1] and not is_open(keys[0]):
        return True
    ours, theirs = (frozenset(fold(origin.name).split()) for origin in (one, other))
    return not any(map(is_open, keys)) or ours <= theirs or theirs <= ours


def report_origin(report: Report, outlet: str, url: str) -> Origin:
    """Return whom a report goes back to, its outlet where it names nobody.

    Where an article goes on with what others said, its own voice is unnamed: it adds nothing to those who are named.
    """
    origin = report.origin or outlet_origin(outlet, url)
    return replace(origin, voice=f"{_UNNAMED}article") if report.is_passed_on else origin


def origins_of(reports: Iterable[StoredReport]) -> list[Origin]:
    """Return whom each of some stored reports goes back to."""
    return [report_origin(stored.report, stored.outlet, stored.url) for stored in reports]


def mark_passed_on(reports: Sequence[Report]) -> tuple[Report, ...]:
    """Return the reports of an article, those marked that name nobody and come after one that names a speaker."""
    first = next((at for at, one in enumerate(reports) if one.origin and _is_named_speaker(one.origin)), len(reports))
    behind = (replace(one, is_passed_on=True) if _is_of_nobody(one) else one for one in reports[first:])
    return (*reports[:first], *behind)


def _is_of_nobody(report: Report) -> bool:
    return report.origin is None or not report.origin.voice


def _is_named_speaker(origin: Origin) -> bool:
    """Return whether a person or a body speaks: whoever quotes another outlet for one thing goes on by himself."""
    return bool(origin.voice) and not origin.voice.startswith(_UNNAMED) and not origin.key.startswith("outlet:")


def distinct_origins(origins: Iterable[Origin]) -> list[Origin]:
    """Return the origin of each key once, in order, as it says most of itself.

    Who is named with an office anywhere is kept as its bearer, and an outlet that speaks for itself anywhere as that.
    """
    distinct: dict[str, Origin] = {}
    for origin in origins:
        held = distinct.get(origin.key)
        if held is None or _standing_of(origin) > _standing_of(held):
            distinct[origin.key] = origin
    return list(distinct.values())


def _standing_of(origin: Origin) -> int:
    if origin.voice.startswith(_UNNAMED):
        return 0
    return 1 if origin.voice in {"", origin.key} else 2


def list_independent(origins: Iterable[Origin]) -> list[Origin]:
    """Return one origin for each independent voice, in order; bodies of one country are distinct.

    Unnamed ones ("officials said", witnesses, documents nobody identified) never add to a named one; all of them
    together are one where there is no other. A person who is named with an office anywhere speaks for its body.
    """
    by_voice: dict[str, Origin] = {}
    for origin in distinct_origins(origins):
        by_voice.setdefault(origin.voice or origin.key, origin)
    voices = list_voices(voice for voice in by_voice if not voice.startswith(_UNNAMED))
    return [origin for voice, origin in by_voice.items() if voice in voices] or list(by_voice.values())[:1]


def count_independent(origins: Iterable[Origin]) -> int:
    """Return how many independent voices there are, see ``list_independent``."""
    return len(list_independent(origins))
