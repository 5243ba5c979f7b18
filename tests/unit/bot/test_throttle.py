"""Progress on its way to the database: not too often, the last always, previews kept."""

import asyncio

from bot import Progress
from bot.errors import StoreError
from bot.throttle import Throttle
from tests.support import message, until

SAID = message()


def step(number: int, job: str = "a", preview: bytes = b"") -> Progress:
    return Progress(job, SAID, "painting", step=number, steps=100, preview=preview)


class Told:
    """What was published, and how many at a time."""

    def __init__(self) -> None:
        self.all: list[Progress] = []
        self.gate = asyncio.Event()
        self.gate.set()

    async def publish(self, progress: Progress) -> None:
        await self.gate.wait()
        self.all.append(progress)

    def steps(self, job: str = "a") -> list[int]:
        return [progress.step for progress in self.all if progress.job_id == job]


async def test_the_first_and_the_last_are_shown() -> None:
    """Of many that come at once, the first goes out at once and the last of them next."""
    told, throttle = Told(), Throttle(interval_s=0.05)
    throttle.open(told.publish)
    for number in range(100):
        throttle.put(step(number))
        await asyncio.sleep(0)
    await until(lambda: 99 in told.steps())
    assert told.steps()[0] == 0
    assert told.steps() == sorted(set(told.steps()))
    assert len(told.steps()) < 100
    await throttle.close()


async def test_one_at_a_time_and_with_a_pause() -> None:
    """While one is being written, later ones wait; jobs don't wait for each other."""
    told, throttle = Told(), Throttle(interval_s=1000)
    throttle.open(told.publish)
    throttle.put(step(1))
    throttle.put(step(1, "b"))
    await until(lambda: len(told.all) == 2)
    throttle.put(step(2))
    throttle.put(step(3))
    assert told.steps() == [1]
    await throttle.close()
    assert told.steps() == [1, 3]


async def test_a_preview_is_not_lost() -> None:
    """A preview that had to wait goes out with what came after it; a newer one takes its place."""
    told, throttle = Told(), Throttle(interval_s=1000)
    throttle.open(told.publish)
    throttle.put(step(1))
    await until(lambda: bool(told.all))
    throttle.put(step(2, preview=b"old"))
    throttle.put(step(3, preview=b"new"))
    throttle.put(step(4))
    await throttle.close()
    assert [(progress.step, progress.preview) for progress in told.all] == [(1, b""), (4, b"new")]


async def test_what_comes_before_it_is_open_waits() -> None:
    """A worker may be quicker than the server: what it tells meanwhile is shown afterwards."""
    told, throttle = Told(), Throttle(interval_s=0)
    throttle.put(step(1))
    throttle.put(step(2))
    throttle.open(told.publish)
    await until(lambda: bool(told.all))
    assert told.steps() == [2]
    await throttle.close()


async def test_what_is_over_is_forgotten() -> None:
    """Nothing is written for a job that is over."""
    told, throttle = Told(), Throttle(interval_s=1000)
    throttle.open(told.publish)
    throttle.put(step(1))
    await until(lambda: bool(told.all))
    throttle.put(step(2))
    throttle.forget("a")
    await throttle.close()
    assert told.steps() == [1]


async def test_closing_in_mid_writing_loses_nothing() -> None:
    """What was being written when it closes is written again."""
    told, throttle = Told(), Throttle()
    told.gate.clear()
    throttle.open(told.publish)
    throttle.put(step(1))
    await asyncio.sleep(0)
    closing = asyncio.create_task(throttle.close())
    await asyncio.sleep(0)
    told.gate.set()
    await closing
    assert told.steps()[-1] == 1


async def test_a_database_that_is_away_stops_nothing() -> None:
    """How far a job is may be lost; what comes later is shown again."""
    told, away = Told(), [True]

    async def publish(progress: Progress) -> None:
        if away.pop() if away else False:
            raise StoreError("away")
        await told.publish(progress)

    throttle = Throttle(interval_s=0)
    throttle.open(publish)
    throttle.put(step(1))
    await until(lambda: not away)
    throttle.put(step(2))
    await until(lambda: told.steps() == [2])
    await throttle.close()
