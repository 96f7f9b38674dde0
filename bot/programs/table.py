"""The table of what only the command line can do, beside the commands of ``handlers.registry``.

Importing it costs nothing: each program is named as ``<module>:<function>`` with the signature ``(Call) -> int``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Argument:
    """One argument as argparse takes it: its names and its options."""

    names: tuple[str, ...]
    options: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Program:
    """A word of the command line that is no command of the bot."""

    name: str
    summary: str
    target: str
    arguments: tuple[Argument, ...] = ()


PROGRAMS: tuple[Program, ...] = (
    Program(
        "run",
        "Runs the bot: polls, posts alerts, answers in this terminal. This is what no word at all means.",
        "bot.programs.run:run",
        (Argument(("--no-input",), {"action": "store_true", "help": "read no lines, only post; end it by a signal"}),),
    ),
    Program(
        "seed",
        "Loads documents (Markdown, text, HTML) or folders of them into the store.",
        "bot.programs.seed:run",
        (Argument(("paths",), {"nargs": "+", "metavar": "PATH", "help": "a document or a folder"}),),
    ),
    Program(
        "poll",
        "Polls the feeds without answering; with --once those that are due, once.",
        "bot.programs.poll:run",
        (
            Argument(("--once",), {"action": "store_true", "help": "one round over the feeds that are due"}),
            Argument(("--all",), {"action": "store_true", "help": "treat all active feeds as due"}),
        ),
    ),
    Program(
        "ingest",
        "Takes in articles as JSON Lines (also .gz); - reads stdin.",
        "bot.programs.ingest:run",
        (
            Argument(("file",), {"metavar": "FILE", "help": "JSON Lines, one article a line; - for stdin"}),
            Argument(("--alerts",), {"action": "store_true", "help": "post to watches, as if it came from a feed"}),
        ),
    ),
    Program(
        "inspect",
        "Shows how the bot reads one text: dates, names, events.",
        "bot.programs.inspect:run",
        (
            Argument(("file",), {"metavar": "FILE", "nargs": "?", "default": "-", "help": "plain text; - for stdin"}),
            Argument(("--published",), {"metavar": "DATE", "help": "day it was published, such as 2019-03-25"}),
            Argument(("--fingerprint",), {"action": "store_true", "help": "show only the sketch of its words"}),
        ),
    ),
    Program(
        "replay",
        "Shows what would have been posted with other rules or another version, against what was; posts nothing.",
        "bot.programs.replay:run",
        (
            Argument(("--from",), {"dest": "from_", "required": True, "metavar": "D", "help": "first day: 2025-10-20"}),
            Argument(("--to",), {"metavar": "D", "help": "last day, included; left out, today"}),
            Argument(("--channel",), {"metavar": "CHANNEL", "help": "only this channel, or all of this place"}),
            Argument(("--limit",), {"default": "50", "metavar": "N", "help": "differences shown in full"}),
        ),
    ),
    Program(
        "slack",
        "Prints what Slack is told of this app: slack manifest.",
        "bot.programs.slack:run",
        (
            Argument(("what",), {"choices": ("manifest",), "help": "manifest: to make a Slack app from"}),
            Argument(("--name",), {"default": "Wirewatch", "metavar": "NAME", "help": "what the app is called"}),
        ),
    ),
    Program("doctor", "Checks settings, database, tokens and feeds, and says what to do.", "bot.programs.doctor:run"),
)
"""All programs, in the order in which --help shows them."""
