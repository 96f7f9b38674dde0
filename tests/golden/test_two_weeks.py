"""Two simulated weeks: what five channels hear, line by line, against what an editor wants; and the same once more."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.programs import run
from handlers.jobs.replay import ReplayPlan, ReplayResult, replay
from handlers.ports import HandlerSettings, Ports
from handlers.replay_answer import ReplayView, compose_replay
from handlers.reply import Reply
from news.decision import POSTED_LABELS, Label
from storage.backup import copy_file
from storage.engine import open_store
from storage.rewind import rewind
from tests.golden.two_weeks import (
    BERLIN,
    CHANNELS,
    FIRST,
    FLOOD,
    HEARD,
    LAST,
    Weeks,
    judge_channel,
    list_alerts,
    live_through,
    name_of,
    render_heard,
    say_score,
    score,
)
from tests.golden.two_weeks_stories import load_expected, load_pieces

AGAIN = "python -m tests.golden.two_weeks writes it anew; read what changed before it is taken"
DAY = timedelta(days=1)
CHANGE_OF_CLOCK = datetime(2025, 10, 26, 1, tzinfo=UTC)


@pytest.fixture(scope="module")
def weeks(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Weeks]:
    with live_through(tmp_path_factory.mktemp("weeks")) as weeks:
        yield weeks


def test_the_stories_are_what_they_promise() -> None:
    pieces = load_pieces()
    assert len(pieces) >= 300
    assert pieces[-1].at - pieces[0].at >= 13 * DAY
    assert {piece.account for piece in pieces} == load_expected().keys()
    n_flood = sum(FLOOD[0] <= piece.at <= FLOOD[0] + timedelta(minutes=11) for piece in pieces)
    assert n_flood >= 60
    assert len({piece.name for piece in pieces}) == len(pieces)


def test_what_five_channels_hear(weeks: Weeks) -> None:
    """Each message in order, with its time, label and facts."""
    assert render_heard(weeks) == HEARD.read_text(encoding="utf-8"), AGAIN


def test_it_is_what_an_editor_wants(weeks: Weeks) -> None:
    """No worse than it was when somebody looked last."""
    found = score(weeks)
    said = say_score(found)
    assert found.n_right / found.n_accounts >= 0.9, said
    assert found.n_posting_right / found.n_accounts >= 0.92, said
    assert found.n_copies_posted / found.n_copies <= 0.01, said
    desk = judge_channel(weeks, CHANNELS[0])
    assert desk[1] / desk[0] >= 0.9


def test_no_channel_hears_an_article_twice(weeks: Weeks) -> None:
    """A thing is told once: an article comes again only as its outlet's correction."""
    for channel in CHANNELS:
        alerts = [alert for message in weeks.heard_by(channel) for alert in list_alerts(message.post)]
        told = Counter(name_of(weeks, alert) for alert in alerts if alert["label"] != Label.REVISED)
        assert [name for name, n in told.items() if n > 1] == []


def test_no_channel_hears_a_fact_of_a_story_twice(weeks: Weeks) -> None:
    """The same new value of the same slot, in the same story and sentence, comes once."""
    for channel in CHANNELS:
        told: Counter[tuple[str, ...]] = Counter()
        for message in weeks.heard_by(channel):
            for alert in list_alerts(message.post):
                story = alert["of"]["story"]
                told.update(
                    {(story, fact["kind"], fact["value"], fact["quote"]) for fact in alert["of"].get("new", ())}
                )
        assert [fact for fact, n in told.items() if n > 1] == []


def test_what_is_known_is_told_to_nobody(weeks: Weeks) -> None:
    posted = {label.value for label in POSTED_LABELS}
    for channel in CHANNELS:
        for message in weeks.heard_by(channel):
            for alert in list_alerts(message.post):
                assert alert["label"] in posted
                is_late = alert["label"] == Label.NEW and channel.settings.get("origins")
                assert alert["of"]["label"] in posted or is_late


def test_the_busy_channel_gets_few_alerts(weeks: Weeks) -> None:
    """Ninety articles a day would be too many: a handful are told."""
    desk = CHANNELS[0]
    by_day = Counter(message.at.date() for message in weeks.heard_by(desk) for _ in list_alerts(message.post))
    n_days = (LAST - FIRST) / DAY
    assert sum(by_day.values()) / n_days <= 6.5
    assert max(by_day.values()) <= 14


def test_quiet_hours_hold_over_the_change_of_the_clock(weeks: Weeks) -> None:
    """Nothing comes at night by the clock on the wall, before and after the last Sunday of October."""
    for channel in CHANNELS:
        if "quiet" not in channel.settings:
            continue
        start = int(channel.settings["quiet"][:2])
        local = [message.at.astimezone(BERLIN) for message in weeks.heard_by(channel)]
        assert any(moment < CHANGE_OF_CLOCK for moment in local)
        assert any(moment > CHANGE_OF_CLOCK for moment in local)
        assert [moment for moment in local if not 7 <= moment.hour < start] == []


def test_digests_come_at_their_times(weeks: Weeks) -> None:
    hourly, morning = CHANNELS[2], CHANNELS[3]
    assert {message.at.minute for message in weeks.heard_by(hourly)} == {0}
    digests = [message for message in weeks.heard_by(morning) if list_alerts(message.post)]
    local = [message.at.astimezone(BERLIN) for message in digests]
    assert {(moment.hour, moment.minute) for moment in local} == {(7, 0)}, "6:30 is quiet; 7 is not"
    assert len({moment.date() for moment in local}) == len(local)


@pytest.mark.skipif(not hasattr(run, "_watch_over"), reason="the bot does not look after its feeds")
def test_a_feed_that_falls_silent_is_told_once(weeks: Weeks) -> None:
    """The blog that wrote each day is missed where it was heard, and nowhere is that said twice."""
    said = Counter(
        (message.post.channel, message.post.reply.title)
        for message in weeks.messages
        if not list_alerts(message.post) and "Quipu" in message.post.reply.title
    )
    assert {channel for channel, _ in said} >= {CHANNELS[0].address}
    assert set(said.values()) == {1}


def test_side_topics_reach_nobody(weeks: Weeks) -> None:
    quiet = {piece.account for piece in load_pieces() if piece.storyline in {"ferry", "volcano", "odds"}}
    heard = {
        name_of(weeks, alert).partition("/")[0] for message in weeks.messages for alert in list_alerts(message.post)
    }
    assert heard & quiet == set()


def run_again(weeks: Weeks, folder: Path, plan: ReplayPlan, **rules: int) -> tuple[ReplayResult, Reply]:
    settings = HandlerSettings(worker="replay", **rules)  # type: ignore[arg-type]  # only numbers are set
    now, then = folder / "now.db", folder / "then.db"
    copy_file(weeks.path, now)
    copy_file(now, then)
    rewind(then, plan.since)
    with open_store(str(now), read_only=True) as past_store, open_store(str(then)) as store:
        past = Ports(past_store, weeks.ports.feeds, weeks.ports.now, settings)
        result = replay(past, Ports(store, weeks.ports.feeds, weeks.ports.now, settings), plan)
        return result, compose_replay(past, plan, result, ReplayView())


def test_the_second_week_again_is_the_same(weeks: Weeks, tmp_path: Path) -> None:
    """Digests, quiet hours, the flood, corrections: the same version and rules on the store of then change nothing."""
    since = datetime(2025, 10, 27, tzinfo=UTC)
    result, reply = run_again(weeks, tmp_path, ReplayPlan(since, LAST + DAY))
    assert result.n_editions > 100
    assert result.differences == (), reply
    assert result.decisions == ()
    assert result.notes == ()


def test_one_day_with_other_rules_differs_and_twice_in_the_same_way(weeks: Weeks, tmp_path: Path) -> None:
    since = datetime(2025, 10, 30, tzinfo=UTC)
    plan = ReplayPlan(since, since + DAY)
    replies = [run_again(weeks, tmp_path, plan, old_event_days=36_000)[1] for _ in range(2)]
    assert repr(replies[0]) == repr(replies[1])
    assert "old-3" in str([weeks.names[int(each["article"][1:])] for each in replies[0].data["differences"]])
