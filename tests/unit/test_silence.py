"""When a feed is in trouble: by its own rhythm and form, and never because we were cut off ourselves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from news.model import Article, Precision
from news.polling import Feed, FeedPoll, FeedStatus, PollResult
from news.watches.notices import TroubleKind
from news.watches.silence import (
    Health,
    Limits,
    after_poll,
    cut_off_since,
    find_trouble,
    is_routine,
    usual_pause,
    usual_silence,
)

MONDAY = datetime(2026, 3, 2, tzinfo=UTC)
LIMITS = Limits()


def make_feed(number: int = 1, **more: object) -> Feed:
    feed = Feed(number, f"https://h{number}.example/rss", FeedStatus.ACTIVE, MONDAY, MONDAY, 600, is_primed=True)
    return replace(feed, **more)  # type: ignore[arg-type]  # only fields of a feed


def make_entry(at: datetime | None, *, guid: str = "g") -> Article:
    url = f"https://h.example/{at}"
    return Article(
        source_id=(guid and f"{guid}{at}") or url,
        url=url,
        outlet="Gazette",
        title=f"At {at}",
        text="A text.",
        published_at=at,
        published_precision=Precision.DAY,
    )


def poll(feed: Feed, at: datetime, entries: Sequence[Article] = (), *, status: int = 200, error: str = "") -> FeedPoll:
    result = PollResult.FAILED if error else PollResult.CHANGED if entries else PollResult.UNCHANGED
    return FeedPoll(feed, result, at, at + timedelta(minutes=10), tuple(entries), http_status=status, error=error)


def learn(moments: Sequence[datetime], *, until: datetime | None = None) -> tuple[Feed, Health]:
    """Return a feed that published at these moments, polled after each and last of all ``until``."""
    feed, health = make_feed(), None
    for moment in moments:
        at = moment + timedelta(minutes=5)
        health = after_poll(health, poll(feed, at, [make_entry(moment)]), n_new=1)
        feed = replace(feed, polled_at=at, succeeded_at=at, next_poll_at=at + timedelta(minutes=10))
    assert health is not None
    if until is not None:
        health = replace(health, watched_since=moments[0])
        feed = replace(feed, polled_at=until, succeeded_at=until, next_poll_at=until + timedelta(minutes=10))
    return feed, health


def weekdays(n_days: int, *hours: int) -> list[datetime]:
    days = [MONDAY + timedelta(days=n) for n in range(n_days)]
    return [day + timedelta(hours=hour) for day in days if day.weekday() < 5 for hour in hours]


def find(feed: Feed, health: Health, now: datetime, **more: datetime) -> TroubleKind | None:
    polled = replace(feed, polled_at=feed.polled_at and now, next_poll_at=now + timedelta(minutes=10))
    found = find_trouble(polled, health, now=now, limits=LIMITS, **more)
    return None if found is None else found.kind


def test_a_paper_that_rests_at_weekends_is_not_silent_on_a_monday() -> None:
    """No false alarm: from Friday evening to Tuesday morning is a long weekend, and no more."""
    moments = weekdays(26, 8, 12, 18)
    feed, health = learn(moments, until=moments[-1])
    assert moments[-1].weekday() == 4
    assert find(feed, health, moments[-1] + timedelta(days=3, hours=20)) is None
    assert find(feed, health, moments[-1] + timedelta(days=6)) is TroubleKind.SILENT


def test_a_wire_that_never_sleeps_is_silent_after_a_day() -> None:
    moments = [MONDAY + timedelta(hours=n) for n in range(24 * 20)]
    feed, health = learn(moments, until=moments[-1])
    assert find(feed, health, moments[-1] + timedelta(hours=23)) is None
    assert find(feed, health, moments[-1] + timedelta(hours=25)) is TroubleKind.SILENT


def test_a_monthly_letter_may_be_silent_for_weeks() -> None:
    moments = [MONDAY + timedelta(days=30 * n) for n in range(8)]
    feed, health = learn(moments, until=moments[-1])
    assert find(feed, health, moments[-1] + timedelta(days=45)) is None
    assert find(feed, health, moments[-1] + timedelta(days=61)) is TroubleKind.SILENT


def test_one_holiday_does_not_stretch_what_is_usual() -> None:
    moments = [MONDAY + timedelta(days=n) for n in (*range(20), *range(40, 60))]
    _, health = learn(moments)
    assert usual_pause(health) == timedelta(days=1)


def test_what_was_not_seen_over_two_weekends_may_be_silent_over_one() -> None:
    moments = [MONDAY + timedelta(days=day, hours=hour) for day in range(5) for hour in (8, 12)]
    feed, health = learn([*moments, MONDAY + timedelta(days=4, hours=13)], until=moments[-1])
    assert usual_silence(health, LIMITS) == timedelta(days=4)
    assert find(feed, health, moments[-1] + timedelta(days=3)) is None


def test_nobody_says_of_an_unknown_feed_that_it_is_silent() -> None:
    feed, health = learn([MONDAY, MONDAY + timedelta(hours=1)], until=MONDAY)
    assert find(feed, health, MONDAY + timedelta(days=300)) is None


def test_the_first_sight_of_a_feed_tells_its_rhythm() -> None:
    entries = [make_entry(MONDAY + timedelta(hours=12 * n)) for n in range(30)]
    health = after_poll(None, poll(make_feed(), MONDAY + timedelta(days=16), entries), n_new=30)
    assert usual_pause(health) == timedelta(hours=12)


def test_dates_ahead_count_for_nothing() -> None:
    ahead = [make_entry(MONDAY), make_entry(MONDAY + timedelta(days=300))]
    health = after_poll(None, poll(make_feed(), MONDAY + timedelta(hours=1), ahead), n_new=2)
    assert health.last_moment == MONDAY


def test_a_feed_without_dates_lives_by_what_is_new_in_it() -> None:
    health: Health | None = None
    for n in range(12):
        at = MONDAY + timedelta(hours=n)
        health = after_poll(health, poll(make_feed(), at, [make_entry(None)]), n_new=n % 2)
    assert health is not None
    assert health.last_moment == MONDAY + timedelta(hours=11)


def test_silence_counts_from_when_we_looked_again() -> None:
    """A bot that was off for a week says of nobody that he was silent."""
    moments = [MONDAY + timedelta(hours=n) for n in range(24 * 20)]
    feed, health = learn(moments, until=moments[-1])
    back = moments[-1] + timedelta(days=7)
    health = after_poll(health, poll(feed, back), n_new=0)
    assert health.watched_since == back
    assert find(feed, health, back + timedelta(hours=23)) is None
    assert find(feed, health, back + timedelta(hours=25)) is TroubleKind.SILENT


def test_what_we_do_not_poll_is_not_silent() -> None:
    moments = [MONDAY + timedelta(hours=n) for n in range(24 * 20)]
    feed, health = learn(moments, until=moments[-1])
    now = moments[-1] + timedelta(days=30)
    assert find_trouble(feed, health, now=now, limits=LIMITS) is None, "its next poll is overdue: that is our fault"


def test_failures_are_told_when_they_last() -> None:
    feed = make_feed(polled_at=MONDAY, n_failures=9, error="503")
    health = after_poll(None, poll(feed, MONDAY, status=503, error="503"), n_new=0)
    assert find(feed, health, MONDAY + timedelta(hours=11)) is None
    assert find(feed, health, MONDAY + timedelta(hours=13)) is TroubleKind.FAILING
    later = MONDAY + timedelta(hours=13)
    assert find(feed, health, later, online_since=later - timedelta(hours=1)) is None, "we were cut off before"


def test_a_body_that_is_no_feed_is_told_after_three_polls() -> None:
    feed, health = make_feed(polled_at=MONDAY, n_failures=3), None
    for n in range(3):
        assert health is None or find(feed, health, MONDAY) is None
        at = MONDAY + timedelta(minutes=10 * n)
        health = after_poll(health, poll(feed, at, error="not a feed but a web page"), n_new=0)
    assert health is not None
    assert find(feed, health, MONDAY + timedelta(minutes=30)) is TroubleKind.UNREADABLE


@pytest.mark.parametrize(
    ("lost", "kind"), [(make_entry(None), TroubleKind.UNDATED), (make_entry(MONDAY, guid=""), TroubleKind.UNNAMED)]
)
def test_entries_that_lose_their_dates_or_ids_are_told(lost: Article, kind: TroubleKind) -> None:
    feed, health = make_feed(polled_at=MONDAY), None
    for n in range(4):
        at = MONDAY + timedelta(hours=n)
        health = after_poll(health, poll(feed, at, [make_entry(at), make_entry(at)]), n_new=1)
    health = after_poll(health, poll(feed, MONDAY + timedelta(hours=5), [lost, lost]), n_new=1)
    assert find(feed, health, MONDAY + timedelta(hours=5)) is None, "once may be a slip"
    health = after_poll(health, poll(feed, MONDAY + timedelta(hours=6), [lost, lost]), n_new=1)
    assert find(feed, health, MONDAY + timedelta(hours=6)) is kind


def test_what_lost_its_dates_and_falls_silent_is_silent() -> None:
    """A feed without dates is heard all the same, and would count as living for ever."""
    feed, health = learn(weekdays(30, 6, 18))
    at = health.last_moment or MONDAY
    for n in (1, 2):
        at += timedelta(hours=n)
        health = after_poll(health, poll(feed, at, [make_entry(None)]), n_new=1)
    feed = replace(feed, polled_at=at, succeeded_at=at, next_poll_at=at + timedelta(minutes=10))
    found = find_trouble(feed, health, now=at, limits=LIMITS)
    assert found is not None
    assert found.kind is TroubleKind.UNDATED
    later = at + timedelta(days=9)
    health = replace(health, watched_since=MONDAY)
    feed = replace(feed, polled_at=later, succeeded_at=later, next_poll_at=later)
    found = find_trouble(feed, health, now=later, limits=LIMITS)
    assert found is not None
    assert (found.kind, found.since) == (TroubleKind.SILENT, at)


def test_feeds_that_never_had_dates_have_lost_none() -> None:
    feed, health = make_feed(polled_at=MONDAY), None
    for n in range(9):
        health = after_poll(health, poll(feed, MONDAY + timedelta(hours=n), [make_entry(None)]), n_new=1)
    assert health is not None
    assert find(feed, health, MONDAY + timedelta(hours=9)) is None


@pytest.mark.parametrize(
    ("status", "kind"), [(FeedStatus.STOPPED, TroubleKind.STOPPED), (FeedStatus.PAUSED, TroubleKind.PAUSED)]
)
def test_a_feed_that_is_not_polled_is_told_at_once(status: FeedStatus, kind: TroubleKind) -> None:
    assert find(make_feed(status=status, polled_at=MONDAY), Health(), MONDAY) is kind


def test_we_are_cut_off_when_those_who_answered_stop_together() -> None:
    """Many feeds down at once is our own network; a few dead ones among living ones are not."""

    def go(
        answers: str, before: Sequence[tuple[Feed, Health]] = (), at: datetime = MONDAY
    ) -> list[tuple[Feed, Health]]:
        known = dict(enumerate(health for _, health in before))
        feeds = [make_feed(number) for number in range(len(answers))]
        polls = [
            poll(feed, at, status=304 if ok == "+" else 0, error="" if ok == "+" else "no answer")
            for feed, ok in zip(feeds, answers, strict=True)
        ]
        last = {feed.id: feed.succeeded_at for feed, _ in before}
        after = [replace(one.feed, succeeded_at=last.get(one.feed.id) if one.error else at) for one in polls]
        return [(after[n], after_poll(known.get(n), one, n_new=0)) for n, one in enumerate(polls)]

    well = go("+++-")
    assert cut_off_since(well) is None
    later = MONDAY + timedelta(hours=1)
    assert cut_off_since(go("+---", before=well, at=later)) is None
    assert cut_off_since(go("----", before=well, at=later)) == MONDAY
    assert cut_off_since(go("--")) == MONDAY, "nobody ever answered"
    assert cut_off_since(go("-")) is None, "of one host nobody can say whose fault it is"
    again = go("-+--", before=go("----", before=well, at=later), at=later)
    assert cut_off_since(again) is None


def test_only_what_went_well_twice_is_routine() -> None:
    """A feed that was resumed has no failures on its count, and yet its return must be remembered."""
    later = MONDAY + timedelta(minutes=10)
    well = make_feed(polled_at=MONDAY, succeeded_at=MONDAY)
    assert is_routine(poll(well, later))
    assert not is_routine(poll(well, later, [make_entry(MONDAY)]))
    assert not is_routine(poll(replace(well, polled_at=MONDAY + timedelta(minutes=1)), later)), "the last one failed"
    assert not is_routine(poll(well, MONDAY + timedelta(days=1))), "nobody looked for a day"
