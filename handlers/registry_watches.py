"""The part of the table of commands that changes what channels hear: ``/watch`` with all that may be set of a watch.

As ``handlers.registry``, which is the table.
"""

from __future__ import annotations

from handlers.command import Command, Completion, Parameter, ParameterKind
from handlers.request import Access

TOPIC = Parameter(
    "topic",
    ParameterKind.TEXT,
    'names in any form, several words, or a "quoted phrase"',
    required=True,
    completes=Completion.TOPIC,
)
"""What a reader asks about, or a watch listens to."""

_WATCH = Parameter("watch", ParameterKind.TEXT, "its number or its topic", required=True, completes=Completion.WATCH)
_SETTINGS = (
    Parameter("labels", ParameterKind.TEXT, "which labels it posts: new,disputed; all, or usual", is_option=True),
    Parameter("origins", ParameterKind.NUMBER, "wait until so many independent origins tell of it", is_option=True),
    Parameter("mode", ParameterKind.WORD, "at once, or together", is_option=True, choices=("once", "hourly", "daily")),
    Parameter("at", ParameterKind.WORD, "time of a daily digest, such as 08:00", is_option=True),
    Parameter("quiet", ParameterKind.WORD, "hours without alerts, such as 22:00-07:00; off ends them", is_option=True),
    Parameter("zone", ParameterKind.WORD, "time zone of both, such as America/Caracas", is_option=True),
    Parameter("empty", ParameterKind.WORD, "what an empty digest is", is_option=True, choices=("nothing", "line")),
    Parameter("ping", ParameterKind.PING, "a role or group that its alerts call; off for none", is_option=True),
)
# A role picker has no "off".
_CALLS = Parameter("calls", ParameterKind.WORD, "ends its ping", is_option=True, choices=("nobody",))

WATCH_CHANGES = (
    Command(
        "add",
        "Posts what is new on a topic into this channel, or into another one of this place.",
        (
            TOPIC,
            Parameter("channel", ParameterKind.CHANNEL, "where to post; left out, this channel", is_option=True),
            *_SETTINGS,
        ),
        "handlers.commands.watch:add_watch",
        needs=Access.MANAGE,
        example="/watch add venezuela",
    ),
    Command(
        "list",
        "Shows what all channels of this place hear.",
        (),
        "handlers.commands.watch:show_all_watches",
        needs=Access.MANAGE,
    ),
    Command(
        "edit",
        "Changes which labels a watch posts, when, from how many origins on, and whom it calls.",
        (_WATCH, *_SETTINGS, _CALLS),
        "handlers.commands.watch:edit_watch",
        needs=Access.MANAGE,
        example="/watch edit 2 --mode daily --at 08:00 --zone America/Caracas",
    ),
    Command(
        "test",
        "Shows what a watch, or a topic that nobody watches yet, would have posted lately.",
        (
            Parameter("watch", ParameterKind.TEXT, "its number, or a topic", required=True, completes=Completion.WATCH),
            Parameter("since", ParameterKind.SINCE, "7d, 30d or a date; left out, both"),
        ),
        "handlers.commands.watch_test:test_watch",
        needs=Access.MANAGE,
        example="/watch test venezuela oil 30d",
    ),
    Command(
        "export",
        "Gives watches with all their settings as a file that can be imported.",
        (
            Parameter(
                "scope",
                ParameterKind.WORD,
                "which watches; left out, those of this channel",
                is_option=True,
                choices=("channel", "place", "all"),
            ),
        ),
        "handlers.commands.watch_export:export_watches",
        needs=Access.MANAGE,
        exports=("toml",),
        example="/watch export --scope place",
    ),
    Command(
        "import",
        "Adds and changes watches as a file says, once it was shown what that would change.",
        (
            Parameter("file", ParameterKind.FILE, "a file that was exported"),
            Parameter("apply", ParameterKind.WORD, "does it at once", is_option=True, choices=("yes",)),
            Parameter("plan", ParameterKind.NUMBER, "does what was shown under this number", is_option=True),
            Parameter("undo", ParameterKind.NUMBER, "takes back what was done under this number", is_option=True),
        ),
        "handlers.commands.watch_import:import_watches",
        needs=Access.MANAGE,
    ),
    Command(
        "mute",
        "Lets a watch post nothing for a while.",
        (
            Parameter("watch", ParameterKind.WORD, "its number", required=True, completes=Completion.WATCH),
            Parameter("time", ParameterKind.WORD, "how long, such as 30m, 2h or 3d", required=True),
        ),
        "handlers.commands.watch:mute_watch",
        needs=Access.MANAGE,
        example="/watch mute 2 2h",
    ),
    Command(
        "remove",
        "Ends a watch, of this channel or by its number of any channel of this place.",
        (_WATCH,),
        "handlers.commands.watch:remove_watch",
        needs=Access.MANAGE,
    ),
    Command(
        "pause",
        "Lets a watch post nothing until it is resumed.",
        (_WATCH,),
        "handlers.commands.watch:pause_watch",
        needs=Access.MANAGE,
    ),
    Command(
        "resume",
        "Lets a paused or muted watch post again, and tries a channel again that refused the bot.",
        (_WATCH,),
        "handlers.commands.watch:resume_watch",
        needs=Access.MANAGE,
    ),
)
"""What follows ``/watch``, in order."""
