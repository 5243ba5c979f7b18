"""Several LLMs in a row, and the built-in rules behind them: who reads a request, and what is said about it."""

import asyncio
from pathlib import Path
from typing import Any

import pytest
from langchain_core.messages import AIMessage, messages_from_dict

from bot import Progress
from bot.errors import LeaseLost
from bot.jobs import State
from bot.llm import Chain, Reader
from bot.llm.trouble import LlmError, Trouble
from bot.testing import ScriptedModel
from bot.turns import Turns
from tests.helpers.chat_server import Reply, Request, call, calls, chat_server, chunk, fails, says
from tests.helpers.talk import talk
from tests.support import message, rig, until

ARGUMENTS = {"prompt": "a red car", "subjects": [{"name": "car", "colour": "red"}]}
GOOD = calls(call("imagine", ARGUMENTS))
WHY_NOT = "The LLM could not be used"


def by_model(**replies: Reply) -> Reply:
    """A reply for each of several models on one server."""

    async def reply(request: Request) -> None:
        await replies[request.body["model"]](request)

    return reply


async def test_the_next_llm_reads_what_the_first_could_not(tmp_path: Path) -> None:
    """Where the first LLM can't be used the second gets the same turn, and the note names it, not its address."""
    async with talk(tmp_path, llm="openai:a", llm_fallback=["openai:b", "openai:c"]) as one:
        one.server.next(by_model(a=fails(500), b=GOOD))
        job, [picture] = await one.ask("a red car")
        assert job.notes == (f"{WHY_NOT} (its server has a fault), so openai:b read this request.",)
        assert picture.plan.prompt.startswith("a red car")
        assert [body["model"] for body in one.server.requests] == ["a", "b"]
        assert one.server.requests[0]["messages"] == one.server.requests[1]["messages"]


async def test_every_llm_is_named_when_none_can_be_used(tmp_path: Path) -> None:
    """After several failures the note says of each LLM why, in the asker's language."""
    async with talk(tmp_path, llm="openai:a", llm_fallback=["openai:b"]) as one:
        one.server.next(by_model(a=fails(401), b=says("")))
        job, [_] = await one.ask("画一只红色的猫")
        assert job.notes == (
            "无法使用大语言模型（openai:a：密钥未被接受；openai:b：没有给出回答），因此由内置规则来理解这条请求。",
        )


async def test_an_address_of_its_own_gets_no_key(tmp_path: Path) -> None:
    """A fallback on another server is asked there, and is not sent the key that belongs to the first."""
    async with chat_server() as other, talk(tmp_path, llm_fallback=[f"openai:b@{other.url}"]) as one:
        one.server.next(fails(503))
        other.next(GOOD)
        job, [_] = await one.ask("a red car")
        assert job.notes == (f"{WHY_NOT} (its server has a fault), so openai:b read this request.",)
        assert other.requests[0]["model"] == "b"
        assert "secret" in one.server.headers[0]["authorization"]
        assert "secret" not in str(other.headers)


async def test_a_dead_llm_is_left_alone_for_a_while(tmp_path: Path) -> None:
    """A server that failed is not asked again for some seconds, each time twice as long, until it answers."""
    async with talk(tmp_path) as one:
        one.server.next(fails(500))
        asked: list[int] = []
        for wait_s in (0, 14, 2, 29, 2):
            one.now_s += wait_s
            job, [_] = await one.ask("a red car")
            assert "its server has a fault" in job.notes[0]
            asked.append(len(one.server.requests))
        assert asked == [1, 1, 2, 2, 3]
        one.server.next(GOOD)
        one.now_s += 61
        for _ in range(2):
            job, [_] = await one.ask("a red car")
            assert job.notes == ()


async def test_what_only_one_request_met_closes_nothing(tmp_path: Path) -> None:
    """An LLM that gave one person no answer is asked by the next at once."""
    async with talk(tmp_path) as one:
        one.server.next(says(""), GOOD)
        assert (await one.ask("a red car"))[0].notes != ()
        assert (await one.ask("a red car", user="bob"))[0].notes == ()


async def test_retries_are_the_clients_own(tmp_path: Path) -> None:
    """A server that is busy for a moment is asked again by the client, and nobody hears of it."""
    async with talk(tmp_path, llm_retries=2) as one:
        one.server.next(fails(429, retry_after_ms="1"), fails(503, retry_after_ms="1"), GOOD)
        job, [_] = await one.ask("a red car")
        assert job.notes == ()
        assert len(one.server.requests) == 3


async def test_words_come_as_they_are_written(tmp_path: Path) -> None:
    """What the LLM writes is shown before it has ended, without its thoughts and without the call behind it."""
    async with talk(tmp_path) as one:

        def shown() -> list[str]:
            return [progress.text for progress in one.platform.seen if progress.text]

        async def trickle(request: Request) -> None:
            # The first words may come while the pause after the first piece still lasts: more of them end it.
            await request.begin()
            await request.event(chunk({"role": "assistant", "content": "<think>Hm, a car.</think>Which"}))
            while not shown():
                await request.event(chunk({"content": " very"}))
                await asyncio.sleep(0.01)
            await request.event(chunk({"content": " fine colour?"}))
            await request.event(chunk({}, "stop"))
            await request.end()

        one.server.next(trickle)
        job, _ = await one.ask("a car")
        assert job.text.startswith("Which very")
        assert job.text.endswith(" fine colour?")
        assert all(job.text.startswith(text) for text in shown())
        assert all(isinstance(progress, Progress) and progress.stage == "thinking" for progress in one.platform.seen)


async def test_a_button_needs_no_llm(tmp_path: Path) -> None:
    """What needs no understanding is done while the LLM is dead, without a word about it."""
    async with talk(tmp_path) as one:
        one.server.next(fails(500))
        _, [picture] = await one.ask("a red car")
        job, [again] = await one.ask("Again", action="again", reply_to=picture.id)
        assert (job.state, job.notes) == (State.POSTED, ())
        assert again.plan.prompt == picture.plan.prompt
        assert len(one.server.requests) == 1


async def test_a_button_that_does_nothing_says_why_without_an_llm(tmp_path: Path) -> None:
    """A button without its picture ends with the tool's own words where the LLM can't put them into others."""
    async with talk(tmp_path) as one:
        one.server.next(fails(500))
        job, pictures = await one.ask("Again", action="again")
        assert (job.text, pictures) == ("There is no picture yet to do that with. Ask for one first.", [])
        assert WHY_NOT in job.notes[0]
        one.now_s += 3600
        one.server.next(says("Hello again."))
        assert (await one.ask("hi"))[0].text == "Hello again."
        assert one.server.problems == []


def drawing(what: str, **more: Any) -> AIMessage:
    return AIMessage("With pleasure.", tool_calls=[{"name": "draw", "args": {"what": what} | more, "id": "x"}])


def chain(*scripts: list[Any]) -> Chain:
    """Models that follow these scripts, one behind the other."""
    return Chain(tuple(Reader(f"llm:{n}", ScriptedModel(script=script)) for n, script in enumerate(scripts)))


async def test_plans_stand_when_the_llm_fails_after_them(tmp_path: Path) -> None:
    """Pictures that were planned before the LLM broke down are painted once, and nobody plans them anew."""
    llm = chain([drawing("a cat", ends=False), ConnectionError("gone")], [drawing("a dog")])
    async with rig(tmp_path, llm=llm) as one, one.working():
        [job] = await one.over(await one.inbox.accept(message("a cat")))
        assert [picture.plan.prompt for picture in await one.gallery.of_job(job.id)] == ["a cat"]
        assert job.text == "With pleasure."
        assert job.notes == (
            f"{WHY_NOT} any further (the connection to it failed); what it had planned by then is painted.",
        )


async def test_what_a_failed_llm_said_is_no_part_of_the_conversation(tmp_path: Path) -> None:
    """The next LLM gets only what the person said; the numbers of calls go on, since effects are keyed on them."""
    llm = chain([drawing("elephant"), drawing("elephant"), TimeoutError()], [drawing("a mouse"), "Hi."])
    async with rig(tmp_path, llm=llm) as one:
        job = await one.taken(message("an elephant"))
        answer = await one.assistant.turn(job)
        assert answer.notes == (f"{WHY_NOT} (it took too long), so llm:1 read this request.",)
        assert [said.text for said in llm.readers[1].model.asked[0][1:]] == ["an elephant"]  # type: ignore[attr-defined]
        assert one.tool.ran == [f"{job.id}/0-0", f"{job.id}/1-0", f"{job.id}/2-0"]
        kept = messages_from_dict(await Turns(one.store).of_job(job.id))
        assert [said.text for said in kept] == ["an elephant", "With pleasure.", "Planned: a mouse"]
        await one.inbox.move(job, State.POSTED, keep=False)
        later = await one.taken(message("thanks"))
        assert [row["data"]["content"] for row in await Turns(one.store).before(later)] == [said.text for said in kept]


async def test_the_note_outlives_a_crash(tmp_path: Path) -> None:
    """A turn that dies after its fallback is ended by the next process with the same note, asking nobody again."""
    async with rig(tmp_path, llm=chain([ConnectionError()], [drawing("a cat")])) as one:
        job = await one.taken(message("a cat"))
        first = await one.assistant.turn(job)
        await one.inbox.put_back(job, 0.0)
        other_llm = chain([drawing("a dog")], [drawing("a fox")])
        async with rig(tmp_path, llm=other_llm) as other:
            taken = await other.inbox.take(turns=1, paintings=1)
            assert taken is not None
            assert await other.assistant.turn(taken) == first
            assert first.notes == (f"{WHY_NOT} (the connection to it failed), so llm:1 read this request.",)
            assert [plan.prompt for _, plan in await other.gallery.unpainted(job.id)] == ["a cat"]
            assert [reader.model.asked for reader in other_llm.readers] == [[], []]  # type: ignore[attr-defined]


async def test_a_note_that_is_no_longer_true_is_dropped(tmp_path: Path) -> None:
    """A turn that died before its fallback had answered is read by the first LLM after all, and says nothing of it."""
    async with rig(tmp_path, llm=chain([ConnectionError()], [ZeroDivisionError()])) as one:
        job = await one.taken(message("a cat"))
        with pytest.raises(ZeroDivisionError):
            await one.assistant.turn(job)
        await one.inbox.put_back(job, 0.0)
        async with rig(tmp_path, llm=chain([drawing("a cat")], [])) as other:
            taken = await other.inbox.take(turns=1, paintings=1)
            assert taken is not None
            assert len(taken.notes) == 1
            assert (await other.assistant.turn(taken)).notes == ()


async def test_a_begun_turn_goes_on_while_its_llm_is_left_alone(tmp_path: Path) -> None:
    """A turn whose calls are saved is ended from them, though its LLM is left alone by now."""
    llm = chain([drawing("a cat")], [drawing("a dog")])
    async with rig(tmp_path, llm=llm) as one:
        job = await one.taken(message("a cat"))
        await one.assistant.turn(job)
        llm.readers[0].breaker.failed(Trouble.UNREACHABLE)
        await one.assistant.turn(job)
        assert [plan.prompt for _, plan in await one.gallery.unpainted(job.id)] == ["a cat"]


async def test_the_limit_of_calls_outlives_a_crash(tmp_path: Path) -> None:
    """The calls that a turn made before it was cut off count: it can't be led in circles by dying again and again."""
    script = [drawing("elephant"), drawing("elephant"), ZeroDivisionError()]
    async with rig(tmp_path, script, call_limit=3) as one:
        job = await one.taken(message("an elephant"))
        with pytest.raises(ZeroDivisionError):
            await one.assistant.turn(job)
        one.llm.script[:] = [drawing("elephant")]
        one.llm.asked.clear()
        with pytest.raises(LlmError, match="came to no answer in 3 calls"):
            await one.assistant.turn(job)
        assert len(one.llm.asked) == 1


async def test_a_lost_lease_is_no_trouble_of_the_llm(tmp_path: Path) -> None:
    """A job that was cancelled while its LLM failed is left alone by all."""

    class Cancelling(ScriptedModel):
        async def _agenerate(self, *_: Any, **__: Any) -> Any:
            await one.inbox.cancel(job.id)
            raise ConnectionError

    llm = Chain((Reader("llm:0", Cancelling(script=[])), *chain([drawing("a cat")]).readers))
    async with rig(tmp_path, llm=llm) as one:
        job = await one.taken(message("a cat"))
        with pytest.raises(LeaseLost):
            await one.assistant.turn(job)
        assert await one.gallery.unpainted(job.id) == []


@pytest.mark.parametrize("pairs", [10, pytest.param(100, marks=pytest.mark.proof)])
async def test_many_pairs_at_once(tmp_path: Path, pairs: int) -> None:
    """Of many pairs of messages at once in one conversation none is lost, and all are answered in their order."""

    async def echoes(request: Request) -> None:
        said = request.body["messages"][-1]["content"]
        await (GOOD if said.endswith("car") else says(f"You said {said}."))(request)

    async with talk(tmp_path, memory_tokens=600) as one:
        one.server.next(echoes)

        async def pair(number: int) -> list[str]:
            both = [f"hello {number}", f"bye {number}" if number % 10 else f"{number} red car"]
            return await asyncio.gather(*(one.app.inbox.accept(message(text)) for text in both))

        ids = [job_id for both in await asyncio.gather(*map(pair, range(pairs))) for job_id in both]

        async def over() -> bool:
            return await one.app.inbox.line() == []

        await until(over)
        jobs = [await one.app.inbox.get(job_id) for job_id in ids]
        assert one.server.problems == []
        assert sorted(one.platform.keys()) == sorted(ids)
        said = {job.id: job for job in jobs if job is not None}
        assert all(job.state is State.POSTED and job.notes == () for job in said.values())
        words = [said[job_id] for job_id in ids if not said[job_id].message.text.endswith("car")]
        assert [job.text for job in words] == [f"You said {job.message.text}." for job in words]
        asked = [body["messages"][-1]["content"] for body in one.server.requests]
        assert asked == [job.message.text for job in sorted(said.values(), key=lambda job: job.seq)]
        for job in said.values():
            kinds = [row["type"] for row in await Turns(one.app.store).of_job(job.id)]
            assert kinds in (["human", "ai"], ["human", "ai", "tool"])
