"""Who plays which part in an act: who did it, who got it, who was chosen, who somebody was.

Owns the finding of such parts in an English sentence (``data/castings.toml``); in Spanish and Russian ones
``castings_abroad`` beside it finds doers. Must never judge whether two who are named for one part exclude each other
(``doers`` does), nor whether two sentences tell of one event: ``main_events`` does.

Known failures: a doer who is told by a pronoun; a person held against the body that he acts for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from news.disputes.openings.castings_abroad import list_doers, without_speaker
from news.disputes.openings.doers import is_person
from news.reports.tellings import tell
from news.tables import load_toml
from news.words.meanings import meanings_in
from news.words.small_letters import small
from news.words.text import lower_in_place
from news.words.vocabulary import language_of

__all__ = ["Casting", "list_castings", "may_be_one_deed", "with_name"]

_MAX_QUOTE = 500
_MAX_PART = 80
_NEAR = 20
_ONE_DEED = 3
_HE = re.compile(r"(?:He|She)\b")
_FULL_NAME = re.compile(r"\b[A-ZÀ-Þ][\w'’-]+(?: (?:van |von |de |del |al-)?[A-ZÀ-Þ][\w'’-]+){1,3}")

_CLAUSE = re.compile(
    r"[;:“”\"()—–]|, (?:and|but|while|whereas|so|yet)\b|\b(?:but|while|whereas|although|though|because|when|after|as)\b"
)
_NOUN_ENDS = re.compile(
    r"[,;:.“”\"()—–?!]|\b(?:who|which|that|whose|where|when|while|as|in|on|at|with|near|off(?!-)|from|after|before|for|during|"
    r"over|under|against|to|and then|but|because|by|into|through|had|has|have|was|were|is|are|will|early|late|"
    r"yesterday|today)\b"
)
_THROUGH = re.compile(
    r"^(?:[\w'’-]+ ){1,5}?(?:fired|launched|sent|dropped|flown|chartered|hired|employed|led|paid|handled|operated|held|"
    r"driven|planted|thrown|released|started|lit|run|owned|steered) (?:by|from) "
)
_WEAPON_OF = re.compile(
    r"^(?:the |a |an )?(?:[a-z]+ )?(?:shells?|missiles?|rockets?|drones?|bombs?|bullets?|artillery|aircraft|guns?|fire)"
    r" (?:of|from) "
)
_PASSIVE = re.compile(r"\b(?:is|are|was|were|be|been|being|got)(?: (?!by\b)[\w'’-]{1,14}){0,2} $")
_BY = re.compile(
    r"^(?:(?!\b(?:was|were|is|are|and|but|who|which)\b)[^.;:]){0,70}?\b"
    r"by (?!(?:the (?:end|time)|now|then|mistake|accident|itself|phone|video|far|night|sea|air)\b)"
)
_CLEFT = re.compile(r"\bit was (?P<who>[^.;“”]{2,90}?),? (?:who|that|which|whom) (?:had |has |have |\w+ly )*$")
_RELATIVE = re.compile(r"\b(?:who|that|which)(?: had| has| have| \w+ly)* $")
_UNTOLD = re.compile(
    r"\b(?:to|would|could|might|may|should|will|can|not|never|n['’]t|if|whether|if|nobody|no one|none|without)"
    r"(?: [\w'’-]{1,12}){0,1} $|n['’]t $"
)
_ASIDE = re.compile(r",? (?:and )?not (?:any |the |a |an |by )?[^,.;]{2,40}(?:,|$)|,? rather than [^,.;]{2,40}(?:,|$)")
_AUXILIARY = re.compile(r"(?: (?:had|has|have|having|also|then|\w+ly))+ ?$")
_SUBJECT_ENDS = re.compile(
    r",|\b(?:who|which|that|whose|in|on|at|with|near|off|after|before|from|under|by|(?<!working )(?<!acting )for)\b"
)
_FINITE = re.compile(r"\b(?:has|have|had|is|are|was|were|did|does|do|will|would)\b")
_NEGATED = re.compile(r"^(?:no|not|nobody|none|neither|never|nothing|any|without)\b")
_PRONOUN = re.compile(r"^(?:i|he|she|it|they|we|you|who|which|that|this|these|those|one|what)\b")
_LINES = re.compile(
    r"\b(?:the work of|the fault of|blamed on|laid at the door of|at the hands of|the doing of|thanks to|down to|"
    r"(?:attributed|attributes|put|puts) [^.;]{3,60}? down to|attribut(?:ed|es) [^.;]{3,60}? to) "
)
_WHOSE = re.compile(
    r"^the (?:man|men|woman|women|people|person|one|ones|animal|vessel|ship|plane|drone|group|team|gang|vehicle|driver|"
    r"company) (?:who|that|which) (?P<did>[^.;“”]{3,90}?) (?:was|were|is|are) (?!(?:not|no|never)\b)"
)
_TO_BLAME = re.compile(r" (?:is|are|was|were) (?:to blame|responsible|behind|guilty)\b")


@dataclass(frozen=True, slots=True)
class Casting:
    """One part of a sentence.

    Attributes:
        part: the act and the part, such as ``find`` or ``gain``, ``post``, ``identity``.
        who: the words for whoever plays it, as written.
        is_stressed: the sentence is turned so as to say just that: "it was X who".
        rest: meanings of the sentence without ``who``.
    """

    part: str
    who: str
    is_stressed: bool
    rest: frozenset[str]
    quote: str


@cache
def _acts() -> Mapping[str, re.Pattern[str]]:
    table: Mapping[str, str] = load_toml("castings.toml")["acts"]
    return {name: small(rf"\b(?:{words})\b") for name, words in table.items()}


@cache
def _any_act() -> re.Pattern[str]:
    table: Mapping[str, str] = load_toml("castings.toml")["acts"]
    return small(rf"(?<=\w )(?:{'|'.join(table.values())})\b")


@cache
def _cues(table: str, name: str) -> re.Pattern[str]:
    rows: Mapping[str, str] = load_toml("castings.toml")[table]
    return small(rf"\b(?:{rows[name].replace('{post}', rows.get('post', ''))})\b")


@lru_cache(maxsize=1 << 12)
def list_castings(quote: str) -> tuple[Casting, ...]:
    """Return who plays which part in a sentence, in order of the table; the same part may have several."""
    language = language_of(quote)
    if language in {"es", "ru"}:
        return tuple(_cast_abroad(quote, language))
    core = tell(quote[:_MAX_QUOTE]).core
    text = lower_in_place(core)
    found: dict[tuple[str, str], Casting] = {}
    for part, who, is_stressed in (*_doers(text, core), *_gainers(text, core), *_holders(text, core)):
        if _is_somebody(who):
            rest = meanings_in(quote.replace(who, " "))
            found.setdefault((part, who), Casting(part, who, is_stressed, rest, quote))
    return tuple(found.values())


def _cast_abroad(quote: str, language: str) -> Iterator[Casting]:
    told = without_speaker(quote, language)
    for part, who in dict.fromkeys(list_doers(quote, language)):
        rest = meanings_in(told.replace(who, " "), language)
        yield Casting(part, who, is_stressed=False, rest=rest, quote=quote)


def may_be_one_deed(one: Casting, other: Casting) -> bool:
    """Return whether two sentences may tell of one deed; of English ones ``main_events`` asks more.

    A Spanish or Russian sentence that tells of the other's doer as well tells of another deed ("the army attacked a
    camp of the rebels"), and so does one that has less than three words in common with it.
    """
    pairs = [(here, there, language_of(here.quote)) for here, there in ((one, other), (other, one))]
    if all(language not in {"es", "ru"} for _, _, language in pairs):
        return True
    if any(meanings_in(here.who, language) & there.rest for here, there, language in pairs):
        return False
    return len(one.rest & other.rest) >= _ONE_DEED


def with_name(quote: str, before: str) -> str:
    """Return a sentence that begins with "he" with the one person whom the sentence before it names in his place."""
    if not _HE.match(quote):
        return quote
    names = [one for one in _FULL_NAME.findall(before) if is_person(one)]
    return _HE.sub(names[0], quote, count=1) if len(set(names)) == 1 else quote


def _is_somebody(who: str) -> bool:
    low = who.lower()
    return bool(who) and not _NEGATED.match(low) and not _PRONOUN.match(low)


def _noun(core: str, start: int) -> str:
    """Return the words for somebody that begin at ``start``; of "six missiles fired by X" those for X."""
    piece = core[start : start + 2 * _MAX_PART]
    through = _THROUGH.match(lower_in_place(piece))
    piece = _WEAPON_OF.sub("", piece[through.end() if through else 0 :])[:_MAX_PART]
    end = _NOUN_ENDS.search(piece.lower())
    return piece[: end.start() if end else len(piece)].strip(" ,")


def _subject(core: str, text: str, end: int) -> tuple[str, bool]:
    """Return whoever stands before a verb that begins at ``end``, and whether the sentence is turned to say so."""
    cleft = _CLEFT.search(text[:end])
    if cleft is not None:
        return _clefted(core, text, end, cleft), True
    start = max((one.end() for one in _CLAUSE.finditer(text, 0, end)), default=0)
    if _UNTOLD.search(lower_in_place(core[start:end])):
        return "", False
    clause = _AUXILIARY.sub(" ", core[start:end])
    relative = _RELATIVE.search(lower_in_place(core[start:end]))
    if relative is not None:
        return clause[: relative.start()].split(",")[-1].strip(" ,"), False
    return _first_noun(_ASIDE.sub("", clause).strip(" ,")), False


def _clefted(core: str, text: str, end: int, cleft: re.Match[str]) -> str:
    """Return whoever a turned sentence names: "it was X who did", "it was no Y who did it but X"."""
    if not _NEGATED.match(cleft["who"]):
        return _ASIDE.sub("", core[slice(*cleft.span("who"))]).strip(" ,")
    but = re.search(r"\bbut (?!(?:was|were|had|then|did|not)\b)", text[end : end + 2 * _MAX_PART])
    return _noun(core, end + but.end()) if but is not None else ""


def _first_noun(clause: str) -> str:
    """Return the first noun of a clause with what belongs to it; "" where another verb stands between."""
    if _FINITE.search(clause):
        return ""
    ends = _SUBJECT_ENDS.search(clause)
    first = clause[: ends.start() if ends else len(clause)].strip(" ,")
    if first.endswith(" and"):
        return ""
    done = _any_act().search(lower_in_place(first))  # of "he broke in and took the coins" he is who took them
    return first[: done.start() if done else len(first)].strip(" ,")


_NO_OBJECT = re.compile(r" (?:on|in|at|near|off|last|this|after|during|outside|earlier|yesterday|from)\b|[,.;]")
_THEN = re.compile(r"[^.;,]{3,60}?(?<!who)(?<!that)(?<!which) (?:has|have|had|was|were|is|are|will|lies)\b")
"""What goes on after "the yacht stopped on Tuesday": it is what was done to the yacht."""
_IN_HEADLINE = re.compile(r"$| (?:in|at|near|off|over|after|by|during|as|amid)\b")
_PARTICIPLE = re.compile(r"(?:ed|held|found|taken|sunk|shot|stolen)$")
_DENIED = re.compile(r"\b(?:not|never)\b|n['’]t\b")


def _doers(text: str, core: str) -> Iterator[tuple[str, str, bool]]:
    for act, pattern in _acts().items():
        for verb in pattern.finditer(text):
            if not _is_done_to(text, verb):
                yield act, *_subject(core, text, verb.start())
                continue
            by = _BY.match(text[verb.end() :])
            if by is not None and not _DENIED.search(text, max(0, verb.start() - _NEAR), verb.start()):
                yield act, _noun(core, verb.end() + by.end()), False
    yield from _blamed(text, core)


def _is_done_to(text: str, verb: re.Match[str]) -> bool:
    """Return whether a verb tells what was done to whoever stands before it: "the tanker, seized on Sunday"."""
    if _PASSIVE.search(text[: verb.start()]) or text.startswith(" by ", verb.end()):
        return True
    if not text.endswith((".", "!", "?", "”", '"')) and _IN_HEADLINE.match(text, verb.end()):
        return bool(_PARTICIPLE.search(verb.group()))  # "firm raided over prices"
    has_object = not _NO_OBJECT.match(text, verb.end())
    is_reduced = verb.group().endswith("ed") and bool(_THEN.match(text, verb.end()))
    return not has_object and (text.endswith(", ", 0, verb.start()) or is_reduced)


def _blamed(text: str, core: str) -> Iterator[tuple[str, str, bool]]:
    """Yield whoever is said to have done it in other turns: "the men who did it were", "because X had"."""
    whose = _WHOSE.match(text)
    if whose is not None:
        for act, pattern in _acts().items():
            if pattern.search(whose["did"]):
                yield act, _noun(core, whose.end()), True
    for cue in re.finditer(r"\bbecause (?!of\b)", text):
        yield "cause", _noun(core, cue.end()), False
    for cue in _LINES.finditer(text):
        yield "cause", _noun(core, cue.end()), True
    blame = _TO_BLAME.search(text)
    if blame is not None:
        yield "cause", _subject(core, text, blame.start())[0], True


def _gainers(text: str, core: str) -> Iterator[tuple[str, str, bool]]:
    for verb in _cues("gains", "subject").finditer(text):
        if not _PASSIVE.search(text[: verb.start()]):
            yield "gain", _subject(core, text, verb.start())[0], False
    for verb in _cues("gains", "by").finditer(text):
        is_passive = _PASSIVE.search(text[: verb.start()]) or text.startswith(" by ", verb.end())
        by = _BY.match(text[verb.end() :]) if is_passive else None
        if by is not None:
            yield "gain", _noun(core, verb.end() + by.end()), False
    for verb in _cues("gains", "to").finditer(text):
        to = re.match(r"[^.;:]{0,60}?\bto (?!(?:be|the public|court|press|work|sea|war)\b)", text[verb.end() :])
        if to is not None:
            yield "gain", _noun(core, verb.end() + to.end()), False
    for cue in _cues("gains", "owner").finditer(text):
        yield "gain", _noun(core, cue.end() + 1), False


def _holders(text: str, core: str) -> Iterator[tuple[str, str, bool]]:
    posts = _cues("posts", "post")
    if posts.search(text) or re.search(r"\bled\b|\bchoice\b", text):
        for cue in _cues("posts", "holder").finditer(text):
            yield "post", _name_at(core, cue.end()), False
        for cue in _cues("posts", "becomes").finditer(text):
            yield "post", _last_name(_subject(core, text, cue.start())[0]), False
        for cue in re.finditer(r"\b(?:is|was|will be) ", text):
            if posts.search(text, max(0, cue.start() - 60), cue.start()):
                yield "post", _name_at(core, cue.end()), False
    for cue in _cues("identities", "cues").finditer(text):
        yield "identity", _name_at(core, cue.end()), False


_NAME = re.compile(
    r"\W{0,3}(?:(?:the|a|an) )?(?:[a-z-]{2,14} ){0,3}"
    r"((?:[^\W\d_a-zа-яё][\w'’-]+[ ,]?(?: ?(?:van|von|de|del|al|el|bin|der|da|di) )?){2,4})"
)


def _name_at(core: str, start: int) -> str:
    found = _NAME.match(core[start:])
    return found[1].strip(" ,") if found is not None else ""


def _last_name(who: str) -> str:
    found = list(_NAME.finditer(who))
    return found[-1][1].strip(" ,") if found else ""
