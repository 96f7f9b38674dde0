"""The Discord double against an unmodified discord.py client: what the tests of the bot stand on."""

from __future__ import annotations

import functools
from collections.abc import Coroutine, Iterator

import aiohttp
import discord
import pytest
import yarl

from tests.doubles.discord import faults
from tests.doubles.discord.errors import ApiError
from tests.doubles.discord.limits import check_message
from tests.doubles.discord.permissions import ORDINARY, Permission
from tests.doubles.discord.server import DiscordDouble
from tests.doubles.discord.tiny_client import PNG, TinyBot
from tests.doubles.discord.world import Channel, Guild, World
from tests.patience import PATIENCE_S

MESSAGES = r"/channels/\d+/messages"


def point_at(double: DiscordDouble, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(discord.http.Route, "BASE", double.api_url)
    monkeypatch.setattr(discord.gateway.DiscordWebSocket, "DEFAULT_GATEWAY", yarl.URL(double.gateway.url))


@pytest.fixture
def double(monkeypatch: pytest.MonkeyPatch) -> Iterator[DiscordDouble]:
    with DiscordDouble(heartbeat_s=0.2) as running:
        running.world.interaction_deadline_s = PATIENCE_S
        point_at(running, monkeypatch)
        yield running


@pytest.fixture
def guild(double: DiscordDouble) -> Guild:
    return double.add_guild("Newsroom")


@pytest.fixture
def channel(double: DiscordDouble, guild: Guild) -> Channel:
    return double.add_channel(guild, "alerts")


@pytest.fixture
def bot(double: DiscordDouble, channel: Channel) -> Iterator[TinyBot]:
    del channel  # it is there before the bot comes
    client = TinyBot(double.token, intents=discord.Intents.default(), heartbeat_timeout=PATIENCE_S)
    client.begin()
    assert client.failure is None
    yield client
    client.end()
    assert double.unknown_requests == []


def send(bot: TinyBot, channel: Channel, content: str, nonce: int) -> discord.Message:
    return bot.do(bot.text_channel(channel).send(content, nonce=nonce))


@pytest.mark.usefixtures("bot")
def test_a_command_is_deferred_and_answered_with_embed_and_file(
    double: DiscordDouble, guild: Guild, channel: Channel
) -> None:
    ana = double.add_member(guild, "ana")
    used = ana.slash(channel, "timeline", topic="venezuela")
    answer = used.wait_for_answer()
    assert used.deferred_after_s is not None
    assert not used.ephemeral
    assert answer.embeds[0]["title"] == "venezuela"
    assert answer.embeds[0]["image"]["url"] == answer.attachments[0].url
    assert (answer.attachments[0].data, answer.attachments[0].description) == (PNG, "a chart")
    assert ana.autocomplete(channel, "timeline", "topic", "ven").wait_for_choices() == [
        {"name": "venezuela", "value": "Q717"}
    ]


@pytest.mark.usefixtures("bot")
def test_commands_that_are_not_offered_cannot_be_used(double: DiscordDouble, guild: Guild, channel: Channel) -> None:
    ana = double.add_member(guild, "ana")
    with pytest.raises(AssertionError, match="not registered"):
        ana.slash(channel, "brief")
    with pytest.raises(AssertionError, match="no option"):
        ana.slash(channel, "timeline", subject="x")
    admins = double.add_role(guild, "admins", permissions=Permission.ADMINISTRATOR)
    editor = double.add_member(guild, "editor", roles=[admins])
    assert editor.slash(channel, "watch add", topic="peru").wait_for_answer().content == "watching peru"


@pytest.mark.usefixtures("bot")
def test_buttons_menus_and_forms(double: DiscordDouble, guild: Guild, channel: Channel) -> None:
    ana = double.add_member(guild, "ana")
    message = ana.slash(channel, "timeline", topic="peru").wait_for_answer()
    form = ana.press(message, "Ask").wait_for_modal()
    assert [it["label"] for it in form.inputs] == ["Why"]
    reply = ana.submit(form, Why="another strike")
    assert reply.wait_for_answer().content == "because another strike"
    assert reply.ephemeral
    chosen = ana.choose(message, "export", "CSV")
    assert chosen.wait_for_answer().content == "csv"
    assert chosen.ephemeral
    assert ana.press(message, "known").wait_for_answer() is message
    assert message.content == "already known"
    assert channel.list_messages() == [message]
    double.clock.advance(16 * 60)
    late = ana.choose(message, "export", "csv")
    assert late.wait_for_answer().content == "csv", "a new click has a new token"


def test_late_and_second_answers_are_refused(bot: TinyBot, double: DiscordDouble, channel: Channel) -> None:
    """An answer after three seconds, or a second one, fails as it does at Discord."""
    assert channel.guild
    assert World().interaction_deadline_s == 3
    ana = double.add_member(channel.guild, "ana")
    held = double.faults.add("POST", r"/interactions/.*", faults.slow(does_work=False))
    late = ana.slash(channel, "timeline", topic="x")
    held.wait_for_hits()
    double.clock.advance(double.world.interaction_deadline_s + 1)
    held.release()
    double.wait_for(lambda: late.refusals)
    assert late.refusals[0].body["code"] == 10062
    first = ana.slash(channel, "timeline", topic="x")
    first.wait_for_answer()
    adapter = discord.webhook.async_.async_context.get()
    params = discord.webhook.async_.interaction_response_params(type=5)

    async def again() -> None:
        async with aiohttp.ClientSession() as session:
            await adapter.create_interaction_response(first.id, first.token, session=session, params=params)

    with pytest.raises(discord.HTTPException) as caught:
        bot.do(again())
    assert caught.value.code == 40060


def test_the_same_nonce_makes_one_message_even_if_the_reply_was_lost(
    bot: TinyBot, double: DiscordDouble, channel: Channel
) -> None:
    """Exactly once: a retry with its nonce after a lost reply gives the message that was made."""
    lost = double.faults.add("POST", MESSAGES, faults.lose())
    with pytest.raises(aiohttp.ServerDisconnectedError):
        send(bot, channel, "alert", 7)
    first = send(bot, channel, "alert", 7)
    assert first.id == send(bot, channel, "alert", 7).id
    assert [it.content for it in channel.wait_for_messages(1)] == ["alert"]
    assert lost.n_hits == 1
    assert [it.status for it in double.find_requests("POST", MESSAGES)] == [0, 200, 200]
    double.clock.advance(600)
    assert send(bot, channel, "alert", 7).id != first.id


def test_threads_and_forum_posts(bot: TinyBot, double: DiscordDouble, guild: Guild, channel: Channel) -> None:
    message = send(bot, channel, "story", 1)
    thread = bot.do(message.create_thread(name="more"))
    bot.do(thread.send("report"))
    assert [it.content for it in channel.wait_for_threads(1)[0].wait_for_messages(1)] == ["report"]
    with pytest.raises(discord.HTTPException) as caught:
        bot.do(message.create_thread(name="more"))
    assert caught.value.code == 160004
    forum = double.add_forum(guild, "stories", tags=["New", "Disputed"])
    double.wait_for(lambda: bot.get_channel(forum.id))
    there = bot.get_channel(forum.id)
    assert isinstance(there, discord.ForumChannel)
    post = bot.do(there.create_thread(name="story", content="first", applied_tags=[there.available_tags[1]]))
    assert forum.threads[0].tag_names == ["Disputed"]
    bot.do(post.message.edit(content="changed"))
    assert forum.threads[0].list_messages()[0].content == "changed"
    assert {it.id for it in bot.do(bot.get_guild(guild.id).active_threads())} == {thread.id, post.thread.id}  # type: ignore[union-attr] # it is there


def has_seen(bot: TinyBot, words: str) -> bool:
    return any(words in content for content in bot.seen)


def test_a_cut_is_resumed_and_nothing_is_missed(bot: TinyBot, double: DiscordDouble, channel: Channel) -> None:
    """What happened during the cut is told after it."""
    assert channel.guild
    ana = double.add_member(channel.guild, "ana")
    for number, code in enumerate([None, 4000, 1001], start=1):
        double.gateway.cut(code)
        ana.mention_bot(channel, f"question {number}")
        double.wait_for(functools.partial(has_seen, bot, f"question {number}"))
        assert (double.gateway.n_identifies, double.gateway.n_resumes) == (1, number)
    assert double.gateway.paths == ["/gateway", "/resume", "/resume", "/resume"]
    double.gateway.ask_to_reconnect()
    double.wait_for(lambda: double.gateway.n_resumes == 4 and double.gateway.live())


def test_an_invalid_session_identifies_anew(bot: TinyBot, double: DiscordDouble, channel: Channel) -> None:
    double.gateway.invalidate()
    double.wait_for(lambda: double.gateway.n_identifies == 2)
    double.gateway.forget_sessions()
    double.gateway.cut(4000)
    double.wait_for(lambda: double.gateway.n_identifies == 3 and double.gateway.live())
    assert double.gateway.n_resumes == 1
    send(bot, channel, "still here", 1)
    assert [it.content for it in channel.list_messages()] == ["still here"]


@pytest.mark.usefixtures("channel")
def test_missed_heartbeats_bring_a_new_connection(double: DiscordDouble) -> None:
    client = TinyBot(double.token, intents=discord.Intents.default(), heartbeat_timeout=1.0)
    client.begin()
    double.wait_for(lambda: double.gateway.n_heartbeats >= 2)
    before = double.gateway.n_resumes
    double.gateway.swallow_heartbeats()
    double.wait_for(lambda: double.gateway.n_resumes > before and double.gateway.live())
    client.end()


@pytest.mark.parametrize("scope", ["user", "global"])
def test_a_429_is_waited_out(bot: TinyBot, double: DiscordDouble, channel: Channel, scope: str) -> None:
    double.faults.add("POST", MESSAGES, faults.rate_limit(0.05, scope=scope))
    send(bot, channel, "later", 1)
    assert [it.status for it in double.find_requests("POST", MESSAGES)] == [429, 200]
    assert double.n_invalid_requests == 1
    double.faults.add("POST", MESSAGES, faults.rate_limit(0.05, has_via=False))
    with pytest.raises(discord.HTTPException, match="429"):
        send(bot, channel, "banned", 2)


def test_a_limit_with_headers_that_count_down_is_kept_by_the_client(
    bot: TinyBot, double: DiscordDouble, channel: Channel
) -> None:
    double.limit("POST", MESSAGES, most=2, per_s=0.2)
    for number in range(5):
        send(bot, channel, str(number), number)
    assert [it.content for it in channel.list_messages()] == list("01234")
    assert double.n_invalid_requests == 0


def test_failures_of_the_server(bot: TinyBot, double: DiscordDouble, channel: Channel) -> None:
    double.faults.add("POST", MESSAGES, faults.status(503))
    with pytest.raises(discord.DiscordServerError):
        send(bot, channel, "a", 1)
    assert channel.list_messages() == []
    double.faults.add("POST", MESSAGES, faults.malformed())
    with pytest.raises(ValueError, match="Unterminated"):
        send(bot, channel, "a", 1)
    assert len(channel.list_messages()) == 1


def test_refusals_in_discords_words(bot: TinyBot, double: DiscordDouble, guild: Guild, channel: Channel) -> None:
    here = bot.text_channel(channel)
    double.deny_bot(channel, Permission.SEND_MESSAGES)
    assert refusal(bot, here.send("a")) == (403, 50013)
    double.deny_bot(channel, Permission.VIEW_CHANNEL)
    assert refusal(bot, here.send("a")) == (403, 50001)
    double.deny_bot(channel, 0)
    double.set_permissions(guild, guild.everyone, ORDINARY & ~Permission.EMBED_LINKS)
    double.set_permissions(guild, double.bot_role(guild), 0)
    assert refusal(bot, here.send(embed=discord.Embed(title="a"))) == (403, 50013)
    assert refusal(bot, here.send("x" * 2001)) == (400, 50035)
    assert refusal(bot, here.fetch_message(1)) == (404, 10008)
    double.delete_channel(channel)
    assert refusal(bot, here.send("a")) == (404, 10003)
    double.remove_bot(guild)
    double.wait_for(lambda: bot.get_guild(guild.id) is None)
    double.invite_bot(guild)
    double.wait_for(lambda: bot.get_guild(guild.id))


def refusal(bot: TinyBot, work: Coroutine[object, object, object]) -> tuple[int, int]:
    with pytest.raises(discord.HTTPException) as caught:
        bot.do(work)
    return caught.value.status, caught.value.code


def test_a_payload_that_breaks_a_parser_ends_the_client(bot: TinyBot, double: DiscordDouble) -> None:
    double.gateway.dispatch("MESSAGE_CREATE", {"id": None})
    double.wait_for(lambda: bot.failure)
    assert isinstance(bot.failure, (TypeError, KeyError))


def test_content_is_kept_from_who_was_not_granted_it(bot: TinyBot, double: DiscordDouble, channel: Channel) -> None:
    """Without the intent there is content only in mentions of the bot and direct messages."""
    assert channel.guild
    ana = double.add_member(channel.guild, "ana")
    ana.send(channel, "secret")
    ana.mention_bot(channel, "hello")
    ana.send(ana.dm(), "psst")
    double.wait_for(lambda: "psst" in bot.seen)
    assert bot.seen == ["", f"<@{double.world.bot.id}> hello", "psst"]


def test_commands_against_the_rules_are_refused(bot: TinyBot, double: DiscordDouble) -> None:
    wrong = [
        {"name": "Upper", "description": ""},
        {
            "name": "a",
            "description": "d",
            "options": [
                {"type": 3, "name": "x", "description": "d"},
                {"type": 3, "name": "y", "description": "d", "required": True},
            ],
        },
        {"name": "a", "description": "d" * 101},
    ]
    with pytest.raises(discord.HTTPException) as caught:
        bot.do(bot.http.bulk_upsert_global_commands(double.world.application_id, wrong))  # type: ignore[arg-type] # wrong on purpose
    errors = double.find_requests("PUT", r"/applications/\d+/commands")[-1].body["errors"]  # type: ignore[index] # JSON
    assert caught.value.code == 50035
    assert errors["0"].keys() == {"name", "description"}
    assert errors["1"]["options"]["1"]["_errors"][0]["code"] == "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID"
    assert {it["name"] for it in double.commands} == {"timeline", "watch"}


def test_each_shard_hears_of_its_own_guilds(monkeypatch: pytest.MonkeyPatch) -> None:
    with DiscordDouble(shards=2) as double:
        point_at(double, monkeypatch)
        guilds = [double.add_guild(f"guild {shard}", shard=shard) for shard in (0, 1)]
        client = TinyBot(double.token, intents=discord.Intents.default(), heartbeat_timeout=60)
        client.begin()
        try:
            assert {it.id: it.shard_id for it in client.guilds} == {guilds[0].id: 0, guilds[1].id: 1}
            double.start_outage(guilds[1])
            double.wait_for(lambda: client.get_guild(guilds[1].id).unavailable)  # type: ignore[union-attr] # it is there
            double.end_outage(guilds[1])
            double.wait_for(lambda: not client.get_guild(guilds[1].id).unavailable)  # type: ignore[union-attr] # it is there
        finally:
            client.end()


def test_an_intent_that_was_not_granted_closes_the_gateway(monkeypatch: pytest.MonkeyPatch) -> None:
    with DiscordDouble(intents=0) as double:
        point_at(double, monkeypatch)
        double.add_guild()
        client = TinyBot(double.token, intents=discord.Intents.all(), heartbeat_timeout=60)
        client.begin()
        assert isinstance(client.failure, discord.PrivilegedIntentsRequired)
        client.end()


def test_an_answer_can_be_changed_for_fifteen_minutes(bot: TinyBot, double: DiscordDouble, channel: Channel) -> None:
    assert channel.guild
    used = double.add_member(channel.guild, "ana").slash(channel, "timeline", topic="x")
    used.wait_for_answer()
    double.clock.advance(15 * 60 + 1)
    hook = discord.Webhook.partial(double.world.application_id, used.token, client=bot)
    assert refusal(bot, hook.send("late", wait=True)) == (401, 50027)


def button(custom_id: str, label: str = "a") -> dict[str, object]:
    return {"type": 2, "style": 2, "label": label, "custom_id": custom_id}


def row(*components: dict[str, object]) -> dict[str, object]:
    return {"type": 1, "components": list(components)}


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"content": "x" * 2001}, "BASE_TYPE_MAX_LENGTH"),
        ({"embeds": [{"title": "x" * 257}]}, "BASE_TYPE_MAX_LENGTH"),
        ({"embeds": [{"description": "x" * 4096}, {"description": "x" * 1905}]}, "MAX_EMBED_SIZE_EXCEEDED"),
        ({"embeds": [{"fields": [{"name": "a", "value": ""}]}]}, "BASE_TYPE_REQUIRED"),
        ({"embeds": [{"fields": [{"name": "a", "value": "b"}] * 26}]}, "BASE_TYPE_BAD_LENGTH"),
        ({"embeds": [{"url": "javascript:alert(1)"}]}, "URL_TYPE_INVALID_SCHEME"),
        ({"embeds": [{"title": "a"}] * 11}, "BASE_TYPE_BAD_LENGTH"),
        ({"components": [row(button("a"))] * 6}, "BASE_TYPE_BAD_LENGTH"),
        ({"components": [row(button("a"), button("a"))]}, "COMPONENT_CUSTOM_ID_DUPLICATED"),
        ({"components": [row(button("a" * 101))]}, "BASE_TYPE_MAX_LENGTH"),
        ({"components": [row(button("a", "x" * 81))]}, "BASE_TYPE_MAX_LENGTH"),
        ({"components": [row({"type": 3, "custom_id": "a", "options": []})]}, "BASE_TYPE_BAD_LENGTH"),
        ({"allowed_mentions": {"parse": ["roles"], "roles": ["1"]}}, "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE"),
        ({"nonce": "x" * 26}, "BASE_TYPE_MAX_LENGTH"),
    ],
)
def test_messages_over_a_limit_are_refused(body: dict[str, object], code: str) -> None:
    """What Discord would refuse never passes here."""
    with pytest.raises(ApiError, match="400/50035") as caught:
        check_message(body, [])
    assert f"'{code}'" in str(caught.value.body["errors"])


def test_only_who_may_be_pinged_is_pinged(bot: TinyBot, double: DiscordDouble, guild: Guild, channel: Channel) -> None:
    role = double.add_role(guild, "watchers", mentionable=True)
    here = bot.text_channel(channel)
    text = f"<@&{role.id}> @everyone"
    bot.do(here.send(text, allowed_mentions=discord.AllowedMentions.none()))
    bot.do(here.send(text, allowed_mentions=discord.AllowedMentions(roles=[discord.Object(role.id)], everyone=True)))
    quiet, loud = channel.wait_for_messages(2)
    assert (quiet.pinged_roles, quiet.pings_everyone) == ([], False)
    assert (loud.pinged_roles, loud.pings_everyone) == ([role], False), "the bot may not mention everyone"


def test_wrong_tokens_are_refused(double: DiscordDouble) -> None:
    client = TinyBot("wrong", intents=discord.Intents.default(), heartbeat_timeout=1.0)
    client.begin()
    assert isinstance(client.failure, discord.LoginFailure)
    client.end()
    assert double.gateway.n_connections == 0
