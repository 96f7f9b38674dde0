"""REST routes of the application, its commands, its interactions, users and guilds."""

from __future__ import annotations

from tests.doubles.discord import interactions, writing
from tests.doubles.discord.commands import check_commands
from tests.doubles.discord.errors import ApiError, Json, missing_access, unknown
from tests.doubles.discord.payloads import (
    application_json,
    channel_json,
    guild_json,
    member_json,
    message_json,
    response_flags,
    role_json,
    user_json,
)
from tests.doubles.discord.routing import Answer, Call, Route
from tests.doubles.discord.world import DM, Channel


def get_me(call: Call) -> Answer:
    return 200, user_json(call.world.bot)


def get_user(call: Call) -> Answer:
    user = call.world.users.get(call.id("user"))
    if user is None:
        raise unknown("User")
    return 200, user_json(user)


def get_application(call: Call) -> Answer:
    return 200, application_json(call.world)


def open_dm(call: Call) -> Answer:
    user = call.world.users.get(int(call.json.get("recipient_id") or 0))
    if user is None:
        raise unknown("User")
    known = [it for it in call.world.channels.values() if it.recipient is user]
    channel = known[0] if known else Channel(call.world.snowflakes.take(), DM, "", call.world, recipient=user)
    call.world.channels[channel.id] = channel
    return 200, channel_json(channel)


def get_guild(call: Call) -> Answer:
    return 200, guild_json(call.guild())


def list_my_guilds(call: Call) -> Answer:
    mine = [guild for guild in call.world.guilds.values() if guild.has_bot]
    return 200, [{"id": str(it.id), "name": it.name, "icon": None, "owner": False, "features": []} for it in mine]


def leave_guild(call: Call) -> Answer:
    guild = call.guild()
    call.world.emit("GUILD_DELETE", {"id": str(guild.id)}, guild, 1)
    guild.has_bot = False
    guild.members.pop(call.world.bot.id, None)
    return 204, None


def list_channels(call: Call) -> Answer:
    return 200, [channel_json(it) for it in call.guild().channels.values() if not it.is_thread]


def list_active_threads(call: Call) -> Answer:
    threads = [channel_json(it) for it in call.guild().threads() if not it.is_archived]
    return 200, {"threads": threads, "members": [thread["member"] for thread in threads]}


def list_roles(call: Call) -> Answer:
    return 200, [role_json(role) for role in call.guild().roles.values()]


def get_role(call: Call) -> Answer:
    role = call.guild().roles.get(call.id("role"))
    if role is None:
        raise unknown("Role")
    return 200, role_json(role)


def get_member(call: Call) -> Answer:
    key = call.world.bot.id if call.ids["member"] == "@me" else call.id("member")
    member = call.guild().members.get(key)
    if member is None:
        raise unknown("Member")
    return 200, member_json(member)


def _check_application(call: Call) -> None:
    if call.id("application") != call.world.application_id:
        raise unknown("Application")


def _complete(call: Call, command: Json, known: list[Json], guild_id: int | None) -> Json:
    """Give a command its identifier: that of the one with the same name, or a new one."""
    kind = command.get("type") or 1
    same = [it for it in known if (it["name"], it["type"]) == (command["name"], kind)]
    key = str(call.world.snowflakes.take())
    done = {"options": [], "default_member_permissions": None, "nsfw": False, **command}
    done |= {"id": same[0]["id"] if same else key, "type": kind, "version": key}
    done |= {"application_id": str(call.world.application_id), "description": command.get("description") or ""}
    if guild_id:
        done["guild_id"] = str(guild_id)
    return done


def list_commands(call: Call) -> Answer:
    _check_application(call)
    return 200, call.world.global_commands


def replace_commands(call: Call) -> Answer:
    _check_application(call)
    commands = call.json.get("", [])
    check_commands(commands)
    known = call.world.global_commands
    call.world.global_commands = [_complete(call, it, known, None) for it in commands]
    return 200, call.world.global_commands


def list_guild_commands(call: Call) -> Answer:
    _check_application(call)
    return 200, call.world.guild_commands.get(call.id("guild"), [])


def replace_guild_commands(call: Call) -> Answer:
    _check_application(call)
    guild = call.world.guilds.get(call.id("guild"))
    if guild is None or not guild.has_bot:
        raise missing_access()
    commands = call.json.get("", [])
    check_commands(commands)
    known = call.world.guild_commands.get(guild.id, [])
    call.world.guild_commands[guild.id] = [_complete(call, it, known, guild.id) for it in commands]
    return 200, call.world.guild_commands[guild.id]


def answer_interaction(call: Call) -> Answer:
    it = call.world.interactions.get(call.id("interaction"))
    if it is None or it.token != call.ids["token"]:
        raise unknown("Interaction")
    try:
        interactions.respond(it, call.json, call.files)
    except ApiError as error:
        it.refusals.append(error)
        raise
    if call.query.get("with_response", "").lower() not in {"1", "true"}:
        return 204, None
    shown: Json = {"id": str(it.id), "type": it.kind}
    body: Json = {"interaction": shown}
    if it.response_type in {interactions.CHOICES, interactions.MODAL}:
        return 200, body
    body["resource"] = {"type": it.response_type}
    if it.original:
        shown |= {"response_message_id": str(it.original.id), **response_flags(it.original.flags)}
    if it.original and it.response_type != interactions.DEFER_UPDATE:
        body["resource"]["message"] = message_json(it.original)
    return 200, body


def _interaction(call: Call) -> interactions.Interaction:
    if call.id("application") != call.world.application_id:
        raise unknown("Webhook")
    return interactions.find_by_token(call.world, call.ids["token"])


def follow_up(call: Call) -> Answer:
    it = _interaction(call)
    try:
        return 200, message_json(interactions.follow_up(it, call.json, call.files))
    except ApiError as error:
        it.refusals.append(error)
        raise


def get_answer(call: Call) -> Answer:
    return 200, message_json(interactions.find_message(_interaction(call), call.ids["message"]))


def edit_answer(call: Call) -> Answer:
    it = _interaction(call)
    try:
        message = interactions.find_message(it, call.ids["message"])
        return 200, message_json(interactions.change(it, message, call.json, call.files))
    except ApiError as error:
        it.refusals.append(error)
        raise


def delete_answer(call: Call) -> Answer:
    writing.delete(interactions.find_message(_interaction(call), call.ids["message"]))
    return 204, None


COMMANDS, GUILD_COMMANDS = "/applications/{application}/commands", "/applications/{application}/guilds/{guild}/commands"
ANSWER = "/webhooks/{application}/{token}/messages/{message}"
ROUTES = (
    Route("GET", "/users/@me", get_me),
    Route("GET", "/users/@me/guilds", list_my_guilds),
    Route("POST", "/users/@me/channels", open_dm),
    Route("DELETE", "/users/@me/guilds/{guild}", leave_guild),
    Route("GET", "/users/{user}", get_user),
    Route("GET", "/applications/@me", get_application),
    Route("GET", "/oauth2/applications/@me", get_application),
    Route("GET", "/guilds/{guild}", get_guild),
    Route("GET", "/guilds/{guild}/channels", list_channels),
    Route("GET", "/guilds/{guild}/threads/active", list_active_threads),
    Route("GET", "/guilds/{guild}/roles", list_roles),
    Route("GET", "/guilds/{guild}/roles/{role}", get_role),
    Route("GET", "/guilds/{guild}/members/{member}", get_member),
    Route("GET", COMMANDS, list_commands),
    Route("PUT", COMMANDS, replace_commands),
    Route("GET", GUILD_COMMANDS, list_guild_commands),
    Route("PUT", GUILD_COMMANDS, replace_guild_commands),
    Route("POST", "/interactions/{interaction}/{token}/callback", answer_interaction, needs_token=False),
    Route("POST", "/webhooks/{application}/{token}", follow_up, needs_token=False),
    Route("GET", ANSWER, get_answer, needs_token=False),
    Route("PATCH", ANSWER, edit_answer, needs_token=False),
    Route("DELETE", ANSWER, delete_answer, needs_token=False),
)
