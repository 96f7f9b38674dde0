"""The grammar machine: a table of rules over token classes, compiled into one master expression per language.

A rule's pattern is a regular expression whose letters are class names (``month dot? day``); capitalised words are
macros. Of rules that match at one place the first in the table wins, so longer ones stand first. The machine knows no
language and no calendar.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from news.dates.forms import Form
from news.dates.tokens import CODE, Lexicon, Phrase, Tokens, cut

_NAME: Final = re.compile(r"[A-Za-z_]\w*")
_MAX_NESTING: Final = 8

_REACH: Final = 12
"""So many tokens from the start of a phrase its first telling word must stand; it also bounds the work on any input."""

_CORE: Final = (
    "iso slash clock ampm year decade month hazymonth weekday weekdays wdabbr season seasons unit units quarter period"
    " reld part parts noon tonight holiday weekend weekends rate now moment time past future teen lastnight"
    " tomorrow tail while time term future share current eve qletter fiscal"
)
"""Classes of which every phrase has at least one."""

_INSIDE: Final = " ".join(
    sorted(set(CODE) - {"word", "name", "plural", "mark", "break", "open", "close", "money", "percent"})
)
"""Classes that may stand within a phrase."""

_NEVER_FIRST: Final = "comma dot hyph poss of prep in on and or than ended long old so zone ampm scale"
"""Classes that no phrase begins with, named to spare the search."""

Builder = Callable[[Phrase], Form | None]


@dataclass(frozen=True, slots=True)
class Rule:
    """One way to say a time.

    Attributes:
        pattern: over class names and macros, with the operators of ``re``; spaces mean nothing.
        build: makes the form, or returns None if the words turn out not to be a time.
        after: classes of which one must stand just before the phrase; empty for no condition.
        not_after: classes of which none may.
        before, not_before: patterns that must, or must not, follow the phrase.
    """

    pattern: str
    build: Builder
    after: str = ""
    not_after: str = ""
    before: str = ""
    not_before: str = ""


@dataclass(frozen=True, slots=True)
class Grammar:
    """The compiled rules of one language; ``settle`` gives another class to tokens that their neighbours tell of."""

    lexicon: Lexicon
    master: re.Pattern[str]
    rules: Sequence[Rule]
    settle: Callable[[Tokens], Tokens] | None = None

    def find(self, text: str) -> Iterator[tuple[Phrase, Form]]:
        """Yield the phrases that are times, in order and not overlapping, each with its form."""
        tokens = cut(text, self.lexicon)
        if self.settle is not None:
            tokens = self.settle(tokens)
        at = 0
        while match := self.master.search(tokens.codes, at):
            group = match.lastindex or 1
            phrase = Phrase(tokens, *match.span(group))
            form = self.rules[group - 1].build(phrase)
            at = match.end() if form is not None else match.start() + 1
            if form is not None:
                yield phrase, form


def _expand(pattern: str, macros: Mapping[str, str]) -> str:
    for _ in range(_MAX_NESTING):
        if not any(name in macros for name in _NAME.findall(pattern)):
            return pattern
        pattern = _NAME.sub(lambda name: f"({macros[name[0]]})" if name[0] in macros else name[0], pattern)
    raise ValueError(f"macros nest too deeply in {pattern!r}")


def _classes(names: str) -> str:
    return "".join(CODE[name] for name in names.split())


def _to_regex(pattern: str, macros: Mapping[str, str]) -> str:
    expanded = _expand(pattern, macros).replace("(", "(?:")
    return _NAME.sub(lambda name: CODE[name[0]], expanded).replace(" ", "")


def _rule_regex(rule: Rule, macros: Mapping[str, str]) -> str:
    left = f"(?<=[{_classes(rule.after)}])" if rule.after else ""
    left += f"(?<![{_classes(rule.not_after)}])" if rule.not_after else ""
    right = f"(?={_to_regex(rule.before, macros)})" if rule.before else ""
    right += f"(?!{_to_regex(rule.not_before, macros)})" if rule.not_before else ""
    return f"{left}({_to_regex(rule.pattern, macros)}){right}"


def compile_grammar(lexicon: Lexicon, rules: Sequence[Rule], macros: Mapping[str, str]) -> Grammar:
    """Compile a table of rules. Raises ValueError or KeyError where a pattern names an unknown class."""
    inside = f"[{_classes(_INSIDE)}{_classes(_CORE)}]"
    near = f"(?![{_classes(_NEVER_FIRST)}])(?={inside}{{0,{_REACH}}}[{_classes(_CORE)}])"
    master = re.compile(f"{near}(?:{'|'.join(_rule_regex(rule, macros) for rule in rules)})")
    return Grammar(lexicon, master, rules)
