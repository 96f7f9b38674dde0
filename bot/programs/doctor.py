"""``wirewatch doctor``: looks at settings, database, tokens and feeds, and says what to do.

Owns the checks. Must never change anything but open (and upgrade) the database.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterator
from dataclasses import dataclass

from bot.config import Config, InvalidConfigError, find_config, load_config
from bot.output import emit
from bot.platforms.roster import find_doubts, find_problem, list_platforms
from bot.wiring import House, open_house, utc_now
from handlers.commands.feeds import make_probe
from handlers.messages import count_words, notice
from handlers.reply import Block, Paragraph, Reply, Strong, Text, Tone
from news.errors import ConfigError, WirewatchError
from news.polling import FeedStatus, PollResult


@dataclass(frozen=True, slots=True)
class Check:
    """What one look gave.

    Attributes:
        is_fatal: the bot cannot do its work like this; otherwise it is only worth knowing.
        advice: what to do, empty if nothing.
    """

    name: str
    is_ok: bool
    detail: str
    advice: str = ""
    is_fatal: bool = True


def examine(words: argparse.Namespace) -> int:
    """Print all checks; 1 if one of them is fatal."""
    return emit(make_reply(list(iter_checks(words.config, words.database))), words.format)


def iter_checks(config_path: str | None, database: str | None) -> Iterator[Check]:
    """Yield the checks in order; what depends on settings or database that cannot be used is left out."""
    try:
        path = find_config(config_path, os.environ)
        config = load_config(path)
    except InvalidConfigError as error:
        for problem in error.errors:
            yield Check("settings", is_ok=False, detail=str(problem), advice=f"Mend {error.source}.")
        return
    except ConfigError as error:
        yield Check("settings", is_ok=False, detail=str(error), advice="Name a file that is there.")
        return
    yield Check("settings", is_ok=True, detail=str(path or "built-in, no config.toml was found"))
    yield from _check_tokens()
    yield from _check_seeds(config)
    yield from _check_house(config, database)


def _check_tokens() -> Iterator[Check]:
    problem = find_problem(os.environ)
    if problem:
        advice = "The other platforms and the terminal work without it."
        yield Check("tokens", is_ok=False, detail=problem, advice=advice, is_fatal=False)
    for doubt in find_doubts(os.environ):
        yield Check("tokens", is_ok=False, detail=doubt, advice="docs/slack.md says where each token is.")
    present = list_platforms(os.environ)
    if present:
        yield Check("tokens", is_ok=True, detail=f"set for {' and '.join(present)}")
    elif not problem:
        yield Check("tokens", is_ok=True, detail="none set; the terminal needs none")


def _check_seeds(config: Config) -> Iterator[Check]:
    for name in config.seeds.paths:
        path = config.resolve(name)
        advice = "" if path.exists() else "Mend seeds.paths, or put documents there."
        yield Check("seeds", is_ok=path.exists(), detail=str(path), advice=advice, is_fatal=False)


def _check_house(config: Config, database: str | None) -> Iterator[Check]:
    try:
        with open_house(config, database) as house:
            with house.ports.store.write():  # the lock of the writer can be had
                facts = house.ports.store.describe()
            yield Check("database", is_ok=True, detail="; ".join(f"{key} {value}" for key, value in facts.items()))
            house.door.check()
            yield from _check_feeds(house)
    except ConfigError as error:
        yield Check("settings", is_ok=False, detail=str(error), advice="Mend config.toml.")
    except WirewatchError as error:
        yield Check("database", is_ok=False, detail=str(error), advice="See the message; --database names another.")


def _check_feeds(house: House) -> Iterator[Check]:
    with house.ports.store.read() as tx:
        stored = [feed.url for feed in tx.feeds.list_all() if feed.status is FeedStatus.ACTIVE]
    urls = list(dict.fromkeys((*stored, *(feed.url for feed in house.config.feeds))))
    if not urls:
        yield Check("feeds", is_ok=False, detail="there are none", advice="wirewatch feed add URL", is_fatal=False)
        return
    now = utc_now()
    n_good = 0
    for poll in house.ports.feeds.poll([make_probe(url, now) for url in urls]):
        if poll.result in {PollResult.CHANGED, PollResult.UNCHANGED}:
            n_good += 1
        else:
            advice = "Look at the address in a browser, or remove the feed."
            yield Check("feeds", is_ok=False, detail=f"{poll.feed.url}: {poll.error}", advice=advice, is_fatal=False)
    detail = f"{n_good} of {count_words(len(urls), 'feed')} can be read"
    advice = "" if n_good else "Is there a way out of this network, and are proxies set as they should be?"
    yield Check("feeds", is_ok=n_good > 0, detail=detail, advice=advice, is_fatal=False)


def make_reply(checks: list[Check]) -> Reply:
    """Return the checks as an answer."""
    blocks: list[Block] = []
    for check in checks:
        mark = "ok" if check.is_ok else "FAILED" if check.is_fatal else "note"
        blocks.append(Paragraph((Strong(f"{mark:<7}{check.name}: "), Text(check.detail))))
        if check.advice:
            blocks.append(notice(check.advice, Tone.WARNING))
    n_fatal = sum(1 for check in checks if not check.is_ok and check.is_fatal)
    title = f"{count_words(n_fatal, 'problem')} to mend" if n_fatal else "Ready"
    data = {"ok": not n_fatal, "checks": [_record(check) for check in checks]}
    return Reply(title, tuple(blocks), data, failed=bool(n_fatal))


def _record(check: Check) -> dict[str, object]:
    return {"name": check.name, "ok": check.is_ok, "detail": check.detail, "advice": check.advice}
