"""A command as a person types it in one line: ``/timeline "cargo flights" 2018 --dates 10``.

Owns the split into words, their sharing out to parameters, and the way back: for every place where a line is typed or
shown. Must never run anything.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from handlers.registry import Command, Parameter, ParameterKind, find_command, get_command, list_aliases
from handlers.request import Argument
from handlers.values import is_date, is_since
from news.errors import QueryError

_QUOTES = {'"': '"', "“": "”", "«": "»", "„": "“"}
_MARKS = frozenset("".join((*_QUOTES, *_QUOTES.values())))
_LONGEST_LINE = 4_000
_PLAIN_FROM_HERE = "--"
"""After this word nothing is an option or a date, as in a shell."""
_OF_A_SHELL = {"--format": "json", "--output": "FILE", "--config": "FILE", "--database": "URL"}
"""Options of the command line alone, each with what may stand behind it there."""


@dataclass(frozen=True, slots=True)
class TypedCommand:
    """What a line asks for: the path of a command (``feed add``) and its arguments, not yet checked."""

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
        return TypedCommand("ask", {"question": _join(split_words(text))})
    words = split_words(text[1:])
    typed, rest = _take_path(words)
    command = find_command(typed)
    if command is None:
        raise QueryError(f"There is no command “/{typed}”. /help shows all commands.")
    path = list_aliases().get(typed, typed)
    return TypedCommand(path, share_out(command, path, rest))


def format_line(path: str, arguments: Mapping[str, Argument]) -> str:
    """Return the line that asks for this, with its slash: ``/timeline cuba 2018``. ``parse_line`` takes it back.

    Spaces are folded and quotation marks of other kinds made straight, as ``parse_line`` does. Arguments that were left
    out are left out. The line is not shortened: it may be longer than a platform takes. Raises QueryError.
    """
    command = get_command(path)
    path = list_aliases().get(path, path)
    given = {name: text for name, value in arguments.items() if (text := _to_text(value))}
    line = " ".join((f"/{path}", *_simple_words(command, given)))
    try:
        is_understood = parse_line(line) == TypedCommand(path, dict(given))
    except QueryError:
        is_understood = False
    return line if is_understood else " ".join((f"/{path}", *_careful_words(command, given)))


def share_out(command: Command, path: str, words: Sequence[Word]) -> dict[str, Argument]:
    """Return the words by the name of the parameter they belong to.

    Options go by name; dates at the end of the line go to the date parameters; what is left is shared out in order,
    and a text takes all words up to there. After a bare ``--`` nothing is an option or a date. Raises QueryError.
    """
    end = next((n for n, word in enumerate(words) if word == Word(_PLAIN_FROM_HERE)), len(words))
    options, plain = _take_options(command, path, words[:end])
    dated = [parameter for parameter in command.parameters if _takes_date(parameter) and parameter.name not in options]
    dates, plain = _take_dates(dated if end == len(words) else (), plain)
    return options | dates | _share_plain(command, path, [*plain, *words[end + 1 :]])


def _next_word(line: str, at: int) -> tuple[Word, int]:
    closing = _QUOTES.get(line[at])
    end = line.find(closing, at + 1) if closing else -1
    if end > at and line[end + 1 : end + 2].strip() == "":
        phrase = " ".join(line[at + 1 : end].replace('"', "'").split())
        return Word(f'"{phrase}"', is_quoted=True), end + 1
    end = at
    while end < len(line) and not line[end].isspace():
        end += 1
    return Word(line[at:end]), end


def _take_path(words: Sequence[Word]) -> tuple[str, Sequence[Word]]:
    if not words:
        return "help", ()
    path = words[0].text.lower()
    command = find_command(path)
    is_group = command is not None and bool(command.subcommands)
    words = [words[0], *_word_first(words[1:])] if is_group else words
    longer = f"{path} {words[1].text.lower() if len(words) > 1 else 'list'}"
    if find_command(longer) is not None or (is_group and len(words) > 1):
        return longer, words[2:]
    return path, words[1:]


def _word_first(words: Sequence[Word]) -> Sequence[Word]:
    """Return the words with the options that stand before the first other word behind it: ``--at 08:00 add cuba``."""
    at = 0
    while at < len(words) and words[at].text.startswith("--") and not words[at].is_quoted:
        at += 1 if "=" in words[at].text else 2
    return [*words[at : at + 1], *words[:at], *words[at + 1 :]]


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
        if flag in _OF_A_SHELL:
            raise QueryError(f"{flag} is for the command line, such as `./run {path} ... {flag} {_OF_A_SHELL[flag]}`.")
        if flag not in flags:
            raise QueryError(f"/{path} has no {flag[:40]}. /help {path} shows what it takes.")
        if not value and queue:
            value = queue.pop(0).text
        options[flags[flag].name] = value.strip('"').strip()
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
            shared[parameter.name] = _join(left)
            left = []
        else:
            shared[parameter.name] = left.pop(0).text.strip('"')
    if left:
        extra = left[0].text[:40]
        raise QueryError(f"“{extra}” has no place in /{path}. /help {path} shows what it takes.")
    return shared


def _join(words: Sequence[Word]) -> str:
    """Return the words as one text that splits into the same words again."""
    text = " ".join(word.text for word in words)
    again = " ".join(word.text for word in split_words(text))
    return text if text == again else _join(split_words(text))


def _to_text(value: Argument) -> str:
    text = " ".join(value) if isinstance(value, tuple) else "" if value is None else str(value)
    return _join(split_words(text))


def _simple_words(command: Command, given: Mapping[str, str]) -> Iterator[str]:
    """Yield the words as a person types them: texts, then dates, then options."""
    by_place = [each for each in command.parameters if not each.is_option and not _takes_date(each)]
    for parameter in by_place:
        if parameter.name in given:
            yield _place(parameter, given[parameter.name])
    dated = [each for each in command.parameters if _takes_date(each)]
    is_gap = False
    for parameter in dated:
        is_gap = is_gap or parameter.name not in given
        if parameter.name in given and not is_gap:
            yield given[parameter.name]
        elif parameter.name in given:
            yield f"{parameter.flag} {_enclose(given[parameter.name])}"
    yield from _option_words(command, given, lambda parameter: parameter.is_option)


def _careful_words(command: Command, given: Mapping[str, str]) -> Iterator[str]:
    """Yield the words so that none is taken for another: options and dates by name, the mark, then the rest."""
    yield from _option_words(command, given, lambda parameter: parameter.is_option or _takes_date(parameter))
    by_place = [each for each in command.parameters if not each.is_option and not _takes_date(each)]
    n_first = next((n for n, each in enumerate(by_place) if each.name not in given), len(by_place))
    yield from _option_words(command, given, by_place[n_first:].__contains__)
    yield _PLAIN_FROM_HERE
    for parameter in by_place[:n_first]:
        yield _place(parameter, given[parameter.name])


def _option_words(command: Command, given: Mapping[str, str], is_wanted: Callable[[Parameter], bool]) -> Iterator[str]:
    for parameter in command.parameters:
        if parameter.name in given and is_wanted(parameter):
            yield f"{parameter.flag} {_enclose(given[parameter.name])}"


def _place(parameter: Parameter, text: str) -> str:
    return text if parameter.kind is ParameterKind.TEXT else _enclose(text)


def _enclose(text: str) -> str:
    """Return a value as one word: in quotes where it could be taken for more or for something else."""
    is_plain = text and not text.startswith("-") and not any(mark.isspace() or mark in _MARKS for mark in text)
    return text if is_plain else f'"{text}"'
