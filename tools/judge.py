"""The judge tool: how well a picture came out, and what of the request it does not show, in a sentence or two."""

from collections.abc import Awaitable, Callable

from pydantic import BaseModel, ConfigDict

from bot import RequestError, ToolContext, ToolResult
from bot.dialects.rendering import is_chinese
from bot.errors import EngineBusy, EngineError, EngineLost, GalleryError
from bot.looking import Eyes, Look, look
from bot.tasks import JudgeTask, Verdict


class JudgeArguments(BaseModel):
    """Nothing: the picture is the one that the message replies to, else the person's last one."""

    model_config = ConfigDict(extra="forbid")


class Judge:
    """Looks at the picture that is meant.

    Args:
        pictures: Gives the PNG of a picture's sha256.
        eyes: A vision model, if there is one.
    """

    name = "judge"
    description = (
        "Say how well the person's last picture, or the one they reply to, came out: 'how good is it?', 'does it show "
        "everything?', 'did you get it right?'. It changes nothing."
    )
    arguments = JudgeArguments

    def __init__(self, pictures: Callable[[str], Awaitable[bytes]], eyes: Eyes | None = None) -> None:
        self._pictures = pictures
        self._eyes = eyes

    async def run(self, arguments: JudgeArguments, context: ToolContext) -> ToolResult:
        """Judge it.

        Raises:
            RequestError: There is no such picture, or nobody who could judge it.
        """
        plan = context.previous
        if plan is None:
            raise RequestError("There is no picture yet to judge", "Ask for one first.")
        if context.previous_sha256 is None:
            raise RequestError("That picture is not there, or not yet", "Ask for it again first.")
        try:
            png = await self._pictures(context.previous_sha256)
            verdict = await context.engine.judge(JudgeTask(plan.model, (plan.prompt,), png))
            card = await context.engine.describe(plan.model)
            seen = await look(plan, png, card, self._eyes, context.engine.judge)
        except GalleryError as error:
            raise RequestError(error.problem, error.remedy) from error
        except (EngineBusy, EngineLost) as error:
            raise RequestError(error.problem, "Ask again in a moment.") from error
        except EngineError as error:
            raise RequestError(error.problem, error.remedy) from error
        return ToolResult(said(verdict, seen, context.message.text))


def said(verdict: Verdict, seen: Look, words: str) -> str:
    """The verdict in the language of whoever wrote `words`."""
    consistency, quality = verdict.consistencies[0], verdict.quality
    missing = seen.missing(words)
    if is_chinese(words):
        scored = f"与要求的符合度 {consistency:.2f}，画面质量 {quality:.2f}（0 到 1，由 {verdict.judge} 评判）。"
        return scored + ("".join(missing) or ("要求的都看到了。" if seen.asked else ""))
    scored = f"Consistency {consistency:.2f}, quality {quality:.2f} of 1, says {verdict.judge}."
    nothing = ["All that was asked for is there."] if seen.asked else []
    return " ".join([scored, *(missing or nothing)])
