"""One command of the bot from the command line: ``wirewatch timeline venezuela``."""

from __future__ import annotations

from bot.call import Call
from bot.cli import collect_arguments
from bot.files import read_files
from bot.incidents import answer
from bot.output import emit
from bot.wiring import closed_ports

_NEEDS_NO_STORE = frozenset({"help"})


def run(call: Call) -> int:
    """Answer the command and return the exit code."""
    path = call.words.path
    request = call.request(path, read_files(path, collect_arguments(call.words), may_pipe=True))
    width = call.config.terminal.width
    if path in _NEEDS_NO_STORE:
        return emit(answer(request, closed_ports(call.config), call.log), call.output_format, width=width)
    with call.open() as house:
        call.prepare(house)
        reply = answer(request, house.ports, call.log)
    return emit(reply, call.output_format, width=width, output=getattr(call.words, "output", None), now=request.now)
