"""``wirewatch seed PATH...``: loads documents and folders of them."""

from __future__ import annotations

from pathlib import Path

from bot.call import Call, show_seeding
from bot.output import emit
from bot.progress import Progress
from handlers.jobs.progress import SeedSummary
from handlers.jobs.seed import seed_paths
from handlers.messages import count_words, notice
from handlers.reply import Reply, Tone


def run(call: Call) -> int:
    """Load the documents; 1 if any of them could not be loaded."""
    paths = [Path(path) for path in call.words.paths]
    with call.open() as house:
        call.prepare(house)
        with Progress("Loading") as progress:
            summary = seed_paths(paths, house.ports, report=lambda done: show_seeding(progress, done))
    return emit(make_reply(summary), call.output_format)


def make_reply(summary: SeedSummary) -> Reply:
    """Return what loading gave as an answer."""
    added = count_words(summary.n_added, "document")
    title = f"{added} added, {summary.n_updated} updated, {summary.n_unchanged} unchanged"
    blocks = tuple(notice(f"{name}: {reason}", Tone.WARNING) for name, reason in summary.failures)
    data = {
        "n_added": summary.n_added,
        "n_updated": summary.n_updated,
        "n_unchanged": summary.n_unchanged,
        "failures": [{"file": name, "reason": reason} for name, reason in summary.failures],
    }
    if summary.failures:
        title += f", {len(summary.failures)} not loaded"
    return Reply(title, blocks, data, failed=bool(summary.failures))
