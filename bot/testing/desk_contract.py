"""What every support desk's adapter must do, as tests: subclass `DeskContract` in yours and give it a `DeskStage`.

They run under pytest with pytest-asyncio (`asyncio_mode = "auto"`), and import neither. Answers come from a small
knowledge of their own, without an LLM.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from typing import Any

from bot.desk.draft import Status
from bot.errors import RequestError
from bot.jobs import FINAL, State
from bot.testing.desk_stage import DeskPlay, DeskStage, Said
from bot.testing.stage import Cut

__all__ = ["ASKED", "PERSON", "DeskContract", "DeskPlay", "DeskStage", "Said"]

ASKED = "Where is the reset button?"
PERSON = "I want to talk to a person."


class DeskContract:
    """The behaviours. Subclass it as `class TestMine(DeskContract)` and define `stage`.

    Attributes:
        patience_s: What takes longer counts as never coming.
    """

    patience_s = 60.0

    def stage(self, folder: Path) -> AbstractAsyncContextManager[DeskStage]:
        """The desk for one test; `folder` is empty, and its own."""
        raise NotImplementedError("A desk's tests define `stage`")

    async def test_an_approved_answer_is_sent_once(self, tmp_path: Path) -> None:
        """Nobody is told anything before a person approves; then once, with its picture and source, and as AI's."""
        async with self._play(tmp_path) as play, play.open(knows=True):
            conversation = await play.stage.ask(ASKED)
            assert len(await play.jobs()) == 1, "the webhook was answered before the message was kept"
            draft = await play.draft()
            await play.answers(conversation, 0)
            if play.stage.notes:
                [note] = await play.stage.said(conversation, private=True)
                assert f"https://limner.example.com/desk/drafts/{draft.id}" in note.text, f"no link in {note}"
                assert "on the back" in note.text, f"the note lacks the draft: {note}"
                assert note.pictures == 1, "the note lacks the picture"
            twice = await asyncio.gather(play.approve(draft), play.approve(draft), return_exceptions=True)
            assert [isinstance(one, RequestError) for one in twice].count(True) == 1, f"approved twice: {twice}"
            await play.over(1)
            [answer] = await play.answers(conversation, 1)
            assert all(words in answer.text for words in ("on the back", "Sources", "Reset", "AI")), f"{answer}"
            assert answer.pictures == 1, "the answer lacks its picture"

    async def test_a_message_that_is_told_twice_is_answered_once(self, tmp_path: Path) -> None:
        """The desk repeats a webhook before and after the answer: one job, one answer."""
        async with self._play(tmp_path) as play, play.open(approval="never"):
            conversation = await play.stage.ask("hello")
            await play.stage.repeat()
            await play.over(1)
            await play.stage.repeat()
            await play.stage.ask("thanks", conversation)
            await play.over(2)
            await play.answers(conversation, 2)

    async def test_what_nobody_signed_is_not_taken(self, tmp_path: Path) -> None:
        """Unsigned, wrongly signed, stale and oversize webhooks are refused, and leave nothing."""
        async with self._play(tmp_path) as play, play.open():
            for kind in play.stage.forgeries:
                status = await play.stage.forged(kind)
                assert 400 <= status < 500, f"a webhook that is {kind} was answered with {status}"
            assert not await play.jobs(), "something was taken"

    async def test_a_person_who_speaks_silences_the_desk(self, tmp_path: Path) -> None:
        """A colleague answers: the draft is withdrawn, can't be approved, and what comes after is not answered."""
        async with self._play(tmp_path) as play, play.open():
            conversation = await play.stage.ask("hello")
            draft = await play.draft()
            await play.stage.colleague(conversation, "I am on it.")
            assert (await play.draft(Status.WITHDRAWN)).id == draft.id
            await _refused(play.approve(draft))
            await play.stage.ask("and now?", conversation)
            await play.when("silence", play.jobs, lambda all_: all(job.state in FINAL for job in all_))
            await play.answers(conversation, 0)

    async def test_a_draft_is_withdrawn_when_the_customer_says_more(self, tmp_path: Path) -> None:
        """Two messages are one question: the first draft is withdrawn, and the second one's is sent."""
        async with self._play(tmp_path) as play, play.open():
            conversation = await play.stage.ask("hello")
            first = await play.draft()
            await play.stage.ask("thanks", conversation)
            await play.draft(Status.WITHDRAWN)
            second = await play.draft()
            await _refused(play.approve(first))
            await play.approve(second)
            await play.over(2)
            await play.answers(conversation, 1)

    async def test_a_hand_over_is_seen_before_it_is_told(self, tmp_path: Path) -> None:
        """People have the conversation first, then a summary; the customer hears of it last, and once."""
        async with self._play(tmp_path) as play, play.open():
            conversation = await play.stage.ask(PERSON)
            [job] = await play.over(1)
            assert job.state is State.POSTED, f"the job is {job.state}"
            assert await play.stage.with_people(conversation), "people do not have it"
            expected = ["handed over", "note", "said"] if play.stage.notes else ["handed over", "said"]
            assert await play.stage.happened() == expected
            await play.answers(conversation, 1)

    async def test_a_lost_answer_is_not_sent_twice(self, tmp_path: Path) -> None:
        """The connection is cut after the desk took the answer: it is found, or a person is told; never sent again."""
        async with self._play(tmp_path) as play, play.open():
            conversation = await play.stage.ask("hello")
            draft = await play.draft()
            play.stage.lose_an_answer()
            await play.approve(draft)
            [job] = await play.over(1)
            assert job.state is (State.POSTED if play.stage.looks else State.FAILED), f"the job is {job.state}"
            await play.answers(conversation, 1)

    async def test_what_was_sent_before_a_crash_is_not_sent_again(self, tmp_path: Path) -> None:
        """A process that dies after it posted and before it booked that leaves one answer, and the next adds none."""
        async with self._play(tmp_path) as play:
            dying = DyingDesk(play.stage.adapter())
            async with play.open(dying, approval="never"), asyncio.timeout(self.patience_s):
                conversation = await play.stage.ask("hello")
                await dying.posted.wait()
            async with play.open(approval="never"):
                await play.over(1)
                await play.answers(conversation, 1)

    async def test_an_answer_waits_while_the_desk_is_down(self, tmp_path: Path) -> None:
        """What was approved while the desk takes nothing is sent once it is back, and once only."""
        async with self._play(tmp_path) as play, play.open():
            conversation = await play.stage.ask("hello")
            draft = await play.draft()
            async with play.stage.down():
                await play.approve(draft)
                await play.when("a try that failed", play.jobs, lambda all_: bool(all_[0].tries))
            [job] = await play.over(1)
            assert job.state is State.POSTED, f"the job is {job.state}"
            await play.answers(conversation, 1)

    @asynccontextmanager
    async def _play(self, folder: Path) -> AsyncIterator[DeskPlay]:
        own = folder / "desk"
        own.mkdir()
        async with self.stage(own) as stage:
            yield DeskPlay(stage, folder / "limner", self.patience_s)


class DyingDesk:
    """A desk's adapter in a process that dies once the customer was told."""

    is_desk = True

    def __init__(self, whole: Any) -> None:
        cut = Cut(whole)
        self.whole, self.deliver, self.posted = whole, cut.deliver, cut.posted
        self.name, self.run, self.progress, self.find = whole.name, whole.run, whole.progress, whole.find
        self.present = whole.present


async def _refused(decision: Awaitable[None]) -> None:
    try:
        await decision
    except RequestError:
        return
    raise AssertionError("a draft was decided twice")
