"""What a command is: its name, its parameters and who may use it. The table of them is ``handlers.registry``."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from handlers.request import Access


class ParameterKind(StrEnum):
    """What may stand for a parameter."""

    TEXT = "text"
    """One or more words; quotes within are kept, since they mark a phrase."""
    WORD = "word"
    """One word: an id, a URL, a name of a command."""
    DATE = "date"
    """``YYYY``, ``YYYY-MM``, ``YYYY-MM-DD``, ``today`` or ``yesterday``."""
    SINCE = "since"
    """A date, or so far back from now: ``24h``, ``7d``, ``2w``."""
    NUMBER = "number"
    """A whole number from 1 up."""
    CHANNEL = "channel"
    """A channel of the same place, by its id."""
    PING = "ping"
    """Whom to call: a role or group of the platform, by its id."""
    FILE = "file"
    """A file; its text is the value. At the machine it is named, in a chat it is attached or pasted."""


class Completion(StrEnum):
    """What to offer while a parameter is being typed."""

    NOTHING = "nothing"
    TOPIC = "topic"
    ACTOR = "actor"
    """Of the names: people and organisations, and countries, which act as well."""
    PLACE = "place"
    FEED = "feed"
    WATCH = "watch"
    COMMAND = "command"


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter of a command.

    Attributes:
        name: key in ``Request.arguments``; an underscore is a dash on the command line (``per_date``, ``--per-date``).
        help: one line, lower case, without a full stop.
        is_option: only by name (``--dates 10``), never by its place among the words.
        choices: the only values allowed; empty allows all.
    """

    name: str
    kind: ParameterKind
    help: str
    required: bool = False
    is_option: bool = False
    choices: tuple[str, ...] = ()
    completes: Completion = Completion.NOTHING

    @property
    def flag(self) -> str:
        """Its name as an option: ``--per-date``."""
        return "--" + self.name.replace("_", "-")


@dataclass(frozen=True, slots=True)
class Command:
    """One command, or one subcommand of it.

    Attributes:
        name: one word, lower case.
        summary: one line with a full stop.
        parameters: required ones first, in the order in which they are typed.
        handler: ``<module>:<function>`` with the signature ``(Request, Ports) -> Reply``; empty where there are
            subcommands.
        subcommands: commands of which one must follow, as in ``feed add``.
        needs: what the asker must be allowed to do.
        exports: formats beside text and JSON that the answer can be rendered in.
        example: one line that works as typed.
        aliases: other paths that mean the same; understood and not shown.
    """

    name: str
    summary: str
    parameters: tuple[Parameter, ...] = ()
    handler: str = ""
    subcommands: tuple[Command, ...] = ()
    needs: Access = Access.READ
    exports: tuple[str, ...] = ()
    example: str = ""
    aliases: tuple[str, ...] = ()
