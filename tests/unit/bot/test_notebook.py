"""What adapters find again: where a job's answer stands, and small facts of their own."""

import asyncio
from pathlib import Path

import pytest

from bot.history import History
from bot.jobs import Job, State
from bot.messages import Progress, Reply
from bot.notebook import Notebook
from bot.testing import PaperPlatform, blank_png
from tests.support import PLAN, Rig, message, rig

pytestmark = pytest.mark.usefixtures("database_url")


async def test_a_post_leads_to_its_job(tmp_path: Path) -> None:
    """By adapter and the platform's id, in whatever state; the latest where several stand there; else nothing."""
    async with rig(tmp_path) as one:
        notebook = Notebook(one.store)
        first, second = [await one.inbox.accept(message()) for _ in range(2)]
        assert await notebook.job_at("paper", "c/1") is None
        await notebook.place(first, "c/1")
        assert await notebook.job_at("paper", "c/1") == first
        assert await notebook.job_at("web", "c/1") is None
        await notebook.place(second, "c/1")
        assert await notebook.job_at("paper", "c/1") == second
        await notebook.place(second, "c/2")
        assert await one.inbox.cancel(first)
        assert await notebook.job_at("paper", "c/1") == first


async def test_the_last_fact_under_a_key_is_kept(tmp_path: Path) -> None:
    """A new one takes its place, an empty one forgets it, and each adapter has its own."""
    async with rig(tmp_path) as one:
        notebook = Notebook(one.store)
        assert await notebook.recall("paper", "seen") == ""
        for value in ("5", "7", "七 \U0001f697"):
            await notebook.remember("paper", "seen", value)
            assert await notebook.recall("paper", "seen") == value
        await notebook.remember("web", "seen", "1")
        await notebook.remember("paper", "seen", "")
        assert await notebook.recall("paper", "seen") == ""
        assert await notebook.recall("web", "seen") == "1"
        await notebook.remember("paper", "never", "")
        await asyncio.gather(*(notebook.remember("paper", "at once", str(number)) for number in range(10)))
        assert await notebook.recall("paper", "at once") in {str(number) for number in range(10)}


class Noting(PaperPlatform):
    """A platform whose post is there as soon as anything is told of a job, and noted."""

    notebook: Notebook
    replies: list[Reply]

    async def progress(self, progress: Progress) -> None:
        await self.notebook.place(progress.job_id, f"post/{progress.message.event_id}")

    async def deliver(self, reply: Reply) -> str:
        self.replies.append(reply)
        return await super().deliver(reply)


async def test_a_reply_knows_where_its_post_stands(tmp_path: Path) -> None:
    """What an adapter noted while the job was led to its end stands in the reply that it gets, talk or not."""
    platform = Noting(tmp_path / "platform")
    async with rig(tmp_path, ["Hello."], platform=platform) as one:
        platform.notebook, platform.replies = Notebook(one.store), []
        async with one.working():
            await one.over(await one.inbox.accept(message("hello", event_id="e1")))
    assert [reply.posted_as for reply in platform.replies] == ["post/e1"]


async def posted(one: Rig, channel: str, *, user: str = "ana", state: State = State.POSTED) -> Job:
    job = await one.taken(message(channel=channel, user=user))
    async with one.store.write() as connection:
        await one.gallery.plan(connection, job, "0-0", (PLAN,))
    [(picture_id, plan)] = await one.gallery.unpainted(job.id)
    await one.gallery.keep(picture_id, plan, blank_png(8, 8, job.id[:3].encode()), 1.0)
    return await one.inbox.move(job, state, keep=False)


async def test_what_somebody_asked_for_last(tmp_path: Path) -> None:
    """Their finished requests with pictures to show, of all channels, the newest first; none that were deleted."""
    async with rig(tmp_path) as one:
        history = History(one.store, one.gallery, one.outbox)
        some = [await posted(one, channel) for channel in ("a", "b", "c", "d")]
        await posted(one, "a", user="bo")
        await posted(one, "e", state=State.CANCELLED)
        [picture] = await one.gallery.of_job(some[2].id)
        await one.gallery.delete(picture)
        found = await history.of_user("paper", "ana", 2)
        assert [exchange.job_id for exchange in found] == [some[3].id, some[1].id]
        assert all(exchange.reply and len(exchange.reply.pictures) == 1 for exchange in found)
        assert [len(await history.of_user(name, "ana", 10)) for name in ("paper", "web")] == [3, 0]
