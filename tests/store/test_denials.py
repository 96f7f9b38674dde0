"""Denials, moved tolls and old news told again, from the text to the label."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from handlers.jobs.ingest import ingest_article
from news.decision import Decision, FactKind, Label
from news.model import Article, Precision
from news.reports.negations import is_touched
from news.reports.tellings import tell
from tests.store.handlers_world import World

BLAST = "At least 12 people were killed in an explosion at the Amuay refinery on Tuesday, firefighters said."
BRIDGE = (
    "At least 12 people were killed when a road bridge collapsed in Maracaibo, Venezuela, on Friday, rescue workers"
    " said."
)


def piece(
    text: str, outlet: str, day: int, *, title: str = "", guid: str = "", feed: str = "", year: int = 2019
) -> Article:
    at = datetime(year, 3, day, 10, tzinfo=UTC)
    url = f"https://{outlet.lower()}.example/live.php" if feed else ""
    return Article(guid, url, outlet, title, text, at, Precision.DAY, feed_url=feed)


def take(world: World, *articles: Article) -> Decision:
    """Take the articles in and return what was decided on the last."""
    decisions = [ingest_article(article, world.ports, alerts=False).decision for article in articles]
    last = decisions[-1]
    assert last is not None
    return last


@pytest.mark.parametrize(
    "text",
    [
        "PDVSA denied that there was an explosion. No one was killed, it said.",
        "The state oil company PDVSA denied that an explosion had taken place at Amuay.",
    ],
)
def test_a_denial_of_what_is_held_is_a_dispute(world: World, text: str) -> None:
    """It names no victims and no place, and still contradicts; "no one" is no figure."""
    decision = take(world, piece(BLAST, "Alpha", 20), piece(text, "Beta", 21))
    assert decision.label is Label.DISPUTED
    assert {(d.kind, d.here.value, d.there.value) for d in decision.disputes} == {
        (FactKind.STATUS, "denied", "happened")
    }
    assert not [fact for fact in decision.new if fact.kind is FactKind.FIGURE]


def test_a_denial_of_something_else_disputes_nothing(world: World) -> None:
    text = "Police in Lima denied that protesters were arrested on Wednesday."
    assert take(world, piece(BLAST, "Alpha", 20), piece(text, "Beta", 21)).label is Label.NEW


def test_a_toll_is_held_against_the_newest_one(world: World) -> None:
    decision = take(
        world,
        piece(BLAST, "Alpha", 20),
        piece("The death toll of the explosion at the Amuay refinery has risen to 20, officials said.", "Alpha", 21),
        piece("At least 35 people were killed in the explosion at the Amuay refinery, officials said.", "Beta", 22),
    )
    (fact,) = [fact for fact in decision.new if fact.kind is FactKind.FIGURE]
    assert fact.before is not None
    assert (fact.before.value, fact.after.value) == ("20 dead", "At least 35 people dead")


@pytest.mark.parametrize(
    "text",
    [
        "The death toll of the Maracaibo bridge collapse has risen to 20, officials said on Saturday.",
        "20 people have now died in the Maracaibo bridge collapse, officials said on Saturday.",
        "Rescue workers searched for survivors on Saturday. The toll of the Maracaibo collapse has risen to 20.",
    ],
)
def test_a_moved_toll_names_the_old_one(world: World, text: str) -> None:
    decision = take(world, piece(BRIDGE, "Alpha", 22), piece(text, "Beta", 23))
    assert decision.label is Label.UPDATE
    facts = [fact for fact in decision.new if fact.before is not None]
    assert facts
    assert facts[0].before is not None
    assert facts[0].before.quote == BRIDGE
    assert "12" in facts[0].before.value
    assert facts[0].after.value.startswith("20")


@pytest.mark.parametrize(
    "text",
    [
        "The earthquake killed 1921 people in Nepal.",
        "Police arrested 2019 people in Lima.",
        "Delta Flight 1989 crashed in Texas.",
        "Israel violated UN resolution 1701, killing three people.",
        "Officials opened bridge 1393 on Tuesday.",
    ],
)
def test_a_number_of_four_digits_is_no_old_event(world: World, text: str) -> None:
    assert take(world, piece(text, "Alpha", 26)).label is Label.NEW


def test_an_old_event_told_again_is_old(world: World) -> None:
    """Also where the store holds it, and where an undated headline repeats it."""
    held = piece("Two Russian Tu-160 bombers landed in Venezuela on Monday.", "Beta", 13, year=2018)
    text = "In March 2018 two Russian Tu-160 bombers landed in Venezuela."
    again = piece(text, "Alpha", 26, title="Russian bombers landed in Venezuela")
    assert take(world, again).label is Label.OLD_EVENT
    assert take(world, held, piece(text, "Gamma", 27, title="When Russian bombers landed")).label in {
        Label.OLD_EVENT,
        Label.REPRINT,
    }


def test_a_headline_with_news_of_its_own_is_not_old(world: World) -> None:
    text = "In December 2018 two bombers landed in Venezuela."
    assert take(world, piece(text, "Alpha", 26, title="Russia sends troops to Caracas")).label is Label.NEW


def test_articles_of_one_live_page_are_not_editions_of_each_other(world: World) -> None:
    first = piece("Supporters of the opposition gathered in Caracas.", "Alpha", 20, guid="1", feed="f")
    second = piece("The central bank of Peru raised its rate to 4 percent.", "Alpha", 21, guid="2", feed="f")
    assert take(world, first, second).label is Label.NEW


def test_a_later_edition_is_dated_and_not_known_since_itself(world: World) -> None:
    rest = " The plant was shut down for the whole day, and the fire was out by evening, officials said in Caracas."
    first = piece(BLAST + rest, "Alpha", 20, guid="1", feed="f")
    decision = take(world, first, piece(BLAST.replace("12", "15") + rest, "Alpha", 21, guid="1", feed="f"))
    assert decision.label is Label.REVISED
    assert decision.known_since is None
    assert [fact.after.published_at for fact in decision.new] == [datetime(2019, 3, 21, 10, tzinfo=UTC)]


def test_a_denial_of_one_thing_leaves_another_alone() -> None:
    """Who denies that something was stored does not deny that people died, though both are of one event."""
    denial = tell("Orsa Works on Monday denied that nitrate was stored in the warehouse that exploded in Kolm.")
    assert not is_touched(denial, tell("Seventeen people died, according to the authorities, and 41 were injured."))
    assert is_touched(denial, tell("Nitrate was stored in the warehouse in Kolm, customs papers show."))
