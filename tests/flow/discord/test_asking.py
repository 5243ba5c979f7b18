"""Asking on Discord: commands with every option, mentions, messages, threads, menus; and what is refused."""

import io
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from bot.app import App
from bot.testing import PaperEngine
from tests.discord_server import DiscordServer, Sight
from tests.discord_server.state import Role
from tests.helpers.discord_bot import discord_bot


def picture(width: int = 96, height: int = 64) -> bytes:
    """A PNG of some colour."""
    file = io.BytesIO()
    Image.new("RGB", (width, height), (20, 90, 160)).save(file, "PNG")
    return file.getvalue()


class NoisyEngine(PaperEngine):
    """Paints noise, which no format makes small."""

    async def fetch(self, painted: Any) -> bytes:
        """A megabyte of it."""
        sheet = await super().fetch(painted)
        if not hasattr(painted, "sha256"):
            return sheet
        file = io.BytesIO()
        Image.effect_noise((1_200, 1_000), 90).convert("RGB").save(file, "PNG")
        return file.getvalue()


async def plans_of(app: App, seen: Sight) -> list[Any]:
    """What was painted for the picture that somebody sees."""
    message = await seen.picture()
    exchange = await app.service.posted("discord", f"{message.channel.id}/{message.id}")
    assert exchange is not None
    assert exchange.reply is not None
    return [one.plan for one in exchange.reply.pictures]


async def test_every_option_of_the_command_counts(server: DiscordServer, tmp_path: Path) -> None:
    """Style, size, count, seed, reference and privacy arrive; each picture has its words for who can't see it."""
    guild = server.guild()
    ana, ben = server.person(guild=guild), server.person("ben", guild=guild)
    channel = server.channel(guild)
    async with discord_bot(server, tmp_path) as app:
        options = {"style": "ink", "size": "128x64", "count": 4, "seed": 7, "private": True}
        seen = await ana.slash(channel, "imagine", prompt="a red car", reference=("ref.png", picture()), **options)
        plans = await plans_of(app, seen)
        shaped = await ana.slash(channel, "imagine", prompt="a blue car", size="3:2")
        [shape] = await plans_of(app, shaped)
    assert [(plan.style, plan.width_px, plan.height_px, plan.seed) for plan in plans] == [
        ("ink", 128, 64, seed) for seed in (7, 8, 9, 10)
    ]
    assert shape.width_px > shape.height_px
    message = await seen.picture()
    assert [one.description for one in message.attachments] == [f"Picture made by AI: {plan.prompt}" for plan in plans]
    assert "seed 7, 8, 9, 10" in message.content
    assert "made by AI" in message.content
    assert message.ephemeral
    assert len(ben.sees(channel)) == 1
    assert server.problems == []


async def test_one_message_is_changed_until_it_is_done(server: DiscordServer, tmp_path: Path) -> None:
    """Acknowledged, painting with steps and a preview, then the picture: one message all the time."""
    guild = server.guild()
    ana, channel = server.person(guild=guild), server.channel(guild)
    async with discord_bot(server, tmp_path, engine=PaperEngine(PaperEngine.Settings(step_s=1.5))):
        seen = await ana.slash(channel, "imagine", prompt="a red car")
        await seen.until(lambda now: [one for one in now.edits if "step" in one.content and one.attachments])
        message = await seen.picture()
        await seen.until(lambda now: "made by AI" in now.text)
    assert [one.id for one in seen.messages] == [message.id]
    assert seen.edits[0].flags & 128, "the interaction is acknowledged before anything else"
    assert any("Painting" in one.content and "▰" in one.content for one in seen.edits)
    assert [one.filename.startswith("limner-") for one in message.attachments] == [True], "the preview is gone"
    assert server.problems == []


@pytest.mark.parametrize("place", ["channel", "thread", "direct", "group", "elsewhere"])
async def test_it_works_wherever_somebody_asks(server: DiscordServer, tmp_path: Path, place: str) -> None:
    """In a channel, a thread, a DM, a group, and in a server that the bot is no member of."""
    guild = server.guild(bot=place != "elsewhere")
    ana = server.person(guild=guild)
    ana.install()
    channel = server.channel(guild)
    async with discord_bot(server, tmp_path):
        where = channel
        if place == "thread":
            where = server.world.thread(channel, "cars", ana.user)
        if place == "direct":
            where = ana.dm()
        if place == "group":
            where = server.world.private(ana.user, server.owner)
        seen = await ana.slash(where, "imagine", prompt="a red car")
        message = await seen.picture()
        pressed = await ana.press(message, "Again")
        assert (await pressed.picture()).id != message.id
    assert server.problems == []


async def test_who_is_answered_by_token_alone_gets_it_by_direct_message_later(
    server: DiscordServer, tmp_path: Path
) -> None:
    """Where the bot is no member and fifteen minutes have passed, the picture comes by direct message, as was said."""
    guild = server.guild(bot=False)
    ana, channel = server.person(guild=guild), server.channel(guild)
    ana.install()
    engine = PaperEngine(PaperEngine.Settings(step_s=0.4))
    async with discord_bot(server, tmp_path, engine=engine):
        seen = await ana.slash(channel, "imagine", prompt="a red car")
        await seen.until(lambda now: "direct message" in now.text)
        server.clock.move(16 * 60)
        await server.until(lambda: [one for one in ana.sees(ana.dm()) if one.attachments])
    [message] = ana.sees(ana.dm())
    assert f"<@{ana.id}>" in message.content
    # Only Discord's clock was moved: the bot finds out by trying.
    assert ["used a token after" in problem for problem in server.problems] == [True]


async def test_a_follow_up_means_the_picture_that_it_replies_to(server: DiscordServer, tmp_path: Path) -> None:
    """A reply to somebody else's picture changes that one; a mention alone changes one's own last."""
    guild = server.guild()
    ana, ben = server.person(guild=guild), server.person("ben", guild=guild)
    channel = server.channel(guild)
    async with discord_bot(server, tmp_path) as app:
        car = await (await ana.slash(channel, "imagine", prompt="a red car on a beach")).picture()
        boat = await ben.say(channel, f"{server.bot.mention} a boat")
        await boat.picture()
        night = await ben.say(channel, "same, but at night", reference=car)
        [changed] = await plans_of(app, night)
        own = await ben.say(channel, f"{server.bot.mention} make it blue")
        [blue] = await plans_of(app, own)
    assert "car" in changed.prompt
    assert "night" in changed.prompt
    assert "a blue car" in blue.prompt, "one's own last picture is the one that was just changed"
    message = await night.picture()
    assert (message.reference or {})["message_id"] == night.said.id if night.said else False
    assert server.problems == []


async def test_a_thread_below_a_picture_is_about_it(server: DiscordServer, tmp_path: Path) -> None:
    """The first words there change that picture, later ones the newest; what is said to others is left alone."""
    guild = server.guild()
    ana, ben, channel = server.person(guild=guild), server.person("ben", guild=guild), server.channel(guild)
    async with discord_bot(server, tmp_path) as app:
        car = await (await ana.slash(channel, "imagine", prompt="a red car on a beach")).picture()
        thread = server.world.thread(channel, "that car", ana.user, car)
        aside = await ana.say(thread, f"<@{ben.id}> a bit darker, or not?")
        first = await ana.say(thread, f"{server.bot.mention} same, but at night")
        [night] = await plans_of(app, first)
        second = await ana.say(thread, f"{server.bot.mention} make it blue")
        [blue] = await plans_of(app, second)
    assert ["car" in night.prompt, "night" in night.prompt] == [True] * 2
    assert ["blue car" in blue.prompt, "night" in blue.prompt] == [True] * 2
    assert aside.messages == []
    assert server.problems == []


async def test_menus_of_messages(server: DiscordServer, tmp_path: Path) -> None:
    """'Illustrate this' paints a message's words; 'Use as reference' asks what to make of its picture."""
    guild = server.guild()
    ana, ben = server.person(guild=guild), server.person("ben", guild=guild)
    channel = server.channel(guild)
    async with discord_bot(server, tmp_path) as app:
        said = (await ben.say(channel, "a lighthouse in a storm", attachments=(("sea.png", picture()),))).said
        assert said is not None
        assert set(ana.commands(channel, 3)) == {"Illustrate this", "Use as reference"}
        [plan] = await plans_of(app, await ana.menu(said, "Illustrate this"))
        opened = await ana.menu(said, "Use as reference")
        sent = await ana.submit_modal(opened, change="a watercolour of it")
        await sent.picture()
        bare = (await ben.say(channel, "no picture here")).said
        assert bare is not None
        refused = await ana.menu(bare, "Use as reference")
    assert "lighthouse" in plan.prompt
    assert "no picture" in refused.text
    assert refused.messages[0].ephemeral
    assert server.problems == []


async def test_who_has_to_wait_is_told(server: DiscordServer, tmp_path: Path) -> None:
    """After some time of waiting a reply mentions the asker, since an edit notifies nobody; once."""
    guild = server.guild()
    ana, channel = server.person(guild=guild), server.channel(guild)
    async with discord_bot(server, tmp_path, own={"mention_after_s": 0}):
        seen = await ana.slash(channel, "imagine", prompt="a red car")
        message = await seen.picture()
        await seen.until(lambda now: len(now.messages) == 2)
    reminder = seen.messages[1]
    assert reminder.content == f"<@{ana.id}> Your picture is ready."
    assert reminder.pinged == (ana.id,)
    assert (reminder.reference or {})["message_id"] == message.id
    assert server.problems == []


async def test_a_picture_that_is_too_large_is_encoded_again(server: DiscordServer, tmp_path: Path) -> None:
    """Over the server's limit a PNG becomes a WebP that says who made it."""
    guild = server.guild()
    guild.file_limit_bytes = 400_000
    ana, channel = server.person(guild=guild), server.channel(guild)
    async with discord_bot(server, tmp_path, engine=NoisyEngine()):
        message = await (await ana.slash(channel, "imagine", prompt="noise", count=2)).picture()
    assert [one.filename.endswith(".webp") for one in message.attachments] == [True, True]
    assert all(len(one.data) <= 400_000 for one in message.attachments)
    assert all(b"trainedAlgorithmicMedia" in one.data for one in message.attachments)
    assert server.problems == []


async def test_rules_and_limits_are_told_in_a_whisper(server: DiscordServer, tmp_path: Path) -> None:
    """A rule is named, a spoiler veiled, what is left told, and a used-up day refused with a time."""
    rules = {
        "no rivals": {"words": ["acme"]},
        "spiders": {"words": ["spider*"], "action": "spoiler"},
    }
    guild = server.guild()
    ana, channel = server.person(guild=guild), server.channel(guild)
    async with discord_bot(server, tmp_path, policy={"pictures_per_day": 2, "rules": rules}):
        refused = await ana.slash(channel, "imagine", prompt="the acme logo")
        await refused.until(lambda now: now.text)
        veiled = await (await ana.slash(channel, "imagine", prompt="a spider")).picture()
        spoken = await ana.say(channel, f"{server.bot.mention} a cat and a dog")
        last = await spoken.picture()
        over = await ana.slash(channel, "imagine", prompt="a horse")
        await over.until(lambda now: now.text)
    assert refused.text.startswith("A rule of this team does not allow that: no rivals")
    assert refused.messages[0].ephemeral
    assert [one.spoiler for one in veiled.attachments] == [True]
    assert "1 of 2 pictures left" in veiled.content
    assert "0 of 2 pictures left" in last.content
    assert over.text.startswith("You have had your 2 pictures of the last 24 hours")
    assert over.messages[0].ephemeral
    assert server.problems == []


async def test_roles_and_channels_decide_who_may_ask(server: DiscordServer, tmp_path: Path) -> None:
    """Without the role, or in a channel that is off, one friendly line; mentions get it as a reply."""
    guild = server.guild()
    artists = Role("9001", "Artists")
    guild.roles.append(artists)
    ana, ben = server.person(guild=guild, roles=[artists]), server.person("ben", guild=guild)
    channel, off = server.channel(guild), server.channel(guild, "serious")
    own = {"roles": ["Artists"], "channels_off": [off.id]}
    async with discord_bot(server, tmp_path, own=own):
        await (await ana.slash(channel, "imagine", prompt="a red car")).picture()
        refused = await ben.slash(channel, "imagine", prompt="a blue car")
        await refused.until(lambda now: now.text)
        silent = await ana.slash(off, "imagine", prompt="a green car")
        await silent.until(lambda now: now.text)
        spoken = await ben.say(channel, f"{server.bot.mention} 一辆红色的车")
        await spoken.until(lambda now: now.text)
    assert "Artists" in refused.text
    assert "switched off in this channel" in silent.text
    assert "身份组" in spoken.text
    assert server.problems == []


async def test_a_chinese_client_is_answered_in_chinese(server: DiscordServer, tmp_path: Path) -> None:
    """The lines around an answer follow the client's language, and so do the buttons."""
    guild = server.guild()
    ana, channel = server.person(guild=guild, locale="zh-CN"), server.channel(guild)
    async with discord_bot(server, tmp_path):
        message = await (await ana.slash(channel, "imagine", prompt="a red car")).picture()
    assert "种子" in message.content
    assert "由 AI 生成" in message.content
    assert {"再来一张", "变化", "删除"} <= {part["label"] for part in message.interactive}
    assert server.problems == []
