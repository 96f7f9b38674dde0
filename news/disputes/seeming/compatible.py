"""Two values of one slot that differ and can both be right, by what their own sentences say of them.

Owns the last look at a pair of values: a rounded figure and an exact one, what is allowed and what was, a prize beside
the main one, the place of another act, a denial of something that the other account does not tell, silence about harm
that was found later. Must never find a dispute, nor compare values of a role: it only lets go.

Who says so in so many words ("not 62, as the ministry claims") is left alone. English, for the most part.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import timedelta

from news.decision import Claim, Dispute, FactKind
from news.disputes.cues import is_contesting
from news.disputes.openings.doers import may_be_one
from news.disputes.openings.scenes import Scene, are_one_place, is_named_in, list_scenes
from news.disputes.tallies import find_margin, is_of_vote
from news.model import Modality
from news.reports.act_words import acts_of
from news.reports.negations import is_touched, list_denied
from news.reports.tellings import MAX_QUOTE, tell
from news.words.measures import Measure, measures_in
from news.words.small_letters import small
from news.words.text import lower_in_place, stem_words, stop_words
from news.words.vocabulary import language_of

__all__ = ["are_both_right", "are_two_happenings"]

_NEAR = 40
_FINE = 0.05
_LIMIT = small(
    r"\b(?:licen[cs]ed|certified|authori[sz]ed|approved|allowed|permitted|designed|built|equipped|meant|fitted|cleared|"
    r"registered) (?:for|to (?:carry|hold|take|seat|run at))\b|\b(?:capacity|maximum|room for|berths for|seats for|"
    r"legal limit|speed limit|may be taken at|may carry|may hold|can (?:hold|carry|seat|take)|"
    r"holds up to|carries up to|"
    r"should (?:not )?(?:have )?(?:carr\w+|h[oe]ld))\b|\b(?:autorizad[oa]|capacidad|límite|aforo|cupo|"
    r"máximo|plazas para|diseñad[oa]s? para|permitid[oa]s?|habilitad[oa]s? para|capaz de)\b|"
    r"\b(?:рассчитан\w*|вмеща\w+|вместимост\w+|мощност\w+|лимит\w*|предельн\w+|допустим\w+|разрешенн\w+|разрешённ\w+|"
    r"не более|максимальн\w+)\b"
)
_BESIDE = small(
    r"\b(?:readers|audience|public|people|critics?|viewers|students?|youth|children|special|second|runners?-up|"
    r"honorary|"
    r"consolation|young|debut|lifetime|silver|bronze|technical|side|smaller|other|also)(?:['’]s?)? (?:[\w-]+ ){0,2}?"
    r"(?:prizes?|awards?|titles?|medals?|troph(?:y|ies)|contracts?|orders?|licen[cs]es?)\b|"
    r"\b(?:premio|galardón|mención|medalla) (?:del público|de la crítica|especial|honorífic[oa]|de (?:plata|bronce)|"
    r"juvenil|"
    r"a la trayectoria|de consolación)\b|\bsegundo premio\b|"
    r"\b(?:специальн\w+|поощрительн\w+|почётн\w+|почетн\w+|зрительск\w+|серебрян\w+|бронзов\w+|втор\w{2,3}) "
    r"(?:приз\w*|преми\w+|медал\w+|наград\w+)\b|\bприз\w* (?:зрительских|критик\w+|жюри)\b"
)
_AFTER = small(
    r"\b(?:before (?:a|the) (?:\w+ )?(?:judge|court|magistrate|tribunal)|in (?:a |the )?court|(?:a|"
    r"the) (?:\w+ )?(?:judge|"
    r"court|hospital|clinic|morgue|cemetery) in|on trial|hearing|laid to rest|funerals?|flown (?:home )?to|"
    r"transferred to|extradited to|taken to)\b"
    r"|\b(?:sepelio|entierro|funeral(?:es)?|velatorio|velorio|(?:sepultad|enterrad|trasladad|hospitalizad)[oa]s?|"
    r"juzgado|tribunal)\b"
    r"|\b(?:похорон\w*|прощани\w+|панихид\w+|доставлен\w*|госпитализир\w+|больниц\w+|морг\w{0,2}|суд[еу]?)\b|"
    r"\b(?:ante (?:el|la|un|una) (?:juez|jueza|corte)|(?:extraditad|llevad)[oa]s? (?:a|al|en))\b|"
    r"\b(?:суд (?:в|города)|(?:экстрадирован|перевез[её]н|эвакуирован)[аоы]? (?:в|на))\b"
)
_THAT = re.compile(
    r"^\W*(?:that|this|the|these|those|it|such)\b(?: [a-z]+)?(?: (?:reports?|claims?|allegations?|stor(?:y|ies)|"
    r"accusations?|charges?|statements?|rumou?rs?|suggestions?|account|version|article))? (?:is|are|was|were)\b",
    re.IGNORECASE,
)
_TWO_DAYS = re.compile(
    r"\b(?:a|one|two|three|four|five|\d+) (?:days?|nights?|weeks?) after (?:[A-Z][\w'’-]+|he|she|"
    r"his|her|the \w+) (?:was|were|had)\b"
)
_ON_DAY_OF_SAYING = re.compile(
    r"\bon \w+day (?:\w+ly )?(?:corrected|revised|lowered|raised|updated|clarified|published|released|cut|amended|"
    r"withdrew|took back|gave|put|counted)\b"
)
_FOR = re.compile(
    r"\b([a-z]{3,20}) for (?:about |around |nearly |almost |some |only |just |more than |over |at least |well over )?$"
)
_MARGIN = small(
    r"\b(?:lead|gap|margin|advantage|ventaja|diferencia|margen|преимуществ\w+|отрыв\w*|перевес\w*|разниц\w+)\b"
    r"[^.;\d]{0,120}$"
)
_SOLD = re.compile(
    r"^(?:(?P<new>an?) |the |his |her |its )?(?:[\w'’-]+ ){0,3}?(?P<head>[\w'’-]+)"
    r"(?P<rest> (?:by|of|from|taken|off|with|in|on|once|that|which) [^,;]{2,70}?)? "
    r"(?:(?:was|were|has been|have been) (?:sold|auctioned|knocked down)|sold|fetched|brought|went for|made|"
    r"changed hands)\b"
)
_SALE = re.compile(r"^(?:sale|sales|auction|buyer|bidder|owner|seller|house|deal|he|she|it|they)$")
_DAY, _SIDES = 10, 2
_SOON = timedelta(days=2)
_THROUGH = re.compile(r"(?:\b(?:through|across|round|filled|crossed|blocked)) (?:the [a-z]+ of )?([A-Z][\w'’-]{2,})")


def are_both_right(dispute: Dispute, quotes: Sequence[str]) -> bool:
    """Return whether the values of a dispute can both be right.

    Args:
        quotes: the sentences of the new article, its headline first.
    """
    here, there = dispute.here, dispute.there
    if dispute.kind is FactKind.STATUS:
        return _is_of_other(here, there, quotes) or _is_one_vote(here, there)
    if is_contesting(here.quote):
        return False
    if dispute.kind is FactKind.FIGURE:
        return _are_two_figures(here, there)
    if dispute.kind is FactKind.PLACE:
        return _are_of_two_acts(here, there)
    if dispute.kind is FactKind.ACTOR:
        is_beside = [bool(_BESIDE.search(lower_in_place(one.quote))) for one in (here, there)]
        is_one = may_be_one(here.value, there.value)
        return is_one or is_beside[0] != is_beside[1]
    return _is_after_all(here, there) or bool(_ON_DAY_OF_SAYING.search(here.quote))


def _are_two_figures(here: Claim, there: Claim) -> bool:
    """Return whether two figures agree but for their wording, or are of two things."""
    if _is_rounded(here, there) or _is_margin(here, there) or _are_spans_of_two(here, there):
        return True
    if _is_lead(here) != _is_lead(there) or _are_prices_of_two(here, there):
        return True
    return _is_bound(here) != _is_bound(there) or _is_counted_elsewhere(here, there)


def _first(claim: Claim) -> Measure | None:
    return next(iter(measures_in(claim.value, language_of(claim.quote))), None)


def _is_rounded(here: Claim, there: Claim) -> bool:
    """Return whether one figure is the other without its last digit after the point: 6 and 6.1."""
    ours, theirs = _first(here), _first(there)
    if ours is None or theirs is None or ours.kind != theirs.kind:
        return False
    texts = [each.value[one.start : one.end] for each, one in ((here, ours), (there, theirs))]
    digits = [len(found[1]) if (found := re.search(r"\d[.,](\d{1,2})(?!\d)", text)) else 0 for text in texts]
    if abs(digits[0] - digits[1]) != 1 or abs(ours.value - theirs.value) > _FINE * abs(ours.value):
        return False
    fine, coarse = (ours, theirs) if digits[0] > digits[1] else (theirs, ours)
    return round(fine.bare, min(digits)) == round(coarse.bare, min(digits))


def _is_margin(here: Claim, there: Claim) -> bool:
    """Return whether one figure is by how much a vote was won, and two numbers beside the other lie so far apart."""
    for one, other in ((here, there), (there, here)):
        margin = find_margin(tell(one.quote).core)
        own = _first(one)
        votes = [each.value for each in measures_in(other.quote[:MAX_QUOTE]) if not each.kind]
        word = re.search(r"\d+|[^\W\d_]+", one.value.casefold())
        if own is not None and word and re.search(rf"\b{re.escape(word[0])}\b", margin.casefold()):
            return any(abs(first - second) == own.value for first in votes for second in votes)
    return False


def _is_lead(claim: Claim) -> bool:
    """Return whether a figure is said to be the lead of one side over another: "her lead melted to 61 votes"."""
    at = claim.quote.find(claim.value)
    return at >= 0 and bool(_MARGIN.search(lower_in_place(claim.quote[:at])))


def _are_prices_of_two(here: Claim, there: Claim) -> bool:
    """Return whether two prices are of two things: a sword and a portrait, the oil that was taken off a ship."""
    ours, theirs = (_SOLD.match(lower_in_place(tell(one.quote).core)) for one in (here, there))
    if ours is None or theirs is None:
        return False
    heads = [frozenset(stem_words(one["head"])) for one in (ours, theirs)]
    if heads[0] & heads[1] or _SALE.search(ours["head"]) or _SALE.search(theirs["head"]):
        return False
    words = [frozenset(stem_words(one["head"] + (one["rest"] or ""))) for one in (ours, theirs)]
    is_of_it = [head <= all_words for head, all_words in zip(heads, words[::-1], strict=True)]
    both_new = all(one["new"] for one in (ours, theirs)) and words[0].isdisjoint(words[1] - stop_words("en"))
    return any(is_of_it) or both_new


def _are_spans_of_two(here: Claim, there: Claim) -> bool:
    """Return whether two lengths of time are of two acts: closed for an hour, waited for three."""
    verbs = [_FOR.search(one.quote[: max(0, one.quote.find(one.value))]) for one in (here, there)]
    if any(verb is None or not verb[1].endswith("ed") for verb in verbs):
        return False
    ours, theirs = (acts_of(tell(verb[1])) | set(stem_words(verb[1])) for verb in verbs if verb is not None)
    return ours.isdisjoint(theirs)


def _is_bound(claim: Claim) -> bool:
    """Return whether a figure is what is allowed or fits in, and not what was."""
    at = claim.quote.find(claim.value)
    return at >= 0 and bool(_LIMIT.search(lower_in_place(claim.quote[max(0, at - _NEAR) : at])))


def _is_counted_elsewhere(here: Claim, there: Claim) -> bool:
    """Return whether a sentence gives its figure to a place of its own and names that of the other one beside it."""
    ours, theirs = _places(_clause(here)), _places(_clause(there))
    others = here.quote.replace(_clause(here), " ")
    return bool(ours and theirs) and all(
        one.stems.isdisjoint(other.stems) and is_named_in(other, [others]) for one in ours for other in theirs
    )


def _clause(claim: Claim) -> str:
    """Return the piece of a sentence, cut at what stands beside it, in which a value is."""
    pieces = re.split(r"(?<=[,;:]) | (?=while\b|as\b|whereas\b|and\b|but\b)", claim.quote)
    return next((one for one in pieces if claim.value in one), claim.quote)


def _places(clause: str) -> list[Scene]:
    crossed = [f"in {name}" for name in _THROUGH.findall(clause)]
    return [one for text in (clause, *crossed) for one in list_scenes(text) if one.stems]


def _are_of_two_acts(here: Claim, there: Claim) -> bool:
    """Return whether two places are one and the same, or are told of two acts: caught here, brought to court there."""
    ours, theirs = _scene(here), _scene(there)
    if ours is None or theirs is None:
        return False
    return are_one_place(ours, theirs) or _is_after(here) != _is_after(there) or _count_apart(here, there)


def _is_after(claim: Claim) -> bool:
    """Return whether a place is that of what comes after an act: the court, the hospital, the burial."""
    at = claim.quote.find(claim.value)
    return bool(_AFTER.search(lower_in_place(claim.quote[max(0, at - _NEAR) : max(0, at)])))


def _scene(claim: Claim) -> Scene | None:
    return next((one for one in list_scenes(claim.quote) if one.name == claim.value), None)


def are_two_happenings(dispute: Dispute) -> bool:
    """Return whether two sentences that differ in the day tell of two happenings of a kind, by what else they say.

    Each counts something and they have no count in common, or the new one dates itself from the other: "a day after
    Adebisi was jailed". Nothing else in which the two articles differ contradicts anything then.
    """
    here, there = dispute.here, dispute.there
    is_day = dispute.kind is FactKind.DATE and not is_contesting(here.quote)
    return is_day and (bool(_TWO_DAYS.search(here.quote)) or _count_apart(here, there))


def _count_apart(here: Claim, there: Claim) -> bool:
    """Return whether each of two sentences counts something, and they have no count in common."""
    ours, theirs = (
        {one.value for one in measures_in(each.quote[:MAX_QUOTE], language_of(each.quote)) if _is_count(one, each)}
        for each in (here, there)
    )
    return bool(ours and theirs) and ours.isdisjoint(theirs)


def _is_one_vote(here: Claim, there: Claim) -> bool:
    """Return whether two sentences give the same numbers of one vote: then it came out as it did in either's words."""
    ours, theirs = (
        sorted(one.value for one in measures_in(each.quote[:MAX_QUOTE]) if not one.kind and one.value > 1)
        for each in (here, there)
    )
    is_vote = is_of_vote(here.quote) and is_of_vote(there.quote) and not is_contesting(here.quote)
    return is_vote and len(ours) == _SIDES and ours == theirs


def _is_after_all(here: Claim, there: Claim) -> bool:
    """Return whether a day lies well after the other account came out, and its own before: it is of a later act."""
    if there.published_at is None or not here.value[:1].isdigit() or not there.value[:1].isdigit():
        return False
    told_on = there.published_at.date()
    return here.value[:_DAY] > (told_on + _SOON).isoformat() and there.value[:_DAY] <= told_on.isoformat()


def _is_count(one: Measure, claim: Claim) -> bool:
    """Return whether a number counts somebody: it has no unit and is followed by a word in small letters."""
    after = claim.quote[one.end : one.end + 40]
    is_counted = re.match(
        r"(?: [A-Z][\w-]*){0,3} (?!(?:of|to|am|pm|near|from|with|after|when|while|into|were|have)\b)"
        r"(?:[a-zа-я]{4,}|men\b)",
        after,
    )
    return not one.kind and one.value > 1 and bool(is_counted)


def _is_of_other(here: Claim, there: Claim, quotes: Sequence[str]) -> bool:
    """Return whether "that report is false" is said of what the sentence before denies, which nobody told here."""
    if here.value != Modality.DENIED.value or not _THAT.match(here.quote):
        return False
    at = next((place for place, quote in enumerate(quotes) if quote.strip() == here.quote.strip()), 0)
    if at <= 1:
        return False
    before = tell(quotes[at - 1])
    denies = bool(re.search(r"\b(?:den(?:y|ied|ies|ying)|reject\w*|dismiss\w*)\b", quotes[at - 1].lower()))
    return denies and (not list_denied(before) or not is_touched(before, tell(there.quote)))
