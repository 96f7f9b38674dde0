"""Contradictions that only seem so: two values that differ because they are not of one thing.

Owns the last look at the disputes of an article, in any language: a part of a toll held against the whole, a time limit
against a length of time, a denial told by both, a rejected accusation against an account that accuses nobody. Must
never find a dispute; ``news.disputes.slots``, ``news.disputes.contrast`` and ``news.disputes.contesting.contested`` do.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import replace

from news.another.figures import are_of_two, have_two_prizes
from news.decision import Claim, Dispute, FactKind, StoredReport
from news.disputes.contesting.numbers import names_other
from news.disputes.contesting.own_changes import is_own_change
from news.disputes.contesting.refuted import refutes
from news.disputes.cues import is_contesting
from news.disputes.datings import is_of_other_clause
from news.disputes.frames.days import are_two_acts
from news.disputes.frames.parts import are_two_parts
from news.disputes.frames.times import are_two_times, is_foreseen
from news.disputes.seeming.claims import is_claim_of_more
from news.disputes.seeming.compatible import are_both_right
from news.disputes.seeming.pleas import is_charge
from news.disputes.seeming.polls import are_two_counts
from news.disputes.seeming.unreal import tells_nothing_of
from news.disputes.tallies import are_two_bodies, find_tally, is_of_vote
from news.model import Article, Modality
from news.reports.tellings import split_speaker, tell
from news.reports.tolls import tolls_in
from news.stories.case import Case
from news.words.meanings import is_date_word, is_number_word, meanings_in
from news.words.measures import Measure, measures_in
from news.words.text import stem_words
from news.words.vocabulary import language_of

__all__ = ["is_of_a_role", "is_seeming", "with_true_sides"]

_WORD = re.compile(r"[^\W\d_]+")
_EXACT, _WHOLE = 0.005, 100.0
_DENIES = re.compile(
    r"(?i)\b(?:den(?:y|ies|ied|ying|ial)|reject(?:s|ed)?|neg(?:ó|aron|ado)|niegan?|rechaz(?:a|an|ó|aron)|desmint\w+|"
    r"descart(?:a|an|ó|aron)|отриц\w+|отверг\w*|опроверг\w*)\b"
)
_DENIED_BEFORE = re.compile(
    r"(?i)\bhad (?:\w+ly |earlier |already )?(?:denied|rejected|dismissed)\b|"
    r"\bhab[íi]an? (?:negado|rechazado|desmentido)\b|"
    r"\bhab[íi]an? (?:descartado|desestimado)\b|\b(?:ya )?(?:negó|desmintió|rechazó) (?:anteriormente|antes|"
    r"en su momento)\b|"
    r"\b(?:ранее|прежде|до этого) (?:\w+ ){0,3}(?:отриц|отверг|опроверг)"
)
_CONTESTS = re.compile(
    r"(?i)\b(?:contradict|dispute|refute|disprove|rebut|belie)(?:s|ed|ing)?\b|"
    r"\b(?:contradi(?:ce|cen|jo|jeron)|desment|desmient|refut(?:a|an|ó|aron)|противореч\w+|опроверга\w+|оспарива\w+)"
)
_ROLE = re.compile(
    r"(?i)\b(?:accus\w+|allegations?|suggestions?|involvement|involved|had a part in|responsib\w+|role|complicity|"
    r"links?|ties|acusaci\w+|implicaci\w+|responsabilidad|vínculos?|обвинени\w+|причастн\w+|подозрени\w+|"
    r"предположени\w+|"
    r"ответственност\w+|связ[ьи]\w*)\b"
)
_PARTIAL = re.compile(
    r"(?i)\b(?:so far|partial|provisional|preliminary|early (?:results|returns|count)|until now|as of|"
    r"(?:results|votes|ballots|returns|counts?|tallies)\b[^.;]{0,30}?\b(?:declared|counted|in|tallied|reported) "
    r"(?:in|from|at|for)? ?\d+ of \d+|with [^.;,]{0,30}? \d+ (?:percent|%) [^.;,]{0,20}?(?:counted|declared|tallied)|"
    r"hasta (?:ahora|el momento|la fecha)|por (?:ahora|el momento)|parciales|preliminar(?:es)?|provisional(?:es)?|"
    r"(?:con|al|tras) (?:el )?\d[\d.,]* ?(?:%|por ciento) [^.;,]{0,30}?(?:escrutad|escrutinio|actas|contabilizad|"
    r"procesad)\w*|"
    r"на (?:данный|этот|текущий) момент|пока что|предварительн\w+|промежуточн\w+|по состоянию на|"
    r"(?:обработан|подсчитан)\w* [^.;,]{0,20}?\d|после (?:обработки|подсч[её]та) \d)\b"
)
_DEGREES = re.compile(r"(?i)\b(?:degrees?|celsius|fahrenheit)\b|°")
_DIED = re.compile(
    r"(?i)\b(?:did not|didn['’]t|never|would not|do not) (?:live to|survive|make it|"
    r"come back alive|return alive|wake up|live through|see (?:another|the) (?:day|morning|dawn))\b|"
    r"\bno (?:sobrevivi|logr(?:ó|aron) sobrevivir|volvi(?:ó|eron) con vida|despert)|"
    r"\bне (?:выжил[аи]?|дожил[аи]?|пережил[аи]?|пришл?[её]?л?а? в сознание|приходя в сознание|проснул(?:ся|ась|ись))\b"
)
_BODIES = re.compile(r"(?i)\b(?:bod(?:y|ies)|corpses?|cuerpos?|cadáver(?:es)?|тел(?:о|а)?)\b")
_LIMIT_BEFORE = re.compile(
    r"(?i)\b(?:within|in|after|every|next|last|past|first|por|dentro de|en|tras|cada|через|в течение|за|спустя)"
    r"(?: the| los| las)? $"
)
_LIMIT_AFTER = re.compile(
    r"(?i)^[\s-]*(?:of |de )?(?:ago|ahead|earlier|later|before|after|from now|in advance|notice|beforehand|old|antes|"
    r"después|más tarde|de antelación|de plazo|назад|спустя|раньше|позже|до|после)\b"
)


def is_seeming(case: Case, dispute: Dispute, stored: Article | None = None) -> bool:
    """Return whether the two values of a dispute are not of one thing, whatever the sentences have in common.

    Args:
        stored: the article of the other side.
    """
    here, there = dispute.here, dispute.there
    quotes = [case.article.title, *(one.text for one in case.reading.sentences)]
    if tells_nothing_of(dispute) or are_both_right(dispute, quotes) or is_own_change(dispute, quotes, stored):
        return True
    if dispute.kind in {FactKind.FIGURE, FactKind.ACT} and is_claim_of_more(here, there):
        return True
    if dispute.kind is FactKind.FIGURE:
        return _is_part(case, dispute) or _is_limit(dispute) or _is_of_other(dispute) or _are_of_two(case, dispute)
    if dispute.kind is FactKind.DATE:
        return not is_contesting(here.quote) and (are_two_acts(here, there) or is_of_other_clause(here, there))
    if dispute.kind is FactKind.ACTOR:
        return have_two_prizes(here.quote, there.quote)
    return dispute.kind is FactKind.STATUS and _is_no_denial(dispute)


def _is_no_denial(dispute: Dispute) -> bool:
    return is_charge(dispute) or _is_denied_by_both(dispute) or _is_death_told(dispute)


def _is_counted_further(dispute: Dispute) -> bool:
    """Return whether the stored figure is of a count that goes on, and the new one is larger: "44 of 80 declared"."""
    here, there = _bare(dispute.here.value), _bare(dispute.there.value)
    is_more = bool(here and there) and here[0].value > there[0].value
    is_of_both = is_contesting(dispute.here.quote) or names_other(dispute.here.quote, dispute.there.value)
    return is_more and bool(_PARTIAL.search(dispute.there.quote)) and not is_of_both


def _is_of_other(dispute: Dispute) -> bool:
    """Return whether a figure is of a later count, another thermometer or the level before."""
    return _is_counted_further(dispute) or _is_of_other_station(dispute) or _is_level_before(dispute)


_FROM = re.compile(r"(?i)\b(?:from|desde|с|со) $")
_TO = re.compile(r"(?i)\b(?:to|at|a|al|hasta|до) $")


def _is_level_before(dispute: Dispute) -> bool:
    """Return whether a figure is what the sentence says that it was before: "to 4.5 percent from 4.0 percent"."""
    quote = dispute.here.quote
    given = measures_in(dispute.here.value, language_of(quote))
    told = [one for one in measures_in(quote, language_of(quote)) if given and one.kind == given[0].kind]
    before = [one for one in told if _FROM.search(quote[: one.start])]
    after = [one for one in told if _TO.search(quote[: one.start])]
    return bool(after) and any(math.isclose(one.value, given[0].value) for one in before)


def _are_of_two(case: Case, dispute: Dispute) -> bool:
    here, there = dispute.here, dispute.there
    if is_contesting(here.quote):
        return False
    if are_of_two(here.value, there.value, here.quote, there.quote):
        return True
    if is_foreseen(here.quote) != is_foreseen(there.quote) or are_two_counts(here.quote, there.quote):
        return True
    if is_of_vote(here.quote) and is_of_vote(there.quote) and are_two_bodies(here.quote, there.quote):
        return bool(find_tally(here.quote) and find_tally(there.quote))
    days = case.article.published_at, there.published_at
    if not (are_two_times(here.quote, there.quote, *days) or are_two_parts(here, there)):
        return False
    nouns = (frozenset(stem_words(_DIGITS.sub(" ", side.value))) for side in (here, there))
    is_of_one = bool(frozenset.intersection(*nouns))
    return not (is_of_one and any(names_other(one.text, there.value) for one in case.reading.sentences))


_DIGITS = re.compile(r"[\d.,]+")


def _is_of_other_station(dispute: Dispute) -> bool:
    """Return whether two readings of a thermometer are of two places, each with a name that the other has not."""
    if not all(_DEGREES.search(side.quote) for side in (dispute.here, dispute.there)):
        return False
    here, there = (
        {name.key for name in tell(side.quote).names if name.part == "where"} for side in (dispute.here, dispute.there)
    )
    return bool(here - there) and bool(there - here)


def _is_death_told(dispute: Dispute) -> bool:
    """Return whether a "not" only tells of a death in other words: "did not live to see the morning"."""
    if dispute.here.value != Modality.DENIED.value:
        return False
    return "die" in tolls_in(dispute.there.quote, language_of(dispute.there.quote)).told and bool(
        _DIED.search(dispute.here.quote)
    )


def _is_sum(whole: Claim, part: Claim) -> bool:
    """Return whether a figure is what the other one and a third of its sentence add up to: 90 and 35 to 125 dollars."""
    value, told = (measures_in(one.value, language_of(one.quote)) for one in (whole, part))
    if not value or not told or not value[0].kind or value[0].kind != told[0].kind:
        return False
    beside = measures_in(part.quote, language_of(part.quote))
    rest = (one.value for one in beside if one.kind in {"", value[0].kind})
    return any(math.isclose(one + told[0].value, value[0].value, rel_tol=_EXACT) for one in rest)


def _is_rest(dispute: Dispute) -> bool:
    """Return whether two shares make a hundred and are of two things: 85 percent came, 15 percent stayed away.

    Of one thing ("turnout was 60 percent", "turnout was 40 percent") they contradict each other.
    """
    sides = dispute.here, dispute.there
    values = (measures_in(side.value, language_of(side.quote))[:1] for side in sides)
    shares = [one.value for each in values for one in each if one.kind == "share"]
    if len(shares) != len(sides) or not math.isclose(sum(shares), _WHOLE):
        return False
    ours, theirs = (_told_beside(side.quote) for side in sides)
    return bool(ours - theirs) and bool(theirs - ours)


def _told_beside(quote: str) -> frozenset[str]:
    """Return the meanings of a sentence without who says so, numbers and days."""
    words = (word for word in _WORD.findall(split_speaker(quote)[0]) if not is_date_word(word))
    return frozenset(one for one in meanings_in(" ".join(words), language_of(quote)) if not is_number_word(one))


def _is_part(case: Case, dispute: Dispute) -> bool:
    """Return whether a smaller figure is only a part: of a sum, or of the harmed, whose number the article has too."""
    if _is_rest(dispute) or _is_sum(dispute.here, dispute.there) or _is_sum(dispute.there, dispute.here):
        return True
    here, there = _bare(dispute.here.value), _bare(dispute.there.value)
    if not here or not there or here[0].value >= there[0].value:
        return False
    if _BODIES.search(dispute.here.value) and not (
        _BODIES.search(dispute.there.value) or is_contesting(dispute.here.quote)
    ):
        return True  # more may have died than were found
    language = case.reading.language or "en"
    harms = tolls_in(dispute.there.quote, language_of(dispute.there.quote)).told
    told = (case.article.title, *(one.text for one in case.reading.sentences))
    own = tolls_in(".\n".join(one for one in told if not refutes(one)), language)
    return any(value >= there[0].value for harm in harms for value in own.counts.get(harm, ()))


def _bare(text: str) -> list[Measure]:
    return [one for one in measures_in(text, language_of(text)) if not one.kind]


def _is_limit(dispute: Dispute) -> bool:
    """Return whether one of two lengths of time is none: "ten days ahead", "within a week"."""
    sides = [(one.value, one.quote) for one in (dispute.here, dispute.there)]
    times = [any(one.kind == "time" for one in measures_in(value, language_of(quote))) for value, quote in sides]
    return all(times) and any(_has_limit(value, quote) for value, quote in sides)


def _has_limit(value: str, quote: str) -> bool:
    at = quote.find(value)
    if at < 0:
        return False
    return bool(_LIMIT_BEFORE.search(quote[max(0, at - 24) : at]) or _LIMIT_AFTER.match(quote[at + len(value) :]))


def _is_denied_by_both(dispute: Dispute) -> bool:
    """Return whether both sentences tell of the denial, the one in its own words and the other as what happened.

    A denial that the new article tells of as made before is that of the other one. A "not" against a denial says the
    same.
    """
    values = {dispute.here.value, dispute.there.value}
    if values.isdisjoint(Modality):
        return bool(_DENIES.search(dispute.there.quote))
    if values != {Modality.DENIED.value, Modality.HAPPENED.value}:
        return False
    if _DENIED_BEFORE.search(dispute.here.quote) and dispute.here.value == Modality.DENIED.value:
        return True
    return bool(_DENIES.search(dispute.here.quote) and _DENIES.search(dispute.there.quote))


def is_of_a_role(case: Case, dispute: Dispute, stored: Sequence[StoredReport]) -> bool:
    """Return whether a part in the matter is denied, and the other sentence lays it to nobody of those who deny it.

    That is news, and contradicts no account of the thing itself.

    Args:
        stored: the reports of the story.
    """
    if dispute.kind is not FactKind.STATUS:
        return False
    denial, told = dispute.here, dispute.there
    if denial.value != Modality.DENIED.value or not (_DENIES.search(denial.quote) and _ROLE.search(denial.quote)):
        return False
    ours = {key for one in case.reading.reports if one.quote == denial.quote for key in one.actors[:1]}
    theirs = {
        key for one in stored if one.report.quote == told.quote for key in (*one.report.actors, *one.report.places)
    }
    return not ours & theirs


def with_true_sides(dispute: Dispute) -> Dispute:
    """Return a dispute of a denial with its sides right: what contradicts a denial tells that the thing happened."""
    is_contest = dispute.kind is FactKind.STATUS and dispute.here.value == Modality.DENIED.value
    if not is_contest or not _CONTESTS.search(dispute.here.quote) or not _DENIES.search(dispute.there.quote):
        return dispute
    here = replace(dispute.here, value=Modality.HAPPENED.value)
    return replace(dispute, here=here, there=replace(dispute.there, value=Modality.DENIED.value))
