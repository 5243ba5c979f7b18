"""The repaint tool: a picture once more: another seed, a variation, the asker's own words, or a prompt by hand."""

import secrets
from dataclasses import replace
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from bot import Plan, RequestError, ToolContext, ToolResult
from bot.limits import MAX_SEED, check_strength

VARY_STRENGTH = 0.7


class RepaintArguments(BaseModel):
    """What the LLM, or a button, asks for."""

    model_config = ConfigDict(extra="forbid")

    action: Literal["again", "vary", "own_words", "prompt", "use"] = Field(
        description="again: the same prompt with another seed; vary: like that picture, yet different; own_words: from "
        "the person's words as they were; prompt: from the prompt that the person wrote by hand."
    )
    prompt: str | None = Field(None, max_length=8_000, description="For 'prompt': the person's prompt, word for word.")


class Repaint:
    """Plans one more picture from the plan of the picture that is meant."""

    name = "repaint"
    description = (
        "Plan the person's last picture once more without changing what it shows: 'again', 'another one', 'vary it', "
        "'use exactly my words', 'use this prompt'. For a change to what it shows call imagine."
    )
    arguments = RepaintArguments

    async def run(self, arguments: RepaintArguments, context: ToolContext) -> ToolResult:
        """Plan it.

        Raises:
            RequestError: There is no such picture, or the model can't vary one.
        """
        if context.previous is None:
            raise RequestError("There is no picture yet to do that with", "Ask for one first.")
        plan = _changed(context.previous, arguments, context)
        return ToolResult(f"1 picture will be painted from: {plan.prompt}", (plan,), ends_turn=True)


def _changed(plan: Plan, arguments: RepaintArguments, context: ToolContext) -> Plan:
    plan = replace(plan, parent=plan.parent if plan.held else context.previous_id, held=False)
    match arguments.action:
        case "again":
            return replace(plan, seed=_another(context))
        case "vary":
            return replace(plan, seed=_another(context), **_start(context))
        case "own_words":
            note = "Painted from your words as they are, as you asked."
            return replace(plan, prompt=plan.request, negative_prompt="", notes=(note,))
        case "prompt":
            note = "Painted from the prompt as you wrote it."
            return replace(plan, prompt=_prompt(arguments, context), notes=(note,))
        case "use":
            return plan


def _another(context: ToolContext) -> int:
    seed = context.message.wishes.seed
    return secrets.randbelow(MAX_SEED + 1) if seed is None else seed


def _start(context: ToolContext) -> dict[str, Any]:
    if context.previous_sha256 is None:
        raise RequestError("That picture is not there any more", "Ask for it again first.")
    if not context.card.img2img:
        raise RequestError(f"{context.card.model} can't start from a picture", "Choose 'again' instead.")
    strength = context.message.wishes.strength
    return {
        "source": context.previous_sha256,
        "strength": VARY_STRENGTH if strength is None else check_strength(strength),
    }


def _prompt(arguments: RepaintArguments, context: ToolContext) -> str:
    prompt = context.message.wishes.prompt or arguments.prompt or ""
    if not prompt.strip():
        raise RequestError("The prompt is empty", "Write what is to be painted.")
    return prompt.strip()
