"""The worker leads each job through its steps, whatever goes wrong on the way."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from bot import EngineError, Outcome, Painted, PaintEvent, PaintTask, Preview, Progress, Reply, Started
from bot.errors import DeliveryError, EngineBusy, EngineLost, StoreError
from bot.inbox import Inbox
from bot.jobs import Job, State
from bot.testing import PaperEngine, PaperPlatform, calls
from tests.support import DONE, Rig, message, rig, until

OVERFLOW = "BEGIN SELECT abs(-9223372036854775807 - 1); END"


def execute(folder: Path, statement: str) -> None:
    """Do something to the database behind Limner's back."""
    with closing(sqlite3.connect(folder / "limner.db")) as other:
        other.execute(statement)
        other.commit()


async def test_a_picture_goes_the_whole_way(tmp_path: Path) -> None:
    """A message that asks for a picture ends as one post with that picture."""
    async with rig(tmp_path, [calls("draw", what="a red car")]) as one, one.working():
        job_id = await one.inbox.accept(message("a red car please"))
        [job] = await one.over(job_id)
        assert (job.state, job.outcome) == DONE
        [post] = one.platform.posts()
        [picture] = await one.gallery.of_job(job_id)
        assert post["pictures"] == [picture.sha256]
        assert picture.path.exists()
        assert one.engine.painted == ["a red car"]


async def test_talk_needs_no_painter(tmp_path: Path) -> None:
    """A message that wants no picture is answered with words only."""
    async with rig(tmp_path, ["I paint what you describe."]) as one, one.working():
        [job] = await one.over(await one.inbox.accept(message("what can you do?")))
        assert (job.state, job.text) == (State.POSTED, "I paint what you describe.")
        assert one.engine.painted == []
        assert one.platform.posts()[0]["pictures"] == []


class Flaky(PaperEngine):
    """An engine that fails as told, one event of the list for each attempt, before it paints."""

    def __init__(self, troubles: list[Exception], step_s: float = 0.0) -> None:
        super().__init__(PaperEngine.Settings(step_s=step_s))
        self.troubles = troubles
        self.tasks: list[PaintTask] = []

    async def paint(self, task: PaintTask) -> AsyncIterator[PaintEvent]:
        self.tasks.append(task)
        if self.troubles:
            yield Started()
            raise self.troubles.pop(0)
        async for event in super().paint(task):
            yield event


class GoneOnce(PaperEngine):
    """An engine that dies between 'painted' and the fetching of the picture, once."""

    died = False

    async def fetch(self, painted: Painted | Preview) -> bytes:
        if isinstance(painted, Painted) and not self.died:
            self.died = True
            raise EngineLost("The painter went away")
        return await super().fetch(painted)


async def test_a_lost_painter_paints_the_same_plan_again(tmp_path: Path) -> None:
    """A painter that is lost twice is sent the same task a third time, and the asker gets the picture once."""
    engine = Flaky([EngineLost("gone"), EngineLost("gone again")])
    async with rig(tmp_path, [calls("draw", what="a cat")], engine=engine) as one, one.working():
        [job] = await one.over(await one.inbox.accept(message("a cat")))
        assert (job.state, job.outcome) == DONE
        assert len(engine.tasks) == 3
        assert len(set(engine.tasks)) == 1
        assert len(one.platform.posts()) == 1


async def test_a_painter_lost_before_the_picture_was_fetched_paints_again(tmp_path: Path) -> None:
    """A picture whose painter dies before it is fetched is painted again rather than given up."""
    async with rig(tmp_path, [calls("draw", what="a cat")], engine=GoneOnce()) as one, one.working():
        [job] = await one.over(await one.inbox.accept(message("a cat")))
        assert (job.state, job.outcome) == DONE
        assert one.engine.painted == ["a cat", "a cat"]


async def test_a_busy_painter_is_asked_again(tmp_path: Path) -> None:
    """A painter whose line is full is asked again after the time it names."""
    engine = Flaky([EngineBusy("full", retry_after_s=0.01), EngineBusy("full", retry_after_s=0.01)])
    async with rig(tmp_path, [calls("draw", what="a cat")], engine=engine) as one, one.working():
        [job] = await one.over(await one.inbox.accept(message("a cat")))
        assert (job.state, job.outcome) == DONE


async def test_a_picture_that_kills_the_painter_three_times_fails_with_words(tmp_path: Path) -> None:
    """A job that kills the painter three times is told so, while the next one is painted."""
    engine = Flaky([EngineLost("dead")] * 3)
    async with rig(tmp_path, [calls("draw", what="a cat")], engine=engine) as one, one.working():
        bad = await one.inbox.accept(message("a killer"))
        good = await one.inbox.accept(message("a cat", user="bob"))
        failed, done = await one.over(bad, good)
        assert (failed.state, failed.outcome) == (State.FAILED, Outcome.FAILED)
        assert "3 times" in failed.text
        assert (done.state, done.outcome) == DONE
        assert sorted(post["outcome"] for post in one.platform.posts()) == ["done", "failed"]


class Brittle(PaperEngine):
    """An engine that paints many at once and dies of one seed, with all that it paints at that moment."""

    def __init__(self, killer: int) -> None:
        super().__init__(PaperEngine.Settings(step_s=0.01))
        self.killer, self.deaths, self.most = killer, 0, 0
        self._here: list[PaintTask] = []
        self._changed = asyncio.Condition()

    async def paint(self, task: PaintTask) -> AsyncIterator[PaintEvent]:
        async with self._changed:
            await self._changed.wait_for(lambda: not any(other.alone or task.alone for other in self._here))
            self._here.append(task)
        self.most, deaths = max(self.most, len(self._here)), self.deaths
        try:
            yield Started()
            await asyncio.sleep(0.02)
            self.deaths += task.seed == self.killer
            async for event in super().paint(task):
                if self.deaths > deaths:
                    raise EngineLost("dead")
                yield event
        finally:
            async with self._changed:
                self._here.remove(task)
                self._changed.notify_all()


async def test_the_pictures_of_a_job_are_painted_at_the_same_time(tmp_path: Path) -> None:
    """A grid of four is handed in whole, and how far it is counts all four."""
    engine = Brittle(killer=-1)
    async with rig(tmp_path, [calls("draw", what="a cat", count=4)], engine=engine) as one, one.working():
        [job] = await one.over(await one.inbox.accept(message("four cats")))
        assert (job.state, job.outcome) == DONE
        assert engine.most == 4
        assert len(await one.gallery.of_job(job.id)) == 4


async def test_a_picture_that_kills_the_painter_takes_no_other_with_it(tmp_path: Path) -> None:
    """Whatever was painted when the painter died is painted by itself, so that only the one to blame is given up."""
    engine = Brittle(killer=1)
    async with rig(tmp_path, [calls("draw", what="a cat", count=4)], engine=engine) as one, one.working():
        [job] = await one.over(await one.inbox.accept(message("four cats")))
        assert (job.state, job.outcome) == (State.FAILED, Outcome.FAILED)
        assert "3 times" in job.text
        assert engine.deaths == 3
        assert len(one.platform.posts()[0]["pictures"]) == 3


async def test_an_orderly_restart_of_the_painter_counts_as_no_death(tmp_path: Path) -> None:
    """A painter that was stopped in good order four times is not the picture's fault."""
    engine = Flaky([EngineLost("stopped", crashed=False)] * 4)
    async with rig(tmp_path, [calls("draw", what="a cat")], engine=engine) as one, one.working():
        [job] = await one.over(await one.inbox.accept(message("a cat")))
        assert (job.state, job.outcome) == DONE


async def test_what_the_painter_refuses_is_said(tmp_path: Path) -> None:
    """A task that the painter refuses ends with the painter's words, and the pictures done before are posted too."""

    class Second(PaperEngine):
        async def paint(self, task: PaintTask) -> AsyncIterator[PaintEvent]:
            if task.seed == 1:
                raise EngineError("That is too large", "Ask for less.")
            async for event in super().paint(task):
                yield event

    async with rig(tmp_path, [calls("draw", what="a cat", count=2)], engine=Second()) as one, one.working():
        [job] = await one.over(await one.inbox.accept(message("two cats")))
        assert (job.state, job.text) == (State.FAILED, "That is too large. Ask for less.")
        [post] = one.platform.posts()
        assert (post["outcome"], post["text"], len(post["pictures"])) == ("failed", job.text, 1)


async def test_a_bug_becomes_one_line(tmp_path: Path) -> None:
    """An error that nobody foresaw is told in one line without its details, which stand in the log."""
    async with rig(tmp_path, [ZeroDivisionError("secret inside")]) as one, one.working():
        [job] = await one.over(await one.inbox.accept(message("hello")))
        assert job.state is State.FAILED
        assert job.id[:8] in job.text
        assert "secret" not in job.text
        assert "\n" not in job.text
        assert one.platform.keys() == [job.id]


async def test_a_platform_that_is_down_gets_its_posts_later(tmp_path: Path) -> None:
    """While a platform is down jobs wait in 'posting', and each is posted once when it is back."""
    async with rig(tmp_path, ["hi"]) as one, one.working():
        one.platform.down.touch()
        ids = [await one.inbox.accept(message("hello", user=user, channel=user)) for user in ("ana", "bob")]

        async def tried() -> bool:
            jobs = [await one.job(job_id) for job_id in ids]
            return all(job.state is State.POSTING and job.tries >= 1 for job in jobs)

        await until(tried)
        assert one.platform.posts() == []
        one.platform.down.unlink()
        await one.over(*ids)
        assert sorted(one.platform.keys()) == sorted(ids)


async def test_progress_that_cannot_be_shown_costs_no_picture(tmp_path: Path) -> None:
    """An adapter whose progress display breaks still gets the picture."""

    class Blind(PaperPlatform):
        async def progress(self, progress: Progress) -> None:
            raise RuntimeError("no display")

    platform = Blind(tmp_path / "platform")
    async with rig(tmp_path, [calls("draw", what="a cat")], platform=platform) as one, one.working():
        [job] = await one.over(await one.inbox.accept(message("a cat")))
        assert (job.state, job.outcome) == DONE


async def test_progress_names_each_stage_and_step(tmp_path: Path) -> None:
    """The asker's adapter hears of thinking, the painter's line, painting and each step over all pictures."""
    async with rig(tmp_path, [calls("draw", what="a cat", count=2)]) as one, one.working():
        await one.over(await one.inbox.accept(message("two cats")))
        stages = [progress.stage for progress in one.platform.seen]
        steps = [progress.step for progress in one.platform.seen if progress.step and not progress.preview]
        assert stages[0] == "thinking"
        assert set(stages) == {"thinking", "waiting", "painting"}
        assert steps == [1, 2, 3, 4, 5, 6, 7, 8]
        assert {progress.steps for progress in one.platform.seen if progress.step} == {8}


async def test_a_preview_that_is_gone_harms_nothing(tmp_path: Path) -> None:
    """A picture that is ready before its preview was fetched is posted, and no painter counts as lost."""

    class TooFast(PaperEngine):
        async def fetch(self, painted: Painted | Preview) -> bytes:
            if isinstance(painted, Preview):
                raise EngineLost("The preview is not kept any more", crashed=False)
            return await super().fetch(painted)

    async with rig(tmp_path, [calls("draw", what="a cat")], engine=TooFast()) as one, one.working():
        [job] = await one.over(await one.inbox.accept(message("a cat")))
        assert (job.state, job.outcome) == DONE
        assert one.engine.painted == ["a cat"]


async def test_a_post_whose_record_failed_is_not_posted_again(tmp_path: Path) -> None:
    """When the database fails just after the platform took the reply, the second attempt looks before it repeats."""

    class Breaking(PaperPlatform):
        """Lets no post be recorded until it is asked whether it has the reply."""

        async def deliver(self, reply: Reply) -> str:
            await asyncio.to_thread(execute, tmp_path, "INSERT INTO broken VALUES (1)")
            return await super().deliver(reply)

        async def find(self, reply: Reply) -> str | None:
            await asyncio.to_thread(execute, tmp_path, "DELETE FROM broken")
            return await super().find(reply)

    platform = Breaking(tmp_path / "platform")
    async with rig(tmp_path, ["hi"], platform=platform) as one:
        execute(tmp_path, "CREATE TABLE broken (yes)")
        when = "BEFORE UPDATE OF posted_as ON jobs WHEN EXISTS (SELECT 1 FROM broken)"
        execute(tmp_path, f"CREATE TRIGGER breaks {when} {OVERFLOW}")
        async with one.working():
            [job] = await one.over(await one.inbox.accept(message("hello")))
            assert job.state is State.POSTED
            assert platform.keys() == [job.id]


async def test_a_platform_that_refuses_for_good_ends_the_job(tmp_path: Path) -> None:
    """A refusal that trying again would not help ends the job as failed at once."""

    class Banned(PaperPlatform):
        async def deliver(self, reply: Reply) -> str:
            raise DeliveryError("The channel is gone", lasting=True)

    async with rig(tmp_path, ["hi"], platform=Banned(tmp_path / "platform")) as one, one.working():
        [job] = await one.over(await one.inbox.accept(message("hello")))
        assert (job.state, job.tries) == (State.FAILED, 1)


async def test_cancelling_while_painting_stops_the_painter(tmp_path: Path) -> None:
    """A job cancelled in mid-picture stops the painter, posts nothing, and leaves the worker free for the next."""
    engine = PaperEngine(PaperEngine.Settings(step_s=0.05))
    async with rig(tmp_path, [calls("draw", what="a cat")], engine=engine) as one, one.working():
        job_id = await one.inbox.accept(message("a cat"))
        await until(lambda: any(progress.step == 1 for progress in one.platform.seen))
        assert await one.worker.cancel(job_id)
        [job] = await one.over(job_id)
        assert job.state is State.CANCELLED
        await until(lambda: len(engine.cancelled) == 1)
        [following] = await one.over(await one.inbox.accept(message("another cat")))
        assert (following.state, following.outcome) == DONE
        assert one.platform.keys() == [following.id]


async def test_cancelling_from_another_process_stops_the_painter(tmp_path: Path) -> None:
    """A job cancelled by another process is dropped at the next heartbeat of the one that paints it."""
    engine = PaperEngine(PaperEngine.Settings(step_s=60.0))
    script = [calls("draw", what="a cat")]
    async with rig(tmp_path, script, engine=engine, lease_s=0.5) as one, rig(tmp_path, script) as other, one.working():
        job_id = await one.inbox.accept(message("a cat"))
        await until(lambda: any(progress.stage == "painting" for progress in one.platform.seen))
        assert await other.inbox.cancel(job_id)
        await until(lambda: len(engine.cancelled) == 1)
        assert one.platform.posts() == []


async def test_a_process_that_ends_gives_its_jobs_back(tmp_path: Path) -> None:
    """A worker that is stopped in mid-picture leaves a job that another takes at once and finishes."""
    script = [calls("draw", what="a cat")]
    slow = PaperEngine(PaperEngine.Settings(step_s=60.0))
    async with rig(tmp_path, script, engine=slow, lease_s=600) as one:
        async with one.working():
            job_id = await one.inbox.accept(message("a cat"))
            await until(lambda: any(progress.stage == "painting" for progress in one.platform.seen))
        assert (await one.job(job_id)).owner is None
        async with rig(tmp_path, script) as other, other.working():
            [job] = await other.over(job_id)
            assert (job.state, job.outcome) == DONE
        assert one.tool.ran == [f"{job_id}/0-0"]
        assert other.tool.ran == []
        assert one.platform.keys() == [job_id]


async def test_two_workers_share_jobs_and_post_each_once(tmp_path: Path) -> None:
    """Two processes on one database finish twelve jobs between them, each posted once and each picture planned once."""
    script = [calls("draw", what="a cat")]
    async with rig(tmp_path, script) as one, rig(tmp_path, script) as two, one.working(), two.working():
        said = [message(f"cat {number}", user=f"user{number % 3}", channel=str(number)) for number in range(12)]
        ids = [await one.inbox.accept(each) for each in said]
        jobs = await one.over(*ids)
        assert {job.state for job in jobs} == {State.POSTED}
        assert sorted(one.platform.keys()) == sorted(ids)
        assert [len(await one.gallery.of_job(job_id)) for job_id in ids] == [1] * 12
        assert len(one.tool.ran) + len(two.tool.ran) == 12


class Gated(PaperEngine):
    """Paints nothing before it is told to, and remembers in which order it was asked."""

    def __init__(self) -> None:
        super().__init__()
        self.gate = asyncio.Event()
        self.order: list[str] = []

    async def paint(self, task: PaintTask) -> AsyncIterator[PaintEvent]:
        self.order.append(task.id)
        await self.gate.wait()
        async for event in super().paint(task):
            yield event


class SlowToTell(Inbox):
    """An inbox that takes its time between looking what it holds and telling it."""

    def __init__(self, *given: Any) -> None:
        super().__init__(*given)
        self.looks = 0
        self.tell = asyncio.Event()

    async def held(self) -> set[str]:
        found = await super().held()
        self.looks += 1
        await self.tell.wait()
        return found


async def test_a_heartbeat_leaves_alone_what_is_taken_meanwhile(tmp_path: Path) -> None:
    """A job that is taken while a heartbeat looks for lost ones is not stopped by it."""
    script = [calls("draw", what="a cat")]
    async with rig(tmp_path, script, engine=Gated(), lease_s=0.1, inbox_kind=SlowToTell) as one, one.working():
        await until(lambda: one.inbox.looks == 1)
        job_id = await one.inbox.accept(message("a cat"))

        async def painting() -> bool:
            return (await one.job(job_id)).state is State.PAINTING

        await until(painting)
        one.inbox.tell.set()
        await until(lambda: one.inbox.looks > 2)
        one.engine.gate.set()
        [job] = await one.over(job_id)
        assert (job.state, job.outcome) == DONE


async def test_the_second_asker_is_served_second(tmp_path: Path) -> None:
    """Whoever comes while another has a hundred jobs in line waits for one picture at most beyond the one at work."""
    async with rig(tmp_path, [calls("draw", what="a cat")], engine=Gated(), turns_at_once=1) as one:
        many = [await one.inbox.accept(message(f"cat {number}", user="busy", channel="a")) for number in range(100)]
        single = await one.inbox.accept(message("my cat", user="rare", channel="b"))
        async with one.working():

            async def answered() -> bool:
                return (await one.job(single)).state is not State.RECEIVED

            await until(answered)
            one.engine.gate.set()
            await one.over(single)
            (picture,) = await one.gallery.of_job(single)
            assert one.engine.order.index(picture.id) <= 1
            assert len(one.engine.order) < len(many)


@pytest.mark.proof
async def test_without_a_database_the_worker_stops_with_one_line(tmp_path: Path) -> None:
    """A database that stays broken stops the worker, and the job stays where it was."""
    async with rig(tmp_path, ["hi"]) as one:
        job_id = await one.inbox.accept(message("hello"))
        execute(tmp_path, f"CREATE TRIGGER breaks BEFORE INSERT ON turns {OVERFLOW}")
        running = asyncio.create_task(one.worker.run())
        await asyncio.wait([running])
        error = running.exception()
        assert isinstance(error, BaseExceptionGroup)
        assert "The database can't be used: integer overflow" in str(error.exceptions[0])
        job = await one.job(job_id)
        assert (job.state, job.owner) == (State.RECEIVED, None)
        assert one.platform.posts() == []


class Failing(Inbox):
    """An inbox whose database goes away, so many times, when a job is looked for."""

    failures = 0

    async def take(self, *, turns: int, paintings: int) -> Job | None:
        if self.failures:
            self.failures -= 1
            raise StoreError("The database is away")
        return await super().take(turns=turns, paintings=paintings)


async def test_a_database_that_comes_back_costs_no_request(tmp_path: Path) -> None:
    """A worker whose database fails in the middle gives back what it has, begins anew, and posts everything once."""
    engine = Gated()
    async with rig(tmp_path, [calls("draw", what="a cat")], engine=engine, inbox_kind=Failing) as one, one.working():
        first = await one.inbox.accept(message("a cat"))
        await until(lambda: bool(engine.order))
        one.inbox.failures = 1
        second = await one.inbox.accept(message("another", channel="other"))
        await until(lambda: len(engine.order) > 1)  # the first was begun anew
        engine.gate.set()
        jobs = await one.over(first, second)
        assert [(job.state, job.outcome) for job in jobs] == [DONE, DONE]
        assert sorted(one.platform.keys()) == sorted([first, second])


async def test_a_database_that_stays_away_ends_the_worker(tmp_path: Path) -> None:
    """After several failures in a row the worker says why and stops, since without a database nothing is promised."""
    async with rig(tmp_path, ["hello"], inbox_kind=Failing) as one:
        one.inbox.failures = 1_000
        with pytest.raises(BaseExceptionGroup) as raised:
            await one.worker.run()
        assert raised.group_contains(StoreError, match="The database is away")


async def test_a_draining_worker_finishes_what_it_has_and_takes_nothing_more(tmp_path: Path) -> None:
    """What is being painted is posted; what came since then stays in the line for another process."""
    engine = Gated()
    async with rig(tmp_path, [calls("draw", what="a cat")], engine=engine) as one, one.working():
        first = await one.inbox.accept(message("a cat"))
        await until(lambda: bool(engine.order))
        draining = asyncio.create_task(one.worker.drain())
        await until(lambda: one.worker.draining)
        second = await one.inbox.accept(message("another", channel="other"))
        engine.gate.set()
        await draining
        assert one.platform.keys() == [first]
        waiting = await one.job(second)
        assert (waiting.state, waiting.owner) == (State.RECEIVED, None)


async def test_what_ended_and_how_long_it_took_is_counted(tmp_path: Path) -> None:
    """The metrics name each outcome by adapter, each step, and what stands in the line."""
    async with rig(tmp_path, [calls("draw", what="a cat"), calls("draw", what="elephant"), "sorry"]) as one:
        async with one.working():
            await one.over(await one.inbox.accept(message("a cat")))
            await until(lambda: 'limner_jobs_over_total{adapter="paper",outcome="done"} 1.0' in counted(one, {}))
        told = counted(one, {State.RECEIVED: 3})
        assert 'limner_step_seconds_count{step="painting"} 1.0' in told
        assert 'limner_jobs{state="received"} 3.0' in told


def counted(one: Rig, line: dict[State, int]) -> str:
    return one.metrics.text(line).decode()
