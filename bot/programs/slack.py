"""``wirewatch slack manifest``: prints the app manifest that Slack is given, made from the one table of commands."""

from __future__ import annotations

import sys

from bot.call import Call
from bot.platforms.slack.manifest import make_manifest
from bot.render.export import render_json


def run(call: Call) -> int:
    """Print the manifest as JSON, whatever the format."""
    sys.stdout.write(render_json(make_manifest(name=call.words.name)))
    return 0
