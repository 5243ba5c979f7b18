"""Many at once, from two connections' worth of processes: what is promised is exact, not merely likely."""

import asyncio
import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from bot.errors import LeaseLost
from bot.inbox import Inbox
from bot.jobs import State
from bot.store import open_store
from bot.turns import Turns
from tests.support import message


@asynccontextmanager
async def two(url: str) -> AsyncIterator[tuple[Inbox, Inbox]]:
    """The inboxes of two processes, alive."""
    async with open_store(url) as one, open_store(url) as other:
        both = Inbox(one, ["paper"], 60.0), Inbox(other, ["paper"], 60.0)
        for inbox in both:
            await inbox.beat()
        yield both


async def test_one_event_is_one_job(database_url: str) -> None:
    """Twenty deliveries of each of three events, all at once, are three jobs, and every caller hears the right one."""
    async with two(database_url) as both:
        events = [f"event {n % 3}" for n in range(60)]
        ids = await asyncio.gather(*[both[n % 2].accept(message(event_id=event)) for n, event in enumerate(events)])
        assert len(set(zip(events, ids, strict=True))) == len(set(ids)) == 3
        assert len(await both[0].line()) == 3


async def test_each_job_is_taken_once(database_url: str) -> None:
    """Fifty takes at once lease each of twenty jobs once."""
    async with two(database_url) as both:
        ids = [await both[0].accept(message(user=str(n), channel=str(n))) for n in range(20)]
        taken = await asyncio.gather(*[both[n % 2].take(turns=8, paintings=1) for n in range(50)])
        assert sorted(job.id for job in taken if job) == sorted(ids)


async def test_one_turn_of_a_conversation(database_url: str) -> None:
    """Of five messages in each of four conversations, fifty takes at once lease one a conversation, and none fails."""
    async with two(database_url) as both:
        for n in range(20):
            await both[n % 2].accept(message(user=str(n), channel=str(n % 4)))
        taken = await asyncio.gather(*[both[n % 2].take(turns=8, paintings=1) for n in range(50)])
        assert sorted(job.message.channel for job in taken if job) == ["0", "1", "2", "3"]


@pytest.mark.parametrize("cap", [1, 3])
async def test_the_painters_cap_holds(database_url: str, cap: int) -> None:
    """However many ask at once, no more jobs are admitted than the painter has room for, in the order of the line."""
    async with two(database_url) as both:
        for n in range(10):
            await both[0].accept(message(user=str(n), channel=str(n)))
            job = await both[0].take(turns=1, paintings=0)
            assert job is not None
            await both[0].move(job, State.ANSWERED, keep=False)
        for start in range(0, 9, cap):
            taken = await asyncio.gather(*[both[n % 2].take(turns=0, paintings=cap) for n in range(50)])
            admitted = [job for job in taken if job]
            assert sorted(int(job.message.user) for job in admitted) == list(range(start, min(start + cap, 10)))
            for job in admitted:
                owner = next(inbox for inbox in both if inbox.process_id == job.owner)
                await owner.move(job, State.POSTED, keep=False)


async def test_a_users_jobs_stand_behind_each_other(database_url: str) -> None:
    """Of messages that come at the same moment no two of a user get the same start tag."""
    async with two(database_url) as both:
        said = [message(user=str(n % 2), channel=str(n)) for n in range(40)]
        await asyncio.gather(*[both[n % 2].accept(one) for n, one in enumerate(said)])
        line = await both[0].line()
        for user in ("0", "1"):
            assert sorted(job.tag for job in line if job.message.user == user) == [float(n) for n in range(20)]
        assert all({line[n].message.user, line[n + 1].message.user} == {"0", "1"} for n in range(0, 40, 2))


async def test_the_same_turn_is_kept_once(database_url: str) -> None:
    """Ten tasks that keep the same message of a turn leave one, and none of them fails."""
    async with two(database_url) as both:
        await both[0].accept(message())
        job = await both[0].take(turns=1, paintings=1)
        assert job is not None
        turns = Turns(both[0]._store)
        await asyncio.gather(*[turns.add(job, f"ai:{n % 2}", {"type": "ai", "number": n % 2}) for n in range(20)])
        assert sorted(row["number"] for row in await turns.of_job(job.id)) == [0, 1]


async def test_everything_at_once_fails_nowhere(database_url: str) -> None:
    """Accepting, taking, beating, cancelling, leaving and ending, all mixed: nothing fails, and every job ends."""
    async with two(database_url) as both:
        dice = random.Random(7)

        async def work(inbox: Inbox) -> None:
            for _ in range(15):
                await inbox.accept(message(user=str(dice.randrange(4)), channel=str(dice.randrange(6))))
                await inbox.beat()
                job = await inbox.take(turns=8, paintings=2)
                if job is None:
                    continue
                try:
                    if dice.random() < 0.2:
                        await inbox.cancel(job.id)
                    elif dice.random() < 0.3:
                        await inbox.put_back(job, 0.0)
                    else:
                        await inbox.move(await inbox.move(job, State.POSTING, keep=True), State.POSTED, keep=False)
                except LeaseLost:
                    pass
                if dice.random() < 0.1:
                    await inbox.leave()

        await asyncio.gather(*[work(both[n % 2]) for n in range(6)])
        # Whoever cancelled a job that was being posted holds it still, as that comes too late.
        for inbox in both:
            await inbox.leave()
        await both[0].beat()
        while job := await both[0].take(turns=8, paintings=2):
            await both[0].move(job, State.POSTED, keep=False)
        assert await both[0].line() == []
