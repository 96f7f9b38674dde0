"""The one table of commands. The terminal, the command line, chat platforms and ``/help`` are generated from it.

Owns names, parameters and help texts. Must never know a platform, and imports no handler: each command names its own
as ``<module>:<function>``, so that reading the table costs nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache

from handlers.command import Command, Completion, Parameter, ParameterKind
from handlers.registry_watches import TOPIC, WATCH_CHANGES
from handlers.request import Access
from news.errors import QueryError
from news.model import EventKind

__all__ = [
    "COMMANDS",
    "Command",
    "Completion",
    "Parameter",
    "ParameterKind",
    "describe_usage",
    "find_command",
    "get_command",
    "iter_commands",
    "list_aliases",
    "list_paths",
]

_FEED = Parameter("feed", ParameterKind.TEXT, "its number, address or name", required=True, completes=Completion.FEED)

_ALERT = Parameter("item", ParameterKind.WORD, "alert n4, article a12, or its address", required=True)
_STORY = Parameter("story", ParameterKind.WORD, "a story, such as s4", required=True)

_FEED_CHANGES = (
    Command(
        "add",
        "Adds a feed; what it holds now fills the store and posts nothing.",
        (
            Parameter("url", ParameterKind.WORD, "http(s) address of an RSS, Atom or JSON feed", required=True),
            Parameter("outlet", ParameterKind.TEXT, "publisher's name; left out, the feed's own title", is_option=True),
            Parameter("language", ParameterKind.WORD, "two letters, such as es; left out, found out", is_option=True),
            Parameter("interval", ParameterKind.NUMBER, "seconds between polls", is_option=True),
        ),
        "handlers.commands.feeds:add_feed",
        needs=Access.MANAGE,
        example="/feed add https://feeds.bbci.co.uk/news/world/rss.xml",
        aliases=("feeds add",),
    ),
    Command(
        "remove",
        "Forgets a feed; its articles stay.",
        (_FEED,),
        "handlers.commands.feeds:remove_feed",
        needs=Access.MANAGE,
        aliases=("feeds remove",),
    ),
    Command(
        "pause",
        "Stops polling a feed until it is resumed.",
        (_FEED,),
        "handlers.commands.feeds:pause_feed",
        needs=Access.MANAGE,
        aliases=("feeds pause",),
    ),
    Command(
        "resume",
        "Polls a paused or stopped feed again.",
        (_FEED,),
        "handlers.commands.feeds:resume_feed",
        needs=Access.MANAGE,
        aliases=("feeds resume",),
    ),
    Command(
        "preview",
        "Fetches a feed now and shows what it holds; stores nothing.",
        (
            Parameter(
                "url", ParameterKind.WORD, "address or number of a feed", required=True, completes=Completion.FEED
            ),
        ),
        "handlers.commands.feeds:preview_feed",
        needs=Access.MANAGE,
        aliases=("feeds preview",),
    ),
)

_MARKS = (
    Command(
        "known",
        "Says that an alert was already known: this channel hears of its story only what changes.",
        (_ALERT,),
        "handlers.commands.mark:mark_known",
        needs=Access.EDIT,
        example="/mark known n4",
    ),
    Command(
        "irrelevant",
        "Says that an alert does not belong here: this channel hears no more of its story.",
        (_ALERT,),
        "handlers.commands.mark:mark_irrelevant",
        needs=Access.EDIT,
    ),
    Command(
        "same",
        "Joins the story of an alert with another one.",
        (_ALERT, _STORY),
        "handlers.commands.mark:mark_same",
        needs=Access.EDIT,
        example="/mark same n4 s2",
    ),
    Command(
        "apart",
        "Takes an article out of its story: it is a story of its own.",
        (_ALERT,),
        "handlers.commands.mark:mark_apart",
        needs=Access.EDIT,
    ),
    Command(
        "undo",
        "Takes back what was said of an alert.",
        (Parameter("mark", ParameterKind.WORD, "its number, such as f3", required=True),),
        "handlers.commands.mark:undo_mark",
        needs=Access.EDIT,
        example="/mark undo f3",
    ),
)

COMMANDS: tuple[Command, ...] = (
    Command(
        "timeline",
        "Draws the dated history of a topic, in order of the events.",
        (
            TOPIC,
            Parameter("from", ParameterKind.DATE, "first day, such as 2018, 2018-12 or 2018-12-10"),
            Parameter("to", ParameterKind.DATE, "last day"),
            Parameter("dates", ParameterKind.NUMBER, "show only so many dates, those that matter most", is_option=True),
            Parameter("per_date", ParameterKind.NUMBER, "at most so many sentences a date", is_option=True),
            Parameter(
                "actor",
                ParameterKind.TEXT,
                "only what a person, organisation or country does or has done to it",
                is_option=True,
                completes=Completion.ACTOR,
            ),
            Parameter("place", ParameterKind.TEXT, "only what was there", is_option=True, completes=Completion.PLACE),
            Parameter("kind", ParameterKind.WORD, "only such events", is_option=True, choices=tuple(EventKind)),
            Parameter(
                "show", ParameterKind.WORD, "a line each, or every quote", is_option=True, choices=("brief", "full")
            ),
            Parameter("entry", ParameterKind.WORD, "opens one entry, by its number in the answer", is_option=True),
            Parameter("page", ParameterKind.NUMBER, "2 and on show what the first answer leaves out", is_option=True),
        ),
        "handlers.commands.timeline:show_timeline",
        exports=("csv", "markdown", "ics", "html", "png", "png-dark", "svg", "svg-dark"),
        example="/timeline venezuela 2018-12 2019-04",
    ),
    Command(
        "compare",
        "Lays the accounts of each outlet of one event side by side.",
        (
            Parameter(
                "event",
                ParameterKind.TEXT,
                "its number in your last timeline, its id e10, a story s3, an article a12, or words",
                required=True,
                completes=Completion.TOPIC,
            ),
        ),
        "handlers.commands.compare:compare_event",
        exports=("csv", "markdown"),
        example="/compare e10",
    ),
    Command(
        "ask",
        "Answers a question with quotes from the record, or says that it holds no answer.",
        (
            Parameter("question", ParameterKind.TEXT, "a question in plain words", required=True),
            Parameter("as_of", ParameterKind.DATE, "use only what was published up to this day", is_option=True),
        ),
        "handlers.commands.ask:answer_question",
        example="/ask how many troops landed in Caracas?",
    ),
    Command(
        "brief",
        "Shows what is new on a topic, newest first.",
        (TOPIC, Parameter("since", ParameterKind.SINCE, "24h, 7d or a date; left out, seven days")),
        "handlers.commands.brief:show_brief",
        example="/brief venezuela 24h",
    ),
    Command(
        "story",
        "Shows a story: what is disputed, its events, its articles, and what each added.",
        (Parameter("story", ParameterKind.WORD, "its id, such as s3", required=True),),
        "handlers.commands.story:show_story",
        example="/story s3",
    ),
    Command(
        "why",
        "Explains why an article was or was not posted.",
        (
            Parameter(
                "item", ParameterKind.WORD, "article a12, alert n4, event e7, story s3, or an address", required=True
            ),
        ),
        "handlers.commands.why:explain",
        example="/why a12",
    ),
    Command(
        "alert",
        "Shows an alert or a digest again, as it stands now.",
        (Parameter("alert", ParameterKind.WORD, "its number, such as n4", required=True),),
        "handlers.commands.alert:show_alert",
        example="/alert n4",
    ),
    Command(
        "feeds",
        "Shows all feeds and how their last poll went.",
        (),
        "handlers.commands.feeds:show_feeds",
        aliases=("feeds list", "feed list"),
    ),
    Command("feed", "Changes the feeds that are polled.", subcommands=_FEED_CHANGES, needs=Access.MANAGE),
    Command("watches", "Shows what this channel hears.", (), "handlers.commands.watch:show_watches"),
    Command("watch", "Changes what a channel hears.", subcommands=WATCH_CHANGES, needs=Access.MANAGE),
    Command("mark", "Judges an alert; every mark can be undone.", subcommands=_MARKS, needs=Access.EDIT),
    Command("audit", "Shows who changed what.", (), "handlers.commands.audit:show_audit", needs=Access.EDIT),
    Command(
        "forget",
        "Forgets what you were shown of timelines, so that nothing is marked as new to you.",
        (Parameter("topic", ParameterKind.TEXT, "only of this one; left out, of all", completes=Completion.TOPIC),),
        "handlers.commands.forget:forget_visits",
        example="/forget venezuela",
    ),
    Command("status", "Shows how the bot is doing: store, feeds, alerts.", (), "handlers.commands.status:show_status"),
    Command(
        "help",
        "Shows all commands, or one of them in full.",
        (Parameter("command", ParameterKind.TEXT, "name of a command", completes=Completion.COMMAND),),
        "handlers.commands.help:show_help",
        example="/help timeline",
    ),
)
"""All commands, in the order in which ``/help`` shows them."""


def find_command(path: str) -> Command | None:
    """Return the command or group of that path (``timeline``, ``feed``, ``feed add``) or alias, or None."""
    found: Command | None = None
    table = COMMANDS
    for name in (list_aliases().get(path) or path).split():
        found = next((command for command in table if command.name == name), None)
        if found is None:
            return None
        table = found.subcommands
    return found


@cache
def list_aliases() -> Mapping[str, str]:
    """Return each alias with the path that it stands for."""
    return {alias: path for path, command in iter_commands() for alias in command.aliases}


def iter_commands() -> Iterator[tuple[str, Command]]:
    """Yield path and command of all that can be run, in order of the table: ``timeline``, ..., ``feed add``."""
    for command in COMMANDS:
        if not command.subcommands:
            yield command.name, command
        for sub in command.subcommands:
            yield f"{command.name} {sub.name}", sub


def get_command(path: str) -> Command:
    """Return the command of that path that can be run.

    Raises:
        QueryError: there is none, or a subcommand is missing; the message says what to type.
    """
    command = find_command(path)
    if command is None:
        raise QueryError(f"There is no command “{path}”. /help shows all commands.")
    if command.subcommands:
        names = ", ".join(f"/{path} {sub.name}" for sub in command.subcommands)
        raise QueryError(f"/{path} needs one more word: {names}.")
    return command


def list_paths() -> tuple[str, ...]:
    """Return the paths of all commands that can be run, in order of the table."""
    return tuple(path for path, _ in iter_commands())


_MOST_LISTED = 6
"""Choices of a parameter that stand in the line of how a command is typed; more of them stand behind its help."""


def describe_usage(path: str, command: Command) -> str:
    """Return how the command is typed: ``/timeline <topic> [from] [to] [--dates N]``."""
    words = [f"/{path}"]
    for parameter in command.parameters:
        if parameter.is_option:
            is_listed = 0 < len(parameter.choices) <= _MOST_LISTED
            name = parameter.name if parameter.choices else parameter.kind.value
            value = "|".join(parameter.choices) if is_listed else name.upper()
            words.append(f"[{parameter.flag} {value}]")
        else:
            words.append(f"<{parameter.name}>" if parameter.required else f"[{parameter.name}]")
    if command.subcommands:
        words.append("|".join(sub.name for sub in command.subcommands))
    return " ".join(words)
