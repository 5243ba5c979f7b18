"""Many people at once: everybody is answered in time, and once."""

import asyncio
import random
from pathlib import Path

import pytest

from tests.discord_server import DiscordServer
from tests.discord_server.person import Person
from tests.discord_server.sight import Sight
from tests.discord_server.state import Channel
from tests.flow.discord.process import answer, bot_process, check, key_of
from tests.helpers.process import all_over, errors

REQUESTS_EACH = 4


async def ask_four_times(person: Person, channel: Channel, moments_s: list[float]) -> list[Sight]:
    """A command, a mention and a direct message at given moments, and a button as soon as its picture is there."""

    async def at(moment_s: float, what: str) -> Sight:
        await asyncio.sleep(moment_s)
        if what == "command":
            return await person.slash(channel, "imagine", prompt=f"a red car for {person.user.name}")
        if what == "mention":
            return await person.say(channel, f"{person.server.bot.mention} a blue boat for {person.user.name}")
        return await person.say(person.dm(), f"a green hill for {person.user.name}")

    async def press(first: asyncio.Task[Sight]) -> Sight:
        await asyncio.sleep(moments_s[3])
        picture = await answer(await first)
        return await person.press(picture, key_of(picture, "again"))

    asked = [
        asyncio.create_task(at(moment_s, what))
        for moment_s, what in zip(moments_s, ("command", "mention", "direct"), strict=False)
    ]
    return list(await asyncio.gather(*asked, press(asked[0])))


async def load(server: DiscordServer, folder: Path, people: int, channels: int, over_s: float) -> list[Sight]:
    """Let so many people ask four times each; what they saw, when all of it is over and was checked."""
    server.limits.realistic()
    points, guild = random.Random(11), server.guild()
    rooms = [server.channel(guild, f"room-{number}") for number in range(channels)]
    crowd = [server.person(f"p{number}", guild=guild) for number in range(people)]
    async with bot_process(server, folder, step_s=0.005):
        scripts = [
            ask_four_times(one, rooms[at % channels], sorted(points.uniform(0, over_s) for _ in range(REQUESTS_EACH)))
            for at, one in enumerate(crowd)
        ]
        seen = [one for several in await asyncio.gather(*scripts) for one in several]
        await asyncio.gather(*(answer(one) for one in seen))
        await all_over(folder)
    assert errors(folder) == []
    assert len(check(server, folder)) == people * REQUESTS_EACH
    assert [one.failed for one in seen if one.failed] == []
    assert [len(one.messages) for one in seen] == [1] * len(seen)
    return seen


async def test_twenty_requests(server: DiscordServer, tmp_path: Path) -> None:
    """Twenty requests of five people within moments are answered once each."""
    await load(server, tmp_path, people=5, channels=2, over_s=0.5)


@pytest.mark.proof
async def test_two_hundred_requests_in_a_minute(server: DiscordServer, tmp_path: Path) -> None:
    """Of 200 requests by 50 people in a minute each is answered once, and 99 of 100 acknowledged within a second."""
    seen = await load(server, tmp_path, people=50, channels=10, over_s=55.0)
    waits_s = sorted(one.acknowledged_s for one in seen if one.acknowledged_s is not None)
    asked_s = max(one.at for one in seen) - min(one.at for one in seen)
    p99_s = waits_s[int(len(waits_s) * 0.99)]
    figures = (
        f"p50 {waits_s[len(waits_s) // 2] * 1000:.0f} ms, p99 {p99_s * 1000:.0f} ms, 429 {server.limits.hits} times"
    )
    print(f"200 requests in {asked_s:.1f} s, {len(waits_s)} of them interactions: {figures}")  # noqa: T201 - for -rP
    assert len(waits_s) == 100
    assert asked_s <= 60
    assert p99_s <= 1.0
