"""A customer's message becomes a draft, a person decides, and exactly what was decided is sent, once."""

import asyncio
from pathlib import Path

import pytest
from langchain_core.messages import AIMessage
from langchain_core.messages.ai import UsageMetadata

from bot.desk.draft import Illustration, Status
from bot.desk.events import PersonSaid, Released, Verdict
from bot.desk.question import Proposed, Question
from bot.errors import EngineError, RequestError
from bot.jobs import State
from bot.testing import PaperEngine, RefusingEngine, ScriptedModel
from tests.helpers.desk import Answers, desk_rig

pytestmark = pytest.mark.usefixtures("database_url")


async def test_nothing_is_sent_before_a_person_approves(tmp_path: Path) -> None:
    """A draft is shown to colleagues and waits, over a restart too; approving sends it once."""
    async with desk_rig(tmp_path) as rig:
        async with rig.working():
            job_id = await rig.ask("paint the lamps")
            await rig.reaches(job_id, State.AWAITING)
        assert [one["text"] for one in rig.desk.said("note")] == ["About: paint the lamps"]
        assert len(rig.desk.said("note")[0]["pictures"]) == 1
    async with desk_rig(tmp_path) as rig, rig.working():
        await asyncio.sleep(0.5)
        assert rig.desk.said() == []
        await rig.rule(Verdict.APPROVE)
        await rig.reaches(job_id, State.POSTED)
        [*_, last] = await rig.office.archive.events()  # kept with the job's end, not after it
        assert (last.kind, last.who, last.data["text"]) == ("sent", "mia", "About: paint the lamps")
        assert [(one["text"], len(one["pictures"])) for one in rig.desk.said()] == [("About: paint the lamps", 1)]
        with pytest.raises(RequestError, match="approved by mia"):
            await rig.office.rule(job_id, Verdict.APPROVE, "noa")
        assert (await rig.draft(job_id)).decided_by == "mia"
    assert len(rig.desk.said()) == 1


async def test_two_people_approve_at_once(tmp_path: Path) -> None:
    """One of them is told that the other has decided, and the answer is sent once."""
    async with desk_rig(tmp_path) as rig, rig.working():
        job_id = await rig.ask("the lamps")
        await rig.reaches(job_id, State.AWAITING)
        done = await asyncio.gather(
            *(rig.office.rule(job_id, Verdict.APPROVE, person) for person in ("mia", "noa", "kim")),
            return_exceptions=True,
        )
        assert sum(isinstance(one, RequestError) for one in done) == 2
        await rig.reaches(job_id, State.POSTED)
    assert len(rig.desk.said()) == 1


async def test_what_a_person_wrote_is_sent(tmp_path: Path) -> None:
    """An edited draft is sent as edited, and the draft keeps both."""
    async with desk_rig(tmp_path) as rig, rig.working():
        job_id = await rig.ask("the lamps")
        await rig.reaches(job_id, State.AWAITING)
        await rig.rule(Verdict.APPROVE, "The lamp blinks while it starts.")
        await rig.reaches(job_id, State.POSTED)
        draft = await rig.draft(job_id)
    assert [one["text"] for one in rig.desk.said()] == ["The lamp blinks while it starts."]
    assert (draft.text, draft.sent) == ("About: the lamps", "The lamp blinks while it starts.")


async def test_a_rejected_draft_is_never_sent(tmp_path: Path) -> None:
    """Its reason is kept, and a later decision is refused."""
    async with desk_rig(tmp_path) as rig, rig.working():
        job_id = await rig.ask("the lamps")
        await rig.reaches(job_id, State.AWAITING)
        await rig.rule(Verdict.REJECT, "wrong product")
        await rig.reaches(job_id, State.CANCELLED)
        with pytest.raises(RequestError, match="rejected by mia"):
            await rig.office.rule(job_id, Verdict.APPROVE, "noa")
        draft = await rig.draft(job_id)
    assert (draft.status, draft.why) == (Status.REJECTED, "wrong product")
    assert rig.desk.said() == []


async def test_another_picture(tmp_path: Path) -> None:
    """'Paint again' shows the draft anew with another picture, and only that one is sent."""
    async with desk_rig(tmp_path) as rig, rig.working():
        job_id = await rig.ask("paint the lamps")
        await rig.reaches(job_id, State.AWAITING)
        await rig.rule(Verdict.REPAINT)

        async def is_back() -> bool:
            return len(rig.desk.said("note")) == 2 and bool(await rig.waiting())

        async with asyncio.timeout(60):
            while not await is_back():
                await asyncio.sleep(0.02)
        await rig.rule(Verdict.APPROVE)
        await rig.reaches(job_id, State.POSTED)
    first, second = (one["pictures"] for one in rig.desk.said("note"))
    assert first != second
    assert [one["pictures"] for one in rig.desk.said()] == [second]


async def test_a_burst_is_one_question(tmp_path: Path) -> None:
    """Messages that come one after the other are answered together, once, with all their words."""
    async with desk_rig(tmp_path, merge_s=0.1) as rig:
        jobs = [await rig.ask(text) for text in ("hello", "my lamps are red", "what now")]
        async with rig.working():
            await rig.reaches(jobs[-1], State.AWAITING)
        states = [(await rig.job(job_id)).state for job_id in jobs]
    assert states == [State.MERGED, State.MERGED, State.AWAITING]
    assert [one.text for one in rig.answers.asked] == ["hello\nmy lamps are red\nwhat now"]


async def test_more_words_are_waited_for(tmp_path: Path) -> None:
    """A message is not taken from the line before the time in which more may come."""
    async with desk_rig(tmp_path, merge_s=30) as rig:
        await rig.ask("hello")
        assert await rig.inbox.take(turns=8, paintings=8) is None


async def test_more_words_withdraw_a_draft(tmp_path: Path) -> None:
    """A draft that waits is withdrawn when the customer says more, and the new one answers all of it."""
    async with desk_rig(tmp_path) as rig, rig.working():
        first = await rig.ask("the lamps")
        await rig.reaches(first, State.AWAITING)
        second = await rig.ask("they are red")
        await rig.reaches(second, State.AWAITING)
        assert (await rig.draft(first)).status is Status.WITHDRAWN
        with pytest.raises(RequestError, match="withdrawn"):
            await rig.office.rule(first, Verdict.APPROVE, "mia")
        await rig.rule(Verdict.APPROVE)
        await rig.reaches(second, State.POSTED)
        third = await rig.ask("and the cable?")
        await rig.reaches(third, State.AWAITING)
    assert [one["text"] for one in rig.desk.said()] == ["About: the lamps\nthey are red"]
    last = rig.answers.asked[-1]
    assert last.text == "and the cable?"
    assert [one.text for one in last.before] == ["the lamps", "they are red", "About: the lamps\nthey are red"]


async def test_a_person_who_speaks_silences_limner(tmp_path: Path) -> None:
    """Drafts are withdrawn, what is asked later gets no draft, until the conversation is Limner's again."""
    async with desk_rig(tmp_path) as rig, rig.working():
        job_id = await rig.ask("the lamps")
        await rig.reaches(job_id, State.AWAITING)
        await rig.took(PersonSaid("c1", "mia"))
        assert (await rig.job(job_id)).state is State.CANCELLED
        assert (await rig.draft(job_id)).status is Status.WITHDRAWN
        later = await rig.ask("thanks, and the cable?")
        await rig.reaches(later, State.CANCELLED)
        await rig.took(Released("c1"))
        again = await rig.ask("one more thing")
        await rig.reaches(again, State.AWAITING)
    assert len(rig.answers.asked) == 2
    assert rig.desk.said() == []


async def test_a_person_speaks_while_it_is_painted(tmp_path: Path) -> None:
    """Nothing comes of a picture that is being painted then."""
    engine = PaperEngine()
    engine.going.clear()
    async with desk_rig(tmp_path, engine=engine) as rig, rig.working():
        job_id = await rig.ask("paint the lamps")
        await rig.reaches(job_id, State.PAINTING)
        await rig.took(PersonSaid("c1", "mia"))
        engine.going.set()
        await rig.reaches(job_id, State.CANCELLED)
    assert rig.desk.said() == rig.desk.said("note") == []


@pytest.mark.parametrize(
    ("approval", "confidence", "sent"),
    [("never", 0.1, True), ("unsure", 0.9, True), ("unsure", 0.5, False), ("always", 1.0, False)],
)
async def test_who_needs_a_person(tmp_path: Path, approval: str, confidence: float, *, sent: bool) -> None:
    """The setting decides whether an answer goes by itself."""
    async with desk_rig(tmp_path, approval=approval) as rig, rig.working():
        rig.answers.confidence = confidence
        job_id = await rig.ask("the lamps")
        await rig.reaches(job_id, State.POSTED if sent else State.AWAITING)
        assert (await rig.draft(job_id)).status is (Status.AUTOMATIC if sent else Status.OPEN)


@pytest.mark.parametrize("text", ["a person please", "crash"])
async def test_a_hand_over_waits_for_nobody(tmp_path: Path, text: str) -> None:
    """Where a person is wanted, or something goes wrong on Limner's side, the conversation is handed over at once."""
    async with desk_rig(tmp_path) as rig, rig.working():
        job_id = await rig.ask(text)
        await rig.reaches(job_id, State.POSTED)
    assert [one["text"] for one in rig.desk.said("hand over")] == [text]
    assert [one["text"] for one in rig.desk.said()] == ["A colleague will see to it."]


async def test_an_answer_does_without_a_picture_that_fails(tmp_path: Path) -> None:
    """The customer is answered in words; nobody is told of engines."""
    async with desk_rig(tmp_path, engine=RefusingEngine(EngineError("Out of paint"))) as rig, rig.working():
        job_id = await rig.ask("paint the lamps")
        await rig.reaches(job_id, State.AWAITING)
        draft = await rig.draft(job_id)
    assert (draft.illustration, draft.text) == (Illustration.NONE, "About: paint the lamps")


async def test_a_desk_that_is_down(tmp_path: Path) -> None:
    """What was approved is sent when the desk is back, once."""
    async with desk_rig(tmp_path) as rig, rig.working():
        job_id = await rig.ask("the lamps")
        await rig.reaches(job_id, State.AWAITING)
        rig.desk.down.touch()
        await rig.rule(Verdict.APPROVE)
        await asyncio.sleep(0.5)
        rig.desk.down.unlink()
        await rig.reaches(job_id, State.POSTED)
    assert len(rig.desk.said()) == 1


async def test_tokens_are_counted(tmp_path: Path) -> None:
    """What an LLM says it took for an answer stands in the record, for the reports."""
    used: UsageMetadata = {"input_tokens": 300, "output_tokens": 40, "total_tokens": 340}
    llm = ScriptedModel(script=[AIMessage("hello", usage_metadata=used, response_metadata={"model_name": "m"})])

    class Told(Answers):
        async def answer(self, question: Question) -> Proposed:
            await llm.ainvoke(question.text)
            return await super().answer(question)

    async with desk_rig(tmp_path, answers=Told()) as rig, rig.working():
        await rig.reaches(await rig.ask("the lamps"), State.AWAITING)
        report = await rig.office.archive.report(7)
    assert report.total.values()["tokens"] == 340
