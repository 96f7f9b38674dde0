"""Numbers in words, spelled by rule from 0 to 999,999, to hold the reader against."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import NamedTuple


def _row(first: int, words: str) -> dict[int, str]:
    return dict(enumerate(words.split(), first))


_EN = _row(0, "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen")
_EN |= _row(17, "seventeen eighteen nineteen")
_EN_TENS = _row(2, "twenty thirty forty fifty sixty seventy eighty ninety")
_ES = _row(0, "cero uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciséis")
_ES |= _row(17, "diecisiete dieciocho diecinueve veinte veintiuno veintidós veintitrés veinticuatro veinticinco")
_ES |= _row(26, "veintiséis veintisiete veintiocho veintinueve")
_ES_TENS = _row(3, "treinta cuarenta cincuenta sesenta setenta ochenta noventa")
_ES_HUNDREDS = _row(1, "ciento doscientos trescientos cuatrocientos quinientos seiscientos setecientos ochocientos")
_ES_HUNDREDS |= _row(9, "novecientos")


def spell_english(value: int, *, has_and: bool = True) -> str:
    """Return "two hundred and five thousand three hundred and twenty-one", with or without the "and"."""
    if value in _EN:
        return _EN[value]
    if value < 100:
        return _EN_TENS[value // 10] + (f"-{_EN[value % 10]}" if value % 10 else "")
    scale, name = (1000, "thousand") if value >= 1000 else (100, "hundred")
    head, rest = f"{spell_english(value // scale, has_and=has_and)} {name}", value % scale
    if not rest:
        return head
    return f"{head} {'and ' if has_and and rest < 100 else ''}{spell_english(rest, has_and=has_and)}"


def spell_spanish(value: int, *, ending: str = "o") -> str:
    """Return "doscientos cinco mil trescientos veintiuno", with the ``ending`` o, a or none of the noun's gender."""
    if value >= 1000:
        head = "mil" if value < 2000 else f"{spell_spanish(value // 1000, ending='a' if ending == 'a' else '')} mil"
        return f"{head} {spell_spanish(value % 1000, ending=ending)}" if value % 1000 else head
    if value == 100:
        return "cien"
    if value > 100:
        head, rest = _ES_HUNDREDS[value // 100], value % 100
        head = f"{head[:-2]}as" if ending == "a" and head.endswith("os") else head
        return f"{head} {spell_spanish(rest, ending=ending)}" if rest else head
    word = _ES.get(value) or _ES_TENS[value // 10] + (f" y {_ES[value % 10]}" if value % 10 else "")
    if not word.endswith("uno"):
        return word
    return "veintiún" if word == "veintiuno" and not ending else word[:-1] + ending


class Case(NamedTuple):
    """The words of one Russian case: ones by gender, 3 to 19, tens, hundreds, the three forms of "thousand"."""

    one: tuple[str, ...]
    two: tuple[str, ...]
    small: tuple[str, ...]
    tens: tuple[str, ...]
    hundreds: tuple[str, ...]
    thousands: tuple[str, ...]


def _case(one: str, two: str, small: str, tens: str, hundreds: str, thousands: str) -> Case:
    return Case(*(tuple(words.split()) for words in (one, two, small, tens, hundreds, thousands)))


_TEENS = "одиннадцат двенадцат тринадцат четырнадцат пятнадцат шестнадцат семнадцат восемнадцат девятнадцат"
CASES = {
    "nominative": _case(
        "один одна",
        "два две",
        "три четыре пять шесть семь восемь девять десять " + " ".join(f"{one}ь" for one in _TEENS.split()),
        "двадцать тридцать сорок пятьдесят шестьдесят семьдесят восемьдесят девяносто",
        "сто двести триста четыреста пятьсот шестьсот семьсот восемьсот девятьсот",
        "тысяча тысячи тысяч",
    ),
    "genitive": _case(
        "одного одной",
        "двух двух",
        "трёх четырёх пяти шести семи восьми девяти десяти " + " ".join(f"{one}и" for one in _TEENS.split()),
        "двадцати тридцати сорока пятидесяти шестидесяти семидесяти восьмидесяти девяноста",
        "ста двухсот трёхсот четырёхсот пятисот шестисот семисот восьмисот девятисот",
        "тысячи тысяч тысяч",
    ),
    "dative": _case(
        "одному одной",
        "двум двум",
        "трём четырём пяти шести семи восьми девяти десяти " + " ".join(f"{one}и" for one in _TEENS.split()),
        "двадцати тридцати сорока пятидесяти шестидесяти семидесяти восьмидесяти девяноста",
        "ста двумстам трёмстам четырёмстам пятистам шестистам семистам восьмистам девятистам",
        "тысяче тысячам тысячам",
    ),
    "instrumental": _case(
        "одним одной",
        "двумя двумя",
        "тремя четырьмя пятью шестью семью восемью девятью десятью " + " ".join(f"{one}ью" for one in _TEENS.split()),
        "двадцатью тридцатью сорока пятьюдесятью шестьюдесятью семьюдесятью восемьюдесятью девяноста",
        "ста двумястами тремястами четырьмястами пятьюстами шестьюстами семьюстами восемьюстами девятьюстами",
        "тысячей тысячами тысячами",
    ),
}


def spell_russian(value: int, *, case: str = "nominative", is_feminine: bool = False) -> str:
    """Return "двести пять тысяч триста двадцать одна" in a case and gender; nought in the nominative only."""
    words = CASES[case]
    if not value:
        return "ноль"
    if value >= 1000:
        n_thousands, rest = divmod(value, 1000)
        tail = n_thousands % 100
        form = 2 if tail in range(11, 15) or not 1 <= tail % 10 <= 4 else 0 if tail % 10 == 1 else 1
        head = f"{spell_russian(n_thousands, case=case, is_feminine=True)} {words.thousands[form]}"
        return f"{head} {spell_russian(rest, case=case, is_feminine=is_feminine)}" if rest else head
    found = [words.hundreds[value // 100 - 1]] if value >= 100 else []
    rest = value % 100
    if rest >= 20:
        found.append(words.tens[rest // 10 - 2])
        rest %= 10
    if rest:
        gender = int(is_feminine)
        found.append((words.one[gender], words.two[gender], *words.small)[rest - 1])
    return " ".join(found)


SPELLERS: dict[str, tuple[Callable[[int], str], ...]] = {
    "en": tuple(partial(spell_english, has_and=has_and) for has_and in (True, False)),
    "es": tuple(partial(spell_spanish, ending=ending) for ending in ("o", "a", "")),
    "ru": tuple(partial(spell_russian, case=case, is_feminine=gender) for case in CASES for gender in (False, True)),
}
"""Language -> ways to spell a number: with and without "and", genders, cases."""
