"""A command as a person types it in one line: ``/timeline "cargo flights" 2018 --dates 10``.

Owns the split into words and their sharing out to parameters, for every place where a line is typed. Must never run
anything.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from handlers.registry import Command, Parameter, ParameterKind, find_command
from handlers.request import Argument
from handlers.values import is_date, is_since
from news.errors import QueryError

_QUOTES = {'"': '"', "“": "”", "«": "»", "„": "“"}
_LONGEST_LINE = 4_000


@dataclass(frozen=True, slots=True)
class TypedCommand:
    """What a line asks for: the path of a command (``feeds add``) and its arguments, not yet checked."""

    path: str
    arguments: dict[str, Argument]


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a line, or one quoted phrase with its quotes."""

    text: str
    is_quoted: bool = False


def split_words(line: str) -> tuple[Word, ...]:
    """Return the words of a line; a quoted phrase is one word in straight quotes, an open quote is a plain word."""
    words: list[Word] = []
    at = 0
    while at < len(line):
        if line[at].isspace():
            at += 1
            continue
        word, at = _next_word(line, at)
        words.append(word)
    return tuple(words)


def parse_line(line: str) -> TypedCommand:
    """Return what the line asks for; a line without a slash is a question.

    Raises:
        QueryError: no such command, an unknown option, or words that have no place; the message says what to type.
    """
    text = line.strip()
    if len(text) > _LONGEST_LINE:
        raise QueryError(f"The line is longer than {_LONGEST_LINE} characters.")
    if not text.startswith("/"):
        return TypedCommand("ask", {"question": text})
    words = split_words(text[1:])
    path, rest = _take_path(words)
    command = find_command(path)
    if command is None:
        raise QueryError(f"There is no command “/{path}”. /help shows all commands.")
    return TypedCommand(path, share_out(command, path, rest))


def share_out(command: Command, path: str, words: Sequence[Word]) -> dict[str, Argument]:
    """Return the words by the name of the parameter they belong to.

    Options go by name; dates at the end of the line go to the date parameters; what is left is shared out in order,
    and a text takes all words up to there. Raises QueryError.
    """
    options, plain = _take_options(command, path, words)
    dated = [parameter for parameter in command.parameters if _takes_date(parameter) and parameter.name not in options]
    dates, plain = _take_dates(dated, plain)
    return options | dates | _share_plain(command, path, plain)


def _next_word(line: str, at: int) -> tuple[Word, int]:
    closing = _QUOTES.get(line[at])
    end = line.find(closing, at + 1) if closing else -1
    if end > at and line[end + 1 : end + 2].strip() == "":
        return Word(f'"{line[at + 1 : end]}"', is_quoted=True), end + 1
    end = at
    while end < len(line) and not line[end].isspace():
        end += 1
    return Word(line[at:end]), end


def _take_path(words: Sequence[Word]) -> tuple[str, Sequence[Word]]:
    if not words:
        return "help", ()
    path = words[0].text.lower()
    command = find_command(path)
    if command is not None and command.subcommands:
        if len(words) == 1:
            return f"{path} list", ()
        return f"{path} {words[1].text.lower()}", words[2:]
    return path, words[1:]


def _take_options(command: Command, path: str, words: Sequence[Word]) -> tuple[dict[str, Argument], list[Word]]:
    flags = {parameter.flag: parameter for parameter in command.parameters}
    options: dict[str, Argument] = {}
    plain: list[Word] = []
    queue = list(words)
    while queue:
        word = queue.pop(0)
        if word.is_quoted or not word.text.startswith("--"):
            plain.append(word)
            continue
        flag, _, value = word.text.partition("=")
        if flag not in flags:
            raise QueryError(f"/{path} has no {flag[:40]}. /help {path} shows what it takes.")
        if not value and queue:
            value = queue.pop(0).text
        options[flags[flag].name] = value.strip('"')
    return options, plain


def _takes_date(parameter: Parameter) -> bool:
    return not parameter.is_option and parameter.kind in {ParameterKind.DATE, ParameterKind.SINCE}


def _take_dates(parameters: Sequence[Parameter], words: list[Word]) -> tuple[dict[str, Argument], list[Word]]:
    """Take dates from the end of the words, but never the only word: ``/timeline 2019`` is about 2019."""
    n_dates = 0
    while n_dates < len(parameters) and len(words) - n_dates > 1:
        word = words[-1 - n_dates]
        fits = is_date if parameters[n_dates].kind is ParameterKind.DATE else is_since
        if word.is_quoted or not fits(word.text):
            break
        n_dates += 1
    taken = words[len(words) - n_dates :]
    found: dict[str, Argument] = {parameter.name: word.text for parameter, word in zip(parameters, taken, strict=False)}
    return found, words[: len(words) - n_dates]


def _share_plain(command: Command, path: str, words: list[Word]) -> dict[str, Argument]:
    shared: dict[str, Argument] = {}
    left = list(words)
    for parameter in command.parameters:
        if parameter.is_option or _takes_date(parameter) or not left:
            continue
        if parameter.kind is ParameterKind.TEXT:
            shared[parameter.name] = " ".join(word.text for word in left)
            left = []
        else:
            shared[parameter.name] = left.pop(0).text.strip('"')
    if left:
        extra = left[0].text[:40]
        raise QueryError(f"“{extra}” has no place in /{path}. /help {path} shows what it takes.")
    return shared
