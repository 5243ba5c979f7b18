"""Conversation memory keeps what was said, once, and hands back what belongs to a message."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from langchain_core.messages import AIMessage, HumanMessage, ToolMessage, message_to_dict

from bot.jobs import State
from bot.turns import TurnRow, Turns, within_budget
from tests.support import PLAN, Rig, message, rig

pytestmark = pytest.mark.usefixtures("database_url")  # everything here holds on each database


def human(text: str) -> TurnRow:
    return message_to_dict(HumanMessage(text))


def answer(text: str = "", **call: Any) -> TurnRow:
    calls = [{"name": "draw", "args": call, "id": "0-0"}] if call else []
    return message_to_dict(AIMessage(text, tool_calls=calls))


def result(text: str) -> TurnRow:
    return message_to_dict(ToolMessage(text, tool_call_id="0-0"))


def texts(rows: list[TurnRow]) -> list[str]:
    return [row["data"]["content"] for row in rows]


async def say(one: Rig, *said: str, user: str = "ana", channel: str = "studio", reply_to: str | None = None) -> Any:
    """A finished job whose turn was these texts, the asker's first."""
    turns = Turns(one.store)
    job = await one.taken(message(said[0], user=user, channel=channel, reply_to=reply_to))
    await turns.add(job, "human", human(said[0]))
    for number, text in enumerate(said[1:]):
        await turns.add(job, f"ai:{number}", answer(text))
    return await one.inbox.move(job, State.POSTED, keep=False)


async def test_what_is_saved_twice_stays_as_it_was_first(tmp_path: Path) -> None:
    """A key that is there already keeps its first message."""
    async with rig(tmp_path) as one:
        turns, job = Turns(one.store), await one.taken(message())
        await turns.add(job, "ai:0", answer("first"))
        await turns.add(job, "ai:0", answer("second"))
        async with one.store.write() as connection:
            assert not await turns.add_in(connection, job, "ai:0", answer("third"))
            assert await turns.add_in(connection, job, "ai:1", answer("fourth"))
        assert texts(await turns.of_job(job.id)) == ["first", "fourth"]


async def test_memory_is_of_one_person_in_one_place(tmp_path: Path) -> None:
    """What others said, or the same person elsewhere, is not remembered; nor is the present message."""
    async with rig(tmp_path) as one:
        await say(one, "a cat", "here it comes")
        await say(one, "a dog", "fine", user="bob")
        await say(one, "a fox", "well", channel="elsewhere")
        job = await say(one, "make it blue")
        assert texts(await Turns(one.store).before(job)) == ["a cat", "here it comes"]


async def test_a_reply_brings_the_turn_of_its_picture_last(tmp_path: Path) -> None:
    """A reply to another person's picture remembers own words first, then the turn that made that picture."""
    async with rig(tmp_path) as one:
        theirs = await say(one, "a dog", "a dog it is", user="bob")
        async with one.store.write() as connection:
            await one.gallery.plan(connection, theirs, "0-0", (PLAN,))
        [(picture_id, _)] = await one.gallery.unpainted(theirs.id)
        await say(one, "a cat", "a cat it is")
        job = await say(one, "make it blue", reply_to=picture_id)
        assert texts(await Turns(one.store).before(job)) == ["a cat", "a cat it is", "a dog", "a dog it is"]


async def test_a_reply_to_an_own_earlier_picture_moves_its_turn_to_the_end(tmp_path: Path) -> None:
    """The turn of the picture replied to stands last, and only once."""
    async with rig(tmp_path) as one:
        first = await say(one, "a dog", "a dog it is")
        async with one.store.write() as connection:
            await one.gallery.plan(connection, first, "0-0", (PLAN,))
        [(picture_id, _)] = await one.gallery.unpainted(first.id)
        await say(one, "a cat", "a cat it is")
        job = await say(one, "make it blue", reply_to=picture_id)
        assert texts(await Turns(one.store).before(job)) == ["a cat", "a cat it is", "a dog", "a dog it is"]


async def test_a_reply_to_an_unknown_picture_is_an_ordinary_message(tmp_path: Path) -> None:
    """A reply to something that is no picture of ours remembers the conversation as always."""
    async with rig(tmp_path) as one:
        await say(one, "a cat", "a cat it is")
        job = await say(one, "make it blue", reply_to="unknown")
        assert texts(await Turns(one.store).before(job)) == ["a cat", "a cat it is"]


async def test_calls_that_were_never_carried_out_are_not_remembered(tmp_path: Path) -> None:
    """A turn that was cancelled between a tool call and its result leaves no call without a result in the memory."""
    async with rig(tmp_path) as one:
        turns, job = Turns(one.store), await one.taken(message("a cat"))
        await turns.add(job, "human", human("a cat"))
        await turns.add(job, "ai:0", answer(what="cat"))
        await one.inbox.cancel(job.id)
        later = await say(one, "and now?")
        remembered = await turns.before(later)
        assert texts(remembered) == ["a cat"]


async def test_of_two_calls_the_one_carried_out_is_remembered(tmp_path: Path) -> None:
    """A turn that was cancelled between the results of two calls keeps the first call with its result."""
    async with rig(tmp_path) as one:
        turns, job = Turns(one.store), await one.taken(message("a cat and a dog"))
        both = [{"name": "draw", "args": {}, "id": call_id} for call_id in ("0-0", "0-1")]
        await turns.add(job, "human", human("a cat and a dog"))
        await turns.add(job, "ai:0", message_to_dict(AIMessage("", tool_calls=both)))
        await turns.add(job, "tool:0-0", result("done"))
        await one.inbox.cancel(job.id)
        _, call, done = await turns.before(await say(one, "and now?"))
        assert [call["id"] for call in call["data"]["tool_calls"]] == ["0-0"]
        assert done["data"]["content"] == "done"


async def test_turns_stay_whole_when_an_earlier_job_ends_amid_a_later_one(tmp_path: Path) -> None:
    """What a job says when it fails at the painter is remembered after its own words, not amid the next turn's."""
    async with rig(tmp_path) as one:
        turns, first = Turns(one.store), await one.taken(message("a cat"))
        await turns.add(first, "human", human("a cat"))
        first = await one.inbox.move(first, State.PAINTING, keep=True)
        second = await one.taken(message("a dog", user="ana"), paintings=0)
        await turns.add(second, "human", human("a dog"))
        await turns.add(second, "ai:0", answer(what="dog"))
        await one.assistant.close(first, "The painter broke down.")
        await one.inbox.move(first, State.FAILED, keep=False)
        await turns.add(second, "tool:0-0", result("dog planned"))
        await one.inbox.move(second, State.POSTED, keep=False)
        remembered = texts(await turns.before(await say(one, "and now?")))
        assert remembered == ["a cat", "The painter broke down.", "a dog", "", "dog planned"]


def test_memory_is_cut_from_the_front() -> None:
    """Of a conversation that is too long, the latest messages stay, from one of the asker's on."""
    said = [human("a" * 400), answer("b" * 400), human("c" * 40), answer("", what="c"), result("d"), answer("e")]
    assert within_budget(said, 10_000) == said
    assert within_budget(said, 120) == said[2:]
    assert within_budget(said, 5) == []


def test_other_scripts_count_by_the_character() -> None:
    """Chinese costs about a token a character, Latin letters a quarter."""
    assert within_budget([human("a" * 200)], 100)
    assert not within_budget([human("猫" * 200)], 100)
    assert within_budget([human("猫" * 80)], 100)


KINDS = st.sampled_from(["human", "answer", "call"])


@given(st.lists(KINDS, max_size=12), st.integers(0, 200))
def test_what_is_cut_is_well_formed(kinds: list[str], tokens: int) -> None:
    """However a conversation is cut, it starts with the asker's words, and no tool result stands without its call."""
    said: list[TurnRow] = []
    for kind in kinds:
        said += {"human": [human("x" * 60)], "answer": [answer("y")], "call": [answer(what="z"), result("done")]}[kind]
    kept = within_budget(said, tokens)
    assert kept == said[len(said) - len(kept) :]
    assert not kept or kept[0]["type"] == "human"
    for before, row in zip([None, *kept], kept, strict=False):
        if row["type"] == "tool":
            assert before is not None
            assert before["data"]["tool_calls"]


@pytest.mark.parametrize("tokens", [0, 1])
def test_no_budget_means_no_memory(tokens: int) -> None:
    """With hardly any budget nothing is remembered, rather than half a message."""
    assert within_budget([human("a cat"), answer("fine")], tokens) == []
