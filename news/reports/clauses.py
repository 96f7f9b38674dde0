"""A sentence as a row of words with their clauses and quotations, and the acts that it names.

Owns where a clause ends, what stands in quotation marks, and which words are verbs or nouns of an act. Must not decide
how sure an act is (``news.reports.modality``) nor when it was (``news.reports.anchoring``).

There is no parser behind it: a word's form, its neighbours and the lexicon decide. Known failures: verbs that look
like nouns in headlines ("Talks collapse fears"), participles after a noun ("the troops sent home").
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import reduce
from itertools import accumulate, compress
from operator import add, not_, or_
from typing import NamedTuple

from news.memo import WordMemo
from news.model import EventKind
from news.reports.lexicon import ACT, MARKS, NUMBER, PHRASE, POSSESSIVE, ROLES, Form, Lexicon, Sense, Word
from news.words.text import lower_in_place

MAX_WORDS = 160
"""Words of a sentence that are looked at; what comes after is a list or a run-on, and no clause rule holds there."""

# It begins with a set of characters, over which the search runs without trying the rest at each sign. Nearly all words
# are plain letters before a space or a stop, and need no second try.
_WORD = re.compile(r"(\w(?:(?<=[a-z])[a-z]*+(?=[ ,.])|(?<!\d)\w*(?:'\w+)*|\d*(?:[.,]\d+)*))")
_APOSTROPHES = str.maketrans("’ʼ‘", "'''")
_HYPHENS = frozenset("-‐‑")
_QUOTE_MARK = re.compile("[“”«»]")
_ANY_QUOTE = re.compile('["“”«»]')
_OPENING, _CLOSING = frozenset("“«"), frozenset("”»")

_R = ROLES
_LINK = _R["auxiliary"] | _R["adverb"] | _R["negation"]
_LEADS_VERB = _R["to"] | _R["modal"] | _R["would"] | _R["future"] | _R["pronoun"]
_LIGHT = _R["light"]
_LEADS_NOUN = _R["determiner"] | _R["preposition"]
_NOTED = ACT | PHRASE | _R["speech"]
_PHRASE_GAP = 4
_MAX_ADVERBS = 3
_SHORT_WORD = 3
_GAPS = WordMemo(lambda gap: sum(MARKS.get(mark, 0) for mark in gap))
"""What stands between two words -> how strong a boundary its marks make."""


class Act(NamedTuple):
    """A word that names an act: its place in the row, its sense, and how it stands there."""

    at: int
    sense: Sense
    form: Form
    """NONE for a noun."""
    is_quoted: bool = False


@dataclass(slots=True)
class Row:
    """The words of one sentence, in order.

    ``starts`` is where they stand in ``text``, and ``offset`` is where ``text`` stands in the article; ``depth`` counts
    the clause boundaries before a word, weighted, so the difference of two depths says how far apart in the syntax two
    words are; ``roles`` is all roles that occur, ``unquoted_roles`` those outside quotation marks; ``labels`` are the
    names of the lists of fixed wordings that occur: ``threat``, ``opinion``, ``call``, ``background``; ``noted`` are
    the indexes of the words that name an act, tell of speech or begin a fixed wording: all others need no second look.
    """

    text: str
    offset: int
    is_question: bool
    words: list[Word]
    starts: list[int]
    depth: list[int]
    quoted: list[bool]
    noted: list[int]
    roles: int = 0
    unquoted_roles: int = 0
    labels: set[str] = field(default_factory=set)

    def start_of(self, at: int) -> int:
        """Return the offset of a word in ``text``."""
        return self.starts[at]

    def is_capital(self, at: int) -> bool:
        """Say whether a word is written with a capital."""
        return self.text[self.starts[at]].isupper()

    def is_joined(self, at: int) -> bool:
        """Say whether a word is the second half of a compound: "Russian-supplied"."""
        start = self.starts[at]
        return start > 0 and self.text[start - 1] in _HYPHENS

    def index_of(self, offset: int) -> int:
        """Return the index of the first word at or after ``offset`` of the article, or the last word."""
        at = bisect_left(self.starts, offset - self.offset)
        return min(at, max(0, len(self.starts) - 1))


def parse_row(text: str, offset: int, lexicon: Lexicon, *, is_in_quote: bool = False) -> Row:
    """Return the words of the sentence ``text`` that starts at ``offset`` of its article.

    ``is_in_quote`` says that a quotation that the sentence before opened is still open.
    """
    pieces = _WORD.split(_lowered(text))  # what stands between the words, and the words, in turns
    words = [lexicon[word] for word in pieces[1::2]]
    gaps = pieces[:-1:2]
    roles = [word.roles for word in words]
    row = Row(
        text,
        offset,
        is_question=text.rstrip('"”» )').endswith("?"),
        words=words,
        starts=list(accumulate(map(len, pieces)))[:-1:2],
        depth=list(accumulate(map(add, map(_GAPS.__getitem__, gaps), [word.opens for word in words]))),
        quoted=_list_quoted(text, gaps, is_in_quote=is_in_quote),
        noted=[at for at, role in enumerate(roles) if role & _NOTED],
    )
    row.roles = row.unquoted_roles = reduce(or_, roles, 0)
    if True in row.quoted:
        row.unquoted_roles = reduce(or_, compress(roles, map(not_, row.quoted)), 0)
    _cap(row)
    if row.roles & PHRASE:
        _label(row)
    return row


def _list_quoted(text: str, gaps: Sequence[str], *, is_in_quote: bool) -> list[bool]:
    """Return for each word whether it stands in a quotation; ``gaps`` are what stands before each."""
    if not is_in_quote and not _ANY_QUOTE.search(text):
        return [False] * len(gaps)
    in_quote = is_in_quote or _opens_in_quote(text)
    quoted = []
    for gap in gaps:
        for mark in gap if gap != " " else "":
            in_quote = mark in _OPENING or ((in_quote ^ (mark == '"')) and mark not in _CLOSING)
        quoted.append(in_quote)
    return quoted


def _lowered(text: str) -> str:
    """Return ``text`` in lower case with plain apostrophes, offset for offset."""
    if text.isascii():
        return text.lower()
    return lower_in_place(text).translate(_APOSTROPHES)


def _cap(row: Row) -> None:
    if len(row.words) > MAX_WORDS:
        for column in (row.words, row.starts, row.depth, row.quoted):
            del column[MAX_WORDS:]
        row.noted = [at for at in row.noted if at < MAX_WORDS]


def leaves_open(text: str, *, is_in_quote: bool) -> bool:
    """Say whether a quotation is open when ``text`` ends. Straight marks do not count: both ends look the same."""
    if text.isascii():
        return is_in_quote
    opened = max(text.rfind(mark) for mark in _OPENING)
    closed = max(text.rfind(mark) for mark in _CLOSING)
    return is_in_quote if opened == closed else opened > closed


def _opens_in_quote(text: str) -> bool:
    """Say whether a sentence goes on with the quotation of the one before: its first quotation mark closes."""
    mark = None if text.isascii() else _QUOTE_MARK.search(text)
    return mark is not None and mark.group() in _CLOSING


def _label(row: Row) -> None:
    words = row.words
    for at in row.noted:
        openings = words[at].phrases
        if not openings:
            continue
        second = words[at + 1].text if at + 1 < len(words) else ""
        if "" not in openings and second not in openings:
            continue  # so it is with nearly all
        for rest, name in (*openings.get("", ()), *openings.get(second, ())):
            if len(rest) <= 1 or tuple([word.text for word in words[at + 1 : at + 1 + len(rest)]]) == rest:
                row.labels.add(name)


def find_acts(row: Row, lexicon: Lexicon) -> list[Act]:
    """Return the acts of a sentence in order of their words; a word gives at most one."""
    acts = []
    for at in row.noted:
        if not row.words[at].roles & ACT:
            continue
        act = _verb_act(row, at, lexicon.language) or _noun_act(row, at)
        if act is not None:
            acts.append(act)
    return acts


def _verb_act(row: Row, at: int, language: str) -> Act | None:
    word = row.words[at]
    if not word.verbs or word.roles & POSSESSIVE or row.is_joined(at) or _introduces_quote(row, at):
        return None
    sense = _complete_sense(row, at)
    if sense is None or not _IS_VERB[language](row, at, sense):
        return None
    form = Form.PAST if word.form is Form.PARTICIPLE else word.form
    return Act(at, _in_context(row, sense), form, row.quoted[at])


def _introduces_quote(row: Row, at: int) -> bool:
    """Say whether a verb only means "said": "He continued: 'If they leave ...'"."""
    is_light = bool(row.words[at].roles & _LIGHT)
    return is_light and not row.quoted[at] and row.quoted[at + 1 : at + 2] == [True]


def _complete_sense(row: Row, at: int) -> Sense | None:
    """Return the first sense of a verb whose phrase is complete: its first word soon after the verb, then the rest."""
    for sense in row.words[at].verbs:
        if not sense.rest or _is_complete(row, at, sense.rest):
            return sense
    return None


def _is_complete(row: Row, at: int, rest: tuple[str, ...]) -> bool:
    words, size = row.words, len(rest)
    gap = _PHRASE_GAP if len(rest[0]) > _SHORT_WORD else 1
    for place in range(at + 1, min(at + 1 + gap, len(words))):
        if words[place].stem == rest[0] and tuple([word.stem for word in words[place : place + size]]) == rest:
            return True
    return False


def _before(row: Row, at: int) -> Word | None:
    """Return the word before ``at`` in the same clause, adverbs left out."""
    place = at - 1
    while place >= 0 and row.words[place].roles & _R["adverb"] and at - place <= _MAX_ADVERBS:
        place -= 1
    is_near = place >= 0 and row.depth[at] - row.depth[place] < 1
    return row.words[place] if is_near else None


def _is_english_verb(row: Row, at: int, sense: Sense) -> bool:
    word, before = row.words[at], _before(row, at)
    roles = before.roles if before else 0
    if word.form is Form.PAST:
        is_passive = bool(word.roles & _R["never_passive"] and roles & _R["be"])
        return not is_passive and (not roles & (_LEADS_NOUN | POSSESSIVE) or bool(roles & _LEADS_VERB))
    if word.form is Form.ING:
        return bool(roles & _R["be"]) or _is_gerund(row, at, roles)
    if roles & _LEADS_VERB or (before and before.text in {"did", "does", "do", "not"}):
        return True
    if roles & (_LEADS_NOUN | POSSESSIVE):
        return False
    return _is_headline_verb(row, at) if word.roles & _R["nounish"] and not sense.rest else at > 0


def _is_gerund(row: Row, at: int, roles: int) -> bool:
    """Tell "carrying 100 men" and ", helping Iran" from the describing "financing plan" and "training flight"."""
    if roles & _R["determiner"] or at + 1 >= len(row.words):
        return False
    if at and (row.words[at - 1].verbs or (roles & _R["preposition"] and not row.words[at].roles & _R["nounish"])):
        return True
    after = row.words[at + 1]
    return bool(after.roles & (_LEADS_NOUN | NUMBER)) or row.is_capital(at + 1)


def _is_headline_verb(row: Row, at: int) -> bool:
    """Say whether a word that may be a noun is a verb of the present: a name before it, an object after it."""
    if at == 0 or at + 1 >= len(row.words) or row.words[at].form is not Form.PRESENT:
        return False
    after = row.words[at + 1]
    is_object = bool(after.roles & (_R["determiner"] | NUMBER | _R["to"])) or row.is_capital(at + 1)
    return is_object and not row.words[at - 1].verbs


def _is_spanish_verb(row: Row, at: int, sense: Sense) -> bool:
    word, before = row.words[at], _before(row, at)
    roles = before.roles if before else 0
    if word.form is Form.PARTICIPLE:
        return bool(roles & _R["auxiliary"]) and not roles & _R["preposition"]
    if word.form is Form.PRESENT:
        is_noun_place = bool(roles & (_LEADS_NOUN | _R["preposition"])) and not roles & _R["auxiliary"]
        return at > 0 and not is_noun_place and (word.noun is None or bool(sense.rest))
    return not row.is_capital(at) or at == 0


def _is_russian_verb(row: Row, at: int, sense: Sense) -> bool:
    word, before = row.words[at], _before(row, at)
    is_noun_place = before is not None and bool(before.roles & _R["preposition"])
    return word.form is not Form.BASE and not (is_noun_place and not sense.rest)


_IS_VERB = {"en": _is_english_verb, "es": _is_spanish_verb, "ru": _is_russian_verb}


def _noun_act(row: Row, at: int) -> Act | None:
    """Return the act that a noun names; a noun that only describes another ("attack dog") is none, nor is a name."""
    word = row.words[at]
    if word.noun is None or (row.is_capital(at) and at > 0 and row.is_capital(at - 1)):
        return None
    return Act(at, _in_context(row, word.noun), Form.NONE, row.quoted[at])


def _in_context(row: Row, sense: Sense) -> Sense:
    """A quake that strikes attacks nobody, a warning of a storm threatens nobody, and workers who strike protest."""
    if sense.kind is EventKind.THREATEN and row.roles & _R["nature"]:
        return Sense(EventKind.OTHER, sense.trigger, sense.rest)
    if sense.kind is EventKind.ASSAULT and row.roles & (_R["nature"] | _R["labour"]):
        if row.roles & _R["nature"]:
            return Sense(EventKind.OTHER, sense.trigger, sense.rest)
        if sense.trigger == "strike":
            return Sense(EventKind.PROTEST, sense.trigger, sense.rest)
    return sense


def is_speech(word: Word) -> bool:
    """Say whether a word tells that somebody says something."""
    return bool(word.roles & _R["speech"])


def links(word: Word) -> bool:
    """Say whether a word belongs to the verb group to its right: auxiliaries, adverbs, negation."""
    return bool(word.roles & _LINK)
