"""Whatever goes wrong between Limner and Discord, everybody is answered, once."""

import asyncio
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from discord.gateway import KeepAliveHandler

from bot.errors import SettingsError
from bot.testing import PaperEngine
from tests.discord_server import DiscordServer, Sight
from tests.discord_server.faults import Faults
from tests.discord_server.person import Person
from tests.discord_server.state import Channel, Message
from tests.flow.discord.process import answer, check, is_under_way, key_of
from tests.helpers.discord_bot import discord_bot
from tests.helpers.process import all_over, rows
from tests.support import until

CALLBACK = "POST /interactions/{webhook_id}/{webhook_token}/callback"
FIRST = "{webhook_id}/{webhook_token}/messages/{message_id}"
AT_ONCE = 7  # interactions, so that each first response goes wrong
WHILE_ASKING = (
    CALLBACK,
    f"PATCH /webhooks/{FIRST}",
    f"DELETE /webhooks/{FIRST}",
    "POST /channels/{channel_id}/messages",
    "PATCH /channels/{channel_id}/messages/{message_id}",
)
WHILE_STARTING = (
    "GET /users/@me",
    "GET /oauth2/applications/@me",
    "GET /gateway/bot",
    "PUT /applications/{application_id}/commands",
)
TRIES_OF_A_LIBRARY = 5  # discord.py's own, of a request that is limited or fails
PROOF = pytest.mark.proof
KINDS: dict[str, Callable[[Faults, str], None]] = {
    "limited": lambda faults, route: faults.limits(route, 0.3),
    "limited over all": lambda faults, route: faults.limits(route, 0.3, whole=True),
    "failed": lambda faults, route: faults.fails(route),
    "failed after its effect": lambda faults, route: faults.fails(route, after=True),
    "unavailable": lambda faults, route: faults.fails(route, 503),
    "cut": lambda faults, route: faults.cuts(route, count=2),
    "cut after its effect": lambda faults, route: faults.cuts(route, after=True),
    "late": lambda faults, route: faults.delays(route, 1.5),
}
QUICK = {"limited", "cut after its effect"}


@pytest.mark.parametrize("kind", [pytest.param(one, marks=[] if one in QUICK else PROOF) for one in KINDS])
async def test_every_route(server: DiscordServer, tmp_path: Path, caplog: pytest.LogCaptureFixture, kind: str) -> None:
    """Wishes, buttons, forms and refusals end well, once, although the next request of every route goes wrong."""
    guild, engine = server.guild(), PaperEngine()
    ana, channel = server.person(guild=guild), server.channel(guild)
    # Discord takes the same commands twice, and the server here complains of it: what was cut after it is left out.
    starting = [route for route in WHILE_STARTING if not (route.startswith("PUT") and "effect" in kind)]
    for route in starting:
        KINDS[kind](server.faults, route)
    async with discord_bot(server, tmp_path, engine=engine):
        old = [await answer(await ana.slash(channel, "imagine", prompt=f"a house, {n}")) for n in range(2)]
        engine.going.clear()
        unwanted = await ana.slash(channel, "imagine", prompt="a mistake")
        await unwanted.until(is_shown)
        for route in [CALLBACK] * AT_ONCE + list(WHILE_ASKING[1:]):
            KINDS[kind](server.faults, route)
        wishes, whispers = await everything(ana, channel, old, unwanted)
        engine.going.set()
        await asyncio.gather(*(answer(one) for one in wishes))
        await unwanted.until(lambda seen: "Stopped" in seen.text)
        await server.until(lambda: old[1].deleted_at)
        await all_over(tmp_path)
    assert set(server.faults.happened) == {*starting, *WHILE_ASKING}
    assert len(check(server, tmp_path)) == len(old) + len(wishes)
    assert [len(one.messages) for one in [*wishes, *whispers]] == [1] * 6
    assert all(one.text for one in whispers)
    assert [one.message for one in caplog.records if one.levelname == "ERROR"] == []


def is_shown(seen: Sight) -> bool:
    """Whether somebody is shown how far it is."""
    return seen.message is not None and is_under_way(seen.message)


async def everything(
    ana: Person, channel: Channel, old: list[Message], unwanted: Sight
) -> tuple[list[Sight], list[Sight]]:
    """All that can be asked, at once: what comes to a picture, and what is whispered."""

    async def change() -> Sight:
        form = await ana.press(old[0], key_of(old[0], "seed"))
        return await ana.submit_modal(form, change="the same, but at night")

    wishes = asyncio.gather(
        ana.slash(channel, "imagine", prompt="a red car"),
        ana.say(channel, f"{ana.server.bot.mention} a blue boat"),
        ana.press(old[0], key_of(old[0], "again")),
        change(),
    )
    whispers = asyncio.gather(
        ana.press(old[0], key_of(old[0], "words")), ana.slash(channel, "imagine", prompt="a hill", size="3x3")
    )
    await asyncio.gather(
        ana.press(old[1], key_of(old[1], "delete")), ana.press(unwanted.message, key_of(unwanted.message, "cancel"))
    )
    return await wishes, await whispers


async def test_limits_that_outlast_all_tries(server: DiscordServer, tmp_path: Path) -> None:
    """An answer that Discord lets through only much later is posted then, and not given up."""
    guild, engine = server.guild(), PaperEngine()
    ana, channel = server.person(guild=guild), server.channel(guild)
    async with discord_bot(server, tmp_path, engine=engine):
        engine.going.clear()
        asked = [
            await ana.slash(channel, "imagine", prompt="a red car"),
            await ana.say(channel, f"{server.bot.mention} a blue boat"),
        ]
        await asyncio.gather(*(one.until(is_shown) for one in asked))
        for route in WHILE_ASKING[1:]:
            server.faults.limits(route, 0.05, count=TRIES_OF_A_LIBRARY + 1)
        engine.going.set()
        await asyncio.gather(*(answer(one) for one in asked))
        await all_over(tmp_path)
    assert len(check(server, tmp_path)) == 2


@PROOF
async def test_a_first_response_that_never_arrives(server: DiscordServer, tmp_path: Path) -> None:
    """A command that was taken, and whose asker was told that it failed, is answered in the channel all the same."""
    guild = server.guild()
    ana, channel = server.person(guild=guild), server.channel(guild)
    async with discord_bot(server, tmp_path):
        server.interactions.deadline_s = 1.0
        server.faults.cuts(CALLBACK, count=10)
        seen = await ana.slash(channel, "imagine", prompt="a red car")
        [answer] = await server.until(lambda: [one for one in server.world.posts if one.attachments])
        await all_over(tmp_path)
    assert seen.failed
    assert ana.mention in answer.content
    assert server.duplicates() == []
    assert [row["posted_as"] for row in rows(tmp_path)] == [f"{channel.id}/{answer.id}"]


async def lose_everything(server: DiscordServer) -> None:
    async with server.away():
        await asyncio.sleep(1.0)


async def cut_the_gateway(server: DiscordServer) -> None:
    server.gateway.cut()


async def ask_to_reconnect(server: DiscordServer) -> None:
    server.gateway.reconnect()


async def forget_the_session(server: DiscordServer) -> None:
    server.gateway.invalidate(resumable=False)


@pytest.mark.parametrize(
    "lose",
    [
        cut_the_gateway,
        ask_to_reconnect,
        # After these discord.py waits for five seconds before it begins another session.
        pytest.param(lose_everything, marks=PROOF),
        pytest.param(forget_the_session, marks=PROOF),
    ],
)
async def test_a_lost_connection(server: DiscordServer, tmp_path: Path, lose: Callable[[DiscordServer], Any]) -> None:
    """What was asked before, during and after a lost connection is answered once, painted meanwhile or not."""
    guild, engine = server.guild(), PaperEngine()
    ana, channel = server.person(guild=guild), server.channel(guild)
    async with discord_bot(server, tmp_path, engine=engine):
        engine.going.clear()
        asked = [
            await ana.slash(channel, "imagine", prompt="a red car"),
            await ana.say(channel, f"{server.bot.mention} a blue boat"),
            await ana.say(ana.dm(), "a green hill"),
        ]
        await asyncio.gather(*(one.until(lambda seen: seen.text) for one in asked))
        engine.going.set()
        await asyncio.gather(lose(server), ana.say(channel, f"{server.bot.mention} a white house"))
        asked.append(await ana.say(channel, f"{server.bot.mention} a yellow duck"))
        await asyncio.gather(*(answer(one) for one in asked))
        await server.gateway.ready()
        last = await ana.slash(channel, "imagine", prompt="a black cat")
        await answer(last)
        await server.until(lambda: len([one for one in server.world.posts if one.attachments]) == 6)
        await all_over(tmp_path)
    assert len(check(server, tmp_path)) == 6


async def test_it_stops_while_it_begins_anew(server: DiscordServer, tmp_path: Path) -> None:
    """No heartbeat goes on of a connection that is cut short between hello and identifying."""
    async with discord_bot(server, tmp_path):
        first = beating()
        server.gateway.invalidate(resumable=False)
        await until(lambda: bool(beating() - first))
    assert not beating()


def beating() -> set[threading.Thread]:
    """The heartbeats that go on in this process."""
    threads = {one for one in threading.enumerate() if isinstance(one, KeepAliveHandler)}
    return {one for one in threads if not one._stop_ev.is_set()}


@pytest.mark.parametrize(
    ("own", "key"),
    [
        ({"token": "abc.def.ghi"}, "adapters.discord.token"),
        ({"message_content": True}, "adapters.discord.message_content"),
    ],
)
async def test_what_discord_does_not_grant(
    server: DiscordServer, tmp_path: Path, own: dict[str, Any], key: str
) -> None:
    """A wrong token, or an intent that was not switched on, ends the adapter in one line that keeps the token."""
    with pytest.raises(SettingsError) as refused:
        async with discord_bot(server, tmp_path, own=own):
            await asyncio.sleep(60)
    said = str(refused.value)
    assert refused.value.key == key
    assert "\n" not in said
    assert own.get("token", server.token) not in said
