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
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from news.model import Article, Mention, Origin, OriginKind
from news.reports.attribution import find_attribution
from news.reports.bodies import list_voices
from news.reports.outlets import OutletRow, OutletTable, known_outlets, outlet_of, slug_of
from news.words.urls import host_of, site_of

__all__ = ["count_independent", "credit_origin", "outlet_of", "outlet_origin", "sentence_origin"]

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


def sentence_origin(sentence: str, mentions: Sequence[Mention]) -> Origin | None:
    """Return who says what the sentence tells, according to the sentence; None if it names nobody.

    ``mentions`` are those of the sentence; they give the country of an official and the person of a name. Outlets go
    before officials ("a U.S. official told Reuters"), officials before unnamed sources.
    """
    found = find_attribution(sentence, mentions)
    if found is None:
        return None
    if found.outlet is not None:
        origin = _origin_of_row(found.outlet)
        name = f"{found.speaker} via {origin.name}" if found.speaker else origin.name
        return Origin(origin.key, name, origin.kind)
    return Origin(found.key, found.speaker, found.kind)


def count_independent(origins: Iterable[Origin]) -> int:
    """Return how many independent origins there are: distinct keys, bodies of one country being distinct.

    Unnamed ones ("officials said", witnesses, documents nobody identified) never add to a named one; all of them
    together count as one where there is no other.
    """
    keys = {origin.key for origin in origins}
    named = {key for key in keys if not key.startswith("unnamed:")}
    return len(list_voices(named)) or min(1, len(keys))
