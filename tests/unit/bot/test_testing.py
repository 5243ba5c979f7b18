"""The stand-ins that ship behave as the real parts do, so that a plugin tried with them works with those."""

import hashlib
import io
from dataclasses import replace
from pathlib import Path

import pytest
from langchain_core.messages import AIMessage, HumanMessage
from PIL import Image

from bot import Message, Outcome, Painted, PaintTask, Preview, Queued, Reply, Started, Step
from bot.errors import DeliveryError, EngineError, EngineLost
from bot.tasks import JudgeTask
from bot.testing import CARD, PaperEngine, PaperPlatform, ScriptedModel, blank_png, calls
from tests.support import message

TASK = PaintTask("t1", "paper", "a red car", "", 24, 16, 3, 1.0, 7)


def reply(key: str = "k1", said: Message | None = None) -> Reply:
    return Reply(key, key, said or message(), Outcome.DONE, "Here.")


async def events(engine: PaperEngine, task: PaintTask = TASK) -> list[object]:
    return [event async for event in engine.paint(task)]


async def test_the_engine_tells_each_step_and_ends_with_the_picture() -> None:
    """Painting tells queue, start, every step and the end; the picture is a PNG of the size asked for."""
    async with PaperEngine() as engine:
        told = await events(engine)
        assert told[:-1] == [Queued(1), Started(), Step(1, 3), Preview(1, 3, "t1/preview"), Step(2, 3), Step(3, 3)]
        painted = told[-1]
        assert isinstance(painted, Painted)
        png = await engine.fetch(painted)
        assert hashlib.sha256(png).hexdigest() == painted.sha256
        assert Image.open(io.BytesIO(png)).size == (24, 16)
        assert await engine.describe("anything") == CARD


async def test_the_same_plan_gives_the_same_picture() -> None:
    """Prompt and seed decide the picture: the same again for the same, another for another."""
    engine = PaperEngine()

    async def picture(prompt: str, seed: int, name: str) -> str:
        told = await events(engine, PaintTask(name, "paper", prompt, "", 8, 8, 1, 1.0, seed))
        assert isinstance(told[-1], Painted)
        return told[-1].sha256

    assert await picture("a", 1, "1") == await picture("a", 1, "2")
    assert len({await picture("a", 1, "3"), await picture("a", 2, "4"), await picture("b", 1, "5")}) == 3


async def test_the_preview_is_there_while_it_lasts() -> None:
    """Half way a small sheet of the same colour can be fetched; once the picture is ready it is gone."""
    engine = PaperEngine()
    async for event in engine.paint(TASK):
        if isinstance(event, Preview):
            small = Image.open(io.BytesIO(await engine.fetch(event)))
            preview = event
        elif isinstance(event, Painted):
            sheet = Image.open(io.BytesIO(await engine.fetch(event)))
    assert small.getpixel((0, 0)) == sheet.getpixel((0, 0))
    with pytest.raises(EngineLost):
        await engine.fetch(preview)


async def test_a_picture_to_start_from_is_heeded() -> None:
    """The picture and the strength change the sheet, and the strength leaves out steps but never all."""
    base = replace(TASK, steps=4, task="img2img", image=blank_png(8, 8, b"abc"), strength=0.5)
    tasks = [base, replace(base, image=b"other"), replace(base, strength=0.75), replace(base, strength=0.01)]
    ends = [(await events(PaperEngine(), each))[-1] for each in (replace(TASK, steps=4), *tasks)]
    assert [end.steps for end in ends if isinstance(end, Painted)] == [4, 2, 2, 3, 1]
    assert len({end.sha256 for end in ends if isinstance(end, Painted)}) == 5


async def test_a_picture_that_was_never_painted_is_gone() -> None:
    """Fetching what this engine did not paint is what a lost painter looks like."""
    with pytest.raises(EngineLost):
        await PaperEngine().fetch(Painted("nowhere", "0", 8, 8, 1, 0.0))


async def test_the_engine_remembers_what_was_cancelled() -> None:
    """Cancelling is written down, also of a task that it never heard of."""
    engine = PaperEngine()
    await engine.cancel("t9")
    assert engine.cancelled == ["t9"]


@pytest.mark.parametrize("size", [(1, 1), (64, 32), (300, 7)])
def test_a_blank_png_is_a_real_one(size: tuple[int, int]) -> None:
    """The sheet is read by Pillow with its size and colour in every pixel."""
    image = Image.open(io.BytesIO(blank_png(*size, b"\x01\x80\xff\x00")))
    assert (image.size, image.mode) == (size, "RGB")
    assert image.getcolors() == [(size[0] * size[1], (1, 128, 255))]


async def test_the_script_is_followed_and_its_last_line_repeated() -> None:
    """Answers come in order, then the last for ever; an error in the script is raised; all questions are kept."""
    model = ScriptedModel(script=[AIMessage("one"), ValueError("two"), AIMessage("three")])
    assert (await model.ainvoke("a")).text == "one"
    with pytest.raises(ValueError, match="two"):
        await model.ainvoke("b")
    assert [(await model.ainvoke("c")).text for _ in range(2)] == ["three", "three"]
    assert model.asked == [[HumanMessage(text)] for text in "abcc"]


async def test_a_scripted_answer_is_a_fresh_message_each_time() -> None:
    """What becomes of an answer changes neither the script nor the next answer."""
    model = ScriptedModel(script=[AIMessage("one")])
    first = await model.ainvoke("a")
    first.content = "changed"
    assert (await model.ainvoke("a")).text == "one"
    assert model.bind_tools([]) is model


def test_calls_makes_an_answer_with_one_call() -> None:
    """The helper writes the answer of an LLM that calls one tool."""
    answer = calls("imagine", "Gladly.", prompt="a cat")
    assert answer.text == "Gladly."
    assert [(call["name"], call["args"]) for call in answer.tool_calls] == [("imagine", {"prompt": "a cat"})]


async def test_the_platform_keeps_its_posts_for_the_next_process(tmp_path: Path) -> None:
    """What was posted is found by its key by another platform object on the same folder."""
    platform = PaperPlatform(tmp_path / "platform")
    assert await platform.find(reply()) is None
    assert platform.posts() == []
    assert await platform.deliver(reply()) == "k1"
    other = PaperPlatform(tmp_path / "platform")
    assert await other.find(reply()) == "k1"
    assert await other.find(reply("k2")) is None
    assert other.posts() == [{"key": "k1", "outcome": "done", "text": "Here.", "pictures": []}]


async def test_the_platform_shows_a_double_post(tmp_path: Path) -> None:
    """A reply that is posted twice is seen twice, or no test of ours could notice it."""
    platform = PaperPlatform(tmp_path)
    for _ in range(2):
        await platform.deliver(reply())
    assert platform.keys() == ["k1", "k1"]


async def test_a_platform_that_is_down_takes_nothing(tmp_path: Path) -> None:
    """While the file `down` is there every delivery fails, and may be tried again."""
    platform = PaperPlatform(tmp_path)
    platform.down.touch()
    with pytest.raises(DeliveryError) as raised:
        await platform.deliver(reply())
    assert not raised.value.lasting
    platform.down.unlink()
    await platform.deliver(reply())
    assert platform.keys() == ["k1"]


async def test_the_engine_counts_words_and_signs() -> None:
    """Each word and each other sign is a token."""
    async with PaperEngine() as engine:
        assert await engine.tokens("paper", ("a red car, at night!", "", "  ")) == (7, 0, 0)


async def test_the_engine_judges_by_the_sheet() -> None:
    """Marks lie in 0 to 1, are the same for the same sheet and differ between sheets and texts; no text is refused."""
    task = JudgeTask("paper", ("a car", "a cat"), blank_png(8, 8, b"red"))
    async with PaperEngine() as engine:
        verdict = await engine.judge(task)
        assert verdict == await engine.judge(task)
        assert verdict != await engine.judge(replace(task, image=blank_png(8, 8, b"sea")))
        assert len(set(verdict.consistencies)) == len(task.texts)
        assert all(0 <= mark <= 1 for mark in (*verdict.consistencies, verdict.quality))
        with pytest.raises(EngineError, match="nothing to judge"):
            await engine.judge(replace(task, texts=()))
