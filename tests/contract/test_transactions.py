"""Transactions, texts and the clock are alike on SQLite and PostgreSQL."""

import asyncio
import subprocess
import sys
import time
from typing import Any

import pytest
import sqlalchemy as sa

from bot import RequestError
from bot.inbox import Inbox
from bot.store import Store, open_store
from bot.tables import jobs, processes, turns
from bot.turns import Turns
from tests.support import message

OPEN = """
import asyncio, sys
from bot.store import open_store

async def main():
    async with open_store(sys.argv[1]):
        pass

sys.stdin.readline()
asyncio.run(main())
"""


async def alive(store: Store) -> set[str]:
    async with store.read() as connection:
        return set((await connection.execute(sa.select(processes.c.id))).scalars())


@pytest.mark.parametrize("once", [False, True])
async def test_a_transaction_is_kept_or_undone_as_a_whole(database_url: str, once: bool) -> None:
    """A block that ends well is kept, also for the next opening; one whose statement fails leaves nothing."""
    async with open_store(database_url) as store:
        for _ in range(2):
            try:
                async with store.write(once=once) as connection:
                    await connection.execute(processes.insert().values(id="kept", alive_until=1.0))
            except sa.exc.IntegrityError:
                assert await alive(store) == {"kept"}
    async with open_store(database_url) as store:
        assert await alive(store) == {"kept"}


async def test_a_block_that_raises_leaves_nothing(database_url: str) -> None:
    """What was written before an error inside the block is undone."""
    async with open_store(database_url) as store:
        with pytest.raises(ZeroDivisionError):
            async with store.write() as connection:
                await connection.execute(processes.insert().values(id="undone", alive_until=1.0))
                raise ZeroDivisionError
        assert await alive(store) == set()


async def test_a_reader_sees_one_state(database_url: str) -> None:
    """What another writes while a reader looks is not seen before its next look."""
    async with open_store(database_url) as store, open_store(database_url) as other:
        async with store.read() as connection:
            count = sa.select(sa.func.count()).select_from(processes)
            assert (await connection.execute(count)).scalar_one() == 0
            async with other.write() as writing:
                await writing.execute(processes.insert().values(id="new", alive_until=1.0))
            assert (await connection.execute(count)).scalar_one() == 0
        assert await alive(store) == {"new"}


async def test_writers_wait_in_line(database_url: str) -> None:
    """Writers that read first and write then don't fail when another came between: no count is lost."""
    async with open_store(database_url) as one, open_store(database_url) as two:
        async with one.write() as connection:
            await connection.execute(processes.insert().values(id="count", alive_until=0.0))

        async def add(store: Store) -> None:
            async with store.write() as connection:
                before = (await connection.execute(sa.select(processes.c.alive_until))).scalar_one()
                await asyncio.sleep(0)
                await connection.execute(processes.update().values(alive_until=before + 1))

        await asyncio.gather(*[add((one, two)[number % 2]) for number in range(50)])
        async with one.read() as connection:
            assert (await connection.execute(sa.select(processes.c.alive_until))).scalar_one() == 50.0


async def test_a_cancelled_writer_leaves_the_database_free(database_url: str) -> None:
    """A task that is cancelled inside a transaction undoes it and blocks nobody."""
    async with open_store(database_url) as store:
        inside = asyncio.Event()

        async def stuck() -> None:
            async with store.write() as connection:
                await connection.execute(processes.insert().values(id="undone", alive_until=1.0))
                inside.set()
                await asyncio.Event().wait()

        task = asyncio.create_task(stuck())
        await inside.wait()
        task.cancel()
        await asyncio.wait([task])
        async with store.write() as connection:
            await connection.execute(processes.insert().values(id="kept", alive_until=1.0))
        assert await alive(store) == {"kept"}


async def test_cancelling_at_any_moment_leaves_the_database_usable(database_url: str) -> None:
    """Writers that are cancelled after any number of turns of the loop spoil no connection for the next."""
    async with open_store(database_url) as store:
        for turns_of_loop in range(60):

            async def write() -> None:
                async with store.write() as connection:
                    await connection.execute(processes.delete())

            task = asyncio.create_task(write())
            for _ in range(turns_of_loop):
                await asyncio.sleep(0)
            task.cancel()
            await asyncio.wait([task])
        async with store.write() as connection:
            await connection.execute(processes.insert().values(id="kept", alive_until=1.0))
        assert await alive(store) == {"kept"}


async def test_the_clock_is_the_databases(database_url: str) -> None:
    """The clock gives seconds since 1970 with parts of a second, as a float, goes on within a transaction."""
    async with open_store(database_url) as store, store.write() as connection:
        first = (await connection.execute(sa.select(store.clock()))).scalar_one()
        await asyncio.sleep(0.01)
        second = (await connection.execute(sa.select(store.clock()))).scalar_one()
        assert isinstance(first, float)
        assert first % 1 or second % 1
        assert first < second
        assert abs(first - time.time()) < 60  # the same machine


async def test_many_processes_may_open_a_new_database_at_once(empty_url: str) -> None:
    """Six processes that start on an empty database at the same moment all get the same tables."""
    command = [sys.executable, "-c", OPEN, empty_url]
    pipes: dict[str, Any] = {"stdin": subprocess.PIPE, "stderr": subprocess.PIPE}
    started = [await asyncio.create_subprocess_exec(*command, **pipes) for _ in range(6)]
    said = await asyncio.gather(*[process.communicate(b"\n") for process in started])
    assert [errors.decode() for _, errors in said] == [""] * 6
    assert [process.returncode for process in started] == [0] * 6
    async with open_store(empty_url) as store:
        assert await alive(store) == set()


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("一只红色的猫 🐈‍⬛ naïve \\u0041 'quotes' \"double\" %s :name $1", None),
        ("x" * 2_000_000, None),
        ("a\0b", "a\ufffdb"),
        ("half \ud83d of a pair", "half \ufffd of a pair"),
        ("\ud83d\ude00", "😀"),
    ],
    ids=["scripts", "big", "nul", "half pair", "pair"],
)
async def test_any_text_can_be_kept(database_url: str, text: str, kept: str | None) -> None:
    """Whatever is in a text comes back; what no database can hold is marked, and what is asked for is found by it."""
    async with open_store(database_url) as store:
        inbox = Inbox(store, ["paper"], 60.0)
        said = message(event_id=text[:200], user=text[:200])
        job_id = await inbox.accept(said)
        assert await inbox.accept(said) == job_id
        await inbox.beat()
        job = await inbox.take(turns=1, paintings=1)
        assert job is not None
        async with store.write() as connection:
            await inbox.save(connection, job, text=text)
        after = await inbox.get(job_id)
        assert after is not None
        assert after.text == (kept or text)


@pytest.mark.parametrize(
    "text", ["", "a\0b", "猫🐈", '"\\"', "\u2028", "x" * 1_000_000], ids=lambda text: ascii(text[:9])
)
async def test_any_json_can_be_kept(database_url: str, text: str) -> None:
    """JSON with any character, NUL among them, with deep nesting and long numbers comes back as it was."""
    told = {"data": {"text": text, "deep": [[[{"ключ": [1.5, None, True, 2**60]}]]]}}
    async with open_store(database_url) as store:
        inbox = Inbox(store, ["paper"], 60.0)
        await inbox.beat()
        await inbox.accept(message())
        job = await inbox.take(turns=1, paintings=1)
        assert job is not None
        await Turns(store).add(job, "human", told)
        assert await Turns(store).of_job(job.id) == [told]


async def test_json_with_half_a_pair_is_kept_marked(database_url: str) -> None:
    """Half a surrogate pair, as an LLM may cut one, does not break the turn."""
    async with open_store(database_url) as store, store.write() as connection:
        kept = sa.select(sa.literal({"text": "half \ud83d"}, sa.JSON))
        assert (await connection.execute(kept)).scalar_one() == {"text": "half \ufffd"}


@pytest.mark.parametrize(
    ("field", "most"), [("adapter", 64), ("event_id", 255), ("user", 255), ("channel", 512 - len("paper//"))]
)
async def test_names_have_a_limit(database_url: str, field: str, most: int) -> None:
    """A name of the longest length is kept, in any script; a longer one is refused in one line that names it."""
    async with open_store(database_url) as store:
        inbox = Inbox(store, ["paper"], 60.0)
        await inbox.accept(message(**{field: "猫" * most}))
        name = "conversation" if field == "channel" else field
        with pytest.raises(RequestError, match=f"^The message's {name} has") as refused:
            await inbox.accept(message(**{field: "猫" * (most + 1)}))
        assert "\n" not in str(refused.value)
        async with store.read() as connection:
            assert (await connection.execute(sa.select(sa.func.count()).select_from(jobs))).scalar_one() == 1


async def test_references_lead_somewhere(database_url: str) -> None:
    """A turn without its job is refused on both databases."""
    async with open_store(database_url) as store:
        lost = {"job_id": "nobody", "conversation": "c", "user": "u", "key": "human", "message": {}}
        with pytest.raises(sa.exc.IntegrityError):
            async with store.write() as connection:
                await connection.execute(turns.insert().values(lost))
