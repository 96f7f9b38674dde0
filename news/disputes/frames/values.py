"""One count or sum of one event told twice in other words: those aboard, the crowd, the freed, the fine, the cut.

Owns when two figures that play one part (``news.disputes.frames.parts``) in the openings of two accounts exclude each
other. Must never choose the story, and never compares what is only feared, asked for or foreseen.

A part that both openings give once each is one thing, whatever verb and noun carry it. Left alone are figures of two
sorts of people, of a part and the whole, of two stretches of time or two phases, bounds that may both be right, a count
that has grown, and a difference that a third number of either text explains.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from news.decision import Dispute, FactKind, StoredArticle
from news.disputes.cues import is_contesting
from news.disputes.desk import Desk
from news.disputes.frames.parts import Part, inside_classes, list_parts
from news.disputes.frames.ties import Opening, count_shared, open_article, open_stored, weigh_tie
from news.disputes.frames.times import are_two_times
from news.disputes.frames.units import in_one_unit
from news.disputes.frames.votes import list_other_votes
from news.disputes.parties import is_counted_against
from news.disputes.shares import roles_of
from news.disputes.tallies import find_margin, find_tally, is_of_contest
from news.model import EntityKind, Quantity
from news.names.entities import lookup
from news.reports.moods import Mood, mood_of
from news.reports.progress import is_closed, is_development
from news.reports.quantities import find_quantities
from news.reports.tellings import tell
from news.reports.wording import say_figure
from news.tables import load_toml
from news.words.measures import is_held, measures_in
from news.words.small_letters import small
from news.words.vocabulary import language_of

__all__ = ["find_other_parts"]

_TIED = 1.6
_PER_WORD = 0.2
_FEW_ARTICLES = 2
"""Articles of a story that nobody told more of yet."""
_SENTENCE_SHARED = 1
_ONE_COUNT = 1.1
"""What two ends of one estimate are apart at most: "between 58,000 and 63,000"."""
_MEASURED = frozenset({"speed", "magnitude", "length"})
"""Kinds of which a word for time beside the figure is of its unit, or of another thing."""
_COUNTED = frozenset({"people", "things"})
_PLACE_OF = re.compile(r"\b(?:in|at|en|в|во) (?:its |the |el |la )?([A-ZÀ-ÞА-ЯЁ][\w-]{2,}?)(?:е|и|у|ом)?\b")
_AFTERSHOCK = small(r"\b(?:aftershocks?|foreshocks?|réplicas?|афтершок\w*)\b")
_SUPPOSED = small(
    r"\b(?:podr[íi]a\w*|prevén?|se espera\w*|esperan?|pid(?:e|en|i[óo]|ieron)|exig\w+|quier\w+|calcula que|"
    r"(?!secretar)\w{2,}(?:ar|dr|br)ían?|tem(?:e|en|ía|ían)|может|могут|могл[ио]|опаса\w+|"
    r"ожида\w+|планир\w+|потребов\w+|запросил\w*|просит|требу\w+|"
    r"reclam\w+|за (?:повышение|рост|увеличение|прибавку)|добива\w+|expects?|expecting|seen at|"
    r"forecast\w*|projected|estimate[ds]? (?:at|that)|anticipat\w+|capacity|room for|"
    r"drill|exercise|simulat\w+|rehears\w+|hypothetical|in the event of|tickets? (?:for|sold))\b"
)
_REPORTED = small(r"\b(?:said|says|announced|added|confirmed|told|stated)\b[^.;]{0,200}\bwould\b")
_OPEN = small(r"\b(?:if|unless|could|may|might|should|likely|can)\b")
_ORDERED = small(r"\b(?:court|judges?|tribunal|bench|regulator|watchdog|jury|authority)\b[^.;]{0,60}\border(?:ed|s)\b")
_REST = small(r"\bthe (?:others|rest|remaining|remainder)\b|\b(?:los|las) dem[áa]s\b|\bостальны\w+")
_RATE = small(
    r"\b(?:per|each|every) (?:second|minute|hour|day|night|week|month|quarter|year)\b|\b(?:annual|"
    r"yearly|monthly|weekly|daily|"
    r"month-on-month|year-on-year|interanual|mensual|anual|(?:al|por|cada) (?:día|semana|mes|año)|"
    r"diari[oa]s?|mensuales|anuales|"
    r"год(?:ов)\w+|ежегодн\w+|ежемесячн\w+|ежедневн\w+|в (?:год|месяц|неделю|сутки)|месячн\w+|than a year|"
    r"from (?:january|february|march|"
    r"april|may|june|july|august|september|october|november|december))\b"
)
_PUT_AT = small(
    r"\bput(?:s|ting)? (?:the|its|their) (?:\w+ )?(?:number|toll|count|tally|total|figure|share|turnout)\b[^.;]{0,90}"
    r"\bat\b|\b(?:cifr|sit[úu]|estim)\w+ (?:[\w-]+ ){0,3}?en\b|\bоцени\w+ (?:[\w-]+ ){0,4}?в\b"
)
_EVERYONE = small(
    r"\b(?:all|everyone|everybody|every one|the last|no one (?:else|was left)|tod[oa]s|nadie más|все|всех)\b"
)
_AGAIN = small(
    r"\b(?:(?:a|the) (?:second|third|fourth|fresh|new|further) (?!half|of|time|term|quarter|year|week|"
    r"day|month|rate)\w+|another|"
    r"(?:strikes?|struck|hits?|shakes?|shook|floods?|erupts?|erupted|crash\w*|attack\w*)\b[^.;]{0,40}\bagain|"
    r"days later|a week later|otro|otra|nuev[oa]|segund[oa]|нов\w+|второй|вторая|снова)\b"
)
_LAST_YEAR = small(
    r"(?<!those months of )(?<!than )(?<!from )\b(?:last year|a year (?:ago|earlier|before)|in (?:19|"
    r"20)\d\d|el año pasado|hace (?:un|dos|tres) años?|en (?:19|20)\d\d|в прошлом году|год(?:ом)? (?:назад|ранее)|"
    r"в (?:19|20)\d\d(?:-м)? году)\b"
)
_LAST_SEASON = small(
    r"\b(?:last (?:spring|summer|autumn|winter)|(?:la primavera|el verano|el otoño|el invierno) pasad[oa]|"
    r"прошл\w+ (?:весной|летом|осенью|зимой)|позапрошл\w+)\b"
)


@dataclass(frozen=True, slots=True)
class _Told:
    """A figure with its sentence, and the other sentences of the opening that have its number."""

    part: Part
    quote: str
    others: tuple[str, ...]
    opening: Opening


@dataclass(frozen=True, slots=True)
class _Pair:
    """An article and a stored one of a story, with how they open."""

    desk: Desk
    ours: Opening
    stored: StoredArticle
    theirs: Opening


@cache
def _listed(name: str) -> frozenset[str]:
    return frozenset(str(load_toml("frames.toml")[name]["classes"]).split())


def find_other_parts(desk: Desk) -> Iterator[Dispute]:
    """Yield the figures of an article's opening that exclude those of a stored opening for the same part."""
    if not desk.others:
        return
    ours = open_article(desk.case.article)
    told = _told(ours)
    if told or any(map(_has_score, ours.sentences[1:])):
        for stored in desk.others:
            yield from _against(_Pair(desk, ours, stored, open_stored(stored)), told)


def _has_score(quote: str) -> bool:
    core = tell(quote).core if is_of_contest(quote) else ""
    return bool(core and (find_tally(core) or find_margin(core)))


@lru_cache(maxsize=1 << 8)
def _told(opening: Opening) -> Mapping[str, list[_Told]]:
    found: dict[str, list[_Told]] = {}
    for quote in opening.sentences:
        for part in list_parts(quote):
            others = tuple(
                one
                for one in opening.sentences
                if one is not quote and is_held(part.measure, measures_in(one, language_of(one)))
            )
            found.setdefault(part.name, []).append(_Told(part, quote, others, opening))
    return found


def _one_of(rows: Sequence[_Told]) -> _Told | None:
    """Return what an opening gives for a part: the one in the text where the headline has it too; None for several."""
    whole = [row for row in rows if not row.part.is_some] or list(rows)
    values = [row.part.measure.value for row in whole]
    if max(values) > min(values) * _ONE_COUNT and any(
        not is_held(row.part.measure, [whole[0].part.measure]) for row in whole
    ):
        return None
    return next(
        (row for row in rows if row.part.is_some and row.part.measure.value == whole[-1].part.measure.value), whole[-1]
    )


def _against(pair: _Pair, told: Mapping[str, list[_Told]]) -> Iterator[Dispute]:
    """Yield what one stored opening contradicts, once it is seen that both are on one event."""
    ours, theirs = pair.ours, pair.theirs
    if _AGAIN.search(" ".join(ours.sentences[:2]).lower()):
        return
    tie = weigh_tie(ours, theirs)
    found = [
        (mine, yours)
        for mine, yours in list_other_votes(ours, theirs)
        if tie + _PER_WORD * count_shared(mine[1], yours[1]) >= _TIED
    ]
    found += [
        ((_say(here), here.quote), (_say(there), there.quote))
        for here, there in _pairs(told, _told(theirs))
        if _may_compare(here, there)
        and tie + _PER_WORD * count_shared(here.quote, there.quote) >= _TIED
        and _is_other(here, there, pair)
    ]
    disputes = (pair.desk.dispute(FactKind.FIGURE, *values, pair.stored) for values in found)
    yield from filter(None, disputes)


def _may_compare(here: _Told, there: _Told) -> bool:
    """Return whether two figures can be held against each other in the languages that they are told in.

    Whose diplomats they are is told by adjectives, which are compared in one language only.
    """
    is_across = language_of(here.quote) != language_of(there.quote)
    return not is_across or here.part.kind not in _COUNTED or here.part.name in _listed("across")


def _is_other(here: _Told, there: _Told, pair: _Pair) -> bool:
    """Return whether two figures of one part exclude each other, and nothing else in the two articles explains them."""
    desk = pair.desk
    article, stored = desk.case.article, pair.stored.article
    days = article.published_at, stored.published_at
    is_mass = here.part.kind not in _COUNTED
    is_over = pair.stored.id in desk.teller.closed or any(
        is_counted_against(quote, there.quote, *days, is_measured=is_mass) for quote in (here.quote, *here.others)
    )
    if not _exclude(here, there, is_few=len(desk.articles) <= _FEW_ARTICLES, is_over=is_over):
        return False
    if _is_explained(here, there, pair.ours, pair.theirs) or are_two_times(here.quote, there.quote, *days):
        return False
    return not any(_is_given(here, one) for one in desk.articles)


def _pairs(ours: Mapping[str, list[_Told]], theirs: Mapping[str, list[_Told]]) -> Iterator[tuple[_Told, _Told]]:
    """Yield the figures that two openings give for one part; those inside are as many by whatever act."""
    for name, rows in ours.items():
        if name in theirs:
            one, other = _one_of(rows), _one_of(theirs[name])
            if one is not None and other is not None:
                yield one, other
    inside = inside_classes()
    mine, yours = ([name for name in each if name in inside] for each in (ours, theirs))
    if len(mine) == 1 and len(yours) == 1 and mine != yours:
        one, other = _one_of(ours[mine[0]]), _one_of(theirs[yours[0]])
        order = [inside.index(name) for name in (mine[0], yours[0])]
        if one is not None and other is not None and (_value(one) > _value(other)) is (order[0] > order[1]):
            yield one, other


def _exclude(here: _Told, there: _Told, *, is_few: bool, is_over: bool) -> bool:
    """Return whether two figures of one part cannot both be right, nor the one be a later state of the other."""
    ours, theirs = here.part, there.part
    mine, yours = in_one_unit(ours.measure, theirs.measure)
    if mine.kind != yours.kind or is_held(mine, [yours]):
        return False
    is_more = mine.value > yours.value
    larger, smaller = (ours, theirs) if is_more else (theirs, ours)
    if smaller.bound == "min" or larger.bound == "max" or ours.is_some or theirs.is_some:
        return False
    if _is_part(here, there, is_more=is_more):
        return False
    if not (_have_one_mood(here, there) and _have_one_role(here, there) and _is_one_sort(ours, theirs)):
        return False
    is_alike = ours.name not in _listed("many") or count_shared(here.quote, there.quote) > _SENTENCE_SHARED
    if (
        not is_alike
        or _has_moved(here)
        or bool(_AFTERSHOCK.search(here.quote)) != bool(_AFTERSHOCK.search(there.quote))
    ):
        return False
    return (is_over and is_more) or _may_differ(here, is_more=is_more, is_few=is_few)


def _is_part(here: _Told, there: _Told, *, is_more: bool) -> bool:
    """Return whether the smaller of two counts is of a part of the whole: of one place, or beside the rest of them."""
    smaller, larger = (there, here) if is_more else (here, there)
    if here.part.name == "dismissed" and _is_local(smaller, larger):
        return True
    is_counted = here.part.kind in _COUNTED and here.part.name != "exposed"
    return is_counted and any(_REST.search(one.lower()) for one in smaller.opening.sentences)


def _is_local(smaller: _Told, larger: _Told) -> bool:
    """Return whether the smaller count is that of a place that the other article does not name: the jobs in Belfast."""
    whole = "\n".join(larger.opening.sentences)
    places = (
        name for name in _PLACE_OF.findall(smaller.quote) if any(one.kind is EntityKind.PLACE for one in lookup(name))
    )
    return any(name not in whole for name in places)


def _has_moved(here: _Told) -> bool:
    """Return whether the sentence tells of a later state; who puts a number at so many only counts."""
    if here.part.kind == "share" or _PUT_AT.search(here.quote.lower()):
        return False
    return is_development(here.quote)


def _may_differ(here: _Told, *, is_more: bool, is_few: bool) -> bool:
    """Return whether a count that grows by itself is contradicted: by a smaller one, or in so many words."""
    name = here.part.name
    if name in _listed("ends") and not is_few:
        return False
    if name not in _listed("grows") or is_contesting(here.quote) or (is_closed(here.quote) and not is_more):
        return True
    return not is_more and is_few and not _EVERYONE.search(here.part.clause)


def _have_one_role(here: _Told, there: _Told) -> bool:
    """Return whether neither figure is a rate, a part or a price of one where the other is not."""
    if here.part.kind in _MEASURED:
        return True
    ours, theirs = _figure(here), _figure(there)
    roles = [_RATE.findall(one.part.near) for one in (here, there)]
    if {*roles[0]} != {*roles[1]}:
        return False
    return ours is None or theirs is None or _role(ours, here.quote) == _role(theirs, there.quote)


def _role(figure: Quantity, quote: str) -> tuple[object, ...]:
    """Return the role of a figure; a year further on in its sentence is no span of it, and the whole is all."""
    rate, part, *others = roles_of(figure, quote)
    return ("" if rate == "span" else rate, "" if part == "whole" else part, *others)


def _have_one_mood(here: _Told, there: _Told) -> bool:
    """Return whether both sentences tell what is, or both what is settled to come."""
    moods = _mood(here), _mood(there)
    if here.part.name in {"cost", "term", "dismissed"}:  # what a thing will cost and what it costs are one sum
        return {*moods} <= {Mood.TOLD, Mood.PLANNED}
    return moods[0] is moods[1] and moods[0] in {Mood.TOLD, Mood.PLANNED}


def _mood(told: _Told) -> Mood:
    low = told.quote.lower()
    near = low if told.part.name != "attended" else told.part.before  # what a rally demands stands behind its number
    if any(_SUPPOSED.search(one) for one in (near, *map(str.lower, told.others))) or _LAST_YEAR.search(told.part.near):
        return Mood.SUPPOSED
    if _LAST_SEASON.search(told.part.before.lower()):
        return Mood.SUPPOSED
    mood = mood_of(tell(told.quote))
    if mood is Mood.WANTED:  # what is wanted stands after the wish, and what a court orders is settled
        before = told.part.before
        return Mood.WANTED if not _ORDERED.search(before) and mood_of(tell(before)) is mood else Mood.TOLD
    if mood is Mood.SUPPOSED and _REPORTED.search(low) and not _OPEN.search(low):
        return Mood.PLANNED  # "it said that 900 posts would go"
    return mood


def _is_one_sort(ours: Part, theirs: Part) -> bool:
    """Return whether two counts are of the same people, or the part is more than all."""
    if ours.kind != "people" or ours.sort == theirs.sort:
        return True
    if ours.sort and theirs.sort:
        return False
    part, whole = (ours, theirs) if ours.sort else (theirs, ours)
    return part.measure.value > whole.measure.value


def _is_explained(here: _Told, there: _Told, ours: Opening, theirs: Opening) -> bool:
    """Return whether a third number makes up the difference: 176 aboard, six of them crew, and 170 passengers."""
    high, low = max(here, there, key=_value), min(here, there, key=_value)
    gap = high.part.measure.value - low.part.measure.value
    told = [
        one
        for opening in (ours, theirs)
        for quote in opening.sentences
        for one in measures_in(quote, language_of(quote))
    ]
    kind = here.part.measure.kind
    return any(
        one.kind in {kind, ""} and one.value not in {_value(here), _value(there)} and abs(one.value - gap) < 1e-6 * gap
        for one in told
    )


def _value(told: _Told) -> float:
    return told.part.measure.value


def _is_given(here: _Told, stored: StoredArticle) -> bool:
    """Return whether an article of the story gives the figure for that part already."""
    rows = _told(open_stored(stored)).get(here.part.name, ())
    return any(is_held(here.part.measure, [row.part.measure]) for row in rows)


def _figure(told: _Told) -> Quantity | None:
    one = told.part.measure
    found = find_quantities(told.quote, language_of(told.quote))
    return next((q for q in found if q.start < one.end and one.start < q.end), None)


def _say(told: _Told) -> str:
    """Return a figure as written with what it counts."""
    own = _figure(told)
    return (
        say_figure(own, told.quote) if own is not None else told.quote[told.part.measure.start : told.part.measure.end]
    )
