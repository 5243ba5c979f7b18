"""What passes through the bot leaves nothing behind in its memory."""

import asyncio
import itertools
from pathlib import Path

import psutil
import pytest

from tests.discord_server import DiscordServer
from tests.discord_server.person import Person
from tests.discord_server.sight import Sight
from tests.discord_server.state import Channel
from tests.flow.discord.process import answer, bot_process, check, key_of
from tests.helpers.process import all_over, errors

INTERACTIONS, WARM, AT_ONCE = 10_000, 1_000, 5
A_ROUND, PICTURES_A_ROUND = 10, 3
GROWTH = 1.05


async def round_of(person: Person, stranger: Person, channel: Channel, number: int) -> list[Sight]:
    """Ten interactions: what is offered, a wish, its buttons, a form, and two that are refused."""
    offered = [await person.autocomplete(channel, "imagine", "style", typed) for typed in ("w", "", "no such style")]
    asked = await person.slash(channel, "imagine", prompt=f"a red car number {number}")
    picture = await answer(asked)
    words = await person.press(picture, key_of(picture, "words"))
    again = await person.press(picture, key_of(picture, "again"))
    await answer(again)
    form = await person.press(picture, key_of(picture, "seed"))
    sent = await person.submit_modal(form, change="the same, but at night")
    await answer(sent)
    refused = await person.slash(channel, "imagine", prompt="a house", size="3x3")
    not_theirs = await stranger.press(picture, key_of(picture, "delete"))
    for whisper in (words, refused, not_theirs):
        await whisper.until(lambda seen: seen.text)
    assert offered[0].choices
    return [*offered, asked, words, again, form, sent, refused, not_theirs]


async def weigh(server: DiscordServer, folder: Path, interactions: int, every: int) -> list[int]:
    """Resident bytes of the bot after every so many interactions, and at the end."""
    guild = server.guild()
    people = [server.person(f"p{number}", guild=guild) for number in range(AT_ONCE + 1)]
    rooms = [server.channel(guild, f"room-{number}") for number in range(AT_ONCE)]
    rounds = iter(range(interactions // A_ROUND))
    done, weights = itertools.count(1), []
    async with bot_process(server, folder) as process:
        weighed = psutil.Process(process.pid)

        async def go_on(at: int) -> None:
            for number in rounds:
                seen = await round_of(people[at], people[at + 1], rooms[at], number)
                assert [one.failed for one in seen if one.failed] == []
                if (next(done) * A_ROUND) % every == 0:
                    weights.append(weighed.memory_info().rss)

        await asyncio.gather(*(go_on(at) for at in range(AT_ONCE)))
        await all_over(folder)
    return weights


@pytest.mark.proof
async def test_ten_thousand_interactions(server: DiscordServer, tmp_path: Path) -> None:
    """After 10,000 interactions the bot holds at most 5 % more memory than after the first 1,000."""
    weights = await weigh(server, tmp_path, INTERACTIONS, WARM)
    print("MiB after each thousand:", *(f"{weight / 2**20:.1f}" for weight in weights))  # noqa: T201 - for -rP
    assert errors(tmp_path) == []
    assert len(check(server, tmp_path)) == PICTURES_A_ROUND * INTERACTIONS // A_ROUND
    assert len(weights) == INTERACTIONS // WARM
    assert weights[-1] <= weights[0] * GROWTH
