"""``/timeline`` as people see it: headings, what is new, what lies ahead, filters, numbers that open an entry."""

from __future__ import annotations

import json
import threading
import time
from datetime import timedelta
from pathlib import Path

import pytest

from bot.render.discord import render_pages as discord_pages
from bot.render.formats import FORMATS
from bot.render.slack import render_pages as slack_pages
from bot.render.terminal import render_text
from handlers.jobs.ingest import ingest_article
from handlers.jobs.maintain import maintain
from handlers.ports import WRITE_WAIT_S
from handlers.registry import Completion
from handlers.reply import Entry, Heading, Reply, text_of
from handlers.request import Access
from handlers.suggestions import suggest_named
from news.model import Article
from tests.patience import PATIENCE_S
from tests.store.handlers_world import START, World, make_article

GOLDEN = Path(__file__).resolve().parents[1] / "golden"

ARTICLES = (
    make_article(
        1,
        "Two Russian planes land in Caracas",
        "Two Russian military planes with about 100 soldiers landed in Caracas on 7 March 2026. "
        "Russia has sold arms to Venezuela since 2005.",
        at=START - timedelta(days=7),
    ),
    make_article(
        2,
        "Russian soldiers in Caracas",
        "Two Russian military planes with 400 soldiers landed in Caracas on 7 March 2026.",
        outlet="Herald",
        at=START - timedelta(days=6),
    ),
    make_article(
        3,
        "Ministers to meet in Moscow",
        "The foreign ministers of Russia and Venezuela will meet in Moscow on 3 April 2026, the Kremlin said.",
        at=START - timedelta(days=5),
    ),
    make_article(
        4,
        "Bombers at the show",
        "A Tu-160 bomber flew over Moscow on 1 March 2026. "
        "President Maduro opened a bridge in Maracaibo on 2 March 2026.",
        outlet="Courier",
        at=START - timedelta(days=4),
    ),
)

PORT = "Dock workers closed the port of Maracaibo on 15 March 2026."


def take(world: World, *articles: Article) -> None:
    for article in articles:
        ingest_article(article, world.ports, alerts=False)


@pytest.fixture
def told(world: World) -> World:
    take(world, *ARTICLES)
    return world


def headings(reply: Reply) -> list[tuple[int, str]]:
    return [(block.level, block.text) for block in reply.blocks if isinstance(block, Heading)]


def entries(reply: Reply) -> list[Entry]:
    return [block for block in reply.blocks if isinstance(block, Entry)]


def words(reply: Reply) -> str:
    return render_text(reply, width=200)


def test_years_and_months_and_today_stand_between_the_entries(told: World) -> None:
    """What is known of a month stands under it, what goes over years before, what is planned behind today."""
    reply = told.ask("timeline", topic="venezuela")
    assert headings(reply) == [
        (1, "Over longer times"),
        (1, "2026"),
        (2, "March 2026"),
        (1, "After today, 15 March 2026"),
        (1, "2026"),
        (2, "April 2026"),
    ]
    assert [entry.number for entry in entries(reply)] == list(range(1, len(entries(reply)) + 1))
    (ahead,) = [entry for entry in reply.data["entries"] if entry["is_ahead"]]
    assert (ahead["when"], ahead["modality"]) == ("3 April 2026", "planned")


def test_a_plan_whose_day_is_past_says_that_its_outcome_is_not_known(told: World) -> None:
    told.clock.forward(days=60)
    reply = told.ask("timeline", topic="venezuela")
    assert not any(text.startswith("After today") for _, text in headings(reply))
    (planned,) = [entry for entry in entries(reply) if "planned" in entry.notes]
    assert "outcome not in the record" in planned.notes


def test_today_is_that_of_the_zone(told: World) -> None:
    """At noon UTC on the 15th it is the 16th already on the other side of the date line."""
    told.clock.forward(hours=1)
    told.ask("watch add", topic="venezuela", zone="Pacific/Kiritimati")
    data = told.ask("timeline", topic="venezuela").data
    assert (data["today"], data["zone"]) == ("2026-03-16", "Pacific/Kiritimati")


def test_a_first_visit_marks_nothing_and_a_later_one_what_came_since(told: World) -> None:
    first = told.ask("timeline", topic="venezuela")
    assert (first.data["since"], first.data["n_new"]) == (None, 0)
    told.clock.forward(days=1)
    strike = make_article(
        9,
        "Strike closes the port of Maracaibo",
        "Dock workers closed the port of Maracaibo in Venezuela on 15 March 2026.",
        outlet="Tribune",
        at=told.clock.now,
    )
    planes = "Some 400 soldiers were on two Russian military planes that landed in Caracas on 7 March 2026."
    more = make_article(10, "Planes", planes, outlet="Tribune", at=told.clock.now)
    take(told, strike, more)
    for minutes in (0, 5, 20):
        told.clock.forward(minutes=minutes)
        again = told.ask("timeline", topic="Венесуэла")
        assert (again.data["since"], again.data["n_new"]) == (START.isoformat(), 1)
        new = [entry for entry in entries(again) if "new" in entry.notes]
        assert ["port of Maracaibo" in text_of(entry.title) for entry in new] == [True]
        assert any("1 new report" in entry.notes for entry in entries(again))
    assert "New since you last asked, 15 March 2026 12:00 UTC: 1 entry, and 1 entry has new reports." in words(again)
    told.clock.forward(hours=2)
    later = told.ask("timeline", topic="venezuela")
    assert later.data["n_new"] == 0
    assert "Nothing new since you last asked" in words(later)


def test_marks_are_each_readers_own_and_each_scopes(told: World) -> None:
    told.ask("timeline", topic="venezuela")
    told.clock.forward(days=1)
    take(told, make_article(9, "Port", PORT, at=told.clock.now))
    other = told.ask_as(Access.READ, "timeline", channel="discord:1/2", topic="venezuela")
    assert other.data["since"] is None
    assert told.ask("timeline", topic="venezuela", from_="2026").data["since"] is None
    assert told.ask("timeline", topic="venezuela").data["since"] is not None


def test_what_was_shown_can_be_forgotten(told: World) -> None:
    for topic in ("venezuela", "russia"):
        told.ask("timeline", topic=topic)
    told.ask("timeline", topic="venezuela", from_="2026")
    told.clock.forward(days=1)
    assert told.ask("forget", topic="Венесуэла").data["n_forgotten"] == 2
    assert told.ask("timeline", topic="venezuela").data["since"] is None
    assert told.ask("timeline", topic="russia").data["since"] is not None
    assert told.ask("forget").data["n_forgotten"] == 2
    assert "nothing to forget" in told.ask("forget").title


def test_a_store_that_cannot_be_written_costs_the_note_and_not_the_answer(
    told: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    from news.errors import StorageError  # noqa: PLC0415 - of this test alone

    def refuse(*, wait_s: float) -> None:
        assert wait_s < 1
        raise StorageError("busy")

    monkeypatch.setattr(told.store, "write", refuse)
    assert told.ask("timeline", topic="venezuela").data["entries"]


def test_both_values_of_a_dispute_stand_with_their_sources(told: World) -> None:
    (landing,) = [entry for entry in entries(told.ask("timeline", topic="venezuela")) if entry.disputes]
    lines = [text_of(line.spans) for line in landing.disputes]
    assert lines[0].startswith("figure disputed: ")
    assert "400 soldiers" in lines[0]
    assert "about 100 soldiers" in lines[0]
    assert any("Gazette" in line for line in lines[1:])
    assert any("Herald" in line for line in lines[1:])


def test_a_revised_entry_says_so(world: World) -> None:
    later = make_article(
        2, "Planes", "Two Russian military planes with 400 soldiers landed in Caracas on 7 March 2026.", at=START
    )
    take(world, ARTICLES[0], later)
    reply = world.ask("timeline", topic="caracas")
    lines = [text_of(line.spans) for entry in entries(reply) for line in entry.disputes]
    revised = "figure revised: Gazette said about 100 soldiers, and later 400 soldiers"
    assert any(line.startswith(revised) for line in lines)
    assert [fact["value"] for entry in reply.data["entries"] for fact in entry["revisions"]] == ["400 soldiers"]
    assert "revised" in words(world.ask("timeline", topic="caracas", show="brief"))


def test_brief_is_a_line_each_and_full_has_every_quote(told: World) -> None:
    brief, full = (told.ask("timeline", topic="venezuela", show=show) for show in ("brief", "full"))
    assert not entries(brief)
    assert "2 independent origins; disputed" in words(brief)
    assert len(words(brief)) < len(words(told.ask("timeline", topic="venezuela"))) < len(words(full))
    assert any(quote.text == ARTICLES[1].text for entry in entries(full) for quote in entry.quotes)


def test_a_number_opens_the_entry_that_was_shown_under_it(told: World) -> None:
    """Also after something older came in between, which would have taken the number."""
    shown = told.ask("timeline", topic="venezuela")
    (landing,) = [entry for entry in shown.data["entries"] if "landed" in entry["title"]]
    early = "Guards closed the border of Venezuela on 5 January 2026, the Interior Ministry said."
    take(told, make_article(9, "Border", early, outlet="Tribune", at=START))
    opened = told.ask("timeline", topic="venezuela", entry=str(landing["number"]))
    assert opened.data["events"] == landing["events"]
    assert "Gazette" in words(opened)
    assert "Herald" in words(opened)
    assert told.ask("timeline", topic="venezuela", entry=landing["events"][0]).data["events"] == landing["events"]
    assert told.ask("timeline", topic="venezuela", entry="99").failed


def test_filters_work_together_and_say_what_there_is(told: World) -> None:
    by = told.ask("timeline", topic="venezuela", actor="maduro")
    assert ["bridge" in entry["title"] for entry in by.data["entries"]] == [True]
    assert by.title == "venezuela: 1 entry with maduro"
    at = told.ask("timeline", topic="russia", place="caracas", actor="russia")
    assert all("Caracas" in entry["title"] for entry in at.data["entries"])
    assert at.data["filters"] == {"actor": "russia", "place": "caracas"}
    nothing = told.ask("timeline", topic="venezuela", actor="maduro", kind="sanction")
    assert (nothing.failed, nothing.data["entries"]) == (False, [])
    assert "Nicolás Maduro" in nothing.data["choices"]["actor"]
    assert "--kind" in words(nothing)
    assert told.ask("timeline", topic="venezuela", actor="zzyzx").is_misuse
    assert told.ask("timeline", topic="venezuela", kind="zzyzx").is_misuse


def test_a_capital_acts_as_its_government(told: World) -> None:
    """As an actor "Moscow" is the government; as a place it is the city."""
    by = told.ask("timeline", topic="venezuela", actor="kremlin").data["entries"]
    at = told.ask("timeline", topic="venezuela", place="moscow").data["entries"]
    assert all("Moscow" in entry["title"] for entry in at)
    assert {entry["number"] for entry in told.ask("timeline", topic="venezuela", actor="moscow").data["entries"]} >= {
        entry["number"] for entry in by
    }


def test_two_names_take_both_and_or_takes_either(told: World) -> None:
    both = told.ask("timeline", topic="tu-160 moscow")
    assert len(both.data["entries"]) == 1
    assert "/timeline tu-160 OR moscow" in words(both)
    either = told.ask("timeline", topic="tu-160 OR maduro")
    assert {"Tu-160" in entry["title"] for entry in either.data["entries"]} == {True, False}
    none = told.ask("timeline", topic="tu-160 maduro")
    assert "/timeline tu-160 OR maduro" in words(none)
    assert (none.failed, none.data["entries"]) == (False, [])


@pytest.mark.parametrize("topic", ["tu-160", "Ту-160", "White Swan", "blackjack", "TU160"])
def test_equipment_is_known_by_every_spelling_and_only_what_names_it_is_listed(told: World, topic: str) -> None:
    """The bridge stands in an article that is about the bomber and has nothing to do with it."""
    (entry,) = told.ask("timeline", topic=topic).data["entries"]
    assert entry["title"].startswith("A Tu-160 bomber")


def test_a_city_says_what_it_lies_in_and_lists_what_names_it(told: World) -> None:
    reply = told.ask("timeline", topic="caracas")
    assert "Caracas is in Venezuela" in words(reply)
    assert "/timeline Venezuela" in words(reply)
    assert all("Caracas" in entry["title"] for entry in reply.data["entries"])


def test_an_open_span_stays_out_of_years_that_it_is_not_known_for(told: World) -> None:
    """What began "since 2005" by an article of 2026 reaches into 2010 and not into 2027."""
    reply = told.ask("timeline", topic="venezuela", from_="2010", to="2010")
    assert all(entry["from"] == "2005-01-01" for entry in reply.data["entries"])
    assert set(headings(reply)) <= {(1, "Over longer times")}
    assert told.ask("timeline", topic="venezuela", from_="2027").data["entries"] == []
    assert told.ask("timeline", topic="venezuela", to="2004").data["entries"] == []


def test_days_without_events_say_where_there_are_some(told: World) -> None:
    reply = told.ask("timeline", topic="venezuela", to="1999")
    assert "Its events lie between" in words(reply)


def test_an_answer_offers_what_comes_next(told: World) -> None:
    reply = told.ask("timeline", topic="venezuela", from_="2026")
    assert [action.label for action in reply.actions] == ["Open an entry…", "In brief"]
    assert "/timeline venezuela 2026 --entry <entry>" in render_text(reply, width=200)
    told.ask(reply.actions[1].command, **reply.actions[1].arguments)


@pytest.mark.parametrize("width", [60, 80, 120])
def test_golden_text(told: World, width: int) -> None:
    """The whole answer at three widths; write the file anew only after looking at the difference."""
    told.ask("timeline", topic="venezuela")
    told.clock.forward(days=1)
    take(told, make_article(9, "Port", PORT, at=told.clock.now))
    text = render_text(told.ask("timeline", topic="venezuela"), width=width)
    assert max(map(len, text.splitlines())) <= width
    golden = GOLDEN / f"timeline_{width}.txt"
    assert text == golden.read_text(encoding="utf-8")


def test_both_chats_show_every_entry_with_its_number(told: World) -> None:
    reply = told.ask("timeline", topic="venezuela")
    discord = "\n".join(page.embed["description"] for page in discord_pages(reply))
    slack = json.dumps([page.blocks for page in slack_pages(reply)], ensure_ascii=False)
    for entry in entries(reply):
        assert f"**{entry.number}\\. {entry.when}:**" in discord
        assert f"*{entry.number}. {entry.when}:*" in slack
    assert "### 2026" in discord
    assert "**March 2026**" in discord
    assert "*March 2026*" in slack


def test_names_of_filters_are_offered_by_kind(told: World) -> None:
    """A place is no person; countries act, so that they are offered for both."""
    offered = {
        source: {each.value for each in suggest_named(source, "", told.ports, channel="terminal:local")}
        for source in (Completion.ACTOR, Completion.PLACE, Completion.TOPIC)
    }
    assert {"Caracas", "Venezuela"} <= offered[Completion.PLACE]
    assert {"Nicolás Maduro", "Russia"} <= offered[Completion.ACTOR]
    assert "Nicolás Maduro" not in offered[Completion.PLACE]
    assert "Tu-160" in offered[Completion.TOPIC] - offered[Completion.ACTOR] - offered[Completion.PLACE]


def test_visits_of_those_who_stay_away_are_cleared_away(told: World) -> None:
    told.ask("timeline", topic="venezuela")
    told.clock.forward(days=91)
    assert maintain(told.ports).n_forgotten == 1


def test_a_busy_store_costs_the_note_and_not_the_answer(told: World) -> None:
    """Who asks while somebody writes for long gets the answer at once; the visit is not noted."""
    before, is_held, may_end = ask_about(told), threading.Event(), threading.Event()

    def hold() -> None:
        with told.store.write():
            is_held.set()
            may_end.wait(PATIENCE_S)

    writer = threading.Thread(target=hold)
    writer.start()
    try:
        assert is_held.wait(PATIENCE_S)
        told.clock.forward(days=1)
        began = time.monotonic()
        assert ask_about(told).title == before.title
        assert time.monotonic() - began < WRITE_WAIT_S
    finally:
        may_end.set()
        writer.join()
    with told.store.read() as tx:
        visit = tx.visits.find_last("terminal:local")
    assert visit is not None
    assert visit.asked_at == told.clock.now - timedelta(days=1)


def ask_about(world: World) -> Reply:
    reply = world.ask("timeline", topic="venezuela")
    assert not reply.failed
    return reply


@pytest.mark.parametrize("topic", ["venezuela OR", "venezuela AND", "venezuela ()", "NOT", "(venezuela"])
def test_a_topic_that_is_left_hanging_is_refused_with_its_place(told: World, topic: str) -> None:
    """As expressions of watches are: nothing is silently taken for another question."""
    for command in ("timeline", "brief"):
        reply = told.ask(command, topic=topic)
        assert (reply.failed, reply.is_misuse) == (True, True)
        assert "(at " in reply.title, reply.title
        assert "such as: venezuela" in reply.title


def test_brackets_and_or_take_either(told: World) -> None:
    either = told.ask("timeline", topic="venezuela (tu-160 OR maduro)")
    assert {entry["title"] for entry in either.data["entries"]} == {
        entry["title"] for entry in told.ask("timeline", topic="venezuela maduro").data["entries"]
    }


def test_an_entry_of_so_many_dates_has_the_words_of_the_whole_timeline(told: World) -> None:
    """The same reports, origins, disputes and figures, and so the same notes beside it."""
    whole = {entry["from"]: entry for entry in told.ask("timeline", topic="venezuela").data["entries"]}
    dated = told.ask("timeline", topic="venezuela", dates="2")
    assert len(dated.data["entries"]) == 2
    for entry in dated.data["entries"]:
        same = whole[entry["from"]]
        for key in ("when", "modality", "notes", "n_reports", "n_independent", "disputes", "figures", "events"):
            assert entry[key] == same[key], key
    (landing,) = [entry for entry in dated.data["entries"] if entry["from"] == "2026-03-07"]
    assert landing["notes"] == ["3 reports, 2 independent origins"]
    assert "3 reports, 2 independent origins" in words(dated)
    assert landing["disputes"]


def test_a_plan_without_a_day_says_when_it_was_told(world: World) -> None:
    """The day of the saying is not the day of the plan."""
    take(
        world,
        make_article(
            1,
            "Help for Peru",
            "On 10 March 2026, Chile told reporters that it would send medicine to Peru. "
            "The harbour of Callao was calm and dozens of ships came and went as they do. "
            "In the week of 2 March 2026, Bolivia told state media that it would send doctors to Peru.",
            at=START - timedelta(days=3),
        ),
    )
    told = {entry["from"]: entry for entry in world.ask("timeline", topic="peru").data["entries"]}
    assert told["2026-03-10"]["when"] == "told 10 March 2026"
    assert told["2026-03-02"]["when"] == "told in the week of 2 March 2026"
    assert told["2026-03-10"]["notes"] == ["planned, no day named"]


def test_figures_that_the_shown_sentence_lacks_stand_beside_it(told: World) -> None:
    """The most precise ones that nobody disputes; those of a dispute stand in the dispute."""
    take(
        told,
        make_article(
            9,
            "Planes land",
            "Two Russian military planes with 35 tons of equipment landed in Caracas on 7 March 2026.",
            outlet="Post",
            at=START - timedelta(days=2),
        ),
    )
    reply = told.ask("timeline", topic="caracas", show="brief")
    (landing,) = [entry for entry in reply.data["entries"] if entry["from"] == "2026-03-07"]
    figures = {figure["words"]: figure for figure in landing["figures"]}
    assert figures["35 tons of equipment"]["value"] == 35.0
    assert figures["35 tons of equipment"]["unit"] == "tonne"
    assert not any("soldiers" in figure for figure in figures)
    assert "35 tons of equipment" in words(reply)


def test_days_without_entries_get_the_nearest_before_and_after(told: World) -> None:
    reply = told.ask("timeline", topic="maduro", from_="2027", to="2028")
    assert not reply.data["entries"]
    assert [(each["side"], each["when"]) for each in reply.data["nearest"]] == [("before", "2 March 2026")]
    assert "before, 2 March 2026: President Maduro opened a bridge" in words(reply)
    early = told.ask("timeline", topic="maduro", from_="2020", to="2021")
    assert [each["side"] for each in early.data["nearest"]] == ["after"]


def test_filters_that_leave_nothing_say_what_they_left_out(told: World) -> None:
    reply = told.ask("timeline", topic="venezuela", kind="assault")
    assert reply.data["n_filtered_out"] == sum(reply.data["choices"]["kind"].values())
    assert f"Left out by the filters: {reply.data['n_filtered_out']} events" in words(reply)


@pytest.mark.parametrize("name", ["html", "ics", "svg", "png", "markdown", "csv"])
def test_an_opened_entry_is_exported_with_its_quotes(told: World, name: str) -> None:
    """One entry, its sentence and its sources, in every format that a timeline has."""
    landing = next(entry for entry in told.ask("timeline", topic="venezuela").data["entries"] if entry["disputes"])
    reply = told.ask("timeline", topic="venezuela", entry=str(landing["number"]))
    body = FORMATS[name].render(reply, START)
    assert reply.data["entry"]["reports"] == landing["reports"]
    if name == "png":
        assert body.startswith(b"\x89PNG")
        assert len(body) > len(FORMATS[name].render(Reply("x", (), {"topic": "x", "entries": []}), START))
        return
    text = body.decode().replace("\r\n ", "")
    assert "about 100 soldiers" in text
    assert "Herald" in text


def test_the_page_and_markdown_have_the_headings_of_the_answer(told: World) -> None:
    """What goes over the end of a year stands under no year."""
    reply = told.ask("timeline", topic="venezuela")
    page = FORMATS["html"].render(reply, START).decode().partition('id="entries"')[2]
    assert page.index(">Over longer times</h2>") < page.index("since 2005") < page.index(">2026</h2>")
    assert "<h2" in page
    assert ">2005</h2>" not in page
    told_as = FORMATS["markdown"].render(reply, START).decode()
    assert told_as.index("## Over longer times") < told_as.index("since 2005") < told_as.index("## 2026")
