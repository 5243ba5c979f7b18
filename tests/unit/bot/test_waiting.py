"""Whoever waits is told their place, and when their picture is likely to be ready once that can be said."""

import asyncio
import contextlib
from pathlib import Path

from bot import Progress
from bot.inbox import Inbox
from bot.jobs import State
from bot.store import open_store
from bot.waiting import Waiting
from tests.support import database, message, until


async def test_places_and_estimates(tmp_path: Path) -> None:
    """Before anything was painted only places are told; afterwards those whose words are there get an estimate."""
    heard: list[Progress] = []

    async def tell(progress: Progress) -> None:
        heard.append(progress)

    def told(user: str) -> list[Progress]:
        return [one for one in heard if one.message.user == user]

    async with open_store(database(tmp_path)) as store:
        inbox = Inbox(store, ["paper"], 60.0)
        waiting = Waiting(inbox, ["paper"], tell)
        running = asyncio.create_task(waiting.run())
        for user in ("ana", "bob", "cy"):
            await inbox.accept(message(user=user, channel=user))
        await until(lambda: bool(told("cy")))
        assert {one.message.user: one.position for one in heard} == {"ana": 0, "bob": 1, "cy": 2}
        assert not any(one.estimate_s for one in heard)
        for _ in range(2):
            job = await inbox.take(turns=8, paintings=0)
            assert job
            await inbox.move(job, State.ANSWERED, keep=False)
        first = await inbox.take(turns=0, paintings=1)
        assert first
        assert first.state is State.PAINTING
        with waiting.painting():
            await asyncio.sleep(0.05)
        await inbox.cancel(first.id)
        second = await inbox.take(turns=0, paintings=1)
        assert second
        third = await inbox.take(turns=8, paintings=0)
        assert third
        await inbox.move(third, State.ANSWERED, keep=False)
        await until(lambda: any(one.estimate_s for one in told("cy")))
        estimate_s = [one.estimate_s for one in told("cy")][-1]
        assert estimate_s is not None
        assert estimate_s >= 0.1  # those before, and their own
        running.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await running


async def test_others_are_told_by_their_own_process(tmp_path: Path) -> None:
    """Of jobs whose adapter runs elsewhere nothing is told here."""
    heard: list[Progress] = []

    async def tell(progress: Progress) -> None:
        heard.append(progress)

    async with open_store(database(tmp_path)) as store:
        inbox = Inbox(store, ["paper", "other"], 60.0)
        running = asyncio.create_task(Waiting(inbox, ["paper"], tell).run())
        await inbox.accept(message(adapter="other", channel="there"))
        await inbox.accept(message(user="bob", channel="here"))
        await until(lambda: bool(heard))
        assert {one.message.adapter for one in heard} == {"paper"}
        running.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await running
