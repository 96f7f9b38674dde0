"""What two articles that open with one event say of it: what state it left a thing in, who did it, where it was.

Owns the last comparison of an article with its story: that of the openings, whatever the words between. An article is
on what it opens with; where two articles of one story open with one event, the state, the doer and the place that each
of them gives are of the same thing. Must never choose the story, nor hold sentences against each
other that stand further down: ``news.disputes.contrast`` does.

A state that may have come about since is no contradiction, unless the sentence says that it was so all along or gives
the same day; and none is told where the article tells both states itself, or where another article of the story has the
new one already.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import product

from news.decision import Dispute, FactKind, StoredArticle
from news.disputes.bearers import is_of_another
from news.disputes.cues import is_contesting
from news.disputes.desk import Desk
from news.disputes.frames.ties import open_article, open_stored, weigh_tie
from news.disputes.loose_sentences import sentences_of
from news.disputes.openings.bearing import are_of_one, are_of_two_things, is_since, tells_of_others
from news.disputes.openings.castings import Casting, list_castings, may_be_one_deed, with_name
from news.disputes.openings.conditions import Condition, is_excluded, is_fixed, list_conditions, may_follow
from news.disputes.openings.doers import are_rivals
from news.disputes.openings.grounds import are_two_grounds, list_grounds
from news.disputes.openings.scenes import (
    Scene,
    are_elsewhere,
    are_one_place,
    is_contrasted,
    is_corrected,
    is_named_in,
    list_scenes,
)
from news.disputes.parties import is_told_by_two
from news.names.peoples import is_of_people
from news.reports.moods import Mood, may_differ, mood_of
from news.reports.progress import is_development
from news.reports.tellings import tell
from news.stories.case import Case
from news.words.meanings import GLOSSED, is_faint, meanings_in
from news.words.small_letters import small
from news.words.text import fold, lower_in_place
from news.words.vocabulary import language_of

__all__ = ["find_opposed", "is_lasting"]

_OPENING = 3
_MAX_DAYS, _FIXED_DAYS = 7, 4
_DAY = timedelta(days=1)
_SMALL = 2
"""Articles of a story that is about one thing, since nobody told more of it yet."""
_NOT_DONE = frozenset({"gain", "post", "identity"})
_DEEDS = frozenset(
    {"fire", "break", "cause", "make", "hack", "harm", "release", "ram", "strike", "steal", "kill", "down"}
)
"""Acts that are told one for the other: who "drilled the hole" made it."""
_MIN_SHARED, _SHARE = 2, 0.3
_TIED, _SURELY_TIED = 2.0, 3.0
_TWO_WORDS = re.compile(r"(?=\b([A-ZÀ-Þ][\w'’-]+ [A-ZÀ-Þ][\w'’-]+))")
_CAPITAL = re.compile(r"\b[A-ZÀ-ÞА-ЯЁ][^\W\d_]{2,}")
_WORD, _STEM = re.compile(r"[^\W_]+"), 4
_AFLOAT = frozenset({"harbour", "sea"})
_NO = small(r"\b(?:no|nunca|sin|не|нет|ни)\b")
_OPEN = small(
    r"\b(?:(?:do|does|did|could|can|would|has|have|had) ?not (?:be )?(?:rul(?:e|ed)|exclude|excluded)\b|"
    r"cannot (?:be )?(?:rul|exclu)|(?:possibility|hypothesis|theory|suspicion) (?:of|that)\b|"
    r"(?:looking into|investigating|examining) whether\b)"
)
"""What nobody has found yet stands against nothing."""
_LASTING = small(
    r"\b(?:never|at no (?:moment|time|point)|still|remain\w*|stay\w*|keeps?|kept|as (?:usual|normal|always|ever)|"
    r"all (?:day|night|along|the time)|without (?:a |one |any )?[\w'’-]{0,12} ?(?:interruption|break|pause)|on time|"
    r"as scheduled|normal(?:ly)?|uninterrupted\w*|not (?:a|one|a single) \w+|nobody|no one|nothing|untrue|false|"
    r"invention|holds|firmly|"
    r"siguen?|continúan?|permanecen?|mantienen?|conservan?|nunca|jamás|siempre|ningún|ninguna|nadie|nada|"
    r"en todo momento|"
    r"con normalidad|normalmente|como de costumbre|todavía|aún|fals[oa]|mentira|bulo|sin (?:interrupci|cortes|"
    r"un solo)\w*|"
    r"никогда|никто|ничего|никак\w+|ни (?:разу|один|одна|одного|одной)|обычном|штатном|по (?:расписанию|графику)|"
    r"по-прежнему|вс[её] ещ[её]|до сих пор|оста[её]тся|остаются|остал(?:ся|ась|ось|ись)|сохраня(?:ет|ют)\w*|"
    r"продолжа(?:ет|ют)\w*|"
    r"как (?:обычно|всегда)|без (?:перебоев|остановк\w|перерыв\w+|сбоев)|вс[её] время|ложь|неправд\w|вымысел|фейк\w?|"
    r"не (?:[а-яё]+ва|бы|име|покида|уезжа|прекраща)л(?:[аои]|ся|ась|ись|ось)?)\b|n['’]t\b|\bno (?!longer)\w+"
)


def find_opposed(desk: Desk) -> Iterator[tuple[str, Dispute]]:
    """Yield what the opening of an article contradicts in those of its story in the last week, each with who finds it.

    Mostly nothing.
    """
    others = [one for one in desk.others if _is_near(one, desk.now)]
    if not others:
        return
    yield from _states(desk, others)
    yield from (("castings", one) for one in _parts(desk, others))
    yield from (("grounds", one) for one in _grounds(desk, others))
    yield from (("scenes", one) for one in _places(desk, others))


def _is_near(stored: StoredArticle, now: datetime) -> bool:
    at = stored.article.published_at
    return at is not None and 0 <= (now - at).days <= _MAX_DAYS


def _opening(case: Case) -> tuple[str, ...]:
    return _opening_of(case.article.title, [one.text for one in case.reading.sentences])


def _opening_of(title: str, texts: Sequence[str]) -> tuple[str, ...]:
    return (*texts[:_OPENING], title)


def _states(desk: Desk, articles: Sequence[StoredArticle]) -> Iterator[tuple[str, Dispute]]:
    opening = _opening(desk.case)
    ours = [one for one in _only_so(opening) if not _OPEN.search(one.quote) and not tells_of_others(one)]
    if not ours:
        return
    told = {one.id: _conditions_of(one) for one in articles}
    for stored in articles:
        for here in ours:
            firm = (one for one in told[stored.id] if not _OPEN.search(one.quote))
            opposed = (
                one for one in firm if _are_opposed(here, one, desk.case, stored) and _are_told(here, one, desk, stored)
            )
            there = next((one for one in opposed if not _is_of_another(here, one, desk, stored)), None)
            if there is not None:
                found = desk.dispute(FactKind.STATUS, (here.text, here.quote), (there.text, there.quote), stored)
                name = "versions" if _is_one_thing(here, there, desk.case, stored) else "states"
                yield from ((name, one) for one in (found,) if one is not None)


def _are_told(here: Condition, there: Condition, desk: Desk, stored: StoredArticle) -> bool:
    """Return whether two sides tell two states: of versions, and of what is told in other languages, only these are.

    What one and the same office tells first and then is a development, or of somebody else.
    """
    if not (here.is_version or language_of(here.quote) in GLOSSED):
        return True
    if tells_of_others(there) or (are_of_two_things(here, there) and not _is_one_thing(here, there, desk.case, stored)):
        return False
    if not here.is_version and _NO.search(here.text):
        return True
    return is_told_by_two(here.quote, _opening(desk.case), there.quote, _opening_of_stored(stored))


def _is_one_thing(here: Condition, there: Condition, case: Case, stored: StoredArticle) -> bool:
    """Return whether two states are of one event or person for all that both openings say, whatever their words."""
    if _are_of_one_person(here, there, case, stored):
        return True
    if not (here.is_version and here.is_of_two) or here.has_object or not _is_at_once(case, stored):
        return False
    return weigh_tie(open_article(case.article), open_stored(stored)) >= _SURELY_TIED


def _is_at_once(case: Case, stored: StoredArticle) -> bool:
    """Return whether an article came out within a day of the stored one: the next night has targets of its own."""
    at = stored.article.published_at
    return at is not None and case.issued_at - at < _DAY


def _opening_of_stored(stored: StoredArticle) -> tuple[str, ...]:
    return _opening_of(stored.article.title, sentences_of(stored.article.text))


def _conditions_of(stored: StoredArticle) -> list[Condition]:
    return _only_so(_opening_of_stored(stored))


def _only_so(opening: Sequence[str]) -> list[Condition]:
    """Return the states that an opening tells, without those of which it tells the contrary as well.

    Who was convicted on 14 counts and acquitted of three is neither.
    """
    found = [one for quote in opening for one in list_conditions(quote)]
    return [one for one in found if not any(is_excluded(one, other) for other in found)]


def _is_of_another(here: Condition, there: Condition, desk: Desk, stored: StoredArticle) -> bool:
    """Return whether two states are told of two bearers; of a sentence without a name the one that opens tells."""
    case = desk.case
    if case.reading.language not in {"en", ""}:
        return language_of(here.quote) == language_of(there.quote) and _have_two_names(here, there)
    ours, theirs = tell(here.quote), tell(there.quote)
    if not ours.names or not theirs.names:
        opening = sentences_of(stored.article.text)[:1]
        if not case.reading.sentences or not opening:
            return False
        ours, theirs = tell(case.reading.sentences[0].text), tell(opening[0])
    return is_of_another(ours, theirs, None, desk.teller.within)


def _have_two_names(here: Condition, there: Condition) -> bool:
    """Return whether two states are said of what has a name each, in Spanish or Russian, and these differ."""
    ours, theirs = (_names_in(one) for one in (here, there))
    return bool(ours and theirs) and ours.isdisjoint(theirs)


def _names_in(one: Condition) -> frozenset[str]:
    """Return how the names begin that a state is said of: words with a capital that open no sentence."""
    told = {*_WORD.findall(one.subject)}
    names = (word for word in _WORD.findall(one.quote)[1:] if word[0].isupper() and word.lower() in told)
    return frozenset(fold(word)[:_STEM] for word in names if len(word) >= _STEM)


def _are_opposed(here: Condition, there: Condition, case: Case, stored: StoredArticle) -> bool:
    """Return whether two states are of one thing, exclude each other, and neither came about since."""
    if not is_excluded(here, there) or not (are_of_one(here, there) or _is_one_thing(here, there, case, stored)):
        return False
    if not may_follow(here):
        gap = case.issued_at - (stored.article.published_at or case.issued_at)
        return not is_fixed(here) or (gap.days <= _FIXED_DAYS and not is_since(here.quote))
    if is_since(here.quote):
        return False
    return is_lasting(here.quote)


def is_lasting(quote: str) -> bool:
    """Return whether a sentence says that what it tells was so all along: "never closed", "remains open"."""
    return bool(_LASTING.search(lower_in_place(quote)))


def _are_of_one_person(here: Condition, there: Condition, case: Case, stored: StoredArticle) -> bool:
    """Return whether one of two versions is told of nobody by name, and that text opens with whom the other one names.

    "Claudio Rivas was found dead. Police maintain that [he] hanged himself", as Spanish says it.
    """
    if not (here.is_version and here.is_personal):
        return False
    names, others = _names_of(here), _names_of(there)
    if bool(names) is bool(others):
        return False
    opening = _opening_of_stored(stored) if names else _opening(case)
    return not (names | others).isdisjoint(map(lower_in_place, _CAPITAL.findall("\n".join(opening))))


def _names_of(one: Condition) -> frozenset[str]:
    """Return the names of whom a state is told, in small letters; none of "the soldier"."""
    words = frozenset(re.findall(r"[^\W\d_]+", one.subject))
    return words & frozenset(map(lower_in_place, _CAPITAL.findall(one.quote)))


def _parts(desk: Desk, articles: Sequence[StoredArticle]) -> Iterator[Dispute]:
    """Yield who plays a part in the event here, and who else plays it there."""
    ours = _castings_of(_opening(desk.case))
    if not ours:
        return
    told = {one.id: _castings_of(_opening_of(one.article.title, sentences_of(one.article.text))) for one in articles}
    for stored in articles:
        theirs = told[stored.id]
        is_tied = weigh_tie(open_article(desk.case.article), open_stored(stored)) >= _TIED
        for here, there in ((here, there) for here in ours for there in theirs):
            if not _are_cast_apart(here, there, ours, theirs, is_tied=is_tied):
                continue
            if len(articles) > _SMALL and not (here.is_stressed or is_contesting(here.quote)):
                continue
            found = desk.dispute(FactKind.ACTOR, (here.who, here.quote), (there.who, there.quote), stored)
            yield from filter(None, [found])


def _castings_of(opening: Sequence[str]) -> list[Casting]:
    """Return the parts that an opening tells; its headline, the last of it, tells too little of who did what."""
    told = [
        replace(one, quote=quote)
        for before, quote in zip(("", *opening), opening[:-1], strict=False)
        for one in list_castings(with_name(quote, before))
    ]
    return told + [one for one in list_castings(opening[-1]) if one.part in _NOT_DONE]


def _are_cast_apart(
    here: Casting, there: Casting, ours: Sequence[Casting], theirs: Sequence[Casting], *, is_tied: bool
) -> bool:
    """Return whether two are named for one part in one event, neither of whom the other article names for it too.

    Args:
        is_tied: both articles open with one matter; a sentence that says just who it was ("it was the guards who") then
            needs little else in common.
    """
    is_one_act = here.part == there.part
    if not (is_one_act or {here.part, there.part} <= _DEEDS) or not _are_of_one_mood(here, there):
        return False
    if not is_one_act and meanings_in(there.who) & meanings_in(here.quote):
        return False  # "the navy blew up the mine that fishermen had found"
    if not _are_rivals(here, there) or is_since(here.quote) or is_development(here.quote):
        return False
    if not may_be_one_deed(here, there):
        return False
    shared = {word for word in here.rest & there.rest if not is_faint(word)}
    is_like = len(shared) >= _SHARE * min(len(here.rest), len(there.rest)) or _name_one_thing(here, there)
    is_told_so = is_tied and is_one_act and here.is_stressed and bool(shared)
    if not is_told_so and (len(shared) < _MIN_SHARED + (not is_one_act) or not is_like):
        return False
    others = [(one, other) for one in ours for other in theirs if one.part == other.part == here.part]
    return all(_are_rivals(one, other) or not _are_like(one, other) for one, other in others)


def _name_one_thing(here: Casting, there: Casting) -> bool:
    """Return whether both sentences name what is got by one name of two words: the Golden Maple."""
    ours, theirs = (set(_TWO_WORDS.findall(one.quote.replace(one.who, " "))) for one in (here, there))
    return here.part == "gain" and bool(ours & theirs)


def _are_of_one_mood(here: Casting, there: Casting) -> bool:
    """Return whether both tell what is, or both what will be; a post and an order that are given will be held."""
    if may_differ(tell(here.quote), tell(there.quote)):
        return True
    moods = {mood_of(tell(here.quote)), mood_of(tell(there.quote))}
    return here.part in _NOT_DONE and moods <= {Mood.TOLD, Mood.PLANNED}


def _are_rivals(one: Casting, other: Casting) -> bool:
    return are_rivals(one.who, other.who, is_name=one.part in _NOT_DONE - {"gain"})


def _are_like(one: Casting, other: Casting) -> bool:
    """Return whether two who are no rivals have a word in common: the same one is named for the part."""
    return bool(meanings_in(one.who) & meanings_in(other.who))


def _places(desk: Desk, articles: Sequence[StoredArticle]) -> Iterator[Dispute]:
    """Yield where the event was here, and where else it was there."""
    opening = _opening(desk.case)
    ours = [one for quote in opening for one in list_scenes(quote)]
    if not ours:
        return
    for stored in articles:
        held_opening = _opening_of(stored.article.title, sentences_of(stored.article.text))
        theirs = [(one, is_corrected(one, opening)) for quote in held_opening for one in list_scenes(quote)]
        for here, (there, is_corrected_there) in product(ours, theirs):
            if language_of(here.quote) != language_of(there.quote):
                continue  # a place has other names in other languages, and nobody knows which lie near each other
            is_corrected_here = is_corrected_there or is_contrasted(here.quote)
            if len(articles) > _SMALL and not is_corrected_here:
                continue
            if not _are_places_apart(here, there, (opening, held_opening), is_corrected=is_corrected_here):
                continue
            found = desk.dispute(FactKind.PLACE, (here.name, here.quote), (there.name, there.quote), stored)
            yield from filter(None, [found])


def _grounds(desk: Desk, articles: Sequence[StoredArticle]) -> Iterator[Dispute]:
    """Yield on whose ground the event was here, and on whose other ground it was there."""
    ours = tuple(one for text in desk.case.reading.sentences[:_OPENING] for one in list_grounds(text.text))
    for stored in articles if ours and len(articles) <= _SMALL else ():
        theirs = tuple(one for text in sentences_of(stored.article.text)[:_OPENING] for one in list_grounds(text))
        is_tied = weigh_tie(open_article(desk.case.article), open_stored(stored)) >= _TIED
        if not is_tied or not are_two_grounds(ours, theirs) or is_since(ours[0].quote):
            continue
        sides = [(one.text, one.quote) for one in (ours[0], theirs[0])]
        yield from filter(None, [desk.dispute(FactKind.PLACE, sides[0], sides[1], stored)])


def _are_places_apart(
    here: Scene, there: Scene, openings: tuple[Sequence[str], Sequence[str]], *, is_corrected: bool
) -> bool:
    """Return whether two places are of one act and cannot both be right."""
    ours, theirs = openings
    if is_of_people(here.name, there.name):
        return False
    is_moved = is_since(here.quote) or (is_development(here.quote) and not is_corrected)
    if is_moved or not may_differ(tell(here.quote), tell(there.quote)):
        return False
    if is_named_in(here, theirs) or (not is_corrected and is_named_in(there, ours)):
        return False
    shared = {word for word in here.rest & there.rest if not is_faint(word)}
    is_like = len(shared) >= _MIN_SHARED + 1 and len(shared) >= _SHARE * min(len(here.rest), len(there.rest))
    is_one_act = bool(here.acts & there.acts) and len(shared) >= _MIN_SHARED
    if is_corrected and not (here.site or there.site):
        return not are_one_place(here, there) and bool(shared)
    is_alike = is_like and (not (here.acts and there.acts) or {here.site, there.site} == _AFLOAT)
    if here.site and {here.site, there.site} != _AFLOAT and not is_one_act:
        return False
    return (is_one_act or is_alike) and are_elsewhere(here, there)
