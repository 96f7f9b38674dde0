"""A small real discord.py client in a thread, to prove the double with; the bot under test is another program."""

from __future__ import annotations

import asyncio
import io
import threading
from collections.abc import Coroutine
from typing import TypeVar

import discord
from discord import app_commands

from tests.doubles.discord.world import Channel
from tests.patience import PATIENCE_S

T = TypeVar("T")
PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x02\0\0\0\x03"


class Question(discord.ui.Modal, title="Not the same"):
    """A form with one field."""

    reason: discord.ui.TextInput[Question] = discord.ui.TextInput(label="Why", max_length=20)

    async def on_submit(self, interaction: discord.Interaction) -> None:
        await interaction.response.send_message(f"because {self.reason.value}", ephemeral=True)


class Buttons(discord.ui.View):
    """A persistent view: a button that changes its message, one that asks, and a menu."""

    def __init__(self) -> None:
        super().__init__(timeout=None)

    @discord.ui.button(label="Known", custom_id="known")
    async def known(self, interaction: discord.Interaction, _: discord.ui.Button[Buttons]) -> None:
        await interaction.response.edit_message(content="already known")

    @discord.ui.button(label="Ask", custom_id="ask")
    async def ask(self, interaction: discord.Interaction, _: discord.ui.Button[Buttons]) -> None:
        await interaction.response.send_modal(Question())

    @discord.ui.select(custom_id="export", options=[discord.SelectOption(label="CSV", value="csv")])
    async def export(self, interaction: discord.Interaction, menu: discord.ui.Select[Buttons]) -> None:
        await interaction.response.defer(ephemeral=True, thinking=True)
        await interaction.followup.send(menu.values[0])


class TinyBot(discord.AutoShardedClient):
    """A client in a thread of its own, with a command, a group, autocomplete and buttons."""

    def __init__(self, token: str, *, intents: discord.Intents, heartbeat_timeout: float) -> None:
        super().__init__(intents=intents, guild_ready_timeout=0.05, heartbeat_timeout=heartbeat_timeout)
        self.tree = app_commands.CommandTree(self)
        self.seen: list[str] = []
        self.is_up = threading.Event()
        self.failure: BaseException | None = None
        self._token = token
        self._thread = threading.Thread(target=lambda: asyncio.run(self._live()), daemon=True)

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        """Do not wait the five seconds that a real gateway wants between two IDENTIFYs."""

    async def setup_hook(self) -> None:
        self.tree.add_command(timeline)
        self.tree.add_command(app_commands.Group(name="watch", description="Watches"))
        self.tree.get_command("watch").add_command(add)  # type: ignore[union-attr] # it was added the line before
        self.add_view(Buttons())
        await self.tree.sync()

    async def on_ready(self) -> None:
        self.is_up.set()

    async def on_message(self, message: discord.Message) -> None:
        self.seen.append(message.content)

    def do(self, work: Coroutine[object, object, T]) -> T:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(PATIENCE_S)

    def text_channel(self, channel: Channel) -> discord.TextChannel:
        """Return the channel as discord.py knows it; after an IDENTIFY its guild comes a bit later."""
        found = self.get_channel(channel.id) or self.do(self.fetch_channel(channel.id))
        assert isinstance(found, discord.TextChannel)
        return found

    async def _live(self) -> None:
        self._loop = asyncio.get_running_loop()
        try:
            await self.start(self._token)
        except BaseException as error:  # noqa: BLE001 - the test looks at it
            self.failure = error
        finally:
            await self.close()
            self.is_up.set()

    def begin(self) -> None:
        self._thread.start()
        assert self.is_up.wait(PATIENCE_S)

    def end(self) -> None:
        if not self.is_closed():
            self.do(self.close())
        self._thread.join(PATIENCE_S)
        assert not self._thread.is_alive()


@app_commands.command(description="What happened when")
async def timeline(interaction: discord.Interaction, topic: str) -> None:
    await interaction.response.defer()
    embed = discord.Embed(title=topic).set_image(url="attachment://chart.png")
    picture = discord.File(io.BytesIO(PNG), "chart.png", description="a chart")
    await interaction.edit_original_response(embed=embed, attachments=[picture], view=Buttons())


@timeline.autocomplete("topic")
async def suggest(_: discord.Interaction, typed: str) -> list[app_commands.Choice[str]]:
    return [app_commands.Choice(name=f"{typed}ezuela", value="Q717")]


@app_commands.command(description="Watch a topic here")
@app_commands.default_permissions(manage_guild=True)
async def add(interaction: discord.Interaction, topic: str) -> None:
    await interaction.response.send_message(f"watching {topic}")
