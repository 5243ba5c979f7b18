"""The repaint tool: a picture once more: another seed, a variation, as it was before a change, or a prompt by hand."""

import secrets
from dataclasses import replace
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from bot import Plan, RequestError, ToolContext, ToolResult
from bot.checker.budget import Budget, Count
from bot.contracts import Earlier
from bot.dialects.rendering import Notes
from bot.language import Language, language_of
from bot.limits import MAX_COUNT, MAX_SEED, check_strength
from bot.lineage import Lineage, lineage_of, shown_again
from bot.preferences import Preferences
from bot.style import Library, load_library
from tools.edited import edited
from tools.loras import told
from tools.numbers import quality
from tools.own_words import own_words_of, read_to_the_end

VARY_STRENGTH = 0.7
NOTES: dict[str, dict[Language, str]] = {
    "own_words": {
        "en": "Painted from your words as they are, as you asked.",
        "zh": "按你的要求，直接用你的原话来画。",
    },
    "prompt": {"en": "Painted from the prompt as you wrote it.", "zh": "按你写的提示词来画。"},
    "vary": {
        "en": "{model} can't start from a picture, so this is the same prompt with another seed.",
        "zh": "{model} 不能以图片为起点，所以用同样的提示词换了种子。",
    },
}


class RepaintArguments(BaseModel):
    """What the LLM, or a button, asks for."""

    model_config = ConfigDict(extra="forbid")

    action: Literal["again", "vary", "own_words", "prompt", "use", "back", "undo", "redo"] = Field(
        description="again: the same prompt with another seed; vary: like that picture, yet different; own_words: from "
        "the person's words as they were; prompt: from the prompt that the person wrote by hand; use: a proposal, as "
        "it stands; back: show the picture `which` again, to go on from there; undo: show again what the last change "
        "was made to; redo: show again what was undone."
    )
    which: str = Field(
        "",
        max_length=200,
        description="Which picture, where they name one: first, second, a number, last, previous, next, original, "
        "left, right, middle, or its id; empty for the one they reply to, else their last.",
    )
    count: int = Field(
        1, ge=1, description="again, vary: how many pictures, 1 to 4; undo, redo: how many steps; else 1."
    )
    prompt: str | None = Field(None, max_length=8_000, description="For 'prompt': the person's prompt, word for word.")


class Repaint:
    """Plans one more picture from the plan of the picture that is meant, or shows one again.

    Args:
        library: The styles that there are; those that are installed where none are given.
    """

    name = "repaint"
    description = (
        "Paint or show a picture that is there already once more, without changing what it shows: 'again', 'another "
        "one', 'vary it', 'more like the second', 'back to the first', 'undo', 'redo', 'use exactly my words', 'use "
        "this prompt'. For a change to what it shows call imagine."
    )
    arguments = RepaintArguments

    def __init__(self, library: Library | None = None) -> None:
        self._library = library or load_library()

    async def run(self, arguments: RepaintArguments, context: ToolContext) -> ToolResult:
        """Plan it.

        Raises:
            RequestError: There is no such picture, or nothing to undo or redo.
        """
        lineage = lineage_of(context, language_of(context.message.text))
        if arguments.action in ("back", "undo", "redo"):
            plan = _as_it_was(arguments, lineage)
            return ToolResult(f"Shown again: {plan.prompt}", (plan,), ends_turn=True)
        meant = lineage.pick(arguments.which)
        if not 1 <= arguments.count <= MAX_COUNT:
            raise RequestError(f"{arguments.count} pictures at once are too many", f"Choose 1 to {MAX_COUNT}.")
        count = arguments.count if arguments.action in ("again", "vary") else 1
        plan = await _changed(meant, arguments, context, self._library)
        seed = _seed(plan, arguments, context)
        plans = tuple(replace(plan, seed=(seed + number) % (MAX_SEED + 1)) for number in range(count))
        what = "1 picture" if count == 1 else f"{count} pictures"
        return ToolResult(f"{what} will be painted from: {plan.prompt}", plans, ends_turn=True)


def _as_it_was(arguments: RepaintArguments, lineage: Lineage) -> Plan:
    """The plan of a picture that is shown again. 'Back' is a change of its own, which 'undo' takes back."""
    if arguments.action == "back":
        meant = lineage.pick(arguments.which or "previous")
        return shown_again(meant, lineage.here.id if lineage.here else None)
    here = lineage if not arguments.which else replace(lineage, here=lineage.pick(arguments.which))
    meant = here.undo() if arguments.action == "undo" else here.redo()
    for _ in range(arguments.count - 1):
        here = replace(here, here=meant)
        meant = here.undo() if arguments.action == "undo" else here.redo()
    return shown_again(meant, meant.plan.parent)


async def _changed(meant: Earlier, arguments: RepaintArguments, context: ToolContext, library: Library) -> Plan:
    plan = meant.plan
    plan = replace(plan, parent=plan.parent if plan.held else meant.id, held=False, same_as=None)
    spent = quality(context.message.wishes, Preferences(best_of=plan.best_of, revisions=plan.revisions))
    plan = replace(plan, **spent)
    match arguments.action:
        case "vary":
            return replace(plan, **_start(meant, context))
        case "own_words":
            own = await own_words_of(meant.plan, context, _count(context))
            said = (*_noted("own_words", context), *own.notes, *told(plan.loras, context.message.text))
            return replace(plan, prompt=own.prompt, negative_prompt=own.negative_prompt, notes=said)
        case "prompt":
            prompt, notes = _prompt(arguments, context), Notes(context.message.text)
            await read_to_the_end(prompt, plan.brief, context.card, Budget(context.card, _count(context)), notes)
            said = (*_noted("prompt", context), *notes.sentences, *told(plan.loras, context.message.text))
            return replace(edited(plan, prompt, context, library), notes=said)
    return plan


def _count(context: ToolContext) -> Count:
    return lambda texts: context.engine.tokens(context.card.model, texts)


def _noted(kind: str, context: ToolContext) -> tuple[str, ...]:
    return (NOTES[kind][language_of(context.message.text)].format(model=context.card.model),)


def _seed(plan: Plan, arguments: RepaintArguments, context: ToolContext) -> int:
    if arguments.action not in ("again", "vary"):
        return plan.seed
    seed = context.message.wishes.seed
    return secrets.randbelow(MAX_SEED + 1) if seed is None else seed


def _start(meant: Earlier, context: ToolContext) -> dict[str, Any]:
    """Painting starts from the picture; a model that can't start from one paints the same prompt with another seed."""
    if meant.sha256 is None:
        raise RequestError("That picture is not there any more", "Ask for it again first.")
    strength = context.message.wishes.strength
    if not context.card.img2img:
        if strength is not None:
            raise RequestError(f"{context.card.model} can't start from a picture", "Leave the strength out.")
        return {"notes": (*meant.plan.notes, *_noted("vary", context))}
    return {"source": meant.sha256, "strength": VARY_STRENGTH if strength is None else check_strength(strength)}


def _prompt(arguments: RepaintArguments, context: ToolContext) -> str:
    prompt = context.message.wishes.prompt or arguments.prompt or ""
    if not prompt.strip():
        raise RequestError("The prompt is empty", "Write what is to be painted.")
    return prompt.strip()
