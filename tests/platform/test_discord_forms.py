"""Commands, forms and buttons on a simulated Discord: the real client, the real store, people who press and type."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any

import discord
import pytest
import simcord
import structlog

from bot.platforms.answers import Answers
from bot.platforms.controls import Control, Kind
from bot.platforms.discord import desk as desk_module
from bot.platforms.discord.brake import Brake
from bot.platforms.discord.client import DiscordClient
from bot.platforms.discord.desk import Desk
from bot.platforms.discord.rooms import StoredRooms
from handlers.jobs.ingest import ingest_article
from handlers.ports import Ports
from handlers.reply import Reply
from news.decision import Label
from news.watches.watch import Alert
from tests.patience import PATIENCE_S
from tests.store import conftest as store_tests
from tests.store.handlers_world import World, make_article

FIRE = "A fire broke out at the Amuay refinery in Venezuela on Sunday, the oil company said. Nine workers were hurt."
BRIDGE = "A bridge near Havana in Cuba was closed on Monday, the ministry of transport said."
FEED = "https://gazette.example/feed.xml"

EVERYBODY = {
    "timeline",
    "compare",
    "forget",
    "ask",
    "brief",
    "story",
    "why",
    "alert",
    "feeds",
    "watches",
    "status",
    "help",
}
EDITORS = {"mark known", "mark irrelevant", "mark same", "mark apart", "mark undo", "audit"}
MANAGERS = {f"feed {verb}" for verb in ("add", "remove", "pause", "resume", "preview")}
MANAGERS |= {f"watch {verb}" for verb in ("add", "list", "edit", "test", "mute", "remove", "pause", "resume")}
MANAGERS |= {"watch export", "watch import"}

world = store_tests.world

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")


@pytest.fixture(autouse=True)
def _gateway(monkeypatch: pytest.MonkeyPatch) -> None:
    """Say where the gateway is: the one route that the simulation lacks."""

    async def say_where(_http: object) -> tuple[int, str, int]:
        return 1, "wss://gateway.invalid", 1

    monkeypatch.setattr(discord.http.HTTPClient, "get_bot_gateway", say_where)


@dataclass
class Server:
    """A server with a reader, an editor and a manager in it."""

    env: simcord.Env
    world: World
    ports: Ports
    guild: Any
    channel: Any
    reader: Any
    editor: Any
    manager: Any
    clients: list[DiscordClient] = field(default_factory=list)

    @property
    def address(self) -> str:
        return f"discord:{self.guild.id}/{self.channel.id}"

    @property
    def mention(self) -> str:
        assert self.env.bot.user is not None
        return f"<@{self.env.bot.user.id}>"

    def take(self, n: int, title: str, text: str, outlet: str = "Gazette") -> int:
        """Put an article into the store; return its number."""
        article = make_article(n, title, text, outlet=outlet, at=self.env.now() - timedelta(hours=1))
        return ingest_article(article, self.ports, alerts=False).article_id

    def alert(self, article_id: int) -> None:
        """Queue an alert on an article for the channel, as its watch would."""
        with self.world.store.write() as tx:
            watch = tx.watches.list_all(self.address)[0]
            tx.outbox.add([Alert(article_id, self.address, watch.id, Label.NEW)], now=self.env.now())

    async def post(self, view: discord.ui.View) -> discord.Message:
        """Let the bot post buttons, as an older version of it may have."""
        channel = self.env.bot.get_channel(self.channel.id)
        assert isinstance(channel, discord.TextChannel)
        return await channel.send("an alert", view=view)


Scene = Callable[[Server], Awaitable[None]]


def make_client(ports: Ports) -> DiscordClient:
    log = structlog.get_logger()
    answers = Answers(ports, log)
    desk = Desk(answers, log, keep_days=ports.settings.keep_answers_days)
    rooms = StoredRooms(answers, ports, log)
    return DiscordClient(desk=desk, rooms=rooms, brake=Brake(lambda: 0.0), log=log)


@asynccontextmanager
async def open_server(world: World) -> AsyncIterator[Server]:
    started: list[simcord.Env] = []

    def now() -> datetime:
        return started[0].now() if started else world.clock.now

    ports = replace(world.ports, now=now)
    async with simcord.run(make_client(ports), shard_count=1, settle_timeout=PATIENCE_S) as env:
        started.append(env)
        guild = env.create_guild()
        channel = guild.create_text_channel("news")
        editors = guild.create_role("Editors", permissions=discord.Permissions(manage_messages=True))
        managers = guild.create_role("Managers", permissions=discord.Permissions(manage_guild=True))
        reader, editor, manager = (
            guild.add_member(env.create_user(name), roles=roles)
            for name, roles in (("rea", []), ("edi", [editors]), ("mana", [managers]))
        )
        yield Server(env, world, ports, guild, channel, reader, editor, manager)


def play(world: World, scene: Scene) -> None:
    """Run a scene on a fresh server."""

    async def run() -> None:
        async with open_server(world) as server:
            await scene(server)

    asyncio.run(run())


def words_of(message: Any) -> str:  # noqa: ANN401 - what the simulation gives, of several kinds
    """Return the words of the first embed."""
    embed = message.embeds[0]
    parts = [embed.title, embed.description, *(f"{each.name} {each.value}" for each in embed.fields)]
    return "\n".join(part for part in parts if part)


def labels_of(message: Any) -> list[str]:  # noqa: ANN401 - as above
    rows = message.components
    return [each["label"] for row in rows for each in row["components"] if each["type"] == 2]


def test_reading_commands_are_answered_for_all_to_see(world: World) -> None:
    """Each kind of question has an answer with an embed, and none of them hides it."""

    async def scene(server: Server) -> None:
        server.take(1, "Fire at refinery in Venezuela", FIRE)
        lines: dict[str, dict[str, Any]] = {
            "ask": {"question": "how many workers were hurt in Venezuela?"},
            "brief": {"topic": "venezuela", "since": "7d"},
            "story": {"story": "s1"},
            "why": {"item": "a1"},
            "feeds": {},
            "watches": {},
            "status": {},
            "help": {"command": "timeline"},
        }
        for name, options in lines.items():
            result = await server.reader.slash(server.channel, name, **options)
            assert result.response is not None, name
            assert result.response.embeds[0].title, name
            assert not result.ephemeral, name
        asked = await server.reader.slash(server.channel, "ask", **lines["ask"])
        assert "Nine workers were hurt" in words_of(asked.response)

    play(world, scene)


def test_a_timeline_has_its_picture_and_its_files(world: World) -> None:
    """Who cannot see the picture is told what it shows, and each file of the menu comes to who chose it alone."""

    async def scene(server: Server) -> None:
        server.take(1, "Fire at refinery in Venezuela", FIRE)
        result = await server.reader.slash(server.channel, "timeline", topic="venezuela", **{"from": "2025"})
        (picture,) = result.response.attachments
        assert picture.filename == "timeline.png"
        assert result.response.embeds[0].image.url == "attachment://timeline.png"
        for name, suffix in (("csv", ".csv"), ("markdown", ".md"), ("json", ".json"), ("html", ".html")):
            chosen = await server.editor.select(result.response.message, [name])
            file = next(iter(chosen.response.attachments if chosen.response else chosen.followups[0].attachments))
            assert file.filename.endswith(suffix)
            assert chosen.ephemeral

    play(world, scene)


def test_feeds_are_added_and_removed(world: World) -> None:
    world.serve(FEED, make_article(1, "Fire at refinery in Venezuela", FIRE))

    async def scene(server: Server) -> None:
        added = await server.manager.slash(server.channel, "feed add", url=FEED, outlet="Gazette")
        assert not added.ephemeral, words_of(added.response)
        shown = await server.reader.slash(server.channel, "feeds")
        assert "Gazette" in words_of(shown.response)
        names = await server.manager.autocomplete(server.channel, "feed remove", "feed", "gaz")
        assert names == [{"name": f"Gazette — {FEED}", "value": FEED}]
        removed = await server.manager.slash(server.channel, "feed remove", feed=names[0]["value"])
        assert not removed.ephemeral, words_of(removed.response)
        with world.store.read() as tx:
            assert tx.feeds.list_all() == []

    play(world, scene)


def test_a_watch_is_of_the_channel_and_calls_a_role(world: World) -> None:
    """The role is kept by its number; what was added is listed, offered and removed."""

    async def scene(server: Server) -> None:
        server.take(1, "Fire at refinery in Venezuela", FIRE)
        desk = server.guild.create_role("Energy desk")
        added = await server.manager.slash(server.channel, "watch add", topic="venezuela", ping=desk)
        assert not added.response.embeds[0].title.startswith("You may not")
        with world.store.read() as tx:
            (watch,) = tx.watches.list_all(server.address)
        assert watch.ping == str(desk.id)
        for name in ("watch list", "watches"):
            listed = await server.manager.slash(server.channel, name)
            assert "venezuela" in words_of(listed.response)
        offered = await server.manager.autocomplete(server.channel, "watch remove", "watch", "ven")
        assert offered == [{"name": f"{watch.id}: venezuela", "value": "venezuela"}]
        await server.manager.slash(server.channel, "watch remove", watch=offered[0]["value"])
        with world.store.read() as tx:
            assert tx.watches.list_all(server.address) == []

    play(world, scene)


def test_marks_and_who_made_them(world: World) -> None:
    """A mark names who made it, and it can be undone by the button under it."""

    async def scene(server: Server) -> None:
        await server.manager.slash(server.channel, "watch add", topic="venezuela")
        server.alert(server.take(1, "Fire at refinery in Venezuela", FIRE))
        marked = await server.editor.slash(server.channel, "mark known", item="n1")
        assert "Undo" in labels_of(marked.response)
        audit = await server.editor.slash(server.channel, "audit")
        assert audit.ephemeral
        assert f"<@{server.editor.id}>" in words_of(audit.response)
        undone = await server.editor.click(marked.response.message, label="Undo")
        assert undone.ephemeral
        with world.store.read() as tx:
            assert all(mark.undone_at is not None for mark in tx.feedback.list_for_story(1))

    play(world, scene)


def test_what_cannot_be_answered_is_told_to_who_asked_alone(world: World) -> None:
    async def scene(server: Server) -> None:
        for name, options in (("story", {"story": "s99"}), ("why", {"item": "zebra"}), ("alert", {"alert": "n7"})):
            result = await server.reader.slash(server.channel, name, **options)
            assert result.ephemeral, name
            assert result.response.embeds[0].title, name

    play(world, scene)


def test_an_error_of_the_program_has_a_number(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """The number is in the log; the inside of the error is nobody's on Discord."""

    def fail(*_: object) -> Reply:
        raise ZeroDivisionError("secret words")

    monkeypatch.setattr("bot.incidents.dispatch", fail)

    async def scene(server: Server) -> None:
        result = await server.reader.slash(server.channel, "status")
        assert result.ephemeral
        assert "incident" in words_of(result.response)
        assert "secret" not in words_of(result.response)

    play(world, scene)


@pytest.mark.parametrize("fails", [False, True])
def test_a_slow_answer_is_acknowledged_first(world: World, monkeypatch: pytest.MonkeyPatch, *, fails: bool) -> None:
    """Discord waits three seconds: what takes longer is told to be under way; its failure still is for one person."""
    acknowledged = threading.Event()
    defer, ask = discord.InteractionResponse.defer, Answers._ask

    async def note(response: discord.InteractionResponse[Any], **options: Any) -> Any:  # noqa: ANN401 - as given
        shown = await defer(response, **options)
        acknowledged.set()
        return shown

    def wait(answers: Answers, request: Any) -> tuple[Reply, str | None]:  # noqa: ANN401 - as given
        assert acknowledged.wait(PATIENCE_S), "nobody acknowledged the command"
        return ask(answers, request)

    async def wait_no_more(_: object, *, timeout: float) -> None:  # noqa: ASYNC109 - as asyncio.wait
        # The time of the simulation stands still while a thread works: the wait is over at once.
        assert 0 < timeout < 3

    stopped = SimpleNamespace(ensure_future=asyncio.ensure_future, wait=wait_no_more)
    monkeypatch.setattr(desk_module, "asyncio", stopped)
    monkeypatch.setattr(discord.InteractionResponse, "defer", note)
    monkeypatch.setattr(Answers, "_ask", wait)

    async def scene(server: Server) -> None:
        name, options = ("story", {"story": "s99"}) if fails else ("status", {})
        result = await server.reader.slash(server.channel, name, **options)
        assert acknowledged.is_set()
        shown = [each for each in (result.response, *result.followups) if each is not None and each.embeds]
        assert [each.ephemeral for each in shown] == [fails]
        left = server.channel.history(viewer=server.editor)
        assert bool(left) is not fails, "nothing of a failure is left for the others"

    play(world, scene)


def test_everybody_sees_what_they_may_use(world: World) -> None:
    async def scene(server: Server) -> None:
        assert set(server.reader.available_commands(server.channel)) == EVERYBODY
        assert set(server.editor.available_commands(server.channel)) == EVERYBODY | EDITORS
        assert set(server.manager.available_commands(server.channel)) == EVERYBODY | MANAGERS
        assert set(server.reader.user.available_commands()) == EVERYBODY

    play(world, scene)


def test_a_server_may_open_a_command_and_the_store_still_asks_for_rights(world: World) -> None:
    """Discord's own permissions can be overridden by a server; what changes something asks for the right itself."""

    async def scene(server: Server) -> None:
        command = server.env.backend.find_command("watch", server.guild.id, type=1)
        assert command is not None
        server.guild.set_command_permissions(int(command["id"]), {server.reader: True})
        result = await server.reader.slash(server.channel, "watch add", topic="venezuela")
        assert result.ephemeral
        assert "You may not use /watch add here" in words_of(result.response)

    play(world, scene)


def test_topics_are_offered_by_what_the_record_holds(world: World) -> None:
    async def scene(server: Server) -> None:
        server.take(1, "Fire at refinery in Venezuela", FIRE)
        for typed in ("ven", "VEN"):
            offered = await server.reader.autocomplete(server.channel, "timeline", "topic", typed)
            assert {"name": "Venezuela", "value": "Venezuela"} in offered
        assert await server.reader.autocomplete(server.channel, "timeline", "topic", "%_'\"; drop") == []
        every = await server.reader.autocomplete(server.channel, "help", "command", "")
        assert 0 < len(every) <= 25

    play(world, scene)


def test_feeds_of_others_are_not_offered(world: World) -> None:
    """Which feeds another server added is its own business; a password in an address is nobody's."""
    guarded = "https://user:hunter2@gazette.example/feed.xml"

    async def scene(server: Server) -> None:
        feed: dict[str, Any] = {"language": "", "interval_s": 600, "now": server.env.now()}
        owners = ("", f"discord:{server.guild.id}", "discord:999")
        with world.store.write() as tx:
            for n, owner in enumerate(owners):
                tx.feeds.add(f"https://paper-{n}.example/rss", outlet=f"Paper {n}", owner=owner, **feed)
            tx.feeds.add(guarded, outlet="Secret", **feed)
        offered = await server.manager.autocomplete(server.channel, "feed pause", "feed", "")
        assert [each["name"].partition(" — ")[0] for each in offered] == ["Paper 0", "Paper 1", "Secret"]
        assert "hunter2" not in str(offered)

    play(world, scene)


def test_no_more_is_offered_than_discord_takes(world: World) -> None:
    async def scene(server: Server) -> None:
        with world.store.write() as tx:
            for n in range(40):
                url = f"https://paper.example/{'x' * 300}/{n}"
                tx.feeds.add(url, outlet="Paper " * 40, language="", interval_s=600, now=server.env.now())
        offered = await server.manager.autocomplete(server.channel, "feed pause", "feed", "paper")
        assert len(offered) == 25
        assert all(0 < len(each[key]) <= 100 for each in offered for key in ("name", "value"))

    play(world, scene)


def test_a_store_that_fails_offers_nothing(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Typing goes on; the command itself says what is wrong."""
    from news.errors import StorageError  # noqa: PLC0415 - used here only

    def fail(*_: object, **__: object) -> None:
        raise StorageError("the disk is full")

    monkeypatch.setattr("bot.platforms.answers.suggest_named", fail)

    async def scene(server: Server) -> None:
        assert await server.reader.autocomplete(server.channel, "timeline", "topic", "ven") == []

    play(world, scene)


def test_the_form_joins_two_stories(world: World) -> None:
    """“Same story as…” asks which one; the answer changes the store in the name of who pressed."""

    async def scene(server: Server) -> None:
        await server.manager.slash(server.channel, "watch add", topic="venezuela")
        server.alert(server.take(1, "Bridge near Havana closed", BRIDGE))
        server.alert(server.take(2, "Fire at refinery in Venezuela", FIRE))
        shown = await server.reader.slash(server.channel, "alert", alert="n2")
        asked = await server.editor.click(shown.response.message, label="Same story as…")
        assert asked.modal is not None
        assert asked.modal["title"] == "/mark same"
        done = await server.editor.submit_modal(asked, {"story": "s1"})
        assert done.ephemeral
        with world.store.read() as tx:
            assert tx.articles.get(2).story_id == tx.articles.get(1).story_id
            assert [mark.actor for mark in tx.feedback.list_for_story(1)] == [f"discord:{server.editor.id}"]

    play(world, scene)


def test_a_reader_who_presses_changes_nothing(world: World) -> None:
    """A button is for all to see; what it does is judged when it is pressed."""

    async def scene(server: Server) -> None:
        await server.manager.slash(server.channel, "watch add", topic="venezuela")
        server.alert(server.take(1, "Fire at refinery in Venezuela", FIRE))
        shown = await server.reader.slash(server.channel, "alert", alert="n1")
        pressed = await server.reader.click(shown.response.message, label="Already known")
        assert pressed.ephemeral
        assert "You may not use /mark known here" in words_of(pressed.response)
        with world.store.read() as tx:
            assert tx.feedback.list_for_story(1) == []

    play(world, scene)


def test_buttons_work_after_a_restart(world: World) -> None:
    """Nothing of a button is in the memory of the process that sent it."""

    async def scene(server: Server) -> None:
        server.take(1, "Fire at refinery in Venezuela", FIRE)
        short = await server.reader.slash(server.channel, "timeline", topic="venezuela")
        pages = await ask_for_pages(server)
        await server.env.restart_bot(make_client(server.ports))
        chosen = await server.reader.select(short.response.message, ["csv"])
        assert chosen.followups or chosen.response
        before = words_of(pages.response)
        await server.reader.click(pages.response.message, label="Next ▶")
        assert words_of(server.channel.history()[-1]) != before
        beside = await server.editor.click(pages.response.message, label="◀ Previous")
        assert beside.ephemeral, "who did not ask sees the page beside it"

    play(world, scene)


async def ask_for_pages(server: Server) -> Any:  # noqa: ANN401 - a result of the simulation
    """Return an answer of several pages."""
    with server.world.store.write() as tx:
        for n in range(300):
            url = f"https://paper-{n}.example/rss/{'x' * 40}"
            tx.feeds.add(url, outlet=f"Paper {n}", language="", interval_s=600, now=server.env.now())
    result = await server.reader.slash(server.channel, "feeds")
    assert labels_of(result.response)[:2] == ["◀ Previous", "Next ▶"]
    return result


def test_old_buttons_expire_politely(world: World) -> None:
    """Two weeks later the record has moved on: the buttons go, and who pressed is told what to type."""

    async def scene(server: Server) -> None:
        pages = await ask_for_pages(server)
        await server.env.advance_time(timedelta(days=14, minutes=1).total_seconds())
        pressed = await server.reader.click(pages.response.message, label="Next ▶")
        (told,) = pressed.followups
        assert told.ephemeral
        assert "expired" in words_of(told)
        assert "/feeds" in words_of(told)
        assert server.channel.history()[-1].components == []

    play(world, scene)


@pytest.mark.parametrize("source", ["ww:f:story:/mark vanished n4", "ww:a::/nosuch x", "ww:p:0:#999999999999999999999"])
def test_buttons_of_another_version_are_answered_in_words(source: str, world: World) -> None:
    """A message outlives the table of commands; pressing it must not end in “interaction failed”."""

    async def scene(server: Server) -> None:
        view = discord.ui.View(timeout=None)
        view.stop()
        view.add_item(discord.ui.Button(label="Old", custom_id=source))
        message = await server.post(view)
        pressed = await server.reader.click(message, label="Old")
        shown = [each for each in (pressed.response, *pressed.followups) if each is not None and each.embeds]
        assert shown, "nobody was told anything"
        assert all(each.ephemeral for each in shown)

    play(world, scene)


@pytest.mark.parametrize("custom_id", ["other:thing", "ww:p:٣:/feeds", "ww:z::/feeds", "ww:p:99999:/feeds"])
def test_buttons_that_mean_nothing_say_so(custom_id: str, world: World) -> None:
    async def scene(server: Server) -> None:
        view = discord.ui.View(timeout=None)
        view.stop()
        view.add_item(discord.ui.Button(label="Odd", custom_id=custom_id))
        pressed = await server.reader.click(await server.post(view), label="Odd")
        assert pressed.ephemeral
        assert "another version" in words_of(pressed.response)

    play(world, scene)


def test_a_page_beyond_the_last_is_the_last(world: World) -> None:
    async def scene(server: Server) -> None:
        await ask_for_pages(server)
        view = discord.ui.View(timeout=None)
        view.stop()
        view.add_item(discord.ui.Button(label="Far", custom_id=Control(Kind.PAGE, "/feeds", page=9999).encode()))
        pressed = await server.reader.click(await server.post(view), label="Far")
        shown = [each for each in (pressed.response, *pressed.followups) if each is not None and each.embeds]
        assert labels_of(shown[0])[:2] == ["◀ Previous", "Next ▶"]

    play(world, scene)


def test_calling_the_bot_by_name(world: World) -> None:
    """A question, a command, or nothing at all: each has an answer, and nobody is pinged by it."""

    async def scene(server: Server) -> None:
        server.take(1, "Fire at refinery in Venezuela", FIRE)
        for words, part in (
            ("how many workers were hurt in Venezuela?", "Nine workers"),
            ("/brief venezuela", "Fire at refinery"),
            ("", "/timeline"),
            ("/nosuch thing", "There is no command"),
            ("/watch add venezuela", "You may not use /watch add here"),
        ):
            asked = await server.manager.send(server.channel, f"{server.mention} {words}")
            answered = server.channel.last_message
            assert part in words_of(answered), words
            assert answered.reference.message_id == asked.id
            assert answered.mentions == []

    play(world, scene)


def test_what_is_not_for_the_bot_is_left_alone(world: World) -> None:
    async def scene(server: Server) -> None:
        other = server.guild.add_member(server.env.create_user("robot", bot=True))
        await server.reader.send(server.channel, "venezuela, anyone?")
        await other.send(server.channel, f"{server.mention} venezuela?")
        assert all(message.author.mention != server.mention for message in server.channel.history())

    play(world, scene)


def test_direct_messages_only_ask(world: World) -> None:
    """Everybody may ask the bot alone; what belongs to a server cannot be done there."""

    async def scene(server: Server) -> None:
        server.take(1, "Fire at refinery in Venezuela", FIRE)
        user = server.reader.user
        await user.send_dm("how many workers were hurt in Venezuela?")
        assert "Nine workers" in words_of(user.dm_channel.last_message)
        await user.send_dm("/watch add venezuela")
        assert "You may not use" in words_of(user.dm_channel.last_message)
        result = await user.slash("brief", topic="venezuela")
        assert "Fire at refinery" in words_of(result.response)

    play(world, scene)


def test_commands_are_registered_once(world: World) -> None:
    """A restart with the same table sends nothing."""

    async def scene(server: Server) -> None:
        await server.env.restart_bot(make_client(server.ports))
        sent = [each for each in server.env.http_requests if each.method == "PUT" and each.path.endswith("/commands")]
        assert len(sent) == 1

    play(world, scene)
