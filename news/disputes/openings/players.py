"""Who alone can have played a part in an event: who drove, built, won, gave the order, fired first.

Owns the finding of such parts in a sentence in English, Spanish and Russian (``data/players.toml``), and whether two
who are named for one exclude each other. Must never choose the story: two openings are asked that are on one event.

Two exclude each other by their names where both have some, by their countries, and by what they are where each is
something that few are ("the deputy", "his chauffeur"). Who is only "a man" or "the driver" excludes nobody.

Known failures: somebody told by a pronoun; a firm under two names; a father and a son of one surname.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import cache, lru_cache

from news.decision import Dispute, FactKind, StoredArticle
from news.disputes.cues import is_contesting
from news.disputes.desk import Desk
from news.disputes.frames.ties import Opening, open_article, open_stored, weigh_tie
from news.disputes.openings.bearing import is_since
from news.disputes.openings.castings_abroad import without_speaker
from news.disputes.openings.doers import are_rivals, is_generic
from news.disputes.parties import is_told_by_two, speaker_of
from news.names.entities import lookup
from news.names.peoples import country_of_word, is_of_people
from news.reports.progress import is_development
from news.reports.tellings import listed, tell
from news.tables import load_toml
from news.words.meanings import is_date_word, is_faint, meanings_in
from news.words.small_letters import small
from news.words.text import fold, lower_in_place, stop_words
from news.words.transliteration import romanize
from news.words.vocabulary import language_of

__all__ = ["Player", "are_two_players", "find_players", "list_players"]

_MAX_QUOTE, _MAX_WORDS = 500, 10
_TIED = 1.6
_FEW, _MANY = 2, 8
"""Articles of a story in which any two players are held against each other, and those that contest one."""
_BY_CLASS = frozenset({"killer", "holder"})
"""Parts that are told in too many words ("gunmen", "militants"): only known classes of doers exclude each other."""
_MOVING, _SOON = frozenset({"holder"}), timedelta(hours=36)
"""Parts that go from one to the other: who holds a town on Monday may have lost it by Friday."""
_FACING = frozenset({"first", "killer", "attacker", "holder"})
"""Parts of which whoever got it is named in the same breath: "the rebels fired on the army first"."""
_SHARED = 2
_STEM, _SHORT = 6, 3
_CLAUSE = re.compile(
    r"[;:“”\"«()—–]|, (?:and|but|while|which|who|y|pero|mientras|а|но|и|котор\w+)\b|"
    r"\b(?:that|que|что|says?|said|claims?|insists?) "
)
_ENDS = re.compile(
    r"[,.;:“”\"()—–?!]|\b(?:who|which|that|when|while|in|on|at|after|before|for|with|by|from|has|had|was|were|is|y|que|en|"
    r"por|con|cuando|tras|el (?:lunes|martes|miércoles|jueves|viernes|sábado|domingo)|в|на|по|при|после|когда|и|а)\b"
)
_NOT = re.compile(
    r"(?:n['’]t|\b(?:not|never|no|nobody|denied|denies|no era|nunca|nadie|negó|niega|не|никогда|никто|отрица\w+))\b"
    r"(?: [\w'’-]+){0,3} ?$"
)
_UNTOLD = re.compile(
    r"\b(?:would|could|might|may|should|will|can|to|if|whether|who|quién|podría|si|кто|может|бы|если|fear(?:ed|s)?|"
    r"probably|likely|believed|thought)(?: [\w'’-]+){0,4} ?$"
)
_CLEFT = re.compile(r"(?i)^(?:it was|era|fue|fueron|именно|это был[аи]?) ")
_CLEFT_ENDS = re.compile(r",? (?:(?:who|quien(?:es)?|el que|la que|кто)(?: had)?|has|have|had)$")
_FEARED = re.compile(
    r"\b(?:fear\w*|believ\w+|thought|suspect\w*|den(?:y|ied|ies)|tem\w+|cree\w*|опаса\w+|счита\w+),? (?:that|que|что) $"
)
_CLITIC = re.compile(r"(?:^| )(?:l[oae]s?|se|nos|me|его|её|ее|их)$")
_PASSIVE = re.compile(r"\b(?:is|are|was|were|been|being|be|fue|fueron|sido|был[аио]?)$")
_TIME = re.compile(
    r"(?i)^(?:(?:утром|вечером|ночью|днём|днем|сегодня|вчера|накануне|ayer|hoy|anoche|yesterday|today|earlier|then|"
    r"\d{1,2} [а-яё]+)[ ,]+)+"
)
_NO_NOUN = re.compile(
    r"(?i)^(?:в|на|из|за|при|по|с|от|en|por|tras|a|in|at|on|by|after|for|from|with|to) |(?: |^)(?:and|or|y|и|или)$"
)
_DATELINE = re.compile(r"^[A-ZÀ-ÞА-ЯЁ][A-ZÀ-ÞА-ЯЁ' .,-]{2,40}(?:, [^—–-]{2,40})?(?:\([^)]{2,30}\) )? ?[—–-] ")
_AT = re.compile(r" (?:on|near|in|at|off|from|en|cerca|в|на|под|у) ")
_YEAR = re.compile(r"^(?:in|en|в) \d{4}(?: году)? ")
_NAME = re.compile(r"[A-ZÀ-ÞА-ЯЁ][\w'’-]+")
_WORD = re.compile(r"[^\W\d_]{3,}")


@dataclass(frozen=True, slots=True)
class Player:
    """Somebody who plays a part, in the words of the sentence.

    Attributes:
        names: keys of his names that all scripts share; ``countries`` those of countries and peoples.
        nouns: meanings of what he is called besides.
    """

    part: str
    who: str
    quote: str
    names: frozenset[str]
    countries: frozenset[str]
    nouns: frozenset[str]


@cache
def _parts(language: str) -> tuple[tuple[str, bool, re.Pattern[str]], ...]:
    """Return part, whether its player stands before the words, and the words."""
    rows: Mapping[str, Mapping[str, Mapping[str, str]]] = load_toml("players.toml")
    return tuple(
        (name, side == "before", small(rf"\b(?:{cells[language][side]})(?![\w-])"))
        for name, cells in rows.items()
        for side in ("after", "before")
        if side in cells.get(language, {})
    )


@lru_cache(maxsize=1 << 11)
def list_players(quote: str) -> tuple[Player, ...]:
    """Return who plays which part by a sentence, in order of the table; who stands behind the words goes first."""
    language = language_of(quote)
    core = without_speaker(quote, language) if language in {"es", "ru"} else tell(quote[:_MAX_QUOTE]).core
    core = _DATELINE.sub(lambda found: " " * len(found[0]), core)
    text = lower_in_place(core)
    found: dict[str, list[Player]] = {}
    for name, is_before, pattern in _parts(language or "en"):
        if is_before and name in found:
            continue  # "the bridge (object) was built by": what stands before is no player
        for one in pattern.finditer(text):
            who = _stand_before(core, text, one) if is_before else _stand_behind(core, text, one)
            if who:
                found.setdefault(name, []).append(_player(name, who, quote, language))
    return tuple(one for each in found.values() for one in each)


def _stand_before(core: str, text: str, found: re.Match[str]) -> str:
    """Return the words for whoever stands before these ones; empty where that is denied, or no one stands there."""
    start = max((one.end() for one in _CLAUSE.finditer(text, 0, found.start())), default=0)
    lead = text[start : found.start()]
    if _NOT.search(lead) or _UNTOLD.search(lead) or _FEARED.search(text[:start]):
        return ""
    clause = _CLEFT_ENDS.sub("", _CLEFT.sub("", core[start : found.start()].strip(" ,"))).strip(" ,")
    clause = _TIME.sub("", clause)
    is_none = _CLITIC.search(clause.lower()) or _NO_NOUN.search(clause) or _PASSIVE.search(clause.lower())
    return "" if is_none or len(clause.split()) > _MAX_WORDS else clause


def _stand_behind(core: str, text: str, found: re.Match[str]) -> str:
    lead = text[max(0, found.start() - 40) : found.start()]
    if _NOT.search(lead) or _UNTOLD.search(lead):
        return ""
    behind = _YEAR.sub("", core[found.end() :].lstrip(' «“"'))
    end = _ENDS.search(lower_in_place(behind))
    who = behind[: end.start() if end else len(behind)].strip()
    quoted = re.match(r"[^\W\d_]+ ?«([^»]{2,40})»", behind)  # "фирма «Дала-Мост»"
    return quoted[0] if quoted else who


def _player(part: str, who: str, quote: str, language: str) -> Player:
    names, countries = _names_of(who, language)
    head = _head(who, language)
    words = _WORD.findall(_NAME.sub(" ", head) if names else head)
    nouns = frozenset(
        word
        for word in meanings_in(" ".join(word for word in words if not _country_of(word, language)), language)
        if not is_generic(word) and not is_faint(word) and word != "person"
    )
    return Player(part, who.strip(" ,«»"), quote, names, countries, nouns)


def _names_of(who: str, language: str) -> tuple[frozenset[str], frozenset[str]]:
    """Return the names in the words for somebody, and the countries that he is of, told by adjectives too."""
    names, countries = set(), set()
    for one in re.finditer(r"[^\W\d_][\w'’-]+", who):
        word = re.sub(r"['’]s?$", "", one[0])
        country = _country_of(word, language)
        is_plain = is_date_word(word) or fold(word) in stop_words(language or "en") | listed("names", "titles")
        if country:
            countries.add(country)
        elif word[0].isupper() and not is_plain and (one.start() or not _opens(word, language)):
            names.add(romanize(fold(word))[:_STEM])
    return frozenset(names), frozenset(countries)


def _country_of(word: str, language: str) -> str:
    """Return the country that a word is the name or, in Spanish and Russian, the adjective of; empty for none."""
    least = {"es": _SHORT, "ru": _STEM}.get(language)
    return country_of_word(word) if word[0].isupper() or (least is not None and len(word) > least) else ""


def _head(who: str, language: str) -> str:
    """Return the words for somebody without whose he is: "son" of "the senator's son"."""
    if language == "es":
        return re.split(r" de(?:l| la| los| las)? ", who, maxsplit=1)[0]
    return re.split(r" of ", re.split(r"['’]s ", who)[-1], maxsplit=1)[0] if language != "ru" else who


@lru_cache(maxsize=1 << 10)
def _opens(word: str, language: str) -> bool:
    """Return whether a word that opens a sentence is none of a name: the vocabulary has it, or it says who does it."""
    return bool(_WORD.match(word)) and bool(lookup(word) == () and _is_plain(word, language))


def _is_plain(word: str, language: str) -> bool:
    return any(one != romanize(fold(word)) for one in meanings_in(word.lower(), language))


def are_two_players(here: Player, there: Player) -> bool:
    """Return whether two who are told to play one part cannot both have played it."""
    if here.part != there.part or here.names & there.names or here.nouns & there.nouns:
        return False
    if here.part in _BY_CLASS:
        return are_rivals(_AT.split(here.who)[0], _AT.split(there.who)[0])
    if here.countries and there.countries:
        return not here.countries & there.countries
    if here.names and there.names:
        return not any(is_of_people(one, other) for one in here.names for other in there.names)
    return bool(here.nouns and there.nouns) or are_rivals(here.who, there.who)


def find_players(desk: Desk) -> Iterator[Dispute]:
    """Yield who else plays a part than the openings of the story's articles say, each part once for each article.

    A long story has more than one driver: there only who contests the other is asked.
    """
    ours = open_article(desk.case.article)
    players = [one for one in _players_of(ours) if not (is_development(one.quote) or is_since(one.quote))]
    if not players or not 0 < len(desk.others) <= _MANY:
        return
    told = {one.id: _players_of(open_stored(one)) for one in desk.others}
    fresh = [one for one in players if not _is_named(one, list(told.values()))]
    for stored in desk.others:
        theirs = open_stored(stored)
        if weigh_tie(ours, theirs) >= _TIED:
            asked = (one for one in fresh if _is_asked(one, ours, stored, desk))
            found = {
                here.part: (here, there)
                for here in reversed([*asked])
                if (there := _find_rival(here, told[stored.id], ours, theirs)) is not None
            }
            for here, there in found.values():
                sides = (here.who, here.quote), (there.who, there.quote)
                yield from filter(None, [desk.dispute(FactKind.ACTOR, *sides, stored)])


def _is_asked(here: Player, ours: Opening, stored: StoredArticle, desk: Desk) -> bool:
    """Return whether somebody is held against a stored article: it is near enough, and of the same race."""
    if len(desk.others) > _FEW and not is_contesting(here.quote):
        return False
    at = stored.article.published_at
    if here.part in _MOVING:
        return at is not None and abs(desk.now - at) <= _SOON
    return here.part != "winner" or at is None or all(day <= at.date() for day in ours.days)


def _find_rival(here: Player, told: Sequence[Player], ours: Opening, theirs: Opening) -> Player | None:
    """Return the first who is named for the part of ``here`` by another side; the headline speaks for nobody."""
    rivals = (one for one in told if are_two_players(here, one) and _are_of_one(here, one))
    sides = ours.sentences[1:], theirs.sentences[1:]
    return next((one for one in rivals if is_told_by_two(here.quote, sides[0], one.quote, sides[1])), None)


def _are_of_one(here: Player, there: Player) -> bool:
    """Return whether two sentences tell who played one part of one thing, and neither names the other's player."""
    ours, theirs = (_rest_of(one) for one in (here, there))
    if len({word for word in ours & theirs if not is_faint(word)}) < _SHARED:
        return False
    return here.part in _FACING or not (_is_named_by(here, there) or _is_named_by(there, here))


def _rest_of(one: Player) -> frozenset[str]:
    return meanings_in(one.quote.replace(one.who, " "), language_of(one.quote))


def _is_named_by(one: Player, other: Player) -> bool:
    """Return whether the sentence of ``other`` names ``one`` besides its own player: the theatre that he heads."""
    rest = other.quote.replace(other.who, " ")
    speaker = speaker_of(other.quote)
    rest = re.sub(re.escape(speaker), " ", rest, flags=re.IGNORECASE) if speaker else rest
    names, _ = _names_of(rest, language_of(rest))
    return bool(one.names & names) or bool(one.nouns and not one.names and one.nouns <= _rest_of(other))


def _players_of(opening: Opening) -> tuple[Player, ...]:
    return tuple(one for quote in (*opening.sentences[1:], opening.sentences[0]) for one in list_players(quote))


def _is_named(here: Player, told: Sequence[Sequence[Player]]) -> bool:
    """Return whether an article of the story has the player already."""
    return any(
        one.part == here.part and not are_two_players(here, one) and bool(one.names & here.names)
        for each in told
        for one in each
    )
