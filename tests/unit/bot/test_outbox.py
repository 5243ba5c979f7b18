"""The outbox says what a job has come to, once, and tries again where a platform is not to be had."""

from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy.ext.asyncio import AsyncConnection

from bot import Outcome, Reply
from bot.errors import DeliveryError, LeaseLost
from bot.jobs import Job, State
from bot.outbox import MAX_TRIES
from bot.tables import jobs
from bot.testing import PaperPlatform, blank_png
from tests.support import PLAN, Rig, message, rig

pytestmark = pytest.mark.usefixtures("database_url")  # everything here holds on each database


class Stubborn(PaperPlatform):
    """A platform that refuses everything, for now or for good, and counts how often it was asked."""

    lasting = False
    asked = 0

    async def deliver(self, reply: Reply) -> str:
        self.asked += 1
        raise DeliveryError("No", lasting=self.lasting)


async def to_post(one: Rig, **changes: object) -> Job:
    """A leased job that waits to be posted."""
    job = await one.taken(message())
    return await one.inbox.move(job, State.POSTING, keep=True, **({"text": "Here it is."} | changes))


async def test_a_reply_has_words_pictures_and_each_note_once(tmp_path: Path) -> None:
    """A reply names its job, has the pictures in order, and says a note that several pictures share once."""
    async with rig(tmp_path) as one:
        job = await to_post(one)
        plans = [replace(PLAN, seed=seed, notes=("No cats here.", note)) for seed, note in enumerate("ab")]
        async with one.store.write() as connection:
            await one.gallery.plan(connection, job, "0-0", tuple(plans))
        for picture_id, plan in await one.gallery.unpainted(job.id):
            await one.gallery.keep(picture_id, plan, blank_png(8, 8, bytes([plan.seed] * 3)), 1.0)
        reply = await one.outbox.reply(job)
        assert (reply.key, reply.job_id, reply.text, reply.outcome) == (job.id, job.id, "Here it is.", Outcome.DONE)
        assert [picture.plan.seed for picture in reply.pictures] == [0, 1]
        assert reply.notes == ("No cats here.", "a", "b")


async def test_what_is_kept_with_the_end_of_a_job(tmp_path: Path) -> None:
    """Where it can't be written the job stays as it was, and the next try finds the post and ends both together."""
    async with rig(tmp_path) as one:
        job, wrote = await to_post(one), list[str]()

        async def alongside(connection: AsyncConnection, job_id: str) -> None:
            await connection.execute(jobs.update().where(jobs.c.id == job_id).values(text="changed"))
            wrote.append(job_id)
            if len(wrote) == 1:
                raise LeaseLost("the process died", job_id=job_id)

        with pytest.raises(LeaseLost):
            await one.outbox.post(job, unsure=False, alongside=alongside)
        before = await one.job(job.id)
        assert (before.state, before.text) == (State.POSTING, "Here it is.")
        await one.outbox.post(job, unsure=True, alongside=alongside)
        after = await one.job(job.id)
        assert (after.state, after.text, len(one.platform.posts())) == (State.POSTED, "changed", 1)


@pytest.mark.parametrize(("outcome", "last"), [(Outcome.DONE, State.POSTED), (Outcome.FAILED, State.FAILED)])
async def test_posting_ends_a_job(tmp_path: Path, outcome: Outcome, last: State) -> None:
    """A posted reply ends its job with the outcome that it had, and the platform's id of the post."""
    async with rig(tmp_path) as one:
        job = await to_post(one, outcome=outcome)
        await one.outbox.post(job, unsure=False)
        after = await one.job(job.id)
        assert (after.state, after.outcome, after.posted_as, after.owner) == (last, outcome, job.id, None)
        [post] = one.platform.posts()
        assert (post["key"], post["outcome"], post["text"]) == (job.id, outcome, "Here it is.")


async def test_who_is_unsure_looks_before_repeating(tmp_path: Path) -> None:
    """A reply that an earlier attempt brought out is found and not posted again; one that it did not is posted."""
    async with rig(tmp_path) as one:
        job = await to_post(one)
        await one.platform.deliver(await one.outbox.reply(job))
        await one.outbox.post(job, unsure=True)
        assert one.platform.keys() == [job.id]
        assert (await one.job(job.id)).state is State.POSTED
        other = await to_post(one)
        await one.outbox.post(other, unsure=True)
        assert one.platform.keys() == [job.id, other.id]


async def test_a_platform_that_is_down_is_tried_again_later(tmp_path: Path) -> None:
    """A refused reply goes back into the line, counted and not to be taken at once; later attempts look first."""
    async with rig(tmp_path) as one:
        one.platform.down.touch()
        job = await to_post(one)
        await one.outbox.post(job, unsure=False)
        after = await one.job(job.id)
        assert (after.state, after.tries, after.owner) == (State.POSTING, 1, None)
        assert await one.inbox.take(turns=8, paintings=1) is None


async def test_after_a_refusal_the_next_attempt_looks_first(tmp_path: Path) -> None:
    """A reply that came through although the platform reported an error is not posted again."""
    async with rig(tmp_path) as one:
        job = await to_post(one, tries=1)
        await one.platform.deliver(await one.outbox.reply(job))
        await one.outbox.post(job, unsure=False)
        assert one.platform.keys() == [job.id]


@pytest.mark.parametrize(("lasting", "tries"), [(True, 0), (False, MAX_TRIES - 1)])
async def test_in_the_end_it_is_given_up(tmp_path: Path, lasting: bool, tries: int) -> None:
    """A refusal for good, or the last of many, ends the job as failed."""
    platform = Stubborn(tmp_path / "platform")
    platform.lasting = lasting
    async with rig(tmp_path, platform=platform) as one:
        job = await to_post(one, tries=tries)
        await one.outbox.post(job, unsure=False)
        after = await one.job(job.id)
        assert (after.state, after.outcome, after.tries) == (State.FAILED, Outcome.FAILED, tries + 1)
        assert platform.asked == 1
