"""Which watch takes an article, and how many alerts go into one message."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest

from news.decision import POSTED_LABELS, Decision, Label
from news.model import Article, Entity, EntityKind, Mention, Reading, Signature
from news.queries.expressions import Content
from news.watches.schedule import Mode, Schedule
from news.watches.watch import Alert, Queue, Watch, place_of, select_alerts, size_message
from news.words.text import fold

NOW = datetime(2026, 3, 1, tzinfo=UTC)
CARACAS = Entity("place:caracas", "Caracas", EntityKind.PLACE, within=("place:venezuela",))
VENEZUELA = Entity("place:venezuela", "Venezuela", EntityKind.PLACE)
ARTICLE = Article("1", "", "Example Post", "Cargo plane arrives", "A cargo plane landed in Caracas with medicine.")
READING = Reading("en", (), (), (Mention(24, 31, "Caracas", CARACAS),), (), (), (), Signature(1, 0, ()))


def resolve(name: str) -> list[Entity]:
    return [VENEZUELA] if fold(name) == "venezuela" else []


def watch(number: int, channel: str, expression: str, labels: frozenset[Label] = POSTED_LABELS) -> Watch:
    return Watch(number, channel, expression, "terminal:local", NOW, labels)


def select(
    *watches: Watch,
    label: Label = Label.NEW,
    reading: Reading = READING,
    n_independent: int = 1,
    told: tuple[str, ...] = (),
) -> tuple[Alert, ...]:
    decision = Decision(label, None, (), n_independent=n_independent)
    return select_alerts(
        watches, content=Content.of_reading(ARTICLE, reading), decision=decision, resolve=resolve, now=NOW, told=told
    )


def test_a_watch_on_a_country_takes_its_capital() -> None:
    assert select(watch(1, "a", "venezuela")) == (Alert(0, "a", 1, Label.NEW, matched=("venezuela",)),)


def test_everything_words_and_phrases_are_watched() -> None:
    found = select(
        watch(1, "a", "*"), watch(2, "b", "medicines"), watch(3, "c", '"cargo planes"'), watch(4, "d", "bombers")
    )
    assert [alert.channel for alert in found] == ["a", "b", "c"]


def test_the_title_counts() -> None:
    assert select(watch(1, "a", "arriving"))


def test_only_wanted_labels_are_heard() -> None:
    """KNOWN and REPRINT never reach a channel that did not ask for them."""
    assert select(watch(1, "a", "*"), label=Label.KNOWN) == ()
    wanted = watch(2, "b", "*", labels=frozenset({Label.KNOWN}))
    assert [alert.watch_id for alert in select(wanted, label=Label.KNOWN)] == [2]


def test_a_channel_hears_of_an_article_once() -> None:
    """Several fitting watches of one channel make one alert, by the oldest of them."""
    found = select(watch(5, "a", "*"), watch(2, "a", "venezuela"), watch(1, "a", "bombers"), watch(3, "b", "*"))
    assert [(alert.channel, alert.watch_id) for alert in found] == [("a", 2), ("b", 3)]


def test_a_broken_watch_stops_no_other() -> None:
    found = select(watch(1, "a", 'venezuela "oil'), watch(2, "b", "venezuela"))
    assert [alert.channel for alert in found] == ["b"]


def test_english_words_are_found_in_other_languages_too() -> None:
    spanish = Reading("es", (), (), READING.mentions, (), (), (), READING.signature)
    assert select(watch(1, "a", "planes"), reading=spanish)


def test_a_paused_watch_takes_nothing_and_hides_no_other() -> None:
    paused = replace(watch(1, "a", "*"), is_paused=True)
    assert select(paused) == ()
    assert [alert.watch_id for alert in select(paused, watch(2, "a", "venezuela"))] == [2]


@pytest.mark.parametrize(
    ("n_waiting", "n_recent", "n_rows"),
    [(0, 0, 0), (1, 0, 1), (200, 0, 1), (192, 8, 1), (191, 9, 191), (1, 9, 1), (5, 10, 0), (5, 99, 0)],
)
def test_the_last_place_takes_all_that_is_left(n_waiting: int, n_recent: int, n_rows: int) -> None:
    """Nothing is left out, and no channel gets more than its number of messages."""
    assert size_message(Queue("a", n_waiting, n_recent), most=10) == n_rows


def test_settings_belong_to_what_a_channel_lies_in() -> None:
    assert place_of("discord:1/10") == "discord:1"
    assert place_of("discord:@me/5") == "discord:@me"
    assert place_of("terminal:local") == "terminal:local"


def test_a_watch_that_waits_for_origins_hears_when_they_are_there() -> None:
    """The second origin may add nothing but itself: to a channel that heard nothing yet, it is the news."""
    careful = replace(watch(1, "a", "*"), n_origins=2)
    assert select(careful) == ()
    assert [alert.label for alert in select(careful, label=Label.KNOWN, n_independent=2)] == [Label.NEW]
    assert select(careful, label=Label.KNOWN, n_independent=2, told=("a",)) == ()
    assert select(careful, label=Label.REPRINT, n_independent=2) == ()
    assert [alert.label for alert in select(careful, label=Label.UPDATE, n_independent=3)] == [Label.UPDATE]


def test_a_muted_watch_takes_nothing_until_then() -> None:
    assert select(replace(watch(1, "a", "*"), muted_until=NOW + timedelta(seconds=1))) == ()
    assert select(replace(watch(1, "a", "*"), muted_until=NOW))


def test_alerts_say_when_they_are_due_and_what_matched() -> None:
    daily = replace(watch(1, "a", "medicine OR place:venezuela"), schedule=Schedule(Mode.DAILY, time(8)))
    (alert,) = select(daily)
    assert (alert.due_at, alert.is_digest, alert.held_by) == (NOW + timedelta(hours=8), True, "daily digest")
    assert alert.matched == ("medicine",)
    (alert,) = select(watch(1, "a", "*"))
    assert (alert.due_at, alert.is_digest, alert.held_by, alert.matched) == (None, False, "", ())


def test_a_digest_is_one_message() -> None:
    assert size_message(Queue("a", 40, 0, 30), most=10) == 30
    assert size_message(Queue("a", 40, 10, 30), most=10) == 0


def test_the_watch_that_tells_first_counts() -> None:
    """A digest holds nothing back that another watch of the channel tells at once."""
    daily = replace(watch(1, "a", "venezuela"), schedule=Schedule(Mode.DAILY, time(8)))
    at_once = watch(2, "a", "caracas")
    alerts = select(daily, at_once)
    assert [(alert.watch_id, alert.is_digest) for alert in alerts] == [(2, False)]
