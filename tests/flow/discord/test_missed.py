"""What was said while Limner was away is answered when it comes back, once."""

from pathlib import Path

from tests.discord_server import DiscordServer
from tests.discord_server.state import BOT_MAY, HISTORY
from tests.helpers.discord_bot import discord_bot


async def test_mentions_and_direct_messages_of_the_meantime_are_answered(server: DiscordServer, tmp_path: Path) -> None:
    """A mention, a direct message and a thread's mention wait for the bot; old ones and talk are left alone."""
    guild = server.guild()
    ana, channel = server.person(guild=guild), server.channel(guild)
    async with discord_bot(server, tmp_path):
        first = await ana.say(channel, f"{server.bot.mention} a red car")
        await first.picture()
        direct = await ana.say(ana.dm(), "a blue car")
        await direct.picture()
    thread = server.world.thread(channel, "cars", ana.user)
    asked = [
        await ana.say(channel, f"{server.bot.mention} a green dragon"),
        await ana.say(ana.dm(), "a yellow duck"),
        await ana.say(thread, f"{server.bot.mention} a white house"),
    ]
    await ana.say(channel, "nothing for anybody")
    async with discord_bot(server, tmp_path):
        found = [await seen.picture() for seen in asked]
    alt_texts = [one.attachments[0].description or "" for one in found]
    assert ["dragon" in alt_texts[0], "duck" in alt_texts[1], "house" in alt_texts[2]] == [True] * 3
    assert len([one for one in ana.sees(channel) if one.author.bot]) == 2
    assert server.problems == []
    assert server.duplicates() == []


async def test_a_channel_that_may_not_be_read_stops_nothing(server: DiscordServer, tmp_path: Path) -> None:
    """Without the history of one channel, what waits in another is found all the same."""
    guild = server.guild()
    ana, closed, channel = server.person(guild=guild), server.channel(guild, "closed"), server.channel(guild)
    async with discord_bot(server, tmp_path):
        await (await ana.say(channel, f"{server.bot.mention} a red car")).picture()
    closed.bot_may = BOT_MAY & ~HISTORY
    await ana.say(closed, f"{server.bot.mention} a cat")
    seen = await ana.say(channel, f"{server.bot.mention} a dog")
    async with discord_bot(server, tmp_path):
        await seen.picture()
    assert server.problems == []


async def test_a_lost_session_leaves_no_gap(server: DiscordServer, tmp_path: Path) -> None:
    """What is said between a session that can't be resumed and the next one is answered too."""
    guild = server.guild()
    ana, channel = server.person(guild=guild), server.channel(guild)
    async with discord_bot(server, tmp_path):
        await (await ana.say(channel, f"{server.bot.mention} a red car")).picture()
        server.gateway.invalidate(resumable=False)
        seen = await ana.say(channel, f"{server.bot.mention} a dog")
        await seen.picture()
    assert server.duplicates() == []
