"""The judge tool says how well a picture came out in the asker's language, and what it does not show."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from bot import RequestError, ToolContext
from bot.brief import Brief, Subject
from bot.errors import EngineBusy, EngineError, GalleryError
from bot.tasks import JudgeTask, Verdict
from bot.testing import CARD, PaperEngine
from tests.support import PLAN, message
from tools.judge import Judge, JudgeArguments

CAR = replace(PLAN, brief=Brief("a red car", (Subject("car", 1, "red"),)))


class Sure(PaperEngine):
    """A judge that is sure of one sentence, or raises."""

    def __init__(self, sentence: str = "a red car", error: Exception | None = None) -> None:
        super().__init__()
        self.sentence, self.error = sentence, error
        self.images: list[bytes] = []

    async def judge(self, task: JudgeTask) -> Verdict:
        if self.error:
            raise self.error
        self.images.append(task.image)
        return Verdict("sketch", tuple(0.8125 if text == self.sentence else 0.25 for text in task.texts), 0.5)


class Eyes:
    name = "openai:eyes"

    async def answers(self, questions: Sequence[str], png: bytes) -> tuple[bool | None, ...]:
        return (False,) * len(questions)


async def picture(sha256: str) -> bytes:
    if sha256 == "gone":
        raise GalleryError("The picture is not there any more", "Send it again.")
    return sha256.encode()


async def judged(engine: Sure, words: str = "how good is it?", *, eyes: Eyes | None = None, sha256: str = "abc") -> str:
    context = ToolContext("job/0-0", message(words), engine, CARD, CAR, "id", sha256)
    return (await Judge(picture, eyes).run(JudgeArguments(), context)).text


async def test_figures_and_that_all_is_there() -> None:
    """A picture that shows its colour better than any other is told in two sentences."""
    engine = Sure()
    assert await judged(engine) == (
        "Consistency 0.81, quality 0.50 of 1, says sketch. All that was asked for is there."
    )
    assert set(engine.images) == {b"abc"}


async def test_what_is_missing_is_named() -> None:
    """A picture that shows another colour better is told with what could not be seen, in the asker's language."""
    assert (await judged(Sure("a blue car"))).endswith("of 1, says sketch. I could not see: a red car.")
    chinese = await judged(Sure("a blue car"), "这张画得怎么样？")
    assert chinese == "与要求的符合度 0.25，画面质量 0.50（0 到 1，由 sketch 评判）。没有看到：a red car。"


async def test_a_vision_model_looks_where_there_is_one() -> None:
    """Whoever sees answers before the judge compares."""
    assert "I could not see: a car. I could not see: a red car." in await judged(Sure(), eyes=Eyes())


@pytest.mark.parametrize(
    ("engine", "sha256", "said"),
    [
        (Sure(error=EngineError("There is no judge", "Name one.")), "abc", "There is no judge. Name one."),
        (Sure(error=EngineBusy("The line is full")), "abc", "The line is full. Ask again in a moment."),
        (Sure(), "gone", "The picture is not there any more. Send it again."),
        (Sure(), "", "That picture is not there, or not yet. Ask for it again first."),
    ],
)
async def test_what_cannot_be_judged_is_one_line(engine: Sure, sha256: str, said: str) -> None:
    """No judge, a busy painter and a picture that is gone are told to whoever asked."""
    context = ToolContext("job/0-0", message("how good is it?"), engine, CARD, CAR, "id", sha256 or None)
    with pytest.raises(RequestError) as caught:
        await Judge(picture).run(JudgeArguments(), context)
    assert str(caught.value) == said


async def test_there_must_be_a_picture() -> None:
    """Who has no picture yet is told so."""
    with pytest.raises(RequestError, match="no picture yet"):
        await Judge(picture).run(JudgeArguments(), ToolContext("job/0-0", message("good?"), Sure(), CARD))
