"""The same article again: by identity, or as a copy of another text.

Owns the first two questions of ``news.novelty``: whether an article is a stored one again, a later edition of it, or a
copy; and what makes a near-copy an account of its own. Must never choose a story by likeness of subject.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from news.deciding.changed_copies import is_own_wording, is_talk, list_changed, list_put_in
from news.deciding.correcting import list_amended
from news.deciding.corrections import is_correction, is_notice
from news.deciding.givens import is_fulfilled
from news.deciding.headlines import is_older
from news.decision import Claim, Decision, Dispute, FactKind, Label, NewFact, Reason, StoredArticle
from news.disputes.contesting.own_changes import is_told_by_one
from news.disputes.loose_sentences import bare_row
from news.disputes.rewordings import is_contested
from news.disputes.slots import are_two_sides, is_voice_of
from news.documents.boilerplate import strip_boilerplate
from news.matching.alignment import align
from news.matching.assignments import assignments_of, main_reports, place_reports
from news.matching.editions import (
    Change,
    Copy,
    is_same_text,
    list_changes,
    list_copies,
    list_insertions,
)
from news.model import Article, Precision, Report
from news.reports.progress import is_development
from news.stories.case import Case, known_since_article
from news.words.fingerprint import containment, sign

_MAX_CHANGES = 12
_MOSTLY = 0.7
_SOMEWHAT = 0.3
_HALF, _COPIED = 0.5, 0.8
_VERBATIM = 0.95
_SHORT_WORDS = 60
_NAMED = frozenset({FactKind.ACTOR, FactKind.PLACE})
_REVISED_WITHIN = timedelta(days=3)


@dataclass(frozen=True, slots=True)
class Repeat:
    """What the first two questions gave: a decision, or what the third has to know.

    Attributes:
        doubt: the original, where the text differs enough from it to be an account of its own if a value in it differs.
        told: sentences that the article puts into the text that it copies: where one is news, so is the article.
        copied: the text that the article was taken for a copy of, unless it is the same article by its address.
        story_id: the story of the text that the article copies in part and adds to; None for no such text.
        apart_from: the story of a text that tells the same of somebody else; None for no such text.
    """

    decision: Decision | None = None
    story_id: int | None = None
    reasons: tuple[Reason, ...] = ()
    doubt: StoredArticle | None = None
    told: frozenset[str] = frozenset()
    copied: StoredArticle | None = None
    apart_from: int | None = None


def decide_repeat(case: Case) -> Repeat:
    """Answer the first two questions on an article."""
    same = case.candidates.same
    if same is not None and _is_one_article(case, same):
        return Repeat(_decide_same(case, same))
    copy = _closest_copy(case)
    if copy is None:
        return Repeat()
    return replace(_decide_copy(case, copy), copied=copy.stored)


def _set_apart(stored: StoredArticle, why: str) -> Repeat:
    return Repeat(reasons=(Reason("copy", why, stored.id),), apart_from=stored.story_id)


def _is_one_article(case: Case, same: StoredArticle) -> bool:
    """Return whether what shares an address is one article; a live page gives one address to articles of many guids."""
    here, there = case.article, same.article
    is_guided = bool(here.source_id and there.source_id)
    if not is_guided or here.source_id == there.source_id or is_same_text(there.text, here.text):
        return True
    if here.title.strip() and here.title.strip() == there.title.strip():
        return True
    ours, theirs = case.reading.signature, same.signatures[0] if same.signatures else sign(there.text)
    return max(containment(ours, theirs), containment(theirs, ours)) >= _SOMEWHAT


def _is_in_place(article: Article, stored: StoredArticle) -> bool:
    """Return whether the article takes the place of the stored one, as a later edition in the same feed does."""
    there = stored.article
    return (article.feed_url, article.source_id) == (there.feed_url, there.source_id) and bool(
        article.source_id or article.url
    )


def _original_id(stored: StoredArticle) -> int:
    return stored.duplicate_of if stored.duplicate_of is not None else stored.id


def _decide_same(case: Case, same: StoredArticle) -> Decision:
    """Tell a later edition of a stored article from the same text again."""
    if is_same_text(same.article.text, case.article.text):
        reason = Reason("identity", "the same article with the same words is stored", same.id)
        return _reprint(case, same, reason)
    if is_older(case.article, same.article):
        return _reprint(case, same, Reason("identity", "an earlier edition of an article that is stored", same.id))
    changes = list_changes(same.article.text, case.article.text)
    facts = [_edition_fact(case, change, same) for change in changes]
    facts += [_added_fact(case, report) for report in _added_reports(case, same)]
    facts = facts or _noticed(case, same)
    if not facts:
        reason = Reason("identity", "the same article is stored; it was reworded, and no fact was changed", same.id)
        return _reprint(case, same, reason)
    reason = Reason("identity", f"a later edition of the same article, {len(facts)} changes of fact", same.id)
    return _repeat(case, same, Label.REVISED, reason, tuple(facts[:_MAX_CHANGES]))


def _edition_fact(case: Case, change: Change, same: StoredArticle) -> NewFact:
    outlet, moment = same.article.outlet, same.article.published_at
    before = Claim(change.before_value or change.before, change.before, outlet, same.id, published_at=moment)
    after = case.claim(change.after_value or change.after, change.after)
    return NewFact(change.kind, after, before)


def _noticed(case: Case, same: StoredArticle) -> list[NewFact]:
    """Return what a later edition says itself that it has corrected: values, its headline, else what says so."""
    here, there = case.article, same.article
    if not is_correction(here.title, here.text) or is_correction(there.title, there.text):
        return []
    if amended := list_amended(case, same):
        return list(amended)
    if here.title.strip() != there.title.strip():
        before = Claim(there.title, there.title, there.outlet, same.id, published_at=there.published_at)
        return [NewFact(FactKind.ACT, case.claim(here.title, here.title), before)]
    notices = [sentence.text for sentence in case.reading.sentences if is_notice(sentence.text)]
    return [NewFact(FactKind.ACT, case.claim(text, text)) for text in notices[:1]]


def _added_fact(case: Case, report: Report) -> NewFact:
    return NewFact(FactKind.ACT, case.claim(report.quote, report.quote))


def _added_reports(case: Case, stored: StoredArticle) -> list[Report]:
    """Return the main reports that stand in sentences which the stored text has no counterpart of, each quote once."""
    lines = (line for _, line in align(stored.article.text, case.article.text).added)
    added = {line.strip() for line in lines if not is_notice(line)}
    reports = {report.quote: report for report in main_reports(case.reading.reports) if report.quote.strip() in added}
    return list(reports.values())


def _closest_copy(case: Case) -> Copy | None:
    signatures = [case.reading.signature] + ([case.article.original] if case.article.original else [])
    copies = [copy for signature in signatures for copy in list_copies(signature, case.candidates.similar)]
    if copies:
        return copies[0]
    return _short_copy(case)


def _short_copy(case: Case) -> Copy | None:
    """Find the same words in a text that is too short for shingles to tell."""
    if len(case.article.text.split()) > _SHORT_WORDS:
        return None
    for stored in (*case.candidates.similar, *case.candidates.related):
        text = stored.article.text
        if 0 < len(text) < len(case.article.text) * 2 and is_same_text(text, case.article.text):
            return Copy(stored, 1.0, 1.0, 0)
    return None


def _decide_copy(case: Case, copy: Copy) -> Repeat:
    changes = list_changed(case, copy)
    if changes:
        return _decide_changed_copy(case, copy, changes)
    corrected = _corrected_lines(case, copy.stored)
    if corrected:
        return Repeat(_revise(case, copy.stored, corrected))
    inserted, done = _insertions_of(case, copy), _fulfilled_lines(case, copy)
    if done or (inserted and is_voice_of(case.article, copy.stored)):
        return Repeat(_update(case, copy, [*done, *inserted]))
    if inserted:
        text = f"a copy of a stored article with {len(inserted)} clauses of its own put in"
        return Repeat(None, copy.stored.story_id, (Reason("copy", text, copy.stored.id, round(copy.resemblance, 2)),))
    added = _news_around(case, copy)
    if added or _is_brief(case, copy):
        text = f"has the text of a stored article and adds {len(added)} sentences with news"
        text = text if added else "a brief of a stored article: most is left out, the rest is worded anew"
        reason = Reason("copy", text, copy.stored.id, round(copy.resemblance, 2))
        return Repeat(None, copy.stored.story_id, (reason,))
    text = f"{copy.forward:.0%} of it stands in a stored article, {copy.backward:.0%} of that in it"
    reason = Reason("copy", text, copy.stored.id, round(copy.resemblance, 2))
    told = frozenset(list_put_in(case, copy.stored))
    is_doubtful = copy.resemblance < _VERBATIM
    return Repeat(_reprint(case, copy.stored, reason), doubt=copy.stored if is_doubtful else None, told=told)


def _is_brief(case: Case, copy: Copy) -> bool:
    """Return whether a text leaves most of the stored one out and words the rest anew: a telling of it, and no copy."""
    if copy.backward >= _HALF or copy.forward >= _COPIED:
        return False
    text, sentences = " ".join(copy.stored.article.text.split()), case.reading.sentences
    return sum(" ".join(one.text.split()) in text for one in sentences) < _HALF * len(sentences)


def _corrected_lines(case: Case, stored: StoredArticle) -> list[Change]:
    """Return the reworded sentences of an outlet's own text that says, as it did not before, that it was corrected."""
    here, there = case.article, stored.article
    if not is_voice_of(here, stored) or is_correction(there.title, there.text):
        return []
    if not is_correction(here.title, here.text):
        return []
    pairs = (pair for pair in align(there.text, here.text).pairs if pair.edits)
    return [Change(FactKind.ACT, one.former.text, one.line.text, one.former.text, one.line.text) for one in pairs]


def _fulfilled_lines(case: Case, copy: Copy) -> list[Change]:
    """Return the sentences of a copy that tell as done what they told as a plan or a wish: "has sold", "will sell"."""
    if copy.resemblance >= _VERBATIM:
        return []
    pairs = (pair for pair in align(copy.stored.article.text, case.article.text).pairs if pair.edits)
    language = case.reading.language or "en"
    found = [pair for pair in pairs if is_fulfilled(pair.line.text, pair.former.text, language)]
    return [Change(FactKind.ACT, one.former.text, one.line.text, one.former.text, one.line.text) for one in found]


def _insertions_of(case: Case, copy: Copy) -> list[Change]:
    """Return the sentences of a copy into which news was put; a note of a correction is none."""
    if not is_own_wording(case, copy) or case.reading.language not in {"en", ""}:
        return []
    changes = list_insertions(copy.stored.article.text, case.article.text)
    return [change for change in changes if not is_notice(change.after)]


def _update(case: Case, copy: Copy, changes: Sequence[Change]) -> Decision:
    facts = tuple(_edition_fact(case, change, copy.stored) for change in changes[:_MAX_CHANGES])
    text = f"a copy of a stored article with {len(facts)} clauses of news put in"
    return _repeat(
        case, copy.stored, Label.UPDATE, Reason("copy", text, copy.stored.id, round(copy.resemblance, 2)), facts
    )


def _news_around(case: Case, copy: Copy) -> list[Report]:
    """Return the reports that a longer article adds around a stored text; readers' comments are none."""
    if copy.forward >= _MOSTLY or copy.backward < _MOSTLY:
        return []
    stripped = strip_boilerplate(case.article.text, case.article.title)
    if containment(sign(stripped), copy.stored.signatures[0]) >= _MOSTLY:
        return []
    names = set(copy.stored.entity_counts)
    return [
        report
        for report in _added_reports(case, copy.stored)
        if report.quote in stripped and not is_talk(report.quote) and names & {*report.actors, *report.places}
    ]


def _decide_changed_copy(case: Case, copy: Copy, changes: Sequence[Change]) -> Repeat:
    """Decide on a copy in which facts were changed: a revision or an update by the same outlet, else a dispute."""
    stored = copy.stored
    if _is_of_another(case, stored, changes):
        return _set_apart(stored, "words of the outlet's own, of somebody else")
    if is_voice_of(case.article, stored) and is_older(case.article, stored.article):
        reason = Reason("copy", "an earlier edition of a text that is stored", stored.id, round(copy.resemblance, 2))
        return Repeat(_reprint(case, stored, reason))
    if _is_revision(case, stored, changes) and not any(map(_is_of_two, changes)):
        return Repeat(_revise(case, stored, changes))
    is_own = is_voice_of(case.article, stored)
    facts: list[NewFact] = []
    disputes: list[Dispute] = []
    for change in changes:
        here = case.claim(change.after_value or change.after, change.after)
        there = Claim(
            change.before_value or change.before,
            change.before,
            stored.article.outlet,
            stored.id,
            published_at=stored.article.published_at,
        )
        event_id = _event_of(case, stored, change)
        is_change = not _is_of_two(change) if is_own else is_told_by_one(change.after, change.before)
        if not is_change and is_contested(change, case, stored):
            disputes.append(Dispute(change.kind, event_id, here, there))
        else:
            facts.append(NewFact(change.kind, here, there, event_id))
    text = f"a copy of a stored article in which {len(changes)} facts were changed"
    reason = Reason("copy", text, stored.id, round(copy.resemblance, 2))
    label = Label.DISPUTED if disputes else Label.UPDATE
    decision = _repeat(case, stored, label, reason, tuple(facts[:_MAX_CHANGES]), tuple(disputes[:_MAX_CHANGES]))
    return Repeat(decision)


def _is_of_two(change: Change) -> bool:
    """Return whether an outlet gives the old value and the new one as the words of two bodies."""
    return are_two_sides(bare_row(change.after).origin, bare_row(change.before).origin)


def _is_of_another(case: Case, stored: StoredArticle, changes: Sequence[Change]) -> bool:
    """Return whether an outlet tells the same of somebody or somewhere else: an item of its own headed by that name.

    "Mayor of Piura resigns" and "Mayor of Cajamarca resigns" are two; what corrects, or comes again under its own
    number or address, is one.
    """
    one, other = case.article, stored.article
    if not is_voice_of(one, stored) or _is_in_place(one, stored) or is_correction(one.title, one.text):
        return False
    if one.url and one.url == other.url:
        return False
    names = ((change.before_value, change.after_value) for change in changes if change.kind in _NAMED)
    return any(before and after and before in other.title and after in one.title for before, after in names)


def _is_revision(case: Case, stored: StoredArticle, changes: Sequence[Change]) -> bool:
    """Return whether the outlet put other facts into its own text rather than telling how things have moved on.

    So it is where the text says that it corrects, or comes within three days, has nothing else to tell, and does not
    speak of things as having changed since.
    """
    if not is_voice_of(case.article, stored):
        return False
    if is_correction(case.article.title, case.article.text):
        return True
    here, there = case.article.published_at, stored.article.published_at
    if here is None or there is None or abs(here - there) > _REVISED_WITHIN:
        return False
    if any(is_development(change.after) and not is_development(change.before) for change in changes):
        return False
    return not _tells_of_between(case, stored) and not _added_reports(case, stored)


def _tells_of_between(case: Case, stored: StoredArticle) -> bool:
    """Return whether the text names a day after the stored one came out and not after itself: time has gone on."""
    here, there = case.article.published_at, stored.article.published_at
    if here is None or there is None:
        return False
    days = (one.span.first_on for one in case.reading.dates if one.span.precision is Precision.DAY)
    return any(day is not None and there.date() < day <= here.date() for day in days)


def _revise(case: Case, stored: StoredArticle, changes: Sequence[Change]) -> Decision:
    is_told = any(change.before_value != change.before for change in changes)
    amended = () if is_told else list_amended(case, stored)
    facts = (amended or tuple(_edition_fact(case, change, stored) for change in changes))[:_MAX_CHANGES]
    text = f"the outlet's own text again, {len(facts)} changes of fact"
    return _repeat(case, stored, Label.REVISED, Reason("copy", text, stored.id), facts)


def _event_of(case: Case, stored: StoredArticle, change: Change) -> int | None:
    for one in case.candidates.reports:
        if one.article_id == stored.id and one.report.quote.strip() == change.before.strip():
            return one.event_id
    return None


def _reprint(case: Case, stored: StoredArticle, reason: Reason) -> Decision:
    return _repeat(case, stored, Label.REPRINT, reason)


def _repeat(
    case: Case,
    stored: StoredArticle,
    label: Label,
    reason: Reason,
    new: tuple[NewFact, ...] = (),
    disputes: tuple[Dispute, ...] = (),
) -> Decision:
    """Return the decision on an article that goes back to a stored one and joins its story."""
    placed = place_reports(case.reading.reports, case.candidates.reports, case.world, story_id=stored.story_id)
    is_copy = label in {Label.REPRINT, Label.REVISED}
    is_itself = label is Label.REVISED and _is_in_place(case.article, stored)
    return Decision(
        label,
        stored.story_id,
        assignments_of(placed),
        duplicate_of=_original_id(stored) if is_copy else None,
        known_since=None if is_itself else known_since_article(stored),
        new=new,
        disputes=disputes,
        origins=case.reading.origins,
        n_independent=case.count_origins(stored.story_id, only=stored.id if is_copy else None),
        reasons=(reason,),
    )
