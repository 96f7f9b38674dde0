"""Where a sentence of the new article and one of a stored article cannot both be right, though no report says so.

Owns the second look at a story, sentence by sentence: what one denies and the other tells as a fact, what one names and
rejects in the same breath ("two, not four"), and what differs in two tellings that are otherwise one. Must never choose
the story, nor compare reports of one event slot by slot: ``news.disputes.slots`` did so before.

Two tellings of one event differ in one slot when they contradict each other. Where two slots differ (the town and the
number, the day and the sum), they are rather tellings of two events, and nothing is said. English only; what is denied
in Spanish and Russian is held against others by ``news.disputes.denials``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from news.dates.lookback import is_told_as_past
from news.decision import Dispute, FactKind, StoredArticle, StoredReport
from news.disputes.bearers import is_of_another
from news.disputes.contesting.contested import find_contested
from news.disputes.contesting.refuted import bare_report, find_refuted
from news.disputes.days import is_overlapping, list_days, named_day
from news.disputes.desk import Desk, claim_against
from news.disputes.loose_sentences import list_loose, sentences_of, with_figures
from news.disputes.slots import Teller, is_same_voice
from news.disputes.speakers import is_both_sided, shared_names, speaks_of_itself
from news.disputes.twins import LIKE, find_difference, find_stated_difference
from news.matching.assignments import Placed
from news.matching.world import World
from news.model import Modality, Reading, Report
from news.names.entities import get_entity
from news.reports.explicit import Difference, find_place_denied, find_rejected
from news.reports.moods import Mood, may_differ, mood_of
from news.reports.negations import (
    is_denied_alike,
    is_disowned,
    is_told_as_fact,
    list_denied,
    may_deny,
)
from news.reports.opposites import find_opposite
from news.reports.progress import is_development
from news.reports.said import may_say_no
from news.reports.tellings import Name, Telling, plain_share, tell
from news.words.meanings import meanings_in
from news.words.text import fold
from news.words.vocabulary import language_of

_MAX_SENTENCES = 20
_MAX_STORED = 80
_MAX_DAYS = 14
_MAX_DENIAL_DAYS = 7
_MIN_SHARE = 0.1
_FIGURED = 0.35
_OPPOSED = 0.3
_ALIKE = 0.4
_MAX_ARTICLES = 4
_PER_NAME, _MAX_NAMES, _PER_DAY = 0.1, 2, 0.1
_MOST_IDENTITY = _PER_NAME * _MAX_NAMES + _PER_DAY + 1e-9
_MIN_WORDS = 3


def find_contradictions(desk: Desk) -> Iterator[tuple[str, Dispute]]:
    """Yield what the sentences of an article contradict in its story, in order of sentences, each with who finds it.

    The first eighty stored reports of the last two weeks are looked at, most related first, and the sentences of the
    first four articles that give no report, as parts of the event that their article opens with. Sentences in other
    languages than English are held only against what the article itself contests.
    """
    reading, stored = desk.case.reading, desk.reports
    near = [one for one in stored if _is_near(one, desk.now)][:_MAX_STORED]
    loose = [one for one in list_loose(desk.articles, stored) if _is_near(one, desk.now)]
    known = (*near, *loose)
    if not known:
        return
    yield from (("contested", one) for one in _contests(reading, known, desk))
    yield from (("refuted", one) for one in _refuted(reading, known, desk))
    if reading.language not in {"en", ""}:
        return
    held = [one for one in known if language_of(one.report.quote) == "en"]
    lines = list(_lines(reading, desk.placed)) if held else ()
    yield from (("sentences", dispute) for line in lines for dispute in _against(line, held, desk))


def _is_near(stored: StoredReport, now: datetime, *, days: int = _MAX_DAYS) -> bool:
    return stored.published_at is not None and abs((now - stored.published_at).days) <= days


def _lines(reading: Reading, placed: Sequence[Placed]) -> Iterator[Report]:
    """Yield the sentences that tell the news, bare where no report was found; what looks back only where all do."""
    is_all_background = all(one.report.is_background for one in placed)
    for sentence in reading.sentences[:_MAX_SENTENCES]:
        own = [one.report for one in placed if one.report.sentence == sentence.index]
        is_background = sentence.index > 0 and not is_all_background  # an article opens with its news
        if not own or not is_background or not all(one.is_background for one in own):
            figures = tuple(one for one in reading.quantities if sentence.start <= one.start < sentence.end)
            yield own[0] if own else replace(bare_report(sentence), quantities=figures)


def _contests(reading: Reading, stored: Sequence[StoredReport], desk: Desk) -> Iterator[Dispute]:
    """Yield what the article itself sets against the accounts of others."""
    sentences = reading.sentences[:_MAX_SENTENCES]
    teller = desk.teller
    reports = {report.sentence: report for report in reversed(reading.reports)}
    others_first = sorted(stored, key=lambda one: fold(one.outlet) == fold(teller.article.outlet))
    for contest in find_contested([sentence.text for sentence in sentences], others_first):
        sentence = sentences[contest.sentence]
        report = reports.get(sentence.index) or bare_report(sentence)
        if not is_same_voice(report, contest.stored, teller):
            yield _dispute(contest.values, report, contest.stored, desk)


def _refuted(reading: Reading, stored: Sequence[StoredReport], desk: Desk) -> Iterator[Dispute]:
    """Yield the accounts that the article calls untrue without saying what they tell."""
    for one in find_refuted(reading, stored, desk.tied, desk.teller):
        yield _dispute(one.values, one.report, one.stored, desk)


def _denies(quote: str) -> bool:
    return may_say_no(quote) and bool(list_denied(tell(quote)))


def _against(line: Report, stored: Sequence[StoredReport], desk: Desk) -> Iterator[Dispute]:
    """Yield what a sentence contradicts in stored ones of other outlets."""
    here, denies = meanings_in(line.quote), _denies(line.quote)
    for one in desk.ground.narrow(line.quote, stored):
        there = meanings_in(one.report.quote)
        is_alike = not here.isdisjoint(there) and _share(here, there, desk.case.world) >= _MIN_SHARE
        if not is_alike and not (desk.is_tied(one) and (denies or _denies(one.report.quote))):
            continue
        theirs = tell(one.report.quote)
        if is_both_sided(tell(line.quote), theirs):
            continue
        share = _share_of(tell(line.quote), theirs, desk.case.world)
        held = with_figures(one) if one.id < 0 and share >= _FIGURED else one
        for dispute in _disputes(line, held, theirs, desk, share):
            if not ((one.id < 0 or one.report.is_background) and is_told_as_past(one)):
                yield dispute


def _dispute(values: Difference, report: Report, one: StoredReport, desk: Desk) -> Dispute:
    return claim_against(values.kind, (report, values.here), (one, values.there), desk.teller)


def _share(here: frozenset[str], there: frozenset[str], world: World) -> float:
    both = here & there
    if not both or min(len(here), len(there)) < _MIN_WORDS:
        return 0.0
    return world.weight_of(both) / max(1e-9, min(world.weight_of(here), world.weight_of(there)))


def _share_of(ours: Telling, theirs: Telling, world: World) -> float:
    """Return the weight of what two tellings have in common over that of the lesser of them, 0 to 1."""
    return _share(meanings_in(ours.core), meanings_in(theirs.core), world)


def _disputes(line: Report, one: StoredReport, theirs: Telling, desk: Desk, share: float) -> Iterator[Dispute]:
    ours = tell(line.quote)
    rejected = find_rejected(ours, theirs)
    is_like = share + _MOST_IDENTITY >= LIKE or bool(line.quantities and one.report.quantities)
    if rejected is None and not (is_like or may_deny(ours) or may_deny(theirs)):
        return
    if rejected is None and is_same_voice(line, one, desk.teller):
        return
    found = rejected or _find_opposed(line, one, theirs, desk, share) or _find_place(ours, theirs)
    if found is None and is_like and may_differ(ours, theirs):
        found = _find_value(line, one, theirs, desk, share)
    if found is not None and (rejected is not None or not _denies_of_another(ours, theirs, desk.teller)):
        yield _dispute(found, line, one, desk)


def _find_opposed(line: Report, one: StoredReport, theirs: Telling, desk: Desk, share: float) -> Difference | None:
    """Return what one of two sentences denies and the other tells as a fact."""
    if _is_denial(line, one, theirs, desk):
        return Difference(FactKind.STATUS, Modality.DENIED.value, one.report.modality.value)
    if _is_affirmed(line, one, theirs, desk, share):
        return Difference(FactKind.STATUS, Modality.HAPPENED.value, Modality.DENIED.value)
    return None


def _find_value(line: Report, one: StoredReport, theirs: Telling, desk: Desk, share: float) -> Difference | None:
    """Return the one value in which two sentences differ that are much alike, by what they name too."""
    ours = tell(line.quote)
    if share + _MOST_IDENTITY < LIKE and find_stated_difference(ours, theirs, line, one, desk.teller) is None:
        return None  # whatever they name, only figures that they state are compared
    likeness = share + _shared_identity(ours, theirs, desk.teller, one)
    return find_difference(ours, theirs, line, one, desk.teller, share=likeness)


def _find_place(ours: Telling, theirs: Telling) -> Difference | None:
    """Return a place that a sentence denies and the other gives."""
    place = find_place_denied(ours, theirs)
    return Difference(FactKind.PLACE, f"not {place}", place) if place else None


def _denies_of_another(ours: Telling, theirs: Telling, teller: Teller) -> bool:
    """Return whether one sentence denies of somebody or of some place what the other tells of another."""
    here, there = list_denied(ours), list_denied(theirs)
    is_told = any(is_told_as_fact(one, theirs) for one in here) or any(is_told_as_fact(one, ours) for one in there)
    return is_told and is_of_another(ours, theirs, (*here, *there), teller.within)


def _is_affirmed(line: Report, one: StoredReport, theirs: Telling, desk: Desk, share: float) -> bool:
    """Return whether the sentence tells as a fact what a stored one denies, and not because it came about since."""
    ours = tell(line.quote)
    if not may_deny(theirs) or line.modality is not Modality.HAPPENED:
        return False
    if is_development(line.quote) or one.published_at is None:
        return False
    if mood_of(ours) is not Mood.TOLD:
        return False
    first = named_day(line)
    is_later = first is not None and first > one.published_at.date()
    is_tied = desk.is_tied(one) or shared_names(ours, theirs)
    is_apart = is_later or not is_tied or not _is_near(one, desk.now, days=_MAX_DENIAL_DAYS)
    if is_apart:
        return False
    denied = list_denied(theirs)
    is_affirmed = any(is_told_as_fact(one, ours) for one in denied)
    if not is_affirmed and share >= _OPPOSED:
        is_alike = any(name.part in {"lead", "of", "where"} for name in shared_names(ours, theirs))
        may_have_ended = first == one.published_at.date()
        is_affirmed = is_alike and bool(find_opposite(theirs, ours, may_have_ended=may_have_ended))
    return is_affirmed and not is_of_another(ours, theirs, denied or None, desk.teller.within)


def _shared_identity(ours: Telling, theirs: Telling, teller: Teller, stored: StoredReport) -> float:
    """Return how much more alike two tellings are for the names, countries aside, and the day that they share."""
    names = [name for name in shared_names(ours, theirs) if name.kind != "place" or _lies_in(name, teller)]
    here = list_days(ours, teller.article.published_at.date() if teller.article.published_at else None)
    there = list_days(theirs, stored.published_at.date() if stored.published_at else None)
    is_same_day = any(is_overlapping(one, other) for one in here for other in there)
    return _PER_NAME * min(_MAX_NAMES, len(names)) + _PER_DAY * is_same_day


def _lies_in(name: Name, teller: Teller) -> bool:
    entity = get_entity(name.key)
    return bool(teller.within.get(name.key) or (entity is not None and entity.within))


def _is_denial(line: Report, one: StoredReport, theirs: Telling, desk: Desk) -> bool:
    """Return whether the sentence denies what a stored one tells as a fact, or tells of a state that rules it out."""
    ours = tell(line.quote)
    held = one.report
    if held.modality not in {Modality.HAPPENED, Modality.ALLEGED} or not _is_near(one, desk.now, days=_MAX_DENIAL_DAYS):
        return False
    if not may_deny(ours) or mood_of(ours) is not Mood.TOLD or mood_of(theirs) is not Mood.TOLD:
        return False
    is_tied = desk.is_tied(one)
    names = shared_names(ours, theirs)
    if not is_tied and not names and not speaks_of_itself(ours, theirs):
        return False
    denied = list_denied(ours)
    is_denied = (names and is_disowned(ours, theirs)) or any(is_told_as_fact(what, theirs) for what in denied)
    if not is_denied and not _is_ended(line, theirs, names):
        return False
    return not is_of_another(ours, theirs, denied or None, desk.teller.within)


def _is_ended(line: Report, theirs: Telling, names: Sequence[Name]) -> bool:
    """Return whether the sentence tells of a state that rules out what a stored one tells, of what both name."""
    ours = tell(line.quote)
    is_at_place = any(name.part == "where" for name in names) and plain_share(ours, theirs) >= _ALIKE
    is_named = is_at_place or any(name.part in {"lead", "of"} for name in names)
    has_subject = is_named or speaks_of_itself(ours, theirs)
    return has_subject and not is_development(line.quote) and bool(find_opposite(ours, theirs))


def is_denial_held(quote: str, articles: Sequence[StoredArticle]) -> bool:
    """Return whether an article of the story denies already what a sentence denies: then it contradicts nothing new."""
    if not _denies(quote):
        return False
    texts = (text for article in articles[:_MAX_ARTICLES] for text in sentences_of(article.article.text))
    return any(is_denied_alike(tell(quote), tell(text)) for text in texts if may_say_no(text))
