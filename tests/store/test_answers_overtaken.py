"""``/ask``: an answer whose sentence was contradicted, corrected or overtaken says so, with both sentences."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.render.terminal import render_text
from handlers.commands.ask import _MOST_ARTICLES
from handlers.jobs.ingest import ingest_article
from handlers.reply import Reply
from news.decision import Decision, Label
from tests.contract.store_texts import make_reading
from tests.store.handlers_world import START, World, make_article

Account = tuple[str, str, str]

PUT_OFF = (
    ("Post", "Skylark to fly", "The satellite Skylark will be launched from Andoy on 30 March, the space agency said."),
    (
        "Mail",
        "Skylark put off",
        "The launch of the satellite Skylark from Andoy was put off to 6 April, the space agency said on Wednesday.",
    ),
)
CANCELLED = (
    ("Вести", "Фестиваль в Лугове", "Фестиваль песни в Лугове пройдёт 20 мая, сообщила мэрия. Ждут гостей."),
    (
        "Север",
        "Фестиваль отменён",
        "Фестиваль песни в Лугове, который должен был пройти 20 мая, отменён, сообщила мэрия во вторник.",
    ),
)
GROWN = (
    ("Faro", "Sismo en Tarma", "Un sismo dejó cinco muertos en Tarma el jueves, informó la defensa civil."),
    (
        "Voz",
        "Suben los muertos en Tarma",
        "Los muertos por el sismo del jueves en Tarma suben a catorce, informó la defensa civil el viernes.",
    ),
)
CORRECTED = (
    ("Herald", "Mayor Falk resigns", "Mayor Peter Falk of Sundhamn resigned on Monday, his office said."),
    (
        "Herald",
        "Correction: Mayor Falk",
        "Correction: An earlier report said that Mayor Peter Falk of Sundhamn had resigned. He taken leave until May.",
    ),
)
DENIED = (
    (
        "Voice",
        "Minister Orlov bought villa",
        "Interior minister Stefan Orlov bought a villa in Nice for 4 million euros, two officials said on Tuesday.",
    ),
    (
        "Gazette",
        "Orlov denies villa",
        "Interior minister Stefan Orlov denied on Wednesday that he bought a villa in Nice. He owns no house abroad.",
    ),
)
OTHER = (
    ("Wire", "Teltek buys Orsa", "The chip maker Teltek will buy its rival Orsa for 900 million euros, the firm said."),
    (
        "Daily",
        "Teltek puts off plant",
        "The chip maker Teltek, which is buying its rival Orsa, put off the start of its plant in Rome, the firm said.",
    ),
)


def ask(world: World, told: tuple[Account, ...], question: str, **more: str) -> Reply:
    """Take in the accounts, a day apart, and return the answer."""
    for number, (outlet, title, text) in enumerate(told, 1):
        at = START + timedelta(days=number)
        world.clock.now = at + timedelta(hours=1)
        ingest_article(make_article(number, title, text, outlet=outlet, at=at), world.ports, alerts=False)
    return world.ask("ask", question=question, **more)


@pytest.mark.parametrize(
    ("told", "question"),
    [
        (PUT_OFF, "When will Skylark be launched?"),
        (CANCELLED, "Когда пройдёт фестиваль в Лугове?"),
        (GROWN, "¿Cuántos muertos dejó el sismo en Tarma?"),
        (CORRECTED, "Did Mayor Falk resign?"),
    ],
)
def test_what_was_told_later_stands_below_the_answer(world: World, told: tuple[Account, ...], question: str) -> None:
    """Both sentences are quoted, the later one with its article, and no short answer is given."""
    reply = ask(world, told, question)
    (later,) = reply.data["later"]
    assert reply.data["answer"] is None
    assert [sentence["text"] for sentence in reply.data["sentences"]] == [later["before"]["quote"]]
    assert (later["here"]["article"], later["before"]["article"]) == ("a2", "a1")
    assert later["here"]["quote"] in told[1][2]
    text = render_text(reply)
    assert f"Told later by {told[1][0]} (a2):" in text


def test_what_is_denied_gives_no_short_answer(world: World) -> None:
    """The dispute over a fact takes the sums and days of its sentence along."""
    reply = ask(world, DENIED, "For how many euros did minister Orlov buy a villa in Nice?")
    assert reply.data["answer"] is None
    (dispute,) = reply.data["disputes"]
    assert {dispute[side]["article"] for side in ("here", "there")} == {"a1", "a2"}
    assert reply.data["later"] == []
    assert "another article contradicts it" in reply.data["reason"]


@pytest.mark.parametrize(("day", "n_later"), [("2026-03-16", 0), ("2026-03-17", 1)])
def test_what_was_published_after_the_day_asked_for_is_not_read(world: World, day: str, n_later: int) -> None:
    reply = ask(world, PUT_OFF, "When will Skylark be launched?", as_of=day)
    assert len(reply.data["later"]) == n_later
    assert (reply.data["answer"] is None) is bool(n_later)


@pytest.mark.parametrize(("day", "n_disputes"), [("2026-03-16", 0), ("2026-03-17", 1)])
def test_a_dispute_is_read_when_both_sides_are(world: World, day: str, n_disputes: int) -> None:
    reply = ask(world, DENIED, "For how many euros did minister Orlov buy a villa in Nice?", as_of=day)
    assert len(reply.data["disputes"]) == n_disputes
    assert (reply.data["answer"] is None) is bool(n_disputes)


def test_younger_articles_hide_no_change(world: World) -> None:
    """More articles than are asked came after the day up to which is read; what was put off by then is found."""
    since = START + timedelta(days=9)
    answer = ask(world, PUT_OFF, "When will Skylark be launched?", as_of="2026-03-17")
    with world.store.write() as tx:
        for number in range(_MOST_ARTICLES):
            text = f"The satellite Skylark passed its test {number} at Andoy."
            article = make_article(100 + number, f"Test {number}", text, at=since)
            tx.articles.add(article, make_reading(article), Decision(Label.UPDATE, 1, ()), now=since, is_seed=False)
    again = world.ask("ask", question="When will Skylark be launched?", as_of="2026-03-17")
    assert len(answer.data["later"]) == 1
    assert again.data["later"] == answer.data["later"]


def test_what_is_put_off_besides_overtakes_nothing(world: World) -> None:
    reply = ask(world, OTHER, "For how many euros will Teltek buy its rival Orsa?")
    assert (reply.data["answer"], reply.data["later"]) == ("900 million euros", [])
