"""The command line: ``wirewatch WORD ...``, built from the one table of commands and the table of programs.

Owns parsing and exit codes: 0, 1 failed, 2 wrong use, 130 interrupted. Must never do the work itself.
"""

from __future__ import annotations

import argparse
import os
import re
import sys
from collections.abc import Sequence
from difflib import get_close_matches
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from bot.programs.table import PROGRAMS, Program
from bot.render.formats import FORMATS
from handlers.lines import Word, share_out
from handlers.registry import (
    COMMANDS,
    Command,
    Parameter,
    ParameterKind,
    find_command,
    iter_commands,
    list_aliases,
)

if TYPE_CHECKING:
    from bot.call import Call
    from news.errors import WirewatchError

VERSION = "0.1.0"

_SHARED = ("--config", "--database")
_FLAGGED = frozenset({ParameterKind.DATE, ParameterKind.SINCE})
_NO_CHOICE = re.compile(
    r"argument (?:WORD|--format): invalid choice: '(?P<typed>.*)' \(choose from (?P<known>.*)\)", re.DOTALL
)
_QUOTED = re.compile(r"'([^']*)'")


def main(argv: Sequence[str] | None = None) -> int:
    """Run the program and return its exit code."""
    from bot.output import EXIT_INTERRUPTED, EXIT_OK, make_streams_safe  # noqa: PLC0415 - --help needs none of it

    make_streams_safe()
    words = parse_words(sys.argv[1:] if argv is None else argv)
    try:
        return _run(words)
    except KeyboardInterrupt:
        sys.stderr.write("Interrupted.\n")
        return EXIT_INTERRUPTED
    except BrokenPipeError:
        # Whoever read our output has heard enough. Python would complain at exit that it cannot flush.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return EXIT_OK


def _list_by_ending(typed: str, known: Sequence[str]) -> list[str]:
    """Return the formats of which the ending of the files was typed in place of the name: ``md`` for markdown."""
    return [name for name in known if name in FORMATS and FORMATS[name].suffix.removeprefix(".") == typed]


class _Parser(argparse.ArgumentParser):
    """Answers a mistyped word with the nearest one instead of all there are."""

    def error(self, message: str) -> NoReturn:
        found = _NO_CHOICE.fullmatch(message)
        if found is not None:
            typed, known = found["typed"].lower(), _QUOTED.findall(found["known"])
            nearest = _list_by_ending(typed, known) or get_close_matches(typed, known, n=3)
            offer = f"Did you mean {' or '.join(nearest)}? " if nearest else ""
            message = f"{found['typed'][:80]!r} is not known here. {offer}`{self.prog} --help` shows what is."
        super().error(message)


def build_parser() -> argparse.ArgumentParser:
    """Return the parser of the whole command line."""
    parser: argparse.ArgumentParser = _Parser(
        prog="wirewatch",
        description="Watches news feeds and tells only what is new, with its sources. Without a word it runs the bot.",
        epilog="Options may stand before the word or behind it. Exit codes: 0 done, 1 failed, 2 wrong use.",
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=f"wirewatch {VERSION}")
    _add_shared(parser, is_top=True)
    groups = parser.add_subparsers(dest="word", metavar="WORD", title="words")
    for program in PROGRAMS:
        _add_program(groups, program)
    for command in COMMANDS:
        _add_command(groups, command)
    return parser


def parse_words(argv: Sequence[str]) -> argparse.Namespace:
    """Return what was typed; ends the program with 2 and what to type where it cannot be understood."""
    parser = build_parser()
    words = parser.parse_args(_unalias(_word_first(list(argv))))
    command = find_command(getattr(words, "path", ""))
    if command is not None and command.subcommands:
        path, names = words.path, ", ".join(sub.name for sub in command.subcommands)
        words.path = list_aliases().get(f"{path} list", f"{path} list")
        if find_command(words.path) is None:
            parser.error(f"{path} needs one more word: {names}. `wirewatch {path} WORD --help` shows what it takes.")
    if "format" in words:
        _settle_format(words, command, parser)
    return words


def _settle_format(words: argparse.Namespace, command: Command | None, parser: argparse.ArgumentParser) -> None:
    """Set the format that holds; ends the program with 2 where neither ``--format`` nor the ending says one."""
    output = getattr(words, "output", None) or ""
    told = _format_of(output, command) if output else None
    if output and words.format is None and told is None and not _is_stream(output):
        parser.error(
            f"what to write into {output} cannot be told from its ending. "
            f"Known endings: {', '.join(_endings(command))}; or say it with --format."
        )
    words.format = words.format or told or "text"


def _endings(command: Command | None) -> list[str]:
    exports = ("json", *command.exports) if command is not None else ("json",)
    return [".txt", *dict.fromkeys(FORMATS[name].suffix for name in exports)]


def _is_stream(output: str) -> bool:
    """Return whether it is there and no plain file: a pipe, /dev/stdout."""
    place = Path(output)
    return place.exists() and not place.is_file() and not place.is_dir()


def list_words() -> tuple[str, ...]:
    """Return the words that the command line knows."""
    return (*(program.name for program in PROGRAMS), *(command.name for command in COMMANDS))


def _add_shared(parser: argparse.ArgumentParser, *, is_top: bool = False) -> None:
    # SUPPRESS on the words keeps a value that was given before the word from being overwritten by a default after it.
    default = None if is_top else argparse.SUPPRESS
    parser.add_argument(
        "--config",
        metavar="FILE",
        default=default,
        help="settings; else WIREWATCH_CONFIG, or config.toml beside the program",
    )
    parser.add_argument("--database", metavar="URL", default=default, help="such as sqlite:///var/wirewatch.db")


def _add_format(parser: argparse.ArgumentParser, *exports: str) -> None:
    more = "; left out, that of the file named by --output, else text" if exports else ""
    parser.add_argument("--format", choices=("text", "json", *exports), help=f"of what is printed{more}")
    if exports:
        parser.add_argument(
            "--output", metavar="FILE", help="write it there, whole or not at all; its ending says the format"
        )


def _format_of(file_name: str, command: Command | None) -> str | None:
    """Return the format that the ending of the file stands for, if the command exports it; None for any other."""
    exports = ("json", *command.exports) if command is not None else ()
    fitting = [name for name in exports if file_name.lower().endswith(FORMATS[name].suffix)]
    if not fitting and file_name.lower().endswith(".txt"):
        return "text"
    return max(fitting, key=lambda name: len(FORMATS[name].suffix), default=None)


def _unalias(argv: list[str]) -> list[str]:
    """Return the words with an alias replaced by what it stands for: ``feeds add URL`` -> ``feed add URL``."""
    path = list_aliases().get(" ".join(argv[:2]))
    return argv if path is None else [*path.split(), *argv[2:]]


def _word_first(argv: list[str]) -> list[str]:
    """Return the words of the command line with the word itself first, and the second of a group, as in ``watch add``.

    Options may stand before them and between them; what no word knows is left for the parser to refuse.
    """
    at = _count_options(argv)
    if at >= len(argv) or argv[at].startswith("-"):
        return argv
    word, before, rest = argv[at], argv[:at], argv[at + 1 :]
    at = _count_options(rest)
    pair = f"{word} {rest[at]}" if at < len(rest) else ""
    if pair in list_aliases() or (pair and find_command(pair) is not None):
        return [word, rest[at], *before, *rest[:at], *rest[at + 1 :]]
    return [word, *before, *rest]


def _count_options(argv: Sequence[str]) -> int:
    """Return how many words at the beginning are known options and their values."""
    valued, bare = _list_options()
    at = 0
    while at < len(argv) and argv[at].partition("=")[0] in valued | bare:
        at += 2 if argv[at] in valued else 1
    return at


@cache
def _list_options() -> tuple[frozenset[str], frozenset[str]]:
    """Return the options of all words that take a value, and those that do not."""
    valued, bare = {*_SHARED, "--format", "--output"}, set[str]()
    for program in PROGRAMS:
        for argument in program.arguments:
            flags = [name for name in argument.names if name.startswith("-")]
            (bare if "action" in argument.options else valued).update(flags)
    for _, command in iter_commands():
        valued.update(each.flag for each in command.parameters if each.is_option or each.kind in _FLAGGED)
    return frozenset(valued - bare), frozenset(bare)


def _add_program(groups: argparse._SubParsersAction[argparse.ArgumentParser], program: Program) -> None:
    parser = groups.add_parser(program.name, help=program.summary, description=program.summary, allow_abbrev=False)
    for argument in program.arguments:
        parser.add_argument(*argument.names, **argument.options)
    _add_format(parser)
    _add_shared(parser)
    parser.set_defaults(target=program.target, path=program.name)


def _add_command(
    groups: argparse._SubParsersAction[argparse.ArgumentParser], command: Command, group: str = ""
) -> None:
    path = f"{group} {command.name}".strip()
    parser = groups.add_parser(command.name, help=command.summary, description=command.summary, allow_abbrev=False)
    _add_shared(parser)
    if command.subcommands:
        parser.set_defaults(target="", path=path)
        _add_format(parser)
        inner = parser.add_subparsers(dest="subword", metavar="WORD")
        for sub in command.subcommands:
            _add_command(inner, sub, path)
        return
    for parameter in command.parameters:
        _add_parameter(parser, parameter)
    _add_format(parser, *command.exports)
    parser.set_defaults(target="", path=path)


def _add_parameter(parser: argparse.ArgumentParser, parameter: Parameter) -> None:
    text = parameter.help.replace("%", "%%")
    if parameter.is_option or parameter.kind in _FLAGGED:
        metavar = {ParameterKind.DATE: "D", ParameterKind.NUMBER: "N"}.get(parameter.kind, parameter.kind.value.upper())
        parser.add_argument(parameter.flag, dest=parameter.name, metavar=metavar, help=text)
    elif parameter.kind is ParameterKind.TEXT:
        parser.add_argument(
            parameter.name, nargs="+" if parameter.required else "*", metavar=parameter.name.upper(), help=text
        )
    else:
        parser.add_argument(
            parameter.name, nargs=None if parameter.required else "?", metavar=parameter.name.upper(), help=text
        )


def _run(words: argparse.Namespace) -> int:
    from bot.output import EXIT_MISUSE  # noqa: PLC0415 - see main
    from news.errors import ConfigError, WirewatchError  # noqa: PLC0415 - see main

    if words.word is None:
        words.path, words.target, words.format = "run", "bot.programs.run:run", "text"
        words.no_input = False
    try:
        if words.target == "bot.programs.doctor:run":
            return _run_doctor(words)
        return _run_target(_make_call(words))
    except ConfigError as error:
        sys.stderr.write(f"{error}\n")
        return EXIT_MISUSE
    except WirewatchError as error:
        return _tell_error(error, words)


def _make_call(words: argparse.Namespace) -> Call:
    from bot.call import Call  # noqa: PLC0415 - see main
    from bot.config import find_config, load_config  # noqa: PLC0415 - see main
    from bot.logs import open_log  # noqa: PLC0415 - see main

    config = load_config(find_config(words.config, os.environ))
    return Call(words, config, words.database, words.format, open_log(config.log.level, None))


def _run_doctor(words: argparse.Namespace) -> int:
    """The doctor looks at the settings itself, since they may be what is ill."""
    from bot.programs.doctor import examine  # noqa: PLC0415 - see main

    return examine(words)


def _run_target(call: Call) -> int:
    from bot.incidents import report_incident  # noqa: PLC0415 - see main
    from bot.output import emit  # noqa: PLC0415 - see main
    from news.errors import WirewatchError  # noqa: PLC0415 - see main

    module, _, name = (call.words.target or "bot.programs.command:run").partition(":")
    try:
        code: int = getattr(import_module(module), name)(call)
    except (WirewatchError, BrokenPipeError):
        raise
    except Exception as error:  # noqa: BLE001 - the last line before the user: logged whole, told in one sentence
        return emit(report_incident(error, call.log, command=call.words.path), call.output_format)
    return code


def _tell_error(error: WirewatchError, words: argparse.Namespace) -> int:
    from bot.output import emit  # noqa: PLC0415 - see main
    from handlers.dispatch import answer_error  # noqa: PLC0415 - see main

    return emit(answer_error(error), words.format)


def collect_arguments(words: argparse.Namespace) -> dict[str, str | int | tuple[str, ...] | None]:
    """Return the arguments of a command: options by name, and the plain words as the terminal would share them out."""
    command = find_command(words.path)
    if command is None:
        return {}
    plain: list[str] = []
    options: dict[str, str | int | tuple[str, ...] | None] = {}
    for parameter in command.parameters:
        value = getattr(words, parameter.name, None)
        if isinstance(value, list):
            plain.extend(value)
        elif parameter.is_option or parameter.kind in _FLAGGED:
            options[parameter.name] = value
        elif value is not None:
            plain.append(value)
    # A word that begins with dashes came after "--", so it is no option here either.
    shared = share_out(command, words.path, [Word(word, is_quoted=word.startswith("--")) for word in plain])
    return {**shared, **{name: value for name, value in options.items() if value is not None}}
