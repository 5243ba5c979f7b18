"""What the local gateway keeps to: identities, intents, compression, sessions that go on, and ends with codes."""

import asyncio
from typing import Any

import pytest

from tests.contract.discord.wires import INTENTS, identity, session, wire
from tests.discord_server import DiscordServer

CONTENT = 1 << 15


@pytest.mark.parametrize("compress", [None, "zlib-stream", "zstd-stream"])
async def test_every_compression_is_spoken(server: DiscordServer, compress: str | None) -> None:
    """HELLO, an answered heartbeat, READY and the guild, however the client wants them packed."""
    guild = server.guild()
    async with wire(server, compress) as one:
        hello = await one.hear()
        assert (hello["op"], hello["d"]["heartbeat_interval"]) == (10, 41_250)
        await one.say(1, None)
        assert (await one.hear())["op"] == 11
        await one.say(2, identity(server))
        ready = await one.event("READY")
        assert ready["guilds"] == [{"id": guild.id, "unavailable": True}]
        assert (await one.event("GUILD_CREATE"))["id"] == guild.id


@pytest.mark.parametrize(
    ("op", "said", "code"),
    [
        (2, {"token": "wrong"}, 4004),
        (2, {"intents": 1 << 30}, 4013),
        (2, {"intents": INTENTS | CONTENT}, 4014),
        (2, {"intents": INTENTS | 1 << 1}, 4014),
        (2, {"shard": [2, 2]}, 4010),
        (3, {}, 4003),
        (2, {"properties": {"os": "x" * 4096}}, 4002),
    ],
)
async def test_a_wrong_beginning_ends_with_its_code(server: DiscordServer, op: int, said: Any, code: int) -> None:
    """A wrong token, unknown or privileged intents, an impossible shard, speech before an identity, a long frame."""
    async with wire(server) as one:
        await one.say(op, identity(server, **said))
        assert await one.end() == code
    assert server.gateway.closed_with == [code]


@pytest.mark.parametrize(("op", "code"), [(2, 4005), (27, 4001)])
async def test_a_wrong_word_later_ends_too(server: DiscordServer, op: int, code: int) -> None:
    """A second identity, an opcode that no client has."""
    async with wire(server) as one:
        await one.say(2, identity(server))
        await one.say(op, identity(server))
        assert await one.end() == code
    assert len(server.problems) == 1


async def test_what_is_no_json_ends_too(server: DiscordServer) -> None:
    """4002, as for anything that can't be read."""
    async with wire(server) as one:
        await one.socket.send_str("{")
        assert await one.end() == 4002


async def test_an_old_version_is_refused(server: DiscordServer) -> None:
    """The gateway speaks 10 (and 9)."""
    async with wire(server, version="6") as one:
        assert await one.end() == 4012


async def test_who_sends_no_heartbeat_is_dropped(server: DiscordServer) -> None:
    """Half an interval late, the connection ends with 4009 (which code Discord takes for it is a guess)."""
    server.gateway.heartbeat_s = 0.1
    async with wire(server) as one:
        await one.say(2, identity(server))
        assert await one.end() == 4009
    assert server.problems == ["no heartbeat came in time"]


async def test_too_many_frames_end_the_connection(server: DiscordServer) -> None:
    """120 a minute."""
    async with wire(server) as one:
        for _ in range(121):
            await one.say(1, None)
        assert await one.end() == 4008


async def test_a_session_goes_on_after_a_cut(server: DiscordServer) -> None:
    """What was missed comes again, in order and once, and RESUMED behind it."""
    channel = server.channel()
    ana = server.person()
    async with wire(server) as one:
        await one.say(2, identity(server))
        ready = await one.event("READY")
        await one.event("GUILD_CREATE")
        server.gateway.cut()
        await one.end()
    await server.until(lambda: not server.gateway.live)
    for text in ("one", "two"):
        await ana.say(channel, f"{text} {server.bot.mention}")
    async with wire(server) as again:
        await again.say(6, {"token": server.token, "session_id": ready["session_id"], "seq": one.last})
        assert [(await again.event("MESSAGE_CREATE"))["content"][:3] for _ in range(2)] == ["one", "two"]
        await again.event("RESUMED")
    assert (server.gateway.identifies, server.gateway.resumes) == (1, 1)


@pytest.mark.parametrize("reason", ["unknown", "on demand", "too late"])
async def test_an_invalid_session_must_begin_anew(server: DiscordServer, reason: str) -> None:
    """One that isn't known, one that the server refuses, one that was away too long."""
    async with wire(server) as one:
        await one.say(2, identity(server))
        ready = await one.event("READY")
    await server.until(lambda: not server.gateway.live)
    server.gateway.refuse_resume = int(reason == "on demand")
    server.clock.move(1000 if reason == "too late" else 0)
    known = "unknown" if reason == "unknown" else ready["session_id"]
    async with wire(server) as again:
        await again.hear()
        await again.say(6, {"token": server.token, "session_id": known, "seq": 1})
        assert await again.hear() == {"op": 9, "d": False, "s": None, "t": None}
        await again.say(2, identity(server))
        await again.event("READY")


async def test_a_sequence_from_the_future_is_refused(server: DiscordServer) -> None:
    """Nobody resumes at what was never said."""
    async with wire(server) as one:
        await one.say(2, identity(server))
        ready = await one.event("READY")
    async with wire(server) as again:
        await again.say(6, {"token": server.token, "session_id": ready["session_id"], "seq": 99})
        assert await again.end() == 4007


@pytest.mark.parametrize("allowed", [False, True])
async def test_words_are_blank_without_the_intent(server: DiscordServer, allowed: bool) -> None:
    """Unless they mention the bot, answer it with a ping, or come by DM; files and buttons go with the words."""
    if allowed:
        server.allow()
    channel, ana = server.channel(), server.person()
    async with session(server) as event:

        async def heard() -> tuple[str, int]:
            data = await event("MESSAGE_CREATE")
            return data["content"], len(data["attachments"])

        await ana.say(channel, "a cat", attachments=(("cat.png", b"x"),))
        assert await heard() == (("a cat", 1) if allowed else ("", 0))
        await ana.say(channel, f"{server.bot.mention} a cat", attachments=(("cat.png", b"x"),))
        assert await heard() == (f"{server.bot.mention} a cat", 1)
        await ana.say(ana.dm(), "a cat")
        assert await heard() == ("a cat", 0)
        mine = server.world.post(channel, server.bot, {"content": "mine"}, [])
        assert await heard() == ("mine", 0)
        await ana.say(channel, "again, at night", reference=mine)
        assert await heard() == ("again, at night", 0)
        await ana.say(channel, "again, at noon", reference=mine, ping=False)
        assert await heard() == ("again, at noon" if allowed else "", 0)


async def test_intents_choose_what_is_heard(server: DiscordServer) -> None:
    """Without the intent for DMs, none come."""
    channel, ana = server.channel(), server.person()
    async with session(server, intents=1 << 0 | 1 << 9) as event:
        await ana.say(ana.dm(), "by DM")
        await ana.say(channel, f"here {server.bot.mention}")
        assert (await event("MESSAGE_CREATE"))["content"].startswith("here")


async def test_each_shard_hears_its_guilds(server: DiscordServer) -> None:
    """Guilds are spread by their ids, DMs come to the first shard; both hear of nothing else."""
    guilds = [server.guild(str(number)) for number in range(6)]
    ana = server.person()
    homes = {guild.name: (int(guild.id) >> 22) % 2 for guild in guilds}
    async with session(server, shard=[0, 2]) as first, session(server, shard=[1, 2]) as second:
        for guild in guilds:
            await ana.say(server.channel(guild), f"{guild.name} {server.bot.mention}")
        heard = {}
        for shard, event in enumerate((first, second)):
            for _ in range(list(homes.values()).count(shard)):
                heard[(await event("MESSAGE_CREATE"))["content"].split()[0]] = shard
        await ana.say(ana.dm(), "by DM")
        assert (await first("MESSAGE_CREATE"))["content"] == "by DM"
    assert heard == homes


async def test_edits_and_deletions_are_told(server: DiscordServer) -> None:
    """A person changes and takes back what they said."""
    channel, ana = server.channel(), server.person()
    async with session(server) as event:
        said = (await ana.say(channel, server.bot.mention)).said
        assert said
        await ana.edit(said, f"a dog {server.bot.mention}")
        assert (await event("MESSAGE_UPDATE"))["content"].startswith("a dog")
        await ana.delete(said)
        assert (await event("MESSAGE_DELETE"))["id"] == said.id


async def test_a_crowd_of_sessions_all_hear(server: DiscordServer) -> None:
    """Two processes with one token both get every event: whoever starts twice answers twice."""
    channel, ana = server.channel(), server.person()
    async with session(server) as one, session(server) as other:
        await ana.say(channel, f"a cat {server.bot.mention}")
        told = await asyncio.gather(one("MESSAGE_CREATE"), other("MESSAGE_CREATE"))
    assert told[0]["id"] == told[1]["id"]
