"""Two simulated weeks through the real jobs: polling, delivery and maintenance with real SQLite and a clock by hand.

``python -m tests.golden.two_weeks`` writes what the five channels hear to ``two_weeks/heard.txt`` and prints how that
stands against what an editor wants.
"""

from __future__ import annotations

import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from bot.programs import run
from handlers.dispatch import dispatch
from handlers.jobs.maintain import maintain
from handlers.jobs.poll import poll_due
from handlers.jobs.settings import ConfiguredOutlet
from handlers.messages import LABEL_WORDS, shorten
from handlers.ports import HandlerSettings, Ports, Post, Receipt
from handlers.reply import Reply
from handlers.request import Access, Request
from news.decision import Label
from news.model import Article
from news.polling import Feed, FeedPoll, PollResult
from news.reports.outlets import use_outlets
from news.watches.watch import Head
from storage.engine import SqlStore, open_store
from tests.golden.two_weeks_stories import (
    FOLDER,
    SILENCE,
    STATE_MEDIA,
    WIRES,
    Piece,
    load_expected,
    load_pieces,
    site_of,
)

HEARD = FOLDER / "heard.txt"
FIRST = datetime(2025, 10, 18, tzinfo=UTC)
LAST = datetime(2025, 11, 1, 12, tzinfo=UTC)
TICK = timedelta(minutes=30)
"""So often somebody looks; and whenever something is published."""
FLOOD = (datetime(2025, 10, 28, 4, 30, tzinfo=UTC), datetime(2025, 10, 28, 5, 30, tzinfo=UTC))
"""Then the bot is watched minute by minute."""
BERLIN = ZoneInfo("Europe/Berlin")
LONGEST_WAIT = timedelta(hours=3)
_SHOWN_ENTRIES = 12
_POSTED = {label.value for label in (Label.NEW, Label.UPDATE, Label.DISPUTED, Label.REVISED)}


@dataclass(frozen=True)
class Channel:
    """A channel with its one watch, set as by ``/watch add``."""

    name: str
    topic: str
    settings: dict[str, str] = field(default_factory=dict)

    @property
    def address(self) -> str:
        return f"terminal:{self.name}"


CHANNELS = (
    Channel("desk", "peru"),
    Channel("doubts", "peru OR poland", {"labels": "disputed,revised"}),
    Channel("hourly", "poland OR kenya", {"mode": "hourly"}),
    Channel("morning", "peru", {"mode": "daily", "at": "06:30", "quiet": "22:00-07:00", "zone": "Europe/Berlin"}),
    Channel(
        "sure",
        "(callao OR arequipa OR person:arce) AND NOT football",
        {"origins": "2", "quiet": "23:00-07:00", "zone": "Europe/Berlin"},
    ),
)


@dataclass
class Message:
    """What a channel was sent, and when."""

    at: datetime
    post: Post


@dataclass
class Recorder:
    """A platform that keeps what it is given."""

    clock: Clock
    prefix: str = "terminal:"
    recognises: bool = True
    is_ready: bool = True
    messages: list[Message] = field(default_factory=list)

    def post(self, post: Post) -> Receipt:
        self.messages.append(Message(self.clock.now, post))
        return Receipt(f"message-{post.key}")

    def edit(self, head: Head, reply: Reply) -> None:
        """Heads are kept current silently."""


@dataclass
class Clock:
    """The time, moved by hand."""

    now: datetime = FIRST

    def __call__(self) -> datetime:
        return self.now


class Newsstand:
    """The feeds of all outlets; each shows its newest entries, and says when nothing changed."""

    def __init__(self, clock: Clock, pieces: Sequence[Piece]) -> None:
        self._clock = clock
        self._waiting = list(pieces)
        self._shown: dict[str, list[Article]] = {}
        self._changed: set[str] = {f"{site_of(piece.article.outlet)}/feed.xml" for piece in pieces}

    def publish(self) -> None:
        """Put what is due by now into the feeds."""
        while self._waiting and self._waiting[0].at <= self._clock.now:
            article = self._waiting.pop(0).article
            entries = [each for each in self._shown.get(article.feed_url, []) if each.source_id != article.source_id]
            self._shown[article.feed_url] = [*entries, article][-_SHOWN_ENTRIES:]
            self._changed.add(article.feed_url)

    def poll(self, feeds: Sequence[Feed]) -> Iterator[FeedPoll]:
        now = self._clock.now
        for feed in sorted(feeds, key=lambda each: each.id):
            is_changed = feed.url in self._changed
            self._changed.discard(feed.url)
            articles = tuple(self._shown.get(feed.url, ())) if is_changed else ()
            result = PollResult.CHANGED if is_changed else PollResult.UNCHANGED
            yield FeedPoll(feed, result, now, self._next(feed.url), articles, title=feed.outlet, n_bytes=9)

    def _next(self, url: str) -> datetime:
        """Return when to ask again: when there is something, for asking in vain would take the test a minute."""
        coming = (piece.at for piece in self._waiting if piece.article.feed_url == url)
        return min(next(coming, LAST), self._clock.now + LONGEST_WAIT)

    def find_refusal(self, url: str) -> str:
        del url
        return ""

    def clean_html(self, html: str, url: str = "") -> str:
        del url
        return html


@dataclass
class Weeks:
    """What came of the two weeks; the store is still open."""

    store: SqlStore
    path: Path
    ports: Ports
    messages: list[Message]
    names: dict[int, str]
    labels: dict[str, str]

    def heard_by(self, channel: Channel) -> list[Message]:
        return [message for message in self.messages if message.post.channel == channel.address]


@contextmanager
def invented_outlets() -> Iterator[None]:
    """Let the wires and the state media of the two weeks be known as such."""
    kinds = {**dict.fromkeys(WIRES, "wire"), **dict.fromkeys(STATE_MEDIA, "state")}
    rows = [
        ConfiguredOutlet(name, (site_of(name).removeprefix("https://"),), kind=kind, country="PE", source="ours")
        for name, kind in kinds.items()
    ]
    use_outlets(row.as_row() for row in rows)
    try:
        yield
    finally:
        use_outlets(())


@contextmanager
def live_through(folder: Path) -> Iterator[Weeks]:
    """Let the two weeks pass."""
    pieces, clock = load_pieces(), Clock()
    stand, recorder = Newsstand(clock, pieces), Recorder(clock)
    path = folder / "weeks.db"
    with invented_outlets(), open_store(str(path)) as store:
        ports = Ports(store, stand, clock, HandlerSettings())
        _set_up(ports, pieces)
        for clock.now in list_moments(pieces):
            _tick(ports, stand, recorder)
        yield Weeks(store, path, ports, recorder.messages, *_name_articles(store, pieces))


def list_moments(pieces: Sequence[Piece]) -> list[datetime]:
    """Return when the bot is watched."""
    ticks = {FIRST + n * TICK for n in range((LAST - FIRST) // TICK + 1)}
    minutes = {FLOOD[0] + timedelta(minutes=n) for n in range((FLOOD[1] - FLOOD[0]) // timedelta(minutes=1))}
    return sorted(ticks | minutes | {piece.at for piece in pieces})


def _set_up(ports: Ports, pieces: Sequence[Piece]) -> None:
    with ports.store.write() as tx:
        for outlet in dict.fromkeys(piece.article.outlet for piece in pieces):
            tx.feeds.add(f"{site_of(outlet)}/feed.xml", outlet=outlet, language="", interval_s=60, now=ports.now())
    for channel in CHANNELS:
        arguments = {"topic": channel.topic, **channel.settings}
        request = Request("watch add", arguments, channel.address, "terminal:editor", now=FIRST, access=Access.OPERATE)
        reply = dispatch(request, ports)
        assert not reply.failed, reply.title
    poll_due(ports)  # first sight: the feeds are empty


def _tick(ports: Ports, stand: Newsstand, recorder: Recorder) -> None:
    now = ports.now()
    stand.publish()
    poll_due(ports)
    # What the running bot does beside polling, whatever that is by now; all but delivering is done once an hour here.
    deliver, *others = run._delivery_ticks(recorder, 1, ports, 1.0)
    if not now.minute:
        getattr(run, "_watch_over", lambda _: None)(ports)
        for tick in others:
            tick.run()
    deliver.run()
    if not now.hour and not now.minute:
        maintain(ports)


def _name_articles(store: SqlStore, pieces: Sequence[Piece]) -> tuple[dict[int, str], dict[str, str]]:
    """Return the name of each stored article, and the label of each piece."""
    names: dict[int, str] = {}
    labels: dict[str, str] = {}
    with store.read() as tx:
        for piece in pieces:
            source_id = piece.article.source_id
            first = next(each.name for each in pieces if each.article.source_id == source_id)
            for article_id in tx.articles.find_ids(source_id):
                names[article_id] = first
                revision = 0 if first == piece.name else 1
                if revision <= tx.articles.get_revision(article_id):
                    labels[piece.name] = tx.articles.get_decision(article_id, revision=revision).label.value
    return names, labels


# ---- what was heard, line by line


def render_heard(weeks: Weeks) -> str:
    """Return what each channel heard, in order."""
    parts = [_render_channel(weeks, channel) for channel in CHANNELS]
    return "\n\n".join(parts) + "\n"


def _render_channel(weeks: Weeks, channel: Channel) -> str:
    heard = weeks.heard_by(channel)
    settings = "".join(f", {name} {value}" for name, value in channel.settings.items())
    zone = BERLIN if "zone" in channel.settings else UTC
    alerts = sum(len(list_alerts(message.post)) for message in heard)
    head = f"== {channel.name}: {channel.topic}{settings}\n   {len(heard)} messages, {alerts} alerts"
    return "\n".join((head, *(line for message in heard for line in _render_message(weeks, message, zone))))


def _render_message(weeks: Weeks, message: Message, zone: Any) -> Iterator[str]:  # noqa: ANN401 - UTC or a ZoneInfo
    post, local = message.post, message.at.astimezone(zone)
    when = f"{local:%a %d %b %H:%M %Z}"
    alerts = list_alerts(post)
    yield ""
    if len(alerts) > 1 or post.label is None:
        yield f"{when}  {post.reply.title}"
        yield from (f"    {_say_alert(weeks, alert)}" for alert in alerts)
        return
    if not alerts:
        yield f"{when}  {post.reply.title}"
        return
    place = "opens the story" if post.head is None else f"under {_name_of_row(weeks, post.head.row_id)}"
    yield f"{when}  {_say_alert(weeks, alerts[0])}  ({place})"
    yield from _say_facts(weeks, alerts[0]["of"])


def list_alerts(post: Post) -> list[dict[str, Any]]:
    """Return the records of the alerts in a message; none where it is no alert."""
    data: Any = post.reply.data
    if "stories" in data:
        return [alert for story in data["stories"] for alert in story.get("alerts", ())]
    return [dict(data)] if "alert" in data else []


def name_of(weeks: Weeks, alert: dict[str, Any]) -> str:
    """Return the name of the piece that an alert tells of."""
    article_id = int(str(alert["article"])[1:])
    return weeks.names.get(article_id, str(alert["article"]))


def _name_of_row(weeks: Weeks, row_id: int) -> str:
    with weeks.store.read() as tx:
        return weeks.names.get(tx.outbox.get(row_id).alert.article_id, "?")


def _say_alert(weeks: Weeks, alert: dict[str, Any]) -> str:
    of = alert["of"]
    return f"{LABEL_WORDS[Label(alert['label'])]}  {of['title']} — {of['outlet']} [{name_of(weeks, alert)}]"


def _say_facts(weeks: Weeks, of: dict[str, Any]) -> Iterator[str]:
    for fact in of["new"]:
        before = "" if fact["before"] is None else f"{_short(fact['before']['value'])} → "
        value, quote = fact["value"], fact["quote"]
        said = "" if value == quote else f' in "{_short(quote)}"'
        yield f"    {fact['kind']}: {before}{_short(value)}{said}"
    for dispute in of["disputes"]:
        here, there = dispute["here"], dispute["there"]
        yield f"    {dispute['kind']} disputed: {_short(here['value'])} / {_short(there['value'])} ({there['outlet']})"
    if of["known_since"] is not None:
        known = of["known_since"]
        yield f"    known since {weeks.names.get(int(known['article'][1:]), known['article'])}"


def _short(text: str) -> str:
    return shorten(text, 110)


# ---- how that stands against what an editor wants


@dataclass
class Score:
    """How the labels stand against what an editor wants, account by account.

    Attributes:
        n_right: accounts told once and under a label that fits, or rightly not told.
        wrong: account -> labels that its articles had, where they do not fit.
    """

    n_accounts: int = 0
    n_right: int = 0
    n_posting_right: int = 0
    n_false: int = 0
    n_missed: int = 0
    n_copies: int = 0
    n_copies_posted: int = 0
    wrong: dict[str, str] = field(default_factory=dict)


def score(weeks: Weeks) -> Score:
    """Return how the bot's labels stand against the editor's, whatever any channel hears.

    An account and its copies are one: whichever of them comes first is told, and none of the others.
    """
    found = Score()
    groups: dict[str, list[Piece]] = {}
    for piece in load_pieces():
        groups.setdefault(piece.account, []).append(piece)
    expected = load_expected()
    for account, pieces in groups.items():
        labels = [(piece.name, weeks.labels.get(piece.name, "unchanged")) for piece in pieces]
        posted = [(name, label) for name, label in labels if label in _POSTED]
        wanted = expected[account]
        is_told = any(word != SILENCE for word in wanted)
        may_be_silent = SILENCE in wanted
        n_extra = max(0, len(posted) - 1) if is_told else len(posted)
        fits = (may_be_silent and not posted) or (bool(posted) and posted[0][1] in wanted)
        found.n_accounts += 1
        found.n_copies += len(pieces) - 1
        found.n_copies_posted += sum(name != account for name, _ in posted)
        found.n_right += fits and not n_extra
        found.n_posting_right += (bool(posted) and is_told) or (not posted and may_be_silent)
        found.n_false += n_extra
        found.n_missed += not posted and not may_be_silent
        if not fits or n_extra:
            said = ", ".join(f"{name} {label}" for name, label in labels if label in _POSTED) or labels[0][1]
            found.wrong[account] = f"{said}; wanted {' or '.join(wanted)}"
    return found


def judge_channel(weeks: Weeks, channel: Channel) -> tuple[int, int]:
    """Return how many alerts a channel got, and of how many an editor wants the account told under that label."""
    alerts = [alert for message in weeks.heard_by(channel) for alert in list_alerts(message.post)]
    wanted = [alert for alert in alerts if alert["label"] in _wishes(name_of(weeks, alert), alert["label"])]
    return len(alerts), len(wanted)


def _wishes(name: str, label: str) -> set[str]:
    """Return the labels that an editor takes of an article; of what its outlet revised, those of later editions."""
    expected, pieces = load_expected(), load_pieces()
    source_id = next(piece.article.source_id for piece in pieces if piece.name == name)
    editions = [piece.account for piece in pieces if piece.article.source_id == source_id]
    told = editions[1:] if label == Label.REVISED and len(editions) > 1 else editions[:1]
    return {wish for account in told for wish in expected[account]}


def say_score(found: Score) -> str:
    """Return the score in words."""
    first = (
        f"{found.n_right} of {found.n_accounts} accounts are told as an editor wants; of {found.n_posting_right} it is "
        f"right whether they are posted at all. {found.n_false} posts too many, {found.n_missed} too few; "
        f"{found.n_copies_posted} of {found.n_copies} copies were posted."
    )
    return "\n".join((first, *(f"  {account}: {said}" for account, said in found.wrong.items())))


def main() -> int:
    """Write the golden file anew and print the score."""
    with tempfile.TemporaryDirectory() as name, live_through(Path(name)) as weeks:
        HEARD.write_text(render_heard(weeks), encoding="utf-8")
        labels = Counter(weeks.labels.values())
        sys.stdout.write(f"{len(load_pieces())} articles: {dict(sorted(labels.items()))}\n{say_score(score(weeks))}\n")
        for channel in CHANNELS:
            n_alerts, n_wanted = judge_channel(weeks, channel)
            a_day = n_alerts / ((LAST - FIRST) / timedelta(days=1))
            sys.stdout.write(f"{channel.name}: {n_alerts} alerts, {a_day:.1f} a day; {n_wanted} as an editor wants\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
