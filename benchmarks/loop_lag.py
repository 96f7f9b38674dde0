"""Lag of the event loop, and of Discord's heartbeats, while the bot polls and reads 500 feeds.

``python -m benchmarks.loop_lag [--feeds 500] [--entries 30] [--seconds 10] [--rounds 3]``: the running bot as it is
(ticks, feed door, SQLite, discord.py against a Discord on loopback, two watches with alerts to post) in a process of
its own; feeds and Discord are served by other processes. On its event loop a probe asks to be woken every 10 ms and
notes how late it is. Four rows take turns: the bot at rest, which is the limit of the machine; with 500 feeds due at
once; the same without ``bot.interpreter``; and the bot at rest with such articles read on the event loop itself, one
at a time.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.table import render_table

if TYPE_CHECKING:
    from discord.gateway import KeepAliveHandler

    from bot.programs.run import RunningBot
    from bot.wiring import House

GOAL_MS = 50.0
_PROBE_S = 0.01
_HEARTBEAT_S = 1.0
_LATE_MS = 100.0
_SETTLED = 3
_WARM_UP_S = 60.0
_ROOT = Path(__file__).resolve().parents[1]
_REST, _BUSY = "at rest (limit)", "polling and reading"
_UNTUNED, _ON_LOOP = "the same, Python's own settings", "reading on the loop itself"
MODES = (_REST, _BUSY, _UNTUNED, _ON_LOOP)

_PEOPLE = (
    "Ana Petrova", "Luis Ortega", "Mehmet Yildiz", "Grace Okafor", "Hanna Lindqvist", "Joao Pereira", "Mary Walsh",
    "Tomas Novak", "Aiko Tanaka", "Farid Rahimi", "Ngozi Bello", "Carlos Rivas", "Eva Kowalska", "Samuel Mensah",
)  # fmt: skip
_PLACES = (
    "Caracas", "Lagos", "Warsaw", "Manila", "Nairobi", "Lima", "Ankara", "Dhaka", "Lisbon", "Khartoum", "Jakarta",
    "Bogota", "Athens", "Kyiv", "Tripoli", "Quito", "Hanoi", "Sofia", "Venezuela", "Nigeria", "Peru", "Turkey",
)  # fmt: skip
_BODIES = (
    "the Interior Ministry", "the central bank", "Reuters", "the Red Cross", "the World Bank", "the coast guard",
    "the Supreme Court", "the UN refugee agency", "the health ministry", "the electoral council", "the army",
)  # fmt: skip
_EVENTS = (
    "earthquake", "ferry accident", "general strike", "election", "cholera outbreak", "landslide", "oil spill",
    "bank failure", "bridge collapse", "wildfire", "border clash", "flood", "refinery explosion", "hunger strike",
)  # fmt: skip
_SENTENCES = (
    "{body} said on {day} that {n} people had been killed in the {event} near {place}.",
    "At least {n} people were injured and {m} families lost their homes, according to {body}.",
    "{person}, who leads the relief work in {place}, told {body} that roads to the north remain closed.",
    "The {event} began on {date} and had spread to {place} by the following morning.",
    '"We have counted {n} damaged houses and we are still looking," {person} said in {place}.',
    "Damage is estimated at ${m} million, or {p} per cent of what the province earns in a year.",
    "In {month} 2025 a similar {event} in {place} cost {n} lives and led to {m} arrests.",
    "{body} sent {m} soldiers and {n} lorries with drinking water to {place} on {day}.",
    "Officials in {place} denied the figure of {m} dead that {person} had given two days earlier.",
    "A court in {place} will hear {person} on {date}; the charge carries up to {p} years in prison.",
    "Prices of bread in {place} rose by {p} per cent within a week of the {event}, {body} found.",
    "{person} is to travel to {place} next {day} for talks with {body} on {n} missing fishermen.",
    "Schools will stay shut until {date}, and trains between {place} and the coast run every {p} hours.",
    "Witnesses described how {person} pulled {p} children from the river shortly before midnight.",
    "The government has promised {m} euros to each of the {n} households and named {person} to pay it out.",
    "By {day} evening {body} had restored power to {p} per cent of the districts around {place}.",
    "Three months ago {body} had warned that the {event} was only a question of time.",
    "It is the worst {event} in {place} since 1998, when {m} people died in a single night.",
)
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = ("January", "March", "April", "June", "August", "September")


def main(argv: Sequence[str]) -> int:
    """Measure and print the table; return 1 if the loop's lag at p99 missed its goal."""
    options = _parse(argv)
    if options.only:
        return _PROGRAMS[options.only](options)
    load_before = os.getloadavg()[0]
    results: dict[str, list[dict[str, Any]]] = {mode: [] for mode in options.modes}
    with _serving("feeds", options) as feeds, _serving("discord", options) as discord:
        for _ in range(options.rounds):
            for mode in options.modes:
                results[mode].append(_run_bot(mode, feeds, discord, options))
    return _report(results, options, load_before)


def _parse(argv: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bench loop_lag", description=__doc__)
    parser.add_argument("--feeds", type=int, default=500)
    parser.add_argument("--entries", type=int, default=30)
    parser.add_argument("--seconds", type=float, default=10.0, help="how long each run is watched")
    parser.add_argument("--rounds", type=int, default=3, help="runs of each row; the table holds their medians")
    parser.add_argument("--modes", nargs="+", choices=MODES, default=MODES, help=argparse.SUPPRESS)
    parser.add_argument("--only", choices=["feeds", "discord", "bot"], help=argparse.SUPPRESS)
    parser.add_argument("--mode", choices=MODES, default=_REST, help=argparse.SUPPRESS)
    parser.add_argument("--url", default="", help=argparse.SUPPRESS)
    parser.add_argument("--channel", default="", help=argparse.SUPPRESS)
    return parser.parse_args(argv)


def _command(only: str, options: argparse.Namespace) -> list[str]:
    command = [sys.executable, "-m", "benchmarks.loop_lag", "--only", only, f"--feeds={options.feeds}"]
    return [*command, f"--entries={options.entries}", f"--seconds={options.seconds}"]


@contextmanager
def _serving(only: str, options: argparse.Namespace) -> Iterator[dict[str, str]]:
    """Run one of the servers and yield what it says of itself; it ends with its standard input."""
    command = _command(only, options)
    with subprocess.Popen(command, cwd=_ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None  # noqa: S101  # it was asked for
        try:
            yield json.loads(server.stdout.readline())
        finally:
            server.communicate()


def _run_bot(mode: str, feeds: dict[str, str], discord: dict[str, str], options: argparse.Namespace) -> dict[str, Any]:
    command = [*_command("bot", options), "--mode", mode, "--url", feeds["url"], "--channel", discord["channel"]]
    environment = {**os.environ, "DISCORD_TOKEN": discord["token"], "WIREWATCH_DISCORD_API": discord["api_url"]}
    done = subprocess.run(
        command, cwd=_ROOT, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True, check=True,
        timeout=options.seconds + 2 * _WARM_UP_S,
    )  # fmt: skip
    return dict(json.loads(done.stdout.splitlines()[-1]))


def _report(results: dict[str, list[dict[str, Any]]], options: argparse.Namespace, load_before: float) -> int:
    head = ["event loop", "lag p50, ms", "p90", "p99", "max", "p99 of each run", "heartbeat, ms", "worst", "late"]
    head += ["feeds", "articles", "alerts posted"]
    rows = [[mode, *_sum_up(runs)] for mode, runs in results.items()]
    print(
        f"{options.feeds} feeds of {options.entries} entries of 150 to 400 words; {options.rounds} runs of "
        f"{options.seconds:g} s each, in turns; medians of the runs, `max` and `worst` the worst of them. A heartbeat "
        f"is due every {_HEARTBEAT_S:g} s, counts until it is answered, and is late when more than "
        f"{_LATE_MS:g} ms behind. Feeds, articles and alerts are those done in that time. "
        f"Load of the machine before: {load_before:.1f}.\n\n{render_table(head, rows)}\n\n"
        f"Goal for polling and reading: p99 under {GOAL_MS:g} ms, no late heartbeat."
    )
    busy = results.get(_BUSY, [])
    return int(bool(busy) and statistics.median(run["p99"] for run in busy) >= GOAL_MS)


def _sum_up(runs: list[dict[str, Any]]) -> list[object]:
    def middle(key: str) -> float:
        return float(statistics.median(run[key] for run in runs))

    each = ", ".join(f"{run['p99']:.1f}" for run in runs)
    beats = sum(run["n_beats"] for run in runs)
    late = f"{sum(run['n_late'] for run in runs)} of {beats}"
    worst = (max(run["max"] for run in runs), max(run["beat_max"] for run in runs))
    lags = [middle("p50"), middle("p90"), middle("p99"), float(worst[0]), each]
    return [
        *lags,
        middle("beat_p50"),
        float(worst[1]),
        late,
        *(int(middle(key)) for key in ("feeds", "articles", "sent")),
    ]


# Feeds and Discord: processes of their own.


def make_text(chance: random.Random) -> str:
    """Return a made-up report of 150 to 400 words in paragraphs of four sentences."""
    wanted, sentences, n_words = chance.randint(150, 400), [], 0
    event = chance.choice(_EVENTS)
    while n_words < wanted:
        sentence = chance.choice(_SENTENCES).format(
            event=event,
            body=chance.choice(_BODIES),
            place=chance.choice(_PLACES),
            person=chance.choice(_PEOPLE),
            day=chance.choice(_DAYS),
            month=chance.choice(_MONTHS),
            date=f"{chance.randint(1, 28)} {chance.choice(_MONTHS)} 2026",
            n=chance.randint(2, 900),
            m=chance.randint(10, 90) * 100,
            p=chance.randint(2, 60),
        )
        sentences.append(sentence[0].upper() + sentence[1:])
        n_words += len(sentence.split())
    return "\n\n".join(" ".join(sentences[at : at + 4]) for at in range(0, len(sentences), 4))


def make_title(chance: random.Random) -> str:
    """Return a made-up headline."""
    return f"{chance.choice(_EVENTS).capitalize()} in {chance.choice(_PLACES)}: {chance.randint(2, 900)} dead"


def make_feed(number: int, n_entries: int, now: datetime) -> bytes:
    """Return an RSS 2.0 feed, the newest entry first, one every twenty minutes."""
    items = []
    for index in range(n_entries):
        chance = random.Random(number * 100_003 + index)
        text = "".join(f"&lt;p&gt;{part}&lt;/p&gt;" for part in make_text(chance).split("\n\n"))
        items.append(
            f"<item><title>{make_title(chance)}</title><link>https://gazette-{number}.example/{index}</link>"
            f"<guid>https://gazette-{number}.example/{index}</guid>"
            f"<pubDate>{format_datetime(now - timedelta(minutes=20 * index))}</pubDate>"
            f"<description>{text}</description></item>"
        )
    head = f"<title>Gazette {number}</title><link>https://gazette-{number}.example/</link><language>en</language>"
    return f'<?xml version="1.0"?><rss version="2.0"><channel>{head}{"".join(items)}</channel></rss>'.encode()


def serve_feeds(options: argparse.Namespace) -> int:
    """Serve the feeds until standard input ends."""
    from benchmarks.feed_server import FeedServer  # noqa: PLC0415  # only this process needs it

    with FeedServer() as server:
        now = datetime.now(UTC)
        for number in range(options.feeds):
            server.set_page(f"/feed/{number}.xml", make_feed(number, options.entries, now), etag="auto")
        print(json.dumps({"url": server.url("/feed")}), flush=True)
        sys.stdin.read()
    return 0


def serve_discord(_: argparse.Namespace) -> int:
    """Serve a Discord with one channel until standard input ends."""
    from tests.doubles.discord.server import DiscordDouble  # noqa: PLC0415  # only this process needs it

    with DiscordDouble(heartbeat_s=_HEARTBEAT_S) as discord:
        guild = discord.add_guild()
        channel = f"discord:{guild.id}/{discord.add_channel(guild, 'wire').id}"
        print(json.dumps({"api_url": discord.api_url, "token": discord.token, "channel": channel}), flush=True)
        sys.stdin.read()
    return 0


# The bot.


@dataclass(slots=True)
class Beats:
    """Heartbeats of discord.py: when each was due, and after how many seconds it was answered."""

    due: list[float] = field(default_factory=list)
    took_s: list[float] = field(default_factory=list)

    def listen(self) -> None:
        """Note every heartbeat of this process from now on.

        discord.py's own latency is of no use here: it counts from the end of sending, which an answer over loopback
        may come before.
        """
        from discord.gateway import KeepAliveHandler  # noqa: PLC0415  # a second that only this process needs

        make, acknowledge = KeepAliveHandler.get_payload, KeepAliveHandler.ack

        def get_payload(handler: KeepAliveHandler) -> dict[str, Any]:
            self.due.append(time.perf_counter())
            return make(handler)

        def ack(handler: KeepAliveHandler) -> None:
            acknowledge(handler)
            self.took_s.append(time.perf_counter() - self.due[-1])

        KeepAliveHandler.get_payload = get_payload  # type: ignore[method-assign,assignment]  # to look, not to change
        KeepAliveHandler.ack = ack  # type: ignore[method-assign,assignment]  # the same


async def _probe(lags: list[float]) -> None:
    while True:
        asked = time.perf_counter()
        await asyncio.sleep(_PROBE_S)
        lags.append(time.perf_counter() - asked - _PROBE_S)


def run_bot(options: argparse.Namespace) -> int:
    """Run the bot for a while and print what was seen."""
    from bot.config import Config, DiscordConfig, PollConfig  # noqa: PLC0415  # only this process needs it
    from bot.interpreter import give_way  # noqa: PLC0415  # the same
    from bot.logs import open_log  # noqa: PLC0415  # the same
    from bot.programs.run import RunningBot  # noqa: PLC0415  # the same
    from bot.wiring import open_house  # noqa: PLC0415  # the same

    beats, lags = Beats(), list[float]()
    beats.listen()
    if options.mode != _UNTUNED:
        give_way()
    poll = PollConfig(tick_s=1.0, allow_networks=("127.0.0.1",), feeds_per_tick=options.feeds, alerts_on_first_sight=3)
    with tempfile.TemporaryDirectory() as folder:
        config = Config(folder=Path(folder), poll=poll, discord=DiscordConfig())
        with open_house(config, f"sqlite:///{folder}/lag.db", worker="benchmark") as house:
            _furnish(house, options)
            log = open_log("warning", Path(folder) / "log")
            seen = asyncio.run(
                _watch(RunningBot(house, log, reads_lines=False, is_prompt=False), house, beats, lags, options)
            )
        seen["log"] = (
            (Path(folder) / "log").read_text(encoding="utf-8")[:2_000] if (Path(folder) / "log").exists() else ""
        )
    if seen["log"]:
        sys.stderr.write(seen["log"])
    print(json.dumps(seen), flush=True)
    # A round of polling that was cut off may still be on its way in another thread.
    os._exit(0)


def _furnish(house: House, options: argparse.Namespace) -> None:
    now = datetime.now(UTC)
    with house.store.write() as tx:
        for topic in ("venezuela", "earthquake"):
            tx.watches.add(channel=options.channel, expression=topic, actor="benchmark", now=now)


def _add_feeds(house: House, options: argparse.Namespace) -> None:
    """Let all feeds be due at the next tick."""
    now = datetime.now(UTC)
    with house.store.write() as tx:
        for number in range(options.feeds):
            tx.feeds.add(
                f"{options.url}/{number}.xml", outlet=f"Gazette {number}", language="en", interval_s=600, now=now
            )


async def _watch(
    bot: RunningBot, house: House, beats: Beats, lags: list[float], options: argparse.Namespace
) -> dict[str, Any]:
    serving = asyncio.create_task(bot.serve())
    deadline = time.monotonic() + _WARM_UP_S
    while len(beats.took_s) < _SETTLED and time.monotonic() < deadline:  # noqa: ASYNC110  # threads set no Event
        await asyncio.sleep(_PROBE_S)
    beats.took_s.clear()
    tasks = [asyncio.create_task(_probe(lags))]
    if options.mode in {_BUSY, _UNTUNED}:
        await asyncio.to_thread(_add_feeds, house, options)
    elif options.mode == _ON_LOOP:
        tasks.append(asyncio.create_task(_read_here(house, options)))
    await asyncio.sleep(options.seconds)
    for task in tasks:
        task.cancel()
    took_ms, counts = [1000 * one for one in beats.took_s], _count(house)
    os.kill(os.getpid(), signal.SIGTERM)
    await serving
    cuts = statistics.quantiles([1000 * lag for lag in lags], n=100)
    return {
        "p50": cuts[49], "p90": cuts[89], "p99": cuts[98], "max": 1000 * max(lags), "n_beats": len(took_ms),
        "n_late": sum(one > _LATE_MS for one in took_ms), "beat_p50": statistics.median(took_ms),
        "beat_max": max(took_ms), **counts,
    }  # fmt: skip


def _count(house: House) -> dict[str, int]:
    with house.store.read() as tx:
        n_feeds = sum(feed.polled_at is not None for feed in tx.feeds.list_all())
        return {"articles": tx.articles.count(), "feeds": n_feeds, "sent": tx.outbox.count_by_state().get("sent", 0)}


async def _read_here(house: House, options: argparse.Namespace) -> None:
    """Take in articles on the event loop, giving way after each: the kindest way of doing it wrong."""
    from handlers.jobs.ingest import ingest_article  # noqa: PLC0415  # only this process needs it
    from news.model import Article  # noqa: PLC0415  # the same

    now = datetime.now(UTC)
    for number in range(options.feeds * options.entries):
        chance = random.Random(number)
        text, title = make_text(chance), make_title(chance)
        url = f"https://gazette.example/{number}"
        article = Article(url, url, f"Gazette {number % options.feeds}", title, text, published_at=now, language="en")
        ingest_article(article, house.ports, alerts=number % options.entries < 3)  # as in the feeds
        await asyncio.sleep(0)


_PROGRAMS = {"feeds": serve_feeds, "discord": serve_discord, "bot": run_bot}

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
