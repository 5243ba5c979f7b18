"""A turn is led to its end once, wherever it is cut off, whatever the LLM answers."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from langchain_core.messages import (
    AIMessage,
    AnyMessage,
    BaseMessage,
    HumanMessage,
    SystemMessage,
    ToolMessage,
    message_to_dict,
    messages_from_dict,
)
from langchain_openai import ChatOpenAI
from sqlalchemy import delete, select

from bot import Outcome
from bot.errors import AssistantError, LeaseLost, LimnerError
from bot.jobs import Job, State
from bot.tables import pictures, turns
from bot.testing import PaperEngine, ScriptedModel, calls
from bot.turns import Turns
from tests.support import Rig, message, rig


def well_formed(messages: Sequence[BaseMessage]) -> bool:
    """Whether an LLM server takes this: no system message inside, each call followed by its one result."""
    waiting: list[str] = []
    for said in messages:
        if isinstance(said, ToolMessage):
            if said.tool_call_id not in waiting:
                return False
            waiting.remove(said.tool_call_id)
        elif waiting or isinstance(said, SystemMessage):
            return False
        elif isinstance(said, AIMessage):
            waiting = [str(call["id"]) for call in said.tool_calls]
    return not waiting


def shown(one: Rig, index: int = -1) -> list[BaseMessage]:
    """What the LLM was shown in one of its calls, without our own instructions."""
    first, *rest = one.llm.asked[index]
    assert isinstance(first, SystemMessage)
    return rest


async def history(one: Rig, job: Job) -> list[AnyMessage]:
    return messages_from_dict(await Turns(one.store).of_job(job.id))


async def finish(one: Rig, job: Job) -> str:
    """Lead a job's turn to its end and close the job."""
    words = (await one.assistant.turn(job)).text
    await one.inbox.move(job, State.POSTED, keep=False)
    return words


async def fails(one: Rig, job: Job) -> str:
    """Lead a turn that fails, as the worker does; the words for the asker."""
    with pytest.raises(LimnerError) as failed:
        await one.assistant.turn(job)
    await one.assistant.close(job, str(failed.value))
    await one.inbox.move(job, State.FAILED, keep=False, outcome=Outcome.FAILED)
    assert "\n" not in str(failed.value)
    return str(failed.value)


def two(*whats: str) -> AIMessage:
    """One answer with several calls, all under the same id, as some servers number them."""
    return AIMessage("", tool_calls=[{"name": "draw", "args": {"what": what}, "id": "call"} for what in whats])


async def test_a_call_becomes_plans_and_ends_the_turn(tmp_path: Path) -> None:
    """A tool that ends the turn leaves its plans in the gallery, and the LLM is not asked again."""
    async with rig(tmp_path, [calls("draw", what="a cat", count=2)]) as one:
        job = await one.taken(message("two pictures of a cat"))
        assert (await one.assistant.turn(job)).text == ""
        plans = [plan for _, plan in await one.gallery.unpainted(job.id)]
        assert [(plan.prompt, plan.seed, plan.request) for plan in plans] == [
            ("a cat", 0, "two pictures of a cat"),
            ("a cat", 1, "two pictures of a cat"),
        ]
        assert len(one.llm.asked) == 1
        assert well_formed(await history(one, job))


async def test_words_are_the_answer(tmp_path: Path) -> None:
    """An LLM that calls no tool answers with its words."""
    async with rig(tmp_path, ["  Hello, I paint.  "]) as one:
        assert (await one.assistant.turn(await one.taken(message("hi")))).text == "Hello, I paint."


async def test_words_beside_a_call_are_kept(tmp_path: Path) -> None:
    """Words that the LLM says beside its tool call go to the asker with the picture."""
    async with rig(tmp_path, [calls("draw", "With pleasure.", what="a cat")]) as one:
        assert (await one.assistant.turn(await one.taken(message("a cat")))).text == "With pleasure."


async def test_a_tool_that_does_not_end_the_turn_is_talked_about(tmp_path: Path) -> None:
    """After a tool that leaves the turn open the LLM is asked again, and sees the result."""
    async with rig(tmp_path, [calls("draw", what="a cat", ends=False), "It is on its way."]) as one:
        job = await one.taken(message("a cat"))
        assert (await one.assistant.turn(job)).text == "It is on its way."
        assert [type(said) for said in shown(one)] == [HumanMessage, AIMessage, ToolMessage]
        assert shown(one)[-1].text == "Planned: a cat"
        assert len(await one.gallery.unpainted(job.id)) == 1


async def test_two_calls_in_one_answer(tmp_path: Path) -> None:
    """Two calls in one answer, even under one id, are both carried out, once each."""
    async with rig(tmp_path, [two("a cat", "a dog")]) as one:
        job = await one.taken(message("a cat, and a dog"))
        await one.assistant.turn(job)
        assert sorted(plan.prompt for _, plan in await one.gallery.unpainted(job.id)) == ["a cat", "a dog"]
        assert sorted(one.tool.ran) == [f"{job.id}/0-0", f"{job.id}/0-1"]
        assert well_formed(await history(one, job))


async def test_reused_call_ids_are_told_apart(tmp_path: Path) -> None:
    """A server that gives each call of a turn the same id still has each carried out."""
    script = [calls("draw", what="a cat", ends=False), calls("draw", what="a dog", ends=False), "Both."]
    async with rig(tmp_path, script) as one:
        job = await one.taken(message("a cat, then a dog"))
        assert (await one.assistant.turn(job)).text == "Both."
        assert [plan.prompt for _, plan in await one.gallery.unpainted(job.id)] == ["a cat", "a dog"]
        assert well_formed(shown(one))


async def test_reused_message_ids_are_told_apart(tmp_path: Path) -> None:
    """A server that gives all its messages the same id confuses neither a turn nor the next one."""
    script = [calls("draw", what="a cat", ends=False), AIMessage("There."), AIMessage("Again."), AIMessage("Third.")]
    for answer in script:
        answer.id = "msg"
    async with rig(tmp_path, script) as one:
        assert await finish(one, await one.taken(message("one"))) == "There."
        assert await finish(one, await one.taken(message("two"))) == "Again."
        assert await finish(one, await one.taken(message("three"))) == "Third."
        assert [said.text for said in shown(one)] == ["one", "", "Planned: a cat", "There.", "two", "Again.", "three"]
        assert well_formed(shown(one))


async def cut(one: Rig, job: Job, saved: int) -> None:
    """Leave of a turn only its first `saved` messages, and plans only with their tool's result, as a crash does."""
    async with one.store.write() as connection:
        rows = list(
            await connection.execute(
                select(turns.c.id, turns.c.key).where(turns.c.job_id == job.id).order_by(turns.c.id)
            )
        )
        for row_id, key in rows[saved:]:
            call_id = key.removeprefix("tool:")
            await connection.execute(delete(pictures).where(pictures.c.job_id == job.id, pictures.c.call_id == call_id))
            await connection.execute(delete(turns).where(turns.c.id == row_id))


@pytest.mark.parametrize(("saved", "asked"), [(0, 1), (1, 1), (2, 0), (3, 0)], ids=["none", "human", "ai", "tool"])
async def test_a_turn_goes_on_from_what_is_saved(tmp_path: Path, saved: int, asked: int) -> None:
    """A turn cut off after any of its messages is led to its end by the next process: one plan, a whole history."""
    async with rig(tmp_path, [calls("draw", what="a cat")]) as one:
        job = await one.taken(message("a cat"))
        await one.assistant.turn(job)
        await cut(one, job, saved)
        await one.inbox.put_back(job, 0.0)
        async with rig(tmp_path, [calls("draw", what="a dog")]) as other:
            taken = await other.inbox.take(turns=1, paintings=1)
            assert taken is not None
            await other.assistant.turn(taken)
            assert len(other.llm.asked) == asked
            [(_, plan)] = await other.gallery.unpainted(job.id)
            assert plan.prompt == ("a dog" if asked else "a cat")
            told = await history(other, job)
            assert [type(said) for said in told] == [HumanMessage, AIMessage, ToolMessage]
            assert well_formed(told)


@pytest.mark.parametrize("saved", [2, 3])
async def test_a_turn_of_two_calls_goes_on(tmp_path: Path, saved: int) -> None:
    """A turn cut off before or between the results of two calls carries out what is missing, and nothing twice."""
    async with rig(tmp_path, [two("a cat", "a dog")]) as one:
        job = await one.taken(message("a cat, and a dog"))
        await one.assistant.turn(job)
        before = {plan.prompt for _, plan in await one.gallery.unpainted(job.id)}
        await cut(one, job, saved)
        await one.assistant.turn(job)
        assert sorted(plan.prompt for _, plan in await one.gallery.unpainted(job.id)) == sorted(before)
        assert len(await history(one, job)) == 4
        assert well_formed(await history(one, job))
        assert len(one.llm.asked) == 1


async def test_the_llm_sees_each_result_once_after_a_cut(tmp_path: Path) -> None:
    """A turn cut off between two results shows the LLM a history in which no result stands twice."""
    script = [
        AIMessage("", tool_calls=[{"name": "draw", "args": {"what": w, "ends": False}, "id": w} for w in ("a", "b")]),
        "Both are planned.",
    ]
    async with rig(tmp_path, script) as one:
        job = await one.taken(message("two"))
        await one.assistant.turn(job)
        await cut(one, job, 3)
        assert (await one.assistant.turn(job)).text == "Both are planned."
        assert well_formed(shown(one))
        assert len([said for said in shown(one) if isinstance(said, ToolMessage)]) == 2


async def test_a_finished_turn_is_not_led_again(tmp_path: Path) -> None:
    """A turn that was over when its process died gives the same words without asking the LLM."""
    async with rig(tmp_path, ["first", "second"]) as one:
        job = await one.taken(message("hello"))
        assert (await one.assistant.turn(job)).text == "first"
        assert (await one.assistant.turn(job)).text == "first"
        assert len(one.llm.asked) == 1


async def test_a_problem_of_a_tool_is_told_to_the_llm(tmp_path: Path) -> None:
    """What a tool refuses the LLM reads in one line, and may try again."""
    async with rig(tmp_path, [calls("draw", what="elephant"), calls("draw", what="a mouse")]) as one:
        job = await one.taken(message("an elephant"))
        await one.assistant.turn(job)
        refused = shown(one)[-1]
        assert isinstance(refused, ToolMessage)
        assert (refused.text, refused.status) == ("Elephants are too big. Ask for a mouse.", "error")
        assert [plan.prompt for _, plan in await one.gallery.unpainted(job.id)] == ["a mouse"]


@pytest.mark.parametrize(
    ("call", "told"),
    [
        (calls("draw", what="a cat", count=5), "draw: 'count' is not right: Input should be less than or equal to 4."),
        (calls("draw"), "draw: 'what' is not right: Field required."),
        (calls("fly", to="moon"), "There is no tool 'fly'. There are: draw."),
    ],
)
async def test_a_wrong_call_is_told_to_the_llm(tmp_path: Path, call: AIMessage, told: str) -> None:
    """A call with wrong arguments, or of a tool that is not there, is answered in one line."""
    async with rig(tmp_path, [call, "I can't do that."]) as one:
        job = await one.taken(message("something"))
        assert (await one.assistant.turn(job)).text == "I can't do that."
        assert shown(one)[-1].text == told
        assert await one.gallery.unpainted(job.id) == []


async def test_silence_after_a_problem_ends_with_the_problem(tmp_path: Path) -> None:
    """When the LLM says nothing after a tool's refusal, the asker reads the refusal."""
    async with rig(tmp_path, [calls("draw", what="elephant"), ""]) as one:
        job = await one.taken(message("an elephant"))
        assert (await one.assistant.turn(job)).text == "Elephants are too big. Ask for a mouse."


async def test_an_llm_that_says_nothing_is_an_error(tmp_path: Path) -> None:
    """An empty answer becomes one line with a remedy."""
    async with rig(tmp_path, [""]) as one:
        assert await fails(one, await one.taken(message("hi"))) == (
            "The LLM gave no answer. Say it again, perhaps in other words."
        )


async def test_an_llm_that_loops_is_stopped(tmp_path: Path) -> None:
    """An LLM that calls a tool for ever is stopped after the set number of calls, and the next turn is whole."""
    async with rig(tmp_path, [calls("draw", what="elephant")], call_limit=3) as one:
        words = await fails(one, await one.taken(message("an elephant")))
        assert words == "The LLM came to no answer in 3 calls. Say it in other words."
        assert len(one.llm.asked) == 3
        one.llm.script[:] = [AIMessage("Hello again.")]
        assert await finish(one, await one.taken(message("hi"))) == "Hello again."
        assert well_formed(shown(one))
        assert shown(one)[-2].text == words


async def test_after_an_unforeseen_error_the_next_turn_is_whole(tmp_path: Path) -> None:
    """A turn that broke off with a call open is closed, so that the next one shows each call with its result."""
    async with rig(tmp_path, ["fine"]) as one:
        job = await one.taken(message("a cat"))
        saved = Turns(one.store)
        await saved.add(job, "human", message_to_dict(HumanMessage("a cat")))
        call = {"name": "draw", "args": {"what": "cat"}, "id": "0-0"}
        await saved.add(job, "ai:0", message_to_dict(AIMessage("", tool_calls=[call])))
        await one.assistant.close(job, "Something went wrong.")
        await one.inbox.move(job, State.FAILED, keep=False)
        assert await finish(one, await one.taken(message("again"))) == "fine"
        assert well_formed(shown(one))
        assert [said.text for said in shown(one)] == ["a cat", "", "Not carried out.", "Something went wrong.", "again"]


async def test_closing_twice_says_the_words_once(tmp_path: Path) -> None:
    """A turn that is closed again after a crash keeps its first end."""
    async with rig(tmp_path) as one:
        job = await one.taken(message("a cat"))
        await one.assistant.close(job, "first")
        await one.assistant.close(job, "second")
        assert [said.text for said in await history(one, job)] == ["first"]


async def test_an_llm_that_cannot_be_reached_is_one_line(tmp_path: Path) -> None:
    """A server that is not there becomes one line that names neither address nor key; the next turn is whole."""
    llm = ChatOpenAI(model="m", base_url="http://127.0.0.1:9/v1", api_key="sk-secret", max_retries=0)
    async with rig(tmp_path, llm=llm) as one:
        words = await fails(one, await one.taken(message("hi")))
        assert words.startswith("The LLM can't be used: the connection to it failed.")
        assert "secret" not in words
        assert "127.0.0.1" not in words
        job = await one.taken(message("hi again"))
        assert well_formed(messages_from_dict(await Turns(one.store).before(job)))


@pytest.mark.parametrize("answer", [calls("draw", what="a cat"), AIMessage("Hello!")], ids=["a call", "words"])
async def test_a_cancelled_job_stops_its_turn(tmp_path: Path, answer: AIMessage) -> None:
    """Who loses a job while the LLM thinks plans nothing, and adds no words to a turn that may be another's by now."""

    class Cancelling(ScriptedModel):
        async def _agenerate(self, *said: Any, **more: Any) -> Any:
            await one.inbox.cancel(job.id)
            return self._generate(*said, **more)

    async with rig(tmp_path, llm=Cancelling(script=[answer])) as one:
        job = await one.taken(message("a cat"))
        with pytest.raises(LeaseLost):
            await one.assistant.turn(job)
        assert await one.gallery.unpainted(job.id) == []
        assert [row["type"] for row in await Turns(one.store).of_job(job.id)] == ["human"]


async def test_memory_is_shown_within_its_budget(tmp_path: Path) -> None:
    """The LLM is shown the latest of the conversation that fits, starting with the asker's words."""
    async with rig(tmp_path, ["fine"], memory_tokens=200) as one:
        for number in range(10):
            await finish(one, await one.taken(message(f"{number} " + "x" * 200)))
        assert 3 <= len(shown(one)) < 10
        assert isinstance(shown(one)[0], HumanMessage)
        assert shown(one)[-1].text.startswith("9 ")
        assert well_formed(shown(one))


async def test_a_follow_up_knows_the_last_picture(tmp_path: Path) -> None:
    """A tool is told the plan of the asker's own last picture here, and its id becomes the new one's parent."""
    async with rig(tmp_path, [calls("draw", what="a cat"), calls("draw", what="a blue cat")]) as one:
        first = await one.taken(message("a cat"))
        await finish(one, first)
        [(picture_id, _)] = await one.gallery.unpainted(first.id)
        second = await one.taken(message("make it blue"))
        await finish(one, second)
        [(_, plan)] = await one.gallery.unpainted(second.id)
        assert plan.parent == picture_id


async def test_an_assistant_without_its_model_says_so(tmp_path: Path) -> None:
    """A painting model that is not to be had ends the turn with the engine's words, before the LLM costs anything."""

    class Bare(PaperEngine):
        async def describe(self, model: str) -> Any:
            raise AssistantError(f"There is no model {model}", "Choose another.")

    async with rig(tmp_path, engine=Bare()) as one:
        assert await fails(one, await one.taken(message("a cat"))) == "There is no model paper. Choose another."
        assert one.llm.asked == []
