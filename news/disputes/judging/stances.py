"""How a new account stands to another one, both taken as wholes: the signs of it by name.

Owns what an article shows as a kind of text, whatever the two differ in: whose word its headline gives, whether it
rests on papers and pictures, whether it retells what the other one's speaker says as the word of somebody else, whether
it names another sort of cause, whether it moves on. Must never compare two values (``judging.proposing``) nor weigh a
sign (``judging.judge``).

Who sets out to contradict an account writes otherwise than who goes on with it: "Boulder hit the bus, says the
transport corporation" and not "Toll rises to 20". The words stand in ``data/judging.toml``.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator

from news.disputes.contesting.refuted import is_of_something_else, refutes
from news.disputes.cues import find_cue, is_contesting
from news.disputes.frames.ties import open_article, weigh_tie
from news.disputes.judging.lines import Account, Line, account_of, says
from news.disputes.openings.causes import list_causes
from news.model import Article
from news.words.meanings import meanings_in
from news.words.measures import is_held

__all__ = ["signs_of_both"]

_HOUR = 3600
_GAP, _SOON = 6, 30
"""Hours by which the time between two articles is counted, and up to which the one came soon after the other."""
_TELLING = 12
_SPEAKING = 4
_LATE = 6 * 24
"""Hours after which an article comes late."""
_SHORT = 4
_DEAD = frozenset({"dead", "died", "killed"})


def signs_of_both(article: Article, stored: Article) -> dict[str, float]:
    """Return the signs of two articles as wholes, by name; all of them are finite.

    Args:
        stored: of another voice, and on one event as far as is known.
    """
    ours, theirs = account_of(article), account_of(stored)
    return {
        **_of_openings(article, stored, ours, theirs),
        **_of_words(ours, theirs),
        **_of_headline(ours, theirs),
        **_of_bearing(ours, theirs),
        **_of_shares(ours, theirs),
        **_of_causes(ours, theirs),
        **_of_denials(ours, theirs),
        **_of_speakers(ours, theirs),
        **_of_numbers(ours, theirs),
    }


def _of_openings(article: Article, stored: Article, ours: Account, theirs: Account) -> dict[str, float]:
    """Return how much both tell alike, and when each came out."""
    hours = 24.0
    if article.published_at and stored.published_at:
        hours = max(0.0, (article.published_at - stored.published_at).total_seconds() / _HOUR)
    both = ours.words & theirs.words
    names = frozenset().union(*(line.names for line in ours.front[:3])) - theirs.capitals
    return {
        "tie": weigh_tie(open_article(article), open_article(stored)),
        "over": len(both) / max(1, min(len(ours.words), len(theirs.words))),
        "names_lack": math.log1p(len(names)),
        "gap": math.log1p(hours / _GAP),
        "soon": float(hours <= _SOON),
        "late": float(hours >= _LATE),
        "days_same": float(bool(ours.days & theirs.days)),
        "days_two": float(bool(ours.days and theirs.days) and not ours.days & theirs.days),
        "days_lack": math.log1p(len(ours.days - theirs.days)),
        "capitals": math.log1p(len(ours.capitals)),
        "length": math.log(len(ours.lines) + len(theirs.lines) + 1),
        "longer": math.log((len(ours.lines) + 1) / (len(theirs.lines) + 1)),
    }


def _of_words(ours: Account, theirs: Account) -> dict[str, float]:
    """Return how the new article stands to what others say, by its words."""
    front = ours.front
    lead = " ".join(line.text for line in front[:3])
    told = [line.text for line in theirs.lines]
    return {
        "contests": float(any(is_contesting(line.text) for line in ours.lines)),
        "refutes": float(any(refutes(one.text) and not is_of_something_else(one.text, told) for one in ours.lines)),
        "cites": float(any(find_cue(line.text) is not None for line in ours.lines)),
        "denies": float(any(line.is_denial and not is_of_something_else(line.text, told) for line in front)),
        "negates": float(any(line.is_negative for line in front[:3])),
        "later": float(says("later", lead)),
        "moves": float(any(line.is_later for line in front[:3])),
        "another": float(says("another", lead)),
    }


def _of_headline(ours: Account, theirs: Account) -> dict[str, float]:
    """Return how the headline stands to the other account: whose word it gives, and what it has in common."""
    title, other = (next(iter(account.lines), Line("")) for account in (ours, theirs))
    least = max(1, min(len(title.words), len(other.words)))
    return {
        "title_speaks": float(bool(title.speaker) or says("attributed", title.text)),
        "title_speaks_there": float(bool(other.speaker) or says("attributed", other.text)),
        "title_claims": float(says("claims", title.text)),
        "title_bystanders": float(says("bystanders", title.text)),
        "title_acts": float(says("acts", title.text)),
        "title_negates": float(title.is_negative),
        "title_denies": float(title.is_denial),
        "title_later": float(title.is_later),
        "title_over": len(title.words & theirs.words) / max(1, len(title.words)),
        "title_title": len(title.words & other.words) / least,
    }


def _of_bearing(ours: Account, theirs: Account) -> dict[str, float]:
    """Return what the new account rests on: what people saw, papers and pictures, words of its own speakers."""
    fronts = [" ".join(line.text for line in account.front) for account in (ours, theirs)]
    return {
        "evidence": float(says("evidence", fronts[0])),
        "evidence_any": float(any(says("evidence", line.text) for line in ours.lines)),
        "evidence_there": float(says("evidence", fronts[1])),
        "bystanders": float(says("bystanders", fronts[0])),
        "bystanders_there": float(says("bystanders", fronts[1])),
        "first_person": float(any(says("first_person", line.text) for line in ours.lines)),
        "quoted": _count(says("quotes", line.text) for line in ours.lines),
        "quoted_there": _count(says("quotes", line.text) for line in theirs.lines),
        "however": float(any(says("however", line.text) for line in ours.front)),
        "negatives": _count(line.is_negative for line in ours.lines),
        "negatives_there": _count(line.is_negative for line in theirs.lines),
    }


def _of_shares(ours: Account, theirs: Account) -> dict[str, float]:
    """Return what share of its first sentence, its last and the newest of its opening the other account has."""
    shares = [len(line.words & theirs.words) / max(_SHORT, len(line.words)) for line in ours.lines[1:]]
    return {
        "lead_over": next(iter(shares), 0.0),
        "last_over": shares[-1] if shares else 0.0,
        "least_over": min(shares[: _SPEAKING - 1], default=0.0),
    }


def _of_causes(ours: Account, theirs: Account) -> dict[str, float]:
    """Return whether both name causes of one sort, or of two."""
    found = [[one for line in lines for one in list_causes(line.text)] for lines in (ours.front, theirs.lines)]
    told = [[one.sorts for one in causes if not one.is_version] for causes in found]
    pairs = [bool(here & there) for here in told[0] for there in told[1] if here and there]
    return {"causes_same": float(any(pairs)), "causes_two": float(not all(pairs))}


def _count(found: Iterable[bool]) -> float:
    return math.log1p(sum(found))


def _of_denials(ours: Account, theirs: Account) -> dict[str, float]:
    """Return whether what the new article says is not so stands in the other one at all."""
    scopes = (meanings_in(" ".join(one.scope), one.language) for line in ours.front for one in line.denied)
    shares = [len(scope & theirs.words) / len(scope) for scope in scopes if scope]
    return {"denied_held": max(shares, default=0.0)}


def _of_speakers(ours: Account, theirs: Account) -> dict[str, float]:
    """Return whose word either account is."""
    lines = [account.lines[1:_SPEAKING] for account in (ours, theirs)]
    parties = [{line.party for line in each if line.party} for each in lines]
    is_brief = ours.is_brief or theirs.is_brief  # weighed as it was learnt, see ``data/weights.toml``
    speakers = [frozenset().union(*(line.voice if is_brief else line.speaker for line in each)) for each in lines]
    return {
        "one_party": float(bool(parties[0] & parties[1])),
        "two_parties": float(bool(parties[0] and parties[1] and not parties[0] & parties[1])),
        "speaks": float(bool(speakers[0])),
        "spoke": float(bool(speakers[1])),
        "one_speaker": len(speakers[0] & speakers[1]) / max(1, min(map(len, speakers))),
        "two_speakers": float(bool(speakers[0] and speakers[1] and not speakers[0] & speakers[1])),
        "spoke_named": float(bool((speakers[1] - speakers[0]) & ours.words)),
        "lead_speaks": float(any(line.speaker for line in ours.lines[1:2])),
        "retold": max(map(_held_in(theirs), _others(ours, speakers[0])), default=0.0),
    }


def _others(account: Account, own: frozenset[str]) -> Iterator[Line]:
    """Yield the lines behind the first that give the word of others than those who speak in the opening."""
    return (line for line in account.lines[2:] if line.speaker and not line.speaker & own)


def _held_in(theirs: Account) -> Callable[[Line], float]:
    """Return what share of a line another account has, whose speaker it names; 0 where it does not."""

    def share(line: Line) -> float:
        return len(line.words & theirs.words) / max(1, len(line.words)) if line.speaker & theirs.words else 0.0

    return share


def _of_numbers(ours: Account, theirs: Account) -> dict[str, float]:
    """Return how many of the telling numbers of the new article the other one has, and how many it lacks."""
    telling = [one for one in ours.measures if one.kind or one.value > _TELLING]
    n_held = sum(is_held(one, theirs.measures) for one in telling)
    return {
        "numbers_agree": math.log1p(n_held),
        "numbers_lack": math.log1p(len(telling) - n_held),
        "numbers": math.log1p(len(ours.figures)),
        "dead": float(any(one.part is not None and one.part.name in _DEAD for one in ours.figures)),
    }
