"""What passes through the bot leaves nothing behind in its memory."""

import asyncio
import itertools
from functools import partial
from pathlib import Path

import psutil
import pytest

from tests.flow.slack.process import answer, bot_process, check
from tests.helpers.process import all_over, errors
from tests.slack_server import Person, Sight, SlackServer
from tests.slack_server.state import Channel

INTERACTIONS, WARM, AT_ONCE = 10_000, 1_000, 5
A_ROUND, PICTURES_A_ROUND = 10, 3
GROWTH = 1.05


async def round_of(person: Person, stranger: Person, channel: Channel, number: int) -> list[Sight]:
    """Ten interactions: wishes, buttons, forms, and what is refused."""
    asked = await person.command("/imagine", f"a red car number {number}", channel)
    picture = await answer(asked)
    words = await person.press(picture, "Your words / My prompt")
    again = await person.press(picture, "Again")
    await answer(again)
    form = await person.press(picture, "Same seed")
    sent = await person.submit(await form.until(lambda now: now.modal), change="the same, but at night")
    painted = partial(person.sees, channel, asked.since)
    await person.server.until(lambda: sum(bool(one.pictures) for one in painted()) == PICTURES_A_ROUND)
    spoken = await person.mention(channel, "a red car " * 1_000)
    edited = await person.press(picture, "Edit the prompt")
    closed = await person.submit(await edited.until(lambda now: now.modal), size="huge")
    refused = await person.command("/imagine", "a house --size 3x3", channel)
    not_theirs = await stranger.press(picture, "Delete")
    for whisper in (words, spoken, refused, not_theirs):
        await whisper.until(lambda seen: seen.text)
    assert closed.errors
    return [asked, words, again, form, sent, spoken, edited, closed, refused, not_theirs]


async def weigh(server: SlackServer, folder: Path, interactions: int, every: int) -> list[int]:
    """Resident bytes of the bot after every so many interactions, and at the end."""
    server.limits.wide()
    people = [server.person(f"p{number}") for number in range(AT_ONCE + 1)]
    rooms = [server.channel(f"room-{number}") for number in range(AT_ONCE)]
    rounds = iter(range(interactions // A_ROUND))
    done, weights = itertools.count(1), []
    async with bot_process(server, folder, rate=1_000_000) as process:
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


async def test_a_few_rounds(server: SlackServer, tmp_path: Path) -> None:
    """Fifty interactions at five hands leave every request answered once."""
    await weigh(server, tmp_path, 50, 50)
    assert errors(tmp_path) == []
    assert len(check(server, tmp_path)) == PICTURES_A_ROUND * 5


@pytest.mark.proof
async def test_ten_thousand_interactions(server: SlackServer, tmp_path: Path) -> None:
    """After 10,000 interactions the bot holds at most 5 % more memory than after the first 1,000."""
    weights = await weigh(server, tmp_path, INTERACTIONS, WARM)
    print("MiB after each thousand:", *(f"{weight / 2**20:.1f}" for weight in weights))  # noqa: T201 - for -rP
    assert errors(tmp_path) == []
    assert len(check(server, tmp_path)) == PICTURES_A_ROUND * INTERACTIONS // A_ROUND
    assert len(weights) == INTERACTIONS // WARM
    assert weights[-1] <= weights[0] * GROWTH
