"""Which of the acts of a sentence it reports: the main one, and further ones that have a date of their own.

Owns the choice. Must not read the store or the other sentences.

The main act is the best by its form (a verb of the past before a noun), where it stands (main clause before relative
clause, own words before quoted ones), how much it says (a named kind before OTHER), whether it has a date, and order.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from news.model import NO_TIME, EventKind, Modality, Precision, TimeSpan
from news.reports import anchoring
from news.reports.anchoring import Dated
from news.reports.clauses import Act, Row, is_speech
from news.reports.lexicon import ROLES, Form, Sense
from news.reports.modality import is_said_untrue, judge, was_not

MAX_PER_SENTENCE = 3
"""Most reports of one sentence."""

_R = ROLES
_MIN_WORDS = 6
_MAX_LEFT = 10
_NEAR_DEPTH = 2
_FORM_SCORES = {
    Form.PAST: 10.0, Form.PRESENT: 8.0, Form.BASE: 8.0, Form.FUTURE: 9.0, Form.INFINITIVE: 7.0, Form.ING: 6.0,
    Form.CONDITIONAL: 5.0, Form.NONE: 2.0,
}  # fmt: skip
_FINITE = frozenset({Form.PAST, Form.PRESENT, Form.BASE, Form.FUTURE})
_RELATIVE_TOLL, _SUBORDINATE_TOLL, _QUOTED_TOLL, _OTHER_TOLL = 4.0, 3.0, 4.0, 0.5
_LIGHT_TOLL = 2.5
_TO_TOLL, _BARE_ING_TOLL = 2.0, 2.5
_DATED_BONUS = 2.0
_ORDER_TOLL = 0.15
_THREAT = Sense(EventKind.THREATEN, "threaten")
_NOTHING = Sense(EventKind.OTHER, "")
_PLANS = frozenset({"schedul", "intend to"})
_DENY = frozenset({"deni", "neg", "desment", "отрица", "опроверг", "опровергнут"})
_BETWEEN = _R["relative"] | _R["pronoun"] | _R["auxiliary"] | _R["determiner"] | _R["adverb"] | _R["negation"]
_REPORTS = frozenset({"report", "reports", "claims", "rumours", "rumors", "of", "any"})


class Claim(NamedTuple):
    """An act that a sentence reports, how sure it is, and the date that it has in the sentence, if any.

    ``span`` is ``NO_TIME`` for a description, which has none, and None where another sentence or the article dates it.
    """

    act: Act
    modality: Modality
    span: TimeSpan | None = None


def choose_claims(row: Row, acts: Sequence[Act], dated: Sequence[Dated]) -> list[Claim] | None:
    """Return what the sentence reports, in order of its words; None if it names no act, [] if only supposed ones."""
    if "threat" in row.labels and row.roles & _R["speech"]:
        return [_threat(row, dated)]
    judged = [(act, judge(row, act)) for act in acts]
    claims = [Claim(act, modality) for act, modality in judged if modality is not None]
    if not claims:
        return [] if judged else None
    own, told = anchoring.assign(row, [claim.act for claim in claims], dated)
    main = _main(row, claims, own)
    if _is_mid_quote(row, main):
        return []
    if not _is_reported(row, main, own):
        return None if len(claims) == len(judged) else []
    return _with_dates(row, main, claims, (own, told))


def _is_reported(row: Row, main: Claim, own: dict[int, TimeSpan]) -> bool:
    """A noun ("the talks", "the blockade") reports an act only with its own date or beside a verb of happening."""
    if main.act.form is not Form.NONE or main.act.at in own or _is_denied_itself(row, main):
        return True
    if row.roles & _R["negation"] and was_not(row, main.act.at):
        return True
    is_supposed = row.roles & (_R["modal"] | _R["would"] | _R["condition"])
    return not is_supposed and bool(row.unquoted_roles & _R["light"])


def _is_denied_itself(row: Row, main: Claim) -> bool:
    """Say whether a noun is the very thing denied ("denied that there was an explosion"), not a part in it."""
    if main.modality is not Modality.DENIED:
        return False
    for at in range(main.act.at - 1, -1, -1):
        word = row.words[at]
        if word.roles & _R["denial"]:
            return not row.quoted[at]
        if not word.roles & _BETWEEN and word.text not in _REPORTS:
            return False
    return False


def _is_mid_quote(row: Row, main: Claim) -> bool:
    """From a quotation count only acts of a named kind, and only if the sentence itself says whose words they are."""
    if not main.act.is_quoted or (all(row.quoted) and row.roles & _R["speech"]):
        return False  # a quotation mark that never closes: "said" inside shows that it is no quotation
    return main.act.sense.kind is EventKind.OTHER or all(row.quoted)


def _threat(row: Row, dated: Sequence[Dated]) -> Claim:
    at = next((at for at in row.noted if is_speech(row.words[at])), 0)
    act = Act(at, _THREAT, Form.PAST)
    own, _ = anchoring.assign(row, [act], dated)
    return Claim(act, Modality.THREATENED, own.get(at))


def _main(row: Row, claims: Sequence[Claim], own: dict[int, TimeSpan]) -> Claim:
    scores = {
        claim.act.at: _score(row, claim, is_dated=claim.act.at in own or anchoring.is_perfect(row, claim.act))
        for claim in claims
    }
    main = max(claims, key=lambda claim: scores[claim.act.at])
    after = [claim for claim in claims if claim.act.at > main.act.at]
    word = row.words[main.act.at]
    if main.act.sense.kind is EventKind.OTHER and word.roles & _R["plan"]:
        planned = [claim for claim in after if claim.modality is Modality.PLANNED and _can_lead(claim, own)]
        itself = Claim(main.act, Modality.PLANNED) if main.act.sense.trigger in _PLANS else main
        return max(planned, key=lambda claim: scores[claim.act.at], default=itself)
    if word.roles & _R["denial"] and main.modality is Modality.HAPPENED:
        return _denied(main, after)
    if word.roles & _R["light"] and not "".join(main.act.sense.rest).removeprefix("to"):
        return _passed_on(row, main, claims, scores)
    return main


def _can_lead(claim: Claim, own: dict[int, TimeSpan]) -> bool:
    return claim.act.form is not Form.NONE or claim.act.at in own


def _passed_on(row: Row, main: Claim, claims: Sequence[Claim], scores: dict[int, float]) -> Claim:
    """A verb of happening, causing or announcing passes the report on to what happened: "a blast led to ..."."""
    verbs = [claim for claim in claims if claim.act.at > main.act.at and claim.act.form is not Form.NONE]
    if verbs and is_speech(row.words[main.act.at]):
        return max(verbs, key=lambda claim: scores[claim.act.at])
    nouns = [claim for claim in claims if claim.act.form is Form.NONE]
    before = [claim for claim in nouns if claim.act.at < main.act.at]
    return min(before or nouns, key=lambda claim: claim.act.at, default=main)


def _denied(main: Claim, after: Sequence[Claim]) -> Claim:
    """A denial is a report of the act that is denied; of the denial itself only where no act is named."""
    is_denial = main.act.sense.trigger in _DENY
    for claim in after:
        if claim.modality is Modality.DENIED and (is_denial or claim.act.form is not Form.NONE):
            return claim
    return Claim(main.act, Modality.DENIED) if is_denial else main


def _score(row: Row, claim: Claim, *, is_dated: bool) -> float:
    act = claim.act
    score = _FORM_SCORES[act.form] - _ORDER_TOLL * act.at
    score += _DATED_BONUS if is_dated else 0.0
    score -= _QUOTED_TOLL if act.is_quoted else 0.0
    score -= _OTHER_TOLL if act.sense.kind is EventKind.OTHER else 0.0
    score -= _LIGHT_TOLL if row.words[act.at].roles & (_R["light"] | _R["plan"]) and _is_vague(act) else 0.0
    if act.form is Form.NONE:
        return score
    return score - _clause_toll(row, act) - _verb_toll(row, act)


def _is_vague(act: Act) -> bool:
    return act.sense.kind is EventKind.OTHER and not act.sense.rest


def _verb_toll(row: Row, act: Act) -> float:
    before = row.words[act.at - 1].roles if act.at else 0
    if act.form is Form.BASE and before & _R["to"]:
        return _TO_TOLL
    return _BARE_ING_TOLL if act.form is Form.ING and not before & _R["be"] else 0.0


def _clause_toll(row: Row, act: Act) -> float:
    for at in range(act.at - 1, max(-1, act.at - 1 - _MAX_LEFT), -1):
        if row.depth[at] < row.depth[act.at] - 1:
            return 0.0
        roles = row.words[at].roles
        if roles & _R["relative"]:
            return 0.0 if _is_told(row, at) else _RELATIVE_TOLL
        if roles & _R["subordinate"]:
            return _SUBORDINATE_TOLL
    return 0.0


def _is_told(row: Row, at: int) -> bool:
    """Say whether the "that" at ``at`` opens what is said ("told the paper last week that"), not a relative clause."""
    for place in range(at - 1, max(-1, at - 1 - _MAX_LEFT), -1):
        if row.depth[place] < row.depth[at] - _NEAR_DEPTH:
            return False
        if is_speech(row.words[place]):
            return True
    return False


def _with_dates(
    row: Row, main: Claim, claims: Sequence[Claim], spans: tuple[dict[int, TimeSpan], TimeSpan | None]
) -> list[Claim]:
    own, told = spans
    taken = own.get(main.act.at)
    further = [
        Claim(claim.act, claim.modality, own[claim.act.at])
        for claim in claims
        if claim.act.at != main.act.at and _stands_alone(claim, own) and own[claim.act.at] != taken
    ]
    if taken is None:
        taken = _told_date(told, main.modality) or _near_date(row, main, own)
        further = [claim for claim in further if claim.span != taken]
    chosen = [Claim(main.act, main.modality, taken), *further[: MAX_PER_SENTENCE - 1]]
    return sorted(chosen, key=lambda claim: claim.act.at)


def _told_date(told: TimeSpan | None, modality: Modality) -> TimeSpan | None:
    """What was done is dated by the day of the saying; what is planned lies open from that day on.

    A week or month of the saying stays one, so that nobody takes its first day for the day.
    """
    if told is None or modality is not Modality.PLANNED or told.first_on is None:
        return told
    precision = Precision.SPAN if told.precision is Precision.DAY else told.precision
    return TimeSpan(told.first_on, None, precision, told.basis)


def _stands_alone(claim: Claim, own: dict[int, TimeSpan]) -> bool:
    return claim.act.at in own and claim.act.form in _FINITE and claim.act.sense.kind is not EventKind.OTHER


def _near_date(row: Row, main: Claim, own: dict[int, TimeSpan]) -> TimeSpan | None:
    """Return the date of another act in or beside the clause of the main one: they are then told as one.

    Not for the present perfect, which tells what is so now: "has halved the fine imposed in September".
    """
    if anchoring.is_perfect(row, main.act):
        return None
    depth = row.depth[main.act.at]
    near = [at for at in own if abs(row.depth[at] - depth) <= _NEAR_DEPTH]
    return own[min(near, key=lambda at: abs(at - main.act.at))] if near else None


def describe(row: Row, dated: Sequence[Dated], *, has_names: bool, has_figures: bool) -> list[Claim]:
    """Return the report of a sentence that names no act: OTHER with its date, or a description by its figures.

    A sentence with neither, or one that only supposes, gives none.
    """
    is_supposed = row.roles & (_R["modal"] | _R["would"] | _R["condition"])
    if is_supposed or all(row.quoted) or len(row.words) < _MIN_WORDS or not (has_names or has_figures):
        return []
    act = Act(0, _NOTHING, Form.NONE)
    told = Modality.ALLEGED if _is_hearsay(row) else Modality.HAPPENED
    if is_said_untrue(row, len(row.words) - 1):
        told = Modality.DENIED
    if dated:
        return [Claim(act, Modality.PLANNED if row.roles & _R["future"] else told, dated[0].span)]
    return [Claim(act, told, NO_TIME)] if has_names and has_figures else []


def _is_hearsay(row: Row) -> bool:
    """Say whether an adverb such as "allegedly" stands over the sentence."""
    hearsay = _R["adverb"] | _R["alleged"]
    return any(word.roles & hearsay == hearsay for word in row.words)
