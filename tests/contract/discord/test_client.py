"""The unmodified discord.py lives on the local Discord: commands, answers, files, buttons, forms, and a cut wire."""

import asyncio
import io
from typing import Any

import discord
import pytest
from discord import app_commands

from tests.contract.discord.clients import PNG, Bot, running
from tests.discord_server import DiscordServer
from tests.discord_server.command_rules import MESSAGE_MENU

Use = discord.Interaction[discord.Client]


def painter() -> Bot:
    """A bot with a command, a menu, a button and a form, all of discord.py's own making."""
    client = Bot()

    @client.tree.command(description="Paint a picture")
    @app_commands.allowed_installs(guilds=True, users=True)
    @app_commands.allowed_contexts(guilds=True, dms=True, private_channels=True)
    async def imagine(
        use: Use, prompt: str, style: str = "", private: bool = False, reference: discord.Attachment | None = None
    ) -> None:
        await use.response.defer(ephemeral=private)
        await use.edit_original_response(content="step 1 of 4")
        again: discord.ui.View = discord.ui.View(timeout=None)
        again.add_item(discord.ui.Button(label="again", custom_id="again:1"))
        again.add_item(discord.ui.Button(label="edit", custom_id="edit:1"))
        data = await reference.read() if reference else PNG
        file = discord.File(io.BytesIO(data), "cat.png", description=f"{prompt} in {style or 'no style'}")
        await use.edit_original_response(content=prompt, attachments=[file], view=again)
        await use.followup.send("seed 7", ephemeral=True)

    @imagine.autocomplete("style")
    async def styles(use: Use, typed: str) -> list[app_commands.Choice[str]]:
        return [app_commands.Choice(name=name, value=name) for name in ("ink", "oil") if typed in name]

    @client.tree.context_menu(name="Describe")
    async def describe(use: Use, message: discord.Message) -> None:
        await use.response.send_message(f"it says: {message.content}", ephemeral=True)

    client.add_dynamic_items(Again, Edit)
    return client


class Again(discord.ui.DynamicItem[discord.ui.Button[Any]], template=r"again:(?P<key>\d+)"):
    def __init__(self, key: str) -> None:
        super().__init__(discord.ui.Button(label="again", custom_id=f"again:{key}"))

    @classmethod
    async def from_custom_id(cls, use: Use, item: Any, match: Any) -> "Again":
        return cls(match["key"])

    async def callback(self, use: Use) -> None:
        await use.response.edit_message(content="painting again", attachments=[])


class Edit(discord.ui.DynamicItem[discord.ui.Button[Any]], template=r"edit:(?P<key>\d+)"):
    def __init__(self, key: str) -> None:
        super().__init__(discord.ui.Button(label="edit", custom_id=f"edit:{key}"))

    @classmethod
    async def from_custom_id(cls, use: Use, item: Any, match: Any) -> "Edit":
        return cls(match["key"])

    async def callback(self, use: Use) -> None:
        await use.response.send_modal(Form())


class Form(discord.ui.Modal, title="Edit the prompt"):
    prompt: Any = discord.ui.Label(text="Prompt", component=discord.ui.TextInput(custom_id="prompt", default="a cat"))

    async def on_submit(self, use: Use) -> None:
        await use.response.send_message(f"new: {self.prompt.component.value}")


async def test_a_picture_from_request_to_button(server: DiscordServer) -> None:
    """Sync, slash command, defer, progress, a file with alt text, a follow-up for one person, and a button."""
    guild = server.guild()
    ana, ben, channel = server.person(guild=guild), server.person("ben", guild=guild), server.channel(guild)
    client = painter()
    async with running(client, server):
        assert {one.name for one in await client.tree.sync()} == {"imagine", "Describe"}
        seen = await ana.slash(channel, "imagine", prompt="a cat", style="ink", reference=("ref.png", PNG))
        await seen.until(lambda now: len(now.messages) == 2)
        pressed = await ana.press(seen.message, "again")
    assert seen.message
    assert [one.content for one in seen.edits] == ["", "step 1 of 4", "a cat", "painting again"]
    assert [len(one.attachments) for one in seen.edits] == [0, 0, 1, 0]
    file = seen.edits[2].attachments[0]
    assert (file.description, file.data, file.spoiler) == ("a cat in ink", PNG, False)
    assert [one.content for one in ana.sees(channel)] == ["painting again", "seed 7"]
    assert [one.content for one in ben.sees(channel)] == ["painting again"]
    assert pressed.message is seen.message
    assert (server.problems, server.duplicates(), seen.failed) == ([], [], "")


@pytest.mark.parametrize("place", ["guild", "thread", "dm", "user-installed", "private"])
async def test_it_works_wherever_it_is_asked(server: DiscordServer, place: str) -> None:
    """In a guild, a thread, a DM, a guild without the bot, and among people."""
    guild = server.guild(bot=place != "user-installed")
    ana = server.person(guild=guild)
    ana.install()
    channel = server.channel(guild)
    places = {"dm": ana.dm, "private": lambda: server.world.private(ana.user, server.owner)}
    there = places.get(place, lambda: channel)()
    if place == "thread":
        there = server.world.thread(channel, "cats", ana.user)
    client = painter()
    async with running(client, server):
        await client.tree.sync()
        seen = await ana.slash(there, "imagine", prompt="a cat", private=True)
        await seen.until(lambda now: len(now.messages) == 2)
        opened = await ana.press(seen.message, "edit")
        sent = await ana.submit_modal(opened, Prompt="a dog")
    assert (await seen.picture()).ephemeral
    assert opened.modal
    assert sent.text == "new: a dog"
    assert server.problems == []


async def test_the_form_keeps_what_nobody_changed(server: DiscordServer) -> None:
    """A prefilled field is sent as it is; a field that isn't there can't be filled."""
    guild = server.guild()
    ana, channel = server.person(guild=guild), server.channel(guild)
    client = painter()
    async with running(client, server):
        await client.tree.sync()
        seen = await ana.slash(channel, "imagine", prompt="a cat")
        await seen.until(lambda now: len(now.messages) == 2)
        opened = await ana.press(seen.message, "edit:1")
        with pytest.raises(LookupError):
            await ana.submit_modal(opened, Size="big")
        assert (await ana.submit_modal(opened)).text == "new: a cat"


async def test_autocomplete_and_menus(server: DiscordServer) -> None:
    """Choices while typing; a message's menu shows its words although the bot may not read the channel."""
    guild = server.guild()
    ana, channel = server.person(guild=guild), server.channel(guild)
    client = painter()
    async with running(client, server):
        await client.tree.sync()
        typed = await ana.autocomplete(channel, "imagine", "style", "in", prompt="a cat")
        said = (await ana.say(channel, "a lighthouse")).said
        assert said
        described = await ana.menu(said, "Describe")
    assert typed.choices == [{"name": "ink", "value": "ink"}]
    assert set(ana.commands(channel, MESSAGE_MENU)) == {"Describe"}
    assert described.text == "it says: a lighthouse"
    assert server.problems == []


async def test_mentions_are_answered_with_replies(server: DiscordServer) -> None:
    """A person speaks, the bot replies with a ping, and both see it."""
    channel, ana = server.channel(), server.person()
    client = Bot()

    @client.event
    async def on_message(message: discord.Message) -> None:
        if client.user in message.mentions:
            room = await message.create_thread(name="cats")
            await message.reply(message.content.removeprefix(f"{client.user.mention} "), nonce="job-1")
            await room.send("and here")
            await message.add_reaction("🎨")

    async with running(client, server):
        seen = await ana.say(channel, f"{server.bot.mention} a cat", attachments=(("cat.png", PNG),))
        await server.until(lambda: server.reactions)
    assert seen.said
    assert seen.text == "a cat"
    assert [ana.id in one.pinged for one in seen.messages] == [True]
    assert seen.said.thread
    assert [one.content for one in ana.sees(seen.said.thread)] == ["and here"]
    assert server.problems == []


@pytest.mark.parametrize("way", ["cut", "reconnect", "close", "invalid, to resume"])
async def test_it_resumes(server: DiscordServer, way: str) -> None:
    """After a cut, on demand, after a code that allows it: one identity, and what came meanwhile is heard."""
    channel, ana = server.channel(), server.person()
    client = Bot()
    heard: asyncio.Queue[str] = asyncio.Queue()

    @client.event
    async def on_message(message: discord.Message) -> None:
        heard.put_nowait(message.content.split()[0])

    async with running(client, server):
        if way == "cut":
            server.gateway.cut()
        elif way == "reconnect":
            server.gateway.reconnect()
        elif way == "close":
            await server.gateway.close(4000)
        else:
            server.gateway.invalidate(resumable=True)
        await ana.say(channel, f"missed {server.bot.mention}")
        await server.until(lambda: server.gateway.resumes)
        await ana.say(channel, f"later {server.bot.mention}")
        assert [await asyncio.wait_for(heard.get(), 60) for _ in range(2)] == ["missed", "later"]
    assert server.gateway.identifies == 1
    assert server.problems == []


async def test_a_zombie_is_noticed(server: DiscordServer) -> None:
    """Without answers to its heartbeats the client ends the connection itself, and resumes."""
    server.gateway.heartbeat_s = 0.15
    server.gateway.answers_heartbeats = False
    client = Bot(heartbeat_timeout=0.2)
    async with running(client, server):
        await server.until(lambda: server.gateway.resumes)


@pytest.mark.parametrize(
    ("code", "error"), [(4004, discord.ConnectionClosed), (4014, discord.PrivilegedIntentsRequired)]
)
async def test_what_the_gateway_refuses_reaches_the_caller(server: DiscordServer, code: int, error: Any) -> None:
    """A wrong token there, or an intent that the application hasn't."""
    intents = discord.Intents.default()
    intents.message_content = code == 4014
    if code == 4004:
        server.gateway.token = "another"
    with pytest.raises(error):
        async with running(Bot(intents), server):
            pass
    assert server.gateway.closed_with == [code]


async def test_a_wrong_token_is_a_failed_login(server: DiscordServer) -> None:
    """REST says so first."""
    client = Bot()
    with pytest.raises(discord.LoginFailure):
        async with running(client, server, token="another"):
            pass


class Sharded(discord.AutoShardedClient):
    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        """Discord wants five seconds between two identities; this one asks for none."""


async def test_an_auto_sharded_client_runs(server: DiscordServer) -> None:
    """As many shards as the server advises; guilds and DMs are answered by the right ones."""
    server.shards = 2
    guilds = [server.guild(str(number)) for number in range(4)]
    ana = server.person(guild=guilds[0])
    for guild in guilds[1:]:
        server.world.join(guild, ana.user)
    client = Sharded(intents=discord.Intents.default(), guild_ready_timeout=0.02)

    @client.event
    async def on_interaction(use: Use) -> None:
        shard = use.guild.shard_id if use.guild else 0
        await use.response.send_message(f"shard {shard} of {client.shard_count}")

    server.commands.overwrite("", [{"name": "imagine", "type": 1, "description": "a"}])
    async with running(client, server, shards=2):
        for guild in guilds:
            seen = await ana.slash(server.channel(guild), "imagine")
            assert seen.text == f"shard {(int(guild.id) >> 22) % 2} of 2"
        assert (await ana.slash(ana.dm(), "imagine")).text == "shard 0 of 2"
    assert server.problems == []
