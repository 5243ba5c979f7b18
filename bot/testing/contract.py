"""What every chat adapter must do, as tests: subclass `AdapterContract` in yours and give it a `Stage`.

They run under pytest with pytest-asyncio (`asyncio_mode = "auto"`), and import neither; docs/plugins.md shows how.
"""

import asyncio
import unittest
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

from bot.errors import EngineError
from bot.jobs import FINAL, Job, State
from bot.testing.engine import PaperEngine, RefusingEngine
from bot.testing.platform import Post
from bot.testing.stage import Cut, Play, Stage

__all__ = ["AdapterContract", "Post", "Stage"]


class AdapterContract:
    """The behaviours. Subclass it as `class TestMine(AdapterContract)` and define `stage`.

    Attributes:
        patience_s: What takes longer counts as never coming.
    """

    patience_s = 60.0

    def stage(self, folder: Path) -> AbstractAsyncContextManager[Stage]:
        """The platform for one test; `folder` is empty, and its own."""
        raise NotImplementedError("An adapter's tests define `stage`")

    async def test_a_wish_is_answered_once_with_its_picture(self, tmp_path: Path) -> None:
        """Words become one post, for who said them, with the picture that was painted."""
        async with self._play(tmp_path) as play, play.open():
            answer = await play.answer()
            [job] = await play.jobs()
            assert (answer.to, answer.pictures) == ("ana", await play.painted(job)), f"somebody else's: {answer}"

    async def test_progress_is_shown_in_the_post_that_becomes_the_answer(self, tmp_path: Path) -> None:
        """Who waits sees that something goes on, in the post that has the picture later."""
        async with self._play(tmp_path, "edits") as play, play.open():
            await play.amid_painting()
            early = await play.under_way()
            play.engine.going.set()
            await play.over(1)
            [answer] = await play.answers(1)
            assert answer.id == early.id, f"the progress is one post and the answer another: {early}, {answer}"

    async def test_an_answer_has_buttons_that_name_its_picture(self, tmp_path: Path) -> None:
        """Below a picture is a button to paint it again and one to vary it, each with the picture's whole id."""
        async with self._play(tmp_path, "buttons") as play, play.open():
            answer = await play.answer()
            [job] = await play.jobs()
            [picture] = await play.app.gallery.of_job(job.id)
            missing = {f"again:{picture.id}", f"vary:{picture.id}"} - set(answer.buttons)
            assert not missing, f"no button {missing} among {answer.buttons}"

    async def test_an_event_that_comes_twice_is_one_wish(self, tmp_path: Path) -> None:
        """The platform repeats words while they are painted and after they were answered: one job and one answer."""
        async with self._play(tmp_path) as play, play.open():
            await play.amid_painting()
            await play.stage.repeat()
            play.engine.going.set()
            await play.over(1)
            await play.stage.repeat()
            await play.stage.say("a blue cup")  # once this is answered, the repeated event has had its time
            await play.over(2)
            await play.answers(2)

    async def test_a_button_works_after_a_restart(self, tmp_path: Path) -> None:
        """A button that was posted by a process that is gone paints again."""
        async with self._play(tmp_path, "buttons") as play:
            async with play.open():
                answer = await play.answer()
            async with play.open():
                await play.stage.press(answer, "again")
                await play.over(2)
                await play.answers(2)

    async def test_a_button_of_a_buttons_answer_works(self, tmp_path: Path) -> None:
        """What a button brought has buttons of its own, the first ones still work, and a repeated press counts once."""
        async with self._play(tmp_path, "buttons") as play, play.open():
            first = await play.answer()
            await play.stage.press(first, "again")
            await play.stage.repeat()
            await play.over(2)
            [_, second] = await play.answers(2)
            await play.stage.press(second, "vary")
            await play.over(3)
            await play.stage.press(first, "again")
            await play.over(4)
            pictures = {answer.pictures for answer in await play.answers(4)}
            assert len(pictures) == 4, "two of the four answers have the same picture"

    async def test_cancel_stops_what_is_painted(self, tmp_path: Path) -> None:
        """The button to cancel stops the painting for who asked, and for nobody else: no picture comes, words do."""
        async with self._play(tmp_path, "edits", "buttons") as play, play.open():
            await play.amid_painting()
            early = await play.under_way()
            await play.stage.press(early, "cancel", "ben")
            await play.told(2)
            assert (await play.jobs())[0].state is State.PAINTING, "somebody else could cancel it"
            await play.stage.press(early, "cancel")
            [job] = await play.over(1)
            assert job.state is State.CANCELLED, f"the job is {job.state} and not cancelled"
            await play.answers(0)
            play.engine.going.set()
            await play.stage.say("a blue cup")
            await play.over(2)
            [answer] = await play.answers(1)
            assert answer.id != early.id, "what was cancelled has a picture"
            assert len(play.engine.painted) == 1, "what was cancelled was painted all the same"

    async def test_an_answer_waits_while_the_platform_is_down(self, tmp_path: Path) -> None:
        """A picture that is ready while nothing can be posted is posted once the platform is back, and once only."""
        async with self._play(tmp_path) as play, play.open():
            await play.amid_painting()
            async with play.stage.down():
                play.engine.going.set()
                tried = "an attempt to post that failed"
                await play.jobs_when(tried, lambda jobs: any(job.tries or job.state in FINAL for job in jobs))
            await play.over(1)
            await play.answers(1)

    async def test_what_was_posted_before_a_crash_is_not_posted_again(self, tmp_path: Path) -> None:
        """A process that dies after it posted and before it booked that leaves one answer, and the next adds none."""
        async with self._play(tmp_path) as play:
            cut = Cut(play.stage.adapter())
            async with play.open(cut), asyncio.timeout(self.patience_s):
                await play.stage.say("a red car")
                await cut.posted.wait()
            async with play.open():
                [job] = await play.over(1)
                assert job.state is State.POSTED, f"the job is {job.state} and not posted"
                await play.answers(1)

    async def test_a_restart_amid_painting_leaves_one_post(self, tmp_path: Path) -> None:
        """A wish that was being painted when the process ended is answered by the next, and nothing stale stays."""
        async with self._play(tmp_path) as play:
            async with play.open():
                await play.amid_painting()
                if play.stage.edits:
                    await play.under_way()
            play.engine.going.set()
            async with play.open():
                await play.over(1)
                await play.answers(1)
                posts = await play.stage.posts()
                assert len(posts) == 1, f"{len(posts)} posts for one wish: {posts}"

    async def test_a_failure_is_told_in_words(self, tmp_path: Path) -> None:
        """Who asks for what can't be painted reads why; never a traceback, a path or nothing at all."""
        engine = RefusingEngine(EngineError("The painter ran out of memory", "Ask for a smaller picture."))
        async with self._play(tmp_path, engine=engine) as play, play.open():
            await play.stage.say("a red car")
            first = await self._told(play, await play.over(1))
            assert "ran out of memory" in first, f"the reason is missing: {first}"
            engine.error = RuntimeError(f"can't read {tmp_path / 'weights.bin'}")
            await play.stage.say("a blue cup")
            second = await self._told(play, await play.over(2))
            shown = [clue for clue in ("Traceback", 'File "', "Error", str(tmp_path)) if clue in first + second]
            assert not shown, f"people are shown {shown}: {first}{second}"

    async def test_two_people_at_once_get_their_own_answers(self, tmp_path: Path) -> None:
        """Two people who ask at the same time each get the picture that they asked for."""
        wishes = {"ana": "a red car", "ben": "a blue cup"}
        async with self._play(tmp_path) as play, play.open():
            play.engine.going.clear()
            for person, words in wishes.items():
                await play.stage.say(words, person)
            await play.jobs_when("a second job", lambda jobs: len(jobs) == 2)
            play.engine.going.set()
            painted = {job.message.text: await play.painted(job) for job in await play.over(2)}
            answers = {answer.to: answer.pictures for answer in await play.answers(2)}
            assert answers == {person: painted[words] for person, words in wishes.items()}, "answers went to others"

    async def test_chinese_words_are_answered(self, tmp_path: Path) -> None:
        """Words arrive as they were said, also those that are not ASCII, and are answered."""
        async with self._play(tmp_path) as play, play.open():
            await play.stage.say("画一只蓝色的猫")
            [job] = await play.over(1)
            assert job.message.text == "画一只蓝色的猫", f"what arrived is '{job.message.text}'"
            await play.answers(1)

    async def test_what_cannot_be_taken_is_refused_in_words(self, tmp_path: Path) -> None:
        """Who sends nothing, or too much, is told so; nothing is left hanging, and the next wish is answered."""
        async with self._play(tmp_path, "refusable") as play, play.open():
            for count, words in enumerate(play.stage.refusable, 1):
                await play.stage.say(words)
                posts = await play.told(count)
                assert all(post.text.strip() for post in posts), f"a refusal without words: {posts}"
            assert not await play.jobs(), "what can't be taken was taken"
            await play.answer()

    @asynccontextmanager
    async def _play(self, folder: Path, *needs: str, engine: PaperEngine | None = None) -> AsyncIterator[Play]:
        own = folder / "platform"
        own.mkdir()
        async with self.stage(own) as stage:
            for need in needs:
                if not getattr(stage, need):
                    raise unittest.SkipTest(f"This platform has no {need}")
            yield Play(stage, folder / "limner", engine or PaperEngine(), self.patience_s)

    async def _told(self, play: Play, jobs: list[Job]) -> str:
        """The words of the latest post, once the last job has failed."""
        assert jobs[-1].state is State.FAILED, f"the job is {jobs[-1].state} and not failed"
        posts = await play.settled()
        assert len(posts) == len(jobs), f"{len(posts)} posts for {len(jobs)} wishes: {posts}"
        assert posts[-1].text.strip(), "nothing was said"
        return posts[-1].text
