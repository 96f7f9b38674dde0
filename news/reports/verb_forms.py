"""What form of a verb a Spanish or Russian word has, and by which root its act is known.

Owns the endings of both languages, read from ``data/verbs.toml``. Must never look at a sentence: a word is all that is
asked for, so a noun that ends as a verb does ("sospechado", "причал") may be taken for one unless the table lists it.

A root is no word: the forms of one verb, and the usual noun of its act, give one ("cerró", "cerrará" and "cierre" are
"cerr"; "закрыт", "закроет" and "закрытие" are "закр"). Known failure: two aspects, two roots ("строил", "построил").
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from typing import NamedTuple

from news.memo import WordMemo
from news.tables import load_toml

__all__ = ["Form", "VerbForm", "form_of", "forms", "listed_verbs", "verb_pattern"]

_LEAST_ROOT = 3
_SHORT = 5


class Form(StrEnum):
    """How a word stands as a verb."""

    PAST = "past"
    PARTICIPLE = "participle"
    FULL = "full"
    """A Russian participle that stands before its noun or behind a comma: "затонувший"."""
    AHEAD = "ahead"
    """The future, what would be, and what somebody wants to be."""
    INFINITIVE = "infinitive"
    FINITE = "finite"
    """Any other form that makes a clause."""
    NONE = "none"


class VerbForm(NamedTuple):
    """The form of a word and the root that it shares with the other forms of its verb."""

    form: Form
    root: str


@cache
def listed_verbs(language: str, name: str) -> frozenset[str]:
    """Return the words of one list of ``verbs.toml``."""
    return frozenset(str(load_toml("verbs.toml")[language].get(name, "")).split())


@cache
def verb_pattern(language: str, name: str) -> re.Pattern[str]:
    """Return one pattern of ``verbs.toml``; it finds nothing where a language has none."""
    return re.compile("".join(str(load_toml("verbs.toml")[language].get(name, "(?!)")).split("\n")))


_ORDER = {
    "es": (Form.PAST, Form.FINITE, Form.PARTICIPLE, Form.AHEAD, Form.INFINITIVE),
    "ru": (Form.FINITE, Form.PARTICIPLE, Form.FULL, Form.PAST, Form.AHEAD, Form.INFINITIVE),
}


def _form(word: str, language: str) -> Form:
    if word in listed_verbs(language, "nouns"):
        return Form.NONE
    for form in _ORDER[language]:
        if verb_pattern(language, form.value).fullmatch(word):
            is_now = form is Form.AHEAD and verb_pattern(language, "present").fullmatch(word)
            return Form.FINITE if is_now else form
    return Form.NONE


@cache
def _irregular(language: str) -> Mapping[str, str]:
    """Return a form that no ending tells -> the infinitive, those of nouns of an act included."""
    found: dict[str, str] = {}
    for table in ("irregular", "acts"):
        for row in listed_verbs(language, table):
            infinitive, _, each = row.partition("=")
            for form in each.split("/"):
                plain = re.sub(r"\[(.)(.)\]", r"\1", form), re.sub(r"\[(.)(.)\]", r"\2", form)
                found.update(dict.fromkeys(plain, infinitive))
    return found


@cache
def _ends(language: str) -> tuple[tuple[str, str], ...]:
    """Return the end of an irregular form, and of its infinitive, the longest first: "tuvo", "tener"."""
    rows = (row.partition("=") for row in listed_verbs(language, "ends"))
    return tuple(sorted(((end, whole) for end, _, whole in rows), key=lambda row: (-len(row[0]), row)))


_ES_VERB = re.compile(
    r"(?:(?:[aei]r|[aei]rse)(?:l[aeo]s?)?|[aei]r(?:án?|emos|ían?|íamos)|(?:ad|id|íd)[oa]s?|ando|iendo|yendo|aron|ieron|"
    r"yeron|eron|[iy]?ó|aban?|ían?|a(?:ra|se)n?|ie(?:ra|se)n?|aci[óo]n(?:es)?|ici[óo]n(?:es)?|cci[óo]n(?:es)?|ci[óo]n(?:es)?|"
    r"i[óo]n(?:es)?|amientos?|imientos?|ajes?|an|en|es|as|os|[aeoé])$"
)
_RU_VERB = re.compile(
    r"(?:(?:ы|и)ва(?:ть|л[аои]?|ет|ют|ния|ние|нию|нием|нии)|ова(?:ть|л[аои]?|н[аоы]?|ни[ея]|нию|нием|нии)|"
    r"[аяеиыуо]?(?:вш|ш|нн|ённ|т|н|щ)(?:ий|ый|ая|ое|ее|ие|ые|его|ого|ей|ой|ему|ому|им|ым|ими|ыми|их|ых|ую|ем|ом)|"
    r"(?:[её]|а|я)?ни(?:е|я|ю|ем|и|ях|й)|(?:ти)(?:е|я|ю|ем|и)|[аяеиыуо]?(?:ть|ти|чь)|[аяеиыуо]?л[аои]?|(?:[её]|а|я)н[аоы]?|"
    r"[ыия]т[аоы]?|[её]т|[уюая]т|ом|ами|ах|ям|ов|ы|и|а|у|е|я|ю|ой|ей|ий|ь)$"
)
_RU_THEME = re.compile(r"(?:ирова|ова|ева|ну|[аяеёиоуы])$")
_TURNED = (("ie", "e"), ("ue", "o"), ("i", "e"), ("u", "o"))
_SOFT = (
    (re.compile(r"(?:жд|[джзг])$"), "з"),
    (re.compile(r"(?:ст|[щчткц])$"), "т"),
    (re.compile(r"[сш]$"), "с"),
    (re.compile(r"([впбм])л$"), r"\1"),
)


def _root(word: str, language: str) -> str:
    known = _irregular(language).get(word, word)
    if language == "ru":
        return _russian_root(known)
    if known == word:
        end = next((row for row in _ends(language) if word.endswith(row[0])), None)
        known = word if end is None else word[: -len(end[0])] + end[1]
    return _spanish_root(known)


def _spanish_root(word: str) -> str:
    """Return a Spanish word without its ending, its last vowel as it is without a stress, its last letter by sound."""
    root = _ES_VERB.sub("", word) or word
    if len(root) < _LEAST_ROOT:
        root = root or word
    root = re.sub(r"qu$", "c", re.sub(r"gu$", "g", root))
    root = f"{root[:-1]}c" if root.endswith("z") else root
    vowel = re.search(r"(ie|ue|[aeiou])([^aeiou]*)$", root)
    if vowel is None or vowel.start() == 0:
        return root
    turned = dict(_TURNED).get(vowel[1], vowel[1])
    return f"{root[: vowel.start()]}{turned}{vowel[2]}"


def _russian_root(word: str) -> str:
    """Return a Russian word without its ending, the vowel before it and what softens its last letter."""
    bare = word[:-2] if word.endswith(("ся", "сь")) and len(word) > _SHORT else word
    root = _RU_VERB.sub("", bare)
    root = root if len(root) >= _LEAST_ROOT else bare
    theme = _RU_THEME.sub("", root)
    root = (theme if len(theme) >= _LEAST_ROOT else root).replace("ё", "е")
    for pattern, plain in _SOFT:
        turned, n_found = pattern.subn(plain, root)
        if n_found:
            return turned
    return root


def _memo(language: str) -> WordMemo[VerbForm]:
    return WordMemo(lambda word: VerbForm(_form(word, language), _root(word, language)))


_FORMS = {language: _memo(language) for language in _ORDER}


def form_of(word: str, language: str) -> VerbForm:
    """Return the form and the root of a word in small letters, accents kept; ``language`` is "es" or "ru"."""
    return _FORMS[language][word]


def forms(language: str) -> WordMemo[VerbForm]:
    """Return the table behind ``form_of``, for who asks it of many words."""
    return _FORMS[language]
